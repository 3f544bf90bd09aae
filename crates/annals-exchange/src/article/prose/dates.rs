//! Dates in running text, kept as the conditions they are.
//!
//! What comes in: tokens. What goes out: a condition as a chronicle writes it. `three days later`
//! stays relative; a day without a year takes the year of the text before it and says so; a
//! number that counts something is never a year.

use super::bends;
use annals_calendar::{Settings, read_amount, read_prefix};

use crate::article::lexicon::Lexicon;
use crate::article::tokens::{Kind, Token};

/// A date phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateRef {
    /// A condition by itself: `in 644`. The second says where its year is from, if not from it.
    Absolute(String, Option<String>),
    /// A distance from what was told before: `3 days after`.
    Later(String),
    /// A distance from what follows: `three days after Guo's departure`.
    From(String),
    /// `in the same year`, where no year was told.
    Unknown,
}

/// The date that begins at a token, and the token after it.
pub fn date_at(
    text: &str,
    tokens: &[Token],
    at: usize,
    lexicon: &Lexicon,
    year: Option<&str>,
) -> Option<(DateRef, usize)> {
    let token = &tokens[at];
    if let Some(found) = same_year(tokens, at, year) {
        return Some(found);
    }
    if let Some(found) = distance(text, tokens, at) {
        return Some(found);
    }
    let is_month = |t: &Token| lexicon.is("month", &t.lower) && t.is_capital();
    if let Some(found) = bends::spread(tokens, at, &is_month) {
        return Some(bends::bent(tokens, found));
    }
    if let Some((side, from)) = bends::opened(tokens, at)
        && let Some((DateRef::Absolute(words, note), next)) = whole(text, tokens, from, lexicon)
    {
        return Some((DateRef::Absolute(format!("{side} {words}"), note), next));
    }
    let opener = matches!(
        &*token.lower,
        "in" | "on"
            | "by"
            | "before"
            | "after"
            | "from"
            | "between"
            | "since"
            | "until"
            | "till"
            | "during"
            | "throughout"
            | "about"
            | "around"
            | "circa"
            | "c"
            | "ca"
            | "early"
            | "late"
            | "mid"
            | "at"
            | "the"
            | "as"
            | "spring"
            | "summer"
            | "autumn"
            | "winter"
            | "of"
    );
    let month = lexicon.is("month", &token.lower) && token.is_capital();
    let number = token.kind == Kind::Number
        && tokens
            .get(at + 1)
            .is_some_and(|t| lexicon.is("month", &t.lower) && t.is_capital());
    if !opener && !month && !number {
        return None;
    }
    if let Some(found) = whole(text, tokens, at, lexicon) {
        return Some(bends::bent(tokens, several(tokens, at, found, lexicon)));
    }
    without_year(text, tokens, at, lexicon, year)
}

