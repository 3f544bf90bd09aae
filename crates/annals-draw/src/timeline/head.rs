//! The words of a timeline: title, headings, what a screen reader says.

use annals_calendar::Settings;

use super::layout::{Place, heading_width, heading_words};
use super::rows::{Of, Row, Section};
use super::{Sheet, foot};
use crate::calendar::{day_title, day_words, span_words};
use crate::legend::draw_legend;
use crate::marks::Run;
use crate::svg::Svg;
use crate::text::{draw_title, fit};

/// The title: that of the chronicle, or the name asked for.
pub(crate) fn title_of(sheet: &Sheet) -> String {
    let chronicle = sheet.overview.title.clone();
    match (&sheet.options.about, chronicle) {
        (Some(name), _) => name.clone(),
        (None, Some(title)) => title,
        (None, None) => "Timeline".to_owned(),
    }
}

/// What the picture shows, in a line.
fn subtitle(sheet: &Sheet, sections: &[Section], outside: usize) -> String {
    let rows = sections.iter().flat_map(|s| &s.rows);
    let events = rows
        .clone()
        .filter(|r| matches!(r.of, Of::Event(_)))
        .count();
    let states = rows.count() - events;
    let more: usize = sections.iter().map(|s| s.more.len()).sum();
    let (first, last) = (sheet.scale.first, sheet.scale.last);
    let mut words = format!(
        "{}: {} and {}",
        window_words(first, last, &sheet.settings),
        counted(events, "event"),
        counted(states, "state"),
    );
    if more > 0 {
        words.push_str(&format!(", {more} more only counted"));
    }
    if outside > 0 {
        words.push_str(&format!(", {outside} outside this window"));
    }
    let left = &sheet.overview.left_out;
    if left.events + left.states > 0 {
        words.push_str(&format!(", {} not loaded", left.events + left.states));
    }
    words
}

/// The days of a window: whole years as years, fewer as days.
fn window_words(first: i32, last: i32, settings: &Settings) -> String {
    let year = |day: i32| annals_calendar::year_of(i64::from(day), settings);
    let begins = year(first) != year(first.saturating_sub(1));
    let ends = year(last) != year(last.saturating_add(1));
    let long = i64::from(last) - i64::from(first) > DAYS_OF_YEARS;
    if first == last {
        day_title(first, settings)
    } else if long || begins && ends {
        span_words(Some(first), Some(last), settings)
    } else {
        let (first, last) = (day_title(first, settings), day_title(last, settings));
        format!("{first} to {last}")
    }
}

/// From so many days on a window is said in years.
const DAYS_OF_YEARS: i64 = 1500;

fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// Title, subtitle and legend; says where they end.
pub(crate) fn draw_head(sheet: &Sheet, sections: &[Section], outside: usize, svg: &mut Svg) -> f64 {
    let room = sheet.options.look.drawn_width() - 48.0;
    let (title, subtitle) = (title_of(sheet), subtitle(sheet, sections, outside));
    let y = draw_title(&title, &subtitle, 24.0, room, svg);
    svg.group("legend");
    let y = draw_legend(&foot::legend(sheet, sections), 24.0, y, room, svg);
    svg.close("g");
    y
}

/// The heading of a section: a name, its second name, what it is.
pub(crate) fn draw_heading(
    sheet: &Sheet,
    section: &Section,
    first: bool,
    place: &Place,
    svg: &mut Svg,
) {
    let (name, second, kind) = heading_words(&section.heading);
    let right = sheet.options.look.drawn_width() - 24.0;
    if !first {
        svg.element("line")
            .class("section-line")
            .num("x1", 24.0)
            .num("x2", right)
            .num("y1", place.top + 3.0)
            .num("y2", place.top + 3.0)
            .done();
    }
    let fitted = fit(&name, 13.9, (right - 24.0) / 2.0);
    svg.element("text")
        .class("section")
        .at(24.0, place.label_y)
        .lang(crate::text::label_language(&name).as_deref())
        .text_of(&fitted.shown, fitted.full.as_deref());
    let mut x = 24.0 + heading_width(&fitted.shown) + 8.0;
    // What it is stands before the second name: no letters but ours are sure to be so wide.
    if !kind.is_empty() {
        svg.element("text")
            .class("status small")
            .at(x, place.label_y)
            .text(&kind);
        x += crate::text::width(&kind, 11.0) + 8.0;
    }
    if let Some(second) = second {
        svg.element("text")
            .class("muted")
            .at(x, place.label_y)
            .lang(crate::text::language(None, &second).as_deref())
            .text(&second);
    }
}

/// What a screen reader says of a row, which is also shown when the pointer rests on it.
pub(crate) fn spoken(sheet: &Sheet, row: &Row) -> String {
    let mut words = row.sentence().to_owned();
    match row.of {
        Of::Event(event) => {
            if event.status != "happened" {
                words.push_str(&format!(" ({})", event.status));
            }
            words.push_str(&format!(": {}", event.words));
            if !event.proven {
                words.push_str(" (days not proven)");
            }
            for rival in &event.rivals {
                words.push_str(&format!("; {}", rival.words));
            }
        }
        Of::State(_) => {
            let runs: Vec<String> = row
                .when
                .runs()
                .iter()
                .map(|r| run_words(sheet, r))
                .collect();
            words.push_str(&format!(": {}", runs.join(", ")));
        }
    }
    if !row.conflicts.is_empty() {
        words.push_str("; told in contradiction");
    }
    words
}

fn run_words(sheet: &Sheet, run: &Run) -> String {
    let surely = if run.certain { "certain" } else { "possible" };
    let day = |day: i32| day_words(day, &sheet.settings);
    match (run.first, run.last) {
        (Some(first), Some(last)) if first == last => format!("{surely} on {}", day(first)),
        (Some(first), Some(last)) => format!("{surely} from {} to {}", day(first), day(last)),
        (Some(first), None) => format!("{surely} from {}", day(first)),
        (None, Some(last)) => format!("{surely} until {}", day(last)),
        (None, None) => format!("{surely} all the time"),
    }
}

/// What can be seen, for who cannot see it.
pub(crate) fn description(sheet: &Sheet, sections: &[Section]) -> String {
    let names: Vec<String> = sections
        .iter()
        .take(12)
        .map(|section| heading_words(&section.heading).0)
        .collect();
    format!(
        "A timeline, {}. Rows under: {}. Solid bars are certain, hatched bars possible; a filled \
         diamond is a known day, an empty one a day within the hatched days.",
        subtitle(sheet, sections, 0),
        names.join(", "),
    )
}
