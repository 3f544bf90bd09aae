//! `annals review`: a draft gone through in the terminal, or by flags for scripts.

use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use annals::World;
use annals_exchange::review::{Pending, accept, edit, numbers, of_rule, pending, reject};
use clap::Args;
use serde_json::json;

use crate::args::AnswerFormat;
use crate::check::project;
use crate::disk::Disk;
use crate::fix::replace;
use crate::output::{Failure, count, say, say_error};
use crate::run::Exit;
use crate::text::text_of;

/// Arguments of `review`.
#[derive(Debug, Args)]
pub struct Review {
    /// The draft
    pub file: PathBuf,
    /// The chronicle that accepted claims move to; without it `main.annals` here or above
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
    /// Print the claims that wait, and ask nothing
    #[arg(long)]
    pub list: bool,
    /// Accept these claims by their numbers: `3,5`, `7-9`, or `all`
    #[arg(long, value_name = "NUMBERS")]
    pub accept: Option<String>,
    /// Reject these claims by their numbers
    #[arg(long, value_name = "NUMBERS", requires = "reason")]
    pub reject: Option<String>,
    /// Accept every claim of this rule, by the first words of the rule
    #[arg(long, value_name = "RULE")]
    pub accept_rule: Option<String>,
    /// Reject every claim of this rule, by the first words of the rule
    #[arg(long, value_name = "RULE", requires = "reason")]
    pub reject_rule: Option<String>,
    /// Why the claims are rejected
    #[arg(long, value_name = "WORDS")]
    pub reason: Option<String>,
    /// Put this claim in the place of one: `12: 644: Guo Xiaoke takes Karasahr.`
    #[arg(long, value_name = "N: CLAIM")]
    pub edit: Option<String>,
    /// How the list is written
    #[arg(long, value_enum, default_value = "human")]
    pub format: AnswerFormat,
}

