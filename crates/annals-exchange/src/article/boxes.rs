//! Infoboxes: rows by a table of keys into names, statements and details.
//!
//! What comes in: the rows of a document. What goes out in two steps: the names that the rows give
//! with their kinds, and, once a matcher knows them, statements. The sentences stand in the table
//! (`data/boxes.txt`), not here. A row that says nothing readable is listed, never dropped.

mod dates;
mod fight;
mod leftovers;
mod offices;
mod people;
mod result;
mod subject;
mod whose;

use super::cells::{Cut, Item, choice, items};
use super::document::{Document, Flow, Row};
use super::lexicon::{Lexicon, table};
use super::matching::Reader;
use super::names::{Class, Given, NameBook};
use super::statement::{Statement, Unread};

const BOXES: &str = include_str!("data/boxes.txt");

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    Title,
    Subject,
    Office,
    /// When an office began, and when it ended.
    Begin,
    End,
    Date,
    Side,
    /// What another row takes with it: a title, the years of a ruler.
    Aside,
    Nothing,
    /// `event on date_event`: the cell is a sentence of its own.
    Event(&'static str),
    /// `day of year_start`: a day whose year another row has.
    DayOf(&'static str),
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
    /// `place: …`: the value is a thing of this kind; `on KEY` and `in KEY` name the row that dates it.
    Value(Class, &'static str, Option<&'static str>),
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
    title: Flow,
    /// The lines in bold, by their bytes.
    bold: Vec<usize>,
    /// The bytes of names before which flags stand, with whose they are.
    flags: Vec<(usize, String)>,
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
        let kind = kind.trim();
        let dated = kind.split_once(" on ").or_else(|| kind.split_once(" in "));
        return Some(match (kind, dated) {
            ("person of side", _) => Role::OfSide(sentence),
            ("dated", _) => Role::Dated(sentence),
            (_, Some((kind, by))) => Role::Value(class(kind)?, sentence, Some(by)),
            _ => Role::Value(class(kind)?, sentence, None),
        });
    }
    if let Some(key) = what.strip_prefix("day of ") {
        return Some(Role::DayOf(key));
    }
    if let Some(key) = what.strip_prefix("event on ") {
        return Some(Role::Event(key));
    }
    Some(match what {
        "title" => Role::Title,
        "subject" => Role::Subject,
        "office" => Role::Office,
        "begin" => Role::Begin,
        "end" => Role::End,
        "aside" => Role::Aside,
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

/// Keys of rows that only the box of a person has.
const OF_PERSONS: [&str; 12] = [
    "birth date",
    "birth_date",
    "born",
    "death_date",
    "died",
    "reign",
    "father",
    "mother",
    "spouse",
    "term_start",
    "office",
    "succession",
];

/// Keys of rows that name the subject, the best first.
const SUBJECTS: [&str; 4] = [
    "name",
    "conventional_long_name",
    "common_name",
    "native_name",
];

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
            title: document.title.clone(),
            bold: document.bold.clone(),
            flags: document.flags.clone(),
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
                if found.title.is_blank() {
                    found.title = row.cell.clone();
                }
            }
        }
        if !found.fight {
            // `title` is the name of a war, or what a person is called.
            for row in &mut found.rows {
                if row.key == "title" {
                    row.roles = vec![Role::Aside];
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
            words: format!("{key}: {}", in_line(cell)),
            bytes: cell.origin_of(0..cell.text().len()),
            why: why.to_owned(),
        });
    }

    /// The names that the rows give.
    pub fn given(&self, lexicon: &Lexicon) -> Vec<Given> {
        let mut given = Vec::new();
        let sides = self.rows.iter().filter(|r| r.roles.contains(&Role::Side));
        let sides: Vec<Item> = sides.flat_map(|r| fight::members(self, r)).collect();
        let sides: Vec<&str> = sides.iter().map(|i| i.words.text()).collect();
        if !self.fight
            && let Some(subject) = self.subject()
        {
            let person = self.rows.iter().any(|r| OF_PERSONS.contains(&&*r.key));
            given.push(Given {
                name: subject,
                class: Some(if person { Class::Person } else { Class::Polity }),
                why: "infobox: its subject".to_owned(),
                kin: false,
            });
        }
        for row in &self.rows {
            for role in &row.roles {
                let class = match role {
                    Role::Side => Some(Class::Polity),
                    Role::OfSide(_) => Some(Class::Person),
                    Role::Value(_, sentence, _)
                        if sentence.contains("{office}") && !self.has_office() =>
                    {
                        continue;
                    }
                    Role::Value(class, ..) => Some(*class),
                    Role::Office => {
                        given.extend(offices::land(&row.cell, lexicon, &row.key));
                        continue;
                    }
                    Role::Detail("at") | Role::DetailOf(_, "at") => Some(Class::Place),
                    _ => continue,
                };
                let listed = match role {
                    Role::Side => fight::members(self, row),
                    _ => items(&row.cell, cut_of(role)),
                };
                for item in listed {
                    let words = item.words.text();
                    // A line that names a power heads the commanders below it.
                    if matches!(role, Role::OfSide(_)) && sides.contains(&words) {
                        continue;
                    }
                    let all = choice(words).unwrap_or_else(|| vec![words]);
                    let names = all.iter().map(|w| value_name(w, class, lexicon));
                    let fits = |n: &String| {
                        is_name(n) && (class != Some(Class::Person) || names_person(n, lexicon))
                    };
                    given.extend(names.filter(fits).map(|name| Given {
                        name,
                        class,
                        why: format!("infobox: {}", row.key),
                        kin: is_kin(role),
                    }));
                    if matches!(role, Role::Detail(_) | Role::DetailOf(..)) {
                        break;
                    }
                }
            }
        }
        given
    }

    fn has_office(&self) -> bool {
        self.rows.iter().any(|r| r.roles.contains(&Role::Office))
    }

    /// What the article's box is of, where it is no fight.
    fn subject(&self) -> Option<String> {
        let named = self.subject_row().map(|r| r.cell.text().to_owned());
        let subject = named.unwrap_or_else(|| self.title.text().to_owned());
        (!self.rows.is_empty() && is_name(&subject)).then_some(subject)
    }

    /// The row that names the subject: its own name before the one that it has for short, or in its
    /// own language.
    fn subject_row(&self) -> Option<&Known> {
        let rows = || {
            self.rows
                .iter()
                .filter(|r| r.roles.contains(&Role::Subject))
        };
        let fits = |key: &&str| rows().find(|r| r.key == **key && is_name(r.cell.text()));
        SUBJECTS.iter().find_map(fits)
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
        let left = leftovers::left_out(&self, &told, &self.unread);
        self.unread.extend(left);
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
            quote: in_line(item),
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

/// The words of a cell in one line.
fn in_line(flow: &Flow) -> String {
    let lines = flow.lines();
    let bare = |l: &'_ Flow| l.text().trim_start_matches(['*', ' ']).to_owned();
    let lines: Vec<String> = lines.iter().map(bare).collect();
    lines.join("; ")
}

/// How the cell of a row is cut: a person's kin may have a title behind a comma.
fn cut_of(role: &Role) -> Cut {
    match role {
        Role::Value(Class::Person, ..) => Cut::Kin,
        Role::OfSide(_) => Cut::People,
        _ => Cut::Names,
    }
}

/// Whether a row names the kin of the subject, not who had its office before or after.
fn is_kin(role: &Role) -> bool {
    matches!(role, Role::Value(Class::Person, sentence, _)
        if !sentence.contains("{office}") && !sentence.contains("{title"))
}

/// Why an item of a row is not read.
fn why_unnamed(item: &Item, why: &str) -> String {
    match choice(item.words.text()) {
        Some(_) => "“or” leaves open which is meant".to_owned(),
        None => why.to_owned(),
    }
}

/// Whether words can be the name of a person: `Office established` and `Himself as emperor` are none.
fn names_person(words: &str, lexicon: &Lexicon) -> bool {
    let first = words.split(' ').next().unwrap_or("").to_lowercase();
    // `al-Din` has its capital inside.
    let small = |w: &str| w.len() > 4 && !w.contains(char::is_uppercase);
    !lexicon.is("no-person", &first)
        && !words
            .split(' ')
            .any(|w| small(w) && !lexicon.is("name-joint", w))
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

#[cfg(test)]
mod tests {
    use super::*;

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
