//! States at instants, through periods, with holes, disputed.

use super::build::build;

#[test]
fn a_state_persists_and_silence_is_said() {
    let built = build("632-03-01: Karasahr submits to Tang. #s [@ws, 225]\nsource ws\n");
    assert_eq!(
        built.verdict("632-02-28: Karasahr is subject to Tang"),
        "unknown"
    );
    assert_eq!(
        built.verdict("640-06-01: Karasahr is subject to Tibet"),
        "impossible"
    );
    let answer = built.ask("640-06-01: Karasahr is subject to Tang?");
    let text = answer.to_text();
    for part in [
        "certain: Karasahr is subject to Tang",
        "persists since 632-03-01",
        "no claim records a change since 632-03-01",
        "“632-03-01: Karasahr submits to Tang” (main.annals:1, #s) [@ws, 225]",
        "on 640-06-01, as that day closes",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_period_is_certain_only_if_every_day_of_it_is() {
    let built = build("640-07-01: Tang installs Lipozhun as ruler of Karasahr.\n");
    assert_eq!(
        built.verdict("641: Lipozhun is ruler of Karasahr"),
        "certain"
    );
    assert_eq!(
        built.verdict("640: Lipozhun is ruler of Karasahr"),
        "possible"
    );
    let text = built.ask("640: ? is ruler of Karasahr").to_text();
    assert!(text.contains("640-07-01 to 640-12-31: certain"), "{text}");
}

#[test]
fn a_hole_lists_who_is_certain_then_who_is_possible() {
    let built =
        build("632: Karasahr submits to Tang.\n646: Karasahr is subject to Western Turks.\n");
    let answer = built.ask("640-06-01: Karasahr is subject to ?");
    assert!(answer.certain().is_empty());
    assert_eq!(answer.possible(), ["Tang", "Western Turks"]);
    assert!(
        answer
            .to_text()
            .contains("an unrecorded change lies between 632 and 646")
    );
    let answer = built.ask("647-06-01: Karasahr is subject to ?");
    assert_eq!(answer.certain(), ["Western Turks"]);
    let answer = built.ask("640-06-01: ? is ruler of Karasahr");
    assert!(answer.to_text().contains("nobody is recorded"));
}

#[test]
fn just_before_and_relative_days_follow_the_timelines() {
    let built = build(
        "644: Guo Xiaoke installs Lipozhun as ruler of Karasahr. #in\n\
         then: Guo Xiaoke departs from Gaochang. #departure\n\
         3 days after #departure: Western Turks capture Lipozhun. #taken\n",
    );
    let before = built.ask("at #taken: ? is ruler of Karasahr");
    assert_eq!(before.certain(), ["Lipozhun"], "{}", before.to_text());
    let next = built.ask("1 day after #departure: ? is ruler of Karasahr");
    assert_eq!(next.certain(), ["Lipozhun"], "{}", next.to_text());
    let later = built.ask("5 days after #departure: Lipozhun is ruler of Karasahr");
    assert_eq!(later.verdict().map(|v| v.word()), Some("impossible"));
}

#[test]
fn the_least_length_of_a_reign_follows_from_the_claims() {
    let built = build(
        "644: Guo Xiaoke installs Lipozhun as ruler of Karasahr. #in\n\
         then: Guo Xiaoke departs from Gaochang. #departure\n\
         3 days after #departure: Western Turks capture Lipozhun. #taken\n",
    );
    let text = built
        .ask("how long: Lipozhun is ruler of Karasahr")
        .to_text();
    assert!(text.contains("at least 3 days"), "{text}");
    assert!(text.contains("the next change may be"), "{text}");
    assert!(text.contains("#taken"), "{text}");
    assert!(!text.contains("least length may"), "{text}");
}

#[test]
fn a_dispute_names_who_says_what() {
    let built = build(
        "source a\nsource b\nsource c\n600: Tuqizhi is born. [@c]\n\
         644: Tuqizhi dies. #d [@a]\n646: Tuqizhi dies. #d [@b]\n646: Tuqizhi dies. #d [@c]\n",
    );
    let answer = built.ask("645-06-01: Tuqizhi is alive");
    let text = answer.to_text();
    assert!(answer.is_disputed(), "{text}");
    assert!(text.contains("according to @a: impossible"), "{text}");
    assert!(text.contains("according to @b, @c: certain"), "{text}");
}

#[test]
fn a_dispute_names_nobody_for_two_sides() {
    let built = build(
        "source a\nsource b\n600: Tuqizhi is born. [@b]\n\
         644: Tuqizhi dies. #d [@a]\n646: Tuqizhi dies. #d [@a]\n",
    );
    let text = built.ask("645-06-01: Tuqizhi is alive").to_text();
    assert!(text.contains("on another reading: impossible"), "{text}");
    assert!(text.contains("on another reading: certain"), "{text}");
}

#[test]
fn assumptions_are_named() {
    let built = build(
        "632: Karasahr submits to Tang.\nbefore #c: Karasahr renounces Tang. #r\n\
         644: Tang campaigns against Karasahr. #c\n",
    );
    for day in ["640-06-01", "646-01-01"] {
        let text = built
            .ask(&format!("{day}: Karasahr is subject to Tang"))
            .to_text();
        assert!(text.contains("assumes that"), "{text}");
    }
}

#[test]
fn what_is_not_known_shows_the_claims_that_say_so() {
    let built = build(
        "640: Karasahr submits to Tang.\n648: unknown whether Karasahr is subject to Tang.\n",
    );
    let text = built
        .ask("648-12-31: Karasahr is subject to Tang")
        .to_text();
    assert!(text.contains("unknown whether"), "{text}");
}

#[test]
fn symmetric_states_are_asked_in_either_order() {
    let built = build("always: Lipozhun is a brother of Tuqizhi ?\n");
    let answer = built.ask("644-01-01: ? is a brother of Lipozhun");
    assert_eq!(answer.possible(), ["Tuqizhi"], "{}", answer.to_text());
    let text = answer.to_text();
    assert!(text.contains("doubted"), "{text}");
}

#[test]
fn an_unnamed_ruler_is_said_to_be_unnamed() {
    let built = build(
        "person tudun\n  unnamed\n640: Tang installs Lipozhun as ruler of Karasahr.\n\
         after 645: Tang installs tudun as ruler of Karasahr.\n",
    );
    let answer = built.ask("642: ? is ruler of Karasahr");
    assert_eq!(answer.certain(), ["Lipozhun"]);
    let text = answer.to_text();
    assert!(
        answer.possible().is_empty() || text.contains("tudun has no name here"),
        "{text}"
    );
}