/// Carries out what the flags ask, or asks claim by claim.
pub fn review(arguments: &Review) -> Result<Exit, Failure> {
    let path = arguments.file.to_string_lossy().replace('\\', "/");
    let mut table = Table {
        text: read(&path)?,
        path,
        into: arguments
            .into
            .clone()
            .map(|p| p.to_string_lossy().replace('\\', "/")),
        refused: false,
    };
    if pending(&table.text).is_empty() && !table.text.contains("// claim ") {
        return Err(Failure::Input(format!(
            "`{}` has no numbered claims: drafts of articles and tables are gone through one by one; \
             look through this one in an editor, take away its `draft` line, and include it",
            table.path
        )));
    }
    if arguments.list {
        return table.list(arguments.format);
    }
    let mut asked = false;
    if let Some(words) = &arguments.edit {
        asked = true;
        let (number, claim) = words
            .split_once(':')
            .ok_or_else(|| Failure::Input("write `--edit \"N: CLAIM\"`".to_owned()))?;
        let number = number
            .trim()
            .parse()
            .map_err(|_| Failure::Input(format!("`{number}` is no number of a claim")))?;
        table.edit(number, claim)?;
    }
    if let Some(words) = &arguments.reject {
        asked = true;
        let chosen = numbers(words, &table.text).map_err(Failure::Input)?;
        table.reject(&chosen, arguments.reason.as_deref().unwrap_or(""))?;
    }
    if let Some(rule) = &arguments.reject_rule {
        asked = true;
        let chosen = table.of_rule(rule)?;
        table.reject(&chosen, arguments.reason.as_deref().unwrap_or(""))?;
    }
    if let Some(rule) = &arguments.accept_rule {
        asked = true;
        let chosen = table.of_rule(rule)?;
        table.accept(&chosen)?;
    }
    if let Some(words) = &arguments.accept {
        asked = true;
        let chosen = numbers(words, &table.text).map_err(Failure::Input)?;
        table.accept(&chosen)?;
    }
    if !asked {
        table.ask()?;
    }
    Ok(if table.refused {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn read(path: &str) -> Result<String, Failure> {
    let unreadable = |why: String| Failure::Input(format!("`{path}` cannot be read: {why}"));
    let bytes = Disk.read(path).map_err(|e| unreadable(e.to_string()))?;
    text_of(path, bytes)
}

/// A draft on the table.
struct Table {
    path: String,
    text: String,
    into: Option<String>,
    /// Whether a claim could not move.
    refused: bool,
}

impl Table {
    /// Takes up what the draft says now: while a question waits for its answer, another process or
    /// an editor may have written the file. Whether it changed.
    fn refresh(&mut self) -> Result<bool, Failure> {
        let text = read(&self.path)?;
        let changed = text != self.text;
        self.text = text;
        Ok(changed)
    }

    /// Writes what became of the draft, unless somebody else wrote it since it was read.
    fn save(&mut self, text: String) -> Result<(), Failure> {
        let path = &self.path;
        if read(path)? != self.text {
            return Err(Failure::Input(format!(
                "`{path}` was written by somebody else just now: it is left as it is; do it again"
            )));
        }
        replace(Path::new(path), text.as_bytes())
            .map_err(|e| Failure::Input(format!("`{path}` cannot be written: {e}")))?;
        self.text = text;
        Ok(())
    }

    /// The claims of a rule; that there are none is a mistake in its name.
    fn of_rule(&self, rule: &str) -> Result<Vec<usize>, Failure> {
        let chosen = of_rule(rule, &self.text);
        if chosen.is_empty() {
            let words = format!("no claim that waits was read by `{rule}`");
            return Err(Failure::Input(words));
        }
        Ok(chosen)
    }

    fn edit(&mut self, number: usize, claim: &str) -> Result<(), Failure> {
        self.refresh()?;
        let text = edit(&self.text, number, claim).map_err(Failure::Input)?;
        self.save(text)?;
        say_error(&format!("changed claim {number}\n"))
    }

    fn reject(&mut self, chosen: &[usize], reason: &str) -> Result<(), Failure> {
        self.refresh()?;
        let text = reject(&self.text, chosen, reason).map_err(Failure::Input)?;
        self.save(text)?;
        say_error(&format!("rejected {}\n", count(chosen.len(), "claim")))
    }

    /// The chronicle is written first: a stop between the two writes leaves a claim twice, never
    /// nowhere.
    fn accept(&mut self, chosen: &[usize]) -> Result<(), Failure> {
        let into = match &self.into {
            Some(into) => into.clone(),
            None => project(None)?,
        };
        self.refresh()?;
        if !Path::new(&into).exists() {
            return Err(Failure::Input(format!(
                "there is no `{into}` for the claims to move to: `annals new` makes one, or name another \
                 with `--into FILE`"
            )));
        }
        let before = read(&into)?;
        let done = accept(&self.text, chosen, &into, &Disk).map_err(Failure::Input)?;
        if !done.moved.is_empty() {
            for (path, known) in [(&into, &before), (&self.path, &self.text)] {
                if read(path)? != *known {
                    return Err(Failure::Input(format!(
                        "`{path}` was written by somebody else just now: nothing was moved; do it again"
                    )));
                }
            }
            replace(Path::new(&into), done.target.as_bytes())
                .map_err(|e| Failure::Input(format!("`{into}` cannot be written: {e}")))?;
            self.save(done.draft)?;
            say_error(&format!(
                "moved {} to {into}\n",
                count(done.moved.len(), "claim")
            ))?;
        }
        for (number, why) in &done.kept {
            self.refused = true;
            say_error(&format!("claim {number} waits: {why}\n"))?;
        }
        self.into = Some(into);
        Ok(())
    }

    fn list(&self, format: AnswerFormat) -> Result<Exit, Failure> {
        let waiting = pending(&self.text);
        match format {
            AnswerFormat::Human => {
                for claim in &waiting {
                    say(&shown(claim))?;
                }
                say_error(&format!("{} waiting\n", count(waiting.len(), "claim")))?;
            }
            AnswerFormat::Json => {
                let claims: Vec<_> = waiting
                    .iter()
                    .map(|p| {
                        json!({
                            "number": p.number, "rule": p.rule, "section": p.section, "claim": p.claim,
                            "details": p.details, "quote": p.quote, "needs": p.needs,
                        })
                    })
                    .collect();
                say(&format!(
                    "{:#}\n",
                    json!({ "draft": self.path, "claims": claims })
                ))?;
            }
        }
        Ok(Exit::Clean)
    }

    /// Asks claim by claim; every answer is kept at once.
    fn ask(&mut self) -> Result<(), Failure> {
        let mut passed = Passed::default();
        let mut answers = io::stdin().lock().lines();
        loop {
            let waiting = pending(&self.text);
            let claim = waiting.into_iter().find(|p| !passed.over(p.number));
            let Some(claim) = claim else {
                return say_error(&format!(
                    "nothing else waits; {} skipped\n",
                    count(passed.skipped.len() + passed.waiting.len(), "claim")
                ));
            };
            say(&format!("\n{}", shown(&claim)))?;
            say("[a]ccept  [e]dit  [r]eject  all of this r[u]le  [s]kip  [q]uit > ")?;
            let Some(said) = answer(&mut answers)? else {
                return Ok(());
            };
            let more = match said.as_str() {
                "e" | "edit" => "the claim > ",
                "r" | "reject" => "why > ",
                "q" | "quit" => return Ok(()),
                _ => "",
            };
            let mut line = String::new();
            if !more.is_empty() {
                say(more)?;
                match answer(&mut answers)? {
                    Some(words) => line = words,
                    None => return Ok(()),
                }
            }
            // What is decided is the claim as it was shown: one that has gone or reads otherwise
            // now is shown anew instead.
            if self.refresh()? && !pending(&self.text).contains(&claim) {
                say_error(&format!(
                    "claim {} was changed or taken away meanwhile; nothing was done to it\n",
                    claim.number
                ))?;
                continue;
            }
            self.carry_out(&said, &claim, &line, &mut passed)?;
        }
    }

    /// Does what one answer asks for.
    fn carry_out(
        &mut self,
        answer: &str,
        claim: &Pending,
        line: &str,
        passed: &mut Passed,
    ) -> Result<(), Failure> {
        let done = match answer {
            "a" | "accept" => self.accept(&[claim.number]),
            "u" | "rule" => {
                let rule = claim.rule.split(';').next().unwrap_or("").to_owned();
                let mut chosen = of_rule(&rule, &self.text);
                // Somebody who has just passed a claim over has not agreed to it.
                chosen.retain(|number| !passed.skipped.contains(number));
                self.accept(&chosen)
            }
            "e" | "edit" => self.edit(claim.number, line),
            "r" | "reject" => self.reject(&[claim.number], line),
            "s" | "skip" | "" => {
                passed.skipped.insert(claim.number);
                Ok(())
            }
            other => return say_error(&format!("`{other}` is none of the answers\n")),
        };
        if let Err(failure) = done {
            return say_error(&format!("{failure}\n"));
        }
        // A claim that could not be accepted is not asked about again and again.
        let accepted = matches!(answer, "a" | "accept" | "u" | "rule");
        if accepted && pending(&self.text).contains(claim) {
            passed.waiting.insert(claim.number);
        }
        Ok(())
    }
}

/// Claims that are not asked about again.
#[derive(Default)]
struct Passed {
    /// Passed over by the person.
    skipped: BTreeSet<usize>,
    /// Accepted, but something that they need was not there.
    waiting: BTreeSet<usize>,
}

impl Passed {
    fn over(&self, number: usize) -> bool {
        self.skipped.contains(&number) || self.waiting.contains(&number)
    }
}

/// The next answer, or `None` where there are no more.
fn answer(
    answers: &mut impl Iterator<Item = io::Result<String>>,
) -> Result<Option<String>, Failure> {
    match answers.next() {
        None => Ok(None),
        Some(Ok(line)) => Ok(Some(line.trim().to_owned())),
        Some(Err(e)) => Err(Failure::Input(format!("the answer cannot be read: {e}"))),
    }
}

/// A claim with its passage.
fn shown(claim: &Pending) -> String {
    let mut out = format!("{}  {}\n", claim.number, claim.claim);
    for detail in &claim.details {
        out.push_str(&format!("     {detail}\n"));
    }
    // A row of a table has a passage only where the table has a column of them.
    if !claim.quote.is_empty() {
        out.push_str(&format!("     “{}”\n", claim.quote));
    }
    out.push_str(&format!("     ({})\n", claim.rule));
    out
}
