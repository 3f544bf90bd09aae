//! `annals check`: everything that is odd in one or more chronicles.

use std::collections::BTreeMap;
use std::path::Path;

use annals::{Compiled, FileId, Files, Report, Severity, Span, compile, prepare};
use annals_text::{render_human, render_json, render_sarif, render_short, safe_edits};

use crate::args::{Check, ReportFormat};
use crate::disk::{Disk, main_file};
use crate::fix::apply_fixes;
use crate::output::{Failure, count, say, say_error};
use crate::pages;
use crate::progress::Progress;
use crate::run::Exit;

/// Checks the chronicles named and says what was found.
pub fn check(arguments: &Check) -> Result<Exit, Failure> {
    let deny = Deny::read(&arguments.deny)?;
    let mut checked = Checked::run(&paths(&arguments.files)?);
    if arguments.fix && apply_fixes(&checked.files, &checked.reports)? {
        checked = Checked::run(&paths(&arguments.files)?);
        // A fix that touched the words of another one waits: half a remedy would be none.
        if !safe_edits(&checked.reports).is_empty() {
            say_error("more can be fixed now: run `annals check --fix` again\n")?;
        }
    }
    match arguments.format {
        ReportFormat::Human => say_error(&human(&checked.files, &checked.reports))?,
        ReportFormat::Json => say(&with_end(render_json(&checked.files, &checked.reports)))?,
        ReportFormat::Short => say(&render_short(&checked.files, &checked.reports))?,
        ReportFormat::Sarif => say(&with_end(render_sarif(&checked.files, &checked.reports)))?,
    }
    say_error(&checked.summary())?;
    Ok(if checked.unreadable {
        Exit::Failed
    } else if checked.reports.iter().any(|r| deny.fails(r)) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn paths(named: &[std::path::PathBuf]) -> Result<Vec<String>, Failure> {
    let named: Vec<Option<&Path>> = match named {
        [] => vec![None],
        named => named.iter().map(|p| Some(p.as_path())).collect(),
    };
    named.into_iter().map(project).collect()
}

/// The main file named, or the one found; a failure that says what to do where there is none.
pub fn project(named: Option<&Path>) -> Result<String, Failure> {
    main_file(named).ok_or_else(|| {
        Failure::Input(
            "there is no `main.annals` here or in a folder above; \
             name a file, or make a project with `annals new NAME`"
                .to_owned(),
        )
    })
}

/// Compiles a chronicle to ask it something. Its reports are not printed, since the question is
/// not about them, but where it has errors the answer may lack what they keep out: that is said.
pub fn chronicle(named: Option<&Path>) -> Result<Compiled, Failure> {
    let path = project(named)?;
    let compiled = compiled(&path);
    if compiled.main.is_none() {
        let words = compiled.reports.first().map(|r| r.headline.clone());
        return Err(Failure::Input(words.unwrap_or_default()));
    }
    let errors = compiled
        .reports
        .iter()
        .filter(|r| r.severity == Severity::Error);
    let errors = errors.count();
    if errors > 0 {
        let count = count(errors, "error");
        say_error(&format!(
            "note: {path} has {count}; `annals check` shows what is left out\n"
        ))?;
    }
    Ok(compiled)
}

/// A chronicle of the disk, compiled; a long one shows on a terminal that it is being worked on.
fn compiled(path: &str) -> Compiled {
    let _progress = Progress::of(&format!("working on {path}"));
    compile(&Disk, path)
}

/// What a run over all chronicles found, in one list over one set of files.
struct Checked {
    files: Files,
    reports: Vec<Report>,
    claims: usize,
    drafts: usize,
    sources: usize,
    events: usize,
    unreadable: bool,
}

impl Checked {
    fn run(paths: &[String]) -> Checked {
        let mut checked = Checked {
            files: Files::new(),
            reports: Vec::new(),
            claims: 0,
            drafts: 0,
            sources: 0,
            events: 0,
            unreadable: false,
        };
        for path in paths {
            checked.take(compiled(path));
        }
        checked
    }

    fn take(&mut self, compiled: Compiled) {
        let chronicle = compiled.chronicle();
        self.claims += chronicle.claims.len();
        self.drafts += chronicle.claims.iter().filter(|c| c.draft).count();
        self.sources += chronicle.sources.len();
        self.events += chronicle.events.len();
        self.unreadable |= compiled.main.is_none();
        let offset = self.files.iter().count() as u32;
        for (_, file) in compiled.files.iter() {
            self.files.add(file.name.as_str(), file.text.as_str());
        }
        let mut reports = compiled.reports;
        resolve_moved(&compiled.files, compiled.main, &mut reports);
        by_weight(&mut reports);
        self.reports
            .extend(reports.into_iter().map(|r| shifted(r, offset)));
    }

    fn summary(&self) -> String {
        let of = |severity| {
            self.reports
                .iter()
                .filter(|r| r.severity == severity)
                .count()
        };
        let found: Vec<String> = [
            (of(Severity::Error), "error"),
            (of(Severity::Finding), "warning"),
            (of(Severity::Lint), "note"),
        ]
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, noun)| count(*n, noun))
        .collect();
        let found = match found.is_empty() {
            true => "no findings".to_owned(),
            false => found.join(", "),
        };
        let drafts = match self.drafts {
            0 => String::new(),
            n => format!(" ({n} not reasoned with)"),
        };
        format!(
            "{}{drafts}, {}, {}: {found}\n",
            count(self.claims, "claim"),
            count(self.sources, "source"),
            count(self.events, "event"),
        )
    }
}

