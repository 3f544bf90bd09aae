//! The outline of a text: what is declared and told in it, what can be folded, how its parts are
//! coloured. All of it is read off the tree of the text alone, so that it is never late.

use annals::FileId;
use annals::syntax::{DetailKind, Directive, Notation, Statement, StatementKind, Tree, parse};
use annals::{Files, Span};

use crate::position::{Lines, Range};

/// A text read by itself.
pub struct Outline {
    files: Files,
    file: FileId,
    lines: Lines,
    tree: Tree,
}

/// Something that a text declares or tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// A few words on it.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: Range,
    /// Its name alone.
    pub name_range: Range,
    /// What stands in it.
    pub inside: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SymbolKind {
    /// A section.
    Section,
    /// A declared thing.
    Thing,
    /// A labelled event.
    Event,
    /// A word of the vocabulary.
    Vocabulary,
    /// A source.
    Source,
}

/// How a part of a text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenRole {
    /// A date.
    Date,
    /// A mode, a reserved word, the key of a detail.
    Keyword,
    /// A label.
    Label,
    /// A citation.
    Citation,
    /// A declared name.
    Name,
    /// A comment.
    Comment,
    /// A title or other quoted words.
    Text,
}

impl TokenRole {
    /// Every role, in the order of the legend.
    pub const ALL: [TokenRole; 7] = [
        TokenRole::Date,
        TokenRole::Keyword,
        TokenRole::Label,
        TokenRole::Citation,
        TokenRole::Name,
        TokenRole::Comment,
        TokenRole::Text,
    ];

    /// The protocol's word for what is nearest to it.
    pub const fn word(self) -> &'static str {
        match self {
            TokenRole::Date => "number",
            TokenRole::Keyword => "keyword",
            TokenRole::Label => "event",
            TokenRole::Citation => "macro",
            TokenRole::Name => "class",
            TokenRole::Comment => "comment",
            TokenRole::Text => "string",
        }
    }
}

impl Outline {
    /// Reads a text; tables have no outline of their own.
    pub fn of(path: &str, text: &str) -> Outline {
        let notation = match crate::completion::is_markdown(path) {
            true => Notation::Markdown,
            false => Notation::Chronicle,
        };
        let mut files = Files::new();
        let file = files.add(path, text);
        let (tree, _) = parse(&files, file, notation);
        Outline {
            lines: Lines::of(text),
            files,
            file,
            tree,
        }
    }

    fn text(&self, span: Span) -> &str {
        self.files.slice(span)
    }

    fn range(&self, span: Span) -> Range {
        let text = &self.files.get(self.file).text;
        self.lines
            .range(text, span.start as usize, span.end as usize)
    }

    /// Everything declared and told, sections holding what stands below them.
    pub fn symbols(&self) -> Vec<Symbol> {
        let mut all: Vec<Symbol> = Vec::new();
        let mut open: Option<Symbol> = None;
        for statement in &self.tree.statements {
            let Some(symbol) = self.symbol(statement) else {
                continue;
            };
            match (symbol.kind, &mut open) {
                (SymbolKind::Section, _) => all.extend(open.replace(symbol)),
                (_, Some(section)) => {
                    section.range.end = symbol.range.end;
                    section.inside.push(symbol);
                }
                (_, None) => all.push(symbol),
            }
        }
        all.extend(open);
        all
    }

    fn symbol(&self, statement: &Statement) -> Option<Symbol> {
        let (kind, name, detail) = match &statement.kind {
            StatementKind::Directive(Directive::Section { title, .. }) => {
                (SymbolKind::Section, *title, String::new())
            }
            StatementKind::Directive(Directive::Source(key)) => {
                (SymbolKind::Source, *key, "source".to_owned())
            }
            StatementKind::Declaration { kind, name, .. } => {
                (SymbolKind::Thing, *name, self.text(*kind).to_owned())
            }
            StatementKind::Vocabulary { rest, .. } => {
                (SymbolKind::Vocabulary, *rest, String::new())
            }
            StatementKind::Claim(claim) => {
                let told = format!("{}: {}", self.text(claim.when), self.text(claim.sentence));
                (SymbolKind::Event, claim.label?, told)
            }
            _ => return None,
        };
        let words = self.text(name).trim();
        let shown = if words.is_empty() { "untitled" } else { words };
        Some(Symbol {
            name: shown.to_owned(),
            detail,
            kind,
            range: self.range(statement.span),
            name_range: self.range(name),
            inside: Vec::new(),
        })
    }

