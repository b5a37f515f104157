//! The loop: wait, take what is there, act, draw. Nothing is drawn unless something happened.

use std::io;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use super::app::{App, Flow};
use super::event::{self, Event};
use super::terminal::{self, Console};

/// How often one looks at the day and the book while nobody types.
const LOOK: Duration = Duration::from_secs(2);

/// Runs the terminal interface until someone leaves. `log` is where a panic leaves its report.
pub fn run(app: &mut App, out: Sender<Event>, inbox: &Receiver<Event>, log: PathBuf) -> io::Result<()> {
    terminal::guard_panics(log);
    // Never dropped: that shows the caret once more, and panics where nobody reads what it has to say about a terminal
    // that is gone. `leave` did it.
    let mut console = ManuallyDrop::new(terminal::enter()?);
    let result = terminal::watch_signals(out.clone())
        .and_then(|()| event::listen(out))
        .and_then(|()| turn(app, &mut console, inbox));
    terminal::leave();
    result
}

fn turn(app: &mut App, console: &mut Console, inbox: &Receiver<Event>) -> io::Result<()> {
    // The first picture comes before the first pass, which may have weeks to catch up on.
    console.draw(|frame| app.draw(frame))?;
    let mut flow = app.step(Event::DayChanged);
    app.warm();
    app.offer_draft();
    loop {
        match flow {
            Flow::Still => {}
            Flow::Draw => {
                console.draw(|frame| app.draw(frame))?;
            }
            Flow::Redraw => {
                // Not `clear`: it asks the terminal where the caret is, and the keyboard thread would take the answer.
                let area = console.size()?.into();
                console.resize(area)?;
                console.draw(|frame| app.draw(frame))?;
            }
            Flow::Quit => return Ok(()),
        }
        flow = wait(app, inbox);
    }
}

/// Takes the next batch; the strongest wish of its events counts.
fn wait(app: &mut App, inbox: &Receiver<Event>) -> Flow {
    let events = event::batch(inbox, app.patience(LOOK));
    if events.is_empty() {
        return app.look();
    }
    let mut strongest = Flow::Still;
    for event in events {
        strongest = match (app.step(event), strongest) {
            (Flow::Quit, _) => return Flow::Quit,
            (Flow::Redraw, _) | (_, Flow::Redraw) => Flow::Redraw,
            (Flow::Draw, _) | (_, Flow::Draw) => Flow::Draw,
            _ => Flow::Still,
        };
    }
    strongest
}
