//! Notices files that change on the disk.
//!
//! Twice a second the stamps of all files that were asked for are compared, those that were not
//! there included: a file that comes is a change too. Every few seconds their bytes are, for a
//! stamp can stay the same. Only when they have been quiet for one look is the chronicle read
//! anew, so that an editor that writes in several steps causes one compilation.

use std::sync::Arc;
use std::time::Duration;

use crate::desk::Desk;

const EVERY: Duration = Duration::from_millis(500);

/// One look in so many is at the bytes.
const BYTES_EVERY: u32 = 10;

/// A chronicle of more bytes is not read whole just to look whether it changed.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Looks for changes until the server closes.
pub async fn watch(desk: Arc<Desk>) {
    let mut looks: u32 = 0;
    loop {
        tokio::select! {
            () = desk.closed() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        looks = looks.wrapping_add(1);
        let looker = Arc::clone(&desk);
        let changed = tokio::task::spawn_blocking(move || has_changed(&looker, looks));
        if matches!(changed.await, Ok(true)) {
            // What fails here is tried again at the next look.
            let _ = desk.refresh().await;
        }
    }
}

/// Whether files have changed and are quiet again.
fn has_changed(desk: &Desk, looks: u32) -> bool {
    let edition = desk.edition();
    if !edition.is_stale(&desk.folder) {
        let bytes: u64 = edition.seen.values().map(|s| s.size).sum();
        let due = looks.is_multiple_of(BYTES_EVERY) && bytes <= MOST_BYTES;
        return due && edition.is_outdated(&desk.folder);
    }
    let stamps = || -> Vec<_> {
        let paths = edition.seen.keys();
        paths.map(|path| desk.folder.stamp(path)).collect()
    };
    let before = stamps();
    std::thread::sleep(EVERY / 4);
    before == stamps()
}
