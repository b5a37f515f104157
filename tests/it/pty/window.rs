//! A window with a program in it: bytes go in, a screen comes out. It needs no terminal around it.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The bit of a terminal's local modes that says that typed text is shown.
const ECHO: u32 = 0o10;

/// What the environment of a plain terminal is: nothing of the person who runs the tests.
pub fn plain(set: &mut dyn FnMut(&str, Option<&str>)) {
    for name in ["RENTBOOK_BOOK", "RENTBOOK_OPERATOR", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR"] {
        set(name, None);
    }
    set("RENTBOOK_TODAY", Some("2025-11-17"));
    set("TERM", Some("xterm-256color"));
}

/// A window.
pub struct Window {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    writer: Option<Box<dyn Write + Send>>,
    bytes: Receiver<Vec<u8>>,
    reading: Option<JoinHandle<()>>,
    screen: vt100::Parser,
    seen: Vec<u8>,
}

impl Window {
    /// The binary at a book, in a window of 80 by 24.
    pub fn at(book: &Path) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rentbook"));
        command.arg("--book");
        command.arg(book);
        // What it leaves in the folders of the user stays in the test's own.
        let home = book.parent().unwrap();
        for name in ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, home);
        }
        Self::with(command)
    }

    /// Any program in a window of 80 by 24.
    pub fn with(mut command: CommandBuilder) -> Self {
        plain(&mut |name, value| match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        });
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (out, bytes) = channel();
        let reading = std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || out.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(80).unwrap(), 0);
        let (master, writer, reading) = (Some(pair.master), Some(writer), Some(reading));
        Self { master, child, writer, bytes, reading, screen, seen: Vec::new() }
    }

    /// Types.
    pub fn write(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&mut self, text: &str) {
        assert!(self.comes(text, PATIENCE), "“{text}” never came:\n{}", self.text());
    }

    /// Waits as long as a finger needs for the same key once more: what comes sooner is a held key.
    pub fn pause(&self) {
        std::thread::sleep(rentbook::tui::event::HELD * 3 / 2);
    }

    /// Types, then waits for what comes of it.
    pub fn type_for(&mut self, keys: &str, text: &str) {
        self.write(keys);
        self.wait_for(text);
    }

    /// Whether the screen shows a text within that time.
    pub fn comes(&mut self, text: &str, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while !self.text().contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => return false,
            }
        }
        true
    }

    /// Whether the screen shows a text no more within that time.
    pub fn goes(&mut self, text: &str, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        while self.text().contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => return false,
            }
        }
        true
    }

    /// Reads what has come, without waiting.
    pub fn catch_up(&mut self) {
        while let Ok(bytes) = self.bytes.try_recv() {
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.seen.extend_from_slice(bytes);
        // Only the end matters, and a monkey sees much.
        if self.seen.len() > 4_000_000 {
            self.seen.drain(..3_000_000);
        }
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Makes it another size; the screen it shows only follows sizes that show something.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.master.as_ref().unwrap().resize(size(width, height)).unwrap();
        if let (Some(rows), Some(columns)) = (NonZero::new(height), NonZero::new(width)) {
            self.screen.screen_mut().set_size(rows, columns);
        }
    }

    /// Sends a signal, as `kill` does.
    pub fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Closes the window over the program.
    pub fn close(&mut self) {
        // The reader holds the window open too: it ends when it reads something that nobody wants.
        self.bytes = channel().1;
        self.write("x");
        self.reading.take().unwrap().join().unwrap();
        drop(self.writer.take());
        drop(self.master.take());
    }

    /// Whether the program is still there.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until the program has ended: its code, and how long that took.
    pub fn wait_for_end(&mut self) -> (u32, Duration) {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                let taken = start.elapsed();
                while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(100)) {
                    self.take(&bytes);
                }
                return (status.exit_code(), taken);
            }
            self.catch_up();
            std::thread::sleep(Duration::from_millis(5));
        }
        self.child.kill().unwrap();
        panic!("the program never ended:\n{}", self.text());
    }

    /// Asserts that the terminal is as it was: its own screen, a caret, plain pastes and mouse, echo.
    pub fn assert_restored(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(2);
        while !self.echoes() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the other screen is still there");
        assert!(!screen.hide_cursor(), "the caret is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
        let text = String::from_utf8_lossy(&self.seen);
        assert!(text.contains("\x1b[?1000l") && text.contains("\x1b[?1006l"), "the mouse is still caught");
        assert!(self.echoes(), "typed text is not shown");
    }

    /// Whether the terminal shows what is typed.
    fn echoes(&self) -> bool {
        let modes = self.master.as_ref().and_then(|master| master.get_termios());
        modes.is_none_or(|modes| u64::from(modes.local_flags.bits()) & u64::from(ECHO) != 0)
    }

    /// Every byte that came, as text.
    pub fn all(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

const fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}
