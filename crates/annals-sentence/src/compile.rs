//! The vocabulary compiler: declarations in, a [`Vocabulary`] and reports out.
//!
//! Order never matters, so it works in rounds: all kinds, then all patterns, then the clauses,
//! which may speak of any kind, relation or event type. A declaration that is partly wrong is
//! kept as far as it can be read, so that the sentences that use it do not fail as well.

mod clauses;
mod drawn;
mod overlap;
mod patterns;
mod presence;
mod slots;
mod template;

use std::collections::BTreeMap;

use annals_chronicle::{
    Circumstance, CircumstanceId, EventType, EventTypeId, Kind, KindId, Pattern, Relation,
    RelationId, Role, Vocabulary,
};
use annals_text::{Report, Span};

use crate::nearest::nearest;
use crate::pattern::{Row, inside};

/// The word that opens a vocabulary declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// `kind polity is actor`
    Kind,
    /// `relation {vassal: polity} is subject to {suzerain: polity}`
    Relation,
    /// `event {captor: actor} captures/capture/captured {captive: person}`
    Event,
    /// `circumstance at {place}`
    Circumstance,
}

/// One vocabulary declaration as the text has it.
#[derive(Clone, Debug)]
pub struct Declaration<'a> {
    /// Its first word.
    pub word: Declared,
    /// All after that word.
    pub rest: &'a str,
    /// Where `rest` stands.
    pub rest_span: Span,
    /// The whole first line.
    pub line: Span,
    /// The indented lines below it.
    pub clauses: Vec<Clause<'a>>,
}

/// One indented line of a declaration, whole: `one suzerain per vassal`.
#[derive(Clone, Copy, Debug)]
pub struct Clause<'a> {
    /// The line without indent and line break.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// A declaration whose patterns are read; its clauses wait for the others.
struct Entry<'a> {
    word: Declared,
    /// Index among the vocabulary's relations, event types or circumstances.
    index: usize,
    clauses: Vec<Clause<'a>>,
    /// For each of its patterns, every row of words and slots.
    rows: Vec<Vec<Row>>,
}

/// What the rounds share.
struct Compiler<'a> {
    vocabulary: Vocabulary,
    kinds: BTreeMap<String, KindId>,
    entries: Vec<Entry<'a>>,
    reports: Vec<Report>,
}

/// Compiles declarations of any order into a vocabulary.
pub fn compile_vocabulary(declarations: &[Declaration]) -> (Vocabulary, Vec<Report>) {
    let mut compiler = Compiler {
        vocabulary: Vocabulary::default(),
        kinds: BTreeMap::new(),
        entries: vec![],
        reports: vec![],
    };
    compiler.declare_kinds(declarations);
    for declaration in declarations {
        compiler.declare_patterns(declaration);
    }
    compiler.make_names_unique();
    let entries = std::mem::take(&mut compiler.entries);
    compiler.read_clauses(&entries);
    overlap::check(&compiler.vocabulary, &entries, &mut compiler.reports);
    (compiler.vocabulary, compiler.reports)
}

/// A report of a declaration that cannot be read as it stands.
fn bad(span: Span, headline: impl Into<String>, label: impl Into<String>) -> Report {
    Report::error("bad-vocabulary", headline).at(span, label)
}

