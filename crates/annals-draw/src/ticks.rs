//! The axis of time: ticks from single days to millennia, in the chronicle's calendar.
//!
//! What comes in: a calendar, a window of days and how many pixels it fills. What goes out: ticks
//! with words that never overlap, and above them the periods they lie in (`October 644` over days,
//! `644` over months). There is no year zero: `1 BC` is followed by `AD 1`, and round years are
//! round as people count them, so a step of a hundred has `100 BC`, `AD 1`, `100`.
//!
//! A page that zooms draws ticks by the same rule; `tests/pictures/tick-cases.json` holds cases
//! that both must meet. The rule, in full:
//!
//! 1. Steps are tried from the finest to the coarsest: days 1, 5, 10; months 1, 3; years 1, 2,
//!    5, 10, 20, 50, 100 and so on by 1, 2, 5. A step of n days ticks the first of each month and
//!    the days of the month that n divides, except those less than n before the next month. A step
//!    of n months ticks months 1, 1+n, and so on. A step of n years ticks the years AD that n
//!    divides, the years BC that n divides, and for n above 1 also AD 1.
//! 2. A tick stands where its day, month or year begins, if that day lies in the window. Its words
//!    begin [`PAD`] to the right of it and take [`LETTER`] a character.
//! 3. The first step is taken whose words all end [`GAP`] before the next tick; the last tick's
//!    words may reach the right edge and, if they do not fit there, are left out (the tick stays).
//! 4. Over days stand months, over months years; over years nothing. A period is named from where
//!    it begins, or from the left edge, in the longer words or else the shorter ones, if they end
//!    [`GAP`] before the next period begins.

use annals_calendar::{Calendar, Settings, month_days, year_days, year_of};
use annals_query::CalendarSeen;

use crate::calendar::{settings_of, year_label};

/// Pixels a character of a tick's words takes.
pub const LETTER: f64 = 6.6;

/// Pixels between a tick and its words.
pub const PAD: f64 = 4.0;

/// Pixels between words and the next tick.
pub const GAP: f64 = 6.0;

/// One tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The day on which what it names begins.
    pub day: i32,
    /// Its words; empty where they would not fit.
    pub words: String,
    /// Whether it begins a longer period: a month among days, a year among months, a round year.
    pub strong: bool,
}

/// A longer period over the ticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The day its words stand at: its first day, or the first of the window.
    pub day: i32,
    /// Its words; empty where they would not fit.
    pub words: String,
    /// Whether it begins in the window, so that a line divides it from the one before.
    pub begins: bool,
}

/// An axis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Axis {
    /// The ticks, earliest first.
    pub ticks: Vec<Tick>,
    /// The periods over them.
    pub periods: Vec<Period>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(u8),
    Months(u8),
    Years(i64),
}

/// The window an axis is made for.
struct Window<'a> {
    settings: &'a Settings,
    western: bool,
    first: i32,
    last: i32,
    per_day: f64,
}

/// The axis of a window of days over some pixels.
pub fn axis(calendar: &CalendarSeen, first: i32, last: i32, width: f64) -> Axis {
    let settings = settings_of(calendar);
    let last = last.max(first);
    let window = Window {
        western: calendar.western,
        per_day: width.max(1.0) / (f64::from(last) - f64::from(first) + 1.0),
        settings: &settings,
        first,
        last,
    };
    for step in steps() {
        // Looked at only if so many words could fit at all, so that no window makes a long list.
        if step.shortest_days() * window.per_day < 2.0 * LETTER + PAD + GAP {
            continue;
        }
        let ticks = window.ticks(step);
        if window.fits(&ticks) {
            return Axis {
                periods: window.periods(step),
                ticks: window.trimmed(ticks),
            };
        }
    }
    Axis::default()
}

fn steps() -> impl Iterator<Item = Step> {
    let fine = [
        Step::Days(1),
        Step::Days(5),
        Step::Days(10),
        Step::Months(1),
        Step::Months(3),
    ];
    let years = (0..8).flat_map(|power| [1, 2, 5].map(|n| Step::Years(n * 10_i64.pow(power))));
    fine.into_iter().chain(years)
}

impl Step {
    /// Fewer days than any two ticks of this step lie apart, in any calendar.
    fn shortest_days(self) -> f64 {
        match self {
            Step::Days(n) => f64::from(n),
            Step::Months(1) => 28.0,
            Step::Months(n) => f64::from(n) * 29.0,
            // AD 1 stands a year nearer to the next round year.
            Step::Years(n) => (n.max(2) - 1) as f64 * 353.0,
        }
    }
}

