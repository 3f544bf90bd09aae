//! Forms of dates.

use crate::completion::{CompletionKind, Offers};

/// Forms with their holes, and what they mean.
const FORMS: [(&str, &str); 26] = [
    ("{644}", "a year"),
    ("{644}-{09}-{17}", "a day: year, month, day"),
    ("{17 September 644}", "a day, its month in words"),
    (
        "{Zhenguan 18}.{8}.{11}",
        "an era, its year, the lunar month and day",
    ),
    ("{202} BC", "a year before Christ"),
    ("{658} or {659}", "one of two years, nothing between them"),
    ("between {648} and {658}", "some day of a range"),
    (
        "from {648} to {658}",
        "a state begins and ends; an event lasts",
    ),
    ("from {632}", "a state begins"),
    ("until {670}", "a state ends"),
    ("throughout {646}", "on every day"),
    ("before {636}", "earlier, unknown how much"),
    ("by {648}", "then or earlier"),
    ("in the {790}s", "some day of a decade"),
    ("c. {630}", "about then; the width is an assumption"),
    ("early {644}", "the first third of a year"),
    ("late {summer 644}", "the last part of a season"),
    ("reported {648}", "told of by then: it happened no later"),
    (
        "{3} days after #{label}",
        "a distance from the end of an event",
    ),
    ("after #{label}", "after the end of an event"),
    ("before #{label}", "before the start of an event"),
    ("during #{label}", "between start and end of an event"),
    ("at #{label}", "on a day of an event"),
    ("then", "after the event of the line above"),
    ("undated", "some day, unknown which"),
    ("always", "at every moment; for what never changes"),
];

/// Offers forms of dates from a byte on; `whole` where the date is the first of its line, and
/// then a colon follows it.
pub(crate) fn offer(offers: &mut Offers<'_>, from: usize, line_start: usize, whole: bool) {
    // What is typed is a date of somebody's own, not letters of an example: an editor that compared
    // the two would drop every form. The list is made anew with each letter instead.
    offers.there_is_more();
    let before = offers.count();
    let typed = offers.typed(from).to_lowercase();
    let end = if whole { ": " } else { "" };
    if whole {
        for (nearness, when) in dates_above(&offers.text[..line_start])
            .into_iter()
            .enumerate()
        {
            if when.to_lowercase().starts_with(&typed) {
                let words = format!("{when}: ");
                let rank = 5 + nearness as u32;
                offers.words(CompletionKind::Date, from, &words, "as above", rank);
            }
        }
    }
    for (order, (form, meaning)) in FORMS.iter().enumerate() {
        let rank = 20 + order as u32;
        if form.contains('{') {
            let bare = form.replace(['{', '}'], "");
            let lead = form.split('{').next().unwrap_or("").trim_end();
            // A year typed is none of the examples, yet their forms may go on from it.
            let fits = bare.to_lowercase().starts_with(&typed)
                || !lead.is_empty() && typed.starts_with(lead);
            if fits {
                let form = format!("{form}{end}");
                offers.template(CompletionKind::Date, from, &form, meaning, rank);
            }
        } else if form.starts_with(&typed) {
            offers.words(
                CompletionKind::Date,
                from,
                &format!("{form}{end}"),
                meaning,
                rank,
            );
        }
    }
    offers.compared_as_typed(before, from);
}

/// The dates of the last lines above, the nearest first, each once.
fn dates_above(above: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in above.lines().rev().take(40) {
        let claim = !line.starts_with([' ', '\t', '/', '#', '|']);
        let when = line.split_once(": ").map(|(when, _)| when.trim());
        let Some(when) = when.filter(|w| claim && !w.is_empty() && !w.contains('"')) else {
            continue;
        };
        let digits = when.contains(|c: char| c.is_ascii_digit());
        if digits && when.chars().count() <= 40 && !found.iter().any(|f| f == when) {
            found.push(when.to_owned());
        }
        if found.len() == 3 {
            break;
        }
    }
    found
}
