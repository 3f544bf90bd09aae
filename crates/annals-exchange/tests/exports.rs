//! Formats out, read back by others' readers.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use annals_exchange::{
    Content, Format, URN, geojson_text, import_linked_places, linked_places_text, losses,
    timelinejs_text, turtle_text,
};
use common::{compiled, errors, oasis};
use oxttl::TurtleParser;
use serde_json::Value;

#[test]
fn turtle_is_parsed_and_says_who_claims_what() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    for base in [URN, "https://example.org/oasis"] {
        let text = turtle_text(&content, base);
        assert_eq!(text, turtle_text(&content, base));
        let triples: Vec<(String, String, String)> = TurtleParser::new()
            .for_slice(text.as_bytes())
            .map(|triple| {
                let triple = triple.unwrap();
                (
                    triple.subject.to_string(),
                    triple.predicate.to_string(),
                    triple.object.to_string(),
                )
            })
            .collect();
        let has = |s: &str, p: &str, o: &str| {
            triples
                .iter()
                .any(|(a, b, c)| a.contains(s) && b.contains(p) && c.contains(o))
        };
        let of = |class: &str| -> BTreeSet<&String> {
            let typed = triples
                .iter()
                .filter(|(_, p, o)| p.contains("rdf-syntax-ns#type") && o.contains(class));
            typed.map(|(s, ..)| s).collect()
        };
        assert_eq!(
            of("E13_Attribute_Assignment").len(),
            compiled.chronicle().claims.len()
        );
        assert!(has("", "P140_assigned_attribute_to", "event"));
        assert!(has("", "hadPrimarySource", "zztj") && has("", "wasDerivedFrom", "zztj"));
        assert!(has(
            "",
            "P82a_begin_of_the_begin",
            "\"0644-01-04\"^^<http://www.w3.org/2001/XMLSchema#date>"
        ));
        assert!(has("", "P82b_end_of_the_end", "\"0645-01-03\""));
        assert!(has("", "label", "Zizhi tongjian, \\\\ & <mirror>"));
        // What was only planned is a proposition, not an event.
        let planned = triples
            .iter()
            .find(|(_, p, o)| p.ends_with("terms:status>") && o == "\"planned\"");
        let planned = &planned.unwrap().0;
        assert!(of("E89_Propositional_Object").contains(planned));
        assert!(!of("E5_Event").contains(planned));
        assert!(has("", "among", "claim"), "the conflict is in it");
    }
}

#[test]
fn geojson_is_by_the_standard() {
    let compiled = oasis();
    let text = geojson_text(&Content::of(&compiled));
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["type"], "FeatureCollection");
    let features = document["features"].as_array().unwrap();
    let layer = |name: &str| -> Vec<&Value> {
        features
            .iter()
            .filter(|f| f["properties"]["layer"] == name)
            .collect()
    };
    for name in [
        "place_points",
        "place_lines",
        "place_outlines",
        "event_points",
        "state_points",
        "road_lines",
    ] {
        assert!(!layer(name).is_empty(), "{name}");
    }
    let fall = layer("event_points")
        .into_iter()
        .find(|f| f["properties"]["label"] == "fall")
        .unwrap();
    assert_eq!(
        fall["geometry"]["coordinates"],
        serde_json::json!([86.57, 42.06])
    );
    assert_eq!(fall["properties"]["start_earliest_year"], 644);
    let ring = &layer("place_outlines")[0]["geometry"]["coordinates"][0][0];
    assert_eq!(
        ring[0],
        ring.as_array().unwrap().last().unwrap().clone(),
        "rings close"
    );
}

