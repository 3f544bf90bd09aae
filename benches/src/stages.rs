//! How long each stage takes that reads a chronicle, from the file to the resolved chronicle.

use std::collections::BTreeSet;
use std::path::Path;

use annals::{World, WorldError};
use annals_resolve::{Input, ProjectSettings, resolve};
use annals_syntax::{Directive, Notation, StatementKind, Tree};
use annals_text::Files;

use crate::clock::Clock;

/// Reads a chronicle so many times and prints the seconds of every stage.
pub fn run(main: &str, rounds: usize) -> Result<(), String> {
    for _ in 0..rounds.max(1) {
        once(main)?;
    }
    Ok(())
}

/// Reads a chronicle and reasons about it as `annals check` does.
pub fn check(main: &str) -> Result<(), String> {
    let mut clock = Laps(Clock::start());
    let prepared = annals::prepare(&Disk, main);
    clock.lap("prepare");
    println!("{:>12} {:8} MiB", "resident", resident());
    let compiled = prepared.finish();
    clock.lap("finish");
    println!("{:>12} {:8} MiB", "resident", resident());
    println!("{:>12} {:8} reports", "", compiled.reports.len());
    Ok(())
}

/// The files of this machine.
struct Disk;

impl World for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        std::fs::read(path).map_err(|_| WorldError::Missing)
    }
}

fn once(main: &str) -> Result<(), String> {
    let mut files = Files::new();
    let mut trees = Vec::new();
    let mut clock = Laps(Clock::start());
    for (name, text) in annals::VOCABULARY {
        let file = files.add(*name, (*text).to_owned());
        trees.push(annals_syntax::parse(&files, file, Notation::Chronicle).0);
    }
    clock.lap("vocabulary");
    let mut waiting = vec![main.to_owned()];
    let (mut reading, mut parsing, mut bytes) = (0.0, 0.0, 0);
    while let Some(path) = waiting.pop() {
        let start = Clock::start();
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        reading += start.elapsed();
        bytes += text.len();
        let start = Clock::start();
        let file = files.add(path.as_str(), text);
        let (tree, _) = annals_syntax::parse(&files, file, Notation::Chronicle);
        parsing += start.elapsed();
        waiting.extend(includes(&files, &tree, &path));
        trees.push(tree);
    }
    println!("{:>12} {reading:8.3} s", "read");
    println!("{:>12} {parsing:8.3} s  {bytes} bytes", "parse");
    println!("{:>12} {:8} MiB", "resident", resident());
    clock.lap("");
    let (resolved, reports) = resolve(Input {
        shipped: 0,
        vocabulary: None,
        files: &files,
        trees: &trees,
        references: Vec::new(),
        project: ProjectSettings::default(),
        drafts: BTreeSet::new(),
    });
    clock.lap("resolve");
    println!("{:>12} {:8} MiB", "resident", resident());
    println!(
        "{:>12} {:8} claims, {} events, {} entities, {} reports",
        "",
        resolved.chronicle.claims.len(),
        resolved.chronicle.events.len(),
        resolved.chronicle.entities.len(),
        reports.len()
    );
    Ok(())
}

fn includes(files: &Files, tree: &Tree, base: &str) -> Vec<String> {
    let folder = Path::new(base).parent().unwrap_or(Path::new(""));
    let named = tree.statements.iter().rev().filter_map(|s| match &s.kind {
        StatementKind::Directive(Directive::Include(span)) => Some(files.slice(*span)),
        _ => None,
    });
    named
        .map(|name| folder.join(name).to_string_lossy().into_owned())
        .collect()
}

struct Laps(Clock);

impl Laps {
    fn lap(&mut self, stage: &str) {
        if !stage.is_empty() {
            println!("{stage:>12} {:8.3} s", self.0.elapsed());
        }
        self.0 = Clock::start();
    }
}

/// The memory this process holds now, as the system tells it; 0 where it does not.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
