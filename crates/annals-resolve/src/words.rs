//! Small things about characters: widths as pasted, quotes around a text, words of a key.

/// The ASCII character a full-width one stands for, a space for the spaces of other scripts; any
/// other character itself.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3001}' => ',',
        '\u{3002}' => '.',
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{02bb}' | '\u{2032}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// A text as names are compared before any matcher exists: folded, single spaces.
pub(crate) fn plain(text: &str) -> String {
    // Most names are so already.
    let bytes = text.as_bytes();
    let spaced = bytes.starts_with(b" ") || bytes.ends_with(b" ");
    let printed = |b: &u8| matches!(b, b' '..=b'~');
    if !spaced && bytes.iter().all(printed) && !text.contains("  ") {
        return text.to_owned();
    }
    let folded: String = text.chars().map(fold).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A key or a phrase as it is compared: [`plain`] and in lower case.
pub(crate) fn key(text: &str) -> String {
    plain(text).to_lowercase()
}

/// The text between the quotation marks around a text, and the bytes before it; the text itself
/// where none are.
pub(crate) fn unquote(text: &str) -> &str {
    quoted(text)
        .filter(|(_, rest)| rest.trim().is_empty())
        .map_or(text, |(inner, _)| inner)
}

/// The quoted text that a text begins with, and what follows the closing mark.
pub(crate) fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let closes: fn(char) -> bool = match open {
        '"' | '\u{ff02}' => |c| matches!(c, '"' | '\u{ff02}'),
        '\u{201c}' => |c| c == '\u{201d}',
        '\u{201e}' => |c| matches!(c, '\u{201c}' | '\u{201d}'),
        _ => return None,
    };
    let inner = &text[open.len_utf8()..];
    let (end, mark) = inner.char_indices().find(|(_, c)| closes(*c))?;
    Some((&inner[..end], &inner[end + mark.len_utf8()..]))
}

/// A text short enough for a headline.
pub(crate) fn brief(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = plain(text);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let head: String = text.chars().take(LONGEST - 1).collect();
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_taken_off_only_where_they_hold_all() {
        assert_eq!(unquote("\"Army of the West\""), "Army of the West");
        assert_eq!(unquote("“焉耆”"), "焉耆");
        assert_eq!(unquote("\"a\" and \"b\""), "\"a\" and \"b\"");
        assert_eq!(quoted("\"a\" at K"), Some(("a", " at K")));
        assert_eq!(quoted("\"a"), None);
    }

    #[test]
    fn texts_are_compared_folded() {
        assert_eq!(key("Force　 OF"), "force of");
        for text in ["a b", " a b", "a b ", "a  b", "a\tb", "\na\u{b}b"] {
            assert_eq!(plain(text), "a b");
        }
        assert_eq!(plain("Xuepo\u{2019}anazhi"), "Xuepo'anazhi");
    }
}