impl Window<'_> {
    fn inside(&self, day: i64) -> Option<i32> {
        let day = i32::try_from(day).ok()?;
        (self.first <= day && day <= self.last).then_some(day)
    }

    fn years(&self) -> std::ops::RangeInclusive<i64> {
        let of = |day: i32| year_of(i64::from(day), self.settings);
        of(self.first)..=of(self.last)
    }

    fn ticks(&self, step: Step) -> Vec<Tick> {
        match step {
            Step::Days(n) => self.day_ticks(n),
            Step::Months(n) => self.month_ticks(n),
            Step::Years(n) => self.year_ticks(n),
        }
    }

    /// Months that touch the window: year, month, first and last day.
    fn months(&self) -> Vec<(i64, u8, i64, i64)> {
        let (start, end) = self.years().into_inner();
        let mut months = Vec::new();
        // A year that does not begin with its first month reaches into the next one's numbers.
        for year in start - 1..=end + 1 {
            for month in 1..=13 {
                if let Some((first, last)) = month_days(year, month, self.settings)
                    && first <= i64::from(self.last)
                    && last >= i64::from(self.first)
                {
                    months.push((year, month, first, last));
                }
            }
        }
        months.sort_by_key(|(.., first, _)| *first);
        months
    }

    fn day_ticks(&self, n: u8) -> Vec<Tick> {
        let mut ticks = Vec::new();
        for (year, month, first, last) in self.months() {
            for day in 1..=31_u8 {
                let on = day == 1 || n == 1 || day % n == 0;
                let Some(jdn) = self.calendar().to_jdn(year, month, day).filter(|_| on) else {
                    continue;
                };
                let crowded = n > 1 && day > 1 && jdn + i64::from(n) > last + 1;
                if let Some(at) = self.inside(jdn).filter(|_| !crowded) {
                    ticks.push(Tick {
                        day: at,
                        words: day.to_string(),
                        strong: jdn == first,
                    });
                }
            }
        }
        ticks
    }

    fn month_ticks(&self, n: u8) -> Vec<Tick> {
        let months = self.months().into_iter();
        let on = months.filter(|(_, month, ..)| (month - 1) % n == 0);
        on.filter_map(|(_, month, first, _)| {
            Some(Tick {
                day: self.inside(first)?,
                words: self.month_words(month, false),
                strong: month == 1,
            })
        })
        .collect()
    }

    fn year_ticks(&self, n: i64) -> Vec<Tick> {
        let (start, end) = self.years().into_inner();
        // As people count: years AD from 1, years BC from 1.
        let mut years: Vec<i64> = Vec::new();
        let bc_low = (1 - end).max(1).div_euclid(n) * n;
        let mut bc = bc_low.max(n);
        while bc <= 1 - start {
            years.push(1 - bc);
            bc += n;
        }
        years.reverse();
        if n > 1 && (start..=end).contains(&1) {
            years.push(1);
        }
        let mut ad = (start.max(1) + n - 1).div_euclid(n) * n;
        while ad <= end {
            years.push(ad);
            ad += n;
        }
        let next_power = 10_i64.pow(n.ilog10() + 1);
        years
            .into_iter()
            .filter_map(|year| {
                let counted = if year > 0 { year } else { 1 - year };
                Some(Tick {
                    day: self.inside(year_days(year, self.settings).0)?,
                    words: year_label(year, self.western),
                    strong: counted % next_power == 0 || year == 1,
                })
            })
            .collect()
    }

    fn x(&self, day: i32) -> f64 {
        (f64::from(day) - f64::from(self.first)) * self.per_day
    }

    fn words_end(&self, tick: &Tick) -> f64 {
        self.x(tick.day) + PAD + tick.words.chars().count() as f64 * LETTER
    }

    fn right(&self) -> f64 {
        (f64::from(self.last) - f64::from(self.first) + 1.0) * self.per_day
    }

    fn fits(&self, ticks: &[Tick]) -> bool {
        let apart = |pair: &[Tick]| self.words_end(&pair[0]) + GAP <= self.x(pair[1].day);
        ticks.windows(2).all(apart)
    }

    fn trimmed(&self, mut ticks: Vec<Tick>) -> Vec<Tick> {
        if let Some(last) = ticks.last_mut()
            && self.words_end(last) > self.right()
        {
            last.words.clear();
        }
        ticks
    }

    fn periods(&self, step: Step) -> Vec<Period> {
        let starts: Vec<(i64, [String; 2])> = match step {
            Step::Days(_) => self
                .months()
                .into_iter()
                .map(|(year, month, first, _)| {
                    let words = |long| self.month_of_year(year, month, long);
                    (first, [words(true), words(false)])
                })
                .collect(),
            Step::Months(_) => self
                .years()
                .map(|year| {
                    let words = year_label(year, self.western);
                    (year_days(year, self.settings).0, [words.clone(), words])
                })
                .collect(),
            Step::Years(_) => return vec![],
        };
        let mut periods = Vec::new();
        for (at, (start, words)) in starts.iter().enumerate() {
            let begins = self.inside(*start);
            let day = begins.unwrap_or(self.first);
            let next = starts.get(at + 1).and_then(|(next, _)| self.inside(*next));
            let room = next.map_or(self.right(), |next| self.x(next)) - self.x(day);
            let fits = |w: &&String| PAD + w.chars().count() as f64 * LETTER + GAP <= room;
            periods.push(Period {
                day,
                words: words.iter().find(fits).cloned().unwrap_or_default(),
                begins: begins.is_some(),
            });
        }
        periods
    }

    fn calendar(&self) -> Calendar {
        match self.settings.calendar {
            Calendar::Chinese => Calendar::default(),
            other => other,
        }
    }

    fn month_of_year(&self, year: i64, month: u8, long: bool) -> String {
        let year = year_label(year, self.western);
        let month = self.month_words(month, long);
        if self.western {
            format!("{month} {year}")
        } else {
            format!("{year}-{month}")
        }
    }

    /// The month's English name in the western calendars; elsewhere its number, since the names
    /// of other calendars' months are a matter of language.
    fn month_words(&self, month: u8, long: bool) -> String {
        match annals_calendar::MONTHS.get(usize::from(month.saturating_sub(1))) {
            Some(name) if self.western && long => (*name).to_owned(),
            Some(name) if self.western => name[..3].to_owned(),
            _ => month.to_string(),
        }
    }
}
