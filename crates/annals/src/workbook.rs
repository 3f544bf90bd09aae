//! Spreadsheets: the bytes of an `.xlsx` file to rows of text, sheet by sheet.
//!
//! A workbook is a zip archive of XML that somebody else's program wrote, so nothing in it is
//! believed: its parts are unpacked once against a limit before anything is built from them, the
//! sizes it declares are compared with what is there, and cells are taken one by one instead of
//! asking for the rectangle the sheet claims to fill. Whatever is wrong with it is a reason in
//! words, never a panic.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

/// The most bytes the parts of a workbook may unpack to, together.
const UNPACKED_LIMIT: u64 = 256 * 1024 * 1024;
/// The most cells a sheet may span, empty ones between filled ones included.
const CELL_LIMIT: usize = 4_000_000;

/// One sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Its name, as on its tab.
    pub name: String,
    /// Its rows from the first line of the sheet on, each up to its last filled cell.
    pub rows: Vec<Vec<String>>,
}

/// All sheets of a workbook, in the order of their tabs; a reason in words where one cannot be
/// read, since a table that is read in part would drop rows silently.
pub(crate) fn read_workbook(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    inspect(bytes)?;
    // The parser is an outside one and its input hostile by assumption: should it stop on a
    // broken promise of the file, that is the file's fault too, and the run goes on.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes)))
        .unwrap_or_else(|_| Err("its parts contradict each other".to_owned()))
}

/// Unpacks every part into nothing, counting: an archive that grows beyond the limit is refused
/// before any of it is kept, whatever sizes it declares.
///
/// # Errors
///
/// A reason in words why no parser should be given these bytes.
pub fn inspect(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| "it is not an .xlsx workbook, or it is damaged".to_owned())?;
    let mut left = UNPACKED_LIMIT;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_lowercase();
        let shared_strings = name.ends_with("sharedstrings.xml");
        let mut part = part.take(left + 1);
        let unpacked = if shared_strings {
            let mut xml = Vec::new();
            let size = part.read_to_end(&mut xml);
            check_string_count(&xml)?;
            size.map(|s| s as u64)
        } else {
            std::io::copy(&mut part, &mut std::io::sink())
        };
        let unpacked = unpacked.map_err(damaged)?;
        left = left.checked_sub(unpacked).ok_or_else(|| {
            format!(
                "it unpacks to more than {} MiB",
                UNPACKED_LIMIT / (1024 * 1024)
            )
        })?;
    }
    Ok(())
}

fn damaged(error: impl std::fmt::Display) -> String {
    format!("one of its parts cannot be unpacked: {error}")
}

/// The parser reserves room for as many strings as the part says it has. A string takes at
/// least the bytes of `<si/>`, so a larger count is a lie that could exhaust the memory.
fn check_string_count(xml: &[u8]) -> Result<(), String> {
    // Zero bytes are left out so that UTF-16 does not hide the attribute.
    let plain: Vec<u8> = xml.iter().copied().filter(|b| *b != 0).collect();
    let text = String::from_utf8_lossy(&plain);
    for (at, word) in text.match_indices("uniqueCount") {
        let rest = text[at + word.len()..].trim_start_matches(|c: char| !c.is_ascii_digit());
        let digits = rest.find(|c: char| !c.is_ascii_digit());
        let digits = &rest[..digits.unwrap_or(rest.len())];
        let count = digits.parse::<u64>().unwrap_or(u64::MAX);
        if !digits.is_empty() && count > xml.len() as u64 {
            return Err(format!("it says to hold {digits} texts and does not"));
        }
    }
    Ok(())
}

fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        match read_sheet(&mut book, &name) {
            Ok(rows) => sheets.push(Sheet { name, rows }),
            // A chart on a tab of its own holds no rows.
            Err(calamine::XlsxError::NotAWorksheet(_)) => {}
            Err(e) => return Err(format!("its sheet `{name}`: {e}")),
        }
    }
    Ok(sheets)
}

