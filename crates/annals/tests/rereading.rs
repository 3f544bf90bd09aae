//! Reading after an edit comes to what reading anew comes to, through long scripts of random edits
//! of every sort: names, labels, words, calendars, sections, includes, damaged lines, line ends.
//!
//! `ANNALS_EDITS=20` makes every script so many times as long.

mod harness;

use annals::{MemoryWorld, Prepared, prepare, prepare_after};
use harness::answers::Random;

/// The files of a chronicle, each a list of lines without their breaks.
#[derive(Clone)]
struct Texts {
    files: Vec<(&'static str, Vec<String>)>,
    /// How lines end.
    ends: &'static str,
}

impl Texts {
    fn new(random: &mut Random) -> Texts {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let mut main = lines(HEAD);
        main.extend((0..30).map(|_| line(random)));
        let mut part = lines("polity Khotan\n  also Yutian\nsource c\n");
        part.extend((0..12).map(|_| line(random)));
        let mut note = lines("# A note\n\n```annals\n");
        note.extend((0..6).map(|_| line(random)));
        note.extend(lines(
            "```\n\nprose\n\n```annals\n644: Tang attacks Kucha.\n```\n",
        ));
        let table =
            lines("when,claim,source\n644,Tang attacks Kucha,a\n645,Kucha submits to Tang,a");
        let files = vec![
            ("main.annals", main),
            ("part.annals", part),
            ("words.annals", lines(WORDS)),
            ("note.md", note),
            ("table.csv", table),
        ];
        Texts { files, ends: "\n" }
    }

