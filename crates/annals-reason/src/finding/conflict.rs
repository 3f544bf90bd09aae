//! A conflict as a historian would argue it: what is claimed where, why it cannot all be so, and
//! what would resolve it.

use std::collections::BTreeSet;

use annals_chronicle::{
    Claim, ClaimId, Constraint, DetailValue, EntityId, Filler, Fluent, Part, Sentence,
};
use annals_text::{Report, Severity, Span};

use super::question::Question;
use super::words::{Narrator, Words, listed, number};
use crate::answer::Conflict;
use crate::component::Component;
use crate::premise::PremiseId;
use crate::refute::Refutation;
use crate::world::World;

/// Conflicts whose remedies are looked for, first ones first: each takes some re-solving.
const REMEDIES_FOR: usize = 40;
/// Longest statement quoted in a headline, in characters.
const HEADLINE: usize = 70;
/// Ways of settling names that are argued one by one.
const WORLDS: usize = 4;
/// Longest quotation of a source in a label, in characters.
const PASSAGE: usize = 60;

/// A conflict with its refutations: what its report and its question are made of.
pub(super) struct Argued<'a> {
    pub conflict: &'a Conflict,
    pub premises: Vec<PremiseId>,
    pub refutations: Vec<Refutation>,
    pub question: Question,
}

