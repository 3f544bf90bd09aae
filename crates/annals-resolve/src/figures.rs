//! Quantities as sources give them: `3000 infantry and cavalry under Guo Xiaoke`, `5,000-7,000`,
//! `about 100`, `at least 20 ships`, `unknown number of troops`, `light`.
//!
//! A figure keeps its words: only what the words bound becomes a number, and joint figures are
//! never split.

use annals_chronicle::{EntityId, Figure};
use annals_text::{Report, Span};

use crate::words::brief;

/// Reads a name that stands at a place of a text: `under Guo Xiaoke`.
pub(crate) type ReadName<'a> = dyn Fn(&str, Span) -> Result<EntityId, Report> + 'a;

/// How the words before a number bend it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bend {
    Exact,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    /// `nearly`: close to the number and below it.
    Nearly,
    Between,
}

const BENDS: [(&str, Bend); 26] = [
    ("about", Bend::About),
    ("around", Bend::About),
    ("approximately", Bend::About),
    ("approx.", Bend::About),
    ("roughly", Bend::About),
    ("circa", Bend::About),
    ("ca.", Bend::About),
    ("c.", Bend::About),
    ("some", Bend::About),
    ("~", Bend::About),
    ("at least", Bend::AtLeast),
    ("no fewer than", Bend::AtLeast),
    ("no less than", Bend::AtLeast),
    ("not less than", Bend::AtLeast),
    ("more than", Bend::MoreThan),
    ("over", Bend::MoreThan),
    ("at most", Bend::AtMost),
    ("up to", Bend::AtMost),
    ("no more than", Bend::AtMost),
    ("not more than", Bend::AtMost),
    ("fewer than", Bend::LessThan),
    ("less than", Bend::LessThan),
    ("under", Bend::LessThan),
    ("nearly", Bend::Nearly),
    ("almost", Bend::Nearly),
    ("between", Bend::Between),
];

/// Words that stand for a quantity nobody counted.
const UNCOUNTED: [&str; 13] = [
    "unknown number of",
    "an unknown number of",
    "number unknown",
    "unknown",
    "light",
    "heavy",
    "few",
    "a few",
    "many",
    "several",
    "countless",
    "numerous",
    "all",
];

/// Reads all figures of a text; `span` is where `text` stands.
pub(crate) fn read_figures(
    text: &str,
    span: Span,
    name: &ReadName<'_>,
) -> Result<Vec<Figure>, Vec<Report>> {
    let mut figures = Vec::new();
    let mut reports = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = at + figure_end(&text[at..]);
        let piece = text[at..end].trim();
        let start = at + (text[at..].len() - text[at..].trim_start().len());
        if !piece.is_empty() {
            let place = part(span, start, start + piece.len());
            match one(piece, place, name) {
                Ok(figure) => figures.push(figure),
                Err(report) => reports.push(*report),
            }
        }
        at = end + joint_length(&text[end..]);
    }
    if figures.is_empty() && reports.is_empty() {
        reports.push(bad(text, span));
    }
    if reports.is_empty() {
        Ok(figures)
    } else {
        Err(reports)
    }
}

fn part(span: Span, from: usize, to: usize) -> Span {
    let start = span.start + from as u32;
    Span::new(span.file, start, span.start + to as u32)
}

fn bad(text: &str, span: Span) -> Report {
    Report::error("bad-quantity", format!("`{}` is not a quantity", brief(text)))
        .at(span, "a number was expected")
        .help("write it like `3000 infantry`, `5,000-7,000`, `about 100`, `at least 20 ships` or `unknown`")
        .help("words alone stand in a `note`")
}

