//! From spans to things: every name with the evidence for its kind.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::alike;
use super::around::{acts, around};
use super::joins::{joins, root};
use super::spans::{Known, opens, spans};
use super::{Class, Given, NameBook, Named, key, written};
use crate::article::lexicon::Lexicon;
use crate::article::tokens::{Kind, Token, tokens};

/// Gathers the names of an article.
pub(super) fn gather(
    given: &[Given],
    linked: &[String],
    sentences: &[&str],
    lexicon: &Lexicon,
) -> NameBook {
    let all: Vec<Vec<Token>> = sentences.iter().map(|s| tokens(s)).collect();
    let (inside, small) = capitals(given, &all);
    let lower = |name: &str| key(name).join(" ").to_lowercase();
    let mut whole: BTreeSet<String> = given.iter().map(|g| lower(&g.name)).collect();
    whole.extend(
        linked
            .iter()
            .map(|l| lower(l.split(" (").next().unwrap_or(l))),
    );
    let known = Known {
        lexicon,
        inside: &inside,
        small: &small,
        whole: &whole,
    };
    let mut gathered = Gathered {
        lexicon,
        things: BTreeMap::new(),
        order: Vec::new(),
        beside: Vec::new(),
        apart: Vec::new(),
    };
    for (at, one) in given.iter().enumerate() {
        gathered.give(one);
        // Whom one row lists, it takes for different.
        let row = given[..at].iter().filter(|g| g.why == one.why);
        let both = row.map(|g| (written(&key(&g.name)), written(&key(&one.name))));
        gathered.apart.extend(both);
    }
    for sentence in &all {
        let found = spans(sentence, &known);
        for (from, to) in &found {
            gathered.meet(sentence, *from, *to);
        }
        for pair in found.windows(2) {
            let joined = pair[1].0 == pair[0].1 + 1
                && (sentence[pair[0].1].is("and") || sentence[pair[0].1].kind == Kind::Comma);
            if joined {
                let name = |(from, to): (usize, usize)| -> String {
                    let words: Vec<String> =
                        sentence[from..to].iter().map(|t| t.text.clone()).collect();
                    written(&words)
                };
                let both = (name(pair[0]), name(pair[1]));
                if sentence[pair[0].1].is("and") {
                    gathered.apart.push(both.clone());
                }
                gathered.beside.push(both);
            }
        }
    }
    gathered.book()
}

/// The words met with a capital where no sentence begins, and those met without one.
fn capitals(given: &[Given], all: &[Vec<Token>]) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut inside = BTreeSet::new();
    let mut small = BTreeSet::new();
    for sentence in all {
        for (at, token) in sentence.iter().enumerate() {
            if token.is_capital() && !opens(sentence, at) {
                inside.insert(token.text.clone());
            } else if token.kind == Kind::Word && !token.is_capital() {
                small.insert(token.lower.clone());
            }
        }
    }
    for given in given {
        inside.extend(
            tokens(&given.name)
                .into_iter()
                .filter(Token::is_capital)
                .map(|t| t.text),
        );
    }
    (inside, small)
}

struct Gathered<'a> {
    lexicon: &'a Lexicon,
    things: BTreeMap<String, Named>,
    order: Vec<String>,
    /// Names joined by `and` or a comma: likely of one kind.
    beside: Vec<(String, String)>,
    /// Names of different things: joined by `and`, or listed in one row.
    apart: Vec<(String, String)>,
}

