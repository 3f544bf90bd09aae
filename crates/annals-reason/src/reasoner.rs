//! The door to the engine: a chronicle with everything that can be asked of it.
//!
//! The chronicle is cut into components that have no bearing on one another. Each is sorted by
//! itself into what fits together; a question goes to the component it concerns, or to several
//! taken as one where it joins what nothing else does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use annals_chronicle::{
    Assumption, Chronicle, ClaimId, Day, DaySet, Fluent, Moment, Part, Point, Support,
};

use crate::answer::{
    At, Bounds, Conflict, Judgement, Order, Reading, Side, Span, Stretch, Weighed,
};
use crate::arrange::{Arrangements, Demand};
use crate::component::{Component, Kept, members};
use crate::days::KnownDays;
use crate::example::Example;
use crate::finding::Change;
use crate::partition::Partition;
use crate::scope::Scope;
use crate::sorted::{Known, Sorted, sort};

/// A chronicle with its premises sorted into what fits together, ready for questions.
///
/// Everything asked is answered for all timelines of the preferred readings; see the methods.
pub struct Reasoner {
    chronicle: Arc<Chronicle>,
    partition: Partition,
    /// Components by the numbers of those that they join, made when first asked.
    components: Kept<Vec<u32>, Component>,
    /// What belongs to no component.
    rest: Component,
    sorted: Sorted,
    /// What components came to, for the next time.
    known: Known,
    /// Days that were worked out, for the next time too.
    days: KnownDays,
    /// Places of readings by what they leave out.
    reading_places: BTreeMap<Vec<Part>, usize>,
    fluents: OnceLock<Vec<Fluent>>,
    reach: OnceLock<(Day, Day)>,
    answers: Answers,
}

/// Answers that were given, for they are asked for again and again.
#[derive(Default)]
struct Answers {
    judged: Kept<(Fluent, At), Judgement>,
    weighed: Kept<(Fluent, At), Weighed>,
    supports: Kept<(Fluent, At), Support>,
    histories: Kept<(Fluent, Day, Day), Vec<Stretch>>,
    bound_supports: Kept<(Moment, Side), Option<Support>>,
}

impl Reasoner {
    /// Sorts the claims of a chronicle, drafts left out: which fit together, which do not.
    pub fn new(chronicle: &Chronicle) -> Reasoner {
        Reasoner::of(Arc::new(chronicle.clone()))
    }

    /// The same of a chronicle that is shared.
    pub fn of(chronicle: Arc<Chronicle>) -> Reasoner {
        Reasoner::with(chronicle, None)
    }

    /// The same after an edit: claims that nothing changed has a bearing on are not sorted again.
    /// What it comes to is what [`Reasoner::of`] comes to.
    pub fn after(chronicle: Arc<Chronicle>, before: &Reasoner) -> Reasoner {
        match chronicle.vocabulary == before.chronicle.vocabulary {
            true => Reasoner::with(chronicle, Some(before)),
            false => Reasoner::of(chronicle),
        }
    }

    fn with(chronicle: Arc<Chronicle>, before: Option<&Reasoner>) -> Reasoner {
        let partition = Partition::new(&chronicle);
        let components = Kept::default();
        let nothing = Known::default();
        let known = before.map_or(&nothing, |b| &b.known);
        let (sorted, known, prints, days) = sort(&chronicle, &partition, &components, known);
        let readings = sorted.readings.iter().enumerate();
        let reading_places = readings.map(|(at, r)| (r.dropped.clone(), at)).collect();
        Reasoner {
            rest: Component::new(&chronicle, Scope::default()),
            chronicle,
            partition,
            components,
            sorted,
            known,
            days: KnownDays::after(prints, days, before.map(|b| &b.days)),
            reading_places,
            fluents: OnceLock::new(),
            reach: OnceLock::new(),
            answers: Answers::default(),
        }
    }

