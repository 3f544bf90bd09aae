//! The colours of powers on a map: nobody else's town is painted over, tints do not mix, and the
//! legend names what is seen and nothing else.

#![allow(missing_docs)]

use annals::calendar::julian_to_jdn;
use annals::{MemoryWorld, Overview, Scope, compile};
use annals_draw::{GraphOptions, Look, MapOptions, TimelineOptions, graph, map, timeline};

const TEXT: &str = "chronicle \"Towns\"\ncalendar julian\ncovers 120 BC to 20\n\
    polity Nabataea\npolity Rome\npolity Han\nperson Pompey\nperson Scaurus\n\
    place Petra at 30.33 N, 35.44 E\nplace Damascus at 33.51 N, 36.31 E\n\
    place Jerusalem at 31.78 N, 35.24 E\nplace Mariba at 15.43 N, 45.33 E\n\
    place Hegra at 26.79 N, 37.95 E\n\
    85 BC: Nabataea takes Damascus.\n63 BC: Pompey takes Jerusalem.\n\
    62 BC: Rome takes Jerusalem.\n\
    26 BC: Scaurus marches from Hegra to Mariba.\n25 BC: Scaurus visits Petra.\n";

fn overview() -> Overview {
    let world = MemoryWorld::new().with("main.annals", TEXT);
    compile(&world, "main.annals").overview(&Scope::default())
}

fn at(day: Option<i64>) -> MapOptions {
    MapOptions {
        look: look(day),
        reach: None,
    }
}

fn look(year: Option<i64>) -> Look {
    Look {
        at: year.map(|year| julian_to_jdn(year, 6, 1) as i32),
        ..Look::default()
    }
}

/// The text of a legend.
fn legend(svg: &str) -> String {
    let from = svg.find("class=\"legend\"").expect("a legend");
    // What is listed stands below it.
    let end = svg[from..].find("list-title").unwrap_or(svg.len() - from);
    svg[from..from + end].to_owned()
}

fn circle(tree: &roxmltree::Document<'_>, name: &str) -> (f64, f64) {
    let mark = tree.descendants().find(|n| {
        let label = n.attribute("aria-label").unwrap_or_default();
        label.starts_with(name) && n.attribute("data-kind") == Some("thing")
    });
    let dot = mark.and_then(|m| m.descendants().find(|n| n.has_tag_name("circle")));
    let dot = dot.expect(name);
    let number = |name| dot.attribute(name).and_then(|v| v.parse().ok());
    (number("cx").expect("x"), number("cy").expect("y"))
}

