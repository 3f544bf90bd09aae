//! The physical lines of a chronicle and how each stands in the text.

use std::ops::Range;

use annals_text::{Report, Span};

use crate::fences;
use crate::text::Text;
use crate::tree::Notation;

/// A physical line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// The line without its line break.
    pub span: Span,
    /// How it stands.
    pub place: Place,
}

/// How a line stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Text of a Markdown note outside the `annals` fences, fence lines included.
    Prose,
    /// Nothing but white space.
    Blank,
    /// Annals text.
    Code {
        /// The text from its first visible character on, white space at the end left out.
        body: Span,
        /// Whether it stands to the right of column one.
        indented: bool,
        /// Where column one is: after a byte order mark or the indent of the fence.
        margin: u32,
        /// Number of the fence, from zero.
        fence: u32,
    },
}

/// Cuts a part of a text, which begins and ends where lines do, into lines and hands each on.
pub(crate) fn lines(
    text: Text<'_>,
    notation: Notation,
    part: Range<u32>,
    take: &mut dyn FnMut(Line),
) -> Vec<Report> {
    match notation {
        Notation::Markdown => {
            let spans: Vec<Span> = physical(text, part).collect();
            let (lines, reports) = fences::lines(text, &spans);
            lines.into_iter().for_each(take);
            reports
        }
        Notation::Chronicle | Notation::Table => {
            for span in physical(text, part) {
                take(Line {
                    span,
                    place: plain(text, span),
                });
            }
            vec![]
        }
    }
}

/// The spans of all lines without their breaks (`\n` or `\r\n`). A break at the very end opens no
/// further line.
pub(crate) fn physical(text: Text<'_>, part: Range<u32>) -> impl Iterator<Item = Span> {
    let mut start = part.start as usize;
    let part = text.of(text.span(part.start, part.end));
    part.split_inclusive('\n').map(move |piece| {
        let body = piece
            .strip_suffix('\n')
            .map_or(piece, |p| p.strip_suffix('\r').unwrap_or(p));
        let span = text.span(start as u32, (start + body.len()) as u32);
        start += piece.len();
        span
    })
}

fn plain(text: Text<'_>, span: Span) -> Place {
    let marks = text.of(span).len() - text.of(span).trim_start_matches('\u{feff}').len();
    let margin = span.start + marks as u32;
    let body = text.trim(text.from(span, margin));
    if body.is_empty() {
        return Place::Blank;
    }
    Place::Code {
        body,
        indented: body.start > margin,
        margin,
        fence: 0,
    }
}
