//! Real sessions with the built language server: somebody opens a chronicle, writes, is told what
//! is wrong, has it mended, renames, formats and leaves.
#![allow(missing_docs)]

mod client;
mod folder;

use std::sync::atomic::Ordering;
use std::time::Instant;

use client::{Client, place, position};
use folder::Folder;
use serde_json::{Value, json};

const MAIN: &str = "\
include \"places.annals\"
source a
  title \"First Annals\"
source b

632: Karasahr submits to Tang. #submission  [@a, 12]
644: Guo Xiaoke attacks Karasahr. #attack  [@a]
";

const PLACES: &str = "\
polity Karasahr
  also Agni, 焉耆
polity Tang
person Guo Xiaoke

after #attack: Tang garrisons Karasahr.  [@b]
";

fn project(name: &str) -> Folder {
    Folder::new(name)
        .file("main.annals", MAIN)
        .file("places.annals", PLACES)
}

fn opened(folder: &Folder) -> Client {
    let mut client = Client::start(folder.path());
    client.open("main.annals", MAIN);
    client.wait_for("main.annals", |list| {
        list.iter().all(|d| d["severity"] != 1)
    });
    client
}

fn labels(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().expect("a list").iter();
    items
        .map(|i| i["label"].as_str().expect("a label").to_owned())
        .collect()
}

/// Types letters at the end of a text, one change each.
fn type_letters(client: &mut Client, name: &str, letters: &str) {
    for c in letters.chars() {
        let end = client.end(name);
        client.change(name, end, end, &c.to_string());
    }
}

/// Accepts a completion at the end of a text, its tab stops left out.
fn accept(client: &mut Client, name: &str, label: &str) {
    let params = client.at(name, client.end(name));
    let list = client
        .ask("textDocument/completion", params)
        .expect("completions");
    let items = list["items"].as_array().expect("a list");
    let item = items.iter().find(|i| i["label"] == label);
    let item = item.unwrap_or_else(|| panic!("`{label}` is offered in {:?}", labels(&list)));
    let mut edit = item["textEdit"].clone();
    if item["insertTextFormat"] == 2 {
        let snippet = edit["newText"].as_str().expect("a text");
        let plain = snippet.split("${").next().unwrap_or("").to_owned();
        edit["newText"] = json!(plain);
    }
    client.apply(name, &[edit]);
}

#[test]
fn a_claim_is_written_letter_by_letter() {
    let folder = project("lsp-letters");
    let mut client = opened(&folder);
    type_letters(&mut client, "main.annals", "64");
    let params = client.at("main.annals", client.end("main.annals"));
    let dates = client
        .ask("textDocument/completion", params)
        .expect("completions");
    assert!(labels(&dates).contains(&"644:".to_owned()), "{dates}");
    type_letters(&mut client, "main.annals", "6: Kar");
    accept(&mut client, "main.annals", "Karasahr");
    type_letters(&mut client, "main.annals", " is sub");
    accept(&mut client, "main.annals", "subject to ‹suzerain›");
    type_letters(&mut client, "main.annals", "Ta");
    accept(&mut client, "main.annals", "Tang");
    type_letters(&mut client, "main.annals", ". ");
    accept(&mut client, "main.annals", "[@b]");
    type_letters(&mut client, "main.annals", "\n");
    let text = client.text("main.annals");
    assert!(
        text.ends_with("646: Karasahr is subject to Tang. [@b]\n"),
        "{text}"
    );
    client.wait_for("main.annals", |list| {
        list.iter().all(|d| d["severity"] != 1)
    });
    // A half-written line is told, and no other line suffers.
    type_letters(&mut client, "main.annals", "647: Karasahr is subjec");
    let list = client.wait_for("main.annals", |list| !list.is_empty());
    let errors = list.iter().filter(|d| d["severity"] == 1);
    for error in errors {
        assert_eq!(error["range"]["start"]["line"], 8, "{error}");
    }
    assert_eq!(client.bye(), 0);
}

