//! Questions: what holds, why, when, and how a question can go on.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::edition::Told;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tell::answer_value;

/// The most bytes of a question.
const LONGEST_QUESTION: usize = 2000;

/// `GET /api/ask`
pub async fn ask(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["q", "without", "prefer"])?;
    let question = question(&asked)?;
    let told = desk.told(asked.changes()?).await?;
    desk.reply(told, &format!("ask {question}"), move |told| {
        let answer = told.compiled.ask(&question);
        let answer = answer.map_err(|r| Problem::refusal(&r))?;
        Ok(Reply::json(&answer_value(&answer)))
    })
    .await
}

/// `GET /api/why`: of a state of the overview on a day, or of a sentence at a date.
pub async fn why(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let known = ["state", "q", "at", "revision", "without", "prefer"];
    let asked = Parameters::read(&uri, &known)?;
    let told = desk.told(asked.changes()?).await?;
    let Some(state) = asked.number::<u32>("state")? else {
        let (sentence, at) = (question(&asked)?, asked.one("at").map(str::to_owned));
        let key = format!("why {at:?} {sentence}");
        return desk
            .reply(told, &key, move |told| {
                let answer = match &at {
                    Some(at) => told.compiled.why(&sentence, at),
                    None => told.compiled.ask(&format!("why: {sentence}")),
                };
                let answer = answer.map_err(|r| Problem::refusal(&r))?;
                Ok(Reply::json(&answer_value(&answer)))
            })
            .await;
    };
    of_revision(&asked, &told)?;
    let day: i32 = asked
        .number("at")?
        .ok_or_else(|| Problem::parameter("`at` is missing: the number of a day"))?;
    near(day)?;
    desk.reply(told, &format!("why {state} {day}"), move |told| {
        let answer = told.compiled.why_state(state, day);
        let answer = answer.ok_or_else(|| Problem::missing("no state has that number"))?;
        Ok(Reply::json(&answer_value(&answer)))
    })
    .await
}

/// `GET /api/event`: an event of the overview, with what forces its days.
pub async fn event(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["id", "revision", "without", "prefer"])?;
    let id: u32 = asked
        .number("id")?
        .ok_or_else(|| Problem::parameter("`id` is missing: the number of an event"))?;
    let told = desk.told(asked.changes()?).await?;
    of_revision(&asked, &told)?;
    desk.reply(told, &format!("event {id}"), move |told| {
        let answer = told.compiled.event_numbered(id);
        let answer = answer.ok_or_else(|| Problem::missing("no event has that number"))?;
        Ok(Reply::json(&answer_value(&answer)))
    })
    .await
}

/// `GET /api/complete`: how the question in the box can go on.
pub async fn complete(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["q", "at", "without", "prefer"])?;
    let text = match asked.one("q") {
        Some(_) => question(&asked)?,
        None => String::new(),
    };
    let at = asked.number("at")?.unwrap_or(text.len()).min(text.len());
    let told = desk.told(asked.changes()?).await?;
    desk.reply_once(move || {
        let offers = annals_lsp::complete_question(&told.compiled, &text, at);
        let offers = offers.iter().map(|offer| {
            json!({
                "label": offer.label,
                "insert": offer.insert,
                "from": offer.from,
                "to": offer.to,
                "kind": format!("{:?}", offer.kind).to_lowercase(),
                "detail": offer.detail,
            })
        });
        Ok(Reply::json(&Value::from(offers.collect::<Vec<_>>())))
    })
    .await
}

/// The question asked, within its bounds.
fn question(asked: &Parameters) -> Result<String, Problem> {
    let question = asked.needed("q")?;
    if question.len() > LONGEST_QUESTION {
        let words = format!("a question has at most {LONGEST_QUESTION} bytes");
        return Err(Problem::parameter(words));
    }
    Ok(question.to_owned())
}

/// Numbers of states and events are those of one revision; an asker who names it is not
/// answered about another.
fn of_revision(asked: &Parameters, told: &Told) -> Result<(), Problem> {
    match asked.one("revision") {
        Some(revision) if revision != told.edition.revision => {
            let words = "the chronicle has changed since; its numbers may mean other things now";
            Err(Problem::conflict("other-revision", words))
        }
        _ => Ok(()),
    }
}

/// Days further away than this are nobody's history, and their calendars run out of numbers.
const FARTHEST_DAY: i32 = 1_000_000_000;

/// Refuses days that are too far away.
pub fn near(day: i32) -> Result<(), Problem> {
    if day.abs() > FARTHEST_DAY {
        let words = format!("no day beyond {FARTHEST_DAY} can be asked for");
        return Err(Problem::parameter(words));
    }
    Ok(())
}
