//! The ways in which a phrase may stand in a sentence of the vocabulary.
//!
//! What comes in: a list of phrases with what follows their `of`s. What goes out: texts to be tried,
//! the likeliest first: the things meant, the words as they stand with names in their places, the
//! same without words that no pattern has, and a title in quotation marks.

use super::chunks::{Chunk, Owner, Phrase, Pronoun, What};
use super::context::{Context, Sight};
use crate::article::names::Class;

/// A way of saying a phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    /// Things that it names.
    pub things: Vec<usize>,
    /// What had to be decided.
    pub why: Vec<String>,
    /// Whether it leaves words out.
    pub thinned: bool,
    /// A figure that it leaves to a detail.
    pub count: Option<String>,
}

/// The chains of a list of phrases that stand in some chunks.
pub fn chains(chunks: &[Chunk]) -> Vec<Vec<&Phrase>> {
    let mut found: Vec<Vec<&Phrase>> = Vec::new();
    let mut of = false;
    for chunk in chunks {
        match &chunk.what {
            What::Phrase(phrase) => match found.last_mut().filter(|_| of) {
                Some(chain) => chain.push(phrase),
                None => found.push(vec![phrase]),
            },
            What::Preposition(p) if p == "of" => {
                of = true;
                continue;
            }
            _ => {}
        }
        of = false;
    }
    found
}

/// What saying needs.
pub struct Saying<'a> {
    pub context: &'a Context,
    pub sight: &'a Sight<'a>,
    /// Things that a pronoun here cannot mean.
    pub apart: &'a [usize],
    /// Whom `his` means first, where it can.
    pub subject: Option<usize>,
    /// Whether words in quotation marks may fill the place.
    pub quotes: bool,
}

