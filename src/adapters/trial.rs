//! Files of others are tried in a process of their own before they are kept: one that brings the PDF writer down, or
//! eats time and memory, takes neither the terminal nor a transaction along.

use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

use crate::services::trial::{Kind, check};

/// The hidden word the program calls itself with.
const WORD: &str = "--try-file";
/// How long a file may take, looked at every [`LOOK`].
const LOOKS: u32 = 1_500;
const LOOK: Duration = Duration::from_millis(20);
/// The memory and the seconds of a processor one file may take.
const MOST_MEMORY: u64 = 2 << 30;
const MOST_SECONDS: u64 = 20;

/// Whether papers can be printed with a logo or font; the reason why not, in a sentence.
pub fn tried(kind: Kind, bytes: &[u8]) -> Result<(), String> {
    let Some(mut child) = begin(kind) else {
        // Nothing of our own stands on the disk, as in a test: here, then.
        return check(kind, bytes);
    };
    let told = child.stdin.take().map(|mut pipe| pipe.write_all(bytes));
    match (told, ended(&mut child)) {
        (Some(Ok(())), Some(true)) => Ok(()),
        // It says why by saying it here: what is refused in a sentence is refused in good order.
        (_, Some(false)) => Err(reason(&mut child).unwrap_or_else(|| kind.sentence().to_owned())),
        _ => Err(kind.sentence().to_owned()),
    }
}

/// The program once more, waiting for a file.
fn begin(kind: Kind) -> Option<Child> {
    let own = std::env::current_exe().ok().filter(|own| own.file_stem().is_some_and(|name| name == "rentbook"))?;
    let mut command = Command::new(own);
    command.args([WORD, kind.code()]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().ok()
}

/// Whether it ended well; none where it had to be stopped or fell.
fn ended(child: &mut Child) -> Option<bool> {
    for _ in 0..LOOKS {
        match child.try_wait() {
            Ok(Some(status)) => return status.code().filter(|code| matches!(code, 0 | 1)).map(|code| code == 0),
            Ok(None) => std::thread::sleep(LOOK),
            Err(_) => break,
        }
    }
    // Both may fail because it has just ended.
    let _ = child.kill();
    let _ = child.wait();
    None
}

fn reason(child: &mut Child) -> Option<String> {
    let mut said = String::new();
    child.stdout.take()?.take(2_000).read_to_string(&mut said).ok()?;
    Some(said).filter(|said| !said.is_empty())
}

/// The other end: where the words of the command line ask for it, tries what comes in. None for every other command.
pub fn answer(words: &[OsString]) -> Option<ExitCode> {
    let kind = match words {
        [_, word, kind] if word == WORD => Kind::from_code(kind.to_str()?)?,
        _ => return None,
    };
    limit();
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string());
    Some(match read.and_then(|_| check(kind, &bytes)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Without it the other end has a sentence of its own.
            let _ = io::stdout().lock().write_all(why.as_bytes());
            ExitCode::FAILURE
        }
    })
}

/// No file may take the machine along. Where a limit cannot be set the time alone keeps it.
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    let _ = setrlimit(Resource::As, most(MOST_MEMORY));
    let _ = setrlimit(Resource::Cpu, most(MOST_SECONDS));
    let _ = setrlimit(Resource::Core, most(0));
}
