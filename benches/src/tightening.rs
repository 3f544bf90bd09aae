//! How fast a network of days is tightened: by the engine, and by bare loops that prove nothing.
//!
//! Tightening is the first and the last day of every event, over arrays that stand already; what
//! it takes to lay them out is told apart. The bare loops are a queue over arrays, first in, first
//! out: the least that could be done.

use std::collections::VecDeque;
use std::hint::black_box;
use std::time::Instant;

use annals_network::{Domain, Found, HORIZON, Network as Laid, Solver, System};

use crate::network::Network;

/// Seconds of the best of some rounds, under the names of what was done: by the wall clock, since
/// that of the processor moves on in steps as long as a small network takes.
#[derive(Default)]
struct Times(Vec<(&'static str, f64)>);

impl Times {
    fn of<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = black_box(work());
        let seconds = start.elapsed().as_secs_f64();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, best)) => *best = best.min(seconds),
            None => self.0.push((name, seconds)),
        }
        done
    }

    fn get(&self, name: &str) -> f64 {
        let known = self.0.iter().find(|(known, _)| *known == name);
        known.map_or(0.0, |(_, seconds)| *seconds)
    }
}

/// The constraints as the engine takes them.
fn system(network: &Network) -> System {
    let mut system = System::new(network.events);
    system.restrict(0, &Domain::range(0, 0));
    for (from, to, days) in &network.arcs {
        // What is said from the origin is a date, and a date is a domain.
        let days = i64::from(*days);
        match (*from as usize, *to as usize) {
            (0, event) => system.restrict(event, &Domain::range(-HORIZON, days)),
            (event, 0) => system.restrict(event, &Domain::range(-days, HORIZON)),
            (from, to) => system.arc(from, to, days),
        }
    }
    system
}

/// The sum of all days that something bounds: half the horizon is out of reach of every date.
fn sum(days: &[i64]) -> i64 {
    days.iter().filter(|day| day.abs() < HORIZON / 2).sum()
}

/// Tightens a network with the engine and prints seconds and the sum of all latest days.
///
/// # Errors
///
/// That it has no solution.
pub fn tighten(network: &Network) -> Result<(), String> {
    let mut times = Times::default();
    let system = times.of("reading", || system(network));
    let laid = times.of("laying out", || Laid::new(&system));
    let hulls = times.of("tightening", || laid.tighten());
    let hulls = hulls.ok_or("the network has no solution")?;
    drop(laid);
    let found = times.of("ready", || Solver::new(system).consistent());
    if found != Found::Solution(hulls.latest.clone()) {
        return Err("the solver has other days".to_owned());
    }
    let building = times.get("reading") + times.get("laying out");
    println!(
        "{{\"seconds\": {:.4}, \"building\": {building:.4}, \"latest\": {}}}",
        building + times.get("tightening"),
        sum(&hulls.latest)
    );
    Ok(())
}

/// Does the same by a bare loop that finds latest days alone, and prints the same.
pub fn bare(network: &Network) {
    let mut times = Times::default();
    let own = times.of("laying out", || Own::laid_out(network, false));
    let latest = times.of("one way", || own.latest());
    let building = times.get("laying out");
    println!(
        "{{\"seconds\": {:.4}, \"building\": {building:.4}, \"latest\": {}}}",
        building + times.get("one way"),
        Own::sum(&latest)
    );
}

/// Times the engine and the bare loops in turn, and prints the best of some rounds of each.
///
/// # Errors
///
/// That the days found are not the same.
pub fn against(network: &Network, rounds: usize) -> Result<(), String> {
    let mut times = Times::default();
    let mut sums = Vec::new();
    for _ in 0..rounds.max(1) {
        let system = times.of("taking constraints in", || system(network));
        let laid = times.of("laying arrays out", || Laid::new(&system));
        let hulls = times.of("tightening, with proof", || laid.tighten());
        let both = times.of("bare, the same arrays, both ways", || both_ways(&laid));
        drop(laid);
        times.of("ready for questions, all told", || Solver::new(system));
        let own = times.of("bare, arrays of its own laid out", || {
            [false, true].map(|turned| Own::laid_out(network, turned))
        });
        let days = times.of("bare, arrays of its own, both ways", || {
            own.each_ref().map(Own::latest)
        });
        times.of("bare, arrays of its own, one way", || own[0].latest());
        let hulls = hulls.ok_or("the network has no solution")?;
        sums.push([sum(&hulls.latest), sum(&hulls.earliest)]);
        sums.push([sum(&both[0]), -sum(&both[1])]);
        sums.push([Own::sum(&days[0]), -Own::sum(&days[1])]);
    }
    sums.dedup();
    if sums.len() != 1 {
        return Err(format!("the sums of days differ: {sums:?}"));
    }
    let whole = times.get("bare, the same arrays, both ways");
    println!("{} events, {} arcs", network.events - 1, network.arcs.len());
    for (name, seconds) in &times.0 {
        println!("{name:36} {seconds:9.5} s {:6.2}", seconds / whole);
    }
    Ok(())
}

