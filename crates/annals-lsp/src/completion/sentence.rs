//! Sentences: the rest of a pattern, names that fit its slots, circumstances.

use std::collections::BTreeMap;

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
    let mut slots: BTreeMap<usize, Wanted> = BTreeMap::new();
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
                let wanted = slots.entry(at).or_default();
                wanted.add(content, vocabulary);
            }
        }
    }
    // Names are gone through once for all slots that begin at one place.
    for (at, wanted) in slots {
        wanted.names(offers, at, 10);
        if holes && offers.typed(at).is_empty() {
            offers.words(CompletionKind::Question, at, "?", "what is asked", 9);
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

/// The things that slots at one place take.
#[derive(Default)]
pub(crate) struct Wanted {
    any: bool,
    /// Whether a kind fits, by its number.
    kinds: Vec<bool>,
}

impl Wanted {
    /// Anything named.
    pub(crate) fn any() -> Wanted {
        Wanted {
            any: true,
            kinds: Vec::new(),
        }
    }

    fn add(&mut self, content: &RoleContent, vocabulary: &Vocabulary) {
        match content {
            RoleContent::Any => self.any = true,
            RoleContent::Kinds(wanted) => {
                self.kinds.resize(vocabulary.kinds.len(), false);
                for (at, fits) in self.kinds.iter_mut().enumerate() {
                    let kind = KindId(at as u32);
                    *fits = *fits || wanted.iter().any(|w| vocabulary.is_a(kind, *w));
                }
            }
            RoleContent::Text | RoleContent::Number => {}
        }
    }

    /// Offers names that fit; those that begin as typed first, then those with a word that does.
    pub(crate) fn names(&self, offers: &mut Offers<'_>, from: usize, rank: u32) {
        let typed: String = letters(offers.typed(from)).collect();
        let chronicle = &offers.resolved.chronicle;
        let kinds = &chronicle.vocabulary.kinds;
        let fits = |entity: &&Entity| {
            let kind = self.kinds.get(entity.kind.index());
            !entity.words && (self.any || kind == Some(&true))
        };
        let mut count = 0;
        for entity in chronicle.entities.iter().filter(fits) {
            let further = entity.names.iter().map(|n| n.text.as_str());
            // Without a letter typed, other spellings of a name would only be in the way.
            let further = further.filter(|_| !typed.is_empty());
            let all = std::iter::once(entity.name.as_str()).chain(further);
            for (order, name) in all.enumerate() {
                let Some(distance) = likeness(name, &typed) else {
                    continue;
                };
                count += 1;
                if count > NAMES_MOST {
                    return offers.there_is_more();
                }
                let kind = &kinds[entity.kind.index()].name;
                let detail = match order {
                    0 => kind.clone(),
                    _ => format!("{kind}, {}", entity.name),
                };
                let written = written(name);
                let rank = rank + distance;
                offers.words(CompletionKind::Name, from, &written, &detail, rank);
            }
        }
    }
}

/// Letters as they are compared: small, one apostrophe.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let small = text.chars().flat_map(char::to_lowercase);
    small.map(|c| {
        if matches!(c, '’' | 'ʼ' | 'ʻ') {
            '\''
        } else {
            c
        }
    })
}

/// How far a name is from what is typed: 0 where it begins so, 1 where a word of it does.
fn likeness(name: &str, typed: &str) -> Option<u32> {
    let begins = |text: &str| {
        let mut letters = letters(text);
        typed.chars().all(|c| letters.next() == Some(c))
    };
    if begins(name) {
        return Some(0);
    }
    let mut breaks = name.match_indices([' ', '-', '\'']);
    let word = breaks.any(|(at, mark)| begins(&name[at + mark.len()..]));
    word.then_some(1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_like_what_begins_them_or_a_word_of_them() {
        assert_eq!(likeness("Guo Xiaoke", "guo x"), Some(0));
        assert_eq!(likeness("Guo Xiaoke", "xia"), Some(1));
        assert_eq!(likeness("Long Xuepo’anazhi", "long xuepo'a"), Some(0));
        assert_eq!(likeness("焉耆", "焉"), Some(0));
        assert_eq!(likeness("Tang", ""), Some(0));
        assert_eq!(likeness("Tang", "tangs"), None);
    }
}
