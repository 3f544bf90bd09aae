//! Chronicles for the picture tests, and what their pictures hold.

#![allow(dead_code)]
// The house asks for `expect` outside tests; clippy takes helpers of tests for more than that.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use annals::{MemoryWorld, Scope, compile};
use annals_query::{
    CalendarSeen, DaysSeen, DrawnSeen, EventSeen, LeftOut, Overview, RoleSeen, RunSeen, StateSeen,
    ThingSeen,
};

/// A path from the root of the repository.
pub fn rooted(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The overview of a chronicle in the repository that includes no other.
pub fn overview_of(path: &str) -> Overview {
    let text = std::fs::read_to_string(rooted(path)).unwrap();
    overview_of_text(&text)
}

/// The overview of a chronicle's text, which must be without errors.
pub fn overview_of_text(text: &str) -> Overview {
    let world = MemoryWorld::new().with("main.annals", text);
    let compiled = compile(&world, "main.annals");
    let errors: Vec<_> = compiled
        .reports
        .iter()
        .filter(|r| r.severity == annals::Severity::Error)
        .map(|r| r.headline.clone())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    compiled.overview(&Scope::default())
}

/// Compares with a reviewed picture; `ANNALS_BLESS=1` writes it anew.
pub fn held(name: &str, found: &str) {
    let path = rooted("tests/pictures").join(name);
    if std::env::var_os("ANNALS_BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    // The texts are long: what differs first says more than all of them.
    let lines = found.lines().zip(expected.lines()).enumerate();
    let first = lines
        .filter(|(_, (a, b))| a != b)
        .map(|(at, (a, b))| format!("{at}: {b}\n  now: {a}"));
    let first = first
        .take(1)
        .next()
        .unwrap_or_else(|| "one is longer".to_owned());
    assert!(
        found == expected,
        "{name} is drawn otherwise; look at it, then ANNALS_BLESS=1\n{first}"
    );
}

/// A text of a picture with the room it takes.
#[derive(Clone, Debug)]
pub struct Word {
    pub words: String,
    pub class: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Word {
    pub fn meets(&self, other: &Word) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The type size and weight of a text, by its class; the style sheets say the same.
fn size_of(node: roxmltree::Node) -> (f64, f64) {
    if let Some(size) = node.attribute("font-size").and_then(|s| s.parse().ok()) {
        return (size, 1.0);
    }
    let class = node.attribute("class").unwrap_or_default();
    let has = |word: &str| class.split(' ').any(|c| c == word);
    let in_ticks = node
        .ancestors()
        .any(|a| a.attribute("class") == Some("ticks"));
    match () {
        () if has("title") => (20.0, 1.07),
        () if has("subtitle") => (13.0, 1.0),
        () if has("section") || has("thing") => (13.0, 1.07),
        () if has("small") || has("days") || has("edge-words") || has("untold") => (10.5, 1.0),
        () if has("line-words") || in_ticks => (11.0, 1.0),
        () if has("told") => (11.5, 1.0),
        () => (12.0, 1.0),
    }
}

/// Every text of a picture, where it stands.
pub fn words_of(svg: &str) -> Vec<Word> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts
        .map(|node| {
            let shown: String = node
                .descendants()
                .filter(|n| n.is_text() && !n.ancestors().any(|a| a.has_tag_name("title")))
                .filter_map(|n| n.text())
                .collect();
            let number = |name: &str| {
                node.attribute(name)
                    .and_then(|v| v.parse().ok())
                    .unwrap_or(0.0)
            };
            let (mut x, mut y): (f64, f64) = (number("x"), number("y"));
            for ancestor in node.ancestors() {
                let (dx, dy) = shift_of(ancestor.attribute("transform").unwrap_or_default());
                x += dx;
                y += dy;
            }
            let (size, weight) = size_of(node);
            let width = annals_draw::text::width(&shown, size) * weight;
            let left = match node.attribute("text-anchor") {
                Some("middle") => x - width / 2.0,
                Some("end") => x - width,
                _ => x,
            };
            Word {
                words: shown,
                class: node.attribute("class").unwrap_or_default().to_owned(),
                left,
                right: left + width,
                top: y - size * 0.75,
                bottom: y + size * 0.2,
            }
        })
        .collect()
}

/// The shift of a `transform="translate(x y)"`.
fn shift_of(transform: &str) -> (f64, f64) {
    let inside = transform
        .strip_prefix("translate(")
        .and_then(|rest| rest.split(')').next());
    let mut parts = inside
        .unwrap_or_default()
        .split(' ')
        .map(|n| n.parse().unwrap_or(0.0));
    (parts.next().unwrap_or(0.0), parts.next().unwrap_or(0.0))
}

/// An overview of so many events and states, made here: states of polities under one another in
/// turn, events in every year, one in ten lasting, one in seven part of the one before.
pub fn made(events: usize, states: usize) -> Overview {
    let things = (0..40_u32).map(|id| ThingSeen {
        id,
        name: format!("Polity {id}"),
        kind: "polity".to_owned(),
        kinds: vec!["polity".to_owned()],
        names: vec![],
        point: None,
        certainty: None,
        shapes: Vec::new(),
        unnamed: false,
        file: "made.annals".to_owned(),
        line: id + 1,
    });
    Overview {
        schema: 1,
        title: Some("Made".to_owned()),
        calendar: CalendarSeen {
            name: "julian".to_owned(),
            gregorian_from: None,
            western: true,
        },
        first: 1_900_000,
        last: 2_100_000,
        covers: None,
        things: things.collect(),
        events: (0..events).map(made_event).collect(),
        states: (0..states).map(made_state).collect(),
        ground: vec![],
        claims: vec![],
        sources: vec![],
        conflicts: vec![],
        roads: Vec::new(),
        left_out: LeftOut::default(),
    }
}

fn made_event(at: usize) -> EventSeen {
    let day = 1_900_000 + (at as i64 * 7919 % 200_000) as i32;
    let days = |first: i32, last: i32| {
        vec![DaysSeen {
            first: Some(first),
            last: Some(last),
        }]
    };
    EventSeen {
        id: at as u32,
        label: at.is_multiple_of(3).then(|| format!("event-{at}")),
        sentence: format!(
            "Polity {} campaigns against Polity {}",
            at % 40,
            at * 3 % 40
        ),
        type_name: "campaigns against".to_owned(),
        roles: vec![RoleSeen {
            role: "who".to_owned(),
            things: vec![(at % 40) as u32],
            one_of: false,
        }],
        circumstances: vec![],
        drawn: None,
        status: "happened".to_owned(),
        told: true,
        start: days(day, day + (at % 400) as i32),
        end: at.is_multiple_of(10).then(|| days(day + 500, day + 900)),
        words: "some day".to_owned(),
        proven: true,
        part_of: if at % 7 == 6 {
            vec![at as u32 - 1]
        } else {
            vec![]
        },
        rivals: vec![],
        claims: vec![],
    }
}

fn made_state(at: usize) -> StateSeen {
    let first = 1_900_000 + (at as i64 * 6007 % 150_000) as i32;
    let (lord, vassal) = ((at * 7 % 40) as u32, (at % 40) as u32);
    let run = |first, last, certain| RunSeen {
        first,
        last,
        certain,
    };
    StateSeen {
        id: at as u32,
        sentence: format!("Polity {vassal} is subject to Polity {lord}"),
        relation: "is subject to".to_owned(),
        things: vec![vassal, lord],
        drawn: Some(DrawnSeen {
            form: "above",
            parts: [vec![lord], vec![vassal], vec![]],
        }),
        runs: vec![
            run(first, Some(first + 300), false),
            run(first + 301, Some(first + 9000), true),
        ],
        claims: vec![],
    }
}
