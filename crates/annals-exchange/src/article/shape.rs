//! Which of the shapes of articles a file has, and its reading into a [`Document`].

use super::document::Document;
use super::{html, keyed, plain, wiki};

/// The shapes of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// `= Title =`, `Infobox`, `- Key: value` lines.
    List,
    /// Lines as copied from a page: keys and values by tabs or on lines of their own.
    Lines,
    /// A table of rows between pipes, then text.
    Pipes,
    /// `key=value` lines, their values run together.
    Keyed,
    /// Wikitext with templates.
    Wikitext,
    /// A saved page.
    Html,
}

impl Shape {
    /// What it is called in messages.
    pub const fn words(self) -> &'static str {
        match self {
            Shape::List => "an infobox written as a list",
            Shape::Lines => "lines copied from a page",
            Shape::Pipes => "an infobox between pipes",
            Shape::Keyed => "an infobox of `key=value` lines",
            Shape::Wikitext => "wikitext",
            Shape::Html => "a saved page",
        }
    }

    /// The shape of a text. Every text has one: what looks like nothing else is lines.
    pub fn of(text: &str) -> Shape {
        let start: String = text.trim_start().chars().take(2000).collect();
        let lower = start.to_lowercase();
        if lower.starts_with("<!doctype html")
            || lower.starts_with("<html")
            || lower.contains("<body")
        {
            return Shape::Html;
        }
        if lower.contains("{{infobox") || text.contains("[[") && text.contains("]]") {
            return Shape::Wikitext;
        }
        let lines = || text.lines().map(str::trim).filter(|l| !l.is_empty());
        if lines().any(|l| l.eq_ignore_ascii_case("infobox"))
            && lines().any(|l| l.starts_with("- ") && l.contains(':'))
        {
            return Shape::List;
        }
        if lines().filter(|l| l.starts_with('|')).count() >= 2 {
            return Shape::Pipes;
        }
        if lines().take(40).filter(|l| keyed::row(l).is_some()).count() >= 3 {
            return Shape::Keyed;
        }
        if lines().any(|l| l.starts_with("==") && l.ends_with("==")) {
            return Shape::List;
        }
        Shape::Lines
    }

    /// Reads a text of this shape.
    ///
    /// # Errors
    ///
    /// In words, where the text is no text of this shape.
    pub fn read(self, text: &str) -> Result<Document, String> {
        match self {
            Shape::List => Ok(plain::read_list(text)),
            Shape::Lines => Ok(plain::read_lines(text)),
            Shape::Pipes => Ok(plain::read_pipes(text)),
            Shape::Keyed => Ok(keyed::read(text)),
            Shape::Wikitext => wiki::read(text),
            Shape::Html => Ok(html::read(text)),
        }
    }
}
