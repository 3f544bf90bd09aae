//! Two sources side by side, each heard alone: where they agree, differ, are silent.

use std::collections::BTreeSet;

use annals_chronicle::{DaySet, EventId, Fluent, Verdict};

use crate::aligned::{
    ClaimKey, EventBounds, FluentKey, Pair, both, bounds_of, histories_of, paired,
};
use crate::ask::Asker;
use crate::contrast::{
    Account, Agreement, Comparison, EventCompared, EventDays, RunCompared, StateCompared, Voice,
};
use crate::difference::event_days;

/// What two sources say, each compiled from its own claims alone. `names` are their keys.
pub fn comparison(first: &Asker<'_>, second: &Asker<'_>, names: [&str; 2]) -> Comparison {
    let sides = [first, second];
    Comparison {
        first: voice(first, names[0]),
        second: voice(second, names[1]),
        events: events(sides),
        states: states(sides),
    }
}

fn voice(side: &Asker<'_>, key: &str) -> Voice {
    let source = side.chronicle.sources.iter().find(|s| s.key == key);
    let title = source.and_then(|s| {
        let title = s.fields.iter().find(|(name, _)| name == "title");
        title.map(|(_, value)| value.clone())
    });
    Voice {
        key: key.to_owned(),
        title,
        claims: side.chronicle.claims.iter().filter(|c| !c.draft).count(),
        contradictions: side.reasoner.conflicts_of_claims().len(),
    }
}

