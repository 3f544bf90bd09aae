//! `annals explain`: what a report code means and what to do.

use crate::output::{Failure, say};
use crate::pages::{PAGES, page, suggest};
use crate::run::Exit;

/// Prints the page of a code, or a list of all codes.
pub fn explain(code: Option<&str>) -> Result<Exit, Failure> {
    let Some(code) = code else {
        say(&list())?;
        return Ok(Exit::Clean);
    };
    // The code is accepted as it stands in a report, brackets and all.
    let bare = code
        .rsplit('[')
        .next()
        .unwrap_or(code)
        .trim_end_matches(']');
    match page(bare) {
        Some(text) => say(text).map(|()| Exit::Clean),
        None => Err(Failure::Input(format!(
            "there is no report code `{bare}`; {}",
            suggest(bare)
        ))),
    }
}

fn list() -> String {
    let mut out = String::from("Report codes; `annals explain CODE` tells what to do:\n\n");
    for (code, text) in PAGES {
        let meaning = text.lines().find(|l| !l.is_empty() && !l.starts_with('#'));
        out.push_str(&format!("  {code:<24}{}\n", meaning.unwrap_or("")));
    }
    out
}
