//! The brute force itself: what a set of parts shows over all its timelines.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use annals_chronicle::{ChoiceId, Chronicle, ClaimId, EventId, Fluent, IdentityId, Mode, Part};
use annals_reason::Relations;

use crate::fluents::{self, Fluents};
use crate::inertia::Runner;
use crate::lines;
use crate::plan::{self, Ending, Plan, Reach};
use crate::related;
use crate::settled::{Settled, settlings};

/// What all timelines of a set of parts show together.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Whether there is a timeline.
    pub consistent: bool,
    /// Days of each moment from the first day of the reach, as bits, where it is claimed.
    pub days: Vec<u128>,
    /// The same whether it is claimed or a bare moment.
    pub bare: Vec<u128>,
    /// Statuses by fluent and day of the window.
    pub shown: Vec<Vec<u8>>,
    /// Statuses just before each moment, by moment and fluent, where it is claimed.
    pub before: Vec<Vec<u8>>,
    /// Relations of two events, by their numbers, where both are claimed and have a place in the
    /// line.
    pub related: BTreeMap<(EventId, EventId), Relations>,
    /// Events that are claimed and have no place in some line.
    pub unplaced: BTreeSet<EventId>,
}

/// Which assumptions are made, where they do not clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assumed {
    All,
    /// Those about these claims, as bits.
    Only(u64),
}

/// A chronicle under enumeration.
pub struct Oracle {
    pub chronicle: Chronicle,
    pub fluents: Fluents,
    /// The parts, in order; sets of parts are bits over this list.
    pub parts: Vec<Part>,
    /// Groups of parts that a doubt gives or takes together.
    doubts: Vec<u64>,
    /// Days that answers are compared on.
    pub window: (i32, i32),
    pub reach: Reach,
    /// A moment that can get here can get anywhere beyond.
    pub shore: Reach,
    known: HashMap<(u64, Assumed), Rc<Seen>>,
    fits: HashMap<u64, bool>,
}

impl Oracle {
    /// `max` is the last day a date names.
    pub fn new(chronicle: Chronicle, max: i32) -> Oracle {
        let fluents = Fluents::new(&chronicle);
        let parts = parts(&chronicle);
        let window = (-2, max + 2);
        let mut oracle = Oracle {
            doubts: doubts(&chronicle, &parts),
            fluents,
            parts,
            window,
            reach: Reach::default(),
            shore: Reach::default(),
            chronicle,
            known: HashMap::new(),
            fits: HashMap::new(),
        };
        (oracle.shore, oracle.reach) = oracle.reaches();
        oracle
    }

    /// Beyond the shore no date holds a moment in any more; and beyond it lies as much again, so
    /// that moments on the shore have room for what hangs from them.
    fn reaches(&self) -> (Reach, Reach) {
        let plan = self.plan(self.all());
        let mut more: i32 = 1 + plan.rules.iter().map(|r| r.length()).sum::<i32>();
        // Outside its cells a grid says nothing, and moments must be able to get there.
        let relative_to_cells = plan.rules.iter().any(|r| r.speaks_of_cells());
        let starts = self
            .chronicle
            .grids
            .iter()
            .flat_map(|g| &g.starts)
            .map(|d| d.0);
        let (mut first, mut last) = self.window;
        for start in starts.filter(|_| relative_to_cells) {
            (first, last) = (first.min(start - 1), last.max(start));
        }
        let of = |f: fn(&Chronicle, &Fluent) -> Option<i32>| {
            self.fluents
                .list
                .iter()
                .filter_map(move |fluent| f(&self.chronicle, fluent))
        };
        more += of(fluents::lasts).sum::<i32>() + of(fluents::fades).max().unwrap_or(0);
        // The sum is generous: no chain of demands uses all of them.
        more = more.min(28);
        let around = |days: i32| Reach {
            first: first - days,
            last: last + days,
        };
        let reach = around(2 * more);
        assert!(reach.last - reach.first < 128, "days are kept as bits");
        (around(more), reach)
    }

    /// Every part.
    pub fn all(&self) -> u64 {
        (1 << self.parts.len()) - 1
    }

    /// The parts no doubt touches.
    pub fn undoubted(&self) -> u64 {
        self.doubts.iter().fold(self.all(), |set, d| set & !d)
    }

    pub fn bit(&self, part: Part) -> u64 {
        match self.parts.iter().position(|p| *p == part) {
            Some(i) => 1 << i,
            None => panic!("{part:?} is no part of this chronicle"),
        }
    }

    fn holds(&self, held: u64, part: Part) -> bool {
        let place = self.parts.iter().position(|p| *p == part);
        place.is_some_and(|i| held & (1 << i) != 0)
    }

    /// The ways of settling who is who under a set of parts, each with its plan.
    fn plans(&self, held: u64) -> Vec<(Settled, Plan)> {
        let holds = |part: Part| self.holds(held, part);
        let plan = |s: &Settled| plan::plan(&self.chronicle, &self.fluents, self.reach, &holds, s);
        let all = settlings(&self.chronicle, &holds).into_iter();
        all.map(|s| (s.clone(), plan(&s))).collect()
    }

