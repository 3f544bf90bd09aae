//! What a line in column one is, in the order the grammar asks.

use annals_text::{Edit, Report, Span};

use crate::chars::{fold, is_comma, is_key_word, is_space, is_stop, key_words};
use crate::directive;
use crate::missing;
use crate::reader::Reader;
use crate::scan::Scan;
use crate::text::brief;
use crate::tree::{StatementKind, VocabularyWord};
use crate::{cite, claim};

/// Reads a line without its comment; `in_fence` says that it stands in a Markdown note.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    line: Span,
    marks: &Scan,
    in_fence: bool,
) -> StatementKind {
    let text = reader.text;
    if is_heading(text.of(line)) {
        if in_fence {
            let hashes = text.of(line).len() - text.of(line).trim_start_matches('#').len();
            let hashes = text.span(line.start, line.start + hashes as u32);
            let edit = Edit {
                span: hashes,
                replacement: "//".to_string(),
            };
            reader.report(
                Report::lint(
                    "heading-in-fence",
                    "a heading inside a fence is read as a comment",
                )
                .at(line, "headings belong to the prose of the note")
                .fix("write it as a comment", vec![edit], true),
            );
        }
        return StatementKind::Comment;
    }
    if let Some(fault) = marks.fault {
        reader.fault(fault, line);
        return StatementKind::Broken;
    }
    let word = text.first_word(line);
    let after = text.trim_start(text.from(line, word.end));
    let name = key_words(text.of(word));
    if let Some(word) = vocabulary_word(&name) {
        return vocabulary(reader, line, after, word);
    }
    if directive::is_reserved(&name) {
        return directive::read(reader, line, (&name, after), marks);
    }
    if is_choice(reader, line) {
        return choice(reader, line, marks);
    }
    if name == "from" {
        let source = directive::from(reader, after, marks);
        if let Some(kind) = source {
            return kind;
        }
    }
    match marks.colons.first() {
        Some((colon, width)) => claim::read(reader, line, *colon, *width, marks),
        None if missing::is_dated(text, line) => missing::report(reader, line),
        None => declaration(reader, line, marks),
    }
}

/// `# …`: hashes with a space, or several of them.
fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let hashes = line.len() - rest.len();
    hashes > 1 || hashes == 1 && rest.chars().next().is_none_or(is_space)
}

fn vocabulary_word(word: &str) -> Option<VocabularyWord> {
    Some(match word {
        "kind" => VocabularyWord::Kind,
        "relation" => VocabularyWord::Relation,
        "event" => VocabularyWord::Event,
        "circumstance" => VocabularyWord::Circumstance,
        _ => return None,
    })
}

fn vocabulary(
    reader: &mut Reader<'_>,
    line: Span,
    after: Span,
    word: VocabularyWord,
) -> StatementKind {
    let rest = directive::without_colon(reader, line, after);
    if rest.is_empty() {
        let said = brief(reader.text.of(line));
        reader.report(
            Report::error("bad-directive", format!("`{said}` declares nothing"))
                .at(line, "a name or a pattern is missing")
                .help("write it like `event {who: person} dies/die/died`"),
        );
        return StatementKind::Broken;
    }
    StatementKind::Vocabulary { word, rest }
}

/// `one of #a, #b`, with the colon people tend to put after it.
fn is_choice(reader: &Reader<'_>, line: Span) -> bool {
    let text = reader.text.of(line);
    let mut words = text.split(is_space).filter(|w| !w.is_empty());
    let one = words.next().is_some_and(|w| is_key_word(w, "one"));
    if !one {
        return false;
    }
    let of = words
        .next()
        .is_some_and(|w| is_key_word(w, "of") || is_key_word(w, "of:"));
    of && words.next().is_some_and(|w| w.starts_with(['#', '＃']))
}

fn choice(reader: &mut Reader<'_>, line: Span, marks: &Scan) -> StatementKind {
    let text = reader.text;
    let (body, cites) = cite::at_end(reader, line, marks);
    let mut body = body;
    while text.last(body).is_some_and(is_stop) {
        body = text.trim_end(text.without_last(body));
    }
    let labels: Vec<Span> = marks
        .labels
        .iter()
        .copied()
        .filter(|l| l.end <= body.end)
        .collect();
    let words_end = labels.first().map_or(body.end, |l| l.start);
    let mut rest = String::new();
    let mut from = words_end;
    for label in &labels {
        rest.push_str(text.of(text.span(from, label.start)));
        rest.push(' ');
        from = label.end;
    }
    rest.push_str(text.of(text.span(from, body.end)));
    let foreign = rest
        .split(|c| is_space(c) || is_comma(c))
        .find(|w| !matches!(*w, "" | "or" | "and"));
    if labels.len() < 2 || foreign.is_some() {
        let said = match foreign {
            Some(word) => format!("`{}` is not a label", brief(word)),
            None => "one label alone leaves no choice".to_string(),
        };
        reader.report(
            Report::error(
                "bad-choice",
                "`one of` takes two labels or more, and nothing else",
            )
            .at(line, said)
            .help("write it like `one of #first, #second.`"),
        );
        return StatementKind::Broken;
    }
    StatementKind::Choice { labels, cites }
}

fn declaration(reader: &mut Reader<'_>, line: Span, marks: &Scan) -> StatementKind {
    let text = reader.text;
    let (mut body, cites) = cite::at_end(reader, line, marks);
    let doubted = (text.last(body).map(fold) == Some('?')).then(|| {
        let rest = text.without_last(body);
        let mark = text.span(rest.end, body.end);
        body = text.trim_end(rest);
        mark
    });
    let kind = text.first_word(body);
    let rest = text.trim(text.from(body, kind.end));
    if rest.is_empty() {
        let said = brief(text.of(kind));
        reader.report(
            Report::error("empty-name", format!("`{said}` declares nothing"))
                .at(line, "a kind and a name, or a date, a colon and a sentence, was expected")
                .help("write a declaration like `person Guo Xiaoke`, a claim like `644: Tang attacks Karasahr.`"),
        );
        return StatementKind::Broken;
    }
    let place = place_in(reader, rest, marks);
    let name = text.trim_end(text.until(rest, place.map_or(rest.end, |p| p.start)));
    StatementKind::Declaration {
        kind,
        name,
        place,
        doubted,
        cites,
    }
}

/// The tail of a declaration from a lower-case word `at`, which no name holds unless quoted.
fn place_in(reader: &Reader<'_>, rest: Span, marks: &Scan) -> Option<Span> {
    let text = reader.text.of(rest);
    let mut search = 0;
    while let Some(found) = text[search..].find("at") {
        let start = search + found;
        let end = start + 2;
        let word = text[..start].chars().next_back().is_some_and(is_space)
            && text[end..].chars().next().is_some_and(is_space);
        let at = rest.start + start as u32;
        let before = marks.quotes.partition_point(|q| q.end <= at);
        let quoted = marks.quotes.get(before).is_some_and(|q| q.start <= at);
        if word && !quoted {
            return Some(reader.text.span(at, rest.end));
        }
        search = end;
    }
    None
}
