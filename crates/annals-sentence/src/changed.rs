//! Which texts may be read otherwise once some names are added or taken away.
//!
//! A name is found in a text where all of its words stand one after the other. So a text in which a
//! word of every changed name is missing, and which has no word that names had before and have no
//! more, or the other way round, is read as it was.

use unicode_normalization::char::is_combining_mark;

use crate::matcher::Matcher;
use crate::names::name_tokens;
use crate::token::{Token, normalise};

/// What the texts have in common that a change of names may concern.
#[derive(Clone, Debug, Default)]
pub struct ChangedNames {
    /// Parts of words, one of which each such text has in it.
    parts: Vec<String>,
}

impl ChangedNames {
    /// The names that only one of two matchers knows, of one vocabulary each.
    pub fn new<'n>(
        before: &Matcher,
        now: &Matcher,
        names: impl Iterator<Item = &'n str>,
    ) -> ChangedNames {
        let mut parts = Vec::new();
        for name in names {
            let tokens = name_tokens(name);
            let longest = tokens.iter().max_by_key(|t| t.text.len());
            let other = |t: &&Token| before.names.knows(t) != now.names.knows(t);
            let telling = longest.into_iter().chain(tokens.iter().filter(other));
            parts.extend(telling.map(|token| part(&token.text).to_owned()));
        }
        parts.sort();
        parts.dedup();
        ChangedNames { parts }
    }

    /// Whether a text may be read otherwise.
    pub fn may_concern(&self, text: &str) -> bool {
        let has = |text: &str| self.parts.iter().any(|part| text.contains(part.as_str()));
        match self.parts.is_empty() || text.is_ascii() {
            true => has(text),
            false => has(&normalise(text)),
        }
    }
}

/// A word without its first letter, which a sentence may write in the other case.
fn part(word: &str) -> &str {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if c.is_uppercase() || c.is_lowercase() => {
            chars.as_str().trim_start_matches(is_combining_mark)
        }
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_words_in_either_case() {
        let changed = ChangedNames {
            parts: vec![part("Kucha").to_owned(), part("焉").to_owned()],
        };
        assert!(changed.may_concern("Tang takes Kucha's walls"));
        assert!(changed.may_concern("the kucha"));
        assert!(changed.may_concern("Ｋｕｃｈａ falls"));
        assert!(changed.may_concern("焉耆 falls"));
        assert!(!changed.may_concern("Tang takes Khotan"));
        assert!(!ChangedNames::default().may_concern("Tang takes Khotan, 焉耆"));
    }
}
