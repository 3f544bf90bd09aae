//! What is said of where a thing lies besides its point: how sure it is, lines and outlines,
//! numbers in other gazetteers.

use annals_chronicle::{Attestation, Certainty, Geography, Identifier, Stroke};
use annals_text::{Report, Span};

use crate::place::read_points;
use crate::words::{brief, key, plain, unquote};

/// The keys this file reads, below a declaration or a road.
pub(crate) const KEYS: [&str; 5] = ["certainty", "id", "line", "note", "outline"];

/// A detail as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Written<'t> {
    /// Its key as compared.
    pub key: &'t str,
    /// Its value.
    pub value: &'t str,
    /// Where the value stands.
    pub span: Span,
    /// Whether it ends in a `?`.
    pub doubted: bool,
}

/// Takes one detail in; `Ok(false)` where its key is of another kind.
pub(crate) fn take(
    geography: &mut Geography,
    detail: Written<'_>,
    says: &[Attestation],
) -> Result<bool, Report> {
    match detail.key {
        "certainty" => {
            geography.certainty = Some(read_certainty(detail)?);
            geography.attestations.extend_from_slice(says);
        }
        "id" => geography.identifiers.push(read_identifier(detail)?),
        "line" | "outline" => geography.strokes.push(read_stroke(detail, says)?),
        "note" => geography
            .notes
            .push(unquote(detail.value).trim().to_string()),
        _ => return Ok(false),
    }
    Ok(true)
}

/// `certain`, `less certain`, `uncertain`.
pub(crate) fn read_certainty(detail: Written<'_>) -> Result<Certainty, Report> {
    let words = key(detail.value).replace('-', " ");
    let all = [
        Certainty::Certain,
        Certainty::LessCertain,
        Certainty::Uncertain,
    ];
    all.into_iter().find(|c| c.word() == words).ok_or_else(|| {
        Report::error(
            "bad-detail",
            format!("`{}` is not a certainty", brief(detail.value)),
        )
        .at(detail.span, "this line is left out")
        .help("write `certain`, `less certain` or `uncertain`")
    })
}

/// `geonames 1529114`: whose number, and the number.
fn read_identifier(detail: Written<'_>) -> Result<Identifier, Report> {
    let words = plain(detail.value);
    match words.split_once(' ') {
        Some((authority, value)) => Ok(Identifier {
            authority: authority.trim_end_matches(':').to_string(),
            value: value.to_string(),
            doubted: detail.doubted,
        }),
        None => Err(
            Report::error("bad-detail", "this does not say whose number it is")
                .at(detail.span, "a gazetteer and its number were expected")
                .help("write it like `id geonames 1529114`"),
        ),
    }
}

/// `42.06 N 86.57 E, 41.9 N 86.9 E`: a line through points, or an outline.
pub(crate) fn read_stroke(detail: Written<'_>, says: &[Attestation]) -> Result<Stroke, Report> {
    let closed = detail.key == "outline";
    let least = if closed { 3 } else { 2 };
    let bad = |words: String| {
        Report::error("bad-shape", format!("this {} cannot be read", detail.key))
            .at(detail.span, words)
            .help(format!(
                "write it like `{} 42.06 N 86.57 E, 41.9 N 86.6 E, 41.8 N 86.9 E`",
                detail.key
            ))
    };
    let points = read_points(detail.value).map_err(|words| bad(words.to_string()))?;
    if points.len() < least {
        return Err(bad(format!("it needs {least} points at least")));
    }
    Ok(Stroke {
        closed,
        points,
        doubted: detail.doubted,
        attestations: says.to_vec(),
    })
}
