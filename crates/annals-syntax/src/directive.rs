//! Lines that begin with a reserved word.

use annals_text::{Edit, Report, Span};

use crate::chars::{closer_of, fold, is_digit, is_space, is_stop, key_words};
use crate::cite::{self, plain_key};
use crate::claim::starts_with_words;
use crate::detail::without_doubt;
use crate::missing;
use crate::reader::Reader;
use crate::scan::Scan;
use crate::text::brief;
use crate::tree::{Citation, Directive, StatementKind};

/// Whether a word in column one opens a directive. `from` is not among them: a when may begin
/// with it.
pub(crate) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "chronicle"
            | "calendar"
            | "covers"
            | "bibliography"
            | "include"
            | "prefer"
            | "source"
            | "draft"
            | "road"
            | "unit"
            | "mover"
            | "section"
    )
}

/// Reads the line of a reserved word; `after` is what follows the word.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    line: Span,
    (word, after): (&str, Span),
    marks: &Scan,
) -> StatementKind {
    let rest = without_colon(reader, line, after);
    let directive = match word {
        "chronicle" => string(reader, line, rest, "chronicle \"Title\"").map(Directive::Chronicle),
        "bibliography" => {
            string(reader, line, rest, "bibliography \"sources.bib\"").map(Directive::Bibliography)
        }
        "include" => {
            string(reader, line, rest, "include \"places.annals\"").map(Directive::Include)
        }
        "calendar" => words(reader, line, rest, "calendar julian").map(Directive::Calendar),
        "covers" => words(reader, line, rest, "covers 600 to 800").map(Directive::Covers),
        "road" => road(reader, line, rest, marks),
        "unit" => words(reader, line, rest, "unit li").map(Directive::Unit),
        "mover" => words(reader, line, rest, "mover horse").map(Directive::Mover),
        "draft" => draft(reader, rest),
        "prefer" => prefer(reader, line, rest),
        "source" => source(reader, line, rest),
        _ => section(reader, line, rest),
    };
    directive.map_or(StatementKind::Broken, StatementKind::Directive)
}

/// `from @key`; nothing where the line is a claim that begins with `from`.
pub(crate) fn from(reader: &mut Reader<'_>, after: Span, marks: &Scan) -> Option<StatementKind> {
    let text = reader.text;
    let first = text.first(after).map(fold);
    if matches!(first, Some('@' | '[')) {
        return Some(match one_source(reader, after) {
            Some(cite) => StatementKind::Directive(Directive::From(cite)),
            None => StatementKind::Broken,
        });
    }
    let key = text.of(after);
    let bare = marks.colons.is_empty() && !key.is_empty() && plain_key(key) == key.len();
    if !bare || key.chars().next().is_some_and(is_digit) {
        return None;
    }
    let edit = Edit {
        span: text.span(after.start, after.start),
        replacement: "@".to_string(),
    };
    reader.report(
        Report::error("bad-directive", "a source is named with `@`")
            .at(after, "its `@` is missing")
            .fix("name it with `@`", vec![edit], true),
    );
    Some(StatementKind::Broken)
}

/// The one citation of a `from`; nothing where a report says what is wrong with it.
fn one_source(reader: &mut Reader<'_>, rest: Span) -> Option<Citation> {
    let text = reader.text;
    let before = reader.reports.len();
    let first = text.first(rest).map(fold);
    let bracketed = first == Some('[') && text.last(rest).map(fold) == Some(']');
    let cites = if bracketed {
        cite::in_brackets(reader, rest)
    } else {
        cite::list(reader, rest)
    };
    if reader.reports.len() > before {
        return None;
    }
    let mut keyed = cites.into_iter().filter(|c| c.key.is_some());
    let (first, second) = (keyed.next(), keyed.next());
    let colon = |c: &Citation| c.locator.and_then(|l| text.first(l)).map(fold) == Some(':');
    if let (Some(cite), None) = (&first, &second)
        && !colon(cite)
    {
        return first;
    }
    let headline = if first.is_some() {
        "`from` names one source"
    } else {
        "`from` names no source"
    };
    bad(
        reader,
        rest,
        headline.to_string(),
        "one key was expected",
        "from @zztj",
    );
    None
}

