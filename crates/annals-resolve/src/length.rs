//! Lengths of roads as sources give them: `625 li`, `290 to 330 km`, `over 400 li`, `~50 parasangs`.
//!
//! Numbers become millionths and lengths millimetres by whole numbers alone.

use annals_chronicle::{Distance, Unit};
use annals_sentence::nearest;
use annals_text::{Report, Span};

use crate::words::{brief, fold, key};

/// Metric measures are what all others are given in.
const METRIC: [(&str, u64); 8] = [
    ("m", 1_000),
    ("metre", 1_000),
    ("metres", 1_000),
    ("meters", 1_000),
    ("km", 1_000_000),
    ("kilometre", 1_000_000),
    ("kilometres", 1_000_000),
    ("kilometers", 1_000_000),
];

/// The longest length that is read, in millionths of its unit: beyond any way on this globe.
const MOST: u64 = 1_000_000_000_000;

/// Decimal places of a number that count.
const PLACES: u32 = 6;

/// What is wrong with `30 to 20`.
const REVERSED: &str = "of a range the smaller number stands first";

/// How the words before a number bend it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bend {
    Exact,
    About,
    AtLeast,
    AtMost,
    Between,
}

const BENDS: [(&str, Bend); 14] = [
    ("about", Bend::About),
    ("around", Bend::About),
    ("some", Bend::About),
    ("nearly", Bend::About),
    ("c.", Bend::About),
    ("ca.", Bend::About),
    ("~", Bend::About),
    ("at least", Bend::AtLeast),
    ("more than", Bend::AtLeast),
    ("over", Bend::AtLeast),
    ("at most", Bend::AtMost),
    ("less than", Bend::AtMost),
    ("up to", Bend::AtMost),
    ("between", Bend::Between),
];

/// A number or a range of numbers in millionths, and the unit's words.
struct Measured {
    least: u64,
    most: u64,
    bend: Bend,
    unit: String,
    /// Whether the greater number of a range stands first.
    reversed: bool,
}

/// Reads the length of a road; its attestations and doubt are the caller's.
pub(crate) fn read_distance(text: &str, span: Span, units: &[Unit]) -> Result<Distance, Report> {
    let measured = measure(text).ok_or_else(|| bad_distance(text, span))?;
    if measured.reversed {
        return Err(bad_distance(text, span).note(REVERSED));
    }
    let (shortest, longest) = unit_length(&measured.unit, units)
        .ok_or_else(|| unknown_unit(&measured.unit, text, span, units))?;
    // Millionths of millimetres become metres, the bounds rounded outwards.
    const IN_A_METRE: u128 = 1_000_000_000;
    let (least, _) = scaled(measured.least, shortest, IN_A_METRE);
    let (_, most) = scaled(measured.most, longest, IN_A_METRE);
    let (least_m, most_m) = match measured.bend {
        Bend::AtLeast => (least, None),
        Bend::AtMost => (0, Some(most)),
        Bend::Exact | Bend::About | Bend::Between => (least, Some(most)),
    };
    Ok(Distance {
        least_m,
        most_m,
        approximate: measured.bend == Bend::About,
        written: text.trim().to_string(),
        doubted: false,
        attestations: Vec::new(),
        span,
    })
}

/// Reads how long a unit is, in millimetres: `0.4425 to 0.54 km`, `1609.344 m`.
pub(crate) fn read_unit_length(text: &str, span: Span) -> Result<(u64, u64), Report> {
    let bad = |words: &str| {
        Report::error("bad-unit", "this does not say how long the unit is")
            .at(span, words.to_string())
            .help("write it like `is 0.44 to 0.54 km` or `is 185 m`")
    };
    let measured = measure(text).ok_or_else(|| bad("a length was expected"))?;
    if matches!(measured.bend, Bend::AtLeast | Bend::AtMost) {
        return Err(bad("a longest and a shortest length are needed"));
    }
    if measured.reversed {
        return Err(bad(REVERSED));
    }
    let metric = METRIC.iter().find(|(name, _)| *name == measured.unit);
    let Some((_, length)) = metric else {
        return Err(bad("units are given in m or km"));
    };
    let (least, _) = scaled(measured.least, *length, 1_000_000);
    let (_, most) = scaled(measured.most, *length, 1_000_000);
    if least == 0 {
        return Err(bad("it would have no length"));
    }
    Ok((least, most))
}

/// A product divided, rounded down and up.
fn scaled(a: u64, b: u64, by: u128) -> (u64, u64) {
    let product = u128::from(a) * u128::from(b);
    let whole = |n: u128| u64::try_from(n).unwrap_or(u64::MAX);
    (whole(product / by), whole(product.div_ceil(by)))
}