#[test]
fn completions_know_where_they_stand() {
    let folder = project("lsp-places");
    let mut client = opened(&folder);
    let mut offered = |typed: &str| {
        let end = client.end("main.annals");
        client.change("main.annals", end, end, typed);
        let after = client.end("main.annals");
        let params = client.at("main.annals", after);
        let list = client
            .ask("textDocument/completion", params)
            .expect("completions");
        client.change("main.annals", end, after, "");
        labels(&list)
    };
    assert!(offered("after #at").contains(&"#attack".to_owned()));
    assert!(
        offered("650: Guo Xiaoke captures K")
            .iter()
            .any(|l| l == "Karasahr")
    );
    assert!(offered("650: x. [@").iter().any(|l| l == "@a"));
    assert!(offered("  und").iter().any(|l| l == "under name"));
    assert!(
        offered("650: x.\n  under G")
            .iter()
            .any(|l| l == "Guo Xiaoke")
    );
    assert!(offered("650: n").iter().any(|l| l == "not:"));
    assert!(offered("pers").iter().any(|l| l == "person Name"));
    assert!(offered("650: 焉").iter().any(|l| l == "焉耆"));
    assert!(
        offered("650: Tang subm")
            .iter()
            .any(|l| l.starts_with("submits to"))
    );
    // Who wants a person is offered no polity.
    let held = offered("650: Tang installs ");
    assert!(
        held.contains(&"Guo Xiaoke".to_owned()) && !held.contains(&"Karasahr".to_owned()),
        "{held:?}"
    );
    assert!(offered("// a comment ").is_empty());
    assert!(offered("650: \"a text ").is_empty());
    assert_eq!(client.bye(), 0);
}

#[test]
fn a_conflict_appears_and_goes_with_undo() {
    let folder = project("lsp-conflict");
    let mut client = opened(&folder);
    let end = client.end("main.annals");
    client.change(
        "main.annals",
        end,
        end,
        "645: Guo Xiaoke attacks Karasahr. #attack  [@b]\n",
    );
    let conflict = client.wait_for_code("main.annals", "cannot-all-be-true");
    let related = conflict["relatedInformation"].as_array().expect("a list");
    assert!(
        !related.is_empty() && conflict["severity"] == 2,
        "{conflict}"
    );
    // A remedy: the later date may be that of the news.
    let range = conflict["range"].clone();
    let uri = client.uri("main.annals");
    let params =
        json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let actions = client
        .ask("textDocument/codeAction", params)
        .expect("actions");
    let actions = actions.as_array().expect("a list");
    let news = actions
        .iter()
        .find(|a| a["title"].as_str().is_some_and(|t| t.contains("reported")));
    let news = news.unwrap_or_else(|| panic!("{actions:#?}"));
    assert_eq!(news["isPreferred"], false);
    let changes = news["edit"]["documentChanges"].as_array().expect("changes");
    assert_eq!(changes[0]["textDocument"]["version"], 2, "{news}");
    let edits = changes[0]["edits"].as_array().expect("edits").clone();
    let before = client.text("main.annals").to_owned();
    client.apply("main.annals", &edits);
    assert!(client.text("main.annals").contains("reported 645:"));
    let none = |list: &[Value]| list.iter().all(|d| d["code"] != "cannot-all-be-true");
    client.wait_for("main.annals", none);
    // Undo, twice: the remedy, then the claim.
    let whole = client.end("main.annals");
    client.change("main.annals", (0, 0), whole, &before);
    client.wait_for_code("main.annals", "cannot-all-be-true");
    let whole = client.end("main.annals");
    client.change("main.annals", (0, 0), whole, MAIN);
    let none = |list: &[Value]| list.iter().all(|d| d["code"] != "cannot-all-be-true");
    client.wait_for("main.annals", none);
    assert_eq!(client.bye(), 0);
}

#[test]
fn a_name_that_is_not_declared_is_declared() {
    let folder = project("lsp-declare");
    let mut client = opened(&folder);
    let end = client.end("main.annals");
    client.change("main.annals", end, end, "650: Long Wang dies.  [@b]\n");
    let report = client.wait_for_code("main.annals", "undeclared-name");
    let uri = client.uri("main.annals");
    let params = json!({"textDocument": {"uri": uri}, "range": report["range"], "context": {"diagnostics": [report]}});
    let actions = client
        .ask("textDocument/codeAction", params)
        .expect("actions");
    let actions = actions.as_array().expect("a list");
    let declare = actions.iter().find(|a| a["isPreferred"] == true);
    let declare = declare.unwrap_or_else(|| panic!("{actions:#?}"));
    let edits = declare["edit"]["documentChanges"][0]["edits"]
        .as_array()
        .expect("edits")
        .clone();
    client.apply("main.annals", &edits);
    client.wait_for("main.annals", |list| {
        list.iter().all(|d| d["severity"] != 1)
    });
    assert!(
        client.text("main.annals").contains("person Long Wang"),
        "{}",
        client.text("main.annals")
    );
    assert_eq!(client.bye(), 0);
}

