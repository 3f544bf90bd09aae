//! Words beside a date that widen it: `at the latest`, `or earlier`, `spring or summer of 1312`,
//! `1895–96`.
//!
//! What comes in: tokens, and a date that was read. What goes out: the date as wide as the text has
//! it; where the language has no words for that, a date that is not told.

use super::dates::DateRef;
use crate::article::tokens::{Kind, Token};

/// Whether some words stand at a token.
fn stand(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    let here = |(i, word): (usize, &&str)| tokens.get(at + i).is_some_and(|t| t.is(word));
    words.iter().enumerate().all(here)
}

/// What widens a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bend {
    Latest,
    Earliest,
    About,
}

const BEHIND: [(&[&str], Bend); 14] = [
    (&["at", "the", "latest"], Bend::Latest),
    (&["at", "the", "very", "latest"], Bend::Latest),
    (&["at", "latest"], Bend::Latest),
    (&["or", "earlier"], Bend::Latest),
    (&["or", "before"], Bend::Latest),
    (&["or", "even", "earlier"], Bend::Latest),
    (&["at", "the", "earliest"], Bend::Earliest),
    (&["at", "the", "very", "earliest"], Bend::Earliest),
    (&["at", "earliest"], Bend::Earliest),
    (&["or", "later"], Bend::Earliest),
    (&["or", "after"], Bend::Earliest),
    (&["or", "even", "later"], Bend::Earliest),
    (&["or", "thereabouts"], Bend::About),
    (&["or", "so"], Bend::About),
];

/// The words behind a date that widen it, and the token after them.
fn behind(tokens: &[Token], at: usize) -> Option<(Bend, usize)> {
    let comma = tokens.get(at).is_some_and(|t| t.kind == Kind::Comma);
    let from = at + usize::from(comma);
    let found = BEHIND
        .iter()
        .find(|(words, _)| stand(tokens, from, words))?;
    Some((found.1, from + found.0.len()))
}

/// A date with what stands behind it.
pub(super) fn bent(tokens: &[Token], (date, next): (DateRef, usize)) -> (DateRef, usize) {
    let Some((bend, end)) = behind(tokens, next) else {
        return (date, next);
    };
    // `or later in the year`: no bend, and no date that is known.
    let DateRef::Absolute(words, note) = date else {
        return (date, end);
    };
    match widened(&words, bend) {
        Some(words) => (DateRef::Absolute(words, note), end),
        None => (DateRef::Unknown, end),
    }
}

fn widened(words: &str, bend: Bend) -> Option<String> {
    let plain = words.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    match bend {
        // `by 1312 at the latest` says it twice.
        Bend::Latest => match words.strip_prefix("by ") {
            Some(date) => Some(format!("no later than {date}")),
            None => plain.then(|| format!("no later than {words}")),
        },
        Bend::Earliest => plain.then(|| format!("no earlier than {words}")),
        Bend::About => plain.then(|| format!("c. {words}")),
    }
}

/// `at the latest in 1312`, `not later than 1312`, `in or after 1312`: the words before a date, and
/// what its own words are to open with.
pub(super) fn opened(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    const OPENERS: [(&[&str], &str); 15] = [
        (&["at", "the", "latest", "in"], "no later than"),
        (&["at", "the", "latest", "by"], "no later than"),
        (&["at", "the", "earliest", "in"], "no earlier than"),
        (&["no", "later", "than"], "no later than"),
        (&["not", "later", "than"], "no later than"),
        (&["no", "earlier", "than"], "no earlier than"),
        (&["not", "earlier", "than"], "no earlier than"),
        (&["not", "before"], "no earlier than"),
        (&["in", "or", "after"], "no earlier than"),
        (&["on", "or", "after"], "no earlier than"),
        (&["in", "or", "before"], "no later than"),
        (&["on", "or", "before"], "no later than"),
        (&["in", "or", "shortly", "after"], "no earlier than"),
        (&["in", "or", "around"], "c."),
        (&["in", "or", "about"], "c."),
    ];
    let found = OPENERS.iter().find(|(words, _)| stand(tokens, at, words))?;
    let next = at + found.0.len();
    tokens
        .get(next)
        .is_some_and(|t| t.kind == Kind::Number || t.is_capital())
        .then_some((found.1, next))
}

