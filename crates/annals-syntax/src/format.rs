//! The tree written back in its canonical form.
//!
//! White space is normalised, details stand two spaces in, a claim reads
//! `when: mode: sentence. #label  [@citation]`. Nothing is lost: comments, blank lines, line
//! breaks stay, unreadable lines stay byte for byte, and every line stays on its line. A statement whose canonical
//! form would not read back as the same statement is left as it was written.

use annals_text::{Files, Span};

use crate::chars::{collapse, fold, is_space, is_stop, is_unspaced};
use crate::dump::{dump, dump_statement};
use crate::parse::parse;
use crate::text::Text;
use crate::tree::{
    Alias, Citation, ClaimLine, Detail, DetailKind, ModeWord, Notation, Statement, StatementKind,
    Tree,
};

/// The text of a file in canonical form; formatting twice changes nothing more.
///
/// Tables are returned as they are: their form is the spreadsheet's.
pub fn format(files: &Files, tree: &Tree) -> String {
    let text = Text {
        all: &files.get(tree.file).text,
        file: tree.file,
    };
    if tree.notation == Notation::Table {
        return text.all.to_string();
    }
    let mut out = String::with_capacity(text.all.len());
    let mut done = 0;
    for statement in &tree.statements {
        out.push_str(text.of(text.span(done, statement.span.start)));
        done = statement.span.end;
        write_statement(&mut out, files, text, statement);
    }
    out.push_str(text.of(text.span(done, text.all.len() as u32)));
    if tree.notation == Notation::Chronicle && !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    if tree.notation == Notation::Markdown && !same(files, tree, &out) {
        // The margins of fences are the one thing a statement alone does not show.
        return text.all.to_string();
    }
    out
}

fn same(files: &Files, tree: &Tree, formatted: &str) -> bool {
    let mut other = Files::new();
    let file = other.add(files.get(tree.file).name.clone(), formatted);
    let (formatted, _) = parse(&other, file, tree.notation);
    dump(files, tree) == dump(&other, &formatted)
}

fn write_statement(out: &mut String, files: &Files, text: Text<'_>, statement: &Statement) {
    let margin = text.of(text.span(statement.span.start, statement.line.start));
    match statement.kind {
        StatementKind::Blank => return,
        StatementKind::Prose => return out.push_str(text.of(statement.span)),
        _ => {}
    }
    let lines = canonical(text, statement);
    if !reads_back(files, statement, &lines) {
        return out.push_str(text.of(statement.span));
    }
    for (i, line) in lines.iter().enumerate() {
        if line.as_written {
            out.push_str(&line.words);
        } else if !line.words.is_empty() {
            // A byte order mark stands once, before the first line.
            let margin = if i == 0 {
                margin
            } else {
                margin.trim_start_matches('\u{feff}')
            };
            out.push_str(margin);
            out.push_str(&line.words);
        }
        out.push_str(line.ending);
    }
}

/// One line of a statement in canonical form, and the line break it had.
struct CanonicalLine<'a> {
    words: String,
    ending: &'a str,
    /// Whether the words are the whole line, margin included: it could not be read.
    as_written: bool,
}

fn canonical<'a>(text: Text<'a>, statement: &Statement) -> Vec<CanonicalLine<'a>> {
    let margin = text.of(text.span(statement.span.start, statement.line.start));
    let mut lines = Vec::new();
    let mut details = statement.details.iter().peekable();
    let mut start = statement.span.start;
    for (i, piece) in text.of(statement.span).split_inclusive('\n').enumerate() {
        let body = piece
            .strip_suffix('\n')
            .map_or(piece, |p| p.strip_suffix('\r').unwrap_or(p));
        let ending = &piece[body.len()..];
        let span = text.span(start, start + body.len() as u32);
        start += piece.len() as u32;
        let detail = match i {
            0 => None,
            _ => details.next_if(|d| d.span.start < span.end),
        };
        let as_written = detail.is_some_and(|d| d.kind == DetailKind::Broken);
        let words = if i == 0 {
            first_line(text, statement)
        } else if as_written {
            body.to_owned()
        } else if let Some(detail) = detail {
            let comment = text.trim(text.span(detail.span.end, span.end));
            let words = format!("  {}", detail_words(text, detail));
            let before = after_margin(text.of(text.span(span.start, comment.start)), margin);
            with_comment(words, before, text.of(comment))
        } else {
            aside(after_margin(body, margin))
        };
        lines.push(CanonicalLine {
            words,
            ending,
            as_written,
        });
    }
    lines
}

/// A line of a statement without the margin its fence gives it, as far as it has one.
fn after_margin<'a>(line: &'a str, margin: &str) -> &'a str {
    let mut rest = line;
    for _ in margin.chars().filter(|c| *c != '\u{feff}') {
        rest = rest.strip_prefix(is_space).unwrap_or(rest);
    }
    rest
}

/// A comment line between details, or a blank one: indented if it was.
fn aside(body: &str) -> String {
    let words = body.trim_matches(is_space);
    let indented = body.starts_with(is_space) && !words.is_empty();
    format!("{}{words}", if indented { "  " } else { "" })
}

