//! Further names of a thing: `also Agni, Yanqi, 焉耆 (zh) ?`.

use annals_text::Span;

use crate::chars::{Closer, closer_of, fold, is_comma};
use crate::detail::without_doubt;
use crate::text::Text;
use crate::tree::Alias;

/// The names between commas outside quotes and parentheses.
pub(crate) fn list(text: Text<'_>, names: Span) -> Vec<Alias> {
    let mut aliases = Vec::new();
    let mut start = names.start;
    let mut depth = 0_u32;
    let mut quote: Option<Closer> = None;
    for (i, c) in text.of(names).char_indices() {
        if let Some(closes) = quote {
            if closes(c) {
                quote = None;
            }
            continue;
        }
        quote = closer_of(c);
        match fold(c) {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && is_comma(c) {
            let at = names.start + i as u32;
            aliases.extend(alias(text, text.span(start, at)));
            start = at + c.len_utf8() as u32;
        }
    }
    aliases.extend(alias(text, text.span(start, names.end)));
    aliases
}

/// One further name; nothing between two commas is none.
fn alias(text: Text<'_>, part: Span) -> Option<Alias> {
    let mut name = text.trim(part);
    let (rest, doubted) = without_doubt(text, name, false);
    name = rest;
    let mut language = None;
    if text.last(name).map(fold) == Some(')')
        && let Some(open) = text.of(name).rfind(['(', '（'])
        && open > 0
    {
        let open = name.start + open as u32;
        let inner = text.without_last(text.span(open, name.end));
        let width = text.first(inner).map_or(0, char::len_utf8) as u32;
        language = Some(text.trim(text.from(inner, open + width)));
        name = text.trim_end(text.until(name, open));
    }
    (!name.is_empty()).then_some(Alias {
        name,
        language,
        doubted,
    })
}
