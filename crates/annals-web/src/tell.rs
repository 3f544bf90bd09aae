//! A compiled chronicle as JSON: what the page and the static site are told.
//!
//! What comes in: a chronicle. What goes out: values whose fields `docs/http-api.md` describes.
//! Nothing here knows a request or a file, so that the site, written once, says what the server
//! says.

use serde_json::{Value, json};

use annals::{Answer, Changes, Compiled, Files, Overview, Remedy, Report, Scope, Span};
use annals_lsp::{Writing, remedies};

use crate::edition::Told;

/// An answer and its words.
pub fn answer_value(answer: &Answer) -> Value {
    json!({ "answer": answer.to_json(), "text": answer.to_text() })
}

/// What the page opens with.
pub fn overview_value(told: &Told, about: Option<&str>, writable: bool) -> Value {
    let overview = overview_of(&told.compiled, about);
    let (reports, left_out) = chronicle_reports(&told.compiled);
    json!({
        "revision": told.edition.revision,
        "writable": writable,
        "main": told.edition.main,
        // Every key of an overview is text, so it always has a JSON form.
        "overview": serde_json::to_value(overview).unwrap_or_default(),
        "reports": reports,
        "reports_left_out": left_out,
        "changes": {
            "without": told.changes.without,
            "prefer": told.changes.prefer,
        },
    })
}

/// Where what a reader saves is from: the chronicle, its revision, what was changed in it, and
/// whether it shows one thing alone.
pub fn citation(told: &Told, overview: &Overview, about: Option<&str>) -> String {
    let title = overview.title.as_deref().unwrap_or(&told.edition.main);
    let mut words = format!(
        "{title}. Chronicle in Annals, revision {}",
        told.edition.revision
    );
    if told.changes != Changes::default() {
        words.push_str(&format!(", {}", told.changes.words()));
    }
    if let Some(about) = about {
        words.push_str(&format!(", only what has to do with {about}"));
    }
    words + "."
}

/// The overview, whole or of one thing.
pub fn overview_of(compiled: &Compiled, about: Option<&str>) -> Overview {
    compiled.overview(&Scope {
        about: about.map(str::to_owned),
        ..Scope::default()
    })
}

/// The most reports told of one chronicle: what weighs most comes first, and how many there are
/// more is said.
const MOST_REPORTS: usize = 1000;

/// The reports on a chronicle, with the claims each speaks of, and how many are left out. Each
/// keeps its number among all.
pub fn chronicle_reports(compiled: &Compiled) -> (Vec<Value>, usize) {
    let mut numbered: Vec<usize> = (0..compiled.reports.len()).collect();
    numbered.sort_by_key(|at| (std::cmp::Reverse(compiled.reports[*at].severity), *at));
    numbered.truncate(MOST_REPORTS);
    numbered.sort_unstable();
    let claims = ClaimPlaces::of(compiled);
    let values = numbered.iter().map(|at| {
        let report = &compiled.reports[*at];
        let spans = report.labels.iter().map(|l| l.span);
        let remedies = remedies_of(compiled, report);
        report_value(&compiled.files, report, *at, &claims.at(spans), &remedies)
    });
    (values.collect(), compiled.reports.len() - numbered.len())
}

/// The remedies of a report on a chronicle, by their numbers.
pub fn remedies_of(compiled: &Compiled, report: &Report) -> Vec<Remedy> {
    let writing = Writing {
        files: &compiled.files,
        main: compiled.main,
        trees: &compiled.trees,
        resolved: &compiled.resolved,
    };
    remedies(writing, report)
}

/// Where the claims of a chronicle stand, in the order of the text.
struct ClaimPlaces(Vec<(Span, u32)>);

impl ClaimPlaces {
    fn of(compiled: &Compiled) -> ClaimPlaces {
        let claims = compiled.chronicle().claims.iter();
        let mut places: Vec<(Span, u32)> = claims.map(|c| (c.span, c.id.0)).collect();
        places.sort_unstable();
        ClaimPlaces(places)
    }

    /// The claims that begin on the lines where these spans begin, by number.
    fn at(&self, spans: impl Iterator<Item = Span>) -> Vec<u32> {
        let mut found = Vec::new();
        for span in spans {
            let begun = |s: &Span| (s.file, s.start) <= (span.file, span.start);
            let end = self.0.partition_point(|(s, _)| begun(s));
            // The claims of a list have one span, so all that share the last one begun are meant.
            let Some((last, _)) = end.checked_sub(1).map(|at| self.0[at]) else {
                continue;
            };
            let inside = last.file == span.file && span.start <= last.end;
            let same = self.0[..end].iter().rev().take_while(|(s, _)| *s == last);
            found.extend(same.filter(|_| inside).map(|(_, id)| *id));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Reports on a question, numbered as given.
pub fn report_values(files: &Files, reports: &[Report]) -> Vec<Value> {
    let numbered = reports.iter().enumerate();
    numbered
        .map(|(at, r)| report_value(files, r, at, &[], &r.remedies))
        .collect()
}

/// A report as a value.
fn report_value(
    files: &Files,
    report: &Report,
    id: usize,
    claims: &[u32],
    remedies: &[Remedy],
) -> Value {
    let labels = report.labels.iter().map(|l| {
        let mut value = place_value(files, l.span);
        value["words"] = Value::from(l.words.as_str());
        value["primary"] = Value::from(l.primary);
        value
    });
    let remedies = remedies.iter().map(|r| {
        let edits = r.edits.iter().map(|e| {
            let mut value = place_value(files, e.span);
            value["replacement"] = Value::from(e.replacement.as_str());
            value
        });
        let edits: Vec<Value> = edits.collect();
        json!({ "words": r.words, "safe": r.safe, "edits": edits })
    });
    json!({
        "id": id,
        "code": report.code,
        "severity": report.severity.word(),
        "headline": report.headline,
        "question": report.question,
        "answers": report.answers,
        "labels": labels.collect::<Vec<_>>(),
        "notes": report.notes,
        "remedies": remedies.collect::<Vec<_>>(),
        "claims": claims,
    })
}

/// Where a place is: lines and columns from one, columns in characters.
fn place_value(files: &Files, span: Span) -> Value {
    let file = files.get(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    json!({
        "file": file.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "start": span.start,
        "end": span.end,
    })
}
