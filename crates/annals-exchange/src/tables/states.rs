//! Tables of states: when who held what, as surely as the claims allow.

use annals::{RunSeen, StateSeen};

use super::content::Content;
use super::model::{Cell, FourBounds, Table, bound_cells, day_cells};

/// A row a state.
pub(super) fn states(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "states",
        "what may have held at some time; a row a relation with its roles filled",
    )
    .whole("state", "its number")
    .text("sentence", "the state as a sentence")
    .text("relation", "the short name of the relation")
    .whole("claims", "how many claims speak of it or bear on it");
    for state in content.iter().flat_map(|c| &c.overview.states) {
        table.rows.push(vec![
            Cell::whole(state.id),
            Cell::text(state.sentence.as_str()),
            Cell::text(state.relation.as_str()),
            Cell::count(state.claims.len()),
        ]);
    }
    table
}

/// A row for each role of each state.
pub(super) fn state_roles(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "state_roles",
        "who and what a state is about; a row for each role of each state",
    )
    .whole("state", "the state")
    .whole("position", "the role's place in the sentence, from 1")
    .text("role", "the role's name, such as `vassal`")
    .whole("thing", "the thing")
    .text("name", "its name");
    let Some(content) = content else {
        return table;
    };
    let relations = &content.chronicle.vocabulary.relations;
    for state in &content.overview.states {
        let relation = relations.iter().find(|r| r.name == state.relation);
        for (at, thing) in state.things.iter().enumerate() {
            let role = relation.and_then(|r| r.roles.get(at));
            table.rows.push(vec![
                Cell::whole(state.id),
                Cell::count(at + 1),
                Cell::maybe(role.map(|role| role.name.as_str())),
                Cell::whole(*thing),
                Cell::text(content.name(*thing)),
            ]);
        }
    }
    table
}

/// An episode of a state: a stretch of days on which it may have held without a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Episode {
    /// Whether it certainly held on some day of it.
    pub certain: bool,
    /// Earliest and latest start and end.
    pub bounds: FourBounds,
}

/// The episodes of a state, by its runs of certain and possible days.
///
/// Certain days make an episode of their own; the possible days before and after them are when it
/// may have begun and ended. Possible days between two certain runs belong to both: it may have
/// lasted through, or stopped and begun anew. Possible days beside no certain ones are an episode
/// that may not have been.
pub(crate) fn episodes_of(state: &StateSeen) -> Vec<Episode> {
    let mut episodes = Vec::new();
    let runs = &state.runs;
    let touches = |a: &RunSeen, b: &RunSeen| a.last.and_then(|d| d.checked_add(1)) == Some(b.first);
    let before = |at: usize| {
        (at > 0)
            .then(|| &runs[at - 1])
            .filter(|r| touches(r, &runs[at]))
    };
    let after = |at: usize| runs.get(at + 1).filter(|r| touches(&runs[at], r));
    for (at, run) in runs.iter().enumerate() {
        let open_before = before(at).filter(|r| !r.certain);
        let open_after = after(at).filter(|r| !r.certain);
        if run.certain {
            episodes.push(Episode {
                certain: true,
                bounds: [
                    Some(open_before.map_or(run.first, |r| r.first)),
                    Some(run.first),
                    run.last,
                    open_after.map_or(run.last, |r| r.last),
                ],
            });
        } else if before(at).is_none() && after(at).is_none() {
            episodes.push(Episode {
                certain: false,
                bounds: [Some(run.first), run.last, Some(run.first), run.last],
            });
        }
    }
    episodes
}

/// A row an episode.
pub(super) fn episodes(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new(
        "episodes",
        "stretches of time in which a state held; exact day by day in `runs`",
    )
    .whole("episode", "its number, from 1")
    .whole("state", "the state")
    .text("sentence", "the state as a sentence")
    .text("relation", "the short name of the relation")
    .flag("certain", "whether it certainly held on some day of it")
    .four_bounds();
    let Some(content) = content else {
        return table;
    };
    for state in &content.overview.states {
        for episode in episodes_of(state) {
            let mut cells = vec![
                Cell::count(table.rows.len() + 1),
                Cell::whole(state.id),
                Cell::text(state.sentence.as_str()),
                Cell::text(state.relation.as_str()),
                Cell::flag(episode.certain),
            ];
            cells.extend(bound_cells(episode.bounds, content.settings));
            table.rows.push(cells);
        }
    }
    table
}

/// A row a run of days with one verdict.
pub(super) fn runs(content: Option<&Content<'_>>) -> Table {
    let mut table = Table::new("runs", "runs of days on which a state certainly or possibly held; on other days it is impossible or unknown")
        .whole("state", "the state")
        .text("verdict", "`certain` or `possible`")
        .day("first", "the first day of the run")
        .day("last", "the last day; nothing where nothing bounds it");
    let Some(content) = content else {
        return table;
    };
    for state in &content.overview.states {
        for run in &state.runs {
            let verdict = if run.certain { "certain" } else { "possible" };
            let mut cells = vec![Cell::whole(state.id), Cell::text(verdict)];
            cells.extend(day_cells(Some(run.first), content.settings));
            cells.extend(day_cells(run.last, content.settings));
            table.rows.push(cells);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(runs: &[(i32, i32, bool)]) -> StateSeen {
        let run = |(first, last, certain): &(i32, i32, bool)| RunSeen {
            first: *first,
            last: (*last != i32::MAX).then_some(*last),
            certain: *certain,
        };
        StateSeen {
            id: 0,
            sentence: String::new(),
            relation: String::new(),
            things: vec![],
            drawn: None,
            runs: runs.iter().map(run).collect(),
            claims: vec![],
        }
    }

    #[test]
    fn possible_days_are_the_margins_of_certain_ones() {
        let found = episodes_of(&state(&[(1, 4, false), (5, 9, true), (10, 12, false)]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].bounds, [Some(1), Some(5), Some(9), Some(12)]);
    }

    #[test]
    fn a_gap_that_may_be_bridged_belongs_to_both_sides() {
        let found = episodes_of(&state(&[(1, 4, true), (5, 9, false), (10, i32::MAX, true)]));
        let bounds: Vec<_> = found.iter().map(|e| e.bounds).collect();
        assert_eq!(
            bounds,
            [
                [Some(1), Some(1), Some(4), Some(9)],
                [Some(5), Some(10), None, None]
            ]
        );
    }

    #[test]
    fn an_episode_that_may_not_have_been_is_not_certain() {
        let found = episodes_of(&state(&[(1, 4, false), (6, 9, true)]));
        let certain: Vec<bool> = found.iter().map(|e| e.certain).collect();
        assert_eq!(certain, [false, true]);
    }
}
