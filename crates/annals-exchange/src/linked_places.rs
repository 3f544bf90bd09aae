//! Places as Linked Places format (version 1.1 of its context): a gazetteer that others can take in.

mod reading;

use annals::chronicle::{Attestation, Entity};

use crate::geo::{Shape, json};
use crate::iri::iri;
use crate::tables::{Content, bounds_of, iso_day};

pub use reading::{PlacesRead, import_linked_places};

const CONTEXT: &str = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld";

/// Prefixes that the format's context knows, by the authorities chronicles name.
const PREFIXES: [(&str, &str); 9] = [
    ("geonames", "gn"),
    ("wikidata", "wd"),
    ("tgn", "tgn"),
    ("pleiades", "pl"),
    ("viaf", "viaf"),
    ("gnd", "gnd"),
    ("loc", "loc"),
    ("whg", "whg"),
    ("dbpedia", "dbp"),
];

/// Every thing that lies somewhere as a feature of Linked Places; names begin with `base`.
pub fn linked_places_text(content: &Content<'_>, base: &str) -> String {
    let things = content.things().iter();
    let lying = things.filter(|t| t.place.is_some() || !t.geography.strokes.is_empty());
    let features: Vec<String> = lying.map(|thing| feature(thing, content, base)).collect();
    format!(
        "{{\n  \"type\": \"FeatureCollection\",\n  \"@context\": {},\n  \"features\": [\n{}\n  ]\n}}\n",
        json(CONTEXT),
        features.join(",\n")
    )
}

fn feature(thing: &Entity, content: &Content<'_>, base: &str) -> String {
    let id = thing.id.0;
    let mut members = vec![
        format!("\"@id\": {}", json(&iri(base, "thing", &id.to_string()))),
        "\"type\": \"Feature\"".to_owned(),
        format!("\"properties\": {{\"title\": {}}}", json(content.name(id))),
        format!("\"when\": {}", when(id, content)),
        format!("\"names\": [{}]", names(thing, content, base).join(", ")),
        format!(
            "\"types\": [{{\"identifier\": {}, \"label\": {}}}]",
            json(&iri(base, "kind", content.kind(thing))),
            json(content.kind(thing))
        ),
        format!("\"geometry\": {}", geometry(thing, content, base)),
    ];
    let links = links(thing);
    if !links.is_empty() {
        members.push(format!("\"links\": [{}]", links.join(", ")));
    }
    if !thing.geography.notes.is_empty() {
        let notes: Vec<String> = thing
            .geography
            .notes
            .iter()
            .map(|note| format!("{{\"value\": {}, \"lang\": \"en\"}}", json(note)))
            .collect();
        members.push(format!("\"descriptions\": [{}]", notes.join(", ")));
    }
    format!("    {{{}}}", members.join(",\n     "))
}

/// The time for which a place is attested here: by the first event that surely names it at the
/// latest, until the last at least. It was there before and after too for all that is known, so
/// neither end is given a further bound; what is doubted, and what names one of several, attests
/// nothing. The format asks for a list of spans, which may be empty.
fn when(thing: u32, content: &Content<'_>) -> String {
    let names = |event: &&annals::EventSeen| {
        let roles = event.roles.iter().chain(&event.circumstances);
        let surely = event.status == "happened" && event.rivals.is_empty();
        surely
            && roles
                .filter(|role| !role.one_of)
                .flat_map(|role| &role.things)
                .any(|named| *named == thing)
    };
    let bounds = |event: &annals::EventSeen| bounds_of(&event.start, event.end.as_deref());
    let events = || content.overview.events.iter().filter(names).map(bounds);
    let first = events().filter_map(|b| b[1].or(b[3])).min();
    let last = events().filter_map(|b| b[2].or(b[0])).max();
    let first = first.map(|d| format!("\"start\": {{\"latest\": {}}}", json(&iso_day(d))));
    let last = last.map(|d| format!("\"end\": {{\"earliest\": {}}}", json(&iso_day(d))));
    let span: Vec<String> = first.into_iter().chain(last).collect();
    match span.is_empty() {
        true => "{\"timespans\": []}".to_owned(),
        false => format!("{{\"timespans\": [{{{}}}]}}", span.join(", ")),
    }
}

