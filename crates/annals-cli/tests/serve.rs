//! `annals serve`, `annals export site`, `annals demo` as a user runs them.
#![allow(missing_docs)]

mod folder;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use folder::Folder;

const SMALL: &str = "polity Karasahr\npolity Tang\n632: Karasahr submits to Tang.\n";

/// A run that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the program and gives what it prints up to the address.
fn start(folder: &Path, args: &[&str]) -> (Running, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
        .current_dir(folder)
        .args(args)
        .env_remove("ANNALS_WEB")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts");
    let out = child.stdout.take().expect("it is piped");
    let running = Running(child);
    let mut lines = BufReader::new(out).lines();
    let address = lines.find_map(|line| {
        let line = line.ok()?;
        line.trim()
            .starts_with("http://")
            .then(|| line.trim().to_owned())
    });
    (running, address.expect("the address is printed"))
}

/// The first line of what the server of an address answers.
fn status(address: &str, path: &str) -> String {
    let host = address.trim_start_matches("http://");
    let host = host.split('/').next().expect("a host");
    let mut stream = TcpStream::connect(host).expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers");
    text.lines().next().unwrap_or("").to_owned()
}

#[test]
fn serve_says_where_it_is_and_answers() {
    let folder = Folder::new("serve").file("main.annals", SMALL);
    let (running, address) = start(folder.path(), &["serve", "--port", "0"]);
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    assert!(address.contains("/?token="), "{address}");
    assert_eq!(status(&address, "/api/files"), "HTTP/1.1 200 OK");
    assert_eq!(status(&address, "/plain"), "HTTP/1.1 200 OK");
    drop(running);
    let (_running, address) = start(folder.path(), &["serve", "--port", "0", "--read-only"]);
    assert!(!address.contains("token"), "{address}");
}

#[test]
fn a_port_that_is_taken_is_said_and_the_usual_one_gives_way() {
    let folder = Folder::new("serve-port").file("main.annals", SMALL);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("it has one").port().to_string();
    let ran = folder.run(&["serve", "--port", &port]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("is taken by another program"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["serve", "nowhere.annals", "--port", "0"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nowhere.annals"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_it_in_peace() {
    let folder = Folder::new("serve-interrupt").file("main.annals", SMALL);
    let (mut running, address) = start(folder.path(), &["serve", "--port", "0"]);
    assert_eq!(status(&address, "/api/files"), "HTTP/1.1 200 OK");
    assert_eq!(interrupted(&mut running), Some(0));
}

/// Interrupts a run as Ctrl-C does and gives its exit code.
#[cfg(unix)]
fn interrupted(running: &mut Running) -> Option<i32> {
    let id = running.0.id().to_string();
    let told = Command::new("kill").args(["-INT", &id]).status();
    assert!(told.is_ok_and(|s| s.success()));
    running.0.wait().expect("it ends").code()
}

#[test]
fn a_site_is_written_where_nothing_is_lost() {
    let folder = Folder::new("serve-site").file("main.annals", SMALL);
    let ran = folder.run(&["export", "site", "-o", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("out/index.html"), "{}", ran.out);
    assert!(folder.path().join("out/index.html").is_file());
    let ran = folder.run(&["export", "site", "-o", "."]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--force"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn the_demo_serves_a_copy_of_the_shipped_chronicle() {
    let folder = Folder::new("demo-serve");
    let (mut running, address) = start(folder.path(), &["demo", "--port", "0"]);
    assert_eq!(
        status(&address, "/api/file?path=article.annals"),
        "HTTP/1.1 200 OK"
    );
    let copy = format!("annals-karasahr-{}", running.0.id());
    let copy = std::env::temp_dir().join(copy);
    assert!(copy.join("main.annals").is_file());
    assert_eq!(interrupted(&mut running), Some(0));
    assert!(!copy.exists(), "the copy is taken away");
}
