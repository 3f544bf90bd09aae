//! How far one comes, over the API.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use harness::Served;

const MAIN: &str = "place Here at 10 N, 10 E\nplace There at 10 N, 11 E\nplace Beyond at 10 N, 30 E\n\
road Here to There\n  distance 120 km\nroad There to Beyond\n  distance 2300 km\n\
mover runner\n  travels 30 to 60 km a day, usually 40\n";

#[test]
fn reach_is_told_and_drawn() {
    let served = Served::of(&[("main.annals", MAIN)]);
    let told = served.json("/api/reach?from=Here&days=5&by=runner");
    let text = told["text"].as_str().unwrap();
    assert!(text.contains("There") && !text.contains("Beyond"), "{text}");
    let reach = &told["answer"]["results"][0];
    assert_eq!(reach["movers"][0]["places"][0]["fastest"], 2, "{reach}");
    let all = served.json("/api/reach?from=Here&days=5");
    assert!(
        all["answer"]["results"][0]["movers"]
            .as_array()
            .unwrap()
            .len()
            > 5
    );
    let plain = served.get("/api/picture/map.svg");
    let drawn = served.get("/api/picture/map.svg?reach=Here&days=5&by=runner");
    assert_eq!((plain.status, drawn.status), (200, 200));
    assert!(drawn.text().len() > plain.text().len());
}

#[test]
fn what_cannot_be_reached_is_refused_in_words() {
    let served = Served::of(&[("main.annals", MAIN)]);
    for query in [
        "reach?days=5",
        "reach?from=Here",
        "reach?from=Here&days=0",
        "reach?from=Here&days=5000",
        "reach?from=Nowhere&days=5",
        "reach?from=Here&days=5&by=dragon",
        "picture/map.svg?days=5",
    ] {
        let got = served.get(&format!("/api/{query}"));
        assert!(
            matches!(got.status, 400 | 422),
            "{query}: {} {}",
            got.status,
            got.text()
        );
        assert!(
            !got.json()["detail"].as_str().unwrap().is_empty(),
            "{query}"
        );
    }
}
