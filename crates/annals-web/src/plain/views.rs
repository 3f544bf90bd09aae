//! The plain pages one by one.

use std::fmt::Write as _;

use annals::{ClaimSeen, Overview};
use serde_json::Value;

use super::html::{escape, link, table};
use super::{Links, Plain};

/// The first page: what there is, and a question to fill in.
pub fn front(plain: &Plain<'_>) -> String {
    let overview = plain.overview;
    let mut body = format!(
        "<p>{} claims from {} sources tell of {} events and {} states.</p>\n",
        overview.claims.len(),
        overview.sources.len(),
        overview.events.len(),
        overview.states.len()
    );
    let left_out = overview.left_out;
    if left_out.events + left_out.states > 0 {
        let _ = writeln!(
            body,
            "<p class=\"faint\">{} events and {} states more are not shown here.</p>",
            left_out.events, left_out.states
        );
    }
    if plain.links == Links::Live {
        body.push_str(
            "<form action=\"ask\" method=\"get\">\n<p><label for=\"q\">Ask</label>\
             <input id=\"q\" name=\"q\" size=\"48\" placeholder=\"date: sentence, ? for what is asked\"> \
             <button>Answer</button></p>\n</form>\n",
        );
    }
    let found: Vec<&Value> = plain
        .reports
        .iter()
        .filter(|r| r["severity"] != "note")
        .collect();
    if !found.is_empty() {
        body.push_str("<h2>To think about</h2>\n<ul>\n");
        for report in found {
            let to = format!("{}#report-{}", plain.view("conflicts"), report["id"]);
            let words = report["headline"].as_str().unwrap_or("");
            let _ = writeln!(body, "<li>{}</li>", link(&to, words));
        }
        body.push_str("</ul>\n");
    }
    plain.page("Overview", &body)
}

/// A page with a picture and, beside it, a table of what it shows. `day` is the cursor, in words
/// and as a number.
pub fn picture(
    plain: &Plain<'_>,
    kind: &str,
    svg: Option<&str>,
    day: Option<(i32, &str)>,
) -> String {
    let heading = match (kind, day) {
        ("timeline", _) => "Timeline".to_owned(),
        ("map", Some((_, words))) => format!("Map, {words}"),
        ("graph", Some((_, words))) => format!("Graph, {words}"),
        ("map", None) => "Map".to_owned(),
        _ => "Graph".to_owned(),
    };
    let mut body = String::new();
    if plain.links == Links::Live {
        let given = day.map_or("", |(_, words)| words);
        let _ = writeln!(
            body,
            "<form method=\"get\">\n<p><label for=\"date\">Day</label>\
             <input id=\"date\" name=\"date\" value=\"{}\"> <button>Show</button></p>\n</form>",
            escape(given)
        );
    }
    match svg {
        // The picture escapes what it shows itself.
        Some(svg) => {
            let _ = writeln!(body, "<div class=\"scroll\">{svg}</div>");
        }
        None => body.push_str("<p class=\"faint\">There is no such picture.</p>\n"),
    }
    match (kind, day) {
        ("timeline", None) => {
            body.push_str(&events(plain));
            body.push_str(&states(plain, None));
        }
        (_, day) => body.push_str(&states(plain, day.map(|(jdn, _)| jdn))),
    }
    plain.page(&heading, &body)
}

fn events(plain: &Plain<'_>) -> String {
    let rows: Vec<Vec<String>> = plain
        .overview
        .events
        .iter()
        .map(|event| {
            vec![
                escape(&event.words),
                link(&plain.event(event.id), &event.sentence),
                escape(&event.status),
            ]
        })
        .collect();
    table("Events", &["When", "What", ""], &rows)
}

/// All states, or those that hold or may hold on a day.
fn states(plain: &Plain<'_>, day: Option<i32>) -> String {
    let mut rows = Vec::new();
    for state in &plain.overview.states {
        for run in &state.runs {
            let in_run = |d: i32| run.first <= d && run.last.is_none_or(|last| d <= last);
            if day.is_some_and(|d| !in_run(d)) {
                continue;
            }
            let surely = if run.certain { "certain" } else { "possible" };
            rows.push(vec![
                link(
                    &plain.state(state.id, day.unwrap_or(run.first)),
                    &state.sentence,
                ),
                surely.to_owned(),
                days(plain.overview, run.first, run.last),
            ]);
        }
    }
    let caption = match day {
        Some(_) => "What holds or may hold that day",
        None => "States",
    };
    table(caption, &["What", "How surely", "From and to"], &rows)
}

