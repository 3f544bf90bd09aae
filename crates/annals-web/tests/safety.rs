//! Who is kept out: other hosts, other sites, strangers who would write, paths that lead
//! elsewhere, requests too large to read.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use harness::http::{raw, request};
use harness::{Served, TOKEN, encoded};
use serde_json::json;

const SMALL: &str = "polity Karasahr\npolity Tang\n632: Karasahr submits to Tang.\n";

fn small() -> Served {
    Served::of(&[("main.annals", SMALL)])
}

#[test]
fn only_the_name_it_was_started_under_is_answered() {
    let served = small();
    let port = served.port;
    for host in [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("LOCALHOST:{port}"),
        format!("[::1]:{port}"),
    ] {
        let got = served.ask("GET", "/api/files", &[("host", &host)], "");
        assert_eq!(got.status, 200, "{host}");
    }
    for host in [
        "annals.example".to_owned(),
        format!("annals.example:{port}"),
        format!("127.0.0.1.annals.example:{port}"),
        format!("127.0.0.1:{port}@annals.example"),
        "127.0.0.1".to_owned(),
        "127.0.0.1:1".to_owned(),
        "localhost".to_owned(),
        String::new(),
    ] {
        for path in ["/api/files", "/", "/plain", "/lsp"] {
            let got = served.ask("GET", path, &[("host", &host)], "");
            assert_eq!(got.status, 421, "{host} {path}");
        }
    }
    let none = raw(
        port,
        b"GET /api/files HTTP/1.1\r\nconnection: close\r\n\r\n",
    );
    assert!(none.status == 400 || none.status == 421);
    let good = format!("127.0.0.1:{port}");
    let two = [("host", good.as_str()), ("host", "annals.example")];
    assert_ne!(request(port, "GET", "/api/files", &two, b"").status, 200);
    let target = "http://annals.example/api/files";
    let got = request(port, "GET", target, &[("host", &good)], b"");
    assert_eq!(got.status, 421);
}

