//! Stretches: a fluent has one value at every moment of a period, so that nothing to the
//! contrary may lie in it. `throughout`, `always`, `from A to B` and `not:` make them.

use annals_chronicle::{
    Anchor, Bound, Chronicle, Claim, Constraint, Fluent, Mode, Part, Point, Sentence,
};
use annals_network::{Alternative, Arc, Domain, HORIZON, Var};

use crate::bearing::{Bearer, Bearing, slot_keys, span_of};
use crate::premise::PremiseId;
use crate::when::{Vars, domain};

/// One end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// No end.
    Open,
    /// The moment itself, in the line.
    At(Var),
    /// The day of the moment, so many days later, whole.
    Shifted(Var, i64),
}

/// A period between moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    pub first: End,
    pub last: End,
}

/// When a stretch holds: on these days, and within a piece of each moving condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub days: Domain,
    pub moving: Vec<Vec<Piece>>,
}

/// A fluent has one value throughout a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub fluent: Fluent,
    pub value: bool,
    pub period: Period,
    pub needs: Vec<PremiseId>,
}

/// Whether a state claim holds at every moment of its date.
pub(crate) fn is_throughout(claim: &Claim) -> bool {
    matches!(claim.sentence, Sentence::Holds { .. })
        && points(claim).any(|p| matches!(p, Point::Throughout(_) | Point::Always))
}

fn points(claim: &Claim) -> impl Iterator<Item = &Point> {
    claim
        .when
        .conditions
        .iter()
        .filter(|c| !c.doubted)
        .flat_map(|c| &c.alternatives)
}

/// The premises of a claim's undoubted conditions.
pub(crate) fn date_premises(bearer: &Bearer, claim: &Claim) -> Vec<PremiseId> {
    (0..claim.when.conditions.len() as u32)
        .filter(|i| !claim.when.conditions[*i as usize].doubted)
        .filter_map(|i| bearer.premises.part(Part::Date(claim.id, i)))
        .collect()
}

/// The stretches that a claim of a state makes, with what follows for needed relations.
pub(crate) fn of_claim(bearer: &Bearer, claim: &Claim, vars: Vars) -> Vec<Stretch> {
    let Sentence::Holds { .. } = claim.sentence else {
        return vec![];
    };
    let (value, period) = match claim.mode {
        Mode::Asserted if is_throughout(claim) => (true, period(claim, vars)),
        Mode::Asserted if span_of(claim) == Some((true, true)) => {
            let first = End::At(vars.0.start(claim.event));
            let last = End::At(vars.0.end(claim.event));
            let moving = vec![vec![Piece { first, last }]];
            (
                true,
                Some(Period {
                    days: Domain::all(),
                    moving,
                }),
            )
        }
        Mode::Denied => (false, period(claim, vars)),
        _ => return vec![],
    };
    let Some(period) = period else { return vec![] };
    let needs = [bearer.needs(claim), date_premises(bearer, claim)].concat();
    let mut all = Vec::new();
    for template in bearer.templates(claim) {
        for fluent in bearer.complete(&template) {
            let (period, needs) = (period.clone(), needs.clone());
            spread(
                bearer,
                Stretch {
                    fluent,
                    value,
                    period,
                    needs,
                },
                &mut all,
            );
        }
    }
    all
}

/// Adds a stretch and those that rules of relations tie to it.
fn spread(bearer: &Bearer, stretch: Stretch, all: &mut Vec<Stretch>) {
    if all.contains(&stretch) {
        return;
    }
    all.push(stretch.clone());
    for (fluent, value) in tied(bearer, &stretch.fluent, stretch.value) {
        spread(
            bearer,
            Stretch {
                fluent,
                value,
                ..stretch.clone()
            },
            all,
        );
    }
}

fn tied(bearer: &Bearer, fluent: &Fluent, value: bool) -> Vec<(Fluent, bool)> {
    let relations = &bearer.chronicle.vocabulary.relations;
    let mut all = Vec::new();
    if value {
        for constraint in &relations[fluent.relation.index()].constraints {
            match constraint {
                Constraint::Needs(t) => all.push((bearer.instantiate(t, fluent), true)),
                Constraint::NeedsNot(t) => all.push((bearer.instantiate(t, fluent), false)),
                _ => {}
            }
        }
    }
    // Where the needed value does not hold, neither does what needs it.
    let lost = bearer.needing(fluent).iter().filter(|(_, v)| *v != value);
    all.extend(lost.map(|(other, _)| (other.clone(), false)));
    all
}

