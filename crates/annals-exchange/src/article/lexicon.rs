//! What English words do in a sentence, and the forms of the vocabulary's verbs.
//!
//! What comes in: tables of grammar (`data/`) and a compiled vocabulary. What goes out: classes
//! of words and forms of verbs. No verb is known here that the vocabulary does not name: the table
//! of irregular forms only leads from one form to another.

use std::collections::{BTreeMap, BTreeSet};

use annals::chronicle::{Pattern, PatternPiece, Vocabulary};

const WORDS: &str = include_str!("data/words.txt");
const IRREGULAR: &str = include_str!("data/irregular.txt");
const HEDGES: &str = include_str!("data/hedges.txt");
const DEMONYMS: &str = include_str!("data/demonyms.txt");

/// The lines of a table that hold something.
pub fn table(text: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// Which form of a verb a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `capture`
    Base,
    /// `captures`
    Third,
    /// `captured`
    Past,
    /// `taken`, where it is not the past form too.
    Participle,
    /// `capturing`
    Ing,
}

/// A verb by its forms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verb {
    /// `take`
    pub base: String,
    /// `took`
    pub past: String,
    /// `taken`
    pub participle: String,
    /// Whether a pattern of the vocabulary has it.
    pub known: bool,
}

/// A cue that changes what is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// `attempted`, `planned`, `doubt`, `unknown`, `not` and so on.
    pub mode: &'static str,
    /// Its words; for cues before an infinitive, the forms its first word may have.
    pub words: Vec<&'static str>,
    /// Whether an infinitive follows.
    pub infinitive: bool,
}

/// All words.
#[derive(Clone, Debug)]
pub struct Lexicon {
    classes: BTreeMap<&'static str, BTreeSet<&'static str>>,
    forms: BTreeMap<String, Vec<(Form, Verb)>>,
    /// Fixed words of patterns.
    pattern_words: BTreeSet<String>,
    /// Fixed words with which a pattern opens: `conquest` of `conquest of {what}`.
    nominal: BTreeSet<String>,
    cues: Vec<Cue>,
    demonyms: BTreeMap<&'static str, &'static str>,
}

impl Lexicon {
    /// The words of the tables and of a vocabulary.
    pub fn of(vocabulary: &Vocabulary) -> Lexicon {
        let mut lexicon = Lexicon {
            classes: classes(),
            forms: BTreeMap::new(),
            pattern_words: BTreeSet::new(),
            nominal: BTreeSet::new(),
            cues: cues(),
            demonyms: table(DEMONYMS).filter_map(|l| l.rsplit_once(' ')).collect(),
        };
        let irregular: BTreeMap<&str, (&str, &str)> = table(IRREGULAR)
            .filter_map(|line| {
                let mut words = line.split(' ');
                Some((words.next()?, (words.next()?, words.next()?)))
            })
            .collect();
        for (base, (past, participle)) in &irregular {
            lexicon.add(Verb {
                base: (*base).to_owned(),
                past: (*past).to_owned(),
                participle: (*participle).to_owned(),
                known: false,
            });
        }
        let relations = vocabulary.relations.iter().map(|r| &r.patterns);
        let events = vocabulary.event_types.iter().map(|e| &e.patterns);
        for pattern in relations.chain(events).flatten() {
            lexicon.take_pattern(pattern, &irregular);
        }
        lexicon
    }

    fn take_pattern(&mut self, pattern: &Pattern, irregular: &BTreeMap<&str, (&str, &str)>) {
        let mut words = Vec::new();
        flatten(&pattern.pieces, &mut words);
        for forms in &words {
            self.pattern_words.extend(forms.iter().cloned());
        }
        match &pattern.pieces[..] {
            [PatternPiece::Word(first), PatternPiece::Word(_), ..]
            | [PatternPiece::Word(first), PatternPiece::Slot(_), ..] => {
                self.nominal.extend(first.iter().cloned());
            }
            [
                PatternPiece::Slot(_),
                PatternPiece::Word(second),
                PatternPiece::Word(next),
                ..,
            ] if second.len() == 1 && next.iter().any(|w| w == "of") => {
                self.nominal.extend(second.iter().cloned());
            }
            _ => {}
        }
        for forms in words {
            for verb in verbs_of(&forms, irregular) {
                self.add(verb);
            }
        }
    }

