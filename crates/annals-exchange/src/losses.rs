//! What a format cannot hold of a chronicle, counted, so that nobody takes a file for the whole.

use annals::{DaysSeen, EventSeen};

use crate::tables::Content;

/// A format that chronicles are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table a file.
    Csv,
    /// A sheet a table.
    Xlsx,
    /// One document of tables.
    Json,
    /// A database of tables.
    Sqlite,
    /// Places with their names, as gazetteers exchange them.
    LinkedPlaces,
    /// Places, events and states on a map.
    GeoJson,
    /// The same as a database for QGIS.
    GeoPackage,
    /// A slide an event.
    TimelineJs,
    /// Statements in the manner of CIDOC CRM.
    Turtle,
}

/// What the format cannot hold of this chronicle, a sentence each; empty where it holds all.
pub fn losses(format: Format, content: &Content<'_>) -> Vec<String> {
    let counted = Counted::of(content);
    let mut said = vec![];
    match format {
        Format::Csv | Format::Xlsx | Format::Json | Format::Sqlite => {
            said.push(GREGORIAN.to_owned());
            said.extend(counted.gaps(
                "the bounds of an event are its outermost days; the gaps are in the table `bounds`",
            ));
            said.extend(counted.reasons());
        }
        Format::GeoJson => {
            said.push(GREGORIAN.to_owned());
            said.extend(counted.gaps("only the outermost days are written"));
            said.extend(counted.placeless());
            said.extend(counted.disputes());
        }
        Format::GeoPackage => {
            said.push(GREGORIAN.to_owned());
            said.extend(counted.gaps(
                "on the map only the outermost days are written; the gaps are in the table `bounds`",
            ));
            said.extend(counted.placeless());
            said.extend(counted.before_christ("a DATE column holds the years 1 to 9999: `start_date` and `end_date` are empty there; the columns of years and days are not"));
        }
        Format::LinkedPlaces => {
            said.push(GREGORIAN.to_owned());
            said.push(
                "only places go into a gazetteer; events, states and claims stay behind".to_owned(),
            );
            said.extend(counted.roads());
        }
        Format::TimelineJs => {
            said.push("a slide begins and ends on one day of the proleptic Gregorian calendar: the outermost days are used, and the words of the bounds stand in the text".to_owned());
            said.extend(counted.gaps("only the outermost days are written"));
            said.extend(counted.open());
            said.extend(counted.disputes());
            said.push("only events have slides: states, places and roads stay behind".to_owned());
            said.extend(counted.details("a slide has the claim, its source and its passage"));
        }
        Format::Turtle => {
            said.push(GREGORIAN.to_owned());
            said.push("`06XX` is the years 600 to 699 and not the 7th century, 601 to 700: days are written as first and last days, never as a century".to_owned());
            said.extend(counted.gaps("a time-span has one outer range: the gaps are lost"));
            said.extend(counted.details("JSON and the tables have them"));
            said.extend(counted.reasons());
        }
    }
    said
}

const GREGORIAN: &str = "ISO dates are proleptic Gregorian, so the last days of a Julian year fall into the next; columns named `_year` keep the chronicle's own";

/// How much there is of what formats lose.
struct Counted {
    gaps: usize,
    open: usize,
    placeless: usize,
    before_christ: usize,
    conflicts: usize,
    rivals: usize,
    roads: usize,
    details: usize,
}

impl Counted {
    fn of(content: &Content<'_>) -> Counted {
        let overview = &content.overview;
        let events = &overview.events;
        let count = |holds: &dyn Fn(&EventSeen) -> bool| events.iter().filter(|e| holds(e)).count();
        let first_of_our_era = annals::calendar::gregorian_to_jdn(1, 1, 1);
        Counted {
            gaps: count(&|e| e.start.len() > 1 || e.end.as_ref().is_some_and(|end| end.len() > 1)),
            open: count(&|e| is_open(&e.start) || e.end.as_deref().is_some_and(is_open)),
            placeless: count(&|e| content.place_of(e).is_none()),
            before_christ: count(&|e| {
                e.earliest()
                    .is_some_and(|d| i64::from(d) < first_of_our_era)
            }),
            conflicts: overview.conflicts.len(),
            rivals: count(&|e| !e.rivals.is_empty()),
            roads: overview.roads.len(),
            details: content.claims.iter().map(|c| c.details.len()).sum(),
        }
    }

    fn gaps(&self, words: &str) -> Option<String> {
        some(
            self.gaps,
            "event has",
            "events have",
            &format!("days with gaps (`648 or 658`): {words}"),
        )
    }

    fn open(&self) -> Option<String> {
        some(
            self.open,
            "event has",
            "events have",
            "no first or no last day: they are placed by the day that is known, or left out where none is",
        )
    }

    fn placeless(&self) -> Option<String> {
        some(
            self.placeless,
            "event names",
            "events name",
            "no single place that lies somewhere and cannot be on a map",
        )
    }

    fn before_christ(&self, words: &str) -> Option<String> {
        some(
            self.before_christ,
            "event lies",
            "events lie",
            &format!("before Christ: {words}"),
        )
    }

    fn disputes(&self) -> Option<String> {
        let all = self.conflicts + self.rivals;
        (all > 0).then(|| {
            format!(
                "{} and {} are not in it: what cannot all be true stands side by side without a word",
                counted(self.conflicts, "conflict", "conflicts"),
                counted(self.rivals, "disputed date", "disputed dates")
            )
        })
    }

    fn details(&self, words: &str) -> Option<String> {
        some(
            self.details,
            "detail of a claim is",
            "details of claims are",
            &format!("left out (figures, sides, notes and the like): {words}"),
        )
    }

    fn roads(&self) -> Option<String> {
        some(
            self.roads,
            "road is",
            "roads are",
            "left out; GeoJSON and GeoPackage have them",
        )
    }

    fn reasons(&self) -> Option<String> {
        Some("relative dates are written as the days they come to, and why a bound holds is not in it: ask `annals why`".to_owned())
    }
}

fn is_open(days: &[DaysSeen]) -> bool {
    let first = days.first().is_none_or(|r| r.first.is_none());
    first || days.last().is_none_or(|r| r.last.is_none())
}

fn some(number: usize, one: &str, several: &str, rest: &str) -> Option<String> {
    (number > 0).then(|| format!("{} {rest}", counted(number, one, several)))
}

fn counted(number: usize, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {several}"),
    }
}
