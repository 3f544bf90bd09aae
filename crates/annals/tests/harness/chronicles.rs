//! Chronicles for tests that vary a text: the cases of the suite and the shipped chronicle.

use annals::{Compiled, MemoryWorld, Severity, compile};

use super::{markdown, markdown_files, workspace};

/// A chronicle as named texts; the first is its main file.
#[derive(Clone)]
pub struct Texts {
    /// What it is, for messages.
    pub name: String,
    /// Names and texts.
    pub files: Vec<(String, String)>,
}

impl Texts {
    /// Compiles it.
    pub fn compile(&self) -> Compiled {
        let mut world = MemoryWorld::new();
        for (name, text) in &self.files {
            world.add(name.as_str(), text.as_str());
        }
        compile(&world, &self.files[0].0)
    }

    /// The same with another text at the end of its root file.
    pub fn with_end(&self, text: &str) -> Texts {
        self.with_end_of(0, text)
    }

    /// The same with another text at the end of a case's own claims.
    pub fn with_main_end(&self, text: &str) -> Texts {
        self.with_end_of(2, text)
    }

    fn with_end_of(&self, file: usize, text: &str) -> Texts {
        let mut changed = self.clone();
        let main = &mut changed.files[file].1;
        if !main.ends_with('\n') {
            main.push('\n');
        }
        main.push_str(text);
        changed
    }
}

/// The cases of `tests/suite` that are one text and compile without an error.
pub fn suite() -> Vec<Texts> {
    let mut all = Vec::new();
    for path in markdown_files("tests/suite") {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let file = markdown::read(&path, &name);
        for case in file.cases.into_iter().filter(|c| c.files.is_empty()) {
            if case.main.contains("include") || case.main.trim().is_empty() {
                continue;
            }
            let prelude = file.prelude.clone().unwrap_or_default();
            if prelude.contains("include") {
                continue;
            }
            let texts = Texts {
                name: format!("{name}:{} ## {}", case.line, case.heading),
                files: vec![
                    (
                        "root.annals".into(),
                        "include \"prelude.annals\"\ninclude \"main.annals\"\n".into(),
                    ),
                    ("prelude.annals".into(), prelude),
                    ("main.annals".into(), case.main),
                ],
            };
            let compiled = texts.compile();
            let mut errors = compiled
                .reports
                .iter()
                .filter(|r| r.severity == Severity::Error);
            if errors.all(|r| r.code == "cannot-all-be-true") {
                all.push(texts);
            }
        }
    }
    assert!(
        all.len() > 60,
        "only {} cases of the suite can be varied",
        all.len()
    );
    all
}

/// The shipped chronicle.
pub fn karasahr() -> Texts {
    let folder = workspace().join("chronicles/karasahr");
    let names = [
        "main.annals",
        "places.annals",
        "article.annals",
        "chinese-sources.annals",
        "sources.bib",
    ];
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("it is shipped");
    Texts {
        name: "karasahr".into(),
        files: names.iter().map(|n| ((*n).to_owned(), read(n))).collect(),
    }
}
