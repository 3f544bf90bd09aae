//! Tables of what sources say.

use annals::{ClaimRecord, RoleSeen};

use super::content::Content;
use super::model::{Cell, Table, bound_cells, bounds_of, source_words};

/// A row a claim.
pub(super) fn claims(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "claims",
        "what a source says; a row a claim, drafts included",
    )
    .whole("claim", "its number in the order of the text")
    .text("label", "the label of what it tells of, without `#`")
    .text("date", "its date as written")
    .text("sentence", "its sentence in the words of the vocabulary")
    .text("words", "its date and sentence as written")
    .text(
        "mode",
        "asserted, denied, unknown whether, attempted, planned, ordered, expected, refused",
    )
    .flag("doubted", "whether the source itself doubts it")
    .flag("draft", "whether it is a draft, from which nothing follows")
    .text("about", "event, state, or words that were only quoted")
    .text(
        "type",
        "the short name of the kind of event or of the relation",
    )
    .text("sources", "who says so, with page or folio")
    .text("passage", "the passage quoted")
    .text("section", "the section it stands in")
    .text("file", "the file it stands in")
    .whole("line", "its line there")
    .whole("event", "the event or mention it tells of")
    .text(
        "days",
        "the days of what it tells of, in words, by everything known of it",
    )
    .flag(
        "proven",
        "whether these days are exact; otherwise no other day is possible",
    )
    .four_bounds();
    let Some(content) = content else {
        return table;
    };
    table.rows = content
        .claims
        .iter()
        .map(|record| claim(record, content))
        .collect();
    table
}

fn claim(record: &ClaimRecord, content: &Content<'_>) -> Vec<Cell> {
    let claim = &record.claim;
    let about = match (record.type_name.is_empty(), record.of_state) {
        (true, _) => "words",
        (false, true) => "state",
        (false, false) => "event",
    };
    let mut cells = vec![
        Cell::whole(claim.claim),
        Cell::maybe(claim.label.as_deref()),
        Cell::text(record.date.as_str()),
        Cell::text(claim.sentence.as_str()),
        Cell::text(claim.words.as_str()),
        Cell::text(claim.mode),
        Cell::flag(claim.doubted),
        Cell::flag(record.draft),
        Cell::text(about),
        Cell::text(record.type_name.as_str()),
        Cell::text(source_words(&claim.sources)),
        Cell::maybe(claim.passage.as_deref()),
        Cell::maybe(claim.section.as_deref()),
        Cell::text(claim.file.as_str()),
        Cell::whole(claim.line),
        Cell::whole(record.event),
        Cell::text(record.days.as_str()),
        Cell::flag(record.proven),
    ];
    let bounds = bounds_of(&record.start, record.end.as_deref());
    cells.extend(bound_cells(bounds, content.settings));
    cells
}

/// A row for each source of each claim.
pub(super) fn attestations(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "attestations",
        "who says what; a row for each source of each claim",
    )
    .whole("claim", "the claim")
    .text("source", "the key of the source")
    .text("locator", "page, folio, chapter")
    .text("via", "the key of the source through which it is known");
    for record in content.iter().flat_map(|c| &c.claims) {
        for source in &record.claim.sources {
            table.rows.push(vec![
                Cell::whole(record.claim.claim),
                Cell::text(source.key.as_str()),
                Cell::maybe(source.locator.as_deref()),
                Cell::maybe(source.via.as_deref()),
            ]);
        }
    }
    table
}

/// A row for each thing in each claim.
pub(super) fn participants(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "participants",
        "who and what a claim names; a row for each thing in each claim",
    )
    .whole("claim", "the claim")
    .whole("event", "the event or mention it tells of")
    .text("role", "the role or circumstance, such as `captor` or `at`")
    .flag(
        "circumstance",
        "whether it is a circumstance beside the sentence's own roles",
    )
    .whole("thing", "the thing")
    .text("name", "its name")
    .flag(
        "one_of",
        "whether one of several is meant and it is not said which",
    );
    let Some(content) = content else {
        return table;
    };
    for record in &content.claims {
        let mut push = |role: &RoleSeen, circumstance: bool| {
            for thing in &role.things {
                table.rows.push(vec![
                    Cell::whole(record.claim.claim),
                    Cell::whole(record.event),
                    Cell::text(role.role.as_str()),
                    Cell::flag(circumstance),
                    Cell::whole(*thing),
                    Cell::text(content.name(*thing)),
                    Cell::flag(role.one_of),
                ]);
            }
        };
        record.roles.iter().for_each(|role| push(role, false));
        record
            .circumstances
            .iter()
            .for_each(|role| push(role, true));
    }
    table
}

/// A row a detail.
pub(super) fn details(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "details",
        "what a claim says in addition: forces, losses, notes; a row a detail",
    )
    .whole("claim", "the claim")
    .text("key", "what it is, such as `force of` or `note`")
    .text(
        "of",
        "whose it is; several for a figure of all of them together",
    )
    .text("words", "the detail as written; of quoted words, the words")
    .flag("doubted", "whether it is doubted");
    let Some(content) = content else {
        return table;
    };
    for record in &content.claims {
        for detail in &record.details {
            let of: Vec<&str> = detail.of.iter().map(|thing| content.name(*thing)).collect();
            table.rows.push(vec![
                Cell::whole(record.claim.claim),
                Cell::text(detail.key.as_str()),
                Cell::text(of.join(" and ")),
                Cell::text(detail.words.as_str()),
                Cell::flag(detail.doubted),
            ]);
        }
    }
    table
}
