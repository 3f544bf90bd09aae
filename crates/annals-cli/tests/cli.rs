//! The command from outside: what it prints where, and its exit codes.

mod folder;

use folder::Folder;

const SMALL: &str = "from @me\npolity Karasahr\npolity Tang\npolity Western Turks\n\
632: Karasahr submits to Tang. #a\n640: Karasahr renounces Tang. #b\n";

#[test]
fn a_clean_check_says_one_line() {
    let folder = Folder::new("clean").file("main.annals", SMALL);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(
        ran.err.contains("2 claims") && ran.err.contains("no findings"),
        "{}",
        ran.err
    );
}

#[test]
fn errors_are_one_and_unreadable_input_is_two() {
    let folder = Folder::new("codes").file("main.annals", "644: Nobody attacks Nowhere.\n");
    assert_eq!(folder.run(&["check"]).code, 1);
    assert_eq!(folder.run(&["check", "absent.annals"]).code, 2);
    assert_eq!(folder.run(&["check", "--format", "loud"]).code, 2);
    assert_eq!(folder.run(&["frobnicate"]).code, 2);
    assert_eq!(folder.run(&["check", "--deny", "no-such-code"]).code, 2);
    let empty = Folder::new("empty");
    let ran = empty.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("annals new"), "{}", ran.err);
}

