//! A reply worked out and kept.

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// Bytes and what they are.
#[derive(Clone, Debug)]
pub struct Reply {
    /// How it went.
    pub status: StatusCode,
    /// What the bytes are.
    pub content_type: &'static str,
    /// The bytes.
    pub body: Bytes,
    /// The name under which a browser saves them, where they are to be saved and not shown.
    pub file_name: Option<String>,
}

impl Reply {
    /// Bytes of a kind.
    pub fn new(content_type: &'static str, body: impl Into<Bytes>) -> Reply {
        Reply {
            status: StatusCode::OK,
            content_type,
            body: body.into(),
            file_name: None,
        }
    }

    /// A JSON document.
    pub fn json(value: &Value) -> Reply {
        Reply::new("application/json", value.to_string())
    }

    /// The reply as a file to be saved. Only letters, digits, `-`, `_` and `.` stay in its name.
    pub fn saved_as(mut self, name: &str) -> Reply {
        let plain = |c: char| match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') => c,
            _ => '-',
        };
        self.file_name = Some(name.chars().map(plain).collect());
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.status != StatusCode::OK {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        if let Some(name) = self.file_name {
            let value = format!("attachment; filename=\"{name}\"");
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(CONTENT_DISPOSITION, value);
            }
        }
        response
    }
}
