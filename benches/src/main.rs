//! `annals-bench`: writes chronicles to measure with, and times the stages that read them.

use std::path::PathBuf;
use std::process::ExitCode;

use annals_benches::chronicle::{Plan, Shape, generate};
use annals_benches::network::Network;
use annals_benches::tightening;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "\
annals-bench gen [OPTIONS] FOLDER     write a chronicle into a folder, main.annals first
  --claims N          how many claims (10,000; what suits a shape)
  --seed N            the seed (1): the same seed gives the same bytes
  --shape SHAPE       realistic, anchor, chain, undated, crossing, rivals or powers
  --disjunctions N    dates such as `658 or 659` in a thousand claims (20)
  --conflicts N       planted contradictions in ten thousand claims (10)
  --file-claims N     claims a file (100,000)
annals-bench stages MAIN [ROUNDS]     seconds and memory of every stage that reads a chronicle
annals-bench check MAIN               the whole of `annals check`, in two halves
annals-bench edits MAIN [EDITS]       check again after each of some edits (40), in milliseconds of the clock
annals-bench rereads MAIN [EDITS]     the same without the reasoning, in milliseconds of the processor
annals-bench network EVENTS SEED      write a network of days, one arc a line
annals-bench shuffled EVENTS SEED     the same with its events numbered at random
annals-bench tighten FILE             tighten such a network
annals-bench bare FILE                latest days by a bare loop that proves nothing
annals-bench against FILE [ROUNDS]    tightening and bare loops in turn, the best of some rounds (5)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((command, rest)) if command == "gen" => write(rest),
        Some((command, rest)) if command == "stages" => stages(rest),
        Some((command, [main])) if command == "check" => annals_benches::stages::check(main),
        Some((command, rest)) if command == "edits" => edits(rest, false),
        Some((command, rest)) if command == "rereads" => edits(rest, true),
        Some((command, rest)) if command == "network" => network(rest, false),
        Some((command, rest)) if command == "shuffled" => network(rest, true),
        Some((command, rest)) if command == "tighten" => {
            read_network(rest).and_then(|network| tightening::tighten(&network))
        }
        Some((command, rest)) if command == "bare" => {
            read_network(rest).map(|network| tightening::bare(&network))
        }
        Some((command, rest)) if command == "against" => against(rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::from(2)
        }
    }
}

fn write(arguments: &[String]) -> Result<(), String> {
    let (plan, folder) = read_plan(arguments)?;
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for (name, text) in generate(&plan) {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

fn read_plan(arguments: &[String]) -> Result<(Plan, PathBuf), String> {
    let mut plan = Plan::realistic(0, 1);
    let mut claims = None;
    let mut folder = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || {
            rest.next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--claims" => claims = Some(number(value()?)?),
            "--seed" => plan.seed = number(value()?)? as u64,
            "--shape" => plan.shape = value()?.parse::<Shape>()?,
            "--disjunctions" => plan.disjunctions_per_mille = number(value()?)?,
            "--conflicts" => plan.conflicts_per_myriad = number(value()?)?,
            "--file-claims" => plan.file_claims = number(value()?)?.max(1),
            other if !other.starts_with("--") => folder = Some(PathBuf::from(other)),
            other => return Err(format!("there is no option `{other}`\n\n{USAGE}")),
        }
    }
    plan.claims = claims.unwrap_or(plan.shape.usual_claims());
    Ok((plan, folder.ok_or(USAGE)?))
}

fn number(text: &str) -> Result<usize, String> {
    let digits = text.replace([',', '_'], "");
    digits.parse().map_err(|_| format!("`{text}` is no number"))
}

fn stages(arguments: &[String]) -> Result<(), String> {
    let main = arguments.first().ok_or(USAGE)?;
    let rounds = arguments.get(1).map_or(Ok(1), |text| number(text))?;
    annals_benches::stages::run(main, rounds)
}

fn edits(arguments: &[String], alone: bool) -> Result<(), String> {
    let main = arguments.first().ok_or(USAGE)?;
    let count = arguments.get(1).map_or(Ok(40), |text| number(text))?;
    annals_benches::edits::run(main, count, alone)
}

fn against(arguments: &[String]) -> Result<(), String> {
    let rounds = arguments.get(1).map_or(Ok(5), |text| number(text))?;
    tightening::against(&read_network(arguments)?, rounds)
}

fn network(arguments: &[String], shuffled: bool) -> Result<(), String> {
    let [events, seed] = arguments else {
        return Err(USAGE.to_owned());
    };
    let seed = number(seed)? as u64;
    let mut network = Network::generate(number(events)?, seed);
    if shuffled {
        network = network.shuffled(seed);
    }
    print!("{}", network.text());
    Ok(())
}

fn read_network(arguments: &[String]) -> Result<Network, String> {
    let file = arguments.first().ok_or(USAGE)?;
    let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    Network::read(&text)
}
