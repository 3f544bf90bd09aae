//! Linked Places in: features become declarations of places, with everything else said beside.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::PREFIXES;
use crate::mapped::names::{Sources, name_words, quoted, slug};

/// A gazetteer read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacesRead {
    /// The declarations, for review.
    pub text: String,
    /// How many places.
    pub places: usize,
    /// What of the file became words for readers, or nothing.
    pub notes: Vec<String>,
}

/// Reads a Linked Places collection, or plain GeoJSON whose features have a title or a name.
///
/// # Errors
///
/// Everything in it that cannot be used, each with the number and title of its feature.
pub fn import_linked_places(text: &str, name: &str) -> Result<PlacesRead, Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let whole: Value = serde_json::from_str(text).map_err(|e| {
        vec![format!(
            "line {}, column {}: this is not JSON: {e}",
            e.line(),
            e.column()
        )]
    })?;
    let features = match (whole["type"].as_str(), &whole["features"]) {
        (Some("FeatureCollection"), Value::Array(features)) => features.clone(),
        (Some("Feature"), _) => vec![whole.clone()],
        _ => return Err(vec!["this is no FeatureCollection of GeoJSON".to_owned()]),
    };
    let mut reader = Reader {
        kinds: place_kinds(),
        sources: Sources::default(),
        links: BTreeMap::new(),
        taken: BTreeSet::new(),
        faults: Vec::new(),
        read: PlacesRead::default(),
        out: String::new(),
    };
    let stem = name.split('.').next().unwrap_or(name);
    let own = reader.sources.key(&format!("gazetteer {}", slug(stem)));
    for (number, feature) in (1..).zip(&features) {
        reader.feature(number, feature);
    }
    if !reader.faults.is_empty() {
        return Err(reader.faults);
    }
    let mut head = format!(
        "// Places of {}, for review.\nfrom @{own}\nsource {own}\n  title {}\n",
        name.replace(['\n', '\r'], " "),
        quoted(&format!("The gazetteer {name}"))
    );
    for (key, words) in reader.sources.all().filter(|(key, _)| **key != own) {
        head += &format!("source {key}\n  title {}\n", quoted(words));
        if let Some(link) = reader.links.get(words) {
            head += &format!("  url {}\n", quoted(link));
        }
    }
    reader.read.text = format!("{head}\n{}", reader.out);
    reader.read.places = features.len();
    Ok(reader.read)
}

/// The shipped kinds that are places.
fn place_kinds() -> BTreeSet<String> {
    let lines = annals::VOCABULARY.iter().flat_map(|(_, text)| text.lines());
    let declared: Vec<(&str, Vec<&str>)> = lines
        .filter_map(|line| line.strip_prefix("kind "))
        .map(|rest| {
            let rest = rest.split("//").next().unwrap_or(rest).trim();
            match rest.split_once(" is ") {
                Some((kind, above)) => (kind.trim(), above.split(" and ").map(str::trim).collect()),
                None => (rest, vec![]),
            }
        })
        .collect();
    let mut places: BTreeSet<String> = BTreeSet::from(["place".to_owned()]);
    // Kinds may stand in any order; a round finds those below the ones found before.
    for _ in 0..declared.len() {
        for (kind, above) in &declared {
            if above.iter().any(|a| places.contains(*a)) {
                places.insert((*kind).to_owned());
            }
        }
    }
    places
}

struct Reader {
    kinds: BTreeSet<String>,
    sources: Sources,
    /// Addresses of sources by their words.
    links: BTreeMap<String, String>,
    /// Names declared so far, by kind.
    taken: BTreeSet<(String, String)>,
    faults: Vec<String>,
    read: PlacesRead,
    out: String,
}

/// What stands below a declaration.
#[derive(Default)]
struct Below {
    at: Option<String>,
    lines: Vec<String>,
    notes: Vec<String>,
}

