//! What is readable but odd: claims that cite nobody, and accounts that look like one event.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{
    Attestation, Chronicle, Claim, DaySet, DetailValue, Event, EventKind, Filler, Mode, Point,
    Sentence, SourceId,
};
use annals_sentence::nearest;
use annals_text::{FileId, Files, Report, Span};

use crate::words::{brief, key};

/// Places a report on uncited claims shows beside the first.
const SHOWN: usize = 5;

/// Accounts a claim is compared with, the nearest before it first.
const COMPARED: usize = 50;

/// One report a file on its claims that cite nobody.
pub(crate) fn uncited(files: &Files, chronicle: &Chronicle, reports: &mut Vec<Report>) {
    let mut by_file: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for claim in &chronicle.claims {
        let is_file = |a: &Attestation| chronicle.sources[a.source.index()].is_file;
        let of_file = by_file.entry(claim.span.file).or_default();
        // The claims of one list share their line.
        if claim.attestations.iter().all(is_file) && of_file.last() != Some(&claim.span) {
            of_file.push(claim.span);
        }
    }
    by_file.retain(|_, lines| !lines.is_empty());
    for (file, lines) in by_file {
        let name = &files.get(file).name;
        let headline = match lines.len() {
            1 => format!("a claim cites nobody; {name} itself stands for it"),
            n => format!("{n} claims cite nobody; {name} itself stands for them"),
        };
        let mut report = Report::lint("uncited", headline).at(lines[0], "no source is cited here");
        for line in lines.iter().skip(1).take(SHOWN) {
            report = report.also(*line, "nor here");
        }
        reports.push(report.help("cite a source, like `[@zztj, 197-23b]`, or name one for all with `from @key`; `@me` is your own inference"));
    }
}

/// `travel by balloon`, where no mover is called so: nothing would be reckoned with it.
pub(crate) fn movers(chronicle: &Chronicle, reports: &mut Vec<Report>) {
    let details = chronicle.claims.iter().flat_map(|c| c.details.iter());
    for detail in details.filter(|d| d.key == "travel") {
        let DetailValue::Text(words) = &detail.value else {
            continue;
        };
        let named = key(words);
        let named = named.strip_prefix("by ").unwrap_or(&named);
        let names = || chronicle.movers.iter().flat_map(|m| m.names.iter());
        if names().any(|n| n.strip_prefix("by ").unwrap_or(n) == named) {
            continue;
        }
        let headline = format!("no mover is called `{}`", brief(named));
        let mut report = Report::finding("bad-mover", headline)
            .at(detail.span, "this way of getting about is not declared");
        if let Some(near) = nearest(named, names().map(String::as_str)) {
            report = report.help(format!("did you mean `{near}`?"));
        }
        reports.push(report.help("declare it with `mover`, or say it in a `note`"));
    }
}

/// Two claims of the same thing in the same time from different sources, told as two events.
pub(crate) fn same_event(chronicle: &Chronicle, reports: &mut Vec<Report>) {
    let Chronicle {
        claims,
        events,
        sources,
        ..
    } = chronicle;
    let alike = alike(claims, events);
    let mut found: Vec<(&Claim, &Claim)> = Vec::new();
    for claims in &alike {
        if claims.iter().all(|c| attested(c).eq(attested(claims[0]))) {
            continue;
        }
        let accounts: Vec<Account<'_>> = claims.iter().map(|c| Account::of(c)).collect();
        for (i, later) in accounts.iter().enumerate() {
            let others = accounts[..i].iter().rev().take(COMPARED);
            let twin = others
                .filter(|a| a.is_rival(later))
                .find(|a| a.meets(later));
            found.extend(twin.map(|earlier| (earlier.claim, later.claim)));
        }
    }
    found.sort_by_key(|(_, later)| later.id);
    for (earlier, later) in found {
        let names = |claim: &Claim| {
            let keys: Vec<String> = claim
                .attestations
                .iter()
                .map(|a| {
                    let source = &sources[a.source.index()];
                    match source.is_file {
                        true => source.key.clone(),
                        false => format!("@{}", source.key),
                    }
                })
                .collect();
            annals_sentence::listed(&keys, "and")
        };
        reports.push(
            Report::lint("same-event?", "two sources seem to tell of one event")
                .also(earlier.sentence_span, format!("told by {}", names(earlier)))
                .at(
                    later.sentence_span,
                    format!("told again by {}", names(later)),
                )
                .note("without a shared label they are two events")
                .help("give both the same label if it is one event"),
        );
    }
}

fn attested(claim: &Claim) -> impl Iterator<Item = SourceId> {
    claim.attestations.iter().map(|a| a.source)
}

