//! Whom the text has spoken of, so that `he`, `the king` and `the city` can be resolved or left
//! open.
//!
//! A resolution is a decision, and is told with the claim. Where nothing decides, there is none:
//! recency within a kind, as in Hobbs, "Resolving pronoun references" (1978), is taken only for
//! pronouns; descriptions need a noun that the text has used of the thing.

use super::chunks::{Owner, Phrase, Pronoun};
use crate::article::lexicon::Lexicon;
use crate::article::names::{Class, NameBook};

/// What is known at a place of the text.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The subject of the clause before.
    pub subject: Vec<usize>,
    /// Things in the order mentioned, the last one last.
    mentioned: Vec<usize>,
    /// Nouns of office with who has them, the last one last.
    roles: Vec<(String, usize)>,
    /// Nouns that the text has used of powers and places.
    described: Vec<(String, usize)>,
    /// Kin: the noun, whose, who.
    kin: Vec<(String, usize, usize)>,
    /// What the article is about.
    pub topic: Vec<usize>,
    /// The year last told in the section.
    pub year: Option<String>,
    /// The last event told, as the index of its statement.
    pub event: Option<usize>,
    /// Whom the sentence being read names before the place that is read.
    pub here: Vec<usize>,
    /// The pronouns that may mean somebody of whom it only speaks: `the allies`.
    pub unnamed: Vec<Pronoun>,
    /// The same of those who acted in the sentence before.
    pub acted_unnamed: Vec<Pronoun>,
}

/// What a phrase means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub things: Vec<usize>,
    /// What had to be decided.
    pub why: Option<String>,
}

impl Found {
    fn one(thing: usize) -> Found {
        Found {
            things: vec![thing],
            why: None,
        }
    }
}

/// What resolving looks things up in.
pub struct Sight<'a> {
    pub book: &'a NameBook,
    pub lexicon: &'a Lexicon,
}

impl Context {
    /// What is known before the first sentence: what the article is about.
    pub fn about(topic: Vec<usize>) -> Context {
        Context {
            topic,
            ..Context::default()
        }
    }

    /// A new section: what was told before no longer lends years or events.
    pub fn section(&mut self, year: Option<String>) {
        self.year = year;
        self.event = None;
        // `the city` of a new section is not the city of the last one.
        let topic = &self.topic;
        self.described.retain(|(_, thing)| topic.contains(thing));
    }

    /// Notes that a thing is spoken of.
    pub fn mention(&mut self, thing: usize) {
        self.mentioned.retain(|t| *t != thing);
        self.mentioned.push(thing);
    }

    /// Notes that somebody has an office.
    pub fn role(&mut self, noun: &str, thing: usize) {
        self.roles.push((noun.to_owned(), thing));
    }

    /// Notes a noun that the text uses of a thing.
    pub fn describe(&mut self, noun: &str, thing: usize) {
        self.described.push((noun.to_owned(), thing));
    }

    /// Notes who is whose brother.
    pub fn relate(&mut self, noun: &str, whose: usize, who: usize) {
        self.kin.push((noun.to_owned(), whose, who));
    }

    /// Whether a pronoun can be said of a thing.
    pub fn may_be(&self, pronoun: Pronoun, thing: usize, sight: &Sight<'_>) -> bool {
        let thing = &sight.book.things[thing];
        match (pronoun, thing.class()) {
            (Pronoun::He, _) => thing.is_person() && !thing.female,
            (Pronoun::She, _) => thing.is_person() && thing.female,
            (Pronoun::It, class) => {
                matches!(
                    class,
                    Class::Polity | Class::Place | Class::Institution | Class::Army | Class::Fleet
                )
            }
            (Pronoun::They, class) => {
                matches!(
                    class,
                    Class::People | Class::Polity | Class::Army | Class::Fleet | Class::House
                )
            }
        }
    }

