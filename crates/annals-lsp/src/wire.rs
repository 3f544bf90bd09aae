//! Plain structs as the JSON of the protocol, and its parameters as plain values.
//!
//! The protocol is version 3.17. Only what the server uses of it is here, written by hand: the
//! crates of its types cost more to compile than these pages, and none of them is settled.

use annals::Severity;
use serde_json::{Value, json};

use crate::actions::Action;
use crate::completion::{Completion, CompletionKind, Completions};
use crate::diagnostics::{Diagnostic, FileDiagnostics};
use crate::document::{Change, Document};
use crate::outline::{Symbol, SymbolKind, TokenRole};
use crate::position::{Position, Range};
use crate::references::{FoundSymbol, Location, TextEdit, WorkspaceEdit};

/// What is wrong with the parameters of a message, in words.
pub(crate) type Wrong = String;

pub(crate) fn position(value: &Value) -> Result<Position, Wrong> {
    let number = |key: &str| {
        let number = value.get(key).and_then(Value::as_u64);
        let number = number.and_then(|n| u32::try_from(n).ok());
        number.ok_or_else(|| format!("a position needs a `{key}`, a number from 0"))
    };
    Ok(Position {
        line: number("line")?,
        character: number("character")?,
    })
}

pub(crate) fn range(value: &Value) -> Result<Range, Wrong> {
    Ok(Range {
        start: position(&value["start"])?,
        end: position(&value["end"])?,
    })
}

pub(crate) fn text<'v>(value: &'v Value, key: &str) -> Result<&'v str, Wrong> {
    let text = value.get(key).and_then(Value::as_str);
    text.ok_or_else(|| format!("`{key}` is missing, a text"))
}

/// The URI in the `textDocument` of parameters.
pub(crate) fn document_uri(params: &Value) -> Result<&str, Wrong> {
    text(&params["textDocument"], "uri")
}

pub(crate) fn changes(params: &Value) -> Result<Vec<Change>, Wrong> {
    let changes = params.get("contentChanges").and_then(Value::as_array);
    let changes = changes.ok_or("`contentChanges` is missing, a list")?;
    let change = |value: &Value| {
        let range = match value.get("range") {
            None | Some(Value::Null) => None,
            Some(value) => Some(range(value)?),
        };
        Ok(Change {
            range,
            text: text(value, "text")?.to_owned(),
        })
    };
    changes.iter().map(change).collect()
}

pub(crate) fn json_position(position: Position) -> Value {
    json!({"line": position.line, "character": position.character})
}

pub(crate) fn json_range(range: Range) -> Value {
    json!({"start": json_position(range.start), "end": json_position(range.end)})
}

pub(crate) fn json_location(uri: &str, range: Range) -> Value {
    json!({"uri": uri, "range": json_range(range)})
}

pub(crate) fn json_diagnostics(file: &FileDiagnostics) -> Value {
    let diagnostics: Vec<Value> = file.diagnostics.iter().map(json_diagnostic).collect();
    let mut params = json!({"uri": file.uri, "diagnostics": diagnostics});
    if let Some(version) = file.version {
        params["version"] = json!(version);
    }
    params
}

pub(crate) fn json_diagnostic(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => 1,
        Severity::Finding => 2,
        Severity::Lint => 3,
    };
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|r| json!({"location": json_location(&r.uri, r.range), "message": r.message}))
        .collect();
    json!({
        "range": json_range(diagnostic.range),
        "severity": severity,
        "code": diagnostic.code,
        "source": "annals",
        "message": diagnostic.message,
        "relatedInformation": related,
    })
}

/// Completions of a text in a document; without snippets, what is written ends at the first hole.
pub(crate) fn json_completions(found: &Completions, document: &Document, snippets: bool) -> Value {
    let items = found.items.iter().enumerate();
    let items: Vec<Value> = items
        .map(|(order, item)| {
            let text = item.snippet.as_ref().filter(|_| snippets);
            let range = document.range(item.from, item.to);
            json!({
                "label": item.label,
                "kind": item_kind(item),
                "detail": item.detail,
                "sortText": format!("{order:04}"),
                "filterText": item.filter,
                "insertTextFormat": if text.is_some() { 2 } else { 1 },
                "textEdit": {
                    "range": json_range(range),
                    "newText": text.unwrap_or(&item.insert),
                },
            })
        })
        .collect();
    json!({"isIncomplete": found.more, "items": items})
}

