//! Tables as CSV, by RFC 4180, in UTF-8.

use crate::tables::{Cell, Column, Form, Table};

/// Whether cells are guarded against spreadsheet programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Cells that a spreadsheet would reckon with or take for a date start with an apostrophe.
    Spreadsheets,
    /// Cells stand as they are, for programs.
    None,
}

/// A table as CSV: a line of column names, then a line a row.
pub fn csv_text(table: &Table, guard: Guard) -> String {
    let mut out = String::new();
    let names: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
    line(&mut out, &names);
    for row in &table.rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&table.columns)
            .map(|(cell, column)| cell_text(cell, column, guard))
            .collect();
        line(&mut out, &cells);
    }
    out
}

fn cell_text(cell: &Cell, column: &Column, guard: Guard) -> String {
    let text = cell.to_string();
    if guard == Guard::None || column.form != Form::Text {
        return text;
    }
    guarded(&text)
}

/// The text with an apostrophe before it where a spreadsheet program would make something else of
/// it: a formula of `=`, `+`, `-` or `@` at its head, a date of `12-3`, a number of `007`. A text
/// that begins with an apostrophe gets another, so that the one taken off is always ours.
pub(crate) fn guarded(text: &str) -> String {
    let head = text.chars().next();
    let reckoned = matches!(head, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\''));
    if reckoned || is_taken_for_another(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text without the apostrophe of [`guarded`], where it has one.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if guarded(rest).len() > rest.len() => rest,
        _ => text,
    }
}

/// Whether a spreadsheet takes a text of digits and marks for a date or a number. ISO dates are
/// left alone: their year of four digits comes first, and before 1900 no program reads them.
fn is_taken_for_another(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if number(text) {
        // A name of digits loses its zeros at the head and its digits beyond the fifteenth.
        return (text.len() > 1 && text.starts_with('0')) || text.len() > 15;
    }
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        return number(mantissa) && number(exponent);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', ':']).collect();
    let dated = matches!(parts.len(), 2 | 3) && parts.iter().all(|part| number(part));
    dated && parts.first().is_some_and(|first| first.len() <= 2)
}

/// One line with its line break, which RFC 4180 wants to be CRLF.
pub(crate) fn line(out: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_change_is_guarded_and_comes_back() {
        for text in [
            "=1+1",
            "+5",
            "-0524-03-02",
            "@zztj",
            "12-3",
            "1/2",
            "3.4.644",
            "007",
            "1E5",
            "'a",
            "10:30",
        ] {
            let safe = guarded(text);
            assert_eq!(safe, format!("'{text}"));
            assert_eq!(unguarded(&safe), text);
        }
        for text in [
            "Karasahr",
            "0644-09-20",
            "197-23b",
            "",
            "644",
            "644 or 648",
            "Xuepo'anazhi",
            "e",
        ] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }

    #[test]
    fn quotes_commas_and_line_breaks_are_kept() {
        let mut out = String::new();
        line(
            &mut out,
            &["a,b".into(), "\"c\"".into(), "d\ne".into(), String::new()],
        );
        assert_eq!(out, "\"a,b\",\"\"\"c\"\"\",\"d\ne\",\r\n");
    }
}
