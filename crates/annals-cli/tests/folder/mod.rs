//! A folder of its own for each test, and the command run in it.

#![allow(dead_code)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder that is removed with its last use.
pub struct Folder {
    path: PathBuf,
}

/// What a run left behind.
pub struct Ran {
    /// The exit code; -1 where a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder of a test works");
        Folder { path }
    }

    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("the folder of a test works"))
            .expect("the folder of a test works");
        fs::write(path, bytes).expect("the folder of a test works");
        self
    }

    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path.join(name)).expect("the folder of a test works")
    }

    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).expect("the folder of a test works");
        let mut names: Vec<String> = entries
            .map(|e| {
                e.expect("the folder of a test works")
                    .file_name()
                    .into_string()
                    .expect("the folder of a test works")
            })
            .collect();
        names.sort();
        names
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let output = self
            .command(args)
            .output()
            .expect("the folder of a test works");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the folder of a test works");
        let ran = Ran {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(!ran.err.contains("panicked at"), "{args:?}: {}", ran.err);
        assert!(
            (0..=2).contains(&ran.code),
            "{args:?} ended with {}",
            ran.code
        );
        ran
    }

    /// Runs with something on standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the folder of a test works");
        let mut stdin = child.stdin.take().expect("the folder of a test works");
        let input = input.to_vec();
        // Answers come while questions are still being written.
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child
            .wait_with_output()
            .expect("the folder of a test works");
        writer
            .join()
            .expect("the folder of a test works")
            .expect("the folder of a test works");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the folder of a test works");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Runs with a standard output that nobody reads.
    pub fn run_and_close(&self, args: &[&str]) -> Ran {
        let mut child = self
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the folder of a test works");
        drop(child.stdout.take());
        let output = child
            .wait_with_output()
            .expect("the folder of a test works");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::new(),
            err: String::from_utf8(output.stderr).expect("the folder of a test works"),
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
        command
            .args(args)
            .current_dir(&self.path)
            .stdin(Stdio::null());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
