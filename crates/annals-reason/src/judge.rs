//! Verdicts and histories over worlds, readings and doubted claims.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{Basis, Day, Fluent, IdentityId, Moment, Verdict};
use annals_network::{Alternative, Found, Point, Var};

use crate::answer::{At, Judgement, Order, Stretch, Weighed};
use crate::bearing::Status;
use crate::before::shows_before;
use crate::component::{Case, Component};
use crate::history::{Showing, merged, showing};
use crate::instance::{Instance, Seen, Slot};
use crate::moving::Moving;
use crate::near::Near;
use crate::premise::Accepted;
use crate::reading::{Group, Ways};
use crate::shows::{Asked, Shown};

/// A fluent, where it is asked about, and every premise that can have to do with that.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub fluent: &'a Fluent,
    pub at: At,
    pub near: &'a Near,
}

/// Which values some timeline shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cans {
    pub can_true: bool,
    pub can_false: bool,
    pub can_unrecorded: bool,
    /// Whether a timeline that shows it true was seen, not only looked for in vain to the end.
    pub seen_true: bool,
    /// The same of one that shows it false or unrecorded.
    pub seen_other: bool,
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

    pub fn set(&mut self, status: Status) {
        match status {
            Status::True => self.can_true = true,
            Status::False => self.can_false = true,
            Status::Unrecorded => self.can_unrecorded = true,
        }
    }

    /// The same where a timeline shows the value.
    fn see(&mut self, status: Status) {
        self.set(status);
        match status {
            Status::True => self.seen_true = true,
            Status::False | Status::Unrecorded => self.seen_other = true,
        }
    }

    /// All values, where not every timeline could be looked at.
    pub fn all() -> Cans {
        Cans {
            can_true: true,
            can_false: true,
            can_unrecorded: true,
            spent: true,
            ..Cans::default()
        }
    }

    /// The same where what shows the values need be no timeline.
    fn unseen(self) -> Cans {
        Cans {
            seen_true: false,
            seen_other: false,
            ..self
        }
    }

    /// Whether the verdict stands although more may be shown: what is possible is so by two
    /// timelines, however many others there are.
    fn is_seen(&self) -> bool {
        self.seen_true && self.seen_other
    }

    /// Whether every value is shown, so that looking further would show nothing new.
    pub fn is_full(&self) -> bool {
        STATUSES.iter().all(|status| self.has(*status))
    }

    pub fn union(self, other: Cans) -> Cans {
        Cans {
            can_true: self.can_true || other.can_true,
            can_false: self.can_false || other.can_false,
            can_unrecorded: self.can_unrecorded || other.can_unrecorded,
            seen_true: self.seen_true || other.seen_true,
            seen_other: self.seen_other || other.seen_other,
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

impl Component {
    /// The verdict on a fluent at a point, over all timelines of the preferred readings.
    pub fn judge(&self, fluent: &Fluent, at: At) -> Judgement {
        if self.is_outside(at) {
            return outside();
        }
        let near = self.near_at(fluent, at);
        let question = Question {
            fluent,
            at,
            near: &near,
        };
        let groups = self.groups_near(&near);
        let ways = self.ways_of_reading(&groups, &near);
        let over = ways.over(&near);
        let (cans, proven) = self.weighed(question, &ways, &over);
        let mut identities = BTreeSet::new();
        for dropped in &ways.dropped {
            let case = self.case(&self.accepted_without(dropped), &over);
            identities.extend(self.decisive_identities(&case, fluent, at));
        }
        let disputed = match self.is_agreed(&groups, &cans) {
            true => vec![],
            false => self.disputed(&groups, question),
        };
        let accepted = self.accepted_without(&ways.first);
        let basis = self.basis(&accepted, question, &cans);
        Judgement {
            verdict: cans.verdict(),
            can_true: cans.can_true,
            can_false: cans.can_false,
            can_unrecorded: cans.can_unrecorded,
            basis,
            proven,
            disputed,
            identities: identities.into_iter().collect(),
        }
    }

    /// The verdict alone.
    pub fn weigh(&self, fluent: &Fluent, at: At) -> Weighed {
        if self.is_outside(at) {
            let Judgement {
                verdict, can_true, ..
            } = outside();
            return Weighed {
                verdict,
                can_true,
                proven: true,
            };
        }
        let near = self.near_at(fluent, at);
        let question = Question {
            fluent,
            at,
            near: &near,
        };
        let ways = self.ways_of_reading(&self.groups_near(&near), &near);
        let (cans, proven) = self.weighed(question, &ways, &ways.over(&near));
        Weighed {
            verdict: cans.verdict(),
            can_true: cans.can_true,
            proven,
        }
    }

    /// The values shown over some ways of reading, and whether the verdict is proven.
    fn weighed(&self, question: Question, ways: &Ways, over: &Near) -> (Cans, bool) {
        let any = Question {
            near: over,
            ..question
        };
        let mut cans = Cans::default();
        let mut settled = true;
        for dropped in &ways.dropped {
            let accepted = self.accepted_without(dropped);
            settled &= self.case(&accepted, over).settled;
            cans = cans.union(self.cans(&accepted, any));
        }
        // A timeline that shows a value stays one however many others there are.
        if !ways.real {
            cans = cans.unseen();
        }
        if !ways.complete && !cans.is_full() {
            cans = Cans {
                seen_true: cans.seen_true,
                seen_other: cans.seen_other,
                ..Cans::all()
            };
        }
        (cans, settled && !cans.spent || cans.is_seen())
    }

    /// Whether every reading comes to the same: all are preferred, and together show one value.
    fn is_agreed(&self, groups: &[&Group], cans: &Cans) -> bool {
        let mut readings = groups.iter().flat_map(|g| &g.readings);
        let shown = STATUSES.iter().filter(|status| cans.has(**status));
        shown.count() == 1 && readings.all(|at| self.readings[*at].preferred)
    }

    /// Whether a day lies outside what the chronicle covers.
    pub(crate) fn is_outside(&self, at: At) -> bool {
        match (at, self.chronicle.covers) {
            (At::Day(day), Some((first, last))) => day < first || last < day,
            _ => false,
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
        let mut shown = STATUSES.map(|_| Showing::default());
        if window.0 <= window.1 && !self.shown_within(fluent, &near, window, &mut shown) {
            for showing in &mut shown {
                showing.ranges.push(window);
            }
        }
        let [yes, no, open] = shown.map(|s| merged(s.ranges));
        runs(&yes, &no, &open, (i64::from(first.0), i64::from(last.0)))
    }

    /// Adds the days of a window that timelines show each value on. Returns whether no timeline
    /// was left out: otherwise any value may be shown on any day.
    fn shown_within(
        &self,
        fluent: &Fluent,
        near: &Near,
        window: (i64, i64),
        shown: &mut [Showing; 3],
    ) -> bool {
        let ways = self.ways_of_reading(&self.groups_near(near), near);
        if !ways.complete {
            return false;
        }
        let near = &ways.over(near);
        let mut seen = BTreeSet::new();
        for dropped in &ways.dropped {
            let accepted = self.accepted_without(dropped);
            let choices = self.with_doubted(&accepted, fluent, near);
            let mut complete =
                self.add_shown((fluent, near), &choices.sets, window, &mut seen, shown);
            if !choices.complete {
                let outer = self.unassuming(near);
                let most = self.with_doubted(&accepted, fluent, &outer).sets;
                complete &= self.add_shown((fluent, &outer), &most, window, &mut seen, shown);
            }
            if !complete {
                return false;
            }
        }
        true
    }

    /// The same for some sets of what is accepted.
    fn add_shown(
        &self,
        (fluent, near): (&Fluent, &Near),
        sets: &[Accepted],
        window: (i64, i64),
        seen: &mut BTreeSet<Seen>,
        shown: &mut [Showing; 3],
    ) -> bool {
        let mut complete = true;
        for accepted in sets {
            let case = self.case(accepted, near);
            complete &= case.complete;
            for (_, instance) in &case.instances {
                let slot = instance.slot(&self.chronicle, fluent);
                if !seen.insert(instance.extract(&slot, None)) {
                    continue;
                }
                for (at, status) in STATUSES.iter().enumerate() {
                    let more = showing(instance, &slot, *status, window);
                    shown[at].ranges.extend(more.ranges);
                }
            }
        }
        complete
    }

    /// Values shown over all worlds and all choices of what is doubted.
    pub(crate) fn cans(&self, accepted: &Accepted, question: Question) -> Cans {
        let choices = self.with_doubted(accepted, question.fluent, question.near);
        let mut cans = self.cans_over(&choices.sets, question);
        if !choices.complete {
            let near = self.unassuming(question.near);
            let outer = Question {
                near: &near,
                ..question
            };
            let most = self.with_doubted(accepted, question.fluent, &near);
            let most = self.cans_over(&most.sets, outer).unseen();
            let more = STATUSES.iter().any(|s| most.has(*s) && !cans.has(*s));
            cans = cans.union(most);
            cans.spent |= more;
        }
        cans
    }

    fn cans_over(&self, sets: &[Accepted], question: Question) -> Cans {
        let mut seen = BTreeSet::new();
        let mut cans = Cans::default();
        for accepted in sets {
            let case = self.case(accepted, question.near);
            if !case.complete {
                return Cans::all();
            }
            for (_, instance) in &case.instances {
                let slot = instance.slot(&self.chronicle, question.fluent);
                let asked = match question.at {
                    At::Day(_) => None,
                    At::Before(moment) | At::Close(moment) => Some(var_of(instance, moment)),
                };
                // Much of what is doubted or settled in several ways does not reach the slot.
                if seen.insert(instance.extract(&slot, asked)) {
                    cans = cans.union(self.cans_of(instance, &slot, question.at, false));
                }
            }
        }
        cans
    }

    /// Values shown in the worlds of one case; `lent` as in [`Asked`].
    pub(crate) fn cans_in(&self, case: &Case, question: Question, lent: bool) -> Cans {
        case.instances
            .iter()
            .fold(Cans::default(), |cans, (_, instance)| {
                let slot = instance.slot(&self.chronicle, question.fluent);
                cans.union(self.cans_of(instance, &slot, question.at, lent))
            })
    }

    fn cans_of(&self, instance: &Instance, slot: &Slot, at: At, lent: bool) -> Cans {
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
                    let moving = Moving {
                        instance,
                        slot,
                        at: var_of(instance, moment),
                        closing,
                        lent,
                    };
                    let covers = self.chronicle.covers;
                    let covers = covers.map(|(f, l)| (i64::from(f.0), i64::from(l.0)));
                    shows_before(&moving, status, covers)
                }
            };
            match shown {
                Shown::Yes(..) => cans.see(status),
                Shown::No => {}
                // Nothing rules it out.
                Shown::Spent => {
                    cans.set(status);
                    cans.spent = true;
                }
            }
        }
        cans
    }

    /// Doubted identities that decide what is shown.
    fn decisive_identities(&self, case: &Case, fluent: &Fluent, at: At) -> Vec<IdentityId> {
        let identities = self.scope.identities.iter().copied();
        let doubted: Vec<IdentityId> = identities
            .filter(|i| self.chronicle.identities[i.index()].doubted)
            .collect();
        if doubted.is_empty() || case.instances.len() < 2 {
            return vec![];
        }
        let each: Vec<_> = case
            .instances
            .iter()
            .map(|(world, instance)| {
                let slot = instance.slot(&self.chronicle, fluent);
                (world, self.cans_of(instance, &slot, at, false))
            })
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

    /// The verdict of every reading of a group, for each group whose readings differ in it.
    fn disputed(&self, groups: &[&Group], question: Question) -> Vec<(usize, Verdict)> {
        let mut all = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            let others: Vec<&Group> = groups
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != index)
                .map(|(_, g)| *g)
                .collect();
            let rest = self.ways_of_reading(&others, question.near);
            if !rest.complete {
                return vec![];
            }
            if !group.complete {
                continue;
            }
            let near = rest.over(question.near);
            let question = Question {
                near: &near,
                ..question
            };
            let of_group = group.dropped.iter().zip(&group.readings);
            let of_group = of_group.map(|(dropped, reading)| {
                let cans = rest.dropped.iter().fold(Cans::default(), |cans, other| {
                    let left_out = [dropped.as_slice(), other.as_slice()].concat();
                    cans.union(self.cans(&self.accepted_without(&left_out), question))
                });
                (*reading, cans.verdict())
            });
            // A contradiction that makes no difference here is none about this.
            let of_group: Vec<(usize, Verdict)> = of_group.collect();
            if of_group.iter().any(|(_, v)| *v != of_group[0].1) {
                all.extend(of_group);
            }
        }
        all
    }

    /// The groups of conflicts among some premises.
    pub(crate) fn groups_near(&self, near: &Near) -> Vec<&Group> {
        self.groups
            .iter()
            .filter(|g| g.premises.iter().any(|p| near.contains(*p)))
            .collect()
    }

    /// Whether two moments can come in either order in the line.
    pub fn order(&self, first: Moment, second: Moment) -> Order {
        let order = |all: &[Arc<Instance>]| {
            let order = order_in(all, first, second);
            (order, order.proven)
        };
        let (order, proven) = self.over_timelines(&[first, second], order);
        Order { proven, ..order }
    }
}

fn order_in(instances: &[Arc<Instance>], first: Moment, second: Moment) -> Order {
    let mut order = Order {
        before: false,
        after: false,
        proven: true,
    };
    for instance in instances {
        let (a, b) = (var_of(instance, first), var_of(instance, second));
        for (from, to, can) in [(a, b, &mut order.before), (b, a, &mut order.after)] {
            let way = Alternative {
                orders: vec![(from, to)],
                ..Alternative::default()
            };
            match instance.solver.allows(&way) {
                Found::Solution(_) => *can = true,
                Found::None => {}
                Found::Spent => {
                    *can = true;
                    order.proven = false;
                }
            }
        }
    }
    order
}

/// The variable of a moment that was asked about.
pub(crate) fn var_of(instance: &Instance, moment: Moment) -> Var {
    let var = instance.encoded.moments.var(moment);
    let place = instance.place(var);
    place.expect("a case holds the moments that its question asks about")
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
            ..Cans::default()
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
