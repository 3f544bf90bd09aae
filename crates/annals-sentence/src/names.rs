//! All declared names as one trie over their tokens, and the nearest of them to a misspelling.

use std::collections::{BTreeMap, HashMap, HashSet};

use annals_chronicle::{Entity, EntityId, KindId, Vocabulary};
use annals_text::Report;

use crate::nearest::{WordShape, near};
use crate::token::{Token, TokenKind, all_words, normalise, words};

/// A declared name found in a sentence: all things it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameSpan {
    /// Index after its last token.
    pub(crate) end: usize,
    /// Homonyms, in the order declared.
    pub(crate) things: Vec<EntityId>,
}

/// A name as the did-you-mean sees it.
#[derive(Clone, Debug)]
struct Spelling {
    text: String,
    lower: String,
    shape: WordShape,
    entity: EntityId,
}

/// A declared thing as reports speak of it.
#[derive(Clone, Debug)]
struct Thing {
    name: String,
    kind: KindId,
}

/// Every name of every declared thing.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameIndex {
    /// Numbers of the tokens that occur in names, as spelled.
    ids: HashMap<String, u32>,
    /// Edges of the trie: node and token to node.
    edges: HashMap<(u32, u32), u32>,
    /// Things whose name ends at a node.
    ends: Vec<Vec<EntityId>>,
    things: Vec<Thing>,
    spellings: Vec<Spelling>,
    /// Names in lower-case tokens, to tell a name in the wrong case.
    folded: HashSet<String>,
    /// Spellings that contain a word, for names given in part.
    by_word: HashMap<String, Vec<u32>>,
    /// Each kind's word with the kind itself and all below it.
    kinds: HashMap<String, (KindId, Vec<KindId>)>,
}

/// The tokens of a declared name: without its quotation marks, where all of it is quoted.
fn name_tokens(name: &str) -> Vec<Token> {
    let tokens = words(name);
    match &tokens[..] {
        [one] if matches!(one.kind, TokenKind::Quoted { .. }) => words(&one.text),
        _ => tokens,
    }
}

/// A token as the trie keys it: a quoted string is never the same as bare words, so that
/// `"Horse" and Foot` is not the army `Horse and Foot`.
fn key(token: &Token) -> String {
    match token.kind {
        TokenKind::Quoted { .. } => format!("\"{}\"", token.text),
        _ => token.text.clone(),
    }
}

/// Tokens as one text, their case left out.
fn folded(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(Token::lower)
        .collect::<Vec<_>>()
        .join(" ")
}

impl NameIndex {
    pub(crate) fn new(
        entities: &[Entity],
        vocabulary: &Vocabulary,
        reports: &mut Vec<Report>,
    ) -> NameIndex {
        let all = || (0..vocabulary.kinds.len() as u32).map(KindId);
        let below = |above: KindId| all().filter(|k| vocabulary.is_a(*k, above)).collect();
        let kinds = all().map(|k| (vocabulary.kinds[k.index()].name.clone(), (k, below(k))));
        let mut index = NameIndex {
            ends: vec![vec![]],
            kinds: kinds.collect(),
            ..NameIndex::default()
        };
        for entity in entities {
            index.things.push(Thing {
                name: entity.name.clone(),
                kind: entity.kind,
            });
            let further = entity.names.iter().map(|n| n.text.as_str());
            for name in std::iter::once(entity.name.as_str()).chain(further) {
                if !index.add(name, entity.id) {
                    let headline =
                        format!("The name `{name}` has no word that sentences could use");
                    reports.push(Report::error("empty-name", headline).at(
                        entity.span,
                        "a name needs a word besides `the`, `a` and `an`",
                    ));
                }
            }
        }
        index
    }

    fn add(&mut self, name: &str, entity: EntityId) -> bool {
        let tokens = name_tokens(name);
        if tokens.is_empty() {
            return false;
        }
        let mut node = 0;
        for token in &tokens {
            let fresh = self.ids.len() as u32;
            let id = *self.ids.entry(key(token)).or_insert(fresh);
            let new = self.ends.len() as u32;
            node = *self.edges.entry((node, id)).or_insert(new);
            if node == new {
                self.ends.push(vec![]);
            }
        }
        let things = &mut self.ends[node as usize];
        if !things.contains(&entity) {
            things.push(entity);
        }
        self.folded.insert(folded(&tokens));
        let text = normalise(name).trim_matches('"').to_owned();
        let lower = text.to_lowercase();
        for token in &tokens {
            let spelling = self.spellings.len() as u32;
            let list = self.by_word.entry(token.lower()).or_default();
            if list.last() != Some(&spelling) {
                list.push(spelling);
            }
        }
        self.spellings.push(Spelling {
            shape: WordShape::of(&lower),
            text,
            lower,
            entity,
        });
        true
    }

    /// The number of a token in names as spelled, and with a small first letter where the
    /// sentence may have made it a capital: `Tudun of 644 is captured`.
    pub(crate) fn token_ids(&self, token: &Token, first: bool) -> Vec<u32> {
        let mut ids: Vec<u32> = self.ids.get(&key(token)).copied().into_iter().collect();
        let mut chars = token.text.chars();
        if let (true, Some(letter)) = (first, chars.next())
            && letter.is_uppercase()
        {
            let small: String = letter.to_lowercase().chain(chars).collect();
            ids.extend(self.ids.get(&small));
        }
        ids
    }

