//! The stages of worked chronicles: for each folder of `tests/stages`, every stage of its
//! `main.annals` as `annals dump` prints it. With the variable `ANNALS_BLESS` set the files are
//! written anew; read the difference before you keep it.

mod harness;

use std::fs;
use std::path::Path;

use annals::{MemoryWorld, Stage, compile};

#[test]
fn stages_are_as_written() {
    let bless = std::env::var_os("ANNALS_BLESS").is_some();
    let folders = fs::read_dir(harness::workspace().join("tests/stages"));
    let mut wrong = Vec::new();
    for folder in folders.into_iter().flatten() {
        let folder = folder.expect("the folder can be listed").path();
        if folder.join("main.annals").is_file() {
            check(&folder, bless, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn check(folder: &Path, bless: bool, wrong: &mut Vec<String>) {
    let text = fs::read_to_string(folder.join("main.annals")).expect("a text");
    let question = fs::read_to_string(folder.join("question.txt")).unwrap_or_default();
    let compiled = compile(&MemoryWorld::new().with("main.annals", text), "main.annals");
    for (number, stage) in (1..).zip(Stage::ALL) {
        if stage == Stage::Answer && question.is_empty() {
            continue;
        }
        let path = folder.join(format!("{number}-{stage}.txt"));
        let came = match compiled.dump(stage, question.trim()) {
            Ok(text) => text,
            Err(refused) => format!("{:?}", refused.reports),
        };
        if bless {
            fs::write(&path, &came).expect("the file can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if let Some((line, (old, new))) = first_difference(&expected, &came) {
            let shown = path.display();
            wrong.push(format!(
                "{shown}:{line}\n  written: {old}\n  came:    {new}"
            ));
        }
    }
}

fn first_difference<'a>(a: &'a str, b: &'a str) -> Option<(usize, (&'a str, &'a str))> {
    let lines = a.lines().count().max(b.lines().count());
    let at = |text: &'a str, n: usize| text.lines().nth(n).unwrap_or("(the end)");
    (0..lines)
        .map(|n| (n + 1, (at(a, n), at(b, n))))
        .find(|(_, (old, new))| old != new)
}
