//! The place where reports on one line are collected.

use annals_text::{Edit, Report, Span};

use crate::chars::fold;
use crate::scan::Fault;
use crate::text::Text;

/// Reports told of one line at most; a line with more is hardly read for the thirteenth.
const REPORTS_PER_LINE: usize = 12;

/// Where reports on one line are collected, and the text they speak of.
pub(crate) struct Reader<'a> {
    /// The text of the file.
    pub text: Text<'a>,
    /// Where column one of this line is.
    pub margin: u32,
    /// What was found so far on this line.
    pub reports: Vec<Report>,
}

impl<'a> Reader<'a> {
    /// A reader of one line.
    pub fn new(text: Text<'a>, margin: u32) -> Reader<'a> {
        Reader {
            text,
            margin,
            reports: vec![],
        }
    }

    /// Adds a report.
    pub fn report(&mut self, report: Report) {
        self.reports.push(report);
    }

    /// Reports a quote or bracket without its partner; `line` ends where a quote could be closed.
    pub fn fault(&mut self, fault: Fault, line: Span) {
        let end = self.text.span(line.end, line.end);
        let report = match fault {
            Fault::Quote(at) => {
                let close = match self.text.first(at) {
                    Some('“') => "”",
                    Some('„') => "“",
                    _ => "\"",
                };
                let edit = Edit {
                    span: end,
                    replacement: close.to_string(),
                };
                Report::error("unclosed-quote", "this quotation is never closed")
                    .at(at, "it begins here")
                    .note("a statement is one line, so a quotation ends on the line it begins on")
                    .fix("close it at the end of the line", vec![edit], false)
            }
            Fault::Bracket(at) => {
                let close = if self.text.first(at).map(fold) == Some('{') {
                    "}"
                } else {
                    "]"
                };
                let edit = Edit {
                    span: end,
                    replacement: close.to_string(),
                };
                Report::error("unclosed-bracket", "this bracket is never closed")
                    .at(at, format!("its `{close}` is missing"))
                    .fix("close it at the end of the line", vec![edit], false)
            }
            Fault::Stray(at) => {
                let edit = Edit {
                    span: at,
                    replacement: String::new(),
                };
                Report::error("unclosed-bracket", "this bracket closes nothing")
                    .at(at, "no bracket is open here")
                    .fix("remove it", vec![edit], false)
            }
        };
        self.report(report);
    }

    /// The reports of this line, a flood of them cut to what a person would read.
    pub fn into_reports(mut self) -> Vec<Report> {
        let found = self.reports.len();
        if found > REPORTS_PER_LINE {
            self.reports.truncate(REPORTS_PER_LINE);
            if let Some(last) = self.reports.last_mut() {
                let more = found - REPORTS_PER_LINE;
                last.notes
                    .push(format!("{more} more reports on this line are not shown"));
            }
        }
        self.reports
    }
}
