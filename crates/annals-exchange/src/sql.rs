//! `SELECT` over a chronicle: read-only, in memory, on tables made for the question.

use annals::calendar::{Settings, print_day, read};
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};

use crate::csv;
use crate::sqlite::database;
use crate::tables::{Content, tables};

/// A query that yields more rows was meant otherwise, or needs a `LIMIT`.
const MOST_ROWS: usize = 1_000_000;

/// Steps of SQLite's machine after which it asks whether to go on.
const AT_ONCE: i32 = 1_000_000;

/// How often it may: a query of more steps was meant otherwise, or has no end.
const MOST_STEPS: u32 = 1_000;

/// A value of a result.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// A whole number.
    Whole(i64),
    /// A number that the query itself reckoned.
    Real(f64),
    /// Words.
    Text(String),
    /// Bytes that are no words.
    Bytes(Vec<u8>),
}

/// What a query yields.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Value>>,
}

/// Runs one `SELECT` over the tables of a chronicle.
///
/// # Errors
///
/// Words for whoever wrote the query: that it would write, that it cannot be read, that it yields
/// too much.
pub fn query(content: &Content<'_>, sql: &str) -> Result<Found, String> {
    let made = (|| {
        let mut connection = database(&tables(Some(content)))?;
        add_functions(&connection, content.settings)?;
        // Everything SQLite can do besides reading is refused before it runs; the database is in
        // memory, so what slipped through could change nothing that lasts.
        connection.authorizer(Some(may_read))?;
        let mut steps = 0_u32;
        let spent = move || {
            steps += 1;
            steps > MOST_STEPS
        };
        connection.progress_handler(AT_ONCE, Some(spent))?;
        run(&connection, sql)
    })();
    made.map_err(|error| refusal(&error, sql))?
}

fn may_read(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => {
            Authorization::Allow
        }
        AuthAction::Function { function_name } if !is_refused(function_name) => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

/// Functions that reach out of the database, or whose answer is another the next time.
fn is_refused(function: &str) -> bool {
    matches!(
        function.to_ascii_lowercase().as_str(),
        "load_extension" | "fts3_tokenizer" | "random" | "randomblob"
    )
}

/// `first_day('644')`, `last_day('early 644')`, `day_words(1956539)`: dates as chronicles write
/// them, in the chronicle's own calendar.
fn add_functions(connection: &Connection, settings: &Settings) -> rusqlite::Result<()> {
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, last) in [("first_day", false), ("last_day", true)] {
        let settings = settings.clone();
        connection.create_scalar_function(name, 1, pure, move |context| {
            let text: Option<String> = context.get(0)?;
            let Some(text) = text else { return Ok(None) };
            let reading = read(&text, &settings).map_err(|error| {
                Error::UserFunctionError(
                    format!("the date `{text}` cannot be read: {error}").into(),
                )
            })?;
            let days = reading.shape.hull();
            Ok(if last { days.last() } else { days.first() })
        })?;
    }
    let settings = settings.clone();
    connection.create_scalar_function("day_words", 1, pure, move |context| {
        let day: Option<i64> = context.get(0)?;
        let near = |day: &i64| day.unsigned_abs() <= annals::calendar::FARTHEST_DAY.unsigned_abs();
        Ok(day.filter(near).map(|day| print_day(day, &settings)))
    })
}

fn run(connection: &Connection, sql: &str) -> rusqlite::Result<Result<Found, String>> {
    let mut statement = connection.prepare(sql)?;
    let columns = apart(statement.column_names());
    let asked = statement.parameter_count();
    if asked > 0 {
        return Ok(Err(format!(
            "the query leaves {asked} of its values open (`?`); write them out"
        )));
    }
    let mut found = Found {
        rows: Vec::new(),
        columns,
    };
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if found.rows.len() == MOST_ROWS {
            return Ok(Err(format!(
                "the query yields more than {MOST_ROWS} rows; add a LIMIT"
            )));
        }
        let values = (0..found.columns.len()).map(|at| {
            Ok(match row.get_ref(at)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Whole(number),
                ValueRef::Real(number) => Value::Real(number),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
            })
        });
        let values: rusqlite::Result<Vec<Value>> = values.collect();
        found.rows.push(values?);
    }
    Ok(Ok(found))
}

/// The names of columns, told apart where two are one: `claim`, `claim_2`.
fn apart<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let free = (2u32..).map(|n| format!("{name}_{n}"));
        let mut names = std::iter::once(name.to_owned()).chain(free);
        let name = names.find(|name| !taken.contains(name));
        taken.extend(name);
    }
    taken
}

