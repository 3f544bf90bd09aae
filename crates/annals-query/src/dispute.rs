//! Who says what, where the preferred readings answer differently.

use std::collections::BTreeSet;

use annals_chronicle::{DaySet, Moment, Part, Verdict};

use crate::answer::{DayDispute, Dispute};
use crate::ask::Asker;

impl Asker<'_> {
    /// One entry a verdict, with the sources that stand for it.
    ///
    /// A side stands on the parts that all of its readings keep and some reading of another side
    /// leaves out; parts of unrelated conflicts, which each side both keeps and leaves out, so
    /// drop away by themselves. Two sides for which the same sources stand name none.
    pub(crate) fn disputes(&self, disputed: &[(usize, Verdict)]) -> Vec<Dispute> {
        let mut verdicts: Vec<Verdict> = disputed.iter().map(|(_, v)| *v).collect();
        verdicts.sort();
        verdicts.dedup();
        verdicts
            .into_iter()
            .map(|verdict| {
                let sources = self.sources_of_side(disputed, &verdict);
                let words = self.side_words(&sources, verdict.word());
                Dispute {
                    verdict,
                    sources,
                    words,
                }
            })
            .collect()
    }

    /// One entry for each set of days that some reading gives a moment.
    pub(crate) fn day_disputes(&self, moment: Moment) -> Vec<DayDispute> {
        let disputed = self.reasoner.bounds_by_reading(moment);
        let mut sets: Vec<DaySet> = Vec::new();
        for (_, days) in &disputed {
            if !sets.contains(days) {
                sets.push(days.clone());
            }
        }
        sets.into_iter()
            .map(|set| {
                let sources = self.sources_of_side(&disputed, &set);
                let days = self.days(&set);
                DayDispute {
                    words: self.side_words(&sources, &days.exact),
                    days,
                    sources,
                }
            })
            .collect()
    }

    fn side_words(&self, sources: &[String], says: &str) -> String {
        let who: Vec<String> = sources.iter().map(|key| self.source_words(key)).collect();
        match who.is_empty() {
            true => format!("on another reading: {says}"),
            false => format!("according to {}: {says}", who.join(", ")),
        }
    }

    /// Who stands for a side; nobody where the same stand for another, for that says neither.
    fn sources_of_side<V: PartialEq>(&self, disputed: &[(usize, V)], side: &V) -> Vec<String> {
        let sources = self.followed_by_side(disputed, side);
        let followed: BTreeSet<&String> = sources.iter().collect();
        let mut others: Vec<&V> = Vec::new();
        for (_, other) in disputed.iter().filter(|(_, v)| v != side) {
            if !others.contains(&other) {
                others.push(other);
            }
        }
        let same = others.into_iter().any(|other| {
            let theirs = self.followed_by_side(disputed, other);
            theirs.iter().collect::<BTreeSet<_>>() == followed
        });
        if same { vec![] } else { sources }
    }

    fn followed_by_side<V: PartialEq>(&self, disputed: &[(usize, V)], side: &V) -> Vec<String> {
        let dropped = |own: bool| {
            disputed
                .iter()
                .filter(move |(_, v)| (v == side) == own)
                .filter_map(|(reading, _)| self.reasoner.readings().get(*reading))
                .flat_map(|reading| reading.dropped.iter().copied())
        };
        let mut lost: Vec<Part> = dropped(true).collect();
        lost.sort();
        let mut kept: Vec<Part> = dropped(false)
            .filter(|part| lost.binary_search(part).is_err())
            .collect();
        kept.sort();
        kept.dedup();
        let mut sources: Vec<String> = Vec::new();
        for part in kept {
            for key in self.sources_of_part(part) {
                if !sources.contains(&key) {
                    sources.push(key);
                }
            }
        }
        sources
    }

    pub(crate) fn sources_of_part(&self, part: Part) -> Vec<String> {
        let attestations = match part {
            Part::Identity(id) => self
                .chronicle
                .identities
                .get(id.index())
                .map(|i| &i.attestations),
            Part::Choice(id) => self
                .chronicle
                .choices
                .get(id.index())
                .map(|c| &c.attestations),
            Part::Happened(c) | Part::Date(c, _) | Part::Role(c, _) => {
                Some(&self.claim(c).attestations)
            }
            Part::Detail(c, i) => {
                let claim = self.claim(c);
                let own = claim.details.get(i as usize).map(|d| &d.attestations);
                own.filter(|a| !a.is_empty()).or(Some(&claim.attestations))
            }
        };
        let shown = attestations.map(|a| self.sources(a)).unwrap_or_default();
        shown.into_iter().map(|s| s.key).collect()
    }

    pub(crate) fn source_words(&self, key: &str) -> String {
        let file = self
            .chronicle
            .sources
            .iter()
            .any(|s| s.key == key && s.is_file);
        if file {
            key.to_owned()
        } else {
            format!("@{key}")
        }
    }
}
