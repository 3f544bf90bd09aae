//! What may stand next in a sentence that somebody is still writing, and where names stand in one
//! that is written.
//!
//! What comes in: the text up to the cursor. What goes out: every word, slot and circumstance that
//! the patterns allow there, by the same tries that read whole sentences. A word begun at the very
//! end of the text counts as not yet written. Which names fit a slot is left to whoever knows
//! them: here a slot only says what may fill it.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{CircumstanceId, EntityId, RoleContent};
use annals_text::Span;

use crate::filler::fills_at;
use crate::matcher::Matcher;
use crate::parse::Parse;
use crate::reading::Target;
use crate::sentence::{Sentence, TOKENS_MAX};
use crate::token::{TokenKind, words};
use crate::trie::{End, Owner, Trie};

/// How many words of a name may be written already when it is still offered.
const NAME_WORDS_MAX: usize = 6;

/// Something that may stand next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The byte of the text where it begins; what is written from there on is its beginning.
    pub from: usize,
    /// What it is.
    pub next: Next,
    /// How many slots and words of the pattern are written already: a sentence well begun is
    /// likelier to be meant than one just opened.
    pub done: u32,
}

/// What may stand next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The rest of a sentence, from a word of its pattern on, or the whole of it.
    Sentence(Target, Vec<Rest>),
    /// A circumstance after a whole sentence.
    Circumstance(CircumstanceId, Vec<Rest>),
    /// Something to fill a slot.
    Filler(RoleContent),
}

/// A piece of the rest of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rest {
    /// A fixed word.
    Word(String),
    /// A slot, by the index of its role.
    Slot(u32),
}

/// A declared name in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePlace {
    /// Where it stands.
    pub span: Span,
    /// The things it may mean, in the order declared.
    pub things: Vec<EntityId>,
}

/// A place in a trie with the tokens before `at` read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stand {
    tail: bool,
    node: usize,
    at: usize,
    done: u32,
}

impl Matcher {
    /// Everything that may follow `text`, in the order of the vocabulary; nothing where `text` is
    /// no beginning of a sentence.
    pub fn continuations(&self, text: &str) -> Vec<Continuation> {
        let mut tokens = words(text);
        if tokens.len() > TOKENS_MAX {
            return Vec::new();
        }
        let begun = match tokens.last() {
            Some(last) if last.end as usize == text.len() => tokens.pop(),
            _ => None,
        };
        // A quotation still open is being filled with anything.
        if begun
            .as_ref()
            .is_some_and(|t| matches!(t.kind, TokenKind::Quoted { .. }))
        {
            return Vec::new();
        }
        let from = begun.as_ref().map_or(text.len(), |t| t.start as usize);
        let begun = begun.map(|t| t.lower()).unwrap_or_default();
        let span = Span::new(annals_text::FileId(0), 0, text.len() as u32);
        let sentence = self.sentence(text, span, tokens);
        let mut found = Found {
            matcher: self,
            begun,
            from,
            list: Vec::new(),
            seen: BTreeSet::new(),
            patterns: BTreeMap::new(),
        };
        for stand in self.stands(&sentence) {
            found.offer(stand, &sentence);
        }
        found.list
    }

    /// Every place in the tries that the tokens lead to, each once.
    fn stands(&self, sentence: &Sentence<'_>) -> BTreeSet<Stand> {
        let lexicon = self.lexicon();
        let mut stands = BTreeSet::new();
        let mut open = vec![Stand {
            tail: false,
            node: 0,
            at: 0,
            done: 0,
        }];
        while let Some(stand) = open.pop() {
            if !sentence.step(stand.at) || !stands.insert(stand) {
                continue;
            }
            let trie = self.trie(stand);
            let node = &trie.nodes[stand.node];
            if !node.ends.is_empty() {
                open.push(Stand {
                    tail: true,
                    node: 0,
                    ..stand
                });
            }
            if stand.at >= sentence.len() {
                continue;
            }
            let next = |node: u32, at: usize| Stand {
                node: node as usize,
                at,
                done: stand.done + 1,
                ..stand
            };
            let word = sentence.word(stand.at).and_then(|w| node.by_word(w));
            open.extend(word.map(|child| next(child, stand.at + 1)));
            for (spec, child) in &node.slots {
                let spec = &lexicon.alphabet.specs[*spec as usize];
                let fills = fills_at(sentence, lexicon.names, spec, stand.at);
                open.extend(fills.iter().map(|fill| next(*child, fill.end)));
            }
        }
        stands
    }

    fn trie(&self, stand: Stand) -> &Trie {
        match stand.tail {
            true => &self.circumstances,
            false => &self.sentences,
        }
    }

    /// Whether a text is a whole sentence as far as the patterns go, circumstances included.
    pub fn is_sentence(&self, text: &str) -> bool {
        let tokens = words(text);
        if tokens.is_empty() || tokens.len() > TOKENS_MAX {
            return false;
        }
        let span = Span::new(annals_text::FileId(0), 0, text.len() as u32);
        let sentence = self.sentence(text, span, tokens);
        !Parse::new(self.lexicon(), &sentence).best().is_empty()
    }