#[test]
fn the_main_file_is_found_upward() {
    let folder = Folder::new("upward")
        .file("main.annals", SMALL)
        .file("a/b/note.txt", "");
    let ran = folder.run(&["-C", "a/b", "check"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn deny_lowers_the_failing_level() {
    let clash = "source a\nsource b\npolity Karasahr\npolity Tang\n\
                 640: Karasahr is subject to Tang. [@a]\n640: not: Karasahr is subject to Tang. [@b]\n";
    let folder = Folder::new("deny").file("main.annals", clash);
    assert_eq!(
        folder.run(&["check"]).code,
        0,
        "sources that disagree are no error"
    );
    assert_eq!(folder.run(&["check", "--deny", "warnings"]).code, 1);
    assert_eq!(folder.run(&["check", "--deny", "contradictions"]).code, 1);
    assert_eq!(
        folder.run(&["check", "--deny", "cannot-all-be-true"]).code,
        1
    );
    assert_eq!(
        folder.run(&["check", "--deny", "unrecorded-change"]).code,
        0
    );
}

#[test]
fn formats_are_results() {
    let folder = Folder::new("formats").file("main.annals", "644: Nobody attacks Nowhere.\n");
    let json = folder.run(&["check", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(!read.as_array().unwrap().is_empty());
    let sarif = folder.run(&["check", "--format", "sarif"]);
    let read: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    assert_eq!(read["version"], "2.1.0");
    let short = folder.run(&["check", "--format", "short"]);
    assert!(short.out.starts_with("main.annals:1:"), "{}", short.out);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let folder = Folder::new("colours").file("main.annals", "644: Nobody attacks Nowhere.\n");
    assert!(!folder.run(&["check"]).err.contains('\u{1b}'));
    assert!(
        folder
            .run(&["--color", "always", "check"])
            .err
            .contains('\u{1b}')
    );
    assert!(
        !folder
            .run(&["--color", "never", "check"])
            .err
            .contains('\u{1b}')
    );
}

#[test]
fn fix_adds_a_declaration_and_says_so() {
    let text = "from @me\nsource me\n644: Long Tuqizhi dies.\n";
    let folder = Folder::new("fix").file("main.annals", text);
    assert_eq!(folder.run(&["check"]).code, 1);
    let ran = folder.run(&["check", "--fix"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("fixed main.annals"), "{}", ran.err);
    assert!(
        folder.read("main.annals").contains("\nperson Long Tuqizhi"),
        "{}",
        folder.read("main.annals")
    );
    assert_eq!(folder.names(), ["main.annals"], "no temporary file is left");
}

#[test]
fn questions_are_answered() {
    let folder = Folder::new("ask").file("main.annals", SMALL);
    let ran = folder.run(&["ask", "636-01-01: Karasahr is subject to Tang"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("certain"), "{}", ran.out);
    let json = folder.run(&["ask", "636-01-01: ? is subject to Tang", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(read["schema"], 1);
    let when = folder.run(&["when", "#b"]);
    assert!(when.out.contains("640"), "{}", when.out);
    let why = folder.run(&["why", "Karasahr is subject to Tang", "--at", "636-01-01"]);
    assert!(why.out.contains("#a"), "{}", why.out);
    let show = folder.run(&["show", "Karasahr", "--at", "636-01-01"]);
    assert!(show.out.contains("Tang"), "{}", show.out);
    assert!(folder.run(&["timeline"]).out.contains("632"));
    let bad = folder.run(&["ask", "636-01-01: Karasahr is subject to Tong"]);
    assert_eq!((bad.code, bad.out.as_str()), (2, ""));
    assert!(bad.err.contains("undeclared-name"), "{}", bad.err);
}

#[test]
fn every_stage_is_dumped() {
    let folder = Folder::new("dump").file("main.annals", SMALL);
    for stage in [
        "tree",
        "chronicle",
        "network",
        "minimal-network",
        "histories",
        "timeline",
    ] {
        let ran = folder.run(&["dump", stage]);
        assert_eq!(ran.code, 0, "{stage}: {}", ran.err);
        assert!(!ran.out.is_empty(), "{stage}");
    }
    assert_eq!(folder.run(&["dump", "findings"]).code, 0);
    let question = "636-01-01: Karasahr is subject to Tang";
    let answer = folder.run(&["dump", "answer", "-q", question]);
    assert!(answer.out.contains("certain"), "{}", answer.err);
    assert_eq!(folder.run(&["dump", "answer"]).code, 2);
    assert_eq!(folder.run(&["dump", "soup"]).code, 2);
}

#[test]
fn what_needs_no_chronicle_runs_anywhere() {
    let folder = Folder::new("anywhere");
    for args in [
        &["explain", "cannot-all-be-true"][..],
        &["explain", "error[undeclared-name]"],
        &["explain"],
        &["doc", "vocabulary"],
        &["completions", "bash"],
        &["date", "658 or 659"],
        &["demo", "--no-serve"],
        &["--help"],
        &["--version"],
        &[],
    ] {
        let ran = folder.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert!(!ran.out.is_empty(), "{args:?}");
    }
    assert_eq!(folder.run(&["date", "soon"]).code, 2);
    let ran = folder.run(&["explain", "undeclared-nam"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`undeclared-name`"), "{}", ran.err);
}

#[test]
fn a_new_project_checks_clean_and_answers() {
    let folder = Folder::new("new");
    assert_eq!(folder.run(&["new", "reign"]).code, 0);
    let ran = folder.run(&["-C", "reign", "check", "--deny", "notes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("10 claims"), "{}", ran.err);
    let ran = folder.run(&["-C", "reign", "ask", "1066-06-01: ? is ruler of England"]);
    assert!(ran.out.contains("Harold Godwinson"), "{}", ran.out);
    assert_eq!(
        folder.run(&["new", "reign"]).code,
        2,
        "nothing is overwritten"
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = Folder::new("pipe");
    let ran = folder.run_and_close(&["doc", "vocabulary"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

/// What somebody tries who has read no manual.
#[test]
fn a_file_may_follow_a_question_and_who_is_answered() {
    let text =
        "source me\nfrom @me\npolity England\nperson Cnut\n1017: Cnut becomes king of England.\n";
    let folder = Folder::new("natural").file("reign.annals", text);
    let ran = folder.run(&["ask", "1020: ? is king of England", "reign.annals"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("certain: Cnut"), "{}", ran.out);
    let ran = folder.run(&["ask", "1020: who is king of England", "reign.annals"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.err.contains("what is asked is written `?`"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("+ 1020: ? is king"), "{}", ran.err);
    let ran = folder.run(&["ask", "1020: Knud is king of England", "reign.annals"]);
    assert!(!ran.err.contains("declare it"), "{}", ran.err);
}

const RIVALS: &str = "source a\nsource b\nperson X\npolity K\n\
                      600: X is born. [@a; @b]\n\
                      644: X dies. #d [@a]\n646: X dies. #d [@b]\n";

#[test]
fn readings_what_ifs_and_comparisons_are_answers() {
    let folder = Folder::new("contrast").file("main.annals", RIVALS);
    let ran = folder.run(&["readings", "main.annals"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("2 preferred readings"), "{}", ran.out);
    let ran = folder.run(&["whatif", "main.annals", "--without", "@a"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("contradictions that are gone"),
        "{}",
        ran.out
    );
    let several = [
        "whatif",
        "--without",
        "@a",
        "--assume",
        "645: not: X dies.",
        "--prefer",
        "@b over @a",
    ];
    let ran = folder.run(&several);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("assumption:2"), "{}", ran.out);
    let ran = folder.run(&["compare", "@a", "@b", "main.annals"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("they differ"), "{}", ran.out);
}

#[test]
fn readings_what_ifs_and_comparisons_are_json() {
    let folder = Folder::new("contrast-json").file("main.annals", RIVALS);
    for (arguments, kind) in [
        (vec!["readings"], "readings"),
        (vec!["whatif", "--without", "#d"], "difference"),
        (vec!["compare", "@a", "@b"], "comparison"),
    ] {
        let ran = folder.run(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let said = format!("\"kind\": \"{kind}\"");
        assert!(ran.out.contains(&said), "{}", ran.out);
        let again = folder.run(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!(ran.out, again.out, "same text, same bytes");
    }
}

#[test]
fn changes_that_cannot_be_read_are_wrong_usage() {
    let folder = Folder::new("contrast-wrong").file("main.annals", RIVALS);
    for (arguments, said) in [
        (vec!["whatif"], "nothing is changed"),
        (
            vec!["whatif", "--without", "@aa"],
            "the source `@aa` is not in the chronicle",
        ),
        (vec!["whatif", "--without", "#e"], "unknown-label"),
        (
            vec!["whatif", "--without", "main.annals:3"],
            "no-claim-there",
        ),
        (vec!["whatif", "--with", "644: Y dies."], "undeclared-name"),
        (vec!["whatif", "--prefer", "@a"], "bad-directive"),
        (vec!["compare", "@a"], "two sources are compared"),
        (vec!["compare", "@a", "@z"], "unknown-source"),
        (vec!["readings", "absent.annals"], "absent.annals"),
    ] {
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}
