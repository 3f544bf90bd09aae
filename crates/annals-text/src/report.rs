//! What Annals has to say about a text.

use crate::span::Span;

/// How much a report weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Advice on form: nothing is wrong.
    Lint,
    /// A finding about history, such as two sources that disagree.
    Finding,
    /// The text cannot be read as it stands, or one source contradicts itself.
    Error,
}

impl Severity {
    /// The word rustc would print before the code.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Lint => "note",
            Severity::Finding => "warning",
            Severity::Error => "error",
        }
    }
}

/// A place the report speaks of, and what it says there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The bytes meant.
    pub span: Span,
    /// What is said of them; may be empty.
    pub words: String,
    /// Whether this is the place the report stands at; the first such label wins.
    pub primary: bool,
}

/// One replacement in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// What would mend the situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The proposal in words.
    pub words: String,
    /// The edits that carry it out; empty when only a person can.
    pub edits: Vec<Edit>,
    /// Whether `annals check --fix` may apply it unasked.
    pub safe: bool,
}

/// One report: a stable code, a headline that suffices alone, labels, notes and remedies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Kebab-case name of the situation, stable across releases.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// One line that suffices alone.
    pub headline: String,
    /// The places involved, in the order of the reasoning.
    pub labels: Vec<Label>,
    /// The reasoning in plain words, a note each.
    pub notes: Vec<String>,
    /// What would mend it.
    pub remedies: Vec<Remedy>,
    /// The question about history that a finding concerns, for showing those of one question
    /// together; empty for reports on the text.
    pub question: String,
    /// How many answers differ by what is believed here; 0 where nothing was counted.
    pub answers: usize,
}

impl Report {
    /// A report of an error.
    pub fn error(code: &'static str, headline: impl Into<String>) -> Report {
        Report::new(code, Severity::Error, headline)
    }

    /// A report of a finding.
    pub fn finding(code: &'static str, headline: impl Into<String>) -> Report {
        Report::new(code, Severity::Finding, headline)
    }

    /// A report of a lint.
    pub fn lint(code: &'static str, headline: impl Into<String>) -> Report {
        Report::new(code, Severity::Lint, headline)
    }

    /// A report of any severity.
    pub fn new(code: &'static str, severity: Severity, headline: impl Into<String>) -> Report {
        let headline = headline.into();
        Report {
            code,
            severity,
            headline,
            labels: vec![],
            notes: vec![],
            remedies: vec![],
            question: String::new(),
            answers: 0,
        }
    }

    /// Says which question about history the report concerns, and how many answers hang on it.
    pub fn concerning(mut self, question: impl Into<String>, answers: usize) -> Report {
        self.question = question.into();
        self.answers = answers;
        self
    }

    /// Adds the place the report stands at.
    pub fn at(mut self, span: Span, words: impl Into<String>) -> Report {
        self.labels.push(Label {
            span,
            words: words.into(),
            primary: true,
        });
        self
    }

    /// Adds a further place.
    pub fn also(mut self, span: Span, words: impl Into<String>) -> Report {
        self.labels.push(Label {
            span,
            words: words.into(),
            primary: false,
        });
        self
    }

    /// Adds a note of the reasoning.
    pub fn note(mut self, words: impl Into<String>) -> Report {
        self.notes.push(words.into());
        self
    }

    /// Adds a remedy without edits.
    pub fn help(mut self, words: impl Into<String>) -> Report {
        self.remedies.push(Remedy {
            words: words.into(),
            edits: vec![],
            safe: false,
        });
        self
    }

    /// Adds a remedy with edits; `safe` allows `check --fix` to apply it.
    pub fn fix(mut self, words: impl Into<String>, edits: Vec<Edit>, safe: bool) -> Report {
        self.remedies.push(Remedy {
            words: words.into(),
            edits,
            safe,
        });
        self
    }

    /// The place the report stands at: its first primary label, else its first label.
    pub fn place(&self) -> Option<Span> {
        let primary = self.labels.iter().find(|l| l.primary);
        primary.or(self.labels.first()).map(|l| l.span)
    }
}