fn reads_back(files: &Files, statement: &Statement, lines: &[CanonicalLine<'_>]) -> bool {
    let written: String = lines
        .iter()
        .flat_map(|l| [l.words.as_str(), l.ending])
        .collect();
    let mut other = Files::new();
    let file = other.add("", written);
    let (tree, _) = parse(&other, file, Notation::Chronicle);
    let [again] = &tree.statements[..] else {
        return false;
    };
    dump_statement(&other, again) == dump_statement(files, statement)
}

/// The words and the comment after them: in its column if there is room, else two spaces away, so
/// that comments set below each other stay so.
fn with_comment(words: String, before: &str, comment: &str) -> String {
    if comment.is_empty() {
        return words;
    }
    let column = before.trim_start_matches('\u{feff}').chars().count();
    let gap = column.saturating_sub(words.chars().count()).max(2);
    format!("{words}{:gap$}{comment}", "")
}

fn first_line(text: Text<'_>, statement: &Statement) -> String {
    let line = statement.line;
    let comment = statement.comment.map_or("", |c| text.of(c));
    let content = match statement.comment {
        Some(comment) => text.trim(text.until(line, comment.start)),
        None => text.trim(line),
    };
    let words = match &statement.kind {
        StatementKind::Blank | StatementKind::Prose => return text.of(line).to_string(),
        StatementKind::Comment => return aside(text.of(line)),
        StatementKind::Broken => return text.of(line).to_string(),
        StatementKind::Claim(claim) => claim_words(text, content, claim),
        StatementKind::More { label } => format!("{}:", text.of(*label)),
        StatementKind::Choice { labels, cites } => {
            let labels: Vec<&str> = labels.iter().map(|l| text.of(*l)).collect();
            let mut words = format!("one of {}.", labels.join(", "));
            words.push_str(&cite_words(text, cites, "  "));
            words
        }
        StatementKind::Directive(_)
        | StatementKind::Vocabulary { .. }
        | StatementKind::Declaration { .. } => collapse(text.of(content)),
    };
    let before = statement
        .comment
        .map_or("", |c| text.of(text.until(line, c.start)));
    with_comment(words, before, comment)
}

fn claim_words(text: Text<'_>, content: Span, claim: &ClaimLine) -> String {
    let mut words = format!("{}: ", collapse(text.of(claim.when)));
    if let Some((mode, _)) = claim.mode {
        words.push_str(mode_words(mode));
    }
    words.push_str(&collapse(text.of(claim.sentence)));
    if claim.doubted.is_some() {
        words.push_str(" ?");
    } else {
        words.push(stop_of(text, content, claim));
    }
    if let Some(label) = claim.label {
        words.push(' ');
        words.push_str(text.of(label));
    }
    words.push_str(&cite_words(text, &claim.cites, "  "));
    words
}

/// The stop a claim was written with; where it has none, the one of its script.
fn stop_of(text: Text<'_>, content: Span, claim: &ClaimLine) -> char {
    let after = text.from(content, claim.sentence.end);
    let written = text.first(text.trim(after)).filter(|c| is_stop(*c));
    let unspaced = text.last(claim.sentence).is_some_and(is_unspaced);
    written.unwrap_or(if unspaced { '。' } else { '.' })
}

fn mode_words(mode: ModeWord) -> &'static str {
    match mode {
        ModeWord::Not => "not: ",
        ModeWord::UnknownWhether => "unknown whether ",
        ModeWord::Attempted => "attempted: ",
        ModeWord::Planned => "planned: ",
        ModeWord::Ordered => "ordered: ",
        ModeWord::Expected => "expected: ",
        ModeWord::Refused => "refused: ",
    }
}

/// The citations in one pair of brackets after `gap`; nothing where there are none.
fn cite_words(text: Text<'_>, cites: &[Citation], gap: &str) -> String {
    if cites.is_empty() {
        return String::new();
    }
    let cites: Vec<String> = cites.iter().map(|c| collapse(text.of(c.span))).collect();
    format!("{gap}[{}]", cites.join("; "))
}

fn detail_words(text: Text<'_>, detail: &Detail) -> String {
    let doubt = if detail.doubted.is_some() { " ?" } else { "" };
    let words = match &detail.kind {
        DetailKind::Broken => return text.of(detail.span).to_string(),
        DetailKind::Cites => return cite_words(text, &detail.cites, ""),
        DetailKind::Also(aliases) => {
            let aliases: Vec<String> = aliases.iter().map(|a| alias_words(text, a)).collect();
            format!("also {}", aliases.join(", "))
        }
        DetailKind::Item { key, of, value } => {
            let mut words = collapse(text.of(*key));
            if let Some(of) = of {
                words.push(' ');
                words.push_str(&collapse(text.of(*of)));
            }
            let before = of.unwrap_or(*key).end;
            let between = text.span(before, value.start.max(before));
            if text.of(between).chars().any(|c| fold(c) == ':') {
                words.push(':');
            }
            if !value.is_empty() {
                words.push(' ');
                words.push_str(&collapse(text.of(*value)));
            }
            words
        }
    };
    format!("{words}{doubt}{}", cite_words(text, &detail.cites, " "))
}

fn alias_words(text: Text<'_>, alias: &Alias) -> String {
    let mut words = collapse(text.of(alias.name));
    if let Some(language) = alias.language {
        words.push_str(&format!(" ({})", collapse(text.of(language))));
    }
    if alias.doubted.is_some() {
        words.push_str(" ?");
    }
    words
}
