//! Running text into statements.
//!
//! What comes in: the sentences of an article, its names and the vocabulary. What goes out:
//! [`Statement`]s, each with the passage and the rule it rests on, and what no statement holds.
//! A sentence is chunked ([`chunks`]), taken apart into clauses ([`clauses`]), its phrases are
//! resolved in what the text has told so far ([`context`]), and each clause is tried against the
//! sentence patterns of the vocabulary ([`search`]). What governs a clause (a negation, a doubt,
//! somebody's report) becomes the mode of its claim, or the clause is not read.

mod asides;
mod bends;
mod chunks;
mod clauses;
mod context;
mod counting;
mod cues;
mod dates;
mod governing;
mod guarding;
mod leftovers;
mod likewise;
mod narrowing;
mod nominal;
mod nouns;
mod phrases;
mod reaching;
mod relatives;
mod retracting;
mod search;
mod sentence;
mod timing;
mod verbs;
mod within;

use super::document::Passage;
use super::lexicon::Lexicon;
use super::matching::Reader;
use super::names::{Class, NameBook};
use super::statement::{Statement, Unread};
use super::tokens::tokens;

pub use context::{Context, Sight, described_name};
use dates::year_of;
pub use guarding::{Weight, weight};

/// Whether a hedge, a report or a denial stands anywhere among some words.
pub fn cued(words: &[super::tokens::Token], lexicon: &Lexicon) -> bool {
    !cues::placed(words, lexicon).is_empty()
}

/// What the running text came to.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    pub statements: Vec<Statement>,
    pub unread: Vec<Unread>,
    /// For each sentence, how much of it some statement holds.
    pub shares: Vec<Share>,
}

/// How much of a sentence is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// All of its clauses, no words left out.
    Whole,
    /// Some of it.
    Part,
    /// Nothing.
    Nothing,
}

/// A sentence to be read.
pub struct Input<'a> {
    pub passage: &'a Passage,
    /// The section of the draft it belongs to.
    pub section: usize,
    /// The year of the section's heading.
    pub year: Option<String>,
}

/// Adds the groups and forces that the sentences describe to the names.
pub fn describe(book: &mut NameBook, lexicon: &Lexicon, sentences: &[&str]) {
    for text in sentences {
        let tokens = tokens(text);
        let chunker = chunks::Chunker {
            lexicon,
            book,
            year: None,
        };
        let found = chunker.chunks(text, &tokens);
        let mut wanted: Vec<(String, Class)> = Vec::new();
        let sight = Sight { book, lexicon };
        for chain in phrases::chains(&found) {
            let Some((first, rest)) = chain.split_first() else {
                continue;
            };
            wanted.extend(described_name(first, rest, &sight));
        }
        for (name, class) in wanted {
            book.describe(&name, class, "the text has it so");
        }
    }
}

/// Reads sentences in order; `known` is what the infobox says and stands before it.
pub fn read(
    inputs: &[Input<'_>],
    book: &NameBook,
    lexicon: &Lexicon,
    reader: &Reader,
    context: Context,
    known: &[Statement],
) -> Prose {
    let mut prose = Prose::default();
    let mut state = sentence::State {
        book,
        lexicon,
        reader,
        context,
        later: false,
    };
    for statement in known {
        state.learn_from(statement);
    }
    let mut section = None;
    let taken = retracting::taken_back(inputs, lexicon);
    for (number, input) in inputs.iter().enumerate() {
        if section != Some(input.passage.section) {
            section = Some(input.passage.section);
            state.context.section(input.year.clone());
            state.later = false;
        }
        let share = state.read(number, input, taken[number].as_ref(), &mut prose);
        prose.shares.push(share);
    }
    let first = known.len();
    // Statements refer to one another by number; others stand before these in the draft.
    for statement in &mut prose.statements {
        for text in statement.when.iter_mut().chain(&mut statement.details) {
            *text = shifted(text, first);
        }
    }
    prose
}

/// A text with its references, written `#{12}`, moved on.
fn shifted(text: &str, by: usize) -> String {
    let mut parts = text.split("#{");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap_or((part, ""));
        let number: usize = number.parse().unwrap_or_default();
        out.push_str(&format!("#{{{}}}{rest}", number + by));
    }
    out
}