impl Gathered<'_> {
    fn entry(&mut self, name: &str) -> &mut Named {
        if !self.things.contains_key(name) {
            self.order.push(name.to_owned());
        }
        self.things.entry(name.to_owned()).or_insert_with(|| Named {
            name: name.to_owned(),
            ..Named::default()
        })
    }

    fn give(&mut self, given: &Given) {
        let name = written(&key(&given.name));
        let own = self.own_class(&name);
        let thing = self.entry(&name);
        thing.in_box = true;
        thing.kin |= given.kin;
        if let Some(class) = given.class {
            // A side of a fight may be a people or a force; its own noun says so.
            match own {
                Some((own, word)) if class == Class::Polity => {
                    thing.add(own, 8, &format!("it is called “{word}”"));
                }
                _ => thing.add(class, 7, &given.why),
            }
        } else if let Some((own, word)) = own {
            thing.add(own, 6, &format!("it is called “{word}”"));
        }
    }

    /// The class that a name's own noun gives it.
    fn own_class(&self, name: &str) -> Option<(Class, String)> {
        let words: Vec<String> = key(name).iter().map(|w| w.to_lowercase()).collect();
        let (last, first) = (words.last()?, words.first()?);
        let of = words.iter().position(|w| w == "of");
        let noun = match of {
            Some(at) if at > 0 => &words[at - 1],
            _ => last,
        };
        let class = Class::of_noun(self.lexicon, noun).filter(|c| *c != Class::Person);
        if let Some(class) =
            class.filter(|_| words.len() > 1 || matches!(noun.as_str(), w if w.ends_with("ism")))
        {
            let class = if noun == "family" || noun == "house" {
                Class::House
            } else {
                class
            };
            return Some((class, noun.clone()));
        }
        if matches!(
            first.as_str(),
            "lake" | "mount" | "river" | "fort" | "cape" | "gulf"
        ) && words.len() > 1
        {
            return Some((Class::Place, first.clone()));
        }
        if last.ends_with("ism") {
            return Some((Class::Religion, last.clone()));
        }
        None
    }

    fn meet(&mut self, tokens: &[Token], from: usize, to: usize) {
        let lexicon = self.lexicon;
        // `Emperor Taizong` is Taizong, whom a title calls emperor.
        let mut start = from;
        let mut title = None;
        while start < to
            && lexicon.is("person-noun", &tokens[start].lower)
            && !tokens.get(start + 1).is_some_and(|t| t.is("of"))
        {
            title = Some(tokens[start].lower.clone());
            start += 1;
        }
        if start == to {
            return;
        }
        let name: Vec<String> = tokens[start..to].iter().map(|t| t.text.clone()).collect();
        let name = written(&name);
        let own = self.own_class(&name);
        let around = around(tokens, start, to, lexicon);
        let land = lexicon.is_land(&name);
        let acting = acts(tokens, start, to, lexicon);
        let thing = self.entry(&name);
        thing.count += 1;
        if land {
            thing.add(Class::Place, 3, "the name of a land");
        }
        if let Some(acts) = acting {
            // A lone name is a person where it acts, a place where something is done to it.
            let (class, why) = if acts && people_like(&name) {
                (
                    Class::People,
                    "it does something and is called like a people",
                )
            } else if acts {
                (Class::Person, "it does something")
            } else {
                (Class::Place, "something is done to it")
            };
            thing.add(class, 1, why);
        }
        if let Some(title) = &title {
            thing.female |= lexicon.is("female-noun", title);
            thing.add(Class::Person, 6, &format!("in the text it is “{title}”"));
        }
        if let Some((class, word)) = own {
            thing.add(class, 6, &format!("it is called “{word}”"));
        }
        for (class, weight, why) in around {
            if class == Class::Place {
                thing.placed += weight;
            }
            thing.add(class, weight, &why);
        }
        if to - start > 1 && thing.evidence.is_empty() {
            thing.add(
                Class::Person,
                2,
                "several capitals and no noun of another kind",
            );
        }
    }

    /// Joins names that mean one thing by rule, and lists those that look alike.
    fn book(mut self) -> NameBook {
        for (a, b) in std::mem::take(&mut self.beside) {
            for (one, other) in [(&a, &b), (&b, &a)] {
                let known = self
                    .things
                    .get(one)
                    .filter(|t| !t.evidence.is_empty())
                    .map(Named::class);
                if let (Some(class), Some(thing)) = (known, self.things.get_mut(other))
                    && thing.evidence.is_empty()
                {
                    thing.add(class, 2, &format!("it stands beside {one}"));
                }
            }
        }
        let lexicon = self.lexicon;
        let mut things: Vec<Named> = Vec::new();
        for name in &self.order {
            things.extend(self.things.get(name).cloned());
        }
        let joins = joins(&things, lexicon);
        let mut book = NameBook::default();
        let mut place: Vec<usize> = Vec::new();
        for (number, thing) in things.iter().enumerate() {
            if joins.contains_key(&number) {
                place.push(usize::MAX);
                continue;
            }
            place.push(book.things.len());
            book.things.push(thing.clone());
        }
        for (number, (into, why)) in &joins {
            let (from, into) = (things[*number].clone(), place[root(&joins, *into)]);
            let thing = &mut book.things[into];
            for (class, (weight, why)) in &from.evidence {
                thing.add(*class, *weight, why);
            }
            thing.count += from.count;
            thing.in_box |= from.in_box;
            thing.female |= from.female;
            thing.also.push((from.name.clone(), why.clone()));
        }
        for number in 0..book.things.len() {
            let thing = book.things[number].clone();
            book.spell(&thing.name, number);
            for (also, _) in &thing.also {
                book.spell(also, number);
            }
        }
        let apart: Vec<(usize, usize)> = self
            .apart
            .iter()
            .filter_map(|(a, b)| Some((book.named(a)?, book.named(b)?)))
            .collect();
        book.alike = alike(&book.things, &|a, b| {
            apart.contains(&(a, b)) || apart.contains(&(b, a))
        });
        book
    }
}

/// Whether a name has the ending of a people or a party: `Hussites`, `Assyrians`.
fn people_like(name: &str) -> bool {
    ["ites", "ians", "ists"]
        .iter()
        .any(|end| name.ends_with(end))
}