    fn add(&mut self, verb: Verb) {
        let forms = [
            (verb.base.clone(), Form::Base),
            (third(&verb.base), Form::Third),
            (verb.past.clone(), Form::Past),
            (verb.participle.clone(), Form::Participle),
            (ing(&verb.base), Form::Ing),
        ];
        for (word, form) in forms {
            let known = self.forms.entry(word).or_default();
            known.retain(|(_, v)| v.known || v.base != verb.base || !verb.known);
            let same = |(f, v): &(Form, Verb)| {
                v.base == verb.base && (*f == form || form == Form::Participle && *f == Form::Past)
            };
            if !known.iter().any(same) {
                known.push((form, verb.clone()));
            }
        }
    }

    /// Whether a word, in lower case, is of a class.
    pub fn is(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|c| c.contains(word))
    }

    /// Whether a word is of one of some classes.
    pub fn is_any(&self, classes: &[&str], word: &str) -> bool {
        classes.iter().any(|c| self.is(c, word))
    }

    /// The classes of nouns that a word belongs to.
    pub fn is_class_noun(&self, word: &str) -> bool {
        let nouns = self.classes.iter().filter(|(c, _)| c.ends_with("-noun"));
        nouns.into_iter().any(|(_, words)| words.contains(word))
    }

    /// The forms that a word may be.
    pub fn forms(&self, word: &str) -> &[(Form, Verb)] {
        self.forms.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is a fixed word of some pattern.
    pub fn in_pattern(&self, word: &str) -> bool {
        self.pattern_words.contains(word)
    }

    /// Whether a word names an event as a noun: `conquest`.
    pub fn is_nominal(&self, word: &str) -> bool {
        self.nominal.contains(word) && !self.is_class_noun_but_event(word)
    }

    fn is_class_noun_but_event(&self, word: &str) -> bool {
        self.is_class_noun(word) && !self.is("event-noun", word)
    }

    /// The cues, longest first.
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// Whether a word is a land that the table of peoples knows.
    pub fn is_land(&self, word: &str) -> bool {
        self.demonyms.values().any(|l| *l == word)
    }

    /// The land of an adjective or a people, where no rule leads from one to the other.
    pub fn land_of(&self, word: &str) -> Option<&'static str> {
        self.demonyms.get(word).copied()
    }
}

fn classes() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let lines = table(WORDS).filter_map(|l| l.split_once(':'));
    lines
        .map(|(class, words)| (class.trim(), words.split_whitespace().collect()))
        .collect()
}

fn cues() -> Vec<Cue> {
    let mut cues = Vec::new();
    for line in table(HEDGES) {
        let Some((mode, words)) = line.split_once(':') else {
            continue;
        };
        let infinitive = words.trim_end().ends_with('~');
        let words = words.trim().trim_end_matches('~').trim();
        let words: Vec<&str> = match infinitive {
            true => words
                .trim_end_matches("to")
                .trim()
                .split('|')
                .map(str::trim)
                .collect(),
            false => vec![words],
        };
        cues.push(Cue {
            mode: mode.trim(),
            words,
            infinitive,
        });
    }
    cues
}

fn flatten(pieces: &[PatternPiece], words: &mut Vec<Vec<String>>) {
    for piece in pieces {
        match piece {
            PatternPiece::Word(forms) => words.push(forms.clone()),
            PatternPiece::Optional(inner) => flatten(inner, words),
            PatternPiece::Slot(_) => {}
        }
    }
}

/// The verbs of one word of a pattern: `writes/write/wrote/composes/composed` holds two. A verb
/// opens with its third person, which ends in `s`, and its past form closes it.
fn verbs_of(forms: &[String], irregular: &BTreeMap<&str, (&str, &str)>) -> Vec<Verb> {
    let mut verbs = Vec::new();
    let mut at = 0;
    while at < forms.len() {
        let word = &forms[at];
        let Some(base) = base_of(word).filter(|_| forms.len() > 1 && at + 1 < forms.len()) else {
            // A lone participle, as in `is/was killed`.
            verbs.extend(lone(word, irregular));
            at += 1;
            continue;
        };
        let group: Vec<&String> = forms[at + 1..]
            .iter()
            .take_while(|w| base_of(w).is_none_or(|b| stem(&b) == stem(&base)))
            .collect();
        let base = match group.first() {
            Some(second)
                if group.len() > 1
                    && !second.ends_with("ed")
                    && !irregular.values().any(|(p, _)| p == second) =>
            {
                (*second).clone()
            }
            _ => base,
        };
        at += 1 + group.len();
        let Some(past) = group.last() else { continue };
        let is_past = past.ends_with("ed") || irregular.values().any(|(p, _)| p == past);
        if matches!(&*base, "be" | "have" | "do" | "i" | "wa" | "ha") || !is_past {
            continue;
        }
        let participle = match irregular.get(&*base) {
            Some((_, participle)) => (*participle).to_owned(),
            None => (*past).clone(),
        };
        verbs.push(Verb {
            base,
            past: (*past).clone(),
            participle,
            known: true,
        });
    }
    verbs
}

