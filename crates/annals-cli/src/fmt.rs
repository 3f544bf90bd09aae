//! `annals fmt`: chronicles in their canonical form.

use std::io::Read;
use std::path::{Path, PathBuf};

use annals::syntax::Notation;
use annals::{World, format_text, prepare};

use crate::args::Fmt;
use crate::check::project;
use crate::disk::Disk;
use crate::fix::replace;
use crate::output::{Failure, count, say, say_error};
use crate::run::Exit;

/// Brings the files named into their canonical form, or says what would change.
pub fn fmt(arguments: &Fmt) -> Result<Exit, Failure> {
    if arguments.files == [PathBuf::from("-")] {
        return stream(arguments.check);
    }
    let mut changed = 0;
    let files = files(&arguments.files)?;
    for path in &files {
        let text = read(path)?;
        let formatted = format_text(path, &text)
            .map_err(|why| Failure::Input(format!("`{path}` is left as it is: {why}")))?;
        if formatted == text {
            continue;
        }
        changed += 1;
        if arguments.check {
            say(&difference(path, &text, &formatted))?;
        } else {
            replace(Path::new(path), formatted.as_bytes())
                .map_err(|e| Failure::Input(format!("`{path}` cannot be written: {e}")))?;
            say_error(&format!("formatted {path}\n"))?;
        }
    }
    match arguments.check {
        true if changed > 0 => {
            let words = count(changed, "file");
            say_error(&format!("{words} of {} would change\n", files.len()))?;
            Ok(Exit::Findings)
        }
        _ => Ok(Exit::Clean),
    }
}

/// Standard input to standard output, for editors that format by a command.
fn stream(check: bool) -> Result<Exit, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|e| Failure::Input(format!("standard input cannot be read: {e}")))?;
    let formatted = format_text("-", &text).map_err(Failure::Input)?;
    if !check {
        say(&formatted)?;
        return Ok(Exit::Clean);
    }
    say(&difference("-", &text, &formatted))?;
    Ok(match formatted == text {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

/// The files named; where none is, those of the chronicle here that have a form of their own.
fn files(named: &[PathBuf]) -> Result<Vec<String>, Failure> {
    if !named.is_empty() {
        let named = named.iter();
        return Ok(named
            .map(|p| p.to_string_lossy().replace('\\', "/"))
            .collect());
    }
    let main = project(None)?;
    let read = prepare(&Disk, &main);
    let trees = read.trees().iter();
    let own = trees.filter(|t| read.is_own(t.file) && t.notation != Notation::Table);
    Ok(own.map(|t| read.files().get(t.file).name.clone()).collect())
}

fn read(path: &str) -> Result<String, Failure> {
    let unreadable = |why: String| Failure::Input(format!("`{path}` cannot be read: {why}"));
    let bytes = Disk.read(path).map_err(|e| unreadable(e.to_string()))?;
    String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".to_owned()))
}

/// The lines that would change, each with its number.
fn difference(path: &str, old: &str, new: &str) -> String {
    let mut out = String::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (
        old.split_inclusive('\n').collect(),
        new.split_inclusive('\n').collect(),
    );
    for number in 0..old.len().max(new.len()) {
        let (was, will) = (old.get(number), new.get(number));
        if was == will {
            continue;
        }
        out.push_str(&format!("{path}:{}\n", number + 1));
        for (mark, line) in [('-', was), ('+', will)] {
            if let Some(line) = line {
                out.push_str(&format!("{mark} {}\n", shown(line)));
            }
        }
    }
    out
}

/// A line with what cannot be seen at its end made visible.
fn shown(line: &str) -> String {
    let bare = line.trim_end_matches(['\n', '\r']);
    let words = bare.trim_end();
    let blanks = "·".repeat(bare[words.len()..].chars().count());
    let end = match &line[bare.len()..] {
        "" => " (no line break)",
        "\r" | "\r\r" => "␍",
        _ => "",
    };
    format!("{words}{blanks}{end}")
}
