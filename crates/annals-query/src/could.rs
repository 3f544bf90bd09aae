//! Who could have: for everything known of a hole's kind, whether the claim with it in the hole
//! could be added without contradicting what is claimed.
//!
//! The claim is added to a copy of the chronicle, and the reasoner is asked for conflicts that name
//! it; answers that the addition has no bearing on are kept. What rests only on claims that are
//! contradicted themselves excludes in some readings and not in others. Things that no claim
//! speaks of are alike, so that one of a kind is tried for all.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    CircumstanceId, Constraint, EntityId, EventTypeId, Few, Filler, Fluent, KindId, Part, Point,
    RelationId, RoleContent, Sentence, Support, Verdict, When,
};
use annals_reason::{Cause, Conflict};
use annals_text::{Report, Span};

use crate::answer::{Answer, Outcome, is_told};
use crate::ask::{Asked, Asker};
use crate::asked_types::{CandidateShown, CouldAnswer, ExclusionShown};
use crate::counts::at_some_time;
use crate::held::Supports;
use crate::holes::Ready;
use crate::probe::Added;
use crate::question::{Form, split};
use crate::sentence::{Meant, Slot};

/// More candidates than so many are not tried, fewer in large chronicles.
const CANDIDATES_AT_MOST: usize = 500;
/// Claims read again for all candidates together.
const CLAIMS_AT_MOST: usize = 5_000_000;
/// So many contradictions are told of one candidate, those of fewest claims.
const REASONS_AT_MOST: usize = 3;
/// More ways of reading contradictions together are not looked at.
const READINGS_AT_MOST: usize = 256;

/// Where the one hole of a question is.
#[derive(Clone, Copy)]
enum Hole {
    Role(usize),
    Tail(usize),
}

/// A sentence with one hole.
struct Open<'m> {
    meant: &'m Meant,
    hole: Hole,
    content: RoleContent,
    ready: &'m Ready,
    when: &'m When,
    span: Span,
}

/// What adding a claim with a candidate comes to.
#[derive(Clone)]
struct Tried {
    could: &'static str,
    excluded_by: Vec<ExclusionShown>,
    proven: bool,
}

