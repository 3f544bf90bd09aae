//! `annals date --batch`: one date a line, one JSON object a line.
//!
//! Every line of the input has its object, in the order of the input: also an empty one, one that
//! is not UTF-8 and one that is too long for a date. Answers are written as soon as no further line
//! is waiting, so that a program on the other side can ask line by line.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};

use crate::date::Reader;
use crate::date_json;
use crate::output::Failure;
use crate::run::Exit;

/// No date is longer (unit: bytes); of a longer line the beginning is shown.
const LONGEST_LINE: usize = 64 * 1024;

/// What is waited for at once (unit: bytes).
const AHEAD: usize = 64 * 1024;

/// Answers every line of standard input.
pub fn batch(reader: &Reader) -> Result<Exit, Failure> {
    let input = BufReader::with_capacity(AHEAD, io::stdin().lock());
    let output = BufWriter::with_capacity(AHEAD, io::stdout().lock());
    match answer(reader, input, output) {
        // Whoever reads the answers may stop when they have read enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(Exit::Clean),
    }
}

fn answer<R: Read>(
    reader: &Reader,
    mut input: BufReader<R>,
    mut output: impl Write,
) -> io::Result<()> {
    let mut line = Vec::new();
    let mut first = true;
    loop {
        line.clear();
        let Some(whole) = next_line(&mut input, &mut line)? else {
            break;
        };
        if std::mem::take(&mut first) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        let written = match (std::str::from_utf8(&line), whole) {
            (Ok(text), true) => date_json::record_line(text, &reader.record(text)),
            (Err(_), true) => {
                let shown = String::from_utf8_lossy(&line);
                date_json::unread_line(&shown, "this line is not UTF-8")
            }
            (_, false) => {
                let shown = String::from_utf8_lossy(&line);
                date_json::unread_line(&shown, "this line is too long for a date; shown in part")
            }
        };
        output.write_all(written.as_bytes())?;
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()
}

/// Reads a line without its end; `false` where it was longer than a date can be, so that only its
/// beginning was kept. `None` at the end of the input.
fn next_line<R: Read>(input: &mut BufReader<R>, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    let mut whole = true;
    let mut any = false;
    loop {
        let waiting = match input.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            waiting => waiting?,
        };
        if waiting.is_empty() {
            break;
        }
        any = true;
        let end = waiting.iter().position(|byte| *byte == b'\n');
        let part = &waiting[..end.unwrap_or(waiting.len())];
        let room = LONGEST_LINE.saturating_sub(line.len());
        whole &= part.len() <= room;
        line.extend_from_slice(&part[..part.len().min(room)]);
        let used = end.map_or(waiting.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    if line.last() == Some(&b'\r') && whole {
        line.pop();
    }
    Ok(any.then_some(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals::calendar::Settings;

    fn lines(input: &[u8], edtf: bool) -> Vec<serde_json::Value> {
        let reader = Reader {
            settings: Settings::default(),
            all: false,
            edtf,
        };
        let mut out = Vec::new();
        // A small buffer, so that lines are met in pieces.
        let input = BufReader::with_capacity(7, input);
        answer(&reader, input, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    #[test]
    fn no_line_is_lost() {
        let mut input = b"\xef\xbb\xbf0644\r\n\n\xff\xfe\n".to_vec();
        input.extend(vec![b'9'; LONGEST_LINE + 5]);
        input.extend(b"\n\"quoted\\\n0645");
        let found = lines(&input, true);
        let valid: Vec<bool> = found
            .iter()
            .map(|line| line["valid"].as_bool().unwrap())
            .collect();
        assert_eq!(valid, [true, false, false, false, false, true]);
        assert_eq!(found[0]["input"], "0644");
        assert_eq!(found[2]["reason"], "this line is not UTF-8");
        assert_eq!(found[4]["input"], "\"quoted\\");
        assert_eq!(found[5]["hi"], "0645-12-31");
    }

    #[test]
    fn a_line_that_ends_the_input_counts_and_an_empty_input_has_none() {
        assert_eq!(lines(b"0644\n", true).len(), 1);
        assert_eq!(lines(b"", true).len(), 0);
        assert_eq!(lines(b"\n", true).len(), 1);
    }
}
