//! What explains a timeline: above it the meaning of lines and colours, below it the
//! contradictions in words.

use annals_query::EventSeen;

use super::Sheet;
use super::rows::{Of, Row, Section};
use crate::legend::{Item, Swatch};
use crate::palette::NEUTRAL;
use crate::svg::Svg;
use crate::text::wrap;

/// Each contradiction that a row shown takes part in: its claims as written, and who says so.
/// Draws them from `y` on; says where the picture ends.
pub(crate) fn draw_foot(sheet: &Sheet, sections: &[Section], mut y: f64, svg: &mut Svg) -> f64 {
    let shown: std::collections::BTreeSet<usize> = sections
        .iter()
        .flat_map(|section| &section.rows)
        .flat_map(|row| row.conflicts.iter().copied())
        .collect();
    let room = sheet.options.look.drawn_width() - 96.0;
    for number in shown.into_iter().take(12) {
        let conflict = &sheet.overview.conflicts[number - 1];
        svg.element("g")
            .class("contradiction")
            .int("data-conflict", number as i64)
            .open();
        svg.element("g")
            .attr("transform", &crate::marks::translate(43.0, y - 4.0))
            .open();
        crate::marks::triangle(svg);
        svg.close("g");
        svg.element("text")
            .class("conflict small")
            .attr("text-anchor", "end")
            .at(35.0, y)
            .text(&number.to_string());
        svg.element("text")
            .class("conflict strong")
            .at(56.0, y)
            .text(&cannot_all_be_true(conflict.claims.len()));
        y += 17.0;
        for claim in conflict.claims.iter().take(6) {
            let Some(claim) = sheet.overview.claims.iter().find(|c| c.id == *claim) else {
                continue;
            };
            let said: Vec<&str> = claim.sources.iter().map(|s| s.words.as_str()).collect();
            let words = format!("{}. [{}]", claim.words, said.join("; "));
            for line in wrap(&words, 12.0, room, 2) {
                svg.element("text")
                    .at(56.0, y)
                    .text_of(&line.shown, line.full.as_deref());
                y += 16.0;
            }
        }
        y += 8.0;
        svg.close("g");
    }
    y
}

fn cannot_all_be_true(claims: usize) -> String {
    match claims {
        1 => "This claim cannot be true:".to_owned(),
        2 => "These two claims cannot both be true:".to_owned(),
        count => format!("These {count} claims cannot all be true:"),
    }
}

/// What the colours and lines that occur mean.
pub(crate) fn legend(sheet: &Sheet, sections: &[Section]) -> Vec<Item> {
    let rows: Vec<&Row> = sections.iter().flat_map(|section| &section.rows).collect();
    let mut items = Vec::new();
    let mut say = |when: bool, swatch: Swatch, words: &str| {
        if when {
            items.push(Item::new(swatch, words));
        }
    };
    let events: Vec<&EventSeen> = rows
        .iter()
        .filter_map(|row| match row.of {
            Of::Event(event) => Some(event),
            Of::State(_) => None,
        })
        .collect();
    let runs = || rows.iter().flat_map(|row| row.when.runs());
    let moments = || events.iter().filter(|e| e.end.is_none() && e.told);
    let known =
        |e: &EventSeen| matches!(e.start.as_slice(), [d] if d.first.is_some() && d.first == d.last);
    let bars = rows
        .iter()
        .any(|row| !matches!(row.of, Of::Event(e) if e.end.is_none()));
    say(
        bars && runs().any(|run| run.certain),
        Swatch::Certain,
        "certain",
    );
    say(runs().any(|run| !run.certain), Swatch::Possible, "possible");
    say(moments().any(|e| known(e)), Swatch::Day, "on this day");
    say(
        moments().any(|e| !known(e)),
        Swatch::Within,
        "once within these days",
    );
    let gaps = events.iter().any(|e| e.end.is_none() && e.start.len() > 1);
    say(gaps, Swatch::Either, "on one side or the other");
    let doubted = events.iter().any(|e| e.told && e.status != "happened");
    say(doubted, Swatch::Doubted, "doubted or disputed");
    let untold = events.iter().any(|e| !e.told);
    say(untold, Swatch::Untold, "not said to have happened");
    let (first, last) = (sheet.scale.first, sheet.scale.last);
    let beyond =
        runs().any(|r| r.first.is_none_or(|d| d < first) || r.last.is_none_or(|d| d > last));
    say(beyond, Swatch::Beyond, "more outside");
    let open = runs().any(|r| r.first.is_none() || r.last.is_none());
    say(open, Swatch::Open, "no bound known");
    let conflict = rows.iter().any(|row| !row.conflicts.is_empty());
    say(
        conflict,
        Swatch::Contradiction,
        "told in contradiction, with each side’s days",
    );
    items.extend(colours(sheet, &rows));
    items
}

/// The polities whose colours occur, by name.
fn colours(sheet: &Sheet, rows: &[&Row]) -> Vec<Item> {
    let things = sheet.overview.things.iter();
    let coloured = things.filter(|thing| {
        let class = sheet.palette.class(thing.id);
        class != NEUTRAL
            && sheet.palette.is_polity(thing.id)
            && rows.iter().any(|row| row.class == class)
    });
    coloured
        .map(|thing| {
            let name = crate::words::bare_name(&thing.name);
            Item::new(Swatch::Colour(sheet.palette.class(thing.id)), name)
        })
        .collect()
}
