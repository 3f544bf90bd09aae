//! `SELECT` over a chronicle, SQLite and GeoPackage files.

#![allow(clippy::unwrap_used)]
#![cfg(feature = "sqlite")]

mod common;

use annals_exchange::{Content, Value, geopackage_bytes, query, sqlite_bytes, tables};
use common::oasis;
use rusqlite::Connection;

fn ask(sql: &str) -> Result<Vec<Vec<String>>, String> {
    let compiled = oasis();
    let found = query(&Content::of(&compiled), sql)?;
    let words = |value: &Value| match value {
        Value::Null => "NULL".to_owned(),
        Value::Whole(n) => n.to_string(),
        Value::Real(x) => x.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => format!("{bytes:?}"),
    };
    Ok(found
        .rows
        .iter()
        .map(|row| row.iter().map(words).collect())
        .collect())
}

#[test]
fn questions_are_answered() {
    assert_eq!(
        ask("SELECT label, start_earliest_year, place_name FROM events WHERE label = 'fall'")
            .unwrap(),
        [["fall", "644", "Karasahr (place)"]]
    );
    assert_eq!(
        ask("SELECT e.label FROM events e JOIN bounds b USING (event) GROUP BY event HAVING count(*) > 1").unwrap(),
        [["gap"]]
    );
    assert_eq!(
        ask("SELECT a.source, count(*) AS n FROM attestations a GROUP BY a.source ORDER BY n DESC, 1").unwrap()[0][0],
        "xts"
    );
    assert_eq!(
        ask("SELECT label FROM events WHERE start_earliest_day >= first_day('644-12-01') AND end_latest_day <= last_day('650') ORDER BY 1").unwrap(),
        [["raid"]]
    );
    assert_eq!(
        ask("SELECT day_words(first_day('644')), last_day('644') - first_day('644')").unwrap(),
        [["644-01-01", "365"]]
    );
    assert_eq!(
        ask("SELECT name, latitude FROM places WHERE name LIKE 'Kucha%'").unwrap(),
        [["Kucha", "41.72"]]
    );
    assert_eq!(ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n").unwrap(), [["15"]]);
}

#[test]
fn nothing_but_reading_is_done() {
    for sql in [
        "DELETE FROM claims",
        "UPDATE claims SET words = 'x'",
        "INSERT INTO parts VALUES (1, 2)",
        "DROP TABLE claims",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "ATTACH 'x.db' AS x",
        "DETACH main",
        "PRAGMA writable_schema = 1",
        "PRAGMA user_version",
        "VACUUM INTO 'x.db'",
        "BEGIN",
        "SELECT load_extension('x')",
        "SELECT random()",
        "SELECT 1; DELETE FROM claims",
        "WITH x AS (SELECT 1) DELETE FROM claims",
        "EXPLAIN DELETE FROM claims",
        "REINDEX",
        "ANALYZE",
    ] {
        let refused = ask(sql);
        assert!(refused.is_err(), "{sql}: {refused:?}");
    }
    for sql in [
        "",
        "SELEC 1",
        "SELECT * FROM claim",
        "SELECT ?",
        "SELECT first_day('the other day')",
        "-- x",
    ] {
        assert!(ask(sql).is_err(), "{sql}");
    }
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    assert!(ask(endless).unwrap_err().contains("LIMIT"));
    assert!(ask("SELECT * FROM claim").unwrap_err().contains("--tables"));
    assert!(
        ask("DELETE FROM claims")
            .unwrap_err()
            .contains("only be read")
    );
}

#[test]
fn columns_of_one_name_stay_apart_in_json() {
    let compiled = oasis();
    let found = query(
        &Content::of(&compiled),
        "SELECT 1 AS a, 2 AS a, 'x \"y\"' AS b",
    )
    .unwrap();
    assert_eq!(found.columns, ["a", "a_2", "b"]);
    let json: serde_json::Value = serde_json::from_str(&found.to_json()).unwrap();
    assert_eq!(json[0]["a_2"], 2);
    assert!(
        found
            .to_text()
            .starts_with("a  a_2  b\n-  ---  -----\n1    2  x \"y\"\n"),
        "{}",
        found.to_text()
    );
    assert_eq!(found.to_csv(), "a,a_2,b\r\n1,2,\"x \"\"y\"\"\"\r\n");
}

/// A database opened from its bytes, as another program would from a file.
fn opened(bytes: &[u8], name: &str) -> Connection {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    Connection::open(path).unwrap()
}

#[test]
fn the_database_is_whole_and_the_same_each_time() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let all = tables(Some(&content));
    let bytes = sqlite_bytes(&all).unwrap();
    assert_eq!(bytes, sqlite_bytes(&all).unwrap());
    let database = opened(&bytes, "oasis.sqlite");
    let check: String = database
        .query_row("PRAGMA integrity_check", [], |r| r.get(0))
        .unwrap();
    assert_eq!(check, "ok");
    for table in &all {
        let sql = format!("SELECT count(*) FROM \"{}\"", table.name);
        let count: i64 = database.query_row(&sql, [], |r| r.get(0)).unwrap();
        assert_eq!(count, table.rows.len() as i64, "{}", table.name);
    }
}

