//! Where things lie, roads and units.

use annals_chronicle::{Certainty, Place};

use super::case;

const UNITS: &str = "unit li\n  also 里\n  is 0.44 to 0.54 km\n";

#[test]
fn a_road_keeps_rival_distances_apart() {
    let case = case(&format!(
        "{UNITS}source a\nsource b\n\
         road Gaochang to Karasahr ?  [@a, 3]\n  also Silver Mountain road, 銀山道 (lzh)  [@b]\n\
         \x20 via Kucha, Talas\n  distance 625 li  [@a, 40]\n  distance about 700 里 ?  [@b]\n\
         \x20 distance over 300 km\n  kind mountain, desert\n  certainty less certain\n\
         \x20 line 42.8 N 89.5 E, 42.2 N 88 E\n  note \"dry\"\n  [@b]\n",
    ));
    assert_eq!(case.codes(), Vec::<String>::new());
    let chronicle = case.chronicle();
    let [road] = chronicle.roads.as_slice() else {
        panic!("one road: {:?}", chronicle.roads);
    };
    let name = |id: annals_chronicle::EntityId| chronicle.name_of(id);
    assert_eq!(name(road.from), "Gaochang");
    // A road leads to the town, not to the kingdom of its name.
    assert_eq!(name(road.to), "Karasahr (place)");
    assert_eq!(road.via.len(), 2);
    assert!(road.doubted);
    assert_eq!(road.names[1].language.as_deref(), Some("lzh"));
    assert_eq!(road.kinds, ["mountain", "desert"]);
    assert_eq!(road.certainty, Some(Certainty::LessCertain));
    assert_eq!(road.attestations.len(), 2);
    let metres: Vec<_> = road
        .distances
        .iter()
        .map(|d| (d.least_m, d.most_m, d.approximate, d.doubted))
        .collect();
    assert_eq!(
        metres,
        [
            (275_000, Some(337_500), false, false),
            (308_000, Some(378_000), true, true),
            (300_000, None, false, false),
        ]
    );
    assert_eq!(
        road.distances[0].attestations[0].locator.as_deref(),
        Some("40")
    );
    assert_eq!(road.strokes[0].points.len(), 2);
    let dump = crate::dump(&case.files, chronicle);
    assert!(dump.contains("distance 625 li: 275000 to 337500 m"));
}

#[test]
fn a_unit_declared_again_counts() {
    let case = case(&format!(
        "{UNITS}unit li\n  is 500 m\nunit 里\n  is 600 m\nroad Gaochang to Kucha\n  distance 10 li\n"
    ));
    assert_eq!(
        case.codes(),
        ["duplicate-declaration 4", "duplicate-declaration 6"]
    );
    let road = &case.chronicle().roads[0];
    assert_eq!(road.distances[0].least_m, 4_400);
    assert_eq!(road.distances[0].most_m, Some(6_000));
}

#[test]
fn a_doubt_after_coordinates_bears_on_the_site_alone() {
    let case = case(
        "place Leuke at 26.1 N, 36.4 E ?\n  also Haura\nplace Hegra\n  at 26.8 N, 37.9 E ?\n\
         place Petra at 30.3 N, 35.4 E ?\n  certainty less-certain\n",
    );
    assert_eq!(case.codes(), Vec::<String>::new());
    let chronicle = case.chronicle();
    let certainty = |name: &str| {
        chronicle.entities[case.entity(name).index()]
            .geography
            .certainty
    };
    assert_eq!(certainty("Leuke"), Some(Certainty::Uncertain));
    assert_eq!(certainty("Hegra"), Some(Certainty::Uncertain));
    assert_eq!(certainty("Petra"), Some(Certainty::LessCertain));
    assert!(chronicle.identities.is_empty());
    assert_eq!(
        chronicle.entities[case.entity("Leuke").index()].names[0].text,
        "Haura"
    );
}

#[test]
fn a_thing_lies_somewhere_more_or_less_surely() {
    let case = case(
        "source g\nplace Suyab at 42.805 N, 75.199 E  [@g]\n  certainty less-certain\n\
         \x20 id tgn 8711887 ?\n  note \"by the river\"\n  line 42 N 75 E; 43 N 75.5 E\n\
         \x20 outline 1 N 1 E, 1 N 2 E, 2 N 1 W\n",
    );
    assert_eq!(case.codes(), Vec::<String>::new());
    let chronicle = case.chronicle();
    let suyab = chronicle.entities.iter().find(|e| e.name == "Suyab");
    let of = &suyab.expect("it is declared").geography;
    assert_eq!(of.certainty, Some(Certainty::LessCertain));
    assert_eq!(of.attestations.len(), 1);
    assert!(of.identifiers[0].doubted);
    assert_eq!(of.notes, ["by the river"]);
    assert!(!of.strokes[0].closed && of.strokes[1].closed);
    assert_eq!(
        of.strokes[1].points[2],
        Place {
            latitude_micro: 2_000_000,
            longitude_micro: -1_000_000
        }
    );
}

#[test]
fn what_cannot_be_read_is_named_and_its_neighbours_count() {
    let case = case(
        "road Gaochang to Nowhere\nroad Gaochang to Gaochang\nroad Gaochang to Kucha\n\
         \x20 distance 3 miles\n  distance far\n  via Nowhere\n  speed 3\n  id a 1\n\
         \x20 distance 3 km\nunit foot\n",
    );
    assert_eq!(
        case.codes(),
        [
            "bad-unit 10",
            "undeclared-name 1",
            "bad-road 2",
            "unknown-unit 4",
            "bad-distance 5",
            "undeclared-name 6",
            "unknown-detail 7",
            "unknown-detail 8",
        ]
    );
    assert_eq!(case.chronicle().roads[0].distances[0].least_m, 3_000);
}
