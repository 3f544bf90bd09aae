//! A place in the text of a when, and the small steps forward from it.

use annals_text::Span;

use crate::words::fold;

/// A cursor over the text of a when.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Bytes read.
    pub at: usize,
    /// Where the text stands.
    pub base: Span,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str, base: Span) -> Cursor<'a> {
        Cursor { text, at: 0, base }
    }

    /// All that is not yet read.
    pub(crate) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The beginning of what is not yet read, at most so many bytes. Looking no further keeps a
    /// line of a million bytes cheap.
    pub(crate) fn ahead(&self, bytes: usize) -> &'a str {
        let rest = self.rest();
        let mut end = bytes.min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        &rest[..end]
    }

    /// The bytes from one offset of the text to another as a place in the file.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.base.start + from as u32;
        Span::new(self.base.file, start, self.base.start + to as u32)
    }

    pub(crate) fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(crate) fn at_end(&mut self) -> bool {
        self.skip_space();
        self.rest().is_empty()
    }

    /// The next character as compared, after white space.
    pub(crate) fn peek(&mut self) -> Option<char> {
        self.skip_space();
        self.rest().chars().next().map(fold)
    }

    pub(crate) fn eat_char(&mut self, wanted: char) -> bool {
        self.skip_space();
        match self.rest().chars().next() {
            Some(c) if fold(c) == wanted => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    /// Whether digits and hyphens alone stand from here to a comma or the end: a date, and none
    /// that hangs from anything.
    pub(crate) fn stands_at_numbers(&self) -> bool {
        let rest = self.rest().as_bytes();
        let numbers = rest
            .iter()
            .take_while(|b| b.is_ascii_digit() || **b == b'-');
        let length = numbers.count();
        length > 0 && matches!(rest.get(length), None | Some(b','))
    }

    /// Eats one word in any case, if it ends where this one ends.
    pub(crate) fn eat_word(&mut self, word: &str) -> bool {
        self.skip_space();
        let mut length = 0;
        let mut chars = self.rest().chars();
        for wanted in word.chars() {
            match chars.next() {
                Some(c) if fold(c).to_ascii_lowercase() == wanted => length += c.len_utf8(),
                _ => return false,
            }
        }
        if chars
            .next()
            .is_some_and(|c| c.is_alphanumeric() || c == '-')
        {
            return false;
        }
        self.at += length;
        true
    }

    /// Eats words in this order, all or none.
    pub(crate) fn eat_words(&mut self, words: &str) -> bool {
        let start = self.at;
        for word in words.split(' ') {
            if !self.eat_word(word) {
                self.at = start;
                return false;
            }
        }
        true
    }

    /// Eats the first of these that stands here.
    pub(crate) fn eat_any(&mut self, choices: &[&str]) -> bool {
        choices.iter().any(|words| self.eat_words(words))
    }

    /// Eats a label; gives its name without `#` and its place with it.
    pub(crate) fn eat_label(&mut self) -> Option<(String, Span)> {
        let start = {
            self.skip_space();
            self.at
        };
        let mark = self.rest().chars().next().filter(|c| fold(*c) == '#')?;
        let name: String = self.rest()[mark.len_utf8()..]
            .chars()
            .take_while(|c| is_label(*c))
            .collect();
        if name.is_empty() {
            return None;
        }
        self.at += mark.len_utf8() + name.len();
        Some((name, self.span(start, self.at)))
    }

    /// Where the condition that begins here ends: the next comma outside quotation marks, or the
    /// end of the text.
    pub(crate) fn condition_end(&self) -> usize {
        let mut quoted = false;
        for (i, c) in self.rest().char_indices() {
            match c {
                '"' | '\u{201c}' | '\u{201d}' | '\u{ff02}' => quoted = !quoted,
                _ if fold(c) == ',' && !quoted => return self.at + i,
                _ => {}
            }
        }
        self.text.len()
    }
}

/// Whether a character may stand in a label.
fn is_label(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || ('\u{300}'..='\u{36f}').contains(&c)
}

/// The name of a label written with its `#`.
pub(crate) fn label_name(written: &str) -> &str {
    written.trim().trim_start_matches(['#', '\u{ff03}'])
}
