//! Tables of claims: a `.csv` file is one table, every sheet of an `.xlsx` workbook is one.
//!
//! Each becomes a text of its own, line n for row n, named `book.xlsx (Sheet1)` for a sheet, so
//! that reports point at rows.

use annals_syntax::{Row, Tree, lay_out, parse_table, read_csv};
use annals_text::{Files, Report, Span};

use crate::workbook::read_workbook;

/// The trees of the tables a file holds. `span` is where the file is named, if anywhere.
pub(crate) fn read_tables(
    files: &mut Files,
    path: &str,
    bytes: &[u8],
    span: Option<Span>,
) -> (Vec<Tree>, Vec<Report>) {
    let name = path.to_lowercase();
    if !(name.ends_with(".xlsx") || name.ends_with(".xlsm")) {
        let (tree, reports) = read_table(files, path, &read_csv(bytes));
        return (vec![tree], reports);
    }
    let sheets = match read_workbook(bytes) {
        Ok(sheets) => sheets,
        Err(why) => {
            let report = Report::error("bad-workbook", format!("`{path}` cannot be read: {why}"))
                .note("none of its sheets is used, so that no row is dropped in silence")
                .help("open it in a spreadsheet program and save it again, or save it as CSV");
            let report = match span {
                Some(span) => report.at(span, "named here"),
                None => report,
            };
            return (vec![], vec![report]);
        }
    };
    let (mut trees, mut reports) = (Vec::new(), Vec::new());
    for sheet in sheets {
        let rows: Vec<Row> = (1..)
            .zip(sheet.rows)
            .filter(|(_, cells)| !cells.is_empty())
            .map(|(line, cells)| Row::new(line, cells))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let (tree, more) = read_table(files, &format!("{path} ({})", sheet.name), &rows);
        trees.push(tree);
        reports.extend(more);
    }
    (trees, reports)
}

fn read_table(files: &mut Files, name: &str, rows: &[Row]) -> (Tree, Vec<Report>) {
    let table = lay_out(rows);
    let id = files.add(name, table.text.as_str());
    parse_table(files, id, &table)
}
