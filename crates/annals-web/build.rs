//! Puts the page into the program.
//!
//! `ANNALS_WEB` says where it comes from: a folder with a page built before, `off` for none.
//! Everything made here lies in `OUT_DIR`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=ANNALS_WEB");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let dist = match env::var("ANNALS_WEB").as_deref() {
        Ok("off") | Ok("") | Err(_) => None,
        Ok(folder) => Some(PathBuf::from(folder)),
    };
    let mut files = Vec::new();
    if let Some(dist) = &dist {
        println!("cargo::rerun-if-changed={}", dist.display());
        collect(dist, dist, &mut files);
    }
    files.sort();
    let mut list = String::from(
        "/// The files of the page by their paths.\npub static ASSETS: &[(&str, &[u8])] = &[\n",
    );
    for (name, path) in files {
        list.push_str(&format!("    ({name:?}, include_bytes!({path:?})),\n"));
    }
    list.push_str("];\n");
    fs::write(out.join("assets.rs"), list).expect("OUT_DIR can be written");
}

/// All files under a folder, by their paths in it.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) {
    let entries = fs::read_dir(folder).expect("the folder of the page can be read");
    for entry in entries {
        let path = entry.expect("the folder of the page can be read").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let Ok(name) = path.strip_prefix(root) {
            let name = name.to_string_lossy().replace('\\', "/");
            let path = fs::canonicalize(&path).unwrap_or(path);
            files.push((name, path));
        }
    }
}
