//! Accepted claims on their way from a draft into a chronicle, with the names and sources they need.

use std::collections::{BTreeMap, BTreeSet};

use annals::chronicle::{Chronicle, DetailValue, EntityId, Filler, KindId, Sentence};
use annals::{MemoryWorld, Prepared, Severity, World, WorldError, prepare};

use super::blocks::{Block, Page};

/// What accepting comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The draft without the claims that moved.
    pub draft: String,
    /// The chronicle's file with them at its end.
    pub target: String,
    /// The claims that moved.
    pub moved: Vec<usize>,
    /// Those that stay for now, and why.
    pub kept: Vec<(usize, String)>,
}

/// A world in which one file has another text.
struct Overlay<'w> {
    below: &'w dyn World,
    path: &'w str,
    text: &'w str,
}

impl World for Overlay<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        if path == self.path {
            return Ok(self.text.as_bytes().to_vec());
        }
        self.below.read(path)
    }

    fn resolve_path(&self, base: &str, relative: &str) -> String {
        self.below.resolve_path(base, relative)
    }

    fn identity(&self, path: &str) -> String {
        self.below.identity(path)
    }
}

pub(super) fn accept(
    draft: &str,
    accepted: &[usize],
    target: &str,
    world: &dyn World,
) -> Result<Accepted, String> {
    if !target.ends_with(".annals") {
        return Err(format!(
            "`{target}` is no `.annals` file: claims are added to one"
        ));
    }
    Page::of(draft).known(accepted)?;
    let before = world
        .read(target)
        .map_err(|e| format!("`{target}` cannot be read: {e}"))?;
    let before = String::from_utf8(before).map_err(|_| format!("`{target}` is not UTF-8"))?;
    let there = prepare(
        &Overlay {
            below: world,
            path: target,
            text: &before,
        },
        target,
    );
    one_calendar(draft, &before, target)?;
    let draft = &apart(draft, &there);
    let page = Page::of(draft);
    let source = prepare(
        &MemoryWorld::new().with("draft.annals", draft.as_str()),
        "draft.annals",
    );
    let mut moving: BTreeSet<usize> = accepted.iter().copied().collect();
    let mut kept: BTreeMap<usize, String> = BTreeMap::new();
    loop {
        hold_back(&page, &there, &mut moving, &mut kept);
        let (text, lines) = with_claims(draft, &page, &before, &there, &source, &moving);
        let bad = errors(&text, &lines, target, world);
        if bad.is_empty() {
            let draft = page.with(|b| moving.contains(&b.number).then(String::new));
            let changed = !moving.is_empty();
            return Ok(Accepted {
                draft,
                target: if changed { text } else { before },
                moved: moving.into_iter().collect(),
                kept: kept.into_iter().collect(),
            });
        }
        // Each round holds at least one claim back, so the rounds end.
        for (number, why) in bad {
            moving.remove(&number);
            kept.insert(number, why);
        }
    }
}

/// Refuses drafts that count in a calendar which the chronicle's file does not name: their dates
/// would mean other days there.
fn one_calendar(draft: &str, before: &str, target: &str) -> Result<(), String> {
    let named = |text: &str| {
        let line = text.lines().rev().find_map(|l| l.strip_prefix("calendar "));
        line.map(|l| l.trim().to_owned())
    };
    match (named(draft), named(before)) {
        (Some(own), other) if other.as_ref() != Some(&own) => Err(format!(
            "the draft counts in `calendar {own}`, and `{target}` {}: its dates would mean other days there; accept into a file with the line `calendar {own}`, and include that",
            match other {
                Some(other) => format!("in `calendar {other}`"),
                None => "names no calendar".to_owned(),
            }
        )),
        _ => Ok(()),
    }
}

/// The draft with other labels where the chronicle has these for events of its own: two articles
/// each call their battle `#main`, and one label would make one event of the two. What came from
/// this draft before keeps its label, for the rest of the draft belongs to it.
fn apart(draft: &str, there: &Prepared) -> String {
    let chronicle = &there.resolved().chronicle;
    let own: BTreeSet<&str> = draft
        .lines()
        .filter_map(|l| l.strip_prefix("source "))
        .map(str::trim)
        .collect();
    let foreign = |label: &str| {
        let Some(event) = chronicle.event_of_label(label) else {
            return false;
        };
        let claims = chronicle.events[event.index()].claims.iter();
        let mut sources = claims.flat_map(|c| chronicle.claims[c.index()].attestations.iter());
        !sources.any(|a| own.contains(chronicle.sources[a.source.index()].key.as_str()))
    };
    let labels: BTreeSet<String> = Page::of(draft)
        .blocks
        .iter()
        .filter_map(Block::label)
        .collect();
    let mut text = draft.to_owned();
    for label in labels.iter().filter(|label| foreign(label)) {
        let free = (2..).map(|n| format!("{label}-{n}"));
        let mut free =
            free.filter(|l| !labels.contains(l) && chronicle.event_of_label(l).is_none());
        if let Some(other) = free.next() {
            text = relabelled(&text, label, &other);
        }
    }
    text
}

