//! Histories, profiles, timelines, explanations, and questions that cannot be read.

use super::build::build;

const REIGN: &str = "640-07-01: Tang installs Lipozhun as ruler of Karasahr. #in\n\
    642-01-01: Western Turks capture Lipozhun. #out\n";

#[test]
fn a_sentence_alone_asks_for_its_history() {
    let text = build(REIGN).ask("Lipozhun is ruler of Karasahr").to_text();
    assert!(text.contains("certain: 640-07-01 to 641-12-31"), "{text}");
    let text = build(REIGN).ask("when: ? is ruler of Karasahr").to_text();
    assert!(text.contains("Lipozhun is ruler of Karasahr"), "{text}");
}

#[test]
fn a_profile_tells_what_holds_then() {
    let built = build(REIGN);
    let answer = built
        .with(&["Lipozhun", "641-01-01"], |asker, asked| {
            asker.show(asked[0], Some(asked[1]))
        })
        .unwrap();
    let text = answer.to_text();
    assert!(text.contains("Lipozhun, person (names.annals:7)"), "{text}");
    assert!(
        text.contains("certain: Lipozhun is ruler of Karasahr"),
        "{text}"
    );
    let whole = built
        .with(&["Gaochang"], |asker, asked| asker.show(asked[0], None))
        .unwrap();
    assert!(whole.to_text().contains("at: 42.85 N, 89.53 E"));
}

#[test]
fn a_timeline_is_drawn_with_certain_and_possible_columns() {
    let built = build(REIGN);
    let answer = built.with(&[], |asker, _| asker.timeline(None)).unwrap();
    let text = answer.to_text_within(80);
    assert!(text.contains('█'), "{text}");
    assert!(
        text.lines()
            .all(|l| crate::picture::cells(l) <= 80 || !l.contains('█'))
    );
    assert_eq!(
        text,
        built
            .with(&[], |a, _| a.timeline(None))
            .unwrap()
            .to_text_within(80)
    );
}

#[test]
fn why_goes_step_by_step() {
    let built = build(REIGN);
    let answer = built
        .with(&["Lipozhun is ruler of Karasahr", "641-01-01"], |a, t| {
            a.why_at(t[0], t[1])
        })
        .unwrap();
    let text = answer.to_text();
    assert!(text.contains("step by step"), "{text}");
    assert!(
        text.contains("such an event begins “Lipozhun is ruler of Karasahr”"),
        "{text}"
    );
    assert!(text.contains("so it is certain"), "{text}");
    let claims = answer.support_claims();
    assert!(!claims.is_empty(), "{text}");
}

#[test]
fn questions_that_cannot_be_read_point_into_themselves() {
    let built = build(REIGN);
    for (question, code) in [
        (
            "641-01-01: not: Lipozhun is ruler of Karasahr",
            "mode-in-question",
        ),
        ("when: #nowhere", "unknown-label"),
        ("641-01-01:", "empty-sentence"),
        ("order: #in", "order-of-two"),
        ("how long: Tang attacks Karasahr", "not-a-state"),
        ("relation: #in, #nowhere", "unknown-label"),
        ("pairs: ? attacks ?", "not-pairs"),
        ("pairs: ? attacks ?; near; ? attacks ?", "unknown-relation"),
        ("why not: when: #in", "only-a-sentence"),
        ("who could: 641: Tang attacks Karasahr", "not-one-hole"),
    ] {
        let reports = built.refused(question);
        assert_eq!(reports[0].code, code, "{question}: {reports:#?}");
        assert!(reports[0].place().is_some());
    }
    for question in [
        "641-02-30: Lipozhun is ruler of Karasahr",
        "641: Lipozhun is rular of Karasahr",
    ] {
        assert!(!built.refused(question).is_empty(), "{question}");
    }
}

#[test]
fn without_a_last_day_a_change_may_come_on_any_later_day() {
    let built = build(
        "640-07-01: Tang installs Lipozhun as ruler of Karasahr. #in\n\
         after #in: Guo Xiaoke departs from Gaochang. #out\n\
         3 days after #out: Western Turks capture Lipozhun. #taken\n",
    );
    let text = built.ask("when: Lipozhun is ruler of Karasahr").to_text();
    assert!(text.contains("certain: 640-07-01 to 640-07-03"), "{text}");
    assert!(text.contains("possible: from 640-07-04"), "{text}");
    let text = built
        .ask("how long: Lipozhun is ruler of Karasahr")
        .to_text();
    assert!(text.contains("at least 3 days"), "{text}");
}