    /// First and last lines of what can be folded: sections, statements with details, comments of
    /// several lines, fences.
    pub fn folds(&self) -> Vec<(u32, u32)> {
        let mut folds = Vec::new();
        let mut section: Option<u32> = None;
        let mut last_line = 0;
        let mut run: Option<(u32, u32)> = None;
        for statement in &self.tree.statements {
            let range = self.range(statement.span);
            let (first, last) = (range.start.line, range.end.line);
            let comment = matches!(statement.kind, StatementKind::Comment);
            match (&mut run, comment) {
                (Some(run), true) => run.1 = last,
                (None, true) => run = Some((first, last)),
                (_, false) => folds.extend(run.take()),
            }
            let is_section = matches!(
                statement.kind,
                StatementKind::Directive(Directive::Section { .. })
            );
            if is_section || matches!(statement.kind, StatementKind::Prose) {
                folds.extend(section.take().map(|start| (start, last_line)));
            }
            if is_section {
                section = Some(first);
            } else if !matches!(statement.kind, StatementKind::Prose) {
                folds.push((first, last));
            }
            if !matches!(
                statement.kind,
                StatementKind::Blank | StatementKind::Comment
            ) {
                last_line = last;
            }
        }
        folds.extend(run);
        folds.extend(section.map(|start| (start, last_line)));
        folds.retain(|(first, last)| first < last);
        folds.sort_unstable();
        folds
    }

    /// Coloured parts in the order of the text, none over another, none over a line's end.
    pub fn tokens(&self) -> Vec<(Range, TokenRole)> {
        let mut found: Vec<(Span, TokenRole)> = Vec::new();
        for statement in &self.tree.statements {
            self.tokens_of(statement, &mut found);
        }
        found.retain(|(span, _)| !span.is_empty());
        found.sort_by_key(|(span, _)| (span.start, span.end));
        let mut end = 0;
        found.retain(|(span, _)| {
            let free = span.start >= end;
            end = if free { span.end } else { end };
            free
        });
        let ranges = found
            .into_iter()
            .map(|(span, role)| (self.range(span), role));
        ranges
            .filter(|(range, _)| range.start.line == range.end.line)
            .collect()
    }

    fn tokens_of(&self, statement: &Statement, found: &mut Vec<(Span, TokenRole)>) {
        let mut add = |span: Span, role| found.push((span, role));
        if let Some(comment) = statement.comment {
            add(comment, TokenRole::Comment);
        }
        match &statement.kind {
            StatementKind::Comment => add(statement.line, TokenRole::Comment),
            StatementKind::Claim(claim) => {
                add(claim.when, TokenRole::Date);
                if let Some((_, mode)) = claim.mode {
                    add(mode, TokenRole::Keyword);
                }
                if let Some(label) = claim.label {
                    add(label, TokenRole::Label);
                }
                claim
                    .cites
                    .iter()
                    .for_each(|c| add(c.span, TokenRole::Citation));
            }
            StatementKind::Choice { labels, cites } => {
                labels.iter().for_each(|l| add(*l, TokenRole::Label));
                cites.iter().for_each(|c| add(c.span, TokenRole::Citation));
            }
            StatementKind::More { label } => add(*label, TokenRole::Label),
            StatementKind::Declaration {
                kind, name, cites, ..
            } => {
                add(*kind, TokenRole::Keyword);
                add(*name, TokenRole::Name);
                cites.iter().for_each(|c| add(c.span, TokenRole::Citation));
            }
            StatementKind::Directive(_) | StatementKind::Vocabulary { .. } => {
                add(self.first_word(statement.line), TokenRole::Keyword);
                if let StatementKind::Directive(Directive::Section { title, .. }) = &statement.kind
                {
                    add(*title, TokenRole::Text);
                }
            }
            StatementKind::Blank | StatementKind::Prose | StatementKind::Broken => {}
        }
        for detail in &statement.details {
            match &detail.kind {
                DetailKind::Item { key, .. } => add(*key, TokenRole::Keyword),
                DetailKind::Also(aliases) => {
                    add(self.first_word(detail.span), TokenRole::Keyword);
                    aliases.iter().for_each(|a| add(a.name, TokenRole::Name));
                }
                DetailKind::Cites | DetailKind::Broken => {}
            }
            detail
                .cites
                .iter()
                .for_each(|c| add(c.span, TokenRole::Citation));
        }
    }

    fn first_word(&self, line: Span) -> Span {
        let text = self.text(line);
        let skip = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        let length = text[skip..].split_whitespace().next().map_or(0, str::len);
        let start = line.start + skip as u32;
        Span::new(line.file, start, start + length as u32)
    }
}