/// A phrase that the calendar reads as it stands.
fn whole(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<(DateRef, usize)> {
    let mut from = at;
    let opener = tokens[at].lower.as_str();
    if matches!(opener, "of" | "as") {
        return None;
    }
    let vague = matches!(opener, "about" | "around" | "circa");
    if vague {
        from += 1;
    }
    let rest = text.get(tokens.get(from)?.range.start..)?;
    let settings = Settings::default();
    let (reading, used) = read_prefix(rest, &settings)?;
    let words = rest.get(..used)?.trim();
    let end = tokens[from].range.start + used;
    let next = tokens
        .iter()
        .position(|t| t.range.start >= end)
        .unwrap_or(tokens.len());
    let numbers: Vec<&Token> = tokens[from..next]
        .iter()
        .filter(|t| t.text.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    if numbers.is_empty() || numbers.iter().any(|t| t.text.contains(',')) {
        return None;
    }
    let _ = reading;
    let last = &tokens[next - 1];
    // `about 300 Lombards`: as many, and no year.
    let people = |t: &Token| t.is_capital() && t.lower.ends_with('s') && !t.lower.ends_with("us");
    if vague && last.kind == Kind::Number && tokens.get(next).is_some_and(people) {
        return None;
    }
    if last.kind == Kind::Number && counts(tokens, next, lexicon) {
        return None;
    }
    // `at 644` and a bare `the 644` are no dates; `the 790s` after a preposition is read with it.
    if matches!(opener, "at") {
        return None;
    }
    let spoken = if vague {
        format!("c. {words}")
    } else {
        plain(words)
    };
    Some((DateRef::Absolute(spoken, None), next))
}

/// `in 183, 182 or 181 BC`: a year that a list goes on from is not read alone, for its era and the
/// choice stand at the end of the list.
fn several(
    tokens: &[Token],
    at: usize,
    (date, next): (DateRef, usize),
    lexicon: &Lexicon,
) -> (DateRef, usize) {
    let year = |i: usize| {
        tokens.get(i).filter(|t| {
            t.kind == Kind::Number
                && t.text.len() <= 4
                && t.text.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let comma = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Kind::Comma);
    let Some(first) = next.checked_sub(1).and_then(year) else {
        return (date, next);
    };
    let mut years = vec![first.text.as_str()];
    let (mut end, mut choice) = (next, None);
    while choice.is_none() {
        let past = end + usize::from(comma(end));
        let joint = tokens.get(past).filter(|t| t.is("or") || t.is("and"));
        let place = past + usize::from(joint.is_some());
        let Some(further) = year(place).filter(|_| place > end) else {
            break;
        };
        years.push(further.text.as_str());
        choice = joint.map(|t| t.is("or"));
        end = place + 1;
    }
    let era = tokens
        .get(end)
        .filter(|t| matches!(&*t.text, "BC" | "BCE" | "AD" | "CE"));
    // `in 218, 300 men`: what counts something is no year, nor is what stands alone behind a comma.
    if years.len() < 2 || era.is_none() && (choice.is_none() || counts(tokens, end, lexicon)) {
        return (date, next);
    }
    let end = end + usize::from(era.is_some());
    let lone = next - at == 2 && tokens[at].is("in");
    if choice != Some(true) || !lone {
        return (DateRef::Unknown, end);
    }
    let era = era.map_or(String::new(), |t| format!(" {}", t.text));
    let years: Vec<String> = years.iter().map(|y| format!("{y}{era}")).collect();
    (DateRef::Absolute(years.join(" or "), None), end)
}

/// The words of a date as a chronicle has them.
fn plain(words: &str) -> String {
    let words = words.trim().trim_end_matches(['.', ',', ';']);
    let mut words = words.to_owned();
    for opener in ["In ", "On ", "in ", "on "] {
        if let Some(rest) = words.strip_prefix(opener) {
            // `in 644` is `644`; `in the 790s` keeps its words.
            let season = ["the spring", "the summer", "the autumn", "the winter"]
                .iter()
                .any(|s| rest.starts_with(s));
            let rest = if season { &rest["the ".len()..] } else { rest };
            let kept = if rest.starts_with("the ") || rest.starts_with("The ") {
                format!("in {rest}")
            } else {
                rest.to_owned()
            };
            words = kept;
            break;
        }
    }
    if let Some(rest) = words
        .strip_prefix("about ")
        .or(words.strip_prefix("around "))
    {
        words = format!("c. {rest}");
    }
    let mut chars = words.chars();
    let opens = [
        "Before",
        "After",
        "From",
        "Between",
        "Since",
        "Until",
        "By",
        "Early",
        "Late",
        "During",
        "Throughout",
    ];
    if opens.iter().any(|o| words.starts_with(o))
        && let Some(first) = chars.next()
    {
        return first.to_lowercase().chain(chars).collect();
    }
    words
}

/// Whether what follows a number is what it counts.
fn counts(tokens: &[Token], next: usize, lexicon: &Lexicon) -> bool {
    let Some(token) = tokens.get(next) else {
        return false;
    };
    let word = token.lower.as_str();
    token.kind == Kind::Word
        && !token.is_capital()
        && !lexicon.is_any(
            &[
                "article",
                "own-he",
                "own-she",
                "own-it",
                "own-they",
                "he",
                "she",
                "it",
                "they",
                "relative",
                "conjunction",
                "preposition",
                "before",
                "after",
                "while",
                "because",
                "be",
                "have",
                "do",
                "modal",
                "not",
                "adverb",
            ],
            word,
        )
        && lexicon
            .forms(word)
            .iter()
            .all(|(f, _)| !matches!(f, crate::article::lexicon::Form::Past))
        && !word.ends_with("ed")
}

/// `25 September`, `in December of the same year`: the year is that of the text before.
fn without_year(
    text: &str,
    tokens: &[Token],
    at: usize,
    lexicon: &Lexicon,
    year: Option<&str>,
) -> Option<(DateRef, usize)> {
    let mut from = at;
    if matches!(&*tokens[at].lower, "in" | "on" | "by" | "early" | "late") {
        from += 1;
    }
    let mut words = Vec::new();
    let mut next = from;
    let day = |t: &Token| t.kind == Kind::Number && t.text.len() <= 2;
    let is_month = |t: &Token| lexicon.is("month", &t.lower) && t.is_capital();
    if tokens.get(next).is_some_and(day) && tokens.get(next + 1).is_some_and(is_month) {
        words = vec![tokens[next].text.clone(), tokens[next + 1].text.clone()];
        next += 2;
    } else if tokens.get(next).is_some_and(is_month) {
        words.push(tokens[next].text.clone());
        next += 1;
        if tokens.get(next).is_some_and(day) {
            words.insert(0, tokens[next].text.clone());
            next += 1;
        }
    }
    if words.is_empty() || from == at && words.len() < 2 {
        // `may` alone is no month.
        return None;
    }
    if let Some(found) = across_brackets(text, tokens, &words, next) {
        return Some((found, next + 1));
    }
    let same = ["of", "the", "same", "year"];
    if same
        .iter()
        .enumerate()
        .all(|(i, w)| tokens.get(next + i).is_some_and(|t| t.is(w)))
    {
        next += same.len();
    } else if tokens.get(next).is_some_and(|t| t.is("that"))
        && tokens.get(next + 1).is_some_and(|t| t.is("year"))
    {
        next += 2;
    }
    let Some(year) = year else {
        return Some((DateRef::Unknown, next));
    };
    let words = format!("{} {year}", words.join(" "));
    let side = match &*tokens[at].lower {
        "by" => "by ",
        "early" => "early ",
        "late" => "late ",
        _ => "",
    };
    let note = format!("the year {year} is that of the text before");
    Some((
        DateRef::Absolute(format!("{side}{words}"), Some(note)),
        next,
    ))
}

/// `17 March [O.S. 4 March] 1907`: the year stands behind a remark. The old style in the brackets leaves
/// the day before it as it is; any other remark may say that it is another.
fn across_brackets(text: &str, tokens: &[Token], words: &[String], next: usize) -> Option<DateRef> {
    let year = tokens.get(next).filter(|t| {
        t.kind == Kind::Number
            && (3..=4).contains(&t.text.len())
            && t.text.bytes().all(|b| b.is_ascii_digit())
    })?;
    let last = tokens.get(next.checked_sub(1)?)?;
    let between = text.get(last.range.end..year.range.start)?.trim_start();
    let remark = between.strip_prefix(['[', '('])?;
    Some(
        match ["O.S.", "O. S.", "OS "]
            .iter()
            .any(|s| remark.starts_with(s))
        {
            true => DateRef::Absolute(format!("{} {}", words.join(" "), year.text), None),
            false => DateRef::Unknown,
        },
    )
}

/// `in the same year`, `that year`, `later in the same year`.
fn same_year(tokens: &[Token], at: usize, year: Option<&str>) -> Option<(DateRef, usize)> {
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.is(word));
    // `the following year` is counted from what was told before, and not to the day.
    let other = at
        + usize::from(matches!(
            &*tokens[at].lower,
            "in" | "during" | "early" | "late"
        ));
    let counted = ["following", "next", "previous", "preceding"];
    let span = [
        "year", "month", "day", "week", "spring", "summer", "autumn", "winter",
    ];
    if is(other, "the")
        && counted.iter().any(|w| is(other + 1, w))
        && span.iter().any(|w| is(other + 2, w))
    {
        return Some((DateRef::Unknown, other + 3));
    }
    let next = if is(at, "in") && is(at + 1, "the") && is(at + 2, "same") && is(at + 3, "year") {
        at + 4
    } else if is(at + 2, "year")
        && (is(at, "in") && is(at + 1, "that") || is(at, "the") && is(at + 1, "same"))
    {
        at + 3
    } else {
        return None;
    };
    let date = match year {
        Some(year) => DateRef::Absolute(
            year.to_owned(),
            Some(format!("the year {year} is that of the text before")),
        ),
        None => DateRef::Unknown,
    };
    Some((date, next))
}

/// `three days later`, `three days after`.
fn distance(text: &str, tokens: &[Token], at: usize) -> Option<(DateRef, usize)> {
    let token = &tokens[at];
    let starts = token.kind == Kind::Number || annals_calendar::read_number(&token.lower).is_some();
    if !starts {
        return None;
    }
    let last = (at + 1..(at + 5).min(tokens.len())).find(|i| {
        matches!(
            &*tokens[*i].lower,
            "later" | "after" | "afterwards" | "before" | "earlier"
        )
    })?;
    let words = text
        .get(token.range.start..tokens[last - 1].range.end)?
        .to_lowercase();
    read_amount(&words)?;
    let (number, used) = annals_calendar::read_number(&words)?;
    let amount = format!("{number}{}", words.get(used..)?);
    match &*tokens[last].lower {
        "later" | "afterwards" => Some((DateRef::Later(format!("{amount} after")), last + 1)),
        "after" => Some((DateRef::From(format!("{amount} after")), last + 1)),
        "before" => Some((DateRef::From(format!("{amount} before")), last + 1)),
        _ => None,
    }
}

/// The last year that a date names: a plain number of three or four digits, with its era.
pub fn year_of(words: &str) -> Option<String> {
    let parts: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    let at = parts
        .iter()
        .rposition(|p| (3..=4).contains(&p.len()) && p.chars().all(|c| c.is_ascii_digit()))?;
    let era = parts
        .get(at + 1)
        .filter(|e| matches!(**e, "BC" | "BCE" | "AD" | "CE"));
    Some(match era {
        Some(era) => format!("{} {era}", parts[at]),
        None => parts[at].to_owned(),
    })
}

/// Whether a date names one year or less, so that it can lend its year to the next.
pub fn single_year(words: &str) -> bool {
    let years = words
        .split(|c: char| !c.is_ascii_digit())
        .filter(|p| p.len() >= 3)
        .count();
    years == 1
        && !["between", "from", "until", "before", "after", "since", "c."]
            .iter()
            .any(|w| words.starts_with(w))
        && !words.contains("0s")
}
