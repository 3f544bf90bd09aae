//! The cheapest way of mending a sentence so that some pattern reads it.
//!
//! A best-first search over the same tries that reading walks, in which a word may be replaced,
//! missing or too many, a slot may be empty or hold what does not fit it, and something may be
//! left over. What each mending costs says how likely a historian is to have meant it; the
//! search ends at the first readings of least cost, or when its bound of steps is spent.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use strsim::jaro_winkler;

use super::segment::{Problem, cost as segment_cost, problems};
use super::sentences::date_like;
use crate::filler::fills_at;
use crate::nearest::near;
use crate::parse::Lexicon;
use crate::sentence::Sentence;
use crate::trie::{End, Node, Owner};

/// Most states looked at for one sentence.
const STATES_MAX: u32 = 12_000;
/// Beyond this cost a mending is a guess not worth telling.
const COST_MAX: u32 = 34;
/// Most mendings of equal cost that are returned.
const MENDINGS_MAX: usize = 3;
/// Longest sentence that is mended.
const TOKENS_MAX: usize = 120;

/// One mending of a sentence.
#[derive(Clone, Debug)]
pub(crate) enum Mend {
    /// A token that should be this fixed word; `slip` where it nearly is.
    Replace { at: usize, word: u32, slip: bool },
    /// A fixed word is missing before this token.
    Insert { at: usize, word: u32 },
    /// A token is too many.
    Drop { at: usize },
    /// Nothing stands in a slot before this token.
    Empty { at: usize, slot: usize },
    /// What stands in a slot does not fit it.
    Fill {
        from: usize,
        to: usize,
        slot: usize,
        problems: Vec<Problem>,
    },
    /// Nothing reads the rest.
    Leftover { from: usize },
}

/// A mended pattern: the sentence's own or a circumstance's, and what was mended in it.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) owner: Owner,
    pub(crate) pattern: u32,
    /// Roles of its slots in the order of the text.
    pub(crate) roles: Vec<u32>,
    pub(crate) mends: Vec<Mend>,
}

/// A way of mending a whole sentence.
#[derive(Clone, Debug)]
pub(crate) struct Mending {
    pub(crate) parts: Vec<Part>,
    /// The first token that nothing reads.
    pub(crate) leftover: Option<usize>,
}

impl Mending {
    /// A word unlike the pattern's is worth telling only where all else fits, a missing or
    /// superfluous one only where at most one name is amiss as well.
    fn is_guess(&self) -> bool {
        let mends = || self.parts.iter().flat_map(|p| &p.mends);
        let unlike = mends().any(|m| matches!(m, Mend::Replace { slip: false, .. }));
        let counted = mends().any(|m| matches!(m, Mend::Insert { .. } | Mend::Drop { .. }));
        unlike && (mends().count() > 1 || self.leftover.is_some())
            || counted && (mends().count() > 2 || self.leftover.is_some())
    }
}

/// Where in the tries and in the sentence a path stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    in_tail: bool,
    node: u32,
    at: u32,
}

/// One step of a path, linked to the step before it.
struct Link {
    before: Option<usize>,
    place: Place,
    /// Slots passed in the current pattern.
    slots: u32,
    /// Words replaced, inserted or dropped so far.
    words_mended: u32,
    what: What,
}

enum What {
    Nothing,
    Mended(Mend),
    Ended(u32),
}

/// The search: an arena of links and a queue of the cheapest.
struct Search<'s, 't> {
    lexicon: Lexicon<'s>,
    sentence: &'s Sentence<'t>,
    links: Vec<Link>,
    queue: BinaryHeap<Reverse<(u32, usize)>>,
}

/// The cheapest mendings of a sentence, equally cheap ones in the order of the vocabulary.
pub(crate) fn mendings(lexicon: Lexicon, sentence: &Sentence) -> Vec<Mending> {
    if sentence.len() > TOKENS_MAX {
        return vec![];
    }
    let mut search = Search {
        lexicon,
        sentence,
        links: vec![],
        queue: BinaryHeap::new(),
    };
    let start = Place {
        in_tail: false,
        node: 0,
        at: 0,
    };
    search.links.push(Link {
        before: None,
        place: start,
        slots: 0,
        words_mended: 0,
        what: What::Nothing,
    });
    search.queue.push(Reverse((0, 0)));
    search.run()
}

