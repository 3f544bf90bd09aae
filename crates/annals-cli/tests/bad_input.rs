//! Bad input from outside: each kind is a report at its place with the exit code specified,
//! never a panic, and what is well beside it still counts.

mod folder;

use std::io::{Cursor, Write};

use folder::{Folder, Ran};

const NAMES: &str = "source me\nfrom @me\npolity Karasahr\npolity Tang\n";

/// Checks one main file with some files beside it.
fn check(name: &str, main: impl AsRef<[u8]>, files: &[(&str, &[u8])]) -> Ran {
    let mut folder = Folder::new(name).file("main.annals", main);
    for (path, bytes) in files {
        folder = folder.file(path, bytes);
    }
    folder.run(&["check", "--format", "short"])
}

/// The report is there, at its place, and the run failed with 1.
fn reports(ran: &Ran, place: &str, code: &str) {
    let found = ran
        .out
        .lines()
        .any(|l| l.starts_with(place) && l.contains(&format!("[{code}]")));
    assert!(found, "no {code} at {place}:\n{}", ran.out);
    assert_eq!(ran.code, 1, "{}", ran.out);
}

#[test]
fn names_sentences_and_days() {
    let text = format!(
        "{NAMES}632: Karasahr submits to Tong.\n644: Karasahr is cross with Tang.\n\
         644-02-30: Karasahr submits to Tang.\n645: Karasahr submits to Tang.\n"
    );
    let ran = check("names", text, &[]);
    reports(&ran, "main.annals:5:", "undeclared-name");
    reports(&ran, "main.annals:6:", "unknown-sentence");
    reports(&ran, "main.annals:7:", "impossible-day");
    // The last line, and the one whose day cannot be, without its day.
    assert!(
        ran.err.contains("2 claims"),
        "the last line counts: {}",
        ran.err
    );
}

#[test]
fn includes_that_lead_nowhere_or_back() {
    let ran = check(
        "missing",
        "include \"absent.annals\"\nbibliography \"absent.bib\"\n",
        &[],
    );
    reports(&ran, "main.annals:1:", "missing-file");
    reports(&ran, "main.annals:2:", "missing-file");
    let ran = check(
        "circle",
        "include \"a.annals\"\n",
        &[
            ("a.annals", b"include \"b.annals\"\n"),
            ("b.annals", b"\ninclude \"main.annals\"\n"),
        ],
    );
    reports(&ran, "b.annals:2:", "include-cycle");
    assert!(
        ran.out
            .contains("main.annals → a.annals → b.annals → main.annals"),
        "the chain is named: {}",
        ran.out
    );
    let ran = check("folder", "include \"sub\"\n", &[("sub/x.annals", b"")]);
    reports(&ran, "main.annals:1:", "unreadable-file");
}

#[test]
fn a_long_chain_of_includes() {
    let mut folder = Folder::new("chain").file("main.annals", "include \"f0.annals\"\n");
    for n in 0..2000 {
        let text = format!("include \"f{}.annals\"\n", n + 1);
        folder = folder.file(&format!("f{n}.annals"), text);
    }
    let ran = folder.run(&["check", "--format", "short"]);
    reports(&ran, "f1999.annals:1:", "missing-file");
}

#[test]
fn bytes_that_are_no_text() {
    let mut text = NAMES.as_bytes().to_vec();
    text.extend(
        b"632: Karasahr submits to Tang.\n// Chang\x92an\n633: Karasahr submits to T\xffng.\n",
    );
    let ran = check("latin", &text, &[]);
    reports(&ran, "main.annals:6:", "not-utf8");
    assert!(ran.out.contains("offset"), "{}", ran.out);
    assert!(
        ran.err.contains("1 claim"),
        "the line before counts: {}",
        ran.err
    );
    let ran = check("utf16", b"\xff\xfep\0o\0l\0i\0t\0y\0 \0X\0", &[]);
    reports(&ran, "main.annals:1:", "not-utf8");
    let ran = check("zeroes", vec![0u8; 100_000], &[]);
    reports(&ran, "main.annals:1:", "not-utf8");
}

