//! What may be written next.
//!
//! What comes in: a text, a place in it, and the chronicle as it was last read, which may be older
//! than the text. What goes out: [`Completion`]s, best first. Where the cursor stands is found out
//! from the line alone (`context`), since the line is incomplete while somebody writes it; what
//! fits there comes from the vocabulary and the declared names (`sentence`), from the forms of
//! dates (`dates`) and from the fixed words of the language (`fixed`).

mod context;
mod dates;
mod fixed;
mod question;
mod sentence;

use annals::Resolved;

use crate::said::sentence_of;

use context::{Context, Place};

pub use question::complete_question;

/// Most completions handed out; more help nobody, and an editor asks again as the word grows.
const MOST: usize = 200;

/// Something that may be written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is written, where the editor has no tab stops: it ends at the first of them.
    pub insert: String,
    /// What is written, with tab stops in the syntax of the protocol (`${1:vassal}`); `None` where
    /// there is nothing to fill in.
    pub snippet: Option<String>,
    /// The first byte of the text that it replaces.
    pub from: usize,
    /// The byte after the last one it replaces: the cursor.
    pub to: usize,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words on it.
    pub detail: String,
    /// What an editor compares with the letters typed.
    pub filter: String,
    /// Its rank: less is better.
    pub rank: u32,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A declared name.
    Name,
    /// The label of an event.
    Label,
    /// The key of a source.
    Citation,
    /// A sentence of the vocabulary, or the rest of one.
    Sentence,
    /// A circumstance: `at {place}`.
    Circumstance,
    /// A form of date.
    Date,
    /// A line that begins with a reserved word, or what may follow that word.
    Directive,
    /// A declaration: `person …`.
    Declaration,
    /// The key of a detail.
    Detail,
    /// `not:`, `planned:`.
    Mode,
    /// A form of question, or the hole in one.
    Question,
}

impl CompletionKind {
    /// Its word, for programs.
    pub const fn word(self) -> &'static str {
        match self {
            CompletionKind::Name => "name",
            CompletionKind::Label => "label",
            CompletionKind::Citation => "citation",
            CompletionKind::Sentence => "sentence",
            CompletionKind::Circumstance => "circumstance",
            CompletionKind::Date => "date",
            CompletionKind::Directive => "directive",
            CompletionKind::Declaration => "declaration",
            CompletionKind::Detail => "detail",
            CompletionKind::Mode => "mode",
            CompletionKind::Question => "question",
        }
    }
}

/// Completions, and whether there are more than are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The completions, best first.
    pub items: Vec<Completion>,
    /// Whether more fit: an editor asks again when the word grows.
    pub more: bool,
}

/// Completions at a byte of a text; `markdown` tells whether it is a note with fences.
pub fn complete(resolved: &Resolved, text: &str, at: usize, markdown: bool) -> Completions {
    let at = crate::position::floor(text, at);
    let Some(context) = Context::of(resolved, text, at, markdown) else {
        return Completions::default();
    };
    let mut offers = Offers::new(resolved, text, at);
    match context.place {
        Place::Start { from } => {
            dates::offer(&mut offers, from, context.line_start, true);
            fixed::statements(&mut offers, from);
        }
        Place::When { from } => dates::offer(&mut offers, from, context.line_start, false),
        Place::Sentence { from, fresh } => {
            if fresh {
                fixed::modes(&mut offers, from);
            }
            sentence::offer(&mut offers, from, false);
        }
        Place::Label { from } => offers.labels(from),
        Place::Citation { from } => offers.citations(from),
        Place::End { from } => fixed::after_the_stop(&mut offers, from),
        Place::Names { from } => sentence::Wanted::any().names(&mut offers, from, 0),
        Place::Key { from, ground } => fixed::keys(&mut offers, from, ground),
        Place::Calendar { from } => fixed::calendars(&mut offers, from),
    }
    offers.finish()
}

/// Whether a path is that of a note with fences.
pub(crate) fn is_markdown(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}

/// Completions being gathered.
pub(crate) struct Offers<'a> {
    pub(crate) resolved: &'a Resolved,
    pub(crate) text: &'a str,
    pub(crate) at: usize,
    items: Vec<Completion>,
    more: bool,
}

