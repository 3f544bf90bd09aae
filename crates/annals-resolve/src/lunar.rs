//! A lint: the numbers of a lunar date, printed as if they were a Western one.
//!
//! Many a page turns “the 20th day of the 6th month” into 20 June. One such date alone cannot be
//! told from a true one. Where another account of the same thing has the very day that these
//! numbers mean as a lunar date, the slip is likely, and the two need not contradict each other.

use annals_calendar::{self as calendar, Calendar, Precision, Settings, Ymd};
use annals_chronicle::{Chronicle, Claim, Condition, DaySet, Filler, Origin, Point, Sentence};
use annals_text::Report;

use crate::words::brief;

/// How much later than its Western namesake a lunar date falls (unit: days).
const LATER: std::ops::RangeInclusive<i64> = 10..=65;

/// From the first month of the table to the end of the lunar calendar in the state's use.
const TABLE: std::ops::RangeInclusive<i64> = 1_670_000..=2_419_446;

/// A condition of a claim that names one day.
#[derive(Clone, Copy)]
struct Dated<'c> {
    claim: &'c Claim,
    condition: &'c Condition,
    day: i64,
}

/// Reports each Western date whose numbers, as a lunar date, give the day of a like claim.
pub(crate) fn lint(chronicle: &Chronicle, settings: &Settings, reports: &mut Vec<Report>) {
    let dated: Vec<Dated<'_>> = chronicle.claims.iter().flat_map(days_named).collect();
    // The sort keeps the order of the text among those of one day.
    let mut by_day = dated.clone();
    by_day.sort_by_key(|one| one.day);
    let between = |first: i64, last: i64| {
        let from = by_day.partition_point(|one| one.day < first);
        let others = by_day[from..].iter();
        others.take_while(move |one| one.day <= last)
    };
    for one in &dated {
        let mut later = between(one.day + LATER.start(), one.day + LATER.end());
        if !later.any(|other| alike(one, other)) {
            continue;
        }
        let Some(lunar) = lunar_day(one, settings) else {
            continue;
        };
        if let Some(other) = between(lunar, lunar).find(|other| alike(one, other)) {
            reports.push(report(one, other, settings));
        }
    }
}

fn days_named(claim: &Claim) -> impl Iterator<Item = Dated<'_>> {
    let single = |days: &DaySet| {
        (days.first() == days.last())
            .then(|| days.first())
            .flatten()
    };
    let conditions = claim.when.conditions.iter();
    let own = conditions.filter(|c| c.origin == Origin::Claim);
    own.flat_map(move |condition| {
        let ends = match condition.alternatives.as_slice() {
            [Point::On(days)] => [Some(days), None],
            [Point::Span { from, to }] => [from.as_ref(), to.as_ref()],
            _ => [None, None],
        };
        let days = ends.into_iter().flatten().filter_map(single);
        let days = days.map(|day| i64::from(day.0));
        days.filter(|day| TABLE.contains(day))
            .map(move |day| Dated {
                claim,
                condition,
                day,
            })
    })
}

/// Do two claims tell of one event, or say the same of one thing?
fn alike(one: &Dated<'_>, other: &Dated<'_>) -> bool {
    if std::ptr::eq(one.condition, other.condition) {
        return false;
    }
    if one.claim.event == other.claim.event {
        return true;
    }
    match (&one.claim.sentence, &other.claim.sentence) {
        (
            Sentence::Happens {
                event_type: a,
                roles: left,
                ..
            },
            Sentence::Happens {
                event_type: b,
                roles: right,
                ..
            },
        ) => a == b && shares(left, right),
        (
            Sentence::Holds {
                relation: a,
                roles: left,
                ..
            },
            Sentence::Holds {
                relation: b,
                roles: right,
                ..
            },
        ) => a == b && shares(left, right),
        _ => false,
    }
}

fn shares(left: &[Filler], right: &[Filler]) -> bool {
    left.iter()
        .zip(right)
        .any(|(a, b)| a == b && matches!(a, Filler::Entities(_)))
}

/// The day that the numbers of a Western date mean as a lunar date.
fn lunar_day(one: &Dated<'_>, settings: &Settings) -> Option<i64> {
    let reading = calendar::read(&one.condition.written, settings).ok()?;
    let western = matches!(
        reading.calendar,
        Calendar::Historical { .. } | Calendar::Julian | Calendar::Gregorian
    );
    if !western || reading.precision != Precision::Day {
        return None;
    }
    // The numbers as written are those of the day the claim has, in its own file's calendar.
    let hull = reading.shape.hull();
    let near = [hull.first(), hull.last()]
        .into_iter()
        .flatten()
        .min_by_key(|day| (day - one.day).abs())?;
    let Ymd { year, month, day } = reading.calendar.from_jdn(near);
    calendar::lunar_namesake(year, month, day)
}

fn report(one: &Dated<'_>, other: &Dated<'_>, settings: &Settings) -> Report {
    let shown = calendar::print_day(other.day, settings);
    let lunar = calendar::chinese_dates(other.day);
    let lunar = lunar.first().map(|date| date.written.clone());
    let lunar = lunar.unwrap_or_default();
    let report = Report::lint(
        "lunar-date-as-western",
        format!(
            "`{}` has the numbers of the lunar date {lunar}, which was {shown}",
            brief(&one.condition.written)
        ),
    )
    .at(one.condition.span, "a month and day of the lunar calendar?")
    .also(other.condition.span, format!("told of {shown} here"))
    .note("many works print a lunar month and day as if they were Western ones");
    report.help(format!("look the date up; if it is lunar, write `{lunar}`"))
}
