//! Open texts laid over the files of a world, and the chronicles they belong to.
//!
//! What comes in: texts that are opened, changed and closed. What goes out: for each of them the
//! chronicle it belongs to, read anew when one of its files changes. A text belongs to the nearest
//! `main.annals` in its folder or above that includes it; a text that no main file includes is
//! its own. Compiling is cut into steps ([`Workspace::next_job`], [`Job::prepare`],
//! [`Workspace::accept`], [`Analysis::finish`], [`Workspace::conclude`]), so that a server can
//! take them on other threads and let a newer text overtake an older one;
//! [`Workspace::compile`] takes all of them at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use annals::syntax::Notation;
use annals::{
    Compiled, FileId, Prepared, Reference, Report, Resolved, World, WorldError, prepare_after,
};

use crate::document::{Change, Document};

/// A world that several threads may read.
pub type SharedWorld = Arc<dyn World + Send + Sync>;

/// The texts of one moment: open ones as their editor has them, all others as the world has them.
#[derive(Clone)]
pub struct Texts {
    world: SharedWorld,
    open: BTreeMap<String, Arc<Document>>,
}

impl World for Texts {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        match self.open.get(&self.world.identity(path)) {
            Some(document) => Ok(document.text.as_bytes().to_vec()),
            None => self.world.read(path),
        }
    }

    fn resolve_path(&self, base: &str, relative: &str) -> String {
        self.world.resolve_path(base, relative)
    }

    fn identity(&self, path: &str) -> String {
        self.world.identity(path)
    }
}

impl Texts {
    /// The open text under a path.
    pub fn open(&self, path: &str) -> Option<&Arc<Document>> {
        self.open.get(&self.world.identity(path))
    }
}

/// A chronicle read and resolved, with the texts it was read from.
pub struct Analysis {
    /// The path of its main file.
    pub main: String,
    /// The workspace's count of changes when it was read.
    pub revision: u64,
    /// The texts it was read from.
    pub texts: Arc<Texts>,
    /// What was read.
    pub prepared: Prepared,
    /// Its files by identity.
    files: BTreeMap<String, FileId>,
}

impl Analysis {
    /// The number of a file of the chronicle, by any of its paths.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.files.get(&self.texts.identity(path)).copied()
    }

    /// The chronicle.
    pub fn resolved(&self) -> &Resolved {
        self.prepared.resolved()
    }

    /// The entries of its bibliographies.
    pub fn references(&self) -> &[Reference] {
        self.prepared.references()
    }

    /// Reports on its text.
    pub fn reports(&self) -> &[Report] {
        self.prepared.reports()
    }

    /// How a file is written; `None` for a bibliography or the project's settings.
    pub fn notation(&self, file: FileId) -> Option<Notation> {
        let trees = self.prepared.trees().iter();
        trees.filter(|t| t.file == file).map(|t| t.notation).next()
    }

    /// The whole chronicle, with what follows from it; what an edit since `before` has no bearing
    /// on is not worked out again.
    pub fn finish(&self, before: Option<&Compiled>) -> Compiled {
        let prepared = self.prepared.clone();
        match before {
            Some(before) => prepared.finish_after(before),
            None => prepared.finish(),
        }
    }
}

/// A chronicle to be read.
pub struct Job {
    main: String,
    revision: u64,
    texts: Arc<Texts>,
    /// What the chronicle was when it was last read.
    before: Option<Arc<Analysis>>,
}

impl Job {
    /// Reads and resolves it.
    pub fn prepare(self) -> Analysis {
        let before = self.before.as_deref().map(|b| &b.prepared);
        let prepared = prepare_after(&*self.texts, &self.main, before);
        let own = prepared
            .files()
            .iter()
            .filter(|(id, _)| prepared.is_own(*id));
        let files = own.map(|(id, file)| (self.texts.identity(&file.name), id));
        let files = files.collect();
        Analysis {
            main: self.main,
            revision: self.revision,
            texts: self.texts,
            prepared,
            files,
        }
    }
}

/// What is known of one chronicle.
#[derive(Clone, Default)]
struct Project {
    /// The count of changes that it has to be read at.
    wanted: u64,
    /// The count of changes that a job was last handed out for.
    begun: u64,
    /// Its text as last read.
    text: Option<Arc<Analysis>>,
    /// What followed when that was last worked out, and for which count of changes.
    whole: Option<(u64, Arc<Compiled>)>,
}

