//! One world of a chronicle as variables, rules, bearings and stretches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use annals_chronicle::{
    Assumption, Chronicle, Claim, DetailValue, EventId, EventKind, EventTypeId, Filler, Fluent,
    Mode, Origin, Part, Point, Sentence,
};
use annals_network::{Alternative, Arc, Domain, Var};

use crate::bearing::{Bearer, Bearing};
use crate::index::{Index, Slots};
use crate::instance::WholeDay;
use crate::premise::{PremiseId, Premises};
use crate::rule::{Body, Rule, Topic};
use crate::scope::{Moments, Scope};
use crate::stretch::{self, Stretch};
use crate::transitive::derive_transitive;
use crate::when::{self, Vars};
use crate::world::{Same, World};

/// One world, ready to be restricted to accepted premises.
#[derive(Clone, Debug)]
pub(crate) struct Encoded {
    pub count: usize,
    pub moments: Moments,
    pub rules: Vec<Rule>,
    pub bearings: Vec<Bearing>,
    pub stretches: Vec<Stretch>,
    pub recorded: BTreeSet<Fluent>,
    /// The variables that end stretches over whole days.
    pub edges: BTreeMap<Var, WholeDay>,
    pub same: Same,
    /// Whether all rules are there. Otherwise more seems possible than is.
    pub complete: bool,
    index: OnceLock<Index>,
}

/// More rules of one component are not made; answers then say that they are not proven.
const RULES_AT_MOST: usize = 1_500_000;

/// A length of so many days or more stands for one without an upper limit.
const UNBOUNDED: i32 = 100_000_000;

pub(crate) struct Encoder<'c> {
    pub chronicle: &'c Chronicle,
    pub premises: &'c Premises,
    pub scope: &'c Scope,
    pub count: usize,
    pub rules: Vec<Rule>,
    /// What the rules made now are about.
    pub topic: Topic,
    /// Whether rules were left out.
    pub left_out: bool,
}

/// Encodes the claims of a scope in one world.
pub(crate) fn encode(
    chronicle: &Chronicle,
    scope: &Scope,
    premises: &Premises,
    world: &World,
) -> Encoded {
    let mut encoder = Encoder {
        chronicle,
        premises,
        scope,
        count: 0,
        rules: vec![],
        topic: Topic::Lasts,
        left_out: false,
    };
    let moments = encoder.variables();
    let bearer = Bearer::new(chronicle, scope, premises, world, &moments);
    let vars = Vars(&moments);
    let mut stretches: Vec<Stretch> = encoder
        .claims()
        .filter(|c| world.happens(chronicle, c.event))
        .flat_map(|c| stretch::of_claim(&bearer, c, vars))
        .collect();
    derive_transitive(chronicle, &mut stretches);
    let (edges, stretch_edges) = encoder.edges(&stretches);
    let mut bearings = bearer.bearings(edges);
    encoder.topic = Topic::Unknown;
    encoder.unknown_within(world, &stretches, &mut bearings);
    encoder.topic = Topic::Said;
    encoder.dates(world, vars);
    encoder.topic = Topic::DeniedEvent;
    encoder.denied_events(&bearer, world, vars);
    let slots = Slots::new(chronicle, bearings.iter().map(|b| &b.fluent));
    encoder.contradicted(&bearings, &slots, &stretches);
    encoder.whole_days(&bearings, &slots, &stretch_edges);
    encoder.same_moment(&bearings);
    encoder.once_and_length(&bearings);
    encoder.endings(&bearings, &slots);
    encoder.rival_roles();
    encoder.travel(&bearer, vars);
    let edges = stretch_edges.iter().map(|(edge, day, opens)| {
        let (day, opens) = (*day, *opens);
        (edge.var, WholeDay { day, opens })
    });
    let edges = edges.collect();
    let (recorded, same) = bearer.into_recorded();
    Encoded {
        count: encoder.count,
        complete: !encoder.left_out,
        rules: encoder.rules,
        recorded,
        same,
        moments,
        bearings,
        stretches,
        edges,
        index: OnceLock::new(),
    }
}

impl Encoded {
    /// Where everything stands, listed when first needed.
    pub fn index(&self, chronicle: &Chronicle) -> &Index {
        self.index
            .get_or_init(|| Index::new(chronicle, &self.rules, &self.bearings, &self.stretches))
    }
}

pub(crate) fn restricted(var: Var, domain: Domain) -> Alternative {
    Alternative {
        domains: vec![(var, domain)],
        ..Alternative::default()
    }
}

impl<'c> Encoder<'c> {
    pub fn claims(&self) -> impl Iterator<Item = &'c Claim> + use<'c> {
        self.scope.claims(self.chronicle)
    }

    /// Whether there is no room for more rules: claims by the ten thousand about one slot make
    /// more pairs than can be looked at.
    pub fn is_full(&self) -> bool {
        self.rules.len() >= RULES_AT_MOST
    }

    pub fn fresh(&mut self) -> Var {
        self.count += 1;
        self.count - 1
    }

    /// Adds a rule; of too many the last ones are left out, which is said.
    pub fn rule(&mut self, needs: Vec<PremiseId>, alternatives: Vec<Alternative>) {
        if self.is_full() {
            self.left_out = true;
            return;
        }
        self.rules.push(Rule {
            needs,
            body: Body::OneOf(alternatives),
            topic: self.topic.clone(),
        });
    }