/// A pace: metres a day at the least, in the ordinary case where it is said, and at the most.
pub(crate) struct Pace {
    pub least_m: u64,
    pub usual_m: Option<u64>,
    pub most_m: u64,
}

/// Reads how far a mover gets in a day: `25 to 38 km a day, usually 35`. A unit that is an
/// interval widens it: the least by its shortest, the most by its longest.
pub(crate) fn read_pace(text: &str, span: Span, units: &[Unit]) -> Result<Pace, Report> {
    let bad = |words: &str| {
        Report::error("bad-mover", "this does not say how far it gets in a day")
            .at(span, words.to_string())
            .help("write it like `travels 25 to 38 km a day, usually 35`")
    };
    let folded = key(text);
    let (range, usual) = match folded.split_once("usually") {
        Some((range, usual)) => (range, Some(usual)),
        None => (folded.as_str(), None),
    };
    let day = |text: &str| {
        let text = text.trim().trim_end_matches([',', ';', '.']).trim();
        let ends = ["a day", "per day", "each day"];
        let bare = ends.iter().find_map(|end| text.strip_suffix(end));
        bare.unwrap_or(text).trim().to_owned()
    };
    if is_vast(range) {
        return Err(bad("that is further than any way on this globe"));
    }
    let range = measure(&day(range)).ok_or_else(|| bad("a length was expected"))?;
    if range.reversed {
        return Err(bad(REVERSED));
    }
    if matches!(range.bend, Bend::AtLeast | Bend::AtMost) {
        return Err(bad("a shortest and a longest day are needed"));
    }
    let length =
        |unit: &str| unit_length(unit, units).ok_or_else(|| unknown_unit(unit, text, span, units));
    let (shortest, longest) = length(&range.unit)?;
    const IN_A_METRE: u128 = 1_000_000_000;
    let (least_m, _) = scaled(range.least, shortest, IN_A_METRE);
    let (_, most_m) = scaled(range.most, longest, IN_A_METRE);
    let usual_m = match usual.map(day) {
        None => None,
        Some(usual) => {
            let usual = measure(&usual).ok_or_else(|| bad("a length was expected here too"))?;
            let unit = if usual.unit.is_empty() {
                &range.unit
            } else {
                &usual.unit
            };
            let (shortest, longest) = length(unit)?;
            let (low, _) = scaled(usual.least, shortest, IN_A_METRE);
            let (_, high) = scaled(usual.most, longest, IN_A_METRE);
            Some(low.midpoint(high))
        }
    };
    let fits = usual_m.is_none_or(|usual| (least_m..=most_m).contains(&usual));
    if least_m == 0 || !fits {
        return Err(bad("the usual pace lies between the least and the most"));
    }
    Ok(Pace {
        least_m,
        usual_m,
        most_m,
    })
}

/// Whether a text has a number beyond any that is read.
fn is_vast(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit() && c != ',');
    let mut numbers = digits.map(|run| run.replace(',', ""));
    numbers.any(|run| match run.parse::<u64>() {
        Ok(number) => number > MOST / 1_000_000,
        Err(_) => run.len() > 15,
    })
}

fn bad_distance(text: &str, span: Span) -> Report {
    Report::error(
        "bad-distance",
        format!("`{}` is not a distance", brief(text)),
    )
    .at(span, "a number and a unit were expected")
    .help("write it like `625 li`, `290 to 330 km` or `at least 20 miles`")
}

fn unknown_unit(unit: &str, text: &str, span: Span, units: &[Unit]) -> Report {
    if unit.is_empty() {
        return bad_distance(text, span).note("a number alone does not say in what it counts");
    }
    let headline = format!("no unit of length is called `{}`", brief(unit));
    let named = units.iter().flat_map(|u| u.names.iter()).map(|n| key(n));
    let names: Vec<String> = named
        .chain(METRIC.iter().map(|(n, _)| (*n).to_string()))
        .collect();
    let mut report = Report::error("unknown-unit", headline).at(span, "this distance is left out");
    if let Some(near) = nearest(unit, names.iter().map(String::as_str)) {
        report = report.help(format!("did you mean `{near}`?"));
    }
    report.help("declare it: a line `unit NAME`, below it `is 0.44 to 0.54 km`")
}

fn unit_length(name: &str, units: &[Unit]) -> Option<(u64, u64)> {
    let metric = METRIC.iter().find(|(known, _)| *known == name);
    if let Some((_, length)) = metric {
        return Some((*length, *length));
    }
    let unit = units
        .iter()
        .find(|u| u.names.iter().any(|n| key(n) == name));
    unit.map(|unit| (unit.least_mm, unit.most_mm))
}

