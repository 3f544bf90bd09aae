//! Saving, mending, and noticing what others save.

#![allow(clippy::unwrap_used, missing_docs)]

mod harness;

use std::io::Read;
use std::time::{Duration, Instant};

use harness::http::connect;
use harness::{Served, encoded};
use serde_json::{Value, json};

const MAIN: &str =
    "polity Karasahr\npolity Tang\ninclude \"more.annals\"\n632: Karasahr submits to Tang.\n";
const MORE: &str = "polity Kucha\r\n// 龜茲 \u{feff}\r\n";

fn two_files() -> Served {
    Served::of(&[("main.annals", MAIN), ("more.annals", MORE)])
}

fn save(served: &Served, path: &str, text: &str, base: &Value) -> harness::http::Got {
    let order = json!({ "path": path, "text": text, "base": base });
    served.order("PUT", "/api/file", &order)
}

#[test]
fn a_saved_file_is_on_the_disk_and_compiled() {
    let served = two_files();
    let before = served.json("/api/overview");
    let file = served.json("/api/file?path=more.annals");
    assert_eq!(file["text"], MORE);
    let text = format!("{MORE}650: Kucha submits to Tang. #kucha\r\n");
    let saved = save(&served, "more.annals", &text, &file["hash"]);
    assert_eq!(saved.status, 200, "{}", saved.text());
    assert_eq!(served.on_disk("more.annals"), text);
    let after = served.json("/api/overview");
    assert_eq!(after["revision"], saved.json()["revision"]);
    assert_ne!(after["revision"], before["revision"]);
    let read = served.json("/api/read-date?q=%23kucha");
    assert_eq!(read["words"], "650");
    let again = served.json("/api/file?path=more.annals");
    assert_eq!(again["hash"], saved.json()["hash"]);
    // Undoing gives the old revision back.
    let undone = save(&served, "more.annals", MORE, &again["hash"]).json();
    assert_eq!(undone["revision"], before["revision"]);
    // Nothing is left beside the files.
    let names = std::fs::read_dir(&served.folder).unwrap();
    assert_eq!(names.count(), 2);
}

#[test]
fn a_file_changed_by_another_is_not_overwritten() {
    let served = two_files();
    let file = served.json("/api/file?path=more.annals");
    std::fs::write(served.folder.join("more.annals"), "polity Khotan\n").unwrap();
    let refused = save(&served, "more.annals", "polity Kashgar\n", &file["hash"]);
    assert_eq!(refused.status, 409);
    assert_eq!(served.on_disk("more.annals"), "polity Khotan\n");
    std::fs::remove_file(served.folder.join("more.annals")).unwrap();
    let gone = save(&served, "more.annals", "polity Kashgar\n", &file["hash"]);
    assert_eq!(gone.status, 404);
}

#[test]
fn two_who_save_at_once_do_not_lose_one_anothers_text() {
    let served = two_files();
    let base = served.json("/api/file?path=more.annals")["hash"].clone();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let savers: Vec<_> = (0..6)
            .map(|n| {
                let (served, base) = (&served, &base);
                scope.spawn(move || {
                    let text = format!("polity Kucha\npolity P{n}\n");
                    save(served, "more.annals", &text, base).status
                })
            })
            .collect();
        savers.into_iter().map(|s| s.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|s| **s == 200).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(statuses.iter().filter(|s| **s == 409).count(), 5);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_write_protected_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let served = two_files();
    let path = served.folder.join("more.annals");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let base = served.json("/api/file?path=more.annals")["hash"].clone();
    let saved = save(&served, "more.annals", "polity Kucha\n", &base).json();
    let mode = |p: &std::path::Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o640);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o440)).unwrap();
    let refused = save(&served, "more.annals", "polity X\n", &saved["hash"]);
    assert_eq!(refused.status, 500);
    assert_eq!(served.on_disk("more.annals"), "polity Kucha\n");
    assert_eq!(mode(&path), 0o440);
}

#[test]
fn a_remedy_is_carried_out_once() {
    let served = Served::of(&[(
        "main.annals",
        "polity Tang\npolity Karasahr\n644: Tang attacks Karasar. [@me]\n",
    )]);
    let opened = served.json("/api/overview");
    let reports = opened["reports"].as_array().unwrap();
    let (report, remedy) = reports
        .iter()
        .find_map(|r| {
            let remedies = r["remedies"].as_array().unwrap();
            let at = remedies.iter().position(|m| {
                m["edits"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|e| e["replacement"] == "Karasahr")
            })?;
            Some((r["id"].clone(), at))
        })
        .expect("the nearest name is proposed");
    let order = json!({ "revision": opened["revision"], "report": report, "remedy": remedy });
    let fixed = served.order("POST", "/api/fix", &order);
    assert_eq!(fixed.status, 200, "{}", fixed.text());
    assert_eq!(fixed.json()["changed"], json!(["main.annals"]));
    assert!(
        served
            .on_disk("main.annals")
            .contains("Tang attacks Karasahr.")
    );
    let again = served.order("POST", "/api/fix", &order);
    assert_eq!(again.status, 409);
    let revision = fixed.json()["revision"].clone();
    let none = json!({ "revision": revision, "report": 99, "remedy": 0 });
    assert_eq!(served.order("POST", "/api/fix", &none).status, 404);
}

