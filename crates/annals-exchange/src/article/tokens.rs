//! Prose into tokens with their places.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with hyphens and apostrophes inside.
    Word,
    /// Digits, with commas and points inside.
    Number,
    /// `'s`, or the apostrophe after a plural.
    Possessive,
    /// `,`
    Comma,
    /// `;` or `:` or a dash between spaces.
    Break,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// A quotation mark.
    Quote,
    /// Anything else.
    Mark,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As it stands.
    pub text: String,
    /// In lower case, one apostrophe for all.
    pub lower: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the text.
    pub range: Range<usize>,
}

impl Token {
    /// Whether it is a word that begins with a capital, or with `al-` before one.
    pub fn is_capital(&self) -> bool {
        if self.kind != Kind::Word {
            return false;
        }
        let mut parts = self.text.splitn(2, '-');
        let first = parts.next().unwrap_or("");
        if first.starts_with(char::is_uppercase) {
            return true;
        }
        let rest = parts.next().unwrap_or("");
        let article =
            ["al", "el", "as", "ash", "ad", "an", "ar", "at", "az", "ul"].contains(&first);
        article && rest.starts_with(char::is_uppercase)
    }

    /// Whether it is this word.
    pub fn is(&self, word: &str) -> bool {
        self.lower == word
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}' | '\u{02BB}' | '\u{2018}')
}

/// One spelling for what is compared.
pub fn folded(text: &str) -> String {
    let fold = |c: char| match c {
        c if is_apostrophe(c) => '\'',
        '\u{A0}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    };
    text.chars().map(fold).collect()
}

/// The tokens of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let mut found: Vec<Token> = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let (at, c) = chars[i];
        if c.is_whitespace() {
            i += 1;
            continue;
        }
        let mut next = i + 1;
        let kind = match c {
            _ if c.is_ascii_digit() => {
                next = number_end(&chars, i);
                match chars.get(next) {
                    Some((_, c)) if c.is_alphabetic() => {
                        next = word_end(&chars, next);
                        Kind::Word
                    }
                    _ => Kind::Number,
                }
            }
            _ if c.is_alphabetic() => {
                next = word_end(&chars, i);
                Kind::Word
            }
            ',' => Kind::Comma,
            ';' | ':' | '—' => Kind::Break,
            '–' | '-' => Kind::Break,
            '(' | '[' => Kind::Open,
            ')' | ']' => Kind::Close,
            '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '«' | '»' => Kind::Quote,
            _ if is_apostrophe(c) && found.last().is_some_and(|t| t.range.end == at) => {
                Kind::Possessive
            }
            _ => Kind::Mark,
        };
        push(&mut found, text, at..end_of(next), kind);
        i = next;
    }
    found
}

/// Adds a token; a word that ends in `'s` becomes two.
fn push(found: &mut Vec<Token>, text: &str, range: Range<usize>, kind: Kind) {
    let words = &text[range.clone()];
    let lower = folded(words).to_lowercase();
    if kind == Kind::Word && lower.ends_with("'s") && words.chars().count() > 2 {
        let tail: usize = words.chars().rev().take(2).map(char::len_utf8).sum();
        let cut = range.end - tail;
        found.push(token(text, range.start..cut, Kind::Word));
        found.push(token(text, cut..range.end, Kind::Possessive));
    } else {
        found.push(token(text, range, kind));
    }
}

fn token(text: &str, range: Range<usize>, kind: Kind) -> Token {
    let words = folded(&text[range.clone()]);
    Token {
        lower: words.to_lowercase(),
        text: words,
        kind,
        range,
    }
}

fn number_end(chars: &[(usize, char)], from: usize) -> usize {
    let digit = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut i = from;
    while digit(i) || chars.get(i).is_some_and(|(_, c)| matches!(c, ',' | '.')) && digit(i + 1) {
        i += 1;
    }
    // `60,000–80,000` is one figure; `1307–1312` may be years, and its ends are told apart later.
    let dash = chars.get(i).is_some_and(|(_, c)| matches!(c, '–' | '-'));
    if dash && digit(i + 1) {
        let end = number_end(chars, i + 1);
        let marked = |from: usize, to: usize| chars[from..to].iter().any(|(_, c)| *c == ',');
        if marked(from, i) && marked(i + 1, end) {
            return end;
        }
    }
    i
}

fn word_end(chars: &[(usize, char)], from: usize) -> usize {
    let letter = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_alphanumeric());
    let mut i = from;
    while let Some((_, c)) = chars.get(i) {
        // U+0300: marks that are written over the letter before.
        let mark = ('\u{300}'..='\u{36F}').contains(c);
        let joint = matches!(c, '-' | '\u{2010}' | '\u{2011}') || is_apostrophe(*c);
        // A dash right between letters joins the two halves of one name.
        let dash = *c == '–' && i > from && letter(i - 1);
        if !(c.is_alphanumeric() || mark || (joint || dash) && letter(i + 1)) {
            break;
        }
        i += 1;
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_inner_marks() {
        let texts =
            |text: &str| -> Vec<String> { tokens(text).into_iter().map(|t| t.text).collect() };
        assert_eq!(
            texts("Guo's men, She\u{2019}er"),
            ["Guo", "'s", "men", ",", "She'er"]
        );
        assert_eq!(texts("the Turks' army"), ["the", "Turks", "'", "army"]);
        assert_eq!(
            texts("3,000 at Toba–Fushimi in 415–413"),
            ["3,000", "at", "Toba–Fushimi", "in", "415", "–", "413"]
        );
        assert_eq!(texts("the 790s."), ["the", "790s", "."]);
        let capital = |text: &str| tokens(text)[0].is_capital();
        assert!(capital("al-Musta'sim") && capital("Baghdad"));
    }
}
