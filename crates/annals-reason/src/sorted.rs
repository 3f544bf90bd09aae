//! What sorting all components comes to, in the order in which it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use annals_chronicle::{Assumption, Chronicle, Part};

use crate::answer::{Conflict, Reading};
use crate::component::{Component, Kept, members};
use crate::days::Days;
use crate::finding::Change;
use crate::partition::Partition;
use crate::premise::{Ground, PremiseId};
use crate::print::{Names, Places, Print, seed};
use crate::reading::Group;
use crate::scope::Scope;
use crate::travel::Ahead;

/// Chronicles of so many claims keep all that was worked out; larger ones only what they need.
const KEPT_CLAIMS: usize = 20_000;

/// Chronicles of so many claims are sorted by several threads.
const THREADED_CLAIMS: usize = 2_000;
/// More threads than so many have little left to do.
const THREADS_AT_MOST: usize = 8;
/// Components that a thread takes at once.
const AT_ONCE: usize = 32;

/// What all claims come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorted {
    pub readings: Vec<Reading>,
    pub conflicts: Vec<Conflict>,
    pub conflicts_complete: bool,
    pub readings_complete: bool,
    /// Parts that readings leave out of contradictions of which not all readings are listed.
    pub unlisted: BTreeSet<Part>,
    pub dropped_assumptions: Vec<Assumption>,
    pub changes: Vec<Change>,
}

/// What the claims of one component come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The readings of each group of connected conflicts.
    pub groups: Vec<Vec<Reading>>,
    pub conflicts: Vec<Conflict>,
    /// Whether a budget was spent before all conflicts were found.
    pub spent: bool,
    dropped_assumptions: Vec<Assumption>,
    changes: Vec<Change>,
    /// What the component itself keeps of it.
    pub state: Arc<State>,
}

/// How a component was sorted, by its own numbers of premises, which are the same wherever the
/// same is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub groups: Vec<Group>,
    /// The assumptions that do not stand.
    pub yielding: Vec<PremiseId>,
}

impl Outcome {
    /// The same of claims and things that have other numbers.
    pub fn renamed(&self, names: &Names) -> Outcome {
        let groups = self.groups.iter();
        let assumptions = self.dropped_assumptions.iter();
        Outcome {
            groups: groups
                .map(|g| g.iter().map(|r| names.reading(r)).collect())
                .collect(),
            conflicts: self.conflicts.iter().map(|c| names.conflict(c)).collect(),
            spent: self.spent,
            dropped_assumptions: assumptions.map(|a| names.assumption(*a)).collect(),
            changes: self.changes.iter().map(|c| names.change(c)).collect(),
            state: self.state.clone(),
        }
    }
}

/// What each component says.
pub(crate) type Prints = Vec<Print>;

/// What components came to, by what they say, to be used again after an edit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Components that came to nothing worth telling, sorted.
    plain: Vec<Print>,
    others: BTreeMap<Print, Outcome>,
}

impl Known {
    /// The component of a scope that says what is known already; `None` where it is not.
    pub fn component(
        &self,
        chronicle: &Arc<Chronicle>,
        scope: &Scope,
        print: Print,
    ) -> Option<Component> {
        let known = self.get(print)?;
        let outcome = Places::new(chronicle, scope).told(&known);
        Some(Component::known(chronicle, scope.clone(), outcome))
    }

    fn get(&self, print: Print) -> Option<Outcome> {
        if self.plain.binary_search(&print).is_ok() {
            return Some(Outcome::default());
        }
        self.others.get(&print).cloned()
    }
}

/// Sorts every component, unless it is known what one that says the same comes to. Components are
/// independent of one another, so the number of threads changes nothing.
pub(crate) fn sort(
    chronicle: &Arc<Chronicle>,
    partition: &Partition,
    components: &Kept<Vec<u32>, Component>,
    before: &Known,
) -> (Sorted, Known, Prints, Vec<(Print, Arc<Days>)>) {
    let work = Work {
        ahead: Ahead::new(chronicle, partition),
        chronicle,
        partition,
        components,
        before,
        seed: seed(chronicle),
        keep_all: chronicle.claims.len() <= KEPT_CLAIMS,
        next: AtomicUsize::new(0),
    };
    let threads = match chronicle.claims.len() {
        0..THREADED_CLAIMS => 1,
        _ => std::thread::available_parallelism().map_or(1, |n| n.get().min(THREADS_AT_MOST)),
    };
    let mut done = match threads {
        1 => work.run(),
        _ => std::thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(|| work.run())).collect();
            let done = threads.into_iter();
            done.flat_map(|t| {
                t.join()
                    .unwrap_or_else(|fault| std::panic::resume_unwind(fault))
            })
            .collect()
        }),
    };
    done.sort_unstable_by_key(|done| done.at);
    let mut known = Known::default();
    let mut prints = vec![Print::default(); partition.scopes.len()];
    let mut days = Vec::new();
    for done in &mut done {
        prints[done.at] = done.print;
        days.extend(done.days.take().map(|days| (done.print, days)));
        if done.outcome == Outcome::default() {
            known.plain.push(done.print);
        } else {
            let places = Places::new(chronicle, &partition.scopes[done.at]);
            known
                .others
                .insert(done.print, places.placed(&done.outcome));
        }
    }
    known.plain.sort_unstable();
    known.plain.dedup();
    let outcomes = done.into_iter().map(|done| done.outcome);
    (gathered(outcomes.collect()), known, prints, days)
}