/// What OGC 12-128r19 requires of a GeoPackage, by the names of its clauses.
#[test]
fn the_geopackage_keeps_the_standard() {
    let compiled = oasis();
    let content = Content::of(&compiled);
    let bytes = geopackage_bytes(&content).unwrap();
    assert_eq!(
        bytes,
        geopackage_bytes(&content).unwrap(),
        "same text, same bytes"
    );
    assert_eq!(&bytes[68..72], b"GPKG", "Req 2: application id");
    let database = opened(&bytes, "oasis.gpkg");
    let number = |sql: &str| -> i64 { database.query_row(sql, [], |r| r.get(0)).unwrap() };
    assert_eq!(number("PRAGMA user_version"), 10_300);
    let check: String = database
        .query_row("PRAGMA integrity_check", [], |r| r.get(0))
        .unwrap();
    assert_eq!(check, "ok", "Req 6");
    assert!(
        database
            .prepare("PRAGMA foreign_key_check")
            .unwrap()
            .query([])
            .unwrap()
            .next()
            .unwrap()
            .is_none(),
        "Req 7"
    );
    assert_eq!(
        number("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326)"),
        3,
        "Req 11"
    );
    let mut statement = database
        .prepare("SELECT c.table_name, c.data_type, g.geometry_type_name, c.min_x, c.max_y FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g USING (table_name)")
        .unwrap();
    let rows = statement.query_map([], |r| {
        Ok((
            r.get::<_, String>(0)?,
            r.get::<_, String>(1)?,
            r.get::<_, Option<String>>(2)?,
            r.get::<_, Option<f64>>(3)?,
            r.get::<_, Option<f64>>(4)?,
        ))
    });
    let mut layers = 0;
    for row in rows.unwrap() {
        let (table, form, geometry, west, north) = row.unwrap();
        let columns = format!(
            "SELECT count(*) FROM pragma_table_info('{table}') WHERE pk = 1 AND type = 'INTEGER'"
        );
        assert_eq!(number(&columns), 1, "Req 29, 119: {table} has a key");
        assert_eq!(form == "features", geometry.is_some(), "Req 22: {table}");
        if form == "features" {
            layers += 1;
            let blobs = format!(
                "SELECT count(*) FROM {table} WHERE substr(geom, 1, 2) != x'4750' OR substr(geom, 5, 4) != x'e6100000'"
            );
            assert_eq!(number(&blobs), 0, "Req 19: {table}");
            let filled = number(&format!("SELECT count(*) FROM {table}"));
            assert!(
                filled > 0 && west.unwrap() > 80.0 && north.unwrap() < 44.0,
                "{table}"
            );
        }
    }
    assert_eq!(layers, 6);
    let fall: (String, String, i64) = database
        .query_row("SELECT start_date, end_date, start_earliest_day FROM event_points WHERE label = 'fall'", [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .unwrap();
    assert_eq!(
        (fall.0.as_str(), fall.1.as_str()),
        ("0644-01-04", "0645-01-03")
    );
    let point: Vec<u8> = database
        .query_row(
            "SELECT geom FROM place_points WHERE name = 'Kucha'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(f64::from_le_bytes(point[13..21].try_into().unwrap()), 82.96);
    assert_eq!(f64::from_le_bytes(point[21..29].try_into().unwrap()), 41.72);
}
