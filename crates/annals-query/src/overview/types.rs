//! The parts of an overview. Field names are the JSON names, documented in
//! `docs/overview-schema.md`.
//!
//! Days are Julian day numbers, so that no reader has to parse a date; where words are shown to
//! people they stand beside. Things, events, states and claims are numbered: the numbers are
//! those of the chronicle (states: of the reasoner's list) and are the same for the same text.

use serde::Serialize;

use crate::evidence_types::SourceShown;

/// Everything pictures and the page show of a chronicle, computed once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The version of this form.
    pub schema: u32,
    /// The title, if the text gives one.
    pub title: Option<String>,
    /// How days are printed.
    pub calendar: CalendarSeen,
    /// The first day of what is shown: of events, states and what the chronicle covers.
    pub first: i32,
    /// The last day.
    pub last: i32,
    /// The days the chronicle says it covers.
    pub covers: Option<(i32, i32)>,
    /// Things named by what is shown, in document order.
    pub things: Vec<ThingSeen>,
    /// Events by earliest day, then latest, then order of the text.
    pub events: Vec<EventSeen>,
    /// States that certainly or possibly held on some day, by the first such day.
    pub states: Vec<StateSeen>,
    /// Where only what has to do with one thing is shown: who ruled, held and stood above what
    /// besides, so that a map has its territories and every polity its colour. Else empty.
    pub ground: Vec<StateSeen>,
    /// Claims that tell of what is shown, in document order.
    pub claims: Vec<ClaimSeen>,
    /// Every source, in document order.
    pub sources: Vec<SourceSeen>,
    /// Ways between places.
    pub roads: Vec<RoadSeen>,
    /// Claims that cannot all be true.
    pub conflicts: Vec<ConflictSeen>,
    /// What there is more of than is shown.
    pub left_out: LeftOut,
}

/// The calendar days are printed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarSeen {
    /// Its canonical name.
    pub name: String,
    /// For the western calendars: the first day counted by the Gregorian calendar, the days before
    /// it being Julian; the least number for a wholly Gregorian one, `None` for a wholly Julian
    /// one and for any other calendar.
    pub gregorian_from: Option<i32>,
    /// Whether it is Julian, Gregorian or a switch between them; any other calendar's days have
    /// to be asked for in words.
    pub western: bool,
}

/// A thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThingSeen {
    /// Its number.
    pub id: u32,
    /// Its display name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its kind and every kind that one is a case of.
    pub kinds: Vec<String>,
    /// Further names.
    pub names: Vec<NameSeen>,
    /// Where it lies, in millionths of a degree: north and east positive.
    pub point: Option<PointSeen>,
    /// How sure that is: `certain`, `less certain`, `uncertain`; nothing where it is not said.
    pub certainty: Option<&'static str>,
    /// Its course or outline, in pieces.
    pub shapes: Vec<ShapeSeen>,
    /// Whether it has no name of its own.
    pub unnamed: bool,
    /// The file it is declared in.
    pub file: String,
    /// The line, from one.
    pub line: u32,
}

/// A further name of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameSeen {
    /// The name.
    pub text: String,
    /// Its language or script, as written.
    pub language: Option<String>,
    /// Whether it is doubted that it is a name of this thing.
    pub doubted: bool,
}

/// A point on the globe in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PointSeen {
    /// North positive.
    pub latitude_micro: i32,
    /// East positive.
    pub longitude_micro: i32,
}

/// A line through points: a piece of a river's course, or the outline of a lake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShapeSeen {
    /// Whether the last point joins the first.
    pub closed: bool,
    /// The points.
    pub points: Vec<PointSeen>,
}

/// A way between two places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoadSeen {
    /// Its number.
    pub id: u32,
    /// Its ends in words: `Gaochang to Karasahr`.
    pub words: String,
    /// Its names.
    pub names: Vec<NameSeen>,
    /// The thing at one end, by number.
    pub from: u32,
    /// The thing at the other.
    pub to: u32,
    /// The things it passes, in order.
    pub via: Vec<u32>,
    /// What it leads over, as written.
    pub kinds: Vec<String>,
    /// How sure its course is, where that is said.
    pub certainty: Option<&'static str>,
    /// Whether it is doubted that it was there.
    pub doubted: bool,
    /// Its length by each source; rival ones stand side by side.
    pub distances: Vec<DistanceSeen>,
    /// Its course, where points of it are given.
    pub shapes: Vec<ShapeSeen>,
    /// The file it is declared in.
    pub file: String,
    /// The line, from one.
    pub line: u32,
}

/// How long a road is by one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DistanceSeen {
    /// As written: `625 li`.
    pub words: String,
    /// The fewest metres.
    pub least_m: u64,
    /// The most; nothing for `at least`.
    pub most_m: Option<u64>,
    /// Who says so.
    pub sources: Vec<SourceShown>,
}

