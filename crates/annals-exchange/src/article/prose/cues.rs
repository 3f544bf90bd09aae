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
            let mut length = words.len();
            let mut fits = words
                .iter()
                .enumerate()
                .all(|(i, w)| tokens.get(at + i).is_some_and(|t| t.lower == **w));
            // `Smith argued in 1999 that`: the year is that of the book.
            if let (false, [verb, "that"]) = (fits, &words[..])
                && dated_report(&tokens[at..], verb)
            {
                fits = true;
                length = 4;
            }
            // `Hanno died, it is said, in 203`: the same words before a verb open a statement.
            let aside = cue.mode == "aside";
            let closed = tokens
                .get(at + length)
                .is_none_or(|t| !matches!(t.kind, Kind::Word | Kind::Number));
            let fits = fits && (!aside || closed);
            if fits && best.as_ref().is_none_or(|b| b.tokens.len() < length) {
                best = Some(Placed {
                    mode: if aside { "doubt" } else { cue.mode },
                    tokens: at..at + length,
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

/// `argued in 1999 that`
fn dated_report(tokens: &[Token], verb: &str) -> bool {
    let [first, within, year, that, ..] = tokens else {
        return false;
    };
    first.is(verb) && within.is("in") && year.kind == Kind::Number && that.is("that")
}

/// Tokens without what stands in brackets: remarks, translations, references.
pub fn without_brackets(tokens: Vec<Token>) -> Vec<Token> {
    let mut depth = 0usize;
    let mut kept = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(token),
            _ => {}
        }
    }
    kept
}

/// Tokens without cues. A cue that governs what follows it leaves a break in its place; the cues
/// then stand where what follows them stands.
pub fn without_cues(tokens: Vec<Token>, cues: Vec<Placed>) -> (Vec<Token>, Vec<Placed>) {
    let mut kept: Vec<Token> = Vec::new();
    let mut moved = Vec::new();
    let mut at = 0;
    for mut cue in cues {
        kept.extend(tokens[at..cue.tokens.start].iter().cloned());
        at = cue.tokens.end;
        let single = !cue.words.contains(' ');
        if cue.mode == "not" && single {
            let place = kept.len();
            kept.extend(tokens[cue.tokens.clone()].iter().cloned());
            cue.tokens = place..kept.len();
            moved.push(cue);
            continue;
        }
        if cue.mode == "according" {
            let words: Vec<&str> = tokens[cue.tokens.clone()]
                .iter()
                .map(|t| t.text.as_str())
                .collect();
            cue.words = format!("according to {}", words.get(2..).unwrap_or(&[]).join(" "));
            // The comma that closes it goes too, where it opens the sentence.
            if kept.is_empty() && tokens.get(at).is_some_and(|t| t.kind == Kind::Comma) {
                at += 1;
            }
        } else if !single && enclosed(&kept, tokens.get(at)) {
            // A remark between commas goes with them, so that the sentence stays one.
            kept.pop();
            at += usize::from(tokens.get(at).is_some_and(|t| t.kind == Kind::Comma));
        } else if !single && !kept.is_empty() {
            let mut mark = tokens[cue.tokens.start].clone();
            mark.kind = Kind::Break;
            kept.push(mark);
        }
        cue.tokens = kept.len()..kept.len();
        moved.push(cue);
    }
    kept.extend(tokens[at..].iter().cloned());
    (kept, moved)
}

/// Whether a cue stands between the only comma before it and a comma or the end.
fn enclosed(kept: &[Token], next: Option<&Token>) -> bool {
    let commas = kept.iter().filter(|t| t.kind == Kind::Comma).count();
    commas == 1
        && kept.last().is_some_and(|t| t.kind == Kind::Comma)
        && next.is_none_or(|t| matches!(t.kind, Kind::Comma | Kind::Mark))
}
