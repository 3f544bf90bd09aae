//! Which claims tell of the event a question asks about.
//!
//! A claim fits surely when it fills every slot of the question, and perhaps when it leaves a slot
//! open, names one of several, or names a thing that may be the same.

use annals_chronicle::{
    CircumstanceId, Claim, DetailValue, EntityId, EventId, EventTypeId, Filler, Mode, RoleContent,
    Sentence,
};

use crate::ask::Asker;
use crate::sentence::Slot;

/// An event that fits, the reasons why only perhaps, and the names in the holes.
pub(crate) struct Fit {
    pub event: EventId,
    pub perhaps: Vec<String>,
    pub names: Vec<String>,
    /// Whether some of its claims say that it happened.
    pub told: bool,
}

impl Asker<'_> {
    /// The claimed events that fit, in document order.
    pub(crate) fn fits(
        &self,
        event_type: EventTypeId,
        slots: &[Slot],
        tail: &[(CircumstanceId, Slot)],
    ) -> Vec<Fit> {
        let mut found = Vec::new();
        for event in &self.chronicle.events {
            let mut best: Option<Fit> = None;
            for id in &event.claims {
                let claim = self.claim(*id);
                if claim.draft || *id >= self.own_claims_end {
                    continue;
                }
                let Some((perhaps, names)) = self.fit_claim(claim, event_type, slots, tail) else {
                    continue;
                };
                let told = claim.mode == Mode::Asserted;
                let fit = Fit {
                    event: event.id,
                    perhaps,
                    names,
                    told,
                };
                best = Some(match best {
                    Some(before) => better(before, fit),
                    None => fit,
                });
            }
            found.extend(best);
        }
        found
    }

    /// Why a claim fits only perhaps, and the names in the holes; `None` where it does not fit.
    fn fit_claim(
        &self,
        claim: &Claim,
        event_type: EventTypeId,
        slots: &[Slot],
        tail: &[(CircumstanceId, Slot)],
    ) -> Option<(Vec<String>, Vec<String>)> {
        let Sentence::Happens {
            event_type: told,
            roles,
            tail: told_tail,
        } = &claim.sentence
        else {
            return None;
        };
        let vocabulary = &self.chronicle.vocabulary;
        if !vocabulary.is_kind_of(*told, event_type) {
            return None;
        }
        let asked_roles = &vocabulary.event_types[event_type.index()].roles;
        let told_roles = &vocabulary.event_types[told.index()].roles;
        let mut perhaps = Vec::new();
        let mut names = Vec::new();
        for (role, slot) in asked_roles.iter().zip(slots) {
            // A special case of the type asked about is compared by the names of its roles; a role
            // it does not have may be filled by any of its own.
            let index = told_roles.iter().position(|r| r.name == role.name);
            let Some(filler) = index.and_then(|i| roles.get(i)) else {
                let named = roles.iter().any(|filler| {
                    let mut aside = (vec![], vec![]);
                    let fit = self.fit_slot(
                        slot,
                        filler,
                        (&role.name, &role.content),
                        &mut aside.0,
                        &mut aside.1,
                    );
                    fit.is_some() && aside.0.is_empty()
                });
                if named && *slot != Slot::Hole {
                    continue;
                }
                return None;
            };
            self.fit_slot(
                slot,
                filler,
                (&role.name, &role.content),
                &mut perhaps,
                &mut names,
            )?;
        }
        for (circumstance, slot) in tail {
            let known = vocabulary.circumstances.get(circumstance.index())?;
            let name = &known.name;
            let content = known
                .roles
                .first()
                .map_or(&RoleContent::Any, |r| &r.content);
            let unfilled = Filler::Unfilled;
            let in_tail = told_tail.iter().find(|(id, _)| id == circumstance);
            let filler = in_tail
                .map(|(_, f)| f)
                .or_else(|| detail_filler(claim, name))
                .unwrap_or(&unfilled);
            self.fit_slot(slot, filler, (name, content), &mut perhaps, &mut names)?;
        }
        Some((perhaps, names))
    }

    fn fit_slot(
        &self,
        slot: &Slot,
        filler: &Filler,
        (role, content): (&str, &RoleContent),
        perhaps: &mut Vec<String>,
        names: &mut Vec<String>,
    ) -> Option<()> {
        let wanted: Vec<EntityId> = match slot {
            Slot::Open => return Some(()),
            Slot::Hole => {
                names.push(self.filler_words(filler, content)?);
                if matches!(filler, Filler::OneOf(_)) {
                    perhaps.push(format!("the claim leaves open which {role}"));
                }
                return Some(());
            }
            Slot::Words(words) => {
                let told = self.filler_words(filler, content)?;
                let same = told.trim_matches('"') == words.trim_matches('"');
                return same.then_some(());
            }
            Slot::One(id) => vec![*id],
            Slot::Together(ids) => ids.clone(),
        };
        match filler {
            Filler::Unfilled => {
                perhaps.push(format!("the claim does not name its {role}"));
                Some(())
            }
            Filler::Entities(told) => wanted
                .iter()
                .try_for_each(|id| self.fit_name(*id, told, role, perhaps)),
            Filler::OneOf(told) => {
                wanted
                    .iter()
                    .try_for_each(|id| self.fit_name(*id, told, role, perhaps))?;
                perhaps.push(format!("the claim leaves open which {role}"));
                Some(())
            }
            Filler::Number(_) => None,
        }
    }

    fn fit_name(
        &self,
        id: EntityId,
        told: &[EntityId],
        role: &str,
        perhaps: &mut Vec<String>,
    ) -> Option<()> {
        if told.contains(&id) {
            return Some(());
        }
        let other = told.iter().find(|other| self.may_be_same(id, **other))?;
        perhaps.push(format!(
            "its {role} is {}, who may be {}",
            self.name(*other),
            self.name(id)
        ));
        Some(())
    }

    /// Whether what is asked is a case of what a claim denies.
    pub(crate) fn denied_fits(
        &self,
        claim: &Claim,
        event_type: EventTypeId,
        slots: &[Slot],
        tail: &[(CircumstanceId, Slot)],
    ) -> bool {
        let Sentence::Happens {
            event_type: denied,
            roles,
            tail: denied_tail,
        } = &claim.sentence
        else {
            return false;
        };
        let covered = |filler: &Filler, slot: Option<&Slot>| match (filler, slot) {
            (Filler::Unfilled, _) => true,
            (Filler::Entities(ids), Some(Slot::One(id))) => ids[..] == [*id],
            (Filler::Entities(ids), Some(Slot::Together(asked))) => {
                ids.iter().all(|id| asked.contains(id))
            }
            (Filler::OneOf(ids), Some(Slot::One(id))) => ids.contains(id),
            _ => false,
        };
        *denied == event_type
            && roles
                .iter()
                .enumerate()
                .all(|(i, filler)| covered(filler, slots.get(i)))
            && denied_tail.iter().all(|(id, filler)| {
                let slot = tail.iter().find(|(asked, _)| asked == id);
                covered(filler, slot.map(|(_, s)| s))
            })
    }
}

/// The better of two claims of one event: one that tells it, then one that fits surely.
fn better(before: Fit, now: Fit) -> Fit {
    let rank = |fit: &Fit| (!fit.told, fit.perhaps.len());
    if rank(&now) < rank(&before) {
        now
    } else {
        before
    }
}

/// A detail that says what a circumstance would: `at: Kucha`.
fn detail_filler<'c>(claim: &'c Claim, name: &str) -> Option<&'c Filler> {
    claim.details.iter().find_map(|detail| match &detail.value {
        DetailValue::Entities(filler) if detail.key == name => Some(filler),
        _ => None,
    })
}
