//! ChronoLog models in: periods, sequences, events and synchronisms, all in whole years.
//!
//! The scheme is that of Levy, Geeraerts, Pluquet, Piasetzky and Fantalkin, "Chronological networks
//! in archaeology: A formalised scheme", Journal of Archaeological Science 127 (2021): every start
//! and end is a whole year, and every statement bounds the difference of two of them.
//!
//! **How a year becomes days.** A year y of the model is the first of July of that year; a length of
//! N years is written as N years, which Annals reads as N times 365 days and the leap days that N
//! years may hold. Each such length is a day or two wide, never more, and always holds the true
//! distance from one first of July to another; so the model's solutions are all kept, and a bound
//! strays from its first of July by no more than a few days along a chain of statements. It stays
//! in its year, and the year of the compiled bound is the year ChronoLog finds, unless a chain is
//! long enough to gather half a year of leap days; [`import_chronolog`] says where one could be.

mod lengths;
mod model;

use std::collections::BTreeMap;

use crate::mapped::names::{quoted, slug};
use model::{Model, Moment};

/// A model read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelRead {
    /// The text, for review.
    pub text: String,
    /// How many periods.
    pub periods: usize,
    /// How many events.
    pub events: usize,
    /// What of the model is not in the text.
    pub notes: Vec<String>,
}

/// Days of leap years that a chain of lengths may gather before a first of July could become a day
/// of another year; each length adds one, and each century in it another.
const MOST_STRAY_DAYS: i64 = 180;

/// Reads a `.clog` file of ChronoLog 3.
///
/// # Errors
///
/// Everything in it that cannot be used, each with its place in the file.
pub fn import_chronolog(text: &str, name: &str) -> Result<ModelRead, Vec<String>> {
    let model = Model::read(text)?;
    let mut notes = Vec::new();
    let stray = model.stray_days();
    if stray > MOST_STRAY_DAYS {
        notes.push(format!(
            "the model has so many lengths of years that a chain of all of them could stray {stray} days: a bound may then fall into the year beside the one ChronoLog finds"
        ));
    }
    if model.hidden > 0 {
        notes.push(format!(
            "{} parts of the model are hidden on its page; they count here as they do there",
            model.hidden
        ));
    }
    notes.extend(model.notes.iter().cloned());
    let read = ModelRead {
        text: Writer::new(&model, name).text(),
        periods: model.periods.len() - model.events,
        events: model.events,
        notes,
    };
    Ok(read)
}

struct Writer<'m> {
    model: &'m Model,
    name: &'m str,
    labels: Vec<String>,
}

impl<'m> Writer<'m> {
    fn new(model: &'m Model, name: &'m str) -> Writer<'m> {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let labels = model.moments.iter().map(|moment| {
            let made = slug(&moment.words);
            let times = taken.entry(made.clone()).or_default();
            *times += 1;
            // A number that some other words already end in would meet again.
            if *times == 1 {
                made
            } else {
                format!("{made}-again-{times}")
            }
        });
        Writer {
            model,
            name,
            labels: labels.collect(),
        }
    }

    fn text(&self) -> String {
        let name = self.name.replace(['\n', '\r'], " ");
        let key = format!("model-{}", slug(name.split('.').next().unwrap_or(&name)));
        let mut out = format!(
            "// The ChronoLog model {name}, for review. A year of the model is the first of July of that year, and\n\
             // a length of years is so many years of 365 or 366 days: the year of each bound is the model's.\n\
             draft\ncalendar julian\nsource {key}\n  title {0}\n\nsection {0} from @{key}\n\n",
            quoted(&format!("The ChronoLog model {name}"))
        );
        let mut claims = 0;
        for (at, moment) in self.model.moments.iter().enumerate() {
            for line in self.moment(at, moment).lines() {
                // Numbers by which a reviewer takes one claim after the other.
                if !line.starts_with(' ') {
                    claims += 1;
                    out += &format!("// claim {claims}: a moment of {name}\n");
                }
                out += &format!("{line}\n");
            }
        }
        out
    }

    fn moment(&self, at: usize, moment: &Moment) -> String {
        let mut conditions = moment.years.words();
        let mut helpers = String::new();
        for (other, distance) in self.model.distances_to(at) {
            let named = (
                self.labels[other].as_str(),
                self.model.moments[other].words.as_str(),
            );
            conditions.extend(distance.words(named, &mut helpers));
        }
        conditions.dedup();
        let when = match conditions.is_empty() {
            true => "undated".to_owned(),
            false => conditions.join(", "),
        };
        let mut text = format!("{when}: {}. #{}\n", quoted(&moment.words), self.labels[at]);
        for note in &moment.notes {
            text += &format!("  note {}\n", quoted(note));
        }
        helpers + &text
    }
}
