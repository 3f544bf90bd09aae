//! The box of a person or a power: each row is a sentence about its subject.

use std::collections::BTreeSet;

use super::dates::{cell_date, date_weight};
use super::{Infobox, Known, Role, Told, cut_of, in_line, offices, why_unnamed};
use crate::article::cells::{Cut, Item, items};
use crate::article::document::Flow;
use crate::article::lexicon::table;
use crate::article::names::Class;
use crate::article::prose::{Weight, weight};
use crate::article::statement::Unread;
use crate::article::tokens::tokens;

/// A box as it is told.
struct Telling<'a, 't, 'b> {
    found: &'a Infobox,
    told: &'t mut Told<'b>,
    subject: String,
    /// Rows by their places, of which a claim holds what they say.
    held: BTreeSet<usize>,
    /// Rows with the events that they date.
    dated: Vec<(String, usize)>,
    unread: Vec<Unread>,
}

/// Tells what the box says; what it does not.
pub(super) fn tell(found: &Infobox, told: &mut Told<'_>) -> Vec<Unread> {
    let subject = found.subject().and_then(|s| told.book.named(&s));
    let Some(subject) = subject else {
        let rows = found.rows.iter();
        return rows
            .map(|row| not_read(row, &row.cell, "the box names no subject"))
            .collect();
    };
    let subject = told.name(subject);
    let mut telling = Telling {
        found,
        told,
        subject,
        held: BTreeSet::new(),
        dated: Vec::new(),
        unread: Vec::new(),
    };
    for (at, row) in found.rows.iter().enumerate() {
        if telling.row(row) {
            telling.held.insert(at);
        }
    }
    for (at, row) in found.rows.iter().enumerate() {
        if !telling.held.contains(&at) {
            let why = telling.why(row);
            telling.unread.push(not_read(row, &row.cell, why));
        }
    }
    telling.unread
}

fn not_read(row: &Known, flow: &Flow, why: &str) -> Unread {
    Unread {
        words: format!("{}: {}", row.key, in_line(flow)),
        bytes: flow.origin_of(0..flow.text().len()),
        why: why.to_owned(),
    }
}

fn plain(key: &str) -> String {
    key.replace('_', " ")
}

