//! The terminal itself: entering and leaving it, also when it is gone, also after a panic.
//!
//! Leaving writes to `/dev/tty`, not through the lock of stdout: a thread that is stuck while writing holds that
//! lock, and leaving must be over in under a second whatever hangs.

use std::backtrace::Backtrace;
use std::fs::{File, OpenOptions};
use std::io::{self, Stdout, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, ThreadId};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::event::Event;
use crate::adapters::viewer;
use crate::services::trial::PAPER_THREAD;

/// The terminal rentbook draws on.
pub type Console = Terminal<CrosstermBackend<Stdout>>;

/// Other screen, bracketed paste, mouse presses with far coordinates. Not 1003: crossterm's own command turns on
/// every movement of the mouse, which wakes the loop for nothing.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?1000h\x1b[?1006h";
/// The same backwards, with plain colours and a visible caret.
const LEAVE: &[u8] = b"\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

/// How long the loop may take to end by itself after a signal.
const DEADLINE: Duration = Duration::from_millis(500);
/// How long restoring a terminal that hangs may take.
const LAST_TRY: Duration = Duration::from_millis(200);

/// Whether the terminal is ours now.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// The thread that draws.
static DRAWS: OnceLock<ThreadId> = OnceLock::new();

/// Takes the terminal over.
pub fn enter() -> io::Result<Console> {
    // Colours are the theme's decision; crossterm alone would drop reverse video too when NO_COLOR is set.
    crossterm::style::force_color_output(true);
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    let _ = DRAWS.set(thread::current().id());
    let mut out = io::stdout();
    let entered = out.write_all(ENTER).and_then(|()| out.flush());
    entered.and_then(|()| Terminal::new(CrosstermBackend::new(out))).inspect_err(|_| leave())
}

/// Gives the terminal back. May be called often, from any thread; never fails and never panics.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let written = tty().and_then(|mut tty| tty.write_all(LEAVE));
    if written.is_err() {
        let mut out = io::stdout();
        let _ = out.write_all(LEAVE).and_then(|()| out.flush());
    }
    let _ = disable_raw_mode();
}

fn tty() -> io::Result<File> {
    OpenOptions::new().write(true).open("/dev/tty")
}

/// From now on a panic gives the terminal back and leaves its report in `log`; one line on stderr says where.
pub fn guard_panics(log: PathBuf) {
    std::panic::set_hook(Box::new(move |panic| {
        // A logo or font that brings the PDF writer down is answered in a sentence, on a screen that stays.
        if thread::current().name() == Some(PAPER_THREAD) {
            return;
        }
        // A job's thread reports its end by itself; only the thread that draws gives the terminal up.
        if DRAWS.get() == Some(&thread::current().id()) {
            leave();
        }
        let report =
            format!("rentbook {} stopped: {panic}\n{}\n", env!("CARGO_PKG_VERSION"), Backtrace::force_capture());
        let kept = append(&log, &report).is_ok();
        let place = if kept { format!("The report is in {}.", log.display()) } else { String::new() };
        let sentence = format!("rentbook stopped on an error of its own. What was saved is safe. {place}\n");
        let _ = io::stderr().write_all(sentence.as_bytes());
    }));
}

fn append(log: &Path, report: &str) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(log)?.write_all(report.as_bytes())
}

/// Watches for the window being closed and for being asked to leave. The loop hears of it first; if it has not ended
/// within 500 ms (it hangs on a terminal that is gone), the process ends anyway.
#[cfg(unix)]
pub fn watch_signals(out: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM, SIGINT])?;
    let watching = move || {
        if let Some(signal) = signals.forever().next() {
            let _ = out.send(Event::Terminate);
            thread::sleep(DEADLINE);
            leave_within(LAST_TRY);
            std::process::exit(128 + signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(watching).map(drop)
}

/// On systems without signals there is nothing to watch.
#[cfg(not(unix))]
pub fn watch_signals(_out: Sender<Event>) -> io::Result<()> {
    Ok(())
}

/// Gives the terminal back, or gives up: writing to a stopped terminal can take for ever.
fn leave_within(limit: Duration) {
    let (done, wait) = std::sync::mpsc::channel();
    let leaving = move || {
        leave();
        let _ = done.send(());
    };
    if thread::Builder::new().spawn(leaving).is_ok() {
        let _ = wait.recv_timeout(limit);
    }
}

/// What lies outside the screen: the clipboard and the viewer of files. Tests bring one that only notes.
pub trait Desktop {
    /// Copies text, and says in a word or two how.
    fn copy(&mut self, text: &str) -> Result<(), String>;

    /// Shows a file in the desktop's viewer. `Ok(false)` where there is no desktop.
    fn view(&mut self, file: &Path) -> Result<bool, String>;
}

/// The desktop rentbook was started on.
#[derive(Debug, Default)]
pub struct ThisDesktop;

impl Desktop for ThisDesktop {
    fn copy(&mut self, text: &str) -> Result<(), String> {
        // OSC 52 reaches the clipboard of the person's own machine, also through ssh.
        let copied = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text));
        copied.map_err(|error| format!("The text could not be copied: {error}."))
    }

    fn view(&mut self, file: &Path) -> Result<bool, String> {
        viewer::show(file).map_err(|error| format!("{} could not be shown: {error}.", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_presses_of_the_mouse_are_asked_for() {
        let text = String::from_utf8_lossy(ENTER);
        assert!(text.contains("?1000h") && text.contains("?1006h") && !text.contains("1003"));
    }

    #[test]
    fn what_is_turned_on_is_turned_off() {
        let (on, off) = (String::from_utf8_lossy(ENTER), String::from_utf8_lossy(LEAVE));
        for mode in on.split('\x1b').filter(|mode| !mode.is_empty()) {
            assert!(off.contains(&mode.replace('h', "l")), "{mode:?}");
        }
    }

    #[test]
    fn leaving_a_terminal_never_entered_writes_nothing() {
        leave();
        assert!(!ENTERED.load(Ordering::SeqCst));
    }
}
