//! Bearings: what each moment requires of a fluent and does to it.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    Argument, Chronicle, Claim, ClaimId, Constraint, DetailValue, Effect, EntityId, Filler, Fluent,
    Mode, Part, Point, RelationId, Sentence, Template,
};
use annals_network::Var;

use crate::premise::{PremiseId, Premises};
use crate::world::World;

/// What a fluent is after a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    True,
    False,
    Unrecorded,
}

/// What one moment requires of a fluent just before it and makes of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bearing {
    pub var: Var,
    pub fluent: Fluent,
    pub before: Option<bool>,
    pub after: Option<Status>,
    pub needs: Vec<PremiseId>,
    /// The assumption that what it ends had begun.
    pub follows: Option<PremiseId>,
}

/// A slot: one relation, one of its `one … per …` constraints, and the filling of its `per` roles.
pub(crate) type SlotKey = (RelationId, usize, Vec<EntityId>);

/// Turns claims into bearings in one world.
pub(crate) struct Bearer<'c> {
    pub chronicle: &'c Chronicle,
    pub premises: &'c Premises,
    pub world: &'c World,
    pub same: Vec<EntityId>,
    pub starts: &'c [Var],
    pub ends: &'c [Var],
    /// Fluents that claims fill completely: what `any` can touch.
    recorded: BTreeSet<Fluent>,
}

/// A template filled from a sentence; `None` where a role is open.
pub(crate) type Filled = (RelationId, Vec<Vec<Option<EntityId>>>);

