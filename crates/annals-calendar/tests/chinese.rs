//! Chinese dates: published pairs, every written form, both directions, and what is refused.

use annals_calendar::{
    Days, Jdn, Settings, Shape, chinese_dates, julian_to_jdn, print_days, read, sexagenary_day,
    sexagenary_name,
};

fn days(text: &str) -> Days {
    let reading = read(text, &Settings::default()).unwrap_or_else(|e| panic!("{text}: {e}"));
    let Shape::On(days) = reading.shape else {
        panic!("{text}")
    };
    days
}

fn words(text: &str) -> String {
    print_days(&days(text), &Settings::default())
}

/// Dates of the western campaigns and of well-known events, with the Julian day that chronicles
/// and handbooks agree on.
const PAIRS: &[(&str, &str)] = &[
    ("武德元年五月二十日甲子", "618-06-18"),
    ("Wude 4.5.2 jiwei", "621-05-28"),
    ("唐貞觀元年正月一日乙酉", "627-01-23"),
    ("Zhenguan 14.8.8 guiyou", "640-08-30"),
    ("Zhenguan 14.9.21 yimao", "640-10-11"),
    ("Zhenguan 16.9.20 guiyou", "642-10-19"),
    ("Zhenguan 17.4.6 yiyou", "643-04-29"),
    ("Zhenguan 18.8.11", "644-09-17"),
    ("Zhenguan 18.8.20 xinyou", "644-09-26"),
    ("Zhenguan 18.8.22", "644-09-28"),
    ("Zhenguan 18/9 xinmao", "644-10-26"),
    ("Zhenguan 18.10.14 jiayin", "644-11-18"),
    ("Zhenguan 21.12.26 wuyin", "648-01-26"),
    ("Zhenguan 22.12.1", "648-12-20"),
    ("Zhenguan 22 leap 12.1 dingchou", "649-01-19"),
    ("Zhenguan 23.5.26 jisi", "649-07-10"),
    ("Xianqing 3.5.2 guiwei", "658-06-07"),
    ("Changshou 1.10.25 bingxu", "692-12-08"),
];

/// One day or month in every usual form.
const FORMS: &[(&str, &str)] = &[
    ("Zhenguan 18/8/11", "644-09-17"),
    ("Zhēnguān 18.8.11", "644-09-17"),
    ("Zhen-guan 18.8.11", "644-09-17"),
    ("Tang Zhenguan 18.8.11", "644-09-17"),
    ("Zhenguan (Taizong) 18.8.11", "644-09-17"),
    ("Zhenguan 18, 8th month, 11th day", "644-09-17"),
    ("Zhenguan 18 month 8 day 11", "644-09-17"),
    ("the 11th day of the 8th month of Zhenguan 18", "644-09-17"),
    ("xinmao of the 9th month of Zhenguan 18", "644-10-26"),
    ("Zhenguan 18.9 xin-mao", "644-10-26"),
    ("貞觀十八年八月十一日", "644-09-17"),
    ("贞观十八年八月十一日", "644-09-17"),
    ("貞觀18年8月11日", "644-09-17"),
    ("貞觀１８年８月１１日", "644-09-17"),
    ("貞觀十八年九月辛卯", "644-10-26"),
    ("貞觀十八年秋九月辛卯", "644-10-26"),
    ("唐太宗貞觀十八年八月壬子", "644-09-17"),
    ("貞觀二十二年閏十二月丁丑朔", "649-01-19"),
    ("貞觀22年閏12月丁丑朔", "649-01-19"),
    ("贞观廿二年闰十二月初一", "649-01-19"),
    ("貞觀二十二年閏月", "between 649-01-19 and 649-02-16"),
    ("貞觀十八年八月晦", "644-10-05"),
    ("Zhenguan 18.8", "between 644-09-07 and 644-10-05"),
    ("spring of Zhenguan 18", "between 644-02-14 and 644-05-11"),
    ("Zhenguan 18 spring", "between 644-02-14 and 644-05-11"),
    ("貞觀十八年春", "between 644-02-14 and 644-05-11"),
    ("Zhenguan 18", "between 644-02-14 and 645-02-01"),
    (
        "the 18th year of Zhenguan",
        "between 644-02-14 and 645-02-01",
    ),
    ("644年9月17日", "644-09-17"),
    ("公元前202年", "202 BC"),
    ("Shangyuan (Gaozong) 1", "between 674-09-20 and 675-01-31"),
    ("Shangyuan (Suzong) 1", "between 760-06-08 and 761-02-09"),
    ("天授二年一月五日", "691-02-08"),
    ("Xuantong 3.12.25", "1912-02-12"),
    // Years by their place in the cycle of sixty.
    ("Zhenguan jiachen", "between 644-02-14 and 645-02-01"),
    (
        "the jiachen year of Zhenguan",
        "between 644-02-14 and 645-02-01",
    ),
    ("Zhenguan 18 (jiachen)", "between 644-02-14 and 645-02-01"),
    ("貞觀甲辰年八月壬子", "644-09-17"),
    ("貞觀十八年歲次甲辰八月", "between 644-09-07 and 644-10-05"),
    // A long reign had some names twice.
    (
        "renyin year of Kangxi",
        "between 1662-02-18 and 1663-02-07 or between 1722-02-16 and 1723-02-04",
    ),
    ("Zhēnguān 18 nián 8 yuè 11 rì", "644-09-17"),
    ("Zhenguan 22 leap month", "between 649-01-19 and 649-02-16"),
];

