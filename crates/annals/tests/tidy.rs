//! The rules of the house that a program can hold: what a room may import, how large its files
//! and functions may grow, and that no verb of the vocabulary is known to any room.

mod harness;

use std::collections::BTreeSet;

use harness::sources::{dependencies, rooms, sources};

/// What every room may import: rooms of ours, then outside crates. DESIGN section 3 says why;
/// a new line here is a line in DECISIONS.
const IMPORTS: &[(&str, &[&str], &[&str])] = &[
    (
        "annals-text",
        &[],
        &["annotate-snippets", "serde", "serde_json"],
    ),
    ("annals-calendar", &[], &[]),
    ("annals-network", &[], &[]),
    ("annals-travel", &[], &[]),
    ("annals-syntax", &["annals-text"], &["csv"]),
    ("annals-chronicle", &["annals-text"], &[]),
    (
        "annals-sentence",
        &["annals-text", "annals-chronicle"],
        &["strsim", "unicode-normalization"],
    ),
    (
        "annals-resolve",
        &[
            "annals-text",
            "annals-chronicle",
            "annals-syntax",
            "annals-calendar",
            "annals-sentence",
        ],
        &[],
    ),
    (
        "annals-reason",
        &[
            "annals-text",
            "annals-chronicle",
            "annals-network",
            "annals-travel",
        ],
        &[],
    ),
    (
        "annals-query",
        &[
            "annals-text",
            "annals-chronicle",
            "annals-sentence",
            "annals-reason",
            "annals-travel",
            "annals-calendar",
        ],
        &["serde", "serde_json"],
    ),
    (
        "annals",
        &[
            "annals-text",
            "annals-chronicle",
            "annals-syntax",
            "annals-calendar",
            "annals-sentence",
            "annals-resolve",
            "annals-reason",
            "annals-query",
        ],
        &["biblatex", "calamine", "toml", "zip"],
    ),
    ("annals-draw", &["annals-calendar", "annals-query"], &[]),
    ("annals-lsp", &["annals", "annals-text"], &["serde_json"]),
    (
        "annals-exchange",
        &[
            "annals",
            "annals-calendar",
            "annals-sentence",
            "annals-text",
        ],
        &[
            "calamine",
            "parse-wiki-text-2",
            "rusqlite",
            "serde_json",
            "toml",
            "zip",
        ],
    ),
    (
        "annals-web",
        &[
            "annals",
            "annals-draw",
            "annals-exchange",
            "annals-lsp",
            "annals-text",
        ],
        &[
            "axum",
            "futures-core",
            "getrandom",
            "hyper",
            "hyper-util",
            "serde_json",
            "tokio",
            "tower-http",
        ],
    ),
    (
        "annals-cli",
        &[
            "annals",
            "annals-draw",
            "annals-exchange",
            "annals-lsp",
            "annals-text",
            "annals-web",
        ],
        &[
            "anstream",
            "clap",
            "clap_complete",
            "mimalloc",
            "serde_json",
        ],
    ),
];

#[test]
fn rooms_import_what_they_may() {
    let mut wrong = Vec::new();
    for room in rooms() {
        let Some((_, ours, outside)) = IMPORTS.iter().find(|(name, ..)| *name == room) else {
            wrong.push(format!("{room} has no line in the list of allowed imports"));
            continue;
        };
        for import in dependencies(&room, false) {
            if !ours.contains(&import.as_str()) && !outside.contains(&import.as_str()) {
                wrong.push(format!("{room} must not import {import}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_no_longer_than_600_lines() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.code().lines().count();
        if lines > 600 {
            wrong.push(format!("{}: {lines} lines", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_are_no_longer_than_70_lines() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines: Vec<&str> = source.code().lines().collect();
        for (index, line) in lines.iter().enumerate() {
            if !opens_function(line) {
                continue;
            }
            // rustfmt closes a function at the indent it opens at.
            let indent = line.len() - line.trim_start().len();
            let close = format!("{}}}", " ".repeat(indent));
            let end = lines[index..].iter().position(|l| *l == close).unwrap_or(0);
            if end + 1 > 70 {
                wrong.push(format!("{}:{}: {} lines", source.path, index + 1, end + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn opens_function(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
    let line = line.strip_prefix("pub(super) ").unwrap_or(line);
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("const ").unwrap_or(line);
    line.starts_with("fn ")
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (index, line) in source.code().lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && code.contains(".unwrap()") {
                wrong.push(format!("{}:{}: {code}", source.path, index + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words of patterns that are also words of the program's own messages or of other inputs: what
/// a word says in a help text is no knowledge of what the pattern means.
const EVERYDAY: &[&str] = &[
    "asks", "bears", "begins", "belongs", "changes", "claims", "comes", "commands", "decides",
    "declares", "ends", "follows", "forms", "helps", "holds", "joins", "leads", "leaves", "lies",
    "makes", "meets", "moves", "names", "numbers", "opens", "orders", "places", "remarks",
    "reports", "returns", "rules", "says", "sets", "starts", "takes", "tells", "travels", "wins",
    "yields",
];

#[test]
fn no_room_knows_a_verb() {
    let verbs = verbs();
    assert!(
        verbs.contains("captures") && verbs.contains("submits"),
        "the verbs are found"
    );
    let mut wrong = Vec::new();
    for source in sources() {
        let exempt = source.path.contains("annals-cli/src/demo")
            || source.path.contains("annals-cli/src/new")
            || source.path.contains("annals-calendar/");
        if exempt {
            continue;
        }
        for (line, text) in source.strings() {
            // The name of a file is no word.
            if text.ends_with(".annals") || text.ends_with(".md") {
                continue;
            }
            let text = without_samples(&text);
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
            for word in words.filter(|w| verbs.contains(*w)) {
                wrong.push(format!("{}:{line}: `{word}` in {text:?}", source.path));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} places:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The text without what stands between backticks or inner quotes: samples of a chronicle, shown
/// in a remedy, know nothing.
fn without_samples(text: &str) -> String {
    let text: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    text.split("\\\"").step_by(2).collect::<Vec<_>>().join(" ")
}

/// The third persons of the shipped events' verbs: the first form of the word after the first
/// slot of an event's pattern, where it is written with further forms (`takes/take/took`) and is
/// no form of `to be` or `to have`.
fn verbs() -> BTreeSet<String> {
    let mut verbs = BTreeSet::new();
    for (_, text) in annals::VOCABULARY {
        for line in text.lines() {
            let line = line.trim_start();
            let pattern = line
                .strip_prefix("event ")
                .or_else(|| line.strip_prefix("also "));
            let Some((_, rest)) = pattern.and_then(|p| p.split_once('}')) else {
                continue;
            };
            let first = rest.split_whitespace().next().unwrap_or("");
            let mut forms = first.split('/');
            let third = forms.next().unwrap_or("");
            if forms.next().is_some() && third.ends_with('s') && third.len() > 3 {
                verbs.insert(third.to_owned());
            }
        }
    }
    for word in EVERYDAY {
        verbs.remove(*word);
    }
    verbs
}
