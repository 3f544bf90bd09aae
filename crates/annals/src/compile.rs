//! The pipeline: what each room makes of what the room before it made.

use annals_chronicle::Chronicle;
use annals_reason::Reasoner;
use annals_resolve::{Input, Resolved, resolve};
use annals_syntax::Tree;
use annals_text::{FileId, Files, Report, Severity};

use crate::loading::load;
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
    /// How many of the reports are on the text.
    pub(crate) reports_on_text: usize,
}

/// Compiles the chronicle that starts in the file `main`.
///
/// ```text
/// text -parse-> Tree -resolve-> Chronicle -encode, tighten, derive, check-> Reasoner -> Findings
/// ```
///
/// Errors never stop the run: what could be read is compiled, and the reports say what could not.
pub fn compile(world: &dyn World, main: &str) -> Compiled {
    let mut loaded = load(world, main);
    let mut reports = loaded.reports;
    let beside = world.resolve_path(main, PROJECT_FILE);
    let (project, more) = project::load(world, &beside, &mut loaded.files);
    reports.extend(more);
    let (resolved, more) = resolve(Input {
        files: &loaded.files,
        trees: &loaded.trees,
        references: loaded.references,
        project,
    });
    reports.extend(more);
    // Advice on the shipped vocabulary is ours to follow: nobody else can mend it.
    reports.retain(|r| r.severity > Severity::Lint || r.labels.is_empty() || !is_shipped(r));
    reports.sort_by_key(Report::place);
    let reports_on_text = reports.len();
    let reasoner = Reasoner::new(&resolved.chronicle);
    reports.extend(findings(&loaded.files, &resolved, &reasoner));
    Compiled {
        files: loaded.files,
        main: loaded.main,
        trees: loaded.trees,
        resolved,
        reasoner,
        reports,
        reports_on_text,
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