/// The corners of the tint of a state.
fn corners(tree: &roxmltree::Document<'_>, sentence: &str) -> Vec<(f64, f64)> {
    let mark = tree
        .descendants()
        .find(|n| n.attribute("aria-label") == Some(sentence));
    let mark = mark.expect(sentence);
    let tint = mark.descendants().find(|n| {
        let class = n.attribute("class").unwrap_or_default();
        class.starts_with("sure tint")
    });
    let path = tint.and_then(|t| t.attribute("d")).expect("a tint");
    let numbers = path.replace(['M', 'L', 'Z'], " ");
    let numbers: Vec<f64> = numbers
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect();
    numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

#[test]
fn no_town_of_others_is_painted_over() {
    let svg = map(&overview(), &at(None));
    let tree = roxmltree::Document::parse(&svg).expect("well-formed");
    let (jerusalem, petra) = (circle(&tree, "Jerusalem"), circle(&tree, "Petra"));
    let apart = (petra.0 - jerusalem.0).hypot(petra.1 - jerusalem.1);
    assert!(apart > 36.0, "{apart}");
    for corner in corners(&tree, "Jerusalem is held by Pompey") {
        let far = (corner.0 - jerusalem.0).hypot(corner.1 - jerusalem.1);
        assert!(far <= apart / 2.0 + 0.1, "{far} of {apart}");
    }
}

#[test]
fn who_holds_a_town_on_one_day_lies_within_another_and_covers_what_is_beneath() {
    let svg = map(&overview(), &at(None));
    let tree = roxmltree::Document::parse(&svg).expect("well-formed");
    let site = circle(&tree, "Jerusalem");
    let reach = |sentence: &str| {
        let all = corners(&tree, sentence).into_iter();
        all.map(|c| (c.0 - site.0).hypot(c.1 - site.1))
            .fold(0.0, f64::max)
    };
    let (first, second) = (
        reach("Jerusalem is held by Pompey"),
        reach("Jerusalem is held by Rome"),
    );
    assert!((first - second).abs() > 3.0, "{first} and {second}");
    assert!(svg.contains("class=\"under\""));
}

#[test]
fn the_legend_says_what_is_shown() {
    let overview = overview();
    let before = legend(&map(&overview, &at(Some(-99))));
    for missing in [
        ">Nabataea<",
        ">Pompey<",
        ">Rome<",
        ">Han<",
        ">march<",
        ">road<",
        ">fight<",
    ] {
        assert!(!before.contains(missing), "{missing} in {before}");
    }
    let then = legend(&map(&overview, &at(Some(-79))));
    assert!(then.contains(">Nabataea<") && !then.contains(">Pompey<"));
    let whole = legend(&map(&overview, &at(None)));
    assert!(whole.contains(">Pompey<") && whole.contains(">march<"));
    assert!(!whole.contains(">Han<") && !whole.contains("less certain"));
}

#[test]
fn a_day_on_which_all_happens_elsewhere_is_drawn_there() {
    let near: String = (40..70)
        .map(|year| format!("{year} BC: Scaurus marches from Petra to Jerusalem.\n"))
        .collect();
    let text = format!(
        "{TEXT}{near}place Ershi at 40.5 N, 72.8 E\nplace Dunhuang at 40.14 N, 94.66 E\n\
         104 BC: Scaurus marches from Dunhuang to Ershi.\n"
    );
    let world = MemoryWorld::new().with("main.annals", text.as_str());
    let overview = compile(&world, "main.annals").overview(&Scope::default());
    let there = map(&overview, &at(Some(-103)));
    assert!(there.contains(">march<") && there.contains("class=\"arrow line"));
    assert!(!there.contains(">Dunhuang ·"));
    let here = map(&overview, &at(Some(-25)));
    assert!(here.contains(">Dunhuang ·"), "elsewhere on another day");
}

#[test]
fn print_tells_powers_apart_without_colour() {
    let print = MapOptions {
        look: Look {
            theme: annals_draw::Theme::Print,
            ..look(Some(-61))
        },
        reach: None,
    };
    let svg = map(&overview(), &print);
    let dashes: std::collections::BTreeSet<&str> = svg
        .lines()
        .filter(|line| line.contains("theme-print .edge.c"))
        .filter_map(|line| line.split("stroke-dasharray:").nth(1))
        .collect();
    assert_eq!(dashes.len(), 6, "{dashes:?}");
}

#[test]
fn pictures_say_their_days_as_people_do() {
    let overview = overview();
    assert!(map(&overview, &at(Some(-25))).contains("1 June 26 BC, as the day closes"));
    let of_a_day = GraphOptions {
        look: look(Some(-25)),
        ..GraphOptions::default()
    };
    assert!(graph(&overview, &of_a_day).contains("on 1 June 26 BC"));
    let day = julian_to_jdn(0, 12, 31) as i32;
    let window = TimelineOptions {
        window: Some((day, day)),
        ..TimelineOptions::default()
    };
    assert!(timeline(&overview, &window).contains("31 December 1 BC: "));
    let family = GraphOptions {
        family_of: Some("Pompey".to_owned()),
        ..GraphOptions::default()
    };
    assert!(graph(&overview, &family).contains("Nobody is said to be kin of Pompey"));
    assert!(map(&overview, &at(None)).contains("lists here what happens"));
}
