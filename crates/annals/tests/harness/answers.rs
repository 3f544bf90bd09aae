//! Everything a chronicle answers, as lines that do not depend on numbers, places or order: two
//! texts that mean the same give the same lines.

use std::collections::BTreeSet;

use annals::Compiled;
use annals_chronicle::{Edge, EventId, Moment, Part};

/// Labels given by a test to events that had none.
pub const OWN_LABEL: &str = "own-";

/// All answers, sorted.
pub fn answers(compiled: &Compiled) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let mut add = |line: String| {
        let mut copy = 1;
        while !lines.insert(format!("{line} ({copy})")) {
            copy += 1;
        }
    };
    events(compiled).into_iter().for_each(&mut add);
    states(compiled).into_iter().for_each(&mut add);
    readings(compiled).into_iter().for_each(&mut add);
    lines
}

fn events(compiled: &Compiled) -> Vec<String> {
    let chronicle = compiled.chronicle();
    let mut lines = Vec::new();
    for event in &chronicle.events {
        let counts = |c: &&annals_chronicle::ClaimId| !chronicle.claims[c.index()].draft;
        let told: Vec<_> = event.claims.iter().filter(counts).collect();
        // What nobody tells of any more has no days of its own.
        if told.is_empty() {
            continue;
        }
        let label = event.label.as_deref().filter(|l| !l.starts_with(OWN_LABEL));
        let name = match label {
            Some(label) => format!("#{label}"),
            None => claim_words(compiled, *told[0]),
        };
        let days = |edge| {
            compiled
                .reasoner
                .bounds(Moment {
                    event: event.id,
                    edge,
                })
                .days
        };
        let mut line = format!("event {name}: {:?}", days(Edge::Start).ranges());
        if event.lasting {
            line.push_str(&format!(" to {:?}", days(Edge::End).ranges()));
        }
        lines.push(line);
    }
    lines
}

fn states(compiled: &Compiled) -> Vec<String> {
    let chronicle = compiled.chronicle();
    let (first, last) = chronicle
        .covers
        .unwrap_or_else(|| compiled.reasoner.reach());
    let mut lines = Vec::new();
    for fluent in compiled.reasoner.fluents() {
        let relation = &chronicle.vocabulary.relations[fluent.relation.index()].name;
        let mut names: Vec<String> = fluent.roles.iter().map(|e| chronicle.name_of(*e)).collect();
        let symmetric = annals_chronicle::Constraint::Symmetric;
        let relation_of = &chronicle.vocabulary.relations[fluent.relation.index()];
        if relation_of.constraints.contains(&symmetric) {
            names.sort();
        }
        let runs = compiled.reasoner.history(fluent, first, last);
        let runs: Vec<String> = runs
            .iter()
            .map(|r| format!("{}..{} {}", r.first, r.last, r.verdict.word()))
            .collect();
        lines.push(format!("state {relation} {names:?}: {}", runs.join(", ")));
    }
    lines
}

/// Contradictions and readings, where all were looked for.
fn readings(compiled: &Compiled) -> Vec<String> {
    if !compiled.reasoner.conflicts_complete() {
        return vec![];
    }
    let named = |parts: &[Part]| {
        let mut names: Vec<String> = parts.iter().map(|p| part_words(compiled, *p)).collect();
        names.sort();
        names.join(" + ")
    };
    let conflicts = compiled.reasoner.conflicts().iter();
    let conflicts = conflicts.map(|c| format!("conflict {}", named(&c.parts)));
    let readings = compiled.reasoner.readings().iter();
    let readings =
        readings.map(|r| format!("reading {} without {}", r.preferred, named(&r.dropped)));
    conflicts.chain(readings).collect()
}

fn part_words(compiled: &Compiled, part: Part) -> String {
    let chronicle = compiled.chronicle();
    match part {
        Part::Happened(c) => format!("that {}", claim_words(compiled, c)),
        Part::Date(c, i) => format!("date {i} of {}", claim_words(compiled, c)),
        Part::Role(c, i) => format!("role {i} of {}", claim_words(compiled, c)),
        Part::Detail(c, i) => {
            let detail = &chronicle.claims[c.index()].details[i as usize];
            format!("detail {} of {}", detail.written, claim_words(compiled, c))
        }
        Part::Identity(i) => {
            let identity = &chronicle.identities[i.index()];
            let mut names = [chronicle.name_of(identity.a), chronicle.name_of(identity.b)];
            names.sort();
            format!("identity {names:?}")
        }
        Part::Choice(c) => {
            let label = |e: &EventId| chronicle.events[e.index()].label.clone();
            let mut names: Vec<_> = chronicle.choices[c.index()]
                .events
                .iter()
                .map(label)
                .collect();
            names.sort();
            format!("choice {names:?}")
        }
    }
}

fn claim_words(compiled: &Compiled, id: annals_chronicle::ClaimId) -> String {
    let claim = &compiled.chronicle().claims[id.index()];
    format!(
        "{:?} {}",
        claim.mode,
        annals::describe_claim(compiled.chronicle(), id)
    )
}

/// What two sets of answers do not share, for a failing test.
pub fn difference(expected: &BTreeSet<String>, came: &BTreeSet<String>) -> String {
    let missing = expected.difference(came).map(|l| format!("- {l}"));
    let extra = came.difference(expected).map(|l| format!("+ {l}"));
    missing.chain(extra).collect::<Vec<_>>().join("\n")
}

/// Whether every answer was proven: only then do two texts owe the same one.
pub fn proven(compiled: &Compiled) -> bool {
    let events = compiled.chronicle().events.iter();
    compiled.reasoner.conflicts_complete()
        && events
            .flat_map(|e| [Edge::Start, Edge::End].map(|edge| Moment { event: e.id, edge }))
            .all(|moment| compiled.reasoner.bounds(moment).proven)
}

/// Marsaglia's xorshift: the same cases on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }

    /// One of a list.
    pub fn of<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }
}
