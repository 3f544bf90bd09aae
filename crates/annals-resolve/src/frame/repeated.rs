//! Directives that take back what another one says: a second title, a second coverage of one
//! file, trust that runs in a circle. None of them may win in silence.

use std::collections::{BTreeMap, BTreeSet};

use annals_chronicle::{Preference, SourceId};
use annals_syntax::{Directive, StatementKind, Tree};
use annals_text::{Files, Report, Span};

use crate::words::unquote;

/// Reports titles that differ from the first, and coverages of one file that differ.
pub(super) fn directives(files: &Files, trees: &[Tree], reports: &mut Vec<Report>) {
    let mut title: Option<(&str, Span)> = None;
    for tree in trees {
        let mut covers: Option<(&str, Span)> = None;
        for statement in &tree.statements {
            let StatementKind::Directive(directive) = &statement.kind else {
                continue;
            };
            match directive {
                Directive::Chronicle(span) => {
                    let words = unquote(files.slice(*span)).trim();
                    let (first, before) = *title.get_or_insert((words, *span));
                    if first != words {
                        reports.push(second_title(before, *span));
                    }
                }
                Directive::Covers(span) => {
                    let words = files.slice(*span).trim();
                    let (first, before) = *covers.get_or_insert((words, *span));
                    if first != words {
                        reports.push(second_coverage(before, *span));
                    }
                }
                _ => {}
            }
        }
    }
}

fn second_title(before: Span, span: Span) -> Report {
    Report::finding("repeated-directive", "a chronicle has one title")
        .at(span, "this title is not used")
        .also(before, "the chronicle is called so")
        .help("keep one; what is true of one file alone can stand in a comment or a section")
}

fn second_coverage(before: Span, span: Span) -> Report {
    Report::finding("repeated-directive", "this file says twice what it covers")
        .at(
            span,
            "read together with the first: all days from the one to the other",
        )
        .also(before, "the first")
        .help("write one line that spans both: outside it nothing is claimed")
}

/// Reports every preference that closes a circle, with the lines that lead back to it. Such
/// trust decides nothing among the sources of the circle.
pub(super) fn circles(preferences: &[Preference], reports: &mut Vec<Report>) {
    let mut so_far: Vec<&Preference> = Vec::new();
    for preference in preferences {
        if let Some(way) = way(&so_far, preference.worse, preference.better) {
            let mut report = Report::finding(
                "circular-trust",
                "these preferences contradict one another: they lead in a circle",
            )
            .at(preference.span, "the other way round");
            for step in way {
                report = report.also(step.span, "by this line");
            }
            reports.push(
                report.help("leave out the one you mean least; as it stands, none of them decides"),
            );
        }
        so_far.push(preference);
    }
}

/// The preferences that lead from one source to another, as few as will do; none where the two
/// are one source, since the line itself is the circle then.
fn way<'p>(
    preferences: &[&'p Preference],
    from: SourceId,
    to: SourceId,
) -> Option<Vec<&'p Preference>> {
    if from == to {
        return Some(vec![]);
    }
    let mut by: BTreeMap<SourceId, &Preference> = BTreeMap::new();
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while !open.is_empty() {
        let steps: Vec<&Preference> = preferences
            .iter()
            .filter(|p| open.contains(&p.better))
            .copied()
            .collect();
        open.clear();
        for step in steps {
            if seen.insert(step.worse) {
                by.insert(step.worse, step);
                open.push(step.worse);
            }
        }
        if seen.contains(&to) {
            break;
        }
    }
    let mut way = Vec::new();
    let mut at = to;
    while at != from {
        let step = by.get(&at)?;
        way.push(*step);
        at = step.better;
    }
    way.reverse();
    Some(way)
}
