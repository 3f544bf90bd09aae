//! A claim line: `when: mode: sentence. #label [@citation]`, and `#label:` alone.

use annals_text::{Edit, Report, Span};

use crate::chars::{fold, is_letter, is_space, is_stop, key_words};
use crate::cite;
use crate::reader::Reader;
use crate::scan::Scan;
use crate::text::{Text, brief};
use crate::tree::{ClaimLine, ModeWord, StatementKind};

const MODES: [(&str, ModeWord); 7] = [
    ("not", ModeWord::Not),
    ("unknown whether", ModeWord::UnknownWhether),
    ("attempted", ModeWord::Attempted),
    ("planned", ModeWord::Planned),
    ("ordered", ModeWord::Ordered),
    ("expected", ModeWord::Expected),
    ("refused", ModeWord::Refused),
];

/// Reads a line whose when ends at `colon`.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    line: Span,
    colon: u32,
    width: u32,
    marks: &Scan,
) -> StatementKind {
    let text = reader.text;
    let when = text.trim(text.until(line, colon));
    let rest = text.trim(text.from(line, colon + width));
    if let [label, ..] = marks.labels.as_slice()
        && *label == when
        && rest.is_empty()
    {
        return StatementKind::More { label: when };
    }
    if when.is_empty() {
        let edit = Edit {
            span: when,
            replacement: "undated".to_string(),
        };
        reader.report(
            Report::error("empty-when", "no date stands before the colon")
                .at(
                    text.span(colon, colon + width),
                    "a date was expected before it",
                )
                .fix("write `undated` if no source dates it", vec![edit], false),
        );
        return StatementKind::Broken;
    }
    let only_mode = is_mode(text.of(when));
    if only_mode {
        let start = text.span(when.start, when.start);
        let edit = Edit {
            span: start,
            replacement: "undated: ".to_string(),
        };
        let said = brief(text.of(when));
        reader.report(
            Report::error("empty-when", format!("no date stands before `{said}:`"))
                .at(when, "a mode follows the date and its colon")
                .help("write it like `648: not: Tang attacks Karasahr.`")
                .fix("write `undated` if no source dates it", vec![edit], false),
        );
        return StatementKind::Broken;
    }
    match body(reader, when, rest, marks) {
        Some(claim) => StatementKind::Claim(claim),
        None => StatementKind::Broken,
    }
}

/// Whether a text is the words of a mode and nothing else.
fn is_mode(text: &str) -> bool {
    // No mode begins with a digit, which most dates do.
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let words = key_words(text);
    MODES.iter().any(|(mode, _)| words == *mode)
}

/// Reads all that follows the colon; nothing where a report says why it cannot be read.
pub(crate) fn body(
    reader: &mut Reader<'_>,
    when: Span,
    rest: Span,
    marks: &Scan,
) -> Option<ClaimLine> {
    let text = reader.text;
    let (mode, said) = match mode_of(text, rest) {
        Some((mode, span, after)) => (Some((mode, span)), text.trim(text.from(rest, after))),
        None => (None, rest),
    };
    let tail = tail(text, said, marks);
    let mut well = label_trouble(reader, said, &tail, marks);
    well &= mode_trouble(reader, mode.is_some(), tail.sentence, marks);
    let inner = marks
        .groups
        .iter()
        .find(|g| g.start >= said.start && g.end <= tail.sentence.end);
    if let Some(group) = inner {
        cite::stray(reader, *group, said);
        well = false;
    }
    if tail.sentence.is_empty() {
        let place = if said.is_empty() { when } else { said };
        reader.report(
            Report::error("empty-sentence", "this claim says nothing")
                .at(place, "a sentence was expected after the colon")
                .help(
                    "citations and details of a labelled event stand on indented lines below \
                     `#label:`",
                ),
        );
        well = false;
    }
    let mut cites = Vec::new();
    for group in tail.groups.iter().rev() {
        let found = cite::in_brackets(reader, *group);
        match cites.is_empty() {
            true => cites = found,
            false => cites.extend(found),
        }
    }
    cites.shrink_to_fit();
    well.then_some(ClaimLine {
        when,
        mode,
        sentence: tail.sentence,
        doubted: tail.doubted,
        label: tail.labels.first().copied(),
        cites,
    })
}

/// What stands at the end of a sentence, in any order: stops, a doubt, labels, citations.
struct Tail {
    sentence: Span,
    doubted: Option<Span>,
    /// Labels, the last written first.
    labels: Vec<Span>,
    /// Brackets, the last written first.
    groups: Vec<Span>,
}

fn tail(text: Text<'_>, said: Span, marks: &Scan) -> Tail {
    let mut tail = Tail {
        sentence: said,
        doubted: None,
        labels: vec![],
        groups: vec![],
    };
    let mut groups = marks
        .groups
        .iter()
        .rev()
        .skip_while(|g| g.end > said.end)
        .peekable();
    let mut labels = marks
        .labels
        .iter()
        .rev()
        .skip_while(|l| l.end > said.end)
        .peekable();
    while let Some(last) = text.last(tail.sentence) {
        let end = tail.sentence.end;
        if let Some(group) = groups.next_if(|g| g.end == end && g.start >= said.start) {
            tail.sentence.end = group.start;
            tail.groups.push(*group);
        } else if let Some(label) = labels.next_if(|l| l.end == end && l.start >= said.start) {
            tail.sentence.end = label.start;
            tail.labels.push(*label);
        } else if is_stop(last) {
            tail.sentence = text.without_last(tail.sentence);
        } else if fold(last) == '?' && tail.doubted.is_none() {
            let rest = text.without_last(tail.sentence);
            tail.doubted = Some(text.span(rest.end, tail.sentence.end));
            tail.sentence = rest;
        } else {
            break;
        }
        tail.sentence = text.trim_end(tail.sentence);
    }
    tail
}

