//! The pages of `docs/reports`, one a report code, held in the program.

/// Code and page of every report, by code.
pub const PAGES: &[(&str, &str)] = &[
    ("always-needs-timeless", include_str!("../../../docs/reports/always-needs-timeless.md")),
    ("ambiguous-name", include_str!("../../../docs/reports/ambiguous-name.md")),
    ("assumption-dropped", include_str!("../../../docs/reports/assumption-dropped.md")),
    ("bad-bibliography", include_str!("../../../docs/reports/bad-bibliography.md")),
    ("bad-choice", include_str!("../../../docs/reports/bad-choice.md")),
    ("bad-citation", include_str!("../../../docs/reports/bad-citation.md")),
    ("bad-date", include_str!("../../../docs/reports/bad-date.md")),
    ("bad-detail", include_str!("../../../docs/reports/bad-detail.md")),
    ("bad-directive", include_str!("../../../docs/reports/bad-directive.md")),
    ("bad-place", include_str!("../../../docs/reports/bad-place.md")),
    ("bad-quantity", include_str!("../../../docs/reports/bad-quantity.md")),
    ("bad-vocabulary", include_str!("../../../docs/reports/bad-vocabulary.md")),
    ("bad-workbook", include_str!("../../../docs/reports/bad-workbook.md")),
    ("bare-range", include_str!("../../../docs/reports/bare-range.md")),
    ("cannot-all-be-true", include_str!("../../../docs/reports/cannot-all-be-true.md")),
    ("conflicts-not-all", include_str!("../../../docs/reports/conflicts-not-all.md")),
    ("date-in-tail", include_str!("../../../docs/reports/date-in-tail.md")),
    ("date-list", include_str!("../../../docs/reports/date-list.md")),
    ("doubted-declaration", include_str!("../../../docs/reports/doubted-declaration.md")),
    ("duplicate-declaration", include_str!("../../../docs/reports/duplicate-declaration.md")),
    ("empty-detail", include_str!("../../../docs/reports/empty-detail.md")),
    ("empty-name", include_str!("../../../docs/reports/empty-name.md")),
    ("empty-sentence", include_str!("../../../docs/reports/empty-sentence.md")),
    ("empty-when", include_str!("../../../docs/reports/empty-when.md")),
    ("extra-cells", include_str!("../../../docs/reports/extra-cells.md")),
    ("file-too-large", include_str!("../../../docs/reports/file-too-large.md")),
    ("heading-in-fence", include_str!("../../../docs/reports/heading-in-fence.md")),
    ("hole-in-claim", include_str!("../../../docs/reports/hole-in-claim.md")),
    ("impossible-day", include_str!("../../../docs/reports/impossible-day.md")),
    ("include-cycle", include_str!("../../../docs/reports/include-cycle.md")),
    ("indented-claim", include_str!("../../../docs/reports/indented-claim.md")),
    ("kept-as-written", include_str!("../../../docs/reports/kept-as-written.md")),
    ("kind-mismatch", include_str!("../../../docs/reports/kind-mismatch.md")),
    ("label-reused", include_str!("../../../docs/reports/label-reused.md")),
    ("list-too-long", include_str!("../../../docs/reports/list-too-long.md")),
    ("list-with-label", include_str!("../../../docs/reports/list-with-label.md")),
    ("missing-colon", include_str!("../../../docs/reports/missing-colon.md")),
    ("missing-file", include_str!("../../../docs/reports/missing-file.md")),
    ("mode-in-question", include_str!("../../../docs/reports/mode-in-question.md")),
    ("name-is-pattern-word", include_str!("../../../docs/reports/name-is-pattern-word.md")),
    ("not-a-state", include_str!("../../../docs/reports/not-a-state.md")),
    ("not-utf8", include_str!("../../../docs/reports/not-utf8.md")),
    ("order-of-two", include_str!("../../../docs/reports/order-of-two.md")),
    ("patterns-overlap", include_str!("../../../docs/reports/patterns-overlap.md")),
    ("quoted-fence", include_str!("../../../docs/reports/quoted-fence.md")),
    ("same-event?", include_str!("../../../docs/reports/same-event.md")),
    ("sentence-too-long", include_str!("../../../docs/reports/sentence-too-long.md")),
    ("sentence-too-tangled", include_str!("../../../docs/reports/sentence-too-tangled.md")),
    ("sic-date", include_str!("../../../docs/reports/sic-date.md")),
    ("slot-missing", include_str!("../../../docs/reports/slot-missing.md")),
    ("stray-detail", include_str!("../../../docs/reports/stray-detail.md")),
    ("stray-label", include_str!("../../../docs/reports/stray-label.md")),
    ("table-header", include_str!("../../../docs/reports/table-header.md")),
    ("table-row", include_str!("../../../docs/reports/table-row.md")),
    ("then-without-event", include_str!("../../../docs/reports/then-without-event.md")),
    ("two-labels", include_str!("../../../docs/reports/two-labels.md")),
    ("two-modes", include_str!("../../../docs/reports/two-modes.md")),
    ("two-readings", include_str!("../../../docs/reports/two-readings.md")),
    ("two-sentences", include_str!("../../../docs/reports/two-sentences.md")),
    ("uncited", include_str!("../../../docs/reports/uncited.md")),
    ("unclosed-bracket", include_str!("../../../docs/reports/unclosed-bracket.md")),
    ("unclosed-fence", include_str!("../../../docs/reports/unclosed-fence.md")),
    ("unclosed-quote", include_str!("../../../docs/reports/unclosed-quote.md")),
    ("undeclared-name", include_str!("../../../docs/reports/undeclared-name.md")),
    ("unknown-column", include_str!("../../../docs/reports/unknown-column.md")),
    ("unknown-detail", include_str!("../../../docs/reports/unknown-detail.md")),
    ("unknown-kind", include_str!("../../../docs/reports/unknown-kind.md")),
    ("unknown-label", include_str!("../../../docs/reports/unknown-label.md")),
    ("unknown-mode", include_str!("../../../docs/reports/unknown-mode.md")),
    ("unknown-sentence", include_str!("../../../docs/reports/unknown-sentence.md")),
    ("unknown-source", include_str!("../../../docs/reports/unknown-source.md")),
    ("unreadable-file", include_str!("../../../docs/reports/unreadable-file.md")),
    ("unrecorded-change", include_str!("../../../docs/reports/unrecorded-change.md")),
];

/// The page of a code.
pub fn page(code: &str) -> Option<&'static str> {
    let bare = code.trim_end_matches('?');
    let found = PAGES.iter().find(|(name, _)| name.trim_end_matches('?') == bare);
    found.map(|(_, text)| *text)
}

/// What to say of a code that does not exist: the one most like it, else where all are listed.
pub fn suggest(code: &str) -> String {
    let like = annals::nearest(code, PAGES.iter().map(|(name, _)| *name));
    match like {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`annals explain` lists all codes".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_folder_is_held() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reports");
        let entries = std::fs::read_dir(folder).unwrap();
        let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut there: Vec<String> =
            names.filter_map(|n| n.strip_suffix(".md").map(str::to_owned)).collect();
        there.sort();
        let held: Vec<&str> = PAGES.iter().map(|(code, _)| code.trim_end_matches('?')).collect();
        assert_eq!(held, there);
    }
}
