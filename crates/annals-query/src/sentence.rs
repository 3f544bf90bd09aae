//! The sentence of a question: which states or events are meant.
//!
//! What comes in: the sentence, read by the patterns of the vocabulary. What goes out: one
//! [`Meant`] for each thing asked: a list in a slot asks several. A final `?` after a complete
//! sentence is no hole; "Tang attacks ?" has one.

use annals_chronicle::{
    CircumstanceId, Constraint, EntityId, EventTypeId, Fluent, Relation, RelationId, RoleContent,
};
use annals_sentence::{Holes, Outcome, Reading, SlotContent, Target, text_key};
use annals_text::Report;

use crate::ask::{Asked, Asker};
use crate::question::without_final_mark;

/// What stands in a slot of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// This thing.
    One(EntityId),
    /// These things together.
    Together(Vec<EntityId>),
    /// A `?`: who or what?
    Hole,
    /// Left out: whoever it was.
    Open,
    /// Words or a figure.
    Words(String),
}

/// A state or an event asked about.
#[derive(Clone, Debug)]
pub(crate) enum Meant {
    /// A state.
    State {
        /// Its relation.
        relation: RelationId,
        /// Its slots.
        slots: Vec<Slot>,
    },
    /// An event.
    Event {
        /// Its type.
        event_type: EventTypeId,
        /// Its slots.
        slots: Vec<Slot>,
        /// Circumstances from the tail.
        tail: Vec<(CircumstanceId, Slot)>,
    },
}

