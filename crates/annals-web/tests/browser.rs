//! The page in a real browser.
//!
//! The server runs here, on a copy of the shipped chronicle; node drives the browser by the scripts
//! in `web/browser/`. Where node, npm or chromium are missing the tests say so and pass; with
//! `CI=true` they fail, since there they have to be looked at. `ANNALS_BROWSER=WORDS` runs the
//! tests whose names match. Pictures of every view lie in `target/screens` afterwards.

// What cannot go on fails the test.
#![allow(clippy::unwrap_used)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use annals_web::{Options, Server};

/// What an importer made of two sentences.
const DRAFT: &str = "draft\n\nsource more\n  title \"Another article\"\n\nsection \"Aftermath\" from @more\n\n\
// claim 1: a clause; line 3\n645: Kucha submits to Tang.\n  quote \"Kucha gave in.\"\n\
// claim 2: a clause; line 4\n646: Kucha renounces Tang.\n  quote \"It did not last.\"\n";

/// A chronicle of which no line can be read.
const UNREAD: &str = "chronicle \"Unread\"\n632: Karasahr flurbs Tang.\n";

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("web")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The first of these programs that is installed.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let places = names
        .iter()
        .flat_map(|name| folders.iter().map(move |f| f.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// Whether what is needed is there; says what is not, and fails with `CI=true`.
fn ready(needed: &[(&str, bool)]) -> bool {
    let missing: Vec<&str> = needed.iter().filter(|n| !n.1).map(|n| n.0).collect();
    if missing.is_empty() {
        return true;
    }
    let words = format!("not looked at in a browser: {} missing", missing.join(", "));
    assert!(env::var("CI").as_deref() != Ok("true"), "{words}");
    eprintln!("{words}");
    false
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(name: &str, command: &mut Command) {
    let status = command.current_dir(web()).status().unwrap();
    assert!(status.success(), "{name} failed: {status}");
}

fn has_modules() -> bool {
    web().join("node_modules/playwright-core").is_dir()
}

#[test]
fn the_page_in_a_browser() {
    let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
    let node = program(&["node", "node.exe"]);
    let needed = [
        ("chromium", chromium.is_some()),
        ("node", node.is_some()),
        ("node_modules (built without npm?)", has_modules()),
    ];
    if !ready(&needed) {
        return;
    }
    let (Some(chromium), Some(node)) = (chromium, node) else {
        return;
    };
    let copied = fresh("browser-chronicle");
    copy(&root().join("chronicles/karasahr"), &copied);
    fs::create_dir(copied.join("drafts")).unwrap();
    fs::write(copied.join("drafts/article.annals"), DRAFT).unwrap();
    let server = Server::start(Options::new(&copied, "main.annals")).unwrap();
    let site = fresh("browser-site");
    annals_web::export_site(&copied, "main.annals", &site, true).unwrap();
    let unread = fresh("browser-unread");
    fs::write(unread.join("main.annals"), UNREAD).unwrap();
    let unreadable = Server::start(Options::new(&unread, "main.annals")).unwrap();
    let units = fresh("browser-units");
    let vite = web().join("node_modules/vite/bin/vite.js");
    let build = [
        "build",
        "--mode",
        "units",
        "--logLevel",
        "error",
        "--outDir",
    ];
    let mut command = Command::new(&node);
    run(
        "building the units",
        command.arg(vite).args(build).arg(&units),
    );
    let screens = env::var_os("ANNALS_SCREENS").map_or_else(
        || Path::new(env!("CARGO_TARGET_TMPDIR")).join("../screens"),
        PathBuf::from,
    );
    let mut command = Command::new(&node);
    command
        .arg("browser/run.mjs")
        .args(env::var_os("ANNALS_BROWSER"))
        .env("PAGE", server.url())
        .env("UNREAD", unreadable.url())
        .env("CHRONICLE", &copied)
        .env("CHROMIUM", chromium)
        .env("SCREENS", screens)
        .env("UNITS", units.join("units.js"))
        .env("TICKS", root().join("tests/pictures/tick-cases.json"))
        .env("SITE", site);
    run("the page in a browser", &mut command);
    server.stop();
    unreadable.stop();
}

#[test]
fn the_page_is_checked_strictly() {
    let node = program(&["node", "node.exe"]);
    let needed = [("node", node.is_some()), ("node_modules", has_modules())];
    let (true, Some(node)) = (ready(&needed), node) else {
        return;
    };
    let check = web().join("node_modules/svelte-check/bin/svelte-check");
    let options = ["--tsconfig", "./tsconfig.json", "--fail-on-warnings"];
    run("svelte-check", Command::new(node).arg(check).args(options));
    // What nobody may write, in one place: the checker itself lets it pass.
    for file in sources(&web().join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        for word in [": any", "as any", "<any>", "@ts-ignore", "@html"] {
            assert!(!text.contains(word), "{} has `{word}`", file.display());
        }
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines", file.display());
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "ts" || e == "svelte") {
            found.push(path);
        }
    }
    found
}
