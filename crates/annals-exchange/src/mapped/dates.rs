//! The dates of cells, as a claim has them before its colon.

use annals_calendar::{Settings, read};

/// How a map says that negative years are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Years {
    /// -524 is 525 BC, 0 is 1 BC.
    Astronomical,
    /// -525 is 525 BC, and there is no year 0.
    Historical,
    /// There are none: years before Christ are marked in words.
    Marked,
}

/// Cells by which databases say that they know no date, or by which they lost one.
const SENTINELS: [&str; 36] = [
    "9999",
    "-9999",
    "99999",
    "-99999",
    "0000",
    "00000000",
    "99999999",
    "1000000",
    "9999-12-31",
    "9999-01-01",
    "0000-00-00",
    "0001-01-01",
    "1900-01-00",
    "1899-12-30",
    "1899-12-31",
    "1900-01-01",
    "1970-01-01",
    "n.d.",
    "n.d",
    "nd",
    "s.d.",
    "s.a.",
    "n/a",
    "na",
    "n.a.",
    "null",
    "none",
    "nil",
    "nan",
    "nat",
    "unknown",
    "tbd",
    "?",
    "??",
    "-",
    "--",
];

/// Years beyond this are slips, whatever the project (unit: years of our era).
const LAST_YEAR: i64 = 2999;
/// Nothing people made has an earlier date (unit: years of our era).
const FIRST_YEAR: i64 = -9_999_999;

/// How the dates of a table are read.
pub(crate) struct Dates {
    pub settings: Settings,
    pub years: Option<Years>,
    /// Cells that mean "no date is known", in lower case.
    pub undated: Vec<String>,
    /// Further cells that must not be taken for dates, in lower case.
    pub sentinels: Vec<String>,
    /// Cells that are dates although databases often mean none by them, in lower case.
    pub real_dates: Vec<String>,
}

impl Dates {
    /// The words of a cell as a chronicle writes them; `None` where the map says that such a cell
    /// means that no date is known.
    ///
    /// # Errors
    ///
    /// Why the cell cannot be taken for a date.
    pub(crate) fn words(&self, cell: &str) -> Result<Option<String>, String> {
        // A cell may be broken into lines; a date is not.
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if cell.contains(char::is_control) {
            return Err("the cell holds characters that only machines see".to_owned());
        }
        let cell = crate::csv::unguarded(&cell);
        let lower = cell.to_lowercase();
        if self.undated.contains(&lower) {
            return Ok(None);
        }
        if cell.is_empty() {
            return Err("the cell is empty; add \"\" to `undated` in the map if that means that no date is known".to_owned());
        }
        let signed = self.years == Some(Years::Astronomical);
        let real = self.real_dates.contains(&lower);
        let known = !real && SENTINELS.contains(&lower.as_str()) && !(signed && lower == "0000");
        if known || self.sentinels.contains(&lower) {
            return Err(format!(
                "`{cell}` is how databases write that there is no date; add it to `undated` in the map if it means so here, to `real_dates` if it is one"
            ));
        }
        let words = match signed_year(cell) {
            Some(year) => self.year(cell, year)?,
            None => match cell.split_once('-').filter(|(head, _)| !head.is_empty()) {
                _ if cell.starts_with(['-', '\u{2212}']) => self.signed_date(cell)?,
                _ => cell.to_owned(),
            },
        };
        if words.contains([':', '[', ']', '#']) {
            return Err(format!(
                "`{cell}` holds marks that end a date in a chronicle"
            ));
        }
        match read(&words, &self.settings) {
            Err(error) => Err(format!("`{cell}` cannot be read as a date: {error}")),
            Ok(_) if real => Ok(Some(words)),
            Ok(reading) => {
                let noted = |code: &str| reading.notes.iter().find(|n| n.code == code);
                if let Some(note) = noted("sentinel-date") {
                    return Err(format!("`{cell}`: {}", note.words));
                }
                // Inside other words a year is read as the calendar reads it, which counts a year 0.
                if noted("astronomical-year").is_some() && !signed {
                    return Err(format!(
                        "`{cell}` holds a negative year among other words: mark it as BC, or say `years = \"astronomical\"` in the map if it counts a year 0"
                    ));
                }
                Ok(Some(words))
            }
        }
    }

