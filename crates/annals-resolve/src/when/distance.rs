//! Distances in time: `3 days after #x`, `within 10 days of 644-09-17`, `two months later`.

use annals_calendar::{self as calendar, Amount, Unit};
use annals_chronicle::{Anchor, DaySet, Point, Soft};
use annals_text::Report;

use super::condition::{Fault, Found, Placed, Reader};
use super::{days, faults};

/// No amount of time is longer (unit: bytes).
const AMOUNT_BYTES: usize = 200;

/// Which way an amount counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    After,
    Before,
    /// `within 10 days of`
    Either,
}

/// How an amount bounds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    Exactly,
    Within,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    About,
    /// `about the same time as`
    SameTime,
}

const LIMITS: [(&str, Limit); 20] = [
    ("within", Limit::Within),
    ("at least", Limit::AtLeast),
    ("no less than", Limit::AtLeast),
    ("no fewer than", Limit::AtLeast),
    ("not less than", Limit::AtLeast),
    ("at most", Limit::AtMost),
    ("no more than", Limit::AtMost),
    ("not more than", Limit::AtMost),
    ("up to", Limit::AtMost),
    ("more than", Limit::MoreThan),
    ("over", Limit::MoreThan),
    ("less than", Limit::LessThan),
    ("fewer than", Limit::LessThan),
    ("about", Limit::About),
    ("around", Limit::About),
    ("some time about", Limit::About),
    ("c.", Limit::About),
    ("ca.", Limit::About),
    ("circa", Limit::About),
    ("exactly", Limit::Exactly),
];

/// What a distance is counted from.
enum Reference {
    Anchor(Anchor),
    /// Days of an absolute date, hard and assumed.
    Days(DaySet, Option<Soft>),
}

impl Reader<'_, '_> {
    /// `3 days after #x`, `within 10 days of 644-09-17`, `two months later`.
    pub(super) fn distance(&mut self) -> Found {
        let start = self.cursor.at;
        let mut limit = LIMITS
            .iter()
            .find(|(words, _)| self.cursor.eat_words(words))
            .map_or(Limit::Exactly, |(_, limit)| *limit);
        if limit == Limit::Exactly && self.cursor.eat_char('~') {
            limit = Limit::About;
        }
        self.cursor.skip_space();
        let settings = self.ground.settings;
        let Some((amount, used)) =
            calendar::read_amount_with(self.cursor.ahead(AMOUNT_BYTES), settings)
        else {
            return Ok(None);
        };
        self.cursor.at += used;
        let amount = match limit {
            Limit::Exactly if settings.days_inclusive => without_first_day(amount),
            _ => amount,
        };
        let (way, told_before) = if self.cursor.eat_any(&["after", "from"]) {
            (Way::After, false)
        } else if self.cursor.eat_word("before") {
            (Way::Before, false)
        } else if self.cursor.eat_any(&["later", "afterwards"]) {
            (Way::After, true)
        } else if self.cursor.eat_any(&["earlier", "previously"]) {
            (Way::Before, true)
        } else if limit != Limit::Exactly && self.cursor.eat_word("of") {
            (Way::Either, false)
        } else {
            return Ok(None);
        };
        let reference = if told_before {
            self.previous_anchor(start)?.map(Reference::Anchor)
        } else {
            self.reference()?
        };
        let Some(reference) = reference else {
            return Ok(Some(Placed::relative(Point::Undated)));
        };
        self.at_distance(reference, Distance { limit, amount, way }, start)
            .map(Some)
    }

    /// `about the same time as #x`: on either side of it, by a width that the project sets.
    pub(super) fn same_time(&mut self) -> Found {
        const FORMS: [&str; 4] = [
            "about the same time as",
            "around the same time as",
            "about the time of",
            "around the time of",
        ];
        let start = self.cursor.at;
        let _ = self.cursor.eat_word("at");
        if !self.cursor.eat_any(&FORMS) {
            return Ok(None);
        }
        let Some(reference) = self.reference()? else {
            return Ok(Some(Placed::relative(Point::Undated)));
        };
        let years = self.ground.settings.widths.same_time_years;
        let distance = Distance {
            limit: Limit::SameTime,
            amount: Amount::assumed_years(years),
            way: Way::Either,
        };
        self.at_distance(reference, distance, start).map(Some)
    }

    /// A label or a date to count from; `None` where the label's own line cannot be read.
    fn reference(&mut self) -> Result<Option<Reference>, Fault> {
        if let Some(anchor) = self.label_reference()? {
            return Ok(anchor.map(Reference::Anchor));
        }
        if self.cursor.peek().is_none_or(|c| c == ',') {
            return Err(self.no_reference());
        }
        let placed = self.absolute()?;
        match placed.points.into_iter().next() {
            Some(Point::On(days)) => Ok(Some(Reference::Days(days, placed.soft))),
            _ => Err(self.no_reference()),
        }
    }

    pub(super) fn no_reference(&self) -> Fault {
        let end = self.cursor.at;
        Box::new(
            Report::error("bad-date", "it is not said what this is counted from")
                .at(
                    self.cursor.span(0, end),
                    "a label or a date was expected after this",
                )
                .help("write it like `3 days after #fall` or `3 days after 644-09-17`"),
        )
    }

