//! Tables of events, of the days they may have, and of what cannot all be true.

use std::collections::BTreeMap;

use annals::{ClaimRecord, DaysSeen, EventSeen};

use super::content::Content;
use super::model::{Cell, Form, Table, bound_cells, bounds_of, day_cells, source_words};

/// A row an event.
pub(super) fn events(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "events",
        "what happened, or is said not to have; a row an event, whatever the number of claims",
    )
    .whole("event", "its number")
    .text("label", "its label without `#`")
    .text("sentence", "what happened")
    .text("type", "the short name of its type")
    .text(
        "status",
        "happened, doubted, disputed, denied, planned and so on",
    )
    .flag("told", "whether some claim says that it happened")
    .whole(
        "place",
        "the thing at which it happened, where one is named that lies somewhere",
    )
    .text("place_name", "the name of that place")
    .column("latitude", Form::Degrees, "its latitude, north positive")
    .column("longitude", Form::Degrees, "its longitude, east positive")
    .whole("claims", "how many claims tell of it")
    .text(
        "days",
        "its days in words; the gaps between them are in `bounds`",
    )
    .flag(
        "proven",
        "whether the days are exact; otherwise no other day is possible",
    )
    .four_bounds();
    let Some(content) = content else {
        return table;
    };
    table.rows = content
        .overview
        .events
        .iter()
        .map(|event| row(event, content))
        .collect();
    table
}

fn row(event: &EventSeen, content: &Content<'_>) -> Vec<Cell> {
    let place = content.place_of(event);
    let point = place.and_then(|place| content.point(place));
    let mut cells = vec![
        Cell::whole(event.id),
        Cell::maybe(event.label.as_deref()),
        Cell::text(event.sentence.as_str()),
        Cell::text(event.type_name.as_str()),
        Cell::text(event.status.as_str()),
        Cell::flag(event.told),
        place.map_or(Cell::Nothing, Cell::whole),
        Cell::maybe(place.map(|place| content.name(place))),
        point.map_or(Cell::Nothing, |p| Cell::Degrees(p.latitude_micro)),
        point.map_or(Cell::Nothing, |p| Cell::Degrees(p.longitude_micro)),
        Cell::count(event.claims.len()),
        Cell::text(event.words.as_str()),
        Cell::flag(event.proven),
    ];
    let bounds = bounds_of(&event.start, event.end.as_deref());
    cells.extend(bound_cells(bounds, content.settings));
    cells
}

/// Which event is part of which.
pub(super) fn parts(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new("parts", "which event is part of which")
        .whole("event", "the part")
        .whole("whole", "the event it is part of");
    for event in content.iter().flat_map(|c| &c.overview.events) {
        for whole in &event.part_of {
            table
                .rows
                .push(vec![Cell::whole(event.id), Cell::whole(*whole)]);
        }
    }
    table
}

/// A row for each range of days of each moment.
pub(super) fn bounds(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "bounds",
        "the exact days a moment may have; a row a range, so that the gap in `648 or 658` is kept",
    )
    .whole("event", "the event or mention")
    .text("label", "its label without `#`")
    .text(
        "moment",
        "`start`, `end`, or `moment` where the two are one",
    )
    .whole("range", "the range's number, from 1, earliest first")
    .flag(
        "proven",
        "whether the days are exact; otherwise no other day is possible",
    )
    .day("first", "the first day of the range")
    .day("last", "the last day of the range");
    let Some(content) = content else {
        return table;
    };
    // Events as the overview orders them would part an event from its mentions; the order of the
    // text does not, and claims know the days of both.
    let mut seen: BTreeMap<u32, &ClaimRecord> = BTreeMap::new();
    for record in &content.claims {
        seen.entry(record.event).or_insert(record);
    }
    for (event, record) in seen {
        let moments: [(&str, &[DaysSeen]); 2] = match &record.end {
            None => [("moment", &record.start), ("end", &[])],
            Some(end) => [("start", &record.start), ("end", end)],
        };
        for (moment, days) in moments {
            for (range, days) in (1u32..).zip(days) {
                let mut cells = vec![
                    Cell::whole(event),
                    Cell::maybe(record.claim.label.as_deref()),
                    Cell::text(moment),
                    Cell::whole(range),
                    Cell::flag(record.proven),
                ];
                cells.extend(day_cells(days.first, content.settings));
                cells.extend(day_cells(days.last, content.settings));
                table.rows.push(cells);
            }
        }
    }
    table
}

/// The days by each side of a dispute.
pub(super) fn rivals(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "rivals",
        "the days by each side of an event that sources date differently; a row a range",
    )
    .whole("event", "the event")
    .text("sources", "keys of the sources that this side follows")
    .text("words", "the days in words")
    .day("first", "the first day of the range")
    .day("last", "the last day of the range");
    let Some(content) = content else {
        return table;
    };
    for event in &content.overview.events {
        for rival in &event.rivals {
            for days in &rival.days {
                let mut cells = vec![
                    Cell::whole(event.id),
                    Cell::text(rival.sources.join(", ")),
                    Cell::text(rival.words.as_str()),
                ];
                cells.extend(day_cells(days.first, content.settings));
                cells.extend(day_cells(days.last, content.settings));
                table.rows.push(cells);
            }
        }
    }
    table
}

/// A row for each claim of each conflict.
pub(super) fn conflicts(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "conflicts",
        "claims that cannot all be true; a row for each claim of each conflict",
    )
    .whole("conflict", "the conflict's number, from 1")
    .whole("claim", "the claim")
    .whole("event", "what it tells of")
    .text("words", "its date and sentence as written")
    .text("sources", "who says so")
    .text("file", "the file it stands in")
    .whole("line", "its line there");
    let Some(content) = content else {
        return table;
    };
    for (number, conflict) in (1u32..).zip(&content.overview.conflicts) {
        for id in &conflict.claims {
            let Some(record) = content.claims.get(*id as usize) else {
                continue;
            };
            table.rows.push(vec![
                Cell::whole(number),
                Cell::whole(*id),
                Cell::whole(record.event),
                Cell::text(record.claim.words.as_str()),
                Cell::text(source_words(&record.claim.sources)),
                Cell::text(record.claim.file.as_str()),
                Cell::whole(record.claim.line),
            ]);
        }
    }
    table
}
