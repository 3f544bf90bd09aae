//! The pieces that several kinds of answers print alike: claims, bases, bounds, stretches.

use crate::answer::{BasisShown, BoundsShown, StretchShown};
use crate::evidence_types::{ClaimShown, Evidence, SourceShown};

/// Lines two blanks further in; a line that holds breaks moves as a whole.
pub(crate) fn indent(lines: Vec<String>) -> Vec<String> {
    lines
        .into_iter()
        .map(|line| {
            let moved: Vec<String> = line.split('\n').map(|l| format!("  {l}")).collect();
            moved.join("\n")
        })
        .collect()
}

/// A basis, without its claims.
pub(crate) fn basis_lines(basis: &BasisShown) -> Vec<String> {
    vec![basis.words.clone()]
}

/// `because` and what a verdict rests on; nothing where nothing is named.
pub(crate) fn because(evidence: &Evidence) -> Vec<String> {
    if evidence.is_empty() {
        return vec![];
    }
    let mut lines = vec![];
    if !evidence.claims.is_empty() || !evidence.identities.is_empty() {
        lines.push("because".to_owned());
    }
    for claim in &evidence.claims {
        lines.extend(indent(claim_lines(claim)));
    }
    for identity in &evidence.identities {
        let sources = source_list(&identity.sources);
        lines.push(format!(
            "  {} ({}){sources}",
            identity.words, identity.place
        ));
    }
    for choice in &evidence.choices {
        let sources = source_list(&choice.sources);
        lines.push(format!("  {} ({}){sources}", choice.words, choice.place));
    }
    lines.extend(evidence.assumptions.iter().cloned());
    lines
}

/// A claim: its words, place and sources, what of it is used, and its passage.
pub(crate) fn claim_lines(claim: &ClaimShown) -> Vec<String> {
    let label = claim
        .label
        .as_ref()
        .map(|l| format!(", #{l}"))
        .unwrap_or_default();
    let mut marks = String::new();
    if claim.mode != "asserted" {
        marks.push_str(&format!(" ({})", claim.mode));
    }
    if claim.doubted {
        marks.push_str(" (doubted)");
    }
    let mut lines = vec![format!(
        "“{}” ({}{label}){marks}{}",
        claim.words,
        claim.place,
        source_list(&claim.sources)
    )];
    if !claim.uses.is_empty() {
        lines.push(format!("  used: {}", claim.uses.join(", ")));
    }
    if let Some(section) = &claim.section
        && claim.uses.iter().any(|u| u.starts_with("its section"))
    {
        lines.push(format!("  in the section {section}"));
    }
    if let Some(passage) = &claim.passage {
        lines.push(format!("  the passage: “{passage}”"));
    }
    lines
}

/// Claims under a heading; nothing where there are none.
pub(crate) fn claim_list(heading: &str, claims: &[ClaimShown]) -> Vec<String> {
    if claims.is_empty() {
        return vec![];
    }
    let mut lines = vec![heading.to_owned()];
    for claim in claims {
        lines.extend(indent(claim_lines(claim)));
    }
    lines
}

/// Sources in brackets, as a chronicle cites them; nothing where only the file speaks.
pub(crate) fn source_list(sources: &[SourceShown]) -> String {
    // A file that cites nobody is its own witness; its name stands in the place already.
    let named: Vec<&str> = sources
        .iter()
        .filter(|s| !s.is_file)
        .map(|s| s.words.as_str())
        .collect();
    if named.is_empty() {
        String::new()
    } else {
        format!(" [{}]", named.join("; "))
    }
}

/// The days of a moment and the chains that force them.
pub(crate) fn bounds_lines(word: &str, bounds: &BoundsShown) -> Vec<String> {
    let mut lines = vec![format!("{word}: {}", bounds.days.exact)];
    if !bounds.proven {
        lines.push("  not proven: some of these days may be impossible".to_owned());
    }
    if !bounds.disputed.is_empty() {
        let sides: Vec<&str> = bounds.disputed.iter().map(|d| d.words.as_str()).collect();
        lines.push(format!("  disputed: {}", sides.join("; ")));
    }
    for (side, evidence) in [
        ("not earlier", &bounds.earliest_because),
        ("not later", &bounds.latest_because),
    ] {
        let reasons = because(evidence);
        if let Some((first, rest)) = reasons.split_first() {
            lines.push(format!("  {side}, {first}"));
            lines.extend(indent(rest.to_vec()));
        }
    }
    lines
}

/// The days of a moment on one line.
pub(crate) fn bounds_words(bounds: &BoundsShown) -> String {
    let mark = if bounds.proven { "" } else { " (not proven)" };
    format!("{}{mark}", bounds.days.words)
}

/// `632-03-01 to 644-12-31: certain, persists since 632-03-01`
pub(crate) fn stretch_line(stretch: &StretchShown) -> String {
    let days = match (&stretch.first, &stretch.last) {
        (Some(first), Some(last)) if first == last => first.text.clone(),
        (Some(first), Some(last)) => format!("{} to {}", first.text, last.text),
        (Some(first), None) => format!("from {} on", first.text),
        (None, Some(last)) => format!("until {}", last.text),
        (None, None) => "at all times".to_owned(),
    };
    let basis = stretch
        .basis
        .as_ref()
        .map(|b| format!(", {}", b.words))
        .unwrap_or_default();
    format!("{days}: {}{basis}", stretch.verdict.word())
}