#[test]
fn pairs_and_forms() {
    for (text, day) in PAIRS.iter().chain(FORMS).filter(|(_, day)| !day.is_empty()) {
        assert_eq!(words(text), *day, "{text}");
    }
}

#[test]
fn repeated_names_are_disjunctions_unless_said() {
    let settings = Settings::default();
    let both = read("Shangyuan 1", &settings).unwrap();
    assert_eq!(both.alternatives.len(), 2);
    assert!(both.alternatives[0].words.contains("Gaozong"));
    // Only the longer of the two eras had a third year.
    assert!(
        read("Shangyuan 3", &settings)
            .unwrap()
            .alternatives
            .is_empty()
    );
    let tang = Settings {
        covers: Some(Days::between(
            julian_to_jdn(600, 1, 1),
            julian_to_jdn(800, 1, 1),
        )),
        ..settings
    };
    let decided = read("Zhenguan 5", &tang).unwrap();
    assert!(decided.alternatives.is_empty());
    assert!(
        decided
            .notes
            .iter()
            .any(|note| note.code == "era-by-window")
    );
}

#[test]
fn where_tables_differ_both_are_named() {
    let reading = read("Wude 4.9.1", &Settings::default()).unwrap();
    assert_eq!(reading.alternatives.len(), 2);
    assert_eq!(reading.shape.hull(), Days::between(1_948_142, 1_948_143));
    // The day of the cycle decides: the chronicle has yimao in this month.
    assert_eq!(words("Wude 4.9 yimao"), "621-09-21");
}

#[test]
fn impossible_days_name_the_nearest() {
    let settings = Settings::default();
    let error = read("Zhenguan 18.11 renyin", &settings).unwrap_err();
    assert_eq!(
        error.message,
        "the 11th month of Zhenguan 18 has no renyin day"
    );
    assert!(error.suggestion.unwrap().starts_with("renshen is its 2nd"));
    let month = error.readable.unwrap();
    assert_eq!(month, days("Zhenguan 18.11"));
    for (text, code) in [
        ("Zhenguan 18.8.30", "impossible-day"),
        ("Zhenguan 18.8.11 xinmao", "impossible-day"),
        ("Zhenguan 18.13.1", "impossible-month"),
        ("Zhenguan 22 leap 11", "impossible-month"),
        ("Zhenguan 40", "impossible-year"),
        ("Zhenguan 18 xinmao", "impossible-year"),
        ("貞觀丙辰年", "impossible-year"),
        ("貞觀十八年閏月", "impossible-month"),
        ("Shangyuan (Taizong) 1", "unknown-era"),
    ] {
        let error = read(text, &settings).unwrap_err();
        assert_eq!(error.kind.code(), code, "{text}: {error}");
    }
}

#[test]
fn every_tang_month_start_goes_both_ways() {
    let mut months = 0;
    // From the New Year of 619 to that of 907, in whose spring the dynasty ended.
    let mut day: Jdn = julian_to_jdn(619, 2, 20);
    let lunar = Settings {
        calendar: annals_calendar::Calendar::Chinese,
        ..Settings::default()
    };
    let last = annals_calendar::year_days(907, &lunar).0;
    while day < last {
        let dates = chinese_dates(day);
        let first = dates.first().unwrap_or_else(|| panic!("no date for {day}"));
        if first.day == 1 {
            months += 1;
            let cycle = sexagenary_name(sexagenary_day(day));
            for date in &dates {
                for text in [
                    &date.written,
                    &date.characters,
                    &format!("{} {cycle}", date.written),
                ] {
                    assert!(days(text).contains(day), "{text} is not {day}");
                }
            }
        }
        day += 1;
    }
    assert_eq!(months, 3_562);
}

#[test]
fn every_day_from_the_han_to_1912_has_a_date_that_reads_back() {
    for day in (julian_to_jdn(-139, 12, 1)..2_419_446).step_by(97) {
        let dates = chinese_dates(day);
        for date in &dates {
            assert!(
                days(&date.written).contains(day),
                "{} is not {day}",
                date.written
            );
        }
    }
}

#[test]
fn lunar_years_follow_each_other() {
    use annals_calendar::{Calendar, year_days, year_of};
    let lunar = Settings {
        calendar: Calendar::Chinese,
        ..Settings::default()
    };
    for year in 619..906 {
        let (first, last) = year_days(year, &lunar);
        assert_eq!(year_days(year + 1, &lunar).0, last + 1);
        assert_eq!(
            (year_of(first, &lunar), year_of(last, &lunar)),
            (year, year)
        );
    }
    assert_eq!(print_days(&days("Zhenguan 18"), &Settings::default()), {
        let (first, last) = year_days(644, &lunar);
        print_days(&Days::between(first, last), &Settings::default())
    });
}
