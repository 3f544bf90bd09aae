//! What may stand next in a sentence begun, and where names stand in one that is written.
#![allow(missing_docs)]

mod common;

use annals_chronicle::RoleContent;
use annals_sentence::{Next, Rest, words};
use annals_text::{FileId, Span};
use common::{SMALL, World, world};

const NAMES: &str = include_str!("common/names.txt");

fn small() -> World {
    world(SMALL, NAMES)
}

/// The words that may follow, each rest of a pattern by its first words, slots as `_`.
fn rests(world: &World, text: &str) -> Vec<String> {
    let found = world.matcher.continuations(text).into_iter();
    let rests = found.filter_map(|c| match c.next {
        Next::Sentence(_, rest) | Next::Circumstance(_, rest) => Some(rest),
        Next::Filler(_) => None,
    });
    rests
        .map(|rest| {
            let pieces = rest.iter().map(|piece| match piece {
                Rest::Word(word) => word.clone(),
                Rest::Slot(_) => "_".to_owned(),
            });
            pieces.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// Where a name may stand that begins with the end of the text.
fn fillers(world: &World, text: &str) -> Vec<String> {
    let found = world.matcher.continuations(text).into_iter();
    let found = found.filter(|c| matches!(c.next, Next::Filler(_)));
    found.map(|c| text[c.from..].to_owned()).collect()
}

#[test]
fn the_first_form_that_fits_goes_on() {
    let world = small();
    assert_eq!(rests(&world, "Karasahr submi"), ["submits to _"]);
    assert_eq!(rests(&world, "Karasahr submitt"), ["submitted to _"]);
    assert_eq!(rests(&world, "Karasahr is sub"), ["subject to _"]);
    assert!(rests(&world, "Guo Xiaoke departs from Kucha ").contains(&"toward _".to_owned()));
    assert!(rests(&world, "Karasahr submits to Tang ").contains(&"by marriage".to_owned()));
    assert_eq!(rests(&world, "Karasahr flies to "), [""; 0]);
}

#[test]
fn a_whole_sentence_is_found_by_its_own_words() {
    let world = small();
    assert_eq!(rests(&world, "capt"), ["_ captures _"]);
    assert!(rests(&world, "").contains(&"_ submits to _".to_owned()));
}

#[test]
fn names_begin_where_slots_do() {
    let world = small();
    assert!(fillers(&world, "Karasahr submits to ").contains(&String::new()));
    assert!(fillers(&world, "Tang captures Guo Xi").contains(&"Guo Xi".to_owned()));
    assert!(fillers(&world, "Tang captures Guo Xiaoke and Lo").contains(&"Lo".to_owned()));
    assert!(fillers(&world, "Tang captures Guo Xiaoke, Long Tuq").contains(&"Long Tuq".to_owned()));
    let contents = world.matcher.continuations("Tang captures ");
    let kinds = contents
        .iter()
        .any(|c| matches!(&c.next, Next::Filler(RoleContent::Kinds(_))));
    assert!(kinds, "{contents:?}");
    assert!(
        world
            .matcher
            .continuations("Tang captures \"open")
            .is_empty()
    );
}

/// Every word of a sentence that reads was on offer when its first letters were there.
#[test]
fn every_word_of_a_sentence_was_on_offer() {
    let world = small();
    for sentence in [
        "Karasahr submits to Tang by marriage",
        "the Western Turks captured Long Xuepo'anazhi at Kucha",
        "Guo Xiaoke departs from Kucha toward Gaochang under An Lushan",
        "Tang and Tibet together fight Western Turks",
        "Long Tuqizhi is a brother of Guo Xiaoke",
        "Tang installs Long Tuqizhi as ruler of Karasahr",
        "唐 攻 焉耆",
    ] {
        assert!(world.matcher.is_sentence(sentence), "{sentence}");
        for token in words(sentence) {
            let end = token.start as usize
                + sentence[token.start as usize..]
                    .chars()
                    .next()
                    .map_or(0, char::len_utf8);
            let typed = &sentence[..end];
            let offered = world
                .matcher
                .continuations(typed)
                .into_iter()
                .any(|c| match &c.next {
                    Next::Sentence(_, rest) | Next::Circumstance(_, rest) => {
                        // Another form of the word may be the one on offer.
                        let stem = |word: &str| word.chars().take(3).collect::<String>();
                        matches!(rest.first(), Some(Rest::Word(w)) if stem(w) == stem(&token.lower()))
                    }
                    Next::Filler(_) => world.entities.iter().any(|entity| {
                        let names = entity.names.iter().map(|n| n.text.as_str());
                        let mut names = names.chain([entity.name.as_str()]);
                        names.any(|n| n.starts_with(&typed[c.from..]))
                    }),
                });
            let joins = ["and", "together"].contains(&token.text.as_str());
            assert!(offered || joins, "`{}` after `{typed}`", token.text);
        }
    }
}

#[test]
fn names_are_found_in_their_places() {
    let world = small();
    let text = "the Western Turks take Kucha (place), Karasahr and “Army of the West”";
    let span = Span::new(FileId(3), 10, 10 + text.len() as u32);
    let found = world.matcher.names_in(text, span);
    let spelled: Vec<&str> = found
        .iter()
        .map(|n| &text[n.span.start as usize - 10..n.span.end as usize - 10])
        .collect();
    assert_eq!(
        spelled,
        [
            "Western Turks",
            "Kucha (place)",
            "Karasahr",
            "“Army of the West”"
        ]
    );
    let kinds: Vec<usize> = found.iter().map(|n| n.things.len()).collect();
    assert_eq!(kinds, [1, 1, 2, 1]);
}
