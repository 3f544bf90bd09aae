//! A chronicle as Turtle: CIDOC CRM for what is claimed, PROV for who claims it.
//!
//! A claim is an attribute assignment (E13): somebody assigned days and participants to an event,
//! and may have been wrong. The event itself (E5; of states, E4) carries what follows from all
//! claims together, its time-span (E52) with the four bounds as P82a, P81a, P81b and P82b. An event
//! that no claim says happened is a proposition (E89), so that nobody counts a plan as a battle.

use std::collections::{BTreeMap, BTreeSet};

use annals::{ClaimRecord, EventSeen, RoleSeen, SourceShown};

use crate::iri::iri;
use crate::tables::{Content, FourBounds, bounds_of, iso_day};

const PREFIXES: &str = "@prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix annals: <urn:annals:terms:> .
";

/// The chronicle as Turtle; names begin with `base`.
pub fn turtle_text(content: &Content<'_>, base: &str) -> String {
    let mut turtle = Turtle {
        out: PREFIXES.to_owned(),
        content,
        base,
    };
    turtle.sources();
    turtle.things();
    turtle.happenings();
    for record in &content.claims {
        turtle.claim(record);
    }
    turtle.conflicts();
    turtle.out
}

struct Turtle<'t, 'c> {
    out: String,
    content: &'t Content<'c>,
    base: &'t str,
}

impl Turtle<'_, '_> {
    fn name(&self, kind: &str, id: impl ToString) -> String {
        format!("<{}>", iri(self.base, kind, &id.to_string()))
    }

    /// A subject with its statements, each `predicate object`.
    fn subject(&mut self, subject: &str, statements: &[String]) {
        self.out.push('\n');
        self.out.push_str(subject);
        self.out.push(' ');
        self.out.push_str(&statements.join(" ;\n  "));
        self.out.push_str(" .\n");
    }

    fn sources(&mut self) {
        for source in &self.content.overview.sources {
            let field = |name: &str| source.fields.iter().find(|(key, _)| key == name);
            let title = field("title").map_or(source.key.as_str(), |(_, title)| title);
            let mut statements = vec![
                "a crm:E73_Information_Object, prov:Entity".to_owned(),
                format!("rdfs:label {}", literal(title)),
                format!("dcterms:identifier {}", literal(&source.key)),
            ];
            for (name, term) in [("author", "dcterms:creator"), ("year", "dcterms:date")] {
                statements
                    .extend(field(name).map(|(_, value)| format!("{term} {}", literal(value))));
            }
            let subject = self.name("source", &source.key);
            self.subject(&subject, &statements);
        }
    }

    fn things(&mut self) {
        for thing in self.content.things() {
            let id = thing.id.0;
            let is = |kind: &str| self.content.is_a(thing, kind);
            let class = if is("person") {
                "crm:E21_Person"
            } else if is("actor") {
                "crm:E74_Group"
            } else if is("place") || self.content.point(id).is_some() {
                "crm:E53_Place"
            } else {
                "crm:E1_CRM_Entity"
            };
            let mut statements = vec![
                format!("a {class}"),
                format!("rdfs:label {}", literal(self.content.name(id))),
                format!(
                    "crm:P2_has_type {}",
                    self.name("kind", self.content.kind(thing))
                ),
            ];
            for name in &thing.names {
                statements.push(format!(
                    "crm:P1_is_identified_by [ a crm:E41_Appellation ; rdfs:label {} ]",
                    literal(&name.text)
                ));
            }
            if let Some(point) = self.content.point(id) {
                let wkt = format!(
                    "POINT ({} {})",
                    crate::tables::degrees(point.longitude_micro),
                    crate::tables::degrees(point.latitude_micro)
                );
                statements.push(format!("crm:P168_place_is_defined_by {}", literal(&wkt)));
            }
            let subject = self.name("thing", id);
            self.subject(&subject, &statements);
        }
    }

    /// Events and mentions, once each, with what follows from all their claims.
    fn happenings(&mut self) {
        let content = self.content;
        let events = content.overview.events.iter();
        let events: BTreeMap<u32, &EventSeen> = events.map(|event| (event.id, event)).collect();
        let mut done: BTreeSet<u32> = BTreeSet::new();
        for record in &content.claims {
            if !done.insert(record.event) {
                continue;
            }
            let seen = events.get(&record.event).copied();
            let told = seen.is_some_and(|event| event.told);
            let class = match (record.of_state, told) {
                (true, _) if record.claim.mode == "asserted" && !record.draft => "crm:E4_Period",
                (false, true) => "crm:E5_Event",
                _ => "crm:E89_Propositional_Object",
            };
            let mut statements = vec![
                format!("a {class}"),
                format!("rdfs:label {}", literal(&record.claim.sentence)),
            ];
            if let Some(event) = seen {
                statements.push(format!("annals:status {}", literal(&event.status)));
            }
            if class != "crm:E89_Propositional_Object" {
                let bounds = bounds_of(&record.start, record.end.as_deref());
                statements.extend(time_span(&record.days, bounds));
                for whole in seen.iter().flat_map(|event| &event.part_of) {
                    statements.push(format!(
                        "crm:P9i_forms_part_of {}",
                        self.name("event", whole)
                    ));
                }
            }
            let subject = self.name("event", record.event);
            self.subject(&subject, &statements);
        }
    }

