//! Runs one case and says what came instead of what was expected.

use std::collections::HashMap;
use std::rc::Rc;

use annals::{
    Answer, BoundsShown, Changes, Compiled, DaysShown, MemoryWorld, Outcome, Refusal, World,
    WorldError,
};
use annals_chronicle::{ClaimId, Detail, DetailValue, Part, Support};
use annals_text::{FileId, Severity};

use super::expect::{Expectation, Item, read};
use super::markdown::Case;

/// The files of a case. What lies outside its folder, such as a shipped chronicle, is read from
/// the workspace: `../../chronicles/…`, as if the case stood in its Markdown file's folder.
struct CaseWorld(MemoryWorld);

impl World for CaseWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        match path.strip_prefix("../../") {
            Some(outside) => {
                std::fs::read(super::workspace().join(outside)).map_err(|_| WorldError::Missing)
            }
            // Two files that no memory should hold: what a disk would say of them.
            None if path == "too-large.annals" => Err(WorldError::TooLarge),
            None if path == "folder.annals" => {
                Err(WorldError::Unreadable("it is a folder".to_owned()))
            }
            None => self.0.read(path),
        }
    }
}

/// Runs compiled before, by the texts they were compiled from: many cases of a large chronicle
/// add nothing to it and only ask.
#[derive(Default)]
pub struct Compilations(HashMap<String, Rc<Run>>);

impl Compilations {
    fn of(&mut self, prelude: Option<&str>, case: &Case) -> Rc<Run> {
        let key = format!("{prelude:?}\n{}\n{:?}", case.main, case.files);
        Rc::clone(
            self.0
                .entry(key)
                .or_insert_with(|| Rc::new(compiled(prelude, case))),
        )
    }
}

/// The texts of a case, and what they are called.
pub struct CaseTexts {
    /// Every file of the case.
    pub files: Vec<(String, Vec<u8>)>,
    /// The file that is compiled.
    pub root: &'static str,
    /// The file its main fence became.
    pub main: &'static str,
}

impl CaseTexts {
    /// The texts of a case with the prelude of its file.
    pub fn of(prelude: Option<&str>, case: &Case) -> CaseTexts {
        let named = |name: &str| case.files.iter().any(|(n, _)| n == name);
        let main = match (named("main.md"), case.main.is_empty()) {
            (true, true) => "main.md",
            _ => "main.annals",
        };
        let mut files = Vec::new();
        if !named(main) {
            files.push((main.to_owned(), case.main.clone().into_bytes()));
        }
        files.extend(case.files.iter().cloned());
        // The prelude is a file of its own, read before the case, so that lines keep their numbers.
        let root = match prelude {
            Some(text) => {
                files.push(("prelude.annals".to_owned(), text.as_bytes().to_vec()));
                let include = format!("include \"prelude.annals\"\ninclude \"{main}\"\n");
                files.push(("suite.annals".to_owned(), include.into_bytes()));
                "suite.annals"
            }
            None => main,
        };
        CaseTexts { files, root, main }
    }

    /// Compiles the texts as they are.
    pub fn compile(&self) -> Compiled {
        let mut world = MemoryWorld::new();
        for (name, bytes) in &self.files {
            world.add(name.as_str(), bytes.as_slice());
        }
        annals::compile(&CaseWorld(world), self.root)
    }
}

fn compiled(prelude: Option<&str>, case: &Case) -> Run {
    let texts = CaseTexts::of(prelude, case);
    Run {
        compiled: texts.compile(),
        main: texts.main,
    }
}

/// Compiles a case and returns what went otherwise, in words.
pub fn run_case(all: &mut Compilations, prelude: Option<&str>, case: &Case) -> Vec<String> {
    let run = all.of(prelude, case);
    let mut wrong = Vec::new();
    let mut conflicts = 0;
    for (line, text) in &case.expect {
        let outcome = match read(text) {
            Ok(expectation) => {
                conflicts += usize::from(matches!(expectation, Expectation::Conflict(_)));
                run.check(&expectation, conflicts)
            }
            Err(why) => Err(format!("this expectation cannot be read: {why}")),
        };
        if let Err(came) = outcome {
            wrong.push(format!("line {line}: {text}\n  came: {came}"));
        }
    }
    let found = run.compiled.reasoner.conflicts().len();
    if conflicts > 0 && conflicts != found {
        wrong.push(format!("{conflicts} conflicts are expected, {found} came"));
    }
    if !wrong.is_empty() && std::env::var_os("ANNALS_CASE").is_some() {
        wrong.push(format!("all reports:\n{}", run.reports()));
    }
    wrong
}