impl Reader {
    fn feature(&mut self, number: usize, feature: &Value) {
        let properties = &feature["properties"];
        let title = properties["title"]
            .as_str()
            .or_else(|| properties["name"].as_str());
        let first = feature["names"][0]["toponym"].as_str();
        let Some(title) = title.or(first).map(str::trim).filter(|t| !t.is_empty()) else {
            self.faults.push(format!(
                "feature {number}: it has neither a title nor a name"
            ));
            return;
        };
        let place = format!("feature {number} (`{title}`)");
        let mut below = Below::default();
        let words = match name_words(title) {
            Ok(words) => words,
            Err(why) => {
                self.faults
                    .push(format!("{place}: {}", unnamed(title, why)));
                return;
            }
        };
        let kind = self.kind(feature, &mut below);
        let words = self.free(&kind, words, &mut below);
        self.names(&place, feature, title, &mut below);
        let geometry = &feature["geometry"];
        if let Err(why) = shapes(geometry, &mut below) {
            self.faults.push(format!("{place}, geometry: {why}"));
        }
        match geometry["certainty"].as_str().map(|c| c.replace('-', " ")) {
            None => {}
            Some(c) if ["certain", "less certain", "uncertain"].contains(&c.as_str()) => {
                below.lines.push(format!("certainty {c}"));
            }
            Some(c) => self.faults.push(format!(
                "{place}, geometry: the certainty `{c}` is not one of the format"
            )),
        }
        links(feature, &mut below);
        for span in feature["when"]["timespans"]
            .as_array()
            .into_iter()
            .flatten()
        {
            below
                .notes
                .push(format!("In the gazetteer's time: {}", compact(span)));
        }
        if let Some(certainty) = feature["when"]["certainty"].as_str() {
            below
                .notes
                .push(format!("In the gazetteer its time is {certainty}"));
        }
        for description in feature["descriptions"].as_array().into_iter().flatten() {
            below
                .notes
                .extend(description["value"].as_str().map(str::to_owned));
        }
        self.other_members(feature);
        let at = below.at.map_or(String::new(), |at| format!(" at {at}"));
        self.out += &format!("{kind} {words}{at}\n");
        for line in below.lines {
            self.out += &format!("  {line}\n");
        }
        for note in below.notes {
            self.out += &format!("  note {}\n", quoted(&note));
        }
    }

    /// The kind of a place: its type, where a shipped kind is called so.
    fn kind(&self, feature: &Value, below: &mut Below) -> String {
        let types = feature["types"].as_array().into_iter().flatten();
        let labels: Vec<&str> = types
            .filter_map(|t| t["label"].as_str().or_else(|| t["sourceLabel"].as_str()))
            .collect();
        let known = labels
            .iter()
            .map(|l| l.to_lowercase())
            .find(|l| self.kinds.contains(l));
        for label in labels {
            if Some(label.to_lowercase()) != known {
                below.notes.push(format!("Type in the gazetteer: {label}"));
            }
        }
        known.unwrap_or_else(|| "place".to_owned())
    }

    /// A name that no other place of the file has.
    fn free(&mut self, kind: &str, words: String, below: &mut Below) -> String {
        let bare = words.trim_matches('"').to_owned();
        let mut name = words;
        let mut next = 2;
        while !self.taken.insert((kind.to_owned(), name.clone())) {
            name = format!("\"{bare} {next}\"");
            next += 1;
        }
        if next > 2 {
            below.notes.push(format!(
                "Called {bare} in the gazetteer, as another place is."
            ));
        }
        name
    }

