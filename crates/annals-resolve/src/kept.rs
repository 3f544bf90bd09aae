//! Reading again after an edit: what a line came to is taken from before, where it comes to the
//! same.
//!
//! A line is read against the vocabulary, the declared names and the settings of its file. While
//! these say what they said, names that the line has no word of left aside, and the line is the same to the letter, its sentence, its date and its
//! details are the same too, at another place. That holds of what stands [`Alone`]: it was read
//! without a report, and without asking what other lines say but for labels that have an event,
//! then and now. All else is read anew: what was reported on, what follows the line before, quoted
//! words (which are numbered as they are met), and all citations. So reading after an edit gives
//! what reading anew gives.

use std::ops::Range;
use std::sync::Arc;

use annals_calendar::Settings;
use annals_chronicle::{
    Anchor, Chronicle, Claim, Condition, Detail, DetailValue, Entity, EntityId, Event, EventId,
    Few, Filler, Origin, Point, Sentence,
};
use annals_sentence::{ChangedNames, Matcher};
use annals_syntax::Alike;
use annals_text::Shift;

use crate::Resolved;
use crate::vocabulary::VocabularyRead;
use crate::when::{Asked, LabelBook, Labelled, Labels};

/// A chronicle resolved before, for one much like it.
#[derive(Debug)]
pub struct Before<'a> {
    /// What it came to.
    pub resolved: &'a Resolved,
    /// For each tree that is read now, the earlier tree that it is like and how much, where there
    /// is one. Trees are numbered from zero in the order of reading.
    pub alike: Vec<Option<(usize, Alike)>>,
}

/// Names that may change without everything being read anew: each is looked for in every line.
const MOST_CHANGED: usize = 60;

/// What of a line was read from its own text alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alone {
    pub sentence: bool,
    /// Or from labels too, each of which its conditions name.
    pub date: bool,
    /// Whether its date is one of its own, which needs no window of its section.
    pub own: bool,
    pub details: bool,
}

/// A line that made claims.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptLine {
    /// Index of its tree.
    pub tree: u32,
    /// Index of its statement.
    pub at: u32,
    /// Its first claim.
    pub claim: u32,
    /// The first of the days that its date names, among those of all dates.
    pub days: u32,
    pub alone: Alone,
}

/// What is kept of a chronicle beside itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// Lines in the order of the text.
    pub lines: Vec<KeptLine>,
    /// The first and last days that dates name, as [`crate::when::Grids`] gathers them.
    pub days: Vec<i32>,
    /// The event of each claim, in the order of claims.
    pub event_of: Vec<EventId>,
    /// How the dates of each tree are read.
    pub settings: Vec<Settings>,
}

/// A chronicle from before, where the vocabulary is that of now and nearly all names are.
pub(crate) struct Again<'a> {
    chronicle: &'a Chronicle,
    kept: &'a Kept,
    alike: &'a [Option<(usize, Alike)>],
    /// Of each tree of now, whether its dates are read as before.
    settings: Vec<bool>,
    /// The numbers of things.
    things: Things,
    /// Names that are not what they were.
    changed: ChangedNames,
}

/// How the declared things of now are numbered: at the beginning and at the end of the text they are
/// those of before.
#[derive(Clone, Copy, Debug)]
struct Things {
    /// So many at the beginning.
    first: u32,
    /// From this number on those at the end, and how much further on they are numbered now.
    rest: u32,
    by: i64,
}

/// What a line came to before.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    claims: &'a [Claim],
    events: &'a [Event],
    days: &'a [i32],
    alone: Alone,
    shift: Shift,
    settings: bool,
    things: Things,
}