/// Latest days, and earliest ones with their signs changed, by a queue over the engine's arrays.
#[inline(never)]
fn both_ways(laid: &Laid) -> [Vec<i64>; 2] {
    let day = |range: &(i64, i64), turned: bool| if turned { -range.0 } else { range.1 };
    [(laid.ahead(), false), (laid.behind(), true)].map(|(arcs, turned)| {
        let domains = laid.domains().iter();
        let ranges = domains.filter_map(|domain| domain.ranges().first());
        let mut latest: Vec<i64> = ranges.map(|range| day(range, turned)).collect();
        let dated = |event: &u32| latest[*event as usize] < HORIZON;
        let mut queue: VecDeque<u32> = (0..latest.len() as u32).filter(dated).collect();
        let mut waiting: Vec<bool> = latest.iter().map(|day| *day < HORIZON).collect();
        while let Some(event) = queue.pop_front() {
            waiting[event as usize] = false;
            let label = latest[event as usize];
            for (to, days) in arcs.of(event) {
                let to = *to as usize;
                if label + days < latest[to] {
                    latest[to] = label + days;
                    if !std::mem::replace(&mut waiting[to], true) {
                        queue.push_back(to as u32);
                    }
                }
            }
        }
        latest
    })
}

/// Arrays that a bare loop lays out itself, half as wide, with dates as arcs from the origin.
struct Own {
    first: Vec<u32>,
    out: Vec<(u32, i32)>,
}

impl Own {
    fn laid_out(network: &Network, turned: bool) -> Own {
        let ends = |from: u32, to: u32| if turned { (to, from) } else { (from, to) };
        let mut first = vec![0_u32; network.events + 1];
        for (from, to, _) in &network.arcs {
            first[ends(*from, *to).0 as usize + 1] += 1;
        }
        for event in 0..network.events {
            first[event + 1] += first[event];
        }
        let mut next = first.clone();
        let mut out = vec![(0_u32, 0_i32); network.arcs.len()];
        for (from, to, days) in &network.arcs {
            let (from, to) = ends(*from, *to);
            let place = &mut next[from as usize];
            out[*place as usize] = (to, *days);
            *place += 1;
        }
        Own { first, out }
    }

    #[inline(never)]
    fn latest(&self) -> Vec<i32> {
        let mut latest = vec![i32::MAX; self.first.len() - 1];
        let mut waiting = vec![false; latest.len()];
        let mut queue = VecDeque::from([0_u32]);
        latest[0] = 0;
        while let Some(event) = queue.pop_front() {
            let event = event as usize;
            waiting[event] = false;
            let label = latest[event];
            for (to, days) in &self.out[self.first[event] as usize..self.first[event + 1] as usize]
            {
                let to = *to as usize;
                if label + days < latest[to] {
                    latest[to] = label + days;
                    if !std::mem::replace(&mut waiting[to], true) {
                        queue.push_back(to as u32);
                    }
                }
            }
        }
        latest
    }

    fn sum(latest: &[i32]) -> i64 {
        let bounded = latest.iter().filter(|day| **day < i32::MAX);
        bounded.map(|day| i64::from(*day)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_and_the_bare_loops_find_the_same_days() {
        for seed in 1..4 {
            let network = Network::generate(3000, seed);
            assert_eq!(against(&network, 1), Ok(()));
            assert_eq!(tighten(&network), Ok(()));
            assert_eq!(against(&network.shuffled(seed), 1), Ok(()));
        }
    }
}
