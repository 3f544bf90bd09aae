//! Bearings: what each moment requires of a fluent and does to it.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    Argument, Chronicle, Claim, ClaimId, Constraint, DetailValue, Effect, EntityId, Filler, Fluent,
    Mode, Part, Point, RelationId, RoleContent, Sentence, Template,
};
use annals_network::Var;

use crate::premise::{PremiseId, Premises};
use crate::scope::{Moments, Scope};
use crate::world::{Same, World};

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
    pub scope: &'c Scope,
    pub same: Same,
    pub moments: &'c Moments,
    /// Fluents that claims fill completely: what `any` can touch.
    recorded: BTreeSet<Fluent>,
    /// Recorded fluents by what they need.
    needing: BTreeMap<Fluent, Vec<(Fluent, bool)>>,
}

/// A template filled from a sentence; `None` where a role is open.
pub(crate) type Filled = (RelationId, Vec<Vec<Option<EntityId>>>);

impl<'c> Bearer<'c> {
    pub fn new(
        chronicle: &'c Chronicle,
        scope: &'c Scope,
        premises: &'c Premises,
        world: &'c World,
        moments: &'c Moments,
    ) -> Bearer<'c> {
        let mut bearer = Bearer {
            chronicle,
            premises,
            world,
            scope,
            same: world.representatives(chronicle),
            moments,
            recorded: BTreeSet::new(),
            needing: BTreeMap::new(),
        };
        for claim in scope.claims(chronicle) {
            for template in bearer.templates(claim) {
                let whole = bearer.complete(&template);
                bearer.recorded.extend(whole);
            }
        }
        bearer.needing = bearer.needed_by();
        bearer
    }

    /// What is recorded, and which entity stands for which.
    pub fn into_recorded(self) -> (BTreeSet<Fluent>, Same) {
        (self.recorded, self.same)
    }

    /// The recorded fluents that need another to be true, or to be false, by that other.
    fn needed_by(&self) -> BTreeMap<Fluent, Vec<(Fluent, bool)>> {
        let mut all: BTreeMap<Fluent, Vec<(Fluent, bool)>> = BTreeMap::new();
        for fluent in &self.recorded {
            let relation = &self.chronicle.vocabulary.relations[fluent.relation.index()];
            for constraint in &relation.constraints {
                let (template, value) = match constraint {
                    Constraint::Needs(template) => (template, true),
                    Constraint::NeedsNot(template) => (template, false),
                    _ => continue,
                };
                let needed = self.instantiate(template, fluent);
                all.entry(needed).or_default().push((fluent.clone(), value));
            }
        }
        all
    }

    /// The recorded fluents that need a fluent, each with the value it needs.
    pub fn needing(&self, fluent: &Fluent) -> &[(Fluent, bool)] {
        self.needing.get(fluent).map_or(&[], Vec::as_slice)
    }

    /// All bearings, those that rest on rules of relations included, in a fixed order; `edges`
    /// are those at the ends of stretches.
    pub fn bearings(&self, edges: Vec<Bearing>) -> Vec<Bearing> {
        let mut all = edges;
        for claim in self.scope.claims(self.chronicle) {
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
                let var = self.moments.start(claim.event);
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
            self.moments.start(claim.event),
            self.moments.end(claim.event),
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
            self.moments.start(claim.event),
            self.moments.end(claim.event),
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
        let begins = |b: &Bearing| b.after == Some(Status::True);
        let begun = all.iter().filter(|b| begins(b));
        // Nothing that rules add begins a fluent, so that these are all that is begun.
        let begun: BTreeSet<(Var, Fluent)> = begun.map(|b| (b.var, b.fluent.clone())).collect();
        // A chain of needs is followed as far as the vocabulary has relations.
        let mut from = 0;
        for _ in 0..=self.chronicle.vocabulary.relations.len() {
            let known = all.len();
            for at in from..known {
                let bearing = all[at].clone();
                self.attest_needed(&bearing, &begun, all);
                self.end_dependents(&bearing, all);
            }
            from = known;
            if all.len() == known {
                break;
            }
        }
    }

    fn attest_needed(
        &self,
        bearing: &Bearing,
        begun: &BTreeSet<(Var, Fluent)>,
        all: &mut Vec<Bearing>,
    ) {
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
            if value && begun.contains(&(bearing.var, fluent.clone())) {
                continue;
            }
            all.push(Bearing {
                var: bearing.var,
                fluent,
                before: (bearing.before == Some(true) || value).then_some(value),
                after: begins.then_some(Status::False),
                needs: bearing.needs.clone(),
                follows: None,
            });
        }
    }

    fn end_dependents(&self, bearing: &Bearing, all: &mut Vec<Bearing>) {
        for (fluent, value) in self.needing(&bearing.fluent) {
            let lost = if *value { Status::False } else { Status::True };
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

    /// The relation of a rule, filled from a fluent of the relation that has the rule.
    pub fn instantiate(&self, template: &Template, fluent: &Fluent) -> Fluent {
        instantiate(self.chronicle, template, fluent)
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
                list.iter().map(|e| Some(self.same.of(*e))).collect()
            }
            Filler::OneOf(_) => {
                let chosen = self.world.fillers.get(&(claim, role as u32));
                vec![chosen.map(|e| self.same.of(*e))]
            }
            _ => vec![None],
        }
    }

    /// The fluents of a template all of whose roles are filled; empty where one is open. What is of
    /// none of a role's kinds makes no fluent: where an actor must be alive, a polity need not.
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
            .filter(|roles| fit_kinds(self.chronicle, filled.0, roles))
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
        let first = Fluent {
            relation: filled.0,
            roles: vec![],
        };
        self.recorded
            .range(first..)
            .take_while(|f| f.relation == filled.0)
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

/// The relation of a rule, filled from a fluent of the relation that has the rule.
pub(crate) fn instantiate(chronicle: &Chronicle, template: &Template, fluent: &Fluent) -> Fluent {
    let arguments = template.arguments.iter();
    let roles = arguments.map(|a| match a {
        Argument::Role(role) => fluent.roles[*role as usize],
        Argument::Any => fluent.roles[0],
    });
    let filled = Fluent {
        relation: template.relation,
        roles: roles.collect(),
    };
    canonical(chronicle, filled)
}

/// Whether things are of the kinds that a relation's roles take.
fn fit_kinds(chronicle: &Chronicle, relation: RelationId, things: &[EntityId]) -> bool {
    let vocabulary = &chronicle.vocabulary;
    let roles = vocabulary.relations[relation.index()].roles.iter();
    roles.zip(things).all(|(role, thing)| {
        let RoleContent::Kinds(kinds) = &role.content else {
            return true;
        };
        let kind = chronicle.entities[thing.index()].kind;
        kinds.iter().any(|above| vocabulary.is_a(kind, *above))
    })
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
