//! All declared names as one trie over their tokens, and the nearest of them to a misspelling.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use annals_chronicle::{Entity, EntityId, Few, KindId, Vocabulary};
use annals_text::{Report, Span};

use crate::guesses::Guesses;
use crate::quick::QuickMap;
use crate::token::{Token, TokenKind, all_words, normalise, words};

/// A declared name found in a sentence: all things it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameSpan {
    /// Index after its last token.
    pub(crate) end: usize,
    /// Homonyms, in the order declared.
    pub(crate) things: Few<EntityId>,
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
    ids: QuickMap<Box<str>, u32>,
    /// Edges of the trie: node and token to node.
    edges: QuickMap<(u32, u32), u32>,
    /// Things whose name ends at a node.
    ends: Vec<Few<EntityId>>,
    things: Vec<Thing>,
    /// Further names of things, in the order declared.
    further: Vec<(EntityId, Box<str>)>,
    /// Names without a word that sentences could use.
    wordless: Vec<(EntityId, Box<str>)>,
    /// What misspelled names are compared with, made when the first one is met.
    guesses: OnceLock<Guesses>,
    /// Each kind's word with the kind itself and all below it.
    kinds: HashMap<String, (KindId, Vec<KindId>)>,
}

/// The tokens of a declared name: without its quotation marks, where all of it is quoted.
pub(crate) fn name_tokens(name: &str) -> Vec<Token> {
    let tokens = words(name);
    match &tokens[..] {
        [one] if matches!(one.kind, TokenKind::Quoted { .. }) => words(&one.text),
        _ => tokens,
    }
}

/// A token as the trie keys it: a quoted string is never the same as bare words, so that
/// `"Horse" and Foot` is not the army `Horse and Foot`.
fn key(token: &Token) -> Cow<'_, str> {
    match token.kind {
        TokenKind::Quoted { .. } => Cow::Owned(format!("\"{}\"", token.text)),
        _ => Cow::Borrowed(&token.text),
    }
}

impl NameIndex {
    pub(crate) fn new(entities: &[Entity], vocabulary: &Vocabulary) -> NameIndex {
        let all = || (0..vocabulary.kinds.len() as u32).map(KindId);
        let below = |above: KindId| all().filter(|k| vocabulary.is_a(*k, above)).collect();
        let kinds = all().map(|k| (vocabulary.kinds[k.index()].name.clone(), (k, below(k))));
        let mut index = NameIndex {
            ends: vec![Few::new()],
            kinds: kinds.collect(),
            ..NameIndex::default()
        };
        for entity in entities {
            index.things.push(Thing {
                name: entity.name.clone(),
                kind: entity.kind,
            });
            let further = entity.names.iter().map(|n| n.text.as_str());
            let known = further.clone().map(|name| (entity.id, name.into()));
            index.further.extend(known);
            for name in std::iter::once(entity.name.as_str()).chain(further) {
                if !index.add(name, entity.id) {
                    index.wordless.push((entity.id, name.into()));
                }
            }
        }
        index
    }

    /// Reports names that no sentence could use; `place` is where a thing is declared.
    pub(crate) fn remarks(&self, place: impl Fn(EntityId) -> Option<Span>) -> Vec<Report> {
        let wordless = self.wordless.iter().map(|(thing, name)| {
            let headline = format!("The name `{name}` has no word that sentences could use");
            let report = Report::error("empty-name", headline);
            match place(*thing) {
                Some(span) => report.at(span, "a name needs a word besides `the`, `a` and `an`"),
                None => report,
            }
        });
        wordless.collect()
    }

    fn add(&mut self, name: &str, entity: EntityId) -> bool {
        let tokens = name_tokens(name);
        if tokens.is_empty() {
            return false;
        }
        let mut node = 0;
        for token in &tokens {
            let fresh = self.ids.len() as u32;
            let key = key(token);
            let id = match self.ids.get(&*key) {
                Some(id) => *id,
                None => {
                    self.ids.insert(key.into(), fresh);
                    fresh
                }
            };
            let new = self.ends.len() as u32;
            node = *self.edges.entry((node, id)).or_insert(new);
            if node == new {
                self.ends.push(Few::new());
            }
        }
        let things = &mut self.ends[node as usize];
        if !things.contains(&entity) {
            things.push(entity);
        }
        true
    }

