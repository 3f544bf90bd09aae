//! Tables of witnesses, and of the chronicle itself.

use super::content::Content;
use super::model::{Cell, Table, day_cells};

/// A row a source.
pub(super) fn sources(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new("sources", "witnesses; a row a source")
        .text("source", "its key, as cited after `@`")
        .text("title", "its title")
        .text("author", "its author")
        .text("year", "its year, as the bibliography has it")
        .flag("is_file", "whether it stands for a file that cites nobody")
        .whole("claims", "how many claims it attests, drafts left out");
    for source in content.iter().flat_map(|c| &c.overview.sources) {
        let field = |name: &str| {
            let found = source.fields.iter().find(|(key, _)| key == name);
            Cell::maybe(found.map(|(_, value)| value.as_str()))
        };
        table.rows.push(vec![
            Cell::text(source.key.as_str()),
            field("title"),
            field("author"),
            field("year"),
            Cell::flag(source.is_file),
            Cell::count(source.claims),
        ]);
    }
    table
}

/// A row a field of a source.
pub(super) fn source_fields(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "source_fields",
        "everything a bibliography says of a source; a row a field",
    )
    .text("source", "the source")
    .text("field", "the field, such as `publisher`")
    .text("value", "its words");
    for source in content.iter().flat_map(|c| &c.overview.sources) {
        for (field, value) in &source.fields {
            table.rows.push(vec![
                Cell::text(source.key.as_str()),
                Cell::text(field.as_str()),
                Cell::text(value.as_str()),
            ]);
        }
    }
    table
}

/// One row.
pub(super) fn chronicle(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new("chronicle", "the chronicle itself; one row")
        .text("title", "its title")
        .text(
            "calendar",
            "the calendar of the `_year` columns and of days in words",
        )
        .day("covers_first", "the first day it covers")
        .day("covers_last", "the last day it covers");
    let Some(content) = content else {
        return table;
    };
    let overview = &content.overview;
    let mut cells = vec![
        Cell::maybe(overview.title.as_deref()),
        Cell::text(overview.calendar.name.as_str()),
    ];
    cells.extend(day_cells(overview.covers.map(|c| c.0), content.settings));
    cells.extend(day_cells(overview.covers.map(|c| c.1), content.settings));
    table.rows.push(cells);
    table
}
