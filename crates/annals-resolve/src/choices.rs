//! `one of #a, #b.`: exactly one of these happened.

use annals_chronicle::{Choice, EventId};
use annals_syntax::{StatementKind, Tree};
use annals_text::{Files, Report};

use crate::details::Reader;
use crate::when::{LabelBook, Labelled, Labels, label_name, unknown_label};

/// Reads all choices. One with an unknown label is left out: without it the rest says too much.
pub(crate) fn read(
    files: &Files,
    trees: &[Tree],
    labels: &LabelBook<'_>,
    reader: &mut Reader<'_, '_>,
) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (tree, of) in trees.iter().enumerate() {
        for (at, statement) in of.statements.iter().enumerate() {
            let StatementKind::Choice {
                labels: spans,
                cites,
            } = &statement.kind
            else {
                continue;
            };
            let default = reader.frame.context(tree, at).default.clone();
            let mut events: Vec<EventId> = Vec::new();
            let mut known = true;
            for span in spans {
                let name = label_name(files.slice(*span));
                match labels.find(name) {
                    Labelled::Event(event) if events.contains(&event) => {}
                    Labelled::Event(event) => events.push(event),
                    Labelled::Unreadable | Labelled::Unknown => {
                        known = false;
                        reader
                            .reports
                            .push(unknown_label(name, *span, labels.names()));
                    }
                }
            }
            if events.len() < 2 && known {
                reader.reports.push(
                    Report::error("bad-choice", "one event alone leaves no choice")
                        .at(statement.line, "two different labels were expected"),
                );
                known = false;
            }
            let mut attestations = reader
                .book
                .cite_all(cites, default.as_ref(), reader.reports);
            if attestations.is_empty() {
                attestations.push(reader.default_attestation(default.as_ref(), statement.line));
            }
            if known {
                choices.push(Choice {
                    events,
                    attestations,
                    span: statement.line,
                });
            }
        }
    }
    choices
}
