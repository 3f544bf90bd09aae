//! The axis: which ticks a window has. The cases are written into a file that the page's own tests
//! read, since the page draws ticks by the same rule when it zooms.

use std::path::Path;

use annals::calendar::{gregorian_to_jdn, julian_to_jdn};
use annals_draw::ticks::{Axis, GAP, LETTER, PAD, axis};
use annals_query::CalendarSeen;
use serde_json::{Value, json};

fn julian() -> CalendarSeen {
    CalendarSeen {
        name: "julian".to_owned(),
        gregorian_from: None,
        western: true,
    }
}

fn day(year: i64, month: u8, day: u8) -> i32 {
    julian_to_jdn(year, month, day) as i32
}

fn words(axis: &Axis) -> String {
    let of = |words: Vec<&str>| words.join("|");
    let ticks = of(axis.ticks.iter().map(|t| t.words.as_str()).collect());
    let periods = of(axis.periods.iter().map(|p| p.words.as_str()).collect());
    format!("{periods} / {ticks}")
}

fn over(first: i32, last: i32, width: f64) -> String {
    words(&axis(&julian(), first, last, width))
}

#[test]
fn a_window_of_any_length_has_the_ticks_its_readers_expect() {
    let cases = [
        (
            over(day(644, 10, 20), day(644, 11, 8), 800.0),
            "October 644|November 644 / 20|21|22|23|24|25|26|27|28|29|30|31|1|2|3|4|5|6|7|8",
        ),
        (
            over(day(644, 9, 15), day(644, 12, 31), 800.0),
            "September 644|October 644|November 644|December 644 / 15|20|25|1|5|10|15|20|25|1|5|10|15|20|25|1|5|10|15|20|25",
        ),
        (
            over(day(644, 1, 1), day(645, 6, 30), 700.0),
            "644|645 / Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Jan|Feb|Mar|Apr|May|Jun",
        ),
        (
            over(day(640, 1, 1), day(650, 12, 31), 800.0),
            " / 640|641|642|643|644|645|646|647|648|649|650",
        ),
        (
            over(day(600, 1, 1), day(800, 12, 31), 800.0),
            " / 600|610|620|630|640|650|660|670|680|690|700|710|720|730|740|750|760|770|780|790|",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn there_is_no_year_zero() {
    let found = over(day(-3, 1, 1), day(5, 12, 31), 900.0);
    assert_eq!(found, " / 4 BC|3 BC|2 BC|1 BC|AD 1|AD 2|AD 3|AD 4|AD 5");
    let found = over(day(-299, 1, 1), day(300, 12, 31), 600.0);
    assert_eq!(
        found,
        " / 300 BC|250 BC|200 BC|150 BC|100 BC|50 BC|AD 1|AD 50|100|150|200|250|"
    );
    let found = over(day(-3500, 1, 1), day(1500, 12, 31), 700.0);
    assert_eq!(
        found,
        " / 3500 BC|3000 BC|2500 BC|2000 BC|1500 BC|1000 BC|500 BC|AD 1|500|1000|"
    );
}

#[test]
fn october_1582_has_no_day_between_4_and_15() {
    let historical = CalendarSeen {
        name: "historical".to_owned(),
        gregorian_from: Some(2_299_161),
        western: true,
    };
    let first = julian_to_jdn(1582, 10, 1) as i32;
    let last = gregorian_to_jdn(1582, 10, 20) as i32;
    let found = words(&axis(&historical, first, last, 600.0));
    assert_eq!(found, "October 1582 / 1|2|3|4|15|16|17|18|19|20");
}

#[test]
fn other_calendars_have_their_own_years() {
    let islamic = CalendarSeen {
        name: "islamic".to_owned(),
        gregorian_from: None,
        western: false,
    };
    let first = julian_to_jdn(622, 7, 16) as i32;
    let found = words(&axis(&islamic, first, first + 3600, 600.0));
    assert_eq!(found, " / 1|2|3|4|5|6|7|8|9|10|");
}

/// Words end before the next tick, and before the edge, in every window.
#[test]
fn words_never_overlap() {
    let mut looked_at = 0;
    for start in [
        day(-9999, 1, 1),
        day(-44, 3, 15),
        day(-1, 12, 30),
        day(644, 9, 17),
        day(1999, 1, 1),
    ] {
        let mut days = 1_i64;
        while days < 80_000_000 {
            for width in [120.0, 333.0, 640.0, 1200.0, 3000.0] {
                let last = i32::try_from(i64::from(start) + days).unwrap_or(i32::MAX);
                let axis = axis(&julian(), start, last, width);
                let per_day = width / (f64::from(last) - f64::from(start) + 1.0);
                let x = |day: i32| (f64::from(day) - f64::from(start)) * per_day;
                let ends = |words: &str, day| x(day) + PAD + words.chars().count() as f64 * LETTER;
                for pair in axis.ticks.windows(2) {
                    assert!(
                        ends(&pair[0].words, pair[0].day) + GAP <= x(pair[1].day),
                        "{axis:?}"
                    );
                }
                for pair in axis.periods.windows(2).filter(|p| !p[0].words.is_empty()) {
                    assert!(
                        ends(&pair[0].words, pair[0].day) <= x(pair[1].day),
                        "{axis:?}"
                    );
                }
                if let Some(last) = axis.ticks.last().filter(|t| !t.words.is_empty()) {
                    assert!(ends(&last.words, last.day) <= width + 0.01, "{axis:?}");
                }
                assert!(axis.ticks.len() < 200);
                looked_at += axis.ticks.len();
            }
            days = days * 3 + 1;
        }
    }
    assert!(looked_at > 1000);
}

#[test]
fn the_farthest_windows_do_not_break_it() {
    for (first, last) in [
        (i32::MIN, i32::MAX),
        (i32::MAX, i32::MIN),
        (0, 0),
        (i32::MIN, i32::MIN),
    ] {
        for width in [-1.0, 0.0, 10.0, 800.0, f64::NAN] {
            let _ = axis(&julian(), first, last, width);
        }
    }
}

fn case(calendar: &CalendarSeen, first: i32, last: i32, width: f64) -> Value {
    let axis = axis(calendar, first, last, width);
    let ticks = axis.ticks.iter();
    let ticks: Vec<_> = ticks.map(|t| json!([t.day, t.words, t.strong])).collect();
    let periods = axis.periods.iter();
    let periods: Vec<_> = periods.map(|p| json!([p.day, p.words, p.begins])).collect();
    json!({
        "calendar": {"gregorian_from": calendar.gregorian_from, "western": calendar.western},
        "first": first, "last": last, "width": width, "ticks": ticks, "periods": periods,
    })
}

#[test]
fn the_page_has_cases_to_meet() {
    let gregorian = CalendarSeen {
        name: "gregorian".to_owned(),
        gregorian_from: Some(i32::MIN),
        western: true,
    };
    let historical = CalendarSeen {
        name: "historical".to_owned(),
        gregorian_from: Some(2_299_161),
        western: true,
    };
    let windows = [
        (julian(), day(644, 10, 20), day(644, 11, 8), 800.0),
        (julian(), day(644, 10, 26), day(644, 10, 26), 500.0),
        (julian(), day(644, 9, 15), day(645, 1, 2), 800.0),
        (julian(), day(644, 9, 15), day(645, 1, 2), 300.0),
        (julian(), day(644, 1, 1), day(645, 6, 30), 700.0),
        (julian(), day(644, 3, 17), day(649, 6, 30), 700.0),
        (julian(), day(640, 1, 1), day(650, 12, 31), 800.0),
        (julian(), day(600, 1, 1), day(800, 12, 31), 777.5),
        (julian(), day(-3, 1, 1), day(5, 12, 31), 900.0),
        (julian(), day(-51, 2, 1), day(37, 12, 31), 640.0),
        (julian(), day(-299, 1, 1), day(300, 12, 31), 600.0),
        (julian(), day(-3500, 1, 1), day(1500, 12, 31), 700.0),
        (julian(), day(-200_000, 1, 1), day(2000, 12, 31), 900.0),
        (historical.clone(), 2_299_150, 2_299_180, 600.0),
        (historical.clone(), 2_299_000, 2_299_500, 600.0),
        (historical, day(1400, 1, 1), 2_460_000, 900.0),
        (
            gregorian,
            gregorian_to_jdn(1914, 6, 28) as i32,
            gregorian_to_jdn(1918, 11, 11) as i32,
            900.0,
        ),
    ];
    let cases: Vec<Value> = windows
        .iter()
        .map(|(c, a, b, w)| case(c, *a, *b, *w))
        .collect();
    let lines: Vec<String> = cases.iter().map(Value::to_string).collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pictures/tick-cases.json");
    if std::env::var_os("ANNALS_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap();
    assert_eq!(held, text, "ANNALS_BLESS=1 writes the cases anew");
}
