//! Labels: claims with one label tell of one event, and must be able to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use annals_chronicle::{
    ClaimId, Entity, EntityId, Event, EventId, EventKind, Few, Filler, Identity, Sentence,
    Vocabulary,
};
use annals_sentence::QuickMap;
use annals_syntax::Tree;
use annals_text::{Files, Report, Span};

use crate::claims::{Line, Step};
use crate::kept::Again;
use crate::when::{LabelBook, label_name};
use crate::words::plain;

/// The events of a chronicle and which claim tells of which.
pub(crate) struct Grouped<'t> {
    /// Events, numbered by their first claim; `lasting` is filled in by later passes.
    pub events: Vec<Event>,
    /// Labels, and the event of each claim.
    pub labels: LabelBook<'t>,
}

/// One claim before it has a date.
struct Told<'s, 't> {
    sentence: &'s Sentence,
    label: Option<&'t str>,
    /// The same as a chronicle from before holds it, where it does.
    known: Option<&'s Arc<str>>,
    label_span: Option<Span>,
    line: Span,
}

/// Gives every claim its event.
pub(crate) fn group<'s, 't>(
    (files, trees): (&'t Files, &[Tree]),
    steps: &'s [Step<'t>],
    again: Option<&Again<'s>>,
    (vocabulary, entities, identities): (&Vocabulary, &[Entity], &[Identity]),
    reports: &mut Vec<Report>,
) -> Grouped<'t> {
    let lines = steps.iter().filter_map(line);
    let mut told: Vec<Told<'_, 't>> = Vec::with_capacity(steps.len());
    told.extend(lines.clone().flat_map(|line| told_by(line, again)));
    let same = Same::new(entities, identities);
    let (labels, first, by_label) = shared_labels(&told);
    // A claim that cannot be meant by the label it carries becomes an event of its own.
    let mut apart = vec![false; told.len()];
    let mut found: Vec<(usize, Report)> = Vec::new();
    for (label, claims) in &by_label {
        for stray in strays(claims, &told, vocabulary, &same) {
            apart[stray] = true;
            found.push((stray, label_reused(label, &told[claims[0]], &told[stray])));
        }
    }
    found.sort_by_key(|(claim, _)| *claim);
    reports.extend(found.into_iter().map(|(_, report)| report));
    let mut grouped = Grouped {
        events: Vec::with_capacity(told.len()),
        labels: LabelBook {
            first: labels,
            event_of: Vec::with_capacity(told.len()),
            moved: Vec::new(),
            unreadable: BTreeSet::new(),
        },
    };
    for (i, claim) in told.iter().enumerate() {
        let label = claim.label.filter(|_| !apart[i]);
        grouped.add(i, label.map(|label| (label, first[i])), claim);
    }
    grouped.events.shrink_to_fit();
    grouped.moved(lines, again);
    grouped.unreadable(files, trees, steps);
    grouped
}

/// The first claim of every label, the first of each claim's own label (itself where it has none),
/// and the claims of every label that several carry.
type Labelled<'t> = (
    QuickMap<&'t str, ClaimId>,
    Vec<ClaimId>,
    BTreeMap<&'t str, Vec<usize>>,
);

fn shared_labels<'t>(told: &[Told<'_, 't>]) -> Labelled<'t> {
    let labelled = told.iter().filter(|claim| claim.label.is_some()).count();
    let mut by_label: QuickMap<&str, ClaimId> = QuickMap::default();
    by_label.reserve(labelled);
    let mut shared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let firsts = told.iter().enumerate().map(|(i, claim)| {
        let own = ClaimId(i as u32);
        let Some(label) = claim.label else { return own };
        let first = *by_label.entry(label).or_insert(own);
        if first != own {
            let claims = shared.entry(label).or_insert_with(|| vec![first.index()]);
            claims.push(i);
        }
        first
    });
    let firsts = firsts.collect();
    (by_label, firsts, shared)
}

