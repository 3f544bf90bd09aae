//! The text of one file with the small operations on its spans that every form needs.

use annals_text::{FileId, Span};

use crate::chars::{fold, is_space};

/// A file's text under its number.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    /// The whole text.
    pub all: &'a str,
    /// Its number.
    pub file: FileId,
}

impl<'a> Text<'a> {
    /// The range `start..end` of this file.
    pub fn span(self, start: u32, end: u32) -> Span {
        Span::new(self.file, start, end)
    }

    /// The bytes of a span.
    pub fn of(self, span: Span) -> &'a str {
        self.all
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// The span without white space at its ends.
    pub fn trim(self, span: Span) -> Span {
        self.trim_end(self.trim_start(span))
    }

    /// The span without white space at its start.
    pub fn trim_start(self, span: Span) -> Span {
        let rest = self.of(span).trim_start_matches(is_space);
        Span {
            start: span.end - rest.len() as u32,
            ..span
        }
    }

    /// The span without white space at its end.
    pub fn trim_end(self, span: Span) -> Span {
        let rest = self.of(span).trim_end_matches(is_space);
        Span {
            end: span.start + rest.len() as u32,
            ..span
        }
    }

    /// The first character of a span.
    pub fn first(self, span: Span) -> Option<char> {
        self.of(span).chars().next()
    }

    /// The last character of a span.
    pub fn last(self, span: Span) -> Option<char> {
        self.of(span).chars().next_back()
    }

    /// The span from `start` bytes on.
    pub fn from(self, span: Span, start: u32) -> Span {
        Span::new(span.file, start.clamp(span.start, span.end), span.end)
    }

    /// The span up to `end`.
    pub fn until(self, span: Span, end: u32) -> Span {
        Span::new(span.file, span.start, end.clamp(span.start, span.end))
    }

    /// A span with the white space before it, as far as `within` reaches: what goes when it goes.
    pub fn with_blank(self, span: Span, within: Span) -> Span {
        let ahead = self.trim_end(self.span(within.start.min(span.start), span.start));
        self.span(ahead.end, span.end)
    }

    /// The span without its last character.
    pub fn without_last(self, span: Span) -> Span {
        let width = self.last(span).map_or(0, char::len_utf8) as u32;
        Span {
            end: span.end - width,
            ..span
        }
    }

    /// The first word of a span that starts with one: up to white space or a colon.
    pub fn first_word(self, span: Span) -> Span {
        let text = self.of(span);
        let end = text
            .find(|c| is_space(c) || fold(c) == ':')
            .unwrap_or(text.len());
        self.until(span, span.start + end as u32)
    }
}

/// Shortens text quoted in a headline, so that one absurd line does not flood the report.
pub(crate) fn brief(text: &str) -> String {
    const KEPT: usize = 60;
    let mut out: String = text.chars().take(KEPT).collect();
    if text.chars().nth(KEPT).is_some() {
        out.push('…');
    }
    out
}
