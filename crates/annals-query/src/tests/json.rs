//! The JSON form.

use super::build::build;

#[test]
fn days_are_given_in_words_and_as_numbers() {
    let built = build("632-03-01: Karasahr submits to Tang. #s\n");
    let json = built
        .ask("640-06-01: Karasahr is subject to Tang")
        .to_json();
    assert_eq!(json["schema"], 1);
    assert_eq!(
        json["time"]["days"]["ranges"][0]["first"]["text"],
        "640-06-01"
    );
    assert!(json["time"]["days"]["ranges"][0]["first"]["jdn"].is_i64());
    let held = &json["results"][0];
    assert_eq!(held["kind"], "held");
    assert_eq!(held["verdict"], "certain");
    assert_eq!(held["basis"]["kind"], "persists");
    assert_eq!(held["support"]["claims"][0]["label"], "s");
    assert_eq!(held["can"]["true"], true);
    assert!(held.get("raw_support").is_none());
}

#[test]
fn every_field_of_the_schema_page_is_there() {
    let page = include_str!("../../../../docs/answer-schema.md");
    let built = build("632-03-01: Karasahr submits to Tang. #s\n");
    let json = built
        .ask("640-06-01: Karasahr is subject to Tang")
        .to_json();
    let mut missing = Vec::new();
    let mut open = vec![&json];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Object(map) => {
                for (key, inner) in map {
                    if !page.contains(&format!("`{key}`")) {
                        missing.push(key.clone());
                    }
                    open.push(inner);
                }
            }
            serde_json::Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    assert!(missing.is_empty(), "not on the page: {missing:?}");
}
