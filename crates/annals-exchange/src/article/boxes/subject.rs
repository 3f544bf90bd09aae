//! The box of a person or a power: each row is a sentence about its subject.

use super::{Infobox, Known, Role, Told, cell_date, cut_of, date_weight, why_unnamed};
use crate::article::cells::{Cut, items};
use crate::article::document::Flow;
use crate::article::names::Class;
use crate::article::prose::{Weight, weight};
use crate::article::statement::Unread;
use crate::article::tokens::tokens;

/// Tells what the box says; what it does not.
pub(super) fn tell(found: &Infobox, told: &mut Told<'_>) -> Vec<Unread> {
    let mut unread = Vec::new();
    let subject = found.subject().and_then(|s| told.book.named(&s));
    let Some(subject) = subject else {
        for row in &found.rows {
            unread.push(not_read(row, &row.cell, "the box names no subject"));
        }
        return unread;
    };
    let subject = told.name(subject);
    let office = office(found, told);
    let mut dated: Vec<(String, usize)> = Vec::new();
    for row in &found.rows {
        let mut done = false;
        for role in &row.roles {
            let fill = |sentence: &str| fill(sentence, &subject, office.as_deref());
            done |= match role {
                Role::Nothing | Role::Subject | Role::Title => true,
                Role::Office => {
                    // An office of which no row says when it was held is held all the same.
                    let sentence = fill("{subject} is {office}");
                    timed(found) || sentence.is_some_and(|s| tell_office(&s, row, told))
                }
                Role::Dated(sentence) => match (fill(sentence), cell_date(row.cell.text())) {
                    (Some(sentence), Some(date)) => {
                        let made = one(&sentence, date, row, told);
                        dated.extend(made.map(|m| (row.key.clone(), m)));
                        made.is_some()
                    }
                    _ => false,
                },
                Role::DetailOf(of, key) => place_of(row, of, key, told, &dated),
                Role::Value(class, sentence) => match fill(sentence) {
                    Some(sentence) => {
                        let left = values(row, *class, &sentence, told);
                        unread.extend(left);
                        true
                    }
                    None => false,
                },
                Role::Date | Role::Side | Role::Detail(_) | Role::Figure(_) | Role::OfSide(_) => {
                    false
                }
            };
        }
        if !done {
            unread.push(not_read(row, &row.cell, "no pattern fits"));
        }
    }
    unread
}

fn not_read(row: &Known, flow: &Flow, why: &str) -> Unread {
    Unread {
        words: format!("{}: {}", row.key, flow.text().replace('\n', "; ")),
        bytes: flow.origin_of(0..flow.text().len()),
        why: why.to_owned(),
    }
}

/// The office of the box as a sentence has it: `King of Hungary` as `king of Hungary`.
fn office(found: &Infobox, told: &Told<'_>) -> Option<String> {
    let row = found
        .rows
        .iter()
        .find(|r| r.roles.contains(&Role::Office))?;
    let words = row.cell.lines().first()?.text().to_owned();
    let (noun, rest) = words.split_once(' ').unwrap_or((&words, ""));
    let lower = noun.to_lowercase();
    let title = told.lexicon.is("person-noun", &lower);
    Some(match (title, rest) {
        (true, "") => lower,
        (true, rest) => format!("{lower} {rest}"),
        (false, _) => format!("\"{}\"", words.replace('"', "'")),
    })
}

/// A sentence with its subject and office; none where it needs an office that is not given.
fn fill(sentence: &str, subject: &str, office: Option<&str>) -> Option<String> {
    let sentence = sentence.replace("{subject}", subject);
    match office {
        Some(office) => Some(sentence.replace("{office}", office)),
        None => (!sentence.contains("{office}")).then_some(sentence),
    }
}

/// Whether a row says when the office was held.
fn timed(found: &Infobox) -> bool {
    let held = |role: &Role| matches!(role, Role::Dated(s) if s.contains("{office}"));
    found.rows.iter().any(|r| r.roles.iter().any(held))
}

fn tell_office(sentence: &str, row: &Known, told: &mut Told<'_>) -> bool {
    told.tell(sentence, Vec::new(), row, &row.cell).is_some()
}

/// A dated sentence, as doubted as the brackets behind its date have it; its index.
fn one(sentence: &str, date: String, row: &Known, told: &mut Told<'_>) -> Option<usize> {
    let weight = date_weight(row.cell.text(), told.lexicon);
    if weight == Weight::Denies {
        return None;
    }
    let made = told.tell(sentence, vec![date], row, &row.cell)?;
    told.statements[made].doubted |= weight == Weight::Doubts;
    Some(made)
}

/// Tells each item of a row; those that are not told.
fn values(row: &Known, class: Class, sentence: &str, told: &mut Told<'_>) -> Vec<Unread> {
    let mut left = Vec::new();
    for item in items(&row.cell, cut_of(&Role::Value(class, ""))) {
        let Some(value) = told.value(&item, Some(class)) else {
            let why = why_unnamed(&item, "no pattern fits");
            left.push(not_read(row, &item.whole, &why));
            continue;
        };
        let weights: Vec<Weight> = item
            .remarks
            .iter()
            .map(|r| weight(&tokens(r), told.lexicon))
            .collect();
        if weights.contains(&Weight::Denies) {
            left.push(not_read(row, &item.whole, "its remark denies it"));
            continue;
        }
        let filled = sentence.replace("{value}", &value);
        match told.tell(&filled, Vec::new(), row, &item.whole) {
            Some(made) => {
                told.statements[made].doubted |= weights.contains(&Weight::Doubts);
                let limited = item
                    .remarks
                    .iter()
                    .any(|r| r.contains(|c: char| c.is_ascii_digit()));
                if limited {
                    let why = "read without the limit in brackets";
                    left.push(not_read(row, &item.whole, why));
                }
            }
            None => left.push(not_read(row, &item.whole, "no pattern fits")),
        }
    }
    left
}

/// `birth_place`: where the event of another row happened.
fn place_of(
    row: &Known,
    of: &str,
    key: &str,
    told: &mut Told<'_>,
    dated: &[(String, usize)],
) -> bool {
    let plain = |k: &str| k.replace('_', " ");
    let Some((_, event)) = dated.iter().find(|(k, _)| plain(k) == plain(of)) else {
        return false;
    };
    let first = items(&row.cell, Cut::Names).into_iter().next();
    let Some(thing) = first
        .as_ref()
        .and_then(|i| told.thing(i, Some(Class::Place)))
    else {
        return false;
    };
    told.statements[*event]
        .uses
        .push((thing, Class::Place.word()));
    let name = told.name(thing);
    told.statements[*event]
        .details
        .push(format!("{key} {name}"));
    true
}
