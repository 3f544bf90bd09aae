//! The states of one timeline, by running along the line as DESIGN 2.3 tells it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use annals_chronicle::Chronicle;

use crate::fluents::{self, Fluents};
use crate::lines::Stop;
use crate::plan::{Ending, Plan, Says};

/// Statuses as bits, so that a set of them is a number.
pub const TRUE: u8 = 1;
pub const FALSE: u8 = 2;
pub const UNRECORDED: u8 = 4;

/// A stop of the line, or the start or close of a stretch of days that keeps a value.
struct Step<'a> {
    day: i32,
    moment: Option<usize>,
    /// The kept days that it opens or closes.
    kept: Vec<usize>,
    says: Cow<'a, Says>,
}

/// A stretch of steps between which a fluent keeps its value.
struct Hold {
    fluent: usize,
    value: u8,
    first: usize,
    last: usize,
}

/// What one timeline shows.
pub struct Shown {
    /// Statuses by fluent and by day from the first day of the window.
    pub days: Vec<Vec<u8>>,
    /// Statuses just before each moment, by moment and fluent.
    pub before: Vec<Vec<u8>>,
}

/// The unchanging part of running many timelines of one plan.
pub struct Runner<'a> {
    fluents: &'a Fluents,
    plan: &'a Plan,
    /// Endings whose assumption is in force and could be met.
    endings: Vec<&'a Ending>,
    once: Vec<bool>,
    lasts: Vec<Option<i32>>,
    fades: Vec<Option<i32>>,
    /// Days answers are wanted for.
    window: (i32, i32),
    covers: Option<(i32, i32)>,
}

/// The state of a run.
struct Run<'a> {
    runner: &'a Runner<'a>,
    status: Vec<u8>,
    /// Day of the last step on each slot.
    previous: Vec<Option<i32>>,
    /// Moments passed since the last step on each slot.
    passed: Vec<Vec<usize>>,
    /// Whether a step required it true.
    shown_true: Vec<bool>,
    was_true: Vec<bool>,
    fallen: Vec<bool>,
    /// Day and number of the step that first began a once-relation.
    born: Vec<Option<(i32, usize)>>,
    /// Day a once-relation was ended.
    died: Vec<Option<i32>>,
    /// First and last day each fluent is attested true.
    attested: Vec<Option<(i32, i32)>>,
    /// Days of steps on each slot.
    touched: Vec<Vec<i32>>,
    shown: Shown,
}

impl Says {
    pub fn is_empty(&self) -> bool {
        self.requires.is_empty()
            && self.ends.is_empty()
            && self.begins.is_empty()
            && self.unrecords.is_empty()
    }

    /// Whether it makes or shows the fluent otherwise than `value`.
    fn contradicts(&self, fluents: &Fluents, fluent: usize, value: u8) -> bool {
        let rival = |g: &usize| *g != fluent && fluents.slot[*g] == fluents.slot[fluent];
        let false_ = self.ends.contains(&fluent)
            || self.begins.iter().any(rival)
            || self
                .requires
                .iter()
                .any(|(g, b)| (*g == fluent && !b) || (*b && rival(g)));
        let true_ = self.begins.contains(&fluent) || self.requires.contains(&(fluent, true));
        if value == TRUE { false_ } else { true_ }
    }

    /// Whether the fluent is true after it, by what it says itself.
    fn leaves_true(&self, fluents: &Fluents, fluent: usize) -> bool {
        let rival = |g: &usize| *g != fluent && fluents.slot[*g] == fluents.slot[fluent];
        if self.begins.iter().any(rival) {
            return false;
        }
        let shown = self.requires.contains(&(fluent, true)) && !self.ends.contains(&fluent);
        self.begins.contains(&fluent) || shown
    }
}

