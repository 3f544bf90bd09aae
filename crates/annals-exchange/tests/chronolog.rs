//! ChronoLog models in: the compiled bounds are the years that the model gives.

#![allow(clippy::unwrap_used)]

mod common;

use annals::calendar::year_of;
use annals::chronicle::Edge;
use annals_exchange::import_chronolog;
use common::{compiled, errors};

/// A model of our own in the form of ChronoLog 3: a dynasty of three, a text that counts one of its
/// reigns otherwise, two stelae that count years between reigns, and one anchor.
const DYNASTY: &str = r#"{"chronolog-version": "3.0.0", "name": "Our dynasty", "imports": [], "C14StartDatesForExport": {},
"sequences": [{"name": "Kings", "startX": 1, "startY": 2, "tags": [], "comments": "", "periods": [
  {"name": "First", "durationLB": 20, "comments": "", "fillColor": -1, "periodX": 0, "periodY": 0},
  {"name": "Second", "durationLB": 5, "durationUB": 9},
  {"name": "Third", "comments": "counted by the annals"}]}],
"lonePeriods": [{"name": "Bull", "durationLB": 17, "durationUB": 17, "tags": []}, {"name": "Garrison", "durationUB": 12}],
"events": [{"name": "Conquest", "dateLB": -525, "dateUB": -525}],
"synchronisms": [
  {"type": "Delay synchronism", "period1": "Bull", "boundary1": "s", "beforeAfter": "a", "mostLeast": "e", "delay": 12, "period2": "First", "boundary2": "s"},
  {"type": "Delay synchronism", "period1": "Bull", "boundary1": "e", "beforeAfter": "a", "mostLeast": "e", "delay": 3, "period2": "Second", "boundary2": "s"},
  {"type": "Delay synchronism", "period1": "Third", "boundary1": "s", "beforeAfter": "b", "mostLeast": "l", "delay": 7, "period2": "Conquest", "boundary2": "s"},
  {"type": "Delay synchronism", "period1": "Third", "boundary1": "s", "beforeAfter": "b", "mostLeast": "m", "delay": 10, "period2": "Conquest", "boundary2": "s"},
  {"type": "Ends with", "period1": "Conquest", "period2": "Third"},
  {"type": "Included in", "period1": "Garrison", "period2": "Second"},
  {"type": "Starts after or at start of", "period1": "Garrison", "period2": "Bull"}]}"#;

/// The years that the first and last day of a moment lie in; 0 is 1 BC.
fn years(text: &str, label: &str) -> (Option<i64>, Option<i64>) {
    years_in(&accepted(text), label)
}

fn years_in(compiled: &annals::Compiled, label: &str) -> (Option<i64>, Option<i64>) {
    let event = compiled.chronicle().event_of_label(label);
    let event = event.unwrap_or_else(|| panic!("no event has the label {label}"));
    let edge = Edge::Start;
    let bounds = compiled
        .reasoner
        .bounds(annals::chronicle::Moment { event, edge });
    assert!(bounds.proven);
    let settings = &compiled.resolved.settings;
    let year = |day: annals::chronicle::Day| year_of(i64::from(day.0), settings);
    (bounds.days.first().map(year), bounds.days.last().map(year))
}

/// The same, years before Christ as people count them.
fn bc(text: &str, label: &str) -> (i64, i64) {
    let (first, last) = years(text, label);
    (1 - first.unwrap(), 1 - last.unwrap())
}

/// The text compiled as if all of its claims were accepted.
fn accepted(text: &str) -> annals::Compiled {
    assert!(
        text.contains("\ndraft\n") && text.contains("\n// claim 1: "),
        "{text}"
    );
    compiled(&text.replacen("\ndraft\n", "\n", 1))
}

#[test]
fn a_model_becomes_a_text_with_the_models_bounds() {
    let read = import_chronolog(DYNASTY, "ours.clog").unwrap();
    assert_eq!(
        errors(&accepted(&read.text)),
        Vec::<String>::new(),
        "{}",
        read.text
    );
    // Worked out by hand: Bull ends 29 years after First begins and 3 after Second does, so First
    // lasts 26. Third begins 7 to 10 years before 525, Second 5 to 9 before that.
    let of = |label: &str| bc(&read.text, label);
    assert_eq!(of("conquest"), (525, 525));
    assert_eq!(of("end-of-second-beginning-of-third"), (535, 532));
    assert_eq!(of("end-of-first-beginning-of-second"), (544, 537));
    assert_eq!(of("beginning-of-first"), (570, 563));
    assert_eq!(of("beginning-of-bull"), (558, 551));
    assert_eq!(of("end-of-bull"), (541, 534));
    assert_eq!(of("beginning-of-garrison"), (544, 532));
    assert!(read.text.contains("counted by the annals"));
}

