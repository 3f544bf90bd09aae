//! Cutting a chronicle into components that have no bearing on one another, in any world.
//!
//! Two events belong together where claims of one are dated by the other, where they tell of one
//! fluent, of one slot or of what one needs of the other, where a denial speaks of both, and where
//! it is open who is who or which of several happened. What is joined errs on the side of too
//! much: names that may be one count as one, and keys are compared by fingerprint, so that an
//! accident joins what need not be joined and never parts what belongs together.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    Argument, Chronicle, Claim, Constraint, Effect, EntityId, EventId, EventTypeId, Filler, Fluent,
    IdentityId, Mode, Part, Point, RelationId, Sentence, Template,
};

use crate::bearing::{canonical, instantiate, is_symmetric};
use crate::keys::{
    About, denial_print, fingerprint, mask_of, open_print, own_keys, product, slot_prints,
};
use crate::scope::Scope;
use crate::travel::{Bound, news_of, stays};
use crate::union::Union;

/// Longest chain of needs that is followed; vocabularies have two or three links.
const NEEDS: usize = 16;

/// The components of a chronicle.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partition {
    /// The component of each event.
    pub of_event: Vec<u32>,
    /// The claims, events and matters of each.
    pub scopes: Vec<Scope>,
    /// Components by the fingerprints of what they tell of, sorted.
    keys: Vec<(u64, u32)>,
    /// For each name that may be another, the one that stands for all of them.
    one: BTreeMap<EntityId, EntityId>,
}

/// A template filled from a claim: what each role may be, `None` where it is open.
type Options = (RelationId, Vec<Vec<Option<EntityId>>>);

struct Cutter<'c> {
    chronicle: &'c Chronicle,
    /// Names that identities join.
    named: Union,
    /// Names that may be one, unnamed things included.
    one: Union,
    /// Fingerprints of templates that leave roles open.
    open: BTreeSet<u64>,
    /// The roles that some template of a relation fills while it leaves others open.
    masks: BTreeMap<RelationId, BTreeSet<u64>>,
    /// Denied event types with the role that a denial fills first.
    denied: BTreeMap<EventTypeId, BTreeSet<Option<String>>>,
    unnamed: BTreeSet<EntityId>,
    /// Things whose ways bind their dates.
    bound: BTreeSet<EntityId>,
}

impl Partition {
    /// Cuts a chronicle.
    pub fn new(chronicle: &Chronicle) -> Partition {
        let cutter = Cutter::new(chronicle);
        let mut events = Union::default();
        let mut first: Vec<(u64, u32)> = Vec::new();
        for claim in chronicle.claims.iter().filter(|c| !c.draft) {
            let news = news_of(claim).map(|(_, event)| event);
            for other in anchors(claim).chain(news) {
                events.join(claim.event.0, other.0);
            }
            cutter.keys(claim, &mut |key| first.push((key, claim.event.0)));
        }
        for choice in &chronicle.choices {
            for pair in choice.events.windows(2) {
                events.join(pair[0].0, pair[1].0);
            }
        }
        first.sort_unstable();
        first.dedup();
        for pair in first.windows(2) {
            if pair[0].0 == pair[1].0 {
                events.join(pair[0].1, pair[1].1);
            }
        }
        first.dedup_by_key(|(key, _)| *key);
        let mut partition = Partition {
            one: cutter
                .one
                .representatives()
                .map(|(a, b)| (EntityId(a), EntityId(b)))
                .collect(),
            ..Partition::default()
        };
        partition.number(chronicle, &events);
        for (_, event) in &mut first {
            *event = partition.of_event[*event as usize];
        }
        partition.keys = first;
        partition.fill(chronicle, &cutter);
        partition
    }

