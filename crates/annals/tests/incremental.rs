//! Compiling after an edit comes to what compiling anew comes to, through long scripts of random
//! edits.
//!
//! `ANNALS_EDITS=20` makes every script so many times as long.

mod harness;

use annals::{Compiled, MemoryWorld, compile, prepare};
use harness::answers::Random;

/// Names and sources that every text begins with.
fn head(random: &mut Random) -> Vec<String> {
    let mut lines = vec![
        "source a".to_owned(),
        "source b".to_owned(),
        "polity Tang".to_owned(),
        "polity Tibet".to_owned(),
    ];
    for number in 0..12 {
        lines.push(format!("polity P{number}"));
        lines.push(format!("person R{number}"));
    }
    if random.below(2) == 0 {
        lines.push("prefer @a over @b".to_owned());
    }
    lines
}

/// A claim of some shape, most of them about one polity.
fn claim(random: &mut Random) -> String {
    let (p, r) = (random.below(12), random.below(12));
    let year = 600 + random.below(30);
    let source = ["a", "b"][random.below(2)];
    let later = year + random.below(3);
    match random.below(9) {
        0 => format!("{year}: P{p} submits to Tang. #s{p} [@{source}]"),
        1 => format!("{year} or {later}: P{p} submits to Tibet. [@{source}]"),
        2 => format!("after #s{p}, before {later}: P{p} renounces Tang. [@{source}]"),
        3 => format!("{year}: R{r} is ruler of P{p}. [@{source}]"),
        4 => format!("from {year} to {later}: P{p} is subject to Tang. [@{source}]"),
        5 => format!("{year}: R{r} dies. #d{r} [@{source}]"),
        6 => format!("{year}: not: P{p} is subject to Tang. [@{source}]"),
        7 => format!(
            "3 days after #d{r}: P{p} attacks P{}. [@{source}]",
            (p + 1) % 12
        ),
        _ => format!("{year}: P{p} is subject to Tibet ? [@{source}]"),
    }
}

fn edit(lines: &mut Vec<String>, first: usize, random: &mut Random) {
    let at = first + random.below(lines.len() - first);
    match random.below(5) {
        0 | 1 => lines.insert(at, claim(random)),
        2 if lines.len() > first + 8 => drop(lines.remove(at)),
        3 => lines[at] = claim(random),
        _ => {
            let line = lines.remove(at);
            let to = first + random.below(lines.len() - first);
            lines.insert(to, line);
        }
    }
}

fn world(lines: &[String]) -> MemoryWorld {
    let mut world = MemoryWorld::new();
    world.add("main.annals", lines.join("\n") + "\n");
    world
}

/// Everything that sorting claims comes to.
fn told(compiled: &Compiled) -> Vec<String> {
    let reasoner = &compiled.reasoner;
    let mut all = vec![format!("complete {}", reasoner.conflicts_complete())];
    all.extend(reasoner.conflicts().iter().map(|c| format!("{c:?}")));
    all.extend(reasoner.readings().iter().map(|r| format!("{r:?}")));
    all.extend(compiled.reports.iter().map(|r| format!("{r:?}")));
    all
}

#[test]
fn after_an_edit_as_anew() {
    let asked = std::env::var("ANNALS_EDITS").ok();
    let times: usize = asked.and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut conflicts = 0;
    for seed in 1..=3 {
        let mut random = Random::new(seed);
        let mut lines = head(&mut random);
        let first = lines.len();
        lines.extend((0..40).map(|_| claim(&mut random)));
        let mut before = compile(&world(&lines), "main.annals");
        for step in 0..40 * times {
            edit(&mut lines, first, &mut random);
            let texts = world(&lines);
            let anew = compile(&texts, "main.annals");
            let after = prepare(&texts, "main.annals").finish_after(&before);
            assert_eq!(
                told(&after),
                told(&anew),
                "seed {seed}, step {step}:\n{}",
                lines.join("\n")
            );
            conflicts += anew.reasoner.conflicts().len();
            before = after;
        }
    }
    assert!(conflicts > 20, "too few conflicts: {conflicts}");
}

/// Events that each lie a day after the one before, all of them in the end after one date.
fn chain(year: u32, links: usize) -> Vec<String> {
    let mut lines: Vec<String> = ["source a", "polity Tang", "polity Tibet", "polity Kucha"]
        .map(str::to_owned)
        .into();
    lines.push(format!("{year}-01-01: Tang attacks Tibet. #e0 [@a]"));
    for link in 1..=links {
        let before = link - 1;
        lines.push(format!(
            "1 day after #e{before}: Tang attacks Tibet. #e{link} [@a]"
        ));
    }
    lines.push(format!("at #e{links}: Kucha submits to Tang. #end [@a]"));
    lines
}

/// The days of all events, and the history of all states.
fn days(compiled: &Compiled) -> Vec<String> {
    let reasoner = &compiled.reasoner;
    let edge = annals_chronicle::Edge::Start;
    let events = compiled.chronicle().events.iter();
    let bounds = events.map(|e| {
        let moment = annals_chronicle::Moment { event: e.id, edge };
        format!("{:?}", reasoner.bounds(moment))
    });
    let (first, last) = reasoner.reach();
    let last = annals_chronicle::Day(last.0 + 10_000);
    let fluents = reasoner.fluents().iter();
    let histories = fluents.map(|f| format!("{:?}", reasoner.history(f, first, last)));
    bounds.chain(histories).collect()
}

#[test]
fn an_anchor_that_everything_hangs_from_is_moved_by_a_year() {
    let links = 3_000;
    let before = compile(&world(&chain(600, links)), "main.annals");
    let texts = world(&chain(601, links));
    let anew = compile(&texts, "main.annals");
    let after = prepare(&texts, "main.annals").finish_after(&before);
    assert_eq!(told(&after), told(&anew));
    assert_eq!(days(&after), days(&anew));
    let day = |compiled: &Compiled, label: &str| {
        let event = compiled.chronicle().event_of_label(label).unwrap();
        let edge = annals_chronicle::Edge::Start;
        let moment = annals_chronicle::Moment { event, edge };
        compiled.reasoner.bounds(moment).days.single().unwrap().0
    };
    assert_eq!(day(&after, "e3000") - day(&after, "e0"), 3_000);
    // 600 is a leap year.
    assert_eq!(day(&after, "end") - day(&before, "end"), 366);
}
