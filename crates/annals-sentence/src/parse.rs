//! Exact reading: every way a sentence fits the patterns, and the best of them by the matching
//! rule (most fixed words, then the longest names from the left).

use std::cell::OnceCell;
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

use annals_chronicle::RoleContent;

use crate::filler::{Chain, Content, Fill, fit, fits, number_end};
use crate::names::NameIndex;
use crate::sentence::Sentence;
use crate::token::TokenKind;
use crate::trie::{Alphabet, Node, Owner, SlotSpec, Trie};

/// Most equally good readings that are kept; two already make a claim ambiguous.
const TIES_MAX: usize = 64;

/// Names of a reading from the left: where each begins, and the longer first.
type Lengths = Vec<(usize, Reverse<usize>)>;

/// One circumstance of a tail.
#[derive(Clone, Debug)]
pub(crate) struct TailPart {
    pub(crate) owner: Owner,
    pub(crate) fill: Option<Fill>,
}

/// A way of reading the rest of a sentence as circumstances.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tail {
    pub(crate) parts: Vec<TailPart>,
    lengths: Lengths,
    fixed_words: u32,
}

impl Tail {
    /// What stands in the circumstances' slots.
    pub(crate) fn fills(&self) -> impl Iterator<Item = &Fill> {
        self.parts.iter().filter_map(|p| p.fill.as_ref())
    }
}

/// A way of reading a whole sentence.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) end: u32,
    pub(crate) fills: Vec<Fill>,
    pub(crate) tail: Rc<Tail>,
}

/// The same while others may still be better: nothing is copied for it.
struct Found {
    end: u32,
    fixed_words: u32,
    filled: Vec<Filled>,
    tail: Rc<Tail>,
    lengths: Lengths,
}

/// A slot filled with tokens `from..end`.
#[derive(Clone, Copy)]
struct Filled {
    /// What the slot asks, by its number in the alphabet.
    spec: u32,
    from: usize,
    end: usize,
    with: With,
}

/// What a slot is filled with.
#[derive(Clone, Copy)]
enum With {
    /// A chain of names, by its number among those that begin there.
    Names(usize),
    Hole,
    Text,
    Number,
}

/// What reading needs of the matcher.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'m> {
    pub(crate) alphabet: &'m Alphabet,
    pub(crate) names: &'m NameIndex,
    pub(crate) sentences: &'m Trie,
    pub(crate) circumstances: &'m Trie,
}

/// One sentence being read.
pub(crate) struct Parse<'m, 't> {
    pub(crate) lexicon: Lexicon<'m>,
    pub(crate) sentence: &'m Sentence<'t>,
    /// The one way of reading what stands after the last token.
    nothing: [Rc<Tail>; 1],
    /// For each token, the best ways of reading it and all after it as circumstances.
    tails: OnceCell<Vec<Vec<Rc<Tail>>>>,
}

fn lengths_of(chain: &Chain) -> impl Iterator<Item = (usize, Reverse<usize>)> {
    let items = chain.items.iter();
    items.map(|i| (i.start, Reverse(i.end - i.start)))
}

/// Compares two rows of names from the left: at the first difference the one wins whose name
/// begins earlier or is longer. Less is better.
fn compare(a: &Lengths, b: &Lengths) -> Ordering {
    for (x, y) in a.iter().zip(b) {
        if x != y {
            return x.cmp(y);
        }
    }
    // A name that the other reading does not have covers more of the text with names.
    b.len().cmp(&a.len())
}

impl Found {
    /// Less is better: more fixed words, then longer names, then more fixed words in the tail.
    fn rank(&self, other: &Found) -> Ordering {
        (other.fixed_words.cmp(&self.fixed_words))
            .then_with(|| compare(&self.lengths, &other.lengths))
            .then_with(|| other.tail.fixed_words.cmp(&self.tail.fixed_words))
    }
}

/// Keeps the best of what is found, and what is as good.
fn keep<T>(best: &mut Vec<T>, found: T, rank: impl Fn(&T, &T) -> Ordering) {
    match best.first().map(|b| rank(&found, b)) {
        Some(Ordering::Greater) => {}
        Some(Ordering::Equal) if best.len() >= TIES_MAX => {}
        Some(Ordering::Equal) => best.push(found),
        Some(Ordering::Less) | None => {
            best.clear();
            best.push(found);
        }
    }
}

/// A walk through one trie.
struct Walk<'w> {
    trie: &'w Trie,
    filled: Vec<Filled>,
}

impl<'m, 't> Parse<'m, 't> {
    pub(crate) fn new(lexicon: Lexicon<'m>, sentence: &'m Sentence<'t>) -> Parse<'m, 't> {
        Parse {
            lexicon,
            sentence,
            nothing: [Rc::default()],
            tails: OnceCell::new(),
        }
    }

    /// The best readings of the whole sentence.
    pub(crate) fn best(&self) -> Vec<Candidate> {
        let mut best: Vec<Found> = vec![];
        let mut walk = Walk {
            trie: self.lexicon.sentences,
            filled: vec![],
        };
        let ends = &self.lexicon.sentences.ends;
        self.walk(&mut walk, 0, 0, &mut |end, at, filled| {
            let fixed_words = ends[end as usize].fixed_words;
            if best.first().is_some_and(|b| b.fixed_words > fixed_words) {
                return;
            }
            for tail in self.tails(at) {
                let mut lengths = self.lengths(filled);
                lengths.extend(&tail.lengths);
                let found = Found {
                    end,
                    fixed_words,
                    filled: filled.to_vec(),
                    tail: Rc::clone(tail),
                    lengths,
                };
                keep(&mut best, found, Found::rank);
            }
        });
        let candidate = |found: Found| Candidate {
            end: found.end,
            fills: found.filled.iter().map(|f| self.fill(f)).collect(),
            tail: found.tail,
        };
        best.into_iter().map(candidate).collect()
    }

