//! What changes: a chronicle before and after claims are left out, assumed, or trusted otherwise.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{ClaimId, EventId, Fluent};

use crate::aligned::{
    ClaimKey, EventBounds, FluentKey, PartKey, both, bounds_of, histories_of, paired,
};
use crate::ask::Asker;
use crate::concern::touched;
use crate::contrast::{Difference, EventChange, EventDays, ReadingChange, RunChange, StateChange};
use crate::events::Standing;
use crate::evidence_types::{ClaimShown, Evidence};

/// Two compilations of one text, the second with changes.
struct Sides<'s, 'a> {
    before: &'s Asker<'a>,
    after: &'s Asker<'a>,
    /// The claims of either side that the change touches; `None` where it may touch anything.
    touched: Option<[BTreeSet<ClaimId>; 2]>,
}

/// All answers of the first that the second gives otherwise.
///
/// Both must be compilations of the same files; the second may have a further file of
/// assumptions at the end.
pub fn difference(before: &Asker<'_>, after: &Asker<'_>) -> Difference {
    let sides = Sides {
        before,
        after,
        touched: touched([before, after]),
    };
    let (withdrawn, assumed) = sides.claims();
    let (events, events_proven) = sides.events();
    let (gone, came) = sides.contradictions();
    let complete = |side: &Asker<'_>| side.reasoner.conflicts_complete();
    let listed = [before, after]
        .iter()
        .all(|side| side.reasoner.readings_complete());
    Difference {
        withdrawn,
        assumed,
        events,
        states: sides.states(),
        gone,
        came,
        readings: match listed {
            true => sides.readings(),
            false => vec![],
        },
        readings_listed: listed,
        proven: events_proven && complete(before) && complete(after),
    }
}

