//! The pipeline: what each room makes of what the room before it made.

use std::collections::BTreeSet;

use annals_chronicle::Chronicle;
use annals_reason::Reasoner;
use annals_resolve::{Before, Input, ProjectSettings, Reference, Resolved, resolve, resolve_after};
use annals_syntax::Tree;
use annals_text::{FileId, Files, Report, Severity};

use crate::loading::{Trees, load};
use crate::phrasing::findings;
use crate::project::{self, PROJECT_FILE};
use crate::shipped::VOCABULARY;
use crate::world::World;

/// A compiled chronicle: every stage's output, and all reports.
pub struct Compiled {
    /// Every text read, the shipped vocabulary first.
    pub files: Files,
    /// The main file; `None` where it could not be read, which the first report says.
    pub main: Option<FileId>,
    /// The trees in reading order.
    pub trees: Vec<Tree>,
    /// The chronicle, and what is needed to read questions about it.
    pub resolved: Resolved,
    /// What follows from it.
    pub reasoner: Reasoner,
    /// Reports on the text in the order of the text, then findings about history.
    pub reports: Vec<Report>,
    /// The entries of all bibliographies, for compiling again with changes.
    pub(crate) references: Vec<Reference>,
    /// What the project sets, for the same.
    pub(crate) project: ProjectSettings,
    /// Reports of reading and parsing alone.
    pub(crate) reports_on_reading: Vec<Report>,
}

/// Everything read, before anything is resolved.
#[derive(Clone)]
pub(crate) struct Read {
    pub files: Files,
    pub main: Option<FileId>,
    pub trees: Vec<Tree>,
    pub references: Vec<Reference>,
    pub project: ProjectSettings,
    pub reports: Vec<Report>,
}

/// Compiles the chronicle that starts in the file `main`.
///
/// ```text
/// text -parse-> Tree -resolve-> Chronicle -encode, tighten, derive, check-> Reasoner -> Findings
/// ```
///
/// Errors never stop the run: what could be read is compiled, and the reports say what could not.
pub fn compile(world: &dyn World, main: &str) -> Compiled {
    prepare(world, main).finish()
}

/// A chronicle read and resolved, before anything is concluded from it.
///
/// An editor shows what is wrong with a text from this, while the second half is still at work.
#[derive(Clone)]
pub struct Prepared {
    read: Read,
    resolved: Resolved,
    reports: Vec<Report>,
    /// What the parser reported on each tree, for reading again.
    told: Vec<Vec<Report>>,
}

/// The first half of [`compile`]: everything read and resolved.
pub fn prepare(world: &dyn World, main: &str) -> Prepared {
    prepare_after(world, main, None)
}

/// The same after an edit: what was read `before` is taken from there where the edit has no bearing
/// on it, so that this costs less than reading anew. The result is that of [`prepare`].
pub fn prepare_after(world: &dyn World, main: &str, before: Option<&Prepared>) -> Prepared {
    let trees = before.map(|b| Trees {
        files: &b.read.files,
        trees: &b.read.trees,
        told: &b.told,
    });
    let mut loaded = load(world, main, trees);
    let beside = world.resolve_path(main, PROJECT_FILE);
    let (project, more) = project::load(world, &beside, &mut loaded.files);
    loaded.reports.extend(more);
    let read = Read {
        files: loaded.files,
        main: loaded.main,
        trees: loaded.trees,
        references: loaded.references,
        project,
        reports: loaded.reports,
    };
    let input = Input {
        files: &read.files,
        trees: &read.trees,
        shipped: VOCABULARY.len(),
        references: read.references.clone(),
        project: read.project.clone(),
        drafts: BTreeSet::new(),
        vocabulary: before.map(|b| b.resolved.vocabulary.clone()),
    };
    let (resolved, reports) = match before {
        None => resolve(input),
        Some(before) => {
            let before = Before {
                resolved: &before.resolved,
                alike: loaded.alike,
            };
            resolve_after(input, &before)
        }
    };
    let reports = on_the_text(&read, reports);
    Prepared {
        read,
        resolved,
        reports,
        told: loaded.told,
    }
}

impl Prepared {
    /// Every text read, the shipped vocabulary first.
    pub fn files(&self) -> &Files {
        &self.read.files
    }

    /// The main file; `None` where it could not be read.
    pub fn main(&self) -> Option<FileId> {
        self.read.main
    }

    /// The trees in reading order.
    pub fn trees(&self) -> &[Tree] {
        &self.read.trees
    }

    /// The chronicle, and what is needed to read sentences, names and dates about it.
    pub fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// The entries of all bibliographies.
    pub fn references(&self) -> &[Reference] {
        &self.read.references
    }

    /// Reports on the text in its order; what history has to say comes with [`Prepared::finish`].
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// Whether a file belongs to the chronicle and not to the shipped vocabulary.
    pub fn is_own(&self, file: FileId) -> bool {
        file.0 as usize >= VOCABULARY.len()
    }

    /// The second half of [`compile`]: what follows, and the findings about history.
    pub fn finish(self) -> Compiled {
        concluded(self.read, self.resolved, self.reports, None)
    }

    /// The same after an edit: what the edit has no bearing on is not reasoned out again. The
    /// result is that of [`Prepared::finish`].
    pub fn finish_after(self, before: &Compiled) -> Compiled {
        let before = Some(&before.reasoner);
        concluded(self.read, self.resolved, self.reports, before)
    }
}

/// The second half of the pipeline: what follows from a chronicle, perhaps from one much like one
/// reasoned about before.
pub(crate) fn reasoned(
    read: Read,
    resolved: Resolved,
    more: Vec<Report>,
    before: Option<&Reasoner>,
) -> Compiled {
    let reports = on_the_text(&read, more);
    concluded(read, resolved, reports, before)
}

/// All reports on the text, in its order.
fn on_the_text(read: &Read, more: Vec<Report>) -> Vec<Report> {
    let mut reports = read.reports.clone();
    reports.extend(more);
    // Advice on the shipped vocabulary is ours to follow: nobody else can mend it.
    reports.retain(|r| r.severity > Severity::Lint || r.labels.is_empty() || !is_shipped(r));
    reports.sort_by_key(Report::place);
    reports
}

fn concluded(
    read: Read,
    resolved: Resolved,
    mut reports: Vec<Report>,
    before: Option<&Reasoner>,
) -> Compiled {
    let chronicle = resolved.chronicle.clone();
    let reasoner = match before {
        Some(before) => Reasoner::after(chronicle, before),
        None => Reasoner::of(chronicle),
    };
    reports.extend(findings(&read.files, &resolved, &reasoner));
    Compiled {
        files: read.files,
        main: read.main,
        trees: read.trees,
        resolved,
        reasoner,
        reports,
        references: read.references,
        project: read.project,
        reports_on_reading: read.reports,
    }
}

fn is_shipped(report: &Report) -> bool {
    let shipped = |file: FileId| (file.0 as usize) < VOCABULARY.len();
    report.labels.iter().all(|l| shipped(l.span.file))
}

impl Compiled {
    /// The chronicle.
    pub fn chronicle(&self) -> &Chronicle {
        &self.resolved.chronicle
    }

    /// Whether a file belongs to the chronicle and not to the shipped vocabulary.
    pub fn is_own(&self, file: FileId) -> bool {
        file.0 as usize >= VOCABULARY.len()
    }

    /// The heaviest report, if there is any.
    pub fn worst(&self) -> Option<Severity> {
        self.reports.iter().map(|r| r.severity).max()
    }
}
