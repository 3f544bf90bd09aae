//! Calendar cells for `the following year` and `the same month`.
//!
//! A relative year depends on the calendar, which reasoning does not know. So resolve lays out the
//! years or months around all dates of the text as a [`Grid`] and the condition names cells of it.

use annals_calendar::{Settings, month_days, month_of, year_days, year_of};
use annals_chronicle::{Chronicle, Day, DaySet, Grid, GridId};

/// A unit that relative dates count in cells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellUnit {
    Year,
    Month,
}

impl CellUnit {
    fn name(self) -> &'static str {
        match self {
            CellUnit::Year => "year",
            CellUnit::Month => "month",
        }
    }
}

/// Cells laid out on each side of the days the text names.
const MARGIN: i64 = 200;
/// Cells laid out at most.
const MOST_CELLS: i64 = 20_000;

/// Which grids are asked for, and the days they must cover.
#[derive(Debug, Default)]
pub(crate) struct Grids {
    units: Vec<CellUnit>,
    days: Vec<i32>,
    /// Grids of a finished chronicle: a question can use those but add none.
    fixed: Option<Vec<(String, GridId)>>,
}

impl Grids {
    /// The grids a question may use.
    pub(crate) fn of(chronicle: &Chronicle) -> Grids {
        let fixed = chronicle
            .grids
            .iter()
            .enumerate()
            .map(|(i, g)| (g.unit.clone(), GridId(i as u32)))
            .collect();
        Grids {
            fixed: Some(fixed),
            ..Grids::default()
        }
    }

    /// The number of the grid of a unit; `None` where none can be added.
    pub(crate) fn id(&mut self, unit: CellUnit) -> Option<GridId> {
        if let Some(fixed) = &self.fixed {
            return fixed
                .iter()
                .find(|(u, _)| u == unit.name())
                .map(|(_, id)| *id);
        }
        let known = self.units.iter().position(|u| *u == unit);
        let at = known.unwrap_or_else(|| {
            self.units.push(unit);
            self.units.len() - 1
        });
        Some(GridId(at as u32))
    }

    /// Notes that the text names these days.
    pub(crate) fn reach(&mut self, days: &DaySet) {
        let ends = days.ranges().iter().flat_map(|r| [r.first, r.last]);
        self.days.extend(ends.flatten().map(|d| d.0));
    }

    /// The first and last days named so far, in the order in which they were.
    pub(crate) fn days(&self) -> &[i32] {
        &self.days
    }

    /// Notes days that were named in a text read before.
    pub(crate) fn reach_again(&mut self, days: &[i32]) {
        self.days.extend_from_slice(days);
    }

    /// Lays out the grids asked for, over all days named and `covers`.
    pub(crate) fn lay_out(mut self, covers: Option<(Day, Day)>, settings: &Settings) -> Vec<Grid> {
        self.days
            .extend(covers.iter().flat_map(|(f, l)| [f.0, l.0]));
        self.days.sort_unstable();
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            // Without any date there is no best place; the common era is as good as any.
            let era = |year| year_days(year, settings).0;
            return self.grids_over(era(1), era(2000), era(1000), settings);
        };
        let middle = self.days[self.days.len() / 2];
        let (first, last) = (i64::from(*first), i64::from(*last));
        self.grids_over(first, last, i64::from(middle), settings)
    }

    fn grids_over(&self, first: i64, last: i64, middle: i64, settings: &Settings) -> Vec<Grid> {
        self.units
            .iter()
            .map(|unit| {
                let cell = |day| cell_of(*unit, day, settings);
                let (mut from, mut to) = (cell(first) - MARGIN, cell(last) + MARGIN);
                if to - from > MOST_CELLS {
                    from = from.max(cell(middle) - MOST_CELLS / 2);
                    to = to.min(from + MOST_CELLS);
                }
                let starts = (from..=to + 1).filter_map(|c| start_of(*unit, c, settings));
                Grid {
                    unit: unit.name().to_string(),
                    starts: rising(starts),
                }
            })
            .collect()
    }
}

/// Years or months counted from a fixed one.
fn cell_of(unit: CellUnit, day: i64, settings: &Settings) -> i64 {
    match unit {
        CellUnit::Year => year_of(day, settings),
        CellUnit::Month => {
            let (year, month) = month_of(day, settings);
            year * MONTHS + i64::from(month) - 1
        }
    }
}

/// Months are numbered as if every year had thirteen; calendars with twelve skip a number.
const MONTHS: i64 = 13;

fn start_of(unit: CellUnit, cell: i64, settings: &Settings) -> Option<Day> {
    let day = match unit {
        CellUnit::Year => year_days(cell, settings).0,
        CellUnit::Month => {
            let month = u8::try_from(cell.rem_euclid(MONTHS) + 1).ok()?;
            month_days(cell.div_euclid(MONTHS), month, settings)?.0
        }
    };
    i32::try_from(day).ok().map(Day)
}

fn rising(starts: impl Iterator<Item = Day>) -> Vec<Day> {
    let mut rising: Vec<Day> = Vec::new();
    for day in starts {
        if rising.last().is_none_or(|last| *last < day) {
            rising.push(day);
        }
    }
    rising
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_cover_the_days_and_rise() {
        let settings = Settings::default();
        let mut grids = Grids::default();
        assert_eq!(grids.id(CellUnit::Month), Some(GridId(0)));
        assert_eq!(grids.id(CellUnit::Year), Some(GridId(1)));
        assert_eq!(grids.id(CellUnit::Month), Some(GridId(0)));
        let (first, last) = year_days(644, &settings);
        grids.reach(&DaySet::range(Some(Day(first as i32)), Some(Day(last as i32))).unwrap());
        let laid = grids.lay_out(None, &settings);
        assert_eq!(laid[0].unit, "month");
        assert!(laid[0].starts.contains(&Day(first as i32)));
        assert!(
            laid[0]
                .starts
                .windows(2)
                .all(|w| w[0] < w[1] && w[1].0 - w[0].0 <= 31)
        );
        assert!(laid[1].starts.len() > 400);
    }

    #[test]
    fn a_text_that_reaches_over_millions_of_years_keeps_its_grid_small() {
        let settings = Settings::default();
        let mut grids = Grids::default();
        grids.id(CellUnit::Month);
        grids.reach(&DaySet::day(Day(-900_000_000)));
        grids.reach(&DaySet::day(Day(1_956_539)));
        grids.reach(&DaySet::day(Day(900_000_000)));
        let laid = grids.lay_out(None, &settings);
        assert!(laid[0].starts.len() as i64 <= MOST_CELLS + 2);
    }
}
