//! The sentence matcher over an article's names.
//!
//! What comes in: a book of names. What goes out: a [`Reader`] that says whether words are a
//! sentence of the vocabulary, and what it speaks of. Names are tried with the kinds that the text
//! gives them; only where that reads nothing, a power may also be a place and the other way round.

use std::collections::BTreeMap;

use annals::chronicle::{
    Argument, Constraint, Effect, EntityId, Pattern, PatternPiece, Vocabulary,
};
use annals::sentence::{Holes, Outcome, Reading, SlotContent, Target};
use annals::{FileId, MemoryWorld, Prepared, Span, prepare};

use super::lexicon::Lexicon;
use super::names::{Class, NameBook};

/// One set of declarations with its matcher.
struct Declared {
    prepared: Prepared,
    /// Entities to things with the class they have here.
    things: BTreeMap<EntityId, (usize, Class)>,
}

/// Reads sentences.
pub struct Reader {
    plain: Declared,
    wide: Declared,
}

/// A sentence that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The things it names with the kind each has in it.
    pub uses: Vec<(usize, Class)>,
    /// Whether it is an event.
    pub event: bool,
    /// Whether it is one claim: no list makes several of it.
    pub single: bool,
    /// Whether its relation is timeless.
    pub timeless: bool,
    /// Who rules after it, where it makes somebody a ruler: the noun and the person.
    pub ruler: Option<usize>,
    /// Words for a label.
    pub slug: String,
    /// Its event type or relation, then what fills each role; `*` where nothing does.
    pub key: Vec<String>,
}

impl Reader {
    /// A reader for some names.
    pub fn of(book: &NameBook) -> Reader {
        Reader {
            plain: declare(book, |thing| thing.classes()),
            wide: declare(book, |thing| {
                let mut classes = thing.classes();
                let weak = !thing.reason(classes[0]).1;
                let more: &[Class] = match classes[0] {
                    Class::Polity => &[Class::Place],
                    Class::Person if weak => &[Class::Place, Class::Polity],
                    Class::Place
                        if weak && thing.reason(Class::Place).0 == "something is done to it" =>
                    {
                        &[Class::Person]
                    }
                    // `Fort Saint Elmo` says itself what it is.
                    Class::Place if thing.reason(Class::Place).0.starts_with("it is called") => &[],
                    Class::Place | Class::Institution => &[Class::Polity],
                    _ => &[],
                };
                for class in more {
                    if !classes.contains(class) {
                        classes.push(*class);
                    }
                }
                classes
            }),
        }
    }

    /// Reads words as a sentence with exactly one meaning.
    pub fn read(&self, words: &str, lexicon: &Lexicon) -> Option<Read> {
        let plain = self.meaning(words, false, lexicon).one();
        plain.or_else(|| self.meaning(words, true, lexicon).one())
    }

    /// What words may mean: by the kinds that the text gives alone, or with the further ones.
    pub fn meaning(&self, words: &str, wide: bool, lexicon: &Lexicon) -> Meaning {
        let declared = if wide { &self.wide } else { &self.plain };
        read_with(declared, words, lexicon)
    }

    /// Why words that are no claim are none: they may mean several things, or no pattern has them.
    pub fn why_not(&self, words: &str, lexicon: &Lexicon) -> String {
        for wide in [false, true] {
            if let Meaning::Several(ways) = self.meaning(words, wide, lexicon) {
                return in_two_ways(&ways);
            }
        }
        "no pattern fits".to_owned()
    }
}

impl Read {
    /// Whether one thing fills two roles: nobody captures himself, so that a pronoun was
    /// misunderstood.
    pub fn names_one_twice(&self) -> bool {
        let roles = self.key.get(1..).unwrap_or_default();
        let filled = |(at, role): (usize, &String)| role != "*" && roles[..at].contains(role);
        roles.iter().enumerate().any(filled)
    }
}

/// What words may mean as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// They are no sentence.
    Nothing,
    /// One thing.
    One(Box<Read>),
    /// Several, each in the words of the vocabulary.
    Several(Vec<String>),
}

