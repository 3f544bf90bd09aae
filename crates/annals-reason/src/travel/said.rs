//! What claims say of who was where.

use annals_chronicle::{
    Chronicle, Claim, DetailValue, Edge, EntityId, EventId, Filler, KindId, Mode, Presence,
    Sentence, Spot,
};

use crate::stretch::is_throughout;

/// Words of circumstances and details that say where something happened. What is `near` a place
/// or `on` a river is not in it.
const SITES: [&str; 3] = ["at", "in", "outside"];
/// Those that name who goes along.
const COMPANIONS: [&str; 4] = ["with", "together with", "under", "led by"];
const FROM: [&str; 1] = ["from"];
const TO: [&str; 1] = ["to"];
/// The detail that says of which event news arrives: `news of #fall`.
const NEWS: &str = "news of";

/// What a claim says of a thing and a place: the thing is there at one of the event's moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    /// Who.
    pub who: Slot,
    /// Where.
    pub place: Slot,
    /// At the event's start or its end.
    pub edge: Edge,
    /// The details that say so beside the sentence, by index.
    pub details: Vec<u32>,
}

/// What a role of a claim holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// These, all of them.
    Things(Vec<EntityId>),
    /// One of these, in this role: each way of settling it is a world of its own.
    OneOf(u32, Vec<EntityId>),
}

impl Slot {
    /// Everything it may be.
    pub fn all(&self) -> &[EntityId] {
        match self {
            Slot::Things(things) | Slot::OneOf(_, things) => things,
        }
    }
}

/// Who an asserted claim puts where.
pub(crate) fn stays(chronicle: &Chronicle, claim: &Claim) -> Vec<Stay> {
    match claim.mode {
        Mode::Asserted => stays_if_true(chronicle, claim),
        _ => vec![],
    }
}

/// Who would be where if what the claim says happened, whatever its mode.
pub(crate) fn stays_if_true(chronicle: &Chronicle, claim: &Claim) -> Vec<Stay> {
    let vocabulary = &chronicle.vocabulary;
    let (presences, roles, relation) = match &claim.sentence {
        Sentence::Happens {
            event_type, roles, ..
        } => {
            let event_type = &vocabulary.event_types[event_type.index()];
            (&event_type.presences, roles, false)
        }
        Sentence::Holds {
            relation, roles, ..
        } => {
            let relation = &vocabulary.relations[relation.index()];
            (&relation.presences, roles, true)
        }
        Sentence::Text(_) => return vec![],
    };
    // What holds throughout has no moment of its own to be in two places at.
    if presences.is_empty() || relation && is_throughout(claim) {
        return vec![];
    }
    let mut all = Vec::new();
    for presence in presences {
        for (place, at) in spots(chronicle, claim, roles, presence) {
            let mut add = |who: Slot, detail: Option<u32>| {
                let moving = |e: &EntityId| moves(chronicle, *e);
                let who = match who {
                    Slot::Things(list) => Slot::Things(list.into_iter().filter(moving).collect()),
                    Slot::OneOf(role, list) if list.iter().all(moving) => Slot::OneOf(role, list),
                    Slot::OneOf(..) => return,
                };
                if who.all().is_empty() {
                    return;
                }
                let details: Vec<u32> = at.into_iter().chain(detail).collect();
                for edge in edges(presence, relation) {
                    all.push(Stay {
                        who: who.clone(),
                        place: place.clone(),
                        edge,
                        details: details.clone(),
                    });
                }
            };
            if let Some(who) = slot(roles, presence.who) {
                add(who, None);
            }
            // Whoever goes along goes where the others go; where something is only done, others
            // may be said to help from afar.
            if matches!(presence.place, Spot::Role(_)) {
                for (companions, detail) in circumstances(chronicle, claim, &COMPANIONS) {
                    add(Slot::Things(companions), detail);
                }
            }
        }
    }
    all
}

/// A mention finds somebody there at both its moments.
fn edges(presence: &Presence, relation: bool) -> Vec<Edge> {
    match relation {
        true => vec![Edge::Start, Edge::End],
        false => vec![presence.edge],
    }
}

