//! Pictures as wholes: reviewed snapshots, and what must hold of every picture.

#![allow(clippy::unwrap_used)]

mod harness;

use std::collections::BTreeMap;

use annals_draw::marks::When;
use annals_draw::{
    CompareOptions, GraphOptions, Look, Theme, TimelineOptions, compare, differences, graph,
    graph_text, timeline,
};
use annals_query::{NameSeen, Overview};
use harness::{Word, held, made, overview_of, words_of};

const OASIS: &str = "tests/pictures/oasis.annals";

fn look(theme: Theme) -> Look {
    Look {
        theme,
        ..Look::default()
    }
}

/// Some day of a year of the Julian calendar.
fn day(year: i64) -> i32 {
    annals::calendar::julian_to_jdn(year, 7, 1) as i32
}

/// Every picture of an overview, with its name.
fn pictures(overview: &Overview, name: &str) -> Vec<(&'static str, String)> {
    let at = Look {
        theme: Theme::Dark,
        at: Some(day(646)),
        ..Look::default()
    };
    let mut other = overview.clone();
    other.events.truncate(other.events.len() * 3 / 4);
    for state in &mut other.states {
        state.runs.truncate(1);
    }
    let narrow = Look {
        width: 400.0,
        ..Look::default()
    };
    vec![
        ("timeline", timeline(overview, &TimelineOptions::default())),
        (
            "timeline of one",
            timeline(
                overview,
                &TimelineOptions {
                    look: at.clone(),
                    about: Some(name.to_owned()),
                    all_rivals: true,
                    ..TimelineOptions::default()
                },
            ),
        ),
        (
            "narrow timeline",
            timeline(
                overview,
                &TimelineOptions {
                    look: narrow.clone(),
                    most_rows: 30,
                    ..TimelineOptions::default()
                },
            ),
        ),
        ("graph", graph(overview, &GraphOptions::default())),
        (
            "graph at a day",
            graph(
                overview,
                &GraphOptions {
                    look: at,
                    alone: true,
                    ..GraphOptions::default()
                },
            ),
        ),
        (
            "narrow graph",
            graph(
                overview,
                &GraphOptions {
                    look: narrow,
                    ..GraphOptions::default()
                },
            ),
        ),
        (
            "family",
            graph(
                overview,
                &GraphOptions {
                    family_of: Some(name.to_owned()),
                    ..GraphOptions::default()
                },
            ),
        ),
        (
            "compare",
            compare(overview, &other, &CompareOptions::default()),
        ),
    ]
}

#[test]
fn the_oasis_is_drawn_as_reviewed() {
    let overview = overview_of(OASIS);
    held(
        "oasis-timeline.svg",
        &timeline(&overview, &TimelineOptions::default()),
    );
    let window = TimelineOptions {
        look: look(Theme::Dark),
        window: Some((day(643), day(646))),
        ..TimelineOptions::default()
    };
    held("oasis-timeline-644-dark.svg", &timeline(&overview, &window));
    held(
        "oasis-graph.svg",
        &graph(&overview, &GraphOptions::default()),
    );
    let at = GraphOptions {
        look: Look {
            at: Some(day(656)),
            theme: Theme::Print,
            citation: Some("Two lords and an oasis, drawn by Annals".to_owned()),
            ..Look::default()
        },
        ..GraphOptions::default()
    };
    held("oasis-graph-656-print.svg", &graph(&overview, &at));
    held("oasis-graph-656.txt", &graph_text(&overview, &at));
    let family = GraphOptions {
        family_of: Some("Aran".to_owned()),
        ..GraphOptions::default()
    };
    held("oasis-family.svg", &graph(&overview, &family));
}

#[test]
fn what_differs_is_drawn_and_said() {
    let text = std::fs::read_to_string(harness::rooted(OASIS)).unwrap();
    let without: String = text
        .lines()
        .filter(|line| !line.starts_with("645-01-02"))
        .map(|line| format!("{line}\n"))
        .collect();
    let (one, other) = (overview_of(OASIS), harness::overview_of_text(&without));
    let names = [
        "as it stands".to_owned(),
        "without the report of @b".to_owned(),
    ];
    let options = CompareOptions {
        names: names.clone(),
        ..CompareOptions::default()
    };
    held("oasis-compare.svg", &compare(&one, &other, &options));
    held(
        "oasis-compare.txt",
        &(differences(&one, &other, &names).join("\n") + "\n"),
    );
    assert!(differences(&one, &one, &names).is_empty());
}

