//! `annals import` of an article: a draft of claims, each with its passage.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use annals::World;
use annals_exchange::article::{Draft, import_article, score};

use crate::disk::{Disk, write_whole};
use crate::import::Import;
use crate::output::{Failure, count, say, say_error};
use crate::run::Exit;
use crate::text::text_of;

/// Reads an article into a draft, or says how well it is read.
pub fn import(arguments: &Import) -> Result<Exit, Failure> {
    let path = &*arguments.file.to_string_lossy().replace('\\', "/");
    let text = read(path)?;
    let name = Path::new(path)
        .file_name()
        .map_or(path.to_owned(), |n| n.to_string_lossy().into_owned());
    let draft = import_article(&name, &text).map_err(Failure::Input)?;
    if let Some(gold) = &arguments.score {
        let gold = read(&gold.to_string_lossy())?;
        let score = score::score(&draft.text, &gold).map_err(Failure::Input)?;
        say(&score.words())?;
        return Ok(if score.faults.is_empty() {
            Exit::Clean
        } else {
            Exit::Findings
        });
    }
    let output = arguments.output.clone().unwrap_or_else(|| place(path));
    if output == Path::new("-") {
        say(&draft.text)?;
    } else {
        write(&output, &draft.text, arguments.force)?;
    }
    say_error(&summary(&draft, &output))?;
    Ok(Exit::Clean)
}

fn read(path: &str) -> Result<String, Failure> {
    let unreadable = |why: String| Failure::Input(format!("`{path}` cannot be read: {why}"));
    let bytes = Disk.read(path).map_err(|e| unreadable(e.to_string()))?;
    text_of(path, bytes)
}

/// `drafts/NAME.annals` beside the current folder's own files.
fn place(path: &str) -> PathBuf {
    let stem = Path::new(path)
        .file_stem()
        .map_or("article".into(), |s| s.to_string_lossy());
    Path::new("drafts").join(format!("{stem}.annals"))
}

/// Writes a draft whole; one that is there already may hold a person's work and stays.
fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let fault =
        |e: std::io::Error| Failure::Input(format!("`{}` cannot be written: {e}", path.display()));
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    if force {
        return write_whole(path, text.as_bytes()).map_err(fault);
    }
    match fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
    {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(fault),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Err(Failure::Input(format!(
            "`{}` is there already; with `--force` it is written anew, and what was reviewed in it is lost",
            path.display()
        ))),
        Err(e) => Err(fault(e)),
    }
}

fn summary(draft: &Draft, output: &Path) -> String {
    let found = draft.summary;
    let nothing = found.sentences - found.whole - found.part;
    let mut words = format!(
        "read as {}: {} from {} and {}\n  {} held wholly by claims, {} in part, {nothing} not at all; {} listed at the end of the draft\n",
        draft.shape.words(),
        count(found.claims, "claim"),
        count(found.rows, "infobox row"),
        count(found.sentences, "sentence"),
        found.whole,
        found.part,
        count(found.listed, "thing"),
    );
    if output != Path::new("-") {
        words.push_str(&format!(
            "wrote {0}\n\n  annals review {0}\n",
            output.display()
        ));
    }
    words
}
