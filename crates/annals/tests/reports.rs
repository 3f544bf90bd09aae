//! Every report code has a page for people and a case that shows it.

mod harness;

use std::path::Path;

use harness::sources::report_codes;
use harness::workspace;

#[test]
fn cases() {
    harness::run_folder("tests/reports");
}

#[test]
fn every_code_has_a_page_and_a_case() {
    let mut missing = Vec::new();
    for (code, path) in report_codes() {
        // A question mark in a code is none in a file name: not every disk takes it.
        let name = code.trim_end_matches('?');
        let page = workspace().join(format!("docs/reports/{name}.md"));
        if !page.is_file() {
            missing.push(format!(
                "{code} (from {path}) has no page docs/reports/{name}.md"
            ));
        } else if !reads_well(&page, &code) {
            missing.push(format!(
                "docs/reports/{code}.md does not begin with `# {code}`"
            ));
        }
        let case = workspace().join(format!("tests/reports/{name}.md"));
        let shown = std::fs::read_to_string(&case).unwrap_or_default();
        let report = format!("report {code}");
        let refused = format!("=> {code}");
        let mut lines = shown.lines();
        let has_case = lines.any(|l| l.starts_with(&report) || l.ends_with(&refused));
        if !has_case {
            missing.push(format!(
                "{code} (from {path}) has no case in tests/reports/{code}.md"
            ));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_page_belongs_to_a_code() {
    let codes = report_codes();
    let codes: Vec<&str> = codes.keys().map(|c| c.trim_end_matches('?')).collect();
    for folder in ["docs/reports", "tests/reports"] {
        for path in harness::markdown_files(folder) {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            assert!(
                codes.contains(&name.as_str()),
                "{folder}/{name}.md belongs to no report"
            );
        }
    }
}

/// The index of the pages: every code with the first line of its page. With the variable
/// `ANNALS_BLESS` set its table is written anew.
#[test]
fn the_index_is_complete() {
    let read = |path: &Path| std::fs::read_to_string(path).expect("a text");
    let mut rows = String::new();
    for path in harness::markdown_files("docs/reports") {
        let name = path.file_name().expect("a name").to_string_lossy();
        let page = read(&path);
        let mut lines = page.lines();
        let code = lines.next().unwrap_or("").trim_start_matches("# ");
        let first = lines.find(|l| !l.is_empty()).unwrap_or("");
        rows.push_str(&format!("| [`{code}`]({name}) | {first} |\n"));
    }
    let path = workspace().join("docs/reports/README.md");
    let index = read(&path);
    let head = "|---|---|\n";
    let (above, table) = index.split_once(head).expect("the index has a table");
    if std::env::var_os("ANNALS_BLESS").is_some() {
        std::fs::write(&path, format!("{above}{head}{rows}")).expect("it can be written");
    } else {
        assert_eq!(table, rows, "docs/reports/README.md is not up to date");
    }
}

fn reads_well(page: &Path, code: &str) -> bool {
    let text = std::fs::read_to_string(page).unwrap_or_default();
    text.starts_with(&format!("# {code}\n"))
}