#[test]
fn every_picture_is_well_formed_and_safe() {
    let mut overview = overview_of(OASIS);
    let hostile = "</text><script>alert('1')</script>\"'&\u{0}\u{8}\u{202e}]]>\u{ffff}";
    overview.title = Some(hostile.to_owned());
    for thing in &mut overview.things {
        thing.name.push_str(hostile);
        thing.kind.push_str(hostile);
        thing.names.push(NameSeen {
            text: format!("焉{hostile}"),
            language: Some(hostile.to_owned()),
            doubted: false,
        });
    }
    for event in &mut overview.events {
        event.sentence.push_str(hostile);
        event.status.push_str(hostile);
        event.words.push_str(hostile);
        event
            .rivals
            .iter_mut()
            .for_each(|r| r.sources.push(hostile.to_owned()));
    }
    for state in &mut overview.states {
        state.sentence.push_str(hostile);
        state.relation.push_str(hostile);
    }
    for claim in &mut overview.claims {
        claim.words.push_str(hostile);
    }
    const ELEMENTS: [&str; 14] = [
        "svg", "g", "title", "desc", "style", "defs", "pattern", "rect", "line", "path", "circle",
        "text", "tspan", "polygon",
    ];
    for (name, svg) in pictures(&overview, "Aran") {
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut ids = std::collections::BTreeSet::new();
        for node in document.descendants().filter(|n| n.is_element()) {
            let tag = node.tag_name().name();
            assert!(ELEMENTS.contains(&tag), "{name}: <{tag}>");
            for attribute in node.attributes() {
                let allowed = !attribute.name().starts_with("on") && attribute.name() != "href";
                assert!(allowed, "{name}: {}", attribute.name());
            }
            if let Some(id) = node.attribute("id") {
                assert!(ids.insert(id.to_owned()), "{name}: two elements are {id}");
            }
        }
        // The style sheet's links stay inside the picture.
        assert!(
            !svg.contains("url(") || svg.matches("url(").count() == svg.matches("url(#").count()
        );
    }
}

#[test]
fn the_same_overview_has_the_same_bytes() {
    let overview = overview_of(OASIS);
    assert_eq!(pictures(&overview, "Aran"), pictures(&overview, "Aran"));
    assert_eq!(
        graph_text(&overview, &GraphOptions::default()),
        graph_text(&overview, &GraphOptions::default())
    );
}

#[test]
fn marks_say_when_they_hold_as_the_overview_does() {
    let overview = overview_of(OASIS);
    let mut whens: BTreeMap<(String, String), String> = BTreeMap::new();
    for state in &overview.states {
        let runs = state.runs.iter().map(|run| {
            let last = run.last.map(|day| day.to_string()).unwrap_or_default();
            format!(
                "{}:{}-{last}",
                if run.certain { "c" } else { "p" },
                run.first
            )
        });
        let runs: Vec<String> = runs.collect();
        whens.insert(("state".to_owned(), state.id.to_string()), runs.join(" "));
    }
    for event in &overview.events {
        let words = When::of_event(event).words();
        whens.insert(("event".to_owned(), event.id.to_string()), words);
    }
    let svg = timeline(&overview, &TimelineOptions::default());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let marks = document
        .descendants()
        .filter(|n| n.has_attribute("data-kind"));
    let mut seen = 0;
    for mark in marks {
        let attribute = |name: &str| mark.attribute(name).unwrap().to_owned();
        let key = (attribute("data-kind"), attribute("data-id"));
        assert_eq!(whens[&key], attribute("data-when"), "{key:?}");
        assert_eq!(
            (attribute("tabindex"), attribute("role")),
            ("0".to_owned(), "button".to_owned())
        );
        seen += 1;
    }
    assert_eq!(seen, whens.len(), "every event and state has a mark");
}

#[test]
fn a_picture_at_a_day_has_the_classes_of_that_day() {
    let overview = overview_of(OASIS);
    for year in [631, 646, 656, 700] {
        let options = GraphOptions {
            look: Look {
                at: Some(day(year)),
                ..Look::default()
            },
            ..GraphOptions::default()
        };
        let svg = graph(&overview, &options);
        let document = roxmltree::Document::parse(&svg).unwrap();
        for mark in document
            .descendants()
            .filter(|n| n.attribute("data-kind") == Some("state"))
        {
            let id: u32 = mark.attribute("data-id").unwrap().parse().unwrap();
            let mut ids = vec![id];
            let also = mark
                .attribute("data-also")
                .unwrap_or_default()
                .split_whitespace();
            ids.extend(also.map(|id| id.parse::<u32>().unwrap()));
            let states = overview.states.iter().filter(|s| ids.contains(&s.id));
            let at = states
                .map(|s| When::of_state(s).at(day(year)))
                .max()
                .unwrap();
            let class = mark.attribute("class").unwrap();
            assert!(
                class.split(' ').any(|c| c == at.class()),
                "{year} {ids:?}: {class}"
            );
        }
    }
}