    /// Any of the plans: their moments are the same.
    pub fn plan(&self, held: u64) -> Plan {
        self.plans(held).swap_remove(0).1
    }

    /// What the timelines of these parts show, doubted ones holding in some and not in others.
    pub fn see(&mut self, parts: u64, assumed: Assumed) -> Rc<Seen> {
        if let Some(seen) = self.known.get(&(parts, assumed)) {
            return seen.clone();
        }
        let doubts: Vec<u64> = self
            .doubts
            .iter()
            .copied()
            .filter(|d| d & parts != 0)
            .collect();
        let mut all: Option<Seen> = None;
        for chosen in 0..1u64 << doubts.len() {
            let dropped = (0..doubts.len()).filter(|i| chosen & (1 << i) == 0);
            let held = dropped.fold(parts, |set, i| set & !doubts[i]);
            if self.consistent(held) {
                let one = self.see_exactly(held, assumed);
                match &mut all {
                    Some(all) => all.join(&one),
                    None => all = Some(one),
                }
            }
        }
        let seen = Rc::new(all.unwrap_or_else(|| self.nothing()));
        self.known.insert((parts, assumed), seen.clone());
        seen
    }

    /// Whether these parts, all of them held and nothing assumed, have a timeline.
    pub fn consistent(&mut self, held: u64) -> bool {
        if let Some(known) = self.fits.get(&held) {
            return *known;
        }
        let plans = self.plans(held);
        let found = plans.iter().any(|(_, plan)| self.any_line(plan, 0));
        self.fits.insert(held, found);
        found
    }

    /// Whether a timeline of the plan keeps the assumptions of these claims.
    fn any_line(&self, plan: &Plan, assumed: u64) -> bool {
        let endings = of_claims(plan, assumed);
        let runner = Runner::new(&self.chronicle, &self.fluents, plan, endings, self.window);
        let mut found = false;
        // Where there is a timeline there is one that keeps to the shore.
        lines::each_line(plan, self.shore, &mut |line| {
            found = runner.run(line).is_some();
            !found
        });
        found
    }

    fn see_exactly(&self, held: u64, assumed: Assumed) -> Seen {
        let plans = self.plans(held);
        let mut seen = self.nothing();
        for (settled, plan) in &plans {
            if !self.any_line(plan, 0) {
                continue;
            }
            let assumed = match assumed {
                Assumed::Only(claims) => claims,
                Assumed::All => u64::MAX,
            };
            let made = assumed & !self.yielding(plan, assumed);
            let one = self.see_settled(held, settled, plan, made);
            seen.join(&one);
        }
        seen
    }

    fn see_settled(&self, held: u64, settled: &Settled, plan: &Plan, assumed: u64) -> Seen {
        let endings = of_claims(plan, assumed);
        let runner = Runner::new(&self.chronicle, &self.fluents, plan, endings, self.window);
        let mut seen = self.nothing();
        let told = self.chronicle.events.iter().map(|e| e.id);
        let told = told.filter(|e| !settled.absent.contains(e) && self.claims_tell_of(*e, held));
        let told: Vec<EventId> = told.collect();
        lines::each_line(plan, self.reach, &mut |line| {
            if let Some(shown) = runner.run(line) {
                seen.consistent = true;
                related::note(plan, &told, line, &mut seen);
                for (moment, day) in line {
                    seen.days[*moment] |= 1 << (day - self.reach.first);
                    merge(&mut seen.before[*moment], &shown.before[*moment]);
                }
                for (all, one) in seen.shown.iter_mut().zip(&shown.days) {
                    merge(all, one);
                }
            }
            true
        });
        for (moment, m) in plan.moments.iter().enumerate() {
            if seen.consistent && seen.days[moment] == 0 {
                // Nothing bears on it, so it is not part of any line.
                seen.days[moment] = self.every_day();
            }
            seen.bare[moment] = seen.days[moment];
            if settled.absent.contains(&m.event) || !self.claims_tell_of(m.event, held) {
                seen.days[moment] = 0;
                seen.before[moment].fill(0);
            }
        }
        self.name_by_any_name(settled, &mut seen);
        seen
    }

    /// What is said of a thing holds by each of its names.
    fn name_by_any_name(&self, settled: &Settled, seen: &mut Seen) {
        for (number, fluent) in self.fluents.list.iter().enumerate() {
            let real = self
                .fluents
                .number(&settled.fluent(&self.chronicle, fluent));
            seen.shown[number] = seen.shown[real].clone();
            for before in &mut seen.before {
                before[number] = before[real];
            }
        }
    }

    /// The claims (bits) whose assumption is a member of a minimal clash with the plan,
    /// of those assumed.
    fn yielding(&self, plan: &Plan, assumed: u64) -> u64 {
        let endings = plan.endings.iter();
        let all = assumed & endings.fold(0u64, |set, e| set | 1 << e.claim.0);
        if self.any_line(plan, all) {
            return 0;
        }
        let claims: Vec<ClaimId> = (0..64)
            .filter(|c| all & (1 << c) != 0)
            .map(ClaimId)
            .collect();
        let mut sets: Vec<u64> = (1..1u64 << claims.len())
            .map(|chosen| {
                let members = (0..claims.len()).filter(|i| chosen & (1 << i) != 0);
                members.fold(0, |set, i| set | 1 << claims[i].0)
            })
            .collect();
        sets.sort_by_key(|set| set.count_ones());
        let mut clashes: Vec<u64> = Vec::new();
        for set in sets {
            let minimal = !clashes.iter().any(|c| c & set == *c);
            if minimal && !self.any_line(plan, set) {
                clashes.push(set);
            }
        }
        clashes.iter().fold(0, |all, set| all | set)
    }

