//! The gallery of reports: what each looks like, and that its remedies work.

mod harness;

use std::collections::BTreeMap;
use std::fs;

use annals::{Compiled, Severity};
use annals_text::{Edit, Report, apply_edits, render_human};
use harness::compare::CaseTexts;
use harness::markdown::{Case, read};
use harness::sources::report_codes;
use harness::{markdown_files, workspace};

/// Every code that has a safe remedy, in some of its situations. A report that only a person can
/// mend, or that can be mended in several ways, has none.
const SAFE: &[&str] = &[
    "bad-citation",
    "bad-directive",
    "heading-in-fence",
    "indented-claim",
    "invisible-character",
    "missing-colon",
    "stray-label",
    "undeclared-name",
];

/// Every case of a folder with its file's name and prelude.
fn cases(folder: &str) -> Vec<(String, Option<String>, Case)> {
    let mut all = Vec::new();
    for path in markdown_files(folder) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = read(&path, &name);
        for case in file.cases {
            all.push((name.clone().into_owned(), file.prelude.clone(), case));
        }
    }
    all
}

/// What each code looks like to a person: its reports in every case of its file, three of each
/// at most. With the variable `ANNALS_BLESS` set the pictures are drawn anew; read the difference.
#[test]
fn reports_look_as_drawn() {
    let bless = std::env::var_os("ANNALS_BLESS").is_some();
    let folder = workspace().join("tests/reports/drawn");
    let mut pictures: BTreeMap<String, String> = BTreeMap::new();
    for (name, prelude, case) in cases("tests/reports") {
        let compiled = CaseTexts::of(prelude.as_deref(), &case).compile();
        let of: Vec<Report> = compiled
            .reports
            .iter()
            .filter(|r| r.code.trim_end_matches('?') == name)
            .take(3)
            .cloned()
            .collect();
        // What is wrong with a question is reported when it is asked.
        if !of.is_empty() {
            let drawn = render_human(&compiled.files, &of, false);
            let picture = pictures.entry(name).or_default();
            picture.push_str(&format!("## {}\n\n{drawn}", case.heading));
        }
    }
    let mut wrong = Vec::new();
    for (name, came) in &pictures {
        let path = folder.join(format!("{name}.txt"));
        if bless {
            fs::write(&path, came).expect("the file can be written");
        }
        if fs::read_to_string(&path).unwrap_or_default() != *came {
            wrong.push(format!("tests/reports/drawn/{name}.txt; came:\n{came}"));
        }
    }
    for entry in fs::read_dir(&folder).expect("the folder is there") {
        let file = entry.expect("it can be listed").file_name();
        let name = file.to_string_lossy().trim_end_matches(".txt").to_owned();
        if !pictures.contains_key(&name) {
            wrong.push(format!("tests/reports/drawn/{name}.txt belongs to no case"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every code that any case brings about has a page, whatever way the code reached its report.
#[test]
fn every_code_that_comes_has_a_page() {
    let known = report_codes();
    for folder in ["tests/reports", "tests/grammar"] {
        for (name, prelude, case) in cases(folder) {
            for report in CaseTexts::of(prelude.as_deref(), &case).compile().reports {
                assert!(
                    known.contains_key(report.code),
                    "{folder}/{name}.md brings `{}`, which the sources do not show",
                    report.code
                );
            }
        }
    }
}

/// Every remedy that `check --fix` may apply, one by one: the text compiles, the report is gone,
/// and no error comes that was not there.
#[test]
fn safe_remedies_work() {
    let mut wrong = Vec::new();
    let mut fixed: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in ["tests/reports", "tests/grammar"] {
        for (name, prelude, case) in cases(folder) {
            let texts = CaseTexts::of(prelude.as_deref(), &case);
            let before = texts.compile();
            for report in &before.reports {
                let safe = report
                    .remedies
                    .iter()
                    .filter(|r| r.safe && !r.edits.is_empty());
                for remedy in safe {
                    let after = mended(&texts, &before, &remedy.edits).compile();
                    *fixed.entry(report.code).or_default() += 1;
                    if let Some(fault) = fault(&before, &after, report.code) {
                        wrong.push(format!(
                            "{folder}/{name}.md ## {}: {}: {fault}",
                            case.heading, remedy.words
                        ));
                    }
                }
            }
        }
    }
    let shown: Vec<&str> = fixed.keys().copied().collect();
    for code in SAFE {
        assert!(
            shown.contains(code),
            "no case shows the safe remedy of `{code}`"
        );
    }
    assert_eq!(shown, SAFE, "the list of codes with a safe remedy");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The texts with edits carried out.
fn mended(texts: &CaseTexts, compiled: &Compiled, edits: &[Edit]) -> CaseTexts {
    let files = texts.files.iter().map(|(name, bytes)| {
        let mine: Vec<Edit> = edits
            .iter()
            .filter(|e| compiled.files.get(e.span.file).name == *name)
            .cloned()
            .collect();
        let text = match String::from_utf8(bytes.clone()) {
            Ok(text) if !mine.is_empty() => apply_edits(&text, &mine).into_bytes(),
            _ => bytes.clone(),
        };
        (name.clone(), text)
    });
    CaseTexts {
        files: files.collect(),
        root: texts.root,
        main: texts.main,
    }
}

fn fault(before: &Compiled, after: &Compiled, code: &str) -> Option<String> {
    let count = |compiled: &Compiled| compiled.reports.iter().filter(|r| r.code == code).count();
    if count(after) >= count(before) {
        return Some(format!("`{code}` is still there"));
    }
    let errors = |compiled: &Compiled| -> BTreeMap<&'static str, usize> {
        let mut all = BTreeMap::new();
        for report in &compiled.reports {
            if report.severity == Severity::Error {
                *all.entry(report.code).or_default() += 1;
            }
        }
        all
    };
    let known = errors(before);
    let new = errors(after)
        .into_iter()
        .find(|(code, n)| known.get(code).is_none_or(|k| n > k));
    new.map(|(code, _)| format!("`{code}` is new"))
}
