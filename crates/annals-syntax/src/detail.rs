//! Indented lines: citations, further names, and keys with their values.

use annals_text::{Edit, Report, Span};

use crate::chars::{fold, is_digit, is_space, is_stop, key_words};
use crate::claim::starts_with_words;
use crate::reader::Reader;
use crate::scan::Scan;
use crate::text::{Text, brief};
use crate::tree::{Citation, Detail, DetailKind, Directive, StatementKind};
use crate::{alias, cite, missing};

/// Keys of more than one word; the longest that fits wins. Any other key is its first word.
const LONG_KEYS: [&str; 13] = [
    "is the same as",
    "lasts at least",
    "lasts at most",
    "fades after",
    "because of",
    "survivors of",
    "losses of",
    "needs not",
    "force of",
    "kind of",
    "part of",
    "news of",
    "side of",
];

/// Keys that stand alone.
const FLAGS: [&str; 6] = [
    "symmetric",
    "transitive",
    "timeless",
    "once",
    "unnamed",
    "lasting",
];

/// Keys whose value is running text: a `?` at its end belongs to it unless it stands apart.
const TEXTS: [&str; 6] = ["note", "quote", "meaning", "result", "title", "called"];

/// How the value of a detail is read, by the statement above it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// Clauses of a vocabulary declaration: brackets are optional words of a pattern.
    Vocabulary,
    /// Fields of a source: all of the line is text.
    Source,
    /// Everything else: `?` and citations may end the line.
    Claim,
}

/// Reads an indented line, its comment left out, below a statement of `kind`.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    line: Span,
    marks: &Scan,
    kind: &StatementKind,
) -> Detail {
    let ground = match kind {
        StatementKind::Vocabulary { .. } => Ground::Vocabulary,
        StatementKind::Directive(Directive::Source(_)) => Ground::Source,
        _ => Ground::Claim,
    };
    let broken = Detail {
        span: line,
        kind: DetailKind::Broken,
        doubted: None,
        cites: vec![],
    };
    if let Some(fault) = marks.fault {
        reader.fault(fault, line);
        return broken;
    }
    if is_indented_claim(reader.text, line, marks) {
        indented_claim(reader, line);
        return broken;
    }
    let (body, cites) = match ground {
        Ground::Claim => cite::at_end(reader, line, marks),
        Ground::Vocabulary | Ground::Source => (line, vec![]),
    };
    let inner = |g: &&Span| g.end <= body.end && reader.text.of(**g).contains(['@', '＠']);
    let inner = marks.groups.iter().find(inner).copied();
    if let (Ground::Claim, Some(group)) = (ground, inner) {
        cite::stray(reader, group, line);
        return broken;
    }
    if body.is_empty() {
        return Detail {
            span: line,
            kind: DetailKind::Cites,
            doubted: None,
            cites,
        };
    }
    if ground == Ground::Claim
        && let Some(length) = starts_with_words(reader.text.of(body), "also")
    {
        let names = reader
            .text
            .trim(reader.text.from(body, body.start + length as u32));
        let aliases = alias::list(reader.text, names);
        if aliases.is_empty() {
            empty(reader, line, "also", "also Agni, Yanqi");
            return Detail { cites, ..broken };
        }
        let kind = DetailKind::Also(aliases);
        return Detail {
            cites,
            kind,
            ..broken
        };
    }
    item(reader, line, body, marks, ground, cites)
}

/// A line that begins with a digit and has a colon after its date was meant for column one.
fn is_indented_claim(text: Text<'_>, line: Span, marks: &Scan) -> bool {
    let digit = text.first(line).is_some_and(is_digit);
    digit && !marks.colons.is_empty() && missing::is_dated(text, line)
}

fn indented_claim(reader: &mut Reader<'_>, line: Span) {
    let indent = reader.text.span(reader.margin, line.start);
    let edit = Edit {
        span: indent,
        replacement: String::new(),
    };
    reader.report(
        Report::error("indented-claim", "a claim begins in column one")
            .at(line, "indented, this would be a detail of the line above")
            .fix("write it from column one", vec![edit], true),
    );
}

/// A text without the `?` at its end; with `apart`, only where white space stands before it.
pub(crate) fn without_doubt(text: Text<'_>, body: Span, apart: bool) -> (Span, Option<Span>) {
    let mut body = body;
    let mut seen = body;
    // `figure. ?` and `figure ?.` doubt alike.
    if text.last(seen).is_some_and(is_stop) {
        seen = text.trim_end(text.without_last(seen));
    }
    if text.last(seen).map(fold) != Some('?') {
        return (body, None);
    }
    let rest = text.without_last(seen);
    if apart
        && !text
            .last(rest)
            .is_some_and(|c| is_space(c) || matches!(c, '"' | '”'))
    {
        return (body, None);
    }
    let mark = text.span(rest.end, seen.end);
    body = text.trim_end(rest);
    (body, Some(mark))
}

