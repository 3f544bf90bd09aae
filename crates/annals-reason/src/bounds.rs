//! The exact days of moments, what forces them, and distances between moments.

use std::sync::Arc;

use annals_chronicle::{ClaimId, Day, DayRange, DaySet, Mode, Moment, Part, Support};
use annals_network::{Alternative, Arc as NetworkArc, Domain, Found, HORIZON};

use crate::answer::{Bounds, Side, Span};
use crate::component::{Case, Component};
use crate::dispute::Dispute;
use crate::instance::Instance;
use crate::judge::var_of;
use crate::near::Near;
use crate::premise::{Accepted, PremiseId};
use crate::world::World;

/// Labels this far out come from the horizon, not from a date.
const FAR: i64 = HORIZON / 2;

impl Component {
    /// The days a moment may have in timelines where it is claimed, over the preferred readings.
    pub fn bounds(&self, moment: Moment) -> Bounds {
        if let Some(plain) = self.plain_of(&[moment]) {
            let (days, proven) = days_of(std::slice::from_ref(&plain.instance), moment);
            return Bounds { days, proven };
        }
        let (days, proven) = self.over_timelines(&[moment], |all| days_of(all, moment));
        Bounds { days, proven }
    }

    /// The days a moment may have by every reading of the contradictions concerned, as indexes
    /// into [`crate::Reasoner::readings`]; of other contradictions the preferred readings. Empty where
    /// all readings allow the same days.
    pub fn bounds_by_reading(&self, moment: Moment) -> Vec<(usize, DaySet)> {
        let near = self.near_moments(&[moment]);
        let groups = self.groups_near(&near);
        let mut all = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            let others = groups.iter().enumerate().filter(|(at, _)| *at != index);
            let others: Vec<_> = others.map(|(_, group)| *group).collect();
            let rest = self.ways_of_reading(&others, &near);
            if !rest.complete {
                return vec![];
            }
            if !group.complete {
                continue;
            }
            for (dropped, reading) in group.dropped.iter().zip(&group.readings) {
                let choices = rest
                    .dropped
                    .iter()
                    .map(|other| [dropped.as_slice(), other].concat());
                let over = rest.over(&near);
                let (instances, _) = self.instances_without(choices.collect(), &[moment], &over);
                all.push((*reading, days_of(&instances, moment).0));
            }
        }
        if all.iter().all(|(_, days)| *days == all[0].1) {
            all.clear();
        }
        all
    }

    /// A minimal set of claims that forces the first or last possible day of a moment; `None`
    /// where nothing bounds it on that side.
    pub fn bound_support(&self, moment: Moment, side: Side) -> Option<Support> {
        let days = self.bounds(moment).days;
        let beyond = match side {
            Side::Earliest => Domain::range(-HORIZON, i64::from(days.first()?.0) - 1),
            Side::Latest => Domain::range(i64::from(days.last()?.0) + 1, HORIZON),
        };
        let last = match side {
            Side::Earliest => i64::from(days.first()?.0),
            Side::Latest => i64::from(days.last()?.0),
        };
        let near = self.near_moments(&[moment]);
        let within = |instance: &Instance, days: Domain| {
            let domains = vec![(var_of(instance, moment), days)];
            let way = Alternative {
                domains,
                ..Alternative::default()
            };
            instance.solver.allows(&way) != Found::None
        };
        let attains = |instance: &Instance| within(instance, Domain::range(last, last));
        let accepted = self.accepted_at(&[moment], &near, &attains);
        let bounded = |set: &Accepted| {
            let case = self.fresh_case(set, &near);
            self.telling(&case, &[moment])
                .all(|instance| !within(instance, beyond.clone()))
        };
        let forces = |set: &Accepted| {
            let added = self.loosenings(set, &accepted, &near);
            added.iter().all(bounded)
        };
        Some(self.smallest(&accepted, &near, &forces))
    }

    /// The least and greatest number of days from one moment to another.
    pub fn difference(&self, from: Moment, to: Moment) -> Span {
        if let Some(plain) = self.plain_of(&[from, to]) {
            return span_of(std::slice::from_ref(&plain.instance), from, to);
        }
        let span = |all: &[Arc<Instance>]| {
            let span = span_of(all, from, to);
            (span, span.proven)
        };
        let (span, proven) = self.over_timelines(&[from, to], span);
        Span { proven, ..span }
    }

    /// A minimal set of claims that forces a least or greatest distance; `None` where unbounded.
    pub fn difference_support(&self, from: Moment, to: Moment, side: Side) -> Option<Support> {
        let span = self.difference(from, to);
        let beyond = |instance: &Instance| -> Option<NetworkArc> {
            let (a, b) = (var_of(instance, from), var_of(instance, to));
            Some(match side {
                Side::Earliest => NetworkArc {
                    from: a,
                    to: b,
                    weight: span.least? - 1,
                },
                Side::Latest => NetworkArc {
                    from: b,
                    to: a,
                    weight: -(span.most? + 1),
                },
            })
        };
        match side {
            Side::Earliest => span.least?,
            Side::Latest => span.most?,
        };
        let near = self.near_moments(&[from, to]);
        let within = |instance: &Instance, slack: i64| {
            let arc = beyond(instance).map(|arc| NetworkArc {
                weight: arc.weight + slack,
                ..arc
            });
            let way = Alternative {
                arcs: arc.into_iter().collect(),
                ..Alternative::default()
            };
            instance.solver.allows(&way) != Found::None
        };
        let accepted = self.accepted_at(&[from, to], &near, &|instance| within(instance, 1));
        let bounded = |set: &Accepted| {
            let case = self.fresh_case(set, &near);
            self.telling(&case, &[from, to])
                .all(|instance| !within(instance, 0))
        };
        let forces = |set: &Accepted| {
            let added = self.loosenings(set, &accepted, &near);
            added.iter().all(bounded)
        };
        Some(self.smallest(&accepted, &near, &forces))
    }

    /// What all timelines say of some moments, and whether that is exact: where not all choices
    /// of doubt could be looked at, it is if it would be the same without any assumption.
    pub(crate) fn over_timelines<T: PartialEq>(
        &self,
        moments: &[Moment],
        say: impl Fn(&[Arc<Instance>]) -> (T, bool),
    ) -> (T, bool) {
        let near = self.near_moments(moments);
        let (instances, settled) = self.instances_of(moments, &near);
        let (said, exact) = say(&instances);
        let mut proven = exact && settled.worlds;
        if proven && !settled.doubts {
            let (instances, outer) = self.instances_of(moments, &self.unassuming(&near));
            let (most, exact) = say(&instances);
            proven = outer.worlds && exact && most == said;
        }
        (said, proven)
    }

    /// The instances that decide about moments: all worlds of the preferred readings concerned,
    /// with the doubted claims that alone tell of a moment taken as true.
    fn instances_of(&self, moments: &[Moment], near: &Near) -> (Vec<Arc<Instance>>, Settled) {
        let groups = self.groups_near(near);
        let ways = self.ways_of_reading(&groups, near);
        if ways.complete {
            let over = ways.over(near);
            return self.instances_without(ways.dropped, moments, &over);
        }
        // Fewer claims allow no less: what no reading can contest bounds the days from outside.
        let contested = groups.iter().flat_map(|group| group.contested());
        let outer = self.unassuming(near);
        let (all, mut settled) = self.instances_without(vec![contested.collect()], moments, &outer);
        settled.worlds = false;
        (all, settled)
    }

    /// Whether some timeline tells of all these moments: doubted claims that clash with what is
    /// not doubted, or with one another, and claims that lose to preferred ones tell of nothing.
    /// Where not all readings could be looked at, it is taken that one does.
    pub(crate) fn are_told(&self, moments: &[Moment], near: &Near) -> bool {
        let ways = self.ways_of_reading(&self.groups_near(near), near);
        let over = ways.over(near);
        let told = |dropped: &Vec<PremiseId>| {
            let accepted = self.accepted_without(dropped);
            !self.claiming(&accepted, moments, &over).is_empty()
        };
        !ways.complete || ways.dropped.iter().any(told)
    }

    /// The same for readings given by what they leave out.
    fn instances_without(
        &self,
        choices: Vec<Vec<PremiseId>>,
        moments: &[Moment],
        near: &Near,
    ) -> (Vec<Arc<Instance>>, Settled) {
        let mut settled = Settled {
            worlds: true,
            doubts: true,
        };
        let mut all = Vec::new();
        for claimed in self.claimed_in(&choices, moments, near) {
            let choices = self.loosened(&claimed, near);
            settled.doubts &= choices.complete;
            for accepted in choices.sets {
                let case = self.case(&accepted, near);
                settled.worlds &= case.complete && case.settled;
                all.extend(self.telling(&case, moments).cloned());
            }
        }
        (all, settled)
    }

    /// Where one of several happened, only the worlds in which these did count.
    pub(crate) fn telling<'i>(
        &self,
        case: &'i Case,
        moments: &[Moment],
    ) -> impl Iterator<Item = &'i Arc<Instance>> {
        let told = |world: &World| {
            let mut events = moments.iter().map(|m| m.event);
            events.all(|event| world.happens(&self.chronicle, event))
        };
        let worlds = case.instances.iter();
        worlds.filter(move |(world, _)| told(world)).map(|(_, i)| i)
    }

    /// What is accepted by the first reading that claims these moments and attains a bound.
    pub(crate) fn accepted_at(
        &self,
        moments: &[Moment],
        near: &Near,
        attains: &dyn Fn(&Instance) -> bool,
    ) -> Accepted {
        let ways = self.ways_of_reading(&self.groups_near(near), near);
        let mut over = ways.over(near);
        let bears = |accepted: &Accepted, near: &Near| {
            let case = self.case(accepted, near);
            self.telling(&case, moments)
                .any(|instance| attains(instance))
        };
        let all = self.claimed_in(&ways.dropped, moments, &over);
        let found = all.iter().find(|a| bears(a, &over)).or(all.first());
        let Some(mut accepted) = found.cloned() else {
            return self.accepted_without(&[]);
        };
        // Of each dispute one reading that attains it, the others still open.
        while let Some(dispute) = over.disputes.pop() {
            let within = |dispute: &Dispute| {
                let mut over = over.clone();
                over.disputes.push(Arc::new(dispute.clone()));
                bears(&accepted, &over)
            };
            if dispute.makes.is_some() && within(&dispute) {
                let left_out = dispute.settled(&within);
                left_out.iter().for_each(|p| accepted.remove(*p));
                continue;
            }
            let options = dispute.dropped.iter().map(|dropped| {
                let mut settled = accepted.clone();
                dropped.iter().for_each(|p| settled.remove(*p));
                settled
            });
            let options: Vec<Accepted> = options.collect();
            let found = options.iter().find(|a| bears(a, &over));
            if let Some(settled) = found.or(options.first()) {
                accepted = settled.clone();
            }
        }
        accepted
    }

    /// What is accepted by readings, given by what they leave out, that claim these moments; by
    /// all of them where none does.
    fn claimed_in(
        &self,
        choices: &[Vec<PremiseId>],
        moments: &[Moment],
        near: &Near,
    ) -> Vec<Accepted> {
        let each = choices.iter().map(|dropped| self.accepted_without(dropped));
        let bare: Vec<Accepted> = each.collect();
        let claiming = bare.iter().flat_map(|a| self.claiming(a, moments, near));
        let claimed: Vec<Accepted> = claiming.collect();
        if claimed.is_empty() { bare } else { claimed }
    }

    /// A moment is looked at where some claim of its event holds: of one that only doubted claims
    /// tell of, each that fits is taken as true. Empty where none can.
    fn claiming(&self, accepted: &Accepted, moments: &[Moment], near: &Near) -> Vec<Accepted> {
        let mut all = vec![accepted.clone()];
        for moment in moments {
            let claims = &self.chronicle.events[moment.event.index()].claims;
            let tells = |c: &&ClaimId| {
                let claim = &self.chronicle.claims[c.index()];
                !claim.draft && claim.mode == Mode::Asserted
            };
            let told: Vec<ClaimId> = claims.iter().filter(tells).copied().collect();
            let holds = |c: &ClaimId| {
                let happened = self.premises.part(Part::Happened(*c));
                happened.is_some_and(|p| accepted.contains(p) && !self.is_lost(p))
            };
            if told.is_empty() || told.iter().any(holds) {
                continue;
            }
            let doubted = |c: &&ClaimId| self.chronicle.claims[c.index()].doubted;
            let with = all.iter().flat_map(|accepted| {
                let doubted = told.iter().filter(doubted);
                doubted.filter_map(|c| self.with_claim(accepted, *c, near))
            });
            all = with.collect();
        }
        all
    }
}

