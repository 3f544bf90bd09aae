//! Conditions: `[reported] point { or point } [?]`, joined by commas.

use annals_calendar::Precision;
use std::sync::Arc;

use annals_chronicle::{Condition, DaySet, Few, Origin, Point, Soft};
use annals_text::{Report, Span};

use super::cursor::Cursor;
use super::{Ground, ReadWhen, faults};

/// One way of placing, as read.
#[derive(Debug)]
pub(crate) struct Placed {
    /// Points that all hold; several only for `then` after a list and for `between #a and #b`.
    pub points: Few<Point>,
    /// An assumed narrower point.
    pub soft: Option<Soft>,
    /// Whether it names days of its own.
    pub absolute: bool,
    /// EDTF `?` in the date itself.
    pub doubted: bool,
    /// A date kept as written though it is impossible.
    pub sic: Option<String>,
    /// How fine a plain date is, to tell `644, 648` from conditions that are meant to join.
    pub plain: Option<Precision>,
}

impl Placed {
    /// A place that hangs from a label.
    pub(crate) fn relative(point: Point) -> Placed {
        Placed {
            points: Few::one(point),
            soft: None,
            absolute: false,
            doubted: false,
            sic: None,
            plain: None,
        }
    }
}

/// What stops a condition from being read: a report, or one that another line has already.
pub(crate) type Fault = Box<Report>;

/// What a rule found: nothing where the text does not have its form.
pub(crate) type Found = Result<Option<Placed>, Fault>;

/// Reads one when.
pub(crate) struct Reader<'r, 'g> {
    pub cursor: Cursor<'r>,
    pub ground: &'r mut Ground<'g>,
    /// Reports that do not stop the reading.
    pub asides: Vec<Report>,
    /// Whether what binds of a date is less than what it says.
    pub impaired: bool,
    always: Option<Span>,
    /// The plain date before this condition, for `644, 648`.
    plain_before: Option<(Span, DaySet)>,
}

impl<'r, 'g> Reader<'r, 'g> {
    pub(crate) fn new(text: &'r str, span: Span, ground: &'r mut Ground<'g>) -> Self {
        Reader {
            cursor: Cursor::new(text, span),
            ground,
            asides: Vec::new(),
            impaired: false,
            always: None,
            plain_before: None,
        }
    }

    pub(crate) fn read(mut self, reports: &mut Vec<Report>) -> ReadWhen {
        let mut read = ReadWhen::default();
        if self.cursor.at_end() {
            let place = self.cursor.base;
            reports.push(Report::error("bad-date", "there is no date here").at(place, ""));
            read.failed = true;
            return read;
        }
        while !self.cursor.at_end() {
            let start = self.cursor.at;
            match self.condition(&mut read) {
                Ok(()) => {}
                Err(report) => {
                    reports.push(*report);
                    read.failed = true;
                    self.plain_before = None;
                    self.cursor.at = start.max(self.cursor.at);
                    self.cursor.at = self.cursor.condition_end();
                }
            }
            if !self.cursor.eat_char(',') && !self.cursor.at_end() {
                // Every rule above ends at a comma or at the end of the text.
                self.cursor.at = self.cursor.text.len();
            }
        }
        read.always = self.always;
        read.impaired = self.impaired;
        let hangs = |r: &Report| matches!(r.code, "unknown-label" | "then-without-event");
        read.hanging = self.asides.iter().any(hangs);
        reports.append(&mut self.asides);
        read
    }

    fn condition(&mut self, read: &mut ReadWhen) -> Result<(), Fault> {
        self.cursor.skip_space();
        let start = self.cursor.at;
        let reported = self.cursor.eat_word("reported");
        let mut ways = Few::new();
        loop {
            ways.push(self.point()?);
            if !self.cursor.eat_word("or") {
                break;
            }
        }
        let end = self.cursor.at;
        let mut doubted = self.cursor.eat_char('?');
        doubted |= ways.iter().any(|w| w.doubted);
        self.ends_well(start)?;
        let absolute = ways.iter().any(|w| w.absolute);
        let span = self.cursor.span(start, self.cursor.at);
        if let Err(report) = self.no_list(&ways, self.cursor.span(start, end)) {
            // Either date may be the one that is meant, and only one of them was read before.
            read.conditions.pop();
            return Err(report);
        }
        read.absolute |= absolute;
        let written: Arc<str> = self.cursor.text[start..end].trim().into();
        let sic: Option<Box<str>> = ways.iter().find_map(|w| w.sic.as_deref().map(Box::from));
        for (alternatives, soft) in joined(ways) {
            if alternatives == [Point::Undated] && soft.is_none() && sic.is_none() {
                // It places nothing, so there is nothing that could be doubted or lose.
                continue;
            }
            read.conditions.push(Condition {
                written: written.clone(),
                span,
                origin: Origin::Claim,
                reported,
                doubted,
                alternatives,
                soft,
                sic: sic.clone(),
            });
        }
        Ok(())
    }