    fn year(&self, cell: &str, year: i64) -> Result<String, String> {
        if year > LAST_YEAR {
            return Err(format!(
                "`{cell}` is no year; a date is written with marks, as 644-09-17"
            ));
        }
        if year > 0 {
            return Ok(year.to_string());
        }
        match self.years {
            Some(Years::Astronomical) if year >= FIRST_YEAR => Ok(format!("{} BC", 1 - year)),
            Some(Years::Historical) if year == 0 => Err(
                "there is no year 0 where -1 is 1 BC; the map says `years = \"historical\"`"
                    .to_owned(),
            ),
            Some(Years::Historical) if year >= FIRST_YEAR => Ok(format!("{} BC", -year)),
            Some(Years::Marked) => Err(format!(
                "`{cell}` is negative, and the map says that years before Christ are marked"
            )),
            Some(_) => Err(format!("`{cell}` is too long ago")),
            None => Err(format!(
                "`{cell}` is {} BC or {} BC: say in the map `years = \"astronomical\"` (0 is 1 BC) or \"historical\" (-1 is 1 BC)",
                1 - year,
                -year
            )),
        }
    }

    /// `-0524-03-02`, `-524-03`: the year by the map, the rest behind it.
    fn signed_date(&self, cell: &str) -> Result<String, String> {
        let body = cell.trim_start_matches(['-', '\u{2212}']);
        let Some((year, rest)) = body.split_once('-') else {
            return Err(format!("`{cell}` cannot be read as a date"));
        };
        let number: i64 = year
            .parse()
            .map_err(|_| format!("`{cell}` cannot be read as a date"))?;
        let year = self.year(cell, -number)?;
        let Some(year) = year.strip_suffix(" BC") else {
            return Ok(format!("{year}-{rest}"));
        };
        Ok(format!("{year}-{rest} BC"))
    }
}

/// A bare year, with the zeros that some programs write behind a point.
fn signed_year(cell: &str) -> Option<i64> {
    let cell = match cell.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => cell,
    };
    let (sign, digits) = match cell.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(digits) => (-1, digits),
        None => (1, cell.strip_prefix('+').unwrap_or(cell)),
    };
    let all =
        !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| digits.parse::<i64>().ok().map(|n| sign * n))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(years: Option<Years>) -> Dates {
        Dates {
            settings: Settings::default(),
            years,
            undated: vec!["n.d.".to_owned(), String::new()],
            sentinels: vec!["1111".to_owned()],
            real_dates: vec!["1970-01-01".to_owned()],
        }
    }

    #[test]
    fn negative_years_are_what_the_map_says() {
        let of = |years, cell| dates(Some(years)).words(cell);
        assert_eq!(of(Years::Astronomical, "-524"), Ok(Some("525 BC".into())));
        assert_eq!(of(Years::Astronomical, "0"), Ok(Some("1 BC".into())));
        assert_eq!(
            of(Years::Astronomical, "-0524-03-02"),
            Ok(Some("525-03-02 BC".into()))
        );
        assert_eq!(
            of(Years::Historical, "\u{2212}525"),
            Ok(Some("525 BC".into()))
        );
        assert_eq!(of(Years::Historical, "-525.0"), Ok(Some("525 BC".into())));
        assert!(
            of(Years::Historical, "0")
                .unwrap_err()
                .contains("no year 0")
        );
        assert!(of(Years::Marked, "-525").is_err());
        assert_eq!(of(Years::Marked, "525 BC"), Ok(Some("525 BC".into())));
        let open = dates(None).words("-524").unwrap_err();
        assert!(open.contains("525 BC or 524 BC"), "{open}");
    }

    #[test]
    fn sentinels_are_no_dates() {
        for cell in [
            "9999",
            "-9999",
            "0000",
            "1900-01-00",
            "1111",
            "N/A",
            "?",
            "9999-12-31",
            "20231231",
        ] {
            assert!(
                dates(Some(Years::Historical)).words(cell).is_err(),
                "{cell}"
            );
        }
        assert_eq!(dates(None).words("n.d."), Ok(None));
        assert_eq!(dates(None).words(""), Ok(None));
        assert!(dates(None).words("1900-01-01").is_err());
        let real = dates(None).words("1970-01-01");
        assert_eq!(
            real,
            Ok(Some("1970-01-01".into())),
            "the map says that it is one"
        );
        assert_eq!(
            dates(None).words("999"),
            Ok(Some("999".into())),
            "a year like others"
        );
    }

    #[test]
    fn what_historians_write_is_kept() {
        for cell in [
            "644",
            "644-09-17",
            "658 or 659",
            "c. 630",
            "in the 790s",
            "Zhenguan 18.8.11",
            "0644-XX-17",
            "525 BC",
        ] {
            assert_eq!(dates(None).words(cell), Ok(Some(cell.to_owned())), "{cell}");
        }
        for cell in ["10/2/649", "the other day", "644: x", "644-13-01"] {
            assert!(dates(None).words(cell).is_err(), "{cell}");
        }
    }
}