#[test]
fn a_remedy_for_an_older_text_is_refused() {
    let served = Served::of(&[(
        "main.annals",
        "polity Tang\npolity Karasahr\n644: Tang attacks Karasar.\n",
    )]);
    let opened = served.json("/api/overview");
    let reports = opened["reports"].as_array().unwrap();
    let report = reports
        .iter()
        .find(|r| r["remedies"][0]["edits"][0].is_object())
        .unwrap();
    let other = "polity Tang\n\npolity Karasahr\n644: Tang attacks Karasar.\n";
    std::fs::write(served.folder.join("main.annals"), other).unwrap();
    let order = json!({ "revision": opened["revision"], "report": report["id"], "remedy": 0 });
    assert_eq!(served.order("POST", "/api/fix", &order).status, 409);
    assert_eq!(served.on_disk("main.annals"), other);
}

/// Waits until something is so, or fails.
fn within(time: Duration, mut so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < time, "not within {time:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_others_save_is_noticed_and_told() {
    let served = two_files();
    let mut stream = connect(served.port);
    let head = format!(
        "GET /api/watch HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n",
        served.port
    );
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    let mut told = String::new();
    let mut hear = |wanted: &str| {
        let mut buffer = [0; 1024];
        while !told.contains(wanted) {
            let count = stream.read(&mut buffer).unwrap();
            assert!(count > 0, "the stream ended: {told}");
            told.push_str(&String::from_utf8_lossy(&buffer[..count]));
        }
        told.clone()
    };
    assert!(hear("\n\n").contains("content-type: text/event-stream"));
    let before = served.json("/api/overview")["revision"].clone();
    let text = format!("{MAIN}641: Kucha submits to Tang. #kucha\n");
    std::fs::write(served.folder.join("main.annals"), &text).unwrap();
    let told = hear("event: changed");
    let now = served.json("/api/overview")["revision"].clone();
    assert_ne!(now, before);
    assert!(told.contains("data: {\"revision\":\"") || hear("data: ").contains("revision"));
    assert_eq!(served.json("/api/read-date?q=%23kucha")["words"], "641");
    // A file that goes and one that comes are changes too.
    let more = served.folder.join("more.annals");
    std::fs::remove_file(&more).unwrap();
    let missing = |served: &Served| {
        let opened = served.json("/api/overview");
        let reports = opened["reports"].as_array().unwrap().clone();
        reports.iter().any(|r| r["code"] == "missing-file")
    };
    within(Duration::from_secs(20), || missing(&served));
    std::fs::write(&more, MORE).unwrap();
    within(Duration::from_secs(20), || !missing(&served));
}

#[test]
fn the_server_answers_while_it_compiles_and_stops_when_told() {
    let mut served = two_files();
    let target = format!("/api/ask?q={}", encoded("640: Karasahr is subject to Tang"));
    let file = served.json("/api/file?path=main.annals");
    let mut long = MAIN.to_owned();
    for n in 0..300 {
        long.push_str(&format!("{}: Kucha submits to Tang. #k{n}\n", 633 + n));
    }
    std::thread::scope(|scope| {
        scope.spawn(|| save(&served, "main.annals", &long, &file["hash"]));
        for _ in 0..5 {
            assert_eq!(served.get(&target).status, 200);
        }
    });
    let start = Instant::now();
    served.server.take().unwrap().stop();
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(std::net::TcpStream::connect(("127.0.0.1", served.port)).is_err());
}

#[test]
fn trust_that_settles_a_contradiction_is_written_into_the_text() {
    let text = "source a\nsource b\npolity K\npolity T\n\
        640: T attacks K. #war [@a]\n642: T attacks K. #war [@b]\n";
    let served = Served::of(&[("main.annals", text)]);
    let opened = served.json("/api/overview");
    let report = opened["reports"].as_array().unwrap();
    let report = report.iter().find(|r| r["code"] == "cannot-all-be-true");
    let report = report.unwrap();
    let remedies = report["remedies"].as_array().unwrap();
    let wanted = |words: &str| {
        let of = |r: &serde_json::Value| r["words"].as_str().is_some_and(|w| w.starts_with(words));
        remedies.iter().position(of).unwrap()
    };
    assert!(wanted("doubt the date in line 5") > 0);
    let order = json!({
        "revision": opened["revision"],
        "report": report["id"],
        "remedy": wanted("write `prefer @b over @a`"),
    });
    assert_eq!(served.order("POST", "/api/fix", &order).status, 200);
    let after = served.on_disk("main.annals");
    assert!(
        after.contains("source b\nprefer @b over @a\npolity K"),
        "{after}"
    );
}
