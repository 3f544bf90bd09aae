//! Requests and their answers.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};

use crate::completion::complete;
use crate::session::{Client, Refused, Shared, code};
use crate::uri::path_of;
use crate::wire;
use crate::workspace::View;

/// What the editor says it can do.
pub(crate) fn client(params: &Value) -> Client {
    let completion = &params["capabilities"]["textDocument"]["completion"];
    let snippets = &completion["completionItem"]["snippetSupport"];
    Client {
        snippets: snippets.as_bool().unwrap_or(false),
    }
}

/// What the server can do.
pub(crate) fn capabilities() -> Value {
    json!({
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": {"openClose": true, "change": 2, "save": true},
            "completionProvider": {"triggerCharacters": ["#", "@", " ", ":"]},
        },
        "serverInfo": {"name": "annals", "version": env!("CARGO_PKG_VERSION")},
    })
}

/// Whether a request may ask the engine for more than it has at hand. Such requests have a thread
/// of their own, so that completion never waits behind one.
pub(crate) fn is_slow(method: &str) -> bool {
    method == "textDocument/hover"
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
    view.ok_or_else(|| Refused {
        code: code::INVALID_PARAMS,
        words: format!("`{uri}` is not open"),
    })
}

/// Completions answer from the chronicle as last read: nobody waits for a compilation to write.
fn completion(shared: &Shared, params: &Value) -> Result<Value, Refused> {
    let view = view(shared, params)?;
    let at = view.document.offset(wire::position(&params["position"])?);
    let Some(analysis) = &view.analysis else {
        return Ok(Value::Null);
    };
    let markdown = is_markdown(&view.document.path);
    let found = complete(analysis.resolved(), &view.document.text, at, markdown);
    let snippets = shared.state().client.snippets;
    Ok(wire::json_completions(&found, &view.document, snippets))
}

fn is_markdown(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}
