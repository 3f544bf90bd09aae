//! Characters that nobody sees, pasted along from web pages and word processors.
//!
//! A soft hyphen inside a name makes another name of it, and no reader could tell why. Joiners
//! (U+200C, U+200D) are left alone: several scripts are spelled with them.

use annals_text::{Edit, Report, Span};

use crate::text::Text;

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || c.is_control() && !matches!(c, '\t' | '\r' | '\u{b}' | '\u{c}')
}

/// A report on the invisible characters of a line, with an edit that takes them all out.
pub(crate) fn report(text: Text<'_>, line: Span) -> Option<Report> {
    let of = text.of(line);
    if of.is_ascii() && !of.bytes().any(|b| b.is_ascii_control()) {
        return None;
    }
    let found = of.char_indices().filter(|(_, c)| is_invisible(*c));
    let edits: Vec<(char, Edit)> = found
        .map(|(at, c)| {
            let start = line.start + at as u32;
            let span = text.span(start, start + c.len_utf8() as u32);
            let replacement = String::new();
            (c, Edit { span, replacement })
        })
        .collect();
    let (first, edit) = edits.first()?;
    let code = u32::from(*first);
    let report = Report::lint(
        "invisible-character",
        format!("an invisible character, U+{code:04X}, stands in this line"),
    )
    .at(edit.span, "here")
    .note("it makes another word of the one it stands in");
    let edits = edits.into_iter().map(|(_, edit)| edit).collect();
    Some(report.fix("take it out", edits, true))
}
