//! `annals serve`: the app on a chronicle of this machine.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use annals_web::{Options, Server};

use crate::args::Serve;
use crate::check::project;
use crate::output::{Failure, count, say, say_error};
use crate::progress::Progress;
use crate::run::Exit;

/// The port asked for where none is named; where it is taken, the next free one serves as well.
const USUAL_PORT: u16 = 4100;

/// Serves the chronicle until interrupted.
pub fn serve(arguments: &Serve) -> Result<Exit, Failure> {
    let main = project(arguments.file.as_deref())?;
    let (folder, name) = folder_and_name(Path::new(&main));
    let mut options = Options::new(folder, name);
    options.read_only = arguments.read_only;
    options.host = arguments.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    options.names.clone_from(&arguments.name);
    serve_with(options, arguments.port, arguments.open)
}

/// Starts a server, says where it is, and stays until interrupted.
pub fn serve_with(mut options: Options, port: Option<u16>, open: bool) -> Result<Exit, Failure> {
    options.port = port.unwrap_or(USUAL_PORT);
    // A folder with the page, while it is being worked on.
    options.assets = std::env::var_os("ANNALS_WEB")
        .map(PathBuf::from)
        .filter(|folder| folder.join("index.html").is_file());
    let progress = Progress::of(&format!("working on {}", options.main));
    let mut started = Server::start(options.clone());
    if port.is_none() && matches!(started, Err(annals_web::StartError::PortTaken(_))) {
        options.port = 0;
        started = Server::start(options.clone());
    }
    drop(progress);
    let server = started.map_err(|e| Failure::Input(e.to_string()))?;
    let interruption = server.interruption();
    if !options.host.is_loopback() {
        say_error(
            "note: other machines can reach this server; whoever can read this chronicle there, \
             and whoever has the token can change it\n",
        )?;
    }
    say(&format!(
        "{} with {}\n\n  {}\n\nThe page shows changes of the files as they are saved. Ctrl-C ends it.\n",
        options.main,
        count(server.claims(), "claim"),
        server.url()
    ))?;
    if open && !open_browser(&server.url()) {
        say_error("note: no browser could be opened; open the address above in one\n")?;
    }
    server.run_until(interruption).map_err(Failure::Output)?;
    say("\nstopped\n")?;
    Ok(Exit::Clean)
}

/// The folder of a file and the file's name in it.
pub fn folder_and_name(main: &Path) -> (PathBuf, String) {
    let folder = match main.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let name = main.file_name().unwrap_or_default();
    (folder, name.to_string_lossy().into_owned())
}

/// Opens an address in the user's browser, by the program each system has for it.
fn open_browser(url: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    started.is_ok()
}
