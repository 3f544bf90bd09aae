//! What a chronicle says stays text: in pages, pictures, JSON and the scripts of a site.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use harness::{Served, encoded};

/// Names and titles that would break out of every place they could be written into.
const HOSTILE: &str = "\
chronicle \"</title><script>alert(1)</script>\"
covers 600 to 700
polity K<script>alert(2)</script>
  also \"\"><img src=x onerror=alert(3)>
polity Tang' onload='alert(4)
person Li\u{2028}Shimin
place ]]>Kucha at 41.7 N, 82.9 E
source evil
  title: \"</style><script>alert(5)</script>\"
632: K<script>alert(2)</script> submits to Tang' onload='alert(4). #submission [@evil, <b>1</b>]
  quote \"-->${alert(6)}`<svg/onload=alert(7)>\"
640: Tang' onload='alert(4) attacks K<script>alert(2)</script>. #attack [@evil]
";

/// Whether a text holds anything that a browser would run, if it read it as HTML or SVG.
fn runs(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    for tag in [
        "<script>alert",
        "<img src",
        "<svg/onload",
        "<b>1",
        "</title><script",
    ] {
        if let Some(at) = lower.find(tag) {
            return text
                .get(at.saturating_sub(60)..(at + 40).min(text.len()))
                .or(Some("there"));
        }
    }
    None
}

#[test]
fn pages_and_pictures_show_it_as_text() {
    let served = Served::of(&[("main.annals", HOSTILE)]);
    let opened = served.json("/api/overview");
    let names = opened["overview"]["things"].to_string();
    assert!(
        names.contains("<script>alert(2)"),
        "it is read as a name: {names}"
    );
    for page in [
        "plain",
        "timeline",
        "map",
        "graph",
        "claims",
        "conflicts",
        "sources",
        "event?id=0",
        "api/picture/timeline.svg",
        "api/picture/map.svg?at=1953000",
        "api/picture/graph.svg?at=1953000",
        "api/picture/timeline.svg?download=1",
    ] {
        let got = served.get(&format!("/{page}"));
        assert!(
            got.status == 200 || got.status == 501,
            "{page} {}",
            got.status
        );
        assert_eq!(runs(&got.text()), None, "{page}");
    }
    // What a request says comes back as text too.
    let script = encoded("<script>alert(1)</script>");
    for page in [
        "ask?q=",
        "event?id=",
        "nothing?",
        "plain?without=",
        "map?date=",
    ] {
        let got = served.get(&format!("/{page}{script}"));
        assert!(got.status >= 400);
        let html = got
            .header("content-type")
            .is_some_and(|k| k.starts_with("text/html"));
        assert!(!html || runs(&got.text()).is_none(), "{page}");
    }
}

#[test]
fn a_long_name_is_broken_and_a_turned_one_turns_nothing_else() {
    let long = "a".repeat(5000);
    let text = format!(
        "polity {long}\npolity \u{627}\u{644}\u{645}\u{62f}\n632: {long} attacks \u{627}\u{644}\u{645}\u{62f}.\n"
    );
    let served = Served::of(&[("main.annals", &text)]);
    for page in ["plain", "claims", "timeline", "sources"] {
        let got = served.get(&format!("/{page}")).text();
        let style = got.split("</style>").next().unwrap_or_default();
        assert!(style.contains("overflow-wrap:anywhere}"), "{page}");
        assert!(style.contains("unicode-bidi:isolate"), "{page}");
    }
}

#[test]
fn json_is_json_and_is_never_taken_for_a_page() {
    let served = Served::of(&[("main.annals", HOSTILE)]);
    for target in [
        "/api/overview",
        "/api/event?id=0",
        "/api/nothing%3Cscript%3E",
        "/api/files",
    ] {
        let got = served.get(target);
        let kind = got.header("content-type").unwrap();
        assert!(kind.ends_with("json"), "{target}: {kind}");
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
        got.json();
    }
    let name = encoded("a\"; filename=\"b.html\r\nx-evil: 1");
    let got = served.get(&format!("/api/claims.csv?about={name}"));
    assert!(got.header("x-evil").is_none());
}

#[test]
fn a_site_shows_it_as_text() {
    let folder = harness::empty_folder();
    std::fs::write(folder.join("main.annals"), HOSTILE).unwrap();
    let out = folder.join("out");
    annals_web::export_site(&folder, "main.annals", &out, false).unwrap();
    let mut seen = 0;
    for path in files(&out) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let name = path.to_string_lossy().into_owned();
        if name.ends_with(".html") {
            assert_eq!(runs(&text), None, "{name}");
            seen += 1;
        } else if name.contains("data/") {
            let value = text.strip_prefix("ANNALS.put(").expect("one call");
            assert!(
                !value.contains('<') && !value.contains(['\u{2028}', '\u{2029}']),
                "{name}"
            );
            assert!(text.ends_with(");\n"));
            seen += 1;
        }
    }
    assert!(seen > 6);
    let _ = std::fs::remove_dir_all(folder);
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}
