//! `annals import table.csv --map map.toml`: rows as drafts.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use annals::{FILE_LIMIT, MemoryWorld, Severity, World, prepare};
use annals_exchange::{
    Known, Map, Refusing, Summary, import_csv, import_xlsx, propose_for_csv, propose_for_xlsx,
    read_map,
};

use crate::disk::{Disk, beside};
use crate::import::Import;
use crate::output::{Failure, count, say, say_error};
use crate::progress::Progress;
use crate::run::Exit;
use crate::text::text_of;

/// Imports a table, or proposes a map where none is given.
pub fn import(arguments: &Import) -> Result<Exit, Failure> {
    let Some(map) = &arguments.map else {
        return propose(arguments);
    };
    let map = map_of(map)?;
    let known = known(arguments)?;
    let target = arguments.target()?;
    // Standard output cannot be taken back: the rows are written aside and shown when all are good.
    let beside = match &target {
        Some(target) => beside(target),
        None => std::env::temp_dir().join(format!("annals.{}.tmp", std::process::id())),
    };
    let written = drafts(arguments, &map, &known, &beside);
    let kept = match &written {
        Ok(summary) => {
            let going = arguments.keep_going && !summary.broken && summary.claims > 0;
            summary.refused == 0 || going
        }
        Err(_) => false,
    };
    match &target {
        Some(target) if kept => fs::rename(&beside, target).map_err(|e| cannot(target, &e))?,
        None if kept => shown(&beside)?,
        // What was written so far is no draft: part of a table would pass for the whole.
        _ => drop(fs::remove_file(&beside)),
    }
    let summary = written?;
    say_problems(arguments, &summary)?;
    if !kept {
        return Err(unusable(&summary));
    }
    let said = format!(
        "{} from {}",
        count(summary.claims as usize, "draft"),
        arguments.name()
    );
    let mut length = 0;
    match &target {
        Some(target) => {
            say(&format!("{said} in {}\n", target.display()))?;
            length = told_length(target)?;
        }
        None => say_error(&format!("{said}\n"))?,
    }
    if summary.refused > 0 {
        say_error(&format!(
            "{} kept as comments\n",
            count(summary.refused as usize, "row")
        ))?;
    }
    for words in sample(arguments, &map) {
        say_error(&format!("note: in the first rows: {words}\n"))?;
    }
    if let Some(target) = target.filter(|_| length <= FILE_LIMIT) {
        say_next(&target)?;
    }
    Ok(if summary.refused > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// What is wrong with rows, and which columns say nothing.
fn say_problems(arguments: &Import, summary: &Summary) -> Result<(), Failure> {
    for problem in &summary.problems {
        say_error(&format!("{}: {problem}\n", arguments.file.display()))?;
    }
    if summary.more > 0 {
        say_error(&format!("… and {} more\n", summary.more))?;
    }
    if !summary.unused.is_empty() {
        say_error(&format!(
            "note: columns that are in no claim: {}\n",
            summary.unused.join(", ")
        ))?;
    }
    Ok(())
}

/// Why nothing was written. Rows can be kept as comments only where rows could be told apart at all.
fn unusable(summary: &Summary) -> Failure {
    Failure::Input(match summary.broken || summary.claims == 0 {
        true => "the table cannot be used as it is; nothing was written".to_owned(),
        false => format!(
            "{} cannot be used; nothing was written. Mend the table or the map, or keep such rows as comments with `--keep-going`",
            count(summary.refused as usize, "row")
        ),
    })
}

/// Puts rows that were written aside on standard output.
fn shown(beside: &Path) -> Result<(), Failure> {
    let copied = File::open(beside)
        .and_then(|mut file| std::io::copy(&mut file, &mut std::io::stdout().lock()));
    let _ = fs::remove_file(beside);
    match copied {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Output(e)),
        _ => Ok(()),
    }
}

/// How long the drafts are (unit: bytes); says so where no chronicle may have as much.
fn told_length(target: &Path) -> Result<u64, Failure> {
    let length = fs::metadata(target).map_or(0, |about| about.len());
    if length > FILE_LIMIT {
        say_error(&format!(
            "note: the drafts have more than {} MiB, which no file of a chronicle may have and `annals review` does not read; cut the table in parts\n",
            FILE_LIMIT >> 20
        ))?;
    }
    Ok(length)
}

/// What to do with rows that were written.
fn say_next(target: &Path) -> Result<(), Failure> {
    let shown = target.display();
    say_error(&format!(
        "`annals check {shown}` says what is not declared or not understood; look through the rows by `annals review {shown}`\n"
    ))
}

fn map_of(path: &Path) -> Result<Map, Failure> {
    let bytes = fs::read(path)
        .map_err(|e| Failure::Input(format!("`{}` cannot be read: {e}", path.display())))?;
    let text = text_of(&path.to_string_lossy(), bytes)?;
    read_map(&text).map_err(|faults| {
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| format!("{}:{}: {}", path.display(), fault.line, fault.words))
            .collect();
        Failure::Input(format!("the map cannot be used\n{}", lines.join("\n")))
    })
}

