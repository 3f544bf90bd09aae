//! The door of the room: an [`Asker`] over a compiled chronicle.

use annals_calendar::Settings;
use annals_chronicle::{Chronicle, ClaimId, When};
use annals_reason::Reasoner;
use annals_sentence::Matcher;
use annals_text::{Files, Report, Span};

use crate::answer::{Answer, SCHEMA, TimeShown};
use crate::question::{Form, split};

/// Reads the date of a question. The room that resolves dates is not known here; whoever puts the
/// rooms together hands it in.
pub trait ReadWhen: Sync {
    /// The conditions a date's words stand for, or a report that points at them.
    fn read_when(&self, text: &str, span: Span) -> Result<When, Report>;
}

/// A text and the place it has in a file made for it, so that reports can point into it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'t> {
    /// The text.
    pub text: &'t str,
    /// Its place; `text` is what stands there.
    pub span: Span,
}

impl<'t> Asked<'t> {
    /// The text of a whole virtual file.
    pub fn new(text: &'t str, span: Span) -> Asked<'t> {
        Asked { text, span }
    }

    /// A part of the text without the blanks around it.
    pub(crate) fn part(&self, start: usize, end: usize) -> Asked<'t> {
        let text = self.text.get(start..end).unwrap_or("");
        let from = start + (text.len() - text.trim_start().len());
        let text = text.trim();
        let first = self.span.start + from as u32;
        Asked {
            text,
            span: Span::new(self.span.file, first, first + text.len() as u32),
        }
    }
}

/// Asks a compiled chronicle.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    pub(crate) chronicle: &'a Chronicle,
    pub(crate) files: &'a Files,
    pub(crate) matcher: &'a Matcher,
    pub(crate) settings: &'a Settings,
    pub(crate) reasoner: &'a Reasoner,
    pub(crate) dates: &'a dyn ReadWhen,
    /// Claims from here on belong to the question, not to the chronicle.
    pub(crate) own_claims_end: ClaimId,
}

impl<'a> Asker<'a> {
    /// An asker over a chronicle, the files it was read from, and its reasoner.
    pub fn new(
        chronicle: &'a Chronicle,
        files: &'a Files,
        matcher: &'a Matcher,
        settings: &'a Settings,
        reasoner: &'a Reasoner,
        dates: &'a dyn ReadWhen,
    ) -> Asker<'a> {
        Asker {
            chronicle,
            files,
            matcher,
            settings,
            reasoner,
            dates,
            own_claims_end: ClaimId(chronicle.claims.len() as u32),
        }
    }

    /// Answers a question in any of its forms.
    pub fn ask(&self, question: Asked) -> Result<Answer, Vec<Report>> {
        let whole = question.part(0, question.text.len());
        let parts = split(whole);
        match parts.form {
            Form::When => self.ask_when(whole, parts.rest),
            Form::HowLong => self.ask_how_long(whole, parts.rest),
            Form::HowMany => self.ask_how_many(whole, parts.rest),
            Form::Order => self.ask_order(whole, parts.rest),
            Form::Relation => self.ask_relation(whole, parts.rest),
            Form::Pairs => self.ask_pairs(whole, parts.rest),
            Form::Why => self.why(parts.rest),
            Form::WhyNot => self.ask_why_not(whole, parts.rest),
            Form::WhoCould => self.ask_who_could(whole, parts.rest),
            Form::Dated(date) => self.ask_dated(whole, date, parts.rest),
            Form::Undated => self.ask_history(whole, parts.rest),
        }
    }

    /// Answers `when: …` given without the word: a label such as `#fall`, or a sentence.
    pub fn when(&self, asked: Asked) -> Result<Answer, Vec<Report>> {
        let whole = asked.part(0, asked.text.len());
        self.ask_when(whole, whole)
    }

    pub(crate) fn answer(&self, question: Asked, time: Option<TimeShown>) -> Answer {
        Answer {
            schema: SCHEMA,
            question: question.text.to_owned(),
            time,
            results: vec![],
            notes: vec![],
        }
    }
}
