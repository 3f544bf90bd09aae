//! Tables, their columns and cells.

use std::fmt;

use annals::calendar::{Settings, Ymd, gregorian_from_jdn, year_of};
use annals::{DaysSeen, SourceShown};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Whole numbers.
    Whole,
    /// Words.
    Text,
    /// Degrees of latitude or longitude, to a millionth.
    Degrees,
    /// 1 for yes, 0 for no.
    Flag,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, in lower case and underscores.
    pub name: String,
    /// What it holds.
    pub form: Form,
    /// What it means, in words.
    pub meaning: String,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Nothing is said: an open bound, a missing title.
    Nothing,
    /// A whole number.
    Whole(i64),
    /// Millionths of a degree.
    Degrees(i32),
    /// Words.
    Text(String),
}

impl Cell {
    /// A cell of words; empty words are nothing.
    pub fn text(words: impl Into<String>) -> Cell {
        let words = words.into();
        if words.is_empty() {
            return Cell::Nothing;
        }
        Cell::Text(words)
    }

    /// A cell of words that may be missing.
    pub fn maybe(words: Option<impl Into<String>>) -> Cell {
        words.map_or(Cell::Nothing, Cell::text)
    }

    /// A number.
    pub fn whole(number: impl Into<i64>) -> Cell {
        Cell::Whole(number.into())
    }

    /// How many there are of something.
    pub fn count(number: usize) -> Cell {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// 1 or 0.
    pub fn flag(yes: bool) -> Cell {
        Cell::Whole(i64::from(yes))
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Nothing => Ok(()),
            Cell::Whole(number) => write!(f, "{number}"),
            Cell::Degrees(micro) => f.write_str(&degrees(*micro)),
            Cell::Text(words) => f.write_str(words),
        }
    }
}

/// Millionths of a degree as a decimal number, exactly: `42.06`, `-0.5`.
pub(crate) fn degrees(micro: i32) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let size = micro.unsigned_abs();
    let places = format!("{:06}", size % 1_000_000);
    let places = places.trim_end_matches('0');
    let places = if places.is_empty() { "0" } else { places };
    format!("{sign}{}.{places}", size / 1_000_000)
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is, in words.
    pub meaning: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// The bounds of something that begins and ends, by the names their columns start with.
const BOUNDS: [(&str, &str); 4] = [
    ("start_earliest", "the earliest day on which it may start"),
    ("start_latest", "the latest day on which it may start"),
    ("end_earliest", "the earliest day on which it may end"),
    ("end_latest", "the latest day on which it may end"),
];

