//! First pass: the kinds, relations, event types and circumstances that all files declare.

use annals_chronicle::Vocabulary;
use annals_sentence::{Clause, Declaration, Declared, compile_vocabulary};
use annals_syntax::{StatementKind, Tree, VocabularyWord};
use annals_text::{Files, Report};

/// Compiles the vocabulary declarations of all trees, in reading order.
pub(crate) fn gather(files: &Files, trees: &[Tree], reports: &mut Vec<Report>) -> Vocabulary {
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
    let (vocabulary, found) = compile_vocabulary(&declarations);
    reports.extend(found);
    vocabulary
}

fn declared(word: VocabularyWord) -> Declared {
    match word {
        VocabularyWord::Kind => Declared::Kind,
        VocabularyWord::Relation => Declared::Relation,
        VocabularyWord::Event => Declared::Event,
        VocabularyWord::Circumstance => Declared::Circumstance,
    }
}
