//! Sentences that take back the one before them: `This is false.`, `That account is wrong.`, `This did
//! not happen.`, `Modern historians reject this.`
//!
//! What comes in: the sentences of an article in order. What goes out: for each, which later sentence
//! takes it back, and whether that denies or doubts it. What is denied afterwards is listed and not
//! claimed; what is doubted afterwards is claimed with its doubt. The rules are wide on purpose: a
//! sentence set aside is read by a person, a denial passed over is not.

use super::Input;
use super::guarding::Weight;
use crate::article::lexicon::Lexicon;
use crate::article::tokens::{Kind, Token, tokens};

/// Words after a subject among which its predicate is looked for.
const PREDICATE_MAX: usize = 6;
/// Words of a sentence that may end in what it speaks of: `Few historians today believe this.`
const SHORT_MAX: usize = 10;

/// What a later sentence does to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Whether it denies or doubts.
    pub weight: Weight,
    /// Its words.
    pub by: String,
}

/// A sentence that takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Retraction {
    weight: Weight,
    /// Whether it speaks of all of the paragraph before it: `None of this happened.`
    wide: bool,
}

/// For each sentence, what the sentences after it do to it.
pub(super) fn taken_back(inputs: &[Input<'_>], lexicon: &Lexicon) -> Vec<Option<Taken>> {
    let all: Vec<Option<Retraction>> = inputs
        .iter()
        .map(|i| retraction(i.passage.flow.text(), lexicon))
        .collect();
    let mut found: Vec<Option<Taken>> = vec![None; inputs.len()];
    for (at, retraction) in all.iter().enumerate() {
        let Some(retraction) = retraction else {
            continue;
        };
        for earlier in spoken_of(inputs, &all, at, retraction.wide) {
            let own = &mut found[earlier];
            if own.as_ref().is_none_or(|t| t.weight != Weight::Denies) {
                *own = Some(Taken {
                    weight: retraction.weight,
                    by: inputs[at].passage.flow.text().trim().to_owned(),
                });
            }
        }
    }
    found
}

/// The sentences that one which takes back speaks of: the last that tells something itself, or all
/// such of its paragraph; where it opens one, of the paragraph before.
fn spoken_of(
    inputs: &[Input<'_>],
    all: &[Option<Retraction>],
    at: usize,
    wide: bool,
) -> Vec<usize> {
    let section = inputs[at].passage.section;
    let mut tells = (0..at)
        .rev()
        .take_while(|i| inputs[*i].passage.section == section)
        .filter(|i| all[*i].is_none());
    let Some(last) = tells.next() else {
        return Vec::new();
    };
    let mut found = vec![last];
    if wide {
        let paragraph = inputs[last].passage.paragraph;
        found.extend(tells.take_while(|i| inputs[*i].passage.paragraph == paragraph));
    }
    found
}

/// Whether a sentence takes back what stands before it, in any of its parts between semicolons.
fn retraction(text: &str, lexicon: &Lexicon) -> Option<Retraction> {
    let all = tokens(text);
    all.split(|t| t.kind == Kind::Break)
        .find_map(|part| part_retracts(part, lexicon))
}

fn part_retracts(part: &[Token], lexicon: &Lexicon) -> Option<Retraction> {
    let all: Vec<String> = part
        .iter()
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Comma))
        .map(|t| t.lower.clone())
        .collect();
    let words: Vec<&str> = all.iter().map(String::as_str).collect();
    let (words, corrects) = opened(&words, lexicon);
    let denied = words.iter().any(|w| denies(w, lexicon));
    let found = |weight, wide| Some(Retraction { weight, wide });
    // `It is now agreed that this never happened.`
    let that = words.iter().take(PREDICATE_MAX).position(|w| *w == "that");
    let inner = that.map(|at| &words[at + 1..]).unwrap_or_default();
    for words in [words, inner] {
        let Some((rest, wide)) = subject(words, lexicon) else {
            continue;
        };
        let near = &rest[..rest.len().min(PREDICATE_MAX)];
        match predicate(near, denied_subject(words), lexicon) {
            Weight::Nothing => {}
            weight => return found(weight, wide),
        }
    }
    if words.len() <= SHORT_MAX && ends_in_it(words, lexicon) {
        match predicate(words, false, lexicon) {
            Weight::Nothing => {}
            weight => return found(weight, false),
        }
    }
    if elliptic(words, lexicon) {
        return found(Weight::Denies, false);
    }
    match corrects {
        Some("fact" | "actually") if denied => found(Weight::Doubts, false),
        Some("reality" | "truth" | "actuality") => found(Weight::Doubts, false),
        _ => None,
    }
}

/// A sentence without what joins it to the one before, and the word by which it corrects that.
fn opened<'w, 's>(words: &'s [&'w str], lexicon: &Lexicon) -> (&'s [&'w str], Option<&'w str>) {
    let mut rest = words;
    let mut corrects = None;
    loop {
        match rest {
            [
                "in",
                word @ ("fact" | "reality" | "truth" | "actuality"),
                ..,
            ] => {
                corrects = Some(*word);
                rest = &rest[2..];
            }
            ["actually", ..] => {
                corrects = Some("actually");
                rest = &rest[1..];
            }
            ["of", "course", ..] => rest = &rest[2..],
            [first, ..] if is_link(first, lexicon) => rest = &rest[1..],
            _ => return (rest, corrects),
        }
    }
}

