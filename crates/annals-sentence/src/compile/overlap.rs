//! The check that one skeleton belongs to one declaration, made when the vocabulary is
//! compiled, so that no sentence can fail on it later.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Pattern, Role, Vocabulary};
use annals_text::{Report, Span};

use super::patterns::may_share;
use super::{Declared, Entry};
use crate::pattern::{Row, skeleton, slots};

/// A declaration that owns patterns.
struct Owner<'v> {
    name: &'v str,
    roles: &'v [Role],
    patterns: &'v [Pattern],
    rows: &'v [Vec<Row>],
}

/// Whose a row of words and slots is.
struct Use {
    owner: usize,
    slots: Vec<u32>,
    span: Span,
}

/// Reports every pair of declarations that share a skeleton, once.
pub(super) fn check(vocabulary: &Vocabulary, entries: &[Entry], reports: &mut Vec<Report>) {
    let (mut sentences, mut circumstances) = (vec![], vec![]);
    for entry in entries {
        let rows = &entry.rows[..];
        match entry.word {
            Declared::Relation => {
                let r = &vocabulary.relations[entry.index];
                let (name, roles, patterns) = (r.name.as_str(), &r.roles[..], &r.patterns[..]);
                sentences.push(Owner {
                    name,
                    roles,
                    patterns,
                    rows,
                });
            }
            Declared::Event => {
                let e = &vocabulary.event_types[entry.index];
                let (name, roles, patterns) = (e.name.as_str(), &e.roles[..], &e.patterns[..]);
                sentences.push(Owner {
                    name,
                    roles,
                    patterns,
                    rows,
                });
            }
            Declared::Kind | Declared::Circumstance => {
                let c = &vocabulary.circumstances[entry.index];
                let (name, roles, patterns) = (c.name.as_str(), &c.roles[..], &c.patterns[..]);
                circumstances.push(Owner {
                    name,
                    roles,
                    patterns,
                    rows,
                });
            }
        }
    }
    check_among(vocabulary, &sentences, reports);
    check_among(vocabulary, &circumstances, reports);
}

fn check_among(vocabulary: &Vocabulary, owners: &[Owner], reports: &mut Vec<Report>) {
    let mut rows: BTreeMap<Vec<String>, Vec<Use>> = BTreeMap::new();
    for (owner, o) in owners.iter().enumerate() {
        for (pattern, variants) in o.patterns.iter().zip(o.rows) {
            for row in variants {
                let of = Use {
                    owner,
                    slots: slots(row),
                    span: pattern.span,
                };
                rows.entry(skeleton(row)).or_default().push(of);
            }
        }
    }
    let mut told = BTreeSet::new();
    for (skeleton, sharing) in &rows {
        for (i, b) in sharing.iter().enumerate() {
            for a in &sharing[..i] {
                if a.owner == b.owner && a.slots == b.slots {
                    continue;
                }
                let disjoint = a.slots.iter().zip(&b.slots).any(|(x, y)| {
                    let x = &owners[a.owner].roles[*x as usize].content;
                    let y = &owners[b.owner].roles[*y as usize].content;
                    !may_share(vocabulary, x, y)
                });
                if a.owner == b.owner && disjoint {
                    continue;
                }
                if told.insert((a.owner, b.owner, disjoint)) {
                    let names = (owners[a.owner].name, owners[b.owner].name);
                    reports.push(overlap(skeleton, names, (a.span, b.span), disjoint));
                }
            }
        }
    }
}

fn overlap(
    skeleton: &[String],
    names: (&str, &str),
    spans: (Span, Span),
    disjoint: bool,
) -> Report {
    let words = skeleton.join(" ").replace("{}", "…");
    let (headline, note) = if names.0 == names.1 {
        (
            format!("`{words}` fills the slots of `{}` in two orders", names.0),
            "No sentence of these words could be told apart; `symmetric` says that the order \
             does not matter.",
        )
    } else if disjoint {
        (
            format!("`{words}` is read by two declarations, told apart only by kinds"),
            "A thing that has both kinds of names will need its kind said in parentheses.",
        )
    } else {
        (
            format!("`{words}` is read by two declarations"),
            "No sentence of these words could be told apart.",
        )
    };
    let report = if disjoint {
        // Nothing is wrong as long as the kinds are: advice, not a warning in every run.
        Report::lint("patterns-overlap", headline)
    } else {
        Report::error("patterns-overlap", headline)
    };
    report
        .at(spans.1, format!("`{}` reads it", names.1))
        .also(spans.0, format!("`{}` reads it already", names.0))
        .note(note)
        .help("change a word of one of the two patterns")
}