/// Open texts and the chronicles they belong to.
pub struct Workspace {
    /// The main file of everything, where there is just one.
    main: Option<String>,
    texts: Arc<Texts>,
    revision: u64,
    /// The main file of each open text, by identity.
    main_of: BTreeMap<String, String>,
    projects: BTreeMap<String, Project>,
}

/// What a request about one text may look at: all of one moment.
#[derive(Clone)]
pub struct View {
    /// The text asked about.
    pub document: Arc<Document>,
    /// All texts of that moment.
    pub texts: Arc<Texts>,
    /// The count of changes its chronicle has to be read at.
    pub wanted: u64,
    /// The path of the main file.
    pub main: String,
    /// The chronicle as last read, which may be older than the text.
    pub analysis: Option<Arc<Analysis>>,
    /// What follows from it, which may be older still: worked out at this count of changes.
    pub whole: Option<(u64, Arc<Compiled>)>,
}

impl View {
    /// The chronicle, if it was read from the very texts of this moment.
    pub fn current(&self) -> Option<&Arc<Analysis>> {
        let analysis = self.analysis.as_ref()?;
        (analysis.revision >= self.wanted).then_some(analysis)
    }

    /// What follows from the chronicle, if it was worked out from the very texts of this moment.
    pub fn concluded(&self) -> Option<&Arc<Compiled>> {
        let (at, whole) = self.whole.as_ref()?;
        (*at >= self.wanted).then_some(whole)
    }
}

impl Workspace {
    /// No open text over a world. With `main`, every text that its chronicle includes belongs to
    /// that one; without, main files are looked for.
    pub fn new(world: SharedWorld, main: Option<String>) -> Workspace {
        let open = BTreeMap::new();
        Workspace {
            main,
            texts: Arc::new(Texts { world, open }),
            revision: 0,
            main_of: BTreeMap::new(),
            projects: BTreeMap::new(),
        }
    }

    /// Opens a text, or replaces the one open under its path.
    pub fn open(&mut self, document: Document) {
        let identity = self.texts.identity(&document.path);
        let path = document.path.clone();
        let texts = Arc::make_mut(&mut self.texts);
        texts.open.insert(identity.clone(), Arc::new(document));
        let main = self.main_for(&path);
        self.main_of.insert(identity, main);
        self.touched();
    }

    /// Changes an open text; false where it is not open.
    pub fn change(&mut self, path: &str, version: i64, changes: &[Change]) -> bool {
        let identity = self.texts.identity(path);
        let Some(document) = self.texts.open.get(&identity) else {
            return false;
        };
        let changed = Arc::new(document.changed(version, changes));
        let texts = Arc::make_mut(&mut self.texts);
        texts.open.insert(identity.clone(), changed);
        self.revision += 1;
        for (main, project) in &mut self.projects {
            let read = |a: &Arc<Analysis>| a.files.contains_key(&identity);
            let concerned =
                self.main_of.get(&identity) == Some(main) || project.text.as_ref().is_none_or(read);
            if concerned {
                project.wanted = self.revision;
            }
        }
        true
    }

    /// Closes a text; from now on its file counts.
    pub fn close(&mut self, path: &str) {
        let identity = self.texts.identity(path);
        let texts = Arc::make_mut(&mut self.texts);
        texts.open.remove(&identity);
        self.main_of.remove(&identity);
        self.touched();
    }

    /// Files of the world may have changed: every chronicle is read anew.
    pub fn touched(&mut self) {
        self.revision += 1;
        let mains: BTreeSet<&String> = self.main_of.values().collect();
        self.projects.retain(|main, _| mains.contains(main));
        for main in mains {
            self.projects.entry(main.clone()).or_default().wanted = self.revision;
        }
    }

    /// The main file a text is first taken to belong to.
    fn main_for(&self, path: &str) -> String {
        if let Some(main) = &self.main {
            return main.clone();
        }
        let mut candidate = self.texts.resolve_path(path, "main.annals");
        for _ in 0..path.matches('/').count().max(1) {
            if self.texts.read(&candidate).is_ok() {
                return candidate;
            }
            candidate = self.texts.resolve_path(&candidate, "../main.annals");
        }
        path.to_owned()
    }

