//! One pass over a line that finds the marks which structure it.
//!
//! Quotes hide everything but their end; brackets hide colons, labels and comments. Each
//! character is looked at once, so a line of a megabyte costs a megabyte.

use annals_text::Span;

use crate::chars::{Closer, closer_of, fold, is_digit, is_letter, is_space, is_unspaced};
use crate::text::Text;

/// The marks of one line.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Where each colon stands that may end a when or a key, with its length in bytes.
    pub colons: Vec<(u32, u32)>,
    /// Outermost `[…]`, brackets included.
    pub groups: Vec<Span>,
    /// Outermost quotations, quotes included.
    pub quotes: Vec<Span>,
    /// Labels outside quotes and brackets, with their `#`.
    pub labels: Vec<Span>,
    /// Where `//` begins a comment.
    pub comment: Option<u32>,
    /// A quote or bracket that has no partner.
    pub fault: Option<Fault>,
}

/// A quote or bracket without its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A quotation that is never closed, and where it begins.
    Quote(Span),
    /// A bracket that is never closed.
    Bracket(Span),
    /// A bracket that closes nothing.
    Stray(Span),
}

/// Whether a line may end in a comment: table cells may not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comments {
    /// `//` at the start or after white space begins one.
    Read,
    /// `//` is text.
    Text,
}

struct Scanner<'a> {
    text: Text<'a>,
    scan: Scan,
    /// Open brackets: the character that closes each and where it stands.
    open: Vec<(char, Span)>,
    /// An open quotation: what closes it and where it begins.
    quote: Option<(Closer, u32)>,
}

/// Finds the marks of a line.
pub(crate) fn scan(text: Text<'_>, line: Span, comments: Comments) -> Scan {
    let mut s = Scanner {
        text,
        scan: Scan::default(),
        open: vec![],
        quote: None,
    };
    let body = text.of(line);
    let mut before: Option<char> = None;
    let mut chars = body.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            // Neither opens, closes nor separates anything.
            before = Some(c);
            continue;
        }
        let at = line.start + i as u32;
        let next = chars.peek().map(|(_, c)| *c);
        let slashes = fold(c) == '/' && next.map(fold) == Some('/');
        let apart = before.is_none_or(is_space);
        if comments == Comments::Read && slashes && apart && s.comment_allowed() {
            s.scan.comment = Some(at);
            break;
        }
        s.step(at, c, before, next);
        before = Some(c);
    }
    s.finish(line)
}

impl Scanner<'_> {
    fn comment_allowed(&self) -> bool {
        self.quote.is_none() && self.open.iter().all(|(close, _)| *close != ']')
    }

    fn step(&mut self, at: u32, c: char, before: Option<char>, next: Option<char>) {
        let here = self.text.span(at, at + c.len_utf8() as u32);
        if let Some((closes, start)) = self.quote {
            if closes(c) {
                self.quote = None;
                if self.open.is_empty() {
                    self.scan.quotes.push(self.text.span(start, here.end));
                }
            }
            return;
        }
        if let Some(closes) = closer_of(c) {
            self.quote = Some((closes, at));
            return;
        }
        match fold(c) {
            '[' => self.open.push((']', here)),
            '{' => self.open.push(('}', here)),
            close @ (']' | '}') => self.close(close, here),
            ':' if self.open.is_empty() => {
                let inside_time = before.is_some_and(is_digit) && next.is_some_and(is_digit);
                if !inside_time {
                    self.scan.colons.push((at, c.len_utf8() as u32));
                }
            }
            '#' if self.open.is_empty() => self.label(here, before, next),
            _ => {}
        }
    }

    fn close(&mut self, close: char, here: Span) {
        match self.open.last().copied() {
            Some((wanted, open)) if wanted == close => {
                self.open.pop();
                if self.open.is_empty() && close == ']' {
                    self.scan.groups.push(open.to(here));
                }
            }
            Some((_, open)) => self.blame(Fault::Bracket(open)),
            None => self.blame(Fault::Stray(here)),
        }
    }

    /// The first fault is the one worth telling: later ones mostly follow from it.
    fn blame(&mut self, fault: Fault) {
        self.scan.fault.get_or_insert(fault);
    }

    fn label(&mut self, hash: Span, before: Option<char>, next: Option<char>) {
        // `C#5` is no label; in Han text no space is needed before one.
        let apart = before.is_none_or(|c| !is_letter(c) && c != '#' || is_unspaced(c));
        if !apart || !next.is_some_and(char::is_alphanumeric) {
            return;
        }
        let rest = &self.text.all[hash.end as usize..];
        let length = rest
            .find(|c| !(is_letter(c) || c == '-' || c == '_'))
            .unwrap_or(rest.len());
        let label = self.text.span(hash.start, hash.end + length as u32);
        self.scan.labels.push(label);
    }

    fn finish(mut self, line: Span) -> Scan {
        if let Some((_, start)) = self.quote {
            let width = self.text.all[start as usize..]
                .chars()
                .next()
                .map_or(1, char::len_utf8);
            // The quotation that never ends swallowed whatever seemed wrong after it.
            self.scan.fault = Some(Fault::Quote(self.text.span(start, start + width as u32)));
        } else if let Some((_, open)) = self.open.first().copied() {
            self.blame(Fault::Bracket(open));
        }
        debug_assert!(
            self.scan
                .comment
                .is_none_or(|c| c >= line.start && c <= line.end)
        );
        self.scan
    }
}
