//! Reports on what the claims come to: conflicts, unrecorded changes, assumptions that yielded.

use std::collections::BTreeSet;

use annals_chronicle::{ClaimId, Fluent, Mode, Part, PatternPiece, SourceId};
use annals_text::{Report, Severity, Span};

use crate::answer::Conflict;
use crate::bearing::{Bearing, Status};
use crate::instance::Instance;
use crate::premise::Ground;
use crate::reasoner::Reasoner;

impl Reasoner {
    /// All findings: conflicts first, then unrecorded changes, then assumptions that yielded.
    pub fn reports(&self) -> Vec<Report> {
        let mut all: Vec<Report> = self
            .conflicts
            .iter()
            .map(|c| self.report_conflict(c))
            .collect();
        if !self.conflicts_complete {
            let headline = "not all conflicts were looked for: the budget was spent";
            all.push(Report::finding("conflicts-not-all", headline).note(
                "each conflict reported is one; there may be more among the same statements",
            ));
        }
        all.extend(self.unrecorded_changes());
        all.extend(self.yielded());
        all
    }

    fn report_conflict(&self, conflict: &Conflict) -> Report {
        let mut claims: Vec<ClaimId> = conflict.parts.iter().filter_map(|p| p.claim()).collect();
        claims.dedup();
        let others = conflict
            .parts
            .iter()
            .filter(|p| p.claim().is_none())
            .count();
        let count = claims.len() + others;
        let headline = match count {
            1 => "this statement cannot be true".to_string(),
            n => format!("these {} statements cannot all be true", number(n)),
        };
        let severity = if self.one_source(conflict) {
            Severity::Error
        } else {
            Severity::Finding
        };
        let mut report = Report::new("cannot-all-be-true", severity, headline);
        for claim in &claims {
            let of: Vec<Part> = conflict
                .parts
                .iter()
                .copied()
                .filter(|p| p.claim() == Some(*claim))
                .collect();
            let (span, words) = self.label_of(*claim, &of);
            report = if report.labels.is_empty() {
                report.at(span, words)
            } else {
                report.also(span, words)
            };
        }
        for part in conflict.parts.iter().filter(|p| p.claim().is_none()) {
            let (span, words) = match part {
                Part::Identity(i) => {
                    let identity = &self.chronicle.identities[i.index()];
                    (identity.span, "these two names are said to mean one")
                }
                Part::Choice(c) => (
                    self.chronicle.choices[c.index()].span,
                    "exactly one of these is said to be",
                ),
                _ => continue,
            };
            report = report.also(span, words);
        }
        if count > 1 {
            report = report.note("leave out any one of them, and the others fit together");
        }
        report
            .help("doubt the part that you trust least with `?`, or say which source you trust more with `prefer @a over @b`")
    }

    /// Where a claim stands in a conflict, by the parts of it that matter, and in whose words.
    fn label_of(&self, id: ClaimId, parts: &[Part]) -> (Span, String) {
        let claim = &self.chronicle.claims[id.index()];
        let sources: Vec<String> = claim
            .attestations
            .iter()
            .map(|a| {
                let source = &self.chronicle.sources[a.source.index()];
                if source.is_file {
                    source.key.clone()
                } else {
                    format!("@{}", source.key)
                }
            })
            .collect();
        let whom = format!("according to {}", sources.join(", "));
        let dates: Vec<u32> = parts
            .iter()
            .filter_map(|p| match p {
                Part::Date(_, i) => Some(*i),
                _ => None,
            })
            .collect();
        let date_alone = dates.len() == parts.len();
        match (date_alone, dates.first()) {
            (true, Some(first)) => {
                let condition = &claim.when.conditions[*first as usize];
                (condition.span, format!("this date, {whom}"))
            }
            _ => (claim.sentence_span, whom),
        }
    }

    fn one_source(&self, conflict: &Conflict) -> bool {
        let mut common: Option<BTreeSet<SourceId>> = None;
        for part in &conflict.parts {
            let Some(premise) = self.premises.part(*part) else {
                return false;
            };
            let sources: BTreeSet<SourceId> = self.sources_of(premise).into_iter().collect();
            common = Some(match common {
                None => sources,
                Some(before) => before.intersection(&sources).copied().collect(),
            });
        }
        common.is_some_and(|c| !c.is_empty())
    }

    /// A mention that differs from what the moment before it left: the change between them is
    /// on no record.
    fn unrecorded_changes(&self) -> Vec<Report> {
        let (choices, _) = self.reading_choices(&self.groups.iter().collect::<Vec<_>>(), true);
        let dropped = choices.into_iter().next().unwrap_or_default();
        let accepted = self.accepted_without(&dropped);
        let instance = Instance::new(self.encoded(&self.usual_world()), accepted);
        let instance = &instance;
        let hulls = hulls(instance);
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        for bearing in &instance.encoded.bearings {
            let Some(required) = bearing.before else {
                continue;
            };
            if !instance.accepted.has_all(&bearing.needs) {
                continue;
            }
            let Some((before, alike)) = self.differing(instance, &hulls, bearing, required) else {
                continue;
            };
            let (Some(early), Some(late)) = (self.teller(&before), self.teller(bearing)) else {
                continue;
            };
            if early != late && seen.insert((early, late)) {
                all.push(self.report_change(&bearing.fluent, required, early, late, alike));
            }
        }
        all
    }

