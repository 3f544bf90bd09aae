//! Whether a state held: at an instant, through a period, through the whole covered time.

use annals_chronicle::{Basis, Day, DaySet, Edge, EventKind, Fluent, Moment, Support, Verdict};
use annals_reason::{At, Judgement, Side, Stretch};

use crate::answer::{BasisShown, Can, DaysShown, Held, History, StretchShown};
use crate::ask::Asker;
use crate::evidence_types::{ClaimShown, Evidence};
use crate::words::listed;

/// Which supports are worth their search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Supports {
    /// One state is asked about: why it does not hold matters too.
    Always,
    /// Many are listed: only for those that hold or may.
    WhereItMayHold,
}

impl Supports {
    fn wanted(self, verdict: Verdict) -> bool {
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
        let support = if supports.wanted(judgement.verdict) {
            self.reasoner.support(fluent, at)
        } else {
            Support::default()
        };
        self.held_shown(fluent, at, Judged { judgement, support })
    }

    /// A judgement in words.
    pub(crate) fn held_shown(&self, fluent: &Fluent, at: At, judged: Judged) -> Held {
        let Judged { judgement, support } = judged;
        let basis = self.basis_shown(&judgement.basis, judgement.verdict);
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
            said: self.said_of(fluent, at),
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
            support: if supports.wanted(run.verdict) {
                self.evidence(&self.reasoner.support(fluent, at))
            } else {
                Evidence::default()
            },
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

    /// A basis in words.
    pub(crate) fn basis_shown(&self, basis: &Basis, verdict: Verdict) -> BasisShown {
        let (kind, words) = match basis {
            Basis::Stated { .. } => ("stated", "stated".to_owned()),
            Basis::Persists {
                since,
                last_attested,
            } => ("persists", self.persists_words(*since, *last_attested)),
            Basis::UnrecordedChange { after, before } => (
                "unrecorded-change",
                format!(
                    "an unrecorded change lies between {} and {}",
                    self.days_of_moment(*after),
                    self.days_of_moment(*before)
                ),
            ),
            Basis::Open { moments } => ("open", self.open_words(moments)),
            Basis::Unrecorded if verdict == Verdict::Possible => {
                ("open", "open: what bears on it is doubted".to_owned())
            }
            Basis::Unrecorded => (
                "unrecorded",
                "unrecorded: no claim bears on it at that time".to_owned(),
            ),
            Basis::OutsideCoverage => ("outside-coverage", self.coverage_words()),
        };
        let negated = matches!(basis, Basis::Persists { .. }) && verdict == Verdict::Impossible;
        BasisShown {
            kind,
            words: if negated {
                format!("that it does not hold {words}")
            } else {
                words
            },
            claims: self.basis_claims(basis),
        }
    }

    fn persists_words(&self, since: Moment, last_attested: Option<Moment>) -> String {
        let start = self.days_of_moment(since);
        let mut words = format!("persists since {start}");
        if let Some(last) = last_attested.filter(|last| *last != since) {
            words.push_str(&format!(", last attested {}", self.days_of_moment(last)));
        }
        words
    }

    fn open_words(&self, moments: &[Moment]) -> String {
        let mut named: Vec<String> = Vec::new();
        for moment in moments {
            let words = self.moment_words(*moment);
            if !named.contains(&words) {
                named.push(words);
            }
        }
        match named.len() {
            0 => "open: the claims leave it open".to_owned(),
            1 => format!("open: nothing says on which side of it lies {}", named[0]),
            _ => format!(
                "open: the claims leave open how these lie to it and to each other: {}",
                listed(&named, "and")
            ),
        }
    }

    fn coverage_words(&self) -> String {
        match self.chronicle.covers {
            Some((first, last)) => format!(
                "outside what the chronicle covers ({} to {})",
                self.day(first).text,
                self.day(last).text
            ),
            None => "outside what the chronicle covers".to_owned(),
        }
    }

    fn days_of_moment(&self, moment: Moment) -> String {
        self.days_after_preposition(&self.moment_days(moment))
    }

    fn basis_claims(&self, basis: &Basis) -> Vec<ClaimShown> {
        let moments: Vec<Moment> = match basis {
            Basis::Stated { claims } => {
                let claims = claims.iter().filter(|c| **c < self.own_claims_end);
                return claims
                    .map(|c| self.claim_shown(self.claim(*c), &[]))
                    .collect();
            }
            Basis::Persists {
                since,
                last_attested,
            } => [Some(*since), *last_attested]
                .into_iter()
                .flatten()
                .collect(),
            Basis::UnrecordedChange { after, before } => vec![*after, *before],
            Basis::Open { moments } => moments.clone(),
            Basis::Unrecorded | Basis::OutsideCoverage => vec![],
        };
        let mut claims: Vec<_> = moments
            .iter()
            .filter_map(|m| self.chronicle.events.get(m.event.index()))
            .flat_map(|event| event.claims.iter().copied())
            .filter(|c| *c < self.own_claims_end)
            .collect();
        claims.sort();
        claims.dedup();
        claims
            .into_iter()
            .map(|c| self.claim_shown(self.claim(c), &[]))
            .collect()
    }

    /// Silence, doubts and what is not proven, each in words.
    fn remarks(
        &self,
        judgement: &Judgement,
        basis: &BasisShown,
        evidence: &Evidence,
    ) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Basis::Persists {
            last_attested,
            since,
        } = &judgement.basis
            && matches!(judgement.verdict, Verdict::Certain | Verdict::Impossible)
        {
            let last = last_attested.unwrap_or(*since);
            remarks.push(format!(
                "no claim records a change since {}",
                self.days_of_moment(last)
            ));
        }
        for words in self.moments_assume(&judgement.basis) {
            if !evidence.assumptions.contains(&words) {
                remarks.push(words);
            }
        }
        for id in &judgement.identities {
            if let Some(identity) = self.chronicle.identities.get(id.index()) {
                let shown = self.identity_shown(identity);
                let words = format!("{} ({})", shown.words, shown.place);
                remarks.push(format!("this rests on whether {words}"));
            }
        }
        for identity in evidence.identities.iter().filter(|i| i.doubted) {
            let words = format!("{} ({})", identity.words, identity.place);
            let said = format!("this rests on whether {words}");
            if !remarks.contains(&said) {
                remarks.push(said);
            }
        }
        let doubted = basis.claims.iter().chain(&evidence.claims);
        let mut seen = Vec::new();
        for claim in doubted.filter(|c| c.doubted) {
            if !seen.contains(&claim.claim) {
                seen.push(claim.claim);
                remarks.push(format!(
                    "“{}” ({}) is doubted by its own source",
                    claim.words, claim.place
                ));
            }
        }
        if !judgement.proven {
            remarks.push("not proven: more than this may be ruled out".to_owned());
        }
        remarks
    }

    /// Assumptions that the days of the moments in question rest on: where they leave a verdict
    /// open, they are part of why, though they force nothing.
    fn moments_assume(&self, basis: &Basis) -> Vec<String> {
        let moments = match basis {
            Basis::Open { moments } => moments.clone(),
            Basis::UnrecordedChange { after, before } => vec![*after, *before],
            Basis::Stated { .. }
            | Basis::Persists { .. }
            | Basis::Unrecorded
            | Basis::OutsideCoverage => vec![],
        };
        let mut named = Vec::new();
        for moment in moments.into_iter().filter(|m| !self.is_probe(m.event)) {
            for side in [Side::Earliest, Side::Latest] {
                let support = self.reasoner.bound_support(moment, side);
                for assumption in support.into_iter().flat_map(|s| s.assumptions) {
                    if let Some(words) = self.assumption_words(assumption)
                        && !named.contains(&words)
                    {
                        named.push(words);
                    }
                }
            }
        }
        named
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
