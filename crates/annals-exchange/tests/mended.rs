//! What a fresh reader found claimed though no article said it: how many, once more, what could have
//! been, whose a figure is.

mod carinthia;

use annals_exchange::article::import_article;
use carinthia::{claims, draft_of, nothing_asserted};

/// The claims of a text, as one.
fn all(text: &str) -> String {
    claims(text).join("\n")
}

/// Asserts that no claim of the text holds these words, and that the text stands in the draft.
fn never(text: &str, words: &str) {
    let claims = all(text);
    assert!(!claims.contains(words), "{text}\n{claims}");
    let draft = draft_of(text);
    for sentence in text.split_inclusive(". ") {
        assert!(draft.contains(sentence.trim()), "{sentence} is lost");
    }
}

#[test]
fn what_could_have_been_is_not_claimed() {
    for text in [
        "Arnulf could have captured Verona in 896.",
        "Verona could have been captured by Arnulf in 896.",
    ] {
        let draft = draft_of(text);
        assert!(claims(text).is_empty(), "{draft}");
        assert!(
            draft.contains("“could have” says what was possible"),
            "{draft}"
        );
    }
    // What may have been is doubted as before.
    assert!(all("Arnulf may have captured Verona in 896.").contains("captured Verona ?"));
}

#[test]
fn what_some_of_them_did_is_not_said_of_all() {
    nothing_asserted(&[
        "Few Lombards surrendered to Arnulf.",
        "A few Lombards surrendered to Arnulf.",
        "Half the Lombards surrendered to Arnulf.",
        "Half of the Lombards surrendered to Arnulf.",
        "Several Lombards surrendered to Arnulf.",
        "Some of the Lombards surrendered to Arnulf.",
        "Two Lombards surrendered to Arnulf.",
        "About 300 Lombards surrendered to Arnulf.",
        "Hardly any Lombards surrendered to Arnulf.",
        "Most Lombards surrendered to Arnulf.",
        "Two Lombard ships surrendered to Arnulf.",
    ]);
    let plain = all("The Lombards surrendered to Arnulf.");
    assert!(plain.contains("surrendered to Arnulf"), "{plain}");
    let plain = all("All the Lombards surrendered to Arnulf.");
    assert!(plain.contains("surrendered to Arnulf"), "{plain}");
}

#[test]
fn what_is_done_again_is_another_event() {
    for later in [
        "Arnulf again captured Verona.",
        "Arnulf captured Verona again.",
        "Arnulf captured Verona for a second time.",
        "Arnulf captured Verona once more.",
        "Arnulf captured Verona a third time.",
    ] {
        let draft = draft_of(&format!("Arnulf captured Verona in 894. {later}"));
        assert!(!draft.contains("told before"), "{draft}");
    }
    // Which of the two a third telling means is not known.
    let text =
        "Arnulf captured Verona in 894. Arnulf again captured Verona. Arnulf captured Verona.";
    let draft = draft_of(text);
    assert!(!draft.contains("told before"), "{draft}");
    let draft = draft_of("Arnulf captured Verona in 894. Arnulf captured Verona.");
    assert!(draft.contains("told before"), "{draft}");
}

#[test]
fn how_it_was_done_is_no_title() {
    for manner in ["well", "usual", "planned", "before"] {
        let text = format!("Berengar may have been crowned as {manner}. Arnulf attacked Verona.");
        never(&text, &format!("\"{manner}\""));
        assert!(draft_of(&text).contains(&format!("as {manner}")));
    }
    let text = "Berengar was crowned as king.";
    assert!(all(text).contains("king"), "{}", draft_of(text));
}

#[test]
fn a_clause_with_who_ends_at_its_comma() {
    let text = "Arnulf sent Berengar, who had been captured, back to Verona.";
    never(text, "captured to");
    never(text, "captured at");
    assert!(
        all(text).contains("Berengar was captured"),
        "{}",
        draft_of(text)
    );
    let text = "Arnulf, who was wounded, to Verona.";
    never(text, "Verona");
    // A list behind the verb is no end.
    let text = "Arnulf, who captured Verona, Mantua and Parma, died in 899.";
    assert!(
        all(text).contains("Verona, Mantua and Parma"),
        "{}",
        draft_of(text)
    );
}

