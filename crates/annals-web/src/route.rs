//! What can be asked for.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;

use crate::api::{self, answers, chronicle, dates, files, live, pictures};
use crate::assets::{asset, content_type};
use crate::desk::Desk;
use crate::guard::guard;
use crate::problem::Problem;
use crate::reply::Reply;

/// All routes over a desk.
pub fn routes(desk: Arc<Desk>) -> Router {
    let kept = Router::new()
        .route("/api/overview", get(chronicle::overview))
        .route("/api/difference", get(chronicle::difference))
        .route("/api/claims.csv", get(chronicle::claims))
        .route("/api/picture/{name}", get(pictures::picture))
        .route("/api/ask", get(answers::ask))
        .route("/api/why", get(answers::why))
        .route("/api/event", get(answers::event))
        .route("/api/read-date", get(dates::read_date))
        .route("/api/day", get(dates::day))
        .layer(from_fn_with_state(Arc::clone(&desk), api::keep));
    Router::new()
        .merge(kept)
        .route("/api/files", get(files::files))
        .route("/api/file", get(files::file).put(files::save))
        .route("/api/fix", axum::routing::post(files::fix))
        .route("/api/watch", get(live::watch))
        .route("/", get(page))
        .route("/assets/{*path}", get(page_asset))
        .fallback(nothing)
        .method_not_allowed_fallback(wrong_method)
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Arc::clone(&desk), guard))
        .with_state(desk)
}

async fn nothing(uri: Uri) -> Problem {
    Problem::missing(format!("there is nothing at `{}`", uri.path()))
}

async fn wrong_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong-method",
        "this cannot be done here",
    )
}

/// The page itself.
async fn page(State(desk): State<Arc<Desk>>) -> Response {
    match asset(desk.assets.as_deref(), "index.html") {
        Some(bytes) => Reply::new(content_type("index.html"), bytes).into_response(),
        None => Problem::missing("the page was not built into this program").into_response(),
    }
}

/// A file of the page. Their names change with their bytes, so a browser keeps them.
async fn page_asset(State(desk): State<Arc<Desk>>, Path(path): Path<String>) -> Response {
    let path = format!("assets/{path}");
    match asset(desk.assets.as_deref(), &path) {
        Some(bytes) => {
            let keep = match desk.assets {
                None => "public, max-age=31536000, immutable",
                Some(_) => "no-cache",
            };
            (
                [(CACHE_CONTROL, keep)],
                Reply::new(content_type(&path), bytes),
            )
                .into_response()
        }
        None => Problem::missing("the page has no such file").into_response(),
    }
}
