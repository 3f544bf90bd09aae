//! From spans to things: evidence for kinds, names that mean one thing, names that look alike.

use std::collections::{BTreeMap, BTreeSet};

use super::spans::{Known, opens, spans};
use super::{Class, Given, NameBook, Named, key};
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
    let mut inside = BTreeSet::new();
    let mut small = BTreeSet::new();
    for sentence in &all {
        for (at, token) in sentence.iter().enumerate() {
            if token.is_capital() && !opens(sentence, at) {
                inside.insert(token.text.clone());
            } else if token.kind == Kind::Word && !token.is_capital() {
                small.insert(token.lower.clone());
            }
        }
    }
    let lower = |name: &str| key(name).join(" ").to_lowercase();
    let mut whole: BTreeSet<String> = given.iter().map(|g| lower(&g.name)).collect();
    whole.extend(
        linked
            .iter()
            .map(|l| lower(l.split(" (").next().unwrap_or(l))),
    );
    for given in given {
        inside.extend(
            tokens(&given.name)
                .into_iter()
                .filter(Token::is_capital)
                .map(|t| t.text),
        );
    }
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
    };
    for given in given {
        gathered.give(given);
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
                    let words: Vec<&str> =
                        sentence[from..to].iter().map(|t| t.text.as_str()).collect();
                    words.join(" ")
                };
                gathered.beside.push((name(pair[0]), name(pair[1])));
            }
        }
    }
    gathered.book()
}

struct Gathered<'a> {
    lexicon: &'a Lexicon,
    things: BTreeMap<String, Named>,
    order: Vec<String>,
    /// Names joined by `and` or a comma: likely of one kind.
    beside: Vec<(String, String)>,
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
        let name = key(&given.name).join(" ");
        let own = self.own_class(&name);
        let thing = self.entry(&name);
        thing.in_box = true;
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
        let name: Vec<&str> = tokens[start..to].iter().map(|t| t.text.as_str()).collect();
        let name = name.join(" ");
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
            let (class, why) = if acts {
                (Class::Person, "it acts")
            } else {
                (Class::Place, "something is done to it")
            };
            thing.add(class, 1, why);
        }
        if let Some(title) = &title {
            thing.female |= lexicon.is("female-noun", title);
            thing.add(Class::Person, 6, &format!("the text calls it “{title}”"));
        }
        if let Some((class, word)) = own {
            thing.add(class, 6, &format!("it is called “{word}”"));
        }
        for (class, weight, why) in around {
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
        book.alike = alike(&book.things);
        book
    }
}

fn root(joins: &BTreeMap<usize, (usize, String)>, mut number: usize) -> usize {
    // Joins lead to longer or earlier names only; the bound is for safety.
    for _ in 0..8 {
        match joins.get(&number) {
            Some((into, _)) => number = *into,
            None => break,
        }
    }
    number
}

/// Whether a common noun follows, so that the name is an adjective to it.
fn noun_after(tokens: &[Token], to: usize, lexicon: &Lexicon) -> bool {
    let Some(next) = tokens.get(to) else {
        return false;
    };
    let function = [
        "be",
        "have",
        "do",
        "modal",
        "preposition",
        "conjunction",
        "adverb",
        "relative",
        "before",
        "after",
        "while",
        "because",
        "article",
        "not",
        "own-he",
        "own-she",
        "own-it",
        "own-they",
        "he",
        "she",
        "it",
        "they",
    ];
    next.kind == Kind::Word
        && !next.is_capital()
        && lexicon.forms(&next.lower).is_empty()
        && !lexicon.is_any(&function, &next.lower)
        && !next.lower.ends_with("ed")
}