    /// The bearing surely before another on its slot, with nothing that could lie between, if it
    /// leaves another value; or one dated alike by another source that requires another value.
    fn differing(
        &self,
        instance: &Instance,
        hulls: &[Option<(i64, i64)>],
        bearing: &Bearing,
        required: bool,
    ) -> Option<(Bearing, bool)> {
        let slot = instance.slot(&self.chronicle, &bearing.fluent);
        let wanted = if required {
            Status::True
        } else {
            Status::False
        };
        let own = hulls[bearing.var]?;
        let mut latest: Option<(i64, i64, usize, Option<Status>)> = None;
        for moment in slot.moments.iter().filter(|m| m.var != bearing.var) {
            let (first, last) = hulls[moment.var]?;
            let opposite = moment.before.is_some_and(|b| b != required);
            if (first, last) == own && opposite && required && moment.after != Some(wanted) {
                let other = self.bearing_at(instance, moment.var, &bearing.fluent)?;
                return Some((other, true));
            }
            if last > own.0 && first <= own.1 {
                return None;
            }
            if last <= own.0 && latest.is_none_or(|(_, l, _, _)| l <= last) {
                latest = Some((first, last, moment.var, moment.after));
            }
        }
        let (_, _, var, after) = latest?;
        let differs = matches!(after, Some(Status::True | Status::False)) && after != Some(wanted);
        if !differs {
            return None;
        }
        Some((self.bearing_at(instance, var, &bearing.fluent)?, false))
    }

    fn bearing_at(&self, instance: &Instance, var: usize, near: &Fluent) -> Option<Bearing> {
        let accepted = instance
            .encoded
            .bearings
            .iter()
            .filter(|b| instance.accepted.has_all(&b.needs));
        let here: Vec<&Bearing> = accepted
            .filter(|b| b.var == var && b.fluent.relation == near.relation)
            .collect();
        here.iter()
            .find(|b| b.fluent == *near)
            .or(here.first())
            .map(|b| (*b).clone())
    }

    fn teller(&self, bearing: &Bearing) -> Option<ClaimId> {
        bearing
            .needs
            .iter()
            .find_map(|p| match self.premises.grounds[p.0 as usize] {
                Ground::Part(Part::Happened(claim)) => Some(claim),
                _ => None,
            })
    }

    fn report_change(
        &self,
        fluent: &Fluent,
        required: bool,
        early: ClaimId,
        late: ClaimId,
        alike: bool,
    ) -> Report {
        let said = self.say(fluent);
        let (early, late) = (
            &self.chronicle.claims[early.index()],
            &self.chronicle.claims[late.index()],
        );
        let denied = if late.mode == Mode::Denied || !required {
            "not: "
        } else {
            ""
        };
        if alike {
            let headline = format!("statements of one time differ: `{denied}{said}` and another");
            return Report::finding("unrecorded-change", headline)
                .at(late.sentence_span, "this holds at some time in these days")
                .also(early.sentence_span, "and so does this")
                .note(
                    "both can be true of different days; the change between them is on no record",
                );
        }
        let headline = format!("no claim records the change before `{denied}{said}`");
        Report::lint("unrecorded-change", headline)
            .at(late.sentence_span, "this says otherwise")
            .also(early.sentence_span, "the last that is known before")
            .note("between the two, either may have held; answers there say `possible`")
    }

    fn yielded(&self) -> Vec<Report> {
        let mut all = Vec::new();
        for premise in &self.dropped_assumptions {
            let Ground::Assumption(assumption) = self.premises.grounds[premise.0 as usize] else {
                continue;
            };
            let Some(claim) = self.premises.claim(*premise) else {
                continue;
            };
            let claim = &self.chronicle.claims[claim.index()];
            let (headline, span) = match assumption {
                annals_chronicle::Assumption::EndingFollows(_) => (
                    "this ending cannot follow any recorded beginning of what it ends".to_string(),
                    claim.sentence_span,
                ),
                annals_chronicle::Assumption::Width(_, index) => {
                    let condition = &claim.when.conditions[index as usize];
                    (
                        format!(
                            "the assumed width of `{}` does not fit the other claims",
                            condition.written
                        ),
                        condition.span,
                    )
                }
            };
            all.push(
                Report::lint("assumption-dropped", headline)
                    .at(span, "answers do not assume it")
                    .note("assumptions yield to every claim"),
            );
        }
        all
    }

    /// A fluent in the words of its relation's first pattern.
    pub(crate) fn say(&self, fluent: &Fluent) -> String {
        let relation = &self.chronicle.vocabulary.relations[fluent.relation.index()];
        let Some(pattern) = relation.patterns.first() else {
            return relation.name.clone();
        };
        let words = pattern.pieces.iter().filter_map(|piece| match piece {
            PatternPiece::Word(forms) => forms.first().cloned(),
            PatternPiece::Slot(role) => fluent
                .roles
                .get(*role as usize)
                .map(|e| self.chronicle.name_of(*e)),
            PatternPiece::Optional(_) => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The first and last possible day of every variable.
fn hulls(instance: &Instance) -> Vec<Option<(i64, i64)>> {
    (0..instance.encoded.count)
        .map(|var| instance.solver.hull(var))
        .collect()
}

fn number(n: usize) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .get(n)
        .map_or_else(|| n.to_string(), |w| (*w).to_string())
}
