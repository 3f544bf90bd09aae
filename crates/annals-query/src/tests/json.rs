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
fn every_field_of_every_kind_of_answer_is_on_the_schema_page() {
    let page = include_str!("../../../../docs/answer-schema.md");
    let built = build(
        "632-03-01: Karasahr submits to Tang. #s\n\
         640-07-01: Tang installs Lipozhun as ruler of Karasahr. #in\n\
         642-01-01: Western Turks capture Lipozhun. #out\n\
         648: planned: Tang attacks Tibet.\n",
    );
    let questions = [
        "640-06-01: Karasahr is subject to Tang",
        "640: ? is ruler of Karasahr",
        "Karasahr is subject to Tang",
        "642: ? captures Lipozhun",
        "when: #in",
        "how long: Lipozhun is ruler of Karasahr",
        "order: #in, #out",
        "relation: #in, #out",
        "pairs: ? captures Lipozhun; follows; ? installs Lipozhun as ruler of ?",
        "why not: 641-06-01: Lipozhun is ruler of Karasahr",
        "why not: 640: Tang installs Lipozhun as ruler of Karasahr",
        "who could: 650: ? captures Lipozhun",
    ];
    let mut answers: Vec<_> = questions.iter().map(|q| built.ask(q).to_json()).collect();
    let shown = built.with(&["Lipozhun"], |asker, asked| asker.show(asked[0], None));
    answers.push(shown.unwrap().to_json());
    let drawn = built.with(&[], |asker, _| asker.timeline(None));
    answers.push(drawn.unwrap().to_json());
    let mut kinds = Vec::new();
    let mut missing = Vec::new();
    let mut open: Vec<&serde_json::Value> = answers.iter().collect();
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Object(map) => {
                kinds.extend(map.get("kind").and_then(|k| k.as_str()));
                let keys = map.keys().filter(|key| !page.contains(&format!("`{key}`")));
                missing.extend(keys.cloned());
                open.extend(map.values());
            }
            serde_json::Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    assert!(missing.is_empty(), "not on the page: {missing:?}");
    for kind in [
        "held", "fillers", "history", "happened", "event", "length", "order", "relation", "pairs",
        "why-not", "could", "profile", "timeline",
    ] {
        assert!(kinds.contains(&kind), "no answer is of the kind {kind}");
        assert!(
            page.contains(&format!("| `{kind}` |")),
            "{kind} is not on the page"
        );
    }
}

/// The lines of the first fence of a kind on the schema page.
fn fence<'p>(page: &'p str, kind: &str) -> &'p str {
    let opening = format!("```{kind}\n");
    let start = page.find(&opening).expect("the page has such a fence") + opening.len();
    let length = page[start..].find("```").expect("the fence is closed");
    &page[start..start + length]
}

#[test]
fn the_worked_example_of_the_schema_page_is_what_comes() {
    let page = include_str!("../../../../docs/answer-schema.md");
    let answer = build(fence(page, "annals")).ask(fence(page, "question").trim());
    assert_eq!(answer.to_text(), fence(page, "text"));
    assert_eq!(format!("{:#}\n", answer.to_json()), fence(page, "json"));
}

#[test]
fn the_page_on_overviews_names_every_field() {
    let page = include_str!("../../../../docs/overview-schema.md");
    let overview = include_str!("../../../../tests/stages/karasahr/9-overview.txt");
    let value: serde_json::Value = serde_json::from_str(overview).expect("a JSON document");
    let mut names = std::collections::BTreeSet::new();
    field_names(&value, &mut names);
    assert!(names.contains("gregorian_from") && names.contains("runs"));
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !page.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in the page: {missing:?}");
}

fn field_names(value: &serde_json::Value, names: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, inner) in fields {
                names.insert(name.clone());
                field_names(inner, names);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|v| field_names(v, names)),
        _ => {}
    }
}
