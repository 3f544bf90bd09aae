//! Which answers a change can reach at all: the others need not be worked out twice.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Claim, ClaimId};

use crate::aligned::ClaimKey;
use crate::ask::Asker;

/// The claims that a change touches, on either side; `None` where it may touch anything.
pub(crate) fn touched(sides: [&Asker<'_>; 2]) -> Option<[BTreeSet<ClaimId>; 2]> {
    let [before, after] = sides;
    let frame = |side: &Asker<'_>| {
        let chronicle = side.chronicle;
        let names = chronicle
            .entities
            .iter()
            .map(|e| (e.span, e.kind, e.name.clone()));
        let ties = chronicle.identities.iter().map(|i| (i.span, i.doubted));
        let choices = chronicle.choices.iter().map(|c| c.span);
        (
            chronicle.covers,
            names.collect::<Vec<_>>(),
            ties.collect::<Vec<_>>(),
            choices.collect::<Vec<_>>(),
        )
    };
    if frame(before) != frame(after) {
        return None;
    }
    let keyed = sides.map(|side| -> BTreeMap<ClaimKey, ClaimId> {
        let claims = side.chronicle.claims.iter();
        claims.map(|c| (side.claim_key(c.id), c.id)).collect()
    });
    let mut touched = [BTreeSet::new(), BTreeSet::new()];
    let keys: BTreeSet<&ClaimKey> = keyed.iter().flat_map(|k| k.keys()).collect();
    for key in keys {
        let ids = [0, 1].map(|side| keyed[side].get(key).copied());
        let same = match ids {
            [Some(old), Some(new)] => alike(before, before.claim(old), after, after.claim(new)),
            _ => false,
        };
        if !same {
            for side in [0, 1] {
                touched[side].extend(ids[side]);
            }
        }
    }
    // Trust decides between claims that contradict one another, and nowhere else.
    let trust = |side: &Asker<'_>| -> Vec<_> {
        let preferences = side.chronicle.preferences.iter();
        preferences.map(|p| (p.better, p.worse)).collect()
    };
    if trust(before) != trust(after) {
        for (side, touched) in sides.iter().zip(&mut touched) {
            let conflicts = side.reasoner.conflicts().iter();
            touched.extend(conflicts.flat_map(|c| &c.parts).filter_map(|p| p.claim()));
        }
    }
    Some(touched)
}

/// Whether a claim says and counts the same on both sides.
fn alike(before: &Asker<'_>, old: &Claim, after: &Asker<'_>, new: &Claim) -> bool {
    let details = |claim: &Claim| claim.details.iter().map(|d| d.span).collect::<Vec<_>>();
    let conditions = |claim: &Claim| {
        let conditions = claim.when.conditions.iter();
        conditions.map(|c| c.span).collect::<Vec<_>>()
    };
    let witnesses = |side: &Asker<'_>, claim: &Claim| -> Vec<String> {
        let own = claim.details.iter().map(|d| &d.attestations);
        let all = std::iter::once(&claim.attestations).chain(own).flatten();
        all.map(|a| side.chronicle.sources[a.source.index()].key.clone())
            .collect()
    };
    let lasting =
        |side: &Asker<'_>, claim: &Claim| side.chronicle.events[claim.event.index()].lasting;
    old.draft == new.draft
        && details(old) == details(new)
        && conditions(old) == conditions(new)
        && witnesses(before, old) == witnesses(after, new)
        && lasting(before, old) == lasting(after, new)
}