impl Table {
    pub(crate) fn new(name: &'static str, meaning: &'static str) -> Table {
        Table {
            name,
            meaning,
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn column(mut self, name: &str, form: Form, meaning: &str) -> Table {
        self.columns.push(Column {
            name: name.to_owned(),
            form,
            meaning: meaning.to_owned(),
        });
        self
    }

    pub(crate) fn whole(self, name: &str, meaning: &str) -> Table {
        self.column(name, Form::Whole, meaning)
    }

    pub(crate) fn text(self, name: &str, meaning: &str) -> Table {
        self.column(name, Form::Text, meaning)
    }

    pub(crate) fn flag(self, name: &str, meaning: &str) -> Table {
        self.column(name, Form::Flag, meaning)
    }

    /// Three columns for a day: `first_year`, `first_iso`, `first_day`.
    pub(crate) fn day(self, name: &str, meaning: &str) -> Table {
        self.column(
            &format!("{name}_year"),
            Form::Whole,
            &format!("{meaning}: its year in the chronicle's calendar, 0 for 1 BC, -1 for 2 BC"),
        )
        .column(
            &format!("{name}_iso"),
            Form::Text,
            &format!("{meaning}: ISO 8601, proleptic Gregorian, year 0000 for 1 BC"),
        )
        .column(
            &format!("{name}_day"),
            Form::Whole,
            &format!("{meaning}: its Julian day number"),
        )
    }

    /// Twelve columns for the four bounds of something.
    pub(crate) fn four_bounds(mut self) -> Table {
        for (name, meaning) in BOUNDS {
            self = self.day(name, meaning);
        }
        self
    }

    /// Where a column stands, by name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// The cells of a day's three columns.
pub(crate) fn day_cells(day: Option<i32>, settings: &Settings) -> [Cell; 3] {
    match day {
        None => [Cell::Nothing, Cell::Nothing, Cell::Nothing],
        Some(day) => [
            Cell::Whole(year_of(i64::from(day), settings)),
            Cell::Text(iso_day(day)),
            Cell::whole(day),
        ],
    }
}

/// A day as ISO 8601; years beyond four digits have a sign and six digits, as the standard asks of
/// those who agree on more digits.
pub(crate) fn iso_day(day: i32) -> String {
    let Ymd { year, month, day } = gregorian_from_jdn(i64::from(day));
    match year {
        0..=9999 => format!("{year:04}-{month:02}-{day:02}"),
        -9999..=-1 => format!("-{:04}-{month:02}-{day:02}", -year),
        _ => format!("{year:+07}-{month:02}-{day:02}"),
    }
}

/// The earliest and latest start and end of something that begins in one set of days and ends in
/// another, or is one moment.
pub(crate) type FourBounds = [Option<i32>; 4];

pub(crate) fn bounds_of(start: &[DaysSeen], end: Option<&[DaysSeen]>) -> FourBounds {
    let end = end.unwrap_or(start);
    let first = |days: &[DaysSeen]| days.first().and_then(|r| r.first);
    let last = |days: &[DaysSeen]| days.last().and_then(|r| r.last);
    [first(start), last(start), first(end), last(end)]
}

/// The cells of the four bounds.
pub(crate) fn bound_cells(
    bounds: FourBounds,
    settings: &Settings,
) -> impl Iterator<Item = Cell> + use<'_> {
    bounds.into_iter().flat_map(|day| day_cells(day, settings))
}

/// Sources in one cell: `@zztj, 197-23b; @xts, 2-20a`.
pub(crate) fn source_words(sources: &[SourceShown]) -> String {
    let words: Vec<&str> = sources.iter().map(|s| s.words.as_str()).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals::calendar::{gregorian_to_jdn, julian_to_jdn};

    #[test]
    fn degrees_are_exact_decimals() {
        assert_eq!(degrees(42_060_000), "42.06");
        assert_eq!(degrees(-500_000), "-0.5");
        assert_eq!(degrees(7), "0.000007");
        assert_eq!(degrees(i32::MIN), "-2147.483648");
        assert_eq!(degrees(0), "0.0");
    }

    #[test]
    fn a_day_keeps_its_year_and_gets_a_gregorian_date() {
        let settings = Settings::default();
        // The last day of 644 is already in 645 by the Gregorian calendar.
        let day = julian_to_jdn(644, 12, 31) as i32;
        let [year, iso, number] = day_cells(Some(day), &settings);
        assert_eq!(year, Cell::Whole(644));
        assert_eq!(iso, Cell::text("0645-01-03"));
        assert_eq!(number, Cell::whole(day));
        let [year, ..] = day_cells(Some(julian_to_jdn(-524, 7, 1) as i32), &settings);
        assert_eq!(year, Cell::Whole(-524), "525 BC");
    }

    #[test]
    fn iso_years_have_signs_where_they_need_them() {
        assert_eq!(iso_day(gregorian_to_jdn(0, 1, 1) as i32), "0000-01-01");
        assert_eq!(iso_day(gregorian_to_jdn(-524, 3, 2) as i32), "-0524-03-02");
        assert_eq!(
            iso_day(gregorian_to_jdn(12_345, 3, 2) as i32),
            "+012345-03-02"
        );
        assert_eq!(
            iso_day(gregorian_to_jdn(-12_345, 3, 2) as i32),
            "-012345-03-02"
        );
    }
}
