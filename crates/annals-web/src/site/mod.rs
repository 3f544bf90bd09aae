//! A chronicle as a folder of files that any web host can serve and that opens without one.
//!
//! What comes in: a folder with a chronicle. What goes out: the page with everything it may ask
//! for worked out before (`contents`), and plain pages of the same, written into a folder that is
//! empty or holds an earlier site (`write`). The same chronicle gives the same bytes.

mod contents;
mod write;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::edition::Edition;
use crate::folder::Folder;

/// The files of a site by their paths in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Writes a site and says how many files it has.
///
/// # Errors
///
/// In words: where the chronicle cannot be read, or the folder is not one to write into.
pub fn export_site(from: &Path, main: &str, to: &Path, anyway: bool) -> Result<usize, String> {
    let fault = |what: &Path, e: io::Error| format!("`{}` cannot be used: {e}", what.display());
    let folder = Folder::new(from).map_err(|e| fault(from, e))?;
    // A folder that must not be written into is told of before the work, not after it.
    let before = write::earlier(to, anyway)?;
    let edition = Edition::of(&folder, main);
    if edition.compiled.main.is_none() {
        let words = edition.compiled.reports.first().map(|r| r.headline.clone());
        return Err(words.unwrap_or_default());
    }
    let files = contents::contents(&edition);
    write::write(to, &before, &files).map_err(|e| fault(to, e))?;
    Ok(files.len())
}
