//! `annals export csv`, `xlsx`, `json` and the other forms that one pass over a chronicle makes.

use std::path::{Path, PathBuf};

use annals::Compiled;
use annals_exchange::{
    Content, Format, Guard, Table, check_base, csv_text, json_schema, json_text, losses,
    table_named, tables, xlsx_bytes,
};

use crate::args::{ExportFile, ExportNamed, ExportTables};
use crate::check::chronicle;
use crate::disk::{may_be_output, write_whole};
use crate::output::{Failure, count, say, say_error};
use crate::progress::Progress;
use crate::run::Exit;

/// Tables as CSV: all of them into a folder, or one into a file or to standard output.
pub fn csv(arguments: &ExportTables) -> Result<Exit, Failure> {
    let guard = if arguments.plain {
        Guard::None
    } else {
        Guard::Spreadsheets
    };
    let one = arguments.table.len() == 1;
    if let Some(file) = arguments
        .output
        .as_ref()
        .filter(|path| !one && path.is_file())
    {
        return Err(Failure::Input(format!(
            "`{}` is a file, and several tables need a folder: name another behind `-o`, or choose one table with `--table`",
            file.display()
        )));
    }
    let to = To::of(arguments.output.as_ref(), arguments.force);
    with_content(arguments.file.as_deref(), to, Format::Csv, |content| {
        let chosen = chosen(content, &arguments.table)?;
        let written: Vec<(String, String)> = chosen
            .iter()
            .map(|table| (format!("{}.csv", table.name), csv_text(table, guard)))
            .collect();
        match (to.path, one) {
            (None, true) => say(&written[0].1),
            (None, false) => Err(Failure::Input(
                "several tables need a folder: `-o FOLDER`, or choose one with `--table`"
                    .to_owned(),
            )),
            (Some(path), true) if !path.is_dir() => to.write(path, written[0].1.as_bytes()),
            (Some(folder), _) => folder_of_tables(folder, &written, to),
        }
    })
}

/// Writes a file a table, or none where one is there that must not be replaced.
fn folder_of_tables(
    folder: &Path,
    written: &[(String, String)],
    to: To<'_>,
) -> Result<(), Failure> {
    for (name, _) in written {
        to.may_write(&folder.join(name))?;
    }
    std::fs::create_dir_all(folder).map_err(|e| cannot(folder, &e))?;
    for (name, text) in written {
        to.write(&folder.join(name), text.as_bytes())?;
    }
    say_error(&format!(
        "{} in {}\n",
        count(written.len(), "file"),
        folder.display()
    ))
}

/// Tables as one JSON document, or its schema.
pub fn json(arguments: &ExportTables, schema: bool) -> Result<Exit, Failure> {
    let to = To::of(arguments.output.as_ref(), arguments.force);
    if schema {
        to.put(&json_schema(&tables(None)))?;
        return Ok(Exit::Clean);
    }
    with_content(arguments.file.as_deref(), to, Format::Json, |content| {
        to.put(&json_text(&chosen(content, &arguments.table)?))
    })
}

/// Tables as a workbook.
pub fn xlsx(arguments: &ExportTables) -> Result<Exit, Failure> {
    let path = needed(arguments.output.as_ref())?;
    let to = To::of(arguments.output.as_ref(), arguments.force);
    with_content(arguments.file.as_deref(), to, Format::Xlsx, |content| {
        let bytes = xlsx_bytes(&chosen(content, &arguments.table)?).map_err(Failure::Input)?;
        to.write(path, &bytes)
    })
}

