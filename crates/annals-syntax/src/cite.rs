//! Citations as Pandoc writes them: `[see @zztj, 197-23b; @xts via @wp]`.

use annals_text::{Edit, Report, Span};

use crate::chars::{fold, is_comma, is_letter, is_space};
use crate::reader::Reader;
use crate::scan::Scan;
use crate::text::brief;
use crate::tree::Citation;

/// The line without the citation groups at its end, and those citations in the order written.
pub(crate) fn at_end(reader: &mut Reader<'_>, line: Span, marks: &Scan) -> (Span, Vec<Citation>) {
    let text = reader.text;
    let mut body = text.trim_end(line);
    let mut groups = Vec::new();
    for group in marks.groups.iter().rev() {
        if group.end != body.end || group.start < line.start {
            break;
        }
        groups.push(*group);
        body = text.trim_end(text.until(body, group.start));
    }
    let mut cites: Vec<Citation> = groups
        .iter()
        .rev()
        .flat_map(|g| in_brackets(reader, *g))
        .collect();
    cites.shrink_to_fit();
    (body, cites)
}

/// The citations of one `[…]`, brackets included in the span.
pub(crate) fn in_brackets(reader: &mut Reader<'_>, group: Span) -> Vec<Citation> {
    let text = reader.text;
    let start = group.start + text.first(group).map_or(0, char::len_utf8) as u32;
    let inner = text.without_last(text.from(group, start));
    if text.trim(inner).is_empty() {
        let edit = Edit {
            span: group,
            replacement: String::new(),
        };
        reader.report(
            Report::error("bad-citation", "these brackets cite nothing")
                .at(group, "a citation was expected, like `[@zztj, 197-23b]`")
                .fix("remove them", vec![edit], true),
        );
        return vec![];
    }
    list(reader, inner)
}

/// The citations between brackets, or of a table's cell.
pub(crate) fn list(reader: &mut Reader<'_>, inner: Span) -> Vec<Citation> {
    let mut cites = Vec::new();
    for part in parts(reader, inner) {
        let mut rest = Some(part).filter(|p| !p.is_empty());
        while let Some(part) = rest {
            rest = one(reader, part, &mut cites);
        }
    }
    cites
}

/// The parts between semicolons outside braces and quotes, trimmed.
pub(crate) fn parts(reader: &Reader<'_>, inner: Span) -> Vec<Span> {
    let text = reader.text;
    let mut parts = Vec::new();
    let (mut depth, mut quoted, mut start) = (0_u32, false, inner.start);
    for (i, c) in text.of(inner).char_indices() {
        match fold(c) {
            '"' => quoted = !quoted,
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            ';' if depth == 0 && !quoted => {
                let at = inner.start + i as u32;
                parts.push(text.trim(text.span(start, at)));
                start = at + c.len_utf8() as u32;
            }
            _ => {}
        }
    }
    parts.push(text.trim(text.span(start, inner.end)));
    parts
}

/// One citation. Two keys without a semicolon give a report, and the second key on is returned to
/// be read as a citation of its own.
fn one(reader: &mut Reader<'_>, part: Span, cites: &mut Vec<Citation>) -> Option<Span> {
    let text = reader.text;
    let Some((at, key, after)) = next_key(reader, part) else {
        cites.push(keyless(reader, part));
        return None;
    };
    let prefix = text.trim(text.span(part.start, at));
    let prefix = (!prefix.is_empty()).then_some(prefix);
    let rest = text.span(after, part.end);
    let mut cite = Citation {
        span: part,
        prefix,
        key: Some(key),
        locator: None,
        via: None,
    };
    let Some((next_at, next, next_after)) = next_key(reader, rest) else {
        cite.locator = locator(reader, rest);
        let nobody = cite.locator.filter(|l| before_via(text.of(*l)).is_some());
        if let Some(at) = nobody {
            reader.report(
                Report::error("bad-citation", "nobody is named after `via`").at(
                    at,
                    "the key of the reporting source was expected after it, like `@wp`",
                ),
            );
        }
        cites.push(cite);
        return None;
    };
    let between = text.trim(text.span(after, next_at));
    if let Some(words) = before_via(text.of(between)) {
        cite.via = Some(next);
        cite.locator = locator(
            reader,
            text.span(between.start, between.start + words as u32),
        );
        after_via(reader, text.span(next_after, part.end), &mut cite);
        cites.push(cite);
        return None;
    }
    let start = text.trim_end(text.span(part.start, next_at)).end;
    let comma = text
        .of(text.span(part.start, start))
        .chars()
        .next_back()
        .filter(|c| is_comma(*c));
    let cut = start - comma.map_or(0, char::len_utf8) as u32;
    let edit = Edit {
        span: text.span(cut, next_at),
        replacement: "; ".to_string(),
    };
    reader.report(two_keys(text.span(next_at, next.end)).fix("separate them", vec![edit], true));
    cite.span = text.trim_end(text.span(part.start, cut));
    cite.locator = locator(reader, text.span(after, cut.max(after)));
    cites.push(cite);
    Some(text.span(next_at, part.end))
}

