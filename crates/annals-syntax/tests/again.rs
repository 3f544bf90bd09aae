//! Reading again after an edit comes to what reading anew comes to.
#![allow(missing_docs)]

mod common;

use annals_syntax::{Alike, Earlier, Notation, Tree, parse, parse_after};
use annals_text::{Files, Report};
use common::CHRONICLE;
use proptest::prelude::*;

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "644: a b.\n", "  note: c\n", "\n", "\n\n", "// d\n", "  // e\n", "# f\n", "\t", " ", "\r\n",
    "x", ":", "/", "#", "\u{feff}", "\u{a0}", "\"", "[", "]", "source k\n", "  title \"t\"\n",
    "```annals\n", "```\n", "- ", "not a line\n", "#a: b\n", "645: [@x] y",
];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..most).prop_map(|p| p.concat())
}

/// A text of pieces or the chronicle, and the same after a few characters were exchanged.
fn edited() -> impl Strategy<Value = (String, String)> {
    let text = prop_oneof![pieces(24), Just(CHRONICLE.to_owned())];
    let edit = (any::<prop::sample::Index>(), 0..9_usize, pieces(4));
    (text, prop::collection::vec(edit, 1..3)).prop_map(|(before, edits)| {
        let mut chars: Vec<char> = before.chars().collect();
        for (index, gone, new) in edits {
            let at = index.index(chars.len() + 1);
            let until = (at + gone).min(chars.len());
            chars.splice(at..until, new.chars());
        }
        (before, chars.into_iter().collect())
    })
}

fn again(before: &str, after: &str, notation: Notation) -> (Tree, Vec<Report>, Alike) {
    let mut old = Files::new();
    let file = old.add("k.annals", before);
    let (tree, reports) = parse(&old, file, notation);
    let mut files = Files::new();
    files.add("other.annals", "");
    let now = files.add("k.annals", after);
    let earlier = Earlier {
        text: before,
        tree: &tree,
        reports: &reports,
    };
    let (found, told, alike) = parse_after(&files, now, notation, earlier);
    assert_eq!(
        (&found, &told),
        (
            &parse(&files, now, notation).0,
            &parse(&files, now, notation).1
        )
    );
    let (was, is) = (&tree.statements, &found.statements);
    assert!(alike.first + alike.last <= was.len().min(is.len()));
    let mut kept = 0;
    for (at, is) in is.iter().enumerate() {
        if let Some((place, shift)) = alike.place(at) {
            assert_eq!(was[place].moved(shift), *is);
            assert_eq!(old.slice(was[place].span), files.slice(is.span));
            kept += 1;
        }
    }
    assert_eq!(kept, alike.first + alike.last);
    (found, told, alike)
}

proptest! {
    // `PROPTEST_CASES=100000` looks harder.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn as_anew((before, after) in edited()) {
        again(&before, &after, Notation::Chronicle);
        again(&before, &after, Notation::Markdown);
    }
}

#[test]
fn only_the_lines_around_an_edit_are_read() {
    let line = |n: usize| format!("{n}: Tang attacks Kucha.\n  note \"n\"\n\n");
    let before: String = (600..700).map(line).collect();
    let after = before.replace("650: Tang", "650: Karasahr");
    let (tree, _, alike) = again(&before, &after, Notation::Chronicle);
    assert!(
        tree.statements.len() - alike.first - alike.last <= 6,
        "{alike:?}"
    );
    let (_, _, alike) = again(&before, &before, Notation::Chronicle);
    assert_eq!(alike.first, tree.statements.len());
}

#[test]
fn a_line_turned_into_a_comment_gives_the_lines_above_it_away() {
    let before = "644: a.\n\n/x\n  note y\n";
    again(before, "644: a.\n\n//x\n  note y\n", Notation::Chronicle);
    again(
        "644: a.\n\nx\n  y\n",
        "644: a.\n\n x\n  y\n",
        Notation::Chronicle,
    );
}
