//! Bibliographies in: entries of BibTeX or CSL-JSON become `source` blocks.

use std::collections::BTreeMap;

use annals::{FileId, Files, read_bibliography};
use serde_json::Value;

use crate::mapped::names::{Sources, quoted};

/// A bibliography read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcesRead {
    /// The `source` blocks, for review.
    pub text: String,
    /// How many sources.
    pub sources: usize,
    /// What had to be changed: keys that a citation could not name.
    pub notes: Vec<String>,
}

/// Reads BibTeX or BibLaTeX.
///
/// # Errors
///
/// Entries that cannot be read, each with its line.
pub fn import_bibtex(text: &str, name: &str) -> Result<SourcesRead, Vec<String>> {
    let mut files = Files::new();
    let file: FileId = files.add(name, text);
    let (entries, reports) = read_bibliography(text, file);
    if !reports.is_empty() {
        let said = reports.iter().map(|report| match report.place() {
            Some(place) => format!("line {}: {}", files.position(place).line, report.headline),
            None => report.headline.clone(),
        });
        return Err(said.collect());
    }
    if entries.is_empty() {
        return Err(vec!["there is no entry in it".to_owned()]);
    }
    let mut blocks = Blocks::of(name);
    for entry in entries {
        let fields = entry
            .fields
            .into_iter()
            .map(|(key, value)| (key, Ok(value)));
        blocks.add(&entry.key, fields.collect());
    }
    Ok(blocks.read)
}

/// Reads CSL-JSON, as Zotero and Pandoc write it.
///
/// # Errors
///
/// What is not CSL-JSON, with the number of the item.
pub fn import_csl(text: &str, name: &str) -> Result<SourcesRead, Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let whole: Value = serde_json::from_str(text).map_err(|e| {
        vec![format!(
            "line {}, column {}: this is not JSON: {e}",
            e.line(),
            e.column()
        )]
    })?;
    let items = match &whole {
        Value::Array(items) => items.clone(),
        Value::Object(_) if whole["items"].is_array() => {
            whole["items"].as_array().cloned().unwrap_or_default()
        }
        _ => return Err(vec!["CSL-JSON is a list of items".to_owned()]),
    };
    let (mut blocks, mut faults) = (Blocks::of(name), Vec::new());
    let mut met: BTreeMap<String, (usize, &Value)> = BTreeMap::new();
    for (number, item) in (1..).zip(&items) {
        let id = match &item["id"] {
            Value::String(id) if !id.trim().is_empty() => id.trim().to_owned(),
            Value::Number(id) => id.to_string(),
            _ => {
                faults.push(format!("item {number}: it has no `id` to be cited by"));
                continue;
            }
        };
        match met.get(&id) {
            // Two exports put together hold the same item twice: it is one source.
            Some((first, same)) if *same == item => {
                let note = format!("item {number} is item {first} once more: `{id}` is one source");
                blocks.read.notes.push(note);
                continue;
            }
            Some((first, _)) => {
                faults.push(format!(
                    "item {number}: `{id}` is the `id` of item {first} too, which says something else; a citation could not tell them apart, so give each its own"
                ));
                continue;
            }
            None => met.insert(id.clone(), (number, item)),
        };
        let members = item.as_object().into_iter().flatten();
        let fields = members
            .filter(|(key, _)| *key != "id")
            .flat_map(|(key, value)| csl_field(key, value));
        blocks.add(&id, fields.collect());
    }
    if items.is_empty() {
        faults.push("there is no item in it".to_owned());
    }
    if faults.is_empty() {
        Ok(blocks.read)
    } else {
        Err(faults)
    }
}

/// A field, and its words, or what it is where it is no words.
type Field = (String, Result<String, String>);

