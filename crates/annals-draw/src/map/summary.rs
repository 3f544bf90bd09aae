//! The map of a day in words, for terminals and for who cannot see it.

use annals_query::Overview;

use crate::calendar::{day_words, settings_of};
use crate::marks::{At, When};

/// Forms of states that a map shows, with the heading of each part.
const PARTS: [(&[&str], &str); 4] = [
    (&["above"], "Who stands above whom"),
    (&["holding", "guarding"], "Who holds and guards what"),
    (&["ruling", "seated"], "Rulers and seats"),
    (&["staying", "kept"], "Who is where"),
];

/// Who holds what, who stands above whom, who is where, and what happens, on a day; each with its
/// verdict. An event without bounds narrower than what is covered is not listed.
pub fn summary(overview: &Overview, day: i32) -> String {
    let settings = settings_of(&overview.calendar);
    let mut text = format!("{}\n", day_words(day, &settings));
    for (forms, heading) in PARTS {
        let states = overview.states.iter().filter_map(|state| {
            let form = state.drawn.as_ref()?.form;
            let at = When::of_state(state).at(day);
            (forms.contains(&form) && at != At::None).then_some((at, state.sentence.clone()))
        });
        push(&mut text, heading, states.collect());
    }
    let events = overview.events.iter().filter(|e| e.told);
    let events = events.filter_map(|event| {
        let when = When::of_event(event);
        let bounded = when
            .runs()
            .iter()
            .all(|r| r.first.is_some() && r.last.is_some());
        let at = when.at(day);
        let words = format!("{} ({})", event.sentence, event.words);
        (bounded && at != At::None).then_some((at, words))
    });
    push(&mut text, "What happens", events.collect());
    text
}

fn push(text: &mut String, heading: &str, mut lines: Vec<(At, String)>) {
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    text.push_str(&format!("\n{heading}\n"));
    if lines.is_empty() {
        text.push_str("  nothing is recorded\n");
    }
    for (at, words) in lines {
        let verdict = match at {
            At::Certain => "certain",
            At::Possible | At::None => "possible",
        };
        text.push_str(&format!("  {verdict}: {words}\n"));
    }
}
