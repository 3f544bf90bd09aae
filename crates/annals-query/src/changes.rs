//! Which claims tell of something that can end a state.

use annals_chronicle::{
    Argument, Claim, Constraint, Effect, EntityId, EventId, Filler, Fluent, Mode, RelationId,
    Sentence, Template,
};

use crate::ask::Asker;
use crate::said::fills;

impl Asker<'_> {
    /// The events and mentions that can end a state: they end it or what it needs, or put
    /// another in its place. In document order.
    pub(crate) fn changes(&self, fluent: &Fluent) -> Vec<EventId> {
        let states = self.with_needs(fluent);
        let mut events: Vec<EventId> = self
            .chronicle
            .claims
            .iter()
            .filter(|c| c.mode == Mode::Asserted && !c.draft && c.id < self.own_claims_end)
            .filter(|claim| states.iter().any(|state| self.can_end(claim, state)))
            .map(|claim| claim.event)
            .collect();
        events.sort();
        events.dedup();
        events
    }

    /// A state and the states it needs, through any number of steps.
    fn with_needs(&self, fluent: &Fluent) -> Vec<Fluent> {
        let mut all = vec![fluent.clone()];
        let mut next = 0;
        while let Some(state) = all.get(next).cloned() {
            for constraint in &self.relation(state.relation).constraints {
                if let Constraint::Needs(template) = constraint
                    && let Some(needed) = filled(template, &state)
                    && !all.contains(&needed)
                {
                    all.push(needed);
                }
            }
            next += 1;
        }
        all
    }

    fn can_end(&self, claim: &Claim, state: &Fluent) -> bool {
        match &claim.sentence {
            Sentence::Holds {
                relation, roles, ..
            } => {
                let told: Vec<Option<&Filler>> = roles.iter().map(Some).collect();
                self.is_rival(*relation, &told, state)
            }
            Sentence::Happens {
                event_type, roles, ..
            } => {
                let effects = &self.chronicle.vocabulary.event_types[event_type.index()].effects;
                effects.iter().any(|effect| match effect {
                    Effect::Ends(template)
                    | Effect::EndsAny(template)
                    | Effect::NeedsNot(template) => fills(template, roles, state),
                    Effect::Begins(template) | Effect::Needs(template) => {
                        let told: Vec<Option<&Filler>> = template
                            .arguments
                            .iter()
                            .map(|argument| match argument {
                                Argument::Role(i) => roles.get(*i as usize),
                                Argument::Any => None,
                            })
                            .collect();
                        self.is_rival(template.relation, &told, state)
                    }
                })
            }
            Sentence::Text(_) => false,
        }
    }

    /// Whether something told takes a state's place under `one X per Y`.
    fn is_rival(&self, relation: RelationId, told: &[Option<&Filler>], state: &Fluent) -> bool {
        let same = |role: u32| {
            let wanted = state.roles.get(role as usize);
            match (told.get(role as usize).copied().flatten(), wanted) {
                (Some(Filler::Entities(ids) | Filler::OneOf(ids)), Some(wanted)) => {
                    ids.contains(wanted)
                }
                _ => false,
            }
        };
        relation == state.relation
            && self
                .relation(relation)
                .constraints
                .iter()
                .any(|constraint| {
                    matches!(constraint, Constraint::One { value, per }
                    if per.iter().all(|r| same(*r)) && !value.iter().all(|r| same(*r)))
                })
    }
}

/// A relation's template filled from one of its states; `None` where it leaves a role open.
fn filled(template: &Template, state: &Fluent) -> Option<Fluent> {
    let roles: Option<Vec<EntityId>> = template
        .arguments
        .iter()
        .map(|argument| match argument {
            Argument::Role(i) => state.roles.get(*i as usize).copied(),
            Argument::Any => None,
        })
        .collect();
    roles.map(|roles| Fluent {
        relation: template.relation,
        roles,
    })
}
