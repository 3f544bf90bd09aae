//! `annals date`: which days a written date may be.

use std::path::Path;

use annals::calendar::{
    Calendar, DateError, Record, Settings, Shown, describe_day, describe_reading, read, read_edtf,
};
use annals::{PROJECT_FILE, read_project};
use annals_text::render_human;

use crate::args::{AnswerFormat, Date};
use crate::disk::{Disk, nearest_file};
use crate::output::{Failure, say, say_error};
use crate::run::Exit;
use crate::{date_batch, date_json};

/// No day further away can be named (unit: days).
const FARTHEST: i64 = 1_000_000_000_000;

/// In which calendars dates are read and shown.
#[derive(Clone, Debug)]
pub struct Reader {
    /// How dates are read.
    pub settings: Settings,
    /// In every calendar, and not only in that of the settings?
    pub all: bool,
    /// EDTF and nothing else?
    pub edtf: bool,
}

impl Reader {
    /// A date as a record.
    pub fn record(&self, text: &str) -> Record {
        match (self.edtf, self.all) {
            (true, _) => Record::of_edtf(text),
            (false, true) => Record::of_all_calendars(text, &self.settings),
            (false, false) => Record::of(text, &self.settings),
        }
    }
}

/// Reads what the arguments ask for and prints its days.
pub fn date(arguments: &Date) -> Result<Exit, Failure> {
    let (reader, shown) = reader(arguments)?;
    if arguments.batch {
        return date_batch::batch(&reader);
    }
    let json = arguments.format == AnswerFormat::Json;
    if let Some(day) = arguments.from_jdn {
        if day.abs() > FARTHEST {
            let words = format!("day {day} is too far away; no number beyond {FARTHEST} is a day");
            return Err(Failure::Input(words));
        }
        match json {
            true => say(&date_json::day(day))?,
            false => say(&describe_day(day, &reader.settings, shown))?,
        }
        return Ok(Exit::Clean);
    }
    let text = arguments.date.as_deref().unwrap_or("");
    if json {
        let (line, valid) = date_json::date(text, &reader);
        say(&line)?;
        return Ok(if valid { Exit::Clean } else { Exit::Failed });
    }
    say(&described(text, &reader, shown)?)?;
    Ok(Exit::Clean)
}

fn described(text: &str, reader: &Reader, shown: Shown) -> Result<String, Failure> {
    if reader.edtf {
        let edtf = read_edtf(text).map_err(|error| Failure::Input(error.to_string()))?;
        let settings = Settings {
            calendar: Calendar::Gregorian,
            ..reader.settings.clone()
        };
        return Ok(describe_reading(&edtf.reading(text), &settings, shown));
    }
    let wrong = |error: DateError| Failure::Input(error.to_string());
    if !reader.all {
        let reading = read(text, &reader.settings).map_err(wrong)?;
        return Ok(describe_reading(&reading, &reader.settings, shown));
    }
    let mut found: Vec<(Calendar, String)> = Vec::new();
    let mut first_error = None;
    for calendar in Calendar::NAMED {
        let settings = Settings {
            calendar,
            ..reader.settings.clone()
        };
        match read(text, &settings) {
            Ok(reading) if found.iter().all(|(known, _)| *known != reading.calendar) => {
                let lines = describe_reading(&reading, &reader.settings, shown);
                found.push((reading.calendar, lines));
            }
            Ok(_) => {}
            Err(error) => {
                first_error.get_or_insert(error);
            }
        }
    }
    match (found.is_empty(), first_error) {
        (true, Some(error)) => Err(wrong(error)),
        _ => Ok(found
            .into_iter()
            .map(|(calendar, lines)| format!("{}: {lines}", calendar.name()))
            .collect()),
    }
}

/// How the arguments and the project file say that dates are read.
fn reader(arguments: &Date) -> Result<(Reader, Shown), Failure> {
    let mut settings = project_settings()?;
    let named = arguments.calendar.as_deref();
    let all = named == Some("all");
    let mut shown = match named {
        _ if arguments.from_jdn.is_some() => Shown::All,
        Some("all") => Shown::All,
        _ => Shown::Usual,
    };
    if let Some(name) = named.filter(|_| !all) {
        if !settings.set_calendar(name) {
            let known: Vec<&str> = Calendar::NAMED.iter().map(|c| c.name()).collect();
            return Err(Failure::Input(format!(
                "no calendar is called `{name}`; there are historical, {}, and `all`",
                known.join(", ")
            )));
        }
        shown = Shown::One(settings.calendar);
    }
    let reader = Reader {
        settings,
        all,
        edtf: arguments.edtf,
    };
    Ok((reader, shown))
}

/// The settings of the project whose folder this is, or one above it.
fn project_settings() -> Result<Settings, Failure> {
    let Some(path) = nearest_file(Path::new(PROJECT_FILE)) else {
        return Ok(Settings::default());
    };
    let project = read_project(&Disk, &path);
    if !project.reports.is_empty() {
        say_error(&render_human(&project.files, &project.reports, true))?;
    }
    Ok(project.dates)
}
