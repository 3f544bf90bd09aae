//! What the held parts of a chronicle demand of a timeline, read literally from DESIGN 2.

use std::collections::BTreeSet;

use annals_chronicle::{
    Chronicle, Claim, ClaimId, Condition, DaySet, Edge, Effect, EntityId, Event, EventId,
    EventTypeId, Fluent, Mode, Moment, Part, Point, Sentence,
};

use crate::case::UNFILLED;
use crate::fluents::{self, Fluents};
use crate::going;
use crate::placing::{self, Atom, Rule};
use crate::settled::Settled;

/// What a moment says of the states: what it requires just before it, then what it does.
#[derive(Clone, Debug, Default)]
pub struct Says {
    pub requires: Vec<(usize, bool)>,
    pub ends: Vec<usize>,
    pub begins: Vec<usize>,
    pub unrecords: Vec<usize>,
}

/// A value kept on whole days: `throughout` or a denied state.
#[derive(Clone, Debug)]
pub struct Kept {
    pub fluent: usize,
    pub value: bool,
    /// What is required at the start of the first and the close of the last day.
    pub says: Says,
    pub days: (i32, i32),
    /// Whether the days go on for ever towards the past and the future.
    pub open: (bool, bool),
}

/// `from A to B`: the value is kept between two moments of the line.
#[derive(Clone, Debug)]
pub struct Between {
    pub fluent: usize,
    pub start: usize,
    pub end: usize,
}

/// An ending that is assumed to follow a recorded beginning or mention.
#[derive(Clone, Debug)]
pub struct Ending {
    pub claim: ClaimId,
    pub moment: usize,
    pub fluent: usize,
}

/// Everything a timeline of the held parts must satisfy.
pub struct Plan {
    /// The moments; those of one event stand together, start first.
    pub moments: Vec<Moment>,
    /// What each moment says.
    pub says: Vec<Says>,
    pub rules: Vec<Rule>,
    pub kept: Vec<Kept>,
    pub between: Vec<Between>,
    pub endings: Vec<Ending>,
}

/// The days a timeline may use, wide enough to stand for all days there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    pub first: i32,
    pub last: i32,
}

struct Builder<'a> {
    chronicle: &'a Chronicle,
    fluents: &'a Fluents,
    reach: Reach,
    held: &'a dyn Fn(Part) -> bool,
    settled: &'a Settled,
    /// Fluents that claims speak of, held or not, but for drafts: what `ends any` and needs can touch.
    recorded: BTreeSet<usize>,
    plan: Plan,
}

/// The plan of the parts for which `held` says yes.
pub fn plan(
    chronicle: &Chronicle,
    fluents: &Fluents,
    reach: Reach,
    held: &dyn Fn(Part) -> bool,
    settled: &Settled,
) -> Plan {
    let mut builder = Builder {
        chronicle,
        fluents,
        reach,
        held,
        settled,
        recorded: BTreeSet::new(),
        plan: Plan {
            moments: Vec::new(),
            says: Vec::new(),
            rules: Vec::new(),
            kept: Vec::new(),
            between: Vec::new(),
            endings: Vec::new(),
        },
    };
    builder.record();
    for event in &chronicle.events {
        builder.add_moments(event);
    }
    for claim in &chronicle.claims {
        if !settled.absent.contains(&claim.event) {
            builder.add_claim(claim);
        }
    }
    builder.go();
    builder.plan
}

impl Plan {
    /// The moments of an event, one number twice where it does not last; `None` for what has no
    /// moment: denials, `throughout`.
    pub fn moments_of(&self, event: EventId) -> Option<(usize, usize)> {
        let of = |edge| {
            self.moments
                .iter()
                .position(|m| *m == Moment { event, edge })
        };
        let start = of(Edge::Start)?;
        Some((start, of(Edge::End).unwrap_or(start)))
    }
}

