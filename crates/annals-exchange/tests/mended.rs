//! What a fresh reader found claimed though no article said it: how many, once more, what could have
//! been, whose a figure is.

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