fn read_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Vec<Vec<String>>, calamine::XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut spanned = 0;
    while let Some(cell) = cells.next_cell()? {
        let text = cell_text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        spanned += (row + 1).saturating_sub(rows.len());
        let width = rows.get(row).map_or(0, Vec::len);
        spanned += (column + 1).saturating_sub(width);
        if spanned > CELL_LIMIT {
            return Err(calamine::XlsxError::Unexpected(
                "it spans more than four million cells",
            ));
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if width <= column {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = text;
    }
    Ok(rows)
}

/// A cell as a reader of the sheet would copy it.
fn cell_text(value: &DataRef) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        // A year is stored as 644.0; Rust prints the shortest text that means the number.
        DataRef::Float(x) => x.to_string(),
        DataRef::String(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(date) => date_text(date),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::Error(e) => e.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn date_text(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>date</t></is></c><c r="B1" t="inlineStr"><is><t>sentence</t></is></c></row>
<row r="3"><c r="A3"><v>644</v></c><c r="B3" t="inlineStr"><is><t>焉耆 falls</t></is></c></row>
</sheetData></worksheet>"#;

    fn book(sheet: &str, strings: Option<&str>) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let packaged = "http://schemas.openxmlformats.org/package/2006/relationships";
        let parts = [
            (
                "_rels/.rels",
                format!(
                    r#"<Relationships xmlns="{packaged}"><Relationship Id="r" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    r#"<workbook xmlns:r="{rels}"><sheets><sheet name="Claims" sheetId="1" r:id="s"/></sheets></workbook>"#
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"<Relationships xmlns="{packaged}"><Relationship Id="s" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
                ),
            ),
            ("xl/worksheets/sheet1.xml", sheet.to_owned()),
            (
                "xl/sharedStrings.xml",
                strings.unwrap_or("<sst></sst>").to_owned(),
            ),
        ];
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn rows_keep_their_numbers_and_a_false_dimension_costs_nothing() {
        let sheets = read_workbook(&book(SHEET, None)).unwrap();
        assert_eq!(sheets[0].name, "Claims");
        assert_eq!(sheets[0].rows.len(), 3);
        assert_eq!(sheets[0].rows[1], Vec::<String>::new());
        assert_eq!(sheets[0].rows[2], ["644", "焉耆 falls"]);
    }

    #[test]
    fn hostile_workbooks_are_reasons() {
        assert!(read_workbook(b"PK\x03\x04 not a zip").is_err());
        assert!(read_workbook(b"").is_err());
        assert!(read_workbook(&book("<worksheet><sheetData><row>", None)).is_err());
        let far = SHEET
            .replace("A3", "XFD1048576")
            .replace("r=\"3\"", "r=\"1048576\"");
        assert_eq!(
            read_workbook(&book(&far, None)).unwrap()[0].rows.len(),
            1_048_576
        );
        let wide: String = (1..400)
            .map(|r| format!(r#"<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>"#))
            .collect();
        let wide = format!("<worksheet><sheetData>{wide}</sheetData></worksheet>");
        assert!(
            read_workbook(&book(&wide, None))
                .unwrap_err()
                .contains("four million")
        );
        let liar = r#"<sst uniqueCount="99999999999999"></sst>"#;
        assert!(
            read_workbook(&book(SHEET, Some(liar)))
                .unwrap_err()
                .contains("99999999999999")
        );
    }

    #[test]
    fn a_bomb_is_stopped_before_it_unpacks() {
        let bomb = " ".repeat(UNPACKED_LIMIT as usize + 10);
        let bytes = book(&bomb, None);
        assert!(bytes.len() < 1024 * 1024);
        assert!(read_workbook(&bytes).unwrap_err().contains("MiB"));
    }

    #[test]
    fn half_a_workbook_is_a_reason_at_every_length() {
        let bytes = book(SHEET, None);
        for cut in (0..bytes.len()).step_by(37) {
            assert!(read_workbook(&bytes[..cut]).is_err());
        }
    }
}