/// A form that is text: into a file, or to standard output where none is named.
pub fn text(
    arguments: &ExportFile,
    format: Format,
    make: impl FnOnce(&Content<'_>) -> String,
) -> Result<Exit, Failure> {
    let to = To::of(arguments.output.as_ref(), arguments.force);
    with_content(arguments.file.as_deref(), to, format, |content| {
        to.put(&make(content))
    })
}

/// A form that is text and gives its parts names in the web of data.
pub fn named(
    arguments: &ExportNamed,
    format: Format,
    make: impl FnOnce(&Content<'_>, &str) -> String,
) -> Result<Exit, Failure> {
    check_base(&arguments.base).map_err(Failure::Input)?;
    text(&arguments.file, format, |content| {
        make(content, &arguments.base)
    })
}

/// A form that is no text.
#[cfg(feature = "sql")]
pub fn bytes(
    arguments: &ExportFile,
    format: Format,
    make: impl FnOnce(&Content<'_>) -> Result<Vec<u8>, String>,
) -> Result<Exit, Failure> {
    let path = needed(arguments.output.as_ref())?;
    let to = To::of(arguments.output.as_ref(), arguments.force);
    with_content(arguments.file.as_deref(), to, format, |content| {
        to.write(path, &make(content).map_err(Failure::Input)?)
    })
}

/// Compiles the chronicle, writes, and says what the format could not hold.
fn with_content(
    file: Option<&Path>,
    to: To<'_>,
    format: Format,
    write: impl FnOnce(&Content<'_>) -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    // Before the work, not after it. A folder is looked into where its files are known.
    if let Some(path) = to.path.filter(|path| !path.is_dir()) {
        to.may_write(path)?;
    }
    let compiled = chronicle(file)?;
    let progress = Progress::of("working out everything that is written");
    let content = Content::of(&compiled);
    drop(progress);
    refuse_own(&compiled, to.path)?;
    write(&content)?;
    for loss in losses(format, &content) {
        say_error(&format!("note: {loss}\n"))?;
    }
    Ok(Exit::Clean)
}

/// Refuses an output that is a file the chronicle is read from, whatever it is called.
fn refuse_own(compiled: &Compiled, output: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = output.and_then(|path| std::fs::canonicalize(path).ok()) else {
        return Ok(());
    };
    let mut names = compiled.files.iter().map(|(_, file)| file.name.clone());
    match names.any(|name| std::fs::canonicalize(name).is_ok_and(|own| own == output)) {
        true => Err(Failure::Input(format!(
            "the chronicle is read from `{}`: name another file behind `-o`",
            output.display()
        ))),
        false => Ok(()),
    }
}

fn chosen(content: &Content<'_>, names: &[String]) -> Result<Vec<Table>, Failure> {
    if names.is_empty() {
        return Ok(tables(Some(content)));
    }
    let table = |name: &String| {
        table_named(Some(content), name).ok_or_else(|| {
            let all: Vec<&str> = tables(None).iter().map(|t| t.name).collect();
            let near = annals::nearest(name, all.iter().copied());
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            Failure::Input(format!(
                "there is no table `{name}`{hint} The tables are {}",
                all.join(", ")
            ))
        })
    };
    names.iter().map(table).collect()
}

fn needed(output: Option<&PathBuf>) -> Result<&Path, Failure> {
    output.map(PathBuf::as_path).ok_or_else(|| {
        Failure::Input("this form is no text: name a file with `-o FILE`".to_owned())
    })
}

/// Where an export goes.
#[derive(Clone, Copy)]
struct To<'a> {
    path: Option<&'a Path>,
    force: bool,
}

impl To<'_> {
    fn of(path: Option<&PathBuf>, force: bool) -> To<'_> {
        To {
            path: path.map(PathBuf::as_path),
            force,
        }
    }

    fn put(self, text: &str) -> Result<(), Failure> {
        match self.path {
            Some(path) => self.write(path, text.as_bytes()),
            None => say(text),
        }
    }

    /// Refuses to put an export in the place of a file: it may be somebody's work, and nothing in
    /// a table or a map says who made it.
    fn may_write(self, path: &Path) -> Result<(), Failure> {
        may_be_output(path).map_err(Failure::Input)?;
        if path.is_dir() {
            return Err(Failure::Input(format!(
                "`{}` is a folder, and this form is one file: name a file behind `-o`",
                path.display()
            )));
        }
        match path.exists() && !self.force {
            true => Err(Failure::Input(format!(
                "`{}` is there already; with `--force` it is replaced",
                path.display()
            ))),
            false => Ok(()),
        }
    }

    fn write(self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.may_write(path)?;
        write_whole(path, bytes).map_err(|e| cannot(path, &e))
    }
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Input(format!("`{}` cannot be written: {error}", path.display()))
}