#[test]
fn other_sites_are_not_answered() {
    let served = small();
    let own = format!("http://127.0.0.1:{}", served.port);
    let asked = |headers: &[(&str, &str)]| served.ask("GET", "/api/files", headers, "").status;
    assert_eq!(asked(&[("origin", &own)]), 200);
    for origin in [
        "http://annals.example",
        "null",
        "https://127.0.0.1",
        "file://",
        "",
    ] {
        assert_eq!(asked(&[("origin", origin)]), 403, "{origin}");
    }
    assert_eq!(asked(&[("origin", "http://localhost:5173")]), 403);
    let loads = |site, mode| asked(&[("sec-fetch-site", site), ("sec-fetch-mode", mode)]);
    assert_eq!(loads("same-origin", "cors"), 200);
    assert_eq!(loads("none", "navigate"), 200);
    assert_eq!(loads("cross-site", "navigate"), 200);
    assert_eq!(loads("cross-site", "no-cors"), 403);
    assert_eq!(loads("same-site", "cors"), 403);
    let upgrade = [
        ("origin", "http://annals.example"),
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    assert_eq!(served.ask("GET", "/lsp", &upgrade, "").status, 403);
}

#[test]
fn every_reply_says_what_browsers_may_do_with_it() {
    let served = small();
    for path in [
        "/api/files",
        "/api/nothing",
        "/plain",
        "/nothing",
        "/api/overview",
    ] {
        let got = served.get(path);
        let policy = got.header("content-security-policy").unwrap();
        for part in [
            "default-src 'self'",
            "script-src 'self';",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(got.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(got.header("x-frame-options"), Some("DENY"));
        assert_eq!(
            got.header("cross-origin-resource-policy"),
            Some("same-origin")
        );
        assert!(
            got.header("cache-control").unwrap().contains("no-"),
            "{path}"
        );
        assert!(got.header("access-control-allow-origin").is_none());
    }
}

#[test]
fn writing_needs_the_token() {
    let served = small();
    let hash = served.json("/api/files")[0]["hash"].clone();
    let order = json!({ "path": "main.annals", "text": "polity X\n", "base": hash }).to_string();
    let longer = format!("{TOKEN}0");
    let other = TOKEN.replace('0', "1");
    for token in [
        None,
        Some(""),
        Some("x"),
        Some(&TOKEN[1..]),
        Some(&longer),
        Some(&other),
    ] {
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(token.map(|t| ("x-annals-token", t)));
        for (method, path) in [("PUT", "/api/file"), ("POST", "/api/fix")] {
            let got = served.ask(method, path, &headers, &order);
            assert_eq!(got.status, 403, "{token:?} {path}");
            assert_eq!(got.json()["type"], "urn:annals:problem:no-token");
        }
    }
    let in_query = format!("/api/file?token={TOKEN}");
    let headers = [("content-type", "application/json")];
    assert_eq!(served.ask("PUT", &in_query, &headers, &order).status, 403);
    assert_eq!(served.on_disk("main.annals"), SMALL);
}

#[test]
fn a_server_to_be_read_alone_takes_no_token() {
    let served = Served::with(&[("main.annals", SMALL)], |o| o.read_only = true);
    assert_eq!(served.json("/api/overview")["writable"], false);
    assert!(served.server.as_ref().unwrap().token().is_none());
    assert!(!served.server.as_ref().unwrap().url().contains("token"));
    let order = json!({ "path": "main.annals", "text": "", "base": "" });
    let got = served.order("PUT", "/api/file", &order);
    assert_eq!(got.status, 403);
    assert_eq!(got.json()["type"], "urn:annals:problem:read-only");
}

#[test]
fn paths_lead_nowhere_but_to_files_the_chronicle_reads() {
    let served = Served::with(
        &[
            ("main.annals", SMALL),
            ("secret.txt", "secret"),
            ("a/b.txt", "secret"),
        ],
        |_| {},
    );
    let hash = served.json("/api/files")[0]["hash"].clone();
    for path in [
        "secret.txt",
        "./main.annals",
        "a/../main.annals",
        "../main.annals",
        "..",
        ".",
        "/",
        "/etc/passwd",
        "//etc/passwd",
        "C:\\main.annals",
        "main.annals\u{0}",
        "main.annals\u{0}.txt",
        "MAIN.annals",
        "main.annals/",
        "%2e%2e/main.annals",
        "..%2fmain.annals",
        "a\\b.txt",
        "vocabulary/core.annals",
    ] {
        let got = served.get(&format!("/api/file?path={}", encoded(path)));
        assert_eq!(got.status, 404, "{path:?}: {}", got.text());
        let order = json!({ "path": path, "text": "x", "base": hash });
        let got = served.order("PUT", "/api/file", &order);
        assert_eq!(got.status, 404, "{path:?}: {}", got.text());
    }
    for target in [
        "/../main.annals",
        "/assets/../main.annals",
        "/assets/..%2f..%2fmain.annals",
        "/assets/%2e%2e/%2e%2e/main.annals",
        "/assets//etc/passwd",
        "/assets/%00",
        "/main.annals",
    ] {
        assert_eq!(served.get(target).status, 404, "{target}");
    }
    assert_eq!(served.on_disk("main.annals"), SMALL);
    assert_eq!(served.on_disk("secret.txt"), "secret");
}

#[test]
fn the_page_in_a_folder_is_not_left() {
    let assets = harness::empty_folder();
    std::fs::create_dir_all(assets.join("assets")).unwrap();
    std::fs::write(assets.join("index.html"), "<!doctype html>page").unwrap();
    std::fs::write(assets.join("assets/a.js"), "1").unwrap();
    std::fs::write(assets.join("secret.txt"), "secret").unwrap();
    let folder = assets.clone();
    let served = Served::with(&[("main.annals", SMALL)], move |o| o.assets = Some(folder));
    assert_eq!(served.get("/").text(), "<!doctype html>page");
    let script = served.get("/assets/a.js");
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    for target in [
        "/assets/../secret.txt",
        "/assets/..%2fsecret.txt",
        "/secret.txt",
    ] {
        assert_eq!(served.get(target).status, 404, "{target}");
    }
    let _ = std::fs::remove_dir_all(assets);
}

#[cfg(unix)]
#[test]
fn links_and_includes_that_lead_out_are_neither_shown_nor_written() {
    use std::os::unix::fs::symlink;
    let outside = harness::empty_folder();
    let stranger = outside.join("stranger.annals");
    std::fs::write(&stranger, "polity Kucha\n").unwrap();
    let named = outside.join("named.annals");
    std::fs::write(&named, "polity Kashgar\n").unwrap();
    let folder = harness::empty_folder();
    let main = format!(
        "{SMALL}include \"linked.annals\"\ninclude \"inside.annals\"\ninclude \"{}\"\n",
        named.display()
    );
    std::fs::write(folder.join("main.annals"), main).unwrap();
    std::fs::write(folder.join("real.annals"), "polity Khotan\n").unwrap();
    symlink(&stranger, folder.join("linked.annals")).unwrap();
    symlink(folder.join("real.annals"), folder.join("inside.annals")).unwrap();
    let served = Served::at(folder, "main.annals", |_| {});
    let files = served.json("/api/files");
    let paths: Vec<&str> = files
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["inside.annals", "main.annals"]);
    for path in ["linked.annals", named.to_str().unwrap()] {
        let got = served.get(&format!("/api/file?path={}", encoded(path)));
        assert_eq!(got.status, 403, "{path}");
        let base = "0".repeat(32);
        let order = json!({ "path": path, "text": "x", "base": base });
        let got = served.order("PUT", "/api/file", &order);
        assert_eq!(got.status, 403, "{path}");
    }
    // A link inside the folder is written through, not replaced.
    let got = served.json("/api/file?path=inside.annals");
    let order = json!({ "path": "inside.annals", "text": "polity Hotan\n", "base": got["hash"] });
    assert_eq!(served.order("PUT", "/api/file", &order).status, 200);
    assert_eq!(served.on_disk("real.annals"), "polity Hotan\n");
    assert!(served.folder.join("inside.annals").is_symlink());
    assert_eq!(
        std::fs::read_to_string(&stranger).unwrap(),
        "polity Kucha\n"
    );
    let _ = std::fs::remove_dir_all(outside);
}

#[test]
fn requests_too_large_are_refused() {
    let served = small();
    let long = "x".repeat(10_000);
    assert_eq!(served.get(&format!("/api/ask?q={long}")).status, 400);
    let many = "&without=%40a".repeat(100);
    assert_eq!(
        served.get(&format!("/api/overview?about=x{many}")).status,
        400
    );
    let huge = "y".repeat(40_000);
    let got = raw(
        served.port,
        format!(
            "GET /{huge} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n",
            served.port
        )
        .as_bytes(),
    );
    assert_eq!(got.status, 431);
    let kind = got.header("content-type");
    assert_eq!(kind, Some("application/problem+json"));
    assert_eq!(got.json()["type"], "urn:annals:problem:too-long");
    let order = json!({ "revision": "z".repeat(20_000), "report": 0, "remedy": 0 });
    assert_eq!(served.order("POST", "/api/fix", &order).status, 413);
    // A body that claims to be huge is turned away without being waited for.
    let head = format!(
        "PUT /api/file HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nx-annals-token: {TOKEN}\r\n\
         content-type: application/json\r\ncontent-length: 99999999999\r\nconnection: close\r\n\r\n",
        served.port
    );
    assert_eq!(raw(served.port, head.as_bytes()).status, 413);
}

#[test]
fn what_is_no_order_is_refused() {
    let served = small();
    let token = ("x-annals-token", TOKEN);
    for (kind, body, status) in [
        ("text/plain", "{}", 415),
        ("application/x-www-form-urlencoded", "path=main.annals", 415),
        ("application/json", "", 400),
        ("application/json", "{", 400),
        ("application/json", "[]", 400),
        ("application/json", "{\"path\":\"main.annals\"}", 400),
        (
            "application/json",
            "{\"path\":1,\"text\":\"\",\"base\":\"\"}",
            400,
        ),
    ] {
        let got = served.ask("PUT", "/api/file", &[token, ("content-type", kind)], body);
        assert_eq!(got.status, status, "{kind} {body}: {}", got.text());
    }
    for order in [
        json!({}),
        json!({ "revision": "x", "report": -1, "remedy": 0 }),
    ] {
        assert_eq!(served.order("POST", "/api/fix", &order).status, 400);
    }
}
