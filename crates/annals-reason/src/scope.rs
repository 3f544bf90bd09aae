//! Which claims are reasoned with together, and the variables of their events.

use std::sync::Arc;

use annals_chronicle::{
    ChoiceId, Chronicle, Claim, ClaimId, Edge, EntityId, EventId, IdentityId, Moment,
};
use annals_network::Var;

/// The part of a chronicle that one component reasons with. Every list is in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// Claims that are no drafts.
    pub claims: Vec<ClaimId>,
    /// Every event that they tell of or are dated by.
    pub events: Arc<[EventId]>,
    /// Identities of what they name.
    pub identities: Vec<IdentityId>,
    /// Choices between their events.
    pub choices: Vec<ChoiceId>,
    /// Unnamed things that they name.
    pub unnamed: Vec<EntityId>,
}

impl Scope {
    /// Its claims.
    pub fn claims<'c>(&'c self, chronicle: &'c Chronicle) -> impl Iterator<Item = &'c Claim> {
        self.claims.iter().map(|id| &chronicle.claims[id.index()])
    }

    /// Several scopes as one.
    pub fn joined<'s>(scopes: impl Iterator<Item = &'s Scope>) -> Scope {
        let mut all = Scope::default();
        let mut events = Vec::new();
        for scope in scopes {
            all.claims.extend(&scope.claims);
            events.extend(scope.events.iter().copied());
            all.identities.extend(&scope.identities);
            all.choices.extend(&scope.choices);
            all.unnamed.extend(&scope.unnamed);
        }
        all.claims.sort_unstable();
        events.sort_unstable();
        all.events = events.into();
        all.identities.sort_unstable();
        all.choices.sort_unstable();
        all.unnamed.sort_unstable();
        all
    }
}

/// The variables of events: one an event, two where it lasts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moments {
    events: Arc<[EventId]>,
    starts: Vec<Var>,
    ends: Vec<Var>,
}

impl Moments {
    /// Numbers the moments of events in their order; `lasts` says which have two.
    pub fn new(events: Arc<[EventId]>, lasts: impl Fn(EventId) -> bool) -> Moments {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        let mut count = 0;
        for event in events.iter() {
            let end = count + usize::from(lasts(*event));
            starts.push(count);
            ends.push(end);
            count = end + 1;
        }
        Moments {
            events,
            starts,
            ends,
        }
    }

    fn place(&self, event: EventId) -> usize {
        self.events
            .binary_search(&event)
            .expect("a component holds every event that its claims tell of or are dated by")
    }

    /// The variable of an event's start.
    pub fn start(&self, event: EventId) -> Var {
        self.starts[self.place(event)]
    }

    /// The variable of an event's end; that of its start where it does not last.
    pub fn end(&self, event: EventId) -> Var {
        self.ends[self.place(event)]
    }

    /// Whether an event has two moments.
    pub fn lasts(&self, event: EventId) -> bool {
        self.start(event) != self.end(event)
    }

    /// The variable of a moment.
    pub fn var(&self, moment: Moment) -> Var {
        match moment.edge {
            Edge::Start => self.start(moment.event),
            Edge::End => self.end(moment.event),
        }
    }

    /// How many variables stand for moments; they come first.
    pub fn count(&self) -> usize {
        self.ends.last().map_or(0, |v| v + 1)
    }

    /// The event a variable belongs to, and whether it is its start and its end; `None` for
    /// helpers.
    pub fn event_of(&self, var: Var) -> Option<(EventId, bool, bool)> {
        if var >= self.count() {
            return None;
        }
        let at = self.starts.partition_point(|v| *v <= var) - 1;
        Some((
            self.events[at],
            self.starts[at] == var,
            self.ends[at] == var,
        ))
    }

    /// The events, in order.
    pub fn events(&self) -> &[EventId] {
        &self.events
    }
}
