//! Whether a state held: at an instant, through a period, through the whole covered time.

use annals_chronicle::{Basis, Day, DaySet, Edge, EventKind, Fluent, Moment, Support, Verdict};
use annals_reason::{At, Judgement, Stretch};

use crate::answer::{Can, DaysShown, Held, History, StretchShown};
use crate::ask::Asker;
use crate::basis::SILENCE;
use crate::evidence_types::Evidence;

/// Which supports are worth their search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Supports {
    /// One state is asked about: why it does not hold matters too.
    Always,
    /// Many are listed: only for those that hold or may.
    WhereItMayHold,
}

impl Supports {
    pub(crate) fn wanted(self, verdict: Verdict) -> bool {
        self == Supports::Always || matches!(verdict, Verdict::Certain | Verdict::Possible)
    }
}

/// A verdict before it is put into words.
pub(crate) struct Judged {
    pub judgement: Judgement,
    pub support: Support,
}

impl Asker<'_> {
    /// The judgement at an instant.
    pub(crate) fn held_at(&self, fluent: &Fluent, at: At, supports: Supports) -> Held {
        let judgement = self.reasoner.judge(fluent, at);
        let support = self.support_if(supports.wanted(judgement.verdict), fluent, at);
        self.held_shown(fluent, at, Judged { judgement, support })
    }

    /// A support where it is worth its search, else an empty one.
    pub(crate) fn support_if(&self, wanted: bool, fluent: &Fluent, at: At) -> Support {
        if wanted {
            self.reasoner.support(fluent, at)
        } else {
            Support::default()
        }
    }

    /// A judgement in words.
    pub(crate) fn held_shown(&self, fluent: &Fluent, at: At, judged: Judged) -> Held {
        let Judged { judgement, support } = judged;
        let mut basis = self.basis_shown(&judgement.basis, judgement.verdict);
        for claim in self.told_of_other_names(fluent, &judgement.identities) {
            if !basis.claims.contains(&claim) {
                basis.claims.push(claim);
            }
        }
        let said = self.said_of(fluent, at);
        if judgement.basis == Basis::Unrecorded && judgement.verdict == Verdict::Unknown {
            self.left_open(fluent, at, &said, &mut basis);
        }
        let evidence = self.evidence(&support);
        let remarks = self.remarks(&judgement, &basis, &evidence);
        Held {
            sentence: self.fluent_words(fluent),
            fluent: self.fluent_shown(fluent),
            verdict: judgement.verdict,
            can: Can {
                hold: judgement.can_true,
                fail: judgement.can_false,
                unrecorded: judgement.can_unrecorded,
            },
            basis,
            stretches: vec![],
            support: evidence,
            said,
            disputed: self.disputes(&judgement.disputed),
            remarks,
            steps: vec![],
            proven: judgement.proven,
            raw_support: support,
        }
    }

    /// The judgement of every day of a set.
    pub(crate) fn held_through(&self, fluent: &Fluent, days: &DaySet, supports: Supports) -> Held {
        let ranges = self.closed_ranges(days);
        let runs: Vec<Stretch> = ranges
            .iter()
            .flat_map(|(first, last)| self.reasoner.history(fluent, *first, *last))
            .collect();
        let first_day = ranges.first().map_or(Day(0), |(first, _)| *first);
        let mut held = self.held_at(fluent, At::Day(first_day), supports);
        let uniform = runs.first().map(|run| run.verdict);
        let uniform = uniform.filter(|verdict| runs.iter().all(|run| run.verdict == *verdict));
        if let Some(verdict) = uniform {
            held.verdict = verdict;
        } else {
            held.remarks.retain(|remark| !remark.starts_with(SILENCE));
            held.verdict = Verdict::Possible;
            held.can = Can {
                hold: false,
                fail: false,
                unrecorded: false,
            };
        }
        for run in &runs {
            let judgement = self.reasoner.judge(fluent, At::Day(run.first));
            held.can.hold |= judgement.can_true;
            held.can.fail |= judgement.can_false;
            held.can.unrecorded |= judgement.can_unrecorded;
            held.proven &= judgement.proven;
            if held.disputed.is_empty() && !judgement.disputed.is_empty() {
                held.disputed = self.disputes(&judgement.disputed);
                held.remarks
                    .push(format!("disputed from {} on", self.day(run.first).text));
            }
        }
        held.stretches = runs
            .iter()
            .map(|run| self.stretch_with_support(fluent, run, supports))
            .collect();
        held
    }

    fn stretch_with_support(
        &self,
        fluent: &Fluent,
        run: &Stretch,
        supports: Supports,
    ) -> StretchShown {
        let at = At::Day(run.first);
        let judgement = self.reasoner.judge(fluent, at);
        StretchShown {
            first: Some(self.day(run.first)),
            last: Some(self.day(run.last)),
            verdict: run.verdict,
            basis: Some(self.basis_shown(&judgement.basis, judgement.verdict)),
            support: self.evidence(&self.support_if(supports.wanted(run.verdict), fluent, at)),
        }
    }

    /// When a state held, over the whole covered time. Supports are given on request only, for
    /// each stretch costs one.
    pub(crate) fn history(&self, fluent: &Fluent, supports: bool) -> History {
        let (first, last) = self.whole_time_of(fluent);
        let runs = self.reasoner.history(fluent, first, last);
        let open = self.chronicle.covers.is_none();
        let days_of = |verdict: Verdict| {
            let ranges = runs.iter().filter(|run| run.verdict == verdict);
            DaySet::from_ranges(ranges.map(|run| annals_chronicle::DayRange {
                first: Some(run.first),
                last: Some(run.last).filter(|d| !(open && *d == last)),
            }))
        };
        let certain = days_of(Verdict::Certain);
        let possible = days_of(Verdict::Possible);
        let shown =
            |set: &Option<DaySet>| -> Option<DaysShown> { set.as_ref().map(|set| self.days(set)) };
        let mut remarks = Vec::new();
        if certain.is_none() && possible.is_none() {
            remarks.push("no claim says that it held".to_owned());
        }
        let stretches = runs
            .iter()
            .map(|run| {
                let mut stretch = if supports {
                    self.stretch_with_support(fluent, run, Supports::Always)
                } else {
                    StretchShown {
                        first: Some(self.day(run.first)),
                        last: Some(self.day(run.last)),
                        verdict: run.verdict,
                        basis: None,
                        support: Evidence::default(),
                    }
                };
                if open && run.last == last {
                    stretch.last = None;
                }
                stretch
            })
            .collect();
        History {
            sentence: self.fluent_words(fluent),
            fluent: self.fluent_shown(fluent),
            certain: shown(&certain),
            possible: shown(&possible),
            stretches,
            remarks,
        }
    }

    /// The start of an event or a mention.
    pub(crate) fn start_of(&self, event: annals_chronicle::EventId) -> Moment {
        Moment {
            event,
            edge: Edge::Start,
        }
    }

    /// The end of an event; its start where both are one moment.
    pub(crate) fn end_of(&self, event: annals_chronicle::EventId) -> Moment {
        let lasting = self
            .chronicle
            .events
            .get(event.index())
            .is_some_and(|e| e.lasting);
        Moment {
            event,
            edge: if lasting { Edge::End } else { Edge::Start },
        }
    }

    /// Whether an event is the mention of a state.
    pub(crate) fn is_mention(&self, event: annals_chronicle::EventId) -> bool {
        self.chronicle
            .events
            .get(event.index())
            .is_some_and(|e| e.kind == EventKind::Mention)
    }
}
