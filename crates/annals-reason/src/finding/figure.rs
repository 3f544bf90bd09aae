//! Rival figures: accounts of one event that count differently what they count alike.
//!
//! Figures bind no timeline, so that they are no conflict; but that two sources differ on how
//! many marched is what a historian wants to be told. Figures of one detail (`force of Tang`) and
//! one unit are compared; `at least` and ranges by what they allow, `~` with a fifth to spare.
//! A joint figure bounds those of its members: a part is no more than the whole.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Detail, DetailValue, EntityId, Event, EventId, Figure, KindId, Mode};
use annals_text::{Report, Span};

use super::question::Question;
use super::words::{Narrator, Words};
use crate::component::Component;

/// A figure where it stands.
#[derive(Clone, Copy)]
struct Counted<'c> {
    claim: &'c annals_chronicle::Claim,
    detail: &'c Detail,
    figure: &'c Figure,
}

/// Whose losses, and of what.
type SideAndThings = (Vec<EntityId>, BTreeSet<KindId>);

/// How two figures cannot both be right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rivalry {
    /// They count the same and differ.
    Differ,
    /// The first counts a part of what the second counts, and is more.
    PartExceeds,
}

impl Component {
    /// One report for each detail on which accounts of one event differ.
    pub(super) fn rival_figures(&self, words: &dyn Words) -> Vec<(Question, Report)> {
        let mut all = Vec::new();
        let parts = self.parts_of_wholes();
        for event in &self.chronicle.events {
            let counted = self.counted(event);
            let mut told: Vec<(Span, Span)> = Vec::new();
            for (i, a) in counted.iter().enumerate() {
                for b in &counted[i + 1..] {
                    let places = (a.detail.span, b.detail.span);
                    // A list of troops that differs in several is one difference.
                    if told.contains(&places) {
                        continue;
                    }
                    let found = rivalry(a, b).map(|r| (r, a, b));
                    let found = found.or_else(|| {
                        let other = rivalry(b, a)?;
                        (other == Rivalry::PartExceeds).then_some((other, b, a))
                    });
                    if let Some((rivalry, one, other)) = found {
                        told.push(places);
                        let key = self.key_of(one.detail, words);
                        let report = self.report_figures(rivalry, one, other, &key, words);
                        all.push((Question::Figure(event.id, key), report));
                    }
                }
            }
            for (at, joint) in counted.iter().enumerate() {
                if let Some(parts) = missed_sum(&counted, at) {
                    let key = self.key_of(joint.detail, words);
                    let report = self.report_sum(joint, &parts, &key, words);
                    all.push((Question::Figure(event.id, key), report));
                }
            }
            all.extend(self.losses_above(event, &counted, words));
            if let Some(parts) = parts.get(&event.id) {
                all.extend(self.losses_of_parts((event, parts), &counted, words));
            }
        }
        all
    }

    /// Losses that are more than any account lets the side have had.
    fn losses_above(
        &self,
        event: &Event,
        counted: &[Counted],
        words: &dyn Words,
    ) -> Vec<(Question, Report)> {
        let mut all = Vec::new();
        for (lost, losses) in self.totals(counted, "losses of") {
            let Some((strength, most)) = self.strength(counted, losses) else {
                continue;
            };
            if lost.0 <= most {
                continue;
            }
            let key = self.key_of(losses.detail, words);
            let narrator = Narrator::new(self, words, Some(losses.detail.span.file));
            let headline = format!(
                "in {}, `{key}` are more than there were: {} against {}",
                narrator.event(event.id),
                losses.figure.written,
                strength.figure.written,
            );
            let report = Report::finding("losses-above-strength", headline)
                .at(losses.detail.span, who_counts(&narrator, losses))
                .also(strength.detail.span, who_counts(&narrator, strength))
                .help("keep both where the sources say so: answers show each with its source");
            all.push((Question::Figure(event.id, key), report));
        }
        all
    }