fn csl_field(key: &str, value: &Value) -> Vec<Field> {
    let lower = key.to_lowercase();
    match value {
        Value::String(words) => vec![(lower, Ok(words.clone()))],
        Value::Number(number) => vec![(lower, Ok(number.to_string()))],
        Value::Array(people)
            if people.iter().all(|p| person(p).is_some()) && !people.is_empty() =>
        {
            let names: Vec<String> = people.iter().filter_map(person).collect();
            vec![(lower, Ok(names.join(" and ")))]
        }
        Value::Object(_) => match date(value) {
            // A year that is only about right is no field that programs sort by.
            Some(words) if key == "issued" && words.starts_with("c. ") => {
                vec![("date".to_owned(), Ok(words))]
            }
            Some(words) if key == "issued" => {
                let year = words.split('-').next().unwrap_or(&words).to_owned();
                let negative = words.starts_with('-');
                let mut fields = vec![("date".to_owned(), Ok(words.clone()))];
                if !negative {
                    fields.insert(0, ("year".to_owned(), Ok(year)));
                }
                fields
            }
            Some(words) => vec![(lower, Ok(words))],
            None => vec![(lower, Err(value.to_string()))],
        },
        other => vec![(lower, Err(other.to_string()))],
    }
}

fn person(value: &Value) -> Option<String> {
    if let Some(words) = value["literal"].as_str() {
        return Some(words.to_owned());
    }
    let family = value["family"].as_str()?;
    let particle = value["non-dropping-particle"].as_str();
    let family = particle.map_or(family.to_owned(), |p| format!("{p} {family}"));
    Some(match value["given"].as_str() {
        Some(given) => format!("{family}, {given}"),
        None => family,
    })
}

/// The words of a CSL date; a range keeps both ends.
fn date(value: &Value) -> Option<String> {
    let words = date_words(value)?;
    let circa = match &value["circa"] {
        Value::Bool(circa) => *circa,
        Value::Number(circa) => circa.as_i64() != Some(0),
        Value::String(circa) => !matches!(circa.as_str(), "" | "0" | "false"),
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    };
    Some(match circa {
        true => format!("c. {words}"),
        false => words,
    })
}

fn date_words(value: &Value) -> Option<String> {
    if let Some(words) = value["raw"].as_str().or_else(|| value["literal"].as_str()) {
        return Some(words.to_owned());
    }
    let ends = value["date-parts"].as_array()?;
    let end = |parts: &Value| -> Option<String> {
        let numbers = parts.as_array()?.iter().map(|part| match part {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        });
        let numbers: Vec<i64> = numbers.collect::<Option<Vec<i64>>>()?;
        let (year, rest) = numbers.split_first()?;
        let rest: Vec<String> = rest.iter().map(|n| format!("-{n:02}")).collect();
        Some(format!("{year}{}", rest.concat()))
    };
    let ends: Option<Vec<String>> = ends.iter().map(end).collect();
    ends.filter(|ends| !ends.is_empty())
        .map(|ends| ends.join(" to "))
}

struct Blocks {
    read: SourcesRead,
    keys: Sources,
}

/// Words on one line, without marks that only machines see.
fn one_line(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").replace(char::is_control, "")
}

impl Blocks {
    fn of(name: &str) -> Blocks {
        let name = name.replace(['\n', '\r'], " ");
        Blocks {
            read: SourcesRead {
                text: format!(
                    "// Sources of {name}, for review. `bibliography \"sources.bib\"` reads BibTeX without this.\n"
                ),
                ..SourcesRead::default()
            },
            keys: Sources::default(),
        }
    }

    fn add(&mut self, id: &str, fields: Vec<Field>) {
        let key = self.keys.key(id);
        if key != id {
            self.read.notes.push(format!("`{id}` is cited as `@{key}`"));
        }
        self.read.sources += 1;
        let mut text = format!("source {key}\n");
        for (field, value) in fields {
            let plain = field.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && field.starts_with(|c: char| c.is_ascii_lowercase());
            match value {
                Ok(words) if plain && !words.trim().is_empty() => {
                    text += &format!("  {field} {}\n", quoted(&words));
                }
                // What no field can hold is kept for readers.
                Ok(words) | Err(words) => {
                    let words = one_line(&words);
                    text += &format!("  // {}: {words}\n", one_line(&field));
                }
            }
        }
        self.read.text += &text;
    }
}
