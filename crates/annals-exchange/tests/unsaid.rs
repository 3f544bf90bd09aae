//! What a text does not say: deeds turned round, denials made wider, pronouns that may be several.

mod carinthia;

use carinthia::{claims, draft_of, nothing_asserted};

/// The claims of a text, as one.
fn all(text: &str) -> String {
    claims(text).join("\n")
}

/// Asserts that no claim of the text holds these words, and that the text stands in the draft.
fn never(text: &str, words: &str) {
    let claims = all(text);
    assert!(!claims.contains(words), "{text}\n{claims}");
    for sentence in text.split_inclusive(". ") {
        let draft = draft_of(text);
        assert!(draft.contains(sentence.trim()), "{sentence} is lost");
    }
}

#[test]
fn a_day_has_the_year_behind_its_other_style() {
    let text =
        "Arnulf besieged Verona in 1910. Arnulf attacked Verona on 17 March [O.S. 4 March] 1907.";
    let found = all(text);
    assert!(found.contains("17 March 1907: Arnulf attacked"), "{found}");
    // The other way round, the day is that of another calendar.
    let found = all("Arnulf attacked Verona on 4 March [N.S. 17 March] 1907.");
    assert!(found.contains("undated: Arnulf attacked"), "{found}");
}

#[test]
fn who_has_another_killed_is_not_killed() {
    for text in [
        "Arnulf invited Berengar to Verona and had him murdered in 896.",
        "Arnulf invited Berengar to Verona and had him put to death in 896.",
    ] {
        never(text, "Arnulf was");
    }
}

#[test]
fn a_town_and_a_pronoun_report_nothing() {
    let text = "Arnulf did not march on Verona, because he believed that Berengar was there; Guido was in fact at Mantua.";
    let draft = draft_of(text);
    assert!(!draft.contains("source verona"), "{draft}");
    assert!(!draft.contains("Guido was at Mantua"), "{draft}");
    assert!(draft.contains(text), "{draft}");
}

#[test]
fn a_denial_of_a_part_denies_no_more() {
    for text in [
        "Arnulf did not fully conquer Lombardy.",
        "Lombardy was not entirely conquered by Carinthia.",
        "Arnulf did not personally attack Verona.",
        "Berengar did not immediately surrender.",
        "Berengar did not die naturally.",
        "Arnulf did not execute Berengar in public.",
        "Arnulf refused to surrender unconditionally.",
        "Arnulf refused to march to Verona without an escort.",
        "Arnulf refused to travel to Verona by a warship.",
    ] {
        assert_eq!(all(text), "", "{text}");
        assert!(draft_of(text).contains(text), "{text} is lost");
    }
    let whole = all("Arnulf did not attack Verona in 896.");
    assert_eq!(whole, "896: not: Arnulf attacked Verona.");
}

#[test]
fn a_word_that_makes_less_of_a_deed_is_not_dropped() {
    nothing_asserted(&[
        "Berengar was partly defeated by Arnulf.",
        "Arnulf unsuccessfully besieged Verona in 896.",
        "Arnulf only briefly besieged Verona in 896.",
        "Arnulf was nominally king of Lombardy in 896.",
        "Lombardy became a vassal of Carinthia in name only.",
        "Arnulf ruled Lombardy, at least nominally.",
        "Lombardy was conquered by Carinthia in all but name.",
    ]);
}

#[test]
fn a_rival_date_in_brackets_is_not_dropped() {
    nothing_asserted(&[
        "Arnulf attacked Verona on 1 January 896 (some historians prefer 5 January).",
        "Arnulf attacked Verona on 12 November 896 (other accounts give 18 November).",
        "Arnulf attacked Verona on 25 January 896 (the sources disagree on the day).",
        "Arnulf attacked Verona in 896 (some chronicles give 897).",
        "Arnulf attacked Verona in 896 (others say 897).",
    ]);
    let aside = all("Arnulf attacked Verona in 896 (the others being Mantua and Parma).");
    assert!(aside.contains("896: Arnulf attacked Verona."), "{aside}");
}

