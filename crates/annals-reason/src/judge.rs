//! Verdicts and histories over worlds, readings and doubted claims.

use std::collections::BTreeSet;

use annals_chronicle::{Basis, ClaimId, Day, Edge, Fluent, IdentityId, Moment, Part, Verdict};
use annals_network::{Point, Var};

use crate::answer::{At, Judgement, Stretch};
use crate::bearing::{Status, slot_keys};
use crate::history::{Showing, merged, showing};
use crate::instance::Instance;
use crate::premise::{Accepted, Ground, PremiseId};
use crate::reading::Group;
use crate::reasoner::{Case, Reasoner};
use crate::shows::{Asked, Shown};

/// A fluent, where it is asked about, and every premise that can have to do with that.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub fluent: &'a Fluent,
    pub at: At,
    pub near: &'a BTreeSet<PremiseId>,
}

/// Which values some timeline shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cans {
    pub can_true: bool,
    pub can_false: bool,
    pub can_unrecorded: bool,
    pub spent: bool,
}

impl Cans {
    pub fn has(&self, status: Status) -> bool {
        match status {
            Status::True => self.can_true,
            Status::False => self.can_false,
            Status::Unrecorded => self.can_unrecorded,
        }
    }

    fn set(&mut self, status: Status) {
        match status {
            Status::True => self.can_true = true,
            Status::False => self.can_false = true,
            Status::Unrecorded => self.can_unrecorded = true,
        }
    }

    pub fn union(self, other: Cans) -> Cans {
        Cans {
            can_true: self.can_true || other.can_true,
            can_false: self.can_false || other.can_false,
            can_unrecorded: self.can_unrecorded || other.can_unrecorded,
            spent: self.spent || other.spent,
        }
    }

    pub fn verdict(&self) -> Verdict {
        match (self.can_true, self.can_false, self.can_unrecorded) {
            (true, false, false) => Verdict::Certain,
            (false, true, false) => Verdict::Impossible,
            (true, _, _) => Verdict::Possible,
            (false, _, _) => Verdict::Unknown,
        }
    }
}

pub(crate) const STATUSES: [Status; 3] = [Status::True, Status::False, Status::Unrecorded];

impl Reasoner {
    /// The verdict on a fluent at a point, over all timelines of the preferred readings.
    pub fn judge(&self, fluent: &Fluent, at: At) -> Judgement {
        if let (At::Day(day), Some((first, last))) = (at, self.chronicle.covers)
            && (day < first || last < day)
        {
            return outside();
        }
        let near = self.near_at(fluent, at);
        let question = Question {
            fluent,
            at,
            near: &near,
        };
        let groups = self.groups_near(&near);
        let (choices, complete) = self.reading_choices(&groups, true);
        let mut cans = Cans::default();
        let mut proven = complete;
        let mut identities = BTreeSet::new();
        for dropped in &choices {
            let accepted = self.accepted_without(dropped);
            let case = self.case(&accepted, &near);
            proven &= case.proven;
            cans = cans.union(self.cans(&accepted, question));
            identities.extend(self.decisive_identities(&case, fluent, at));
        }
        let disputed = self.disputed(&groups, question);
        let accepted = self.accepted_without(choices.first().map_or(&[], |c| c.as_slice()));
        let basis = self.basis(&accepted, question, &cans);
        Judgement {
            verdict: cans.verdict(),
            can_true: cans.can_true,
            can_false: cans.can_false,
            can_unrecorded: cans.can_unrecorded,
            basis,
            proven: proven && !cans.spent,
            disputed,
            identities: identities.into_iter().collect(),
        }
    }

