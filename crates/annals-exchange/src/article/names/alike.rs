//! Names that look alike: perhaps one thing's, which a reader has to say.
//!
//! What comes in: things with their names. What goes out: pairs to be asked, each with why. Two rulers
//! of one name are told apart by their numbers, and a shared family name makes nobody like another.

use std::collections::BTreeMap;

use super::{Class, Named, key};

/// Two things that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The thing met first.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// What is alike in their names.
    pub why: &'static str,
}

/// Most longer names that a short one is asked of: beyond that it is a name that many bear.
const LONGER_MAX: usize = 3;

/// Pairs of things whose names are alike, those known to be apart left out.
pub(super) fn alike(things: &[Named], apart: &dyn Fn(usize, usize) -> bool) -> Vec<Alike> {
    let names: Vec<Words> = things.iter().map(|t| Words::of(&t.name)).collect();
    let further = |t: &Named| t.also.iter().map(|(also, _)| Words::of(also)).collect();
    let further: Vec<Vec<Words>> = things.iter().map(further).collect();
    let mut found = Vec::new();
    for (one, a) in things.iter().enumerate() {
        for (other, b) in things.iter().enumerate().skip(one + 1) {
            let class = a.class();
            if class != b.class() || class == Class::Event || apart(one, other) {
                continue;
            }
            let persons = class == Class::Person;
            let also = || {
                let near = |a: usize, b: usize| further[a].iter().any(|w| w.alike(&names[b]));
                (near(one, other) || near(other, one))
                    .then_some("a further name of one is like the other")
            };
            let why = names[one].like(&names[other], persons).or_else(also);
            found.extend(why.map(|why| Alike { one, other, why }));
        }
    }
    let short = |pair: &Alike| match names[pair.one].words.len() < names[pair.other].words.len() {
        true => pair.one,
        false => pair.other,
    };
    let mut borne: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in found.iter().filter(|p| p.why == PART) {
        *borne.entry(short(pair)).or_default() += 1;
    }
    found.retain(|p| p.why != PART || borne.get(&short(p)).is_none_or(|n| *n <= LONGER_MAX));
    found
}

const PART: &str = "the one name is a part of the other";

/// A name in words, the number of a ruler taken off.
struct Words {
    words: Vec<String>,
    number: Option<String>,
}

impl Words {
    fn of(name: &str) -> Words {
        let mut words: Vec<String> = key(name).iter().map(|w| w.to_lowercase()).collect();
        let last = name.rsplit(' ').next().unwrap_or("");
        let roman = last.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
        let number = (roman && words.len() > 1).then(|| words.pop()).flatten();
        Words { words, number }
    }

    fn letters(&self) -> Vec<char> {
        let all = self.words.iter().flat_map(|w| w.chars());
        all.filter(|c| c.is_alphanumeric()).collect()
    }

    /// Whether another spelling is the same name, or nearly.
    fn alike(&self, other: &Words) -> bool {
        self.number == other.number && (self.letters() == other.letters() || self.near(other))
    }

    /// Whether it begins a word of the other, as a short form does.
    fn shortens(&self, other: &Words) -> bool {
        let [own] = &self.words[..] else {
            return false;
        };
        let begins = |w: &String| w.len() > own.len() && w.starts_with(own);
        own.chars().count() > 4 && other.words.iter().any(begins)
    }

    /// What is alike in two names.
    fn like(&self, other: &Words, persons: bool) -> Option<&'static str> {
        match (&self.number, &other.number) {
            (Some(a), Some(b)) if a != b => return None,
            (Some(_), None) | (None, Some(_)) => {
                let same = persons && self.words == other.words;
                return same.then_some("one of them has a number, and the other has none");
            }
            _ => {}
        }
        if self.letters() == other.letters() {
            return Some("they have the same letters");
        }
        if persons && (self.is_part_of(other) || other.is_part_of(self)) {
            return Some(PART);
        }
        if persons && (self.shortens(other) || other.shortens(self)) {
            return Some("the one name may be short for the other");
        }
        self.near(other).then_some("they differ by little")
    }

    /// Whether a name begins or ends a longer one: `Beaufort` and `Duke of Beaufort`.
    fn is_part_of(&self, longer: &Words) -> bool {
        let (own, theirs) = (&self.words, &longer.words);
        own.len() < theirs.len() && (theirs.starts_with(own) || theirs.ends_with(own))
    }

    /// Whether a slip or two of the pen lead from one name to the other.
    fn near(&self, other: &Words) -> bool {
        let (one, two) = (&self.words, &other.words);
        let shared = |(a, b): &(&String, &String)| a == b && a.chars().count() > 3;
        let pairs = || one.iter().zip(two);
        if one.len() == two.len() && one.len() > 1 && pairs().any(|p| shared(&p)) {
            // `Guido Major` and `Guido Minor`: what they share says nothing of the rest.
            let rest = |own: fn((&String, &String)) -> String| -> Vec<char> {
                let left = pairs().filter(|p| !shared(p));
                left.flat_map(|p| own(p).chars().collect::<Vec<_>>())
                    .collect()
            };
            let (a, b) = (rest(|p| p.0.clone()), rest(|p| p.1.clone()));
            return a.len().min(b.len()) > 3 && distance(&a, &b) <= 1;
        }
        let (a, b) = (self.letters(), other.letters());
        let least = a.len().min(b.len());
        let slips = distance(&a, &b);
        let single = one.len() == 1 && two.len() == 1;
        if single && a.first() != b.first() {
            return false;
        }
        let whole = least >= 6 && slips * 5 <= least;
        // The last words bear the likeness: `Long Xuepo'anazhi` and `Xue Apo'anazhi`.
        let tails = distance(&a[a.len() - least..], &b[b.len() - least..]);
        let long = least >= 9 && tails * 4 <= least && !single;
        whole || least >= 6 && tails * 5 <= least && !single || long
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn like(one: &str, other: &str) -> bool {
        let words = (Words::of(one), Words::of(other));
        words.0.like(&words.1, true).is_some()
    }

    #[test]
    fn names_that_may_be_one_are_alike() {
        for (one, other) in [
            ("Beaufort", "Duke of Beaufort"),
            ("Menelik", "Menelik II"),
            ("Song Ching-yi", "Sung Ching-i"),
            ("Long Lipozhun", "Li Pozhun"),
            ("Lipozhun", "Li Pozhun"),
            ("Long Xuepo'anazhi", "Xue Apo'anazhi"),
            ("Berengar", "Berenger"),
            ("Charles", "Charles I"),
        ] {
            assert!(like(one, other) && like(other, one), "{one}, {other}");
        }
    }

    #[test]
    fn names_that_are_plainly_two_are_not() {
        for (one, other) in [
            ("Charles I", "Charles II"),
            ("Louis XIV", "Louis XVI"),
            ("Henry II", "Henry III"),
            ("Philip V", "Philippa"),
            ("Guido Major", "Guido Minor"),
            ("Harold Godwinson", "Tostig Godwinson"),
            ("Ladislaus", "Stanislaus"),
            ("Pliny the Elder", "Pliny the Younger"),
            ("Otto", "Ugo"),
        ] {
            assert!(!like(one, other), "{one}, {other}");
        }
    }
}
