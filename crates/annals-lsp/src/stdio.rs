//! A session over a stream of bytes, as editors start language servers.
//!
//! A message is a header that says how many bytes follow, an empty line, and those bytes. A header
//! that cannot be read, a message that is too long and one that is no UTF-8 are answered with an
//! error where the stream can still be followed; where it cannot, the conversation ends.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::channel;
use std::thread;

use crate::session::Session;
use crate::workspace::SharedWorld;

/// Longest message that is read, in bytes: a text at the limit of files, with its escapes.
const LONGEST: u64 = 256 * 1024 * 1024;

/// Longest line of a header.
const HEADER_LINE: u64 = 4096;

/// Talks with one editor until it says goodbye or is gone; whether it said goodbye properly.
///
/// # Errors
///
/// What keeps the streams from being read or written.
pub fn serve(
    world: SharedWorld,
    mut input: impl BufRead,
    mut output: impl Write + Send + 'static,
) -> io::Result<bool> {
    let (send, sent) = channel::<Option<String>>();
    let end = send.clone();
    // The session hands out messages from several threads; one writes them, to the end.
    let writer = thread::spawn(move || -> io::Result<()> {
        while let Ok(Some(message)) = sent.recv() {
            write!(output, "Content-Length: {}\r\n\r\n{message}", message.len())?;
            output.flush()?;
        }
        Ok(())
    });
    let session = Session::new(world, None, move |message| {
        // An editor that has gone reads nothing more.
        let _ = send.send(Some(message));
    });
    let mut proper = false;
    while let Some(message) = next(&mut input)? {
        session.handle(&message);
        if session.is_over() {
            proper = session.is_in_order();
            break;
        }
    }
    drop(session);
    // What threads still at work would say after this, nobody waits for.
    let _ = end.send(None);
    writer.join().unwrap_or(Ok(()))?;
    Ok(proper)
}

/// The text of the next message; `None` at the end of the stream. What is no UTF-8 becomes a text
/// that is no JSON either, so that the session answers it.
fn next(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut length: Option<u64> = None;
    loop {
        let mut line = Vec::new();
        let read = input
            .by_ref()
            .take(HEADER_LINE)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(_) => break,
                // A stray empty line between messages.
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
    let length = length.unwrap_or(0);
    if length > LONGEST {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Some("a message beyond the limit".to_owned()));
    }
    let mut bytes = Vec::new();
    input.by_ref().take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(String::from_utf8(bytes).unwrap_or_else(|e| {
        String::from_utf8_lossy(e.as_bytes()).into_owned() + "\u{fffd}"
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<String> {
        std::iter::from_fn(|| next(&mut bytes).unwrap()).collect()
    }

    #[test]
    fn messages_are_cut_by_their_length_in_bytes() {
        let text = "Content-Length: 3\r\n\r\n焉content-type: x\r\ncontent-length:2\r\n\r\n{}";
        assert_eq!(all(text.as_bytes()), ["焉", "{}"]);
    }

    #[test]
    fn what_is_cut_short_ends_the_stream() {
        assert!(all(b"Content-Length: 30\r\n\r\n{}").is_empty());
        assert!(all(b"\r\nnothing").is_empty());
    }

    #[test]
    fn a_length_that_is_no_number_takes_no_bytes() {
        assert_eq!(all(b"Content-Length: 2\r\n\r\n\xff\xfe").len(), 1);
        assert!(all(b"Content-Length: x\r\n\r\n").is_empty());
    }
}
