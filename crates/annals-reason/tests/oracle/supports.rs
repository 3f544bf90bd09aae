//! Supports by their definition: whichever other accepted claims are added to them, they force
//! the answer, and nothing less does.

use annals_chronicle::{Assumption, ClaimId, Day, Part, Support};
use annals_reason::{At, Reasoner, Side};

use crate::compare::{Check, moments, name, statuses};
use crate::world::{Assumed, Oracle, Seen};

/// A support as bits: parts, and the claims whose ending is assumed to follow.
#[derive(Clone, Copy)]
struct Held {
    parts: u64,
    claims: u64,
}

/// What a support is asked to force.
enum Answer {
    /// No status beyond these, of a fluent on a day, both by number.
    Shows {
        fluent: usize,
        day: usize,
        values: u8,
    },
    /// A moment is not earlier, or not later, than this day.
    Bound { moment: usize, side: Side, day: i32 },
}

pub fn compare(
    reasoner: &Reasoner,
    oracle: &mut Oracle,
    seen: &Seen,
    check: &mut Check,
) -> Result<(), String> {
    for (number, fluent) in oracle.fluents.list.clone().iter().enumerate() {
        for (i, day) in (oracle.window.0..=oracle.window.1).enumerate() {
            let support = reasoner.support(fluent, At::Day(Day(day)));
            let values = seen.shown[number][i];
            let answer = Answer::Shows {
                fluent: number,
                day: i,
                values,
            };
            let words = format!(
                "support of {} on day {day} ({})",
                name(oracle, fluent),
                statuses(values)
            );
            compare_one(oracle, &support, &answer, &words, check)?;
        }
    }
    compare_bounds(reasoner, oracle, seen, check)
}

fn compare_bounds(
    reasoner: &Reasoner,
    oracle: &mut Oracle,
    seen: &Seen,
    check: &mut Check,
) -> Result<(), String> {
    let undoubted = oracle.undoubted();
    for (number, moment) in moments(oracle) {
        let told_only_by_undoubted = oracle.chronicle.events[moment.event.index()]
            .claims
            .iter()
            .all(|c| !oracle.chronicle.claims[c.index()].doubted);
        if !told_only_by_undoubted || !oracle.claims_tell_of(moment.event, undoubted) {
            continue;
        }
        for side in [Side::Earliest, Side::Latest] {
            let day = bound(oracle, seen.days[number], side);
            let support = reasoner.bound_support(moment, side);
            let words = format!("support of {side:?} of {moment:?}");
            check.same(&support.is_some(), &day.is_some(), || words.clone())?;
            if let (Some(support), Some(day)) = (support, day) {
                let answer = Answer::Bound {
                    moment: number,
                    side,
                    day,
                };
                compare_one(oracle, &support, &answer, &words, check)?;
            }
        }
    }
    Ok(())
}

/// The outermost day of a set of bits, `None` where it lies on the shore or beyond.
fn bound(oracle: &Oracle, bits: u128, side: Side) -> Option<i32> {
    let reach = oracle.reach;
    let day = match side {
        Side::Earliest => reach.first + bits.trailing_zeros() as i32,
        Side::Latest => reach.first + 127 - bits.leading_zeros() as i32,
    };
    (oracle.shore.first < day && day < oracle.shore.last).then_some(day)
}

fn compare_one(
    oracle: &mut Oracle,
    support: &Support,
    answer: &Answer,
    words: &str,
    check: &mut Check,
) -> Result<(), String> {
    let held = held(oracle, support);
    check.same(&forces(oracle, held, answer), &true, || {
        format!("{words}: {support:?} forces")
    })?;
    // What is assumed about a claim is told with the claim, whether it needs it or not.
    let told = |part: &&Part| part.claim().is_some_and(|c| held.claims & (1 << c.0) != 0);
    for part in support.parts.iter().filter(|p| !told(p)) {
        let less = Held {
            parts: held.parts & !oracle.bit(*part),
            ..held
        };
        let words = || format!("{words}: {support:?} forces without {part:?}");
        check.same(&forces(oracle, less, answer), &false, words)?;
    }
    for assumption in &support.assumptions {
        let Assumption::EndingFollows(claim) = assumption else {
            panic!("the generator writes no vague widths");
        };
        let less = Held {
            claims: held.claims & !(1 << claim.0),
            ..held
        };
        let words = || format!("{words}: {support:?} forces without {assumption:?}");
        check.same(&forces(oracle, less, answer), &false, words)?;
    }
    Ok(())
}

fn held(oracle: &Oracle, support: &Support) -> Held {
    Held {
        parts: support.parts.iter().fold(0, |set, p| set | oracle.bit(*p)),
        claims: support.assumptions.iter().fold(0, |set, a| match a {
            Assumption::EndingFollows(claim) => set | 1 << claim.0,
            Assumption::Width(..) => set,
        }),
    }
}

/// Whether the held parts force the answer with every set of whole claims, identities and
/// choices added to them.
fn forces(oracle: &mut Oracle, held: Held, answer: &Answer) -> bool {
    let others = accepted(oracle);
    (0..1u64 << others.len()).all(|added| {
        let chosen = (0..others.len()).filter(|i| added & (1 << i) != 0);
        let parts = chosen.fold(held.parts, |set, i| set | others[i]);
        let seen = oracle.see(parts, Assumed::Only(held.claims));
        gives(oracle, &seen, answer)
    })
}

/// Every claim as bits, and by itself every identity, choice and doubted date. What is doubted
/// and clashes with the undoubted holds in no timeline: it is not accepted.
fn accepted(oracle: &mut Oracle) -> Vec<u64> {
    let count = oracle.chronicle.claims.len() as u32;
    let mut all: Vec<u64> = (0..count).map(|c| of_claim(oracle, ClaimId(c))).collect();
    let alone = |p: &&Part| p.claim().is_none() || doubted_itself(oracle, p);
    let others = oracle.parts.iter().filter(alone);
    all.extend(others.map(|p| oracle.bit(*p)));
    let undoubted = oracle.undoubted();
    all.retain(|parts| oracle.consistent(undoubted | parts));
    all
}

/// Whether the doubt is about a date, not about the claim.
fn doubted_itself(oracle: &Oracle, part: &Part) -> bool {
    match part {
        Part::Date(claim, index) => {
            let claim = &oracle.chronicle.claims[claim.index()];
            claim.when.conditions[*index as usize].doubted
        }
        _ => false,
    }
}

/// What a claim says without doubt, if it is not doubted as a whole, as bits.
fn of_claim(oracle: &Oracle, claim: ClaimId) -> u64 {
    let own = oracle
        .parts
        .iter()
        .enumerate()
        .filter(|(_, p)| p.claim() == Some(claim) && !doubted_itself(oracle, p));
    own.fold(0, |set, (i, _)| set | 1 << i)
}

fn gives(oracle: &Oracle, seen: &Seen, answer: &Answer) -> bool {
    if !seen.consistent {
        return true;
    }
    match answer {
        Answer::Shows {
            fluent,
            day,
            values,
        } => seen.shown[*fluent][*day] & !values == 0,
        Answer::Bound { moment, side, day } => {
            match (bound(oracle, seen.bare[*moment], *side), side) {
                (Some(found), Side::Earliest) => found >= *day,
                (Some(found), Side::Latest) => found <= *day,
                (None, _) => false,
            }
        }
    }
}
