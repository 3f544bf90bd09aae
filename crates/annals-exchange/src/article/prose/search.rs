//! The sentence of the vocabulary that a clause can be read as.
//!
//! What comes in: the ways of saying the subject, the verb's words, and the units after it. What
//! goes out: the first sentence that the matcher reads, with most of the clause in it. Circumstances
//! may be left out and are told; what the verb acts on never is, since a sentence without it
//! would say something else.

use super::chunks::{Chunk, What};
use super::clauses::{group, phrase_end};
use super::counting::counted;
use super::phrases::{Said, Saying};
use crate::article::lexicon::{Form, Lexicon};
use crate::article::matching::{Meaning, Read, Reader};

/// Most sentences tried for one clause.
const TRIES_MAX: usize = 900;
/// Most units after a verb that are looked at.
const UNITS_MAX: usize = 9;

/// Something after a verb that is kept or left out as a whole.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    pub ways: Vec<Said>,
    /// Whether it may be left out.
    pub loose: bool,
    /// Whether it belongs to an infinitive, which is left out as a whole.
    pub tail: bool,
    /// Its chunks.
    pub chunks: std::ops::Range<usize>,
}

/// A sentence found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub text: String,
    pub read: Read,
    pub things: Vec<usize>,
    pub why: Vec<String>,
    /// Chunks after the verb that the sentence holds.
    pub kept: Vec<std::ops::Range<usize>>,
    /// Chunks that the sentence leaves out.
    pub left: Vec<std::ops::Range<usize>>,
    /// Whether words inside phrases are left out.
    pub thinned: bool,
    /// Figures that stand beside the sentence.
    pub counts: Vec<String>,
}

fn word_unit(text: &str, at: usize, loose: bool) -> Unit {
    Unit {
        ways: vec![Said {
            text: text.to_owned(),
            ..Said::default()
        }],
        loose,
        tail: false,
        chunks: at..at + 1,
    }
}

/// The units of some chunks after a verb.
pub fn units(
    chunks: &[Chunk],
    range: std::ops::Range<usize>,
    saying: &Saying<'_>,
    lexicon: &Lexicon,
    bare_quotes: bool,
) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut at = range.start;
    let mut tail = false;
    while at < range.end && units.len() < UNITS_MAX {
        let before = units.len();
        match &chunks[at].what {
            // `three days after Guo's departure` is a date with its noun.
            What::Date(super::dates::DateRef::From(_))
                if matches!(chunks.get(at + 1).map(|c| &c.what), Some(What::Phrase(_))) =>
            {
                at = phrase_end(chunks, at + 1);
            }
            What::Date(_) | What::Comma | What::Conjunction(_) => {
                // What a conjunction joins here is no list: it is another matter.
                if matches!(&chunks[at].what, What::Conjunction(_)) {
                    break;
                }
                at += 1;
            }
            What::Word(word) => {
                if !word.is_empty() && !lexicon.is("article", word) {
                    units.push(word_unit(word, at, true));
                }
                at += 1;
            }
            What::Preposition(p)
                if p == "to"
                    && group(chunks.get(at + 1))
                        .is_some_and(|g| matches!(&g.verb, Some((Form::Base, _)))) =>
            {
                tail = true;
                let word = group(chunks.get(at + 1)).map_or("", |g| g.word.as_str());
                let mut unit = word_unit(&format!("to {word}"), at, true);
                unit.chunks = at..at + 2;
                units.push(unit);
                at += 2;
            }
            What::Preposition(p) => {
                let next = chunks.get(at + 1).map(|c| &c.what);
                if matches!(next, Some(What::Phrase(_))) {
                    let end = object_end(chunks, at + 1, range.end);
                    units.push(governed(chunks, at, end, p, saying, lexicon));
                    at = end;
                } else {
                    units.push(word_unit(p, at, true));
                    at += 1;
                }
            }
            What::Phrase(_) => {
                let end = object_end(chunks, at, range.end);
                let mut unit = object(chunks, at..end, saying, bare_quotes);
                unit.ways.splice(0..0, men(&chunks[at..end], lexicon));
                units.push(unit);
                at = end;
            }
            What::Group(_) | What::Break | What::Relative(_) | What::Subordinator(_) => break,
        }
        if let Some(unit) = units.last_mut().filter(|_| tail && before < range.end) {
            unit.tail = true;
        }
    }
    units
}

/// What the verb acts on.
fn object(
    chunks: &[Chunk],
    range: std::ops::Range<usize>,
    saying: &Saying<'_>,
    quotes: bool,
) -> Unit {
    let direct = Saying {
        quotes: saying.quotes || quotes,
        ..*saying
    };
    let ways = direct.said(&chunks[range.clone()]);
    Unit {
        ways,
        loose: false,
        tail: false,
        chunks: range,
    }
}

/// `60,000 men` as `men`, their number beside it.
fn men(chunks: &[Chunk], lexicon: &Lexicon) -> Option<Said> {
    let counted = counted(chunks, lexicon)?;
    Some(Said {
        text: counted.noun,
        count: Some(counted.figure),
        ..Said::default()
    })
}

/// The end of a phrase or a list of phrases within a range.
pub(super) fn object_end(chunks: &[Chunk], at: usize, end: usize) -> usize {
    let listed = super::clauses::list_end(chunks, at);
    if listed <= end {
        listed
    } else {
        phrase_end(chunks, at).min(end)
    }
}

