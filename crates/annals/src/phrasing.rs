//! What findings are told in: the chronicle's calendar, its text and the vocabulary's patterns.

use annals_calendar::{Days, print_days};
use annals_chronicle::{Day, DaySet, RelationId};
use annals_reason::{Reasoner, Words};
use annals_resolve::Resolved;
use annals_sentence::{Target, phrase};
use annals_text::{Files, Report, Span};

/// Reports of the engine, in words.
pub(crate) fn findings(files: &Files, resolved: &Resolved, reasoner: &Reasoner) -> Vec<Report> {
    reasoner.reports(&Phrasing { files, resolved })
}

struct Phrasing<'a> {
    files: &'a Files,
    resolved: &'a Resolved,
}

impl Words for Phrasing<'_> {
    fn days(&self, days: &DaySet) -> String {
        days_in_words(days, self.resolved)
    }

    fn text(&self, span: Span) -> String {
        self.files.slice(span).to_owned()
    }

    fn line(&self, span: Span) -> (String, u32) {
        let file = self.files.get(span.file);
        (file.name.clone(), file.position(span.start).line)
    }

    fn relation(&self, relation: RelationId, names: &[Option<String>]) -> String {
        let vocabulary = &self.resolved.chronicle.vocabulary;
        phrase(vocabulary, &Target::Relation(relation), names)
    }
}

/// Days in the chronicle's calendar, in the shortest exact words.
pub(crate) fn days_in_words(set: &DaySet, resolved: &Resolved) -> String {
    let number = |day: Option<Day>| day.map(|day| i64::from(day.0));
    let ranges = set
        .ranges()
        .iter()
        .map(|r| (number(r.first), number(r.last)));
    let days = Days::from_ranges(ranges).unwrap_or_else(Days::all);
    print_days(&days, &resolved.settings)
}
