//! From the parts of a Chinese date to days, for every era that bears the name.

use super::ChineseDate;
use super::problems::{
    Problem, no_day, no_month, no_year, no_year_name, other_year_name, years_of,
};
use super::sexagenary_year;
use super::table::{Era, Month, Table, table};
use crate::calendar::Calendar;
use crate::datum::{Datum, Rival, union};
use crate::days::{Days, Jdn};
use crate::grid::Grain;
use crate::reading::{ErrorKind, Note, Precision};
use crate::settings::Settings;

/// What a phrase said, before any table was asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    /// Indices of the eras the name may mean.
    pub eras: Vec<usize>,
    /// The name as written, for messages.
    pub name: String,
    pub year: Option<i64>,
    /// The year's place in the cycle of sixty, instead of its number or beside it.
    pub year_cycle: Option<u8>,
    /// 0 for spring to 3 for winter.
    pub season: Option<u8>,
    pub month: Option<MonthField>,
    pub day: Option<DayField>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MonthField {
    /// From 1; 0 for the leap month, whichever it follows.
    pub number: u8,
    pub leap: bool,
    /// Written 一月, which is not 正月 in the calendar of 690-700.
    pub yi: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DayField {
    pub number: Option<u8>,
    pub cycle: Option<u8>,
    /// 晦: the last day of the month.
    pub last: bool,
}

/// The reading of other tables, with the words that name them.
type OtherTable = Option<(String, Days)>;

/// One era's reading of the fields.
struct Found {
    era: usize,
    days: Days,
    /// The same by other tables, with the words that name them.
    rival: OtherTable,
    /// Does it lie within the era's own days?
    inside: bool,
}

/// The days that the fields mean, in all eras of the name.
pub(super) fn resolve(fields: &Fields, settings: &Settings) -> Result<Datum, Problem> {
    let table = table();
    let mut found: Vec<Found> = Vec::new();
    let mut problem: Option<Problem> = None;
    let mut eras: Vec<usize> = fields.eras.clone();
    eras.sort_by_key(|index| {
        (
            table.rank(table.eras[*index].state),
            table.eras[*index].first,
        )
    });
    for index in eras {
        match in_named_years(table, index, fields) {
            Ok(reading) => found.push(reading),
            Err(reason) => {
                // The reason that got furthest tells most.
                let further = problem
                    .as_ref()
                    .is_none_or(|old| depth(reason.kind) > depth(old.kind));
                if further {
                    problem = Some(reason);
                }
            }
        }
    }
    if found.iter().any(|reading| reading.inside) {
        found.retain(|reading| reading.inside);
    }
    let mut notes = Vec::new();
    if let Some(covers) = &settings.covers
        && found
            .iter()
            .any(|reading| reading.days.intersect(covers).is_some())
    {
        let before = found.len();
        found.retain(|reading| reading.days.intersect(covers).is_some());
        if found.len() < before {
            let words = "eras of the same name outside what the chronicle covers are passed over";
            notes.push(Note {
                code: "era-by-window",
                words: words.to_owned(),
                lint: false,
            });
        }
    }
    if found.is_empty() {
        return Err(problem.unwrap_or(Problem {
            kind: ErrorKind::UnknownEra,
            message: format!("no era is called {}", fields.name),
            suggestion: None,
            readable: None,
        }));
    }
    Ok(datum(table, fields, found, notes))
}

fn depth(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::ImpossibleDay => 3,
        ErrorKind::ImpossibleMonth => 2,
        _ => 1,
    }
}

fn datum(table: &Table, fields: &Fields, found: Vec<Found>, mut notes: Vec<Note>) -> Datum {
    let mut alternatives: Vec<Rival> = Vec::new();
    let rival_of = |words: String, days: &Days| Rival::new(words, days.clone(), Calendar::Chinese);
    let mut groups: Vec<(String, Days, OtherTable)> = Vec::new();
    for reading in &found {
        let era = &table.eras[reading.era];
        let name = era_words(table, era);
        match groups.iter_mut().find(|group| group.1 == reading.days) {
            Some(group) => group.0 = format!("{} or {name}", group.0),
            None => groups.push((name.clone(), reading.days.clone(), reading.rival.clone())),
        }
        if !reading.inside {
            let words = format!(
                "{name} was in use from {} to {}",
                shown(era.first),
                shown(era.last)
            );
            notes.push(Note::lint("outside-era", words));
        }
    }
    let several = groups.len() > 1;
    for (name, days, rival) in &groups {
        match rival {
            Some((tables, other)) => {
                let here = format!("{name}, by the table of DILA as corrected");
                alternatives.push(rival_of(here, days));
                alternatives.push(rival_of(format!("{name}, by {tables}"), other));
            }
            None if several => alternatives.push(rival_of(name.clone(), days)),
            None => {}
        }
    }
    let options: Vec<Days> = match alternatives.is_empty() {
        true => groups.iter().map(|group| group.1.clone()).collect(),
        false => alternatives
            .iter()
            .map(|rival| rival.days.clone())
            .collect(),
    };
    let words = if groups.iter().any(|group| group.2.is_some()) {
        "months from the table of DILA, with corrections; other tables differ here"
    } else {
        "months from the table of DILA, with corrections"
    };
    notes.push(Note {
        code: "table-used",
        words: words.to_owned(),
        lint: false,
    });
    let precision = precision_of(fields);
    let all = union(&options);
    let grain = match (all.first(), all.last()) {
        (Some(first), Some(last)) if options.len() == 1 && last > first => {
            Grain::Run { first, last }
        }
        _ => Grain::Whole,
    };
    Datum {
        options,
        alternatives,
        notes,
        ..Datum::new(all, Calendar::Chinese, precision, grain)
    }
}

