//! Every route of the API on the shipped chronicle and a small one: what it answers, and that
//! every reply is as the OpenAPI document says. The replies are kept for the tests of the page.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use harness::{Served, encoded, schema};

const SMALL: &str = "\
chronicle \"Small\"
covers 600 to 700
polity Karasahr
polity Tang
person Guo Xiaoke
source a
source b
632: Karasahr submits to Tang. #submission [@a]
644: Tang attacks Karasahr. #attack [@a]
650: Tang attacks Karasahr. #attack [@b]
";

/// Puts a reply where the tests of the page find it.
fn keep(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replies");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn the_shipped_chronicle_is_answered() {
    let served = Served::karasahr();
    let got = served.get("/api/overview");
    assert_eq!(got.status, 200, "{}", got.text());
    keep("overview.json", &got.text());
    let opened = got.json();
    assert_eq!(opened["main"], "main.annals");
    assert_eq!(opened["writable"], true);
    assert_eq!(
        opened["overview"]["title"],
        "Tang campaigns against Karasahr"
    );
    let conflicts = opened["reports"].as_array().unwrap().iter();
    let conflict = conflicts
        .clone()
        .find(|r| r["code"] == "cannot-all-be-true");
    let conflict = conflict.expect("the sources contradict one another");
    assert!(conflict["claims"].as_array().unwrap().len() >= 2);

    let state = &opened["overview"]["states"][0];
    let (id, day) = (&state["id"], &state["runs"][0]["first"]);
    let why = served.json(&format!("/api/why?state={id}&at={day}"));
    assert_eq!(why["answer"]["results"][0]["sentence"], state["sentence"]);
    let verdict = &why["answer"]["results"][0]["verdict"];
    let certain = state["runs"][0]["certain"] == true;
    assert_eq!(verdict, if certain { "certain" } else { "possible" });
    assert!(why["text"].as_str().unwrap().contains("so it is"));
    keep("why.json", &why.to_string());

    let events = opened["overview"]["events"].as_array().unwrap();
    let labelled = events.iter().find(|e| e["label"] == "fall").unwrap();
    let event = served.json(&format!("/api/event?id={}", labelled["id"]));
    let shown = &event["answer"]["results"][0];
    assert_eq!(shown["label"], "fall");
    let because = &shown["start"]["earliest_because"]["claims"];
    assert!(!because.as_array().unwrap().is_empty());
    keep("event.json", &event.to_string());
    let bare = events.iter().find(|e| e["label"].is_null()).unwrap();
    let event = served.json(&format!("/api/event?id={}", bare["id"]));
    assert_eq!(event["answer"]["results"][0]["sentence"], bare["sentence"]);

    let question = encoded("646: ? is ruler of Karasahr");
    let ask = served.json(&format!("/api/ask?q={question}"));
    assert_eq!(ask["answer"]["question"], "646: ? is ruler of Karasahr");
    keep("ask.json", &ask.to_string());
}

#[test]
fn a_small_chronicle_is_answered_without_a_source() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let whole = served.json("/api/overview");
    let without = served.json("/api/overview?without=%40b");
    assert_eq!(without["changes"]["without"][0], "@b");
    assert_eq!(without["revision"], whole["revision"]);
    let attack = |opened: &Value| {
        let events = opened["overview"]["events"].as_array().unwrap().clone();
        let found = events.into_iter().find(|e| e["label"] == "attack").unwrap();
        found["words"].as_str().unwrap().to_owned()
    };
    assert_ne!(attack(&whole), attack(&without));
    assert_eq!(attack(&without), "644");
    let difference = served.json("/api/difference?without=%40b");
    let text = difference["text"].as_str().unwrap();
    assert!(text.contains("attack"), "{text}");
    keep("difference.json", &difference.to_string());
    let about = served.json("/api/overview?about=Tang");
    assert!(about["overview"]["things"].as_array().unwrap().len() <= 3);
    assert_eq!(served.get("/api/difference").status, 400);
    let unknown = served.get("/api/difference?without=%40nobody");
    assert_eq!(unknown.status, 400);
    assert_eq!(unknown.json()["reports"][0]["code"], "unknown-source");
}

