//! The files of the chronicle: reading them, and writing them with the token.
//!
//! A path is one that the chronicle itself reads, letter by letter; nothing is looked up on the
//! disk because a request names it. Files that lie outside the folder, through `..` or a link,
//! are compiled but not handed out and not written.

use std::collections::BTreeMap;
use std::sync::Arc;

use annals::{World, WorldError};
use annals_text::apply_edits;
use axum::body::{HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::edition::Edition;
use crate::hash::fingerprint;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tell::remedies_of;

/// The most bytes of a request to write: a chronicle of some hundred thousand lines.
const LONGEST_TEXT: usize = 32 * 1024 * 1024;

/// The most bytes of a request that carries no text.
pub(super) const LONGEST_ORDER: usize = 16 * 1024;

/// A reply about files is never kept: they may change on the disk at any time.
pub(super) type Fresh = Result<([(axum::http::HeaderName, &'static str); 1], Reply), Problem>;

pub(super) fn fresh(reply: Reply) -> Fresh {
    Ok(([(CACHE_CONTROL, "no-store")], reply))
}

/// `GET /api/files`
pub async fn files(State(desk): State<Arc<Desk>>, uri: Uri) -> impl IntoResponse {
    Parameters::read(&uri, &[])?;
    let desk_there = Arc::clone(&desk);
    let reply = desk
        .reply_once(move || {
            let edition = desk_there.edition();
            let own = edition
                .seen
                .iter()
                .filter(|(path, seen)| seen.hash.is_some() && is_own(&desk_there, path));
            let listed = own
                .map(|(path, seen)| json!({ "path": path, "size": seen.size, "hash": seen.hash }));
            Ok(Reply::json(&Value::from(listed.collect::<Vec<_>>())))
        })
        .await?;
    fresh(reply)
}

fn is_own(desk: &Desk, path: &str) -> bool {
    desk.folder.real_path(path).is_some()
}

/// Refuses every path but those the chronicle reads in its folder.
fn own(desk: &Desk, edition: &Edition, path: &str) -> Result<(), Problem> {
    if !edition.seen.contains_key(path) {
        return Err(Problem::missing("the chronicle reads no file of that path"));
    }
    if desk.folder.stamp(path).is_none() {
        return Err(Problem::missing("the file is gone from the disk"));
    }
    if !is_own(desk, path) {
        let words = "this file is not in the folder of the chronicle";
        return Err(Problem::forbidden("outside", words));
    }
    Ok(())
}

/// `GET /api/file`
pub async fn file(State(desk): State<Arc<Desk>>, uri: Uri) -> impl IntoResponse {
    let asked = Parameters::read(&uri, &["path"])?;
    let path = asked.needed("path")?.to_owned();
    let desk_there = Arc::clone(&desk);
    let reply = desk
        .reply_once(move || {
            own(&desk_there, &desk_there.edition(), &path)?;
            let (text, hash) = text_on_disk(&desk_there, &path)?;
            let value = json!({ "path": path, "text": text, "hash": hash });
            Ok(Reply::json(&value))
        })
        .await?;
    fresh(reply)
}

/// A file as it stands on the disk now. What is no text cannot be edited as one.
pub(super) fn text_on_disk(desk: &Desk, path: &str) -> Result<(String, String), Problem> {
    let bytes = desk.folder.read(path).map_err(|e| match e {
        WorldError::Missing => Problem::missing("the file is gone from the disk"),
        other => Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "unreadable",
            format!("the file cannot be read: {other}"),
        ),
    })?;
    let hash = fingerprint(&bytes);
    let text = String::from_utf8(bytes).map_err(|_| {
        let words = "this file is no text in UTF-8";
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-text", words)
    })?;
    Ok((text, hash))
}

/// `PUT /api/file`
pub async fn save(State(desk): State<Arc<Desk>>, request: Request) -> impl IntoResponse {
    desk.doors.may_write(request.headers())?;
    let order = order(request, LONGEST_TEXT).await?;
    let path = text_of(&order, "path")?.to_owned();
    let text = text_of(&order, "text")?.to_owned();
    let base = text_of(&order, "base")?.to_owned();
    let hash = fingerprint(text.as_bytes());
    let write = move |desk: &Desk| {
        own(desk, &desk.edition(), &path)?;
        let (_, on_disk) = text_on_disk(desk, &path)?;
        if on_disk != base {
            let words = "the file has been changed on the disk since it was opened";
            return Err(Problem::conflict("changed-on-disk", words));
        }
        replace(desk, &path, text.as_bytes())
    };
    let ((), edition) = desk.write(write).await?;
    let value = json!({ "hash": hash, "revision": edition.revision });
    fresh(Reply::json(&value))
}

pub(super) fn replace(desk: &Desk, path: &str, bytes: &[u8]) -> Result<(), Problem> {
    desk.folder.replace(path, bytes).map_err(|e| {
        let words = format!("`{path}` cannot be written: {e}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "unwritable", words)
    })
}

/// `POST /api/fix`: carries out one remedy of one report.
pub async fn fix(State(desk): State<Arc<Desk>>, request: Request) -> impl IntoResponse {
    desk.doors.may_write(request.headers())?;
    let order = order(request, LONGEST_ORDER).await?;
    let revision = text_of(&order, "revision")?.to_owned();
    let number = |name: &str| {
        let value = order[name].as_u64().and_then(|n| usize::try_from(n).ok());
        value.ok_or_else(|| Problem::parameter(format!("`{name}` has to be a number")))
    };
    let (report, remedy) = (number("report")?, number("remedy")?);
    let write = move |desk: &Desk| {
        let edition = desk.edition();
        if edition.revision != revision {
            let words = "the chronicle has changed since; look at its reports again";
            return Err(Problem::conflict("other-revision", words));
        }
        let written = mended(desk, &edition, report, remedy)?;
        for (path, text) in &written {
            replace(desk, path, text.as_bytes())?;
        }
        Ok(written.into_keys().collect::<Vec<String>>())
    };
    let (changed, edition) = desk.write(write).await?;
    let value = json!({ "changed": changed, "revision": edition.revision });
    fresh(Reply::json(&value))
}

/// The texts of all files after a remedy. Every file must still be what the remedy was made for,
/// or none is written.
fn mended(
    desk: &Desk,
    edition: &Edition,
    report: usize,
    remedy: usize,
) -> Result<BTreeMap<String, String>, Problem> {
    let compiled = &edition.compiled;
    let all = compiled.reports.get(report);
    let all = all.map_or(vec![], |r| remedies_of(compiled, r));
    let remedy = all
        .get(remedy)
        .ok_or_else(|| Problem::missing("no report has that remedy"))?;
    if remedy.edits.is_empty() {
        let words = "this remedy is advice: only a person can carry it out";
        return Err(Problem::parameter(words));
    }
    let mut written = BTreeMap::new();
    for edit in &remedy.edits {
        let file = compiled.files.get(edit.span.file);
        if written.contains_key(&file.name) {
            continue;
        }
        own(desk, edition, &file.name)?;
        let (text, _) = text_on_disk(desk, &file.name)?;
        if text != file.text {
            let words = "the file on the disk is not the text this remedy was made for";
            return Err(Problem::conflict("changed-on-disk", words));
        }
        let of_file = remedy
            .edits
            .iter()
            .filter(|e| e.span.file == edit.span.file);
        let edits: Vec<_> = of_file.cloned().collect();
        written.insert(file.name.clone(), apply_edits(&text, &edits));
    }
    Ok(written)
}

/// The body of a request to write: a JSON object, said to be one. A form of another site cannot
/// say so.
pub(super) async fn order(request: Request, longest: usize) -> Result<Value, Problem> {
    if !says_json(request.headers()) {
        let words = "the body has to be application/json";
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            words,
        ));
    }
    let too_large = || {
        let words = format!("the body cannot be read, or has more than {longest} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", words)
    };
    // What says itself that it is too large is not waited for.
    if request.body().size_hint().lower() > longest as u64 {
        return Err(too_large());
    }
    let body = to_bytes(request.into_body(), longest).await;
    let body = body.map_err(|_| too_large())?;
    let order: Value = serde_json::from_slice(&body)
        .map_err(|e| Problem::parameter(format!("the body is no JSON: {e}")))?;
    match order.is_object() {
        true => Ok(order),
        false => Err(Problem::parameter("the body has to be a JSON object")),
    }
}

fn says_json(headers: &HeaderMap) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let kind = said.and_then(|s| s.split(';').next()).unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/json")
}

pub(super) fn text_of<'o>(order: &'o Value, name: &str) -> Result<&'o str, Problem> {
    order[name]
        .as_str()
        .ok_or_else(|| Problem::parameter(format!("`{name}` is missing: a text")))
}
