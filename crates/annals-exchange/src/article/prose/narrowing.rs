//! Denials and refusals of a part of what a clause says.
//!
//! `was not entirely conquered`, `refused to travel without an escort`: without the words that are
//! denied, the denial would be of more than the text denies. Such a clause is listed.

use std::ops::Range;

use super::chunks::What;
use super::clauses::Clause;
use super::search::Hit;
use super::sentence::{Desk, State};
use crate::article::names::Class;
use crate::article::tokens::{Kind, Token};

impl State<'_> {
    /// Whether a word beside the verb makes less of the deed than the verb alone would say.
    ///
    /// # Errors
    ///
    /// In words: which.
    pub(super) fn weakened(&self, desk: &Desk<'_>, clause: &Clause) -> Result<(), String> {
        let word = |at: usize| match &desk.chunks[at].what {
            What::Word(word) => Some(word.as_str()),
            _ => None,
        };
        let mut words = clause.whole.clone().filter_map(word);
        if let Some(weak) = words.find(|w| self.lexicon.is("weakening", w)) {
            return Err(format!("“{weak}” makes less of it"));
        }
        match clause.verb.checked_sub(1).and_then(word) {
            Some("only") => Err("“only” says how little of it there was".to_owned()),
            _ => Ok(()),
        }
    }

    /// Whether a phrase of the clause counts some of those whom it names: `two Venetians fled`, `half
    /// the Venetians fled`. What these did is not said of all of them.
    ///
    /// # Errors
    ///
    /// In words: which.
    pub(super) fn some_of_them(
        &self,
        desk: &Desk<'_>,
        ranges: &[Range<usize>],
    ) -> Result<(), String> {
        let quantifies = |t: &&Token| {
            self.lexicon.is("quantifying", &t.lower)
                || t.kind == Kind::Number && t.text.starts_with(|c: char| c.is_ascii_digit())
        };
        for at in ranges.iter().cloned().flatten() {
            let Some(What::Phrase(phrase)) = desk.chunks.get(at).map(|c| &c.what) else {
                continue;
            };
            let of_several = |t: usize| {
                let class = self.book.things[t].class();
                !matches!(class, Class::Person)
            };
            let first = phrase.names.first().filter(|(t, _)| of_several(*t));
            let Some((_, name)) = first else { continue };
            let own = desk.chunks[at].tokens.start..name.start;
            let before = |at: usize| match desk.chunks.get(at).map(|c| &c.what) {
                Some(What::Preposition(p)) => p == "of",
                Some(What::Phrase(p)) => p.names.is_empty() && p.owner.is_none(),
                Some(What::Word(_)) => true,
                _ => false,
            };
            // `half of the Venetians`, `half the Venetians`: the words of number stand before it.
            let mut start = at;
            while start > 0 && at - start < 3 && before(start - 1) {
                start -= 1;
            }
            let outside = desk.chunks[start].tokens.start..desk.chunks[at].tokens.start;
            let words = desk.tokens[outside].iter().chain(&desk.tokens[own]);
            if let Some(word) = words.into_iter().find(quantifies) {
                return Err(format!("“{}” says it of some of them alone", word.text));
            }
        }
        Ok(())
    }

    /// Whether all that a denial is of stands in the sentence found.
    ///
    /// # Errors
    ///
    /// In words: what the sentence leaves out.
    pub(super) fn denied_whole(
        &self,
        desk: &Desk<'_>,
        verbs: Range<usize>,
        hit: &Hit,
        beyond: Option<Range<usize>>,
    ) -> Result<(), String> {
        let weighs = |word: &&String| !self.lexicon.is("beside-denial", word);
        let groups = desk.chunks[verbs].iter().filter_map(|c| match &c.what {
            What::Group(group) => group.adverbs.iter().find(weighs),
            What::Word(word) if !word.is_empty() => Some(word).filter(weighs),
            _ => None,
        });
        let mut left: Vec<String> = groups.cloned().collect();
        let ranges = hit.left.iter().cloned().chain(beyond);
        left.extend(ranges.map(|r| self.words_of(desk, r)));
        left.retain(|words| !words.is_empty() && weighs(&words));
        if left.is_empty() && !hit.thinned && hit.counts.is_empty() {
            return Ok(());
        }
        Err(match left.is_empty() {
            true => "it may be denied in this way alone".to_owned(),
            false => format!("it may be denied of this alone: {}", left.join(", ")),
        })
    }
}

/// Whether a sentence found names nothing twice and breaks off in no phrase.
///
/// # Errors
///
/// In words: what is wrong with it.
pub(super) fn sound(hit: &Hit) -> Result<(), String> {
    if hit.read.names_one_twice() {
        return Err("one thing would stand in two of its roles".to_owned());
    }
    if hit.text.ends_with(" the") || hit.text.ends_with(" a") {
        return Err("a phrase of it is cut short".to_owned());
    }
    Ok(())
}