fn stem(word: &str) -> String {
    word.chars().take(3).collect()
}

/// A participle that a pattern uses by itself.
fn lone(word: &str, irregular: &BTreeMap<&str, (&str, &str)>) -> Option<Verb> {
    if let Some((base, (past, participle))) = irregular.iter().find(|(_, (_, p))| *p == word) {
        return Some(Verb {
            base: (*base).to_owned(),
            past: (*past).to_owned(),
            participle: (*participle).to_owned(),
            known: true,
        });
    }
    let base = word.strip_suffix("ed").filter(|b| b.len() >= 3)?;
    Some(Verb {
        base: base.to_owned(),
        past: word.to_owned(),
        participle: word.to_owned(),
        known: true,
    })
}

/// The base of a third person: `captures` gives `capture`.
fn base_of(word: &str) -> Option<String> {
    let bare = word
        .strip_suffix('s')
        .filter(|b| b.len() > 1 && !b.ends_with('s'))?;
    if let Some(stem) = bare.strip_suffix("ie") {
        return Some(format!("{stem}y"));
    }
    let hissing = ["she", "che", "sse", "xe", "zze", "oe"];
    if hissing.iter().any(|h| bare.ends_with(h)) {
        return Some(bare[..bare.len() - 1].to_owned());
    }
    Some(bare.to_owned())
}

/// The third person of a base.
fn third(base: &str) -> String {
    if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("sh") || base.ends_with("ch") {
        return format!("{base}es");
    }
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{base}s"),
    }
}

/// The participle in -ing of a base.
fn ing(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    if let Some(stem) = base
        .strip_suffix('e')
        .filter(|s| !s.ends_with(['e', 'o', 'y']))
    {
        return format!("{stem}ing");
    }
    // A short vowel between single consonants doubles the last: `set`, `win`, `expel`.
    let chars: Vec<char> = base.chars().collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let short = match chars[..] {
        [.., a, b, c] => {
            !vowel(a) && vowel(b) && !vowel(c) && !matches!(c, 'w' | 'x' | 'y') && chars.len() <= 4
        }
        _ => false,
    };
    match chars.last() {
        Some(last) if short => format!("{base}{last}ing"),
        _ => format!("{base}ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let world = annals::MemoryWorld::new().with("main.annals", "");
        let prepared = annals::prepare(&world, "main.annals");
        Lexicon::of(&prepared.resolved().chronicle.vocabulary)
    }

    #[test]
    fn forms_lead_to_one_verb() {
        let lexicon = lexicon();
        let past = |word: &str| {
            let forms = lexicon.forms(word);
            forms
                .iter()
                .find(|(_, v)| v.known)
                .map(|(f, v)| (*f, v.past.clone()))
        };
        assert_eq!(past("capturing"), Some((Form::Ing, "captured".into())));
        assert_eq!(past("taken"), Some((Form::Participle, "took".into())));
        assert_eq!(past("besieging"), Some((Form::Ing, "besieged".into())));
        assert_eq!(past("flee"), Some((Form::Base, "fled".into())));
        assert_eq!(past("carrying"), Some((Form::Ing, "carried".into())));
        assert_eq!(past("winning"), Some((Form::Ing, "won".into())));
        assert_eq!(past("killed"), Some((Form::Past, "killed".into())));
        assert_eq!(past("table"), None);
    }

    #[test]
    fn tables_are_read() {
        let lexicon = lexicon();
        assert!(lexicon.is("modal", "might"));
        assert!(
            lexicon
                .cues()
                .iter()
                .any(|c| c.mode == "refused" && c.infinitive)
        );
        assert_eq!(lexicon.land_of("Athenians"), Some("Athens"));
        assert!(lexicon.is_nominal("news") || !lexicon.is_nominal("king"));
    }
}
