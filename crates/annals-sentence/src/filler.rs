//! What can fill a slot: a name, a list, alternatives, quoted words, a figure, a hole.

use annals_chronicle::{EntityId, Few, RoleContent};

use crate::names::NameIndex;
use crate::sentence::Sentence;
use crate::token::TokenKind;
use crate::trie::SlotSpec;

/// Most ways of dividing one stretch of text into a list that are kept.
const DIVISIONS_MAX: usize = 4;

/// How the names of a list are joined so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Joiner {
    /// One name.
    Single,
    /// Commas only.
    Comma,
    /// `and`, after commas or not.
    And,
    /// `or`, after commas or not.
    Or,
}

/// A declared name in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) things: Few<EntityId>,
}

/// A name, or names joined by commas, `and` or `or`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    pub(crate) items: Few<Item>,
    pub(crate) joiner: Joiner,
    /// Whether `together` follows.
    pub(crate) together: bool,
    pub(crate) end: usize,
}

/// What stands in a slot, before homonyms that fit alike are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Names(Chain),
    Hole,
    Text,
    Number,
}

/// A slot filled with tokens `start..end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    pub(crate) content: Content,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Every chain of names that begins at a token, in the order of preference for one end.
pub(crate) fn chains_at(sentence: &Sentence, names: &NameIndex, from: usize) -> Vec<Chain> {
    let mut chains: Vec<Chain> = sentence
        .names_at(names, from)
        .iter()
        .map(|span| Chain {
            items: Few::one(Item {
                start: from,
                end: span.end,
                things: span.things.clone(),
            }),
            joiner: Joiner::Single,
            together: false,
            end: span.end,
        })
        .collect();
    let mut next = 0;
    while next < chains.len() {
        let joints = continuations(sentence, &chains[next]);
        if joints.is_empty() {
            next += 1;
            continue;
        }
        let chain = chains[next].clone();
        next += 1;
        for (at, joiner) in joints {
            for span in sentence.names_at(names, at).iter() {
                let mut longer = chain.clone();
                longer.items.push(Item {
                    start: at,
                    end: span.end,
                    things: span.things.clone(),
                });
                longer.joiner = joiner;
                longer.end = span.end;
                let same = chains
                    .iter()
                    .filter(|c| c.end == longer.end && c.joiner == joiner);
                if same.count() < DIVISIONS_MAX {
                    chains.push(longer);
                }
            }
        }
    }
    let together: Vec<Chain> = chains
        .iter()
        .filter(|c| {
            matches!(c.joiner, Joiner::And | Joiner::Comma) && sentence.is_word(c.end, "together")
        })
        .map(|c| Chain {
            together: true,
            end: c.end + 1,
            ..c.clone()
        })
        .collect();
    chains.extend(together);
    chains
}

/// Where a further name may begin after a chain, and how it would be joined.
fn continuations(sentence: &Sentence, chain: &Chain) -> Vec<(usize, Joiner)> {
    let at = chain.end;
    let comma = sentence.kind(at) == Some(TokenKind::Comma);
    let word = if comma { at + 1 } else { at };
    let mut found = vec![];
    if comma && matches!(chain.joiner, Joiner::Single | Joiner::Comma) {
        found.push((at + 1, Joiner::Comma));
    }
    if sentence.is_word(word, "and") && chain.joiner != Joiner::Or {
        found.push((word + 1, Joiner::And));
    }
    if sentence.is_word(word, "or") && chain.joiner != Joiner::And {
        found.push((word + 1, Joiner::Or));
    }
    found
}

/// The things of a name that fit a slot: those of the kind its list names first.
pub(crate) fn fitting(names: &NameIndex, spec: &SlotSpec, things: &[EntityId]) -> Few<EntityId> {
    let rank = |t: &EntityId| names.kind(*t).and_then(|k| spec.rank(k));
    let Some(best) = things.iter().filter_map(rank).min() else {
        return Few::new();
    };
    things
        .iter()
        .copied()
        .filter(|t| rank(t) == Some(best))
        .collect()
}

