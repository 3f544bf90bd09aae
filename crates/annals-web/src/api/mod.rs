//! The answers of the API, a file for each kind of question.

pub mod answers;
pub mod chronicle;
pub mod dates;
pub mod drafts;
pub mod editor;
pub mod files;
pub mod live;
pub mod pages;
pub mod pictures;
pub mod travel;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;

/// Lets a browser keep what follows from the chronicle, and tells it whether that still holds:
/// the same address has the same reply as long as no file changes.
pub async fn keep(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let before = desk.edition().revision.clone();
    let tag = format!("W/\"{}-{before}\"", desk.run);
    let held = request.headers().get_all(IF_NONE_MATCH);
    let holds = |value: &HeaderValue| {
        value
            .to_str()
            .is_ok_and(|v| v.split(',').any(|t| t.trim() == tag))
    };
    let value = HeaderValue::from_str(&tag);
    if held.iter().any(holds) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        response.headers_mut().extend(value.ok().map(|v| (ETAG, v)));
        return response;
    }
    let mut response = next.run(request).await;
    // A reply made while the files changed may be of the one edition or the other.
    if response.status() == StatusCode::OK && desk.edition().revision == before {
        response.headers_mut().extend(value.ok().map(|v| (ETAG, v)));
    }
    response
}
