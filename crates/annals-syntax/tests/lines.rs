//! Every form of line, what it reads as, and what is reported of its broken kin.
#![allow(missing_docs)]

mod common;

use common::read;

/// The dump of one statement without its line number, and no reports.
fn well(text: &str) -> String {
    let read = read(text);
    assert_eq!(read.codes(), [], "{text}");
    read.dump()
}

/// The only report of a text that cannot be read.
fn ill(text: &str) -> (&'static str, String) {
    let read = read(text);
    let codes = read.codes();
    assert_eq!(codes.len(), 1, "{text}: {codes:?}");
    codes.into_iter().next().expect("there is one")
}

#[test]
fn a_claim_has_its_parts() {
    assert_eq!(
        well(
            "Zhenguan 18.8.22: expected: Guo takes Karasahr. #fall  [@zztj, 197-23b; see @x via @wp]"
        ),
        "1  claim  when \"Zhenguan 18.8.22\"  mode expected  sentence \"Guo takes Karasahr\"  \
         label #fall  cites @zztj \"197-23b\"; \"see\" @x via @wp\n"
    );
}

#[test]
fn the_end_of_a_claim_is_read_in_any_order() {
    for end in [". #a ?", " ? #a", "? #a.", " #a ?.", ".? #a", " ?. #a"] {
        assert_eq!(
            well(&format!("644: X dies{end} [@b]")),
            "1  claim  when \"644\"  sentence \"X dies\"  doubted  label #a  cites @b\n"
        );
    }
}

#[test]
fn modes() {
    for (words, mode) in [
        ("not:", "not"),
        ("Not :", "not"),
        ("unknown whether", "unknown-whether"),
        ("unknown  whether:", "unknown-whether"),
        ("attempted:", "attempted"),
        ("planned:", "planned"),
        ("ordered：", "ordered"),
        ("expected:", "expected"),
        ("refused:", "refused"),
    ] {
        assert_eq!(
            well(&format!("648: {words} Tang attacks K.")),
            format!("1  claim  when \"648\"  mode {mode}  sentence \"Tang attacks K\"\n")
        );
    }
    assert!(well("648: unknown whetherby falls.").contains("sentence \"unknown whetherby falls\""));
    assert!(well("648: not Tang attacks.").contains("sentence \"not Tang attacks\""));
}

#[test]
fn the_colon_is_the_first_that_can_be() {
    assert!(well("644-01-01T12:30: X dies.").contains("when \"644-01-01T12:30\""));
    assert!(well("{644, 645:x}: X dies.").contains("when \"{644, 645:x}\""));
    assert!(well("\"a: b\" or 644: X dies.").contains("when \"\\\"a: b\\\" or 644\""));
    assert!(well("“a: b” or 644: X.").contains("when \"“a: b” or 644\""));
    assert!(well("644：X dies。").contains("sentence \"X dies\""));
    assert!(well("18.8.22 ?: X dies.").contains("when \"18.8.22 ?\""));
}

#[test]
fn comments_begin_at_the_start_or_after_a_space() {
    assert_eq!(well("// 644: X"), "1  comment  comment \"// 644: X\"\n");
    assert!(well("644: X dies. // so").contains("sentence \"X dies\"  comment \"// so\""));
    assert!(well("644: X reads a//b.").contains("sentence \"X reads a//b\""));
    assert!(well("644: X says \"a // b\".").contains("sentence \"X says \\\"a // b\\\"\""));
    assert!(well("644: X dies. [@a, http: // b]").contains("\"http: // b\""));
    assert!(well("644: X dies. // \"open [").contains("comment \"// \\\"open [\""));
}

#[test]
fn pasted_text_reads_like_typed_text() {
    let typed = well("644: X “dies” there. #a [@b, 3]");
    let pasted = well(
        "\u{feff}644：\u{3000}X\u{a0}“dies”\u{a0}there。＃a ［＠b，3］\r\n"
            .replace('＃', "#")
            .as_str(),
    );
    assert_eq!(typed, pasted);
}

#[test]
fn han_text_needs_no_spaces() {
    assert_eq!(
        well("貞觀十八年八月：唐伐焉耆。#c［＠zztj，197］"),
        "1  claim  when \"貞觀十八年八月\"  sentence \"唐伐焉耆\"  label #c  cites @zztj \"197\"\n"
    );
}

#[test]
fn citations_follow_pandoc() {
    assert!(well("1: X. [@doi:10.1000/x_y-z, p. 3]").contains("cites @doi:10.1000/x_y-z \"p. 3\""));
    assert!(well("1: X. [@{a key; here}, 3]").contains("cites @a key; here \"3\""));
    assert!(well("1: X. [@a. See]").contains("cites @a"));
    assert!(well("1: X. [225]").contains("cites \"225\""));
    assert!(well("1: X. [@a, 3 via @b]").contains("cites @a \"3\" via @b"));
    assert!(well("1: X. [@a via @b, 3]").contains("cites @a \"3\" via @b"));
    assert!(well("1: X. [@a] [@b]").contains("cites @a; @b"));
    assert!(well("1: X. [@a, mail x@y.z]").contains("cites @a \"mail x@y.z\""));
}