impl Asker<'_> {
    /// `who could: SENTENCE`, `who could: DATE: SENTENCE`
    pub(crate) fn ask_who_could(
        &self,
        question: Asked<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let sample = "who could: 644-09: ? takes Karasahr";
        let (time, ready, sentence) = self.dated_sentence(asked, "who could", sample)?;
        let when = match split(asked).form {
            Form::Dated(date) => self
                .dates
                .read_when(date.text, date.span)
                .map_err(|report| vec![report])?,
            _ => When {
                conditions: Few::new(),
            },
        };
        let mut answer = self.answer(question, time);
        let all = self.read_sentence(sentence)?;
        for meant in &all {
            let (hole, content) = self.one_hole(meant, sentence)?;
            let open = Open {
                meant,
                hole,
                content,
                ready: &ready,
                when: &when,
                span: asked.span,
            };
            answer.results.push(Outcome::Could(self.could(&open)));
        }
        self.note_readings(&mut answer, all.len());
        Ok(answer)
    }

    /// The only hole of a sentence and what may fill it.
    fn one_hole(
        &self,
        meant: &Meant,
        sentence: Asked<'_>,
    ) -> Result<(Hole, RoleContent), Vec<Report>> {
        let (slots, tail) = slots_of(meant);
        let roles = slots.iter().enumerate().map(|(i, s)| (Hole::Role(i), s));
        let tails = tail
            .iter()
            .enumerate()
            .map(|(i, (_, s))| (Hole::Tail(i), s));
        let holes: Vec<Hole> = roles
            .chain(tails)
            .filter(|(_, slot)| **slot == Slot::Hole)
            .map(|(hole, _)| hole)
            .collect();
        let [hole] = holes[..] else {
            let report = Report::error("not-one-hole", "who could is asked with just one `?`")
                .at(sentence.span, "one name is expected to be left open here")
                .help("ask, for example, \"who could: 644-09: ? takes Karasahr\"");
            return Err(vec![report]);
        };
        let vocabulary = &self.chronicle.vocabulary;
        let content = match (hole, meant) {
            (Hole::Role(i), Meant::State { relation, .. }) => {
                self.relation(*relation).roles[i].content.clone()
            }
            (Hole::Role(i), Meant::Event { event_type, .. }) => {
                vocabulary.event_types[event_type.index()].roles[i]
                    .content
                    .clone()
            }
            (Hole::Tail(i), _) => {
                let circumstance = &vocabulary.circumstances[tail[i].0.index()];
                let role = circumstance.roles.first();
                role.map_or(RoleContent::Any, |r| r.content.clone())
            }
        };
        Ok((hole, content))
    }

    fn could(&self, open: &Open<'_>) -> CouldAnswer {
        let spoken = self.spoken_of();
        let mut alike: BTreeMap<KindId, Tried> = BTreeMap::new();
        let claims = self.chronicle.claims.len().max(1);
        let mut tries = (CLAIMS_AT_MOST / claims).clamp(1, CANDIDATES_AT_MOST);
        let mut left_out = 0;
        let mut shown: Vec<CandidateShown> = Vec::new();
        for id in self.candidates(open) {
            let entity = &self.chronicle.entities[id.index()];
            let blank = !spoken.contains(&id) && entity.place.is_none();
            let tried = match alike.get(&entity.kind).filter(|_| blank) {
                Some(known) => known.clone(),
                None if tries == 0 => {
                    left_out += 1;
                    continue;
                }
                None => {
                    tries -= 1;
                    self.tried(open, id)
                }
            };
            if blank {
                alike.insert(entity.kind, tried.clone());
            }
            shown.push(CandidateShown {
                name: self.name_in(id, &open.content),
                could: tried.could,
                told: self.told_already(open, id),
                excluded_by: tried.excluded_by,
                proven: tried.proven,
            });
        }
        let rank = |could: &str| {
            ["could", "disputed", "could-not"]
                .iter()
                .position(|c| *c == could)
        };
        shown.sort_by(|a, b| {
            (rank(a.could), a.told, &a.name).cmp(&(rank(b.could), b.told, &b.name))
        });
        CouldAnswer {
            sentence: self.meant_words(open.meant),
            candidates: shown,
            left_out,
        }
    }

    /// Everything of the hole's kind, except what stands in the sentence already.
    fn candidates(&self, open: &Open<'_>) -> Vec<EntityId> {
        let (slots, tail) = slots_of(open.meant);
        let all = slots.iter().chain(tail.iter().map(|(_, slot)| slot));
        let named: BTreeSet<EntityId> = all
            .flat_map(|slot| match slot {
                Slot::One(id) => vec![*id],
                Slot::Together(ids) => ids.clone(),
                _ => vec![],
            })
            .collect();
        let vocabulary = &self.chronicle.vocabulary;
        let fits = |e: &&annals_chronicle::Entity| match &open.content {
            RoleContent::Kinds(kinds) => {
                !e.words && kinds.iter().any(|kind| vocabulary.is_a(e.kind, *kind))
            }
            RoleContent::Any => !e.words,
            RoleContent::Text => e.words,
            RoleContent::Number => false,
        };
        let entities = self.chronicle.entities.iter().filter(fits);
        let ids = entities.map(|e| e.id).filter(|id| !named.contains(id));
        ids.collect()
    }

    /// Everything that some claim or some identification names.
    fn spoken_of(&self) -> BTreeSet<EntityId> {
        let mut all = BTreeSet::new();
        for claim in &self.chronicle.claims {
            let said = match &claim.sentence {
                Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. } => {
                    let tail = tail.iter().map(|(_, filler)| filler);
                    roles.iter().chain(tail).flat_map(named_in).collect()
                }
                Sentence::Text(_) => vec![],
            };
            all.extend(said);
            for detail in &claim.details {
                if let annals_chronicle::DetailValue::Entities(filler) = &detail.value {
                    all.extend(named_in(filler));
                }
                all.extend(detail.of.iter().copied());
            }
        }
        for identity in &self.chronicle.identities {
            all.extend([identity.a, identity.b]);
        }
        all.extend(
            self.chronicle
                .entities
                .iter()
                .filter(|e| e.unnamed)
                .map(|e| e.id),
        );
        all
    }

    /// Adds the claim with a candidate and looks for what contradicts it.
    fn tried(&self, open: &Open<'_>, id: EntityId) -> Tried {
        let sentence = sentence_with(open, id);
        let added = Added::new(self, sentence, self.when_claimed(open), open.span);
        let against = added.conflicts();
        let (could, complete) = self.by_readings(&against);
        let weigh = match could {
            "could" => vec![],
            _ => against,
        };
        let excluded_by = weigh
            .iter()
            .take(REASONS_AT_MOST)
            .map(|conflict| self.exclusion_shown(&added, conflict))
            .collect();
        Tried {
            could,
            excluded_by,
            proven: complete && (could != "could" || added.complete()),
        }
    }

    /// The date as a claim would have it: what is timeless is so always.
    fn when_claimed(&self, open: &Open<'_>) -> When {
        let timeless = match open.meant {
            Meant::State { relation, .. } => {
                let constraints = &self.relation(*relation).constraints;
                constraints.contains(&Constraint::Timeless)
            }
            Meant::Event { .. } => false,
        };
        if timeless {
            return crate::probe::when_of([Point::Always], open.span);
        }
        let conditions = open.when.conditions.iter().filter(|c| {
            let always = |p: &Point| matches!(p, Point::Always | Point::Undated);
            !c.alternatives.iter().any(always)
        });
        When {
            conditions: conditions.cloned().collect(),
        }
    }

    /// Whether preferred readings, all or some, leave out something of every contradiction; and
    /// whether all of them were looked at.
    fn by_readings(&self, against: &[&Conflict]) -> (&'static str, bool) {
        if against.is_empty() {
            return ("could", true);
        }
        let knots = self.knots();
        let near = |dropped: &BTreeSet<Part>| {
            against
                .iter()
                .any(|c| c.parts.iter().any(|p| dropped.contains(p)))
        };
        // For each knot concerned, the contradictions that each preferred reading takes away.
        let mut ways: Vec<BTreeSet<usize>> = vec![BTreeSet::new()];
        let mut complete = true;
        for knot in &knots {
            let preferred = knot.readings.iter().filter(|(_, preferred)| *preferred);
            let dropped: Vec<&BTreeSet<Part>> = preferred.map(|(dropped, _)| dropped).collect();
            if !dropped.iter().any(|d| near(d)) {
                continue;
            }
            let taken = dropped.iter().map(|dropped| -> BTreeSet<usize> {
                let each = against.iter().enumerate();
                let gone = each.filter(|(_, c)| c.parts.iter().any(|p| dropped.contains(p)));
                gone.map(|(at, _)| at).collect()
            });
            let taken: Vec<BTreeSet<usize>> = taken.collect();
            if ways.len() * taken.len() > READINGS_AT_MOST {
                complete = false;
                break;
            }
            ways = ways
                .iter()
                .flat_map(|way| taken.iter().map(|t| way.union(t).copied().collect()))
                .collect();
        }
        let free = ways.iter().filter(|way| way.len() == against.len()).count();
        match free {
            0 => ("could-not", complete),
            n if n == ways.len() => ("could", complete),
            _ => ("disputed", complete),
        }
    }

    /// A contradiction as what excludes the added claim.
    fn exclusion_shown(&self, added: &Added, conflict: &Conflict) -> ExclusionShown {
        let support = self.own_support(Support {
            parts: conflict.parts.clone(),
            assumptions: vec![],
        });
        let causes = added.causes(conflict);
        ExclusionShown {
            words: causes.iter().map(|cause| self.cause_words(cause)).collect(),
            claims: self.evidence(&support),
        }
    }

    fn cause_words(&self, cause: &Cause) -> String {
        match cause {
            Cause::Way { who, places, days } => {
                let who = who.map_or_else(|| "news".to_owned(), |id| self.name(id));
                let (from, to) = (self.name(places.0), self.name(places.1));
                let days = match days {
                    1 => "1 day".to_owned(),
                    n => format!("{n} days"),
                };
                format!("between {from} and {to} {who} needs at least {days}")
            }
            Cause::NeverReturns(fluent) => {
                format!("“{}” was over and never returns", self.fluent_words(fluent))
            }
            Cause::BeginsOnce(fluent) => {
                format!(
                    "“{}” begins only once, and later",
                    self.fluent_words(fluent)
                )
            }
            Cause::Once(fluent) => {
                format!("“{}” begins once and ends once", self.fluent_words(fluent))
            }
            Cause::AtMost(fluent) => {
                format!("“{}” lasts only so long", self.fluent_words(fluent))
            }
            Cause::AtOnce(one, other) => format!(
                "“{}” and “{}” cannot both hold",
                self.fluent_words(one),
                self.fluent_words(other)
            ),
            Cause::Throughout(fluent, true) => {
                format!("“{}” holds all that time", self.fluent_words(fluent))
            }
            Cause::Throughout(fluent, false) => {
                format!("“{}” holds at no time then", self.fluent_words(fluent))
            }
            Cause::Denied => "it is denied".to_owned(),
        }
    }

    /// How surely the sources have it so already, at some time of those asked about.
    fn told_already(&self, open: &Open<'_>, id: EntityId) -> Verdict {
        match open.meant {
            Meant::State { relation, slots } => {
                let slots = filled(slots, open.hole, id);
                self.state_told(*relation, &slots, open.ready)
            }
            Meant::Event {
                event_type,
                slots,
                tail,
            } => {
                let slots = filled(slots, open.hole, id);
                let mut tail = tail.clone();
                if let Hole::Tail(i) = open.hole {
                    tail[i].1 = Slot::One(id);
                }
                self.event_told((*event_type, &slots, &tail), open.ready)
            }
        }
    }

    fn state_told(&self, relation: RelationId, slots: &[Slot], ready: &Ready) -> Verdict {
        let told = |fluent: &Fluent| {
            at_some_time(&self.held_then(fluent, ready, Supports::WhereItMayHold))
        };
        let recorded = self.recorded(relation, slots);
        recorded.iter().map(told).min().unwrap_or(Verdict::Unknown)
    }

    fn event_told(
        &self,
        (event_type, slots, tail): (EventTypeId, &[Slot], &[(CircumstanceId, Slot)]),
        ready: &Ready,
    ) -> Verdict {
        let happened = self.happened(event_type, slots, tail, ready);
        happened.verdict.unwrap_or_else(|| {
            let events = happened.events.iter();
            let each = events.map(|e| match &e.status[..] {
                "happened" if e.perhaps.is_empty() => Verdict::Certain,
                status if is_told(status) => Verdict::Possible,
                _ => Verdict::Unknown,
            });
            each.min().unwrap_or(Verdict::Unknown)
        })
    }

    fn meant_words(&self, meant: &Meant) -> String {
        match meant {
            Meant::State { relation, slots } => {
                let names = self.slots_words(&target_of(meant), slots);
                self.relation_words(*relation, &names)
            }
            Meant::Event {
                event_type,
                slots,
                tail,
            } => self.asked_event_words(*event_type, slots, tail),
        }
    }
}

