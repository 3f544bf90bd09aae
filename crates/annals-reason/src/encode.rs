//! One world of a chronicle as variables, rules, bearings and stretches.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    Assumption, Chronicle, Claim, Constraint, DetailValue, EventKind, Filler, Fluent, Mode, Origin,
    Part, Point, Sentence,
};
use annals_network::{Alternative, Arc, Choice, Domain, HORIZON, Var};

use crate::bearing::{Bearer, Bearing, SlotKey, Status, by_slot, slot_keys};
use crate::premise::{PremiseId, Premises, clashing_roles};
use crate::stretch::{self, Stretch};
use crate::when::{self, Vars};
use crate::world::World;

/// A constraint and the premises it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    pub needs: Vec<PremiseId>,
    pub body: Body,
}

/// What a rule demands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Body {
    /// One of these; none means that the premises cannot stand together.
    OneOf(Vec<Alternative>),
    /// The moment comes after one of these, of those whose premises are accepted; if none is,
    /// nothing is demanded.
    Follows {
        ending: Var,
        sources: Vec<(Var, Vec<PremiseId>)>,
    },
}

/// One world, ready to be restricted to accepted premises.
#[derive(Clone, Debug)]
pub(crate) struct Encoded {
    pub count: usize,
    pub starts: Vec<Var>,
    pub ends: Vec<Var>,
    pub rules: Vec<Rule>,
    pub bearings: Vec<Bearing>,
    pub stretches: Vec<Stretch>,
    pub recorded: BTreeSet<Fluent>,
    pub slots: BTreeMap<SlotKey, Vec<Fluent>>,
    pub same: Vec<annals_chronicle::EntityId>,
    /// The rules that speak of each variable.
    pub touching: Vec<Vec<usize>>,
}

struct Encoder<'c> {
    chronicle: &'c Chronicle,
    premises: &'c Premises,
    starts: Vec<Var>,
    ends: Vec<Var>,
    count: usize,
    rules: Vec<Rule>,
}

/// Encodes a chronicle in one world.
pub(crate) fn encode(chronicle: &Chronicle, premises: &Premises, world: &World) -> Encoded {
    let mut encoder = Encoder {
        chronicle,
        premises,
        starts: vec![],
        ends: vec![],
        count: 0,
        rules: vec![],
    };
    encoder.variables();
    let (starts, ends) = (encoder.starts.clone(), encoder.ends.clone());
    let bearer = Bearer::new(chronicle, premises, world, &starts, &ends);
    let vars = Vars {
        starts: &starts,
        ends: &ends,
    };
    let mut stretches: Vec<Stretch> = encoder
        .claims()
        .filter(|c| world.happens(chronicle, c.event))
        .flat_map(|c| stretch::of_claim(&bearer, c, vars))
        .collect();
    derive_transitive(chronicle, &mut stretches);
    let mut edges = Vec::new();
    let mut stretch_edges = Vec::new();
    for edge in stretch::edges_of(&stretches, || encoder.fresh()) {
        let var = edge.bearing.var;
        if let Some(day) = edge.day {
            encoder.rule(vec![], vec![restricted(var, Domain::range(day, day))]);
        }
        if let Some((at, days)) = edge.shifted {
            let arcs = vec![
                Arc {
                    from: at,
                    to: var,
                    weight: days,
                },
                Arc {
                    from: var,
                    to: at,
                    weight: -days,
                },
            ];
            encoder.rule(
                vec![],
                vec![Alternative {
                    arcs,
                    ..Alternative::default()
                }],
            );
        }
        if let (Some(day), Some(opens)) = (edge.day, edge.opens) {
            stretch_edges.push((edge.bearing.clone(), day, opens));
        }
        edges.push(edge.bearing);
    }
    let bearings = bearer.bearings(edges);
    encoder.dates(world);
    encoder.denied_events(&bearer, world);
    encoder.contradicted(&bearings, &stretches);
    encoder.whole_days(&bearings, &stretch_edges);
    encoder.same_moment(&bearings);
    encoder.once_and_length(&bearings);
    encoder.endings(&bearings);
    encoder.rival_roles();
    let all = bearings
        .iter()
        .map(|b| b.fluent.clone())
        .chain(bearer.recorded().iter().cloned());
    let slots = by_slot(chronicle, all);
    Encoded {
        touching: touching(encoder.count, &encoder.rules),
        count: encoder.count,
        recorded: bearer.recorded().clone(),
        same: bearer.same.clone(),
        starts,
        ends,
        rules: encoder.rules,
        bearings,
        stretches,
        slots,
    }
}

