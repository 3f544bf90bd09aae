//! `annals import`: what others wrote, as drafts for review.
//!
//! The form of a file is told by its name: tables are read in `import_table`, models, gazetteers
//! and bibliographies here; everything else is an article and read in `import_article`.

use std::path::{Path, PathBuf};

use annals::World;
use annals_exchange::{import_bibtex, import_chronolog, import_csl, import_linked_places};
use clap::Args;

use crate::disk::{Disk, write_whole};
use crate::output::{Failure, count, say, say_error};
use crate::run::Exit;
use crate::text::text_of;
use crate::{import_article, import_table};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The file: a table (.csv, .tsv, .xlsx), a ChronoLog model (.clog), places (.geojson, .json), a
    /// bibliography (.bib, CSL-JSON); anything else is an article: plain lines, wikitext, a saved page
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the columns of a table mean; without it a map is proposed
    #[arg(long, value_name = "MAP.toml")]
    pub map: Option<PathBuf>,
    /// The chronicle that a table's drafts are for: what it declares is not declared again
    #[arg(long, value_name = "FILE")]
    pub chronicle: Option<PathBuf>,
    /// Where the drafts go; without it a file of the same name in `drafts`; `-` for standard output
    #[arg(short, long, value_name = "FILE.annals")]
    pub output: Option<PathBuf>,
    /// Replace drafts that are there, and what was edited in them
    #[arg(long)]
    pub force: bool,
    /// Keep rows that cannot be used as comments instead of refusing the whole table
    #[arg(long)]
    pub keep_going: bool,
    /// Write nothing: compare an article's draft with a list of claims made by a person
    /// (docs/import-gold.md)
    #[arg(long, value_name = "GOLD", conflicts_with_all = ["output", "force"])]
    pub score: Option<PathBuf>,
}

/// Imports a file of any form.
pub fn import(arguments: &Import) -> Result<Exit, Failure> {
    let name = arguments.file.to_string_lossy().to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if ends(&[".csv", ".tsv", ".tab", ".xlsx", ".xlsm"]) {
        return import_table::import(arguments);
    }
    if !ends(&[".clog", ".geojson", ".json", ".jsonld", ".bib"]) {
        return import_article::import(arguments);
    }
    let text = arguments.text()?;
    let name = arguments.name();
    let (made, said, notes) = if ends(&[".clog"]) {
        let read = import_chronolog(&text, &name).map_err(|f| arguments.refused(&f))?;
        let said = format!(
            "{}, {}",
            count(read.periods, "period"),
            count(read.events, "event")
        );
        (read.text, said, read.notes)
    } else if ends(&[".bib"]) {
        let read = import_bibtex(&text, &name).map_err(|f| arguments.refused(&f))?;
        (read.text, count(read.sources, "source"), read.notes)
    } else if text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('[')
    {
        // A list at the head is what bibliographies have, and collections of places have not.
        let read = import_csl(&text, &name).map_err(|f| arguments.refused(&f))?;
        (read.text, count(read.sources, "source"), read.notes)
    } else {
        let read = import_linked_places(&text, &name).map_err(|f| arguments.refused(&f))?;
        (read.text, count(read.places, "place"), read.notes)
    };
    for note in notes {
        say_error(&format!("note: {note}\n"))?;
    }
    let Some(target) = arguments.target()? else {
        say(&made)?;
        say_error(&format!("{said} from {name}\n"))?;
        return Ok(Exit::Clean);
    };
    write_whole(&target, made.as_bytes())
        .map_err(|e| Failure::Input(format!("`{}` cannot be written: {e}", target.display())))?;
    say(&format!("{said} from {name} in {}\n", target.display()))?;
    say_next(&target, made.contains("\n// claim "))?;
    Ok(Exit::Clean)
}

impl Import {
    /// Where the drafts go; `None` is standard output. What is there already was perhaps edited and
    /// is not replaced unasked; a file that this import reads is not replaced at all.
    pub fn target(&self) -> Result<Option<PathBuf>, Failure> {
        if self.output.as_deref() == Some(Path::new("-")) {
            return Ok(None);
        }
        let target = self.output.clone().unwrap_or_else(|| {
            let stem = self.file.file_stem().unwrap_or_default();
            let mut name = stem.to_os_string();
            name.push(".annals");
            Path::new("drafts").join(name)
        });
        let reads = [Some(&self.file), self.map.as_ref(), self.chronicle.as_ref()];
        let there = std::fs::canonicalize(&target).ok();
        let own = |path: &&PathBuf| there.is_some() && std::fs::canonicalize(path).ok() == there;
        if let Some(own) = reads.into_iter().flatten().find(own) {
            return Err(Failure::Input(format!(
                "`{}` is read by this import and would be lost: name another file behind `-o`",
                own.display()
            )));
        }
        if target.exists() && !self.force {
            return Err(Failure::Input(format!(
                "`{}` is there already, perhaps edited; with `--force` these drafts take its place, and what was reviewed in it is lost",
                target.display()
            )));
        }
        if let Some(folder) = target.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| {
                Failure::Input(format!("`{}` cannot be made: {e}", folder.display()))
            })?;
        }
        Ok(Some(target))
    }

    fn text(&self) -> Result<String, Failure> {
        let cannot = |why: &dyn std::fmt::Display| {
            Failure::Input(format!("`{}` cannot be read: {why}", self.file.display()))
        };
        let bytes = Disk
            .read(&self.file.to_string_lossy())
            .map_err(|e| cannot(&e))?;
        text_of(&self.file.to_string_lossy(), bytes)
    }

    /// Everything that is wrong with the file, in one failure: nothing was written.
    fn refused(&self, faults: &[String]) -> Failure {
        let shown = self.file.display();
        let lines: Vec<String> = faults
            .iter()
            .take(50)
            .map(|f| format!("{shown}: {f}"))
            .collect();
        let more = faults.len().saturating_sub(lines.len());
        let more = if more > 0 {
            format!("\n… and {more} more")
        } else {
            String::new()
        };
        Failure::Input(format!("nothing was written\n{}{more}", lines.join("\n")))
    }

    /// The name of the file, as the drafts have it.
    pub fn name(&self) -> String {
        let name = self.file.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}

/// What to do with drafts that were written; those with numbered claims can be reviewed.
fn say_next(target: &Path, numbered: bool) -> Result<(), Failure> {
    let shown = target.display();
    let review = match numbered {
        true => format!("; go through it by `annals review {shown}`"),
        false => String::new(),
    };
    say_error(&format!(
        "read `{shown}`, then `annals check {shown}`; it says what is not declared or not understood{review}\n"
    ))
}
