//! Infoboxes: rows by a table of keys into names, statements and details.
//!
//! What comes in: the rows of a document. What goes out in two steps: the names that the rows give
//! with their kinds, and, once a matcher knows them, statements. The sentences stand in the table
//! (`data/boxes.txt`), not here. A row that says nothing readable is listed, never dropped.

mod fight;
mod result;
mod subject;

use super::cells::{Cut, Item, choice, items};
use super::document::{Document, Flow, Row};
use super::lexicon::{Lexicon, table};
use super::matching::Reader;
use super::names::{Class, Given, NameBook};
use super::prose::{Weight, weight};
use super::statement::{Statement, Unread};
use super::tokens::tokens;

const BOXES: &str = include_str!("data/boxes.txt");

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    Title,
    Subject,
    Office,
    Date,
    Side,
    Nothing,
    /// `detail at`
    Detail(&'static str),
    /// `detail of birth_date at`
    DetailOf(&'static str, &'static str),
    /// `figure force of`
    Figure(&'static str),
    /// `person of side: …`
    OfSide(&'static str),
    /// `dated: …`
    Dated(&'static str),
    /// `place: …`: the value is a thing of this kind.
    Value(Class, &'static str),
}

/// A row of a known key.
#[derive(Clone, Debug)]
struct Known {
    roles: Vec<Role>,
    key: String,
    side: Option<usize>,
    cell: Flow,
}

/// The rows of an infobox, understood.
pub struct Infobox {
    rows: Vec<Known>,
    /// Whether two sides stand against one another.
    fight: bool,
    unread: Vec<Unread>,
    title: String,
}

fn roles(key: &str) -> Vec<Role> {
    let plain = |k: &str| k.trim().to_lowercase().replace('_', " ");
    let mut found = Vec::new();
    for line in table(BOXES) {
        let Some((keys, what)) = line.split_once("=>") else {
            continue;
        };
        if keys.split(',').any(|k| plain(k) == plain(key)) {
            found.extend(role(what.trim()));
        }
    }
    found
}

fn role(what: &'static str) -> Option<Role> {
    if let Some(rest) = what.strip_prefix("detail of ") {
        let (of, key) = rest.split_once(' ')?;
        return Some(Role::DetailOf(of, key));
    }
    if let Some(key) = what.strip_prefix("detail ") {
        return Some(Role::Detail(key));
    }
    if let Some(key) = what.strip_prefix("figure ") {
        return Some(Role::Figure(key));
    }
    if let Some((kind, sentence)) = what.split_once(':') {
        let sentence = sentence.trim();
        return Some(match kind.trim() {
            "person of side" => Role::OfSide(sentence),
            "dated" => Role::Dated(sentence),
            kind => Role::Value(class(kind)?, sentence),
        });
    }
    Some(match what {
        "title" => Role::Title,
        "subject" => Role::Subject,
        "office" => Role::Office,
        "date" => Role::Date,
        "side" => Role::Side,
        _ => Role::Nothing,
    })
}

fn class(word: &str) -> Option<Class> {
    let all = [
        Class::Person,
        Class::Place,
        Class::Culture,
        Class::Religion,
        Class::House,
        Class::Polity,
    ];
    all.into_iter().find(|c| c.word() == word)
}

/// A key and the number of the side behind it: `combatant1`, `commander2a`.
fn side_of(key: &str) -> (String, Option<usize>) {
    let bare = key.trim().to_lowercase();
    let bare = match bare.strip_suffix(['a', 'b', 'c']) {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => bare,
    };
    let stem = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let side = bare[stem.len()..].parse().ok();
    (stem.trim().to_owned(), side)
}

/// `Rome vs Carthage` in one cell: the two sides.
fn opposed(cell: &Flow) -> Vec<Flow> {
    let text = cell.text();
    for joint in [" vs. ", " vs ", " v. ", " v ", " versus ", " against "] {
        if let Some(at) = text.find(joint) {
            let sides = [0..at, at + joint.len()..text.len()];
            return sides.map(|r| cell.slice(r).trimmed()).to_vec();
        }
    }
    vec![cell.clone()]
}

impl Infobox {
    /// The rows of a document.
    pub fn of(document: &Document) -> Infobox {
        let mut found = Infobox {
            rows: Vec::new(),
            fight: false,
            unread: Vec::new(),
            title: document.title.text().to_owned(),
        };
        for row in &document.rows {
            found.take(row);
        }
        found.fight = found.rows.iter().any(|r| r.roles.contains(&Role::Side));
        let titled = found.rows.iter().any(|r| r.roles.contains(&Role::Title));
        if found.fight && !titled {
            // In the box of a fight `name` is what the fight is called.
            for row in found.rows.iter_mut().filter(|r| r.key == "name") {
                row.roles = vec![Role::Title];
                if found.title.trim().is_empty() {
                    row.cell.text().clone_into(&mut found.title);
                }
            }
        }
        if !found.fight {
            // `title` is the name of a war, or what a person is called.
            for row in &mut found.rows {
                if row.key == "title" {
                    row.roles = vec![Role::Nothing];
                }
            }
        }
        found
    }

    fn take(&mut self, row: &Row) {
        let (key, side) = side_of(row.key.text());
        let roles = match roles(row.key.text()) {
            whole if !whole.is_empty() => whole,
            _ => roles(&key),
        };
        if roles.is_empty() {
            for cell in &row.cells {
                self.not_read(row.key.text(), cell, "no rule for this row");
            }
            return;
        }
        let cells = match &row.cells[..] {
            [both] if side.is_none() && roles.contains(&Role::Side) => opposed(both),
            cells => cells.to_vec(),
        };
        for (number, cell) in cells.iter().enumerate() {
            let side = side.or((cells.len() > 1).then_some(number + 1));
            self.rows.push(Known {
                roles: roles.clone(),
                key: key.clone(),
                side,
                cell: cell.clone(),
            });
        }
    }

    fn not_read(&mut self, key: &str, cell: &Flow, why: &str) {
        if cell.is_blank() {
            return;
        }
        self.unread.push(Unread {
            words: format!("{key}: {}", cell.text().replace('\n', "; ")),
            bytes: cell.origin_of(0..cell.text().len()),
            why: why.to_owned(),
        });
    }

    /// The names that the rows give.
    pub fn given(&self, lexicon: &Lexicon) -> Vec<Given> {
        let mut given = Vec::new();
        if !self.fight
            && let Some(subject) = self.subject()
        {
            let person = self.rows.iter().any(|r| {
                matches!(
                    &*r.key,
                    "birth date" | "birth_date" | "reign" | "father" | "born"
                )
            });
            given.push(Given {
                name: subject,
                class: Some(if person { Class::Person } else { Class::Polity }),
                why: "infobox: its subject".to_owned(),
            });
        }
        for row in &self.rows {
            for role in &row.roles {
                let class = match role {
                    Role::Side => Some(Class::Polity),
                    Role::OfSide(_) => Some(Class::Person),
                    Role::Value(class, _) => Some(*class),
                    Role::Detail("at") | Role::DetailOf(_, "at") => Some(Class::Place),
                    _ => continue,
                };
                for item in items(&row.cell, cut_of(role)) {
                    let words = item.words.text();
                    let all = choice(words).unwrap_or_else(|| vec![words]);
                    let names = all.iter().map(|w| value_name(w, class, lexicon));
                    given.extend(names.filter(|n| is_name(n)).map(|name| Given {
                        name,
                        class,
                        why: format!("infobox: {}", row.key),
                    }));
                    if matches!(role, Role::Detail(_) | Role::DetailOf(..)) {
                        break;
                    }
                }
            }
        }
        given
    }

    /// What the article's box is of, where it is no fight.
    fn subject(&self) -> Option<String> {
        let named = self
            .rows
            .iter()
            .find(|r| r.roles.contains(&Role::Subject))
            .map(|r| r.cell.text().to_owned());
        let subject = named.unwrap_or_else(|| self.title.clone());
        (!self.rows.is_empty() && is_name(&subject)).then_some(subject)
    }

    /// Statements of the box, now that its names are known.
    pub fn statements(
        mut self,
        book: &NameBook,
        lexicon: &Lexicon,
        reader: &Reader,
    ) -> (Vec<Statement>, Vec<Unread>) {
        let mut told = Told {
            book,
            lexicon,
            reader,
            statements: Vec::new(),
        };
        let unread = if self.fight {
            fight::tell(&self, &mut told)
        } else {
            subject::tell(&self, &mut told)
        };
        self.unread.extend(unread);
        (told.statements, self.unread)
    }
}

/// Statements as they are made.
struct Told<'a> {
    book: &'a NameBook,
    lexicon: &'a Lexicon,
    reader: &'a Reader,
    statements: Vec<Statement>,
}

impl Told<'_> {
    /// Adds a sentence of a row, if the vocabulary reads it; its index.
    fn tell(
        &mut self,
        sentence: &str,
        when: Vec<String>,
        row: &Known,
        item: &Flow,
    ) -> Option<usize> {
        let read = self.reader.read(sentence, self.lexicon)?;
        self.statements.push(Statement {
            when: if read.timeless { Vec::new() } else { when },
            sentence: sentence.to_owned(),
            timeless: read.timeless,
            event: read.event,
            label: (read.event && read.single)
                .then(|| read.slug.split(' ').next().unwrap_or("event").to_owned()),
            key: read.key.clone(),
            quote: item.text().replace('\n', "; "),
            bytes: item.origin_of(0..item.text().len()),
            rule: format!("infobox row “{}”", row.key),
            uses: read.uses.iter().map(|(t, c)| (*t, c.word())).collect(),
            ..Statement::default()
        });
        Some(self.statements.len() - 1)
    }

    /// The thing that an item names.
    fn thing(&self, item: &Item, class: Option<Class>) -> Option<usize> {
        let name = value_name(item.words.text(), class, self.lexicon);
        self.book.named(&name)
    }

    /// What an item names, as a sentence has it: a name, or `A or B`.
    fn value(&self, item: &Item, class: Option<Class>) -> Option<String> {
        let words = item.words.text();
        let names = choice(words).unwrap_or_else(|| vec![words]);
        let named = names.iter().map(|words| {
            let name = value_name(words, class, self.lexicon);
            self.book.named(&name).map(|thing| self.name(thing))
        });
        Some(named.collect::<Option<Vec<String>>>()?.join(" or "))
    }

    fn name(&self, thing: usize) -> String {
        self.book.things[thing].name.clone()
    }
}

/// How the cell of a row is cut: a person's kin may have a title behind a comma.
fn cut_of(role: &Role) -> Cut {
    match role {
        Role::Value(Class::Person, _) => Cut::Kin,
        Role::OfSide(_) => Cut::People,
        _ => Cut::Names,
    }
}

/// Why an item of a row is not read.
fn why_unnamed(item: &Item, why: &str) -> String {
    match choice(item.words.text()) {
        Some(_) => "“or” leaves open which is meant".to_owned(),
        None => why.to_owned(),
    }
}

/// The name in the words of an item.
fn value_name(words: &str, class: Option<Class>, lexicon: &Lexicon) -> String {
    let mut name = words.trim();
    for article in ["the ", "The "] {
        name = name.strip_prefix(article).unwrap_or(name);
    }
    let name = match name.split(',').next() {
        Some(first) if matches!(class, Some(Class::Place | Class::Person)) => first.trim(),
        _ => name,
    };
    // A language that has the name of a people is told apart from it.
    if class == Some(Class::Culture) && lexicon.land_of(name).is_some() {
        return format!("{name} language");
    }
    name.to_owned()
}

/// Whether words can be declared as a name.
fn is_name(words: &str) -> bool {
    let capital = words.split(' ').next().is_some_and(|w| {
        w.starts_with(char::is_uppercase)
            || w.contains('-')
                && w.split('-')
                    .nth(1)
                    .is_some_and(|s| s.starts_with(char::is_uppercase))
    });
    capital
        && words.len() <= 80
        && choice(words).is_none()
        && !words.contains([
            ':', ';', '"', '(', ')', '[', ']', '?', '\n', '/', '#', '@', ',',
        ])
}

/// The date of a cell as a condition: `644 and 648`, `29 January – 10 February 1258`, `415–413 BC`.
pub fn cell_date(text: &str) -> Option<String> {
    let settings = annals_calendar::Settings::default();
    // `1366 (disputed) – 1377`: what stands before the bracket is a piece of the date.
    let behind = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    if behind.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let text = text
        .split(['(', '[', '\n', ';'])
        .next()?
        .trim()
        .trim_end_matches([',', ':', '.']);
    let reads = |words: &str| annals_calendar::read(words, &settings).is_ok();
    let digits = |words: &str| words.chars().any(|c| c.is_ascii_digit());
    if !digits(text) {
        return None;
    }
    for joint in [" – ", "–", " — ", " to ", " and ", " - ", "-"] {
        let Some((first, last)) = text.split_once(joint) else {
            continue;
        };
        let (first, last) = (first.trim(), last.trim());
        if !digits(first) || !digits(last) || last.contains(joint) {
            continue;
        }
        let first = completed(first, last);
        let last = &lengthened(&first, last);
        let range = format!("from {first} to {last}");
        if reads(&range) && reads(&first) && reads(last) {
            return Some(range);
        }
    }
    reads(text).then(|| text.to_owned())
}

/// The last year of a range in full: `1668–69`.
fn lengthened(first: &str, last: &str) -> String {
    let (year, era) = last.split_once(' ').unwrap_or((last, ""));
    let begun = first.split(' ').next().unwrap_or("");
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let short = figures(year) && figures(begun) && begun.len() > 2 && year.len() <= 2;
    match short && (era.is_empty() || matches!(era, "BC" | "BCE" | "AD" | "CE")) {
        true => format!("{}{last}", &begun[..begun.len() - year.len()]),
        false => last.to_owned(),
    }
}

/// What the brackets behind the date of a cell do to it.
fn date_weight(text: &str, lexicon: &Lexicon) -> Weight {
    let inner = text
        .split('(')
        .skip(1)
        .map(|t| t.split(')').next().unwrap_or(""));
    inner
        .map(|words| weight(&tokens(words), lexicon))
        .fold(Weight::Nothing, |all, one| match (all, one) {
            (Weight::Denies, _) | (_, Weight::Denies) => Weight::Denies,
            (Weight::Doubts, _) | (_, Weight::Doubts) => Weight::Doubts,
            (Weight::Nothing, Weight::Nothing) => Weight::Nothing,
        })
}

/// The first date of a range with what it leaves to the second: month, year, era.
fn completed(first: &str, last: &str) -> String {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(|w| w.trim_matches(',').to_owned())
            .collect()
    };
    let (mut own, other) = (words(first), words(last));
    let is_year = |w: &String| w.len() >= 3 && w.chars().all(|c| c.is_ascii_digit());
    let is_month = |w: &String| {
        w.len() >= 3
            && w.chars().all(char::is_alphabetic)
            && !matches!(w.as_str(), "BCE" | "BC" | "AD" | "CE")
    };
    let year_at = other.iter().position(is_year);
    if !own.iter().any(is_month) && !own.iter().any(is_year) {
        own.extend(other.iter().find(|w| is_month(w)).cloned());
    }
    if !own.iter().any(is_year) {
        own.extend(year_at.and_then(|at| other.get(at)).cloned());
    }
    let era = other.iter().find(|w| matches!(w.as_str(), "BC" | "BCE"));
    if let Some(era) = era.filter(|_| {
        !own.iter()
            .any(|w| matches!(w.as_str(), "BC" | "BCE" | "AD" | "CE"))
    }) {
        own.push(era.clone());
    }
    own.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_cells_are_conditions() {
        for (text, expected) in [
            ("644 and 648", "from 644 to 648"),
            ("14 October 1066", "14 October 1066"),
            (
                "29 January – 10 February 1258",
                "from 29 January 1258 to 10 February 1258",
            ),
            ("415–413 BC", "from 415 BC to 413 BC"),
            ("14–16 May 1264", "from 14 May 1264 to 16 May 1264"),
            ("July 751", "July 751"),
            ("1529–1532", "from 1529 to 1532"),
        ] {
            assert_eq!(cell_date(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(cell_date("Chinese sources"), None);
    }

    #[test]
    fn keys_have_sides_and_roles() {
        assert_eq!(side_of("Combatant1"), ("combatant".to_owned(), Some(1)));
        assert_eq!(side_of("commander2a"), ("commander".to_owned(), Some(2)));
        assert_eq!(roles("strength"), [Role::Figure("force of")]);
        assert!(matches!(
            roles("religion")[..],
            [Role::Value(..), Role::Value(..)]
        ));
        assert!(roles("no such key").is_empty());
    }
}