    /// What a pronoun means.
    pub fn pronoun(&self, pronoun: Pronoun, sight: &Sight<'_>, apart: &[usize]) -> Option<Found> {
        let class = |thing: &usize| sight.book.things[*thing].class();
        let fits = |thing: &usize| self.may_be(pronoun, *thing, sight);
        let word = match pronoun {
            Pronoun::He => "he",
            Pronoun::She => "she",
            Pronoun::It => "it",
            Pronoun::They => "they",
        };
        let several = pronoun == Pronoun::They
            && self.subject.len() > 1
            && self.subject.iter().all(|t| !apart.contains(t));
        if several {
            return Some(told(word, self.subject.clone(), sight));
        }
        // Whoever acted last and is likely a person is not passed over for one who is surely one.
        let likely = |t: &usize| {
            pronoun == Pronoun::He && class(t) == Class::Person && !sight.book.things[*t].female
        };
        let subject = self
            .subject
            .iter()
            .rfind(|t| self.subject.len() == 1 && (fits(t) || likely(t)) && !apart.contains(t));
        let recent = self
            .mentioned
            .iter()
            .rev()
            .find(|t| fits(t) && !apart.contains(t));
        // Where nobody is known to be a woman, `she` is whoever is the only person told of so far.
        let persons = self.mentioned.iter().filter(|t| class(t) == Class::Person);
        let lone = persons.count() == 1;
        let she = |t: &&usize| {
            pronoun == Pronoun::She && lone && class(t) == Class::Person && !apart.contains(t)
        };
        let thing = subject
            .or(recent)
            .or_else(|| self.mentioned.iter().rev().find(she))?;
        // The sentence's own are meant before those of the text; where it has several, or another
        // than the one that acted last, nothing decides.
        let mut inside = self.here.iter().filter(|t| fits(t) || likely(t));
        let agreed = inside.all(|t| t == thing || apart.contains(t));
        // `The satrap fled. Otto pursued him.`: somebody without a name acted last.
        let lost = self.acted_unnamed.contains(&pronoun) && !self.here.contains(thing);
        let spoken = self.unnamed.contains(&pronoun) || lost;
        (agreed && !spoken).then(|| told(word, vec![*thing], sight))
    }

    /// What a chain of phrases joined by `of` means.
    pub fn resolve(&self, chain: &[&Phrase], sight: &Sight<'_>, apart: &[usize]) -> Option<Found> {
        let (first, rest) = chain.split_first()?;
        if let Some(pronoun) = first.pronoun {
            return self.pronoun(pronoun, sight, apart);
        }
        if let Some(thing) = first.final_name() {
            return (sight.book.things[thing].class() != Class::Event).then(|| Found::one(thing));
        }
        let head = first.head.as_deref()?;
        let lexicon = sight.lexicon;
        if first.words.iter().any(|w| lexicon.is("guard", w)) {
            return None;
        }
        if lexicon.is("naming-noun", head) && rest.len() == 1 && rest[0].final_name().is_some() {
            return self.resolve(rest, sight, apart);
        }
        if let Some(found) = self.of_body(first, rest, head, sight) {
            return Some(found);
        }
        if let Some(owner) = first.owner
            && lexicon.is("kin-noun", head)
        {
            let whose = self.owner(owner, sight, apart)?;
            let known = self
                .kin
                .iter()
                .rev()
                .find(|(noun, w, _)| noun == head && *w == whose)?;
            return Some(told(&format!("the {head}"), vec![known.2], sight));
        }
        if !first.definite || !rest.is_empty() || first.owner.is_some() {
            return None;
        }
        self.description(first, head, sight, apart)
    }

    /// Forces and groups: `Tang troops`, `Norman army`, `people of Karasahr`.
    fn of_body(
        &self,
        first: &Phrase,
        rest: &[&Phrase],
        head: &str,
        sight: &Sight<'_>,
    ) -> Option<Found> {
        let lexicon = sight.lexicon;
        let named = described_name(first, rest, sight);
        if let Some(thing) = named.and_then(|(name, _)| sight.book.named(&name)) {
            return Some(Found::one(thing));
        }
        let whose = match first.owner {
            Some(Owner::Thing(thing)) => Some(thing),
            Some(Owner::Pronoun(_)) => return None,
            None => first.names.first().map(|(thing, _)| *thing),
        }?;
        let class = sight.book.things[whose].class();
        let power = matches!(
            class,
            Class::Polity | Class::People | Class::Institution | Class::Place
        );
        if power && lexicon.is("force-noun", head) && rest.is_empty() {
            let name = &sight.book.things[whose].name;
            return Some(Found {
                things: vec![whose],
                why: Some(format!("the {head} of {name} act for it")),
            });
        }
        let of_itself = lexicon.is("polity-noun", head)
            && matches!(class, Class::Polity | Class::People | Class::Place)
            && rest.is_empty()
            && !matches!(head, "vassal" | "tributary");
        of_itself.then(|| Found::one(whose))
    }

