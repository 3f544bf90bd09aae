//! Names that mean one thing by rule, and names that only look alike.

use std::collections::BTreeMap;

use super::{Class, Named, key};
use crate::article::lexicon::Lexicon;

/// The thing that a chain of joins leads to.
pub(super) fn root(joins: &BTreeMap<usize, (usize, String)>, mut number: usize) -> usize {
    // Joins lead to longer or earlier names only; the bound is for safety.
    for _ in 0..8 {
        match joins.get(&number) {
            Some((into, _)) => number = *into,
            None => break,
        }
    }
    number
}

/// Names that mean another name's thing, by rule: number to number, with the rule.
pub(super) fn joins(things: &[Named], lexicon: &Lexicon) -> BTreeMap<usize, (usize, String)> {
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
    // `fled to Gao` is no flight to Muhammad Gao.
    let of_person = |t: &Named| t.evidence.get(&Class::Person).map_or(0, |(w, _)| *w);
    let place = things[number].placed > of_person(&things[number]);
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
        let (one, other) = (&words[*longest], &words[*l]);
        let part = one.starts_with(other) || one.ends_with(other);
        part && (l == longest || !two_of_the_box(&things[*l], &things[*longest]))
            && !is_elder(other, one)
    };
    let first = longer.iter().all(same);
    // A first name is meant where one person is called by it at the start and others only share it.
    let starting: Vec<&usize> = longer
        .iter()
        .filter(|l| words[**l].starts_with(own))
        .collect();
    let another = |l: &usize| {
        may_be_anothers(own, &words[*l], things[*l].kin || place)
            || two_of_the_box(&things[number], &things[*l])
            || is_elder(own, &words[*l])
    };
    if longer.iter().any(another) {
        return None;
    }
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

/// Whether the box gives both names, each in its place.
fn two_of_the_box(one: &Named, other: &Named) -> bool {
    one.in_box && other.in_box
}

/// Whether a name is another one and a word that tells father from son.
fn is_elder(own: &[String], longer: &[String]) -> bool {
    let last = match longer.strip_prefix(own) {
        Some([last]) => last,
        Some([the, last]) if the == "the" => last,
        _ => return false,
    };
    matches!(last.as_str(), "Elder" | "Younger" | "Senior" | "Junior")
}

/// Whether a part of a longer name may be another's name: `shared` where the end of the longer one is
/// known to be borne by others.
fn may_be_anothers(own: &[String], longer: &[String], shared: bool) -> bool {
    let rest = longer.strip_suffix(own);
    // `Berg` is no short form of `Adolf of Berg`, but where he is from.
    let from_there = rest
        .and_then(<[String]>::last)
        .is_some_and(|w| w.eq_ignore_ascii_case("of"));
    // `General Gutiérrez` is not known to be Rosa Gutiérrez: kin share a name.
    let family = rest.is_some() && shared;
    // `Amasis` may be another than `Amasis II`.
    let roman = |w: &String| w.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    let numbered = matches!(longer.strip_prefix(own), Some([last]) if roman(last));
    from_there || family || numbered
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
