//! Comma-separated text as historians' spreadsheets write it.
//!
//! The rows are cut here, by the rules of RFC 4180, because their physical lines matter and
//! because a quotation left open must not swallow the rows below it; the `csv` crate then reads
//! the cells of each. Semicolons and tabs are recognised, as spreadsheets of many countries write
//! them, and UTF-16, as Excel's "Unicode text" is.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};

use super::{Column, Row, Trouble};

/// Lines one cell may span. A quotation open for longer was meant to end on its line.
const LINES_PER_CELL: usize = 200;

/// Reads the rows of a CSV file, each with the number of the line it starts on. Never fails:
/// what cannot be read well is a row with its [`Trouble`]. Blank lines give no row.
pub fn read_csv(bytes: &[u8]) -> Vec<Row> {
    let bytes = as_utf8(bytes);
    let bytes: &[u8] = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let (delimiter, skipped) = delimiter(bytes);
    let mut rows = Vec::new();
    let mut at = 0;
    let mut line = 1;
    while at < bytes.len() {
        let record = record(bytes, at, delimiter);
        let body = &bytes[at..record.end];
        if line > skipped && !body.is_empty() {
            rows.push(row(body, line, delimiter, record.well));
        }
        at = record.next;
        line += record.lines;
    }
    rows
}

/// UTF-16 with a byte order mark as UTF-8; all else as it is.
fn as_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|b| read([b[0], b[1]]))
            .collect();
        Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => Cow::Borrowed(bytes),
    }
}

/// What separates the cells, and the number of lines that only say so (Excel's `sep=;`).
fn delimiter(bytes: &[u8]) -> (u8, u32) {
    let is_end = |b: &u8| matches!(b, b'\n' | b'\r');
    let first = bytes.split(is_end).find(|l| !l.is_empty()).unwrap_or(b"");
    if let [b's', b'e', b'p', b'=', sign] = first {
        return (*sign, 1);
    }
    let headings = |sign: u8| {
        let well = record(first, 0, sign).well;
        let cells = cells(first, sign, well);
        let known = cells.iter().filter(|c| Column::named(c).is_some()).count();
        (known, cells.len())
    };
    // The first of equals is kept, so a lone column is read as comma-separated.
    let mut best = (b',', headings(b','));
    for sign in [b';', b'\t', b'|'] {
        let found = headings(sign);
        if found > best.1 && found.0 >= best.1.0 {
            best = (sign, found);
        }
    }
    (best.0, 0)
}

/// Where a record ends and the next one starts.
struct Record {
    end: usize,
    next: usize,
    lines: u32,
    /// Whether its quotations are closed; otherwise the record is its first line.
    well: bool,
}

fn record(bytes: &[u8], start: usize, delimiter: u8) -> Record {
    let mut at = start;
    let mut breaks = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            let Some((after, crossed)) = quotation(bytes, at + 1, delimiter) else {
                let end = line_end(bytes, start);
                let next = after_break(bytes, end);
                return Record {
                    end,
                    next,
                    lines: 1,
                    well: false,
                };
            };
            breaks += crossed;
            at = after;
        }
        let ends = |b: &u8| *b == delimiter || matches!(b, b'\n' | b'\r');
        at += bytes[at..]
            .iter()
            .position(ends)
            .unwrap_or(bytes.len() - at);
        if bytes.get(at) == Some(&delimiter) {
            at += 1;
            continue;
        }
        let lines = breaks as u32 + 1;
        return Record {
            end: at,
            next: after_break(bytes, at),
            lines,
            well: true,
        };
    }
}

/// What follows a quotation that starts before `at`, and the line breaks in it; nothing if it is
/// not closed, or closed in the middle of a cell.
fn quotation(bytes: &[u8], mut at: usize, delimiter: u8) -> Option<(usize, usize)> {
    let mut breaks = 0;
    loop {
        match bytes.get(at)? {
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => break,
            b'\n' | b'\r' => {
                at = after_break(bytes, at);
                breaks += 1;
                if breaks > LINES_PER_CELL {
                    return None;
                }
            }
            _ => at += 1,
        }
    }
    at += 1;
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    let closed = bytes
        .get(at)
        .is_none_or(|b| *b == delimiter || matches!(b, b'\n' | b'\r'));
    closed.then_some((at, breaks))
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    let ends = |b: &u8| matches!(b, b'\n' | b'\r');
    start
        + bytes[start..]
            .iter()
            .position(ends)
            .unwrap_or(bytes.len() - start)
}

fn after_break(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(_), _) => at + 1,
        (None, _) => at,
    }
}

fn row(body: &[u8], line: u32, delimiter: u8, well: bool) -> Row {
    let utf8 = std::str::from_utf8(body).is_ok();
    let trouble = match (well, utf8) {
        (false, _) => Some(Trouble::Quotes),
        (true, false) => Some(Trouble::NotUtf8),
        (true, true) => None,
    };
    Row {
        line,
        cells: cells(body, delimiter, well),
        trouble,
    }
}

/// The cells of one record; quotes are ordinary characters where they are not closed.
fn cells(body: &[u8], delimiter: u8, well: bool) -> Vec<String> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(well)
        .buffer_capacity(body.len().clamp(16, 1 << 16))
        .from_reader(body);
    let mut record = ByteRecord::new();
    // Reading from memory cannot fail, and flexible records may have any length.
    let _ = reader.read_byte_record(&mut record);
    record
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).into_owned())
        .collect()
}
