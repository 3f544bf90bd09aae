//! What the files of a site hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use annals::{Answer, Changes, Compiled, Overview, each};
use serde_json::{Map, Value, json};

use super::Files;
use crate::assets::site_assets;
use crate::draw::{PICTURES, View, draw};
use crate::edition::{Edition, Told};
use crate::plain::{self, CHUNK, Links, Plain};
use crate::tell::{answer_value, overview_of, overview_value};

/// The most sources a site can leave out: each is a compilation and a set of pictures.
const MOST_WITHOUT: usize = 12;

/// How wide the pictures are that a site holds: for a phone or half a page, for a page, for a wide
/// screen. One picture for all would show its letters too small in the one or too large in another.
const WIDTHS: [u32; 3] = [480, 760, WIDE];

/// The widest, which the pages without a script show.
const WIDE: u32 = 1200;

/// All files of a site.
pub fn contents(edition: &Edition) -> Files {
    let compiled = &edition.compiled;
    let overview = overview_of(compiled, None);
    let events = answers(overview.events.iter().map(|e| e.id).collect(), |id| {
        compiled.event_numbered(*id)
    });
    let runs = overview.states.iter();
    let runs = runs.flat_map(|s| s.runs.iter().map(|r| (s.id, r.first)));
    let states = answers(runs.collect(), |(id, day)| compiled.why_state(*id, *day));
    let told = told(edition, Arc::clone(compiled), Changes::default());
    let main = shown(&told, &overview, "");
    let mut files = Files::new();
    plain_pages(&overview, &main, &events, &states, &mut files);
    let page: Vec<(&str, &[u8])> = site_assets().collect();
    if page.iter().any(|(name, _)| *name == "index.html") {
        for (name, bytes) in page {
            files.insert(name.to_owned(), bytes.to_vec());
        }
        page_data(edition, &overview, main, &events, &states, &mut files);
    } else if let Some(front) = files.get("plain.html").cloned() {
        files.insert("index.html".to_owned(), front);
    }
    files
}

fn told(edition: &Edition, compiled: Arc<Compiled>, changes: Changes) -> Told {
    // The site has one edition for ever; the numbers of this one name it.
    let edition = Edition {
        revision: edition.revision.clone(),
        compiled: Arc::clone(&edition.compiled),
        seen: BTreeMap::new(),
        main: edition.main.clone(),
    };
    Told {
        edition: Arc::new(edition),
        compiled,
        changes,
    }
}

/// What the page opens with, and the files of its pictures: one a width, so that a reader loads
/// only those that are shown.
struct Shown {
    value: Value,
    pictures: Vec<(String, Value)>,
}

/// `of` ends the names of the files.
fn shown(told: &Told, overview: &Overview, of: &str) -> Shown {
    let names = WIDTHS.map(|width| json!({ "width": width, "file": pictures_name(width, of) }));
    let pictures = WIDTHS.map(|width| (pictures_name(width, of), pictures_value(overview, width)));
    Shown {
        value: json!({ "opened": overview_value(told, None, false), "pictures": names }),
        pictures: pictures.into(),
    }
}

fn pictures_name(width: u32, of: &str) -> String {
    format!("pictures-{width}{of}")
}

/// The pictures of one width by their names.
fn pictures_value(overview: &Overview, width: u32) -> Value {
    let view = View {
        width: Some(width),
        ..View::default()
    };
    let drawn = PICTURES.iter().filter_map(|kind| {
        let svg = draw(kind, overview, &view)?;
        Some(((*kind).to_owned(), Value::from(svg)))
    });
    Value::Object(drawn.collect())
}

/// The answers of all keys, worked out on all processors, each in the place of its key.
fn answers<K: Sync + Clone>(
    keys: Vec<K>,
    answer: impl Fn(&K) -> Option<Answer> + Sync,
) -> Vec<(K, Value)> {
    let found = each(&keys, |key| answer(key).map(|a| answer_value(&a)));
    let pairs = keys.into_iter().zip(found);
    pairs.filter_map(|(k, v)| v.map(|v| (k, v))).collect()
}

type EventAnswers = [(u32, Value)];
type StateAnswers = [((u32, i32), Value)];

/// The data of the page, each file a script that hands in one value.
fn page_data(
    edition: &Edition,
    overview: &Overview,
    main: Shown,
    events: &EventAnswers,
    states: &StateAnswers,
    files: &mut Files,
) {
    let mut put = |name: &str, value: &Value| {
        files.insert(format!("data/{name}.js"), script(name, value));
    };
    let mut event_files = Map::new();
    for (number, chunk) in events.chunks(CHUNK).enumerate() {
        let name = format!("event-{number}");
        let mut of_chunk = Map::new();
        for (id, value) in chunk {
            event_files.insert(id.to_string(), Value::from(name.as_str()));
            of_chunk.insert(id.to_string(), value.clone());
        }
        put(&name, &Value::Object(of_chunk));
    }
    let lasts: BTreeMap<(u32, i32), Option<i32>> = overview
        .states
        .iter()
        .flat_map(|s| s.runs.iter().map(|r| ((s.id, r.first), r.last)))
        .collect();
    let mut state_files: BTreeMap<u32, Vec<Value>> = BTreeMap::new();
    for (number, chunk) in states.chunks(CHUNK).enumerate() {
        let file = format!("why-{number}");
        let mut of_chunk = Map::new();
        for ((id, first), value) in chunk {
            let name = format!("{id}-{first}");
            let last = lasts.get(&(*id, *first)).copied().flatten();
            let run = json!({ "first": first, "last": last, "chunk": file, "name": name });
            state_files.entry(*id).or_default().push(run);
            of_chunk.insert(name, value.clone());
        }
        put(&file, &Value::Object(of_chunk));
    }
    let mut without = Map::new();
    for (key, name, shown) in without_each(edition, overview) {
        put(&name, &shown.value);
        shown
            .pictures
            .iter()
            .for_each(|(name, svgs)| put(name, svgs));
        without.insert(key, Value::from(name));
    }
    let state_files = state_files
        .into_iter()
        .map(|(id, runs)| (id.to_string(), Value::from(runs)));
    let mut value = main.value;
    value["events"] = Value::Object(event_files);
    value["states"] = Value::Object(state_files.collect());
    value["without"] = Value::Object(without);
    put("main", &value);
    main.pictures
        .iter()
        .for_each(|(name, svgs)| put(name, svgs));
}

