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
