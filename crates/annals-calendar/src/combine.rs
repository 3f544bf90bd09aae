//! How prepositions and `or` act on the days of a date.

use crate::datum::{Datum, Rival, cross};
use crate::days::Days;
use crate::reading::{Alternative, Reading, Shape, Soft};

/// The side on which a preposition bounds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
    By,
    NoLater,
    NoEarlier,
    Since,
    Until,
}

impl Side {
    pub fn bound(self, days: &Days) -> Option<Days> {
        match self {
            Side::Before => days.first().map(|day| Days::until(day - 1)),
            Side::After => days.last().map(|day| Days::since(day + 1)),
            Side::By | Side::NoLater | Side::Until => Days::range(None, days.last()),
            Side::NoEarlier | Side::Since => Days::range(days.first(), None),
        }
    }
}

pub(crate) fn soft_words(parts: &[Option<&Datum>]) -> String {
    let mut words: Vec<String> = Vec::new();
    for (said, _) in parts
        .iter()
        .flatten()
        .filter_map(|datum| datum.soft.as_ref())
    {
        if !words.contains(said) {
            words.push(said.clone());
        }
    }
    words.join("; ")
}

pub(crate) fn rivals(
    first: &Datum,
    last: &Datum,
    shape: impl Fn(Days, Days) -> Option<Shape>,
) -> Vec<Alternative> {
    if first.alternatives.is_empty() && last.alternatives.is_empty() {
        return Vec::new();
    }
    cross(first, last)
        .into_iter()
        .filter_map(|(rival, other)| {
            Some(Alternative {
                words: rival.words,
                shape: shape(rival.days, other)?,
                calendar: rival.calendar,
            })
        })
        .collect()
}

pub(crate) fn one_end(datum: &Datum, shape: impl Fn(Days) -> Shape) -> Vec<Alternative> {
    datum
        .alternatives
        .iter()
        .map(|rival| Alternative {
            words: rival.words.clone(),
            shape: shape(rival.days.clone()),
            calendar: rival.calendar,
        })
        .collect()
}

/// `before 640 or after 700`: two readings of single days joined by `or`.
pub(crate) fn either(first: Reading, second: Reading) -> Reading {
    let (a, b) = (datum_of(first), datum_of(second));
    let precision = a.precision.max(b.precision);
    let mut reading = on(a.or(b));
    reading.precision = precision;
    reading
}

/// A reading of single days as a date again; spans never come here.
pub(crate) fn datum_of(reading: Reading) -> Datum {
    let mut datum = Datum::new(
        reading.shape.hull(),
        reading.calendar,
        reading.precision,
        crate::grid::Grain::Whole,
    );
    datum.soft = reading.soft.map(|soft| (soft.words, soft.shape.hull()));
    datum.alternatives = reading
        .alternatives
        .into_iter()
        .map(|other| Rival::new(other.words, other.shape.hull(), other.calendar))
        .collect();
    datum.uncertain = reading.uncertain;
    datum.approximate = reading.approximate;
    datum.notes = reading.notes;
    datum
}

/// A reading of a date without any preposition.
pub(crate) fn on(datum: Datum) -> Reading {
    Reading {
        written: String::new(),
        shape: Shape::On(datum.days()),
        soft: datum.soft.map(|(words, days)| Soft {
            words,
            shape: Shape::On(days),
        }),
        alternatives: datum
            .alternatives
            .into_iter()
            .map(|rival| Alternative {
                words: rival.words,
                shape: Shape::On(rival.days),
                calendar: rival.calendar,
            })
            .collect(),
        uncertain: datum.uncertain,
        approximate: datum.approximate,
        bare_range: false,
        calendar: datum.calendar,
        precision: datum.precision,
        notes: datum.notes,
    }
}
