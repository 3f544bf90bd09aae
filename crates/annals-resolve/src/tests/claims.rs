//! Sentences, lists, labels, choices.

use super::*;
use annals_chronicle::{EventKind, Filler, Mode, Sentence};

#[test]
fn sentences_are_read_with_roles_circumstances_and_modes() {
    let case = case(
        "632: Karasahr submits to Tang.\n640: not: Karasahr is subject to Tang.\n\
         644: expected: Guo Xiaoke takes Karasahr at Kucha ?\n\
         644: Guo Xiaoke is appointed \"Protector\".\n644: Tang lost 3,000 men.\n\
         751: Guo Xiaoke takes Kucha or Talas.\n",
    );
    assert_eq!(case.codes(), Vec::<String>::new());
    assert_eq!(
        case.described(),
        [
            "submits(vassal: Karasahr [polity], suzerain: Tang [polity])",
            "is subject to(vassal: Karasahr [polity], suzerain: Tang [polity])",
            "takes(taker: Guo Xiaoke [person], target: Karasahr [polity], at: Kucha [place])",
            "is(who: Guo Xiaoke [person], title: \"Protector\")",
            "loses(polity: Tang [polity], n: 3,000)",
            "takes(taker: Guo Xiaoke [person], target: Kucha [place] or Talas [place])",
        ]
    );
    let claims = &case.chronicle().claims;
    assert_eq!(claims[1].mode, Mode::Denied);
    assert_eq!(claims[2].mode, Mode::Expected);
    assert!(claims[2].doubted);
    assert_eq!(case.chronicle().events[1].kind, EventKind::Mention);
    let Sentence::Happens { roles, .. } = &claims[4].sentence else {
        panic!()
    };
    assert!(matches!(&roles[1], Filler::Number(f) if f.low == Some(3000)));
}

#[test]
fn a_list_makes_one_claim_each_and_together_one() {
    let case = case(
        "632: Kashgar and Khotan submit to Tang.\n\
         751: Tang and Karasahr together fought Western Turks. #f\n\
         632: Kashgar, Karasahr and Khotan submit to Tang. #s\n",
    );
    assert_eq!(case.codes(), ["list-with-label 3"]);
    assert_eq!(case.report("list-with-label").remedies.len(), 2);
    let chronicle = case.chronicle();
    assert_eq!(chronicle.claims.len(), 6);
    assert_eq!(chronicle.claims[0].span, chronicle.claims[1].span);
    assert_ne!(chronicle.claims[0].event, chronicle.claims[1].event);
    assert_eq!(
        case.described()[2],
        "fight(sides: Tang [polity] and Karasahr [polity], foe: Western Turks [polity])"
    );
    assert!(chronicle.event_of_label("f").is_some());
}

#[test]
fn lists_that_would_make_too_many_claims_are_refused() {
    let names: Vec<String> = (0..120).map(|i| format!("P{i}")).collect();
    let declared: String = names.iter().map(|n| format!("polity {n}\n")).collect();
    let list = names.join(", ");
    let case = case(&format!("{declared}644: {list} submit to {list}.\n"));
    assert_eq!(case.codes(), ["list-too-long 121"]);
    assert!(case.chronicle().claims.is_empty());
}

#[test]
fn claims_of_one_label_are_accounts_of_one_event() {
    let case = case(
        "644-09-28: Guo Xiaoke storms Karasahr. #fall\n644: Guo Xiaoke takes Karasahr. #fall\n\
         644: Karasahr submits to Tang. #fall\n644: Guo Xiaoke takes Kucha. #k\n\
         645: Tang takes Talas. #k\n",
    );
    assert_eq!(case.codes(), ["label-reused 3", "label-reused 5"]);
    let chronicle = case.chronicle();
    let fall = &chronicle.events[case.event("fall").index()];
    assert_eq!(fall.claims.len(), 2);
    // What cannot be meant by the label still happened, as an event of its own.
    assert_eq!(chronicle.claims.len(), 5);
    assert_eq!(chronicle.events.len(), 4);
    let report = case.report("label-reused");
    assert_eq!((report.labels.len(), report.remedies.len()), (2, 2));
}