/// The places a presence may mean, each with the detail that says it.
fn spots(
    chronicle: &Chronicle,
    claim: &Claim,
    roles: &[Filler],
    presence: &Presence,
) -> Vec<(Slot, Option<u32>)> {
    let words: &[&str] = match (presence.place, presence.edge) {
        (Spot::Role(role), edge) => {
            if let Some(place) = slot(roles, role) {
                return vec![(place, None)];
            }
            if edge == Edge::Start { &FROM } else { &TO }
        }
        (Spot::Here, _) => &SITES,
    };
    let said = circumstances(chronicle, claim, words);
    said.into_iter()
        .map(|(places, detail)| (Slot::Things(places), detail))
        .collect()
}

fn slot(roles: &[Filler], role: u32) -> Option<Slot> {
    match roles.get(role as usize)? {
        Filler::Entities(things) => Some(Slot::Things(things.to_vec())),
        Filler::OneOf(things) => Some(Slot::OneOf(role, things.to_vec())),
        Filler::Unfilled | Filler::Number(_) => None,
    }
}

/// Whether things of its kind are in one place at a time.
pub(crate) fn moves(chronicle: &Chronicle, entity: EntityId) -> bool {
    let vocabulary = &chronicle.vocabulary;
    let kind = chronicle.entities[entity.index()].kind;
    let mut kinds = vocabulary.kinds.iter().enumerate();
    kinds.any(|(at, k)| k.moves && vocabulary.is_a(kind, KindId(at as u32)))
}

/// What the sentence's circumstances and the details of a claim name after such words, and by
/// which detail. What leaves a choice is left out: no world settles it.
pub(crate) fn circumstances(
    chronicle: &Chronicle,
    claim: &Claim,
    words: &[&str],
) -> Vec<(Vec<EntityId>, Option<u32>)> {
    let tail = match &claim.sentence {
        Sentence::Happens { tail, .. } | Sentence::Holds { tail, .. } => tail.as_slice(),
        Sentence::Text(_) => &[],
    };
    let mut all = Vec::new();
    for (circumstance, filler) in tail {
        let name = &chronicle.vocabulary.circumstances[circumstance.index()].name;
        if let Filler::Entities(things) = filler
            && words.contains(&name.as_str())
        {
            all.push((things.to_vec(), None));
        }
    }
    for (index, detail) in claim.details.iter().enumerate() {
        if let DetailValue::Entities(Filler::Entities(things)) = &detail.value
            && words.contains(&detail.key.as_str())
        {
            all.push((things.to_vec(), Some(index as u32)));
        }
    }
    all
}

/// Where what a claim tells of took place, and the detail that says so.
pub(crate) fn site(chronicle: &Chronicle, claim: &Claim) -> Vec<(Slot, Option<u32>)> {
    if let Sentence::Happens {
        event_type, roles, ..
    } = &claim.sentence
    {
        let event_type = &chronicle.vocabulary.event_types[event_type.index()];
        if let Some(place) = event_type.site.and_then(|role| slot(roles, role)) {
            return vec![(place, None)];
        }
    }
    let said = circumstances(chronicle, claim, &SITES);
    said.into_iter()
        .map(|(places, detail)| (Slot::Things(places), detail))
        .collect()
}

/// The events of which a claim's event brings news, by detail.
pub(crate) fn news_of(claim: &Claim) -> impl Iterator<Item = (u32, EventId)> + '_ {
    let details = claim.details.iter().enumerate();
    details.filter_map(|(index, detail)| match detail.value {
        DetailValue::Event(event) if detail.key == NEWS => Some((index as u32, event)),
        _ => None,
    })
}

/// Whether a detail that says where somebody or something was is a part of its own: one that is
/// doubted or has its own witness can lose by itself, any other is the claim's own word and stands
/// and falls with it.
pub(crate) fn places_somebody(chronicle: &Chronicle, claim: &Claim, index: u32) -> bool {
    let detail = &claim.details[index as usize];
    if !detail.doubted && detail.attestations.is_empty() {
        return false;
    }
    let words = [&SITES[..], &COMPANIONS, &FROM, &TO].concat();
    match &detail.value {
        DetailValue::Event(_) => detail.key == NEWS,
        DetailValue::Entities(Filler::Entities(_)) if words.contains(&detail.key.as_str()) => {
            let sites = SITES.contains(&detail.key.as_str());
            sites
                || stays(chronicle, claim)
                    .iter()
                    .any(|s| s.details.contains(&index))
        }
        _ => false,
    }
}