/// Drops a colon right after the reserved word, which people put there by habit.
pub(crate) fn without_colon(reader: &mut Reader<'_>, line: Span, after: Span) -> Span {
    let text = reader.text;
    let Some(colon) = text.first(after).filter(|c| fold(*c) == ':') else {
        return after;
    };
    let word = brief(text.of(text.trim(text.until(line, after.start))));
    let colon = text.span(after.start, after.start + colon.len_utf8() as u32);
    let edit = Edit {
        span: colon,
        replacement: String::new(),
    };
    reader.report(
        Report::error("bad-directive", format!("`{word}` takes no colon"))
            .at(colon, "a colon would make this line a claim")
            .fix("remove it", vec![edit], true),
    );
    text.trim_start(text.from(after, colon.end))
}

fn bad(reader: &mut Reader<'_>, place: Span, headline: String, said: &str, example: &str) {
    reader.report(
        Report::error("bad-directive", headline)
            .at(place, said)
            .help(format!("write it like `{example}`")),
    );
}

fn word_of<'a>(reader: &Reader<'a>, line: Span) -> &'a str {
    reader.text.of(reader.text.first_word(line))
}

fn words(reader: &mut Reader<'_>, line: Span, rest: Span, example: &str) -> Option<Span> {
    if rest.is_empty() {
        let word = word_of(reader, line);
        bad(
            reader,
            line,
            format!("`{word}` says nothing"),
            "something was expected",
            example,
        );
        return None;
    }
    Some(rest)
}

/// What stands between quotes, or all of it where there are none.
fn string(reader: &mut Reader<'_>, line: Span, rest: Span, example: &str) -> Option<Span> {
    let rest = words(reader, line, rest, example)?;
    let Some((inner, after)) = quoted(reader, rest) else {
        return Some(rest);
    };
    let word = word_of(reader, line);
    if !after.is_empty() {
        bad(
            reader,
            after,
            format!("`{word}` takes one text in quotes"),
            "and nothing more",
            example,
        );
        return None;
    }
    if inner.is_empty() {
        bad(
            reader,
            rest,
            format!("`{word}` says nothing"),
            "these quotes are empty",
            example,
        );
        return None;
    }
    Some(inner)
}

/// The text between the quotes a span begins with, and what follows them.
fn quoted(reader: &Reader<'_>, rest: Span) -> Option<(Span, Span)> {
    let text = reader.text;
    let open = text.first(rest)?;
    let closes = closer_of(open)?;
    let start = rest.start + open.len_utf8() as u32;
    let inner = text.of(text.from(rest, start));
    let length = inner.find(closes)? as u32;
    let close = inner[length as usize..]
        .chars()
        .next()
        .map_or(0, char::len_utf8) as u32;
    let inner = text.span(start, start + length);
    Some((inner, text.trim(text.from(rest, inner.end + close))))
}

/// `road A to B ? [@xts]`: which words name the two places is not this room's to say.
fn road(reader: &mut Reader<'_>, line: Span, rest: Span, marks: &Scan) -> Option<Directive> {
    let (body, cites) = cite::at_end(reader, rest, marks);
    let (mut body, doubted) = without_doubt(reader.text, body, false);
    while reader.text.last(body).is_some_and(is_stop) {
        body = reader.text.trim_end(reader.text.without_last(body));
    }
    let ends = words(reader, line, body, "road Gaochang to Karasahr")?;
    Some(Directive::Road {
        ends,
        doubted,
        cites,
    })
}

fn draft(reader: &mut Reader<'_>, rest: Span) -> Option<Directive> {
    if rest.is_empty() {
        return Some(Directive::Draft);
    }
    let headline = "`draft` stands alone on its line".to_string();
    bad(
        reader,
        rest,
        headline,
        "it makes every claim of this file a draft",
        "draft",
    );
    None
}

