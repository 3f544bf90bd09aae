//! Every fluent a small chronicle speaks of, sorted into slots of rivals.

use annals_chronicle::{
    Argument, Chronicle, Claim, Constraint, Effect, EntityId, Fluent, RelationId, Sentence,
    Template,
};

use crate::case::NOBODY;
use crate::settled::{Settled, every_settling};

/// All fluents of a chronicle, numbered. Numbers do not depend on which claims are held.
pub struct Fluents {
    pub list: Vec<Fluent>,
    /// The slot of each fluent.
    pub slot: Vec<usize>,
    /// The rivals of each slot.
    pub slots: Vec<Vec<usize>>,
}

impl Fluents {
    pub fn new(chronicle: &Chronicle) -> Fluents {
        let mut list: Vec<Fluent> = Vec::new();
        let settlings = every_settling(chronicle);
        for settled in &settlings {
            for claim in &chronicle.claims {
                list.extend(spoken_of(chronicle, claim, settled));
            }
        }
        // A value nobody mentions shares the slot of those that are mentioned.
        let unspoken: Vec<Fluent> = list.iter().filter_map(|f| unspoken(chronicle, f)).collect();
        list.extend(unspoken);
        let merged: Vec<Fluent> = settlings
            .iter()
            .flat_map(|settled| list.iter().map(|f| settled.fluent(chronicle, f)))
            .collect();
        list.extend(merged);
        list.sort();
        list.dedup();
        let mut keys: Vec<Fluent> = list.iter().map(|f| slot_key(chronicle, f)).collect();
        let of = keys.clone();
        keys.sort();
        keys.dedup();
        let slot: Vec<usize> = of
            .iter()
            .map(|k| keys.binary_search(k).expect("a key of the list"))
            .collect();
        let mut slots = vec![Vec::new(); keys.len()];
        for (fluent, s) in slot.iter().enumerate() {
            slots[*s].push(fluent);
        }
        Fluents { list, slot, slots }
    }

    pub fn number(&self, fluent: &Fluent) -> usize {
        self.list
            .binary_search(fluent)
            .expect("every fluent spoken of is listed")
    }
}

/// The fluent of a relation and things, the two of a symmetric relation in one order.
pub fn fluent(chronicle: &Chronicle, relation: RelationId, mut roles: Vec<EntityId>) -> Fluent {
    if constraints(chronicle, relation).contains(&Constraint::Symmetric) {
        roles.sort();
    }
    Fluent { relation, roles }
}

pub fn constraints(chronicle: &Chronicle, relation: RelationId) -> &[Constraint] {
    &chronicle.vocabulary.relations[relation.index()].constraints
}

pub fn is_once(chronicle: &Chronicle, fluent: &Fluent) -> bool {
    constraints(chronicle, fluent.relation).contains(&Constraint::Once)
}

pub fn lasts(chronicle: &Chronicle, fluent: &Fluent) -> Option<i32> {
    let all = constraints(chronicle, fluent.relation).iter();
    all.filter_map(|c| match c {
        Constraint::LastsAtMost { days, .. } => Some(*days),
        _ => None,
    })
    .next()
}

pub fn fades(chronicle: &Chronicle, fluent: &Fluent) -> Option<i32> {
    let all = constraints(chronicle, fluent.relation).iter();
    all.filter_map(|c| match c {
        Constraint::FadesAfter { days, .. } => Some(*days),
        _ => None,
    })
    .next()
}

/// What the fluent needs, each need with its own needs after it.
pub fn needs(chronicle: &Chronicle, of: &Fluent) -> Vec<Fluent> {
    let mut found = Vec::new();
    for constraint in constraints(chronicle, of.relation) {
        if let Constraint::Needs(template) = constraint {
            let needed = fill(chronicle, template, &of.roles).expect("needs name no `any`");
            found.extend(needs(chronicle, &needed));
            found.push(needed);
        }
    }
    found
}

/// A template filled; `None` where an argument is `any`.
pub fn fill(chronicle: &Chronicle, template: &Template, roles: &[EntityId]) -> Option<Fluent> {
    let filled: Option<Vec<EntityId>> = template
        .arguments
        .iter()
        .map(|a| match a {
            Argument::Role(i) => Some(roles[*i as usize]),
            Argument::Any => None,
        })
        .collect();
    Some(fluent(chronicle, template.relation, filled?))
}

/// Whether the fluent fits a template that may say `any`.
pub fn fits(template: &Template, roles: &[EntityId], fluent: &Fluent) -> bool {
    template.relation == fluent.relation
        && template
            .arguments
            .iter()
            .zip(&fluent.roles)
            .all(|(argument, filler)| match argument {
                Argument::Role(i) => roles[*i as usize] == *filler,
                Argument::Any => true,
            })
}

/// The fluents one claim speaks of, with what they need.
pub fn spoken_of(chronicle: &Chronicle, claim: &Claim, settled: &Settled) -> Vec<Fluent> {
    let mut named = Vec::new();
    let roles = settled.roles(claim);
    match &claim.sentence {
        Sentence::Holds { relation, .. } => {
            named.push(fluent(chronicle, *relation, roles));
        }
        Sentence::Happens { event_type, .. } => {
            let effects = &chronicle.vocabulary.event_types[event_type.index()].effects;
            for effect in effects {
                let (Effect::Begins(t) | Effect::Ends(t) | Effect::Needs(t) | Effect::NeedsNot(t)) =
                    effect
                else {
                    continue;
                };
                named.extend(fill(chronicle, t, &roles));
            }
        }
        Sentence::Text(_) => {}
    }
    let needed: Vec<Fluent> = named.iter().flat_map(|f| needs(chronicle, f)).collect();
    named.extend(needed);
    named
}

/// The roles a fluent's relation is unique for, `None` where it has no rivals.
fn per(chronicle: &Chronicle, relation: RelationId) -> Option<&[u32]> {
    let all = constraints(chronicle, relation).iter();
    all.filter_map(|c| match c {
        Constraint::One { per, .. } => Some(per.as_slice()),
        _ => None,
    })
    .next()
}

/// The same filling with the unique roles given to a person nothing is said of.
fn unspoken(chronicle: &Chronicle, of: &Fluent) -> Option<Fluent> {
    per(chronicle, of.relation)?;
    Some(slot_key(chronicle, of))
}

/// Two fluents are rivals where their keys agree.
pub fn slot_key(chronicle: &Chronicle, of: &Fluent) -> Fluent {
    let mut key = of.clone();
    if let Some(per) = per(chronicle, of.relation) {
        for (i, role) in key.roles.iter_mut().enumerate() {
            if !per.contains(&(i as u32)) {
                *role = EntityId(NOBODY);
            }
        }
    }
    key
}
