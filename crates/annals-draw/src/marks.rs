//! What a page needs to know of a mark: what it stands for, when it holds, and its words.
//!
//! What comes in: events and states of an overview. What goes out: the group that holds a mark's
//! shapes, with its attributes. A page that moves a cursor reads `data-when` and asks nobody.

use std::fmt::Write as _;

use annals_query::{DaysSeen, EventSeen, RunSeen, StateSeen};

use crate::svg::{Svg, number};

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An event of the overview.
    Event,
    /// A state of the overview.
    State,
    /// A thing of the overview.
    Thing,
    /// A road of the overview.
    Road,
}

impl Kind {
    /// The word of `data-kind`, which is also a class.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Event => "event",
            Kind::State => "state",
            Kind::Thing => "thing",
            Kind::Road => "road",
        }
    }
}

/// How surely a mark holds on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// It does not, or nothing is known of it.
    None,
    /// It may.
    Possible,
    /// It does.
    Certain,
}

impl At {
    /// The class of a mark at the day of the cursor.
    pub fn class(self) -> &'static str {
        match self {
            At::None => "at-none",
            At::Possible => "at-possible",
            At::Certain => "at-certain",
        }
    }
}

/// Days with one verdict; `None` is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// The first day.
    pub first: Option<i32>,
    /// The last day.
    pub last: Option<i32>,
    /// Whether it certainly holds then; otherwise possibly.
    pub certain: bool,
}

/// When a mark holds: runs of days, earliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    runs: Vec<Run>,
}

impl When {
    /// The runs of a state, as the overview has them.
    pub fn of_runs(runs: &[RunSeen]) -> When {
        let run = |r: &RunSeen| Run {
            first: Some(r.first),
            last: r.last,
            certain: r.certain,
        };
        When {
            runs: runs.iter().map(run).collect(),
        }
    }

    /// When a state holds.
    pub fn of_state(state: &StateSeen) -> When {
        When::of_runs(&state.runs)
    }

    /// When an event takes place. It surely does between its latest start and its earliest end, or
    /// on its day if it has but one; and only if nobody doubts that it happened.
    pub fn of_event(event: &EventSeen) -> When {
        let certain = event.status == "happened";
        match &event.end {
            None => When::of_moment(&event.start, certain),
            Some(end) => When::of_length(&event.start, end, certain),
        }
    }

    fn of_moment(days: &[DaysSeen], certain: bool) -> When {
        let alone = matches!(days, [one] if one.first.is_some() && one.first == one.last);
        let run = |r: &DaysSeen| Run {
            first: r.first,
            last: r.last,
            certain: certain && alone,
        };
        When {
            runs: days.iter().map(run).collect(),
        }
    }

    fn of_length(start: &[DaysSeen], end: &[DaysSeen], certain: bool) -> When {
        let first = start.first().and_then(|r| r.first);
        let last = end.last().and_then(|r| r.last);
        let sure = start
            .last()
            .and_then(|r| r.last)
            .zip(end.first().and_then(|r| r.first));
        let Some((from, to)) = sure.filter(|(from, to)| certain && from <= to) else {
            let whole = Run {
                first,
                last,
                certain: false,
            };
            return When { runs: vec![whole] };
        };
        let mut runs = Vec::new();
        if first != Some(from) {
            let (last, certain) = (from.checked_sub(1), false);
            runs.push(Run {
                first,
                last,
                certain,
            });
        }
        runs.push(Run {
            first: Some(from),
            last: Some(to),
            certain: true,
        });
        if last != Some(to) {
            let (first, certain) = (to.checked_add(1), false);
            runs.push(Run {
                first,
                last,
                certain,
            });
        }
        When { runs }
    }

    /// The runs.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// How surely the mark holds on a day.
    pub fn at(&self, day: i32) -> At {
        let holds = |r: &&Run| {
            r.first.is_none_or(|first| first <= day) && r.last.is_none_or(|last| day <= last)
        };
        match self.runs.iter().find(holds) {
            Some(run) if run.certain => At::Certain,
            Some(_) => At::Possible,
            None => At::None,
        }
    }

    /// Both as one, where a mark stands for several states: certain where any is.
    pub fn or(&self, other: &When) -> When {
        let mut cuts: Vec<i64> = vec![i64::MIN];
        for run in self.runs.iter().chain(&other.runs) {
            cuts.extend(run.first.map(i64::from));
            cuts.extend(run.last.map(|last| i64::from(last) + 1));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut runs: Vec<Run> = Vec::new();
        for (at, from) in cuts.iter().enumerate() {
            let day = i32::try_from(*from).unwrap_or(if *from < 0 { i32::MIN } else { i32::MAX });
            let surely = self.at(day).max(other.at(day));
            if surely == At::None {
                continue;
            }
            let last = cuts
                .get(at + 1)
                .and_then(|next| i32::try_from(next - 1).ok());
            let certain = surely == At::Certain;
            match runs.last_mut() {
                Some(run) if run.certain == certain && run.last.is_some_and(|l| l + 1 == day) => {
                    run.last = last;
                }
                _ => runs.push(Run {
                    first: i32::try_from(*from).ok(),
                    last,
                    certain,
                }),
            }
        }
        When { runs }
    }

    /// The days on which it certainly holds, without those on which it only may.
    pub fn certain_alone(&self) -> When {
        let runs = self.runs.iter().copied();
        When {
            runs: runs.filter(|run| run.certain).collect(),
        }
    }

    /// The words of `data-when`: `p:1951896-1952260 c:1952261-`; a number left out is open.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for run in &self.runs {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(if run.certain { "c:" } else { "p:" });
            let day = |day: Option<i32>| day.map(|d| d.to_string()).unwrap_or_default();
            let _ = write!(words, "{}-{}", day(run.first), day(run.last));
        }
        words
    }
}

