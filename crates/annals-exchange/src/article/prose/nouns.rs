//! Noun phrases, token by token.

use super::chunks::{Chunker, Owner, Phrase, Pronoun};
use crate::article::lexicon::{Form, Lexicon};
use crate::article::names::Class;
use crate::article::tokens::{Kind, Token};

impl Chunker<'_> {
    /// A noun phrase that begins at a token.
    pub fn phrase(&self, tokens: &[Token], from: usize) -> Option<(Phrase, usize)> {
        let lexicon = self.lexicon;
        let first = tokens.get(from)?;
        if let Some(pronoun) = pronoun(lexicon, &first.lower) {
            let own = own(lexicon, &first.lower);
            let noun_follows = own.is_some()
                && tokens.get(from + 1).is_some_and(|t| {
                    t.kind == Kind::Word && (self.noun_like(&t.lower) || t.is_capital())
                });
            if !noun_follows {
                let phrase = Phrase {
                    pronoun: Some(pronoun),
                    ..Phrase::default()
                };
                return Some((phrase, from + 1));
            }
        }
        let mut phrase = Phrase::default();
        let mut at = from;
        while let Some(token) = tokens.get(at) {
            if let Some(next) = self.take(tokens, at, from, &mut phrase) {
                at = next;
                continue;
            }
            // `a hastily gathered army`: an adverb before an adjective.
            let adverb = token.lower.ends_with("ly")
                && token.kind == Kind::Word
                && phrase.head.is_none()
                && at > from;
            if adverb && phrase.names.is_empty() {
                at += 1;
                continue;
            }
            break;
        }
        (phrase.head.is_some() || !phrase.names.is_empty()).then_some((phrase, at))
    }

    pub(super) fn noun_like(&self, word: &str) -> bool {
        !self.lexicon.is_any(
            &[
                "preposition",
                "conjunction",
                "be",
                "have",
                "modal",
                "do",
                "relative",
                "before",
                "after",
                "while",
                "because",
                "not",
            ],
            word,
        )
    }

    /// Takes one token, or one name, into a phrase; the token after it.
    fn take(&self, tokens: &[Token], at: usize, from: usize, phrase: &mut Phrase) -> Option<usize> {
        let lexicon = self.lexicon;
        let token = &tokens[at];
        let word = token.lower.as_str();
        let capital = token.is_capital();
        let named = self
            .book
            .at(tokens, at)
            .filter(|_| capital || !self.noun_like(word) || lexicon.forms(word).is_empty());
        if let Some((thing, next)) = named {
            return self.take_name(tokens, at, thing, next, phrase);
        }
        if token.kind == Kind::Possessive {
            return None;
        }
        if token.kind == Kind::Number {
            if phrase.head.is_some() {
                return None;
            }
            phrase.words.push(token.text.clone());
            return Some(at + 1);
        }
        if token.kind != Kind::Word {
            return None;
        }
        let opening = at == from;
        if lexicon.is("article", word)
            && (opening || phrase.head.is_none() && phrase.names.is_empty())
        {
            phrase.definite |= matches!(word, "the" | "this" | "that" | "these" | "those");
            if phrase.head.is_some() {
                return None;
            }
            if !matches!(word, "a" | "an" | "the") {
                phrase.words.push(word.to_owned());
            }
            return Some(at + 1);
        }
        if let Some(pronoun) = own(lexicon, word) {
            if !opening {
                return None;
            }
            phrase.owner = Some(Owner::Pronoun(pronoun));
            phrase.definite = true;
            return Some(at + 1);
        }
        if capital && !opening && !lexicon.is_class_noun(word) {
            phrase.words.push(token.text.clone());
            phrase.head = Some(word.to_owned());
            return Some(at + 1);
        }
        self.take_noun(token, opening, phrase).then_some(at + 1)
    }

    /// Takes a common noun or an adjective; false where the word cannot belong to the phrase.
    fn take_noun(&self, token: &Token, opening: bool, phrase: &mut Phrase) -> bool {
        let lexicon = self.lexicon;
        let word = token.lower.as_str();
        let capital = token.is_capital();
        if !self.noun_like(word) || lexicon.is("adverb", word) {
            return false;
        }
        // After a noun or a name, a verb opens the predicate.
        let full = phrase.head.is_some() || !phrase.names.is_empty();
        let verbal = lexicon
            .forms(word)
            .iter()
            .any(|(f, _)| matches!(f, Form::Past | Form::Participle | Form::Third | Form::Ing))
            || lexicon.forms(word).is_empty() && word.ends_with("ed") && word.len() > 4;
        let noun_now = lexicon.is_class_noun(word);
        if verbal && full && !noun_now {
            return false;
        }
        if verbal && !noun_now && opening && !phrase.definite {
            return false;
        }
        if lexicon.is("month", word) && capital {
            return false;
        }
        phrase.words.push(word.to_owned());
        phrase.head = Some(word.to_owned());
        true
    }

    /// Takes a name, or the owner that it is; the token after it.
    fn take_name(
        &self,
        tokens: &[Token],
        at: usize,
        thing: usize,
        next: usize,
        phrase: &mut Phrase,
    ) -> Option<usize> {
        let lexicon = self.lexicon;
        let surface = |next: usize| -> String {
            let words: Vec<&str> = tokens[at..next].iter().map(|t| t.text.as_str()).collect();
            words.join(" ")
        };
        if tokens.get(next).is_some_and(|t| t.kind == Kind::Possessive) {
            phrase.owner = Some(Owner::Thing(thing));
            phrase.names.clear();
            phrase.head = None;
            phrase.words.clear();
            phrase.surfaces = vec![surface(next)];
            return Some(next + 1);
        }
        // Two names side by side are one phrase only where a noun joins them.
        if phrase.names.last().is_some_and(|(_, r)| r.end == at)
            && phrase.head.is_none()
            && phrase.words.is_empty()
        {
            let adjective = self.book.things[phrase.names[0].0].class() != Class::Person;
            if !adjective {
                return None;
            }
        }
        // `the battle Gao lost`: a name after a noun belongs to it only as its bearer.
        let bearer = |h: &String| {
            lexicon.is_class_noun(h) && !lexicon.is("event-noun", h) || lexicon.is("kin-noun", h)
        };
        let before_noun = tokens
            .get(next)
            .is_some_and(|t| !t.is_capital() && lexicon.is_class_noun(&t.lower));
        let body = matches!(
            self.book.things[thing].class(),
            Class::Army | Class::Fleet | Class::House | Class::Culture | Class::Institution
        );
        if phrase.head.as_ref().is_some_and(|h| !bearer(h)) && !before_noun && !body {
            return None;
        }
        phrase.surfaces.push(surface(next));
        phrase.names.push((thing, at..next));
        phrase.head = None;
        Some(next)
    }
}

fn pronoun(lexicon: &Lexicon, word: &str) -> Option<Pronoun> {
    let classes = [
        ("he", Pronoun::He),
        ("she", Pronoun::She),
        ("it", Pronoun::It),
        ("they", Pronoun::They),
    ];
    let found = classes.iter().find(|(class, _)| lexicon.is(class, word));
    found
        .map(|(_, p)| *p)
        .or_else(|| own(lexicon, word).filter(|_| false))
}

fn own(lexicon: &Lexicon, word: &str) -> Option<Pronoun> {
    let classes = [
        ("own-he", Pronoun::He),
        ("own-she", Pronoun::She),
        ("own-it", Pronoun::It),
        ("own-they", Pronoun::They),
    ];
    classes
        .iter()
        .find(|(class, _)| lexicon.is(class, word))
        .map(|(_, p)| *p)
}
