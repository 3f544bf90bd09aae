//! Stretches of a sentence that look like names.

use std::collections::BTreeSet;

use crate::article::lexicon::{Form, Lexicon};
use crate::article::tokens::{Kind, Token};

/// What is known of an article's words before its names are.
pub struct Known<'a> {
    /// The words.
    pub lexicon: &'a Lexicon,
    /// Capitalised words met where no sentence begins.
    pub inside: &'a BTreeSet<String>,
    /// Words met without a capital.
    pub small: &'a BTreeSet<String>,
    /// Whole names that the infobox or a link gives, in lower case.
    pub whole: &'a BTreeSet<String>,
}

/// Token ranges of a sentence that look like names.
pub fn spans(tokens: &[Token], known: &Known<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !begins(tokens, at, known) {
            at += 1;
            continue;
        }
        let end = extent(tokens, at, known);
        found.push((at, end));
        at = end;
    }
    found
}

/// Whether a token opens a sentence or a quotation, where a capital says nothing.
pub fn opens(tokens: &[Token], at: usize) -> bool {
    at == 0 || matches!(tokens[at - 1].kind, Kind::Quote | Kind::Open) && at <= 1
}

fn begins(tokens: &[Token], at: usize, known: &Known<'_>) -> bool {
    let token = &tokens[at];
    if !token.is_capital() || known.lexicon.is("month", &token.lower) {
        return false;
    }
    // `In the 20s BC Rome attacked`: the era is no part of a name.
    let dated = at > 0
        && tokens[at - 1]
            .text
            .starts_with(|c: char| c.is_ascii_digit());
    if matches!(token.text.as_str(), "BC" | "BCE" | "AD" | "CE") && dated {
        return false;
    }
    // `the Duke of Beaufort` says which duke it is; a name it is only where the file gives it as one.
    let of = tokens.get(at + 1).is_some_and(|t| t.is("of"))
        && tokens.get(at + 2).is_some_and(Token::is_capital);
    if of && known.lexicon.is("person-noun", &token.lower) {
        return of_name(tokens, at, at + 1, known).is_some();
    }
    if !opens(tokens, at) {
        return !known.lexicon.is("opener", &token.lower) || followed_by_name(tokens, at);
    }
    if known.lexicon.is("opener", &token.lower) {
        return false;
    }
    if known.inside.contains(&token.text) {
        return true;
    }
    // `Units of the army fled`: several of a kind, not a name.
    let kind = token.lower.ends_with('s') && tokens.get(at + 1).is_some_and(|t| t.is("of"));
    let common = known.small.contains(&token.lower)
        || kind
        || known.lexicon.is_class_noun(&token.lower) && !followed_by_name(tokens, at)
        || known
            .lexicon
            .forms(&token.lower)
            .iter()
            // `Nam Yi was executed`: no sentence opens with the base of a verb and a name.
            .any(|(f, v)| v.known && !(*f == Form::Base && followed_by_name(tokens, at)))
        || known.lexicon.is("adverb", &token.lower)
        || ["ing", "ly"]
            .iter()
            .any(|e| token.lower.ends_with(e) && token.lower.len() > 5);
    !common
}

fn followed_by_name(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(Token::is_capital)
}

fn extent(tokens: &[Token], from: usize, known: &Known<'_>) -> usize {
    let capital = |i: usize| {
        tokens
            .get(i)
            .is_some_and(|t| t.is_capital() && !known.lexicon.is("month", &t.lower))
    };
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.text == word);
    let mut end = from + 1;
    loop {
        if capital(end) {
            end += 1;
            continue;
        }
        let joint = tokens.get(end).is_some_and(|t| {
            t.lower == t.text
                && !matches!(&*t.lower, "of")
                && known.lexicon.is("name-joint", &t.lower)
        });
        // `Jean de la Valette`, `Lukeni lua Nimi`
        let second = tokens.get(end + 1).is_some_and(|t| {
            t.lower == t.text && !t.is("of") && known.lexicon.is("name-joint", &t.lower)
        });
        if joint && (capital(end + 1) || second && capital(end + 2) && !is(end, "the")) {
            end += if capital(end + 1) { 2 } else { 3 };
            continue;
        }
        // `John C. Calhoun`
        // A ruler's number ends his name.
        let letter = tokens[end - 1].text.as_str();
        let initial =
            letter.chars().count() == 1 && !matches!(letter, "I" | "V" | "X") && is(end, ".");
        if initial && capital(end + 1) {
            end += 2;
            continue;
        }
        // `Edward the Confessor`
        if is(end, "the")
            && capital(end + 1)
            && end - from == 1
            && !known
                .lexicon
                .is_any(&["polity-noun", "place-noun"], &tokens[from].lower)
            && known.inside.contains(&tokens[end + 1].text)
            && byname(tokens, end + 1, known)
        {
            end += 2;
            continue;
        }
        if let Some(next) = of_name(tokens, from, end, known) {
            end = next;
            continue;
        }
        return end;
    }
}

/// A byname stands before a comma, a verb or the end, and no noun follows it.
fn byname(tokens: &[Token], at: usize, known: &Known<'_>) -> bool {
    if known.lexicon.is_class_noun(&tokens[at].lower) || tokens[at].lower.ends_with("ian") {
        return false;
    }
    match tokens.get(at + 1) {
        None => true,
        Some(next) => {
            next.kind != Kind::Word
                || known.lexicon.forms(&next.lower).iter().any(|_| true)
                || known.lexicon.is_any(
                    &["be", "have", "preposition", "conjunction", "modal"],
                    &next.lower,
                )
        }
    }
}

/// `Kingdom of England`, `William of Normandy` where the file gives the whole name.
fn of_name(tokens: &[Token], from: usize, end: usize, known: &Known<'_>) -> Option<usize> {
    if !tokens.get(end)?.is("of") {
        return None;
    }
    let mut next = end + 1;
    if tokens.get(next).is_some_and(|t| t.is("the")) {
        next += 1;
    }
    if !tokens.get(next)?.is_capital() {
        return None;
    }
    let mut last = next + 1;
    while tokens.get(last).is_some_and(Token::is_capital) {
        last += 1;
    }
    let head = &tokens[end - 1].lower;
    let words = |to: usize| -> String {
        let words: Vec<&str> = tokens[from..to].iter().map(|t| t.lower.as_str()).collect();
        words.join(" ")
    };
    let body = known.lexicon.is_class_noun(head) && !known.lexicon.is("person-noun", head);
    let given = (next + 1..=last)
        .rev()
        .find(|to| known.whole.contains(&words(*to)));
    match given {
        Some(to) => Some(to),
        None if body => Some(last),
        None => None,
    }
}