    fn at_distance(
        &mut self,
        reference: Reference,
        distance: Distance,
        start: usize,
    ) -> Result<Placed, Fault> {
        let span = self.cursor.span(start, self.cursor.at);
        let text = self.cursor.text[start..self.cursor.at].trim();
        let placed = distance.bounds().and_then(|bounds| match reference {
            Reference::Anchor(anchor) => Some(distance.away_from(anchor, bounds)),
            Reference::Days(days, soft) => distance.away_from_days(&days, soft, bounds),
        });
        let Some(placed) = placed else {
            return Err(Box::new(faults::out_of_reach(span, text)));
        };
        placed.points.iter().for_each(|point| self.reach(point));
        Ok(placed)
    }
}

/// Least and most days after; negative for before, `None` for unbounded.
type Bounds = (Option<i32>, Option<i32>);

/// How far, and which way.
#[derive(Clone, Copy)]
struct Distance {
    limit: Limit,
    amount: Amount,
    way: Way,
}

impl Distance {
    /// Whether nobody stated the width. It may be dropped then, so only the side is firm.
    fn is_vague(&self) -> bool {
        self.amount.soft || self.limit == Limit::About
    }

    fn away_from(&self, anchor: Anchor, (least, most): Bounds) -> Placed {
        let exact = Point::Offset {
            anchor,
            least,
            most,
        };
        if !self.is_vague() {
            return Placed::relative(exact);
        }
        let firm = match self.way {
            Way::After => Point::After(anchor),
            Way::Before => Point::Before(anchor),
            Way::Either => Point::Undated,
        };
        Placed {
            soft: Some(Soft {
                point: exact,
                words: self.words(),
            }),
            ..Placed::relative(firm)
        }
    }

    /// Counted from days of an absolute date; `None` where it leads out of reach.
    fn away_from_days(&self, from: &DaySet, soft: Option<Soft>, bounds: Bounds) -> Option<Placed> {
        let (least, most) = if self.is_vague() {
            match self.way {
                Way::After => (Some(0), None),
                Way::Before => (None, Some(0)),
                Way::Either => (None, None),
            }
        } else {
            bounds
        };
        let firm = days::shifted(from, least, most)?;
        let mut assumed = None;
        if self.is_vague() || soft.is_some() {
            let base = match soft.as_ref().map(|s| &s.point) {
                Some(Point::On(days)) => days,
                _ => from,
            };
            let point = Point::On(days::shifted(base, bounds.0, bounds.1)?);
            let said = soft.as_ref().map(|s| s.words.clone());
            let said = said
                .into_iter()
                .chain(self.is_vague().then(|| self.words()));
            assumed = Some(Soft {
                point,
                words: said.collect::<Vec<_>>().join("; "),
            });
        }
        Some(Placed {
            soft: assumed,
            absolute: true,
            ..Placed::relative(Point::On(firm))
        })
    }

    /// Least and most days; `None` where they are out of reach.
    fn bounds(&self) -> Option<Bounds> {
        let (few, many) = self.amount.days();
        let (few, many) = (i64::from(days::day(few)?.0), i64::from(days::day(many)?.0));
        let width = self.about_width();
        // TIME.md: "within three days" on one side is from the day after to the third day.
        let (least, most) = match self.limit {
            Limit::Exactly => (Some(few), Some(many)),
            Limit::Within if self.way == Way::Either => (Some(-many), Some(many)),
            Limit::Within => (Some(1.min(many)), Some(many)),
            Limit::AtLeast => (Some(few), None),
            Limit::SameTime => (None, Some(many)),
            Limit::AtMost => (Some(0), Some(many)),
            Limit::MoreThan => (Some(few + 1), None),
            Limit::LessThan => (Some(0), Some((many - 1).max(0))),
            Limit::About => (Some((few - width).max(0)), Some(many + width)),
        };
        let bound = |days: Option<i64>| match days {
            Some(days) => days::day(days).map(|d| Some(d.0)),
            None => Some(None),
        };
        let (least, most) = (bound(least)?, bound(most)?);
        Some(match self.way {
            Way::After => (least, most),
            Way::Before => (most.map(|d| -d), least.map(|d| -d)),
            // `at least 3 days of` says nothing of the side, so only an upper bound can be used.
            Way::Either => (most.map(|d| -d), most),
        })
    }

    /// `about`: a quarter of the amount, a unit at least (unit: days).
    fn about_width(&self) -> i64 {
        let one = Amount {
            count: 1,
            most: 1,
            ..self.amount
        };
        one.days().1.max(self.amount.days().1 / 4)
    }

    /// The assumption in words.
    fn words(&self) -> String {
        if self.limit == Limit::SameTime {
            let amount = count_words(&self.amount);
            return format!("about the same time read as within {amount}");
        }
        if let Some(words) = self.amount.assumption() {
            return words;
        }
        let (few, many) = self.amount.days();
        let width = self.about_width();
        let amount = count_words(&self.amount);
        format!(
            "about {amount} read as {} to {} days",
            (few - width).max(0),
            many + width
        )
    }
}

/// `the third day after`, where the first day is counted too.
fn without_first_day(amount: Amount) -> Amount {
    match amount.unit {
        Unit::Day if !amount.soft && amount.count > 0 => Amount {
            count: amount.count - 1,
            most: amount.most - 1,
            ..amount
        },
        _ => amount,
    }
}

fn count_words(amount: &Amount) -> String {
    let unit = match amount.unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
        Unit::Decade => "decade",
        Unit::Century => "century",
    };
    match (amount.count, unit) {
        (1, unit) => format!("1 {unit}"),
        (count, "century") => format!("{count} centuries"),
        (count, unit) => format!("{count} {unit}s"),
    }
}