fn line<'s, 't>(step: &'s Step<'t>) -> Option<&'s Line<'t>> {
    match step {
        Step::Line(line) => Some(line),
        Step::Broken { .. } => None,
    }
}

fn told_by<'s, 't>(
    line: &'s Line<'t>,
    again: Option<&Again<'s>>,
) -> impl Iterator<Item = Told<'s, 't>> {
    // A line that is what it was has the label that it had.
    let before = line.label.and(line.before).zip(again);
    let known = before.and_then(|(line, again)| again.label_of(line));
    line.said.iter().map(move |sentence| Told {
        sentence,
        label: line.label,
        known,
        label_span: line.claim.label,
        line: line.statement.line,
    })
}

impl Grouped<'_> {
    /// Gives a claim its event: that of the first claim of its label, or one of its own.
    fn add(&mut self, claim: usize, label: Option<(&str, ClaimId)>, told: &Told<'_, '_>) {
        let id = ClaimId(claim as u32);
        let event_of = &mut self.labels.event_of;
        if let Some((_, first)) = label.filter(|(_, first)| *first != id) {
            let event = event_of[first.index()];
            self.events[event.index()].claims.push(id);
            event_of.push(event);
            return;
        }
        let event = EventId(self.events.len() as u32);
        let label: Option<Arc<str>> = label.map(|(label, _)| match told.known {
            Some(known) => Arc::clone(known),
            None => Arc::from(label),
        });
        let kind = match told.sentence {
            Sentence::Holds { .. } => EventKind::Mention,
            Sentence::Happens { .. } | Sentence::Text(_) => EventKind::Occurrence,
        };
        self.events.push(Event {
            id: event,
            label,
            kind,
            lasting: false,
            claims: Few::one(id),
            span: told.line,
        });
        event_of.push(event);
    }

    /// Notes where the labelled events of before are now, as far as lines tell of them that are
    /// what they were.
    fn moved<'s>(&mut self, lines: impl Iterator<Item = &'s Line<'s>>, again: Option<&Again<'_>>) {
        let Some(again) = again else { return };
        self.labels.moved = vec![None; again.events()];
        let mut claim = 0;
        for line in lines {
            let now = &self.labels.event_of[claim..claim + line.said.len()];
            claim += line.said.len();
            let Some(before) = line.before else { continue };
            for (was, now) in again.events_of(before).iter().zip(now) {
                if self.events[now.index()].label.is_some() {
                    self.labels.moved[was.index()] = Some(*now);
                }
            }
        }
    }

    /// Labels on lines that could not be read are known, so that what hangs from them is not
    /// reported as hanging from nothing.
    fn unreadable(&mut self, files: &Files, trees: &[Tree], steps: &[Step<'_>]) {
        for step in steps {
            match step {
                Step::Line(line) => {
                    let lost = line.said.is_empty() || line.label.is_none();
                    let label = line.claim.label.filter(|_| lost);
                    let label = label.map(|l| label_name(files.slice(l)).to_string());
                    self.labels.unreadable.extend(label);
                }
                Step::Broken { tree, at } => {
                    let span = trees[*tree].statements[*at].line;
                    let words = files.slice(span).split_whitespace();
                    let labels = words.filter(|w| w.starts_with('#') && w.len() > 1);
                    let ends = |c: char| !c.is_alphanumeric() && c != '-' && c != '_';
                    let names = labels.map(|w| label_name(w).trim_end_matches(ends).to_string());
                    self.labels.unreadable.extend(names);
                }
            }
        }
    }
}

