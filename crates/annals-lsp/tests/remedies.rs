//! What an editor offers at a contradiction, and what renaming refuses.
#![allow(missing_docs)]

use std::sync::Arc;

use annals::text::apply_edits;
use annals::{MemoryWorld, Severity, compile};
use annals_lsp::{
    Analysis, Document, Position, Range, Workspace, Writing, actions, remedies, rename, uri_of,
};

const WAR: &str = "chronicle \"War\"\nsource a\n  title \"A\"\nsource b\nperson X\npolity K\npolity T\n\
    640: T attacks K. #war [@a]\n642: T attacks K. #war [@b]\n\
    640: X dies. [@a]\n645: K captures X. [@b]\n";

fn read(text: &str) -> Arc<Analysis> {
    let world = MemoryWorld::new().with("main.annals", text);
    let mut workspace = Workspace::new(Arc::new(world), Some("main.annals".to_owned()));
    let name = "main.annals";
    workspace.open(Document::new(uri_of(name), name, 1, text));
    Arc::new(workspace.next_job().expect("a chronicle").prepare())
}

#[test]
fn contradictions_offer_trust_and_doubt_as_edits_that_settle_them() {
    let compiled = compile(&MemoryWorld::new().with("main.annals", WAR), "main.annals");
    let clashes = |c: &annals::Compiled| {
        let all = c.reports.iter();
        all.filter(|r| r.code == "cannot-all-be-true").count()
    };
    assert_eq!(clashes(&compiled), 2);
    let mut words = Vec::new();
    for report in &compiled.reports {
        let writing = Writing {
            files: &compiled.files,
            main: compiled.main,
            trees: &compiled.trees,
            resolved: &compiled.resolved,
        };
        for remedy in remedies(writing, report) {
            if remedy.edits.is_empty() {
                continue;
            }
            let text = apply_edits(WAR, &remedy.edits);
            let world = MemoryWorld::new().with("main.annals", text.as_str());
            let after = compile(&world, "main.annals");
            let wrong = after.reports.iter().find(|r| r.severity == Severity::Error);
            assert!(wrong.is_none(), "{}: {wrong:?}\n{text}", remedy.words);
            match remedy.words.starts_with("write `prefer") {
                // Trust decides; that sources disagree stays said.
                true => assert!(text.contains("source b\nprefer @"), "{text}"),
                false => assert_eq!(clashes(&after), 1, "{}\n{text}", remedy.words),
            }
            words.push(remedy.words);
        }
    }
    for expected in [
        "write `prefer @a over @b` (line 9 would yield)",
        "write `prefer @b over @a` (line 8 would yield)",
        "doubt the date in line 8 with `?`",
        "doubt line 10 with `?`",
    ] {
        assert!(
            words.iter().any(|w| w == expected),
            "{expected}: {words:#?}"
        );
    }
}

#[test]
fn an_editor_is_offered_the_same() {
    let analysis = read(WAR);
    let whole = analysis.finish(None);
    let file = analysis.file("main.annals").expect("it is open");
    let at = |line| Position { line, character: 1 };
    let range = Range {
        start: at(7),
        end: at(7),
    };
    let offered = actions(&analysis, &whole.reports, file, range);
    let titles: Vec<&str> = offered.iter().map(|a| a.title.as_str()).collect();
    assert!(
        titles.contains(&"write `prefer @a over @b` (line 9 would yield)"),
        "{titles:?}"
    );
    assert!(titles.contains(&"doubt the date in line 8 with `?`"));
}

#[test]
fn no_name_is_given_that_another_bears() {
    let text = "person Pompey\n  also Magnus\npolity Rome\n  also Roma\n63 BC: Pompey dies.\n";
    let analysis = read(text);
    let file = analysis.file("main.annals").expect("it is open");
    let at = text.find("Pompey").expect("it stands there");
    for taken in ["Rome", "rome", "Roma", "Magnus"] {
        let refused = rename(&analysis, file, at, taken);
        let words = refused.expect_err(taken);
        assert!(words.contains("already"), "{words}");
    }
    for free in ["Gnaeus", "pompey", "Pompey"] {
        assert!(rename(&analysis, file, at, free).is_ok(), "{free}");
    }
}
