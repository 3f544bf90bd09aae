//! Whose a figure of a box is, and when it was so.
//!
//! What comes in: an item of a row of figures. What goes out: the powers that it counts, which are all of
//! its side where it names none; nothing where it counts some of one power and some of another, for
//! then it is a note that names none as counted.

use super::dates::cell_date;
use super::fight::{Fight, Label, Side};
use super::{Told, people};
use crate::article::cells::Item;
use crate::article::tokens::{Kind, Token, tokens};

/// Whose a figure is, and its words without their names; none where it is of a side of which some power
/// is doubted, for whether that one is counted in it is not said.
pub(super) fn counted(
    told: &Told<'_>,
    item: &Item,
    side: &Side,
    label: Label,
    fight: &Fight<'_>,
) -> Option<(Vec<usize>, Option<String>)> {
    if mixed(told, item, side, fight.flags) || second_of_flags(item, fight.flags) {
        return None;
    }
    let (whose, words) = match label {
        Label::Power(thing) => (vec![thing], Some(item.words.text().to_owned())),
        _ => owner(told, item, side),
    };
    let whose = of_flag(told, item, side, fight, whose);
    let open = whose == side.things && side.sure.len() < side.things.len();
    (!open).then_some((whose, words))
}

/// A figure of a side as a note, which names no power as the one that is counted.
pub(super) fn of_side(key: &str, item: &Item, side: &str) -> String {
    let labels = item.under.iter().chain(&item.scope);
    let labels = labels.filter(|label| !item.whole.text().contains(label.as_str()));
    let labels: String = labels.map(|label| format!("{label}: ")).collect();
    let said = format!("{labels}{}", item.whole.text()).replace('"', "'");
    format!(
        "note \"{key} the side of {side}: {}\"",
        said.replace('\n', " ")
    )
}

/// Whose a figure is where it names no power and a flag stands before it.
fn of_flag(
    told: &Told<'_>,
    item: &Item,
    side: &Side,
    fight: &Fight<'_>,
    whose: Vec<usize>,
) -> Vec<usize> {
    let flagged = people::marked(item, told, side, fight.flags);
    match flagged.filter(|_| whose == side.things) {
        Some(power) => vec![power],
        None => whose,
    }
}

/// Whose figure it is: the powers that the words name, else all of the side, never a part of it.
/// The words then stand without the names; `None` where they do not without saying something else.
fn owner(told: &Told<'_>, item: &Item, side: &Side) -> (Vec<usize>, Option<String>) {
    let text = item.words.text();
    let all = tokens(text);
    let mut named = Vec::new();
    let mut place = 0..0;
    let mut at = 0;
    while at < all.len() {
        let found = told.book.at(&all, at);
        let Some((thing, next)) = found.filter(|(t, _)| side.things.contains(t)) else {
            at += 1;
            continue;
        };
        if named.is_empty() {
            place.start = all[at].range.start;
        }
        place.end = all[next - 1].range.end;
        named.push(thing);
        at = next;
    }
    let run: Vec<_> = all.iter().filter(|t| t.is_capital()).collect();
    if let (true, Some(first), Some(last)) = (named.is_empty(), run.first(), run.last()) {
        // `2,000 Poland`, where the box has the Kingdom of Poland.
        let range = first.range.start..last.range.end;
        let words = text.get(range.clone()).unwrap_or("");
        if let Some(power) = people::one_like(words, told, side) {
            named.push(power);
            place = range;
        }
    }
    named.dedup();
    let (before, after) = (text[..place.start].trim_end(), text[place.end..].trim());
    match named.len() {
        0 => (side.things.clone(), Some(text.to_owned())),
        1 => (named, Some(format!("{before} {after}").trim().to_owned())),
        // `3,000 infantry of Verona and Mantua`: joint, and nothing may stand behind the names.
        _ => {
            let words = before.trim_end_matches(" of").trim_end_matches(" from");
            let whole = after.is_empty() && !words.is_empty();
            (named, whole.then(|| words.to_owned()))
        }
    }
}

