//! Who led the sides of a fight.
//!
//! What comes in: a row of commanders. What goes out: a claim for each, of the power that the cell
//! itself gives: by a bracket, a label, a flag, a line that heads a group. Where the side has several
//! powers and nothing gives one, the claim says that it was one of them, and not which.

use super::dates::cell_date;
use super::fight::{Fight, Label, Side, labelled, not_read, scoped};
use super::{Known, Told, why_unnamed};
use crate::article::cells::{Cut, Item, items};
use crate::article::names::Class;
use crate::article::prose::{Weight, weight};
use crate::article::statement::Unread;
use crate::article::tokens::tokens;

/// Tells the commanders of a row; those that are not told.
pub(super) fn tell(
    row: &Known,
    sentence: &str,
    told: &mut Told<'_>,
    fight: &Fight<'_>,
) -> Vec<Unread> {
    let mut unread = Vec::new();
    let sides = fight.sides;
    let side = row.side.and_then(|n| sides.iter().find(|s| s.number == n));
    let other = row.side.and_then(|n| sides.iter().find(|s| s.number != n));
    let mut head = None;
    for item in items(&row.cell, Cut::People) {
        if item.opens {
            head = None;
        }
        if let Some(power) = side.and_then(|s| heading(&item, told, s)) {
            head = Some(power);
            continue;
        }
        let (Some(person), Some(side)) = (told.value(&item, Some(Class::Person)), side) else {
            let why = match side {
                Some(_) => "it is not read as a name",
                None => "no side to put it on",
            };
            let why = why_unnamed(&item, why);
            unread.push(not_read(row, &item.whole, &why));
            continue;
        };
        let one = One {
            row,
            item: &item,
            side,
            other,
            power: marked(&item, told, side, fight.flags).or(head),
            person: &person,
            date: scoped(&item, fight.when, fight.main),
        };
        one.tell(sentence, told, &mut unread);
    }
    unread
}

/// A commander on his side.
struct One<'a> {
    row: &'a Known,
    item: &'a Item,
    side: &'a Side,
    other: Option<&'a Side>,
    power: Option<usize>,
    person: &'a str,
    date: Vec<String>,
}

impl One<'_> {
    fn tell(&self, sentence: &str, told: &mut Told<'_>, unread: &mut Vec<Unread>) {
        let (row, item) = (self.row, self.item);
        let weight = heaviest(item, told);
        if weight == Weight::Denies {
            unread.push(not_read(row, &item.whole, "its remark denies it"));
            return;
        }
        let doubted = weight == Weight::Doubts;
        let command = self.filled(sentence, told);
        match told.tell(&command, self.date.clone(), row, &item.whole) {
            Some(made) => {
                let label = labelled(told, item, self.side);
                let statement = &mut told.statements[made];
                statement.doubted |= doubted;
                if self.side.things.len() > 1 && self.power.is_none() {
                    let remark = match (&item.scope, label) {
                        (Some(scope), Label::Unknown) => format!(
                            "the side names several powers, and which of them “{scope}” is, is not known"
                        ),
                        _ => "the side names several powers, and which of them is not said"
                            .to_owned(),
                    };
                    statement.remarks.push(remark);
                }
                let mut notes = item.remarks.clone();
                match (label, &item.scope) {
                    (Label::Source, Some(scope)) => statement.according_to = Some(scope.clone()),
                    (Label::Unknown, Some(scope)) => notes.push(format!("{}: {scope}", row.key)),
                    _ => {}
                }
                let notes = notes.iter();
                let notes = notes.map(|r| format!("note \"{}\"", r.replace('"', "'")));
                statement.details.extend(notes);
                unread.extend(unlimited(row, item));
            }
            None => {
                let why = told.reader.why_not(&command, told.lexicon);
                unread.push(not_read(row, &item.whole, &why));
            }
        }
        for fate in &item.fates {
            let fate = self.filled(fate, told);
            // `(killed) (30 August 1552)`: not at any time of the fight, but then.
            let date = match &item.remarks[..] {
                [remark] => cell_date(remark).map(|date| vec![date]),
                _ => None,
            };
            let date = date.unwrap_or_else(|| self.date.clone());
            match told.tell(&fate, date, row, &item.whole) {
                Some(made) => told.statements[made].doubted |= doubted,
                None => {
                    let why = "no pattern fits what became of the person";
                    unread.push(not_read(row, &item.whole, why));
                }
            }
        }
    }

    fn filled(&self, sentence: &str, told: &Told<'_>) -> String {
        let side = match self.power {
            Some(power) => told.name(power),
            None => one_of(told, self.side),
        };
        let other = self.other.map_or(String::new(), |o| one_of(told, o));
        sentence
            .replace("{value}", self.person)
            .replace("{side}", &side)
            .replace("{other}", &other)
    }
}