/// Claims of a label that cannot tell of the same event as its first claim: two go together if
/// the vocabulary relates what they say and they share somebody, directly or through others.
fn strays(
    claims: &[usize],
    told: &[Told<'_, '_>],
    vocabulary: &Vocabulary,
    same: &Same<'_>,
) -> Vec<usize> {
    let mut joined = vec![false; claims.len()];
    let mut open = vec![0];
    joined[0] = true;
    let mut apart = claims.len() - 1;
    while let Some(i) = open.pop() {
        if apart == 0 {
            return Vec::new();
        }
        for (j, done) in joined.iter_mut().enumerate() {
            let pair = (told[claims[i]].sentence, told[claims[j]].sentence);
            if !*done && related(pair.0, pair.1, vocabulary) && same.share(pair.0, pair.1) {
                *done = true;
                apart -= 1;
                open.push(j);
            }
        }
    }
    let left = claims.iter().zip(&joined).filter(|(_, joined)| !**joined);
    left.map(|(claim, _)| *claim).collect()
}

fn related(a: &Sentence, b: &Sentence, vocabulary: &Vocabulary) -> bool {
    match (a, b) {
        (Sentence::Happens { event_type: a, .. }, Sentence::Happens { event_type: b, .. }) => {
            vocabulary.is_kind_of(*a, *b) || vocabulary.is_kind_of(*b, *a)
        }
        (Sentence::Holds { relation: a, .. }, Sentence::Holds { relation: b, .. }) => a == b,
        (Sentence::Text(_), Sentence::Text(_)) => true,
        _ => false,
    }
}

fn label_reused(label: &str, first: &Told<'_, '_>, other: &Told<'_, '_>) -> Report {
    let place = |t: &Told<'_, '_>| t.label_span.unwrap_or(t.line);
    Report::error(
        "label-reused",
        format!("`#{label}` names two different events"),
    )
    .also(place(first), "first used here")
    .at(place(other), "this cannot tell of the same event")
    .note("claims with one label tell of one event: of the same or a related kind, with a participant in common")
    .help("give the second event another label")
    .help(format!("if it happened on the same day, write `at #{label}:` before it and drop its label"))
}

/// Which names stand for one participant: things that share a name, and things said to be one.
struct Same<'e> {
    entities: &'e [Entity],
    group: Vec<u32>,
}

impl<'e> Same<'e> {
    fn new(entities: &'e [Entity], identities: &[Identity]) -> Same<'e> {
        let mut group: Vec<u32> = Vec::with_capacity(entities.len());
        let mut first: QuickMap<String, u32> = QuickMap::default();
        for (i, entity) in entities.iter().enumerate() {
            let alone = i as u32;
            group.push(if entity.words {
                alone
            } else {
                *first.entry(plain(&entity.name)).or_insert(alone)
            });
        }
        let mut same = Same { entities, group };
        for identity in identities {
            let (a, b) = (same.root(identity.a), same.root(identity.b));
            same.group[a.max(b) as usize] = a.min(b);
        }
        same
    }

    fn root(&self, entity: EntityId) -> u32 {
        let mut at = entity.0;
        while self.group[at as usize] != at {
            at = self.group[at as usize];
        }
        at
    }

    fn share(&self, a: &Sentence, b: &Sentence) -> bool {
        let (a, b) = (
            participants(a, self.entities),
            participants(b, self.entities),
        );
        // A quoted sentence names nobody, so nothing can speak against it.
        a.is_empty() && b.is_empty()
            || a.iter()
                .any(|x| b.iter().any(|y| self.root(*x) == self.root(*y)))
    }
}

/// Everybody a sentence names; its quoted words take part in nothing.
pub(crate) fn participants(sentence: &Sentence, entities: &[Entity]) -> Vec<EntityId> {
    let (roles, tail) = match sentence {
        Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. } => {
            (roles, tail)
        }
        Sentence::Text(_) => return Vec::new(),
    };
    let fillers = roles.iter().chain(tail.iter().map(|(_, filler)| filler));
    fillers
        .flat_map(|filler| match filler {
            Filler::Entities(things) | Filler::OneOf(things) => things.as_slice(),
            Filler::Unfilled | Filler::Number(_) => &[],
        })
        .copied()
        .filter(|id| !entities[id.index()].words)
        .collect()
}
