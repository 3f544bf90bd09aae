//! The date of a question: an instant, days, or a moment that moves with the timelines.
//!
//! What comes in: the conditions of the question's date. What goes out: a [`Time`]. A day is asked
//! as it closes; `at #x` and `before #x` mean just before it starts, `after #x` just after it
//! ends.

use annals_chronicle::{
    Anchor, Bound, Condition, Constraint, Day, DayRange, DaySet, Edge, Fluent, Moment, Point, When,
};
use annals_reason::At;
use annals_text::Report;

use crate::answer::TimeShown;
use crate::ask::{Asked, Asker};

/// When a question asks about.
#[derive(Clone, Debug)]
pub(crate) enum Time {
    /// The whole covered time.
    Whole,
    /// One instant of the chronicle's own line.
    Instant(At),
    /// Every day of a set of more than one day.
    Days(DaySet),
    /// A moment placed by these conditions; `closing` asks as its day closes.
    Moving {
        /// The conditions.
        when: When,
        /// Whether the end of that day is meant rather than the moment.
        closing: bool,
    },
}

/// A question's time, read and shown.
#[derive(Clone, Debug)]
pub(crate) struct AskedTime {
    pub time: Time,
    pub shown: Option<TimeShown>,
}

impl Asker<'_> {
    /// Reads the date of a question.
    pub(crate) fn read_time(&self, date: Asked<'_>) -> Result<AskedTime, Vec<Report>> {
        let when = self
            .dates
            .read_when(date.text, date.span)
            .map_err(|report| vec![report])?;
        let mut assumptions = Vec::new();
        let when = When {
            conditions: when
                .conditions
                .into_iter()
                .map(|c| narrowed(c, &mut assumptions))
                .collect(),
        };
        let mut asked = self.place_time(date, &when)?;
        if let Some(shown) = &mut asked.shown {
            shown.assumptions = assumptions;
        }
        Ok(asked)
    }

    fn place_time(&self, date: Asked<'_>, when: &When) -> Result<AskedTime, Vec<Report>> {
        let points: Option<Vec<DaySet>> = when.conditions.iter().map(condition_days).collect();
        if let Some(sets) = points {
            let mut common = DaySet::all();
            for set in &sets {
                common = common.intersect(set).ok_or_else(|| vec![no_day(date)])?;
            }
            return Ok(self.fixed_time(date, common));
        }
        let (time, read_as) = self.relative_time(date, when);
        let days = match &time {
            Time::Instant(At::Before(moment)) => Some(self.days(&self.moment_days(*moment))),
            _ => None,
        };
        let shown = TimeShown {
            words: date.text.to_owned(),
            read_as,
            days,
            assumptions: vec![],
        };
        Ok(AskedTime {
            time,
            shown: Some(shown),
        })
    }

    fn fixed_time(&self, date: Asked<'_>, days: DaySet) -> AskedTime {
        if days.is_all() {
            return AskedTime {
                time: Time::Whole,
                shown: None,
            };
        }
        let (time, read_as) = match days.single() {
            Some(day) => (
                Time::Instant(At::Day(day)),
                format!("on {}, as that day closes", self.day(day).text),
            ),
            None => (
                Time::Days(days.clone()),
                format!("on the days {}", self.days(&days).exact),
            ),
        };
        let shown = TimeShown {
            words: date.text.to_owned(),
            read_as,
            days: Some(self.days(&days)),
            assumptions: vec![],
        };
        AskedTime {
            time,
            shown: Some(shown),
        }
    }

    fn relative_time(&self, date: Asked<'_>, when: &When) -> (Time, String) {
        if let [condition] = &when.conditions[..]
            && let [point] = &condition.alternatives[..]
        {
            match *point {
                Point::At(anchor) | Point::Before(anchor) => return self.just_before(anchor),
                Point::After(anchor) => {
                    let same_day = Point::Offset {
                        anchor,
                        least: Some(0),
                        most: Some(0),
                    };
                    let mut conditions = when.conditions.clone();
                    conditions.push(Condition {
                        alternatives: vec![same_day].into(),
                        ..condition.clone()
                    });
                    let words = self.event_words(anchor.event);
                    return (
                        Time::Moving {
                            when: When { conditions },
                            closing: false,
                        },
                        format!("just after {words}, on the same day"),
                    );
                }
                _ => {}
            }
        }
        let closing = when.conditions.iter().any(|c| {
            let exact = |p: &Point| matches!(p, Point::Offset { least, most, .. } if least.is_some() && least == most);
            c.alternatives.iter().all(exact)
        });
        let read_as = if closing {
            format!("{}, as that day closes", date.text)
        } else {
            format!("whenever it is {}", date.text)
        };
        let when = when.clone();
        (Time::Moving { when, closing }, read_as)
    }

    fn just_before(&self, anchor: Anchor) -> (Time, String) {
        let (edge, what) = match anchor.bound {
            Bound::Start | Bound::Whole => (Edge::Start, "starts"),
            Bound::End => (Edge::End, "ends"),
        };
        let moment = Moment {
            event: anchor.event,
            edge,
        };
        let words = self.event_words(anchor.event);
        (
            Time::Instant(At::Before(moment)),
            format!("just before {words} {what}"),
        )
    }

    /// The first and last day the chronicle speaks of.
    pub(crate) fn whole_time(&self) -> (Day, Day) {
        self.chronicle
            .covers
            .unwrap_or_else(|| self.reasoner.reach())
    }

    /// The same for one state. Where the chronicle does not say what it covers, the days reach on
    /// to the last day on which anything that begins or ends the state can lie, and over the time
    /// after which it fades.
    pub(crate) fn whole_time_of(&self, fluent: &Fluent) -> (Day, Day) {
        let (mut first, mut last) = self.whole_time();
        if self.chronicle.covers.is_some() {
            return (first, last);
        }
        let mut events = self.changes(fluent);
        events.extend(self.starters(fluent));
        for moment in events
            .iter()
            .flat_map(|e| [self.start_of(*e), self.end_of(*e)])
        {
            let days = self.moment_days(moment);
            first = days.first().map_or(first, |d| first.min(d));
            // A change without a last day may come on any day after its first.
            let latest = days.last().or(days.first());
            last = latest.map_or(last, |d| last.max(Day(d.0.saturating_add(1))));
        }
        let mut longest = 0;
        let mut seen = vec![fluent.relation];
        let mut next = 0;
        while let Some(relation) = seen.get(next).copied() {
            for constraint in &self.relation(relation).constraints {
                match constraint {
                    Constraint::FadesAfter { days, .. } => longest = longest.max(*days),
                    Constraint::Needs(template) if !seen.contains(&template.relation) => {
                        seen.push(template.relation);
                    }
                    _ => {}
                }
            }
            next += 1;
        }
        let after = if longest == 0 { 0 } else { longest + 1 };
        (first, Day(last.0.saturating_add(after)))
    }

    /// The ranges of a set with open ends cut at the days the chronicle speaks of.
    pub(crate) fn closed_ranges(&self, days: &DaySet) -> Vec<(Day, Day)> {
        let (first, last) = self.whole_time();
        days.ranges()
            .iter()
            .map(|range: &DayRange| {
                let from = range
                    .first
                    .unwrap_or_else(|| range.last.unwrap_or(first).min(first));
                let to = range.last.unwrap_or_else(|| from.max(last));
                (from, to)
            })
            .collect()
    }
}

