//! Properties: nothing panics, days convert back, printed days read back, bounds are monotone.

use annals_calendar::{
    Calendar, Days, Settings, Shape, Shown, describe, print_day, print_days, read, read_amount,
    read_edtf, read_prefix,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const PIECES: [&str; 60] = [
    "644",
    "658",
    "0",
    "12",
    "31",
    "-",
    "/",
    ".",
    ",",
    " ",
    " or ",
    " to ",
    "–",
    "from ",
    "between ",
    " and ",
    "before ",
    "c. ",
    "early ",
    "late ",
    "summer ",
    "winter ",
    "7th century",
    "790s",
    " BC",
    "AD ",
    "August ",
    "February ",
    "30 ",
    "?",
    "~",
    "%",
    "X",
    "Y",
    "E",
    "S",
    "[",
    "]",
    "{",
    "}",
    "..",
    "Zhenguan ",
    "Shangyuan ",
    "(",
    ")",
    "leap ",
    "xinmao",
    "貞觀",
    "十八",
    "年",
    "閏",
    "月",
    "日",
    "辛卯",
    "AH ",
    "Muharram ",
    "first half of ",
    "the ",
    "9999999999999999999",
    "１",
];

const EDTF_PIECES: [&str; 26] = [
    "1985", "0644", "-0208", "19XX", "156X", "XXXX", "-04", "-12", "-1X", "-21", "-33", "-12",
    "-31", "-XX", "-0X", "?", "~", "%", "/", "..", "[", "]", "{", ",", "Y17E3", "S2",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, rng_seed: RngSeed::Fixed(644), ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(picks in prop::collection::vec(0..PIECES.len(), 0..9)) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        let settings = Settings::default();
        let _ = read_edtf(&text);
        let _ = read_amount(&text);
        let _ = describe(&text, &settings, Shown::All);
        match read(&text, &settings) {
            Ok(reading) => {
                let words = print_days(&reading.shape.hull(), &settings);
                prop_assert!(!words.is_empty());
            }
            Err(error) => {
                prop_assert!(error.range.start <= error.range.end && error.range.end <= text.len());
                prop_assert!(text.is_char_boundary(error.range.start) && text.is_char_boundary(error.range.end));
            }
        }
        if let Some((_, used)) = read_prefix(&text, &settings) {
            prop_assert!(text.is_char_boundary(used));
        }
    }

    #[test]
    fn no_bytes_panic(text in "\\PC{0,24}") {
        let settings = Settings::default();
        let _ = read_edtf(&text);
        let _ = read_amount(&text);
        let _ = read_prefix(&text, &settings);
        let _ = read(&text, &settings);
    }

    /// A later date is never read as an earlier day, and a bound never says more than its date.
    #[test]
    fn bounds_are_monotone(a in 1_i64..3000, b in 1_i64..3000) {
        let settings = Settings::default();
        let days = |text: String| {
            let Shape::On(days) = read(&text, &settings).unwrap().shape else {
                panic!("{text}")
            };
            days
        };
        let (first, second) = (days(a.to_string()), days(b.to_string()));
        prop_assert_eq!(a.cmp(&b), first.first().cmp(&second.first()));
        let (before, after) = (days(format!("before {a}")), days(format!("after {a}")));
        prop_assert_eq!(before.union(&first).union(&after), Days::all());
        prop_assert!(before.intersect(&first).is_none() && after.intersect(&first).is_none());
        let (by, since) = (days(format!("no later than {a}")), days(format!("no earlier than {a}")));
        prop_assert_eq!(by.intersect(&since), Some(first.clone()));
        let between = days(format!("between {} and {}", a.min(b), a.max(b)));
        let either = days(format!("{a} or {b}"));
        prop_assert!(between.covers(&first) && either.covers(&second));
    }

    /// Whatever is EDTF keeps level, bounds and marks in its canonical form.
    #[test]
    fn edtf_reads_back(picks in prop::collection::vec(0..EDTF_PIECES.len(), 1..9)) {
        let text: String = picks.iter().map(|pick| EDTF_PIECES[*pick]).collect();
        if let Ok(edtf) = read_edtf(&text) {
            let again = read_edtf(&edtf.canonical);
            prop_assert!(again.is_ok(), "{} from {}", edtf.canonical, text);
            let again = again.unwrap();
            prop_assert_eq!(again.canonical.as_str(), edtf.canonical.as_str());
            prop_assert_eq!((again.lo, again.hi, again.qualifiers), (edtf.lo, edtf.hi, edtf.qualifiers));
            prop_assert_eq!((again.start, again.end, again.members), (edtf.start, edtf.end, edtf.members));
            let (lo, hi) = (edtf.lo.jdn(Calendar::Gregorian), edtf.hi.jdn(Calendar::Gregorian));
            prop_assert!(lo.is_none() || hi.is_none() || lo <= hi, "{text}");
        }
    }

    #[test]
    fn printed_days_read_back(
        starts in prop::collection::vec((625_000_i64..2_500_000, 0_i64..900), 1..4),
        open_start in any::<bool>(),
        open_end in any::<bool>(),
    ) {
        let settings = Settings::default();
        let mut days = starts
            .iter()
            .map(|(first, length)| Days::between(*first, first + length))
            .reduce(|a, b| a.union(&b))
            .unwrap();
        if open_start {
            days = days.union(&Days::until(620_000));
        }
        if open_end {
            days = days.union(&Days::since(2_600_000));
        }
        let words = print_days(&days, &settings);
        let reading = read(&words, &settings);
        prop_assert!(reading.is_ok(), "{words}: {reading:?}");
        prop_assert_eq!(reading.unwrap().shape, Shape::On(days), "{}", words);
    }
}

