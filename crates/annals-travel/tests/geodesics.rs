//! The lower bound of distances against the geodesics of GeographicLib (Karney 2013).

use annals_travel::{Point, at_least_m};
use geographiclib_rs::{Geodesic, InverseGeodesic};

fn next(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn never_longer_than_the_geodesic_and_rarely_much_shorter() {
    let earth = Geodesic::wgs84();
    let mut state = 644;
    for _ in 0..20_000 {
        let latitude = |state: &mut u64| (next(state) % 180_000_001) as i32 - 90_000_000;
        let longitude = |state: &mut u64| (next(state) % 360_000_001) as i32 - 180_000_000;
        let a = Point {
            latitude_micro: latitude(&mut state),
            longitude_micro: longitude(&mut state),
        };
        // Every second pair is a near one, as the places of a chronicle are.
        let near = next(&mut state).is_multiple_of(2);
        let b = if near {
            let step = |state: &mut u64| (next(state) % 2_000_001) as i32 - 1_000_000;
            Point {
                latitude_micro: (a.latitude_micro + step(&mut state))
                    .clamp(-90_000_000, 90_000_000),
                longitude_micro: (a.longitude_micro + step(&mut state))
                    .clamp(-180_000_000, 180_000_000),
            }
        } else {
            Point {
                latitude_micro: latitude(&mut state),
                longitude_micro: longitude(&mut state),
            }
        };
        let degrees = |micro: i32| f64::from(micro) / 1e6;
        let true_m: f64 = earth.inverse(
            degrees(a.latitude_micro),
            degrees(a.longitude_micro),
            degrees(b.latitude_micro),
            degrees(b.longitude_micro),
        );
        let bound = at_least_m(a, b) as f64;
        assert!(bound <= true_m, "{a:?} {b:?}: {bound} > {true_m}");
        assert!(
            bound >= true_m * 0.979 - 2.0,
            "{a:?} {b:?}: {bound} << {true_m}"
        );
    }
}

#[test]
fn cities_apart() {
    // Gaochang and Karasahr, Karasahr and Chang'an; the true geodesics are 274.0 and 2138 km or so.
    let gaochang = Point {
        latitude_micro: 42_853_520,
        longitude_micro: 89_527_840,
    };
    let karasahr = Point {
        latitude_micro: 41_961_940,
        longitude_micro: 86_476_670,
    };
    let metres = at_least_m(gaochang, karasahr);
    assert!((265_000..275_000).contains(&metres), "{metres}");
    assert_eq!(metres, at_least_m(karasahr, gaochang));
}
