//! `docs/sql.md`: its examples are asked, and its list of tables is the tables'.

#![allow(clippy::unwrap_used)]
#![cfg(feature = "sqlite")]

use std::fs;
use std::path::PathBuf;

use annals::{MemoryWorld, compile};
use annals_exchange::{Content, query, tables};

const OPEN: &str = "<!-- tables: written by the tests, ANNALS_BLESS=1 -->\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_guide_to_sql_is_true() {
    let path = root().join("docs/sql.md");
    let text = fs::read_to_string(&path).unwrap();
    let mut world = MemoryWorld::new();
    for entry in fs::read_dir(root().join("chronicles/karasahr")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        world.add(name, fs::read(&path).unwrap());
    }
    let compiled = compile(&world, "main.annals");
    let content = Content::of(&compiled);
    let mut made = String::new();
    let mut rest = text.as_str();
    let mut asked = 0;
    while let Some(at) = rest.find("```sql\n") {
        let (before, tail) = rest.split_at(at + 7);
        let (sql, tail) = tail.split_once("```\n").expect("the block of SQL ends");
        let (between, tail) = tail.split_once("```text\n").expect("an answer follows");
        let (_, tail) = tail.split_once("```\n").expect("the answer ends");
        let found = query(&content, sql).unwrap_or_else(|why| panic!("{why}\n{sql}"));
        assert!(!found.rows.is_empty(), "an example has an answer: {sql}");
        made += &format!(
            "{before}{sql}```\n{between}```text\n{}```\n",
            found.to_text()
        );
        rest = tail;
        asked += 1;
    }
    assert!(asked > 3);
    let (before, tail) = rest.split_once(OPEN).expect("the list of tables begins");
    let (_, after) = tail
        .split_once("<!-- end -->")
        .expect("the list of tables ends");
    made += &format!("{before}{OPEN}{}<!-- end -->{after}", listed());
    if std::env::var_os("ANNALS_BLESS").is_some() {
        fs::write(&path, &made).unwrap();
        return;
    }
    let differing = text
        .lines()
        .zip(made.lines())
        .find(|(is, should)| is != should);
    assert!(
        text == made,
        "docs/sql.md is behind, first at {differing:?}: run with ANNALS_BLESS=1 and read what changed"
    );
}

#[test]
fn the_map_of_the_guide_is_a_map() {
    let text = fs::read_to_string(root().join("docs/exchange.md")).unwrap();
    let (_, tail) = text.split_once("```toml\n").expect("a map begins");
    let (map, _) = tail.split_once("```").expect("the map ends");
    assert!(annals_exchange::read_map(map).is_ok());
    let keys = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter(|l| l.contains('`'));
    assert!(keys.count() > 15);
}

/// The tables as Markdown; the twelve columns of four bounds in one line.
fn listed() -> String {
    let mut out = String::new();
    for table in tables(None) {
        out += &format!(
            "\n### {}\n\n{}.\n\n| column | meaning |\n|---|---|\n",
            table.name,
            capital(table.meaning)
        );
        let four = table.position("start_earliest_year");
        for (at, column) in table.columns.iter().enumerate() {
            match four {
                Some(first) if at == first => {
                    out += "| `start_earliest_…`, `start_latest_…`, `end_earliest_…`, `end_latest_…` | the four bounds, each as `year`, `iso` and `day` |\n";
                }
                Some(first) if (first..first + 12).contains(&at) => {}
                _ => out += &format!("| `{}` | {} |\n", column.name, column.meaning),
            }
        }
    }
    out + "\n"
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|c| c.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
