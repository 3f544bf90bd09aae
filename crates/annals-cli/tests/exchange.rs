//! `sql`, `import` and `export` from outside: what they print where, what they write, their exits.

#![allow(clippy::unwrap_used)]

mod folder;

use folder::Folder;

const SMALL: &str = "from @me\npolity Karasahr\npolity Tang\nplace Kucha at 41.72 N, 82.96 E\n\
632: Karasahr submits to Tang. #a\n648: Tang attacks Kucha. #b\n";

const MAP: &str = "sentence = \"{Ruler} is king of {Land}\"\ndate = \"Year\"\n[kinds]\nRuler = \"person\"\nLand = \"polity\"\n";

#[test]
#[cfg(feature = "sql")]
fn a_query_prints_rows_and_a_write_is_wrong_usage() {
    let folder = Folder::new("sql").file("main.annals", SMALL);
    let ran = folder.run(&[
        "sql",
        "SELECT label, start_earliest_year AS y FROM events ORDER BY y",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, "label  y\n-----  ---\na      632\nb      648\n");
    let ran = folder.run(&[
        "sql",
        "SELECT label FROM events ORDER BY 1",
        "--format",
        "csv",
        "main.annals",
    ]);
    assert_eq!(ran.out, "label\r\na\r\nb\r\n");
    let ran = folder.run(&[
        "sql",
        "SELECT label FROM events ORDER BY 1",
        "--format",
        "json",
    ]);
    assert_eq!(
        ran.out,
        "[\n  {\"label\": \"a\"},\n  {\"label\": \"b\"}\n]\n"
    );
    for wrong in [
        "DELETE FROM claims",
        "ATTACH 'x.db' AS x",
        "SELECT nothing FROM nowhere",
    ] {
        let ran = folder.run(&["sql", wrong]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong}");
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
    }
    assert_eq!(folder.run(&["sql"]).code, 2);
    let ran = folder.run(&["sql", "--tables"]);
    assert!(
        ran.out.contains("episodes: ") && ran.out.contains("first_day("),
        "{}",
        ran.out
    );
    let none = Folder::new("sql-none");
    assert_eq!(none.run(&["sql", "SELECT 1"]).code, 2);
}

#[test]
fn tables_go_to_files_whole() {
    let folder = Folder::new("export-tables").file("main.annals", SMALL);
    let ran = folder.run(&["export", "csv", "-o", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("note: ISO dates"), "{}", ran.err);
    let claims = folder.read("out/claims.csv");
    assert!(
        claims.starts_with("claim,label,date,") && claims.lines().count() == 3,
        "{claims}"
    );
    let ran = folder.run(&["export", "csv", "--table", "places"]);
    assert_eq!(
        ran.out,
        "thing,name,kind,latitude,longitude,certainty,lines\r\n2,Kucha,place,41.72,82.96,,0\r\n"
    );
    let ran = folder.run(&["export", "csv"]);
    assert!(ran.code == 2 && ran.err.contains("-o"), "{}", ran.err);
    let ran = folder.run(&["export", "csv", "--table", "place"]);
    assert!(ran.code == 2 && ran.err.contains("`places`"), "{}", ran.err);
    let ran = folder.run(&["export", "xlsx"]);
    assert!(ran.code == 2 && ran.err.contains("-o"), "{}", ran.err);
    assert_eq!(folder.run(&["export", "xlsx", "-o", "x.xlsx"]).code, 0);
    let ran = folder.run(&["export", "json", "--table", "events"]);
    assert!(ran.out.starts_with("{\n  \"schema\": 1"), "{}", ran.out);
    let ran = folder.run(&["export", "json", "--schema"]);
    assert!(ran.out.contains("json-schema.org"), "{}", ran.out);
    assert_eq!(
        folder
            .run(&["export", "json", "-o", "no/such/folder/x.json"])
            .code,
        2
    );
}

#[test]
fn the_other_forms_are_written() {
    let folder = Folder::new("export-forms").file("main.annals", SMALL);
    for form in ["geojson", "linked-places", "timelinejs", "turtle"] {
        let ran = folder.run(&["export", form, "main.annals"]);
        assert_eq!(ran.code, 0, "{form}: {}", ran.err);
        assert!(
            ran.err.contains("note: "),
            "{form} says what it loses: {}",
            ran.err
        );
        let to_file = folder.run(&["export", form, "-o", "x", "--force"]);
        assert_eq!((to_file.code, to_file.out.as_str()), (0, ""));
        assert_eq!(folder.read("x"), ran.out, "{form}");
    }
    let ran = folder.run(&["export", "turtle", "--base", "https://example.org/x"]);
    assert!(
        ran.out.contains("<https://example.org/x/claim/0>"),
        "{}",
        ran.out
    );
    assert_eq!(folder.run(&["export", "turtle", "--base", "x y"]).code, 2);
}

#[test]
#[cfg(feature = "sql")]
fn databases_are_the_same_each_time() {
    let folder = Folder::new("export-databases").file("main.annals", SMALL);
    for form in ["sqlite", "geopackage"] {
        assert_eq!(folder.run(&["export", form, "-o", "a", "--force"]).code, 0);
        assert_eq!(folder.run(&["export", form, "-o", "b", "--force"]).code, 0);
        let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
        let (a, b) = (bytes("a"), bytes("b"));
        assert!(a.starts_with(b"SQLite format 3\0") && a == b, "{form}");
    }
}

#[test]
fn a_table_without_a_map_gets_one_proposed() {
    let folder =
        Folder::new("import-propose").file("kings.csv", "Ruler,Land,Year\nNecho,Egypt,610\n");
    let ran = folder.run(&["import", "kings.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out.contains("sentence = \"{Ruler} is king of {Land}\""),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("--map"), "{}", ran.err);
    assert!(!folder.path().join("drafts").exists());
}

#[test]
fn a_mapped_table_becomes_drafts_and_edits_are_not_lost() {
    let folder = Folder::new("import-table")
        .file("kings.csv", "Ruler,Land,Year\nNecho,Egypt,610\n")
        .file("map.toml", MAP);
    let ran = folder.run(&["import", "kings.csv", "--map", "map.toml"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "1 draft from kings.csv in drafts/kings.annals\n"),
        "{}",
        ran.err
    );
    let drafts = folder.read("drafts/kings.annals");
    assert!(
        drafts.contains("610: Necho is king of Egypt. [@table-kings, row 2]\n"),
        "{drafts}"
    );
    assert_eq!(folder.run(&["check", "drafts/kings.annals"]).code, 0);
    let ran = folder.run(&["import", "kings.csv", "--map", "map.toml"]);
    assert!(ran.code == 2 && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(
        folder
            .run(&["import", "kings.csv", "--map", "map.toml", "--force"])
            .code,
        0
    );
}

#[test]
fn a_sentence_that_is_not_understood_is_said_early() {
    let folder = Folder::new("import-sample")
        .file("kings.csv", "Ruler,Land,Year\nNecho,Egypt,610\n")
        .file("main.annals", "polity Egypt\n")
        .file("map.toml", MAP.replace("is king of", "dwindles beneath"));
    let ran = folder.run(&[
        "import",
        "kings.csv",
        "--map",
        "map.toml",
        "--chronicle",
        "main.annals",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("note: in the first rows: "), "{}", ran.err);
    assert!(!folder.read("drafts/kings.annals").contains("polity Egypt"));
    let args = [
        "import",
        "kings.csv",
        "--map",
        "map.toml",
        "--chronicle",
        "absent.annals",
        "--force",
    ];
    assert_eq!(folder.run(&args).code, 2);
}

#[test]
fn a_bad_table_leaves_nothing_behind() {
    let folder = Folder::new("import-bad")
        .file(
            "kings.csv",
            "Ruler,Land,Year\nNecho,Egypt,610\nApries,Egypt,9999\n",
        )
        .file("map.toml", MAP)
        .file("bad.toml", "sentense = \"x\"\n");
    let ran = folder.run(&["import", "kings.csv", "--map", "map.toml", "-o", "x.annals"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("kings.csv: row 3, column `Year`: `9999`"),
        "{}",
        ran.err
    );
    assert_eq!(folder.names(), ["bad.toml", "kings.csv", "map.toml"]);
    let ran = folder.run(&[
        "import",
        "kings.csv",
        "--map",
        "map.toml",
        "-o",
        "x.annals",
        "--keep-going",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(folder.read("x.annals").contains("// row 3, column `Year`"));
    let open = "Ruler,Land,Year\nNecho,Egypt,610\nApries,\"Egypt,589\n";
    let folder = folder.file("open.csv", open);
    let args = [
        "import",
        "open.csv",
        "--map",
        "map.toml",
        "-o",
        "open.annals",
        "--keep-going",
    ];
    let ran = folder.run(&args);
    assert!(
        ran.code == 2 && ran.err.contains("never closed"),
        "{}",
        ran.err
    );
    assert!(!folder.path().join("open.annals").exists());
    let ran = folder.run(&["import", "kings.csv", "--map", "bad.toml"]);
    assert!(
        ran.code == 2
            && ran
                .err
                .contains("bad.toml:1: a map has no key `sentense`; did you mean `sentence`"),
        "{}",
        ran.err
    );
    assert_eq!(
        folder
            .run(&["import", "absent.csv", "--map", "map.toml"])
            .code,
        2
    );
    assert_eq!(folder.run(&["import", "kings.doc"]).code, 2);
}

#[test]
fn models_gazetteers_and_bibliographies_come_in() {
    let clog = r#"{"chronolog-version": "3", "events": [{"name": "Conquest", "dateLB": -525, "dateUB": -525}]}"#;
    let places = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"title": "Kucha"}, "geometry": {"type": "Point", "coordinates": [82.96, 41.72]}}]}"#;
    let folder = Folder::new("import-forms")
        .file("m.clog", clog)
        .file("p.geojson", places)
        .file("b.bib", "@book{a, title={A}}\n")
        .file("c.json", "[{\"id\": \"a\", \"title\": \"A\"}]")
        .file("broken.clog", "{\"chronolog-version\": \"3\"");
    for (file, line) in [
        ("m.clog", "525-07-01 BC: \"Conquest\". #conquest"),
        ("p.geojson", "place Kucha at 41.72 N, 82.96 E"),
        ("b.bib", "source a"),
        ("c.json", "source a"),
    ] {
        let ran = folder.run(&["import", file, "-o", "x.annals", "--force"]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        let text = folder.read("x.annals");
        assert!(text.lines().any(|l| l == line), "{file}: {text}");
        assert_eq!(folder.run(&["check", "x.annals"]).code, 0, "{file}");
    }
    let ran = folder.run(&["import", "broken.clog"]);
    assert!(
        ran.code == 2 && ran.err.contains("line 1, column"),
        "{}",
        ran.err
    );
    assert!(!folder.path().join("drafts").exists());
}
