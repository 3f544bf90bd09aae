//! Roads and the units their lengths are given in.
//!
//! A road's distances are kept as each source gives them, side by side: they are rival accounts,
//! and none is corrected by another. A distance becomes metres by its unit, which is an interval
//! wherever history disagrees how long the unit was.

use annals_chronicle::{
    Attestation, Circumstance, Distance, EntityId, EntityName, Geography, KindId, Road,
    RoleContent, Unit, Vocabulary,
};
use annals_sentence::{Matcher, nearest};
use annals_syntax::{Citation, Detail, DetailKind, Directive, Statement, StatementKind, Tree};
use annals_text::{Files, Report, Span};

use crate::again;
use crate::frame::Frame;
use crate::geography::{self, Written};
use crate::length::{read_distance, read_unit_length};
use crate::sources::SourceBook;
use crate::words::{brief, key, unquote};

/// Keys that a road's details may have, with those of every geography.
const KEYS: [&str; 5] = ["also", "distance", "kind", "via", "waterless"];

/// Reads the units and roads of all trees; units first, wherever they stand.
pub(crate) fn read(
    (files, trees, shipped): (&Files, &[Tree], usize),
    (vocabulary, matcher): (&Vocabulary, &Matcher),
    frame: &Frame,
    book: &mut SourceBook<'_>,
    reports: &mut Vec<Report>,
) -> (Vec<Road>, Vec<Unit>) {
    let mut reader = Reader {
        files,
        shipped,
        matcher,
        places: place_kinds(vocabulary),
        still: still_kinds(vocabulary),
        book,
        reports,
        units: Vec::new(),
    };
    let statements = || {
        let numbered = trees.iter().enumerate();
        numbered.flat_map(|(tree, of)| {
            let of = of.statements.iter().enumerate();
            of.map(move |(at, statement)| (tree, at, statement))
        })
    };
    for (tree, at, statement) in statements() {
        if let StatementKind::Directive(Directive::Unit(name)) = &statement.kind {
            reader.unit(*name, statement, frame.context(tree, at).default.as_ref());
        }
    }
    let mut roads = Vec::new();
    for (tree, at, statement) in statements() {
        if let StatementKind::Directive(Directive::Road {
            ends,
            doubted,
            cites,
        }) = &statement.kind
        {
            let head = Head {
                ends: *ends,
                doubted: doubted.is_some(),
                cites,
            };
            let default = frame.context(tree, at).default.as_ref();
            roads.extend(reader.road(&head, statement, default));
        }
    }
    (roads, reader.units)
}

/// The kinds that a way leads through: those of the first circumstance that a `via` detail takes.
/// A name shared by a kingdom and its town then means the town.
fn place_kinds(vocabulary: &Vocabulary) -> Vec<KindId> {
    let named = |c: &&Circumstance| key(&c.name) == "at";
    let first = vocabulary.circumstances.iter().find(named);
    match first.and_then(|c| c.roles.first()).map(|r| &r.content) {
        Some(RoleContent::Kinds(kinds)) => kinds.clone(),
        Some(RoleContent::Any | RoleContent::Text | RoleContent::Number) | None => Vec::new(),
    }
}

/// The kinds of which nothing gets about: no road leads to a person.
fn still_kinds(vocabulary: &Vocabulary) -> Vec<KindId> {
    let kinds = || (0..vocabulary.kinds.len()).map(|at| KindId(at as u32));
    let moves = |k: &KindId| vocabulary.kinds[k.index()].moves;
    let still = |k: &KindId| {
        let mut moving = kinds().filter(moves);
        !moving.any(|m| vocabulary.is_a(m, *k) || vocabulary.is_a(*k, m))
    };
    kinds().filter(still).collect()
}

/// The line of a road.
struct Head<'t> {
    ends: Span,
    doubted: bool,
    cites: &'t [Citation],
}

