//! How long a chronicle takes to be checked again after an edit.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use annals::{World, WorldError};

use crate::clock::Clock;

/// Takes single lines out of a chronicle and puts them back, checking after each, and prints how
/// long that took: half of the edits remove a claim, half add it again. `alone` only reads and does
/// not reason, and counts time of the processor.
pub fn run(main: &str, edits: usize, alone: bool) -> Result<(), String> {
    let mut texts = Texts::read(main)?;
    let prepared = annals::prepare(&texts, main);
    let mut compiled = (!alone).then(|| prepared.clone().finish());
    let mut before = prepared;
    let mut random = 1_u64;
    let mut times: Vec<[f64; 3]> = Vec::new();
    let lines = texts.claims();
    for _ in 0..edits / 2 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let (file, line) = &lines[(random >> 33) as usize % lines.len()];
        let whole = texts.0[file].clone();
        let without = whole.replacen(line.as_str(), "", 1);
        for text in [without, whole] {
            texts.0.insert(file.clone(), text);
            let (start, clock) = (Instant::now(), Clock::start());
            let prepared = annals::prepare_after(&texts, main, Some(&before));
            let read = match alone {
                true => clock.elapsed(),
                false => start.elapsed().as_secs_f64(),
            };
            before = prepared.clone();
            let start = Instant::now();
            compiled = compiled.map(|before| prepared.finish_after(&before));
            let all = read + start.elapsed().as_secs_f64();
            times.push([read, all - read, all]);
        }
    }
    let columns = if alone { 1 } else { 3 };
    for (at, what) in ["reading", "reasoning", "both"][..columns]
        .iter()
        .enumerate()
    {
        let mut column: Vec<f64> = times.iter().map(|t| t[at] * 1000.0).collect();
        column.sort_by(f64::total_cmp);
        let share = |hundredths: usize| column[(column.len() - 1) * hundredths / 100];
        let [half, most] = [share(50), share(99)];
        println!("{what:>12} {half:8.1} ms median {most:8.1} ms of 99 in 100");
    }
    let reports = compiled.map_or(before.reports().len(), |c| c.reports.len());
    println!("{:>12} {reports:8} reports", "");
    Ok(())
}

/// Every file of a chronicle, in memory.
struct Texts(BTreeMap<String, String>);

impl Texts {
    fn read(main: &str) -> Result<Texts, String> {
        let folder = Path::new(main).parent().unwrap_or(Path::new(""));
        let listed = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut texts = BTreeMap::new();
        for entry in listed.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "annals") {
                let text = std::fs::read_to_string(&path)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
                texts.insert(path.to_string_lossy().into_owned(), text);
            }
        }
        Ok(Texts(texts))
    }

    /// Lines that state a claim, each with its file.
    fn claims(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (file, text) in &self.0 {
            let dated = text
                .lines()
                .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()));
            all.extend(dated.map(|line| (file.clone(), format!("{line}\n"))));
        }
        all
    }
}

impl World for Texts {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let text = self.0.get(path).ok_or(WorldError::Missing)?;
        Ok(text.clone().into_bytes())
    }
}
