//! Reports one a line, for editors and `grep`.

use std::fmt::Write;

use crate::{Files, Report};

/// `file:line:col: severity[code]: headline` for each report, the column in characters. A report
/// that stands at no place begins with its severity.
pub fn render_short(files: &Files, reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        if let Some(place) = report.place() {
            let name = one_line(&files.get(place.file).name);
            // Writing to a string cannot fail.
            let _ = write!(out, "{name}:{}: ", files.position(place));
        }
        let (word, code) = (report.severity.word(), report.code);
        let _ = writeln!(out, "{word}[{code}]: {}", one_line(&report.headline));
    }
    out
}

/// A text with its line breaks and other control characters as spaces, and without the marks that
/// turn the direction of writing: quoted user text must not rearrange a terminal.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { ' ' } else { harmless(c) })
        .collect()
}

/// A text of several lines without other control characters.
pub(crate) fn plain_lines(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { c } else { harmless(c) })
        .collect()
}

fn harmless(c: char) -> char {
    match c {
        c if c.is_control() => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    #[test]
    fn a_line_a_report_with_columns_in_characters() {
        let mut files = Files::new();
        let file = files.add("k.annals", "644: 唐伐焉耆\n");
        let reports = [
            Report::error("undeclared-name", "`焉耆` is\nnot declared")
                .at(Span::new(file, 11, 17), ""),
            Report::lint("uncited", "one claim has no source"),
        ];
        assert_eq!(
            render_short(&files, &reports),
            "k.annals:1:8: error[undeclared-name]: `焉耆` is not declared\n\
             note[uncited]: one claim has no source\n"
        );
    }
}