fn touching(count: usize, rules: &[Rule]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); count];
    for (index, rule) in rules.iter().enumerate() {
        let mut vars = rule.vars();
        vars.sort_unstable();
        vars.dedup();
        for var in vars {
            all[var].push(index);
        }
    }
    all
}

fn restricted(var: Var, domain: Domain) -> Alternative {
    Alternative {
        domains: vec![(var, domain)],
        ..Alternative::default()
    }
}

impl<'c> Encoder<'c> {
    fn claims(&self) -> impl Iterator<Item = &'c Claim> + use<'c> {
        self.chronicle.claims.iter().filter(|c| !c.draft)
    }

    fn fresh(&mut self) -> Var {
        self.count += 1;
        self.count - 1
    }

    fn rule(&mut self, needs: Vec<PremiseId>, alternatives: Vec<Alternative>) {
        self.rules.push(Rule {
            needs,
            body: Body::OneOf(alternatives),
        });
    }

    /// One variable an event, two where it lasts: by its type, its date or its stated length.
    fn variables(&mut self) {
        for event in &self.chronicle.events {
            let start = self.fresh();
            let lasts = match event.kind {
                EventKind::Occurrence => event.lasting,
                EventKind::Mention => false,
            } || event
                .claims
                .iter()
                .any(|c| lasting(&self.chronicle.claims[c.index()]));
            let end = if lasts { self.fresh() } else { start };
            self.starts.push(start);
            self.ends.push(end);
            if lasts {
                let orders = vec![(start, end)];
                self.rule(
                    vec![],
                    vec![Alternative {
                        orders,
                        ..Alternative::default()
                    }],
                );
            }
        }
    }

    /// Every condition of every date.
    fn dates(&mut self, world: &World) {
        let starts = self.starts.clone();
        let ends = self.ends.clone();
        let vars = Vars {
            starts: &starts,
            ends: &ends,
        };
        for claim in self.claims() {
            // What did not happen leaves a bare, undated moment.
            if !world.happens(self.chronicle, claim.event) {
                continue;
            }
            let (start, end) = (starts[claim.event.index()], ends[claim.event.index()]);
            for (index, condition) in claim.when.conditions.iter().enumerate() {
                let Some(part) = self.premises.part(Part::Date(claim.id, index as u32)) else {
                    continue;
                };
                let place = |point: &Point| match claim.mode {
                    _ if condition.reported => when::place_reported(point, end, vars),
                    Mode::Ordered => when::place_ordered(point, start, vars),
                    _ => when::place(self.chronicle, point, start, end, vars),
                };
                let binds = match claim.mode {
                    Mode::Asserted | Mode::Ordered => true,
                    Mode::UnknownWhether => true,
                    Mode::Denied
                    | Mode::Attempted
                    | Mode::Planned
                    | Mode::Expected
                    | Mode::Refused => false,
                };
                let own_event = matches!(condition.origin, Origin::Detail(_));
                if !binds && !own_event {
                    continue;
                }
                let mut ways: Vec<Alternative> =
                    condition.alternatives.iter().flat_map(place).collect();
                if claim.mode == Mode::UnknownWhether {
                    ways = first_day(&condition.alternatives, start).unwrap_or(ways);
                }
                self.rule(vec![part], ways);
                let width = Assumption::Width(claim.id, index as u32);
                if let (Some(soft), Some(width)) =
                    (&condition.soft, self.premises.assumption(width))
                {
                    let ways = if condition.reported {
                        when::place_reported(&soft.point, end, vars)
                    } else {
                        when::place(self.chronicle, &soft.point, start, end, vars)
                    };
                    self.rule(vec![part, width], ways);
                }
            }
            self.lengths(claim, start, end);
        }
    }

