//! What stands at a place of a chronicle, and wherever else the same stands.
//!
//! What comes in: a chronicle as read, a file of it, a byte. What goes out: the label, name,
//! source, date or sentence there ([`Under`]), and every place that means the same thing
//! ([`occurrences`]). Both walk the trees, so that what they say of a place is what the compiler
//! read there.

use std::collections::BTreeMap;

use annals::chronicle::{Claim, ClaimId, DetailValue, EntityId, Filler, Sentence, SourceId};
use annals::sentence::NamePlace;
use annals::syntax::{
    Citation, Detail, DetailKind, Directive, Notation, Statement, StatementKind, Tree,
};
use annals::{FileId, Span};

use crate::workspace::Analysis;

/// What a place means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A label, without its `#`.
    Label(String),
    /// A declared thing.
    Thing(EntityId),
    /// A source.
    Source(SourceId),
    /// A condition of a date: of which claim, and which.
    Date(ClaimId, usize),
    /// A sentence, or its date as a whole: the claims it makes.
    Sentence(Vec<ClaimId>),
    /// A file that is read: its path as written.
    File(String),
}

/// What stands at a place, and where it begins and ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Under {
    pub(crate) span: Span,
    pub(crate) meaning: Meaning,
}

/// A chronicle whose places are looked up.
pub(crate) struct Lookup<'a> {
    analysis: &'a Analysis,
    /// The claims of each line.
    claims: BTreeMap<Span, Vec<ClaimId>>,
    /// What is declared where.
    declared: BTreeMap<(FileId, u32), Vec<EntityId>>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Lookup<'a> {
        let mut claims: BTreeMap<Span, Vec<ClaimId>> = BTreeMap::new();
        for claim in &analysis.resolved().chronicle.claims {
            claims.entry(claim.span).or_default().push(claim.id);
        }
        let mut declared: BTreeMap<(FileId, u32), Vec<EntityId>> = BTreeMap::new();
        for entity in &analysis.resolved().chronicle.entities {
            let place = (entity.span.file, entity.span.start);
            declared.entry(place).or_default().push(entity.id);
        }
        Lookup {
            analysis,
            claims,
            declared,
        }
    }

    fn text(&self, span: Span) -> &'a str {
        self.analysis.prepared.files().slice(span)
    }

    pub(crate) fn claim(&self, id: ClaimId) -> &'a Claim {
        &self.analysis.resolved().chronicle.claims[id.index()]
    }

    /// The claims that a statement makes.
    pub(crate) fn claims_of(&self, statement: &Statement) -> &[ClaimId] {
        self.claims.get(&statement.line).map_or(&[], Vec::as_slice)
    }

    fn tree(&self, file: FileId) -> Option<&'a Tree> {
        let mut trees = self.analysis.prepared.trees().iter();
        trees.find(|t| t.file == file)
    }

    /// What stands at a byte of a file.
    pub(crate) fn under(&self, file: FileId, at: u32) -> Option<Under> {
        let tree = self.tree(file)?;
        let after = tree.statements.partition_point(|s| s.span.start <= at);
        let statement = tree.statements.get(after.checked_sub(1)?)?;
        if statement.span.end < at || is_silent(&statement.kind) {
            return None;
        }
        let holds = |span: &Span| span.start <= at && at <= span.end;
        let label = self.labels(statement).into_iter().find(|l| holds(l));
        if let Some(span) = label {
            let name = self.text(span).trim_start_matches(['#', '＃']).to_owned();
            let meaning = Meaning::Label(name);
            return Some(Under { span, meaning });
        }
        let mut sources = self.sources(statement).into_iter();
        if let Some((span, source)) = sources.find(|(span, _)| holds(span)) {
            let meaning = Meaning::Source(source);
            return Some(Under { span, meaning });
        }
        let mut names = self.names(statement).into_iter();
        if let Some((span, thing)) = names.find(|(span, _)| holds(span)) {
            let meaning = Meaning::Thing(thing);
            return Some(Under { span, meaning });
        }
        self.of_claim(statement, at)
    }

    /// The date or the sentence of a claim, or the file a directive names.
    fn of_claim(&self, statement: &Statement, at: u32) -> Option<Under> {
        if let StatementKind::Directive(Directive::Include(span) | Directive::Bibliography(span)) =
            statement.kind
        {
            let meaning = Meaning::File(self.text(span).trim().to_owned());
            return Some(Under { span, meaning });
        }
        let StatementKind::Claim(line) = &statement.kind else {
            return None;
        };
        let claims = self.claims_of(statement);
        let first = self.claim(*claims.first()?);
        let conditions = first.when.conditions.iter().enumerate();
        let mut here = conditions.filter(|(_, c)| c.span.start <= at && at <= c.span.end);
        if at <= line.when.end
            && let Some((index, condition)) = here.next()
        {
            return Some(Under {
                span: condition.span,
                meaning: Meaning::Date(first.id, index),
            });
        }
        (at <= statement.line.end).then(|| Under {
            span: line.sentence,
            meaning: Meaning::Sentence(claims.to_vec()),
        })
    }

    /// The labels of a statement, each with its `#`.
    fn labels(&self, statement: &Statement) -> Vec<Span> {
        let mut found = Vec::new();
        match &statement.kind {
            StatementKind::Claim(claim) => {
                found.extend(claim.label);
                self.labels_in(claim.when, &mut found);
            }
            StatementKind::Choice { labels, .. } => found.extend(labels),
            StatementKind::More { label } => found.push(*label),
            StatementKind::Directive(Directive::Section {
                within: Some(within),
                ..
            }) => self.labels_in(*within, &mut found),
            _ => {}
        }
        for detail in &statement.details {
            if let DetailKind::Item { value, .. } = detail.kind {
                self.labels_in(value, &mut found);
            }
        }
        found
    }

    /// The labels in a text: what follows a `#` outside quotation marks.
    fn labels_in(&self, span: Span, found: &mut Vec<Span>) {
        let text = self.text(span);
        let mut quoted = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' | '“' | '”' => quoted = !quoted,
                '#' | '＃' if !quoted => {
                    let mut end = at + c.len_utf8();
                    while let Some((at, c)) = chars.next_if(|(_, c)| is_label_letter(*c)) {
                        end = at + c.len_utf8();
                    }
                    let place = |offset: usize| span.start + offset as u32;
                    found.push(Span::new(span.file, place(at), place(end)));
                }
                _ => {}
            }
        }
    }

    /// The keys of sources in a statement, each with its `@` if it has one.
    fn sources(&self, statement: &Statement) -> Vec<(Span, SourceId)> {
        let mut cites: Vec<&Citation> = Vec::new();
        let mut keys: Vec<Span> = Vec::new();
        match &statement.kind {
            StatementKind::Claim(claim) => cites.extend(&claim.cites),
            StatementKind::Choice { cites: more, .. }
            | StatementKind::Declaration { cites: more, .. } => cites.extend(more),
            StatementKind::Directive(directive) => match directive {
                Directive::From(cite) => cites.push(cite),
                Directive::Section { from, .. } => cites.extend(from),
                Directive::Prefer { better, worse } => keys.extend([better, worse]),
                Directive::Source(rest) => keys.push(*rest),
                _ => {}
            },
            _ => {}
        }
        cites.extend(statement.details.iter().flat_map(|d| &d.cites));
        keys.extend(cites.iter().flat_map(|c| [c.key, c.via]).flatten());
        let sources = &self.analysis.resolved().chronicle.sources;
        let found = keys.into_iter().filter_map(|span| {
            let key = self.text(span);
            let source = sources.iter().position(|s| s.key == key)?;
            Some((self.with_sign(span), SourceId(source as u32)))
        });
        found.collect()
    }

    /// A key with the `@` before it.
    fn with_sign(&self, key: Span) -> Span {
        let text = &self.analysis.prepared.files().get(key.file).text;
        let sign = text[..key.start as usize].chars().next_back();
        let width = sign
            .filter(|c| matches!(c, '@' | '＠'))
            .map_or(0, char::len_utf8);
        Span::new(key.file, key.start - width as u32, key.end)
    }

    /// The names in a statement and what they mean there.
    fn names(&self, statement: &Statement) -> Vec<(Span, EntityId)> {
        let mut found = Vec::new();
        match &statement.kind {
            StatementKind::Claim(claim) => {
                let told: Vec<EntityId> = self
                    .claims_of(statement)
                    .iter()
                    .flat_map(|id| things_of(self.claim(*id)))
                    .collect();
                self.names_in(claim.sentence, &told, &mut found);
                for detail in &statement.details {
                    self.names_of_detail(detail, &told, &mut found);
                }
            }
            StatementKind::More { .. } => {
                for detail in &statement.details {
                    self.names_of_detail(detail, &[], &mut found);
                }
            }
            StatementKind::Declaration { name, .. } => self.declared(statement, *name, &mut found),
            _ => {}
        }
        found
    }

    /// A declared name and its further names.
    fn declared(&self, statement: &Statement, name: Span, found: &mut Vec<(Span, EntityId)>) {
        let entities = &self.analysis.resolved().chronicle.entities;
        let range = (name.file, statement.span.start)..=(name.file, statement.span.end);
        let here: Vec<EntityId> = self
            .declared
            .range(range)
            .flat_map(|(_, ids)| ids)
            .copied()
            .collect();
        let Some(owner) = here.first().copied() else {
            return;
        };
        found.push((name, owner));
        for detail in &statement.details {
            if let DetailKind::Also(aliases) = &detail.kind {
                for alias in aliases {
                    let text = self.text(alias.name).trim_matches(['"', '“', '”']);
                    // A doubted name is a thing of its own.
                    let mut own = here.iter().filter(|id| entities[id.index()].name == text);
                    found.push((alias.name, own.next().copied().unwrap_or(owner)));
                }
            } else if let DetailKind::Item { value, .. } = detail.kind {
                self.names_in(value, &[], found);
            }
        }
    }

    fn names_of_detail(
        &self,
        detail: &Detail,
        told: &[EntityId],
        found: &mut Vec<(Span, EntityId)>,
    ) {
        if let DetailKind::Item { of, value, .. } = &detail.kind {
            if let Some(of) = of {
                self.names_in(*of, told, found);
            }
            if !self.text(*value).starts_with(['"', '“']) {
                self.names_in(*value, told, found);
            }
        }
    }

    /// The names in a text; where one may mean several things, the one the claim speaks of.
    fn names_in(&self, span: Span, told: &[EntityId], found: &mut Vec<(Span, EntityId)>) {
        let matcher = &self.analysis.resolved().matcher;
        for NamePlace { span, things } in matcher.names_in(self.text(span), span) {
            let meant = things.iter().find(|t| told.contains(t));
            found.extend(meant.or(things.first()).map(|thing| (span, *thing)));
        }
    }
}

