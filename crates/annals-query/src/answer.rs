//! What comes back: an [`Answer`] and its parts, ready to print or to serialise.
//!
//! Nothing is computed here. Every type says what it means to a reader; field names are the JSON
//! names, documented in `docs/answer-schema.md`. Days are given in words and as Julian day
//! numbers, so that a program never has to parse a date.

use annals_chronicle::{ClaimId, Support, Verdict};
use serde::{Serialize, Serializer};

use crate::asked_types::{CouldAnswer, PairsAnswer, RelationAnswer, WhyNotAnswer};
use crate::contrast::{Comparison, Difference, Readings};
use crate::evidence_types::{ClaimShown, Evidence, SourceShown};
use crate::figures::FiguresShown;
use crate::travel_types::{ReachShown, Reckoning, RouteShown};

/// The version of the JSON form; a higher number means that a field changed its meaning.
pub const SCHEMA: u32 = 1;

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The version of this form.
    pub schema: u32,
    /// The question as asked, without the blanks around it.
    pub question: String,
    /// The days asked about, where the question names any.
    pub time: Option<TimeShown>,
    /// One result a sentence understood: a list in a question asks several.
    pub results: Vec<Outcome>,
    /// Remarks on how the question was read.
    pub notes: Vec<String>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(
    clippy::large_enum_variant,
    reason = "an answer holds a handful of results; boxes would only burden its readers"
)]
pub enum Outcome {
    /// Whether a state held: "640-06-01: Karasahr is subject to Tang".
    Held(Held),
    /// Who or what fills a hole: "646: ? is ruler of Karasahr".
    Fillers(Fillers),
    /// When a state held: "when: Karasahr is subject to Tang", or the sentence without a date.
    History(History),
    /// Whether an event happened, and which claimed events are meant.
    Happened(Happened),
    /// The bounds of a labelled event: "when: #fall".
    Event(EventShown),
    /// How long a state lasted: "how long: Long Lipozhun is ruler of Karasahr".
    Length(LengthAnswer),
    /// How many there were: "how many: ? is ruler of Karasahr". What is counted follows.
    Count(CountAnswer),
    /// Which of two events came first: "order: #fall, #departure".
    Order(OrderAnswer),
    /// Which of Allen's relations two events stand in: "relation: #fall, #departure".
    Relation(RelationAnswer),
    /// Pairs of events or states: "pairs: ? captures ?; precedes; ? is captured".
    Pairs(PairsAnswer),
    /// Why something is not certain: "why not: 646: Karasahr is subject to Tang".
    WhyNot(WhyNotAnswer),
    /// Who could have: "who could: 644-09: ? takes Karasahr".
    Could(CouldAnswer),
    /// Everything recorded of a thing.
    Profile(Profile),
    /// Events and states in the order of time.
    Timeline(Timeline),
    /// The ways of reading what cannot all be true.
    Readings(Readings),
    /// What changes with some claims left out, others assumed.
    Difference(Difference),
    /// What two sources say, each heard alone.
    Comparison(Comparison),
    /// The shortest way between places: "route".
    Route(RouteShown),
    /// Where one can come in some days: "reach".
    Reach(ReachShown),
    /// Strengths and losses side by side: "figures".
    Figures(FiguresShown),
}

/// A day for people and for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayShown {
    /// The Julian day number.
    pub jdn: i32,
    /// The day in the chronicle's calendar: `644-09-17`, `202-03-01 BC`.
    pub text: String,
}

/// A set of days, gaps kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DaysShown {
    /// The shortest exact words: `644-09`, `658 or 659`.
    pub words: String,
    /// Day by day: `644-09-01 to 644-09-30`; ranges joined by `or`.
    pub exact: String,
    /// The ranges, earliest first; a missing end is open.
    pub ranges: Vec<RangeShown>,
}

/// All days from `first` to `last`; `None` is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RangeShown {
    /// The first day.
    pub first: Option<DayShown>,
    /// The last day.
    pub last: Option<DayShown>,
}

/// The time a question asks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimeShown {
    /// The words of the question.
    pub words: String,
    /// How they were read: `as that day closes`, `just before #fall starts`.
    pub read_as: String,
    /// The days it may be; `None` where the whole covered time is asked for.
    pub days: Option<DaysShown>,
    /// Widths assumed in reading it: `c. 630 read as within 5 years`.
    pub assumptions: Vec<String>,
}

