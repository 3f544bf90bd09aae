//! The only door to files.
//!
//! The pipeline asks a [`World`] for bytes under a path and never touches a disk itself. The
//! shells give it one over real files; tests and other programs give it a [`MemoryWorld`]. Paths
//! are text with `/` between their parts, as they are written in an `include`.

use std::collections::BTreeMap;
use std::fmt;

/// The greatest number of bytes one file may have. A chronicle of a whole dynasty is a few
/// megabytes; a file beyond this is a mistake, and is named as one instead of filling the memory.
pub const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorldError {
    /// There is no file under that path.
    Missing,
    /// It is larger than [`FILE_LIMIT`].
    TooLarge,
    /// It is there and cannot be read: a folder, a lock, a missing permission. In words.
    Unreadable(String),
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorldError::Missing => f.write_str("there is no such file"),
            WorldError::TooLarge => write!(
                f,
                "the file is larger than {} MiB",
                FILE_LIMIT / (1024 * 1024)
            ),
            WorldError::Unreadable(why) => f.write_str(why),
        }
    }
}

/// Where the files of a chronicle come from.
pub trait World {
    /// The bytes of a file, at most [`FILE_LIMIT`] of them.
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError>;

    /// The path meant by `relative`, written in the file `base`.
    fn resolve_path(&self, base: &str, relative: &str) -> String {
        join(base, relative)
    }

    /// A text that is the same for two paths of one file. A world with links overrides it, so
    /// that a file is not read twice and a circle through a link is seen.
    fn identity(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// A world of texts held in memory, for tests and for programs that have no disk.
#[derive(Clone, Debug, Default)]
pub struct MemoryWorld {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryWorld {
    /// A world without files.
    pub fn new() -> MemoryWorld {
        MemoryWorld::default()
    }

    /// A world with one file more.
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> MemoryWorld {
        self.add(path, bytes);
        self
    }

    /// Puts a file under a path; one that is there already is replaced.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let bytes = self.files.get(path).ok_or(WorldError::Missing)?;
        if bytes.len() as u64 > FILE_LIMIT {
            return Err(WorldError::TooLarge);
        }
        Ok(bytes.clone())
    }
}

/// The path `relative`, seen from the folder of the file `base`, without `.` and with `..` taken
/// back where there is a folder to take back. A `\` counts as `/`, as Windows writers expect.
fn join(base: &str, relative: &str) -> String {
    let relative = relative.replace('\\', "/");
    let absolute = relative.starts_with('/') || relative.get(1..3) == Some(":/");
    let whole = match base.rfind('/') {
        Some(slash) if !absolute => format!("{}{relative}", &base[..=slash]),
        _ => relative,
    };
    let root = if whole.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|p| *p != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_include_is_relative_to_the_file_it_stands_in() {
        assert_eq!(join("main.annals", "tarim.annals"), "tarim.annals");
        assert_eq!(join("a/main.annals", "../b/./x.csv"), "b/x.csv");
        assert_eq!(join("main.annals", "../x.csv"), "../x.csv");
        assert_eq!(join("../main.annals", "../x.csv"), "../../x.csv");
        assert_eq!(
            join("/notes/a/main.annals", "sources\\x.bib"),
            "/notes/a/sources/x.bib"
        );
        assert_eq!(join("a/main.annals", "/etc/x.annals"), "/etc/x.annals");
        assert_eq!(join("a/main.annals", "C:/x.annals"), "C:/x.annals");
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let world = MemoryWorld::new().with("x", vec![b'a'; FILE_LIMIT as usize + 1]);
        assert_eq!(world.read("x"), Err(WorldError::TooLarge));
        assert_eq!(world.read("y"), Err(WorldError::Missing));
    }
}
