//! `annals date`: single dates, lists of dates, day numbers, other calendars.

mod folder;

use folder::Folder;
use serde_json::Value;

/// The cases of the calendar's own tests; the format is described at the top of the file.
const CASES: &str = include_str!("../../annals-calendar/tests/edtf-cases.txt");

fn json(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
}

/// `["a","b"]` as `a..b`, anything else as nothing.
fn pair(value: &Value) -> Option<String> {
    let pair = value.as_array()?;
    Some(format!("{}..{}", pair[0].as_str()?, pair[1].as_str()?))
}

#[test]
fn every_edtf_case_comes_back_through_a_batch() {
    let cases: Vec<Vec<&str>> = CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('|').collect())
        .collect();
    let input: Vec<&str> = cases.iter().map(|case| case[0]).collect();
    let folder = Folder::new("date-edtf");
    let args = ["date", "--batch", "--format", "json", "--edtf"];
    let ran = folder.run_with(&args, input.join("\n").as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found = json(&ran.out);
    assert_eq!(found.len(), cases.len());
    for (case, line) in cases.iter().zip(&found) {
        let text = case[0];
        assert_eq!(line["input"], text);
        let [_, level, kind, lo, hi, parts @ ..] = case.as_slice() else {
            assert_eq!(line["valid"], false, "{text}");
            assert!(line["level"].is_null() && line["lo"].is_null(), "{text}");
            let reason = line["reason"].as_str().expect("a reason");
            assert!(
                case.get(2).is_none_or(|modern| reason.contains(modern)),
                "{text}: {reason}"
            );
            continue;
        };
        assert_eq!(line["valid"], true, "{text}");
        assert_eq!(line["level"].to_string(), *level, "{text}");
        assert_eq!(
            (&line["kind"], &line["lo"], &line["hi"]),
            (&(*kind).into(), &(*lo).into(), &(*hi).into())
        );
        let members = line["members"].as_array().map(|members| {
            let all: Vec<String> = members.iter().filter_map(pair).collect();
            all.join(",")
        });
        let ends = [&line["start"], &line["end"]].map(pair);
        let said: Vec<String> = ends.into_iter().chain([members]).flatten().collect();
        assert_eq!(said, parts, "{text}");
    }
}

#[test]
fn a_batch_has_all_fields_and_nothing_else() {
    let folder = Folder::new("date-fields");
    let input = "658 or 659\nc. 630\nAM 6152\nuntil 670\nnonsense\n";
    let ran = folder.run_with(&["date", "--batch"], input.as_bytes());
    let found = json(&ran.out);
    for line in &found {
        let names: Vec<&String> = line.as_object().expect("an object").keys().collect();
        let mut expected = [
            "input", "valid", "level", "kind", "lo", "hi", "start", "end", "members", "lo_jdn",
            "hi_jdn", "readings", "reason",
        ];
        expected.sort_unstable();
        let mut names = names;
        names.sort();
        assert_eq!(names, expected);
    }
    // The fields stand in the order in which they are documented.
    assert!(
        ran.out
            .starts_with(r#"{"input":"658 or 659","valid":true,"level":null,"kind":"date""#)
    );
    assert_eq!(found[0]["lo"], "0658-01-04");
    assert_eq!(found[1]["reason"], "c. read as within 5 years");
    assert_eq!(found[1]["lo"], "-inf");
    let calendars: Vec<&Value> = found[2]["readings"]
        .as_array()
        .expect("readings")
        .iter()
        .map(|reading| &reading["calendar"])
        .collect();
    assert_eq!(calendars, ["byzantine", "alexandrian", "hebrew"]);
    assert_eq!(found[3]["start"][0], "unknown");
    assert_eq!(found[4]["valid"], false);
}

#[test]
fn one_date_in_one_calendar_or_in_all() {
    let folder = Folder::new("date-calendars");
    let text = folder.run(&["date", "Zhenguan 18.8.11"]).out;
    for fact in [
        "1956539",
        "17 September 644",
        "20 September 644",
        "0644-09-20",
        "Friday",
        "renzi 壬子",
        "貞觀十八年八月十一日",
    ] {
        assert!(text.contains(fact), "{fact} is not in\n{text}");
    }
    let hebrew = folder
        .run(&["date", "644-09-17", "--calendar", "hebrew"])
        .out;
    assert!(hebrew.contains("Hebrew 644-09-17"), "{hebrew}");
    let lunar = folder
        .run(&["date", "644-08-11", "--calendar", "chinese"])
        .out;
    assert!(lunar.contains("JDN        1956539"), "{lunar}");
    let all = folder.run(&["date", "644-09-17", "--calendar", "all"]).out;
    for calendar in [
        "julian:",
        "gregorian:",
        "islamic:",
        "coptic:",
        "AUC 1397",
        "Ol. 355.4",
    ] {
        assert!(all.contains(calendar), "{calendar} is not in\n{all}");
    }
    let ran = folder.run(&["date", "644", "--calendar", "lunar"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("hebrew"), "{}", ran.err);
}

#[test]
fn one_date_and_one_day_as_json() {
    let folder = Folder::new("date-json");
    let ran = folder.run(&["date", "c. 630", "--format", "json"]);
    let found = &json(&ran.out)[0];
    assert_eq!(found["assumed"]["words"], "c. read as within 5 years");
    assert_eq!(found["assumed"]["days"], "between 625 and 635");
    let day = &json(
        &folder
            .run(&["date", "--from-jdn", "1958296", "--format", "json"])
            .out,
    )[0];
    assert_eq!(day["julian"], "10 July 649");
    assert_eq!(day["edtf"], "0649-07-13");
    assert_eq!(day["chinese"][0]["letters"], "Zhenguan 23.5.26");
    assert_eq!(day["others"]["islamic"], "AH 28-10-23");
    let early = folder.run(&["date", "--from-jdn", "-1"]);
    assert_eq!(early.code, 0, "{}", early.err);
    let far = folder.run(&["date", "--from-jdn", "9223372036854775807"]);
    assert_eq!(far.code, 2);
    let wrong = folder.run(&["date", "soon", "--format", "json"]);
    assert_eq!(wrong.code, 2);
    assert_eq!(json(&wrong.out)[0]["valid"], false);
    assert_eq!(folder.run(&["date", "-0208"]).code, 0);
    assert_eq!(folder.run(&["date"]).code, 2);
}

#[test]
fn the_widths_of_a_project_hold_for_its_dates() {
    let folder = Folder::new("date-project")
        .file("annals.toml", "[widths]\ncirca_years = 2\n")
        .file("deep/notes.txt", "");
    let text = folder.run(&["-C", "deep", "date", "c. 630"]).out;
    assert!(
        text.contains("within 2 years, set in annals.toml"),
        "{text}"
    );
    let folder = folder.file("annals.toml", "[widths]\ncirca_yaers = 2\n");
    let ran = folder.run(&["date", "c. 630"]);
    assert!(ran.err.contains("circa_years"), "{}", ran.err);
    assert!(ran.out.contains("within 5 years"), "{}", ran.out);
}

#[test]
fn whoever_reads_the_answers_may_stop() {
    let folder = Folder::new("date-pipe");
    assert_eq!(folder.run_and_close(&["date", "--batch"]).code, 0);
}
