//! The cheapest way of mending a sentence so that some pattern reads it.
//!
//! A best-first search over the same tries that reading walks, in which a word may be replaced,
//! missing or too many, a slot may be empty or hold what does not fit it, and something may be
//! left over. What each mending costs says how likely a historian is to have meant it; the
//! search ends at the first readings of least cost, or when its bound of steps is spent.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::rc::Rc;

use strsim::jaro_winkler;

use super::segment::{Problem, Segment};
use super::sentences::date_like;
use crate::filler::{fills_at, may_fill};
use crate::nearest::WordShape;
use crate::parse::Lexicon;
use crate::sentence::Sentence;
use crate::trie::{End, Node, Owner};

/// Most states looked at for one sentence.
const STATES_MAX: u32 = 12_000;
/// Beyond this cost a mending is a guess not worth telling.
const COST_MAX: u32 = 34;
/// Most mendings of equal cost that are returned.
const MENDINGS_MAX: usize = 3;
/// What it costs at least to take a token for a word that it is not like.
const UNLIKE: u32 = 12;
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

/// Whether one more mending would make a path a guess, as [`Mending::is_guess`] judges it.
fn guesses(link: &Link, mend: &Mend) -> bool {
    let leftover = matches!(mend, Mend::Leftover { .. });
    let counted = matches!(mend, Mend::Insert { .. } | Mend::Drop { .. });
    link.place.unlike
        || matches!(mend, Mend::Replace { slip: false, .. }) && link.mends > 0
        || (counted || link.counted) && (link.mends >= 2 || leftover)
}

/// Where in the tries and in the sentence a path stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    in_tail: bool,
    /// A word unlike the pattern's was taken for it, after which all else must fit.
    unlike: bool,
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
    /// Everything mended so far.
    mends: u32,
    /// Whether a word was inserted or dropped.
    counted: bool,
    what: What,
}

enum What {
    Nothing,
    /// Words unlike the next one, not yet compared, with the cost they add to: most searches end
    /// before they are looked at.
    Unlike(u32, Group),
    Mended(Mend),
    Ended(u32),
}

/// The search: an arena of links and a queue of the cheapest.
struct Search<'s, 't> {
    lexicon: Lexicon<'s>,
    sentence: &'s Sentence<'t>,
    links: Vec<Link>,
    queue: BinaryHeap<Reverse<(u32, usize)>>,
    /// Stretches of text that may fill slots, divided into names once for all slots.
    segments: BTreeMap<(usize, usize), Rc<Segment>>,
    tokens: Vec<Compared>,
}

/// Words of a node by the least they may cost, the cheapest last, with the node each leads to.
#[derive(Default)]
struct Group {
    /// The cost at which the cheapest is worth looking at.
    cost: u32,
    words: Vec<(u32, u32, u32)>,
}

/// A token as it is compared with the words of the vocabulary.
struct Compared {
    lower: String,
    shape: WordShape,
    /// Whether it is a slip for each word, once known.
    slips: Vec<Option<bool>>,
}

impl Compared {
    fn new(token: &crate::token::Token) -> Compared {
        let lower = token.lower();
        Compared {
            shape: WordShape::of(&lower),
            lower,
            slips: vec![],
        }
    }
}

/// What stands at a token, for telling at a glance where nothing can read on: after a word unlike
/// the pattern's, everything else must fit as it is.
struct Then {
    word: Option<u32>,
    fills: bool,
    ends: bool,
}

impl Then {
    fn new(lexicon: Lexicon, sentence: &Sentence, at: usize) -> Then {
        let word = sentence.word(at);
        let tail = &lexicon.circumstances.nodes[0];
        Then {
            word,
            fills: may_fill(sentence, lexicon.names, at),
            ends: at >= sentence.len() || word.is_some_and(|w| tail.by_word(w).is_some()),
        }
    }

    fn is_read_by(&self, node: &Node) -> bool {
        self.ends && !node.ends.is_empty()
            || self.fills && !node.slots.is_empty()
            || self.word.is_some_and(|w| node.by_word(w).is_some())
    }
}

/// Places that have been looked at, a bit each.
struct Seen {
    bits: Vec<u64>,
    tokens: usize,
}

impl Seen {
    fn new(lexicon: Lexicon, tokens: usize) -> Seen {
        let nodes = lexicon
            .sentences
            .nodes
            .len()
            .max(lexicon.circumstances.nodes.len());
        Seen {
            bits: vec![0; nodes * (tokens + 1) * 4 / 64 + 1],
            tokens,
        }
    }

    /// Whether the place is new.
    fn insert(&mut self, place: Place) -> bool {
        let cell = place.node as usize * (self.tokens + 1) + place.at as usize;
        let bit = cell * 4 + usize::from(place.in_tail) * 2 + usize::from(place.unlike);
        let (word, mask) = (bit / 64, 1 << (bit % 64));
        let new = self.bits[word] & mask == 0;
        self.bits[word] |= mask;
        new
    }
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
        segments: BTreeMap::new(),
        tokens: sentence.tokens.iter().map(Compared::new).collect(),
    };
    let start = Place {
        in_tail: false,
        unlike: false,
        node: 0,
        at: 0,
    };
    search.links.push(Link {
        before: None,
        place: start,
        slots: 0,
        words_mended: 0,
        mends: 0,
        counted: false,
        what: What::Nothing,
    });
    search.queue.push(Reverse((0, 0)));
    search.run()
}

