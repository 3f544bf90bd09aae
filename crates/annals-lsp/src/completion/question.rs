//! Completions of a question: for the box of the app, and for the terminal.

use annals::Compiled;

use crate::completion::{Completion, CompletionKind, Offers, dates, sentence};

/// The words that open a question.
const FORMS: [(&str, &str); 11] = [
    ("when: ", "on which days, and what forces them"),
    ("how long: ", "how long a state lasted"),
    ("how many: ", "how many names or events there were"),
    ("order: ", "which of two events came first"),
    (
        "relation: ",
        "which of Allen's thirteen relations two events stand in",
    ),
    (
        "pairs: ",
        "which pairs of two sentences stand in a relation",
    ),
    ("why: ", "the reasoning, claim by claim"),
    ("why not: ", "what keeps it from being certain"),
    ("who could: ", "whom no claim excludes"),
    ("at #", "just before an event starts"),
    ("? ", "what fills the hole"),
];

/// What may be written next in a question, at a byte of its text: its form, a date, a sentence
/// with names or holes, a label. Best first.
pub fn complete_question(compiled: &Compiled, text: &str, at: usize) -> Vec<Completion> {
    let at = crate::position::floor(text, at);
    let mut offers = Offers::new(&compiled.resolved, text, at);
    let head = &text[..at];
    let word = head.rfind(char::is_whitespace).map_or(0, |b| {
        let width = head[b..].chars().next().map_or(1, char::len_utf8);
        b + width
    });
    if head[word..].starts_with('#') {
        offers.labels(word);
        return offers.finish().items;
    }
    match separator(head) {
        Some(sentence_start) => {
            let rest = &head[sentence_start..];
            let from = sentence_start + (rest.len() - rest.trim_start().len());
            let opening = head[..sentence_start].trim_end_matches([':', '：']).trim();
            if matches!(opening, "when" | "order" | "relation" | "why") && head[from..].is_empty() {
                offers.labels(from);
            }
            sentence::offer(&mut offers, from, true);
        }
        None => {
            let typed = head.trim_start().to_lowercase();
            let from = at - head.trim_start().len();
            for (form, meaning) in FORMS {
                if form.starts_with(&typed) {
                    offers.words(CompletionKind::Question, from, form, meaning, 2);
                }
            }
            sentence::offer(&mut offers, from, true);
            dates::offer(&mut offers, from, 0, true);
        }
    }
    offers.finish().items
}

/// The byte after the colon that ends a question's date or form.
fn separator(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            ':' | '：' if !quoted => {
                let after = text[end..].chars().next();
                let clock = before.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit());
                if !clock {
                    return Some(end);
                }
            }
            _ => {}
        }
        before = c;
    }
    None
}