#[test]
fn a_delay_of_at_most_leaves_the_other_side_open() {
    let model = r#"{"chronolog-version": "3", "events": [{"name": "A", "dateLB": 100, "dateUB": 100}, {"name": "B"}],
      "synchronisms": [{"type": "Delay synchronism", "period1": "B", "boundary1": "s", "beforeAfter": "a", "mostLeast": "m", "delay": 5, "period2": "A", "boundary2": "s"}]}"#;
    let read = import_chronolog(model, "x.clog").unwrap();
    assert_eq!(
        errors(&accepted(&read.text)),
        Vec::<String>::new(),
        "{}",
        read.text
    );
    assert_eq!(years(&read.text, "b"), (None, Some(105)), "{}", read.text);
}

#[test]
fn broken_models_are_refused_with_their_place() {
    let said = |text: &str| import_chronolog(text, "x.clog").unwrap_err().join("\n");
    assert!(said("{").contains("line 1"));
    assert!(said("{\"a\": 1}").contains("chronolog-version"));
    let of = |rest: &str| said(&format!("{{\"chronolog-version\": \"3\", {rest}}}"));
    assert!(of("\"events\": []").contains("neither a period nor an event"));
    assert!(
        of("\"events\": [{\"name\": \"A\"}, {\"name\": \"A\"}]")
            .contains("event 2: `A` names another")
    );
    assert!(of("\"events\": [{\"dateLB\": 1}]").contains("event 1: it has no name"));
    assert!(of("\"events\": [{\"name\": \"A\", \"dateLB\": 1.5}]").contains("`dateLB` is 1.5"));
    assert!(of("\"events\": [{\"name\": \"A\", \"startLB\": 3}]").contains("`startLB` may bound"));
    assert!(
        of("\"events\": [{\"name\": \"A\", \"dateLB\": -5, \"dateUB\": 5}]").contains("year 0")
    );
    assert!(of("\"events\": [{\"name\": \"A\"}], \"imports\": [\"b\"]").contains("imports"));
    let bound = |kind: &str| {
        of(&format!(
            "\"events\": [{{\"name\": \"A\"}}], \"synchronisms\": [{{\"type\": \"{kind}\", \"period1\": \"A\", \"period2\": \"A\"}}]"
        ))
    };
    assert!(bound("Dances with").contains("synchronism 1: its type `Dances with`"));
    assert!(bound("Delay synchronism").contains("`delay`"));
}

/// The 26th dynasty of Egypt as Levy and others modelled it (Journal of Archaeological Science 127,
/// 2021). The model is not ours to ship: it is read where somebody has put it and says so with
/// `ANNALS_CLOG`, the path of `Egyptian-Dyn-26-CLOG3.clog`. The bounds below are the published ones.
#[test]
fn the_published_bounds_of_the_twenty_sixth_dynasty() {
    let Ok(path) = std::env::var("ANNALS_CLOG") else {
        eprintln!("ANNALS_CLOG names no model: not compared");
        return;
    };
    let model = std::fs::read_to_string(path).unwrap();
    let read = import_chronolog(&model, "dynasty.clog").unwrap();
    assert_eq!(
        errors(&accepted(&read.text)),
        Vec::<String>::new(),
        "{}",
        read.text
    );
    let published = [
        ("beginning-of-psammetichus-i", 664),
        ("end-of-psammetichus-i-beginning-of-necho-ii", 610),
        ("end-of-necho-ii-beginning-of-psammetichus-ii", 595),
        ("end-of-psammetichus-ii-beginning-of-apries", 589),
        ("end-of-apries-beginning-of-amasis", 570),
        ("end-of-amasis-beginning-of-psammetichus-iii", 526),
        ("end-of-psammetichus-iii", 525),
    ];
    for (label, year) in published {
        assert_eq!(
            bc(&read.text, label),
            (year, year),
            "{label}\n{}",
            read.text
        );
    }
}

/// A source of numbers that are the same each time (Marsaglia, "Xorshift RNGs", 2003).
struct Numbers(u64);

impl Numbers {
    fn between(&mut self, least: i64, most: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        least + (self.0 % (most - least + 1) as u64) as i64
    }
}

