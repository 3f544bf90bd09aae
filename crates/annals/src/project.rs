//! The project file, `annals.toml`, beside the main file of a chronicle.
//!
//! What comes in: a [`World`] and the path of that file. What goes out: how the project reads its
//! dates, and a report at every place that cannot be used. What stands in the file and is not known
//! is an error there, because a setting that is passed over in silence changes answers.
//!
//! ```toml
//! [dates]
//! calendar = "julian"        # as in a `calendar` line; a file's own line comes first
//! year_start = "25 March"
//! seasons = "either"         # months, lunar, either
//! between = "exclusive"      # inclusive, exclusive
//! counting = "inclusive"     # is the first of "three days after" the day itself?
//!
//! [widths]                   # what vague words are read as
//! circa_years = 3
//! approximate_units = 1      # EDTF `~`
//! some_days = [2, 5]
//!
//! [places]                    # for dates such as `10 February 1700 (Geneva)`
//! Geneva = "1701-01-12"
//! ```

use annals_calendar::{Calendar, Seasons, Settings, YearStart};
use annals_resolve::ProjectSettings;
use annals_sentence::nearest;
use annals_text::{FileId, Files, Report, Span};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::loading::text_of;
use crate::world::{World, WorldError};

/// The name of the project file.
pub const PROJECT_FILE: &str = "annals.toml";

/// A project file that has been read.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The file, where there is one; reports point into it.
    pub files: Files,
    /// How its dates are read.
    pub dates: Settings,
    /// What in it cannot be used.
    pub reports: Vec<Report>,
}

/// Reads a project file; where there is none, everything is as usual.
pub fn read_project(world: &dyn World, path: &str) -> Project {
    let mut project = Project::default();
    let (settings, reports) = load(world, path, &mut project.files);
    project.dates = settings.dates;
    project.reports = reports;
    project
}

/// The same into the files of a chronicle.
pub(crate) fn load(
    world: &dyn World,
    path: &str,
    files: &mut Files,
) -> (ProjectSettings, Vec<Report>) {
    let bytes = match world.read(path) {
        Ok(bytes) => bytes,
        Err(WorldError::Missing) => return (ProjectSettings::default(), Vec::new()),
        Err(error) => {
            let words = format!("`{path}` cannot be read: {error}");
            let report = Report::error("bad-setting", words);
            return (ProjectSettings::default(), vec![report]);
        }
    };
    let (text, fault) = text_of(bytes, path);
    let file = files.add(path, text);
    let mut reports: Vec<Report> = fault.map(|fault| fault.report(file)).into_iter().collect();
    let text = files.get(file).text.clone();
    let mut reader = Reader {
        file,
        dates: Settings::default(),
        reports: Vec::new(),
    };
    match DeTable::parse(&text) {
        Ok(table) => reader.whole(table.get_ref()),
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let report = Report::error("bad-setting", "this is not TOML");
            let words = error.message().to_owned();
            reader.reports.push(report.at(reader.span(range), words));
        }
    }
    if reader.dates.widths != Settings::default().widths {
        let name = path.rsplit('/').next().unwrap_or(path);
        reader.dates.set_in = Some(name.to_owned());
    }
    reports.append(&mut reader.reports);
    let settings = ProjectSettings {
        dates: reader.dates,
    };
    (settings, reports)
}

struct Reader {
    file: FileId,
    dates: Settings,
    reports: Vec<Report>,
}

/// Why a value cannot be used: what was expected.
type Expected = &'static str;

/// A key with its value, and where both stand.
struct Entry<'a> {
    key: &'a str,
    key_span: Span,
    value: &'a DeValue<'a>,
    value_span: Span,
}

const TABLES: [&str; 3] = ["dates", "widths", "places"];
const DATES: [&str; 5] = ["calendar", "year_start", "seasons", "between", "counting"];
const WIDTHS: [&str; 13] = [
    "circa_years",
    "circa_century_years",
    "circa_month_days",
    "circa_day_days",
    "approximate_units",
    "uncertain_units",
    "early_late",
    "edge_months",
    "edge_years",
    "some_days",
    "some_months",
    "some_years",
    "same_time_years",
];

impl Reader {
    fn whole(&mut self, table: &DeTable<'_>) {
        // Lands come first: a calendar may be that of one.
        for name in ["places", "dates", "widths"] {
            for entry in self.entries(table).iter().filter(|entry| entry.key == name) {
                self.table(entry);
            }
        }
        for entry in self.entries(table) {
            if !TABLES.contains(&entry.key) {
                self.unknown(&entry, "table", &TABLES);
            }
        }
    }

    fn table(&mut self, table: &Entry<'_>) {
        let DeValue::Table(inner) = table.value else {
            self.refuse(table.value_span, table.key, "a table");
            return;
        };
        for entry in self.entries(inner) {
            let read = match table.key {
                "dates" if DATES.contains(&entry.key) => self.date_setting(&entry),
                "widths" if WIDTHS.contains(&entry.key) => self.width(&entry),
                "places" => self.place(&entry),
                _ => {
                    let keys = if table.key == "dates" {
                        &DATES[..]
                    } else {
                        &WIDTHS
                    };
                    self.unknown(&entry, "key", keys);
                    continue;
                }
            };
            if let Err(expected) = read {
                self.refuse(entry.value_span, entry.key, expected);
            }
        }
    }

