//! The grammar: a hand-written reader over characters, one function a rule.

use super::bounds::{self, Day};
use super::parts::{
    Cursor, Marks, Reason, SYNTAX, check_ranges, check_time, digit_or_x, estimate, has_x,
    letter_year, level, plain_year,
};
use super::{Body, Edtf, EdtfBound, EdtfDate, EdtfKind, EdtfYear, End, Mask, Member};
use super::{Qualifiers, print};
use crate::calendar::Calendar;

/// The longest expression that is looked at (unit: bytes).
const LONGEST: usize = 4096;

pub(super) fn expression(text: &str, calendar: Calendar, lenient: bool) -> Result<Edtf, Reason> {
    if text.is_empty() || text.len() > LONGEST || !text.is_ascii() {
        return Err(SYNTAX);
    }
    let grammar = Grammar { calendar, lenient };
    if let Some(inside) = bracketed(text, '[', ']')? {
        return grammar.set(inside, EdtfKind::OneOf);
    }
    if let Some(inside) = bracketed(text, '{', '}')? {
        return grammar.set(inside, EdtfKind::AllOf);
    }
    if text.contains('/') {
        return grammar.interval(text);
    }
    grammar.single(text)
}

fn bracketed(text: &str, open: char, close: char) -> Result<Option<&str>, Reason> {
    match (text.strip_prefix(open), text.ends_with(close)) {
        (Some(rest), true) => Ok(Some(&rest[..rest.len() - 1])),
        (None, false) => Ok(None),
        _ => Err("bracket"),
    }
}

struct Grammar {
    calendar: Calendar,
    lenient: bool,
}

impl Grammar {
    fn single(&self, text: &str) -> Result<Edtf, Reason> {
        let date = self.date(text)?;
        let (lo, hi) = self.bounds(&date)?;
        let kind = match (&date.time, date.year, date.month) {
            (Some(_), _, _) => EdtfKind::DateTime,
            (_, EdtfYear::Letter { .. }, _) => EdtfKind::Year,
            (
                _,
                EdtfYear::Four {
                    significant: Some(_),
                    ..
                },
                _,
            ) => EdtfKind::Year,
            (_, _, Some([2..=4, _])) => EdtfKind::Season,
            _ => EdtfKind::Date,
        };
        Ok(Edtf {
            level: level(&date),
            kind,
            lo: lo.bound(),
            hi: hi.bound(),
            start: None,
            end: None,
            members: Vec::new(),
            estimate: estimate(&date),
            qualifiers: date.qualifiers,
            canonical: print::date(&date),
            body: Body::Date(date),
            calendar: self.calendar,
        })
    }

    fn bounds(&self, date: &EdtfDate) -> Result<(Day, Day), Reason> {
        bounds::hull(date, self.calendar).ok_or("no such calendar day")
    }

    fn interval(&self, text: &str) -> Result<Edtf, Reason> {
        let mut parts = text.split('/');
        let (Some(start), Some(end), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err("interval parts");
        };
        let (start, end) = (self.end(start)?, self.end(end)?);
        let side = |end: &End, open: EdtfBound| -> Result<(EdtfBound, EdtfBound, u8), Reason> {
            Ok(match end {
                End::Open => (open, open, 1),
                End::Unknown => (EdtfBound::Unknown, EdtfBound::Unknown, 1),
                End::Date(date) => {
                    let (lo, hi) = self.bounds(date)?;
                    // The text allows `X` in an interval at level 2 only.
                    let masked = match date.year {
                        EdtfYear::Four { digits, .. } => has_x(&digits, date.month, date.day),
                        EdtfYear::Letter { .. } => false,
                    };
                    (lo.bound(), hi.bound(), if masked { 2 } else { level(date) })
                }
            })
        };
        let from = side(&start, EdtfBound::NegativeInfinity)?;
        let to = side(&end, EdtfBound::PositiveInfinity)?;
        if let (End::Date(a), End::Date(b)) = (&start, &end)
            && self.bounds(a)?.0 > self.bounds(b)?.1
        {
            return Err("reversed interval");
        }
        Ok(Edtf {
            level: from.2.max(to.2),
            kind: EdtfKind::Interval,
            lo: from.0,
            hi: to.1,
            start: Some((from.0, from.1)),
            end: Some((to.0, to.1)),
            members: Vec::new(),
            estimate: None,
            qualifiers: Qualifiers::default(),
            canonical: format!("{}/{}", print::end(&start), print::end(&end)),
            body: Body::Interval(start, end),
            calendar: self.calendar,
        })
    }

    fn end(&self, text: &str) -> Result<End, Reason> {
        match text {
            ".." => Ok(End::Open),
            "" => Ok(End::Unknown),
            _ => {
                let date = self.date(text)?;
                if date.time.is_some() {
                    Err("time in an interval")
                } else {
                    Ok(End::Date(date))
                }
            }
        }
    }

