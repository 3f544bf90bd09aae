//! What must not change an answer, and what must not take a contradiction away, over every
//! chronicle of the suite: other labels, another order of lines and files, a claim that is
//! implied already; one claim more.

mod harness;

use annals::Compiled;
use annals_syntax::{Directive, Statement, StatementKind};
use harness::answers::{Random, answers, difference, proven};
use harness::chronicles::{Texts, suite};
use harness::rewrite::own_trees;

/// Fails where two texts that mean the same answer differently.
fn same(texts: &Texts, compiled: &Compiled, changed: &Texts, what: &str) {
    let other = changed.compile();
    if !proven(compiled) || !proven(&other) {
        return;
    }
    let (expected, came) = (answers(compiled), answers(&other));
    assert!(
        expected == came,
        "{}: {what}\n{}\n{:#?}",
        texts.name,
        difference(&expected, &came),
        changed.files
    );
}

#[test]
fn other_labels_change_nothing() {
    for texts in suite() {
        let compiled = texts.compile();
        let mut changed = texts.clone();
        for event in &compiled.chronicle().events {
            let Some(label) = &event.label else { continue };
            for (_, text) in &mut changed.files {
                *text = relabelled(text, label);
            }
        }
        let other = changed.compile();
        // Labels are names of events in the answers, so they are taken back there.
        let turned = |line: &String| line.replace("#other-", "#");
        let came = answers(&other).iter().map(turned).collect();
        let expected = answers(&compiled);
        assert!(
            expected == came,
            "{}\n{}",
            texts.name,
            difference(&expected, &came)
        );
    }
}

/// The text with `#label` written `#other-label`, where it ends there.
fn relabelled(text: &str, label: &str) -> String {
    let mark = format!("#{label}");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&mark) {
        let after = &rest[at + mark.len()..];
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
        out.push_str(&rest[..at]);
        out.push_str(if ends { "#other-" } else { "#" });
        out.push_str(label);
        rest = after;
    }
    out + rest
}

/// Statements that may change places: claims and declarations of a stretch of text without a
/// section, a default source or a line that hangs from the one before it.
fn movable(compiled: &Compiled, statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Claim(line) => {
            let when = compiled.files.slice(line.when).to_lowercase();
            !["then", "following", "that", "same", "next"]
                .iter()
                .any(|word| when.split(|c: char| !c.is_alphabetic()).any(|w| w == *word))
        }
        StatementKind::Declaration { .. } | StatementKind::More { .. } => true,
        _ => false,
    }
}

#[test]
fn the_order_of_lines_changes_nothing() {
    let mut moved = 0;
    for (seed, texts) in suite().iter().enumerate() {
        let compiled = texts.compile();
        let name = &texts.files[2].0;
        let tree = own_trees(&compiled).find(|t| compiled.files.get(t.file).name == *name);
        let Some(tree) = tree else { continue };
        let fixed = tree.statements.iter().any(|s| {
            let rules = matches!(
                s.kind,
                StatementKind::Directive(
                    Directive::Section { .. } | Directive::From(_) | Directive::Draft
                )
            );
            rules || matches!(s.kind, StatementKind::Claim(_)) && !movable(&compiled, s)
        });
        if fixed {
            continue;
        }
        let mut lines: Vec<&str> = tree
            .statements
            .iter()
            .map(|s| compiled.files.slice(s.span))
            .collect();
        let mut random = Random::new(seed as u64);
        for at in (1..lines.len()).rev() {
            lines.swap(at, random.below(at + 1));
        }
        let mut changed = texts.clone();
        changed.files[2].1 = lines.join("\n") + "\n";
        same(texts, &compiled, &changed, "lines in another order");
        moved += 1;
    }
    assert!(moved > 60, "only {moved} chronicles could be moved");
}

#[test]
fn the_order_of_files_changes_nothing() {
    for texts in suite() {
        let compiled = texts.compile();
        let mut changed = texts.clone();
        changed.files[0].1 = "include \"main.annals\"\ninclude \"prelude.annals\"\n".into();
        same(&texts, &compiled, &changed, "files in another order");
    }
}

/// Claims that undoubted absolute claims imply: the same event within wider days.
fn implied(compiled: &Compiled, random: &mut Random) -> Option<String> {
    let chronicle = compiled.chronicle();
    // A section would give the claim its own window.
    if !chronicle.sections.is_empty() {
        return None;
    }
    let lines: Vec<_> = own_trees(compiled)
        .flat_map(|t| &t.statements)
        .filter_map(|s| match &s.kind {
            StatementKind::Claim(line) if s.details.is_empty() => Some((s, line)),
            _ => None,
        })
        .collect();
    let (statement, line) = random.of(&lines)?;
    let claim = chronicle.claims.iter().find(|c| c.span == statement.line)?;
    let label = chronicle.events[claim.event.index()].label.as_deref()?;
    let plain = claim.mode == annals_chronicle::Mode::Asserted && !claim.doubted;
    let kept = compiled
        .reasoner
        .readings()
        .iter()
        .all(|r| r.dropped.is_empty());
    let sentence = compiled.files.slice(line.sentence);
    let source = &chronicle.sources[claim.attestations.first()?.source.index()];
    let cite = if source.is_file {
        String::new()
    } else {
        format!(" [@{}]", source.key)
    };
    (plain && kept).then(|| format!("undated: {sentence}. #{label}{cite}\n"))
}

#[test]
fn an_implied_claim_changes_nothing() {
    let mut added = 0;
    for (seed, texts) in suite().iter().enumerate() {
        let compiled = texts.compile();
        let mut random = Random::new(seed as u64);
        let Some(claim) = implied(&compiled, &mut random) else {
            continue;
        };
        let changed = texts.with_main_end(&claim);
        same(texts, &compiled, &changed, &claim);
        added += 1;
    }
    assert!(added > 20, "only {added} claims could be added");
}

#[test]
fn one_claim_more_never_takes_a_contradiction_away() {
    let mut kept = 0;
    for (seed, texts) in suite().iter().enumerate() {
        let compiled = texts.compile();
        let before = conflicts(&compiled);
        if before.is_empty() || !compiled.reasoner.conflicts_complete() {
            continue;
        }
        let mut random = Random::new(seed as u64);
        for _ in 0..4 {
            let Some(claim) = harness::rewrite::another_claim(&compiled, &mut random) else {
                continue;
            };
            let changed = texts.with_main_end(&format!("{claim}\n"));
            let after = changed.compile();
            if !after.reasoner.conflicts_complete() {
                continue;
            }
            let after = conflicts(&after);
            // A smaller contradiction may take the place of a greater one.
            for conflict in &before {
                assert!(
                    after
                        .iter()
                        .any(|c| c.iter().all(|part| conflict.contains(part))),
                    "{}: {claim} took away {conflict:?}\n{after:#?}",
                    texts.name
                );
            }
            kept += before.len();
        }
    }
    assert!(kept > 40, "only {kept} contradictions were tried");
}

/// Contradictions by the places of their parts: a claim more stands at the end.
fn conflicts(compiled: &Compiled) -> Vec<Vec<String>> {
    let conflicts = compiled.reasoner.conflicts().iter();
    conflicts
        .map(|c| c.parts.iter().map(|p| format!("{p:?}")).collect())
        .collect()
}