    /// `lasting 40 days`: first and last day are 39 or 40 days apart, by the way of counting.
    fn lengths(&mut self, claim: &Claim, start: Var, end: Var) {
        for (index, detail) in claim.details.iter().enumerate() {
            if let DetailValue::Length { least, most } = detail.value
                && let Some(part) = self.premises.part(Part::Detail(claim.id, index as u32))
            {
                let shortest = i64::from(least.saturating_sub(1).max(0));
                let arcs = vec![
                    Arc {
                        from: end,
                        to: start,
                        weight: -shortest,
                    },
                    Arc {
                        from: start,
                        to: end,
                        weight: i64::from(most),
                    },
                ];
                self.rule(
                    vec![part],
                    vec![Alternative {
                        arcs,
                        ..Alternative::default()
                    }],
                );
            }
        }
    }

    /// `not:` of an event: no event that fits the sentence has a moment in the period.
    fn denied_events(&mut self, bearer: &Bearer, world: &World) {
        let starts = self.starts.clone();
        let ends = self.ends.clone();
        let vars = Vars {
            starts: &starts,
            ends: &ends,
        };
        for denial in self.claims().filter(|c| c.mode == Mode::Denied) {
            let Some(period) = stretch::period(denial, vars) else {
                continue;
            };
            let own = [bearer.needs(denial), stretch::date_premises(bearer, denial)].concat();
            for claim in self.claims().filter(|c| c.mode == Mode::Asserted) {
                if !world.happens(self.chronicle, claim.event)
                    || !fits(self.chronicle, bearer, world, denial, claim)
                {
                    continue;
                }
                let needs = [own.clone(), bearer.needs(claim)].concat();
                let (start, end) = (starts[claim.event.index()], ends[claim.event.index()]);
                self.rule(needs.clone(), period.outside(start));
                if end != start {
                    self.rule(needs, period.outside(end));
                }
            }
        }
    }

    /// Nothing to the contrary lies in a stretch.
    fn contradicted(&mut self, bearings: &[Bearing], stretches: &[Stretch]) {
        for stretch in stretches {
            let keys = slot_keys(self.chronicle, &stretch.fluent);
            for bearing in bearings {
                let own = bearing.fluent == stretch.fluent;
                let rival = !own
                    && slot_keys(self.chronicle, &bearing.fluent)
                        .iter()
                        .any(|k| keys.contains(k));
                let shows_true =
                    bearing.before == Some(true) || bearing.after == Some(Status::True);
                let shows_false =
                    bearing.before == Some(false) || bearing.after == Some(Status::False);
                let contrary = match (own, stretch.value) {
                    (true, true) => shows_false,
                    (true, false) => shows_true,
                    (false, true) => rival && shows_true,
                    (false, false) => false,
                };
                if contrary && !stretch.period.has_end(bearing.var) {
                    let needs = [stretch.needs.clone(), bearing.needs.clone()].concat();
                    self.rule(needs, stretch.period.outside(bearing.var));
                }
            }
        }
    }

    /// A stretch over whole days begins before every moment of its first day and closes after
    /// every moment of its last.
    fn whole_days(&mut self, bearings: &[Bearing], edges: &[(Bearing, i64, bool)]) {
        for (edge, day, opens) in edges {
            let keys = slot_keys(self.chronicle, &edge.fluent);
            for bearing in bearings.iter().filter(|b| b.var != edge.var) {
                let close = bearing.fluent == edge.fluent
                    || slot_keys(self.chronicle, &bearing.fluent)
                        .iter()
                        .any(|k| keys.contains(k));
                if !close {
                    continue;
                }
                let (beside, order) = if *opens {
                    (Domain::range(-HORIZON, day - 1), (edge.var, bearing.var))
                } else {
                    (Domain::range(day + 1, HORIZON), (bearing.var, edge.var))
                };
                let other = edges.iter().find(|(e, _, _)| e.var == bearing.var);
                // Two edges on one day: what opens comes before what closes, else they are alike.
                if other.is_some_and(|(_, d, o)| d == day && (*o || !*opens)) {
                    continue;
                }
                let needs = [edge.needs.clone(), bearing.needs.clone()].concat();
                let ordered = Alternative {
                    orders: vec![order],
                    ..Alternative::default()
                };
                self.rule(needs, vec![restricted(bearing.var, beside), ordered]);
            }
        }
    }

