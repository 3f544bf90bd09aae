//! Things, states and claims in words.
//!
//! Sentences come from the vocabulary's own patterns; nothing here knows a verb.

use annals_chronicle::{
    Argument, Claim, ClaimId, EntityId, EventId, Filler, Fluent, Mode, Role, RoleContent, Sentence,
    Template,
};
pub(crate) use annals_sentence::listed;
use annals_sentence::{Target, phrase, phrase_agreeing};
use annals_text::{Span, TextFile};

use crate::answer::{FluentShown, RoleShown};
use crate::ask::Asker;

impl Asker<'_> {
    /// A thing's display name. A number beyond the chronicle's list is a fault elsewhere; it is
    /// shown rather than hidden.
    pub(crate) fn name(&self, id: EntityId) -> String {
        if id.index() < self.chronicle.entities.len() {
            self.chronicle.name_of(id)
        } else {
            format!("thing {}", id.0)
        }
    }

    /// A thing's name in a slot: the bare name where the slot decides between things that share
    /// it, as it does in a sentence.
    pub(crate) fn name_in(&self, id: EntityId, content: &RoleContent) -> String {
        let entities = &self.chronicle.entities;
        let (Some(entity), RoleContent::Kinds(kinds)) = (entities.get(id.index()), content) else {
            return self.name(id);
        };
        let vocabulary = &self.chronicle.vocabulary;
        let sharing: Vec<_> = entities.iter().filter(|e| e.name == entity.name).collect();
        for kind in kinds {
            let mut fitting = sharing.iter().filter(|e| vocabulary.is_a(e.kind, *kind));
            match (fitting.next(), fitting.next()) {
                (None, _) => {}
                (Some(only), None) if only.id == id => return entity.name.clone(),
                _ => break,
            }
        }
        self.name(id)
    }

    /// Whether a verb after these is in the plural: there are several, or the text has it so.
    pub(crate) fn is_plural(&self, things: &[EntityId]) -> bool {
        match things {
            [only] => {
                let entity = self.chronicle.entities.get(only.index());
                entity.is_some_and(|e| e.plural)
            }
            several => several.len() > 1,
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
        let declared = &self.relation(fluent.relation).roles;
        let names: Vec<Option<String>> = fluent
            .roles
            .iter()
            .zip(declared)
            .map(|(e, role)| Some(self.name_in(*e, &role.content)))
            .collect();
        phrase_agreeing(
            &self.chronicle.vocabulary,
            &Target::Relation(fluent.relation),
            &names,
            &|slot| {
                let filler = fluent.roles.get(slot as usize);
                filler.is_some_and(|e| self.is_plural(&[*e]))
            },
        )
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
                    name: self.name_in(*id, &role.content),
                    of_kind: self.kind_name(*id),
                })
                .collect(),
        }
    }

    /// A filler in a slot; `None` where it is open.
    pub(crate) fn filler_words(&self, filler: &Filler, content: &RoleContent) -> Option<String> {
        annals_sentence::filler_words(filler, content, &|id, content| self.name_in(id, content))
    }

    pub(crate) fn names_joined(
        &self,
        ids: &[EntityId],
        content: &RoleContent,
        last: &str,
    ) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.name_in(*id, content)).collect();
        listed(&names, last)
    }

    /// A sentence in the vocabulary's own words.
    pub(crate) fn sentence_words(&self, sentence: &Sentence) -> String {
        let name = |id: EntityId, content: &RoleContent| self.name_in(id, content);
        let plural = |things: &[EntityId]| self.is_plural(things);
        annals_sentence::sentence_words(&self.chronicle.vocabulary, sentence, &name, &plural)
    }

    /// The slots of a relation or an event type.
    pub(crate) fn roles_of(&self, target: &Target) -> &[Role] {
        let vocabulary = &self.chronicle.vocabulary;
        match target {
            Target::Event(id) => &vocabulary.event_types[id.index()].roles,
            Target::Relation(id) => &vocabulary.relations[id.index()].roles,
        }
    }

    /// A template filled from a claim's roles: `Long Lipozhun is ruler of any`.
    pub(crate) fn template_words(&self, template: &Template, roles: &[Filler]) -> String {
        let declared = &self.relation(template.relation).roles;
        let names: Vec<Option<String>> = template
            .arguments
            .iter()
            .zip(declared)
            .map(|(argument, role)| match argument {
                Argument::Role(i) => roles
                    .get(*i as usize)
                    .and_then(|f| self.filler_words(f, &role.content))
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
pub(crate) const fn mode_word(mode: Mode) -> &'static str {
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