impl Component {
    pub(super) fn argue<'a>(&self, conflict: &'a Conflict) -> Argued<'a> {
        let premises: Vec<PremiseId> = conflict
            .parts
            .iter()
            .filter_map(|p| self.premises.part(*p))
            .collect();
        let refutations = self.refute(&premises);
        let question = self.question_of(conflict, &refutations);
        Argued {
            conflict,
            premises,
            refutations,
            question,
        }
    }

    /// The report of one conflict; `at` counts those before it.
    pub(super) fn report_conflict(&self, argued: &Argued, at: usize, words: &dyn Words) -> Report {
        let conflict = argued.conflict;
        let narrator = Narrator::new(self, words, self.file_of(conflict));
        let severity = if self.one_source(conflict) {
            Severity::Error
        } else {
            Severity::Finding
        };
        let headline = self.headline(argued, &narrator);
        let mut report = Report::new("cannot-all-be-true", severity, headline);
        for (span, words) in self.labels(conflict, &narrator) {
            report = if report.labels.is_empty() {
                report.at(span, words)
            } else {
                report.also(span, words)
            };
        }
        for note in self.reasoning(argued, &narrator) {
            report = report.note(note);
        }
        if statements(conflict) > 2 {
            report = report.note("leave out any one of them, and the others fit together");
        }
        if at < REMEDIES_FOR && severity == Severity::Finding {
            for (words, edits) in self.loosened_dates(argued, &narrator) {
                report = report.fix(words, edits, false);
            }
            if let Some(words) = self.settling_trust(argued, &narrator) {
                report = report.help(words);
            }
        }
        if severity == Severity::Error {
            report = report.help(
                "one source would contradict itself: look for a slip in a date or a name first",
            );
        }
        report.help(self.doubt_help(conflict, &narrator))
    }

    fn file_of(&self, conflict: &Conflict) -> Option<annals_text::FileId> {
        let claim = conflict.parts.iter().find_map(|p| p.claim())?;
        Some(self.chronicle.claims[claim.index()].span.file)
    }

    /// One line that suffices alone.
    fn headline(&self, argued: &Argued, narrator: &Narrator) -> String {
        let conflict = argued.conflict;
        let count = statements(conflict);
        if let Some(words) = self.rival_dates(conflict, narrator) {
            return words;
        }
        if let Some((one, other)) = self.pair(conflict, narrator) {
            return format!("these two statements cannot both be true: {one} and {other}");
        }
        let about = match (self.subject(conflict), &argued.question) {
            (Some(entity), _) => format!(" about {}", narrator.name(entity)),
            (None, question @ Question::State(..)) => {
                let words = narrator.question(question);
                format!(" on `{}`", words.trim_start_matches("When: "))
            }
            (None, _) => String::new(),
        };
        match count {
            1 => format!("this statement{about} cannot be true"),
            2 => format!("these two statements{about} cannot both be true"),
            n => format!("these {} statements{about} cannot all be true", number(n)),
        }
    }

    /// The two claims of a conflict as written, where they are short enough for a headline.
    fn pair(&self, conflict: &Conflict, narrator: &Narrator) -> Option<(String, String)> {
        let mut claims: Vec<ClaimId> = conflict.parts.iter().filter_map(|p| p.claim()).collect();
        claims.dedup();
        let [one, other] = claims[..] else {
            return None;
        };
        let written = |id: ClaimId| {
            let claim = narrator.claim(id);
            let whole = Span::new(claim.span.file, claim.span.start, claim.sentence_span.end);
            let sentence = narrator.quoted(claim.sentence_span);
            match narrator.words.text(whole).chars().count() <= HEADLINE {
                true => narrator.quoted(whole),
                false => sentence,
            }
        };
        let (one, other) = (written(one), written(other));
        let short = one.chars().count() + other.chars().count() <= 2 * HEADLINE;
        (statements(conflict) == 2 && one != other && short).then_some((one, other))
    }

    /// "these two dates of `X dies` cannot both be right: 644 and 646"
    fn rival_dates(&self, conflict: &Conflict, narrator: &Narrator) -> Option<String> {
        let mut events = BTreeSet::new();
        let mut dates = Vec::new();
        for part in &conflict.parts {
            let Part::Date(claim, index) = *part else {
                return None;
            };
            let claim = &self.chronicle.claims[claim.index()];
            events.insert(claim.event);
            dates.push(claim.when.conditions[index as usize].written.to_string());
        }
        let event = events.pop_first().filter(|_| events.is_empty())?;
        let first = self.chronicle.events[event.index()].claims[0];
        let sentence = narrator.quoted(narrator.claim(first).sentence_span);
        let dates = listed(&dates, "and");
        match statements(conflict) {
            1 => Some(format!("the date of {sentence} cannot be right: {dates}")),
            2 => Some(format!(
                "these two dates of {sentence} cannot both be right: {dates}"
            )),
            n => Some(format!(
                "these {} dates of {sentence} cannot all be right: {dates}",
                number(n)
            )),
        }
    }

    /// What every one of the claims speaks of, the thing first named if there are several.
    pub(super) fn subject(&self, conflict: &Conflict) -> Option<EntityId> {
        let claims: BTreeSet<ClaimId> = conflict.parts.iter().filter_map(|p| p.claim()).collect();
        let mut named = claims
            .iter()
            .map(|c| named_in(&self.chronicle.claims[c.index()]));
        let first = named.next()?;
        let rest: Vec<Vec<EntityId>> = named.collect();
        first
            .into_iter()
            .find(|e| rest.iter().all(|others| others.contains(e)))
    }

    /// Every claim at its place with who says it and, where the text has one, the passage.
    fn labels(&self, conflict: &Conflict, narrator: &Narrator) -> Vec<(Span, String)> {
        let mut all = Vec::new();
        let mut told: Vec<ClaimId> = conflict.parts.iter().filter_map(|p| p.claim()).collect();
        told.dedup();
        for id in told {
            let parts = conflict
                .parts
                .iter()
                .copied()
                .filter(|p| p.claim() == Some(id));
            all.push(self.label_of(id, &parts.collect::<Vec<_>>(), narrator));
        }
        for part in &conflict.parts {
            match *part {
                Part::Identity(i) => {
                    let identity = &self.chronicle.identities[i.index()];
                    let (a, b) = (narrator.name(identity.a), narrator.name(identity.b));
                    let who = narrator.who(&identity.attestations);
                    let by = who.map_or_else(String::new, |w| format!(", according to {w}"));
                    all.push((identity.span, format!("{a} and {b} are one{by}")));
                }
                Part::Choice(c) => {
                    let choice = &self.chronicle.choices[c.index()];
                    all.push((choice.span, "exactly one of these happened".to_owned()));
                }
                _ => {}
            }
        }
        all
    }

    /// Where a claim stands in a conflict, by the parts of it that matter, and in whose words.
    fn label_of(&self, id: ClaimId, parts: &[Part], narrator: &Narrator) -> (Span, String) {
        let claim = &self.chronicle.claims[id.index()];
        let who = narrator.who(&claim.attestations);
        let by = who.map_or_else(String::new, |w| format!("according to {w}"));
        let passage = claim.details.iter().find_map(|d| match &d.value {
            DetailValue::Text(text) if d.key == "quote" => Some(text.as_str()),
            _ => None,
        });
        let passage = passage.map_or_else(String::new, |p| format!(": “{}”", brief(p)));
        let part = match parts {
            [Part::Date(_, i)] => {
                let condition = &claim.when.conditions[*i as usize];
                return (condition.span, said("this date", &by, &passage));
            }
            [Part::Detail(_, d)] => {
                let detail = &claim.details[*d as usize];
                let own = narrator.who(&detail.attestations);
                let by = own.map_or(by, |w| format!("according to {w}"));
                return (detail.span, said("this", &by, &passage));
            }
            [Part::Role(_, r)] => {
                let (name, filler) = narrator.role(claim, *r);
                format!("{filler} as {name}")
            }
            _ if parts.iter().all(|p| matches!(p, Part::Date(..))) => "these dates".to_owned(),
            _ => String::new(),
        };
        (claim.sentence_span, said(&part, &by, &passage))
    }

    fn reasoning(&self, argued: &Argued, narrator: &Narrator) -> Vec<String> {
        let mut arguments: Vec<(Vec<String>, Vec<&World>)> = Vec::new();
        for refutation in &argued.refutations {
            let encoded = self.encoded(&refutation.world);
            let fresh = Narrator::new(self, narrator.words, narrator.file);
            let steps = fresh.steps(&encoded, refutation);
            match arguments.iter_mut().find(|(known, _)| *known == steps) {
                Some((_, worlds)) => worlds.push(&refutation.world),
                None => arguments.push((steps, vec![&refutation.world])),
            }
        }
        let all: Vec<&World> = argued.refutations.iter().map(|r| &r.world).collect();
        let several = arguments.len() > 1;
        let more = arguments.len().saturating_sub(WORLDS);
        let mut notes = Vec::new();
        for (steps, worlds) in arguments.into_iter().take(WORLDS) {
            let mut lines: Vec<String> = self.premised(argued.conflict, narrator);
            lines.extend(steps.iter().cloned());
            if steps.is_empty() {
                lines.push("every order and every day was tried, and none fits".to_owned());
            }
            let head = match several {
                true => format!("if {}:", self.apart(&worlds, &all, narrator)),
                false => "why:".to_owned(),
            };
            let numbered = lines.iter().enumerate();
            let numbered = numbered.map(|(i, l)| format!("\n{}. {l}", i + 1));
            notes.push(format!("{head}{}", numbered.collect::<String>()));
        }
        if more > 0 {
            notes.push(format!(
                "and likewise in {more} other ways of settling who is who"
            ));
        }
        notes
    }

    /// What some worlds settle alike, and not all others: `the captive of #cap is Y`.
    fn apart(&self, worlds: &[&World], all: &[&World], narrator: &Narrator) -> String {
        let of = |list: &[&World]| -> BTreeSet<String> {
            let mut each = list.iter().map(|w| self.world_in_words(w, narrator));
            let first = each.next().unwrap_or_default();
            each.fold(first, |kept, one| {
                kept.intersection(&one).cloned().collect()
            })
        };
        let common = of(all);
        let own: Vec<String> = of(worlds).difference(&common).cloned().collect();
        match own.is_empty() {
            true => "otherwise".to_owned(),
            false => listed(&own, "and"),
        }
    }

    /// Identities and choices that the argument takes for granted.
    fn premised(&self, conflict: &Conflict, narrator: &Narrator) -> Vec<String> {
        let mut lines = Vec::new();
        for part in &conflict.parts {
            match *part {
                Part::Identity(i) => {
                    let identity = &self.chronicle.identities[i.index()];
                    let (a, b) = (narrator.name(identity.a), narrator.name(identity.b));
                    lines.push(format!("{a} and {b} are said to be one"));
                }
                Part::Choice(c) => {
                    let choice = &self.chronicle.choices[c.index()];
                    let events: Vec<String> =
                        choice.events.iter().map(|e| narrator.event(*e)).collect();
                    lines.push(format!(
                        "exactly one happened of {}",
                        listed(&events, "and")
                    ));
                }
                _ => {}
            }
        }
        lines
    }

    /// What a world settles, each matter in words.
    fn world_in_words(&self, world: &World, narrator: &Narrator) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for id in &self.scope.identities {
            let identity = &self.chronicle.identities[id.index()];
            let (a, b) = (narrator.name(identity.a), narrator.name(identity.b));
            let one = world.merged.contains(id);
            all.insert(format!(
                "{a} and {b} are {}",
                if one { "one" } else { "two" }
            ));
        }
        for entity in &self.scope.unnamed {
            let entity = &self.chronicle.entities[entity.index()];
            let same = world.same.iter().find(|(unnamed, _)| *unnamed == entity.id);
            let other = same.map_or_else(|| "somebody else".to_owned(), |s| narrator.name(s.1));
            all.insert(format!("{} is {other}", entity.name));
        }
        for ((claim, role), entity) in &world.fillers {
            let claim = narrator.claim(*claim);
            let (role, _) = narrator.role(claim, *role);
            let line = narrator.line(claim.sentence_span);
            let name = narrator.name(*entity);
            all.insert(format!("the {role} in {line} is {name}"));
        }
        for (_, events) in &world.chosen {
            let called = |e: &annals_chronicle::EventId| {
                let event = &self.chronicle.events[e.index()];
                match &event.label {
                    Some(label) => format!("#{label}"),
                    None => narrator.line(event.span),
                }
            };
            let events: Vec<String> = events.iter().map(called).collect();
            all.insert(match events.is_empty() {
                true => "none of them happened".to_owned(),
                false => format!("what happened is {}", listed(&events, "and")),
            });
        }
        all
    }

    /// What a person can always do: doubt the part trusted least. Each is needed for the
    /// conflict, so that doubting any one resolves it.
    fn doubt_help(&self, conflict: &Conflict, narrator: &Narrator) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (claim, other) in crate::component::members(conflict) {
            let Some(claim) = claim else {
                parts.push(match other {
                    Some(Part::Identity(_)) => "the identity".to_owned(),
                    _ => "`one of`".to_owned(),
                });
                continue;
            };
            let mut of = conflict.parts.iter().filter(|p| p.claim() == Some(claim));
            let date = of.all(|p| matches!(p, Part::Date(..)));
            let line = narrator.line(narrator.claim(claim).span);
            parts.push(match date {
                true => format!("the date in {line}"),
                false => line,
            });
        }
        match parts.len() {
            1 => format!("doubt {} with `?`", parts[0]),
            _ => format!(
                "doubt with `?` what you trust least: {}",
                listed(&parts, "or")
            ),
        }
    }

    /// Whether one source stands for all of it.
    pub(super) fn one_source(&self, conflict: &Conflict) -> bool {
        let mut common: Option<BTreeSet<_>> = None;
        for part in &conflict.parts {
            let Some(premise) = self.premises.part(*part) else {
                return false;
            };
            let sources: BTreeSet<_> = self.sources_of(premise).into_iter().collect();
            common = Some(match common {
                None => sources,
                Some(before) => before.intersection(&sources).copied().collect(),
            });
        }
        common.is_some_and(|c| !c.is_empty())
    }
}