/// Whether a state held at an instant or through a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The state as a sentence.
    pub sentence: String,
    /// Its relation and what fills its roles.
    pub fluent: FluentShown,
    /// For a period: `certain` only if certain on every day of it, likewise `impossible` and
    /// `unknown`; else `possible`.
    #[serde(serialize_with = "verdict_word")]
    pub verdict: Verdict,
    /// Whether some timeline has it true, false, unrecorded.
    pub can: Can,
    /// How the verdict comes about; of a period, on its first day.
    pub basis: BasisShown,
    /// The stretches of a period; empty for an instant.
    pub stretches: Vec<StretchShown>,
    /// What forces the verdict, whichever other accepted claims are added.
    pub support: Evidence,
    /// Claims that deny it then, doubt it, plan or order it.
    pub said: Vec<ClaimShown>,
    /// Who says otherwise, where readings differ.
    pub disputed: Vec<Dispute>,
    /// Remarks: doubts the answer rests on, silence.
    pub remarks: Vec<String>,
    /// Only for `why`: the reasoning step by step.
    pub steps: Vec<String>,
    /// Whether the verdict is exact; otherwise it is a sound outer answer.
    pub proven: bool,
    /// The support as the engine gave it.
    #[serde(skip)]
    pub raw_support: Support,
}

/// What the timelines allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Can {
    /// Some timeline has it true.
    #[serde(rename = "true")]
    pub hold: bool,
    /// Some timeline has it false.
    #[serde(rename = "false")]
    pub fail: bool,
    /// Some timeline has it unrecorded.
    pub unrecorded: bool,
}

/// A state's parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FluentShown {
    /// The relation's short name.
    pub relation: String,
    /// What fills its roles.
    pub roles: Vec<RoleShown>,
}

/// A role and what fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleShown {
    /// The role's name.
    pub role: String,
    /// The thing's name.
    pub name: String,
    /// The thing's kind; empty for words.
    pub of_kind: String,
}

/// How a verdict comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BasisShown {
    /// `stated`, `persists`, `unrecorded-change`, `open`, `unrecorded`, `outside-coverage`.
    pub kind: &'static str,
    /// In words.
    pub words: String,
    /// The claims the basis names, which need not all be in the support.
    pub claims: Vec<ClaimShown>,
}

/// A maximal run of days with one verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StretchShown {
    /// First day; `None` where it is open towards the past.
    pub first: Option<DayShown>,
    /// Last day; `None` where it is open towards the future.
    pub last: Option<DayShown>,
    /// The verdict on each of its days.
    #[serde(serialize_with = "verdict_word")]
    pub verdict: Verdict,
    /// The basis on its first day.
    pub basis: Option<BasisShown>,
    /// The support on its first day.
    pub support: Evidence,
}

/// What one side of a dispute says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// What that side's readings answer.
    #[serde(serialize_with = "verdict_word")]
    pub verdict: Verdict,
    /// Keys of the sources whose claims those readings keep and others drop.
    pub sources: Vec<String>,
    /// `according to @b, @c: certain`
    pub words: String,
}

/// Fillers of a hole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fillers {
    /// The sentence with its holes.
    pub sentence: String,
    /// Every recorded filler, certain ones first, then possible, unknown, impossible; then by name.
    pub fillers: Vec<FillerShown>,
    /// What is said when none is certain or possible: `nobody is recorded`.
    pub none: String,
}

/// One filler and its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FillerShown {
    /// The names in the holes, in the order of the sentence.
    pub names: Vec<String>,
    /// The whole judgement.
    pub held: Held,
}

/// When a state held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct History {
    /// The state as a sentence.
    pub sentence: String,
    /// Its relation and what fills its roles.
    pub fluent: FluentShown,
    /// All days on which it certainly held.
    pub certain: Option<DaysShown>,
    /// All further days on which it possibly held.
    pub possible: Option<DaysShown>,
    /// The runs that tile the time asked about.
    pub stretches: Vec<StretchShown>,
    /// Remarks.
    pub remarks: Vec<String>,
}

/// How many of what is recorded there were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountAnswer {
    /// What is counted, as a sentence.
    pub sentence: String,
    /// In every timeline at least so many.
    pub least: usize,
    /// In every timeline at most so many of those recorded.
    pub most: usize,
    /// `at least 4 and at most 6 recorded names`
    pub words: String,
}

