//! Fingerprints of what claims tell of. Only equality counts, and an accident joins what need not
//! be joined.

use annals_chronicle::{Chronicle, EntityId, EventTypeId, Fluent, RelationId};

use crate::bearing::slot_keys;

/// What a key is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Fluent,
    Slot,
    Open,
    Chain,
    Name,
    Unnamed,
    Denied,
    Mover,
}

/// The fingerprints of a fluent and its slots.
pub(crate) fn own_keys(chronicle: &Chronicle, fluent: &Fluent, emit: &mut dyn FnMut(u64)) {
    let roles = fluent.roles.iter().map(|e| e.0);
    let all: Vec<u32> = [fluent.relation.0].into_iter().chain(roles).collect();
    emit(fingerprint(About::Fluent, &all));
    slot_prints(chronicle, fluent).into_iter().for_each(emit);
}

pub(crate) fn slot_prints(chronicle: &Chronicle, fluent: &Fluent) -> Vec<u64> {
    let prints = slot_keys(chronicle, fluent)
        .into_iter()
        .map(|(relation, constraint, per)| {
            let head = [relation.0, constraint as u32];
            let all: Vec<u32> = head.into_iter().chain(per.iter().map(|e| e.0)).collect();
            fingerprint(About::Slot, &all)
        });
    prints.collect()
}

pub(crate) fn open_print(
    relation: RelationId,
    mask: u64,
    roles: impl Iterator<Item = Option<EntityId>>,
) -> u64 {
    let filled = roles.enumerate().filter(|(at, _)| mask >> at & 1 != 0);
    let filled = filled.filter_map(|(_, e)| e).map(|e| e.0);
    let head = [relation.0, mask as u32];
    let all: Vec<u32> = head.into_iter().chain(filled).collect();
    fingerprint(About::Open, &all)
}

pub(crate) fn denial_print(
    denied: EventTypeId,
    role: Option<&String>,
    thing: Option<EntityId>,
) -> u64 {
    let name = role.map_or(0, |name| {
        let bytes: Vec<u32> = name.bytes().map(u32::from).collect();
        fingerprint(About::Denied, &bytes) as u32
    });
    let thing = thing.map_or(u32::MAX, |e| e.0);
    fingerprint(About::Denied, &[denied.0, name, thing])
}

/// One number for a list of numbers. Only equality counts, and an accident does no harm.
pub(crate) fn fingerprint(about: About, parts: &[u32]) -> u64 {
    let mut print = about as u64 + 1;
    for part in parts {
        print = (print.rotate_left(5) ^ u64::from(*part)).wrapping_mul(0x517c_c1b7_2722_0a95);
        print ^= print >> 29;
    }
    print ^ print >> 32
}

pub(crate) fn mask_of(filled: impl Iterator<Item = bool>) -> u64 {
    filled
        .take(32)
        .enumerate()
        .fold(0, |mask, (at, filled)| mask | u64::from(filled) << at)
}

/// Every way of filling roles.
pub(crate) fn product(options: &[Vec<Option<EntityId>>]) -> Vec<Vec<Option<EntityId>>> {
    let mut all = vec![Vec::with_capacity(options.len())];
    for role in options {
        if let [only] = role[..] {
            all.iter_mut()
                .for_each(|roles: &mut Vec<_>| roles.push(only));
            continue;
        }
        let grown = all.iter().flat_map(|roles| {
            role.iter().map(|option| {
                let mut roles = roles.clone();
                roles.push(*option);
                roles
            })
        });
        all = grown.collect();
    }
    all
}