    fn owner(&self, owner: Owner, sight: &Sight<'_>, apart: &[usize]) -> Option<usize> {
        match owner {
            Owner::Thing(thing) => Some(thing),
            Owner::Pronoun(pronoun) => {
                let found = self.pronoun(pronoun, sight, apart)?;
                match found.things[..] {
                    [one] => Some(one),
                    _ => None,
                }
            }
        }
    }

    /// Who owns what a phrase speaks of.
    pub fn owner_of(&self, phrase: &Phrase, sight: &Sight<'_>, apart: &[usize]) -> Option<usize> {
        self.owner(phrase.owner?, sight, apart)
    }

    /// `the king`: who last had such an office.
    fn office(&self, head: &str, sight: &Sight<'_>, apart: &[usize]) -> Option<Found> {
        let lexicon = sight.lexicon;
        let exact = self
            .roles
            .iter()
            .rev()
            .find(|(noun, t)| noun == head && !apart.contains(t));
        let ruler = lexicon.is("ruler-noun", head);
        let any = self
            .roles
            .iter()
            .rev()
            .find(|(noun, t)| ruler && lexicon.is("ruler-noun", noun) && !apart.contains(t));
        let found = match (exact, any) {
            // A ruler made since then is meant rather than the one who once had the word.
            (Some(_), Some(any)) if ruler => Some(any),
            (exact, any) => exact.or(any),
        };
        let loose = ruler && found.is_some_and(|(noun, _)| noun != head);
        // Of several who had it, the one made last is meant only where he is spoken of last as well.
        let had = |t: &&usize| {
            let own = |(n, o): &(String, usize)| {
                o == *t && (n == head || loose && lexicon.is("ruler-noun", n))
            };
            !apart.contains(t) && self.roles.iter().any(own)
        };
        let last = self.mentioned.iter().rev().find(had);
        let others = last.into_iter().chain(self.here.iter().filter(had));
        let found = found.filter(|(_, one)| others.into_iter().all(|t| t == one));
        found.map(|(_, thing)| told(&format!("the {head}"), vec![*thing], sight))
    }

    /// `the king`, `the city`.
    fn description(
        &self,
        first: &Phrase,
        head: &str,
        sight: &Sight<'_>,
        apart: &[usize],
    ) -> Option<Found> {
        let lexicon = sight.lexicon;
        let class = Class::of_noun(lexicon, head)?;
        let words = format!("the {head}");
        if class == Class::Person {
            return self.office(head, sight, apart);
        }
        if !matches!(class, Class::Polity | Class::Place) || first.names.len() > 1 {
            return None;
        }
        let noun = head;
        let described = |(n, t): &&(String, usize)| n == noun && !apart.contains(t);
        let topical = self
            .described
            .iter()
            .rev()
            .find(|d| described(d) && self.topic.contains(&d.1));
        let exact = topical.or_else(|| self.described.iter().rev().find(described));
        if let Some((_, thing)) = exact {
            return Some(told(&words, vec![*thing], sight));
        }
        if !lexicon.is("naming-noun", head) && head != "capital" {
            return None;
        }
        match self.candidates(class, sight, apart)[..] {
            _ if head == "capital" => None,
            [one] => Some(told(&words, vec![one], sight)),
            _ => None,
        }
    }

    /// What the article is about and `the city` or `the kingdom` may mean; one where the text has
    /// called only one of several by a noun.
    fn candidates(&self, class: Class, sight: &Sight<'_>, apart: &[usize]) -> Vec<usize> {
        let kinds = |t: &usize| {
            let classes = sight.book.things[*t].classes();
            let land = |c: &Class| matches!(c, Class::Polity | Class::Place);
            classes.contains(&class) || classes.iter().any(land) && class == Class::Place
        };
        let topic = self.topic.iter().copied();
        let mut fitting: Vec<usize> = topic.filter(kinds).filter(|t| !apart.contains(t)).collect();
        let exact = |t: &usize| sight.book.things[*t].classes().contains(&class);
        if fitting.iter().any(exact) {
            fitting.retain(exact);
        }
        let called = |t: &&usize| self.described.iter().any(|(_, d)| d == *t);
        let called: Vec<usize> = fitting.iter().filter(called).copied().collect();
        match called.len() {
            1 if fitting.len() > 1 => called,
            _ => fitting,
        }
    }