impl<'a> Runner<'a> {
    /// `endings`: those of the plan whose assumption is made.
    pub fn new(
        chronicle: &'a Chronicle,
        fluents: &'a Fluents,
        plan: &'a Plan,
        endings: Vec<&'a Ending>,
        window: (i32, i32),
    ) -> Runner<'a> {
        let of = |f: fn(&Chronicle, &annals_chronicle::Fluent) -> Option<i32>| {
            let each = fluents.list.iter();
            each.map(|fluent| f(chronicle, fluent)).collect()
        };
        let met = |e: &&Ending| {
            let moments = plan.says.iter().enumerate();
            let mut told = moments.filter(|(m, _)| *m != e.moment).map(|(_, s)| s);
            told.any(|s| s.leaves_true(fluents, e.fluent))
                || plan
                    .kept
                    .iter()
                    .any(|k| k.says.leaves_true(fluents, e.fluent))
        };
        Runner {
            fluents,
            plan,
            endings: endings.into_iter().filter(met).collect(),
            once: fluents
                .list
                .iter()
                .map(|f| fluents::is_once(chronicle, f))
                .collect(),
            lasts: of(fluents::lasts),
            fades: of(fluents::fades),
            window,
            covers: chronicle.covers.map(|(a, b)| (a.0, b.0)),
        }
    }

    /// What the line shows, or `None` where a state forbids it.
    pub fn run(&self, line: &[Stop]) -> Option<Shown> {
        let (steps, holds) = self.steps(line);
        if !self.kept(&steps, &holds) || !self.endings_follow(&steps) {
            return None;
        }
        let mut run = Run::new(self);
        for (i, step) in steps.iter().enumerate() {
            if !run.step(i, step, &holds) {
                return None;
            }
        }
        if !run.lasted() {
            return None;
        }
        Some(run.finish(line, &steps, &holds))
    }

    /// The line with the bounds of kept days put in: before and after everything of their day,
    /// those of one place as one moment.
    fn steps(&self, line: &[Stop]) -> (Vec<Step<'_>>, Vec<Hold>) {
        let mut edges: BTreeMap<(i32, u8), (Says, Vec<usize>)> = BTreeMap::new();
        for (number, kept) in self.plan.kept.iter().enumerate() {
            let ends = [(kept.days.0, 0, kept.open.0), (kept.days.1, 2, kept.open.1)];
            for (day, phase, open) in ends {
                let (says, of) = edges.entry((day, phase)).or_default();
                of.push(number);
                // Towards an open end the days are kept, but no moment says so.
                if !open {
                    says.requires.extend(&kept.says.requires);
                }
            }
        }
        let mut keyed: Vec<((i32, u8), Step)> = Vec::new();
        for (key, (says, kept)) in edges {
            let step = Step {
                day: key.0,
                moment: None,
                kept,
                says: Cow::Owned(says),
            };
            keyed.push((key, step));
        }
        for (moment, day) in line {
            let step = Step {
                day: *day,
                moment: Some(*moment),
                kept: Vec::new(),
                says: Cow::Borrowed(&self.plan.says[*moment]),
            };
            keyed.push(((*day, 1), step));
        }
        keyed.sort_by_key(|(key, _)| *key);
        let steps: Vec<Step> = keyed.into_iter().map(|(_, step)| step).collect();
        let holds = self.holds(&steps);
        (steps, holds)
    }

    fn holds(&self, steps: &[Step]) -> Vec<Hold> {
        let mut holds = Vec::new();
        for (number, kept) in self.plan.kept.iter().enumerate() {
            let own = |s: &Step| s.kept.contains(&number);
            holds.push(Hold {
                fluent: kept.fluent,
                value: if kept.value { TRUE } else { FALSE },
                first: steps.iter().position(own).expect("its start is a step"),
                last: steps.iter().rposition(own).expect("its close is a step"),
            });
        }
        for between in &self.plan.between {
            let at = |m| steps.iter().position(|s| s.moment == Some(m));
            let (first, last) = (at(between.start), at(between.end));
            let place = |p: Option<usize>| p.expect("moments that say something are placed");
            let (first, last) = (place(first), place(last));
            holds.push(Hold {
                fluent: between.fluent,
                value: TRUE,
                first,
                last,
            });
        }
        holds
    }

    /// No step strictly inside a stretch contradicts what it keeps.
    fn kept(&self, steps: &[Step], holds: &[Hold]) -> bool {
        holds.iter().all(|hold| {
            !steps[hold.first + 1..hold.last]
                .iter()
                .any(|s| s.says.contradicts(self.fluents, hold.fluent, hold.value))
        })
    }

    /// Assumed endings follow something that leaves true what they end.
    fn endings_follow(&self, steps: &[Step]) -> bool {
        self.endings.iter().all(|ending| {
            steps
                .iter()
                .take_while(|s| s.moment != Some(ending.moment))
                .any(|s| s.says.leaves_true(self.fluents, ending.fluent))
        })
    }
}

