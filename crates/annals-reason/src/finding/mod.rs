//! Reports on what the claims come to: conflicts, rival figures, unrecorded changes, assumptions
//! that yielded.
//!
//! What comes in: a reasoner, and the [`Words`] that it lacks: calendars, the text, the patterns
//! of the vocabulary. What goes out: reports, those about one question next to one another, the
//! question on which most answers hang first.

mod change;
mod conflict;
mod figure;
mod question;
mod remedy;
mod steps;
mod travel;
mod way;
mod words;

use annals_chronicle::{Assumption, Fluent, PatternPiece};
use annals_text::{Report, Severity};

use crate::component::Component;
use crate::reasoner::Reasoner;
pub(crate) use change::Change;
use question::Question;
use words::Narrator;
pub use words::Words;

impl Reasoner {
    /// All findings, by the question they concern. Questions on which a contradiction within one
    /// source bears come first, then those on which most answers hang, then those with other
    /// findings, last those with notes alone; within each of these in the order of the text.
    pub fn reports(&self, words: &dyn Words) -> Vec<Report> {
        let mut all = self.conflict_reports(words);
        all.extend(self.rest().rival_figures(words));
        all.extend(self.journey_reports(words));
        for change in self.changes() {
            let question = self.rest().slot_question(change.fluent());
            all.push((question, self.rest().report_change(change, words)));
        }
        let mut all = by_question(self.rest(), words, all);
        if !self.conflicts_complete() {
            let headline = "not all conflicts were looked for: the budget was spent";
            let report = Report::finding("conflicts-not-all", headline)
                .note("each conflict reported is one; there may be more among the same statements");
            all.push(report.concerning("What was not looked at", 0));
        }
        all.extend(self.yielded());
        all
    }

    /// A conflict of claims is reported once, by its smallest set of parts.
    fn conflict_reports(&self, words: &dyn Words) -> Vec<(Question, Report)> {
        let mut all = Vec::new();
        let mut asked: Vec<Question> = Vec::new();
        for (at, conflict) in self.conflicts_of_claims().into_iter().enumerate() {
            let component = self.component_of_parts(&conflict.parts);
            let argued = component.argue(conflict);
            let mut report = component.report_conflict(&argued, at, words);
            report.answers = component.consequence(&argued.premises);
            let question = component.asked_before(argued.question, conflict, &asked);
            asked.push(question.clone());
            all.push((question, report));
        }
        all
    }

    fn yielded(&self) -> Vec<Report> {
        let mut all = Vec::new();
        for assumption in self.dropped_assumptions() {
            let (Assumption::EndingFollows(claim) | Assumption::Width(claim, _)) = *assumption;
            let claim = &self.chronicle().claims[claim.index()];
            let (headline, span) = match *assumption {
                Assumption::EndingFollows(_) => (
                    "this ending cannot follow any recorded beginning of what it ends".to_string(),
                    claim.sentence_span,
                ),
                Assumption::Width(_, index) => {
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
                    .note("assumptions yield to every claim")
                    .concerning("What is assumed", 0),
            );
        }
        all
    }
}

impl Component {
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

/// Puts reports of one question together, in the order that [`Reasoner::reports`] promises.
fn by_question(
    reasoner: &Component,
    words: &dyn Words,
    reports: Vec<(Question, Report)>,
) -> Vec<Report> {
    let mut groups: Vec<(Question, Vec<Report>)> = Vec::new();
    for (question, report) in reports {
        match groups.iter_mut().find(|(q, _)| *q == question) {
            Some((_, of)) if question != Question::Other => of.push(report),
            _ => groups.push((question, vec![report])),
        }
    }
    groups.sort_by_cached_key(|(_, of)| {
        let worst = of.iter().map(|r| r.severity).max();
        let answers = of.iter().map(|r| r.answers).max();
        let place = of.iter().filter_map(Report::place).min();
        (
            std::cmp::Reverse(worst == Some(Severity::Error)),
            std::cmp::Reverse(answers),
            std::cmp::Reverse(worst),
            place,
        )
    });
    let mut all = Vec::new();
    for (question, of) in groups {
        let file = of.iter().find_map(Report::place).map(|p| p.file);
        let asked = Narrator::new(reasoner, words, file).question(&question);
        let answers = of.iter().map(|r| r.answers).max().unwrap_or(0);
        all.extend(of.into_iter().map(|r| r.concerning(asked.clone(), answers)));
    }
    all
}