#[test]
fn a_problem_comes_as_an_answer_to_who_prefers_it_so() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let host = format!("127.0.0.1:{}", served.port);
    for (target, status) in [
        ("/api/read-date?q=yesterday", 400),
        ("/api/ask?q=nonsense", 400),
    ] {
        let wish = [("host", host.as_str()), ("prefer", "problem=answer")];
        let got = served.ask("GET", target, &wish, "");
        assert_eq!(got.status, 200, "{target}");
        assert_eq!(got.header("preference-applied"), Some("problem=answer"));
        let kind = got.header("content-type");
        assert_eq!(kind, Some("application/problem+json"), "{target}");
        assert_eq!(got.json()["status"], status, "{target}");
        assert_eq!(served.get(target).status, status, "{target}");
    }
    let day = [("host", host.as_str()), ("prefer", "problem=answer")];
    let day = served.ask("GET", "/api/read-date?q=644", &day, "");
    assert!(day.header("preference-applied").is_none());
}

#[test]
fn dates_days_and_questions_going_on() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let read = served.json("/api/read-date?q=644-09-17");
    let day = read["ranges"][0][0].as_i64().unwrap();
    let text = served.json(&format!("/api/day?jdn={day}"));
    assert_eq!(text["text"], "644-09-17");
    let open = served.json(&format!("/api/read-date?q={}", encoded("before 636")));
    assert!(open["ranges"][0][0].is_null());
    let event = served.json("/api/read-date?q=%23submission");
    assert_eq!(event["words"], "632");
    for wrong in ["q=yesterday", "q=", "", "q=%23nothing"] {
        let got = served.get(&format!("/api/read-date?{wrong}"));
        assert_eq!(got.status, 400, "{wrong}");
    }
    for wrong in ["jdn=x", "", "jdn=99999999999", "jdn=2147483647"] {
        assert_eq!(
            served.get(&format!("/api/day?{wrong}")).status,
            400,
            "{wrong}"
        );
    }
    let offers = served.json("/api/complete?q=Kara");
    let offers = offers.as_array().unwrap();
    let offered = offers.iter().find(|o| o["label"] == "Karasahr").unwrap();
    assert_eq!(
        (&offered["from"], &offered["to"]),
        (&Value::from(0), &Value::from(4))
    );
    assert_eq!(
        served
            .json("/api/complete")
            .as_array()
            .map(|o| o.is_empty()),
        Some(false)
    );
    // A byte inside a character is moved to where one begins.
    served.json(&format!("/api/complete?q={}&at=1", encoded("唐")));
}

#[test]
fn the_table_of_claims_can_be_saved() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let got = served.get("/api/claims.csv");
    assert_eq!(
        got.header("content-disposition"),
        Some("attachment; filename=\"claims.csv\"")
    );
    let text = got.text();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert!(
        lines[1].contains("submission") && lines[1].contains("'@a"),
        "{text}"
    );
    // Every row says where it is from, with what was changed.
    assert!(lines[0].ends_with(",chronicle"), "{text}");
    let cited = lines[1..4]
        .iter()
        .filter(|l| l.contains("Small. Chronicle in Annals, revision "));
    assert_eq!(cited.count(), 3, "{text}");
    let changed = served.get("/api/claims.csv?without=%40b").text();
    assert!(changed.contains("without @b"), "{changed}");
    keep("claims.csv", &text);
}

#[test]
fn pictures_are_drawn_or_refused_in_words() {
    let served = Served::of(&[("main.annals", SMALL)]);
    for name in ["timeline", "map", "graph"] {
        let got = served.get(&format!("/api/picture/{name}.svg?width=800&theme=dark"));
        if got.status == 200 {
            assert_eq!(got.header("content-type"), Some("image/svg+xml"));
            assert!(got.text().starts_with("<svg"), "{}", got.text());
            let saved = served.get(&format!("/api/picture/{name}.svg?download=1"));
            let wanted = format!("attachment; filename=\"{name}.svg\"");
            assert_eq!(saved.header("content-disposition"), Some(wanted.as_str()));
            assert!(
                saved
                    .text()
                    .contains("Small. Chronicle in Annals, revision")
            );
        } else {
            assert_eq!(got.status, 501);
        }
    }
    for wrong in [
        "tapestry.svg",
        "timeline",
        "timeline.svg?from=3",
        "timeline.svg?from=9&to=3",
        "timeline.svg?at=x",
        "timeline.svg?theme=pink",
        "timeline.svg?width=0",
        "timeline.svg?width=99999999",
        "timeline.svg?download=yes",
        "timeline.svg?colour=red",
        "%ff.svg",
    ] {
        let got = served.get(&format!("/api/picture/{wrong}"));
        assert!(
            got.status == 400 || got.status == 404,
            "{wrong}: {}",
            got.status
        );
    }
}

