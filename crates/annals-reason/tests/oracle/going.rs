//! Who is where: two stays of one thing in different places lie days apart (DESIGN 2.9).

use annals_chronicle::{Chronicle, Claim, EntityId, Mode, Sentence};

use crate::placing::{Atom, Rule};
use crate::plan::{Plan, momentless};
use crate::settled::Settled;
use crate::words;

/// Days between the polities, read back from what the chronicle says of them: the mover's day and
/// a degree of the equator.
fn days(chronicle: &Chronicle) -> Option<i32> {
    let mover = chronicle.movers.first()?;
    let metres = 100_574u64;
    Some((metres.div_ceil(mover.most_m) - 1) as i32)
}

/// Who is where by a claim, at its start and at its end.
fn there(claim: &Claim) -> [bool; 2] {
    match &claim.sentence {
        Sentence::Happens { event_type, .. } => match event_type.index() {
            words::MEET => [true, false],
            words::FORGET => [false, true],
            words::FIGHT => [true, true],
            _ => [false, false],
        },
        Sentence::Holds { relation, .. } => [relation.index() == words::KNOWS; 2],
        Sentence::Text(_) => [false, false],
    }
}

/// Every rule that the held claims of a plan make together.
pub fn rules(
    chronicle: &Chronicle,
    plan: &Plan,
    held: &dyn Fn(&Claim) -> bool,
    settled: &Settled,
) -> Vec<Rule> {
    let Some(days) = days(chronicle) else {
        return Vec::new();
    };
    let mut stays: Vec<(usize, EntityId, EntityId)> = Vec::new();
    for claim in &chronicle.claims {
        let asserted = claim.mode == Mode::Asserted && !momentless(claim);
        let absent = settled.absent.contains(&claim.event);
        if !asserted || absent || !held(claim) {
            continue;
        }
        let Some((start, end)) = plan.moments_of(claim.event) else {
            continue;
        };
        let [first, last] = there(claim);
        let roles = settled.roles(claim);
        for (moment, is_there) in [(start, first), (end, last)] {
            if is_there {
                stays.push((moment, roles[0], roles[1]));
            }
        }
    }
    let mut rules = Vec::new();
    for (i, (m, who, place)) in stays.iter().enumerate() {
        for (n, other, elsewhere) in &stays[i + 1..] {
            if who != other || place == elsewhere {
                continue;
            }
            rules.push(Rule {
                alternatives: vec![
                    Atom::Apart(*m, *n, Some(days), None),
                    Atom::Apart(*n, *m, Some(days), None),
                ],
            });
        }
    }
    rules
}