    /// The declared names in a text, the longest from the left, none inside another.
    pub fn names_in(&self, text: &str, span: Span) -> Vec<NamePlace> {
        let tokens = words(text);
        if tokens.len() > TOKENS_MAX {
            return Vec::new();
        }
        let sentence = self.sentence(text, span, tokens);
        let mut found = Vec::new();
        let mut at = 0;
        while at < sentence.len() {
            let spans = sentence.names_at(&self.names, at);
            match spans.first() {
                Some(name) => {
                    found.push(NamePlace {
                        span: sentence.place(at, name.end),
                        things: name.things.iter().copied().collect(),
                    });
                    at = name.end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Continuations as they are found.
struct Found<'m> {
    matcher: &'m Matcher,
    /// The word begun at the end of the text, in lower case.
    begun: String,
    /// Where it begins.
    from: usize,
    list: Vec<Continuation>,
    /// Slots offered already.
    seen: BTreeSet<(usize, u32)>,
    /// Patterns offered already with these roles left to fill, where in the list, and by which
    /// row: a pattern's forms of one word are one offer, in the first form that fits.
    patterns: BTreeMap<(Owner, Vec<u32>, u32), (usize, u32)>,
}

impl Found<'_> {
    fn offer(&mut self, stand: Stand, sentence: &Sentence<'_>) {
        let trie = self.matcher.trie(stand);
        for (spec, _) in &trie.nodes[stand.node].slots {
            for at in self.beginnings(stand.at, sentence) {
                let from = match sentence.tokens.get(at) {
                    Some(token) => token.start as usize,
                    None => self.from,
                };
                if sentence.len() - at <= NAME_WORDS_MAX && self.seen.insert((from, *spec)) {
                    let spec = &self.matcher.alphabet.specs[*spec as usize];
                    self.list.push(Continuation {
                        from,
                        next: Next::Filler(spec.content.clone()),
                        done: stand.done,
                    });
                }
            }
        }
        if stand.at == sentence.len() {
            self.rest(stand, trie, stand.node, &mut Vec::new());
        }
    }

    /// Where a name that fills a slot may begin: with the slot, and after each `and`, `or` or comma
    /// of a list in it.
    fn beginnings(&self, at: usize, sentence: &Sentence<'_>) -> Vec<usize> {
        let mut found = vec![at];
        for chain in sentence.chains_at(&self.matcher.names, at).iter() {
            let comma = sentence.kind(chain.end) == Some(TokenKind::Comma);
            let word = chain.end + usize::from(comma);
            let joined = ["and", "or"].iter().any(|w| sentence.is_word(word, w));
            let next = word + usize::from(joined);
            if next > chain.end && !found.contains(&next) {
                found.push(next);
            }
        }
        found
    }

    /// Every way from a node to an end.
    fn rest(&mut self, stand: Stand, trie: &Trie, node: usize, path: &mut Vec<Rest>) {
        let here = &trie.nodes[node];
        if !path.is_empty() {
            for end in &here.ends {
                self.end(stand, (*end, &trie.ends[*end as usize]), path);
            }
        }
        for (word, child) in &here.words {
            let word = self.matcher.alphabet.words[*word as usize].clone();
            if path.is_empty() && !word.starts_with(&self.begun) {
                continue;
            }
            path.push(Rest::Word(word));
            self.rest(stand, trie, *child as usize, path);
            path.pop();
        }
        // The rest of a sentence begins with a word; a whole one may begin with a slot, and then
        // the word begun is looked for among its own.
        let whole = stand.done == 0 || stand.tail && node == 0;
        for (_, child) in &here.slots {
            if !path.is_empty() || whole {
                path.push(Rest::Slot(0));
                self.rest(stand, trie, *child as usize, path);
                path.pop();
            }
        }
    }

    fn end(&mut self, stand: Stand, (row, end): (u32, &End), path: &[Rest]) {
        let is_word = |r: &&Rest| matches!(r, Rest::Word(_));
        if let (Some(Rest::Slot(_)), Some(Rest::Word(word))) =
            (path.first(), path.iter().find(is_word))
            && !word.starts_with(&self.begun)
        {
            return;
        }
        let slots = path.len() - path.iter().filter(is_word).count();
        let roles = end.roles[end.roles.len().saturating_sub(slots)..].to_vec();
        let key = (end.owner, roles.clone(), end.pattern);
        let known = self.patterns.get(&key).copied();
        if known.is_some_and(|(_, first)| first <= row) {
            return;
        }
        let mut roles = roles.into_iter();
        let rest = path.iter().map(|piece| match piece {
            Rest::Word(word) => Rest::Word(word.clone()),
            Rest::Slot(_) => Rest::Slot(roles.next().unwrap_or(0)),
        });
        let rest = rest.collect();
        let continuation = Continuation {
            from: self.from,
            next: match end.owner {
                Owner::Sentence(target) => Next::Sentence(target, rest),
                Owner::Circumstance(id) => Next::Circumstance(id, rest),
            },
            done: stand.done,
        };
        match known {
            Some((at, _)) => {
                self.list[at] = continuation;
                self.patterns.insert(key, (at, row));
            }
            None => {
                self.patterns.insert(key, (self.list.len(), row));
                self.list.push(continuation);
            }
        }
    }
}
