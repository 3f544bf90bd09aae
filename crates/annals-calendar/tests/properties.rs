//! Properties: nothing panics, days convert back, printed days read back, bounds are monotone.

use annals_calendar::{
    Calendar, Days, Settings, Shape, Shown, describe, print_day, print_days, read, read_amount,
    read_edtf, read_prefix,
};
use proptest::prelude::*;

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

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
    let calendars = [
        Calendar::default(),
        Calendar::ISLAMIC,
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
        for day in (first..=last).step_by(if calendar == Calendar::default() {
            1
        } else {
            5
        }) {
            let date = calendar.from_jdn(day);
            assert_eq!(
                calendar.to_jdn(date.year, date.month, date.day),
                Some(day),
                "{calendar:?}"
            );
        }
    }
}
