//! The files of a disk as a [`World`], and where a project's main file lies.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use annals::{FILE_LIMIT, World, WorldError};

/// The world of the current folder.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl World for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let about = fs::metadata(path).map_err(|e| refused(&e))?;
        if about.is_dir() {
            return Err(WorldError::Unreadable("it is a folder".to_owned()));
        }
        // Opening a pipe waits for a writer that may never come; only what a shell hands over
        // under these names has one.
        let handed_over = path == "/dev/stdin" || path.starts_with("/dev/fd/");
        if !about.is_file() && !handed_over {
            return Err(WorldError::Unreadable(
                "it is a pipe or a device, not a file".to_owned(),
            ));
        }
        let file = File::open(path).map_err(|e| refused(&e))?;
        // The length a file claims is not believed: a device or a pipe claims none.
        let mut bytes = Vec::new();
        file.take(FILE_LIMIT + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| refused(&e))?;
        if bytes.len() as u64 > FILE_LIMIT {
            return Err(WorldError::TooLarge);
        }
        Ok(bytes)
    }

    fn identity(&self, path: &str) -> String {
        match fs::canonicalize(path) {
            Ok(path) => path.to_string_lossy().into_owned(),
            Err(_) => path.to_owned(),
        }
    }
}

/// Writes a file in one step: whoever reads it finds what was there before or all that is new.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is followed, so that the file changes and not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = beside(&path);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // The error told is the one that stopped the writing, not this one.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Endings of what people write by hand: nothing that is worked out goes into such a file.
const WRITTEN_BY_HAND: [&str; 5] = ["annals", "md", "markdown", "bib", "toml"];

/// Refuses to put an output in the place of a file that a person writes: a slip behind `-o` would
/// cost the chronicle. What was put out before is replaced.
pub fn may_be_output(path: &Path) -> Result<(), String> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let by_hand = ending.is_some_and(|e| WRITTEN_BY_HAND.contains(&e.as_str()));
    match by_hand && path.exists() {
        true => Err(format!(
            "`{}` is there and may be part of a chronicle: name another file behind `-o`",
            path.display()
        )),
        false => Ok(()),
    }
}

/// A path beside another, for a file that is to take its place.
pub fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn refused(error: &std::io::Error) -> WorldError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => WorldError::Missing,
        ErrorKind::PermissionDenied => {
            WorldError::Unreadable("the permission to read it is missing".to_owned())
        }
        _ => WorldError::Unreadable(error.to_string()),
    }
}

/// The file named, or `main.annals` in the current folder or the nearest one above it.
pub fn main_file(named: Option<&Path>) -> Option<String> {
    if let Some(path) = named {
        return Some(path.to_string_lossy().replace('\\', "/"));
    }
    nearest_file(Path::new("main.annals"))
}

/// The file of that name in the current folder or the nearest one above it.
pub fn nearest_file(name: &Path) -> Option<String> {
    let here = std::env::current_dir().ok()?;
    let mut path = PathBuf::from(name);
    for _ in here.ancestors() {
        if path.is_file() {
            return Some(path.to_string_lossy().replace('\\', "/"));
        }
        path = Path::new("..").join(path);
    }
    None
}
