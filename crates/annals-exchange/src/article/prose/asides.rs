//! What a sentence says beside its verbs: titles before names, remarks after them, kin.
//!
//! `the Tang general Gao Xianzhi`, `Abu Muslim, the governor of Khorasan,`, `his brother Hulagu`.
//! Each is tried as a sentence of its own with `was`; a remark that no pattern reads is left.

use std::ops::Range;

use super::Prose;
use super::chunks::{Chunk, Phrase, What};
use super::clauses::{Intro, list_end, phrase_end};
use super::leftovers::bytes;
use super::phrases::{Said, Saying, chains, is_adjective};
use super::sentence::{Desk, State};
use crate::article::matching::Read;
use crate::article::names::Class;

/// A sentence to be tried.
struct Aside {
    text: String,
    rule: &'static str,
    at: usize,
    /// The chunks that it is read from.
    reach: Range<usize>,
    why: Vec<String>,
}

impl State<'_> {
    /// Reads what stands beside the verbs.
    pub(super) fn asides(&mut self, desk: &mut Desk<'_>, prose: &mut Prose) {
        for at in 0..desk.chunks.len() {
            let What::Phrase(phrase) = &desk.chunks[at].what else {
                continue;
            };
            if desk.guards.at(desk.chunks[at].tokens.start).is_some() {
                continue;
            }
            let phrase = phrase.clone();
            let mut tried = self.titles(desk, &phrase, at);
            if !phrase.words.iter().any(|w| self.lexicon.is("guard", w)) {
                tried.extend(self.kin(desk, &phrase, at));
            }
            tried.extend(self.lies_in(desk, &phrase, at));
            self.first_of(desk, tried, prose);
            let inner =
                at > 0 && matches!(&desk.chunks[at - 1].what, What::Preposition(p) if p == "of");
            if inner {
                continue;
            }
            let beside = self.beside(desk, at);
            self.first_of(desk, beside, prose);
            let introduced = self.introduced(desk, at);
            self.first_of(desk, introduced, prose);
        }
    }

    /// Keeps the first aside that a pattern reads.
    fn first_of(&mut self, desk: &mut Desk<'_>, tried: Vec<Aside>, prose: &mut Prose) {
        for aside in tried {
            let Some(read) = self.reader.read(&aside.text, self.lexicon) else {
                continue;
            };
            if read.event {
                continue;
            }
            self.learn(&aside.text, &read);
            let mut statement = self.bare(desk, &aside.text, &read, aside.rule);
            statement.remarks.extend(aside.why);
            statement.reach.extend(bytes(desk, aside.reach));
            let clause = desk
                .parts
                .clauses
                .iter()
                .find(|c| c.whole.contains(&aside.at) && c.intro != Intro::Reduced)
                .cloned();
            if let Some(clause) = clause.filter(|_| !read.timeless) {
                self.date(desk, &clause, &mut statement, prose);
                // What somebody is, is not counted in days from an event.
                statement.when.retain(|w| !w.contains('#'));
            }
            prose.statements.push(statement);
            return;
        }
    }

    /// What the infobox teaches about kin and offices.
    pub(super) fn learn_from(&mut self, statement: &crate::article::statement::Statement) {
        if let Some(read) = self.reader.read(&statement.sentence, self.lexicon) {
            self.learn(&statement.sentence, &read);
        }
    }

    /// What an aside teaches about who holds which office and who is whose kin.
    fn learn(&mut self, text: &str, read: &Read) {
        let mut uses = read.uses.clone();
        // The one that the sentence is about comes first in it, whatever the roles' order.
        uses.sort_by_key(|(t, _)| text.find(&self.book.things[*t].name));
        let [(first, class), rest @ ..] = &uses[..] else {
            return;
        };
        if *class != Class::Person {
            return;
        }
        let words: Vec<&str> = text.split(' ').map(|w| w.trim_matches('"')).collect();
        let kin = words.iter().find(|w| self.lexicon.is("kin-noun", w));
        if let (Some(kin), Some((whose, _))) = (kin, rest.first()) {
            self.context.relate(kin, *whose, *first);
        } else if let Some(noun) = words.iter().find(|w| self.lexicon.is("person-noun", w)) {
            self.context.role(noun, *first);
        }
    }

    /// `the Tang commander Guo Xiaoke`, `Emperor Taizong`.
    fn titles(&mut self, desk: &Desk<'_>, phrase: &Phrase, at: usize) -> Vec<Aside> {
        let Some(last) = phrase
            .final_name()
            .filter(|t| self.class(*t) == Class::Person)
        else {
            return Vec::new();
        };
        let lexicon = self.lexicon;
        if phrase.words.iter().any(|w| lexicon.is("guard", w)) || phrase.owner.is_some() {
            return Vec::new();
        }
        let Some(noun) = phrase
            .words
            .iter()
            .rev()
            .find(|w| lexicon.is("person-noun", w) && !lexicon.is("kin-noun", w))
        else {
            return Vec::new();
        };
        self.context.role(noun, last);
        if lexicon.is("calling", noun) {
            // `the Portuguese explorer`: what he was by trade, which is no office of a land.
            return Vec::new();
        }
        let (Some((body, _)), true) = (phrase.names.first(), phrase.names.len() > 1) else {
            return self.title_of(desk, phrase, noun, last, at);
        };
        let (name, body) = (self.name(last), self.name(*body));
        if is_adjective(&body) {
            return Vec::new();
        }
        let title: Vec<&str> = phrase
            .words
            .iter()
            .map(String::as_str)
            .filter(|w| !lexicon.is("article", w))
            .collect();
        let aside = |text: String| Aside {
            text,
            rule: "a title before a name",
            at,
            reach: at..at + 1,
            why: Vec::new(),
        };
        vec![
            aside(format!("{name} was {} of {body}", title.join(" "))),
            aside(format!("{name} was {noun} of {body}")),
            aside(format!("{name} was \"{}\" of {body}", title.join(" "))),
        ]
    }

    /// `Emperor Taizong of the Tang dynasty`, and `the king Long Tuqizhi` where the article is about
    /// one power.
    fn title_of(
        &self,
        desk: &Desk<'_>,
        phrase: &Phrase,
        noun: &str,
        who: usize,
        at: usize,
    ) -> Vec<Aside> {
        let name = self.name(who);
        let of = match desk.chunks.get(at + 2).map(|c| &c.what) {
            Some(What::Phrase(of)) if phrase_end(&desk.chunks, at) > at + 2 => {
                of.final_name().or(of.names.first().map(|(t, _)| *t))
            }
            _ => None,
        };
        if let Some(of) = of {
            return vec![Aside {
                text: format!("{name} was {noun} of {}", self.name(of)),
                rule: "a title before a name",
                at,
                reach: at..phrase_end(&desk.chunks, at),
                why: Vec::new(),
            }];
        }
        let topic = self
            .context
            .topic
            .first()
            .copied()
            .filter(|t| self.book.things[*t].classes().contains(&Class::Polity));
        let plain =
            phrase.words.len() == 1 && phrase.definite && self.lexicon.is("ruler-noun", noun);
        topic
            .filter(|_| plain)
            .map(|topic| Aside {
                text: format!("{name} was {noun} of {}", self.name(topic)),
                rule: "a title before a name",
                at,
                reach: at..at + 1,
                why: vec![format!(
                    "of whom is not said; {} is what the article is about",
                    self.name(topic)
                )],
            })
            .into_iter()
            .collect()
    }

    /// `Long Lipozhun's cousin Xue Apo'anazhi`, `his brother Hulagu`.
    fn kin(&mut self, desk: &Desk<'_>, phrase: &Phrase, at: usize) -> Vec<Aside> {
        let Some(last) = phrase.final_name() else {
            return Vec::new();
        };
        let lexicon = self.lexicon;
        let noun = phrase.words.iter().find(|w| {
            lexicon.is_any(&["kin-noun", "person-noun"], w)
                || w.strip_suffix('s')
                    .is_some_and(|one| lexicon.is("person-noun", one))
        });
        let (Some(noun), Some(_)) = (noun, phrase.owner) else {
            return Vec::new();
        };
        let noun = noun
            .strip_suffix('s')
            .filter(|one| lexicon.is("person-noun", one))
            .unwrap_or(noun);
        let sight = self.sight();
        let owner = match super::within::owning(phrase) {
            Some(_) => self.whose(desk, phrase, at, last),
            None => self.context.owner_of(phrase, &sight, &[last]),
        };
        let Some(owner) = owner else {
            return Vec::new();
        };
        let why = match phrase.owner {
            Some(super::chunks::Owner::Pronoun(pronoun)) => {
                let word = super::phrases::own_word(pronoun);
                vec![format!("“{word}” is read as {}", self.name(owner))]
            }
            _ => Vec::new(),
        };
        vec![Aside {
            text: format!("{} was {noun} of {}", self.name(last), self.name(owner)),
            rule: "kin before a name",
            at,
            reach: at..at + 1,
            why,
        }]
    }

    /// Whom `his` means: the only one of its sentence who can be meant, and where it has none,
    /// whoever acted in the sentence before.
    fn whose(
        &mut self,
        desk: &Desk<'_>,
        phrase: &Phrase,
        at: usize,
        apart: usize,
    ) -> Option<usize> {
        let pronoun = super::within::owning(phrase)?;
        if let Some(subject) = self.acting(desk, pronoun, at, apart) {
            return Some(subject);
        }
        if let Some(one) = self.only_one(desk, pronoun, at, apart).ok()? {
            return Some(one);
        }
        let sight = self.sight();
        match desk.before[..] {
            [one] if one != apart && self.context.may_be(pronoun, one, &sight) => Some(one),
            _ => None,
        }
    }

    /// `the Tarim Basin kingdom of Karasahr`: a power lies in the place before its noun.
    fn lies_in(&mut self, desk: &Desk<'_>, phrase: &Phrase, at: usize) -> Vec<Aside> {
        let Some(head) = phrase
            .head
            .clone()
            .filter(|h| self.lexicon.is("naming-noun", h))
        else {
            return Vec::new();
        };
        let chain = chains(&desk.chunks[at..phrase_end(&desk.chunks, at)]);
        let sight = self.sight();
        let found = chain
            .first()
            .and_then(|c| self.context.resolve(c, &sight, &[]));
        let Some([thing]) = found.as_ref().map(|f| &f.things[..]) else {
            return Vec::new();
        };
        if chain.first().is_some_and(|c| c.len() > 1) {
            self.context.describe(&head, *thing);
        }
        if let (Some(super::chunks::Owner::Thing(of)), true) = (
            phrase.owner,
            phrase
                .words
                .iter()
                .any(|w| self.lexicon.is("neighbouring", w)),
        ) {
            return vec![Aside {
                text: format!("{} was neighbour of {}", self.name(*thing), self.name(of)),
                rule: "an adjective before the noun of a power",
                at,
                reach: at..phrase_end(&desk.chunks, at),
                why: Vec::new(),
            }];
        }
        let place = phrase
            .names
            .first()
            .filter(|(t, _)| self.class(*t) == Class::Place && t != thing);
        place
            .map(|(place, _)| Aside {
                text: format!("{} was in {}", self.name(*thing), self.name(*place)),
                rule: "a place before the noun of a power",
                at,
                reach: at..phrase_end(&desk.chunks, at),
                why: Vec::new(),
            })
            .into_iter()
            .collect()
    }

    /// `Abu Muslim, the governor of Khorasan,`
    fn beside(&mut self, desk: &Desk<'_>, at: usize) -> Vec<Aside> {
        let chunks = &desk.chunks;
        let end = phrase_end(chunks, at);
        if !matches!(chunks.get(end).map(|c| &c.what), Some(What::Comma)) {
            return Vec::new();
        }
        let Some((from, remark)) = remark(chunks, end + 1) else {
            return Vec::new();
        };
        let head = match &chunks[from].what {
            What::Phrase(p) => p.head.clone(),
            _ => None,
        };
        let Some(head) = head else { return Vec::new() };
        let lexicon = self.lexicon;
        let personal = lexicon.is_any(&["person-noun", "kin-noun"], &head);
        let Some(class) = Class::of_noun(lexicon, &head)
            .filter(|_| !personal)
            .or(personal.then_some(Class::Person))
        else {
            return Vec::new();
        };
        let mut asides = Vec::new();
        for (text, things) in self.before_remark(chunks, at, class, &head) {
            if !personal && let [one] = things[..] {
                self.context.describe(&head, one);
            }
            let sight = self.sight();
            let saying = Saying {
                context: &self.context,
                sight: &sight,
                apart: &things,
                subject: None,
                quotes: false,
            };
            let verb = if things.len() > 1 { "were" } else { "was" };
            let ways = saying.list(&chains(&chunks[remark.clone()]));
            let place = (from, list_start(chunks, at)..remark.end);
            asides.extend(self.sentences(&text, verb, &ways, place, "a remark after a name"));
        }
        asides
    }

    fn sentences(
        &self,
        subject: &str,
        verb: &str,
        ways: &[Said],
        (at, reach): (usize, Range<usize>),
        rule: &'static str,
    ) -> Vec<Aside> {
        let aside = |way: &Said| Aside {
            text: format!("{subject} {verb} {}", way.text),
            rule,
            at,
            reach: reach.clone(),
            why: way.why.clone(),
        };
        ways.iter().map(aside).collect()
    }

    /// Whom a remark may be about: the list or the name before its comma.
    fn before_remark(
        &self,
        chunks: &[Chunk],
        at: usize,
        class: Class,
        head: &str,
    ) -> Vec<(String, Vec<usize>)> {
        let fits = |t: usize| {
            let classes = &self.book.things[t].classes();
            classes.contains(&class)
                || matches!(class, Class::Place | Class::Polity)
                    && classes
                        .iter()
                        .any(|c| matches!(c, Class::Place | Class::Polity))
        };
        let What::Phrase(last) = &chunks[phrase_end(chunks, at) - 1].what else {
            return Vec::new();
        };
        let What::Phrase(first) = &chunks[at].what else {
            return Vec::new();
        };
        // `Huáscar and Atahualpa, sons of Huayna Capac`
        if head.ends_with('s') && class == Class::Person {
            let starts: Vec<usize> = (0..at)
                .filter(|i| list_end(chunks, *i) == phrase_end(chunks, at))
                .collect();
            let start = starts
                .into_iter()
                .find(|i| matches!(chunks[*i].what, What::Phrase(_)));
            if let Some(start) = start {
                let names: Option<Vec<usize>> = chains(&chunks[start..phrase_end(chunks, at)])
                    .iter()
                    .map(|c| c.first()?.final_name().filter(|t| fits(*t)))
                    .collect();
                if let Some(names) = names {
                    let texts: Vec<String> = names.iter().map(|t| self.name(*t)).collect();
                    return vec![(super::phrases::joined(&texts), names)];
                }
            }
            return Vec::new();
        }
        let mut found: Vec<usize> = last.final_name().into_iter().collect();
        found.extend(first.final_name());
        found.dedup();
        found.retain(|t| fits(*t));
        found.into_iter().map(|t| (self.name(t), vec![t])).collect()
    }

    /// `the king of Tashkent, Chabish,`
    fn introduced(&self, desk: &Desk<'_>, at: usize) -> Vec<Aside> {
        let range: Range<usize> = at..list_end(&desk.chunks, at);
        let Some(thing) = self.named_beside(&desk.chunks, range.clone()) else {
            return Vec::new();
        };
        let sight = self.sight();
        let apart = [thing];
        let saying = Saying {
            context: &self.context,
            sight: &sight,
            apart: &apart,
            subject: None,
            quotes: false,
        };
        let mut ways = Vec::new();
        let place = (at, at..range.end + 2);
        for chain in chains(&desk.chunks[range]) {
            ways.extend(saying.chain(&chain));
        }
        self.sentences(
            &self.name(thing),
            "was",
            &ways,
            place,
            "a description before a name",
        )
    }

    pub(super) fn name(&self, thing: usize) -> String {
        self.book.things[thing].name.clone()
    }

    fn class(&self, thing: usize) -> Class {
        self.book.things[thing].class()
    }
}

