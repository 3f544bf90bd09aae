//! Contradictions that are about days alone, put into the network as choices.
//!
//! A question is answered over every way of combining readings. Where twenty kings each have two
//! dates of accession there are a million of them. But most contradictions concern days and
//! nothing else: whichever reading is followed, the same moments bear on the same states. Then the
//! readings are the alternatives of one choice, as those of "658 or 659" are, and one network
//! speaks for all ways at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{EventId, Fluent, Mode, Part};
use annals_network::{Alternative, Choice, Var};

use crate::bearing::Status;
use crate::component::Component;
use crate::encode::Encoded;
use crate::near::Near;
use crate::premise::{Accepted, Ground, PremiseId};
use crate::reading::Group;
use crate::rule::{Body, Rule};
use crate::yielding::Yielding;

/// Contradicting premises whose readings differ in days alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dispute {
    /// What some reading leaves out.
    pub contested: Vec<PremiseId>,
    /// What each preferred reading leaves out.
    pub dropped: Vec<Vec<PremiseId>>,
}

/// Rules of more alternatives are not multiplied out.
const ALTERNATIVES_AT_MOST: usize = 64;

/// What a bearing says, apart from who says so.
type Said<'e> = (Var, &'e Fluent, Option<bool>, Option<Status>);

impl Component {
    /// Each group's dispute; `None` where its readings differ in more than days, or where who is
    /// who or an assumption hangs on them.
    pub(crate) fn disputes(&self) -> &[Option<Arc<Dispute>>] {
        self.disputed.get_or_init(|| {
            let groups = self.groups.iter();
            groups.map(|g| self.dispute(g).map(Arc::new)).collect()
        })
    }

    /// The disputes among the groups near a question, if they may stand for their readings there:
    /// where nothing is doubted, so that nothing else hangs on which reading is followed.
    pub(crate) fn disputes_near(&self, near: &Near) -> Vec<Option<Arc<Dispute>>> {
        if near.iter().any(|p| self.premises.is_doubted(p)) {
            return vec![None; self.groups.len()];
        }
        self.disputes().to_vec()
    }

    fn dispute(&self, group: &Group) -> Option<Dispute> {
        let readings = group.dropped.iter().zip(&group.readings);
        let preferred = readings.filter(|(_, r)| self.readings[**r].preferred);
        let dropped: Vec<Vec<PremiseId>> = preferred.map(|(d, _)| d.clone()).collect();
        let mut contested = dropped.concat();
        contested.sort_unstable();
        contested.dedup();
        let dispute = Dispute { contested, dropped };
        let around = self.everywhere().around(&group.premises);
        let encoded = self.encoded(&self.usual_world());
        let clear = group.complete
            && dispute.dropped.len() > 1
            && self.is_alone(group, &around)
            && self.same_states(&dispute, &encoded)
            && self.same_events(&dispute)
            && dispute.is_small(&encoded, &self.accepted_without(&[]), &self.chronicle)
            && dispute.dropped.iter().all(|dropped| {
                let stands =
                    |p: &&PremiseId| !dropped.contains(p) && !self.premises.is_doubted(**p);
                let left = around.iter().filter(stands);
                let left: Vec<PremiseId> = left.copied().collect();
                self.yielding_of(&left, &encoded) == Yielding::Fits
            });
        clear.then_some(dispute)
    }

    /// Whether no other contradiction and no open question of who is who has to do with a group.
    fn is_alone(&self, group: &Group, around: &[PremiseId]) -> bool {
        let open = self.dimensions.iter().flat_map(|d| d.affects.iter());
        let open: BTreeSet<&PremiseId> = open.collect();
        let others = self.groups.iter().filter(|g| *g != group);
        let others = others.flat_map(|g| g.premises.iter());
        let others: BTreeSet<&PremiseId> = others.collect();
        !around
            .iter()
            .any(|p| open.contains(p) || others.contains(p))
    }