impl Sides<'_, '_> {
    /// Claims that only the one side counts, and claims that only the other has.
    fn claims(&self) -> (Vec<ClaimShown>, Vec<ClaimShown>) {
        let counted = |side: &Asker<'_>| -> BTreeMap<ClaimKey, ClaimId> {
            let claims = side.chronicle.claims.iter().filter(|c| !c.draft);
            claims.map(|c| (side.claim_key(c.id), c.id)).collect()
        };
        let (old, new) = (counted(self.before), counted(self.after));
        let only = |side: &Asker<'_>,
                    here: &BTreeMap<ClaimKey, ClaimId>,
                    there: &BTreeMap<ClaimKey, ClaimId>| {
            let gone = here.iter().filter(|(key, _)| !there.contains_key(key));
            let mut ids: Vec<ClaimId> = gone.map(|(_, id)| *id).collect();
            ids.sort();
            let shown = ids.iter().map(|id| side.claim_shown(side.claim(*id), &[]));
            shown.collect::<Vec<_>>()
        };
        (only(self.before, &old, &new), only(self.after, &new, &old))
    }

    fn events(&self) -> (Vec<EventChange>, bool) {
        let (old, new) = (self.before.events_by_key(), self.after.events_by_key());
        let keys: BTreeSet<ClaimKey> = old.keys().chain(new.keys()).copied().collect();
        let concerned = |key: &ClaimKey| self.event_concerned(old.get(key), new.get(key));
        let keys: Vec<ClaimKey> = keys.into_iter().filter(concerned).collect();
        let ids = [&old, &new].map(|side| -> Vec<Option<EventId>> {
            keys.iter().map(|key| side.get(key).copied()).collect()
        });
        let [was, is] = both([self.before, self.after], |side, reasoner| {
            bounds_of(reasoner, &ids[side])
        });
        let mut changed: Vec<((usize, u32), EventChange)> = Vec::new();
        let mut proven = true;
        for (at, (was, is)) in was.iter().zip(&is).enumerate() {
            let (one, other) = (ids[0][at], ids[1][at]);
            let exact = |b: &Option<EventBounds>| {
                b.as_ref()
                    .is_none_or(|(s, e)| s.proven && e.as_ref().is_none_or(|e| e.proven))
            };
            proven &= exact(was) && exact(is);
            let before = event_days(self.before, one, was.as_ref());
            let after = event_days(self.after, other, is.as_ref());
            let (side, id) = match (one, other) {
                (Some(id), _) => (self.before, id),
                (None, Some(id)) => (self.after, id),
                (None, None) => continue,
            };
            // A mention without a name is shown by the state it mentions.
            let bare = side.is_mention(id) && side.chronicle.events[id.index()].label.is_none();
            if before != after && !bare {
                let order = (usize::from(one.is_none()), id.0);
                changed.push((order, event_change(side, id, before, after)));
            }
        }
        changed.sort_by_key(|(order, _)| *order);
        (
            changed.into_iter().map(|(_, change)| change).collect(),
            proven,
        )
    }

    /// Whether the change can reach the days of an event on some side.
    fn event_concerned(&self, before: Option<&EventId>, after: Option<&EventId>) -> bool {
        let (Some(touched), Some(before), Some(after)) = (&self.touched, before, after) else {
            return true;
        };
        let reached = |side: &Asker<'_>, event: EventId, touched: &BTreeSet<ClaimId>| {
            let own = side.chronicle.events[event.index()].claims.iter();
            let moments = [side.start_of(event), side.end_of(event)];
            own.into_iter().any(|c| touched.contains(c))
                || !side
                    .reasoner
                    .concerning_moments(&moments)
                    .is_disjoint(touched)
        };
        reached(self.before, *before, &touched[0]) || reached(self.after, *after, &touched[1])
    }

    /// Whether the change can reach a state on some side.
    fn state_concerned(&self, key: &FluentKey) -> bool {
        let Some(touched) = &self.touched else {
            return true;
        };
        let reached = |side: &Asker<'_>, touched: &BTreeSet<ClaimId>| {
            let fluent = side.fluent_of_key(key);
            fluent.is_none_or(|f| !side.reasoner.concerning(&f).is_disjoint(touched))
        };
        reached(self.before, &touched[0]) || reached(self.after, &touched[1])
    }

    fn states(&self) -> Vec<StateChange> {
        let (old, new) = (self.before.fluents_by_key(), self.after.fluents_by_key());
        let keys: BTreeSet<&FluentKey> = old.keys().chain(new.keys()).collect();
        let keys: Vec<&FluentKey> = keys
            .into_iter()
            .filter(|k| self.state_concerned(k))
            .collect();
        let fluents = [self.before, self.after].map(|side| -> Vec<Option<Fluent>> {
            keys.iter().map(|key| side.fluent_of_key(key)).collect()
        });
        let times = [
            self.before.reach_of(&fluents[0]),
            self.after.reach_of(&fluents[1]),
        ];
        let whole = times.into_iter().flatten();
        let Some(time) = whole.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else {
            return vec![];
        };
        let [was, is] = both([self.before, self.after], |side, reasoner| {
            histories_of(reasoner, &fluents[side], time)
        });
        let mut changed: Vec<(annals_chronicle::Day, StateChange)> = Vec::new();
        for (at, (was, is)) in was.iter().zip(&is).enumerate() {
            let mut pairs = paired(was, is);
            pairs.retain(|p| p.verdicts.0 != p.verdicts.1);
            // A name that one side takes for another's is said as the other side has it.
            let (side, fluent) = match (old.get(keys[at]), new.get(keys[at])) {
                (Some(fluent), _) => (self.before, fluent),
                (None, Some(fluent)) => (self.after, fluent),
                (None, None) => continue,
            };
            let Some(first) = pairs.first().map(|p| p.first) else {
                continue;
            };
            let open = self.before.chronicle.covers.is_none();
            let runs = pairs.iter().map(|p| RunChange {
                first: Some(self.before.day(p.first)),
                last: (!open || p.last != time.1).then(|| self.before.day(p.last)),
                before: p.verdicts.0,
                after: p.verdicts.1,
            });
            let change = StateChange {
                sentence: side.fluent_words(fluent),
                fluent: side.fluent_shown(fluent),
                runs: runs.collect(),
            };
            changed.push((first, change));
        }
        changed.sort_by(|a, b| (a.0, &a.1.sentence).cmp(&(b.0, &b.1.sentence)));
        changed.into_iter().map(|(_, change)| change).collect()
    }

    /// Contradictions that are gone, and those that are new, counted as `check` reports them: one
    /// for each smallest set of claims, whichever of their parts clash. So what is reported before,
    /// less what is gone, and what is new, make what is reported after.
    fn contradictions(&self) -> (Vec<Evidence>, Vec<Evidence>) {
        let keyed = |side: &Asker<'_>| -> Vec<BTreeSet<PartKey>> {
            let conflicts = side.reasoner.conflicts_of_claims().into_iter();
            conflicts
                .map(|c| c.parts.iter().map(|p| side.statement_key(*p)).collect())
                .collect()
        };
        let (old, new) = (keyed(self.before), keyed(self.after));
        let only = |side: &Asker<'_>, here: &[BTreeSet<PartKey>], there: &[BTreeSet<PartKey>]| {
            let conflicts = side.reasoner.conflicts_of_claims().into_iter().zip(here);
            conflicts
                .filter(|(_, key)| !there.contains(key))
                .map(|(c, _)| side.parts_shown(c.parts.iter().copied()))
                .collect::<Vec<_>>()
        };
        (only(self.before, &old, &new), only(self.after, &new, &old))
    }

    fn readings(&self) -> Vec<ReadingChange> {
        let keyed = |side: &Asker<'_>| -> Vec<(Vec<PartKey>, bool, Evidence)> {
            let knots = side.knots().into_iter().flat_map(|k| k.readings);
            knots
                .map(|(dropped, preferred)| {
                    let parts = || dropped.iter().copied();
                    (
                        side.part_keys(parts()),
                        preferred,
                        side.parts_shown(parts()),
                    )
                })
                .collect()
        };
        let (old, new) = (keyed(self.before), keyed(self.after));
        let mut changed = Vec::new();
        for (key, preferred, leaves_out) in &old {
            let after = new.iter().find(|(k, _, _)| k == key).map(|(_, p, _)| *p);
            if after != Some(*preferred) {
                changed.push(ReadingChange {
                    leaves_out: leaves_out.clone(),
                    before: Some(*preferred),
                    after,
                });
            }
        }
        for (key, preferred, leaves_out) in &new {
            if !old.iter().any(|(k, _, _)| k == key) {
                changed.push(ReadingChange {
                    leaves_out: leaves_out.clone(),
                    before: None,
                    after: Some(*preferred),
                });
            }
        }
        changed
    }
}

/// Standing and days of an event on one side.
pub(crate) fn event_days(
    side: &Asker<'_>,
    event: Option<EventId>,
    bounds: Option<&EventBounds>,
) -> Option<EventDays> {
    let (start, end) = bounds?;
    let event = event?;
    let status = match side.standing(event) {
        Standing::Draft => "withdrawn".to_owned(),
        _ => side.status(event),
    };
    Some(EventDays {
        status,
        start: side.days(&start.days),
        end: end.as_ref().map(|e| side.days(&e.days)),
    })
}

fn event_change(
    side: &Asker<'_>,
    event: EventId,
    before: Option<EventDays>,
    after: Option<EventDays>,
) -> EventChange {
    let known = &side.chronicle.events[event.index()];
    let sentence = side
        .first_claim(event)
        .map(|c| side.sentence_words(&c.sentence));
    EventChange {
        label: known.label.as_deref().map(str::to_owned),
        sentence: sentence.unwrap_or_default(),
        place: side.place(known.span),
        before,
        after,
    }
}
