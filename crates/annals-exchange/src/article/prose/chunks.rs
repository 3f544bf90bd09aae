//! A sentence in chunks: noun phrases, verb groups, dates, and the small words between them.
//!
//! What comes in: tokens, the names of the article, the tables of words. What goes out: chunks that
//! cover every token. This is finite-state chunking as in Abney, "Parsing by Chunks" (1991): each
//! phrase ends where the next word cannot belong to it.

use std::ops::Range;

use super::dates::{DateRef, date_at};
use crate::article::lexicon::{Form, Lexicon, Verb};
use crate::article::names::NameBook;
use crate::article::tokens::{Kind, Token};

/// A pronoun, by whom it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pronoun {
    He,
    She,
    It,
    They,
}

/// A noun phrase without what follows an `of`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The thing that owns it: `Guo's army`, `his brother`.
    pub owner: Option<Owner>,
    /// Names in it, with their places, the owner's left out.
    pub names: Vec<(usize, Range<usize>)>,
    /// The names as they stand, in order, the owner's first where there is one.
    pub surfaces: Vec<String>,
    /// Its last noun in lower case, if no name stands after it.
    pub head: Option<String>,
    /// Common words in order, articles left out.
    pub words: Vec<String>,
    /// Whether it opens with `the`, `this` and the like.
    pub definite: bool,
    /// The pronoun it is.
    pub pronoun: Option<Pronoun>,
}

/// Who owns what a phrase speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Thing(usize),
    Pronoun(Pronoun),
}

impl Phrase {
    /// The name a phrase ends in.
    pub fn final_name(&self) -> Option<usize> {
        match self.head {
            Some(_) => None,
            None => self.names.last().map(|(thing, _)| *thing),
        }
    }
}

/// A verb with its helpers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// `may`, `might`, `could` and so on.
    pub modal: Option<String>,
    /// `not`, `never`.
    pub negated: bool,
    /// `had`
    pub have: bool,
    /// `was`, `were`: passive with a participle, copula without a verb.
    pub be: Option<String>,
    /// `did`
    pub done: bool,
    /// The verb's form and the verb; none for a bare copula.
    pub verb: Option<(Form, Verb)>,
    /// The verb as it stands.
    pub word: String,
    /// Adverbs among the helpers.
    pub adverbs: Vec<String>,
}

impl Group {
    /// Whether it can be the verb of a clause by itself.
    pub fn finite(&self) -> bool {
        if self.modal.is_some() || self.done || self.have || self.be.is_some() {
            return self.be.as_deref() != Some("being") && self.be.as_deref() != Some("been")
                || self.have
                || self.modal.is_some();
        }
        matches!(&self.verb, Some((Form::Past | Form::Third, _)))
    }

    /// Whether it has no helper and may be a participle that hangs from a noun.
    pub fn bare(&self) -> bool {
        self.modal.is_none() && !self.done && !self.have && self.be.is_none()
    }

    /// `capturing`
    pub fn ing(&self) -> bool {
        self.bare() && matches!(&self.verb, Some((Form::Ing, _)))
    }
}

/// What a chunk is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Phrase(Phrase),
    Group(Group),
    Preposition(String),
    Conjunction(String),
    Comma,
    Break,
    Relative(String),
    /// `after`, `when`, `because`, `that`.
    Subordinator(String),
    Date(DateRef),
    Word(String),
}

/// A chunk with its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    pub what: What,
    pub tokens: Range<usize>,
}

/// What chunking needs.
pub struct Chunker<'a> {
    pub lexicon: &'a Lexicon,
    pub book: &'a NameBook,
    /// The year of the text before, for dates without one.
    pub year: Option<&'a str>,
}

