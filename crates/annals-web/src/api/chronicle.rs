//! The chronicle as a whole: the overview, what a change changes, the list of claims.

use std::sync::Arc;

use annals::{Changes, Overview};
use axum::extract::State;
use axum::http::Uri;

use crate::desk::Desk;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tell::{answer_value, citation, overview_of, overview_value};

/// `GET /api/overview`
pub async fn overview(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["about", "without", "prefer"])?;
    let told = desk.told(asked.changes()?).await?;
    let about = asked.one("about").map(str::to_owned);
    let writable = desk.doors.writable();
    let key = format!("overview {about:?}");
    desk.reply(told, &key, move |told| {
        let value = overview_value(told, about.as_deref(), writable);
        Ok(Reply::json(&value))
    })
    .await
}

/// `GET /api/difference`
pub async fn difference(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["without", "prefer"])?;
    let changes = asked.changes()?;
    if changes == Changes::default() {
        let words = "nothing is changed; say what with `without` or `prefer`";
        return Err(Problem::parameter(words));
    }
    let told = desk.told(changes).await?;
    desk.reply(told, "difference", |told| {
        let before = &told.edition.compiled;
        let answer = before.difference_to(&told.compiled, &told.changes.words());
        Ok(Reply::json(&answer_value(&answer)))
    })
    .await
}

/// `GET /api/claims.csv`
pub async fn claims(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &["about", "without", "prefer"])?;
    let told = desk.told(asked.changes()?).await?;
    let about = asked.one("about").map(str::to_owned);
    let key = format!("claims {about:?}");
    desk.reply(told, &key, move |told| {
        let overview = overview_of(&told.compiled, about.as_deref());
        let cited = citation(told, &overview, about.as_deref());
        let reply = Reply::new("text/csv; charset=utf-8", claims_csv(&overview, &cited));
        Ok(reply.saved_as("claims.csv"))
    })
    .await
}

/// The claims of an overview as a table, with what each tells of and who says so, and in the last
/// column where the table is from: a row that is copied away keeps it.
fn claims_csv(overview: &Overview, cited: &str) -> String {
    let mut table = String::new();
    let head = [
        "claim",
        "label",
        "words",
        "days",
        "first_jdn",
        "last_jdn",
        "mode",
        "doubted",
        "sources",
        "passage",
        "section",
        "file",
        "line",
        "chronicle",
    ];
    row(&mut table, &head.map(str::to_owned));
    for claim in &overview.claims {
        let event = overview.events.iter().find(|e| e.id == claim.event);
        let days = event.map(|e| (&e.start, e.end.as_ref().unwrap_or(&e.start)));
        let first = days.and_then(|(start, _)| start.first()?.first);
        let last = days.and_then(|(_, end)| end.last()?.last);
        let number = |day: Option<i32>| day.map_or(String::new(), |d| d.to_string());
        let sources: Vec<&str> = claim.sources.iter().map(|s| s.words.as_str()).collect();
        row(
            &mut table,
            &[
                claim.id.to_string(),
                event.and_then(|e| e.label.clone()).unwrap_or_default(),
                claim.words.clone(),
                event.map(|e| e.words.clone()).unwrap_or_default(),
                number(first),
                number(last),
                claim.mode.to_owned(),
                if claim.doubted { "yes" } else { "" }.to_owned(),
                sources.join("; "),
                claim.passage.clone().unwrap_or_default(),
                claim.section.clone().unwrap_or_default(),
                claim.file.clone(),
                claim.line.to_string(),
                cited.to_owned(),
            ],
        );
    }
    table
}

/// Writes a row by RFC 4180. A cell that a spreadsheet would take for a formula gets an
/// apostrophe before it: the text of a chronicle is not the reader's own.
fn row<const N: usize>(table: &mut String, cells: &[String; N]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let number = cell.parse::<i64>().is_ok();
        let cell = match formula && !number {
            true => format!("'{cell}"),
            false => cell.clone(),
        };
        if cell.contains(['"', ',', '\n', '\r']) {
            table.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            table.push_str(&cell);
        }
    }
    table.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_break_out_or_become_formulas() {
        let mut table = String::new();
        row(
            &mut table,
            &["a,b", "c\"d", "=1+1", "-44", "x\ny"].map(str::to_owned),
        );
        assert_eq!(table, "\"a,b\",\"c\"\"d\",'=1+1,-44,\"x\ny\"\r\n");
    }
}