    /// Numbers the components by their first events and lists those.
    fn number(&mut self, chronicle: &Chronicle, events: &Union) {
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        let mut lists: Vec<Vec<EventId>> = Vec::new();
        for event in &chronicle.events {
            let root = events.root(event.id.0);
            let number = match root == event.id.0 && !events.is_joined(root) {
                true => lists.len() as u32,
                false => *numbers.entry(root).or_insert(lists.len() as u32),
            };
            match lists.get_mut(number as usize) {
                Some(list) => list.push(event.id),
                None => lists.push(vec![event.id]),
            }
            self.of_event.push(number);
        }
        let scopes = lists.into_iter().map(|events| Scope {
            events: events.into(),
            ..Scope::default()
        });
        self.scopes = scopes.collect();
    }

    fn fill(&mut self, chronicle: &Chronicle, cutter: &Cutter) {
        for claim in chronicle.claims.iter().filter(|c| !c.draft) {
            let at = self.of_event[claim.event.index()] as usize;
            self.scopes[at].claims.push(claim.id);
        }
        for (at, choice) in chronicle.choices.iter().enumerate() {
            if let Some(event) = choice.events.first() {
                let scope = self.of_event[event.index()] as usize;
                self.scopes[scope]
                    .choices
                    .push(annals_chronicle::ChoiceId(at as u32));
            }
        }
        for (at, identity) in chronicle.identities.iter().enumerate() {
            let key = fingerprint(About::Name, &[cutter.named.root(identity.a.0)]);
            if let Some(scope) = self.of_key(key) {
                self.scopes[scope as usize]
                    .identities
                    .push(IdentityId(at as u32));
            }
        }
        for entity in &cutter.unnamed {
            if let Some(scope) = self.of_key(fingerprint(About::Unnamed, &[entity.0])) {
                self.scopes[scope as usize].unnamed.push(*entity);
            }
        }
    }

    fn of_key(&self, key: u64) -> Option<u32> {
        let at = self.keys.binary_search_by_key(&key, |(k, _)| *k).ok()?;
        Some(self.keys[at].1)
    }

    /// The component that a part belongs to.
    pub fn of_part(&self, chronicle: &Chronicle, part: Part) -> Option<u32> {
        match part {
            Part::Identity(id) => {
                let holds = |s: &Scope| s.identities.contains(&id);
                self.scopes.iter().position(holds).map(|at| at as u32)
            }
            Part::Choice(id) => {
                let event = chronicle.choices[id.index()].events.first()?;
                Some(self.of_event[event.index()])
            }
            Part::Happened(c) | Part::Date(c, _) | Part::Role(c, _) | Part::Detail(c, _) => {
                let event = chronicle.claims[c.index()].event;
                Some(self.of_event[event.index()])
            }
        }
    }

    /// The components that a fluent can have to do with: one, unless it lies in several slots that
    /// nothing else joins; none where nothing is told of it.
    pub fn of_fluent(&self, chronicle: &Chronicle, fluent: &Fluent) -> BTreeSet<u32> {
        let roles = fluent.roles.iter();
        let roles = roles.map(|e| self.one.get(e).copied().unwrap_or(*e));
        let merged = Fluent {
            relation: fluent.relation,
            roles: roles.collect(),
        };
        let merged = canonical(chronicle, merged);
        let mut all = BTreeSet::new();
        own_keys(chronicle, &merged, &mut |key| all.extend(self.of_key(key)));
        // What follows along a chain was told of its links alone.
        for asked in [fluent, &merged] {
            chain_keys(chronicle, asked, &mut |key| all.extend(self.of_key(key)));
        }
        // Who a name asked about may be is settled where it is told of.
        for name in &fluent.roles {
            all.extend(self.of_key(fingerprint(About::Unnamed, &[name.0])));
        }
        all
    }
}