struct Reader<'r, 'a> {
    files: &'r Files,
    shipped: usize,
    matcher: &'r Matcher,
    places: Vec<KindId>,
    still: Vec<KindId>,
    book: &'r mut SourceBook<'a>,
    reports: &'r mut Vec<Report>,
    units: Vec<Unit>,
}

impl Reader<'_, '_> {
    fn name(&self, span: Span) -> Result<EntityId, Report> {
        let text = self.files.slice(span);
        self.matcher
            .read_name(text, span, &self.places)
            .or_else(|report| {
                let other = self.matcher.read_name(text, span, &self.still);
                other.map_err(|_| report)
            })
    }

    /// The two ends. A name may hold a `to` of its own, so every one of them is tried.
    fn ends(&self, span: Span) -> Result<(EntityId, EntityId), Vec<Report>> {
        let text = self.files.slice(span);
        let mut first = None;
        for (at, joint) in text.match_indices(" to ") {
            let left = piece(text, span, (0, at));
            let right = piece(text, span, (at + joint.len(), text.len()));
            match (self.name(left), self.name(right)) {
                (Ok(from), Ok(to)) if from == to => {
                    return Err(vec![bad_road(span, "both ends are one place")]);
                }
                (Ok(from), Ok(to)) => return Ok((from, to)),
                (from, to) => {
                    let found: Vec<Report> = from.err().into_iter().chain(to.err()).collect();
                    first.get_or_insert(found);
                }
            }
        }
        Err(first.unwrap_or_else(|| vec![bad_road(span, "there is no `to` between two places")]))
    }

    fn road(
        &mut self,
        head: &Head<'_>,
        statement: &Statement,
        default: Option<&Attestation>,
    ) -> Option<Road> {
        let attestations = self
            .book
            .cite_all(head.cites, default, self.reports)
            .to_vec();
        let (from, to) = match self.ends(head.ends) {
            Ok(ends) => ends,
            Err(found) => {
                self.reports.extend(found);
                return None;
            }
        };
        let mut road = Road {
            from,
            to,
            names: Vec::new(),
            via: Vec::new(),
            kinds: Vec::new(),
            certainty: None,
            doubted: head.doubted,
            distances: Vec::new(),
            waterless: Vec::new(),
            strokes: Vec::new(),
            attestations,
            notes: Vec::new(),
            span: statement.line,
        };
        let mut lie = Geography::default();
        for detail in &statement.details {
            let says = self
                .book
                .cite_all(&detail.cites, default, self.reports)
                .to_vec();
            if let Err(report) = self.detail(&mut road, &mut lie, detail, says) {
                self.reports.push(report);
            }
        }
        road.certainty = lie.certainty;
        road.strokes = lie.strokes;
        road.notes = lie.notes;
        road.attestations.extend(lie.attestations);
        Some(road)
    }

    fn detail(
        &self,
        road: &mut Road,
        lie: &mut Geography,
        detail: &Detail,
        says: Vec<Attestation>,
    ) -> Result<(), Report> {
        let (word, value) = match &detail.kind {
            DetailKind::Broken => return Ok(()),
            DetailKind::Cites => {
                road.attestations.extend(says);
                return Ok(());
            }
            DetailKind::Also(aliases) => {
                road.names.extend(aliases.iter().map(|alias| {
                    EntityName {
                        text: unquote(self.files.slice(alias.name)).trim().to_string(),
                        language: alias
                            .language
                            .map(|l| self.files.slice(l).trim().to_string()),
                        attestations: says.clone(),
                    }
                }));
                return Ok(());
            }
            DetailKind::Item { key, value, .. } => (*key, *value),
        };
        let name = key(self.files.slice(word));
        let text = self.files.slice(value);
        let doubted = detail.doubted.is_some();
        match name.trim_end_matches(':') {
            "distance" => road.distances.push(Distance {
                doubted,
                attestations: says,
                ..read_distance(text, value, &self.units)?
            }),
            "waterless" => road.waterless.push(Distance {
                doubted,
                attestations: says,
                ..read_distance(text, value, &self.units)?
            }),
            "kind" => road
                .kinds
                .extend(text.split([',', '/']).map(key).filter(|k| !k.is_empty())),
            "via" => {
                for at in pieces(text) {
                    road.via.push(self.name(piece(text, value, at))?);
                }
            }
            key => {
                let written = Written {
                    key,
                    value: text,
                    span: value,
                    doubted,
                };
                if key == "id" || !geography::take(lie, written, &says)? {
                    return Err(unknown_detail("road", key, detail.span));
                }
            }
        }
        Ok(())
    }