    fn claim(&mut self, record: &ClaimRecord) {
        let claim = &record.claim;
        let mut statements = vec![
            "a crm:E13_Attribute_Assignment, prov:Entity".to_owned(),
            format!("rdfs:label {}", literal(&claim.words)),
            format!(
                "crm:P140_assigned_attribute_to {}",
                self.name("event", record.event)
            ),
            format!("annals:mode {}", literal(claim.mode)),
            format!("annals:doubted {}", claim.doubted),
            format!("annals:draft {}", record.draft),
            format!("annals:place {}", literal(&claim.place)),
        ];
        if !record.date.is_empty() {
            statements.push(format!("annals:date {}", literal(&record.date)));
        }
        if !record.type_name.is_empty() {
            statements.push(format!(
                "crm:P177_assigned_property_of_type {}",
                self.name("type", &record.type_name)
            ));
        }
        for role in record.roles.iter().chain(&record.circumstances) {
            statements.extend(self.role(role));
        }
        if let Some(passage) = &claim.passage {
            statements.push(format!("crm:P3_has_note {}", literal(passage)));
        }
        for source in &claim.sources {
            statements.extend(self.provenance(source));
        }
        let subject = self.name("claim", claim.claim);
        self.subject(&subject, &statements);
    }

    /// The things of a role: assigned where the sentence names them, one of several otherwise.
    fn role(&self, role: &RoleSeen) -> Vec<String> {
        let things = role.things.iter().map(|thing| self.name("thing", thing));
        if role.one_of {
            let things: Vec<String> = things.collect();
            return vec![format!(
                "annals:oneOf [ annals:role {} ; annals:candidate {} ]",
                literal(&role.role),
                things.join(", ")
            )];
        }
        things
            .flat_map(|thing| {
                [
                    format!("crm:P141_assigned {thing}"),
                    format!(
                        "annals:filler [ annals:role {} ; annals:thing {thing} ]",
                        literal(&role.role)
                    ),
                ]
            })
            .collect()
    }

    fn provenance(&self, source: &SourceShown) -> Vec<String> {
        let name = self.name("source", &source.key);
        let mut said = vec![format!("prov:hadPrimarySource {name}")];
        if let Some(locator) = &source.locator {
            said.push(format!(
                "prov:qualifiedPrimarySource [ a prov:PrimarySource ; prov:entity {name} ; rdfs:label {} ]",
                literal(locator)
            ));
        }
        if let Some(via) = &source.via {
            said.push(format!("prov:wasDerivedFrom {}", self.name("source", via)));
        }
        said
    }

    fn conflicts(&mut self) {
        for (number, conflict) in (1u32..).zip(&self.content.overview.conflicts) {
            let claims: Vec<String> = conflict
                .claims
                .iter()
                .map(|c| self.name("claim", c))
                .collect();
            let subject = self.name("conflict", number);
            self.subject(
                &subject,
                &[
                    "a annals:Conflict".to_owned(),
                    "rdfs:label \"claims that cannot all be true\"".to_owned(),
                    format!("annals:among {}", claims.join(", ")),
                ],
            );
        }
    }
}

/// A time-span with the bounds that are known.
fn time_span(words: &str, bounds: FourBounds) -> Option<String> {
    if bounds.iter().all(Option::is_none) {
        return None;
    }
    let terms = [
        "crm:P82a_begin_of_the_begin",
        "crm:P81a_end_of_the_begin",
        "crm:P81b_begin_of_the_end",
        "crm:P82b_end_of_the_end",
    ];
    let mut parts = vec![
        "a crm:E52_Time-Span".to_owned(),
        format!("rdfs:label {}", literal(words)),
    ];
    for (term, day) in terms.into_iter().zip(bounds) {
        parts.extend(day.map(|day| format!("{term} \"{}\"^^xsd:date", xsd_date(day))));
    }
    Some(format!("crm:P4_has_time-span [ {} ]", parts.join(" ; ")))
}

/// A day as xsd:date, whose long years have neither a plus nor zeros at the head.
fn xsd_date(day: i32) -> String {
    let text = iso_day(day);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let long = digits.find('-').is_some_and(|at| at > 4);
    let digits = if long {
        digits.trim_start_matches('0')
    } else {
        digits
    };
    format!("{sign}{digits}")
}

/// A string of Turtle.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals::calendar::gregorian_to_jdn;

    #[test]
    fn dates_are_those_of_xml_schema() {
        let day = |year| xsd_date(gregorian_to_jdn(year, 1, 2) as i32);
        assert_eq!(day(644), "0644-01-02");
        assert_eq!(day(-524), "-0524-01-02");
        assert_eq!(day(12_345), "12345-01-02");
        assert_eq!(day(-12_345), "-12345-01-02");
    }
}