    /// The number of a token in names as spelled, and with a small first letter where the
    /// sentence may have made it a capital: `Tudun of 644 is captured`.
    pub(crate) fn token_ids(&self, token: &Token, first: bool) -> [Option<u32>; 2] {
        let own = self.ids.get(&*key(token)).copied();
        let mut chars = token.text.chars();
        let mut small = None;
        if let (true, Some(letter)) = (first, chars.next())
            && letter.is_uppercase()
        {
            let lower: String = letter.to_lowercase().chain(chars).collect();
            small = self.ids.get(&*lower).copied();
        }
        [own, small]
    }

    /// Whether any name has a token in it.
    pub(crate) fn knows(&self, token: &Token) -> bool {
        self.ids.contains_key(&*key(token))
    }

    /// All declared names that begin at a token, longest first.
    pub(crate) fn spans_at(
        &self,
        tokens: &[Token],
        ids: &[[Option<u32>; 2]],
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
        let mut nodes = Few::one(0);
        for (at, here) in ids.iter().enumerate().skip(from) {
            nodes = nodes
                .iter()
                .flat_map(|node| {
                    let ids = here.iter().flatten();
                    ids.filter_map(|id| self.edges.get(&(*node, *id)))
                })
                .copied()
                .collect();
            if nodes.is_empty() {
                break;
            }
            let things = self.ending_at(&nodes);
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

    /// The things whose names end at one of some nodes.
    fn ending_at(&self, nodes: &[u32]) -> Few<EntityId> {
        if let [node] = nodes
            && self.ends[*node as usize].len() < 2
        {
            return self.ends[*node as usize].clone();
        }
        let ends = nodes.iter().flat_map(|n| &self.ends[*n as usize]);
        let mut things: Vec<EntityId> = ends.copied().collect();
        things.sort_unstable();
        things.dedup();
        Few::from(things)
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
        let of = |kinds: &[KindId]| -> Few<EntityId> {
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
    pub(crate) fn exact(&self, name: &str) -> Few<EntityId> {
        let mut node = 0;
        for token in name_tokens(name) {
            let Some(next) = self
                .ids
                .get(&*key(&token))
                .and_then(|id| self.edges.get(&(node, *id)))
            else {
                return Few::new();
            };
            node = *next;
        }
        self.ends.get(node as usize).cloned().unwrap_or_default()
    }

    /// Whether tokens are a declared name but for their case.
    pub(crate) fn is_name_in_other_case(&self, tokens: &[Token]) -> bool {
        self.guesses().is_name_in_other_case(tokens)
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

    /// Every name with the thing it names, in the order declared.
    fn names(&self) -> impl Iterator<Item = (&str, EntityId)> {
        let mut further = self.further.iter().peekable();
        let things = self.things.iter().zip(0..).map(|(t, id)| (t, EntityId(id)));
        things.flat_map(move |(thing, id)| {
            let mut names = vec![(thing.name.as_str(), id)];
            while let Some((_, name)) = further.next_if(|(of, _)| *of == id) {
                names.push((name, id));
            }
            names
        })
    }

    fn guesses(&self) -> &Guesses {
        self.guesses.get_or_init(|| Guesses::of(self.names()))
    }

    /// Single-word names with the thing they name, in the order declared.
    pub(crate) fn single_words(&self) -> impl Iterator<Item = (String, EntityId)> + '_ {
        self.names().filter_map(|(name, thing)| {
            // Most names have a second word, which is seen without reading them.
            let words = name
                .split(' ')
                .filter(|w| w.contains(char::is_alphanumeric));
            if words.count() > 1 {
                return None;
            }
            let text = normalise(name);
            match &all_words(text.trim_matches('"'))[..] {
                [one] => Some((one.lower(), thing)),
                _ => None,
            }
        })
    }

    /// The declared name nearest to a misspelled one among things that pass `fits`: fewest
    /// slips of the pen, else a name that holds all its words.
    pub(crate) fn nearest(
        &self,
        name: &str,
        fits: impl Fn(KindId) -> bool,
    ) -> Option<(&str, EntityId)> {
        let fits = |thing: EntityId| self.kind(thing).is_some_and(&fits);
        self.guesses().nearest(name, fits)
    }
}
