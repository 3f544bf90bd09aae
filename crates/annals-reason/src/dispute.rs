//! Contradictions that are about days alone, put into the network as choices.
//!
//! A question is answered over every way of combining readings. Where twenty kings each have two
//! dates of accession there are a million of them. But most contradictions concern days and
//! nothing else: whichever reading is followed, the same moments bear on the same states. Then one
//! network speaks for all ways at once. It says for each premise what makes a reading: it holds, or
//! else all other members of some conflict do, so that it could not be kept as well (Reiter 1987:
//! what readings leave out are the smallest sets that meet every conflict). That takes no list of
//! readings, only of conflicts. Where a rule rests on several premises or leaves a choice itself,
//! the readings are listed as the alternatives of one choice, as those of "658 or 659" are.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{EventId, Fluent, Mode, Part};
use annals_network::{Alternative, Choice, Var};

use crate::bearing::Status;
use crate::component::Component;
use crate::encode::Encoded;
use crate::index::Index;
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
    /// What preferred readings leave out: each of them, or some where what makes one is known.
    pub dropped: Vec<Vec<PremiseId>>,
    /// What makes a preferred reading; `None` where they are listed instead.
    pub makes: Option<Makes>,
    /// Whether this stands for the readings with any doubted claims as well.
    amid_doubt: bool,
}