impl<'c> Bearer<'c> {
    pub fn new(
        chronicle: &'c Chronicle,
        premises: &'c Premises,
        world: &'c World,
        starts: &'c [Var],
        ends: &'c [Var],
    ) -> Bearer<'c> {
        let same = world.representatives(chronicle);
        let recorded = BTreeSet::new();
        let mut bearer = Bearer {
            chronicle,
            premises,
            world,
            same,
            starts,
            ends,
            recorded,
        };
        for claim in chronicle.claims.iter().filter(|c| !c.draft) {
            for template in bearer.templates(claim) {
                let whole = bearer.complete(&template);
                bearer.recorded.extend(whole);
            }
        }
        bearer
    }

    pub fn recorded(&self) -> &BTreeSet<Fluent> {
        &self.recorded
    }

    /// All bearings, those that rest on rules of relations included, in a fixed order; `edges`
    /// are those at the ends of stretches.
    pub fn bearings(&self, edges: Vec<Bearing>) -> Vec<Bearing> {
        let mut all = edges;
        for claim in self.chronicle.claims.iter().filter(|c| !c.draft) {
            if self.world.happens(self.chronicle, claim.event) {
                self.of_claim(claim, &mut all);
            }
        }
        self.dependent(&mut all);
        all.sort();
        all.dedup();
        all
    }

    fn of_claim(&self, claim: &Claim, all: &mut Vec<Bearing>) {
        match (claim.mode, &claim.sentence) {
            (Mode::Asserted, Sentence::Happens { event_type, .. }) => {
                let event_type = &self.chronicle.vocabulary.event_types[event_type.index()];
                for effect in &event_type.effects {
                    self.of_effect(claim, effect, all);
                }
            }
            (Mode::Asserted, Sentence::Holds { .. }) => self.of_mention(claim, all),
            (Mode::UnknownWhether, _) => {
                let var = self.starts[claim.event.index()];
                for template in self.touched(claim) {
                    for fluent in self.matching(&template) {
                        all.push(Bearing {
                            var,
                            fluent,
                            before: None,
                            after: Some(Status::Unrecorded),
                            needs: self.needs(claim),
                            follows: None,
                        });
                    }
                }
            }
            _ => {}
        }
    }

    fn of_effect(&self, claim: &Claim, effect: &Effect, all: &mut Vec<Bearing>) {
        let (start, end) = (
            self.starts[claim.event.index()],
            self.ends[claim.event.index()],
        );
        let (Effect::Begins(template)
        | Effect::Ends(template)
        | Effect::EndsAny(template)
        | Effect::Needs(template)
        | Effect::NeedsNot(template)) = effect;
        if matches!(effect, Effect::Ends(_) | Effect::EndsAny(_)) && keeps(claim, template) {
            return;
        }
        let filled = self.fill(template, claim);
        let whole = self.complete(&filled);
        let needs = self.needs(claim);
        let follows = self
            .premises
            .assumption(annals_chronicle::Assumption::EndingFollows(claim.id));
        let mut push = |var, fluent, before, after, follows| {
            all.push(Bearing {
                var,
                fluent,
                before,
                after,
                needs: needs.clone(),
                follows,
            });
        };
        match effect {
            Effect::Begins(_) if whole.is_empty() => {
                // Somebody holds it now, nobody says who: in a slot for one, that leaves every
                // recorded holder unrecorded; elsewhere it tells nothing of the others.
                for fluent in self.matching(&filled) {
                    if !slot_keys(self.chronicle, &fluent).is_empty() {
                        push(end, fluent, None, Some(Status::Unrecorded), None);
                    }
                }
            }
            Effect::Begins(_) => {
                for fluent in whole {
                    push(end, fluent, None, Some(Status::True), None);
                }
            }
            Effect::Ends(_) if !whole.is_empty() => {
                for fluent in whole {
                    push(end, fluent, Some(true), Some(Status::False), follows);
                }
            }
            Effect::Ends(_) | Effect::EndsAny(_) => {
                for fluent in self.matching(&filled) {
                    push(end, fluent, None, Some(Status::False), None);
                }
            }
            Effect::Needs(_) => {
                for fluent in whole {
                    push(start, fluent, Some(true), None, None);
                }
            }
            Effect::NeedsNot(_) => {
                for fluent in whole {
                    push(start, fluent, Some(false), None, None);
                }
            }
        }
    }

    /// A state claim: a mention at its moment, or a beginning and an end for `from A to B`.
    fn of_mention(&self, claim: &Claim, all: &mut Vec<Bearing>) {
        let (start, end) = (
            self.starts[claim.event.index()],
            self.ends[claim.event.index()],
        );
        let span = span_of(claim);
        let follows = self
            .premises
            .assumption(annals_chronicle::Assumption::EndingFollows(claim.id));
        if crate::stretch::is_throughout(claim) {
            return;
        }
        for template in self.templates(claim) {
            for fluent in self.complete(&template) {
                let mut push = |var, before, after, follows| {
                    let needs = self.needs(claim);
                    let fluent = fluent.clone();
                    all.push(Bearing {
                        var,
                        fluent,
                        before,
                        after,
                        needs,
                        follows,
                    });
                };
                match span {
                    Some((from, to)) => {
                        if from {
                            push(start, None, Some(Status::True), None);
                        }
                        if to {
                            let follows = if from { None } else { follows };
                            push(end, Some(true), Some(Status::False), follows);
                        }
                    }
                    None => {
                        push(start, Some(true), None, None);
                        if end != start {
                            push(end, Some(true), None, None);
                        }
                    }
                }
            }
        }
    }

    /// What rules of relations add: a relation attests what it needs and ends with it.
    fn dependent(&self, all: &mut Vec<Bearing>) {
        // A chain of needs is followed as far as the vocabulary has relations.
        let mut from = 0;
        for _ in 0..=self.chronicle.vocabulary.relations.len() {
            let known = all.len();
            for at in from..known {
                let bearing = all[at].clone();
                self.attest_needed(&bearing, all);
                self.end_dependents(&bearing, all);
            }
            from = known;
            if all.len() == known {
                break;
            }
        }
    }

    fn attest_needed(&self, bearing: &Bearing, all: &mut Vec<Bearing>) {
        let holds = bearing.before == Some(true) || bearing.after == Some(Status::True);
        if !holds {
            return;
        }
        for constraint in
            &self.chronicle.vocabulary.relations[bearing.fluent.relation.index()].constraints
        {
            let (template, value) = match constraint {
                Constraint::Needs(template) => (template, true),
                Constraint::NeedsNot(template) => (template, false),
                _ => continue,
            };
            let fluent = self.instantiate(template, &bearing.fluent);
            let begins = bearing.after == Some(Status::True) && !value;
            // What one event begins together it need not find begun.
            let begun_here = all.iter().any(|b| {
                b.var == bearing.var && b.fluent == fluent && b.after == Some(Status::True)
            });
            if value && begun_here {
                continue;
            }
            all.push(Bearing {
                var: bearing.var,
                fluent: fluent.clone(),
                before: (bearing.before == Some(true) || value).then_some(value),
                after: begins.then_some(Status::False),
                needs: bearing.needs.clone(),
                follows: None,
            });
        }
    }

    fn end_dependents(&self, bearing: &Bearing, all: &mut Vec<Bearing>) {
        for fluent in &self.recorded {
            for constraint in
                &self.chronicle.vocabulary.relations[fluent.relation.index()].constraints
            {
                let (template, value) = match constraint {
                    Constraint::Needs(template) => (template, true),
                    Constraint::NeedsNot(template) => (template, false),
                    _ => continue,
                };
                if self.instantiate(template, fluent) != bearing.fluent {
                    continue;
                }
                let lost = if value { Status::False } else { Status::True };
                let before = (bearing.before == Some(!value)).then_some(false);
                let after = (bearing.after == Some(lost)).then_some(Status::False);
                if before.is_some() || after.is_some() {
                    all.push(Bearing {
                        var: bearing.var,
                        fluent: fluent.clone(),
                        before,
                        after,
                        needs: bearing.needs.clone(),
                        follows: None,
                    });
                }
            }
        }
    }

    /// The relation of a rule, filled from a fluent of the relation that has the rule.
    pub fn instantiate(&self, template: &Template, fluent: &Fluent) -> Fluent {
        let roles = template
            .arguments
            .iter()
            .map(|a| match a {
                Argument::Role(role) => fluent.roles[*role as usize],
                Argument::Any => fluent.roles[0],
            })
            .collect();
        canonical(
            self.chronicle,
            Fluent {
                relation: template.relation,
                roles,
            },
        )
    }

    /// The premises of what a claim says: that it happened, and rival roles.
    pub fn needs(&self, claim: &Claim) -> Vec<PremiseId> {
        let roles = match &claim.sentence {
            Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } => roles.len(),
            Sentence::Text(_) => 0,
        };
        let happened = self.premises.part(Part::Happened(claim.id));
        let rival = (0..roles).filter_map(|r| self.premises.part(Part::Role(claim.id, r as u32)));
        happened.into_iter().chain(rival).collect()
    }

    /// The fluents that "unknown whether" leaves unrecorded.
    fn touched(&self, claim: &Claim) -> Vec<Filled> {
        match &claim.sentence {
            Sentence::Happens { event_type, .. } => self.chronicle.vocabulary.event_types
                [event_type.index()]
            .effects
            .iter()
            .filter_map(|e| match e {
                Effect::Begins(t) | Effect::Ends(t) | Effect::EndsAny(t) => {
                    Some(self.fill(t, claim))
                }
                Effect::Needs(_) | Effect::NeedsNot(_) => None,
            })
            .collect(),
            Sentence::Holds { .. } => self.templates(claim),
            Sentence::Text(_) => vec![],
        }
    }

    /// Every fluent a claim speaks of, as filled templates.
    pub fn templates(&self, claim: &Claim) -> Vec<Filled> {
        match &claim.sentence {
            Sentence::Happens { event_type, .. } => self.chronicle.vocabulary.event_types
                [event_type.index()]
            .effects
            .iter()
            .map(|e| match e {
                Effect::Begins(t)
                | Effect::Ends(t)
                | Effect::EndsAny(t)
                | Effect::Needs(t)
                | Effect::NeedsNot(t) => self.fill(t, claim),
            })
            .collect(),
            Sentence::Holds {
                relation, roles, ..
            } => {
                let filled = roles
                    .iter()
                    .enumerate()
                    .map(|(r, f)| self.entities(claim.id, r, f));
                vec![(*relation, filled.collect())]
            }
            Sentence::Text(_) => vec![],
        }
    }

    fn fill(&self, template: &Template, claim: &Claim) -> Filled {
        let roles = match &claim.sentence {
            Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } => roles.as_slice(),
            Sentence::Text(_) => &[],
        };
        let filled = template.arguments.iter().map(|a| match a {
            Argument::Role(role) => roles
                .get(*role as usize)
                .map_or(vec![None], |f| self.entities(claim.id, *role as usize, f)),
            Argument::Any => vec![None],
        });
        (template.relation, filled.collect())
    }

    fn entities(&self, claim: ClaimId, role: usize, filler: &Filler) -> Vec<Option<EntityId>> {
        match filler {
            Filler::Entities(list) if !list.is_empty() => {
                list.iter().map(|e| Some(self.same[e.index()])).collect()
            }
            Filler::OneOf(_) => {
                let chosen = self.world.fillers.get(&(claim, role as u32));
                vec![chosen.map(|e| self.same[e.index()])]
            }
            _ => vec![None],
        }
    }

    /// The fluents of a template all of whose roles are filled; empty where one is open.
    pub fn complete(&self, filled: &Filled) -> Vec<Fluent> {
        let mut all = vec![Vec::new()];
        for options in &filled.1 {
            let mut next = Vec::new();
            for roles in &all {
                for option in options {
                    let Some(entity) = option else { return vec![] };
                    let mut roles: Vec<EntityId> = roles.clone();
                    roles.push(*entity);
                    next.push(roles);
                }
            }
            all = next;
        }
        all.into_iter()
            .map(|roles| {
                canonical(
                    self.chronicle,
                    Fluent {
                        relation: filled.0,
                        roles,
                    },
                )
            })
            .collect()
    }

    /// The recorded fluents that fit a template, open roles fitting anything.
    fn matching(&self, filled: &Filled) -> Vec<Fluent> {
        let whole = self.complete(filled);
        if !whole.is_empty() {
            return whole;
        }
        let symmetric = is_symmetric(self.chronicle, filled.0);
        self.recorded
            .iter()
            .filter(|f| f.relation == filled.0)
            .filter(|f| {
                let fits = |roles: &mut dyn Iterator<Item = &EntityId>| {
                    roles
                        .zip(&filled.1)
                        .all(|(e, options)| options.iter().any(|o| o.is_none_or(|o| o == *e)))
                };
                fits(&mut f.roles.iter()) || symmetric && fits(&mut f.roles.iter().rev())
            })
            .cloned()
            .collect()
    }
}

