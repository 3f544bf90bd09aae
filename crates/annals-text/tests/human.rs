//! What people see.
#![allow(missing_docs)]

use annals_text::{Edit, FileId, Files, Report, Span, render_human};

fn find(files: &Files, file: FileId, words: &str) -> Span {
    let start = files
        .get(file)
        .text
        .find(words)
        .expect("the words are there") as u32;
    Span::new(file, start, start + words.len() as u32)
}

fn edit(span: Span, replacement: &str) -> Edit {
    Edit {
        span,
        replacement: replacement.to_string(),
    }
}

#[test]
fn a_finding_across_files_with_notes_and_help() {
    let mut files = Files::new();
    let a = files.add("xts.annals", "644: X dies. #d\n");
    let b = files.add(
        "zztj.annals",
        "// Zizhi Tongjian\n600: X is born.\n646: X dies. #d\n",
    );
    let report = Report::finding("cannot-all-be-true", "these two claims cannot both be true")
        .also(find(&files, a, "644: X dies."), "here he dies in 644")
        .at(find(&files, b, "646: X dies."), "here in 646")
        .also(find(&files, b, "600: X"), "")
        .note("one person dies once")
        .help("say which source you prefer: `prefer @xts over @zztj`");
    assert_eq!(
        render_human(&files, &[report], false),
        "\
warning[cannot-all-be-true]: these two claims cannot both be true
 --> zztj.annals:3:1
  |
2 | 600: X is born.
  | ------
3 | 646: X dies. #d
  | ^^^^^^^^^^^^ here in 646
  |
 ::: xts.annals:1:1
  |
1 | 644: X dies. #d
  | ------------ here he dies in 644
  |
  = note: one person dies once
  = help: say which source you prefer: `prefer @xts over @zztj`

"
    );
}

#[test]
fn edits_are_shown_as_they_would_read() {
    let mut files = Files::new();
    let file = files.add("k.annals", "polity Tang\r\n644 Tang attacks.\r\n");
    let gap = Span::new(file, 16, 17);
    let start = Span::new(file, 0, 0);
    let reports = [
        Report::error("missing-colon", "no colon ends the date")
            .at(Span::new(file, 13, 16), "a colon was expected after this")
            .fix("end the date", vec![edit(gap, ": ")], true),
        Report::error("undeclared-name", "`Kucha` is not declared")
            .at(Span::new(file, 22, 29), "")
            .fix("declare it", vec![edit(start, "place Kucha\n")], true),
        Report::lint("bare", "a report without a place"),
    ];
    assert_eq!(
        render_human(&files, &reports, false),
        "\
error[missing-colon]: no colon ends the date
 --> k.annals:2:1
  |
2 | 644 Tang attacks.
  | ^^^ a colon was expected after this
  |
help: end the date
  |
2 | 644: Tang attacks.
  |    +

error[undeclared-name]: `Kucha` is not declared
 --> k.annals:2:10
  |
2 | 644 Tang attacks.
  |          ^^^^^^^
  |
help: declare it
  |
1 + place Kucha
  |

note[bare]: a report without a place

"
    );
}

#[test]
fn carets_stand_under_han_text_and_combining_marks() {
    let mut files = Files::new();
    let file = files.add(
        "k.annals",
        "貞觀十八年：唐伐焉耆。\nperson Zoe\u{301} Bala\u{304}\n",
    );
    let reports = [
        Report::error("a", "a").at(find(&files, file, "焉耆"), "here"),
        Report::error("b", "b").at(find(&files, file, "Bala\u{304}"), "here"),
    ];
    assert_eq!(
        render_human(&files, &reports, false),
        "\
error[a]: a
 --> k.annals:1:9
  |
1 | 貞觀十八年：唐伐焉耆。
  |                 ^^^^ here

error[b]: b
 --> k.annals:2:13
  |
2 | person Zoe\u{301} Bala\u{304}
  |            ^^^^ here

"
    );
}

#[test]
fn far_labels_of_one_file_are_drawn_apart() {
    let mut files = Files::new();
    let text: String = (1..=200).map(|i| format!("{i}: X.\n")).collect();
    let file = files.add("k.annals", text);
    let at = |i: u32| find(&files, file, &format!("\n{i}: X."));
    let line = |i: u32| Span::new(file, at(i).start + 1, at(i).end);
    let report = Report::finding("a", "a")
        .also(line(3), "p")
        .at(line(150), "q")
        .also(line(155), "r");
    assert_eq!(
        render_human(&files, &[report], false),
        "\
warning[a]: a
   --> k.annals:150:1
    |
150 | 150: X.
    | ^^^^^^^ q
...
155 | 155: X.
    | ------- r
    |
   ::: k.annals:3:1
    |
  3 | 3: X.
    | ----- p

"
    );
}

#[test]
fn wide_lines_and_many_labels_stay_short() {
    let mut files = Files::new();
    let file = files.add(
        "k.annals",
        format!("644: {}Kucha{}", "焉 ".repeat(100_000), "x".repeat(500_000)),
    );
    let place = find(&files, file, "Kucha");
    let end = files.get(file).text.len() as u32;
    let mut report = Report::error("a", "a")
        .at(place, "here")
        .also(Span::new(file, 0, end), "all of it")
        .fix("write Kuche", vec![edit(place, "Kuche")], false);
    for i in 0..1000 {
        report = report.also(Span::new(file, i, i), "");
    }
    let shown = render_human(&files, &[report], false);
    assert!(shown.len() < 8_000, "{}", shown.len());
    assert!(shown.contains("978 more places are not shown"), "{shown}");
    assert!(shown.contains("write `Kuche`"), "{shown}");
}

#[test]
fn odd_spans_and_texts_are_drawn_somehow() {
    let mut files = Files::new();
    let file = files.add(
        "k.annals",
        "a\0b\u{1b}[31m\r\n\tc\u{202e}d\u{200b}\r\r\n\n焉",
    );
    let other = files.add("empty\n.annals", "");
    let end = files.get(file).text.len() as u32;
    for start in 0..=end + 2 {
        for stop in start..=end + 2 {
            let span = Span::new(file, start, stop);
            let report = Report::error("a", "head\nline")
                .at(span, "la\0bel\nmore")
                .also(Span::new(other, 0, 9), "x")
                .note("one\ntwo")
                .fix("fix", vec![edit(span, "\u{1b}x\ny"), edit(span, "z")], true)
                .fix("fix", vec![edit(span, "\n")], true);
            let shown = render_human(&files, &[report], false);
            assert!(!shown.contains(['\u{1b}', '\0', '\u{202e}']), "{shown:?}");
        }
    }
}

#[test]
fn colour_is_asked_for() {
    let mut files = Files::new();
    let file = files.add("k.annals", "644 X\n");
    let reports = [Report::error("a", "a").at(Span::new(file, 0, 3), "here")];
    assert!(!render_human(&files, &reports, false).contains('\u{1b}'));
    assert!(render_human(&files, &reports, true).contains('\u{1b}'));
}
