//! Which kind of date is it? Each rule is tried in turn, in the calendar named beside the date.

use crate::calendar::Calendar;
use crate::datum::{Datum, Parsed, Parser};
use crate::settings::YearStart;

/// No brackets after a date hold more (unit: tokens).
const MOST_BRACKETED: usize = 12;

/// A calendar and a style of the year, named after a date.
#[derive(Clone, Copy, Debug, Default)]
struct Suffix {
    calendar: Option<Calendar>,
    style: Option<YearStart>,
    /// `O.S.`: Julian, and the year may have begun on 25 March.
    old_style: bool,
}

impl Suffix {
    fn of(calendar: Calendar) -> Suffix {
        Suffix {
            calendar: Some(calendar),
            ..Suffix::default()
        }
    }

    fn old_style() -> Suffix {
        Suffix {
            old_style: true,
            ..Suffix::of(Calendar::Julian)
        }
    }

    fn named(words: &str) -> Option<Suffix> {
        Some(match words {
            "julian" => Suffix::of(Calendar::Julian),
            "gregorian" => Suffix::of(Calendar::Gregorian),
            "os" | "old style" => Suffix::old_style(),
            "ns" | "new style" => Suffix::of(Calendar::Gregorian),
            _ => return None,
        })
    }

    /// Both together, unless both name a calendar or both a style.
    fn and(self, other: Suffix) -> Option<Suffix> {
        let twice = (self.calendar.is_some() && other.calendar.is_some())
            || (self.style.is_some() && other.style.is_some());
        (!twice).then_some(Suffix {
            calendar: self.calendar.or(other.calendar),
            style: self.style.or(other.style),
            old_style: self.old_style || other.old_style,
        })
    }
}

impl Parser<'_> {
    /// A date, with the calendar named beside it if there is one: `10 July 649 (Julian)`,
    /// `gregorian 649-07-13`, `10 February 1649 O.S.`.
    pub(crate) fn named_calendar(&mut self) -> Parsed<Datum> {
        let found = self.calendar_beside()?;
        Ok(found.map(|datum| self.with_indiction(datum)))
    }

    fn calendar_beside(&mut self) -> Parsed<Datum> {
        let start = self.at;
        let named = match self.word(0) {
            Some("julian") => Some(Calendar::Julian),
            Some("gregorian") => Some(Calendar::Gregorian),
            _ => None,
        };
        if let Some(calendar) = named {
            self.at += 1;
            return self.in_calendar(calendar, start);
        }
        let plain = self.attempt(Self::core);
        let end = self.at;
        // An impossible day may be possible in the calendar named after it.
        let after = match &plain {
            Ok(None) => None,
            _ => self.suffix_after(start, end),
        };
        let Some((suffix, stands_at)) = after else {
            self.at = end;
            return plain;
        };
        let past = self.at;
        self.at = start;
        let usual = self.settings.year_start;
        let calendar = suffix.calendar.unwrap_or(self.settings.calendar);
        // Whoever says how the year begins in the settings has said it for these dates too.
        let assumed = suffix.old_style && usual == YearStart::January1;
        self.settings.year_start = match suffix.style {
            Some(style) => style,
            None if assumed => YearStart::Unknown,
            None => usual,
        };
        let again = self.in_calendar(calendar, start);
        self.settings.year_start = usual;
        if self.at != stands_at && again.is_ok() {
            // The calendar stands after some later date.
            self.at = end;
            return plain;
        }
        self.at = past;
        Ok(again?.map(|datum| match datum.options.as_slice() {
            [days] if assumed && suffix.style.is_none() && days.ranges().len() > 1 => datum.note(
                "old-style-year",
                "“O.S.” does not say whether the year began on 1 January or on 25 March; \
                 “(O.S./25 March)” does",
            ),
            _ => datum,
        }))
    }

    /// What is named after a date. Where the date could not be read, its end is looked for: an
    /// impossible day may be possible in the calendar named there.
    fn suffix_after(&mut self, start: usize, end: usize) -> Option<(Suffix, usize)> {
        let read = end > start;
        let ends = if read {
            end..end + 1
        } else {
            start + 1..start + 6
        };
        for at in ends {
            self.at = at;
            if let Some(found) = self.suffix() {
                return Some((found, at));
            }
        }
        None
    }

    fn in_calendar(&mut self, calendar: Calendar, start: usize) -> Parsed<Datum> {
        let usual = std::mem::replace(&mut self.settings.calendar, calendar);
        let found = self.attempt(Self::core);
        self.settings.calendar = usual;
        if !matches!(found, Ok(Some(_))) {
            self.at = start;
        }
        found
    }

    /// The calendar and the style of the year that are named after a date: `O.S.`, `(Julian)`,
    /// `(England)`, `(O.S./25 March)`, `(Florentine style)`.
    fn suffix(&mut self) -> Option<Suffix> {
        let start = self.at;
        if self.is_mark(0, '(') {
            let found = self.bracketed();
            if found.is_none() {
                self.at = start;
            }
            return found;
        }
        let dotted = self.is_mark(1, '.') && self.is_word(2, &["s"]);
        let (words, found) = match (self.word(0)?, self.word(1)) {
            ("o", _) if dotted => (3, Suffix::old_style()),
            ("n", _) if dotted => (3, Suffix::of(Calendar::Gregorian)),
            ("old", Some("style")) => (2, Suffix::old_style()),
            ("new", Some("style")) => (2, Suffix::of(Calendar::Gregorian)),
            (word, _) => (1, Suffix::named(word)?),
        };
        self.at += words;
        let _ = words == 3 && self.eat_mark('.');
        let _ = self.eat_word(&["calendar"]);
        Some(found)
    }

    /// What stands in brackets, its parts joined by a stroke or a comma; all of it or nothing.
    fn bracketed(&mut self) -> Option<Suffix> {
        let open = self.text.tokens.get(self.at)?.end;
        let length = (1..MOST_BRACKETED).find(|ahead| self.is_mark(*ahead, ')'))?;
        let close = self.text.tokens.get(self.at + length)?.start;
        let inner = self.text.raw.get(open..close)?;
        let mut found = Suffix::default();
        for part in inner.split(['/', ',', ';']) {
            let part = part.trim();
            let plain = part.replace('.', "").to_lowercase();
            let plain = plain.strip_suffix(" calendar").unwrap_or(&plain);
            let next = Suffix::named(plain)
                .or_else(|| {
                    let land = self.settings.calendar_of_land(part)?;
                    Some(Suffix::of(land))
                })
                .or_else(|| {
                    let style = YearStart::parse(part)?;
                    Some(Suffix {
                        style: Some(style),
                        ..Suffix::default()
                    })
                })?;
            found = found.and(next)?;
        }
        self.at += length + 1;
        Some(found)
    }

    fn core(&mut self) -> Parsed<Datum> {
        let rules: [fn(&mut Self) -> Parsed<Datum>; 8] = [
            Self::other_calendar,
            Self::chinese,
            Self::century,
            Self::decade,
            Self::season,
            Self::edtf_date,
            Self::numeric,
            Self::western,
        ];
        for rule in rules {
            if let Some(datum) = self.attempt(rule)? {
                return Ok(Some(datum));
            }
        }
        Ok(None)
    }
}
