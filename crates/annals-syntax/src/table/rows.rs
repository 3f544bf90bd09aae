//! The tree of a table laid out as text.

use annals_text::{FileId, Files, Report, Severity, Span};

use crate::chars::fold;
use crate::lines::physical;
use crate::reader::Reader;
use crate::scan::{Comments, scan};
use crate::text::{Text, brief};
use crate::tree::{Detail, DetailKind, Notation, Statement, StatementKind, Tree};
use crate::{cite, claim};

use super::{Bytes, RowCells, RowForm, TableText, Trouble};

/// Reads a table whose text was added to `files` as `file`: one claim a row.
///
/// Rows without a date or a sentence are Broken and reported. A table without the columns it
/// needs has one report, and all its rows are Broken.
pub fn parse_table(files: &Files, file: FileId, table: &TableText) -> (Tree, Vec<Report>) {
    let text = Text {
        all: &files.get(file).text,
        file,
    };
    let mut sheet = Sheet {
        text,
        table,
        reports: vec![],
    };
    sheet.titles();
    sheet.header();
    let mut rows = table.cells.iter().peekable();
    let mut statements = Vec::new();
    for (i, line) in physical(text, 0..text.all.len() as u32).enumerate() {
        let number = i as u32 + 1;
        let statement = match rows.next_if(|r| r.line == number) {
            Some(row) => sheet.row(line, row),
            None => plain(line, StatementKind::Blank),
        };
        statements.push(statement);
    }
    sheet.extra_cells();
    let mut reports = sheet.reports;
    for remedy in reports.iter_mut().flat_map(|r| &mut r.remedies) {
        // The text is a view of the table: its bytes are not those of the file.
        remedy.edits.clear();
        remedy.safe = false;
    }
    reports.sort_by_key(|r| r.place().map(|p| p.start));
    (
        Tree {
            file,
            notation: Notation::Table,
            statements: statements.into(),
        },
        reports,
    )
}

fn plain(line: Span, kind: StatementKind) -> Statement {
    Statement {
        span: line,
        line,
        kind,
        details: vec![],
        comment: None,
        fence: 0,
    }
}

struct Sheet<'a> {
    text: Text<'a>,
    table: &'a TableText,
    reports: Vec<Report>,
}

