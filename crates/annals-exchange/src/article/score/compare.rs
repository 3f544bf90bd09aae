//! What two texts claim, compared by what the compiler makes of them.

use std::collections::{BTreeMap, BTreeSet};

use annals::chronicle::{
    Chronicle, Claim, Constraint, DetailValue, EntityId, Filler, Mode, Origin, Sentence,
};
use annals::{MemoryWorld, prepare};
use annals_calendar::{Settings, read};

/// The names of a thing, folded.
type Names = BTreeSet<String>;

/// One thing claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub line: usize,
    pub place: String,
    pub kind: String,
    pub words: String,
    what: What,
    /// Its conditions as written, those of its section too.
    when: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Claim {
        target: String,
        roles: Vec<Vec<Names>>,
        symmetric: bool,
        mode: Mode,
        doubted: bool,
    },
    Detail {
        key: String,
        of: Vec<Names>,
        value: Vec<String>,
        things: Vec<Names>,
    },
}

/// Labels with the conditions of what they name.
pub(super) type Labels = BTreeMap<String, Vec<String>>;

/// How far two things agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    No,
    /// The draft says less, and nothing else.
    Less,
    Full,
}

fn fold(name: &str) -> String {
    annals::sentence::text_key(name)
}

fn names(chronicle: &Chronicle, id: EntityId) -> Names {
    let entity = &chronicle.entities[id.index()];
    let further = entity.names.iter().map(|n| fold(&n.text));
    std::iter::once(fold(&entity.name)).chain(further).collect()
}

fn filler(chronicle: &Chronicle, filler: &Filler) -> Vec<Names> {
    match filler {
        Filler::Unfilled => Vec::new(),
        Filler::Entities(ids) | Filler::OneOf(ids) => {
            ids.iter().map(|id| names(chronicle, *id)).collect()
        }
        Filler::Number(figure) => vec![BTreeSet::from([figure.written.clone()])],
    }
}

/// Everything a text claims, and its labels.
pub(super) fn items_of(text: &str, file: &str) -> (Vec<Item>, Labels) {
    let world = MemoryWorld::new().with(file, text);
    let prepared = prepare(&world, file);
    let chronicle = &prepared.resolved().chronicle;
    let line_of = |at: u32| text.get(..at as usize).unwrap_or("").matches('\n').count() + 1;
    let mut items = Vec::new();
    let mut labels = Labels::new();
    for claim in &chronicle.claims {
        let line = line_of(claim.span.start);
        let when: Vec<String> = claim
            .when
            .conditions
            .iter()
            .filter(|c| !matches!(c.origin, Origin::Detail(_)))
            .map(|c| c.written.trim_start_matches("within ").to_owned())
            .collect();
        if let Some(label) = &chronicle.events[claim.event.index()].label {
            labels
                .entry(label.to_string())
                .or_insert_with(|| when.clone());
        }
        let section = claim
            .section
            .map(|s| chronicle.sections[s.index()].title.clone());
        let place = if section.as_deref() == Some("Infobox") {
            "infobox"
        } else {
            "prose"
        };
        let words = text.lines().nth(line - 1).unwrap_or("").to_owned();
        items.extend(claimed(chronicle, claim).map(|(kind, what)| Item {
            line,
            place: place.to_owned(),
            kind,
            words,
            what,
            when: when.clone(),
        }));
        for detail in &claim.details {
            let line = line_of(detail.span.start);
            if matches!(
                detail.key.as_str(),
                "quote" | "note" | "because of" | "lasting"
            ) {
                continue;
            }
            items.extend(detailed(chronicle, detail).map(|(kind, what)| Item {
                line,
                place: place.to_owned(),
                kind,
                words: text.lines().nth(line - 1).unwrap_or("").trim().to_owned(),
                what,
                when: Vec::new(),
            }));
        }
    }
    (items, labels)
}

