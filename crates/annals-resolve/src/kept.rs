//! Reading again after an edit: what a line came to is taken from before, where it comes to the
//! same.
//!
//! A line is read against the vocabulary, the declared names and the settings of its file. While
//! these say what they said, and the line is the same to the letter, its sentence, its date and its
//! details are the same too, at another place. That holds of what stands [`Alone`]: it was read
//! without a report, and without asking what other lines say but for labels that have an event,
//! then and now. All else is read anew: what was reported on, what follows the line before, quoted
//! words (which are numbered as they are met), and all citations. So reading after an edit gives
//! what reading anew gives.

use annals_calendar::Settings;
use annals_chronicle::{
    Anchor, Chronicle, Claim, Condition, Detail, Entity, Event, EventId, Few, Origin, Point,
    Sentence,
};
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
    /// How the dates of each tree are read.
    pub settings: Vec<Settings>,
}

/// A chronicle from before, where the names and the vocabulary are those of now.
pub(crate) struct Again<'a> {
    resolved: &'a Resolved,
    chronicle: &'a Chronicle,
    kept: &'a Kept,
    alike: &'a [Option<(usize, Alike)>],
    /// Of each tree of now, whether its dates are read as before.
    settings: Vec<bool>,
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
}

impl<'a> Again<'a> {
    /// Nothing where names or words differ: any sentence may then read otherwise.
    pub(crate) fn new(
        before: Option<&'a Before<'a>>,
        vocabulary: &VocabularyRead,
        entities: &[Entity],
        settings: &[Settings],
    ) -> Option<Again<'a>> {
        let Before { resolved, alike } = before?;
        let chronicle = &*resolved.chronicle;
        if !vocabulary.says_what(&resolved.vocabulary) || !same_names(entities, chronicle) {
            return None;
        }
        let kept = &*resolved.kept;
        let same = |(tree, now): (usize, &Settings)| {
            let (earlier, _) = alike.get(tree).copied().flatten()?;
            Some(kept.settings.get(earlier)? == now)
        };
        let settings = settings.iter().enumerate();
        Some(Again {
            resolved,
            chronicle,
            kept,
            alike,
            settings: settings.map(|s| same(s).unwrap_or(false)).collect(),
        })
    }

    /// All that it came to.
    pub(crate) fn resolved(&self) -> &'a Resolved {
        self.resolved
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

    /// What that line came to; `tree` and `at` are where it stands now.
    pub(crate) fn line(&self, line: u32, tree: usize, at: usize) -> Option<Found<'a>> {
        let (_, alike) = self.alike.get(tree).copied().flatten()?;
        let (_, shift) = alike.place(at)?;
        let kept = self.kept;
        let is = kept.lines.get(line as usize)?;
        let next = kept.lines.get(line as usize + 1);
        let claims = next.map_or(self.chronicle.claims.len(), |l| l.claim as usize);
        let days = next.map_or(kept.days.len(), |l| l.days as usize);
        Some(Found {
            claims: self.chronicle.claims.get(is.claim as usize..claims)?,
            events: &self.chronicle.events,
            days: kept.days.get(is.days as usize..days)?,
            alone: is.alone,
            shift,
            settings: self.settings[tree],
        })
    }
}

impl<'a> Found<'a> {
    /// What it says, where that can be taken.
    pub(crate) fn said(self) -> Option<Few<Sentence>> {
        let said = self.claims.iter().map(|c| c.sentence.clone());
        self.alone.sentence.then(|| said.collect())
    }

    /// The conditions of its date, the days they name, and whether it needs no window, where these
    /// can be taken.
    pub(crate) fn date(self, labels: &LabelBook) -> Option<(Few<Condition>, &'a [i32], bool)> {
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

    /// The event that bears the label of an event of before.
    fn event_now(self, before: EventId, labels: &LabelBook) -> Option<EventId> {
        let label = self.events.get(before.index())?.label.as_deref()?;
        match labels.find(label) {
            Labelled::Event(event) => Some(event),
            Labelled::Unreadable | Labelled::Unknown => None,
        }
    }

    /// The details of each of its claims, where these can be taken.
    pub(crate) fn details(self) -> Option<impl Iterator<Item = Vec<Detail>> + 'a> {
        let moved = move |detail: &Detail| Detail {
            span: self.shift.span(detail.span),
            ..detail.clone()
        };
        let claims = self.claims.iter();
        let all = claims.map(move |c| c.details.iter().map(moved).collect());
        self.alone.details.then_some(all)
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

/// Whether the declared things are those of a chronicle, by kind and by all of their names.
fn same_names(entities: &[Entity], chronicle: &Chronicle) -> bool {
    let mut before = chronicle.entities.iter().filter(|e| !e.words);
    let same = entities.iter().all(|now| {
        before.next().is_some_and(|was| {
            let further = was.names.iter().map(|n| &n.text);
            was.kind == now.kind
                && was.name == now.name
                && further.eq(now.names.iter().map(|n| &n.text))
        })
    });
    same && before.next().is_none()
}
