//! The parts of a date: long years, times, qualifiers, and the level they need.

use super::bounds;
use super::{EdtfDate, EdtfYear, Mask, Qualifier, Qualifiers};

pub(super) type Reason = &'static str;

pub(super) const SYNTAX: Reason = "syntax";

/// The part after `Y`.
pub(super) fn letter_year(text: &str) -> Result<EdtfDate, Reason> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits_text, mut rest) = rest.split_at(length);
    if digits_text.is_empty() {
        return Err(SYNTAX);
    }
    if digits_text.starts_with('0') {
        return Err("leading zero");
    }
    let digits: i128 = digits_text.parse().map_err(|_| "year beyond counting")?;
    let mut exponent = 0_u32;
    if let Some(after) = rest.strip_prefix('E') {
        let length = after.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = after.split_at(length);
        if number.is_empty() || number.starts_with('0') {
            return Err("exponent");
        }
        exponent = number.parse().map_err(|_| "year beyond counting")?;
        rest = after;
    } else if length < 5 {
        return Err("Y needs more than four digits");
    }
    let mut significant = None;
    if let Some(after) = rest.strip_prefix('S') {
        let count: u32 = after.parse().map_err(|_| SYNTAX)?;
        if count == 0 || after.starts_with(['0', '+']) {
            return Err(SYNTAX);
        }
        significant = Some(count);
        rest = "";
    }
    if !rest.is_empty() {
        return Err(SYNTAX);
    }
    let value = 10_i128
        .checked_pow(exponent)
        .and_then(|scale| scale.checked_mul(digits))
        .ok_or("year beyond counting")?;
    let sign = if negative { -1 } else { 1 };
    Ok(plain_year(EdtfYear::Letter {
        value: sign * value,
        digits: sign * digits,
        exponent,
        significant,
    }))
}

pub(super) fn check_ranges(month: Option<Mask>, day: Option<Mask>) -> Result<(), Reason> {
    let value = |mask: Mask| (!mask.contains(&10)).then(|| mask[0] * 10 + mask[1]);
    if let Some(month) = month.and_then(value) {
        if (21..=41).contains(&month) && day.is_some() {
            return Err("season with day");
        }
        if !(1..=12).contains(&month) && !(21..=41).contains(&month) {
            return Err("month");
        }
    }
    if let Some(mask) = month
        && mask.contains(&10)
        && !(1..=12).any(|month| bounds::fits(mask, month))
    {
        return Err("month");
    }
    if let Some(mask) = day
        && !(1..=31).any(|day| bounds::fits(mask, day))
    {
        return Err("day");
    }
    Ok(())
}

pub(super) fn check_time(text: &str) -> Result<(), Reason> {
    let pair = |text: &str| -> Option<u8> {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    let clock = text.get(..8).ok_or(SYNTAX)?;
    let parts: Vec<&str> = clock.split(':').collect();
    let [hour, minute, second] = parts.as_slice() else {
        return Err(SYNTAX);
    };
    let (Some(hour), Some(minute), Some(second)) = (pair(hour), pair(minute), pair(second)) else {
        return Err(SYNTAX);
    };
    let midnight = (hour, minute, second) == (24, 0, 0);
    if !midnight && (hour > 23 || minute > 59 || second > 60) {
        return Err("time");
    }
    let zone = &text[8..];
    if zone.is_empty() || zone == "Z" {
        return Ok(());
    }
    let offset = zone.strip_prefix(['+', '-']).ok_or(SYNTAX)?;
    let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "00"));
    let (Some(hours), Some(minutes)) = (pair(hours), pair(minutes)) else {
        return Err(SYNTAX);
    };
    if hours > 23 || minutes > 59 {
        Err("offset")
    } else {
        Ok(())
    }
}