impl Chunker<'_> {
    /// The chunks of a sentence.
    pub fn chunks(&self, text: &str, tokens: &[Token]) -> Vec<Chunk> {
        let mut found: Vec<Chunk> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (what, next) = self.next(text, tokens, at, &found);
            let next = next.max(at + 1).min(tokens.len());
            found.push(Chunk {
                what,
                tokens: at..next,
            });
            at = next;
        }
        found
    }

    fn next(&self, text: &str, tokens: &[Token], at: usize, before: &[Chunk]) -> (What, usize) {
        let token = &tokens[at];
        let word = token.lower.as_str();
        match token.kind {
            Kind::Comma => return (What::Comma, at + 1),
            Kind::Break | Kind::Open | Kind::Close => return (What::Break, at + 1),
            Kind::Quote | Kind::Mark | Kind::Possessive => {
                return (What::Word(String::new()), at + 1);
            }
            Kind::Word | Kind::Number => {}
        }
        if let Some((word, next)) = super::bends::joint(tokens, at) {
            return (What::Conjunction(word.to_owned()), next);
        }
        // `as well`, `as usual`: how it was done, and no title.
        let manner = tokens
            .get(at + 1)
            .filter(|t| self.lexicon.is("as-manner", &t.lower));
        if let Some(manner) = manner.filter(|_| token.is("as")) {
            return (What::Word(format!("as {}", manner.lower)), at + 2);
        }
        if let Some((date, next)) = date_at(text, tokens, at, self.lexicon, self.year) {
            return (What::Date(date), next);
        }
        let lexicon = self.lexicon;
        if self.book.at(tokens, at).is_none() || !token.is_capital() {
            if lexicon.is("relative", word) {
                return (What::Relative(word.to_owned()), at + 1);
            }
            if lexicon.is("conjunction", word) {
                return (What::Conjunction(word.to_owned()), at + 1);
            }
            if let Some(sub) = self.subordinator(tokens, at, before) {
                return sub;
            }
            if let Some((group, next)) = self.group(tokens, at, before) {
                return (What::Group(group), next);
            }
            if lexicon.is_any(&["preposition", "before", "after"], word) {
                return (What::Preposition(word.to_owned()), at + 1);
            }
            if lexicon.is("adverb", word)
                || lexicon.is("not", word)
                || word.ends_with("ly")
                    && word.len() > 4
                    && !token.is_capital()
                    && !lexicon.is_class_noun(word)
            {
                let phrase = word
                    .ends_with("ly")
                    .then(|| self.phrase(tokens, at + 1))
                    .flatten();
                if phrase.is_none() || !lexicon.is("article", word) {
                    return (What::Word(word.to_owned()), at + 1);
                }
            }
        }
        match self.phrase(tokens, at) {
            Some((phrase, next)) => (What::Phrase(phrase), next),
            None => (What::Word(word.to_owned()), at + 1),
        }
    }

    /// `after the Karluks defected`: a word that opens a clause. Before a phrase without a verb the
    /// same words are prepositions.
    fn subordinator(&self, tokens: &[Token], at: usize, before: &[Chunk]) -> Option<(What, usize)> {
        let lexicon = self.lexicon;
        let word = tokens[at].lower.as_str();
        if lexicon.is_any(&["while", "because"], word) {
            // `that` after a noun stands for it; after a verb it opens what is said.
            let noun_before = matches!(before.last().map(|c| &c.what), Some(What::Phrase(_)));
            if word == "that" && noun_before {
                return Some((What::Relative(word.to_owned()), at + 1));
            }
            if word == "that"
                && !matches!(
                    before.last().map(|c| &c.what),
                    Some(What::Group(_) | What::Word(_) | What::Comma | What::Conjunction(_))
                )
            {
                return None;
            }
            if word == "as" && !self.clause_follows(tokens, at + 1) {
                return None;
            }
            if word == "once" && !self.clause_follows(tokens, at + 1) {
                return None;
            }
            return Some((What::Subordinator(word.to_owned()), at + 1));
        }
        let timed = lexicon.is_any(&["before", "after"], word) || matches!(word, "until" | "till");
        (timed && self.clause_follows(tokens, at + 1))
            .then(|| (What::Subordinator(word.to_owned()), at + 1))
    }

    /// Whether a phrase and a finite verb follow before the next comma or conjunction.
    fn clause_follows(&self, tokens: &[Token], from: usize) -> bool {
        let Some((_, mut at)) = self.phrase(tokens, from) else {
            return false;
        };
        for _ in 0..4 {
            if let Some((group, _)) = self.group(tokens, at, &[]) {
                return group.finite();
            }
            let of = tokens
                .get(at)
                .is_some_and(|t| matches!(&*t.lower, "of" | "and"));
            match of.then(|| self.phrase(tokens, at + 1)).flatten() {
                Some((_, next)) => at = next,
                None => return false,
            }
        }
        false
    }

    /// A verb group that begins at a token.
    fn group(&self, tokens: &[Token], from: usize, before: &[Chunk]) -> Option<(Group, usize)> {
        let lexicon = self.lexicon;
        let mut group = Group::default();
        let mut at = from;
        let mut begun = false;
        while let Some(token) = tokens.get(at) {
            let word = token.lower.as_str();
            if token.kind != Kind::Word {
                break;
            }
            if lexicon.is("be", word) {
                if group.be.is_none() || word != "been" && word != "being" {
                    group.be = Some(word.to_owned());
                }
            } else if lexicon.is("modal", word) && !begun && !token.is_capital() {
                group.modal = Some(word.to_owned());
            } else if lexicon.is("have", word) {
                group.have = true;
                group.word = word.to_owned();
            } else if lexicon.is("do", word) && !begun {
                group.done = true;
            } else if lexicon.is("not", word) && (begun || self.verb_at(tokens, at + 1)) {
                group.negated = true;
            } else if begun && word == "in" && tokens.get(at + 1).is_some_and(|t| t.is("turn")) {
                at += 1;
            } else if (begun || self.verb_at(tokens, at + 1))
                && !token.is_capital()
                && (lexicon.is("adverb", word) || word.ends_with("ly"))
                && lexicon.forms(word).is_empty()
            {
                if !self.helper_or_verb(tokens, at + 1, begun) {
                    break;
                }
                group.adverbs.push(word.to_owned());
            } else {
                break;
            }
            begun = true;
            at += 1;
        }
        let verb = self.main(tokens, at, &group, begun, before);
        if let Some((form, verb)) = verb {
            group.word = tokens[at].lower.clone();
            group.verb = Some((form, verb));
            at += 1;
        } else if group.have && group.be.is_none() && begun {
            // `had no children`: the verb is `have` itself.
            group.have = false;
            let verb = Verb {
                base: "have".to_owned(),
                past: "had".to_owned(),
                participle: "had".to_owned(),
                known: true,
            };
            group.verb = Some((Form::Past, verb));
        } else if group.be.is_none() {
            return None;
        }
        (at > from).then_some((group, at))
    }

    fn verb_at(&self, tokens: &[Token], at: usize) -> bool {
        tokens.get(at).is_some_and(|t| {
            !t.is_capital()
                && (self
                    .lexicon
                    .is_any(&["be", "have", "modal", "do"], &t.lower)
                    || self.past_like(&t.lower))
        })
    }

    fn helper_or_verb(&self, tokens: &[Token], at: usize, _begun: bool) -> bool {
        tokens.get(at).is_some_and(|t| {
            self.lexicon
                .is_any(&["be", "have", "not", "adverb"], &t.lower)
                || !self.lexicon.forms(&t.lower).is_empty()
                || self.past_like(&t.lower)
                || t.lower.ends_with("ly")
        })
    }

    fn past_like(&self, word: &str) -> bool {
        let forms = self.lexicon.forms(word);
        forms
            .iter()
            .any(|(f, _)| matches!(f, Form::Past | Form::Participle))
            || forms.is_empty()
                && word.ends_with("ed")
                && word.len() > 4
                && !self.lexicon.is_class_noun(word)
    }

    /// The verb itself, in the form that its helpers ask for.
    fn main(
        &self,
        tokens: &[Token],
        at: usize,
        group: &Group,
        begun: bool,
        before: &[Chunk],
    ) -> Option<(Form, Verb)> {
        let token = tokens.get(at)?;
        if token.kind != Kind::Word || token.is_capital() && at > 0 {
            return None;
        }
        let word = token.lower.as_str();
        let forms = self.lexicon.forms(word);
        let has = |want: Form| best(forms, want);
        let past = has(Form::Participle).or_else(|| has(Form::Past));
        if group.be.is_some() || group.have {
            return past
                .or_else(|| has(Form::Ing))
                .or_else(|| self.unknown_past(word));
        }
        if group.modal.is_some() || group.done {
            let open = self.noun_like(word)
                && !self.lexicon.is_any(
                    &[
                        "article", "adverb", "own-he", "own-she", "own-it", "own-they", "he",
                        "she", "it", "they",
                    ],
                    word,
                );
            return has(Form::Base).or_else(|| open.then(|| (Form::Base, unknown_verb(word))));
        }
        let after_to =
            matches!(before.last().map(|c| &c.what), Some(What::Preposition(p)) if p == "to");
        if after_to && !begun {
            return has(Form::Base);
        }
        self.bare_verb(word, at, before)
    }

    /// A verb that no table knows, by its ending.
    fn unknown_past(&self, word: &str) -> Option<(Form, Verb)> {
        let shape = word.ends_with("ed") && word.len() > 4 && !self.lexicon.is_class_noun(word);
        (self.lexicon.forms(word).is_empty() && shape).then(|| (Form::Past, unknown_verb(word)))
    }

    /// A verb without helpers.
    fn bare_verb(&self, word: &str, at: usize, before: &[Chunk]) -> Option<(Form, Verb)> {
        let forms = self.lexicon.forms(word);
        let has = |want: Form| best(forms, want);
        let after_noun = matches!(before.last().map(|c| &c.what), Some(What::Phrase(_)));
        if let Some(ing) = has(Form::Ing) {
            return Some(ing);
        }
        if word.ends_with("ing")
            && word.len() > 5
            && forms.is_empty()
            && (at == 0 || matches!(before.last().map(|c| &c.what), Some(What::Comma)))
        {
            return Some((Form::Ing, unknown_verb(word)));
        }
        if let Some(third) =
            has(Form::Third).filter(|_| after_noun && !self.lexicon.is_class_noun(word))
        {
            return Some(third);
        }
        if forms.iter().any(|(f, _)| *f == Form::Base)
            && has(Form::Past).is_none_or(|(_, v)| v.base != *word)
            && !after_noun
        {
            // `attack`, `march`: nouns, where nothing asks for a verb.
            return has(Form::Past).filter(|(_, v)| v.past == *word && v.base != *word);
        }
        has(Form::Past)
            .or_else(|| has(Form::Participle))
            .or_else(|| self.unknown_past(word))
    }
}