/// Where the figure that begins a text ends: before a comma, semicolon or `and` that another
/// figure follows. What belongs to its own number is passed over: `3,000`, `two hundred and fifty`.
fn figure_end(text: &str) -> usize {
    let (bend, after_bend) = bend(text);
    let own = number(after_bend).map_or(0, |(_, rest)| {
        let rest = range_end(rest, bend).map_or(rest, |(_, after)| after);
        text.len() - rest.len()
    });
    let range = strip_word(text, "between").is_some();
    for (i, _) in text.char_indices().skip_while(|(i, _)| *i < own.max(1)) {
        let joint = joint_length(&text[i..]);
        // The first `and` after `between` joins the two ends of one range.
        if joint == 0 || range && !text[..i].contains(" and ") {
            continue;
        }
        if begins_figure(&text[i + joint..]) {
            return i;
        }
    }
    text.len()
}

/// Length of what may join two figures at the start of a text.
fn joint_length(text: &str) -> usize {
    if text.starts_with([',', ';', '，', '；']) {
        return text.chars().next().map_or(0, char::len_utf8);
    }
    if text.starts_with(" and ") {
        " and ".len()
    } else {
        0
    }
}

fn begins_figure(text: &str) -> bool {
    let text = text.trim_start();
    let (_, rest) = bend(text);
    number(rest).is_some()
}

fn bend(text: &str) -> (Bend, &str) {
    BENDS
        .iter()
        .find_map(|(words, bend)| {
            let rest = strip_words(text, words)?;
            number(rest).is_some().then_some((*bend, rest))
        })
        .unwrap_or((Bend::Exact, text))
}

fn one(text: &str, span: Span, name: &ReadName<'_>) -> Result<Figure, Box<Report>> {
    let (bend, rest) = bend(text);
    let mut figure = Figure {
        low: None,
        high: None,
        approximate: false,
        unit: String::new(),
        written: text.to_string(),
        under: None,
    };
    let unit = match number(rest) {
        Some((first, rest)) => {
            let (second, rest) = range_end(rest, bend).ok_or_else(|| Box::new(bad(text, span)))?;
            bound(&mut figure, bend, first, second);
            rest
        }
        None => {
            let uncounted = UNCOUNTED.iter().find_map(|words| strip_words(text, words));
            match uncounted {
                Some(rest) => rest,
                None if strip_word(text, "none").is_some() => {
                    (figure.low, figure.high) = (Some(0), Some(0));
                    ""
                }
                None => return Err(Box::new(bad(text, span))),
            }
        }
    };
    let (unit, commander) = commanded(unit);
    figure.unit = unit.trim().trim_start_matches("of ").trim().to_string();
    if let Some(commander) = commander {
        let start = text.len() - commander.len();
        let place = part(span, start, text.len());
        figure.under = Some(name(commander, place).map_err(Box::new)?);
    }
    Ok(figure)
}

/// The second end of `5,000-7,000`, `5 to 7`, `658 or 659`, and what follows it; `None` where it is
/// a number too large to be one.
fn range_end(rest: &str, bend: Bend) -> Option<(Option<u64>, &str)> {
    let trimmed = rest.trim_start();
    let mut joints = vec!["to", "or"];
    if bend == Bend::Between {
        joints.push("and");
    }
    let after = trimmed
        .strip_prefix(['-', '\u{2013}', '\u{2010}', '\u{2011}'])
        .or_else(|| joints.iter().find_map(|j| strip_word(trimmed, j)));
    let after = after.map(str::trim_start);
    match after.and_then(number) {
        Some((second, rest)) => Some((Some(second), rest)),
        None if after.is_some_and(|a| a.starts_with(|c: char| c.is_ascii_digit())) => None,
        None => Some((None, rest)),
    }
}

fn bound(figure: &mut Figure, bend: Bend, first: u64, second: Option<u64>) {
    let (least, most) = match second {
        Some(second) => (first.min(second), first.max(second)),
        None => (first, first),
    };
    (figure.low, figure.high) = match bend {
        Bend::Exact | Bend::About | Bend::Between => (Some(least), Some(most)),
        Bend::AtLeast => (Some(least), None),
        Bend::MoreThan => (Some(least.saturating_add(1)), None),
        Bend::AtMost => (Some(0), Some(most)),
        Bend::LessThan => (Some(0), Some(most.saturating_sub(1))),
        Bend::Nearly => (None, Some(most)),
    };
    figure.approximate = matches!(bend, Bend::About | Bend::Nearly);
}