impl Meaning {
    /// The one meaning.
    pub fn one(self) -> Option<Read> {
        match self {
            Meaning::One(read) => Some(*read),
            Meaning::Nothing | Meaning::Several(_) => None,
        }
    }
}

/// Tells that a passage has several readings, and which.
pub fn in_two_ways(ways: &[String]) -> String {
    let ways: Vec<String> = ways.iter().map(|w| format!("“{w}”")).collect();
    format!("it can be read in two ways: {}", ways.join(" or "))
}

fn declare(book: &NameBook, classes: impl Fn(&super::names::Named) -> Vec<Class>) -> Declared {
    let mut text = String::new();
    let mut rows = Vec::new();
    for (number, thing) in book.things.iter().enumerate() {
        for class in classes(thing) {
            if class == Class::Event {
                continue;
            }
            text.push_str(&format!("{} {}\n", class.word(), thing.name));
            for (also, _) in &thing.also {
                text.push_str(&format!("  also {}\n", alias(also)));
            }
            rows.push((thing.name.clone(), class, number));
        }
    }
    let world = MemoryWorld::new().with("names.annals", text);
    let prepared = prepare(&world, "names.annals");
    let chronicle = &prepared.resolved().chronicle;
    let mut things = BTreeMap::new();
    for entity in &chronicle.entities {
        let kind = &chronicle.vocabulary.kinds[entity.kind.index()].name;
        let row = rows
            .iter()
            .find(|(name, class, _)| *name == entity.name && class.word() == kind);
        if let Some((_, class, number)) = row {
            things.insert(entity.id, (*number, *class));
        }
    }
    Declared { prepared, things }
}

/// An alias as a declaration has it: in quotation marks where it holds a comma.
pub fn alias(name: &str) -> String {
    if name.contains([',', '?', '(', '[']) {
        format!("\"{}\"", name.replace('"', ""))
    } else {
        name.to_owned()
    }
}

fn read_with(declared: &Declared, words: &str, lexicon: &Lexicon) -> Meaning {
    let matcher = &declared.prepared.resolved().matcher;
    if !matcher.is_sentence(words) {
        return Meaning::Nothing;
    }
    let span = Span::new(FileId(0), 0, words.len() as u32);
    match matcher.read(words, span, Holes::Refused) {
        Outcome::Read(readings) => match &readings[..] {
            [reading] => Meaning::One(Box::new(described(declared, reading, lexicon))),
            _ => Meaning::Nothing,
        },
        Outcome::Failed(reports) => {
            // The matcher tells each reading in a note of its own.
            let notes = reports.iter().flat_map(|r| &r.notes);
            let ways: Vec<String> = notes
                .filter_map(|n| n.strip_prefix("It may say: "))
                .map(|n| n.trim_end_matches('.').to_owned())
                .collect();
            match ways.len() {
                0 | 1 => Meaning::Nothing,
                _ => Meaning::Several(ways),
            }
        }
    }
}

fn described(declared: &Declared, reading: &Reading, lexicon: &Lexicon) -> Read {
    let vocabulary = &declared.prepared.resolved().chronicle.vocabulary;
    let mut uses = Vec::new();
    let mut single = true;
    let fills = reading
        .roles
        .iter()
        .chain(reading.tail.iter().map(|(_, f)| f));
    for fill in fills {
        let ids = match &fill.content {
            SlotContent::One(id) => std::slice::from_ref(id),
            SlotContent::List(ids) => {
                single = false;
                ids
            }
            SlotContent::Together(ids) | SlotContent::OneOf(ids) => ids,
            SlotContent::Unfilled
            | SlotContent::Hole
            | SlotContent::Text(_)
            | SlotContent::Number(_) => continue,
        };
        uses.extend(ids.iter().filter_map(|id| declared.things.get(id).copied()));
    }
    let (name, timeless) = match reading.target {
        Target::Event(id) => (vocabulary.event_types[id.index()].name.clone(), false),
        Target::Relation(id) => {
            let relation = &vocabulary.relations[id.index()];
            (
                relation.name.clone(),
                relation.constraints.contains(&Constraint::Timeless),
            )
        }
    };
    Read {
        ruler: ruler(declared, vocabulary, reading, lexicon),
        event: matches!(reading.target, Target::Event(_)),
        key: key(declared, &name, reading),
        slug: name,
        uses,
        single,
        timeless,
    }
}

