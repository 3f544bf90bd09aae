//! The box of a war, a battle, a siege: sides, who led them, figures.

use super::dates::{cell_date, date_weight};
use super::whose::{counted, dated_behind, of_side};
use super::{Infobox, Known, Role, Told, in_line, people, why_unnamed};
use crate::article::cells::{Cut, Item, items, quantity};
use crate::article::document::Flow;
use crate::article::names::Class;
use crate::article::prose::{Weight, weight};
use crate::article::statement::Unread;
use crate::article::tokens::tokens;

/// A side with the things it names.
pub(super) struct Side {
    pub number: usize,
    pub things: Vec<usize>,
    /// Those of whom the box does not doubt that they were of it.
    pub sure: Vec<usize>,
}

/// A fight, as its commanders are told.
pub(super) struct Fight<'a> {
    pub sides: &'a [Side],
    pub when: &'a [String],
    pub main: Option<usize>,
    pub flags: &'a [(usize, String)],
}

/// Tells what the box says; what it does not.
pub(super) fn tell(found: &Infobox, told: &mut Told<'_>) -> Vec<Unread> {
    let mut unread = Vec::new();
    let sides = sides(found, told);
    let date = found.rows.iter().find(|r| r.roles.contains(&Role::Date));
    let when: Vec<String> = date
        .and_then(|r| cell_date(r.cell.text()))
        .into_iter()
        .collect();
    if let Some(row) = date.filter(|_| when.is_empty()) {
        unread.push(not_read(row, &row.cell, "the date is not understood"));
    }
    for row in found.rows.iter().filter(|r| r.roles.contains(&Role::Side)) {
        let named = |item: &Item| told.thing(item, None).is_some();
        let why = "the name of the side whose powers stand below it, or one above them";
        unread.extend(heads(found, row).map(|i| not_read(row, &i.whole, why)));
        let members = members(found, row);
        let left = members.iter().filter(|i| !named(i));
        unread.extend(left.map(|i| not_read(row, &i.whole, &why_unnamed(i, "no name"))));
        for item in members.iter().filter(|i| named(i)) {
            let why = "whether it was of the side is doubted or limited";
            let limited = item
                .remarks
                .iter()
                .any(|r| r.contains(|c: char| c.is_ascii_digit()));
            let open = limited || !sure(item, told);
            unread.extend(open.then(|| not_read(row, &item.whole, why)));
        }
    }
    let main = main(found, told, &sides, &when);
    unread.extend(doubted_date(found, told, main));
    if sides.len() < 2 {
        let rows = found.rows.iter().filter(|r| r.roles.contains(&Role::Side));
        let why = "the box names one side alone: the other is not guessed";
        unread.extend(rows.map(|row| not_read(row, &row.cell, why)));
    }
    if main.is_none() {
        // Without an event there is nothing that its name and its date could be said of.
        let lost = |r: &&Known| {
            r.roles.contains(&Role::Title)
                || r.roles.contains(&Role::Date) && !when.is_empty()
                || r.roles.contains(&Role::Side) && sides.len() > 1
        };
        let rows = found.rows.iter().filter(lost);
        unread.extend(rows.map(|row| not_read(row, &row.cell, "no event to put it on")));
    }
    let fight = Fight {
        sides: &sides,
        when: &when,
        main,
        flags: &found.flags,
    };
    unread.extend(rows(found, told, &fight));
    unread
}

/// Tells the rows that belong to an event or a side; those that are not told.
fn rows(found: &Infobox, told: &mut Told<'_>, fight: &Fight<'_>) -> Vec<Unread> {
    let mut unread = Vec::new();
    let main = fight.main;
    for row in &found.rows {
        for role in &row.roles {
            let done = match role {
                Role::OfSide(sentence) => people::tell(row, sentence, told, fight),
                Role::Figure(key) => figures(row, key, told, fight),
                Role::Detail(key) => {
                    let unread = detail(row, key, told, main);
                    if *key == "result" {
                        super::result::tell(row, told);
                    }
                    unread
                }
                Role::Title | Role::Subject | Role::Nothing | Role::Date | Role::Side => Vec::new(),
                Role::Office
                | Role::Begin
                | Role::End
                | Role::Aside
                | Role::Event(_)
                | Role::DayOf(_)
                | Role::DetailOf(..)
                | Role::Dated(_)
                | Role::Value(..) => {
                    vec![not_read(
                        row,
                        &row.cell,
                        "no rule for this row in such a box",
                    )]
                }
            };
            unread.extend(done);
        }
    }
    unread
}

