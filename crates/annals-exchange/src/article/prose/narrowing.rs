//! Denials and refusals of a part of what a clause says.
//!
//! `was not entirely conquered`, `refused to travel without an escort`: without the words that are
//! denied, the denial would be of more than the text denies. Such a clause is listed.

use std::ops::Range;

use super::chunks::What;
use super::clauses::Clause;
use super::search::Hit;
use super::sentence::{Desk, State};

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
