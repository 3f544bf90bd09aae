//! The offices of a box: what each is as a sentence has it, and when it was held.
//!
//! What comes in: rows that belong together by the number behind their keys. What goes out: the office
//! in the fullest words that the vocabulary reads, down to the title alone in quotation marks, which
//! says no more than the row; and the date that the rows of its number give.

use super::dates::cell_date;
use super::{Infobox, Known, Role, Told, is_name};
use crate::article::document::Flow;
use crate::article::lexicon::{Lexicon, table};
use crate::article::names::{Class, Given};

/// `1st Governor of New South Wales` without its number.
fn bare(words: &str) -> &str {
    let Some((first, rest)) = words.split_once(' ') else {
        return words;
    };
    let number = first.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ordinal = !number.is_empty() && number.len() < first.len();
    if !ordinal || !number.bytes().all(|b| b.is_ascii_digit()) {
        return words;
    }
    // `27th and 30th President`
    let rest = rest.trim();
    match rest.strip_prefix("and ") {
        Some(further) if bare(further) != further => bare(further),
        _ => rest,
    }
}

/// The first line of a cell: the office itself.
fn words_of(cell: &Flow) -> String {
    let first = cell.lines().first().map(|l| l.text().to_owned());
    bare(first.unwrap_or_default().trim()).to_owned()
}

/// A title and what it is the title of: `Governor`, `New South Wales`.
fn parted(words: &str) -> Option<(&str, &str)> {
    let (title, land) = words.split_once(" of ")?;
    let land = land.trim();
    Some((title.trim(), land.strip_prefix("the ").unwrap_or(land)))
}

/// The land of an office whose title says what it must be: a governor's a place, a king's a realm.
pub(super) fn land(cell: &Flow, lexicon: &Lexicon, key: &str) -> Option<Given> {
    let words = words_of(cell);
    let (title, land) = parted(&words)?;
    let title = title.to_lowercase();
    let class = if lexicon.is("office-of-realm", &title) {
        Class::Polity
    } else if lexicon.is("office-of-place", &title) {
        Class::Place
    } else {
        return None;
    };
    // `King of Hungary and Croatia` may be of one realm or of two.
    let one = is_name(land) && !land.contains(" and ");
    one.then(|| Given {
        name: land.to_owned(),
        class: Some(class),
        why: format!("infobox: {key}"),
        kin: false,
    })
}

/// An office in words that may be a sentence's, the fullest first.
pub(super) fn ways(words: &str, told: &Told<'_>) -> Vec<String> {
    let words = bare(words.trim());
    let mut ways = Vec::new();
    if let Some((title, land)) = parted(words)
        && let Some(thing) = told.book.named(land)
    {
        let lower = title.to_lowercase();
        let name = told.name(thing);
        if told.lexicon.is("person-noun", &lower) {
            ways.push(format!("{lower} of {name}"));
        }
        if !title.contains('"') {
            ways.push(format!("\"{title}\" of {name}"));
        }
    } else if told.lexicon.is("person-noun", &words.to_lowercase()) {
        ways.push(words.to_lowercase());
    }
    ways.push(format!("\"{}\"", words.replace('"', "'")));
    ways
}

/// The row of the office to which a row belongs: that of its number, or the only one of the box.
fn row_of(found: &Infobox, number: Option<usize>) -> Option<&Known> {
    let rows = || {
        found
            .rows
            .iter()
            .filter(|r| r.roles.contains(&Role::Office))
    };
    let own = rows().find(|r| r.side == number);
    // `term_start2` without `office2`: a further term of the office before it.
    let before = || rows().filter(|r| r.side < number).max_by_key(|r| r.side);
    own.or_else(|| rows().next().filter(|_| rows().count() == 1))
        .or_else(before)
}

/// The office of a number: the first of its ways of which the vocabulary can say that somebody holds it.
pub(super) fn office(
    found: &Infobox,
    number: Option<usize>,
    subject: &str,
    told: &Told<'_>,
) -> Option<String> {
    let words = words_of(&row_of(found, number)?.cell);
    let sentence = table(super::BOXES).find_map(|l| l.strip_prefix("an office: "))?;
    let reads = |way: &String| {
        let filled = sentence
            .replace("{subject}", subject)
            .replace("{office}", way);
        told.reader.read(&filled, told.lexicon).is_some()
    };
    ways(&words, told).into_iter().find(reads)
}

/// When an office was held, by the rows of its beginning and its end.
pub(super) struct Term<'a> {
    pub when: Option<String>,
    /// The rows whose dates are in it.
    pub rows: Vec<&'a Known>,
}

/// The term of an office's number.
pub(super) fn term(found: &Infobox, number: Option<usize>) -> Term<'_> {
    let row = |role: &Role| {
        let mut rows = found.rows.iter().filter(|r| r.side == number);
        let row = rows.find(|r| r.roles.contains(role))?;
        let date = cell_date(row.cell.text()).filter(|d| !is_range(d))?;
        Some((row, date))
    };
    let (begin, end) = (row(&Role::Begin), row(&Role::End));
    let when = match (&begin, &end) {
        (Some((_, first)), Some((_, last))) => {
            let range = format!("from {first} to {last}");
            let settings = annals_calendar::Settings::default();
            annals_calendar::read(&range, &settings)
                .is_ok()
                .then_some(range)
        }
        (Some((_, first)), None) => Some(format!("from {first}")),
        (None, Some((_, last))) => Some(format!("until {last}")),
        (None, None) => None,
    };
    let rows = match when {
        Some(_) => [begin, end].into_iter().flatten().map(|(r, _)| r).collect(),
        None => Vec::new(),
    };
    Term { when, rows }
}

fn is_range(date: &str) -> bool {
    date.starts_with("from ") || date.starts_with("between ")
}

/// Whether a row of the number says by itself when the office was held, as `reign` does.
pub(super) fn timed(found: &Infobox, number: Option<usize>) -> bool {
    let held = |role: &Role| matches!(role, Role::Dated(s) if s.contains("{office}"));
    let mut rows = found.rows.iter();
    rows.any(|r| r.side == number && r.roles.iter().any(held))
}
