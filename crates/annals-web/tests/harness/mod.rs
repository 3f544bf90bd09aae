//! A server on a copy of a chronicle, and a client that holds every reply against the OpenAPI
//! document. Everything is on this machine and ends by itself.

#![allow(dead_code)]

pub mod http;
pub mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use annals_web::{Options, Server};
use serde_json::Value;

use http::{Got, request};

/// The token of every server of the tests.
pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// A server, and the folder it serves, which is taken away with it.
pub struct Served {
    pub server: Option<Server>,
    pub folder: PathBuf,
    pub port: u16,
}

/// A folder of this test alone.
pub fn empty_folder() -> PathBuf {
    static FOLDERS: AtomicU32 = AtomicU32::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::SeqCst);
    let name = format!("annals-web-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

impl Served {
    /// A server on these files; the first is the main one.
    pub fn of(files: &[(&str, &str)]) -> Served {
        Served::with(files, |_| {})
    }

    /// The same with other options.
    pub fn with(files: &[(&str, &str)], change: impl FnOnce(&mut Options)) -> Served {
        let folder = empty_folder();
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Served::at(folder, files[0].0, change)
    }

    /// A server on a folder that is there.
    pub fn at(folder: PathBuf, main: &str, change: impl FnOnce(&mut Options)) -> Served {
        let mut options = Options::new(&folder, main);
        options.token = Some(TOKEN.to_owned());
        // A machine that runs other tests beside this one is slow; that is no fault here.
        options.patience = Duration::from_secs(90);
        change(&mut options);
        let server = Server::start(options).map_err(|e| e.to_string()).unwrap();
        let port = server.address().port();
        Served {
            server: Some(server),
            folder,
            port,
        }
    }

    /// A server on a copy of the shipped chronicle.
    pub fn karasahr() -> Served {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../chronicles/karasahr");
        let folder = empty_folder();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
            }
        }
        Served::at(folder, "main.annals", |_| {})
    }

    /// What a request gets, with these headers; the reply is held against the OpenAPI document.
    pub fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let host = format!("127.0.0.1:{}", self.port);
        let mut all = vec![("host", host.as_str())];
        all.retain(|_| !headers.iter().any(|(n, _)| *n == "host"));
        all.extend_from_slice(headers);
        let got = request(self.port, method, target, &all, body.as_bytes());
        schema::hold(method, target, &got);
        got
    }

    /// What a plain question gets.
    pub fn get(&self, target: &str) -> Got {
        self.ask("GET", target, &[], "")
    }

    /// The JSON of a question that is answered.
    pub fn json(&self, target: &str) -> Value {
        let got = self.get(target);
        assert_eq!(got.status, 200, "{target}: {}", got.text());
        got.json()
    }

    /// What an order with the token gets.
    pub fn order(&self, method: &str, target: &str, body: &Value) -> Got {
        let headers = [
            ("content-type", "application/json"),
            ("x-annals-token", TOKEN),
        ];
        self.ask(method, target, &headers, &body.to_string())
    }

    /// A file of the folder.
    pub fn on_disk(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A text as part of an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(byte as char),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