#[test]
fn choices_and_more() {
    assert_eq!(
        well("one of #a, #b or #c. [@x]"),
        "1  choice  #a  #b  #c  cites @x\n"
    );
    assert_eq!(well("#talas:"), "1  more  #talas\n");
    assert_eq!(ill("one of #a."), ("bad-choice", "one of #a.".to_string()));
    assert_eq!(ill("one of #a, Tang.").0, "bad-choice");
    assert_eq!(ill("#talas").0, "missing-colon");
}

#[test]
fn declarations() {
    assert_eq!(
        well("polity Karasahr"),
        "1  declare  polity  \"Karasahr\"\n"
    );
    assert_eq!(
        well("place Karasahr at 42.06 N, 86.57 E ? [@wp]"),
        "1  declare  place  \"Karasahr\"  place \"at 42.06 N, 86.57 E\"  doubted  cites @wp\n"
    );
    assert_eq!(
        well("person \"Lord at X\""),
        "1  declare  person  \"\\\"Lord at X\\\"\"\n"
    );
    assert_eq!(
        well("person An Lushan"),
        "1  declare  person  \"An Lushan\"\n"
    );
    assert_eq!(well("spring Baishui"), "1  declare  spring  \"Baishui\"\n");
    assert_eq!(ill("person").0, "empty-name");
}

#[test]
fn directives() {
    assert_eq!(well("chronicle “T: x”"), "1  chronicle  \"T: x\"\n");
    assert_eq!(well("prefer @a:b over @c"), "1  prefer  @a:b over @c\n");
    assert_eq!(well("from @doi:10.1/x, 3"), "1  from  @doi:10.1/x \"3\"\n");
    assert_eq!(well("source @zztj"), "1  source  \"zztj\"\n");
    assert_eq!(well("draft"), "1  draft\n");
    assert_eq!(
        well("section \"A\" within from 640 to 650 from @wp, 3"),
        "1  section  \"A\"  within \"from 640 to 650\"  from @wp \"3\"\n"
    );
    assert_eq!(well("section \"A\""), "1  section  \"A\"\n");
    assert_eq!(
        well("from 632: X rules Y."),
        "1  claim  when \"from 632\"  sentence \"X rules Y\"\n"
    );
    for bad in [
        "chronicle",
        "prefer @a",
        "draft now",
        "section A",
        "source a b",
        "covers",
        "from zztj",
    ] {
        assert_eq!(ill(bad).0, "bad-directive", "{bad}");
    }
    let read = read("include: \"tarim.annals\"");
    assert_eq!(read.codes()[0].0, "bad-directive");
    assert_eq!(read.dump(), "1  include  \"tarim.annals\"\n");
}

#[test]
fn vocabulary_keeps_brackets() {
    assert_eq!(
        well(
            "event {a: x} takes {b} [from {c}] // why\n  also {b} is taken [by {a}]\n  lasts at most 3 days\n  once"
        ),
        "1  event  \"{a: x} takes {b} [from {c}]\"  comment \"// why\"\n   \
         detail  also \"{b} is taken [by {a}]\"\n   \
         detail  lasts at most \"3 days\"\n   detail  once\n"
    );
}

#[test]
fn details() {
    let text = "644: X.\n  force  of Tang and K: 3000 men ? [@a]\n\tpart of #b.\n  because of: #c\n  \
                note Why?\n  quote \"Why?\" ?\n  [@a; @b]\n  also A (zh) ?, \"B, C\"、D [@e]\n  strange thing";
    assert_eq!(
        well(text),
        "1  claim  when \"644\"  sentence \"X\"\n   \
         detail  force of \"Tang and K\": \"3000 men\"  doubted  cites @a\n   \
         detail  part of \"#b\"\n   \
         detail  because of \"#c\"\n   \
         detail  note \"Why?\"\n   \
         detail  quote \"\\\"Why?\\\"\"  doubted\n   \
         detail  cites @a; @b\n   \
         detail  also \"A\" (zh) ?, \"\\\"B, C\\\"\", \"D\"  cites @e\n   \
         detail  strange \"thing\"\n"
    );
}

#[test]
fn source_fields_are_text() {
    assert!(
        well("source a\n  title: Who? [draft]\n  url https://x.y//z")
            .contains("title \"Who? [draft]\"")
    );
}