/// What may stand before or between the parts of a sentence without saying anything of them.
fn is_link(word: &str, lexicon: &Lexicon) -> bool {
    let link = lexicon.is_any(&["conjunction", "adverb"], word) || word.ends_with("ly");
    link && word != "there" && !denies(word, lexicon) || matches!(word, "," | "today" | "though")
}

/// What stands behind a subject that means the text before it, and whether it means much of it.
fn subject<'s, 'w>(words: &'s [&'w str], lexicon: &Lexicon) -> Option<(&'s [&'w str], bool)> {
    match words {
        [
            "none" | "nothing" | "little" | "much" | "most" | "all" | "not",
            "of",
            ..,
        ]
        | ["no" | "nothing", "such", ..]
        | ["nothing", "like", ..] => {
            let verb = words.iter().position(|w| is_verb(w, lexicon))?;
            return Some((&words[verb..], true));
        }
        _ => {}
    }
    let (first, rest) = words.split_first()?;
    let points = matches!(
        *first,
        "this" | "that" | "these" | "those" | "such" | "both"
    );
    // `The claim was rejected by the pope`: a claim to something, unless the text points at it.
    let noun = |w: &str| lexicon.is("account-noun", w) && (points || w != "claim");
    if points || *first == "the" {
        let near = &rest[..rest.len().min(4)];
        let verb = near.iter().position(|w| is_verb(w, lexicon));
        let until = verb.unwrap_or(near.len());
        if let Some(at) = near[..until].iter().position(|w| noun(w)) {
            // `The story that Kitbuqa fled is false`: it says itself which story.
            let next = rest.get(at + 1).copied().unwrap_or("");
            if next == "that" || !points && lexicon.is("preposition", next) {
                return None;
            }
            return Some((&rest[at + 1..], is_long(near[at])));
        }
    }
    let skipped = rest.iter().take_while(|w| is_link(w, lexicon)).count();
    let rest = &rest[skipped..];
    // `It is unclear whether …` speaks of what follows.
    let ahead = rest.iter().any(|w| {
        matches!(
            *w,
            "that" | "whether" | "if" | "to" | "how" | "why" | "who" | "what" | "when" | "where"
        )
    });
    let it = *first == "it" && !ahead;
    let bare = points || it || *first == "so";
    let said = rest
        .first()
        .is_some_and(|w| is_verb(w, lexicon) || denies(w, lexicon));
    (bare && said).then_some((rest, matches!(*first, "these" | "those")))
}

/// Whether what a noun means is commonly told in several sentences: `this account`, `these claims`.
fn is_long(noun: &str) -> bool {
    noun.ends_with('s')
        || matches!(
            noun,
            "account"
                | "story"
                | "version"
                | "tale"
                | "narrative"
                | "tradition"
                | "legend"
                | "description"
        )
}

fn is_verb(word: &str, lexicon: &Lexicon) -> bool {
    let verbs = ["be", "have", "do", "modal", "happening", "doubting-verb"];
    lexicon.is_any(&verbs, word)
        || matches!(word, "remains" | "remained" | "seems" | "appears" | "lacks")
}

/// `None of this happened`: the subject denies what its verb says.
fn denied_subject(words: &[&str]) -> bool {
    let first = words.first();
    matches!(first, Some(&("none" | "nothing" | "no" | "little" | "not")))
}

/// Whether a sentence ends in what means the text before it: `Historians reject this.`, `There is no
/// evidence for it.`
fn ends_in_it(words: &[&str], lexicon: &Lexicon) -> bool {
    match words {
        [.., "this" | "that" | "it" | "these" | "so" | "otherwise"] => true,
        [.., "this" | "that" | "these" | "the", noun] => lexicon.is("account-noun", noun),
        ["there", be, "no", _] => lexicon.is("be", be),
        _ => false,
    }
}

/// What a sentence says of the text before it.
fn predicate(words: &[&str], denied_subject: bool, lexicon: &Lexicon) -> Weight {
    let any = |class: &str| words.iter().any(|w| lexicon.is(class, w));
    let denied = denied_subject || words.iter().any(|w| denies(w, lexicon));
    let untrue = words.iter().enumerate().any(|(at, w)| {
        // `It was held by false friends`: what a preposition governs says nothing of the whole.
        let governed = at > 0 && lexicon.is("preposition", words[at - 1]) && words[at - 1] != "as";
        lexicon.is_any(&["untrue", "not-so"], w) && !governed
    });
    match () {
        // `This is not false.` asserts it, if no more than doubtfully.
        () if untrue && denied => Weight::Doubts,
        () if untrue => Weight::Denies,
        () if denied && (any("happening") || any("so-it-is")) => Weight::Denies,
        () if any("doubtful") || any("doubting-verb") => Weight::Doubts,
        () => Weight::Nothing,
    }
}

fn denies(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.is_any(&["denying", "few"], word) || word.ends_with("n't")
}

/// `He did not.`, `They never did.`: a denial that leaves its verb to the sentence before.
fn elliptic(words: &[&str], lexicon: &Lexicon) -> bool {
    let helper = |w: &str| lexicon.is_any(&["be", "have", "do", "modal"], w);
    let not = |w: &str| lexicon.is("denying", w);
    match words {
        [.., helps, last] if (3..=5).contains(&words.len()) => {
            helper(helps) && not(last) || not(helps) && helper(last)
        }
        [_, last] => last.ends_with("n't"),
        _ => false,
    }
}