#[test]
fn sentences_that_fail_leave_their_neighbours() {
    let case = case(
        "632: Karasahr submits to Tang.\n632: Karasahr grumbles at Tang. #g\n\
         after #g: Karasahr renounces Tang.\nthen: Karasahr submits to Tang.\n",
    );
    assert_eq!(case.codes(), ["unknown-sentence 2"]);
    assert_eq!(case.described().len(), 3);
    // The label is known to be lost, so nothing is reported twice.
    assert!(case.conditions(1).is_empty());
    assert!(
        case.codes_from(Severity::Lint)
            .contains(&"unknown-label 3".to_string())
    );
}

#[test]
fn an_undeclared_name_is_declared_at_the_end_of_its_own_file_once() {
    let text = "632: Karasahr submits to Tibet.\n633: Kashgar submits to Tibet.";
    let case = several(
        &[("case.annals", text), ("other.annals", "")],
        Notation::Chronicle,
    );
    let edits: Vec<_> = case
        .reports
        .iter()
        .filter(|r| r.code == "undeclared-name")
        .flat_map(|r| &r.remedies)
        .flat_map(|r| &r.edits)
        .filter(|e| e.span.is_empty())
        .collect();
    assert_eq!(edits.len(), 1, "{:#?}", case.reports);
    assert_eq!(edits[0].replacement, "\npolity Tibet\n");
    assert_eq!(edits[0].span.start as usize, text.len());
}

#[test]
fn in_a_note_the_declaration_goes_into_the_fence() {
    let text = "Prose.\n\n```annals\n632: Karasahr submits to Tibet.\n```\n\nMore prose.\n";
    let case = several(&[("note.md", text)], Notation::Markdown);
    let report = case.report("undeclared-name");
    let edit = report
        .remedies
        .iter()
        .flat_map(|r| &r.edits)
        .find(|e| e.span.is_empty())
        .unwrap();
    let mut mended = text.to_string();
    mended.insert_str(edit.span.start as usize, &edit.replacement);
    assert!(mended.contains("Tibet.\npolity Tibet\n```"), "{mended}");
}

#[test]
fn quoted_sentences_keep_their_circumstances() {
    let case = case("751: \"A comet is seen\" at Talas. #comet\n");
    assert_eq!(case.codes(), Vec::<String>::new());
    assert_eq!(case.described(), ["\"A comet is seen\""]);
    let detail = &case.chronicle().claims[0].details[0];
    assert_eq!(detail.key, "at");
}

#[test]
fn choices_name_events() {
    let case = case(
        "640: Karasahr submits to Tang. #a\n641: Karasahr submits to Tang. #b\n\
         one of #a, #b.\none of #a, #c.\none of #a, #a.\n",
    );
    assert_eq!(case.codes(), ["unknown-label 4", "bad-choice 5"]);
    let chronicle = case.chronicle();
    assert_eq!(chronicle.choices.len(), 1);
    assert_eq!(
        chronicle.choices[0].events,
        [case.event("a"), case.event("b")]
    );
    assert!(!chronicle.choices[0].attestations.is_empty());
}

#[test]
fn two_sources_telling_alike_are_noticed() {
    let case = case(
        "source a\nsource b\n644: Guo Xiaoke takes Karasahr. [@a]\n\
         644-09: Guo Xiaoke takes Karasahr. [@b]\n645: Guo Xiaoke takes Karasahr. [@b]\n",
    );
    let all = case.codes_from(Severity::Lint);
    let twins: Vec<_> = all
        .iter()
        .filter(|c| c.starts_with("same-event?"))
        .collect();
    assert_eq!(twins, ["same-event? 4"]);
}
