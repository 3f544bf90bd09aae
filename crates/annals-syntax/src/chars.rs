//! Characters as pasted: which of them mean the same.
//!
//! Chronicles are pasted from word processors and from Chinese and Japanese editors, so a colon
//! may be full-width and a space may be ideographic. Everything here folds for comparison only;
//! the bytes in the tree stay as written.

/// The ASCII character a full-width one stands for; any other character itself.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// Whether a character separates words. The byte order mark counts, as files joined by `cat`
/// carry it in their middle.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Whether a character ends a sentence.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(fold(c), '.' | '。' | '｡')
}

/// Whether a character separates the members of a list.
pub(crate) fn is_comma(c: char) -> bool {
    matches!(fold(c), ',' | '、' | '､')
}

/// Whether a character is a digit, full-width ones included.
pub(crate) fn is_digit(c: char) -> bool {
    fold(c).is_ascii_digit()
}

/// Whether a character belongs to a script written without spaces.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(
        c as u32,
        0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff
    )
}

/// Whether a character may stand inside a label or a citation key: a letter, a digit, or a
/// combining mark that belongs to the letter before it.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// The words of a key or a mode as they are compared: lower case, single spaces, ASCII widths.
///
/// `Force  of` and `force of` are one key.
pub fn key_words(text: &str) -> String {
    if text.is_ascii() && !text.bytes().any(|b| is_space(char::from(b))) {
        return text.to_ascii_lowercase();
    }
    let folded: String = text
        .chars()
        .map(fold)
        .flat_map(char::to_lowercase)
        .collect();
    let words = folded.split(is_space).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text without spaces at its ends is this word: [`key_words`] without its answer.
pub(crate) fn is_key_word(text: &str, word: &str) -> bool {
    let folded = text.chars().map(fold).flat_map(char::to_lowercase);
    folded.eq(word.chars())
}

/// Collapses every run of white space outside quotes to one space and trims the ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut close: Option<Closer> = None;
    let mut gap = false;
    for c in text.chars() {
        if close.is_none() && is_space(c) {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        match close {
            Some(closes) if closes(c) => close = None,
            Some(_) => {}
            None => close = closer_of(c),
        }
        out.push(c);
    }
    out
}

/// Whether a character closes the quotation that is open.
pub(crate) type Closer = fn(char) -> bool;

/// What closes a quotation that a character opens; nothing where it opens none.
pub(crate) fn closer_of(c: char) -> Option<Closer> {
    match fold(c) {
        '"' => Some(|c| fold(c) == '"'),
        '“' => Some(|c| c == '”'),
        '„' => Some(|c| c == '“' || c == '”'),
        _ => None,
    }
}
