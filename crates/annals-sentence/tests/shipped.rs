//! The shipped vocabulary compiles without errors or warnings.

mod common;

use annals_chronicle::{Role, RoleContent, Vocabulary};
use annals_sentence::{Holes, Outcome, Target, compile_vocabulary, phrase};
use annals_text::{FileId, Severity};
use common::{declarations, shipped};

#[test]
fn the_shipped_vocabulary_compiles_cleanly() {
    let (files, ids) = shipped();
    let all: Vec<_> = ids
        .iter()
        .flat_map(|id| declarations(&files.get(*id).text, *id))
        .collect();
    let (vocabulary, reports) = compile_vocabulary(&all);
    let mut told = String::new();
    for report in reports.iter().filter(|r| r.severity > Severity::Lint) {
        let place = report.place().map_or_else(String::new, |s| files.place(s));
        told += &format!(
            "{place}: {}: {} {:?} {:?}\n",
            report.code,
            report.headline,
            report
                .labels
                .iter()
                .map(|l| files.slice(l.span))
                .collect::<Vec<_>>(),
            report.remedies.iter().map(|r| &r.words).collect::<Vec<_>>()
        );
    }
    assert_eq!(told, "");
    assert_eq!(ids.is_empty(), vocabulary.kinds.is_empty());
}

/// One thing for every kind, so that every slot can be filled.
fn names_of_all_kinds(vocabulary: &Vocabulary) -> String {
    let kinds = vocabulary.kinds.iter();
    kinds
        .map(|k| format!("{} Some{}\n{} Other{}\n", k.name, k.name, k.name, k.name))
        .collect()
}

fn filler(vocabulary: &Vocabulary, role: &Role) -> String {
    match &role.content {
        RoleContent::Kinds(kinds) => {
            let name = &vocabulary.kinds[kinds[0].index()].name;
            if role.least > 1 {
                format!("Some{name} and Other{name}")
            } else {
                format!("Some{name}")
            }
        }
        RoleContent::Any => "Someperson".to_owned(),
        RoleContent::Text => "\"some words\"".to_owned(),
        RoleContent::Number => "about 3,000".to_owned(),
    }
}

#[test]
fn every_canonical_sentence_reads_back_as_itself() {
    let (files, ids) = shipped();
    let text: String = ids
        .iter()
        .map(|id| files.get(*id).text.clone() + "\n")
        .collect();
    let (vocabulary, _) = compile_vocabulary(&declarations(&text, FileId(0)));
    let w = common::world(&text, &names_of_all_kinds(&vocabulary));
    let relations = vocabulary
        .relations
        .iter()
        .map(|r| (Target::Relation(r.id), &r.roles));
    let events = vocabulary
        .event_types
        .iter()
        .map(|e| (Target::Event(e.id), &e.roles));
    let mut failed = String::new();
    for (target, roles) in relations.chain(events) {
        let fillers: Vec<_> = roles.iter().map(|r| Some(filler(&vocabulary, r))).collect();
        let sentence = phrase(&vocabulary, &target, &fillers);
        let outcome = w
            .matcher
            .read(&sentence, common::span_of(&sentence), Holes::Refused);
        let fits = matches!(&outcome, Outcome::Read(r) if r[0].target == target);
        if !fits {
            failed += &format!("{sentence}: {}\n", w.read(&sentence));
        }
        let asked = phrase(&vocabulary, &target, &vec![None; roles.len()]);
        let outcome = w
            .matcher
            .read(&asked, common::span_of(&asked), Holes::Allowed);
        let fits = matches!(&outcome, Outcome::Read(r) if r.iter().any(|r| r.target == target));
        if !fits {
            failed += &format!("{asked}: {}\n", w.ask(&asked));
        }
    }
    assert_eq!(failed, "");
}
