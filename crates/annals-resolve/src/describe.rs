//! Claims in words: as a canonical sentence, and as roles with their fillers.

use annals_chronicle::{
    Chronicle, Circumstance, CircumstanceId, ClaimId, EntityId, Filler, PatternPiece, Role,
    Sentence,
};
use annals_sentence::{Target, phrase};

use crate::words::listed;

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
    let with_kind = |id: EntityId| {
        let entity = &chronicle.entities[id.index()];
        if entity.words {
            return chronicle.name_of(id);
        }
        let kind = &vocabulary.kinds[entity.kind.index()].name;
        format!("{} [{kind}]", entity.name)
    };
    let mut parts: Vec<String> = Vec::new();
    for (role, filler) in of.iter().zip(roles) {
        parts.extend(filler_words(filler, &with_kind).map(|words| role_words(role, &words)));
    }
    for (id, filler) in tail {
        let circumstance = &vocabulary.circumstances[id.index()];
        match filler_words(filler, &with_kind) {
            Some(words) => parts.push(format!("{}: {words}", circumstance.name)),
            None => parts.push(circumstance.name.clone()),
        }
    }
    format!("{name}({})", parts.join(", "))
}

fn role_words(role: &Role, filler: &str) -> String {
    format!("{}: {filler}", role.name)
}

/// The canonical sentence: first pattern, first word forms, display names, without mode and doubt.
pub fn sentence_words(chronicle: &Chronicle, sentence: &Sentence) -> String {
    words_with(chronicle, sentence, &|id| chronicle.name_of(id))
}

/// The canonical sentence with names as a caller shows them.
pub(crate) fn words_with(
    chronicle: &Chronicle,
    sentence: &Sentence,
    name: &dyn Fn(EntityId) -> String,
) -> String {
    let (target, roles, tail) = match sentence {
        Sentence::Text(words) => return format!("\"{words}\""),
        Sentence::Happens {
            event_type,
            roles,
            tail,
        } => (Target::Event(*event_type), roles, tail),
        Sentence::Holds {
            relation,
            roles,
            tail,
        } => (Target::Relation(*relation), roles, tail),
    };
    let fillers: Vec<Option<String>> = roles.iter().map(|f| filler_words(f, name)).collect();
    let mut words = phrase(&chronicle.vocabulary, &target, &fillers);
    for (id, filler) in tail {
        words.push(' ');
        words.push_str(&circumstance_words(chronicle, *id, filler, name));
    }
    words
}

/// `at Kucha`
fn circumstance_words(
    chronicle: &Chronicle,
    id: CircumstanceId,
    filler: &Filler,
    name: &dyn Fn(EntityId) -> String,
) -> String {
    let circumstance: &Circumstance = &chronicle.vocabulary.circumstances[id.index()];
    let filler = filler_words(filler, name);
    let mut words = Vec::new();
    let pieces = circumstance.patterns.first().map(|p| p.pieces.as_slice());
    row(pieces.unwrap_or_default(), filler.as_deref(), &mut words);
    words.join(" ")
}

fn row(pieces: &[PatternPiece], filler: Option<&str>, words: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            PatternPiece::Word(forms) => words.extend(forms.first().cloned()),
            PatternPiece::Slot(_) => words.extend(filler.map(str::to_string)),
            PatternPiece::Optional(inner) => row(inner, filler, words),
        }
    }
}

/// What fills a role, in words; nothing where it is left open.
pub(crate) fn filler_words(filler: &Filler, name: &dyn Fn(EntityId) -> String) -> Option<String> {
    let names = |things: &[EntityId]| things.iter().map(|id| name(*id)).collect::<Vec<_>>();
    match filler {
        Filler::Unfilled => None,
        Filler::Entities(things) => Some(listed(&names(things))),
        Filler::OneOf(things) => Some(names(things).join(" or ")),
        Filler::Number(figure) => Some(figure.written.clone()),
    }
}
