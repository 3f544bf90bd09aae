//! Dates that name days of their own, which the calendar reads, and `sic "…"`.

use annals_calendar::{self as calendar, DateError, ErrorKind, Reading, Shape};
use annals_chronicle::{DaySet, Point, Soft};
use annals_text::Report;

use super::condition::{Fault, Found, Placed, Reader};
use super::{days, faults};
use crate::words::{brief, quoted};

impl Reader<'_, '_> {
    /// The date that begins here.
    pub(crate) fn absolute(&mut self) -> Result<Placed, Fault> {
        let rest = self.cursor.rest();
        if let Some((reading, used)) = self.prefix()
            && used > 0
            && ends_here(&rest[used..])
        {
            let start = self.cursor.at;
            self.cursor.at += used;
            return self.taken(reading, start);
        }
        // The calendar says best what is wrong when it sees the whole of what was meant. A comma
        // may belong to the date: `August 32, 644`.
        let start = self.cursor.at;
        let end = self.cursor.condition_end();
        let mut further = self.cursor;
        further.at = (end + 1).min(self.cursor.text.len());
        while !self.cursor.text.is_char_boundary(further.at) {
            further.at += 1;
        }
        let longer = &self.cursor.text[start..further.condition_end()];
        if end < self.cursor.text.len()
            && let Err(error) = calendar::read(longer, self.ground.settings)
            && matches!(
                error.kind,
                ErrorKind::ImpossibleDay | ErrorKind::ImpossibleMonth
            )
        {
            self.cursor.at = further.condition_end();
            return self.impossible(&error, start, longer.trim_end());
        }
        let text = self.cursor.text[start..end].trim_end();
        match calendar::read(text, self.ground.settings) {
            Ok(reading) => {
                self.cursor.at = end;
                self.taken(reading, start)
            }
            Err(error) => {
                let ended = self.impossible(&error, start, text);
                if ended.is_ok() {
                    self.cursor.at = end;
                }
                ended
            }
        }
    }

    /// An error, and what can be read of the date all the same: the month of a day it does not
    /// have. The claim neither floats nor is lost for a slip in its day.
    fn impossible(&mut self, error: &DateError, start: usize, text: &str) -> Result<Placed, Fault> {
        let span = self.cursor.span(start, start + text.len());
        let days = readable(error, text);
        let report = faults::date_error(error, span, text, days.is_some());
        let Some(days) = days else {
            return Err(Box::new(report));
        };
        let shown = calendar::print_days(&days::calendar_days(&days), self.ground.settings);
        self.asides
            .push(report.note(format!("what can be read of it counts: {shown}")));
        self.impaired = true;
        let point = Point::On(days);
        self.reach(&point);
        Ok(Placed {
            absolute: true,
            ..Placed::relative(point)
        })
    }

    /// The longest date that begins here and its bytes. Most dates are short, so the whole line is
    /// looked at only where one goes on to the end of what was seen.
    fn prefix(&self) -> Option<(Reading, usize)> {
        const SEEN: usize = 300;
        const SHORT: usize = 150;
        let settings = self.ground.settings;
        match calendar::read_prefix(self.cursor.ahead(SEEN), settings) {
            Some((reading, used)) if used <= SHORT => Some((reading, used)),
            None if self.cursor.rest().len() <= SEEN => None,
            _ => calendar::read_prefix(self.cursor.rest(), settings),
        }
    }

    /// A reading of the text from `start` to the cursor.
    fn taken(&mut self, reading: Reading, start: usize) -> Result<Placed, Fault> {
        let span = self.cursor.span(start, self.cursor.at);
        let text = self.cursor.text[start..self.cursor.at].trim();
        if let Shape::All(members) = &reading.shape {
            return Err(Box::new(
                Report::error(
                    "date-list",
                    format!("`{}` names {} dates", brief(text), members.len()),
                )
                .at(span, "a claim has one date")
                .help("write one line for each date, or `or` between them"),
            ));
        }
        if reading.bare_range && !self.ground.takes_bare_range {
            return self.within(&reading, faults::bare_range(span, text));
        }
        let placed = self.placed(&reading);
        let Some(placed) = placed else {
            return Err(Box::new(faults::out_of_reach(span, text)));
        };
        for note in reading.notes.iter().filter(|n| n.lint) {
            self.asides
                .push(Report::lint(note.code, note.words.clone()).at(span, ""));
        }
        Ok(placed)
    }