/// Days in words, by the calendar of the chronicle.
fn days(overview: &Overview, first: i32, last: Option<i32>) -> String {
    let settings = annals_draw::calendar::settings_of(&overview.calendar);
    escape(&annals_draw::calendar::span_words(
        Some(first),
        last,
        &settings,
    ))
}

/// All claims with their sources.
pub fn claims(plain: &Plain<'_>) -> String {
    let rows: Vec<Vec<String>> = plain
        .overview
        .claims
        .iter()
        .map(|claim| {
            let told = plain.overview.events.iter().any(|e| e.id == claim.event);
            let words = match told {
                true => link(&plain.event(claim.event), &claim.words),
                false => escape(&claim.words),
            };
            let passage = claim.passage.as_ref();
            let passage = passage.map_or(String::new(), |p| format!("<br><q>{}</q>", escape(p)));
            vec![
                format!("<span id=\"claim-{}\">{words}</span>{passage}", claim.id),
                said_by(claim),
                format!("{}:{}", escape(&claim.file), claim.line),
            ]
        })
        .collect();
    let body = table("Claims", &["What is said", "By whom", "Where"], &rows);
    plain.page("Claims", &body)
}

fn said_by(claim: &ClaimSeen) -> String {
    let words: Vec<String> = claim.sources.iter().map(|s| escape(&s.words)).collect();
    let doubted = if claim.doubted { " (doubted)" } else { "" };
    let mode = match claim.mode {
        "asserted" => String::new(),
        mode => format!("<br><span class=\"faint\">{}</span>", escape(mode)),
    };
    format!("{}{doubted}{mode}", words.join("; "))
}

/// The reports, each with its reasoning.
pub fn conflicts(plain: &Plain<'_>) -> String {
    let mut body = String::new();
    for report in plain.reports {
        let text = |name: &str| escape(report[name].as_str().unwrap_or(""));
        let _ = writeln!(
            body,
            "<section id=\"report-{}\">\n<h2>{}</h2>\n<p class=\"faint\">{}: {}</p>",
            report["id"],
            text("headline"),
            text("severity"),
            text("code")
        );
        let list = |name: &str| report[name].as_array().into_iter().flatten();
        body.push_str("<ul>\n");
        for label in list("labels") {
            let (file, line) = (label["file"].as_str().unwrap_or(""), &label["line"]);
            let words = label["words"].as_str().unwrap_or("");
            let _ = writeln!(
                body,
                "<li>{}:{line} <span class=\"faint\">{}</span></li>",
                escape(file),
                escape(words)
            );
        }
        body.push_str("</ul>\n");
        for note in list("notes") {
            let _ = writeln!(body, "<p>{}</p>", escape(note.as_str().unwrap_or("")));
        }
        for remedy in list("remedies") {
            let words = remedy["words"].as_str().unwrap_or("");
            let _ = writeln!(body, "<p>Remedy: {}</p>", escape(words));
        }
        body.push_str("</section>\n");
    }
    if body.is_empty() {
        body.push_str("<p>Nothing is odd.</p>\n");
    }
    plain.page("Conflicts", &body)
}

/// The sources and how much each says; live, with what follows without it.
pub fn sources(plain: &Plain<'_>) -> String {
    let rows: Vec<Vec<String>> = plain
        .overview
        .sources
        .iter()
        .map(|source| {
            let fields: Vec<String> = source
                .fields
                .iter()
                .map(|(name, value)| format!("{}: {}", escape(name), escape(value)))
                .collect();
            let mut row = vec![
                format!("@{}", escape(&source.key)),
                fields.join("<br>"),
                source.claims.to_string(),
            ];
            if plain.links == Links::Live {
                let without = format!("plain?without=@{}", percent(&source.key));
                row.push(link(&without, "read without it"));
            }
            row
        })
        .collect();
    let mut head = vec!["Key", "What it is", "Claims"];
    if plain.links == Links::Live {
        head.push("");
    }
    let body = table("Sources", &head, &rows);
    plain.page("Sources", &body)
}

/// Answers, each under its name in the address and with its words as they are.
pub fn answers(plain: &Plain<'_>, heading: &str, answers: &[(String, String)]) -> String {
    let mut body = String::new();
    for (name, text) in answers {
        let (name, text) = (escape(name), escape(text));
        let _ = writeln!(body, "<section id=\"{name}\"><pre>{text}</pre></section>");
    }
    plain.page(heading, &body)
}

/// A text as part of an address.
pub fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}