    /// Losses in the parts of an event that add up to more than any account lets the side have had
    /// in the whole.
    fn losses_of_parts(
        &self,
        (whole, parts): (&Event, &BTreeSet<EventId>),
        counted: &[Counted],
        words: &dyn Words,
    ) -> Vec<(Question, Report)> {
        let forces = self.totals(counted, "force of");
        if forces.is_empty() {
            return vec![];
        }
        // The least that any account of each part has, by side and by what is counted.
        let mut lost: BTreeMap<SideAndThings, Vec<(u64, Counted)>> = BTreeMap::new();
        for part in parts.iter().filter(|part| **part != whole.id) {
            let of_part = self.counted(&self.chronicle.events[part.index()]);
            let mut least: BTreeMap<_, (u64, Counted)> = BTreeMap::new();
            for ((low, _), first) in self.totals(&of_part, "losses of") {
                let key = (sorted(&first.detail.of), self.things_counted(first));
                let known = least.entry(key).or_insert((low, *first));
                if low < known.0 {
                    *known = (low, *first);
                }
            }
            for (key, least) in least {
                lost.entry(key).or_default().push(least);
            }
        }
        let mut all = Vec::new();
        for losses in lost.into_values().filter(|l| l.len() > 1) {
            let sum = losses
                .iter()
                .fold(0, |sum: u64, (l, _)| sum.saturating_add(*l));
            let (_, first) = &losses[0];
            let Some((strength, most)) = self.strength(counted, first) else {
                continue;
            };
            if sum <= most {
                continue;
            }
            let key = self.key_of(first.detail, words);
            let narrator = Narrator::new(self, words, Some(first.detail.span.file));
            let headline = format!(
                "in the parts of {}, `{key}` add up to more than there were: {sum} at least against {}",
                narrator.event(whole.id),
                strength.figure.written,
            );
            let mut report = Report::finding("losses-above-strength", headline)
                .at(strength.detail.span, who_counts(&narrator, strength));
            for (_, part) in &losses {
                report = report.also(part.detail.span, who_counts(&narrator, part));
            }
            let help = "if more joined on the way, the strength holds for the start: write `at least`, or say whose figures are doubted";
            all.push((Question::Figure(whole.id, key), report.help(help)));
        }
        all
    }

    /// The events that accounts call parts of others, by these.
    fn parts_of_wholes(&self) -> BTreeMap<EventId, BTreeSet<EventId>> {
        let claims = self.chronicle.claims.iter();
        let told = claims.filter(|c| !c.draft && !c.doubted && c.mode == Mode::Asserted);
        let mut parts: BTreeMap<EventId, BTreeSet<EventId>> = BTreeMap::new();
        for claim in told {
            let details = claim.details.iter();
            for detail in details.filter(|d| d.key == "part of" && !d.doubted) {
                if let DetailValue::Event(whole) = detail.value {
                    parts.entry(whole).or_default().insert(claim.event);
                }
            }
        }
        parts
    }

    /// The kinds of things that a figure counts, such as ships; none where it counts people, or
    /// whatever else is of a kind with those whose figure it is.
    fn things_counted(&self, counted: &Counted) -> BTreeSet<KindId> {
        let vocabulary = &self.chronicle.vocabulary;
        let words = unit(counted.figure);
        let named = |name: &str| {
            let plural = |w: &String| w.strip_suffix('s') == Some(name);
            words.iter().any(|w| w == name || plural(w))
        };
        let owners = counted.detail.of.iter();
        let owners: Vec<KindId> = owners
            .map(|e| self.chronicle.entities[e.index()].kind)
            .collect();
        let kinds = || (0..vocabulary.kinds.len()).map(|at| KindId(at as u32));
        let root = |k: KindId| vocabulary.kinds[k.index()].parents.is_empty();
        let of_a_kind = |kind: KindId| {
            let mut above = kinds().filter(|k| root(*k) && vocabulary.is_a(kind, *k));
            above.any(|k| owners.iter().any(|owner| vocabulary.is_a(*owner, k)))
        };
        kinds()
            .filter(|k| named(&vocabulary.kinds[k.index()].name) && !of_a_kind(*k))
            .collect()
    }

