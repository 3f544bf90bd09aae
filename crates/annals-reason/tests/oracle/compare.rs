//! The reasoner against the enumeration: the first thing they do not agree on.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use annals_chronicle::{Day, DaySet, Edge, Fluent, Moment, Part, Verdict};
use annals_reason::{At, Judgement, Reasoner};

use crate::case::{Case, describe_days};
use crate::changed;
use crate::inertia::{FALSE, TRUE, UNRECORDED};
use crate::readings;
use crate::related;
use crate::supports;
use crate::world::{Assumed, Oracle, Seen};

/// What is compared beyond consistency, bounds and verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    Answers,
    /// Verdicts just before moments.
    Before,
    /// Allen's relations of every two events.
    Relations,
    Supports,
    /// Whether the list of conflicts is whole.
    Conflicts,
    /// Readings, and what they answer.
    Readings,
    /// That no claim that is added removes a conflict: no enumeration.
    Added,
    /// That order and labels decide nothing: no enumeration.
    Shuffled,
}

/// How one case went.
pub struct Outcome {
    pub consistent: bool,
    /// The first difference, in words.
    pub difference: Option<String>,
    /// Verdicts, bounds and supports compared.
    pub compared: u64,
}

/// Counts what is compared and stops at the first difference.
pub struct Check {
    pub compared: u64,
}

impl Check {
    /// Notes one comparison; `words` says what was compared where it fails.
    pub fn same<T: PartialEq + std::fmt::Debug>(
        &mut self,
        engine: &T,
        oracle: &T,
        words: impl FnOnce() -> String,
    ) -> Result<(), String> {
        self.compared += 1;
        if engine == oracle {
            return Ok(());
        }
        Err(format!("{}: engine {engine:?}, oracle {oracle:?}", words()))
    }
}

/// Compares everything the reasoner says of a case; a panic is a difference too.
pub fn compare(case: &Case, depth: Depth) -> Outcome {
    let mut outcome = Outcome {
        consistent: false,
        difference: None,
        compared: 0,
    };
    let mut check = Check { compared: 0 };
    let run = catch_unwind(AssertUnwindSafe(|| match depth {
        Depth::Added => changed::compare_added(case, &mut check),
        Depth::Shuffled => changed::compare_shuffled(case, &mut check),
        _ => compare_enumerated(case, depth, &mut outcome.consistent, &mut check),
    }));
    outcome.difference = match run {
        Ok(result) => result.err(),
        Err(panic) => Some(format!("panic: {}", panic_words(panic.as_ref()))),
    };
    outcome.compared = check.compared;
    outcome
}

fn compare_enumerated(
    case: &Case,
    depth: Depth,
    consistent: &mut bool,
    check: &mut Check,
) -> Result<(), String> {
    let chronicle = case.chronicle();
    let mut oracle = Oracle::new(chronicle.clone(), case.max);
    let undoubted = oracle.undoubted();
    *consistent = oracle.consistent(undoubted);
    let reasoner = Reasoner::new(&chronicle);
    if *consistent {
        return compare_answers(&reasoner, &mut oracle, depth, check);
    }
    compare_conflicts(&reasoner, &mut oracle, depth, check)?;
    match depth {
        Depth::Readings => readings::compare(&reasoner, &mut oracle, check),
        _ => Ok(()),
    }
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_default()
}

fn compare_answers(
    reasoner: &Reasoner,
    oracle: &mut Oracle,
    depth: Depth,
    check: &mut Check,
) -> Result<(), String> {
    let found = reasoner.conflicts().len();
    check.same(&found, &0, || {
        format!("conflicts {:?}", reasoner.conflicts())
    })?;
    let dropped: Vec<usize> = reasoner
        .readings()
        .iter()
        .map(|r| r.dropped.len())
        .collect();
    check.same(&dropped, &vec![0], || {
        "parts dropped by readings".to_string()
    })?;
    let all = oracle.all();
    let seen = oracle.see(all, Assumed::All);
    compare_bounds(reasoner, oracle, &seen, check)?;
    compare_verdicts(reasoner, oracle, &seen, check)?;
    compare_histories(reasoner, oracle, check)?;
    match depth {
        Depth::Answers => compare_fluents(reasoner, oracle, check),
        Depth::Before => compare_before(reasoner, oracle, &seen, check),
        Depth::Relations => related::compare(reasoner, oracle, &seen, check),
        Depth::Supports => supports::compare(reasoner, oracle, &seen, check),
        Depth::Conflicts | Depth::Readings | Depth::Added | Depth::Shuffled => Ok(()),
    }
}

