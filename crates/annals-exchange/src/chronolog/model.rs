//! The parts of a ChronoLog file: what is counted in years, and between which moments.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::lengths::Distance;

/// Keys that say how a part looks on the page, and others that hold no statement.
const LOOKS: [&str; 26] = [
    "visible",
    "hidden",
    "polyLine",
    "fillColor",
    "periodX",
    "periodY",
    "startX",
    "startY",
    "x",
    "y",
    "width",
    "height",
    "color",
    "chronolog-version",
    "imports",
    "name",
    "comments",
    "tags",
    "C14StartDatesForExport",
    "C14EndDatesForExport",
    "C14PhaseDatesForExport",
    "C14EventDatesForExport",
    "id",
    "zoom",
    "font",
    "fontSize",
];

/// A moment: the start or end of a period, or both of two that follow, or an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment {
    /// What it is, in words.
    pub words: String,
    /// The years it may have by itself.
    pub years: Years,
    /// Comments of the model.
    pub notes: Vec<String>,
}

/// A range of years, as the model counts them: negative ones are years before Christ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Years {
    pub least: Option<i64>,
    pub most: Option<i64>,
}

impl Years {
    /// The conditions of a claim.
    pub(super) fn words(self) -> Vec<String> {
        let day = |year: i64| match year {
            1.. => format!("{year}-07-01"),
            _ => format!("{}-07-01 BC", -year),
        };
        match (self.least, self.most) {
            (Some(a), Some(b)) if a == b => vec![day(a)],
            (least, most) => {
                let least = least.map(|year| format!("no earlier than {}", day(year)));
                let most = most.map(|year| format!("no later than {}", day(year)));
                least.into_iter().chain(most).collect()
            }
        }
    }
}

/// A model.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub moments: Vec<Moment>,
    /// Names of periods and events, with their first and last moment.
    pub periods: BTreeMap<String, (usize, usize)>,
    pub events: usize,
    pub hidden: usize,
    pub notes: Vec<String>,
    /// How much later the second moment is than the first.
    distances: Vec<(usize, usize, Distance)>,
    faults: Vec<String>,
}

impl Model {
    /// Reads a model; everything that cannot be used is told at once.
    pub(super) fn read(text: &str) -> Result<Model, Vec<String>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let whole: Value = serde_json::from_str(text).map_err(|e| {
            vec![format!(
                "line {}, column {}: this is not JSON: {e}",
                e.line(),
                e.column()
            )]
        })?;
        let Some(parts) = whole
            .as_object()
            .filter(|o| o.contains_key("chronolog-version"))
        else {
            return Err(vec![
                "this is no ChronoLog model: it names no `chronolog-version`".to_owned(),
            ]);
        };
        let mut model = Model::default();
        model.strange(
            parts,
            "the model",
            &["sequences", "lonePeriods", "events", "synchronisms"],
        );
        if parts
            .get("imports")
            .and_then(Value::as_array)
            .is_some_and(|i| !i.is_empty())
        {
            model
                .faults
                .push("it takes in other models (`imports`), which are not in the file".to_owned());
        }
        let list = |key: &str| {
            parts
                .get(key)
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        for (number, sequence) in (1..).zip(list("sequences")) {
            model.sequence(number, &sequence);
        }
        for (number, period) in (1..).zip(list("lonePeriods")) {
            let place = format!("lone period {number}");
            model.period(&place, &period, None);
        }
        for (number, event) in (1..).zip(list("events")) {
            model.event(number, &event);
        }
        for (number, synchronism) in (1..).zip(list("synchronisms")) {
            if let Err(why) = model.synchronism(&synchronism) {
                model.faults.push(format!("synchronism {number}: {why}"));
            }
        }
        model.one_era();
        if model.moments.is_empty() {
            model
                .faults
                .push("there is neither a period nor an event in it".to_owned());
        }
        if model.faults.is_empty() {
            Ok(model)
        } else {
            Err(model.faults)
        }
    }

