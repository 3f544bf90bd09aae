//! Maps: the same bytes, well-formed whatever names say, labels that do not overlap, marks that
//! carry their days.

use std::path::Path;
use std::sync::OnceLock;

use annals::calendar::julian_to_jdn;
use annals::{MemoryWorld, Overview, Scope, compile};
use annals_draw::{Look, MapOptions, Theme, map, map_summary};

fn overview(text: &str) -> Overview {
    overview_about(text, None)
}

fn overview_about(text: &str, about: Option<&str>) -> Overview {
    let world = MemoryWorld::new().with("main.annals", text);
    compile(&world, "main.annals").overview(&Scope {
        about: about.map(str::to_owned),
        ..Scope::default()
    })
}

/// A small chronicle over the shipped gazetteer.
fn tarim() -> &'static Overview {
    static SEEN: OnceLock<Overview> = OnceLock::new();
    SEEN.get_or_init(|| overview(TARIM))
}

const TARIM: &str = "chronicle \"Karasahr\"\ncalendar julian\ncovers 630 to 660\ninclude \"tarim.annals\"\n\
             polity Karasahr\npolity Kucha\npolity Tang\npolity Western Turks\n\
             person Guo Xiaoke\nperson Long Tuqizhi\ninstitution Anxi Protectorate\n\
             632: Karasahr submits to Tang.\n640-05-01: Karasahr submits to Western Turks.\n\
             632: Long Tuqizhi becomes ruler of Karasahr.\n\
             640-09-01: Tang garrisons Gaochang.\n\
             640: Anxi Protectorate is seated at Gaochang.\n\
             644-09-17: Guo Xiaoke departs from Gaochang toward Karasahr.\n\
             644-09-26: Guo Xiaoke attacks Karasahr.\n\
             644-10-01: \"A comet is seen\" at Chang'an.\n";

fn at(day: Option<i32>) -> MapOptions {
    MapOptions {
        look: Look {
            at: day,
            ..Look::default()
        },
        reach: None,
    }
}

fn day(year: i64, month: u8, day: u8) -> i32 {
    julian_to_jdn(year, month, day) as i32
}

/// Text elements of the map itself with their boxes.
fn labels(svg: &str) -> Vec<(String, [f64; 4])> {
    let tree = roxmltree::Document::parse(svg).expect("well-formed");
    let number = |node: &roxmltree::Node<'_, '_>, name: &str| -> f64 {
        node.attribute(name)
            .and_then(|v| v.parse().ok())
            .unwrap_or(0.0)
    };
    let texts = tree.descendants().filter(|n| n.has_tag_name("text"));
    texts
        .filter_map(|node| {
            let class = node.attribute("class").unwrap_or_default();
            let size = match class.split(' ').next().unwrap_or_default() {
                "name" => 12.5,
                "second" => 11.5,
                "far-name" => 10.5,
                "nature" => 11.0,
                _ => return None,
            };
            let words = node.text().unwrap_or_default();
            let width = annals_draw::text::width(words, size);
            let (x, y) = (number(&node, "x"), number(&node, "y"));
            let left = match node.attribute("text-anchor") {
                Some("middle") => x - width / 2.0,
                Some("end") => x - width,
                _ => x,
            };
            // What is above and below the letters may touch.
            Some((words.to_owned(), [left, y - size * 0.7, left + width, y]))
        })
        .collect()
}

#[test]
fn labels_do_not_overlap() {
    let svg = map(tarim(), &at(Some(day(644, 9, 20))));
    let labels = labels(&svg);
    assert!(labels.len() >= 12, "{labels:?}");
    for (i, (a, x)) in labels.iter().enumerate() {
        for (b, y) in &labels[..i] {
            let apart = x[2] <= y[0] || y[2] <= x[0] || x[3] <= y[1] || y[3] <= x[1];
            assert!(apart, "{a} {x:?} lies over {b} {y:?}");
        }
    }
}

/// The class of the first mark whose label begins so.
fn class_of(svg: &str, label: &str) -> String {
    let tree = roxmltree::Document::parse(svg).expect("well-formed");
    let mark = tree.descendants().find(|n| {
        n.attribute("aria-label")
            .is_some_and(|l| l.starts_with(label))
    });
    let mark = mark.unwrap_or_else(|| panic!("no mark says {label}"));
    mark.attribute("class").unwrap_or_default().to_owned()
}

#[test]
fn what_is_drawn_changes_with_the_day() {
    let before = map(tarim(), &at(Some(day(639, 1, 1))));
    let after = map(tarim(), &at(Some(day(641, 1, 1))));
    let (turks, tang) = (
        "Karasahr is subject to Western Turks",
        "Karasahr is subject to Tang",
    );
    assert!(class_of(&before, tang).contains("at-certain"));
    assert!(class_of(&before, turks).contains("at-none"));
    assert!(class_of(&after, turks).contains("at-certain"));
    assert!(class_of(&after, tang).contains("at-none"));
    let march = map(tarim(), &at(Some(day(644, 9, 17))));
    assert!(class_of(&march, "Guo Xiaoke departs").contains("march at-certain"));
    // Drawn without a day, nothing is hidden by a class and all days stand ready.
    let bare = map(tarim(), &at(None));
    assert!(!bare.contains("<g class=\"mark state timed held at-"));
    assert!(bare.contains("data-when=\"c:"));
}