    /// The sum of each line of figures of a key by what it counts, least and most, with its first
    /// figure.
    fn totals<'c, 'd>(
        &self,
        counted: &'d [Counted<'c>],
        key: &str,
    ) -> Vec<((u64, Option<u64>), &'d Counted<'c>)> {
        let mut all: Vec<((u64, Option<u64>), &Counted)> = Vec::new();
        for one in counted.iter().filter(|c| c.detail.key == key) {
            let (low, high) = bounds(one.figure);
            let alike = |first: &Counted| {
                first.detail.span == one.detail.span
                    && self.things_counted(first) == self.things_counted(one)
            };
            match all.iter_mut().find(|(_, first)| alike(first)) {
                Some(((least, most), _)) => {
                    *least = least.saturating_add(low);
                    *most = most.zip(high).map(|(a, b)| a.saturating_add(b));
                }
                None => all.push(((low, high), one)),
            }
        }
        all
    }

    /// The most of what losses count that a side, or several together, can have had by any account,
    /// and where it stands; `None` where somebody's strength is not told or not limited.
    fn strength<'c, 'd>(
        &self,
        counted: &'d [Counted<'c>],
        losses: &Counted,
    ) -> Option<(&'d Counted<'c>, u64)> {
        let of = &losses.detail.of;
        let things = self.things_counted(losses);
        let mut forces = self.totals(counted, "force of");
        forces.retain(|(_, f)| self.things_counted(f) == things);
        let greatest = |owners: &[EntityId]| {
            let owners = sorted(owners);
            let own = forces
                .iter()
                .filter(|(_, f)| sorted(&f.detail.of) == owners);
            let mut most: Option<(&Counted, u64)> = None;
            for ((_, high), first) in own {
                let high = (*high)?;
                if most.is_none_or(|(_, known)| high > known) {
                    most = Some((first, high));
                }
            }
            most
        };
        if let Some(joint) = greatest(of) {
            return Some(joint);
        }
        let each: Option<Vec<_>> = of.iter().map(|owner| greatest(&[*owner])).collect();
        let each = each?;
        let (first, _) = *each.first()?;
        let sum = |sum: u64, (_, most): &(_, u64)| sum.saturating_add(*most);
        Some((first, each.iter().fold(0, sum)))
    }

    fn report_sum(
        &self,
        joint: &Counted,
        parts: &[Counted],
        key: &str,
        words: &dyn Words,
    ) -> Report {
        let narrator = Narrator::new(self, words, Some(joint.detail.span.file));
        let event = narrator.event(joint.claim.event);
        let written: Vec<String> = parts.iter().map(|p| p.figure.written.clone()).collect();
        let headline = format!(
            "in {event}, what makes up `{key}` does not add up to it: {} against {}",
            super::words::listed(&written, "and"),
            joint.figure.written
        );
        let mut report = Report::finding("rival-figures", headline)
            .at(joint.detail.span, who_counts(&narrator, joint));
        for part in parts {
            report = report.also(part.detail.span, who_counts(&narrator, part));
        }
        report.help(KEEP)
    }

    fn counted<'c>(&'c self, event: &Event) -> Vec<Counted<'c>> {
        let mut all = Vec::new();
        for id in &event.claims {
            let claim = &self.chronicle.claims[id.index()];
            if claim.draft || claim.doubted || claim.mode != Mode::Asserted {
                continue;
            }
            for detail in claim.details.iter().filter(|d| !d.doubted) {
                let DetailValue::Figures(figures) = &detail.value else {
                    continue;
                };
                all.extend(figures.iter().map(|figure| Counted {
                    claim,
                    detail,
                    figure,
                }));
            }
        }
        all
    }

    /// `force of Tang`
    fn key_of(&self, detail: &Detail, words: &dyn Words) -> String {
        let narrator = Narrator::new(self, words, None);
        let names: Vec<String> = detail.of.iter().map(|e| narrator.name(*e)).collect();
        match (names.is_empty(), detail.key.ends_with(" of")) {
            (true, _) => detail.key.clone(),
            (false, true) => format!("{} {}", detail.key, super::words::listed(&names, "and")),
            (false, false) => format!("{} of {}", detail.key, super::words::listed(&names, "and")),
        }
    }

    fn report_figures(
        &self,
        rivalry: Rivalry,
        one: &Counted,
        other: &Counted,
        key: &str,
        words: &dyn Words,
    ) -> Report {
        let narrator = Narrator::new(self, words, Some(one.detail.span.file));
        let event = narrator.event(one.claim.event);
        let (a, b) = (&one.figure.written, &other.figure.written);
        let whole = self.key_of(other.detail, words);
        let headline = match rivalry {
            Rivalry::Differ => {
                format!("accounts of {event} differ on `{key}`: {a} against {b}")
            }
            Rivalry::PartExceeds => {
                format!("in {event}, `{key}` is more than `{whole}` together: {a} against {b}")
            }
        };
        let report = Report::finding("rival-figures", headline)
            .at(one.detail.span, who_counts(&narrator, one))
            .also(other.detail.span, who_counts(&narrator, other))
            .help(KEEP);
        match ratio(one.figure, other.figure) {
            Some(times) if times != "1.0" => {
                report.note(format!("the greater is {times} times the lesser"))
            }
            _ => report,
        }
    }
}