impl Builder<'_> {
    /// What travel demands of the held claims.
    fn go(&mut self) {
        let held = |claim: &Claim| (self.held)(Part::Happened(claim.id));
        let rules = going::rules(self.chronicle, &self.plan, &held, self.settled);
        self.plan.rules.extend(rules);
    }

    fn record(&mut self) {
        for claim in self.chronicle.claims.iter().filter(|c| !c.draft) {
            for fluent in fluents::spoken_of(self.chronicle, claim, self.settled) {
                self.recorded.insert(self.fluents.number(&fluent));
            }
        }
    }

    /// Every event that has moments gets them, held or not: a claim that is not held leaves a
    /// bare moment behind (DESIGN 2.8).
    fn add_moments(&mut self, event: &Event) {
        let claims = event
            .claims
            .iter()
            .map(|c| &self.chronicle.claims[c.index()]);
        if claims.into_iter().all(momentless) {
            return;
        }
        let start = self.plan.moments.len();
        let edges: &[Edge] = if event.lasting {
            &[Edge::Start, Edge::End]
        } else {
            &[Edge::Start]
        };
        for edge in edges {
            self.plan.moments.push(Moment {
                event: event.id,
                edge: *edge,
            });
            self.plan.says.push(Says::default());
        }
        if event.lasting {
            self.plan
                .rules
                .push(Rule::one(Atom::Order(start, start + 1)));
        }
    }

    fn add_claim(&mut self, claim: &Claim) {
        let happened = (self.held)(Part::Happened(claim.id));
        let dates: Vec<&Condition> = self.held_dates(claim);
        let complete = dates.len() == claim.when.conditions.len();
        match claim.mode {
            Mode::Denied if happened && complete => self.deny(claim, &dates),
            Mode::Denied => {}
            Mode::UnknownWhether if happened && complete => self.unrecord(claim, &dates),
            Mode::UnknownWhether => {}
            Mode::Ordered => self.order(claim, &dates),
            Mode::Asserted if momentless(claim) => {
                if happened && complete {
                    self.keep_throughout(claim, &dates);
                }
            }
            Mode::Asserted => {
                self.place(claim, &dates);
                if happened {
                    self.happen(claim, complete);
                }
            }
            other => panic!("the generator writes no {other:?} claims"),
        }
    }

    fn held_dates<'c>(&self, claim: &'c Claim) -> Vec<&'c Condition> {
        let conditions = claim.when.conditions.iter().enumerate();
        conditions
            .filter(|(i, _)| (self.held)(Part::Date(claim.id, *i as u32)))
            .map(|(_, c)| c)
            .collect()
    }

    fn place(&mut self, claim: &Claim, dates: &[&Condition]) {
        for condition in dates {
            let rule = placing::rule(self.chronicle, &self.plan, claim.event, condition);
            self.plan.rules.push(rule);
        }
    }

    /// `ordered D`: not begun before D.
    fn order(&mut self, claim: &Claim, dates: &[&Condition]) {
        let Some((start, _)) = self.plan.moments_of(claim.event) else {
            return;
        };
        for condition in dates {
            let Point::On(days) = &condition.alternatives[0] else {
                panic!("orders are dated by days");
            };
            let from = DaySet::range(days.first(), None).expect("an open range has days");
            self.plan.rules.push(Rule::one(Atom::On(start, from)));
        }
    }

    /// A denied state is false on all its days; a denied event happens on none of them.
    fn deny(&mut self, claim: &Claim, dates: &[&Condition]) {
        let days = whole_days(dates);
        match &claim.sentence {
            Sentence::Holds { .. } => self.keep(claim, &days, false),
            Sentence::Happens { .. } => {
                let free = days.complement();
                for event in self.denied_events(claim) {
                    let (start, end) = self.plan.moments_of(event).expect("asserted events last");
                    for moment in [start, end] {
                        let atom = match &free {
                            Some(free) => Atom::On(moment, free.clone()),
                            None => Atom::Never,
                        };
                        self.plan.rules.push(Rule::one(atom));
                    }
                }
            }
            Sentence::Text(_) => {}
        }
    }

    /// Events that held claims assert and that the denied sentence describes.
    fn denied_events(&self, denial: &Claim) -> Vec<EventId> {
        let (denied_type, denied_roles) = self.happening(denial).expect("a denied event");
        let mut found = Vec::new();
        for claim in &self.chronicle.claims {
            if claim.mode != Mode::Asserted || !(self.held)(Part::Happened(claim.id)) {
                continue;
            }
            let Some((event_type, roles)) = self.happening(claim) else {
                continue;
            };
            if self.settled.absent.contains(&claim.event) {
                continue;
            }
            let open = EntityId(UNFILLED);
            let mut filled = roles.iter().zip(&denied_roles);
            if self
                .chronicle
                .vocabulary
                .is_kind_of(event_type, denied_type)
                && filled.all(|(role, denied)| *denied == open || role == denied)
            {
                found.push(claim.event);
            }
        }
        found
    }

    /// `unknown whether`: a moment on the first day after which the states it speaks of are
    /// unrecorded. Their rivals keep what they have.
    fn unrecord(&mut self, claim: &Claim, dates: &[&Condition]) {
        let days = whole_days(dates);
        let (moment, _) = self.plan.moments_of(claim.event).expect("it has a moment");
        let first = days.first().expect("its range has a first day");
        let rule = Rule::one(Atom::On(moment, DaySet::day(first)));
        self.plan.rules.push(rule);
        let touched: Vec<Fluent> = match &claim.sentence {
            Sentence::Happens { .. } => self.effects(claim),
            _ => vec![self.fluents.list[self.state(claim)].clone()],
        };
        let touched = touched.iter().map(|f| self.fluents.number(f));
        self.plan.says[moment].unrecords.extend(touched);
    }

    /// The fluents an event claim would begin or end.
    fn effects(&self, claim: &Claim) -> Vec<Fluent> {
        let (event_type, roles) = self.happening(claim).expect("an event");
        let effects = self.chronicle.vocabulary.event_types[event_type.index()]
            .effects
            .iter();
        effects
            .filter_map(|effect| match effect {
                Effect::Begins(t) | Effect::Ends(t) => fluents::fill(self.chronicle, t, &roles),
                _ => None,
            })
            .collect()
    }

    fn keep_throughout(&mut self, claim: &Claim, dates: &[&Condition]) {
        let sets: Vec<DaySet> = dates
            .iter()
            .map(|c| match &c.alternatives[0] {
                Point::Throughout(days) => days.clone(),
                other => panic!("a `throughout` stands alone, not with {other:?}"),
            })
            .collect();
        for days in sets {
            self.keep(claim, &days, true);
        }
    }

    /// The state of the claim has `value` at every moment of every one of the days, and so has
    /// what it needs, or what needs it.
    fn keep(&mut self, claim: &Claim, days: &DaySet, value: bool) {
        let state = self.state(claim);
        let mut fluents = vec![state];
        fluents.extend(if value {
            self.needed(state)
        } else {
            self.needing(state)
        });
        for range in days.ranges() {
            for fluent in &fluents {
                let mut says = Says::default();
                self.require(&mut says, *fluent, value);
                self.plan.kept.push(Kept {
                    fluent: *fluent,
                    value,
                    says,
                    open: (range.first.is_none(), range.last.is_none()),
                    days: (
                        range.first.map_or(self.reach.first, |d| d.0),
                        range.last.map_or(self.reach.last, |d| d.0),
                    ),
                });
            }
        }
    }

    fn needed(&self, fluent: usize) -> Vec<usize> {
        let all = fluents::needs(self.chronicle, &self.fluents.list[fluent]);
        all.iter().map(|f| self.fluents.number(f)).collect()
    }

    /// The recorded fluents that need this one.
    fn needing(&self, fluent: usize) -> Vec<usize> {
        let all = self.recorded.iter().copied();
        all.filter(|other| self.needed(*other).contains(&fluent))
            .collect()
    }

    fn state(&self, claim: &Claim) -> usize {
        let Sentence::Holds { relation, .. } = &claim.sentence else {
            panic!("a state claim");
        };
        let roles = self.settled.roles(claim);
        self.fluents
            .number(&fluents::fluent(self.chronicle, *relation, roles))
    }

    fn happening(&self, claim: &Claim) -> Option<(EventTypeId, Vec<EntityId>)> {
        match &claim.sentence {
            Sentence::Happens { event_type, .. } => Some((*event_type, self.settled.roles(claim))),
            _ => None,
        }
    }

    /// What an asserted claim says at its moments.
    fn happen(&mut self, claim: &Claim, complete: bool) {
        let (start, end) = self.plan.moments_of(claim.event).expect("it has moments");
        match self.happening(claim) {
            Some((_, roles)) => self.take_effect(claim, &roles, start, end),
            None => self.mention(claim, start, end, complete),
        }
    }

    fn take_effect(&mut self, claim: &Claim, roles: &[EntityId], start: usize, end: usize) {
        let (event_type, _) = self.happening(claim).expect("an event");
        let effects = self.chronicle.vocabulary.event_types[event_type.index()]
            .effects
            .clone();
        for effect in &effects {
            let of = |t| {
                let filled = fluents::fill(self.chronicle, t, roles).expect("no `any` here");
                self.fluents.number(&filled)
            };
            match effect {
                Effect::Needs(t) => self.require_at(start, of(t), true),
                Effect::NeedsNot(t) => self.require_at(start, of(t), false),
                Effect::Begins(t) => self.begin_at(end, of(t)),
                Effect::Ends(t) => self.end_at(claim, end, of(t)),
                Effect::EndsAny(t) => {
                    let recorded: Vec<usize> = self.recorded.iter().copied().collect();
                    for fluent in recorded {
                        if fluents::fits(t, roles, &self.fluents.list[fluent]) {
                            self.make_false_at(end, fluent);
                        }
                    }
                }
            }
        }
    }

    /// A state claim: a mention, or a beginning and an ending for `from A to B`.
    /// What lies between them is kept only while its dates are held with it.
    fn mention(&mut self, claim: &Claim, start: usize, end: usize, complete: bool) {
        let fluent = self.state(claim);
        let (begins, ends) = span_of(claim);
        if begins {
            self.begin_at(start, fluent);
        }
        if ends {
            self.end_at(claim, end, fluent);
        }
        if begins && ends && complete {
            self.plan.between.push(Between { fluent, start, end });
        }
        if !begins && !ends {
            self.require_at(start, fluent, true);
        }
    }

    fn require_at(&mut self, moment: usize, fluent: usize, value: bool) {
        let mut says = std::mem::take(&mut self.plan.says[moment]);
        self.require(&mut says, fluent, value);
        self.plan.says[moment] = says;
    }

    /// A state required true attests whatever it needs; one required false excludes whatever
    /// needs it.
    fn require(&self, says: &mut Says, fluent: usize, value: bool) {
        says.requires.push((fluent, value));
        let tied = if value {
            self.needed(fluent)
        } else {
            self.needing(fluent)
        };
        says.requires.extend(tied.into_iter().map(|f| (f, value)));
    }

    fn begin_at(&mut self, moment: usize, fluent: usize) {
        let needed = self.needed(fluent);
        let says = &mut self.plan.says[moment];
        says.requires.extend(needed.into_iter().map(|f| (f, true)));
        says.begins.push(fluent);
    }

    fn end_at(&mut self, claim: &Claim, moment: usize, fluent: usize) {
        self.require_at(moment, fluent, true);
        self.make_false_at(moment, fluent);
        self.plan.endings.push(Ending {
            claim: claim.id,
            moment,
            fluent,
        });
    }

    /// Makes a state false, and every recorded state that needs it.
    fn make_false_at(&mut self, moment: usize, fluent: usize) {
        let needing = self.needing(fluent);
        let says = &mut self.plan.says[moment];
        says.ends.push(fluent);
        says.ends.extend(needing);
    }
}

/// Claims that bear on whole days and have no moment of their own.
pub fn momentless(claim: &Claim) -> bool {
    let throughout = claim.when.conditions.iter().any(|c| {
        matches!(c.alternatives[0], Point::Throughout(_))
            && matches!(claim.sentence, Sentence::Holds { .. })
    });
    claim.mode == Mode::Denied || throughout
}

/// Whether the claim's date gives a beginning, and whether it gives an ending.
fn span_of(claim: &Claim) -> (bool, bool) {
    let mut found = (false, false);
    for condition in &claim.when.conditions {
        if let Point::Span { from, to } = &condition.alternatives[0] {
            found = (from.is_some(), to.is_some());
        }
    }
    found
}

/// The days of a date that means all of them; an undated one means every day there is.
fn whole_days(dates: &[&Condition]) -> DaySet {
    let mut days = DaySet::all();
    for condition in dates {
        match &condition.alternatives[..] {
            [Point::On(set)] => days = days.intersect(set).expect("dates of one claim meet"),
            [Point::Undated] => {}
            other => panic!("the generator dates denials by days, not by {other:?}"),
        }
    }
    days
}
