//! What could not be done, as `application/problem+json` (RFC 9457).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use annals::Refusal;

use crate::reply::Reply;
use crate::tell::report_values;

/// What could not be done and why.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    slug: &'static str,
    detail: String,
    reports: Vec<Value>,
}

impl Problem {
    /// A problem; `slug` names its kind and stays the same across releases.
    pub fn new(status: StatusCode, slug: &'static str, detail: impl Into<String>) -> Problem {
        Problem {
            status,
            slug,
            detail: detail.into(),
            reports: vec![],
        }
    }

    /// A parameter that cannot be understood.
    pub fn parameter(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "bad-parameter", detail)
    }

    /// Something asked for that is not there.
    pub fn missing(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not-there", detail)
    }

    /// Something the asker may not do.
    pub fn forbidden(slug: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, slug, detail)
    }

    /// Something that does not fit what is there now.
    pub fn conflict(slug: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::CONFLICT, slug, detail)
    }

    /// More than the server takes on at once.
    pub fn busy() -> Problem {
        let words = "the server has as much to do as it takes on; ask again in a moment";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", words)
    }

    /// A question that could not be read: its reports say why.
    pub fn refusal(refused: &Refusal) -> Problem {
        let headline = refused.reports.first().map(|r| r.headline.clone());
        let mut problem = Problem::new(
            StatusCode::BAD_REQUEST,
            "bad-question",
            headline.unwrap_or_else(|| "the question cannot be read".to_owned()),
        );
        problem.reports = report_values(&refused.files, &refused.reports);
        problem
    }

    /// How it is told in the head of a reply.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What is the matter, in words.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The problem as a reply.
    pub fn reply(&self) -> Reply {
        let mut body = json!({
            "type": format!("urn:annals:problem:{}", self.slug),
            "title": self.status.canonical_reason().unwrap_or("Problem"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if !self.reports.is_empty() {
            body["reports"] = Value::from(self.reports.clone());
        }
        let mut reply = Reply::json(&body);
        reply.status = self.status;
        reply.content_type = "application/problem+json";
        reply
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.reply().into_response()
    }
}
