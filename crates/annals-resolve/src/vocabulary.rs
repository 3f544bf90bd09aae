//! First pass: the kinds, relations, event types and circumstances that all files declare.

use std::sync::Arc;

use annals_chronicle::Vocabulary;
use annals_sentence::{Clause, Declaration, Declared, compile_vocabulary};
use annals_syntax::{StatementKind, Tree, VocabularyWord};
use annals_text::{Files, Report, Span};

/// A vocabulary and the declarations it was compiled from.
///
/// Compiling it takes longer than reading a short chronicle, and few edits touch it: whoever reads
/// a text again hands in what was read before.
#[derive(Debug)]
pub struct VocabularyRead {
    /// Every line of the declarations, with its place.
    lines: Vec<DeclaredLine<String>>,
    vocabulary: Vocabulary,
    reports: Vec<Report>,
}

/// A line of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DeclaredLine<T> {
    text: T,
    span: Span,
    /// Whether it begins a declaration: the same words, indented, are a clause of the one above.
    opens: bool,
}

impl DeclaredLine<String> {
    fn as_written(&self) -> DeclaredLine<&str> {
        DeclaredLine {
            text: &self.text,
            span: self.span,
            opens: self.opens,
        }
    }
}

/// Compiles the vocabulary declarations of all trees, in reading order; where they are those read
/// before, what they came to then is taken.
pub(crate) fn gather(
    files: &Files,
    trees: &[Tree],
    before: Option<Arc<VocabularyRead>>,
) -> Arc<VocabularyRead> {
    let lines: Vec<DeclaredLine<&str>> = lines(files, trees).collect();
    if let Some(before) = before {
        let known = before.lines.iter().map(DeclaredLine::as_written);
        if known.eq(lines.iter().copied()) {
            return before;
        }
    }
    let (vocabulary, reports) = compile(files, trees);
    let lines = lines.into_iter().map(|line| DeclaredLine {
        text: line.text.to_owned(),
        span: line.span,
        opens: line.opens,
    });
    Arc::new(VocabularyRead {
        lines: lines.collect(),
        vocabulary,
        reports,
    })
}

impl VocabularyRead {
    /// Whether another one declares the same, wherever it stands.
    pub(crate) fn says_what(&self, other: &VocabularyRead) -> bool {
        let same = |(a, b): (&DeclaredLine<String>, &DeclaredLine<String>)| {
            a.opens == b.opens && a.text == b.text
        };
        self.lines.len() == other.lines.len() && self.lines.iter().zip(&other.lines).all(same)
    }

    /// The vocabulary, for a chronicle to add its own words to.
    pub(crate) fn vocabulary(&self) -> Vocabulary {
        self.vocabulary.clone()
    }

    /// What is odd about the declarations.
    pub(crate) fn reports(&self) -> impl Iterator<Item = Report> + '_ {
        self.reports.iter().cloned()
    }
}

/// The lines that declare vocabulary; a statement's own line says which word it begins with.
fn lines<'a>(files: &'a Files, trees: &'a [Tree]) -> impl Iterator<Item = DeclaredLine<&'a str>> {
    let statements = trees.iter().flat_map(|t| &t.statements);
    let declaring = statements.filter(|s| matches!(s.kind, StatementKind::Vocabulary { .. }));
    let spans = declaring.flat_map(|s| {
        let clauses = s.details.iter().map(|detail| (detail.span, false));
        std::iter::once((s.line, true)).chain(clauses)
    });
    spans.map(|(span, opens)| DeclaredLine {
        text: files.slice(span),
        span,
        opens,
    })
}

fn compile(files: &Files, trees: &[Tree]) -> (Vocabulary, Vec<Report>) {
    let mut declarations = Vec::new();
    for statement in trees.iter().flat_map(|t| &t.statements) {
        let StatementKind::Vocabulary { word, rest } = statement.kind else {
            continue;
        };
        let clauses = statement.details.iter().map(|detail| Clause {
            text: files.slice(detail.span),
            span: detail.span,
        });
        declarations.push(Declaration {
            word: declared(word),
            rest: files.slice(rest),
            rest_span: rest,
            line: statement.line,
            clauses: clauses.collect(),
        });
    }
    compile_vocabulary(&declarations)
}

fn declared(word: VocabularyWord) -> Declared {
    match word {
        VocabularyWord::Kind => Declared::Kind,
        VocabularyWord::Relation => Declared::Relation,
        VocabularyWord::Event => Declared::Event,
        VocabularyWord::Circumstance => Declared::Circumstance,
    }
}