impl<'c> Cutter<'c> {
    fn new(chronicle: &'c Chronicle) -> Cutter<'c> {
        let mut named = Union::default();
        for identity in &chronicle.identities {
            named.join(identity.a.0, identity.b.0);
        }
        let unnamed = chronicle.entities.iter().filter(|e| e.unnamed);
        let mut cutter = Cutter {
            chronicle,
            one: named.clone(),
            named,
            open: BTreeSet::new(),
            masks: BTreeMap::new(),
            denied: BTreeMap::new(),
            unnamed: unnamed.map(|e| e.id).collect(),
            bound: BTreeSet::new(),
        };
        cutter.join_unnamed();
        let mut bound = Bound::new(chronicle);
        for claim in chronicle.claims.iter().filter(|c| !c.draft) {
            bound.note(claim, &|e| cutter.of(e));
        }
        cutter.bound = bound.things();
        for claim in chronicle.claims.iter().filter(|c| !c.draft) {
            for template in cutter.templates(claim) {
                cutter.note_open(&template);
            }
            if claim.mode == Mode::Denied
                && let Sentence::Happens { event_type, .. } = &claim.sentence
            {
                let first = cutter.first_role(claim).map(|(name, _)| name);
                cutter.denied.entry(*event_type).or_default().insert(first);
            }
        }
        cutter
    }

    /// An unnamed thing may be any other that fills its place in a slot where it is recorded.
    fn join_unnamed(&mut self) {
        if self.unnamed.is_empty() {
            return;
        }
        let mut slots: BTreeMap<u64, Vec<Fluent>> = BTreeMap::new();
        let claims = || self.chronicle.claims.iter().filter(|c| !c.draft);
        let mut all: Vec<Fluent> = Vec::new();
        for claim in claims() {
            for template in self.templates(claim) {
                self.fluents(&template, &mut |fluent| {
                    all.extend(with_needed(self.chronicle, fluent));
                });
            }
        }
        let holds = |f: &Fluent| f.roles.iter().any(|e| self.unnamed.contains(e));
        for fluent in all.iter().filter(|f| holds(f)) {
            for key in slot_prints(self.chronicle, fluent) {
                slots.entry(key).or_default();
            }
        }
        for fluent in all {
            for key in slot_prints(self.chronicle, &fluent) {
                if let Some(list) = slots.get_mut(&key) {
                    list.push(fluent.clone());
                }
            }
        }
        for list in slots.values() {
            for fluent in list
                .iter()
                .filter(|f| f.roles.iter().any(|e| self.unnamed.contains(e)))
            {
                let symmetric = is_symmetric(self.chronicle, fluent.relation);
                for (role, entity) in fluent.roles.iter().enumerate() {
                    if !self.unnamed.contains(entity) {
                        continue;
                    }
                    for other in list {
                        let places = other.roles.iter().enumerate();
                        places
                            .filter(|(place, _)| symmetric || *place == role)
                            .for_each(|(_, e)| self.one.join(entity.0, e.0));
                    }
                }
            }
        }
    }

    /// Every fingerprint of what a claim can have to do with.
    fn keys(&self, claim: &Claim, emit: &mut dyn FnMut(u64)) {
        for name in fillers(claim).flat_map(entities) {
            if self.named.is_joined(name.0) {
                emit(fingerprint(About::Name, &[self.named.root(name.0)]));
            }
            if self.unnamed.contains(name) {
                emit(fingerprint(About::Unnamed, &[name.0]));
            }
        }
        for template in self.templates(claim) {
            let mut told = Vec::new();
            self.fluents(&template, &mut |fluent| told.push(fluent));
            if told.is_empty() {
                self.partial(&template, emit);
            }
            for fluent in told {
                self.tell(fluent, emit);
            }
        }
        self.denials(claim, emit);
        if !self.bound.is_empty() {
            for stay in stays(self.chronicle, claim) {
                let roots = stay.who.all().iter().map(|e| self.of(*e));
                for root in roots.filter(|root| self.bound.contains(root)) {
                    emit(fingerprint(About::Mover, &[root.0]));
                }
            }
        }
    }

    /// The fingerprints of a fluent and of all that it needs.
    fn tell(&self, fluent: Fluent, emit: &mut dyn FnMut(u64)) {
        for fluent in with_needed(self.chronicle, fluent) {
            own_keys(self.chronicle, &fluent, emit);
            chain_keys(self.chronicle, &fluent, emit);
            self.open_keys(&fluent, emit);
        }
    }

    /// A template that leaves roles open touches every fluent that fits it.
    fn open_keys(&self, fluent: &Fluent, emit: &mut dyn FnMut(u64)) {
        let Some(masks) = self.masks.get(&fluent.relation) else {
            return;
        };
        let reversed: Vec<EntityId> = fluent.roles.iter().rev().copied().collect();
        let symmetric = is_symmetric(self.chronicle, fluent.relation);
        let forms = [Some(&fluent.roles), symmetric.then_some(&reversed)];
        for roles in forms.into_iter().flatten() {
            for mask in masks {
                let print = open_print(fluent.relation, *mask, roles.iter().copied().map(Some));
                if self.open.contains(&print) {
                    emit(print);
                }
            }
        }
    }

    /// An event and a denial of such events.
    fn denials(&self, claim: &Claim, emit: &mut dyn FnMut(u64)) {
        let Sentence::Happens {
            event_type, roles, ..
        } = &claim.sentence
        else {
            return;
        };
        let vocabulary = &self.chronicle.vocabulary;
        if claim.mode == Mode::Denied {
            let first = self.first_role(claim);
            let things = first.as_ref().map_or(vec![None], |(_, things)| {
                things.iter().map(|e| Some(*e)).collect()
            });
            for thing in things {
                emit(denial_print(
                    *event_type,
                    first.as_ref().map(|(n, _)| n),
                    thing,
                ));
            }
            return;
        }
        for (denied, names) in &self.denied {
            if !vocabulary.is_kind_of(*event_type, *denied) {
                continue;
            }
            for name in names {
                let Some(name) = name else {
                    emit(denial_print(*denied, None, None));
                    continue;
                };
                let declared = &vocabulary.event_types[event_type.index()].roles;
                let filled = declared.iter().zip(roles).filter(|(r, _)| r.name == *name);
                for thing in filled.flat_map(|(_, f)| entities(f)) {
                    emit(denial_print(*denied, Some(name), Some(self.of(*thing))));
                }
            }
        }
    }

    /// The first role that a denial fills, and the first thing in it.
    fn first_role(&self, claim: &Claim) -> Option<(String, Vec<EntityId>)> {
        let Sentence::Happens {
            event_type, roles, ..
        } = &claim.sentence
        else {
            return None;
        };
        let declared = &self.chronicle.vocabulary.event_types[event_type.index()].roles;
        let filled = declared.iter().zip(roles);
        filled
            .map(|(role, filler)| (role, entities(filler)))
            .find(|(_, things)| !things.is_empty())
            .map(|(role, things)| {
                let things = things.iter().map(|e| self.of(*e));
                (role.name.clone(), things.collect())
            })
    }

    fn of(&self, entity: EntityId) -> EntityId {
        EntityId(self.one.root(entity.0))
    }

    fn note_open(&mut self, template: &Options) {
        let mut complete = false;
        self.fluents(template, &mut |_| complete = true);
        if complete {
            return;
        }
        let mut prints = Vec::new();
        self.partial(template, &mut |print| prints.push(print));
        self.open.extend(prints);
        let mask = mask_of(template.1.iter().map(|o| o[0].is_some()));
        self.masks.entry(template.0).or_default().insert(mask);
    }

    /// The fingerprints of a template with open roles.
    fn partial(&self, (relation, options): &Options, emit: &mut dyn FnMut(u64)) {
        let mask = mask_of(options.iter().map(|o| o[0].is_some()));
        for roles in product(options) {
            emit(open_print(*relation, mask, roles.into_iter()));
        }
    }

    /// The fluents of a template all of whose roles are filled.
    fn fluents(&self, (relation, options): &Options, emit: &mut dyn FnMut(Fluent)) {
        if options.iter().any(|o| o.contains(&None)) {
            return;
        }
        for roles in product(options) {
            let fluent = Fluent {
                relation: *relation,
                roles: roles.into_iter().flatten().collect(),
            };
            emit(canonical(self.chronicle, fluent));
        }
    }

    /// Every fluent that a claim speaks of in some world, as filled templates.
    fn templates(&self, claim: &Claim) -> Vec<Options> {
        match &claim.sentence {
            Sentence::Happens {
                event_type, roles, ..
            } => {
                let event_type = &self.chronicle.vocabulary.event_types[event_type.index()];
                let effects = event_type.effects.iter().map(|effect| {
                    let (Effect::Begins(t)
                    | Effect::Ends(t)
                    | Effect::EndsAny(t)
                    | Effect::Needs(t)
                    | Effect::NeedsNot(t)) = effect;
                    self.fill(t, roles)
                });
                effects.collect()
            }
            Sentence::Holds {
                relation, roles, ..
            } => vec![(*relation, roles.iter().map(|f| self.options(f)).collect())],
            Sentence::Text(_) => vec![],
        }
    }

    fn fill(&self, template: &Template, roles: &[Filler]) -> Options {
        let arguments = template.arguments.iter().map(|a| match a {
            Argument::Role(role) => roles
                .get(*role as usize)
                .map_or(vec![None], |f| self.options(f)),
            Argument::Any => vec![None],
        });
        (template.relation, arguments.collect())
    }

    fn options(&self, filler: &Filler) -> Vec<Option<EntityId>> {
        match entities(filler) {
            [] => vec![None],
            things => things.iter().map(|e| Some(self.of(*e))).collect(),
        }
    }
}

fn fillers(claim: &Claim) -> impl Iterator<Item = &Filler> {
    match &claim.sentence {
        Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } => roles.as_slice(),
        Sentence::Text(_) => &[],
    }
    .iter()
}

