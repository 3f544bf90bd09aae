//! Reports as editors show them: under the words they speak of, file by file.

use std::collections::BTreeMap;

use annals::syntax::Notation;
use annals::{FileId, Report, Severity, Span};

use crate::position::{Lines, Range};
use crate::uri::uri_of;
use crate::workspace::Analysis;

/// One report under the words it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The words.
    pub range: Range,
    /// How much it weighs.
    pub severity: Severity,
    /// Its stable code.
    pub code: &'static str,
    /// The headline, what is said of the words, the reasoning, and what only a person can do.
    pub message: String,
    /// The other places it speaks of.
    pub related: Vec<Related>,
}

/// Another place a report speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file, by the name its editor has for it.
    pub uri: String,
    /// The words.
    pub range: Range,
    /// What is said of them.
    pub message: String,
}

/// The diagnostics of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiagnostics {
    /// The file, by the name its editor has for it.
    pub uri: String,
    /// The version of the text they belong to; `None` where it is not open.
    pub version: Option<i64>,
    /// The diagnostics, in the order of the reports.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where things stand in the files of a chronicle, as editors count.
pub(crate) struct Places<'a> {
    analysis: &'a Analysis,
    lines: BTreeMap<FileId, Lines>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Places<'a> {
        Places {
            analysis,
            lines: BTreeMap::new(),
        }
    }

    /// The name an editor has for a file of the chronicle; `None` for the shipped vocabulary and
    /// for the sheets of a workbook, which no editor can show.
    pub(crate) fn uri(&self, file: FileId) -> Option<String> {
        let prepared = &self.analysis.prepared;
        let name = &prepared.files().get(file).name;
        if !prepared.is_own(file) || name.ends_with(')') {
            return None;
        }
        let open = self.analysis.texts.open(name);
        Some(open.map_or_else(|| uri_of(name), |document| document.uri.clone()))
    }

    /// The version of a file's text; `None` where it is not open.
    pub(crate) fn version(&self, file: FileId) -> Option<i64> {
        let name = &self.analysis.prepared.files().get(file).name;
        self.analysis.texts.open(name).map(|d| d.version)
    }

    /// A span as editors count. Of a table, whose text here is not the one on the disk, the whole
    /// line.
    pub(crate) fn range(&mut self, span: Span) -> Range {
        let text = &self.analysis.prepared.files().get(span.file).text;
        let lines = self
            .lines
            .entry(span.file)
            .or_insert_with(|| Lines::of(text));
        let range = lines.range(text, span.start as usize, span.end as usize);
        if self.analysis.notation(span.file) != Some(Notation::Table) {
            return range;
        }
        let (mut start, mut end) = (range.start, range.end);
        start.character = 0;
        end.character = 0;
        end.line = end.line.max(start.line) + 1;
        Range { start, end }
    }
}

/// The reports of a chronicle, file by file. Every file of the chronicle is in the list, so that
/// what was said of it before is taken back.
pub fn diagnostics(analysis: &Analysis, reports: &[Report]) -> Vec<FileDiagnostics> {
    let mut places = Places::new(analysis);
    let mut files: BTreeMap<FileId, FileDiagnostics> = BTreeMap::new();
    for (id, file) in analysis.prepared.files().iter() {
        if let Some(uri) = places.uri(id) {
            let open = analysis.texts.open(&file.name);
            files.insert(
                id,
                FileDiagnostics {
                    uri,
                    version: open.map(|d| d.version),
                    diagnostics: Vec::new(),
                },
            );
        }
    }
    for report in reports {
        // What stands nowhere, or in a sheet, is told at the head of the main file.
        let head = analysis.prepared.main().map(|file| Span::new(file, 0, 0));
        let place = report.place().filter(|span| files.contains_key(&span.file));
        let Some(place) = place.or(head) else {
            continue;
        };
        let diagnostic = diagnostic(report, place, &mut places);
        if let Some(file) = files.get_mut(&place.file) {
            file.diagnostics.push(diagnostic);
        }
    }
    files.into_values().collect()
}

pub(crate) fn diagnostic(report: &Report, place: Span, places: &mut Places<'_>) -> Diagnostic {
    let mut message = vec![report.headline.clone()];
    let mut related = Vec::new();
    for label in &report.labels {
        if label.span == place {
            message.extend(Some(label.words.clone()).filter(|w| !w.is_empty()));
        } else if let Some(uri) = places.uri(label.span.file) {
            related.push(Related {
                uri,
                range: places.range(label.span),
                message: label.words.clone(),
            });
        }
    }
    message.extend(report.notes.iter().cloned());
    let help = report.remedies.iter().filter(|r| r.edits.is_empty());
    message.extend(help.map(|r| format!("help: {}", r.words)));
    Diagnostic {
        range: places.range(place),
        severity: report.severity,
        code: report.code,
        message: message.join("\n"),
        related,
    }
}
