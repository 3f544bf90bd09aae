//! Where places lie, how far they are apart at least, and how fast anybody is.

use annals_chronicle::{Certainty, Chronicle, EntityId, KindId};
use annals_travel::{Point, at_least_m};

/// Where a place lies: a point, and the metres around it within which it may truly have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lies {
    pub point: Point,
    pub spread_m: u64,
}

/// A town is no point, and its ruins are not always where it stood. What is known of a site says
/// how far to trust its point; where nothing is said it counts as less certain.
fn spread_m(certainty: Option<Certainty>) -> u64 {
    match certainty {
        Some(Certainty::Certain) => 5_000,
        Some(Certainty::LessCertain) | None => 20_000,
        Some(Certainty::Uncertain) => 60_000,
    }
}

/// The point of a place, if it has one.
pub(crate) fn point(chronicle: &Chronicle, place: EntityId) -> Option<Point> {
    let point = chronicle.entities[place.index()].place?;
    Some(Point {
        latitude_micro: point.latitude_micro,
        longitude_micro: point.longitude_micro,
    })
}

/// Metres between the points of two places at least, what is not known of their sites taken off;
/// nothing where one has no point or is no spot.
pub(crate) fn apart_m(chronicle: &Chronicle, a: EntityId, b: EntityId) -> u64 {
    match (lies(chronicle, a), lies(chronicle, b)) {
        (Some(a), Some(b)) => line_m(a, b),
        _ => 0,
    }
}

/// Where a place lies; `None` where no point is given or it is no spot: by its kind, or because
/// other places lie in it.
pub(crate) fn lies(chronicle: &Chronicle, place: EntityId) -> Option<Lies> {
    let entity = &chronicle.entities[place.index()];
    let point = point(chronicle, place)?;
    if entity.geography.holds_places || is_wide(chronicle, entity.kind) {
        return None;
    }
    Some(Lies {
        point,
        spread_m: spread_m(entity.geography.certainty),
    })
}

/// Whether a kind, or one that it is a case of, is no spot.
fn is_wide(chronicle: &Chronicle, kind: KindId) -> bool {
    let vocabulary = &chronicle.vocabulary;
    let kinds = vocabulary.kinds.iter().enumerate();
    let mut wide = kinds.filter(|(_, k)| k.wide);
    wide.any(|(at, _)| vocabulary.is_a(kind, KindId(at as u32)))
}

/// Metres that lie between two places at least, wherever in their surroundings they were.
pub(crate) fn line_m(a: Lies, b: Lies) -> u64 {
    at_least_m(a.point, b.point).saturating_sub(a.spread_m + b.spread_m)
}

/// Whether things of a kind get about by a mover.
pub(crate) fn admitted(chronicle: &Chronicle, mover: usize, kind: KindId) -> bool {
    let carries = &chronicle.movers[mover].carries;
    carries.is_empty() || (carries.iter()).any(|k| chronicle.vocabulary.is_a(kind, *k))
}

/// The fastest way in which things of a kind get about, by its place among the movers, and the
/// metres it makes in a day. `None` where no mover is declared for them: then nothing binds.
pub(crate) fn fastest(chronicle: &Chronicle, kind: KindId) -> Option<(usize, u64)> {
    let mut best: Option<(usize, u64)> = None;
    for (at, mover) in chronicle.movers.iter().enumerate() {
        if admitted(chronicle, at, kind) && best.is_none_or(|(_, most)| mover.most_m > most) {
            best = Some((at, mover.most_m));
        }
    }
    best
}