/// Whether an event happened in the time asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// The event as a sentence.
    pub sentence: String,
    /// `None` where no date was asked: only the events are listed.
    #[serde(serialize_with = "optional_verdict_word")]
    pub verdict: Option<Verdict>,
    /// Why, in words.
    pub words: String,
    /// The claimed events that fit, in the order of their earliest day.
    pub events: Vec<EventShown>,
    /// Claims that deny it, plan it, order it and so on: they do not say that it happened.
    pub said: Vec<ClaimShown>,
    /// For a sentence with holes: the names that fill them and how surely.
    pub fillers: Vec<EventFiller>,
    /// Whether the verdict is exact.
    pub proven: bool,
}

/// A filler of a hole in an event sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventFiller {
    /// The names in the holes, in the order of the sentence.
    pub names: Vec<String>,
    /// How surely such an event lies in the time asked about.
    #[serde(serialize_with = "verdict_word")]
    pub verdict: Verdict,
}

/// A claimed event and the days it may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventShown {
    /// Its label without `#`.
    pub label: Option<String>,
    /// The event as a sentence.
    pub sentence: String,
    /// `happened`, `held`, `doubted`, `disputed`, `denied`, `planned` and so on.
    pub status: String,
    /// In a question with a date: how surely it lies there.
    #[serde(serialize_with = "optional_verdict_word")]
    pub verdict: Option<Verdict>,
    /// Why it fits the question only perhaps, in words; empty where it surely fits.
    pub perhaps: Vec<String>,
    /// Its days; of an event that lasts, the days of its start.
    pub start: BoundsShown,
    /// The days of its end, where it lasts.
    pub end: Option<BoundsShown>,
    /// The claims that tell of it.
    pub claims: Vec<ClaimShown>,
    /// What its claims say in addition: forces, losses, results.
    pub details: Vec<DetailShown>,
    /// What the roads say of its days, and the days meant for it, where it is asked when it was
    /// and anything is said.
    pub reckoning: Option<Reckoning>,
}

/// Something a claim says of an event in addition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DetailShown {
    /// What it is: `force of`, `part of`, `note`.
    pub key: String,
    /// Whose it is; several for a joint figure.
    pub of: Vec<String>,
    /// The whole detail as written.
    pub words: String,
    /// Whether it is doubted.
    pub doubted: bool,
    /// The number of the claim it belongs to.
    pub claim: u32,
    /// `file:line`
    pub place: String,
    /// Who says so; the claim's sources where it has none of its own.
    pub sources: Vec<SourceShown>,
}

/// The days a moment may have and what forces each bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoundsShown {
    /// The days.
    pub days: DaysShown,
    /// The chain that forces the earliest day; empty where it is open.
    pub earliest_because: Evidence,
    /// The chain that forces the latest day; empty where it is open.
    pub latest_because: Evidence,
    /// Who says which days, where readings differ and the answer asks for it.
    pub disputed: Vec<DayDispute>,
    /// Whether the days are exact; otherwise no day outside them is possible.
    pub proven: bool,
}

/// The days that one side of a dispute gives a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayDispute {
    /// The days.
    pub days: DaysShown,
    /// Keys of the sources whose claims that side's readings keep and others drop.
    pub sources: Vec<String>,
    /// `according to @jts: 644-11-05 to 644-12-04`
    pub words: String,
}

/// How long a state lasted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LengthAnswer {
    /// The state as a sentence.
    pub sentence: String,
    /// One length an episode, named by the moment that starts it.
    pub episodes: Vec<EpisodeShown>,
    /// Remarks, such as why nothing can be said.
    pub remarks: Vec<String>,
}

/// An episode and its length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EpisodeShown {
    /// The event that starts it, as a sentence.
    pub starts: String,
    /// Its label without `#`.
    pub label: Option<String>,
    /// The days of the start.
    pub start: DaysShown,
    /// Fewest days from its start to the next change; `None` where no change is recorded.
    pub least_days: Option<i32>,
    /// Most days; `None` where nothing bounds it.
    pub most_days: Option<i32>,
    /// `at least 3 days`
    pub words: String,
    /// The claims of what may be the next change after the least length.
    pub next_change: Vec<ClaimShown>,
    /// What forces the least length.
    pub least_because: Evidence,
    /// What forces the greatest length.
    pub most_because: Evidence,
    /// Whether some timeline has an episode as short as that.
    pub least_proven: bool,
    /// Whether some timeline has an episode as long as that; otherwise none is longer.
    pub most_proven: bool,
}

