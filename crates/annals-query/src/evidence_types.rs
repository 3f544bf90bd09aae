//! How an answer names what it rests on: claims, sources, identities, assumptions.

use serde::Serialize;

/// What forces something, in words a reader can check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Claims, in document order.
    pub claims: Vec<ClaimShown>,
    /// Identifications of names.
    pub identities: Vec<IdentityShown>,
    /// `one of` statements.
    pub choices: Vec<ChoiceShown>,
    /// Assumptions, each a sentence without its full stop.
    pub assumptions: Vec<String>,
}

impl Evidence {
    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
            && self.identities.is_empty()
            && self.choices.is_empty()
            && self.assumptions.is_empty()
    }
}

/// A claim as an answer shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimShown {
    /// Its number in document order.
    pub claim: u32,
    /// The label of what it tells of, without `#`.
    pub label: Option<String>,
    /// The file it stands in.
    pub file: String,
    /// Its line, from one.
    pub line: u32,
    /// `file:line`
    pub place: String,
    /// Its date and sentence as written.
    pub words: String,
    /// Its sentence in the vocabulary's own words.
    pub sentence: String,
    /// `asserted`, `denied`, `unknown whether`, `attempted`, `planned`, `ordered`, `expected`,
    /// `refused`.
    pub mode: &'static str,
    /// The source itself doubts it.
    pub doubted: bool,
    /// Which parts of it are used: `that it happened`, `its date "632"`.
    pub uses: Vec<String>,
    /// The section whose window or source it takes.
    pub section: Option<String>,
    /// Who says so.
    pub sources: Vec<SourceShown>,
    /// The passage quoted, if one is given.
    pub passage: Option<String>,
}

/// A source that stands for a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceShown {
    /// Its key.
    pub key: String,
    /// Its title, if the bibliography gives one.
    pub title: Option<String>,
    /// Page, folio, chapter.
    pub locator: Option<String>,
    /// The key of the source through which it is known.
    pub via: Option<String>,
    /// Whether it stands for a file that cites nobody.
    pub is_file: bool,
    /// `@zztj, 197-23b, via @wp`
    pub words: String,
}

/// A claim that two names mean one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityShown {
    /// The one name.
    pub a: String,
    /// The other.
    pub b: String,
    /// Whether it is doubted.
    pub doubted: bool,
    /// `file:line`
    pub place: String,
    /// Who says so.
    pub sources: Vec<SourceShown>,
    /// In words.
    pub words: String,
}

/// A `one of` statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceShown {
    /// `exactly one of #a, #b happened`
    pub words: String,
    /// `file:line`
    pub place: String,
    /// Who says so.
    pub sources: Vec<SourceShown>,
}
