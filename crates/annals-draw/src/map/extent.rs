//! What part of the globe a page shows.
//!
//! The places that matter fill it, with a margin; a few that lie far away from all others are left
//! to the edge, since one capital two thousand kilometres off would shrink everything else to a dot.

use super::land::Window;
use super::projection::{Degrees, Projection, around};
use super::scene::Point;

/// A place and how often it is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weighed {
    pub place: Degrees,
    pub weight: u32,
}

/// The smallest land that is drawn, from edge to edge in kilometres.
const LEAST_KM: f64 = 120.0;

/// How much of all that is named must lie within the page.
const SHARE: f64 = 0.78;

/// A place belongs to the page if it lies within this many times the reach of the middle ones.
const REACH: f64 = 1.9;

/// The frame of the map on the page, and how the globe falls into it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Extent {
    pub projection: Projection,
    /// Left, top, width and height in pixels.
    pub frame: (f64, f64, f64, f64),
    pub pixels_per_km: f64,
    middle: (f64, f64),
}

/// Left and top of the frame on the page.
const LEFT: f64 = 24.0;
const TOP: f64 = 66.0;

impl Extent {
    /// The extent for places; nothing where there are none.
    pub(crate) fn of(places: &[Weighed], width: f64) -> Option<Extent> {
        let kept = near(places)?;
        let middle = mean_longitude(&kept);
        let turned = kept.iter().map(|p| Degrees {
            longitude: around(p.longitude, middle),
            ..*p
        });
        let turned: Vec<Degrees> = turned.collect();
        let reach = |of: &dyn Fn(&Degrees) -> f64| {
            let values: Vec<f64> = turned.iter().map(of).collect();
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        };
        let (south, north) = reach(&|p| p.latitude);
        let (west, east) = reach(&|p| p.longitude);
        let projection =
            Projection::fitting(south - 1.0, north + 1.0, (west + east) / 2.0, east - west);
        let points: Vec<Point> = turned.iter().map(|p| projection.km(*p)).collect();
        let span = |of: &dyn Fn(&Point) -> f64| {
            let low = points.iter().map(of).fold(f64::INFINITY, f64::min);
            let high = points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        };
        let ((left, right), (bottom, top)) = (span(&|p| p.0), span(&|p| p.1));
        let (across, up) = (
            ((right - left) * 1.22).max(LEAST_KM),
            ((top - bottom) * 1.3).max(LEAST_KM * 0.6),
        );
        let frame_width = width - 2.0 * LEFT;
        let frame_height = (frame_width * (up / across).clamp(0.5, 0.78)).round();
        let pixels_per_km = (frame_width / across).min(frame_height / up);
        Some(Extent {
            projection,
            frame: (LEFT, TOP, frame_width, frame_height),
            pixels_per_km,
            middle: ((left + right) / 2.0, (bottom + top) / 2.0),
        })
    }

    /// Where a place falls on the page.
    pub(crate) fn page(&self, place: Degrees) -> Point {
        let (x, y) = self.projection.km(place);
        let (left, top, width, height) = self.frame;
        (
            left + width / 2.0 + (x - self.middle.0) * self.pixels_per_km,
            top + height / 2.0 - (y - self.middle.1) * self.pixels_per_km,
        )
    }

    /// Whether a point of the page lies well inside the frame.
    pub(crate) fn holds(&self, (x, y): Point) -> bool {
        let (left, top, width, height) = self.frame;
        x > left + 6.0 && x < left + width - 6.0 && y > top + 6.0 && y < top + height - 6.0
    }

    /// The middle of the frame.
    pub(crate) fn centre(&self) -> Point {
        let (left, top, width, height) = self.frame;
        (left + width / 2.0, top + height / 2.0)
    }

    /// Where the way from the middle to a point outside meets the edge.
    pub(crate) fn edge(&self, (x, y): Point) -> Point {
        let (cx, cy) = self.centre();
        let (_, _, width, height) = self.frame;
        let (dx, dy) = (x - cx, y - cy);
        let share = |away: f64, room: f64| {
            if away.abs() < 1e-9 {
                f64::INFINITY
            } else {
                room / away.abs()
            }
        };
        let by = share(dx, width / 2.0 - 14.0)
            .min(share(dy, height / 2.0 - 14.0))
            .min(1.0);
        (cx + dx * by, cy + dy * by)
    }