    /// One moment cannot require a fluent both true and false, nor two rivals true.
    fn same_moment(&mut self, bearings: &[Bearing]) {
        for (i, a) in bearings.iter().enumerate() {
            for b in bearings[i + 1..].iter().take_while(|b| b.var == a.var) {
                let opposite = a.fluent == b.fluent
                    && matches!((a.before, b.before), (Some(x), Some(y)) if x != y);
                let rivals = a.fluent != b.fluent
                    && a.before == Some(true)
                    && b.before == Some(true)
                    && slot_keys(self.chronicle, &a.fluent)
                        .iter()
                        .any(|k| slot_keys(self.chronicle, &b.fluent).contains(k));
                if opposite || rivals {
                    self.rule([a.needs.clone(), b.needs.clone()].concat(), vec![]);
                }
            }
        }
    }

    /// `once` puts all that shows a fluent true before all that ends it, and after what begins
    /// it; `lasts at most` keeps all that shows it true within so many days.
    fn once_and_length(&mut self, bearings: &[Bearing]) {
        let fluents: BTreeSet<&Fluent> = bearings.iter().map(|b| &b.fluent).collect();
        for fluent in fluents {
            let of: Vec<&Bearing> = bearings.iter().filter(|b| b.fluent == *fluent).collect();
            for constraint in
                &self.chronicle.vocabulary.relations[fluent.relation.index()].constraints
            {
                match constraint {
                    Constraint::Once => {
                        self.once(&of);
                        self.once_denied(&of);
                    }
                    Constraint::LastsAtMost { days, .. } => self.length(&of, i64::from(*days)),
                    _ => {}
                }
            }
        }
    }

    fn once(&mut self, of: &[&Bearing]) {
        let begins = |b: &Bearing| b.after == Some(Status::True);
        let ends = |b: &Bearing| b.after == Some(Status::False);
        let shows = |b: &Bearing| b.before == Some(true);
        for a in of {
            for b in of {
                let needs = || [a.needs.clone(), b.needs.clone()].concat();
                let ways = if begins(a) && begins(b) && a.var < b.var
                    || ends(a) && ends(b) && a.var < b.var
                {
                    // Told twice without a common label, it is one day all the same.
                    vec![same_day(a.var, b.var)]
                } else if a.var != b.var
                    && (begins(a) && shows(b) && !ends(b)
                        || begins(a) && ends(b)
                        || shows(a) && !ends(a) && ends(b))
                {
                    vec![ordered(a.var, b.var)]
                } else {
                    continue;
                };
                self.rule(needs(), ways);
            }
        }
    }

    /// A denial lies before all that shows it true or after all of it, for what is over never
    /// returns; a birth or a death on no record is no contradiction.
    fn once_denied(&mut self, of: &[&Bearing]) {
        let shows = |b: &&&Bearing| b.before == Some(true) || b.after == Some(Status::True);
        for denial in of.iter().filter(|b| b.before == Some(false)) {
            let shown: Vec<_> = of
                .iter()
                .filter(shows)
                .filter(|b| b.var != denial.var)
                .collect();
            for (i, a) in shown.iter().enumerate() {
                for b in shown[i + 1..].iter().filter(|b| b.var != a.var) {
                    let needs = [denial.needs.clone(), a.needs.clone(), b.needs.clone()].concat();
                    let d = denial.var;
                    let ahead = vec![(d, a.var), (d, b.var)];
                    let over = vec![(a.var, d), (b.var, d)];
                    let ways = [ahead, over].map(|orders| Alternative {
                        orders,
                        ..Alternative::default()
                    });
                    self.rule(needs, ways.to_vec());
                }
            }
        }
    }

