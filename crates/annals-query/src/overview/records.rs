//! Every claim as a row: what exporters write and tables are made of.
//!
//! An overview shows the claims that tell of what it shows; here none is left out, drafts and
//! denials included, since a table that lacks a row says that nobody said so.

use annals_chronicle::{Claim, DetailValue, EventKind, Origin};

use super::events::{days_seen, span_words};
use super::{DaysSeen, RoleSeen};
use crate::ask::Asker;
use crate::evidence_types::ClaimShown;
use crate::words::one_line;

/// A claim and everything it says, with the days of what it tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRecord {
    /// Its number, words, mode, sources, section and place.
    pub claim: ClaimShown,
    /// The event or mention it tells of, by number.
    pub event: u32,
    /// Whether it says that a state held, not that something happened.
    pub of_state: bool,
    /// Whether it is a draft: shown and counted, never reasoned with.
    pub draft: bool,
    /// Its date as written, without the window of its section; empty where none is written.
    pub date: String,
    /// The short name of its event type or relation; empty for quoted words.
    pub type_name: String,
    /// What fills its roles.
    pub roles: Vec<RoleSeen>,
    /// Its circumstances, from its tail and its details.
    pub circumstances: Vec<RoleSeen>,
    /// What it says in addition, words and figures included.
    pub details: Vec<DetailRecord>,
    /// The days its start may have, gaps kept; of one moment, its days. Those of everything known
    /// of what it tells of, not of this claim alone.
    pub start: Vec<DaysSeen>,
    /// The days its end may have, where it lasts.
    pub end: Option<Vec<DaysSeen>>,
    /// Whether the days are exact; otherwise no day outside them is possible.
    pub proven: bool,
    /// The days in words.
    pub days: String,
}

/// Something a claim says in addition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailRecord {
    /// What it is: `force of`, `note`.
    pub key: String,
    /// Whose it is, by number; several for a joint figure.
    pub of: Vec<u32>,
    /// The whole detail as written, on one line; of words that are quoted, the words.
    pub words: String,
    /// Whether it is doubted.
    pub doubted: bool,
}

impl Asker<'_> {
    /// Every claim of the chronicle, in document order.
    pub fn claim_records(&self) -> Vec<ClaimRecord> {
        let own = self.chronicle.claims.iter();
        let own = own.filter(|claim| claim.id < self.own_claims_end);
        own.map(|claim| self.claim_record(claim)).collect()
    }

    fn claim_record(&self, claim: &Claim) -> ClaimRecord {
        let event = &self.chronicle.events[claim.event.index()];
        let start = self.reasoner.bounds(self.start_of(claim.event));
        let lasting = event.lasting;
        let end = lasting.then(|| self.reasoner.bounds(self.end_of(claim.event)));
        let mut days = self.days_words(&start.days);
        if let Some(end) = &end {
            days = span_words(&days, &self.days_words(&end.days));
        }
        ClaimRecord {
            claim: self.claim_shown(claim, &[]),
            event: claim.event.0,
            of_state: event.kind == EventKind::Mention,
            draft: claim.draft,
            date: date_written(claim),
            type_name: self.type_name(&claim.sentence),
            roles: self.roles_seen(&claim.sentence),
            circumstances: self.circumstances_seen(&[claim]),
            details: details(claim),
            start: days_seen(&start.days),
            end: end.as_ref().map(|end| days_seen(&end.days)),
            proven: start.proven && end.is_none_or(|end| end.proven),
            days,
        }
    }
}

fn date_written(claim: &Claim) -> String {
    let own = claim.when.conditions.iter();
    let own = own.filter(|condition| condition.origin == Origin::Claim);
    let written: Vec<String> = own
        .map(|condition| {
            let reported = if condition.reported { "reported " } else { "" };
            let doubt = if condition.doubted { " ?" } else { "" };
            let words = one_line(&condition.written);
            // The words may hold the marks already, as they are kept as written.
            let reported = if words.starts_with("reported ") {
                ""
            } else {
                reported
            };
            let doubt = if words.ends_with('?') { "" } else { doubt };
            format!("{reported}{words}{doubt}")
        })
        .collect();
    written.join(", ")
}

fn details(claim: &Claim) -> Vec<DetailRecord> {
    let details = claim.details.iter();
    details
        .map(|detail| DetailRecord {
            key: detail.key.clone(),
            of: detail.of.iter().map(|thing| thing.0).collect(),
            words: match &detail.value {
                DetailValue::Text(text) => one_line(text),
                _ => one_line(&detail.written),
            },
            doubted: detail.doubted,
        })
        .collect()
}