    /// Whether every reading has the same moments bear on the same states.
    fn same_states(&self, dispute: &Dispute, encoded: &Encoded) -> bool {
        let contested = |needs: &[PremiseId]| needs.iter().any(|p| dispute.contests(*p));
        if encoded.stretches.iter().any(|s| contested(&s.needs)) {
            return false;
        }
        let index = encoded.index(&self.chronicle);
        let on = dispute.contested.iter().flat_map(|p| index.bearings_on(*p));
        let vars: BTreeSet<Var> = on.map(|at| encoded.bearings[*at as usize].var).collect();
        let of_vars = encoded.bearings.iter().filter(|b| vars.contains(&b.var));
        let of_vars: Vec<_> = of_vars.collect();
        let said = |dropped: &Vec<PremiseId>| -> BTreeSet<Said> {
            let holds = |needs: &[PremiseId]| !needs.iter().any(|p| dropped.contains(p));
            let held = of_vars.iter().filter(|b| holds(&b.needs));
            held.map(|b| (b.var, &b.fluent, b.before, b.after))
                .collect()
        };
        let mut each = dispute.dropped.iter().map(said);
        let first = each.next();
        each.all(|other| Some(other) == first)
    }

    /// Whether every reading tells of the same events.
    fn same_events(&self, dispute: &Dispute) -> bool {
        let claims = dispute
            .contested
            .iter()
            .filter_map(|p| self.premises.claim(*p));
        let events = claims.map(|c| self.chronicle.claims[c.index()].event);
        let events: BTreeSet<EventId> = events.collect();
        let told = |dropped: &Vec<PremiseId>, event: &EventId| {
            let mut claims = self.chronicle.events[event.index()].claims.iter();
            claims.any(|c| {
                let claim = &self.chronicle.claims[c.index()];
                let happened = self.premises.part(Part::Happened(*c));
                claim.mode == Mode::Asserted
                    && happened
                        .is_some_and(|p| !self.premises.is_doubted(p) && !dropped.contains(&p))
            })
        };
        let parts = |p: &PremiseId| {
            let ground = &self.premises.grounds[p.0 as usize];
            matches!(
                ground,
                Ground::Part(Part::Happened(_) | Part::Date(..) | Part::Detail(..))
            )
        };
        dispute.contested.iter().all(parts)
            && events.iter().all(|event| {
                let mut each = dispute.dropped.iter().map(|dropped| told(dropped, event));
                let first = each.next();
                each.all(|other| Some(other) == first)
            })
    }
}

impl Dispute {
    pub fn contests(&self, premise: PremiseId) -> bool {
        self.contested.binary_search(&premise).is_ok()
    }

    /// Whether a rule rests on something contested.
    pub fn concerns(&self, rule: &Rule) -> bool {
        let rests = |needs: &[PremiseId]| needs.iter().any(|p| self.contests(*p));
        rests(&rule.needs)
            || match &rule.body {
                Body::OneOf(_) => false,
                Body::Follows { sources, .. } => sources.iter().any(|(_, needs)| rests(needs)),
            }
    }

    /// What the readings make of these rules: one of the alternatives holds.
    pub fn choice(&self, rules: &[&Rule], accepted: &Accepted) -> Choice {
        let alternatives = self.dropped.iter().flat_map(|dropped| {
            let mut accepted = accepted.clone();
            dropped.iter().for_each(|p| accepted.remove(*p));
            let made = rules.iter().filter(|r| accepted.has_all(&r.needs));
            let mut all = vec![Alternative::default()];
            for ways in made.filter_map(|r| r.ways(&accepted)) {
                all = all
                    .iter()
                    .flat_map(|a| ways.iter().map(|w| both(a, w)))
                    .collect();
            }
            all
        });
        let alternatives = alternatives.collect();
        Choice { alternatives }
    }

    /// Whether that makes few alternatives.
    fn is_small(
        &self,
        encoded: &Encoded,
        accepted: &Accepted,
        chronicle: &annals_chronicle::Chronicle,
    ) -> bool {
        let index = encoded.index(chronicle);
        let on = self.contested.iter().flat_map(|p| index.rules_on(*p));
        let rules: BTreeSet<u32> = on.chain(index.follows()).copied().collect();
        let rules = rules.iter().map(|at| &encoded.rules[*at as usize]);
        let ways = rules
            .filter(|r| self.concerns(r))
            .map(|r| r.ways(accepted).map_or(1, |w| w.len().max(1)));
        let mut product: usize = self.dropped.len();
        for ways in ways {
            product = product.saturating_mul(ways);
        }
        product <= ALTERNATIVES_AT_MOST
    }
}

fn both(a: &Alternative, b: &Alternative) -> Alternative {
    Alternative {
        arcs: a.arcs.iter().chain(&b.arcs).copied().collect(),
        orders: a.orders.iter().chain(&b.orders).copied().collect(),
        domains: a.domains.iter().chain(&b.domains).cloned().collect(),
    }
}