/// Whether a statement holds nothing that means something.
fn is_silent(kind: &StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Blank | StatementKind::Comment | StatementKind::Prose
    )
}

fn is_label_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Every thing a claim speaks of.
pub(crate) fn things_of(claim: &Claim) -> Vec<EntityId> {
    let mut things = Vec::new();
    let mut take = |filler: &Filler| {
        if let Filler::Entities(ids) | Filler::OneOf(ids) = filler {
            things.extend(ids.iter().copied());
        }
    };
    if let Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. } =
        &claim.sentence
    {
        roles.iter().for_each(&mut take);
        tail.iter().for_each(|(_, filler)| take(filler));
    }
    for detail in &claim.details {
        if let DetailValue::Entities(filler) = &detail.value {
            take(filler);
        }
    }
    for detail in &claim.details {
        things.extend(detail.of.iter().copied());
        if let DetailValue::Figures(figures) = &detail.value {
            things.extend(figures.iter().filter_map(|f| f.under));
        }
    }
    things
}

/// Every place of the chronicle's own texts that means the same, in the order of reading. Tables
/// are left out: their text here is not the one on the disk.
pub(crate) fn occurrences(lookup: &Lookup<'_>, meaning: &Meaning) -> Vec<Span> {
    let mut found = Vec::new();
    let analysis = lookup.analysis;
    let trees = analysis.prepared.trees().iter();
    for tree in trees.filter(|t| analysis.prepared.is_own(t.file)) {
        if tree.notation == Notation::Table {
            continue;
        }
        for statement in tree.statements.iter().filter(|s| !is_silent(&s.kind)) {
            match meaning {
                Meaning::Label(name) => {
                    let bare = |span: &Span| lookup.text(*span).trim_start_matches(['#', '＃']);
                    let labels = lookup.labels(statement);
                    found.extend(labels.into_iter().filter(|span| bare(span) == name));
                }
                Meaning::Thing(id) => {
                    let names = lookup.names(statement).into_iter();
                    found.extend(names.filter(|(_, thing)| thing == id).map(|(span, _)| span));
                }
                Meaning::Source(id) => {
                    let sources = lookup.sources(statement).into_iter();
                    found.extend(
                        sources
                            .filter(|(_, source)| source == id)
                            .map(|(span, _)| span),
                    );
                }
                Meaning::Date(..) | Meaning::Sentence(_) | Meaning::File(_) => {}
            }
        }
    }
    found
}