    /// The verdicts of a fluent on every day from `first` to `last`, as maximal runs.
    pub fn history(&self, fluent: &Fluent, first: Day, last: Day) -> Vec<Stretch> {
        if last < first {
            return vec![];
        }
        let covers = self.chronicle.covers.unwrap_or((first, last));
        let window = (
            i64::from(first.max(covers.0).0),
            i64::from(last.min(covers.1).0),
        );
        let near = self.near_at(fluent, At::Day(first));
        let (choices, _) = self.reading_choices(&self.groups_near(&near), true);
        let mut shown = STATUSES.map(|_| Showing::default());
        if window.0 <= window.1 {
            for dropped in &choices {
                for accepted in self.with_doubted(&self.accepted_without(dropped), fluent, &near) {
                    for (_, instance) in &self.case(&accepted, &near).instances {
                        let slot = instance.slot(&self.chronicle, fluent);
                        for (at, status) in STATUSES.iter().enumerate() {
                            let more = showing(instance, &slot, *status, window);
                            shown[at].ranges.extend(more.ranges);
                        }
                    }
                }
            }
        }
        let [yes, no, open] = shown.map(|s| merged(s.ranges));
        runs(&yes, &no, &open, (i64::from(first.0), i64::from(last.0)))
    }

    /// Values shown over all worlds, with each doubted claim once taken as a witness: no other
    /// doubted claim could help it, because claims only restrict one another.
    pub(crate) fn cans(&self, accepted: &Accepted, question: Question) -> Cans {
        let mut cans = Cans::default();
        for accepted in self.with_doubted(accepted, question.fluent, question.near) {
            let case = self.case(&accepted, question.near);
            cans = cans.union(self.cans_in(&case, question, false));
        }
        cans
    }

    /// The accepted premises as they are, with each doubted claim that bears on the fluent and
    /// does not clash, and with each two of them: a gap lies between two moments.
    pub(crate) fn with_doubted(
        &self,
        accepted: &Accepted,
        fluent: &Fluent,
        near: &BTreeSet<PremiseId>,
    ) -> Vec<Accepted> {
        let assuming = near
            .iter()
            .any(|p| self.premises.is_assumption(*p) && accepted.contains(*p));
        let doubted: Vec<ClaimId> = self
            .chronicle
            .claims
            .iter()
            .filter(|c| c.doubted && !c.draft)
            .filter(|c| self.bears_on(c.id, fluent) || assuming && self.is_near(c.id, near))
            .map(|c| c.id)
            .collect();
        let mut all = vec![accepted.clone()];
        for (at, claim) in doubted.iter().enumerate() {
            let Some(one) = self.with_claim(accepted, *claim, near) else {
                continue;
            };
            for other in &doubted[at + 1..] {
                all.extend(self.with_claim(&one, *other, near));
            }
            all.push(one);
        }
        if assuming {
            all.extend(self.with_doubted_dates(accepted, near));
        }
        all
    }

    fn is_near(&self, claim: ClaimId, near: &BTreeSet<PremiseId>) -> bool {
        self.premises
            .of_claim(claim)
            .iter()
            .any(|p| near.contains(p))
    }

    /// A doubted date only restricts; but where it holds, an assumption may have to yield.
    fn with_doubted_dates(&self, accepted: &Accepted, near: &BTreeSet<PremiseId>) -> Vec<Accepted> {
        let mut all = Vec::new();
        for premise in near.iter().filter(|p| self.premises.doubted[p.0 as usize]) {
            let Ground::Part(Part::Date(claim, _)) = self.premises.grounds[premise.0 as usize]
            else {
                continue;
            };
            if !self.chronicle.claims[claim.index()].doubted {
                let mut with = accepted.clone();
                with.insert(*premise);
                if !self.case(&with, near).instances.is_empty() {
                    all.push(with);
                }
            }
        }
        all
    }

    /// The choices of doubt that decide about days: where nothing is assumed, doubt only
    /// restricts and the undoubted claims alone are enough.
    pub(crate) fn loosened(
        &self,
        accepted: &Accepted,
        near: &BTreeSet<PremiseId>,
    ) -> Vec<Accepted> {
        let mut all = vec![accepted.clone()];
        if near
            .iter()
            .any(|p| self.premises.is_assumption(*p) && accepted.contains(*p))
        {
            let doubted = self
                .chronicle
                .claims
                .iter()
                .filter(|c| c.doubted && !c.draft);
            let near_by = doubted.filter(|c| self.is_near(c.id, near));
            all.extend(near_by.filter_map(|c| self.with_claim(accepted, c.id, near)));
            all.extend(self.with_doubted_dates(accepted, near));
        }
        all
    }