#[test]
fn names_and_labels_are_found_and_renamed_across_files() {
    let folder = project("lsp-rename");
    let mut client = opened(&folder);
    let at_label = client.find("main.annals", "#attack");
    let params = client.at("main.annals", at_label);
    let mut with = params.clone();
    with["context"] = json!({"includeDeclaration": true});
    let found = client
        .ask("textDocument/references", with)
        .expect("references");
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
    let mut rename = params.clone();
    rename["newName"] = json!("assault");
    let edit = client
        .ask("textDocument/rename", rename.clone())
        .expect("an edit");
    let changes = edit["documentChanges"].as_array().expect("changes").clone();
    assert_eq!(changes.len(), 2, "{edit}");
    client.open("places.annals", PLACES);
    for change in &changes {
        let uri = change["textDocument"]["uri"].as_str().expect("a file");
        let name = uri.rsplit('/').next().expect("a file").to_owned();
        let edits = change["edits"].as_array().expect("edits").clone();
        client.apply(&name, &edits);
    }
    assert!(client.text("main.annals").contains("#assault"));
    assert!(client.text("places.annals").contains("after #assault:"));
    client.wait_for("main.annals", |list| {
        list.iter().all(|d| d["severity"] != 1)
    });
    // A label that is taken, a name that is none.
    for (new, place_of) in [
        ("submission", "#assault"),
        ("a b", "#assault"),
        ("Karasahr", "Tang."),
    ] {
        let mut params = client.at("main.annals", client.find("main.annals", place_of));
        params["newName"] = json!(new);
        let refused = client
            .ask("textDocument/rename", params)
            .expect_err("a refusal");
        assert_eq!(refused.0, -32803, "{refused:?}");
    }
    // A name: its declaration and every sentence, but not its other names.
    let mut params = client.at(
        "main.annals",
        client.find("main.annals", "Karasahr submits"),
    );
    params["newName"] = json!("Agnideśa");
    let edit = client.ask("textDocument/rename", params).expect("an edit");
    let text = edit.to_string();
    assert_eq!(text.matches("Agnideśa").count(), 4, "{edit:#}");
    let declared = client.at("main.annals", client.find("main.annals", "Tang."));
    let place_of = client
        .ask("textDocument/definition", declared)
        .expect("a place");
    assert_eq!(place_of["uri"], client.uri("places.annals"));
    assert_eq!(place(&place_of["range"]["start"]), (2, 7));
    assert_eq!(client.bye(), 0);
}

#[test]
fn hovers_tell_what_follows() {
    let folder = project("lsp-hover");
    let mut client = opened(&folder);
    let mut told = |words: &str| {
        let params = client.at("main.annals", client.find("main.annals", words));
        let hover = client.ask("textDocument/hover", params).expect("a hover");
        hover["contents"]["value"].as_str().unwrap_or("").to_owned()
    };
    let label = told("#attack");
    assert!(
        label.contains("644") && label.contains("@a") && label.contains("happened"),
        "{label}"
    );
    let name = told("Karasahr submits");
    assert!(
        name.contains("polity") && name.contains("焉耆") && name.contains("subject to Tang"),
        "{name}"
    );
    let date = told("632:");
    assert!(date.contains("632"), "{date}");
    let source = told("@a, 12");
    assert!(source.contains("First Annals"), "{source}");
    let sentence = told("submits");
    assert!(
        sentence.contains("632") && sentence.contains("@a, 12"),
        "{sentence}"
    );
    assert_eq!(client.bye(), 0);
}

#[test]
fn positions_are_those_of_utf_16() {
    let text = "polity 焉耆\npolity 🐎國\nperson Je\u{301}re\u{301}my\n\n\
                650: \"🐎 焉 e\u{301}\" at 焉耆.\n650: 焉耆 submits to 🐎國. #a\n651: 焉耆 submits to Nobody.\n";
    let folder = Folder::new("lsp-unicode").file("main.annals", text);
    let mut client = Client::start(folder.path());
    client.open("main.annals", text);
    let report = client.wait_for_code("main.annals", "undeclared-name");
    assert_eq!(place(&report["range"]["start"]), (6, 19));
    assert_eq!(place(&report["range"]["end"]), (6, 25));
    let params = client.at("main.annals", client.find("main.annals", "🐎國. #a"));
    let place_of = client
        .ask("textDocument/definition", params)
        .expect("a place");
    assert_eq!(place(&place_of["range"]["start"]), (1, 7));
    assert_eq!(place(&place_of["range"]["end"]), (1, 10));
    // A change behind an emoji lands where the editor has it.
    let at = client.find("main.annals", "國. #a");
    client.change("main.annals", at, (at.0, at.1 + 1), "王");
    let report = client.wait_for("main.annals", |list| list.len() > 1);
    assert!(
        report
            .iter()
            .any(|d| d["message"].as_str().is_some_and(|m| m.contains("🐎王"))),
        "{report:#?}"
    );
    assert_eq!(client.bye(), 0);
}