    /// All declared names that begin at a token, longest first.
    pub(crate) fn spans_at(
        &self,
        tokens: &[Token],
        ids: &[Vec<u32>],
        from: usize,
    ) -> Vec<NameSpan> {
        let mut spans: Vec<NameSpan> = vec![];
        if let Some(Token {
            kind: TokenKind::Quoted { .. },
            text,
            ..
        }) = tokens.get(from)
        {
            let things = self.exact(text);
            if !things.is_empty() {
                spans.push(NameSpan {
                    end: from + 1,
                    things,
                });
            }
        }
        let mut nodes = vec![0];
        for (at, here) in ids.iter().enumerate().skip(from) {
            nodes = nodes
                .iter()
                .flat_map(|node| here.iter().filter_map(|id| self.edges.get(&(*node, *id))))
                .copied()
                .collect();
            if nodes.is_empty() {
                break;
            }
            let mut things: Vec<EntityId> = nodes
                .iter()
                .flat_map(|n| &self.ends[*n as usize])
                .copied()
                .collect();
            things.sort_unstable();
            things.dedup();
            if !things.is_empty() {
                spans.push(NameSpan {
                    end: at + 1,
                    things,
                });
            }
        }
        let of_kind: Vec<NameSpan> = spans
            .iter()
            .filter_map(|span| self.with_kind(tokens, span))
            .collect();
        spans.extend(of_kind);
        spans.sort_by_key(|span| std::cmp::Reverse(span.end));
        spans.dedup();
        spans
    }

    /// `Kucha (place)`: the name with its kind in parentheses.
    fn with_kind(&self, tokens: &[Token], span: &NameSpan) -> Option<NameSpan> {
        let [open, kind, close] = tokens.get(span.end..span.end + 3)? else {
            return None;
        };
        if open.text != "(" || close.text != ")" {
            return None;
        }
        let (kind, below) = self.kinds.get(&kind.text)?;
        let of = |kinds: &[KindId]| -> Vec<EntityId> {
            let fits = |t: &EntityId| self.kind(*t).is_some_and(|k| kinds.contains(&k));
            span.things.iter().copied().filter(fits).collect()
        };
        // The kind said is meant before those below it: `Kucha (place)` is no city of the name.
        let exact = of(&[*kind]);
        let things = if exact.is_empty() { of(below) } else { exact };
        (!things.is_empty()).then_some(NameSpan {
            end: span.end + 3,
            things,
        })
    }

    /// The things of exactly this name.
    pub(crate) fn exact(&self, name: &str) -> Vec<EntityId> {
        let mut node = 0;
        for token in name_tokens(name) {
            let Some(next) = self
                .ids
                .get(&key(&token))
                .and_then(|id| self.edges.get(&(node, *id)))
            else {
                return vec![];
            };
            node = *next;
        }
        self.ends.get(node as usize).cloned().unwrap_or_default()
    }

    /// Whether tokens are a declared name but for their case.
    pub(crate) fn is_name_in_other_case(&self, tokens: &[Token]) -> bool {
        self.folded.contains(&folded(tokens))
    }

    pub(crate) fn kind(&self, thing: EntityId) -> Option<KindId> {
        self.things.get(thing.index()).map(|t| t.kind)
    }

    /// Whether anything is declared as of exactly this kind.
    pub(crate) fn has_kind(&self, kind: KindId) -> bool {
        self.things.iter().any(|t| t.kind == kind)
    }

    pub(crate) fn name(&self, thing: EntityId) -> &str {
        self.things
            .get(thing.index())
            .map_or("?", |t| t.name.as_str())
    }

    /// Single-word names with the thing they name, in the order declared.
    pub(crate) fn single_words(&self) -> impl Iterator<Item = (String, EntityId)> + '_ {
        self.spellings
            .iter()
            .filter_map(|s| match &all_words(&s.text)[..] {
                [one] => Some((one.lower(), s.entity)),
                _ => None,
            })
    }

    /// The declared name nearest to a misspelled one among things that pass `fits`: fewest
    /// slips of the pen, else a name that holds all its words.
    pub(crate) fn nearest(
        &self,
        name: &str,
        fits: impl Fn(KindId) -> bool,
    ) -> Option<(&str, EntityId)> {
        let lower = normalise(name).to_lowercase();
        let shape = WordShape::of(&lower);
        let mut best: Option<(usize, &Spelling)> = None;
        for spelling in &self.spellings {
            if !shape.may_be_near(&spelling.shape) || !self.kind(spelling.entity).is_some_and(&fits)
            {
                continue;
            }
            if let Some(edits) = near(&lower, &spelling.lower)
                && best.is_none_or(|(b, _)| edits < b)
            {
                best = Some((edits, spelling));
            }
        }
        best.map(|(_, s)| s)
            .or_else(|| self.holding(&lower, &fits))
            .map(|s| (s.text.as_str(), s.entity))
    }

    /// The first name that holds every word of a shorter one: `Tuqizhi` for `Long Tuqizhi`.
    fn holding(&self, lower: &str, fits: &impl Fn(KindId) -> bool) -> Option<&Spelling> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let tokens = words(lower);
        for token in &tokens {
            // A short word, or one that half the names hold, says nothing of which is meant.
            let list = self.by_word.get(&token.text).filter(|l| l.len() <= 64)?;
            for spelling in list {
                *counts.entry(*spelling).or_default() += 1;
            }
        }
        counts
            .iter()
            .filter(|(_, n)| **n == tokens.len())
            .map(|(s, _)| &self.spellings[*s as usize])
            .find(|s| self.kind(s.entity).is_some_and(fits) && lower.chars().count() > 2)
    }
}
