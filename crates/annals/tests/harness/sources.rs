//! The Rust sources of the workspace, read for the tests that hold their shape.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::workspace;

/// One source file of a crate.
pub struct Source {
    /// The crate's folder name.
    pub room: String,
    /// The path below the workspace.
    pub path: String,
    /// The text.
    pub text: String,
}

/// The names of all crates.
pub fn rooms() -> Vec<String> {
    let entries = std::fs::read_dir(workspace().join("crates")).expect("there are crates");
    let names = entries.map(|e| {
        e.expect("readable")
            .file_name()
            .into_string()
            .expect("UTF-8")
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Every file below `src` of every crate.
pub fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    for room in rooms() {
        let mut paths = Vec::new();
        walk(
            &workspace().join("crates").join(&room).join("src"),
            &mut paths,
        );
        for path in paths {
            let shown = path
                .strip_prefix(workspace())
                .expect("inside")
                .to_string_lossy();
            all.push(Source {
                room: room.clone(),
                path: shown.into_owned(),
                text: std::fs::read_to_string(&path).expect("a text"),
            });
        }
    }
    all
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|all| all.map(|e| e.expect("readable").path()).collect())
        .unwrap_or_default();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

impl Source {
    /// Whether the whole file is test code: a `tests` module of its own.
    pub fn is_test(&self) -> bool {
        let mut parts = self.path.rsplit('/');
        let name = parts.next().unwrap_or("");
        name == "tests.rs" || name.ends_with("_tests.rs") || parts.any(|p| p == "tests")
    }

    /// The text without its unit tests, which stand at the end of a file here.
    pub fn code(&self) -> &str {
        if self.is_test() {
            return "";
        }
        let marks = [
            "#[cfg(test)]\nmod tests {",
            "#[cfg(test)]\npub(crate) mod tests {",
        ];
        let cut = marks.iter().filter_map(|mark| self.text.find(mark)).min();
        &self.text[..cut.unwrap_or(self.text.len())]
    }

    /// Every string literal of the code with its line; comments and characters are left out.
    pub fn strings(&self) -> Vec<(usize, String)> {
        let code: Vec<char> = self.code().chars().collect();
        let (mut out, mut at, mut line) = (Vec::new(), 0, 1);
        while at < code.len() {
            match (code[at], code.get(at + 1)) {
                ('/', Some('/')) => {
                    while at < code.len() && code[at] != '\n' {
                        at += 1;
                    }
                    continue;
                }
                ('\'', Some('\\')) => at += 3,
                ('\'', _) if code.get(at + 2) == Some(&'\'') => at += 2,
                ('r', Some('"' | '#')) if at == 0 || !code[at - 1].is_alphanumeric() => {
                    let hashes = code[at + 1..].iter().take_while(|c| **c == '#').count();
                    if code.get(at + 1 + hashes) == Some(&'"') {
                        let start = at + 2 + hashes;
                        let close: String = format!("\"{}", "#".repeat(hashes));
                        let rest: String = code[start..].iter().collect();
                        let text = rest.split(&close).next().unwrap_or("").to_owned();
                        out.push((line, text.clone()));
                        line += text.matches('\n').count();
                        at = start + text.chars().count() + hashes;
                    }
                }
                ('"', _) => {
                    let (first, start) = (line, at + 1);
                    at = start;
                    while at < code.len() && code[at] != '"' {
                        at += usize::from(code[at] == '\\');
                        line += usize::from(code.get(at) == Some(&'\n'));
                        at += 1;
                    }
                    out.push((first, code[start..at.min(code.len())].iter().collect()));
                }
                ('\n', _) => line += 1,
                _ => {}
            }
            at += 1;
        }
        out
    }
}

/// Every report code written in the sources, with the place of its first use: the first words of
/// a report, and of the calendar's lints, which become reports.
pub fn report_codes() -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for source in sources() {
        // The nouns of reports name no situation, and their examples are none either.
        let code = source.code();
        // What a date is warned of becomes a report of that code where a chronicle says it.
        for call in [
            "Report::error(",
            "Report::finding(",
            "Report::lint(",
            "Report::new(",
            "Note::lint(",
            ".lint(",
        ] {
            for (at, _) in code.match_indices(call) {
                let rest = code[at + call.len()..].trim_start();
                let Some(rest) = rest.strip_prefix('"') else {
                    continue;
                };
                let name = rest.split('"').next().unwrap_or("").to_owned();
                codes.entry(name).or_insert_with(|| source.path.clone());
            }
        }
        // A note of the calendar's own making is a report where it is a lint.
        for (at, _) in code.match_indices("code: \"") {
            let rest = &code[at + "code: \"".len()..];
            let end = rest.find('}').unwrap_or(rest.len());
            if source.room == "annals-calendar" && rest[..end].contains("lint: true") {
                let name = rest.split('"').next().unwrap_or("").to_owned();
                codes.entry(name).or_insert_with(|| source.path.clone());
            }
        }
    }
    codes
}

/// The dependencies a crate declares: `[dependencies]`, or `[dev-dependencies]` too.
pub fn dependencies(room: &str, with_dev: bool) -> Vec<String> {
    let path = workspace().join("crates").join(room).join("Cargo.toml");
    let text = std::fs::read_to_string(path).expect("a manifest");
    let (mut found, mut inside) = (Vec::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            inside = table == "dependencies]"
                || table == "build-dependencies]"
                || (with_dev && table == "dev-dependencies]");
        } else if inside && !line.starts_with('#') {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            if end > 0 {
                found.push(line[..end].to_owned());
            }
        }
    }
    found
}