#[test]
fn a_text_is_formatted_and_outlined() {
    let messy = "section  \"One\"\npolity   Tang\n\n632 :Tang  fights  Tang // no\n    at Tang\n// a\n// b\n";
    let folder = Folder::new("lsp-format").file("main.annals", messy);
    let mut client = Client::start(folder.path());
    client.open("main.annals", messy);
    let document = json!({"textDocument": {"uri": client.uri("main.annals")}});
    let mut params = document.clone();
    params["options"] = json!({"tabSize": 2, "insertSpaces": true});
    let edits = client
        .ask("textDocument/formatting", params.clone())
        .expect("edits");
    client.apply("main.annals", edits.as_array().expect("edits"));
    assert!(
        client
            .text("main.annals")
            .contains("\n632: Tang fights Tang.  // no\n  at Tang\n"),
        "{}",
        client.text("main.annals")
    );
    let again = client
        .ask("textDocument/formatting", params)
        .expect("edits");
    assert_eq!(again, json!([]));
    let symbols = client
        .ask("textDocument/documentSymbol", document.clone())
        .expect("symbols");
    assert_eq!(symbols[0]["name"], "One");
    assert_eq!(symbols[0]["children"][0]["name"], "Tang");
    let folds = client
        .ask("textDocument/foldingRange", document.clone())
        .expect("folds");
    assert!(
        folds
            .as_array()
            .expect("folds")
            .contains(&json!({"startLine": 3, "endLine": 4})),
        "{folds}"
    );
    let tokens = client
        .ask("textDocument/semanticTokens/full", document)
        .expect("tokens");
    assert_eq!(tokens["data"].as_array().map(|d| d.len() % 5), Some(0));
    let found = client
        .ask("workspace/symbol", json!({"query": "tan"}))
        .expect("symbols");
    assert_eq!(found[0]["name"], "Tang");
    assert_eq!(client.bye(), 0);
}

#[test]
fn closing_takes_back_what_was_said() {
    let folder = Folder::new("lsp-close").file("main.annals", "polity Tang\n");
    let mut client = Client::start(folder.path());
    client.open("main.annals", "nonsense here\n");
    client.wait_for("main.annals", |list| !list.is_empty());
    let uri = client.uri("main.annals");
    client.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": uri}}),
    );
    client.wait_for("main.annals", <[Value]>::is_empty);
    let refused = client.ask("textDocument/hover", client.at("main.annals", (0, 0)));
    assert_eq!(refused.expect_err("it is closed").0, -32602);
    assert_eq!(client.bye(), 0);
}

#[test]
fn what_no_editor_sends_is_answered() {
    let folder = project("lsp-malformed");
    let mut client = opened(&folder);
    client.raw_message("{not json");
    client.raw_message("[1, 2]");
    client.raw_message("{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"x\"}");
    client.raw_message("\u{0}");
    client.raw(b"X-Strange: 1\r\nContent-Length: 2\r\n\r\n\xff\xfe");
    client.tell("textDocument/didChange", json!({"textDocument": 3}));
    client.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": "untitled:x", "text": "y"}}),
    );
    client.tell("$/cancelRequest", json!({"id": 999}));
    client.tell("no/such", json!(null));
    for (method, params, code) in [
        ("no/such", json!({}), -32601),
        ("textDocument/hover", json!({}), -32602),
        (
            "textDocument/hover",
            json!({"textDocument": {"uri": "http://x"}, "position": position((0, 0))}),
            -32602,
        ),
        (
            "textDocument/completion",
            json!({"textDocument": {"uri": client.uri("main.annals")}}),
            -32602,
        ),
        (
            "textDocument/completion",
            json!({"textDocument": {"uri": client.uri("main.annals")}, "position": {"line": -1, "character": 0}}),
            -32602,
        ),
        ("initialize", json!({}), -32600),
    ] {
        let refused = client.ask(method, params).expect_err("a refusal");
        assert_eq!(refused.0, code, "{method}: {refused:?}");
    }
    assert_eq!(
        client.nobody.load(Ordering::SeqCst),
        5,
        "what has no id is answered to nobody"
    );
    // Far outside the text is its end.
    let far = client.at("main.annals", (4_000_000_000, 4_000_000_000));
    assert!(client.ask("textDocument/completion", far).is_ok());
    assert_eq!(client.bye(), 0);
    assert_eq!(Client::start(folder.path()).leave(), 1);
}

