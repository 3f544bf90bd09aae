//! What if equals the changed text: seeded random changes of many chronicles, carried out by the
//! program and by rewriting the text, give the same answers.
//!
//! `ANNALS_EDITS=20` tries so many changes of each chronicle.

mod harness;

use std::collections::BTreeSet;

use annals::{Changes, Compiled, Outcome, Scope};
use annals_chronicle::{Day, Edge, Fluent, Moment};
use harness::answers::{Random, answers, difference, proven};
use harness::chronicles::{Texts, karasahr, suite};
use harness::rewrite::{another_claim, rewritten};

fn edits(default: u64) -> u64 {
    let asked = std::env::var("ANNALS_EDITS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// Some of a chronicle's sources, labels and lines left out, some of its claims said again of
/// other days, some trust.
fn changes(compiled: &Compiled, random: &mut Random) -> Changes {
    let chronicle = compiled.chronicle();
    let keys: Vec<&str> = chronicle
        .sources
        .iter()
        .filter(|s| !s.is_file)
        .map(|s| s.key.as_str())
        .collect();
    let labels: Vec<&str> = chronicle
        .events
        .iter()
        .filter_map(|e| e.label.as_deref())
        .collect();
    let lines: Vec<String> = chronicle
        .claims
        .iter()
        .map(|c| compiled.files.place(c.span))
        .collect();
    let mut changes = Changes::default();
    for _ in 0..random.below(3) {
        let what = match random.below(3) {
            0 => random.of(&keys).map(|k| format!("@{k}")),
            1 => random.of(&labels).map(|l| format!("#{l}")),
            _ => random.of(&lines).cloned(),
        };
        changes.without.extend(what);
    }
    for _ in 0..random.below(3) {
        changes.with.extend(another_claim(compiled, random));
    }
    if random.below(4) == 0
        && let (Some(a), Some(b)) = (random.of(&keys), random.of(&keys))
        && a != b
    {
        changes.prefer.push(format!("@{a} over @{b}"));
    }
    changes
}

/// The labelled events and the states that the answer says change.
fn told_to_change(compiled: &Compiled, changes: &Changes) -> BTreeSet<String> {
    let answer = compiled.difference(changes).expect("it was read before");
    let Some(Outcome::Difference(told)) = answer.results.first() else {
        panic!("no difference");
    };
    // How an event stands may change with its days as they were.
    let days = told.events.iter().filter(|e| match (&e.before, &e.after) {
        (Some(was), Some(is)) => {
            let withdrawn = |d: &annals::EventDays| d.status == "withdrawn";
            was.start != is.start || was.end != is.end || withdrawn(was) != withdrawn(is)
        }
        _ => true,
    });
    let events = days.filter_map(|e| e.label.clone());
    let states = told.states.iter().map(|s| {
        let names: Vec<&str> = s.fluent.roles.iter().map(|r| bare(&r.name)).collect();
        format!("{} {names:?}", s.fluent.relation)
    });
    events.chain(states).collect()
}

/// A name without its kind, words without their quotes.
fn bare(name: &str) -> &str {
    let name = name.split(" (").next().unwrap_or(name);
    name.trim_matches('"')
}

/// The same, by asking both sides everything, so many days beyond those spoken of.
fn found_to_change(before: &Compiled, after: &Compiled, beyond: i32) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let days = |compiled: &Compiled, label: &str| {
        let event = compiled.chronicle().event_of_label(label)?;
        let known = &compiled.chronicle().events[event.index()];
        let claims = known
            .claims
            .iter()
            .map(|c| &compiled.chronicle().claims[c.index()]);
        let modes: BTreeSet<_> = claims
            .filter(|c| !c.draft)
            .map(|c| (c.mode, c.doubted))
            .collect();
        let of = |edge| compiled.reasoner.bounds(Moment { event, edge }).days;
        let mut bounds = vec![of(Edge::Start)];
        bounds.extend(known.lasting.then(|| of(Edge::End)));
        Some((modes, bounds))
    };
    for compiled in [before, after] {
        for label in compiled
            .chronicle()
            .events
            .iter()
            .filter_map(|e| e.label.as_ref())
        {
            let (was, is) = (days(before, label), days(after, label));
            let differ = match (&was, &is) {
                (Some(was), Some(is)) => was.1 != is.1 || was.0.is_empty() != is.0.is_empty(),
                _ => was.is_some() || is.is_some(),
            };
            if differ {
                found.insert(label.to_string());
            }
        }
    }
    let reach = [before, after].map(|c| c.chronicle().covers.unwrap_or_else(|| c.reasoner.reach()));
    let first = Day(reach[0].0.0.min(reach[1].0.0) - beyond);
    let last = Day(reach[0].1.0.max(reach[1].1.0) + beyond);
    for compiled in [before, after] {
        for fluent in compiled.reasoner.fluents() {
            let echo = fluent.roles.len() > 1 && fluent.roles.iter().all(|r| *r == fluent.roles[0]);
            let runs = |side: &Compiled| {
                let fluent = translated(fluent, compiled, side)?;
                Some(side.reasoner.history(&fluent, first, last))
            };
            if !echo && runs(before) != runs(after) {
                let chronicle = compiled.chronicle();
                let names = fluent
                    .roles
                    .iter()
                    .map(|e| chronicle.entities[e.index()].name.as_str());
                let relation = &chronicle.vocabulary.relations[fluent.relation.index()].name;
                found.insert(format!("{relation} {:?}", names.collect::<Vec<_>>()));
            }
        }
    }
    found
}

/// A state of one side with the numbers of the other.
fn translated(fluent: &Fluent, from: &Compiled, to: &Compiled) -> Option<Fluent> {
    let roles: Option<Vec<_>> = fluent
        .roles
        .iter()
        .map(|id| {
            let known = &from.chronicle().entities[id.index()];
            let mut entities = to.chronicle().entities.iter();
            let same = entities.find(|e| e.name == known.name && e.kind == known.kind);
            same.map(|e| e.id)
        })
        .collect();
    Some(Fluent {
        relation: fluent.relation,
        roles: roles?,
    })
}

/// What `check` reports before, less what the answer says is gone, and what it says is new, is what
/// `check` reports after; the page counts the same.
fn contradictions_add_up(before: &Compiled, after: &Compiled, changes: &Changes, name: &str) {
    let answer = before.difference_to(after, &changes.words());
    let Some(Outcome::Difference(told)) = answer.results.first() else {
        panic!("no difference");
    };
    let reported = |c: &Compiled| {
        let all = c.reports.iter();
        all.filter(|r| r.code == "cannot-all-be-true").count()
    };
    assert_eq!(
        reported(before) + told.came.len(),
        reported(after) + told.gone.len(),
        "{name}: {}: {} gone, {} came",
        changes.words(),
        told.gone.len(),
        told.came.len()
    );
    let seen = after.overview(&Scope::default()).conflicts.len();
    assert_eq!(seen, reported(after), "{name}: {}", changes.words());
}

/// Whether a change was tried; panics where the two ways differ.
fn tried(texts: &Texts, compiled: &Compiled, seed: u64) -> bool {
    let mut random = Random::new(seed);
    let changes = changes(compiled, &mut random);
    let Ok(changed) = compiled.what_if(&changes) else {
        return false;
    };
    let Some(text) = rewritten(texts, compiled, &changes) else {
        return false;
    };
    let expected = text.compile();
    // A rewriting that the reader refuses says nothing about the change.
    let errors = |c: &Compiled| {
        let all = c.reports.iter();
        all.filter(|r| r.severity == annals::Severity::Error && r.code != "cannot-all-be-true")
            .map(|r| format!("{} {}", r.code, r.headline))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        errors(&expected),
        Vec::<String>::new(),
        "{} seed {seed}: {}\n{:#?}",
        texts.name,
        changes.words(),
        text.files
    );
    if !proven(&expected) || !proven(&changed) {
        return false;
    }
    contradictions_add_up(compiled, &changed, &changes, texts.name.as_str());
    // The answer speaks of the days the chronicle speaks of, and of those on which what it tells
    // fades: more than the first, less than all.
    let told = told_to_change(compiled, &changes);
    let inner = found_to_change(compiled, &changed, 0);
    let outer = match compiled.chronicle().covers {
        Some(_) => inner.clone(),
        None => found_to_change(compiled, &changed, 60_000),
    };
    assert!(
        inner.is_subset(&told) && told.is_subset(&outer),
        "{} seed {seed}: {}: the difference tells\n{}",
        texts.name,
        changes.words(),
        difference(&inner, &told)
    );
    let (expected, came) = (answers(&expected), answers(&changed));
    assert!(
        expected == came,
        "{} seed {seed}: {}\n{}\n{:#?}",
        texts.name,
        changes.words(),
        difference(&expected, &came),
        text.files
    );
    true
}

#[test]
fn what_if_equals_the_changed_text() {
    let mut count = 0;
    for (at, texts) in suite().iter().enumerate() {
        let compiled = texts.compile();
        for seed in 0..edits(1) {
            count += usize::from(tried(texts, &compiled, seed * 1000 + at as u64));
        }
    }
    assert!(count > 60, "only {count} changes could be tried");
}

#[test]
fn what_if_equals_the_changed_text_of_the_shipped_chronicle() {
    let texts = karasahr();
    let compiled = texts.compile();
    let count = (0..edits(2))
        .filter(|seed| tried(&texts, &compiled, *seed))
        .count();
    assert!(count > 0, "no change could be tried");
}
