//! Runs one stage: many cases, and the smallest form of the first that goes wrong.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::case::Case;
use crate::compare::{self, Depth, Outcome};
use crate::generate::{self, Mix};

/// A search that takes longer than this is taken for an endless one; on a busy machine the slowest
/// case takes a fifth of it.
const PATIENCE: Duration = Duration::from_secs(90);

/// Compares `count` cases, or as many as `ANNALS_ORACLE_CASES` asks for, from the seed
/// `ANNALS_ORACLE_SEED` on.
pub fn stage(name: &str, count: u64, mix: &Mix, depth: Depth) {
    let count = number("ANNALS_ORACLE_CASES").unwrap_or(count);
    let first = number("ANNALS_ORACLE_SEED").unwrap_or(1);
    let most_faults = number("ANNALS_ORACLE_FAULTS").unwrap_or(1);
    let started = Instant::now();
    let (mut consistent, mut compared, mut faults) = (0, 0, Vec::new());
    for seed in first..first + count {
        let case = generate::case(seed, mix);
        let begun = Instant::now();
        let outcome = compare(&case, depth);
        if begun.elapsed().as_secs() >= 2 {
            println!(
                "{name}: seed {seed} took {:.1} s",
                begun.elapsed().as_secs_f32()
            );
        }
        consistent += u64::from(outcome.consistent);
        compared += outcome.compared;
        if outcome.difference.is_some() {
            faults.push(report(seed, &case, depth));
            if faults.len() as u64 >= most_faults {
                break;
            }
        }
    }
    println!(
        "{name}: {count} cases, {consistent} consistent, {compared} comparisons, {:.1} s",
        started.elapsed().as_secs_f32()
    );
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}

/// Compares in a thread of its own, so that an endless search is a difference like others.
fn compare(case: &Case, depth: Depth) -> Outcome {
    let (send, receive) = mpsc::channel();
    let own = case.clone();
    thread::spawn(move || send.send(compare::compare(&own, depth)));
    receive.recv_timeout(PATIENCE).unwrap_or_else(|_| Outcome {
        consistent: false,
        difference: Some(format!("no answer within {PATIENCE:?}")),
        compared: 0,
    })
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

fn report(seed: u64, case: &Case, depth: Depth) -> String {
    let small = shrink(case, depth);
    let difference = compare(&small, depth).difference.unwrap_or_default();
    format!("seed {seed}\n{}  {difference}\n", small.describe())
}

/// Drops lines and conditions while something still goes wrong.
fn shrink(case: &Case, depth: Depth) -> Case {
    let wrong = |case: &Case| {
        let Outcome { difference, .. } = compare(case, depth);
        difference.is_some()
    };
    let mut small = case.clone();
    loop {
        let lines = (0..small.lines.len()).filter_map(|i| small.without_line(i));
        let places = |i: usize| 0..small.lines[i].when.len();
        let conditions = (0..small.lines.len())
            .flat_map(|i| places(i).map(move |j| (i, j)))
            // A first condition gives the claim its form; the others only narrow it.
            .filter(|(_, j)| *j > 0)
            .map(|(i, j)| small.without_condition(i, j));
        let next: Option<Case> = lines.chain(conditions).chain(small.simpler()).find(wrong);
        match next {
            Some(next) => small = next,
            None => return small,
        }
    }
}