    fn world(&self) -> MemoryWorld {
        let mut world = MemoryWorld::new();
        for (name, lines) in &self.files {
            let text: String = lines.iter().flat_map(|l| [l.as_str(), self.ends]).collect();
            world.add(*name, text);
        }
        world
    }
}

const HEAD: &str = "\
chronicle \"Of chance\"
include \"words.annals\"
include \"part.annals\"
include \"note.md\"
include \"table.csv\"
source a
  title \"A\"
source b
polity Tang
polity Kucha
  also Qiuci
polity Tibet
person Guo Xiaoke
person Long Tuqizhi
city Gaochang at 42.85 N, 89.53 E
city Talas
";

const WORDS: &str = "\
kind monk is person
event {who: person} preaches/preach/preached to {crowd: polity}
relation {who: person} is/was abbot of {where: place}
  one who per where
";

/// A line of any sort, most of them claims.
fn line(random: &mut Random) -> String {
    let pick = |random: &mut Random, all: &[&str]| all[random.below(all.len())].to_owned();
    let polity = |random: &mut Random| pick(random, &["Tang", "Kucha", "Tibet", "Khotan", "Qiuci"]);
    let (p, q) = (polity(random), polity(random));
    let r = pick(random, &["Guo Xiaoke", "Long Tuqizhi"]);
    let (year, n) = (600 + random.below(60), random.below(6));
    let cite = pick(
        random,
        &[
            "",
            " [@a]",
            " [@b, 3]",
            " [@a; @b]",
            " [@me]",
            " [p. 4]",
            " [@x]",
        ],
    );
    match random.below(34) {
        0..=3 => format!("{year}: {p} attacks {q}.{cite}"),
        4..=5 => format!("{year}: {p} submits to {q}. #s{n}{cite}"),
        6..=7 => format!("after #s{n}, before {}: {p} renounces {q}.{cite}", year + 9),
        8 => format!("then: {p} attacks {q}.{cite}"),
        9 => format!("the following year: {r} dies. #d{n}{cite}"),
        10 => format!("from {year} to {}: {p} is subject to {q}.{cite}", year + 3),
        11 => format!("{year}: not: {p} is subject to {q}.{cite}"),
        12 => format!("{year} or {}: {r} is ruler of {p} ?{cite}", year + 1),
        13 => format!("{year}: {r} and Long Tuqizhi die.{cite}"),
        14 => format!("undated: {r} preaches to {p}.{cite}"),
        15 => format!("c. {year}: {r} is \"protector-general\" of {p}.{cite}"),
        16 => format!("{year}: \"{p} was in turmoil\".{cite}"),
        17 => format!("{year}: {p} attacks {q}.\n  force of {p}: {n}00 cavalry\n  at Talas"),
        18 => format!("{year}: {p} attacks {q}.\n  part of #s{n}\n  note \"n\" [@b]"),
        19 => format!("{year}: {p} attacks {q}.\n  lasting 40 days\n  [@b, 9]\n  kin: none"),
        20 => format!("#s{n}:\n  note \"more\"\n  under {r}"),
        21 => format!("one of #s{n}, #d{n}.{cite}"),
        22 => format!("section \"S\" within {year} to {} from @b", year + 5),
        23 => pick(
            random,
            &[
                "from @a",
                "from @b, 2",
                "section \"T\"",
                "draft",
                "covers 600 to 700",
            ],
        ),
        24 => pick(
            random,
            &[
                "calendar julian",
                "calendar gregorian",
                "prefer @a over @b",
                "unit li",
            ],
        ),
        25 => format!("polity P{n}\n  also Q{n} ?, {p}"),
        26 => format!("person {r} the {n}"),
        27 => format!("{year}: P{n} attacks Q{n}.{cite}"),
        28 => pick(
            random,
            &[
                "",
                "// words",
                "# heading",
                "  // inner",
                "  note \"stray\"",
                "not a line",
            ],
        ),
        29 => pick(
            random,
            &[
                "kind nun is person",
                "event {a: person} sees {b: person}",
                "source d",
            ],
        ),
        30 => format!("{year}: {r} sees {r}.{cite}"),
        31 => format!("always: {r} is the same as Long Tuqizhi ?{cite}"),
        32 => format!("{year}-02-30: {p} attacks \"{q}{cite}"),
        _ => pick(
            random,
            &[
                "644: Tang atacks Kucha.",
                "644: Tang attacks Kuchaa.",
                "64x: a b",
                "\u{feff}",
            ],
        ),
    }
}

/// Text that damages a line, or makes another of it.
const BITS: &[&str] = &[
    " ", "x", "#", "\"", "[", "]", ":", "?", "\u{feff}", "焉耆", "//", "\t", "6", ",", "\r",
    "not: ",
];

fn edit(texts: &mut Texts, random: &mut Random) {
    let file = if random.below(2) == 0 {
        0
    } else {
        random.below(texts.files.len())
    };
    let lines = &mut texts.files[file].1;
    if lines.is_empty() {
        lines.push(line(random));
    }
    let at = random.below(lines.len());
    match random.below(14) {
        0..=2 => lines.insert(at, line(random)),
        3 => lines[at] = line(random),
        4 => drop(lines.remove(at)),
        5 => {
            let moved = lines.remove(at);
            let to = random.below(lines.len() + 1);
            lines.insert(to, moved);
        }
        6 | 7 => {
            let chars: Vec<usize> = lines[at].char_indices().map(|(i, _)| i).collect();
            let start = chars.get(random.below(chars.len() + 1)).copied();
            let start = start.unwrap_or(lines[at].len());
            lines[at].insert_str(start, BITS[random.below(BITS.len())]);
        }
        8 => {
            let Some((start, c)) = lines[at].char_indices().last() else {
                return;
            };
            lines[at].replace_range(start..start + c.len_utf8(), "");
        }
        9 => {
            let block: Vec<String> = lines[at..].iter().take(4).cloned().collect();
            lines.splice(at..at, block);
        }
        10 => {
            let until = (at + 3).min(lines.len());
            lines.drain(at..until);
        }
        11 => lines[at] = lines[at].replace("Tang", "Karasahr").replace("#s", "#t"),
        12 => {
            // Names change: what is declared, everywhere or in one place.
            let (from, to) =
                [("Kucha", "Kuche"), ("Kuche", "Kucha"), ("Xiaoke", "Xiao")][random.below(3)];
            let whole = random.below(2) == 0;
            let chosen = texts
                .files
                .iter_mut()
                .filter(|(n, _)| whole || *n == "main.annals");
            for l in chosen.flat_map(|(_, lines)| lines) {
                if whole || l.starts_with("polity") || l.starts_with("person") {
                    *l = l.replace(from, to);
                }
            }
        }
        _ => texts.ends = if texts.ends == "\n" { "\r\n" } else { "\n" },
    }
}

/// Everything that reading comes to.
fn assert_same(after: &Prepared, anew: &Prepared, script: &str) {
    let texts = |p: &Prepared| -> Vec<(String, String)> {
        let files = p.files().iter();
        files
            .map(|(_, f)| (f.name.clone(), f.text.clone()))
            .collect()
    };
    assert_eq!(texts(after), texts(anew), "{script}");
    assert_eq!(after.trees(), anew.trees(), "{script}");
    assert_eq!(after.reports(), anew.reports(), "{script}");
    assert_eq!(after.references(), anew.references(), "{script}");
    let (a, b) = (after.resolved(), anew.resolved());
    assert_eq!(a.settings, b.settings, "{script}");
    let (a, b) = (&*a.chronicle, &*b.chronicle);
    // The first claim that differs tells more than the whole of both.
    for (one, other) in a.claims.iter().zip(&b.claims) {
        assert_eq!(one, other, "{script}");
    }
    assert!(a == b, "{script}");
}

#[test]
fn reading_after_an_edit_as_reading_anew() {
    let asked = std::env::var("ANNALS_EDITS").ok();
    let times: usize = asked.and_then(|n| n.parse().ok()).unwrap_or(1);
    let (mut claims, mut reports) = (0, 0);
    for seed in 1..=5 {
        let mut random = Random::new(seed);
        let mut texts = Texts::new(&mut random);
        let mut before = prepare(&texts.world(), "main.annals");
        for step in 0..40 * times {
            // Now and then a text has grown worn out, or several edits come at once.
            if step % 40 == 39 {
                texts = Texts::new(&mut random);
            }
            for _ in 0..[1, 1, 1, 3][random.below(4)] {
                edit(&mut texts, &mut random);
            }
            let world = texts.world();
            let anew = prepare(&world, "main.annals");
            let after = prepare_after(&world, "main.annals", Some(&before));
            let main = texts.files[0].1.join("\n");
            assert_same(&after, &anew, &format!("seed {seed}, step {step}:\n{main}"));
            claims += after.resolved().chronicle.claims.len();
            reports += after.reports().len();
            before = after;
        }
    }
    assert!(
        claims > 3_000 && reports > 1_000,
        "{claims} claims, {reports} reports"
    );
}

/// A line that was read well may be read otherwise once a further name is declared.
#[test]
fn a_new_name_is_looked_for_in_every_line() {
    let claims = "644: Tang attacks Kucha.\n645: Guo Xiaoke dies.\n  for Gaochang\n646: Tibet attacks Tang.\n";
    let read = |names: &str, before: Option<&Prepared>| {
        let world =
            MemoryWorld::new().with("main.annals", format!("{HEAD_OF_NAMES}{names}{claims}"));
        prepare_after(&world, "main.annals", before)
    };
    let before = read("", None);
    let namesakes = [
        "polity Kucha of the West\n  also Kucha\n",
        "person Guo Xiaoke\n",
        "polity Tibet and Tang\n",
        "city Gaochang\n",
        "polity Western Tang\n  also TANG, tang, Tang\n",
    ];
    let mut otherwise = 0;
    for names in namesakes {
        let (anew, after) = (read(names, None), read(names, Some(&before)));
        assert_same(&after, &anew, names);
        assert_same(&read("", Some(&after)), &before, names);
        otherwise += usize::from(anew.reports().len() != before.reports().len());
    }
    assert!(otherwise >= 3, "{otherwise}");
}

const HEAD_OF_NAMES: &str = "polity Tang\npolity Kucha\npolity Tibet\nperson Guo Xiaoke\n";
