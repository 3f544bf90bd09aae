//! Words that govern a whole statement from outside its verb group: `it is not clear whether`,
//! `reportedly`, `according to`.

use std::ops::Range;

use crate::article::lexicon::Lexicon;
use crate::article::tokens::{Kind, Token};

/// A cue in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// `unknown`, `doubt`, `not`, `reporting`, `according`.
    pub mode: &'static str,
    pub tokens: Range<usize>,
    /// As it stands.
    pub words: String,
}

/// The cues of a sentence, in order; the longest at each place.
pub fn placed(tokens: &[Token], lexicon: &Lexicon) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut best: Option<Placed> = None;
        for cue in lexicon.cues().iter().filter(|c| !c.infinitive) {
            let Some(words) = cue.words.first() else {
                continue;
            };
            let words: Vec<&str> = words.split(' ').collect();
            let fits = words
                .iter()
                .enumerate()
                .all(|(i, w)| tokens.get(at + i).is_some_and(|t| t.lower == **w));
            if fits && best.as_ref().is_none_or(|b| b.tokens.len() < words.len()) {
                best = Some(Placed {
                    mode: cue.mode,
                    tokens: at..at + words.len(),
                    words: words.join(" "),
                });
            }
        }
        if best.is_none()
            && tokens[at].is("according")
            && tokens.get(at + 1).is_some_and(|t| t.is("to"))
        {
            let end = (at + 2..tokens.len())
                .find(|i| tokens[*i].kind == Kind::Comma)
                .unwrap_or(tokens.len());
            best = Some(Placed {
                mode: "according",
                tokens: at..end,
                words: "according to".to_owned(),
            });
        }
        match best {
            Some(cue) => {
                at = cue.tokens.end;
                found.push(cue);
            }
            None => at += 1,
        }
    }
    found
}
