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
    lines: Vec<(String, Span)>,
    vocabulary: Vocabulary,
    reports: Vec<Report>,
}

/// Compiles the vocabulary declarations of all trees, in reading order; where they are those read
/// before, what they came to then is taken.
pub(crate) fn gather(
    files: &Files,
    trees: &[Tree],
    before: Option<Arc<VocabularyRead>>,
) -> Arc<VocabularyRead> {
    let lines: Vec<(&str, Span)> = lines(files, trees).collect();
    if let Some(before) = before {
        let known = before
            .lines
            .iter()
            .map(|(text, span)| (text.as_str(), *span));
        if known.eq(lines.iter().copied()) {
            return before;
        }
    }
    let (vocabulary, reports) = compile(files, trees);
    let lines = lines
        .into_iter()
        .map(|(text, span)| (text.to_owned(), span));
    Arc::new(VocabularyRead {
        lines: lines.collect(),
        vocabulary,
        reports,
    })
}

impl VocabularyRead {
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
fn lines<'a>(files: &'a Files, trees: &'a [Tree]) -> impl Iterator<Item = (&'a str, Span)> {
    let statements = trees.iter().flat_map(|t| &t.statements);
    let declaring = statements.filter(|s| matches!(s.kind, StatementKind::Vocabulary { .. }));
    let spans = declaring
        .flat_map(|s| std::iter::once(s.line).chain(s.details.iter().map(|detail| detail.span)));
    spans.map(|span| (files.slice(span), span))
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