#[test]
fn what_is_feared_of_somebody_is_not_fear_of_him() {
    never(
        "Berengar, who Arnulf feared might invade Carinthia, besieged Verona.",
        "Arnulf feared",
    );
}

#[test]
fn his_means_nobody_outside_a_sentence_that_names_somebody() {
    let before = "Guido besieged Mantua in 894.";
    for (text, words) in [
        (
            "Berengar was killed by Arnulf, and his son Ugo fled.",
            "son of",
        ),
        (
            "Berengar died in 896, and his son Ugo fled.",
            "son of Guido",
        ),
        (
            "Berengar, whose brother Ugo betrayed him, fled.",
            "betrayed Guido",
        ),
        (
            "Arnulf became king of Lombardy when he died.",
            "Arnulf died",
        ),
        (
            "Berengar met Arnulf and his brother Ugo in 896.",
            "brother of",
        ),
    ] {
        never(&format!("{before} {text}"), words);
    }
    let one = all(&format!(
        "{before} Berengar died in 896, and his son Ugo fled."
    ));
    assert!(one.contains("Ugo was son of Berengar"), "{one}");
}

#[test]
fn a_king_who_may_be_two_is_neither() {
    let two =
        "Arnulf was king of Carinthia. Berengar was king of Lombardy. Arnulf left Verona in 896.";
    never(&format!("{two} Guido attacked the king."), "Guido attacked");
    let last = all(&format!(
        "{two} Berengar besieged Mantua. Guido attacked the king."
    ));
    assert!(last.contains("Guido attacked Berengar"), "{last}");
}

#[test]
fn they_may_be_those_of_whom_the_sentence_speaks() {
    never(
        "Lombardy attacked Mantua. The allies besieged Verona, but Berengar defeated them.",
        "Berengar defeated",
    );
}

#[test]
fn two_places_or_two_days_are_two_events() {
    for text in [
        "Berengar fled to Verona. Arnulf besieged Mantua. Berengar fled to Mantua.",
        "Arnulf defeated Berengar on 1 May 896. Guido fled. Arnulf defeated Berengar on 3 June 896.",
    ] {
        let draft = draft_of(text);
        assert!(!draft.contains("told before in the article"), "{draft}");
    }
    let draft =
        draft_of("Arnulf defeated Berengar in 896. Guido fled. Arnulf defeated Berengar in 896.");
    assert!(draft.contains("told before in the article"), "{draft}");
}

#[test]
fn a_date_counted_from_what_was_not_read_is_listed() {
    let draft = draft_of("Takayutpi died two years after the fall of Pegu.");
    assert!(draft.contains("Takayutpi died."), "{draft}");
    let listed = "the date “two years after the fall of Pegu” is not told";
    assert!(draft.contains(listed), "{draft}");
}

#[test]
fn a_page_without_its_title_loses_no_sentence() {
    let text = "Takayutpi was king of Pegu and fled to Prome in 1539.\n";
    let draft = annals_exchange::article::import_article("x.txt", text)
        .expect("an article")
        .text;
    assert!(draft.contains("1539: Takayutpi fled to Prome."), "{draft}");
}

#[test]
fn one_of_two_joined_times_is_not_the_time_of_both() {
    for text in [
        "In the late 890s and early 900s Arnulf besieged Verona.",
        "In 896 and in March 898 Arnulf besieged Verona.",
    ] {
        let draft = draft_of(text);
        assert!(
            draft.contains("undated: Arnulf besieged Verona."),
            "{draft}"
        );
        assert!(draft.contains("is not told"), "{draft}");
    }
}

#[test]
fn whoever_slept_did_not_flee_because_he_is_nearer() {
    never(
        "Arnulf attacked Verona while Berengar was in Mantua, and besieged Parma in vain.",
        "Berengar besieged",
    );
}

#[test]
fn units_are_no_person() {
    never(
        "Units of Arnulf's army besieged Verona and killed Berengar.",
        "Units",
    );
}
