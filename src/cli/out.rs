//! The one place that writes to standard output and standard error. Nothing that moves a terminal gets through.

use std::io::{self, BufWriter, Stderr, Stdout, Write, stderr, stdout};

use serde_json::Value;

use super::fault::{Fault, Result};
use super::table::{Table, plain};
use crate::services::{Done, StoreFault};

/// The most of a message that is shown: what is longer repeats what somebody pasted.
const LONGEST_MESSAGE: usize = 4_000;

/// What a command answers: one object for scripts, blocks of text for people.
#[derive(Debug, Default)]
pub struct Answer {
    json: Value,
    blocks: Vec<Block>,
}

#[derive(Debug)]
enum Block {
    Sentence(String),
    Table(Table),
    Verbatim(String),
}

impl Answer {
    /// An answer with its object.
    pub fn new(json: Value) -> Self {
        Self { json, blocks: Vec::new() }
    }

    /// With one more key in its object.
    pub fn with(mut self, key: &str, value: Value) -> Self {
        if let Some(object) = self.json.as_object_mut() {
            object.insert(key.to_owned(), value);
        }
        self
    }

    /// With a sentence or more.
    pub fn say(mut self, sentence: impl Into<String>) -> Self {
        self.blocks.push(Block::Sentence(sentence.into()));
        self
    }

    /// With what the shop should know of a paper: as sentences, and for scripts where there is any.
    pub fn of_paper(self, paper: &crate::services::papers::Paper) -> Self {
        let notes = crate::services::papers::for_the_shop(paper);
        if notes.is_empty() {
            return self;
        }
        let lost: Vec<&str> = paper.lost.iter().map(|part| part.code()).collect();
        let answer = if lost.is_empty() { self } else { self.with("left_out", lost.into()) };
        notes.into_iter().fold(answer, Self::say)
    }

    /// With a table.
    pub fn table(mut self, table: Table) -> Self {
        self.blocks.push(Block::Table(table));
        self
    }

    /// With text that is printed as it is made: a completion script, a manual page.
    pub fn verbatim(mut self, text: String) -> Self {
        self.blocks.push(Block::Verbatim(text));
        self
    }
}

/// What an Action says, as the command line says it.
pub fn said(done: &Done) -> String {
    done.told("`rentbook undo`")
}

/// The output of one command.
#[derive(Debug)]
pub struct Out {
    to: BufWriter<Stdout>,
    errors: Stderr,
    is_json: bool,
    width: Option<usize>,
}

impl Out {
    /// For scripts or for people; `width` is the terminal's.
    pub fn new(is_json: bool, width: Option<usize>) -> Self {
        Self { to: BufWriter::new(stdout()), errors: stderr(), is_json, width }
    }

    /// Whether a script reads.
    pub fn is_json(&self) -> bool {
        self.is_json
    }

    /// Writes an answer.
    pub fn answer(&mut self, answer: &Answer) -> Result<()> {
        if self.is_json {
            self.json(&answer.json)?;
            self.to.write_all(b"\n")?;
        } else {
            for block in &answer.blocks {
                match block {
                    Block::Sentence(text) => writeln!(self.to, "{}", plain(text, true))?,
                    Block::Table(table) => self.to.write_all(table.render(self.width).as_bytes())?,
                    Block::Verbatim(text) => self.to.write_all(text.as_bytes())?,
                }
            }
        }
        Ok(self.to.flush()?)
    }

    /// Writes a whole object that was put together before; scripts only.
    pub(super) fn copy(&mut self, whole: &mut impl io::Read) -> Result<()> {
        io::copy(whole, &mut self.to)?;
        Ok(self.to.flush()?)
    }

    /// Writes a value on one line; scripts only.
    fn json(&mut self, value: &Value) -> Result<()> {
        self.to.write_all(harmless(value.to_string()).as_bytes())?;
        Ok(())
    }

    /// Says something beside the answer, to the person at the terminal.
    pub fn note(&mut self, sentence: &str) {
        // Nobody is there to read it: then nobody misses it.
        let _ = writeln!(self.errors, "{}", plain(sentence, true));
    }

    /// Shows a person at a terminal how far long work is; it is gone when all is done.
    pub fn progress(&mut self, done: u64, of: u64) {
        const CELLS: u64 = 20;
        let part = |done: u64| (done * CELLS).checked_div(of).unwrap_or(CELLS);
        if self.is_json || self.width.is_none() || (part(done) == part(done.saturating_sub(1)) && done < of) {
            return;
        }
        let full = usize::try_from(part(done)).unwrap_or(0);
        let line =
            if done < of { format!("\r[{:.<20}] {done} of {of}", "#".repeat(full)) } else { format!("\r{:60}\r", "") };
        let _ = self.errors.write_all(line.as_bytes());
    }

    /// Says why a command was not done: to the person, and with `--json` to the script too.
    pub fn fault(&mut self, fault: &Fault) {
        match fault {
            Fault::Closed => return,
            Fault::Broken(error) if is_for_the_log(error.kind()) => {
                tracing::error!(kind = error.kind().word(), detail = error.detail(), "a command broke off");
            }
            _ => {}
        }
        if self.is_json {
            let said: io::Result<()> = (|| {
                writeln!(self.to, "{}", harmless(shorter(fault.json()).to_string()))?;
                self.to.flush()
            })();
            // The exit code still says it.
            drop(said);
        }
        self.note(&format!("rentbook: {}", cut(&fault.to_string())));
    }
}

/// Whether a developer has to look: the others tell the person all there is.
fn is_for_the_log(fault: &StoreFault) -> bool {
    matches!(fault, StoreFault::Broken | StoreFault::Corrupt | StoreFault::Truncated | StoreFault::Stopped)
}

/// The error object with its message no longer than a person reads.
fn shorter(mut json: Value) -> Value {
    if let Some(Value::String(message)) = json.pointer_mut("/error/message") {
        *message = cut(message);
    }
    json
}

fn cut(message: &str) -> String {
    if message.chars().count() <= LONGEST_MESSAGE {
        return message.to_owned();
    }
    let mut kept: String = message.chars().take(LONGEST_MESSAGE).collect();
    kept.push('…');
    kept
}

/// JSON in which nothing moves a terminal either: what `serde_json` leaves as it is, is written by its number.
pub(super) fn harmless(json: String) -> String {
    // Most is plain; a million rows need no second copy each.
    if json.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if super::table::is_shown(c) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let digit = |shift: u32| char::from_digit((u32::from(*unit) >> shift) & 15, 16).unwrap_or('0');
                out.push_str("\\u");
                out.extend([12, 8, 4, 0].map(digit));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_moves_no_terminal_and_reads_back_the_same() {
        let value = json!({ "name": "a\u{1b}[31m\u{9b}2J\u{202e}b\u{e0001} Żółć" });
        let text = harmless(value.to_string());
        assert!(text.chars().all(|c| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(&c)));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
