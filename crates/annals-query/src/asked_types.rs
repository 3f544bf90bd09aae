//! Answers to questions about two things at once, and about what could have been.
//!
//! As in `answer`, nothing is computed here; field names are the JSON names.

use annals_chronicle::Verdict;
use serde::Serialize;

use crate::answer::{DayShown, EventShown, Held, verdict_word};
use crate::evidence_types::{ClaimShown, Evidence};

/// Which of Allen's relations two events stand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelationAnswer {
    /// The first event asked about, as a sentence with its label.
    pub first: String,
    /// The second.
    pub second: String,
    /// The one relation that every timeline has, if there is one.
    pub certain: Option<&'static str>,
    /// In words.
    pub words: String,
    /// The relations that some timeline has, from wholly before to wholly after.
    pub possible: Vec<RelationShown>,
    /// What excludes the others, whichever other accepted claims are added.
    pub because: Evidence,
    /// What the answer takes for granted: that a doubted event happened.
    pub remarks: Vec<String>,
    /// Whether it is exact; otherwise what is not listed is excluded all the same.
    pub proven: bool,
}

/// A relation that some timeline has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelationShown {
    /// Its name: `before`, `meets`, `overlapped by`.
    pub relation: &'static str,
    /// What it says of the first event.
    pub meaning: &'static str,
    /// Days of both events in such a timeline, where they are bounded.
    pub example: Option<ExampleDays>,
}

/// The days of two events in one timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExampleDays {
    /// The day on which the first event starts.
    pub first_start: DayShown,
    /// The day on which it ends; the same where it does not last.
    pub first_end: DayShown,
    /// The day on which the second event starts.
    pub second_start: DayShown,
    /// The day on which it ends.
    pub second_end: DayShown,
}

/// Pairs of what two sentences mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairsAnswer {
    /// The first sentence, with its holes.
    pub first: String,
    /// The relation, as asked.
    pub relation: String,
    /// The second sentence.
    pub second: String,
    /// The pairs of which it is certain or possible, certain ones first, then in document order.
    pub pairs: Vec<PairShown>,
    /// How many pairs there are of what is recorded.
    pub of: usize,
    /// How many of them were not looked at, because there were too many.
    pub left_out: usize,
    /// How many more stand in the relation, certainly or possibly, than are listed.
    pub not_listed: usize,
}

/// A pair and how surely the relation holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairShown {
    /// The first event or state.
    pub first: PairedShown,
    /// The second.
    pub second: PairedShown,
    /// How surely.
    #[serde(serialize_with = "verdict_word")]
    pub verdict: Verdict,
    /// Of two events, the relations that some timeline has.
    pub possible: Vec<&'static str>,
    /// Why, in words: common days, doubts.
    pub words: String,
    /// Whether the verdict is exact; otherwise it may be more certain than that, or excluded.
    pub proven: bool,
}

/// One side of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairedShown {
    /// As a sentence.
    pub sentence: String,
    /// Its label without `#`.
    pub label: Option<String>,
    /// `file:line` of an event; empty for a state.
    pub place: String,
    /// The names in its holes.
    pub names: Vec<String>,
}

/// Why something is not certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhyNotAnswer {
    /// `certain`, `possible`, `unknown` or `impossible`.
    #[serde(serialize_with = "verdict_word")]
    pub verdict: Verdict,
    /// What is asked about, as a sentence.
    pub sentence: String,
    /// In words: what keeps it from being certain, or that nothing does.
    pub words: Vec<String>,
    /// Timelines: one in which it is so, one in which it is not, as far as there are.
    pub timelines: Vec<TimelineShown>,
    /// Claims whose days decide between these timelines, or which count in one of them alone.
    pub open: Vec<ClaimShown>,
    /// The whole judgement of a state, with its steps.
    pub held: Option<Held>,
    /// The claimed events that fit, where an event is asked about.
    pub events: Vec<EventShown>,
    /// A claim that denies it.
    pub denied: Option<ClaimShown>,
}

/// One timeline, told by what bears on the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineShown {
    /// `it holds`, `it does not hold`, `nothing is recorded`.
    pub shows: String,
    /// What decides, in words.
    pub because: String,
    /// The days of what bears on it, earliest first.
    pub days: Vec<MomentShown>,
    /// How what is doubted or left open is settled in it.
    pub settled: Vec<String>,
}

/// A moment and its day in one timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MomentShown {
    /// The event, in words; its start or end where it lasts.
    pub what: String,
    /// Its day there.
    pub day: DayShown,
}

/// Who could fill a hole without contradicting anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CouldAnswer {
    /// The sentence with its hole.
    pub sentence: String,
    /// Everything known of the hole's kind: who could by all readings, then by some, then not at
    /// all; within these by name.
    pub candidates: Vec<CandidateShown>,
    /// How many were not looked at, because there were too many.
    pub left_out: usize,
}

/// One candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CandidateShown {
    /// Its name.
    pub name: String,
    /// `could`, `disputed` (by some readings of what cannot all be true) or `could-not`.
    pub could: &'static str,
    /// How surely the sources have it so already.
    #[serde(serialize_with = "verdict_word")]
    pub told: Verdict,
    /// What excludes it, by the readings that do.
    pub excluded_by: Vec<ExclusionShown>,
    /// Whether everything was looked for.
    pub proven: bool,
}

/// A contradiction that the added claim would make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExclusionShown {
    /// The rules it rests on, in words.
    pub words: Vec<String>,
    /// The claims that cannot be true beside it: a smallest set.
    pub claims: Evidence,
}
