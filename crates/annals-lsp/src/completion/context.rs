//! Where the cursor stands, found out from its line up to it.
//!
//! The line is read loosely, for it is not finished: a claim whose colon is there is in its
//! sentence, one whose colon is not is still in its date, an open bracket is a citation, a `#` a
//! label. Only whether an indented line belongs to a claim, a declaration or a source depends on
//! the lines above.

use annals::Resolved;
use annals::syntax::{Notation, StatementKind, parse};
use annals_text::Files;

/// Where the cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At the head of a line: a date, a directive, a declaration.
    Start { from: usize },
    /// In a date, after its first condition or an `or`.
    When { from: usize },
    /// In a sentence that begins at `from`; `fresh` where nothing of it is written.
    Sentence { from: usize, fresh: bool },
    /// In a label, which begins at its `#`.
    Label { from: usize },
    /// In a citation, whose key begins at its `@`.
    Citation { from: usize },
    /// After the stop of a sentence.
    End { from: usize },
    /// Where names stand outside a sentence.
    Names { from: usize },
    /// In the key of a detail.
    Key { from: usize, ground: Ground },
    /// After the word `calendar`.
    Calendar { from: usize },
}

/// What an indented line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    Claim,
    Declaration,
    Relation,
    Event,
    Circumstance,
    Source,
}

/// The place of the cursor and the line it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) place: Place,
    /// The byte its line begins at.
    pub(crate) line_start: usize,
}

/// What structures a line up to the cursor.
#[derive(Default)]
struct Marks {
    /// Bytes after the first colon that separates.
    sentence: Option<usize>,
    /// The bracket that is open.
    bracket: Option<usize>,
    /// Whether a quotation is open.
    quoted: bool,
    /// Whether the rest is a comment.
    comment: bool,
    /// The byte after the last stop outside everything.
    stop: Option<usize>,
}

impl Context {
    /// The place of a byte; `None` where nothing can be offered: in a comment, a quotation, prose.
    pub(crate) fn of(
        resolved: &Resolved,
        text: &str,
        at: usize,
        markdown: bool,
    ) -> Option<Context> {
        let line_start = text[..at].rfind(['\n', '\r']).map_or(0, |b| b + 1);
        let line_start = line_start
            + if text[line_start..].starts_with('\u{feff}') {
                3
            } else {
                0
            };
        let line_start = line_start.min(at);
        if markdown && is_prose(text, at) {
            return None;
        }
        let place = place(resolved, text, line_start, at)?;
        Some(Context { place, line_start })
    }
}

fn place(resolved: &Resolved, text: &str, start: usize, at: usize) -> Option<Place> {
    let line = &text[start..at];
    let marks = marks(line);
    if marks.comment || marks.quoted {
        return None;
    }
    let word = start + last_word(line);
    if let Some(bracket) = marks.bracket {
        let open = &line[bracket..];
        let key = open.rfind(['@', ';', ' ', '[']);
        let from =
            start + bracket + key.map_or(0, |k| k + usize::from(!open[k..].starts_with('@')));
        return Some(Place::Citation { from });
    }
    if text[word..at].starts_with('#') && !(word == start && text[start..at].starts_with("##")) {
        return Some(Place::Label { from: word });
    }
    if line.starts_with([' ', '\t', '\u{a0}', '\u{3000}']) {
        return Some(detail(resolved, text, start, at));
    }
    if let Some(sentence) = marks.sentence {
        return Some(in_sentence(line, start, sentence, &marks, at));
    }
    Some(first_words(line, start, at))
}

/// After the colon: a mode, the sentence, or what follows its stop.
fn in_sentence(line: &str, start: usize, sentence: usize, marks: &Marks, at: usize) -> Place {
    let mut rest = sentence;
    let skip = |rest: usize| rest + (line[rest..].len() - line[rest..].trim_start().len());
    rest = skip(rest);
    for mode in super::fixed::MODES {
        if line[rest..].to_lowercase().starts_with(mode.trim_end()) {
            rest = skip(rest + mode.trim_end().len());
            break;
        }
    }
    if let Some(stop) = marks.stop.filter(|stop| *stop > rest && start + stop < at) {
        return Place::End {
            from: start + skip(stop),
        };
    }
    Place::Sentence {
        from: start + rest,
        fresh: !line[sentence..].trim_start().contains([' ', ':']),
    }
}

/// Before any colon: a directive's argument, or a date.
fn first_words(line: &str, start: usize, at: usize) -> Place {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("");
    let after = line.contains(char::is_whitespace);
    let word = start + last_word(line);
    let in_key = line[last_word(line)..].starts_with('@');
    match first {
        "prefer" | "from" if in_key => Place::Citation { from: word },
        "section" if in_key => Place::Citation { from: word },
        "prefer" if after && !line.ends_with("over ") && !line.ends_with("prefer ") => {
            Place::Start { from: word }
        }
        "prefer" if after => Place::Citation { from: word },
        "calendar" if after => Place::Calendar { from: word },
        _ => {
            let cut = [", ", " or "].into_iter().filter_map(|mark| {
                let found = line.rfind(mark)?;
                Some(found + mark.len())
            });
            match cut.max() {
                Some(cut) => Place::When { from: start + cut },
                None => Place::Start { from: start },
            }
        }
    }
    .within(at)
}

