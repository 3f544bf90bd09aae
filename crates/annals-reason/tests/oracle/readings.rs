//! Readings by their definition: every greatest set of undoubted parts that some timeline
//! satisfies, and which of them taking parts one by one, in every order that trust allows, ends in.

use std::collections::{BTreeSet, HashSet};

use annals_chronicle::{ClaimId, Day, Moment, Part, SourceId};
use annals_reason::{At, Reasoner};

use crate::case::describe_days;
use crate::compare::{
    Check, PARTS_AT_MOST, compare_bounds, compare_histories, compare_judgement, day_set, moments,
    name, parts_of, verdict,
};
use crate::world::{Assumed, Oracle, Seen};

/// A reading of the whole chronicle: what it keeps of the undoubted parts, as bits, and whether
/// trust allows it.
type Whole = (u64, bool);

/// Compares the readings and what they answer; a case of too many parts is passed over.
pub fn compare(reasoner: &Reasoner, oracle: &mut Oracle, check: &mut Check) -> Result<(), String> {
    let undoubted = oracle.undoubted();
    if undoubted.count_ones() as usize > PARTS_AT_MOST {
        return Ok(());
    }
    let expected = all_readings(oracle);
    let groups = Groups::of(reasoner, oracle);
    let mut found: Vec<Whole> = groups
        .picks(|_| true)
        .iter()
        .map(|pick| groups.whole(pick, undoubted))
        .collect();
    found.sort_unstable();
    let words = |wholes: &[Whole]| -> Vec<(Vec<Part>, bool)> {
        let dropped = |kept: u64| parts_of(oracle, &[undoubted & !kept]).remove(0);
        wholes
            .iter()
            .map(|(kept, p)| (dropped(*kept), *p))
            .collect()
    };
    check.same(&words(&found), &words(&expected), || {
        "what readings drop, and whether they are preferred".to_string()
    })?;
    compare_answers(reasoner, oracle, &groups, check)
}

/// Every greatest set of undoubted parts with a timeline.
fn all_readings(oracle: &mut Oracle) -> Vec<Whole> {
    let undoubted = oracle.undoubted();
    let mut sets: Vec<u64> = (0..=undoubted).filter(|s| s & !undoubted == 0).collect();
    sets.sort_by_key(|s| std::cmp::Reverse(s.count_ones()));
    let mut greatest: Vec<u64> = Vec::new();
    for set in sets {
        if !greatest.iter().any(|g| g & set == set) && oracle.consistent(set) {
            greatest.push(set);
        }
    }
    let before = before(oracle);
    let mut orders = Orders {
        oracle,
        before,
        seen: HashSet::new(),
        reached: BTreeSet::new(),
    };
    orders.take(undoubted, 0);
    let reached = orders.reached;
    let mut all: Vec<Whole> = greatest.iter().map(|g| (*g, reached.contains(g))).collect();
    all.sort_unstable();
    all
}

/// For each part, as bits, the parts that trust puts before it.
fn before(oracle: &Oracle) -> Vec<u64> {
    let parts = &oracle.parts;
    let of = |worse: &Part| {
        let better = parts.iter().enumerate();
        let better = better.filter(|(_, b)| ranks_before(oracle, **b, *worse));
        better.fold(0, |set, (i, _)| set | 1 << i)
    };
    parts.iter().map(of).collect()
}

/// A part ranks by its best source: one comes before another if some source of it is trusted
/// over every source of the other.
fn ranks_before(oracle: &Oracle, better: Part, worse: Part) -> bool {
    let (better, worse) = (sources(oracle, better), sources(oracle, worse));
    let over_all = |s: &SourceId| worse.iter().all(|w| trusted_over(oracle, *s, *w));
    !worse.is_empty() && better.iter().any(over_all)
}

fn sources(oracle: &Oracle, part: Part) -> Vec<SourceId> {
    let of = |claim: ClaimId| &oracle.chronicle.claims[claim.index()].attestations;
    let attestations = part.claim().into_iter().flat_map(of);
    attestations.map(|a| a.source).collect()
}

/// Trust is passed on; the generator writes no circles.
fn trusted_over(oracle: &Oracle, better: SourceId, worse: SourceId) -> bool {
    let said = oracle.chronicle.preferences.iter();
    said.filter(|p| p.better == better)
        .any(|p| p.worse == worse || trusted_over(oracle, p.worse, worse))
}

/// Every order in which parts can be taken, each kept if it fits with those kept before it.
struct Orders<'a> {
    oracle: &'a mut Oracle,
    before: Vec<u64>,
    seen: HashSet<(u64, u64)>,
    /// What is kept in the end.
    reached: BTreeSet<u64>,
}

impl Orders<'_> {
    fn take(&mut self, open: u64, kept: u64) {
        if !self.seen.insert((open, kept)) {
            return;
        }
        if open == 0 {
            self.reached.insert(kept);
        }
        for part in 0..self.before.len() {
            let bit = 1 << part;
            if open & bit == 0 || self.before[part] & open != 0 {
                continue;
            }
            let fits = self.oracle.consistent(kept | bit);
            self.take(open & !bit, if fits { kept | bit } else { kept });
        }
    }
}

/// The readings of the engine sorted into groups: it lists those of unconnected conflicts apart.
struct Groups {
    /// What each reading drops, as bits, and whether it is preferred.
    readings: Vec<Whole>,
    /// Readings by group.
    groups: Vec<Vec<usize>>,
}

