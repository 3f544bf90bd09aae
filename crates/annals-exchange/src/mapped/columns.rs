//! Where the columns of a map stand in a table.

use std::collections::BTreeMap;

use annals::nearest;

use super::map::Map;
use super::{Problem, Row};

/// Where each column stands.
pub(super) struct Places<'m> {
    pub(super) of: BTreeMap<&'m str, usize>,
}

impl Places<'_> {
    /// The cell of a column; none where the map names no such column.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: &str) -> Result<&'r str, Problem> {
        let Some(at) = self.of.get(column) else {
            return Ok("");
        };
        if let Some((_, trouble)) = row.troubles.iter().find(|(place, _)| place == at) {
            return Err(row.problem(Some(column), trouble.clone()));
        }
        // An apostrophe that keeps a spreadsheet from reckoning with a cell is none of its words.
        let cell = row.cells.get(*at).map_or("", String::as_str);
        Ok(crate::csv::unguarded(cell))
    }
}

/// Where the columns of the map stand in the table.
pub(super) fn places<'m>(header: &Row, map: &'m Map) -> Result<Places<'m>, Vec<Problem>> {
    let mut places = Places {
        of: BTreeMap::new(),
    };
    let mut problems = Vec::new();
    for column in map.named() {
        let mut found = header
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| *cell == column);
        match (found.next(), found.next()) {
            (Some((at, _)), None) => {
                places.of.insert(column, at);
            }
            (Some(_), Some(_)) => {
                problems.push(
                    header.problem(Some(column), "two columns have this name; give them two"),
                );
            }
            (None, _) => {
                let near = nearest(column, header.cells.iter().map(String::as_str));
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                problems.push(header.problem(
                    None,
                    format!("the map names a column `{column}` that the table does not have{hint}"),
                ));
            }
        }
    }
    if problems.is_empty() {
        Ok(places)
    } else {
        Err(problems)
    }
}

/// Columns of the table that the map does not name.
pub(super) fn unused(header: &Row, map: &Map) -> Vec<String> {
    let named = map.named();
    let unused = header
        .cells
        .iter()
        .filter(|cell| !named.contains(&cell.as_str()));
    unused.filter(|cell| !cell.is_empty()).cloned().collect()
}