/// The days of every moment that some timeline claims.
pub fn compare_bounds(
    reasoner: &Reasoner,
    oracle: &Oracle,
    seen: &Seen,
    check: &mut Check,
) -> Result<(), String> {
    for (number, moment) in moments(oracle) {
        if seen.days[number] == 0 {
            continue;
        }
        let bounds = reasoner.bounds(moment);
        let expected = day_set(oracle, seen.days[number]);
        check.same(
            &describe_days(&bounds.days),
            &describe_days(&expected),
            || format!("days of {moment:?}"),
        )?;
        check.same(&bounds.proven, &true, || {
            format!("days of {moment:?} proven")
        })?;
    }
    Ok(())
}

/// Every moment the engine can be asked for: both edges, also of what does not last.
pub fn moments(oracle: &Oracle) -> Vec<(usize, Moment)> {
    let plan = oracle.plan(oracle.all());
    let mut all = Vec::new();
    for event in &oracle.chronicle.events {
        if let Some((start, end)) = plan.moments_of(event.id) {
            all.push((
                start,
                Moment {
                    event: event.id,
                    edge: Edge::Start,
                },
            ));
            all.push((
                end,
                Moment {
                    event: event.id,
                    edge: Edge::End,
                },
            ));
        }
    }
    all
}

/// Day bits as a set; a moment that gets to the shore is unbounded there.
pub fn day_set(oracle: &Oracle, bits: u128) -> DaySet {
    let shore = oracle.shore;
    let open = |day: i32| day == shore.first || day == shore.last;
    let ranges = (shore.first..=shore.last)
        .filter(|day| bits & (1 << (day - oracle.reach.first)) != 0)
        .map(|day| annals_chronicle::DayRange {
            first: (!open(day) || day == shore.last).then_some(Day(day)),
            last: (!open(day) || day == shore.first).then_some(Day(day)),
        });
    DaySet::from_ranges(ranges).expect("a claimed moment has a day")
}

/// Every fluent that is somewhere required to have a value is a recorded one.
fn compare_fluents(reasoner: &Reasoner, oracle: &Oracle, check: &mut Check) -> Result<(), String> {
    // States are listed under the names told of, whoever is who.
    let told = oracle.parts.iter().filter(|p| p.claim().is_some());
    let told = told.fold(0, |set, part| set | oracle.bit(*part));
    let plan = oracle.plan(told);
    let known = reasoner.fluents();
    let required = plan.says.iter().chain(plan.kept.iter().map(|k| &k.says));
    for (fluent, _) in required.flat_map(|says| &says.requires) {
        let fluent = &oracle.fluents.list[*fluent];
        check.same(&known.contains(fluent), &true, || {
            format!("{fluent:?} is recorded")
        })?;
    }
    Ok(())
}

fn compare_verdicts(
    reasoner: &Reasoner,
    oracle: &Oracle,
    seen: &Seen,
    check: &mut Check,
) -> Result<(), String> {
    for (number, fluent) in oracle.fluents.list.iter().enumerate() {
        for (i, day) in (oracle.window.0..=oracle.window.1).enumerate() {
            let judgement = reasoner.judge(fluent, At::Day(Day(day)));
            let words = || format!("{} on day {day}", name(oracle, fluent));
            compare_judgement(&judgement, seen.shown[number][i], words, check)?;
            undisputed(&judgement, words, check)?;
        }
    }
    Ok(())
}

/// Where there is no contradiction, nothing is disputed.
fn undisputed(
    judgement: &Judgement,
    words: impl Fn() -> String,
    check: &mut Check,
) -> Result<(), String> {
    check.same(&judgement.disputed.len(), &0, || {
        format!("{} disputed", words())
    })
}

/// What can be, the verdict, and that both are proven.
pub fn compare_judgement(
    judgement: &Judgement,
    expected: u8,
    words: impl Fn() -> String,
    check: &mut Check,
) -> Result<(), String> {
    check.same(&statuses(values(judgement)), &statuses(expected), &words)?;
    check.same(&judgement.verdict, &verdict(expected), &words)?;
    check.same(&judgement.proven, &true, || format!("{} proven", words()))
}

fn values(judgement: &Judgement) -> u8 {
    let bit = |can: bool, status: u8| if can { status } else { 0 };
    bit(judgement.can_true, TRUE)
        | bit(judgement.can_false, FALSE)
        | bit(judgement.can_unrecorded, UNRECORDED)
}

/// A set of statuses in letters: true, false, unrecorded.
pub fn statuses(set: u8) -> String {
    let letters = [(TRUE, 'T'), (FALSE, 'F'), (UNRECORDED, 'U')];
    letters
        .iter()
        .filter(|(bit, _)| set & bit != 0)
        .map(|(_, letter)| letter)
        .collect()
}

pub fn verdict(set: u8) -> Verdict {
    match set {
        TRUE => Verdict::Certain,
        FALSE => Verdict::Impossible,
        _ if set & TRUE != 0 => Verdict::Possible,
        _ => Verdict::Unknown,
    }
}

