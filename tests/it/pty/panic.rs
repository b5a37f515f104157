//! A panic gives the terminal back and leaves a report. The binary has no way to panic on purpose, so this test binary
//! plays the program, with a page that does.

use portable_pty::CommandBuilder;
use ratatui::layout::Rect;
use rentbook::services::Desk;
use rentbook::tui::app::{App, Parts};
use rentbook::tui::command::{Able, Command};
use rentbook::tui::desk::Trouble;
use rentbook::tui::keymap::Context;
use rentbook::tui::place::Place;
use rentbook::tui::reply::{Input, Reply, Screen};
use rentbook::tui::run::run;
use rentbook::tui::terminal::ThisDesktop;
use rentbook::tui::theme::{Ink, Theme};
use rentbook::tui::widgets::canvas::Canvas;

use super::window::Window;

/// Set in the process that plays the program: where its report goes.
const LOG: &str = "RENTBOOK_TEST_PANIC_REPORT";

/// A page that panics when something is opened.
struct Mine;

impl Screen for Mine {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn refresh(&mut self, _desk: &Desk) -> Result<(), Trouble> {
        Ok(())
    }

    fn can(&self, _command: Command) -> Able {
        Able::Yes
    }

    fn handle(&mut self, input: Input, _desk: &Desk) -> Reply {
        assert!(input != Input::Command(Command::Open), "planted");
        Reply::Pass
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.put(area.x, area.y, area.width, "Enter panics.", Ink::Plain);
    }
}

fn mine(_place: &Place, _desk: &Desk) -> Box<dyn Screen> {
    Box::new(Mine)
}

/// The program; alone it does nothing.
#[test]
fn program() {
    let Some(log) = std::env::var_os(LOG) else { return };
    let playing = std::thread::Builder::new().name("main".to_owned()).spawn(move || {
        let (out, inbox) = std::sync::mpsc::channel();
        let desk = crate::fixture::shop("2025-11-17").0;
        let (theme, desktop) = (Theme::default(), Box::new(ThisDesktop));
        let mut app = App::new(Parts { desk, open: mine, theme, desktop, out: out.clone() });
        run(&mut app, out, &inbox, log.into()).is_ok()
    });
    // The harness of the tests would go on: the program ends as one does whose main thread panicked.
    std::process::exit(playing.unwrap().join().map_or(101, |fine| i32::from(!fine)));
}

#[test]
fn a_panic_gives_the_terminal_back_and_leaves_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("panic.log");
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "pty::panic::program", "--nocapture", "--test-threads=1"]);
    command.env(LOG, &log);
    let mut window = Window::with(command);
    window.wait_for("Enter panics.");
    window.write("\r");
    let (code, taken) = window.wait_for_end();
    assert_eq!(code, 101);
    assert!(taken < std::time::Duration::from_secs(5), "{taken:?}");
    window.assert_restored();
    let report = std::fs::read_to_string(&log).unwrap();
    assert!(report.contains("planted"), "{report}");
    assert!(window.all().contains("rentbook stopped on an error of its own."), "{}", window.text());
}