fn precision_of(fields: &Fields) -> Precision {
    let year = fields.year.or(fields.year_cycle.map(i64::from));
    match (fields.day, fields.month, fields.season, year) {
        (Some(_), ..) => Precision::Day,
        (_, Some(_), ..) => Precision::Month,
        (_, _, Some(_), _) => Precision::PartOfYear,
        (.., Some(_)) => Precision::Year,
        _ => Precision::Open,
    }
}

/// `Shangyuan (Gaozong, Tang)`.
fn era_words(table: &Table, era: &Era) -> String {
    let name = capital(era.letters.first().copied().unwrap_or(""));
    let state = table.states[era.state].english;
    match era.ruler_letters.first() {
        Some(ruler) if !era.unnamed => format!("{name} ({}, {state})", capital(ruler)),
        _ => format!("{name} ({state})"),
    }
}

fn shown(day: Jdn) -> String {
    crate::print::print_day(day, &Settings::default())
}

/// The word with a capital letter.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The fields in the years of an era that bear the name of the cycle, if one is given.
fn in_named_years(table: &Table, index: usize, fields: &Fields) -> Result<Found, Problem> {
    let Some(cycle) = fields.year_cycle else {
        return in_era(table, index, fields);
    };
    let era = &table.eras[index];
    if let Some(year) = fields.year {
        let there = sexagenary_year(era.base + year);
        let reading = in_era(table, index, fields)?;
        return match there == cycle {
            true => Ok(reading),
            false => Err(other_year_name(fields, there, cycle, &reading.days)),
        };
    }
    let last = years_of(table, era);
    let years = (1..=last).filter(|year| sexagenary_year(era.base + year) == cycle);
    let mut found: Option<Found> = None;
    for year in years {
        let of_year = Fields {
            year: Some(year),
            ..fields.clone()
        };
        let reading = in_era(table, index, &of_year)?;
        found = Some(match found {
            Some(first) => Found {
                days: first.days.union(&reading.days),
                ..first
            },
            None => reading,
        });
    }
    found.ok_or_else(|| no_year_name(era, fields, last, cycle))
}

fn in_era(table: &Table, index: usize, fields: &Fields) -> Result<Found, Problem> {
    let era = &table.eras[index];
    let span = Days::between(era.first, era.last);
    let found = |days: Days, rival: Option<(String, Days)>| {
        let within = days.intersect(&span);
        let inside = within.is_some();
        let rival = rival.map(|(words, other)| (words, other.intersect(&span).unwrap_or(other)));
        Found {
            era: index,
            days: within.unwrap_or(days),
            rival,
            inside,
        }
    };
    let Some(year) = fields.year else {
        return Ok(found(span.clone(), None));
    };
    let line_year = era.base + year;
    let months = table.year(era.state, line_year);
    let whole = match (months.first(), months.last()) {
        (Some(first), Some(last)) if year >= 1 => Days::between(first.first, last.last()),
        _ => return Err(no_year(table, era, fields)),
    };
    if whole.intersect(&span).is_none() {
        return Err(no_year(table, era, fields));
    }
    if let (Some(season), None) = (fields.season, fields.month) {
        let numbers = 3 * season + 1..=3 * season + 3;
        let of_season = months
            .iter()
            .filter(|month| numbers.contains(&month.number));
        let days = Days::from_ranges(of_season.map(|m| (Some(m.first), Some(m.last()))));
        return Ok(found(days.unwrap_or(whole), None));
    }
    let Some(wanted) = fields.month else {
        return Ok(found(whole, None));
    };
    let matching = matching_months(months, wanted, &span);
    if matching.is_empty() {
        return Err(no_month(era, fields, months, wanted));
    }
    let mut best: Option<Found> = None;
    let mut problem = None;
    for month in matching {
        match in_month(table, era, fields, month) {
            Ok((days, rival)) => {
                let reading = found(days, rival);
                best = Some(match best {
                    Some(first) if first.inside == reading.inside => Found {
                        days: first.days.union(&reading.days),
                        ..first
                    },
                    Some(first) if first.inside => first,
                    _ => reading,
                });
            }
            Err(reason) => problem = Some(reason),
        }
    }
    best.ok_or_else(|| problem.unwrap_or_else(|| no_month(era, fields, months, wanted)))
}

