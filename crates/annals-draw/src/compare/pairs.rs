//! Which rows of two tellings are the same row.
//!
//! What comes in: two overviews, and of two sources how their accounts lie to each other. What goes
//! out: pairs under the headings of timelines. Events are the same if they bear one label, or else
//! if they are told in one sentence; states if they are.

use std::collections::BTreeMap;

use annals_calendar::Settings;
use annals_query::{Agreement, Comparison, Overview};

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
    /// How they lie to each other.
    pub(crate) standing: Standing,
}

/// How two tellings of one row lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// They differ.
    Differ,
    /// They say different things that can both be true.
    Compatible,
    /// Only the first or the second tells of it; the other is silent, which is no difference.
    Only(usize),
    /// They say the same, or neither says anything.
    Alike,
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
        self.standing == Standing::Differ
    }

    /// Whether the row says something that the sides do not both say.
    pub(crate) fn is_shown(&self) -> bool {
        self.standing != Standing::Alike
    }

    /// How two states of one chronicle lie to each other: whatever is not the same differs.
    fn stand_by_days(&mut self) {
        self.standing = match &self.sides {
            [Some(a), Some(b)] if a.when == b.when && a.status() == b.status() => Standing::Alike,
            _ => Standing::Differ,
        };
    }

    /// How the accounts of two sources lie to each other; who says nothing is silent.
    fn stand_by(&mut self, agreement: Option<Agreement>) {
        self.standing = match agreement {
            Some(Agreement::Differ) => Standing::Differ,
            Some(Agreement::Compatible) => Standing::Compatible,
            Some(Agreement::OnlyFirst) => Standing::Only(0),
            Some(Agreement::OnlySecond) => Standing::Only(1),
            Some(Agreement::Agree) | None => Standing::Alike,
        };
        if let Standing::Only(side) = self.standing {
            self.sides[1 - side] = None;
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
    pub(crate) fn words(&self, settings: &Settings, covered: (i32, i32)) -> String {
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
            // States are known no further than the chronicle goes: its ends are no dates of theirs.
            let (first, last) = (
                run.first.filter(|day| *day > covered.0),
                run.last.filter(|day| *day < covered.1),
            );
            match (first, last) {
                (None, None) => format!("{surely} throughout"),
                (None, Some(last)) => format!("{surely} until {}", day_words(last, settings)),
                (Some(first), None) => format!("{surely} from {}", day_words(first, settings)),
                (Some(a), Some(b)) if a == b => format!("{surely} on {}", day_words(a, settings)),
                (Some(a), Some(b)) => {
                    format!(
                        "{surely} {} to {}",
                        day_words(a, settings),
                        day_words(b, settings)
                    )
                }
            }
        });
        runs.collect::<Vec<String>>().join(", ")
    }
}

/// All pairs, and how many are told alike. Of two sources, `compared` says how what they tell lies
/// to each other; without it whatever is not the same differs.
pub(crate) fn groups<'a>(
    first: &'a Overview,
    second: &'a Overview,
    compared: Option<&Comparison>,
) -> (Vec<Group<'a>>, usize) {
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
    let agreements = compared.map(agreements);
    let stand = |key: &str, pair: &mut Pair| match &agreements {
        Some(known) => pair.stand_by(known.get(key).copied()),
        None => pair.stand_by_days(),
    };
    let mut groups: Vec<Group> = Vec::new();
    for (heading, key, row) in keyed(first) {
        let mut pair = Pair {
            label: row.label.clone(),
            sentence: row.sentence().to_owned(),
            sides: [Some(telling(row)), rows_of_second.remove(&key)],
            standing: Standing::Alike,
        };
        stand(&key, &mut pair);
        group_of(&mut groups, &heading).pairs.push(pair);
    }
    for (heading, key, label, sentence) in order {
        if let Some(telling) = rows_of_second.remove(&key) {
            let mut pair = Pair {
                label,
                sentence,
                sides: [None, Some(telling)],
                standing: Standing::Alike,
            };
            stand(&key, &mut pair);
            group_of(&mut groups, &heading).pairs.push(pair);
        }
    }
    let alike = match compared {
        Some(compared) => agreed(compared),
        None => {
            let pairs = groups.iter().flat_map(|group| &group.pairs);
            pairs.filter(|pair| !pair.is_shown()).count()
        }
    };
    (groups, alike)
}

/// Events and states of which both sources say the same.
fn agreed(compared: &Comparison) -> usize {
    let events = compared.events.iter();
    let states = compared.states.iter();
    events.filter(|e| e.agreement == Agreement::Agree).count()
        + states
            .filter(|s| s.runs.iter().all(|r| r.agreement == Agreement::Agree))
            .count()
}

/// How what two sources tell lies to each other, by what rows are known by.
fn agreements(compared: &Comparison) -> BTreeMap<String, Agreement> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut known = BTreeMap::new();
    let events = compared.events.iter().map(|event| {
        let key = event_key(event.label.as_deref(), &event.sentence);
        (key, event.agreement)
    });
    let states = compared.states.iter().map(|state| {
        let runs = state.runs.iter().map(|run| run.agreement);
        // Days of which only one source knows anything say nothing about the others.
        let heaviest = runs.fold(None, |so_far: Option<Agreement>, next| {
            Some(match (so_far, next) {
                (None, next) => next,
                (Some(Agreement::Differ), _) | (_, Agreement::Differ) => Agreement::Differ,
                (Some(a), b) if a == b => a,
                (Some(_), _) => Agreement::Compatible,
            })
        });
        let key = state_key(&state.sentence);
        (key, heaviest.unwrap_or(Agreement::Agree))
    });
    for (name, agreement) in events.chain(states) {
        let nth = seen.entry(name.clone()).or_default();
        *nth += 1;
        known.insert(format!("{name} {nth}"), agreement);
    }
    known
}

fn event_key(label: Option<&str>, sentence: &str) -> String {
    match label {
        Some(label) => format!("#{label}"),
        None => format!("event {sentence}"),
    }
}

fn state_key(sentence: &str) -> String {
    format!("state {sentence}")
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

/// Whether a row says anything: a draft and what was withdrawn count as silence.
fn speaks(row: &Row<'_>) -> bool {
    match row.of {
        Of::Event(event) => !matches!(event.status.as_str(), "not reasoned with" | "withdrawn"),
        Of::State(_) => true,
    }
}

/// The rows of an overview with their headings and what they are known by.
fn keyed(overview: &Overview) -> Vec<(String, String, Row<'_>)> {
    let palette = palette(overview);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for section in Maker::new(overview, &palette, None).sections() {
        let heading = crate::timeline::heading_of(&section);
        for row in section.rows.into_iter().filter(speaks) {
            let name = match row.of {
                Of::Event(event) => event_key(event.label.as_deref(), &event.sentence),
                Of::State(state) => state_key(&state.sentence),
            };
            // The second of two that are told alike is the second on the other side too.
            let nth = seen.entry(name.clone()).or_default();
            *nth += 1;
            rows.push((heading.clone(), format!("{name} {nth}"), row));
        }
    }
    rows
}
