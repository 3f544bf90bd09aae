//! What can be asked for.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;

use crate::api::{
    self, answers, chronicle, dates, drafts, editor, files, live, pages, pictures, travel,
};
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
        .route("/api/reach", get(travel::reach))
        .route("/api/read-date", get(dates::read_date))
        .route("/api/day", get(dates::day))
        .route("/api/complete", get(answers::complete))
        .route("/plain", get(pages::front))
        .route("/timeline", get(pages::timeline))
        .route("/map", get(pages::map))
        .route("/graph", get(pages::graph))
        .route("/claims", get(pages::claims))
        .route("/conflicts", get(pages::conflicts))
        .route("/sources", get(pages::sources))
        .route("/event", get(pages::event))
        .route("/why", get(pages::why))
        .route("/ask", get(pages::ask))
        .layer(from_fn_with_state(Arc::clone(&desk), api::keep));
    Router::new()
        .merge(kept)
        .route("/api/files", get(files::files))
        .route("/api/file", get(files::file).put(files::save))
        .route("/api/fix", axum::routing::post(files::fix))
        .route("/api/drafts", get(drafts::drafts))
        .route("/api/draft", get(drafts::draft))
        .route("/api/review", axum::routing::post(drafts::review))
        .route("/api/watch", get(live::watch))
        .route("/api/openapi.json", get(openapi))
        .route("/lsp", get(editor::lsp))
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

/// What the API is, for programs.
async fn openapi() -> Reply {
    Reply::new("application/json", include_str!("../openapi.json"))
}

/// The page itself; where it was not built, the first of the plain pages.
async fn page(State(desk): State<Arc<Desk>>) -> Response {
    match asset(desk.assets.as_deref(), "index.html") {
        Some(bytes) => Reply::new(content_type("index.html"), bytes).into_response(),
        None => Redirect::to("plain").into_response(),
    }
}

/// A file of the page. Their names change with their bytes, so a browser keeps them.
async fn page_asset(
    State(desk): State<Arc<Desk>>,
    path: Result<Path<String>, PathRejection>,
) -> Response {
    // A path that is no text is the path of nothing.
    let path = path.map_or(String::new(), |Path(path)| format!("assets/{path}"));
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