    fn date_setting(&mut self, entry: &Entry<'_>) -> Result<(), Expected> {
        let text = text(entry.value);
        match entry.key {
            "calendar" => {
                const EXPECTED: Expected =
                    "a calendar, such as \"julian\" or \"historical England\"";
                let set = text.is_some_and(|text| self.dates.set_calendar(text));
                return if set { Ok(()) } else { Err(EXPECTED) };
            }
            "year_start" => {
                const EXPECTED: Expected = "the first day of the year, such as \"25 March\"";
                self.dates.year_start = text.and_then(YearStart::parse).ok_or(EXPECTED)?;
            }
            "seasons" => {
                self.dates.seasons = match text {
                    Some("months") => Seasons::Months,
                    Some("lunar") => Seasons::Lunar,
                    Some("either") => Seasons::Either,
                    _ => return Err("\"months\", \"lunar\" or \"either\""),
                };
            }
            "counting" => {
                self.dates.days_inclusive = match text {
                    Some("exclusive") => false,
                    Some("inclusive") => true,
                    _ => return Err("\"exclusive\" or \"inclusive\""),
                };
            }
            _ => {
                self.dates.between_strict = match text {
                    Some("inclusive") => false,
                    Some("exclusive") => true,
                    _ => return Err("\"inclusive\" or \"exclusive\""),
                };
            }
        }
        Ok(())
    }

    fn width(&mut self, entry: &Entry<'_>) -> Result<(), Expected> {
        let widths = &mut self.dates.widths;
        let pair = match entry.key {
            "some_days" => Some(&mut widths.some_days),
            "some_months" => Some(&mut widths.some_months),
            "some_years" => Some(&mut widths.some_years),
            _ => None,
        };
        if let Some(pair) = pair {
            const EXPECTED: Expected = "the fewest and the most, such as [2, 9]";
            *pair = two_counts(entry.value).ok_or(EXPECTED)?;
            return Ok(());
        }
        if entry.key == "early_late" {
            widths.early_late_halves = match text(entry.value) {
                Some("thirds") => false,
                Some("halves") => true,
                _ => return Err("\"thirds\" or \"halves\""),
            };
            return Ok(());
        }
        let value = count(entry.value).ok_or("a whole number up to 10000")?;
        match entry.key {
            "circa_years" => widths.circa_years = value,
            "circa_century_years" => widths.circa_century_years = value,
            "circa_month_days" => widths.circa_month_days = value,
            "circa_day_days" => widths.circa_day_days = value,
            "approximate_units" => widths.approximate_units = Some(value),
            "uncertain_units" => widths.uncertain_units = Some(value),
            "same_time_years" => widths.same_time_years = value,
            "edge_months" if (1..=12).contains(&value) => widths.edge_months = value,
            "edge_years" if (1..=100).contains(&value) => widths.edge_years = value,
            "edge_months" => return Err("1 to 12 months"),
            _ => return Err("1 to 100 years"),
        }
        Ok(())
    }

    fn place(&mut self, entry: &Entry<'_>) -> Result<(), Expected> {
        const EXPECTED: Expected =
            "its first Gregorian day, such as \"1701-01-12\", or the name of a calendar";
        let text = text(entry.value).ok_or(EXPECTED)?;
        let calendar = Calendar::parse(text)
            .or_else(|| Calendar::parse(&format!("historical {text}")))
            .ok_or(EXPECTED)?;
        self.dates.lands.push((entry.key.to_owned(), calendar));
        Ok(())
    }

    /// The entries of a table in the order of the text.
    fn entries<'a>(&self, table: &'a DeTable<'_>) -> Vec<Entry<'a>> {
        let entry = |(key, value): (&'a Spanned<DeString<'_>>, &'a Spanned<DeValue<'_>>)| Entry {
            key: key.get_ref(),
            key_span: self.span(key.span()),
            value: value.get_ref(),
            value_span: self.span(value.span()),
        };
        let mut entries: Vec<Entry<'_>> = table.iter().map(entry).collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        entries
    }

    fn unknown(&mut self, entry: &Entry<'_>, what: &str, known: &[&str]) {
        let words = format!("there is no {what} `{}` in a project file", entry.key);
        let mut report =
            Report::error("bad-setting", words).at(entry.key_span, "this sets nothing");
        if let Some(near) = nearest(entry.key, known.iter().copied()) {
            report = report.help(format!("did you mean `{near}`?"));
        }
        let report = report.note(format!("known are {}", known.join(", ")));
        self.reports.push(report);
    }

    fn refuse(&mut self, span: Span, key: &str, expected: Expected) {
        let words = format!("`{key}` cannot be set to this");
        let report = Report::error("bad-setting", words)
            .at(span, format!("{expected} was expected here"))
            .note("the usual value is used");
        self.reports.push(report);
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        // A file has at most FILE_LIMIT bytes.
        Span::new(self.file, range.start as u32, range.end as u32)
    }
}

fn text<'a>(value: &'a DeValue<'_>) -> Option<&'a str> {
    match value {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

fn count(value: &DeValue<'_>) -> Option<u32> {
    const MOST: u32 = 10_000;
    match value {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|count| *count <= MOST),
        _ => None,
    }
}

fn two_counts(value: &DeValue<'_>) -> Option<(u32, u32)> {
    let DeValue::Array(items) = value else {
        return None;
    };
    let counts: Option<Vec<u32>> = items.iter().map(|item| count(item.get_ref())).collect();
    match counts?.as_slice() {
        [fewest, most] if fewest <= most => Some((*fewest, *most)),
        _ => None,
    }
}
