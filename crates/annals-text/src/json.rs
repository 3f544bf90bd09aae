//! Reports as JSON.
//!
//! One array, a report each, in the order given:
//!
//! ```json
//! [{
//!   "code": "missing-colon",
//!   "severity": "error",
//!   "headline": "no colon ends the date of `644 Tang attacks Karasahr.`",
//!   "place": { "file": "k.annals", "start": { "offset": 0, "line": 1, "column": 1 },
//!              "end": { "offset": 3, "line": 1, "column": 4 } },
//!   "labels": [{ "file": "k.annals", "start": {}, "end": {}, "words": "…", "primary": true }],
//!   "question": "", "answers": 0,
//!   "notes": ["a claim is `date: sentence.`"],
//!   "remedies": [{ "words": "…", "safe": false,
//!                  "edits": [{ "file": "k.annals", "start": {}, "end": {}, "replacement": ": " }] }]
//! }]
//! ```
//!
//! `severity` is `error`, `warning` (a finding about history) or `note` (a lint). `place` is where
//! the report stands and is null where it stands nowhere. `question` is the question about history
//! that a finding concerns, empty for reports on the text, and `answers` how many answers hang on it. Offsets count bytes from zero, lines and
//! columns from one, columns in characters; ends are exclusive.

use serde::Serialize;

use crate::{Files, Report, Span};

#[derive(Serialize)]
struct JsonReport<'a> {
    code: &'a str,
    severity: &'a str,
    headline: &'a str,
    place: Option<JsonPlace<'a>>,
    labels: Vec<JsonLabel<'a>>,
    question: &'a str,
    answers: usize,
    notes: &'a [String],
    remedies: Vec<JsonRemedy<'a>>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Serialize)]
struct JsonPosition {
    offset: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    words: &'a str,
    primary: bool,
}

#[derive(Serialize)]
struct JsonRemedy<'a> {
    words: &'a str,
    safe: bool,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    replacement: &'a str,
}

/// All reports as one JSON array, as the module describes.
pub fn render_json(files: &Files, reports: &[Report]) -> String {
    let reports: Vec<JsonReport<'_>> = reports.iter().map(|r| report(files, r)).collect();
    let mut out = serde_json::to_string_pretty(&reports)
        .expect("strings and numbers always have a JSON form");
    out.push('\n');
    out
}

fn report<'a>(files: &'a Files, report: &'a Report) -> JsonReport<'a> {
    let label = |l: &'a crate::Label| JsonLabel {
        place: place(files, l.span),
        words: &l.words,
        primary: l.primary,
    };
    let edit = |e: &'a crate::Edit| JsonEdit {
        place: place(files, e.span),
        replacement: &e.replacement,
    };
    let remedy = |r: &'a crate::Remedy| JsonRemedy {
        words: &r.words,
        safe: r.safe,
        edits: r.edits.iter().map(edit).collect(),
    };
    JsonReport {
        code: report.code,
        severity: report.severity.word(),
        headline: &report.headline,
        place: report.place().map(|p| place(files, p)),
        labels: report.labels.iter().map(label).collect(),
        question: &report.question,
        answers: report.answers,
        notes: &report.notes,
        remedies: report.remedies.iter().map(remedy).collect(),
    }
}

fn place(files: &Files, span: Span) -> JsonPlace<'_> {
    let file = files.get(span.file);
    let position = |offset: u32| {
        let at = file.position(offset);
        JsonPosition {
            offset,
            line: at.line,
            column: at.column,
        }
    };
    JsonPlace {
        file: &file.name,
        start: position(span.start),
        end: position(span.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Edit;

    #[test]
    fn a_report_has_all_its_parts() {
        let mut files = Files::new();
        let file = files.add("k.annals", "644 唐伐\n");
        let gap = Span::new(file, 3, 4);
        let edit = Edit {
            span: gap,
            replacement: ": ".to_string(),
        };
        let report = Report::error("missing-colon", "no \"colon\"")
            .at(Span::new(file, 0, 3), "here")
            .note("why")
            .fix("mend", vec![edit], false);
        let json: serde_json::Value =
            serde_json::from_str(&render_json(&files, &[report])).unwrap();
        let report = &json[0];
        assert_eq!(report["severity"], "error");
        assert_eq!(report["headline"], "no \"colon\"");
        assert_eq!(report["place"]["end"]["column"], 4);
        assert_eq!(report["labels"][0]["file"], "k.annals");
        assert_eq!(report["labels"][0]["words"], "here");
        assert_eq!(report["notes"][0], "why");
        assert_eq!(report["remedies"][0]["edits"][0]["start"]["offset"], 3);
        assert_eq!(report["remedies"][0]["edits"][0]["replacement"], ": ");
    }

    #[test]
    fn no_reports_are_an_empty_array() {
        assert_eq!(render_json(&Files::new(), &[]), "[]\n");
        let json = render_json(&Files::new(), &[Report::lint("x", "y")]);
        assert!(json.contains("\"place\": null"), "{json}");
    }
}
