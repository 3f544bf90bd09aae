//! The fences of a Markdown note, by the rules of CommonMark.
//!
//! Only fences marked `annals` are read; all else is the historian's prose. List items are
//! followed so that a fence inside one is found and ends with it. Fences inside block quotes are
//! someone else's words and are not read, which a report says.

use annals_text::{Report, Span};

use crate::lines::{Line, Place};
use crate::text::Text;

/// An open fence.
struct Fence {
    mark: char,
    length: usize,
    /// Columns of indent of the opening line.
    indent: usize,
    /// Column where the content of the list item around it begins, zero outside lists.
    item: usize,
    /// Its number where it is ours.
    number: Option<u32>,
    opened: Span,
}

struct Walk<'a> {
    text: Text<'a>,
    fence: Option<Fence>,
    /// Content columns of the list items around this line, outermost first.
    items: Vec<usize>,
    in_html_comment: bool,
    next_number: u32,
    reports: Vec<Report>,
}

/// How each line of a Markdown note stands.
pub(crate) fn lines(text: Text<'_>, spans: &[Span]) -> (Vec<Line>, Vec<Report>) {
    let mut walk = Walk {
        text,
        fence: None,
        items: vec![],
        in_html_comment: false,
        next_number: 0,
        reports: vec![],
    };
    let lines = spans
        .iter()
        .map(|s| Line {
            span: *s,
            place: walk.place(*s),
        })
        .collect();
    if let Some(Fence {
        number: Some(_),
        opened,
        ..
    }) = walk.fence
    {
        walk.reports.push(
            Report::lint("unclosed-fence", "this fence is never closed")
                .at(
                    opened,
                    "everything below it is read as part of the chronicle",
                )
                .help("close it with a line of the same marks"),
        );
    }
    (lines, walk.reports)
}

impl Walk<'_> {
    fn place(&mut self, span: Span) -> Place {
        let raw = self.text.of(span);
        let (indent, at) = indent_of(raw);
        let visible = !raw[at..].trim().is_empty();
        if let Some(fence) = &self.fence {
            // A list item ends at the first visible line left of its content, and its fence too.
            if visible && indent < fence.item {
                self.fence = None;
            } else {
                return self.inside(span, indent, at);
            }
        }
        self.outside(span, raw);
        Place::Prose
    }

    fn inside(&mut self, span: Span, indent: usize, at: usize) -> Place {
        let raw = self.text.of(span);
        let Some(fence) = &self.fence else {
            return Place::Prose;
        };
        if indent < fence.item + 4 && closes(&raw[at..], fence) {
            self.fence = None;
            return Place::Prose;
        }
        let Some(number) = fence.number else {
            return Place::Prose;
        };
        let body = self.text.trim(span);
        if body.is_empty() {
            return Place::Blank;
        }
        let margin = span.start + offset_of_column(raw, fence.indent) as u32;
        let margin = margin.min(body.start);
        Place::Code {
            body,
            indented: indent > fence.indent,
            margin,
            fence: number,
        }
    }

    /// Follows the structure around fences, and opens one where this line does.
    fn outside(&mut self, span: Span, raw: &str) {
        if self.in_html_comment {
            self.in_html_comment = !raw.contains("-->");
            return;
        }
        let (mut indent, mut at) = indent_of(raw);
        if raw[at..].trim().is_empty() {
            return;
        }
        while self.items.last().is_some_and(|content| indent < *content) {
            self.items.pop();
        }
        while let Some((width, column)) = list_marker(&raw[at..], indent) {
            if indent >= self.items.last().copied().unwrap_or(0) + 4 {
                break;
            }
            self.items.push(column);
            at += width;
            indent = column;
        }
        let item = self.items.last().copied().unwrap_or(0);
        let rest = &raw[at..];
        if indent >= item + 4 {
            return; // An indented code block: text about Annals, not Annals.
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.in_html_comment = !comment.contains("-->");
            return;
        }
        if rest.starts_with('>') {
            self.quoted(span, rest);
            return;
        }
        if let Some((mark, length, info)) = opening(rest) {
            let number = is_annals(info).then_some(self.next_number);
            self.next_number += u32::from(number.is_some());
            self.fence = Some(Fence {
                mark,
                length,
                indent,
                item,
                number,
                opened: span,
            });
        }
    }

    fn quoted(&mut self, span: Span, rest: &str) {
        let inner = rest.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        if opening(inner).is_some_and(|(_, _, info)| is_annals(info)) {
            let report = Report::lint("quoted-fence", "a fence in a block quote is not read");
            self.reports.push(
                report
                    .at(self.text.trim(span), "nothing in this fence is claimed")
                    .help("take it out of the quote if it is meant"),
            );
        }
    }
}

/// Columns of white space at the start of a line, tabs to multiples of four, and their bytes.
fn indent_of(raw: &str) -> (usize, usize) {
    let mut column = 0;
    for (i, c) in raw.char_indices() {
        match c {
            '\t' => column = column / 4 * 4 + 4,
            '\u{feff}' => {}
            c if c.is_whitespace() => column += 1,
            _ => return (column, i),
        }
    }
    (column, raw.len())
}

/// The byte where a column begins, within the white space at the start of a line.
fn offset_of_column(raw: &str, wanted: usize) -> usize {
    let mut column = 0;
    for (i, c) in raw.char_indices() {
        if c != '\u{feff}' && (column >= wanted || !c.is_whitespace()) {
            return i;
        }
        match c {
            '\t' => column = column / 4 * 4 + 4,
            '\u{feff}' => {}
            _ => column += 1,
        }
    }
    raw.len()
}

/// The mark, its length and the info string of a line that opens a fence.
fn opening(rest: &str) -> Option<(char, usize, &str)> {
    let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = rest.trim_start_matches(mark);
    let length = rest.len() - info.len();
    let well = length >= 3 && !(mark == '`' && info.contains('`'));
    well.then_some((mark, length, info.trim()))
}

fn closes(rest: &str, fence: &Fence) -> bool {
    let after = rest.trim_start_matches(fence.mark);
    rest.len() - after.len() >= fence.length && after.trim().is_empty()
}

/// Whether an info string marks our language: `annals`, `annals title=…` or `{.annals …}`.
fn is_annals(info: &str) -> bool {
    if let Some(attributes) = info.strip_prefix('{') {
        let attributes = attributes.trim_end_matches('}');
        return attributes
            .split_whitespace()
            .any(|a| a.eq_ignore_ascii_case(".annals"));
    }
    let word = info
        .split(|c: char| c.is_whitespace() || c == '{' || c == ',')
        .next();
    word.is_some_and(|w| w.eq_ignore_ascii_case("annals"))
}

/// Bytes up to the content of a list item that begins here, and the content's column.
fn list_marker(rest: &str, indent: usize) -> Option<(usize, usize)> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match rest.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let after = &rest[marker..];
    let (spaces, bytes) = indent_of(after);
    match spaces {
        0 => None,
        _ if after.trim().is_empty() => None,
        1..=4 => Some((marker + bytes, indent + marker + spaces)),
        // Five and more: the item holds an indented code block one column in.
        _ => Some((marker + 1, indent + marker + 1)),
    }
}