pub fn name(oracle: &Oracle, fluent: &Fluent) -> String {
    let relation = &oracle.chronicle.vocabulary.relations[fluent.relation.index()].name;
    let roles: Vec<&str> = fluent
        .roles
        .iter()
        .map(|e| crate::case::NAMES[e.index()])
        .collect();
    format!("{} {relation} {}", roles[0], roles[1..].join(" "))
}

/// Just before each moment that every timeline claims.
fn compare_before(
    reasoner: &Reasoner,
    oracle: &Oracle,
    seen: &Seen,
    check: &mut Check,
) -> Result<(), String> {
    let undoubted = oracle.undoubted();
    let plan = oracle.plan(oracle.all());
    for (number, moment) in moments(oracle) {
        let same = plan.moments[number] == moment;
        let mut choices = oracle.chronicle.choices.iter();
        let optional = choices.any(|c| c.events.contains(&moment.event));
        if !same || optional || !oracle.claims_tell_of(moment.event, undoubted) {
            continue;
        }
        for (f, fluent) in oracle.fluents.list.iter().enumerate() {
            let expected = seen.before[number][f];
            if expected == 0 {
                // A moment on which nothing bears is in no line.
                continue;
            }
            let judgement = reasoner.judge(fluent, At::Before(moment));
            let words = || format!("{} just before {moment:?}", name(oracle, fluent));
            compare_judgement(&judgement, expected, words, check)?;
            undisputed(&judgement, words, check)?;
        }
    }
    Ok(())
}

/// Histories tile their days with the verdicts of the days, in greatest runs.
pub fn compare_histories(
    reasoner: &Reasoner,
    oracle: &Oracle,
    check: &mut Check,
) -> Result<(), String> {
    let (first, last) = oracle.window;
    for fluent in &oracle.fluents.list {
        let mut expected: Vec<(Day, Day, Verdict)> = Vec::new();
        for day in (first..=last).map(Day) {
            let verdict = reasoner.judge(fluent, At::Day(day)).verdict;
            match expected.last_mut() {
                Some(run) if run.2 == verdict => run.1 = day,
                _ => expected.push((day, day, verdict)),
            }
        }
        let history: Vec<(Day, Day, Verdict)> = reasoner
            .history(fluent, Day(first), Day(last))
            .iter()
            .map(|s| (s.first, s.last, s.verdict))
            .collect();
        check.same(&history, &expected, || {
            format!("history of {}", name(oracle, fluent))
        })?;
    }
    Ok(())
}

/// More parts than this have too many subsets to look for every conflict.
pub const PARTS_AT_MOST: usize = 10;

/// Every reported conflict is a minimal one; where the list claims to be whole, it is.
fn compare_conflicts(
    reasoner: &Reasoner,
    oracle: &mut Oracle,
    depth: Depth,
    check: &mut Check,
) -> Result<(), String> {
    let found: Vec<Vec<Part>> = reasoner
        .conflicts()
        .iter()
        .map(|c| c.parts.clone())
        .collect();
    check.same(&found.is_empty(), &false, || {
        "no conflict is found".to_string()
    })?;
    for parts in &found {
        let set = parts.iter().fold(0, |set, p| set | oracle.bit(*p));
        check.same(&(set & !oracle.undoubted()), &0, || {
            format!("doubted parts in {parts:?}")
        })?;
        check.same(&oracle.consistent(set), &false, || {
            format!("timelines of conflict {parts:?}")
        })?;
        for part in parts {
            let rest = set & !oracle.bit(*part);
            let words = || format!("{parts:?} fits without {part:?}");
            check.same(&oracle.consistent(rest), &true, words)?;
        }
    }
    let few = oracle.parts.len() <= PARTS_AT_MOST;
    if matches!(depth, Depth::Conflicts | Depth::Readings) && few && reasoner.conflicts_complete() {
        let mut sets: Vec<u64> = found
            .iter()
            .map(|parts| parts.iter().fold(0, |set, p| set | oracle.bit(*p)))
            .collect();
        let claims = |parts: &Vec<Part>| {
            let claims: BTreeSet<_> = parts.iter().map(|p| p.claim()).collect();
            claims.len()
        };
        let sizes: Vec<usize> = found.iter().map(claims).collect();
        check.same(&sizes.is_sorted(), &true, || {
            format!("smallest first: {found:?}")
        })?;
        sets.sort_by_key(|s| (s.count_ones(), *s));
        let expected = oracle.minimal_conflicts();
        check.same(
            &parts_of(oracle, &sets),
            &parts_of(oracle, &expected),
            || "all conflicts".to_string(),
        )?;
    }
    Ok(())
}

pub fn parts_of(oracle: &Oracle, sets: &[u64]) -> Vec<Vec<Part>> {
    let of = |set: &u64| -> Vec<Part> {
        let parts = oracle.parts.iter().enumerate();
        parts
            .filter(|(i, _)| set & (1 << i) != 0)
            .map(|(_, p)| *p)
            .collect()
    };
    sets.iter().map(of).collect()
}