/// A mark of a picture.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// The picture's own word, which begins the mark's id: `timeline`.
    pub prefix: &'a str,
    /// What it stands for.
    pub kind: Kind,
    /// The number of that in the overview.
    pub id: u32,
    /// Which mark of the same thing this is, from zero; a state may stand under two names.
    pub nth: usize,
    /// Further classes.
    pub class: &'a str,
    /// When it holds; a mark without is always shown.
    pub when: Option<&'a When>,
    /// The day the picture is drawn at, if it is drawn at one.
    pub at: Option<i32>,
    /// What a screen reader says.
    pub label: &'a str,
}

impl Mark<'_> {
    /// Opens the mark's group; close it with `svg.close("g")`.
    pub fn open(&self, svg: &mut Svg) {
        self.open_with(svg, &[]);
    }

    /// Opens the mark's group with further attributes, left out where they have no value.
    pub fn open_with(&self, svg: &mut Svg, further: &[(&str, Option<&str>)]) {
        let mut class = format!("mark {}", self.kind.word());
        if !self.class.is_empty() {
            class.push(' ');
            class.push_str(self.class);
        }
        if let (Some(when), Some(day)) = (self.when, self.at) {
            class.push(' ');
            class.push_str(when.at(day).class());
        }
        let letter = &self.kind.word()[..1];
        let mut id = format!("{}-{letter}{}", self.prefix, self.id);
        if self.nth > 0 {
            let _ = write!(id, "-{}", self.nth);
        }
        let when = self.when.map(When::words);
        let mut group = svg
            .element("g")
            .class(&class)
            .attr("id", &id)
            .attr("data-kind", self.kind.word())
            .int("data-id", i64::from(self.id))
            .maybe("data-when", when.as_deref());
        for (name, value) in further {
            group = group.maybe(name, *value);
        }
        group
            .attr("tabindex", "0")
            .attr("role", "button")
            .attr("aria-label", self.label)
            .open();
    }
}

/// A shift, as the value of `transform`.
pub fn translate(x: f64, y: f64) -> String {
    format!("translate({} {})", number(x), number(y))
}

/// The sign of a contradiction around the origin: a triangle with an exclamation mark.
pub fn triangle(svg: &mut Svg) {
    svg.element("path")
        .class("conflict")
        .attr("d", "M0 -5.5L5.8 4.5L-5.8 4.5Z")
        .done();
    svg.element("path")
        .class("conflict-mark")
        .attr("d", "M0 -2.4V1.2M0 2.6V3.4")
        .done();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(first: Option<i32>, last: Option<i32>) -> DaysSeen {
        DaysSeen { first, last }
    }

    #[test]
    fn a_lasting_event_is_certain_between_its_latest_start_and_earliest_end() {
        let when = When::of_length(&[days(Some(10), Some(20))], &[days(Some(30), None)], true);
        assert_eq!(when.words(), "p:10-19 c:20-30 p:31-");
        assert_eq!(when.at(25), At::Certain);
        assert_eq!(when.at(40), At::Possible);
        assert_eq!(when.at(9), At::None);
        let loose = When::of_length(&[days(None, Some(20))], &[days(Some(15), Some(30))], true);
        assert_eq!(loose.words(), "p:-30");
        let doubted = When::of_length(&[days(Some(1), Some(1))], &[days(Some(5), Some(5))], false);
        assert_eq!(doubted.words(), "p:1-5");
    }

    #[test]
    fn a_moment_is_certain_on_its_only_day_and_keeps_its_gaps() {
        let one = When::of_moment(&[days(Some(7), Some(7))], true);
        assert_eq!(one.words(), "c:7-7");
        let two = When::of_moment(&[days(Some(1), Some(2)), days(Some(8), Some(9))], true);
        assert_eq!(two.words(), "p:1-2 p:8-9");
        assert_eq!(two.at(5), At::None);
        assert_eq!(When::of_moment(&[days(None, None)], true).words(), "p:-");
    }

    #[test]
    fn several_states_of_one_mark_join() {
        let a = When::of_length(&[days(Some(10), Some(20))], &[days(Some(30), None)], true);
        let b = When::of_moment(&[days(Some(-5), Some(-5)), days(Some(31), Some(31))], true);
        assert_eq!(b.words(), "p:-5--5 p:31-31");
        assert_eq!(a.or(&b).words(), "p:-5--5 p:10-19 c:20-30 p:31-");
        assert_eq!(a.or(&When::default()), a);
        let open = When::of_moment(&[days(None, None)], true);
        assert_eq!(open.or(&a).words(), "p:-19 c:20-30 p:31-");
    }
}
