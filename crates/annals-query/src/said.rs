//! Claims that speak of a state without making it true: denials, doubted claims, plans, orders.

use annals_chronicle::{
    Argument, Claim, Constraint, Day, DaySet, Effect, Filler, Fluent, IdentityId, Mode, Sentence,
    Template,
};
use annals_reason::At;

use crate::answer::BasisShown;
use crate::ask::Asker;
use crate::evidence_types::ClaimShown;
use crate::happened::denied_days;
use crate::time::condition_days;
use crate::words::mode_word;

/// The word for claims that leave open whether something held.
const OPEN: &str = mode_word(Mode::UnknownWhether);

impl Asker<'_> {
    /// Claims that speak of a state at an instant and are doubted or in another mode than plain
    /// assertion, in document order: they are said beside the verdict, whatever it is.
    pub(crate) fn said_of(&self, fluent: &Fluent, at: At) -> Vec<ClaimShown> {
        let forms = self.spellings(fluent);
        let day = match at {
            At::Day(day) => Some(day),
            At::Before(moment) | At::Close(moment) => self.moment_days(moment).single(),
        };
        self.chronicle
            .claims
            .iter()
            .filter(|claim| {
                (claim.mode != Mode::Asserted || claim.doubted)
                    && !claim.draft
                    && claim.id < self.own_claims_end
                    && forms.iter().any(|form| self.speaks_of(claim, form))
                    && day.is_none_or(|day| self.covers(claim, day))
            })
            .map(|claim| self.claim_shown(claim, &[]))
            .collect()
    }

    /// Where a claim says that it is not known whether a state held, that is why it is unknown:
    /// the basis names it, and what was told last before it, which it keeps from lasting.
    pub(crate) fn left_open(
        &self,
        fluent: &Fluent,
        at: At,
        said: &[ClaimShown],
        basis: &mut BasisShown,
    ) {
        let open: Vec<&ClaimShown> = said.iter().filter(|c| c.mode == OPEN).collect();
        if open.is_empty() {
            return;
        }
        basis.words = "left open: it is said not to be known whether it held".to_owned();
        basis.claims = open.into_iter().cloned().collect();
        let forms = self.spellings(fluent);
        let day = match at {
            At::Day(day) => Some(day),
            At::Before(moment) | At::Close(moment) => self.moment_days(moment).first(),
        };
        let told = self.chronicle.claims.iter().filter(|claim| {
            claim.mode == Mode::Asserted
                && !claim.draft
                && claim.id < self.own_claims_end
                && forms.iter().any(|form| self.speaks_of(claim, form))
        });
        let ended = told.filter_map(|claim| {
            let last = self.moment_days(self.end_of(claim.event)).last()?;
            (Some(last) <= day).then_some((last, claim))
        });
        let mut ended: Vec<_> = ended.collect();
        let latest = ended.iter().map(|(last, _)| *last).max();
        ended.retain(|(last, _)| Some(*last) == latest);
        let before = ended.iter().map(|(_, claim)| self.claim_shown(claim, &[]));
        basis.claims.extend(before);
    }

    /// A state as its slots may be ordered: both ways where the order does not matter.
    pub(crate) fn spellings(&self, fluent: &Fluent) -> Vec<Fluent> {
        let mut forms = vec![fluent.clone()];
        let constraints = &self.relation(fluent.relation).constraints;
        if constraints.contains(&Constraint::Symmetric) && fluent.roles.len() == 2 {
            forms.push(Fluent {
                relation: fluent.relation,
                roles: vec![fluent.roles[1], fluent.roles[0]],
            });
        }
        forms
    }

    /// Claims that tell of a state under a name that may be another's, by these identities.
    pub(crate) fn told_of_other_names(
        &self,
        fluent: &Fluent,
        identities: &[IdentityId],
    ) -> Vec<ClaimShown> {
        let mut forms: Vec<Fluent> = Vec::new();
        for id in identities {
            let Some(identity) = self.chronicle.identities.get(id.index()) else {
                continue;
            };
            for (one, other) in [(identity.a, identity.b), (identity.b, identity.a)] {
                let mut form = fluent.clone();
                form.roles
                    .iter_mut()
                    .filter(|r| **r == one)
                    .for_each(|r| *r = other);
                if form != *fluent {
                    forms.push(form);
                }
            }
        }
        self.chronicle
            .claims
            .iter()
            .filter(|c| c.mode == Mode::Asserted && !c.draft && c.id < self.own_claims_end)
            .filter(|claim| forms.iter().any(|form| self.speaks_of(claim, form)))
            .map(|claim| self.claim_shown(claim, &[]))
            .collect()
    }

    fn covers(&self, claim: &Claim, day: Day) -> bool {
        if claim.mode == Mode::Denied {
            return denied_days(claim).is_none_or(|days| days.contains(day));
        }
        if claim.mode == Mode::Asserted {
            // What it begins or ends reaches beyond its own days.
            let first = self.moment_days(self.start_of(claim.event)).first();
            return first.is_none_or(|first| first <= day);
        }
        // Nothing follows from such a claim, so its own words are all there is to its days.
        let written: Option<Vec<DaySet>> =
            claim.when.conditions.iter().map(condition_days).collect();
        if let Some(sets) = written {
            return sets.iter().all(|set| set.contains(day));
        }
        let first = self.moment_days(self.start_of(claim.event)).first();
        let last = self.moment_days(self.end_of(claim.event)).last();
        first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
    }

    /// Whether a claim's sentence is the state, or an event that begins, ends or needs it.
    pub(crate) fn speaks_of(&self, claim: &Claim, fluent: &Fluent) -> bool {
        match &claim.sentence {
            Sentence::Holds {
                relation, roles, ..
            } => {
                *relation == fluent.relation
                    && roles
                        .iter()
                        .zip(&fluent.roles)
                        .all(|(filler, wanted)| filled_by(filler, *wanted))
            }
            Sentence::Happens {
                event_type, roles, ..
            } => {
                let event_type = &self.chronicle.vocabulary.event_types[event_type.index()];
                event_type.effects.iter().any(|effect| {
                    let (Effect::Begins(template)
                    | Effect::Ends(template)
                    | Effect::EndsAny(template)
                    | Effect::Needs(template)
                    | Effect::NeedsNot(template)) = effect;
                    fills(template, roles, fluent)
                })
            }
            Sentence::Text(_) => false,
        }
    }
}

/// Whether a template filled from a sentence's roles is this state; `any` fits everything.
pub(crate) fn fills(template: &Template, roles: &[Filler], fluent: &Fluent) -> bool {
    template.relation == fluent.relation
        && template
            .arguments
            .iter()
            .zip(&fluent.roles)
            .all(|(argument, wanted)| match argument {
                Argument::Any => true,
                Argument::Role(i) => roles
                    .get(*i as usize)
                    .is_some_and(|filler| filled_by(filler, *wanted)),
            })
}

fn filled_by(filler: &Filler, wanted: annals_chronicle::EntityId) -> bool {
    match filler {
        Filler::Entities(ids) | Filler::OneOf(ids) => ids.contains(&wanted),
        Filler::Unfilled | Filler::Number(_) => false,
    }
}