/// A date that its own brackets doubt is noted so; they say nothing of the event.
fn doubted_date(found: &Infobox, told: &mut Told<'_>, main: Option<usize>) -> Option<Unread> {
    let row = found.rows.iter().find(|r| r.roles.contains(&Role::Date))?;
    if date_weight(row.cell.text(), told.lexicon) == Weight::Nothing {
        return None;
    }
    let statement = &mut told.statements[main?];
    statement.when.clear();
    let words = row.cell.text().replace('"', "'").replace('\n', "; ");
    statement.details.push(format!("note \"date: {words}\""));
    Some(not_read(row, &row.cell, "its remark doubts the date"))
}

pub(super) fn not_read(row: &Known, flow: &Flow, why: &str) -> Unread {
    Unread {
        words: format!("{}: {}", row.key, in_line(flow)),
        bytes: flow.origin_of(0..flow.text().len()),
        why: why.to_owned(),
    }
}

fn sides(found: &Infobox, told: &Told<'_>) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    for row in found.rows.iter().filter(|r| r.roles.contains(&Role::Side)) {
        let number = row.side.unwrap_or(sides.len() + 1);
        let at = match sides.iter().position(|s| s.number == number) {
            Some(at) => at,
            None => {
                sides.push(Side {
                    number,
                    things: Vec::new(),
                    sure: Vec::new(),
                });
                sides.len() - 1
            }
        };
        for item in members(found, row) {
            let Some(thing) = told.thing(&item, None) else {
                continue;
            };
            sides[at].things.push(thing);
            if sure(&item, told) {
                sides[at].sure.push(thing);
            }
        }
    }
    sides.retain(|s| !s.sure.is_empty());
    sides
}

/// The items of a side's row that head others: a line in bold with two or more below it that are not.
fn heads(found: &Infobox, row: &Known) -> impl Iterator<Item = Item> {
    let all = items(&row.cell, Cut::Names);
    let bold: Vec<bool> = all
        .iter()
        .map(|i| {
            let start = i.whole.origin(0);
            // A flag shows a power.
            found.bold.contains(&start) && found.flags.iter().all(|(at, _)| *at != start)
        })
        .collect();
    let heading = move |at: usize| {
        let below = bold[at + 1..].iter().take_while(|b| !**b).count();
        bold[at] && below > 1
    };
    all.into_iter()
        .enumerate()
        .filter(move |(at, _)| heading(*at))
        .map(|(_, item)| item)
}

/// The powers that a side's row lists, without what heads them.
pub(super) fn members(found: &Infobox, row: &Known) -> Vec<Item> {
    let heads: Vec<Item> = heads(found, row).collect();
    let mut all = items(&row.cell, Cut::Names);
    all.retain(|i| !heads.contains(i));
    all
}

/// Whether the box says without a doubt that a power fought: `(disputed)` and a label of its own
/// (`Supported by:`) do not.
fn sure(item: &Item, told: &Told<'_>) -> bool {
    let mut remarks = item.remarks.iter();
    let doubted = remarks.any(|r| weight(&tokens(r), told.lexicon) != Weight::Nothing);
    let label = item.scope.as_deref().is_some_and(|s| {
        tokens(s)
            .iter()
            .any(|t| told.lexicon.is("helping", &t.lower))
    });
    !doubted && !label
}

