//! Tables, and the formats that hold them, from the text of a chronicle.

#![allow(clippy::unwrap_used)]

mod common;

use annals_exchange::{
    Cell, Content, Guard, csv_text, json_schema, json_text, table_named, tables, xlsx_bytes,
};
use calamine::{Data, Reader, Xlsx};
use common::{errors, oasis};

#[test]
fn the_chronicle_of_these_tests_is_well() {
    assert_eq!(errors(&oasis()), Vec::<String>::new());
}

#[test]
fn every_row_has_a_cell_a_column_and_names_are_plain() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let all = tables(Some(&content));
    assert!(all.len() > 15);
    for table in &all {
        for column in &table.columns {
            let plain = |c: char| c.is_ascii_lowercase() || c == '_';
            assert!(
                column.name.chars().all(plain),
                "{}.{}",
                table.name,
                column.name
            );
        }
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{}", table.name);
        }
        assert!(
            !table.rows.is_empty() || table.name == "parts",
            "{} is empty",
            table.name
        );
    }
    let empty = tables(None);
    for (full, empty) in all.iter().zip(&empty) {
        assert_eq!((full.name, &full.columns), (empty.name, &empty.columns));
    }
}

/// The cells of one column of a table.
fn column(table: &annals_exchange::Table, name: &str) -> Vec<String> {
    let at = table.position(name).unwrap();
    table.rows.iter().map(|row| row[at].to_string()).collect()
}

#[test]
fn no_claim_is_left_out_and_days_are_those_of_answers() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let claims = table_named(Some(&content), "claims").unwrap();
    assert_eq!(claims.rows.len(), compiled.chronicle().claims.len());
    assert!(column(&claims, "mode").contains(&"planned".to_owned()));
    assert!(column(&claims, "mode").contains(&"denied".to_owned()));
    assert!(column(&claims, "about").contains(&"words".to_owned()));
    let bounds = table_named(Some(&content), "bounds").unwrap();
    let of_gap: Vec<&Vec<Cell>> = bounds
        .rows
        .iter()
        .filter(|row| row[1] == Cell::Text("gap".into()))
        .collect();
    assert_eq!(of_gap.len(), 2, "the gap between 648 and 658 is kept");
    let years = |row: &[Cell]| {
        let at = |name| bounds.position(name).unwrap();
        (
            row[at("first_year")].to_string(),
            row[at("last_year")].to_string(),
        )
    };
    assert_eq!(years(of_gap[0]), ("648".into(), "648".into()));
    assert_eq!(years(of_gap[1]), ("658".into(), "658".into()));
    let events = table_named(Some(&content), "events").unwrap();
    let fall = column(&events, "label")
        .iter()
        .position(|l| l == "fall")
        .unwrap();
    assert_eq!(column(&events, "start_earliest_iso")[fall], "0644-01-04");
    assert_eq!(column(&events, "start_earliest_year")[fall], "644");
    assert_eq!(column(&events, "end_latest_iso")[fall], "0645-01-03");
    assert_eq!(column(&events, "end_latest_year")[fall], "644");
    let conflicts = table_named(Some(&content), "conflicts").unwrap();
    assert_eq!(conflicts.rows.len(), 4);
}

#[test]
fn an_episode_has_four_bounds() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let episodes = table_named(Some(&content), "episodes").unwrap();
    let hold = column(&episodes, "sentence")
        .iter()
        .position(|s| s.contains("Kucha"))
        .unwrap();
    let bound = |name: &str| column(&episodes, name)[hold].clone();
    assert_eq!(bound("certain"), "1");
    assert_eq!(bound("start_earliest_year"), "640");
    assert_eq!(bound("start_latest_year"), "640");
    // It may have ended on the first day of 648; the last day at whose close it held is then in 647.
    assert_eq!(bound("end_earliest_year"), "647");
    assert_eq!(bound("end_latest_year"), "648");
}

#[test]
fn csv_is_read_back_cell_by_cell() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    for table in tables(Some(&content)) {
        let text = csv_text(&table, Guard::None);
        let rows = annals::syntax::read_csv(text.as_bytes());
        assert_eq!(rows.len(), table.rows.len() + 1, "{}", table.name);
        for (read, row) in rows[1..].iter().zip(&table.rows) {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            assert_eq!(read.cells, cells, "{}", table.name);
        }
    }
}

#[test]
fn a_workbook_is_read_by_another_program() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let all = tables(Some(&content));
    let bytes = xlsx_bytes(&all).unwrap();
    assert_eq!(bytes, xlsx_bytes(&all).unwrap(), "same text, same bytes");
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names().len(), all.len());
    for table in &all {
        let range = book.worksheet_range(table.name).unwrap();
        for (at, row) in table.rows.iter().enumerate() {
            for (place, cell) in row.iter().enumerate() {
                let found = range.get((at + 1, place));
                match (cell, found) {
                    (Cell::Nothing, None | Some(Data::Empty)) => {}
                    (Cell::Text(words), Some(Data::String(found))) => assert_eq!(words, found),
                    (Cell::Whole(n), Some(Data::Float(found))) => assert_eq!(*n as f64, *found),
                    (Cell::Degrees(micro), Some(Data::Float(found))) => {
                        assert_eq!(f64::from(*micro) / 1e6, *found);
                    }
                    other => panic!("{}: {other:?}", table.name),
                }
            }
        }
    }
}

#[test]
fn json_keeps_its_schema() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let text = json_text(&tables(Some(&content)));
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schema = json_schema(&tables(None));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/export-schema.json");
    if std::env::var_os("ANNALS_BLESS").is_some() {
        std::fs::write(path, &schema).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept == schema,
        "docs/export-schema.json is behind: run with ANNALS_BLESS=1 and read what changed"
    );
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(faults(&schema, &document, "$"), Vec::<String>::new());
    let mut broken = document.clone();
    broken["tables"]["claims"][0]["claim"] = "one".into();
    broken["tables"]["claims"][1]["colour"] = "red".into();
    assert_eq!(faults(&schema, &broken, "$").len(), 2);
}

/// What of a document breaks a schema, as far as our schema goes: types, constants, members.
fn faults(schema: &serde_json::Value, value: &serde_json::Value, at: &str) -> Vec<String> {
    use serde_json::Value;
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema has a type {other}"),
    };
    let fits = match &schema["type"] {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    };
    let mut found = Vec::new();
    if !fits || (!schema["const"].is_null() && schema["const"] != *value) {
        found.push(format!("{at}: {value}"));
    }
    for (key, member) in value.as_object().into_iter().flatten() {
        match &schema["properties"][key] {
            Value::Null => found.push(format!("{at}.{key} is not known")),
            inner => found.extend(faults(inner, member, &format!("{at}.{key}"))),
        }
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            found.push(format!("{at} lacks {key}"));
        }
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(faults(&schema["items"], item, &format!("{at}[{number}]")));
    }
    found
}
