//! Requests and their answers.
//!
//! A completion is answered from the chronicle as last read. Everything that points into the text
//! waits a moment until the text has been read as it stands, and is refused where that takes too
//! long: an answer about an older text would point at the wrong words.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use annals::FileId;
use serde_json::{Value, json};

use crate::actions::actions;
use crate::completion::{complete, is_markdown};
use crate::formatting::formatting;
use crate::hover::hover;
use crate::outline::{Outline, Symbol, TokenRole};
use crate::references::{definition, find_symbols, references, rename, renamed_at};
use crate::session::compiling::wait;
use crate::session::{Client, Refused, Shared, code};
use crate::uri::path_of;
use crate::wire;
use crate::workspace::{Analysis, View};

/// How long a request waits for its text to be read.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a request waits for what follows from its text.
const LEISURE: Duration = Duration::from_secs(2);

/// What the editor says it can do.
pub(crate) fn client(params: &Value) -> Client {
    let capabilities = &params["capabilities"];
    let text = &capabilities["textDocument"];
    let can = |value: &Value| value.as_bool().unwrap_or(false);
    Client {
        snippets: can(&text["completion"]["completionItem"]["snippetSupport"]),
        versions: can(&capabilities["workspace"]["workspaceEdit"]["documentChanges"]),
        levels: can(&text["documentSymbol"]["hierarchicalDocumentSymbolSupport"]),
    }
}

