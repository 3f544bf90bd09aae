//! Whole sentences back in words: fillers in their slots, circumstances after them.

use annals_chronicle::{
    Circumstance, EntityId, Filler, PatternPiece, Role, RoleContent, Sentence, Vocabulary,
};

use crate::phrase::phrase_agreeing;
use crate::reading::Target;

/// How a caller shows a thing in a slot.
pub type Naming<'n> = &'n dyn Fn(EntityId, &RoleContent) -> String;

/// Whether a caller speaks of things in the plural.
pub type Numbering<'n> = &'n dyn Fn(&[EntityId]) -> bool;

/// The canonical sentence: first pattern, first word forms, without mode and doubt; the verb
/// agrees with its subject.
pub fn sentence_words(
    vocabulary: &Vocabulary,
    sentence: &Sentence,
    name: Naming<'_>,
    plural: Numbering<'_>,
) -> String {
    let (target, declared, roles, tail): (_, &[Role], _, _) = match sentence {
        Sentence::Text(words) => return format!("\"{words}\""),
        Sentence::Happens {
            event_type,
            roles,
            tail,
        } => {
            let of = &vocabulary.event_types[event_type.index()];
            (Target::Event(*event_type), &of.roles, roles, tail)
        }
        Sentence::Holds {
            relation,
            roles,
            tail,
        } => {
            let of = &vocabulary.relations[relation.index()];
            (Target::Relation(*relation), &of.roles, roles, tail)
        }
    };
    let fillers = roles.iter().zip(declared);
    let fillers: Vec<Option<String>> = fillers
        .map(|(filler, role)| filler_words(filler, &role.content, name))
        .collect();
    let in_plural = |slot: u32| match roles.get(slot as usize) {
        Some(Filler::Entities(things)) => plural(things),
        _ => false,
    };
    let mut words = phrase_agreeing(vocabulary, &target, &fillers, &in_plural);
    for (id, filler) in tail {
        words.push(' ');
        let circumstance = &vocabulary.circumstances[id.index()];
        words.push_str(&circumstance_words(circumstance, filler, name));
    }
    words
}

/// `at Kucha`
fn circumstance_words(circumstance: &Circumstance, filler: &Filler, name: Naming<'_>) -> String {
    let content = circumstance.roles.first().map(|r| &r.content);
    let filler = filler_words(filler, content.unwrap_or(&RoleContent::Any), name);
    let mut words = Vec::new();
    let pieces = circumstance.patterns.first().map(|p| p.pieces.as_slice());
    row(pieces.unwrap_or_default(), filler.as_deref(), &mut words);
    words.join(" ")
}

fn row(pieces: &[PatternPiece], filler: Option<&str>, words: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            PatternPiece::Word(forms) => words.extend(forms.first().cloned()),
            PatternPiece::Slot(_) => words.extend(filler.map(str::to_owned)),
            PatternPiece::Optional(inner) => row(inner, filler, words),
        }
    }
}

/// What fills a slot, in words; `None` where it is left open.
pub fn filler_words(filler: &Filler, content: &RoleContent, name: Naming<'_>) -> Option<String> {
    let names = |things: &[EntityId]| -> Vec<String> {
        things.iter().map(|id| name(*id, content)).collect()
    };
    match filler {
        Filler::Unfilled => None,
        Filler::Entities(things) => Some(listed(&names(things), "and")),
        Filler::OneOf(things) => Some(listed(&names(things), "or")),
        Filler::Number(figure) => Some(figure.written.clone()),
    }
}

/// `a`, `a and b`, `a, b and c`, with the last word between the last two.
pub fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