/// A text in which one label stands for another, quotations left as they are.
fn relabelled(text: &str, label: &str, other: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        for (at, piece) in line.split('"').enumerate() {
            if at > 0 {
                out.push('"');
            }
            if at % 2 == 1 {
                out.push_str(piece);
                continue;
            }
            let mut rest = piece;
            while let Some((before, after)) = rest.split_once('#') {
                let end = after.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
                let (word, tail) = after.split_at(end.unwrap_or(after.len()));
                out.push_str(before);
                out.push('#');
                out.push_str(if word == label { other } else { word });
                rest = tail;
            }
            out.push_str(rest);
        }
    }
    out
}

/// Holds back claims that refer to events which are not there.
fn hold_back(
    page: &Page<'_>,
    there: &Prepared,
    moving: &mut BTreeSet<usize>,
    kept: &mut BTreeMap<usize, String>,
) {
    let chronicle = &there.resolved().chronicle;
    loop {
        let coming: BTreeSet<String> = page
            .blocks
            .iter()
            .filter(|b| moving.contains(&b.number))
            .filter_map(Block::label)
            .collect();
        let missing = page
            .blocks
            .iter()
            .filter(|b| moving.contains(&b.number))
            .find_map(|block| {
                let needs = block.needs();
                let missing = needs
                    .iter()
                    .find(|l| !coming.contains(*l) && chronicle.event_of_label(l).is_none())?;
                Some((block.number, missing.clone()))
            });
        let Some((number, label)) = missing else {
            return;
        };
        let of = page
            .blocks
            .iter()
            .find(|b| b.label().as_ref() == Some(&label));
        let of = of
            .map(|b| format!(": accept claim {} first, or with it", b.number))
            .unwrap_or_default();
        moving.remove(&number);
        kept.insert(
            number,
            format!("it refers to #{label}, which the chronicle does not have{of}"),
        );
    }
}

/// The chronicle's text with claims at its end, and the claim of each line added.
fn with_claims(
    draft: &str,
    page: &Page<'_>,
    before: &str,
    there: &Prepared,
    source: &Prepared,
    moving: &BTreeSet<usize>,
) -> (String, BTreeMap<usize, usize>) {
    let mut text = before.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let mut lines = BTreeMap::new();
    let blocks: Vec<&Block> = page
        .blocks
        .iter()
        .filter(|b| moving.contains(&b.number))
        .collect();
    let needed = needed(draft, &blocks, there, source);
    if !needed.is_empty() {
        text.push('\n');
        text.push_str(&needed);
    }
    let mut section = before
        .lines()
        .rev()
        .find(|l| l.starts_with("section "))
        .map(str::to_owned);
    for block in blocks {
        if !block.section.is_empty() && section.as_deref() != Some(block.section.as_str()) {
            text.push_str(&format!("\n{}\n\n", block.section));
            section = Some(block.section.clone());
        }
        let first = text.matches('\n').count();
        for (number, line) in block.text.lines().skip(1).enumerate() {
            text.push_str(line);
            text.push('\n');
            lines.insert(first + number, block.number);
        }
    }
    (text, lines)
}

