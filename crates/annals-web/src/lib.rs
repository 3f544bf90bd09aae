//! The app: a shell for browsers.
//!
//! What comes in: a folder with a chronicle, and requests of a browser on the same machine. What
//! goes out: the page, pictures, answers as JSON, and the files of the chronicle when the page's
//! editor saves them. What it refuses: requests that come from another site, writes without the
//! token, paths that the chronicle does not read or that lie outside its folder, and work beyond
//! its bounds.
//!
//! [`Server::start`] compiles the chronicle and listens; `route` lists what can be asked. A
//! request passes [`guard`](mod@guard), is answered from the current `edition` (one compilation,
//! never changed) or from a what-if of it, computed off the network's threads under `shelf`, and
//! is kept there, so that the same question asked twice is worked out once. `docs/http-api.md`
//! says what each route means.

mod api;
mod assets;
mod desk;
mod draw;
mod edition;
mod folder;
mod guard;
mod hash;
mod parameters;
mod patient;
mod plain;
mod problem;
mod reply;
mod route;
mod seats;
mod server;
mod shelf;
mod site;
mod tell;
mod watch;

pub use folder::{Folder, replace_file};
pub use server::{Options, Server, StartError};
pub use site::export_site;
