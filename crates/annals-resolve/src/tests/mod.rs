//! Tests start from chronicle text, read with a small vocabulary of their own.

mod claims;
mod dates;
mod declarations;
mod details;
mod geography;
mod shipped;

use annals_chronicle::{Chronicle, Condition, DaySet, EntityId, Point};
use annals_syntax::{Notation, Tree, parse};
use annals_text::{Files, Report, Severity, Span};

use crate::{Input, ProjectSettings, Resolved, describe_claim, resolve};

const VOCABULARY: &str = r#"
kind actor
kind person is actor
kind polity is actor
kind army is actor
kind place
relation {vassal: polity} is/was subject to {suzerain: polity}
  one suzerain per vassal
relation {person} is/was ruler/king of {polity}
relation {a: person} is/was a brother of {b: person}
  timeless
  symmetric
event {vassal: polity} submits/submit/submitted to {suzerain: polity}
  begins {vassal} is subject to {suzerain}
event {vassal: polity} renounces {suzerain: polity}
  ends {vassal} is subject to {suzerain}
event {captor: actor} captures/capture/captured {captive: person}
  ends {captive} is ruler of any
event {taker: actor} takes/take/took {target: polity or place}
event {taker: actor} storms/storm/stormed {target: polity or place}
  kind of {taker} takes {target}
event {who: actor} campaigns/campaign against {foe: actor}
  lasting
event {sides: actor, 2+} fight/fought {foe: actor}
event {who: person} is/was appointed {title: text}
event {who: actor} departs/depart from {place}
event {polity} loses/lost {n: number} men
circumstance at/near {place}
circumstance under {person}
"#;

const NAMES: &str = r#"
polity Karasahr
  also Agni, Yanqi, 焉耆 (zh)
polity Tang
polity Kashgar
polity Khotan
polity Western Turks
place Karasahr at 42.06 N, 86.57 E
place Gaochang
place Kucha
place Talas
person Guo Xiaoke
person Long Lipozhun
person Long Tuqizhi
"#;

/// A text resolved, with what was reported on it.
struct Case {
    files: Files,
    resolved: Resolved,
    reports: Vec<Report>,
}

/// Resolves a text below the vocabulary and the names of this module.
fn case(text: &str) -> Case {
    several(&[("case.annals", text)], Notation::Chronicle)
}

/// Resolves several texts; the names of this module are read before them.
fn several(texts: &[(&str, &str)], notation: Notation) -> Case {
    let mut all = vec![("words.annals", VOCABULARY), ("names.annals", NAMES)];
    all.extend(texts);
    read(&all, notation)
}

/// Resolves texts alone; the last is written in `notation`.
fn read(texts: &[(&str, &str)], notation: Notation) -> Case {
    let mut files = Files::new();
    let mut trees: Vec<Tree> = Vec::new();
    let mut reports = Vec::new();
    for (i, (name, text)) in texts.iter().enumerate() {
        let id = files.add(*name, *text);
        let notation = if i + 1 == texts.len() {
            notation
        } else {
            Notation::Chronicle
        };
        let (tree, found) = parse(&files, id, notation);
        trees.push(tree);
        reports.extend(found);
    }
    let input = Input {
        files: &files,
        trees: &trees,
        shipped: 0,
        references: vec![],
        project: ProjectSettings::default(),
        drafts: Default::default(),
        vocabulary: None,
    };
    let (resolved, found) = resolve(input);
    reports.extend(found);
    Case {
        files,
        resolved,
        reports,
    }
}

impl Case {
    fn chronicle(&self) -> &Chronicle {
        &self.resolved.chronicle
    }

    /// Errors and findings on the texts below the vocabulary, as `code line`.
    fn codes(&self) -> Vec<String> {
        self.codes_from(Severity::Finding)
    }

    fn codes_from(&self, least: Severity) -> Vec<String> {
        let own = |r: &&Report| {
            r.place()
                .is_none_or(|s| self.files.get(s.file).name != "words.annals")
        };
        let heavy = self
            .reports
            .iter()
            .filter(|r| r.severity >= least)
            .filter(own);
        heavy
            .map(|r| {
                let line = r.place().map_or(0, |s| self.files.position(s).line);
                format!("{} {line}", r.code)
            })
            .collect()
    }

    fn report(&self, code: &str) -> &Report {
        let found = self.reports.iter().find(|r| r.code == code);
        found.unwrap_or_else(|| panic!("no report {code} in {:#?}", self.reports))
    }

    fn described(&self) -> Vec<String> {
        let claims = &self.chronicle().claims;
        claims
            .iter()
            .map(|c| describe_claim(self.chronicle(), c.id))
            .collect()
    }

    fn conditions(&self, claim: usize) -> &[Condition] {
        &self.chronicle().claims[claim].when.conditions
    }

    /// The only way of placing of the only condition of a claim.
    fn point(&self, claim: usize) -> &Point {
        let conditions = self.conditions(claim);
        assert_eq!(conditions.len(), 1, "{conditions:#?} {:#?}", self.reports);
        assert_eq!(conditions[0].alternatives.len(), 1, "{conditions:#?}");
        &conditions[0].alternatives[0]
    }

    fn days(&self, days: &DaySet) -> String {
        annals_calendar::print_days(&crate::when::calendar_days(days), &self.resolved.settings)
    }

    fn entity(&self, name: &str) -> EntityId {
        let found = self.chronicle().entities.iter().find(|e| e.name == name);
        found
            .unwrap_or_else(|| panic!("nothing is called {name}"))
            .id
    }

    fn event(&self, label: &str) -> annals_chronicle::EventId {
        self.chronicle().event_of_label(label).unwrap()
    }

    fn slice(&self, span: Span) -> &str {
        self.files.slice(span)
    }
}
