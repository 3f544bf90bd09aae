//! Dates to days and back, in the chronicle's calendar.

use std::sync::Arc;

use annals::Compiled;
use annals::calendar::{Days, print_day, print_days, read};
use axum::extract::State;
use axum::http::Uri;
use serde_json::{Value, json};

use crate::api::answers::near;
use crate::desk::Desk;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;

/// The most bytes of a date.
const LONGEST_DATE: usize = 500;

/// `GET /api/read-date`: the days a date means, or those of an event, by its label.
pub async fn read_date(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["q", "without", "prefer"])?;
    let text = asked.needed("q")?.trim().to_owned();
    if text.len() > LONGEST_DATE {
        let words = format!("a date has at most {LONGEST_DATE} bytes");
        return Err(Problem::parameter(words));
    }
    let told = desk.told(asked.changes()?).await?;
    desk.reply(told, &format!("date {text}"), move |told| {
        Ok(Reply::json(&date_value(&told.compiled, &text)?))
    })
    .await
}

fn date_value(compiled: &Compiled, text: &str) -> Result<Value, Problem> {
    if text.starts_with('#') {
        let answer = compiled.when(text).map_err(|r| Problem::refusal(&r))?;
        let answer = answer.to_json();
        let days = &answer["results"][0]["start"]["days"];
        let ranges = days["ranges"].as_array().into_iter().flatten();
        let ranges = ranges.map(|r| json!([r["first"]["jdn"], r["last"]["jdn"]]));
        return Ok(json!({ "ranges": ranges.collect::<Vec<_>>(), "words": days["words"] }));
    }
    let settings = &compiled.resolved.settings;
    let reading = read(text, settings).map_err(|e| {
        let hint = e.suggestion.map_or(String::new(), |s| format!("; {s}"));
        Problem::parameter(format!("{}{hint}", e.message))
    })?;
    // A stated width, such as that of `c.`, is where the asker wants to look.
    let shape = reading.soft.as_ref().map_or(&reading.shape, |s| &s.shape);
    let days: Days = shape.hull();
    let ranges = days.ranges().iter().map(|(a, b)| json!([a, b]));
    Ok(json!({
        "ranges": ranges.collect::<Vec<_>>(),
        "words": print_days(&days, settings),
    }))
}

/// `GET /api/day`
pub async fn day(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["jdn"])?;
    let jdn: i32 = asked
        .number("jdn")?
        .ok_or_else(|| Problem::parameter("`jdn` is missing: the number of a day"))?;
    near(jdn)?;
    let edition = desk.edition();
    let text = print_day(i64::from(jdn), &edition.compiled.resolved.settings);
    Ok(Reply::json(&json!({ "text": text })))
}
