//! The canonical form of every text of the repository, and of those texts damaged: it settles,
//! loses nothing, and leaves unreadable lines as they are.
#![allow(missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use annals::syntax::{DetailKind, Notation, StatementKind, Tree, parse};
use annals::{Files, format_text};

/// Every chronicle and note under a folder.
fn texts(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the repository is there")
        .map(|e| e.expect("the repository is there").path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
        if path.is_dir() {
            let built = ["target", "node_modules", ".git"];
            if !built.contains(&name) {
                texts(&path, found);
            }
        } else if name.ends_with(".annals") || name.ends_with(".md") {
            let bytes = fs::read(&path).expect("the repository is there");
            found.extend(String::from_utf8(bytes).ok().map(|text| (path, text)));
        }
    }
}

fn repository() -> Vec<(PathBuf, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut found = Vec::new();
    for folder in ["chronicles", "vocabulary", "tests", "docs"] {
        texts(&root.join(folder), &mut found);
    }
    assert!(found.len() > 40, "{} texts", found.len());
    found
}

fn read(path: &str, text: &str) -> (Files, Tree) {
    let notation = match path.ends_with(".md") {
        true => Notation::Markdown,
        false => Notation::Chronicle,
    };
    let mut files = Files::new();
    let file = files.add(path, text);
    let (tree, _) = parse(&files, file, notation);
    (files, tree)
}

/// The characters of a text without white space and without the marks that the canonical form
/// may add or join: stops, and the brackets of citations. Independent of the parser.
fn words(text: &str) -> String {
    let marks = [
        '.', '。', '．', '[', ']', '［', '］', ';', '；', ':', '：', ',', '，', '、', '?', '？',
    ];
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}');
    kept.filter(|c| !marks.contains(c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Lines that could not be read, by number from zero.
fn unreadable(text: &str, path: &str) -> Vec<(usize, String)> {
    let (files, tree) = read(path, text);
    let line_of = |at: u32| text[..at as usize].matches('\n').count();
    let mut found = Vec::new();
    for statement in &tree.statements {
        if statement.kind == StatementKind::Broken {
            found.push(line_of(statement.line.start));
        }
        for detail in &statement.details {
            if detail.kind == DetailKind::Broken {
                found.push(line_of(detail.span.start));
            }
        }
    }
    let _ = files;
    let lines: Vec<&str> = text.split('\n').collect();
    found
        .into_iter()
        .map(|n| (n, lines[n].to_owned()))
        .collect()
}

fn check(path: &str, text: &str) {
    let once = format_text(path, text).expect("a chronicle has a form");
    assert_eq!(words(text), words(&once), "{path} loses words");
    check_form(path, text, &once);
}

/// The letters of every line in one order: a label before its citation or after it.
fn letters(text: &str) -> Vec<Vec<char>> {
    let lines = text.split('\n').map(|line| {
        let mut letters: Vec<char> = words(line).chars().collect();
        letters.sort_unstable();
        letters
    });
    let mut lines: Vec<Vec<char>> = lines.collect();
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    lines
}

fn check_form(path: &str, text: &str, once: &str) {
    let twice = format_text(path, once).expect("a chronicle has a form");
    assert_eq!(once, twice, "formatting {path} twice changes it");
    let breaks = |text: &str| text.matches('\n').count();
    let added = usize::from(!text.ends_with('\n'));
    assert!(
        (breaks(text)..=breaks(text) + added).contains(&breaks(once)),
        "{path}"
    );
    assert_eq!(
        text.starts_with('\u{feff}'),
        once.starts_with('\u{feff}'),
        "{path}"
    );
    assert_eq!(
        text.matches("\r\n").count(),
        once.matches("\r\n").count(),
        "{path}"
    );
    let lines: Vec<&str> = once.split('\n').collect();
    for (number, line) in unreadable(text, path) {
        assert_eq!(lines[number], line, "line {} of {path}", number + 1);
    }
}

#[test]
fn every_text_of_the_repository_keeps_its_words() {
    for (path, text) in repository() {
        let path = path.to_string_lossy();
        check(&path, &text);
        check(&path, &text.replace('\n', "\r\n"));
        check(&path, &format!("\u{feff}{text}"));
    }
}

#[test]
fn the_shipped_chronicle_and_vocabulary_are_canonical() {
    let shipped = |path: &Path| {
        let path = path.to_string_lossy();
        path.contains("/chronicles/") || path.contains("/vocabulary/")
    };
    for (path, text) in repository().into_iter().filter(|(path, _)| shipped(path)) {
        let formatted = format_text(&path.to_string_lossy(), &text).expect("a chronicle");
        assert!(formatted == text, "run `annals fmt {}`", path.display());
    }
}

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

#[test]
fn damaged_lines_keep_their_words() {
    const PIECES: [&str; 22] = [
        ":", " ", "   ", "\t", "\"", "[", "]", "[@a, 3]", "#x", "?", ".", ",", "//", "\u{3000}",
        "not:", "also", "force of", "：", "“", "\u{a0}", "{", "🐎",
    ];
    let mut dice = Dice(7);
    for (path, text) in repository() {
        let path = path.to_string_lossy();
        let lines: Vec<&str> = text.split('\n').collect();
        for _ in 0..8 {
            let mut damaged: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
            for _ in 0..3 {
                let line = dice.roll(damaged.len());
                let mut chars: Vec<char> = damaged[line].chars().collect();
                let at = dice.roll(chars.len() + 1);
                let until = (at + dice.roll(4)).min(chars.len());
                chars.splice(at..until, PIECES[dice.roll(PIECES.len())].chars());
                damaged[line] = chars.into_iter().collect();
            }
            let damaged = damaged.join("\n");
            let once = format_text(&path, &damaged).expect("a chronicle has a form");
            assert_eq!(letters(&damaged), letters(&once), "{path} loses words");
            check_form(&path, &damaged, &once);
        }
    }
}

#[test]
fn what_has_no_form_is_refused_in_words() {
    for path in ["a.csv", "a.XLSX", "b/sources.bib", "annals.toml"] {
        let refused = format_text(path, "x,y\n");
        assert!(refused.is_err_and(|words| words.contains(' ')), "{path}");
    }
}

#[test]
fn old_line_ends_become_new_ones() {
    assert_eq!(
        format_text("a.annals", "polity  Tang\rpolity K\r").as_deref(),
        Ok("polity Tang\npolity K\n")
    );
}
