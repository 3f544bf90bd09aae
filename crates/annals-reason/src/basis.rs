//! How a verdict comes about, for the reader: the moments that matter at a point.

use annals_chronicle::{Basis, ClaimId, Edge, Fluent, Moment, Part, Verdict};

use annals_network::{Alternative, Found};

use crate::answer::At;
use crate::bearing::Status;
use crate::component::Component;
use crate::instance::{Instance, SlotMoment};
use crate::judge::{Cans, Question, var_of};
use crate::premise::{Accepted, Ground};

/// A moment of the slot with the days it may have.
struct Dated {
    moment: Moment,
    slot: SlotMoment,
    first: i64,
    last: i64,
}

impl Component {
    pub(crate) fn basis(&self, accepted: &Accepted, question: Question, cans: &Cans) -> Basis {
        // Doubted claims matter only where nothing else leaves the verdict open.
        let mut found = Basis::Unrecorded;
        let choices = self.with_doubted(accepted, question.fluent, question.near);
        for accepted in choices.sets {
            let case = self.case(&accepted, question.near);
            let Some((_, instance)) = case.instances.first() else {
                continue;
            };
            found = self.basis_in(instance, question.fluent, question.at, cans);
            if found != Basis::Unrecorded {
                break;
            }
        }
        found
    }

    fn basis_in(&self, instance: &Instance, fluent: &Fluent, at: At, cans: &Cans) -> Basis {
        let day = match at {
            At::Day(day) => i64::from(day.0),
            At::Before(moment) | At::Close(moment) => {
                match instance.solver.hull(var_of(instance, moment)) {
                    Some((first, _)) => first,
                    None => return Basis::Unrecorded,
                }
            }
        };
        let value = match cans.verdict() {
            Verdict::Certain => Some(Status::True),
            Verdict::Impossible => Some(Status::False),
            Verdict::Possible | Verdict::Unknown => None,
        };
        let stated = self.stated(instance, fluent, day, value);
        if !stated.is_empty() {
            return Basis::Stated { claims: stated };
        }
        let dated = self.dated(instance, fluent);
        let over: Vec<&Dated> = dated.iter().filter(|d| d.last <= day).collect();
        let ahead: Vec<&Dated> = dated.iter().filter(|d| d.first > day).collect();
        let open: Vec<&Dated> = dated
            .iter()
            .filter(|d| d.first <= day && day < d.last)
            .collect();
        match value {
            Some(value) => {
                persists(instance, &over, &ahead, value).unwrap_or_else(|| opened(&open, &over))
            }
            None if open.is_empty() => gap(&over, &ahead).unwrap_or(Basis::Unrecorded),
            None => opened(&open, &[]),
        }
    }

    /// Claims that say it of the very day: a moment fixed on it, or a stretch that covers it.
    fn stated(
        &self,
        instance: &Instance,
        fluent: &Fluent,
        day: i64,
        value: Option<Status>,
    ) -> Vec<ClaimId> {
        let Some(value) = value else { return vec![] };
        let spelled = instance.spelled(&self.chronicle, fluent);
        let wanted = value == Status::True;
        let mut claims = Vec::new();
        let index = instance.encoded.index(&self.chronicle);
        for at in index.stretches().beside(&self.chronicle, &spelled) {
            let stretch = &instance.encoded.stretches[at as usize];
            let covers = stretch.period.moving.is_empty() && stretch.period.days.contains(day);
            if covers
                && instance.accepted.has_all(&stretch.needs)
                && crate::stretch::forced(&self.chronicle, stretch, &spelled) == Some(wanted)
            {
                claims.extend(self.tellers(&stretch.needs));
            }
        }
        for at in index.bearings().own(&spelled) {
            let bearing = &instance.encoded.bearings[*at as usize];
            let says = bearing.before == Some(wanted) && bearing.after.is_none()
                || bearing.after == Some(value);
            if !says || !instance.accepted.has_all(&bearing.needs) {
                continue;
            }
            if instance.hull(bearing.var) == Some((day, day)) {
                claims.extend(self.tellers(&bearing.needs));
            }
        }
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    fn tellers(&self, needs: &[crate::premise::PremiseId]) -> Vec<ClaimId> {
        needs
            .iter()
            .filter_map(|p| match self.premises.grounds[p.0 as usize] {
                Ground::Part(Part::Happened(claim)) => Some(claim),
                _ => None,
            })
            .collect()
    }

    fn dated(&self, instance: &Instance, fluent: &Fluent) -> Vec<Dated> {
        let slot = instance.slot(&self.chronicle, fluent);
        let mut all = Vec::new();
        for slot in slot.moments {
            let Some(moment) = moment_of(instance, slot.var) else {
                continue;
            };
            if let Some((first, last)) = instance.solver.hull(slot.var) {
                all.push(Dated {
                    moment,
                    slot,
                    first,
                    last,
                });
            }
        }
        all.sort_by_key(|d| (d.last, d.first, d.moment));
        all
    }
}

/// The moment a variable of the instance stands for, the end where both are one.
fn moment_of(instance: &Instance, var: usize) -> Option<Moment> {
    let (event, _, ends) = instance.encoded.moments.event_of(instance.var(var))?;
    let edge = if ends { Edge::End } else { Edge::Start };
    Some(Moment { event, edge })
}

/// Since the first of the unbroken moments that leave the value, last attested by the latest.
fn persists(
    instance: &Instance,
    over: &[&Dated],
    ahead: &[&Dated],
    value: Status,
) -> Option<Basis> {
    let contrary: Vec<&&Dated> = over
        .iter()
        .filter(|d| d.slot.after.is_some_and(|a| a != value))
        .collect();
    let unbroken: Vec<&&Dated> = over
        .iter()
        .filter(|d| d.slot.after == Some(value))
        .filter(|d| !contrary.iter().any(|c| can_follow(instance, c, d)))
        .collect();
    let Some(since) = unbroken.first() else {
        // Nothing before the point says so: a later requirement does, of what cannot change back.
        let required = Some(value == Status::True);
        return ahead
            .iter()
            .find(|d| d.slot.before == required)
            .map(|d| Basis::Open {
                moments: vec![d.moment],
            });
    };
    let last_attested = unbroken.last().map(|d| d.moment);
    Some(Basis::Persists {
        since: since.moment,
        last_attested,
    })
}

/// Whether one moment can lie after another in the line.
fn can_follow(instance: &Instance, later: &Dated, earlier: &Dated) -> bool {
    let order = Alternative {
        orders: vec![(earlier.slot.var, later.slot.var)],
        ..Alternative::default()
    };
    earlier.first <= later.last && instance.solver.allows(&order) != Found::None
}

fn gap(over: &[&Dated], ahead: &[&Dated]) -> Option<Basis> {
    let before = over.last()?;
    let after = ahead.iter().min_by_key(|d| (d.first, d.last, d.moment))?;
    let required = after
        .slot
        .before
        .map(|b| if b { Status::True } else { Status::False });
    (required.is_some() && required != before.slot.after).then_some(Basis::UnrecordedChange {
        after: before.moment,
        before: after.moment,
    })
}

fn opened(open: &[&Dated], over: &[&Dated]) -> Basis {
    let mut moments: Vec<Moment> = open.iter().chain(over).map(|d| d.moment).collect();
    moments.sort_unstable();
    moments.dedup();
    if moments.is_empty() {
        Basis::Unrecorded
    } else {
        Basis::Open { moments }
    }
}