/// The draft of a battle of 1300 between Poland with Lithuania and Venice with Johor.
fn boxed(rows: &str) -> String {
    let text = format!(
        "{{{{Infobox military conflict\n| conflict = Battle of Bar\n| date = 3 May 1300\n| place = [[Bar]]\n\
         | combatant1 = [[Kingdom of Poland]]<br>[[Lithuania]]\n| combatant2 = [[Republic of Venice]]<br>[[Johor]]\n\
         {rows}\n}}}}\nThe '''Battle of Bar''' was fought.\n"
    );
    import_article("x.wiki", &text).expect("an article").text
}

#[test]
fn a_figure_of_some_and_of_others_names_no_power() {
    for (row, words) in [
        ("strength1", "7,000 (without Lithuania)"),
        ("strength1", "9,000, mostly Lithuania"),
        ("strength2", "1,000 to 1,500 together with Johor"),
        ("casualties2", "fewer than 1,000, of them 300 Venetians"),
        ("casualties2", "7,000 (both sides)"),
        ("casualties1", "2,000 Poland and 1,000 Lithuania"),
    ] {
        let draft = boxed(&format!("| {row} = {words}"));
        for claimed in ["\n  force of", "\n  losses of"] {
            assert!(!draft.contains(claimed), "{words}\n{draft}");
        }
        assert!(draft.contains(words), "{words} is lost\n{draft}");
    }
    for (row, claimed) in [
        (
            "casualties1 = 2,000 Poland, 1,000 Lithuania",
            "losses of Kingdom of Poland: 2000\n",
        ),
        (
            "casualties1 = 2,000 Poland, 1,000 Lithuania",
            "losses of Lithuania: 1000\n",
        ),
        (
            "strength2 = 1,000 to 1,500 men",
            "force of Republic of Venice and Johor: 1000 to 1500 men\n",
        ),
    ] {
        let draft = boxed(&format!("| {row}"));
        assert!(draft.contains(claimed), "{claimed}\n{draft}");
    }
}

#[test]
fn each_flag_of_a_line_has_its_own_figure() {
    let row = "| casualties1 = {{flagicon|Kingdom of Poland}} 65,000 dead, {{flagicon|Lithuania}} 2,700 dead";
    let draft = boxed(row);
    for claimed in [
        "losses of Kingdom of Poland: 65000 dead\n",
        "losses of Lithuania: 2700 dead\n",
    ] {
        assert!(draft.contains(claimed), "{claimed}\n{draft}");
    }
    let draft = boxed(&format!("{row}<br>300 lost"));
    for claimed in [
        "losses of Kingdom of Poland and Lithuania: 300 lost\n",
        "note \"losses of the side of Kingdom of Poland and Lithuania: 65,000 dead, 2,700 dead\"",
    ] {
        assert!(draft.contains(claimed), "{claimed}\n{draft}");
    }
    // Behind a flag's figure, one without a flag may be of that power or of all.
    let draft = boxed("| casualties1 = {{flagicon|Kingdom of Poland}} 65,000 dead, 2,700 wounded");
    let note = "note \"losses of the side of Kingdom of Poland and Lithuania: 2,700 wounded\"";
    assert!(draft.contains(note), "{draft}");
}

#[test]
fn the_year_of_a_book_behind_a_figure_dates_nothing() {
    let draft = boxed("| casualties2 = 400 (1974)");
    assert!(!draft.contains("1974:"), "{draft}");
    assert!(draft.contains("400 (1974)"), "{draft}");
    let draft = boxed("| casualties2 = 400 (1300)");
    let claimed = "1300: Republic of Venice and Johor suffered losses of \"400\"";
    assert!(draft.contains(claimed), "{draft}");
}

#[test]
fn a_mark_behind_a_commander_is_read_and_its_doubt_kept() {
    let draft = boxed(
        "| commander2 = Ibrahim Gardi (POW) Executed<br>NestoritsaPOW?<br>Ezzo?<br>Kurtka? †",
    );
    for claimed in ["Ibrahim Gardi is captured.", "Ibrahim Gardi is executed."] {
        assert!(draft.contains(claimed), "{claimed}\n{draft}");
    }
    for person in ["Nestoritsa", "Ezzo", "Kurtka"] {
        let command = format!("{person} is commander of Republic of Venice or Johor ?");
        assert!(draft.contains(&command), "{command}\n{draft}");
    }
    for doubted in ["Nestoritsa is captured ?", "Kurtka is killed ?"] {
        assert!(draft.contains(doubted), "{doubted}\n{draft}");
    }
    let draft = boxed("| commander1 = Ugo, POW, Aldo");
    assert!(draft.contains("Ugo is captured."), "{draft}");
    assert!(!draft.contains("POW is commander"), "{draft}");
    assert!(draft.contains("Aldo is commander"), "{draft}");
}