#[test]
fn a_long_text_stays_responsive() {
    let mut text = String::from("polity Tang\n");
    for n in 0..1000 {
        text.push_str(&format!("polity Town {n}\n"));
    }
    for n in 0..4000 {
        let town = n % 1000;
        let year = 300 + n % 700;
        text.push_str(&format!("{year}: Town {town} submits to Tang. #e{n}\n"));
    }
    let folder = Folder::new("lsp-long").file("main.annals", &text);
    let mut client = Client::start(folder.path());
    client.open("main.annals", &text);
    let last = client.end("main.annals");
    client.change("main.annals", last, last, "700: Town 7 is sub");
    // The first completion waits for the first reading alone, not for what follows from it.
    let list = loop {
        let params = client.at("main.annals", client.end("main.annals"));
        let list = client
            .ask("textDocument/completion", params)
            .expect("completions");
        if !list.is_null() {
            break list;
        }
    };
    assert!(
        labels(&list).iter().any(|l| l.starts_with("subject to")),
        "{list}"
    );
    let start = Instant::now();
    for c in "ject to To".chars() {
        let end = client.end("main.annals");
        client.change("main.annals", end, end, &c.to_string());
        let params = client.at("main.annals", client.end("main.annals"));
        client
            .ask("textDocument/completion", params)
            .expect("completions");
    }
    let mean = start.elapsed() / 10;
    println!("a completion while 5,000 lines are compiled: {mean:?}");
    assert!(
        mean.as_millis() < 1000,
        "a completion takes {mean:?} while the text is compiled"
    );
    assert_eq!(client.bye(), 0);
}

/// What the shipped chronicle takes from a key to the reports on all of it; `--nocapture` shows it.
#[test]
fn a_key_in_the_shipped_chronicle_is_reported_on() {
    let mut folder = Folder::new("lsp-shipped");
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../chronicles/karasahr");
    for entry in std::fs::read_dir(shipped).expect("the chronicle is there") {
        let entry = entry.expect("the chronicle is there");
        let name = entry.file_name().into_string().expect("a name");
        let bytes = std::fs::read(entry.path()).expect("the chronicle is there");
        folder = folder.file(&name, bytes);
    }
    let text = folder.read("article.annals");
    let mut client = Client::start(folder.path());
    client.open("article.annals", &text);
    // The findings about history are there.
    let found = |list: &[Value]| list.iter().any(|d| d["code"] == "unrecorded-change");
    client.wait_for("article.annals", found);
    let mut times = Vec::new();
    for letter in ["x", "y", "z"] {
        let end = client.end("article.annals");
        let start = Instant::now();
        client.change("article.annals", end, end, &format!("// {letter}\n"));
        client.wait_for("article.annals", found);
        times.push(start.elapsed());
    }
    println!("from a key to all reports: {times:?}");
    let at = client.find("article.annals", "Guo Xiaoke");
    let params = client.at("article.annals", at);
    let start = Instant::now();
    client.ask("textDocument/hover", params).expect("a hover");
    println!("a hover: {:?}", start.elapsed());
    assert_eq!(client.bye(), 0);
}

#[test]
fn names_by_the_ten_thousand_are_completed() {
    let mut text = String::from("polity Tang\n");
    for n in 0..10_000 {
        text.push_str(&format!("polity Town {n} of the {} Hills\n", n % 97));
    }
    let folder = Folder::new("lsp-names").file("main.annals", &text);
    let mut client = Client::start(folder.path());
    client.open("main.annals", &text);
    client.wait_for("main.annals", |_| true);
    let mut times = Vec::new();
    for typed in [
        "700: ",
        "700: T",
        "700: Town 77",
        "700: Town 7777 of the 17 Hills submits to To",
    ] {
        let end = client.end("main.annals");
        client.change("main.annals", end, end, typed);
        let after = client.end("main.annals");
        let params = client.at("main.annals", after);
        let start = Instant::now();
        let list = client
            .ask("textDocument/completion", params)
            .expect("completions");
        times.push(start.elapsed());
        assert!(
            labels(&list).iter().any(|l| l.starts_with("Town")),
            "{typed}: {list}"
        );
        client.change("main.annals", end, after, "");
    }
    println!("completions among 10,000 names: {times:?}");
    assert_eq!(client.bye(), 0);
}