impl<'a> Again<'a> {
    /// Nothing where words differ, or many names: any sentence may then read otherwise.
    pub(crate) fn new(
        before: Option<&'a Before<'a>>,
        vocabulary: &VocabularyRead,
        (entities, matcher): (&[Entity], &Matcher),
        settings: &[Settings],
    ) -> Option<Again<'a>> {
        let Before { resolved, alike } = before?;
        let chronicle = &*resolved.chronicle;
        if !vocabulary.says_what(&resolved.vocabulary) {
            return None;
        }
        let (things, names) = compared(declared(chronicle), entities);
        if names.len() > MOST_CHANGED {
            return None;
        }
        let changed = ChangedNames::new(&resolved.matcher, matcher, names.into_iter());
        let kept = &*resolved.kept;
        let same = |(tree, now): (usize, &Settings)| {
            let (earlier, _) = alike.get(tree).copied().flatten()?;
            Some(kept.settings.get(earlier)? == now)
        };
        let settings = settings.iter().enumerate();
        Some(Again {
            chronicle,
            kept,
            alike,
            settings: settings.map(|s| same(s).unwrap_or(false)).collect(),
            things,
            changed,
        })
    }

    /// Whether a text may be read otherwise, for the names in it.
    pub(crate) fn may_concern(&self, text: &str) -> bool {
        self.changed.may_concern(text)
    }

    /// The line that a statement of now was before; `near` is the line after the one found last,
    /// where it mostly is.
    pub(crate) fn find(&self, tree: usize, at: usize, near: &mut usize) -> Option<u32> {
        let (earlier, alike) = self.alike.get(tree).copied().flatten()?;
        let (at, _) = alike.place(at)?;
        let place = (earlier as u32, at as u32);
        let lines = &self.kept.lines;
        let is_at = |line: &KeptLine| (line.tree, line.at) == place;
        let found = match lines.get(*near) {
            Some(line) if is_at(line) => *near,
            _ => lines
                .binary_search_by_key(&place, |l| (l.tree, l.at))
                .ok()?,
        };
        *near = found + 1;
        Some(found as u32)
    }

    /// How many events there were.
    pub(crate) fn events(&self) -> usize {
        self.chronicle.events.len()
    }

    /// The events of what a line said.
    pub(crate) fn events_of(&self, line: u32) -> &'a [EventId] {
        &self.kept.event_of[self.claims_of(line as usize)]
    }

    /// The label of the event of which a line told.
    pub(crate) fn label_of(&self, line: u32) -> Option<&'a Arc<str>> {
        let event = self.events_of(line).first()?;
        self.chronicle.events[event.index()].label.as_ref()
    }

    fn claims_of(&self, line: usize) -> Range<usize> {
        let of = |line: &KeptLine| line.claim as usize;
        let lines = &self.kept.lines;
        let end = self.chronicle.claims.len();
        lines.get(line).map_or(end, of)..lines.get(line + 1).map_or(end, of)
    }

    /// What that line came to; `tree` and `at` are where it stands now.
    pub(crate) fn line(&self, line: u32, tree: usize, at: usize) -> Option<Found<'a>> {
        let (_, alike) = self.alike.get(tree).copied().flatten()?;
        let (_, shift) = alike.place(at)?;
        let kept = self.kept;
        let is = kept.lines.get(line as usize)?;
        let next = kept.lines.get(line as usize + 1);
        let days = next.map_or(kept.days.len(), |l| l.days as usize);
        Some(Found {
            claims: self.chronicle.claims.get(self.claims_of(line as usize))?,
            events: &self.chronicle.events,
            days: kept.days.get(is.days as usize..days)?,
            alone: is.alone,
            shift,
            settings: self.settings[tree],
            things: self.things,
        })
    }
}

impl<'a> Found<'a> {
    /// What it says, where that can be taken.
    pub(crate) fn said(self) -> Option<Few<Sentence>> {
        if !self.alone.sentence {
            return None;
        }
        let mut said = Few::new();
        for claim in self.claims {
            let mut sentence = claim.sentence.clone();
            self.things.renumber(&mut sentence)?;
            said.push(sentence);
        }
        Some(said)
    }

    /// The conditions of its date, the days they name, and whether it needs no window, where these
    /// can be taken.
    pub(crate) fn date(self, labels: &LabelBook<'_>) -> Option<(Few<Condition>, &'a [i32], bool)> {
        let [first, ..] = self.claims else {
            return None;
        };
        if !self.alone.date || !self.settings {
            return None;
        }
        let own = first.when.conditions.iter();
        let mut moved = Few::new();
        for condition in own.filter(|c| c.origin == Origin::Claim) {
            let mut condition = condition.clone();
            condition.span = self.shift.span(condition.span);
            let soft = condition.soft.iter_mut().map(|s| &mut s.point);
            for point in condition.alternatives.iter_mut().chain(soft) {
                if let Some(anchor) = anchor_of(point) {
                    anchor.event = self.event_now(anchor.event, labels)?;
                }
            }
            moved.push(condition);
        }
        Some((moved, self.days, self.alone.own))
    }

    /// The event that bears the label of an event of before, from which a date hangs.
    fn event_now(self, before: EventId, labels: &LabelBook<'_>) -> Option<EventId> {
        // Such a date was read without asking for more than labels, so the event has one.
        if let Some(event) = labels.moved.get(before.index()).copied().flatten() {
            return Some(event);
        }
        let label = self.events.get(before.index())?.label.as_deref()?;
        match labels.find(label) {
            Labelled::Event(event) => Some(event),
            Labelled::Unreadable | Labelled::Unknown => None,
        }
    }

    /// The details of each of its claims, where these can be taken.
    pub(crate) fn details(self) -> Option<Few<Vec<Detail>>> {
        if !self.alone.details {
            return None;
        }
        let moved = |detail: &Detail| {
            let mut detail = detail.clone();
            detail.span = self.shift.span(detail.span);
            self.things.renumber_detail(&mut detail)?;
            Some(detail)
        };
        let mut all = Few::new();
        for claim in self.claims {
            let details: Option<Vec<Detail>> = claim.details.iter().map(moved).collect();
            all.push(details?);
        }
        Some(all)
    }
}

