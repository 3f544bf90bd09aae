//! How well articles are read, against lists of claims made by hand: floors that may not fall.
//!
//! Four lists were looked at while the reader was built, four were set aside. The founding article
//! is not ours to ship: it is read from the folder in `ANNALS_ARTICLES` where that is set.

use std::path::{Path, PathBuf};

use annals_exchange::article::import_article;
use annals_exchange::article::score::{Score, score};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/import")
}

fn scored(article: &Path, gold: &str) -> Score {
    let text = std::fs::read_to_string(article).expect("the article can be read");
    let gold = std::fs::read_to_string(folder().join("gold").join(gold)).expect("the gold list can be read");
    let name = article.file_name().expect("a name").to_string_lossy().into_owned();
    let draft = import_article(&name, &text).expect("an article");
    let found = score(&draft.text, &gold).expect("a gold list");
    assert!(found.faults.is_empty(), "{name}: {:?}", found.faults);
    found
}

fn floor(article: &str, precision: usize, recall: usize) {
    let stem = article.split('.').next().unwrap_or(article);
    let found = scored(&folder().join("articles").join(article), &format!("{stem}.json"));
    let (own, other) = (found.precision_of_all().thousandths(), found.recall_of_all().thousandths());
    println!("{article}: precision {own}, recall {other}");
    assert!(own >= precision && other >= recall, "{article}\n{}", found.words());
}
