//! What is said of sentences that cannot be read, in full, with every edit proposed.

mod common;

use common::{SMALL, world};

/// Sentences after `--- `, what is said of them below; read before it was accepted.
const EXPECTED: &str = include_str!("recovery.txt");

#[test]
fn every_report_is_as_written_down() {
    let w = world(SMALL, include_str!("common/names.txt"));
    let sentences = EXPECTED.lines().filter_map(|l| l.strip_prefix("--- "));
    let told: String = sentences
        .map(|s| format!("--- {s}\n{}\n", w.told(s)))
        .collect();
    for (told, expected) in told.lines().zip(EXPECTED.lines()) {
        assert_eq!(told, expected);
    }
    assert_eq!(told, EXPECTED);
}

#[test]
fn names_and_fillers_by_themselves() {
    let w = world(SMALL, include_str!("common/names.txt"));
    let kind = |name: &str| {
        let found = w.vocabulary.kinds.iter().position(|k| k.name == name);
        annals_chronicle::KindId(found.unwrap() as u32)
    };
    let name = |text: &str, kinds: &[annals_chronicle::KindId]| match w.matcher.read_name(
        text,
        common::span_of(text),
        kinds,
    ) {
        Ok(thing) => w.name(thing),
        Err(report) => format!("{}: {}", report.code, report.headline),
    };
    assert_eq!(name("Karasahr", &[kind("place")]), "Karasahr [place]");
    assert_eq!(
        name("Karasahr", &[kind("actor"), kind("place")]),
        "Karasahr [polity]"
    );
    assert_eq!(
        name("Karasahr", &[]),
        "ambiguous-name: `Karasahr` may mean several things: Karasahr (polity), Karasahr (place)"
    );
    assert_eq!(name("Karasahr (place)", &[]), "Karasahr [place]");
    assert_eq!(
        name("\"An Lushan\"", &[kind("person")]),
        "An Lushan [person]"
    );
    assert_eq!(
        name("Guo Xiaoko", &[kind("person")]),
        "undeclared-name: `Guo Xiaoko` is not declared; did you mean `Guo Xiaoke`?"
    );
    assert_eq!(
        name("Tang", &[kind("person")]),
        "kind-mismatch: `Tang` is a polity; a person is needed here"
    );
    assert_eq!(name("", &[]), "undeclared-name: There is no name here");
    let filler =
        |text: &str| match w
            .matcher
            .read_filler(text, common::span_of(text), &[kind("polity")])
        {
            Ok(fill) => w.fill(&fill),
            Err(report) => format!("{}: {}", report.code, report.headline),
        };
    assert_eq!(
        filler("Karasahr and Western Turks"),
        "Karasahr [polity], Western Turks [polity]"
    );
    assert_eq!(
        filler("Karasahr or Tang"),
        "Karasahr [polity] | Tang [polity]"
    );
    assert_eq!(
        filler("Karasahr and Tang together"),
        "Karasahr [polity] + Tang [polity]"
    );
    assert_eq!(
        filler("Karasahr and Tang or Kucha"),
        "undeclared-name: `Karasahr and Tang or Kucha` is neither a declared name nor a list of them"
    );
}

#[test]
fn relations_by_their_words() {
    let w = world(SMALL, "");
    let relation = |text: &str| match w.matcher.read_relation_words(text, common::span_of(text)) {
        Ok(id) => w.vocabulary.relations[id.index()].name.clone(),
        Err(report) => format!("{}: {}", report.code, report.headline),
    };
    assert_eq!(relation("ruler of"), "is ruler of");
    assert_eq!(relation("was king of"), "is ruler of");
    assert_eq!(relation("subject to"), "is subject to");
    assert_eq!(relation("alive"), "is alive");
    assert_eq!(
        relation("is"),
        "two-readings: `is` may mean several relations"
    );
    assert_eq!(
        relation("is alife"),
        "unknown-sentence: No relation has the words `is alife`"
    );
}
