//! What the tests of this room share: reading a text and checking what always holds.
#![allow(dead_code, missing_docs)]

use annals_syntax::{DetailKind, Notation, StatementKind, Tree, dump, parse};
use annals_text::{FileId, Files, Report, Span};

/// A text read, with its reports.
pub struct Read {
    pub files: Files,
    pub file: FileId,
    pub tree: Tree,
    pub reports: Vec<Report>,
}

pub fn read_as(text: &str, notation: Notation) -> Read {
    let mut files = Files::new();
    let file = files.add("k.annals", text);
    let (tree, reports) = parse(&files, file, notation);
    let read = Read {
        files,
        file,
        tree,
        reports,
    };
    read.check_tiling();
    read.check_reports();
    read
}

pub fn read(text: &str) -> Read {
    read_as(text, Notation::Chronicle)
}

impl Read {
    pub fn dump(&self) -> String {
        dump(&self.files, &self.tree)
    }

    /// The codes of the reports with what each points at.
    pub fn codes(&self) -> Vec<(&'static str, String)> {
        let place = |r: &Report| r.place().map(|p| self.files.slice(p).to_string());
        self.reports
            .iter()
            .map(|r| (r.code, place(r).unwrap_or_default()))
            .collect()
    }

    /// Statements with their line breaks are the whole file in order; parts lie in their lines.
    pub fn check_tiling(&self) {
        let text = &self.files.get(self.file).text;
        let mut at = 0;
        for statement in &self.tree.statements {
            assert_eq!(
                statement.span.start as usize, at,
                "a gap before {statement:?}"
            );
            at = statement.span.end as usize;
            let rest = &text[at..];
            let breaks = if rest.starts_with("\r\n") {
                2
            } else {
                usize::from(!rest.is_empty())
            };
            assert!(
                breaks == 0 || text[at..at + breaks].ends_with('\n'),
                "no break after {statement:?}"
            );
            at += breaks;
            assert!(within(statement.line, statement.span));
            let mut last = statement.line.start;
            for detail in &statement.details {
                assert!(within(detail.span, statement.span) && detail.span.start >= last);
                last = detail.span.end;
            }
        }
        assert_eq!(at, text.len(), "bytes after the last statement");
    }

    /// Every broken line has a report, and every report points into the text.
    pub fn check_reports(&self) {
        let text = &self.files.get(self.file).text;
        let touched = |span: Span| {
            let line = |at: u32| self.files.get(self.file).position(at).line;
            let wanted = line(span.start);
            self.reports
                .iter()
                .any(|r| r.place().is_some_and(|p| line(p.start) == wanted))
        };
        for statement in &self.tree.statements {
            if statement.kind == StatementKind::Broken {
                assert!(
                    touched(statement.line),
                    "no report for {:?}",
                    self.files.slice(statement.line)
                );
            }
            for detail in statement
                .details
                .iter()
                .filter(|d| d.kind == DetailKind::Broken)
            {
                assert!(
                    touched(detail.span),
                    "no report for {:?}",
                    self.files.slice(detail.span)
                );
            }
        }
        for report in &self.reports {
            assert!(report.place().is_some(), "{report:?}");
            let labels = report.labels.iter().map(|l| l.span);
            let edits = report
                .remedies
                .iter()
                .flat_map(|r| &r.edits)
                .map(|e| e.span);
            for span in labels.chain(edits) {
                let range = span.start as usize..span.end as usize;
                assert!(text.get(range).is_some(), "{report:?}");
            }
        }
    }
}

fn within(inner: Span, outer: Span) -> bool {
    inner.start >= outer.start && inner.end <= outer.end
}

/// The chronicle of DESIGN section 1 and lines of every form.
pub const CHRONICLE: &str = include_str!("chronicle.annals");
