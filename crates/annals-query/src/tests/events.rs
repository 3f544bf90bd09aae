//! Events: bounds by label, questions with an event for a sentence, order.

use super::build::build;

#[test]
fn bounds_come_with_the_chain_that_forces_them() {
    let built = build(
        "632: Karasahr submits to Tang.\nbefore #c: Karasahr renounces Tang. #r\n\
         644: Tang campaigns against Karasahr. #c\n",
    );
    let text = built.ask("when: #r").to_text();
    assert!(text.contains("when: 632-01-01 to 644-12-31"), "{text}");
    assert!(text.contains("not later, because"), "{text}");
    let text = built.ask("when: end of #c").to_text();
    assert!(text.contains("starts: 644-01-01 to 644-12-31"), "{text}");
    assert!(text.contains("ends: 644-01-01 to 644-12-31"), "{text}");
}

#[test]
fn an_event_lies_certainly_or_possibly_in_a_date() {
    let built = build("647 or 648: Tang attacks Karasahr. #t\n");
    assert_eq!(built.verdict("647: Tang attacks Karasahr"), "possible");
    assert_eq!(built.verdict("640s: Tang attacks Karasahr"), "certain");
    assert_eq!(built.verdict("650: Tang attacks Karasahr"), "unknown");
    assert_eq!(built.ask("640s: ? attacks Karasahr").certain(), ["Tang"]);
    let text = built.ask("when: Tang attacks Karasahr").to_text();
    assert!(text.contains("(#t): happened"), "{text}");
}

#[test]
fn denials_and_plans_are_said_as_such() {
    let built = build("648: not: Tang attacks Karasahr.\n650: planned: Tang attacks Tibet.\n");
    assert_eq!(built.verdict("648-06: Tang attacks Karasahr"), "impossible");
    assert_eq!(built.verdict("649: Tang attacks Karasahr"), "unknown");
    let text = built.ask("650: Tang attacks Tibet").to_text();
    assert!(text.contains("no claim says that it happened"), "{text}");
    assert!(text.contains("(planned)"), "{text}");
}

#[test]
fn an_open_slot_fits_only_perhaps() {
    let built = build("644: Lipozhun is captured.\n");
    assert_eq!(built.verdict("644: Tang captures Lipozhun"), "possible");
    assert_eq!(built.verdict("644: Lipozhun is captured"), "certain");
}

#[test]
fn order_is_certain_where_the_line_says_so() {
    let built = build(
        "644: Guo Xiaoke departs from Gaochang. #a\nthen: Western Turks capture Lipozhun. #b\n\
         644: Tang attacks Karasahr. #c\n",
    );
    let text = built.ask("order: #a, #b").to_text();
    assert!(text.contains("certainly before"), "{text}");
    assert!(text.contains("because"), "{text}");
    assert!(
        built
            .ask("order: #b, #a")
            .to_text()
            .contains("certainly after")
    );
    assert!(
        built
            .ask("order: #a, #c")
            .to_text()
            .contains("either is possible")
    );
}

#[test]
fn an_event_shows_its_own_details_only() {
    let built = build(
        "644: Tang campaigns against Karasahr. #one\n  force of Tang: 3000 infantry\n\
         648: Tang campaigns against Karasahr. #two\n  force of Tang: 100,000 cavalry\n",
    );
    let text = built.ask("when: #one").to_text();
    assert!(text.contains("3000 infantry"), "{text}");
    assert!(!text.contains("100,000"), "{text}");
}
