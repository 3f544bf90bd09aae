//! Lines that look like claims but have no colon.
//!
//! A declaration begins with a kind's word; a line that begins with a digit or a word of dates is
//! a claim whose colon was forgotten. Where the date seems to end, the report proposes a colon.

use annals_text::{Edit, Report, Span};

use crate::chars::{fold, is_digit, is_space, is_stop, is_unspaced, key_words};
use crate::reader::Reader;
use crate::text::{Text, brief};
use crate::tree::StatementKind;

/// Words a when begins with that no kind is called.
const OPENING: &str = " always undated then before after by in on at during c. c ca. ca circa around about \
    early mid middle late first last from until till throughout between reported \
    \
    since within start beginning end not no the a some several one two three four five six seven eight nine \
    ten ah am bc ad ce bce ordered attempted planned expected refused ";

/// Words a when begins with that a kind might be called too (`spring Baishui`): they date a line
/// only where a number follows.
const NUMBERED: &str = " spring summer autumn fall winter january february march april may june \
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov \
    dec second third ";

/// Further words that stand inside a when.
const INSIDE: &str = " or and to of half quarter century centuries decade day days week weeks month months year \
    years bc ad ce bce ah am earlier later than following same next least most leap th st nd rd \
    that least at ";

/// Whether a line begins as a when does.
pub(crate) fn is_dated(text: Text<'_>, line: Span) -> bool {
    let body = text.of(line);
    let Some(first) = body.split(is_space).next() else {
        return false;
    };
    if first
        .chars()
        .next()
        .is_some_and(|c| is_digit(c) || matches!(fold(c), '#' | '~'))
    {
        return true;
    }
    if is_word_of(OPENING, first) {
        return true;
    }
    if has_han_date(first) {
        return true;
    }
    let following = body[first.len()..]
        .split(is_space)
        .filter(|w| !w.is_empty());
    if is_word_of(NUMBERED, first) {
        return following.take(3).any(|w| w.chars().any(is_digit));
    }
    // `Zhenguan 18.8.22 …`: an era's name and a number; kinds are written small.
    let second = body[first.len()..].trim_start_matches(is_space);
    first.chars().next().is_some_and(char::is_uppercase)
        && second.chars().next().is_some_and(is_digit)
}

/// Reports the missing colon, with a proposal where the date seems to end.
pub(crate) fn report(reader: &mut Reader<'_>, line: Span) -> StatementKind {
    let text = reader.text;
    let said = brief(text.of(line));
    let report = Report::error(
        "missing-colon",
        format!("no colon ends the date of `{said}`"),
    );
    let report = match gap(line, text.of(line)) {
        Some(Gap { from, to }) => {
            let place = text.span(from, to);
            let edit = Edit {
                span: place,
                replacement: ": ".to_string(),
            };
            report
                .at(
                    text.span(line.start, from),
                    "a colon was expected after this",
                )
                .note("a claim is `date: sentence.`")
                .fix("end the date with a colon", vec![edit], true)
        }
        None => report
            .at(line, "a colon and a sentence were expected after the date")
            .help("write it like `644: Tang attacks Karasahr.`"),
    };
    reader.report(report);
    StatementKind::Broken
}

/// The bytes a colon would replace.
struct Gap {
    from: u32,
    to: u32,
}

fn gap(line: Span, body: &str) -> Option<Gap> {
    // `644:3000 men`: the colon is there but reads as a time of day.
    if let Some(at) = time_colon(body) {
        let at = line.start + at as u32;
        return Some(Gap {
            from: at,
            to: at + 1,
        });
    }
    let mut at = 0;
    let mut end = 0;
    let mut first = true;
    for word in body.split_inclusive(is_space) {
        let bare = word.trim_end_matches(is_space);
        if bare.is_empty() {
            at += word.len();
            continue;
        }
        if !first && !dated_word(bare) {
            break;
        }
        if first && has_han_date(bare) {
            return han_gap(line, bare, body.len());
        }
        first = false;
        end = at + bare.len();
        at += word.len();
    }
    let rest = body[end..].trim_start_matches(is_space);
    // A mark of another kind in the colon's place is replaced: `644 - Tang attacks`, `644; …`.
    let kept = body[..end].trim_end_matches([';', ',', '-', '–', '—', '.', '=', '|']);
    let rest = rest.trim_start_matches([';', ',', '-', '–', '—', '=', '|']);
    let rest = rest.trim_start_matches(is_space);
    if rest.is_empty() || kept.trim().is_empty() {
        return None;
    }
    let kept = kept.trim_end_matches(is_space);
    let to = body.len() - rest.len();
    Some(Gap {
        from: line.start + kept.len() as u32,
        to: line.start + to as u32,
    })
}

fn dated_word(word: &str) -> bool {
    word.chars().any(is_digit)
        || word.starts_with('#')
        || word.starts_with('(') && word.ends_with(')')
        || word
            .chars()
            .all(|c| matches!(c, '-' | '–' | '—' | ',' | ';' | '?'))
        || is_word_of(OPENING, word)
        || is_word_of(NUMBERED, word)
        || is_word_of(INSIDE, word)
}

fn is_word_of(list: &str, word: &str) -> bool {
    if word.len() > 16 {
        return false;
    }
    let word = key_words(word.trim_end_matches([',', ';']));
    !word.is_empty() && (list.contains(&format!(" {word} ")))
}

/// A word of Han text that holds a year, month or day.
fn has_han_date(word: &str) -> bool {
    let mut before: Option<char> = None;
    for c in word.chars().take(24) {
        let counted =
            before.is_some_and(|b| is_digit(b) || "一二三四五六七八九十元正廿卅百〇零".contains(b));
        if counted && matches!(c, '年' | '月' | '日') {
            return true;
        }
        before = Some(c);
    }
    false
}

/// In Han text the date ends after the last year, month or day that a number stands before.
fn han_gap(line: Span, word: &str, length: usize) -> Option<Gap> {
    let mut end = 0;
    for (i, c) in word.char_indices().take(24) {
        if matches!(c, '年' | '月' | '日') {
            end = i + c.len_utf8();
        }
    }
    let rest = word[end..].trim_start_matches([',', '，', '、']);
    let from = line.start + end as u32;
    let to = line.start + (word.len() - rest.len()) as u32;
    let more = rest
        .chars()
        .next()
        .is_some_and(|c| is_unspaced(c) || !is_stop(c));
    (more || word.len() < length).then_some(Gap { from, to })
}

/// Where a colon between digits stands in the first word, if any.
fn time_colon(body: &str) -> Option<usize> {
    let word = body.split(is_space).next()?;
    let at = word.find(':')?;
    let year = word[..at].chars().all(|c| c.is_ascii_digit() || c == '-');
    year.then_some(at)
}
