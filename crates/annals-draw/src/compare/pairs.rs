//! Which rows of two tellings are the same row.
//!
//! What comes in: two overviews. What goes out: pairs under the headings of timelines. Events are
//! the same if they bear one label, or else if they are told in one sentence; states if they are.

use std::collections::BTreeMap;

use annals_calendar::Settings;
use annals_query::Overview;

use crate::calendar::{day_words, span_words};
use crate::marks::{Kind, When};
use crate::palette::palette;
use crate::timeline::rows::{Maker, Of, Row};

/// Pairs under one heading.
pub(crate) struct Group<'a> {
    /// The heading.
    pub(crate) heading: String,
    /// The pairs.
    pub(crate) pairs: Vec<Pair<'a>>,
}

/// One row of the comparison.
pub(crate) struct Pair<'a> {
    /// Its label.
    pub(crate) label: String,
    /// Its full sentence.
    pub(crate) sentence: String,
    /// What each side tells.
    pub(crate) sides: [Option<Telling<'a>>; 2],
}

/// What one side tells of a row.
pub(crate) struct Telling<'a> {
    of: Of<'a>,
    /// When it holds.
    pub(crate) when: When,
}

impl Pair<'_> {
    /// Whether the sides tell something different.
    pub(crate) fn differs(&self) -> bool {
        match &self.sides {
            [Some(a), Some(b)] => a.when != b.when || a.status() != b.status(),
            _ => true,
        }
    }
}

impl Telling<'_> {
    /// What it stands for in its own overview.
    pub(crate) fn of(&self) -> (Kind, u32) {
        match self.of {
            Of::Event(event) => (Kind::Event, event.id),
            Of::State(state) => (Kind::State, state.id),
        }
    }

    /// Whether it is a moment.
    pub(crate) fn is_moment(&self) -> bool {
        matches!(self.of, Of::Event(event) if event.end.is_none())
    }

    fn status(&self) -> &str {
        match self.of {
            Of::Event(event) => &event.status,
            Of::State(_) => "",
        }
    }

    /// Its days in words.
    pub(crate) fn words(&self, settings: &Settings) -> String {
        if let Of::Event(event) = self.of {
            let status = match event.status.as_str() {
                "happened" => String::new(),
                status => format!(" ({status})"),
            };
            let days = match &event.end {
                None => event.words.clone(),
                Some(end) => {
                    let first = event.start.first().and_then(|run| run.first);
                    let last = end.last().and_then(|run| run.last);
                    let span = span_words(first, last, settings);
                    if span.is_empty() {
                        event.words.clone()
                    } else {
                        span
                    }
                }
            };
            return format!("{days}{status}");
        }
        let runs = self.when.runs().iter().map(|run| {
            let surely = if run.certain { "certain" } else { "possible" };
            match (run.first, run.last) {
                (Some(a), Some(b)) if a == b => format!("{surely} on {}", day_words(a, settings)),
                (Some(a), Some(b)) => {
                    format!(
                        "{surely} {} to {}",
                        day_words(a, settings),
                        day_words(b, settings)
                    )
                }
                (first, last) => format!("{surely} {}", span_words(first, last, settings)),
            }
        });
        runs.collect::<Vec<String>>().join(", ")
    }
}

/// All pairs, and how many are told alike.
pub(crate) fn groups<'a>(first: &'a Overview, second: &'a Overview) -> (Vec<Group<'a>>, usize) {
    let mut rows_of_second: BTreeMap<String, Telling<'a>> = BTreeMap::new();
    let mut order: Vec<(String, String, String, String)> = Vec::new();
    for (heading, key, row) in keyed(second) {
        order.push((
            heading,
            key.clone(),
            row.label.clone(),
            row.sentence().to_owned(),
        ));
        rows_of_second.insert(key, telling(row));
    }
    let mut groups: Vec<Group> = Vec::new();
    for (heading, key, row) in keyed(first) {
        let pair = Pair {
            label: row.label.clone(),
            sentence: row.sentence().to_owned(),
            sides: [Some(telling(row)), rows_of_second.remove(&key)],
        };
        group_of(&mut groups, &heading).pairs.push(pair);
    }
    for (heading, key, label, sentence) in order {
        if let Some(telling) = rows_of_second.remove(&key) {
            let sides = [None, Some(telling)];
            let pair = Pair {
                label,
                sentence,
                sides,
            };
            group_of(&mut groups, &heading).pairs.push(pair);
        }
    }
    let pairs = groups.iter().flat_map(|group| &group.pairs);
    let alike = pairs.filter(|pair| !pair.differs()).count();
    (groups, alike)
}

fn telling<'a>(row: Row<'a>) -> Telling<'a> {
    Telling {
        of: row.of,
        when: row.when,
    }
}

fn group_of<'g, 'a>(groups: &'g mut Vec<Group<'a>>, heading: &str) -> &'g mut Group<'a> {
    let at = match groups.iter().position(|group| group.heading == heading) {
        Some(at) => at,
        None => {
            groups.push(Group {
                heading: heading.to_owned(),
                pairs: vec![],
            });
            groups.len() - 1
        }
    };
    &mut groups[at]
}

/// The rows of an overview with their headings and what they are known by.
fn keyed(overview: &Overview) -> Vec<(String, String, Row<'_>)> {
    let palette = palette(overview);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for section in Maker::new(overview, &palette, None).sections() {
        let heading = crate::timeline::heading_of(&section);
        for row in section.rows {
            let name = match row.of {
                Of::Event(event) => match &event.label {
                    Some(label) => format!("#{label}"),
                    None => format!("event {}", event.sentence),
                },
                Of::State(state) => format!("state {}", state.sentence),
            };
            // The second of two that are told alike is the second on the other side too.
            let nth = seen.entry(name.clone()).or_default();
            *nth += 1;
            rows.push((heading.clone(), format!("{name} {nth}"), row));
        }
    }
    rows
}
