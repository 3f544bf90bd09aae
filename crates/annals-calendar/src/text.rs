//! Text made ready for reading: characters folded, cut into tokens that remember their bytes.
//!
//! What comes in: a phrase as pasted. What goes out: [`Token`]s. Full-width digits and punctuation
//! become ASCII, tone marks and capitals are dropped, an en dash becomes the word `to`. Nothing is
//! refused here.

/// The longest run of digits that is kept as a number; longer ones saturate.
const NUMBER_LIMIT: i64 = 1_000_000_000_000_000;

/// Longest expression without blanks that is looked at (unit: characters).
const LONGEST_RUN: usize = 1000;

/// No date has more pieces; what follows is left unread, so that time stays bounded.
const MOST_TOKENS: usize = 400;

/// One piece of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    /// First byte in the original text.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// Is there white space before it?
    pub spaced: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Digits: value and how many there were.
    Number { value: i64, digits: usize },
    /// Letters, in lower case and without tone marks.
    Word(String),
    /// One Chinese character.
    Han(char),
    /// Anything else.
    Mark(char),
}

/// A phrase and its tokens.
pub(crate) struct Text<'a> {
    pub raw: &'a str,
    pub tokens: Vec<Token>,
}

impl<'a> Text<'a> {
    pub fn new(raw: &'a str) -> Text<'a> {
        Text {
            raw,
            tokens: tokens(raw),
        }
    }

    /// The folded characters from a token on, with the byte each one ends at; stops at white space.
    pub fn run(&self, token: usize) -> Vec<(char, usize)> {
        let Some(first) = self.tokens.get(token) else {
            return Vec::new();
        };
        self.raw[first.start..]
            .char_indices()
            .map(|(at, c)| (fold(c), first.start + at + c.len_utf8()))
            .take_while(|(c, _)| !c.is_whitespace())
            .take(LONGEST_RUN)
            .collect()
    }

    /// The end of the last token before `token`.
    pub fn end_before(&self, token: usize) -> usize {
        match token.checked_sub(1).and_then(|last| self.tokens.get(last)) {
            Some(last) => last.end,
            None => 0,
        }
    }
}

/// Folds one character: full-width forms, dashes, quotes and blanks.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{00A0}' | '\u{202F}' | '\u{2009}' => ' ',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '\u{2012}' | '\u{2014}' | '\u{2015}' => '\u{2013}',
        '。' => '.',
        '、' => ',',
        '’' | 'ʼ' | 'ʻ' | '′' | '‘' => '\'',
        _ => c,
    }
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
        || c == '〇'
}

fn tokens(raw: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut spaced = false;
    for (start, original) in raw.char_indices() {
        let c = fold(original);
        let end = start + original.len_utf8();
        if c.is_whitespace() || c == '\u{FEFF}' {
            spaced = true;
            continue;
        }
        let joined = !spaced && tokens.last_mut().is_some_and(|last| extend(last, c, end));
        if !joined {
            if tokens.len() == MOST_TOKENS {
                break;
            }
            tokens.push(Token {
                kind: begin(c),
                start,
                end,
                spaced,
            });
        }
        spaced = false;
    }
    tokens
}

fn begin(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Number {
            value: i64::from(c as u8 - b'0'),
            digits: 1,
        },
        '\u{2013}' | '到' => Kind::Word("to".to_owned()),
        '或' => Kind::Word("or".to_owned()),
        _ if is_han(c) => Kind::Han(c),
        _ if c.is_alphabetic() => {
            let mut word = String::new();
            push_letter(&mut word, c);
            Kind::Word(word)
        }
        _ => Kind::Mark(c),
    }
}

fn extend(last: &mut Token, c: char, end: usize) -> bool {
    match &mut last.kind {
        Kind::Number { value, digits } if c.is_ascii_digit() => {
            *value = (*value * 10 + i64::from(c as u8 - b'0')).min(NUMBER_LIMIT);
            *digits += 1;
        }
        Kind::Word(word) if word != "to" || last.end - last.start != '\u{2013}'.len_utf8() => {
            let mark = matches!(c, '\u{0300}'..='\u{036F}');
            if !(c.is_alphabetic() && !is_han(c) || c == '\'' || mark) {
                return false;
            }
            if !mark && c != '\'' {
                push_letter(word, c);
            }
        }
        _ => return false,
    }
    last.end = end;
    true
}

/// Adds a letter in lower case without its accent; `ü` becomes `u`.
fn push_letter(word: &mut String, c: char) {
    for lower in c.to_lowercase() {
        match lower {
            'ā' | 'á' | 'ǎ' | 'à' | 'â' | 'ä' | 'ã' => word.push('a'),
            'ē' | 'é' | 'ě' | 'è' | 'ê' | 'ë' => word.push('e'),
            'ī' | 'í' | 'ǐ' | 'ì' | 'î' | 'ï' => word.push('i'),
            'ō' | 'ó' | 'ǒ' | 'ò' | 'ô' | 'ö' | 'õ' => word.push('o'),
            'ū' | 'ú' | 'ǔ' | 'ù' | 'û' | 'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => word.push('u'),
            'ḥ' | 'ḫ' | 'ẖ' => word.push('h'),
            'ḍ' | 'ḏ' | 'đ' => word.push('d'),
            'ṭ' | 'ṯ' => word.push('t'),
            'ṣ' | 'ś' | 'š' | 'ş' | 'ș' => word.push('s'),
            'ẓ' | 'ž' | 'ż' => word.push('z'),
            'ḳ' | 'ḵ' => word.push('k'),
            'ğ' | 'ġ' | 'ǧ' => word.push('g'),
            'ñ' | 'ṇ' | 'ń' => word.push('n'),
            'ç' | 'č' => word.push('c'),
            'ʿ' | 'ʾ' => {}
            other if !matches!(other, '\u{0300}'..='\u{036F}') => word.push(other),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_is_pasted() {
        let text = Text::new("Zhēnguān １８．８ 640–658");
        let kinds: Vec<Kind> = text.tokens.into_iter().map(|token| token.kind).collect();
        assert_eq!(kinds[0], Kind::Word("zhenguan".to_owned()));
        assert_eq!(
            kinds[1],
            Kind::Number {
                value: 18,
                digits: 2
            }
        );
        assert_eq!(kinds[2], Kind::Mark('.'));
        assert_eq!(kinds[5], Kind::Word("to".to_owned()));
    }
}
