//! Tables as an SQLite database, whose bytes are the same for the same text.

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::tables::{Cell, Form, Table};

/// The first columns that name a row; other tables have none that does.
const KEYS: [(&str, &str); 7] = [
    ("claims", "claim"),
    ("events", "event"),
    ("states", "state"),
    ("episodes", "episode"),
    ("things", "thing"),
    ("roads", "road"),
    ("sources", "source"),
];

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Cell::Nothing => Value::Null,
            Cell::Whole(number) => Value::Integer(*number),
            // SQLite has no decimal numbers; the nearest float prints as the same six places.
            Cell::Degrees(micro) => Value::Real(f64::from(*micro) / 1e6),
            Cell::Text(words) => return Ok(ToSqlOutput::from(words.as_str())),
        };
        Ok(ToSqlOutput::Owned(value))
    }
}

/// A database in memory that holds the tables.
pub(crate) fn database(tables: &[Table]) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    for table in tables {
        transaction.execute_batch(&definition(table))?;
        fill(&transaction, table)?;
    }
    transaction.commit()?;
    Ok(connection)
}

/// The bytes of a database file with the tables.
///
/// # Errors
///
/// The words of SQLite, where it cannot hold them.
pub fn sqlite_bytes(tables: &[Table]) -> Result<Vec<u8>, String> {
    let made = database(tables).and_then(|mut connection| bytes(&mut connection));
    made.map_err(|error| error.to_string())
}

/// The bytes a database in memory would have as a file.
pub(crate) fn bytes(connection: &mut Connection) -> rusqlite::Result<Vec<u8>> {
    // Pages that were freed on the way are given back, so that what they held is in no file.
    connection.execute_batch("VACUUM")?;
    let bytes = connection.serialize("main")?.to_vec();
    Ok(bytes)
}

fn definition(table: &Table) -> String {
    let key = KEYS.iter().find(|(name, _)| *name == table.name);
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let form = match column.form {
                Form::Whole | Form::Flag => "INTEGER",
                Form::Text => "TEXT",
                Form::Degrees => "REAL",
            };
            let is_key = key.is_some_and(|(_, key)| *key == column.name);
            let key = if is_key { " PRIMARY KEY" } else { "" };
            format!("  \"{}\" {form}{key}", column.name)
        })
        .collect();
    format!(
        "CREATE TABLE \"{}\" (\n{}\n);",
        table.name,
        columns.join(",\n")
    )
}

fn fill(connection: &Connection, table: &Table) -> rusqlite::Result<()> {
    let marks = vec!["?"; table.columns.len()].join(", ");
    let sql = format!("INSERT INTO \"{}\" VALUES ({marks})", table.name);
    let mut statement = connection.prepare(&sql)?;
    for row in &table.rows {
        statement.execute(params_from_iter(row))?;
    }
    Ok(())
}
