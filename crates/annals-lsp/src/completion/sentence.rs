//! Sentences: the rest of a pattern, names that fit its slots, circumstances.

use annals::chronicle::{Entity, KindId, Role, RoleContent, Vocabulary};
use annals::sentence::{Next, Rest, Target};

use crate::completion::{Completion, CompletionKind, Offers, escaped, stop};

/// Most names offered at once.
const NAMES_MOST: usize = 100;

/// Offers what may follow in a sentence that begins at a byte; `holes` where `?` may fill a slot.
pub(crate) fn offer(offers: &mut Offers<'_>, from: usize, holes: bool) {
    let text = offers.typed(from);
    let found = offers.resolved.matcher.continuations(text);
    let vocabulary = &offers.resolved.chronicle.vocabulary;
    for continuation in found {
        let at = from + continuation.from;
        match &continuation.next {
            Next::Sentence(target, rest) => {
                let (roles, meaning) = declared(vocabulary, *target);
                // A sentence well begun is likelier meant than a new one.
                let rank = if continuation.done > 0 { 0 } else { 40 };
                let completion = pattern(roles, rest, at, offers.at, meaning, rank);
                offers.push(Completion {
                    kind: CompletionKind::Sentence,
                    ..completion
                });
            }
            Next::Circumstance(id, rest) => {
                let circumstance = &vocabulary.circumstances[id.index()];
                let roles = &circumstance.roles;
                let meaning = &circumstance.meaning;
                let completion = pattern(roles, rest, at, offers.at, meaning, 30);
                offers.push(Completion {
                    kind: CompletionKind::Circumstance,
                    ..completion
                });
            }
            Next::Filler(content) => {
                names(offers, at, Some(content), 10);
                if holes && offers.typed(at).is_empty() {
                    offers.words(CompletionKind::Question, at, "?", "what is asked", 9);
                }
            }
        }
    }
}

fn declared(vocabulary: &Vocabulary, target: Target) -> (&[Role], &str) {
    match target {
        Target::Event(id) => {
            let event = &vocabulary.event_types[id.index()];
            (&event.roles, &event.meaning)
        }
        Target::Relation(id) => {
            let relation = &vocabulary.relations[id.index()];
            (&relation.roles, &relation.meaning)
        }
    }
}

/// The rest of a pattern as a completion.
fn pattern(
    roles: &[Role],
    rest: &[Rest],
    from: usize,
    to: usize,
    meaning: &str,
    rank: u32,
) -> Completion {
    let (mut label, mut snippet, mut words) = (Vec::new(), Vec::new(), Vec::new());
    let mut head: Vec<&str> = Vec::new();
    let mut stops = 0;
    for piece in rest {
        match piece {
            Rest::Word(word) => {
                label.push(word.clone());
                snippet.push(escaped(word));
                words.push(word.as_str());
                if stops == 0 {
                    head.push(word);
                }
            }
            Rest::Slot(role) => {
                stops += 1;
                let name = roles.get(*role as usize).map_or("", |r| r.name.as_str());
                label.push(format!("‹{name}›"));
                snippet.push(stop(stops, name));
            }
        }
    }
    let mut insert = head.join(" ");
    if stops > 0 && !insert.is_empty() {
        insert.push(' ');
    }
    Completion {
        label: label.join(" "),
        insert,
        snippet: (stops > 0).then(|| snippet.join(" ")),
        from,
        to,
        kind: CompletionKind::Sentence,
        detail: meaning.to_owned(),
        filter: words.join(" "),
        rank,
    }
}

/// Names that fill a slot, or any name; those that begin as typed first, then those with a word
/// that does.
pub(crate) fn names(
    offers: &mut Offers<'_>,
    from: usize,
    content: Option<&RoleContent>,
    rank: u32,
) {
    let typed = offers.typed(from).to_lowercase();
    let vocabulary = &offers.resolved.chronicle.vocabulary;
    let kinds: Option<Vec<bool>> = match content {
        None | Some(RoleContent::Any) => None,
        Some(RoleContent::Kinds(wanted)) => {
            let all = (0..vocabulary.kinds.len() as u32).map(KindId);
            Some(
                all.map(|k| wanted.iter().any(|w| vocabulary.is_a(k, *w)))
                    .collect(),
            )
        }
        Some(RoleContent::Text | RoleContent::Number) => return,
    };
    let fits = |entity: &&Entity| {
        let kind = kinds.as_ref().map(|kinds| kinds.get(entity.kind.index()));
        !entity.words && kind.is_none_or(|fits| fits == Some(&true))
    };
    let mut count = 0;
    let entities = offers.resolved.chronicle.entities.iter();
    for entity in entities.filter(fits) {
        let further = entity.names.iter().map(|n| n.text.as_str());
        for (order, name) in std::iter::once(entity.name.as_str())
            .chain(further)
            .enumerate()
        {
            let Some(distance) = likeness(name, &typed) else {
                continue;
            };
            // Without a letter typed, other spellings of a name would only be in the way.
            if order > 0 && typed.is_empty() {
                continue;
            }
            count += 1;
            if count > NAMES_MOST {
                return offers.there_is_more();
            }
            let kind = &vocabulary.kinds[entity.kind.index()].name;
            let detail = match order {
                0 => kind.clone(),
                _ => format!("{kind}, {}", entity.name),
            };
            let written = written(name);
            offers.words(
                CompletionKind::Name,
                from,
                &written,
                &detail,
                rank + distance,
            );
        }
    }
}

/// How far a name is from what is typed: 0 where it begins so, 1 where a word of it does.
fn likeness(name: &str, typed: &str) -> Option<u32> {
    if typed.is_empty() {
        return Some(0);
    }
    let lower = name.to_lowercase();
    if lower.starts_with(typed) {
        return Some(0);
    }
    let mut words = lower.split([' ', '-', '\'']).skip(1);
    (words.any(|w| w.starts_with(typed))).then_some(1)
}

/// A name as a sentence writes it: in quotes where it holds what would end it.
fn written(name: &str) -> String {
    let quoted = name.contains([',', ';', ':', '#', '[', ']']) && !name.starts_with('"');
    if quoted {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}
