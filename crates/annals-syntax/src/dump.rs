//! The tree as text, one statement a line, for people and for stage tests.
//!
//! ```text
//! 3  claim  when "644"  sentence "Tang campaigns against Karasahr"  label #campaign-644
//!    detail  force of "Tang": "3000 infantry and cavalry under Guo Xiaoke"
//! ```
//!
//! Blank lines are left out, and prose is one line a stretch. White space inside the parts shows
//! as single spaces, since its width means nothing.

use std::fmt::Write;

use annals_text::{Files, Span};

use crate::chars::{collapse, is_space};
use crate::tree::{
    Citation, ClaimLine, Detail, DetailKind, Directive, ModeWord, Statement, StatementKind, Tree,
    VocabularyWord,
};

/// The tree of a file, one statement a line with its line number, details indented below.
pub fn dump(files: &Files, tree: &Tree) -> String {
    let mut out = String::new();
    let mut prose: Option<(u32, u32)> = None;
    for statement in &tree.statements {
        let line = files.position(statement.line).line;
        if statement.kind == StatementKind::Prose {
            prose = Some((prose.map_or(line, |(first, _)| first), line));
            continue;
        }
        write_prose(&mut out, prose.take());
        if statement.kind == StatementKind::Blank {
            continue;
        }
        let _ = write!(out, "{line}  ");
        write_statement(&mut out, files, statement);
    }
    write_prose(&mut out, prose);
    out
}

/// One statement as in [`dump`], without its line number.
pub(crate) fn dump_statement(files: &Files, statement: &Statement) -> String {
    let mut out = String::new();
    write_statement(&mut out, files, statement);
    out
}

// Writing to a string cannot fail, so the results of `write!` are dropped throughout.

fn write_prose(out: &mut String, lines: Option<(u32, u32)>) {
    match lines {
        Some((first, last)) if first == last => _ = writeln!(out, "{first}  prose"),
        Some((first, last)) => _ = writeln!(out, "{first}-{last}  prose"),
        None => {}
    }
}

fn write_statement(out: &mut String, files: &Files, statement: &Statement) {
    let text = |span: &Span| quoted(files.slice(*span));
    match &statement.kind {
        StatementKind::Blank => out.push_str("blank"),
        StatementKind::Prose => _ = write!(out, "prose  {}", text(&statement.line)),
        StatementKind::Comment => out.push_str("comment"),
        StatementKind::Claim(claim) => write_claim(out, files, claim),
        StatementKind::Choice { labels, cites } => {
            out.push_str("choice");
            for label in labels {
                let _ = write!(out, "  {}", files.slice(*label));
            }
            write_cites(out, files, cites);
        }
        StatementKind::More { label } => _ = write!(out, "more  {}", files.slice(*label)),
        StatementKind::Directive(directive) => write_directive(out, files, directive),
        StatementKind::Vocabulary { word, rest } => {
            _ = write!(out, "{}  {}", vocabulary_word(*word), text(rest));
        }
        StatementKind::Declaration {
            kind,
            name,
            place,
            doubted,
            cites,
        } => {
            let _ = write!(out, "declare  {}  {}", files.slice(*kind), text(name));
            if let Some(place) = place {
                let _ = write!(out, "  place {}", text(place));
            }
            write_doubt(out, doubted.as_ref());
            write_cites(out, files, cites);
        }
        StatementKind::Broken => {
            let line = files.slice(statement.line).trim_end_matches(is_space);
            let _ = write!(out, "broken  {}", quoted(line));
        }
    }
    if let Some(comment) = &statement.comment {
        let _ = write!(out, "  comment {}", text(comment));
    }
    out.push('\n');
    for detail in &statement.details {
        write_detail(out, files, detail);
    }
}

fn vocabulary_word(word: VocabularyWord) -> &'static str {
    match word {
        VocabularyWord::Kind => "kind",
        VocabularyWord::Relation => "relation",
        VocabularyWord::Event => "event",
        VocabularyWord::Circumstance => "circumstance",
    }
}

fn mode_word(mode: ModeWord) -> &'static str {
    match mode {
        ModeWord::Not => "not",
        ModeWord::UnknownWhether => "unknown-whether",
        ModeWord::Attempted => "attempted",
        ModeWord::Planned => "planned",
        ModeWord::Ordered => "ordered",
        ModeWord::Expected => "expected",
        ModeWord::Refused => "refused",
    }
}