impl Groups {
    fn of(reasoner: &Reasoner, oracle: &Oracle) -> Groups {
        let bits = |parts: &[Part]| parts.iter().fold(0, |set, p| set | oracle.bit(*p));
        let all = reasoner.readings().iter();
        let readings: Vec<Whole> = all.map(|r| (bits(&r.dropped), r.preferred)).collect();
        // What a reading drops together, and what is in one conflict, belongs together.
        let conflicts = reasoner.conflicts().iter().map(|c| bits(&c.parts));
        let mut joined: Vec<u64> = Vec::new();
        for set in readings.iter().map(|r| r.0).chain(conflicts) {
            let (near, far): (Vec<u64>, Vec<u64>) = joined.iter().partition(|j| *j & set != 0);
            joined = far;
            joined.push(near.iter().fold(set, |all, one| all | one));
        }
        let groups = joined
            .iter()
            .map(|g| {
                let all = 0..readings.len();
                all.filter(|r| readings[*r].0 & g != 0).collect()
            })
            .collect();
        Groups { readings, groups }
    }

    /// Every way of picking one of the readings of each group that `may` be picked.
    fn picks(&self, may: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = vec![vec![]];
        for group in &self.groups {
            let grown = all.iter().flat_map(|pick| {
                let options = group.iter().filter(|r| may(**r));
                options.map(|r| [pick.as_slice(), &[*r]].concat())
            });
            all = grown.collect();
        }
        all
    }

    fn whole(&self, pick: &[usize], undoubted: u64) -> Whole {
        let dropped = pick.iter().fold(0, |set, r| set | self.readings[*r].0);
        let preferred = pick.iter().all(|r| self.readings[*r].1);
        (undoubted & !dropped, preferred)
    }

    /// The preferred readings of all groups but that of one reading, together with that one.
    fn beside(&self, reading: usize) -> Vec<Vec<usize>> {
        let own = |r: usize| {
            self.groups
                .iter()
                .any(|g| g.contains(&r) && g.contains(&reading))
        };
        self.picks(|r| r == reading || self.readings[r].1 && !own(r))
    }
}

/// What the timelines of all readings picked show together.
fn seen(oracle: &mut Oracle, groups: &Groups, picks: &[Vec<usize>]) -> Seen {
    let undoubted = oracle.undoubted();
    let doubted = oracle.all() & !undoubted;
    let mut all: Option<Seen> = None;
    for pick in picks {
        let (kept, _) = groups.whole(pick, undoubted);
        let one = oracle.see(kept | doubted, Assumed::All);
        match &mut all {
            Some(all) => all.join(&one),
            None => all = Some((*one).clone()),
        }
    }
    all.expect("every group has a reading")
}

/// Answers range over the preferred readings; where some reading answers differently, it says so.
/// Each contradiction is looked at by itself, the others read in all preferred ways: where only
/// two of them taken in certain ways together would change an answer, nothing is said (DECISIONS).
fn compare_answers(
    reasoner: &Reasoner,
    oracle: &mut Oracle,
    groups: &Groups,
    check: &mut Check,
) -> Result<(), String> {
    let preferred = groups.picks(|r| groups.readings[r].1);
    let union = seen(oracle, groups, &preferred);
    let by_reading: Vec<Seen> = (0..groups.readings.len())
        .map(|r| seen(oracle, groups, &groups.beside(r)))
        .collect();
    compare_bounds(reasoner, oracle, &union, check)?;
    for (number, fluent) in oracle.fluents.list.iter().enumerate() {
        for (i, day) in (oracle.window.0..=oracle.window.1).enumerate() {
            let judgement = reasoner.judge(fluent, At::Day(Day(day)));
            let words = || format!("{} on day {day}", name(oracle, fluent));
            compare_judgement(&judgement, union.shown[number][i], words, check)?;
            for (reading, found) in &judgement.disputed {
                let expected = verdict(by_reading[*reading].shown[number][i]);
                check.same(found, &expected, || {
                    format!("{} by reading {reading}", words())
                })?;
            }
            let first = verdict(by_reading[0].shown[number][i]);
            let mut verdicts = by_reading.iter().map(|seen| verdict(seen.shown[number][i]));
            let differ = verdicts.any(|v| v != first);
            let disputed = !judgement.disputed.is_empty();
            check.same(&disputed, &differ, || format!("{} disputed", words()))?;
        }
    }
    compare_histories(reasoner, oracle, check)?;
    compare_days(reasoner, oracle, &by_reading, check)
}

/// The days each reading gives a moment, where all of them claim it.
fn compare_days(
    reasoner: &Reasoner,
    oracle: &Oracle,
    by_reading: &[Seen],
    check: &mut Check,
) -> Result<(), String> {
    for (number, moment) in moments(oracle) {
        if by_reading.iter().any(|seen| seen.days[number] == 0) {
            continue;
        }
        let days = |seen: &Seen| describe_days(&day_set(oracle, seen.days[number]));
        for (reading, found) in reasoner.bounds_by_reading(moment) {
            let words = || format!("days of {moment:?} by reading {reading}");
            check.same(&describe_days(&found), &days(&by_reading[reading]), words)?;
        }
        same_by_all(
            reasoner,
            moment,
            by_reading.iter().map(days).collect(),
            check,
        )?;
    }
    Ok(())
}

fn same_by_all(
    reasoner: &Reasoner,
    moment: Moment,
    days: Vec<String>,
    check: &mut Check,
) -> Result<(), String> {
    let differ = days.iter().any(|d| *d != days[0]);
    let told = !reasoner.bounds_by_reading(moment).is_empty();
    check.same(&told, &differ, || format!("days of {moment:?} differ"))
}
