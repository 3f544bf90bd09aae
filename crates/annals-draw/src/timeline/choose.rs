//! What fits: the window of a timeline, and which rows are left when there are too many.

use annals_query::Overview;

use super::rows::{Of, Row, Section};
use crate::marks::Run;

/// The days on which something changes, with a little room on both sides; all that the overview
/// covers if nothing does.
///
/// The days on which coverage begins and ends are no changes: nothing happens on them.
pub fn natural_window(overview: &Overview, sections: &[Section]) -> (i32, i32) {
    let mut days: Vec<i32> = Vec::new();
    let (begin, end) = crate::words::covered(overview);
    let mut add = |day: Option<i32>| {
        days.extend(day.filter(|day| *day > begin && *day < end));
    };
    for row in sections.iter().flat_map(|section| &section.rows) {
        for run in row.when.runs() {
            add(run.first);
            add(run.last);
        }
    }
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return (overview.first, overview.last.max(overview.first));
    };
    let room = ((i64::from(*last) - i64::from(*first)) / 24).clamp(2, 36_500) as i32;
    let (low, high) = match overview.covers {
        Some((low, high)) => (low.min(*first), high.max(*last)),
        None => (i32::MIN, i32::MAX),
    };
    (
        first.saturating_sub(room).max(low),
        last.saturating_add(room).min(high),
    )
}

/// Drops rows that have no day in the window; tells how many.
pub fn keep_window(sections: &mut Vec<Section>, (first, last): (i32, i32)) -> usize {
    let mut dropped = 0;
    for section in sections.iter_mut() {
        let before = section.rows.len();
        section.rows.retain(|row| {
            row.when.runs().iter().any(|run| {
                run.first.is_none_or(|day| day <= last) && run.last.is_none_or(|day| day >= first)
            })
        });
        dropped += before - section.rows.len();
    }
    sections.retain(|section| !section.rows.is_empty());
    dropped
}

/// Keeps the most telling rows, in their order; the rest is kept as days only.
pub fn keep_most_telling(sections: &mut Vec<Section>, most: usize) {
    let total: usize = sections.iter().map(|section| section.rows.len()).sum();
    if total <= most {
        return;
    }
    let mut weights: Vec<(std::cmp::Reverse<usize>, usize)> = sections
        .iter()
        .flat_map(|section| &section.rows)
        .enumerate()
        .map(|(at, row)| (std::cmp::Reverse(row.weight), at))
        .collect();
    weights.sort_unstable();
    let mut kept = vec![false; total];
    for (_, at) in weights.into_iter().take(most) {
        kept[at] = true;
    }
    let mut at = 0;
    let mut rest: Vec<Run> = Vec::new();
    for section in sections.iter_mut() {
        let (mut rows, mut more) = (Vec::new(), Vec::new());
        for row in std::mem::take(&mut section.rows) {
            if kept[at] {
                rows.push(row);
            } else {
                more.extend(whole(&row));
            }
            at += 1;
        }
        section.rows = rows;
        // A section of which nothing is left joins the others of its like.
        if section.rows.is_empty() {
            rest.append(&mut more);
        }
        section.more = more;
    }
    sections.retain(|section| !section.rows.is_empty());
    if let Some(last) = sections.last_mut() {
        last.more.append(&mut rest);
    }
    for section in sections {
        lift(&mut section.rows);
    }
}

/// The days of a row from first to last.
fn whole(row: &Row) -> Option<Run> {
    let runs = row.when.runs();
    Some(Run {
        first: runs.first()?.first,
        last: runs.last()?.last,
        certain: false,
    })
}

/// Rows whose wholes are gone move up to the next that is there.
fn lift(rows: &mut [Row]) {
    let mut open: Vec<(u32, usize)> = Vec::new();
    for row in rows {
        let Of::Event(event) = row.of else {
            continue;
        };
        while let Some((id, _)) = open.last() {
            if event.part_of.contains(id) {
                break;
            }
            open.pop();
        }
        row.depth = open.last().map_or(0, |(_, depth)| depth + 1);
        open.push((event.id, row.depth));
    }
}