/// One spelling for what is one fluent: symmetric relations in the order of declaration, an
/// inverse by the relation declared first.
pub(crate) fn canonical(chronicle: &Chronicle, mut fluent: Fluent) -> Fluent {
    let relation = &chronicle.vocabulary.relations[fluent.relation.index()];
    for constraint in &relation.constraints {
        if let Constraint::Inverse(other) = constraint
            && *other < fluent.relation
            && fluent.roles.len() == 2
        {
            fluent.relation = *other;
            fluent.roles.reverse();
            return canonical(chronicle, fluent);
        }
    }
    if is_symmetric(chronicle, fluent.relation) {
        fluent.roles.sort_unstable();
    }
    fluent
}

pub(crate) fn is_symmetric(chronicle: &Chronicle, relation: RelationId) -> bool {
    chronicle.vocabulary.relations[relation.index()]
        .constraints
        .iter()
        .any(|c| matches!(c, Constraint::Symmetric))
}

/// The slots a fluent lies in. Two fluents of one slot are rivals: one true makes the other false.
pub(crate) fn slot_keys(chronicle: &Chronicle, fluent: &Fluent) -> Vec<SlotKey> {
    let relation = &chronicle.vocabulary.relations[fluent.relation.index()];
    let mut keys = Vec::new();
    for (index, constraint) in relation.constraints.iter().enumerate() {
        let Constraint::One { per, .. } = constraint else {
            continue;
        };
        let key = |roles: &[EntityId]| {
            (
                fluent.relation,
                index,
                per.iter().map(|p| roles[*p as usize]).collect(),
            )
        };
        keys.push(key(&fluent.roles));
        if is_symmetric(chronicle, fluent.relation) {
            let reversed: Vec<EntityId> = fluent.roles.iter().rev().copied().collect();
            keys.push(key(&reversed));
        }
    }
    keys
}

/// Fluents by the slots they lie in.
pub(crate) fn by_slot(
    chronicle: &Chronicle,
    fluents: impl IntoIterator<Item = Fluent>,
) -> BTreeMap<SlotKey, Vec<Fluent>> {
    let mut map: BTreeMap<SlotKey, Vec<Fluent>> = BTreeMap::new();
    for fluent in fluents {
        for key in slot_keys(chronicle, &fluent) {
            let list = map.entry(key).or_default();
            if !list.contains(&fluent) {
                list.push(fluent.clone());
            }
        }
    }
    map
}

/// For a state claim dated `from … to …`: whether it gives a beginning and an end.
pub(crate) fn span_of(claim: &Claim) -> Option<(bool, bool)> {
    claim
        .when
        .conditions
        .iter()
        .flat_map(|c| &c.alternatives)
        .find_map(|p| match p {
            Point::Span { from, to } => Some((from.is_some(), to.is_some())),
            _ => None,
        })
}

fn keeps(claim: &Claim, template: &Template) -> bool {
    claim
        .details
        .iter()
        .any(|d| matches!(&d.value, DetailValue::Keeps(kept) if kept.relation == template.relation))
}
