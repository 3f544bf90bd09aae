//! The names of an article: found, told apart by kind, and gathered where several mean one thing.
//!
//! What comes in: names from the title and the infobox with what is known of them, and the
//! sentences. What goes out: a [`NameBook`]. A kind is a guess with its reason; two names are one
//! only by a rule that is told, and names that merely look alike become a question.

mod alike;
mod around;
mod gather;
mod joins;
mod spans;

use std::collections::BTreeMap;

pub use alike::Alike;

use super::lexicon::Lexicon;
use super::tokens::{Token, tokens};

/// What a name may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A human being.
    Person,
    /// A power.
    Polity,
    /// A place.
    Place,
    /// A people.
    People,
    /// A family.
    House,
    /// A body.
    Institution,
    /// A force on land.
    Army,
    /// A force at sea.
    Fleet,
    /// A religion.
    Religion,
    /// A culture or language.
    Culture,
    /// A war, a battle: no thing that acts.
    Event,
}

impl Class {
    /// The word that declares it.
    pub const fn word(self) -> &'static str {
        match self {
            Class::Person => "person",
            Class::Polity => "polity",
            Class::Place => "place",
            Class::People => "people",
            Class::House => "house",
            Class::Institution => "institution",
            Class::Army => "army",
            Class::Fleet => "fleet",
            Class::Religion => "religion",
            Class::Culture => "culture",
            Class::Event => "event",
        }
    }

    /// The class that a noun speaks of, by the table of words.
    pub fn of_noun(lexicon: &Lexicon, noun: &str) -> Option<Class> {
        const NOUNS: [(&str, Class); 11] = [
            ("person-noun", Class::Person),
            ("fleet-noun", Class::Fleet),
            ("force-noun", Class::Army),
            ("polity-noun", Class::Polity),
            ("people-noun", Class::People),
            ("institution-noun", Class::Institution),
            ("place-noun", Class::Place),
            ("culture-noun", Class::Culture),
            ("religion-noun", Class::Religion),
            ("house-noun", Class::House),
            ("event-noun", Class::Event),
        ];
        let found = NOUNS.iter().find(|(class, _)| lexicon.is(class, noun));
        found.map(|(_, class)| *class)
    }
}

/// A thing with its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The name it is declared by.
    pub name: String,
    /// Further names with the rule that joined them.
    pub also: Vec<(String, String)>,
    /// What speaks for each class.
    pub evidence: BTreeMap<Class, (u32, String)>,
    /// How often it is met.
    pub count: u32,
    /// Whether the infobox or the title names it.
    pub in_box: bool,
    /// Whether it is a woman, where a word says so.
    pub female: bool,
    /// How much of the text speaks of it as of a place: `fled to Gao`.
    pub placed: u32,
    /// Whether a row of the box gives it as kin, with whom a family name is shared.
    pub kin: bool,
}

impl Named {
    fn add(&mut self, class: Class, weight: u32, why: &str) {
        let entry = self.evidence.entry(class).or_insert((0, why.to_owned()));
        if entry.0 < weight {
            entry.1 = why.to_owned();
        }
        entry.0 += weight;
    }

    /// Its classes, the likeliest first. A power that is also a place has both.
    pub fn classes(&self) -> Vec<Class> {
        let mut all: Vec<(u32, Class)> = self.evidence.iter().map(|(c, (w, _))| (*w, *c)).collect();
        all.sort_by_key(|(weight, class)| (std::cmp::Reverse(*weight), *class));
        let Some((_, first)) = all.first().copied() else {
            return vec![Class::Person];
        };
        let mut classes = vec![first];
        let pair = match first {
            Class::Polity => Some(Class::Place),
            Class::Place => Some(Class::Polity),
            _ => None,
        };
        if let Some(second) = pair.filter(|p| self.evidence.get(p).is_some_and(|(w, _)| *w >= 2)) {
            classes.push(second);
        }
        classes
    }

    /// Whether the text shows it to be a person, more than by standing alone.
    pub fn is_person(&self) -> bool {
        let shown = self
            .evidence
            .get(&Class::Person)
            .is_some_and(|(w, _)| *w >= 3);
        self.class() == Class::Person && shown
    }

    /// The likeliest class.
    pub fn class(&self) -> Class {
        self.classes()[0]
    }

    /// Why it is of a class, and whether that is more than a guess.
    pub fn reason(&self, class: Class) -> (String, bool) {
        match self.evidence.get(&class) {
            Some((weight, why)) => (why.clone(), *weight >= 4),
            None => ("a name standing by itself".to_owned(), false),
        }
    }
}

/// All names of an article.
#[derive(Clone, Debug, Default)]
pub struct NameBook {
    /// The things, in the order met.
    pub things: Vec<Named>,
    /// Spellings, in tokens, to things.
    index: BTreeMap<Vec<String>, usize>,
    longest: usize,
    /// Names that look alike: perhaps one.
    pub alike: Vec<Alike>,
}

/// A name that something outside the running text gives.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name.
    pub name: String,
    /// What it is, if that is said.
    pub class: Option<Class>,
    /// Who says so: `infobox: combatant1`.
    pub why: String,
    /// Whether it is given as somebody's kin.
    pub kin: bool,
}

impl NameBook {
    /// Gathers the names of an article.
    pub fn of(
        given: &[Given],
        linked: &[String],
        sentences: &[&str],
        lexicon: &Lexicon,
    ) -> NameBook {
        gather::gather(given, linked, sentences, lexicon)
    }

    /// The thing whose name begins at a token, and the token after it; the longest name wins.
    pub fn at(&self, tokens: &[Token], from: usize) -> Option<(usize, usize)> {
        let most = self.longest.min(tokens.len().saturating_sub(from));
        (1..=most).rev().find_map(|length| {
            let key: Vec<String> = tokens[from..from + length]
                .iter()
                .map(|t| t.text.clone())
                .collect();
            self.index.get(&key).map(|thing| (*thing, from + length))
        })
    }

    /// The thing of exactly this name.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.index.get(&key(name)).copied()
    }

    /// Adds a spelling.
    pub fn spell(&mut self, name: &str, thing: usize) {
        let key = key(name);
        if key.is_empty() {
            return;
        }
        self.longest = self.longest.max(key.len());
        self.index.entry(key).or_insert(thing);
    }

    /// Adds a thing that was described rather than named: `people of Karasahr`.
    pub fn describe(&mut self, name: &str, class: Class, why: &str) -> usize {
        if let Some(thing) = self.named(name) {
            return thing;
        }
        let mut thing = Named {
            name: name.to_owned(),
            ..Named::default()
        };
        thing.add(class, 4, why);
        self.things.push(thing);
        let number = self.things.len() - 1;
        self.spell(name, number);
        number
    }
}

/// The words of a name as one writes them: `John C. Calhoun`.
fn written(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if !name.is_empty() && word != "." {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

/// The tokens of a name, articles left out.
fn key(name: &str) -> Vec<String> {
    let all = tokens(name).into_iter().map(|t| t.text);
    let mut all: Vec<String> = all.collect();
    while matches!(
        all.first().map(String::as_str),
        Some("the" | "The" | "a" | "an" | "A")
    ) && all.len() > 1
    {
        all.remove(0);
    }
    all
}