    /// The things of which a description may mean one, where it is not told which.
    pub fn may_mean(&self, phrase: &Phrase, sight: &Sight<'_>) -> Vec<usize> {
        let named = !phrase.names.is_empty() || phrase.owner.is_some();
        let head = phrase.head.as_deref().filter(|_| phrase.definite && !named);
        let Some(head) = head.filter(|h| sight.lexicon.is("naming-noun", h)) else {
            return Vec::new();
        };
        if self.resolve(&[phrase], sight, &[]).is_some() {
            return Vec::new();
        }
        let class = Class::of_noun(sight.lexicon, head);
        let found = class.map(|class| self.candidates(class, sight, &[]));
        found.filter(|f| f.len() > 1).unwrap_or_default()
    }
}

fn told(word: &str, things: Vec<usize>, sight: &Sight<'_>) -> Found {
    let names: Vec<&str> = things
        .iter()
        .map(|t| sight.book.things[*t].name.as_str())
        .collect();
    Found {
        why: Some(format!("“{word}” is read as {}", names.join(" and "))),
        things,
    }
}

/// The name by which a described body is declared, with its class: `people of Karasahr`,
/// `Norman army`, `Hulagu Khan's army`. None for what only a decision could tell apart.
pub fn described_name(
    first: &Phrase,
    rest: &[&Phrase],
    sight: &Sight<'_>,
) -> Option<(String, Class)> {
    let lexicon = sight.lexicon;
    let head = first.head.as_deref()?;
    let body = matches!(head, "army" | "fleet" | "navy");
    let group = lexicon.is("people-noun", head) && !lexicon.is("person-noun", head);
    if lexicon.is_any(&["culture-noun", "house-noun"], head) {
        return of_kind(first, head, lexicon);
    }
    let institution = lexicon.is("institution-noun", head) && rest.is_empty();
    if !body && !group && !institution && !lexicon.is("force-noun", head) {
        return None;
    }
    let class = Class::of_noun(lexicon, head)?;
    if first.words.iter().any(|w| lexicon.is("guard", w)) {
        return None;
    }
    let name = |thing: usize| sight.book.things[thing].name.clone();
    if let [of] = rest
        && let Some(thing) = of.final_name()
    {
        return Some((format!("{head} of {}", name(thing)), class));
    }
    if !rest.is_empty() {
        return None;
    }
    match (first.owner, first.names.first()) {
        (Some(Owner::Thing(_)), _) if body || group => {
            Some((format!("{}'s {head}", first.surfaces.first()?), class))
        }
        (None, Some(_)) if body || group => {
            Some((format!("{} {head}", first.surfaces.first()?), class))
        }
        (None, None)
            if lexicon.is("institution-noun", head) && first.definite && first.words.len() == 1 =>
        {
            Some((head.to_owned(), Class::Institution))
        }
        (None, None) if body && first.definite => {
            let adjectives: Vec<&str> = first
                .words
                .iter()
                .map(String::as_str)
                .filter(|w| *w != head && !lexicon.is("article", w))
                .collect();
            match adjectives[..] {
                [one] if one.chars().all(char::is_alphabetic) => {
                    Some((format!("{one} {head}"), class))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// `Persian culture`, `Ashina royal family`.
fn of_kind(first: &Phrase, head: &str, lexicon: &Lexicon) -> Option<(String, Class)> {
    let surface = first.surfaces.first().filter(|_| first.owner.is_none())?;
    let words = first.words.iter().map(String::as_str);
    let words: Vec<&str> = words.filter(|w| !lexicon.is("article", w)).collect();
    let house = lexicon.is("house-noun", head);
    let class = if house { Class::House } else { Class::Culture };
    Some((format!("{surface} {}", words.join(" ")), class))
}
