//! A question's text cut into its parts.
//!
//! What comes in: the text. What goes out: its form, the words of its date, and the sentence. The
//! separator is the first colon that is not between two digits and not inside quotes or brackets,
//! as in a chronicle's lines. Nothing is understood here.

use crate::ask::Asked;

/// What kind of question a text is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form<'t> {
    /// `when: …`
    When,
    /// `how long: …`
    HowLong,
    /// `how many: …`
    HowMany,
    /// `order: …`
    Order,
    /// `relation: …`
    Relation,
    /// `pairs: …`
    Pairs,
    /// `why: …`
    Why,
    /// `why not: …`
    WhyNot,
    /// `who could: …`, `who could have: …`
    WhoCould,
    /// `DATE: …`
    Dated(Asked<'t>),
    /// A sentence alone.
    Undated,
}

/// A question in parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'t> {
    /// Its kind, with its date.
    pub form: Form<'t>,
    /// What follows the separator.
    pub rest: Asked<'t>,
}

/// Cuts a question at its separator.
pub(crate) fn split(question: Asked<'_>) -> Parts<'_> {
    let Some((at, width)) = separator(question.text) else {
        return Parts {
            form: Form::Undated,
            rest: question,
        };
    };
    let head = question.part(0, at);
    let rest = question.part(at + width, question.text.len());
    let words: Vec<String> = head
        .text
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let form = match words[..] {
        ["when"] => Form::When,
        ["how", "long"] => Form::HowLong,
        ["how", "many"] => Form::HowMany,
        ["order"] => Form::Order,
        ["relation"] => Form::Relation,
        ["pairs"] => Form::Pairs,
        ["why"] => Form::Why,
        ["why", "not"] => Form::WhyNot,
        ["who" | "what", "could"] | ["who" | "what", "could", "have"] => Form::WhoCould,
        [] => Form::Undated,
        _ => Form::Dated(head),
    };
    Parts { form, rest }
}

/// Where the separator stands and how many bytes it has.
fn separator(text: &str) -> Option<(usize, usize)> {
    let mut quoted = false;
    let mut depth = 0_u32;
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            ':' | '：' if !quoted && depth == 0 => {
                let after = chars.peek().map(|(_, c)| *c);
                let digits = [before, after]
                    .iter()
                    .all(|c| c.is_some_and(|c: char| c.is_ascii_digit()));
                if !digits {
                    return Some((at, c.len_utf8()));
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    None
}

/// The sentence without a final `?` or stop; `None` where there is no final `?`.
pub(crate) fn without_final_mark(sentence: Asked<'_>) -> Option<Asked<'_>> {
    let bare = sentence
        .text
        .strip_suffix('?')
        .or_else(|| sentence.text.strip_suffix('？'))?;
    Some(sentence.part(0, bare.len()))
}

#[cfg(test)]
mod tests {
    use annals_text::{FileId, Span};

    use super::*;

    fn asked(text: &str) -> Asked<'_> {
        Asked::new(text, Span::new(FileId(0), 0, text.len() as u32))
    }

    #[test]
    fn the_separator_is_no_colon_of_a_time_or_a_quotation() {
        let parts = split(asked("0644-09-17T10:30 : \"a: b\" at Kucha"));
        assert!(matches!(parts.form, Form::Dated(d) if d.text == "0644-09-17T10:30"));
        assert_eq!(parts.rest.text, "\"a: b\" at Kucha");
        assert_eq!(parts.rest.span.start, 19);
        assert!(matches!(
            split(asked("\"When: a play\" is performed")).form,
            Form::Undated
        ));
    }

    #[test]
    fn forms_are_known_by_their_first_words() {
        assert!(matches!(split(asked("When:  #fall")).form, Form::When));
        assert!(matches!(split(asked("how  long: x")).form, Form::HowLong));
        assert!(matches!(split(asked("at #x：x")).form, Form::Dated(_)));
    }

    #[test]
    fn a_final_mark_is_cut_with_its_blanks() {
        let cut = without_final_mark(asked("Karasahr is subject to Tang ?")).unwrap();
        assert_eq!(cut.text, "Karasahr is subject to Tang");
        assert!(without_final_mark(asked("Tang attacks Karasahr")).is_none());
    }
}