/// What was looked at in full.
#[derive(Clone, Copy, Debug)]
struct Settled {
    /// All readings and worlds.
    worlds: bool,
    /// All choices of what is doubted.
    doubts: bool,
}

/// The days of a moment over some instances, and whether they are exact.
fn days_of(instances: &[Arc<Instance>], moment: Moment) -> (DaySet, bool) {
    let mut ranges = Vec::new();
    let mut exact = true;
    for instance in instances {
        let values = instance.solver.values(var_of(instance, moment));
        exact &= values.proven;
        ranges.extend(values.days.ranges().iter().map(|(f, l)| DayRange {
            first: day(*f),
            last: day(*l),
        }));
    }
    let days = DaySet::from_ranges(ranges).unwrap_or_else(DaySet::all);
    (days, exact)
}

/// The distance between two moments over some instances.
fn span_of(instances: &[Arc<Instance>], from: Moment, to: Moment) -> Span {
    let mut span = Span {
        least: Some(i64::MAX),
        most: Some(i64::MIN),
        proven: true,
    };
    for instance in instances {
        let (a, b) = (var_of(instance, from), var_of(instance, to));
        let most = greatest_difference(instance, a, b, &mut span.proven);
        let least = greatest_difference(instance, b, a, &mut span.proven).map(|d| -d);
        span.most = span.most.zip(most).map(|(x, y)| x.max(y));
        span.least = span.least.zip(least).map(|(x, y)| x.min(y));
    }
    if span.least == Some(i64::MAX) {
        (span.least, span.most) = (None, None);
    }
    span
}

/// The day of a label; `None` where it comes from the horizon.
pub(crate) fn day(label: i64) -> Option<Day> {
    (label.abs() < FAR)
        .then(|| i32::try_from(label).ok().map(Day))
        .flatten()
}

/// The greatest `x_to - x_from`; `None` where nothing bounds it.
fn greatest_difference(
    instance: &Instance,
    from: usize,
    to: usize,
    proven: &mut bool,
) -> Option<i64> {
    let greatest = instance.solver.greatest_difference(from, to)?;
    *proven &= greatest.proven;
    (greatest.days < FAR).then_some(greatest.days)
}