fn item(
    reader: &mut Reader<'_>,
    line: Span,
    body: Span,
    marks: &Scan,
    ground: Ground,
    cites: Vec<Citation>,
) -> Detail {
    let text = reader.text;
    let key = key_of(text, body);
    let words = key_words(text.of(key));
    let (body, doubted) = match ground {
        Ground::Claim => without_doubt(text, body, TEXTS.contains(&words.as_str())),
        Ground::Vocabulary | Ground::Source => (body, None),
    };
    let known = LONG_KEYS.contains(&words.as_str()) || SHORT_KEYS.contains(&words.as_str());
    let mut body = body;
    if ground == Ground::Claim && known && !TEXTS.contains(&words.as_str()) {
        while text.last(body).is_some_and(is_stop) && body.end > key.end {
            body = text.trim_end(text.without_last(body));
        }
    }
    let rest = text.trim_start(text.from(body, key.end));
    let named = matches!(
        words.as_str(),
        "force of" | "losses of" | "survivors of" | "side of"
    );
    let (of, value) = if named {
        let Some((of, value)) = named_value(reader, line, key, rest, marks) else {
            return Detail {
                span: line,
                kind: DetailKind::Broken,
                doubted,
                cites,
            };
        };
        (Some(of), value)
    } else {
        let colon = text.first(rest).filter(|c| fold(*c) == ':');
        let width = colon.map_or(0, char::len_utf8) as u32;
        (None, text.trim(text.from(rest, rest.start + width)))
    };
    if value.is_empty() && known && !FLAGS.contains(&words.as_str()) {
        empty(reader, line, &words, &format!("{words} …"));
        return Detail {
            span: line,
            kind: DetailKind::Broken,
            doubted,
            cites,
        };
    }
    Detail {
        span: line,
        kind: DetailKind::Item { key, of, value },
        doubted,
        cites,
    }
}

/// One-word keys that say nothing without a value. Others are kept as found: whether they are
/// known is not this room's to say.
const SHORT_KEYS: [&str; 25] = [
    "at", "from", "to", "via", "with", "for", "under", "against", "called", "lasting", "by",
    "side", "result", "quote", "note", "travel", "keeps", "also", "one", "inverse", "needs",
    "begins", "ends", "meaning", "title",
];

/// `force of Tang: 3000 infantry`: the name before the colon and the value after it.
fn named_value(
    reader: &mut Reader<'_>,
    line: Span,
    key: Span,
    rest: Span,
    marks: &Scan,
) -> Option<(Span, Span)> {
    let text = reader.text;
    let colon = marks
        .colons
        .iter()
        .find(|(at, _)| *at >= rest.start && *at < rest.end);
    let Some((colon, width)) = colon else {
        let words = brief(text.of(key));
        let report = Report::error(
            "missing-colon",
            format!("no colon ends the name after `{words}`"),
        );
        let figure = text.of(rest).find(is_digit).filter(|at| *at > 0);
        let report = match figure {
            Some(at) => {
                let at = rest.start + at as u32;
                let name = text.trim_end(text.until(rest, at));
                let edit = Edit {
                    span: text.span(name.end, at),
                    replacement: ": ".to_string(),
                };
                report.at(name, "a colon was expected after this").fix(
                    "end the name with a colon",
                    vec![edit],
                    true,
                )
            }
            None => report
                .at(line, "a name, a colon and a figure were expected")
                .help(format!("write it like `{words} Tang: 3000 infantry`")),
        };
        reader.report(report);
        return None;
    };
    let of = text.trim(text.until(rest, *colon));
    let value = text.trim(text.from(rest, colon + width));
    if of.is_empty() || value.is_empty() {
        let words = brief(text.of(key));
        empty(
            reader,
            line,
            &words,
            &format!("{words} Tang: 3000 infantry"),
        );
        return None;
    }
    Some((of, value))
}

fn empty(reader: &mut Reader<'_>, line: Span, key: &str, example: &str) {
    let key = brief(key);
    reader.report(
        Report::error("empty-detail", format!("`{key}` says nothing"))
            .at(line, "something was expected after it")
            .help(format!("write it like `{example}`")),
    );
}

/// The key a detail begins with.
fn key_of(text: Text<'_>, body: Span) -> Span {
    let words = text.of(body);
    let longest = LONG_KEYS
        .iter()
        .filter_map(|key| starts_with_words(words, key))
        .max()
        .map(|length| text.until(body, body.start + length as u32));
    let first = || {
        let word = text.first_word(body);
        // A line that begins with a colon has no key; its first character stands for one.
        let width = text.first(body).map_or(0, char::len_utf8) as u32;
        if word.is_empty() {
            text.until(body, body.start + width)
        } else {
            word
        }
    };
    longest.unwrap_or_else(first)
}