    fn length(&mut self, of: &[&Bearing], days: i64) {
        let (first, last) = (self.fresh(), self.fresh());
        let arcs = vec![Arc {
            from: first,
            to: last,
            weight: days,
        }];
        self.rule(
            vec![],
            vec![Alternative {
                arcs,
                ..Alternative::default()
            }],
        );
        for b in of {
            if b.before == Some(true) || b.after == Some(Status::True) {
                let arcs = vec![
                    Arc {
                        from: b.var,
                        to: first,
                        weight: 0,
                    },
                    Arc {
                        from: last,
                        to: b.var,
                        weight: 0,
                    },
                ];
                self.rule(
                    b.needs.clone(),
                    vec![Alternative {
                        arcs,
                        ..Alternative::default()
                    }],
                );
            }
        }
    }

    /// An ending is assumed to follow a recorded beginning or mention of what it ends.
    fn endings(&mut self, bearings: &[Bearing]) {
        for ending in bearings {
            let Some(follows) = ending.follows else {
                continue;
            };
            let sources: Vec<(Var, Vec<PremiseId>)> = bearings
                .iter()
                .filter(|b| b.fluent == ending.fluent && b.var != ending.var)
                .filter(|b| {
                    b.after == Some(Status::True) || b.after.is_none() && b.before == Some(true)
                })
                .filter(|b| {
                    // What the same moment ends it leaves false, whatever it needs.
                    !bearings.iter().any(|o| {
                        o.var == b.var && o.fluent == b.fluent && o.after == Some(Status::False)
                    })
                })
                .map(|b| (b.var, b.needs.clone()))
                .collect();
            if !sources.is_empty() {
                let mut needs = ending.needs.clone();
                needs.push(follows);
                self.rules.push(Rule {
                    needs,
                    body: Body::Follows {
                        ending: ending.var,
                        sources,
                    },
                });
            }
        }
    }

    /// Accounts of one event that name different things in one role.
    fn rival_roles(&mut self) {
        for event in &self.chronicle.events {
            for (i, a) in event.claims.iter().enumerate() {
                for b in &event.claims[i + 1..] {
                    for (x, y) in clashing_roles(self.chronicle, *a, *b) {
                        let parts = [Part::Role(*a, x), Part::Role(*b, y)];
                        let needs: Vec<_> = parts
                            .iter()
                            .filter_map(|p| self.premises.part(*p))
                            .collect();
                        self.rule(needs, vec![]);
                    }
                }
            }
        }
    }
}

fn same_day(a: Var, b: Var) -> Alternative {
    let arcs = vec![
        Arc {
            from: a,
            to: b,
            weight: 0,
        },
        Arc {
            from: b,
            to: a,
            weight: 0,
        },
    ];
    Alternative {
        arcs,
        ..Alternative::default()
    }
}

fn ordered(a: Var, b: Var) -> Alternative {
    Alternative {
        orders: vec![(a, b)],
        ..Alternative::default()
    }
}

/// Whether a claim's own words make what it tells last.
fn lasting(claim: &Claim) -> bool {
    let by_date = claim
        .when
        .conditions
        .iter()
        .flat_map(|c| &c.alternatives)
        .any(|p| {
            matches!(
                p,
                Point::Throughout(_)
                    | Point::Span {
                        from: Some(_),
                        to: Some(_)
                    }
            )
        });
    let by_length = claim
        .details
        .iter()
        .any(|d| matches!(d.value, DetailValue::Length { .. }));
    claim.mode == Mode::Asserted && (by_date || by_length)
}

/// "Unknown whether" holds from the first day of its date.
fn first_day(points: &[Point], start: Var) -> Option<Vec<Alternative>> {
    let first = points.iter().map(|p| match p {
        Point::On(d) | Point::Throughout(d) | Point::Span { from: Some(d), .. } => d.first(),
        _ => None,
    });
    let first: Option<Vec<_>> = first.collect();
    let day = i64::from(first?.into_iter().min()?.0);
    Some(vec![restricted(start, Domain::range(day, day))])
}

