//! What the compiler says of declarations that cannot be read as they stand.

mod common;

use annals_chronicle::{Argument, Constraint, Effect};
use annals_sentence::compile_vocabulary;
use annals_text::FileId;
use common::{SMALL, declarations, told};

/// Declarations after `--- `, lines parted by ` | ` and indented by `_`; what is said below.
const EXPECTED: &str = include_str!("faults.txt");

fn said(case: &str) -> String {
    let text = case.replace(" | ", "\n").replace("_ ", "  ");
    let (_, reports) = compile_vocabulary(&declarations(&text, FileId(0)));
    reports.iter().map(|r| told(&text, r) + "\n").collect()
}

#[test]
fn every_report_is_as_written_down() {
    let cases = EXPECTED.lines().filter_map(|l| l.strip_prefix("--- "));
    let told: String = cases
        .map(|case| format!("--- {case}\n{}", said(case)))
        .collect();
    for (told, expected) in told.lines().zip(EXPECTED.lines()) {
        assert_eq!(told, expected);
    }
    assert_eq!(told, EXPECTED);
}

#[test]
fn clauses_become_constraints_and_effects() {
    let (vocabulary, reports) = compile_vocabulary(&declarations(SMALL, FileId(0)));
    assert_eq!(reports, []);
    let relation = |name: &str| {
        vocabulary
            .relations
            .iter()
            .find(|r| r.name == name)
            .unwrap()
    };
    let event = |name: &str| {
        vocabulary
            .event_types
            .iter()
            .find(|e| e.name == name)
            .unwrap()
    };
    assert_eq!(
        relation("is subject to").constraints,
        [
            Constraint::One {
                value: vec![1],
                per: vec![0]
            },
            Constraint::FadesAfter {
                days: 21_915,
                written: "60 years".to_owned()
            },
        ]
    );
    assert_eq!(
        relation("is a brother of").constraints,
        [Constraint::Timeless, Constraint::Symmetric]
    );
    let alive = relation("is alive").id;
    match &relation("is ruler of").constraints[1] {
        Constraint::Needs(template) => {
            assert_eq!(template.relation, alive);
            assert_eq!(template.arguments, [Argument::Role(0)]);
        }
        other => panic!("{other:?}"),
    }
    let captures = event("captures");
    assert_eq!(captures.patterns.len(), 3);
    assert!(
        matches!(&captures.effects[..], [Effect::Needs(_), Effect::Begins(_), Effect::EndsAny(any)]
        if any.arguments == [Argument::Role(1), Argument::Any])
    );
    assert_eq!(event("storms").kind_of, [event("attacks").id]);
    assert!(event("campaigns against").lasting);
    assert_eq!(
        event("submits to").meaning,
        "A polity accepts another as its suzerain."
    );
}

#[test]
fn names_are_checked_against_patterns() {
    let w = common::world(SMALL, "person Will\nperson Under\npolity The");
    let told: Vec<_> = w
        .reports
        .iter()
        .map(|r| (r.code, r.headline.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "empty-name",
                "The name `The` has no word that sentences could use"
            ),
            (
                "name-is-pattern-word",
                "The name `Under` is also the word `under` of a pattern"
            ),
        ]
    );
}
