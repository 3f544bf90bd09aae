//! Who may come in.
//!
//! The server listens to this machine alone, but any site that a browser on it shows can send
//! requests here. Three things keep them out: a request must name this server as its host (a
//! foreign name that resolves to this machine is refused: DNS rebinding), must not come from
//! another site, and must carry the token to write. Replies may be framed and read by no other
//! site and run no script but the page's own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, ORIGIN, REFERRER_POLICY,
    VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;
use crate::problem::Problem;

/// The header that carries the token.
pub const TOKEN_HEADER: &str = "x-annals-token";

/// Scripts and everything else from here alone. Styles may stand in the page: pictures carry
/// their own, and the editor makes some as it goes.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// Who may come in, and who may write.
pub struct Doors {
    hosts: Vec<String>,
    token: Option<String>,
}

impl Doors {
    /// Doors for these hosts (`127.0.0.1:4100`), and the token that opens writing; `None` where
    /// nobody may write.
    pub fn new(hosts: Vec<String>, token: Option<String>) -> Doors {
        Doors { hosts, token }
    }

    /// Whether anybody may write.
    pub fn writable(&self) -> bool {
        self.token.is_some()
    }

    /// Refuses whoever has not the token.
    pub fn may_write(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(token) = &self.token else {
            let words = "this server was started to be read alone";
            return Err(Problem::forbidden("read-only", words));
        };
        let given = headers.get(TOKEN_HEADER).map(HeaderValue::as_bytes);
        if given.is_some_and(|given| same(given, token.as_bytes())) {
            return Ok(());
        }
        let words = "writing needs the token of the address that `annals serve` printed";
        Err(Problem::forbidden("no-token", words))
    }

    /// Refuses requests that name another host or come from another site.
    fn admits(&self, request: &Request) -> Result<(), Problem> {
        let headers = request.headers();
        let text = |name: HeaderName| headers.get_all(name).iter().map(|v| v.to_str().ok());
        let known = |host: &str| self.hosts.iter().any(|h| h.eq_ignore_ascii_case(host));
        let hosts: Vec<Option<&str>> = text(HOST).collect();
        // A target may name a host of its own, which counts before the header.
        let in_target = request.uri().authority().map(|a| a.as_str());
        if !matches!(hosts[..], [Some(host)] if known(host)) || in_target.is_some_and(|h| !known(h))
        {
            let words = "this server answers only to the name it was started under";
            return Err(Problem::new(
                StatusCode::MISDIRECTED_REQUEST,
                "wrong-host",
                words,
            ));
        }
        let foreign = |origin: Option<&str>| {
            !origin
                .and_then(|o| o.strip_prefix("http://"))
                .is_some_and(known)
        };
        if text(ORIGIN).any(foreign) {
            let words = "another site may not ask this server anything";
            return Err(Problem::forbidden("other-site", words));
        }
        // A browser says so where it loads something for another site without an origin: an
        // image, a script. Following a link from there to the page is allowed.
        let said = |name: &'static str| headers.get(name).and_then(|v| v.to_str().ok());
        let elsewhere = matches!(said("sec-fetch-site"), Some("cross-site" | "same-site"));
        if elsewhere && said("sec-fetch-mode") != Some("navigate") {
            let words = "another site may not ask this server anything";
            return Err(Problem::forbidden("other-site", words));
        }
        Ok(())
    }
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
fn same(given: &[u8], token: &[u8]) -> bool {
    let pairs = token.iter().enumerate();
    let differing = pairs.fold(0, |so_far, (at, byte)| {
        so_far | (byte ^ given.get(at).copied().unwrap_or(0))
    });
    std::hint::black_box(differing) == 0 && given.len() == token.len()
}

/// Whether the asker wants problems of its own making as answers (`Prefer`, RFC 7240): a page sends
/// what is half typed, and browsers log every refusal as an error of the page.
fn prefers_answers(headers: &HeaderMap) -> bool {
    let said = headers.get_all("prefer").iter();
    said.filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .any(|one| one.trim() == "problem=answer")
}

/// Gives a problem the status of an answer; its body still says what its own is.
fn told_as_answer(response: &mut Response) {
    let kind = response.headers().get(CONTENT_TYPE);
    let problem = kind.is_some_and(|k| k == "application/problem+json");
    if problem && response.status().is_client_error() {
        *response.status_mut() = StatusCode::OK;
        let headers = response.headers_mut();
        let applied = HeaderValue::from_static("problem=answer");
        headers.insert(HeaderName::from_static("preference-applied"), applied);
    }
}

/// Lets a request in or refuses it, bounds its time, and puts on its reply what keeps others out.
pub async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let as_answer = is_api && prefers_answers(request.headers());
    let mut response = match desk.doors.admits(&request) {
        Err(problem) => problem.into_response(),
        Ok(()) => match tokio::time::timeout(desk.patience, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "takes-long",
                "this takes long; ask again in a moment, it is still being worked out",
            )
            .into_response(),
        },
    };
    if as_answer {
        told_as_answer(&mut response);
    }
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    put(CONTENT_SECURITY_POLICY, POLICY);
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(REFERRER_POLICY, "no-referrer");
    put(X_FRAME_OPTIONS, "DENY");
    let own = "same-origin";
    put(HeaderName::from_static("cross-origin-resource-policy"), own);
    put(HeaderName::from_static("cross-origin-opener-policy"), own);
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=()",
    );
    if !headers.contains_key(CACHE_CONTROL) {
        // Nothing is shown again without asking whether it still holds.
        let value = if is_api {
            "private, no-cache"
        } else {
            "no-cache"
        };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(value));
    }
    headers.append(VARY, HeaderValue::from_static("origin, prefer"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_the_token() {
        assert!(same(b"abc", b"abc"));
        for wrong in ["", "ab", "abd", "abcd", "abc\0"] {
            assert!(!same(wrong.as_bytes(), b"abc"), "{wrong}");
        }
    }
}
