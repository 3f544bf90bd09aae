//! The rows of a timeline: which there are, under which heading, in which order.
//!
//! What comes in: an overview and what is asked for. What goes out: sections of rows. States stand
//! under the thing they concern, those of polities first; events stand in between, each under the
//! event it is part of.

use std::collections::{BTreeMap, BTreeSet};

use annals_query::{DaysSeen, DrawnSeen, EventSeen, Overview, StateSeen, ThingSeen};

use crate::marks::{Run, When};
use crate::palette::{NEUTRAL, Palette};
use crate::words::{bearers, shortened};

/// Rows under one heading.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// The heading.
    pub heading: Heading<'a>,
    /// Its rows, in order.
    pub rows: Vec<Row<'a>>,
    /// Rows left out, as the days they may have.
    pub more: Vec<Run>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug)]
pub enum Heading<'a> {
    /// The events.
    Events,
    /// The states of a thing.
    Thing(&'a ThingSeen),
    /// States that hold all the time.
    Throughout,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// What it shows.
    pub of: Of<'a>,
    /// How many events above it stands in.
    pub depth: usize,
    /// Its label, shorter than the sentence where the heading says the rest.
    pub label: String,
    /// The days.
    pub when: When,
    /// The class of its colour.
    pub class: &'static str,
    /// The numbers of the contradictions it takes part in, from one.
    pub conflicts: Vec<usize>,
    /// How telling it is, for when not all can be shown.
    pub weight: usize,
}

/// What a row shows.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// An event.
    Event(&'a EventSeen),
    /// A state.
    State(&'a StateSeen),
}

impl Row<'_> {
    /// The full sentence.
    pub fn sentence(&self) -> &str {
        match self.of {
            Of::Event(event) => &event.sentence,
            Of::State(state) => &state.sentence,
        }
    }

    /// Whether nothing at all is known of its days.
    pub fn is_undated(&self) -> bool {
        matches!(self.of, Of::Event(event) if has_no_date(event))
    }
}

/// What rows are made from.
pub struct Maker<'a, 'p> {
    /// The overview.
    pub overview: &'a Overview,
    /// Its colours.
    pub palette: &'p Palette,
    /// The things asked for; everything if not given.
    about: Option<BTreeSet<u32>>,
    /// The contradictions of each event.
    conflicts: BTreeMap<u32, Vec<usize>>,
    /// The things by number.
    things: BTreeMap<u32, &'a ThingSeen>,
}

