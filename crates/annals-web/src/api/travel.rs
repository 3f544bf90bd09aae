//! How far one comes.

use std::sync::Arc;

use annals::{Answer, Compiled, Outcome, ReachShown};
use axum::extract::State;
use axum::http::Uri;

use crate::desk::Desk;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tell::answer_value;

/// More days than anybody travels: the Earth is walked round in less.
const MOST_DAYS: u64 = 4_000;

/// A place, days and a mover, as parameters name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    from: String,
    days: u64,
    by: Option<String>,
}

impl Reach {
    /// What is asked for; `place` is the parameter that names the place.
    pub fn read(asked: &Parameters, place: &str) -> Result<Option<Reach>, Problem> {
        let Some(from) = asked.one(place) else {
            return match asked.one("days").or(asked.one("by")) {
                Some(_) => Err(Problem::parameter(format!("`{place}` is missing"))),
                None => Ok(None),
            };
        };
        let days: u64 = asked
            .number("days")?
            .ok_or_else(|| Problem::parameter("`days` is missing: a number"))?;
        if !(1..=MOST_DAYS).contains(&days) {
            let words = format!("`days` is from 1 to {MOST_DAYS}");
            return Err(Problem::parameter(words));
        }
        Ok(Some(Reach {
            from: from.to_owned(),
            days,
            by: asked.one("by").map(str::to_owned),
        }))
    }

    fn answer(&self, compiled: &Compiled) -> Result<Answer, Problem> {
        let answer = compiled.reach(&self.from, self.days, self.by.as_deref());
        answer.map_err(|r| Problem::refusal(&r))
    }

    /// The same for a map.
    pub fn shown(&self, compiled: &Compiled) -> Result<Option<ReachShown>, Problem> {
        let results = self.answer(compiled)?.results.into_iter();
        let mut shown = results.filter_map(|outcome| match outcome {
            Outcome::Reach(shown) => Some(shown),
            _ => None,
        });
        Ok(shown.next())
    }
}

/// `GET /api/reach`
pub async fn reach(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["from", "days", "by", "without", "prefer"])?;
    let wanted = Reach::read(&asked, "from")?;
    let wanted = wanted.ok_or_else(|| Problem::parameter("`from` is missing: a place"))?;
    let told = desk.told(asked.changes()?).await?;
    desk.reply(told, &format!("reach {wanted:?}"), move |told| {
        let answer = wanted.answer(&told.compiled)?;
        Ok(Reply::json(&answer_value(&answer)))
    })
    .await
}
