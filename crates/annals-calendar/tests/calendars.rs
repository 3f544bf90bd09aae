//! Arithmetic calendars: every day of the years 1 to 2100 against an independent implementation,
//! and the phrases that name them.

use annals_calendar::{
    Calendar, IslamicEpoch, IslamicLeaps, Jdn, Settings, Shape, gregorian_to_jdn, julian_to_jdn,
    print_days, read,
};
use calendrical_calculations::rata_die::RataDie;
use calendrical_calculations::{coptic, ethiopian, gregorian, hebrew, islamic, julian, persian};

/// The independent implementation counts from 31 December of 1 BC (Gregorian).
const RATA_DIE_ZERO: Jdn = 1_721_425;

fn each_day(mut check: impl FnMut(Jdn, RataDie)) {
    for jdn in gregorian_to_jdn(1, 1, 1)..=gregorian_to_jdn(2100, 12, 31) {
        check(jdn, RataDie::new(jdn - RATA_DIE_ZERO));
    }
}

fn same(calendar: Calendar, jdn: Jdn, year: i32, month: u8, day: u8) {
    let date = calendar.from_jdn(jdn);
    assert_eq!(
        (date.year, date.month, date.day),
        (i64::from(year), month, day),
        "{calendar:?} {jdn}"
    );
    assert_eq!(
        calendar.to_jdn(date.year, date.month, date.day),
        Some(jdn),
        "{calendar:?}"
    );
}

#[test]
fn julian_and_gregorian() {
    each_day(|jdn, day| {
        let (year, month, number) = gregorian::gregorian_from_fixed(day).unwrap();
        same(Calendar::Gregorian, jdn, year, month, number);
        let (year, month, number) = julian::julian_from_fixed(day).unwrap();
        same(Calendar::Julian, jdn, year, month, number);
    });
}

#[test]
fn coptic_and_ethiopian() {
    each_day(|jdn, day| {
        let (year, month, number) = coptic::coptic_from_fixed(day).unwrap();
        same(Calendar::Coptic, jdn, year, month, number);
    });
    assert_eq!(
        Calendar::Ethiopian.to_jdn(1, 1, 1),
        Some(RATA_DIE_ZERO + ethiopian::fixed_from_ethiopian(1, 1, 1).to_i64_date())
    );
}

#[test]
fn tabular_islamic() {
    let friday = Calendar::ISLAMIC;
    let thursday = Calendar::Islamic {
        leaps: IslamicLeaps::Sixteen,
        epoch: IslamicEpoch::Thursday,
    };
    let pairs = [
        (friday, islamic::ISLAMIC_EPOCH_FRIDAY),
        (thursday, islamic::ISLAMIC_EPOCH_THURSDAY),
    ];
    each_day(|jdn, day| {
        for (calendar, epoch) in pairs {
            // Its other direction puts some New Year's days of this calendar into the year before.
            let date = calendar.from_jdn(jdn);
            let fixed = islamic::fixed_from_tabular_islamic(
                i32::try_from(date.year).unwrap(),
                date.month,
                date.day,
                epoch,
            );
            assert_eq!(fixed, day, "{calendar:?} {date:?}");
            assert_eq!(calendar.to_jdn(date.year, date.month, date.day), Some(jdn));
        }
    });
}

#[test]
fn jewish() {
    each_day(|jdn, day| {
        let date = hebrew::BookHebrew::book_hebrew_from_fixed(day);
        same(Calendar::Hebrew, jdn, date.year, date.month, date.day);
    });
}

#[test]
fn persian_by_its_rule() {
    each_day(|jdn, day| {
        let (year, month, number) = persian::fast_persian_from_fixed(day).unwrap();
        if year > 0 {
            same(Calendar::Persian, jdn, year, month, number);
        }
    });
}

#[test]
fn phrases_of_other_calendars() {
    let settings = Settings::default();
    for (text, hard, soft) in [
        (
            "AH 23",
            "between 643-11-18 and 644-11-07",
            "between 643-11-19 and 644-11-06",
        ),
        (
            "23 AH",
            "between 643-11-18 and 644-11-07",
            "between 643-11-19 and 644-11-06",
        ),
        (
            "A.H. 23",
            "between 643-11-18 and 644-11-07",
            "between 643-11-19 and 644-11-06",
        ),
        (
            "10 Muharram 61 AH",
            "between 680-10-09 and 680-10-11",
            "680-10-10",
        ),
        (
            "10 Muharram AH 61",
            "between 680-10-09 and 680-10-11",
            "680-10-10",
        ),
        (
            "AH 61-01-10",
            "between 680-10-09 and 680-10-11",
            "680-10-10",
        ),
        ("Wednesday, 10 Muharram 61", "680-10-10", "680-10-10"),
        (
            "1 Rabi' al-awwal 11",
            "between 632-05-26 and 632-05-28",
            "632-05-27",
        ),
        ("15 Nisan 4820", "1060-03-19", ""),
        ("1 Tishri 4820 AM", "1059-09-11", ""),
        ("AM 6152 (Byzantine)", "between 643-09 and 644-08", ""),
        ("AUC 707", "47 BC", ""),
        ("Ol. 87.1", "between 432-07 BC and 431-07 BC", ""),
        ("Coptic 361", "between 644-08-29 and 645-08-28", ""),
    ] {
        let reading = read(text, &settings).unwrap_or_else(|error| panic!("{text}: {error}"));
        let Shape::On(days) = &reading.shape else {
            panic!("{text}")
        };
        assert_eq!(print_days(days, &settings), hard, "{text}");
        let narrow = reading
            .soft
            .map(|soft| print_days(&soft.shape.hull(), &settings));
        assert_eq!(narrow.unwrap_or_default(), soft, "{text}");
    }
    assert_eq!(read("AM 6152", &settings).unwrap().alternatives.len(), 3);
    assert_eq!(read("Saka 600", &settings).unwrap().alternatives.len(), 2);
    let error = read("30 Safar 61", &settings).unwrap_err();
    assert_eq!(error.kind.code(), "impossible-day");
    assert_eq!(
        error.readable.unwrap().first(),
        Some(julian_to_jdn(680, 10, 31))
    );
}

#[test]
fn the_switch_can_be_set() {
    let english = Calendar::parse("historical 1752").unwrap();
    assert_eq!(english.to_jdn(1752, 9, 3), None);
    assert_eq!(
        english.to_jdn(1752, 9, 2).unwrap() + 1,
        english.to_jdn(1752, 9, 14).unwrap()
    );
    let settings = Settings {
        calendar: english,
        ..Settings::default()
    };
    let error = read("5 September 1752", &settings).unwrap_err();
    assert!(error.suggestion.unwrap().contains("2 and 14"));
    let swedish = Calendar::parse("historical 1753-03-01").unwrap();
    assert_eq!(
        swedish.to_jdn(1712, 2, 29).map(|day| day + 1),
        swedish.to_jdn(1712, 3, 1)
    );
}
