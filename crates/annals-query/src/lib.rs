//! Questions and their answers.
//!
//! What comes in: the text of a question, and a compiled chronicle with its reasoner. What
//! goes out: an [`Answer`] that prints as plain text and serialises as JSON, with a verdict, its
//! basis and the claims it rests on. Nothing is drawn here, no terminal is known, no file is
//! opened. A question that cannot be read gives reports that point into its own text.
//!
//! The forms of a question:
//!
//! ```text
//! 640-06-01: Karasahr is subject to Tang     a state on a day
//! 646: ? is ruler of Karasahr                who fills the hole, through a period
//! at #fall: ? is ruler of Karasahr           just before it starts
//! Karasahr is subject to Tang                its whole history
//! when: Karasahr is subject to Tang          on which days
//! when: #fall                                the bounds of an event, and what forces them
//! 648: Tang attacks Karasahr                 an event: which claimed ones lie there
//! how long: Long Lipozhun is ruler of Karasahr
//! order: #fall, #departure
//! relation: #fall, #departure                which of Allen's thirteen relations
//! pairs: ? attacks ?; precedes; ? submits to ?
//! why not: 646: Karasahr is subject to Tang  what keeps it from being certain
//! who could: 644-09: ? takes Karasahr        whom no claim excludes
//! ```
//!
//! `question` cuts the text, `time` reads its date (relative dates by adding a `probe` to the
//! chronicle), `sentence` says which states or events are meant, `held`, `happened`, `length`,
//! `order`, `relation`, `pairs`, `why_not` and `could` ask the reasoner, `readings`, `difference` and `comparison` set tellings side by side,
//! `overview` gathers what pictures show; `evidence` and `words` put the result into words, `text` prints it.

mod aligned;
mod answer;
mod ask;
mod asked_text;
mod asked_types;
mod basis;
mod changes;
mod common;
mod comparison;
mod concern;
mod contrast;
mod contrast_text;
mod could;
mod counts;
mod days;
mod difference;
mod dispute;
mod each;
mod events;
mod evidence;
mod evidence_types;
mod figures;
mod fits;
mod happened;
mod held;
mod holes;
mod length;
mod lying;
mod order;
mod overview;
mod pairs;
mod picture;
mod probe;
mod question;
mod readings;
mod reckoning;
mod relation;
mod said;
mod sentence;
mod show;
mod text;
mod text_parts;
mod time;
mod timeline;
mod travel;
mod travel_text;
mod travel_types;
mod why;
mod why_not;
mod words;

pub use answer::{
    Answer, BasisShown, BoundsShown, Can, CountAnswer, DayDispute, DayShown, DaysShown,
    DetailShown, Dispute, EpisodeShown, EventFiller, EventShown, FillerShown, Fillers, FluentShown,
    Happened, Held, History, LengthAnswer, OrderAnswer, Outcome, Profile, RangeShown, RoleShown,
    SCHEMA, StretchShown, TimeShown, Timeline,
};
pub use ask::{Asked, Asker, ReadWhen};
pub use asked_types::{
    CandidateShown, CouldAnswer, ExampleDays, ExclusionShown, MomentShown, PairShown, PairedShown,
    PairsAnswer, RelationAnswer, RelationShown, TimelineShown, WhyNotAnswer,
};
pub use comparison::comparison;
pub use contrast::{
    Account, Agreement, Comparison, Difference, EventChange, EventCompared, EventDays,
    ReadingChange, ReadingGroup, ReadingShown, Readings, RunChange, RunCompared, StateChange,
    StateCompared, Voice,
};
pub use difference::difference;
pub use each::each;
pub use evidence_types::{ChoiceShown, ClaimShown, Evidence, IdentityShown, SourceShown};
pub use figures::{FigureRow, FiguresOf, FiguresShown};
pub use overview::{
    CalendarSeen, ClaimRecord, ClaimSeen, ConflictSeen, DaysSeen, DetailRecord, DistanceSeen,
    DrawnSeen, EventSeen, LeftOut, NameSeen, Overview, PointSeen, RivalSeen, RoadSeen, RoleSeen,
    RunSeen, Scope, ShapeSeen, SourceSeen, StateSeen, ThingSeen,
};

pub use travel::OnTheWay;
pub use travel_types::{
    ExpectedShown, JourneyShown, LegShown, LengthShown, MoverShown, ReachShown, ReachedBy,
    ReachedPlace, Reckoning, RouteShown,
};

#[cfg(test)]
mod tests;
