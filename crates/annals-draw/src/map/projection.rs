//! From the globe to the page.
//!
//! What comes in: the middle and the reach of what is drawn. What goes out: a projection that is
//! true in shape there: Lambert's conformal conic in the middle latitudes, else the
//! equirectangular one, which has no trouble at the equator and holds the whole globe. Both on the
//! sphere; Snyder, *Map Projections: A Working Manual* (1987), chapters 12 and 15.

use annals_query::PointSeen;

/// The mean radius of the earth in kilometres.
pub(crate) const RADIUS_KM: f64 = 6371.0;

/// A place in degrees, north and east positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Degrees {
    pub latitude: f64,
    pub longitude: f64,
}

impl Degrees {
    /// Of millionths of a degree.
    pub(crate) fn of(point: PointSeen) -> Degrees {
        Degrees {
            latitude: f64::from(point.latitude_micro) / 1e6,
            longitude: f64::from(point.longitude_micro) / 1e6,
        }
    }

    /// The great circle to another place, in kilometres.
    pub(crate) fn km_to(self, other: Degrees) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let across = (other.longitude - self.longitude).to_radians();
        let h = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (across / 2.0).sin().powi(2);
        2.0 * RADIUS_KM * h.clamp(0.0, 1.0).sqrt().asin()
    }
}

/// A longitude as it is counted around a middle one: within 180 degrees of it.
pub(crate) fn around(longitude: f64, middle: f64) -> f64 {
    let away = (longitude - middle + 180.0).rem_euclid(360.0) - 180.0;
    middle + away
}

/// The cone or the cylinder.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// Lambert: the cone's constant, its scale, and the radius of the middle parallel.
    Conic { n: f64, f: f64, rho: f64 },
    /// Equirectangular: how much a degree of longitude is narrowed.
    Cylinder { narrow: f64 },
}

/// A projection to kilometres east and north of the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Projection {
    middle: Degrees,
    form: Form,
}

impl Projection {
    /// The projection for a band of latitudes around a middle longitude; `wide` is how many degrees
    /// of longitude are drawn.
    pub(crate) fn fitting(south: f64, north: f64, middle_longitude: f64, wide: f64) -> Projection {
        let middle = (south + north) / 2.0;
        let reach = (north - south) / 6.0;
        let conic = (15.0..=70.0).contains(&middle.abs())
            && wide <= 100.0
            && south.abs().max(north.abs()) < 80.0
            && south * north > 0.0;
        if conic {
            Projection::conic(south + reach, north - reach, middle, middle_longitude)
        } else {
            Projection::cylinder(middle, middle_longitude)
        }
    }

    /// Lambert's conformal conic with two standard parallels.
    pub(crate) fn conic(first: f64, second: f64, latitude: f64, longitude: f64) -> Projection {
        let (a, b) = (first.to_radians(), second.to_radians());
        let n = if (a - b).abs() < 1e-6 {
            a.sin()
        } else {
            (a.cos() / b.cos()).ln() / (tangent(b) / tangent(a)).ln()
        };
        let f = a.cos() * tangent(a).powf(n) / n;
        let rho = f / tangent(latitude.to_radians()).powf(n);
        Projection {
            middle: Degrees {
                latitude,
                longitude,
            },
            form: Form::Conic { n, f, rho },
        }
    }

    /// Equirectangular, true along the middle parallel.
    pub(crate) fn cylinder(latitude: f64, longitude: f64) -> Projection {
        Projection {
            middle: Degrees {
                latitude,
                longitude,
            },
            form: Form::Cylinder {
                narrow: latitude.clamp(-80.0, 80.0).to_radians().cos(),
            },
        }
    }

    /// The longitude in the middle.
    pub(crate) fn middle(&self) -> Degrees {
        self.middle
    }

    /// Kilometres east and north of the middle. The poles lie far away and never nowhere.
    pub(crate) fn km(&self, place: Degrees) -> (f64, f64) {
        let latitude = place.latitude.clamp(-89.0, 89.0).to_radians();
        let away = around(place.longitude, self.middle.longitude) - self.middle.longitude;
        match self.form {
            Form::Conic { n, f, rho } => {
                let own = f / tangent(latitude).powf(n);
                let angle = n * away.to_radians();
                (
                    RADIUS_KM * own * angle.sin(),
                    RADIUS_KM * (rho - own * angle.cos()),
                )
            }
            Form::Cylinder { narrow } => (
                RADIUS_KM * away.to_radians() * narrow,
                RADIUS_KM * (latitude - self.middle.latitude.to_radians()),
            ),
        }
    }
}

/// The tangent of half the colatitude's complement, as every conformal formula has it.
fn tangent(latitude: f64) -> f64 {
    (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Degrees {
        Degrees {
            latitude,
            longitude,
        }
    }

    fn close(a: (f64, f64), b: (f64, f64), by: f64) {
        assert!(
            (a.0 - b.0).abs() < by && (a.1 - b.1).abs() < by,
            "{a:?} {b:?}"
        );
    }

    #[test]
    fn the_cone_is_that_of_the_manual() {
        // Snyder 1987, page 295: parallels 33 and 45, origin 23 N 96 W, on a sphere of radius 1.
        let snyder = Projection::conic(33.0, 45.0, 23.0, -96.0);
        let (x, y) = snyder.km(at(35.0, -75.0));
        close(
            (x / RADIUS_KM, y / RADIUS_KM),
            (0.296_678_5, 0.246_211_2),
            1e-7,
        );
    }

    #[test]
    fn places_fall_where_proj_puts_them() {
        // pyproj 3.7.2 (PROJ 9.5.1): lcc lat_1=36 lat_2=44 lat_0=40 lon_0=85 R=6371.
        let tarim = Projection::conic(36.0, 44.0, 40.0, 85.0);
        close(
            tarim.km(at(41.962, 86.477)),
            (121.889_287, 218.683_845),
            1e-4,
        );
        close(
            tarim.km(at(34.26, 108.93)),
            (2_178.323_795, -343.357_948),
            1e-4,
        );
        close(tarim.km(at(42.8, 75.2)), (-796.933_934, 354.595_859), 1e-4);
        // lcc lat_1=-20 lat_2=-40 lat_0=-30 lon_0=170: across the date line, south of the equator.
        let south = Projection::conic(-20.0, -40.0, -30.0, 170.0);
        close(
            south.km(at(-35.0, -175.0)),
            (1_346.485_246, -636.862_948),
            1e-4,
        );
    }

    #[test]
    fn the_great_circle_is_that_of_proj() {
        // pyproj.Geod(a=b=6371008.8): Karasahr to Gaochang.
        let km = at(41.962, 86.477).km_to(at(42.853, 89.528));
        assert!((km - 269.355_567).abs() < 0.001, "{km}");
    }

    #[test]
    fn poles_and_the_date_line_have_a_place() {
        for projection in [
            Projection::fitting(-90.0, 90.0, 0.0, 360.0),
            Projection::fitting(60.0, 70.0, 179.0, 20.0),
            Projection::fitting(-1.0, 1.0, -180.0, 2.0),
        ] {
            for (latitude, longitude) in [(90.0, 0.0), (-90.0, 180.0), (0.0, -180.0), (5.0, 540.0)]
            {
                let (x, y) = projection.km(at(latitude, longitude));
                assert!(x.is_finite() && y.is_finite());
            }
        }
        assert_eq!(around(-175.0, 170.0), 185.0);
        assert_eq!(around(190.0, 0.0), -170.0);
    }
}