/// The period of a date taken at every one of its moments; `None` where it cannot be said, which
/// is reported.
pub(crate) fn period(claim: &Claim, vars: Vars) -> Option<Period> {
    let mut period = Period {
        days: Domain::all(),
        moving: vec![],
    };
    for condition in claim.when.conditions.iter().filter(|c| !c.doubted) {
        let mut days = Vec::new();
        let mut pieces = Vec::new();
        for point in &condition.alternatives {
            match point {
                Point::Undated | Point::Always => days.push((-HORIZON, HORIZON)),
                Point::On(set) | Point::Throughout(set) => {
                    days.extend(domain(set).ranges().iter().copied());
                }
                Point::Span { from, to } => {
                    let first = from.as_ref().and_then(|d| d.first());
                    let last = to.as_ref().and_then(|d| d.last());
                    days.push((
                        first.map_or(-HORIZON, |d| i64::from(d.0)),
                        last.map_or(HORIZON, |d| i64::from(d.0)),
                    ));
                }
                _ => pieces.push(piece(point, vars)?),
            }
        }
        if pieces.is_empty() {
            period.days = period.days.intersect(&Domain::from_ranges(days));
        } else if days.is_empty() {
            period.moving.push(pieces);
        } else {
            return None;
        }
    }
    Some(period)
}

fn piece(point: &Point, vars: Vars) -> Option<Piece> {
    let whole_days = |anchor: &Anchor| {
        let (head, tail) = edges(*anchor, vars);
        Piece {
            first: End::Shifted(head, 0),
            last: End::Shifted(tail, 0),
        }
    };
    Some(match point {
        Point::After(anchor) => Piece {
            first: End::At(vars.tail(*anchor)),
            last: End::Open,
        },
        Point::Before(anchor) => Piece {
            first: End::Open,
            last: End::At(vars.head(*anchor)),
        },
        Point::At(anchor) => whole_days(anchor),
        Point::During(anchor) => {
            let (head, tail) = edges(*anchor, vars);
            if head == tail {
                whole_days(anchor)
            } else {
                Piece {
                    first: End::At(head),
                    last: End::At(tail),
                }
            }
        }
        Point::Offset {
            anchor,
            least,
            most,
        } => {
            let before = most.is_some_and(|m| m <= 0) && *least != Some(0);
            let after = least.is_some_and(|l| l >= 0);
            let (head, tail) = (vars.head(*anchor), vars.tail(*anchor));
            let lower = if after && !before { tail } else { head };
            let upper = if before { head } else { tail };
            Piece {
                first: least.map_or(End::Open, |l| End::Shifted(lower, i64::from(l))),
                last: most.map_or(End::Open, |m| End::Shifted(upper, i64::from(m))),
            }
        }
        _ => return None,
    })
}

fn edges(anchor: Anchor, vars: Vars) -> (Var, Var) {
    match anchor.bound {
        Bound::Whole => (vars.head(anchor), vars.tail(anchor)),
        Bound::Start => (vars.head(anchor), vars.head(anchor)),
        Bound::End => (vars.tail(anchor), vars.tail(anchor)),
    }
}

impl Period {
    /// Whether the moment of a variable is one of its own ends.
    pub fn has_end(&self, var: Var) -> bool {
        let is = |end: &End| matches!(end, End::At(v) if *v == var);
        self.moving
            .iter()
            .flatten()
            .any(|p| is(&p.first) || is(&p.last))
    }

    /// All ways for a moment to lie inside the period: on its days, and within a piece of each
    /// moving condition.
    pub fn inside(&self, var: Var) -> Vec<Alternative> {
        let mut ways = vec![Alternative {
            domains: vec![(var, self.days.clone())],
            ..Alternative::default()
        }];
        for pieces in &self.moving {
            let mut next = Vec::new();
            for way in &ways {
                for piece in pieces {
                    let mut way = way.clone();
                    for end in [begun(piece.first, var), not_over(piece.last, var)] {
                        way.arcs.extend(end.arcs);
                        way.orders.extend(end.orders);
                    }
                    next.push(way);
                }
            }
            ways = next;
        }
        ways
    }

