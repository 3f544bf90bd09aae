//! Reports for people, laid out as rustc lays out its own.
//!
//! The place a report stands at comes first, then the other places of that file, then those of
//! other files; notes and remedies follow. A remedy with edits shows the text as it would become.
//! A report never prints more than a screen: labels over many lines show their first, very wide
//! lines are shortened around what is pointed at.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::excerpt::{Excerpt, excerpt};
use crate::short::{one_line, plain_lines};
use crate::{Edit, FileId, Files, Label, Remedy, Report, Severity, Span, TextFile};

/// Labels drawn of one report at most.
const LABELS: usize = 24;
/// Lines between two labels that are drawn or folded; with more the excerpt starts anew.
const GAP: u32 = 30;
/// Lines an edit may touch to be drawn.
const EDITED: u32 = 30;
/// Wider than any excerpt, so that lines are shortened here and nowhere else.
const WIDTH: usize = 4096;

/// All reports in the order given, an empty line after each. `color` adds terminal colours.
pub fn render_human(files: &Files, reports: &[Report], color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut out = String::new();
    for report in reports {
        out.push_str(&renderer.render(&groups(files, report)));
        out.push_str("\n\n");
    }
    out
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Lint => Level::NOTE,
        Severity::Finding => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

fn groups<'a>(files: &'a Files, report: &'a Report) -> Vec<Group<'a>> {
    let title = level(report.severity)
        .primary_title(one_line(&report.headline))
        .id(report.code);
    let snippets = stretches(files, report)
        .into_iter()
        .map(|s| s.snippet(files));
    let mut main = Group::with_title(title).elements(snippets);
    for note in &report.notes {
        main = main.element(Level::NOTE.message(plain_lines(note)));
    }
    if report.labels.len() > LABELS {
        let more = report.labels.len() - LABELS;
        main = main.element(Level::NOTE.message(format!("{more} more places are not shown")));
    }
    let mut shown = Vec::new();
    for remedy in &report.remedies {
        match patches(files, remedy) {
            Some(snippets) => {
                let title = Level::HELP.secondary_title(one_line(&remedy.words));
                shown.push(Group::with_title(title).elements(snippets));
            }
            None => main = main.element(Level::HELP.message(plain_lines(&in_words(files, remedy)))),
        }
    }
    let mut groups = vec![main];
    groups.append(&mut shown);
    groups
}

/// Neighbouring labels of one file, drawn in one excerpt.
struct Stretch<'a> {
    file: FileId,
    first: u32,
    last: u32,
    labels: Vec<(Range<u32>, &'a Label)>,
    /// Which labels are primary here: the place the report stands at.
    main: Option<Span>,
}

impl<'a> Stretch<'a> {
    fn snippet(self, files: &'a Files) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let file = files.get(self.file);
        let ranges: Vec<Range<u32>> = self.labels.iter().map(|(r, _)| r.clone()).collect();
        let cut = excerpt(file, self.first, self.last, &ranges);
        let annotations = self
            .labels
            .iter()
            .zip(cut.ranges)
            .map(|((_, label), range)| {
                let main = label.primary || self.main == Some(label.span);
                let kind = if main {
                    AnnotationKind::Primary
                } else {
                    AnnotationKind::Context
                };
                let words = (!label.words.is_empty()).then(|| one_line(&label.words));
                kind.span(range).label(words)
            });
        let annotations: Vec<_> = annotations.collect();
        Snippet::source(cut.text)
            .path(one_line(&file.name))
            .line_start(self.first as usize)
            .annotations(annotations)
    }
}

/// The labels of a report as the stretches to draw, the one it stands at first.
fn stretches<'a>(files: &Files, report: &'a Report) -> Vec<Stretch<'a>> {
    let main = report.place();
    let mut placed: Vec<(FileId, u32, Range<u32>, &Label)> = Vec::new();
    for label in report.labels.iter().take(LABELS) {
        let (line, range) = on_one_line(files.get(label.span.file), label.span);
        placed.push((label.span.file, line, range, label));
    }
    // Within a file excerpts run down the page; files keep the order of the reasoning.
    let mut order: Vec<FileId> = Vec::new();
    order.extend(main.map(|m| m.file));
    for (file, ..) in &placed {
        if !order.contains(file) {
            order.push(*file);
        }
    }
    let rank = |file: &FileId| order.iter().position(|f| f == file);
    placed.sort_by_key(|(file, line, ..)| (rank(file), *line));
    let mut stretches: Vec<Stretch<'a>> = Vec::new();
    for (file, line, range, label) in placed {
        match stretches.last_mut() {
            Some(s) if s.file == file && line - s.last <= GAP => {
                s.last = line;
                s.labels.push((range, label));
            }
            _ => {
                let labels = vec![(range, label)];
                stretches.push(Stretch {
                    file,
                    first: line,
                    last: line,
                    labels,
                    main,
                });
            }
        }
    }
    let stands = |s: &Stretch<'_>| s.labels.iter().any(|(_, l)| Some(l.span) == main);
    if let Some(index) = stretches.iter().position(stands) {
        stretches[..=index].rotate_right(1);
    }
    stretches
}

