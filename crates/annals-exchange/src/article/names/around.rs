//! What the words around a name say of its kind.

use super::Class;
use crate::article::lexicon::Lexicon;
use crate::article::tokens::{Kind, Token};

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
pub(super) fn acts(tokens: &[Token], from: usize, to: usize, lexicon: &Lexicon) -> Option<bool> {
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

/// A name in its sentence.
struct Spot<'a> {
    tokens: &'a [Token],
    from: usize,
    to: usize,
    lexicon: &'a Lexicon,
    found: Vec<(Class, u32, String)>,
}

/// What the words around a name say of its kind.
pub(super) fn around(
    tokens: &[Token],
    from: usize,
    to: usize,
    lexicon: &Lexicon,
) -> Vec<(Class, u32, String)> {
    let mut spot = Spot {
        tokens,
        from,
        to,
        lexicon,
        found: Vec::new(),
    };
    spot.article();
    spot.before();
    spot.after();
    spot.office();
    spot.remark();
    spot.found
}

impl<'a> Spot<'a> {
    fn word(&self, at: Option<usize>) -> &'a str {
        at.and_then(|i| self.tokens.get(i))
            .map_or("", |t| t.lower.as_str())
    }

    fn back(&self, number: usize) -> &'a str {
        self.word(self.from.checked_sub(number))
    }

    fn has_article(&self) -> bool {
        self.back(1) == "the"
    }

    fn last(&self) -> &'a str {
        self.tokens[self.to - 1].lower.as_str()
    }

    fn say(&mut self, class: Class, weight: u32, words: &str) {
        let why = format!("the text has “{words}”");
        self.found.push((class, weight, why));
    }

    /// `the Mongols`, `the Jaga`: an article before a name that no noun follows.
    fn article(&mut self) {
        let (article, last) = (self.has_article(), self.last());
        if article
            && last.ends_with('s')
            && self.to - self.from <= 2
            && !last.ends_with("ss")
            && !self.lexicon.is_class_noun(last)
        {
            self.say(Class::People, 4, &format!("the {last}"));
        } else if article
            && self.to - self.from == 1
            && !self.lexicon.is_class_noun(self.word(Some(self.to)))
        {
            let noun_follows = self
                .tokens
                .get(self.to)
                .is_some_and(|t| t.kind == Kind::Word)
                && self.lexicon.forms(self.word(Some(self.to))).is_empty()
                && !self.lexicon.is_any(
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
                    self.word(Some(self.to)),
                );
            if !noun_follows {
                self.say(Class::People, 3, &format!("the {last}"));
            }
        }
    }

    /// `in Baghdad`, `king of Norway`, `commander Guo Xiaoke`.
    fn before(&mut self) {
        let (article, last) = (self.has_article(), self.last());
        // `in western China`: what stands before the adjective counts.
        let adjective = self.lexicon.is("adjectives-of-place", self.back(1)) && !article;
        let skipped = usize::from(adjective);
        let before = if article {
            self.back(2)
        } else {
            self.back(1 + skipped)
        };
        let before_that = if article {
            self.back(3)
        } else {
            self.back(2 + skipped)
        };
        match before {
            // `in Chinese sources`: an adjective is no place.
            "in" | "at" | "near" | "toward" | "towards" | "into" | "outside"
                if (!article || before != "at")
                    && !noun_after(self.tokens, self.to, self.lexicon) =>
            {
                self.say(Class::Place, 3, &format!("{before} {last}"));
            }
            "from" | "across"
                if article
                    && !last.ends_with('s')
                    && !self.lexicon.is_class_noun(self.word(Some(self.to))) =>
            {
                self.say(Class::Place, 4, &format!("{before} the {last}"))
            }
            "from" | "to" if !article => self.say(Class::Place, 1, &format!("{before} {last}")),
            "of" => {
                let class = Class::of_noun(self.lexicon, before_that);
                if self.lexicon.is("ruler-noun", before_that)
                    || matches!(before_that, "regent" | "queen" | "throne")
                {
                    self.say(Class::Polity, 3, &format!("{before_that} of {last}"));
                } else if before_that == "governor" {
                    self.say(Class::Place, 3, &format!("{before_that} of {last}"));
                } else if let Some(class @ (Class::Place | Class::Polity)) = class {
                    self.say(class, 3, &format!("{before_that} of {last}"));
                } else if self.lexicon.is("kin-noun", before_that) {
                    self.say(Class::Person, 5, &format!("{before_that} of {last}"));
                } else if matches!(before_that, "siege" | "city" | "battle" | "palace") {
                    self.say(Class::Place, 2, &format!("{before_that} of {last}"));
                }
            }
            noun if self.lexicon.is_any(&["person-noun", "kin-noun"], noun) && !article => {
                self.say(Class::Person, 5, &format!("{noun} {last}"));
            }
            noun if !article && self.to > self.from => {
                let one = noun.strip_suffix('s').unwrap_or(noun);
                if let Some(class @ (Class::Place | Class::Polity)) =
                    Class::of_noun(self.lexicon, noun).or(Class::of_noun(self.lexicon, one))
                {
                    self.say(class, 3, &format!("{noun} {last}"));
                }
            }
            _ => {}
        }
    }

    /// `Guo's brother`, `Tang dynasty`, `Kongo was a kingdom`.
    fn after(&mut self) {
        let last = self.last();
        let next = self.word(Some(self.to));
        if self.lexicon.is("house-noun", next)
            || self.lexicon.is("house-noun", self.word(Some(self.to + 1)))
                && !next.is_empty()
                && !self.lexicon.is("preposition", next)
        {
            self.say(Class::House, 4, &format!("{last} … family"));
        }
        if self
            .tokens
            .get(self.to)
            .is_some_and(|t| t.kind == Kind::Possessive)
        {
            let possessed = self.word(Some(self.to + 1));
            let second = self.word(Some(self.to + 2));
            if self.lexicon.is("kin-noun", possessed)
                || self.lexicon.is("kin-noun", second)
                || possessed == "death"
            {
                self.say(Class::Person, 5, &format!("{last}'s {possessed}"));
            }
        }
        if self
            .tokens
            .get(self.to)
            .is_some_and(|t| t.kind == Kind::Word)
            && matches!(next, "dynasty" | "empire")
        {
            self.say(Class::Polity, 5, &format!("{last} {next}"));
        }
        if matches!(next, "was" | "is")
            && self
                .lexicon
                .is_any(&["article"], self.word(Some(self.to + 1)))
        {
            let noun = (self.to + 2..self.to + 5)
                .map(|i| self.word(Some(i)))
                .find(|w| self.lexicon.is_class_noun(w));
            if let Some(class) = noun
                .and_then(|n| Class::of_noun(self.lexicon, n))
                .filter(|c| *c != Class::Army)
            {
                self.say(class, 3, &format!("{last} {next} a {}", noun.unwrap_or("")));
            }
        }
    }

    /// `Pedro V became king`, `Amir was made the governor`: what only a person is.
    fn office(&mut self) {
        let next = self.word(Some(self.to));
        let became = self.lexicon.is("becoming", next)
            || matches!(next, "was" | "is")
                && matches!(self.word(Some(self.to + 1)), "made" | "crowned");
        let mut at = self.to + 1 + usize::from(matches!(next, "was" | "is"));
        if self.lexicon.is("article", self.word(Some(at))) {
            at += 1;
        }
        let noun = self.word(Some(at));
        if became && self.lexicon.is("person-noun", noun) {
            self.say(Class::Person, 5, &format!("{} {next} {noun}", self.last()));
        }
    }

    /// `Abu Muslim, the governor of Khorasan`
    fn remark(&mut self) {
        let next = self.word(Some(self.to));
        if next == ","
            || self
                .tokens
                .get(self.to)
                .is_some_and(|t| t.kind == Kind::Comma)
        {
            let mut at = self.to + 1;
            while self.lexicon.is("article", self.word(Some(at)))
                || matches!(self.word(Some(at)), "younger" | "elder" | "his" | "her")
                || self.tokens.get(at).is_some_and(|t| t.is_capital())
            {
                at += 1;
            }
            if self
                .lexicon
                .is_any(&["person-noun", "kin-noun"], self.word(Some(at)))
                && at > self.to + 1
            {
                self.say(Class::Person, 5, &format!(", {}", self.word(Some(at))));
            } else if let Some(class @ (Class::Place | Class::Polity)) =
                Class::of_noun(self.lexicon, self.word(Some(at))).filter(|_| at > self.to + 1)
            {
                self.say(class, 3, &format!(", {}", self.word(Some(at))));
            } else if self.word(Some(at)) == "who" {
                self.say(Class::Person, 3, ", who");
            }
        }
    }
}