fn measure(text: &str) -> Option<Measured> {
    let folded = key(text);
    let (bend, rest) = BENDS
        .iter()
        .find_map(|(words, bend)| {
            let rest = folded.strip_prefix(words)?;
            let apart = *words == "~" || rest.starts_with(' ');
            apart.then(|| (*bend, rest.trim_start()))
        })
        .unwrap_or((Bend::Exact, folded.as_str()));
    let (first, rest) = number(rest)?;
    let (second, rest) = range_end(rest, bend);
    let second = second.unwrap_or(first);
    let unit = rest.trim().trim_end_matches('.').trim();
    if bend == Bend::Between && first == second {
        return None;
    }
    Some(Measured {
        least: first.min(second),
        most: first.max(second),
        bend,
        unit: unit.to_string(),
        reversed: first > second,
    })
}

/// The second end of `290 to 330`, `290-330`, `between 290 and 330`, and what follows it.
fn range_end(rest: &str, bend: Bend) -> (Option<u64>, &str) {
    let trimmed = rest.trim_start();
    let joints: &[&str] = match bend {
        Bend::Between => &["and "],
        _ => &["to ", "or ", "-", "\u{2013}"],
    };
    let after = joints.iter().find_map(|joint| trimmed.strip_prefix(joint));
    match after.and_then(|after| number(after.trim_start())) {
        Some((second, rest)) => (Some(second), rest),
        None => (None, rest),
    }
}

/// The number a text begins with, in millionths: digits with points, or words.
fn number(text: &str) -> Option<(u64, &str)> {
    let starts_with_digit = text.chars().next().is_some_and(|c| c.is_ascii_digit());
    if !starts_with_digit {
        let (value, used) = annals_calendar::read_number(text)?;
        let value = value.checked_mul(1_000_000).filter(|v| *v <= MOST)?;
        return Some((value, &text[used..]));
    }
    let mut value: u64 = 0;
    let mut places: Option<u32> = None;
    let mut end = text.len();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let inside = next.is_some_and(|n| n.is_ascii_digit());
        match (fold(c), places) {
            (digit @ '0'..='9', _) if places.is_none_or(|p| p < PLACES) => {
                value = value.checked_mul(10)? + u64::from(digit as u8 - b'0');
                places = places.map(|p| p + 1);
            }
            // Below a millionth of a unit no source counts.
            ('0'..='9', _) => {}
            (',', None) if inside => {}
            ('.', None) if inside && before.is_some() => places = Some(0),
            _ => {
                end = at;
                break;
            }
        }
        if value > MOST {
            return None;
        }
        before = Some(c);
    }
    let missing = PLACES - places.unwrap_or(0);
    let value = value
        .checked_mul(10u64.pow(missing))
        .filter(|v| *v <= MOST)?;
    Some((value, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_text::FileId;

    fn read(text: &str) -> Option<(u64, Option<u64>, bool)> {
        let span = Span::new(FileId(0), 0, text.len() as u32);
        let li = Unit {
            names: vec!["li".to_string(), "里".to_string()],
            least_mm: 442_500,
            most_mm: 540_000,
            attestations: Vec::new(),
            span,
        };
        read_distance(text, span, &[li])
            .ok()
            .map(|d| (d.least_m, d.most_m, d.approximate))
    }

    #[test]
    fn lengths_become_metres() {
        assert_eq!(read("300 km"), Some((300_000, Some(300_000), false)));
        assert_eq!(read("625 li"), Some((276_562, Some(337_500), false)));
        assert_eq!(read("625里"), Some((276_562, Some(337_500), false)));
        assert_eq!(read("1,260 km"), Some((1_260_000, Some(1_260_000), false)));
        assert_eq!(read("290 to 330 km"), Some((290_000, Some(330_000), false)));
        assert_eq!(read("290–330 km."), Some((290_000, Some(330_000), false)));
        assert_eq!(
            read("between 290 and 330 km"),
            Some((290_000, Some(330_000), false))
        );
        assert_eq!(read("~ 1.5 km"), Some((1_500, Some(1_500), true)));
        assert_eq!(read("over 400 li"), Some((177_000, None, false)));
        assert_eq!(read("at most 3 km"), Some((0, Some(3_000), false)));
        assert_eq!(
            read("six hundred li"),
            Some((265_500, Some(324_000), false))
        );
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in [
            "",
            "far",
            "300",
            "300 leagues",
            "99999999999999999999 km",
            "5000000 km",
            "between 3 km",
            "km",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_unit_is_an_interval() {
        let span = Span::new(FileId(0), 0, 0);
        let read = |text| read_unit_length(text, span).ok();
        assert_eq!(read("0.4425 to 0.54 km"), Some((442_500, 540_000)));
        assert_eq!(read("1609.344 m"), Some((1_609_344, 1_609_344)));
        assert_eq!(read("0 m"), None);
        assert_eq!(read("3 li"), None);
        assert_eq!(read("at least 3 m"), None);
    }
}
