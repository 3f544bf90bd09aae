//! Which words of a passage the claims made of it hold, told from what is written under them.
//!
//! What comes in: a claim as it will stand in the draft, and the tokens of its passage. What goes out:
//! whether a word can be found again in the claim: in its sentence, its date, its details, the remarks
//! of its rule, or the names that it uses. A word that no claim holds is left out, and is to be listed;
//! whatever a rule forgets is found this way, since no rule is asked.

use std::collections::BTreeSet;

use super::lexicon::Lexicon;
use super::names::{Class, NameBook};
use super::statement::Statement;
use super::tokens::{Kind, Token, tokens};

/// The words that are written under a claim.
#[derive(Clone, Debug, Default)]
pub struct Written {
    words: BTreeSet<String>,
}

impl Written {
    /// Everything that stands under a claim, and the names of what it uses.
    pub fn of(statement: &Statement, book: &NameBook, lexicon: &Lexicon) -> Written {
        let mut written = Written::beside(statement, book, lexicon);
        written.add(&statement.sentence, lexicon);
        let texts = statement.when.iter().chain(&statement.details);
        for text in texts {
            written.add(text, lexicon);
        }
        written
    }

    /// What stands beside the sentence of a claim: its remarks, its mode, the names of what it uses.
    pub fn beside(statement: &Statement, book: &NameBook, lexicon: &Lexicon) -> Written {
        let mut written = Written::default();
        let told = statement.remarks.iter().chain(&statement.according_to);
        for text in told {
            written.add(text, lexicon);
        }
        written.add(statement.mode.unwrap_or_default(), lexicon);
        if matches!(statement.mode, Some("not" | "refused" | "unknown whether")) {
            written.words.insert("never".to_owned());
            written.words.insert("not".to_owned());
        }
        for (thing, _) in &statement.uses {
            let named = &book.things[*thing];
            written.add(&named.name, lexicon);
            for (also, _) in &named.also {
                written.add(also, lexicon);
            }
            // `the fortress of Jajce`: the word that made it a place stands above its name.
            if !matches!(named.class(), Class::Person) {
                written.add(&named.reason(named.class()).0, lexicon);
            }
        }
        written
    }

    /// Adds the words of a text.
    pub fn add(&mut self, text: &str, lexicon: &Lexicon) {
        for token in tokens(text) {
            self.words.extend(shapes(&token, lexicon));
        }
    }

    /// Whether a word is among them as it stands.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether a word of the passage is among them, in whatever form.
    pub fn holds(&self, token: &Token, lexicon: &Lexicon) -> bool {
        if token.kind == Kind::Number {
            let mut parts = token.lower.split(['–', '-']);
            return parts.all(|p| self.words.contains(&figure(p)));
        }
        let mut shapes = shapes(token, lexicon).into_iter();
        shapes.any(|shape| self.words.contains(&shape))
    }
}

/// The shapes under which a word is known again: itself, its singular, the base of a verb, the number
/// that it is, the land of an adjective.
fn shapes(token: &Token, lexicon: &Lexicon) -> Vec<String> {
    if token.kind == Kind::Number {
        return token.lower.split(['–', '-']).map(figure).collect();
    }
    if token.kind != Kind::Word {
        return Vec::new();
    }
    let word = &token.lower;
    let mut found = vec![word.clone()];
    if let Some(one) = word.strip_suffix('s').filter(|w| w.len() > 2) {
        found.push(one.to_owned());
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|w| w.len() > 2) {
        found.push(format!("{stem}y"));
    }
    // Not `was`: any other form of a verb is the verb.
    found.extend(
        lexicon
            .forms(word)
            .iter()
            .map(|(_, verb)| verb.base.clone()),
    );
    found.extend(number_of(word));
    for (class, own) in PRONOUNS {
        if lexicon.is_any(&[class, own], word) {
            found.push(class.to_owned());
        }
    }
    let land = lexicon.land_of(&token.text);
    found.extend(land.map(str::to_lowercase));
    found
}

/// The classes of pronouns, with those that own something.
const PRONOUNS: [(&str, &str); 4] = [
    ("he", "own-he"),
    ("she", "own-she"),
    ("it", "own-it"),
    ("they", "own-they"),
];

/// Digits without the commas between them.
fn figure(digits: &str) -> String {
    digits.replace([',', '.'], "")
}

/// `three` as 3.
fn number_of(word: &str) -> Option<String> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let number = WORDS.iter().position(|w| *w == word)?;
    Some(number.to_string())
}

/// The stretches of a text that no claim holds, by what is known of each of its tokens.
pub fn runs(text: &str, all: &[Token], known: &[Known]) -> Vec<String> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if known[at] != Known::Left {
            at += 1;
            continue;
        }
        let mut from = at;
        while from > 0 && known[from - 1] == Known::Loose {
            from -= 1;
        }
        let mut end = at + 1;
        let mut next = end;
        while next < all.len() && matches!(known[next], Known::Loose | Known::Small | Known::Left) {
            next += 1;
            if known[next - 1] == Known::Left {
                end = next;
            }
        }
        found.push((from, end));
        at = end;
    }
    let words = |(from, end): &(usize, usize)| {
        let part = text.get(all[*from].range.start..all[end - 1].range.end);
        let words: Vec<&str> = part.unwrap_or_default().split_whitespace().collect();
        words.join(" ")
    };
    found.iter().map(words).collect()
}

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A claim holds it.
    Claimed,
    /// It need not be listed by itself, and no claim's words are around it.
    Loose,
    /// It need not be listed by itself, and stands within the words of a claim.
    Small,
    /// A mark that parts what stands on either side of it.
    Mark,
    /// No claim holds it.
    Left,
}

/// `[1]`, `[note 2]`, `[a]`: marks of notes, which say nothing.
pub fn note_marks(all: &[Token]) -> Vec<bool> {
    let mut marks = vec![false; all.len()];
    for at in 0..all.len() {
        if all[at].text != "[" {
            continue;
        }
        let inner = all[at + 1..].iter().take_while(|t| t.text != "]");
        let inner: Vec<&Token> = inner.take(4).collect();
        let number = |t: &Token| t.kind == Kind::Number;
        let mark = match inner[..] {
            [one] => number(one) || one.text.chars().count() == 1,
            [word, second] => {
                matches!(&*word.lower, "note" | "nb" | "n") && number(second)
                    || word.is("citation") && second.is("needed")
            }
            _ => false,
        };
        if mark {
            marks[at + 1..at + 1 + inner.len()].fill(true);
        }
    }
    marks
}
