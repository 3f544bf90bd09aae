//! `annals export`: what a chronicle says, in another form.

use std::path::Path;

use annals_exchange::{Format, geojson_text, linked_places_text, timelinejs_text, turtle_text};
#[cfg(feature = "sql")]
use annals_exchange::{geopackage_bytes, sqlite_bytes, tables};
use annals_web::export_site;

use crate::args::{Export, ExportForm};
use crate::check::project;
use crate::exports;
use crate::output::{Failure, count, say};
use crate::progress::Progress;
use crate::run::Exit;
use crate::serve::folder_and_name;

/// Writes the form that is asked for.
pub fn export(arguments: &Export) -> Result<Exit, Failure> {
    match &arguments.form {
        ExportForm::Site {
            file,
            output,
            force,
        } => site(file.as_deref(), output, *force),
        ExportForm::Csv(arguments) => exports::csv(arguments),
        ExportForm::Xlsx(arguments) => exports::xlsx(arguments),
        ExportForm::Json { tables, schema } => exports::json(tables, *schema),
        #[cfg(feature = "sql")]
        ExportForm::Sqlite(arguments) => exports::bytes(arguments, Format::Sqlite, |content| {
            sqlite_bytes(&tables(Some(content)))
        }),
        #[cfg(feature = "sql")]
        ExportForm::Geopackage(arguments) => {
            exports::bytes(arguments, Format::GeoPackage, geopackage_bytes)
        }
        ExportForm::Geojson(arguments) => exports::text(arguments, Format::GeoJson, geojson_text),
        ExportForm::LinkedPlaces(arguments) => {
            exports::named(arguments, Format::LinkedPlaces, linked_places_text)
        }
        ExportForm::Timelinejs(arguments) => {
            exports::text(arguments, Format::TimelineJs, timelinejs_text)
        }
        ExportForm::Turtle(arguments) => exports::named(arguments, Format::Turtle, turtle_text),
    }
}

fn site(file: Option<&Path>, output: &Path, force: bool) -> Result<Exit, Failure> {
    let main = project(file)?;
    let (folder, name) = folder_and_name(Path::new(&main));
    let progress = Progress::of("working out everything the site shows");
    let written = export_site(&folder, &name, output, force);
    drop(progress);
    let files = written.map_err(Failure::Input)?;
    say(&format!(
        "{} in {}\n\nOpen {} in a browser, or put the folder on any web host.\n",
        count(files, "file"),
        output.display(),
        output.join("index.html").display()
    ))?;
    Ok(Exit::Clean)
}
