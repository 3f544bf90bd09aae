//! The land around a place: a disc, cut half-way to its neighbours.
//!
//! Nobody drew borders in the seventh century, and no source gives any: the cell only says to whom
//! a town belonged. It ends where nothing is claimed any more, not at a frontier.

use super::land::half;
use super::scene::Point;

/// Corners of a whole disc.
const CORNERS: u32 = 32;

/// Sites nearer to each other than this share one cell.
const SAME: f64 = 6.0;

/// The cell of a site among others.
pub(crate) fn cell(site: Point, others: &[Point], radius: f64) -> Vec<Point> {
    let mut ring: Vec<Point> = (0..CORNERS)
        .map(|at| {
            let angle = f64::from(at) / f64::from(CORNERS) * std::f64::consts::TAU;
            (site.0 + radius * angle.cos(), site.1 + radius * angle.sin())
        })
        .collect();
    for other in others {
        let (dx, dy) = (other.0 - site.0, other.1 - site.1);
        let apart = dx.hypot(dy);
        if apart < SAME || apart > 2.0 * radius {
            continue;
        }
        // A little is left between two cells, so that each keeps its own edge.
        let border = apart / 2.0 - 1.0;
        let inside = |p: Point| border - ((p.0 - site.0) * dx + (p.1 - site.1) * dy) / apart;
        ring = half(ring, &inside);
    }
    ring
}

/// A closed path through points.
pub(crate) fn closed(points: &[Point]) -> String {
    let mut path = crate::svg::polyline(points);
    path.push('Z');
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_neighbours_do_not_meet() {
        let (a, b) = ((100.0, 100.0), (150.0, 100.0));
        let of_a = cell(a, &[a, b], 60.0);
        let of_b = cell(b, &[a, b], 60.0);
        assert!(of_a.iter().all(|p| p.0 <= 124.01));
        assert!(of_b.iter().all(|p| p.0 >= 125.99));
        // Far away from the neighbour it is a disc.
        assert!(of_a.iter().any(|p| p.0 < 41.0));
        assert_eq!(cell(a, &[a], 60.0).len(), 32);
    }
}
