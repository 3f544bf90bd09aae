//! What no doubt, no contradiction and no open question of who is who has a bearing on.
//!
//! Mostly that is nearly all of a chronicle. There is one world and one reading of it, so one
//! network answers for all its moments at once, where each question of its own would first have
//! to find out what concerns it.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{Claim, EventId, Mode, Moment, Part};
use annals_network::Found;

use crate::component::Component;
use crate::instance::Instance;
use crate::premise::PremiseId;

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
        let everywhere = self.everywhere();
        let all = (0..self.premises.len()).map(|at| PremiseId(at as u32));
        let doubted = all.filter(|p| self.premises.is_doubted(*p));
        let open = self
            .dimensions
            .iter()
            .flat_map(|d| d.affects.iter().copied());
        let contested = self.groups.iter().flat_map(|g| g.contested());
        let shaken: Vec<PremiseId> = doubted.chain(open).chain(contested).collect();
        let shaky: BTreeSet<u32> = shaken.into_iter().map(|p| everywhere.of(p)).collect();
        // Beside these there may be others in it, on which nothing of theirs hangs.
        let instance = self.usual_instance().clone();
        let settled =
            instance.encoded.complete && matches!(instance.consistent(), Found::Solution(_));
        settled.then(|| Plain {
            moments: everywhere
                .moments()
                .map(|of| !shaky.contains(&of))
                .collect(),
            instance,
        })
    }
}
