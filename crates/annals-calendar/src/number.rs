//! Numbers as people write them: `3,000`, `forty-two`, `two hundred and fifty thousand`, `a dozen`.
//!
//! What comes in: text. What goes out: the number it begins with. What it refuses: a number beyond
//! 64 bits, and an article that stands before no number (`a boat`).

use crate::text::fold;

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const SCALES: [(&str, u64); 6] = [
    ("dozen", 12),
    ("score", 20),
    ("hundred", 100),
    ("thousand", 1_000),
    ("myriad", 10_000),
    ("million", 1_000_000),
];

/// Reads the number at the start of a text, in digits or words; gives it and the bytes it took.
///
/// ```
/// use annals_calendar::read_number;
/// assert_eq!(read_number("3,000 men"), Some((3_000, 5)));
/// assert_eq!(read_number("two hundred and fifty days"), Some((250, 21)));
/// assert_eq!(read_number("a boat"), None);
/// ```
pub fn read_number(text: &str) -> Option<(u64, usize)> {
    let (value, rest) = number(text)?;
    Some((value, text.len() - rest.len()))
}

fn number(text: &str) -> Option<(u64, &str)> {
    let text = text.trim_start();
    let (mut total, mut current, mut rest) = match digits(text) {
        Some((value, rest)) => (0, value, rest),
        None => {
            let (value, rest) = small(text).or_else(|| article(text))?;
            (0, value, rest)
        }
    };
    loop {
        let next = rest.trim_start();
        if let Some((scale, after)) = scale(next) {
            current = current.checked_mul(scale)?;
            if scale >= 1_000 {
                total = current.checked_add(total)?;
                current = 0;
            }
            rest = after;
            // `two hundred and fifty thousand`
            let joined = strip_word(rest.trim_start(), "and").unwrap_or(rest.trim_start());
            if let Some((more, after)) = small(joined) {
                current = current.checked_add(more)?;
                rest = after;
            }
            continue;
        }
        return Some((total.checked_add(current)?, rest));
    }
}

/// Digits with commas between groups of three.
fn digits(text: &str) -> Option<(u64, &str)> {
    let mut value: u64 = 0;
    let mut end = 0;
    let mut group = 0;
    for (i, c) in text.char_indices() {
        match fold(c).to_digit(10) {
            Some(digit) => {
                value = value.checked_mul(10)?.checked_add(u64::from(digit))?;
                group += 1;
                end = i + c.len_utf8();
            }
            None if matches!(fold(c), ',' | '\'') && end > 0 && end == i && group <= 3 => {
                let tail: Vec<char> = text[i + c.len_utf8()..].chars().take(4).map(fold).collect();
                let three = tail.len() >= 3 && tail[..3].iter().all(char::is_ascii_digit);
                if !three || tail.get(3).is_some_and(char::is_ascii_digit) {
                    break;
                }
                group = 0;
            }
            None => break,
        }
    }
    let rest = &text[end..];
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphabetic());
    (end > 0 && ends).then_some((value, rest))
}

fn first_word(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    text.split_at(end)
}

/// `a hundred`, but not `a boat`.
fn article(text: &str) -> Option<(u64, &str)> {
    let rest = strip_word(text, "a").or_else(|| strip_word(text, "an"))?;
    scale(rest).map(|_| (1, rest)).filter(|_| !rest.is_empty())
}

/// A number word below a hundred: `seven`, `forty-two`.
fn small(text: &str) -> Option<(u64, &str)> {
    let (word, rest) = first_word(text);
    let word = word.to_lowercase();
    if let Some(value) = SMALL.iter().position(|w| *w == word) {
        return Some((value as u64, rest));
    }
    let tens = (TENS.iter().position(|w| *w == word)? as u64 + 2) * 10;
    let after = rest.strip_prefix(['-', ' ']).unwrap_or(rest);
    let (unit, after) = first_word(after);
    match SMALL.iter().position(|w| *w == unit.to_lowercase()) {
        Some(value @ 1..=9) => Some((tens + value as u64, after)),
        _ => Some((tens, rest)),
    }
}

fn scale(text: &str) -> Option<(u64, &str)> {
    let (word, rest) = first_word(text);
    let word = word.to_lowercase();
    let found = SCALES.iter().find(|(name, _)| *name == word)?;
    Some((found.1, rest))
}

/// What follows a word at the start of a text, in any case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    let apart = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (head.eq_ignore_ascii_case(word) && apart).then(|| rest.trim_start())
}
