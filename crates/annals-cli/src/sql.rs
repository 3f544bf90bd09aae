//! `annals sql`: a `SELECT` over the tables of a chronicle.

use annals_exchange::{Content, query, schema_text};

use crate::args::{Sql, SqlFormat};
use crate::check::chronicle;
use crate::output::{Failure, say};
use crate::progress::Progress;
use crate::run::Exit;

/// Answers a query, or lists the tables.
pub fn sql(arguments: &Sql) -> Result<Exit, Failure> {
    if arguments.tables {
        say(&schema_text())?;
        return Ok(Exit::Clean);
    }
    let text = arguments.query.as_deref().unwrap_or_default();
    let file = arguments.file.as_deref().or(arguments.bare_file.as_deref());
    let compiled = chronicle(file)?;
    let progress = Progress::of("making the tables");
    let found = query(&Content::of(&compiled), text);
    drop(progress);
    let found = found.map_err(Failure::Input)?;
    say(&match arguments.format {
        SqlFormat::Table => found.to_text(),
        SqlFormat::Csv => found.to_csv(),
        SqlFormat::Json => found.to_json(),
    })?;
    Ok(Exit::Clean)
}
