//! A date in the making, and the cursor that the reading rules share.

use crate::calendar::Calendar;
use crate::days::{Days, Jdn};
use crate::grid::Grain;
use crate::reading::{DateError, ErrorKind, Note, Precision};
use crate::settings::Settings;
use crate::text::{Kind, Text};

/// One of several readings of a date.
#[derive(Clone, Debug)]
pub(crate) struct Rival {
    /// What chooses this reading.
    pub words: String,
    pub days: Days,
    pub calendar: Calendar,
}

impl Rival {
    pub fn new(words: impl Into<String>, days: Days, calendar: Calendar) -> Rival {
        Rival {
            words: words.into(),
            days,
            calendar,
        }
    }
}

/// One absolute date before a preposition has acted on it.
#[derive(Clone, Debug)]
pub(crate) struct Datum {
    /// The days of each branch of an `or`; never empty.
    pub options: Vec<Days>,
    /// Narrower days and the assumption that gives them.
    pub soft: Option<(String, Days)>,
    /// Rival readings.
    pub alternatives: Vec<Rival>,
    pub uncertain: bool,
    pub approximate: bool,
    pub calendar: Calendar,
    pub precision: Precision,
    pub grain: Grain,
    pub notes: Vec<Note>,
}

impl Datum {
    pub fn new(days: Days, calendar: Calendar, precision: Precision, grain: Grain) -> Datum {
        Datum {
            options: vec![days],
            soft: None,
            alternatives: Vec::new(),
            uncertain: false,
            approximate: false,
            calendar,
            precision,
            grain,
            notes: Vec::new(),
        }
    }

    pub fn day(day: Jdn, calendar: Calendar) -> Datum {
        Datum::new(Days::day(day), calendar, Precision::Day, Grain::Whole)
    }

    /// All days that any branch allows.
    pub fn days(&self) -> Days {
        union(&self.options)
    }

    /// The days of the soft reading, or the hard ones where nothing is soft.
    pub fn soft_days(&self) -> Days {
        self.soft
            .as_ref()
            .map_or_else(|| self.days(), |soft| soft.1.clone())
    }

    pub fn note(mut self, code: &'static str, words: impl Into<String>) -> Datum {
        self.notes.push(Note {
            code,
            words: words.into(),
            lint: false,
        });
        self
    }

    pub fn lint(mut self, code: &'static str, words: impl Into<String>) -> Datum {
        self.notes.push(Note::lint(code, words));
        self
    }

    /// `self or other`.
    pub fn or(mut self, other: Datum) -> Datum {
        if self.soft.is_some() || other.soft.is_some() {
            let mut words: Vec<String> = Vec::new();
            for soft in [&self.soft, &other.soft].into_iter().flatten() {
                if !words.contains(&soft.0) {
                    words.push(soft.0.clone());
                }
            }
            let days = self.soft_days().union(&other.soft_days());
            self.soft = Some((words.join("; "), days));
        }
        if !self.alternatives.is_empty() || !other.alternatives.is_empty() {
            self.alternatives = cross(&self, &other)
                .into_iter()
                .map(|(rival, other)| Rival {
                    days: rival.days.union(&other),
                    ..rival
                })
                .collect();
        }
        self.options.extend(other.options);
        self.uncertain |= other.uncertain;
        self.approximate |= other.approximate;
        self.precision = self.precision.max(other.precision);
        self.grain = Grain::Whole;
        self.notes.extend(other.notes);
        self
    }
}

