//! Readings back into words: the sentences that answers and reports are phrased in.

use annals_chronicle::{Pattern, PatternPiece, Role, RoleContent, Vocabulary};

use crate::reading::Target;

/// The canonical sentence of a target: its first pattern with first word forms, the fillers in
/// its slots. A slot without a filler is left out where the pattern allows it, else it is `?`.
/// Where the first pattern cannot show every filler, or would leave a hole, the first that can
/// is taken.
pub fn phrase(vocabulary: &Vocabulary, target: &Target, fillers: &[Option<String>]) -> String {
    phrase_agreeing(vocabulary, target, fillers, &|_| false)
}

/// The same where some slots are filled in the plural: the word after the first slot agrees with
/// it, if the pattern has a form for that.
pub fn phrase_agreeing(
    vocabulary: &Vocabulary,
    target: &Target,
    fillers: &[Option<String>],
    plural: &dyn Fn(u32) -> bool,
) -> String {
    let patterns = match target {
        Target::Event(id) => vocabulary.event_types.get(id.index()).map(|e| &e.patterns),
        Target::Relation(id) => vocabulary.relations.get(id.index()).map(|r| &r.patterns),
    };
    let Some(patterns) = patterns else {
        return String::new();
    };
    let shows_all = |pattern: &&Pattern| {
        (0..fillers.len())
            .filter(|i| fillers[*i].is_some())
            .all(|i| has_slot(&pattern.pieces, i as u32))
    };
    // A passive says nothing of who did it; better that than a hole where nobody is named.
    let whole = |pattern: &&Pattern| shows_all(pattern) && !leaves_hole(&pattern.pieces, fillers);
    let chosen = patterns.iter().find(whole);
    let chosen = chosen.or_else(|| patterns.iter().find(shows_all));
    match chosen.or(patterns.first()) {
        Some(pattern) => {
            let mut parts = vec![];
            row(&pattern.pieces, fillers, &mut parts);
            if let [PatternPiece::Slot(subject), PatternPiece::Word(forms), ..] =
                &pattern.pieces[..]
                && plural(*subject)
                && let Some(form) = plural_form(forms)
                && let Some(verb) = parts.get_mut(1)
            {
                *verb = form.to_owned();
            }
            join(&parts)
        }
        None => String::new(),
    }
}

/// Whether a slot that must be said has no filler.
fn leaves_hole(pieces: &[PatternPiece], fillers: &[Option<String>]) -> bool {
    pieces.iter().any(|p| match p {
        PatternPiece::Slot(slot) => fillers.get(*slot as usize).is_none_or(Option::is_none),
        PatternPiece::Word(_) | PatternPiece::Optional(_) => false,
    })
}

/// The form of a word that goes with a plural: `are`, `have`, or the one that the first, a third
/// person, has its ending from (`captures`, `carries`). `None` where the word has no such form.
pub fn plural_form(forms: &[String]) -> Option<&str> {
    let first = forms.first()?;
    let made = |f: &&String| {
        let stem = f.strip_suffix('y').unwrap_or(f);
        *first == format!("{f}s") || *first == format!("{f}es") || *first == format!("{stem}ies")
    };
    let irregular = ["are", "have", "were"];
    let known = irregular
        .iter()
        .find_map(|w| forms.iter().find(|f| f == w && *f != first));
    let third = matches!(first.as_str(), "is" | "has" | "was");
    let found = if third {
        known
    } else {
        forms.iter().skip(1).find(made)
    };
    found.map(String::as_str)
}

fn has_slot(pieces: &[PatternPiece], slot: u32) -> bool {
    pieces.iter().any(|p| match p {
        PatternPiece::Word(_) => false,
        PatternPiece::Slot(s) => *s == slot,
        PatternPiece::Optional(inner) => has_slot(inner, slot),
    })
}

fn row(pieces: &[PatternPiece], fillers: &[Option<String>], parts: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            PatternPiece::Word(forms) => parts.extend(forms.first().cloned()),
            PatternPiece::Slot(slot) => {
                let filler = fillers.get(*slot as usize).cloned().flatten();
                parts.push(filler.unwrap_or_else(|| "?".to_owned()));
            }
            PatternPiece::Optional(inner) if is_filled(inner, fillers) => {
                row(inner, fillers, parts);
            }
            PatternPiece::Optional(_) => {}
        }
    }
}

/// Whether an optional part is worth saying: it has slots and all those outside further optional
/// parts are filled, or one within is worth saying.
fn is_filled(pieces: &[PatternPiece], fillers: &[Option<String>]) -> bool {
    let filled = |slot: u32| fillers.get(slot as usize).is_some_and(Option::is_some);
    let mut any = false;
    for piece in pieces {
        match piece {
            PatternPiece::Slot(slot) if filled(*slot) => any = true,
            PatternPiece::Slot(_) => return false,
            PatternPiece::Optional(inner) => any |= is_filled(inner, fillers),
            PatternPiece::Word(_) => {}
        }
    }
    any
}

/// Joins words with spaces, a possessive without one.
fn join(parts: &[String]) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() && !part.starts_with("'s") && part != "," {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

/// A pattern in words for reports: `{vassal: polity} submits to {suzerain: polity}`.
pub(crate) fn pattern_words(pattern: &Pattern, roles: &[Role], vocabulary: &Vocabulary) -> String {
    let mut parts = vec![];
    pattern_row(&pattern.pieces, roles, vocabulary, &mut parts);
    join(&parts)
}

fn pattern_row(
    pieces: &[PatternPiece],
    roles: &[Role],
    vocabulary: &Vocabulary,
    parts: &mut Vec<String>,
) {
    for piece in pieces {
        match piece {
            PatternPiece::Word(forms) => parts.extend(forms.first().cloned()),
            PatternPiece::Slot(slot) => parts.push(match roles.get(*slot as usize) {
                Some(role) => slot_words(role, vocabulary),
                None => "{}".to_owned(),
            }),
            PatternPiece::Optional(inner) => {
                let mut within = vec![];
                pattern_row(inner, roles, vocabulary, &mut within);
                parts.push(format!("[{}]", join(&within)));
            }
        }
    }
}

fn slot_words(role: &Role, vocabulary: &Vocabulary) -> String {
    let content = content_words(&role.content, vocabulary);
    if content == role.name {
        format!("{{{content}}}")
    } else {
        format!("{{{}: {content}}}", role.name)
    }
}

/// What may fill a slot, in the words of the vocabulary: `polity or place`.
pub(crate) fn content_words(content: &RoleContent, vocabulary: &Vocabulary) -> String {
    match content {
        RoleContent::Kinds(kinds) => {
            let names = kinds.iter().filter_map(|k| vocabulary.kinds.get(k.index()));
            names
                .map(|k| k.name.as_str())
                .collect::<Vec<_>>()
                .join(" or ")
        }
        RoleContent::Any => "any".to_owned(),
        RoleContent::Text => "text".to_owned(),
        RoleContent::Number => "number".to_owned(),
    }
}