/// Declarations and sources that the claims need and the chronicle lacks, as the draft has them.
fn needed(draft: &str, blocks: &[&Block], there: &Prepared, source: &Prepared) -> String {
    let from = &source.resolved().chronicle;
    let to = &there.resolved().chronicle;
    let lines: Vec<&str> = draft.lines().collect();
    let breaks: Vec<usize> = draft.match_indices('\n').map(|(at, _)| at).collect();
    let line_of = |at: u32| breaks.partition_point(|b| *b < at as usize);
    let moving: BTreeSet<usize> = blocks.iter().map(|b| b.line).collect();
    let mut out = String::new();
    let mut cited: Vec<String> = Vec::new();
    let mut used: BTreeSet<EntityId> = BTreeSet::new();
    for claim in &from.claims {
        if !moving.contains(&line_of(claim.span.start)) {
            continue;
        }
        used.extend(things(claim));
        for attestation in &claim.attestations {
            cited.extend(
                std::iter::once(attestation.source)
                    .chain(attestation.via)
                    .map(|s| from.sources[s.index()].key.clone()),
            );
        }
        for attestation in claim.details.iter().flat_map(|d| d.attestations.iter()) {
            cited.push(from.sources[attestation.source.index()].key.clone());
        }
    }
    cited.sort();
    cited.dedup();
    for key in cited {
        let known = to.sources.iter().any(|s| s.key == key && !s.is_file);
        if let Some(at) = lines
            .iter()
            .position(|l| l.trim_end() == format!("source {key}"))
            .filter(|_| !known)
        {
            out.push_str(&block_at(&lines, at, &|_| true));
        }
    }
    for id in used {
        let entity = &from.entities[id.index()];
        let kind = &from.vocabulary.kinds[entity.kind.index()].name;
        if entity.words || declared(to, kind, &entity.name) {
            continue;
        }
        let at = line_of(entity.span.start);
        out.push_str(&block_at(&lines, at, &|detail| {
            // Another name that the chronicle has for something else would make it two things.
            let alias = detail
                .strip_prefix("also ")
                .map(|a| a.trim().trim_matches('"'));
            alias.is_none_or(|a| !declared(to, kind, a))
        }));
    }
    out
}

/// A line and the indented ones below it, comments and lines that do not pass left out.
fn block_at(lines: &[&str], at: usize, passes: &dyn Fn(&str) -> bool) -> String {
    let mut out = format!("{}\n", lines.get(at).copied().unwrap_or("").trim_end());
    for line in lines
        .iter()
        .skip(at + 1)
        .take_while(|l| l.starts_with([' ', '\t']))
    {
        let detail = line.trim();
        if !detail.starts_with("//") && passes(detail) {
            out.push_str(&format!("  {detail}\n"));
        }
    }
    out
}

/// Whether a name is declared, as that kind or as a case of it: a region is a place, and a second
/// declaration would make the name mean two things.
fn declared(chronicle: &Chronicle, kind: &str, name: &str) -> bool {
    let fold = annals::sentence::text_key;
    let wanted = fold(name);
    let vocabulary = &chronicle.vocabulary;
    let at = vocabulary.kinds.iter().position(|k| k.name == kind);
    let own = at.map(|at| KindId(at as u32));
    chronicle.entities.iter().filter(|e| !e.words).any(|e| {
        let same = fold(&e.name) == wanted || e.names.iter().any(|n| fold(&n.text) == wanted);
        same && own.is_some_and(|k| vocabulary.is_a(e.kind, k) || vocabulary.is_a(k, e.kind))
    })
}

/// The things that a claim and its details name.
fn things(claim: &annals::chronicle::Claim) -> Vec<EntityId> {
    let mut found = Vec::new();
    let mut take = |filler: &Filler| match filler {
        Filler::Entities(ids) | Filler::OneOf(ids) => found.extend(ids.iter().copied()),
        Filler::Unfilled | Filler::Number(_) => {}
    };
    if let Sentence::Happens { roles, tail, .. } | Sentence::Holds { roles, tail, .. } =
        &claim.sentence
    {
        roles.iter().for_each(&mut take);
        tail.iter().for_each(|(_, f)| take(f));
    }
    for detail in &claim.details {
        if let DetailValue::Entities(filler) = &detail.value {
            take(filler);
        }
    }
    for detail in &claim.details {
        found.extend(detail.of.iter().copied());
        if let DetailValue::Figures(figures) = &detail.value {
            found.extend(figures.iter().filter_map(|f| f.under));
        }
    }
    found
}

/// Errors at the lines added, by the claim they are of. An error elsewhere was there before, or
/// is told by `annals check`.
fn errors(
    text: &str,
    lines: &BTreeMap<usize, usize>,
    target: &str,
    world: &dyn World,
) -> Vec<(usize, String)> {
    let after = prepare(
        &Overlay {
            below: world,
            path: target,
            text,
        },
        target,
    );
    let mut found = BTreeMap::new();
    for report in after
        .reports()
        .iter()
        .filter(|r| r.severity == Severity::Error)
    {
        for label in report
            .labels
            .iter()
            .filter(|l| Some(l.span.file) == after.main())
        {
            let line = text
                .get(..label.span.start as usize)
                .unwrap_or("")
                .matches('\n')
                .count();
            if let Some(number) = lines.get(&line) {
                found
                    .entry(*number)
                    .or_insert_with(|| report.headline.clone());
            }
        }
    }
    found.into_iter().collect()
}