fn is_workbook(path: &Path) -> bool {
    let end = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    matches!(end.as_str(), "xlsx" | "xlsm")
}

/// What the chronicle declares that the drafts are for.
fn known(arguments: &Import) -> Result<Known, Failure> {
    let Some(path) = &arguments.chronicle else {
        return Ok(Known::default());
    };
    let prepared = prepare(&Disk, &path.to_string_lossy());
    if prepared.main().is_none() {
        let words = prepared.reports().first().map(|r| r.headline.clone());
        return Err(Failure::Input(words.unwrap_or_default()));
    }
    Ok(Known::of(&prepared.resolved().chronicle))
}

/// Rows that are compiled at once, to say early that a sentence is not understood.
const SAMPLE: u64 = 20;

/// Errors in the drafts of the first rows; only those of sentences and dates, since names may be
/// declared elsewhere.
fn sample(arguments: &Import, map: &Map) -> Vec<String> {
    let name = arguments.name();
    let mut import = annals_exchange::Import {
        name: &name,
        map,
        known: &Known::default(),
        most_rows: Some(SAMPLE),
        refusing: Refusing::AsComments,
        progress: &mut |_| {},
    };
    let mut out = Vec::new();
    let read = if is_workbook(&arguments.file) {
        workbook(&arguments.file).map(|bytes| import_xlsx(&bytes, &mut out, &mut import))
    } else {
        table(&arguments.file).map(|file| import_csv(BufReader::new(file), &mut out, &mut import))
    };
    if !matches!(read, Ok(Ok(_))) {
        return Vec::new();
    }
    let drafts = MemoryWorld::new().with("drafts", out);
    let prepared = prepare(&drafts, "drafts");
    let mut said: Vec<String> = Vec::new();
    for report in prepared.reports() {
        let of_words = !matches!(
            report.code,
            "undeclared-name" | "unknown-source" | "unknown-kind"
        );
        if report.severity == Severity::Error && of_words && !said.contains(&report.headline) {
            said.push(report.headline.clone());
        }
    }
    said.truncate(3);
    said
}

fn drafts(arguments: &Import, map: &Map, known: &Known, path: &Path) -> Result<Summary, Failure> {
    let progress = Progress::of(&format!("reading {}", arguments.name()));
    let mut counted = |rows: u64| progress.tell(format!("{rows} rows"));
    let name = arguments.name();
    let mut import = annals_exchange::Import {
        name: &name,
        map,
        known,
        most_rows: None,
        refusing: if arguments.keep_going {
            Refusing::AsComments
        } else {
            Refusing::All
        },
        progress: &mut counted,
    };
    let file = File::create(path).map_err(|e| cannot(path, &e))?;
    let mut out = BufWriter::with_capacity(1 << 18, file);
    let read = if is_workbook(&arguments.file) {
        let bytes = workbook(&arguments.file)?;
        import_xlsx(&bytes, &mut out, &mut import)
    } else {
        let input = BufReader::with_capacity(1 << 18, table(&arguments.file)?);
        import_csv(input, &mut out, &mut import)
    };
    let summary = read.map_err(|e| cannot(path, &e))?;
    out.flush().map_err(|e| cannot(path, &e))?;
    Ok(summary)
}

fn propose(arguments: &Import) -> Result<Exit, Failure> {
    let name = arguments.name();
    let proposed = if is_workbook(&arguments.file) {
        propose_for_xlsx(&workbook(&arguments.file)?, &name)
    } else {
        propose_for_csv(BufReader::new(table(&arguments.file)?), &name)
    };
    let map = proposed
        .map_err(|problem| Failure::Input(format!("{}: {problem}", arguments.file.display())))?;
    say(&map)?;
    say_error(
        "nothing is imported without a map; above is one to correct: put it into a file and name it with `--map`\n",
    )?;
    Ok(Exit::Findings)
}

/// A table is read piece by piece and may be longer than a chronicle's file.
fn table(path: &Path) -> Result<File, Failure> {
    let file = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
        true => Err(std::io::Error::other("it is a folder")),
        false => Ok(file),
    });
    file.map_err(|e| Failure::Input(format!("`{}` cannot be read: {e}", path.display())))
}

fn workbook(path: &Path) -> Result<Vec<u8>, Failure> {
    Disk.read(&path.to_string_lossy())
        .map_err(|e| Failure::Input(format!("`{}` cannot be read: {e}", path.display())))
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Input(format!("`{}` cannot be written: {error}", path.display()))
}
