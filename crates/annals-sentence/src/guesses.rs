//! What misspelled names are compared with. It is as large as all names together and most
//! chronicles never need it, so it is made when the first misspelling is met.

use std::collections::{BTreeMap, HashMap, HashSet};

use annals_chronicle::EntityId;

use crate::names::name_tokens;
use crate::nearest::{WordShape, near};
use crate::token::{Token, normalise, words};

/// A name as the did-you-mean sees it.
#[derive(Clone, Debug)]
struct Spelling {
    text: String,
    lower: String,
    shape: WordShape,
    entity: EntityId,
}

/// Every name, ready to be compared.
#[derive(Clone, Debug)]
pub(crate) struct Guesses {
    spellings: Vec<Spelling>,
    /// Names in lower-case tokens, to tell a name in the wrong case.
    folded: HashSet<String>,
    /// Spellings that contain a word, for names given in part.
    by_word: HashMap<String, Vec<u32>>,
}

/// Tokens as one text, their case left out.
fn folded(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(Token::lower)
        .collect::<Vec<_>>()
        .join(" ")
}

impl Guesses {
    /// All names in the order declared; those without a word are left out.
    pub(crate) fn of<'n>(names: impl Iterator<Item = (&'n str, EntityId)>) -> Guesses {
        let mut guesses = Guesses {
            spellings: vec![],
            folded: HashSet::new(),
            by_word: HashMap::new(),
        };
        for (name, entity) in names {
            let tokens = name_tokens(name);
            if !tokens.is_empty() {
                guesses.add(name, &tokens, entity);
            }
        }
        guesses
    }

    fn add(&mut self, name: &str, tokens: &[Token], entity: EntityId) {
        self.folded.insert(folded(tokens));
        let text = normalise(name).trim_matches('"').to_owned();
        let lower = text.to_lowercase();
        for token in tokens {
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
    }

    /// Whether tokens are a declared name but for their case.
    pub(crate) fn is_name_in_other_case(&self, tokens: &[Token]) -> bool {
        self.folded.contains(&folded(tokens))
    }

    /// The name nearest to a misspelled one among things that pass `fits`: fewest slips of the
    /// pen, else a name that holds all its words.
    pub(crate) fn nearest(
        &self,
        name: &str,
        fits: impl Fn(EntityId) -> bool,
    ) -> Option<(&str, EntityId)> {
        let lower = normalise(name).to_lowercase();
        let shape = WordShape::of(&lower);
        let mut best: Option<(usize, &Spelling)> = None;
        for spelling in &self.spellings {
            if !shape.may_be_near(&spelling.shape) || !fits(spelling.entity) {
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
    fn holding(&self, lower: &str, fits: &impl Fn(EntityId) -> bool) -> Option<&Spelling> {
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
            .find(|s| fits(s.entity) && lower.chars().count() > 2)
    }
}