impl Saying<'_> {
    /// The ways of saying the phrases in some chunks: a list of them, or one of several. What is
    /// joined both by `and` and by `or` is not told apart.
    pub fn said(&self, chunks: &[Chunk]) -> Vec<Said> {
        let joint = |word: &str| {
            let is = |c: &Chunk| matches!(&c.what, What::Conjunction(w) if w == word);
            chunks.iter().any(is)
        };
        match (joint("or"), joint("and")) {
            (false, _) => self.list(&chains(chunks)),
            (true, true) => Vec::new(),
            (true, false) => self.joined(&chains(chunks), &|names| names.join(" or ")),
        }
    }

    /// The ways of saying a list of chains.
    pub fn list(&self, chains: &[Vec<&Phrase>]) -> Vec<Said> {
        match chains {
            [] => Vec::new(),
            [one] => self.chain(one),
            many => self.joined(many, &joined),
        }
    }

    fn joined(&self, chains: &[Vec<&Phrase>], join: &dyn Fn(&[String]) -> String) -> Vec<Said> {
        let mut whole = Said::default();
        let mut texts = Vec::new();
        for chain in chains {
            // What cannot be resolved cannot be one of several.
            let Some(said) = self.resolved(chain) else {
                return Vec::new();
            };
            texts.push(said.text);
            whole.things.extend(said.things);
            whole.why.extend(said.why);
        }
        whole.text = join(&texts);
        vec![whole]
    }

    fn resolved(&self, chain: &[&Phrase]) -> Option<Said> {
        let found = self.context.resolve(chain, self.sight, self.apart)?;
        let names: Vec<String> = found.things.iter().map(|t| self.name(*t)).collect();
        Some(Said {
            text: joined(&names),
            things: found.things,
            why: found.why.into_iter().collect(),
            ..Said::default()
        })
    }

    fn name(&self, thing: usize) -> String {
        self.sight.book.things[thing].name.clone()
    }

    /// The ways of saying one chain.
    pub fn chain(&self, chain: &[&Phrase]) -> Vec<Said> {
        let mut ways = Vec::new();
        ways.extend(self.resolved(chain));
        let Some((first, rest)) = chain.split_first() else {
            return ways;
        };
        if first.pronoun.is_none() && first.final_name().is_none() {
            let tails = match rest {
                [] => vec![Said::default()],
                rest => self.chain(rest),
            };
            let owned = self.owned(first);
            for tail in &tails {
                let of = |head: &str, thinned: bool| Said {
                    text: match tail.text.as_str() {
                        "" => head.to_owned(),
                        text => format!("{head} of {text}"),
                    },
                    things: tail.things.clone(),
                    why: tail.why.clone(),
                    thinned: thinned || tail.thinned,
                    count: None,
                };
                let raw = self.raw(first, false);
                ways.extend(raw.iter().map(|r| of(r, false)));
                if let Some(owned) = owned.as_ref().filter(|_| rest.is_empty()) {
                    ways.push(owned.clone());
                }
                if rest.is_empty() {
                    ways.extend(self.turned(first));
                }
                let thin = self.raw(first, true);
                ways.extend(
                    thin.iter()
                        .filter(|t| raw.as_ref() != Some(t))
                        .map(|t| of(t, true)),
                );
                let title = first
                    .head
                    .as_deref()
                    .is_some_and(|h| self.sight.lexicon.is("person-noun", h));
                let kin = first
                    .head
                    .as_deref()
                    .is_some_and(|h| self.sight.lexicon.is("kin-noun", h));
                if title
                    && !kin
                    && !first
                        .words
                        .iter()
                        .any(|w| self.sight.lexicon.is("guard", w))
                {
                    ways.extend(quoted(first).iter().map(|q| of(q, false)));
                }
            }
        }
        if self.quotes && first.pronoun.is_none() && rest.is_empty() {
            let words = match (first.final_name(), first.surfaces.last()) {
                (Some(_), Some(surface)) => Some(format!("\"{surface}\"")),
                (Some(_), None) => None,
                (None, _) => quoted(first),
            };
            ways.extend(words.map(|text| Said {
                text,
                ..Said::default()
            }));
        }
        ways
    }

    /// `Chinese suzerainty` as `suzerainty of China`.
    fn turned(&self, phrase: &Phrase) -> Option<Said> {
        let ([(thing, _)], None) = (&phrase.names[..], phrase.owner) else {
            return None;
        };
        if phrase
            .words
            .iter()
            .any(|w| self.sight.lexicon.is("guard", w))
        {
            return None;
        }
        if is_adjective(&self.name(*thing)) {
            return None;
        }
        let lexicon = self.sight.lexicon;
        let head = phrase.head.as_deref()?;
        let plain = phrase
            .words
            .iter()
            .map(String::as_str)
            .filter(|w| !lexicon.is("article", w));
        let words: Vec<&str> = plain
            .clone()
            .filter(|w| *w == head || lexicon.in_pattern(w))
            .collect();
        Some(Said {
            text: format!("{} of {}", words.join(" "), self.name(*thing)),
            things: vec![*thing],
            thinned: words.len() < plain.count(),
            ..Said::default()
        })
    }

    /// `Guo's departure` as `departure of Guo Xiaoke`.
    fn owned(&self, phrase: &Phrase) -> Option<Said> {
        let head = phrase.head.as_deref()?;
        // `Guo's planned departure` is no departure.
        let lexicon = self.sight.lexicon;
        if phrase.words.iter().any(|w| lexicon.is("guard", w)) {
            return None;
        }
        let owner = phrase.owner?;
        let thing = self.owner(phrase)?;
        let why = match owner {
            Owner::Thing(_) => Vec::new(),
            Owner::Pronoun(pronoun) => vec![format!(
                "“{}” is read as {}",
                own_word(pronoun),
                self.name(thing)
            )],
        };
        Some(Said {
            text: format!("{head} of {}", self.name(thing)),
            things: vec![thing],
            why,
            thinned: phrase.words.len() > 1,
            count: None,
        })
    }

    /// `as ruler`, of whom is not said: of the power that the article is about.
    pub fn rule_of_topic(&self, phrase: &Phrase) -> Option<Said> {
        let head = phrase
            .head
            .as_deref()
            .filter(|h| self.sight.lexicon.is("ruler-noun", h))?;
        let topic = *self.context.topic.first()?;
        let power = self.sight.book.things[topic]
            .classes()
            .contains(&Class::Polity);
        (power
            && phrase.names.is_empty()
            && !phrase
                .words
                .iter()
                .any(|w| self.sight.lexicon.is("guard", w)))
        .then(|| Said {
            text: format!("{head} of {}", self.name(topic)),
            things: vec![topic],
            why: vec![format!(
                "of whom is not said; {} is what the article is about",
                self.name(topic)
            )],
            thinned: true,
            count: None,
        })
    }

    /// `his` is the subject's where it can be, else that of somebody told of before.
    fn owner(&self, phrase: &Phrase) -> Option<usize> {
        if let (Some(Owner::Pronoun(pronoun)), Some(subject)) = (phrase.owner, self.subject)
            && self.context.may_be(pronoun, subject, self.sight)
        {
            return Some(subject);
        }
        self.context.owner_of(phrase, self.sight, self.apart)
    }

    /// The words of a phrase with its names in their places; thinned, without the words that no
    /// pattern has. None where a word left out would change what is meant.
    fn raw(&self, phrase: &Phrase, thin: bool) -> Option<String> {
        let lexicon = self.sight.lexicon;
        let mut words = Vec::new();
        match phrase.owner {
            Some(Owner::Thing(_)) => return None,
            Some(Owner::Pronoun(pronoun)) => words.push(own_word(pronoun).to_owned()),
            None => {}
        }
        words.extend(phrase.names.iter().map(|(thing, _)| self.name(*thing)));
        for word in &phrase.words {
            let head = phrase.head.as_ref() == Some(word);
            if !thin || head || lexicon.in_pattern(word) {
                words.push(word.clone());
            } else if lexicon.is("removed", word)
                && phrase
                    .head
                    .as_ref()
                    .is_some_and(|h| lexicon.is("collateral-noun", h))
            {
                // `second cousin` is no cousin.
                return None;
            } else if lexicon.is("guard", word) || lexicon.is("not", word) || word == "no" {
                return None;
            }
        }
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// Whether a name is the adjective of a land that the article has not named: `a Haitian general`.
pub(super) fn is_adjective(name: &str) -> bool {
    name.ends_with("ian") && !name.contains(' ')
}

pub(super) fn own_word(pronoun: Pronoun) -> &'static str {
    match pronoun {
        Pronoun::He => "his",
        Pronoun::She => "her",
        Pronoun::It => "its",
        Pronoun::They => "their",
    }
}

/// The words of a phrase in quotation marks.
fn quoted(phrase: &Phrase) -> Option<String> {
    let plain = phrase.names.is_empty() && phrase.owner.is_none() && !phrase.words.is_empty();
    plain.then(|| format!("\"{}\"", phrase.words.join(" ").replace('"', "")))
}

/// `A, B and C`
pub fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
