//! Claims and sources as pictures see them, and which claims speak of which state.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    Argument, Claim, ClaimId, Effect, EntityId, Filler, Fluent, RelationId, Sentence, Template,
};

use super::{ClaimSeen, ConflictSeen, EventSeen, SourceSeen, StateSeen, things_of};
use crate::ask::Asker;

/// The claims that may speak of a state, by relation and a thing in it.
pub(super) struct ClaimsOf {
    by_thing: BTreeMap<(RelationId, EntityId), Vec<ClaimId>>,
}

impl ClaimsOf {
    pub(super) fn new(asker: &Asker<'_>) -> ClaimsOf {
        let mut index = ClaimsOf {
            by_thing: BTreeMap::new(),
        };
        for claim in asker.chronicle.claims.iter().filter(|c| !c.draft) {
            match &claim.sentence {
                Sentence::Holds {
                    relation, roles, ..
                } => {
                    for thing in roles.iter().flat_map(things_of) {
                        index.note(*relation, *thing, claim.id);
                    }
                }
                Sentence::Happens {
                    event_type, roles, ..
                } => {
                    let types = &asker.chronicle.vocabulary.event_types;
                    for effect in &types[event_type.index()].effects {
                        index.note_template(template_of(effect), roles, claim.id);
                    }
                }
                Sentence::Text(_) => {}
            }
        }
        index
    }

    fn note_template(&mut self, template: &Template, roles: &[Filler], claim: ClaimId) {
        for argument in &template.arguments {
            if let Argument::Role(role) = argument {
                let filler = roles.get(*role as usize);
                for thing in filler.map_or(&[] as &[EntityId], things_of) {
                    self.note(template.relation, *thing, claim);
                }
            }
        }
    }

    fn note(&mut self, relation: RelationId, thing: EntityId, claim: ClaimId) {
        let list = self.by_thing.entry((relation, thing)).or_default();
        if list.last() != Some(&claim) {
            list.push(claim);
        }
    }

    /// The claims that speak of a state or bear on it, in document order.
    pub(super) fn of(&self, asker: &Asker<'_>, fluent: &Fluent) -> Vec<u32> {
        let near = fluent.roles.iter();
        let near = near.filter_map(|thing| self.by_thing.get(&(fluent.relation, *thing)));
        let near: BTreeSet<ClaimId> = near.flatten().copied().collect();
        let forms = asker.spellings(fluent);
        let speaks = |claim: &Claim| forms.iter().any(|form| asker.speaks_of(claim, form));
        near.into_iter()
            .filter(|id| speaks(asker.claim(*id)))
            .map(|id| id.0)
            .collect()
    }
}

fn template_of(effect: &Effect) -> &Template {
    match effect {
        Effect::Begins(template)
        | Effect::Ends(template)
        | Effect::EndsAny(template)
        | Effect::Needs(template)
        | Effect::NeedsNot(template) => template,
    }
}

impl Asker<'_> {
    /// The claims of everything shown, drafts that tell of it included.
    pub(super) fn claims_seen(
        &self,
        events: &[EventSeen],
        states: &[StateSeen],
        conflicts: &[ConflictSeen],
    ) -> Vec<ClaimSeen> {
        let told: BTreeSet<u32> = events
            .iter()
            .flat_map(|e| &e.claims)
            .chain(states.iter().flat_map(|s| &s.claims))
            .chain(conflicts.iter().flat_map(|c| &c.claims))
            .copied()
            .collect();
        told.into_iter()
            .map(|id| self.claim_seen(ClaimId(id)))
            .collect()
    }

    fn claim_seen(&self, id: ClaimId) -> ClaimSeen {
        let claim = self.claim(id);
        let shown = self.claim_shown(claim, &[]);
        ClaimSeen {
            id: id.0,
            event: claim.event.0,
            words: shown.words,
            mode: shown.mode,
            doubted: shown.doubted,
            sources: shown.sources,
            passage: shown.passage,
            section: shown.section,
            file: shown.file,
            line: shown.line,
        }
    }

    pub(super) fn sources_seen(&self) -> Vec<SourceSeen> {
        let mut counts = vec![0usize; self.chronicle.sources.len()];
        for claim in self.chronicle.claims.iter().filter(|c| !c.draft) {
            let sources = claim
                .attestations
                .iter()
                .flat_map(|a| [Some(a.source), a.via]);
            let sources: BTreeSet<_> = sources.flatten().collect();
            for source in sources {
                if let Some(count) = counts.get_mut(source.index()) {
                    *count += 1;
                }
            }
        }
        let sources = self.chronicle.sources.iter().zip(counts);
        sources
            .map(|(source, claims)| SourceSeen {
                key: source.key.clone(),
                fields: source.fields.clone(),
                is_file: source.is_file,
                claims,
            })
            .collect()
    }
}