fn named_in(filler: &Filler) -> Vec<EntityId> {
    match filler {
        Filler::Entities(ids) | Filler::OneOf(ids) => ids.to_vec(),
        Filler::Unfilled | Filler::Number(_) => vec![],
    }
}

fn slots_of(meant: &Meant) -> (&[Slot], &[(CircumstanceId, Slot)]) {
    match meant {
        Meant::State { slots, .. } => (slots, &[]),
        Meant::Event { slots, tail, .. } => (slots, tail),
    }
}

fn target_of(meant: &Meant) -> annals_sentence::Target {
    match meant {
        Meant::State { relation, .. } => annals_sentence::Target::Relation(*relation),
        Meant::Event { event_type, .. } => annals_sentence::Target::Event(*event_type),
    }
}

fn filled(slots: &[Slot], hole: Hole, id: EntityId) -> Vec<Slot> {
    let mut slots = slots.to_vec();
    if let Hole::Role(i) = hole {
        slots[i] = Slot::One(id);
    }
    slots
}

/// The sentence that a claim would say of a candidate.
fn sentence_with(open: &Open<'_>, id: EntityId) -> Sentence {
    let filler = |slot: &Slot| match slot {
        Slot::One(thing) => Filler::Entities(Few::one(*thing)),
        Slot::Together(things) => Filler::Entities(things.iter().copied().collect()),
        Slot::Hole => Filler::Entities(Few::one(id)),
        // A figure binds nothing.
        Slot::Open | Slot::Words(_) => Filler::Unfilled,
    };
    match open.meant {
        Meant::State { relation, slots } => Sentence::Holds {
            relation: *relation,
            roles: slots.iter().map(filler).collect(),
            tail: vec![],
        },
        Meant::Event {
            event_type,
            slots,
            tail,
        } => Sentence::Happens {
            event_type: *event_type,
            roles: slots.iter().map(filler).collect(),
            tail: tail.iter().map(|(id, slot)| (*id, filler(slot))).collect(),
        },
    }
}
