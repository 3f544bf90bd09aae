//! `annals check --fix`: carries out the safe edits that reports propose.

use std::fs;
use std::io::Write;
use std::path::Path;

use annals::{Edit, FileId, Files, Report};
use annals_text::{apply_edits, safe_edits};

use crate::disk::beside;
use crate::output::{Failure, count, say_error};

/// Applies every safe edit, file by file, and says what it did; whether any file changed.
///
/// A file is written whole beside its place and then put there in one step, so that a run cut
/// short leaves the old text or the new one, never half of each.
pub fn apply_fixes(files: &Files, reports: &[Report]) -> Result<bool, Failure> {
    let edits = safe_edits(reports);
    if edits.is_empty() {
        say_error("nothing to fix that can be fixed safely\n")?;
        return Ok(false);
    }
    let mut touched: Vec<FileId> = edits.iter().map(|e| e.span.file).collect();
    touched.sort();
    touched.dedup();
    let mut changed = false;
    for id in touched {
        let mine: Vec<Edit> = edits
            .iter()
            .filter(|e| e.span.file == id)
            .cloned()
            .collect();
        changed |= fix_file(files, id, &mine)?;
    }
    Ok(changed)
}

fn fix_file(files: &Files, id: FileId, edits: &[Edit]) -> Result<bool, Failure> {
    let file = files.get(id);
    let name = &file.name;
    // The text on the disk must still be the text the edits were made for: another program may
    // have saved it, and a file that is not UTF-8 was not read as it stands.
    if fs::read(name).ok().as_deref() != Some(file.text.as_bytes()) {
        say_error(&format!(
            "{name} is left as it is: its text is not the one that was checked\n"
        ))?;
        return Ok(false);
    }
    let text = apply_edits(&file.text, edits);
    replace(Path::new(name), text.as_bytes())
        .map_err(|e| Failure::Input(format!("`{name}` cannot be written: {e}")))?;
    say_error(&format!("fixed {name}, {}:\n", count(edits.len(), "edit")))?;
    for edit in edits {
        say_error(&format!(
            "  line {}: {}\n",
            files.position(edit.span).line,
            words(files, edit)
        ))?;
    }
    Ok(true)
}

fn words(files: &Files, edit: &Edit) -> String {
    let old = files.slice(edit.span).trim();
    let new = edit.replacement.trim();
    match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("added `{new}`"),
        (false, true) => format!("took out `{old}`"),
        (false, false) => format!("`{old}` became `{new}`"),
    }
}

/// Replaces a file in one step: whoever reads it finds the old text or the new one.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is followed, so that the file changes and not the link.
    let path = fs::canonicalize(path)?;
    let beside = beside(&path);
    let written = (|| {
        let mut file = fs::File::create_new(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::set_permissions(&beside, fs::metadata(&path)?.permissions())?;
        fs::rename(&beside, &path)
    })();
    if written.is_err() {
        // The error told is the one that stopped the writing, not this one.
        let _ = fs::remove_file(&beside);
    }
    written
}