fn claimed(chronicle: &Chronicle, claim: &Claim) -> Option<(String, What)> {
    let vocabulary = &chronicle.vocabulary;
    let (target, roles, symmetric, kind) = match &claim.sentence {
        Sentence::Happens {
            event_type, roles, ..
        } => {
            let event = &vocabulary.event_types[event_type.index()];
            (event.name.clone(), roles, false, "event")
        }
        Sentence::Holds {
            relation, roles, ..
        } => {
            let relation = &vocabulary.relations[relation.index()];
            let symmetric = relation.constraints.contains(&Constraint::Symmetric);
            let timeless = relation.constraints.contains(&Constraint::Timeless);
            // That two names mean one thing is a question to the reader, not a claim of the text.
            if timeless && roles.len() == 2 && claim.section.is_none() && claim.doubted && symmetric
            {
                return None;
            }
            (
                relation.name.clone(),
                roles,
                symmetric,
                if timeless { "kinship" } else { "state" },
            )
        }
        Sentence::Text(_) => return None,
    };
    let roles = roles.iter().map(|f| filler(chronicle, f)).collect();
    Some((
        kind.to_owned(),
        What::Claim {
            target,
            roles,
            symmetric,
            mode: claim.mode,
            doubted: claim.doubted,
        },
    ))
}

fn detailed(chronicle: &Chronicle, detail: &annals::chronicle::Detail) -> Option<(String, What)> {
    let of: Vec<Names> = detail.of.iter().map(|id| names(chronicle, *id)).collect();
    let mut things = Vec::new();
    let value = match &detail.value {
        DetailValue::Entities(entities) => {
            things = filler(chronicle, entities);
            Vec::new()
        }
        DetailValue::Figures(figures) => figures
            .iter()
            .map(|f| {
                format!(
                    "{:?} {:?} {} {}",
                    f.low,
                    f.high,
                    f.approximate,
                    fold(&f.unit)
                )
            })
            .collect(),
        DetailValue::Text(text) => vec![fold(text)],
        DetailValue::Event(_) | DetailValue::Length { .. } | DetailValue::Keeps(_) => {
            vec![fold(&detail.written)]
        }
    };
    let kind = if matches!(detail.value, DetailValue::Figures(_)) {
        "figure"
    } else {
        "detail"
    };
    Some((
        kind.to_owned(),
        What::Detail {
            key: detail.key.clone(),
            of,
            value,
            things,
        },
    ))
}

fn same_thing(a: &Names, b: &Names) -> bool {
    a.intersection(b).next().is_some()
}

fn same_things(a: &[Names], b: &[Names]) -> bool {
    a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| same_thing(x, y)))
}

/// Whether a draft's item says what a gold item says, dates apart.
pub(super) fn same_content(draft: &Item, gold: &Item) -> Match {
    match (&draft.what, &gold.what) {
        (
            What::Claim {
                target,
                roles,
                symmetric,
                mode,
                doubted,
            },
            What::Claim {
                target: other,
                roles: wanted,
                mode: other_mode,
                doubted: other_doubted,
                ..
            },
        ) => {
            if target != other || mode != other_mode || doubted != other_doubted {
                return Match::No;
            }
            let straight = same_roles(roles, wanted);
            if *symmetric && straight == Match::No && roles.len() == 2 {
                let turned = vec![roles[1].clone(), roles[0].clone()];
                return same_roles(&turned, wanted);
            }
            straight
        }
        (
            What::Detail {
                key,
                of,
                value,
                things,
            },
            What::Detail {
                key: k,
                of: o,
                value: v,
                things: t,
            },
        ) => {
            let same = key == k && same_things(of, o) && value == v && same_things(things, t);
            if same { Match::Full } else { Match::No }
        }
        _ => Match::No,
    }
}

fn same_roles(draft: &[Vec<Names>], gold: &[Vec<Names>]) -> Match {
    let mut found = Match::Full;
    for (own, wanted) in draft.iter().zip(gold) {
        if own.is_empty() && !wanted.is_empty() {
            found = Match::Less;
        } else if !same_things(own, wanted) {
            return Match::No;
        }
    }
    found
}

