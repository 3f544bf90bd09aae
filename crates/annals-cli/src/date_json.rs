//! Dates as JSON: the fields of a record in a fixed order, and for a single date all that is known.

use annals::calendar::{
    DayViews, EdtfBound, Reading, Record, Shape, day_views, edtf_of_shape, print_days, read,
};
use serde_json::{Map, Value, json};

use crate::date::Reader;

/// A record as one line.
///
/// `input`, `valid`, `level`, `kind`, `lo`, `hi`, `start`, `end`, `members`, `lo_jdn`, `hi_jdn`,
/// `readings`, `reason`, in this order; what a date does not have is `null`.
pub fn record_line(input: &str, record: &Record) -> String {
    line(&record_fields(input, record))
}

/// The line of an input that is no text.
pub fn unread_line(shown: &str, reason: &str) -> String {
    let mut record = Record::of_edtf("");
    record.reason = Some(reason.to_owned());
    record_line(shown, &record)
}

/// One date with everything known of it, and whether it can be read.
pub fn date(text: &str, reader: &Reader) -> (String, bool) {
    let record = reader.record(text);
    let mut fields = record_fields(text, &record);
    if !reader.edtf
        && let Ok(reading) = read(text, &reader.settings)
    {
        add_reading(&mut fields, &reading, reader);
    }
    let views = [record.lo_jdn, record.hi_jdn].map(|day| day.map(day_views));
    let [first, last] = views.map(|views| views.map_or(Value::Null, |views| views_value(&views)));
    fields.push(("first_day", first));
    fields.push(("last_day", last));
    (line(&fields), record.valid)
}

/// One day in every calendar.
pub fn day(day: i64) -> String {
    let views = day_views(day);
    let mut text = views_value(&views).to_string();
    text.push('\n');
    text
}

type Fields = Vec<(&'static str, Value)>;

fn record_fields(input: &str, record: &Record) -> Fields {
    let bound = |bound: &Option<EdtfBound>| bound.map_or(Value::Null, |b| json!(b.to_string()));
    let pair = |(a, b): &(EdtfBound, EdtfBound)| json!([a.to_string(), b.to_string()]);
    let members = |members: &Vec<_>| Value::Array(members.iter().map(pair).collect());
    let readings: Vec<Value> = record
        .readings
        .iter()
        .map(|reading| {
            json!({
                "calendar": reading.calendar.name(),
                "lo_jdn": reading.lo_jdn,
                "hi_jdn": reading.hi_jdn,
            })
        })
        .collect();
    vec![
        ("input", json!(input)),
        ("valid", json!(record.valid)),
        ("level", json!(record.level)),
        ("kind", json!(record.kind)),
        ("lo", bound(&record.lo)),
        ("hi", bound(&record.hi)),
        ("start", record.start.as_ref().map_or(Value::Null, pair)),
        ("end", record.end.as_ref().map_or(Value::Null, pair)),
        (
            "members",
            record.members.as_ref().map_or(Value::Null, members),
        ),
        ("lo_jdn", json!(record.lo_jdn)),
        ("hi_jdn", json!(record.hi_jdn)),
        ("readings", Value::Array(readings)),
        ("reason", json!(record.reason)),
    ]
}

/// What a list of dates has no room for: the words of each reading, assumptions, remarks.
fn add_reading(fields: &mut Fields, reading: &Reading, reader: &Reader) {
    let days = |shape: &Shape| {
        let hull = shape.hull();
        json!({
            "days": print_days(&hull, &reader.settings),
            "edtf": edtf_of_shape(shape),
            "lo_jdn": hull.first(),
            "hi_jdn": hull.last(),
        })
    };
    fields.push(("calendar", json!(reading.calendar.name())));
    fields.push((
        "days",
        json!(print_days(&reading.shape.hull(), &reader.settings)),
    ));
    fields.push(("edtf", json!(edtf_of_shape(&reading.shape))));
    fields.push(("uncertain", json!(reading.uncertain)));
    fields.push(("approximate", json!(reading.approximate)));
    let assumed = reading.soft.as_ref().map(|soft| {
        let mut value = days(&soft.shape);
        value["words"] = json!(soft.words);
        value
    });
    fields.push(("assumed", json!(assumed)));
    let rivals: Vec<Value> = reading
        .alternatives
        .iter()
        .map(|rival| {
            let mut value = days(&rival.shape);
            value["words"] = json!(rival.words);
            value["calendar"] = json!(rival.calendar.name());
            value
        })
        .collect();
    fields.push(("rivals", Value::Array(rivals)));
    let notes = reading
        .notes
        .iter()
        .map(|note| json!({ "code": note.code, "words": note.words, "warning": note.lint }));
    fields.push(("notes", Value::Array(notes.collect())));
}

fn views_value(views: &DayViews) -> Value {
    let chinese: Vec<Value> = views
        .chinese
        .iter()
        .map(|(letters, characters)| json!({ "letters": letters, "characters": characters }))
        .collect();
    let others: Map<String, Value> = views
        .others
        .iter()
        .map(|(name, words)| ((*name).to_owned(), json!(words)))
        .collect();
    json!({
        "jdn": views.jdn,
        "julian": views.julian,
        "gregorian": views.gregorian,
        "edtf": views.edtf,
        "weekday": views.weekday,
        "sexagenary": views.sexagenary,
        "sexagenary_characters": views.sexagenary_characters,
        "chinese": chinese,
        "others": others,
    })
}

/// The fields as one line in the order given; a map would sort them by name.
fn line(fields: &Fields) -> String {
    let parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}:{value}", json!(name)))
        .collect();
    format!("{{{}}}\n", parts.join(","))
}
