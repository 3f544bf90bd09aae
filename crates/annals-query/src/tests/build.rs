//! A chronicle compiled from text, and questions put to it.

use annals_chronicle::When;
use annals_reason::Reasoner;
use annals_resolve::{Input, ProjectSettings, Resolved, resolve};
use annals_syntax::{Notation, parse};
use annals_text::{Files, Report, Span};

use crate::{Answer, Asked, Asker, ReadWhen};

/// A vocabulary of a few sentences, enough for every kind of question.
const VOCABULARY: &str = r#"kind actor
kind person is actor
kind polity is actor
kind place
circumstance at {place}
relation {person} is alive
  once
relation {vassal: polity} is/was subject to {suzerain: polity}
  one suzerain per vassal
relation {person} is/was ruler of {polity}
  one person per polity
  needs {person} is alive
relation {a: person} is/was a brother of {b: person}
  timeless
  symmetric
event {person} is born
  begins {person} is alive
event {person} dies
  ends {person} is alive
event {vassal: polity} submits/submit to {suzerain: polity}
  begins {vassal} is subject to {suzerain}
event {vassal: polity} renounces/renounce {suzerain: polity}
  ends {vassal} is subject to {suzerain}
event {installer: actor} installs/install {person} as ruler of {polity}
  begins {person} is ruler of {polity}
event {captor: actor} captures/capture {captive: person}
  also {captive} is captured [by {captor}]
  needs {captive} is alive
  ends {captive} is ruler of any
event {actor} departs/depart from {place: place or polity}
event {attacker: actor} attacks/attack {target: polity or place}
event {attacker: actor} campaigns/campaign against {target: polity}
  lasting
"#;

/// Names every test may use.
const NAMES: &str = "polity Karasahr
polity Tang
polity Tibet
polity Western Turks
place Gaochang at 42.85 N, 89.53 E
person Guo Xiaoke
person Lipozhun
person Tuqizhi
";

/// A compiled chronicle.
pub struct Built {
    files: Files,
    resolved: Resolved,
    reasoner: Reasoner,
}

struct Dates<'a>(&'a Resolved);

impl ReadWhen for Dates<'_> {
    fn read_when(&self, text: &str, span: Span) -> Result<When, Report> {
        annals_resolve::read_when(text, span, self.0)
    }
}

/// Compiles lines after the vocabulary and the names above.
pub fn build(lines: &str) -> Built {
    let mut files = Files::new();
    let texts = [
        ("words.annals", VOCABULARY.to_owned()),
        ("names.annals", NAMES.to_owned()),
        ("main.annals", lines.to_owned()),
    ];
    let mut trees = Vec::new();
    let mut faults = Vec::new();
    for (name, text) in texts {
        let file = files.add(name, text);
        let (tree, reports) = parse(&files, file, Notation::Chronicle);
        trees.push(tree);
        faults.extend(reports);
    }
    let (resolved, reports) = resolve(Input {
        files: &files,
        trees: &trees,
        shipped: 0,
        references: vec![],
        project: ProjectSettings::default(),
        drafts: Default::default(),
        vocabulary: None,
    });
    faults.extend(reports);
    faults.retain(|r| r.severity == annals_text::Severity::Error);
    assert!(
        faults.is_empty(),
        "the chronicle of a test is at fault: {faults:#?}"
    );
    let reasoner = Reasoner::new(&resolved.chronicle);
    Built {
        files,
        resolved,
        reasoner,
    }
}

impl Built {
    /// Puts something to an asker, each text a file of its own.
    pub fn with<T>(&self, texts: &[&str], put: impl FnOnce(&Asker<'_>, &[Asked<'_>]) -> T) -> T {
        let mut files = self.files.clone();
        let asked: Vec<Asked<'_>> = texts
            .iter()
            .map(|text| {
                let file = files.add("question", *text);
                Asked::new(text, Span::new(file, 0, text.len() as u32))
            })
            .collect();
        let dates = Dates(&self.resolved);
        let asker = Asker::new(
            &self.resolved.chronicle,
            &files,
            &self.resolved.matcher,
            &self.resolved.settings,
            &self.reasoner,
            &dates,
        );
        put(&asker, &asked)
    }

    /// The answer to a question that can be read.
    pub fn ask(&self, question: &str) -> Answer {
        self.with(&[question], |asker, asked| asker.ask(asked[0]))
            .unwrap_or_else(|reports| panic!("{question}: {reports:#?}"))
    }

    /// The reports on a question that cannot be read.
    pub fn refused(&self, question: &str) -> Vec<Report> {
        self.with(&[question], |asker, asked| asker.ask(asked[0]))
            .expect_err("the question should be refused")
    }

    /// The verdict of a question that has one.
    pub fn verdict(&self, question: &str) -> &'static str {
        let answer = self.ask(question);
        let verdict = answer.verdict();
        verdict
            .unwrap_or_else(|| panic!("no verdict: {answer:#?}"))
            .word()
    }
}
