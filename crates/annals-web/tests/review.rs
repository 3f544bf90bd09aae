//! Going through a draft over the API.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use harness::Served;
use serde_json::{Value, json};

const DRAFT: &str = "draft\n\nsource wp\n  title \"An article\"\n\npolity Karasahr\npolity Tang\nperson Guo\n\nsection \"644 campaign\" within 644 from @wp\n\n// claim 1: a clause; line 3\nundated: Guo attacks Karasahr. #attack\n  quote \"He attacked.\"\n// claim 2: a clause; line 4\nafter #attack: Karasahr submits to Tang.\n  quote \"It submitted.\"\n// claim 3: a remark; line 5\nundated: Guo is commander of Tang.\n  quote \"The commander.\"\n";

fn served() -> Served {
    let served = Served::of(&[("main.annals", "polity Tang\n")]);
    std::fs::create_dir(served.folder.join("drafts")).unwrap();
    std::fs::write(served.folder.join("drafts/x.annals"), DRAFT).unwrap();
    std::fs::write(served.folder.join("secret.annals"), DRAFT).unwrap();
    served
}

fn review(served: &Served, base: &Value, act: &Value) -> harness::http::Got {
    let mut order = json!({ "path": "drafts/x.annals", "base": base });
    for (key, value) in act.as_object().unwrap() {
        order[key] = value.clone();
    }
    served.order("POST", "/api/review", &order)
}

#[test]
fn drafts_are_listed_and_gone_through() {
    let served = served();
    let listed = served.json("/api/drafts");
    assert_eq!(listed, json!([{ "path": "drafts/x.annals", "waiting": 3 }]));
    let draft = served.json("/api/draft?path=drafts%2Fx.annals");
    assert_eq!(draft["claims"][1]["quote"], "It submitted.");
    assert_eq!(draft["claims"][1]["needs"], json!(["attack"]));
    // What refers to a claim that is not there yet stays, and says why.
    let stays = review(&served, &draft["hash"], &json!({ "accept": [2] })).json();
    assert_eq!(stays["moved"], json!([]));
    assert!(
        stays["kept"][0]["why"]
            .as_str()
            .unwrap()
            .contains("#attack")
    );
    assert_eq!(served.on_disk("main.annals"), "polity Tang\n");
    let moved = review(&served, &draft["hash"], &json!({ "accept": [1, 2] })).json();
    assert_eq!(moved["moved"], json!([1, 2]));
    assert_eq!(moved["claims"].as_array().unwrap().len(), 1);
    let main = served.on_disk("main.annals");
    assert!(main.contains("Karasahr submits to Tang."), "{main}");
    let told = served.json("/api/ask?q=when%3A%20Karasahr%20is%20subject%20to%20Tang");
    assert!(told["text"].as_str().unwrap().contains("644"), "{told}");
    let base = &moved["hash"];
    let other = json!({ "edit": 3, "claim": "644: Guo is general of Tang." });
    let changed = review(&served, base, &other).json();
    assert_eq!(
        changed["claims"][0]["claim"],
        "644: Guo is general of Tang."
    );
    let gone = json!({ "reject": [3], "reason": "he was none" });
    let rejected = review(&served, &changed["hash"], &gone).json();
    assert_eq!(rejected["claims"], json!([]));
    assert!(
        served
            .on_disk("drafts/x.annals")
            .contains("// rejected 3: he was none")
    );
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let served = served();
    let hash = served.json("/api/draft?path=drafts%2Fx.annals")["hash"].clone();
    let status = |act: Value| review(&served, &hash, &act).status;
    assert_eq!(status(json!({ "accept": [9] })), 400);
    assert_eq!(status(json!({ "accept": "all" })), 400);
    assert_eq!(status(json!({ "reject": [1], "reason": " " })), 400);
    assert_eq!(
        status(json!({ "edit": 1, "claim": "644: Guo dances." })),
        400
    );
    assert_eq!(status(json!({})), 400);
    let old = review(&served, &json!("0"), &json!({ "accept": [1] }));
    assert_eq!(old.status, 409);
    for path in [
        "secret.annals",
        "../x.annals",
        "drafts/../secret.annals",
        "drafts/none.annals",
    ] {
        let order = json!({ "path": path, "base": hash, "accept": [1] });
        assert_eq!(
            served.order("POST", "/api/review", &order).status,
            404,
            "{path}"
        );
    }
    assert_eq!(served.on_disk("drafts/x.annals"), DRAFT);
    assert_eq!(served.on_disk("main.annals"), "polity Tang\n");
}