    /// A bare range of an event, whichever was meant: it happened within.
    fn within(&mut self, reading: &Reading, report: Report) -> Result<Placed, Fault> {
        let Some(days) = days::day_set(&reading.shape.hull()) else {
            return Err(Box::new(report));
        };
        self.asides
            .push(report.note("as it stands it counts as having happened somewhere within"));
        self.impaired = true;
        let point = Point::On(days);
        self.reach(&point);
        Ok(Placed {
            absolute: true,
            ..Placed::relative(point)
        })
    }

    /// What a reading says; `None` where its days are out of reach.
    fn placed(&mut self, reading: &Reading) -> Option<Placed> {
        let point = days::point(&reading.shape)?;
        self.reach(&point);
        let soft = match &reading.soft {
            Some(soft) => {
                let point = days::point(&soft.shape)?;
                self.reach(&point);
                Some(Soft {
                    point,
                    words: format!("{} {}", brief(&reading.written), soft_words(&soft.words)),
                })
            }
            None => None,
        };
        let plain = matches!(reading.shape, Shape::On(_)).then_some(reading.precision);
        Some(Placed {
            points: annals_chronicle::Few::one(point),
            soft,
            absolute: true,
            doubted: reading.uncertain,
            sic: None,
            plain,
        })
    }

    pub(crate) fn reach(&mut self, point: &Point) {
        let grids = &mut self.ground.grids;
        match point {
            Point::On(days) | Point::Throughout(days) => grids.reach(days),
            Point::Span { from, to } => {
                from.iter().chain(to).for_each(|days| grids.reach(days));
            }
            Point::Undated
            | Point::Always
            | Point::After(_)
            | Point::Before(_)
            | Point::During(_)
            | Point::At(_)
            | Point::Offset { .. }
            | Point::Cell { .. } => {}
        }
    }

    /// `sic "18.8.31"`: a date as the source has it. What can be read of it binds.
    pub(crate) fn sic(&mut self) -> Found {
        let start = self.cursor.at;
        if !self.cursor.eat_word("sic") {
            return Ok(None);
        }
        self.cursor.skip_space();
        let Some((inner, after)) = quoted(self.cursor.rest()) else {
            return Err(Box::new(
                Report::error("bad-date", "`sic` keeps a date in quotes")
                    .at(
                        self.cursor.span(start, self.cursor.at),
                        "quotes were expected after it",
                    )
                    .help("write it like `sic \"30 February 644\"`"),
            ));
        };
        let inner = inner.trim().to_string();
        self.cursor.at = self.cursor.text.len() - after.len();
        let span = self.cursor.span(start, self.cursor.at);
        match calendar::read(&inner, self.ground.settings) {
            Ok(reading) => {
                self.asides.push(
                    Report::lint(
                        "sic-date",
                        format!("`{}` can be read as it is", brief(&inner)),
                    )
                    .at(span, "`sic` is not needed here"),
                );
                self.taken(reading, start).map(Some)
            }
            Err(error) => {
                let readable = readable(&error, &inner);
                let words = match &readable {
                    Some(days) => {
                        let days = days::calendar_days(days);
                        let days = calendar::print_days(&days, self.ground.settings);
                        format!("what can be read of it counts: {days}")
                    }
                    None => "nothing of it can be read, so it places nothing".to_string(),
                };
                self.asides.push(
                    Report::finding(
                        "sic-date",
                        format!("`{}`: {}", brief(&inner), error.message),
                    )
                    .at(span, words),
                );
                let absolute = readable.is_some();
                let point = readable.map_or(Point::Undated, Point::On);
                self.reach(&point);
                Ok(Some(Placed {
                    absolute,
                    sic: Some(inner),
                    ..Placed::relative(point)
                }))
            }
        }
    }
}

/// The days of what can be read of an impossible date that is the whole text. With words around
/// it (`before 30 February 644`) they would say something else.
fn readable(error: &DateError, text: &str) -> Option<DaySet> {
    let around = |part: Option<&str>| part.is_none_or(|p| !p.trim().is_empty());
    if around(text.get(..error.range.start)) || around(text.get(error.range.end..)) {
        return None;
    }
    error.readable.as_ref().and_then(days::day_set)
}

/// Whether a date may end before this text: at a comma, an `or`, a doubt, or the end.
fn ends_here(rest: &str) -> bool {
    let rest = rest.trim_start();
    let Some(first) = rest.chars().next() else {
        return true;
    };
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    matches!(crate::words::fold(first), ',' | '?') || word.eq_ignore_ascii_case("or")
}

/// The calendar's words for an assumption, made to follow the phrase it is about.
fn soft_words(words: &str) -> String {
    if words.starts_with("read as") {
        words.to_string()
    } else {
        format!("({words})")
    }
}
