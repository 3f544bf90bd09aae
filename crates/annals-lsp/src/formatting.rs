//! The canonical form of a text as edits that leave the cursor alone.

use annals::format_text;

use crate::document::Document;
use crate::references::TextEdit;

/// The edits that bring a text into its canonical form, line by line.
///
/// # Errors
///
/// Why it has none, in words: a table, a bibliography.
pub fn formatting(document: &Document) -> Result<Vec<TextEdit>, String> {
    let formatted = format_text(&document.path, &document.text)?;
    let old: Vec<&str> = document.text.split_inclusive('\n').collect();
    let new: Vec<&str> = formatted.split_inclusive('\n').collect();
    let mut edits = Vec::new();
    if old.len() != new.len() {
        let all = document.range(0, document.text.len());
        edits.push(TextEdit {
            range: all,
            text: formatted,
        });
        return Ok(edits);
    }
    let mut start = 0;
    for (old, new) in old.iter().zip(new) {
        if *old != new {
            edits.push(TextEdit {
                range: document.range(start, start + old.len()),
                text: new.to_owned(),
            });
        }
        start += old.len();
    }
    Ok(edits)
}
