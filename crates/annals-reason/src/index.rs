//! What stands where in an encoded world: rules and bearings by premise, by variable, by slot.

use std::collections::BTreeMap;

use annals_chronicle::{Chronicle, Fluent};
use annals_network::Var;

use crate::bearing::{Bearing, SlotKey, slot_keys};
use crate::premise::PremiseId;
use crate::rule::{Body, Rule};
use crate::stretch::Stretch;

/// Places by something, each list rising.
type By<T> = BTreeMap<T, Vec<u32>>;

/// Where rules, bearings and stretches of a world stand in its lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// Rules by each premise they rest on, and what else an ending may follow by its premises.
    rules_on: Vec<Vec<u32>>,
    bearings_on: Vec<Vec<u32>>,
    /// Rules by each variable they speak of.
    rules_of: By<Var>,
    /// Rules without a premise by each variable they speak of.
    free_of: By<Var>,
    /// Premises that can never stand together.
    exclusions: Vec<u32>,
    /// Endings that follow something.
    follows: Vec<u32>,
    bearings: Slots,
    stretches: Slots,
}

/// Places by the fluent they tell of, and by its slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    of_fluent: By<Fluent>,
    of_slot: By<SlotKey>,
}

impl Slots {
    /// Lists fluents by themselves and by their slots.
    pub fn new<'f>(chronicle: &Chronicle, fluents: impl Iterator<Item = &'f Fluent>) -> Slots {
        let mut slots = Slots::default();
        for (at, fluent) in fluents.enumerate() {
            let at = at as u32;
            match slots.of_fluent.get_mut(fluent) {
                Some(list) => list.push(at),
                None => drop(slots.of_fluent.insert(fluent.clone(), vec![at])),
            }
            for key in slot_keys(chronicle, fluent) {
                let list = slots.of_slot.entry(key).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        slots
    }

    /// What tells of the fluent itself.
    pub fn own(&self, fluent: &Fluent) -> &[u32] {
        self.of_fluent.get(fluent).map_or(&[], Vec::as_slice)
    }

    /// What tells of a fluent or of one that shares a slot with it.
    pub fn beside(&self, chronicle: &Chronicle, fluent: &Fluent) -> Vec<u32> {
        let mut all = self.own(fluent).to_vec();
        for key in slot_keys(chronicle, fluent) {
            all.extend(self.of_slot.get(&key).into_iter().flatten());
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Index {
    /// Lists what a world holds.
    pub fn new(
        chronicle: &Chronicle,
        rules: &[Rule],
        bearings: &[Bearing],
        stretches: &[Stretch],
    ) -> Index {
        let mut index = Index {
            bearings: Slots::new(chronicle, bearings.iter().map(|b| &b.fluent)),
            stretches: Slots::new(chronicle, stretches.iter().map(|s| &s.fluent)),
            ..Index::default()
        };
        for (at, rule) in rules.iter().enumerate() {
            let at = at as u32;
            for premise in &rule.needs {
                place(&mut index.rules_on, *premise, at);
            }
            rule.each_var(|var| {
                push(&mut index.rules_of, var, at);
                if rule.needs.is_empty() {
                    push(&mut index.free_of, var, at);
                }
            });
            match &rule.body {
                Body::OneOf(ways) if ways.is_empty() => index.exclusions.push(at),
                Body::OneOf(_) => {}
                Body::Follows { .. } => index.follows.push(at),
            }
        }
        for (at, bearing) in bearings.iter().enumerate() {
            for premise in &bearing.needs {
                place(&mut index.bearings_on, *premise, at as u32);
            }
        }
        index
    }

    /// The rules that rest on a premise.
    pub fn rules_on(&self, premise: PremiseId) -> &[u32] {
        self.rules_on
            .get(premise.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The bearings that rest on a premise.
    pub fn bearings_on(&self, premise: PremiseId) -> &[u32] {
        self.bearings_on
            .get(premise.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The rules that speak of a variable.
    pub fn rules_of(&self, var: Var) -> &[u32] {
        self.rules_of.get(&var).map_or(&[], Vec::as_slice)
    }

    /// The rules without a premise that speak of a variable.
    pub fn free_of(&self, var: Var) -> &[u32] {
        self.free_of.get(&var).map_or(&[], Vec::as_slice)
    }

    /// The rules that say that premises can never stand together.
    pub fn exclusions(&self) -> &[u32] {
        &self.exclusions
    }

    /// The rules that put endings after what they follow.
    pub fn follows(&self) -> &[u32] {
        &self.follows
    }

    /// Bearings by fluent.
    pub fn bearings(&self) -> &Slots {
        &self.bearings
    }

    /// Stretches by fluent.
    pub fn stretches(&self) -> &Slots {
        &self.stretches
    }
}

fn push<T: Ord>(by: &mut By<T>, key: T, at: u32) {
    let list = by.entry(key).or_default();
    if list.last() != Some(&at) {
        list.push(at);
    }
}

fn place(on: &mut Vec<Vec<u32>>, premise: PremiseId, at: u32) {
    let premise = premise.0 as usize;
    if on.len() <= premise {
        on.resize(premise + 1, vec![]);
    }
    if on[premise].last() != Some(&at) {
        on[premise].push(at);
    }
}
