//! `annals fmt`, as somebody types it.
#![allow(missing_docs)]

mod folder;

use folder::Folder;

const MESSY: &str = "polity   Tang\n632 :Tang  fights Tang\n";
const TIDY: &str = "polity Tang\n632: Tang fights Tang.\n";

#[test]
fn files_are_brought_into_form_once() {
    let folder = Folder::new("fmt-files")
        .file(
            "main.annals",
            format!("include \"b.annals\"\ninclude \"t.csv\"\n{MESSY}"),
        )
        .file("b.annals", "polity   B\r\n")
        .file("t.csv", "date,sentence\n632,Tang  fights B\n")
        .file("other.annals", MESSY);
    let ran = folder.run(&["fmt", "--check"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out
            .contains("main.annals:3\n- polity   Tang\n+ polity Tang\n"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("2 files of 2 would change"), "{}", ran.err);
    assert!(folder.read("main.annals").contains(MESSY));
    let ran = folder.run(&["fmt"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(folder.read("main.annals").ends_with(TIDY));
    assert_eq!(folder.read("b.annals"), "polity B\r\n");
    assert_eq!(folder.read("t.csv"), "date,sentence\n632,Tang  fights B\n");
    assert_eq!(folder.read("other.annals"), MESSY);
    assert_eq!(folder.run(&["fmt", "--check"]).code, 0);
    assert_eq!(folder.run(&["fmt", "other.annals"]).code, 0);
    assert_eq!(folder.read("other.annals"), TIDY);
    let left: Vec<String> = folder.names();
    assert!(left.iter().all(|n| !n.contains("tmp")), "{left:?}");
}

#[test]
fn what_cannot_be_brought_into_form_is_left_and_told() {
    let folder = Folder::new("fmt-refused")
        .file("t.csv", "date,sentence\n")
        .file("bad.annals", b"polity  T\xff\n");
    for (name, words) in [
        ("t.csv", "spreadsheet"),
        ("bad.annals", "UTF-8"),
        ("none.annals", "no such file"),
    ] {
        let ran = folder.run(&["fmt", name]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}

#[test]
fn standard_input_comes_out_in_form() {
    let folder = Folder::new("fmt-stream");
    let ran = folder.run_with(&["fmt", "-"], MESSY.as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, TIDY));
    assert_eq!(
        folder
            .run_with(&["fmt", "--check", "-"], TIDY.as_bytes())
            .code,
        0
    );
    assert_eq!(
        folder
            .run_with(&["fmt", "--check", "-"], MESSY.as_bytes())
            .code,
        1
    );
}