fn governed(
    chunks: &[Chunk],
    at: usize,
    end: usize,
    preposition: &str,
    saying: &Saying<'_>,
    lexicon: &Lexicon,
) -> Unit {
    let inner = Saying {
        quotes: saying.quotes,
        ..*saying
    };
    let mut ways = inner.said(&chunks[at + 1..end]);
    for way in &mut ways {
        way.text = format!("{preposition} {}", way.text);
    }
    if preposition == "as"
        && let [What::Phrase(phrase)] = chunks[at + 1..end]
            .iter()
            .map(|c| &c.what)
            .collect::<Vec<_>>()[..]
    {
        ways.extend(inner.rule_of_topic(phrase).map(|mut way| {
            way.text = format!("as {}", way.text);
            way
        }));
    }
    let loose = !lexicon.is("not", preposition) || preposition == "without";
    Unit {
        ways,
        loose: loose && preposition != "of",
        tail: false,
        chunks: at..end,
    }
}

/// What a clause can be read as.
#[derive(Clone, Debug)]
pub enum Found {
    Nothing,
    One(Box<Hit>),
    /// Several things, with all the words that any of its sentences could keep: fewer words would
    /// only hide that it is not known which is meant.
    Several(Vec<String>),
}

/// The first sentence that can be read, with most of the units in it.
pub fn search(
    reader: &Reader,
    lexicon: &Lexicon,
    subjects: &[Said],
    verbs: &[String],
    units: &[Unit],
) -> Found {
    let mut tries = 0;
    let mut several = None;
    // A name read as a place rather than a power is better than words left out.
    for kept in selections(units) {
        for wide in [false, true] {
            for subject in subjects {
                for verb in verbs {
                    let mut found = None;
                    product(units, &kept, 0, &mut Vec::new(), &mut |ways| {
                        if tries > TRIES_MAX || found.is_some() {
                            return;
                        }
                        tries += 1;
                        let text = sentence(subject, verb, ways);
                        match reader.meaning(&text, wide, lexicon) {
                            Meaning::One(read) => {
                                found = Some(hit(text, *read, subject, ways, units, &kept));
                            }
                            Meaning::Several(ways) => several = several.take().or(Some(ways)),
                            Meaning::Nothing => {}
                        }
                    });
                    if let Some(hit) = found {
                        return Found::One(Box::new(hit));
                    }
                }
            }
        }
        if let Some(ways) = several {
            return Found::Several(ways);
        }
    }
    Found::Nothing
}

fn sentence(subject: &Said, verb: &str, ways: &[&Said]) -> String {
    let mut words = vec![subject.text.as_str(), verb];
    words.extend(ways.iter().map(|w| w.text.as_str()));
    words.retain(|w| !w.is_empty());
    words.join(" ")
}

fn hit(
    text: String,
    read: Read,
    subject: &Said,
    ways: &[&Said],
    units: &[Unit],
    kept: &[bool],
) -> Hit {
    let mut things = subject.things.clone();
    let mut why = subject.why.clone();
    let mut thinned = subject.thinned;
    for way in ways {
        things.extend(&way.things);
        why.extend(way.why.iter().cloned());
        thinned |= way.thinned;
    }
    let counts = ways.iter().filter_map(|w| w.count.clone()).collect();
    let of = |wanted: bool| {
        let units = units
            .iter()
            .zip(kept)
            .filter(move |(_, kept)| **kept == wanted);
        units.map(|(unit, _)| unit.chunks.clone()).collect()
    };
    Hit {
        text,
        read,
        things,
        why,
        kept: of(true),
        left: of(false),
        thinned,
        counts,
    }
}

/// Which units may be kept, most first; among as many, those that keep the first ones.
fn selections(units: &[Unit]) -> Vec<Vec<bool>> {
    let loose: Vec<usize> = (0..units.len())
        .filter(|i| units[*i].loose || units[*i].tail)
        .collect();
    let count = loose.len().min(UNITS_MAX);
    let mut all: Vec<Vec<bool>> = Vec::new();
    for mask in 0..1usize << count {
        let mut kept = vec![true; units.len()];
        for (bit, at) in loose.iter().take(count).enumerate() {
            kept[*at] = mask & (1 << bit) == 0;
        }
        // An infinitive goes as a whole, so far as it cannot be said without its object.
        let opens = units.iter().position(|u| u.tail);
        if let Some(open) = opens {
            let dropped = !kept[open];
            let fine = (open..units.len()).all(|i| !dropped || !kept[i]);
            let object = (open..units.len()).all(|i| dropped || kept[i] || units[i].loose);
            if !fine || !object {
                continue;
            }
        }
        if kept
            .iter()
            .zip(units)
            .any(|(kept, unit)| *kept && unit.ways.is_empty())
        {
            continue;
        }
        all.push(kept);
    }
    all.sort_by_key(|kept| {
        let dropped = kept.iter().filter(|k| !**k).count();
        let early: Vec<bool> = kept.iter().map(|k| !*k).collect();
        (dropped, early)
    });
    all
}

/// Every choice of one way a kept unit.
fn product<'u>(
    units: &'u [Unit],
    kept: &[bool],
    at: usize,
    chosen: &mut Vec<&'u Said>,
    found: &mut dyn FnMut(&[&'u Said]),
) {
    let Some(unit) = units.get(at) else {
        found(chosen);
        return;
    };
    if !kept[at] {
        product(units, kept, at + 1, chosen, found);
        return;
    }
    for way in unit.ways.iter().take(6) {
        chosen.push(way);
        product(units, kept, at + 1, chosen, found);
        chosen.pop();
    }
}
