//! What no doubt, no contradiction and no open question of who is who has a bearing on.
//!
//! Mostly that is nearly all of a chronicle. There is one world and one reading of it, so one
//! network answers for all its moments at once, where each question of its own would first have
//! to find out what concerns it.

use std::sync::Arc;

use annals_chronicle::{Claim, EventId, Mode, Moment, Part};
use annals_network::Found;

use crate::component::Component;
use crate::encode::Encoded;
use crate::instance::Instance;
use crate::joins::Joined;
use crate::premise::PremiseId;
use crate::rule::Body;

/// One network for all moments that only plain premises have to do with.
pub(crate) struct Plain {
    pub instance: Arc<Instance>,
    /// By the variable of each moment, whether it is one of them.
    moments: Vec<bool>,
}

impl Component {
    /// The network that decides about some moments, if it is the plain one.
    pub(crate) fn plain_of(&self, moments: &[Moment]) -> Option<&Plain> {
        let plain = self.plain.get_or_init(|| self.find_plain()).as_ref()?;
        let has = |moment: &Moment| {
            let var = plain.instance.encoded.moments.var(*moment);
            plain.moments[var]
                && plain.instance.place(var).is_some()
                && self.surely_told(moment.event)
        };
        moments.iter().all(has).then_some(plain)
    }

    /// Whether an event is told of without doubt, or only mentioned, and no choice decides
    /// whether it happened.
    fn surely_told(&self, event: EventId) -> bool {
        let chosen = self.scope.choices.iter().any(|c| {
            let events = &self.chronicle.choices[c.index()].events;
            events.contains(&event)
        });
        let claims = self.chronicle.events[event.index()].claims.iter();
        let claims = claims.map(|c| &self.chronicle.claims[c.index()]);
        let mut told = claims.filter(|c| !c.draft && c.mode == Mode::Asserted);
        let surely = |claim: &Claim| {
            let happened = self.premises.part(Part::Happened(claim.id));
            happened.is_some_and(|p| !self.premises.is_doubted(p))
        };
        let sure = match told.next() {
            None => true,
            Some(first) => surely(first) || told.any(surely),
        };
        sure && !chosen
    }

    fn find_plain(&self) -> Option<Plain> {
        let (mut join, moments) = self.joined_in_all_worlds()?;
        let all = (0..self.premises.len()).map(|at| PremiseId(at as u32));
        let doubted = all.filter(|p| self.premises.is_doubted(*p));
        let open = self
            .dimensions
            .iter()
            .flat_map(|d| d.affects.iter().copied());
        let contested = self.groups.iter().flat_map(|g| g.contested());
        let shaken: Vec<PremiseId> = doubted.chain(open).chain(contested).collect();
        let mut shaky = vec![false; join.len()];
        for premise in shaken {
            shaky[join.root(premise.0 as usize)] = true;
        }
        let count = self.premises.len();
        // Beside these there may be others in it, on which nothing of theirs hangs.
        let instance = self.usual_instance().clone();
        let settled =
            instance.encoded.complete && matches!(instance.consistent(), Found::Solution(_));
        settled.then(|| Plain {
            moments: (0..moments).map(|v| !shaky[join.root(count + v)]).collect(),
            instance,
        })
    }

    /// What any rule of any world joins: premises first, then the variables of moments, of which
    /// there are so many; these are the same in all worlds, others come anew in each.
    fn joined_in_all_worlds(&self) -> Option<(Joined, usize)> {
        let count = self.premises.len();
        let moments = self.samples().first()?.1.moments.count();
        let mut join = Joined::new(count);
        join.grow(count + moments);
        let mut offset = count;
        for (_, encoded) in self.samples() {
            join.grow(offset + moments + encoded.count);
            let helper = |v: usize| if v < moments { count + v } else { offset + v };
            join_rules(&mut join, encoded, helper);
            offset += encoded.count;
        }
        Some((join, moments))
    }
}

fn join_rules(join: &mut Joined, encoded: &Encoded, place: impl Fn(usize) -> usize) {
    for rule in &encoded.rules {
        let needs = rule.needs.iter().map(|p| p.0 as usize);
        let vars = rule.vars().into_iter().map(&place);
        let members: Vec<usize> = match &rule.body {
            Body::OneOf(_) => needs.chain(vars).collect(),
            Body::Follows { sources, .. } => {
                let followed = sources.iter().flat_map(|(_, needs)| needs);
                let followed = followed.map(|p| p.0 as usize);
                needs.chain(vars).chain(followed).collect()
            }
        };
        join.all(members.into_iter());
    }
}