    /// Where the names of some filled slots begin, and the longer first.
    fn lengths(&self, filled: &[Filled]) -> Lengths {
        let mut lengths = Lengths::with_capacity(filled.len());
        for slot in filled {
            if let With::Names(chain) = slot.with {
                let chains = self.sentence.chains_at(self.lexicon.names, slot.from);
                lengths.extend(lengths_of(&chains[chain]));
            }
        }
        lengths
    }

    /// What stands in a slot, in full.
    fn fill(&self, filled: &Filled) -> Fill {
        let names = self.lexicon.names;
        let content = match filled.with {
            With::Hole => Content::Hole,
            With::Text => Content::Text,
            With::Number => Content::Number,
            With::Names(chain) => {
                let spec = &self.lexicon.alphabet.specs[filled.spec as usize];
                let chain = &self.sentence.chains_at(names, filled.from)[chain];
                Content::Names(fit(names, spec, chain).expect("it fitted when it was found"))
            }
        };
        Fill {
            content,
            start: filled.from,
            end: filled.end,
        }
    }

    /// Follows every path of a trie that the tokens from `at` on allow. Paths are as long as
    /// patterns, which the compiler bounds, so recursion is shallow.
    fn walk(
        &self,
        walk: &mut Walk,
        node: usize,
        at: usize,
        found: &mut dyn FnMut(u32, usize, &[Filled]),
    ) {
        if !self.sentence.step(at) {
            return;
        }
        let trie = walk.trie;
        let here = &trie.nodes[node];
        for end in &here.ends {
            found(*end, at, &walk.filled);
        }
        if at >= self.sentence.len() {
            return;
        }
        if let Some(next) = self.sentence.word(at).and_then(|w| here.by_word(w)) {
            self.walk(walk, next as usize, at + 1, found);
        }
        if here.slots.is_empty() {
            return;
        }
        let chains = self.sentence.chains_at(self.lexicon.names, at);
        for (number, next) in &here.slots {
            let spec = &self.lexicon.alphabet.specs[*number as usize];
            let mut take = |end: usize, with: With| {
                // A way that ends here is counted and not followed.
                if !self.leads_on(&trie.nodes[*next as usize], end) {
                    self.sentence.step(end);
                    return;
                }
                walk.filled.push(Filled {
                    spec: *number,
                    from: at,
                    end,
                    with,
                });
                self.walk(walk, *next as usize, end, found);
                walk.filled.pop();
            };
            self.fillings(spec, at, &chains, &mut take);
        }
    }

    /// Everything that may fill a slot from a token on, and where it ends.
    fn fillings(
        &self,
        spec: &SlotSpec,
        from: usize,
        chains: &[Chain],
        take: &mut dyn FnMut(usize, With),
    ) {
        let kind = self.sentence.kind(from);
        if kind == Some(TokenKind::Hole) {
            take(from + 1, With::Hole);
        }
        match spec.content {
            RoleContent::Text => {
                if matches!(kind, Some(TokenKind::Quoted { .. })) {
                    take(from + 1, With::Text);
                }
            }
            RoleContent::Number => {
                if let Some(end) = number_end(self.sentence, from) {
                    take(end, With::Number);
                }
            }
            RoleContent::Kinds(_) | RoleContent::Any => {
                for (number, chain) in chains.iter().enumerate() {
                    if fits(self.lexicon.names, spec, chain) {
                        take(chain.end, With::Names(number));
                    }
                }
            }
        }
    }

    /// Whether a node ends a pattern, or the token there may go on from it.
    fn leads_on(&self, node: &Node, at: usize) -> bool {
        let word = || self.sentence.word(at).and_then(|w| node.by_word(w));
        !node.ends.is_empty()
            || at < self.sentence.len() && (!node.slots.is_empty() || word().is_some())
    }

    /// The best ways of reading the tokens from `at` on as circumstances; one empty way at the
    /// end of the sentence, none where they are something else.
    pub(crate) fn tails(&self, at: usize) -> &[Rc<Tail>] {
        let count = self.sentence.len();
        if at == count {
            return &self.nothing;
        }
        let tails = self.tails.get_or_init(|| {
            let mut tails: Vec<Vec<Rc<Tail>>> = vec![vec![]; count + 1];
            tails[count].push(Rc::default());
            for from in (0..count).rev() {
                tails[from] = self.tails_from(from, &tails);
            }
            tails
        });
        &tails[at]
    }

    fn tails_from(&self, from: usize, known: &[Vec<Rc<Tail>>]) -> Vec<Rc<Tail>> {
        let mut best: Vec<Rc<Tail>> = vec![];
        let circumstances = self.lexicon.circumstances;
        let mut walk = Walk {
            trie: circumstances,
            filled: vec![],
        };
        self.walk(&mut walk, 0, from, &mut |end, at, filled| {
            let end = &circumstances.ends[end as usize];
            for rest in &known[at] {
                let mut parts = vec![TailPart {
                    owner: end.owner,
                    fill: filled.first().map(|f| self.fill(f)),
                }];
                parts.extend(rest.parts.iter().cloned());
                let mut lengths = self.lengths(filled);
                lengths.extend(&rest.lengths);
                let fixed_words = end.fixed_words + rest.fixed_words;
                let tail = Rc::new(Tail {
                    parts,
                    lengths,
                    fixed_words,
                });
                keep(&mut best, tail, |a, b| {
                    compare(&a.lengths, &b.lengths).then_with(|| b.fixed_words.cmp(&a.fixed_words))
                });
            }
        });
        best
    }
}