/// Whether a chain has as many names as a slot asks for. Alternatives are one name.
pub(crate) fn enough(spec: &SlotSpec, chain: &Chain) -> bool {
    let count = if chain.joiner == Joiner::Or {
        1
    } else {
        chain.items.len()
    };
    count as u32 >= spec.least
}

/// Whether a slot takes a chain: [`fit`] without its answer.
pub(crate) fn fits(names: &NameIndex, spec: &SlotSpec, chain: &Chain) -> bool {
    let takes = |thing: &EntityId| names.kind(*thing).is_some_and(|k| spec.rank(k).is_some());
    let mut items = chain.items.iter();
    enough(spec, chain) && items.all(|item| item.things.iter().any(takes))
}

/// The chain with only the things that fit; `None` where a name has none, or names are too few.
pub(crate) fn fit(names: &NameIndex, spec: &SlotSpec, chain: &Chain) -> Option<Chain> {
    if !enough(spec, chain) {
        return None;
    }
    let mut fitted = chain.clone();
    for item in &mut fitted.items {
        item.things = fitting(names, spec, &item.things);
        if item.things.is_empty() {
            return None;
        }
    }
    Some(fitted)
}

/// Everything that may fill a slot from a token on.
pub(crate) fn fills_at(
    sentence: &Sentence,
    names: &NameIndex,
    spec: &SlotSpec,
    from: usize,
) -> Vec<Fill> {
    let mut fills = vec![];
    let one = |content: Content| Fill {
        content,
        start: from,
        end: from + 1,
    };
    if sentence.kind(from) == Some(TokenKind::Hole) {
        fills.push(one(Content::Hole));
    }
    match spec.content {
        RoleContent::Text => {
            if matches!(sentence.kind(from), Some(TokenKind::Quoted { .. })) {
                fills.push(one(Content::Text));
            }
        }
        RoleContent::Number => {
            if let Some(end) = number_end(sentence, from) {
                fills.push(Fill {
                    content: Content::Number,
                    start: from,
                    end,
                });
            }
        }
        RoleContent::Kinds(_) | RoleContent::Any => {
            let chains = sentence.chains_at(names, from);
            fills.extend(chains.iter().filter_map(|chain| {
                let chain = fit(names, spec, chain)?;
                Some(Fill {
                    start: from,
                    end: chain.end,
                    content: Content::Names(chain),
                })
            }));
        }
    }
    fills
}

/// Whether anything at all may fill a slot from a token on.
pub(crate) fn may_fill(sentence: &Sentence, names: &NameIndex, from: usize) -> bool {
    matches!(
        sentence.kind(from),
        Some(TokenKind::Hole | TokenKind::Quoted { .. })
    ) || number_end(sentence, from).is_some()
        || !sentence.chains_at(names, from).is_empty()
}

/// The end of a figure: `3,000`, `about 3000`, `at least 3000`, `2000 to 3000`, `unknown`.
pub(crate) fn number_end(sentence: &Sentence, from: usize) -> Option<usize> {
    if sentence.is_word(from, "unknown") {
        return Some(from + 1);
    }
    let one = [
        "about", "around", "c", "circa", "nearly", "almost", "over", "some",
    ];
    let two = [
        ("at", "least"),
        ("at", "most"),
        ("more", "than"),
        ("fewer", "than"),
        ("less", "than"),
        ("up", "to"),
    ];
    let mut at = from;
    if two
        .iter()
        .any(|(a, b)| sentence.is_word(at, a) && sentence.is_word(at + 1, b))
    {
        at += 2;
    } else if one.iter().any(|w| sentence.is_word(at, w)) || sentence.text(at) == "~" {
        at += 1;
    }
    if sentence.kind(at) != Some(TokenKind::Number) {
        return None;
    }
    let range = sentence.is_word(at + 1, "to") || matches!(sentence.text(at + 1), "–" | "-");
    if range && sentence.kind(at + 2) == Some(TokenKind::Number) {
        return Some(at + 3);
    }
    Some(at + 1)
}
