//! The rules that travel adds: two stays of one thing are as far apart in days as the way needs,
//! and news is no faster than whoever carries it.

use std::collections::BTreeMap;

use annals_chronicle::{Claim, DaySet, Edge, EntityId, EventId, Part, Point};
use annals_network::{Alternative, Arc, Var};
use annals_travel::nights;

use super::distance::{Lies, fastest, lies, line_m};
use super::said::{Slot, news_of, site, stays};
use crate::bearing::Bearer;
use crate::encode::Encoder;
use crate::premise::PremiseId;
use crate::rule::{Topic, Way};
use crate::when::Vars;

/// Stays of one thing of which every two are compared; of more, those are skipped that their
/// dates keep far enough apart.
const STAYS: usize = 48;

/// Days that their dates must leave over what the way needs, so that a date that loses by a little
/// still finds the rule there.
const TO_SPARE: i64 = 60;

/// A thing in a place at a moment.
struct Stand {
    var: Var,
    claim: annals_chronicle::ClaimId,
    event: EventId,
    place: EntityId,
    lies: Lies,
    needs: Vec<PremiseId>,
    hull: Option<(i32, i32)>,
}

impl Encoder<'_> {
    /// All rules of travel in a world.
    pub fn travel(&mut self, bearer: &Bearer, vars: Vars) {
        if self.chronicle.movers.is_empty() {
            return;
        }
        let mut by_thing: BTreeMap<EntityId, Vec<Stand>> = BTreeMap::new();
        for claim in self.claims() {
            if !bearer.world.happens(self.chronicle, claim.event) {
                continue;
            }
            for stay in stays(self.chronicle, claim) {
                let Some(place) = self.settled(bearer, claim, &stay.place) else {
                    continue;
                };
                let [place] = place[..] else { continue };
                let Some(lies) = lies(self.chronicle, place) else {
                    continue;
                };
                let needs = self.said_by(bearer, claim, &stay.details);
                let var = match stay.edge {
                    Edge::Start => vars.0.start(claim.event),
                    Edge::End => vars.0.end(claim.event),
                };
                for who in self.settled(bearer, claim, &stay.who).unwrap_or_default() {
                    by_thing.entry(who).or_default().push(Stand {
                        var,
                        claim: claim.id,
                        event: claim.event,
                        place,
                        lies,
                        needs: needs.clone(),
                        hull: hull(claim),
                    });
                }
            }
            self.news(bearer, claim, vars);
        }
        for (who, stands) in by_thing {
            self.apart(who, &stands);
        }
    }

    /// What a slot holds in this world, each thing by the name that stands for it.
    fn settled(&self, bearer: &Bearer, claim: &Claim, slot: &Slot) -> Option<Vec<EntityId>> {
        Some(match slot {
            Slot::Things(things) => things.iter().map(|e| bearer.same.of(*e)).collect(),
            Slot::OneOf(role, _) => {
                let chosen = bearer.world.fillers.get(&(claim.id, *role))?;
                vec![bearer.same.of(*chosen)]
            }
        })
    }

    /// The premises of a claim, and of some of its details where these are parts of their own.
    fn said_by(&self, bearer: &Bearer, claim: &Claim, details: &[u32]) -> Vec<PremiseId> {
        let mut needs = bearer.needs(claim);
        let parts = details.iter().map(|d| Part::Detail(claim.id, *d));
        needs.extend(parts.filter_map(|part| self.premises.part(part)));
        needs
    }

    /// Every two stays of one thing in different places.
    fn apart(&mut self, who: EntityId, stands: &[Stand]) {
        let kind = self.chronicle.entities[who.index()].kind;
        let Some((mover, a_day)) = fastest(self.chronicle, kind) else {
            return;
        };
        for (i, a) in stands.iter().enumerate() {
            for b in &stands[i + 1..] {
                if self.is_full() {
                    self.left_out = true;
                    return;
                }
                // Of one moment that does not last, a start elsewhere is only where it came from.
                let itself = a.claim == b.claim && a.var == b.var;
                if a.place == b.place || itself {
                    continue;
                }
                let metres = line_m(a.lies, b.lies);
                let days = nights(metres, a_day) as i64;
                let far = stands.len() > STAYS && apart(a.hull, b.hull) > days + TO_SPARE;
                if days == 0 || far {
                    continue;
                }
                self.topic = Topic::Travel(Way {
                    who: Some(who),
                    places: (a.place, b.place),
                    metres,
                    mover,
                    days,
                });
                let ways = match (a.var == b.var, a.event == b.event && a.var < b.var) {
                    (true, _) => vec![],
                    (_, true) => vec![later(a.var, b.var, days)],
                    (_, false) => vec![later(a.var, b.var, days), later(b.var, a.var, days)],
                };
                let mut needs = [a.needs.clone(), b.needs.clone()].concat();
                needs.sort_unstable();
                needs.dedup();
                self.rule(needs, ways);
            }
        }
    }

    /// News arrives no earlier than whoever carries it can have come from what it tells of.
    fn news(&mut self, bearer: &Bearer, claim: &Claim, vars: Vars) {
        if claim.mode != annals_chronicle::Mode::Asserted {
            return;
        }
        for (detail, event) in news_of(claim) {
            let own = self.said_by(bearer, claim, &[detail]);
            // News of what goes on may come while it does.
            let (told, heard) = (vars.0.start(event), vars.0.start(claim.event));
            self.topic = Topic::News(event, claim.event);
            self.rule(own, vec![later(told, heard, 0)]);
            let here = self.spots(bearer, claim, &[detail]);
            for teller in &self.chronicle.events[event.index()].claims {
                let teller = &self.chronicle.claims[teller.index()];
                let counts = !teller.draft && teller.mode == annals_chronicle::Mode::Asserted;
                if !counts || !bearer.world.happens(self.chronicle, event) {
                    continue;
                }
                for (there, place, needs) in self.spots(bearer, teller, &[]) {
                    for (heard_at, at, own) in &here {
                        let pair = ((place, there), (*at, *heard_at));
                        let needs = [&needs[..], own].concat();
                        self.carried(pair, needs, (told, heard));
                    }
                }
            }
        }
    }

    /// Where what a claim tells of took place.
    fn spots(
        &self,
        bearer: &Bearer,
        claim: &Claim,
        details: &[u32],
    ) -> Vec<(Lies, EntityId, Vec<PremiseId>)> {
        let mut all = Vec::new();
        for (slot, detail) in site(self.chronicle, claim) {
            let places = self.settled(bearer, claim, &slot).unwrap_or_default();
            let [place] = places[..] else { continue };
            let details: Vec<u32> = details.iter().copied().chain(detail).collect();
            let needs = self.said_by(bearer, claim, &details);
            if let Some(lies) = lies(self.chronicle, place) {
                all.push((lies, place, needs));
            }
        }
        all
    }

    fn carried(
        &mut self,
        (from, to): ((EntityId, Lies), (EntityId, Lies)),
        needs: Vec<PremiseId>,
        (told, heard): (Var, Var),
    ) {
        // Nothing says who carried it: the fastest of all movers.
        let movers = self.chronicle.movers.iter().enumerate();
        let fastest = movers.max_by_key(|(at, m)| (m.most_m, std::cmp::Reverse(*at)));
        let Some((mover, a_day)) = fastest.map(|(at, m)| (at, m.most_m)) else {
            return;
        };
        let metres = line_m(from.1, to.1);
        let days = nights(metres, a_day) as i64;
        if days == 0 {
            return;
        }
        self.topic = Topic::Travel(Way {
            who: None,
            places: (from.0, to.0),
            metres,
            mover,
            days,
        });
        let ways = match told == heard {
            true => vec![],
            false => vec![later(told, heard, days)],
        };
        self.rule(needs, ways);
    }
}

