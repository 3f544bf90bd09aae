//! Whole phrases: prepositions, ranges and `or` around single dates.
//!
//! What comes in: the text of one date. What goes out: a [`Reading`]. The table of phrases and
//! their bounds is in the tests of this crate (`tests/vague.rs`).

use crate::combine::{Side, datum_of, either, on, one_end, rivals, soft_words};
use crate::datum::{Datum, Parsed, Parser};
use crate::days::Days;
use crate::edtf::Qualifier;
use crate::edtf_phrase::widen_marked;
use crate::grid::Grain;
use crate::reading::{Alternative, DateError, ErrorKind, Note, Precision, Reading, Shape, Soft};
use crate::settings::Settings;

/// Reads one date phrase.
///
/// ```
/// use annals_calendar::{Settings, Shape, print_days, read};
/// let settings = Settings::default();
/// let reading = read("648 or 658", &settings).unwrap();
/// let Shape::On(days) = &reading.shape else { panic!() };
/// assert_eq!(print_days(days, &settings), "648 or 658");
/// ```
///
/// # Errors
///
/// A [`DateError`] says what is wrong, where, and what to write instead. Where only the day is
/// impossible, it carries the days of the month.
pub fn read(text: &str, settings: &Settings) -> Result<Reading, DateError> {
    let mut parser = Parser::new(text, settings);
    if parser.text.tokens.is_empty() {
        return Err(parser.error(0, ErrorKind::Empty, "there is no date here"));
    }
    let Some(mut reading) = parser.phrase()? else {
        return Err(parser.not_a_date());
    };
    if parser.eat_mark('?') {
        reading = doubted(reading, settings);
    }
    let end = parser.at;
    while parser.eat_mark('.') || parser.eat_mark(';') {}
    if parser.kind(0).is_some() {
        parser.at = end;
        return Err(parser.trailing());
    }
    if parser.text.end_before(parser.at) < text.trim_end().len() {
        return Err(parser.error(0, ErrorKind::Trailing, "this is too long for one date"));
    }
    reading.written = text.trim().to_owned();
    lint(&mut reading, settings);
    Ok(reading)
}

/// A reading with a question mark after it.
fn doubted(mut reading: Reading, settings: &Settings) -> Reading {
    reading.uncertain = true;
    if settings.widths.uncertain_units.is_none() || !matches!(reading.shape, Shape::On(_)) {
        return reading;
    }
    let marks = Qualifier {
        uncertain: true,
        approximate: false,
    };
    on(widen_marked(datum_of(reading), marks, settings))
}

/// Values that databases write for "no date", and digits finer than an approximate date allows.
fn lint(reading: &mut Reading, settings: &Settings) {
    if reading.approximate && reading.precision == Precision::Day {
        reading.notes.push(Note::lint(
            "too-precise",
            "an approximate date is given to the day; its last digits may mean nothing",
        ));
    }
    let hull = reading.shape.hull();
    let sentinels = [
        (9999, 12, 31),
        (9999, 1, 1),
        (1, 1, 1),
        (1899, 12, 30),
        (1900, 1, 1),
        (1970, 1, 1),
    ];
    let single = hull.single();
    let year = hull.first().map(|day| crate::grid::year_of(day, settings));
    let named = sentinels.iter().any(|(year, month, day)| {
        single.is_some() && single == settings.calendar.to_jdn(*year, *month, *day)
    });
    if named || (year == Some(9999) && reading.precision == Precision::Year) {
        reading.notes.push(Note::lint(
            "sentinel-date",
            "many databases write this date where none is known",
        ));
    }
}

/// Reads the longest beginning of a text that is one date; gives the reading and how many bytes
/// it took.
///
/// `August 22, 644, before #fall` gives the day and stops before the second comma. A text that
/// begins with no date, or with an impossible one, gives `None`; [`read`] then says why.
pub fn read_prefix(text: &str, settings: &Settings) -> Option<(Reading, usize)> {
    let mut parser = Parser::new(text, settings);
    let mut reading = parser.phrase().ok()??;
    if parser.eat_mark('?') {
        reading = doubted(reading, settings);
    }
    let used = parser.text.end_before(parser.at);
    reading.written = text.get(..used).unwrap_or(text).trim().to_owned();
    lint(&mut reading, settings);
    Some((reading, used))
}

