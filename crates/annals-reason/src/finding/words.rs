//! Naming claims, moments, states and days in what is told of them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use annals_chronicle::{
    Attestation, Claim, ClaimId, Day, DayRange, DaySet, Edge, EntityId, EventId, Fluent, Moment,
    RelationId,
};
use annals_network::{Domain, HORIZON, Var};
use annals_text::{FileId, Span};

use crate::component::Component;
use crate::encode::Encoded;

/// Longest quotation of a line inside a sentence, in characters.
const QUOTED: usize = 70;

/// What the engine cannot say by itself: dates in the chronicle's calendar, the text, and the
/// patterns of the vocabulary.
pub trait Words {
    /// Days in the shortest exact words: `644`, `no later than 644-10-26`.
    fn days(&self, days: &DaySet) -> String;
    /// The text of a place.
    fn text(&self, span: Span) -> String;
    /// The name of the file of a place, and its line.
    fn line(&self, span: Span) -> (String, u32);
    /// A relation with things in its slots, `?` where there is none.
    fn relation(&self, relation: RelationId, things: &[Option<EntityId>]) -> String;
}

/// Tells one report: a thing is introduced once and then called by its label.
pub(super) struct Narrator<'a> {
    pub reasoner: &'a Component,
    pub words: &'a dyn Words,
    /// The file the report stands in: lines of other files are named with it.
    pub file: Option<FileId>,
    introduced: RefCell<BTreeSet<EventId>>,
}

impl<'a> Narrator<'a> {
    pub fn new(reasoner: &'a Component, words: &'a dyn Words, file: Option<FileId>) -> Self {
        Narrator {
            reasoner,
            words,
            file,
            introduced: RefCell::default(),
        }
    }

    pub fn claim(&self, id: ClaimId) -> &'a Claim {
        &self.reasoner.chronicle.claims[id.index()]
    }

    /// `line 12`, or `line 12 of sources.annals` from another file.
    pub fn line(&self, span: Span) -> String {
        let (file, line) = self.words.line(span);
        if self.file == Some(span.file) {
            format!("line {line}")
        } else {
            format!("line {line} of {file}")
        }
    }

    /// A sentence of the text between backticks, shortened where it is long.
    pub fn quoted(&self, span: Span) -> String {
        let text = self.words.text(span);
        let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let one = one.trim_end_matches('.').replace('`', "'");
        if one.chars().count() <= QUOTED {
            return format!("`{one}`");
        }
        let cut: String = one.chars().take(QUOTED).collect();
        let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
        format!("`{cut} …`")
    }

    /// `#fall` with its sentence the first time, else the sentence and its line.
    pub fn event(&self, id: EventId) -> String {
        let event = &self.reasoner.chronicle.events[id.index()];
        let first = self.claim(event.claims[0]);
        let first_time = self.introduced.borrow_mut().insert(id);
        match (&event.label, first_time) {
            (Some(label), true) => format!("#{label} ({})", self.quoted(first.sentence_span)),
            (Some(label), false) => format!("#{label}"),
            (None, _) => format!(
                "{} ({})",
                self.quoted(first.sentence_span),
                self.line(first.sentence_span)
            ),
        }
    }

    /// The moment of a variable: an event, the start or the end of one that lasts, or the days of
    /// what holds throughout.
    pub fn moment(&self, encoded: &Encoded, var: Var) -> Option<String> {
        let Some(moment) = moment_of(encoded, var) else {
            let bearing = encoded.bearings.iter().find(|b| b.var == var)?;
            let claims = bearing.needs.iter();
            let claim = claims
                .filter_map(|p| self.reasoner.premises.claim(*p))
                .next()?;
            let held = self.event(self.claim(claim).event);
            return Some(format!("the days of {held}"));
        };
        let event = self.event(moment.event);
        Some(if !encoded.moments.lasts(moment.event) {
            event
        } else if moment.edge == Edge::Start {
            format!("the start of {event}")
        } else {
            format!("the end of {event}")
        })
    }

    /// A state in the words of the vocabulary, between backticks.
    pub fn state(&self, fluent: &Fluent) -> String {
        let things: Vec<Option<EntityId>> = fluent.roles.iter().map(|e| Some(*e)).collect();
        format!("`{}`", self.words.relation(fluent.relation, &things))
    }

    pub fn name(&self, entity: EntityId) -> String {
        // In a sentence the slot decides between things that share a name; quoted words keep
        // their quotes.
        let chronicle = &self.reasoner.chronicle;
        let whole = chronicle.name_of(entity);
        match whole.starts_with('"') {
            true => whole,
            false => chronicle.entities[entity.index()].name.clone(),
        }
    }

    /// Who says it: `@xts, 2-20a`; nothing for what the file itself says.
    pub fn who(&self, attestations: &[Attestation]) -> Option<String> {
        let sources = &self.reasoner.chronicle.sources;
        let told: Vec<String> = attestations
            .iter()
            .filter(|a| !sources[a.source.index()].is_file)
            .map(|a| {
                let locator = a.locator.iter().map(|l| format!(", {l}"));
                let via = a
                    .via
                    .iter()
                    .map(|v| format!(" via @{}", sources[v.index()].key));
                let rest: String = locator.chain(via).collect();
                format!("@{}{rest}", sources[a.source.index()].key)
            })
            .collect();
        (!told.is_empty()).then(|| listed(&told, "and"))
    }

    /// Days after a form of `to be`: `on 644-10-26`, `in 640`, `no later than 641`.
    pub fn when(&self, days: &Domain) -> String {
        let Some(set) = day_set(days) else {
            return "on no day".to_owned();
        };
        if set.ranges().len() == 1 && set.is_all() {
            return "on any day".to_owned();
        }
        let words = self.words.days(&set);
        match set.single() {
            Some(_) => format!("on {words}"),
            None if words.starts_with(|c: char| c.is_ascii_digit()) && !words.contains(" to ") => {
                format!("in {words}")
            }
            None => words,
        }
    }
}

/// The moment a variable stands for; `None` for helpers.
pub(crate) fn moment_of(encoded: &Encoded, var: Var) -> Option<Moment> {
    let (event, starts, _) = encoded.moments.event_of(var)?;
    let edge = if starts { Edge::Start } else { Edge::End };
    Some(Moment { event, edge })
}

fn day_set(days: &Domain) -> Option<DaySet> {
    // Labels this far out come from the horizon and no date.
    let open = |day: i64| {
        (day.abs() < HORIZON / 2)
            .then(|| i32::try_from(day).ok().map(Day))
            .flatten()
    };
    let ranges = days.ranges().iter().map(|(first, last)| DayRange {
        first: open(*first),
        last: open(*last),
    });
    DaySet::from_ranges(ranges)
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// Small numbers in words.
pub(super) fn number(n: usize) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .get(n)
        .map_or_else(|| n.to_string(), |w| (*w).to_string())
}
