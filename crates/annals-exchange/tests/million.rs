//! A million rows: `cargo test --release -p annals-exchange --test million -- --ignored --nocapture`.

#![allow(clippy::unwrap_used)]

use std::io::{BufReader, Read, Write};
use std::time::{Duration, Instant};

use annals_exchange::{Import, Known, Refusing, import_csv, read_map};

const MAP: &str = "sentence = \"{Ruler} is king of {Land}\"\nstart = \"From\"\nend = \"To\"\nyears = \"historical\"\n\
source = \"Source\"\nlocator = \"Page\"\nnote = \"Remarks\"\n[kinds]\nRuler = \"person\"\nLand = \"polity\"\n";

/// A table that is made as it is read, so that only the import's own memory is measured.
struct Table {
    next: u64,
    rows: u64,
    ahead: Vec<u8>,
    at: usize,
}

impl Read for Table {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.ahead.len() && self.next <= self.rows {
            let n = self.next;
            self.ahead = match n {
                0 => b"Ruler,Land,From,To,Source,Page,Remarks\n".to_vec(),
                _ => {
                    // Twenty thousand rulers of five hundred lands, over four thousand years.
                    let (ruler, land) = (letters(n % 20_000), letters(n % 500));
                    let year = (n % 3999) as i64 - 2999;
                    let from = if year >= 0 { year + 1 } else { year };
                    let to = if year + 9 >= 0 { year + 10 } else { year + 9 };
                    format!(
                        "King {ruler},Land {land},{from},{to},book{},{},\"Row {n}, as written\"\n",
                        n % 40,
                        n % 900
                    )
                    .into_bytes()
                }
            };
            self.at = 0;
            self.next += 1;
        }
        let left = &self.ahead[self.at..];
        let taken = left.len().min(into.len());
        into[..taken].copy_from_slice(&left[..taken]);
        self.at += taken;
        Ok(taken)
    }
}

/// A number as a word with a capital.
fn letters(mut number: u64) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            break;
        }
    }
    word[..1].to_uppercase() + &word[1..] + "an"
}

/// Counts what is written and keeps nothing.
#[derive(Default)]
struct Counted {
    bytes: u64,
    lines: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes += bytes.len() as u64;
        self.lines += bytes.iter().filter(|b| **b == b'\n').count() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn import(rows: u64) -> (Counted, annals_exchange::Summary) {
    let map = read_map(MAP).unwrap();
    let table = Table {
        next: 0,
        rows,
        ahead: Vec::new(),
        at: 0,
    };
    let mut out = Counted::default();
    let mut import = Import {
        name: "kings.csv",
        map: &map,
        known: &Known::default(),
        most_rows: None,
        refusing: Refusing::All,
        progress: &mut |_| {},
    };
    let summary = import_csv(
        BufReader::with_capacity(1 << 18, table),
        &mut out,
        &mut import,
    );
    (out, summary.unwrap())
}

/// Hundredths of a second that this process has worked, where the system tells it.
fn reckoned_ticks() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(ticks(11)? + ticks(12)?)
}

/// The most memory this process ever had (unit: kB), where the system tells it.
fn most_memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn many_rows_are_each_a_claim() {
    let (out, summary) = import(30_000);
    assert_eq!(
        (summary.claims, summary.refused),
        (30_000, 0),
        "{:?}",
        summary.problems
    );
    assert_eq!(summary.names, 20_500);
    assert!(out.lines > 90_000);
}

#[test]
#[ignore = "measures time and memory of a release build"]
fn a_million_rows_below_ten_seconds() {
    let (start, before) = (Instant::now(), reckoned_ticks());
    let (out, summary) = import(1_000_000);
    let took = start.elapsed();
    // A machine that does other work too takes longer by the clock; what counts is its own work.
    let reckoned = match (before, reckoned_ticks()) {
        (Some(before), Some(after)) => Duration::from_millis((after - before) * 10),
        _ => took,
    };
    assert_eq!(
        (summary.claims, summary.refused),
        (1_000_000, 0),
        "{:?}",
        summary.problems
    );
    let memory = most_memory_kb();
    eprintln!(
        "1,000,000 rows, {} bytes written: {reckoned:?} of work, {took:?} by the clock, {memory:?} kB at most",
        out.bytes
    );
    assert!(reckoned.as_secs() < 10, "{reckoned:?}");
    assert!(memory.is_none_or(|kb| kb < 100_000), "{memory:?} kB");
}
