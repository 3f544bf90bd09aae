//! Events as pictures see them.

use annals_chronicle::{Claim, DaySet, DetailValue, EventId, Filler, Moment, Sentence};

use super::{DaysSeen, EventSeen, RivalSeen, RoleSeen, drawn_seen, things_of};
use crate::answer::DaysShown;
use crate::ask::Asker;

impl EventSeen {
    /// The first day its start may have; an open one sorts first.
    pub fn earliest(&self) -> Option<i32> {
        self.start.first().and_then(|r| r.first)
    }

    /// The last day its end may have; an open one sorts last.
    pub fn latest(&self) -> (bool, Option<i32>) {
        let days = self.end.as_ref().unwrap_or(&self.start);
        let last = days.last().and_then(|r| r.last);
        (last.is_none(), last)
    }
}

/// The days of a start and of an end in one: where both are dated by the same words, `from 644 to
/// 644` would say less than `644`, as if it were known to have lasted the whole year.
pub(super) fn span_words(start: &str, end: &str) -> String {
    match start == end {
        true => start.to_owned(),
        false => format!("from {start} to {end}"),
    }
}

impl Asker<'_> {
    pub(super) fn event_seen(&self, id: EventId) -> EventSeen {
        let event = &self.chronicle.events[id.index()];
        let claims: Vec<&Claim> = event.claims.iter().map(|c| self.claim(*c)).collect();
        let first = claims.first().map(|c| &c.sentence);
        let start = self.reasoner.bounds(self.start_of(id));
        let end = event.lasting.then(|| self.reasoner.bounds(self.end_of(id)));
        let mut words = self.days_words(&start.days);
        if let Some(end) = &end {
            words = span_words(&words, &self.days_words(&end.days));
        }
        let status = self.status(id);
        EventSeen {
            id: id.0,
            label: event.label.as_deref().map(str::to_owned),
            sentence: first.map(|s| self.sentence_words(s)).unwrap_or_default(),
            type_name: first.map(|s| self.type_name(s)).unwrap_or_default(),
            roles: first.map(|s| self.roles_seen(s)).unwrap_or_default(),
            circumstances: self.circumstances_seen(&claims),
            drawn: first.and_then(|s| self.event_drawn(s)),
            told: crate::answer::is_told(&status),
            status,
            start: days_seen(&start.days),
            end: end.as_ref().map(|end| days_seen(&end.days)),
            words,
            proven: start.proven && end.is_none_or(|end| end.proven),
            part_of: part_of(&claims),
            rivals: self.rivals_seen(id),
            claims: event.claims.iter().map(|c| c.0).collect(),
        }
    }

    pub(super) fn type_name(&self, sentence: &Sentence) -> String {
        match sentence {
            Sentence::Happens { event_type, .. } => {
                let types = &self.chronicle.vocabulary.event_types;
                types[event_type.index()].name.clone()
            }
            Sentence::Holds { relation, .. } => self.relation(*relation).name.clone(),
            Sentence::Text(_) => String::new(),
        }
    }

    fn event_drawn(&self, sentence: &Sentence) -> Option<super::DrawnSeen> {
        let Sentence::Happens {
            event_type, roles, ..
        } = sentence
        else {
            return None;
        };
        let drawn = self.chronicle.vocabulary.event_types[event_type.index()].drawn?;
        let filled = |role: u32| {
            let filler = roles.get(role as usize).unwrap_or(&Filler::Unfilled);
            things_of(filler).iter().map(|e| e.0).collect()
        };
        Some(drawn_seen(drawn, &filled))
    }

    pub(super) fn roles_seen(&self, sentence: &Sentence) -> Vec<RoleSeen> {
        let vocabulary = &self.chronicle.vocabulary;
        let (declared, roles) = match sentence {
            Sentence::Happens {
                event_type, roles, ..
            } => (&vocabulary.event_types[event_type.index()].roles, roles),
            Sentence::Holds {
                relation, roles, ..
            } => (&vocabulary.relations[relation.index()].roles, roles),
            Sentence::Text(_) => return vec![],
        };
        let named = declared.iter().map(|role| role.name.as_str()).zip(roles);
        named
            .filter(|(_, filler)| !things_of(filler).is_empty())
            .map(|(name, filler)| role_seen(name, filler))
            .collect()
    }

    /// Circumstances in the tails and details of all claims, each once.
    pub(super) fn circumstances_seen(&self, claims: &[&Claim]) -> Vec<RoleSeen> {
        let mut seen: Vec<RoleSeen> = Vec::new();
        let mut add = |role: RoleSeen| {
            if !role.things.is_empty() && !seen.contains(&role) {
                seen.push(role);
            }
        };
        for claim in claims {
            if let Sentence::Happens { tail, .. } | Sentence::Holds { tail, .. } = &claim.sentence {
                for (circumstance, filler) in tail {
                    let known = &self.chronicle.vocabulary.circumstances;
                    add(role_seen(&known[circumstance.index()].name, filler));
                }
            }
            for detail in &claim.details {
                if let DetailValue::Entities(filler) = &detail.value {
                    add(role_seen(&detail.key, filler));
                }
            }
        }
        seen
    }

    fn rivals_seen(&self, id: EventId) -> Vec<RivalSeen> {
        let moment: Moment = self.start_of(id);
        let disputes = self.day_disputes(moment);
        let rivals = disputes.into_iter().map(|dispute| RivalSeen {
            days: ranges_seen(&dispute.days),
            sources: dispute.sources,
            words: dispute.words,
        });
        rivals.collect()
    }
}

fn role_seen(name: &str, filler: &Filler) -> RoleSeen {
    RoleSeen {
        role: name.to_owned(),
        things: things_of(filler).iter().map(|e| e.0).collect(),
        one_of: matches!(filler, Filler::OneOf(_)),
    }
}

fn part_of(claims: &[&Claim]) -> Vec<u32> {
    let mut whole: Vec<u32> = Vec::new();
    for detail in claims.iter().flat_map(|c| &c.details) {
        if let DetailValue::Event(event) = detail.value
            && !whole.contains(&event.0)
        {
            whole.push(event.0);
        }
    }
    whole
}

/// The ranges of a set; one open range where nothing bounds it.
pub(super) fn days_seen(set: &DaySet) -> Vec<DaysSeen> {
    let ranges = set.ranges().iter().map(|r| DaysSeen {
        first: r.first.map(|d| d.0),
        last: r.last.map(|d| d.0),
    });
    ranges.collect()
}

fn ranges_seen(days: &DaysShown) -> Vec<DaysSeen> {
    let ranges = days.ranges.iter().map(|r| DaysSeen {
        first: r.first.as_ref().map(|d| d.jdn),
        last: r.last.as_ref().map(|d| d.jdn),
    });
    ranges.collect()
}