/// A component that was looked at.
struct Done {
    at: usize,
    print: Print,
    outcome: Outcome,
    /// Days that will be asked for, where they were worked out.
    days: Option<Arc<Days>>,
}

/// All components, to be sorted by whichever thread is free.
struct Work<'w> {
    chronicle: &'w Arc<Chronicle>,
    partition: &'w Partition,
    components: &'w Kept<Vec<u32>, Component>,
    before: &'w Known,
    ahead: Ahead,
    seed: Print,
    keep_all: bool,
    next: AtomicUsize,
}

impl Work<'_> {
    /// Sorts components until none is left.
    fn run(&self) -> Vec<Done> {
        let mut all = Vec::new();
        let scopes = &self.partition.scopes;
        loop {
            let first = self.next.fetch_add(AT_ONCE, Ordering::Relaxed);
            if first >= scopes.len() {
                return all;
            }
            let last = scopes.len().min(first + AT_ONCE);
            for (at, scope) in scopes.iter().enumerate().take(last).skip(first) {
                if !scope.claims.is_empty() {
                    all.push(self.sort_one(at, scope));
                }
            }
        }
    }

    fn sort_one(&self, at: usize, scope: &Scope) -> Done {
        let places = Places::new(self.chronicle, scope);
        let print = places.print(self.seed);
        if let Some(known) = self.before.get(print) {
            let outcome = places.told(&known);
            let days = None;
            return Done {
                at,
                print,
                outcome,
                days,
            };
        }
        let component = Component::new(self.chronicle, scope.clone());
        let outcome = outcome(&component);
        let days = self.ahead.days(at as u32, &component);
        if self.keep_all {
            self.components.put(vec![at as u32], component);
        } else if !component.groups.is_empty() {
            // Its contradictions are to be reported.
            let component = component.without_answers();
            self.components.put(vec![at as u32], component);
        }
        Done {
            at,
            print,
            outcome,
            days,
        }
    }
}

fn outcome(component: &Component) -> Outcome {
    let readings = |places: &Vec<usize>| {
        let of = places.iter().map(|at| component.readings[*at].clone());
        of.collect()
    };
    let assumed = component.dropped_assumptions.iter();
    let assumed = assumed.filter_map(|p| match component.premises.grounds[p.0 as usize] {
        Ground::Assumption(assumption) => Some(assumption),
        Ground::Part(_) => None,
    });
    Outcome {
        groups: component
            .groups
            .iter()
            .map(|g| readings(&g.readings))
            .collect(),
        conflicts: component.conflicts.clone(),
        spent: !component.conflicts_complete,
        dropped_assumptions: assumed.collect(),
        changes: component.unrecorded_changes(),
        state: Arc::new(State {
            groups: component.groups.clone(),
            yielding: component.dropped_assumptions.clone(),
        }),
    }
}

fn gathered(outcomes: Vec<Outcome>) -> Sorted {
    let mut all = Sorted {
        conflicts_complete: outcomes.iter().all(|o| !o.spent),
        readings_complete: outcomes
            .iter()
            .all(|o| !o.spent && o.state.groups.iter().all(|g| g.complete)),
        ..Sorted::default()
    };
    let mut groups: Vec<Vec<Reading>> = Vec::new();
    for outcome in outcomes {
        for (readings, group) in outcome.groups.iter().zip(&outcome.state.groups) {
            if !group.complete {
                let parts = readings.iter().flat_map(|r| r.dropped.iter().copied());
                all.unlisted.extend(parts);
            }
        }
        groups.extend(outcome.groups);
        all.conflicts.extend(outcome.conflicts);
        all.dropped_assumptions.extend(outcome.dropped_assumptions);
        all.changes.extend(outcome.changes);
    }
    // Groups stand in the order of the first part that some reading of them leaves out.
    groups.sort_by_cached_key(|group| {
        let parts = group.iter().flat_map(|r| &r.dropped);
        parts.map(|p| place(*p)).min()
    });
    all.readings = groups.into_iter().flatten().collect();
    if all.readings.is_empty() {
        all.readings.push(Reading {
            dropped: vec![],
            preferred: true,
        });
    }
    all.conflicts = in_order(all.conflicts);
    all.dropped_assumptions.sort_by_key(|assumption| {
        let (Assumption::EndingFollows(claim) | Assumption::Width(claim, _)) = *assumption;
        (claim, *assumption)
    });
    all
}

/// Where a part stands in the text; what belongs to no claim comes last.
fn place(part: Part) -> (u32, Part) {
    (part.claim().map_or(u32::MAX, |c| c.0), part)
}

/// Conflicts of fewest claims first; of equally many those that share no claim with one
/// before them, then in document order.
fn in_order(mut conflicts: Vec<Conflict>) -> Vec<Conflict> {
    conflicts.sort_by_cached_key(|conflict| {
        let members = members(conflict);
        let claims: Vec<u32> = members
            .iter()
            .map(|(c, _)| c.map_or(u32::MAX, |c| c.0))
            .collect();
        (members.len(), claims, conflict.parts.clone())
    });
    let mut told = BTreeSet::new();
    let mut all = Vec::new();
    for alike in conflicts.chunk_by(|a, b| members(a).len() == members(b).len()) {
        let mut later = Vec::new();
        for conflict in alike {
            let members = members(conflict);
            if members.iter().any(|m| told.contains(m)) {
                later.push(conflict.clone());
            } else {
                told.extend(members);
                all.push(conflict.clone());
            }
        }
        all.append(&mut later);
    }
    all
}