/// Reports labels that cannot stand: two of them, or one inside the sentence.
fn label_trouble(reader: &mut Reader<'_>, said: Span, tail: &Tail, marks: &Scan) -> bool {
    let text = reader.text;
    if let [second, .., first] = tail.labels.as_slice() {
        reader.report(
            Report::error("two-labels", "a claim has one label")
                .also(*first, "the first label")
                .at(*second, "a further label")
                .help("say the same event under one label everywhere")
                .fix(
                    "keep the first",
                    vec![Edit {
                        span: *second,
                        replacement: String::new(),
                    }],
                    false,
                ),
        );
        return false;
    }
    let inside = |l: &&Span| l.start >= said.start && l.end <= tail.sentence.end;
    let Some(label) = marks.labels.iter().find(inside) else {
        return true;
    };
    let name = text.of(*label);
    let brief_name = brief(name);
    if let Some(last) = tail.labels.first() {
        reader.report(
            Report::error("two-labels", "a claim has one label")
                .also(*label, "the first label")
                .at(*last, "a further label"),
        );
        return false;
    }
    let edits = vec![
        Edit {
            span: text.with_blank(*label, said),
            replacement: String::new(),
        },
        Edit {
            span: text.span(said.end, said.end),
            replacement: format!(" {name}"),
        },
    ];
    reader.report(
        Report::error(
            "stray-label",
            format!("the label `{brief_name}` stands inside the sentence"),
        )
        .at(*label, "a label stands after the sentence")
        .fix("move it to the end", edits, true)
        .help("put a name that holds `#` in quotes"),
    );
    false
}

/// Reports a second mode, or a word before a colon that is none.
fn mode_trouble(reader: &mut Reader<'_>, has_mode: bool, sentence: Span, marks: &Scan) -> bool {
    let text = reader.text;
    if has_mode && let Some((_, span, _)) = mode_of(text, sentence) {
        reader.report(Report::error("two-modes", "a claim has one mode").at(span, "a second mode"));
        return false;
    }
    let colon = marks
        .colons
        .iter()
        .find(|(at, _)| *at >= sentence.start && *at < sentence.end);
    let Some((colon, width)) = colon else {
        return true;
    };
    let word = text.trim(text.until(sentence, *colon));
    let said = text.of(word);
    if said.is_empty() || !said.chars().all(|c| is_letter(c) || c == '-') {
        return true;
    }
    let said = brief(said);
    reader.report(
        Report::error("unknown-mode", format!("`{said}:` is not a mode"))
            .at(text.span(word.start, colon + width), "a sentence was expected here")
            .note("the modes are `not:`, `unknown whether`, `attempted:`, `planned:`, `ordered:`, `expected:` and `refused:`"),
    );
    false
}

/// The mode a text begins with, where it is written, and where what follows begins.
fn mode_of(text: Text<'_>, said: Span) -> Option<(ModeWord, Span, u32)> {
    // A mode is short: looking at its first characters only keeps long lines cheap.
    let head: &str = text.of(said);
    for (words, mode) in MODES {
        let Some(length) = starts_with_words(head, words) else {
            continue;
        };
        let end = said.start + length as u32;
        let after = text.trim_start(text.from(said, end));
        let colon = text.first(after).filter(|c| fold(*c) == ':');
        if let Some(colon) = colon {
            let end = after.start + colon.len_utf8() as u32;
            return Some((mode, text.span(said.start, end), end));
        }
        let apart = after.start > end || after.is_empty();
        if mode == ModeWord::UnknownWhether && apart {
            return Some((mode, text.span(said.start, end), end));
        }
    }
    None
}

/// Bytes of `words` at the start of a text, compared without case and width of spaces; they end
/// where a word ends.
pub(crate) fn starts_with_words(text: &str, words: &str) -> Option<usize> {
    let mut at = 0;
    for (i, word) in words.split(' ').enumerate() {
        let rest = &text[at..];
        let trimmed = rest.trim_start_matches(is_space);
        if i > 0 && trimmed.len() == rest.len() {
            return None;
        }
        let trimmed = if i == 0 { rest } else { trimmed };
        at = text.len() - trimmed.len();
        let mut end = at;
        let mut chars = trimmed.chars();
        for wanted in word.chars() {
            let c = chars.next()?;
            if fold(c).to_ascii_lowercase() != wanted {
                return None;
            }
            end += c.len_utf8();
        }
        at = end;
    }
    let ends = text[at..]
        .chars()
        .next()
        .is_none_or(|c| !is_letter(c) && c != '-' && c != '_');
    ends.then_some(at)
}