impl<'a> Compiler<'a> {
    fn declare_kinds(&mut self, declarations: &[Declaration<'a>]) {
        let of_kind = |d: &&Declaration| d.word == Declared::Kind;
        let mut parents: Vec<(KindId, &Declaration)> = vec![];
        for declaration in declarations.iter().filter(of_kind) {
            let name = declaration
                .rest
                .split_whitespace()
                .next()
                .unwrap_or("")
                .trim_end_matches('.');
            if name.is_empty() || matches!(name, "any" | "text" | "number" | "is") {
                let headline = if name.is_empty() {
                    "A kind needs a name".to_owned()
                } else {
                    format!("`{name}` cannot be a kind: the word has a meaning of its own")
                };
                self.reports.push(bad(
                    declaration.line,
                    headline,
                    "expected one word of your own",
                ));
                continue;
            }
            if let Some(earlier) = self.kinds.get(name) {
                let first = self.vocabulary.kinds[earlier.index()].span;
                self.reports.push(
                    Report::error(
                        "duplicate-declaration",
                        format!("The kind `{name}` is declared twice"),
                    )
                    .at(declaration.line, "declared again here")
                    .also(first, "first declared here"),
                );
                continue;
            }
            let id = KindId(self.vocabulary.kinds.len() as u32);
            self.kinds.insert(name.to_owned(), id);
            self.vocabulary.kinds.push(Kind {
                name: name.to_owned(),
                parents: vec![],
                moves: false,
                wide: false,
                afloat: false,
                span: declaration.line,
            });
            parents.push((id, declaration));
        }
        for (id, declaration) in parents {
            self.declare_parents(id, declaration);
        }
    }

    /// `polity is actor and holder`: the words after `is`.
    fn declare_parents(&mut self, id: KindId, declaration: &Declaration<'a>) {
        let parts = pieces_of(declaration.rest, declaration.rest_span);
        match parts.get(1) {
            None => {}
            Some(("is", _)) => {
                for (word, span) in &parts[2..] {
                    let word = word.trim_matches(|c| c == ',' || c == '.');
                    if word.is_empty() || word == "and" {
                        continue;
                    }
                    let Some(parent) = self.kind(word, *span) else {
                        continue;
                    };
                    if self.vocabulary.is_a(parent, id) {
                        let headline = "A kind cannot be a case of itself";
                        self.reports
                            .push(bad(*span, headline, "leads back to this declaration"));
                    } else if !self.vocabulary.kinds[id.index()].parents.contains(&parent) {
                        self.vocabulary.kinds[id.index()].parents.push(parent);
                    }
                }
            }
            Some((_, span)) => self.reports.push(
                bad(
                    *span,
                    "A kind is one word",
                    "expected `is` and the kinds above it",
                )
                .help("write `kind trade-route is place`"),
            ),
        }
        for clause in &declaration.clauses {
            let kind = &mut self.vocabulary.kinds[id.index()];
            match clause.text.trim().trim_end_matches('.') {
                "moves" => kind.moves = true,
                "wide" => kind.wide = true,
                "afloat" => kind.afloat = true,
                text if text.starts_with("meaning") => {}
                _ => self.reports.push(
                    Report::error(
                        "stray-detail",
                        "A kind takes no details but `moves`, `wide`, `afloat` and `meaning \"…\"`",
                    )
                    .at(clause.span, "this says nothing of a kind"),
                ),
            }
        }
    }

    /// The kind of a name, or a report with the nearest one.
    fn kind(&mut self, name: &str, span: Span) -> Option<KindId> {
        if let Some(id) = self.kinds.get(name) {
            return Some(*id);
        }
        let report = Report::error("unknown-kind", format!("No kind is called `{name}`"))
            .at(span, "not a declared kind");
        let near = nearest(name, self.kinds.keys().map(String::as_str));
        self.reports.push(match near {
            Some(near) => report.help(format!("did you mean `{near}`?")),
            None => report.help(format!("declare it with `kind {name}`")),
        });
        None
    }

    fn declare_patterns(&mut self, declaration: &Declaration<'a>) {
        if declaration.word == Declared::Kind {
            return;
        }
        let Some((roles, expanded)) = self.patterns_of(declaration) else {
            return;
        };
        let (patterns, rows) = expanded.into_iter().unzip();
        let meaning = self.meaning_of(declaration);
        let index = self.add(declaration, roles, patterns, meaning);
        self.entries.push(Entry {
            word: declaration.word,
            index,
            clauses: declaration.clauses.clone(),
            rows,
        });
    }

    fn add(
        &mut self,
        declaration: &Declaration,
        roles: Vec<Role>,
        patterns: Vec<Pattern>,
        meaning: String,
    ) -> usize {
        let name = patterns::name_of(&patterns, declaration.word);
        let span = declaration.line;
        match declaration.word {
            Declared::Relation => {
                let index = self.vocabulary.relations.len();
                let id = RelationId(index as u32);
                self.vocabulary.relations.push(Relation {
                    id,
                    name,
                    roles,
                    patterns,
                    meaning,
                    constraints: vec![],
                    presences: vec![],
                    drawn: None,
                    span,
                });
                index
            }
            Declared::Event => {
                let index = self.vocabulary.event_types.len();
                let id = EventTypeId(index as u32);
                self.vocabulary.event_types.push(EventType {
                    id,
                    name,
                    roles,
                    patterns,
                    meaning,
                    effects: vec![],
                    kind_of: vec![],
                    lasting: false,
                    presences: vec![],
                    site: None,
                    pace: None,
                    drawn: None,
                    span,
                });
                index
            }
            Declared::Kind | Declared::Circumstance => {
                let index = self.vocabulary.circumstances.len();
                let id = CircumstanceId(index as u32);
                self.vocabulary.circumstances.push(Circumstance {
                    id,
                    name,
                    roles,
                    patterns,
                    meaning,
                    span,
                });
                index
            }
        }
    }

    /// Names are shown to people and used by tests, so two declarations must not share one: the
    /// later says all its words, and its slots where that is not enough.
    fn make_names_unique(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        for relation in &mut self.vocabulary.relations {
            relation.name = patterns::unique(
                &mut seen,
                &relation.name,
                &relation.patterns,
                &relation.roles,
            );
        }
        seen.clear();
        for event in &mut self.vocabulary.event_types {
            event.name = patterns::unique(&mut seen, &event.name, &event.patterns, &event.roles);
        }
    }
}

/// The words of a text with their places.
fn pieces_of(text: &str, span: Span) -> Vec<(&str, Span)> {
    let mut pieces = vec![];
    let mut at = 0;
    for part in text.split(char::is_whitespace) {
        if !part.is_empty() {
            pieces.push((part, inside(span, at, at + part.len())));
        }
        at += part.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    pieces
}