impl<'s> Search<'s, '_> {
    fn run(&mut self) -> Vec<Mending> {
        let mut seen = Seen::new(self.lexicon, self.sentence.len());
        let mut found: Vec<Mending> = vec![];
        let mut least = COST_MAX;
        let mut states = 0;
        while let Some(Reverse((cost, link))) = self.queue.pop() {
            states += 1;
            if cost > least || states > STATES_MAX || found.len() >= MENDINGS_MAX {
                break;
            }
            if let What::Unlike(cost, group) = &mut self.links[link].what {
                let (cost, group) = (*cost, std::mem::take(group));
                let before = self.links[link].before.unwrap_or(link);
                self.extend_unlike(cost, before, group);
                continue;
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
        let (mut in_tail, mut unlike) = (link.place.in_tail, link.place.unlike);
        let (mut slots, mut words_mended) = (link.slots, link.words_mended);
        let (mut mends, mut counted) = (link.mends, link.counted);
        if let What::Mended(mend) = &what {
            if guesses(link, mend) {
                return;
            }
            mends += 1;
            unlike |= matches!(mend, Mend::Replace { slip: false, .. });
            counted |= matches!(mend, Mend::Insert { .. } | Mend::Drop { .. });
        }
        match &what {
            What::Ended(_) => {
                in_tail = true;
                slots = 0;
            }
            What::Mended(Mend::Replace { .. } | Mend::Insert { .. } | Mend::Drop { .. }) => {
                words_mended += 1;
            }
            What::Mended(Mend::Empty { .. } | Mend::Fill { .. }) => slots += 1,
            What::Nothing | What::Unlike(..) | What::Mended(Mend::Leftover { .. }) => {}
        }
        let place = Place {
            in_tail,
            unlike,
            node,
            at: at as u32,
        };
        self.links.push(Link {
            before: Some(before),
            place,
            slots,
            words_mended,
            mends,
            counted,
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
                let segment = self.segments.entry((at, end));
                let segment =
                    segment.or_insert_with(|| Rc::new(Segment::new(sentence, names, (at, end))));
                let problems = segment.problems(names, spec);
                let price = segment.cost(&problems);
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
        let as_name = |price| price + token.map_or(0, |t| if t.looks_like_name() { 8 } else { 0 });
        for (word, next) in &node.words {
            if sentence.word(at) != Some(*word) && self.is_slip(at, *word) {
                self.replace(cost + as_name(4), link, (*word, *next), true);
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
                let mend = Mend::Insert { at, word: *word };
                self.push(cost + 9, link, *next, at, What::Mended(mend));
            }
        }
        if let Some(token) = token {
            if self.links[link].mends == 0 && !node.words.is_empty() {
                let group = self.unlike(place);
                self.wait(cost + as_name(UNLIKE), link, group);
            }
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

    /// Takes the next token for words that it is not like, those first that may be the likest;
    /// the rest waits until no cheaper mending is left.
    fn extend_unlike(&mut self, cost: u32, link: usize, mut group: Group) {
        let at = self.links[link].place.at as usize;
        let token = &self.tokens[at];
        let mut found = vec![];
        while let Some((price, word, next)) = group.words.pop() {
            if cost + price > group.cost {
                group.words.push((price, word, next));
                break;
            }
            let fixed = &self.lexicon.alphabet.words[word as usize];
            // The likeness of two words is a did-you-mean, never a part of an answer.
            let unlike = ((1.0 - jaro_winkler(&token.lower, fixed)) * 8.0) as u32;
            found.push((cost + unlike, word, next));
        }
        for (cost, word, next) in found {
            self.replace(cost, link, (word, next), false);
        }
        self.wait(cost, link, group);
    }

    /// Puts words off until the cheapest of them may be worth its price.
    fn wait(&mut self, cost: u32, link: usize, mut group: Group) {
        let Some(&(price, ..)) = group.words.last() else {
            return;
        };
        group.cost = cost + price;
        let place = self.links[link].place;
        let what = What::Unlike(cost, group);
        self.push(cost + price, link, place.node, place.at as usize, what);
    }

    /// All words of a node that the next token is not like, the likest last.
    fn unlike(&mut self, place: Place) -> Group {
        let at = place.at as usize;
        let node = self.node(place);
        let mut words = vec![];
        let then = Then::new(self.lexicon, self.sentence, at + 1);
        for (word, next) in &node.words {
            let child = self.node(Place {
                node: *next,
                ..place
            });
            let fits = self.sentence.word(at) != Some(*word) && then.is_read_by(child);
            if fits && !self.is_slip(at, *word) {
                let alphabet = self.lexicon.alphabet;
                let likeness = alphabet.likeness_at_most(&self.tokens[at].shape, *word);
                let least = ((1.0 - likeness) * 8.0 - 1e-9).max(0.0) as u32;
                words.push((least, *word, *next));
            }
        }
        words.sort_unstable_by(|a, b| b.cmp(a));
        Group { cost: 0, words }
    }

    fn replace(&mut self, cost: u32, link: usize, (word, next): (u32, u32), slip: bool) {
        let at = self.links[link].place.at as usize;
        let mend = Mend::Replace { at, word, slip };
        self.push(cost, link, next, at + 1, What::Mended(mend));
    }

    /// Whether a token is a slip of the pen for a word; compared once for all patterns.
    fn is_slip(&mut self, at: usize, word: u32) -> bool {
        let alphabet = self.lexicon.alphabet;
        let Some(token) = self.tokens.get_mut(at) else {
            return false;
        };
        if token.slips.is_empty() {
            token.slips.resize(alphabet.words.len(), None);
        }
        let compare = || alphabet.is_slip((&token.lower, &token.shape), word);
        *token.slips[word as usize].get_or_insert_with(compare)
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
                What::Nothing | What::Unlike(..) => {}
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