impl<'a> Offers<'a> {
    pub(crate) fn new(resolved: &'a Resolved, text: &'a str, at: usize) -> Offers<'a> {
        Offers {
            resolved,
            text,
            at,
            items: Vec::new(),
            more: false,
        }
    }

    /// What is written between a byte and the cursor.
    pub(crate) fn typed(&self, from: usize) -> &'a str {
        self.text.get(from..self.at).unwrap_or("")
    }

    /// A completion from plain words.
    pub(crate) fn words(
        &mut self,
        kind: CompletionKind,
        from: usize,
        words: &str,
        detail: &str,
        rank: u32,
    ) {
        self.items.push(Completion {
            label: words.trim_end().to_owned(),
            insert: words.to_owned(),
            snippet: None,
            from,
            to: self.at,
            kind,
            detail: detail.to_owned(),
            filter: words.trim_end().to_owned(),
            rank,
        });
    }

    /// A completion from a template with `{holes}`, each a tab stop with its own words.
    pub(crate) fn template(
        &mut self,
        kind: CompletionKind,
        from: usize,
        template: &str,
        detail: &str,
        rank: u32,
    ) {
        let filled = Template::of(template);
        self.items.push(Completion {
            label: filled.shown,
            insert: filled.head,
            snippet: Some(filled.snippet),
            from,
            to: self.at,
            kind,
            detail: detail.to_owned(),
            filter: filled.words,
            rank,
        });
    }

    /// A completion made elsewhere.
    pub(crate) fn push(&mut self, completion: Completion) {
        self.items.push(completion);
    }

    /// How many completions there are so far.
    pub(crate) fn count(&self) -> usize {
        self.items.len()
    }

    /// From some completion on, an editor compares what is typed with itself: they are chosen here.
    pub(crate) fn compared_as_typed(&mut self, first: usize, from: usize) {
        let typed = self.typed(from);
        if typed.is_empty() {
            return;
        }
        for item in self.items.iter_mut().skip(first) {
            typed.clone_into(&mut item.filter);
        }
    }

    /// Says that more fit than are listed.
    pub(crate) fn there_is_more(&mut self) {
        self.more = true;
    }

    /// Every label, those of the lines above first.
    pub(crate) fn labels(&mut self, from: usize) {
        let typed = self.typed(from).trim_start_matches('#').to_lowercase();
        let resolved = self.resolved;
        for event in &resolved.chronicle.events {
            let Some(label) = &event.label else { continue };
            if !label.to_lowercase().contains(&typed) {
                continue;
            }
            let rank = u32::from(!label.to_lowercase().starts_with(&typed));
            let told = event.claims.first();
            let detail = told.map(|c| sentence_of(resolved, *c));
            self.words(
                CompletionKind::Label,
                from,
                &format!("#{label}"),
                &detail.unwrap_or_default(),
                rank,
            );
        }
    }

    /// Every source that may be cited.
    pub(crate) fn citations(&mut self, from: usize) {
        let typed = self.typed(from).trim_start_matches('@').to_lowercase();
        for source in self
            .resolved
            .chronicle
            .sources
            .iter()
            .filter(|s| !s.is_file)
        {
            let detail = source_words(&source.fields);
            let key = source.key.to_lowercase();
            if key.contains(&typed) || detail.to_lowercase().contains(&typed) {
                let rank = u32::from(!key.starts_with(&typed));
                let words = format!("@{}", source.key);
                self.words(CompletionKind::Citation, from, &words, &detail, rank);
                if let Some(last) = self.items.last_mut() {
                    last.filter = format!("@{} {detail}", source.key);
                }
            }
        }
    }

    /// The completions, best first, each once.
    pub(crate) fn finish(self) -> Completions {
        let mut items = self.items;
        items.sort_by(|a, b| (a.rank, &a.label, &a.insert).cmp(&(b.rank, &b.label, &b.insert)));
        items.dedup_by(|a, b| a.label == b.label && a.insert == b.insert && a.from == b.from);
        let more = self.more || items.len() > MOST;
        items.truncate(MOST);
        Completions { items, more }
    }
}

/// Author, title and year of a source, as far as they are known.
pub(crate) fn source_words(fields: &[(String, String)]) -> String {
    let field = |name: &str| {
        let found = fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    let parts = [
        field("author").or(field("editor")),
        field("title"),
        field("year").or(field("date")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A template with its holes as tab stops.
struct Template {
    /// As the list shows it: `from 648 to 658:`.
    shown: String,
    /// The words before the first hole.
    head: String,
    /// In the syntax of snippets.
    snippet: String,
    /// The fixed words alone.
    words: String,
}

impl Template {
    /// Reads `from {648} to {658}: `; a doubled brace is a brace of the text.
    fn of(template: &str) -> Template {
        let mut filled = Template {
            shown: String::new(),
            head: String::new(),
            snippet: String::new(),
            words: String::new(),
        };
        let mut stops = 0;
        let mut hole: Option<String> = None;
        let mut chars = template.chars().peekable();
        while let Some(c) = chars.next() {
            match (&mut hole, c) {
                (Some(words), '}') => {
                    stops += 1;
                    filled.shown.push_str(words);
                    filled.snippet.push_str(&stop(stops, words));
                    hole = None;
                }
                (Some(words), c) => words.push(c),
                (None, '{') if chars.peek() != Some(&'{') => hole = Some(String::new()),
                (None, c) => {
                    if matches!(c, '{' | '}') {
                        chars.next();
                    }
                    filled.shown.push(c);
                    filled.words.push(c);
                    filled.snippet.push_str(&escaped(&c.to_string()));
                    if stops == 0 {
                        filled.head.push(c);
                    }
                }
            }
        }
        filled.shown = filled.shown.trim_end().to_owned();
        // Letters typed are looked for in what the list shows too: the year of an example is no
        // hindrance.
        filled.words = format!("{} {}", filled.words.trim(), filled.shown);
        filled
    }
}

/// A tab stop.
pub(crate) fn stop(number: usize, words: &str) -> String {
    format!("${{{number}:{}}}", escaped(words))
}

/// Text that stands in a snippet as it is.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
