//! Text into tokens: the one place that decides what counts as the same word.
//!
//! In comes a sentence, a name or the words of a pattern as typed; out come tokens whose text is
//! normalised for comparison (NFC, one apostrophe, one hyphen, ASCII for full-width) and whose
//! places are bytes of the text as typed. Nothing here knows names or patterns.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, or one Han or Kana character.
    Word,
    /// A number: `3000`, `3,000`, `2.5`.
    Number,
    /// A quoted string; `closed` tells whether its second quotation mark is there.
    Quoted {
        /// Whether the string ends before the text does.
        closed: bool,
    },
    /// `,` in any of its forms.
    Comma,
    /// A final `'s`.
    Possessive,
    /// `?`, which may stand in a slot's place.
    Hole,
    /// Any other character.
    Mark,
}

/// One token of a sentence or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The text normalised for comparison, its case kept; a quoted string without its marks, a
    /// number without its commas.
    pub text: String,
    /// What it is.
    pub kind: TokenKind,
    /// Offset of its first byte in the text as typed.
    pub start: u32,
    /// Offset after its last byte.
    pub end: u32,
}

impl Token {
    /// The text as pattern words compare it.
    pub fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// Whether the token is this word, in any case; a quoted string never is.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether the token looks like a part of a name: capital, number, quoted, or of a script
    /// without case.
    pub(crate) fn looks_like_name(&self) -> bool {
        match self.kind {
            TokenKind::Quoted { .. } | TokenKind::Number => true,
            TokenKind::Word => {
                let first = self.text.chars().find(|c| c.is_alphabetic());
                first.is_some_and(|c| !c.is_lowercase())
            }
            TokenKind::Comma | TokenKind::Possessive | TokenKind::Hole | TokenKind::Mark => false,
        }
    }
}

/// The tokens of a text. `the` and lower-case `a` and `an` are left out, as are full stops, so
/// that `An Lushan` keeps its first word and "the Tang" is "Tang".
pub fn words(text: &str) -> Vec<Token> {
    let mut tokens = all_words(text);
    tokens.retain(|t| !is_ignored(t));
    tokens
}

/// The words of every quotation in a text, without their marks, in its order.
pub fn quotations(text: &str) -> Vec<String> {
    let tokens = words(text).into_iter();
    let quoted = tokens.filter(|t| matches!(t.kind, TokenKind::Quoted { .. }));
    quoted.map(|t| t.text.clone()).collect()
}

/// What words in quotation marks are compared by: two texts with one key are the same thing.
///
/// Texts are folded as names are, and the words left out of names are left out here. Case does not
/// count, unlike in names: "Protector-General" and "protector-general" are one title, which
/// writers and their sources capitalise as they please.
pub fn text_key(text: &str) -> String {
    let tokens: Vec<String> = words(text).iter().map(|t| t.text.to_lowercase()).collect();
    if tokens.is_empty() {
        normalise(text).trim().to_owned()
    } else {
        tokens.join(" ")
    }
}

/// Whether names, patterns and sentences alike leave the token out.
pub(crate) fn is_ignored(token: &Token) -> bool {
    token.is_word("the")
        || token.kind == TokenKind::Word && (token.text == "a" || token.text == "an")
}

/// A character as it is compared.
fn fold(c: char) -> char {
    match c {
        '\u{00A0}' | '\u{3000}' => ' ',
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{02BB}' | '\u{2032}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{201C}' | '\u{201D}' | '\u{201E}' => '"',
        '\u{3002}' => '.',
        '\u{3001}' => ',',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFEE0).expect("full-width ASCII folds to ASCII")
        }
        _ => c,
    }
}

/// Text as it is compared: folded character by character, then NFC.
pub(crate) fn normalise(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars().map(fold).nfc().collect()
}

/// Whether a character is a token of its own because its script writes no spaces.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x1B000..=0x1B16F | 0x20000..=0x323AF)
}

fn in_word(c: char) -> bool {
    !stands_alone(c)
        && (c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '-' | '_'))
}

/// Walks a text once, character by character.
struct Scanner<'a> {
    text: &'a str,
    /// Folded characters with their offsets.
    chars: Vec<(usize, char)>,
    at: usize,
    tokens: Vec<Token>,
}