/// One event told in several places is one event: its later tellings point to the first.
///
/// What a sentence tells as done again is an event of its own, and from there on it is not known which
/// of the two a further telling means.
pub fn merge(statements: &mut [Statement], lexicon: &Lexicon) {
    let again: Vec<bool> = statements
        .iter()
        .map(|s| again(&s.quote, lexicon))
        .collect();
    for at in 1..statements.len() {
        let own = statements[at].clone();
        if !own.event || own.mode.is_some() || own.label.is_none() {
            continue;
        }
        let same = |s: &Statement| {
            s.event
                && s.mode.is_none()
                && s.label.is_some()
                && s.same_as.is_none()
                && alike(&s.key, &own.key)
                && !each_its_own(s, &own)
                && compatible(&s.when, &own.when)
        };
        let repeated = (0..at).any(|i| again[i] && same(&statements[i]));
        if again[at] || repeated {
            continue;
        }
        if let Some(first) = statements[..at].iter().position(same) {
            statements[at].same_as = Some(first);
            statements[at]
                .remarks
                .push("told before in the article: one event".to_owned());
        }
    }
}

/// Whether a sentence tells something as done once more: `again`, `for a second time`.
fn again(quote: &str, lexicon: &Lexicon) -> bool {
    let words = tokens(quote);
    let once_more = |two: &[super::tokens::Token]| {
        lexicon.is("ordinal", &two[0].lower) && two[1].is("time")
            || two[0].is("once") && two[1].is("more")
    };
    words.iter().any(|t| lexicon.is("repeating", &t.lower)) || words.windows(2).any(once_more)
}

/// Whether two keys may tell of one event: one type, and no role filled by two different things.
fn alike(a: &[String], b: &[String]) -> bool {
    let filled = |k: &[String]| k[1..].iter().filter(|r| *r != "*").count();
    a.len() == b.len()
        && a[0] == b[0]
        && a.iter().zip(b).all(|(x, y)| x == y || x == "*" || y == "*")
        && a.iter().zip(b).skip(1).any(|(x, y)| x == y && x != "*")
        && filled(a) > 0
}

/// Whether each of two tellings names something that the other does not: `fled to Parma` and `fled to
/// Verona` are not known to be one.
fn each_its_own(one: &Statement, other: &Statement) -> bool {
    let lacks = |a: &Statement, b: &Statement| {
        let named = |t: &usize| b.uses.iter().any(|(u, _)| u == t);
        a.uses.iter().any(|(t, _)| !named(t))
    };
    lacks(one, other) && lacks(other, one)
}

/// Whether two dates may be of one event: no two different years stand in them, nor two days.
fn compatible(a: &[String], b: &[String]) -> bool {
    let years =
        |when: &[String]| -> Vec<String> { when.iter().filter_map(|w| year_of(w)).collect() };
    if let ([one], [other]) = (a, b)
        && let (Some(one), Some(other)) = (day_of(one), day_of(other))
        && one != other
    {
        return false;
    }
    let (a, b) = (years(a), years(b));
    a.is_empty() || b.is_empty() || a.iter().any(|y| b.contains(y))
}

/// The day and month of a date that is a day: `17 March 1907`.
fn day_of(when: &str) -> Option<(&str, &str)> {
    let words: Vec<&str> = when.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let [first, second, _, ..] = words[..] else {
        return None;
    };
    let digits = |w: &str| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit());
    let name = |w: &str| w.starts_with(|c: char| c.is_uppercase());
    match (digits(first), digits(second)) {
        (true, false) if name(second) => Some((first, second)),
        (false, true) if name(first) => Some((second, first)),
        _ => None,
    }
}