/// A compiled case.
pub struct Run {
    compiled: Compiled,
    /// The name of the file its main fence became.
    main: &'static str,
}

impl Run {
    /// What `route`, `reach`, `figures` and `when` print.
    fn check_printed(&self, words: &[String], parts: &[String]) -> Result<(), String> {
        let after = |word: &str| {
            let found = words.iter().find_map(|w| w.strip_prefix(word));
            found.map(|rest| rest.trim().to_owned())
        };
        let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no number"));
        let answer = match words {
            [word, from, to, ..] if word == "route" => {
                let how = annals::Journey {
                    via: after("via ").into_iter().collect(),
                    by: after("by "),
                    on: after("on "),
                    within: after("within ").as_deref().map(number).transpose()?,
                };
                self.compiled.route(from, to, &how)
            }
            [word, from, days, ..] if word == "reach" => {
                self.compiled
                    .reach(from, number(days)?, after("by ").as_deref())
            }
            [word, rest @ ..] if word == "figures" => {
                self.compiled.figures(rest.first().map(String::as_str))
            }
            [word, label] if word == "reckons" => self.compiled.when(label),
            _ => return Err("this cannot be asked".to_owned()),
        };
        let text = match answer {
            Ok(answer) => answer.to_text(),
            Err(refused) => codes_of(&refused),
        };
        let (absent, there): (Vec<&String>, Vec<&String>) =
            parts.iter().partition(|p| p.starts_with("not "));
        for part in absent {
            demand(!text.contains(part.trim_start_matches("not ")), || {
                text.clone()
            })?;
        }
        let there: Vec<String> = there.into_iter().cloned().collect();
        contains_all(&text, &there)
    }
}

impl Run {
    fn check(&self, expectation: &Expectation, conflicts: usize) -> Result<(), String> {
        match expectation {
            Expectation::Ask { question, parts } => self.check_ask(question, parts),
            Expectation::When { of, parts } => self.check_when(of, parts),
            Expectation::Why { question, items } => self.check_why(question, items),
            Expectation::WhatIf { changes, then } => self.check_what_if(changes, then),
            Expectation::Differs { .. } => Err("nothing is changed here".to_owned()),
            Expectation::Readings { parts } => {
                contains_all(&self.compiled.readings().to_text(), parts)
            }
            Expectation::Compare { sources, parts } => {
                let answer = self.compiled.compare(&sources[0], &sources[1]);
                let answer = answer.map_err(|refused| codes_of(&refused))?;
                contains_all(&answer.to_text(), parts)
            }
            Expectation::Printed { words, parts } => self.check_printed(words, parts),
            Expectation::Detail { label, key, says } => self.check_detail(label, key, says),
            Expectation::Refused { question, code } => match self.compiled.ask(question) {
                Ok(answer) => Err(answer.to_text()),
                Err(refused) => demand(refused.reports.iter().any(|r| r.code == code), || {
                    codes_of(&refused)
                }),
            },
            Expectation::Disputed { question, parts } => {
                let answer = self.ask(question)?;
                demand(answer.is_disputed(), || {
                    format!("not disputed:\n{}", answer.to_text())
                })?;
                contains_all(&answer.to_text(), parts)
            }
            Expectation::Conflict(items) => self.check_conflict(items, conflicts.saturating_sub(1)),
            Expectation::NoConflict => {
                let found = self.compiled.reasoner.conflicts();
                demand(found.is_empty(), || self.reports())
            }
            Expectation::Report {
                code,
                line,
                file,
                headline,
            } => self.check_report(code, *line, file.as_deref(), headline.as_deref()),
            Expectation::NoReport(code) => {
                let any = self.compiled.reports.iter().any(|r| r.code == code);
                demand(!any, || self.reports())
            }
            Expectation::NoReports => self.nothing_from(Severity::Finding),
            Expectation::NoErrors => self.nothing_from(Severity::Error),
            Expectation::Reads { line, says } => self.check_reads(*line, says),
        }
    }