    fn names(&mut self, place: &str, feature: &Value, title: &str, below: &mut Below) {
        for (number, name) in (1..).zip(feature["names"].as_array().into_iter().flatten()) {
            let Some(toponym) = name["toponym"]
                .as_str()
                .map(str::trim)
                .filter(|t| !t.is_empty())
            else {
                self.faults
                    .push(format!("{place}, name {number}: `toponym` is missing"));
                continue;
            };
            let words = match name_words(toponym) {
                Ok(words) => words,
                Err(why) => {
                    self.faults.push(format!("{place}, name {number}: {why}"));
                    continue;
                }
            };
            let language = name["lang"].as_str().filter(|l| !l.is_empty());
            let fits = |l: &&str| l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            let language_words = language
                .filter(fits)
                .map_or(String::new(), |l| format!(" ({l})"));
            let cites = self.citations(&name["citations"]);
            let certainty = name["certainty"].as_str().map(|c| c.replace('-', " "));
            let doubt = certainty.filter(|c| c != "certain");
            if let Some(doubt) = &doubt {
                let note = format!("In the gazetteer the name {toponym} is {doubt}");
                below.notes.push(note);
            }
            // A name that is not certainly this place's would find the wrong place.
            let own = doubt.as_deref() != Some("uncertain");
            if own && (toponym != title || !language_words.is_empty()) {
                below
                    .lines
                    .push(format!("also {words}{language_words}{cites}"));
            }
            if let Some(when) = name.get("when") {
                below.notes.push(format!(
                    "{toponym} in the gazetteer's time: {}",
                    compact(when)
                ));
            }
        }
    }

    fn citations(&mut self, citations: &Value) -> String {
        let mut cites = Vec::new();
        for citation in citations.as_array().into_iter().flatten() {
            let link = citation["@id"].as_str();
            let Some(label) = citation["label"].as_str().or(link) else {
                continue;
            };
            cites.push(format!("@{}", self.sources.key(label)));
            if let Some(link) = link.filter(|link| *link != label) {
                self.links.insert(label.to_owned(), link.to_owned());
            }
        }
        match cites.is_empty() {
            true => String::new(),
            false => format!("  [{}]", cites.join("; ")),
        }
    }

    /// Members that become nothing are named once for the whole file.
    fn other_members(&mut self, feature: &Value) {
        const KNOWN: [&str; 11] = [
            "@id",
            "id",
            "type",
            "properties",
            "names",
            "types",
            "geometry",
            "links",
            "when",
            "descriptions",
            "@context",
        ];
        for key in feature.as_object().into_iter().flat_map(|o| o.keys()) {
            let note = format!("`{key}` of features is not taken over");
            if !KNOWN.contains(&key.as_str()) && !self.read.notes.contains(&note) {
                self.read.notes.push(note);
            }
        }
    }
}

/// Why a title can be no name, in words that help where there are no columns.
fn unnamed(title: &str, why: String) -> String {
    match title.ends_with('?') {
        true => "its name ends in `?`; take the mark off, and if it is doubted which place it is, say `\"certainty\": \"uncertain\"` in its geometry".to_owned(),
        false => why,
    }
}

/// Links to other gazetteers; others are words for readers.
fn links(feature: &Value, below: &mut Below) {
    for link in feature["links"].as_array().into_iter().flatten() {
        let (Some(form), Some(identifier)) = (link["type"].as_str(), link["identifier"].as_str())
        else {
            continue;
        };
        let sure = matches!(form, "closeMatch" | "exactMatch");
        match authority(identifier) {
            Some((authority, value)) if sure || form == "seeAlso" => {
                let doubt = if sure { "" } else { " ?" };
                below.lines.push(format!("id {authority} {value}{doubt}"));
            }
            _ => below
                .notes
                .push(format!("Link in the gazetteer, {form}: {identifier}")),
        }
    }
}

