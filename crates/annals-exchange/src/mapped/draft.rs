//! Rows to the text of drafts.

use std::collections::HashMap;
use std::io::{BufRead, Write};

use annals_calendar::Settings;

use super::asked::{Import, Known, Refusing, Summary};
use super::columns::{Places, places, unused};
use super::csv_rows::CsvRows;
use super::dates::Dates;
use super::map::Map;
use super::names::{Cited, Names, Sources, name_words, quoted, slug};
use super::sheet::SheetRows;
use super::template::Piece;
use super::{Problem, Row, Rows};

/// Dates that were read are remembered up to this number: columns repeat themselves.
const REMEMBERED: usize = 100_000;

/// Reads a CSV file and writes drafts. Where [`Summary::refused`] is not 0 and nothing was to be
/// refused, what was written is to be thrown away.
///
/// # Errors
///
/// Only those of `out`; everything wrong with the table is in the summary.
pub fn import_csv(
    input: impl BufRead,
    out: &mut dyn Write,
    import: &mut Import<'_>,
) -> std::io::Result<Summary> {
    match CsvRows::new(input, import.map.delimiter) {
        Ok(rows) => Draft::write(rows, out, import),
        Err(problem) => Ok(Summary::failed(problem)),
    }
}

/// The same of a workbook; `bytes` are the whole of it.
///
/// # Errors
///
/// Only those of `out`.
pub fn import_xlsx(
    bytes: &[u8],
    out: &mut dyn Write,
    import: &mut Import<'_>,
) -> std::io::Result<Summary> {
    match SheetRows::new(bytes, import.map.sheet.as_deref()) {
        Ok(rows) => Draft::write(rows, out, import),
        Err(problem) => Ok(Summary::failed(problem)),
    }
}

struct Draft<'m> {
    map: &'m Map,
    places: Places<'m>,
    dates: Dates,
    /// What cells were read as, for columns that repeat themselves.
    read: HashMap<String, Result<Option<String>, String>>,
    names: Names,
    sources: Sources,
    known: &'m Known,
    /// The source that the table itself is.
    own_key: String,
    /// The name of the table's file, on one line.
    name: String,
}

impl<'m> Draft<'m> {
    fn write(
        mut rows: impl Rows,
        out: &mut dyn Write,
        import: &mut Import<'m>,
    ) -> std::io::Result<Summary> {
        let mut row = Row::default();
        let mut summary = Summary::default();
        let header = loop {
            match rows.next_row(&mut row) {
                Ok(true) if row.is_blank() => {}
                Ok(true) => break row.clone(),
                Ok(false) => {
                    let empty = Row {
                        number: 1,
                        ..Row::default()
                    };
                    return Ok(Summary::failed(empty.problem(None, "the table is empty")));
                }
                Err(problem) => return Ok(Summary::failed(problem)),
            }
        };
        let places = match places(&header, import.map) {
            Ok(places) => places,
            Err(problems) => {
                summary.refuse(problems);
                summary.broken = true;
                return Ok(summary);
            }
        };
        summary.unused = unused(&header, import.map);
        let mut draft = Draft::new(places, import);
        draft.head(out, &header)?;
        let most = import.most_rows.unwrap_or(u64::MAX);
        loop {
            match rows.next_row(&mut row) {
                Ok(true) if row.number > most => break,
                Ok(true) => {}
                Ok(false) => break,
                Err(problem) => {
                    // Where rows cannot be told apart any more nothing that follows is certain.
                    summary.refuse(vec![problem]);
                    summary.broken = true;
                    return Ok(summary);
                }
            }
            if row.number.is_multiple_of(10_000) {
                (import.progress)(row.number);
            }
            if row.is_blank() {
                summary.blank += 1;
                continue;
            }
            match draft.checked(&mut row, header.cells.len(), rows.may_be_short()) {
                Ok(text) => {
                    summary.claims += 1;
                    out.write_all(text.as_bytes())?;
                }
                Err(problems) => {
                    if import.refusing == Refusing::AsComments {
                        out.write_all(left_out(&row, &problems).as_bytes())?;
                    }
                    summary.refuse(problems);
                }
            }
        }
        draft.tail(out)?;
        summary.names = draft.names.len();
        Ok(summary)
    }

