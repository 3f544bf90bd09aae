//! `annals date`: which days a written date may be.

use annals::calendar::{Calendar, Days, Reading, Settings, Shape, print_day, print_days, read};

use crate::output::{Failure, say};
use crate::run::Exit;

/// Reads a date and prints its days.
pub fn date(text: &str) -> Result<Exit, Failure> {
    let settings = Settings::default();
    let reading = read(text, &settings).map_err(|error| Failure::Input(error.to_string()))?;
    say(&describe(&reading, &settings))?;
    Ok(Exit::Clean)
}

fn describe(reading: &Reading, settings: &Settings) -> String {
    let mut out = format!("{}\n", reading.written);
    shape(&mut out, &reading.shape, settings);
    if let Some(soft) = &reading.soft {
        out.push_str(&format!("  assuming: {}\n", soft.words));
        shape(&mut out, &soft.shape, settings);
    }
    for alternative in &reading.alternatives {
        out.push_str(&format!("  if {}:\n", alternative.words));
        shape(&mut out, &alternative.shape, settings);
    }
    if reading.uncertain {
        out.push_str("  the date itself is doubted\n");
    }
    for note in &reading.notes {
        out.push_str(&format!("  {}\n", note.words));
    }
    out
}

fn shape(out: &mut String, shape: &Shape, settings: &Settings) {
    match shape {
        Shape::On(days) => line(out, "on some day", days, settings),
        Shape::Throughout(days) => line(out, "on every day", days, settings),
        Shape::Span { from, to } => {
            for (word, days) in [("begins on some day", from), ("ends on some day", to)] {
                if let Some(days) = days {
                    line(out, word, days, settings);
                }
            }
        }
        Shape::All(members) => {
            for days in members {
                line(out, "on some day", days, settings);
            }
        }
    }
}

fn line(out: &mut String, words: &str, days: &Days, settings: &Settings) {
    out.push_str(&format!("  {words}: {}\n", print_days(days, settings)));
    let gregorian = Settings {
        calendar: Calendar::Gregorian,
        ..settings.clone()
    };
    for &(first, last) in days.ranges() {
        let numbers = match (first, last) {
            (Some(first), Some(last)) if first == last => format!("Julian day {first}"),
            (Some(first), Some(last)) => {
                let count = last - first + 1;
                format!("Julian days {first} to {last}, {count} days")
            }
            (Some(first), None) => format!("from Julian day {first}"),
            (None, Some(last)) => format!("until Julian day {last}"),
            (None, None) => continue,
        };
        let edges: Vec<String> = [first, last]
            .into_iter()
            .flatten()
            .map(|day| print_day(day, &gregorian))
            .collect();
        let edges = match &edges[..] {
            [first, last] if first == last => first.clone(),
            edges => edges.join(" to "),
        };
        out.push_str(&format!("    {numbers}; Gregorian {edges}\n"));
    }
}