fn names(thing: &Entity, content: &Content<'_>, base: &str) -> Vec<String> {
    let own = format!(
        "{{\"toponym\": {}{}}}",
        json(&thing.name),
        citations(&thing.geography.attestations, content, base)
    );
    let more = thing.names.iter().map(|name| {
        let language = name.language.as_deref();
        let language = language.map_or(String::new(), |l| format!(", \"lang\": {}", json(l)));
        format!(
            "{{\"toponym\": {}{language}{}}}",
            json(&name.text),
            citations(&name.attestations, content, base)
        )
    });
    std::iter::once(own).chain(more).collect()
}

fn citations(attestations: &[Attestation], content: &Content<'_>, base: &str) -> String {
    let cited: Vec<String> = attestations
        .iter()
        .filter_map(|attestation| {
            let source = content.chronicle.sources.get(attestation.source.index())?;
            let title = source.fields.iter().find(|(key, _)| key == "title");
            let title = title.map_or(source.key.as_str(), |(_, title)| title.as_str());
            let label = match &attestation.locator {
                Some(locator) => format!("{title}, {locator}"),
                None => title.to_owned(),
            };
            Some(format!(
                "{{\"label\": {}, \"@id\": {}}}",
                json(&label),
                json(&iri(base, "source", &source.key))
            ))
        })
        .collect();
    match cited.is_empty() {
        true => String::new(),
        false => format!(", \"citations\": [{}]", cited.join(", ")),
    }
}

fn geometry(thing: &Entity, content: &Content<'_>, base: &str) -> String {
    let seen = content.thing_seen(thing.id.0);
    let mut shapes: Vec<Shape> = content
        .point(thing.id.0)
        .map(Shape::Point)
        .into_iter()
        .collect();
    for stroke in seen.iter().flat_map(|seen| &seen.shapes) {
        shapes.push(if stroke.closed {
            Shape::Areas(vec![crate::geo::layers::outline(&stroke.points)])
        } else {
            Shape::Lines(vec![stroke.points.clone()])
        });
    }
    let more = [
        thing.geography.certainty.map(|c| {
            // The format writes its words with hyphens.
            format!(", \"certainty\": {}", json(&c.word().replace(' ', "-")))
        }),
        Some(citations(&thing.geography.attestations, content, base)),
    ];
    let more: String = more.into_iter().flatten().collect();
    let inside = |shape: &Shape| {
        let text = shape.to_json();
        text.strip_suffix('}').unwrap_or(&text).to_owned()
    };
    match shapes.as_slice() {
        [only] => format!("{}{more}}}", inside(only)),
        shapes => {
            let parts: Vec<String> = shapes.iter().map(Shape::to_json).collect();
            format!(
                "{{\"type\": \"GeometryCollection\", \"geometries\": [{}]{more}}}",
                parts.join(", ")
            )
        }
    }
}

fn links(thing: &Entity) -> Vec<String> {
    let identifiers = thing.geography.identifiers.iter();
    identifiers
        .map(|identifier| {
            let known = PREFIXES
                .iter()
                .find(|(name, _)| *name == identifier.authority);
            let prefix = known.map_or(identifier.authority.as_str(), |(_, prefix)| prefix);
            // A number that may be another place's is no match, and worth a look.
            let form = if identifier.doubted {
                "seeAlso"
            } else {
                "closeMatch"
            };
            format!(
                "{{\"type\": \"{form}\", \"identifier\": {}}}",
                json(&format!("{prefix}:{}", identifier.value))
            )
        })
        .collect()
}
