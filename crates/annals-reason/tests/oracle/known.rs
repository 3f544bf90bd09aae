//! The enumeration itself against answers worked out by hand (CASES.md, REASONING.md 7).

use annals_chronicle::{Anchor, Bound, Day, DayRange, DaySet, EventId, Mode, Point};

use crate::case::{Case, Line, Place, Says};
use crate::compare::{name, statuses};
use crate::words::{self, Rules};
use crate::world::{Assumed, Oracle};

const X: u32 = 0;
const Y: u32 = 1;
const K: u32 = 3;

fn days(ranges: &[(i32, i32)]) -> DaySet {
    let range = |r: &(i32, i32)| DayRange {
        first: Some(Day(r.0)),
        last: Some(Day(r.1)),
    };
    DaySet::from_ranges(ranges.iter().map(range)).expect("days")
}

fn on(first: i32, last: i32) -> Point {
    Point::On(days(&[(first, last)]))
}

fn line(says: Says, when: Vec<Point>) -> Line {
    Line {
        says,
        mode: Mode::Asserted,
        doubted: false,
        lasting: false,
        draft: false,
        by: Vec::new(),
        or_else: None,
        same_event_as: None,
        when: when.into_iter().map(Place::plain).collect(),
    }
}

fn event(event_type: usize, roles: &[u32], when: Vec<Point>) -> Line {
    line(Says::Event(event_type, roles.to_vec()), when)
}

fn rules(person: u32, when: Vec<Point>) -> Line {
    line(Says::State(words::RULES, vec![person, K]), when)
}

fn anchor(line: u32) -> Anchor {
    Anchor {
        event: EventId(line),
        bound: Bound::Whole,
    }
}

fn after(line: u32, least: i32, most: i32) -> Point {
    Point::Offset {
        anchor: anchor(line),
        least: Some(least),
        most: Some(most),
    }
}

fn case(max: i32, lines: Vec<Line>) -> Case {
    Case {
        rules: Rules::default(),
        covers: None,
        max,
        lines,
        choice: None,
        identity: None,
        trust: Vec::new(),
        unnamed: Vec::new(),
        travel: None,
    }
}

fn oracle(case: &Case) -> Oracle {
    Oracle::new(case.chronicle(), case.max)
}

/// The statuses a sentence such as `x rules K` can have on each day from -2 on.
fn shown(case: &Case, sentence: &str) -> String {
    let mut oracle = oracle(case);
    let seen = oracle.see(oracle.all(), Assumed::All);
    assert!(seen.consistent, "{}", case.describe());
    let fluents = oracle.fluents.list.iter();
    let number = fluents
        .clone()
        .position(|f| name(&oracle, f).trim() == sentence);
    let row = &seen.shown[number.expect("a fluent of the case")];
    let words: Vec<String> = row.iter().map(|s| statuses(*s)).collect();
    words.join(" ")
}

fn consistent(case: &Case) -> bool {
    let mut oracle = oracle(case);
    oracle.consistent(oracle.undoubted())
}

#[test]
fn a_state_persists_from_its_beginning() {
    let case = case(1, vec![event(words::INSTALL, &[X, K], vec![on(0, 0)])]);
    assert_eq!(shown(&case, "x rules K"), "U U T T T T");
    assert_eq!(shown(&case, "nobody rules K"), "U U F F F F");
}

#[test]
fn an_open_renunciation_follows_its_beginning() {
    let lines = vec![
        event(words::INSTALL, &[X, K], vec![on(1, 1)]),
        event(words::DEPOSE, &[X, K], vec![on(0, 3)]),
    ];
    assert_eq!(shown(&case(3, lines), "x rules K"), "U U U TF TF F F F");
}

#[test]
fn an_unrecorded_change_stays_in_its_gap() {
    let lines = vec![
        event(words::INSTALL, &[X, K], vec![on(0, 0)]),
        rules(X, vec![on(2, 2)]),
        rules(Y, vec![on(4, 4)]),
    ];
    assert_eq!(
        shown(&case(4, lines.clone()), "x rules K"),
        "U U T T TF TF F F F"
    );
    assert_eq!(shown(&case(4, lines), "y rules K"), "U U F F TF TF T T T");
}

#[test]
fn only_stated_order_decides_inside_a_day() {
    let mut lines = vec![
        event(words::INSTALL, &[X, K], vec![on(0, 0)]),
        event(words::CAPTURE, &[X], vec![on(0, 0)]),
    ];
    assert_eq!(shown(&case(0, lines.clone()), "x rules K"), "U U TF TF TF");
    lines[1].when.push(Place::plain(Point::After(anchor(0))));
    assert_eq!(shown(&case(0, lines), "x rules K"), "U U F F F");
}

