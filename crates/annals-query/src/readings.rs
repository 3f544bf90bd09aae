//! The readings of a chronicle, contradiction by contradiction.

use std::collections::BTreeSet;

use annals_chronicle::{Part, Support};

use crate::ask::Asker;
use crate::contrast::{ReadingGroup, ReadingShown, Readings};
use crate::evidence_types::Evidence;

/// Contradictions with statements in common, and what each reading of them leaves out.
pub(crate) struct Knot {
    pub contradictions: Vec<Vec<Part>>,
    /// Parts left out and whether a preferred reading of the chronicle leaves out just these.
    pub readings: Vec<(BTreeSet<Part>, bool)>,
}

impl Asker<'_> {
    /// Every group of contradictions with its readings.
    ///
    /// A reading of the whole chronicle leaves out something of every contradiction, so readings
    /// of contradictions that share nothing combine freely: each knot is shown by itself.
    pub fn readings(&self) -> Readings {
        let knots = self.knots();
        Readings {
            groups: knots.iter().map(|knot| self.group_shown(knot)).collect(),
            complete: self.reasoner.conflicts_complete(),
            listed: self.reasoner.readings_complete(),
        }
    }

    pub(crate) fn knots(&self) -> Vec<Knot> {
        let mut tied: Vec<(BTreeSet<Part>, Vec<Vec<Part>>)> = Vec::new();
        for conflict in self.reasoner.conflicts() {
            let mut parts: BTreeSet<Part> = conflict.parts.iter().copied().collect();
            let mut members = vec![conflict.parts.clone()];
            let mut apart = Vec::new();
            for (other, conflicts) in tied {
                if other.is_disjoint(&parts) {
                    apart.push((other, conflicts));
                } else {
                    parts.extend(other);
                    members.splice(0..0, conflicts);
                }
            }
            apart.push((parts, members));
            tied = apart;
        }
        tied.sort_by_key(|(parts, _)| {
            parts
                .iter()
                .map(|p| (p.claim().map_or(u32::MAX, |c| c.0), *p))
                .min()
        });
        tied.into_iter()
            .map(|(parts, contradictions)| Knot {
                contradictions,
                readings: self.readings_of(&parts),
            })
            .collect()
    }

    /// What the readings leave out of some parts, preferred ones first, then the smallest.
    fn readings_of(&self, parts: &BTreeSet<Part>) -> Vec<(BTreeSet<Part>, bool)> {
        let mut found: Vec<(BTreeSet<Part>, bool)> = Vec::new();
        for reading in self.reasoner.readings() {
            let dropped = reading.dropped.iter().copied();
            let dropped: BTreeSet<Part> = dropped.filter(|p| parts.contains(p)).collect();
            // One that leaves out none of them is a reading of other contradictions.
            if dropped.is_empty() {
                continue;
            }
            match found.iter_mut().find(|(known, _)| *known == dropped) {
                Some((_, preferred)) => *preferred |= reading.preferred,
                None => found.push((dropped, reading.preferred)),
            }
        }
        found.sort_by_key(|(dropped, preferred)| {
            let places: Vec<(u32, Part)> = in_order(dropped);
            (!preferred, dropped.len(), places)
        });
        found
    }

    fn group_shown(&self, knot: &Knot) -> ReadingGroup {
        let contested: BTreeSet<Part> = knot.contradictions.iter().flatten().copied().collect();
        let readings = knot.readings.iter().map(|(dropped, preferred)| {
            // Who is followed keeps everything that is contested of what he says in one claim.
            let cut = |part: &Part| {
                dropped.contains(part)
                    || part.claim().is_some() && dropped.iter().any(|d| d.claim() == part.claim())
            };
            let mut follows: Vec<String> = Vec::new();
            for part in contested.iter().filter(|p| !cut(p)) {
                for key in self.sources_of_part(*part) {
                    if !follows.contains(&key) {
                        follows.push(key);
                    }
                }
            }
            follows.sort();
            let who: Vec<String> = follows.iter().map(|key| self.source_words(key)).collect();
            ReadingShown {
                preferred: *preferred,
                leaves_out: self.parts_shown(dropped.iter().copied()),
                words: match who.is_empty() {
                    true => "follows nobody throughout".to_owned(),
                    false => format!("follows {}", who.join(", ")),
                },
                follows,
            }
        });
        ReadingGroup {
            contradictions: knot
                .contradictions
                .iter()
                .map(|parts| self.parts_shown(parts.iter().copied()))
                .collect(),
            readings: readings.collect(),
            listed: self.reasoner.readings_complete_of(&contested),
        }
    }

    /// Parts of claims, each with its claim, place and sources.
    pub(crate) fn parts_shown(&self, parts: impl Iterator<Item = Part>) -> Evidence {
        self.evidence(&Support {
            parts: parts.collect(),
            assumptions: vec![],
        })
    }
}

/// Parts in the order of the text.
fn in_order(parts: &BTreeSet<Part>) -> Vec<(u32, Part)> {
    let mut all: Vec<(u32, Part)> = parts
        .iter()
        .map(|p| (p.claim().map_or(u32::MAX, |c| c.0), *p))
        .collect();
    all.sort();
    all
}
