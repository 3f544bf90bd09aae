//! Ties between names, once all names are known.

use annals_chronicle::{Claim, Entity, Filler, Identity, Mode, Sentence, Vocabulary};
use annals_sentence::Matcher;
use annals_text::{Files, Report};

use crate::declare::{SAME, Tie};

/// Finds the other name of every tie among things of the same kind.
pub(crate) fn join(
    files: &Files,
    ties: Vec<Tie>,
    entities: &[Entity],
    matcher: &Matcher,
    reports: &mut Vec<Report>,
) -> Vec<Identity> {
    let mut identities: Vec<Identity> = Vec::new();
    for tie in ties {
        let kind = entities[tie.a.index()].kind;
        let found = match tie.b {
            Some(b) => Ok(b),
            None => matcher.read_name(files.slice(tie.name), tie.name, &[kind]),
        };
        let b = match found {
            Ok(b) if b == tie.a => continue,
            Ok(b) => b,
            Err(report) => {
                reports.push(report);
                continue;
            }
        };
        identities.push(Identity {
            a: tie.a,
            b,
            doubted: tie.doubted,
            attestations: tie.attestations,
            span: tie.span,
        });
    }
    identities
}

/// A claim in the words of the detail says the same: `always: X is the same as Y ?`.
pub(crate) fn from_claims(
    claims: &[Claim],
    vocabulary: &Vocabulary,
    entities: &[Entity],
    identities: &mut Vec<Identity>,
) {
    for claim in claims
        .iter()
        .filter(|c| c.mode == Mode::Asserted && !c.draft)
    {
        let Sentence::Holds {
            relation, roles, ..
        } = &claim.sentence
        else {
            continue;
        };
        let [Filler::Entities(a), Filler::Entities(b)] = roles.as_slice() else {
            continue;
        };
        let (&[a], &[b]) = (a.as_slice(), b.as_slice()) else {
            continue;
        };
        let one_kind = entities[a.index()].kind == entities[b.index()].kind;
        if vocabulary.relations[relation.index()].name == SAME && a != b && one_kind {
            identities.push(Identity {
                a,
                b,
                doubted: claim.doubted,
                attestations: claim.attestations.clone(),
                span: claim.span,
            });
        }
    }
}
