//! Strengths and losses as the sources give them, side by side: a table for an event and for
//! what is part of it.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Claim, DetailValue, EventId, Mode};
use annals_text::Report;
use serde::Serialize;

use crate::answer::{Answer, Outcome};
use crate::ask::{Asked, Asker};
use crate::evidence_types::SourceShown;

/// What counts those who fight, and is not added up.
const FORCE: &str = "force";

/// Figures of events, each with what is part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FiguresShown {
    /// Events of which figures are told, in the order of their days.
    pub events: Vec<FiguresOf>,
    /// What adds up in the parts of each undertaking, by side and source.
    pub sums: Vec<SumShown>,
}

/// What one source has a side lose in the parts of an undertaking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SumShown {
    /// The label of the whole, without `#`.
    pub whole: String,
    /// Whose.
    pub side: Vec<String>,
    /// `losses`, `survivors`.
    pub counts: String,
    /// What is counted, in the words of the figures.
    pub unit: String,
    /// Who says so: `@zztj`.
    pub source: String,
    /// The fewest.
    pub low: u64,
    /// The most; `null` where nothing limits it.
    pub high: Option<u64>,
    /// In how many parts.
    pub parts: usize,
}

/// The figures of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FiguresOf {
    /// Its label without `#`.
    pub label: Option<String>,
    /// The event as a sentence.
    pub sentence: String,
    /// Its days in words.
    pub when: String,
    /// The labels of what it is part of.
    pub part_of: Vec<String>,
    /// The figures: by side, then by what is counted, then in document order.
    pub rows: Vec<FigureRow>,
    /// What cannot hold, in words: rival figures with their ratio, losses above strength.
    pub remarks: Vec<String>,
}

/// A figure as a source gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureRow {
    /// Whose: several for a joint figure.
    pub side: Vec<String>,
    /// `force`, `losses`, `survivors`.
    pub counts: String,
    /// As written: `about 3000 infantry`.
    pub written: String,
    /// The fewest that the words allow; `null` where nobody counted.
    pub low: Option<u64>,
    /// The most that the words allow; `null` where nothing limits it.
    pub high: Option<u64>,
    /// Whether it is only about so many.
    pub approximate: bool,
    /// Whether the source doubts it.
    pub doubted: bool,
    /// Who commanded, where that is said.
    pub under: Option<String>,
    /// `file:line`
    pub place: String,
    /// Who says so.
    pub sources: Vec<SourceShown>,
}