fn prefer(reader: &mut Reader<'_>, line: Span, rest: Span) -> Option<Directive> {
    let text = reader.text;
    let pair = cite::next_key(reader, rest).and_then(|(at, better, after)| {
        let tail = text.span(after, rest.end);
        let (next_at, worse, end) = cite::next_key(reader, tail)?;
        let before = text.trim(text.span(rest.start, at));
        let between = text.trim(text.span(after, next_at));
        let left = text.trim(text.span(end, rest.end));
        let over = key_words(text.of(between)) == "over";
        (before.is_empty() && over && left.is_empty()).then_some((better, worse))
    });
    let Some((better, worse)) = pair else {
        let headline = "`prefer` sets one source over one other".to_string();
        let said = "two keys with `over` between them were expected";
        let place = if rest.is_empty() { line } else { rest };
        bad(reader, place, headline, said, "prefer @zztj over @xts");
        return None;
    };
    Some(Directive::Prefer { better, worse })
}

fn source(reader: &mut Reader<'_>, line: Span, rest: Span) -> Option<Directive> {
    const EXAMPLE: &str = "source zztj";
    let text = reader.text;
    let rest = words(reader, line, rest, EXAMPLE)?;
    let keyed = cite::next_key(reader, rest).filter(|(at, _, _)| *at == rest.start);
    let (key, end) = match keyed {
        Some((_, key, end)) => (key, end),
        None => {
            let end = rest.start + plain_key(text.of(rest)) as u32;
            (text.span(rest.start, end), end)
        }
    };
    let left = text.trim(text.from(rest, end));
    if key.is_empty() || !left.is_empty() {
        let place = if key.is_empty() { rest } else { left };
        let headline = "`source` takes one key".to_string();
        let said = "its title, author and the like stand on indented lines below";
        bad(reader, place, headline, said, EXAMPLE);
        return None;
    }
    Some(Directive::Source(key))
}

fn section(reader: &mut Reader<'_>, line: Span, rest: Span) -> Option<Directive> {
    const EXAMPLE: &str = "section \"644 campaign\" within 644 from @wp";
    let text = reader.text;
    let Some((title, after)) = quoted(reader, rest) else {
        let headline = "`section` takes its title in quotes".to_string();
        let place = if rest.is_empty() { line } else { rest };
        bad(
            reader,
            place,
            headline,
            "a title in quotes was expected",
            EXAMPLE,
        );
        return None;
    };
    let split = from_key(reader, after).unwrap_or(after.end);
    let window = text.trim(text.until(after, split));
    let cited = text.trim(text.from(after, split));
    let from = if cited.is_empty() {
        None
    } else {
        let cite = text.trim(text.from(cited, cited.start + "from".len() as u32));
        Some(one_source(reader, cite)?)
    };
    if window.is_empty() {
        return Some(Directive::Section {
            title,
            within: None,
            from,
        });
    }
    let within = starts_with_words(text.of(window), "within")
        .map(|length| text.trim(text.from(window, window.start + length as u32)));
    match within {
        Some(within) if !within.is_empty() => Some(Directive::Section {
            title,
            within: Some(within),
            from,
        }),
        _ => {
            let headline = "this section's window cannot be read".to_string();
            let dated = missing::is_dated(text, window);
            let said = if dated {
                "a date follows `within`"
            } else {
                "`within` or `from @` was expected"
            };
            bad(reader, window, headline, said, EXAMPLE);
            None
        }
    }
}

/// Where the `from` stands that names a source: a window may hold a `from` of its own.
fn from_key(reader: &Reader<'_>, after: Span) -> Option<u32> {
    let text = reader.text.of(after);
    let mut before: Option<char> = None;
    for (i, c) in text.char_indices() {
        if c.eq_ignore_ascii_case(&'f') && before.is_none_or(is_space) {
            let next = starts_with_words(&text[i..], "from")
                .map(|n| text[i + n..].trim_start_matches(is_space));
            if next
                .and_then(|n| n.chars().next())
                .is_some_and(|c| matches!(fold(c), '@' | '['))
            {
                return Some(after.start + i as u32);
            }
        }
        before = Some(c);
    }
    None
}
