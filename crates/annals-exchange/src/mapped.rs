//! Tables in: a row of somebody's spreadsheet becomes a claim for review.
//!
//! What comes in: the bytes of a CSV file or a workbook, and a map that says what its columns
//! mean. What goes out: `.annals` text, drafts all, that carries the number of each row. Nothing is
//! guessed: a cell that can be read in two ways is refused with its row and column, and a date
//! that stands for "no date" in some database (9999, 1900-01-00) is never taken for one.
//! CSV is read and written row by row; what is kept in memory are the names it declares.

mod asked;
mod columns;
mod csv_rows;
mod dates;
mod draft;
mod map;
pub(crate) mod names;
mod propose;
mod sheet;
mod template;

use std::fmt;

pub use asked::{Import, Known, Refusing, Summary};
pub use draft::{import_csv, import_xlsx};
pub use map::{Map, MapFault, read_map};
pub use propose::{propose_for_csv, propose_for_xlsx};

/// One cell or row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The row, the row of column names being the first.
    pub row: u64,
    /// The line of the file, where rows and lines differ.
    pub line: Option<u64>,
    /// The name of the column, where the problem lies in one.
    pub column: Option<String>,
    /// What is wrong, and what can be done about it.
    pub words: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        write!(f, ": {}", self.words)
    }
}

/// A row as its file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its number, the row of column names being 1.
    pub number: u64,
    /// The line of the file it starts on; 0 in a workbook.
    pub line: u64,
    /// Its cells, blanks around them taken off.
    pub cells: Vec<String>,
    /// Cells that hold what nobody should have to guess, by their place: why.
    pub troubles: Vec<(usize, String)>,
}

impl Row {
    pub(crate) fn is_blank(&self) -> bool {
        self.troubles.is_empty() && self.cells.iter().all(String::is_empty)
    }

    pub(crate) fn problem(&self, column: Option<&str>, words: impl Into<String>) -> Problem {
        Problem {
            row: self.number,
            line: (self.line != 0 && self.line != self.number).then_some(self.line),
            column: column.map(str::to_owned),
            words: words.into(),
        }
    }
}

/// Where rows come from.
pub(crate) trait Rows {
    /// The next row into `row`; `false` after the last one.
    ///
    /// # Errors
    ///
    /// Something after which no further row can be told from another.
    fn next_row(&mut self, row: &mut Row) -> Result<bool, Problem>;

    /// Whether cells at the end of a row may be missing, as spreadsheets leave them out.
    fn may_be_short(&self) -> bool;
}