    /// Accepts a doubted claim as well; `None` where it clashes.
    pub(crate) fn with_claim(
        &self,
        accepted: &Accepted,
        claim: ClaimId,
        near: &BTreeSet<PremiseId>,
    ) -> Option<Accepted> {
        let mut with = accepted.clone();
        for premise in self.premises.of_claim(claim) {
            let own_doubt = matches!(self.premises.grounds[premise.0 as usize],
                Ground::Part(Part::Date(c, i))
                    if self.chronicle.claims[c.index()].when.conditions[i as usize].doubted);
            if !own_doubt {
                with.insert(premise);
            }
        }
        let fits = !self.case(&with, near).instances.is_empty();
        fits.then_some(with)
    }

    fn bears_on(&self, claim: ClaimId, fluent: &Fluent) -> bool {
        let Some(happened) = self.premises.part(Part::Happened(claim)) else {
            return false;
        };
        self.sample_worlds().iter().any(|world| {
            let encoded = self.encoded(world);
            let roles = fluent
                .roles
                .iter()
                .map(|e| encoded.same[e.index()])
                .collect();
            let spelled = crate::bearing::canonical(
                &self.chronicle,
                Fluent {
                    relation: fluent.relation,
                    roles,
                },
            );
            let keys = slot_keys(&self.chronicle, &spelled);
            let near = |other: &Fluent| {
                *other == spelled
                    || slot_keys(&self.chronicle, other)
                        .iter()
                        .any(|k| keys.contains(k))
            };
            encoded
                .bearings
                .iter()
                .any(|b| b.needs.contains(&happened) && near(&b.fluent))
                || encoded
                    .stretches
                    .iter()
                    .any(|s| s.needs.contains(&happened) && near(&s.fluent))
        })
    }

    /// Values shown in the worlds of one case; `lent` as in [`Asked`].
    pub(crate) fn cans_in(&self, case: &Case, question: Question, lent: bool) -> Cans {
        case.instances
            .iter()
            .fold(Cans::default(), |cans, (_, instance)| {
                cans.union(self.cans_of(instance, question.fluent, question.at, lent))
            })
    }

    fn cans_of(&self, instance: &Instance, fluent: &Fluent, at: At, lent: bool) -> Cans {
        let slot = instance.slot(&self.chronicle, fluent);
        let slot = &slot;
        let mut cans = Cans::default();
        for status in STATUSES {
            let shown = match at {
                At::Day(day) => {
                    let day = i64::from(day.0);
                    let point = Point::Close {
                        first: day,
                        last: day,
                    };
                    Asked {
                        instance,
                        slot,
                        point,
                        lent,
                    }
                    .shows(status)
                }
                At::Before(moment) | At::Close(moment) => {
                    let closing = matches!(at, At::Close(_));
                    let var = var_of(instance, moment);
                    let covers = self.chronicle.covers;
                    let covers = covers.map(|(f, l)| (i64::from(f.0), i64::from(l.0)));
                    crate::before::shows_before(instance, slot, var, status, lent, covers, closing)
                }
            };
            match shown {
                Shown::Yes(..) => cans.set(status),
                Shown::No => {}
                Shown::Spent => cans.spent = true,
            }
        }
        cans
    }

    /// Doubted identities that decide what is shown.
    fn decisive_identities(&self, case: &Case, fluent: &Fluent, at: At) -> Vec<IdentityId> {
        let doubted: Vec<IdentityId> = (0..self.chronicle.identities.len() as u32)
            .map(IdentityId)
            .filter(|i| self.chronicle.identities[i.index()].doubted)
            .collect();
        if doubted.is_empty() || case.instances.len() < 2 {
            return vec![];
        }
        let each: Vec<_> = case
            .instances
            .iter()
            .map(|(world, instance)| (world, self.cans_of(instance, fluent, at, false)))
            .collect();
        doubted
            .into_iter()
            .filter(|identity| {
                let over = |merged: bool| {
                    each.iter()
                        .filter(|(w, _)| w.merged.contains(identity) == merged)
                        .fold(Cans::default(), |all, (_, cans)| all.union(*cans))
                };
                let (with, without) = (over(true), over(false));
                with != Cans::default() && without != Cans::default() && with != without
            })
            .collect()
    }

