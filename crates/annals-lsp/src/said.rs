//! Claims and things in a few words, for lists and hovers.

use annals::Resolved;
use annals::chronicle::{ClaimId, EntityId};
use annals::sentence::sentence_words;

/// What a claim says as a sentence of the vocabulary, without its date.
pub(crate) fn sentence_of(resolved: &Resolved, claim: ClaimId) -> String {
    let chronicle = &resolved.chronicle;
    let name = |id: EntityId| match &chronicle.entities[id.index()] {
        entity if entity.words => format!("\"{}\"", entity.name),
        entity => entity.name.clone(),
    };
    let plural = |things: &[EntityId]| match things {
        [one] => chronicle.entities[one.index()].plural,
        things => things.len() > 1,
    };
    let sentence = &chronicle.claims[claim.index()].sentence;
    sentence_words(&chronicle.vocabulary, sentence, &|id, _| name(id), &plural)
}
