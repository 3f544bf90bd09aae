//! One compilation of the chronicle, and which files it was made of.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use annals::{Changes, Compiled, World, WorldError, compile};

use crate::folder::{Folder, Stamp};
use crate::hash::{Fingerprint, fingerprint};

/// A file that was asked for while compiling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The fingerprint of its bytes; `None` where it could not be read.
    pub hash: Option<String>,
    /// How many bytes it has.
    pub size: u64,
    /// Its state on the disk just before it was read.
    pub stamp: Option<Stamp>,
}

/// One compilation. It never changes; a changed file makes the next edition.
pub struct Edition {
    /// The same for the same files with the same bytes.
    pub revision: String,
    /// The chronicle.
    pub compiled: Arc<Compiled>,
    /// Every file asked for, whether it was there or not, by the path the chronicle gives it.
    pub seen: BTreeMap<String, Seen>,
    /// The path of the main file.
    pub main: String,
}

impl Edition {
    /// Compiles the chronicle that starts in `main`.
    pub fn of(folder: &Folder, main: &str) -> Edition {
        let watched = Watched {
            folder,
            seen: Mutex::default(),
        };
        let compiled = compile(&watched, main);
        let seen = watched
            .seen
            .into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut revision = Fingerprint::new();
        for (path, file) in &seen {
            revision.take_text(path);
            revision.take_text(file.hash.as_deref().unwrap_or("-"));
        }
        Edition {
            revision: revision.words()[..16].to_owned(),
            compiled: Arc::new(compiled),
            seen,
            main: main.to_owned(),
        }
    }

    /// Whether a file is another than when it was read, by a look at its stamp alone.
    pub fn is_stale(&self, folder: &Folder) -> bool {
        let mut files = self.seen.iter();
        files.any(|(path, seen)| folder.stamp(path) != seen.stamp)
    }

    /// Whether the bytes of a file are others than those read, whatever its stamp says.
    pub fn is_outdated(&self, folder: &Folder) -> bool {
        let mut files = self.seen.iter();
        files.any(|(path, seen)| folder.read(path).ok().map(|b| fingerprint(&b)) != seen.hash)
    }
}

/// The chronicle a request is about: as it stands, or changed.
#[derive(Clone)]
pub struct Told {
    /// What was compiled of the files.
    pub edition: Arc<Edition>,
    /// The chronicle itself, changed or not.
    pub compiled: Arc<Compiled>,
    /// What was changed.
    pub changes: Changes,
}

/// A folder that writes down what is read of it.
struct Watched<'f> {
    folder: &'f Folder,
    seen: Mutex<BTreeMap<String, Seen>>,
}

impl World for Watched<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        // The stamp is taken first: a change while reading is then seen as one.
        let stamp = self.folder.stamp(path);
        let read = self.folder.read(path);
        let seen = Seen {
            hash: read.as_ref().ok().map(|bytes| fingerprint(bytes)),
            size: read.as_ref().map_or(0, |bytes| bytes.len() as u64),
            stamp,
        };
        let mut all = self
            .seen
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        all.insert(path.to_owned(), seen);
        read
    }

    fn identity(&self, path: &str) -> String {
        self.folder.identity(path)
    }
}