    /// The statements about a moment, each with the moment it is counted from.
    pub(super) fn distances_to(&self, at: usize) -> impl Iterator<Item = (usize, Distance)> + '_ {
        let to = self.distances.iter().filter(move |(_, to, _)| *to == at);
        to.map(|(from, _, distance)| (*from, *distance))
    }

    /// The days that a chain of all lengths could stray from its firsts of July.
    pub(super) fn stray_days(&self) -> i64 {
        let ends = self.distances.iter().flat_map(|(.., d)| [d.least, d.most]);
        let lengths = ends.flatten().filter(|years| *years != 0);
        lengths.map(|years| 1 + years.abs() / 100).sum()
    }

    fn strange(&mut self, part: &Map<String, Value>, place: &str, known: &[&str]) {
        for (key, value) in part {
            if known.contains(&key.as_str()) || LOOKS.contains(&key.as_str()) {
                continue;
            }
            let bounds = ["LB", "UB", "date", "Date", "bound", "Bound", "delay"];
            let empty =
                value.is_null() || value == "" || value.as_array().is_some_and(Vec::is_empty);
            if empty {
                continue;
            }
            if bounds.iter().any(|b| key.contains(b)) {
                self.faults.push(format!(
                    "{place}: `{key}` may bound something, and its meaning is not known here"
                ));
            } else {
                self.notes
                    .push(format!("{place}: `{key}` is not taken over"));
            }
        }
        if part.get("hidden").and_then(Value::as_bool) == Some(true) {
            self.hidden += 1;
        }
    }

    fn sequence(&mut self, number: usize, sequence: &Value) {
        let name = sequence["name"].as_str().unwrap_or("");
        if let Some(part) = sequence.as_object() {
            self.strange(part, &format!("sequence {number}"), &["periods"]);
        }
        let mut before = None;
        for (at, period) in (1..).zip(sequence["periods"].as_array().into_iter().flatten()) {
            let place = format!("sequence {number} (`{name}`), period {at}");
            before = self.period(&place, period, before);
        }
    }

    /// A period; it begins at the moment the one before it in a sequence ends.
    fn period(&mut self, place: &str, period: &Value, start: Option<usize>) -> Option<usize> {
        let name = self.name(place, period)?;
        if let Some(part) = period.as_object() {
            self.strange(part, place, &["durationLB", "durationUB"]);
        }
        let start = match start {
            Some(shared) => {
                self.moments[shared]
                    .words
                    .push_str(&format!(", beginning of {name}"));
                shared
            }
            None => self.moment(format!("Beginning of {name}"), period),
        };
        let end = self.moment(format!("End of {name}"), period);
        let duration = Distance {
            // A period ends no earlier than it begins.
            least: Some(self.years(place, period, "durationLB").unwrap_or(0)),
            most: self.years(place, period, "durationUB"),
        };
        if duration.least < Some(0)
            || duration
                .most
                .is_some_and(|most| Some(most) < duration.least)
        {
            self.faults.push(format!(
                "{place}: the bounds of its duration exclude each other"
            ));
        }
        self.distances.push((start, end, duration));
        self.periods.insert(name, (start, end));
        Some(end)
    }

    fn event(&mut self, number: usize, event: &Value) {
        let place = format!("event {number}");
        let Some(name) = self.name(&place, event) else {
            return;
        };
        if let Some(part) = event.as_object() {
            self.strange(part, &place, &["dateLB", "dateUB"]);
        }
        let years = Years {
            least: self.years(&place, event, "dateLB"),
            most: self.years(&place, event, "dateUB"),
        };
        if let (Some(least), Some(most)) = (years.least, years.most)
            && least > most
        {
            self.faults.push(format!(
                "{place}: the bounds of its date exclude each other"
            ));
        }
        let at = self.moment(name.clone(), event);
        self.moments[at].years = years;
        self.events += 1;
        self.periods.insert(name, (at, at));
    }

    fn name(&mut self, place: &str, part: &Value) -> Option<String> {
        let name = part["name"].as_str().map(str::trim).unwrap_or("");
        if name.is_empty() {
            self.faults.push(format!("{place}: it has no name"));
            return None;
        }
        if self.periods.contains_key(name) {
            self.faults
                .push(format!("{place}: `{name}` names another part too"));
            return None;
        }
        Some(name.to_owned())
    }

    fn moment(&mut self, words: String, part: &Value) -> usize {
        let comment = part["comments"].as_str().map(str::trim).unwrap_or("");
        self.moments.push(Moment {
            words,
            years: Years::default(),
            notes: (!comment.is_empty())
                .then(|| comment.to_owned())
                .into_iter()
                .collect(),
        });
        self.moments.len() - 1
    }

    fn years(&mut self, place: &str, part: &Value, key: &str) -> Option<i64> {
        let value = part.get(key).filter(|value| !value.is_null())?;
        let whole = value.as_i64().filter(|years| years.abs() < 100_000);
        if whole.is_none() {
            self.faults.push(format!(
                "{place}: `{key}` is {value}, and a whole number of years was expected"
            ));
        }
        whole
    }

    /// The starts and ends that a synchronism binds.
    fn synchronism(&mut self, part: &Value) -> Result<(), String> {
        let kind = part["type"].as_str().ok_or("it has no type")?;
        let find = |key: &str| {
            let name = part[key].as_str().map(str::trim).unwrap_or("");
            let found = self.periods.get(name).copied();
            found.ok_or_else(|| {
                format!("`{key}` names `{name}`, which is no period or event of the model")
            })
        };
        let (a, b) = (find("period1")?, find("period2")?);
        let known = [
            "type",
            "period1",
            "period2",
            "mostLeast",
            "beforeAfter",
            "boundary1",
            "boundary2",
            "delay",
        ];
        if let Some(part) = part.as_object() {
            self.strange(part, &format!("synchronism of {kind}"), &known);
        }
        if kind == "Delay synchronism" {
            let delay = delay(part)?;
            let at = |moments: (usize, usize), key: &str| match part[key].as_str() {
                Some("s") => Ok(moments.0),
                Some("e") => Ok(moments.1),
                _ => Err(format!("`{key}` is neither `s` nor `e`")),
            };
            self.distances
                .push((at(b, "boundary2")?, at(a, "boundary1")?, delay));
            return Ok(());
        }
        self.distances.extend(
            relation(kind, a, b).ok_or_else(|| format!("its type `{kind}` is not known here"))?,
        );
        Ok(())
    }

    /// Years are counted as whole numbers, with a year 0 that history has not.
    fn one_era(&mut self) {
        let years = self
            .moments
            .iter()
            .flat_map(|m| [m.years.least, m.years.most])
            .flatten();
        let (before, after): (Vec<i64>, Vec<i64>) = years.partition(|year| *year < 0);
        if after.contains(&0) || (!before.is_empty() && !after.is_empty()) {
            self.faults.push("the model counts on both sides of the year 0, which history has not: its lengths across it are a year too long".to_owned());
        }
    }
}

