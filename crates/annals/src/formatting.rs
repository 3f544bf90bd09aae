//! The canonical form of a file's text.

use annals_syntax::{Notation, format, parse};
use annals_text::Files;

/// The text of a chronicle or a note in its canonical form; formatting twice changes nothing more.
///
/// Nothing is lost: comments, blank lines, line breaks, the byte order mark, prose around the
/// fences of a note and lines that cannot be read stay. What `path` ends in says how the text is
/// written. The line ends of old editors, a carriage return alone, become line feeds, as they are
/// read.
///
/// # Errors
///
/// Why the file has no canonical form, in words: a table's form is its spreadsheet's, a
/// bibliography's the form of whatever exported it.
pub fn format_text(path: &str, text: &str) -> Result<String, String> {
    let extension = path.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    let notation = match extension.as_deref() {
        Some("md" | "markdown") => Notation::Markdown,
        Some("csv" | "tsv" | "xlsx" | "xlsm") => {
            return Err("a table keeps the form of its spreadsheet".to_owned());
        }
        Some("bib") => return Err("a bibliography keeps the form it was exported in".to_owned()),
        Some("toml") => return Err("the settings of a project are no chronicle".to_owned()),
        _ => Notation::Chronicle,
    };
    let mut files = Files::new();
    let file = files.add(path, crate::loading::with_line_ends(text.to_owned()));
    let (tree, _) = parse(&files, file, notation);
    Ok(format(&files, &tree))
}
