//! What findings are told in: the chronicle's calendar, its text and the vocabulary's patterns.

use annals_calendar::{Days, print_days};
use annals_chronicle::{Day, DaySet, EntityId, RelationId};
use annals_reason::{Reasoner, Words};
use annals_resolve::Resolved;
use annals_sentence::{Target, phrase_agreeing};
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

    fn relation(&self, relation: RelationId, things: &[Option<EntityId>]) -> String {
        let chronicle = &self.resolved.chronicle;
        // In a sentence the slot decides between things that share a name.
        let entity = |id: &EntityId| &chronicle.entities[id.index()];
        let names: Vec<Option<String>> = things
            .iter()
            .map(|thing| {
                let id = thing.as_ref()?;
                let whole = chronicle.name_of(*id);
                // Quoted words keep their quotes.
                Some(match whole.starts_with('"') {
                    true => whole,
                    false => entity(id).name.clone(),
                })
            })
            .collect();
        let plural = |slot: u32| match things.get(slot as usize) {
            Some(Some(id)) => entity(id).plural,
            _ => false,
        };
        let target = Target::Relation(relation);
        phrase_agreeing(&chronicle.vocabulary, &target, &names, &plural)
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
