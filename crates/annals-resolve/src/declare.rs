//! Declarations: the things a chronicle speaks of, their kinds, names and places.
//!
//! An undoubted further name belongs to its thing. A doubted one is a thing of its own, tied to
//! the first by a [`Tie`], because a doubted identification holds in some timelines only.

use annals_chronicle::{
    Attestation, Certainty, Entity, EntityId, EntityName, Few, Geography, KindId, Vocabulary,
};
use annals_sentence::{QuickMap, nearest};
use annals_syntax::{Alias, Detail, DetailKind, Statement, StatementKind, Tree};
use annals_text::{Edit, Files, Report, Span};

use crate::frame::Frame;
use crate::geography::{self, Written};
use crate::place::read_place;
use crate::sources::SourceBook;
use crate::words::{brief, key, plain, unquote};

/// Keys that a declaration's details may have.
const KEYS: [&str; 11] = [
    "also",
    "at",
    "called",
    "certainty",
    "id",
    SAME,
    "line",
    "note",
    "outline",
    "quote",
    "unnamed",
];

/// The words that say that two names mean one thing, below a declaration or as a claim.
pub(crate) const SAME: &str = "is the same as";

/// A claim that two names mean one thing, before all names are known.
pub(crate) struct Tie {
    /// The thing declared.
    pub a: EntityId,
    /// The other name as written.
    pub name: Span,
    /// The thing the other name stands for, where that is known already.
    pub b: Option<EntityId>,
    /// Whether it is doubted.
    pub doubted: bool,
    /// Who says so.
    pub attestations: Few<Attestation>,
    /// Where it is written.
    pub span: Span,
}

/// Every declared thing, and the ties between them.
#[derive(Default)]
pub(crate) struct Declared {
    /// Things in document order.
    pub entities: Vec<Entity>,
    /// Ties in document order.
    pub ties: Vec<Tie>,
}

/// Reads the declarations of all trees.
pub(crate) fn read(
    files: &Files,
    trees: &[Tree],
    vocabulary: &Vocabulary,
    frame: &Frame,
    book: &mut SourceBook<'_>,
    reports: &mut Vec<Report>,
) -> Declared {
    let mut reader = Reader {
        files,
        vocabulary,
        book,
        reports,
        entities: Vec::new(),
        places: Vec::new(),
        by_name: QuickMap::default(),
        ties: Vec::new(),
    };
    let mut declared = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        for (at, statement) in tree.statements.iter().enumerate() {
            if let Some(id) = reader.declaration(index, statement) {
                let default = frame.context(index, at).default.clone();
                declared.push((id, index, statement, default));
            }
        }
    }
    // Undoubted names of all things come before doubted ones, wherever they stand, so that a
    // doubted name finds the thing that bears it.
    for doubted in [false, true] {
        for (id, index, statement, default) in &declared {
            reader.names(*id, *index, statement, default.as_ref(), doubted);
        }
    }
    for (id, _, statement, default) in &declared {
        reader.details(*id, statement, default.as_ref());
    }
    reader.finish()
}

struct Reader<'r, 'a> {
    files: &'r Files,
    vocabulary: &'r Vocabulary,
    book: &'r mut SourceBook<'a>,
    reports: &'r mut Vec<Report>,
    entities: Vec<Entity>,
    /// For each thing, the tree and the byte it is declared at, to put all in document order.
    places: Vec<(usize, u32)>,
    /// Who bears a name, by kind and name as compared.
    by_name: QuickMap<(KindId, String), EntityId>,
    ties: Vec<Tie>,
}

impl Reader<'_, '_> {
    fn text(&self, span: Span) -> &str {
        self.files.slice(span)
    }

    /// The thing of a declaration line; the one declared before where this line repeats it.
    fn declaration(&mut self, tree: usize, statement: &Statement) -> Option<EntityId> {
        let StatementKind::Declaration {
            kind: kind_span,
            name: name_span,
            place,
            ..
        } = statement.kind
        else {
            return None;
        };
        let Some(kind) = self.kind(kind_span) else {
            let report = self.unknown_kind(kind_span, statement.line);
            self.reports.push(report);
            return None;
        };
        let mut name = unquote(self.text(name_span)).trim().to_string();
        if self.text(name_span).trim_end().ends_with('?') {
            name.truncate(name.trim_end_matches(['?', ' ']).len());
            self.reports.push(
                Report::error(
                    "doubted-declaration",
                    "a `?` stands inside this declaration",
                )
                .at(
                    name_span,
                    "it is taken for no part of the name, and bears on nothing",
                )
                .help("where it lies is doubted by a `?` at the end of the line")
                .help("a name that has a `?` is written in quotation marks"),
            );
        }
        if name.is_empty() {
            self.reports.push(
                Report::error("empty-name", "this declaration names nothing")
                    .at(statement.line, "a name was expected after the kind"),
            );
            return None;
        }
        let id = self.entity(tree, kind, &name, name_span, statement.line);
        if let Some(place) = place {
            self.place(id, place);
        }
        Some(id)
    }

