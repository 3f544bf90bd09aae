//! Drafts that importers left in the folder `drafts`: looking through them, and accepting, changing
//! or rejecting their claims with the token. What is accepted moves into the main file.

use std::sync::Arc;

use annals_exchange::review::{accept, edit, pending, reject};
use axum::extract::{Request, State};
use axum::http::Uri;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::files::{LONGEST_ORDER, fresh, order, replace, text_of, text_on_disk};
use crate::desk::Desk;
use crate::hash::fingerprint;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;

/// `GET /api/drafts`
pub async fn drafts(State(desk): State<Arc<Desk>>, uri: Uri) -> impl IntoResponse {
    Parameters::read(&uri, &[])?;
    let desk_there = Arc::clone(&desk);
    let reply = desk
        .reply_once(move || {
            let mut listed = Vec::new();
            for path in desk_there.folder.drafts() {
                // A file that is no text is no draft; it is told of where somebody asks for it.
                if let Ok((text, _)) = text_on_disk(&desk_there, &path) {
                    listed.push(json!({ "path": path, "waiting": pending(&text).len() }));
                }
            }
            Ok(Reply::json(&Value::from(listed)))
        })
        .await?;
    fresh(reply)
}

/// `GET /api/draft`
pub async fn draft(State(desk): State<Arc<Desk>>, uri: Uri) -> impl IntoResponse {
    let asked = Parameters::read(&uri, &["path"])?;
    let path = asked.needed("path")?.to_owned();
    let desk_there = Arc::clone(&desk);
    let reply = desk
        .reply_once(move || {
            let (text, hash) = text_of_draft(&desk_there, &path)?;
            Ok(Reply::json(&told(&path, &text, &hash)))
        })
        .await?;
    fresh(reply)
}

fn told(path: &str, text: &str, hash: &str) -> Value {
    let claims = pending(text).into_iter().map(|p| {
        json!({
            "number": p.number, "rule": p.rule, "section": p.section, "claim": p.claim,
            "details": p.details, "quote": p.quote, "needs": p.needs,
        })
    });
    json!({ "path": path, "hash": hash, "claims": claims.collect::<Vec<_>>() })
}

/// Only what lies in the folder of drafts is one, whatever a request names.
fn text_of_draft(desk: &Desk, path: &str) -> Result<(String, String), Problem> {
    if !desk.folder.drafts().iter().any(|known| known == path) {
        return Err(Problem::missing("there is no draft of that path"));
    }
    text_on_disk(desk, path)
}

/// What a request does to a draft.
enum Act {
    Accept(Vec<usize>),
    Reject(Vec<usize>, String),
    Edit(usize, String),
}

/// `POST /api/review`
pub async fn review(State(desk): State<Arc<Desk>>, request: Request) -> impl IntoResponse {
    desk.doors.may_write(request.headers())?;
    let order = order(request, LONGEST_ORDER).await?;
    let path = text_of(&order, "path")?.to_owned();
    let base = text_of(&order, "base")?.to_owned();
    let act = act_of(&order)?;
    let write = move |desk: &Desk| {
        let (text, hash) = text_of_draft(desk, &path)?;
        if hash != base {
            let words = "the draft has been changed on the disk since it was opened";
            return Err(Problem::conflict("changed-on-disk", words));
        }
        carry_out(desk, &path, &text, &act)
    };
    let (value, _) = desk.write(write).await?;
    fresh(Reply::json(&value))
}

fn act_of(order: &Value) -> Result<Act, Problem> {
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    let numbers = |name: &str| {
        let list = order[name].as_array()?;
        list.iter().map(number).collect::<Option<Vec<usize>>>()
    };
    if let Some(accepted) = numbers("accept") {
        return Ok(Act::Accept(accepted));
    }
    if let Some(rejected) = numbers("reject") {
        return Ok(Act::Reject(rejected, text_of(order, "reason")?.to_owned()));
    }
    if let Some(one) = number(&order["edit"]) {
        return Ok(Act::Edit(one, text_of(order, "claim")?.to_owned()));
    }
    let words = "one of `accept` and `reject`, lists of numbers, and `edit`, a number, is needed";
    Err(Problem::parameter(words))
}

fn carry_out(desk: &Desk, path: &str, text: &str, act: &Act) -> Result<Value, Problem> {
    let (mut moved, mut kept) = (vec![], vec![]);
    let after = match act {
        Act::Reject(numbers, reason) => {
            reject(text, numbers, reason).map_err(Problem::parameter)?
        }
        Act::Edit(number, claim) => edit(text, *number, claim).map_err(Problem::parameter)?,
        Act::Accept(numbers) => {
            let done =
                accept(text, numbers, desk.main(), &desk.folder).map_err(Problem::parameter)?;
            (moved, kept) = (done.moved, done.kept);
            // The chronicle first: a stop between the two leaves a claim twice, never nowhere.
            if !moved.is_empty() {
                replace(desk, desk.main(), done.target.as_bytes())?;
            }
            done.draft
        }
    };
    if after != text {
        replace(desk, path, after.as_bytes())?;
    }
    let mut value = told(path, &after, &fingerprint(after.as_bytes()));
    let kept = kept
        .iter()
        .map(|(n, why)| json!({ "number": n, "why": why }));
    value["kept"] = kept.collect();
    value["moved"] = moved.into();
    Ok(value)
}