impl Sheet<'_> {
    fn span(&self, bytes: Bytes) -> Span {
        self.text.span(bytes.0, bytes.1)
    }

    fn line(&self, number: u32) -> Span {
        let lines = self.text.all.split('\n').take(number as usize);
        let mut start = 0;
        let mut span = self.text.span(0, 0);
        for line in lines {
            span = self.text.span(start, start + line.len() as u32);
            start = span.end + 1;
        }
        span
    }

    /// Rows above the column names hold no claims as far as anyone can tell; they are kept.
    fn titles(&mut self) {
        let mut above = self.table.cells.iter().filter(|r| r.form == RowForm::Above);
        let Some(first) = above.next() else {
            return;
        };
        let count = 1 + above.count();
        let rows = if count == 1 {
            "row stands"
        } else {
            "rows stand"
        };
        self.reports.push(
            Report::lint(
                "table-header",
                format!("{count} {rows} above the column names"),
            )
            .at(self.line(first.line), "kept as a comment, not read"),
        );
    }

    fn header(&mut self) {
        let header = &self.table.header;
        let row = self.table.cells.iter().find(|r| r.form == RowForm::Header);
        let line = self.line(row.map_or(1, |r| r.line));
        if !header.complete {
            let found: Vec<String> = header
                .found
                .iter()
                .take(8)
                .map(|n| format!("`{}`", brief(n)))
                .collect();
            let more = if header.found.len() > found.len() {
                " and more"
            } else {
                ""
            };
            let found = match found.len() {
                0 => "nothing".to_string(),
                _ => format!("{}{more}", found.join(", ")),
            };
            let headline = "this table does not name its columns `date` and `sentence`";
            self.reports.push(
                Report::error("table-header", headline)
                    .at(line, format!("found {found}"))
                    .note("without them no row can be read")
                    .help("let the first row be `date, sentence, source, note`"),
            );
        }
        self.repeated_columns();
        if header.complete {
            self.unknown_columns();
        }
    }

    fn repeated_columns(&mut self) {
        let header = &self.table.header;
        for index in header.repeated.iter().take(8) {
            let place = self.span(header.places[*index]);
            let name = brief(&header.found[*index]);
            self.reports.push(
                Report::error(
                    "table-header",
                    format!("the column `{name}` is there twice"),
                )
                .at(place, "an earlier column says this already")
                .note("the earlier column is read; the cells of this one are kept as comments"),
            );
        }
    }

    fn unknown_columns(&mut self) {
        let header = &self.table.header;
        let Some(first) = header.unknown.first() else {
            return;
        };
        let names: Vec<String> = header
            .unknown
            .iter()
            .take(5)
            .map(|i| format!("`{}`", brief(&header.found[*i])))
            .collect();
        let more = header.unknown.len() - names.len();
        let names = names.join(", ");
        let headline = match (header.unknown.len(), more) {
            (1, _) => format!("the column {names} has no meaning here"),
            (_, 0) => format!("the columns {names} have no meaning here"),
            _ => format!("the columns {names} and {more} more have no meaning here"),
        };
        self.reports.push(
            Report::lint("unknown-column", headline)
                .at(
                    self.span(header.places[*first]),
                    "its cells are kept as comments",
                )
                .note("the columns of a table are `date`, `sentence`, `source` and `note`"),
        );
    }

    /// One report for all rows longer than the header.
    fn extra_cells(&mut self) {
        let mut long = self.table.cells.iter().filter(|r| r.extra > 0);
        let Some(first) = long.next() else { return };
        let others = long.count();
        let headline = format!("row {} has more cells than the header", first.line);
        let mut report = Report::lint("extra-cells", headline).at(
            self.line(first.line),
            "the cells beyond are kept as comments",
        );
        if others > 0 {
            report = report.note(format!("so have {others} more rows"));
        }
        self.reports.push(report);
    }

    fn row(&mut self, line: Span, row: &RowCells) -> Statement {
        match &row.form {
            RowForm::Empty => plain(line, StatementKind::Blank),
            RowForm::Header | RowForm::Above => Statement {
                comment: Some(line),
                ..plain(line, StatementKind::Comment)
            },
            RowForm::Short { dated, said } => {
                let lost = self.trouble(line, row);
                if self.table.header.complete && !lost {
                    self.short(line, row.line, *dated, *said);
                }
                plain(line, StatementKind::Broken)
            }
            RowForm::Claim {
                date,
                sentence,
                source,
                note,
                rest,
            } => {
                if self.trouble(line, row) {
                    return plain(line, StatementKind::Broken);
                }
                let (date, sentence) = (self.span(*date), self.span(*sentence));
                let kind = self.claim(date, sentence, source.map(|s| self.span(s)), row.line);
                let note = note.map(|(key, value)| self.note(key, value));
                let comment = rest.map(|r| self.span(r));
                let details = note.into_iter().collect();
                Statement {
                    details,
                    comment,
                    ..plain(line, kind)
                }
            }
        }
    }

    fn short(&mut self, line: Span, number: u32, dated: bool, said: bool) {
        let (headline, help) = match (dated, said) {
            (true, _) => (format!("row {number} has a date and no sentence"), None),
            (false, true) => {
                let help = "write `undated` in its date if no source dates it";
                (
                    format!("row {number} has a sentence and no date"),
                    Some(help),
                )
            }
            (false, false) => (
                format!("row {number} has neither a date nor a sentence"),
                None,
            ),
        };
        let mut report = Report::error("table-row", headline).at(line, "this row claims nothing");
        if let Some(help) = help {
            report = report.help(help);
        }
        self.reports.push(report);
    }

    /// Reports trouble in reading a row; true if nothing can be made of it.
    fn trouble(&mut self, line: Span, row: &RowCells) -> bool {
        match row.trouble {
            None => false,
            Some(Trouble::NotUtf8) => {
                let headline = format!("row {} holds bytes that are not UTF-8", row.line);
                self.reports.push(
                    Report::error("table-row", headline)
                        .at(line, "they are shown as `\u{fffd}`")
                        .help("save the table as CSV in UTF-8"),
                );
                false
            }
            Some(Trouble::Quotes) => {
                let headline = format!("row {} has a quotation that is not closed", row.line);
                self.reports.push(
                    Report::error("unclosed-quote", headline)
                        .at(line, "this row is shown cell by cell as it stands")
                        .note("in a cell that begins with `\"`, every further `\"` is doubled but the last"),
                );
                true
            }
        }
    }

    fn claim(
        &mut self,
        date: Span,
        sentence: Span,
        source: Option<Span>,
        row: u32,
    ) -> StatementKind {
        for (cell, name) in [(date, "date"), (sentence, "sentence")] {
            if self.text.first(cell).map(fold) == Some('=') {
                let headline = format!("the {name} of row {row} is a formula, not a value");
                self.reports.push(
                    Report::error("table-row", headline)
                        .at(cell, "its value was expected")
                        .help("paste the values over the formulas"),
                );
                return StatementKind::Broken;
            }
        }
        let mut reader = Reader::new(self.text, date.start);
        let marks = scan(self.text, sentence, Comments::Text);
        let fault = scan(self.text, date, Comments::Text)
            .fault
            .map(|f| (f, date));
        let fault = fault.or(marks.fault.map(|f| (f, sentence)));
        let kind = match fault {
            Some((fault, cell)) => {
                reader.fault(fault, cell);
                None
            }
            None => claim::body(&mut reader, date, sentence, &marks),
        };
        let kind = kind.map_or(StatementKind::Broken, |mut claim| {
            if let Some(source) = source {
                claim.cites.extend(citations(&mut reader, source));
            }
            StatementKind::Claim(claim)
        });
        self.reports.append(&mut reader.into_reports());
        kind
    }

    fn note(&self, key: Bytes, value: Bytes) -> Detail {
        let (key, value) = (self.span(key), self.span(value));
        let kind = DetailKind::Item {
            key,
            of: None,
            value,
        };
        Detail {
            span: key.to(value),
            kind,
            doubted: None,
            cites: vec![],
        }
    }
}

/// The citations of a source cell. Unlike in a chronicle, every one needs a key: a table has no
/// `from @key` above it.
fn citations(reader: &mut Reader<'_>, source: Span) -> Vec<crate::tree::Citation> {
    if let Some(fault) = scan(reader.text, source, Comments::Text).fault {
        reader.fault(fault, source);
        return vec![];
    }
    let mut cites = cite::list(reader, source);
    let troubled = reader.reports.iter().any(|r| r.severity == Severity::Error);
    for cite in cites.iter().filter(|c| c.key.is_none() && !troubled) {
        let said = brief(reader.text.of(cite.span));
        reader.report(
            Report::error(
                "bad-citation",
                format!("`{said}` names no source by its key"),
            )
            .at(cite.span, "a key was expected, like `@zztj, 197-23b`"),
        );
    }
    cites.retain(|c| c.key.is_some());
    cites
}
