//! Days, calendars, EDTF and the phrases historians date with, each with exact day bounds.
//!
//! What comes in: the text of a date ([`read`]) or of an amount of time ([`read_amount`]). What
//! goes out: a [`Reading`], whose [`Shape`] holds sets of [`Days`], numbered by Julian day number.
//! A date is kept as written; conversions are views. The crate opens no file, reads no clock, uses
//! no floating point and panics on no input.
//!
//! ```
//! use annals_calendar::{Settings, Shape, read};
//! let reading = read("658 or 659", &Settings::default())?;
//! let Shape::On(days) = reading.shape else { panic!() };
//! assert_eq!(days.first(), Some(1_961_393));
//! # Ok::<(), annals_calendar::DateError>(())
//! ```

mod amount;
mod arithmetic;
mod calendar;
mod china;
mod civil;
mod combine;
mod core_date;
mod datum;
mod days;
mod describe;
mod edtf;
mod edtf_phrase;
mod eras;
mod grid;
mod number;
mod numeric;
mod others;
mod phrase;
mod print;
mod reading;
mod record;
mod season;
mod settings;
mod text;
mod vague;
mod views;
mod western;
mod year;

pub use amount::{Amount, Unit, read_amount, read_amount_with};
pub use calendar::{Calendar, IslamicEpoch, IslamicLeaps, SWITCH_1582};
pub use china::{
    ChineseDate, chinese_dates, lunar_namesake, sexagenary_characters, sexagenary_name,
    sexagenary_year,
};
pub use civil::{
    WEEKDAYS, Ymd, gregorian_from_jdn, gregorian_leap, gregorian_to_jdn, julian_easter,
    julian_from_jdn, julian_leap, julian_to_jdn, sexagenary_day, weekday,
};
pub use days::{DayRange, Days, FARTHEST_DAY, Jdn};
pub use describe::{Shown, describe, describe_day, describe_reading};
pub use edtf::{Edtf, EdtfBound, EdtfError, EdtfKind, Qualifier, Qualifiers, read_edtf};
pub use eras::indiction;
pub use grid::{month_around, month_days, month_of, year_days, year_of};
pub use number::read_number;
pub use phrase::{read, read_prefix};
pub use print::{print_day, print_days, year_words};
pub use reading::{Alternative, DateError, ErrorKind, Note, Precision, Reading, Shape, Soft};
pub use record::{Record, RecordReading};
pub use settings::{Seasons, Settings, Widths, YearStart};
pub use views::{DayViews, day_views, edtf_of, edtf_of_shape};
pub use western::MONTHS;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
