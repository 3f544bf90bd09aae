//! What a date phrase means, in plain text: the content of `annals date`.
//!
//! What comes in: a phrase, a reading of one, or a day number. What goes out: lines of text, one
//! fact a line, in an order that never changes.

use crate::calendar::Calendar;
use crate::days::{Days, Jdn};
use crate::phrase::read;
use crate::print::{print_day, print_days};
use crate::reading::{DateError, Reading, Shape};
use crate::settings::Settings;
use crate::views::{DayViews, day_views, edtf_of_shape};

/// Which calendars a description shows beside the Julian, the Gregorian and the Chinese one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// None of them.
    #[default]
    Usual,
    /// This one.
    One(Calendar),
    /// All of them.
    All,
}

/// What a phrase means, in plain text, one fact a line.
///
/// ```
/// use annals_calendar::{Settings, Shown, describe};
/// let text = describe("Zhenguan 18.8.11", &Settings::default(), Shown::Usual)?;
/// assert!(text.contains("Julian     17 September 644"));
/// # Ok::<(), annals_calendar::DateError>(())
/// ```
///
/// # Errors
///
/// The [`DateError`] of [`read`].
pub fn describe(text: &str, settings: &Settings, shown: Shown) -> Result<String, DateError> {
    Ok(describe_reading(&read(text, settings)?, settings, shown))
}

/// The same for a phrase that has been read.
pub fn describe_reading(reading: &Reading, settings: &Settings, shown: Shown) -> String {
    let mut lines = Lines {
        out: vec![reading.written.clone()],
        settings,
        shown,
    };
    lines.shape("", &reading.shape);
    if let Some(soft) = &reading.soft {
        lines.push("", &format!("  assumed    {}", soft.words));
        lines.shape("  ", &soft.shape);
    }
    for rival in &reading.alternatives {
        let words = format!("  reading    {} ({})", rival.words, rival.calendar.name());
        lines.push("", &words);
        lines.shape("  ", &rival.shape);
    }
    if reading.uncertain {
        lines.push("", "  doubted    the date is marked uncertain");
    }
    for note in &reading.notes {
        let kind = if note.lint { "warning" } else { "note   " };
        lines.push("", &format!("  {kind}    {} [{}]", note.words, note.code));
    }
    lines.finish()
}

/// A day in every calendar, in plain text.
///
/// ```
/// use annals_calendar::{Settings, Shown, describe_day};
/// let text = describe_day(1_958_296, &Settings::default(), Shown::All);
/// assert!(text.contains("AH 28-10-23"));
/// ```
pub fn describe_day(day: Jdn, settings: &Settings, shown: Shown) -> String {
    let mut lines = Lines {
        out: vec![format!("Julian day {day}")],
        settings,
        shown,
    };
    lines.shape("", &Shape::On(Days::day(day)));
    lines.finish()
}

struct Lines<'a> {
    out: Vec<String>,
    settings: &'a Settings,
    shown: Shown,
}