impl Narrator<'_> {
    /// The name of a role of a claim and what fills it.
    pub fn role(&self, claim: &Claim, role: u32) -> (String, String) {
        let vocabulary = &self.reasoner.chronicle.vocabulary;
        let (declared, fillers) = match &claim.sentence {
            Sentence::Happens {
                event_type, roles, ..
            } => (&vocabulary.event_types[event_type.index()].roles, roles),
            Sentence::Holds {
                relation, roles, ..
            } => (&vocabulary.relations[relation.index()].roles, roles),
            Sentence::Text(_) => return (String::new(), String::new()),
        };
        let name = declared.get(role as usize).map(|r| r.name.clone());
        let filler = match fillers.get(role as usize) {
            Some(Filler::Entities(list) | Filler::OneOf(list)) => {
                let names: Vec<String> = list.iter().map(|e| self.name(*e)).collect();
                listed(&names, "and")
            }
            Some(Filler::Number(figure)) => figure.written.clone(),
            Some(Filler::Unfilled) | None => "nobody".to_owned(),
        };
        (name.unwrap_or_default(), filler)
    }

    /// The length that a fluent lasts at most, as the vocabulary says it.
    pub fn at_most(&self, fluent: &Fluent) -> Option<String> {
        let relation = &self.reasoner.chronicle.vocabulary.relations[fluent.relation.index()];
        relation.constraints.iter().find_map(|c| match c {
            Constraint::LastsAtMost { written, .. } => Some(written.clone()),
            _ => None,
        })
    }
}

