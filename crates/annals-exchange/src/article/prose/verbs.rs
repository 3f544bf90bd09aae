//! What a verb group claims: its mode, its doubt, and its words as patterns have them.

use super::chunks::{Chunk, Group, What};
use super::clauses::group;
use crate::article::lexicon::{Form, Lexicon};

/// What a verb group comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How the claim relates to what happened.
    pub mode: Option<&'static str>,
    /// Whether the text doubts it.
    pub doubted: bool,
    /// Whether it was tried and not done: two claims.
    pub failed: bool,
    /// The verb as it may stand in a pattern.
    pub words: Vec<String>,
    /// Whether it is passive.
    pub passive: bool,
    /// Whether it is a bare `was`.
    pub copula: bool,
    /// The first chunk after the verb.
    pub after: usize,
    /// Why it is so, in words.
    pub because: Option<String>,
}

/// What a verb group claims, or why nothing.
///
/// # Errors
///
/// In words, where the group says nothing that happened or held.
pub fn plan(
    chunks: &[Chunk],
    at: usize,
    lexicon: &Lexicon,
    passive_before: bool,
) -> Result<Plan, String> {
    let Some(first) = group(chunks.get(at)) else {
        return Err("there is no verb".to_owned());
    };
    if let Some(word) = first.adverbs.iter().find(|a| lexicon.is("undoing", a)) {
        return Err(format!("“{word}” says that it was not quite so"));
    }
    if let Some(word) = first.adverbs.iter().find(|a| lexicon.is("weakening", a)) {
        return Err(format!("“{word}” makes less of it"));
    }
    if first.adverbs.iter().any(|a| a == "only") {
        return Err("“only” says how little of it there was".to_owned());
    }
    let mut plan = Plan {
        after: at + 1,
        ..Plan::default()
    };
    modality(first, lexicon, &mut plan)?;
    let mut current = first;
    // `was able to`, `attempted to`: what follows the `to` is claimed under the cue's mode.
    for _ in 0..3 {
        let Some((cue, next)) = infinitive(chunks, plan.after, current, lexicon) else {
            break;
        };
        let negated = plan.mode == Some("not");
        match cue.mode {
            "pretended" => {
                return Err(format!(
                    "what follows “{} to” is not said to have happened",
                    current.word
                ));
            }
            "asserted" => {}
            // `was claimed to have` is hearsay; who claims it of himself may pretend.
            "doubted" if current.be.is_none() && !lexicon.is("seeming", &current.word) => {
                return Err(format!("“{}” is only what somebody says", current.word));
            }
            "doubted" => plan.doubted = true,
            _ if negated || plan.mode.is_some() => {
                return Err(format!("“{}” stands under another such word", current.word));
            }
            "failed" => plan.failed = true,
            mode => plan.mode = Some(mode),
        }
        plan.because = Some(format!("“{} to”", current.word));
        let Some(following) = group(chunks.get(next)) else {
            break;
        };
        current = following;
        plan.after = next + 1;
    }
    words(current, passive_before, &mut plan);
    if plan.words.is_empty() {
        return Err("the form of the verb is not understood".to_owned());
    }
    Ok(plan)
}

