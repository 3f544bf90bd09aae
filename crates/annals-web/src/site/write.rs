//! Writing a site into its folder, and taking away what an earlier one left.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::Files;

/// Lists the files of a site, so that the next export knows which are its own.
const LIST: &str = "annals-site.json";

/// The files that an earlier site left in a folder; none where there is no folder yet.
///
/// # Errors
///
/// Where the folder holds something else and it is not to be written into `anyway`.
pub fn earlier(to: &Path, anyway: bool) -> Result<Vec<String>, String> {
    let shown = to.display();
    let entries = match fs::read_dir(to) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(e) => return Err(format!("`{shown}` cannot be used: {e}")),
        Ok(entries) => entries,
    };
    if let Ok(text) = fs::read_to_string(to.join(LIST)) {
        let list: Value = serde_json::from_str(&text).unwrap_or_default();
        let names = list["files"].as_array().into_iter().flatten();
        let names = names.filter_map(Value::as_str).filter(|n| is_plain(n));
        return Ok(names.map(str::to_owned).collect());
    }
    if anyway || entries.count() == 0 {
        return Ok(vec![]);
    }
    Err(format!(
        "`{shown}` holds files that are no earlier site; name another folder, \
         or say `--force` to write among them"
    ))
}

/// Whether a path leads nowhere but into the folder.
fn is_plain(path: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    path.split('/').all(plain)
}

/// Writes all files, after taking away those of an earlier site that are not among them.
pub fn write(to: &Path, before: &[String], files: &Files) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for name in before.iter().filter(|n| !files.contains_key(*n)) {
        match fs::remove_file(to.join(name)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    // The list is written first: a site cut short is still known as one.
    let names: Vec<&String> = files.keys().collect();
    let list = json!({ "about": "the files of a site written by annals", "files": names });
    fs::write(to.join(LIST), format!("{list:#}\n"))?;
    for (name, bytes) in files {
        let path = to.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