    fn kind(&self, span: Span) -> Option<KindId> {
        let word = plain(self.text(span));
        let at = self.vocabulary.kinds.iter().position(|k| k.name == word)?;
        Some(KindId(at as u32))
    }

    fn unknown_kind(&self, span: Span, line: Span) -> Report {
        let word = self.text(span);
        let mut report = Report::error("unknown-kind", format!("`{}` is not a kind", brief(word)))
            .at(span, "a line without a colon declares a thing of a kind");
        let names = self.vocabulary.kinds.iter().map(|k| k.name.as_str());
        let lower = word.to_lowercase();
        if let Some(near) = nearest(&lower, names) {
            let edit = Edit {
                span,
                replacement: near.to_string(),
            };
            report = report.fix(format!("write `{near}`"), vec![edit], false);
        }
        let before = Edit {
            span: Span::new(line.file, line.start, line.start),
            replacement: "undated: ".to_string(),
        };
        report
            .fix(
                "if this is a claim, put its date and a colon before it",
                vec![before],
                false,
            )
            .help(format!(
                "if `{}` is a new kind, declare it with `kind`",
                brief(word)
            ))
    }

    fn entity(&mut self, tree: usize, kind: KindId, name: &str, at: Span, line: Span) -> EntityId {
        let known = self.by_name.get(&(kind, plain(name))).copied();
        if let Some(id) = known {
            let kind = &self.vocabulary.kinds[kind.index()].name;
            self.reports.push(
                Report::error(
                    "duplicate-declaration",
                    format!("the {kind} {} is declared twice", brief(name)),
                )
                .also(self.entities[id.index()].span, "first declared here")
                .at(at, "declared again here")
                .help("remove one of the two lines")
                .help("if they are two things, give one a name of its own"),
            );
            return id;
        }
        self.add(tree, kind, name, at.start, line)
    }

    fn add(&mut self, tree: usize, kind: KindId, name: &str, at: u32, span: Span) -> EntityId {
        let id = EntityId(self.entities.len() as u32);
        self.by_name.insert((kind, plain(name)), id);
        self.places.push((tree, at));
        self.entities.push(Entity {
            id,
            name: name.to_string(),
            kind,
            names: Vec::new(),
            unnamed: false,
            words: false,
            plural: false,
            shares_name: false,
            place: None,
            geography: Geography::default(),
            span,
        });
        id
    }

    fn place(&mut self, id: EntityId, span: Span) {
        match read_place(self.text(span)) {
            Ok(place) => self.entities[id.index()].place = Some(place),
            Err(words) => self.reports.push(
                Report::error("bad-place", "this is not a pair of coordinates")
                    .at(span, words)
                    .help("write it like `at 42.06 N, 86.57 E`")
                    .help("put a name that holds `at` in quotes"),
            ),
        }
    }

    /// Takes in the further names of a declaration, either the undoubted or the doubted ones.
    fn names(
        &mut self,
        id: EntityId,
        tree: usize,
        statement: &Statement,
        default: Option<&Attestation>,
        doubted: bool,
    ) {
        let StatementKind::Declaration {
            doubted: line_doubt,
            cites: line_cites,
            place,
            ..
        } = &statement.kind
        else {
            return;
        };
        for detail in &statement.details {
            let aliases: Vec<Alias> = match &detail.kind {
                DetailKind::Also(aliases) => aliases.clone(),
                DetailKind::Item {
                    key: word, value, ..
                } if key(self.text(*word)) == "called" => {
                    vec![Alias {
                        name: *value,
                        language: None,
                        doubted: detail.doubted,
                    }]
                }
                _ => continue,
            };
            for alias in aliases {
                let doubt = alias.doubted.is_some() || line_doubt.is_some() && place.is_none();
                if doubt != doubted {
                    continue;
                }
                // The pass over the details reports on these citations, once a line.
                let mut unheard = Vec::new();
                let mut says = self.book.cite_all(&detail.cites, default, &mut unheard);
                if says.is_empty() && doubted {
                    says = self.book.cite_all(line_cites, default, &mut unheard);
                }
                self.alias(id, tree, &alias, detail, doubted, says);
            }
        }
    }

    fn alias(
        &mut self,
        id: EntityId,
        tree: usize,
        alias: &Alias,
        detail: &Detail,
        doubted: bool,
        attestations: Few<Attestation>,
    ) {
        let name = unquote(self.text(alias.name)).trim().to_string();
        let kind = self.entities[id.index()].kind;
        let bearer = self.by_name.get(&(kind, plain(&name))).copied();
        if bearer == Some(id) || name.is_empty() {
            return;
        }
        if !doubted {
            // Two things may share a further name; the sentence that uses it is then ambiguous.
            self.by_name.entry((kind, plain(&name))).or_insert(id);
            let language = alias.language.map(|l| self.text(l).trim().to_string());
            self.entities[id.index()].names.push(EntityName {
                text: name,
                language,
                attestations: attestations.to_vec(),
            });
            return;
        }
        let b = bearer.unwrap_or_else(|| self.add(tree, kind, &name, alias.name.start, alias.name));
        self.ties.push(Tie {
            a: id,
            name: alias.name,
            b: Some(b),
            doubted,
            attestations,
            span: detail.span,
        });
    }