/// An assumed width is used, and named.
fn narrowed(mut condition: Condition, assumptions: &mut Vec<String>) -> Condition {
    if let Some(soft) = condition.soft.take() {
        assumptions.push(soft.words);
        condition.alternatives = vec![soft.point].into();
    }
    condition
}

/// The days a condition stands for, where it names no label.
pub(crate) fn condition_days(condition: &Condition) -> Option<DaySet> {
    let mut days: Option<DaySet> = None;
    for point in &condition.alternatives {
        let set = point_days(point)?;
        days = Some(match days {
            Some(before) => before.union(&set),
            None => set,
        });
    }
    let days = days.unwrap_or_else(DaySet::all);
    if condition.reported {
        return DaySet::range(None, days.last());
    }
    Some(days)
}

fn point_days(point: &Point) -> Option<DaySet> {
    match point {
        Point::Undated | Point::Always => Some(DaySet::all()),
        Point::On(set) | Point::Throughout(set) => Some(set.clone()),
        Point::Span { from, to } => DaySet::range(
            from.as_ref().and_then(DaySet::first),
            to.as_ref().and_then(DaySet::last),
        ),
        Point::After(_)
        | Point::Before(_)
        | Point::During(_)
        | Point::At(_)
        | Point::Offset { .. }
        | Point::Cell { .. } => None,
    }
}

fn no_day(date: Asked<'_>) -> Report {
    Report::error(
        "impossible-day",
        format!("no day is {}", crate::words::one_line(date.text)),
    )
    .at(date.span, "these conditions exclude each other")
}
