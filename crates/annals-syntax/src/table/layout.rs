//! Rows laid out as text.

use crate::chars::{collapse, is_comma, is_space};
use crate::cite::plain_key;

use super::{Bytes, Column, Header, Row, RowCells, RowForm, TableText};

/// Blank lines laid out between two rows at most; a sheet has fewer rows than that.
const GAP: u32 = 2_000_000;

/// Rows looked at for the one of column names.
const TITLES: usize = 20;

/// Shows a table as text with exactly one line a row, line n for row n. Cells of several lines
/// are joined with spaces and the lines they took stay blank. The first row that names a date and
/// a sentence names the columns, the first that is not empty where none does.
pub fn lay_out(rows: &[Row]) -> TableText {
    let mut page = Page {
        text: String::new(),
        lines: 0,
    };
    let mut cells = Vec::with_capacity(rows.len());
    let mut header: Option<(Header, Vec<Option<Column>>)> = None;
    let named = rows.iter().take(TITLES).position(names_columns);
    for (at, row) in rows.iter().enumerate() {
        let values: Vec<String> = row.cells.iter().map(|c| clean(c)).collect();
        page.begin(row.line);
        let (form, extra) = if values.iter().all(String::is_empty) {
            (RowForm::Empty, 0)
        } else if named.is_some_and(|named| at < named) {
            page.write("// ");
            page.named(&values, &Header::default());
            (RowForm::Above, 0)
        } else {
            match &header {
                None => {
                    header = Some(page.header(values));
                    (RowForm::Header, 0)
                }
                Some((header, columns)) if header.complete => {
                    let beyond = values.iter().skip(columns.len());
                    let extra = beyond.filter(|v| !v.is_empty()).count();
                    (page.row(&values, header, columns), extra)
                }
                Some((header, _)) => {
                    page.named(&values, header);
                    (
                        RowForm::Short {
                            dated: false,
                            said: false,
                        },
                        0,
                    )
                }
            }
        };
        cells.push(RowCells {
            line: page.lines,
            form,
            trouble: row.trouble,
            extra,
        });
    }
    if page.lines > 0 {
        page.text.push('\n');
    }
    TableText {
        text: page.text,
        cells,
        header: header.map(|h| h.0).unwrap_or_default(),
    }
}

/// Whether a row names a column of dates and one of sentences.
fn names_columns(row: &Row) -> bool {
    let has = |wanted| {
        let mut cells = row.cells.iter().map(|c| Column::named(&clean(c)));
        cells.any(|c| c == Some(wanted))
    };
    has(Column::Date) && has(Column::Sentence)
}

struct Page {
    text: String,
    /// Lines begun.
    lines: u32,
}

impl Page {
    /// Begins the line of a row. A sheet whose numbers run backwards or leap absurdly gets the
    /// next line: an order is better than a lost row.
    fn begin(&mut self, line: u32) {
        let next = self.lines + 1;
        let well = line >= next && line - self.lines <= GAP;
        let wanted = if well { line } else { next };
        while self.lines < wanted {
            if self.lines > 0 {
                self.text.push('\n');
            }
            self.lines += 1;
        }
    }

    /// Writes words and says where they stand.
    fn write(&mut self, words: &str) -> Bytes {
        let start = self.text.len() as u32;
        self.text.push_str(words);
        (start, self.text.len() as u32)
    }

    fn header(&mut self, found: Vec<String>) -> (Header, Vec<Option<Column>>) {
        let mut header = Header::default();
        let mut columns: Vec<Option<Column>> = Vec::with_capacity(found.len());
        let mut seen = Vec::new();
        self.write("// ");
        for (i, name) in found.iter().enumerate() {
            if i > 0 {
                self.write(" | ");
            }
            header.places.push(self.write(name));
            let column = Column::named(name);
            match column {
                Some(c) if seen.contains(&c) => {
                    header.repeated.push(i);
                    columns.push(None);
                }
                Some(c) => {
                    seen.push(c);
                    columns.push(Some(c));
                }
                None => {
                    if !name.is_empty() {
                        header.unknown.push(i);
                    }
                    columns.push(None);
                }
            }
        }
        header.complete = seen.contains(&Column::Date) && seen.contains(&Column::Sentence);
        header.found = found;
        (header, columns)
    }