/// What makes a preferred reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Makes {
    /// Of each premise, the sets of others one of which is kept wherever it is left out.
    grounds: Vec<(PremiseId, Vec<Vec<PremiseId>>)>,
    /// Premises of which it is settled that they are kept.
    kept: Vec<PremiseId>,
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
    /// with what is doubted near it, nothing else hangs on which reading is followed.
    pub(crate) fn disputes_near(&self, near: &Near) -> Vec<Option<Arc<Dispute>>> {
        let doubt = near.iter().any(|p| self.premises.is_doubted(p));
        let each = self.disputes().iter();
        let stand = each.map(|d| d.as_ref().filter(|d| !doubt || d.amid_doubt).cloned());
        stand.collect()
    }

    fn dispute(&self, group: &Group) -> Option<Dispute> {
        let readings = group.dropped.iter().zip(&group.readings);
        let preferred = readings.filter(|(_, r)| self.readings[**r].preferred);
        let dropped: Vec<Vec<PremiseId>> = preferred.map(|(d, _)| d.clone()).collect();
        let mut contested = match group.complete {
            true => dropped.concat(),
            false => group.premises.clone(),
        };
        contested.sort_unstable();
        contested.dedup();
        let mut dispute = Dispute {
            contested,
            dropped,
            makes: None,
            amid_doubt: false,
        };
        let around = self.everywhere().around(&group.premises);
        let encoded = self.encoded(&self.usual_world());
        let index = encoded.index(&self.chronicle);
        let clear = group.known
            && !dispute.dropped.is_empty()
            && (dispute.dropped.len() > 1 || !group.complete)
            && self.is_apart(group, &around, &encoded)
            && self.same_states(&dispute, group.complete, &encoded)
            && self.same_events(&dispute, group.complete)
            && self.nothing_yields(group, &dispute, &around, &encoded);
        if !clear {
            return None;
        }
        dispute.amid_doubt = self.nothing_clashes(&around, &encoded);
        let listed = dispute.clone();
        dispute.contested = group.premises.clone();
        let mut rules = dispute.rules(&encoded, index).into_iter();
        if rules.all(|rule| dispute.parts(rule))
            && let Some(grounds) = self.grounds_to_leave_out(group)
        {
            let kept = vec![];
            dispute.makes = Some(Makes { grounds, kept });
            return Some(dispute);
        }
        let accepted = self.accepted_without(&[]);
        (group.complete && listed.is_small(&encoded, &accepted, index)).then_some(listed)
    }

    /// Whether no open question of who is who has to do with a group, and no rule rests both on
    /// one of its premises and on one of another group.
    fn is_apart(&self, group: &Group, around: &[PremiseId], encoded: &Encoded) -> bool {
        let open = self.dimensions.iter().flat_map(|d| d.affects.iter());
        let open: BTreeSet<&PremiseId> = open.collect();
        let others = self.groups.iter().filter(|g| *g != group);
        let others = others.flat_map(|g| g.premises.iter());
        let others: BTreeSet<&PremiseId> = others.collect();
        let index = encoded.index(&self.chronicle);
        let on = group.premises.iter().flat_map(|p| index.rules_on(*p));
        let mut rules = on.map(|at| &encoded.rules[*at as usize]);
        let rests = |rule: &Rule| match &rule.body {
            Body::OneOf(_) => rule.needs.iter().any(|p| others.contains(p)),
            Body::Follows { sources, .. } => {
                let mut followed = sources.iter().flat_map(|(_, needs)| needs);
                let own = rule.needs.iter().any(|p| others.contains(p));
                own || followed.any(|p| others.contains(p))
            }
        };
        !around.iter().any(|p| open.contains(p)) && !rules.any(rests)
    }

    /// Whether no assumption around a group yields, whichever readings are followed.
    fn nothing_yields(
        &self,
        group: &Group,
        dispute: &Dispute,
        around: &[PremiseId],
        encoded: &Arc<Encoded>,
    ) -> bool {
        let stands = |p: &&PremiseId| !self.premises.is_doubted(**p);
        let all: Vec<PremiseId> = around.iter().filter(stands).copied().collect();
        if !all.iter().any(|p| self.premises.is_assumption(*p)) {
            return true;
        }
        let others = self.groups.iter().filter(|g| *g != group);
        let alone = !others.flat_map(|g| &g.premises).any(|p| around.contains(p));
        if alone && group.complete {
            return dispute.dropped.iter().all(|dropped| {
                let left = all.iter().filter(|p| !dropped.contains(p));
                let left: Vec<PremiseId> = left.copied().collect();
                self.yielding_of(&left, encoded) == Yielding::Fits
            });
        }
        self.nothing_clashes(&all, encoded)
    }

    /// Whether no conflict among some premises rests on an assumption: then none of them yields to
    /// any reading.
    fn nothing_clashes(&self, premises: &[PremiseId], encoded: &Encoded) -> bool {
        if !premises.iter().any(|p| self.premises.is_assumption(*p)) {
            return true;
        }
        let all = encoded.complete.then_some(premises);
        let conflicts = all.and_then(|all| self.conflicts_along_chains(all, encoded));
        conflicts.is_some_and(|conflicts| {
            let mut members = conflicts.iter().flatten();
            !members.any(|p| self.premises.is_assumption(*p))
        })
    }

    /// Whether every reading has the same moments bear on the same states; `listed` tells whether
    /// the dispute lists all of them.
    fn same_states(&self, dispute: &Dispute, listed: bool, encoded: &Encoded) -> bool {
        let contested = |needs: &[PremiseId]| needs.iter().any(|p| dispute.contests(*p));
        if encoded.stretches.iter().any(|s| contested(&s.needs)) {
            return false;
        }
        let index = encoded.index(&self.chronicle);
        let mut on = dispute.contested.iter().flat_map(|p| index.bearings_on(*p));
        if !listed {
            return on.next().is_none();
        }
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
    fn same_events(&self, dispute: &Dispute, listed: bool) -> bool {
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
            match ground {
                Ground::Part(Part::Date(..) | Part::Detail(..)) => true,
                Ground::Part(Part::Happened(_)) => listed,
                _ => false,
            }
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

    /// What the readings make of the rules that rest on something contested.
    pub fn choices(&self, rules: &[&Rule], accepted: &Accepted) -> Vec<Choice> {
        match &self.makes {
            None => vec![self.choice(rules, accepted)],
            Some(makes) => makes.choices(rules),
        }
    }

    /// One of the alternatives holds, those of one reading or another.
    fn choice(&self, rules: &[&Rule], accepted: &Accepted) -> Choice {
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

    /// Whether a rule demands one thing and rests on one contested premise alone.
    fn parts(&self, rule: &Rule) -> bool {
        let own = rule.needs.iter().filter(|p| self.contests(**p));
        matches!(&rule.body, Body::OneOf(ways) if ways.len() == 1) && own.count() == 1
    }

    /// The rules that rest on something contested.
    fn rules<'e>(&self, encoded: &'e Encoded, index: &Index) -> Vec<&'e Rule> {
        let on = self.contested.iter().flat_map(|p| index.rules_on(*p));
        let rules: BTreeSet<u32> = on.chain(index.follows()).copied().collect();
        let rules = rules.iter().map(|at| &encoded.rules[*at as usize]);
        rules.filter(|r| self.concerns(r)).collect()
    }

    /// Whether the readings make few alternatives.
    fn is_small(&self, encoded: &Encoded, accepted: &Accepted, index: &Index) -> bool {
        let rules = self.rules(encoded, index);
        let mut product: usize = self.dropped.len();
        for ways in rules.iter().map(|r| r.ways(accepted)) {
            product = product.saturating_mul(ways.map_or(1, |w| w.len().max(1)));
        }
        product <= ALTERNATIVES_AT_MOST
    }

    /// What some reading leaves out in which something is true, premise after premise being kept
    /// where it can: `holds` tells whether it is true in one of those that a dispute allows.
    pub fn settled(&self, holds: &dyn Fn(&Dispute) -> bool) -> Vec<PremiseId> {
        let mut dispute = self.clone();
        let mut left_out = Vec::new();
        for premise in &self.contested {
            let before = dispute.clone();
            if let Some(makes) = &mut dispute.makes {
                makes.kept.push(*premise);
            }
            if !holds(&dispute) {
                left_out.push(*premise);
                dispute = before;
            }
        }
        left_out
    }
}

impl Makes {
    /// Each premise holds, or all other members of a conflict do.
    fn choices(&self, rules: &[&Rule]) -> Vec<Choice> {
        let demanded = |premise: &PremiseId| {
            let on = rules.iter().filter(|r| r.needs.contains(premise));
            let ways = on.filter_map(|rule| match &rule.body {
                Body::OneOf(ways) => ways.first(),
                Body::Follows { .. } => None,
            });
            ways.fold(Alternative::default(), |all, way| both(&all, way))
        };
        let all = |premises: &Vec<PremiseId>| {
            let each = premises.iter().map(demanded);
            each.fold(Alternative::default(), |all, way| both(&all, &way))
        };
        let each = self.grounds.iter().map(|(premise, grounds)| {
            let mut alternatives = vec![demanded(premise)];
            if !self.kept.contains(premise) {
                alternatives.extend(grounds.iter().map(all));
            }
            Choice { alternatives }
        });
        each.collect()
    }
}

fn both(a: &Alternative, b: &Alternative) -> Alternative {
    Alternative {
        arcs: a.arcs.iter().chain(&b.arcs).copied().collect(),
        orders: a.orders.iter().chain(&b.orders).copied().collect(),
        domains: a.domains.iter().chain(&b.domains).cloned().collect(),
    }
}