const SEASONS: [&str; 6] = ["spring", "summer", "autumn", "fall", "winter", "early"];

fn year(token: Option<&Token>) -> Option<&str> {
    let token = token.filter(|t| t.kind == Kind::Number && (3..=4).contains(&t.text.len()))?;
    let digits = token.text.bytes().all(|b| b.is_ascii_digit());
    digits.then_some(token.text.as_str())
}

/// `in 1895–96`, `in the spring or summer of 1312`, `in May and June 1312`.
pub(super) fn spread(
    tokens: &[Token],
    at: usize,
    month: &dyn Fn(&Token) -> bool,
) -> Option<(DateRef, usize)> {
    let mut from = at + usize::from(matches!(&*tokens[at].lower, "in" | "during"));
    if let Some(found) = short(tokens, from).filter(|_| from > at) {
        return Some(found);
    }
    from += usize::from(tokens.get(from).is_some_and(|t| t.is("the")));
    let part = |i: usize| {
        tokens
            .get(i)
            .filter(|t| SEASONS.contains(&&*t.lower) || month(t))
    };
    let first = part(from)?;
    let joint = tokens.get(from + 1)?;
    let second = part(from + 2)?;
    if !(joint.is("or") || joint.is("and")) {
        return None;
    }
    let mut end = from + 3;
    end += usize::from(stand(tokens, end, &["of"]));
    let Some(year) = year(tokens.get(end)) else {
        return Some((DateRef::Unknown, from + 3));
    };
    end += 1;
    let era = tokens
        .get(end)
        .filter(|t| matches!(&*t.text, "BC" | "BCE" | "AD" | "CE"));
    let era_words = era.map_or(String::new(), |t| format!(" {}", t.text));
    end += usize::from(era.is_some());
    // What happened in May and June is in neither of them alone, and how it lies in both is not said.
    let words = format!(
        "{} {year}{era_words} or {} {year}{era_words}",
        first.text, second.text
    );
    match joint.is("or") {
        true => Some((DateRef::Absolute(words, None), end)),
        false => Some((DateRef::Unknown, end)),
    }
}

/// `1895–96`: the end of a range in its last two figures.
fn short(tokens: &[Token], at: usize) -> Option<(DateRef, usize)> {
    let first = year(tokens.get(at))?;
    let dash = tokens.get(at + 1)?;
    let last = tokens.get(at + 2).filter(|t| t.kind == Kind::Number)?;
    let joined = matches!(dash.text.as_str(), "–" | "-")
        && tokens[at].range.end == dash.range.start
        && dash.range.end == last.range.start;
    let whole = match last.text.len() {
        1 | 2 if last.text.len() < first.len() => {
            format!("{}{}", &first[..first.len() - last.text.len()], last.text)
        }
        3 | 4 => last.text.clone(),
        _ => return None,
    };
    let numbers = (first.parse::<u32>().ok()?, whole.parse::<u32>().ok()?);
    let era = tokens
        .get(at + 3)
        .filter(|t| matches!(&*t.text, "BC" | "BCE" | "AD" | "CE"));
    let era_words = era.map_or(String::new(), |t| format!(" {}", t.text));
    let back = matches!(era_words.trim(), "BC" | "BCE");
    let ordered = if back {
        numbers.0 > numbers.1
    } else {
        numbers.0 < numbers.1
    };
    let words = format!("between {first}{era_words} and {whole}{era_words}");
    (joined && ordered).then_some((
        DateRef::Absolute(words, None),
        at + 3 + usize::from(era.is_some()),
    ))
}

/// `as well as`, `and/or`: what joins two names, as one conjunction.
pub(super) fn joint(tokens: &[Token], at: usize) -> Option<(&'static str, usize)> {
    if stand(tokens, at, &["as", "well", "as"]) {
        return Some(("and", at + 3));
    }
    stand(tokens, at, &["and", "/", "or"]).then_some(("or", at + 3))
}
