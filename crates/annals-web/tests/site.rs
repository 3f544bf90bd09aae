//! A chronicle as a folder: complete, the same bytes each time, and nobody's files lost.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use annals_web::export_site;
use serde_json::Value;

const SMALL: &str = "\
chronicle \"Small\"
covers 600 to 700
polity Karasahr
polity Tang
source a
source b
632: Karasahr submits to Tang. #submission [@a]
640: Karasahr submits to Tang. #submission [@b]
644: Tang attacks Karasahr. #attack [@a]
";

struct Project(PathBuf);

impl Project {
    fn new() -> Project {
        let folder = harness::empty_folder();
        fs::write(folder.join("main.annals"), SMALL).unwrap();
        Project(folder)
    }

    fn export(&self, to: &str, anyway: bool) -> Result<usize, String> {
        export_site(&self.0, "main.annals", &self.0.join(to), anyway)
    }

    fn files(&self, of: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.0.join(of);
        let mut found = BTreeMap::new();
        collect(&root, &root, &mut found);
        found
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// The value a script hands in.
fn value(bytes: &[u8], name: &str) -> Value {
    let text = std::str::from_utf8(bytes).unwrap();
    let start = format!("ANNALS.put(\"{name}\", ");
    let inner = text
        .strip_prefix(&start)
        .and_then(|t| t.strip_suffix(");\n"));
    serde_json::from_str(inner.unwrap()).unwrap()
}

#[test]
fn the_same_chronicle_gives_the_same_bytes() {
    let project = Project::new();
    project.export("one", false).unwrap();
    project.export("two", false).unwrap();
    let (one, two) = (project.files("one"), project.files("two"));
    assert!(one.len() > 8, "{:?}", one.keys());
    assert!(one == two);
    // Written over itself it is the same again.
    project.export("one", false).unwrap();
    assert!(project.files("one") == two);
}

#[test]
fn every_link_of_a_plain_page_leads_somewhere() {
    let project = Project::new();
    project.export("out", false).unwrap();
    let files = project.files("out");
    assert!(files.contains_key("index.html"));
    let mut followed = 0;
    for (name, bytes) in files.iter().filter(|(n, _)| n.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        // The icon stands in the page itself.
        for link in text
            .split("href=\"")
            .skip(1)
            .filter(|l| !l.starts_with("data:"))
        {
            let link = link.split('"').next().unwrap();
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            if file.is_empty() {
                continue;
            }
            assert!(
                !file.contains(':') && !file.starts_with('/'),
                "{name}: {link}"
            );
            let target = files
                .get(file)
                .unwrap_or_else(|| panic!("{name} links to {link}"));
            let target = String::from_utf8_lossy(target);
            assert!(
                place.is_empty() || target.contains(&format!("id=\"{place}\"")),
                "{name}: {link}"
            );
            followed += 1;
        }
    }
    assert!(followed > 30, "{followed}");
    let events = String::from_utf8_lossy(&files["events-0.html"]).into_owned();
    assert!(events.contains("Tang attacks Karasahr"));
}

/// Every picture of an edition is drawn at several widths, the narrow ones for narrow panels.
fn pictures_are_there(edition: &Value, files: &BTreeMap<String, Vec<u8>>) {
    let sets = edition["pictures"].as_array().unwrap();
    assert!(sets.len() >= 3, "{sets:?}");
    for set in sets {
        let name = set["file"].as_str().unwrap();
        let pictures = value(&files[&format!("data/{name}.js")], name);
        for kind in ["timeline", "map", "graph"] {
            let svg = pictures[kind].as_str().unwrap();
            let width = format!("viewBox=\"0 0 {} ", set["width"]);
            assert!(svg.contains(&width), "{name} {kind}: {width}");
        }
    }
}

#[test]
fn the_page_finds_all_it_may_ask_for() {
    let project = Project::new();
    project.export("out", false).unwrap();
    let files = project.files("out");
    let Some(main) = files.get("data/main.js") else {
        // Without npm at build time a site is plain pages alone.
        assert_eq!(files["index.html"], files["plain.html"]);
        return;
    };
    let main = value(main, "main");
    assert_eq!(main["opened"]["writable"], false);
    pictures_are_there(&main, &files);
    for event in main["opened"]["overview"]["events"].as_array().unwrap() {
        let id = event["id"].to_string();
        let file = main["events"][&id].as_str().unwrap();
        let chunk = value(&files[&format!("data/{file}.js")], file);
        assert_eq!(
            chunk[&id]["answer"]["results"][0]["sentence"],
            event["sentence"]
        );
    }
    for state in main["opened"]["overview"]["states"].as_array().unwrap() {
        let runs = main["states"][state["id"].to_string()].as_array().unwrap();
        assert_eq!(runs.len(), state["runs"].as_array().unwrap().len());
        for run in runs {
            let file = run["chunk"].as_str().unwrap();
            let chunk = value(&files[&format!("data/{file}.js")], file);
            let answer = &chunk[run["name"].as_str().unwrap()];
            assert_eq!(
                answer["answer"]["results"][0]["sentence"],
                state["sentence"]
            );
        }
    }
    for key in ["@a", "@b"] {
        let file = main["without"][key].as_str().unwrap();
        let without = value(&files[&format!("data/{file}.js")], file);
        assert_eq!(without["opened"]["changes"]["without"][0], key);
        pictures_are_there(&without, &files);
        assert!(!without["difference"]["text"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let project = Project::new();
    let out = project.0.join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "ten years of work").unwrap();
    let refused = project.export("out", false).unwrap_err();
    assert!(refused.contains("--force"), "{refused}");
    assert_eq!(project.files("out").len(), 1);
    project.export("out", true).unwrap();
    assert_eq!(
        fs::read_to_string(out.join("thesis.txt")).unwrap(),
        "ten years of work"
    );
    // An earlier site is replaced; what it had too many goes, what is not its own stays.
    let list = out.join("annals-site.json");
    let text = fs::read_to_string(&list).unwrap();
    let text = text.replace(
        "\"claims.html\"",
        "\"claims.html\", \"old.html\", \"../main.annals\"",
    );
    fs::write(&list, text).unwrap();
    fs::write(out.join("old.html"), "old").unwrap();
    project.export("out", false).unwrap();
    assert!(!out.join("old.html").exists());
    assert!(out.join("thesis.txt").exists() && project.0.join("main.annals").exists());
}

#[test]
fn a_chronicle_that_is_not_there_writes_nothing() {
    let project = Project::new();
    let out = project.0.join("out");
    let refused = export_site(&project.0, "none.annals", &out, false);
    assert!(refused.unwrap_err().contains("none.annals"));
    assert!(!out.exists());
}