    /// All ways for a moment to lie outside the period; none where it cannot.
    pub fn outside(&self, var: Var) -> Vec<Alternative> {
        let mut all = Vec::new();
        let beyond = self.days.complement();
        if !beyond.is_empty() {
            all.push(Alternative {
                domains: vec![(var, beyond)],
                ..Alternative::default()
            });
        }
        for pieces in &self.moving {
            let mut ways = vec![Alternative::default()];
            for piece in pieces {
                let mut next = Vec::new();
                for way in &ways {
                    let ends = [before(piece.first, var), after(piece.last, var)];
                    for end in ends.into_iter().flatten() {
                        let mut way = way.clone();
                        way.arcs.extend(end.arcs);
                        way.orders.extend(end.orders);
                        next.push(way);
                    }
                }
                ways = next;
            }
            all.extend(ways);
        }
        all
    }
}

/// The moment does not lie before the first end of a period.
fn begun(end: End, var: Var) -> Alternative {
    let mut one = Alternative::default();
    match end {
        End::Open => {}
        End::At(at) => one.orders.push((at, var)),
        End::Shifted(at, days) => one.arcs.push(Arc {
            from: var,
            to: at,
            weight: -days,
        }),
    }
    one
}

/// The moment does not lie after the last end of a period.
fn not_over(end: End, var: Var) -> Alternative {
    let mut one = Alternative::default();
    match end {
        End::Open => {}
        End::At(at) => one.orders.push((var, at)),
        End::Shifted(at, days) => one.arcs.push(Arc {
            from: at,
            to: var,
            weight: days,
        }),
    }
    one
}

fn before(end: End, var: Var) -> Option<Alternative> {
    let mut one = Alternative::default();
    match end {
        End::Open => return None,
        End::At(at) => one.orders.push((var, at)),
        End::Shifted(at, days) => one.arcs.push(Arc {
            from: at,
            to: var,
            weight: days - 1,
        }),
    }
    Some(one)
}

fn after(end: End, var: Var) -> Option<Alternative> {
    let mut one = Alternative::default();
    match end {
        End::Open => return None,
        End::At(at) => one.orders.push((at, var)),
        End::Shifted(at, days) => one.arcs.push(Arc {
            from: var,
            to: at,
            weight: -days - 1,
        }),
    }
    Some(one)
}

/// A variable that stands for the end of a stretch, and what ties it.
pub(crate) struct Edge {
    pub day: Option<i64>,
    /// Whether it opens the stretch, for one over whole days.
    pub opens: Option<bool>,
    pub shifted: Option<(Var, i64)>,
    pub bearing: Bearing,
}

/// The bearings at the ends of stretches: the value is required there. Ends that are moments of
/// the chronicle serve themselves; for the others `fresh` hands out variables.
pub(crate) fn edges_of(stretches: &[Stretch], mut fresh: impl FnMut() -> Var) -> Vec<Edge> {
    let mut all = Vec::new();
    for stretch in stretches {
        let mut push = |var, day, opens, shifted| {
            let bearing = Bearing {
                var,
                fluent: stretch.fluent.clone(),
                before: Some(stretch.value),
                after: None,
                needs: stretch.needs.clone(),
                follows: None,
            };
            all.push(Edge {
                day,
                opens,
                shifted,
                bearing,
            });
        };
        if stretch.period.moving.is_empty() {
            for (first, last) in stretch.period.days.ranges() {
                for (day, opens) in [(*first, true), (*last, false)] {
                    if day.abs() < HORIZON {
                        push(fresh(), Some(day), Some(opens), None);
                    }
                }
            }
        }
        if let ([pieces], false) = (&stretch.period.moving[..], stretch.value) {
            for end in pieces.iter().flat_map(|p| [p.first, p.last]) {
                match end {
                    End::Open => {}
                    End::At(var) => push(var, None, None, None),
                    End::Shifted(var, days) => push(fresh(), None, None, Some((var, days))),
                }
            }
        }
    }
    all
}

impl Stretch {
    /// Whether it gives a fluent its value: its own, or a rival of what it holds true.
    pub fn settles(&self, chronicle: &Chronicle, fluent: &Fluent) -> bool {
        let keys = || slot_keys(chronicle, fluent);
        let rival = || {
            slot_keys(chronicle, &self.fluent)
                .iter()
                .any(|k| keys().contains(k))
        };
        self.fluent == *fluent || self.value && rival()
    }
}

/// Whether the stretch covers a day whatever the timeline, and with which value.
pub(crate) fn forced(chronicle: &Chronicle, stretch: &Stretch, fluent: &Fluent) -> Option<bool> {
    let fixed = stretch.period.moving.is_empty();
    (fixed && stretch.settles(chronicle, fluent))
        .then_some(stretch.value && stretch.fluent == *fluent)
}