/// What helpers say: negation, doubt, what would have been.
fn modality(group: &Group, lexicon: &Lexicon, plan: &mut Plan) -> Result<(), String> {
    if let Some(modal) = group.modal.as_deref() {
        let negated = group.negated || modal == "cannot";
        match modal {
            "could" | "can" | "cannot" if negated && !group.have => {
                plan.mode = Some("not");
                plan.because = Some(format!("“{modal} not”"));
                return Ok(());
            }
            // `would rather die`, `would sooner have fled`: a wish.
            "would"
                if group
                    .adverbs
                    .iter()
                    .any(|a| matches!(a.as_str(), "rather" | "sooner")) =>
            {
                return Err("“would rather” says what somebody wished".to_owned());
            }
            "would" if !group.have && !negated => {}
            // `could have fled`: what was possible, and as a rule did not happen.
            "could" if group.have && !negated => {
                return Err("“could have” says what was possible, not what was".to_owned());
            }
            _ if lexicon.is("doubting", modal) && !negated => {
                plan.doubted = true;
                plan.because = Some(format!("“{modal}”"));
                return Ok(());
            }
            // `may not have` doubts a denial.
            _ if lexicon.is("doubting", modal) => {
                plan.doubted = true;
                plan.mode = Some("not");
                plan.because = Some(format!("“{modal} not”"));
                return Ok(());
            }
            _ => {
                return Err(format!(
                    "“{modal}” says what could or should be, not what was"
                ));
            }
        }
    }
    if group.negated {
        plan.mode = Some("not");
        plan.because = Some("a negation".to_owned());
    }
    Ok(())
}

/// A cue at the group and the chunk of the verb that follows its `to`.
fn infinitive<'l>(
    chunks: &[Chunk],
    after: usize,
    current: &Group,
    lexicon: &'l Lexicon,
) -> Option<(&'l crate::article::lexicon::Cue, usize)> {
    let mut at = after;
    let mut word = current.word.clone();
    // `was able to`, `was likely to`
    if current.verb.is_none() {
        let adjective = match chunks.get(at).map(|c| &c.what) {
            Some(What::Phrase(p)) if p.names.is_empty() && p.words.len() == 1 => p.words.first(),
            Some(What::Word(w)) => Some(w),
            _ => None,
        }?;
        word = adjective.clone();
        at += 1;
    }
    let through = match chunks.get(at).map(|c| &c.what) {
        Some(What::Phrase(p)) if word == "made" && p.words.iter().any(|w| w == "attempt") => {
            word = "made".to_owned();
            at += 1;
            true
        }
        _ => false,
    };
    while matches!(chunks.get(at).map(|c| &c.what), Some(What::Word(_))) && !through {
        at += 1;
    }
    let to = matches!(chunks.get(at).map(|c| &c.what), Some(What::Preposition(p)) if p == "to");
    let base = group(chunks.get(at + 1)).filter(|g| matches!(&g.verb, Some((Form::Base, _))));
    if !to || base.is_none() {
        return None;
    }
    let cue = lexicon
        .cues()
        .iter()
        .filter(|c| c.infinitive)
        .find(|c| c.words.iter().any(|w| *w == word));
    cue.map(|cue| (cue, at + 1))
}

/// The verb's words, as past forms, and as a passive where it is one.
fn words(group: &Group, passive_before: bool, plan: &mut Plan) {
    let be = |first: &str| -> Vec<&'static str> {
        match first {
            "is" => vec!["is", "was"],
            "are" | "were" => vec!["were", "was"],
            _ => vec!["was", "were"],
        }
    };
    match (&group.verb, &group.be) {
        (None, Some(form)) => {
            plan.copula = true;
            plan.words = be(form).into_iter().map(str::to_owned).collect();
        }
        (Some((Form::Ing, verb)), _) => plan.words.push(verb.past.clone()),
        (Some((_, verb)), Some(form)) => {
            plan.passive = true;
            plan.words = be(form)
                .into_iter()
                .map(|b| format!("{b} {}", verb.participle))
                .collect();
            let spelled = be(form).into_iter().map(|b| format!("{b} {}", group.word));
            plan.words.extend(spelled);
        }
        (Some((form, verb)), None) => {
            // `was baptised and became`: only a participle can share the helper before it.
            let participle = *form == Form::Participle || group.word == verb.participle;
            if passive_before && participle && group.bare() {
                plan.words.push(format!("was {}", verb.participle));
                plan.words.push(format!("were {}", verb.participle));
                plan.passive = true;
            }
            plan.words.push(verb.past.clone());
            if group.word != verb.past && *form == Form::Past {
                plan.words.push(group.word.clone());
            }
        }
        (None, None) => {}
    }
    plan.words.dedup();
}
