//! The table of phrases: one positive and one conflicting day for each.

use annals_calendar::{Days, Jdn, Reading, Settings, Shape, julian_to_jdn, print_days, read};

fn ask(text: &str) -> Reading {
    read(text, &Settings::default()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn day(text: &str) -> Jdn {
    let parts: Vec<i64> = text
        .rsplitn(3, '-')
        .map(|part| part.parse().expect("a number"))
        .collect();
    julian_to_jdn(parts[2], parts[1] as u8, parts[0] as u8)
}

/// Phrase, hard days in canonical words, a day that fits and a day that does not.
const ON: &[(&str, &str, &str, &str)] = &[
    ("644", "644", "644-12-31", "645-01-01"),
    ("in 644", "644", "644-01-01", "643-12-31"),
    ("644 CE", "644", "644-01-01", "643-12-31"),
    ("AD 644", "644", "644-01-01", "643-12-31"),
    ("A.D. 644", "644", "644-01-01", "643-12-31"),
    ("the year 644", "644", "644-01-01", "643-12-31"),
    ("in the year 644", "644", "644-01-01", "643-12-31"),
    ("632 BC", "632 BC", "-631-06-01", "-632-06-01"),
    ("632 B.C.E.", "632 BC", "-631-06-01", "-630-01-01"),
    ("1 BC", "1 BC", "0-06-01", "1-01-01"),
    ("658 or 659", "658 or 659", "659-12-31", "660-01-01"),
    ("648 or 658", "648 or 658", "658-01-01", "650-01-01"),
    ("44 or 43 BC", "44 BC or 43 BC", "-43-01-01", "44-01-01"),
    (
        "in the 790s",
        "between 790 and 799",
        "799-12-31",
        "800-01-01",
    ),
    ("the 790's", "between 790 and 799", "790-01-01", "789-12-31"),
    ("the 600s", "between 600 and 699", "600-01-01", "700-01-01"),
    (
        "the 590s BC",
        "between 599 BC and 590 BC",
        "-598-01-01",
        "-599-12-31",
    ),
    (
        "7th century",
        "between 601 and 700",
        "601-01-01",
        "600-12-31",
    ),
    (
        "the seventh century",
        "between 601 and 700",
        "700-12-31",
        "701-01-01",
    ),
    (
        "the 7th century BC",
        "between 700 BC and 601 BC",
        "-699-01-01",
        "-700-12-31",
    ),
    (
        "twenty-first century",
        "between 2001 and 2100",
        "2001-06-01",
        "2000-06-01",
    ),
    (
        "first half of the 7th century",
        "between 601 and 650",
        "650-12-31",
        "651-01-01",
    ),
    (
        "last quarter of the 7th century",
        "between 676 and 700",
        "676-01-01",
        "675-12-31",
    ),
    (
        "first half of 644",
        "between 644-01 and 644-06",
        "644-06-30",
        "644-07-01",
    ),
    (
        "between 648 and 658",
        "between 648 and 658",
        "658-12-31",
        "659-01-01",
    ),
    ("before 636", "no later than 635", "635-12-31", "636-01-01"),
    ("after 636", "no earlier than 637", "637-01-01", "636-12-31"),
    ("by 648", "no later than 648", "648-12-31", "649-01-01"),
    (
        "by 648 at the latest",
        "no later than 648",
        "648-12-31",
        "649-01-01",
    ),
    (
        "no later than 658",
        "no later than 658",
        "658-12-31",
        "659-01-01",
    ),
    (
        "not later than 658",
        "no later than 658",
        "100-12-31",
        "659-01-01",
    ),
    (
        "no earlier than 658",
        "no earlier than 658",
        "658-01-01",
        "657-12-31",
    ),
    (
        "on or before 644-09-17",
        "no later than 644-09-17",
        "644-09-17",
        "644-09-18",
    ),
    (
        "on or after 644-09-17",
        "no earlier than 644-09-17",
        "644-09-17",
        "644-09-16",
    ),
    (
        "before 658 or 659",
        "no later than 658",
        "658-12-31",
        "659-01-01",
    ),
    ("August 22, 644", "644-08-22", "644-08-22", "644-08-23"),
    ("22 August 644", "644-08-22", "644-08-22", "644-08-21"),
    (
        "on the 22nd of August, 644",
        "644-08-22",
        "644-08-22",
        "644-08-21",
    ),
    ("Aug. 22, 644", "644-08-22", "644-08-22", "644-08-21"),
    ("in August 644", "644-08", "644-08-31", "644-09-01"),
    ("Sept. 644", "644-09", "644-09-30", "644-10-01"),
    ("March 44 BC", "44-03 BC", "-43-03-15", "44-03-15"),
    ("15 March 44 BC", "44-03-15 BC", "-43-03-15", "-44-03-15"),
    ("644-09-17", "644-09-17", "644-09-17", "644-09-18"),
    ("0644-09", "644-09", "644-09-17", "644-10-18"),
    ("６４４", "644", "644-09-17", "645-10-18"),
    (
        "summer 644",
        "between 644-06 and 644-08",
        "644-06-01",
        "644-09-01",
    ),
    (
        "autumn 644 or spring 645",
        "between 644-09 and 644-11 or between 645-03 and 645-05",
        "645-03-01",
        "645-01-01",
    ),
    (
        "winter 648-9",
        "between 648-12 and 649-02",
        "649-02-28",
        "649-03-01",
    ),
    (
        "winter 648/649",
        "between 648-12 and 649-02",
        "648-12-01",
        "648-11-30",
    ),
    (
        "winter 648–649",
        "between 648-12 and 649-02",
        "648-12-01",
        "648-11-30",
    ),
    (
        "13 July 649 (Gregorian)",
        "649-07-10",
        "649-07-10",
        "649-07-13",
    ),
    ("gregorian 649-07-13", "649-07-10", "649-07-10", "649-07-13"),
    (
        "3rd or 4th century BC",
        "between 400 BC and 201 BC",
        "-300-01-01",
        "300-01-01",
    ),
    ("5,000 BC", "5000 BC", "-4999-06-01", "5000-01-01"),
    (
        "the night of 17 September 644",
        "644-09-17 or 644-09-18",
        "644-09-18",
        "644-09-19",
    ),
    (
        "sometime between 648 and 658",
        "between 648 and 658",
        "650-01-01",
        "660-01-01",
    ),
    (
        "before 640 or after 700",
        "no later than 639 or no earlier than 701",
        "639-12-31",
        "650-01-01",
    ),
    (
        "August or September 644",
        "between 644-08 and 644-09",
        "644-09-30",
        "644-10-01",
    ),
    (
        "Tuesday, 28 September 644",
        "644-09-28",
        "644-09-28",
        "644-09-29",
    ),
];

#[test]
fn phrases_for_a_day_within_bounds() {
    for (phrase, words, inside, outside) in ON {
        let reading = ask(phrase);
        let Shape::On(days) = &reading.shape else {
            panic!("{phrase}: {:?}", reading.shape)
        };
        assert_eq!(print_days(days, &Settings::default()), *words, "{phrase}");
        assert!(days.contains(day(inside)), "{phrase} should allow {inside}");
        assert!(
            !days.contains(day(outside)),
            "{phrase} should not allow {outside}"
        );
    }
}

/// The bounds of a span hold at both ends, and the days beside them do not.
#[test]
fn ends_of_spans_keep_their_days() {
    for (phrase, starts, not_starts, ends, not_ends) in [
        (
            "from 648 to 658",
            "648-12-31",
            "649-01-01",
            "658-01-01",
            "657-12-31",
        ),
        (
            "648 to 658",
            "648-01-01",
            "647-12-31",
            "658-12-31",
            "659-01-01",
        ),
        (
            "17 to 28 September 644",
            "644-09-17",
            "644-09-18",
            "644-09-28",
            "644-09-27",
        ),
        (
            "0648/0658",
            "648-06-01",
            "650-06-01",
            "658-06-01",
            "650-06-01",
        ),
    ] {
        let Shape::Span {
            from: Some(from),
            to: Some(to),
        } = ask(phrase).shape
        else {
            panic!("{phrase}")
        };
        assert!(
            from.contains(day(starts)) && !from.contains(day(not_starts)),
            "{phrase}"
        );
        assert!(
            to.contains(day(ends)) && !to.contains(day(not_ends)),
            "{phrase}"
        );
    }
}

#[test]
fn marks_of_edtf_widen_only_where_a_project_says_so() {
    let mut settings = Settings::default();
    for text in ["0644~", "0644?", "0644%", "0644-09~", "0644~/0650"] {
        assert!(read(text, &settings).unwrap().soft.is_none(), "{text}");
    }
    assert_eq!(ask("0644~").shape, ask("644").shape);
    settings.widths.approximate_units = Some(2);
    settings.widths.uncertain_units = Some(1);
    for (text, soft, words) in [
        ("0644~", "between 642 and 646", "~ read as within 2 years"),
        ("644?", "between 643 and 645", "? read as within 1 year"),
        ("0644%", "between 642 and 646", "?~ read as within 2 years"),
        (
            "0644-09-17~",
            "between 644-09-15 and 644-09-19",
            "~ read as within 2 days",
        ),
        ("064X~", "between 620 and 669", "~ read as within 2 decades"),
        (
            "17 September 644?",
            "between 644-09-16 and 644-09-18",
            "? read as within 1 day",
        ),
    ] {
        let reading = read(text, &settings).unwrap();
        assert_eq!(reading.shape, Shape::On(Days::all()), "{text}");
        let found = reading.soft.unwrap();
        assert_eq!(print_days(&found.shape.hull(), &settings), soft, "{text}");
        assert_eq!(found.words, words, "{text}");
    }
    let interval = read("0644~/0650", &settings).unwrap();
    assert_eq!(
        ends(&interval.soft.unwrap().shape),
        ("between 642 and 646".into(), "650".into())
    );
    // The standard's own bounds never move.
    let edtf = annals_calendar::read_edtf("0644~").unwrap();
    assert_eq!(edtf.lo.to_string(), "0644-01-01");
}

#[test]
fn the_file_that_sets_a_width_is_named() {
    let mut settings = Settings {
        set_in: Some("annals.toml".to_owned()),
        ..Settings::default()
    };
    settings.widths.circa_years = 2;
    let words = |text: &str| read(text, &settings).unwrap().soft.unwrap().words;
    assert_eq!(
        words("c. 630"),
        "c. read as within 2 years, set in annals.toml"
    );
    assert_eq!(words("early 644"), "early read as the first third");
    assert_eq!(words("c. August 644"), "c. read as within 92 days");
}

/// Phrase, hard days, soft days.
const SOFT: &[(&str, &str, &str)] = &[
    ("c. 630", "any day", "between 625 and 635"),
    ("ca 630", "any day", "between 625 and 635"),
    ("about 630", "any day", "between 625 and 635"),
    ("circa 5 BC", "any day", "between 10 BC and 1"),
    ("early 644", "644", "between 644-01 and 644-04"),
    ("mid-644", "644", "between 644-05 and 644-08"),
    ("late 644", "644", "between 644-09 and 644-12"),
    (
        "early August 644",
        "644-08",
        "between 644-08-01 and 644-08-10",
    ),
    (
        "late August 644",
        "644-08",
        "between 644-08-21 and 644-08-31",
    ),
    ("late summer 644", "between 644-06 and 644-08", "644-08"),
    (
        "early 7th century",
        "between 601 and 700",
        "between 601 and 633",
    ),
    (
        "mid-8th century",
        "between 701 and 800",
        "between 734 and 766",
    ),
    (
        "the late 790s",
        "between 790 and 799",
        "between 796 and 799",
    ),
    ("the end of 648", "648", "648-12"),
    (
        "the beginning of the 7th century",
        "between 601 and 700",
        "between 601 and 610",
    ),
    ("before c. 630", "any day", "no later than 635"),
];

#[test]
fn assumed_widths_are_soft_and_named() {
    for (phrase, hard, soft) in SOFT {
        let reading = ask(phrase);
        let settings = Settings::default();
        let found = reading
            .soft
            .clone()
            .unwrap_or_else(|| panic!("{phrase}: nothing soft"));
        let Shape::On(narrow) = found.shape else {
            panic!("{phrase}")
        };
        assert_eq!(print_days(&narrow, &settings), *soft, "{phrase}");
        assert!(!found.words.is_empty());
        // A day beside the width conflicts with the assumption alone.
        let beside = narrow
            .last()
            .map(|last| last + 1)
            .filter(|day| matches!(&reading.shape, Shape::On(days) if days.contains(*day)));
        let before = narrow.first().map(|first| first - 1);
        assert!(beside.or(before).is_none_or(|day| !narrow.contains(day)));
        if phrase.starts_with("before") {
            continue;
        }
        let Shape::On(days) = &reading.shape else {
            panic!("{phrase}")
        };
        assert_eq!(print_days(days, &settings), *hard, "{phrase}");
        assert!(days.covers(&narrow), "{phrase}");
    }
}

fn ends(shape: &Shape) -> (String, String) {
    let Shape::Span { from, to } = shape else {
        panic!("{shape:?}")
    };
    let words = |days: &Option<Days>| {
        days.as_ref().map_or("-".to_owned(), |days| {
            print_days(days, &Settings::default())
        })
    };
    (words(from), words(to))
}

/// Phrase, days of the start, days of the end, was it bare?
const SPANS: &[(&str, &str, &str, bool)] = &[
    ("from 648 to 658", "648", "658", false),
    ("from 648 until 658", "648", "658", false),
    ("648 to 658", "648", "658", true),
    ("648–658", "648", "658", true),
    ("640-658", "640", "658", true),
    ("since 658", "658", "-", false),
    ("from 658", "658", "-", false),
    ("until 670", "-", "670", false),
    ("from 50 to 40 BC", "50 BC", "40 BC", false),
    ("from 5 BC to AD 10", "5 BC", "10", false),
    (
        "from the late 7th to the early 8th century",
        "between 601 and 700",
        "between 701 and 800",
        false,
    ),
    (
        "3rd-4th century",
        "between 201 and 300",
        "between 301 and 400",
        true,
    ),
    ("10-12 August 644", "644-08-10", "644-08-12", true),
    (
        "Zhenguan 18.8.11 to 18.8.22",
        "644-09-17",
        "644-09-28",
        true,
    ),
    ("17 to 28 September 644", "644-09-17", "644-09-28", true),
    ("September 17-28, 644", "644-09-17", "644-09-28", true),
    ("20 June–18 September 645", "645-06-20", "645-09-18", true),
    ("from May to August 644", "644-05", "644-08", false),
    ("from 658 or 659 to 670", "658 or 659", "670", false),
    (
        "August 22, 644 to September 3, 644",
        "644-08-22",
        "644-09-03",
        true,
    ),
];

#[test]
fn phrases_that_last() {
    for (phrase, from, to, bare) in SPANS {
        let reading = ask(phrase);
        assert_eq!(
            ends(&reading.shape),
            ((*from).to_owned(), (*to).to_owned()),
            "{phrase}"
        );
        assert_eq!(reading.bare_range, *bare, "{phrase}");
    }
    let Shape::Throughout(days) = ask("throughout 646").shape else {
        panic!()
    };
    assert_eq!(print_days(&days, &Settings::default()), "646");
    let Shape::Throughout(days) = ask("throughout 646 to 648").shape else {
        panic!()
    };
    assert_eq!(
        print_days(&days, &Settings::default()),
        "between 646 and 648"
    );
}

#[test]
fn settings_change_the_widths() {
    let mut settings = Settings {
        between_strict: true,
        ..Settings::default()
    };
    settings.widths.circa_years = 2;
    let soft = read("c. 630", &settings).unwrap().soft.unwrap();
    assert_eq!(soft.words, "c. read as within 2 years");
    assert_eq!(
        print_days(&soft.shape.hull(), &settings),
        "between 628 and 632"
    );
    let strict = read("between 648 and 658", &settings).unwrap();
    assert_eq!(
        print_days(&strict.shape.hull(), &settings),
        "between 649 and 657"
    );
    settings.widths.early_late_halves = true;
    let soft = read("early 644", &settings).unwrap().soft.unwrap();
    assert_eq!(
        print_days(&soft.shape.hull(), &settings),
        "between 644-01 and 644-06"
    );
}

/// Text, code of the error, a piece of the suggestion.
const REFUSED: &[(&str, &str, &str)] = &[
    ("", "no-date", ""),
    ("10/2/649", "ambiguous-numbers", "649-02-10"),
    ("18.8.11", "ambiguous-numbers", "Zhenguan"),
    ("644, 648", "list-of-dates", "or"),
    ("644 and 648", "list-of-dates", "or"),
    ("30 February 644", "impossible-day", "29 February"),
    ("644-02-30", "impossible-day", "29 February"),
    ("31 April 645", "impossible-day", "1 May"),
    ("10 October 1582", "impossible-day", "15"),
    ("0", "year-zero", "1 BC"),
    ("0000", "year-zero", "1 BC"),
    ("-208 BC", "unsupported-date", "209 BC"),
    ("640-50", "impossible-month", "640 to 650"),
    ("640–50", "reversed-range", "640 to 650"),
    ("0000-00-00", "impossible-month", "not known"),
    ("unknown", "not-a-date", "undated"),
    ("C20", "not-a-date", ""),
    ("658 to 648", "reversed-range", ""),
    ("from 40 BC to 50 BC", "reversed-range", "BC"),
    ("between 658 and 648", "reversed-range", ""),
    ("1914-18", "impossible-month", "1914 to 1918"),
    ("644 hello", "words-after-date", ""),
    ("hello", "not-a-date", ""),
    ("22 August", "not-a-date", "22 August 644"),
    ("3 days", "not-a-date", ""),
];

#[test]
fn what_is_not_a_date_says_why() {
    for (text, code, suggestion) in REFUSED {
        let error = match read(text, &Settings::default()) {
            Ok(reading) => panic!("{text} was read as {reading:?}"),
            Err(error) => error,
        };
        assert_eq!(error.kind.code(), *code, "{text}: {error}");
        assert!(
            error
                .suggestion
                .clone()
                .unwrap_or_default()
                .contains(suggestion),
            "{text}: {error}"
        );
        assert!(error.range.end <= text.len() && error.range.start <= error.range.end);
    }
    let error = read("30 February 644", &Settings::default()).unwrap_err();
    assert_eq!(
        print_days(&error.readable.unwrap(), &Settings::default()),
        "644-02"
    );
}

#[test]
fn a_prefix_ends_where_the_date_ends() {
    let settings = Settings::default();
    for (text, used) in [
        ("August 22, 644, before #fall", "August 22, 644"),
        ("644, before #fall", "644"),
        ("658 or 659, after #a", "658 or 659"),
        ("658 or #fall", "658"),
        ("from 632 to #fall", "from 632"),
        ("between 648 and 658, x", "between 648 and 658"),
        ("22 August 644 or 3 days after #a", "22 August 644"),
    ] {
        let (reading, bytes) = annals_calendar::read_prefix(text, &settings).unwrap();
        assert_eq!(&text[..bytes], used);
        assert_eq!(reading.written, used);
    }
    assert!(annals_calendar::read_prefix("#fall", &settings).is_none());
    assert!(annals_calendar::read_prefix("3 days after #fall", &settings).is_none());
}

#[test]
fn year_styles_move_the_year() {
    let base = Settings::default();
    for (style, words) in [
        (annals_calendar::YearStart::January1, "1649-02-20"),
        (annals_calendar::YearStart::March25After, "1650-02-20"),
        (annals_calendar::YearStart::March25Before, "1649-02-20"),
        (annals_calendar::YearStart::Easter, "1650-02-20"),
        (
            annals_calendar::YearStart::Unknown,
            "1649-02-20 or 1650-02-20",
        ),
    ] {
        let calendar = annals_calendar::Calendar::Julian;
        let settings = Settings {
            year_start: style,
            calendar,
            ..base.clone()
        };
        let days = read("10 February 1649", &settings).unwrap().shape.hull();
        assert_eq!(print_days(&days, &base), words, "{style:?}");
    }
    let dual = read("10 February 1649/50", &base).unwrap().shape.hull();
    assert_eq!(print_days(&dual, &base), "1650-02-10");
}

#[test]
fn hints_of_mistakes_are_lints() {
    // A text that is warned of, and one beside it that is not.
    for (text, code, beside) in [
        ("9999", "sentinel-date", "9998"),
        ("9999-12-31", "sentinel-date", "9999-12-30"),
        ("1900-01-01", "sentinel-date", "1900-01-02"),
        ("1899-12-30", "sentinel-date", "1899-12-29"),
        ("1970-01-01", "sentinel-date", "in 1970"),
        ("0001-01-01", "sentinel-date", "0001-01-02"),
        ("-0208", "astronomical-year", "209 BC"),
        ("-0208-03-01", "astronomical-year", "209-03-01 BC"),
        ("c. 17 September 644", "too-precise", "c. September 644"),
        ("0644-09-17~", "too-precise", "0644-09~"),
        (
            "Monday 17 September 644",
            "weekday",
            "Friday 17 September 644",
        ),
        (
            "Monday 10 Muharram 61",
            "weekday",
            "Thursday 10 Muharram 61",
        ),
        ("644, indiction 5", "indiction", "644, indiction 2"),
        ("Yonghui 7.3.1", "outside-era", "Yonghui 6.3.1"),
    ] {
        let warned = |text: &str| {
            let reading = ask(text);
            reading
                .notes
                .iter()
                .any(|note| note.lint && note.code == code)
        };
        assert!(warned(text), "{text}");
        assert!(!warned(beside), "{beside}");
    }
}

#[test]
fn long_texts_take_no_long_time() {
    let settings = Settings::default();
    for piece in [
        "644 or ", "May to ", "[", "..", "from ", "9", "貞觀", "X-", "the ", "1 to ",
    ] {
        let text = piece.repeat(50_000);
        assert!(read(&text, &settings).is_err() || piece == "9", "{piece}");
        let _ = annals_calendar::read_prefix(&text, &settings);
    }
}