fn events(sides: [&Asker<'_>; 2]) -> Vec<EventCompared> {
    let known = sides.map(|side| side.events_by_key());
    let keys: BTreeSet<ClaimKey> = known.iter().flat_map(|k| k.keys()).copied().collect();
    let keys: Vec<ClaimKey> = keys.into_iter().collect();
    let ids = [0, 1].map(|side| -> Vec<Option<EventId>> {
        let told = |id: &EventId| tells(sides[side], *id);
        let of = |key| known[side].get(key).copied().filter(told);
        keys.iter().map(of).collect()
    });
    let days = both(sides, |side, reasoner| bounds_of(reasoner, &ids[side]));
    let mut compared: Vec<(u32, EventCompared)> = Vec::new();
    for at in 0..keys.len() {
        let accounts =
            [0, 1].map(|side| account(sides[side], ids[side][at], days[side][at].as_ref()));
        let (speaker, id) = match (ids[0][at], ids[1][at]) {
            (Some(id), _) => (sides[0], id),
            (None, Some(id)) => (sides[1], id),
            (None, None) => continue,
        };
        let event = &speaker.chronicle.events[id.index()];
        // A mention without a name is compared as the state it mentions.
        if speaker.is_mention(id) && event.label.is_none() {
            continue;
        }
        let agreement = of_events(
            [&accounts[0], &accounts[1]].map(|a| a.as_ref().map(|a| &a.days)),
            [&days[0][at], &days[1][at]].map(|b| b.as_ref().map(|(start, _)| &start.days)),
        );
        let [first, second] = accounts;
        let told = event.claims.iter().find(|c| !speaker.claim(**c).draft);
        let sentence = told.map(|c| speaker.sentence_words(&speaker.claim(*c).sentence));
        let shown = EventCompared {
            label: event.label.as_deref().map(str::to_owned),
            sentence: sentence.unwrap_or_default(),
            agreement,
            first,
            second,
        };
        compared.push((id.0, shown));
    }
    compared.sort_by_key(|(id, _)| *id);
    compared.into_iter().map(|(_, shown)| shown).collect()
}

/// Whether some claim that counts tells of an event.
fn tells(side: &Asker<'_>, event: EventId) -> bool {
    let claims = &side.chronicle.events[event.index()].claims;
    claims.iter().any(|c| !side.claim(*c).draft)
}

fn account(
    side: &Asker<'_>,
    event: Option<EventId>,
    bounds: Option<&EventBounds>,
) -> Option<Account> {
    let days = event_days(side, event, bounds)?;
    let claims = &side.chronicle.events[event?.index()].claims;
    let claims = claims.iter().map(|c| side.claim(*c)).filter(|c| !c.draft);
    Some(Account {
        days,
        claims: claims.map(|c| side.claim_shown(c, &[])).collect(),
    })
}

/// Two accounts of an event: the days of its start decide, where both say that it happened.
fn of_events(accounts: [Option<&EventDays>; 2], starts: [Option<&DaySet>; 2]) -> Agreement {
    let [Some(one), Some(other)] = accounts else {
        return only(accounts[0].is_some());
    };
    let [Some(a), Some(b)] = starts else {
        return only(starts[0].is_some());
    };
    let denied = [one, other].map(|a| a.status == "denied");
    let surely = |a: &EventDays| matches!(a.status.as_str(), "happened" | "held");
    if one == other {
        Agreement::Agree
    } else if denied[0] != denied[1] && (surely(one) || surely(other))
        || surely(one) && surely(other) && a.intersect(b).is_none()
    {
        Agreement::Differ
    } else {
        Agreement::Compatible
    }
}

fn only(first: bool) -> Agreement {
    if first {
        Agreement::OnlyFirst
    } else {
        Agreement::OnlySecond
    }
}

fn states(sides: [&Asker<'_>; 2]) -> Vec<StateCompared> {
    let known = sides.map(|side| side.fluents_by_key());
    let keys: BTreeSet<&FluentKey> = known.iter().flat_map(|k| k.keys()).collect();
    let fluents = sides.map(|side| -> Vec<Option<Fluent>> {
        keys.iter().map(|key| side.fluent_of_key(key)).collect()
    });
    let times = [0, 1].map(|side| sides[side].reach_of(&fluents[side]));
    let whole = times.into_iter().flatten();
    let Some(time) = whole.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else {
        return vec![];
    };
    let histories = both(sides, |side, reasoner| {
        histories_of(reasoner, &fluents[side], time)
    });
    let open = sides[0].chronicle.covers.is_none();
    let mut compared = Vec::new();
    for at in 0..keys.len() {
        let pairs = paired(&histories[0][at], &histories[1][at]);
        let runs: Vec<(&Pair, Agreement)> = pairs
            .iter()
            .filter_map(|p| Some((p, of_verdicts(p.verdicts)?)))
            .collect();
        // Both are compiled from one text with the same names.
        let (Some((first, _)), Some(fluent)) = (runs.first(), fluents[0][at].as_ref()) else {
            continue;
        };
        let runs = runs.iter().map(|(p, agreement)| RunCompared {
            first: Some(sides[0].day(p.first)),
            last: (!open || p.last != time.1).then(|| sides[0].day(p.last)),
            agreement: *agreement,
            first_says: p.verdicts.0,
            second_says: p.verdicts.1,
        });
        let shown = StateCompared {
            sentence: sides[0].fluent_words(fluent),
            fluent: sides[0].fluent_shown(fluent),
            runs: runs.collect(),
        };
        compared.push((first.first, shown));
    }
    compared.sort_by(|a, b| (a.0, &a.1.sentence).cmp(&(b.0, &b.1.sentence)));
    compared.into_iter().map(|(_, shown)| shown).collect()
}

/// Two verdicts of one day; `None` where neither source knows anything.
fn of_verdicts(verdicts: (Verdict, Verdict)) -> Option<Agreement> {
    use Verdict::{Certain, Impossible, Unknown};
    Some(match verdicts {
        (Unknown, Unknown) => return None,
        (_, Unknown) => Agreement::OnlyFirst,
        (Unknown, _) => Agreement::OnlySecond,
        (Certain, Impossible) | (Impossible, Certain) => Agreement::Differ,
        (one, other) if one == other => Agreement::Agree,
        _ => Agreement::Compatible,
    })
}