/// The days that conditions leave: first and last, where they bound.
fn window(when: &[String], labels: &Labels, depth: usize) -> (Option<i64>, Option<i64>) {
    let settings = Settings::default();
    let (mut low, mut high) = (None, None);
    let mut narrow = |(l, h): (Option<i64>, Option<i64>)| {
        low = low.max(l);
        high = match (high, h) {
            (Some(a), Some(b)) => Some(std::cmp::min::<i64>(a, b)),
            (a, b) => a.or(b),
        };
    };
    for condition in when {
        if let Some((words, label)) = condition.split_once('#') {
            let inside = matches!(words.trim(), "during" | "at" | "part of");
            if let Some(of) = labels.get(label.trim()).filter(|_| inside && depth < 4) {
                narrow(window(of, labels, depth + 1));
            }
            continue;
        }
        if let Ok(reading) = read(condition, &settings) {
            let hull = match &reading.soft {
                Some(soft) => soft.shape.hull(),
                None => reading.shape.hull(),
            };
            narrow((hull.first(), hull.last()));
        }
    }
    (low, high)
}

/// Distances: `3 days after`.
fn distances(when: &[String]) -> BTreeSet<String> {
    let far = |w: &&String| w.starts_with(|c: char| c.is_ascii_digit()) && w.contains('#');
    when.iter()
        .filter(far)
        .filter_map(|w| Some(w.split_once('#')?.0.trim().to_owned()))
        .collect()
}

/// Whether a draft's date says nothing that the gold's does not: no narrower, no other distance.
pub(super) fn date_fits(draft: &Item, labels: &Labels, gold: &Item, gold_labels: &Labels) -> bool {
    if matches!(draft.what, What::Detail { .. }) {
        return true;
    }
    let (low, high) = window(&draft.when, labels, 0);
    let (wanted_low, wanted_high) = window(&gold.when, gold_labels, 0);
    let from = low.is_none() || wanted_low.is_some_and(|w| low.is_some_and(|l| l <= w));
    let to = high.is_none() || wanted_high.is_some_and(|w| high.is_some_and(|h| h >= w));
    let (own, wanted) = (distances(&draft.when), distances(&gold.when));
    from && to && own.iter().all(|d| wanted.contains(d))
}

/// Whether the two dates are equally exact.
pub(super) fn same_date(draft: &Item, labels: &Labels, gold: &Item, gold_labels: &Labels) -> bool {
    window(&draft.when, labels, 0) == window(&gold.when, gold_labels, 0)
        && distances(&draft.when) == distances(&gold.when)
}

/// Whether a draft takes several names for one thing, or asks whether they are.
pub(super) fn named_together(draft: &str, same: &[String]) -> bool {
    let world = MemoryWorld::new().with("draft.annals", draft);
    let prepared = prepare(&world, "draft.annals");
    let chronicle = &prepared.resolved().chronicle;
    let wanted: Vec<String> = same.iter().map(|n| fold(n)).collect();
    let all = |found: &Names| wanted.iter().all(|w| found.contains(w));
    let one = chronicle
        .entities
        .iter()
        .any(|e| all(&names(chronicle, e.id)));
    let asked = chronicle.identities.iter().any(|i| {
        let mut both = names(chronicle, i.a);
        both.extend(names(chronicle, i.b));
        all(&both)
    });
    // A question stands as a doubted claim of two names.
    let claimed = chronicle
        .claims
        .iter()
        .filter(|c| c.doubted)
        .any(|c| match &c.sentence {
            Sentence::Holds { roles, .. } => {
                let both: Names = roles
                    .iter()
                    .flat_map(|f| filler(chronicle, f))
                    .flatten()
                    .collect();
                all(&both)
            }
            Sentence::Happens { .. } | Sentence::Text(_) => false,
        });
    one || asked || claimed
}
