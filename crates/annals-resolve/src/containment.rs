//! Places that hold others: `Gaochang is in Xizhou`. A place in which another lies that has a point
//! of its own is no spot, whatever its kind, and the time of the way to it is not known.

use annals_chronicle::{
    Claim, Entity, EntityId, Filler, Identity, Mode, Sentence, Spot, Vocabulary,
};

/// Marks the places that hold others with a point, themselves or through what lies in them. What is
/// doubted counts too, for it may be so.
pub(crate) fn mark(
    claims: &[Claim],
    vocabulary: &Vocabulary,
    identities: &[Identity],
    entities: &mut [Entity],
) {
    let told: Vec<(EntityId, EntityId)> = claims
        .iter()
        .filter(|c| !c.draft && c.mode == Mode::Asserted)
        .flat_map(|c| told(c, vocabulary))
        .collect();
    loop {
        let mut more: Vec<EntityId> = Vec::new();
        for (part, whole) in &told {
            let part = &entities[part.index()];
            if part.place.is_some() || part.geography.holds_places {
                more.push(*whole);
            }
        }
        for tie in identities {
            for (a, b) in [(tie.a, tie.b), (tie.b, tie.a)] {
                if entities[a.index()].geography.holds_places {
                    more.push(b);
                }
            }
        }
        more.retain(|e| !entities[e.index()].geography.holds_places);
        if more.is_empty() {
            return;
        }
        for entity in more {
            entities[entity.index()].geography.holds_places = true;
        }
    }
}

/// What a claim says lies in what. `finds {a} at {b}` says it of any thing; of things that move it
/// tells where they are, and these have no points.
fn told(claim: &Claim, vocabulary: &Vocabulary) -> Vec<(EntityId, EntityId)> {
    let Sentence::Holds {
        relation, roles, ..
    } = &claim.sentence
    else {
        return vec![];
    };
    let things = |role: u32| match roles.get(role as usize) {
        Some(Filler::Entities(things) | Filler::OneOf(things)) => things.to_vec(),
        _ => vec![],
    };
    let mut all = Vec::new();
    for presence in &vocabulary.relations[relation.index()].presences {
        let Spot::Role(place) = presence.place else {
            continue;
        };
        for part in things(presence.who) {
            let wholes = things(place).into_iter().filter(|whole| *whole != part);
            all.extend(wholes.map(|whole| (part, whole)));
        }
    }
    all
}
