//! Events as TimelineJS JSON: a slide an event, a title slide before them.
//!
//! TimelineJS places a slide by whole dates of JavaScript, which are proleptic Gregorian and
//! astronomical, and prints them itself; so every slide brings the words to print instead.

use annals::EventSeen;
use annals::calendar::gregorian_from_jdn;

use crate::geo::json;
use crate::tables::{Content, bounds_of, source_words};
use crate::xml::escaped;

/// The events whose days are known at least at one end, as TimelineJS JSON.
pub fn timelinejs_text(content: &Content<'_>) -> String {
    let events: Vec<String> = content
        .overview
        .events
        .iter()
        .filter_map(|event| slide(event, content))
        .collect();
    let title = content.overview.title.as_deref().unwrap_or("A chronicle");
    format!(
        "{{\n  \"title\": {{\"text\": {{\"headline\": {}}}}},\n  \"scale\": \"human\",\n  \"events\": [\n{}\n  ]\n}}\n",
        json(&escaped(title)),
        events.join(",\n")
    )
}

/// The days a slide spans: the outermost that are known; `None` where none is.
fn span(event: &EventSeen) -> Option<(i32, i32)> {
    let [earliest, start_latest, end_earliest, latest] =
        bounds_of(&event.start, event.end.as_deref());
    let first = earliest.or(start_latest).or(latest)?;
    let last = latest.or(end_earliest).unwrap_or(first);
    Some((first, last.max(first)))
}

fn slide(event: &EventSeen, content: &Content<'_>) -> Option<String> {
    let (first, last) = span(event)?;
    let words = match event.status.as_str() {
        "happened" => event.words.clone(),
        status => format!("{} ({status})", event.words),
    };
    let mut members = vec![format!("\"start_date\": {}", date(first))];
    if last > first {
        members.push(format!("\"end_date\": {}", date(last)));
    }
    members.push(format!("\"display_date\": {}", json(&words)));
    let mut lines = Vec::new();
    for id in &event.claims {
        let Some(record) = content.claims.get(*id as usize) else {
            continue;
        };
        let claim = &record.claim;
        let mut line = format!(
            "{} <em>{}</em>",
            escaped(&claim.words),
            escaped(&source_words(&claim.sources))
        );
        if let Some(passage) = &claim.passage {
            line += &format!(" <q>{}</q>", escaped(passage));
        }
        lines.push(format!("<p>{line}</p>"));
    }
    members.push(format!(
        "\"text\": {{\"headline\": {}, \"text\": {}}}",
        json(&escaped(&event.sentence)),
        json(&lines.concat())
    ));
    members.push(format!("\"group\": {}", json(&event.type_name)));
    let id = match &event.label {
        Some(label) => label.clone(),
        None => format!("event-{}", event.id),
    };
    members.push(format!("\"unique_id\": {}", json(&id)));
    Some(format!("    {{{}}}", members.join(", ")))
}

fn date(day: i32) -> String {
    let date = gregorian_from_jdn(i64::from(day));
    format!(
        "{{\"year\": {}, \"month\": {}, \"day\": {}}}",
        date.year, date.month, date.day
    )
}