    fn row(&mut self, values: &[String], header: &Header, columns: &[Option<Column>]) -> RowForm {
        let value = |wanted: Column| {
            let index = columns.iter().position(|c| *c == Some(wanted))?;
            values
                .get(index)
                .map(String::as_str)
                .filter(|v| !v.is_empty())
        };
        let date = value(Column::Date).map(|d| d.trim_end_matches([':', '：']).trim_end());
        let date = date.filter(|d| !d.is_empty());
        let (Some(date), Some(sentence)) = (date, value(Column::Sentence)) else {
            self.named(values, header);
            let said = value(Column::Sentence).is_some();
            return RowForm::Short {
                dated: date.is_some(),
                said,
            };
        };
        let date = self.write(date);
        self.write(": ");
        let sentence = self.write(sentence);
        let source = value(Column::Source).map(|cell| {
            self.write("  [");
            let source = self.write(&with_signs(cell));
            self.write("]");
            source
        });
        let note = value(Column::Note).map(|cell| {
            self.write("  ");
            let key = self.write("note");
            self.write(": ");
            (key, self.write(cell))
        });
        let rest = self.rest(values, header, columns);
        RowForm::Claim {
            date,
            sentence,
            source,
            note,
            rest,
        }
    }

    /// The cells of columns without a meaning, as a comment.
    fn rest(
        &mut self,
        values: &[String],
        header: &Header,
        columns: &[Option<Column>],
    ) -> Option<Bytes> {
        let mut span: Option<Bytes> = None;
        for (i, value) in values.iter().enumerate() {
            if value.is_empty() || columns.get(i).is_some_and(Option::is_some) {
                continue;
            }
            let start = match span {
                Some((start, _)) => {
                    self.write(" ");
                    start
                }
                None => self.write("  ").1,
            };
            let (_, end) = self.write(&format!("// {}: {value}", column_name(header, i)));
            span = Some((start, end));
        }
        span
    }

    /// All cells under their names, for a row that makes no claim.
    fn named(&mut self, values: &[String], header: &Header) {
        let mut first = true;
        for (i, value) in values.iter().enumerate().filter(|(_, v)| !v.is_empty()) {
            let gap = if first { "" } else { " | " };
            first = false;
            let words = if header.complete {
                format!("{gap}{}: {value}", column_name(header, i))
            } else {
                format!("{gap}{value}")
            };
            self.write(&words);
        }
    }
}

fn column_name(header: &Header, index: usize) -> String {
    match header.found.get(index) {
        Some(name) if !name.is_empty() => name.clone(),
        _ => format!("column {}", index + 1),
    }
}

/// A cell on one line: white space and line breaks as single spaces, other control characters
/// shown as what they are not.
fn clean(cell: &str) -> String {
    let shown = |c: char| match c {
        c if is_space(c) => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    collapse(&cell.chars().map(shown).collect::<String>())
}

/// A source cell with an `@` before each key: `zztj, 197-23b; @xts` is written `@zztj, …`.
fn with_signs(cell: &str) -> String {
    let inner = cell
        .strip_prefix('[')
        .and_then(|c| c.strip_suffix(']'))
        .unwrap_or(cell);
    let parts = inner.split([';', '；']).map(|part| {
        let part = part.trim_matches(is_space);
        let first = part
            .split(is_comma)
            .next()
            .unwrap_or("")
            .trim_end_matches(is_space);
        let bare = !first.is_empty() && plain_key(first) == first.len();
        if bare {
            format!("@{part}")
        } else {
            part.to_string()
        }
    });
    parts
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}
