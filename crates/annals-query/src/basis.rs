//! How a verdict comes about, in words: its basis, and what must be said beside it.

use annals_chronicle::{Basis, Moment, Verdict};
use annals_reason::{Judgement, Side};

use crate::answer::BasisShown;
use crate::ask::Asker;
use crate::evidence_types::{ClaimShown, Evidence};
use crate::words::listed;

/// How silence is said; of a period that changes it is not.
pub(crate) const SILENCE: &str = "no claim records a change";

impl Asker<'_> {
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
            Basis::Open { moments } => ("open", self.open_words(moments, verdict)),
            Basis::Unrecorded if verdict == Verdict::Possible => (
                "open",
                "open: the claims allow that it holds and that it does not".to_owned(),
            ),
            Basis::Unrecorded if verdict != Verdict::Unknown => {
                ("open", "follows from the claims below".to_owned())
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

    fn open_words(&self, moments: &[Moment], verdict: Verdict) -> String {
        let mut named: Vec<String> = Vec::new();
        for moment in moments {
            let words = self.moment_words(*moment);
            if !named.contains(&words) {
                named.push(words);
            }
        }
        if matches!(verdict, Verdict::Certain | Verdict::Impossible) && !named.is_empty() {
            return format!(
                "on every day that is possible for {}",
                listed(&named, "and")
            );
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
    pub(crate) fn remarks(
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
            remarks.push(format!("{SILENCE} since {}", self.days_of_moment(last)));
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
}
