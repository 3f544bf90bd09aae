//! Two sentences on one line, and dates that stand inside a sentence.

use annals_text::Report;

use crate::matcher::Matcher;
use crate::parse::Parse;
use crate::sentence::Sentence;
use crate::token::{Token, TokenKind};

/// Words that may stand in a date beside its figures. This room reads no dates; it only tells
/// that something looks like one, to say where dates belong.
const DATE_WORDS: [&str; 48] = [
    "in",
    "on",
    "at",
    "by",
    "before",
    "after",
    "during",
    "since",
    "until",
    "from",
    "to",
    "about",
    "around",
    "c",
    "ca",
    "circa",
    "early",
    "late",
    "mid",
    "year",
    "years",
    "century",
    "month",
    "day",
    "of",
    "and",
    "or",
    "between",
    "ad",
    "bc",
    "bce",
    "ce",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "spring",
    "summer",
    "autumn",
    "winter",
];

/// Whether tokens look like a date: a figure of a year or day, and nothing but date words.
pub(super) fn date_like(tokens: &[Token]) -> bool {
    let figure = |t: &Token| {
        t.kind == TokenKind::Number
            || t.kind == TokenKind::Word && t.text.starts_with(|c: char| c.is_ascii_digit())
    };
    let fits = |t: &Token| {
        figure(t)
            || matches!(t.kind, TokenKind::Comma)
            || t.kind == TokenKind::Word && DATE_WORDS.contains(&t.lower().as_str())
            || matches!(t.text.as_str(), "~" | "–" | "-")
    };
    tokens.iter().any(figure) && tokens.iter().all(fits)
}

/// The report of a date after or before the sentence proper.
pub(super) fn date_in_tail(
    sentence: &Sentence,
    date: (usize, usize),
    rest: (usize, usize),
) -> Report {
    let bare = |at: usize| ["in", "on", "at"].iter().any(|w| sentence.is_word(at, w));
    let from = if bare(date.0) && date.0 + 1 < date.1 {
        date.0 + 1
    } else {
        date.0
    };
    let comma = |at: usize| sentence.kind(at) == Some(TokenKind::Comma);
    let to = if date.1 > from + 1 && comma(date.1 - 1) {
        date.1 - 1
    } else {
        date.1
    };
    let words = sentence.slice(date.0, to);
    let when = sentence.slice(from, to);
    let said = sentence.slice(rest.0, rest.1);
    Report::error(
        "date-in-tail",
        format!("The date `{words}` belongs before the colon"),
    )
    .at(sentence.place(date.0, to), "a date inside the sentence")
    .note("Everything before the colon says when; a sentence says only what.")
    .help(format!("write `{when}: {said}`"))
}

/// A date that opens the sentence, as prose has it: `In 648, Tang attacks Karasahr`.
pub(super) fn opening_date(matcher: &Matcher, sentence: &Sentence) -> Option<Report> {
    let longest = (1..sentence.len().min(9)).rev();
    let mut ends = longest.filter(|end| date_like(&sentence.tokens[..*end]));
    ends.find_map(|end| {
        let rest = part(matcher, sentence, &sentence.tokens[end..]);
        matcher
            .readable(&rest)
            .then(|| date_in_tail(sentence, (0, end), (end, sentence.len())))
    })
}

fn part<'t>(matcher: &Matcher, sentence: &Sentence<'t>, tokens: &[Token]) -> Sentence<'t> {
    matcher.sentence(sentence.source, sentence.span, tokens.to_vec())
}

/// Two whole sentences joined by a comma, a stop, `and` or the like; the second may borrow the
/// subject of the first.
pub(super) fn two_sentences(matcher: &Matcher, sentence: &Sentence) -> Option<Report> {
    const SEAMS_MAX: usize = 12;
    let mut seams = 0;
    for at in 1..sentence.len() {
        let Some(right) = after_seam(sentence, at) else {
            continue;
        };
        seams += 1;
        if seams > SEAMS_MAX {
            break;
        }
        let tokens = &sentence.tokens;
        let first = part(matcher, sentence, &tokens[..at]);
        let best = Parse::new(matcher.lexicon(), &first).best();
        let Some(reading) = best.first() else {
            continue;
        };
        let said = sentence.slice(0, at);
        let rest = sentence.slice(right, sentence.len());
        let place = sentence.place(right, sentence.len());
        if matcher.readable(&part(matcher, sentence, &tokens[right..])) {
            return Some(report(said, rest, place));
        }
        if let Some(subject) = reading.fills.first().filter(|f| f.start == 0) {
            let borrowed = [&tokens[..subject.end], &tokens[right..]].concat();
            if matcher.readable(&part(matcher, sentence, &borrowed)) {
                let rest = format!("{} {rest}", sentence.slice(0, subject.end));
                return Some(report(said, &rest, place));
            }
        }
    }
    None
}

fn report(first: &str, second: &str, place: annals_text::Span) -> Report {
    Report::error("two-sentences", "Two sentences stand on one line")
        .at(place, "the second begins here")
        .help(format!(
            "write two claims, each with its date: `{first}` and `{second}`"
        ))
}

/// The first token of what follows a seam before token `at`; `None` where there is no seam.
fn after_seam(sentence: &Sentence, at: usize) -> Option<usize> {
    let joins = |i: usize| {
        matches!(sentence.kind(i), Some(TokenKind::Comma))
            || sentence.text(i) == ";"
            || ["and", "then", "but", "while"]
                .iter()
                .any(|w| sentence.is_word(i, w))
    };
    let before = sentence.tokens[at - 1].end as usize;
    let here = sentence.tokens[at].start as usize;
    let stop = sentence
        .source
        .get(before..here)
        .is_some_and(|gap| gap.contains(['.', '。']));
    let mut right = at;
    while right < sentence.len() && joins(right) {
        right += 1;
    }
    // Every token of a seam would give the same two sentences.
    let inside = joins(at - 1);
    ((right > at || stop) && !inside && right < sentence.len()).then_some(right)
}
