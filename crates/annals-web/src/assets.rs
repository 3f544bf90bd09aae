//! The files of the page: held in the program, or in a folder while it is being worked on.

use std::path::Path;

use axum::body::Bytes;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The bytes of a file of the page, from the folder where there is one.
pub fn asset(folder: Option<&Path>, path: &str) -> Option<Bytes> {
    if let Some(folder) = folder {
        // No part may lead elsewhere, whatever the system takes for one.
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        if !path.split('/').all(plain) {
            return None;
        }
        return std::fs::read(folder.join(path)).ok().map(Bytes::from);
    }
    let found = ASSETS.iter().find(|(name, _)| *name == path);
    found.map(|(_, bytes)| Bytes::from_static(bytes))
}

/// The files of the page as static sites have it, by their paths in the site; none where npm was
/// not there when the program was built.
pub fn site_assets() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let files = ASSETS.iter();
    files.filter_map(|(name, bytes)| Some((name.strip_prefix("site/")?, *bytes)))
}

/// What a file is, by its name.
pub fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json" | "map") => "application/json",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