    /// Whether a held claim says that the event happened or the state held.
    pub fn claims_tell_of(&self, event: EventId, held: u64) -> bool {
        self.chronicle.events[event.index()].claims.iter().any(|c| {
            self.chronicle.claims[c.index()].mode == Mode::Asserted
                && self.holds(held, Part::Happened(*c))
        })
    }

    /// The bits of all days of the reach.
    pub fn every_day(&self) -> u128 {
        (0..=self.reach.last - self.reach.first).fold(0, |set, day| set | 1 << day)
    }

    fn nothing(&self) -> Seen {
        let plan = self.plan(self.all());
        let days = (self.window.1 - self.window.0 + 1) as usize;
        let fluents = self.fluents.list.len();
        Seen {
            consistent: false,
            days: vec![0; plan.moments.len()],
            bare: vec![0; plan.moments.len()],
            shown: vec![vec![0; days]; fluents],
            before: vec![vec![0; fluents]; plan.moments.len()],
            related: BTreeMap::new(),
            unplaced: BTreeSet::new(),
        }
    }

    /// All minimal sets of undoubted parts without a timeline, smallest first.
    pub fn minimal_conflicts(&mut self) -> Vec<u64> {
        let undoubted = self.undoubted();
        if self.consistent(undoubted) {
            return Vec::new();
        }
        let mut sets: Vec<u64> = (1..=undoubted).filter(|s| s & !undoubted == 0).collect();
        sets.sort_by_key(|s| (s.count_ones(), *s));
        let mut found: Vec<u64> = Vec::new();
        for set in sets {
            if !found.iter().any(|f| f & set == *f) && !self.consistent(set) {
                found.push(set);
            }
        }
        found
    }
}

impl Seen {
    /// What either shows.
    pub fn join(&mut self, other: &Seen) {
        self.consistent |= other.consistent;
        for (all, one) in self.days.iter_mut().zip(&other.days) {
            *all |= one;
        }
        for (all, one) in self.bare.iter_mut().zip(&other.bare) {
            *all |= one;
        }
        for (all, one) in self.shown.iter_mut().zip(&other.shown) {
            merge(all, one);
        }
        for (all, one) in self.before.iter_mut().zip(&other.before) {
            merge(all, one);
        }
        self.unplaced.extend(&other.unplaced);
        for (pair, one) in &other.related {
            let all = self.related.entry(*pair).or_default();
            one.each().for_each(|relation| all.add(relation));
        }
    }
}

fn merge(all: &mut [u8], one: &[u8]) {
    for (a, b) in all.iter_mut().zip(one) {
        *a |= b;
    }
}

fn of_claims(plan: &Plan, claims: u64) -> Vec<&Ending> {
    let all = plan.endings.iter();
    all.filter(|e| claims & (1 << e.claim.0) != 0).collect()
}

/// That each claim happened, then each condition of its date; identities, choices. Drafts say
/// nothing.
fn parts(chronicle: &Chronicle) -> Vec<Part> {
    let mut parts = Vec::new();
    for claim in chronicle.claims.iter().filter(|c| !c.draft) {
        parts.push(Part::Happened(claim.id));
        let dates = 0..claim.when.conditions.len() as u32;
        parts.extend(dates.map(|i| Part::Date(claim.id, i)));
    }
    let identities = 0..chronicle.identities.len() as u32;
    parts.extend(identities.map(|i| Part::Identity(IdentityId(i))));
    let choices = 0..chronicle.choices.len() as u32;
    parts.extend(choices.map(|i| Part::Choice(ChoiceId(i))));
    parts
}

/// A doubted claim with all its parts, and each doubted condition alone.
fn doubts(chronicle: &Chronicle, parts: &[Part]) -> Vec<u64> {
    let bits = |f: &dyn Fn(&Part) -> bool| -> u64 {
        let chosen = parts.iter().enumerate().filter(|(_, p)| f(p));
        chosen.fold(0, |set, (i, _)| set | 1 << i)
    };
    let mut groups = Vec::new();
    for claim in chronicle.claims.iter().filter(|c| !c.draft) {
        if claim.doubted {
            groups.push(bits(&|p| p.claim() == Some(claim.id)));
        }
        for (i, condition) in claim.when.conditions.iter().enumerate() {
            if condition.doubted {
                groups.push(bits(&|p| *p == Part::Date(claim.id, i as u32)));
            }
        }
    }
    for (i, identity) in chronicle.identities.iter().enumerate() {
        if identity.doubted {
            groups.push(bits(&|p| *p == Part::Identity(IdentityId(i as u32))));
        }
    }
    groups
}
