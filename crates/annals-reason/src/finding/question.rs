//! The question a finding concerns, and how much hangs on it.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{ClaimId, Constraint, EventId, Fluent, Part, RelationId};
use annals_network::{Found, Var};

use super::words::{Narrator, moment_of};
use crate::answer::Conflict;
use crate::component::Component;
use crate::instance::Instance;
use crate::premise::{Accepted, Ground, PremiseId};
use crate::reading::Group;
use crate::refute::{Clash, Refutation};
use crate::rule::Topic;

/// Readings compared when counting what hangs on a conflict.
const READINGS: usize = 12;

/// What a finding is about, so that findings about one thing stand together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// When an event was.
    Date(EventId),
    /// Whether a state held, or who held it: the slot, with `None` where it asks who.
    State(RelationId, Vec<Option<annals_chronicle::EntityId>>),
    /// Who filled a role of an event.
    Role(EventId, u32),
    /// A figure of an event.
    Figure(EventId, String),
    /// In what order events came.
    Order(Vec<EventId>),
    /// Nothing that one question asks.
    Other,
}

impl Component {
    pub(super) fn question_of(&self, conflict: &Conflict, refutations: &[Refutation]) -> Question {
        for part in &conflict.parts {
            if let Part::Role(claim, role) = *part {
                return Question::Role(self.chronicle.claims[claim.index()].event, role);
            }
        }
        let dated: BTreeSet<EventId> = self.dated_events(conflict);
        let only_dates = conflict.parts.iter().all(|p| matches!(p, Part::Date(..)));
        if let (true, 1, Some(event)) = (only_dates, dated.len(), dated.first()) {
            return Question::Date(*event);
        }
        let Some(refutation) = refutations.first() else {
            return Question::Other;
        };
        let fluent = refutation.rules.iter().find_map(|r| match &r.topic {
            Topic::Kept { fluent, .. }
            | Topic::AtOnce(fluent, _)
            | Topic::OneDay(fluent)
            | Topic::BeginsOnce(fluent)
            | Topic::NeverReturns(fluent)
            | Topic::AtMost(fluent) => Some(fluent),
            Topic::Lasts
            | Topic::Said
            | Topic::Unknown
            | Topic::DeniedEvent
            | Topic::Rivals
            | Topic::Travel(_)
            | Topic::News(..)
            | Topic::Assumed => None,
        });
        if let Some(fluent) = fluent {
            return self.slot_question(fluent);
        }
        match &refutation.derivation.clash {
            Clash::NoDay { var, .. } => {
                let encoded = self.encoded(&refutation.world);
                moment_of(&encoded, *var).map_or(Question::Other, |m| Question::Date(m.event))
            }
            Clash::Circle(_) => Question::Order(dated.into_iter().collect()),
            Clash::Forbidden { .. } | Clash::Cases { .. } | Clash::Unshown => match dated.first() {
                Some(event) => Question::Date(*event),
                None => Question::Other,
            },
        }
    }

    /// The question of a conflict, or one asked before that it bears on as well.
    pub(super) fn asked_before(
        &self,
        question: Question,
        conflict: &Conflict,
        before: &[Question],
    ) -> Question {
        let only_dates = conflict.parts.iter().all(|p| matches!(p, Part::Date(..)));
        let events = self.dated_events(conflict);
        let also = before
            .iter()
            .find(|q| matches!(q, Question::Date(e) if only_dates && events.contains(e)));
        also.cloned().unwrap_or(question)
    }

    fn dated_events(&self, conflict: &Conflict) -> BTreeSet<EventId> {
        let claims = conflict.parts.iter().filter_map(|p| p.claim());
        claims
            .map(|c| self.chronicle.claims[c.index()].event)
            .collect()
    }

    /// The question that a state answers: who fills the role that only one can fill at a time.
    pub(super) fn slot_question(&self, fluent: &Fluent) -> Question {
        let relation = &self.chronicle.vocabulary.relations[fluent.relation.index()];
        let open: Vec<u32> = relation
            .constraints
            .iter()
            .find_map(|c| match c {
                Constraint::One { value, .. } => Some(value.clone()),
                _ => None,
            })
            .unwrap_or_default();
        let roles = fluent.roles.iter().enumerate();
        let roles = roles.map(|(i, e)| (!open.contains(&(i as u32))).then_some(*e));
        Question::State(fluent.relation, roles.collect())
    }

