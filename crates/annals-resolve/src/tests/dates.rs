//! Whens.

use super::*;
use crate::read_when;
use annals_chronicle::{Bound, Origin};

const PREFIX: &str = "644: Tang campaigns against Karasahr. #x\n";

/// The point of a when before an event, after `#x` was told.
fn when(text: &str) -> (Case, Point) {
    let case = case(&format!("{PREFIX}{text}: Guo Xiaoke takes Kucha.\n"));
    assert_eq!(case.codes(), Vec::<String>::new(), "{text}");
    let point = case.point(1).clone();
    (case, point)
}

fn on(text: &str) -> String {
    let (case, point) = when(text);
    match point {
        Point::On(days) => case.days(&days),
        other => panic!("{text}: {other:?}"),
    }
}

fn offset(text: &str) -> (Option<i32>, Option<i32>) {
    match when(text).1 {
        Point::Offset { least, most, .. } => (least, most),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn absolute_dates_keep_their_gaps() {
    assert_eq!(on("648 or 658"), "648 or 658");
    assert_eq!(on("August 22, 644"), "644-08-22");
    assert_eq!(on("before 636"), "no later than 635");
    assert_eq!(on("in the 790s"), "between 790 and 799");
    assert_eq!(on("3 days after 644-09-17"), "644-09-20");
    assert_eq!(
        on("within 10 days of 644-09-17"),
        "between 644-09-07 and 644-09-27"
    );
    assert_eq!(
        on("at least 2 months before 644"),
        "no later than 644-11-02"
    );
}

#[test]
fn commas_join_conditions_and_or_joins_days() {
    let case = case(&format!(
        "{PREFIX}640-01-03 or 640-02-20, at least 2 days after #x, within 45 days after #x: Tang takes Kucha.\n\
         658 or 3 days after #x or 660: Tang takes Kucha.\n\
         reported August 22, 644 ?, before #x: Tang takes Kucha.\n"
    ));
    assert_eq!(case.codes(), Vec::<String>::new());
    let three = case.conditions(1);
    assert_eq!(three.len(), 3);
    assert_eq!(&*three[0].written, "640-01-03 or 640-02-20");
    assert!(matches!(&three[0].alternatives[..], [Point::On(days)] if days.ranges().len() == 2));
    assert!(matches!(
        three[1].alternatives[0],
        Point::Offset {
            least: Some(2),
            most: None,
            ..
        }
    ));
    assert!(matches!(
        three[2].alternatives[0],
        Point::Offset {
            least: Some(1),
            most: Some(45),
            ..
        }
    ));
    let either = &case.conditions(2)[0].alternatives;
    assert!(
        matches!(&either[..], [Point::On(days), Point::Offset { .. }] if days.ranges().len() == 2)
    );
    let reported = case.conditions(3);
    assert!(reported[0].reported && reported[0].doubted && !reported[1].reported);
    assert_eq!(case.slice(reported[0].span), "reported August 22, 644 ?");
}

#[test]
fn relative_dates() {
    assert_eq!(offset("3 days after #x"), (Some(3), Some(3)));
    assert_eq!(offset("10 days before #x"), (Some(-10), Some(-10)));
    assert_eq!(offset("within 10 days of #x"), (Some(-10), Some(10)));
    assert_eq!(offset("at least 2 months before #x"), (None, Some(-59)));
    assert_eq!(offset("at most 3 days after #x"), (Some(0), Some(3)));
    assert_eq!(
        offset("more than 3 days after the end of #x"),
        (Some(4), None)
    );
    assert_eq!(offset("the next day"), (Some(1), Some(1)));
    assert_eq!(offset("two days later"), (Some(2), Some(2)));
    assert!(matches!(when("during #x").1, Point::During(_)));
    assert!(matches!(when("at #x").1, Point::At(a) if a.bound == Bound::Whole));
    assert!(matches!(when("start of #x").1, Point::At(a) if a.bound == Bound::Start));
    assert!(matches!(when("at the end of #x").1, Point::At(a) if a.bound == Bound::End));
    assert!(matches!(when("after #x").1, Point::After(_)));
    assert!(matches!(when("shortly before #x").1, Point::Before(_)));
    assert!(matches!(when("then").1, Point::After(_)));
    let (case, point) = when("the following year");
    assert!(matches!(point, Point::Cell { offset: 1, .. }));
    assert_eq!(case.chronicle().grids[0].unit, "year");
    assert!(matches!(
        when("that month").1,
        Point::Cell { offset: 0, .. }
    ));
    assert!(matches!(
        when("the year after #x").1,
        Point::Cell { offset: 1, .. }
    ));
    assert!(matches!(when("the same day").1, Point::At(_)));
}

#[test]
fn assumed_widths_are_soft() {
    let case = case(&format!(
        "{PREFIX}c. 630: Tang takes Kucha.\nsome days after #x: Tang takes Kucha.\n\
         about 3 days after #x: Tang takes Kucha.\n"
    ));
    assert_eq!(case.codes(), Vec::<String>::new());
    let circa = &case.conditions(1)[0];
    assert_eq!(circa.alternatives, [Point::Undated]);
    let soft = circa.soft.as_ref().unwrap();
    assert!(matches!(&soft.point, Point::On(days) if case.days(days) == "between 625 and 635"));
    let some = &case.conditions(2)[0];
    assert!(matches!(some.alternatives[0], Point::After(_)));
    assert!(matches!(
        some.soft.as_ref().unwrap().point,
        Point::Offset {
            least: Some(2),
            most: Some(9),
            ..
        }
    ));
    assert!(matches!(
        case.conditions(3)[0].soft.as_ref().unwrap().point,
        Point::Offset {
            least: Some(2),
            most: Some(4),
            ..
        }
    ));
}

#[test]
fn ranges_suit_states_and_must_be_made_plain_for_events() {
    let case = case(
        "648 to 658: Karasahr is subject to Tang.\n648 to 658: Tang takes Kucha.\n\
         from 648 to 658: Tang takes Kucha. #t\n648 to 658: not: Tang takes Kucha.\n\
         throughout 646: Karasahr is subject to Tang.\n",
    );
    assert_eq!(case.codes(), ["bare-range 2"]);
    let report = case.report("bare-range");
    let edits: Vec<_> = report
        .remedies
        .iter()
        .map(|r| r.edits[0].replacement.as_str())
        .collect();
    assert_eq!(edits, ["from ", "between 648 and 658"]);
    assert!(matches!(
        case.point(0),
        Point::Span {
            from: Some(_),
            to: Some(_)
        }
    ));
    // Whichever remedy is taken, it happened within the range.
    assert!(matches!(case.point(1), Point::On(_)));
    assert!(matches!(case.point(3), Point::Span { .. }));
    assert!(matches!(case.point(4), Point::Throughout(_)));
    let lasting: Vec<bool> = case.chronicle().events.iter().map(|e| e.lasting).collect();
    assert_eq!(lasting, [true, false, true, false, true]);
}

#[test]
fn lists_of_dates_are_refused_and_joined_conditions_are_not() {
    let case = case(
        "644, 648: Tang takes Kucha.\n644 and 648: Tang takes Kucha.\n\
         644, autumn 644: Tang takes Kucha.\nafter 640, before 650: Tang takes Kucha.\n",
    );
    assert_eq!(case.codes(), ["date-list 1", "date-list 2"]);
    let list = case.report("date-list");
    assert_eq!(list.remedies[0].edits[0].replacement, "644 or 648");
    assert_eq!(list.remedies.len(), 2);
    assert_eq!(case.conditions(2).len(), 2);
    assert_eq!(case.conditions(3).len(), 2);
}

#[test]
fn what_can_be_read_of_an_impossible_day_binds() {
    let case = case(
        "30 February 644: Tang takes Kucha.\nsic \"30 February 644\": Tang takes Kucha.\n\
         February 30, 644, before 650: Tang takes Kucha.\nnonsense: Tang takes Kucha.\n\
         30 February 644: not: Tang takes Kucha. #d\n",
    );
    assert_eq!(
        case.codes(),
        [
            "impossible-day 1",
            "sic-date 2",
            "impossible-day 3",
            "bad-date 4",
            "impossible-day 5",
        ]
    );
    for (claim, at) in [(0, 0), (2, 0)] {
        let month = &case.conditions(claim)[at].alternatives[0];
        assert!(matches!(month, Point::On(days) if case.days(days) == "644-02"));
    }
    let sic = &case.conditions(1)[0];
    assert_eq!(sic.sic.as_deref(), Some("30 February 644"));
    assert!(matches!(&sic.alternatives[0], Point::On(days) if case.days(days) == "644-02"));
    assert_eq!(case.conditions(2).len(), 2);
    let left_out: Vec<bool> = case.chronicle().claims.iter().map(|c| c.draft).collect();
    // What has no date at all would float; a denial of the month would deny too much.
    assert_eq!(left_out, [false, false, false, true, true]);
}

#[test]
fn always_needs_a_timeless_relation() {
    let case = case(
        "always: Long Lipozhun is a brother of Long Tuqizhi ?\nalways: Karasahr is subject to Tang.\n\
         always: not: Tang takes Kucha.\n644: Long Lipozhun is a brother of Long Tuqizhi.\n",
    );
    let codes = [2, 3, 4].map(|line| format!("always-needs-timeless {line}"));
    assert_eq!(case.codes(), codes);
    assert_eq!(case.point(0), &Point::Always);
    assert!(case.conditions(1).is_empty());
}

#[test]
fn then_follows_events_of_its_own_section_only() {
    let case = case(
        "then: Tang takes Kucha.\n644: Karasahr is subject to Tang.\nthen: Tang takes Kucha.\n\
         644: Tang takes Karasahr. #a\n645: Karasahr is subject to Tang.\n\
         646: not: Tang takes Kucha.\n646: planned: Tang takes Kucha.\nthen: Tang takes Talas. #b\n\
         section \"other\"\nthen: Tang takes Kucha.\n",
    );
    assert_eq!(
        case.codes(),
        ["then-without-event 1", "then-without-event 10"]
    );
    // The first line is an event all the same, and the third follows it.
    assert!(matches!(case.point(2), Point::After(a) if a.event.0 == 0));
    assert!(matches!(case.point(7), Point::After(a) if a.event == case.event("a")));
}

#[test]
fn then_after_a_list_follows_all_of_it() {
    let case = case("632: Kashgar and Khotan submit to Tang.\nthen: Karasahr submits to Tang.\n");
    assert_eq!(case.conditions(2).len(), 2);
}

#[test]
fn fences_of_a_note_are_apart_unless_a_section_joins_them() {
    let fence = |text: &str| format!("```annals\n{text}\n```\n\nprose\n\n");
    let text = [
        fence("644: Tang takes Kucha."),
        fence("then: Tang takes Talas."),
        fence("section \"s\"\n645: Tang takes Kucha."),
        fence("then: Tang takes Talas."),
    ]
    .concat();
    let case = several(&[("note.md", &text)], Notation::Markdown);
    assert_eq!(case.codes(), ["then-without-event 8"]);
    assert_eq!(case.conditions(3).len(), 1);
}

#[test]
fn sections_give_their_window_to_what_has_no_date() {
    let case = case(
        "642: Tang takes Talas. #out\n\
         section \"644 campaign\" within 644\nundated: Tang takes Kucha.\nthen: Tang takes Talas.\n\
         before #out: Karasahr renounces Tang.\n650: Tang takes Kucha.\n\
         always: Long Lipozhun is a brother of Long Tuqizhi.\n",
    );
    assert_eq!(case.codes(), Vec::<String>::new());
    let windows: Vec<usize> = (0..6)
        .map(|i| {
            let section = |c: &&Condition| matches!(c.origin, Origin::Section(_));
            case.conditions(i).iter().filter(section).count()
        })
        .collect();
    assert_eq!(windows, [0, 1, 1, 1, 0, 0]);
    let window = &case.conditions(1)[0];
    assert_eq!(&*window.written, "within 644");
    assert!(matches!(&window.alternatives[0], Point::On(days) if case.days(days) == "644"));
}

#[test]
fn unknown_labels_place_nothing() {
    let case = case(&format!("{PREFIX}after #y, 645: Tang takes Kucha.\n"));
    assert_eq!(case.codes(), ["unknown-label 2"]);
    assert_eq!(case.conditions(1).len(), 1);
}

#[test]
fn dates_that_float_are_noticed_where_they_come_loose() {
    let case = case(
        "600: Tang takes Kucha. #a\nafter #a: Tang takes Talas. #b\nthen: Tang takes Gaochang.\n\
         before #a: Karasahr renounces Tang.\nafter #a, before 610: Tang takes Karasahr. #k\n\
         after #k, before #z: Tang takes Kucha.\n3 days after #k: Tang takes Talas. #z\n",
    );
    let all = case.codes_from(Severity::Lint);
    let floating: Vec<_> = all.iter().filter(|c| c.starts_with("no-")).collect();
    assert_eq!(floating, ["no-latest-date 2", "no-earliest-date 4"]);
}

#[test]
fn days_beyond_reach_are_refused() {
    let case =
        case("Y170000002: Tang takes Kucha.\n99999999999 years after 644: Tang takes Kucha.\n");
    assert_eq!(case.codes(), ["bad-date 1", "bad-date 2"]);
}

#[test]
fn questions_read_whens_by_the_same_rules() {
    let case = case(&format!("{PREFIX}the following year: Tang takes Kucha.\n"));
    let span = case.chronicle().claims[0].span;
    let ask = |text: &str| read_when(text, span, &case.resolved);
    assert_eq!(ask("640-06-01").unwrap().conditions.len(), 1);
    assert!(matches!(
        ask("at #x").unwrap().conditions[0].alternatives[0],
        Point::At(_)
    ));
    assert!(matches!(
        ask("640 to 650").unwrap().conditions[0].alternatives[0],
        Point::Span { .. }
    ));
    assert!(matches!(
        ask("the year after #x").unwrap().conditions[0].alternatives[0],
        Point::Cell { .. }
    ));
    assert_eq!(ask("then").unwrap_err().code, "then-without-event");
    assert_eq!(ask("the month after #x").unwrap_err().code, "bad-date");
    assert_eq!(ask("at #y").unwrap_err().code, "unknown-label");
    assert_eq!(ask("").unwrap_err().code, "bad-date");
}

#[test]
fn no_text_makes_it_panic() {
    let pieces = [
        "644", "#x", "after", "of", "or", ",", "?", "3 days", "the", "year", "sic", "\"", "“a”",
        "焉", "between", "and", "within", "from", "to", "c.", "~", "reported", "18.8.22",
        "\u{3000}", "#",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                let case = case_of_when(&format!("{a} {b} {c}"));
                assert!(case.is_some());
            }
        }
    }
}

/// Reads a when alone, which is quicker than a whole chronicle.
fn case_of_when(text: &str) -> Option<()> {
    let mut files = Files::new();
    let id = files.add("t", text);
    let span = Span::new(id, 0, text.len() as u32);
    let labels = crate::when::LabelBook::default();
    let settings = annals_calendar::Settings::default();
    let mut grids = crate::when::Grids::default();
    let mut ground = crate::when::Ground {
        settings: &settings,
        labels: &labels,
        previous: crate::when::Previous::Nothing,
        takes_bare_range: true,
        grids: &mut grids,
        asked: crate::when::Asked::default(),
    };
    let mut reports = Vec::new();
    let read = crate::when::read(text, span, &mut ground, &mut reports);
    for report in &reports {
        let place = report.place()?;
        assert!(
            place.start >= span.start && place.end <= span.end,
            "{text}: {report:?}"
        );
        assert!(
            text.is_char_boundary(place.start as usize)
                && text.is_char_boundary(place.end as usize)
        );
    }
    assert!(!read.failed || !reports.is_empty(), "{text}");
    Some(())
}
