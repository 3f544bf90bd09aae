//! Chinese dates: eras, lunar months, days by number or by their place in the cycle of sixty.
//!
//! What comes in: phrases such as `Zhenguan 18.8.11` or `貞觀十八年九月辛卯`, and day numbers. What
//! goes out: days, with a rival reading wherever an era name was used twice or two tables differ.
//! The months are a table, not a formula: no rule of astronomy gives what the court proclaimed.

mod fields;
mod han;
mod latin;
mod problems;
mod table;

use crate::days::{Days, Jdn};
use table::{Month, table};

/// The ten stems.
const STEMS: [(char, &str); 10] = [
    ('甲', "jia"),
    ('乙', "yi"),
    ('丙', "bing"),
    ('丁', "ding"),
    ('戊', "wu"),
    ('己', "ji"),
    ('庚', "geng"),
    ('辛', "xin"),
    ('壬', "ren"),
    ('癸', "gui"),
];

/// The twelve branches.
const BRANCHES: [(char, &str); 12] = [
    ('子', "zi"),
    ('丑', "chou"),
    ('寅', "yin"),
    ('卯', "mao"),
    ('辰', "chen"),
    ('巳', "si"),
    ('午', "wu"),
    ('未', "wei"),
    ('申', "shen"),
    ('酉', "you"),
    ('戌', "xu"),
    ('亥', "hai"),
];

/// A name of the cycle of sixty in letters: 0 is `jiazi`, 59 is `guihai`.
pub fn sexagenary_name(index: u8) -> String {
    let (_, stem) = STEMS[usize::from(index % 10)];
    let (_, branch) = BRANCHES[usize::from(index % 12)];
    format!("{stem}{branch}")
}

/// A name of the cycle of sixty in characters: 0 is 甲子.
pub fn sexagenary_characters(index: u8) -> String {
    let (stem, _) = STEMS[usize::from(index % 10)];
    let (branch, _) = BRANCHES[usize::from(index % 12)];
    [stem, branch].iter().collect()
}

/// The place in the cycle of a stem and a branch, if they go together.
fn cycle_of(stem: usize, branch: usize) -> Option<u8> {
    (0..60)
        .find(|index| index % 10 == stem && index % 12 == branch)
        .map(|index| index as u8)
}

/// The place in the cycle that a name in letters has: `xinmao` is 27.
fn cycle_named(word: &str) -> Option<u8> {
    STEMS.iter().enumerate().find_map(|(stem, (_, name))| {
        let rest = word.strip_prefix(name)?;
        let branch = BRANCHES.iter().position(|(_, name)| *name == rest)?;
        cycle_of(stem, branch)
    })
}

/// A day as a date of the Chinese calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChineseDate {
    /// The era in characters (`貞觀`), or the ruler where years had no era name.
    pub era: String,
    /// The era in letters (`Zhenguan`).
    pub era_letters: String,
    /// The state in characters (`唐`).
    pub state: String,
    /// The state's usual English name (`Tang`).
    pub state_english: String,
    /// Rulers of the era in characters.
    pub rulers: String,
    /// Year of the era, from 1.
    pub year: i64,
    /// Month, from 1; in 690-700 the twelfth is La and stands second.
    pub month: u8,
    /// Is it a leap month?
    pub leap: bool,
    /// Day of the month, from 1.
    pub day: u8,
    /// `Zhenguan 18.8.11`, which reads back to this day.
    pub written: String,
    /// `貞觀十八年八月十一日`.
    pub characters: String,
}

/// The dates of a day in the eras that were in use, the principal line of dynasties first.
///
/// ```
/// let dates = annals_calendar::chinese_dates(1_956_539);
/// assert_eq!(dates[0].written, "Zhenguan 18.8.11");
/// assert_eq!(dates[0].characters, "貞觀十八年八月十一日");
/// ```
pub fn chinese_dates(day: Jdn) -> Vec<ChineseDate> {
    let table = table();
    let mut found: Vec<(usize, ChineseDate)> = Vec::new();
    for era in table
        .eras
        .iter()
        .filter(|era| era.first <= day && day <= era.last)
    {
        let near = crate::civil::julian_from_jdn(day).year;
        for year in (near - 1..=near + 1).filter(|year| *year > era.base) {
            let Some(month) = table
                .year(era.state, year)
                .iter()
                .find(|month| month.first <= day && day <= month.last())
            else {
                continue;
            };
            let rank = table.rank(era.state);
            found.push((rank, fields::chinese_date(table, era, year, month, day)));
            break;
        }
    }
    found.sort_by(|a, b| (a.0, &a.1.era, a.1.year).cmp(&(b.0, &b.1.era, b.1.year)));
    found.into_iter().map(|(_, date)| date).collect()
}

/// Lunar months `from` to `to` of the year that mostly lies in a Julian year.
pub(crate) fn lunar_months(year: i64, from: u8, to: u8) -> Option<Days> {
    let months: Vec<&Month> = table()
        .main_year(year)
        .iter()
        .filter(|month| (from..=to).contains(&month.number))
        .collect();
    Days::from_ranges(
        months
            .iter()
            .map(|month| (Some(month.first), Some(month.last()))),
    )
}

/// The first day of the lunar year that mostly lies in a Julian year.
pub(crate) fn new_year(year: i64) -> Option<Jdn> {
    table().main_year(year).first().map(|month| month.first)
}

/// First and last day of the lunar month that holds a day.
pub(crate) fn month_around(day: Jdn) -> Option<(Jdn, Jdn)> {
    let near = crate::civil::julian_from_jdn(day).year;
    (near - 1..=near + 1)
        .flat_map(|year| table().main_year(year))
        .find(|month| month.first <= day && day <= month.last())
        .map(|month| (month.first, month.last()))
}

/// The day whose lunar month and day have the same numbers as the given civil month and day.
///
/// A page that prints "11 August" for the eleventh day of the eighth month has made this slip; a
/// chronicle that gives both days can be warned.
pub fn lunar_namesake(year: i64, month: u8, day: u8) -> Option<Jdn> {
    let month = table()
        .main_year(year)
        .iter()
        .find(|candidate| candidate.number == month && !candidate.leap)?;
    (1..=month.length)
        .contains(&day)
        .then(|| month.first + i64::from(day) - 1)
}

/// The year of the cycle of sixty that a lunar year is: 0 is jiazi (AD 4).
pub fn sexagenary_year(year: i64) -> u8 {
    (year - 4).rem_euclid(60) as u8
}
