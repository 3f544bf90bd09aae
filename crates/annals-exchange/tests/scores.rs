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
    let gold = std::fs::read_to_string(folder().join("gold").join(gold))
        .expect("the gold list can be read");
    let name = article
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let draft = import_article(&name, &text).expect("an article");
    let found = score(&draft.text, &gold).expect("a gold list");
    assert!(found.faults.is_empty(), "{name}: {:?}", found.faults);
    found
}

fn floor(article: &str, precision: usize, recall: usize) {
    let stem = article.split('.').next().unwrap_or(article);
    let found = scored(
        &folder().join("articles").join(article),
        &format!("{stem}.json"),
    );
    let (own, other) = (
        found.precision_of_all().thousandths(),
        found.recall_of_all().thousandths(),
    );
    println!("{article}: precision {own}, recall {other}");
    assert!(
        own >= precision && other >= recall,
        "{article}\n{}",
        found.words()
    );
}

#[test]
fn articles_looked_at_while_building() {
    floor("hastings.txt", 980, 900);
    floor("baghdad.wiki", 980, 900);
    floor("inca.txt", 980, 900);
    floor("matthias.wiki", 980, 950);
}

#[test]
fn articles_set_aside_while_building() {
    floor("talas.txt", 960, 820);
    floor("sicily.txt", 970, 740);
    floor("kongo.html", 980, 830);
    floor("boshin.wiki", 930, 730);
}

#[test]
fn the_founding_article() {
    let Some(folder) = std::env::var_os("ANNALS_ARTICLES") else {
        println!("ANNALS_ARTICLES is not set: the founding article is not read");
        return;
    };
    let found = scored(
        &Path::new(&folder).join("karasahr-article.txt"),
        "karasahr.json",
    );
    let (precision, recall) = (
        found.precision_of_all().thousandths(),
        found.recall_of_all().thousandths(),
    );
    println!("karasahr: precision {precision}, recall {recall}");
    assert!(precision >= 980 && recall >= 700, "{}", found.words());
    let infobox = (
        found.precision["infobox"].thousandths(),
        found.recall["infobox"].thousandths(),
    );
    assert!(infobox.0 >= 980 && infobox.1 >= 950, "{}", found.words());
}