    /// Everything below a declaration that is not a further name.
    fn details(&mut self, id: EntityId, statement: &Statement, default: Option<&Attestation>) {
        let StatementKind::Declaration {
            doubted,
            cites,
            place,
            ..
        } = &statement.kind
        else {
            return;
        };
        let says = self.book.cite_all(cites, default, self.reports);
        if place.is_some() {
            self.entities[id.index()].geography.attestations = says.to_vec();
        }
        // A `?` after where a thing lies doubts that, and not the thing or its names.
        let (doubted, mut site_doubted) = match place {
            Some(_) => (&None, doubted.is_some()),
            None => (doubted, false),
        };
        let ties_before = self.ties.len();
        for detail in &statement.details {
            let says = self.book.cite_all(&detail.cites, default, self.reports);
            if let DetailKind::Item {
                key: word, value, ..
            } = detail.kind
            {
                site_doubted |= key(self.text(word)) == "at" && detail.doubted.is_some();
                self.item(id, detail, (word, value), doubted.is_some(), says);
            }
        }
        if site_doubted {
            let certainty = &mut self.entities[id.index()].geography.certainty;
            *certainty = certainty.or(Some(Certainty::Uncertain));
        }
        let tied = self.ties.len() > ties_before || self.ties.iter().any(|t| t.a == id);
        if let (Some(mark), false) = (doubted, tied) {
            self.reports.push(
                Report::lint("doubted-declaration", "this doubt bears on nothing")
                    .at(*mark, "it is not said which other thing this may be")
                    .help("doubt the name that may be another: `also Long Xuepo'anazhi ?`"),
            );
        }
    }

    fn item(
        &mut self,
        id: EntityId,
        detail: &Detail,
        (word, value): (Span, Span),
        line_doubted: bool,
        attestations: Few<Attestation>,
    ) {
        match key(self.text(word)).as_str() {
            "unnamed" => self.entities[id.index()].unnamed = true,
            "at" => {
                self.place(id, value);
                let geography = &mut self.entities[id.index()].geography;
                geography.attestations.extend(attestations);
            }
            SAME => {
                self.ties.push(Tie {
                    a: id,
                    name: value,
                    b: None,
                    doubted: detail.doubted.is_some() || line_doubted,
                    attestations,
                    span: detail.span,
                });
            }
            // Further names were taken in before; words for readers mean nothing to the engine.
            "called" | "quote" => {}
            other if geography::KEYS.contains(&other) => {
                let written = Written {
                    key: other,
                    value: self.files.slice(value),
                    span: value,
                    doubted: detail.doubted.is_some(),
                };
                let geography = &mut self.entities[id.index()].geography;
                let taken = geography::take(geography, written, &attestations);
                self.reports.extend(taken.err());
            }
            other => {
                let asked = nearest(other, KEYS).map(|near| format!("; did you mean `{near}`?"));
                let headline = format!(
                    "a declaration has no detail `{}`{}",
                    brief(other),
                    asked.unwrap_or_default()
                );
                self.reports.push(
                    Report::error("unknown-detail", headline)
                        .at(detail.span, "this line is left out")
                        .help("what happened to a thing is said in a claim with a date"),
                );
            }
        }
    }

    /// Puts things in document order and numbers them by it.
    fn finish(self) -> Declared {
        let mut order: Vec<usize> = (0..self.entities.len()).collect();
        order.sort_by_key(|i| self.places[*i]);
        let mut number = vec![EntityId(0); order.len()];
        for (new, old) in order.iter().enumerate() {
            number[*old] = EntityId(new as u32);
        }
        let mut entities = self.entities;
        for entity in &mut entities {
            entity.id = number[entity.id.index()];
        }
        entities.sort_by_key(|e| e.id);
        let mut ties = self.ties;
        for tie in &mut ties {
            tie.a = number[tie.a.index()];
            tie.b = tie.b.map(|b| number[b.index()]);
        }
        ties.sort_by_key(|t| (t.span.file, t.span.start, t.name.start));
        Declared { entities, ties }
    }
}

/// Marks the things whose first name another thing bears too. Words are no names.
pub(crate) fn mark_shared_names(entities: &mut [Entity]) {
    let mut first: QuickMap<&str, usize> = QuickMap::default();
    let mut shared: Vec<usize> = Vec::new();
    for (at, entity) in entities.iter().enumerate().filter(|(_, e)| !e.words) {
        let bearer = *first.entry(&entity.name).or_insert(at);
        if bearer != at {
            shared.extend([bearer, at]);
        }
    }
    for at in shared {
        entities[at].shares_name = true;
    }
}