fn refusal(error: &Error, sql: &str) -> String {
    match error {
        Error::SqliteFailure(failure, _)
            if failure.code == rusqlite::ErrorCode::AuthorizationForStatementDenied =>
        {
            "the tables can only be read: one SELECT, and nothing that changes or attaches"
                .to_owned()
        }
        Error::SqliteFailure(failure, _)
            if failure.code == rusqlite::ErrorCode::OperationInterrupted =>
        {
            "the query takes more than a thousand million steps and was ended; narrow it down"
                .to_owned()
        }
        Error::MultipleStatement => "only one statement is run at a time".to_owned(),
        Error::Empty => "there is no query; write a SELECT".to_owned(),
        Error::SqlInputError { msg, offset, .. } => {
            let before = usize::try_from(*offset).ok().and_then(|at| sql.get(..at));
            let place = before.map_or(String::new(), |before| {
                format!(" at character {}", before.chars().count() + 1)
            });
            format!(
                "the query cannot be read{place}: {msg}; `annals sql --tables` lists the tables"
            )
        }
        Error::SqliteFailure(_, Some(words)) => {
            format!("the query cannot be run: {words}; `annals sql --tables` lists the tables")
        }
        other => format!("the query cannot be run: {other}"),
    }
}

impl Value {
    fn words(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Whole(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Bytes(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect(),
        }
    }
}

impl Found {
    /// For people: columns under their names, numbers to the right.
    pub fn to_text(&self) -> String {
        let shown = |value: &Value| {
            value
                .words()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|r| r.iter().map(shown).collect())
            .collect();
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let cells = rows.iter().filter_map(|row| row.get(at)).map(|c| width(c));
                cells.chain([width(name)]).max().unwrap_or(0)
            })
            .collect();
        let mut out = aligned(&self.columns, &widths, &vec![false; widths.len()]);
        let rule: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
        out += &aligned(&rule, &widths, &vec![false; widths.len()]);
        for (row, values) in rows.iter().zip(&self.rows) {
            let right: Vec<bool> = values
                .iter()
                .map(|v| matches!(v, Value::Whole(_) | Value::Real(_)))
                .collect();
            out += &aligned(row, &widths, &right);
        }
        out
    }

    /// As CSV, unguarded, for programs.
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        csv::line(&mut out, &self.columns);
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(Value::words).collect();
            csv::line(&mut out, &cells);
        }
        out
    }

    /// As JSON: a list of rows, each an object in the order of the columns.
    pub fn to_json(&self) -> String {
        let mut out = String::from("[");
        for (at, row) in self.rows.iter().enumerate() {
            out.push_str(if at > 0 { ",\n  {" } else { "\n  {" });
            let members: Vec<String> = self
                .columns
                .iter()
                .zip(row)
                .map(|(name, value)| {
                    let value = match value {
                        Value::Null => serde_json::Value::Null,
                        Value::Whole(number) => (*number).into(),
                        Value::Real(number) => (*number).into(),
                        Value::Text(_) | Value::Bytes(_) => value.words().into(),
                    };
                    format!("{}: {value}", serde_json::Value::from(name.as_str()))
                })
                .collect();
            out.push_str(&members.join(", "));
            out.push('}');
        }
        out.push_str(if self.rows.is_empty() { "]\n" } else { "\n]\n" });
        out
    }
}

fn aligned(cells: &[String], widths: &[usize], right: &[bool]) -> String {
    let mut line = String::new();
    for ((cell, wanted), right) in cells.iter().zip(widths).zip(right) {
        let room = " ".repeat(wanted.saturating_sub(width(cell)));
        let piece = if *right {
            room + cell
        } else {
            format!("{cell}{room}")
        };
        line.push_str(&piece);
        line.push_str("  ");
    }
    format!("{}\n", line.trim_end())
}

/// Columns of a terminal that a text takes: ideographs and full-width letters take two.
fn width(text: &str) -> usize {
    let wide = |c: char| matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd);
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// The tables and their columns, for people.
pub fn schema_text() -> String {
    let mut out = String::new();
    for table in tables(None) {
        out.push_str(&format!("{}: {}\n", table.name, table.meaning));
        let widest = table
            .columns
            .iter()
            .map(|c| c.name.len())
            .max()
            .unwrap_or(0);
        for column in &table.columns {
            out.push_str(&format!("  {:<widest$}  {}\n", column.name, column.meaning));
        }
        out.push('\n');
    }
    out.push_str(
        "first_day('644'), last_day('early 644'): the days of a date as chronicles write it\n\
         day_words(1956539): a day in the chronicle's calendar\n",
    );
    out
}
