//! What a row of results says in whole sentences: `Carthage cedes Sicily to Rome`, `Roman garrison
//! installed in Messana (263)`.
//!
//! What comes in: the row. What goes out: a claim for each part of it that is, from its first word to
//! its last, a sentence of the vocabulary; its words stay with the event as its result in any case.
//! Where anything in the row denies, doubts or reports, no part of it is claimed: a comma does not
//! say how far such a word reaches.

use super::dates::cell_date;
use super::{Known, Told};
use crate::article::document::Flow;
use crate::article::lexicon::{Form, Lexicon};
use crate::article::prose::cued;
use crate::article::tokens::{Kind, Token, tokens};

/// Classes of words under which a result may not have come about.
const GOVERNING: [&str; 13] = [
    "denying",
    "conditional",
    "supposing",
    "untrue",
    "doubtful",
    "doubting-verb",
    "hearsay",
    "modal",
    "falsely",
    "saying",
    "told-thing",
    "undoing",
    "guard",
];

/// Claims of the parts of a row that are sentences.
pub(super) fn tell(row: &Known, told: &mut Told<'_>) {
    let words = tokens(row.cell.text());
    let governed = words
        .iter()
        .any(|t| told.lexicon.is_any(&GOVERNING, &t.lower) || t.text == "?");
    if governed || cued(&words, told.lexicon) {
        return;
    }
    for part in parts(&row.cell) {
        if !one(row, &part, told) {
            for half in halves(&part, told.lexicon) {
                one(row, &half, told);
            }
        }
    }
}

/// A part of a row, and whether it ends where a sentence may end.
struct Part {
    flow: Flow,
    closed: bool,
}

/// The parts between lines, semicolons and commas outside brackets.
fn parts(cell: &Flow) -> Vec<Part> {
    let mut found = Vec::new();
    for line in cell.parts(|c| matches!(c, '\n' | ';' | '•' | '·')) {
        let text = line.text();
        let mut depth = 0usize;
        let mut from = 0;
        for (at, c) in text.char_indices() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    // `Lombardy defeated, sacked and burned Verona`: the first verb's object comes
                    // later, so that what stands before the comma is no sentence of its own.
                    let rest = text[at + 1..].trim_start();
                    found.push(Part {
                        flow: line.slice(from..at).trimmed(),
                        closed: rest.starts_with(char::is_uppercase),
                    });
                    from = at + 1;
                }
                _ => {}
            }
        }
        found.push(Part {
            flow: line.slice(from..text.len()).trimmed(),
            closed: true,
        });
    }
    for part in &mut found {
        let bullet = part.flow.text().len()
            - part
                .flow
                .text()
                .trim_start_matches(['*', '-', '–', ' '])
                .len();
        part.flow = part.flow.slice(bullet..part.flow.text().len());
    }
    found.retain(|p| !p.flow.is_blank());
    found
}

/// Two sentences joined by `and`, each with a verb of its own: `A cedes C and B cedes D`, never the
/// list `A and B cede C`.
fn halves(part: &Part, lexicon: &Lexicon) -> Vec<Part> {
    let text = part.flow.text();
    let Some((first, last)) = text.split_once(" and ") else {
        return Vec::new();
    };
    let verb = |words: &str| {
        tokens(words).iter().skip(1).any(|t| {
            let form = lexicon.forms(&t.lower).iter().any(|(f, _)| *f != Form::Ing);
            t.kind == Kind::Word && !t.is_capital() && (form || lexicon.is("be", &t.lower))
        })
    };
    let named = last.starts_with(char::is_uppercase);
    if !verb(first) || !verb(last) || !named || last.contains(" and ") {
        return Vec::new();
    }
    let (end, start) = (first.len(), first.len() + " and ".len());
    let both = [(0..end, true), (start..text.len(), part.closed)];
    let both = both.map(|(range, closed)| Part {
        flow: part.flow.slice(range).trimmed(),
        closed,
    });
    both.into_iter().collect()
}

/// Claims one part, if all of it is a sentence; whether it is.
fn one(row: &Known, part: &Part, told: &mut Told<'_>) -> bool {
    let text = part.flow.text().trim_end_matches('.');
    let (words, when) = match text.split_once('(') {
        None => (text.trim(), Vec::new()),
        Some((words, remark)) => {
            let remark = remark.trim_end();
            let date = remark.strip_suffix(')').and_then(cell_date);
            // A remark that is no date may say anything of the words before it.
            let Some(date) = date else { return false };
            (words.trim(), vec![date])
        }
    };
    let mut tried = vec![words.to_owned()];
    if part.closed {
        tried.extend(with_was(words, told.lexicon));
    }
    let mut told_any = false;
    for sentence in tried {
        if let Some(made) = told.tell(&sentence, when.clone(), row, &part.flow) {
            if sentence != words {
                let remark = "a headline without its “was”".to_owned();
                told.statements[made].remarks.push(remark);
            }
            told_any = true;
            break;
        }
    }
    told_any
}

/// `garrison installed in Messana` as `garrison was installed in Messana`.
fn with_was(words: &str, lexicon: &Lexicon) -> Option<String> {
    let all = tokens(words);
    let helped = all
        .iter()
        .any(|t| lexicon.is_any(&["be", "have"], &t.lower));
    let participle = |t: &&Token| {
        let forms = lexicon.forms(&t.lower).iter();
        let past = |(f, v): &(Form, _)| -> bool {
            let verb: &crate::article::lexicon::Verb = v;
            verb.known && (*f == Form::Participle || *f == Form::Past && verb.participle == t.lower)
        };
        !t.is_capital() && forms.into_iter().any(past)
    };
    let at = all.iter().skip(1).find(participle)?.range.start;
    (!helped).then(|| format!("{} was {}", words[..at].trim_end(), &words[at..]))
}
