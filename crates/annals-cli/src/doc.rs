//! `annals doc vocabulary`: everything that can be said, by theme.

use std::path::Path;

use annals::chronicle::{Pattern, Vocabulary};
use annals::{Compiled, MemoryWorld, Span, compile};

use crate::args::Page;
use crate::check::chronicle;
use crate::output::{Failure, say};
use crate::run::Exit;

/// Prints a page.
pub fn doc(page: Page, file: Option<&Path>) -> Result<Exit, Failure> {
    let compiled = match file {
        Some(path) => chronicle(Some(path))?,
        None => compile(&MemoryWorld::new().with("main.annals", ""), "main.annals"),
    };
    match page {
        Page::Vocabulary => say(&vocabulary(&compiled))?,
    }
    Ok(Exit::Clean)
}

/// One declaration: where it stands, which list it belongs to, and its lines.
struct Entry {
    span: Span,
    part: &'static str,
    lines: String,
}

fn vocabulary(compiled: &Compiled) -> String {
    let mut entries = entries(compiled, &compiled.chronicle().vocabulary);
    entries.sort_by_key(|e| (e.span.file, rank(e.part), e.span.start));
    let mut out = String::from(
        "What can be said. A slot in braces takes a name of that kind; what stands in brackets\n\
         may be left out; one of the forms joined by `/` is written.\n",
    );
    let (mut theme, mut part) = (None, "");
    for entry in entries {
        if theme != Some(entry.span.file) {
            theme = Some(entry.span.file);
            part = "";
            let name = &compiled.files.get(entry.span.file).name;
            let name = name.strip_prefix("vocabulary/").unwrap_or(name);
            out.push_str(&format!(
                "\n{}\n",
                name.trim_end_matches(".annals").to_uppercase()
            ));
        }
        if part != entry.part {
            part = entry.part;
            out.push_str(&format!("\n  {part}\n"));
        }
        out.push_str(&entry.lines);
    }
    out
}

fn rank(part: &str) -> usize {
    let order = ["Kinds", "States", "Events", "Circumstances", "Movers"];
    order.iter().position(|p| *p == part).unwrap_or(order.len())
}

fn entries(compiled: &Compiled, vocabulary: &Vocabulary) -> Vec<Entry> {
    let mut entries = Vec::new();
    for kind in &vocabulary.kinds {
        let above = kind.parents.iter();
        let above: Vec<&str> = above
            .map(|p| vocabulary.kinds[p.index()].name.as_str())
            .collect();
        let above = match above.is_empty() {
            true => String::new(),
            false => format!(" (a kind of {})", above.join(", ")),
        };
        entries.push(Entry {
            span: kind.span,
            part: "Kinds",
            lines: format!("    {}{above}\n", kind.name),
        });
    }
    for relation in &vocabulary.relations {
        let lines = said(compiled, &relation.patterns, &relation.meaning);
        entries.push(Entry {
            span: relation.span,
            part: "States",
            lines,
        });
    }
    for event in &vocabulary.event_types {
        let lines = said(compiled, &event.patterns, &event.meaning);
        entries.push(Entry {
            span: event.span,
            part: "Events",
            lines,
        });
    }
    for circumstance in &vocabulary.circumstances {
        let lines = said(compiled, &circumstance.patterns, &circumstance.meaning);
        entries.push(Entry {
            span: circumstance.span,
            part: "Circumstances",
            lines,
        });
    }
    for mover in &compiled.chronicle().movers {
        let also: Vec<String> = mover
            .names
            .iter()
            .skip(1)
            .map(|n| format!("      or: {n}\n"))
            .collect();
        let notes: Vec<String> = mover
            .notes
            .iter()
            .map(|n| format!("        {n}\n"))
            .collect();
        entries.push(Entry {
            span: mover.span,
            part: "Movers",
            lines: format!(
                "    {}: {}\n{}{}",
                mover.names[0],
                mover.written,
                also.concat(),
                notes.concat()
            ),
        });
    }
    entries
}

fn said(compiled: &Compiled, patterns: &[Pattern], meaning: &str) -> String {
    let mut out = String::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let text = compiled.files.slice(pattern.span).trim();
        match index {
            0 => out.push_str(&format!("    {text}\n")),
            _ => out.push_str(&format!("      or: {text}\n")),
        }
    }
    if !meaning.is_empty() {
        out.push_str(&format!("        {meaning}\n"));
    }
    out
}