/// Days from one to another; `None` is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DaysSeen {
    /// The first.
    pub first: Option<i32>,
    /// The last.
    pub last: Option<i32>,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleSeen {
    /// The role's name; of a circumstance its words, `at`.
    pub role: String,
    /// The things, by number; empty where a figure or nothing fills it.
    pub things: Vec<u32>,
    /// Whether one of the things is meant, and it is not said which.
    pub one_of: bool,
}

/// How the vocabulary wants something drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrawnSeen {
    /// The form's word: `above`, `moving`.
    pub form: &'static str,
    /// The things that play each part, in the form's order; a part that is open is empty.
    pub parts: [Vec<u32>; 3],
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventSeen {
    /// Its number.
    pub id: u32,
    /// Its label without `#`.
    pub label: Option<String>,
    /// The event as a sentence.
    pub sentence: String,
    /// The short name of its type; empty for quoted words.
    pub type_name: String,
    /// What fills its roles, by its first claim.
    pub roles: Vec<RoleSeen>,
    /// Its circumstances (`at`, `under`), by all its claims, details included.
    pub circumstances: Vec<RoleSeen>,
    /// How it is drawn, if not as a mark of its own.
    pub drawn: Option<DrawnSeen>,
    /// `happened`, `doubted`, `disputed`, `denied`, `planned` and so on.
    pub status: String,
    /// Whether some claim says that it happened, however surely.
    pub told: bool,
    /// The days its start may have, gaps kept; of an event of one moment, its days.
    pub start: Vec<DaysSeen>,
    /// The days its end may have, where it lasts.
    pub end: Option<Vec<DaysSeen>>,
    /// Its days in words.
    pub words: String,
    /// Whether the days are exact; otherwise no day outside them is possible.
    pub proven: bool,
    /// Events it is part of, by number.
    pub part_of: Vec<u32>,
    /// The days by each side, where readings of a contradiction differ.
    pub rivals: Vec<RivalSeen>,
    /// Its claims, by number.
    pub claims: Vec<u32>,
}

/// The days one side of a dispute gives an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RivalSeen {
    /// Keys of the sources that side follows.
    pub sources: Vec<String>,
    /// The days.
    pub days: Vec<DaysSeen>,
    /// `according to @jts: 644-11-05 to 644-12-04`
    pub words: String,
}

/// A state and its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateSeen {
    /// Its number.
    pub id: u32,
    /// The state as a sentence.
    pub sentence: String,
    /// The relation's short name.
    pub relation: String,
    /// One thing a role, in the relation's order.
    pub things: Vec<u32>,
    /// How it is drawn.
    pub drawn: Option<DrawnSeen>,
    /// The runs of certain and possible days, earliest first; on other days it is impossible or
    /// unknown.
    pub runs: Vec<RunSeen>,
    /// Claims that speak of it or bear on it, by number.
    pub claims: Vec<u32>,
}

/// A run of days with one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RunSeen {
    /// Its first day.
    pub first: i32,
    /// Its last day; `None` where nothing bounds it and the chronicle covers no time.
    pub last: Option<i32>,
    /// Whether it certainly holds then; otherwise possibly.
    pub certain: bool,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimSeen {
    /// Its number.
    pub id: u32,
    /// The event or mention it tells of.
    pub event: u32,
    /// Its date and sentence as written.
    pub words: String,
    /// `asserted`, `denied`, `planned` and so on.
    pub mode: &'static str,
    /// The source itself doubts it.
    pub doubted: bool,
    /// Who says so.
    pub sources: Vec<SourceShown>,
    /// The passage quoted, if one is given.
    pub passage: Option<String>,
    /// The title of its section.
    pub section: Option<String>,
    /// The file it stands in.
    pub file: String,
    /// The line, from one.
    pub line: u32,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceSeen {
    /// Its key.
    pub key: String,
    /// Title, author, year and so on, in the order given.
    pub fields: Vec<(String, String)>,
    /// Whether it stands for a file that cites nobody.
    pub is_file: bool,
    /// How many claims it attests.
    pub claims: usize,
}

/// Claims that cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConflictSeen {
    /// The claims, by number.
    pub claims: Vec<u32>,
    /// The events they tell of, by number.
    pub events: Vec<u32>,
}

/// How much there is more than is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Events.
    pub events: usize,
    /// States.
    pub states: usize,
}

/// What part of a chronicle an overview shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Only what this thing takes part in, by name.
    pub about: Option<String>,
    /// The most events, the most telling ones.
    pub most_events: usize,
    /// The most states.
    pub most_states: usize,
}

impl Default for Scope {
    fn default() -> Scope {
        Scope {
            about: None,
            most_events: 1000,
            most_states: 500,
        }
    }
}
