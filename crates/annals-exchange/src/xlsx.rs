//! Tables as an `.xlsx` workbook, a sheet a table.
//!
//! Words are written as inline strings and numbers as numbers, so that no spreadsheet program
//! makes a date or a formula of anything. The archive's times are fixed: same text, same bytes.
//! The parts are those that ECMA-376 (Office Open XML, part 1, chapters 12 and 18) asks of a
//! workbook, and no more.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::tables::{Cell, Table};
use crate::xml::escaped;

/// The most rows a sheet may have, its column names included.
const MOST_ROWS: usize = 1_048_576;
/// The most characters a cell may hold (unit: UTF-16 code units).
const MOST_UNITS: usize = 32_767;

/// One plain and one bold style, the second for the names of columns.
const STYLES: &str = include_str!("xlsx/styles.xml");
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The bytes of a workbook with the tables.
///
/// # Errors
///
/// Words that name the table or the cell that a workbook cannot hold: nothing is cut in silence.
pub fn xlsx_bytes(tables: &[Table]) -> Result<Vec<u8>, String> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let written = zip
            .start_file(name, options)
            .map_err(|e| e.to_string())
            .and_then(|()| zip.write_all(text.as_bytes()).map_err(|e| e.to_string()));
        written.map_err(|e| format!("the part `{name}` cannot be written: {e}"))
    };
    part("[Content_Types].xml", &content_types(tables.len()))?;
    part(
        "_rels/.rels",
        &relations(&[("officeDocument", "xl/workbook.xml".to_owned())]),
    )?;
    part("xl/workbook.xml", &workbook(tables))?;
    let sheets = (1..=tables.len()).map(|n| ("worksheet", format!("worksheets/sheet{n}.xml")));
    let sheets: Vec<_> = sheets
        .chain([("styles", "styles.xml".to_owned())])
        .collect();
    part("xl/_rels/workbook.xml.rels", &relations(&sheets))?;
    part("xl/styles.xml", STYLES)?;
    for (n, table) in (1..).zip(tables) {
        part(&format!("xl/worksheets/sheet{n}.xml"), &sheet(table)?)?;
    }
    let cursor = zip.finish().map_err(|e| e.to_string())?;
    Ok(cursor.into_inner())
}

fn content_types(sheets: usize) -> String {
    let prefix = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut parts = format!(
        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"{prefix}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{prefix}.styles+xml\"/>"
    );
    for n in 1..=sheets {
        parts += &format!(
            "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{prefix}.worksheet+xml\"/>"
        );
    }
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

fn relations(targets: &[(&str, String)]) -> String {
    let mut links = String::new();
    for (n, (kind, target)) in (1..).zip(targets) {
        links += &format!(
            "<Relationship Id=\"rId{n}\" Type=\"{DOCUMENT}/{kind}\" Target=\"{target}\"/>"
        );
    }
    format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\">{links}</Relationships>")
}

fn workbook(tables: &[Table]) -> String {
    let mut sheets = String::new();
    for (n, table) in (1..).zip(tables) {
        sheets += &format!(
            "<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>",
            table.name
        );
    }
    format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\"><sheets>{sheets}</sheets></workbook>"
    )
}

fn sheet(table: &Table) -> Result<String, String> {
    if table.rows.len() + 1 > MOST_ROWS {
        return Err(format!(
            "the table `{}` has {} rows, and a sheet holds {MOST_ROWS}; write CSV or SQLite",
            table.name,
            table.rows.len()
        ));
    }
    let mut rows = String::from("<row r=\"1\">");
    for (at, column) in table.columns.iter().enumerate() {
        rows += &words(&reference(at, 1), &column.name, " s=\"1\"");
    }
    rows += "</row>";
    for (number, row) in (2usize..).zip(&table.rows) {
        rows += &format!("<row r=\"{number}\">");
        for (at, cell) in row.iter().enumerate() {
            let place = reference(at, number);
            match cell {
                Cell::Nothing => {}
                Cell::Whole(_) | Cell::Degrees(_) => {
                    rows += &format!("<c r=\"{place}\"><v>{cell}</v></c>");
                }
                Cell::Text(text) if text.encode_utf16().count() > MOST_UNITS => {
                    return Err(format!(
                        "the cell {place} of `{}` is longer than the {MOST_UNITS} characters of a \
                         workbook's cell; write CSV, JSON or SQLite",
                        table.name
                    ));
                }
                Cell::Text(text) => rows += &words(&place, text, ""),
            }
        }
        rows += "</row>";
    }
    Ok(format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><sheetData>{rows}</sheetData></worksheet>"
    ))
}

fn words(place: &str, text: &str, style: &str) -> String {
    format!(
        "<c r=\"{place}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        escaped(text)
    )
}

/// `A1`, `Z1`, `AA1`.
pub(crate) fn reference(column: usize, row: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + u8::try_from(left % 26).unwrap_or(0));
        left /= 26;
    }
    letters.reverse();
    format!("{}{row}", String::from_utf8_lossy(&letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_letters() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702]
            .iter()
            .map(|c| reference(*c, 7))
            .collect();
        assert_eq!(names, ["A7", "Z7", "AA7", "AZ7", "BA7", "ZZ7", "AAA7"]);
    }
}