fn names(told: &Told<'_>, things: &[usize]) -> String {
    let names: Vec<String> = things.iter().map(|t| told.name(*t)).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The event that the box is of: its title where the vocabulary reads it, else its sides.
fn main(found: &Infobox, told: &mut Told<'_>, sides: &[Side], when: &[String]) -> Option<usize> {
    let title = found.title.trimmed();
    let row = found
        .rows
        .iter()
        .find(|r| r.roles.contains(&Role::Title))
        .or(found.rows.first())?;
    let place = if row.roles.contains(&Role::Title) {
        row.cell.clone()
    } else {
        title.clone()
    };
    let mut main = told
        .tell(title.text(), when.to_vec(), row, &place)
        .filter(|i| {
            let statement = &told.statements[*i];
            // A title that names no doer says less than the sides do.
            statement.event && statement.key.get(1).is_some_and(|r| r != "*")
        });
    if main.is_none() {
        told.statements.clear();
        if let [one, other, ..] = sides {
            let sentence = super::table(super::BOXES).find_map(|l| l.strip_prefix("a fight: "))?;
            let sentence = sentence
                .replace("{one}", &names(told, &one.sure))
                .replace("{other}", &names(told, &other.sure));
            main = told.tell(&sentence, when.to_vec(), row, &place);
        }
    }
    let main = main?;
    told.statements[main].label = Some("main".to_owned());
    if let Some(row) = found.rows.iter().find(|r| r.roles.contains(&Role::Title)) {
        let name = row.cell.text().replace('"', "'");
        told.statements[main]
            .details
            .push(format!("called \"{name}\""));
    }
    for side in sides {
        let words = names(told, &side.sure);
        told.statements[main].details.push(format!("side: {words}"));
        uses(told, main, &side.sure);
    }
    Some(main)
}

fn uses(told: &mut Told<'_>, statement: usize, things: &[usize]) {
    for thing in things {
        let word = told.book.things[*thing].class().word();
        let known = told.statements[statement]
            .uses
            .iter()
            .any(|(t, _)| t == thing);
        if !known {
            told.statements[statement].uses.push((*thing, word));
        }
    }
}

/// The date of a label, or the time of the whole.
pub(super) fn scoped(item: &Item, when: &[String], main: Option<usize>) -> Vec<String> {
    if let Some(date) = item.scope.as_deref().and_then(cell_date) {
        return vec![date];
    }
    match main {
        Some(main) => vec![format!("during #{{{main}}}")],
        None => when.to_vec(),
    }
}

/// The label that says when a figure was so, if one does.
fn time_of(item: &Item) -> Option<&String> {
    let labels = [&item.scope, &item.under];
    labels
        .into_iter()
        .flatten()
        .find(|label| cell_date(label).is_some())
}

/// A figure under a label of time, as a claim of that time; where nothing says so, it is a note.
fn dated_figure(row: &Known, item: &Item, key: &str, of: &str, told: &mut Told<'_>) -> bool {
    let Some(date) = time_of(item).and_then(|t| cell_date(t)) else {
        return false;
    };
    let figure = format!("\"{}\"", item.words.text().replace('"', "'"));
    let line = format!("a dated {key}: ");
    let Some(sentence) = super::table(super::BOXES).find_map(|l| l.strip_prefix(line.as_str()))
    else {
        return false;
    };
    let sentence = sentence.replace("{side}", of).replace("{figure}", &figure);
    let Some(made) = told.tell(&sentence, vec![date], row, &item.whole) else {
        return false;
    };
    let statement = &mut told.statements[made];
    statement.according_to = named_source(item, Label::None);
    let remarks = item.remarks.iter();
    let notes = remarks.map(|r| format!("note \"{}\"", r.replace('"', "'")));
    statement.details.extend(notes);
    true
}

fn figures(row: &Known, key: &str, told: &mut Told<'_>, fight: &Fight<'_>) -> Vec<Unread> {
    let mut unread = Vec::new();
    let main = fight.main;
    let side = row
        .side
        .and_then(|n| fight.sides.iter().find(|s| s.number == n));
    for mut item in items(&row.cell, Cut::Figures) {
        dated_behind(&mut item, fight.when);
        let (Some(main), Some(side)) = (main, side) else {
            unread.push(not_read(
                row,
                &item.whole,
                "no event or no side to put it on",
            ));
            continue;
        };
        let label = labelled(told, &item, side);
        let Some((whose, words)) = counted(told, &item, side, label, fight) else {
            let note = of_side(key, &item, &names(told, &side.sure));
            told.statements[main].details.push(note);
            continue;
        };
        let of = names(told, &whose);
        let source = named_source(&item, label);
        let cite = source
            .as_deref()
            .map(|s| format!("  [{}]", cited(s)))
            .unwrap_or_default();
        // A figure that its own remark disputes, and one under a label of which it is not known
        // what it says of it, are no figures to reckon with.
        let remarks = item.remarks.iter();
        let doubted = remarks
            .clone()
            .any(|r| weight(&tokens(r), told.lexicon) != Weight::Nothing);
        let figure = words.as_deref().and_then(quantity);
        if figure.is_none() && item.words.text().contains(|c: char| c.is_ascii_digit()) {
            let why = "the figure cannot be read whole";
            unread.push(not_read(row, &item.whole, why));
        }
        if !doubted && figure.is_some() && dated_figure(row, &item, key, &of, told) {
            continue;
        }
        let scoped = time_of(&item);
        let detail = match figure
            .filter(|_| scoped.is_none())
            .filter(|_| !doubted && label != Label::Unknown)
        {
            Some(figure) => format!("{key} {of}: {figure}{cite}"),
            None => {
                let scope = scoped.or(item.scope.as_ref().filter(|_| label == Label::Unknown));
                let scope = scope.map_or(String::new(), |s| format!("{s}: "));
                let said = format!("{scope}{}", item.whole.text()).replace('"', "'");
                format!("note \"{key} {of}: {said}\"")
            }
        };
        let counted = detail.starts_with(key);
        told.statements[main].details.push(detail);
        // A remark that is no source still says how the figure is to be taken.
        if counted && item.remarks.iter().any(|r| Some(r) != source.as_ref()) {
            let whole = item.whole.text().replace('"', "'").replace('\n', " ");
            told.statements[main]
                .details
                .push(format!("note \"{key} {of}: {whole}\""));
        }
        uses(told, main, &whose);
    }
    unread
}

/// Who counted, by the label before a figure or the remark behind it.
fn named_source(item: &Item, label: Label) -> Option<String> {
    let remark = |r: &&String| r.contains("source") || r.contains("estimate");
    let scope = item.scope.clone().filter(|_| label == Label::Source);
    scope.or_else(|| item.remarks.iter().find(remark).cloned())
}

/// What the label before a figure says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// There is none, or it is a date.
    None,
    /// `Spanish:`, a power of the side.
    Power(usize),
    /// `Chinese sources:`
    Source,
    /// `Wounded:`
    Unknown,
}