impl Asker<'_> {
    /// The figures of an event and its parts, or of all events.
    pub fn figures(&self, label: Option<Asked<'_>>) -> Result<Answer, Vec<Report>> {
        let whole = label
            .map(|l| self.read_label(l.part(0, l.text.len())))
            .transpose()?;
        let mut events: Vec<(i64, FiguresOf)> = Vec::new();
        for event in &self.chronicle.events {
            if whole.is_some_and(|whole| !self.is_part(event.id, whole)) {
                continue;
            }
            let rows = self.figure_rows(event.id);
            if !rows.is_empty() {
                let first = self.moment_days(self.start_of(event.id)).first();
                events.push((
                    first.map_or(i64::MAX, |d| i64::from(d.0)),
                    self.figures_of(event.id, rows),
                ));
            }
        }
        events.sort_by_key(|(day, _)| *day);
        let question = match label {
            Some(label) => format!("figures {}", label.text.trim()),
            None => "figures".to_owned(),
        };
        Ok(Answer {
            schema: crate::answer::SCHEMA,
            question,
            time: None,
            results: vec![Outcome::Figures(FiguresShown {
                sums: sums(&events.iter().map(|(_, of)| of).collect::<Vec<_>>()),
                events: events.into_iter().map(|(_, of)| of).collect(),
            })],
            notes: vec![],
        })
    }

    fn figures_of(&self, event: EventId, rows: Vec<FigureRow>) -> FiguresOf {
        let first = self.first_claim(event);
        let label = |e: EventId| {
            self.chronicle.events[e.index()]
                .label
                .as_deref()
                .map(str::to_owned)
        };
        let mut part_of: Vec<String> = self.wholes(event).into_iter().filter_map(label).collect();
        part_of.dedup();
        FiguresOf {
            label: label(event),
            sentence: first
                .map(|c| self.sentence_words(&c.sentence))
                .unwrap_or_default(),
            when: self.days_words(&self.moment_days(self.start_of(event))),
            part_of,
            remarks: remarks(&rows),
            rows,
        }
    }

    /// The claims of an event that count: drafts and what did not happen have no figures of it.
    fn telling(&self, event: EventId) -> impl Iterator<Item = &Claim> {
        let claims = self.chronicle.events[event.index()].claims.iter();
        let claims = claims.map(|c| self.claim(*c));
        claims.filter(|c| !c.draft && c.mode == Mode::Asserted)
    }

    /// What the claims of an event say it is a part of.
    fn wholes(&self, event: EventId) -> Vec<EventId> {
        let details = self.telling(event).flat_map(|c| &c.details);
        let parts = details.filter(|d| d.key == "part of");
        let mut all: Vec<EventId> = parts
            .filter_map(|d| match d.value {
                DetailValue::Event(whole) => Some(whole),
                _ => None,
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether an event is another or a part of it, through any number of steps.
    fn is_part(&self, event: EventId, whole: EventId) -> bool {
        let mut open = vec![event];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(one) = open.pop() {
            if one == whole {
                return true;
            }
            if seen.insert(one) {
                open.extend(self.wholes(one));
            }
        }
        false
    }

    fn figure_rows(&self, event: EventId) -> Vec<FigureRow> {
        let mut rows: Vec<FigureRow> = Vec::new();
        for claim in self.telling(event) {
            for detail in &claim.details {
                let DetailValue::Figures(figures) = &detail.value else {
                    continue;
                };
                let sources = match detail.attestations.is_empty() {
                    true => &claim.attestations,
                    false => &detail.attestations,
                };
                for figure in figures {
                    rows.push(FigureRow {
                        side: detail.of.iter().map(|e| self.name(*e)).collect(),
                        counts: detail.key.trim_end_matches(" of").to_owned(),
                        written: figure.written.clone(),
                        low: figure.low,
                        high: figure.high,
                        approximate: figure.approximate,
                        doubted: detail.doubted || claim.doubted,
                        under: figure.under.map(|e| self.name(e)),
                        place: self.place(detail.span),
                        sources: self.sources(sources),
                    });
                }
            }
        }
        rows.sort_by(|a, b| (&a.side, &a.counts).cmp(&(&b.side, &b.counts)));
        rows
    }
}

/// What of some figures cannot hold together, in words. Figures that may be the same number are no
/// rivals.
fn remarks(rows: &[FigureRow]) -> Vec<String> {
    let mut all = Vec::new();
    let sure = |r: &&FigureRow| !r.doubted;
    let rows: Vec<&FigureRow> = rows.iter().filter(sure).collect();
    for (at, a) in rows.iter().enumerate() {
        for b in &rows[at + 1..] {
            // Figures of one line are counts of different troops.
            let rivals = a.side == b.side && a.counts == b.counts && a.place != b.place;
            let ((least, most), (low, high)) = (bounds(a), bounds(b));
            let apart = high.is_some_and(|h| least > h) || most.is_some_and(|m| m < low);
            if !rivals || !apart || unit(a) != unit(b) {
                continue;
            }
            let times = match middle(a).zip(middle(b)) {
                Some((one, other)) => format!(", {}", ratio(one.min(other), one.max(other))),
                None => String::new(),
            };
            let whose = a.side.join(" and ");
            all.push(format!(
                "{} of {whose}: {} against {}{times}",
                a.counts, a.written, b.written
            ));
        }
    }
    all
}

/// The least and the most that a figure allows; what is about so many, a fifth less or more.
fn bounds(row: &FigureRow) -> (u64, Option<u64>) {
    let (low, high) = (row.low.unwrap_or(0), row.high);
    match row.approximate {
        true => (low - low / 5, high.map(|h| h.saturating_add(h / 5))),
        false => (low, high),
    }
}

/// What each source has a side lose in the parts of an undertaking together. Strengths are not
/// added up: the same men fight again.
fn sums(events: &[&FiguresOf]) -> Vec<SumShown> {
    type Key = (String, Vec<String>, String, Vec<String>, String);
    let mut all: BTreeMap<Key, (u64, Option<u64>, BTreeSet<usize>)> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        for row in event
            .rows
            .iter()
            .filter(|r| r.counts != FORCE && !r.doubted)
        {
            let source = row.sources.iter().map(|s| match s.is_file {
                true => s.key.clone(),
                false => format!("@{}", s.key),
            });
            let source = source.collect::<Vec<_>>().join("; ");
            for whole in &event.part_of {
                let (side, counts) = (row.side.clone(), row.counts.clone());
                let key = (whole.clone(), side, counts, unit(row), source.clone());
                let (low, high) = bounds(row);
                let sum = all.entry(key).or_insert((0, Some(0), BTreeSet::new()));
                sum.0 = sum.0.saturating_add(low);
                sum.1 = sum.1.zip(high).map(|(a, b)| a.saturating_add(b));
                sum.2.insert(at);
            }
        }
    }
    let several = all.into_iter().filter(|(_, (.., parts))| parts.len() > 1);
    several
        .map(
            |((whole, side, counts, unit, source), (low, high, parts))| SumShown {
                whole,
                side,
                counts,
                unit: unit.join(" "),
                source,
                low,
                high,
                parts: parts.len(),
            },
        )
        .collect()
}

/// The middle of what a figure allows, where it is limited on both sides.
fn middle(row: &FigureRow) -> Option<u64> {
    Some(row.low?.midpoint(row.high?))
}

/// What is counted: the words of a figure without its numbers.
fn unit(row: &FigureRow) -> Vec<String> {
    let words = row.written.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| !w.is_empty() && !w.chars().any(|c| c.is_ascii_digit()));
    let skipped = [
        "and", "or", "about", "at", "least", "most", "nearly", "over", "to", "some",
    ];
    let mut words: Vec<String> = words
        .filter(|w| !skipped.contains(w))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words
}