#[test]
fn a_gazetteer_goes_out_and_comes_in() {
    let source = oasis();
    let text = linked_places_text(&Content::of(&source), "https://example.org/oasis");
    let document: Value = serde_json::from_str(&text).unwrap();
    for feature in document["features"].as_array().unwrap() {
        for member in [
            "@id",
            "type",
            "properties",
            "when",
            "names",
            "types",
            "geometry",
        ] {
            assert!(!feature[member].is_null(), "{member}");
        }
        assert!(feature["when"]["timespans"].is_array());
    }
    let karasahr = &document["features"][0];
    // Attested by the year of its first event, and not begun with it.
    let span = &karasahr["when"]["timespans"][0];
    assert!(
        span["start"]["latest"].is_string() && span["start"]["earliest"].is_null(),
        "{span}"
    );
    assert!(
        span["end"]["earliest"].is_string() && span["end"]["latest"].is_null(),
        "{span}"
    );
    assert_eq!(karasahr["geometry"]["certainty"], "less-certain");
    assert_eq!(karasahr["links"][0]["identifier"], "gn:1529114");
    assert_eq!(karasahr["links"][1]["type"], "seeAlso");
    let read = import_linked_places(&text, "oasis.geojson").unwrap();
    assert_eq!(read.places, 5);
    let again = compiled(&read.text);
    assert_eq!(errors(&again), Vec::<String>::new(), "{}", read.text);
    for line in [
        "place \"Karasahr (place)\" at 42.06 N, 86.57 E",
        "  also Yanqi (zh-Latn)",
        "  certainty less certain",
        "  id geonames 1529114",
        "  id wikidata Q1156662 ?",
        "lake \"Lake Bosten\" at 41.98 N, 87.05 E",
        "  line 43.25 N 84.0 E, 42.75 N 85.6 E, 42.05 N 86.58 E",
        "  note \"The town of the oasis.\"",
    ] {
        let bare = line.replace('"', "");
        let found = read
            .text
            .lines()
            .any(|l| l == line || l.replace('"', "") == bare);
        assert!(found, "{line}\n{}", read.text);
    }
    let places = |c: &annals::Compiled| -> Vec<_> {
        let all = c.chronicle().entities.iter();
        all.filter_map(|e| e.place)
            .map(|p| (p.latitude_micro, p.longitude_micro))
            .collect()
    };
    assert_eq!(places(&source), places(&again));
}

#[test]
fn bad_gazetteers_are_refused_by_feature() {
    let said = |text: &str| import_linked_places(text, "x.json").unwrap_err().join("\n");
    assert!(said("{").contains("line 1, column"));
    assert!(said("{\"type\": \"Topology\"}").contains("FeatureCollection"));
    let of = |feature: &str| {
        said(&format!(
            "{{\"type\": \"FeatureCollection\", \"features\": [{feature}]}}"
        ))
    };
    assert!(of("{\"type\": \"Feature\"}").starts_with("feature 1: it has neither"));
    let titled = |rest: &str| {
        of(&format!(
            "{{\"type\": \"Feature\", \"properties\": {{\"title\": \"Kucha\"}}, {rest}}}"
        ))
    };
    assert!(
        titled("\"geometry\": {\"type\": \"Point\", \"coordinates\": [41.7, 182.9]}")
            .contains("longitude comes first")
    );
    assert!(
        titled("\"geometry\": {\"type\": \"Point\", \"coordinates\": [\"a\"]}")
            .contains("feature 1 (`Kucha`), geometry")
    );
    assert!(titled("\"names\": [{\"lang\": \"zh\"}]").contains("name 1: `toponym` is missing"));
    assert!(
        titled(
            "\"geometry\": {\"type\": \"Point\", \"coordinates\": [1, 2], \"certainty\": \"good\"}"
        )
        .contains("`good`")
    );
}

#[test]
fn two_places_of_one_name_stay_two() {
    let feature = |x: &str| {
        format!(
            "{{\"type\": \"Feature\", \"properties\": {{\"title\": \"Alexandria\"}}, \"geometry\": {{\"type\": \"Point\", \"coordinates\": [{x}, 30]}}}}"
        )
    };
    let text = format!(
        "{{\"type\": \"FeatureCollection\", \"features\": [{}, {}]}}",
        feature("29.9"),
        feature("71.4")
    );
    let read = import_linked_places(&text, "x.json").unwrap();
    assert_eq!(
        errors(&compiled(&read.text)),
        Vec::<String>::new(),
        "{}",
        read.text
    );
    assert!(
        read.text
            .contains("place \"Alexandria 2\" at 30.0 N, 71.4 E"),
        "{}",
        read.text
    );
}

