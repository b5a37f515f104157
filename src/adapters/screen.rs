//! What the machine tells about the terminal a command writes to.

use std::io::{IsTerminal, stdin, stdout};

/// Columns of the terminal behind the output; `None` where the output goes to a file or another program.
pub fn width() -> Option<usize> {
    if !stdout().is_terminal() {
        return None;
    }
    let told = rustix::termios::tcgetwinsize(stdout()).ok().map(|size| usize::from(size.ws_col));
    told.filter(|columns| *columns > 0).or(Some(80))
}

/// Whether a person sits at both ends: the keyboard and the screen.
pub fn is_interactive() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}
