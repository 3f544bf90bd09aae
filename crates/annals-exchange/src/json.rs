//! Tables as one JSON document; `docs/export-schema.json` describes it for programs.

use serde_json::{Map, Number, Value, json};

use crate::tables::{Cell, Form, Table};

/// The version of the form; a higher number means that a column changed its meaning or went.
pub const JSON_SCHEMA: u32 = 1;

/// Tables as JSON: `{"schema": 1, "tables": {"claims": [{"claim": 0, …}, …], …}}`, rows in the
/// order of the table, members in the order of its columns.
pub fn json_text(tables: &[Table]) -> String {
    let mut out = format!("{{\n  \"schema\": {JSON_SCHEMA},\n  \"tables\": {{");
    for (at, table) in tables.iter().enumerate() {
        out.push_str(if at > 0 { ",\n    " } else { "\n    " });
        out.push_str(&Value::from(table.name).to_string());
        out.push_str(": [");
        for (at, row) in table.rows.iter().enumerate() {
            out.push_str(if at > 0 { ",\n      {" } else { "\n      {" });
            let members: Vec<String> = row
                .iter()
                .zip(&table.columns)
                .map(|(cell, column)| {
                    let name = Value::from(column.name.as_str());
                    format!("{name}: {}", cell_json(cell, column.form))
                })
                .collect();
            out.push_str(&members.join(", "));
            out.push('}');
        }
        out.push_str(if table.rows.is_empty() {
            "]"
        } else {
            "\n    ]"
        });
    }
    out.push_str("\n  }\n}\n");
    out
}

fn cell_json(cell: &Cell, form: Form) -> String {
    match cell {
        Cell::Nothing => "null".to_owned(),
        Cell::Whole(number) if form == Form::Flag => (*number != 0).to_string(),
        // A decimal number of six places is written out, so that no float stands between.
        Cell::Whole(_) | Cell::Degrees(_) => cell.to_string(),
        Cell::Text(words) => Value::from(words.as_str()).to_string(),
    }
}

/// The JSON Schema of the document, made from the tables themselves.
pub fn json_schema(tables: &[Table]) -> String {
    let mut properties = Map::new();
    for table in tables {
        let mut columns = Map::new();
        for column in &table.columns {
            let types = match column.form {
                Form::Whole => json!(["integer", "null"]),
                Form::Text => json!(["string", "null"]),
                Form::Degrees => json!(["number", "null"]),
                Form::Flag => json!("boolean"),
            };
            columns.insert(
                column.name.clone(),
                json!({"type": types, "description": column.meaning}),
            );
        }
        let required: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        let rows = json!({
            "type": "array",
            "description": table.meaning,
            "items": {
                "type": "object",
                "required": required,
                "additionalProperties": false,
                "properties": columns,
            },
        });
        properties.insert(table.name.to_owned(), rows);
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A chronicle of Annals as tables",
        "description": "Written by `annals export json`. A day stands in three members: the year by the chronicle's calendar (0 is 1 BC), an ISO 8601 date in the proleptic Gregorian calendar, and a Julian day number; null is open.",
        "type": "object",
        "required": ["schema", "tables"],
        "additionalProperties": false,
        "properties": {
            "schema": {"const": Number::from(JSON_SCHEMA)},
            "tables": {
                "type": "object",
                "description": "Every table, or the ones asked for.",
                "additionalProperties": false,
                "properties": properties,
            },
        },
    });
    format!("{schema:#}\n")
}
