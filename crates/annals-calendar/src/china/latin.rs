//! Chinese dates in letters: `Zhenguan 18.8.11`, `Zhenguan 18/9 xinmao`, `Zhenguan 22 leap 12.1`,
//! `the 11th day of the 8th month of Zhenguan 18`, `spring of Zhenguan 18`.

use super::fields::{DayField, Fields, MonthField, resolve};
use super::problems::Problem;
use super::{STEMS, cycle_named, table::table};
use crate::datum::{Datum, Parsed, Parser};
use crate::reading::{DateError, ErrorKind};
use crate::text::Kind;

/// The most words that a state, a ruler and an era take together.
const MOST_WORDS: usize = 6;

impl Parser<'_> {
    /// A date with a Chinese era, in letters or characters.
    pub(crate) fn chinese(&mut self) -> Parsed<Datum> {
        if let Some(datum) = self.attempt(Self::chinese_characters)? {
            return Ok(Some(datum));
        }
        if let Some(datum) = self.attempt(Self::chinese_letters)? {
            return Ok(Some(datum));
        }
        self.attempt(Self::same_era)
    }

    /// The `18.8.22` of `Zhenguan 18.8.11 to 18.8.22`, and the `20` of `Zhenguan 18 to 20`.
    fn same_era(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let Some((eras, name)) = self.era_hint.clone() else {
            return Ok(None);
        };
        let Some((year @ 1..=99, _)) = self.number(0) else {
            return Ok(None);
        };
        self.at += 1;
        if self.is_era(0) || self.month_follows() {
            return Ok(None);
        }
        let mut fields = Fields {
            eras,
            name,
            year: Some(year),
            ..Fields::default()
        };
        self.parts_after(&mut fields)?;
        self.resolved(start, &fields).map(Some)
    }

    /// Is this `18 August` and not a year of an era?
    fn month_follows(&self) -> bool {
        let ahead = usize::from(self.is_word(0, &["st", "nd", "rd", "th", "of"]));
        self.word(ahead)
            .is_some_and(|word| crate::western::month_named(word).is_some())
    }

    pub(super) fn resolved(&self, start: usize, fields: &Fields) -> Result<Datum, DateError> {
        resolve(fields, &self.settings).map_err(|problem| {
            let Problem {
                kind,
                message,
                suggestion,
                readable,
            } = problem;
            DateError {
                suggestion,
                readable,
                ..self.error(start, kind, message)
            }
        })
    }

    fn chinese_letters(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let mut fields = Fields::default();
        self.parts_before(&mut fields);
        let early = self.at > start;
        let Some(eras) = self.era_letters(&mut fields)? else {
            return Ok(None);
        };
        fields.eras = eras;
        let era_word = self.eat_word(&["era", "period", "reign"]);
        if fields.year.is_none() {
            let _ = self.eat_mark(',');
            let _ = self.eat_word(&["year"]);
            if self.eat_word(&["yuannian"]) {
                fields.year = Some(1);
            } else if let Some((year, _)) = self.number(0) {
                self.at += 1;
                fields.year = Some(year);
            } else if fields.year_cycle.is_none() {
                fields.year_cycle = self.cycle_letters();
            }
            let _ = self.eat_word(&["nian", "year"]);
        }
        let has_year = fields.year.is_some() || fields.year_cycle.is_some();
        if !has_year && (early || !era_word) {
            return Ok(None);
        }
        if fields.month.is_none() && fields.season.is_none() && has_year {
            self.parts_after(&mut fields)?;
        }
        if fields.month.is_none() && fields.year.is_some() && fields.year_cycle.is_none() {
            fields.year_cycle = self.take(|parser| {
                let bracket = parser.eat_mark('(');
                let _ = !bracket && parser.eat_mark(',');
                let cycle = parser.cycle_letters()?;
                let _ = parser.eat_word(&["year"]);
                (!bracket || parser.eat_mark(')')).then_some(cycle)
            });
        }
        self.era_hint = Some((fields.eras.clone(), fields.name.clone()));
        self.resolved(start, &fields).map(Some)
    }

    /// `the 11th day of the leap 8th month of the 18th year of`, or the end of it.
    fn parts_before(&mut self, fields: &mut Fields) {
        if let Some(season) = self.take(|parser| {
            let season = parser.season_name()?;
            parser.of_the().then_some(season)
        }) {
            fields.season = Some(season);
        }
        if let Some(day) = self.take(|parser| {
            let day = parser.day_words()?;
            parser.of_the().then_some(day)
        }) {
            fields.day = Some(day);
        }
        if let Some(month) = self.take(|parser| {
            let month = parser.month_words()?;
            parser.of_the().then_some(month)
        }) {
            fields.month = Some(month);
        }
        if let Some(cycle) = self.take(|parser| {
            let cycle = parser.cycle_letters()?;
            (parser.eat_word(&["year"]) && parser.of_the()).then_some(cycle)
        }) {
            fields.year_cycle = Some(cycle);
        }
        if let Some(year) = self.take(|parser| {
            let year = parser.ordinal()?;
            (parser.eat_word(&["year"]) && parser.of_the()).then_some(year)
        }) {
            fields.year = Some(year);
        }
    }

    /// Runs a rule and puts the cursor back if it fails.
    fn take<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = rule(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn of_the(&mut self) -> bool {
        let of = self.eat_word(&["of"]);
        let _ = of && self.eat_word(&["the"]);
        of
    }

    /// `11th day`, `xinmao day`, `xinmao`, `last day`.
    fn day_words(&mut self) -> Option<DayField> {
        if let Some(cycle) = self.cycle_letters() {
            let _ = self.eat_word(&["day"]);
            return Some(DayField {
                cycle: Some(cycle),
                ..DayField::default()
            });
        }
        if self.eat_word(&["last"]) {
            return self.eat_word(&["day"]).then_some(DayField {
                last: true,
                ..DayField::default()
            });
        }
        let number = match self.number(0) {
            // `11 ri`, as against `11th day`.
            Some((number, _)) if self.is_word(1, &["ri"]) => {
                self.at += 1;
                number
            }
            _ => self.ordinal()?,
        };
        let number = u8::try_from(number).ok()?;
        self.eat_word(&["day", "ri"]).then_some(DayField {
            number: Some(number),
            ..DayField::default()
        })
    }

    /// `leap 8th month`, `8th month`.
    fn month_words(&mut self) -> Option<MonthField> {
        let leap = self.leap_word();
        let number = match self.number(0) {
            // `8 yue`, as against `8th month`.
            Some((number, _)) if self.is_word(1, &["yue"]) => {
                self.at += 1;
                number
            }
            _ if leap && self.is_word(0, &["month", "yue"]) && self.number(1).is_none() => 0,
            _ => self.ordinal()?,
        };
        let number = u8::try_from(number).ok()?;
        self.eat_word(&["month", "yue"]).then_some(MonthField {
            number,
            leap,
            yi: false,
        })
    }

    fn leap_word(&mut self) -> bool {
        let found = self.eat_word(&["leap", "intercalary", "run"]);
        let _ = found && self.is_mark(0, '.') && self.eat_mark('.');
        found
    }

    /// A name of the cycle of sixty, in one word or two.
    fn cycle_letters(&mut self) -> Option<u8> {
        let first = self.word(0)?;
        if let Some(cycle) = cycle_named(first) {
            self.at += 1;
            return Some(cycle);
        }
        if !STEMS.iter().any(|(_, name)| *name == first) {
            return None;
        }
        let ahead = 1 + usize::from(self.is_mark(1, '-'));
        let cycle = cycle_named(&format!("{first}{}", self.word(ahead)?))?;
        self.at += ahead + 1;
        Some(cycle)
    }

    /// The era's name with what stands around it; gives the eras it may mean.
    fn era_letters(&mut self, fields: &mut Fields) -> Parsed<Vec<usize>> {
        let start = self.at;
        let mut joined = String::new();
        let mut best: Option<(usize, &Vec<usize>)> = None;
        let mut ahead = 0;
        for _ in 0..MOST_WORDS {
            let Some(word) = self.word(ahead) else { break };
            joined.push_str(word);
            ahead += 1;
            if let Some(found) = table().by_name.get(&joined) {
                best = Some((ahead, found));
            }
            if matches!(word, "emperor" | "empress") {
                joined.truncate(joined.len() - word.len());
            }
            if self.is_mark(ahead, '-') && self.joined(ahead) {
                ahead += 1;
            }
        }
        let Some((length, found)) = best else {
            return Ok(None);
        };
        self.at = start + length;
        let from = self.text.tokens[start].start;
        let to = self.text.end_before(self.at);
        fields.name = self.text.raw.get(from..to).unwrap_or("").to_owned();
        self.era_qualifier(start, fields, found.clone()).map(Some)
    }

    /// `(Gaozong)`, `(Tang)`, `(Gaozong, Tang)`.
    pub(super) fn era_qualifier(
        &mut self,
        start: usize,
        fields: &mut Fields,
        mut eras: Vec<usize>,
    ) -> Result<Vec<usize>, DateError> {
        if !self.eat_mark('(') {
            return Ok(eras);
        }
        let from = self.at;
        let mut key = String::new();
        loop {
            match self.kind(0) {
                Some(Kind::Word(word)) if word != "emperor" && word != "of" => key.push_str(word),
                Some(Kind::Han(c)) => key.push(table().fold_char(*c)),
                Some(Kind::Word(_)) => {}
                _ => {
                    if !key.is_empty() {
                        eras.retain(|index| names_it(*index, &key));
                        key.clear();
                    }
                    if !self.eat_mark(',') {
                        break;
                    }
                    continue;
                }
            }
            self.at += 1;
        }
        let end = self.at;
        let _ = self.eat_mark(')');
        if eras.is_empty() {
            let left = self.text.tokens.get(from).map_or(0, |token| token.start);
            let said = self
                .text
                .raw
                .get(left..self.text.end_before(end))
                .unwrap_or("")
                .to_owned();
            let message = format!("no era {} belongs to “{said}”", fields.name);
            let mut error = self.error(start, ErrorKind::UnknownEra, message);
            error.suggestion =
                Some("name the ruler or the state, as in Shangyuan (Gaozong) 1".into());
            return Err(error);
        }
        Ok(eras)
    }

    /// `.8.11`, `/9 xinmao`, ` leap 12.1`, `, 8th month, 11th day`, ` spring`.
    fn parts_after(&mut self, fields: &mut Fields) -> Result<(), DateError> {
        if let Some(season) = self.take(|parser| {
            let _ = parser.eat_mark(',');
            parser.season_name()
        }) {
            fields.season = Some(season);
            return Ok(());
        }
        let worded = self.take(|parser| {
            let _ = parser.eat_mark(',');
            parser.month_words().or_else(|| parser.named_month())
        });
        if let Some(month) = worded {
            fields.month = Some(month);
            fields.day = self.take(|parser| {
                let _ = parser.eat_mark(',');
                if parser.eat_word(&["day"]) {
                    let (number, _) = parser.number(0)?;
                    parser.at += 1;
                    let number = u8::try_from(number).unwrap_or(u8::MAX);
                    return Some(DayField {
                        number: Some(number),
                        ..DayField::default()
                    });
                }
                parser.day_words()
            });
        } else {
            fields.month = self.take(Self::month_number);
            if fields.month.is_some() {
                fields.day = self.take(Self::day_number_or_name);
            }
        }
        // A day may have both number and name: `18.8.11 renzi`, `22.12.1 shuo`.
        if let Some(DayField { cycle: None, .. }) = fields.day
            && let Some(cycle) = self.take(|parser| {
                let _ = parser.eat_mark(',');
                parser.cycle_letters()
            })
            && let Some(day) = &mut fields.day
        {
            day.cycle = Some(cycle);
        }
        Ok(())
    }

    /// `month 8`.
    fn named_month(&mut self) -> Option<MonthField> {
        let leap = self.leap_word();
        if !self.eat_word(&["month"]) {
            return None;
        }
        let (number, _) = self.number(0)?;
        self.at += 1;
        let number = u8::try_from(number).unwrap_or(u8::MAX);
        Some(MonthField {
            number,
            leap,
            yi: false,
        })
    }

    fn separator(&mut self) -> bool {
        // A single hyphen is a range of years; `18-8-11` has two.
        let hyphens = self.is_mark(0, '-') && (self.is_mark(2, '-') || self.hyphen_before());
        self.eat_mark('.') || self.eat_mark('/') || (hyphens && self.eat_mark('-'))
    }

    /// Does the number before this hyphen follow another hyphen?
    fn hyphen_before(&self) -> bool {
        self.at
            .checked_sub(2)
            .and_then(|at| self.text.tokens.get(at))
            .is_some_and(|token| token.kind == Kind::Mark('-'))
    }

    /// `.8`, `/leap 12`, ` leap 12`, `.yi`.
    fn month_number(&mut self) -> Option<MonthField> {
        let separated = self.separator();
        let leap = self.leap_word();
        if !separated && !leap {
            return None;
        }
        if self.eat_word(&["yi"]) {
            return Some(MonthField {
                number: 1,
                leap: false,
                yi: true,
            });
        }
        let (number, _) = self.number(0)?;
        self.at += 1;
        let number = u8::try_from(number).unwrap_or(u8::MAX);
        Some(MonthField {
            number,
            leap,
            yi: false,
        })
    }

    /// `.11`, ` xinmao`, `.xinmao`.
    fn day_number_or_name(&mut self) -> Option<DayField> {
        let separated = self.separator();
        if let Some(cycle) = self.cycle_letters() {
            let _ = self.eat_word(&["day"]);
            return Some(DayField {
                cycle: Some(cycle),
                ..DayField::default()
            });
        }
        if !separated {
            return None;
        }
        let (number, _) = self.number(0)?;
        self.at += 1;
        let number = u8::try_from(number).unwrap_or(u8::MAX);
        Some(DayField {
            number: Some(number),
            ..DayField::default()
        })
    }
}

/// Is this word the era's state or one of its rulers?
fn names_it(index: usize, key: &str) -> bool {
    let table = table();
    let era = &table.eras[index];
    let state = table.states[era.state]
        .folded
        .iter()
        .any(|name| name == key);
    let mut rulers = era
        .rulers
        .iter()
        .chain(&era.ruler_letters)
        .map(|name| table.fold(name));
    state
        || rulers.any(|name| {
            name == key
                || name.strip_suffix("di") == Some(key)
                || name.strip_suffix('帝') == Some(key)
        })
}