/// A model made of a history: six periods, and statements that are true of it; with the statements
/// as bounds of differences, `(from, to, most)`, over twelve moments and the anchor, which is last.
fn made_of_history(numbers: &mut Numbers) -> (String, Vec<(usize, usize, i64)>, i64) {
    let anchor = -numbers.between(300, 900);
    let mut history: Vec<i64> = Vec::new();
    let (mut periods, mut bounds) = (Vec::new(), Vec::new());
    for n in 0..6 {
        let start = anchor + numbers.between(-150, 150);
        let length = numbers.between(0, 60);
        history.extend([start, start + length]);
        let (less, more) = (numbers.between(0, 4).min(length), numbers.between(0, 4));
        let name = char::from(b'A' + n as u8);
        let (from, to) = (2 * n, 2 * n + 1);
        bounds.push((to, from, 0));
        let mut part = format!("{{\"name\": \"{name}\"");
        if numbers.between(0, 2) > 0 {
            part += &format!(", \"durationLB\": {}", length - less);
            bounds.push((to, from, less - length));
        }
        if numbers.between(0, 2) > 0 {
            part += &format!(", \"durationUB\": {}", length + more);
            bounds.push((from, to, length + more));
        }
        periods.push(part + "}");
    }
    history.push(anchor);
    let mut synchronisms = Vec::new();
    for _ in 0..16 {
        let one = numbers.between(0, 11) as usize;
        let other = numbers.between(0, 12) as usize;
        if one == other {
            continue;
        }
        let distance = history[one] - history[other];
        let slack = numbers.between(0, 5);
        let (sign, delay, bound) = match numbers.between(0, 2) {
            0 => ("e", distance, None),
            1 => ("l", distance - slack, Some(true)),
            _ => ("m", distance + slack, Some(false)),
        };
        if bound != Some(false) {
            bounds.push((one, other, -delay));
        }
        if bound != Some(true) {
            bounds.push((other, one, delay));
        }
        let named = |moment: usize| match moment {
            12 => ("Anchor".to_owned(), "s"),
            _ => (
                char::from(b'A' + (moment / 2) as u8).to_string(),
                if moment.is_multiple_of(2) { "s" } else { "e" },
            ),
        };
        let ((a, edge_a), (b, edge_b)) = (named(one), named(other));
        synchronisms.push(format!("{{\"type\": \"Delay synchronism\", \"period1\": \"{a}\", \"boundary1\": \"{edge_a}\", \"beforeAfter\": \"a\", \"mostLeast\": \"{sign}\", \"delay\": {delay}, \"period2\": \"{b}\", \"boundary2\": \"{edge_b}\"}}"));
    }
    let text = format!(
        "{{\"chronolog-version\": \"3\", \"lonePeriods\": [{}], \"events\": [{{\"name\": \"Anchor\", \"dateLB\": {anchor}, \"dateUB\": {anchor}}}], \"synchronisms\": [{}]}}",
        periods.join(", "),
        synchronisms.join(", ")
    );
    (text, bounds, anchor)
}

#[test]
fn compiled_years_are_those_of_whole_year_arithmetic() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut bounded = 0;
    for _ in 0..12 {
        let (model, bounds, anchor) = made_of_history(&mut numbers);
        // Shortest paths between all moments (Floyd and Warshall) give the exact bounds of a
        // simple temporal problem (Dechter, Meiri, Pearl 1991).
        let mut most = [[i64::MAX / 4; 13]; 13];
        for (n, row) in most.iter_mut().enumerate() {
            row[n] = 0;
        }
        for (from, to, bound) in bounds {
            most[from][to] = most[from][to].min(bound);
        }
        for via in 0..13 {
            for from in 0..13 {
                for to in 0..13 {
                    most[from][to] = most[from][to].min(most[from][via] + most[via][to]);
                }
            }
        }
        let read = import_chronolog(&model, "x.clog").unwrap();
        let compiled = accepted(&read.text);
        assert_eq!(errors(&compiled), Vec::<String>::new(), "{}", read.text);
        for (moment, row) in most.iter().enumerate().take(12) {
            let edge = if moment.is_multiple_of(2) {
                "beginning"
            } else {
                "end"
            };
            let label = format!("{edge}-of-{}", char::from(b'a' + (moment / 2) as u8));
            let known = |years: i64| years.abs() < i64::MAX / 8;
            // A year before Christ is one more than its astronomical number says.
            let first = Some(anchor - row[12]).filter(|y| known(*y)).map(|y| y + 1);
            let last = Some(anchor + most[12][moment]);
            let last = last.filter(|y| known(*y)).map(|y| y + 1);
            bounded += usize::from(first.is_some()) + usize::from(last.is_some());
            assert_eq!(
                years_in(&compiled, &label),
                (first, last),
                "{label}\n{}",
                read.text
            );
        }
    }
    assert!(bounded > 100, "most moments are bound: {bounded}");
}
