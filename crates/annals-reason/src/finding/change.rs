//! Changes on no record: a mention that differs from what the moment before it left.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use annals_chronicle::{Chronicle, ClaimId, Constraint, Effect, Fluent, Mode, Part, Sentence};
use annals_network::{Alternative, Found, Var};
use annals_text::Report;

use super::words::{Narrator, Words};
use crate::bearing::{Bearing, Status};
use crate::component::Component;
use crate::instance::{Instance, Slot};
use crate::premise::Ground;
use crate::print::Names;

impl Component {
    /// A mention that differs from what the moment before it left: the change between them is
    /// on no record.
    pub(crate) fn unrecorded_changes(&self) -> Vec<Change> {
        let instance = self.usual_instance();
        let mut looked = Looked::default();
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        for bearing in &instance.encoded.bearings {
            let Some(required) = bearing.before else {
                continue;
            };
            if !instance.accepted.has_all(&bearing.needs) {
                continue;
            }
            let differing = self.differing(instance, &mut looked, bearing, required);
            let Some((before, alike)) = differing else {
                continue;
            };
            let (Some(early), Some(late)) = (self.teller(&before), self.teller(bearing)) else {
                continue;
            };
            // That somebody lived is no account of what he then came to be.
            let untrue = before.after == Some(Status::False)
                || before.after.is_none() && before.before == Some(false);
            let returns = required && self.never_returns(&bearing.fluent);
            if untrue && (returns || !self.speaks_of(early, &bearing.fluent)) {
                continue;
            }
            // Of two that are dated alike neither is the later: the text decides where it stands.
            let swapped = alike && early > late;
            let (early, late) = match swapped {
                true => (late, early),
                false => (early, late),
            };
            let (fluent, other) = match swapped {
                true => (&before.fluent, &bearing.fluent),
                false => (&bearing.fluent, &before.fluent),
            };
            if early != late && seen.insert((early, late)) {
                all.push(Change {
                    fluent: fluent.clone(),
                    other: other.clone(),
                    required,
                    early,
                    late,
                    alike,
                });
            }
        }
        all
    }

    /// The bearing surely before another on its slot, with nothing that could lie between, if it
    /// leaves another value; or one dated alike by another source that requires another value.
    fn differing(
        &self,
        instance: &Instance,
        looked: &mut Looked,
        bearing: &Bearing,
        required: bool,
    ) -> Option<(Bearing, bool)> {
        let slot = looked.slot(&self.chronicle, instance, &bearing.fluent);
        let wanted = if required {
            Status::True
        } else {
            Status::False
        };
        let own = looked.hull(instance, bearing.var)?;
        let mut latest: Option<(i64, i64, usize, Option<Status>)> = None;
        let here = instance.place(bearing.var);
        for moment in slot.moments.iter().filter(|m| Some(m.var) != here) {
            let (first, last) = looked.hull(instance, instance.var(moment.var))?;
            let opposite = moment.before.is_some_and(|b| b != required);
            if (first, last) == own && opposite && required && moment.after != Some(wanted) {
                let other = self.bearing_at(instance, instance.var(moment.var), &bearing.fluent)?;
                // An ending and what came after it are told in order; two states are not.
                let states = bearing.after.is_none() && other.after.is_none();
                if states && unordered(instance, bearing.var, other.var) {
                    return Some((other, true));
                }
            }
            if last > own.0 && first <= own.1 {
                return None;
            }
            if last <= own.0 && latest.is_none_or(|(_, l, _, _)| l <= last) {
                latest = Some((first, last, instance.var(moment.var), moment.after));
            }
        }
        let (_, _, var, after) = latest?;
        // What never returns ends once, however often that is told.
        let ends = bearing.after == Some(Status::False) && after == Some(Status::False);
        if ends && self.never_returns(&bearing.fluent) {
            return None;
        }
        let differs = matches!(after, Some(Status::True | Status::False)) && after != Some(wanted);
        if !differs {
            return None;
        }
        Some((self.bearing_at(instance, var, &bearing.fluent)?, false))
    }

    /// Whether a claim itself speaks of a fluent's relation, not only by what that needs.
    fn speaks_of(&self, claim: ClaimId, fluent: &Fluent) -> bool {
        match &self.chronicle.claims[claim.index()].sentence {
            Sentence::Happens { event_type, .. } => {
                let event_type = &self.chronicle.vocabulary.event_types[event_type.index()];
                event_type.effects.iter().any(|e| {
                    let (Effect::Begins(t)
                    | Effect::Ends(t)
                    | Effect::EndsAny(t)
                    | Effect::Needs(t)
                    | Effect::NeedsNot(t)) = e;
                    t.relation == fluent.relation
                })
            }
            Sentence::Holds { relation, .. } => *relation == fluent.relation,
            Sentence::Text(_) => false,
        }
    }

