//! What if equals the changed text: seeded random changes of many chronicles, carried out by the
//! program and by rewriting the text, give the same answers.
//!
//! `ANNALS_EDITS=20` tries so many changes of each chronicle.

mod harness;

use annals::{Changes, Compiled};
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
    let count = (0..edits(3))
        .filter(|seed| tried(&texts, &compiled, *seed))
        .count();
    assert!(count > 0, "no change could be tried");
}