/// How much later the first boundary of a delay is than the second.
fn delay(part: &Value) -> Result<Distance, String> {
    let years = part["delay"].as_i64().filter(|y| y.abs() < 100_000);
    let years = years.ok_or("`delay` is no whole number of years")?;
    let distance = match part["mostLeast"].as_str() {
        Some("e") => Distance::exactly(years),
        Some("l") => Distance::at_least(years),
        Some("m") => Distance::at_most(years),
        _ => return Err("`mostLeast` is none of `e`, `l`, `m`".to_owned()),
    };
    match part["beforeAfter"].as_str() {
        Some("a") => Ok(distance),
        Some("b") => Ok(distance.reversed()),
        _ => Err("`beforeAfter` is neither `a` nor `b`".to_owned()),
    }
}

/// What a named relation of two periods says of their starts and ends.
fn relation(
    kind: &str,
    a: (usize, usize),
    b: (usize, usize),
) -> Option<Vec<(usize, usize, Distance)>> {
    let same = |x: usize, y: usize| (y, x, Distance::exactly(0));
    let later = |x: usize, y: usize| (y, x, Distance::at_least(0));
    let earlier = |x: usize, y: usize| (y, x, Distance::at_most(0));
    Some(match kind {
        "Equals" | "Equality" => vec![same(a.0, b.0), same(a.1, b.1)],
        "Starts with" => vec![same(a.0, b.0)],
        "Ends with" => vec![same(a.1, b.1)],
        "Included in" | "Is included in" => vec![later(a.0, b.0), earlier(a.1, b.1)],
        "Includes" => vec![earlier(a.0, b.0), later(a.1, b.1)],
        "Contemporary" | "Contemporaneity" | "Overlaps" => vec![earlier(a.0, b.1), later(a.1, b.0)],
        _ => {
            let (edge, rest) = kind.split_once(' ')?;
            let x = match edge {
                "Starts" => a.0,
                "Ends" => a.1,
                _ => return None,
            };
            let (before, rest) = match rest.split_once(' ')? {
                ("before", rest) => (true, rest),
                ("after", rest) => (false, rest),
                _ => return None,
            };
            let y = match rest.strip_prefix("or at ").unwrap_or(rest) {
                "start of" => b.0,
                "end of" => b.1,
                _ => return None,
            };
            vec![if before { earlier(x, y) } else { later(x, y) }]
        }
    })
}
