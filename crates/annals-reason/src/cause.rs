//! Which rules a contradiction rests on, beside what the claims date.

use annals_chronicle::{EntityId, Fluent};

use crate::answer::Conflict;
use crate::premise::PremiseId;
use crate::reasoner::Reasoner;
use crate::rule::Topic;

/// A rule that keeps claims from being true together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The way between two places takes at least so many days; `who` is `None` for news.
    Way {
        /// Who goes it.
        who: Option<EntityId>,
        /// Its ends.
        places: (EntityId, EntityId),
        /// Days between the dates at least.
        days: i64,
    },
    /// A fluent that never returns was over by then.
    NeverReturns(Fluent),
    /// A fluent that never returns had not begun yet.
    BeginsOnce(Fluent),
    /// A fluent that never returns begins once and ends once.
    Once(Fluent),
    /// A fluent lasts only so long.
    AtMost(Fluent),
    /// Two fluents cannot hold at once.
    AtOnce(Fluent, Fluent),
    /// A fluent has this value all the time.
    Throughout(Fluent, bool),
    /// Such an event is denied.
    Denied,
}

impl Reasoner {
    /// The rules that a contradiction rests on, as few as it needs.
    pub fn causes(&self, conflict: &Conflict) -> Vec<Cause> {
        let component = self.component_of_parts(&conflict.parts);
        let parts = conflict.parts.iter();
        let premises: Vec<PremiseId> = parts
            .filter_map(|part| component.premises.part(*part))
            .collect();
        let refutations = component.refute(&premises);
        let rules = refutations.iter().flat_map(|r| &r.rules);
        let mut causes: Vec<Cause> = rules.filter_map(|rule| cause(&rule.topic)).collect();
        causes.sort();
        causes.dedup();
        causes
    }
}

fn cause(topic: &Topic) -> Option<Cause> {
    match topic {
        Topic::Travel(way) => Some(Cause::Way {
            who: way.who,
            places: way.places,
            days: way.days,
        }),
        Topic::NeverReturns(fluent) => Some(Cause::NeverReturns(fluent.clone())),
        Topic::BeginsOnce(fluent) => Some(Cause::BeginsOnce(fluent.clone())),
        Topic::OneDay(fluent) => Some(Cause::Once(fluent.clone())),
        Topic::AtMost(fluent) => Some(Cause::AtMost(fluent.clone())),
        Topic::AtOnce(one, other) => Some(Cause::AtOnce(one.clone(), other.clone())),
        Topic::Kept { fluent, value, .. } => Some(Cause::Throughout(fluent.clone(), *value)),
        Topic::DeniedEvent => Some(Cause::Denied),
        Topic::Lasts
        | Topic::Said
        | Topic::Unknown
        | Topic::Rivals
        | Topic::News(..)
        | Topic::Assumed => None,
    }
}