    fn check_what_if(&self, changes: &Changes, then: &Expectation) -> Result<(), String> {
        let changes = &Changes {
            without: changes.without.iter().map(|w| self.in_main(w)).collect(),
            ..changes.clone()
        };
        match then {
            Expectation::Differs { parts } => {
                let answer = self.compiled.difference(changes);
                let text = answer.map_err(|refused| codes_of(&refused))?.to_text();
                match parts.is_empty() {
                    true => contains_all(&text, &["no answer changes".to_owned()]),
                    false => contains_all(&text, parts),
                }
            }
            // `refused => CODE`: the changes themselves cannot be read.
            Expectation::Refused { question, code } if question.is_empty() => {
                match self.compiled.what_if(changes) {
                    Ok(_) => Err("the changes were read".to_owned()),
                    Err(refused) => demand(refused.reports.iter().any(|r| r.code == code), || {
                        codes_of(&refused)
                    }),
                }
            }
            then => {
                let changed = self.compiled.what_if(changes);
                let run = Run {
                    compiled: changed.map_err(|refused| codes_of(&refused))?,
                    main: self.main,
                };
                run.check(then, 1)
            }
        }
    }

    /// `line 3` of the main fence as a place.
    fn in_main(&self, what: &str) -> String {
        match what.strip_prefix("line ") {
            Some(line) => format!("{}:{line}", self.main),
            None => what.to_owned(),
        }
    }

    fn ask(&self, question: &str) -> Result<Answer, String> {
        self.compiled.ask(question).map_err(|refused| {
            let lines = refused.reports.iter();
            let lines = lines.map(|r| format!("{}: {}", r.code, r.headline));
            format!("no answer: {}", lines.collect::<Vec<_>>().join("\n"))
        })
    }

    fn check_ask(&self, question: &str, parts: &[String]) -> Result<(), String> {
        let answer = self.ask(question)?;
        let text = answer.to_text();
        let mut words = Vec::new();
        let mut fillers: Option<(Vec<String>, Vec<String>)> = None;
        for part in parts {
            let (first, names) = part.split_once(' ').unwrap_or((part, ""));
            match (first, names) {
                ("certain" | "possible" | "impossible" | "unknown", "") => {
                    let verdict = answer.verdict().map_or("no single verdict", |v| v.word());
                    demand(verdict == first, || format!("{verdict}\n{text}"))?;
                }
                ("nobody" | "nothing", "") => {
                    fillers.get_or_insert_default();
                }
                ("certain", names) => fillers.get_or_insert_default().0 = names_of(names),
                ("possible", names) => fillers.get_or_insert_default().1 = names_of(names),
                _ => words.push(part.clone()),
            }
        }
        if let Some(expected) = fillers {
            let came = (
                names_of(&answer.certain().join(", ")),
                names_of(&answer.possible().join(", ")),
            );
            demand(came == expected, || {
                format!(
                    "certain {}; possible {}\n{text}",
                    came.0.join(", "),
                    came.1.join(", ")
                )
            })?;
        }
        contains_all(&text, &words)
    }

    fn check_when(&self, of: &str, parts: &[String]) -> Result<(), String> {
        let (side, named) = match of.split_once(" of #") {
            Some((side @ ("start" | "end"), _)) => (side, &of[side.len() + 4..]),
            _ => ("", of),
        };
        let answer = self.ask(&format!("when: {named}"))?;
        let text = answer.to_text();
        let mut expected = parts.iter();
        match answer.results.first() {
            Some(Outcome::Event(event)) => {
                let bounds = match (side, &event.end) {
                    ("end", Some(end)) => end,
                    _ => &event.start,
                };
                if let Some(days) = expected.next() {
                    demand(days_agree(&bounds.days, days), || {
                        format!("{}\n{text}", shown(&bounds.days))
                    })?;
                }
            }
            Some(Outcome::History(history)) => {
                for (word, days) in [
                    ("certain ", &history.certain),
                    ("possible ", &history.possible),
                ] {
                    let Some(part) = parts.iter().find(|p| p.starts_with(word)) else {
                        continue;
                    };
                    let part = &part[word.len()..];
                    let agree = match days {
                        Some(days) => days_agree(days, part),
                        None => part == "never",
                    };
                    demand(agree, || format!("{word}{days:?}\n{text}"))?;
                }
                // How long a state lasted is asked apart; here both answers count as one.
                let length = self.ask(&format!("how long: {named}"))?.to_text();
                let words = parts
                    .iter()
                    .filter(|p| !p.starts_with("certain ") && !p.starts_with("possible "));
                let words: Vec<String> = words.cloned().collect();
                return contains_all(&format!("{text}\n{length}"), &words);
            }
            _ => return Err(format!("no days\n{text}")),
        }
        contains_all(&text, expected.as_slice())
    }