/// Whether a figure sets one power against others, or is of both sides: `7,000 (without Lithuania)`,
/// `1,000, of them 300 Venetians`, `2,000 Poland, 1,000 Lithuania`, `7,000 (both sides)`.
fn mixed(told: &Told<'_>, item: &Item, side: &Side, flags: &[(usize, String)]) -> bool {
    let all = tokens(item.whole.text());
    let any = |class: &str| all.iter().any(|t| told.lexicon.is(class, &t.lower));
    let ours = |at: usize| {
        let thing = told.book.at(&all, at).map(|(thing, _)| thing);
        let own = thing.is_some_and(|t| side.things.contains(&t));
        own || told.lexicon.land_of(&all[at].text).is_some()
    };
    let likened = || {
        let capitals = all.iter().filter(|t| t.is_capital());
        let mut like = capitals.map(|t| people::one_like(&t.text, told, side));
        like.any(|power| power.is_some())
    };
    let flagged = flags.iter().any(|(at, _)| *at == item.line);
    let named = flagged || (0..all.len()).any(ours) || likened();
    any("of-all-sides") || named && (any("mixing") || figures(&tokens(item.words.text())) > 1)
}

/// How many figures stand in some words; a range is one.
fn figures(all: &[Token]) -> usize {
    let figure =
        |t: &Token| t.kind == Kind::Number && t.text.starts_with(|c: char| c.is_ascii_digit());
    let places: Vec<usize> = (0..all.len()).filter(|at| figure(&all[*at])).collect();
    let range = |two: &&[usize]| {
        let between = &all[two[0] + 1..two[1]];
        let joint = |t: &Token| matches!(&*t.text, "to" | "–" | "—" | "-");
        between.iter().all(joint)
    };
    places.len() - places.windows(2).filter(range).count()
}

/// Whether a figure stands behind another in a line that opens with a flag, and has none itself: it
/// may be of that flag, or of all. The same holds for one with a flag inside.
fn second_of_flags(item: &Item, flags: &[(usize, String)]) -> bool {
    let at = |place: usize| flags.iter().any(|(before, _)| *before == place);
    let start = item.whole.origin(0);
    let whole = item.whole.origin_of(0..item.whole.text().len());
    let inside = |(place, _): &(usize, String)| start < *place && *place < whole.end;
    if flags.iter().any(inside) {
        return true;
    }
    start != item.line && at(item.line) && !at(start) && item.scope.is_none()
}

/// Whether a year is one of those in which the fight was; a fight without a date has none.
fn within(date: &str, when: &[String]) -> bool {
    let years = |words: &str| -> Vec<i64> {
        let runs = words.split(|c: char| !c.is_ascii_digit());
        let runs: Vec<&str> = runs.filter(|run| !run.is_empty()).collect();
        let long: Vec<&str> = runs.iter().copied().filter(|run| run.len() > 2).collect();
        let runs = if long.is_empty() { runs } else { long };
        let sign = if words.contains("BC") { -1 } else { 1 };
        let read = runs.iter().filter_map(|run| run.parse::<i64>().ok());
        read.map(|year| sign * year).collect()
    };
    let window: Vec<i64> = when.iter().flat_map(|words| years(words)).collect();
    let (Some(first), Some(last)) = (window.iter().min(), window.iter().max()) else {
        return false;
    };
    let mut own = years(date).into_iter();
    own.all(|year| (*first..=*last).contains(&year))
}

/// `60,000 men (1864)`: the year behind a figure is its time, where it is one of the fight: that
/// of a book is none.
pub(super) fn dated_behind(item: &mut Item, when: &[String]) {
    let year = |r: &String| r.len() <= 8 && r.starts_with(|c: char| c.is_ascii_digit());
    if let ([remark], None) = (&item.remarks[..], &item.scope)
        && year(remark)
        && let Some(date) = cell_date(remark)
        && within(&date, when)
    {
        item.scope = item.remarks.pop();
    }
}
