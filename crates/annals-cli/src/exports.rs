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
    with_content(
        arguments.file.as_deref(),
        arguments.output.as_ref(),
        Format::Csv,
        |content| {
            let chosen = chosen(content, &arguments.table)?;
            let written: Vec<(String, String)> = chosen
                .iter()
                .map(|table| (format!("{}.csv", table.name), csv_text(table, guard)))
                .collect();
            match (&arguments.output, one) {
                (None, true) => say(&written[0].1),
                (None, false) => Err(Failure::Input(
                    "several tables need a folder: `-o FOLDER`, or choose one with `--table`"
                        .to_owned(),
                )),
                (Some(path), true) if !path.is_dir() => write(path, written[0].1.as_bytes()),
                (Some(folder), _) => {
                    std::fs::create_dir_all(folder).map_err(|e| cannot(folder, &e))?;
                    for (name, text) in &written {
                        write(&folder.join(name), text.as_bytes())?;
                    }
                    say_error(&format!(
                        "{} in {}\n",
                        count(written.len(), "file"),
                        folder.display()
                    ))
                }
            }
        },
    )
}

/// Tables as one JSON document, or its schema.
pub fn json(arguments: &ExportTables, schema: bool) -> Result<Exit, Failure> {
    if schema {
        put(arguments.output.as_ref(), &json_schema(&tables(None)))?;
        return Ok(Exit::Clean);
    }
    with_content(
        arguments.file.as_deref(),
        arguments.output.as_ref(),
        Format::Json,
        |content| {
            let text = json_text(&chosen(content, &arguments.table)?);
            put(arguments.output.as_ref(), &text)
        },
    )
}

/// Tables as a workbook.
pub fn xlsx(arguments: &ExportTables) -> Result<Exit, Failure> {
    let path = needed(arguments.output.as_ref())?;
    with_content(
        arguments.file.as_deref(),
        arguments.output.as_ref(),
        Format::Xlsx,
        |content| {
            let bytes = xlsx_bytes(&chosen(content, &arguments.table)?).map_err(Failure::Input)?;
            write(path, &bytes)
        },
    )
}

/// A form that is text: into a file, or to standard output where none is named.
pub fn text(
    arguments: &ExportFile,
    format: Format,
    make: impl FnOnce(&Content<'_>) -> String,
) -> Result<Exit, Failure> {
    with_content(
        arguments.file.as_deref(),
        arguments.output.as_ref(),
        format,
        |content| put(arguments.output.as_ref(), &make(content)),
    )
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
    with_content(
        arguments.file.as_deref(),
        arguments.output.as_ref(),
        format,
        |content| write(path, &make(content).map_err(Failure::Input)?),
    )
}

/// Compiles the chronicle, writes, and says what the format could not hold.
fn with_content(
    file: Option<&Path>,
    output: Option<&PathBuf>,
    format: Format,
    write: impl FnOnce(&Content<'_>) -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    let compiled = chronicle(file)?;
    let progress = Progress::of("working out everything that is written");
    let content = Content::of(&compiled);
    drop(progress);
    refuse_own(&compiled, output)?;
    write(&content)?;
    for loss in losses(format, &content) {
        say_error(&format!("note: {loss}\n"))?;
    }
    Ok(Exit::Clean)
}

/// Refuses an output that is a file the chronicle is read from, whatever it is called.
fn refuse_own(compiled: &Compiled, output: Option<&PathBuf>) -> Result<(), Failure> {
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

fn put(output: Option<&PathBuf>, text: &str) -> Result<(), Failure> {
    match output {
        Some(path) => write(path, text.as_bytes()),
        None => say(text),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    may_be_output(path).map_err(Failure::Input)?;
    write_whole(path, bytes).map_err(|e| cannot(path, &e))
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Input(format!("`{}` cannot be written: {error}", path.display()))
}