/// For the sources that say most: the key, a file name and what the page shows without it.
fn without_each(edition: &Edition, overview: &Overview) -> Vec<(String, String, Shown)> {
    let mut sources: Vec<_> = overview.sources.iter().filter(|s| s.claims > 0).collect();
    sources.sort_by_key(|s| (std::cmp::Reverse(s.claims), &s.key));
    sources.truncate(MOST_WITHOUT);
    let mut taken = BTreeSet::new();
    let keys: Vec<(String, String)> = sources
        .iter()
        .map(|source| {
            (
                format!("@{}", source.key),
                file_name(&source.key, &mut taken),
            )
        })
        .collect();
    let values = each(&keys, |(key, name)| {
        let changes = Changes {
            without: vec![key.clone()],
            ..Changes::default()
        };
        let compiled = Arc::new(edition.compiled.what_if(&changes).ok()?);
        let difference = edition.compiled.difference_to(&compiled, &changes.words());
        let overview = overview_of(&compiled, None);
        let told = told(edition, compiled, changes);
        let mut shown = shown(&told, &overview, &format!("-{name}"));
        shown.value["difference"] = answer_value(&difference);
        Some(shown)
    });
    let named = keys.into_iter().zip(values);
    named
        .filter_map(|((key, name), value)| Some((key, name, value?)))
        .collect()
}

/// A file name of a source's key that no other source has.
fn file_name(key: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = key
        .chars()
        .map(|c| match c.is_ascii_alphanumeric() {
            true => c.to_ascii_lowercase(),
            false => '-',
        })
        .collect();
    let mut name = format!("without-{plain}");
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("without-{plain}-{number}");
        number += 1;
    }
    name
}

/// A script that hands in one value. Nothing a chronicle says can end the script early or, where
/// somebody pastes it into a page, that page's own.
fn script(name: &str, value: &Value) -> Vec<u8> {
    let text = value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    format!("ANNALS.put({}, {text});\n", Value::from(name)).into_bytes()
}

/// The same without scripts.
fn plain_pages(
    overview: &Overview,
    main: &Shown,
    events: &EventAnswers,
    states: &StateAnswers,
    files: &mut Files,
) {
    let reports = main.value["opened"]["reports"].as_array();
    let plain = Plain {
        overview,
        reports: reports.map_or(&[], Vec::as_slice),
        links: Links::Site,
        kept: String::new(),
    };
    let mut page = |name: String, text: String| {
        files.insert(format!("{name}.html"), text.into_bytes());
    };
    page("plain".to_owned(), plain::front(&plain));
    page("claims".to_owned(), plain::claims(&plain));
    page("conflicts".to_owned(), plain::conflicts(&plain));
    page("sources".to_owned(), plain::sources(&plain));
    let widest = main.pictures.last();
    for kind in PICTURES {
        let svg = widest.and_then(|(_, svgs)| svgs[kind].as_str());
        page(kind.to_owned(), plain::picture(&plain, kind, svg, None));
    }
    let text_of = |value: &Value| value["text"].as_str().unwrap_or("").to_owned();
    let places: BTreeMap<u32, usize> = overview
        .events
        .iter()
        .enumerate()
        .map(|(at, e)| (e.id, at / CHUNK))
        .collect();
    let mut chunks: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for (id, value) in events {
        let chunk = chunks.entry(places.get(id).copied().unwrap_or(0));
        let section = (format!("event-{id}"), text_of(value));
        chunk.or_default().push(section);
    }
    for (chunk, sections) in chunks {
        let text = plain::answers(&plain, "Events", &sections);
        page(format!("events-{chunk}"), text);
    }
    let places: BTreeMap<u32, usize> = overview
        .states
        .iter()
        .enumerate()
        .map(|(at, s)| (s.id, at / CHUNK))
        .collect();
    let mut chunks: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for ((id, day), value) in states {
        let chunk = chunks.entry(places.get(id).copied().unwrap_or(0));
        let section = (format!("state-{id}-{day}"), text_of(value));
        chunk.or_default().push(section);
    }
    for (chunk, sections) in chunks {
        let text = plain::answers(&plain, "States", &sections);
        page(format!("states-{chunk}"), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_script_early() {
        let value = json!({ "a": "</script><!--\u{2028}\u{2029}" });
        let text = String::from_utf8(script("x", &value)).unwrap();
        assert_eq!(
            text,
            "ANNALS.put(\"x\", {\"a\":\"\\u003c/script>\\u003c!--\\u2028\\u2029\"});\n"
        );
    }

    #[test]
    fn every_source_has_a_file_of_its_own() {
        let mut taken = BTreeSet::new();
        let names = ["Xin Tang", "xin-tang", "新唐書", "舊唐書"];
        let names: Vec<String> = names.map(|k| file_name(k, &mut taken)).into();
        let wanted = [
            "without-xin-tang",
            "without-xin-tang-2",
            "without----",
            "without-----2",
        ];
        assert_eq!(names, wanted);
    }
}