/// Takes out reports of labels that a draft refers to and the chronicle has: their claims were
/// accepted and have moved, so that the rest of the draft is checked as it will stand there.
fn resolve_moved(files: &Files, main: Option<FileId>, reports: &mut Vec<Report>) {
    let draft = main.and_then(|main| files.iter().find(|(id, _)| *id == main));
    let Some((_, draft)) = draft.filter(|(_, f)| f.text.lines().any(|l| l.trim() == "draft"))
    else {
        return;
    };
    let unknown = |report: &Report| report.code == "unknown-label";
    let Some(path) = main_file(None).filter(|_| reports.iter().any(unknown)) else {
        return;
    };
    if path == draft.name {
        return;
    }
    let chronicle = prepare(&Disk, &path);
    reports.retain(|report| {
        let label = report.headline.split("`#").nth(1);
        let label = label.and_then(|rest| rest.split('`').next());
        let there = |label: &str| {
            chronicle
                .resolved()
                .chronicle
                .event_of_label(label)
                .is_some()
        };
        !unknown(report) || !label.is_some_and(there)
    });
}

/// What weighs most first: errors of the text, questions with a contradiction or a difference
/// between sources, warnings on the text, questions with notes alone, notes on the text. Within
/// each the order stays: that of the text, or the questions on which most answers hang first.
fn by_weight(reports: &mut [Report]) {
    let mut worst: BTreeMap<String, Severity> = BTreeMap::new();
    for report in reports.iter().filter(|r| !r.question.is_empty()) {
        let known = worst
            .entry(report.question.clone())
            .or_insert(report.severity);
        *known = report.severity.max(*known);
    }
    reports.sort_by_key(
        |report| match (worst.get(&report.question), report.severity) {
            (None, Severity::Error) => 0,
            (Some(Severity::Error | Severity::Finding), _) => 1,
            (None, Severity::Finding) => 2,
            (Some(Severity::Lint), _) => 3,
            (None, Severity::Lint) => 4,
        },
    );
}

/// The report with its places in files that stand `offset` numbers later.
fn shifted(mut report: Report, offset: u32) -> Report {
    let shift = |span: &mut Span| span.file.0 += offset;
    report.labels.iter_mut().for_each(|l| shift(&mut l.span));
    let edits = report.remedies.iter_mut().flat_map(|r| &mut r.edits);
    edits.for_each(|e| shift(&mut e.span));
    report
}

/// Findings on one question that people are shown: the smallest come first, and say most.
const OF_ONE_QUESTION: usize = 6;

/// The reports for people: those on the text first, then findings under the question they
/// concern. What one code says again and again is cut short, and the cut is said; the other
/// formats hold everything.
fn human(files: &Files, reports: &[Report]) -> String {
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for report in reports {
        let shown = shown.entry(report.code).or_default();
        *shown += 1;
        let limit = match report.severity {
            Severity::Error | Severity::Finding => 200,
            Severity::Lint => 10,
        };
        if *shown <= limit {
            kept.push(report.clone());
        }
    }
    let mut text = String::new();
    for of_one in kept.chunk_by(|a, b| a.question == b.question) {
        text.push_str(&heading(of_one));
        let shown = match of_one[0].question.is_empty() {
            true => of_one,
            false => &of_one[..of_one.len().min(OF_ONE_QUESTION)],
        };
        text.push_str(&render_human(files, shown, true));
        if shown.len() < of_one.len() {
            let more = of_one.len() - shown.len();
            text.push_str(&format!(
                "… and {more} more on this question; `--format short` prints all\n\n"
            ));
        }
    }
    for (code, all) in shown {
        let more = all - kept.iter().filter(|r| r.code == code).count();
        if more > 0 {
            text.push_str(&format!(
                "… and {more} more [{code}]; `--format short` prints all\n\n"
            ));
        }
    }
    text
}

/// The question that findings concern, and how many answers hang on it; nothing above reports
/// on the text.
fn heading(reports: &[Report]) -> String {
    let Some(first) = reports.first().filter(|r| !r.question.is_empty()) else {
        return String::new();
    };
    let hang = match first.answers {
        0 => String::new(),
        1 => " – one answer hangs on it".to_owned(),
        n => format!(" – {n} answers hang on it"),
    };
    format!("── {}{hang}\n\n", first.question)
}

fn with_end(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// What makes a check fail beyond errors.
#[derive(Debug, Default)]
struct Deny {
    level: Option<Severity>,
    codes: Vec<String>,
}

impl Deny {
    fn read(words: &[String]) -> Result<Deny, Failure> {
        let mut deny = Deny::default();
        for word in words {
            let lower = |level| deny.level.map_or(level, |l: Severity| l.min(level));
            match word.as_str() {
                "warnings" => deny.level = Some(lower(Severity::Finding)),
                "notes" => deny.level = Some(Severity::Lint),
                "contradictions" => deny.codes.push("cannot-all-be-true".to_owned()),
                code if pages::page(code).is_some() => deny.codes.push(code.to_owned()),
                code => {
                    return Err(Failure::Input(format!(
                        "`--deny {code}`: there is no such code; {}",
                        pages::suggest(code)
                    )));
                }
            }
        }
        Ok(deny)
    }

    fn fails(&self, report: &Report) -> bool {
        report.severity >= self.level.unwrap_or(Severity::Error)
            || self.codes.iter().any(|c| c == report.code)
    }
}
