//! The chronicle as text, for people and for stage tests: stable, in document order.

mod geography;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use annals_calendar::{Calendar, Settings, print_days};
use annals_chronicle::{
    Chronicle, Claim, DaySet, EntityId, Event, EventId, EventKind, Mode, Sentence,
};
use annals_sentence::{listed, sentence_words};
use annals_text::Files;

use crate::describe::describe_claim;
use crate::when::calendar_days;

/// Writes everything resolve has understood. Vocabulary is shown only where a claim uses it.
pub fn dump(files: &Files, chronicle: &Chronicle) -> String {
    let mut printer = Printer::new(files, chronicle);
    printer.head();
    printer.vocabulary();
    printer.sources();
    printer.entities();
    printer.roads();
    printer.sections();
    printer.events();
    for claim in &chronicle.claims {
        printer.claim(claim);
    }
    printer.choices();
    printer.grids();
    printer.out
}

struct Printer<'c> {
    files: &'c Files,
    chronicle: &'c Chronicle,
    settings: Settings,
    /// Names that several things share, which need their kind.
    shared: BTreeSet<&'c str>,
    out: String,
}

impl<'c> Printer<'c> {
    fn new(files: &'c Files, chronicle: &'c Chronicle) -> Printer<'c> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for entity in chronicle.entities.iter().filter(|e| !e.words) {
            *counts.entry(&entity.name).or_default() += 1;
        }
        Printer {
            files,
            chronicle,
            settings: Settings {
                calendar: Calendar::parse(&chronicle.calendar).unwrap_or_default(),
                ..Settings::default()
            },
            shared: counts
                .into_iter()
                .filter(|(_, n)| *n > 1)
                .map(|(name, _)| name)
                .collect(),
            out: String::new(),
        }
    }

    fn line(&mut self, indent: usize, words: &str) {
        self.out.push_str(&"  ".repeat(indent));
        self.out.push_str(words);
        self.out.push('\n');
    }

    fn name(&self, id: EntityId) -> String {
        let entity = &self.chronicle.entities[id.index()];
        if entity.words {
            format!("\"{}\"", entity.name)
        } else if self.shared.contains(entity.name.as_str()) {
            let kind = &self.chronicle.vocabulary.kinds[entity.kind.index()].name;
            format!("{} ({kind})", entity.name)
        } else {
            entity.name.clone()
        }
    }

    fn names(&self, ids: &[EntityId]) -> String {
        listed(
            &ids.iter().map(|id| self.name(*id)).collect::<Vec<_>>(),
            "and",
        )
    }

    fn days(&self, days: &DaySet) -> String {
        print_days(&calendar_days(days), &self.settings)
    }

    fn head(&mut self) {
        let title = self.chronicle.title.as_deref().unwrap_or("without a title");
        self.line(0, &format!("chronicle \"{title}\""));
        self.line(1, &format!("calendar {}", self.chronicle.calendar));
        if let Some((first, last)) = self.chronicle.covers {
            let (first, last) = (DaySet::day(first), DaySet::day(last));
            let words = format!("covers {} to {}", self.days(&first), self.days(&last));
            self.line(1, &words);
        }
    }

    fn vocabulary(&mut self) {
        let (mut relations, mut events) = (BTreeSet::new(), BTreeSet::new());
        for claim in &self.chronicle.claims {
            match &claim.sentence {
                Sentence::Happens { event_type, .. } => {
                    events.insert(*event_type);
                }
                Sentence::Holds { relation, .. } => {
                    relations.insert(*relation);
                }
                Sentence::Text(_) => {}
            }
        }
        self.line(0, "vocabulary used");
        for id in relations {
            let of = &self.chronicle.vocabulary.relations[id.index()];
            let roles: Vec<&str> = of.roles.iter().map(|r| r.name.as_str()).collect();
            self.line(1, &format!("relation {} ({})", of.name, roles.join(", ")));
        }
        for id in events {
            let of = &self.chronicle.vocabulary.event_types[id.index()];
            let roles: Vec<&str> = of.roles.iter().map(|r| r.name.as_str()).collect();
            let lasting = if of.lasting { ", lasting" } else { "" };
            self.line(
                1,
                &format!("event {} ({}){lasting}", of.name, roles.join(", ")),
            );
        }
    }

    fn sources(&mut self) {
        self.line(0, "sources");
        for source in &self.chronicle.sources {
            let fields: Vec<String> = source
                .fields
                .iter()
                .map(|(k, v)| format!("{k} \"{v}\""))
                .collect();
            let key = if source.is_file {
                format!("the file {}", source.key)
            } else {
                format!("@{}", source.key)
            };
            self.line(1, format!("{key} {}", fields.join(", ")).trim_end());
        }
        for preference in &self.chronicle.preferences {
            let key = |id: annals_chronicle::SourceId| &self.chronicle.sources[id.index()].key;
            let words = format!(
                "prefer @{} over @{}",
                key(preference.better),
                key(preference.worse)
            );
            self.line(1, &words);
        }
    }

    fn entities(&mut self) {
        self.line(0, "things");
        for entity in self.chronicle.entities.iter().filter(|e| !e.words) {
            let kind = &self.chronicle.vocabulary.kinds[entity.kind.index()].name;
            let mut words = format!("{kind} {}", entity.name);
            if !entity.names.is_empty() {
                let names: Vec<&str> = entity.names.iter().map(|n| n.text.as_str()).collect();
                words.push_str(&format!(", also {}", names.join(", ")));
            }
            if let Some(place) = entity.place {
                words.push_str(&format!(", at {}", geography::point(place)));
            }
            if entity.unnamed {
                words.push_str(", unnamed");
            }
            self.line(1, &words);
            self.geography(&entity.geography);
        }
        for identity in &self.chronicle.identities {
            let doubt = if identity.doubted { " ?" } else { "" };
            let says = self.says(&identity.attestations);
            let (a, b) = (self.name(identity.a), self.name(identity.b));
            self.line(
                1,
                format!("{a} is the same as {b}{doubt} {says}").trim_end(),
            );
        }
    }

    fn sections(&mut self) {
        if self.chronicle.sections.is_empty() {
            return;
        }
        self.line(0, "sections");
        for section in &self.chronicle.sections {
            let within = section.within.as_ref().map(|w| format!(" within {w}"));
            let words = format!("\"{}\"{}", section.title, within.unwrap_or_default());
            self.line(1, &words);
        }
    }

    fn events(&mut self) {
        self.line(0, "events");
        for event in &self.chronicle.events {
            self.line(1, &self.event_line(event));
        }
    }

    fn event_line(&self, event: &Event) -> String {
        let kind = match (event.kind, event.lasting) {
            (EventKind::Occurrence, false) => "happens",
            (EventKind::Occurrence, true) => "lasts",
            (EventKind::Mention, false) => "is mentioned",
            (EventKind::Mention, true) => "is mentioned over a time",
        };
        let claims: Vec<String> = event.claims.iter().map(|c| (c.0 + 1).to_string()).collect();
        let claim = if claims.len() == 1 { "claim" } else { "claims" };
        let name = self.event_name(event.id);
        format!("{name} {kind}, {claim} {}", claims.join(", "))
    }

    fn event_name(&self, id: EventId) -> String {
        match &self.chronicle.events[id.index()].label {
            Some(label) => format!("#{label}"),
            None => format!("event {}", id.0 + 1),
        }
    }

    fn claim(&mut self, claim: &Claim) {
        let place = self.files.place(claim.span);
        let draft = if claim.draft { ", draft" } else { "" };
        let of = self.event_name(claim.event);
        self.line(
            0,
            &format!("claim {} at {place}, of {of}{draft}", claim.id.0 + 1),
        );
        let vocabulary = &self.chronicle.vocabulary;
        let plural = |things: &[EntityId]| match things {
            [only] => self.chronicle.entities[only.index()].plural,
            several => several.len() > 1,
        };
        let name = |id, _: &_| self.name(id);
        let sentence = sentence_words(vocabulary, &claim.sentence, &name, &plural);
        let doubt = if claim.doubted { " ?" } else { "" };
        self.line(
            1,
            &format!("says {}{sentence}{doubt}", mode_words(claim.mode)),
        );
        self.line(
            1,
            &format!("read {}", describe_claim(self.chronicle, claim.id)),
        );
        if claim.when.conditions.is_empty() {
            self.line(1, "when undated");
        }
        for condition in &claim.when.conditions {
            let words = self.condition(condition);
            self.line(1, &words);
        }
        for detail in &claim.details {
            let words = self.detail(detail);
            self.line(1, &words);
        }
        let says = self.says(&claim.attestations);
        self.line(1, &format!("by {says}"));
    }

    fn choices(&mut self) {
        for choice in &self.chronicle.choices {
            let names: Vec<String> = choice.events.iter().map(|e| self.event_name(*e)).collect();
            let says = self.says(&choice.attestations);
            self.line(0, &format!("one of {} by {says}", names.join(", ")));
        }
    }

    fn grids(&mut self) {
        for grid in &self.chronicle.grids {
            if let (Some(first), Some(last)) = (grid.starts.first(), grid.starts.last())
                && let Some(days) =
                    DaySet::range(Some(*first), Some(annals_chronicle::Day(last.0 - 1)))
            {
                let cells = grid.starts.len() - 1;
                let words = format!("{cells} cells of a {}, {}", grid.unit, self.days(&days));
                self.line(0, &words);
            }
        }
    }
}

fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::Asserted => "",
        Mode::Denied => "not: ",
        Mode::UnknownWhether => "unknown whether ",
        Mode::Attempted => "attempted: ",
        Mode::Planned => "planned: ",
        Mode::Ordered => "ordered: ",
        Mode::Expected => "expected: ",
        Mode::Refused => "refused: ",
    }
}
