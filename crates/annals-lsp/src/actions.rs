//! What can be done about a report: its remedies as edits.

use annals::{Edit, FileId, Remedy, Report};
use annals_text::safe_edits;

use crate::diagnostics::{Diagnostic, Places, diagnostic};
use crate::position::Range;
use crate::references::WorkspaceEdit;
use crate::remedies::{Writing, remedies};
use crate::workspace::Analysis;

/// Something an editor may do at a person's wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, in words.
    pub title: String,
    /// Whether it mends what it is offered for without a choice to be made.
    pub preferred: bool,
    /// Whether it mends everything in the file that can be mended safely.
    pub all: bool,
    /// The report it is offered for.
    pub mends: Option<Diagnostic>,
    /// The edits.
    pub edit: WorkspaceEdit,
}

/// The remedies of the reports that touch a range of a file, in the order of the reports, and last
/// the mending of everything that is safe.
pub fn actions(analysis: &Analysis, reports: &[Report], file: FileId, range: Range) -> Vec<Action> {
    let mut places = Places::new(analysis);
    let mut found = Vec::new();
    for report in reports {
        let touches = report.labels.iter().any(|label| {
            let here = label.span.file == file;
            here && meet(places.range(label.span), range)
        });
        if !touches {
            continue;
        }
        let Some(place) = report.place() else {
            continue;
        };
        let prepared = &analysis.prepared;
        let writing = Writing {
            files: prepared.files(),
            main: prepared.main(),
            trees: prepared.trees(),
            resolved: prepared.resolved(),
        };
        for remedy in remedies(writing, report) {
            if remedy.edits.is_empty() {
                continue;
            }
            let edits = &remedy.edits;
            if let Some(edit) = workspace_edit(analysis, &mut places, edits) {
                let Remedy { words, safe, .. } = &remedy;
                found.push(Action {
                    title: title(words),
                    preferred: *safe,
                    all: false,
                    mends: Some(diagnostic(report, place, &mut places)),
                    edit,
                });
            }
        }
    }
    let safe = safe_edits(reports);
    let whole: Vec<Edit> = safe.into_iter().filter(|e| e.span.file == file).collect();
    if let Some(edit) = workspace_edit(analysis, &mut places, &whole).filter(|_| !whole.is_empty())
    {
        found.push(Action {
            title: "mend everything in this file that can be mended safely".to_owned(),
            preferred: false,
            all: true,
            mends: None,
            edit,
        });
    }
    found
}

/// Edits as an editor carries them out; `None` where one lies in a file that no editor can show.
fn workspace_edit(
    analysis: &Analysis,
    places: &mut Places<'_>,
    edits: &[Edit],
) -> Option<WorkspaceEdit> {
    let mut whole = WorkspaceEdit::default();
    for edit in edits {
        let table = analysis.notation(edit.span.file) == Some(annals::syntax::Notation::Table);
        if table || places.uri(edit.span.file).is_none() {
            return None;
        }
        whole.add(places, edit.span, edit.replacement.clone());
    }
    Some(whole)
}

fn meet(a: Range, b: Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// A title is one line.
fn title(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