/// Where the list begins that ends in the phrase at a chunk.
fn list_start(chunks: &[Chunk], at: usize) -> usize {
    let end = phrase_end(chunks, at);
    let phrase = |i: &usize| matches!(chunks[*i].what, What::Phrase(_));
    let mut starts = (0..at).filter(phrase);
    starts.find(|i| list_end(chunks, *i) == end).unwrap_or(at)
}

/// The chunks of a remark that begins after a comma: its first phrase, and all of it up to the
/// next comma or the end. None where a verb shows that it is no remark.
fn remark(chunks: &[Chunk], from: usize) -> Option<(usize, Range<usize>)> {
    let mut at = from;
    while matches!(chunks.get(at).map(|c| &c.what), Some(What::Word(_))) {
        at += 1;
    }
    matches!(chunks.get(at)?.what, What::Phrase(_)).then_some(())?;
    let end = phrase_end(chunks, at);
    let mut after = end;
    while let Some(chunk) = chunks.get(after) {
        match &chunk.what {
            What::Preposition(_) | What::Phrase(_) | What::Date(_) | What::Word(_) => after += 1,
            // A finite verb without a comma before it makes the phrase its subject.
            What::Group(group)
                if group.finite()
                    && !matches!(chunks.get(after - 1).map(|c| &c.what), Some(What::Comma)) =>
            {
                return None;
            }
            _ => break,
        }
    }
    Some((at, at..end))
}