    /// After a condition comes a comma or nothing.
    fn ends_well(&mut self, start: usize) -> Result<(), Fault> {
        if matches!(self.cursor.peek(), None | Some(',')) {
            return Ok(());
        }
        let from = self.cursor.at;
        let to = self.cursor.condition_end();
        let rest = self.cursor.text[from..to].trim();
        let read = self.cursor.text[start..from].trim();
        Err(Box::new(
            Report::error("bad-date", format!("the date ends before `{rest}`"))
                .at(
                    self.cursor.span(from, to),
                    format!("`{read}` was read before this"),
                )
                .help("join conditions with commas, alternatives with `or`"),
        ))
    }

    /// `644, 648`: two plain dates that share no day are a list, which says nothing of which one.
    fn no_list(&mut self, ways: &[Placed], span: Span) -> Result<(), Fault> {
        let days = match ways {
            [
                Placed {
                    points,
                    plain: Some(precision),
                    ..
                },
            ] if *precision < Precision::Open => match points.as_slice() {
                [Point::On(days)] => Some(days.clone()),
                _ => None,
            },
            _ => None,
        };
        let before = self.plain_before.take();
        if let (Some((place, before)), Some(days)) = (&before, &days)
            && before.intersect(days).is_none()
        {
            let base = self.cursor.base.start;
            let text = |s: Span| {
                self.cursor.text[(s.start - base) as usize..(s.end - base) as usize].trim()
            };
            let (first, second) = (text(*place), text(span));
            return Err(Box::new(faults::date_list(place.to(span), first, second)));
        }
        self.plain_before = days.map(|days| (span, days));
        Ok(())
    }

    /// One way of placing.
    fn point(&mut self) -> Result<Placed, Fault> {
        self.cursor.skip_space();
        let start = self.cursor.at;
        if self.cursor.stands_at_numbers() {
            return self.absolute();
        }
        if self.cursor.eat_word("always") {
            self.always = Some(self.cursor.span(start, self.cursor.at));
            return Ok(Placed::relative(Point::Always));
        }
        if self.cursor.eat_word("undated") {
            return Ok(Placed::relative(Point::Undated));
        }
        if let Some(placed) = self.sic()? {
            return Ok(placed);
        }
        if let Some(placed) = self.relative()? {
            return Ok(placed);
        }
        self.cursor.at = start;
        self.absolute()
    }
}

/// Ways joined by `or` as conditions: one, except where a single way holds several points.
fn joined(mut ways: Few<Placed>) -> Few<(Few<Point>, Option<Box<Soft>>)> {
    if let [only] = &mut *ways {
        let soft = only.soft.take().map(Box::new);
        let points = std::mem::take(&mut only.points);
        return points
            .into_iter()
            .map(|point| (Few::one(simplest(point)), soft.clone()))
            .collect();
    }
    let soft = joined_soft(&ways);
    let mut days: Option<DaySet> = None;
    let mut others = Vec::new();
    for way in ways {
        // Within `or` a way that needs several points keeps the last, which binds the most.
        match way.points.into_iter().next_back() {
            Some(Point::On(set)) => days = Some(days.map_or(set.clone(), |d| d.union(&set))),
            Some(other) => others.push(other),
            None => {}
        }
    }
    let soft = soft.filter(|_| others.is_empty());
    let on = days.map(|d| simplest(Point::On(d)));
    let soft = soft.map(Box::new);
    Few::one((on.into_iter().chain(others).collect(), soft))
}

/// The assumed width of plain dates joined by `or`.
fn joined_soft(ways: &[Placed]) -> Option<Soft> {
    let mut days: Option<DaySet> = None;
    let mut words: Vec<String> = Vec::new();
    for way in ways {
        let point = way.soft.as_ref().map(|s| &s.point).or(way.points.last());
        let Some(Point::On(set)) = point else {
            return None;
        };
        days = Some(days.map_or(set.clone(), |d| d.union(set)));
        words.extend(way.soft.iter().map(|s| s.words.clone()));
    }
    words.dedup();
    let point = Point::On(days?);
    (!words.is_empty()).then(|| Soft {
        point,
        words: words.join("; "),
    })
}

/// A set of all days says no more than `undated`.
fn simplest(point: Point) -> Point {
    match point {
        Point::On(days) if days.is_all() => Point::Undated,
        other => other,
    }
}
