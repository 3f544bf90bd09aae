//! The dates of cells.
//!
//! What comes in: the words of a cell. What goes out: the condition that they are as a date, or nothing
//! where any part of them cannot be read.

use crate::article::lexicon::Lexicon;
use crate::article::prose::{Weight, weight};
use crate::article::tokens::tokens;

/// The date of a cell as a condition: `644 and 648`, `29 January – 10 February 1258`, `415–413 BC`.
pub(super) fn cell_date(text: &str) -> Option<String> {
    let settings = annals_calendar::Settings::default();
    // `1366 (disputed) – 1377`: what stands before the bracket is a piece of the date.
    let behind = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    if behind.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let text = text
        .split(['(', '[', '\n', ';'])
        .next()?
        .trim()
        .trim_end_matches([',', ':', '.']);
    let reads = |words: &str| annals_calendar::read(words, &settings).is_ok();
    let digits = |words: &str| words.chars().any(|c| c.is_ascii_digit());
    if !digits(text) {
        return None;
    }
    for joint in [" – ", "–", " — ", " to ", " and ", " - ", "-"] {
        let Some((first, last)) = text.split_once(joint) else {
            continue;
        };
        let (first, last) = (first.trim(), last.trim());
        if !digits(first) || !digits(last) || last.contains(joint) {
            continue;
        }
        let first = completed(first, last);
        let last = &lengthened(&first, last);
        let range = format!("from {first} to {last}");
        if reads(&range) && reads(&first) && reads(last) {
            return Some(range);
        }
    }
    reads(text).then(|| text.to_owned())
}

/// The last year of a range in full: `1668–69`.
fn lengthened(first: &str, last: &str) -> String {
    let (year, era) = last.split_once(' ').unwrap_or((last, ""));
    let begun = first.split(' ').next().unwrap_or("");
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let short = figures(year) && figures(begun) && begun.len() > 2 && year.len() <= 2;
    match short && (era.is_empty() || matches!(era, "BC" | "BCE" | "AD" | "CE")) {
        true => format!("{}{last}", &begun[..begun.len() - year.len()]),
        false => last.to_owned(),
    }
}

/// What the brackets behind the date of a cell do to it.
pub(super) fn date_weight(text: &str, lexicon: &Lexicon) -> Weight {
    let inner = text
        .split('(')
        .skip(1)
        .map(|t| t.split(')').next().unwrap_or(""));
    inner
        .map(|words| weight(&tokens(words), lexicon))
        .fold(Weight::Nothing, |all, one| match (all, one) {
            (Weight::Denies, _) | (_, Weight::Denies) => Weight::Denies,
            (Weight::Doubts, _) | (_, Weight::Doubts) => Weight::Doubts,
            (Weight::Nothing, Weight::Nothing) => Weight::Nothing,
        })
}

/// The first date of a range with what it leaves to the second: month, year, era.
fn completed(first: &str, last: &str) -> String {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(|w| w.trim_matches(',').to_owned())
            .collect()
    };
    let (mut own, other) = (words(first), words(last));
    let is_year = |w: &String| w.len() >= 3 && w.chars().all(|c| c.is_ascii_digit());
    let is_month = |w: &String| {
        w.len() >= 3
            && w.chars().all(char::is_alphabetic)
            && !matches!(w.as_str(), "BCE" | "BC" | "AD" | "CE")
    };
    let year_at = other.iter().position(is_year);
    if !own.iter().any(is_month) && !own.iter().any(is_year) {
        own.extend(other.iter().find(|w| is_month(w)).cloned());
    }
    if !own.iter().any(is_year) {
        own.extend(year_at.and_then(|at| other.get(at)).cloned());
    }
    let era = other.iter().find(|w| matches!(w.as_str(), "BC" | "BCE"));
    if let Some(era) = era.filter(|_| {
        !own.iter()
            .any(|w| matches!(w.as_str(), "BC" | "BCE" | "AD" | "CE"))
    }) {
        own.push(era.clone());
    }
    own.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_cells_are_conditions() {
        for (text, expected) in [
            ("644 and 648", "from 644 to 648"),
            ("14 October 1066", "14 October 1066"),
            (
                "29 January – 10 February 1258",
                "from 29 January 1258 to 10 February 1258",
            ),
            ("415–413 BC", "from 415 BC to 413 BC"),
            ("14–16 May 1264", "from 14 May 1264 to 16 May 1264"),
            ("July 751", "July 751"),
            ("1529–1532", "from 1529 to 1532"),
        ] {
            assert_eq!(cell_date(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(cell_date("Chinese sources"), None);
    }
}