/// The second moment at least so many days after the first.
fn later(first: Var, second: Var, days: i64) -> Alternative {
    Alternative {
        arcs: vec![Arc {
            from: second,
            to: first,
            weight: -days,
        }],
        ..Alternative::default()
    }
}

/// The first and the last day that a claim's own dates name; `None` where they leave it open.
fn hull(claim: &Claim) -> Option<(i32, i32)> {
    let mut known: Option<(i32, i32)> = None;
    for condition in &claim.when.conditions {
        let days = |set: &DaySet| Some((set.first()?.0, set.last()?.0));
        // The day of a report is none of the event's, and a doubted one may be no day at all.
        let [point] = &condition.alternatives[..] else {
            continue;
        };
        if condition.reported || condition.doubted {
            continue;
        }
        let own = match point {
            Point::On(set) | Point::Throughout(set) => days(set),
            _ => None,
        };
        if let Some((first, last)) = own {
            let (a, b) = known.unwrap_or((first, last));
            known = Some((a.max(first), b.min(last)));
        }
    }
    known
}

/// The days between two dates at least; none where they may meet or one is open.
fn apart(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> i64 {
    let (Some(a), Some(b)) = (a, b) else {
        return 0;
    };
    let gap = |first: i32, last: i32| i64::from(first) - i64::from(last);
    gap(a.0, b.1).max(gap(b.0, a.1)).max(0)
}
