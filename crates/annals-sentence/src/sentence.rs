//! A sentence under examination: its tokens, what they may mean, and what is already known.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use annals_text::Span;

use crate::filler::{Chain, chains_at};
use crate::names::{NameIndex, NameSpan};
use crate::token::{Token, TokenKind};
use crate::trie::Alphabet;

/// Most tokens of a sentence that is read at all. The longest sentence of a chronicle has some
/// dozens; a pasted page must not take minutes.
pub(crate) const TOKENS_MAX: usize = 600;

/// Most steps spent on one sentence before it is given up as tangled.
const STEPS_MAX: u32 = 400_000;

/// Tokens with their numbers in the vocabulary's and the names' alphabets.
pub(crate) struct Sentence<'t> {
    pub(crate) source: &'t str,
    pub(crate) span: Span,
    pub(crate) tokens: Vec<Token>,
    words: Vec<Option<u32>>,
    name_ids: Vec<[Option<u32>; 2]>,
    names: RefCell<Vec<Option<Rc<Vec<NameSpan>>>>>,
    chains: RefCell<Vec<Option<Rc<Vec<Chain>>>>>,
    steps: Cell<u32>,
    furthest: Cell<usize>,
}

impl<'t> Sentence<'t> {
    pub(crate) fn new(
        source: &'t str,
        span: Span,
        tokens: Vec<Token>,
        alphabet: &Alphabet,
        names: &NameIndex,
    ) -> Sentence<'t> {
        // A quoted string is never a pattern's word.
        let word = |t: &Token| match t.kind {
            TokenKind::Quoted { .. } => None,
            _ => alphabet.word_of(t),
        };
        let count = tokens.len();
        Sentence {
            source,
            span,
            words: tokens.iter().map(word).collect(),
            name_ids: tokens
                .iter()
                .enumerate()
                .map(|(i, t)| names.token_ids(t, i == 0))
                .collect(),
            names: RefCell::new(vec![None; count]),
            chains: RefCell::new(vec![None; count]),
            steps: Cell::new(0),
            furthest: Cell::new(0),
            tokens,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    /// The token's text, empty beyond the end.
    pub(crate) fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.text.as_str())
    }

    pub(crate) fn is_word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is_word(word))
    }

    /// The number of a token among the vocabulary's fixed words.
    pub(crate) fn word(&self, at: usize) -> Option<u32> {
        self.words.get(at).copied().flatten()
    }

    /// The bytes of tokens `from..to`; the place after the last token where there are none.
    pub(crate) fn place(&self, from: usize, to: usize) -> Span {
        let end = self.tokens.last().map_or(0, |t| t.end);
        let first = self.tokens.get(from).map_or(end, |t| t.start);
        let last = match to.checked_sub(1) {
            Some(i) if to > from => self.tokens.get(i).map_or(end, |t| t.end),
            _ => first,
        };
        crate::pattern::inside(self.span, first as usize, last as usize)
    }

    /// The text of tokens `from..to` as typed.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'t str {
        let (Some(a), Some(b)) = (
            self.tokens.get(from),
            to.checked_sub(1).and_then(|i| self.tokens.get(i)),
        ) else {
            return "";
        };
        self.source
            .get(a.start as usize..b.end as usize)
            .unwrap_or("")
    }

    /// Declared names that begin at a token, longest first.
    pub(crate) fn names_at(&self, names: &NameIndex, at: usize) -> Rc<Vec<NameSpan>> {
        if at >= self.len() {
            return Rc::default();
        }
        if let Some(known) = &self.names.borrow()[at] {
            return Rc::clone(known);
        }
        let found = Rc::new(names.spans_at(&self.tokens, &self.name_ids, at));
        self.names.borrow_mut()[at] = Some(Rc::clone(&found));
        found
    }

    /// Names and lists of names that begin at a token.
    pub(crate) fn chains_at(&self, names: &NameIndex, at: usize) -> Rc<Vec<Chain>> {
        if at >= self.len() {
            return Rc::default();
        }
        if let Some(known) = &self.chains.borrow()[at] {
            return Rc::clone(known);
        }
        let found = Rc::new(chains_at(self, names, at));
        self.chains.borrow_mut()[at] = Some(Rc::clone(&found));
        found
    }

    /// The token after the furthest one that some pattern has read.
    pub(crate) fn furthest(&self) -> usize {
        self.furthest.get()
    }

    /// Counts one step, which has read all before `at`; false once the sentence has had its
    /// share.
    pub(crate) fn step(&self, at: usize) -> bool {
        self.furthest.set(self.furthest.get().max(at));
        self.steps.set(self.steps.get().saturating_add(1));
        self.steps.get() <= STEPS_MAX
    }

    /// Whether the share of steps is spent.
    pub(crate) fn tangled(&self) -> bool {
        self.steps.get() > STEPS_MAX
    }
}