    fn unit(&mut self, name: Span, statement: &Statement, default: Option<&Attestation>) {
        let mut unit = Unit {
            names: vec![
                unquote(self.files.slice(name))
                    .trim()
                    .trim_end_matches('.')
                    .to_string(),
            ],
            least_mm: 0,
            most_mm: 0,
            attestations: Vec::new(),
            span: statement.line,
        };
        // A length that cannot be read has its own report.
        let mut tried = false;
        for detail in &statement.details {
            let says = self
                .book
                .cite_all(&detail.cites, default, self.reports)
                .to_vec();
            let known = match &detail.kind {
                DetailKind::Broken => Ok(()),
                DetailKind::Cites => {
                    unit.attestations.extend(says);
                    Ok(())
                }
                DetailKind::Also(aliases) => {
                    let names = aliases.iter().map(|a| unquote(self.files.slice(a.name)));
                    unit.names.extend(names.map(|n| n.trim().to_string()));
                    Ok(())
                }
                DetailKind::Item {
                    key: word, value, ..
                } => match key(self.files.slice(*word)).as_str() {
                    "note" => Ok(()),
                    "is" => {
                        tried = true;
                        read_unit_length(self.files.slice(*value), *value).map(|(low, high)| {
                            (unit.least_mm, unit.most_mm) = (low, high);
                            unit.attestations.extend(says);
                        })
                    }
                    other => Err(unknown_detail("unit", other, detail.span)),
                },
            };
            self.reports.extend(known.err());
        }
        self.keep_unit(unit, tried, statement.line);
    }

    fn keep_unit(&mut self, unit: Unit, tried: bool, line: Span) {
        if unit.most_mm == 0 && tried {
            return;
        }
        if unit.most_mm == 0 {
            self.reports.push(
                Report::error(
                    "bad-unit",
                    format!("it is not said how long a {} is", brief(&unit.names[0])),
                )
                .at(line, "no distance can be given in it")
                .help("add an indented line such as `is 0.44 to 0.54 km`"),
            );
            return;
        }
        again::keep(&mut self.units, unit, self.shipped, self.reports);
    }
}

pub(crate) fn unknown_detail(of: &str, name: &str, span: Span) -> Report {
    let known = KEYS.into_iter().chain(geography::KEYS);
    let near = nearest(name, known.filter(|_| of == "road"));
    let asked = near.map(|near| format!("; did you mean `{near}`?"));
    Report::error(
        "unknown-detail",
        format!(
            "a {of} has no detail `{}`{}",
            brief(name),
            asked.unwrap_or_default()
        ),
    )
    .at(span, "this line is left out")
}

fn bad_road(span: Span, words: &str) -> Report {
    Report::error("bad-road", "a road leads from one place to another")
        .at(span, words)
        .help("write it like `road Gaochang to Karasahr`, its length on an indented line below")
}

/// The pieces of a list by commas, each from one byte to another.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices([',', '，', '、']) {
        found.push((start, at));
        start = at + mark.len();
    }
    found.push((start, text.len()));
    found.retain(|(from, to)| !text[*from..*to].trim().is_empty());
    found
}

/// A piece of a text, as the place it stands at, without white space at its ends.
fn piece(text: &str, span: Span, (from, to): (usize, usize)) -> Span {
    let own = &text[from..to];
    let left = own.len() - own.trim_start().len();
    let length = own.trim().len();
    let start = span.start + (from + left) as u32;
    Span::new(span.file, start, start + length as u32)
}
