//! Witnesses: bibliographies, `source` blocks, and files that cite nobody.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Attestation, Few, Source, SourceId};
use annals_sentence::{QuickMap, nearest};
use annals_syntax::{Citation, DetailKind, Directive, Statement, StatementKind, Tree};
use annals_text::{Edit, FileId, Files, Report, Span};

use crate::Reference;
use crate::words::{brief, key, unquote};

/// The key that is known without a declaration: the editor's own inference.
const EDITOR: &str = "me";

/// All witnesses, found by key or by the file they stand for.
pub(crate) struct SourceBook<'a> {
    files: &'a Files,
    sources: Vec<Source>,
    by_key: QuickMap<String, SourceId>,
    by_file: BTreeMap<FileId, SourceId>,
    /// Sources that stand here only because somebody cites them.
    undeclared: BTreeSet<SourceId>,
}

impl<'a> SourceBook<'a> {
    /// Takes in bibliographies first, then `source` blocks in reading order.
    pub(crate) fn new(
        files: &'a Files,
        trees: &[Tree],
        references: Vec<Reference>,
        reports: &mut Vec<Report>,
    ) -> SourceBook<'a> {
        let mut book = SourceBook {
            files,
            sources: Vec::new(),
            by_key: QuickMap::default(),
            by_file: BTreeMap::new(),
            undeclared: BTreeSet::new(),
        };
        for reference in references {
            book.add_reference(reference, reports);
        }
        for statement in trees.iter().flat_map(|t| &t.statements) {
            if let StatementKind::Directive(Directive::Source(span)) = &statement.kind {
                book.add_block(statement, *span, reports);
            }
        }
        book
    }

    /// All witnesses, in the order of their numbers.
    pub(crate) fn finish(self) -> Vec<Source> {
        self.sources
    }

    fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(self.sources.len() as u32);
        if source.is_file {
            self.sources.push(source);
            return id;
        }
        self.by_key.insert(source.key.clone(), id);
        self.sources.push(source);
        id
    }

    fn add_reference(&mut self, reference: Reference, reports: &mut Vec<Report>) {
        let Reference {
            key,
            fields,
            file,
            span,
        } = reference;
        if let Some(id) = self.by_key.get(&key) {
            let before = &self.sources[id.index()];
            // One entry exported into two bibliographies is one source.
            if before.fields != fields {
                let words = format!("the bibliographies describe `@{key}` in two ways");
                let mut report = Report::finding("duplicate-declaration", words)
                    .note(format!("the first description is used, not that of {file}"));
                for place in [before.span, span].into_iter().flatten() {
                    report = report.also(place, "described here");
                }
                reports.push(report);
            }
            return;
        }
        self.add(Source {
            key,
            fields,
            span,
            is_file: false,
        });
    }

    fn add_block(&mut self, statement: &Statement, span: Span, reports: &mut Vec<Report>) {
        let written = self.files.slice(span).to_string();
        let mut fields = Vec::new();
        for detail in &statement.details {
            match &detail.kind {
                DetailKind::Item {
                    key: word,
                    of,
                    value,
                } => {
                    let name = match of {
                        Some(of) => format!("{} {}", self.text(*word), self.text(*of)),
                        None => self.text(*word).to_string(),
                    };
                    fields.push((key(&name), unquote(self.text(*value)).to_string()));
                }
                DetailKind::Cites | DetailKind::Also(_) => reports.push(
                    Report::error("stray-detail", "a source has only fields such as `title`")
                        .at(detail.span, "this is not a field"),
                ),
                DetailKind::Broken => {}
            }
        }
        if let Some(id) = self.by_key.get(&written) {
            let mut report = Report::error(
                "duplicate-declaration",
                format!("the source `{}` is declared twice", brief(&written)),
            )
            .at(span, "declared again here");
            if let Some(first) = self.sources[id.index()].span {
                report = report.also(first, "first declared here");
            }
            reports.push(report.help("remove one, or give it another key"));
            return;
        }
        self.add(Source {
            key: written,
            fields,
            span: Some(statement.line),
            is_file: false,
        });
    }

    fn text(&self, span: Span) -> &'a str {
        self.files.slice(span)
    }

    /// The witness that a file itself is where it cites nobody.
    pub(crate) fn of_file(&mut self, file: FileId) -> SourceId {
        if let Some(id) = self.by_file.get(&file) {
            return *id;
        }
        let id = self.add(Source {
            key: self.files.get(file).name.clone(),
            fields: Vec::new(),
            span: None,
            is_file: true,
        });
        self.by_file.insert(file, id);
        id
    }

    /// The witness of a key. An undeclared one is reported and taken as declared without fields,
    /// so that what it attests still counts and can be switched off.
    pub(crate) fn of_key(&mut self, span: Span, reports: &mut Vec<Report>) -> SourceId {
        let key = self.files.slice(span);
        let known = self.by_key.get(key).copied();
        let declared = known.is_some_and(|id| !self.undeclared.contains(&id));
        if !declared && key != EDITOR {
            reports.push(self.unknown(span));
        }
        if let Some(id) = known {
            return id;
        }
        let id = self.add(Source {
            key: key.to_string(),
            fields: Vec::new(),
            span: None,
            is_file: false,
        });
        if key != EDITOR {
            self.undeclared.insert(id);
        }
        id
    }

    fn unknown(&self, span: Span) -> Report {
        let key = self.files.slice(span);
        // The table has no order of its own, and which key is proposed may depend on it.
        let known = self.by_key.iter();
        let declared = known.filter(|(_, id)| !self.undeclared.contains(id));
        let mut declared: Vec<&str> = declared.map(|(key, _)| key.as_str()).collect();
        declared.sort_unstable();
        let mut report = Report::error(
            "unknown-source",
            format!("the source `@{}` is declared nowhere", brief(key)),
        )
        .at(span, "no bibliography and no `source` block has this key");
        if let Some(near) = nearest(key, declared) {
            let edit = Edit {
                span,
                replacement: near.to_string(),
            };
            report = report.fix(format!("write `@{near}`"), vec![edit], false);
        }
        report.help(format!(
            "declare it with a line `source {key}` and its title below, or in a `bibliography`"
        ))
    }

    /// What a citation says; `default` is the source of a bare locator.
    pub(crate) fn cite(
        &mut self,
        citation: &Citation,
        default: Option<&Attestation>,
        reports: &mut Vec<Report>,
    ) -> Option<Attestation> {
        let locator = citation.locator.map(|l| self.text(l).trim());
        let locator = match citation.prefix.map(|p| self.text(p).trim()) {
            Some(prefix) if !prefix.is_empty() => Some(match locator {
                Some(locator) => format!("{prefix} {locator}").into(),
                None => prefix.into(),
            }),
            _ => locator.map(Box::from),
        };
        let via = citation.via.map(|via| self.of_key(via, reports));
        let Some(key) = citation.key else {
            let Some(default) = default else {
                reports.push(
                    Report::error("bad-citation", "this citation names no source")
                        .at(citation.span, "a bare locator needs a source to belong to")
                        .help("write `[@key, locator]`, or `from @key` above"),
                );
                return None;
            };
            return Some(Attestation {
                source: default.source,
                locator,
                via: via.or(default.via),
                span: citation.span,
            });
        };
        let source = self.of_key(key, reports);
        Some(Attestation {
            source,
            locator,
            via,
            span: citation.span,
        })
    }

    /// What several citations say.
    pub(crate) fn cite_all(
        &mut self,
        citations: &[Citation],
        default: Option<&Attestation>,
        reports: &mut Vec<Report>,
    ) -> Few<Attestation> {
        let mut all = Few::new();
        for citation in citations {
            all.extend(self.cite(citation, default, reports));
        }
        all
    }
}
