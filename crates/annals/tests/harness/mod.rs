//! Runs the literate tests: every case of a folder of Markdown files is compiled in a world of
//! its own and its expectations are compared with what the chronicle answers.

#![allow(dead_code)]

pub mod answers;
pub mod chronicles;
pub mod compare;
pub mod expect;
pub mod markdown;
pub mod rewrite;
pub mod sources;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.join("../..")
        .canonicalize()
        .expect("the workspace is two folders up")
}

/// All Markdown files of a folder below the workspace, by name.
pub fn markdown_files(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(workspace().join(folder)) else {
        return Vec::new();
    };
    let paths = entries.map(|e| e.expect("the folder can be listed").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .filter(|p| p.file_stem().is_some_and(|s| s != "README"))
        .collect();
    paths.sort();
    paths
}

/// Runs every case of a folder and fails with all that went otherwise than expected. The
/// variable `ANNALS_CASE` narrows the run to files and headings that contain its text.
pub fn run_folder(folder: &str) {
    let only = std::env::var("ANNALS_CASE").unwrap_or_default();
    let mut failures = String::new();
    let (mut cases, mut failed) = (0, 0);
    let mut all = compare::Compilations::default();
    for path in markdown_files(folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let shown = format!("{folder}/{name}");
        let file = markdown::read(&path, &shown);
        for fault in &file.faults {
            let _ = writeln!(failures, "{shown}: {fault}");
        }
        for case in &file.cases {
            let title = format!("{shown}:{} ## {}", case.line, case.heading);
            if !title.contains(&only) {
                continue;
            }
            cases += 1;
            let wrong = compare::run_case(&mut all, file.prelude.as_deref(), case);
            if !wrong.is_empty() {
                failed += 1;
                let _ = writeln!(failures, "{title}");
                for line in wrong {
                    let _ = writeln!(failures, "    {}", line.replace('\n', "\n    "));
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{failed} of {cases} cases in {folder} went otherwise:\n\n{failures}"
    );
}
