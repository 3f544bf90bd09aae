//! The layers of a map and all tables as an OGC GeoPackage (12-128r19, version 1.3), which QGIS
//! opens and plays.
//!
//! A GeoPackage is an SQLite database with tables that describe it, and geometries as binary: a
//! header and well-known binary (OGC 06-103r4). Times of writing are fixed, so that the same text
//! gives the same bytes.

use annals::PointSeen;
use annals::calendar::gregorian_to_jdn;
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::geo::{Layer, Shape, layers};
use crate::sqlite::bytes;
use crate::tables::{Cell, Content, Form, Table, iso_day, tables};

/// WGS 84, the datum of all points of a chronicle.
const WGS84: i32 = 4326;

const FRAME: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]', NULL);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT '1970-01-01T00:00:00.000Z',
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
";

/// The bytes of a GeoPackage.
///
/// # Errors
///
/// The words of SQLite, where it cannot hold the chronicle.
pub fn geopackage_bytes(content: &Content<'_>) -> Result<Vec<u8>, String> {
    made(content).map_err(|error| error.to_string())
}

fn made(content: &Content<'_>) -> rusqlite::Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    // `GPKG` in ASCII, and version 1.3.0.
    connection.pragma_update(None, "application_id", 0x4750_4b47)?;
    connection.pragma_update(None, "user_version", 10_300)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(FRAME)?;
    for layer in layers(content) {
        add_layer(&transaction, &layer)?;
    }
    for table in tables(Some(content)) {
        create(&transaction, &table, None)?;
        fill(&transaction, &table, |_| vec![])?;
        transaction.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
            (table.name, table.name, table.meaning),
        )?;
    }
    transaction.commit()?;
    bytes(&mut connection)
}

fn add_layer(connection: &Connection, layer: &Layer) -> rusqlite::Result<()> {
    let form = match layer.table.name {
        "place_lines" | "road_lines" => "MULTILINESTRING",
        "place_outlines" => "MULTIPOLYGON",
        _ => "POINT",
    };
    let table = &layer.table;
    create(connection, table, Some(form))?;
    let ends = [
        table.position("start_earliest_day"),
        table.position("end_latest_day"),
    ];
    fill(connection, table, |at| {
        let date = |column: Option<usize>| column.map(|column| date(&table.rows[at][column]));
        let mut values = vec![Value::Blob(blob(&layer.shapes[at]))];
        values.extend(ends.into_iter().filter_map(date));
        values
    })?;
    let [west, south, east, north] = extent(&layer.shapes);
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id) VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?)",
        (table.name, table.name, table.meaning, west, south, east, north, WGS84),
    )?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
        (table.name, form, WGS84),
    )?;
    Ok(())
}

/// A table with a number of its own for each row, as GeoPackage wants it, and, in a layer, the
/// geometry and the dates that QGIS plays.
fn create(connection: &Connection, table: &Table, form: Option<&str>) -> rusqlite::Result<()> {
    let mut columns = vec!["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned()];
    columns.extend(form.map(|form| format!("geom {form}")));
    if form.is_some() && table.position("start_earliest_day").is_some() {
        columns.push("start_date DATE".to_owned());
        columns.push("end_date DATE".to_owned());
    }
    columns.extend(table.columns.iter().map(|column| {
        let form = match column.form {
            Form::Whole | Form::Flag => "INTEGER",
            Form::Text => "TEXT",
            Form::Degrees => "DOUBLE",
        };
        format!("\"{}\" {form}", column.name)
    }));
    connection.execute_batch(&format!(
        "CREATE TABLE \"{}\" (\n  {}\n);",
        table.name,
        columns.join(",\n  ")
    ))
}

enum Filled<'c> {
    Value(Value),
    Cell(&'c Cell),
}

impl ToSql for Filled<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Filled::Value(value) => value.to_sql(),
            Filled::Cell(cell) => cell.to_sql(),
        }
    }
}

