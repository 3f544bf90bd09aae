//! Days, things, states and claims in words.
//!
//! Sentences come from the vocabulary's own patterns, days from the calendar room; nothing here
//! knows a verb.

use annals_calendar::{Days, print_day, print_days};
use annals_chronicle::{
    Argument, Claim, ClaimId, Day, DayRange, DaySet, Edge, EntityId, EventId, Filler, Fluent, Mode,
    Moment, RoleContent, Sentence, Template,
};
use annals_sentence::{Target, phrase};
use annals_text::{Span, TextFile};

use crate::answer::{DayShown, DaysShown, FluentShown, RangeShown, RoleShown};
use crate::ask::Asker;

impl Asker<'_> {
    pub(crate) fn day(&self, day: Day) -> DayShown {
        DayShown {
            jdn: day.0,
            text: print_day(i64::from(day.0), self.settings),
        }
    }

    pub(crate) fn days(&self, set: &DaySet) -> DaysShown {
        let ranges = set.ranges();
        DaysShown {
            words: self.days_words(set),
            exact: joined_by_or(ranges.iter().map(|r| self.exact_range(r))),
            ranges: ranges
                .iter()
                .map(|r| RangeShown {
                    first: r.first.map(|d| self.day(d)),
                    last: r.last.map(|d| self.day(d)),
                })
                .collect(),
        }
    }

    /// The shortest exact words: `644`, `658 or 659`.
    pub(crate) fn days_words(&self, set: &DaySet) -> String {
        let ranges = set.ranges().iter().map(|r| {
            let end = |d: Option<Day>| d.map(|d| i64::from(d.0));
            (end(r.first), end(r.last))
        });
        Days::from_ranges(ranges).map_or_else(
            || "any day".to_owned(),
            |days| print_days(&days, self.settings),
        )
    }

    /// Words that can follow `since`, `on`: a hull is introduced by `some day`.
    pub(crate) fn days_after_preposition(&self, set: &DaySet) -> String {
        if set.is_all() {
            return "a day unknown".to_owned();
        }
        let words = self.days_words(set);
        if words.starts_with("between ") || words.starts_with("no ") {
            format!("some day {words}")
        } else {
            words
        }
    }

    fn exact_range(&self, range: &DayRange) -> String {
        let print = |d: Day| print_day(i64::from(d.0), self.settings);
        match (range.first, range.last) {
            (None, None) => "any day".to_owned(),
            (Some(first), None) => format!("from {}", print(first)),
            (None, Some(last)) => format!("until {}", print(last)),
            (Some(first), Some(last)) if first == last => print(first),
            (Some(first), Some(last)) => format!("{} to {}", print(first), print(last)),
        }
    }

    /// A thing's display name. A number beyond the chronicle's list is a fault elsewhere; it is
    /// shown rather than hidden.
    pub(crate) fn name(&self, id: EntityId) -> String {
        if id.index() < self.chronicle.entities.len() {
            self.chronicle.name_of(id)
        } else {
            format!("thing {}", id.0)
        }
    }

    /// The name of a thing's kind.
    pub(crate) fn kind_name(&self, id: EntityId) -> String {
        let entity = self.chronicle.entities.get(id.index());
        entity
            .and_then(|e| self.chronicle.vocabulary.kinds.get(e.kind.index()))
            .map_or_else(String::new, |k| k.name.clone())
    }

    pub(crate) fn fluent_words(&self, fluent: &Fluent) -> String {
        let names: Vec<Option<String>> = fluent.roles.iter().map(|e| Some(self.name(*e))).collect();
        self.relation_words(fluent.relation, &names)
    }

    pub(crate) fn relation_words(
        &self,
        relation: annals_chronicle::RelationId,
        names: &[Option<String>],
    ) -> String {
        phrase(
            &self.chronicle.vocabulary,
            &Target::Relation(relation),
            names,
        )
    }

    pub(crate) fn fluent_shown(&self, fluent: &Fluent) -> FluentShown {
        let relation = &self.chronicle.vocabulary.relations[fluent.relation.index()];
        FluentShown {
            relation: relation.name.clone(),
            roles: relation
                .roles
                .iter()
                .zip(&fluent.roles)
                .map(|(role, id)| RoleShown {
                    role: role.name.clone(),
                    name: self.name(*id),
                    of_kind: self.kind_name(*id),
                })
                .collect(),
        }
    }

    pub(crate) fn filler_words(&self, filler: &Filler) -> Option<String> {
        match filler {
            Filler::Unfilled => None,
            Filler::Entities(ids) => Some(self.names_joined(ids, "and")),
            Filler::OneOf(ids) => Some(self.names_joined(ids, "or")),
            Filler::Text(words) => Some(format!("\"{words}\"")),
            Filler::Number(figure) => Some(figure.written.clone()),
        }
    }

    pub(crate) fn names_joined(&self, ids: &[EntityId], last: &str) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.name(*id)).collect();
        listed(&names, last)
    }

    /// A sentence in the vocabulary's own words.
    pub(crate) fn sentence_words(&self, sentence: &Sentence) -> String {
        let (target, roles, tail) = match sentence {
            Sentence::Happens {
                event_type,
                roles,
                tail,
            } => (Target::Event(*event_type), roles, tail),
            Sentence::Holds {
                relation,
                roles,
                tail,
            } => (Target::Relation(*relation), roles, tail),
            Sentence::Text(words) => return format!("\"{words}\""),
        };
        let names: Vec<Option<String>> = roles.iter().map(|f| self.filler_words(f)).collect();
        let mut words = phrase(&self.chronicle.vocabulary, &target, &names);
        for (circumstance, filler) in tail {
            let name = self
                .chronicle
                .vocabulary
                .circumstances
                .get(circumstance.index());
            if let (Some(circumstance), Some(filler)) = (name, self.filler_words(filler)) {
                words.push_str(&format!(" {} {filler}", circumstance.name));
            }
        }
        words
    }

    /// A template filled from a claim's roles: `Long Lipozhun is ruler of any`.
    pub(crate) fn template_words(&self, template: &Template, roles: &[Filler]) -> String {
        let names: Vec<Option<String>> = template
            .arguments
            .iter()
            .map(|argument| match argument {
                Argument::Role(i) => roles
                    .get(*i as usize)
                    .and_then(|f| self.filler_words(f))
                    .or_else(|| Some("somebody".to_owned())),
                Argument::Any => Some("any".to_owned()),
            })
            .collect();
        self.relation_words(template.relation, &names)
    }

    /// The claim's date and sentence as written, on one line.
    pub(crate) fn claim_words(&self, claim: &Claim) -> String {
        let span = if claim.sentence_span.file == claim.span.file
            && claim.sentence_span.end > claim.span.start
        {
            Span::new(
                claim.span.file,
                claim.span.start,
                claim.sentence_span.end.min(claim.span.end),
            )
        } else {
            claim.span
        };
        let written = self.slice(span);
        let first_line = written.trim().lines().next().unwrap_or("");
        let words = one_line(first_line);
        if words.is_empty() {
            self.sentence_words(&claim.sentence)
        } else {
            words
        }
    }

    pub(crate) fn claim(&self, id: ClaimId) -> &Claim {
        &self.chronicle.claims[id.index()]
    }

    /// The first claim of an event, which gives it its sentence.
    pub(crate) fn first_claim(&self, event: EventId) -> Option<&Claim> {
        let id = self
            .chronicle
            .events
            .get(event.index())?
            .claims
            .first()
            .copied()?;
        self.chronicle.claims.get(id.index())
    }

    /// `#fall`, else the sentence, else `file:line`.
    pub(crate) fn event_words(&self, event: EventId) -> String {
        if self.is_probe(event) {
            return "the time asked about".to_owned();
        }
        let Some(known) = self.chronicle.events.get(event.index()) else {
            return format!("event {}", event.0);
        };
        let sentence = self
            .first_claim(event)
            .map(|c| self.sentence_words(&c.sentence))
            .unwrap_or_default();
        match &known.label {
            Some(label) => format!("“{sentence}” (#{label})"),
            None => format!("“{sentence}” ({})", self.place(known.span)),
        }
    }

    /// Whether an event was added by the question itself.
    pub(crate) fn is_probe(&self, event: EventId) -> bool {
        self.first_claim(event)
            .is_some_and(|c| c.id >= self.own_claims_end)
    }

    /// The days a moment may have.
    pub(crate) fn moment_days(&self, moment: Moment) -> DaySet {
        self.reasoner.bounds(moment).days
    }

    /// `the start of #x`, `#x`, and its days: `“…” (#x), in 632`.
    pub(crate) fn moment_words(&self, moment: Moment) -> String {
        let event = self.event_words(moment.event);
        let days = self.days_words(&self.moment_days(moment));
        let lasting = self
            .chronicle
            .events
            .get(moment.event.index())
            .is_some_and(|e| e.lasting);
        match moment.edge {
            Edge::Start if lasting => format!("the start of {event}, {days}"),
            Edge::End if lasting => format!("the end of {event}, {days}"),
            Edge::Start | Edge::End => format!("{event}, {days}"),
        }
    }

    fn text_file(&self, span: Span) -> Option<&TextFile> {
        self.files
            .iter()
            .find(|(id, _)| *id == span.file)
            .map(|(_, f)| f)
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text_file(span)
            .and_then(|f| f.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    /// The file and line of a place; the line is 0 where the file is not known.
    pub(crate) fn file_and_line(&self, span: Span) -> (String, u32) {
        match self.text_file(span) {
            Some(file) => (file.name.clone(), file.position(span.start).line),
            None => ("question".to_owned(), 0),
        }
    }

    /// `file:line`
    pub(crate) fn place(&self, span: Span) -> String {
        let (file, line) = self.file_and_line(span);
        format!("{file}:{line}")
    }

    /// What is said when nothing fills a role: people are missed as `nobody`.
    pub(crate) fn nobody(&self, content: &RoleContent) -> &'static str {
        let vocabulary = &self.chronicle.vocabulary;
        let living = |name: &str| name == "actor" || name == "person";
        let people = match content {
            RoleContent::Kinds(kinds) => kinds.iter().any(|kind| {
                let above = vocabulary.kinds.iter().enumerate();
                above
                    .filter(|(_, k)| living(&k.name))
                    .any(|(i, _)| vocabulary.is_a(*kind, annals_chronicle::KindId(i as u32)))
            }),
            RoleContent::Any => true,
            RoleContent::Text | RoleContent::Number => false,
        };
        if people {
            "nobody is recorded"
        } else {
            "nothing is recorded"
        }
    }
}

/// The word for a mode.
pub(crate) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Asserted => "asserted",
        Mode::Denied => "denied",
        Mode::UnknownWhether => "unknown whether",
        Mode::Attempted => "attempted",
        Mode::Planned => "planned",
        Mode::Ordered => "ordered",
        Mode::Expected => "expected",
        Mode::Refused => "refused",
    }
}

/// Blanks and line breaks made single blanks.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

fn joined_by_or(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().join(" or ")
}
