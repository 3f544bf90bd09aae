//! Men by their number: `with 100,000 auxiliary cavalry`, `led 60,000–80,000 men against`.
//!
//! What comes in: chunks of a clause. What goes out: the figure as a detail of the claim, whose date it
//! shares; the sentence itself is read without it.

use std::ops::Range;

use super::chunks::{Chunk, Phrase, What};
use super::sentence::{Desk, State};
use crate::article::cells::quantity;
use crate::article::lexicon::Lexicon;

/// Men who are counted.
pub(super) struct Counted {
    /// The word for them, as a sentence has it: `men`, `army`.
    pub noun: String,
    /// How many of what: `60000 to 80000 men`.
    pub figure: String,
}

fn is_force(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.is("force-noun", word) || word == "men"
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn bare(phrase: &Phrase) -> bool {
    phrase.names.is_empty() && phrase.owner.is_none() && phrase.pronoun.is_none()
}

/// The men of some chunks: `60,000 men`, `an army of 1,200 horsemen`.
pub(super) fn counted(chunks: &[Chunk], lexicon: &Lexicon) -> Option<Counted> {
    let whats: Vec<&What> = chunks.iter().map(|c| &c.what).collect();
    let (noun, of) = match whats[..] {
        [What::Phrase(men)] => (men.head.as_ref()?, men),
        [What::Phrase(army), What::Preposition(of), What::Phrase(men)] if of == "of" => {
            let noun = army.head.as_ref().filter(|_| bare(army))?;
            (noun, men)
        }
        _ => return None,
    };
    of.words.first().filter(|w| is_number(w) && bare(of))?;
    let men = of.head.as_ref().is_some_and(|h| is_force(h, lexicon));
    let figure = quantity(&of.words.join(" "))?;
    (men && is_force(noun, lexicon)).then(|| Counted {
        noun: noun.clone(),
        figure,
    })
}

impl State<'_> {
    /// `with 100,000 auxiliary cavalry` as a detail.
    pub(super) fn figure(&self, desk: &Desk<'_>, range: Range<usize>) -> Option<String> {
        let (first, men) = desk.chunks.get(range.clone())?.split_first()?;
        if !matches!(&first.what, What::Preposition(p) if p == "with") {
            return None;
        }
        if let [
            Chunk {
                what: What::Phrase(phrase),
                ..
            },
        ] = men
        {
            // Whose men they are is kept as the text has it.
            let force = phrase
                .head
                .as_ref()
                .is_some_and(|h| is_force(h, self.lexicon));
            let number = phrase.words.first().is_some_and(|w| is_number(w));
            let words = self.words_of(desk, range.start + 1..range.end);
            let figure = quantity(&words).filter(|_| force && number)?;
            return Some(format!("with {figure}"));
        }
        Some(format!("with {}", counted(men, self.lexicon)?.figure))
    }
}
