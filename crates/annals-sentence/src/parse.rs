//! Exact reading: every way a sentence fits the patterns, and the best of them by the matching
//! rule (most fixed words, then the longest names from the left).

use std::cell::OnceCell;
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

use crate::filler::{Content, Fill, fills_at};
use crate::names::NameIndex;
use crate::sentence::Sentence;
use crate::trie::{Alphabet, Owner, Trie};

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
    pub(crate) fixed_words: u32,
    pub(crate) fills: Vec<Fill>,
    pub(crate) tail: Rc<Tail>,
    lengths: Lengths,
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
    /// For each token, the best ways of reading it and all after it as circumstances.
    tails: OnceCell<Vec<Vec<Rc<Tail>>>>,
}

fn lengths_of(fill: &Fill) -> Lengths {
    match &fill.content {
        Content::Names(chain) => chain
            .items
            .iter()
            .map(|i| (i.start, Reverse(i.end - i.start)))
            .collect(),
        Content::Hole | Content::Text | Content::Number => vec![],
    }
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

impl Candidate {
    /// Less is better: more fixed words, then longer names, then more fixed words in the tail.
    fn rank(&self, other: &Candidate) -> Ordering {
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
    fills: Vec<Fill>,
}

impl<'m, 't> Parse<'m, 't> {
    pub(crate) fn new(lexicon: Lexicon<'m>, sentence: &'m Sentence<'t>) -> Parse<'m, 't> {
        Parse {
            lexicon,
            sentence,
            tails: OnceCell::new(),
        }
    }

    /// The best readings of the whole sentence.
    pub(crate) fn best(&self) -> Vec<Candidate> {
        let mut best: Vec<Candidate> = vec![];
        let mut walk = Walk {
            trie: self.lexicon.sentences,
            fills: vec![],
        };
        self.walk(&mut walk, 0, 0, &mut |end, at, fills| {
            for tail in self.tails(at) {
                let mut lengths: Lengths = fills.iter().flat_map(lengths_of).collect();
                lengths.extend(&tail.lengths);
                let candidate = Candidate {
                    end,
                    fixed_words: self.lexicon.sentences.ends[end as usize].fixed_words,
                    fills: fills.to_vec(),
                    tail: Rc::clone(tail),
                    lengths,
                };
                keep(&mut best, candidate, Candidate::rank);
            }
        });
        best
    }

    /// Follows every path of a trie that the tokens from `at` on allow. Paths are as long as
    /// patterns, which the compiler bounds, so recursion is shallow.
    fn walk(
        &self,
        walk: &mut Walk,
        node: usize,
        at: usize,
        found: &mut dyn FnMut(u32, usize, &[Fill]),
    ) {
        if !self.sentence.step(at) {
            return;
        }
        let here = &walk.trie.nodes[node];
        for end in &here.ends {
            found(*end, at, &walk.fills);
        }
        if at >= self.sentence.len() {
            return;
        }
        if let Some(next) = self.sentence.word(at).and_then(|w| here.by_word(w)) {
            self.walk(walk, next as usize, at + 1, found);
        }
        for (spec, next) in &here.slots {
            let spec = &self.lexicon.alphabet.specs[*spec as usize];
            for fill in fills_at(self.sentence, self.lexicon.names, spec, at) {
                let end = fill.end;
                walk.fills.push(fill);
                self.walk(walk, *next as usize, end, found);
                walk.fills.pop();
            }
        }
    }

    /// The best ways of reading the tokens from `at` on as circumstances; one empty way at the
    /// end of the sentence, none where they are something else.
    pub(crate) fn tails(&self, at: usize) -> &[Rc<Tail>] {
        let tails = self.tails.get_or_init(|| {
            let count = self.sentence.len();
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
            fills: vec![],
        };
        self.walk(&mut walk, 0, from, &mut |end, at, fills| {
            let end = &circumstances.ends[end as usize];
            for rest in &known[at] {
                let mut parts = vec![TailPart {
                    owner: end.owner,
                    fill: fills.first().cloned(),
                }];
                parts.extend(rest.parts.iter().cloned());
                let mut lengths: Lengths = fills.iter().flat_map(lengths_of).collect();
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
