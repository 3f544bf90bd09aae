//! A timeline in which a fluent shows a value at a point, told by what decides it.
//!
//! What makes a value possible is found by looking for such a timeline; here it is told of: the
//! days of the moments that bear on the fluent, which of them decides, and how what is doubted or
//! left open is settled. The first one found is told, which is the same for the same chronicle.

use annals_chronicle::{ClaimId, Day, Edge, EntityId, Fluent, IdentityId, Moment, Part};
use annals_network::{Found, Point, Var};

use crate::answer::At;
use crate::bearing::Status;
use crate::before::shows_before;
use crate::bounds::day;
use crate::component::Component;
use crate::instance::{Instance, Slot};
use crate::judge::var_of;
use crate::moving::Moving;
use crate::premise::{Accepted, Ground};
use crate::shows::{Asked, Shown, Witness};
use crate::world::World;

/// A timeline that shows a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What decides the value.
    pub turn: Turn,
    /// The days of the moments that bear on the fluent, earliest first; those that nothing bounds
    /// are left out.
    pub days: Vec<(Moment, Day)>,
    /// The day of the moment asked about, where it is one.
    pub asked: Option<Day>,
    /// Doubted claims that count in it.
    pub doubted: Vec<ClaimId>,
    /// Doubted identities that hold in it.
    pub identities: Vec<IdentityId>,
    /// Who fills a role that a claim leaves open between several.
    pub fillers: Vec<(ClaimId, EntityId)>,
    /// Parts that its reading of a contradiction leaves out.
    pub leaves_out: Vec<Part>,
}

/// What decides the value of a fluent at a point of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// This moment, the last before the point.
    Since(Moment),
    /// A change that nobody recorded, before this moment, which tells of the value.
    Unrecorded(Moment),
    /// No moment before the point bears on it.
    Initial,
    /// It is told of all days around.
    Told,
    /// Whatever is told of it is too far away, or outside what the chronicle covers.
    Faded,
}

impl Component {
    /// A timeline of the preferred readings that shows the value at the point.
    pub fn example(&self, fluent: &Fluent, at: At, value: Option<bool>) -> Option<Example> {
        if self.is_outside(at) {
            return None;
        }
        let status = match value {
            Some(true) => Status::True,
            Some(false) => Status::False,
            None => Status::Unrecorded,
        };
        let near = self.near_at(fluent, at);
        let ways = self.ways_of_reading(&self.groups_near(&near), &near);
        if !ways.complete {
            // What is then looked at need not be a reading.
            return None;
        }
        for dropped in &ways.dropped {
            let accepted = self.accepted_without(dropped);
            for accepted in self.with_doubted(&accepted, fluent, &near).sets {
                for (world, instance) in &self.case(&accepted, &near).instances {
                    let slot = instance.slot(&self.chronicle, fluent);
                    if let Some((witness, days)) = self.shown_by(instance, &slot, at, status) {
                        let mut example = told(instance, &slot, at, (witness, &days));
                        self.settled_in(world, &accepted, &mut example);
                        let parts = dropped.iter();
                        example.leaves_out = parts
                            .filter_map(|p| match self.premises.grounds[p.0 as usize] {
                                Ground::Part(part) => Some(part),
                                Ground::Assumption(_) => None,
                            })
                            .collect();
                        return Some(example);
                    }
                }
            }
        }
        None
    }

    /// What decides in some timeline of the instance, and the days of all moments of the slot.
    fn shown_by(
        &self,
        instance: &Instance,
        slot: &Slot,
        at: At,
        status: Status,
    ) -> Option<(Witness, Vec<i64>)> {
        let asked = |point| Asked {
            instance,
            slot,
            point,
            lent: false,
        };
        let (shown, point) = match at {
            At::Day(day) => {
                let day = i64::from(day.0);
                let point = Point::Close {
                    first: day,
                    last: day,
                };
                (asked(point).shows(status), Some(point))
            }
            At::Before(moment) | At::Close(moment) => {
                let closing = matches!(at, At::Close(_));
                let covers = self.chronicle.covers;
                let covers = covers.map(|(f, l)| (i64::from(f.0), i64::from(l.0)));
                let var = var_of(instance, moment);
                let moving = Moving {
                    instance,
                    slot,
                    at: var,
                    closing,
                    lent: false,
                };
                let shown = shows_before(&moving, status, covers);
                let point = match &shown {
                    Shown::Yes(_, days) => days.get(var).map(|day| fixed(var, *day, closing)),
                    Shown::No | Shown::Spent => None,
                };
                (shown, point)
            }
        };
        let Shown::Yes(witness, days) = shown else {
            return None;
        };
        match point.map(|point| asked(point).in_full(witness, status)) {
            Some(Found::Solution(days)) if !matches!(witness, Witness::Forced) => {
                Some((witness, days))
            }
            // Stretches force it, whatever the days are.
            _ if days.is_empty() => Some((witness, vec![])),
            _ => None,
        }
    }

    /// How what is doubted or left open is settled.
    fn settled_in(&self, world: &World, accepted: &Accepted, example: &mut Example) {
        let doubted = accepted.iter().filter(|p| self.premises.is_doubted(*p));
        let mut claims: Vec<ClaimId> = doubted.filter_map(|p| self.premises.claim(p)).collect();
        claims.sort_unstable();
        claims.dedup();
        example.doubted = claims;
        let merged = world.merged.iter().copied();
        example.identities = merged
            .filter(|i| self.chronicle.identities[i.index()].doubted)
            .collect();
        let fillers = world.fillers.iter();
        example.fillers = fillers
            .map(|((claim, _), entity)| (*claim, *entity))
            .collect();
    }
}

/// The point just before a moment, or as its day closes, where it has this day.
fn fixed(at: Var, day: i64, closing: bool) -> Point {
    let (first, last) = (day, day);
    match closing {
        true => Point::CloseOf { at, first, last },
        false => Point::Before { at, first, last },
    }
}

/// The days of what bears on the fluent, and what decides.
fn told(instance: &Instance, slot: &Slot, at: At, (witness, days): (Witness, &[i64])) -> Example {
    let moment = |var: Var| {
        let moments = &instance.encoded.moments;
        let (event, starts, _) = moments.event_of(instance.var(var))?;
        let edge = if starts { Edge::Start } else { Edge::End };
        Some(Moment { event, edge })
    };
    let mut told: Vec<(Moment, Day)> = slot
        .vars()
        .into_iter()
        .filter_map(|var| Some((moment(var)?, day(*days.get(var)?)?)))
        .collect();
    told.sort_by_key(|(moment, day)| (*day, *moment));
    let by = |var, turn: fn(Moment) -> Turn| moment(var).map_or(Turn::Told, turn);
    let asked = match at {
        At::Day(_) => None,
        At::Before(moment) | At::Close(moment) => {
            days.get(var_of(instance, moment)).and_then(|d| day(*d))
        }
    };
    Example {
        turn: match witness {
            Witness::Last(var) => by(var, Turn::Since),
            Witness::Next(var) => by(var, Turn::Unrecorded),
            Witness::Initial => Turn::Initial,
            Witness::Forced => Turn::Told,
            Witness::Faded => Turn::Faded,
        },
        days: told,
        asked,
        doubted: vec![],
        identities: vec![],
        fillers: vec![],
        leaves_out: vec![],
    }
}