/// The power of a side, or a choice of its powers.
fn one_of(told: &Told<'_>, side: &Side) -> String {
    let names: Vec<String> = side.things.iter().map(|t| told.name(*t)).collect();
    names.join(" or ")
}

/// A line that is the name of one of the side's powers, and heads those who fought for it.
fn heading(item: &Item, told: &Told<'_>, side: &Side) -> Option<usize> {
    let bare = item.fates.is_empty() && item.remarks.is_empty();
    let thing = told.thing(item, None).filter(|_| bare)?;
    side.things.contains(&thing).then_some(thing)
}

/// The power that a bracket, a label or a flag gives: `Masinissa (Numidia)`, `Numidia: Masinissa`.
pub(super) fn marked(
    item: &Item,
    told: &Told<'_>,
    side: &Side,
    flags: &[(usize, String)],
) -> Option<usize> {
    let named = |remark: &String| {
        let thing = told.book.named(remark.trim());
        let own = thing.filter(|thing| side.things.contains(thing));
        own.or_else(|| one_like(remark, told, side))
    };
    let label = match labelled(told, item, side) {
        Label::Power(power) => Some(power),
        _ => None,
    };
    // `{{flagicon|X}} 1865: 18,000 men`: the flag stands before the label, and the figure behind it; of
    // several names in one line it is the first one's.
    let start = item.whole.origin(0);
    let own = |before: usize| before == start || before == item.line && item.scope.is_some();
    let flag = || flags.iter().find(|(before, _)| own(*before));
    let flagged = || one_like(&flag()?.1, told, side);
    let bracket = item.remarks.iter().find_map(named);
    bracket.or(label).or_else(flagged)
}

/// The only power of a side whose name has all the words of another, or the other way round: the
/// flag of `Kingdom of Italy` is that of Italy.
pub(super) fn one_like(name: &str, told: &Told<'_>, side: &Side) -> Option<usize> {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        let words = words.map(str::to_lowercase);
        words
            .filter(|w| !matches!(w.as_str(), "" | "of" | "the"))
            .collect()
    };
    let own = words(name);
    let fits = |thing: &usize| {
        let named = &told.book.things[*thing];
        let also = named.also.iter().map(|(also, _)| also);
        std::iter::once(&named.name).chain(also).any(|other| {
            let other = words(other);
            !own.is_empty()
                && (own.iter().all(|w| other.contains(w)) || other.iter().all(|w| own.contains(w)))
        })
    };
    let mut found = side.things.iter().copied().filter(fits);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The only power of a side whose name begins with some words: `Durrani` is the Durrani Empire.
pub(super) fn shortened(words: &str, told: &Told<'_>, side: &Side) -> Option<usize> {
    let words = words.trim().trim_matches('\'').to_lowercase();
    let class_noun = told.lexicon.is_class_noun(&words);
    let begins = |thing: &usize| {
        let name = told.name(*thing).to_lowercase();
        let rest = name.strip_prefix(words.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let mut found = side.things.iter().copied().filter(begins);
    let first = found.next().filter(|_| !words.is_empty() && !class_noun)?;
    found.next().is_none().then_some(first)
}

/// Whether the brackets behind a name doubt or deny it.
fn heaviest(item: &Item, told: &Told<'_>) -> Weight {
    let remarks = item.remarks.iter();
    let weights = remarks.map(|r| weight(&tokens(r), told.lexicon));
    weights.fold(Weight::Nothing, |heaviest, one| match (heaviest, one) {
        (Weight::Denies, _) | (_, Weight::Denies) => Weight::Denies,
        (Weight::Doubts, _) | (_, Weight::Doubts) => Weight::Doubts,
        _ => Weight::Nothing,
    })
}

/// An item that is read without the limit in brackets behind it.
fn unlimited(row: &Known, item: &Item) -> Option<Unread> {
    let limit = |r: &String| r.contains(|c: char| c.is_ascii_digit());
    let why = "read without the limit in brackets";
    item.remarks
        .iter()
        .any(limit)
        .then(|| not_read(row, &item.whole, why))
}
