//! What an article is found to say, before it is written down.

use std::ops::Range;

/// One claim to be reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Conditions of its date; none for `undated`.
    pub when: Vec<String>,
    /// `not`, `unknown whether`, `attempted` and so on.
    pub mode: Option<&'static str>,
    /// The sentence.
    pub sentence: String,
    /// Whether the text doubts it.
    pub doubted: bool,
    /// Whether the relation is timeless.
    pub timeless: bool,
    /// Whether it tells of one event, which other claims may refer to.
    pub event: bool,
    /// Its label, if other claims refer to it.
    pub label: Option<String>,
    /// What it tells of: its event type and what fills its roles, for telling one event twice.
    pub key: Vec<String>,
    /// The earlier statement that tells of the same event.
    pub same_as: Option<usize>,
    /// Details, as they are written.
    pub details: Vec<String>,
    /// The passage, in the words of the article.
    pub quote: String,
    /// Its bytes in the file.
    pub bytes: Range<usize>,
    /// The rule that read it, in words.
    pub rule: String,
    /// What the reader had to decide: whom a pronoun means.
    pub remarks: Vec<String>,
    /// Whom the article names as its own source.
    pub according_to: Option<String>,
    /// Things that it names, with the kind each has in it.
    pub uses: Vec<(usize, &'static str)>,
    /// The two things of which it only asks whether they are one.
    pub asks: Option<(usize, usize)>,
    /// The section of the draft.
    pub section: usize,
    /// Whether the text has gone beyond the time that its section's heading gives.
    pub later: bool,
    /// The number of the sentence it comes from; none for rows of the infobox.
    pub passage: Option<usize>,
    /// The stretches of its sentence that the rule went through; what of them is not found again in
    /// the claim is left out.
    pub reach: Vec<Range<usize>>,
    /// The stretches of its sentence whose words the claim holds in other words: `and later`.
    pub taken: Vec<Range<usize>>,
}

/// Something of the article that no claim holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its words.
    pub words: String,
    /// Its bytes in the file.
    pub bytes: Range<usize>,
    /// Why, where that is known.
    pub why: String,
}
