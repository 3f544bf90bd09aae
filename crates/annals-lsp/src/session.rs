//! One conversation with one editor.
//!
//! What comes in: JSON-RPC messages of the language server protocol, one text each, in the order
//! they were sent. What goes out: messages, handed to the function the session was made with.
//! [`Session::handle`] only takes note and returns at once: requests are answered on threads of
//! the session, in the order they came, and texts are compiled on two more (`compiling`). A
//! text that changes while it is compiled is compiled again, and what was found out about the
//! older one is not shown. Nothing an editor sends ends the session but `exit`.

mod answering;
mod compiling;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::{Value, json};

use crate::document::Document;
use crate::uri::path_of;
use crate::wire::{self, Wrong};
use crate::workspace::{SharedWorld, Workspace};

/// The codes of errors, by JSON-RPC and the protocol.
pub(crate) mod code {
    pub(crate) const PARSE: i32 = -32700;
    pub(crate) const INVALID_REQUEST: i32 = -32600;
    pub(crate) const METHOD_NOT_FOUND: i32 = -32601;
    pub(crate) const INVALID_PARAMS: i32 = -32602;
    pub(crate) const INTERNAL: i32 = -32603;
    pub(crate) const NOT_INITIALIZED: i32 = -32002;
    pub(crate) const CANCELLED: i32 = -32800;
    pub(crate) const CONTENT_MODIFIED: i32 = -32801;
    pub(crate) const REQUEST_FAILED: i32 = -32803;
}

/// Why a request has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) code: i32,
    pub(crate) words: String,
}

impl From<Wrong> for Refused {
    fn from(words: Wrong) -> Refused {
        Refused {
            code: code::INVALID_PARAMS,
            words,
        }
    }
}

/// A conversation with one editor. It may be handed from thread to thread; messages must be
/// handed in one after the other.
///
/// ```
/// use std::sync::{Arc, mpsc::channel};
/// use annals::MemoryWorld;
/// use annals_lsp::Session;
///
/// let world = MemoryWorld::new().with("main.annals", "polity Tang\n");
/// let (send, sent) = channel();
/// let session = Session::new(Arc::new(world), Some("main.annals".to_owned()), move |message| {
///     // An editor that has gone needs no answer.
///     let _ = send.send(message);
/// });
/// session.handle(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#);
/// assert!(sent.recv().is_ok_and(|answer| answer.contains("completionProvider")));
/// ```
///
/// Files are named by URI. `annals:///PATH` is the path `PATH` of the world, for worlds whose
/// paths are relative; `file:` names an absolute path.
pub struct Session {
    shared: Arc<Shared>,
    quick: Sender<Request>,
    slow: Sender<Request>,
}

/// What all threads of a session see.
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Something in the state has changed.
    changed: Condvar,
    /// The files that something was said of, by main file; locked while diagnostics are sent, so
    /// that an older list never follows a newer one.
    said_of: Mutex<BTreeMap<String, BTreeSet<String>>>,
    send: Box<dyn Fn(String) + Send + Sync>,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Fresh,
    Open,
    Closing,
    Over,
}

pub(crate) struct State {
    workspace: Workspace,
    phase: Phase,
    client: Client,
    /// Requests taken back before they were answered.
    cancelled: BTreeSet<String>,
    /// Requests not answered yet.
    waiting: BTreeSet<String>,
    compiling: compiling::Queue,
}

/// What the editor says it can do.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Client {
    /// Completions may have tab stops.
    pub(crate) snippets: bool,
    /// Edits may say which version of a text they are made for.
    pub(crate) versions: bool,
    /// The outline of a text may have levels.
    pub(crate) levels: bool,
}

/// A request waiting for its answer.
struct Request {
    id: Value,
    method: String,
    params: Value,
}

impl Shared {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, message: &Value) {
        (self.send)(message.to_string());
    }

    fn notify(&self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn answer(&self, id: &Value, result: Result<Value, Refused>) {
        self.send(&match result {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(Refused { code, words }) => {
                json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": words}})
            }
        });
    }

    fn refuse(&self, id: &Value, code: i32, words: &str) {
        let words = words.to_owned();
        self.answer(id, Err(Refused { code, words }));
    }
}

