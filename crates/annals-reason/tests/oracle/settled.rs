//! Who is who and which of several happened, settled before any day is considered.

use annals_chronicle::{
    Chronicle, Claim, ClaimId, EntityId, EventId, Filler, Fluent, Part, Sentence,
};

use crate::case::UNFILLED;
use crate::fluents;

/// One way of settling every `or` of a role, every `one of` and every identity.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The thing each thing is.
    same: Vec<EntityId>,
    /// The thing chosen for a role that offers several.
    chosen: Vec<((ClaimId, usize), EntityId)>,
    /// Events that did not happen, because another of `one of` did.
    pub absent: Vec<EventId>,
}

/// All ways in which exactly the held identities hold and the held choices are made.
pub fn settlings(chronicle: &Chronicle, held: &dyn Fn(Part) -> bool) -> Vec<Settled> {
    let mut all = named_apart(chronicle);
    for (i, identity) in chronicle.identities.iter().enumerate() {
        if held(Part::Identity(annals_chronicle::IdentityId(i as u32))) {
            let merge = |settled: &mut Settled| settled.merge(identity.a, identity.b);
            all.iter_mut().for_each(merge);
        }
    }
    for unnamed in chronicle.entities.iter().filter(|e| e.unnamed) {
        // It is nobody else or one of these.
        let mut who = vec![unnamed.id];
        who.extend(candidates(chronicle, unnamed.id));
        all = split(&all, &who, |settled, other| {
            settled.merge(unnamed.id, *other);
        });
    }
    for (i, choice) in chronicle.choices.iter().enumerate() {
        if held(Part::Choice(annals_chronicle::ChoiceId(i as u32))) {
            all = split(&all, &choice.events, |settled, happened| {
                let others = choice.events.iter().filter(|e| *e != happened);
                settled.absent.extend(others);
            });
        } else {
            // The statement itself in doubt or left out, any of its events may have happened.
            let subsets: Vec<u32> = (0..1 << choice.events.len()).collect();
            all = split(&all, &subsets, |settled, subset| {
                let events = choice.events.iter().enumerate();
                let others = events.filter(|(i, _)| subset & (1 << i) == 0);
                settled.absent.extend(others.map(|(_, event)| *event));
            });
        }
    }
    all
}

/// Whom an unnamed thing may be: whoever is recorded in a slot where it is recorded too.
fn candidates(chronicle: &Chronicle, unnamed: EntityId) -> Vec<EntityId> {
    let settlings = named_apart(chronicle);
    let claims = chronicle.claims.iter().filter(|c| !c.draft);
    let recorded: Vec<Fluent> = claims
        .flat_map(|c| {
            let spoken = |s| fluents::spoken_of(chronicle, c, s);
            settlings.iter().flat_map(spoken).collect::<Vec<_>>()
        })
        .collect();
    let mut found = Vec::new();
    for own in &recorded {
        let key = fluents::slot_key(chronicle, own);
        let same_slot = |f: &&Fluent| fluents::slot_key(chronicle, f) == key;
        for rival in recorded.iter().filter(same_slot) {
            let both = own.roles.iter().zip(&rival.roles);
            found.extend(both.filter(|(a, _)| **a == unnamed).map(|(_, b)| *b));
        }
    }
    found.retain(|e| *e != unnamed);
    found.sort();
    found.dedup();
    found
}

/// Every thing for itself, every `or` of a role settled.
fn named_apart(chronicle: &Chronicle) -> Vec<Settled> {
    let same: Vec<EntityId> = (0..chronicle.entities.len() as u32).map(EntityId).collect();
    let mut all = vec![Settled {
        same,
        chosen: Vec::new(),
        absent: Vec::new(),
    }];
    for claim in &chronicle.claims {
        for (role, filler) in fillers(claim).iter().enumerate() {
            if let Filler::OneOf(options) = filler {
                all = split(&all, options, |settled, option| {
                    settled.chosen.push(((claim.id, role), *option));
                });
            }
        }
    }
    all
}

/// The ways of settling under every set of identities.
pub fn every_settling(chronicle: &Chronicle) -> Vec<Settled> {
    let mut all = settlings(chronicle, &|_| true);
    all.extend(settlings(chronicle, &|_| false));
    all
}

fn split<T>(all: &[Settled], options: &[T], settle: impl Fn(&mut Settled, &T)) -> Vec<Settled> {
    let mut next = Vec::new();
    for settled in all {
        for option in options {
            let mut copy = settled.clone();
            settle(&mut copy, option);
            next.push(copy);
        }
    }
    next
}

fn fillers(claim: &Claim) -> &[Filler] {
    match &claim.sentence {
        Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } => roles,
        Sentence::Text(_) => &[],
    }
}

impl Settled {
    /// Takes two things for one, named as the one declared first.
    fn merge(&mut self, a: EntityId, b: EntityId) {
        let (a, b) = (self.same[a.index()], self.same[b.index()]);
        for same in self.same.iter_mut().filter(|s| **s == a || **s == b) {
            *same = a.min(b);
        }
    }

    /// Who fills each role of a claim.
    pub fn roles(&self, claim: &Claim) -> Vec<EntityId> {
        let fillers = fillers(claim).iter().enumerate();
        let of = |(role, filler): (usize, &Filler)| match filler {
            Filler::Entities(one) if one.len() == 1 => self.same[one[0].index()],
            Filler::OneOf(_) => {
                let mut chosen = self.chosen.iter();
                let choice = chosen.find(|(place, _)| *place == (claim.id, role));
                self.same[choice.expect("every `or` is settled").1.index()]
            }
            Filler::Unfilled => EntityId(UNFILLED),
            other => panic!("the generator does not fill a role with {other:?}"),
        };
        fillers.map(of).collect()
    }

    /// The fluent with every thing replaced by the one it is.
    pub fn fluent(&self, chronicle: &Chronicle, fluent: &Fluent) -> Fluent {
        let roles = fluent.roles.iter().map(|e| self.same[e.index()]).collect();
        fluents::fluent(chronicle, fluent.relation, roles)
    }
}
