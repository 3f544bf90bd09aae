//! What somebody wrote is not lost: a review beside other writers, imports and exports onto files
//! that are there.
#![allow(missing_docs)]

mod folder;

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use folder::Folder;

const ARTICLE: &str = "= War =\n\n== 896 ==\n\nArnulf attacked Verona. Arnulf captured Pavia. Arnulf besieged Milan.\n";

fn imported(name: &str) -> Folder {
    let folder = Folder::new(name)
        .file("war.txt", ARTICLE)
        .file("main.annals", "polity Lombardy\n");
    let ran = folder.run(&["import", "war.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

/// A review that is asked, waits, and is answered after something else was done to its files.
fn meanwhile(folder: &Folder, before: &str, act: impl FnOnce(), after: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["review", "drafts/war.annals"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("it asks");
    stdin.write_all(before.as_bytes()).expect("it listens");
    stdin.flush().expect("it listens");
    sleep(Duration::from_millis(1500));
    act();
    stdin.write_all(after.as_bytes()).expect("it listens");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8(output.stderr).expect("words")
}

#[test]
fn what_others_decide_during_a_review_stays_decided() {
    let folder = imported("overwriting-review");
    let draft = "drafts/war.annals";
    let other = || {
        let done = folder.run(&["review", draft, "--reject", "2", "--reason", "no source"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let text = folder.read(draft) + "// a remark by hand\n";
        std::fs::write(folder.path().join(draft), text).expect("written");
    };
    let err = meanwhile(&folder, "", other, "a\nr\na legend\nq\n");
    let (text, main) = (folder.read(draft), folder.read("main.annals"));
    assert!(text.contains("// rejected 2: no source\n"), "{text}");
    assert!(text.contains("// a remark by hand\n"), "{text}");
    assert!(text.contains("// rejected 3: a legend\n"), "{text}\n{err}");
    assert!(
        main.contains("attacked Verona") && !main.contains("Pavia"),
        "{main}"
    );
}

#[test]
fn a_claim_accepted_elsewhere_is_not_decided_again() {
    let folder = imported("overwriting-accepted");
    let draft = "drafts/war.annals";
    let other = || assert_eq!(folder.run(&["review", draft, "--accept", "1"]).code, 0);
    let err = meanwhile(&folder, "", other, "r\nnot so\nq\n");
    assert!(err.contains("changed or taken away meanwhile"), "{err}");
    let (text, main) = (folder.read(draft), folder.read("main.annals"));
    assert!(
        !text.contains("rejected 1") && !text.contains("claim 1:"),
        "{text}"
    );
    assert_eq!(
        main.matches(": Arnulf attacked Verona").count(),
        1,
        "{main}"
    );
}

#[test]
fn all_of_a_rule_leaves_what_was_passed_over() {
    let folder = imported("overwriting-rule");
    let draft = "drafts/war.annals";
    let ran = folder.run_with(&["review", draft], b"s\nu\nq\n");
    assert!(ran.err.contains("moved 2 claims"), "{}", ran.err);
    let main = folder.read("main.annals");
    assert!(
        !main.contains("attacked Verona") && main.contains("Milan"),
        "{main}"
    );
}

#[test]
fn an_import_does_not_replace_what_it_reads() {
    let folder = imported("overwriting-import")
        .file("k.csv", "Ruler,Land,Year\nNecho,Egypt,610\n")
        .file(
            "map.toml",
            "sentence = \"{Ruler} is king of {Land}\"\ndate = \"Year\"\n[kinds]\nRuler = \"person\"\nLand = \"polity\"\n",
        )
        .file("b.bib", "@book{a, title={A}}\n");
    let main = folder.read("main.annals");
    for arguments in [
        vec!["import", "war.txt", "-o", "war.txt", "--force"],
        vec!["import", "war.txt", "-o", "drafts/../war.txt", "--force"],
        vec!["import", "b.bib", "-o", "b.bib", "--force"],
        vec![
            "import", "k.csv", "--map", "map.toml", "-o", "k.csv", "--force",
        ],
        vec![
            "import", "k.csv", "--map", "map.toml", "-o", "map.toml", "--force",
        ],
        vec![
            "import",
            "k.csv",
            "--map",
            "map.toml",
            "--chronicle",
            "main.annals",
            "-o",
            "main.annals",
            "--force",
        ],
    ] {
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("name another file"), "{}", ran.err);
    }
    assert_eq!(folder.read("war.txt"), ARTICLE);
    assert_eq!(folder.read("main.annals"), main);
    assert!(folder.read("k.csv").starts_with("Ruler"));
    for (arguments, line) in [
        (vec!["import", "b.bib", "-o", "-"], "source a\n"),
        (
            vec!["import", "k.csv", "--map", "map.toml", "-o", "-"],
            "610: Necho is king of Egypt.",
        ),
    ] {
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            ran.out.contains(line) && !ran.out.contains("1 draft from"),
            "{}",
            ran.out
        );
        assert!(!folder.names().contains(&"-".to_owned()));
    }
}

#[test]
fn an_export_does_not_replace_a_file_unasked() {
    let folder = Folder::new("overwriting-export")
        .file("main.annals", "polity Karasahr\n632: Karasahr submits. ?\n")
        .file("notes.json", "my notes")
        .file("out/claims.csv", "my claims");
    let forms = [
        "json",
        "xlsx",
        "geojson",
        "timelinejs",
        "turtle",
        "linked-places",
    ];
    for form in forms {
        let ran = folder.run(&["export", form, "-o", "notes.json"]);
        assert_eq!(ran.code, 2, "{form}");
        assert!(ran.err.contains("--force"), "{}", ran.err);
    }
    assert_eq!(folder.read("notes.json"), "my notes");
    let ran = folder.run(&["export", "csv", "-o", "out"]);
    assert!(
        ran.code == 2 && ran.err.contains("claims.csv"),
        "{}",
        ran.err
    );
    assert_eq!(folder.read("out/claims.csv"), "my claims");
    assert!(!folder.path().join("out/events.csv").exists());
    let ran = folder.run(&["export", "csv", "-o", "notes.json"]);
    assert!(
        ran.code == 2 && ran.err.contains("several tables need a folder"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["export", "json", "-o", "out", "--force"]);
    assert!(
        ran.code == 2 && ran.err.contains("is a folder"),
        "{}",
        ran.err
    );
    for form in forms {
        let ran = folder.run(&["export", form, "-o", "notes.json", "--force"]);
        assert_eq!(ran.code, 0, "{form}: {}", ran.err);
    }
    assert_eq!(
        folder.run(&["export", "csv", "-o", "out", "--force"]).code,
        0
    );
    let ran = folder.run(&["export", "json", "-o", "main.annals", "--force"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn the_rest_of_a_draft_knows_what_has_moved() {
    let folder = Folder::new("overwriting-half")
        .file(
            "war.txt",
            "= War =\n\n== 896 ==\n\nArnulf attacked Verona. Three days later Berengar fled.\n",
        )
        .file("main.annals", "polity Lombardy\n");
    assert_eq!(folder.run(&["import", "war.txt"]).code, 0);
    let draft = "drafts/war.annals";
    assert_eq!(folder.run(&["review", draft, "--accept", "1"]).code, 0);
    let ran = folder.run(&["check", draft]);
    assert!(
        ran.code == 0 && !ran.err.contains("unknown-label"),
        "{}",
        ran.err
    );
    let text = folder.read(draft).replace("#attacks-verona", "#nowhere");
    std::fs::write(folder.path().join(draft), text).expect("written");
    assert!(folder.run(&["check", draft]).err.contains("unknown-label"));
}

#[test]
fn a_model_is_reviewed_like_any_draft() {
    let clog = r#"{"chronolog-version": "3", "events": [{"name": "Conquest", "dateLB": -525, "dateUB": -525}]}"#;
    let folder = Folder::new("overwriting-model")
        .file("m.clog", clog)
        .file("main.annals", "calendar julian\n");
    let ran = folder.run(&["import", "m.clog"]);
    assert!(
        ran.code == 0 && ran.err.contains("annals review"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["review", "drafts/m.annals", "--accept", "all"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let main = folder.read("main.annals");
    assert!(
        main.contains("source model-m") && main.contains("525-07-01 BC: \"Conquest\""),
        "{main}"
    );
    assert_eq!(folder.run(&["check"]).code, 0, "{main}");
}

#[test]
fn no_advice_is_given_that_cannot_help() {
    let folder = Folder::new("overwriting-advice")
        .file("empty.csv", "")
        .file("twice.csv", "Year,Year\n1,2\n")
        .file("other.csv", "A,B\n1,2\n")
        .file("map.toml", "sentence = \"{Ruler} is king\"\ndate = \"Year\"\n")
        .file(
            "p.json",
            r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"title": "Kerma?"}, "geometry": null}]}"#,
        );
    for name in ["empty.csv", "twice.csv", "other.csv"] {
        let ran = folder.run(&["import", name, "--map", "map.toml"]);
        assert!(
            ran.code == 2 && !ran.err.contains("--keep-going"),
            "{name}: {}",
            ran.err
        );
    }
    let ran = folder.run(&["import", "p.json"]);
    assert!(
        ran.code == 2 && ran.err.contains("certainty") && !ran.err.contains("column"),
        "{}",
        ran.err
    );
}