/// Whether a claimed event is one that a denial speaks of: of its type or a special case of it,
/// with every role that the denial fills filled alike.
fn fits(
    chronicle: &Chronicle,
    bearer: &Bearer,
    world: &World,
    denial: &Claim,
    claim: &Claim,
) -> bool {
    let (
        Sentence::Happens {
            event_type: denied,
            roles: asked,
            ..
        },
        Sentence::Happens {
            event_type: told,
            roles: filled,
            ..
        },
    ) = (&denial.sentence, &claim.sentence)
    else {
        return false;
    };
    if !chronicle.vocabulary.is_kind_of(*told, *denied) {
        return false;
    }
    let names =
        |t: &annals_chronicle::EventTypeId| &chronicle.vocabulary.event_types[t.index()].roles;
    let entities = |claim: &Claim, role: usize, filler: &Filler| -> Option<Vec<_>> {
        match filler {
            Filler::Entities(list) => Some(list.iter().map(|e| bearer.same[e.index()]).collect()),
            Filler::OneOf(_) => {
                let chosen = world.fillers.get(&(claim.id, role as u32))?;
                Some(vec![bearer.same[chosen.index()]])
            }
            Filler::Unfilled | Filler::Text(_) | Filler::Number(_) => None,
        }
    };
    asked.iter().enumerate().all(|(i, filler)| {
        let Some(wanted) = entities(denial, i, filler) else {
            return true;
        };
        let name = &names(denied)[i].name;
        names(told)
            .iter()
            .position(|r| r.name == *name)
            .is_some_and(|j| {
                entities(claim, j, &filled[j])
                    .is_some_and(|given| wanted.iter().all(|e| given.contains(e)))
            })
    })
}

/// Timeless transitive relations hold along chains.
fn derive_transitive(chronicle: &Chronicle, stretches: &mut Vec<Stretch>) {
    let mut from = 0;
    loop {
        let known = stretches.len();
        let mut derived = Vec::new();
        for i in 0..known {
            for j in 0..known {
                if i.max(j) < from {
                    continue;
                }
                if let Some(next) = chained(chronicle, &stretches[i], &stretches[j])
                    && !stretches
                        .iter()
                        .chain(&derived)
                        .any(|s| s.fluent == next.fluent && s.value == next.value)
                {
                    derived.push(next);
                }
            }
        }
        if derived.is_empty() {
            return;
        }
        from = known;
        stretches.extend(derived);
    }
}

fn chained(chronicle: &Chronicle, a: &Stretch, b: &Stretch) -> Option<Stretch> {
    let relation = a.fluent.relation;
    let constraints = &chronicle.vocabulary.relations[relation.index()].constraints;
    let has = |wanted: fn(&Constraint) -> bool| constraints.iter().any(wanted);
    let timeless = a.period.moving.is_empty() && a.period.days == Domain::all();
    if relation != b.fluent.relation
        || !a.value
        || !b.value
        || a.period != b.period
        || !timeless
        || !has(|c| matches!(c, Constraint::Transitive))
        || a.fluent.roles.len() != 2
    {
        return None;
    }
    let symmetric = has(|c| matches!(c, Constraint::Symmetric));
    let turned = |f: &Fluent| -> Vec<[annals_chronicle::EntityId; 2]> {
        let straight = [f.roles[0], f.roles[1]];
        if symmetric {
            vec![straight, [straight[1], straight[0]]]
        } else {
            vec![straight]
        }
    };
    for x in turned(&a.fluent) {
        for y in turned(&b.fluent) {
            if x[1] == y[0] && x[0] != y[1] {
                let fluent = Fluent {
                    relation,
                    roles: vec![x[0], y[1]],
                };
                let mut needs = [a.needs.clone(), b.needs.clone()].concat();
                needs.sort();
                needs.dedup();
                return Some(Stretch {
                    fluent: crate::bearing::canonical(chronicle, fluent),
                    value: true,
                    period: a.period.clone(),
                    needs,
                });
            }
        }
    }
    None
}

impl Encoded {
    /// How many variables stand for moments of the chronicle; they come first.
    pub fn moments(&self) -> usize {
        self.ends.iter().max().map_or(0, |v| v + 1)
    }