impl<'a, 'p> Maker<'a, 'p> {
    /// Prepares rows of what has to do with a name.
    pub fn new(overview: &'a Overview, palette: &'p Palette, about: Option<&str>) -> Maker<'a, 'p> {
        let mut conflicts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, conflict) in overview.conflicts.iter().enumerate() {
            for event in &conflict.events {
                conflicts.entry(*event).or_default().push(at + 1);
            }
        }
        Maker {
            overview,
            palette,
            about: about.map(|name| bearers(overview, name)),
            conflicts,
            things: overview.things.iter().map(|t| (t.id, t)).collect(),
        }
    }

    /// All sections that have rows.
    pub fn sections(&self) -> Vec<Section<'a>> {
        let mut lanes: BTreeMap<u32, Vec<Row<'a>>> = BTreeMap::new();
        let mut throughout = Vec::new();
        for state in self.overview.states.iter().filter(|s| self.wants_state(s)) {
            let lane = lane_of(state);
            let row = self.state_row(state, lane);
            if self.holds_throughout(state) {
                throughout.push(row);
            } else {
                lanes.entry(lane.unwrap_or(u32::MAX)).or_default().push(row);
            }
        }
        let (mut polities, mut others) = (Vec::new(), Vec::new());
        for thing in self.things_by_kind() {
            let Some(mut rows) = lanes.remove(&thing.id) else {
                continue;
            };
            group_by_relation(&mut rows);
            let section = section(Heading::Thing(thing), rows);
            if self.palette.is_polity(thing.id) {
                polities.push(section);
            } else {
                others.push(section);
            }
        }
        // A state of a thing that the overview does not list keeps its row.
        throughout.extend(lanes.into_values().flatten());
        let mut sections = polities;
        sections.push(section(Heading::Events, self.event_rows()));
        sections.append(&mut others);
        sections.push(section(Heading::Throughout, throughout));
        sections.retain(|section| !section.rows.is_empty());
        sections
    }

    /// Things with those of one kind together, kinds and things in the order of the text.
    fn things_by_kind(&self) -> Vec<&'a ThingSeen> {
        let mut kinds: Vec<&str> = Vec::new();
        for thing in &self.overview.things {
            if !kinds.contains(&thing.kind.as_str()) {
                kinds.push(&thing.kind);
            }
        }
        let mut things: Vec<&ThingSeen> = self.overview.things.iter().collect();
        things.sort_by_key(|thing| kinds.iter().position(|kind| *kind == thing.kind));
        things
    }

    fn wants_state(&self, state: &StateSeen) -> bool {
        let about = self.about.as_ref();
        about.is_none_or(|wanted| state.things.iter().any(|thing| wanted.contains(thing)))
    }

    fn wants_event(&self, event: &EventSeen) -> bool {
        let roles = || event.roles.iter().chain(&event.circumstances);
        let about = self.about.as_ref();
        about.is_none_or(|wanted| roles().any(|r| r.things.iter().any(|t| wanted.contains(t))))
    }

    fn holds_throughout(&self, state: &StateSeen) -> bool {
        let (first, last) = crate::words::covered(self.overview);
        matches!(state.runs.as_slice(),
            [run] if run.first <= first && run.last.is_none_or(|day| day >= last))
    }

    fn state_row(&self, state: &'a StateSeen, lane: Option<u32>) -> Row<'a> {
        let name = lane.and_then(|id| self.things.get(&id));
        let label = match name {
            Some(thing) if !self.holds_throughout(state) => shortened(&state.sentence, thing),
            _ => state.sentence.clone(),
        };
        let class = match &state.drawn {
            Some(drawn) => self.colour_of(drawn),
            None => {
                let others: Vec<u32> = state
                    .things
                    .iter()
                    .copied()
                    .filter(|t| Some(*t) != lane)
                    .collect();
                self.palette.class_of_first(&others)
            }
        };
        Row {
            of: Of::State(state),
            depth: 0,
            label,
            when: When::of_state(state),
            class,
            conflicts: vec![],
            weight: 4 * state.claims.len() + if state.drawn.is_some() { 24 } else { 0 },
        }
    }

    /// The colour of whoever has the upper hand in a state or an event.
    fn colour_of(&self, drawn: &DrawnSeen) -> &'static str {
        let part = match drawn.form {
            "ruling" | "kept" | "beside" | "against" => 1,
            _ => 0,
        };
        match self.palette.class_of_first(&drawn.parts[part]) {
            NEUTRAL => self.palette.class_of_first(&drawn.parts[0]),
            class => class,
        }
    }

    /// Events in the order of their days, each with its parts below it.
    fn event_rows(&self) -> Vec<Row<'a>> {
        let wanted: Vec<&EventSeen> = self
            .overview
            .events
            .iter()
            .filter(|e| self.wants_event(e))
            .collect();
        let place: BTreeMap<u32, usize> = wanted
            .iter()
            .enumerate()
            .map(|(at, e)| (e.id, at))
            .collect();
        let mut parts: Vec<Vec<usize>> = vec![vec![]; wanted.len()];
        let mut roots = Vec::new();
        for (at, event) in wanted.iter().enumerate() {
            let whole = event
                .part_of
                .iter()
                .find_map(|id| place.get(id))
                .filter(|w| **w != at);
            match whole {
                Some(whole) => parts[*whole].push(at),
                None => roots.push(at),
            }
        }
        // What has no date at all stands last: it tells nothing about time.
        roots.sort_by_key(|at| has_no_date(wanted[*at]) && parts[*at].is_empty());
        let mut rows = Vec::new();
        let mut seen = vec![false; wanted.len()];
        // A ring of parts has no beginning; whatever it holds stands last, on its own.
        for root in roots.into_iter().chain(0..wanted.len()) {
            let mut open = vec![(root, 0)];
            while let Some((at, depth)) = open.pop() {
                if std::mem::replace(&mut seen[at], true) {
                    continue;
                }
                rows.push(self.event_row(wanted[at], depth, parts[at].len()));
                open.extend(parts[at].iter().rev().map(|part| (*part, depth + 1)));
            }
        }
        rows
    }

    fn event_row(&self, event: &'a EventSeen, depth: usize, parts: usize) -> Row<'a> {
        let drawn = event.drawn.as_ref().map(|drawn| self.colour_of(drawn));
        let class = drawn.filter(|class| *class != NEUTRAL).unwrap_or_else(|| {
            let things: Vec<u32> = event.roles.iter().flat_map(|r| r.things.clone()).collect();
            self.palette.class_of_first(&things)
        });
        let conflicts = self.conflicts.get(&event.id).cloned().unwrap_or_default();
        let label = usize::from(event.label.is_some());
        Row {
            of: Of::Event(event),
            depth,
            label: event.sentence.clone(),
            when: When::of_event(event),
            class,
            weight: 1000 * conflicts.len()
                + 20 * parts
                + 4 * event.claims.len()
                + 8 * label
                + if event.told { 8 } else { 0 },
            conflicts,
        }
    }
}

fn has_no_date(event: &EventSeen) -> bool {
    let open = |days: &[DaysSeen]| matches!(days, [d] if d.first.is_none() && d.last.is_none());
    open(&event.start) && event.end.as_deref().is_none_or(open)
}

fn section<'a>(heading: Heading<'a>, rows: Vec<Row<'a>>) -> Section<'a> {
    Section {
        heading,
        rows,
        more: vec![],
    }
}

/// The thing a state is a state of.
fn lane_of(state: &StateSeen) -> Option<u32> {
    let first = state.things.first().copied();
    let Some(drawn) = &state.drawn else {
        return first;
    };
    let part = match drawn.form {
        "above" | "ruling" | "holding" | "guarding" => 1,
        _ => 0,
    };
    drawn.parts[part].first().copied().or(first)
}

/// States of one relation stand together, relations in the order of their first state.
fn group_by_relation(rows: &mut [Row]) {
    let relation = |row: &Row| match row.of {
        Of::State(state) => state.relation.clone(),
        Of::Event(_) => String::new(),
    };
    let mut order: Vec<String> = Vec::new();
    for row in rows.iter() {
        let relation = relation(row);
        if !order.contains(&relation) {
            order.push(relation);
        }
    }
    rows.sort_by_key(|row| order.iter().position(|known| *known == relation(row)));
}
