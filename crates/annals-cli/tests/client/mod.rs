//! An editor that talks with the built language server. The framing and the messages are those
//! of `lsp-server`, so that a mistake of our own is not made on both sides.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::io::{BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// How long a test waits for anything.
const PATIENCE: Duration = Duration::from_secs(120);

pub struct Client {
    child: Child,
    input: ChildStdin,
    output: Receiver<Message>,
    folder: PathBuf,
    next_id: i32,
    /// The texts as the editor has them, with their versions.
    pub texts: BTreeMap<String, (i64, String)>,
    /// The last diagnostics of each file, with the version they were for.
    pub diagnostics: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    /// How many answers were to messages that had no id.
    pub nobody: Arc<AtomicUsize>,
}

impl Client {
    /// Starts the server in a folder and shakes hands.
    pub fn start(folder: &Path) -> Client {
        let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let input = child.stdin.take().expect("it was piped");
        let mut stdout = BufReader::new(child.stdout.take().expect("it was piped"));
        let (send, output) = channel();
        let nobody = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&nobody);
        thread::spawn(move || {
            loop {
                match Message::read(&mut stdout) {
                    Ok(Some(message)) => {
                        if send.send(message).is_err() {
                            break;
                        }
                    }
                    // An answer to a message without an id has none either; `lsp-server` refuses it.
                    Err(error) if error.kind() == ErrorKind::InvalidData => {
                        assert!(error.to_string().contains("error"), "{error}");
                        count.fetch_add(1, Ordering::SeqCst);
                    }
                    _ => break,
                }
            }
        });
        let mut client = Client {
            child,
            input,
            output,
            folder: folder.canonicalize().expect("the folder is there"),
            next_id: 0,
            texts: BTreeMap::new(),
            diagnostics: BTreeMap::new(),
            nobody,
        };
        let can = json!({"capabilities": {
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": true}},
                "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            },
            "workspace": {"workspaceEdit": {"documentChanges": true}},
        }});
        let answer = client.ask("initialize", can).expect("a handshake");
        assert_eq!(answer["serverInfo"]["name"], "annals");
        client.tell("initialized", json!({}));
        client
    }

    pub fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.display())
    }

    fn write(&mut self, message: Message) {
        message.write(&mut self.input).expect("the server listens");
    }

    /// Sends bytes as they are, for what no editor would send.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).expect("the server listens");
        self.input.flush().expect("the server listens");
    }

    pub fn raw_message(&mut self, text: &str) {
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.write(Message::Notification(Notification::new(
            method.to_owned(),
            params,
        )));
    }

    pub fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.next_id += 1;
        let id = RequestId::from(self.next_id);
        self.write(Message::Request(Request::new(
            id.clone(),
            method.to_owned(),
            params,
        )));
        id
    }

    /// The next message of the server; diagnostics are kept.
    pub fn next(&mut self, until: Instant) -> Option<Message> {
        let left = until.saturating_duration_since(Instant::now());
        match self.output.recv_timeout(left) {
            Ok(message) => {
                if let Message::Notification(note) = &message
                    && note.method == "textDocument/publishDiagnostics"
                {
                    let uri = note.params["uri"].as_str().expect("a file").to_owned();
                    let list = note.params["diagnostics"]
                        .as_array()
                        .expect("a list")
                        .clone();
                    let version = note.params["version"].as_i64();
                    self.diagnostics.insert(uri, (version, list));
                }
                Some(message)
            }
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the server has gone"),
        }
    }

    pub fn response(&mut self, id: &RequestId) -> Response {
        let until = Instant::now() + PATIENCE;
        while let Some(message) = self.next(until) {
            if let Message::Response(response) = message
                && response.id == *id
            {
                return response;
            }
        }
        panic!("no answer to {id}");
    }

    /// A request and its result, or the code of its error with its words.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        let id = self.send(method, params);
        let response = self.response(&id);
        response.response_result.map_err(|e| (e.code, e.message))
    }

    pub fn open(&mut self, name: &str, text: &str) {
        let uri = self.uri(name);
        self.texts.insert(name.to_owned(), (1, text.to_owned()));
        let document = json!({"uri": uri, "languageId": "annals", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Replaces what lies between two positions, in the editor and in the server.
    pub fn change(&mut self, name: &str, from: (u32, u32), to: (u32, u32), new: &str) {
        let (version, text) = self.texts.get_mut(name).expect("an open text");
        *version += 1;
        let range = offset(text, from)..offset(text, to);
        text.replace_range(range, new);
        let version = *version;
        let change = json!({
            "range": {"start": position(from), "end": position(to)},
            "text": new,
        });
        let document = json!({"uri": self.uri(name), "version": version});
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": [change]}),
        );
    }

    /// Carries out edits of the server, last first.
    pub fn apply(&mut self, name: &str, edits: &[Value]) {
        let mut edits: Vec<&Value> = edits.iter().collect();
        edits.sort_by_key(|e| std::cmp::Reverse(place(&e["range"]["start"])));
        for edit in edits {
            let (from, to) = (place(&edit["range"]["start"]), place(&edit["range"]["end"]));
            let new = edit["newText"].as_str().expect("a text").to_owned();
            self.change(name, from, to, &new);
        }
    }

    pub fn text(&self, name: &str) -> &str {
        &self.texts[name].1
    }

    /// The end of a text.
    pub fn end(&self, name: &str) -> (u32, u32) {
        let text = self.text(name);
        let line = text.matches('\n').count() as u32;
        let last = text.rsplit('\n').next().unwrap_or("");
        (line, last.encode_utf16().count() as u32)
    }

    /// The position of the first place where some words stand.
    pub fn find(&self, name: &str, words: &str) -> (u32, u32) {
        let text = self.text(name);
        let at = text
            .find(words)
            .unwrap_or_else(|| panic!("`{words}` is in {text}"));
        let before = &text[..at];
        let line = before.matches('\n').count() as u32;
        let start = before.rfind('\n').map_or(0, |n| n + 1);
        (line, before[start..].encode_utf16().count() as u32)
    }

    pub fn at(&self, name: &str, position_of: (u32, u32)) -> Value {
        json!({"textDocument": {"uri": self.uri(name)}, "position": position(position_of)})
    }

    /// Waits until the diagnostics of the newest version of a text satisfy a test.
    pub fn wait_for(&mut self, name: &str, holds: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(name);
        let until = Instant::now() + PATIENCE;
        loop {
            let newest = self.texts.get(name).map(|(version, _)| *version);
            if let Some((version, list)) = self.diagnostics.get(&uri)
                && (version.is_none() || *version == newest)
                && holds(list)
            {
                return list.clone();
            }
            if self.next(until).is_none() {
                let last = self.diagnostics.get(&uri);
                panic!("the diagnostics of {name} never came; the last were {last:#?}");
            }
        }
    }

    /// Waits for a report of this code.
    pub fn wait_for_code(&mut self, name: &str, code: &str) -> Value {
        let list = self.wait_for(name, |list| list.iter().any(|d| d["code"] == code));
        let found = list.into_iter().find(|d| d["code"] == code);
        found.expect("it was waited for")
    }

    /// Says goodbye; the exit code of the server.
    pub fn bye(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
        self.tell("exit", Value::Null);
        let status = self.child.wait().expect("the server ends");
        status.code().unwrap_or(-1)
    }

    /// Leaves without a goodbye; the exit code of the server.
    pub fn leave(mut self) -> i32 {
        self.tell("exit", Value::Null);
        let status = self.child.wait().expect("the server ends");
        status.code().unwrap_or(-1)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that failed leaves no server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn position((line, character): (u32, u32)) -> Value {
    json!({"line": line, "character": character})
}

pub fn place(value: &Value) -> (u32, u32) {
    let number = |key: &str| value[key].as_u64().expect("a number") as u32;
    (number("line"), number("character"))
}

/// The byte of a position, counted independently of the server.
pub fn offset(text: &str, (line, character): (u32, u32)) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line as usize)
        .map(str::len)
        .sum();
    let mut units = 0;
    for (at, c) in text[start..].char_indices() {
        if units >= character as usize || c == '\n' {
            return start + at;
        }
        units += c.len_utf16();
    }
    text.len()
}