/// Words never meet words, and row labels never meet bars.
fn nothing_overlaps(name: &str, svg: &str) {
    let words: Vec<Word> = words_of(svg)
        .into_iter()
        .filter(|w| !w.words.is_empty())
        .collect();
    let width: f64 = {
        let document = roxmltree::Document::parse(svg).unwrap();
        document
            .root_element()
            .attribute("width")
            .unwrap()
            .parse()
            .unwrap()
    };
    for (at, word) in words.iter().enumerate() {
        assert!(
            word.left >= 0.0 && word.right <= width + 0.5,
            "{name}: {word:?} leaves the picture"
        );
        for other in &words[at + 1..] {
            assert!(!word.meets(other), "{name}:\n{word:?}\n{other:?}");
        }
    }
    let document = roxmltree::Document::parse(svg).unwrap();
    for bar in document
        .descendants()
        .filter(|n| n.has_tag_name("rect") && n.has_attribute("data-a"))
    {
        let number = |name: &str| bar.attribute(name).unwrap().parse::<f64>().unwrap();
        let area = Word {
            words: "bar".to_owned(),
            class: String::new(),
            left: number("x"),
            right: number("x") + number("width"),
            top: number("y"),
            bottom: number("y") + number("height"),
        };
        for label in words
            .iter()
            .filter(|w| w.class.contains("row-label") || w.class.contains("days"))
        {
            assert!(!label.meets(&area), "{name}: {label:?} {area:?}");
        }
    }
}

#[test]
fn labels_never_overlap() {
    let cases = [
        (OASIS, "Aran"),
        ("tests/coverage/hannibal.annals", "Hannibal"),
        ("tests/coverage/norman-conquest.annals", "William"),
    ];
    for (path, name) in cases {
        let overview = overview_of(path);
        for (picture, svg) in pictures(&overview, name) {
            nothing_overlaps(&format!("{path}: {picture}"), &svg);
        }
    }
    let overview = made(300, 300);
    for (picture, svg) in pictures(&overview, "Polity 3") {
        nothing_overlaps(&format!("made: {picture}"), &svg);
    }
}

#[test]
fn large_overviews_are_drawn_as_far_as_they_fit() {
    for (events, states) in [(1000, 1000), (50_000, 50_000)] {
        let overview = made(events, states);
        let svg = timeline(&overview, &TimelineOptions::default());
        let document = roxmltree::Document::parse(&svg).unwrap();
        let marks = document
            .descendants()
            .filter(|n| n.has_attribute("data-kind"))
            .count();
        assert_eq!(marks, 300);
        // What is not shown is counted: the sections' "and N more" sum up to the rest.
        let more: usize = words_of(&svg)
            .iter()
            .filter_map(|w| {
                w.words
                    .strip_prefix("and ")?
                    .strip_suffix(" more")?
                    .parse::<usize>()
                    .ok()
            })
            .sum();
        assert_eq!(more + marks, events + states);
        assert!(svg.len() < 1_500_000, "{} bytes", svg.len());
    }
    let graph = graph(&made(2000, 2000), &GraphOptions::default());
    assert!(graph.len() < 1_000_000, "{} bytes", graph.len());
    let all = TimelineOptions {
        most_rows: 2000,
        ..TimelineOptions::default()
    };
    let svg = timeline(&made(1000, 1000), &all);
    assert_eq!(svg.matches("data-kind").count(), 2000);
}

#[test]
fn nothing_to_show_is_said() {
    let empty = made(0, 0);
    for (name, svg) in pictures(&empty, "nobody") {
        roxmltree::Document::parse(&svg).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    let words = words_of(&graph(&empty, &GraphOptions::default()));
    assert!(
        words
            .iter()
            .any(|w| w.words.starts_with("Nothing in this chronicle"))
    );
}

#[test]
fn a_window_leaves_out_what_lies_outside() {
    let overview = overview_of(OASIS);
    let options = TimelineOptions {
        window: Some((day(669), day(681))),
        ..TimelineOptions::default()
    };
    let words = words_of(&timeline(&overview, &options));
    let has = |text: &str| words.iter().any(|w| w.words.contains(text));
    assert!(has("Far Shore submits to Steppe"));
    let row = |text: &str| {
        words
            .iter()
            .any(|w| w.class == "row-label" && w.words.contains(text))
    };
    assert!(!row("Oasis submits"));
    assert!(has("outside this window"));
}
