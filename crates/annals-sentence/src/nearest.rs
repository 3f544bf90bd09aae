//! Did-you-mean: the nearest of some words, if any is near enough.

use strsim::damerau_levenshtein;

/// Most edits at which a word of so many characters is still taken for a slip.
pub(crate) fn edits_allowed(characters: usize) -> usize {
    match characters {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

/// What can be told of a word at a glance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordShape {
    characters: usize,
    /// The first four characters.
    start: [char; 4],
    /// Which letters occur, folded to 64 bits: each edit changes two of them at most.
    letters: u64,
}

impl WordShape {
    pub(crate) fn of(lower: &str) -> WordShape {
        let letters = |bits, c| bits | 1 << (u32::from(c) % 64);
        let mut start = ['\0'; 4];
        for (slot, c) in start.iter_mut().zip(lower.chars()) {
            *slot = c;
        }
        WordShape {
            characters: lower.chars().count(),
            start,
            letters: lower.chars().fold(0, letters),
        }
    }

    /// Whether [`near`] is worth asking of two words; never false where it would find edits.
    pub(crate) fn may_be_near(&self, other: &WordShape) -> bool {
        let allowed = edits_allowed(self.characters.max(other.characters));
        self.characters.abs_diff(other.characters) <= allowed
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * allowed
    }

    /// A bound on the Jaro-Winkler likeness of two words: characters of one whose letter the
    /// other has not can match nothing.
    pub(crate) fn likeness_at_most(&self, other: &WordShape) -> f64 {
        let matching = |a: &WordShape, b: &WordShape| {
            let alone = (a.letters & !b.letters).count_ones() as usize;
            a.characters.saturating_sub(alone)
        };
        let most = matching(self, other).min(matching(other, self)) as f64;
        if most == 0.0 {
            return 0.0;
        }
        let share = |of: &WordShape| most / of.characters as f64;
        let jaro = (share(self) + share(other) + 1.0) / 3.0;
        let pairs = self.start.iter().zip(&other.start);
        let prefix = pairs.take_while(|(a, b)| a == b).count() as f64;
        (jaro + 0.1 * prefix * (1.0 - jaro)).min(1.0)
    }
}

/// Edits between two words, both already lower-case; `None` where they are too far apart.
pub(crate) fn near(a: &str, b: &str) -> Option<usize> {
    let (long, short) = (a.chars().count(), b.chars().count());
    let allowed = edits_allowed(long.max(short));
    if long.abs_diff(short) > allowed {
        return None;
    }
    Some(damerau_levenshtein(a, b)).filter(|edits| *edits <= allowed)
}

/// The candidate that differs from the word by the fewest slips of the pen, the first of
/// several; `None` where all are too far off. Case does not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if let Some(edits) = near(&word, &candidate.to_lowercase())
            && best.is_none_or(|(b, _)| edits < b)
        {
            best = Some((edits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended_and_strangers_left() {
        assert_eq!(nearest("Karashar", ["Kucha", "Karasahr"]), Some("Karasahr"));
        assert_eq!(nearest("karasahr", ["Karasahr"]), Some("Karasahr"));
        assert_eq!(nearest("Rome", ["Kucha", "Karasahr"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }
}
