//! Words to the terminal: results on standard output, everything else on standard error.

use std::fmt;
use std::io::{ErrorKind, Write};

use crate::run::Exit;

/// Why a command could not be carried out.
#[derive(Debug)]
pub enum Failure {
    /// Its usage or its input is at fault; in words.
    Input(String),
    /// What it had to say could not be written.
    Output(std::io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Input(words) => f.write_str(words),
            Failure::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl Failure {
    /// Says it on standard error and gives the exit that belongs to it.
    pub fn say(&self) -> Exit {
        // Where standard error is closed as well, there is nobody left to tell.
        let _ = say_error(&format!("\u{1b}[1;31merror\u{1b}[0m: {self}\n"));
        Exit::Failed
    }
}

/// Writes a result. The stream takes colours out where they are not wanted.
pub fn say(text: &str) -> Result<(), Failure> {
    write(&mut anstream::stdout().lock(), text)
}

/// Writes something that is no result.
pub fn say_error(text: &str) -> Result<(), Failure> {
    write(&mut anstream::stderr().lock(), text)
}

/// A reader that has gone, as `head` does, has read enough: that is no failure.
fn write(stream: &mut impl Write, text: &str) -> Result<(), Failure> {
    match stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush())
    {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(e)),
        _ => Ok(()),
    }
}

/// A number and its noun: `1 claim`, `2 claims`.
pub fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
