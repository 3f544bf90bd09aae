//! All patterns of a vocabulary as one trie over fixed words and slots, so that a sentence is
//! read by walking it once instead of trying pattern after pattern.

use annals_chronicle::{CircumstanceId, KindId, Pattern, Role, RoleContent, Vocabulary};

use crate::nearest::{WordShape, near};
use crate::pattern::{Element, expand};
use crate::quick::QuickMap;
use crate::reading::Target;
use crate::token::Token;

/// What a slot asks of its filler. Slots that ask the same share one specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SlotSpec {
    pub(crate) content: RoleContent,
    pub(crate) least: u32,
    pub(crate) together: bool,
    /// For each kind of things, the place of the kind it fits in the slot's list.
    ranks: Vec<Option<u32>>,
}

impl SlotSpec {
    pub(crate) fn new(vocabulary: &Vocabulary, role: &Role) -> SlotSpec {
        let kinds = (0..vocabulary.kinds.len() as u32).map(KindId);
        let rank = |kind: KindId| match &role.content {
            RoleContent::Kinds(list) => list
                .iter()
                .position(|k| vocabulary.is_a(kind, *k))
                .map(|i| i as u32),
            RoleContent::Any => Some(0),
            RoleContent::Text | RoleContent::Number => None,
        };
        SlotSpec {
            content: role.content.clone(),
            least: role.least,
            together: role.together,
            ranks: kinds.map(rank).collect(),
        }
    }

    /// The place in the slot's list of the first kind that a thing of this kind fits.
    pub(crate) fn rank(&self, kind: KindId) -> Option<u32> {
        self.ranks.get(kind.index()).copied().flatten()
    }
}

/// What a pattern belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    Sentence(Target),
    Circumstance(CircumstanceId),
}

/// The end of one variant of one pattern.
#[derive(Clone, Debug)]
pub(crate) struct End {
    pub(crate) owner: Owner,
    /// Which of the owner's patterns.
    pub(crate) pattern: u32,
    /// The role of each slot on the way here.
    pub(crate) roles: Vec<u32>,
    pub(crate) fixed_words: u32,
}

/// A node of the trie. Edges are sorted by word, or in the order declared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) words: Vec<(u32, u32)>,
    pub(crate) slots: Vec<(u32, u32)>,
    pub(crate) ends: Vec<u32>,
}

impl Node {
    pub(crate) fn by_word(&self, word: u32) -> Option<u32> {
        let found = self.words.binary_search_by_key(&word, |(w, _)| *w).ok()?;
        Some(self.words[found].1)
    }
}

/// A trie of patterns.
#[derive(Clone, Debug)]
pub(crate) struct Trie {
    pub(crate) nodes: Vec<Node>,
    pub(crate) ends: Vec<End>,
}

/// Every fixed word and every kind of slot, numbered in the order declared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alphabet {
    ids: QuickMap<String, u32>,
    pub(crate) words: Vec<String>,
    /// Length and letters of each word, which rule most slips of the pen out.
    shapes: Vec<WordShape>,
    pub(crate) specs: Vec<SlotSpec>,
}

impl Alphabet {
    pub(crate) fn word(&self, lower: &str) -> Option<u32> {
        self.ids.get(lower).copied()
    }

    /// The number of a token's word in any case.
    pub(crate) fn word_of(&self, token: &Token) -> Option<u32> {
        const LONGEST: usize = 40;
        let text = token.text.as_str();
        if !text.is_ascii() || text.len() > LONGEST {
            return self.word(&token.lower());
        }
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..text.len()];
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        self.word(std::str::from_utf8(lower).ok()?)
    }

    fn add_word(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.words.len() as u32;
        self.ids.insert(word.to_owned(), id);
        self.words.push(word.to_owned());
        self.shapes.push(WordShape::of(word));
        id
    }

    /// Whether a text in lower case is a slip of the pen away from a word.
    pub(crate) fn is_slip(&self, (lower, shape): (&str, &WordShape), word: u32) -> bool {
        let index = word as usize;
        shape.may_be_near(&self.shapes[index]) && near(lower, &self.words[index]).is_some()
    }

    /// A bound on how like a word is to a text of this shape, from 0 to 1.
    pub(crate) fn likeness_at_most(&self, shape: &WordShape, word: u32) -> f64 {
        shape.likeness_at_most(&self.shapes[word as usize])
    }

    fn add_spec(&mut self, spec: SlotSpec) -> u32 {
        let found = self.specs.iter().position(|s| *s == spec);
        let index = found.unwrap_or_else(|| {
            self.specs.push(spec);
            self.specs.len() - 1
        });
        index as u32
    }
}

impl Trie {
    /// The patterns of relations and event types, in this order.
    pub(crate) fn of_sentences(vocabulary: &Vocabulary, alphabet: &mut Alphabet) -> Trie {
        let mut trie = Trie::empty();
        for relation in &vocabulary.relations {
            let owner = Owner::Sentence(Target::Relation(relation.id));
            trie.add(
                vocabulary,
                alphabet,
                owner,
                &relation.roles,
                &relation.patterns,
            );
        }
        for event in &vocabulary.event_types {
            let owner = Owner::Sentence(Target::Event(event.id));
            trie.add(vocabulary, alphabet, owner, &event.roles, &event.patterns);
        }
        trie
    }

    /// The patterns of circumstances.
    pub(crate) fn of_circumstances(vocabulary: &Vocabulary, alphabet: &mut Alphabet) -> Trie {
        let mut trie = Trie::empty();
        for c in &vocabulary.circumstances {
            trie.add(
                vocabulary,
                alphabet,
                Owner::Circumstance(c.id),
                &c.roles,
                &c.patterns,
            );
        }
        trie
    }

    fn empty() -> Trie {
        Trie {
            nodes: vec![Node::default()],
            ends: vec![],
        }
    }

    fn add(
        &mut self,
        vocabulary: &Vocabulary,
        alphabet: &mut Alphabet,
        owner: Owner,
        roles: &[Role],
        patterns: &[Pattern],
    ) {
        let specs: Vec<u32> = roles
            .iter()
            .map(|r| alphabet.add_spec(SlotSpec::new(vocabulary, r)))
            .collect();
        for (pattern, p) in patterns.iter().enumerate() {
            for row in expand(p).unwrap_or_default() {
                let mut node = 0;
                let mut end = End {
                    owner,
                    pattern: pattern as u32,
                    roles: vec![],
                    fixed_words: 0,
                };
                for element in &row {
                    node = match element {
                        Element::Word(word) => {
                            end.fixed_words += 1;
                            self.word_edge(node, alphabet.add_word(word))
                        }
                        Element::Slot(role) => {
                            end.roles.push(*role);
                            self.slot_edge(node, specs[*role as usize])
                        }
                    };
                }
                self.nodes[node].ends.push(self.ends.len() as u32);
                self.ends.push(end);
            }
        }
    }

    fn word_edge(&mut self, node: usize, word: u32) -> usize {
        match self.nodes[node]
            .words
            .binary_search_by_key(&word, |(w, _)| *w)
        {
            Ok(found) => self.nodes[node].words[found].1 as usize,
            Err(place) => {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[node].words.insert(place, (word, new as u32));
                new
            }
        }
    }

    fn slot_edge(&mut self, node: usize, spec: u32) -> usize {
        if let Some((_, child)) = self.nodes[node].slots.iter().find(|(s, _)| *s == spec) {
            return *child as usize;
        }
        let new = self.nodes.len();
        self.nodes.push(Node::default());
        self.nodes[node].slots.push((spec, new as u32));
        new
    }
}
