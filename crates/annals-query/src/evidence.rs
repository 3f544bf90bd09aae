//! Supports in words: which claims, whose, where they stand, and what is assumed.

use std::collections::BTreeMap;

use annals_chronicle::{
    Assumption, Attestation, Claim, ClaimId, DetailValue, Effect, Identity, Origin, Part, Sentence,
    Support,
};

use crate::ask::Asker;
use crate::evidence_types::{ChoiceShown, ClaimShown, Evidence, IdentityShown, SourceShown};
use crate::words::{mode_word, one_line};

impl Asker<'_> {
    /// A support in words. Claims the question itself added are left out.
    pub(crate) fn evidence(&self, support: &Support) -> Evidence {
        let mut used: BTreeMap<ClaimId, Vec<Part>> = BTreeMap::new();
        let mut shown = Evidence::default();
        for part in &support.parts {
            match *part {
                Part::Identity(id) => {
                    if let Some(identity) = self.chronicle.identities.get(id.index()) {
                        shown.identities.push(self.identity_shown(identity));
                    }
                }
                Part::Choice(id) => {
                    if let Some(choice) = self.chronicle.choices.get(id.index()) {
                        let events: Vec<String> =
                            choice.events.iter().map(|e| self.event_words(*e)).collect();
                        shown.choices.push(ChoiceShown {
                            words: format!("exactly one of {} happened", events.join(", ")),
                            place: self.place(choice.span),
                            sources: self.sources(&choice.attestations),
                        });
                    }
                }
                Part::Happened(c) | Part::Date(c, _) | Part::Role(c, _) | Part::Detail(c, _) => {
                    if c < self.own_claims_end {
                        used.entry(c).or_default().push(*part);
                    }
                }
            }
        }
        for (claim, parts) in used {
            shown
                .claims
                .push(self.claim_shown(self.claim(claim), &parts));
        }
        for assumption in &support.assumptions {
            if let Some(words) = self.assumption_words(*assumption) {
                shown.assumptions.push(words);
            }
        }
        shown
    }

    /// A claim as an answer shows it, with the parts that are used.
    pub(crate) fn claim_shown(&self, claim: &Claim, parts: &[Part]) -> ClaimShown {
        let (file, line) = self.file_and_line(claim.span);
        let mut attestations = claim.attestations.clone();
        for part in parts {
            if let Part::Detail(_, i) = part
                && let Some(detail) = claim.details.get(*i as usize)
            {
                attestations.extend(detail.attestations.iter().cloned());
            }
        }
        let event = self.chronicle.events.get(claim.event.index());
        let section = claim.section.and_then(|s| {
            let section = self.chronicle.sections.get(s.index())?;
            Some(match &section.within {
                Some(within) => format!("\"{}\" within {within}", section.title),
                None => format!("\"{}\"", section.title),
            })
        });
        ClaimShown {
            claim: claim.id.0,
            label: event.and_then(|e| e.label.as_deref().map(str::to_owned)),
            place: format!("{file}:{line}"),
            file,
            line,
            words: self.claim_words(claim),
            sentence: self.sentence_words(&claim.sentence),
            mode: mode_word(claim.mode),
            doubted: claim.doubted,
            uses: parts.iter().map(|p| self.part_words(claim, *p)).collect(),
            section,
            sources: self.sources(&attestations),
            passage: passage(claim),
        }
    }

    fn part_words(&self, claim: &Claim, part: Part) -> String {
        match part {
            Part::Happened(_) => match claim.sentence {
                Sentence::Holds { .. } => "that it held".to_owned(),
                Sentence::Happens { .. } | Sentence::Text(_) => "that it happened".to_owned(),
            },
            Part::Date(_, i) => match claim.when.conditions.get(i as usize) {
                Some(condition) => {
                    let whose = match condition.origin {
                        Origin::Claim => "its date",
                        Origin::Section(_) => "its section's",
                        Origin::Detail(_) => "its detail",
                    };
                    let doubt = if condition.doubted { ", doubted" } else { "" };
                    format!("{whose} \"{}\"{doubt}", one_line(&condition.written))
                }
                None => "its date".to_owned(),
            },
            Part::Role(_, i) => format!("its {}", self.role_name(claim, i)),
            Part::Detail(_, i) => match claim.details.get(i as usize) {
                Some(detail) => format!("its detail \"{}\"", one_line(&detail.written)),
                None => "a detail of it".to_owned(),
            },
            Part::Identity(_) | Part::Choice(_) => String::new(),
        }
    }

    fn role_name(&self, claim: &Claim, index: u32) -> String {
        let vocabulary = &self.chronicle.vocabulary;
        let roles = match &claim.sentence {
            Sentence::Happens { event_type, .. } => {
                &vocabulary.event_types[event_type.index()].roles
            }
            Sentence::Holds { relation, .. } => &vocabulary.relations[relation.index()].roles,
            Sentence::Text(_) => return "words".to_owned(),
        };
        roles
            .get(index as usize)
            .map_or_else(|| "role".to_owned(), |r| r.name.clone())
    }

    pub(crate) fn sources(&self, attestations: &[Attestation]) -> Vec<SourceShown> {
        let mut shown: Vec<SourceShown> = Vec::new();
        for attestation in attestations {
            let one = self.source_shown(attestation);
            if !shown.contains(&one) {
                shown.push(one);
            }
        }
        shown
    }

    fn source_shown(&self, attestation: &Attestation) -> SourceShown {
        let source = self.chronicle.sources.get(attestation.source.index());
        let key = source.map_or_else(String::new, |s| s.key.clone());
        let is_file = source.is_some_and(|s| s.is_file);
        let title = source.and_then(|s| {
            let title = s.fields.iter().find(|(name, _)| name == "title");
            title.map(|(_, value)| value.clone())
        });
        let via = attestation.via.and_then(|v| {
            let via = self.chronicle.sources.get(v.index());
            via.map(|s| s.key.clone())
        });
        let mut words = if is_file {
            key.clone()
        } else {
            format!("@{key}")
        };
        if let Some(locator) = &attestation.locator {
            words.push_str(&format!(", {locator}"));
        }
        if let Some(via) = &via {
            words.push_str(&format!(", via @{via}"));
        }
        SourceShown {
            key,
            title,
            locator: attestation.locator.as_deref().map(str::to_owned),
            via,
            is_file,
            words,
        }
    }

    pub(crate) fn identity_shown(&self, identity: &Identity) -> IdentityShown {
        let (a, b) = (self.name(identity.a), self.name(identity.b));
        let words = if identity.doubted {
            format!("{a} may be the same as {b}, which is doubted")
        } else {
            format!("{a} is the same as {b}")
        };
        IdentityShown {
            a,
            b,
            doubted: identity.doubted,
            place: self.place(identity.span),
            sources: self.sources(&identity.attestations),
            words,
        }
    }

    /// An assumption as a sentence without its full stop; `None` for one the question made.
    pub(crate) fn assumption_words(&self, assumption: Assumption) -> Option<String> {
        match assumption {
            Assumption::EndingFollows(id) => {
                let claim = self.claim(id);
                let told = self.event_words(claim.event);
                let ended = self.ended_by(claim);
                let ended = if ended.is_empty() {
                    "what it ends".to_owned()
                } else {
                    format!("“{}”", ended.join("”, “"))
                };
                Some(format!(
                    "assumes that {told} follows a recorded beginning or mention of {ended}"
                ))
            }
            Assumption::Width(id, _) if id >= self.own_claims_end => None,
            Assumption::Width(id, i) => {
                let claim = self.claim(id);
                let condition = claim.when.conditions.get(i as usize);
                let soft = condition.and_then(|c| c.soft.as_ref());
                Some(soft.map_or_else(
                    || {
                        format!(
                            "assumes the width of the date at {}",
                            self.place(claim.span)
                        )
                    },
                    |soft| format!("{} (an assumption that yields to every claim)", soft.words),
                ))
            }
        }
    }

    /// The states a claimed event ends, by its own type's effects.
    fn ended_by(&self, claim: &Claim) -> Vec<String> {
        let Sentence::Happens {
            event_type, roles, ..
        } = &claim.sentence
        else {
            return vec![];
        };
        let effects = &self.chronicle.vocabulary.event_types[event_type.index()].effects;
        effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Ends(template) | Effect::EndsAny(template) => {
                    Some(self.template_words(template, roles))
                }
                Effect::Begins(_) | Effect::Needs(_) | Effect::NeedsNot(_) => None,
            })
            .collect()
    }
}

/// The passage quoted in a claim's details.
fn passage(claim: &Claim) -> Option<String> {
    claim.details.iter().find_map(|detail| match &detail.value {
        DetailValue::Text(words) if detail.key == "quote" => Some(one_line(
            words.trim_matches(|c| matches!(c, '"' | '“' | '”')),
        )),
        _ => None,
    })
}