/// `infantry under Guo Xiaoke`: the unit and the commander's name.
fn commanded(text: &str) -> (&str, Option<&str>) {
    for joint in [" under ", " led by ", " commanded by "] {
        if let Some((unit, name)) = text.split_once(joint) {
            return (unit, Some(name.trim_start()));
        }
    }
    (text, None)
}

/// What follows a word at the start of a text, in any case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    let apart = !word.ends_with(char::is_alphanumeric)
        || rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (head.eq_ignore_ascii_case(word) && apart).then(|| rest.trim_start())
}

fn strip_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    words.split(' ').try_fold(text, strip_word)
}

/// The number a text begins with, in digits or words, and what follows it.
fn number(text: &str) -> Option<(u64, &str)> {
    let (value, used) = annals_calendar::read_number(text)?;
    Some((value, &text[used..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_text::FileId;

    fn read(text: &str) -> Vec<(Option<u64>, Option<u64>, bool, String)> {
        let span = Span::new(FileId(0), 0, text.len() as u32);
        let name = |_: &str, _: Span| Ok(EntityId(7));
        read_figures(text, span, &name)
            .unwrap()
            .into_iter()
            .map(|f| (f.low, f.high, f.approximate, f.unit))
            .collect()
    }

    fn one(text: &str) -> (Option<u64>, Option<u64>, bool, String) {
        let mut all = read(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all.remove(0)
    }

    #[test]
    fn figures_keep_what_their_words_bound() {
        let exact = |n: u64, unit: &str| (Some(n), Some(n), false, unit.to_string());
        assert_eq!(
            one("3000 infantry and cavalry under Guo Xiaoke"),
            exact(3000, "infantry and cavalry")
        );
        assert_eq!(one("3,000"), exact(3000, ""));
        assert_eq!(
            one("7000 killed or captured"),
            exact(7000, "killed or captured")
        );
        assert_eq!(one("a hundred thousand horse"), exact(100_000, "horse"));
        assert_eq!(
            one("two hundred and fifty thousand men"),
            exact(250_000, "men")
        );
        assert_eq!(one("forty-two ships"), exact(42, "ships"));
        assert_eq!(one("3 thousand men"), exact(3000, "men"));
        assert_eq!(one("none"), exact(0, ""));
        assert_eq!(
            one("5,000-7,000 men"),
            (Some(5000), Some(7000), false, "men".into())
        );
        assert_eq!(
            one("5000 to 7000"),
            (Some(5000), Some(7000), false, String::new())
        );
        assert_eq!(
            one("between 5000 and 7000 men"),
            (Some(5000), Some(7000), false, "men".into())
        );
        assert_eq!(one("~100"), (Some(100), Some(100), true, String::new()));
        assert_eq!(
            one("about 100 ships"),
            (Some(100), Some(100), true, "ships".into())
        );
        assert_eq!(one("at least 20"), (Some(20), None, false, String::new()));
        assert_eq!(one("more than 20"), (Some(21), None, false, String::new()));
        assert_eq!(
            one("unknown number of troops"),
            (None, None, false, "troops".into())
        );
        assert_eq!(one("light"), (None, None, false, String::new()));
    }

    #[test]
    fn several_figures_stay_apart_and_joint_ones_together() {
        let figures = read("2,000 horse, 5,000 foot and about 30 boats");
        assert_eq!(figures.len(), 3);
        assert_eq!(figures[1].3, "foot");
        assert_eq!(read("3000 infantry and cavalry").len(), 1);
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        let span = Span::new(FileId(0), 0, 9);
        let name = |_: &str, _: Span| Ok(EntityId(0));
        for text in ["a boat", "", "99999999999999999999999", "troops", "3x"] {
            assert!(read_figures(text, span, &name).is_err(), "{text}");
        }
    }
}
