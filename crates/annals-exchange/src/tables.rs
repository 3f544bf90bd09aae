//! A compiled chronicle as tables: what `sql`, CSV, XLSX, JSON and SQLite all show.
//!
//! What comes in: a [`Content`]. What goes out: [`Table`]s of whole numbers and words, whose
//! columns are described where they are made, so that the documentation cannot fall behind.
//! A day stands in three columns: the year by the chronicle's calendar, an ISO date and a Julian
//! day number. No column has a date type, since neither spreadsheets nor libraries agree on days
//! before 1900, and none of them on days before Christ.

mod claims;
mod content;
mod events;
mod model;
mod sources;
mod states;
mod things;

pub use content::Content;
pub use model::{Cell, Column, Form, Table};

pub(crate) use model::{FourBounds, bound_cells, bounds_of, degrees, iso_day, source_words};
pub(crate) use states::episodes_of;

/// Every table, in the order in which a reader meets them. Without a content they have no rows and
/// show their columns alone.
pub fn tables(content: Option<&Content<'_>>) -> Vec<Table> {
    vec![
        claims::claims(content),
        claims::attestations(content),
        claims::participants(content),
        claims::details(content),
        events::events(content),
        events::parts(content),
        events::bounds(content),
        events::rivals(content),
        states::states(content),
        states::state_roles(content),
        states::episodes(content),
        states::runs(content),
        events::conflicts(content),
        sources::sources(content),
        sources::source_fields(content),
        things::things(content),
        things::names(content),
        things::identifiers(content),
        things::places(content),
        things::roads(content),
        things::road_lengths(content),
        sources::chronicle(content),
    ]
}

/// The table of that name; an empty one tells its columns.
pub fn table_named(content: Option<&Content<'_>>, name: &str) -> Option<Table> {
    tables(content).into_iter().find(|table| table.name == name)
}
