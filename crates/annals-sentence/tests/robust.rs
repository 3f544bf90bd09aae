//! No text makes the matcher or the compiler panic, and every place it reports is a place.

mod common;

use std::sync::LazyLock;

use annals_sentence::{
    Clause, Declaration, Declared, Holes, Outcome, Reading, SlotContent, compile_vocabulary,
    phrase, words,
};
use annals_text::{FileId, Report, Span};
use common::{SMALL, World, span_of, world};
use proptest::prelude::*;

static SMALL_WORLD: LazyLock<World> =
    LazyLock::new(|| world(SMALL, include_str!("common/names.txt")));

/// Words that patterns and names are made of, and some that are neither.
const WORDS: [&str; 40] = [
    "Tang", "Karasahr", "Kucha", "Guo", "Xiaoke", "Wang", "Wei", "Army", "of", "the", "West",
    "Li,", "Younger", "and", "or", ",", "together", "submits", "to", "is", "captured", "by",
    "attacks", "at", "in", "under", "?", "(place)", "(polity)", "\"Horse", "\"", "3,000", "bolts",
    "silk", "唐攻", "焉耆", "A", "An", "’s", "fight",
];

fn check_places(text: &str, reports: &[Report]) {
    for report in reports {
        assert!(!report.headline.is_empty());
        for label in &report.labels {
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            assert!(text.get(start..end).is_some(), "{report:?}");
        }
    }
}

fn check(text: &str) {
    let w = &*SMALL_WORLD;
    for holes in [Holes::Allowed, Holes::Refused] {
        match w.matcher.read(text, span_of(text), holes) {
            Outcome::Read(readings) => {
                assert!(!readings.is_empty());
                assert!(holes == Holes::Allowed || readings.len() == 1);
                readings.iter().for_each(|r| check_phrase(w, r));
            }
            Outcome::Failed(reports) => {
                assert!(!reports.is_empty());
                check_places(text, &reports);
            }
        }
    }
    let _ = w.matcher.read_quoted(text, span_of(text));
    if let Err(report) = w.matcher.read_filler(text, span_of(text), &[]) {
        check_places(text, &[report]);
    }
    if let Err(report) = w.matcher.read_name(text, span_of(text), &[]) {
        check_places(text, &[report]);
    }
    let _ = w.matcher.read_relation_words(text, span_of(text));
}

/// A reading of single names, phrased with kinds, reads back as itself.
fn check_phrase(w: &World, reading: &Reading) {
    let single = |content: &SlotContent| match content {
        SlotContent::One(thing) => {
            let entity = &w.entities[thing.index()];
            Some(Some(format!(
                "{} ({})",
                entity.name,
                w.vocabulary.kinds[entity.kind.index()].name
            )))
        }
        SlotContent::Unfilled => Some(None),
        _ => None,
    };
    let fillers: Option<Vec<_>> = reading.roles.iter().map(|f| single(&f.content)).collect();
    let Some(fillers) = fillers else { return };
    let sentence = phrase(&w.vocabulary, &reading.target, &fillers);
    match w
        .matcher
        .read(&sentence, span_of(&sentence), Holes::Allowed)
    {
        Outcome::Read(again) => {
            let roles = |r: &Reading| {
                let contents = r.roles.iter().map(|f| f.content.clone());
                contents
                    .map(|c| {
                        if c == SlotContent::Hole {
                            SlotContent::Unfilled
                        } else {
                            c
                        }
                    })
                    .collect::<Vec<_>>()
            };
            assert!(
                again
                    .iter()
                    .any(|r| r.target == reading.target && roles(r) == roles(reading)),
                "{sentence}"
            );
        }
        Outcome::Failed(reports) => panic!("{sentence}: {reports:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_text_is_read_or_reported(text in "\\PC{0,60}") {
        check(&text);
    }

    #[test]
    fn any_row_of_known_words_is_read_or_reported(
        row in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..12)
    ) {
        check(&row.join(" "));
    }

    #[test]
    fn tokens_are_places_in_order(text in "\\PC{0,60}|[a-z0-9,.'’ \"？，々焉か゛-]{0,40}") {
        let mut at = 0;
        for token in words(&text) {
            prop_assert!(token.start >= at && token.end > token.start);
            prop_assert!(text.get(token.start as usize..token.end as usize).is_some());
            at = token.end;
        }
    }

    #[test]
    fn any_declaration_compiles_or_is_reported(
        word in prop::sample::select(vec![Declared::Kind, Declared::Relation, Declared::Event, Declared::Circumstance]),
        rest in "[{}\\[\\]/:,+a-z0-9 é焉\"?.-]{0,50}",
        clause in "(also|begins|ends|needs|needs not|kind of|one|fades after|lasts at most|meaning|inverse of|) ?[{}\\[\\]/:,+a-z0-9 é\"?]{0,30}",
    ) {
        let span = |s: &str| Span::new(FileId(3), 0, s.len() as u32);
        let mut all = common::declarations(SMALL, FileId(0));
        all.push(Declaration {
            word,
            rest: &rest,
            rest_span: span(&rest),
            line: span(&rest),
            clauses: vec![Clause { text: &clause, span: span(&clause) }],
        });
        let (vocabulary, _) = compile_vocabulary(&all);
        let w = annals_sentence::Matcher::new(&vocabulary, &[]);
        let _ = w.read("kucha is subject to tang", span_of("kucha is subject to tang"), Holes::Allowed);
    }
}

#[test]
fn a_long_line_is_refused_at_once_and_a_long_list_is_read() {
    let w = &*SMALL_WORLD;
    let names = vec!["Kashgar"; 200].join(", ");
    assert!(
        w.read(&format!("{names} submit to Tang"))
            .starts_with("submits to(")
    );
    assert!(
        w.read(&"Kashgar ".repeat(130_000))
            .starts_with("sentence-too-long")
    );
    assert!(
        w.read(&"\"".repeat(10_001))
            .starts_with("sentence-too-long")
    );
    assert!(w.read("Tang takes \"Kucha").starts_with("unclosed-quote"));
}

#[test]
fn reading_is_the_same_every_time() {
    let text = "Khoten and Kuchar assail Tang at Talaz in 648";
    let first = world(SMALL, include_str!("common/names.txt")).told(text);
    for _ in 0..3 {
        assert_eq!(
            first,
            world(SMALL, include_str!("common/names.txt")).told(text)
        );
    }
}
