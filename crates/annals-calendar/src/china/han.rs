//! Chinese dates in characters: `貞觀十八年八月十一日`, `貞觀18年閏12月丁丑朔`, `644年9月`.

use super::fields::{DayField, Fields, MonthField};
use super::{BRANCHES, STEMS, cycle_of, table::table};
use crate::datum::{Datum, Parsed, Parser};
use crate::days::Days;
use crate::grid::{self, Grain};
use crate::reading::{ErrorKind, Precision};
use crate::text::Kind;

/// The most characters that a state, a ruler and an era take together.
const MOST_CHARACTERS: usize = 12;

impl Parser<'_> {
    pub(super) fn chinese_characters(&mut self) -> Parsed<Datum> {
        if let Some(datum) = self.attempt(Self::western_in_characters)? {
            return Ok(Some(datum));
        }
        let start = self.at;
        let mut joined = String::new();
        let mut best: Option<(usize, &Vec<usize>)> = None;
        for ahead in 0..MOST_CHARACTERS {
            let Some(c) = self.han(ahead) else { break };
            joined.push(table().fold_char(c));
            if let Some(found) = table().by_name.get(&joined) {
                best = Some((ahead + 1, found));
            }
        }
        let Some((length, found)) = best else {
            return Ok(None);
        };
        self.at += length;
        let from = self.text.tokens[start].start;
        let name = self
            .text
            .raw
            .get(from..self.text.end_before(self.at))
            .unwrap_or("");
        let mut fields = Fields {
            name: name.to_owned(),
            ..Fields::default()
        };
        fields.eras = self.era_qualifier(start, &mut fields, found.clone())?;
        let _ = self.eat_han(&['帝']);
        match self.cycle_characters() {
            Some(cycle) => fields.year_cycle = Some(cycle),
            None => fields.year = self.han_number(),
        }
        if fields.year.is_none() && fields.year_cycle.is_none() {
            return Ok(None);
        }
        if !self.eat_han(&['年', '載', '载', '歲', '岁']) {
            return Ok(None);
        }
        if fields.year_cycle.is_none() {
            fields.year_cycle = self.year_name();
        }
        self.season_character(&mut fields);
        fields.month = self.month_characters();
        if fields.month.is_some() {
            fields.day = self.day_characters();
        }
        self.era_hint = Some((fields.eras.clone(), fields.name.clone()));
        self.resolved(start, &fields).map(Some)
    }

    fn han(&self, ahead: usize) -> Option<char> {
        match self.kind(ahead) {
            Some(Kind::Han(c)) => Some(*c),
            _ => None,
        }
    }

    fn eat_han(&mut self, chars: &[char]) -> bool {
        let found = self.han(0).is_some_and(|c| chars.contains(&c));
        self.at += usize::from(found);
        found
    }

    /// `歲次甲辰`, `甲辰歲`, `甲辰` after the number of a year.
    fn year_name(&mut self) -> Option<u8> {
        let start = self.at;
        let _ = self.eat_mark(',') || self.eat_mark('(');
        if self.eat_han(&['歲', '岁']) {
            let _ = self.eat_han(&['次', '在']);
        }
        let found = self.cycle_characters();
        match found {
            Some(_) => {
                let _ = self.eat_han(&['年', '歲', '岁']) || self.eat_mark(')');
            }
            None => self.at = start,
        }
        found
    }

    fn season_character(&mut self, fields: &mut Fields) {
        let seasons = ['春', '夏', '秋', '冬'];
        if let Some(season) = self
            .han(0)
            .and_then(|c| seasons.iter().position(|s| *s == c))
        {
            self.at += 1;
            let _ = self.eat_han(&['季']) || self.eat_mark(',');
            fields.season = Some(season as u8);
        }
    }

    /// `八月`, `閏十二月`, `閏月`, `正月`, `臘月`.
    fn month_characters(&mut self) -> Option<MonthField> {
        let start = self.at;
        let leap = self.eat_han(&['閏', '闰']);
        let first = self.han(0);
        let number = match first {
            Some('正') => self.take_han(1),
            Some('臘' | '腊') => self.take_han(12),
            Some('冬') => self.take_han(11),
            _ => self.han_number(),
        };
        let number = number.and_then(|number| u8::try_from(number).ok());
        if let Some(number) = number
            && self.eat_han(&['月'])
        {
            return Some(MonthField {
                number,
                leap,
                yi: first == Some('一'),
            });
        }
        if leap && number.is_none() && self.eat_han(&['月']) {
            return Some(MonthField {
                number: 0,
                leap,
                yi: false,
            });
        }
        self.at = start;
        None
    }

    fn take_han(&mut self, number: i64) -> Option<i64> {
        self.at += 1;
        Some(number)
    }

    /// `十一日`, `初三`, `辛卯`, `丁丑朔`, `朔`, `晦`, `八日辛卯`.
    fn day_characters(&mut self) -> Option<DayField> {
        let start = self.at;
        let _ = self.eat_mark(',');
        let mut day = DayField {
            cycle: self.cycle_characters(),
            ..DayField::default()
        };
        if day.cycle.is_some() {
            let _ = self.eat_han(&['日']);
        }
        if self.eat_han(&['朔']) {
            day.number = Some(1);
            let _ = self.eat_han(&['日']);
        } else if self.eat_han(&['晦']) {
            day.last = true;
            let _ = self.eat_han(&['日']);
        } else if day.cycle.is_none() {
            let start = self.at;
            let opening = self.eat_han(&['初']);
            let number = self
                .han_number()
                .and_then(|number| u8::try_from(number).ok());
            let closed = self.eat_han(&['日', '號', '号']);
            match number {
                Some(number) if opening || closed || number > 10 => day.number = Some(number),
                _ => self.at = start,
            }
            if day.number.is_some() {
                let _ = self.eat_mark(',');
                day.cycle = self.cycle_characters();
            }
        }
        if day == DayField::default() {
            self.at = start;
            return None;
        }
        Some(day)
    }

    fn cycle_characters(&mut self) -> Option<u8> {
        let (first, second) = (self.han(0)?, self.han(1)?);
        let stem = STEMS.iter().position(|(c, _)| *c == first)?;
        let branch = BRANCHES.iter().position(|(c, _)| *c == second)?;
        let cycle = cycle_of(stem, branch)?;
        self.at += 2;
        Some(cycle)
    }

    /// Digits, or a number in characters below a thousand; `元` is 1.
    fn han_number(&mut self) -> Option<i64> {
        if let Some((value, _)) = self.number(0) {
            self.at += 1;
            return Some(value);
        }
        if self.han(0) == Some('元') {
            self.at += 1;
            return Some(1);
        }
        let (mut total, mut pending, mut used) = (0_i64, None, 0);
        while let Some(c) = self.han(used) {
            let digit = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九']
                .iter()
                .position(|d| *d == c)
                .or_else(|| (c == '零').then_some(0))
                .or_else(|| (c == '兩').then_some(2));
            match (c, digit) {
                (_, Some(digit)) => {
                    pending = Some(pending.unwrap_or(0) * 10 + digit as i64);
                }
                ('十', _) => total += 10 * pending.take().unwrap_or(1),
                ('百', _) => total += 100 * pending.take().unwrap_or(1),
                ('廿', _) => total += 20,
                ('卅', _) => total += 30,
                _ => break,
            }
            used += 1;
            if used > 6 {
                break;
            }
        }
        if used == 0 {
            return None;
        }
        self.at += used;
        Some(total + pending.unwrap_or(0))
    }

    /// `公元644年9月17日`, `前202年`.
    fn western_in_characters(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let era =
            (self.han(0) == Some('公') || self.han(0) == Some('西')) && self.han(1) == Some('元');
        self.at += 2 * usize::from(era);
        let before = self.eat_han(&['前']);
        if !era && !before && self.number(0).is_none() {
            return Ok(None);
        }
        let Some(value) = self.han_number().filter(|value| *value > 0) else {
            return Ok(None);
        };
        if !self.eat_han(&['年']) {
            return Ok(None);
        }
        let year = if before { 1 - value } else { value };
        let calendar = self.settings.calendar;
        let Some(month) = self.month_characters() else {
            let days = grid::years(year, year, &self.settings);
            let grain = Grain::Years {
                first: year,
                last: year,
                precision: Precision::Year,
            };
            return Ok(Some(Datum::new(days, calendar, Precision::Year, grain)));
        };
        let Some((first, last)) = calendar
            .month_days(year, month.number)
            .filter(|_| !month.leap)
        else {
            return Err(self.error(start, ErrorKind::ImpossibleMonth, "there is no such month"));
        };
        let Some(number) = self.day_characters().and_then(|day| day.number) else {
            let grain = Grain::Months {
                calendar,
                year,
                first: month.number,
                count: 1,
            };
            let days = Days::between(first, last);
            return Ok(Some(Datum::new(days, calendar, Precision::Month, grain)));
        };
        match calendar.to_jdn(year, month.number, number) {
            Some(day) => Ok(Some(Datum::day(day, calendar))),
            None => {
                let message = format!("this month has only {} days", calendar.from_jdn(last).day);
                let mut error = self.error(start, ErrorKind::ImpossibleDay, message);
                error.readable = Some(Days::between(first, last));
                Err(error)
            }
        }
    }
}
