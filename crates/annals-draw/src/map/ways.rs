//! Roads as lines, and the way along them that a march takes.

use std::collections::{BTreeMap, BTreeSet};

use annals_query::RoadSeen;

use super::projection::Degrees;
use super::scene::{Point, Scene};

/// The points of a road on the page: its own course where it has one, else its stages.
pub(crate) fn course(scene: &Scene<'_>, road: &RoadSeen) -> Vec<Point> {
    let ends = (scene.raw_point(road.from), scene.raw_point(road.to));
    let (Some(from), Some(to)) = ends else {
        return Vec::new();
    };
    let mut points = vec![from];
    if road.shapes.is_empty() {
        points.extend(road.via.iter().filter_map(|id| scene.raw_point(*id)));
    } else {
        let shapes = road.shapes.iter().flat_map(|s| &s.points);
        points.extend(shapes.map(|p| scene.extent.page(Degrees::of(*p))));
    }
    points.push(to);
    points.dedup_by(|a, b| (a.0 - b.0).hypot(a.1 - b.1) < 0.5);
    points
}

/// The shortest way by road between two places, as points of the page; nothing where no roads join
/// them. Lengths are those of the drawing: the way is only drawn, never reckoned with.
pub(crate) fn along(scene: &Scene<'_>, from: u32, to: u32) -> Option<Vec<Point>> {
    let mut edges: BTreeMap<u32, Vec<(u32, f64, Vec<Point>)>> = BTreeMap::new();
    for road in &scene.overview.roads {
        let points = course(scene, road);
        if points.len() < 2 {
            continue;
        }
        let length = points
            .windows(2)
            .map(|w| (w[1].0 - w[0].0).hypot(w[1].1 - w[0].1))
            .sum();
        let back: Vec<Point> = points.iter().rev().copied().collect();
        let ways = edges.entry(road.from).or_default();
        ways.push((road.to, length, points));
        edges
            .entry(road.to)
            .or_default()
            .push((road.from, length, back));
    }
    let mut best: BTreeMap<u32, (f64, Option<(u32, usize)>)> = BTreeMap::new();
    best.insert(from, (0.0, None));
    let mut done: BTreeSet<u32> = BTreeSet::new();
    loop {
        let open = best.iter().filter(|(id, _)| !done.contains(id));
        let (id, so_far) = open
            .min_by(|a, b| a.1.0.total_cmp(&b.1.0))
            .map(|(id, (so_far, _))| (*id, *so_far))?;
        if id == to {
            break;
        }
        done.insert(id);
        for (at, (next, length, _)) in edges.get(&id).into_iter().flatten().enumerate() {
            let reached = so_far + length;
            if best.get(next).is_none_or(|(known, _)| reached < *known) {
                best.insert(*next, (reached, Some((id, at))));
            }
        }
    }
    let mut legs: Vec<&Vec<Point>> = Vec::new();
    let mut here = to;
    while let Some((_, Some((before, at)))) = best.get(&here) {
        legs.push(&edges.get(before)?.get(*at)?.2);
        here = *before;
    }
    let mut points: Vec<Point> = legs.into_iter().rev().flatten().copied().collect();
    points.dedup_by(|a, b| (a.0 - b.0).hypot(a.1 - b.1) < 0.5);
    (points.len() >= 2).then_some(points)
}

/// A line moved to its left, so that a march does not hide its road.
pub(crate) fn beside(points: &[Point], by: f64) -> Vec<Point> {
    let last = points.len().saturating_sub(1);
    points
        .iter()
        .enumerate()
        .map(|(at, (x, y))| {
            let a = points[at.saturating_sub(1)];
            let b = points[(at + 1).min(last)];
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let length = dx.hypot(dy).max(1e-6);
            (x + dy / length * by, y - dx / length * by)
        })
        .collect()
}

/// A bow between two points, as a line.
pub(crate) fn bow(from: Point, to: Point) -> Vec<Point> {
    const PIECES: u32 = 16;
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let control = (
        (from.0 + to.0) / 2.0 + dy * 0.18,
        (from.1 + to.1) / 2.0 - dx * 0.18,
    );
    (0..=PIECES)
        .map(|at| {
            let t = f64::from(at) / f64::from(PIECES);
            let u = 1.0 - t;
            (
                u * u * from.0 + 2.0 * u * t * control.0 + t * t * to.0,
                u * u * from.1 + 2.0 * u * t * control.1 + t * t * to.1,
            )
        })
        .collect()
}

/// A line without what lies nearer than `start` to its first and `end` to its last point.
pub(crate) fn shortened(points: &[Point], start: f64, end: f64) -> Vec<Point> {
    let cut = |points: Vec<Point>, by: f64| -> Vec<Point> {
        let Some(first) = points.first().copied() else {
            return points;
        };
        let far = |p: &Point| (p.0 - first.0).hypot(p.1 - first.1);
        let Some(at) = points.iter().position(|p| far(p) > by) else {
            return Vec::new();
        };
        let (a, b) = (points[at - 1], points[at]);
        let (da, db) = (far(&a), far(&b));
        let share = (by - da) / (db - da).max(1e-6);
        let mut kept = vec![(a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)];
        kept.extend_from_slice(&points[at..]);
        kept
    };
    let mut kept = cut(points.to_vec(), start);
    kept.reverse();
    let mut kept = cut(kept, end);
    kept.reverse();
    kept
}