/// Told events of one type with the same fillers, where there are several.
fn alike<'c>(claims: &'c [Claim], events: &[Event]) -> Vec<Vec<&'c Claim>> {
    // Numbers alone are sorted: of equals, the claims stay in the order of the text.
    let mut marked: Vec<(u64, u32, u32)> = Vec::with_capacity(claims.len());
    for (at, claim) in claims.iter().enumerate() {
        if let Sentence::Happens {
            event_type, roles, ..
        } = &claim.sentence
            && is_told(claim, events)
        {
            marked.push((mark(roles), event_type.0, at as u32));
        }
    }
    marked.sort_unstable();
    let mut groups = Vec::new();
    for near in marked.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if near.len() < 2 {
            continue;
        }
        let near: Vec<&Claim> = near.iter().map(|m| &claims[m.2 as usize]).collect();
        // Mostly the fillers are the same in the same order.
        if near.iter().all(|claim| roles(claim) == roles(near[0])) {
            groups.push(near);
            continue;
        }
        let mut same: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
        for claim in near {
            // Fillers have no order of their own; their written form tells them apart.
            let fillers: Vec<String> = roles(claim).iter().map(filler_key).collect();
            same.entry(fillers.join("|")).or_default().push(claim);
        }
        groups.extend(same.into_values().filter(|claims| claims.len() > 1));
    }
    groups
}

/// What stands in the roles of a claim.
fn roles(claim: &Claim) -> &[Filler] {
    match &claim.sentence {
        Sentence::Happens { roles, .. } | Sentence::Holds { roles, .. } => roles,
        Sentence::Text(_) => &[],
    }
}

/// A number that is the same for the same fillers, and seldom for others.
fn mark(roles: &[Filler]) -> u64 {
    let mut mark = 0_u64;
    for filler in roles {
        let own = match filler {
            Filler::Unfilled => 1,
            Filler::Number(_) => 2,
            Filler::Entities(things) | Filler::OneOf(things) => {
                let ids = things.iter().map(|e| u64::from(e.0) + 3);
                // Said twice is said once, and the order does not matter.
                ids.max().unwrap_or(0) << 32
                    | things.iter().map(|e| u64::from(e.0)).min().unwrap_or(0)
            }
        };
        mark = (mark.rotate_left(7) ^ own).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    mark
}

fn is_told(claim: &Claim, events: &[Event]) -> bool {
    claim.mode == Mode::Asserted
        && events[claim.event.index()].kind == EventKind::Occurrence
        && !claim.draft
}

fn filler_key(filler: &Filler) -> String {
    let list = |things: &[annals_chronicle::EntityId]| {
        let ids: BTreeSet<u32> = things.iter().map(|e| e.0).collect();
        format!("{ids:?}")
    };
    match filler {
        Filler::Unfilled => "-".to_string(),
        Filler::Entities(things) => list(things),
        Filler::OneOf(things) => format!("or {}", list(things)),
        Filler::Number(figure) => figure.written.clone(),
    }
}

/// A claim with what tells whether another may be an account of the same event.
struct Account<'c> {
    claim: &'c Claim,
    days: OnceCell<Option<DaySet>>,
}

impl Account<'_> {
    fn of(claim: &Claim) -> Account<'_> {
        Account {
            claim,
            days: OnceCell::new(),
        }
    }

    /// Another event, told by other sources.
    fn is_rival(&self, other: &Account<'_>) -> bool {
        let tells = |source: SourceId| other.claim.attestations.iter().any(|a| a.source == source);
        self.claim.event != other.claim.event
            && !self.claim.attestations.iter().any(|a| tells(a.source))
    }

    fn days(&self) -> Option<&DaySet> {
        self.days.get_or_init(|| days(self.claim)).as_ref()
    }

    fn meets(&self, other: &Account<'_>) -> bool {
        match (self.days(), other.days()) {
            (Some(a), Some(b)) => a.meets(b),
            _ => false,
        }
    }
}

/// The days a claim names itself, all conditions taken together.
fn days(claim: &Claim) -> Option<DaySet> {
    let mut days: Option<DaySet> = None;
    for condition in &claim.when.conditions {
        let [point] = condition.alternatives.as_slice() else {
            continue;
        };
        let point = condition.soft.as_ref().map_or(point, |s| &s.point);
        let set = match point {
            Point::On(set) | Point::Throughout(set) => set.clone(),
            Point::Span { from, to } => {
                let first = from.as_ref().and_then(DaySet::first);
                DaySet::range(first, to.as_ref().and_then(DaySet::last))?
            }
            _ => continue,
        };
        days = Some(match days {
            Some(days) => days.intersect(&set)?,
            None => set,
        });
    }
    days
}
