//! Names and sentences, shortened to what a picture does not already say.
//!
//! What comes in: things and sentences of an overview. What goes out: labels.

use std::collections::BTreeSet;

use annals_query::{Overview, ThingSeen};

use crate::calendar::{settings_of, span_words};
use crate::marks::When;

/// The things that bear a name, whatever its case.
pub fn bearers(overview: &Overview, name: &str) -> BTreeSet<u32> {
    let wanted = name.trim().to_lowercase();
    let is = |text: &str| text.to_lowercase() == wanted || bare_name(text).to_lowercase() == wanted;
    let bears = |thing: &&ThingSeen| is(&thing.name) || thing.names.iter().any(|n| is(&n.text));
    overview.things.iter().filter(bears).map(|t| t.id).collect()
}

/// A display name without the kind that tells it from a namesake: `Karasahr (polity)`.
pub fn bare_name(name: &str) -> &str {
    match name.rsplit_once(" (") {
        Some((bare, kind)) if kind.ends_with(')') => bare,
        _ => name,
    }
}

/// The first undoubted further name in a script of its own: `焉耆`.
pub fn second_name(thing: &ThingSeen) -> Option<String> {
    let sure = thing.names.iter().filter(|name| !name.doubted);
    let own = |text: &&str| crate::text::label_language(text).is_some();
    sure.map(|name| name.text.as_str())
        .find(own)
        .map(str::to_owned)
}

/// A sentence without the name that stands in the heading.
pub fn shortened(sentence: &str, thing: &ThingSeen) -> String {
    let names = [thing.name.as_str(), bare_name(&thing.name)];
    for name in names {
        if let Some(rest) = sentence
            .strip_prefix(name)
            .and_then(|r| r.strip_prefix(' '))
        {
            return rest.to_owned();
        }
        let of = format!(" of {name}");
        if let Some(rest) = sentence.strip_suffix(of.as_str()) {
            return rest.to_owned();
        }
    }
    sentence.to_owned()
}

/// The days on which states are known at all: those the chronicle covers, or else those shown.
pub fn covered(overview: &Overview) -> (i32, i32) {
    overview.covers.unwrap_or((overview.first, overview.last))
}

/// The years something holds, from its first to its last possible day; open where it reaches the
/// end of what the overview covers.
pub fn days_words(overview: &Overview, when: &When) -> String {
    let runs = when.runs();
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
        return String::new();
    };
    let (begin, end) = covered(overview);
    let first = first.first.filter(|day| *day > begin);
    let last = last.last.filter(|day| *day < end);
    span_words(first, last, &settings_of(&overview.calendar))
}
