//! CSV row by row, strictly by RFC 4180: what breaks its rules is named at its place, since the
//! rows after an open quotation are anybody's guess.

use std::io::{BufRead, Chain, Cursor, Read};

use super::{Problem, Row, Rows};

/// A cell longer than this began with a quotation that was never closed.
const CELL_BYTES: usize = 1024 * 1024;

/// The rows of a CSV file.
pub(crate) struct CsvRows<R> {
    /// What was read to find the delimiter, and the rest.
    input: Chain<Cursor<Vec<u8>>, R>,
    delimiter: u8,
    number: u64,
    line: u64,
}

impl<R: BufRead> CsvRows<R> {
    /// Looks at the head of the file: its encoding, and what separates its cells.
    pub(crate) fn new(mut input: R, delimiter: Option<u8>) -> Result<CsvRows<R>, Problem> {
        let mut ahead = Vec::new();
        first_line(&mut input, &mut ahead)?;
        if ahead.starts_with(&[0xff, 0xfe]) || ahead.starts_with(&[0xfe, 0xff]) {
            return Err(at_head(
                "the file is in UTF-16; save it as \"CSV UTF-8\" and import that",
            ));
        }
        if ahead.starts_with(b"PK\x03\x04") {
            return Err(at_head("the file is a workbook; let its name end in .xlsx"));
        }
        if ahead.starts_with(b"\xef\xbb\xbf") {
            ahead.drain(..3);
        }
        let mut line = 1;
        let mut found = delimiter;
        // Excel writes this line to say what separates the cells.
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign, ..] = ahead[..] {
            found = found.or(Some(sign));
            let end = ahead.iter().position(|b| matches!(b, b'\n' | b'\r'));
            let end = end.map_or(ahead.len(), |end| match ahead[end..] {
                [b'\r', b'\n', ..] => end + 2,
                _ => end + 1,
            });
            ahead.drain(..end);
            line = 2;
            if ahead.is_empty() {
                first_line(&mut input, &mut ahead)?;
            }
        }
        Ok(CsvRows {
            delimiter: found.unwrap_or_else(|| likely_delimiter(&ahead)),
            input: Cursor::new(ahead).chain(input),
            number: 0,
            line,
        })
    }

    /// What separates the cells.
    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    fn byte(&mut self) -> Result<Option<u8>, Problem> {
        let byte = self.peek()?;
        if byte.is_some() {
            self.input.consume(1);
        }
        Ok(byte)
    }

    fn peek(&mut self) -> Result<Option<u8>, Problem> {
        match self.input.fill_buf() {
            Ok(bytes) => Ok(bytes.first().copied()),
            Err(error) => Err(self.here(&format!("the file cannot be read: {error}"))),
        }
    }

    /// Takes bytes up to one that means something, or the end, or too many.
    fn run(&mut self, cell: &mut Vec<u8>, stops: impl Fn(u8) -> bool) -> Result<(), Problem> {
        while cell.len() <= CELL_BYTES {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) => {
                    let words = format!("the file cannot be read: {error}");
                    return Err(self.here(&words));
                }
            };
            let stop = bytes.iter().position(|byte| stops(*byte));
            let taken = stop.unwrap_or(bytes.len());
            cell.extend_from_slice(&bytes[..taken]);
            let done = stop.is_some() || bytes.is_empty();
            self.input.consume(taken);
            if done {
                break;
            }
        }
        Ok(())
    }

    fn here(&self, words: &str) -> Problem {
        let row = Row {
            number: self.number,
            line: self.line,
            ..Row::default()
        };
        row.problem(None, words)
    }

    /// Reads the inside of a quotation up to its closing mark.
    fn quoted(&mut self, cell: &mut Vec<u8>) -> Result<(), Problem> {
        let opened = self.line;
        let unclosed = |rows: &Self| {
            rows.here(&format!(
                "a quotation opened on line {opened} is never closed; double the marks inside it"
            ))
        };
        loop {
            self.run(cell, |byte| matches!(byte, b'"' | b'\n'))?;
            match self.byte()? {
                None => return Err(unclosed(self)),
                Some(b'"') => match self.peek()? {
                    Some(b'"') => {
                        self.byte()?;
                        cell.push(b'"');
                    }
                    None | Some(b'\n' | b'\r') => return Ok(()),
                    Some(byte) if byte == self.delimiter => return Ok(()),
                    Some(_) => {
                        return Err(self.here(
                            "text follows a closing quotation mark; double the marks inside a cell",
                        ));
                    }
                },
                Some(byte) => {
                    if byte == b'\n' {
                        self.line += 1;
                    }
                    cell.push(byte);
                }
            }
            if cell.len() > CELL_BYTES {
                return Err(unclosed(self));
            }
        }
    }
}

/// What ended a cell.
enum End {
    Cell,
    Row,
    File,
}