#[test]
fn a_mark_with_a_date_has_that_date() {
    let draft = boxed("| commander1 = Ugo {{KIA|30 August 1301}}<br>Aldo {{KIA}}");
    assert!(
        draft.contains("\n30 August 1301: Ugo is killed."),
        "{draft}"
    );
    assert!(draft.contains("\nduring #main: Aldo is killed."), "{draft}");
}

#[test]
fn a_label_gives_the_power_whose_name_it_shortens() {
    let draft = boxed("| commander2 = Johor: Ugo<br>Republic of: Aldo<br>Rohilla: Ezzo");
    assert!(draft.contains("Ugo is commander of Johor."), "{draft}");
    assert!(
        draft.contains("which of them “Rohilla” is, is not known"),
        "{draft}"
    );
}

#[test]
fn a_semicolon_in_brackets_ends_no_name() {
    let text = "{{Infobox royalty\n| name = Ugo II\n| title = King of Morva\n| reign = 1530 – 1570\n\
                | spouse = Anna {{small|(m. 1534; d. 1568)}}\n}}\n'''Ugo II''' was king of Morva.\n";
    let draft = import_article("x.wiki", text).expect("an article").text;
    assert!(draft.contains("person Anna"), "{draft}");
    assert!(
        draft.contains("1534: ") && draft.contains(" marries "),
        "{draft}"
    );
}

#[test]
fn a_date_counted_from_an_event_is_the_same_for_all_its_verbs() {
    let text =
        "Arnulf captured Mantua in 894. Two years later he attacked Verona but did not take it.";
    let found = all(text);
    assert!(
        found.contains("2 years after #takes-mantua: Arnulf attacked Verona"),
        "{found}"
    );
    assert!(!found.contains("after #attacks"), "{found}");
}

#[test]
fn a_date_is_counted_from_no_event_before_one_that_is_not_read() {
    let text = "Arnulf captured Mantua in 894. Berengar yodelled at the court on 3 May 895. Two days later Arnulf besieged Verona.";
    let found = all(text);
    assert!(!found.contains("after #takes"), "{found}");
    assert!(found.contains("undated: Arnulf besieged Verona"), "{found}");
    let text = "Arnulf captured Mantua in 894. Two days later Arnulf besieged Verona.";
    assert!(
        all(text).contains("2 days after #takes-mantua: Arnulf besieged"),
        "{}",
        all(text)
    );
}

#[test]
fn he_is_nobody_after_a_sentence_of_two_who_may_be_meant() {
    for text in [
        "It is not clear whether Arnulf or Berengar captured Verona. He besieged Mantua. He attacked Parma.",
        "Arnulf attacked Verona, and Berengar surrendered to Guido. He besieged Mantua. He attacked Parma.",
        "Arnulf fled before Berengar captured Verona. He besieged Mantua. He attacked Parma.",
    ] {
        let found = all(text);
        assert!(!found.contains("besieged Mantua"), "{text}\n{found}");
        assert!(!found.contains("attacked Parma"), "{text}\n{found}");
        assert!(
            draft_of(text).contains("“He besieged Mantua.”"),
            "{text} is lost"
        );
    }
    let found = all("Arnulf attacked Verona and captured Berengar. He besieged Mantua.");
    assert!(found.contains("Arnulf besieged Mantua"), "{found}");
}

#[test]
fn what_is_asked_of_one_clause_doubts_no_other() {
    let text = "Arnulf died at Verona in 899, and it is unclear whether he was poisoned.";
    let found = all(text);
    assert!(found.contains("899: Arnulf died at Verona."), "{found}");
    assert!(!found.contains('?'), "{found}");
    let text = "Arnulf died at Verona in 899, which is disputed.";
    assert!(all(text).contains("died at Verona ?"), "{}", all(text));
}

#[test]
fn a_title_is_no_people() {
    let draft = draft_of(
        "The Marquis of Caxias took Verona in 898. The Earl of Essex captured Parma in 896. \
         The Marquess of Spinola besieged Breda in 897.",
    );
    assert!(!draft.contains("people "), "{draft}");
}

#[test]
fn a_second_cousin_is_no_cousin() {
    let text = "Berengar was a second cousin of Arnulf.";
    never(text, "cousin");
    let text = "Berengar was a cousin of Arnulf.";
    assert!(all(text).contains("cousin of Arnulf"), "{}", all(text));
}