/// The lowest level that has this date.
pub(super) fn level(date: &EdtfDate) -> u8 {
    let EdtfYear::Four {
        negative,
        digits,
        significant,
    } = date.year
    else {
        let EdtfYear::Letter {
            exponent,
            significant,
            ..
        } = date.year
        else {
            return 2;
        };
        return if exponent > 0 || significant.is_some() {
            2
        } else {
            1
        };
    };
    if significant.is_some() || date.inner {
        return 2;
    }
    let mut level = u8::from(negative);
    let qualified = date.qualifiers != Qualifiers::default();
    level = level.max(u8::from(qualified));
    if let Some([tens @ 2..=4, units]) = date.month
        && units != 10
    {
        level = level.max(if tens == 2 && (1..=4).contains(&units) {
            1
        } else {
            2
        });
    }
    if has_x(&digits, date.month, date.day) {
        let year_x = digits.iter().filter(|digit| **digit == 10).count();
        let tail = digits
            .iter()
            .rev()
            .take_while(|digit| **digit == 10)
            .count();
        let simple = match (date.month, date.day) {
            (None, None) => year_x == tail && year_x <= 2,
            (Some([10, 10]), None | Some([10, 10])) => year_x == 0,
            (Some(month), Some([10, 10])) => year_x == 0 && !month.contains(&10),
            _ => false,
        };
        level = level.max(if simple { 1 } else { 2 });
    }
    level
}

pub(super) fn estimate(date: &EdtfDate) -> Option<i128> {
    match date.year {
        EdtfYear::Four {
            significant: Some(_),
            ..
        } => bounds::single_year(date.year),
        EdtfYear::Letter {
            value,
            significant: Some(_),
            ..
        } => Some(value),
        _ => None,
    }
}

pub(super) fn digit_or_x(c: char) -> Option<u8> {
    match c {
        'X' => Some(10),
        '0'..='9' => Some(c as u8 - b'0'),
        _ => None,
    }
}

pub(super) fn has_x(year: &[u8; 4], month: Option<Mask>, day: Option<Mask>) -> bool {
    year.contains(&10)
        || month.is_some_and(|mask| mask.contains(&10))
        || day.is_some_and(|mask| mask.contains(&10))
}

pub(super) fn plain_year(year: EdtfYear) -> EdtfDate {
    EdtfDate {
        year,
        month: None,
        day: None,
        time: None,
        qualifiers: Qualifiers::default(),
        inner: false,
    }
}

/// Qualifiers by part, on the left of it and on the right.
#[derive(Default)]
pub(super) struct Marks {
    pub left: [Option<Qualifier>; 3],
    pub right: [Option<Qualifier>; 3],
}

impl Marks {
    pub fn left(&mut self, part: usize, mark: Option<Qualifier>) -> Result<(), Reason> {
        self.left[part] = mark;
        Ok(())
    }

    pub fn right(&mut self, part: usize, mark: Option<Qualifier>) -> Result<(), Reason> {
        if mark.is_some() && self.left[part].is_some() {
            return Err("part qualified twice");
        }
        self.right[part] = mark;
        Ok(())
    }

    pub fn any(&self) -> bool {
        self.left.iter().chain(&self.right).any(Option::is_some)
    }

    /// Is there a qualifier other than a single one at the very end?
    pub fn inner(&self, last: usize) -> bool {
        self.left.iter().any(Option::is_some)
            || self
                .right
                .iter()
                .enumerate()
                .any(|(part, mark)| mark.is_some() && part != last)
    }

    /// On the right: this part and all to its left. On the left: this part alone.
    pub fn resolve(&self, last: usize) -> Qualifiers {
        let part = |part: usize| {
            let right = self.right.iter().skip(part).flatten();
            let all = self.left[part].iter().chain(right);
            if part > last {
                return Qualifier::default();
            }
            all.fold(Qualifier::default(), |sum, mark| sum.merge(*mark))
        };
        Qualifiers {
            year: part(0),
            month: part(1),
            day: part(2),
        }
    }
}

pub(super) struct Cursor<'a> {
    pub rest: &'a str,
}

impl Cursor<'_> {
    pub fn eat(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    pub fn digit(&mut self) -> Option<u8> {
        let c = self.rest.chars().next()?;
        let digit = digit_or_x(c)?;
        self.rest = &self.rest[1..];
        Some(digit)
    }

    pub fn two_digits(&mut self) -> Option<Mask> {
        Some([self.digit()?, self.digit()?])
    }

    pub fn qualifier(&mut self) -> Option<Qualifier> {
        let mark = Qualifier::from_char(self.rest.chars().next()?)?;
        self.rest = &self.rest[1..];
        Some(mark)
    }

    pub fn number(&mut self) -> Option<u32> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at(length);
        if number.starts_with('0') {
            return None;
        }
        self.rest = rest;
        number.parse().ok()
    }
}