    /// The chronicle reasoned about.
    pub fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    /// Minimal sets of undoubted parts that no timeline satisfies: those of fewest claims
    /// first, of equally many those that share no claim with one before them, then in document
    /// order.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.sorted.conflicts
    }

    /// The conflicts that a reader needs: one for each smallest set of claims. Others tell of
    /// the same claims by other parts, or of more claims than need be.
    pub fn conflicts_of_claims(&self) -> Vec<&Conflict> {
        let mut kept: Vec<&Conflict> = Vec::new();
        let mut sets: Vec<Vec<_>> = Vec::new();
        // Sets that a member takes part in: a subset shares every member, so its first.
        let mut with: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for conflict in &self.sorted.conflicts {
            let members = members(conflict);
            let known = members.iter().filter_map(|m| with.get(m)).flatten();
            let told = |at: &usize| sets[*at].iter().all(|m| members.contains(m));
            if known.into_iter().any(told) {
                continue;
            }
            for member in &members {
                with.entry(*member).or_default().push(sets.len());
            }
            sets.push(members);
            kept.push(conflict);
        }
        kept
    }

    /// Whether some timeline satisfies these parts, of all that the chronicle says these alone.
    /// Parts of drafts are never reasoned with and make no difference. A search that spends its
    /// budget counts as a timeline, because only a proof makes a conflict.
    pub fn fit_together(&self, parts: &[Part]) -> bool {
        let mut by_component: BTreeMap<u32, Vec<Part>> = BTreeMap::new();
        for part in parts {
            if let Some(at) = self.partition.of_part(&self.chronicle, *part) {
                by_component.entry(at).or_default().push(*part);
            }
        }
        let mut each = by_component.into_iter();
        each.all(|(at, parts)| self.component(&[at].into()).fit_together(&parts))
    }

    /// Whether [`Reasoner::conflicts`] are all there are; otherwise a budget was spent.
    pub fn conflicts_complete(&self) -> bool {
        self.sorted.conflicts_complete
    }

    /// Whether [`Reasoner::readings`] are all there are: of many, only some are listed.
    pub fn readings_complete(&self) -> bool {
        self.sorted.readings_complete
    }

    /// The same of the contradictions that these parts are in.
    pub fn readings_complete_of<'p>(&self, parts: impl IntoIterator<Item = &'p Part>) -> bool {
        let mut parts = parts.into_iter();
        !parts.any(|part| self.sorted.unlisted.contains(part))
    }

    /// The readings, those of each group of connected conflicts apart: a reading of the whole
    /// chronicle picks one of each group. One that drops nothing where there is no conflict.
    pub fn readings(&self) -> &[Reading] {
        &self.sorted.readings
    }

    /// Every fluent that some claim speaks of, sorted; doubted identities kept apart.
    pub fn fluents(&self) -> &[Fluent] {
        self.fluents.get_or_init(|| {
            let mut all: Vec<Fluent> = Vec::new();
            for at in 0..self.partition.scopes.len() as u32 {
                if !self.partition.scopes[at as usize].claims.is_empty() {
                    all.extend(self.component(&[at].into()).fluents());
                }
            }
            all.sort();
            all.dedup();
            all
        })
    }

    /// The hull of all absolute days that the text names and of what it covers.
    pub fn reach(&self) -> (Day, Day) {
        *self.reach.get_or_init(|| self.find_reach())
    }

    fn find_reach(&self) -> (Day, Day) {
        let mut days: Vec<Day> = self
            .chronicle
            .covers
            .iter()
            .flat_map(|(f, l)| [*f, *l])
            .collect();
        let mut note = |set: &DaySet| {
            days.extend(
                set.ranges()
                    .iter()
                    .flat_map(|r| [r.first, r.last])
                    .flatten(),
            );
        };
        for claim in self.chronicle.claims.iter().filter(|c| !c.draft) {
            for condition in &claim.when.conditions {
                let soft = condition.soft.iter().map(|s| &s.point);
                for point in condition.alternatives.iter().chain(soft) {
                    match point {
                        Point::On(set) | Point::Throughout(set) => note(set),
                        Point::Span { from, to } => from.iter().chain(to).for_each(&mut note),
                        _ => {}
                    }
                }
            }
        }
        let first = days.iter().min().copied().unwrap_or(Day(0));
        let last = days.iter().max().copied().unwrap_or(first);
        (first, last)
    }

    /// The verdict on a fluent at a point, over all timelines of the preferred readings.
    pub fn judge(&self, fluent: &Fluent, at: At) -> Judgement {
        let key = (fluent.clone(), at);
        let judged = self.answers.judged.get(&key, || {
            let component = self.at(fluent, at);
            let mut judgement = component.judge(fluent, at);
            judgement.disputed = self.placed(&component, judgement.disputed);
            judgement
        });
        Judgement::clone(&judged)
    }

    /// The same without how it comes about, for where many verdicts are asked for.
    pub fn weigh(&self, fluent: &Fluent, at: At) -> Weighed {
        let key = (fluent.clone(), at);
        let weighed = self
            .answers
            .weighed
            .get(&key, || self.at(fluent, at).weigh(fluent, at));
        *weighed
    }

    /// The verdicts of a fluent on every day from `first` to `last`, as maximal runs.
    pub fn history(&self, fluent: &Fluent, first: Day, last: Day) -> Vec<Stretch> {
        let key = (fluent.clone(), first, last);
        let runs = self
            .answers
            .histories
            .get(&key, || self.of_fluent(fluent).history(fluent, first, last));
        runs.to_vec()
    }

    /// A minimal set of accepted claims and assumptions that forces the verdict on a fluent,
    /// whichever other accepted claims are added to it.
    pub fn support(&self, fluent: &Fluent, at: At) -> Support {
        let key = (fluent.clone(), at);
        let support = self
            .answers
            .supports
            .get(&key, || self.at(fluent, at).support(fluent, at));
        Support::clone(&support)
    }

    /// The days a moment may have in timelines where it is claimed, over the preferred readings.
    pub fn bounds(&self, moment: Moment) -> Bounds {
        let (days, placed) = self.days.of(&self.partition, moment);
        let find = || self.of_moments(&[moment]).bounds(moment);
        Bounds::clone(&days.bounds.get(&placed, find))
    }

    /// The days a moment may have by every reading of the contradictions concerned, as indexes
    /// into [`Reasoner::readings`]; of other contradictions the preferred readings. Empty where
    /// all readings allow the same days.
    pub fn bounds_by_reading(&self, moment: Moment) -> Vec<(usize, DaySet)> {
        let component = self.of_moments(&[moment]);
        self.placed(&component, component.bounds_by_reading(moment))
    }

    /// A minimal set of claims that forces the first or last possible day of a moment; `None`
    /// where nothing bounds it on that side.
    pub fn bound_support(&self, moment: Moment, side: Side) -> Option<Support> {
        let support = self.answers.bound_supports.get(&(moment, side), || {
            self.of_moments(&[moment]).bound_support(moment, side)
        });
        Option::clone(&support)
    }

    /// The least and greatest number of days from one moment to another.
    pub fn difference(&self, from: Moment, to: Moment) -> Span {
        let component = |m: Moment| self.partition.of_event[m.event.index()];
        if component(from) == component(to) {
            let (days, a) = self.days.of(&self.partition, from);
            let (_, b) = self.days.of(&self.partition, to);
            let find = || self.of_moments(&[from]).difference(from, to);
            return *days.spans.get(&(a, b), find);
        }
        // Where neither has a bearing on the other, every day of the one goes with every day of
        // the other.
        let (a, b) = (self.bounds(from), self.bounds(to));
        let days = |from: Option<Day>, to: Option<Day>| Some(i64::from(to?.0) - i64::from(from?.0));
        Span {
            least: days(a.days.last(), b.days.first()),
            most: days(a.days.first(), b.days.last()),
            proven: a.proven && b.proven,
        }
    }

    /// A minimal set of claims that forces a least or greatest distance; `None` where unbounded.
    pub fn difference_support(&self, from: Moment, to: Moment, side: Side) -> Option<Support> {
        let component = self.of_moments(&[from, to]);
        component.difference_support(from, to, side)
    }

    /// Whether two moments can come in either order in the line.
    pub fn order(&self, first: Moment, second: Moment) -> Order {
        self.of_moments(&[first, second]).order(first, second)
    }

    /// Which of some ways the moments can lie in, over the timelines in which they are claimed.
    pub fn arrangements(&self, moments: &[Moment], ways: &[Vec<Demand>]) -> Arrangements {
        self.of_moments(moments).arrangements(moments, ways)
    }

    /// A minimal set of claims that excludes these ways of lying, whichever other accepted claims
    /// are added; `None` where they are not excluded.
    pub fn arrangement_support(
        &self,
        moments: &[Moment],
        excluded: &[Vec<Demand>],
    ) -> Option<Support> {
        self.of_moments(moments)
            .arrangement_support(moments, excluded)
    }

    /// A timeline in which a fluent shows a value at a point: `Some(true)` that it holds,
    /// `Some(false)` that it does not, `None` that it is unrecorded. `None` where there is no such
    /// timeline, or none was found.
    pub fn example(&self, fluent: &Fluent, at: At, value: Option<bool>) -> Option<Example> {
        self.at(fluent, at).example(fluent, at, value)
    }

    /// Every claim that can have to do with a fluent: those of its slot, and all that rules join
    /// to them in some world. Answers about the fluent look at no others.
    pub fn concerning(&self, fluent: &Fluent) -> BTreeSet<ClaimId> {
        self.of_fluent(fluent).concerning(fluent)
    }

    /// Every claim that can have to do with the days of some moments.
    pub fn concerning_moments(&self, moments: &[Moment]) -> BTreeSet<ClaimId> {
        self.of_moments(moments).concerning_moments(moments)
    }

    /// All claims taken together.
    pub(crate) fn whole(&self) -> Arc<Component> {
        self.component(&(0..self.partition.scopes.len() as u32).collect())
    }

    /// What belongs to no component: it knows the chronicle and reasons with nothing.
    pub(crate) fn rest(&self) -> &Component {
        &self.rest
    }

    pub(crate) fn changes(&self) -> &[Change] {
        &self.sorted.changes
    }

    pub(crate) fn dropped_assumptions(&self) -> &[Assumption] {
        &self.sorted.dropped_assumptions
    }

    /// The component that holds the parts of a conflict.
    pub(crate) fn component_of_parts(&self, parts: &[Part]) -> Arc<Component> {
        let each = parts.iter();
        let of = each.filter_map(|p| self.partition.of_part(&self.chronicle, *p));
        self.component(&of.collect())
    }

    fn of_fluent(&self, fluent: &Fluent) -> Arc<Component> {
        self.component(&self.partition.of_fluent(&self.chronicle, fluent))
    }

    fn of_moments(&self, moments: &[Moment]) -> Arc<Component> {
        let events = moments.iter().map(|m| m.event.index());
        self.component(&events.map(|e| self.partition.of_event[e]).collect())
    }

    fn at(&self, fluent: &Fluent, at: At) -> Arc<Component> {
        let mut numbers = self.partition.of_fluent(&self.chronicle, fluent);
        if let At::Before(moment) | At::Close(moment) = at {
            numbers.insert(self.partition.of_event[moment.event.index()]);
        }
        self.component(&numbers)
    }

    /// Some components as one.
    fn component(&self, numbers: &BTreeSet<u32>) -> Arc<Component> {
        let key: Vec<u32> = numbers.iter().copied().collect();
        self.components.get(&key, || {
            if let [only] = key[..] {
                let scope = &self.partition.scopes[only as usize];
                let print = self.days.print(only);
                let known = print.and_then(|p| self.known.component(&self.chronicle, scope, p));
                if let Some(component) = known {
                    return component;
                }
            }
            let scopes = key.iter().map(|at| &self.partition.scopes[*at as usize]);
            Component::new(&self.chronicle, Scope::joined(scopes))
        })
    }

    /// What is said by reading of a component, by the places of the readings among all.
    fn placed<T>(&self, component: &Component, by_reading: Vec<(usize, T)>) -> Vec<(usize, T)> {
        let each = by_reading.into_iter();
        let placed = each.filter_map(|(at, said)| {
            let dropped = &component.readings[at].dropped;
            Some((*self.reading_places.get(dropped)?, said))
        });
        placed.collect()
    }
}
