//! Carrying out the edits that reports propose.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Edit, FileId, Report};

/// The text after the edits, whose spans are byte ranges of it; their file is not looked at.
///
/// Insertions at one place stand in the order given. An edit that overlaps one before it in the
/// text, or lies outside the text or inside a character, is left out: half an edit would be worse
/// than none. [`safe_edits`] chooses edits that do not overlap.
pub fn apply_edits(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let (Some(before), true) = (text.get(done..start), text.get(start..end).is_some()) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&edit.replacement);
        done = end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// The edits of the safe remedies of all reports, of each report the first safe one.
///
/// A remedy is taken whole or not at all: one that overlaps a remedy taken before it is left for
/// the next run. The same remedy proposed by several reports is taken once.
pub fn safe_edits(reports: &[Report]) -> Vec<Edit> {
    let mut taken: BTreeMap<(FileId, u32), u32> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut edits: Vec<Edit> = Vec::new();
    for report in reports {
        let Some(remedy) = report
            .remedies
            .iter()
            .find(|r| r.safe && !r.edits.is_empty())
        else {
            continue;
        };
        let whole: Vec<_> = remedy
            .edits
            .iter()
            .map(|e| (e.span, e.replacement.as_str()))
            .collect();
        let free = remedy.edits.iter().all(|e| !overlaps_taken(&taken, e));
        if !free || overlap_each_other(&remedy.edits) || !seen.insert(whole) {
            continue;
        }
        for edit in &remedy.edits {
            let end = taken
                .entry((edit.span.file, edit.span.start))
                .or_insert(edit.span.end);
            *end = edit.span.end.max(*end);
        }
        edits.extend(remedy.edits.iter().cloned());
    }
    edits
}

/// Whether an edit touches bytes a taken edit replaces. Insertions at one place do not: both
/// stand. The ranges taken never overlap, so the nearest one before and the first one after the
/// edit's start decide.
fn overlaps_taken(taken: &BTreeMap<(FileId, u32), u32>, edit: &Edit) -> bool {
    let (file, start, end) = (edit.span.file, edit.span.start, edit.span.end);
    let before = taken.range((file, 0)..(file, start)).next_back();
    let after = taken.range((file, start)..(file, end.max(start))).next();
    let same = taken
        .get(&(file, start))
        .is_some_and(|e| *e > start && end > start);
    before.is_some_and(|(_, e)| *e > start) || after.is_some_and(|((_, s), _)| *s > start) || same
}

fn overlap_each_other(edits: &[Edit]) -> bool {
    let mut spans: Vec<_> = edits.iter().map(|e| e.span).collect();
    spans.sort_by_key(|s| (s.file, s.start, s.end));
    spans
        .windows(2)
        .any(|w| w[0].file == w[1].file && w[0].end > w[1].start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    fn edit(start: u32, end: u32, replacement: &str) -> Edit {
        Edit {
            span: Span::new(FileId(0), start, end),
            replacement: replacement.to_string(),
        }
    }

    #[test]
    fn edits_apply_in_the_order_of_the_text() {
        let edits = [
            edit(4, 5, ": "),
            edit(0, 0, "person X\n"),
            edit(0, 0, "person Y\n"),
        ];
        assert_eq!(apply_edits("644 .T", &edits), "person X\nperson Y\n644 : T");
        assert_eq!(apply_edits("唐伐", &[edit(3, 3, " ")]), "唐 伐");
    }

    #[test]
    fn what_overlaps_or_lies_outside_is_left_out() {
        let edits = [
            edit(0, 3, "a"),
            edit(2, 4, "b"),
            edit(9, 12, "c"),
            edit(4, 4, "d"),
        ];
        assert_eq!(apply_edits("012345", &edits), "a3d45");
        assert_eq!(apply_edits("唐", &[edit(1, 2, "x")]), "唐");
    }

    #[test]
    fn safe_remedies_are_taken_whole_and_once() {
        let report = |edits: Vec<Edit>, safe| Report::error("x", "x").fix("mend", edits, safe);
        let reports = [
            report(vec![edit(0, 0, "person X\n")], true),
            report(vec![edit(0, 0, "person X\n")], true),
            report(vec![edit(0, 0, "person Y\n")], true),
            report(vec![edit(5, 9, "a"), edit(20, 21, "b")], true),
            report(vec![edit(8, 8, "c"), edit(30, 31, "d")], true),
            report(vec![edit(40, 41, "e")], false),
            report(vec![edit(50, 53, "f"), edit(52, 54, "g")], true),
            report(vec![edit(4, 6, "h")], true),
            report(vec![edit(9, 10, "i")], true),
        ];
        let words: Vec<_> = safe_edits(&reports)
            .into_iter()
            .map(|e| e.replacement)
            .collect();
        assert_eq!(words, ["person X\n", "person Y\n", "a", "b", "i"]);
    }
}
