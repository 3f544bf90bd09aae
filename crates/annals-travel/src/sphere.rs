//! A lower bound for the distance of two points, exact enough to bind.
//!
//! The bound is the great circle on a sphere small enough that no way on the earth can be shorter.
//! On the ellipsoid WGS 84 a step of `dφ` north and `dλ` east is `sqrt(M² dφ² + N² cos²φ dλ²)`
//! long, where the radii of curvature M and N depend on the geodetic latitude φ: M is smallest at
//! the equator, b²/a = 6,335,439 m, and N is never smaller than a = 6,378,137 m. On a sphere of
//! radius R the same step is `R sqrt(dφ² + cos²φ dλ²)`. With R = b²/a, rounded down, every step of
//! every way is at least as long on the ellipsoid as on the sphere, hence so is the shortest way;
//! hills only add to it. What is lost is about one part in a hundred.
//! (Curvature: Torge, Geodesy, section 4.1; great circle by haversines: Sinnott 1984.)

/// A point of the globe in millionths of a degree, north and east positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// From -90 000 000 to 90 000 000.
    pub latitude_micro: i32,
    /// From -180 000 000 to 180 000 000.
    pub longitude_micro: i32,
}

/// The radius of the sphere, in metres: b²/a of WGS 84, rounded down.
const RADIUS_M: i128 = 6_335_439;

/// Numbers below are whole multiples of 2^-60.
const ONE: i128 = 1 << 60;

/// π in these.
const PI: i128 = 3_622_009_729_038_561_421;

/// The greatest error that all roundings below can add up to, with room to spare: under forty
/// operations, each off by one at most.
const ERROR: i128 = 64;

/// Metres that any way between two points has at least, rounded down.
pub fn at_least_m(a: Point, b: Point) -> u64 {
    let half_angle = (haversine(a, b) - ERROR).max(0);
    // The greatest whole number of metres whose own haversine does not exceed it.
    let (mut low, mut high) = (0i128, PI * RADIUS_M / ONE);
    while low < high {
        let middle = (low + high + 1) / 2;
        if squared_sine(middle * ONE / (2 * RADIUS_M)) <= half_angle {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    u64::try_from(low).unwrap_or(0)
}

/// `sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2)`, the squared sine of half the angle between two points.
fn haversine(a: Point, b: Point) -> i128 {
    let latitude = |p: Point| i128::from(p.latitude_micro.clamp(-90_000_000, 90_000_000));
    let north = (latitude(a) - latitude(b)).abs();
    let east =
        (i128::from(a.longitude_micro) - i128::from(b.longitude_micro)).rem_euclid(360_000_000);
    let east = east.min(360_000_000 - east);
    let cosine = |p: Point| sine(radians(90_000_000 - latitude(p).abs(), 1));
    let across = times(times(cosine(a), cosine(b)), squared_sine(radians(east, 2)));
    squared_sine(radians(north, 2)) + across
}

/// Millionths of a degree, divided, as radians.
fn radians(micro: i128, by: i128) -> i128 {
    micro * PI / (180_000_000 * by)
}

fn times(a: i128, b: i128) -> i128 {
    (a * b) >> 60
}

fn squared_sine(angle: i128) -> i128 {
    let sine = sine(angle);
    times(sine, sine)
}

/// The sine of an angle from 0 to π/2, by its power series: the terms fall below the last place
/// after the twelfth.
fn sine(angle: i128) -> i128 {
    let square = times(angle, angle);
    let (mut term, mut sum) = (angle, angle);
    for step in 1..14 {
        let k = 2 * step;
        term = -times(term, square) / (k * (k + 1));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: i32, longitude: i32) -> Point {
        Point {
            latitude_micro: latitude,
            longitude_micro: longitude,
        }
    }

    #[test]
    fn sines_are_those_of_the_tables() {
        // sin 30° = 1/2, sin 90° = 1, sin 45° = sqrt(1/2).
        assert!((sine(radians(30_000_000, 1)) - ONE / 2).abs() < ERROR);
        assert!((sine(radians(90_000_000, 1)) - ONE).abs() < ERROR);
        let half = squared_sine(radians(45_000_000, 1));
        assert!((half - ONE / 2).abs() < ERROR);
    }

    #[test]
    fn a_degree_of_latitude_and_half_the_globe() {
        // One degree on the sphere: π R / 180 = 110 574.27 m.
        assert_eq!(at_least_m(point(0, 0), point(1_000_000, 0)), 110_574);
        assert_eq!(
            at_least_m(point(0, 179_500_000), point(0, -179_500_000)),
            110_574
        );
        assert_eq!(at_least_m(point(10, 10), point(10, 10)), 0);
        let across = at_least_m(point(0, 0), point(0, 180_000_000));
        assert!((19_903_300..=19_903_368).contains(&across), "{across}");
    }
}