/// The line a span begins on, and what of the span lies on it.
fn on_one_line(file: &TextFile, span: Span) -> (u32, Range<u32>) {
    let line = file.position(span.start).line;
    let (start, end) = file.line_range(line).unwrap_or((0, 0));
    let floor = |at: u32| {
        let mut at = at.clamp(start, end);
        while !file.text.is_char_boundary(at as usize) {
            at -= 1;
        }
        at
    };
    let from = floor(span.start);
    (line, from..floor(span.end).max(from))
}

/// The edits of a remedy as patches, by file; nothing where they cannot be drawn well.
fn patches<'a>(files: &'a Files, remedy: &'a Remedy) -> Option<Vec<Snippet<'a, Patch<'a>>>> {
    if remedy.edits.is_empty() || remedy.edits.len() > LABELS {
        return None;
    }
    let mut sorted: Vec<&Edit> = remedy.edits.iter().collect();
    sorted.sort_by_key(|e| (e.span.file, e.span.start, e.span.end));
    let clash = |w: &[&Edit]| w[0].span.file == w[1].span.file && w[0].span.end > w[1].span.start;
    if sorted.windows(2).any(clash) {
        return None;
    }
    let mut snippets = Vec::new();
    for edits in sorted.chunk_by(|a, b| a.span.file == b.span.file) {
        let file = files.get(edits.first()?.span.file);
        let first = file.position(edits.first()?.span.start).line;
        let last = file.position(edits.last()?.span.end).line;
        if last - first > EDITED {
            return None;
        }
        let cut = excerpt(file, first, last, &[]);
        if cut.shortened {
            return None;
        }
        snippets.push(patch_snippet(file, first, cut, edits)?);
    }
    Some(snippets)
}

fn patch_snippet<'a>(
    file: &'a TextFile,
    first: u32,
    cut: Excerpt,
    edits: &[&'a Edit],
) -> Option<Snippet<'a, Patch<'a>>> {
    let (start, _) = file.line_range(first)?;
    let mut patches = Vec::new();
    for edit in edits {
        let range = (edit.span.start - start) as usize..(edit.span.end - start) as usize;
        // The excerpt ends lines with `\n` alone: where the file does not, offsets would differ.
        let shown = cut.text.get(range.clone())?;
        let meant = file
            .text
            .get(edit.span.start as usize..edit.span.end as usize)?;
        if shown != meant {
            return None;
        }
        patches.push(Patch::new(range, edit.replacement.as_str()));
    }
    let snippet = Snippet::source(cut.text)
        .path(one_line(&file.name))
        .line_start(first as usize);
    Some(snippet.patches(patches))
}

/// A remedy as a sentence, its edits told in words.
fn in_words(files: &Files, remedy: &Remedy) -> String {
    const KEPT: usize = 60;
    let mut words = remedy.words.clone();
    for edit in remedy.edits.iter().take(3) {
        let file = files.get(edit.span.file);
        let place = format!("{}:{}", file.name, file.position(edit.span.start));
        let text: String = edit.replacement.chars().take(KEPT).collect();
        let text = one_line(&text);
        let deed = match (edit.span.is_empty(), edit.replacement.is_empty()) {
            (true, _) => format!("insert `{text}`"),
            (false, true) => "remove the text".to_string(),
            (false, false) => format!("write `{text}`"),
        };
        words.push_str(&format!("\n{place}: {deed}"));
    }
    words
}