    fn set(&self, inside: &str, kind: EdtfKind) -> Result<Edtf, Reason> {
        if inside.contains(' ') {
            return Err("space in set");
        }
        if inside.is_empty() {
            return Err("bracket");
        }
        let pieces: Vec<&str> = inside.split(',').collect();
        let mut members = Vec::new();
        let mut ranges: Vec<(EdtfBound, EdtfBound)> = Vec::new();
        let mut hull: Option<(Option<Day>, Option<Day>)> = None;
        for (index, piece) in pieces.iter().enumerate() {
            let member = self.member(piece, index == 0, index + 1 == pieces.len())?;
            let lo = member
                .from
                .as_ref()
                .map(|date| self.bounds(date))
                .transpose()?;
            let hi = member
                .to
                .as_ref()
                .map(|date| self.bounds(date))
                .transpose()?;
            if let (Some(lo), Some(hi)) = (lo, hi)
                && member.range
                && lo.0 > hi.1
            {
                return Err("reversed range");
            }
            let (lo, hi) = (lo.map(|days| days.0), hi.map(|days| days.1));
            ranges.push((
                lo.map_or(EdtfBound::NegativeInfinity, Day::bound),
                hi.map_or(EdtfBound::PositiveInfinity, Day::bound),
            ));
            hull = Some(match hull {
                None => (lo, hi),
                Some((first, last)) => (
                    first.zip(lo).map(|(a, b)| a.min(b)),
                    last.zip(hi).map(|(a, b)| a.max(b)),
                ),
            });
            members.push(member);
        }
        let (lo, hi) = hull.unwrap_or((None, None));
        Ok(Edtf {
            level: 2,
            kind,
            lo: lo.map_or(EdtfBound::NegativeInfinity, Day::bound),
            hi: hi.map_or(EdtfBound::PositiveInfinity, Day::bound),
            start: None,
            end: None,
            members: ranges,
            estimate: None,
            qualifiers: Qualifiers::default(),
            canonical: print::set(&members, kind),
            body: Body::Set(members),
            calendar: self.calendar,
        })
    }

    fn member(&self, piece: &str, first: bool, last: bool) -> Result<Member, Reason> {
        if piece.is_empty() {
            return Err("empty member");
        }
        let Some((from, to)) = piece.split_once("..") else {
            let date = self.member_date(piece)?;
            return Ok(Member {
                from: Some(date.clone()),
                to: Some(date),
                range: false,
            });
        };
        match (from, to) {
            ("", "") => Err("bare double dot"),
            ("", to) if first => Ok(Member {
                from: None,
                to: Some(self.member_date(to)?),
                range: true,
            }),
            (from, "") if last => Ok(Member {
                from: Some(self.member_date(from)?),
                to: None,
                range: true,
            }),
            ("", _) | (_, "") => Err("open range inside a set"),
            (from, to) => {
                let (from, to) = (self.member_date(from)?, self.member_date(to)?);
                let parts = |date: &EdtfDate| (date.month.is_some(), date.day.is_some());
                if parts(&from) != parts(&to) {
                    return Err("range precision");
                }
                Ok(Member {
                    from: Some(from),
                    to: Some(to),
                    range: true,
                })
            }
        }
    }

    fn member_date(&self, text: &str) -> Result<EdtfDate, Reason> {
        let date = self.date(text)?;
        if date.time.is_some() {
            Err("time in a set")
        } else {
            Ok(date)
        }
    }

    /// One date, season or year.
    fn date(&self, text: &str) -> Result<EdtfDate, Reason> {
        if let Some(rest) = text.strip_prefix('Y') {
            return letter_year(rest);
        }
        let mut cursor = Cursor { rest: text };
        let before_year = cursor.qualifier();
        let (mut year, digits) = self.four_digit_year(&mut cursor)?;
        if cursor.eat('S') {
            let significant = cursor.number().filter(|count| *count > 0).ok_or(SYNTAX)?;
            if !cursor.rest.is_empty() || before_year.is_some() || digits.contains(&10) {
                return Err(SYNTAX);
            }
            if let EdtfYear::Four {
                significant: slot, ..
            } = &mut year
            {
                *slot = Some(significant);
            }
            return Ok(plain_year(year));
        }
        let mut marks = Marks::default();
        marks.left(0, before_year)?;
        marks.right(0, cursor.qualifier())?;
        let mut parts: [Option<Mask>; 2] = [None, None];
        for (index, part) in parts.iter_mut().enumerate() {
            if !cursor.eat('-') {
                break;
            }
            marks.left(index + 1, cursor.qualifier())?;
            *part = Some(cursor.two_digits().ok_or(SYNTAX)?);
            marks.right(index + 1, cursor.qualifier())?;
        }
        let [month, day] = parts;
        let time = match cursor.rest.strip_prefix('T') {
            Some(time) => {
                check_time(time)?;
                if day.is_none() || marks.any() || has_x(&digits, month, day) {
                    return Err(SYNTAX);
                }
                Some(time.to_owned())
            }
            None if cursor.rest.is_empty() => None,
            None => return Err(SYNTAX),
        };
        check_ranges(month, day)?;
        let last = usize::from(month.is_some()) + usize::from(day.is_some());
        Ok(EdtfDate {
            year,
            month,
            day,
            time,
            qualifiers: marks.resolve(last),
            inner: marks.inner(last),
        })
    }

    fn four_digit_year(&self, cursor: &mut Cursor) -> Result<(EdtfYear, [u8; 4]), Reason> {
        let negative = cursor.eat('-');
        let mut digits = [0_u8; 4];
        let count = cursor
            .rest
            .chars()
            .take_while(|c| digit_or_x(*c).is_some())
            .count();
        let fits = count == 4 || (self.lenient && count == 3);
        if !fits {
            return Err(SYNTAX);
        }
        for slot in digits.iter_mut().skip(4 - count) {
            *slot = cursor.digit().ok_or(SYNTAX)?;
        }
        if negative && digits == [0; 4] {
            return Err("negative zero");
        }
        Ok((
            EdtfYear::Four {
                negative,
                digits,
                significant: None,
            },
            digits,
        ))
    }
}