/// How many statements a conflict counts: claims, identities and choices.
pub(super) fn statements(conflict: &Conflict) -> usize {
    crate::component::members(conflict).len()
}

/// Everything a claim names in its roles and its tail.
pub(super) fn named_in(claim: &Claim) -> Vec<EntityId> {
    let (Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. }) =
        &claim.sentence
    else {
        return vec![];
    };
    let fillers = roles.iter().chain(tail.iter().map(|(_, f)| f));
    fillers
        .flat_map(|f| match f {
            Filler::Entities(list) | Filler::OneOf(list) => list.as_slice(),
            Filler::Unfilled | Filler::Number(_) => &[],
        })
        .copied()
        .collect()
}

fn said(part: &str, by: &str, passage: &str) -> String {
    match (part.is_empty(), by.is_empty()) {
        (true, true) if passage.is_empty() => "said here".to_owned(),
        (true, true) => passage.trim_start_matches(": ").to_owned(),
        (true, false) => format!("{by}{passage}"),
        (false, true) => format!("{part}{passage}"),
        (false, false) => format!("{part}, {by}{passage}"),
    }
}

fn brief(text: &str) -> String {
    if text.chars().count() <= PASSAGE {
        return text.to_owned();
    }
    let cut: String = text.chars().take(PASSAGE).collect();
    format!("{} …", cut.trim_end())
}
