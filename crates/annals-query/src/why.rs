//! Why: an answer with its reasoning, step by step.
//!
//! The steps use only what the support and the basis name: which claims say what, on which days,
//! what their event types begin, end and need, which rule excludes rivals, what is silent and what
//! is assumed.

use annals_chronicle::{
    Claim, ClaimId, Constraint, Day, Effect, Mode, RelationId, Sentence, Verdict,
};
use annals_reason::At;
use annals_text::Report;

use crate::answer::{Answer, Held, Outcome, SCHEMA};
use crate::ask::{Asked, Asker};
use crate::evidence_types::ClaimShown;
use crate::held::Supports;
use crate::sentence::Meant;
use crate::words::mode_word;

impl Asker<'_> {
    /// The explanation of `DATE: SENTENCE`, of `#label` or of a sentence alone.
    pub fn why(&self, question: Asked<'_>) -> Result<Answer, Vec<Report>> {
        let whole = question.part(0, question.text.len());
        let mut answer = self.ask(whole)?;
        let relations = self.relations_asked(whole);
        for (i, outcome) in answer.results.iter_mut().enumerate() {
            match outcome {
                Outcome::Held(held) => {
                    held.steps = self.steps(held, relations.get(i).copied().flatten());
                }
                Outcome::Fillers(fillers) => {
                    let relation = relations.get(i).copied().flatten();
                    for filler in &mut fillers.fillers {
                        filler.held.steps = self.steps(&filler.held, relation);
                    }
                }
                _ => {}
            }
        }
        Ok(answer)
    }

    /// The explanation of a sentence at a date given apart from it.
    pub fn why_at(&self, sentence: Asked<'_>, at: Asked<'_>) -> Result<Answer, Vec<Report>> {
        let sentence = sentence.part(0, sentence.text.len());
        let at = at.part(0, at.text.len());
        let mut answer = self.ask_dated(sentence, at, sentence)?;
        let meant = self.read_sentence(sentence)?;
        for (outcome, meant) in answer.results.iter_mut().zip(&meant) {
            let relation = relation_of(meant);
            match outcome {
                Outcome::Held(held) => held.steps = self.steps(held, relation),
                Outcome::Fillers(fillers) => {
                    for filler in &mut fillers.fillers {
                        filler.held.steps = self.steps(&filler.held, relation);
                    }
                }
                _ => {}
            }
        }
        answer.question = format!("why {}: {}", at.text, sentence.text);
        Ok(answer)
    }

    /// The explanation of a state of an overview, by its number there, as a day closes; `None`
    /// where no state has that number.
    pub fn why_state(&self, number: u32, day: Day) -> Option<Answer> {
        let fluent = self.reasoner.fluents().get(number as usize)?;
        let mut held = self.held_at(fluent, At::Day(day), Supports::Always);
        held.steps = self.steps(&held, Some(fluent.relation));
        Some(Answer {
            schema: SCHEMA,
            question: format!("why {}: {}", self.day(day).text, held.sentence),
            time: None,
            results: vec![Outcome::Held(held)],
            notes: vec![],
        })
    }

    fn relations_asked(&self, question: Asked<'_>) -> Vec<Option<RelationId>> {
        let rest = crate::question::split(question).rest;
        let meant = self.read_sentence(rest).unwrap_or_default();
        meant.iter().map(relation_of).collect()
    }

    /// The reasoning of one judgement.
    pub(crate) fn steps(&self, held: &Held, relation: Option<RelationId>) -> Vec<String> {
        let mut steps = Vec::new();
        let mut told: Vec<u32> = Vec::new();
        for claim in held.support.claims.iter().chain(&held.basis.claims) {
            if !told.contains(&claim.claim) {
                told.push(claim.claim);
                steps.extend(self.claim_steps(claim, relation));
            }
        }
        for identity in &held.support.identities {
            steps.push(format!("{} ({})", identity.words, identity.place));
        }
        for choice in &held.support.choices {
            steps.push(format!("{} ({})", choice.words, choice.place));
        }
        if let Some(relation) = relation
            && held.verdict == Verdict::Impossible
        {
            steps.extend(self.rules(relation));
        }
        steps.extend(held.support.assumptions.iter().cloned());
        steps.extend(held.remarks.iter().cloned());
        steps.push(conclusion(held));
        steps
    }

    /// What a claim says, when that was, and what follows by its event type.
    fn claim_steps(&self, shown: &ClaimShown, relation: Option<RelationId>) -> Vec<String> {
        let claim = self.claim(ClaimId(shown.claim));
        let who: Vec<String> = shown.sources.iter().map(|s| s.words.clone()).collect();
        let doubt = if shown.doubted { ", with doubt" } else { "" };
        let mut steps = vec![format!(
            "“{}” ({}) is said by {}{doubt}",
            shown.words,
            shown.place,
            who.join("; ")
        )];
        let days = self.days(&self.moment_days(self.start_of(claim.event)));
        steps.push(match claim.mode {
            Mode::Asserted => format!("with all other claims, its days are {}", days.exact),
            mode => format!("it is only {}", mode_word(mode)),
        });
        if let Some(words) = self.effect_words(claim, relation) {
            steps.push(words);
        }
        steps
    }

    /// The effects of a claim that touch a relation or what it needs.
    fn effect_words(&self, claim: &Claim, relation: Option<RelationId>) -> Option<String> {
        let Sentence::Happens {
            event_type, roles, ..
        } = &claim.sentence
        else {
            return None;
        };
        let mut near: Vec<RelationId> = Vec::new();
        if let Some(relation) = relation {
            near.push(relation);
            for constraint in &self.relation(relation).constraints {
                match constraint {
                    Constraint::Needs(t) | Constraint::NeedsNot(t) => near.push(t.relation),
                    Constraint::Inverse(other) => near.push(*other),
                    _ => {}
                }
            }
        }
        let effects = &self.chronicle.vocabulary.event_types[event_type.index()].effects;
        let words: Vec<String> = effects
            .iter()
            .filter_map(|effect| {
                let (verb, template) = match effect {
                    Effect::Begins(t) => ("begins", t),
                    Effect::Ends(t) | Effect::EndsAny(t) => ("ends", t),
                    Effect::Needs(t) => ("needs", t),
                    Effect::NeedsNot(t) => ("excludes", t),
                };
                near.contains(&template.relation)
                    .then(|| format!("{verb} “{}”", self.template_words(template, roles)))
            })
            .collect();
        (!words.is_empty()).then(|| format!("such an event {}", words.join(" and ")))
    }

    /// The rules of a relation that can rule a filling out.
    fn rules(&self, relation: RelationId) -> Vec<String> {
        let relation = self.relation(relation);
        let names = |indexes: &[u32]| {
            let roles = indexes
                .iter()
                .filter_map(|i| relation.roles.get(*i as usize));
            let names: Vec<String> = roles.map(|r| r.name.clone()).collect();
            crate::words::listed(&names, "and")
        };
        relation
            .constraints
            .iter()
            .filter_map(|constraint| match constraint {
                Constraint::One { value, per } => Some(format!(
                    "by the vocabulary there is one {} per {} (“{}”)",
                    names(value),
                    names(per),
                    relation.name
                )),
                Constraint::Once => Some(format!(
                    "“{}” never returns once it has ended",
                    relation.name
                )),
                Constraint::LastsAtMost { written, .. } => {
                    Some(format!("“{}” lasts at most {written}", relation.name))
                }
                _ => None,
            })
            .collect()
    }
}

fn relation_of(meant: &Meant) -> Option<RelationId> {
    match meant {
        Meant::State { relation, .. } => Some(*relation),
        Meant::Event { .. } => None,
    }
}

fn conclusion(held: &Held) -> String {
    match held.verdict {
        Verdict::Certain => "so it is certain: it holds in every timeline".to_owned(),
        Verdict::Impossible => "so it is impossible: it holds in no timeline".to_owned(),
        Verdict::Possible => {
            let also = match (held.can.fail, held.can.unrecorded) {
                (true, _) => "does not hold in others",
                (false, true) => "is unrecorded in others",
                (false, false) => "differs from day to day",
            };
            format!("so it is possible: it holds in some timelines and {also}")
        }
        Verdict::Unknown => {
            "so it is unknown: no claim bears on it at that time in a way that decides it"
                .to_owned()
        }
    }
}
