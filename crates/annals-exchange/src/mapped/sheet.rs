//! The rows of a workbook's sheet. A cell that a spreadsheet program made something of (a date, an
//! error) and a cell that is one of several merged ones are no witness of what was typed, so they
//! are refused where a claim would rest on them.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use annals::inspect_workbook;
use calamine::{DataRef, Reader, Xlsx};

use super::{Problem, Row, Rows};
use crate::xlsx::reference;

/// The most cells a row may have.
const MOST_CELLS: usize = 1000;

/// The rows of a sheet.
pub(crate) struct SheetRows {
    rows: std::vec::IntoIter<Row>,
}

impl SheetRows {
    /// Reads a sheet: the one named, or the only one.
    pub(crate) fn new(bytes: &[u8], sheet: Option<&str>) -> Result<SheetRows, Problem> {
        let fault = |words: String| {
            let head = Row {
                number: 1,
                ..Row::default()
            };
            head.problem(None, words)
        };
        inspect_workbook(bytes)
            .map_err(|why| fault(format!("the workbook cannot be read: {why}")))?;
        // The parser is an outside one and its input hostile by assumption.
        let read = catch_unwind(AssertUnwindSafe(|| read(bytes, sheet)))
            .unwrap_or_else(|_| Err("its parts contradict each other".to_owned()));
        let rows = read.map_err(|why| fault(format!("the workbook cannot be read: {why}")))?;
        Ok(SheetRows {
            rows: rows.into_iter(),
        })
    }
}

impl Rows for SheetRows {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, Problem> {
        match self.rows.next() {
            Some(next) => {
                *row = next;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    fn may_be_short(&self) -> bool {
        true
    }
}

fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Row>, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let names = book.sheet_names();
    let name = match (sheet, names.as_slice()) {
        (Some(wanted), names) if names.iter().any(|n| n == wanted) => wanted.to_owned(),
        (Some(wanted), names) => {
            return Err(format!(
                "it has no sheet `{wanted}`; it has {}",
                names.join(", ")
            ));
        }
        (None, [only]) => only.clone(),
        (None, names) => {
            return Err(format!(
                "it has several sheets ({}); say in the map which one: `sheet = \"…\"`",
                names.join(", ")
            ));
        }
    };
    let merged = book
        .merge_cells_by_sheet_name(&name)
        .map_err(|e| e.to_string())?;
    let mut rows = cells(&mut book, &name)?;
    formulas(&mut book, &name, &mut rows);
    for region in merged {
        let (start, end) = (region.start, region.end);
        let words = format!(
            "the cell is one of several merged ones ({} to {}), and it is not said which rows they speak of; unmerge them and fill each",
            reference(start.1 as usize, start.0 as usize + 1),
            reference(end.1 as usize, end.0 as usize + 1)
        );
        let of_region = rows.iter_mut().skip(start.0 as usize);
        for row in of_region.take((end.0 - start.0) as usize + 1) {
            for column in start.1..=end.1.min(MOST_CELLS as u32) {
                row.troubles.push((column as usize, words.clone()));
            }
        }
    }
    Ok(rows)
}

/// Formulas that no value was stored with: a program wrote the workbook and nothing reckoned it.
fn formulas(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, rows: &mut Vec<Row>) {
    let Ok(found) = book.worksheet_formula(name) else {
        return;
    };
    let (top, left) = found.start().unwrap_or_default();
    for (row, column, formula) in found.used_cells() {
        let (row, column) = (row + top as usize, column + left as usize);
        if formula.is_empty() || column >= MOST_CELLS {
            continue;
        }
        while rows.len() <= row {
            let number = rows.len() as u64 + 1;
            rows.push(Row {
                number,
                ..Row::default()
            });
        }
        let into = &mut rows[row];
        if into.cells.len() <= column {
            into.cells.resize(column + 1, String::new());
        }
        if into.cells[column].is_empty() {
            into.cells[column] = format!("={formula}");
            let words = "the cell holds a formula and no value; open the workbook in a spreadsheet program, save it, and import it again";
            into.troubles.push((column, words.to_owned()));
        }
    }
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, String> {
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|e| e.to_string())?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|e| e.to_string())? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let found = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(n) => Ok(n.to_string()),
            // A year is stored as 644.0; Rust prints the shortest text that means the number.
            DataRef::Float(x) => Ok(x.to_string()),
            DataRef::String(s) => Ok(s.trim().to_owned()),
            DataRef::SharedString(s) => Ok(s.trim().to_owned()),
            DataRef::Bool(b) => Ok(b.to_string()),
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) => Err(
                "the spreadsheet keeps this cell as a date of its own, which is Gregorian and may be none that anybody typed; format the column as text and type what the source says",
            ),
            DataRef::DurationIso(_) => Err("the spreadsheet keeps this cell as a length of time"),
            DataRef::Error(_) => Err("the cell holds an error of the spreadsheet"),
        };
        if column >= MOST_CELLS {
            return Err(format!(
                "the cell {} lies beyond {MOST_CELLS} columns",
                reference(column, row + 1)
            ));
        }
        while rows.len() <= row {
            let number = rows.len() as u64 + 1;
            rows.push(Row {
                number,
                ..Row::default()
            });
        }
        let into = &mut rows[row];
        if into.cells.len() <= column {
            into.cells.resize(column + 1, String::new());
        }
        match found {
            Ok(text) => into.cells[column] = text,
            Err(words) => {
                // What the sheet has there, for the comment that a row left out becomes.
                into.cells[column] = match cell.get_value() {
                    DataRef::DateTime(date) => format!("date {}", date.as_f64()),
                    DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
                    other => format!("{other:?}"),
                };
                into.troubles.push((column, words.to_owned()));
            }
        }
    }
    Ok(rows)
}
