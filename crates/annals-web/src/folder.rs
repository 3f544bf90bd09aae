//! The folder of a chronicle on a disk.
//!
//! What comes in: paths as the chronicle writes them, seen from the folder. What goes out: bytes,
//! and files replaced as a whole. What it refuses: to write outside the folder, to follow a link
//! out of it, to read pipes and devices.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use annals::{FILE_LIMIT, World, WorldError};

/// Where importers put drafts.
const DRAFTS: &str = "drafts";

/// A folder with a chronicle in it.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    /// The same without links; paths that lead elsewhere are outside.
    real_root: PathBuf,
}

/// What tells at a glance whether a file has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl Folder {
    /// The folder at a path.
    ///
    /// # Errors
    ///
    /// Whatever keeps the path from being looked up.
    pub fn new(root: impl Into<PathBuf>) -> io::Result<Folder> {
        let root = root.into();
        let real_root = fs::canonicalize(&root)?;
        Ok(Folder { root, real_root })
    }

    /// The real place of a path, where it lies in the folder once links are followed; `None`
    /// where it lies elsewhere or is not there.
    pub fn real_path(&self, path: &str) -> Option<PathBuf> {
        if path.contains('\0') {
            return None;
        }
        let real = fs::canonicalize(self.root.join(path)).ok()?;
        real.starts_with(&self.real_root).then_some(real)
    }

    /// When a file was last changed and how long it is; `None` where it is not there.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        let about = fs::metadata(self.root.join(path)).ok()?;
        Some(Stamp {
            modified: about.modified().ok(),
            length: about.len(),
        })
    }

    /// The drafts that importers left: `drafts/NAME.annals`, in the order of their names.
    pub fn drafts(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.root.join(DRAFTS)) else {
            return vec![];
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut paths: Vec<String> = names
            .filter(|name| name.ends_with(".annals") && !name.starts_with('.'))
            .map(|name| format!("{DRAFTS}/{name}"))
            .filter(|path| self.real_path(path).is_some_and(|real| real.is_file()))
            .collect();
        paths.sort();
        paths
    }

    /// Puts new bytes in the place of a file that is there, in one step.
    ///
    /// # Errors
    ///
    /// Where the file is not in the folder, or cannot be written.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let real = self
            .real_path(path)
            .ok_or_else(|| io::Error::new(ErrorKind::NotFound, "it is not in the folder"))?;
        replace_file(&real, bytes)
    }
}

impl World for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let path = self.root.join(path);
        let about = fs::metadata(&path).map_err(|e| refused(&e))?;
        // Opening a pipe waits for a writer that may never come.
        if !about.is_file() {
            return Err(WorldError::Unreadable("it is not a file".to_owned()));
        }
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(|e| refused(&e))?;
        file.take(FILE_LIMIT + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| refused(&e))?;
        if bytes.len() as u64 > FILE_LIMIT {
            return Err(WorldError::TooLarge);
        }
        Ok(bytes)
    }

    fn identity(&self, path: &str) -> String {
        match fs::canonicalize(self.root.join(path)) {
            Ok(path) => path.to_string_lossy().into_owned(),
            Err(_) => path.to_owned(),
        }
    }
}

fn refused(error: &io::Error) -> WorldError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => WorldError::Missing,
        ErrorKind::PermissionDenied => {
            WorldError::Unreadable("the permission to read it is missing".to_owned())
        }
        _ => WorldError::Unreadable(error.to_string()),
    }
}

/// Writes a file whole beside its place and then puts it there in one step, so that a run cut
/// short leaves the old bytes or the new ones, never half of each. Its permissions stay.
///
/// # Errors
///
/// Whatever keeps it from being written; nothing is changed then.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let about = fs::metadata(path)?;
    if about.permissions().readonly() {
        return Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "the permission to write it is missing",
        ));
    }
    let beside = beside(path);
    let written = (|| {
        let mut file = File::create_new(&beside)?;
        file.write_all(bytes)?;
        file.set_permissions(about.permissions())?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        // The new name lasts only once the folder itself is on the disk; a system that cannot
        // open folders writes them in its own time.
        if let Some(folder) = path.parent().and_then(|p| File::open(p).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    })();
    if written.is_err() {
        // The error told is the one that stopped the writing, not this one.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A name beside a file that nobody else takes: two savings at once have two.
fn beside(path: &Path) -> PathBuf {
    static SAVINGS: AtomicU64 = AtomicU64::new(0);
    let number = SAVINGS.fetch_add(1, Ordering::Relaxed);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()))
}
