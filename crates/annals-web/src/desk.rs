//! What all requests share: the current edition, what was worked out of it, and its bounds.

use std::sync::{Arc, PoisonError, RwLock};

use annals::{Changes, Compiled};
use axum::http::StatusCode;
use tokio::sync::{Semaphore, watch};

use crate::edition::{Edition, Told};
use crate::folder::Folder;
use crate::guard::Doors;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shelf::{Bench, Shelf};

/// A chronicle beyond this many claims takes so much memory that few what-ifs of it are kept.
const MANY_CLAIMS: usize = 20_000;

/// The bytes of replies that are kept.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// Listeners for changes, and editors, at one time.
const MOST_LISTENERS: usize = 64;

/// What all requests share.
pub struct Desk {
    /// The folder of the chronicle.
    pub folder: Folder,
    /// The path of its main file in the folder.
    main: String,
    /// Who may come in, and who may write.
    pub doors: Doors,
    /// Where the page lies, if not in the program.
    pub assets: Option<std::path::PathBuf>,
    /// How long one request may take.
    pub patience: std::time::Duration,
    edition: RwLock<Arc<Edition>>,
    what_ifs: Shelf<Result<Arc<Compiled>, Problem>>,
    replies: Shelf<Result<Reply, Problem>>,
    /// For compilations, which take long.
    slow: Bench,
    /// For everything that reads what is compiled.
    quick: Bench,
    /// Held while files are written or read anew, so that one change is made at a time.
    changing: tokio::sync::Mutex<()>,
    /// Tells the revision to whoever listens.
    pub revision: watch::Sender<String>,
    /// True once the server is closing, which ends what would go on for ever.
    pub closing: watch::Sender<bool>,
    /// Seats of those who stay: listeners and editors.
    pub seats: Arc<Semaphore>,
    /// Another for every run, so that no browser keeps what another run said.
    pub run: String,
}

impl Desk {
    /// A desk over a first edition.
    pub fn new(folder: Folder, edition: Edition, doors: Doors, run: String) -> Desk {
        let claims = edition.compiled.chronicle().claims.len();
        let most_what_ifs = if claims > MANY_CLAIMS { 2 } else { 8 };
        let places = std::thread::available_parallelism().map_or(2, usize::from);
        Desk {
            folder,
            main: edition.main.clone(),
            doors,
            assets: None,
            patience: std::time::Duration::from_secs(60),
            revision: watch::Sender::new(edition.revision.clone()),
            edition: RwLock::new(Arc::new(edition)),
            what_ifs: Shelf::new(most_what_ifs, usize::MAX, |_| 0),
            replies: Shelf::new(512, KEPT_BYTES, weight),
            slow: Bench::new((places / 2).clamp(1, 4), 32),
            quick: Bench::new(places.clamp(2, 8), 128),
            changing: tokio::sync::Mutex::default(),
            closing: watch::Sender::new(false),
            seats: Arc::new(Semaphore::new(MOST_LISTENERS)),
            run,
        }
    }

    /// The path of the main file in the folder.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// The edition as it stands.
    pub fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.edition.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The chronicle with changes, compiled anew where there are any and nobody asked before.
    pub async fn told(&self, changes: Changes) -> Result<Told, Problem> {
        let edition = self.edition();
        let mut compiled = Arc::clone(&edition.compiled);
        if changes != Changes::default() {
            let key = format!("{} {}", edition.revision, changes_key(&changes));
            let (before, asked) = (Arc::clone(&compiled), changes.clone());
            let work = move || {
                let changed = before.what_if(&asked);
                changed.map(Arc::new).map_err(|r| Problem::refusal(&r))
            };
            compiled = self.what_ifs.get(key, &self.slow, work).await??;
        }
        Ok(Told {
            edition,
            compiled,
            changes,
        })
    }

    /// A reply made of a chronicle, kept under a key that names the route and its parameters.
    pub async fn reply(
        &self,
        told: Told,
        key: &str,
        work: impl FnOnce(&Told) -> Result<Reply, Problem> + Send + 'static,
    ) -> Result<Reply, Problem> {
        let changes = changes_key(&told.changes);
        let key = format!("{} {changes} {key}", told.edition.revision);
        let found = self.replies.get(key, &self.quick, move || work(&told));
        found.await?
    }

    /// A reply that is not worth keeping.
    pub async fn reply_once(
        &self,
        work: impl FnOnce() -> Result<Reply, Problem> + Send + 'static,
    ) -> Result<Reply, Problem> {
        self.quick.work(work).await?
    }

    /// Comes back once the server is closing.
    pub async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // An error would mean that nobody can close it any more, so that it is as good as closed.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    /// Reads the files anew and takes what they say as the current edition.
    pub async fn refresh(self: &Arc<Desk>) -> Result<Arc<Edition>, Problem> {
        let _one_at_a_time = self.changing.lock().await;
        self.refresh_now().await
    }

    /// Writes files and reads all anew, before anybody else writes. `write` says what keeps it
    /// from being done; then nothing is read anew.
    pub async fn write<T: Send + 'static>(
        self: &Arc<Desk>,
        write: impl FnOnce(&Desk) -> Result<T, Problem> + Send + 'static,
    ) -> Result<(T, Arc<Edition>), Problem> {
        let _one_at_a_time = self.changing.lock().await;
        let desk = Arc::clone(self);
        let written = self.quick.work(move || write(&desk)).await??;
        let edition = self.refresh_now().await?;
        Ok((written, edition))
    }

    async fn refresh_now(self: &Arc<Desk>) -> Result<Arc<Edition>, Problem> {
        let desk = Arc::clone(self);
        // No bench is asked: reading anew must not wait behind what-ifs of an old edition.
        let made = tokio::task::spawn_blocking(move || Edition::of(&desk.folder, &desk.main));
        let made = made.await.map_err(|_| {
            let words = "the chronicle could not be compiled; this is a fault of the program";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", words)
        })?;
        let made = Arc::new(made);
        *self.edition.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&made);
        self.revision.send_if_modified(|told| {
            let changed = *told != made.revision;
            made.revision.clone_into(told);
            changed
        });
        Ok(made)
    }
}

fn weight(reply: &Result<Reply, Problem>) -> usize {
    reply.as_ref().map_or(0, |r| r.body.len())
}

/// Changes as one text, the same for the same changes.
fn changes_key(changes: &Changes) -> String {
    let mut key = String::new();
    for (kind, values) in [("-", &changes.without), ("<", &changes.prefer)] {
        for value in values {
            key.push_str(&format!("{kind}{}:{value}", value.len()));
        }
    }
    key
}