/// Fills a table; `before` gives what stands between a row's number and its cells.
fn fill(
    connection: &Connection,
    table: &Table,
    before: impl Fn(usize) -> Vec<Value>,
) -> rusqlite::Result<()> {
    if table.rows.is_empty() {
        return Ok(());
    }
    let marks = vec!["?"; before(0).len() + table.columns.len()].join(", ");
    let sql = format!("INSERT INTO \"{}\" VALUES (NULL, {marks})", table.name);
    let mut statement = connection.prepare(&sql)?;
    for (at, row) in table.rows.iter().enumerate() {
        let values = before(at).into_iter().map(Filled::Value);
        statement.execute(params_from_iter(values.chain(row.iter().map(Filled::Cell))))?;
    }
    Ok(())
}

/// A day as a DATE, which knows the years 1 to 9999 alone.
fn date(cell: &Cell) -> Value {
    let Cell::Whole(day) = cell else {
        return Value::Null;
    };
    let known = gregorian_to_jdn(1, 1, 1)..=gregorian_to_jdn(9999, 12, 31);
    match i32::try_from(*day) {
        Ok(day) if known.contains(&i64::from(day)) => Value::Text(iso_day(day)),
        _ => Value::Null,
    }
}

/// A geometry as GeoPackage has it: `GP`, version 0, little-endian and without an envelope, the
/// reference system, then well-known binary.
fn blob(shape: &Shape) -> Vec<u8> {
    let mut out = vec![b'G', b'P', 0, 1];
    out.extend(WGS84.to_le_bytes());
    match shape {
        Shape::Point(point) => {
            head(&mut out, 1);
            put(&mut out, point);
        }
        Shape::Lines(lines) => {
            head(&mut out, 5);
            count(&mut out, lines.len());
            for line in lines {
                head(&mut out, 2);
                count(&mut out, line.len());
                line.iter().for_each(|point| put(&mut out, point));
            }
        }
        Shape::Areas(areas) => {
            head(&mut out, 6);
            count(&mut out, areas.len());
            for ring in areas {
                head(&mut out, 3);
                count(&mut out, 1);
                count(&mut out, ring.len());
                ring.iter().for_each(|point| put(&mut out, point));
            }
        }
    }
    out
}

fn head(out: &mut Vec<u8>, form: u32) {
    out.push(1);
    out.extend(form.to_le_bytes());
}

fn count(out: &mut Vec<u8>, number: usize) {
    out.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn put(out: &mut Vec<u8>, point: &PointSeen) {
    for micro in [point.longitude_micro, point.latitude_micro] {
        out.extend((f64::from(micro) / 1e6).to_le_bytes());
    }
}

/// West, south, east and north of all shapes; nothing where there are none.
fn extent(shapes: &[Shape]) -> [Option<f64>; 4] {
    let points = |shape: &Shape| -> Vec<PointSeen> {
        match shape {
            Shape::Point(point) => vec![*point],
            Shape::Lines(lines) | Shape::Areas(lines) => lines.concat(),
        }
    };
    let all: Vec<PointSeen> = shapes.iter().flat_map(points).collect();
    let degrees = |micro: Option<i32>| micro.map(|micro| f64::from(micro) / 1e6);
    let longitudes = || all.iter().map(|p| p.longitude_micro);
    let latitudes = || all.iter().map(|p| p.latitude_micro);
    [
        degrees(longitudes().min()),
        degrees(latitudes().min()),
        degrees(longitudes().max()),
        degrees(latitudes().max()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_the_binary_of_the_standard() {
        let point = PointSeen {
            latitude_micro: 42_060_000,
            longitude_micro: 86_570_000,
        };
        let blob = blob(&Shape::Point(point));
        assert_eq!(blob.len(), 8 + 21);
        assert_eq!(&blob[..8], [b'G', b'P', 0, 1, 0xe6, 0x10, 0, 0]);
        assert_eq!(&blob[8..13], [1, 1, 0, 0, 0]);
        assert_eq!(blob[13..21], 86.57f64.to_le_bytes());
        assert_eq!(blob[21..], 42.06f64.to_le_bytes());
    }

    #[test]
    fn dates_are_those_of_our_era() {
        let day = |year| Cell::Whole(gregorian_to_jdn(year, 5, 6));
        assert_eq!(date(&day(644)), Value::Text("0644-05-06".to_owned()));
        assert_eq!(date(&day(0)), Value::Null);
        assert_eq!(date(&Cell::Nothing), Value::Null);
    }
}
