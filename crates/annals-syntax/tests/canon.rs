//! The canonical form: exact, idempotent, and losing nothing.
#![allow(missing_docs)]

mod common;

use annals_syntax::{Notation, format};
use common::{CHRONICLE, read, read_as};

fn formatted(text: &str) -> String {
    let read = read(text);
    format(&read.files, &read.tree)
}

#[test]
fn the_chronicle_of_the_design_is_canonical() {
    assert_eq!(formatted(CHRONICLE), CHRONICLE);
}

#[test]
fn white_space_is_normalised() {
    for (text, wanted) in [
        ("644 :Tang   attacks  K", "644: Tang attacks K.\n"),
        (
            "644: not :X . #a[ @b ;@c ] // d\n",
            "644: not: X. #a  [@b; @c]  // d\n",
        ),
        ("644: X ?.\t#a", "644: X ? #a\n"),
        (
            "貞觀八年：唐伐焉耆。#c［＠a］",
            "貞觀八年: 唐伐焉耆。 #c  [＠a]\n",
        ),
        ("貞觀八年：唐伐焉耆", "貞觀八年: 唐伐焉耆。\n"),
        ("658 – 659: X", "658 – 659: X.\n"),
        (
            "1: X\n\tforce  of  Tang ：3  men?[@a]\n",
            "1: X.\n  force of Tang: 3 men ? [@a]\n",
        ),
        (
            "1: X\n      also A,B(zh)?、C",
            "1: X.\n  also A, B (zh) ?, C\n",
        ),
        ("1: X says \"a   b\".", "1: X says \"a   b\".\n"),
        ("polity   Karasahr", "polity Karasahr\n"),
        ("one  of #a,#b", "one of #a, #b.\n"),
        ("#a :", "#a:\n"),
        (
            "1: X.\n \n   // c\n    at Y\n   ",
            "1: X.\n\n  // c\n  at Y\n",
        ),
    ] {
        assert_eq!(formatted(text), wanted);
        assert_eq!(formatted(wanted), wanted);
    }
}

#[test]
fn comments_keep_their_column_where_there_is_room() {
    assert_eq!(
        formatted("draft     // a\nunit li   // b\n"),
        "draft     // a\nunit li   // b\n"
    );
    assert_eq!(formatted("draft // a"), "draft  // a\n");
}

#[test]
fn unreadable_lines_and_line_breaks_stay() {
    let text = "644  X \"y\r\n  at  Z\r\n   stray  \r\n";
    assert_eq!(formatted(text), "644  X \"y\r\n  at Z\r\n  stray\r\n");
    assert_eq!(formatted("  stray   a"), "  stray   a\n");
    assert_eq!(formatted("644  X \"y  \t\n"), "644  X \"y  \t\n");
    let broken = "644: X.\n    note \"open  \n   at  Y\n";
    assert_eq!(formatted(broken), "644: X.\n    note \"open  \n  at Y\n");
}

#[test]
fn prose_around_fences_stays() {
    let text = "Some  *prose*  \n\n  ```annals\n  644 :X\n      at  Y    // b\n  // c\n    to Z\n\n  // d\n  ```\nend";
    let read = read_as(text, Notation::Markdown);
    assert_eq!(
        format(&read.files, &read.tree),
        "Some  *prose*  \n\n  ```annals\n  644: X.\n    at Y       // b\n  // c\n    to Z\n\n  // d\n  ```\nend"
    );
}
