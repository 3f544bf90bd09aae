//! Ways, reach and reckonings as answers show them.

use serde::Serialize;

use crate::answer::{DayShown, DaysShown};
use crate::evidence_types::SourceShown;

/// The shortest way from a place to another over the roads of a chronicle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RouteShown {
    /// The places in turn: both ends, and between them those asked for.
    pub places: Vec<String>,
    /// Metres of the shortest way if every road is as short as some account has it.
    pub least_m: u64,
    /// Metres of the shortest way if every road is as long as some account has it; `null` where no
    /// account limits it.
    pub most_m: Option<u64>,
    /// Metres in straight lines, where all places have points.
    pub straight_m: Option<u64>,
    /// The roads of the shortest way, by the least lengths; empty where no road leads.
    pub legs: Vec<LegShown>,
    /// How long it takes by each mover that was asked for.
    pub movers: Vec<MoverShown>,
    /// The day of departure, where one was asked for.
    pub departs: Option<DaysShown>,
    /// The days there were for it, where that was asked: how far apart the dates of setting out and
    /// of the arrival are.
    pub within: Option<u64>,
}

/// A road on a way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegShown {
    /// Where it is entered.
    pub from: String,
    /// Where it is left.
    pub to: String,
    /// Its length at least, in metres.
    pub least_m: u64,
    /// Its length at most, in metres.
    pub most_m: Option<u64>,
    /// Its length by each account, as written.
    pub lengths: Vec<LengthShown>,
    /// What it leads over.
    pub over: Vec<String>,
    /// How sure its course is.
    pub certainty: Option<&'static str>,
    /// Metres in a straight line at least; nothing where that is not known.
    pub straight_m: u64,
    /// Its longest stretch without water at least, in metres, where one is told.
    pub waterless_m: Option<u64>,
    /// That stretch by each account, as written.
    pub waterless: Vec<LengthShown>,
}

/// A length as a source gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LengthShown {
    /// As written: `625 li`.
    pub written: String,
    /// Whether the source doubts it.
    pub doubted: bool,
    /// Whether it is shorter than the straight line between the ends of the road, which no way is.
    pub below_straight: bool,
    /// Who says so.
    pub sources: Vec<SourceShown>,
}

/// How long a way takes by a mover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoverShown {
    /// Its name.
    pub name: String,
    /// Its pace as declared: `25 to 38 km a day, usually 35`.
    pub pace: String,
    /// Who says so.
    pub sources: Vec<SourceShown>,
    /// Whether it is out of the ordinary.
    pub exceptional: bool,
    /// Days of the least length at the fastest pace; `null` where it cannot go.
    pub fastest: Option<u64>,
    /// Days of the least length at the usual pace, with rests.
    pub usual_least: Option<u64>,
    /// Days of the most length at the usual pace, with rests.
    pub usual_most: Option<u64>,
    /// Days of the most length at the slowest pace, with rests.
    pub slowest: Option<u64>,
    /// Where days were asked for: `plausible`, `strained`, `impossible`.
    pub fit: Option<&'static str>,
    /// Where a day of departure was asked for: the days of the arrival.
    pub arrives: Option<DaysShown>,
    /// Roads it cannot get over for want of water, where it goes another way or none.
    pub shut: Vec<String>,
    /// Places by which it goes round these.
    pub round_by: Vec<String>,
}

/// Where one can come from a place in some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReachShown {
    /// The place.
    pub from: String,
    /// Its number, as in an overview.
    pub thing: u32,
    /// How many days after setting out the date of the arrival may be.
    pub within: u64,
    /// What is reached by each mover.
    pub movers: Vec<ReachedBy>,
}

/// What a mover reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReachedBy {
    /// Its name.
    pub name: String,
    /// Its pace as declared.
    pub pace: String,
    /// The places, nearest first.
    pub places: Vec<ReachedPlace>,
}

/// A place that can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReachedPlace {
    /// Its number, as in an overview.
    pub thing: u32,
    /// Its name.
    pub name: String,
    /// Metres of the way at least.
    pub least_m: u64,
    /// Metres of the way at most; `null` where no account limits it.
    pub most_m: Option<u64>,
    /// Days of travel at the fastest pace by the least length.
    pub fastest: u64,
    /// Days of travel at the usual pace by the least length, with rests.
    pub usual_least: u64,
    /// The same by the most length; `null` where no account limits it.
    pub usual_most: Option<u64>,
    /// `plausible` where the usual pace does it if the way is as short as some account has it, else
    /// `strained`.
    pub fit: &'static str,
    /// Whether the usual pace does it however long the way is by any account.
    pub certain: bool,
}

/// What the roads say of an event's days beside what binds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reckoning {
    /// The journeys that end or begin with it.
    pub journeys: Vec<JourneyShown>,
    /// The first day by the roads at the utmost pace.
    pub earliest: Option<DayShown>,
    /// The last day by the roads at the utmost pace.
    pub latest: Option<DayShown>,
    /// Whether these leave no day: whoever came by the one way could not have gone on by the other.
    pub no_day: bool,
    /// The first day by the roads at usual paces.
    pub earliest_usual: Option<DayShown>,
    /// The last day by the roads at usual paces.
    pub latest_usual: Option<DayShown>,
    /// Whether these leave no day.
    pub no_day_usual: bool,
    /// What was meant or expected to be.
    pub expected: Vec<ExpectedShown>,
}

/// A journey and its verdict, as one sentence, with the roads it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JourneyShown {
    /// From where to where, by what, in how many days.
    pub words: String,
    /// `plausible`, `strained`, `impossible`.
    pub fit: &'static str,
    /// The roads of the shortest way.
    pub roads: Vec<LegShown>,
}

/// A day that was meant, expected or ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpectedShown {
    /// `planned`, `expected`, `ordered`.
    pub mode: &'static str,
    /// What else of the same undertaking was meant; `null` for the event asked about.
    pub sentence: Option<String>,
    /// The label of that, without `#`.
    pub label: Option<String>,
    /// The days.
    pub days: DaysShown,
    /// Who says so.
    pub sources: Vec<SourceShown>,
    /// Whether the roads leave such a day: `plausible`, `strained`, `impossible`; `null` where
    /// they say nothing.
    pub fit: Option<&'static str>,
    /// The journeys that would have ended so, by each way.
    pub journeys: Vec<JourneyShown>,
}