#[test]
fn a_timeline_has_a_slide_an_event_with_known_days() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let document: Value = serde_json::from_str(&timelinejs_text(&content)).unwrap();
    assert_eq!(
        document["title"]["text"]["headline"],
        "The oasis, \\ &amp; &lt;west&gt;"
    );
    let events = document["events"].as_array().unwrap();
    // What is only planned for some day has none that is known.
    let known = |event: &&annals::EventSeen| {
        let days = event.start.iter().chain(event.end.iter().flatten());
        days.flat_map(|d| [d.first, d.last]).any(|d| d.is_some())
    };
    let expected = content.overview.events.iter().filter(known).count();
    assert_eq!(events.len(), expected);
    assert!(expected > 5);
    for event in events {
        assert!(event["start_date"]["year"].is_i64() && event["display_date"].is_string());
    }
    let fall = events.iter().find(|e| e["unique_id"] == "fall").unwrap();
    assert_eq!(fall["start_date"]["year"], 644);
    assert_eq!(fall["end_date"]["year"], 645, "proleptic Gregorian");
    assert_eq!(fall["display_date"], "644");
    assert!(
        fall["text"]["text"]
            .as_str()
            .unwrap()
            .contains("He took it, &amp; left.")
    );
}

#[test]
fn every_format_says_what_it_loses() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let said = |format| losses(format, &content).join("\n");
    assert!(said(Format::Turtle).contains("06XX"));
    assert!(said(Format::Turtle).contains("1 event has days with gaps"));
    assert!(said(Format::GeoJson).contains("conflict"));
    assert!(said(Format::Csv).contains("proleptic Gregorian"));
    assert!(said(Format::LinkedPlaces).contains("1 road is left out"));
    assert!(said(Format::TimelineJs).contains("gaps"));
    for format in [
        Format::Xlsx,
        Format::Json,
        Format::Sqlite,
        Format::GeoPackage,
    ] {
        assert!(!said(format).is_empty());
    }
}

#[test]
fn a_timeline_and_turtle_count_the_details_that_they_lose() {
    let losing = |text: &str, format| {
        let compiled = compiled(text);
        losses(format, &Content::of(&compiled)).join("\n")
    };
    let bare = "from @me\npolity Tang\nplace Kucha\n640: Tang attacks Kucha.\n";
    let detailed = format!("{bare}  force of Tang: 3000 men\n  note \"Plain.\"\n");
    for (format, where_they_are) in [
        (
            Format::TimelineJs,
            "a slide has the claim, its source and its passage",
        ),
        (Format::Turtle, "JSON and the tables have them"),
    ] {
        assert!(!losing(bare, format).contains(where_they_are));
        let said = losing(&detailed, format);
        assert!(
            said.contains("2 ") && said.contains(where_they_are),
            "{said}"
        );
    }
}

#[test]
fn what_is_doubted_attests_no_place() {
    let source = compiled(
        "from @me\npolity Tang\nplace Kucha at 41 N, 82 E\nplace Turfan at 42 N, 89 E\n\
         640: Tang attacks Kucha ?\n641: Tang attacks Kucha or Turfan.\n650: Tang attacks Turfan.\n",
    );
    let text = linked_places_text(&Content::of(&source), "https://example.org/x");
    let document: Value = serde_json::from_str(&text).unwrap();
    let spans = |at: usize| document["features"][at]["when"]["timespans"].clone();
    assert_eq!(spans(0).as_array().map(Vec::len), Some(0), "{text}");
    assert!(!spans(1).to_string().contains("0641"), "{text}");
}

#[test]
fn what_a_gazetteer_doubts_is_told() {
    let text = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"title": "Napata"},
        "names": [{"toponym": "Napt", "certainty": "less-certain"}, {"toponym": "Nabata", "certainty": "uncertain"}],
        "when": {"timespans": [{"start": {"in": "-0750"}}], "certainty": "uncertain"}, "geometry": null}]}"#;
    let read = import_linked_places(text, "x.json").unwrap().text;
    for words in [
        "In the gazetteer the name Napt is less certain",
        "In the gazetteer the name Nabata is uncertain",
        "In the gazetteer its time is uncertain",
        "  also Napt\n",
    ] {
        assert!(read.contains(words), "{words}\n{read}");
    }
    assert!(!read.contains("also Nabata"), "{read}");
}