fn key(declared: &Declared, name: &str, reading: &Reading) -> Vec<String> {
    let thing = |id: &EntityId| {
        declared
            .things
            .get(id)
            .map_or(String::new(), |(t, _)| t.to_string())
    };
    let mut key = vec![name.to_owned()];
    for fill in &reading.roles {
        key.push(match &fill.content {
            SlotContent::One(id) => thing(id),
            SlotContent::List(ids) | SlotContent::Together(ids) | SlotContent::OneOf(ids) => {
                let mut all: Vec<String> = ids.iter().map(thing).collect();
                all.sort();
                all.join("+")
            }
            SlotContent::Text(text) | SlotContent::Number(text) => text.to_lowercase(),
            SlotContent::Unfilled | SlotContent::Hole => "*".to_owned(),
        });
    }
    key
}

/// Who rules once the event has happened: an effect of it begins a relation of rule.
fn ruler(
    declared: &Declared,
    vocabulary: &Vocabulary,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Option<usize> {
    let Target::Event(id) = reading.target else {
        return None;
    };
    let event = &vocabulary.event_types[id.index()];
    event.effects.iter().find_map(|effect| {
        let Effect::Begins(template) = effect else {
            return None;
        };
        let relation = &vocabulary.relations[template.relation.index()];
        let rules = relation.patterns.iter().any(|p| speaks_of_rule(p, lexicon));
        let Some(Argument::Role(role)) = template.arguments.first().filter(|_| rules) else {
            return None;
        };
        match &reading.roles.get(*role as usize)?.content {
            SlotContent::One(id) => declared
                .things
                .get(id)
                .filter(|(_, c)| *c == Class::Person)
                .map(|(t, _)| *t),
            _ => None,
        }
    })
}

fn speaks_of_rule(pattern: &Pattern, lexicon: &Lexicon) -> bool {
    pattern.pieces.iter().any(|piece| match piece {
        PatternPiece::Word(forms) => forms.iter().any(|w| lexicon.is("ruler-noun", w)),
        PatternPiece::Slot(_) | PatternPiece::Optional(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::names::Given;

    #[test]
    fn what_can_be_read_in_two_ways_names_both() {
        let world = MemoryWorld::new().with("main.annals", "");
        let prepared = prepare(&world, "main.annals");
        let lexicon = Lexicon::of(&prepared.resolved().chronicle.vocabulary);
        let given = |name: &str, class| Given {
            name: name.to_owned(),
            class: Some(class),
            why: String::new(),
            kin: false,
        };
        let names = [
            given("Guido Major", Class::Person),
            given("Guido Minor", Class::Person),
            given("Verona", Class::Place),
        ];
        let mut book = NameBook::of(&names, &[], &[], &lexicon);
        for thing in book
            .things
            .iter_mut()
            .filter(|t| t.name.starts_with("Guido"))
        {
            thing.also.push(("Guido".to_owned(), String::new()));
        }
        let reader = Reader::of(&book);
        let words = "Guido attacked Verona";
        assert_eq!(reader.read(words, &lexicon), None);
        let why = reader.why_not(words, &lexicon);
        assert!(
            why.contains("“Guido Major (person) attacks Verona (place)” or “Guido Minor (person) attacks Verona (place)”"),
            "{why}"
        );
        assert!(
            reader
                .read("Guido Minor attacked Verona", &lexicon)
                .is_some()
        );
        assert_eq!(reader.why_not("Guido hums", &lexicon), "no pattern fits");
    }
}
