//! What would resolve a conflict, tried out before it is said.

use annals_chronicle::{
    ClaimId, Day, Edge, Mode, Moment, Origin, Part, Point, Preference, Sentence, SourceId,
};
use annals_network::{Alternative, Domain, Found, Var};
use annals_text::{Edit, Span};

use super::conflict::Argued;
use super::conflict::statements;
use super::words::{Narrator, number};
use crate::component::Component;
use crate::near::Near;
use crate::premise::{Accepted, PremiseId};
use crate::reading::Group;

/// How old news may be that a chronicle enters under the day it came, in days: two years.
const NEWS_DAYS: i32 = 731;
/// Readings of a group that are looked at to see what trust would settle.
const READINGS: usize = 64;
/// Trust that is tried out for one conflict.
const PAIRS: usize = 12;

impl Component {
    /// Dates of the conflict that need only be read as the day of the report: each with the words
    /// and the edit, and each tried by solving the claims anew.
    pub(super) fn loosened_dates(
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
            let Some(loosened) = self.as_reported(claim, index) else {
                continue;
            };
            if !self.fits_as((claim, index), loosened, &argued.premises) {
                continue;
            }
            let group = self
                .groups
                .iter()
                .find(|g| argued.premises.iter().all(|p| g.premises.contains(p)));
            // Where the claims clash in several ways, one reading may resolve them all.
            let several = group.is_some_and(|g| g.conflicts.len() > 1);
            let all_fit = several
                && group.is_some_and(|g| self.fits_as((claim, index), loosened, &g.premises));
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

    /// The days that a date leaves open once it is read as that of the report: what happened had
    /// ended by then, and was no older than news is.
    fn as_reported(&self, claim: ClaimId, index: u32) -> Option<(i64, i64)> {
        let condition = &self.chronicle.claims[claim.index()].when.conditions[index as usize];
        let days = |p: &Point| match p {
            Point::On(days) => days.first().zip(days.last()),
            _ => None,
        };
        let all: Option<Vec<(Day, Day)>> = condition.alternatives.iter().map(days).collect();
        let all = all?;
        let first = all.iter().map(|(first, _)| first.0).min()?;
        let last = all.iter().map(|(_, last)| last.0).max()?;
        let first = first.saturating_sub(NEWS_DAYS);
        (first <= last).then_some((i64::from(first), i64::from(last)))
    }

    /// A date of its own that names days: what a chronicle may have entered under the day it
    /// heard of it.
    fn could_be_reported(&self, claim: ClaimId, index: u32) -> bool {
        let claim = &self.chronicle.claims[claim.index()];
        let condition = &claim.when.conditions[index as usize];
        let happens = matches!(claim.sentence, Sentence::Happens { .. });
        claim.mode == Mode::Asserted
            && happens
            && !condition.reported
            && condition.origin == Origin::Claim
            && condition
                .alternatives
                .iter()
                .all(|p| matches!(p, Point::On(_)))
    }

    /// Whether premises fit together where one date leaves other days open than it says.
    fn fits_as(
        &self,
        (claim, index): (ClaimId, u32),
        (first, last): (i64, i64),
        premises: &[PremiseId],
    ) -> bool {
        let date = self.premises.part(Part::Date(claim, index));
        let others = premises.iter().copied().filter(|p| Some(*p) != date);
        let accepted = Accepted::of(self.premises.len(), others);
        let event = self.chronicle.claims[claim.index()].event;
        let moments = [Edge::Start, Edge::End].map(|edge| Moment { event, edge });
        let worlds = self.worlds(&accepted, &Near::of(&accepted));
        worlds.list.iter().any(|world| {
            let encoded = self.encoded(world);
            let instance = self.instance(&encoded, &accepted, &moments);
            let mut vars = moments
                .map(|m| instance.place(encoded.moments.var(m)))
                .to_vec();
            vars.dedup();
            let days = |var: &Option<Var>| var.map(|var| (var, Domain::range(first, last)));
            let loosened = Alternative {
                domains: vars.iter().filter_map(days).collect(),
                ..Alternative::default()
            };
            // A spent budget is no proof that they fit.
            matches!(instance.consistent(), Found::Solution(_))
                && matches!(instance.solver.allows(&loosened), Found::Solution(_))
        })
    }

    /// Which trust settles the conflict, or would if it were added to what is said already: every
    /// preferred reading then leaves out the same part of it.
    pub(super) fn settling_trust(&self, argued: &Argued, narrator: &Narrator) -> Option<String> {
        let joins = |g: &&Group| argued.premises.iter().all(|p| g.premises.contains(p));
        let group = self.groups.iter().find(joins)?;
        if group.dropped.len() > READINGS || !group.complete || !self.conflicts_complete {
            return None;
        }
        if let Some(left_out) = self.left_out(argued, group, &self.chronicle.preferences) {
            let what = self.lines_of(&left_out, narrator);
            return Some(format!(
                "`prefer` decides it: {what} must yield, and answers say that they are disputed"
            ));
        }
        let mut sources: Vec<SourceId> = Vec::new();
        for premise in &argued.premises {
            for source in self.sources_of(*premise) {
                let named = !self.chronicle.sources[source.index()].is_file;
                if named && !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
        let key = |s: SourceId| &self.chronicle.sources[s.index()].key;
        let pairs = sources
            .iter()
            .flat_map(|b| sources.iter().map(move |w| (*b, *w)));
        let mut found = Vec::new();
        for (better, worse) in pairs.filter(|(b, w)| b != w).take(PAIRS) {
            let mut preferences = self.chronicle.preferences.clone();
            preferences.push(Preference {
                better,
                worse,
                span: self.chronicle.claims[0].span,
            });
            if let Some(left_out) = self.left_out(argued, group, &preferences) {
                let what = self.lines_of(&left_out, narrator);
                found.push(format!(
                    "`prefer @{} over @{}` ({what} would yield)",
                    key(better),
                    key(worse)
                ));
            }
        }
        let all = super::words::listed(&found, "or");
        (!found.is_empty()).then(|| format!("{all} would settle it"))
    }

    /// The statements of a conflict that every preferred reading leaves out, wholly or a part,
    /// where these are the same.
    fn left_out(
        &self,
        argued: &Argued,
        group: &Group,
        preferences: &[Preference],
    ) -> Option<Vec<ClaimId>> {
        let mut same: Option<Vec<ClaimId>> = None;
        for dropped in &group.dropped {
            if !self.is_preferred(&group.premises, dropped, preferences) {
                continue;
            }
            let of = dropped.iter().filter(|p| argued.premises.contains(p));
            // An identity or a choice is no claim: trust that drops it is not looked into.
            let claims: Option<Vec<ClaimId>> = of.map(|p| self.premises.claim(*p)).collect();
            let mut mine = claims?;
            mine.sort_unstable();
            mine.dedup();
            match &same {
                Some(known) if *known != mine => return None,
                _ => same = Some(mine),
            }
        }
        same
    }

    fn lines_of(&self, claims: &[ClaimId], narrator: &Narrator) -> String {
        let lines = claims
            .iter()
            .map(|c| narrator.line(narrator.claim(*c).span));
        super::words::listed(&lines.collect::<Vec<_>>(), "and")
    }
}
