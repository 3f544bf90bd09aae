//! Puts the page into the program.
//!
//! `web/` is built by npm, twice: for the running program, and under `site/` for static sites.
//! Without npm the program has its plain pages alone, which the build says; where npm is there and
//! fails, so does the build, since a program that silently lacks its page helps nobody.
//! `ANNALS_WEB` changes that: a folder with a page built before, `off` for none, `require` to
//! fail without npm. Everything made here lies in `OUT_DIR`, but for npm's own `node_modules`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the page is made of; another file there does not build it anew.
const MADE_OF: [&str; 7] = [
    "web/src",
    "web/index.html",
    "web/package.json",
    "web/package-lock.json",
    "web/svelte.config.js",
    "web/tsconfig.json",
    "web/vite.config.ts",
];

fn main() {
    println!("cargo::rerun-if-env-changed=ANNALS_WEB");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let dist = match env::var("ANNALS_WEB").as_deref() {
        Ok("off") => None,
        Ok("require") => {
            Some(built(&out).expect("npm is needed for the page (ANNALS_WEB=require)"))
        }
        Ok("") | Err(_) => built(&out),
        Ok(folder) => Some(PathBuf::from(folder)),
    };
    let mut files = Vec::new();
    if let Some(dist) = &dist {
        if !dist.starts_with(&out) {
            println!("cargo::rerun-if-changed={}", dist.display());
        }
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

/// Builds the page; `None` without npm.
fn built(out: &Path) -> Option<PathBuf> {
    for part in MADE_OF {
        println!("cargo::rerun-if-changed={part}");
    }
    let there = npm()
        .arg("--version")
        .output()
        .is_ok_and(|o| o.status.success());
    if !there {
        println!(
            "cargo::warning=npm is not installed: the program will have its plain pages alone"
        );
        return None;
    }
    install();
    let dist = out.join("dist");
    // The names of files change with their bytes, so old ones would stay beside the new.
    if dist.exists() {
        fs::remove_dir_all(&dist).expect("OUT_DIR can be written");
    }
    for (mode, folder) in [("production", dist.clone()), ("site", dist.join("site"))] {
        let mut build = npm();
        build.args(["run", "build", "--", "--mode", mode, "--outDir"]);
        run(build.arg(&folder), "building the page");
    }
    Some(dist)
}

/// Fetches what the page is built with, unless just that is there.
fn install() {
    let wanted = fs::read("web/package-lock.json").expect("the lock file is part of the source");
    let stamp = Path::new("web/node_modules/.annals-lock");
    if fs::read(stamp).is_ok_and(|had| had == wanted) {
        return;
    }
    let mut ci = npm();
    // No script of any package is run.
    ci.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(&mut ci, "fetching what the page is built with");
    fs::write(stamp, wanted).expect("node_modules can be written");
}

fn npm() -> Command {
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(name);
    command.current_dir("web");
    command
}

/// Runs a command and ends the build where it fails, with what it said.
fn run(command: &mut Command, what: &str) {
    let done = command.output();
    let done = done.unwrap_or_else(|e| panic!("{what}: npm cannot be run: {e}"));
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stdout);
        let complained = String::from_utf8_lossy(&done.stderr);
        panic!(
            "{what} failed\n{said}\n{complained}\nSet ANNALS_WEB=off to build without the page."
        );
    }
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