#[test]
fn numbers_that_are_not_there_are_said_so() {
    let served = Served::of(&[("main.annals", SMALL)]);
    for (target, status) in [
        ("/api/event?id=999", 404),
        ("/api/event?id=-1", 400),
        ("/api/event", 400),
        ("/api/why?state=999&at=1952992", 404),
        ("/api/why?state=0", 400),
        ("/api/why", 400),
        ("/api/why?q=Nobody%20rules&at=644", 400),
        ("/api/event?id=0&revision=ffff", 409),
        ("/nothing", 404),
        ("/api/ask?q=646", 400),
        ("/api/overview?witout=%40a", 400),
        ("/lsp", 426),
    ] {
        assert_eq!(served.get(target).status, status, "{target}");
    }
    let revision = served.json("/api/overview")["revision"].clone();
    let revision = revision.as_str().unwrap();
    let event = served.json(&format!("/api/event?id=0&revision={revision}"));
    assert_eq!(event["answer"]["results"][0]["label"], "submission");
    let why = format!(
        "/api/why?q={}&at=640",
        encoded("Karasahr is subject to Tang")
    );
    assert_eq!(
        served.json(&why)["answer"]["results"][0]["verdict"],
        "certain"
    );
    assert_eq!(served.ask("POST", "/api/overview", &[], "").status, 405);
}

#[test]
fn a_browser_need_not_load_again_what_still_holds() {
    let served = Served::of(&[("main.annals", SMALL)]);
    let first = served.get("/api/overview");
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    let tag = first.header("etag").unwrap().to_owned();
    let again = served.ask("GET", "/api/overview", &[("if-none-match", &tag)], "");
    assert_eq!(again.status, 304);
    let old = served.ask("GET", "/api/overview", &[("if-none-match", "W/\"x\"")], "");
    assert_eq!(old.status, 200);
    let small = served.ask("GET", "/api/overview", &[("accept-encoding", "gzip")], "");
    assert_eq!(small.header("content-encoding"), Some("gzip"));
    assert!(small.body.len() * 2 < first.body.len());
}

#[test]
fn every_route_is_documented_and_every_document_is_a_route() {
    let served = Served::of(&[("main.annals", SMALL)]);
    assert_eq!(&served.json("/api/openapi.json"), schema::document());
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/route.rs");
    let source = fs::read_to_string(source).unwrap();
    let quoted = source.split('"').skip(1).step_by(2);
    let routes: BTreeSet<String> = quoted
        .filter(|r| r.starts_with("/api/"))
        .map(|r| r.replace("{name}", "{name}.svg"))
        .collect();
    let documented = schema::document()["paths"].as_object().unwrap();
    let documented: BTreeSet<String> = documented.keys().cloned().collect();
    assert_eq!(routes, documented);
}

#[test]
fn plain_pages_show_everything_without_a_script() {
    let served = Served::of(&[("main.annals", SMALL)]);
    for page in [
        "plain",
        "timeline",
        "map",
        "graph",
        "claims",
        "conflicts",
        "sources",
        "event?id=1",
        "why?state=0&at=1954000",
        "ask?q=644%3A%20%3F%20is%20subject%20to%20Tang",
        "graph?date=644-05-01",
        "claims?without=%40b",
    ] {
        let got = served.get(&format!("/{page}"));
        assert_eq!(got.status, 200, "{page}: {}", got.text());
        assert_eq!(got.header("content-type"), Some("text/html; charset=utf-8"));
        let text = got.text();
        assert!(text.contains("<h1>") && !text.contains("<script"), "{page}");
    }
    assert!(
        served
            .get("/claims")
            .text()
            .contains("644: Tang attacks Karasahr")
    );
    assert!(
        served
            .get("/event?id=1")
            .text()
            .contains("Tang attacks Karasahr")
    );
    let lost = served.get("/event?id=77");
    assert_eq!(lost.status, 404);
    assert!(lost.text().contains("no event has that number"));
}