    /// A chronicle that has to be read, if there is one; it is taken to be worked on from now.
    pub fn next_job(&mut self) -> Option<Job> {
        let behind = self.projects.iter_mut().find(|(_, p)| p.begun < p.wanted);
        let (main, project) = behind?;
        project.begun = project.wanted;
        Some(Job {
            main: main.clone(),
            revision: project.wanted,
            texts: Arc::clone(&self.texts),
            before: project.text.clone(),
        })
    }

    /// Takes a chronicle read and resolved; false where a newer text has overtaken it.
    pub fn accept(&mut self, analysis: &Arc<Analysis>) -> bool {
        let Some(project) = self.projects.get_mut(&analysis.main) else {
            return false;
        };
        let older = |known: &Arc<Analysis>| known.revision <= analysis.revision;
        if !project.text.as_ref().is_none_or(older) {
            return false;
        }
        project.text = Some(Arc::clone(analysis));
        let current = project.wanted == analysis.revision;
        if current {
            self.assign(analysis);
        }
        current && self.projects.contains_key(&analysis.main)
    }

    /// Texts that a chronicle turns out to include belong to it; those it does not include are
    /// their own.
    fn assign(&mut self, analysis: &Analysis) {
        let mut moved = false;
        for (identity, document) in &self.texts.open {
            let Some(main) = self.main_of.get_mut(identity) else {
                continue;
            };
            let includes = analysis.files.contains_key(identity);
            let own = *main == document.path && *main != analysis.main;
            if includes && own && is_main(&analysis.main, self.main.as_deref()) {
                main.clone_from(&analysis.main);
                moved = true;
            } else if !includes && *main == analysis.main && may_stand_alone(&document.path) {
                main.clone_from(&document.path);
                moved = true;
            }
        }
        if !moved {
            return;
        }
        let mains: BTreeSet<&String> = self.main_of.values().collect();
        self.projects.retain(|main, _| mains.contains(main));
        for main in mains {
            let fresh = Project {
                wanted: self.revision.max(1),
                ..Project::default()
            };
            self.projects.entry(main.clone()).or_insert(fresh);
        }
    }

    /// Takes what follows from a chronicle; false where a newer text has overtaken it, which
    /// leaves it good enough to answer from and too old to report from.
    pub fn conclude(&mut self, analysis: &Analysis, whole: Arc<Compiled>) -> bool {
        let Some(project) = self.projects.get_mut(&analysis.main) else {
            return false;
        };
        if project
            .whole
            .as_ref()
            .is_none_or(|(at, _)| *at <= analysis.revision)
        {
            project.whole = Some((analysis.revision, whole));
        }
        project.wanted == analysis.revision
    }

    /// What followed from a chronicle when that was last worked out, by its main file.
    pub fn last_whole(&self, main: &str) -> Option<Arc<Compiled>> {
        let (_, whole) = self.projects.get(main)?.whole.as_ref()?;
        Some(Arc::clone(whole))
    }

    /// Whether nothing has changed in a chronicle since it was read.
    pub fn is_current(&self, analysis: &Analysis) -> bool {
        let project = self.projects.get(&analysis.main);
        project.is_some_and(|p| p.wanted == analysis.revision)
    }

    /// The main files of the chronicles that some open text belongs to.
    pub fn mains(&self) -> Vec<String> {
        self.projects.keys().cloned().collect()
    }

    /// What a request about an open text may look at; `None` where it is not open.
    pub fn view(&self, path: &str) -> Option<View> {
        let identity = self.texts.identity(path);
        let document = self.texts.open.get(&identity)?;
        let main = self.main_of.get(&identity)?;
        let project = self.projects.get(main)?;
        Some(View {
            document: Arc::clone(document),
            texts: Arc::clone(&self.texts),
            wanted: project.wanted,
            main: main.clone(),
            analysis: project.text.clone(),
            whole: project.whole.clone(),
        })
    }

    /// Whether every chronicle has been read at least once.
    pub fn is_read(&self) -> bool {
        self.projects.values().all(|p| p.text.is_some())
    }

    /// The chronicles as last read.
    pub fn analyses(&self) -> Vec<Arc<Analysis>> {
        let read = self.projects.values().filter_map(|p| p.text.clone());
        read.collect()
    }