impl Lines<'_> {
    fn push(&mut self, indent: &str, line: &str) {
        self.out.push(format!("{indent}{line}"));
    }

    fn finish(mut self) -> String {
        self.out.push(String::new());
        self.out.join("\n")
    }

    fn shape(&mut self, indent: &str, shape: &Shape) {
        match shape {
            Shape::On(days) => self.days(indent, "on", days),
            Shape::Throughout(days) => self.days(indent, "throughout", days),
            Shape::Span { from, to } => {
                for (name, days) in [("from", from), ("to", to)] {
                    match days {
                        Some(days) => self.days(indent, name, days),
                        None => self.push(indent, &format!("  {name:<10} not said")),
                    }
                }
            }
            Shape::All(members) => {
                for days in members {
                    self.days(indent, "each", days);
                }
            }
        }
        let edtf = edtf_of_shape(shape);
        self.push(indent, &format!("  {:<10} {edtf}", "EDTF"));
    }

    fn days(&mut self, indent: &str, name: &str, days: &Days) {
        let words = print_days(days, self.settings);
        self.push(indent, &format!("  {name:<10} {words}"));
        if days.is_all() {
            return;
        }
        let views = [days.first(), days.last()].map(|day| day.map(day_views));
        let facts: [Fact; 6] = [
            ("JDN", |views| views.jdn.to_string()),
            ("Julian", |views| views.julian.clone()),
            ("Gregorian", |views| views.gregorian.clone()),
            ("weekday", |views| views.weekday.to_owned()),
            ("day name", |views| {
                format!("{} {}", views.sexagenary, views.sexagenary_characters)
            }),
            ("Chinese", chinese),
        ];
        let single = days.single().is_some();
        for (name, show) in facts {
            let text =
                |views: &Option<DayViews>, open: &str| views.as_ref().map_or(open.to_owned(), show);
            let (first, last) = (text(&views[0], "no beginning"), text(&views[1], "no end"));
            let words = match (single, name) {
                _ if first.is_empty() && last.is_empty() => continue,
                (true, _) => first,
                (false, "JDN") => match (days.first(), days.last()) {
                    (Some(a), Some(b)) => {
                        format!("{first} to {last}, {} days", days_in(days, a, b))
                    }
                    _ => format!("{first} to {last}"),
                },
                (false, _) => format!("{} to {}", or_dash(first), or_dash(last)),
            };
            self.push(indent, &format!("    {name:<10} {words}"));
        }
        self.others(indent, &views, single);
    }

    /// The calendars asked for beside the usual ones.
    fn others(&mut self, indent: &str, views: &[Option<DayViews>; 2], single: bool) {
        let names: Vec<&str> = views
            .iter()
            .flatten()
            .flat_map(|views| views.others.iter().map(|(name, _)| *name))
            .fold(Vec::new(), |mut names, name| {
                if !names.contains(&name) {
                    names.push(name);
                }
                names
            });
        let mut lines: Vec<(String, String)> = Vec::new();
        for name in names {
            let asked = match self.shown {
                Shown::Usual => name == Calendar::ISLAMIC.name() && single,
                Shown::One(calendar) => calendar.name() == name,
                Shown::All => true,
            };
            if !asked {
                continue;
            }
            let of = |views: &Option<DayViews>| {
                let found = views
                    .as_ref()?
                    .others
                    .iter()
                    .find(|(other, _)| *other == name)?;
                Some(found.1.clone())
            };
            let (first, last) = (of(&views[0]), of(&views[1]));
            let words = match (first, last) {
                (Some(first), _) if single => first,
                (first, last) => format!(
                    "{} to {}",
                    first.unwrap_or_else(|| "-".to_owned()),
                    last.unwrap_or_else(|| "-".to_owned())
                ),
            };
            let words = match name {
                "islamic" => format!("{words}, give or take a day"),
                _ => words,
            };
            lines.push((capital(name), words));
        }
        if let Shown::One(calendar) = self.shown
            && lines.is_empty()
            && !matches!(
                calendar,
                Calendar::Julian | Calendar::Gregorian | Calendar::Chinese
            )
        {
            lines.extend(self.plain(calendar, views, single));
        }
        for (name, words) in lines {
            self.push(indent, &format!("    {name:<10} {words}"));
        }
    }

    /// A calendar with months of its own land, as numbers.
    fn plain(
        &self,
        calendar: Calendar,
        views: &[Option<DayViews>; 2],
        single: bool,
    ) -> Option<(String, String)> {
        let settings = Settings {
            calendar,
            ..self.settings.clone()
        };
        let show = |views: &Option<DayViews>| {
            views
                .as_ref()
                .map_or("-".to_owned(), |views| print_day(views.jdn, &settings))
        };
        let words = match single {
            true => show(&views[0]),
            false => format!("{} to {}", show(&views[0]), show(&views[1])),
        };
        Some((capital(calendar.name()), words))
    }
}

/// The name of a fact about a day and how it is shown.
type Fact = (&'static str, fn(&DayViews) -> String);

fn chinese(views: &DayViews) -> String {
    let dates: Vec<String> = views
        .chinese
        .iter()
        .map(|(letters, characters)| format!("{letters} {characters}"))
        .collect();
    dates.join(" = ")
}

fn or_dash(words: String) -> String {
    if words.is_empty() {
        "-".to_owned()
    } else {
        words
    }
}

fn days_in(days: &Days, first: Jdn, last: Jdn) -> i64 {
    let lengths = days.ranges().iter().map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => b - a + 1,
        _ => last - first + 1,
    });
    lengths.sum()
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lunar_day_in_every_calendar() {
        let text = describe("Zhenguan 18.8.11", &Settings::default(), Shown::Usual).unwrap();
        for part in [
            "on         644-09-17",
            "JDN        1956539",
            "Julian     17 September 644",
            "Gregorian  20 September 644",
            "EDTF       0644-09-20",
            "weekday    Friday",
            "day name   renzi 壬子",
            "Chinese    Zhenguan 18.8.11 貞觀十八年八月十一日",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }
}