impl<R: BufRead> CsvRows<R> {
    fn cell(&mut self, cell: &mut Vec<u8>) -> Result<End, Problem> {
        cell.clear();
        if self.peek()? == Some(b'"') {
            self.byte()?;
            self.quoted(cell)?;
        }
        let delimiter = self.delimiter;
        loop {
            self.run(cell, |byte| {
                matches!(byte, b'\n' | b'\r' | b'"' | 0) || byte == delimiter
            })?;
            match self.byte()? {
                None => return Ok(End::File),
                Some(b'\n') => {
                    self.line += 1;
                    return Ok(End::Row);
                }
                Some(b'\r') => {
                    // Old files of some machines end their lines with this mark alone.
                    if self.peek()? == Some(b'\n') {
                        self.byte()?;
                    }
                    self.line += 1;
                    return Ok(End::Row);
                }
                Some(byte) if byte == self.delimiter => return Ok(End::Cell),
                Some(b'"') if !cell.is_empty() => {
                    return Err(self.here(
                        "a quotation mark stands inside a cell that is not quoted; quote the whole cell and double the mark",
                    ));
                }
                Some(0) => {
                    return Err(self.here("the file holds zero bytes and is no text in UTF-8, but perhaps in UTF-16; save it as \"CSV UTF-8\" and import that"));
                }
                Some(byte) => cell.push(byte),
            }
            if cell.len() > CELL_BYTES {
                return Err(self.here("a cell is longer than a megabyte"));
            }
        }
    }
}

impl<R: BufRead> Rows for CsvRows<R> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, Problem> {
        if self.peek()?.is_none() {
            return Ok(false);
        }
        self.number += 1;
        row.number = self.number;
        row.line = self.line;
        row.troubles.clear();
        let mut filled = 0;
        let mut bytes = Vec::new();
        loop {
            let end = self.cell(&mut bytes)?;
            let Ok(text) = std::str::from_utf8(&bytes) else {
                return Err(row.problem(
                    None,
                    format!(
                        "cell {} holds bytes that are no UTF-8; save the file as \"CSV UTF-8\"",
                        filled + 1
                    ),
                ));
            };
            let text = text.trim();
            match row.cells.get_mut(filled) {
                // The room of the row before is used again: a long file has many rows.
                Some(cell) => {
                    cell.clear();
                    cell.push_str(text);
                }
                None => row.cells.push(text.to_owned()),
            }
            filled += 1;
            match end {
                End::Cell => {}
                End::Row | End::File => break,
            }
        }
        row.cells.truncate(filled);
        Ok(true)
    }

    fn may_be_short(&self) -> bool {
        false
    }
}

/// The bytes up to the end of a line, or as many as a cell may have.
fn first_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> Result<(), Problem> {
    let mut input = input.take(CELL_BYTES as u64);
    let read = input.read_until(b'\n', line);
    read.map_err(|error| at_head(&format!("the file cannot be read: {error}")))?;
    Ok(())
}

fn at_head(words: &str) -> Problem {
    Row {
        number: 1,
        line: 1,
        ..Row::default()
    }
    .problem(None, words)
}

/// The mark that cuts the line of column names into most cells.
fn likely_delimiter(line: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in line
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next()
        .unwrap_or(line)
    {
        if *byte == b'"' {
            quoted = !quoted;
        }
        for (mark, count) in &mut counts {
            if byte == mark && !quoted {
                *count += 1;
            }
        }
    }
    // The first of equals stays, so a lone column is read as comma-separated.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count);
    best.map_or(b',', |(mark, _)| *mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, Problem> {
        let mut rows = CsvRows::new(bytes, None)?;
        let (mut row, mut all) = (Row::default(), Vec::new());
        while rows.next_row(&mut row)? {
            all.push(row.cells.clone());
        }
        Ok(all)
    }

    #[test]
    fn the_forms_people_save() {
        let plain = vec![
            vec!["a".to_owned(), "b,c".to_owned()],
            vec!["1".to_owned(), "x\"y\nz".to_owned()],
        ];
        assert_eq!(read(b"a,\"b,c\"\r\n1,\"x\"\"y\nz\"\r\n").unwrap(), plain);
        assert_eq!(
            read(b"\xef\xbb\xbfa;\"b,c\"\n1;\"x\"\"y\nz\"").unwrap(),
            plain
        );
        assert_eq!(read(b"sep=;\ra;\"b,c\"\r1;\"x\"\"y\nz\"\r").unwrap(), plain);
        assert_eq!(read(b"sep=;\na;\"b,c\"\n1;\"x\"\"y\nz\"\n").unwrap(), plain);
        assert_eq!(read(b"a\t\"b,c\"\r1\t\"x\"\"y\nz\"\r").unwrap(), plain);
        assert_eq!(read(b"a\n\nb\n").unwrap(), [vec!["a"], vec![""], vec!["b"]]);
        assert_eq!(read(b"").unwrap(), Vec::<Vec<String>>::new());
    }

    #[test]
    fn broken_files_are_named_at_their_place() {
        for (bytes, line, words) in [
            (&b"a,b\n1,\"x\n2,y\n"[..], Some(4), "never closed"),
            (b"a,b\n1,\"x\" y\n", None, "closing"),
            (b"a,b\n1,x\"y\n", None, "not quoted"),
            (b"a,b\n1,\xe9\n", None, "UTF-8"),
            (b"\xff\xfea\0", None, "UTF-16"),
            (b"a,b\n1,\0\n", None, "zero"),
            (b"PK\x03\x04", None, "workbook"),
        ] {
            let problem = read(bytes).unwrap_err();
            assert!(problem.words.contains(words), "{problem}");
            assert_eq!(problem.line, line, "{problem}");
        }
    }
}