    fn never_returns(&self, fluent: &Fluent) -> bool {
        self.chronicle.vocabulary.relations[fluent.relation.index()]
            .constraints
            .iter()
            .any(|c| matches!(c, Constraint::Once))
    }

    fn bearing_at(&self, instance: &Instance, var: usize, near: &Fluent) -> Option<Bearing> {
        // Bearings stand in the order of their variables.
        let bearings = &instance.encoded.bearings;
        let first = bearings.partition_point(|b| b.var < var);
        let here = bearings[first..].iter().take_while(|b| b.var == var);
        let here: Vec<&Bearing> = here
            .filter(|b| b.fluent.relation == near.relation)
            .filter(|b| instance.accepted.has_all(&b.needs))
            .collect();
        here.iter()
            .find(|b| b.fluent == *near)
            .or(here.first())
            .map(|b| (*b).clone())
    }

    fn teller(&self, bearing: &Bearing) -> Option<ClaimId> {
        bearing
            .needs
            .iter()
            .find_map(|p| match self.premises.grounds[p.0 as usize] {
                Ground::Part(Part::Happened(claim)) => Some(claim),
                _ => None,
            })
    }

    pub(super) fn report_change(&self, change: &Change, words: &dyn Words) -> Report {
        let claim = |id: ClaimId| &self.chronicle.claims[id.index()];
        let (early, late) = (claim(change.early), claim(change.late));
        let narrator = Narrator::new(self, words, Some(late.span.file));
        let said = narrator.state(&change.fluent);
        let denied = late.mode == Mode::Denied || !change.required;
        let by = |claim: &annals_chronicle::Claim| {
            let who = narrator.who(&claim.attestations);
            who.map_or_else(String::new, |w| format!(", according to {w}"))
        };
        if change.alike {
            let other = narrator.state(&change.other);
            let headline = match said == other {
                true => format!("two statements of one time differ: {said}, and its denial"),
                false => format!("two statements of one time differ: {said} and {other}"),
            };
            return Report::finding("unrecorded-change", headline)
                .at(
                    late.sentence_span,
                    format!("some time in these days{}", by(late)),
                )
                .also(early.sentence_span, format!("and so this{}", by(early)))
                .note(
                    "both can be true of different days; the change between them is on no record",
                );
        }
        let headline = match denied {
            true => format!("no claim records how {said} came to an end"),
            false => format!("no claim records how it came about that {said}"),
        };
        Report::lint("unrecorded-change", headline)
            .at(late.sentence_span, format!("this differs{}", by(late)))
            .also(
                early.sentence_span,
                format!("from the last that is known before{}", by(early)),
            )
            .note("between the two, either may have held; answers there say `possible`")
    }
}

/// A change on no record: what the later claim requires, and the last that is known before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    fluent: Fluent,
    other: Fluent,
    required: bool,
    early: ClaimId,
    late: ClaimId,
    /// Whether both are dated alike.
    alike: bool,
}

impl Change {
    /// The same of claims and things that have other numbers.
    pub fn renamed(&self, names: &Names) -> Change {
        Change {
            fluent: names.fluent(&self.fluent),
            other: names.fluent(&self.other),
            early: (names.claim)(self.early),
            late: (names.claim)(self.late),
            ..*self
        }
    }

    /// What it is a change of.
    pub fn fluent(&self) -> &Fluent {
        &self.fluent
    }
}

/// Whether nothing says which of two moments comes first.
fn unordered(instance: &Instance, a: Var, b: Var) -> bool {
    let (Some(a), Some(b)) = (instance.place(a), instance.place(b)) else {
        return true;
    };
    [(a, b), (b, a)].into_iter().all(|order| {
        let way = Alternative {
            orders: vec![order],
            ..Alternative::default()
        };
        instance.solver.allows(&way) != Found::None
    })
}

/// The first and last possible days of variables, and the slots of fluents, once looked up.
#[derive(Default)]
struct Looked {
    hulls: BTreeMap<Var, Option<(i64, i64)>>,
    slots: BTreeMap<Fluent, Rc<Slot>>,
}

impl Looked {
    fn hull(&mut self, instance: &Instance, var: Var) -> Option<(i64, i64)> {
        *self.hulls.entry(var).or_insert_with(|| instance.hull(var))
    }

    fn slot(&mut self, chronicle: &Chronicle, instance: &Instance, fluent: &Fluent) -> Rc<Slot> {
        if let Some(known) = self.slots.get(fluent) {
            return known.clone();
        }
        let slot = Rc::new(instance.slot(chronicle, fluent));
        self.slots.insert(fluent.clone(), slot.clone());
        slot
    }
}