/// The protocol has kinds of program text alone; these are the nearest.
fn item_kind(item: &Completion) -> u8 {
    const VALUE: u8 = 12;
    const KEYWORD: u8 = 14;
    const SNIPPET: u8 = 15;
    const REFERENCE: u8 = 18;
    const CLASS: u8 = 7;
    const EVENT: u8 = 23;
    const PROPERTY: u8 = 10;
    match item.kind {
        CompletionKind::Name => CLASS,
        CompletionKind::Label => EVENT,
        CompletionKind::Citation => REFERENCE,
        CompletionKind::Sentence | CompletionKind::Circumstance => SNIPPET,
        CompletionKind::Date => VALUE,
        CompletionKind::Directive | CompletionKind::Declaration => KEYWORD,
        CompletionKind::Detail => PROPERTY,
        CompletionKind::Mode | CompletionKind::Question => KEYWORD,
    }
}

pub(crate) fn json_location_of(location: &Location) -> Value {
    json_location(&location.uri, location.range)
}

pub(crate) fn json_text_edits(edits: &[TextEdit]) -> Value {
    let edits = edits.iter();
    let edits: Vec<Value> = edits
        .map(|edit| json!({"range": json_range(edit.range), "newText": edit.text}))
        .collect();
    Value::Array(edits)
}

/// Edits of several files: with the versions they are made for, if the editor knows of versions.
pub(crate) fn json_workspace_edit(edit: &WorkspaceEdit, versions: bool) -> Value {
    if versions {
        let files = edit.files.iter();
        let changes: Vec<Value> = files
            .map(|(uri, (version, edits))| {
                json!({
                    "textDocument": {"uri": uri, "version": version},
                    "edits": json_text_edits(edits),
                })
            })
            .collect();
        return json!({"documentChanges": changes});
    }
    let files = edit.files.iter();
    let changes = files.map(|(uri, (_, edits))| (uri.clone(), json_text_edits(edits)));
    json!({"changes": Value::Object(changes.collect())})
}

pub(crate) fn json_action(action: &Action, versions: bool) -> Value {
    let mut json = json!({
        "title": action.title,
        "kind": if action.all { "source.fixAll" } else { "quickfix" },
        "isPreferred": action.preferred,
        "edit": json_workspace_edit(&action.edit, versions),
    });
    if let Some(mends) = &action.mends {
        json["diagnostics"] = json!([json_diagnostic(mends)]);
    }
    json
}

/// The protocol's number of the nearest kind of symbol.
fn symbol_kind(kind: SymbolKind) -> u8 {
    match kind {
        SymbolKind::Section => 3,
        SymbolKind::Thing => 5,
        SymbolKind::Event => 24,
        SymbolKind::Vocabulary => 11,
        SymbolKind::Source => 1,
    }
}

pub(crate) fn json_symbol(symbol: &Symbol) -> Value {
    let inside: Vec<Value> = symbol.inside.iter().map(json_symbol).collect();
    json!({
        "name": symbol.name,
        "detail": symbol.detail,
        "kind": symbol_kind(symbol.kind),
        "range": json_range(symbol.range),
        "selectionRange": json_range(symbol.name_range),
        "children": inside,
    })
}

pub(crate) fn json_found(found: &FoundSymbol) -> Value {
    json!({
        "name": found.name,
        "kind": symbol_kind(found.kind),
        "containerName": found.within,
        "location": json_location_of(&found.location),
    })
}

/// Coloured parts as the protocol counts them: each from the one before it.
pub(crate) fn json_tokens(tokens: &[(Range, TokenRole)]) -> Value {
    let mut data: Vec<u32> = Vec::with_capacity(tokens.len() * 5);
    let mut before = Position::default();
    for (range, role) in tokens {
        let start = range.start;
        let line = start.line - before.line;
        let character = match line {
            0 => start.character - before.character,
            _ => start.character,
        };
        let role = TokenRole::ALL.iter().position(|r| r == role).unwrap_or(0);
        let length = range.end.character - start.character;
        data.extend([line, character, length, role as u32, 0]);
        before = start;
    }
    json!({"data": data})
}