/// The authority and the number of an identifier, by its prefix or its address.
fn authority(identifier: &str) -> Option<(&str, &str)> {
    const ADDRESSES: [(&str, &str); 6] = [
        ("wikidata.org/entity/", "wikidata"),
        ("wikidata.org/wiki/", "wikidata"),
        ("geonames.org/", "geonames"),
        ("pleiades.stoa.org/places/", "pleiades"),
        ("vocab.getty.edu/tgn/", "tgn"),
        ("viaf.org/viaf/", "viaf"),
    ];
    let fits = |value: &str| {
        !value.is_empty()
            && value
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    for (address, authority) in ADDRESSES {
        if let Some((_, value)) = identifier.split_once(address) {
            let value = value.trim_end_matches('/');
            return fits(value).then_some((authority, value));
        }
    }
    let (prefix, value) = identifier.split_once(':')?;
    let known = PREFIXES.iter().find(|(_, known)| *known == prefix);
    let authority = known.map_or(prefix, |(authority, _)| authority);
    let is_word = authority
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-');
    (is_word && fits(value) && !prefix.is_empty()).then_some((authority, value))
}

/// The point, lines and outlines of a geometry.
fn shapes(geometry: &Value, below: &mut Below) -> Result<(), String> {
    let coordinates = &geometry["coordinates"];
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match geometry["type"].as_str() {
        None if geometry.is_null() => {}
        None => below
            .notes
            .push(format!("Geometry in the gazetteer: {}", compact(geometry))),
        Some("Point") => {
            let at = position(coordinates, ", ")?;
            match &below.at {
                None => below.at = Some(at),
                Some(first) if *first == at => {}
                Some(_) => below
                    .notes
                    .push(format!("A further point in the gazetteer: {at}")),
            }
        }
        Some("LineString") => below.lines.push(format!("line {}", line(coordinates)?)),
        Some("MultiLineString") => {
            for piece in list(coordinates) {
                below.lines.push(format!("line {}", line(&piece)?));
            }
        }
        Some("Polygon") => outlines(std::slice::from_ref(coordinates), below)?,
        Some("MultiPolygon") => outlines(&list(coordinates), below)?,
        Some("MultiPoint") => {
            for point in list(coordinates) {
                let at = position(&point, ", ")?;
                below
                    .notes
                    .push(format!("One of several points in the gazetteer: {at}"));
            }
        }
        Some("GeometryCollection") => {
            for part in list(&geometry["geometries"]) {
                shapes(&part, below)?;
            }
        }
        Some(other) => return Err(format!("`{other}` is no geometry of GeoJSON")),
    }
    Ok(())
}

fn outlines(polygons: &[Value], below: &mut Below) -> Result<(), String> {
    for polygon in polygons {
        let rings = polygon.as_array().cloned().unwrap_or_default();
        let Some(outer) = rings.first() else {
            return Err("a polygon without rings".to_owned());
        };
        let mut points = outer.as_array().cloned().unwrap_or_default();
        // The outline closes by itself.
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        below
            .lines
            .push(format!("outline {}", line(&Value::Array(points))?));
        if rings.len() > 1 {
            below.notes.push(format!(
                "The outline has {} holes in the gazetteer.",
                rings.len() - 1
            ));
        }
    }
    Ok(())
}

fn line(coordinates: &Value) -> Result<String, String> {
    let points = coordinates
        .as_array()
        .ok_or("a list of points was expected")?;
    let points: Result<Vec<String>, String> = points.iter().map(|p| position(p, " ")).collect();
    Ok(points?.join(", "))
}

/// A position of GeoJSON, longitude first, as a chronicle writes it: `42.06 N, 86.57 E`.
fn position(value: &Value, between: &str) -> Result<String, String> {
    let part = |at: usize, most: f64, marks: [char; 2]| {
        let degrees = value[at]
            .as_f64()
            .ok_or_else(|| format!("`{value}` is no position"))?;
        if !degrees.is_finite() || degrees.abs() > most {
            return Err(format!(
                "`{value}` lies beyond the globe; longitude comes first"
            ));
        }
        // Six places are a tenth of a metre: finer ones were never measured.
        let micro = (degrees * 1e6).round() as i32;
        let mark = if micro < 0 { marks[1] } else { marks[0] };
        Ok(format!("{} {mark}", crate::tables::degrees(micro.abs())))
    };
    let longitude = part(0, 180.0, ['E', 'W'])?;
    let latitude = part(1, 90.0, ['N', 'S'])?;
    Ok(format!("{latitude}{between}{longitude}"))
}

fn compact(value: &Value) -> String {
    value.to_string().replace('"', "")
}