impl<'a> Telling<'a, '_, '_> {
    /// Why a row is listed.
    fn why(&self, row: &Known) -> &'static str {
        let role = |wanted: &Role| row.roles.contains(wanted);
        let dated = row.roles.iter().any(|r| matches!(r, Role::Dated(_)));
        if role(&Role::Begin) || role(&Role::End) {
            "no office to put it on, or no date"
        } else if role(&Role::Aside) || role(&Role::Subject) || role(&Role::Title) {
            "no claim needs it"
        } else if row.roles.iter().any(|r| matches!(r, Role::DayOf(_))) {
            "its year is not that of the other row"
        } else if dated && cell_date(row.cell.text()).is_none() {
            "the date is not understood"
        } else {
            "no pattern fits"
        }
    }

    /// Notes that a row is held by a claim of another.
    fn holds(&mut self, row: &Known) {
        let all = self.found.rows.iter();
        let own = all.enumerate().filter(|(_, r)| std::ptr::eq(*r, row));
        self.held.extend(own.map(|(at, _)| at));
    }

    /// The row of a key and a number.
    fn beside(&self, key: &str, number: Option<usize>) -> Option<&'a Known> {
        let found: &'a Infobox = self.found;
        let mut rows = found.rows.iter();
        rows.find(|r| plain(&r.key) == plain(key) && r.side == number)
    }

    /// Tells a row; whether all of it is held or listed.
    fn row(&mut self, row: &Known) -> bool {
        let mut done = false;
        for role in &row.roles {
            done |= match role {
                Role::Nothing => true,
                Role::Subject => row.cell.text() == self.subject,
                Role::Office => self.office(row),
                Role::Begin | Role::End => self.further_term(row),
                // `burial_place` tells the burial with its date.
                Role::Dated(_) if self.dates_a_value(row) => false,
                Role::Dated(sentence) => self.dated(row, sentence),
                Role::DayOf(key) => self.day(row, key),
                Role::Event(key) => self.event(row, key),
                Role::DetailOf(of, key) => self.place_of(row, of, key),
                // A religion is a person's or a realm's: the first sentence that fits is meant.
                Role::Value(class, sentence, by) => {
                    !done && self.values(row, *class, sentence, *by)
                }
                Role::Title
                | Role::Aside
                | Role::Date
                | Role::Side
                | Role::Detail(_)
                | Role::Figure(_)
                | Role::OfSide(_) => false,
            };
        }
        done
    }

    /// Whether another row's value is dated by this one.
    fn dates_a_value(&self, row: &Known) -> bool {
        let by = |role: &Role| matches!(role, Role::Value(_, _, Some(key)) if plain(key) == plain(&row.key));
        let mut rows = self.found.rows.iter().filter(|r| r.side == row.side);
        rows.any(|r| r.roles.iter().any(by))
    }

    /// The ways to fill a sentence: with the office of the row's number, or the title that another row
    /// has; none where that is not given.
    fn filled(&self, sentence: &str, row: &Known) -> Vec<String> {
        let sentence = sentence.replace("{subject}", &self.subject);
        if sentence.contains("{office}") {
            let office = offices::office(self.found, row.side, &self.subject, self.told);
            return office
                .map(|o| sentence.replace("{office}", &o))
                .into_iter()
                .collect();
        }
        let key = sentence.split_once('{').and_then(|(_, rest)| {
            let key = rest.split('}').next()?;
            (key != "value").then_some(key)
        });
        let title = sentence.rsplit_once('{').and_then(|(_, rest)| {
            let key = rest.split('}').next()?;
            (key != "value").then_some(key)
        });
        let Some(key) = key.or(title) else {
            return vec![sentence];
        };
        let Some(title) = self.beside(key, None) else {
            return Vec::new();
        };
        let ways = offices::ways(title.cell.text(), self.told).into_iter();
        ways.map(|w| sentence.replace(&format!("{{{key}}}"), &w))
            .collect()
    }

    /// Tells the first of some sentences that the vocabulary reads; its index.
    fn first(
        &mut self,
        sentences: &[String],
        when: &Option<String>,
        row: &Known,
        flow: &Flow,
    ) -> Option<usize> {
        let when: Vec<String> = when.iter().cloned().collect();
        let mut all = sentences.iter();
        all.find_map(|s| self.told.tell(s, when.clone(), row, flow))
    }

    /// An office that the rows of its number date, or none does.
    fn office(&mut self, row: &Known) -> bool {
        if offices::timed(self.found, row.side) {
            // `reign` tells it; where its date cannot be read, the office is held all the same.
            let mut rows = self.found.rows.iter().filter(|r| r.side == row.side);
            let read = rows.any(|r| {
                let held = |role: &Role| matches!(role, Role::Dated(s) if s.contains("{office}"));
                r.roles.iter().any(held) && cell_date(r.cell.text()).is_some()
            });
            if read {
                return !self.filled("{office}", row).is_empty();
            }
        }
        let Some(sentence) = table(super::BOXES).find_map(|l| l.strip_prefix("an office: ")) else {
            return false;
        };
        let found: &Infobox = self.found;
        let term = offices::term(found, row.side);
        let sentences = self.filled(sentence, row);
        let Some(made) = self.first(&sentences, &term.when, row, &row.cell) else {
            return false;
        };
        self.rests_on(made, &term.rows);
        true
    }

    /// A term whose number has no office of its own: a further one of the office before it.
    fn further_term(&mut self, row: &Known) -> bool {
        let own = |role: &Role, r: &&Known| r.roles.contains(role) && r.side == row.side;
        let found: &Infobox = self.found;
        let rows = || found.rows.iter();
        let office = rows().any(|r| own(&Role::Office, &r));
        let told = row.roles.contains(&Role::End) && rows().any(|r| own(&Role::Begin, &r));
        if office || told || row.side.is_none() || offices::timed(found, row.side) {
            return false;
        }
        let term = offices::term(found, row.side);
        let Some(sentence) = table(super::BOXES).find_map(|l| l.strip_prefix("an office: ")) else {
            return false;
        };
        if term.when.is_none() {
            return false;
        }
        let sentences = self.filled(sentence, row);
        let Some(made) = self.first(&sentences, &term.when, row, &row.cell) else {
            return false;
        };
        let rows: Vec<&Known> = term
            .rows
            .into_iter()
            .filter(|r| !std::ptr::eq(*r, row))
            .collect();
        self.rests_on(made, &rows);
        true
    }

    /// Adds the words of further rows to what a claim rests on.
    fn rests_on(&mut self, made: usize, rows: &[&Known]) {
        for row in rows {
            let bytes = row.cell.origin_of(0..row.cell.text().len());
            let statement = &mut self.told.statements[made];
            let words = in_line(&row.cell);
            statement.quote.push_str(&format!("; {words}"));
            statement.bytes.start = statement.bytes.start.min(bytes.start);
            statement.bytes.end = statement.bytes.end.max(bytes.end);
            self.holds(row);
        }
    }

    /// A row whose value is the date of its sentence.
    fn dated(&mut self, row: &Known, sentence: &str) -> bool {
        let day = self.found.rows.iter().find(|r| {
            let of =
                |role: &Role| matches!(role, Role::DayOf(key) if plain(key) == plain(&row.key));
            r.roles.iter().any(of) && r.side == row.side
        });
        let lines = row.cell.lines();
        let line = lines.iter().find(|l| cell_date(l.text()).is_some());
        let Some(date) = line.and_then(|l| cell_date(l.text())) else {
            return false;
        };
        let full = day.and_then(|d| Some((d, in_year(d.cell.text(), &date)?)));
        let when = full.as_ref().map_or(date, |(_, full)| full.clone());
        let weight = date_weight(row.cell.text(), self.told.lexicon);
        if weight == Weight::Denies {
            return false;
        }
        let sentences = self.filled(sentence, row);
        let Some(made) = self.first(&sentences, &Some(when), row, &row.cell) else {
            return false;
        };
        self.told.statements[made].doubted |= weight == Weight::Doubts;
        if let Some((day, _)) = full {
            self.rests_on(made, &[day]);
        }
        self.dated.push((row.key.clone(), made));
        if lines.len() > 1 {
            // `Born: 11 October 1738; London`: the other lines are listed, not guessed.
            let others = lines.iter().filter(|l| cell_date(l.text()).is_none());
            let own = others.filter(|l| l.text() != self.subject);
            let listed: Vec<Unread> = own.map(|l| not_read(row, l, "beside a date")).collect();
            self.unread.extend(listed);
        }
        true
    }

    /// A day whose year another row has: that row tells it; without such a row it tells itself.
    fn day(&mut self, row: &Known, of: &str) -> bool {
        if self.beside(of, row.side).is_some() {
            return false;
        }
        let Some(sentence) = super::roles(of).into_iter().find_map(|r| match r {
            Role::Dated(sentence) => Some(sentence),
            _ => None,
        }) else {
            return false;
        };
        self.dated(row, sentence)
    }

    /// A row that is a sentence of its own.
    fn event(&mut self, row: &Known, key: &str) -> bool {
        let date = self.beside(key, row.side);
        let when = date.and_then(|d| cell_date(d.cell.text()));
        let words = row.cell.text().trim_end_matches('.').to_owned();
        let Some(made) = self.first(&[words], &when, row, &row.cell) else {
            return false;
        };
        if let Some(date) = date.filter(|_| when.is_some()) {
            self.rests_on(made, &[date]);
        }
        true
    }

    /// Tells each item of a row; whether the row is understood, what is left of it listed.
    fn values(&mut self, row: &Known, class: Class, sentence: &str, by: Option<&str>) -> bool {
        let ways = self.filled(sentence, row);
        let date = by.and_then(|key| self.beside(key, row.side));
        let when = date.and_then(|d| cell_date(d.cell.text()));
        let listed = items(&row.cell, cut_of(&Role::Value(class, "", None)));
        let mut left = Vec::new();
        let mut told_any = false;
        for item in &listed {
            let made = self.value(row, item, class, &ways, &when, &mut left);
            if let Some(made) = made {
                told_any = true;
                if let Some(date) = date.filter(|_| when.is_some()) {
                    self.rests_on(made, &[date]);
                }
            }
        }
        if let Some(date) = date.filter(|_| !told_any) {
            // Where the place is not understood, the date tells what it can.
            let sentence = date.roles.iter().find_map(|role| match role {
                Role::Dated(sentence) => Some(*sentence),
                _ => None,
            });
            if sentence.is_some_and(|s| self.dated(date, s)) {
                self.holds(date);
            }
        }
        if told_any {
            self.unread.append(&mut left);
        } else if listed.len() == 1 && !left.is_empty() && !self.more_ways(row) {
            self.unread.append(&mut left);
            return true;
        }
        told_any
    }

    /// Whether the row has a further sentence that may fit.
    fn more_ways(&self, row: &Known) -> bool {
        let value = |role: &&Role| matches!(role, Role::Value(..));
        row.roles.iter().filter(value).count() > 1
    }

    fn value(
        &mut self,
        row: &Known,
        item: &Item,
        class: Class,
        ways: &[String],
        when: &Option<String>,
        left: &mut Vec<Unread>,
    ) -> Option<usize> {
        let Some(value) = self.told.value(item, Some(class)) else {
            let why = why_unnamed(item, "no pattern fits");
            left.push(not_read(row, &item.whole, &why));
            return None;
        };
        let remarks = item.remarks.iter();
        let weights: Vec<Weight> = remarks
            .map(|r| weight(&tokens(r), self.told.lexicon))
            .collect();
        if weights.contains(&Weight::Denies) {
            left.push(not_read(row, &item.whole, "its remark denies it"));
            return None;
        }
        let limit = self.limit(item, class);
        let mut sentences: Vec<String> =
            ways.iter().map(|w| w.replace("{value}", &value)).collect();
        if let Some(Limit::Wedding(_)) = &limit {
            let wedding = table(super::BOXES).find_map(|l| l.strip_prefix("a marriage: "));
            let wedding = wedding.map(|w| w.replace("{subject}", &self.subject));
            sentences.splice(0..0, wedding.map(|w| w.replace("{value}", &value)));
        }
        let date = match &limit {
            Some(Limit::Wedding(date) | Limit::Span(date)) => Some(date.clone()),
            None => when.clone(),
        };
        let Some(made) = self.first(&sentences, &date, row, &item.whole) else {
            left.push(not_read(row, &item.whole, "no pattern fits"));
            return None;
        };
        self.told.statements[made].doubted |= weights.contains(&Weight::Doubts);
        let digits = |r: &String| r.contains(|c: char| c.is_ascii_digit());
        if limit.is_none() && item.remarks.iter().any(digits) {
            let why = "read without the limit in brackets";
            left.push(not_read(row, &item.whole, why));
        }
        Some(made)
    }

    /// What the only remark of an item says of its time.
    fn limit(&self, item: &Item, class: Class) -> Option<Limit> {
        // `(m. 1530) (div)`: how it ended is listed.
        let digits = |r: &&String| r.contains(|c: char| c.is_ascii_digit());
        let dated: Vec<&String> = item.remarks.iter().filter(digits).collect();
        let [remark] = dated[..] else {
            return None;
        };
        if let Some((first, rest)) = remark.split_once([' ', '\u{A0}'])
            && class == Class::Person
            && self
                .told
                .lexicon
                .is("married", &first.trim_end_matches('.').to_lowercase())
        {
            let date = cell_date(rest)?;
            return Some(match date.starts_with("from ") {
                true => Limit::Span(date),
                false => Limit::Wedding(date),
            });
        }
        // The years behind a person may be those of a life.
        let date = cell_date(remark)?;
        let range = date.starts_with("from ") || date.starts_with("until ");
        (class != Class::Person && range).then_some(Limit::Span(date))
    }

    /// `birth_place`: where the event of another row happened.
    fn place_of(&mut self, row: &Known, of: &str, key: &str) -> bool {
        let Some((_, event)) = self.dated.iter().find(|(k, _)| plain(k) == plain(of)) else {
            return false;
        };
        let event = *event;
        let listed = items(&row.cell, Cut::Names);
        let first = listed.first();
        let Some(thing) = first.and_then(|i| self.told.thing(i, Some(Class::Place))) else {
            return false;
        };
        let name = self.told.name(thing);
        let statement = &mut self.told.statements[event];
        statement.uses.push((thing, Class::Place.word()));
        statement.details.push(format!("{key} {name}"));
        true
    }
}

/// When something held, by the brackets behind it.
enum Limit {
    /// `m. 1798`
    Wedding(String),
    /// `m. 1689–1698`, `1390–1500`
    Span(String),
}

/// A day in its year: `16 June` of 682. A day with a year of its own must name the same.
fn in_year(day: &str, year: &str) -> Option<String> {
    let figures: Vec<&str> = year
        .split(|c: char| !c.is_ascii_digit())
        .filter(|w| !w.is_empty())
        .collect();
    let [number] = figures[..] else {
        return None;
    };
    let own = day
        .split(|c: char| !c.is_ascii_digit())
        .any(|w| w.len() >= 3 || w == number);
    if own {
        let same = day
            .split(|c: char| !c.is_ascii_digit())
            .any(|w| w == number);
        return cell_date(day).filter(|_| same);
    }
    let plain = day.trim().trim_end_matches(',');
    cell_date(&format!("{plain} {year}"))
}
