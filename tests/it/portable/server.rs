//! A PostgreSQL of the tests' own: an unprivileged user, C collation, a socket in a folder that goes with it.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Who runs it where the tests are run by root, whom PostgreSQL refuses.
const NOBODY: &str = "nobody";

pub struct Server {
    folder: TempDir,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where Debian keeps the programs of its newest PostgreSQL; `None` where it is not installed.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(number)?;
    Some(newest.join("bin")).filter(|bin| bin.join("initdb").exists())
}

fn id_of_nobody(kind: &str) -> u32 {
    let told = Command::new("id").args([kind, NOBODY]).output().unwrap();
    String::from_utf8(told.stdout).unwrap().trim().parse().unwrap()
}

/// The command, run by somebody who is not root.
fn unprivileged(program: &Path) -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args([
        format!("--reuid={}", id_of_nobody("-u")),
        format!("--regid={}", id_of_nobody("-g")),
        "--clear-groups".to_owned(),
    ]);
    command.arg(program);
    command
}

impl Server {
    /// Starts it; `None` where there is none to be had.
    pub fn start() -> Option<Self> {
        let bin = programs()?;
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap();
        let rows = folder.path().join("rows");
        if rustix::process::geteuid().is_root() {
            chown(folder.path(), Some(id_of_nobody("-u")), Some(id_of_nobody("-g"))).unwrap();
        }
        let laid = unprivileged(&bin.join("initdb"))
            .arg("-D")
            .arg(&rows)
            .args(["-U", "rentbook", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
            .current_dir("/")
            .output()
            .unwrap();
        assert!(laid.status.success(), "{}", String::from_utf8_lossy(&laid.stderr));
        let child = unprivileged(&bin.join("postgres"))
            .arg("-D")
            .arg(&rows)
            .arg("-k")
            .arg(folder.path())
            .args(["-h", "", "-F"])
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { folder, child };
        let begun = Instant::now();
        while !server.run("SELECT 1;").status.success() {
            assert!(begun.elapsed() < Duration::from_mins(2), "PostgreSQL does not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        Some(server)
    }

    /// Runs a script of `psql`, line after line, whatever fails.
    pub fn run(&self, script: &str) -> Output {
        let file = self.folder.path().join("script.sql");
        fs::write(&file, script).unwrap();
        Command::new("psql")
            .args(["-X", "-q", "-A", "-t", "-U", "rentbook", "-d", "postgres", "-h"])
            .arg(self.folder.path())
            .arg("-f")
            .arg(&file)
            .output()
            .unwrap()
    }

    /// Runs a script of which nothing may fail.
    pub fn must(&self, script: &str) {
        let done = self.run(script);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.is_empty(), "{said}");
    }

    /// What a script says of each of its lines that fail: number from 1, message.
    pub fn errors(&self, script: &str) -> (String, Vec<(usize, String)>) {
        let done = self.run(script);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let error = |line: &str| {
            let (at, message) = line.split_once(": ERROR:  ")?;
            Some((at.rsplit(':').next()?.parse().ok()?, message.to_owned()))
        };
        (String::from_utf8_lossy(&done.stdout).into_owned(), said.lines().filter_map(error).collect())
    }
}