impl Asker<'_> {
    /// Everything a sentence may mean, in the order of the matcher.
    pub(crate) fn read_sentence(&self, sentence: Asked<'_>) -> Result<Vec<Meant>, Vec<Report>> {
        if sentence.text.is_empty() {
            let report = Report::error("empty-sentence", "the question has no sentence")
                .at(sentence.span, "a sentence is missing here")
                .help("ask, for example, \"646: ? is ruler of Karasahr\"");
            return Err(vec![report]);
        }
        if let Some(report) = mode_in_question(sentence) {
            return Err(vec![report]);
        }
        let bare = without_final_mark(sentence);
        if let Some(bare) = bare
            && !bare.text.is_empty()
            && let Outcome::Read(readings) = self.read(bare)
        {
            return Ok(self.meant(&readings));
        }
        match self.read(sentence) {
            Outcome::Read(readings) => Ok(self.meant(&readings)),
            Outcome::Failed(reports) => {
                // "Karasahr is subjected to Tang?" is no sentence with a hole: what is wrong is
                // said of the sentence without its mark.
                let glued = bare.is_some_and(|b| b.text.len() + 1 == sentence.text.len());
                match bare.filter(|_| glued).map(|b| self.read(b)) {
                    Some(Outcome::Failed(better)) => Err(better),
                    _ => Err(reports),
                }
            }
        }
    }

    fn read(&self, sentence: Asked<'_>) -> Outcome {
        self.matcher
            .read(sentence.text, sentence.span, Holes::Allowed)
    }

    fn meant(&self, readings: &[Reading]) -> Vec<Meant> {
        let mut all = Vec::new();
        for reading in readings {
            let contents: Vec<&SlotContent> = reading.roles.iter().map(|f| &f.content).collect();
            let tail: Vec<(CircumstanceId, Slot)> = reading
                .tail
                .iter()
                .filter_map(|(id, fill)| {
                    let first = self.spread(&fill.content).into_iter().next();
                    first.map(|slot| (*id, slot))
                })
                .collect();
            let choices = contents.iter().map(|c| self.spread(c)).collect();
            for slots in product(choices) {
                all.push(match reading.target {
                    Target::Relation(relation) => Meant::State { relation, slots },
                    Target::Event(event_type) => Meant::Event {
                        event_type,
                        slots,
                        tail: tail.clone(),
                    },
                });
            }
        }
        all
    }

    /// The slots one content stands for: a list stands for several.
    fn spread(&self, content: &SlotContent) -> Vec<Slot> {
        match content {
            SlotContent::Unfilled => vec![Slot::Open],
            SlotContent::Hole => vec![Slot::Hole],
            SlotContent::One(id) => vec![Slot::One(*id)],
            SlotContent::List(ids) | SlotContent::OneOf(ids) => {
                ids.iter().map(|id| Slot::One(*id)).collect()
            }
            SlotContent::Together(ids) => vec![Slot::Together(ids.clone())],
            SlotContent::Text(words) => vec![match self.named_words(words) {
                Some(id) => Slot::One(id),
                None => Slot::Words(words.clone()),
            }],
            SlotContent::Number(words) => vec![Slot::Words(words.clone())],
        }
    }

    pub(crate) fn relation(&self, id: RelationId) -> &Relation {
        &self.chronicle.vocabulary.relations[id.index()]
    }

    /// The fluent of slots that are all filled with things.
    pub(crate) fn fluent_of(&self, relation: RelationId, slots: &[Slot]) -> Option<Fluent> {
        let roles: Option<Vec<EntityId>> = slots
            .iter()
            .map(|slot| match slot {
                Slot::One(id) => Some(*id),
                Slot::Words(_) | Slot::Together(_) | Slot::Hole | Slot::Open => None,
            })
            .collect();
        roles.map(|roles| Fluent { relation, roles })
    }

    /// The one state that slots without holes name, recorded or not; else every recorded one that
    /// fits them.
    pub(crate) fn states_meant(&self, relation: RelationId, slots: &[Slot]) -> Vec<Fluent> {
        match self.fluent_of(relation, slots) {
            Some(fluent) => vec![fluent],
            None => self.recorded(relation, slots),
        }
    }

    /// The thing that quoted words are, if a claim or the question has made them one.
    pub(crate) fn named_words(&self, words: &str) -> Option<EntityId> {
        let key = text_key(words);
        let mut things = self.chronicle.entities.iter().filter(|e| e.words);
        things.find(|e| text_key(&e.name) == key).map(|e| e.id)
    }

    /// Recorded fluents that fit slots with holes, each written the way the question has it.
    pub(crate) fn recorded(&self, relation: RelationId, slots: &[Slot]) -> Vec<Fluent> {
        let symmetric = self
            .relation(relation)
            .constraints
            .contains(&Constraint::Symmetric);
        let mut found: Vec<Fluent> = Vec::new();
        for fluent in self.reasoner.fluents() {
            if fluent.relation != relation {
                continue;
            }
            let mut forms = vec![fluent.roles.clone()];
            if symmetric && fluent.roles.len() == 2 {
                forms.push(vec![fluent.roles[1], fluent.roles[0]]);
            }
            for roles in forms {
                if let Some(roles) = self.fitted(&roles, slots) {
                    found.push(Fluent { relation, roles });
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// The roles with the question's own names in its slots, where they fit them.
    fn fitted(&self, roles: &[EntityId], slots: &[Slot]) -> Option<Vec<EntityId>> {
        roles
            .iter()
            .zip(slots)
            .map(|(role, slot)| match slot {
                Slot::One(id) => self.may_be_same(*id, *role).then_some(*id),
                Slot::Together(ids) => ids.contains(role).then_some(*role),
                Slot::Hole | Slot::Open => Some(*role),
                Slot::Words(_) => None,
            })
            .collect()
    }

    /// Whether two names are one thing, surely or perhaps, through any number of identifications.
    pub(crate) fn may_be_same(&self, a: EntityId, b: EntityId) -> bool {
        let mut seen = vec![a];
        let mut next = 0;
        while let Some(one) = seen.get(next).copied() {
            if one == b {
                return true;
            }
            for identity in &self.chronicle.identities {
                let other = if identity.a == one {
                    identity.b
                } else if identity.b == one {
                    identity.a
                } else {
                    continue;
                };
                if !seen.contains(&other) {
                    seen.push(other);
                }
            }
            next += 1;
        }
        false
    }

    /// The names that stand in the holes of a question, in its order.
    pub(crate) fn hole_names(&self, slots: &[Slot], fluent: &Fluent) -> Vec<String> {
        let declared = &self.relation(fluent.relation).roles;
        let mut names = Vec::new();
        for ((slot, id), role) in slots.iter().zip(&fluent.roles).zip(declared) {
            if *slot == Slot::Hole {
                names.push(self.name_in(*id, &role.content));
            }
        }
        names
    }

    /// The slots of a question as answers show them; `None` leaves one out.
    pub(crate) fn slots_words(&self, target: &Target, slots: &[Slot]) -> Vec<Option<String>> {
        let declared = self.roles_of(target);
        let words = slots.iter().zip(declared);
        words
            .map(|(slot, role)| self.slot_words(slot, &role.content))
            .collect()
    }

    /// A slot as answers show it; `None` leaves it out.
    pub(crate) fn slot_words(&self, slot: &Slot, content: &RoleContent) -> Option<String> {
        match slot {
            Slot::One(id) => Some(self.name_in(*id, content)),
            Slot::Together(ids) => Some(self.names_joined(ids, content, "and")),
            Slot::Hole => Some("?".to_owned()),
            Slot::Open => None,
            Slot::Words(words) => Some(words.clone()),
        }
    }
}

/// A question asks the bare sentence; what is denied, planned or ordered is part of the answer.
fn mode_in_question(sentence: Asked<'_>) -> Option<Report> {
    let modes = [
        "not",
        "attempted",
        "planned",
        "ordered",
        "expected",
        "refused",
    ];
    let lower = sentence.text.to_lowercase();
    let spoken = modes.iter().find(|mode| {
        lower
            .strip_prefix(**mode)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
    });
    let mode = match spoken {
        Some(mode) => *mode,
        None if lower.starts_with("unknown whether ") => "unknown whether",
        None => return None,
    };
    let report = Report::error(
        "mode-in-question",
        format!("a question has no `{mode}`; ask the sentence itself"),
    );
    Some(
        report
            .at(sentence.span, "leave the mode out")
            .note("the answer says what is denied, doubted, planned or ordered"),
    )
}

/// Every way of choosing one slot from each content, the first slot changing slowest.
fn product(contents: Vec<Vec<Slot>>) -> Vec<Vec<Slot>> {
    let mut ways: Vec<Vec<Slot>> = vec![vec![]];
    for choices in contents {
        ways = ways
            .into_iter()
            .flat_map(|way| {
                choices.iter().map(move |slot| {
                    let mut longer = way.clone();
                    longer.push(slot.clone());
                    longer
                })
            })
            .collect();
    }
    ways
}
