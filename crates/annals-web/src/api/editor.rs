//! The language server for the page's editor: one WebSocket a session, one message a frame.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use annals::{World, WorldError};
use annals_lsp::Session;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::Response;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::time::Instant;

use crate::desk::Desk;
use crate::folder::Folder;
use crate::problem::Problem;

/// The most bytes of one message: the text of one file, as an editor sends it.
const LONGEST_MESSAGE: usize = 8 * 1024 * 1024;

/// Messages that may wait for an editor that does not read; then it is let go.
const MOST_WAITING: usize = 1024;

/// An editor is asked so often whether it is still there, and let go after some silence.
const ASK: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_secs(60);

/// `GET /lsp`
pub async fn lsp(
    State(desk): State<Arc<Desk>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| {
        let words = "this is the language server; it needs a WebSocket";
        Problem::new(StatusCode::UPGRADE_REQUIRED, "no-websocket", words)
    })?;
    let seat = Arc::clone(&desk.seats).try_acquire_owned();
    let seat = seat.map_err(|_| Problem::busy())?;
    Ok(upgrade
        .max_message_size(LONGEST_MESSAGE)
        .max_frame_size(LONGEST_MESSAGE)
        .on_upgrade(async move |socket| {
            converse(socket, &desk).await;
            drop(seat);
        }))
}

/// Carries messages between an editor and a session until one of them leaves.
async fn converse(mut socket: WebSocket, desk: &Desk) {
    let (send, mut sent) = channel::<String>(MOST_WAITING);
    let edition = desk.edition();
    let world = Arc::new(Confined {
        folder: desk.folder.clone(),
        read_before: edition.seen.keys().cloned().collect(),
    });
    let session = Session::new(world, Some(edition.main.clone()), move |message| {
        // Where too much waits or the editor has gone, the conversation below ends.
        let _ = send.try_send(message);
    });
    let session = carry(&mut socket, &mut sent, session, desk).await;
    // Its threads may be compiling; nobody on the network waits for them.
    tokio::task::spawn_blocking(move || drop(session));
    let _ = socket.send(Message::Close(None)).await;
}

async fn carry(
    socket: &mut WebSocket,
    sent: &mut Receiver<String>,
    session: Session,
    desk: &Desk,
) -> Session {
    let mut heard = Instant::now();
    let mut asked = tokio::time::interval(ASK);
    loop {
        tokio::select! {
            message = socket.recv() => {
                heard = Instant::now();
                match message {
                    Some(Ok(Message::Text(text))) => session.handle(&text),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    // The protocol is text; whatever else comes is not ours.
                    Some(Ok(Message::Binary(_) | Message::Close(_)) | Err(_)) | None => break,
                }
            }
            message = sent.recv() => {
                let Some(message) = message else { break };
                if sent.len() + 1 >= MOST_WAITING || !say(socket, Message::text(message)).await {
                    break;
                }
            }
            _ = asked.tick() => {
                let silent = heard.elapsed() > SILENCE;
                if silent || !say(socket, Message::Ping(Vec::new().into())).await {
                    break;
                }
            }
            () = desk.closed() => break,
        }
    }
    session
}

/// Sends, unless the editor does not read.
async fn say(socket: &mut WebSocket, message: Message) -> bool {
    let said = tokio::time::timeout(SILENCE, socket.send(message)).await;
    matches!(said, Ok(Ok(())))
}

/// The folder for texts that somebody is typing: a line may name any path, and only files of the
/// folder, or those the chronicle on the disk reads itself, are opened for it.
struct Confined {
    folder: Folder,
    read_before: BTreeSet<String>,
}

impl World for Confined {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        match self.read_before.contains(path) || self.folder.real_path(path).is_some() {
            true => self.folder.read(path),
            false => Err(WorldError::Missing),
        }
    }

    fn identity(&self, path: &str) -> String {
        self.folder.identity(path)
    }
}
