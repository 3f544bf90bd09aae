//! Bytes of a file that is to be text: in UTF-8, or told what they are and what to do about it.

use crate::output::Failure;

/// Bytes looked at to tell UTF-16 without a mark.
const LOOKED_AT: usize = 256;

/// The text of a file.
///
/// # Errors
///
/// Where it is in another encoding, with the place of the first byte that does not fit.
pub fn text_of(path: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    let cannot = |why: String| Failure::Input(format!("`{path}` cannot be read: {why}"));
    let remedy = |from: &str| {
        format!(
            "save it as UTF-8 in your editor, or run `iconv -f {from} -t UTF-8 {path} > utf8-{name}`",
            name = path.rsplit('/').next().unwrap_or(path)
        )
    };
    if let Some(order) = utf16(&bytes) {
        return Err(cannot(format!(
            "line 1, column 1: the file is in {order}, not in UTF-8; {}",
            remedy(order)
        )));
    }
    String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let before = String::from_utf8_lossy(before);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        cannot(format!(
            "line {line}, column {column} holds bytes that are no UTF-8; {}",
            remedy("WINDOWS-1252")
        ))
    })
}

/// Which UTF-16 a file is in: by its mark, or by every second byte of its letters being zero.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |first: usize| {
        head.iter()
            .skip(first)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let many = head.len() / 4;
    match head {
        [0xff, 0xfe, ..] => Some("UTF-16LE"),
        [0xfe, 0xff, ..] => Some("UTF-16BE"),
        [_, _, _, _, ..] if zeros(1) > many && zeros(0) == 0 => Some("UTF-16LE"),
        [_, _, _, _, ..] if zeros(0) > many && zeros(1) == 0 => Some("UTF-16BE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_told_with_their_place() {
        let wide = |text: &str, mark: bool, big: bool| -> Vec<u8> {
            let units = mark
                .then_some(0xfeff)
                .into_iter()
                .chain(text.encode_utf16());
            let bytes = |u: u16| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            };
            units.flat_map(bytes).collect()
        };
        for (bytes, words) in [
            (wide("Arnulf", true, false), "UTF-16LE"),
            (wide("Arnulf", true, true), "UTF-16BE"),
            (wide("Arnulf", false, false), "UTF-16LE"),
            (wide("Arnulf", false, true), "UTF-16BE"),
            (b"Arnulf\ncaf\xe9".to_vec(), "line 2, column 4"),
        ] {
            let failure = text_of("x.txt", bytes).unwrap_err().to_string();
            assert!(
                failure.contains(words) && failure.contains("iconv"),
                "{words}: {failure}"
            );
        }
        for text in ["", "A", "\u{feff}Arnulf", "焉耆 fell."] {
            assert_eq!(text_of("x.txt", text.into()).ok().as_deref(), Some(text));
        }
    }
}