impl Place {
    /// The same with its beginning at most at the cursor.
    fn within(self, at: usize) -> Place {
        match self {
            Place::Start { from } => Place::Start { from: from.min(at) },
            Place::When { from } => Place::When { from: from.min(at) },
            other => other,
        }
    }
}

/// An indented line: its key, or the value after it.
fn detail(resolved: &Resolved, text: &str, start: usize, at: usize) -> Place {
    let line = &text[start..at];
    let indent = line.len() - line.trim_start().len();
    let body = &line[indent..];
    let ground = ground(resolved, &text[..start]);
    let word = start + last_word(line);
    let takes_names = [
        "at ",
        "from ",
        "to ",
        "via ",
        "with ",
        "for ",
        "under ",
        "against ",
        "by ",
        "side ",
        "force of ",
        "losses of ",
        "survivors of ",
        "side of ",
        "side: ",
        "is the same as ",
    ];
    let body_lower = body.to_lowercase();
    let key = takes_names.iter().find(|k| body_lower.starts_with(*k));
    match (ground, key) {
        (Ground::Claim | Ground::Declaration, Some(key)) => Place::Names {
            from: start + indent + after_last_joiner(body, key.len()),
        },
        (Ground::Relation | Ground::Event, None)
            if ["needs ", "begins ", "ends "]
                .iter()
                .any(|k| body.starts_with(k)) =>
        {
            let skip = body.find(' ').map_or(0, |s| s + 1);
            Place::Sentence {
                from: start + indent + skip,
                fresh: false,
            }
        }
        _ if body.contains(' ') && !is_beginning_of_key(&body_lower) => Place::Names { from: word },
        (ground, _) => Place::Key {
            from: start + indent,
            ground,
        },
    }
}

/// Whether a key of several words may still be meant.
fn is_beginning_of_key(body: &str) -> bool {
    let longer = [
        "is the same as",
        "lasts at most",
        "fades after",
        "because of",
        "part of",
    ];
    let long = [
        "losses of",
        "survivors of",
        "force of",
        "side of",
        "news of",
        "kind of",
        "needs not",
    ];
    longer.iter().chain(&long).any(|key| key.starts_with(body))
}

/// Where the name begun last begins: after `key`, or after the last `under`, `and`, `,` or colon.
fn after_last_joiner(body: &str, key: usize) -> usize {
    let joiners = [" under ", " and ", " or ", ", ", ": "];
    let cuts = joiners
        .iter()
        .filter_map(|j| body.rfind(j).map(|at| at + j.len()));
    cuts.max().unwrap_or(0).max(key.min(body.len()))
}

/// What the indented line after `above` belongs to.
fn ground(resolved: &Resolved, above: &str) -> Ground {
    let owner = above.lines().rev().find(|line| {
        let blank = line.trim().is_empty() || line.trim_start().starts_with("//");
        !blank && !line.starts_with([' ', '\t'])
    });
    let owner = owner.unwrap_or("");
    let first = owner.split_whitespace().next().unwrap_or("");
    let kinds = &resolved.chronicle.vocabulary.kinds;
    match first {
        "relation" => Ground::Relation,
        "event" => Ground::Event,
        "circumstance" | "kind" => Ground::Circumstance,
        "source" => Ground::Source,
        first if kinds.iter().any(|k| k.name == first) && marks(owner).sentence.is_none() => {
            Ground::Declaration
        }
        _ => Ground::Claim,
    }
}

/// The byte of a line at which its last word begins.
fn last_word(line: &str) -> usize {
    let before = line.char_indices().rev().find(|(_, c)| c.is_whitespace());
    before.map_or(0, |(at, c)| at + c.len_utf8())
}

fn marks(line: &str) -> Marks {
    let mut marks = Marks::default();
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let rest = &line[at..];
        match c {
            '"' | '“' | '”' => marks.quoted = !marks.quoted,
            _ if marks.quoted => {}
            '/' if rest.starts_with("//") && before.is_whitespace() && marks.bracket.is_none() => {
                marks.comment = true;
                return marks;
            }
            '[' => marks.bracket = Some(at + c.len_utf8()),
            ']' => marks.bracket = None,
            _ if marks.bracket.is_some() => {}
            ':' | '：' if marks.sentence.is_none() => {
                let after = rest[c.len_utf8()..].chars().next();
                let clock = before.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit());
                if !clock {
                    marks.sentence = Some(at + c.len_utf8());
                }
            }
            '.' | '。' | '．' if marks.sentence.is_some() => {
                let next = rest[c.len_utf8()..].chars().next();
                if next.is_none_or(char::is_whitespace) {
                    marks.stop = Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
        before = c;
    }
    marks
}

/// Whether a byte of a note lies outside its fences.
fn is_prose(text: &str, at: usize) -> bool {
    let mut files = Files::new();
    let file = files.add("", text);
    let (tree, _) = parse(&files, file, Notation::Markdown);
    let at = at as u32;
    let here = tree.statements.iter().rev().find(|s| s.span.start <= at);
    here.is_none_or(|s| matches!(s.kind, StatementKind::Prose) && s.span.end >= at)
}
