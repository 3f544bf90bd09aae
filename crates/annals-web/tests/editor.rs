//! The language server over a WebSocket, as the page's editor speaks to it.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use std::io::{Read, Write};
use std::net::TcpStream;

use harness::Served;
use harness::http::connect;
use serde_json::{Value, json};

const MAIN: &str = "polity Karasahr\npolity Tang\n632: Karasahr submits to Tang.\n";

/// As much of RFC 6455 as the test needs.
struct Socket(TcpStream);

impl Socket {
    fn open(served: &Served) -> Socket {
        let mut stream = connect(served.port);
        let host = format!("127.0.0.1:{}", served.port);
        let head = format!(
            "GET /lsp HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\nconnection: upgrade\r\n\
             upgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        assert!(head.starts_with("HTTP/1.1 101"), "{head}");
        Socket(stream)
    }

    /// Sends a text in one frame. The mask is all zeros, which leaves the text as it is.
    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let mut frame = vec![0x81];
        match text.len() {
            short @ 0..126 => frame.push(0x80 | short as u8),
            long => {
                frame.push(0x80 | 126);
                frame.extend((long as u16).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).unwrap();
    }

    /// The next frame: what kind it is and what it holds; `None` where the server has closed.
    fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut head = [0; 2];
        self.0.read_exact(&mut head).ok()?;
        let mut length = u64::from(head[1] & 0x7f);
        if length == 126 {
            let mut long = [0; 2];
            self.0.read_exact(&mut long).ok()?;
            length = u64::from(u16::from_be_bytes(long));
        } else if length == 127 {
            let mut long = [0; 8];
            self.0.read_exact(&mut long).ok()?;
            length = u64::from_be_bytes(long);
        }
        let mut body = vec![0; length as usize];
        self.0.read_exact(&mut body).ok()?;
        Some((head[0] & 0x0f, body))
    }

    /// The first message that is wanted; others are passed over.
    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..200 {
            let (kind, body) = self.frame().expect("the server has not closed");
            if kind != 1 {
                continue;
            }
            let message: Value = serde_json::from_slice(&body).unwrap();
            if wanted(&message) {
                return message;
            }
        }
        panic!("it never comes");
    }

    fn start(&mut self) {
        let params = json!({ "capabilities": {} });
        self.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
        let answer = self.until(|m| m["id"] == 1);
        assert!(answer["result"]["capabilities"].is_object(), "{answer}");
        self.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    }

    fn type_in(&mut self, path: &str, text: &str) {
        let document = json!({
            "uri": format!("annals:///{path}"), "languageId": "annals", "version": 1, "text": text,
        });
        let params = json!({ "textDocument": document });
        self.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }));
    }
}

fn diagnostics(message: &Value) -> Option<&Vec<Value>> {
    (message["method"] == "textDocument/publishDiagnostics")
        .then(|| message["params"]["diagnostics"].as_array())?
}

#[test]
fn what_is_typed_is_checked_against_the_other_files() {
    let served = Served::of(&[("main.annals", MAIN)]);
    let mut socket = Socket::open(&served);
    socket.start();
    socket.type_in(
        "main.annals",
        &format!("{MAIN}644: Tang attacks Karasar.\n"),
    );
    let told = socket.until(|m| diagnostics(m).is_some_and(|d| !d.is_empty()));
    assert!(told.to_string().contains("undeclared-name"), "{told}");
    // Nothing of it is on the disk.
    assert_eq!(served.on_disk("main.annals"), MAIN);
}

#[test]
fn what_is_typed_opens_no_file_outside_the_folder() {
    let outside = harness::empty_folder();
    let secret = outside.join("secret.annals");
    std::fs::write(&secret, "polity TopSecretPolity\n644 no colon here\n").unwrap();
    let served = Served::of(&[("main.annals", MAIN)]);
    let mut socket = Socket::open(&served);
    socket.start();
    let text = format!("{MAIN}include \"{}\"\n", secret.display());
    socket.type_in("main.annals", &text);
    let told = socket.until(|m| diagnostics(m).is_some_and(|d| !d.is_empty()));
    assert!(told.to_string().contains("missing-file"), "{told}");
    assert!(!told.to_string().contains("TopSecretPolity"));
    let _ = std::fs::remove_dir_all(outside);
}

#[test]
fn what_is_no_message_ends_nothing_but_its_own_conversation() {
    let served = Served::of(&[("main.annals", MAIN)]);
    let mut socket = Socket::open(&served);
    socket.send(&json!("not a message"));
    socket.start();
    // A frame that says it is far too long is not waited for.
    let mut huge = vec![0x81, 0x80 | 127];
    huge.extend((1u64 << 40).to_be_bytes());
    huge.extend([0; 4]);
    socket.0.write_all(&huge).unwrap();
    while let Some((kind, _)) = socket.frame() {
        if kind == 8 {
            break;
        }
    }
    Socket::open(&served).start();
}