/// The verb of which a word is a form, one of the vocabulary first.
fn best(forms: &[(Form, Verb)], want: Form) -> Option<(Form, Verb)> {
    let fitting = forms.iter().filter(|(f, _)| *f == want);
    fitting.max_by_key(|(_, v)| v.known).cloned()
}

fn unknown_verb(word: &str) -> Verb {
    Verb {
        base: word.to_owned(),
        past: word.to_owned(),
        participle: word.to_owned(),
        known: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::names::{Class, Given, NameBook};
    use crate::article::tokens::tokens;

    fn shown(text: &str) -> String {
        let world = annals::MemoryWorld::new().with("main.annals", "");
        let prepared = annals::prepare(&world, "main.annals");
        let lexicon = Lexicon::of(&prepared.resolved().chronicle.vocabulary);
        let given = |name: &str, class| Given {
            name: name.to_owned(),
            class: Some(class),
            why: String::new(),
            kin: false,
        };
        let given = [
            given("Arnulf", Class::Person),
            given("Lombardy", Class::Polity),
        ];
        let book = NameBook::of(&given, &[], &[text], &lexicon);
        let chunker = Chunker {
            lexicon: &lexicon,
            book: &book,
            year: Some("895"),
        };
        let tokens = tokens(text);
        let chunks = chunker.chunks(text, &tokens);
        let words = |c: &Chunk| {
            let (from, to) = (
                tokens[c.tokens.start].range.start,
                tokens[c.tokens.end - 1].range.end,
            );
            let kind = match &c.what {
                What::Phrase(_) => "P",
                What::Group(_) => "V",
                What::Date(_) => "D",
                What::Subordinator(_) => "S",
                What::Relative(_) => "R",
                _ => "_",
            };
            format!("{kind}[{}]", &text[from..to])
        };
        chunks.iter().map(words).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn phrases_and_verbs_are_told_apart() {
        assert_eq!(
            shown("Arnulf had already defeated a hastily gathered Lombardy army at Verona."),
            "P[Arnulf] V[had already defeated] P[a hastily gathered Lombardy army] _[at] P[Verona] _[.]"
        );
        assert_eq!(
            shown("In 896, the nearby oasis states Pavia and Verona surrendered to Lombardy rule."),
            "D[In 896] _[,] _[the] _[nearby] P[oasis states] P[Pavia] _[and] P[Verona] V[surrendered] _[to] P[Lombardy rule] _[.]"
        );
        assert_eq!(
            shown("After the city fell, he may never have attacked it; 300 men came on 3 May."),
            "S[After] P[the city] V[fell] _[,] P[he] V[may never have attacked] P[it] _[;] P[300 men] V[came] D[on 3 May] _[.]"
        );
    }
}
