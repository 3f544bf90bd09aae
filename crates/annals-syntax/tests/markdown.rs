//! Fences of Markdown notes, by CommonMark.
#![allow(missing_docs)]

mod common;

use annals_syntax::{Notation, StatementKind};
use common::read_as;

/// The lines read as Annals, with the number of their fence.
fn fenced(text: &str) -> Vec<(u32, String)> {
    let read = read_as(text, Notation::Markdown);
    let ours = |k: &StatementKind| !matches!(k, StatementKind::Prose | StatementKind::Blank);
    let statements = read.tree.statements.iter().filter(|s| ours(&s.kind));
    statements
        .map(|s| (s.fence, read.files.slice(s.line).to_string()))
        .collect()
}

fn lines(text: &str) -> Vec<String> {
    fenced(text).into_iter().map(|(_, l)| l).collect()
}

#[test]
fn fences_are_numbered_and_prose_is_prose() {
    let text = "# Title\n644: not ours\n```annals\n644: X.\n  at Y\n```\n```rust\n645: Z.\n```\n~~~ {.annals #id}\n646: W.\n~~~\n";
    assert_eq!(
        fenced(text),
        [(0, "644: X.".to_string()), (1, "646: W.".to_string())]
    );
    let read = read_as(text, Notation::Markdown);
    assert_eq!(read.codes(), []);
    assert_eq!(
        read.dump(),
        "1-3  prose\n4  claim  when \"644\"  sentence \"X\"\n   detail  at \"Y\"\n6-10  prose\n\
         11  claim  when \"646\"  sentence \"W\"\n12  prose\n"
    );
}

#[test]
fn length_and_mark_close_a_fence() {
    assert_eq!(
        lines("````annals\n644: X.\n```\n````\n645: Y."),
        ["644: X.", "```"]
    );
    assert_eq!(lines("````md\n```annals\n644: X.\n```\n````\n"), [""; 0]);
    assert_eq!(lines("~~~annals\n644: X.\n```\n~~~\n").len(), 2);
    assert_eq!(lines("``` annals `x`\n644: X.\n"), [""; 0]);
    assert_eq!(lines("``annals\n644: X.\n"), [""; 0]);
    assert_eq!(lines("```annalsx\n644: X.\n```\n"), [""; 0]);
}

#[test]
fn an_indented_fence_gives_its_indent_to_its_lines() {
    let text = "  ```annals\n  644: X.\n    at Y\n  645: Z.\n 646: W.\n  ```\n";
    assert_eq!(lines(text), ["644: X.", "645: Z.", "646: W."]);
    assert_eq!(lines("    ```annals\n    644: X.\n    ```\n"), [""; 0]);
}

#[test]
fn fences_in_lists_are_read_and_end_with_their_item() {
    let text = "1. one\n\n   ```annals\n   644: X.\n     at Y\n   ```\n- a\n  - ```annals\n    645: Z.\n\ntext\n";
    assert_eq!(lines(text), ["644: X.", "645: Z."]);
}

#[test]
fn commented_out_and_quoted_fences_are_not_read() {
    assert_eq!(lines("<!--\n```annals\n644: X.\n```\n-->\n"), [""; 0]);
    let read = read_as("> ```annals\n> 644: X.\n> ```\n", Notation::Markdown);
    assert_eq!(read.codes(), [("quoted-fence", "> ```annals".to_string())]);
}

#[test]
fn an_open_fence_and_a_heading_in_one_are_told() {
    let read = read_as("```annals\n# Part\n644: X.", Notation::Markdown);
    let codes: Vec<_> = read.codes().into_iter().map(|c| c.0).collect();
    assert_eq!(codes, ["unclosed-fence", "heading-in-fence"]);
    assert!(read.dump().contains("3  claim"));
}

#[test]
fn a_detail_does_not_reach_into_the_next_fence() {
    let read = read_as(
        "```annals\n644: X.\n```\n```annals\n  at Y\n```\n",
        Notation::Markdown,
    );
    assert_eq!(read.codes(), [("stray-detail", "at Y".to_string())]);
}