/// Which of two events came first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderAnswer {
    /// The first event asked about, as a sentence with its label.
    pub first: String,
    /// The second.
    pub second: String,
    /// `before`, `after`, `overlap`, `open`, `same` or `not-known`: the first seen from the second.
    pub relation: &'static str,
    /// In words.
    pub words: String,
    /// What forces it.
    pub because: Evidence,
    /// Whether it is exact.
    pub proven: bool,
}

/// Everything recorded of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub of_kind: String,
    /// Further names.
    pub names: Vec<String>,
    /// Where it lies: `42.06 N, 86.57 E`.
    pub place: Option<String>,
    /// How sure that is, its numbers in other gazetteers, words for readers.
    pub geography: Vec<String>,
    /// Roads from it or through it, with their lengths by each source.
    pub roads: Vec<String>,
    /// Where it is declared.
    pub declared: String,
    /// Names that mean the same, doubtfully or not.
    pub identities: Vec<String>,
    /// Every recorded state that certainly or possibly holds then, certain ones first.
    pub states: Vec<Held>,
    /// Without a day: every recorded state and when it held.
    pub histories: Vec<History>,
    /// Events it takes part in, where no day is asked.
    pub events: Vec<EventShown>,
}

/// Events and states in the order of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// Whose it is; `None` for the whole chronicle.
    pub name: Option<String>,
    /// First day of the picture.
    pub first: DayShown,
    /// Last day of the picture.
    pub last: DayShown,
    /// Events by earliest day, then latest day, then order of the text.
    pub events: Vec<EventShown>,
    /// States by the first day they possibly hold.
    pub states: Vec<History>,
}

impl Answer {
    /// The fillers of a question with a hole that are certain, in the order shown; of several
    /// holes, the names joined by commas.
    pub fn certain(&self) -> Vec<String> {
        self.fillers_that_are(Verdict::Certain)
    }

    /// The fillers that are possible, in the order shown.
    pub fn possible(&self) -> Vec<String> {
        self.fillers_that_are(Verdict::Possible)
    }

    fn fillers_that_are(&self, verdict: Verdict) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for outcome in &self.results {
            match outcome {
                Outcome::Fillers(f) => found.extend(
                    f.fillers
                        .iter()
                        .filter(|f| f.held.verdict == verdict)
                        .map(|f| f.names.join(", ")),
                ),
                Outcome::Happened(h) => found.extend(
                    h.fillers
                        .iter()
                        .filter(|f| f.verdict == verdict)
                        .map(|f| f.names.join(", ")),
                ),
                _ => {}
            }
        }
        found
    }

    /// The verdict of a question that has just one.
    pub fn verdict(&self) -> Option<Verdict> {
        match &self.results[..] {
            [Outcome::Held(held)] => Some(held.verdict),
            [Outcome::Happened(happened)] => happened.verdict,
            [Outcome::WhyNot(why_not)] => Some(why_not.verdict),
            _ => None,
        }
    }

    /// Whether readings answer differently.
    pub fn is_disputed(&self) -> bool {
        self.results.iter().any(|outcome| match outcome {
            Outcome::Held(held) => !held.disputed.is_empty(),
            Outcome::Fillers(f) => f.fillers.iter().any(|f| !f.held.disputed.is_empty()),
            _ => false,
        })
    }

    /// The claims of the support of the first result that has one, in document order.
    pub fn support_claims(&self) -> Vec<ClaimId> {
        self.results
            .iter()
            .find_map(|outcome| match outcome {
                Outcome::Held(held) => Some(
                    held.support
                        .claims
                        .iter()
                        .map(|c| ClaimId(c.claim))
                        .collect(),
                ),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The answer as JSON, in the form of `docs/answer-schema.md`.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or(serde_json::Value::Null)
    }
}

impl EventShown {
    /// Whether some claim says that it happened, however surely; otherwise it is only denied,
    /// planned, ordered and so on.
    pub fn is_told(&self) -> bool {
        is_told(&self.status)
    }
}

/// Whether a status means that some claim says that it happened, however surely.
pub(crate) fn is_told(status: &str) -> bool {
    ["happened", "held", "doubted", "disputed", "one of several"].contains(&status)
}

pub(crate) fn verdict_word<S: Serializer>(verdict: &Verdict, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(verdict.word())
}

fn optional_verdict_word<S: Serializer>(
    verdict: &Option<Verdict>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match verdict {
        Some(verdict) => to.serialize_some(verdict.word()),
        None => to.serialize_none(),
    }
}