    /// The degrees around the frame, a little more than is seen.
    pub(crate) fn window(&self) -> Window {
        let (_, _, width, height) = self.frame;
        let middle = self.projection.middle();
        let half_up = height / 2.0 / self.pixels_per_km / 111.2;
        let shift = self.middle.1 / 111.2;
        let latitude = middle.latitude + shift;
        let (south, north) = (
            latitude - half_up * 1.5 - 1.0,
            latitude + half_up * 1.5 + 1.0,
        );
        let (south, north) = (south.max(-89.0), north.min(89.0));
        let narrow = south.abs().max(north.abs()).min(84.0).to_radians().cos();
        let half_across =
            (width / 2.0 / self.pixels_per_km / 111.2 / narrow * 1.15 + 1.0).min(179.9);
        Window {
            south,
            north,
            west: middle.longitude - half_across,
            east: middle.longitude + half_across,
        }
    }
}

/// The places that belong on the page: those around the middle of all that is named, and what is
/// not much further away than they are.
fn near(places: &[Weighed]) -> Option<Vec<Degrees>> {
    let named: Vec<Weighed> = places.iter().filter(|p| p.weight > 0).copied().collect();
    let all = if named.is_empty() {
        places.iter().map(|p| Weighed { weight: 1, ..*p }).collect()
    } else {
        named
    };
    let centre = all.iter().min_by(|a, b| {
        let far = |from: &Weighed| -> f64 {
            all.iter()
                .map(|to| from.place.km_to(to.place) * f64::from(to.weight))
                .sum()
        };
        far(a).total_cmp(&far(b))
    })?;
    let mut by_distance: Vec<(f64, Weighed)> = all
        .iter()
        .map(|p| (centre.place.km_to(p.place), *p))
        .collect();
    by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Roots, so that the one place everything is about does not make the map a plan of its streets.
    let total: f64 = all.iter().map(|p| f64::from(p.weight).sqrt()).sum();
    let (mut weight, mut reach) = (0.0, LEAST_KM / 2.0);
    for (km, place) in &by_distance {
        if weight >= total * SHARE {
            break;
        }
        weight += f64::from(place.weight).sqrt();
        reach = km.max(reach);
    }
    let kept = by_distance.iter().filter(|(km, _)| *km <= reach * REACH);
    Some(kept.map(|(_, p)| p.place).collect())
}

/// The middle of longitudes on their circle.
fn mean_longitude(places: &[Degrees]) -> f64 {
    let (mut x, mut y) = (0.0, 0.0);
    for place in places {
        let angle = place.longitude.to_radians();
        x += angle.cos();
        y += angle.sin();
    }
    if x.abs() < 1e-9 && y.abs() < 1e-9 {
        return 0.0;
    }
    y.atan2(x).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64, weight: u32) -> Weighed {
        Weighed {
            place: Degrees {
                latitude,
                longitude,
            },
            weight,
        }
    }

    #[test]
    fn what_lies_far_away_is_left_to_the_edge() {
        let places = [
            at(42.0, 86.5, 30),
            at(41.7, 82.9, 12),
            at(42.9, 89.5, 9),
            at(34.3, 108.9, 4),
        ];
        let extent = Extent::of(&places, 1000.0).expect("there are places");
        assert!(extent.holds(extent.page(places[0].place)));
        assert!(extent.holds(extent.page(places[2].place)));
        let far = extent.page(places[3].place);
        assert!(!extent.holds(far));
        assert!(extent.holds(extent.edge(far)));
    }

    #[test]
    fn any_places_make_an_extent() {
        for places in [
            vec![at(0.0, 180.0, 1), at(0.0, -179.0, 1)],
            vec![at(90.0, 0.0, 1)],
            vec![at(-90.0, 0.0, 1), at(90.0, 0.0, 1)],
            vec![at(10.0, 0.0, 0), at(10.0, 180.0, 0)],
        ] {
            let extent = Extent::of(&places, 1000.0).expect("there are places");
            assert!(extent.pixels_per_km.is_finite() && extent.pixels_per_km > 0.0);
            let window = extent.window();
            assert!(window.south < window.north && window.west < window.east);
            for place in &places {
                let (x, y) = extent.page(place.place);
                assert!(x.is_finite() && y.is_finite());
            }
        }
        assert!(Extent::of(&[], 1000.0).is_none());
        let two = [at(0.0, 180.0, 1), at(0.0, -179.0, 1)];
        let extent = Extent::of(&two, 1000.0).expect("there are places");
        assert!(two.iter().all(|p| extent.holds(extent.page(p.place))));
    }
}