#[test]
fn certain_without_a_certain_beginning() {
    let lines = vec![
        event(words::INSTALL, &[X, K], vec![on(2, 2)]),
        event(
            words::INSTALL,
            &[Y, K],
            vec![Point::On(days(&[(0, 0), (4, 4)]))],
        ),
        event(words::INSTALL, &[X, K], vec![after(1, 1, 1)]),
        event(
            words::INSTALL,
            &[Y, K],
            vec![Point::On(days(&[(1, 1), (8, 8)])), after(1, 1, 7)],
        ),
    ];
    let row = shown(&case(8, lines), "x rules K");
    assert_eq!(row.split(' ').nth(6 + 2), Some("T"), "{row}");
}

#[test]
fn a_denial_covers_its_whole_date_and_is_a_hole() {
    let mut denial = rules(X, vec![on(1, 3)]);
    denial.mode = Mode::Denied;
    assert!(!consistent(&case(
        3,
        vec![rules(X, vec![on(1, 3)]), denial.clone()]
    )));
    assert!(consistent(&case(3, vec![rules(X, vec![on(0, 3)]), denial])));
    let mut denial = event(words::FIGHT, &[X, K], vec![on(1, 3)]);
    denial.mode = Mode::Denied;
    let raid = event(words::RAID, &[X, K], vec![on(0, 2)]);
    let case = case(3, vec![raid, denial]);
    let mut oracle = oracle(&case);
    let seen = oracle.see(oracle.all(), Assumed::All);
    assert_eq!(seen.days[0], 1 << -oracle.reach.first);
}

#[test]
fn not_knowing_lasts_to_the_next_moment_and_never_clashes() {
    let mut doubt = rules(X, vec![on(2, 5)]);
    doubt.mode = Mode::UnknownWhether;
    let lines = vec![
        event(words::INSTALL, &[X, K], vec![on(0, 0)]),
        doubt,
        event(words::INSTALL, &[X, K], vec![on(4, 4)]),
    ];
    assert_eq!(shown(&case(5, lines), "x rules K"), "U U T T U U T T T T");
}

#[test]
fn a_doubted_claim_holds_in_some_timelines() {
    let mut lines = vec![
        event(words::INSTALL, &[X, K], vec![on(0, 0)]),
        event(words::DEPOSE, &[X, K], vec![on(1, 1)]),
    ];
    lines[1].doubted = true;
    assert_eq!(
        shown(&case(1, lines.clone()), "x rules K"),
        "U U T TF TF TF"
    );
    // Where it clashes with the undoubted, it holds in none.
    lines.push(line(Says::State(words::RULES, vec![X, K]), vec![]));
    lines[2].when = vec![Place::plain(Point::Throughout(days(&[(0, 3)])))];
    assert_eq!(shown(&case(1, lines), "x rules K"), "U U T T T T");
}

#[test]
fn the_dead_do_not_return() {
    let mut case = case(
        4,
        vec![
            event(words::DIES, &[X], vec![on(1, 1)]),
            event(words::CAPTURE, &[X], vec![on(3, 3)]),
        ],
    );
    assert!(consistent(&case));
    case.rules.once = true;
    assert!(!consistent(&case));
    case.lines[0].when = vec![Place::plain(Point::On(days(&[(1, 1), (4, 4)])))];
    assert_eq!(shown(&case, "x is alive"), "U U U U U T F F F");
}

#[test]
fn conflicts_are_over_claims_and_minimal() {
    let twice = |mut line: Line| {
        line.same_event_as = Some(1);
        line
    };
    let lines = vec![
        event(words::INSTALL, &[X, K], vec![on(0, 0)]),
        event(words::DIES, &[X], vec![after(0, 4, 4)]),
        twice(event(words::DIES, &[X], vec![on(2, 2)])),
        twice(event(words::DIES, &[X], vec![after(0, 3, 3)])),
    ];
    let case = case(4, lines);
    let sizes: Vec<u32> = oracle(&case)
        .minimal_conflicts()
        .iter()
        .map(|c| c.count_ones())
        .collect();
    assert_eq!(sizes, [2, 3, 3]);
}

#[test]
fn gaps_stay_in_the_days_of_what_hangs_from_them() {
    let lines = vec![
        event(
            words::FIGHT,
            &[X, K],
            vec![Point::On(days(&[(0, 0), (5, 5)]))],
        ),
        event(words::FIGHT, &[Y, K], vec![after(0, 0, 1)]),
    ];
    let case = case(6, lines);
    let mut oracle = oracle(&case);
    let seen = oracle.see(oracle.all(), Assumed::All);
    assert_eq!(seen.days[1] >> -oracle.reach.first, 0b110_0011);
}