/// Months of that number; where two bear it, those that the era touches.
fn matching_months<'a>(months: &'a [Month], wanted: MonthField, span: &Days) -> Vec<&'a Month> {
    let same = |month: &&Month| {
        (wanted.number == 0 || month.number == wanted.number) && month.leap == wanted.leap
    };
    let mut found: Vec<&Month> = months.iter().filter(same).collect();
    let second = found.iter().any(|month| month.second_first);
    if second {
        found.retain(|month| month.second_first == wanted.yi);
    }
    let touched = |month: &Month| {
        Days::between(month.first, month.last())
            .intersect(span)
            .is_some()
    };
    if found.iter().any(|month| touched(month)) {
        found.retain(|month| touched(month));
    }
    found
}

type DaysAndRival = (Days, OtherTable);

/// The day within a month, by this table and by those that start the month on another day.
fn in_month(
    table: &Table,
    era: &Era,
    fields: &Fields,
    month: &Month,
) -> Result<DaysAndRival, Problem> {
    let rival = rival_month(table, month);
    let pick = |month: &Month| -> Option<Days> {
        let Some(day) = fields.day else {
            return Some(Days::between(month.first, month.last()));
        };
        let by_number = day.number.map(|number| {
            (1..=month.length)
                .contains(&number)
                .then(|| month.first + i64::from(number) - 1)
        });
        let by_cycle = day.cycle.map(|cycle| {
            let offset = (i64::from(cycle) - month.first - 49).rem_euclid(60);
            (offset < i64::from(month.length)).then_some(month.first + offset)
        });
        let jdn = match (by_number, by_cycle) {
            (Some(a), Some(b)) if a == b => a?,
            (Some(a), None) => a?,
            (None, Some(b)) => b?,
            (Some(_), Some(_)) => return None,
            (None, None) if day.last => month.last(),
            (None, None) => return None,
        };
        (!day.last || jdn == month.last()).then(|| Days::day(jdn))
    };
    let here = pick(month);
    let there = rival
        .as_ref()
        .and_then(|(words, month)| Some((words.clone(), pick(month)?)));
    match (here, there) {
        (Some(days), Some((words, other))) if other != days => Ok((days, Some((words, other)))),
        (Some(days), _) => Ok((days, None)),
        // Only the other tables know such a day.
        (None, Some((words, other))) => Ok((other.clone(), Some((words, other)))),
        (None, None) => Err(no_day(table, era, fields, month)),
    }
}

/// The month as other tables bound it, if any differs.
fn rival_month(table: &Table, month: &Month) -> Option<(String, Month)> {
    let start = table.rivals.get(&month.first);
    let next = table.rivals.get(&(month.last() + 1));
    let first = start.map_or(month.first, |rival| rival.first);
    let after = next.map_or(month.last() + 1, |rival| rival.first);
    let tables = start.or(next)?.tables;
    let length = u8::try_from(after - first)
        .ok()
        .filter(|length| (28..=31).contains(length))?;
    let words = match tables {
        "D" => "the table of DILA as published",
        "S" => "the table of sxwnl",
        "Y" => "the table of ytliu0",
        _ => "the tables of sxwnl and ytliu0",
    };
    Some((
        words.to_owned(),
        Month {
            first,
            length,
            ..*month
        },
    ))
}

/// A day as a date of an era.
pub(super) fn chinese_date(
    table: &Table,
    era: &Era,
    line_year: i64,
    month: &Month,
    jdn: Jdn,
) -> ChineseDate {
    let year = line_year - era.base;
    let day = (jdn - month.first + 1) as u8;
    let letters = capital(era.letters.first().copied().unwrap_or(""));
    let state = &table.states[era.state];
    let prefix = if era.unnamed {
        format!("{} ", state.english)
    } else {
        String::new()
    };
    let number = if month.second_first {
        "yi".to_owned()
    } else {
        month.number.to_string()
    };
    let leap = if month.leap { " leap " } else { "." };
    let name = era.names.first().copied().unwrap_or("");
    let full = if era.unnamed {
        format!("{}{name}", state.name)
    } else {
        name.to_owned()
    };
    ChineseDate {
        era: name.to_owned(),
        era_letters: letters.clone(),
        state: state.name.to_owned(),
        state_english: state.english.to_owned(),
        rulers: era.rulers.join("、"),
        year,
        month: month.number,
        leap: month.leap,
        day,
        written: format!("{prefix}{letters} {year}{leap}{number}.{day}"),
        characters: format!(
            "{full}{}年{}{}月{}日",
            if year == 1 {
                "元".to_owned()
            } else {
                characters(year as u8)
            },
            if month.leap { "閏" } else { "" },
            match (month.number, month.second_first, month.leap) {
                (1, false, false) => "正".to_owned(),
                (number, ..) => characters(number),
            },
            characters(day)
        ),
    }
}

/// Numbers up to 99 in characters.
pub(super) fn characters(number: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, units) = (usize::from(number / 10), usize::from(number % 10));
    match tens {
        0 => DIGITS[units].to_owned(),
        1 => format!("十{}", DIGITS[units]),
        tens => format!("{}十{}", DIGITS[tens % 10], DIGITS[units]),
    }
}
