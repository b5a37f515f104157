//! The real terminal: this test binary runs itself in a pseudo-terminal, where one test is the program.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use portable_pty::CommandBuilder;
use rentbook::tui::app::{App, Parts};
use rentbook::tui::run::run;
use rentbook::tui::terminal::ThisDesktop;
use rentbook::tui::theme::Theme;

use crate::pty::window::Window;

/// Set in the process that plays the program: where its panics go.
const LOG: &str = "RENTBOOK_TEST_PANIC_LOG";

/// The program; alone it does nothing.
#[test]
fn program() {
    let Some(log) = std::env::var_os(LOG) else { return };
    let (out, inbox) = channel();
    let parts = Parts {
        desk: crate::fixture::shop("2025-11-17").0,
        open: super::demo::open,
        theme: Theme::default(),
        desktop: Box::new(ThisDesktop),
        out: out.clone(),
    };
    let ended = run(&mut App::new(parts), out, &inbox, log.into());
    std::process::exit(i32::from(ended.is_err()));
}

/// A window with the program in it.
fn open(log: &Path) -> Window {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "screens::pty::program", "--nocapture", "--test-threads=1"]);
    command.env(LOG, log);
    Window::with(command)
}

#[test]
fn keys_pastes_and_sizes_arrive_and_the_terminal_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(&folder.path().join("panic.log"));
    window.wait_for("Harbour Rentals");
    window.write("\trow 29");
    window.wait_for("Find: row 29");
    // Esc and a letter in one write look like Alt and that letter; a paste is one line.
    window.write("\x1bx");
    window.wait_for("Find: x");
    window.write("\x1b");
    window.wait_for("300 shown");
    window.write("\x1b[200~row\n7\x1b[201~");
    window.wait_for("Find: row 7");
    window.resize(60, 10);
    window.wait_for("rentbook needs 80 by 20");
    window.resize(80, 24);
    window.wait_for("Find: row 7");
    // The footer is pressed with the mouse.
    window.write("\x1b[<0;30;24M\x1b[<0;30;24m\x11");
    let (code, _) = window.wait_for_end();
    assert_eq!(code, 0);
    window.assert_restored();
    assert!(!window.all().contains("?1003h"));
}

#[test]
fn a_signal_ends_it_in_under_a_second_and_the_terminal_comes_back() {
    for name in ["-TERM", "-HUP", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut window = open(&folder.path().join("panic.log"));
        window.wait_for("Harbour Rentals");
        window.signal(name);
        let (_, taken) = window.wait_for_end();
        assert!(taken < Duration::from_secs(1), "{name} took {taken:?}");
        window.assert_restored();
    }
}

#[test]
fn a_window_that_is_closed_ends_it_in_under_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(&folder.path().join("panic.log"));
    window.wait_for("Harbour Rentals");
    window.close();
    let (_, taken) = window.wait_for_end();
    assert!(taken < Duration::from_secs(1), "{taken:?}");
    assert!(!folder.path().join("panic.log").exists());
}
