//! The real terminal: this test binary runs itself in a pseudo-terminal, where one test is the program.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rentbook::tui::app::{App, Parts};
use rentbook::tui::run::run;
use rentbook::tui::terminal::ThisDesktop;
use rentbook::tui::theme::Theme;

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
struct Window {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    writer: Option<Box<dyn Write + Send>>,
    bytes: Receiver<Vec<u8>>,
    reading: Option<JoinHandle<()>>,
    screen: vt100::Parser,
    seen: Vec<u8>,
}

impl Window {
    fn open(log: &Path) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "screens::pty::program", "--nocapture", "--test-threads=1"]);
        command.env(LOG, log);
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (out, bytes) = channel();
        let reading = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || out.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(80).unwrap(), 0);
        Self {
            master: Some(pair.master),
            child,
            writer: Some(writer),
            bytes,
            reading: Some(reading),
            screen,
            seen: Vec::new(),
        }
    }

    fn write(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until the screen shows a text.
    fn wait_for(&mut self, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while !self.screen.screen().contents().contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.bytes.recv_timeout(left) else {
                panic!("“{text}” never came:\n{}", self.screen.screen().contents());
            };
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.seen.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// Waits until the program has ended, and says with which code and how long that took.
    fn wait_for_end(&mut self) -> (u32, Duration) {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.child.try_wait().unwrap() {
                let taken = start.elapsed();
                while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(100)) {
                    self.take(&bytes);
                }
                return (status.exit_code(), taken);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.child.kill().unwrap();
        panic!("the program never ended");
    }

    fn is_restored(&self) -> bool {
        let text = String::from_utf8_lossy(&self.seen);
        ["\x1b[?1049l", "\x1b[?2004l", "\x1b[?1000l", "\x1b[?25h"].iter().all(|code| text.contains(code))
            && !self.screen.screen().alternate_screen()
    }
}

/// A signal to the program, as `kill` sends it.
fn signal(window: &Window, name: &str) {
    let pid = window.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
}

#[test]
fn keys_pastes_and_sizes_arrive_and_the_terminal_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::open(&folder.path().join("panic.log"));
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
    let size = PtySize { rows: 10, cols: 60, pixel_width: 0, pixel_height: 0 };
    window.master.as_ref().unwrap().resize(size).unwrap();
    window.wait_for("rentbook needs 80 by 24");
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    window.master.as_ref().unwrap().resize(size).unwrap();
    window.wait_for("Find: row 7");
    // The footer is pressed with the mouse.
    window.write("\x1b[<0;30;24M\x1b[<0;30;24m\x11");
    let (code, _) = window.wait_for_end();
    assert!(code == 0 && window.is_restored());
    assert!(!String::from_utf8_lossy(&window.seen).contains("?1003h"));
}

#[test]
fn a_signal_ends_it_in_under_a_second_and_the_terminal_comes_back() {
    for name in ["-TERM", "-HUP", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut window = Window::open(&folder.path().join("panic.log"));
        window.wait_for("Harbour Rentals");
        signal(&window, name);
        let (_, taken) = window.wait_for_end();
        assert!(taken < Duration::from_secs(1), "{name} took {taken:?}");
        assert!(window.is_restored(), "{name}");
    }
}

#[test]
fn a_window_that_is_closed_ends_it_in_under_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::open(&folder.path().join("panic.log"));
    window.wait_for("Harbour Rentals");
    // The reader holds the window open too: it ends when it reads something that nobody wants.
    window.bytes = channel().1;
    window.write("x");
    window.reading.take().unwrap().join().unwrap();
    drop(window.writer.take());
    drop(window.master.take());
    let (_, taken) = window.wait_for_end();
    assert!(taken < Duration::from_secs(1), "{taken:?}");
    assert!(!folder.path().join("panic.log").exists());
}
