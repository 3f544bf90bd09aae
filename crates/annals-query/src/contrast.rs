//! What comes back where two tellings are set side by side: readings of one chronicle, a
//! chronicle before and after a change, two sources.
//!
//! Nothing is computed here; field names are the JSON names, documented in
//! `docs/answer-schema.md`.

use annals_chronicle::Verdict;
use serde::{Serialize, Serializer};

use crate::answer::{DayShown, DaysShown, FluentShown};
use crate::evidence_types::{ClaimShown, Evidence};

/// The ways of reading a chronicle in which not everything can be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Readings {
    /// Contradictions that share no statement are read apart; the one told first comes first.
    pub groups: Vec<ReadingGroup>,
    /// Whether all contradictions were looked for; otherwise a budget was spent.
    pub complete: bool,
    /// Whether all readings are listed: where contradictions have so many that nobody reads a list
    /// of them, some are, and answers take all into account.
    pub listed: bool,
}

/// Contradictions that have statements in common, and the ways of reading them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingGroup {
    /// The contradictions: of each, all but one of its statements can be kept.
    pub contradictions: Vec<Evidence>,
    /// The readings, preferred ones first, then those that leave out fewest statements.
    pub readings: Vec<ReadingShown>,
    /// Whether these are all: of very many, some are shown.
    pub listed: bool,
}

/// One way of reading: what it leaves out, and who is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingShown {
    /// Whether trust between sources allows it: answers range over the preferred readings.
    pub preferred: bool,
    /// The parts of claims it leaves out.
    pub leaves_out: Evidence,
    /// Keys of the sources whose contested statements it keeps.
    pub follows: Vec<String>,
    /// `follows @xts, @zztj`
    pub words: String,
}

/// What changes in a chronicle when some of it is left out, or something assumed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Claims that no longer count.
    pub withdrawn: Vec<ClaimShown>,
    /// Claims that are assumed in addition.
    pub assumed: Vec<ClaimShown>,
    /// Events whose days or standing change, in the order of the text; what is assumed last.
    pub events: Vec<EventChange>,
    /// States whose verdict changes on some day, by the first such day.
    pub states: Vec<StateChange>,
    /// Contradictions that are gone.
    pub gone: Vec<Evidence>,
    /// Contradictions that are new.
    pub came: Vec<Evidence>,
    /// Readings that come, go, or are preferred where they were not; none where there are too many
    /// to list.
    pub readings: Vec<ReadingChange>,
    /// Whether all readings of both sides are listed, and so compared.
    pub readings_listed: bool,
    /// Whether both sides are exact and complete; otherwise a budget was spent.
    pub proven: bool,
}

/// An event before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventChange {
    /// Its label without `#`.
    pub label: Option<String>,
    /// The event as a sentence.
    pub sentence: String,
    /// `file:line` of the first claim that tells of it.
    pub place: String,
    /// Before; `None` where it was not told of.
    pub before: Option<EventDays>,
    /// After.
    pub after: Option<EventDays>,
}

/// An event's standing and days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventDays {
    /// As in an event's `status`; `withdrawn` where no claim that still counts tells of it.
    pub status: String,
    /// Its days; of an event that lasts, the days of its start.
    pub start: DaysShown,
    /// The days of its end, where it lasts.
    pub end: Option<DaysShown>,
}

/// A state before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateChange {
    /// The state as a sentence.
    pub sentence: String,
    /// Its relation and what fills its roles.
    pub fluent: FluentShown,
    /// The runs of days on which the verdict differs.
    pub runs: Vec<RunChange>,
}

/// A run of days with one verdict before and another after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunChange {
    /// First day.
    pub first: Option<DayShown>,
    /// Last day; `None` where it goes on to the end of what the chronicle speaks of.
    pub last: Option<DayShown>,
    /// The verdict before.
    #[serde(serialize_with = "word")]
    pub before: Verdict,
    /// The verdict after.
    #[serde(serialize_with = "word")]
    pub after: Verdict,
}

/// A reading before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingChange {
    /// What it leaves out.
    pub leaves_out: Evidence,
    /// Whether it was preferred; `None` where it was no reading.
    pub before: Option<bool>,
    /// Whether it is preferred now; `None` where it is no reading any more.
    pub after: Option<bool>,
}

/// What two sources say, each heard alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The first source.
    pub first: Voice,
    /// The second source.
    pub second: Voice,
    /// Events that either tells of, in the order of the text.
    pub events: Vec<EventCompared>,
    /// States that either knows something of, by the first day spoken of.
    pub states: Vec<StateCompared>,
}

/// A source heard alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// Its key.
    pub key: String,
    /// Its title, if the bibliography gives one.
    pub title: Option<String>,
    /// How many claims it stands for.
    pub claims: usize,
    /// How many contradictions it has with itself.
    pub contradictions: usize,
}

/// How two accounts of one thing lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// They exclude each other.
    Differ,
    /// They say the same.
    Agree,
    /// They say different things that can both be true: one knows it more closely, or only one
    /// says that it happened.
    Compatible,
    /// Only the first speaks.
    OnlyFirst,
    /// Only the second speaks.
    OnlySecond,
}

/// An event in two accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventCompared {
    /// Its label without `#`.
    pub label: Option<String>,
    /// The event as a sentence.
    pub sentence: String,
    /// How the accounts lie to each other.
    pub agreement: Agreement,
    /// What the first source says; `None` where it is silent.
    pub first: Option<Account>,
    /// What the second source says.
    pub second: Option<Account>,
}

/// What one source says of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Standing and days by its own claims alone.
    pub days: EventDays,
    /// Its claims.
    pub claims: Vec<ClaimShown>,
}

/// A state in two accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateCompared {
    /// The state as a sentence.
    pub sentence: String,
    /// Its relation and what fills its roles.
    pub fluent: FluentShown,
    /// The runs of days on which at least one of them knows something.
    pub runs: Vec<RunCompared>,
}

/// A run of days with one verdict in each account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunCompared {
    /// First day.
    pub first: Option<DayShown>,
    /// Last day; `None` where it goes on to the end of what the chronicle speaks of.
    pub last: Option<DayShown>,
    /// How the verdicts lie to each other.
    pub agreement: Agreement,
    /// The verdict by the first source alone.
    #[serde(serialize_with = "word")]
    pub first_says: Verdict,
    /// The verdict by the second source alone.
    #[serde(serialize_with = "word")]
    pub second_says: Verdict,
}

impl Difference {
    /// Whether no answer changes.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
            && self.states.is_empty()
            && self.gone.is_empty()
            && self.came.is_empty()
            && self.readings.is_empty()
    }
}

fn word<S: Serializer>(verdict: &Verdict, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(verdict.word())
}