impl<'s> Search<'s, '_> {
    fn run(&mut self) -> Vec<Mending> {
        let mut seen: HashSet<Place> = HashSet::new();
        let mut found: Vec<Mending> = vec![];
        let mut least = COST_MAX;
        let mut states = 0;
        while let Some(Reverse((cost, link))) = self.queue.pop() {
            states += 1;
            if cost > least || states > STATES_MAX || found.len() >= MENDINGS_MAX {
                break;
            }
            let place = self.links[link].place;
            let leftover = matches!(self.links[link].what, What::Mended(Mend::Leftover { .. }));
            if leftover
                || place.in_tail && place.node == 0 && place.at as usize == self.sentence.len()
            {
                let mending = self.mending(link);
                if mending.is_guess() {
                    continue;
                }
                least = cost;
                if !found.iter().any(|m| same_owner(m, &mending)) {
                    found.push(mending);
                }
                continue;
            }
            if seen.insert(place) {
                self.extend(cost, link);
            }
        }
        found
    }

    /// The node of a place.
    fn node(&self, place: Place) -> &'s Node {
        let trie = if place.in_tail {
            self.lexicon.circumstances
        } else {
            self.lexicon.sentences
        };
        &trie.nodes[place.node as usize]
    }

    fn end(&self, in_tail: bool, end: u32) -> &End {
        let trie = if in_tail {
            self.lexicon.circumstances
        } else {
            self.lexicon.sentences
        };
        &trie.ends[end as usize]
    }

    fn push(&mut self, cost: u32, before: usize, node: u32, at: usize, what: What) {
        if cost > COST_MAX {
            return;
        }
        let link = &self.links[before];
        let (mut in_tail, mut slots, mut words_mended) =
            (link.place.in_tail, link.slots, link.words_mended);
        match &what {
            What::Ended(_) => {
                in_tail = true;
                slots = 0;
            }
            What::Mended(Mend::Replace { .. } | Mend::Insert { .. } | Mend::Drop { .. }) => {
                words_mended += 1;
            }
            What::Mended(Mend::Empty { .. } | Mend::Fill { .. }) => slots += 1,
            What::Nothing | What::Mended(Mend::Leftover { .. }) => {}
        }
        let place = Place {
            in_tail,
            node,
            at: at as u32,
        };
        self.links.push(Link {
            before: Some(before),
            place,
            slots,
            words_mended,
            what,
        });
        self.queue.push(Reverse((cost, self.links.len() - 1)));
    }

    fn extend(&mut self, cost: u32, link: usize) {
        let place = self.links[link].place;
        let (at, node) = (place.at as usize, self.node(place));
        for end in &node.ends {
            self.push(cost, link, 0, at, What::Ended(*end));
        }
        if place.in_tail && place.node == 0 {
            let rest = &self.sentence.tokens[at..];
            let price = if date_like(rest) {
                4
            } else {
                8 + rest.len() as u32
            };
            self.push(
                cost + price,
                link,
                0,
                at,
                What::Mended(Mend::Leftover { from: at }),
            );
        }
        let word = self.sentence.word(at);
        if let Some(next) = word.and_then(|w| node.by_word(w)) {
            self.push(cost, link, next, at + 1, What::Nothing);
        }
        for (spec, next) in &node.slots {
            self.extend_slot(cost, link, *spec, *next);
        }
        // Two mended words are a different sentence.
        if self.links[link].words_mended == 0 {
            self.extend_words(cost, link, node);
        }
    }

    fn extend_slot(&mut self, cost: u32, link: usize, spec: u32, next: u32) {
        let place = self.links[link].place;
        let (at, slot) = (place.at as usize, self.links[link].slots as usize);
        let (sentence, names) = (self.sentence, self.lexicon.names);
        let spec = &self.lexicon.alphabet.specs[spec as usize];
        let child = self.node(Place {
            node: next,
            ..place
        });
        let mut exact = vec![];
        for fill in fills_at(sentence, names, spec, at) {
            exact.push(fill.end);
            self.push(cost, link, next, fill.end, What::Nothing);
            if let Some(last) = self.links.last_mut() {
                last.slots += 1;
            }
        }
        let follows = |end: usize| {
            sentence
                .word(end)
                .is_some_and(|w| child.by_word(w).is_some())
        };
        if at == sentence.len() || follows(at) {
            self.push(
                cost + 10,
                link,
                next,
                at,
                What::Mended(Mend::Empty { at, slot }),
            );
        }
        let tail_opens = |end: usize| {
            let root = &self.lexicon.circumstances.nodes[0];
            sentence
                .word(end)
                .is_some_and(|w| root.by_word(w).is_some())
        };
        let closes = !child.ends.is_empty();
        for end in at + 1..=sentence.len() {
            if exact.contains(&end) {
                continue;
            }
            if follows(end) || closes && (end == sentence.len() || tail_opens(end)) {
                let problems = problems(sentence, names, spec, (at, end));
                let price = segment_cost(sentence, names, (at, end), &problems);
                let mend = Mend::Fill {
                    from: at,
                    to: end,
                    slot,
                    problems,
                };
                self.push(cost + price, link, next, end, What::Mended(mend));
            }
        }
    }

    /// Replaces, inserts or drops a word.
    fn extend_words(&mut self, cost: u32, link: usize, node: &Node) {
        let place = self.links[link].place;
        let at = place.at as usize;
        let sentence = self.sentence;
        let token = sentence.tokens.get(at);
        let lower = token.map(crate::token::Token::lower);
        for (word, next) in &node.words {
            let fixed = self.lexicon.alphabet.words[*word as usize].as_str();
            if let (Some(token), Some(lower)) = (token, &lower) {
                let slip = near(lower, fixed).is_some();
                // The likeness of two words is a did-you-mean, never a part of an answer.
                let unlike = || ((1.0 - jaro_winkler(lower, fixed)) * 8.0) as u32;
                let price = if slip { 4 } else { 12 + unlike() };
                let price = price + if token.looks_like_name() { 8 } else { 0 };
                if sentence.word(at) != Some(*word) {
                    let mend = Mend::Replace {
                        at,
                        word: *word,
                        slip,
                    };
                    self.push(cost + price, link, *next, at + 1, What::Mended(mend));
                }
            }
            let child = self.node(Place {
                node: *next,
                ..place
            });
            let reads_on = sentence
                .word(at)
                .is_some_and(|w| child.by_word(w).is_some())
                || at == sentence.len() && !child.ends.is_empty()
                || !child.slots.is_empty() && !sentence.names_at(self.lexicon.names, at).is_empty();
            if reads_on {
                self.push(
                    cost + 9,
                    link,
                    *next,
                    at,
                    What::Mended(Mend::Insert { at, word: *word }),
                );
            }
        }
        if let Some(token) = token {
            let price = if token.looks_like_name() { 13 } else { 10 };
            self.push(
                cost + price,
                link,
                place.node,
                at + 1,
                What::Mended(Mend::Drop { at }),
            );
        }
    }

    /// The path to a link as parts, each with what was mended in it.
    fn mending(&self, link: usize) -> Mending {
        let mut path = vec![link];
        while let Some(before) = self.links[path[path.len() - 1]].before {
            path.push(before);
        }
        let mut mending = Mending {
            parts: vec![],
            leftover: None,
        };
        let mut mends = vec![];
        for link in path.into_iter().rev().map(|i| &self.links[i]) {
            match &link.what {
                What::Nothing => {}
                What::Mended(Mend::Leftover { from }) => mending.leftover = Some(*from),
                What::Mended(mend) => mends.push(mend.clone()),
                What::Ended(end) => {
                    let end = self.end(!mending.parts.is_empty(), *end);
                    mending.parts.push(Part {
                        owner: end.owner,
                        pattern: end.pattern,
                        roles: end.roles.clone(),
                        mends: std::mem::take(&mut mends),
                    });
                }
            }
        }
        mending
    }
}

/// Mendings that take a sentence for the same thing are told once.
fn same_owner(a: &Mending, b: &Mending) -> bool {
    a.parts.first().map(|p| p.owner) == b.parts.first().map(|p| p.owner)
}
