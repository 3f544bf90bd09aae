//! The superseded draft of 2012, recognised so that the modern form can be offered.

use super::parse;
use crate::calendar::Calendar;

/// What to write now, if the text follows the draft of 2012 and has a modern form.
pub(super) fn modern_form(text: &str) -> Option<String> {
    let words = text
        .replace("unknown", "")
        .replace("open", "..")
        .replace("?~", "%");
    let mut letters = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            'u' | 'x' => letters.push('X'),
            'y' => letters.push('Y'),
            'e' => letters.push('E'),
            'p' => letters.push('S'),
            '(' => {}
            ')' => {}
            ' ' => {}
            other => letters.push(other),
        }
    }
    let letters = match letters.split_once('^') {
        // Where a season was said to be is not part of EDTF any more.
        Some((season, _)) => season.to_owned(),
        None => letters,
    };
    let groups = text.contains('(');
    let candidates = if groups {
        vec![grouped(text).unwrap_or_default(), letters]
    } else {
        vec![letters]
    };
    candidates.into_iter().find(|candidate| {
        candidate != text && parse::expression(candidate, Calendar::Gregorian, false).is_ok()
    })
}

/// `2004-(06)%`: a bracketed part keeps its qualifier to itself, so it moves to the left.
fn grouped(text: &str) -> Option<String> {
    let text = text.replace("?~", "%");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(open) = rest.find('(') {
        let close = open + rest[open..].find(')')?;
        let mark = rest[close + 1..]
            .chars()
            .next()
            .filter(|c| matches!(c, '?' | '~' | '%'))?;
        out.push_str(&rest[..open]);
        let inside: Vec<String> = rest[open + 1..close]
            .split('-')
            .map(|part| format!("{mark}{part}"))
            .collect();
        out.push_str(&inside.join("-"));
        rest = &rest[close + 1 + mark.len_utf8()..];
    }
    out.push_str(rest);
    Some(out)
}