/// What a point hangs from.
fn anchor_of(point: &mut Point) -> Option<&mut Anchor> {
    match point {
        Point::After(anchor)
        | Point::Before(anchor)
        | Point::During(anchor)
        | Point::At(anchor)
        | Point::Offset { anchor, .. }
        | Point::Cell { anchor, .. } => Some(anchor),
        Point::Undated
        | Point::Always
        | Point::On(_)
        | Point::Span { .. }
        | Point::Throughout(_) => None,
    }
}

/// Whether conditions hang from the events that were asked for and from all of them: then they come
/// to the same wherever these events are told. Cells are numbered as they are met.
pub(crate) fn hang_from(conditions: &[Condition], asked: &Asked) -> bool {
    let points = || conditions.iter().flat_map(|c| &c.alternatives);
    let named = points().filter_map(|p| anchor_of(&mut p.clone()).map(|a| a.event));
    let mut named: Vec<EventId> = named.collect();
    let mut events = asked.events.clone();
    named.sort_unstable();
    events.sort_unstable();
    !asked.more && named == events && !points().any(|p| matches!(p, Point::Cell { .. }))
}

impl Things {
    /// The number of a thing now; `None` where it is not what it was.
    fn now(self, thing: EntityId) -> Option<EntityId> {
        match thing.0 {
            number if number < self.first => Some(thing),
            number if number >= self.rest => u32::try_from(i64::from(number) + self.by)
                .ok()
                .map(EntityId),
            _ => None,
        }
    }

    fn renumber_all(self, things: &mut [EntityId]) -> Option<()> {
        for thing in things {
            *thing = self.now(*thing)?;
        }
        Some(())
    }

    fn renumber_filler(self, filler: &mut Filler) -> Option<()> {
        match filler {
            Filler::Unfilled => Some(()),
            Filler::Entities(things) | Filler::OneOf(things) => self.renumber_all(things),
            Filler::Number(figure) => self.renumber_all(figure.under.as_mut_slice()),
        }
    }

    fn renumber(self, sentence: &mut Sentence) -> Option<()> {
        let (Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. }) =
            sentence
        else {
            return Some(());
        };
        // What is numbered as before stays shared with the sentence of before.
        let mut all = roles.iter().chain(tail.iter().map(|(_, filler)| filler));
        if all.all(|filler| self.keeps(filler)) {
            return Some(());
        }
        let mut fillers = roles
            .iter_mut()
            .chain(tail.iter_mut().map(|(_, filler)| filler));
        fillers.try_for_each(|filler| self.renumber_filler(filler))
    }

    /// Whether a filler names only things whose numbers are those of before.
    fn keeps(self, filler: &Filler) -> bool {
        let things = match filler {
            Filler::Unfilled => &[],
            Filler::Entities(things) | Filler::OneOf(things) => things.as_slice(),
            Filler::Number(figure) => figure.under.as_slice(),
        };
        things.iter().all(|thing| self.now(*thing) == Some(*thing))
    }

    fn renumber_detail(self, detail: &mut Detail) -> Option<()> {
        self.renumber_all(&mut detail.of)?;
        match &mut detail.value {
            DetailValue::Entities(filler) => self.renumber_filler(filler),
            DetailValue::Figures(figures) => {
                let mut under = figures.iter_mut().map(|f| f.under.as_mut_slice());
                under.try_for_each(|things| self.renumber_all(things))
            }
            DetailValue::Event(_)
            | DetailValue::Length { .. }
            | DetailValue::Keeps(_)
            | DetailValue::Text(_) => Some(()),
        }
    }
}

/// The declared things of a chronicle. Quoted words come after them.
pub(crate) fn declared(chronicle: &Chronicle) -> &[Entity] {
    let words = chronicle.entities.iter().position(|e| e.words);
    &chronicle.entities[..words.unwrap_or(chronicle.entities.len())]
}

/// Whether a thing is what another one was, by its kind and all of its names.
fn same_thing((was, is): (&Entity, &Entity)) -> bool {
    let names = |e: &Entity| e.names.len();
    was.kind == is.kind
        && was.name == is.name
        && names(was) == names(is)
        && was
            .names
            .iter()
            .zip(&is.names)
            .all(|(a, b)| a.text == b.text)
}

/// Whether all things are what they were.
pub(crate) fn same_things(before: &[Entity], now: &[Entity]) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(same_thing)
}

/// How things are numbered anew, and all names of those that are not what they were.
fn compared<'a>(before: &'a [Entity], now: &'a [Entity]) -> (Things, Vec<&'a str>) {
    let first = before
        .iter()
        .zip(now)
        .take_while(|pair| same_thing(*pair))
        .count();
    let rest = before[first..].iter().rev().zip(now[first..].iter().rev());
    let rest = rest.take_while(|pair| same_thing(*pair)).count();
    let others = before[first..before.len() - rest]
        .iter()
        .chain(&now[first..now.len() - rest]);
    let names = others.flat_map(|thing| {
        let further = thing.names.iter().map(|n| n.text.as_str());
        std::iter::once(thing.name.as_str()).chain(further)
    });
    let things = Things {
        first: first as u32,
        rest: (before.len() - rest) as u32,
        by: now.len() as i64 - before.len() as i64,
    };
    (things, names.collect())
}