    fn check_why(&self, question: &str, items: &[Item]) -> Result<(), String> {
        let (side, named) = question.split_once(' ').unwrap_or(("", question));
        if let "earliest" | "latest" = side {
            let answer = self.ask(&format!("when: {named}"))?;
            let Some(Outcome::Event(event)) = answer.results.first() else {
                return Err(answer.to_text());
            };
            let bounds: &BoundsShown = &event.start;
            let evidence = match side {
                "earliest" => &bounds.earliest_because,
                _ => &bounds.latest_because,
            };
            let claims: Vec<ClaimId> = evidence.claims.iter().map(|c| ClaimId(c.claim)).collect();
            let assumed = !evidence.assumptions.is_empty();
            let counts = (
                assumed,
                !evidence.identities.is_empty(),
                !evidence.choices.is_empty(),
            );
            return self.check_items(items, &claims, counts, &answer.to_text());
        }
        let answer = self.ask(question)?;
        let Some(Outcome::Held(held)) = answer.results.first() else {
            return Err(format!(
                "no support: the answer is no state's\n{}",
                answer.to_text()
            ));
        };
        let support: &Support = &held.raw_support;
        let claims: Vec<ClaimId> = support.parts.iter().filter_map(|p| p.claim()).collect();
        let counts = (
            !support.assumptions.is_empty(),
            support.parts.iter().any(|p| matches!(p, Part::Identity(_))),
            support.parts.iter().any(|p| matches!(p, Part::Choice(_))),
        );
        self.check_items(items, &claims, counts, &answer.to_text())
    }

    fn check_conflict(&self, items: &[Item], index: usize) -> Result<(), String> {
        let conflicts = self.compiled.reasoner.conflicts();
        let conflict = conflicts.get(index).ok_or("there is no such conflict")?;
        let claims: Vec<ClaimId> = conflict.parts.iter().filter_map(|p| p.claim()).collect();
        let counts = (
            false,
            conflict
                .parts
                .iter()
                .any(|p| matches!(p, Part::Identity(_))),
            conflict.parts.iter().any(|p| matches!(p, Part::Choice(_))),
        );
        self.check_items(items, &claims, counts, &self.reports())
    }

    /// Every item must name a claim that is there, and every claim must be named.
    fn check_items(
        &self,
        items: &[Item],
        claims: &[ClaimId],
        (assumed, identity, choice): (bool, bool, bool),
        text: &str,
    ) -> Result<(), String> {
        let found = items.iter().all(|item| match item {
            Item::Assumption => assumed,
            Item::Identity => identity,
            Item::Choice => choice,
            item => claims.iter().any(|c| self.is(*c, item)),
        });
        let named = claims
            .iter()
            .all(|c| items.iter().any(|item| self.is(*c, item)))
            && assumed == items.contains(&Item::Assumption)
            && identity == items.contains(&Item::Identity)
            && choice == items.contains(&Item::Choice);
        demand(found && named, || {
            let mut came: Vec<String> = claims.iter().map(|c| self.name(*c)).collect();
            came.dedup();
            let further = [
                ("assumption", assumed),
                ("identity", identity),
                ("choice", choice),
            ];
            came.extend(further.iter().filter(|f| f.1).map(|f| f.0.to_owned()));
            format!("{}\n{text}", came.join(", "))
        })
    }

    fn is(&self, claim: ClaimId, item: &Item) -> bool {
        let chronicle = &self.compiled.resolved.chronicle;
        let claim = &chronicle.claims[claim.index()];
        match item {
            Item::Label(label) => {
                chronicle.events[claim.event.index()].label.as_deref() == Some(label)
            }
            Item::Line(line) => {
                Some(claim.span.file) == self.file(self.main)
                    && self.compiled.files.position(claim.span).line == *line
            }
            Item::Assumption | Item::Identity | Item::Choice => false,
        }
    }

    fn name(&self, claim: ClaimId) -> String {
        let chronicle = &self.compiled.resolved.chronicle;
        let claim = &chronicle.claims[claim.index()];
        match &chronicle.events[claim.event.index()].label {
            Some(label) => format!("#{label}"),
            None => self.compiled.files.place(claim.span).replace(":", " line "),
        }
    }

    fn file(&self, name: &str) -> Option<FileId> {
        let mut files = self.compiled.files.iter();
        files.find(|(_, f)| f.name == name).map(|(id, _)| id)
    }