#[test]
fn blank_and_comment_lines_stay_with_the_statement_only_before_details() {
    let read = read("644: X.\n\n// c\n  at Y\n\n// d\n645: Z.\n");
    assert_eq!(read.codes(), []);
    let lines: Vec<u32> = read
        .tree
        .statements
        .iter()
        .map(|s| read.files.position(s.line).line)
        .collect();
    assert_eq!(lines, [1, 5, 6, 7]);
}

#[test]
fn broken_details() {
    assert_eq!(
        ill("644: X.\n  force of Tang 3000 men"),
        ("missing-colon", "Tang".to_string())
    );
    assert_eq!(ill("644: X.\n  at").0, "empty-detail");
    assert_eq!(ill("644: X.\n  also ,").0, "empty-detail");
    assert_eq!(ill("644: X.\n  645: Y.").0, "indented-claim");
    assert_eq!(ill("644: X.\n  at [@b] Y").0, "bad-citation");
    assert_eq!(ill("644: X.\n  at \"Y").0, "unclosed-quote");
    assert_eq!(
        ill("  at Y\n  from Z"),
        ("stray-detail", "at Y".to_string())
    );
    assert_eq!(ill("# heading\n  at Y").0, "stray-detail");
}

#[test]
fn broken_claims() {
    assert_eq!(ill("644: \"X."), ("unclosed-quote", "\"".to_string()));
    assert_eq!(ill("644: X. [@a"), ("unclosed-bracket", "[".to_string()));
    assert_eq!(ill("644: X. @a]"), ("unclosed-bracket", "]".to_string()));
    assert_eq!(ill("644: X. #a #b"), ("two-labels", "#b".to_string()));
    assert_eq!(ill("644: X #a Y. #b").0, "two-labels");
    assert_eq!(ill("644: X #a Y."), ("stray-label", "#a".to_string()));
    assert_eq!(ill("644:"), ("empty-sentence", "644".to_string()));
    assert_eq!(ill("644: not:").0, "empty-sentence");
    assert_eq!(ill(": X."), ("empty-when", ":".to_string()));
    assert_eq!(ill("not: X."), ("empty-when", "not".to_string()));
    assert_eq!(ill("from @a: 644").0, "bad-directive");
    assert_eq!(ill("644: not: planned: X.").0, "two-modes");
    assert_eq!(
        ill("644: rumoured: X."),
        ("unknown-mode", "rumoured:".to_string())
    );
    assert_eq!(ill("644: X [@a] Y."), ("bad-citation", "[@a]".to_string()));
    assert_eq!(ill("644: X. []").0, "bad-citation");
    assert_eq!(ill("644: X. [@, 3]").0, "bad-citation");
}

#[test]
fn two_keys_in_one_citation_count_as_two() {
    let read = read("644: X. [@a, @b @c]");
    assert_eq!(read.codes().len(), 2);
    assert!(read.dump().contains("cites @a; @b; @c"), "{}", read.dump());
}

#[test]
fn a_missing_colon_is_proposed_where_the_date_ends() {
    for (text, mended) in [
        ("644 Tang attacks K.", "644: Tang attacks K."),
        ("644:3000 men die.", "644: 3000 men die."),
        ("658 or 659 Tang moves.", "658 or 659: Tang moves."),
        ("3 days after #fall K. Y.", "3 days after #fall: K. Y."),
        ("in the 790s Tang loses K.", "in the 790s: Tang loses K."),
        (
            "August 22, 644 Tang attacks.",
            "August 22, 644: Tang attacks.",
        ),
        ("then Guo departs.", "then: Guo departs."),
        ("644 – Tang attacks.", "644: Tang attacks."),
        (
            "Zhenguan 18.8.22 Guo takes K.",
            "Zhenguan 18.8.22: Guo takes K.",
        ),
        ("貞觀十八年八月唐伐焉耆。", "貞觀十八年八月: 唐伐焉耆。"),
        ("summer 644 Tang attacks.", "summer 644: Tang attacks."),
        (
            "from 632 K is subject to Tang.",
            "from 632: K is subject to Tang.",
        ),
    ] {
        let read = read(text);
        assert_eq!(read.codes()[0].0, "missing-colon", "{text}");
        let edits = &read.reports[0].remedies[0].edits;
        assert_eq!(annals_text::apply_edits(text, edits), mended);
    }
    assert_eq!(ill("644"), ("missing-colon", "644".to_string()));
}

#[test]
fn neighbours_of_broken_lines_still_count() {
    let read = read("644: A \"b.\n645: C.\n646 D.\n  at E\n647: F.");
    assert_eq!(read.codes().len(), 2);
    let dump = read.dump();
    assert!(dump.contains("2  claim  when \"645\"") && dump.contains("5  claim  when \"647\""));
}

#[test]
fn a_flood_of_reports_on_one_line_is_cut() {
    let text = format!("644: X. {}", "[] ".repeat(1000));
    let read = read(&text);
    assert_eq!(read.reports.len(), 12);
    assert!(read.reports[11].notes[0].contains("988 more"));
}