    fn new(places: Places<'m>, import: &Import<'m>) -> Draft<'m> {
        let map = import.map;
        let mut settings = Settings::default();
        if let Some(calendar) = &map.calendar {
            settings.set_calendar(calendar);
        }
        let stem = import.name.rsplit('/').next().unwrap_or(import.name);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let mut sources = Sources::default();
        let own_key = sources.key(&format!("table {}", slug(stem)));
        sources.settle(true);
        Draft {
            map,
            places,
            dates: Dates {
                settings,
                years: map.years,
                undated: map.undated.clone(),
                sentinels: map.sentinels.clone(),
                real_dates: map.real_dates.clone(),
            },
            read: HashMap::new(),
            names: Names::default(),
            sources,
            known: import.known,
            own_key,
            name: comment(import.name),
        }
    }

    fn head(&self, out: &mut dyn Write, header: &Row) -> std::io::Result<()> {
        let name = &self.name;
        writeln!(out, "// Drafts from the table {name}, a claim a row.")?;
        writeln!(
            out,
            "// Read each against its source; without the line `draft` they are claims like others."
        )?;
        writeln!(
            out,
            "// Quotation marks inside quoted cells are written as closing ones."
        )?;
        writeln!(out, "// Columns: {}", comment(&header.cells.join(" | ")))?;
        writeln!(out, "draft")?;
        if let Some(calendar) = &self.map.calendar {
            writeln!(out, "calendar {calendar}")?;
        }
        writeln!(out, "from @{}", self.own_key)?;
        writeln!(out, "source {}", self.own_key)?;
        writeln!(out, "  title {}", quoted(&format!("The table {name}")))?;
        writeln!(out)
    }

    /// One claim, or everything that is wrong with its row.
    fn checked(
        &mut self,
        row: &mut Row,
        columns: usize,
        may_be_short: bool,
    ) -> Result<String, Vec<Problem>> {
        let beyond = row.cells.iter().skip(columns).any(|cell| !cell.is_empty());
        if beyond || (row.cells.len() != columns && !may_be_short) {
            return Err(vec![row.problem(
                None,
                format!(
                    "it has {} cells where the table has {columns} columns",
                    row.cells.len()
                ),
            )]);
        }
        let mut problems = Vec::new();
        let mut taken = |result: Result<String, Problem>| {
            result.unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            })
        };
        let date = taken(self.date(row));
        let sentence = taken(self.sentence(row));
        let mut doubt = taken(self.doubt(row));
        if sentence.ends_with('?') {
            doubt.clear();
        }
        let citation = taken(self.citation(row));
        let details = taken(self.details(row));
        self.names.settle(problems.is_empty());
        self.sources.settle(problems.is_empty());
        if problems.is_empty() {
            let (number, name) = (row.number, &self.name);
            Ok(format!(
                "// claim {number}: a row of {name}\n{date}: {sentence}{doubt}{citation}\n{details}"
            ))
        } else {
            Err(problems)
        }
    }

    fn cell<'r>(&self, row: &'r Row, key: &str) -> Result<&'r str, Problem> {
        match self.map.column(key) {
            Some(column) => self.places.cell(row, column),
            None => Ok(""),
        }
    }

    fn date(&mut self, row: &Row) -> Result<String, Problem> {
        let mut read = |key: &str| -> Result<Option<Option<String>>, Problem> {
            let Some(column) = self.map.column(key) else {
                return Ok(None);
            };
            let cell = self.places.cell(row, column)?;
            let known = self.read.get(cell).cloned();
            let found = known.unwrap_or_else(|| {
                let found = self.dates.words(cell);
                if self.read.len() >= REMEMBERED {
                    self.read.clear();
                }
                self.read.insert(cell.to_owned(), found.clone());
                found
            });
            found
                .map(Some)
                .map_err(|words| row.problem(Some(column), words))
        };
        let date = read("date")?.flatten();
        let within = [read("not_before")?.flatten(), read("not_after")?.flatten()];
        let lasting = [read("start")?.flatten(), read("end")?.flatten()];
        let calendar = self.calendar(row)?;
        let marked = |date: String| format!("{date}{calendar}");
        let words = match (date, within, lasting) {
            (Some(date), ..) => marked(date),
            (_, [Some(first), Some(last)], _) if first == last => marked(first),
            (_, [first, last], [None, None]) => {
                let first = first.map(|d| format!("no earlier than {}", marked(d)));
                let last = last.map(|d| format!("no later than {}", marked(d)));
                first.into_iter().chain(last).collect::<Vec<_>>().join(", ")
            }
            (_, _, [Some(from), Some(to)]) => format!("from {} to {}", marked(from), marked(to)),
            (_, _, [Some(from), None]) => format!("from {}", marked(from)),
            (_, _, [None, Some(to)]) => format!("until {}", marked(to)),
        };
        Ok(if words.is_empty() {
            "undated".to_owned()
        } else {
            words
        })
    }

    /// The mark of the row's own calendar behind a date.
    fn calendar(&self, row: &Row) -> Result<&'static str, Problem> {
        let cell = self.cell(row, "calendar_column")?;
        match cell.to_lowercase().as_str() {
            "" => Ok(""),
            "julian" | "j" | "o.s." | "os" => Ok(" (Julian)"),
            "gregorian" | "g" | "n.s." | "ns" => Ok(" (Gregorian)"),
            _ => Err(row.problem(
                self.map.column("calendar_column"),
                format!("the calendar `{cell}` is not one a row can name: `julian` or `gregorian`; write dates of others with their marks, as AH 23"),
            )),
        }
    }

    fn sentence(&mut self, row: &Row) -> Result<String, Problem> {
        if let Some(column) = self.map.column("sentence_column") {
            let cell = self.places.cell(row, column)?;
            let words = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            let sure = words.trim_end_matches([' ', '.', '?']);
            let doubt = if words.ends_with('?') { " ?" } else { "" };
            let words = sure;
            if words.is_empty() {
                return Err(row.problem(Some(column), "the cell of the sentence is empty"));
            }
            if words.contains(['#', '[', ']', '@']) || words.contains("//") {
                return Err(row.problem(
                    Some(column),
                    "a sentence holds no `#`, `[`, `]`, `@` or `//`",
                ));
            }
            return Ok(format!("{words}.{doubt}"));
        }
        let map = self.map;
        let mut sentence = String::new();
        self.pieces(&map.sentence, row, &mut sentence)?;
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(format!("{}.", sentence.trim_end_matches('.')))
    }

    fn pieces(&mut self, pieces: &[Piece], row: &Row, out: &mut String) -> Result<(), Problem> {
        for piece in pieces {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Column(column) => {
                    // Words in quotes fill a slot of text and are no name.
                    let in_quotes = out.matches('"').count() % 2 == 1;
                    let words = self.filler(column, row, in_quotes)?;
                    out.push_str(&words);
                }
                Piece::Perhaps(inner) => {
                    let empty =
                        |column: &&str| self.places.cell(row, column).is_ok_and(str::is_empty);
                    if !super::template::columns(inner).iter().any(empty) {
                        self.pieces(inner, row, out)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn filler(&mut self, column: &str, row: &Row, in_quotes: bool) -> Result<String, Problem> {
        let cell = self.places.cell(row, column)?;
        if cell.is_empty() {
            return Err(row.problem(
                Some(column),
                "the cell is empty and the sentence needs it; put what may be missing in `[…]`",
            ));
        }
        if in_quotes {
            return Ok(quoted(cell).trim_matches('"').to_owned());
        }
        let has_ids = self.map.ids.iter().any(|(of, ..)| of == column);
        if !has_ids && let Some(words) = self.names.read(column, cell) {
            return Ok(words.clone());
        }
        let words = name_words(cell).map_err(|words| row.problem(Some(column), words))?;
        if let Some(kind) = self.map.kind(column)
            && self.map.declare
            && !self.known.has_name(kind, &words)
        {
            self.declare((kind.to_owned(), words.clone()), column, row)?;
        }
        if !has_ids {
            self.names.remember(column, cell, &words);
        }
        Ok(words)
    }

    fn declare(&mut self, key: (String, String), column: &str, row: &Row) -> Result<(), Problem> {
        self.names.declare(&key, row.number);
        for (_, authority, numbers) in self.map.ids.iter().filter(|(of, ..)| of == column) {
            let value = self.places.cell(row, numbers)?;
            if value.is_empty() {
                continue;
            }
            if value.contains(char::is_whitespace) || value.contains('?') {
                return Err(row.problem(
                    Some(numbers),
                    format!("`{value}` is no number of one thing"),
                ));
            }
            let other = self.names.number(&key, authority, value, row.number);
            if let Some((known, first)) = other {
                return Err(row.problem(
                    Some(numbers),
                    format!("the name of `{column}` has the {authority} number {value} here and {known} in row {first}: two things of one name need two names"),
                ));
            }
        }
        Ok(())
    }

    fn doubt(&self, row: &Row) -> Result<String, Problem> {
        let cell = self.cell(row, "doubt")?;
        let doubted = match cell.to_lowercase().as_str() {
            "" | "0" | "no" | "false" | "n" | "certain" => false,
            "?" | "1" | "yes" | "true" | "y" | "x" | "doubted" | "uncertain" => true,
            _ => {
                return Err(row.problem(
                    self.map.column("doubt"),
                    format!(
                        "`{cell}` does not say whether the row is doubted: write `?` or nothing"
                    ),
                ));
            }
        };
        Ok(if doubted {
            " ?".to_owned()
        } else {
            String::new()
        })
    }

    fn citation(&mut self, row: &Row) -> Result<String, Problem> {
        let cell = self.cell(row, "source")?;
        let locator = self.cell(row, "locator")?.split_whitespace();
        let locator = locator.collect::<Vec<_>>().join(" ");
        if locator.contains(['[', ']', ';', '@']) || locator.contains(char::is_control) {
            return Err(row.problem(
                self.map.column("locator"),
                "a page or folio holds no `[`, `]`, `;` or `@`",
            ));
        }
        let mut cited: Vec<Cited> = self.map.cite.iter().cloned().map(Cited::of).collect();
        for words in cell.split(';').map(str::trim) {
            if words.starts_with('@') {
                let one = self.sources.citation(words);
                cited.push(one.map_err(|why| row.problem(self.map.column("source"), why))?);
            } else if !words.is_empty() {
                cited.push(Cited::of(self.sources.key(words)));
            }
        }
        let column = self.map.column("source");
        match (cited.as_mut_slice(), locator.is_empty()) {
            (_, true) => {}
            ([only], false) if only.place.is_none() => only.place = Some(locator),
            ([], false) => return Err(row.problem(column, "there is a page and no source")),
            (_, false) => {
                let words = "it is not said which of the sources, or which page, the page is of";
                return Err(row.problem(column, words));
            }
        }
        // The table is no witness of its own where it names one: it is how we know of it.
        let cites = cited.iter().map(|cited| {
            let place = cited.place.as_ref();
            let place = place.map_or(String::new(), |place| format!(", {place}"));
            let via = cited.via.as_ref().unwrap_or(&self.own_key);
            format!("@{}{place} via @{via}", cited.key)
        });
        let cites: Vec<String> = cites.collect();
        Ok(match cites.is_empty() {
            true => format!(" [@{}, row {}]", self.own_key, row.number),
            false => format!(" [{}]", cites.join("; ")),
        })
    }

    fn details(&self, row: &Row) -> Result<String, Problem> {
        let mut text = String::new();
        let cited = self.map.cite.is_some() || !self.cell(row, "source")?.is_empty();
        if cited {
            text.push_str(&format!(
                "  note \"row {} of {}\"\n",
                row.number,
                self.name.replace('"', "\u{201d}")
            ));
        }
        for (key, written) in [("passage", "quote"), ("note", "note")] {
            let cell = self.cell(row, key)?;
            if !cell.is_empty() {
                text.push_str(&format!("  {written} {}\n", quoted(cell)));
            }
        }
        Ok(text)
    }

    /// The names and sources of all rows; the order of lines means nothing in a chronicle.
    fn tail(&self, out: &mut dyn Write) -> std::io::Result<()> {
        if self.names.len() > 0 {
            writeln!(
                out,
                "\n// Names of the table; take out those that the chronicle declares already."
            )?;
        }
        for ((kind, words), declared) in self.names.all() {
            writeln!(out, "{kind} {words}")?;
            for (authority, (value, _)) in &declared.ids {
                writeln!(out, "  id {authority} {value}")?;
            }
        }
        let mut first = true;
        for (key, words) in self.sources.all() {
            let known = self.known.sources.contains(key);
            if *key == self.own_key || !self.map.declare_sources || known {
                continue;
            }
            if first {
                writeln!(
                    out,
                    "\n// Sources of the table; take out those that a bibliography has."
                )?;
                first = false;
            }
            writeln!(out, "source {key}\n  title {}", quoted(words))?;
        }
        Ok(())
    }
}

/// A row that is no claim, as comments: its cells and the reasons.
fn left_out(row: &Row, problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        text.push_str(&format!("// {}\n", comment(&problem.to_string())));
    }
    text.push_str(&format!("//   {}\n", comment(&row.cells.join(" | "))));
    text
}

fn comment(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
