//! `annals export`: what a chronicle says, in another form.

use std::path::Path;

use annals_web::export_site;

use crate::args::{Export, ExportForm};
use crate::check::project;
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
