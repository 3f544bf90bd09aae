//! Tables of what is named, where it lies, and the roads between.

use super::content::Content;
use super::model::{Cell, Form, Table, source_words};

/// A row a thing.
pub(super) fn things(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "things",
        "everything with a name: polities, people, places; a row a thing",
    )
    .whole("thing", "its number")
    .text(
        "name",
        "its name; its kind stands beside it where two share one",
    )
    .text("kind", "its kind")
    .flag(
        "unnamed",
        "whether it has no name of its own, so that it may be another that is named",
    )
    .flag(
        "words",
        "whether it is words that were quoted, such as a title",
    );
    let Some(content) = content else {
        return table;
    };
    for thing in content.things() {
        table.rows.push(vec![
            Cell::whole(thing.id.0),
            Cell::text(content.name(thing.id.0)),
            Cell::text(content.kind(thing)),
            Cell::flag(thing.unnamed),
            Cell::flag(thing.words),
        ]);
    }
    table
}

/// A row a further name.
pub(super) fn names(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new("names", "further names; a row a name")
        .whole("thing", "the thing")
        .text("name", "the name")
        .text("language", "its language or script")
        .flag(
            "doubted",
            "whether it is doubted that it is a name of this thing",
        );
    let Some(content) = content else {
        return table;
    };
    for thing in content.things() {
        for name in &thing.names {
            table.rows.push(vec![
                Cell::whole(thing.id.0),
                Cell::text(name.text.as_str()),
                Cell::maybe(name.language.as_deref()),
                Cell::flag(false),
            ]);
        }
    }
    for identity in content.chronicle.identities.iter().filter(|i| i.doubted) {
        for (thing, other) in [(identity.a, identity.b), (identity.b, identity.a)] {
            table.rows.push(vec![
                Cell::whole(thing.0),
                Cell::text(content.name(other.0)),
                Cell::Nothing,
                Cell::flag(true),
            ]);
        }
    }
    table
}

/// A row a number in somebody's gazetteer.
pub(super) fn identifiers(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "identifiers",
        "numbers of things in gazetteers and authority files",
    )
    .whole("thing", "the thing")
    .text("authority", "whose number it is, such as `geonames`")
    .text("value", "the number")
    .flag("doubted", "whether it may be the number of another");
    let Some(content) = content else {
        return table;
    };
    for thing in content.things() {
        for identifier in &thing.geography.identifiers {
            table.rows.push(vec![
                Cell::whole(thing.id.0),
                Cell::text(identifier.authority.as_str()),
                Cell::text(identifier.value.as_str()),
                Cell::flag(identifier.doubted),
            ]);
        }
    }
    table
}

/// A row a thing that lies somewhere.
pub(super) fn places(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new("places", "things that lie somewhere; a row a thing")
        .whole("thing", "the thing")
        .text("name", "its name")
        .text("kind", "its kind")
        .column("latitude", Form::Degrees, "its latitude, north positive")
        .column("longitude", Form::Degrees, "its longitude, east positive")
        .text(
            "certainty",
            "how sure that is: certain, less certain, uncertain; nothing where it is not said",
        )
        .whole("lines", "how many pieces its course or outline has");
    let Some(content) = content else {
        return table;
    };
    for thing in content.things() {
        let strokes = thing.geography.strokes.len();
        if thing.place.is_none() && strokes == 0 {
            continue;
        }
        let place = thing.place;
        table.rows.push(vec![
            Cell::whole(thing.id.0),
            Cell::text(content.name(thing.id.0)),
            Cell::text(content.kind(thing)),
            place.map_or(Cell::Nothing, |p| Cell::Degrees(p.latitude_micro)),
            place.map_or(Cell::Nothing, |p| Cell::Degrees(p.longitude_micro)),
            Cell::maybe(thing.geography.certainty.map(|c| c.word())),
            Cell::count(strokes),
        ]);
    }
    table
}

/// A row a road.
pub(super) fn roads(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "roads",
        "ways between places, travelled in both directions; a row a road",
    )
    .whole("road", "its number")
    .text("words", "its ends in words")
    .whole("from_thing", "the thing at one end")
    .whole("to_thing", "the thing at the other")
    .text("kinds", "what it leads over")
    .text("certainty", "how sure its course is, where that is said")
    .flag("doubted", "whether it is doubted that it was there");
    for road in content.iter().flat_map(|c| &c.overview.roads) {
        table.rows.push(vec![
            Cell::whole(road.id),
            Cell::text(road.words.as_str()),
            Cell::whole(road.from),
            Cell::whole(road.to),
            Cell::text(road.kinds.join(", ")),
            Cell::maybe(road.certainty),
            Cell::flag(road.doubted),
        ]);
    }
    table
}

/// A row for each account of a road's length.
pub(super) fn road_lengths(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "road_lengths",
        "how long a road is by each account; rival ones side by side",
    )
    .whole("road", "the road")
    .text("words", "the length as written")
    .whole("least_m", "the fewest metres that may mean")
    .whole("most_m", "the most metres; nothing for `at least`")
    .text("sources", "who says so");
    for road in content.iter().flat_map(|c| &c.overview.roads) {
        for distance in &road.distances {
            let metres = |m: u64| Cell::Whole(i64::try_from(m).unwrap_or(i64::MAX));
            table.rows.push(vec![
                Cell::whole(road.id),
                Cell::text(distance.words.as_str()),
                metres(distance.least_m),
                distance.most_m.map_or(Cell::Nothing, metres),
                Cell::text(source_words(&distance.sources)),
            ]);
        }
    }
    table
}