impl<'a> Run<'a> {
    fn new(runner: &'a Runner<'a>) -> Run<'a> {
        let (fluents, slots) = (runner.fluents.list.len(), runner.fluents.slots.len());
        let days = (runner.window.1 - runner.window.0 + 1) as usize;
        Run {
            runner,
            status: vec![UNRECORDED; fluents],
            previous: vec![None; slots],
            passed: vec![Vec::new(); slots],
            shown_true: vec![false; fluents],
            was_true: vec![false; fluents],
            fallen: vec![false; fluents],
            born: vec![None; fluents],
            died: vec![None; fluents],
            attested: vec![None; fluents],
            touched: vec![Vec::new(); slots],
            shown: Shown {
                days: vec![vec![0; days]; fluents],
                before: vec![vec![0; fluents]; runner.plan.moments.len()],
            },
        }
    }

    /// Takes one step; false where no timeline can take it.
    fn step(&mut self, number: usize, step: &Step, holds: &[Hold]) -> bool {
        let Some(required) = self.required(&step.says) else {
            return false;
        };
        for slot in 0..self.previous.len() {
            if self.touches(&step.says, slot) {
                if !self.arrive(step, slot, &required) {
                    return false;
                }
            } else if let Some(moment) = step.moment {
                self.passed[slot].push(moment);
            }
        }
        self.take_effect(number, step, holds)
    }

    fn touches(&self, says: &Says, slot: usize) -> bool {
        let of = |f: &usize| self.runner.fluents.slot[*f] == slot;
        says.requires.iter().any(|(f, _)| of(f))
            || says.ends.iter().any(of)
            || says.begins.iter().any(of)
            || says.unrecords.iter().any(of)
    }

    /// The value each fluent must have just before; `None` where two demands clash.
    fn required(&self, says: &Says) -> Option<Vec<Option<u8>>> {
        let mut required = vec![None; self.status.len()];
        let mut demand = |fluent: usize, value: u8| {
            let clash = required[fluent].is_some_and(|v| v != value);
            required[fluent] = Some(value);
            !clash
        };
        for (fluent, value) in &says.requires {
            if !demand(*fluent, if *value { TRUE } else { FALSE }) {
                return None;
            }
            if !value {
                continue;
            }
            for rival in self.rivals(*fluent) {
                if !demand(rival, FALSE) {
                    return None;
                }
            }
        }
        Some(required)
    }

    fn rivals(&self, fluent: usize) -> impl Iterator<Item = usize> + use<'a> {
        let fluents = self.runner.fluents;
        let all = fluents.slots[fluents.slot[fluent]].iter().copied();
        all.filter(move |f| *f != fluent)
    }

    /// Brings a slot up to a step on it: fills the days since the last one, shows both values
    /// in the gap of an unrecorded change, and sets what the step requires.
    fn arrive(&mut self, step: &Step, slot: usize, required: &[Option<u8>]) -> bool {
        for fluent in self.runner.fluents.slots[slot].clone() {
            let old = self.status[fluent];
            let new = required[fluent].unwrap_or(old);
            if self.runner.once[fluent] && required[fluent] == Some(TRUE) && self.fallen[fluent] {
                // One death told twice without a common label is one day all the same.
                let again = self.died[fluent] == Some(step.day);
                // An unrecorded birth may lie between.
                let unborn = !self.was_true[fluent];
                let told_again = again && step.says.ends.contains(&fluent);
                if !(unborn || told_again) {
                    return false;
                }
                self.fallen[fluent] = false;
            }
            let gap = match self.previous[slot] {
                Some(_) if new != old => old | new,
                _ => old,
            };
            self.fill(fluent, self.previous[slot], step.day - 1, gap);
            for moment in &self.passed[slot] {
                self.shown.before[*moment][fluent] = gap;
            }
            if let Some(moment) = step.moment {
                self.shown.before[moment][fluent] = new;
            }
            self.set(fluent, new);
            if required[fluent] == Some(TRUE) {
                self.shown_true[fluent] = true;
                self.attest(fluent, step.day);
            }
        }
        self.passed[slot].clear();
        self.previous[slot] = Some(step.day);
        self.touched[slot].push(step.day);
        true
    }

    fn take_effect(&mut self, number: usize, step: &Step, holds: &[Hold]) -> bool {
        for fluent in &step.says.ends {
            self.died[*fluent] = Some(step.day);
            self.set(*fluent, FALSE);
        }
        for fluent in &step.says.unrecords {
            self.unrecord(number, *fluent, holds);
        }
        for fluent in &step.says.begins {
            if self.runner.once[*fluent] {
                // One birth told twice without a common label is one day all the same.
                let again = self.born[*fluent].is_some_and(|(day, _)| day == step.day);
                if self.shown_true[*fluent] || self.born[*fluent].is_some() && !again {
                    return false;
                }
                self.fallen[*fluent] = false;
                self.born[*fluent].get_or_insert((step.day, number));
            }
            for rival in self.rivals(*fluent) {
                self.set(rival, FALSE);
            }
            self.set(*fluent, TRUE);
            self.attest(*fluent, step.day);
        }
        true
    }

    /// The fluent becomes unrecorded, unless a stretch keeps it: not knowing never clashes.
    fn unrecord(&mut self, number: usize, fluent: usize, holds: &[Hold]) {
        let slot = &self.runner.fluents.slot;
        let keeps =
            |h: &Hold| h.fluent == fluent || h.value == TRUE && slot[h.fluent] == slot[fluent];
        let inside = |h: &Hold| h.first < number && number < h.last;
        if !holds.iter().any(|h| inside(h) && keeps(h)) {
            self.status[fluent] = UNRECORDED;
        }
    }

    fn set(&mut self, fluent: usize, value: u8) {
        self.status[fluent] = value;
        self.was_true[fluent] |= value == TRUE;
        self.fallen[fluent] |= value == FALSE;
    }

    fn attest(&mut self, fluent: usize, day: i32) {
        let (first, last) = self.attested[fluent].unwrap_or((day, day));
        self.attested[fluent] = Some((first.min(day), last.max(day)));
    }

    /// Shows `values` from the day `from` (or from the beginning) to the day `to`.
    fn fill(&mut self, fluent: usize, from: Option<i32>, to: i32, values: u8) {
        let (first, last) = self.runner.window;
        for day in from.unwrap_or(first).max(first)..=to.min(last) {
            self.shown.days[fluent][(day - first) as usize] = values;
        }
    }

    fn lasted(&self) -> bool {
        let limits = self.runner.lasts.iter().zip(&self.attested);
        limits
            .into_iter()
            .all(|(limit, attested)| match (limit, attested) {
                (Some(days), Some((first, last))) => last - first <= *days,
                _ => true,
            })
    }

    fn finish(mut self, line: &[Stop], steps: &[Step], holds: &[Hold]) -> Shown {
        for fluent in 0..self.status.len() {
            let slot = self.runner.fluents.slot[fluent];
            let (status, last) = (self.status[fluent], self.runner.window.1);
            self.fill(fluent, self.previous[slot], last, status);
            for moment in &self.passed[slot] {
                self.shown.before[*moment][fluent] = status;
            }
            self.unborn(fluent, steps);
        }
        self.keep_days();
        self.keep_before(steps, holds);
        self.fade(line);
        self.cover(line);
        self.shown
    }

    /// Before the beginning of a once-relation it is false.
    fn unborn(&mut self, fluent: usize, steps: &[Step]) {
        let Some((day, number)) = self.born[fluent] else {
            return;
        };
        self.fill(fluent, None, day - 1, FALSE);
        for step in &steps[..=number] {
            if let Some(moment) = step.moment {
                self.shown.before[moment][fluent] = FALSE;
            }
        }
    }

    /// Kept days show what they keep, even next to an unrecorded change.
    fn keep_days(&mut self) {
        for kept in &self.runner.plan.kept {
            let (first, last) = kept.days;
            let value = if kept.value { TRUE } else { FALSE };
            self.fill(kept.fluent, Some(first), last, value);
            if kept.value {
                for rival in self.rivals(kept.fluent) {
                    self.fill(rival, Some(first), last, FALSE);
                }
            }
        }
    }

    /// So does what lies just before a moment inside a stretch.
    fn keep_before(&mut self, steps: &[Step], holds: &[Hold]) {
        for hold in holds {
            for moment in steps[hold.first + 1..hold.last]
                .iter()
                .filter_map(|s| s.moment)
            {
                self.shown.before[moment][hold.fluent] = hold.value;
                for rival in self.rivals(hold.fluent).filter(|_| hold.value == TRUE) {
                    self.shown.before[moment][rival] = FALSE;
                }
            }
        }
    }

    /// Far from every mention a fading relation is unrecorded.
    fn fade(&mut self, line: &[Stop]) {
        let runner = self.runner;
        for fluent in 0..self.status.len() {
            let Some(limit) = runner.fades[fluent] else {
                continue;
            };
            let slot = runner.fluents.slot[fluent];
            let mut mentions = self.touched[slot].clone();
            for hold in &runner.plan.kept {
                if runner.fluents.slot[hold.fluent] == slot {
                    mentions.extend(hold.days.0..=hold.days.1);
                }
            }
            let far = |day: i32| mentions.iter().all(|m| (m - day).abs() > limit);
            for day in runner.window.0..=runner.window.1 {
                if far(day) {
                    self.fill(fluent, Some(day), day, UNRECORDED);
                }
            }
            for (moment, day) in line {
                if far(*day) {
                    self.shown.before[*moment][fluent] = UNRECORDED;
                }
            }
        }
    }

    /// Outside what the chronicle covers nothing is recorded.
    fn cover(&mut self, line: &[Stop]) {
        let Some((first, last)) = self.runner.covers else {
            return;
        };
        let covered = |day: i32| first <= day && day <= last;
        for fluent in 0..self.status.len() {
            for day in self.runner.window.0..=self.runner.window.1 {
                if !covered(day) {
                    self.fill(fluent, Some(day), day, UNRECORDED);
                }
            }
            for (moment, day) in line {
                if !covered(*day) {
                    self.shown.before[*moment][fluent] = UNRECORDED;
                }
            }
        }
    }
}
