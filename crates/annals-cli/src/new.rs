//! `annals new`: a small project to begin with.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::output::{Failure, say};
use crate::run::Exit;

/// Its main file: ten claims, each form explained where it is first used.
pub const MAIN: &str = include_str!("texts/main.annals");

/// Makes the folder and its main file; what is there already is never overwritten.
pub fn new(folder: &Path) -> Result<Exit, Failure> {
    let fault =
        |e: std::io::Error| Failure::Input(format!("`{}` cannot be made: {e}", folder.display()));
    fs::create_dir_all(folder).map_err(fault)?;
    let main = folder.join("main.annals");
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&main);
    match file {
        Ok(mut file) => file.write_all(MAIN.as_bytes()).map_err(fault)?,
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Failure::Input(format!(
                "`{}` is there already",
                main.display()
            )));
        }
        Err(e) => return Err(fault(e)),
    }
    let shown = folder.display();
    say(&format!(
        "made {}\n\n  cd {shown}\n  annals check\n  annals ask \"1066-06: ? is ruler of England\"\n",
        main.display()
    ))?;
    Ok(Exit::Clean)
}