/// A citation that is a bare locator.
fn keyless(reader: &mut Reader<'_>, part: Span) -> Citation {
    if let Some(sign) = lone_sign(reader.text.of(part)) {
        let sign = reader.text.span(part.start + sign, part.start + sign + 1);
        let said = "the key of a source was expected after it, like `@zztj`";
        reader.report(Report::error("bad-citation", "this `@` has no key").at(sign, said));
    }
    Citation {
        span: part,
        prefix: None,
        key: None,
        locator: Some(part),
        via: None,
    }
}

/// What follows the reporting source: a locator, if the citation has none yet.
fn after_via(reader: &mut Reader<'_>, tail: Span, cite: &mut Citation) {
    if let Some((extra, _, _)) = next_key(reader, tail) {
        reader.report(two_keys(reader.text.span(extra, tail.end)));
    }
    let Some(late) = locator(reader, tail) else {
        return;
    };
    if cite.locator.is_none() {
        cite.locator = Some(late);
        return;
    }
    reader.report(
        Report::lint(
            "bad-citation",
            "this place in the reporting source is not kept",
        )
        .at(late, "a citation with `via` has one locator")
        .help("say it in a `note` below the claim"),
    );
}

fn two_keys(at: Span) -> Report {
    Report::error("bad-citation", "two sources in one citation").at(
        at,
        "citations are separated by `;`, a report of another source by `via`",
    )
}

/// Where the `via` at the end of some words begins.
fn before_via(words: &str) -> Option<usize> {
    let rest = words.strip_suffix("via")?;
    let apart = rest
        .chars()
        .next_back()
        .is_none_or(|c| is_space(c) || is_comma(c));
    apart.then_some(rest.len())
}

/// What follows a key, without the comma before it.
fn locator(reader: &Reader<'_>, rest: Span) -> Option<Span> {
    let text = reader.text;
    let body = text.of(rest).trim_matches(|c| is_space(c) || is_comma(c));
    let start = body.as_ptr() as usize - text.of(rest).as_ptr() as usize;
    let start = rest.start + start as u32;
    (!body.is_empty()).then(|| text.span(start, start + body.len() as u32))
}

/// The next key in a part: where its `@` stands, the key without `@` and braces, and what follows.
pub(crate) fn next_key(reader: &Reader<'_>, part: Span) -> Option<(u32, Span, u32)> {
    let body = reader.text.of(part);
    let mut before: Option<char> = None;
    for (i, c) in body.char_indices() {
        // `a@b` is an address in a locator, not a key.
        if fold(c) == '@' && before.is_none_or(|b| !is_letter(b)) {
            let start = i + c.len_utf8();
            if let Some((from, to, end)) = key_at(&body[start..]) {
                let key = part.start + (start + from) as u32;
                let span = reader.text.span(key, part.start + (start + to) as u32);
                return Some((
                    part.start + i as u32,
                    span,
                    part.start + (start + end) as u32,
                ));
            }
        }
        before = Some(c);
    }
    None
}

/// A key at the start of a text: where it begins and ends, and where what follows it begins.
fn key_at(rest: &str) -> Option<(usize, usize, usize)> {
    if let Some(inner) = rest.strip_prefix(['{', '｛']) {
        let open = rest.len() - inner.len();
        let close = inner.find(['}', '｝'])?;
        let width = inner[close..].chars().next().map_or(1, char::len_utf8);
        let well = !inner[..close].trim().is_empty();
        return well.then_some((open, open + close, open + close + width));
    }
    let length = plain_key(rest);
    (length > 0).then_some((0, length, length))
}

/// Bytes of the Pandoc key a text begins with: letters, digits and `_`, with single punctuation
/// marks between them, beginning with a letter, a digit or `_`.
pub(crate) fn plain_key(rest: &str) -> usize {
    let mut end = 0;
    let mut mark = false;
    for (i, c) in rest.char_indices() {
        if is_letter(c) || c == '_' {
            end = i + c.len_utf8();
            mark = false;
        } else if end == 0 || mark || !":.#$%&-+?<>~/".contains(c) {
            break;
        } else {
            mark = true;
        }
    }
    end
}

/// Where an `@` without a key stands.
fn lone_sign(part: &str) -> Option<u32> {
    let mut before: Option<char> = None;
    for (i, c) in part.char_indices() {
        if c == '@' && before.is_none_or(|b| !is_letter(b)) {
            return Some(i as u32);
        }
        before = Some(c);
    }
    None
}

/// Reports a citation that stands before the end of its line.
pub(crate) fn stray(reader: &mut Reader<'_>, group: Span, line: Span) {
    let text = reader.text;
    let words = format!(" {}", text.of(group));
    let edits = vec![
        Edit {
            span: text.with_blank(group, line),
            replacement: String::new(),
        },
        Edit {
            span: text.span(line.end, line.end),
            replacement: words,
        },
    ];
    let said = brief(text.of(group));
    reader.report(
        Report::error(
            "bad-citation",
            format!("the citation `{said}` stands inside the sentence"),
        )
        .at(group, "citations stand at the end of the line")
        .fix("move it to the end", edits, true),
    );
}
