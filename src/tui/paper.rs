//! A paper that was made beside the book is shown, with what the shop should know of it.

use std::path::PathBuf;

use crate::services::papers::{Paper, for_the_shop};
use crate::tui::reply::Reply;

/// Shows it, or says why there is none.
pub fn shown(kept: Result<(PathBuf, Paper), String>) -> Reply {
    match kept {
        Ok((path, paper)) => noted(Reply::View(path), &paper),
        Err(sentence) => Reply::refuse(sentence),
    }
}

/// The reply, and after it what is to be known.
fn noted(reply: Reply, paper: &Paper) -> Reply {
    let notes = for_the_shop(paper);
    if notes.is_empty() { reply } else { Reply::All(vec![reply, Reply::refuse(notes.join(" "))]) }
}
