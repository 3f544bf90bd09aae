//! Seasons: `late summer 644`, `winter 648-9`.
//!
//! What comes in: tokens. What goes out: a [`Datum`] of three months, western or lunar as the
//! settings say. What it refuses: a spring, summer or autumn that lies in two years.

use crate::calendar::Calendar;
use crate::datum::{Datum, Parsed, Parser, Rival};
use crate::grid::{self, Grain};
use crate::reading::{DateError, ErrorKind, Precision};
use crate::settings::Seasons;
use crate::vague::run;

impl Parser<'_> {
    /// `spring 644`, `autumn of 644`, `winter 648-9`.
    pub(crate) fn season(&mut self) -> Parsed<Datum> {
        let Some(season) = self.season_name() else {
            return Ok(None);
        };
        let _ = self.eat_mark(',');
        let _ = self.eat_word(&["of", "in"]);
        let double = self.attempt(|parser| Ok(parser.double_year()))?;
        let (year, crosses) = match double {
            Some(year) => (year, true),
            None => match self.attempt(Self::year_number)? {
                Some((year, dual)) => (if dual { year - 1 } else { year }, dual),
                None => return Ok(None),
            },
        };
        if crosses && season != 3 {
            let message = "only a winter lies in two years";
            return Err(self.error(self.at.saturating_sub(1), ErrorKind::Unsupported, message));
        }
        self.season_days(season, year, crosses).map(Some)
    }

    /// 0 for spring to 3 for winter.
    pub(crate) fn season_name(&mut self) -> Option<u8> {
        let season = match self.word(0)? {
            "spring" => 0,
            "summer" => 1,
            "autumn" | "fall" => 2,
            "winter" => 3,
            _ => return None,
        };
        self.at += 1;
        Some(season)
    }

    /// `648-9`, `648/49`, `648 to 649` after "winter": the first of the two years.
    fn double_year(&mut self) -> Option<i64> {
        let (first, _) = self.number(0)?;
        if !(self.is_mark(1, '-') || self.is_mark(1, '/') || self.is_word(1, &["to"])) {
            return None;
        }
        let (second, digits) = self.number(2)?;
        let base = 10_i64.checked_pow(u32::try_from(digits).ok()?)?;
        if (first + 1).rem_euclid(base) != second || self.is_mark(3, '-') {
            return None;
        }
        self.at += 3;
        let _ = self.eat_word(&["ad", "ce"]);
        Some(first)
    }

    fn season_days(&self, season: u8, year: i64, crosses: bool) -> Result<Datum, DateError> {
        let calendar = match self.settings.calendar {
            other if crate::western::is_western(other) => other,
            _ => Calendar::default(),
        };
        let far = || self.error(0, ErrorKind::ImpossibleYear, "this year is too far away");
        let first = 3 + 3 * i64::from(season);
        let months = grid::month_run(calendar, year, first, 3).ok_or_else(far)?;
        let (from, to) = (3 * season + 1, 3 * season + 3);
        let lunar = crate::china::lunar_months(year, from, to);
        let grain = Grain::Months {
            calendar,
            year,
            first: first as u8,
            count: 3,
        };
        let names = ["March to May", "June to August", "September to November"];
        let name = match names.get(usize::from(season)) {
            Some(name) => (*name).to_owned(),
            None => format!(
                "December to February of {}",
                crate::print::year_words(year + 1)
            ),
        };
        let datum = Datum::new(months.clone(), calendar, Precision::PartOfYear, grain);
        match (self.settings.seasons, lunar) {
            (Seasons::Lunar, Some(lunar)) => Ok(Datum {
                options: vec![lunar.clone()],
                grain: run(&lunar),
                ..datum
            }
            .note("season", format!("read as the lunar months {from} to {to}"))),
            (Seasons::Either, Some(lunar)) => Ok(Datum {
                options: vec![months.clone(), lunar.clone()],
                alternatives: vec![
                    Rival::new(name, months, calendar),
                    Rival::new(
                        format!("the lunar months {from} to {to}"),
                        lunar,
                        Calendar::Chinese,
                    ),
                ],
                grain: Grain::Whole,
                ..datum
            }),
            _ if season == 3 && !crosses => {
                Ok(datum.note("season", format!("winter is read as {name}")))
            }
            _ => Ok(datum.note("season", format!("read as {name}"))),
        }
    }
}