    /// One variable an event, two where it lasts: by its type, its date or its stated length.
    fn variables(&mut self) -> Moments {
        let lasts = |id: EventId| {
            let event = &self.chronicle.events[id.index()];
            let mut claims = event.claims.iter();
            event.kind == EventKind::Occurrence && event.lasting
                || claims.any(|c| lasting(&self.chronicle.claims[c.index()]))
        };
        let moments = Moments::new(self.scope.events.clone(), lasts);
        self.count = moments.count();
        for event in moments.events() {
            if moments.lasts(*event) {
                let orders = vec![(moments.start(*event), moments.end(*event))];
                self.rule(
                    vec![],
                    vec![Alternative {
                        orders,
                        ..Alternative::default()
                    }],
                );
            }
        }
        moments
    }

    /// The ends of stretches: helpers for those that are no moments, and the bearings of all;
    /// those over whole days once more, with their day and whether they open the stretch.
    fn edges(&mut self, stretches: &[Stretch]) -> (Vec<Bearing>, Vec<(Bearing, i64, bool)>) {
        let mut edges = Vec::new();
        let mut whole_days = Vec::new();
        for edge in stretch::edges_of(stretches, || self.fresh()) {
            let var = edge.bearing.var;
            if let Some(day) = edge.day {
                self.rule(vec![], vec![restricted(var, Domain::range(day, day))]);
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
                self.rule(
                    vec![],
                    vec![Alternative {
                        arcs,
                        ..Alternative::default()
                    }],
                );
            }
            if let (Some(day), Some(opens)) = (edge.day, edge.opens) {
                whole_days.push((edge.bearing.clone(), day, opens));
            }
            edges.push(edge.bearing);
        }
        (edges, whole_days)
    }

    /// Every condition of every date.
    fn dates(&mut self, world: &World, vars: Vars) {
        for claim in self.claims() {
            // What did not happen leaves a bare, undated moment.
            if !world.happens(self.chronicle, claim.event) {
                continue;
            }
            let (start, end) = (vars.0.start(claim.event), vars.0.end(claim.event));
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
                let mut arcs = vec![Arc {
                    from: end,
                    to: start,
                    weight: -shortest,
                }];
                if most < UNBOUNDED {
                    arcs.push(Arc {
                        from: start,
                        to: end,
                        weight: i64::from(most),
                    });
                }
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
    fn denied_events(&mut self, bearer: &Bearer, world: &World, vars: Vars) {
        let denials: Vec<&Claim> = self.claims().filter(|c| c.mode == Mode::Denied).collect();
        if denials.is_empty() {
            return;
        }
        let told = Told::new(self.claims().filter(|c| c.mode == Mode::Asserted));
        for denial in denials {
            let Some(period) = stretch::period(denial, vars) else {
                continue;
            };
            let own = [bearer.needs(denial), stretch::date_premises(bearer, denial)].concat();
            for claim in told.beside(self.chronicle, denial) {
                if !world.happens(self.chronicle, claim.event)
                    || !fits(self.chronicle, bearer, world, denial, claim)
                {
                    continue;
                }
                let needs = [own.clone(), bearer.needs(claim)].concat();
                let (start, end) = (vars.0.start(claim.event), vars.0.end(claim.event));
                self.rule(needs.clone(), period.outside(start));
                if end != start {
                    self.rule(needs, period.outside(end));
                }
            }
        }
    }
}

/// Whether a claim's own words make what it tells last.
pub(crate) fn lasting(claim: &Claim) -> bool {
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

/// Claims that events happened, by type, so that a denial meets only those of its own.
struct Told<'c>(BTreeMap<EventTypeId, Vec<&'c Claim>>);

impl<'c> Told<'c> {
    fn new(claims: impl Iterator<Item = &'c Claim>) -> Told<'c> {
        let mut told: BTreeMap<EventTypeId, Vec<&Claim>> = BTreeMap::new();
        for claim in claims {
            if let Sentence::Happens { event_type, .. } = &claim.sentence {
                told.entry(*event_type).or_default().push(claim);
            }
        }
        Told(told)
    }

    /// What a denial can be about, in document order.
    fn beside(&self, chronicle: &Chronicle, denial: &Claim) -> Vec<&'c Claim> {
        let Sentence::Happens { event_type, .. } = &denial.sentence else {
            return vec![];
        };
        let of = |t: &EventTypeId| chronicle.vocabulary.is_kind_of(*t, *event_type);
        let lists = self.0.iter().filter(|(t, _)| of(t));
        let mut all: Vec<&Claim> = lists.flat_map(|(_, list)| list.iter().copied()).collect();
        all.sort_unstable_by_key(|c| c.id);
        all
    }
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
            Filler::Entities(list) => Some(list.iter().map(|e| bearer.same.of(*e)).collect()),
            Filler::OneOf(_) => {
                let chosen = world.fillers.get(&(claim.id, role as u32))?;
                Some(vec![bearer.same.of(*chosen)])
            }
            Filler::Unfilled | Filler::Number(_) => None,
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
