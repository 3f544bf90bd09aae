//! Reports as SARIF 2.1.0, the form code-scanning services read.
//!
//! Columns count Unicode code points. Findings about history are warnings and lints are notes;
//! remedies with edits are fixes. The reasoning of a report follows its headline in the message.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{Edit, Files, Label, Report, Span, TextFile};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// All reports as one SARIF log with one run.
pub fn render_sarif(files: &Files, reports: &[Report]) -> String {
    let codes: BTreeSet<&str> = reports.iter().map(|r| r.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let results: Vec<Value> = reports.iter().map(|r| result(files, &codes, r)).collect();
    let rules: Vec<Value> = codes.iter().map(|c| json!({ "id": c })).collect();
    let driver = json!({
        "name": "annals",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(files: &Files, codes: &[&str], report: &Report) -> Value {
    let mut message = report.headline.clone();
    for note in &report.notes {
        message.push_str("\nnote: ");
        message.push_str(note);
    }
    for remedy in report.remedies.iter().filter(|r| r.edits.is_empty()) {
        message.push_str("\nhelp: ");
        message.push_str(&remedy.words);
    }
    let mut result = json!({
        "ruleId": report.code,
        "ruleIndex": codes.binary_search(&report.code).unwrap_or(0),
        "level": report.severity.word(),
        "message": { "text": message },
    });
    if !report.question.is_empty() {
        result["properties"] = json!({ "question": report.question, "answers": report.answers });
    }
    let main = report.labels.iter().position(|l| l.primary).unwrap_or(0);
    if let Some(label) = report.labels.get(main) {
        result["locations"] = json!([location(files, label, None)]);
    }
    let related: Vec<Value> = report
        .labels
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != main)
        .map(|(i, label)| location(files, label, Some(i)))
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    let fixes: Vec<Value> = report
        .remedies
        .iter()
        .filter(|r| !r.edits.is_empty())
        .map(|r| json!({ "description": { "text": r.words }, "artifactChanges": changes(files, &r.edits) }))
        .collect();
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

fn location(files: &Files, label: &Label, id: Option<usize>) -> Value {
    let file = files.get(label.span.file);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&file.name) },
            "region": region(file, label.span),
        },
    });
    if !label.words.is_empty() {
        location["message"] = json!({ "text": label.words });
    }
    if let Some(id) = id {
        location["id"] = json!(id);
    }
    location
}

fn region(file: &TextFile, span: Span) -> Value {
    let (start, end) = (file.position(span.start), file.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The edits of a remedy, by file in the order of their first edit.
fn changes(files: &Files, edits: &[Edit]) -> Vec<Value> {
    let mut order: Vec<crate::FileId> = Vec::new();
    for edit in edits {
        if !order.contains(&edit.span.file) {
            order.push(edit.span.file);
        }
    }
    let change = |id: &crate::FileId| {
        let file = files.get(*id);
        let replacements: Vec<Value> = edits
            .iter()
            .filter(|e| e.span.file == *id)
            .map(|e| {
                json!({
                    "deletedRegion": region(file, e.span),
                    "insertedContent": { "text": e.replacement },
                })
            })
            .collect();
        json!({ "artifactLocation": { "uri": uri(&file.name) }, "replacements": replacements })
    };
    order.iter().map(change).collect()
}

/// A path as a URI reference: slashes forward, everything unusual percent-encoded.
fn uri(name: &str) -> String {
    let mut out = String::new();
    let name = name.replace('\\', "/");
    if name.starts_with('/') {
        out.push_str("file://");
    }
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char);
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_has_rules_places_and_fixes() {
        let mut files = Files::new();
        let a = files.add("notes/焉耆 1.annals", "644 唐伐\n");
        let b = files.add("/srv/b.annals", "x\n");
        let edit = Edit {
            span: Span::new(a, 3, 4),
            replacement: ": ".to_string(),
        };
        let report = Report::finding("z-code", "two sources disagree")
            .also(Span::new(b, 0, 1), "there")
            .at(Span::new(a, 0, 3), "here")
            .note("why")
            .fix("mend", vec![edit], true);
        let reports = [Report::error("a-code", "bad"), report];
        let log: Value = serde_json::from_str(&render_sarif(&files, &reports)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][1]["id"], "z-code");
        let result = &run["results"][1];
        assert_eq!(result["ruleIndex"], 1);
        assert_eq!(result["level"], "warning");
        assert_eq!(result["message"]["text"], "two sources disagree\nnote: why");
        let main = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            main["artifactLocation"]["uri"],
            "notes/%E7%84%89%E8%80%86%201.annals"
        );
        assert_eq!(main["region"]["endColumn"], 4);
        let related = &result["relatedLocations"][0];
        assert_eq!(
            related["physicalLocation"]["artifactLocation"]["uri"],
            "file:///srv/b.annals"
        );
        let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(change["insertedContent"]["text"], ": ");
        assert!(run["results"][0].get("locations").is_none());
    }
}
