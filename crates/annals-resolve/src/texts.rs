//! Words in quotation marks that fill a text role: `X is "protector-general" of Y`.
//!
//! Such words become a thing of the chronicle like a declared name, so that an office named by its
//! title begins, ends and persists as any other state does. Nothing declares them: being said once
//! is enough, and the same words said again are the same thing. Which words are the same is
//! decided by [`annals_sentence::text_key`].

use std::collections::BTreeMap;

use annals_chronicle::{
    Chronicle, Entity, EntityId, Few, Filler, Geography, Kind, KindId, Sentence, Vocabulary,
};
use annals_sentence::{quotations, text_key};
use annals_text::Span;

use crate::Resolved;

/// The kind of quoted words. No text can declare it: the vocabulary keeps the word for itself.
const KIND: &str = "text";

/// The quoted words met so far, numbered after the declared things.
pub(crate) struct Texts {
    kind: KindId,
    first: u32,
    found: Vec<Entity>,
    by_key: BTreeMap<String, EntityId>,
}

impl Texts {
    /// Words to be added to these things.
    pub(crate) fn new(vocabulary: &Vocabulary, entities: &[Entity]) -> Texts {
        Texts {
            kind: KindId(vocabulary.kinds.len() as u32),
            first: entities.len() as u32,
            found: Vec::new(),
            by_key: BTreeMap::new(),
        }
    }

    /// Whether a sentence names declared things alone, whose numbers do not depend on what words
    /// were met before it.
    pub(crate) fn has_none_of(&self, sentence: &Sentence) -> bool {
        let (Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. }) =
            sentence
        else {
            return false;
        };
        let mut fillers = roles.iter().chain(tail.iter().map(|(_, filler)| filler));
        fillers.all(|filler| match filler {
            Filler::Entities(things) | Filler::OneOf(things) => {
                things.iter().all(|thing| thing.0 < self.first)
            }
            Filler::Unfilled | Filler::Number(_) => true,
        })
    }

    /// What fills a role that is filled with these words; shown as they are first written.
    pub(crate) fn filler(&mut self, words: &str, span: Span) -> Filler {
        let next = EntityId(self.first + self.found.len() as u32);
        let id = *self.by_key.entry(text_key(words)).or_insert(next);
        if id == next {
            self.found.push(Entity {
                id,
                name: words.split_whitespace().collect::<Vec<_>>().join(" "),
                kind: self.kind,
                names: Vec::new(),
                unnamed: false,
                words: true,
                plural: false,
                shares_name: false,
                place: None,
                geography: Geography::default(),
                span,
            });
        }
        Filler::Entities(Few::one(id))
    }

    /// Adds the words to the chronicle's things, and their kind to its kinds if there are any.
    pub(crate) fn finish(self, vocabulary: &mut Vocabulary, entities: &mut Vec<Entity>) {
        let Some(first) = self.found.first() else {
            return;
        };
        if self.kind.index() == vocabulary.kinds.len() {
            vocabulary.kinds.push(Kind {
                moves: false,
                wide: false,
                afloat: false,
                name: KIND.to_string(),
                parents: Vec::new(),
                span: first.span,
            });
        }
        entities.extend(self.found);
    }
}

/// A copy of the chronicle with the words that only a question says.
pub(crate) fn with_new(resolved: &Resolved, asked: &[(&str, Span)]) -> Option<Chronicle> {
    let said = asked.iter().flat_map(|(text, span)| {
        let words = quotations(text).into_iter();
        words.map(|words| (words, *span))
    });
    let known = &resolved.chronicle.entities;
    let is_name = |words: &str, span: Span| {
        let quoted = format!("\"{words}\"");
        resolved.matcher.read_name(&quoted, span, &[]).is_ok()
    };
    let new: Vec<(String, Span)> = said
        .filter(|(words, span)| {
            let key = text_key(words);
            let mut said = known.iter().filter(|e| e.words);
            !said.any(|e| text_key(&e.name) == key) && !is_name(words, *span)
        })
        .collect();
    if new.is_empty() {
        return None;
    }
    let mut chronicle = Chronicle::clone(&resolved.chronicle);
    let mut texts = Texts::new(&chronicle.vocabulary, &chronicle.entities);
    texts.kind = known
        .iter()
        .find(|e| e.words)
        .map_or(texts.kind, |e| e.kind);
    for (words, span) in &new {
        texts.filler(words, *span);
    }
    texts.finish(&mut chronicle.vocabulary, &mut chronicle.entities);
    Some(chronicle)
}