/// Whether a lone name is right before a verb, or right after one.
fn acts(tokens: &[Token], from: usize, to: usize, lexicon: &Lexicon) -> Option<bool> {
    use crate::article::lexicon::Form;
    let past = |i: Option<usize>| {
        let word = i
            .and_then(|i| tokens.get(i))
            .filter(|t| !t.is_capital())
            .map_or("", |t| t.lower.as_str());
        lexicon
            .forms(word)
            .iter()
            .any(|(f, v)| v.known && matches!(f, Form::Past | Form::Base | Form::Ing))
    };
    if to - from > 1 {
        return None;
    }
    match (past(Some(to)), past(from.checked_sub(1))) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// What the words around a name say of its kind.
fn around(
    tokens: &[Token],
    from: usize,
    to: usize,
    lexicon: &Lexicon,
) -> Vec<(Class, u32, String)> {
    let mut found = Vec::new();
    let word = |i: Option<usize>| {
        i.and_then(|i| tokens.get(i))
            .map_or("", |t| t.lower.as_str())
    };
    let back = |n: usize| word(from.checked_sub(n));
    let article = matches!(back(1), "the");
    // `in western China`: what stands before the adjective counts.
    let skipped = if lexicon.is("lands", back(1)) && back(1) != "the" {
        1
    } else {
        0
    };
    let before = if article { back(2) } else { back(1 + skipped) };
    let before_that = if article { back(3) } else { back(2 + skipped) };
    let said = |words: &str| format!("the text has “{words}”");
    let last = &tokens[to - 1].lower;
    if article
        && last.ends_with('s')
        && to - from <= 2
        && !last.ends_with("ss")
        && !lexicon.is_class_noun(last)
    {
        found.push((Class::People, 4, said(&format!("the {last}"))));
    } else if article && to - from == 1 && !lexicon.is_class_noun(word(Some(to))) {
        let noun_follows = tokens.get(to).is_some_and(|t| t.kind == Kind::Word)
            && lexicon.forms(word(Some(to))).is_empty()
            && !lexicon.is_any(
                &[
                    "be",
                    "have",
                    "preposition",
                    "conjunction",
                    "modal",
                    "adverb",
                    "relative",
                    "before",
                    "after",
                    "while",
                ],
                word(Some(to)),
            );
        if !noun_follows {
            found.push((Class::People, 3, said(&format!("the {last}"))));
        }
    }
    match before {
        // `in Chinese sources`: an adjective is no place.
        "in" | "at" | "near" | "toward" | "towards" | "into" | "outside"
            if (!article || before != "at") && !noun_after(tokens, to, lexicon) =>
        {
            found.push((Class::Place, 3, said(&format!("{before} {last}"))));
        }
        "from" | "across"
            if article && !last.ends_with('s') && !lexicon.is_class_noun(word(Some(to))) =>
        {
            found.push((Class::Place, 4, said(&format!("{before} the {last}"))))
        }
        "from" | "to" if !article => {
            found.push((Class::Place, 1, said(&format!("{before} {last}"))))
        }
        "of" => {
            let class = Class::of_noun(lexicon, before_that);
            if lexicon.is("ruler-noun", before_that)
                || matches!(before_that, "regent" | "queen" | "throne")
            {
                found.push((Class::Polity, 3, said(&format!("{before_that} of {last}"))));
            } else if before_that == "governor" {
                found.push((Class::Place, 3, said(&format!("{before_that} of {last}"))));
            } else if let Some(class @ (Class::Place | Class::Polity)) = class {
                found.push((class, 3, said(&format!("{before_that} of {last}"))));
            } else if lexicon.is("kin-noun", before_that) {
                found.push((Class::Person, 5, said(&format!("{before_that} of {last}"))));
            } else if matches!(before_that, "siege" | "city" | "battle" | "palace") {
                found.push((Class::Place, 2, said(&format!("{before_that} of {last}"))));
            }
        }
        noun if lexicon.is_any(&["person-noun", "kin-noun"], noun) && !article => {
            found.push((Class::Person, 5, said(&format!("{noun} {last}"))));
        }
        noun if !article && to > from => {
            let one = noun.strip_suffix('s').unwrap_or(noun);
            if let Some(class @ (Class::Place | Class::Polity)) =
                Class::of_noun(lexicon, noun).or(Class::of_noun(lexicon, one))
            {
                found.push((class, 3, said(&format!("{noun} {last}"))));
            }
        }
        _ => {}
    }
    let next = word(Some(to));
    if lexicon.is("house-noun", next)
        || lexicon.is("house-noun", word(Some(to + 1)))
            && !next.is_empty()
            && !lexicon.is("preposition", next)
    {
        found.push((Class::House, 4, said(&format!("{last} … family"))));
    }
    if tokens.get(to).is_some_and(|t| t.kind == Kind::Possessive) {
        let possessed = word(Some(to + 1));
        let second = word(Some(to + 2));
        if lexicon.is("kin-noun", possessed)
            || lexicon.is("kin-noun", second)
            || possessed == "death"
        {
            found.push((Class::Person, 5, said(&format!("{last}'s {possessed}"))));
        }
    }
    if next == "," || tokens.get(to).is_some_and(|t| t.kind == Kind::Comma) {
        let mut at = to + 1;
        while lexicon.is("article", word(Some(at)))
            || matches!(word(Some(at)), "younger" | "elder" | "his" | "her")
            || tokens.get(at).is_some_and(|t| t.is_capital())
        {
            at += 1;
        }
        if lexicon.is_any(&["person-noun", "kin-noun"], word(Some(at))) && at > to + 1 {
            found.push((Class::Person, 5, said(&format!(", {}", word(Some(at))))));
        } else if let Some(class @ (Class::Place | Class::Polity)) =
            Class::of_noun(lexicon, word(Some(at))).filter(|_| at > to + 1)
        {
            found.push((class, 3, said(&format!(", {}", word(Some(at))))));
        } else if word(Some(at)) == "who" {
            found.push((Class::Person, 3, said(", who")));
        }
    }
    if tokens.get(to).is_some_and(|t| t.kind == Kind::Word) && matches!(next, "dynasty" | "empire")
    {
        found.push((Class::Polity, 5, said(&format!("{last} {next}"))));
    }
    if matches!(next, "was" | "is") && lexicon.is_any(&["article"], word(Some(to + 1))) {
        let noun = (to + 2..to + 5)
            .map(|i| word(Some(i)))
            .find(|w| lexicon.is_class_noun(w));
        if let Some(class) = noun
            .and_then(|n| Class::of_noun(lexicon, n))
            .filter(|c| *c != Class::Army)
        {
            found.push((
                class,
                3,
                said(&format!("{last} {next} a {}", noun.unwrap_or(""))),
            ));
        }
    }
    found
}

/// Names that mean another name's thing, by rule: number to number, with the rule.
fn joins(things: &[Named], lexicon: &Lexicon) -> BTreeMap<usize, (usize, String)> {
    let words: Vec<Vec<String>> = things.iter().map(|t| key(&t.name)).collect();
    let mut joins = BTreeMap::new();
    for (number, own) in words.iter().enumerate() {
        let same = words[..number]
            .iter()
            .position(|w| w.join(" ").to_lowercase() == own.join(" ").to_lowercase());
        let rules = [
            same.map(|s| (s, format!("it is “{}” but for a capital", things[s].name))),
            of_polity(number, own, &words, things, lexicon),
            part_of_person(number, own, &words, things, lexicon),
            of_land(number, own, &words, things, lexicon),
        ];
        if let Some((into, why)) = rules.into_iter().flatten().next()
            && into != number
            && root(&joins, into) != number
        {
            joins.insert(number, (into, why));
        }
    }
    joins
}

/// The part of a polity's name without its noun: `Tang dynasty` and `Duchy of Normandy`.
fn core_of(words: &[String], lexicon: &Lexicon) -> Option<Vec<String>> {
    let noun = |w: &String| lexicon.is("polity-noun", &w.to_lowercase());
    if words.len() > 1 && words.last().is_some_and(noun) {
        return Some(words[..words.len() - 1].to_vec());
    }
    if words.len() > 2 && noun(&words[0]) && words[1] == "of" {
        let rest = if words[2] == "the" {
            &words[3..]
        } else {
            &words[2..]
        };
        return Some(rest.to_vec());
    }
    None
}

fn of_polity(
    number: usize,
    own: &[String],
    words: &[Vec<String>],
    things: &[Named],
    lexicon: &Lexicon,
) -> Option<(usize, String)> {
    if things[number].class() == Class::Person
        && things[number]
            .evidence
            .get(&Class::Person)
            .is_some_and(|(w, _)| *w >= 5)
    {
        return None;
    }
    let core = core_of(own, lexicon).unwrap_or_else(|| own.to_vec());
    let plain = own.len() == core.len();
    let fits = |other: &usize| {
        let theirs = core_of(&words[*other], lexicon);
        let better = things[*other].in_box && !things[number].in_box
            || things[*other].in_box == things[number].in_box && (*other < number || plain);
        better
            && *other != number
            && match &theirs {
                Some(theirs) => {
                    *theirs == core
                        || stem_of(theirs) == stem_of(&core) && own.len() == core.len()
                        || plain
                            && own.len() == theirs.len() + 1
                            && own.starts_with(theirs)
                            && lexicon.is_land(&own[own.len() - 1])
                }
                None => !plain && words[*other] == core,
            }
    };
    let into = (0..words.len()).find(fits)?;
    Some((
        into,
        format!("it is “{}” without or with another noun", things[into].name),
    ))
}

/// `Mongols` and `Mongol`, `Abbasids` and `Abbasid`, `Turks` and `Turkic` have one stem.
fn stem_of(words: &[String]) -> Vec<String> {
    let mut stems: Vec<String> = words.to_vec();
    if let Some(last) = stems.last_mut() {
        for ending in ["ians", "ans", "ian", "ic", "an", "s"] {
            if let Some(stem) = last.strip_suffix(ending).filter(|s| s.chars().count() >= 4) {
                *last = stem.to_owned();
                break;
            }
        }
    }
    stems
}

/// A part of a longer name of one person: `Guo` of `Guo Xiaoke`, where no other name has it.
fn part_of_person(
    number: usize,
    own: &[String],
    words: &[Vec<String>],
    things: &[Named],
    lexicon: &Lexicon,
) -> Option<(usize, String)> {
    let other_kind = things[number]
        .evidence
        .iter()
        .any(|(c, (w, _))| !matches!(c, Class::Person) && *w >= 5);
    if other_kind {
        return None;
    }
    let longer: Vec<usize> = (0..words.len())
        .filter(|other| {
            let theirs = &words[*other];
            let inner = theirs.len() > own.len()
                && (theirs.starts_with(own) || theirs.ends_with(own))
                && things[*other].class() == Class::Person
                && core_of(theirs, lexicon).is_none();
            inner && *other != number
        })
        .collect();
    // Two longer names of which one is the other's are one person's.
    let longest = longer.iter().max_by_key(|l| words[**l].len())?;
    let same = |l: &usize| {
        words[*longest].starts_with(&words[*l]) || words[*longest].ends_with(&words[*l])
    };
    let first = longer.iter().all(same);
    // A first name is meant where one person is called by it at the start and others only share it.
    let starting: Vec<&usize> = longer
        .iter()
        .filter(|l| words[**l].starts_with(own))
        .collect();
    let into = match &starting[..] {
        _ if first => *longest,
        [one]
            if own.len() == 1
                && things[number].count > 0
                && !longer
                    .iter()
                    .any(|l| words[*l].ends_with(own) && things[*l].in_box && *l != **one) =>
        {
            **one
        }
        _ => return None,
    };
    Some((
        into,
        format!(
            "it is a part of “{}” and of no other name",
            things[into].name
        ),
    ))
}

/// An adjective or a people of a land that is named: `Tibetan` and Tibet, `Athenians` and Athens.
fn of_land(
    number: usize,
    own: &[String],
    words: &[Vec<String>],
    things: &[Named],
    lexicon: &Lexicon,
) -> Option<(usize, String)> {
    let last = own.last()?;
    let land = lexicon.land_of(last).map(str::to_owned);
    let is_polity = |other: &usize| {
        *other != number
            && matches!(
                things[*other].class(),
                Class::Polity | Class::Place | Class::People
            )
            && !words[*other].is_empty()
    };
    let by_table = |other: &usize| {
        let theirs = core_of(&words[*other], lexicon).unwrap_or_else(|| words[*other].clone());
        land.as_ref().is_some_and(|land| {
            own.len() == 1
                && (theirs.len() == 1 && theirs[0] == *land
                    || theirs.contains(land) && words[*other].len() <= 2)
        })
    };
    let by_stem = |other: &usize| {
        let theirs = core_of(&words[*other], lexicon).unwrap_or_else(|| words[*other].clone());
        let (a, b) = (stem_of(own), stem_of(&theirs));
        own.len() == theirs.len()
            && (a == b || a[..] == theirs[..])
            && *own != *theirs
            && (*other < number
                || things[*other].in_box
                || last.ends_with('n')
                || last.ends_with('c'))
    };
    // `Chinese` is of Tang China where the text has such a name, else of China.
    let compound = |other: &usize| words[*other].len() == 2 && by_table(other);
    let into = (0..words.len())
        .filter(is_polity)
        .find(compound)
        .or_else(|| (0..words.len()).filter(is_polity).find(by_table))
        .or_else(|| (0..words.len()).filter(is_polity).find(by_stem))?;
    Some((
        into,
        format!(
            "it is the adjective or the people of “{}”",
            things[into].name
        ),
    ))
}

/// Persons whose names differ by little: perhaps one.
fn alike(things: &[Named]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let letters = |name: &str| -> Vec<char> {
        name.to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    for (a, one) in things.iter().enumerate() {
        for (b, other) in things.iter().enumerate().skip(a + 1) {
            let kinds = (one.class(), other.class());
            if kinds.0 != kinds.1 || kinds.0 == Class::Event {
                continue;
            }
            // The last words bear the likeness: `Long Xuepo'anazhi` and `Xue Apo'anazhi`.
            let (x, y) = (letters(&one.name), letters(&other.name));
            let tails = x.len().min(y.len());
            let (x, y) = (&x[x.len() - tails..], &y[y.len() - tails..]);
            let slips = distance(x, y);
            if tails >= 6 && slips > 0 && slips * 5 <= tails || tails >= 9 && slips * 4 <= tails {
                found.push((a, b));
            }
        }
    }
    found
}

/// Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals" (1966).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            let best = (corner + usize::from(x != y))
                .min(above + 1)
                .min(row[j] + 1);
            row[j + 1] = best;
            corner = above;
        }
    }
    row[b.len()]
}
