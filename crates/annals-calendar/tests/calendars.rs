//! Arithmetic calendars: every day of the years 1 to 2100 against an independent implementation,
//! and the phrases that name them.

use annals_calendar::{
    Calendar, Days, IslamicEpoch, IslamicLeaps, Jdn, Settings, Shape, gregorian_to_jdn, indiction,
    julian_to_jdn, print_days, read,
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

fn hull(text: &str) -> String {
    let settings = Settings::default();
    let reading = read(text, &settings).unwrap_or_else(|error| panic!("{text}: {error}"));
    print_days(&reading.shape.hull(), &settings)
}

#[test]
fn eras_of_years() {
    for (text, days) in [
        // The founding of the city, and the year of the great games.
        ("AUC 1", "753 BC"),
        ("AUC 753", "1 BC"),
        ("754 AUC", "1"),
        ("Ol. 1.1", "between 776-07 BC and 775-07 BC"),
        ("Olympiad 195", "between 1-07 and 5-07"),
        ("Ol. 194.4", "between 1-07 BC and 1-07"),
        ("Saka 1", "between 78-03 and 80-04"),
        ("Saka 600", "between 677-03 and 679-04"),
        ("Vikrama 57", "between 2-03 BC and 1-11"),
        ("V.S. 700", "between 642-03 and 644-11"),
        ("śaka era 600", "between 677-03 and 679-04"),
        ("644, indiction 2", "between 644-01 and 644-08"),
        ("644 (indiction 3)", "between 644-09 and 644-12"),
        ("3rd indiction 644", ""),
        (
            "AM 6152 (Byzantine), 2nd indiction",
            "between 643-09 and 644-08",
        ),
    ] {
        if days.is_empty() {
            assert!(read(text, &Settings::default()).is_err(), "{text}");
        } else {
            assert_eq!(hull(text), days, "{text}");
        }
    }
}

#[test]
fn an_indiction_alone_needs_what_is_covered() {
    let error = read("indiction 2", &Settings::default()).unwrap_err();
    assert!(error.suggestion.unwrap().contains("644, indiction 2"));
    let settings = Settings {
        covers: Some(Days::between(
            julian_to_jdn(630, 1, 1),
            julian_to_jdn(660, 1, 1),
        )),
        ..Settings::default()
    };
    let days = read("2nd indiction", &settings).unwrap().shape.hull();
    assert_eq!(
        print_days(&days, &settings),
        "between 643-09 and 644-08 or between 658-09 and 659-08"
    );
    for (year, number) in [(312, 1), (313, 2), (326, 15), (327, 1), (643, 2)] {
        assert_eq!(indiction(julian_to_jdn(year, 9, 1)), number, "{year}");
        assert_eq!(indiction(julian_to_jdn(year + 1, 8, 31)), number, "{year}");
    }
}

#[test]
fn lands_and_styles_in_brackets() {
    for (text, days) in [
        ("10 February 1649 (O.S./25 March)", "1650-02-20"),
        ("10 February 1649 (O.S./1 January)", "1649-02-20"),
        ("10 February 1649 O.S.", "1649-02-20 or 1650-02-20"),
        ("10 April 1649 O.S.", "1649-04-20"),
        ("10 February 1649 (Florentine style)", "1650-02-10"),
        ("20 April 1399 (Pisan)", "1398-04-20"),
        ("10 January 1300 (Easter style)", "1301-01-10"),
        ("30 December 800 (Christmas style)", "799-12-30"),
        ("1 September 644 (1 September)", "643-09-01"),
        ("10 February 1300 (Venetian)", "1301-02-10"),
        ("3 September 1752 (France)", "1752-09-03"),
        ("2 September 1752 (England)", "1752-09-13"),
        ("25 October 1917 (Russia)", "1917-11-07"),
        ("30 February 1712 (Sweden)", "1712-03-11"),
        ("29 February 1700 (England)", "1700-03-11"),
        ("13 July 649 (Gregorian calendar)", "649-07-10"),
        ("29 February 1700 or 5 March 1700 (Julian)", ""),
    ] {
        if days.is_empty() {
            assert!(read(text, &Settings::default()).is_err(), "{text}");
        } else {
            assert_eq!(hull(text), days, "{text}");
        }
    }
}

#[test]
fn sweden_was_a_day_ahead_for_twelve_years() {
    let sweden = Calendar::Swedish;
    assert_eq!(sweden.to_jdn(1700, 2, 29), None);
    assert_eq!(
        sweden.to_jdn(1700, 3, 1),
        Calendar::Julian.to_jdn(1700, 2, 29)
    );
    assert_eq!(
        sweden.to_jdn(1712, 2, 30),
        Calendar::Julian.to_jdn(1712, 2, 29)
    );
    assert_eq!(
        sweden.to_jdn(1712, 3, 1),
        Calendar::Julian.to_jdn(1712, 3, 1)
    );
    assert_eq!(sweden.to_jdn(1753, 2, 20), None);
}

#[test]
fn the_leap_years_and_epochs_of_the_islamic_calendar_differ() {
    // Year 2 has a leap day in every set; 16 and 15 part in the first cycle.
    let first = |name: &str, year| Calendar::parse(name).unwrap().to_jdn(year, 1, 1).unwrap();
    assert_eq!(first("islamic", 16), first("islamic 15", 16) - 1);
    assert_eq!(first("islamic", 17), first("islamic 15", 17));
    assert_eq!(first("islamic", 8), first("islamic fatimid", 8) + 1);
    assert_eq!(first("islamic", 30), first("islamic habash", 30) + 1);
    assert_eq!(first("islamic", 31), first("islamic habash", 31));
    assert_eq!(first("islamic", 1), first("islamic thursday", 1) + 1);
    assert_eq!(Calendar::parse("islamic tuesday"), None);
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
