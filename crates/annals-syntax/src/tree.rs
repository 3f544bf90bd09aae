//! The lossless tree: statements in the order of the text, every part a span of it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use annals_text::{FileId, Span};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// A `.annals` file: every line is a statement.
    Chronicle,
    /// A Markdown note: only the fences marked `annals` are read.
    Markdown,
    /// A spreadsheet, shown as one line of text a row.
    Table,
}

/// The tree of one file. Statements tile the text: their spans, each with its line break, are
/// the whole file in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The file read.
    pub file: FileId,
    /// How it is written.
    pub notation: Notation,
    /// Every statement, blank lines and prose included.
    pub statements: Statements,
}

/// The statements of a tree in the order of the text, read as a slice. Copies share them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements(Arc<Vec<Statement>>);

impl Deref for Statements {
    type Target = [Statement];

    fn deref(&self) -> &[Statement] {
        &self.0
    }
}

/// Whoever changes a statement gets a list of his own, unless nobody else has this one.
impl DerefMut for Statements {
    fn deref_mut(&mut self) -> &mut [Statement] {
        Arc::make_mut(&mut self.0).as_mut_slice()
    }
}

impl From<Vec<Statement>> for Statements {
    fn from(statements: Vec<Statement>) -> Statements {
        Statements(statements.into())
    }
}

impl<'s> IntoIterator for &'s Statements {
    type Item = &'s Statement;
    type IntoIter = std::slice::Iter<'s, Statement>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// One statement: a line starting in column one and the indented lines below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The line with its details, without the last line break.
    pub span: Span,
    /// The first line alone, without its line break.
    pub line: Span,
    /// What the line is.
    pub kind: StatementKind,
    /// The indented lines below it, blank and comment lines between them left out.
    pub details: Vec<Detail>,
    /// A comment at the end of the first line, from `//`.
    pub comment: Option<Span>,
    /// Number of the fence the statement stands in, from zero; zero outside Markdown.
    pub fence: u32,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// Nothing but white space.
    Blank,
    /// A comment line, or a heading of a chronicle file (`# …`).
    Comment,
    /// Text of a Markdown note outside the fences, fence lines included.
    Prose,
    /// `when: sentence. #label [cites]`
    Claim(ClaimLine),
    /// `one of #a, #b.`
    Choice {
        /// The labels, with their `#`.
        labels: Vec<Span>,
        /// Who says so.
        cites: Vec<Citation>,
    },
    /// `#label:`, whose details belong to that event.
    More {
        /// The label, with its `#`.
        label: Span,
    },
    /// A line that begins with a reserved word.
    Directive(Directive),
    /// `kind`, `relation`, `event` or `circumstance`.
    Vocabulary {
        /// Which of the four.
        word: VocabularyWord,
        /// All after that word.
        rest: Span,
    },
    /// `person Guo Xiaoke`
    Declaration {
        /// The kind's word.
        kind: Span,
        /// The name as written, quotes included, without a trailing `?`, cites or `at …`.
        name: Span,
        /// A coordinate or other tail: `at 42.06 N, 86.57 E`, from the `at`.
        place: Option<Span>,
        /// The `?` of a doubted declaration.
        doubted: Option<Span>,
        /// Who says so.
        cites: Vec<Citation>,
    },
    /// A line that could not be read; a report says why.
    Broken,
}

/// The words that open a vocabulary declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VocabularyWord {
    /// `kind K is L`
    Kind,
    /// `relation {a} is …`
    Relation,
    /// `event {a} takes …`
    Event,
    /// `circumstance at {place}`
    Circumstance,
}

/// How a claim relates to what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModeWord {
    /// `not:`
    Not,
    /// `unknown whether`
    UnknownWhether,
    /// `attempted:`
    Attempted,
    /// `planned:`
    Planned,
    /// `ordered:`
    Ordered,
    /// `expected:`
    Expected,
    /// `refused:`
    Refused,
}

/// The parts of a claim line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimLine {
    /// Everything before the colon, trimmed.
    pub when: Span,
    /// The mode and where it is written.
    pub mode: Option<(ModeWord, Span)>,
    /// The sentence, trimmed, without final stop and `?`.
    pub sentence: Span,
    /// The `?` of a claim its source doubts.
    pub doubted: Option<Span>,
    /// The label, with its `#`.
    pub label: Option<Span>,
    /// Its citations; empty where the section's or the file's source serves.
    pub cites: Vec<Citation>,
}

/// One citation: `see @key, locator`, `@key via @other`, or a bare locator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The citation without brackets and semicolons.
    pub span: Span,
    /// Words before the key.
    pub prefix: Option<Span>,
    /// The key without `@` and braces; absent for a bare locator.
    pub key: Option<Span>,
    /// Page, folio or other place in the source.
    pub locator: Option<Span>,
    /// The key of the source that reports this one, from `via @key`.
    pub via: Option<Span>,
}

/// A line that begins with a reserved word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `chronicle "title"`
    Chronicle(Span),
    /// `calendar julian`
    Calendar(Span),
    /// `covers 600 to 800`
    Covers(Span),
    /// `bibliography "sources.bib"`; the span is what stands between the quotes.
    Bibliography(Span),
    /// `include "tarim.annals"`; the span is what stands between the quotes.
    Include(Span),
    /// `prefer @a over @b`; keys without `@`.
    Prefer {
        /// The source trusted more.
        better: Span,
        /// The source trusted less.
        worse: Span,
    },
    /// `source key`, its fields as details.
    Source(Span),
    /// `draft`
    Draft,
    /// `from @key`
    From(Citation),
    /// `section "title" within DATE from @key`
    Section {
        /// The title without quotes.
        title: Span,
        /// The window of undated and relative claims.
        within: Option<Span>,
        /// The source of uncited claims.
        from: Option<Citation>,
    },
    /// `road A to B`: two places and, as details, the way between them.
    Road {
        /// The places, with the `to` between them.
        ends: Span,
        /// The `?` of a road that may not have been there.
        doubted: Option<Span>,
        /// Who says that it was there.
        cites: Vec<Citation>,
    },
    /// `unit li`: a measure of length, its details saying how long it is.
    Unit(Span),
    /// `mover horse`: a way of getting about, its details saying how far in a day.
    Mover(Span),
}

/// One indented line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The line without indent, comment and line break.
    pub span: Span,
    /// What it says.
    pub kind: DetailKind,
    /// The `?` of a doubted detail.
    pub doubted: Option<Span>,
    /// Citations at its end.
    pub cites: Vec<Citation>,
}

/// What a detail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailKind {
    /// A line of citations only: they attest the whole claim.
    Cites,
    /// `also Agni, Yanqi, 焉耆 (zh) ?`
    Also(Vec<Alias>),
    /// `key value`, `key of name: value`, or a clause of a vocabulary declaration.
    Item {
        /// The first word or words, by longest known key (`part of`, `force of`, `because of`).
        key: Span,
        /// The name after `of`, where the key takes one (`force of Tang: …`).
        of: Option<Span>,
        /// The rest, trimmed, without `?` and citations.
        value: Span,
    },
    /// An indented line that could not be read; a report says why.
    Broken,
}

/// A further name of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name as written, quotes included, without language and `?`.
    pub name: Span,
    /// The language or script in parentheses.
    pub language: Option<Span>,
    /// The `?` of a doubted identification.
    pub doubted: Option<Span>,
}
