//! `annals import` of an article: a draft of claims, each with its passage.

use std::path::Path;

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
    let output = arguments.target()?;
    match &output {
        None => say(&draft.text)?,
        Some(path) => write_whole(path, draft.text.as_bytes())
            .map_err(|e| Failure::Input(format!("`{}` cannot be written: {e}", path.display())))?,
    }
    say_error(&summary(&draft, output.as_deref()))?;
    Ok(Exit::Clean)
}

fn read(path: &str) -> Result<String, Failure> {
    let unreadable = |why: String| Failure::Input(format!("`{path}` cannot be read: {why}"));
    let bytes = Disk.read(path).map_err(|e| unreadable(e.to_string()))?;
    text_of(path, bytes)
}

fn summary(draft: &Draft, output: Option<&Path>) -> String {
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
    if let Some(output) = output {
        words.push_str(&format!(
            "wrote {0}\n\n  annals review {0}\n",
            output.display()
        ));
    }
    words
}