/// Every pair of readings of two dates: the first with the words that choose both, and the days of
/// the second.
pub(crate) fn cross(a: &Datum, b: &Datum) -> Vec<(Rival, Days)> {
    let readings = |datum: &Datum| match datum.alternatives.as_slice() {
        [] => vec![Rival::new("", datum.days(), datum.calendar)],
        many => many.to_vec(),
    };
    let mut pairs = Vec::new();
    for left in readings(a) {
        for right in readings(b) {
            let words = match (left.words.is_empty(), right.words.is_empty()) {
                (true, _) => right.words,
                (_, true) => left.words.clone(),
                _ if left.words == right.words => left.words.clone(),
                _ => format!("{}; {}", left.words, right.words),
            };
            let rival = Rival::new(words, left.days.clone(), left.calendar);
            pairs.push((rival, right.days));
        }
    }
    pairs
}

pub(crate) fn union(options: &[Days]) -> Days {
    options
        .iter()
        .cloned()
        .reduce(|joined, option| joined.union(&option))
        .unwrap_or_else(Days::all)
}

/// `Ok(None)` means that the text does not have this form; the cursor is then where it was.
pub(crate) type Parsed<T> = Result<Option<T>, DateError>;

/// A cursor over the tokens of one phrase.
pub(crate) struct Parser<'a> {
    pub text: Text<'a>,
    pub settings: Settings,
    /// The month named by the first half of “September 17 to 28, 644”.
    pub month_hint: Option<u8>,
    /// The eras named by the first half of “Zhenguan 18.8.11 to 18.8.22”, and their name.
    pub era_hint: Option<(Vec<usize>, String)>,
    pub at: usize,
}

impl<'a> Parser<'a> {
    pub fn new(raw: &'a str, settings: &Settings) -> Parser<'a> {
        Parser {
            text: Text::new(raw),
            settings: settings.clone(),
            month_hint: None,
            era_hint: None,
            at: 0,
        }
    }

    pub fn kind(&self, ahead: usize) -> Option<&Kind> {
        self.text
            .tokens
            .get(self.at + ahead)
            .map(|token| &token.kind)
    }

    /// The word `ahead` tokens on, in lower case.
    pub fn word(&self, ahead: usize) -> Option<&str> {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub fn is_word(&self, ahead: usize, words: &[&str]) -> bool {
        self.word(ahead).is_some_and(|word| words.contains(&word))
    }

    pub fn is_mark(&self, ahead: usize, mark: char) -> bool {
        self.kind(ahead) == Some(&Kind::Mark(mark))
    }

    /// Is there no white space before the token `ahead`?
    pub fn joined(&self, ahead: usize) -> bool {
        self.text
            .tokens
            .get(self.at + ahead)
            .is_some_and(|token| !token.spaced)
    }

    pub fn number(&self, ahead: usize) -> Option<(i64, usize)> {
        match self.kind(ahead) {
            Some(Kind::Number { value, digits }) => Some((*value, *digits)),
            _ => None,
        }
    }

    pub fn eat_word(&mut self, words: &[&str]) -> bool {
        let found = self.is_word(0, words);
        self.at += usize::from(found);
        found
    }

    /// Eats these words if all of them follow in this order.
    pub fn eat_words(&mut self, words: &[&str]) -> bool {
        let found = words
            .iter()
            .enumerate()
            .all(|(ahead, word)| self.word(ahead) == Some(word));
        if found {
            self.at += words.len();
        }
        found
    }

    pub fn eat_mark(&mut self, mark: char) -> bool {
        let found = self.is_mark(0, mark);
        self.at += usize::from(found);
        found
    }

    /// Runs a rule and puts the cursor back if the rule does not apply.
    pub fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let start = self.at;
        let found = rule(self);
        if !matches!(found, Ok(Some(_))) {
            self.at = start;
        }
        found
    }

    /// An error over the tokens from `start` to the cursor.
    pub fn error(&self, start: usize, kind: ErrorKind, message: impl Into<String>) -> DateError {
        let first = self.text.tokens.get(start).map_or(0, |token| token.start);
        let last = self
            .text
            .end_before(self.at.max(start + 1).min(self.text.tokens.len()));
        DateError {
            kind,
            range: first..last.max(first),
            message: message.into(),
            suggestion: None,
            readable: None,
        }
    }
}
