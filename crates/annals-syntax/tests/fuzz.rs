//! Whatever the bytes: no panic, nothing lost, every broken line told, formatting settles.
#![allow(missing_docs)]

mod common;

use std::time::Instant;

use annals_syntax::{Notation, dump, format, lay_out, parse_table, read_csv};
use annals_text::{Files, render_human, render_json, render_sarif, render_short};
use common::{CHRONICLE, Read, read_as};
use proptest::prelude::*;

fn check(text: &str, notation: Notation) {
    let read = read_as(text, notation);
    let once = format(&read.files, &read.tree);
    let again = read_as(&once, notation);
    assert_eq!(
        without_margins(&read.dump()),
        without_margins(&again.dump()),
        "{text:?}\n{once:?}"
    );
    assert_eq!(format(&again.files, &again.tree), once, "{text:?}");
    render(&read);
}

/// A dump shows unreadable lines as written; their white space is trimmed by the formatter.
fn without_margins(dump: &str) -> String {
    dump.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

fn render(read: &Read) {
    for color in [false, true] {
        render_human(&read.files, &read.reports, color);
    }
    let short = render_short(&read.files, &read.reports);
    assert_eq!(short.lines().count(), read.reports.len());
    render_json(&read.files, &read.reports);
    render_sarif(&read.files, &read.reports);
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "644", ":", "：", " ", "  ", "\t", "\n", "\r\n", "\n  ", "#a", "#", "[", "]", "[@a, 3]",
    "@b", ";", "{", "}", "\"", "“", "”", "?", "？", ".", "。", ",", "、", "//", "not:",
    "unknown whether", "one of", "also", "force of", "part of", "note", "at", "from", "section",
    "source", "prefer", "over", "event", "person", "Tang", "焉耆", "年", "e\u{301}", "\u{a0}",
    "\u{3000}", "\u{feff}", "```", "```annals\n", "~~~", "- ", "1. ", "> ", "<!--", "-->", "(",
    ")", "–", "\0", "=", "via", "within", "\u{2028}", "\u{85}", "\r",
];

/// Text made of the pieces the grammar cares about.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop::collection::vec(piece, 0..40).prop_map(|p| p.concat())
}

/// The chronicle with a few characters changed.
fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..3_u8, pieces());
    prop::collection::vec(edit, 1..6).prop_map(|edits| {
        let mut chars: Vec<char> = CHRONICLE.chars().collect();
        for (index, deed, new) in edits {
            let at = index.index(chars.len());
            let until = (at + usize::from(deed) * 3).min(chars.len());
            chars.splice(at..until, new.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    // `PROPTEST_CASES=100000` looks harder.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text, Notation::Chronicle);
        check(&text, Notation::Markdown);
    }

    #[test]
    fn any_pieces(text in pieces()) {
        check(&text, Notation::Chronicle);
        check(&text, Notation::Markdown);
        check(&format!("```annals\n{text}"), Notation::Markdown);
        check(&format!("  ```annals\n{text}"), Notation::Markdown);
    }

    #[test]
    fn mutated_chronicles(text in mutated()) {
        check(&text, Notation::Chronicle);
    }

    #[test]
    fn any_bytes_as_a_table(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        table(&bytes);
        table(&[b"date,sentence,source\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_pieces_as_a_table(text in pieces()) {
        table(text.as_bytes());
        table(format!("date,sentence,source,note\n{text}").as_bytes());
        table(format!("date;x;sentence;source\n644;\"{}\";{text}", text.replace('"', "\"\"")).as_bytes());
    }
}

fn table(bytes: &[u8]) {
    let rows = read_csv(bytes);
    let laid = lay_out(&rows);
    let mut files = Files::new();
    let file = files.add("t.csv", laid.text.clone());
    let (tree, reports) = parse_table(&files, file, &laid);
    assert_eq!(laid.cells.len(), rows.len());
    let read = Read {
        files,
        file,
        tree,
        reports,
    };
    read.check_tiling();
    dump(&read.files, &read.tree);
    render(&read);
}

#[test]
fn random_bytes_read_lossily() {
    // A fixed generator: the same bytes in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..300 {
        let bytes: Vec<u8> = (0..200)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                (state >> 33) as u8
            })
            .collect();
        check(&String::from_utf8_lossy(&bytes), Notation::Chronicle);
        table(&bytes);
    }
}

#[test]
fn very_long_lines_take_linear_time() {
    const MEGABYTE: usize = 1 << 20;
    for piece in [
        "a ", "a:b ", "[", "]", "[@a] ", "[@a @b ", "#a ", "\"", "“", "{", "? ", ". ", "@a ", "; ",
        "at ", "also ", ", ", "焉", "// ", "[] ", "(", "644 ", "from ", "é", "= ", "\u{301}",
    ] {
        let body = piece.repeat(MEGABYTE / piece.len());
        for head in [
            "644: ",
            "",
            "1: X.\n  ",
            "event ",
            "section \"a\" ",
            "1: X. [@a, ",
            "x\n also ",
        ] {
            let started = Instant::now();
            let read = read_as(&format!("{head}{body}"), Notation::Chronicle);
            let shown = render_human(&read.files, &read.reports, false);
            assert!(
                shown.len() < 100_000,
                "{piece:?} after {head:?}: {}",
                shown.len()
            );
            format(&read.files, &read.tree);
            // Generous for a busy machine without optimisation; quadratic work takes minutes.
            assert!(started.elapsed().as_secs() < 20, "{piece:?} after {head:?}");
        }
    }
}
