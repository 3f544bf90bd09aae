//! The words of an infobox that no claim of it holds.
//!
//! What comes in: the rows, the statements made of them and what they listed. What goes out: for each
//! cell the words that are found again in none of these. Details have no place of their own in the
//! file, so a row looks for its words in the details of its own key.

use std::ops::Range;

use super::fight::not_read;
use super::{Infobox, Known as Line, Role, Told};
use crate::article::cells::mark_says;
use crate::article::covered::{Known, Written, note_marks, runs};
use crate::article::statement::{Statement, Unread};
use crate::article::tokens::{Kind, Token, tokens};

/// What the rows lose.
pub(super) fn left_out(found: &Infobox, told: &Told<'_>, unread: &[Unread]) -> Vec<Unread> {
    let rows = found
        .rows
        .iter()
        .filter(|r| !r.roles.contains(&Role::Nothing));
    let one = |row: &Line| {
        let left = of_row(found, row, told, unread);
        let why = format!("read in part: left out: {}", left.join(", "));
        (!left.is_empty()).then(|| not_read(row, &row.cell, &why))
    };
    rows.filter_map(one).collect()
}

fn of_row(found: &Infobox, row: &Line, told: &Told<'_>, unread: &[Unread]) -> Vec<String> {
    let lexicon = told.lexicon;
    let mut around = Written::default();
    for text in beside(found, row, told) {
        around.add(&text, lexicon);
    }
    let of = |s: &Statement| (s.bytes.clone(), Written::of(s, told.book, lexicon));
    let listed = |u: &Unread| {
        let mut written = Written::default();
        written.add(&u.words, lexicon);
        (u.bytes.clone(), written)
    };
    let mut all: Vec<(Range<usize>, Written)> = told.statements.iter().map(of).collect();
    all.extend(unread.iter().map(listed));
    let text = row.cell.text();
    let words = tokens(text);
    let held = |token: &Token, at: usize| {
        let place = row.cell.origin(at);
        let mut own = all.iter().filter(|(bytes, _)| {
            // What a template shows may be longer than what it is made of.
            bytes.start <= place && place <= bytes.end
        });
        // `KIA` says that he was killed.
        let says = mark_says(&token.text);
        around.holds(token, lexicon)
            || own.any(|(_, written)| {
                written.holds(token, lexicon) || says.is_some_and(|word| written.has(word))
            })
    };
    // `AtahualpaQuizquiz`: names that have run together.
    let words: Vec<Token> = words
        .into_iter()
        .flat_map(|token| match held(&token, token.range.start) {
            true => vec![token],
            false => apart(text, token),
        })
        .collect();
    let marks = note_marks(&words);
    let known = |(at, token): (usize, &Token)| match token.kind {
        Kind::Quote | Kind::Possessive => Known::Small,
        Kind::Word | Kind::Number if marks[at] => Known::Small,
        Kind::Word | Kind::Number => {
            let small = lexicon.is_any(&["unlisted", "married"], &token.lower);
            match (held(token, token.range.start), small) {
                (true, _) => Known::Claimed,
                (false, true) => Known::Small,
                (false, false) => Known::Left,
            }
        }
        _ => Known::Mark,
    };
    let known: Vec<Known> = words.iter().enumerate().map(known).collect();
    runs(text, &words, &known)
}

/// A word cut before each capital that stands behind a small letter.
fn apart(text: &str, token: Token) -> Vec<Token> {
    let word = &text[token.range.clone()];
    let mut cuts = vec![0];
    let mut small = false;
    for (at, c) in word.char_indices() {
        if small && c.is_uppercase() {
            cuts.push(at);
        }
        small = c.is_lowercase();
    }
    if token.kind != Kind::Word || cuts.len() == 1 {
        return vec![token];
    }
    cuts.push(word.len());
    let part = |ends: &[usize]| {
        let mut all = tokens(&word[ends[0]..ends[1]]);
        for part in &mut all {
            part.range.start += token.range.start + ends[0];
            part.range.end += token.range.start + ends[0];
        }
        all
    };
    cuts.windows(2).flat_map(part).collect()
}

/// What holds words of a row without standing at its bytes: details of its key, the date of the event
/// that the box is of, sentences that take their title from it.
fn beside(found: &Infobox, row: &Line, told: &Told<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    let statements = || told.statements.iter();
    let details = |keys: &[&str]| -> Vec<String> {
        let all = statements().flat_map(|s| &s.details);
        let own = all.filter(|d| keys.iter().any(|k| d.starts_with(k)));
        own.cloned().collect()
    };
    for role in &row.roles {
        match role {
            Role::Title | Role::Subject => {
                texts.push(found.title.text().to_owned());
                texts.extend(details(&["called"]));
            }
            Role::Side => texts.extend(details(&["side:"])),
            Role::Date => texts.extend(statements().flat_map(|s| s.when.clone())),
            Role::Detail(key) | Role::DetailOf(_, key) => texts.extend(details(&[key, "note"])),
            Role::Figure(_) | Role::OfSide(_) => {
                if let Role::Figure(key) = role {
                    texts.extend(details(&[key, "note"]));
                }
                let cell = row.cell.origin_of(0..row.cell.text().len());
                let own = statements().filter(|s| cell.contains(&s.bytes.start));
                texts.extend(own.flat_map(|s| s.when.iter().chain([&s.sentence]).cloned()));
            }
            Role::Aside | Role::Office => texts.extend(statements().map(|s| s.sentence.clone())),
            _ => {}
        }
    }
    // A date that doubts itself is a note of the event.
    if row.roles.contains(&Role::Date) {
        texts.extend(details(&["note"]));
    }
    texts
}
