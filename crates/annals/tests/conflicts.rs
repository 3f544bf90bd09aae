//! Every conflict of every chronicle of the suites is one, and minimal: without any one of its
//! parts the others fit together. And every conflict is argued step by step.

mod harness;

use harness::compare::CaseTexts;
use harness::markdown::read;
use harness::markdown_files;

/// Conflicts of one chronicle that are tried: those of fewest claims come first.
const TRIED: usize = 60;

#[test]
fn conflicts_are_minimal_and_argued() {
    let mut wrong = Vec::new();
    let (mut conflicts, mut argued) = (0, 0);
    for folder in ["tests/suite", "tests/reports"] {
        for path in markdown_files(folder) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let file = read(&path, &name);
            for case in &file.cases {
                let compiled = CaseTexts::of(file.prelude.as_deref(), case).compile();
                let reasoner = &compiled.reasoner;
                for conflict in reasoner.conflicts().iter().take(TRIED) {
                    conflicts += 1;
                    let place = format!("{name} ## {}: {:?}", case.heading, conflict.parts);
                    if reasoner.fit_together(&conflict.parts) {
                        wrong.push(format!("{place} is no conflict"));
                    }
                    for (at, part) in conflict.parts.iter().enumerate() {
                        let mut rest = conflict.parts.clone();
                        rest.remove(at);
                        if !reasoner.fit_together(&rest) {
                            wrong.push(format!("{place} does not need {part:?}"));
                        }
                    }
                }
                for report in &compiled.reports {
                    if report.code != "cannot-all-be-true" {
                        continue;
                    }
                    argued += 1;
                    let why = report.notes.iter().find(|n| n.contains("\n1. "));
                    if why.is_none_or(|w| w.contains("every order and every day")) {
                        wrong.push(format!(
                            "{name} ## {}: {} is not argued: {:?}",
                            case.heading, report.headline, report.notes
                        ));
                    }
                }
            }
        }
    }
    assert!(
        conflicts > 50 && argued > 50,
        "{conflicts} conflicts, {argued} argued"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The long lists of rival dates have more readings than are listed: nothing is then said as if
/// those listed were all.
#[test]
fn readings_too_many_to_list_are_said_to_be() {
    let paths = markdown_files("tests/suite");
    let path = paths.iter().find(|p| p.ends_with("rival-lists.md"));
    let file = read(path.expect("the suite has the lists"), "rival-lists");
    let case = file.cases.first().expect("the lists have a case");
    let compiled = CaseTexts::of(file.prelude.as_deref(), case).compile();
    let reasoner = &compiled.reasoner;
    assert!(reasoner.conflicts_complete());
    assert!(!reasoner.readings_complete());
    let contested = reasoner.conflicts().iter().flat_map(|c| &c.parts);
    assert!(!reasoner.readings_complete_of(contested));
    let trusting = compiled.reports.iter().flat_map(|r| &r.remedies);
    let trusting: Vec<_> = trusting
        .filter(|help| format!("{help:?}").contains("prefer"))
        .collect();
    assert!(trusting.is_empty(), "{trusting:?}");
}
