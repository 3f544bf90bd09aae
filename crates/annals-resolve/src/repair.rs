//! Last touches on reports: where a proposed declaration goes in its file.

use std::collections::BTreeSet;

use annals_sentence::END_OF_FILE;
use annals_syntax::{Notation, StatementKind, Tree};
use annals_text::{Edit, FileId, Files, Report, Span};

/// Gives every edit that inserts a line at the end of a file its place there. One line proposed by
/// several reports is inserted by the first alone, else fixing all would declare a name twice.
pub(crate) fn finish(files: &Files, trees: &[Tree], reports: &mut [Report]) {
    let mut inserted: BTreeSet<(FileId, String)> = BTreeSet::new();
    for report in reports {
        for remedy in &mut report.remedies {
            if !remedy.edits.iter().any(|e| e.span.start == END_OF_FILE) {
                continue;
            }
            let line = remedy.edits.iter().find(|e| e.span.start == END_OF_FILE);
            let key = line.map(|e| (e.span.file, e.replacement.clone()));
            if key.is_some_and(|key| !inserted.insert(key)) {
                remedy.edits.clear();
                remedy.safe = false;
                continue;
            }
            let edits = std::mem::take(&mut remedy.edits);
            remedy.edits = edits
                .into_iter()
                .filter_map(|edit| placed(files, trees, edit))
                .collect();
            remedy.safe &= !remedy.edits.is_empty();
        }
    }
}

/// The edit at the end of its file; nothing where the file takes no such line.
fn placed(files: &Files, trees: &[Tree], edit: Edit) -> Option<Edit> {
    if edit.span.start != END_OF_FILE {
        return Some(edit);
    }
    let file = edit.span.file;
    let tree = trees.iter().find(|t| t.file == file)?;
    let line = edit.replacement.trim_end_matches('\n');
    let text = &files.get(file).text;
    match tree.notation {
        Notation::Chronicle => {
            let end = text.len() as u32;
            let open = !text.is_empty() && !text.ends_with('\n');
            let before = if open { "\n" } else { "" };
            Some(Edit {
                span: Span::new(file, end, end),
                replacement: format!("{before}{line}\n"),
            })
        }
        Notation::Markdown => {
            // Outside a fence it would be prose, so it goes below the last line that is read.
            let read =
                |k: &StatementKind| !matches!(k, StatementKind::Blank | StatementKind::Prose);
            let last = tree.statements.iter().rev().find(|s| read(&s.kind))?;
            let end = last.span.end;
            Some(Edit {
                span: Span::new(file, end, end),
                replacement: format!("\n{line}"),
            })
        }
        // A row of a table is a claim; declarations stand in other files.
        Notation::Table => None,
    }
}