    /// How many answers differ by which part of a conflict is left out: events whose first or
    /// last possible day differs between readings that leave out different parts of it and are
    /// alike otherwise, events of which they leave out more than a date, and states on which such
    /// an event, or a claim left out, bears. Names are
    /// settled in the usual way. Exact for the readings compared, which are the first twelve.
    pub(super) fn consequence(&self, premises: &[PremiseId]) -> usize {
        let group = self
            .groups
            .iter()
            .find(|g| premises.iter().all(|p| g.premises.contains(p)));
        let Some(group) = group else { return 0 };
        let compared = compared(group, premises);
        let encoded = self.encoded(&self.usual_world());
        let around = self.joins().around(&group.premises);
        let instances: Vec<Instance> = compared
            .iter()
            .map(|d| self.usual_among(d, Some(&around)))
            .collect();
        let moments = encoded.moments.count();
        let vars: BTreeSet<Var> = instances.iter().flat_map(Instance::vars).collect();
        let mut moved = BTreeSet::new();
        for var in vars.into_iter().filter(|v| *v < moments) {
            let mut days = instances.iter().map(|i| i.hull(var));
            let first = days.next();
            if days.any(|d| Some(d) != first) {
                moved.insert(var);
            }
        }
        let mut events: BTreeSet<EventId> = moved
            .iter()
            .filter_map(|v| moment_of(&encoded, *v))
            .map(|m| m.event)
            .collect();
        let left_out: BTreeSet<PremiseId> =
            compared.iter().flat_map(|d| d.iter().copied()).collect();
        // What only some of the readings tell at all is an answer as well.
        let parts = left_out.iter().filter(|p| premises.contains(p));
        let told = parts.filter_map(|p| match self.premises.grounds[p.0 as usize] {
            Ground::Part(Part::Date(..)) | Ground::Assumption(_) => None,
            Ground::Part(part) => part.claim(),
        });
        let told: Vec<ClaimId> = told.collect();
        events.extend(told.iter().map(|c| self.chronicle.claims[c.index()].event));
        let states: BTreeSet<&Fluent> = encoded
            .bearings
            .iter()
            .filter(|b| moved.contains(&b.var) || b.needs.iter().any(|p| left_out.contains(p)))
            .map(|b| &b.fluent)
            .collect();
        events.len() + states.len()
    }

    /// What holds in the usual world by the first reading, assumptions yielding.
    pub(crate) fn usual_instance(&self) -> &Arc<Instance> {
        self.usual
            .get_or_init(|| Arc::new(self.usual_among(&self.first_reading(), None)))
    }

    /// What holds in the usual world when these premises are left out: of all, or of some to which
    /// no rule joins any other.
    fn usual_among(&self, dropped: &[PremiseId], among: Option<&[PremiseId]>) -> Instance {
        let world = self.usual_world();
        let encoded = self.encoded(&world);
        let mut accepted = match among {
            Some(among) => Accepted::of(self.premises.len(), among.iter().copied()),
            None => self.accepted_without(&[]),
        };
        dropped.iter().for_each(|p| accepted.remove(*p));
        let build = |set: &Accepted| self.instance(&encoded, set, &[]);
        let instance = build(&accepted);
        if instance.consistent() != Found::None {
            return instance;
        }
        match self.with_assumptions_yielding(&world, &accepted) {
            Some(kept) => build(&kept),
            None => instance,
        }
    }
}

/// Readings that leave out different parts of a conflict and are alike otherwise; all of its
/// group's where there are no such.
fn compared<'g>(group: &'g Group, conflict: &[PremiseId]) -> Vec<&'g Vec<PremiseId>> {
    let outside = |dropped: &[PremiseId]| -> Vec<PremiseId> {
        let mut rest: Vec<PremiseId> = dropped
            .iter()
            .copied()
            .filter(|p| !conflict.contains(p))
            .collect();
        rest.sort_unstable();
        rest
    };
    for dropped in &group.dropped {
        let alike: Vec<&Vec<PremiseId>> = group
            .dropped
            .iter()
            .filter(|other| outside(other) == outside(dropped))
            .take(READINGS)
            .collect();
        if alike.len() > 1 {
            return alike;
        }
    }
    group.dropped.iter().take(READINGS).collect()
}

impl Narrator<'_> {
    /// The question in the words of `annals ask`, or close to them.
    pub fn question(&self, question: &Question) -> String {
        match question {
            Question::Date(event) => format!("When: {}", self.event(*event)),
            Question::State(relation, roles) => {
                let words = self.words.relation(*relation, roles);
                match roles.iter().any(Option::is_none) {
                    true => words,
                    false => format!("When: {words}"),
                }
            }
            Question::Role(event, role) => {
                let claims = &self.reasoner.chronicle.events[event.index()].claims;
                let (name, _) = self.role(self.claim(claims[0]), *role);
                format!("Who: the {name} in {}", self.event(*event))
            }
            Question::Figure(event, key) => format!("How many: {key} in {}", self.event(*event)),
            Question::Order(events) => {
                let names: Vec<String> = events.iter().map(|e| self.event(*e)).collect();
                format!("Order: {}", names.join(", "))
            }
            Question::Other => String::new(),
        }
    }
}