#[test]
fn a_line_of_a_megabyte() {
    let long = "Karasahr and ".repeat(80_000);
    for (name, text) in [
        (
            "long-claim",
            format!("{NAMES}632: {long} Tang submit to Tang.\n"),
        ),
        (
            "long-name",
            format!(
                "{NAMES}person {}\n632: Karasahr submits to Tang.\n",
                "x".repeat(1 << 20)
            ),
        ),
        (
            "long-date",
            format!(
                "{NAMES}{}: Karasahr submits to Tang.\n",
                "644 or ".repeat(150_000)
            ),
        ),
        (
            "long-quote",
            format!("{NAMES}644: \"{}\n", "\"{[(".repeat(260_000)),
        ),
        (
            "long-comment",
            format!("{NAMES}// {}\n", "焉".repeat(350_000)),
        ),
        ("long-word", format!("{NAMES}{}\n", "a".repeat(1 << 20))),
        (
            "long-pattern",
            format!("{NAMES}event {}\n", "[{a: polity} ".repeat(80_000)),
        ),
    ] {
        let folder = Folder::new(name).file("main.annals", text);
        let ran = folder.run(&["check"]);
        assert!(
            ran.err.len() < 200_000,
            "{name}: {} bytes are printed",
            ran.err.len()
        );
        folder.run(&["check", "--format", "json"]);
    }
}

#[test]
fn ten_thousand_errors() {
    let mut text = NAMES.to_owned();
    for n in 0..10_000 {
        text.push_str(&format!("632: Nobody{n} submits to Tang.\n"));
    }
    let folder = Folder::new("flood").file("main.annals", text);
    let human = folder.run(&["check"]);
    assert_eq!(human.code, 1);
    assert!(
        human.err.contains("9800 more [undeclared-name]"),
        "{}",
        human.err.len()
    );
    assert!(
        human.err.contains("10000 errors"),
        "{}",
        human.err.lines().last().unwrap()
    );
    let json = folder.run(&["check", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(read.as_array().unwrap().len(), 10_000, "nothing is hidden");
}

#[test]
fn hostile_tables() {
    let main = format!("{NAMES}include \"x.csv\"\ninclude \"x.xlsx\"\n");
    let csv =
        b"date,sentence\n644,\"Karasahr submits to Tang\n645,Karasahr submits to Tang\n,\n646\n";
    let ran = check("csv", &main, &[("x.csv", csv), ("x.xlsx", b"PK\x03\x04")]);
    reports(&ran, "main.annals:6:", "bad-workbook");
    assert!(ran.out.contains("x.csv:"), "{}", ran.out);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    for _ in 0..300 {
        zip.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    let ran = check("bomb", &main, &[("x.csv", csv), ("x.xlsx", &bomb)]);
    reports(&ran, "main.annals:6:", "bad-workbook");
}

/// Opening a pipe waits for somebody who writes into it, and a link can lead back to where it
/// stands.
#[cfg(unix)]
#[test]
fn links_and_pipes() {
    let main = format!(
        "{NAMES}include \"pipe.annals\"\ninclude \"link/main.annals\"\ninclude \"self.annals\"\n\
         include \"*.annals\"\n644: Karasahr submits to Tang.\n"
    );
    let folder = Folder::new("links").file("main.annals", main);
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe.annals"))
        .status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink(".", folder.path().join("link")).unwrap();
    std::os::unix::fs::symlink("self.annals", folder.path().join("self.annals")).unwrap();
    let ran = folder.run(&["check", "--format", "short"]);
    for (line, code) in [
        (5, "unreadable-file"),
        (6, "include-cycle"),
        (7, "unreadable-file"),
        (8, "missing-file"),
    ] {
        reports(&ran, &format!("main.annals:{line}:"), code);
    }
    assert!(ran.err.contains("1 claim"), "{}", ran.err);
}
