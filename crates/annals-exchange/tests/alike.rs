//! Names that look alike are asked, as claims that a person accepts or rejects; they are never joined
//! in silence, and never asked where they are plainly two.

mod carinthia;

use annals::MemoryWorld;
use annals_exchange::review;
use carinthia::draft_of;

/// The questions of a draft.
fn asked(text: &str) -> Vec<String> {
    let draft = draft_of(text);
    let same = |line: &&str| line.starts_with("always: ") && line.contains(" is the same as ");
    let bare = |line: &str| line.trim_end_matches("  [@me]").to_owned();
    draft.lines().filter(same).map(bare).collect()
}

#[test]
fn names_that_may_be_one_are_asked() {
    for (text, question) in [
        (
            "Song Ching-yi attacked Verona in 890. Sung Ching-i besieged Verona in 891.",
            "always: Song Ching-yi is the same as Sung Ching-i ?",
        ),
        (
            "General Long Lipozhun attacked Verona in 890. General Li Pozhun besieged Verona in 891.",
            "always: Long Lipozhun is the same as Li Pozhun ?",
        ),
        (
            "Ugo II attacked Verona in 890. Ugo III besieged Verona in 891. King Ugo died in 892.",
            "always: Ugo II is the same as Ugo ?",
        ),
    ] {
        let asked = asked(text);
        assert!(asked.iter().any(|q| q == question), "{text}: {asked:?}");
    }
}

#[test]
fn a_short_name_is_not_taken_for_another_persons() {
    for (text, question) in [
        (
            "Ugo II attacked Verona in 890. The general Ugo besieged Mantua in 891. Ugo captured Parma.",
            "Ugo II is the same as Ugo ?",
        ),
        (
            "Berengarius attacked Verona in 890. King Beren besieged Mantua in 891. Beren died in 892.",
            "Berengarius is the same as Beren ?",
        ),
    ] {
        let asked = asked(text);
        assert!(
            asked.iter().any(|q| q.contains(question)),
            "{text}: {asked:?}"
        );
    }
}

#[test]
fn kin_and_places_keep_their_names_apart() {
    let text = "{{Infobox royalty\n| name = Manuel Bonilla\n| spouse = Rosa Gutiérrez\n}}\n\
                General Gutiérrez was defeated by Manuel Bonilla at Maraita.\n\n\
                Manuel Bonilla defeated Muhammad Gao. Terencio Sierra fled to Gao.\n";
    let draft = annals_exchange::article::import_article("x.wiki", text)
        .expect("an article")
        .text;
    for words in [
        "always: Rosa Gutiérrez is the same as Gutiérrez ?",
        "undated: Gutiérrez was defeated by Manuel Bonilla at Maraita.",
        "undated: Terencio Sierra fled to Gao.",
        "place Gao",
    ] {
        assert!(draft.contains(words), "{words}: {draft}");
    }
    assert!(!draft.contains("also Gao"), "{draft}");
}

#[test]
fn a_further_name_is_compared_as_well() {
    let text = "Antiochus the Great attacked Verona in 890. King Antiochus died in 892. \
                General Antiochos besieged Mantua in 891.";
    let asked = asked(text);
    assert!(
        asked
            .iter()
            .any(|q| q.contains("is the same as Antiochos ?")),
        "{asked:?} {}",
        draft_of(text)
    );
}

#[test]
fn a_name_may_open_a_sentence_like_a_verb() {
    let draft = draft_of("Nam Yi besieged Mantua in 891.");
    assert!(draft.contains("891: Nam Yi besieged Mantua."), "{draft}");
}

#[test]
fn names_that_are_plainly_two_are_not_asked() {
    for text in [
        "Charles I attacked Verona in 890. Charles II besieged Verona in 891.",
        "Henry attacked Verona in 890. Henry's son captured Verona in 891.",
        "General Guido Major attacked Verona in 890. General Guido Minor besieged Verona in 891.",
        // The text itself tells them apart.
        "Berengard and Berengar attacked Verona in 890.",
        "Ugolin attacked Ugolino in 890.",
    ] {
        assert_eq!(asked(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_title_with_a_land_is_no_name_of_its_own() {
    let draft = draft_of("The Duke of Beaufort besieged Verona in 890.");
    assert!(!draft.contains("Duke besieged"), "{draft}");
    assert!(!draft.contains("people Duke") && !draft.contains("person Duke\n"));
    assert!(
        draft.contains("not read: “The Duke of Beaufort besieged"),
        "{draft}"
    );
}

const TEXT: &str = "Song Ching-yi attacked Verona in 890. Sung Ching-i besieged Verona in 891.";

#[test]
fn a_question_is_accepted_or_rejected_like_any_claim() {
    let draft = draft_of(TEXT);
    let waiting = review::pending(&draft);
    let question = waiting
        .iter()
        .find(|p| p.rule.starts_with("names that look alike"))
        .expect("a question");
    assert_eq!(
        question.claim,
        "always: Song Ching-yi is the same as Sung Ching-i ?  [@me]"
    );
    assert_eq!(question.quote, "Sung Ching-i besieged Verona in 891.");
    let world = MemoryWorld::new().with("main.annals", "");
    let accepted = review::accept(&draft, &[question.number], "main.annals", &world)
        .expect("a draft that can be reviewed");
    assert_eq!(accepted.moved, [question.number]);
    for words in [
        "always: Song Ching-yi is the same as Sung Ching-i ?",
        "person Song Ching-yi",
        "person Sung Ching-i",
    ] {
        assert!(accepted.target.contains(words), "{}", accepted.target);
    }
    let rejected = review::reject(&draft, &[question.number], "they are two").expect("a draft");
    assert!(
        rejected.contains(&format!("// rejected {}: they are two", question.number)),
        "{rejected}"
    );
    assert!(!rejected.contains("\nalways: Song"), "{rejected}");
}

#[test]
fn a_son_is_not_taken_for_his_grandfather() {
    let text = "{{Infobox royalty\n| name = Nikephoros Phokas\n| father = Bardas Phokas the Elder\n\
                | issue = Bardas Phokas\n}}\nBardas was captured.\n";
    let draft = annals_exchange::article::import_article("x.wiki", text)
        .expect("an article")
        .text;
    assert!(
        draft.contains("always: Bardas Phokas is a child of"),
        "{draft}"
    );
    assert!(
        !draft.contains("Bardas Phokas the Elder was captured"),
        "{draft}"
    );
}
