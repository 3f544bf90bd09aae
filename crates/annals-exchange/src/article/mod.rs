//! From an article to a draft of claims.
//!
//! What comes in: the text of an encyclopedia article in any of its [`Shape`]s. What goes out: a
//! [`Draft`]: `.annals` text that begins with `draft`, in which every claim carries the passage it
//! rests on and the rule that read it, and every sentence that no claim holds is listed. Nothing is
//! looked up anywhere, and one text gives one draft. The sentences are those of the vocabulary,
//! read by its own matcher; this module knows English grammar and no history.

mod boxes;
mod cells;
mod covered;
mod document;
mod draft;
mod figures;
mod html;
mod keyed;
mod lexicon;
mod matching;
mod names;
mod plain;
mod prose;
mod questions;
pub mod score;
mod shape;
mod statement;
mod tokens;
mod wiki;

use annals::{MemoryWorld, prepare};

use boxes::Infobox;
use document::Document;
use draft::Material;
use lexicon::Lexicon;
use matching::Reader;
use names::NameBook;
use prose::{Context, Input};

pub use shape::Shape;

/// The greatest article that is read; beyond it a file is no article.
pub const ARTICLE_LIMIT: usize = 4 * 1024 * 1024;

/// A draft of claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// What the article is called.
    pub title: String,
    /// The shape it was read as.
    pub shape: Shape,
    /// How much was read.
    pub summary: Summary,
}

/// How much of an article was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Claims drafted.
    pub claims: usize,
    /// Sentences of the running text.
    pub sentences: usize,
    /// Those all of whose clauses are held by claims.
    pub whole: usize,
    /// Those held in part.
    pub part: usize,
    /// Rows of the infobox.
    pub rows: usize,
    /// Things listed as not read.
    pub listed: usize,
}

/// Reads an article; `file` is its name as the draft shows it.
///
/// # Errors
///
/// In words, where the text is no article that can be read.
pub fn import_article(file: &str, text: &str) -> Result<Draft, String> {
    if text.len() > ARTICLE_LIMIT {
        return Err(format!("`{file}` is too large for an article"));
    }
    // A mark of the encoding at the head is no letter of the title; as many blanks in its place
    // leave every byte where it is.
    let bare = text
        .strip_prefix('\u{feff}')
        .map(|rest| format!("   {rest}"));
    let text = bare.as_deref().unwrap_or(text);
    let shape = Shape::of(text);
    let document = shape.read(text)?;
    if document.title.is_blank() && document.rows.is_empty() && document.passages().is_empty() {
        return Err(format!(
            "`{file}` holds no title, no infobox and no sentence"
        ));
    }
    Ok(drafted(file, text, shape, &document))
}

fn drafted(file: &str, text: &str, shape: Shape, document: &Document) -> Draft {
    let empty = MemoryWorld::new().with("empty.annals", "");
    let vocabulary = prepare(&empty, "empty.annals");
    let lexicon = Lexicon::of(&vocabulary.resolved().chronicle.vocabulary);
    let passages = document.passages();
    let sentences: Vec<&str> = passages.iter().map(|p| p.flow.text()).collect();
    let infobox = Infobox::of(document);
    let mut book = NameBook::of(
        &infobox.given(&lexicon),
        &document.linked,
        &sentences,
        &lexicon,
    );
    prose::describe(&mut book, &lexicon, &sentences);
    let reader = Reader::of(&book);
    let (mut statements, mut unread) = infobox.statements(&book, &lexicon, &reader);
    let context = Context::about(topic(document, &book));
    let inputs: Vec<Input<'_>> = passages
        .iter()
        .map(|passage| Input {
            passage,
            section: passage.section + 1,
            year: draft::heading_year(document.sections[passage.section].heading.text()),
        })
        .collect();
    let mut prose = prose::read(&inputs, &book, &lexicon, &reader, context, &statements);
    statements.append(&mut prose.statements);
    prose::merge(&mut statements, &lexicon);
    let asked = questions::of_names(&book, &statements, document, &passages);
    statements.extend(asked);
    let listed_sentences = prose.unread.len();
    unread.append(&mut prose.unread);
    for (flow, what) in &document.left {
        unread.push(statement::Unread {
            words: flow.text().to_owned(),
            bytes: flow.origin_of(0..flow.text().len()),
            why: format!("{what} is not read"),
        });
    }
    let count = |share| prose.shares.iter().filter(|s| **s == share).count();
    let mut summary = Summary {
        claims: 0,
        sentences: passages.len(),
        whole: count(prose::Share::Whole),
        part: count(prose::Share::Part),
        rows: document.rows.len(),
        listed: unread.len(),
    };
    let _ = listed_sentences;
    let material = Material {
        file,
        text,
        shape,
        document,
        book: &book,
        statements,
        unread,
    };
    let (text, claims) = draft::write(material);
    summary.claims = claims;
    Draft {
        text,
        title: document.title.text().to_owned(),
        shape,
        summary,
    }
}

/// The things that the title names.
fn topic(document: &Document, book: &NameBook) -> Vec<usize> {
    let all = tokens::tokens(document.title.text());
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        match book.at(&all, at) {
            Some((thing, next)) => {
                found.push(thing);
                at = next;
            }
            None => at += 1,
        }
    }
    // `Battle of X` is named after what it is about, the doer of a deed before it.
    found.reverse();
    found
}