    /// The verdict of every reading of the groups concerned, where they differ.
    fn disputed(&self, groups: &[&Group], question: Question) -> Vec<(usize, Verdict)> {
        let mut all = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            let others: Vec<&Group> = groups
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != index)
                .map(|(_, g)| *g)
                .collect();
            let (rest, _) = self.reading_choices(&others, true);
            for (dropped, reading) in group.dropped.iter().zip(&group.readings) {
                let cans = rest.iter().fold(Cans::default(), |cans, other| {
                    let left_out = [dropped.as_slice(), other.as_slice()].concat();
                    cans.union(self.cans(&self.accepted_without(&left_out), question))
                });
                all.push((*reading, cans.verdict()));
            }
        }
        if all.iter().all(|(_, v)| *v == all[0].1) {
            vec![]
        } else {
            all
        }
    }

    /// Every premise that can have to do with a question.
    pub(crate) fn near_at(&self, fluent: &Fluent, at: At) -> BTreeSet<PremiseId> {
        let mut near = self.near_fluent(fluent);
        if let At::Before(moment) | At::Close(moment) = at {
            near.extend(self.near_moments(&[moment]));
        }
        near
    }

    /// The groups of conflicts among some premises.
    pub(crate) fn groups_near(&self, near: &BTreeSet<PremiseId>) -> Vec<&Group> {
        self.groups
            .iter()
            .filter(|g| g.premises.iter().any(|p| near.contains(p)))
            .collect()
    }

    /// Whether two moments can come in either order in the line.
    pub fn order(&self, first: Moment, second: Moment) -> crate::answer::Order {
        let mut order = crate::answer::Order {
            before: false,
            after: false,
            proven: true,
        };
        for instance in self.instances_of(&[first, second], &mut order.proven) {
            let (a, b) = (var_of(&instance, first), var_of(&instance, second));
            for (from, to, can) in [(a, b, &mut order.before), (b, a, &mut order.after)] {
                let orders = vec![(from, to)];
                let way = annals_network::Alternative {
                    orders,
                    ..Default::default()
                };
                match instance.solver.allows(&way) {
                    annals_network::Found::Solution(_) => *can = true,
                    annals_network::Found::None => {}
                    annals_network::Found::Spent => {
                        *can = true;
                        order.proven = false;
                    }
                }
            }
        }
        order
    }
}

/// The variable of a moment.
pub(crate) fn var_of(instance: &Instance, moment: Moment) -> Var {
    match moment.edge {
        Edge::Start => instance.encoded.starts[moment.event.index()],
        Edge::End => instance.encoded.ends[moment.event.index()],
    }
}

fn outside() -> Judgement {
    Judgement {
        verdict: Verdict::Unknown,
        can_true: false,
        can_false: false,
        can_unrecorded: true,
        basis: Basis::OutsideCoverage,
        proven: true,
        disputed: vec![],
        identities: vec![],
    }
}

/// Cuts a window wherever what is shown changes.
fn runs(
    yes: &[(i64, i64)],
    no: &[(i64, i64)],
    open: &[(i64, i64)],
    (first, last): (i64, i64),
) -> Vec<Stretch> {
    let mut cuts: Vec<i64> = [yes, no, open]
        .iter()
        .flat_map(|set| set.iter().flat_map(|(f, l)| [*f, l.saturating_add(1)]))
        .filter(|d| first < *d && *d <= last)
        .collect();
    cuts.push(first);
    cuts.sort_unstable();
    cuts.dedup();
    let has = |set: &[(i64, i64)], day| set.iter().any(|(f, l)| *f <= day && day <= *l);
    let mut all: Vec<Stretch> = Vec::new();
    for (at, start) in cuts.iter().enumerate() {
        let end = cuts.get(at + 1).map_or(last, |next| next - 1);
        let cans = Cans {
            can_true: has(yes, *start),
            can_false: has(no, *start),
            can_unrecorded: has(open, *start),
            spent: false,
        };
        let verdict = cans.verdict();
        match all.last_mut() {
            Some(before) if before.verdict == verdict => before.last = Day(end as i32),
            _ => all.push(Stretch {
                first: Day(*start as i32),
                last: Day(end as i32),
                verdict,
            }),
        }
    }
    all
}
