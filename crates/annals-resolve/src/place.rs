//! Coordinates as people write them: `42.06 N, 86.57 E`, `42°03′36″ N 86°34′12″ E`, `42.06, 86.57`.
//!
//! Degrees become millionths by whole numbers alone, so that the same text gives the same place
//! on every machine.

use annals_chronicle::Place;

use crate::words::fold;

const MICRO: i64 = 1_000_000;
/// Seconds of arc in a degree.
const SECONDS: i64 = 3600;

/// Reads a coordinate pair, latitude first unless the letters say otherwise. An `at` before it is
/// passed over.
pub(crate) fn read_place(text: &str) -> Result<Place, &'static str> {
    let text = text.trim();
    let body = match text.get(..3) {
        Some(head) if head.eq_ignore_ascii_case("at ") => &text[3..],
        _ => text,
    };
    let angles = angles(body)?;
    let [first, second] = angles.as_slice() else {
        return Err("a latitude and a longitude are expected");
    };
    pair(first, second)
}

/// Reads any number of coordinate pairs, one after the other: `42.06 N 86.57 E, 41.9 N 86.9 E`.
pub(crate) fn read_points(text: &str) -> Result<Vec<Place>, &'static str> {
    let angles = angles(text)?;
    let pairs = angles.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err("every point has a latitude and a longitude; one of them is missing");
    }
    pairs.map(|angles| pair(&angles[0], &angles[1])).collect()
}

fn pair(first: &Angle, second: &Angle) -> Result<Place, &'static str> {
    let (latitude, longitude) = match (first.letter, second.letter) {
        (None | Some('N' | 'S'), None | Some('E' | 'W')) => (first, second),
        (Some('E' | 'W'), Some('N' | 'S')) => (second, first),
        _ => return Err("one of the two must be north or south, the other east or west"),
    };
    let place = Place {
        latitude_micro: latitude.signed(90)?,
        longitude_micro: longitude.signed(180)?,
    };
    Ok(place)
}

/// One angle, without regard to its letter.
struct Angle {
    /// Millionths of a second of arc, so that minutes and seconds add up without rests.
    arc: i64,
    negative: bool,
    letter: Option<char>,
}

impl Angle {
    fn signed(&self, most: i64) -> Result<i32, &'static str> {
        let micro = (self.arc + SECONDS / 2) / SECONDS;
        if micro > most * MICRO {
            return Err("a latitude has at most 90 degrees, a longitude at most 180");
        }
        let south = matches!(self.letter, Some('S' | 'W'));
        if self.negative && self.letter.is_some() {
            return Err("write either a minus or a letter");
        }
        let value = if south || self.negative {
            -micro
        } else {
            micro
        };
        i32::try_from(value).map_err(|_| "this is no angle")
    }
}

fn angles(text: &str) -> Result<Vec<Angle>, &'static str> {
    let mut found: Vec<Angle> = Vec::new();
    // How much the next number counts: degrees, then minutes, then seconds of the same angle.
    let mut part = 1;
    let mut closed = true;
    let chars: Vec<char> = text.chars().map(mark).collect();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let negative = c == '-';
        if negative || c.is_ascii_digit() {
            let start = at + usize::from(negative);
            let end = number_end(&chars, start);
            let value = micro(&chars[start..end])?;
            at = end;
            if closed {
                found.push(Angle {
                    arc: value * SECONDS,
                    negative,
                    letter: None,
                });
                (part, closed) = (1, false);
                // Without a degree sign the next number begins the next angle.
                closed = chars.get(at).copied().map(mark) != Some('°') || closed;
            } else if negative || part > 3600 {
                return Err("this is no angle");
            } else if let Some(open) = found.last_mut() {
                open.arc += value * SECONDS / part;
            }
            continue;
        }
        match c.to_ascii_uppercase() {
            '°' => part = 60,
            '\'' => part = 3600,
            '"' => part = 3601,
            ',' | ';' => closed = true,
            letter @ ('N' | 'S' | 'E' | 'W') => {
                let Some(open) = found.last_mut().filter(|a| a.letter.is_none()) else {
                    return Err("a number stands before its letter");
                };
                open.letter = Some(letter);
                closed = true;
            }
            ' ' | '.' => {}
            _ => return Err("this is no pair of degrees"),
        }
        at += 1;
    }
    Ok(found)
}

/// Degree, minute and second signs in their many shapes.
fn mark(c: char) -> char {
    match c {
        '\u{ba}' | '\u{2da}' => '°',
        '\u{2033}' | '\u{201d}' | '\u{201c}' => '"',
        '\u{2212}' | '\u{2013}' => '-',
        _ => fold(c),
    }
}

fn number_end(chars: &[char], start: usize) -> usize {
    let mut end = start;
    while chars
        .get(end)
        .is_some_and(|c| c.is_ascii_digit() || *c == '.')
    {
        end += 1;
    }
    end
}

/// Millionths of a decimal number; digits beyond the sixth are dropped.
fn micro(digits: &[char]) -> Result<i64, &'static str> {
    const TOO_LONG: &str = "this number has too many digits";
    let mut parts = digits.split(|c| *c == '.');
    let whole: String = parts.next().unwrap_or_default().iter().collect();
    let mut rest: String = parts.next().unwrap_or_default().iter().take(6).collect();
    if whole.is_empty() || parts.any(|p| !p.is_empty()) {
        return Err("this is no number of degrees");
    }
    while rest.len() < 6 {
        rest.push('0');
    }
    let whole: i64 = whole.parse().map_err(|_| TOO_LONG)?;
    let rest: i64 = rest.parse().map_err(|_| TOO_LONG)?;
    if whole > 100_000 {
        return Err(TOO_LONG);
    }
    Ok(whole * MICRO + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(i32, i32)> {
        read_place(text)
            .ok()
            .map(|p| (p.latitude_micro, p.longitude_micro))
    }

    #[test]
    fn coordinates_in_their_many_shapes() {
        let karasahr = Some((42_060_000, 86_570_000));
        assert_eq!(read("at 42.06 N, 86.57 E"), karasahr);
        assert_eq!(read("42.06N 86.57E"), karasahr);
        assert_eq!(read("86.57 E, 42.06 N"), karasahr);
        assert_eq!(read("42.06, 86.57"), karasahr);
        assert_eq!(read("42°03′36″ N, 86°34′12″ E"), karasahr);
        assert_eq!(read("42°03.6' N 86°34.2' E"), karasahr);
        assert_eq!(read("-3.5, -60"), Some((-3_500_000, -60_000_000)));
        assert_eq!(read("3.5 S, 60 W"), Some((-3_500_000, -60_000_000)));
    }

    #[test]
    fn what_is_no_coordinate_is_refused() {
        for text in [
            "",
            "at Kucha",
            "91 N, 0 E",
            "42 N",
            "42 N, 86 N",
            "1 N, 2 E, 3 E",
            "99999999999999 N, 1 E",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
