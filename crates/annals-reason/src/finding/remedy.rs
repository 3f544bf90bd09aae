//! What would resolve a conflict, tried out before it is said.

use annals_chronicle::{ClaimId, Mode, Origin, Part, Point, Preference, SourceId};
use annals_network::Found;
use annals_text::{Edit, Span};

use super::conflict::Argued;
use super::conflict::statements;
use super::words::{Narrator, number};
use crate::encode::encode;
use crate::instance::Instance;
use crate::premise::{Accepted, PremiseId};
use crate::reasoner::Reasoner;

/// Readings of a group that are looked at to see what trust would settle.
const READINGS: usize = 64;
/// Trust that is tried out for one conflict.
const PAIRS: usize = 12;

impl Reasoner {
    /// Dates of the conflict that need only be read as the day of the report: each with the words
    /// and the edit, and each tried by solving the claims anew.
    pub(super) fn loosenings(
        &self,
        argued: &Argued,
        narrator: &Narrator,
    ) -> Vec<(String, Vec<Edit>)> {
        let mut all = Vec::new();
        for part in &argued.conflict.parts {
            let Part::Date(claim, index) = *part else {
                continue;
            };
            if !self.could_be_reported(claim, index) {
                continue;
            }
            let mut loosened = self.chronicle.clone();
            loosened.claims[claim.index()].when.conditions[index as usize].reported = true;
            if !self.fits_as(&loosened, &argued.premises) {
                continue;
            }
            let group = self
                .groups
                .iter()
                .find(|g| argued.premises.iter().all(|p| g.premises.contains(p)));
            // Where the claims clash in several ways, one reading may resolve them all.
            let several = group.is_some_and(|g| g.conflicts > 1);
            let all_fit = several && group.is_some_and(|g| self.fits_as(&loosened, &g.premises));
            let claim = narrator.claim(claim);
            let condition = &claim.when.conditions[index as usize];
            let event = narrator.event(claim.event);
            let who = narrator.who(&claim.attestations);
            let by = who.map_or_else(String::new, |w| format!(" by {w}"));
            let fit = match (all_fit, statements(argued.conflict)) {
                (true, _) => "all fit".to_owned(),
                (false, 2) => "both fit".to_owned(),
                (false, n) => format!("these {} fit", number(n)),
            };
            let words = format!(
                "if `{}` is the day on which {event} was reported{by}, {fit}",
                condition.written
            );
            let at = Span::new(
                condition.span.file,
                condition.span.start,
                condition.span.start,
            );
            let edit = Edit {
                span: at,
                replacement: "reported ".to_owned(),
            };
            all.push((words, vec![edit]));
        }
        all
    }

    /// A date of its own that names days: what a chronicle may have entered under the day it
    /// heard of it.
    fn could_be_reported(&self, claim: ClaimId, index: u32) -> bool {
        let claim = &self.chronicle.claims[claim.index()];
        let condition = &claim.when.conditions[index as usize];
        let happens = matches!(claim.sentence, annals_chronicle::Sentence::Happens { .. });
        claim.mode == Mode::Asserted
            && happens
            && !condition.reported
            && condition.origin == Origin::Claim
            && condition
                .alternatives
                .iter()
                .all(|p| matches!(p, Point::On(_)))
    }

    /// Whether premises fit together in a chronicle with the same claims and other dates.
    fn fits_as(&self, chronicle: &annals_chronicle::Chronicle, premises: &[PremiseId]) -> bool {
        let accepted = Accepted::of(self.premises.len(), premises.iter().copied());
        let worlds = self.worlds(&accepted, &accepted.iter().collect());
        worlds.list.iter().any(|world| {
            let encoded = encode(chronicle, &self.premises, world);
            let instance = Instance::new(std::sync::Arc::new(encoded), accepted.clone());
            // A spent budget is no proof that they fit.
            matches!(instance.consistent(), Found::Solution(_))
        })
    }

    /// Which trust, added to what is said already, would settle the conflict: every preferred
    /// reading then leaves out the same part of it.
    pub(super) fn settling_trust(&self, argued: &Argued) -> Vec<String> {
        let group = self
            .groups
            .iter()
            .find(|g| argued.premises.iter().all(|p| g.premises.contains(p)));
        let Some(group) = group.filter(|g| g.dropped.len() <= READINGS) else {
            return vec![];
        };
        if !self.conflicts_complete {
            return vec![];
        }
        let mut sources: Vec<SourceId> = Vec::new();
        for premise in &argued.premises {
            let of = self.sources_of(*premise);
            sources.extend(
                of.iter()
                    .filter(|s| !sources.contains(s))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
        let settled = |preferences: &[Preference]| -> Option<Vec<PremiseId>> {
            let mut left_out: Option<Vec<PremiseId>> = None;
            for dropped in &group.dropped {
                if !self.is_preferred(&group.premises, dropped, preferences) {
                    continue;
                }
                let mine: Vec<PremiseId> = dropped
                    .iter()
                    .copied()
                    .filter(|p| argued.premises.contains(p))
                    .collect();
                match &left_out {
                    None => left_out = Some(mine),
                    Some(known) if *known == mine => {}
                    Some(_) => return None,
                }
            }
            left_out
        };
        if settled(&self.chronicle.preferences).is_some() {
            return vec![
                "`prefer` settles this already: answers follow it, and say that they are disputed"
                    .to_owned(),
            ];
        }
        let mut found = Vec::new();
        let mut tried = 0;
        for better in &sources {
            for worse in sources.iter().filter(|w| *w != better) {
                let named = |s: &SourceId| !self.chronicle.sources[s.index()].is_file;
                if !named(better) || !named(worse) || tried == PAIRS {
                    continue;
                }
                tried += 1;
                let mut preferences = self.chronicle.preferences.clone();
                preferences.push(Preference {
                    better: *better,
                    worse: *worse,
                    span: self.chronicle.claims[0].span,
                });
                if settled(&preferences).is_some() {
                    let key = |s: &SourceId| &self.chronicle.sources[s.index()].key;
                    found.push(format!("`prefer @{} over @{}`", key(better), key(worse)));
                }
            }
        }
        match found.is_empty() {
            true => vec![],
            false => vec![format!(
                "{} would settle it",
                super::words::listed(&found, "or")
            )],
        }
    }
}