/// `1 to 1.7`, in tenths, rounded to the nearest.
pub(crate) fn ratio(less: u64, more: u64) -> String {
    match less {
        0 => "none against some".to_owned(),
        _ => {
            let tenths = (more.saturating_mul(20) / less).div_ceil(2);
            format!("1 to {}.{}", tenths / 10, tenths % 10)
        }
    }
}

/// The figures as a table.
pub(crate) fn figures_lines(shown: &FiguresShown) -> Vec<String> {
    let mut lines = Vec::new();
    if shown.events.is_empty() {
        lines.push("no figures are told".to_owned());
    }
    for event in &shown.events {
        let label = event
            .label
            .as_ref()
            .map(|l| format!(" (#{l})"))
            .unwrap_or_default();
        lines.push(format!("{}{label}, {}", event.sentence, event.when));
        if !event.part_of.is_empty() {
            let wholes: Vec<String> = event.part_of.iter().map(|l| format!("#{l}")).collect();
            lines.push(format!("  part of {}", wholes.join(", ")));
        }
        let cells: Vec<[String; 4]> = event.rows.iter().map(cells).collect();
        let width = |column: usize| {
            let widths = cells.iter().map(|c| c[column].chars().count());
            widths.max().unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2)];
        for row in &cells {
            let padded: Vec<String> = (0..3)
                .map(|at| {
                    let gap = widths[at] - row[at].chars().count();
                    format!("{}{}", row[at], " ".repeat(gap))
                })
                .collect();
            lines.push(
                format!("  {}  {}", padded.join("  "), row[3])
                    .trim_end()
                    .to_owned(),
            );
        }
        lines.extend(event.remarks.iter().map(|r| format!("  {r}")));
    }
    lines.extend(shown.sums.iter().map(sum_line));
    lines
}

fn sum_line(sum: &SumShown) -> String {
    let source = match sum.source.is_empty() {
        true => String::new(),
        false => format!(" [{}]", sum.source),
    };
    let count = match sum.high {
        Some(high) if high == sum.low => high.to_string(),
        Some(high) => format!("{} to {high}", sum.low),
        None => format!("{} or more", sum.low),
    };
    format!(
        "in {} parts of #{}: {} of {}, {count} {}{source}",
        sum.parts,
        sum.whole,
        sum.counts,
        sum.side.join(" and "),
        sum.unit
    )
}

fn cells(row: &FigureRow) -> [String; 4] {
    let doubt = if row.doubted { " ?" } else { "" };
    let sources: Vec<&str> = row.sources.iter().map(|s| s.words.as_str()).collect();
    [
        row.side.join(" and "),
        row.counts.clone(),
        format!("{}{doubt}", row.written),
        sources.join("; "),
    ]
}
