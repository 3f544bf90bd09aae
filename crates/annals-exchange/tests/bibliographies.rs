//! BibTeX and CSL-JSON in: source blocks that citations find.

#![allow(clippy::unwrap_used)]

mod common;

use annals_exchange::{import_bibtex, import_csl};
use common::{compiled, errors};

#[test]
fn bibtex_becomes_source_blocks() {
    let text = "@book{wechsler1979, title={T'ai-tsung}, author={Wechsler, Howard J.}, year=1979, note_2={x}}\n@misc{a+b, title={Said \"so\"}}\n";
    let read = import_bibtex(text, "sources.bib").unwrap();
    assert_eq!(read.sources, 2);
    assert_eq!(read.notes, ["`a+b` is cited as `@a-b`"]);
    let chronicle = format!(
        "{}polity Karasahr\npolity Tang\n632: Karasahr submits to Tang. [@wechsler1979, 225; @a-b]\n",
        read.text
    );
    let chronicle = compiled(&chronicle);
    assert_eq!(errors(&chronicle), Vec::<String>::new(), "{}", read.text);
    let source = &chronicle.chronicle().sources[0];
    let field = |name: &str| {
        source
            .fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, v)| v.as_str())
    };
    assert_eq!(
        (source.key.as_str(), field("author"), field("year")),
        ("wechsler1979", Some("Wechsler, Howard J."), Some("1979"))
    );
    assert!(read.text.contains("// note_2: x"), "{}", read.text);
    let broken = import_bibtex("@book{a, title={A}}\n@book{b,\n title={B\n", "x.bib").unwrap_err();
    assert!(broken[0].starts_with("line 2"), "{broken:?}");
    assert!(import_bibtex("nothing", "x.bib").is_err());
}

#[test]
fn csl_becomes_source_blocks() {
    let text = r#"[{"id": "wechsler1979", "type": "chapter", "title": "T'ai-tsung", "author": [{"family": "Wechsler", "given": "Howard J."}, {"literal": "Somebody"}],
        "issued": {"date-parts": [[1979, 3]]}, "page": "188-241", "custom": {"a": 1}}, {"id": 7, "issued": {"date-parts": [[-50]]}}]"#;
    let read = import_csl(text, "sources.json").unwrap();
    assert_eq!(read.sources, 2);
    for line in [
        "source wechsler1979",
        "  author \"Wechsler, Howard J. and Somebody\"",
        "  year \"1979\"",
        "  date \"1979-03\"",
        "  page \"188-241\"",
        "  // custom: {\"a\":1}",
        "source 7",
        "  date \"-50\"",
    ] {
        assert!(
            read.text.lines().any(|l| l == line),
            "{line}\n{}",
            read.text
        );
    }
    assert_eq!(
        errors(&compiled(&read.text)),
        Vec::<String>::new(),
        "{}",
        read.text
    );
    assert_eq!(
        import_csl("[{\"title\": \"x\"}]", "x.json").unwrap_err(),
        ["item 1: it has no `id` to be cited by"]
    );
    assert!(import_csl("{}", "x.json").is_err());
    assert!(import_csl("[", "x.json").unwrap_err()[0].starts_with("line 1"));
}

#[test]
fn one_id_twice_is_told_and_loses_nothing() {
    let text = r#"[{"id": "a", "title": "One"}, {"id": "b", "title": "Two"}, {"id": "a", "title": "Three"}]"#;
    let refused = import_csl(text, "x.json").unwrap_err();
    assert!(
        refused[0].starts_with("item 3: `a` is the `id` of item 1 too"),
        "{refused:?}"
    );
    let same = r#"[{"id": "a", "title": "One"}, {"id": "a", "title": "One"}]"#;
    let read = import_csl(same, "x.json").unwrap();
    assert_eq!(read.sources, 1);
    assert_eq!(read.text.matches("source a\n").count(), 1);
    assert!(
        read.notes[0].contains("item 2 is item 1 once more"),
        "{:?}",
        read.notes
    );
    let refused = import_bibtex("@book{a, title={A}}\n@book{a, title={B}}\n", "x.bib").unwrap_err();
    assert!(refused[0].starts_with("line 2: the key `a`"), "{refused:?}");
}

#[test]
fn a_year_that_is_about_right_stays_so() {
    for (circa, about) in [("true", true), ("1", true), ("false", false), ("0", false)] {
        let text =
            format!(r#"[{{"id": "a", "issued": {{"date-parts": [[1348]], "circa": {circa}}}}}]"#);
        let read = import_csl(&text, "x.json").unwrap().text;
        assert_eq!(read.contains("c. 1348"), about, "{circa}: {read}");
        assert_eq!(read.contains("  year "), !about, "{circa}: {read}");
    }
}