fn write_claim(out: &mut String, files: &Files, claim: &ClaimLine) {
    let _ = write!(out, "claim  when {}", quoted(files.slice(claim.when)));
    if let Some((mode, _)) = claim.mode {
        let _ = write!(out, "  mode {}", mode_word(mode));
    }
    let _ = write!(out, "  sentence {}", quoted(files.slice(claim.sentence)));
    write_doubt(out, claim.doubted.as_ref());
    if let Some(label) = claim.label {
        let _ = write!(out, "  label {}", files.slice(label));
    }
    write_cites(out, files, &claim.cites);
}

fn write_directive(out: &mut String, files: &Files, directive: &Directive) {
    let (word, span) = match directive {
        Directive::Chronicle(span) => ("chronicle", span),
        Directive::Calendar(span) => ("calendar", span),
        Directive::Covers(span) => ("covers", span),
        Directive::Bibliography(span) => ("bibliography", span),
        Directive::Include(span) => ("include", span),
        Directive::Source(span) => ("source", span),
        Directive::Unit(span) => ("unit", span),
        Directive::Mover(span) => ("mover", span),
        Directive::Draft => return out.push_str("draft"),
        Directive::Road {
            ends,
            doubted,
            cites,
        } => {
            let _ = write!(out, "road  {}", quoted(files.slice(*ends)));
            write_doubt(out, doubted.as_ref());
            return write_cites(out, files, cites);
        }
        Directive::Prefer { better, worse } => {
            let (better, worse) = (files.slice(*better), files.slice(*worse));
            let _ = write!(out, "prefer  @{better} over @{worse}");
            return;
        }
        Directive::From(cite) => {
            out.push_str("from  ");
            return write_cite(out, files, cite);
        }
        Directive::Section {
            title,
            within,
            from,
        } => {
            let _ = write!(out, "section  {}", quoted(files.slice(*title)));
            if let Some(within) = within {
                let _ = write!(out, "  within {}", quoted(files.slice(*within)));
            }
            if let Some(from) = from {
                out.push_str("  from ");
                write_cite(out, files, from);
            }
            return;
        }
    };
    let _ = write!(out, "{word}  {}", quoted(files.slice(*span)));
}

fn write_doubt(out: &mut String, doubted: Option<&Span>) {
    if doubted.is_some() {
        out.push_str("  doubted");
    }
}

fn write_cites(out: &mut String, files: &Files, cites: &[Citation]) {
    for (i, cite) in cites.iter().enumerate() {
        out.push_str(if i == 0 { "  cites " } else { "; " });
        write_cite(out, files, cite);
    }
}

fn write_cite(out: &mut String, files: &Files, cite: &Citation) {
    let mut parts = Vec::new();
    if let Some(prefix) = cite.prefix {
        parts.push(quoted(files.slice(prefix)));
    }
    if let Some(key) = cite.key {
        parts.push(format!("@{}", files.slice(key)));
    }
    if let Some(locator) = cite.locator {
        parts.push(quoted(files.slice(locator)));
    }
    if let Some(via) = cite.via {
        parts.push(format!("via @{}", files.slice(via)));
    }
    out.push_str(&parts.join(" "));
}

fn write_detail(out: &mut String, files: &Files, detail: &Detail) {
    out.push_str("   detail");
    match &detail.kind {
        DetailKind::Cites => {}
        DetailKind::Also(aliases) => {
            out.push_str("  also");
            for (i, alias) in aliases.iter().enumerate() {
                out.push_str(if i == 0 { " " } else { ", " });
                out.push_str(&quoted(files.slice(alias.name)));
                if let Some(language) = alias.language {
                    let _ = write!(out, " ({})", collapse(files.slice(language)));
                }
                if alias.doubted.is_some() {
                    out.push_str(" ?");
                }
            }
        }
        DetailKind::Item { key, of, value } => {
            let _ = write!(out, "  {}", collapse(files.slice(*key)));
            if let Some(of) = of {
                let _ = write!(out, " {}:", quoted(files.slice(*of)));
            }
            if !value.is_empty() {
                let _ = write!(out, " {}", quoted(files.slice(*value)));
            }
        }
        DetailKind::Broken => _ = write!(out, "  broken {}", quoted(files.slice(detail.span))),
    }
    write_doubt(out, detail.doubted.as_ref());
    write_cites(out, files, &detail.cites);
    out.push('\n');
}

/// A part in quotes, on one line whatever it holds.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in collapse(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
