//! Names that the text speaks of in the plural: `Western Turks capture Long Lipozhun`.
//!
//! Nobody declares that; the verb that follows a name in some claim says it. Answers and reports
//! then agree with it.

use annals_chronicle::{
    Claim, Entity, EntityId, Filler, Pattern, PatternPiece, Sentence, Vocabulary,
};
use annals_sentence::plural_form;
use annals_text::Files;

/// Marks the things that stand before a plural form of a pattern's verb in some claim.
pub(crate) fn mark(
    files: &Files,
    claims: &[Claim],
    vocabulary: &Vocabulary,
    entities: &mut [Entity],
) {
    let of_events = vocabulary.event_types.iter().map(|t| plurals(&t.patterns));
    let of_relations = vocabulary.relations.iter().map(|r| plurals(&r.patterns));
    let (of_events, of_relations): (Vec<_>, Vec<_>) = (of_events.collect(), of_relations.collect());
    for claim in claims {
        let (plurals, roles) = match &claim.sentence {
            Sentence::Happens {
                event_type, roles, ..
            } => (&of_events[event_type.index()], roles),
            Sentence::Holds {
                relation, roles, ..
            } => (&of_relations[relation.index()], roles),
            Sentence::Text(_) => continue,
        };
        let sentence = files.slice(claim.sentence_span);
        // The patterns of one verb mostly begin with one slot, whose name is looked for once.
        let found = plurals
            .chunk_by(|a, b| a.0 == b.0)
            .find_map(|forms| in_plural(forms, roles, sentence, entities));
        if let Some(id) = found {
            entities[id.index()].plural = true;
        }
    }
}

/// Of the patterns that begin with a slot and a verb with a plural form: the slot and that form.
fn plurals(patterns: &[Pattern]) -> Vec<(u32, &str)> {
    let mut all = Vec::new();
    for pattern in patterns {
        if let [PatternPiece::Slot(slot), PatternPiece::Word(forms), ..] = &pattern.pieces[..] {
            all.extend(plural_form(forms).map(|plural| (*slot, plural)));
        }
    }
    all.dedup();
    all
}

/// The thing in the slot that some patterns begin with, where the sentence has the plural of the
/// verb of one of them after it.
fn in_plural(
    forms: &[(u32, &str)],
    roles: &[Filler],
    sentence: &str,
    entities: &[Entity],
) -> Option<EntityId> {
    let (slot, _) = forms.first()?;
    let Filler::Entities(list) = roles.get(*slot as usize)? else {
        return None;
    };
    let [only] = list[..] else { return None };
    let entity = &entities[only.index()];
    let sentence = sentence.strip_prefix("The ").unwrap_or(sentence);
    let mut names = std::iter::once(&entity.name).chain(entity.names.iter().map(|n| &n.text));
    let rest = names.find_map(|n| sentence.strip_prefix(n.as_str()))?;
    let verb = rest.split_whitespace().next()?;
    let follows = rest.starts_with(char::is_whitespace);
    (follows && forms.iter().any(|(_, plural)| verb == *plural)).then_some(only)
}