/// How many times one figure is the other, by the middle of what each allows, in tenths rounded
/// to the nearest: `1.7`. `None` where one has no middle or is nothing.
fn ratio(a: &Figure, b: &Figure) -> Option<String> {
    let middle = |f: &Figure| Some(f.low?.midpoint(f.high?));
    let (a, b) = (middle(a)?, middle(b)?);
    let (less, more) = (a.min(b), a.max(b));
    let tenths = (more.saturating_mul(20).checked_div(less)?).div_ceil(2);
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

const KEEP: &str = "keep them all: answers show each with its source; `?` after a figure doubts it";

fn who_counts(narrator: &Narrator, counted: &Counted) -> String {
    let own = &counted.detail.attestations;
    let who = narrator.who(if own.is_empty() {
        &counted.claim.attestations
    } else {
        own
    });
    who.map_or_else(String::new, |w| format!("according to {w}"))
}

/// One figure for each member of a joint one, where they cannot add up to it whichever of rival
/// figures are taken, and none by itself is too much.
fn missed_sum<'c>(counted: &[Counted<'c>], joint: usize) -> Option<Vec<Counted<'c>>> {
    let joint = &counted[joint];
    let (low, high) = bounds(joint.figure);
    let (mut least, mut most) = (0u64, Some(0u64));
    let mut parts = Vec::new();
    for member in sorted(&joint.detail.of) {
        let of: Vec<&Counted> = counted
            .iter()
            .filter(|c| c.detail.of == [member] && c.detail.key == joint.detail.key)
            .filter(|c| unit(c.figure) == unit(joint.figure))
            .collect();
        let one = **of.first()?;
        if of.iter().any(|c| rivalry(c, joint).is_some()) {
            return None;
        }
        least += of.iter().map(|c| bounds(c.figure).0).min()?;
        let highest = of.iter().map(|c| bounds(c.figure).1);
        let highest = highest.reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b)))?;
        most = most.zip(highest).map(|(a, b)| a.saturating_add(b));
        parts.push(one);
    }
    let missed = high.is_some_and(|h| least > h) || most.is_some_and(|m| m < low);
    (parts.len() > 1 && missed).then_some(parts)
}

fn rivalry(a: &Counted, b: &Counted) -> Option<Rivalry> {
    if a.detail.key != b.detail.key || unit(a.figure) != unit(b.figure) {
        return None;
    }
    // Troops under one commander are not those under another.
    if a.figure.under.is_some() && b.figure.under.is_some() && a.figure.under != b.figure.under {
        return None;
    }
    // Two figures of one list are two counts, not two opinions.
    if a.detail.span == b.detail.span {
        return None;
    }
    let ((least, most), (low, high)) = (bounds(a.figure), bounds(b.figure));
    let (of, whole) = (sorted(&a.detail.of), sorted(&b.detail.of));
    let exceeds = high.is_some_and(|h| least > h);
    if of == whole {
        (exceeds || most.is_some_and(|m| m < low)).then_some(Rivalry::Differ)
    } else if !of.is_empty() && of.iter().all(|e| whole.contains(e)) {
        exceeds.then_some(Rivalry::PartExceeds)
    } else {
        None
    }
}

fn sorted(of: &[EntityId]) -> Vec<EntityId> {
    let mut of = of.to_vec();
    of.sort_unstable();
    of
}

/// What is counted, without regard to case and the order of words joined by `and` or `or`.
fn unit(figure: &Figure) -> Vec<String> {
    let words = figure.unit.to_lowercase();
    let mut words: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && *w != "and" && *w != "or")
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words
}

/// The least and the most that a figure allows; what is about so many, a fifth less or more.
fn bounds(figure: &Figure) -> (u64, Option<u64>) {
    let (low, high) = (figure.low.unwrap_or(0), figure.high);
    if figure.approximate {
        (low - low / 5, high.map(|h| h.saturating_add(h / 5)))
    } else {
        (low, high)
    }
}
