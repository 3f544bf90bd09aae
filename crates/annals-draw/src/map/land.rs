//! The outline of the land, from a packaged public-domain layer (`data/README.md`).
//!
//! What comes in: a window in degrees. What goes out: the rings of land in it, cut at its edges, so
//! that nothing far away is projected.

use super::projection::Degrees;

const LAND: &str = include_str!("../../data/land.txt");

/// Digits below this one end a number.
const DIGITS: u32 = 45;

/// What part of the globe is drawn; longitudes may go beyond 180 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub south: f64,
    pub north: f64,
    pub west: f64,
    pub east: f64,
}

/// The rings of land in a window. Where the window crosses the date line, rings are taken from
/// both sides of it.
pub(crate) fn land(window: Window) -> Vec<Vec<Degrees>> {
    let mut found = Vec::new();
    for ring in LAND.lines().map(read) {
        for turn in [-360.0, 0.0, 360.0] {
            let turned = ring.iter().map(|(x, y)| (x + turn, *y)).collect();
            let cut = cut(turned, window);
            if cut.len() >= 3 {
                let degrees = cut.into_iter().map(|(longitude, latitude)| Degrees {
                    latitude,
                    longitude,
                });
                found.push(degrees.collect());
            }
        }
    }
    found
}

/// The points of a line of the layer, as longitude and latitude.
fn read(line: &str) -> Vec<(f64, f64)> {
    let mut numbers = Vec::new();
    let (mut value, mut place) = (0_i64, 1_i64);
    for c in line.chars() {
        let digit = u32::from(c).saturating_sub(u32::from('0'));
        value += i64::from(digit % DIGITS) * place;
        place *= i64::from(DIGITS);
        if digit < DIGITS {
            numbers.push(if value % 2 == 0 {
                value / 2
            } else {
                -(value + 1) / 2
            });
            (value, place) = (0, 1);
        }
    }
    let (mut x, mut y) = (0, 0);
    let step = |pair: &[i64]| {
        x += pair[0];
        y += pair[1];
        (x as f64 / 20.0, y as f64 / 20.0)
    };
    numbers.chunks_exact(2).map(step).collect()
}

/// Sutherland and Hodgman's clipping, one edge after the other.
fn cut(ring: Vec<(f64, f64)>, window: Window) -> Vec<(f64, f64)> {
    let ring = half(ring, &|p| p.0 - window.west);
    let ring = half(ring, &|p| window.east - p.0);
    let ring = half(ring, &|p| p.1 - window.south);
    half(ring, &|p| window.north - p.1)
}

/// The part of a ring on the side of a line where `inside` is not negative.
pub(crate) fn half(ring: Vec<(f64, f64)>, inside: &dyn Fn((f64, f64)) -> f64) -> Vec<(f64, f64)> {
    let mut kept = Vec::with_capacity(ring.len());
    for (at, b) in ring.iter().enumerate() {
        let a = ring[(at + ring.len() - 1) % ring.len()];
        let (da, db) = (inside(a), inside(*b));
        if (da >= 0.0) != (db >= 0.0) {
            let share = da / (da - db);
            kept.push((a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share));
        }
        if db >= 0.0 {
            kept.push(*b);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a place lies on land, by counting the crossings of a ray.
    fn on_land(latitude: f64, longitude: f64) -> bool {
        let mut inside = false;
        for ring in LAND.lines().map(read) {
            for (at, b) in ring.iter().enumerate() {
                let a = ring[(at + ring.len() - 1) % ring.len()];
                if (a.1 > latitude) != (b.1 > latitude) {
                    let x = a.0 + (latitude - a.1) / (b.1 - a.1) * (b.0 - a.0);
                    inside ^= longitude < x;
                }
            }
        }
        inside
    }

    #[test]
    fn land_is_land_and_sea_is_sea() {
        for (latitude, longitude) in [(41.9, 86.4), (48.8, 2.3), (-25.0, 135.0), (0.0, 25.0)] {
            assert!(on_land(latitude, longitude), "{latitude} {longitude}");
        }
        for (latitude, longitude) in [(35.0, 18.0), (0.0, -30.0), (42.0, 51.0), (50.2, -1.0)] {
            assert!(!on_land(latitude, longitude), "{latitude} {longitude}");
        }
    }

    #[test]
    fn a_window_cuts_the_rings() {
        let window = Window {
            south: 36.0,
            north: 46.0,
            west: 70.0,
            east: 100.0,
        };
        let rings = land(window);
        assert!(!rings.is_empty());
        for point in rings.iter().flatten() {
            assert!(point.latitude >= 35.999 && point.latitude <= 46.001);
            assert!(point.longitude >= 69.999 && point.longitude <= 100.001);
        }
        let pacific = Window {
            south: -50.0,
            north: -30.0,
            west: 165.0,
            east: 195.0,
        };
        assert!(land(pacific).iter().flatten().all(|p| p.longitude >= 164.9));
    }
}
