//! Claims as roles with their fillers.

use annals_chronicle::{Chronicle, ClaimId, EntityId, RoleContent, Sentence};
use annals_sentence::filler_words;

/// How a claim was read, for tests and for readers of dumps:
/// `submits(vassal: Karasahr [polity], suzerain: Tang [polity])`.
///
/// Before the bracket stands the first word of the event type's pattern, or the relation's name.
/// Roles left open are left out; circumstances follow under their own words.
pub fn describe_claim(chronicle: &Chronicle, claim: ClaimId) -> String {
    let Some(claim) = chronicle.claims.get(claim.index()) else {
        return String::new();
    };
    let vocabulary = &chronicle.vocabulary;
    let (name, of, roles, tail) = match &claim.sentence {
        Sentence::Text(words) => return format!("\"{words}\""),
        Sentence::Happens {
            event_type,
            roles,
            tail,
        } => {
            let of = &vocabulary.event_types[event_type.index()];
            let word = of.name.split(' ').next().unwrap_or(&of.name);
            (word, &of.roles, roles, tail)
        }
        Sentence::Holds {
            relation,
            roles,
            tail,
        } => {
            let of = &vocabulary.relations[relation.index()];
            // A name made unique by its slots would say them twice.
            let word = of.name.split(" (").next().unwrap_or(&of.name);
            (word, &of.roles, roles, tail)
        }
    };
    let with_kind = |id: EntityId, _: &RoleContent| {
        let entity = &chronicle.entities[id.index()];
        if entity.words {
            return chronicle.name_of(id);
        }
        let kind = &vocabulary.kinds[entity.kind.index()].name;
        format!("{} [{kind}]", entity.name)
    };
    let mut parts: Vec<String> = Vec::new();
    for (role, filler) in of.iter().zip(roles) {
        let words = filler_words(filler, &role.content, &with_kind);
        parts.extend(words.map(|words| format!("{}: {words}", role.name)));
    }
    for (id, filler) in tail {
        let circumstance = &vocabulary.circumstances[id.index()];
        match filler_words(filler, &RoleContent::Any, &with_kind) {
            Some(words) => parts.push(format!("{}: {words}", circumstance.name)),
            None => parts.push(circumstance.name.clone()),
        }
    }
    format!("{name}({})", parts.join(", "))
}