#[test]
fn every_day_of_3000_bc_to_2100_prints_and_reads_back() {
    let settings = Settings::default();
    let first = Calendar::Julian.to_jdn(-2999, 1, 1).unwrap();
    let last = Calendar::Gregorian.to_jdn(2100, 12, 31).unwrap();
    for day in (first..=last).step_by(13) {
        let words = print_day(day, &settings);
        let reading = read(&words, &settings).unwrap_or_else(|error| panic!("{words}: {error}"));
        assert_eq!(reading.shape, Shape::On(Days::day(day)), "{words}");
    }
}

#[test]
fn days_convert_back_in_every_calendar() {
    let islamic = |name: &str| Calendar::parse(name).unwrap();
    let calendars = [
        Calendar::default(),
        Calendar::of_land("England").unwrap(),
        Calendar::Swedish,
        Calendar::Julian,
        Calendar::Gregorian,
        Calendar::ISLAMIC,
        islamic("islamic thursday"),
        islamic("islamic 15"),
        islamic("islamic fatimid"),
        islamic("islamic thursday habash"),
        Calendar::Hebrew,
        Calendar::Coptic,
        Calendar::Ethiopian,
        Calendar::Persian,
        Calendar::Armenian,
        Calendar::Egyptian,
        Calendar::Byzantine,
        Calendar::Alexandrian,
    ];
    let first = Calendar::Julian.to_jdn(-2999, 1, 1).unwrap();
    let last = Calendar::Gregorian.to_jdn(2100, 12, 31).unwrap();
    for calendar in calendars {
        let mut before = calendar.from_jdn(first - 1);
        let mut jumps = 0;
        for day in first..=last {
            let date = calendar.from_jdn(day);
            let back = calendar.to_jdn(date.year, date.month, date.day);
            assert_eq!(back, Some(day), "{calendar:?}");
            // The next day is the next of its month or the first of another.
            let follows = (date.year, date.month) == (before.year, before.month)
                && date.day == before.day + 1;
            assert!(date.year >= before.year, "{calendar:?} {day}");
            jumps += usize::from(!follows && date.day != 1);
            before = date;
        }
        // Only the switch of 1582 and that of 1752 leave days out within a month.
        let switches = usize::from(matches!(calendar, Calendar::Historical { .. }));
        assert_eq!(jumps, switches, "{calendar:?}");
    }
}