    /// Reads whatever has to be read and works out what follows, at once; the chronicles that
    /// were read.
    pub fn compile(&mut self) -> Vec<(Arc<Analysis>, Arc<Compiled>)> {
        let mut done = Vec::new();
        while let Some(job) = self.next_job() {
            let analysis = Arc::new(job.prepare());
            if self.accept(&analysis) {
                let before = self.last_whole(&analysis.main);
                let whole = Arc::new(analysis.finish(before.as_deref()));
                self.conclude(&analysis, Arc::clone(&whole));
                done.push((analysis, whole));
            }
        }
        done
    }
}

/// Whether a file gathers others: the one main file there is, or one called so.
fn is_main(path: &str, main: Option<&str>) -> bool {
    main.map_or_else(
        || path == "main.annals" || path.ends_with("/main.annals"),
        |main| main == path,
    )
}

/// Whether a text that nothing includes is a chronicle by itself; a bibliography and the settings
/// of a project are not.
fn may_stand_alone(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    let extension = extension.as_deref();
    matches!(
        extension,
        Some("annals" | "md" | "markdown" | "csv" | "tsv")
    )
}

#[cfg(test)]
mod tests {
    use annals::MemoryWorld;

    use super::*;

    fn workspace() -> Workspace {
        let world = MemoryWorld::new()
            .with("p/main.annals", "include \"a.annals\"\npolity Tang\n")
            .with("p/a.annals", "polity Karasahr\n")
            .with("p/lone.annals", "polity Khotan\n");
        Workspace::new(Arc::new(world), None)
    }

    fn document(path: &str, text: &str) -> Document {
        Document::new(crate::uri::uri_of(path), path, 1, text)
    }

    #[test]
    fn a_text_belongs_to_the_main_file_that_includes_it() {
        let mut workspace = workspace();
        workspace.open(document("p/a.annals", "polity Kucha\n"));
        workspace.open(document("p/lone.annals", "polity Khotan\n"));
        let read = workspace.compile();
        assert_eq!(workspace.view("p/a.annals").unwrap().main, "p/main.annals");
        assert_eq!(
            workspace.view("p/lone.annals").unwrap().main,
            "p/lone.annals"
        );
        let (_, whole) = read
            .iter()
            .find(|(a, _)| a.main == "p/main.annals")
            .unwrap();
        let names: Vec<_> = whole.chronicle().entities.iter().map(|e| &e.name).collect();
        assert_eq!(names, ["Tang", "Kucha"]);
    }

    #[test]
    fn a_text_joins_a_main_file_once_that_includes_it() {
        let mut workspace = workspace();
        workspace.open(document("p/lone.annals", "polity Khotan\n"));
        workspace.open(document("p/main.annals", "polity Tang\n"));
        workspace.compile();
        assert_eq!(
            workspace.view("p/lone.annals").unwrap().main,
            "p/lone.annals"
        );
        let include = Change {
            range: None,
            text: "include \"lone.annals\"\n".to_owned(),
        };
        assert!(workspace.change("p/main.annals", 2, &[include]));
        workspace.compile();
        assert_eq!(
            workspace.view("p/lone.annals").unwrap().main,
            "p/main.annals"
        );
        assert_eq!(workspace.mains(), ["p/main.annals"]);
        workspace.close("p/main.annals");
        workspace.close("p/lone.annals");
        assert!(workspace.mains().is_empty());
        assert!(workspace.view("p/lone.annals").is_none());
    }

    #[test]
    fn an_older_reading_never_replaces_a_newer_one() {
        let mut workspace = workspace();
        workspace.open(document("p/lone.annals", "polity A\n"));
        workspace.compile();
        let change = |text: &str| Change {
            range: None,
            text: text.to_owned(),
        };
        workspace.change("p/lone.annals", 2, &[change("polity B\n")]);
        let old = Arc::new(workspace.next_job().unwrap().prepare());
        workspace.change("p/lone.annals", 3, &[change("polity C\n")]);
        let new = Arc::new(workspace.next_job().unwrap().prepare());
        assert!(workspace.accept(&new));
        assert!(!workspace.accept(&old));
        assert!(!workspace.conclude(&old, Arc::new(old.finish(None))));
        assert!(workspace.is_current(&new) && !workspace.is_current(&old));
        let view = workspace.view("p/lone.annals").unwrap();
        assert_eq!(
            view.current().unwrap().resolved().chronicle.entities[0].name,
            "C"
        );
    }
}