/// The tokens of a text, ignored words included, full stops left out.
pub(crate) fn all_words(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        text,
        chars: text.char_indices().map(|(i, c)| (i, fold(c))).collect(),
        at: 0,
        tokens: vec![],
    };
    while let Some(c) = scanner.peek(0) {
        match c {
            '.' => scanner.at += 1,
            _ if c.is_whitespace() || c.is_control() => scanner.at += 1,
            '"' => scanner.quoted(),
            ',' => scanner.single(TokenKind::Comma),
            '?' => scanner.single(TokenKind::Hole),
            _ if stands_alone(c) => scanner.alone(),
            _ if c.is_ascii_digit() => scanner.number(),
            _ if in_word(c) => scanner.word(scanner.at),
            _ => scanner.single(TokenKind::Mark),
        }
    }
    scanner.tokens
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|(_, c)| *c)
    }

    fn digit_at(&self, ahead: usize) -> bool {
        self.peek(ahead).is_some_and(|c| c.is_ascii_digit())
    }

    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |(i, _)| *i)
    }

    fn push(&mut self, kind: TokenKind, from: usize, to: usize, text: String) {
        self.tokens.push(Token {
            text,
            kind,
            start: self.offset(from) as u32,
            end: self.offset(to) as u32,
        });
    }

    fn slice(&self, from: usize, to: usize) -> String {
        normalise(&self.text[self.offset(from)..self.offset(to)])
    }

    fn single(&mut self, kind: TokenKind) {
        let from = self.at;
        self.at += 1;
        let text = self.slice(from, self.at);
        self.push(kind, from, self.at, text);
    }

    /// A Han or Kana character with the combining marks that follow it.
    fn alone(&mut self) {
        let from = self.at;
        self.at += 1;
        while self.peek(0).is_some_and(is_combining_mark) {
            self.at += 1;
        }
        let text = self.slice(from, self.at);
        self.push(TokenKind::Word, from, self.at, text);
    }

    fn quoted(&mut self) {
        let from = self.at;
        self.at += 1;
        while self.peek(0).is_some_and(|c| c != '"') {
            self.at += 1;
        }
        let closed = self.peek(0).is_some();
        let text = self.slice(from + 1, self.at).trim().to_owned();
        self.at += usize::from(closed);
        self.push(TokenKind::Quoted { closed }, from, self.at, text);
    }

    fn number(&mut self) {
        let from = self.at;
        while self.digit_at(0) {
            self.at += 1;
        }
        while self.peek(0) == Some(',') && (1..=3).all(|i| self.digit_at(i)) && !self.digit_at(4) {
            self.at += 4;
        }
        if self.peek(0) == Some('.') && self.digit_at(1) {
            self.at += 1;
            while self.digit_at(0) {
                self.at += 1;
            }
        }
        if self.peek(0).is_some_and(in_word) {
            self.word(from);
            return;
        }
        let text = self.slice(from, self.at).replace(',', "");
        self.push(TokenKind::Number, from, self.at, text);
    }

    /// A word from `from`, of which the characters before `self.at` are already known.
    fn word(&mut self, from: usize) {
        while self.peek(0).is_some_and(in_word) {
            self.at += 1;
        }
        let letter = |back: usize| self.chars[self.at - back].1.to_ascii_lowercase();
        let length = self.at - from;
        // `Karasahr's` and `the Turks' camp` both end in the same possessive.
        let tail = if length >= 2 && letter(2) == '\'' && letter(1) == 's' {
            2
        } else if length >= 3 && letter(1) == '\'' && letter(2) == 's' {
            1
        } else {
            0
        };
        let cut = self.at - tail;
        if cut > from {
            let text = self.slice(from, cut);
            self.push(TokenKind::Word, from, cut, text);
        }
        if tail > 0 {
            self.push(TokenKind::Possessive, cut, self.at, "'s".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn articles_and_stops_are_left_out_but_names_keep_theirs() {
        assert_eq!(
            texts("The tudun of a Khan, St. Petersburg."),
            ["tudun", "of", "Khan", ",", "St", "Petersburg"]
        );
        assert_eq!(texts("An Lushan"), ["An", "Lushan"]);
    }

    #[test]
    fn apostrophes_hyphens_and_width_do_not_matter() {
        assert_eq!(texts("Xuepo\u{2019}anazhi"), texts("Xuepo'anazhi"));
        assert_eq!(texts("al\u{2010}Mansur"), texts("al-Mansur"));
        assert_eq!(texts("Ｔａｎｇ"), ["Tang"]);
        assert_eq!(texts("e\u{301}"), ["é"]);
    }

    #[test]
    fn quoted_words_are_the_same_in_any_case_and_width() {
        let same = [
            "protector-general",
            "The Protector\u{2010}General",
            " Protector-General. ",
        ];
        for other in same {
            assert_eq!(text_key(other), text_key("Protector-General"));
        }
        assert_ne!(text_key("protector general"), text_key("protector-general"));
        assert_ne!(text_key("!"), text_key("?"));
        assert_ne!(text_key("the"), text_key("a"));
        assert_eq!(
            quotations("\"A b\" is \u{201c}c: d\u{201d} of Y"),
            ["A b", "c: d"]
        );
    }

    #[test]
    fn possessives_are_tokens() {
        assert_eq!(texts("Tang's army"), ["Tang", "'s", "army"]);
        assert_eq!(texts("Turks' army"), ["Turks", "'s", "army"]);
        assert_eq!(texts("焉耆's"), ["焉", "耆", "'s"]);
    }

    #[test]
    fn numbers_hold_together() {
        assert_eq!(
            texts("3,000 and 1,2 and 2.5"),
            ["3000", "and", "1", ",", "2", "and", "2.5"]
        );
        assert_eq!(texts("the 790s"), ["790s"]);
    }

    #[test]
    fn han_text_needs_no_spaces() {
        let tokens = words("唐攻焉耆。");
        assert_eq!(tokens.len(), 4);
        assert_eq!((tokens[2].start, tokens[2].end), (6, 9));
    }

    #[test]
    fn quotes_hold_their_words() {
        let tokens = words("“Army of the West” takes \"K");
        assert_eq!(tokens[0].text, "Army of the West");
        assert_eq!(tokens[0].kind, TokenKind::Quoted { closed: true });
        assert_eq!(tokens[2].kind, TokenKind::Quoted { closed: false });
    }
}