fn entities(filler: &Filler) -> &[EntityId] {
    match filler {
        Filler::Entities(list) | Filler::OneOf(list) => list,
        Filler::Unfilled | Filler::Number(_) => &[],
    }
}

/// The events that the dates of a claim hang from.
fn anchors(claim: &Claim) -> impl Iterator<Item = EventId> {
    let conditions = claim.when.conditions.iter();
    let points = conditions.flat_map(|c| {
        let soft = c.soft.as_ref().map(|s| &s.point);
        c.alternatives.iter().chain(soft)
    });
    points.filter_map(|point| match point {
        Point::After(anchor)
        | Point::Before(anchor)
        | Point::During(anchor)
        | Point::At(anchor)
        | Point::Offset { anchor, .. }
        | Point::Cell { anchor, .. } => Some(anchor.event),
        Point::Undated
        | Point::Always
        | Point::On(_)
        | Point::Span { .. }
        | Point::Throughout(_) => None,
    })
}

/// A fluent and what it needs to hold or not to hold, through any number of steps.
fn with_needed(chronicle: &Chronicle, fluent: Fluent) -> Vec<Fluent> {
    let mut told = vec![fluent];
    let mut at = 0;
    while at < told.len() && at < NEEDS {
        let fluent = told[at].clone();
        at += 1;
        let relation = &chronicle.vocabulary.relations[fluent.relation.index()];
        for constraint in &relation.constraints {
            if let Constraint::Needs(t) | Constraint::NeedsNot(t) = constraint {
                let needed = instantiate(chronicle, t, &fluent);
                if !told.contains(&needed) {
                    told.push(needed);
                }
            }
        }
    }
    told
}

/// Transitive relations run along chains of what they name.
fn chain_keys(chronicle: &Chronicle, fluent: &Fluent, emit: &mut dyn FnMut(u64)) {
    let relation = &chronicle.vocabulary.relations[fluent.relation.index()];
    if relation.constraints.contains(&Constraint::Transitive) {
        for entity in &fluent.roles {
            emit(fingerprint(About::Chain, &[fluent.relation.0, entity.0]));
        }
    }
}