impl Parser<'_> {
    /// A whole phrase: points joined by `or`.
    pub(crate) fn phrase(&mut self) -> Parsed<Reading> {
        let _ = self.eat_words(&["some", "time"]) || self.eat_word(&["sometime"]);
        let Some(mut reading) = self.point()? else {
            return Ok(None);
        };
        while matches!(reading.shape, Shape::On(_)) {
            let next = self.attempt(|parser| {
                if !parser.eat_word(&["or"]) {
                    return Ok(None);
                }
                Ok(parser
                    .point()?
                    .filter(|next| matches!(next.shape, Shape::On(_))))
            })?;
            match next {
                Some(next) => reading = either(reading, next),
                None => break,
            }
        }
        Ok(Some(reading))
    }

    fn point(&mut self) -> Parsed<Reading> {
        if let Some(reading) = self.attempt(Self::edtf_range)? {
            return Ok(Some(reading));
        }
        if let Some(reading) = self.attempt(Self::range)? {
            return Ok(Some(reading));
        }
        if let Some(reading) = self.attempt(Self::one_sided)? {
            return Ok(Some(reading));
        }
        self.attempt(|parser| {
            parser.eat_preposition();
            let Some(first) = parser.alternatives()? else {
                return Ok(None);
            };
            let bare = parser.attempt(|parser| {
                let hyphen = parser.is_mark(0, '-');
                if !(parser.eat_word(&["to", "until", "till", "through"]) || parser.eat_mark('-')) {
                    return Ok(None);
                }
                let Some(last) = parser.date()? else {
                    return Ok(None);
                };
                Ok(Some((last, hyphen)))
            })?;
            let Some((last, hyphen)) = bare else {
                return Ok(Some(on(first)));
            };
            let abbreviated = abbreviated_end(&first, &last);
            let mut reading = parser
                .span(Some(first), Some(last))
                .map_err(|error| DateError {
                    suggestion: abbreviated.or(error.suggestion.clone()),
                    ..error
                })?;
            reading.bare_range = true;
            if hyphen {
                reading
                    .notes
                    .push(note("hyphen-range", "the hyphen is read as “to”"));
            }
            Ok(Some(reading))
        })
    }

    fn eat_preposition(&mut self) {
        let _ = self.eat_word(&["in", "on", "at", "during"]);
        if !self.is_word(1, &["year"]) {
            let _ = self.eat_word(&["the"]);
        }
    }

    /// `between A and B`, `from A to B`, `throughout A`, `throughout A to B`.
    fn range(&mut self) -> Parsed<Reading> {
        if self.eat_word(&["throughout"]) || self.eat_words(&["all", "through"]) {
            return self.throughout();
        }
        if self.eat_word(&["between"]) {
            return self.between();
        }
        if self.eat_word(&["from"]) {
            let Some(from) = self.alternatives()? else {
                return Ok(None);
            };
            let to = self.attempt(|parser| {
                let joined = parser.eat_word(&["to", "until", "till", "through"])
                    || parser.eat_words(&["up", "to"])
                    || parser.eat_mark('-');
                if joined {
                    parser.alternatives()
                } else {
                    Ok(None)
                }
            })?;
            let _ = to.is_none() && self.eat_word(&["on", "onwards", "onward"]);
            return self.span(Some(from), to).map(Some);
        }
        Ok(None)
    }

    fn throughout(&mut self) -> Parsed<Reading> {
        let _ = self.eat_word(&["the"]);
        let Some(first) = self.alternatives()? else {
            return Ok(None);
        };
        let last = self.attempt(|parser| {
            if parser.eat_word(&["to"]) {
                parser.date()
            } else {
                Ok(None)
            }
        })?;
        let (days, mut reading) = match last {
            None => (first.days(), on(first)),
            Some(last) => {
                let hull = Days::range(first.days().first(), last.days().last());
                let reading = self.span(Some(first), Some(last))?;
                (hull.unwrap_or_else(|| reading.shape.hull()), reading)
            }
        };
        if reading.soft.is_some() || !reading.alternatives.is_empty() {
            // What certainly belongs to it is not known, so only the widest reading is safe to say.
            reading
                .notes
                .push(note("throughout-vague", "“throughout” needs exact ends"));
        }
        reading.soft = None;
        reading.alternatives.clear();
        reading.shape = Shape::Throughout(days);
        Ok(Some(reading))
    }

    fn between(&mut self) -> Parsed<Reading> {
        let Some(first) = self.date()? else {
            return Ok(None);
        };
        if !(self.eat_word(&["and", "to"]) || self.eat_mark('-')) {
            return Ok(None);
        }
        let Some(last) = self.date()? else {
            return Ok(None);
        };
        let strict = self.settings.between_strict;
        let ends = |a: &Days, b: &Days| {
            if strict {
                Days::range(a.last().map(|day| day + 1), b.first().map(|day| day - 1))
            } else {
                Days::range(a.first(), b.last())
            }
        };
        let (a, b) = (first.days(), last.days());
        let Some(days) = ends(&a, &b).filter(|_| a.first() <= b.first() || a.first().is_none())
        else {
            return Err(self.reversed());
        };
        let words = if strict {
            "“between” is read as leaving out both ends"
        } else {
            "“between” is read as including both ends"
        };
        let mut notes = first.notes.clone();
        notes.extend(last.notes.clone());
        notes.push(note("between", words));
        let mut reading = on(Datum {
            options: vec![days],
            ..first.clone()
        });
        reading.soft = match (&first.soft, &last.soft) {
            (None, None) => None,
            _ => ends(&first.soft_days(), &last.soft_days()).map(|days| Soft {
                words: soft_words(&[Some(&first), Some(&last)]),
                shape: Shape::On(days),
            }),
        };
        reading.alternatives = rivals(&first, &last, |a, b| ends(&a, &b).map(Shape::On));
        reading.uncertain |= last.uncertain;
        reading.approximate |= last.approximate;
        reading.precision = first.precision.max(last.precision);
        reading.notes = notes;
        Ok(Some(reading))
    }

    /// Bounds on one side only.
    fn one_sided(&mut self) -> Parsed<Reading> {
        let Some(side) = self.side() else {
            return Ok(None);
        };
        let _ = self.eat_word(&["the"]);
        let Some(datum) = self.alternatives()? else {
            return Ok(None);
        };
        if side == Side::By {
            let _ = self.eat_words(&["at", "the", "latest"]) || self.eat_words(&["at", "latest"]);
        }
        if matches!(side, Side::Since | Side::Until) {
            return if side == Side::Since {
                self.span(Some(datum), None).map(Some)
            } else {
                self.span(None, Some(datum)).map(Some)
            };
        }
        let bounded: Vec<Days> = datum
            .options
            .iter()
            .filter_map(|days| side.bound(days))
            .collect();
        // `before c. 630` bounds nothing for certain; its assumed width still does.
        let hard = match bounded.as_slice() {
            [] => datum.soft.as_ref().map(|_| Days::all()),
            bounded => Some(crate::datum::union(bounded)),
        };
        let Some(days) = hard else {
            return Err(self.error(
                self.at.saturating_sub(1),
                ErrorKind::Unsupported,
                "this date has no end on the side that is asked for, so it bounds nothing",
            ));
        };
        let soft = datum.soft.clone().and_then(|(words, days)| {
            // The vague date may lie anywhere in its width, so the bound takes the far end.
            let days = match side {
                Side::Before | Side::By | Side::NoLater => Days::range(None, days.last()),
                _ => Days::range(days.first(), None),
            };
            days.map(|days| Soft {
                words,
                shape: Shape::On(days),
            })
        });
        let alternatives = datum
            .alternatives
            .iter()
            .filter_map(|rival| {
                Some(Alternative {
                    words: rival.words.clone(),
                    shape: Shape::On(side.bound(&rival.days)?),
                    calendar: rival.calendar,
                })
            })
            .collect();
        let mut reading = on(datum);
        reading.shape = Shape::On(days);
        reading.soft = soft;
        reading.alternatives = alternatives;
        reading.precision = Precision::Open;
        Ok(Some(reading))
    }

    fn side(&mut self) -> Option<Side> {
        let table: [(&[&str], Side); 17] = [
            (&["on", "or", "before"], Side::NoLater),
            (&["on", "or", "after"], Side::NoEarlier),
            (&["in", "or", "before"], Side::NoLater),
            (&["in", "or", "after"], Side::NoEarlier),
            (&["no", "later", "than"], Side::NoLater),
            (&["not", "later", "than"], Side::NoLater),
            (&["no", "earlier", "than"], Side::NoEarlier),
            (&["not", "earlier", "than"], Side::NoEarlier),
            (&["not", "before"], Side::NoEarlier),
            (&["not", "after"], Side::NoLater),
            (&["before"], Side::Before),
            (&["after"], Side::After),
            (&["by"], Side::By),
            (&["since"], Side::Since),
            (&["until"], Side::Until),
            (&["till"], Side::Until),
            (&["up", "to"], Side::Until),
        ];
        table
            .into_iter()
            .find_map(|(words, side)| self.eat_words(words).then_some(side))
    }

    /// `A or B or C`.
    pub(crate) fn alternatives(&mut self) -> Parsed<Datum> {
        let Some(mut datum) = self.date()? else {
            return Ok(None);
        };
        while let Some(next) = self.attempt(|parser| {
            if !parser.eat_word(&["or"]) {
                return Ok(None);
            }
            let preferred = parser.eat_word(&["probably", "perhaps", "possibly", "rather"]);
            if !preferred && parser.side().is_some() {
                return Ok(None);
            }
            parser.eat_preposition();
            parser.date()
        })? {
            datum = datum.or(next);
        }
        Ok(Some(datum))
    }

    /// `from A to B` and its open forms.
    fn span(&mut self, from: Option<Datum>, to: Option<Datum>) -> Result<Reading, DateError> {
        let from_days = from.as_ref().map(Datum::days);
        let to_days = to.as_ref().map(Datum::days);
        if let (Some(a), Some(b)) = (&from_days, &to_days)
            && Days::range(a.first(), b.last()).is_none()
        {
            return Err(self.reversed());
        }
        let soft = (from.as_ref().is_some_and(|datum| datum.soft.is_some())
            || to.as_ref().is_some_and(|datum| datum.soft.is_some()))
        .then(|| Soft {
            words: soft_words(&[from.as_ref(), to.as_ref()]),
            shape: Shape::Span {
                from: from.as_ref().map(Datum::soft_days),
                to: to.as_ref().map(Datum::soft_days),
            },
        });
        let alternatives = match (&from, &to) {
            (Some(a), Some(b)) => rivals(a, b, |from, to| {
                Days::range(from.first(), to.last())?;
                Some(Shape::Span {
                    from: Some(from),
                    to: Some(to),
                })
            }),
            (Some(a), None) => one_end(a, |from| Shape::Span {
                from: Some(from),
                to: None,
            }),
            (None, Some(b)) => one_end(b, |to| Shape::Span {
                from: None,
                to: Some(to),
            }),
            (None, None) => Vec::new(),
        };
        let mut parts = from.into_iter().chain(to);
        let Some(mut first) = parts.next() else {
            return Err(self.not_a_date());
        };
        for other in parts {
            first.notes.extend(other.notes);
            first.uncertain |= other.uncertain;
            first.approximate |= other.approximate;
            first.precision = first.precision.max(other.precision);
        }
        let mut reading = on(first);
        reading.shape = Shape::Span {
            from: from_days,
            to: to_days,
        };
        reading.soft = soft;
        reading.alternatives = alternatives;
        Ok(reading)
    }

    fn reversed(&self) -> DateError {
        let mut error = self.error(0, ErrorKind::Reversed, "the end comes before the start");
        error.suggestion = Some("swap the two dates, or add BC where it is missing".to_owned());
        error
    }

    pub(crate) fn not_a_date(&self) -> DateError {
        let mut error = self.error(self.at, ErrorKind::NotADate, "this does not read as a date");
        if let Some(last) = self.text.tokens.last() {
            error.range.end = last.end;
        }
        let none = ["unknown", "undated", "nd", "sd", "none", "null", "na"];
        let said: String = self
            .text
            .raw
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        error.suggestion = Some(if none.contains(&&*said.to_lowercase()) {
            "where no date is known a claim begins with “undated:”".to_owned()
        } else {
            "write a year (644), a day (644-09-17, 17 September 644) or a phrase such as “before 644”"
                .to_owned()
        });
        error
    }

    /// What follows a complete date but does not belong to it.
    fn trailing(&mut self) -> DateError {
        let start = self.at;
        let list = self.is_mark(0, ',') || self.is_word(0, &["and"]) || self.is_mark(0, '&');
        let kind = if list {
            ErrorKind::List
        } else {
            ErrorKind::Trailing
        };
        let rest = self
            .text
            .raw
            .get(self.text.tokens[start].start..)
            .unwrap_or("")
            .trim();
        let message = if list {
            "a date is followed by another one, and it is not said how they are joined".to_owned()
        } else {
            format!("the date ends before “{}”", brief(rest))
        };
        let mut error = self.error(start, kind, message);
        error.range.end = self
            .text
            .tokens
            .last()
            .map_or(error.range.end, |last| last.end);
        error.suggestion = Some(if list {
            "write “or” between them, or one line for each".to_owned()
        } else {
            "remove these words or write them after the colon".to_owned()
        });
        error
    }
}

/// The beginning of a text that is too long for a message.
fn brief(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// What `640-50` was meant to say.
fn abbreviated_end(first: &Datum, last: &Datum) -> Option<String> {
    let year = |datum: &Datum| match datum.grain {
        Grain::Years { first, last, .. } if first == last => Some(first),
        _ => None,
    };
    let (from, to) = (year(first)?, year(last)?);
    let base = match to {
        1..=9 => 10,
        10..=99 => 100,
        _ => return None,
    };
    let whole = from - from.rem_euclid(base) + to;
    (whole > from).then(|| format!("for a range write “{from} to {whole}”"))
}

fn note(code: &'static str, words: &str) -> Note {
    Note {
        code,
        words: words.to_owned(),
        lint: false,
    }
}