#[test]
fn the_same_overview_gives_the_same_bytes_in_every_theme() {
    for theme in Theme::ALL {
        let options = MapOptions {
            look: Look {
                theme,
                at: Some(day(644, 9, 20)),
                ..Look::default()
            },
            reach: None,
        };
        let svg = map(tarim(), &options);
        assert_eq!(svg, map(tarim(), &options));
        assert!(svg.contains(theme.class()));
        assert!(!svg.contains("<script") && !svg.contains("foreignObject"));
        roxmltree::Document::parse(&svg).expect("well-formed");
    }
}

#[test]
fn ids_are_found_once() {
    let svg = map(tarim(), &at(Some(day(644, 9, 20))));
    let tree = roxmltree::Document::parse(&svg).expect("well-formed");
    let mut ids: Vec<&str> = tree
        .descendants()
        .filter_map(|n| n.attribute("id"))
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn hostile_names_stay_words() {
    let seen = overview(
        "place \"</text><script>alert(1)</script>\" at 42 N, 86 E\n\
         place \"a \\\" onload=x\" at 42.5 N, 87 E\nplace \"]]>&amp;\" at 41 N, 85 E\n\
         place \u{202e}evil at 43 N, 85 E\n",
    );
    let svg = map(&seen, &at(Some(0)));
    roxmltree::Document::parse(&svg).expect("well-formed");
    assert!(!svg.contains("<script"));
}

#[test]
fn the_ends_of_the_earth_are_drawn() {
    for text in [
        "place A at 90 N, 0 E\nplace B at 90 S, 0 E\n",
        "place A at 0 N, 180 E\nplace B at 1 N, 179 W\n",
        "place A at 10 N, 0 E\nplace B at 10 N, 180 E\nplace C at 10 S, 90 W\n",
        "place A at 0 N, 0 E\n",
        "place A at 52 N, 0 E\nplace B at 52 N, 0 E\nroad A to B\n",
        "river R\n  line 10 N 10 E, 11 N 11 E\n",
        "lake L\n  outline 89 N 10 E, 89 N 100 E, 89 N 170 W\n",
    ] {
        let svg = map(&overview(text), &at(Some(1_950_000)));
        roxmltree::Document::parse(&svg).expect("well-formed");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{text}");
        assert!(!svg.contains("No place here"), "{text}");
    }
}

#[test]
fn without_places_the_map_says_so() {
    let svg = map(&overview("polity Tang\n632: Tang is founded.\n"), &at(None));
    roxmltree::Document::parse(&svg).expect("well-formed");
    assert!(svg.contains("No place here has coordinates"));
}

#[test]
fn a_day_in_words_gives_the_verdicts() {
    let text = map_summary(tarim(), day(644, 9, 17));
    for line in [
        "644-09-17\n",
        "  certain: Karasahr is subject to Western Turks\n",
        "  certain: Gaochang is garrisoned by Tang\n",
        "  certain: Guo Xiaoke departs from Gaochang toward Karasahr (644-09-17)\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
}

#[test]
fn the_map_looks_as_it_did() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pictures/map.svg");
    let svg = map(tarim(), &at(Some(day(644, 9, 17))));
    if std::env::var_os("ANNALS_BLESS").is_some() {
        std::fs::write(&path, &svg).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == svg,
        "tests/pictures/map.svg differs; look at it, then run with ANNALS_BLESS=1"
    );
}

/// A year with more campaigns that may lie on a day than the list has lines, told before what
/// certainly happens on it.
fn crowded() -> Overview {
    let mut text = String::from(
        "chronicle \"Crowded\"\ncalendar julian\ncovers 630 to 660\ninclude \"tarim.annals\"\n\
         polity Tang\npolity Karasahr\n",
    );
    for _ in 0..18 {
        text.push_str("644: Tang attacks Karasahr.\n");
    }
    text.push_str("644-09-26: Tang attacks Karasahr. #sure\n");
    text.push_str("from 640-01-01 to 648-12-31: Karasahr attacks Tang. #long\n");
    overview(&text)
}

/// What is listed, in the order of lines, and what is said below.
fn listed(svg: &str) -> (Vec<(String, String)>, String) {
    let tree = roxmltree::Document::parse(svg).expect("well-formed");
    let classed = |n: &roxmltree::Node<'_, '_>, name: &str| {
        let class = n.attribute("class").unwrap_or_default();
        class.split(' ').any(|c| c == name)
    };
    let all = tree.descendants();
    let notes = all.filter(|n| classed(n, "note") && n.has_attribute("data-id"));
    let shown = notes.filter(|n| !classed(n, "left-out") && !classed(n, "at-none"));
    let lines = shown.map(|n| {
        let place = n.attribute("transform").unwrap_or_default().to_owned();
        let class = n.attribute("class").unwrap_or_default();
        (
            place,
            class.split(' ').next_back().unwrap_or_default().to_owned(),
        )
    });
    let more = tree.descendants().find(|n| classed(n, "more-words"));
    let words = more.and_then(|n| n.text()).unwrap_or_default().to_owned();
    (lines.collect(), words)
}

#[test]
fn what_certainly_happens_is_listed_first_and_the_rest_is_counted() {
    let seen = crowded();
    let (lines, more) = listed(&map(&seen, &at(Some(day(644, 9, 26)))));
    assert_eq!(lines.len(), 12, "{lines:?}");
    assert_eq!(more, "and 8 more");
    let mut places: Vec<&String> = lines.iter().map(|(place, _)| place).collect();
    places.sort();
    places.dedup();
    assert_eq!(places.len(), 12, "each on a line of its own: {lines:?}");
    let first: Vec<&str> = lines
        .iter()
        .filter(|(_, surely)| surely == "at-certain")
        .map(|(place, _)| place.as_str())
        .collect();
    // The moment and the campaign that surely lasts over it; both were told after the others.
    assert_eq!(first.len(), 2, "{lines:?}");
    assert!(
        first[0] == "translate(0 0)" && first[1].ends_with(" 0)"),
        "{first:?}"
    );
    // On a day of the campaign alone, nothing is left out.
    let (lines, more) = listed(&map(&seen, &at(Some(day(646, 1, 1)))));
    assert_eq!((lines.len(), more.as_str()), (1, ""));
    let (_, more) = listed(&map(&seen, &at(Some(day(655, 1, 1)))));
    assert_eq!(more, "nothing is dated near this day");
}

#[test]
fn what_has_to_do_with_one_thing_lies_on_the_land_of_all() {
    let alone = overview_about(TARIM, Some("Guo Xiaoke"));
    let sentences = |states: &[annals_query::StateSeen]| -> Vec<String> {
        states.iter().map(|s| s.sentence.clone()).collect()
    };
    let subject = "Karasahr is subject to Western Turks";
    assert!(!sentences(&alone.states).iter().any(|s| s == subject));
    assert!(sentences(&alone.ground).iter().any(|s| s == subject));
    assert!(tarim().ground.is_empty());
    let on = at(Some(day(644, 9, 17)));
    let (all, one) = (map(tarim(), &on), map(&alone, &on));
    // The land of the day is drawn, in the colours that it has on the map of everything.
    assert!(class_of(&one, subject).contains("at-certain"));
    assert!(class_of(&one, "Guo Xiaoke departs").contains("march at-certain"));
    assert!(!one.contains("A comet is seen") && all.contains("A comet is seen"));
    assert!(!one.contains("Long Tuqizhi"), "who rules is no ground");
    let land = |svg: &str| {
        let tree = roxmltree::Document::parse(svg).expect("well-formed");
        let held = tree.descendants().find(|n| {
            let label = n.attribute("aria-label").unwrap_or_default();
            label.starts_with(subject)
        });
        let shapes = held.expect("it is drawn").descendants();
        shapes
            .filter_map(|n| n.attribute("class").map(str::to_owned))
            .filter(|class| class.contains("tint"))
            .collect::<Vec<String>>()
    };
    assert!(!land(&all).is_empty());
    assert_eq!(land(&one), land(&all));
}

#[test]
fn numbers_of_marches_on_one_road_stand_apart() {
    let seen = overview(
        "chronicle \"Crowded road\"\ncalendar julian\ncovers 630 to 660\ninclude \"tarim.annals\"\n\
         person Guo Xiaoke\nperson Long Tuqizhi\n\
         644-09-17: Guo Xiaoke marches from Gaochang to Karasahr.\n\
         644-09-17: Long Tuqizhi marches from Karasahr to Gaochang.\n",
    );
    let svg = map(&seen, &at(Some(day(644, 9, 17))));
    let tree = roxmltree::Document::parse(&svg).expect("well-formed");
    let badges: Vec<[f64; 2]> = tree
        .descendants()
        .filter(|n| n.attribute("class") == Some("badge"))
        .map(|n| {
            ["cx", "cy"].map(|name| {
                n.attribute(name)
                    .unwrap_or_default()
                    .parse()
                    .expect("a number")
            })
        })
        .collect();
    let [a, b] = badges.as_slice() else {
        panic!("{badges:?}");
    };
    assert!((a[0] - b[0]).hypot(a[1] - b[1]) > 14.0, "{badges:?}");
}