    fn check_report(
        &self,
        code: &str,
        line: Option<u32>,
        file: Option<&str>,
        headline: Option<&str>,
    ) -> Result<(), String> {
        let mut reports = self.compiled.reports.iter().filter(|r| r.code == code);
        let files = &self.compiled.files;
        let found = reports.any(|report| {
            let there = match (report.place(), line) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(place), Some(line)) => {
                    let name = files.get(place.file).name.as_str();
                    // Without a file, any of the case's own will do: a case with a table means it.
                    let meant = match file {
                        Some(file) => name == file,
                        None => self.compiled.is_own(place.file) && name != "prelude.annals",
                    };
                    meant && files.position(place).line == line
                }
            };
            there && headline.is_none_or(|h| report.headline.contains(h))
        });
        demand(found, || self.reports())
    }

    fn check_detail(&self, label: &str, key: &str, says: &str) -> Result<(), String> {
        let chronicle = &self.compiled.resolved.chronicle;
        let claims = chronicle.claims.iter();
        let details = claims
            .filter(|c| self.is(c.id, &Item::Label(label.to_owned())))
            .flat_map(|c| &c.details);
        let mut came: Vec<(String, String)> = Vec::new();
        for detail in details {
            // An owner is named plainly, or with its kind where the name is shared.
            let plain = detail
                .of
                .iter()
                .map(|e| chronicle.entities[e.index()].name.clone());
            let shown = detail.of.iter().map(|e| chronicle.name_of(*e));
            for of in [plain.collect::<Vec<_>>(), shown.collect()] {
                let key = format!("{} {}", detail.key, of.join(" and "));
                came.push((key.trim().to_owned(), said(detail)));
            }
        }
        let found = came.iter().any(|(k, v)| k == key && v.contains(says));
        demand(found, || format!("{came:?}\n{}", self.reports()))
    }

    fn check_reads(&self, line: u32, says: &str) -> Result<(), String> {
        let chronicle = &self.compiled.resolved.chronicle;
        let claims = chronicle.claims.iter();
        let came: Vec<String> = claims
            .filter(|c| self.is(c.id, &Item::Line(line)))
            .map(|c| annals::describe_claim(chronicle, c.id))
            .collect();
        demand(came.iter().any(|c| c == says), || match came.is_empty() {
            true => format!("no claim\n{}", self.reports()),
            false => came.join("\n"),
        })
    }

    fn nothing_from(&self, severity: Severity) -> Result<(), String> {
        let any = self.compiled.reports.iter().any(|r| r.severity >= severity);
        demand(!any, || self.reports())
    }

    /// All reports, a line each.
    fn reports(&self) -> String {
        let lines = self.compiled.reports.iter().map(|report| {
            let place = report
                .place()
                .map_or(String::new(), |p| self.compiled.files.place(p));
            let word = report.severity.word();
            format!("{word}[{}] {place} {}", report.code, report.headline)
        });
        let lines: Vec<String> = lines.collect();
        match lines.is_empty() {
            true => "no reports".to_owned(),
            false => lines.join("\n"),
        }
    }
}

/// What a detail says: its figures as written, else its whole line.
fn said(detail: &Detail) -> String {
    match &detail.value {
        DetailValue::Figures(figures) => figures
            .iter()
            .map(|f| f.written.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        _ => detail.written.clone(),
    }
}

fn codes_of(refused: &Refusal) -> String {
    let lines = refused.reports.iter();
    let lines = lines.map(|r| format!("{}: {}", r.code, r.headline));
    format!("refused: {}", lines.collect::<Vec<_>>().join("\n"))
}

fn demand(holds: bool, came: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(came()) }
}

fn contains_all(text: &str, parts: &[String]) -> Result<(), String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        demand(flat.contains(part.as_str()), || {
            format!("without `{part}`:\n{text}")
        })?;
    }
    Ok(())
}

fn names_of(text: &str) -> Vec<String> {
    let names = text.split(',').map(|n| n.trim().to_owned());
    let mut names: Vec<String> = names.filter(|n| !n.is_empty()).collect();
    names.sort();
    names
}

/// `D to D`, `D`, `from D`, `until D`, `any day`, joined by ` or `.
fn shown(days: &DaysShown) -> String {
    let ranges = days.ranges.iter().map(|r| match (&r.first, &r.last) {
        (None, None) => "any day".to_owned(),
        (Some(f), None) => format!("from {}", f.text),
        (None, Some(l)) => format!("until {}", l.text),
        (Some(f), Some(l)) if f == l => f.text.clone(),
        (Some(f), Some(l)) => format!("{} to {}", f.text, l.text),
    });
    ranges.collect::<Vec<_>>().join(" or ")
}

fn days_agree(days: &DaysShown, expected: &str) -> bool {
    let one = |range: &str| match range.trim().split_once(" to ") {
        Some((first, last)) if first.trim() == last.trim() => first.trim().to_owned(),
        _ => range.trim().to_owned(),
    };
    let expected: Vec<String> = expected.split(" or ").map(one).collect();
    expected.join(" or ") == shown(days)
}