pub(super) fn labelled(told: &Told<'_>, item: &Item, side: &Side) -> Label {
    let Some(scope) = item.scope.as_deref().filter(|s| cell_date(s).is_none()) else {
        return Label::None;
    };
    let power = told.book.named(scope.trim().trim_matches('\''));
    if let Some(power) = power.filter(|p| side.things.contains(p)) {
        return Label::Power(power);
    }
    let words = tokens(scope);
    let told_by = |t: &crate::article::tokens::Token| {
        told.lexicon.is_any(&["account-noun", "telling"], &t.lower)
    };
    if words.iter().any(told_by) {
        return Label::Source;
    }
    let power = super::people::shortened(scope, told, side);
    power.map_or(Label::Unknown, Label::Power)
}

/// A source that the box names, as a citation; the draft declares it.
fn cited(source: &str) -> String {
    let mut key = String::new();
    for c in source.to_lowercase().chars() {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.ends_with('-') && !key.is_empty() {
            key.push('-');
        }
    }
    format!("@{} via @{{article}}", key.trim_end_matches('-'))
}

fn detail(row: &Known, key: &str, told: &mut Told<'_>, main: Option<usize>) -> Vec<Unread> {
    let Some(main) = main else {
        return vec![not_read(row, &row.cell, "no event to put it on")];
    };
    let text = in_line(&row.cell).replace('"', "'");
    let mut further = Vec::new();
    let detail = match key {
        "at" => {
            let mut places = items(&row.cell, Cut::Names).into_iter();
            let first = places.next();
            let why = "a further place; the event is put at the first";
            further.extend(places.map(|place| not_read(row, &place.whole, why)));
            let thing = first
                .as_ref()
                .and_then(|i| told.thing(i, Some(Class::Place)));
            match thing {
                Some(thing) => {
                    let place = told.book.things[thing].classes().contains(&Class::Place);
                    told.statements[main]
                        .uses
                        .push((thing, Class::Place.word()));
                    let name = told.name(thing);
                    if place {
                        format!("at {name}")
                    } else {
                        format!("at {name} (place)")
                    }
                }
                None => format!("at \"{text}\""),
            }
        }
        "note" => format!("note \"{}: {text}\"", row.key),
        key => format!("{key} \"{text}\""),
    };
    told.statements[main].details.push(detail);
    further
}
