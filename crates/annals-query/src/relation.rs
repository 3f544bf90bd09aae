//! Which of Allen's relations two events stand in.
//!
//! Each of the thirteen is a conjunction of demands on at most four moments, so it is possible
//! where the network has a timeline with them, over all worlds and preferred readings. What
//! excludes the others is a minimal set of claims, searched for all of them at once.

use annals_chronicle::{EventId, Support};
use annals_reason::{Allen, Arrangements, Demand, Ends, Relations};
use annals_text::Report;

use crate::answer::{Answer, Outcome};
use crate::ask::{Asked, Asker};
use crate::asked_types::{ExampleDays, RelationAnswer, RelationShown};
use crate::events::Standing;
use crate::words::listed;

/// The relations of two events that some timeline has.
pub(crate) struct Related {
    pub possible: Relations,
    pub proven: bool,
    /// Of each possible one, in the order of [`Allen::ALL`], the days of the four moments in a
    /// timeline that has it.
    pub examples: Vec<(Allen, Option<ExampleDays>)>,
}

impl Asker<'_> {
    /// `relation: #a, #b`
    pub(crate) fn ask_relation(
        &self,
        question: Asked<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let (a, b) = self.two_labels(asked, "relation: #fall, #departure")?;
        let mut answer = self.answer(question, None);
        answer
            .results
            .push(Outcome::Relation(self.relation_answer(a, b)));
        Ok(answer)
    }

    fn relation_answer(&self, a: EventId, b: EventId) -> RelationAnswer {
        let related = self.related(a, b);
        let excluded = related.possible.others();
        let because = match a == b || excluded == Relations::default() {
            true => Support::default(),
            false => self.exclusion(a, b, excluded),
        };
        let (first, second) = (self.event_words(a), self.event_words(b));
        let words = match a == b {
            true => "they are one event".to_owned(),
            false => related.words(self.both_momentary(a, b)),
        };
        let mut one = related.possible.each();
        let certain = match (one.next(), one.next()) {
            (Some(only), None) if related.proven => Some(only.name()),
            _ => None,
        };
        let shown = |(relation, example): (Allen, Option<ExampleDays>)| RelationShown {
            relation: relation.name(),
            meaning: relation.meaning(),
            example,
        };
        RelationAnswer {
            first,
            second,
            certain,
            words,
            because: self.evidence(&because),
            remarks: match related.possible == Relations::default() {
                true => vec![],
                false => {
                    let each = [a, b].into_iter();
                    each.flat_map(|e| self.only_if(e).into_iter().chain(self.if_disputed(e)))
                        .collect()
                }
            },
            proven: related.proven,
            possible: related.examples.into_iter().map(shown).collect(),
        }
    }

    /// The relations of two events, over the timelines in which both are claimed.
    pub(crate) fn related(&self, a: EventId, b: EventId) -> Related {
        if a == b {
            return Related {
                possible: Relations::of([Allen::Equals]),
                proven: true,
                examples: vec![(Allen::Equals, None)],
            };
        }
        let ways: Vec<Vec<Demand>> = Allen::ALL
            .iter()
            .map(|r| r.demands(self.ends_of(a), self.ends_of(b)))
            .collect();
        let moments = self.moments_of([a, b]);
        let Arrangements { ways, proven } = self.reasoner.arrangements(&moments, &ways);
        let mut related = Related {
            possible: Relations::default(),
            proven,
            examples: vec![],
        };
        for (relation, way) in Allen::ALL.into_iter().zip(ways) {
            if way.possible {
                related.possible.add(relation);
                let example = way.example.and_then(|days| match days[..] {
                    [a_start, a_end, b_start, b_end] => Some(ExampleDays {
                        first_start: self.day(a_start),
                        first_end: self.day(a_end),
                        second_start: self.day(b_start),
                        second_end: self.day(b_end),
                    }),
                    _ => None,
                });
                related.examples.push((relation, example));
            }
        }
        related
    }

    /// What excludes some relations of two events.
    fn exclusion(&self, a: EventId, b: EventId, excluded: Relations) -> Support {
        let (ends, other) = (self.ends_of(a), self.ends_of(b));
        let ways: Vec<Vec<Demand>> = excluded.each().map(|r| r.demands(ends, other)).collect();
        let moments = self.moments_of([a, b]);
        let support = self.reasoner.arrangement_support(&moments, &ways);
        support.unwrap_or_default()
    }

    pub(crate) fn ends_of(&self, event: EventId) -> Ends {
        Ends {
            start: self.start_of(event),
            end: self.end_of(event),
        }
    }

    pub(crate) fn moments_of(&self, events: [EventId; 2]) -> Vec<annals_chronicle::Moment> {
        let each = events.into_iter().map(|e| self.ends_of(e));
        each.flat_map(|ends| [ends.start, ends.end]).collect()
    }

    pub(crate) fn both_momentary(&self, a: EventId, b: EventId) -> bool {
        let lasts = |e: EventId| self.ends_of(e).start != self.ends_of(e).end;
        !lasts(a) && !lasts(b)
    }

    /// What is said of an event whose days the readings of a contradiction differ in.
    fn if_disputed(&self, event: EventId) -> Option<String> {
        let ends = [self.start_of(event), self.end_of(event)];
        let disputed = |m: &annals_chronicle::Moment| {
            let by_reading = self.reasoner.bounds_by_reading(*m);
            !by_reading.is_empty()
        };
        ends.iter().any(disputed).then(|| {
            let words = self.event_words(event);
            format!("the date of {words} is disputed: the claims below are those of one reading")
        })
    }

    /// What an answer about an event takes for granted, where it is not sure that it happened.
    fn only_if(&self, event: EventId) -> Option<String> {
        let words = self.event_words(event);
        match self.standing(event) {
            Standing::Sure => None,
            Standing::OnlySaid(_) | Standing::Draft => Some(format!(
                "no claim that counts says that it happened: {words} ({})",
                self.status(event)
            )),
            Standing::Doubted | Standing::Disputed | Standing::OneOf => Some(format!(
                "in the timelines in which it happened: {words} ({})",
                self.status(event)
            )),
        }
    }
}

impl Related {
    /// The verdict in words; of two moments on one day only the order is open.
    fn words(&self, momentary: bool) -> String {
        let names: Vec<String> = self.possible.each().map(|r| r.name().to_owned()).collect();
        let mut words = match &names[..] {
            [] => return "no timeline has both".to_owned(),
            [only] if self.proven => format!("certain: {only}"),
            several => format!("possible: {}", listed(several, "or")),
        };
        if names.len() == 1 {
            return words;
        }
        let alike = [
            (Relations::FIRST, "certainly over before the other starts"),
            (Relations::LAST, "certainly not before the other is over"),
            (Relations::WITHIN, "certainly while the other lasts"),
            (
                Relations::WITHIN.inverse(),
                "the other certainly while it lasts",
            ),
            (Relations::SHARING, "certainly at the same time in part"),
        ];
        let same_day = (Relations::TOUCHING, "certainly on the same day");
        let alike = alike.into_iter().chain(momentary.then_some(same_day));
        let said = alike.filter(|(set, _)| self.possible.is_within(*set));
        if let Some((_, said)) = said.into_iter().next()
            && self.proven
        {
            words.push_str(&format!("; {said}"));
        }
        words
    }
}
