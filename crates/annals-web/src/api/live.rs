//! What stays open: news of changed files.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::desk::Desk;
use crate::parameters::Parameters;
use crate::problem::Problem;

/// A line that says nothing is sent so often, so that a lost listener is noticed.
const BREATH: Duration = Duration::from_secs(15);

/// `GET /api/watch`: server-sent events, `changed` with the new revision.
pub async fn watch(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    Parameters::read(&uri, &[])?;
    let seat = Arc::clone(&desk.seats).try_acquire_owned();
    let seat = seat.map_err(|_| Problem::busy())?;
    let (sender, receiver) = channel(4);
    tokio::spawn(async move {
        tell_changes(&desk, &sender).await;
        drop(seat);
    });
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        (CACHE_CONTROL, "no-store"),
    ];
    let body = axum::body::Body::from_stream(Lines(receiver));
    Ok((headers, body).into_response())
}

async fn tell_changes(desk: &Desk, sender: &Sender<String>) {
    let mut revision = desk.revision.subscribe();
    let mut line = ": the revision is told when it changes\n\n".to_owned();
    loop {
        if sender.send(line).await.is_err() {
            return;
        }
        line = tokio::select! {
            changed = revision.changed() => match changed {
                Ok(()) => event(&revision.borrow_and_update()),
                Err(_) => return,
            },
            () = desk.closed() => return,
            () = sender.closed() => return,
            () = tokio::time::sleep(BREATH) => ":\n\n".to_owned(),
        };
    }
}

fn event(revision: &str) -> String {
    let data = serde_json::json!({ "revision": revision });
    format!("event: changed\ndata: {data}\n\n")
}

/// What is received, as a body.
struct Lines(Receiver<String>);

impl Stream for Lines {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let line = self.0.poll_recv(cx);
        line.map(|line| line.map(|line| Ok(Bytes::from(line))))
    }
}