impl Session {
    /// A conversation over the files of a world. `main` is the main file of everything the editor
    /// will open, if there is just one; without it, the nearest `main.annals` of each file is
    /// looked for. `send` is called with every message to the editor, from threads of the session.
    pub fn new(
        world: SharedWorld,
        main: Option<String>,
        send: impl Fn(String) + Send + Sync + 'static,
    ) -> Session {
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                workspace: Workspace::new(world, main),
                phase: Phase::Fresh,
                client: Client::default(),
                cancelled: BTreeSet::new(),
                waiting: BTreeSet::new(),
                compiling: compiling::Queue::default(),
            }),
            changed: Condvar::new(),
            said_of: Mutex::default(),
            send: Box::new(send),
        });
        compiling::start(&shared);
        let lane = || {
            let (sender, receiver) = channel::<Request>();
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                for request in receiver {
                    let Request { id, method, params } = request;
                    answering::answer(&shared, &id, &method, &params);
                }
            });
            sender
        };
        let (quick, slow) = (lane(), lane());
        Session {
            shared,
            quick,
            slow,
        }
    }

    /// Whether the editor has said goodbye; no message is answered afterwards.
    pub fn is_over(&self) -> bool {
        self.shared.state().phase == Phase::Over
    }

    /// Whether the editor said goodbye properly, by `shutdown` before `exit`, or is still there.
    pub fn is_in_order(&self) -> bool {
        !self.shared.state().compiling.cut_short()
    }

    /// Takes one message of the editor. What cannot be read as a message is answered with an
    /// error, as JSON-RPC has it.
    pub fn handle(&self, message: &str) {
        let message: Value = match serde_json::from_str(message) {
            Ok(message) => message,
            Err(error) => {
                let words = format!("this is no JSON: {error}");
                return self.shared.refuse(&Value::Null, code::PARSE, &words);
            }
        };
        let id = message.get("id").filter(|id| !id.is_null()).cloned();
        let Some(method) = message.get("method").and_then(Value::as_str) else {
            // A response to a request of ours; none needs one.
            let response = message.get("result").is_some() || message.get("error").is_some();
            if !response {
                let id = id.unwrap_or(Value::Null);
                let words = "a message needs a `method`, a text";
                self.shared.refuse(&id, code::INVALID_REQUEST, words);
            }
            return;
        };
        let params = message.get("params").cloned().unwrap_or(Value::Null);
        match id {
            Some(id @ (Value::String(_) | Value::Number(_))) => self.request(id, method, params),
            Some(_) => {
                let words = "an `id` is a number or a text";
                self.shared
                    .refuse(&Value::Null, code::INVALID_REQUEST, words);
            }
            None => self.notification(method, &params),
        }
    }

    fn request(&self, id: Value, method: &str, params: Value) {
        let phase = self.shared.state().phase;
        match (phase, method) {
            (Phase::Over, _) => {}
            (Phase::Fresh, "initialize") => {
                let mut state = self.shared.state();
                state.phase = Phase::Open;
                state.client = answering::client(&params);
                drop(state);
                self.shared.answer(&id, Ok(answering::capabilities()));
            }
            (Phase::Fresh, _) => {
                let words = "`initialize` comes first";
                self.shared.refuse(&id, code::NOT_INITIALIZED, words);
            }
            (Phase::Open, "shutdown") => {
                self.shared.state().phase = Phase::Closing;
                self.shared.answer(&id, Ok(Value::Null));
            }
            (Phase::Open, "initialize") => {
                let words = "`initialize` comes once";
                self.shared.refuse(&id, code::INVALID_REQUEST, words);
            }
            (Phase::Closing, _) => {
                let words = "nothing but `exit` follows `shutdown`";
                self.shared.refuse(&id, code::INVALID_REQUEST, words);
            }
            (Phase::Open, method) => {
                self.shared.state().waiting.insert(id.to_string());
                let lane = match answering::is_slow(method) {
                    true => &self.slow,
                    false => &self.quick,
                };
                let method = method.to_owned();
                let request = Request { id, method, params };
                // The lane is there as long as the session is.
                let _ = lane.send(request);
            }
        }
    }

    /// A notification has no answer, so that one that cannot be read is passed over.
    fn notification(&self, method: &str, params: &Value) {
        let mut state = self.shared.state();
        if method == "exit" {
            let cut_short = state.phase != Phase::Closing;
            state.compiling.stop(cut_short);
            state.phase = Phase::Over;
            self.shared.changed.notify_all();
            return;
        }
        if state.phase != Phase::Open {
            return;
        }
        match method {
            "$/cancelRequest" => {
                let id = params["id"].to_string();
                if state.waiting.contains(&id) {
                    state.cancelled.insert(id);
                }
            }
            "textDocument/didOpen" => {
                if let Ok(document) = opened(params) {
                    state.workspace.open(document);
                }
            }
            "textDocument/didChange" => {
                let path = wire::document_uri(params).ok().and_then(path_of);
                let version = params["textDocument"]["version"].as_i64().unwrap_or(0);
                if let (Some(path), Ok(changes)) = (path, wire::changes(params)) {
                    state.workspace.change(&path, version, &changes);
                }
            }
            "textDocument/didClose" => {
                if let Some(path) = wire::document_uri(params).ok().and_then(path_of) {
                    state.workspace.close(&path);
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => state.workspace.touched(),
            _ => return,
        }
        state.compiling.hurry_not();
        drop(state);
        self.shared.changed.notify_all();
        if method == "textDocument/didClose" {
            compiling::forget_closed(&self.shared);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.shared.state().compiling.stop(false);
        self.shared.changed.notify_all();
    }
}

fn opened(params: &Value) -> Result<Document, Wrong> {
    let uri = wire::document_uri(params)?;
    let path = path_of(uri).ok_or("this is no file")?;
    let text = wire::text(&params["textDocument"], "text")?;
    let version = params["textDocument"]["version"].as_i64().unwrap_or(0);
    Ok(Document::new(uri, path, version, text))
}
