//! Replies against the OpenAPI document: every one has its route, its status and its form there.
//!
//! As much of JSON Schema as the document uses; a word it does not know is an error, so that
//! nothing is believed to be checked that is not.

use std::sync::OnceLock;

use serde_json::Value;

use super::http::Got;

const DOCUMENT: &str = include_str!("../../openapi.json");

/// The document.
pub fn document() -> &'static Value {
    static READ: OnceLock<Value> = OnceLock::new();
    READ.get_or_init(|| serde_json::from_str(DOCUMENT).unwrap())
}

/// Panics where a reply is not as the document says. Pages for people are not in it.
pub fn hold(method: &str, target: &str, got: &Got) {
    let path = target.split('?').next().unwrap_or(target);
    if !path.starts_with("/api/") {
        return;
    }
    let Some(route) = route_of(path) else {
        assert!(got.status >= 400, "{path} is not documented");
        return problem(got, path);
    };
    if got.status == 304 {
        assert!(got.body.is_empty());
        return;
    }
    let operation = &document()["paths"][&route][&method.to_lowercase()];
    if got.status == 405 || got.status == 421 {
        return problem(got, path);
    }
    assert!(operation.is_object(), "{method} {route} is not documented");
    let responses = &operation["responses"];
    if got.header("preference-applied") == Some("problem=answer") {
        // The document says so of all routes at once.
        let words = document()["info"]["description"].as_str().unwrap();
        assert!(words.contains("Prefer: problem=answer"));
        let schema = &document()["components"]["schemas"]["Problem"];
        let mut faults = Vec::new();
        check(schema, &got.json(), "problem".to_owned(), &mut faults);
        return assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
    let status = got.status.to_string();
    if got.status >= 400 {
        let kinds = &responses["default"]["content"];
        assert!(kinds["application/problem+json"].is_object(), "{route}");
        return problem(got, path);
    }
    let kinds = responses[&status]["content"]
        .as_object()
        .unwrap_or_else(|| panic!("{method} {route} does not document {status}"));
    let kind = got.header("content-type").unwrap_or("").to_owned();
    let kind = kind.split(';').next().unwrap_or("");
    let said = kinds
        .get(kind)
        .unwrap_or_else(|| panic!("{method} {route} gives {kind}, which is not documented"));
    if kind == "application/json" && got.header("content-encoding").is_none() {
        let mut faults = Vec::new();
        check(&said["schema"], &got.json(), route.clone(), &mut faults);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

fn problem(got: &Got, path: &str) {
    let kind = got.header("content-type").unwrap_or("");
    assert_eq!(kind, "application/problem+json", "{path}: {}", got.text());
    let mut faults = Vec::new();
    let schema = &document()["components"]["schemas"]["Problem"];
    check(schema, &got.json(), "problem".to_owned(), &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(got.json()["status"], got.status);
}

/// The documented route of a path.
fn route_of(path: &str) -> Option<String> {
    let paths = document()["paths"].as_object().unwrap();
    let fits = |route: &str| {
        let (mut a, mut b) = (route.split('/'), path.split('/'));
        loop {
            match (a.next(), b.next()) {
                (None, None) => return true,
                (Some(r), Some(p)) if r == p => {}
                (Some(r), Some(p)) if r.starts_with('{') => {
                    let end = r.split_once('}').map_or("", |(_, end)| end);
                    if !p.ends_with(end) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
    };
    paths.keys().find(|route| fits(route)).cloned()
}

/// Words that say nothing about a value.
const SILENT: [&str; 4] = ["description", "title", "examples", "default"];

/// Adds what is wrong with a value to the faults.
pub fn check(schema: &Value, value: &Value, at: String, faults: &mut Vec<String>) {
    let Some(words) = schema.as_object() else {
        return faults.push(format!("{at}: the schema is no object: {schema}"));
    };
    for (word, said) in words {
        match word.as_str() {
            "$ref" => {
                let name = said.as_str().unwrap().rsplit('/').next().unwrap();
                let found = &document()["components"]["schemas"][name];
                check(found, value, at.clone(), faults);
            }
            "type" => {
                let kinds: Vec<&str> = match said {
                    Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
                    one => one.as_str().into_iter().collect(),
                };
                if !kinds.iter().any(|kind| is(kind, value)) {
                    faults.push(format!("{at}: not {} but {value}", kinds.join(" or ")));
                }
            }
            "enum" => {
                if !said.as_array().unwrap().contains(value) {
                    faults.push(format!("{at}: {value} is none of {said}"));
                }
            }
            "required" => {
                for name in said.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        faults.push(format!("{at}: {name} is missing"));
                    }
                }
            }
            "properties" => {
                for (name, schema) in said.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        check(schema, inner, format!("{at}.{name}"), faults);
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(said, &Value::Bool(false), "only `false` is understood");
                let known = schema["properties"].as_object();
                for name in value.as_object().into_iter().flat_map(|o| o.keys()) {
                    if !known.is_some_and(|k| k.contains_key(name)) {
                        faults.push(format!("{at}: `{name}` is not documented"));
                    }
                }
            }
            "items" => {
                for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                    check(said, inner, format!("{at}[{index}]"), faults);
                }
            }
            "minItems" | "maxItems" => {
                let count = value.as_array().map_or(0, Vec::len) as u64;
                let bound = said.as_u64().unwrap();
                let fits = match word.as_str() {
                    "minItems" => count >= bound,
                    _ => count <= bound,
                };
                if !fits {
                    faults.push(format!("{at}: {count} items, {word} is {bound}"));
                }
            }
            "minimum" => {
                if value.as_i64().is_some_and(|n| n < said.as_i64().unwrap()) {
                    faults.push(format!("{at}: {value} is below {said}"));
                }
            }
            silent if SILENT.contains(&silent) => {}
            other => faults.push(format!("{at}: the schema says `{other}`, which is unknown")),
        }
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("`{other}` is no type"),
    }
}