    /// The premises of every rule, bearing and stretch that only one of two worlds has.
    /// Variables that stand for no moment are numbered anew in every world and do not count.
    pub fn differing(&self, other: &Encoded) -> BTreeSet<PremiseId> {
        let moments = self.moments();
        let rules = |encoded: &Encoded| -> BTreeSet<Rule> {
            encoded
                .rules
                .iter()
                .map(|r| r.without_helpers(moments))
                .collect()
        };
        let mut premises = BTreeSet::new();
        let (a, b) = (rules(self), rules(other));
        for rule in a.symmetric_difference(&b) {
            premises.extend(&rule.needs);
            if let Body::Follows { sources, .. } = &rule.body {
                premises.extend(sources.iter().flat_map(|(_, needs)| needs));
            }
        }
        let bearings = |encoded: &Encoded| -> BTreeSet<Bearing> {
            let all = encoded.bearings.iter().cloned();
            all.map(|b| Bearing {
                var: b.var.min(moments),
                ..b
            })
            .collect()
        };
        let (a, b) = (bearings(self), bearings(other));
        premises.extend(a.symmetric_difference(&b).flat_map(|b| &b.needs));
        for stretch in &self.stretches {
            if !other.stretches.contains(stretch) {
                premises.extend(&stretch.needs);
            }
        }
        for stretch in &other.stretches {
            if !self.stretches.contains(stretch) {
                premises.extend(&stretch.needs);
            }
        }
        premises
    }
}

impl Rule {
    /// Every variable the rule speaks of.
    pub fn vars(&self) -> Vec<Var> {
        let of = |way: &Alternative| -> Vec<Var> {
            let arcs = way.arcs.iter().flat_map(|a| [a.from, a.to]);
            let orders = way.orders.iter().flat_map(|(a, b)| [*a, *b]);
            arcs.chain(orders)
                .chain(way.domains.iter().map(|(v, _)| *v))
                .collect()
        };
        match &self.body {
            Body::OneOf(ways) => ways.iter().flat_map(of).collect(),
            Body::Follows { ending, sources } => [*ending]
                .into_iter()
                .chain(sources.iter().map(|(v, _)| *v))
                .collect(),
        }
    }

    /// The rule with one variable for all that stand for no moment.
    fn without_helpers(&self, moments: usize) -> Rule {
        let mut rule = self.clone();
        if let Body::OneOf(ways) = &mut rule.body {
            for way in ways {
                for arc in &mut way.arcs {
                    (arc.from, arc.to) = (arc.from.min(moments), arc.to.min(moments));
                }
                for (a, b) in &mut way.orders {
                    (*a, *b) = ((*a).min(moments), (*b).min(moments));
                }
                for (var, _) in &mut way.domains {
                    *var = (*var).min(moments);
                }
            }
        }
        rule
    }

    /// Puts the rule into a system, its premises being accepted. An ending may follow any source
    /// of the universe: as long as one of them is not accepted, which it might follow, nothing
    /// is demanded, so that what a set forces by an assumption it forces whatever is added.
    pub fn apply(
        &self,
        system: &mut annals_network::System,
        accepted: &crate::premise::Accepted,
        universe: &crate::premise::Accepted,
    ) {
        let ways: Vec<Alternative> = match &self.body {
            Body::OneOf(ways) => ways.clone(),
            Body::Follows { ending, sources } => {
                let known: Vec<_> = sources
                    .iter()
                    .filter(|(_, needs)| universe.has_all(needs))
                    .collect();
                if known.is_empty() || !known.iter().all(|(_, needs)| accepted.has_all(needs)) {
                    return;
                }
                known
                    .into_iter()
                    .map(|(var, _)| ordered(*var, *ending))
                    .collect()
            }
        };
        match &ways[..] {
            [] => system.forbid(),
            [only] => {
                for arc in &only.arcs {
                    system.arc(arc.from, arc.to, arc.weight);
                }
                for (a, b) in &only.orders {
                    system.order(*a, *b);
                }
                for (var, domain) in &only.domains {
                    system.restrict(*var, domain);
                }
            }
            _ => system.choose(Choice { alternatives: ways }),
        }
    }
}