/// What the server can do.
pub(crate) fn capabilities() -> Value {
    json!({
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": {"openClose": true, "change": 2, "save": true},
            "completionProvider": {"triggerCharacters": ["#", "@", " ", ":"]},
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": {"prepareProvider": true},
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "foldingRangeProvider": true,
            "documentFormattingProvider": true,
            "codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll"]},
            "semanticTokensProvider": {
                "legend": {
                    "tokenTypes": TokenRole::ALL.map(TokenRole::word),
                    "tokenModifiers": [],
                },
                "full": true,
            },
        },
        "serverInfo": {"name": "annals", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// Whether a request may ask the engine for more than it has at hand. Such requests have a thread
/// of their own, so that completion never waits behind one.
pub(crate) fn is_slow(method: &str) -> bool {
    !matches!(
        method,
        "textDocument/completion" | "textDocument/formatting" | "textDocument/foldingRange"
    )
}

/// Answers one request.
pub(crate) fn answer(shared: &Shared, id: &Value, method: &str, params: &Value) {
    let key = id.to_string();
    if shared.state().cancelled.contains(&key) {
        shared.refuse(id, code::CANCELLED, "the request was taken back");
    } else {
        // A fault of ours must not take the conversation with it.
        let result = catch_unwind(AssertUnwindSafe(|| asked(shared, method, params)));
        let fault = || Refused {
            code: code::INTERNAL,
            words: "this request met a fault of the server".to_owned(),
        };
        shared.answer(id, result.unwrap_or_else(|_| Err(fault())));
    }
    let mut state = shared.state();
    state.cancelled.remove(&key);
    state.waiting.remove(&key);
}

fn asked(shared: &Shared, method: &str, params: &Value) -> Result<Value, Refused> {
    match method {
        "textDocument/completion" => completion(shared, params),
        "textDocument/hover" => hovered(shared, params),
        "textDocument/definition" => defined(shared, params),
        "textDocument/references" => referred(shared, params),
        "textDocument/documentHighlight" => highlighted(shared, params),
        "textDocument/prepareRename" => renaming(shared, params),
        "textDocument/rename" => renamed(shared, params),
        "textDocument/documentSymbol" => outlined(shared, params),
        "workspace/symbol" => searched(shared, params),
        "textDocument/foldingRange" => folded(shared, params),
        "textDocument/formatting" => formatted(shared, params),
        "textDocument/codeAction" => acted(shared, params),
        "textDocument/semanticTokens/full" => coloured(shared, params),
        method => Err(Refused {
            code: code::METHOD_NOT_FOUND,
            words: format!("`{method}` is not known here"),
        }),
    }
}

/// The open text that parameters name, with all that is known of it.
fn view(shared: &Shared, params: &Value) -> Result<View, Refused> {
    let uri = wire::document_uri(params)?;
    let path = path_of(uri).ok_or_else(|| format!("`{uri}` is no file"))?;
    let view = shared.state().workspace.view(&path);
    view.ok_or_else(|| Refused::from(format!("`{uri}` is not open")))
}

/// The same, once something is known that the request needs, or the time is over.
fn view_when(
    shared: &Shared,
    params: &Value,
    time: Duration,
    known: impl Fn(&View) -> bool,
) -> Result<View, Refused> {
    let first = view(shared, params)?;
    if known(&first) {
        return Ok(first);
    }
    let end = Instant::now() + time;
    let mut state = shared.state();
    loop {
        let latest = state.workspace.view(&first.document.path);
        let same = |v: &View| v.document.version == first.document.version;
        // If the text has changed, what the request points at may be gone.
        let latest = latest.filter(same).ok_or_else(modified)?;
        let now = Instant::now();
        if known(&latest) || now >= end {
            return Ok(latest);
        }
        state = wait(shared, state, Some(end - now));
    }
}

fn modified() -> Refused {
    Refused {
        code: code::CONTENT_MODIFIED,
        words: "the text has changed meanwhile".to_owned(),
    }
}

/// A place that parameters point at: the chronicle as the texts stand, the file, the byte.
struct Pointed {
    view: View,
    analysis: Arc<Analysis>,
    file: FileId,
    at: usize,
}

/// The place that parameters point at; `None` where the text belongs to no chronicle.
fn pointed(shared: &Shared, params: &Value) -> Result<Option<Pointed>, Refused> {
    let view = view_when(shared, params, PATIENCE, |v| v.current().is_some())?;
    let at = view.document.offset(wire::position(&params["position"])?);
    Ok(placed(&view)?.map(|(analysis, file)| Pointed {
        view,
        analysis,
        file,
        at,
    }))
}

fn placed(view: &View) -> Result<Option<(Arc<Analysis>, FileId)>, Refused> {
    let analysis = view.current().ok_or_else(modified)?;
    let file = analysis.file(&view.document.path);
    Ok(file.map(|file| (Arc::clone(analysis), file)))
}

/// Completions answer from the chronicle as last read: nobody waits for a compilation to write.
fn completion(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let view = view(shared, params)?;
    let at = view.document.offset(wire::position(&params["position"])?);
    // Only the very first reading is waited for.
    let view = match view.analysis {
        Some(_) => view,
        None => view_when(shared, params, PATIENCE, |v| v.analysis.is_some())?,
    };
    let Some(analysis) = &view.analysis else {
        return Ok(Value::Null);
    };
    let markdown = is_markdown(&view.document.path);
    let found = complete(analysis.resolved(), &view.document.text, at, markdown);
    let snippets = shared.state().client.snippets;
    Ok(wire::json_completions(&found, &view.document, snippets))
}

fn hovered(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let concluded = |v: &View| v.current().is_some() && v.concluded().is_some();
    view_when(shared, params, LEISURE, concluded)?;
    let Some(place) = pointed(shared, params)? else {
        return Ok(Value::Null);
    };
    let whole = place.view.concluded().map(Arc::as_ref);
    let found = hover(&place.analysis, whole, place.file, place.at);
    Ok(found.map_or(Value::Null, |hover| {
        json!({
            "contents": {"kind": "markdown", "value": hover.markdown},
            "range": wire::json_range(hover.range),
        })
    }))
}

fn defined(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let Some(place) = pointed(shared, params)? else {
        return Ok(Value::Null);
    };
    let found = definition(&place.analysis, place.file, place.at);
    Ok(found.map_or(Value::Null, |l| wire::json_location_of(&l)))
}

fn referred(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let Some(place) = pointed(shared, params)? else {
        return Ok(Value::Null);
    };
    let mut found = references(&place.analysis, place.file, place.at);
    if params["context"]["includeDeclaration"] == Value::Bool(false) {
        let declared = definition(&place.analysis, place.file, place.at);
        found.retain(|found| declared.as_ref() != Some(found));
    }
    let found: Vec<Value> = found.iter().map(wire::json_location_of).collect();
    Ok(Value::Array(found))
}

fn highlighted(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let Some(place) = pointed(shared, params)? else {
        return Ok(Value::Null);
    };
    let found = references(&place.analysis, place.file, place.at).into_iter();
    let here = found.filter(|found| found.uri == place.view.document.uri);
    let here: Vec<Value> = here
        .map(|found| json!({"range": wire::json_range(found.range)}))
        .collect();
    Ok(Value::Array(here))
}

fn renaming(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let Some(place) = pointed(shared, params)? else {
        return Ok(Value::Null);
    };
    let found = renamed_at(&place.analysis, place.file, place.at);
    Ok(found.map_or(
        Value::Null,
        |(range, name)| json!({"range": wire::json_range(range), "placeholder": name}),
    ))
}

fn renamed(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let new = wire::text(params, "newName")?;
    let Some(place) = pointed(shared, params)? else {
        return Ok(Value::Null);
    };
    let edit = rename(&place.analysis, place.file, place.at, new).map_err(|words| Refused {
        code: code::REQUEST_FAILED,
        words,
    })?;
    let versions = shared.state().client.versions;
    Ok(wire::json_workspace_edit(&edit, versions))
}

fn outlined(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let view = view(shared, params)?;
    let symbols = Outline::of(&view.document.path, &view.document.text).symbols();
    let symbols: Vec<Value> = match shared.state().client.levels {
        true => symbols.iter().map(wire::json_symbol).collect(),
        false => {
            let all = symbols
                .iter()
                .flat_map(|s| std::iter::once(s).chain(&s.inside));
            all.map(|symbol| flat(symbol, &view.document.uri)).collect()
        }
    };
    Ok(Value::Array(symbols))
}

/// A symbol for an editor that knows of no levels.
fn flat(symbol: &Symbol, uri: &str) -> Value {
    let mut json = wire::json_symbol(symbol);
    let name = json["name"].take();
    json!({
        "name": name,
        "kind": json["kind"],
        "location": wire::json_location(uri, symbol.range),
    })
}

fn searched(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let letters = wire::text(params, "query")?;
    let end = Instant::now() + PATIENCE;
    let mut state = shared.state();
    while !state.workspace.is_read() && Instant::now() < end {
        state = wait(
            shared,
            state,
            Some(end.saturating_duration_since(Instant::now())),
        );
    }
    let analyses = state.workspace.analyses();
    drop(state);
    let found = analyses.iter().flat_map(|a| find_symbols(a, letters));
    Ok(Value::Array(found.map(|f| wire::json_found(&f)).collect()))
}

fn folded(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let view = view(shared, params)?;
    let folds = Outline::of(&view.document.path, &view.document.text).folds();
    let folds = folds.into_iter();
    let folds = folds.map(|(first, last)| json!({"startLine": first, "endLine": last}));
    Ok(Value::Array(folds.collect()))
}

fn formatted(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let view = view(shared, params)?;
    let edits = formatting(&view.document).map_err(|words| Refused {
        code: code::REQUEST_FAILED,
        words,
    })?;
    Ok(wire::json_text_edits(&edits))
}

fn acted(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let range = wire::range(&params["range"])?;
    let concluded = |v: &View| v.current().is_some() && v.concluded().is_some();
    let view = view_when(shared, params, LEISURE, concluded)?;
    let Some((analysis, file)) = placed(&view)? else {
        return Ok(Value::Null);
    };
    // Until the findings are there, what is wrong with the text can be mended.
    let reports = match view.concluded() {
        Some(whole) => &whole.reports[..],
        None => analysis.reports(),
    };
    let client = shared.state().client;
    let found = actions(&analysis, reports, file, range);
    let wanted = params["context"]["only"].as_array();
    let found = found
        .iter()
        .map(|action| wire::json_action(action, client.versions));
    let found = found.filter(|action| {
        let kind = action["kind"].as_str().unwrap_or("");
        let asked = |only: &Value| only.as_str().is_some_and(|o| kind.starts_with(o));
        wanted.is_none_or(|wanted| wanted.iter().any(asked))
    });
    Ok(Value::Array(found.collect()))
}

fn coloured(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let view = view(shared, params)?;
    let tokens = Outline::of(&view.document.path, &view.document.text).tokens();
    Ok(wire::json_tokens(&tokens))
}
