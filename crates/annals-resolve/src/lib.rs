//! From trees to a chronicle: names, dates, sentences.
//!
//! What comes in: the trees of all files and the vocabulary they declare. What goes out: a
//! [`Chronicle`] in which every name is an entity, every date a [`When`] and every sentence an
//! event or a state, with reports on what could not be understood. This is the last room that
//! sees syntax. What it refuses: to guess. A line it cannot read is left out under a report and
//! its neighbours still count; no line is passed over in silence.
//!
//! [`resolve`] runs the passes in this order, each a file of its own: the vocabulary of all files
//! (`vocabulary`), witnesses (`sources`), directives and sections (`frame`), declared things
//! (`declare`), the roads between them (`roads`), sentences (`claims`), labels (`events`), dates (`dates`, over the reader of
//! `when`), details (`details`), and what is odd but readable (`lints`). Declarations, labels and
//! vocabulary may stand anywhere: each pass sees all files before the next begins.

mod again;
mod assemble;
mod choices;
mod claims;
mod containment;
mod dates;
mod declare;
mod describe;
mod detail_values;
mod details;
mod dump;
mod events;
mod figures;
mod floats;
mod frame;
mod geography;
mod hanging;
mod identities;
mod length;
mod lints;
mod lunar;
mod movers;
mod outcomes;
mod place;
mod plural;
mod repair;
mod roads;
mod sources;
mod texts;
mod vocabulary;
mod when;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_calendar::Settings;
use annals_chronicle::{Chronicle, When};
use annals_sentence::Matcher;
use annals_syntax::Tree;
use annals_text::{Files, Report, Span};

pub use describe::describe_claim;
pub use dump::dump;
pub use vocabulary::VocabularyRead;

/// Everything resolve works on.
pub struct Input<'a> {
    /// The texts the trees were read from.
    pub files: &'a Files,
    /// The trees in reading order: the shipped vocabulary first, then the files of the chronicle.
    pub trees: &'a [Tree],
    /// How many of the first files and trees are the shipped vocabulary.
    pub shipped: usize,
    /// The entries of all bibliographies named in the trees.
    pub references: Vec<Reference>,
    /// What the project sets for all its files.
    pub project: ProjectSettings,
    /// Lines of claims to be taken as drafts, as if their file said so.
    pub drafts: BTreeSet<Span>,
    /// The vocabulary of a text much like this one, if such a one was resolved before.
    pub vocabulary: Option<Arc<VocabularyRead>>,
}

/// One entry of a bibliography.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Its citation key.
    pub key: String,
    /// Title, author, year and so on, in the order given.
    pub fields: Vec<(String, String)>,
    /// The bibliography's name as shown in reports.
    pub file: String,
    /// Where the entry stands, if the bibliography is among the files.
    pub span: Option<Span>,
}

/// What a project sets for all its files.
#[derive(Clone, Debug, Default)]
pub struct ProjectSettings {
    /// How dates are read: the calendar where no file names one, and the widths of vague dates.
    pub dates: Settings,
}

/// A chronicle and what is needed to read questions about it.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The chronicle.
    pub chronicle: Arc<Chronicle>,
    /// Reads sentences with the names and patterns of the chronicle.
    pub matcher: Matcher,
    /// How dates are read and printed.
    pub settings: Settings,
    /// The vocabulary as declared, for the next text that declares the same.
    pub vocabulary: Arc<VocabularyRead>,
}

/// Makes a chronicle of trees. Reports come in the order of the passes; errors never stop it.
pub fn resolve(input: Input<'_>) -> (Resolved, Vec<Report>) {
    assemble::assemble(input)
}

/// The chronicle with the quoted words of a question that no claim has said: things of which
/// nothing is recorded, as of a declared name that no claim speaks of. `None` where there are none.
pub fn with_new_words(resolved: &Resolved, texts: &[(&str, Span)]) -> Option<Chronicle> {
    texts::with_new(resolved, texts)
}

/// The keys of details that claims may have, as they are written: `force of`, `under`.
pub fn detail_keys() -> impl Iterator<Item = &'static str> {
    detail_values::KEYS.iter().map(|(key, _)| *key)
}

/// Reads the when of a question or of an assumed claim, by the rules of a chronicle's own lines.
///
/// `at #fall`, `646`, `between 648 and 658`: everything but `then` and its like, for a question
/// stands after no claim. `span` is where `text` stands; places in reports count from it.
///
/// # Errors
///
/// The first report on what cannot be read.
pub fn read_when(text: &str, span: Span, resolved: &Resolved) -> Result<When, Report> {
    when::read_alone(text, span, resolved)
}
