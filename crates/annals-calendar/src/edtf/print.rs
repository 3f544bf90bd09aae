//! The canonical text of an expression: qualifiers at the end where they hold for all parts.

use super::{EdtfDate, EdtfKind, EdtfYear, End, Mask, Member, Qualifier};

fn mask(mask: &[u8]) -> String {
    mask.iter()
        .map(|slot| {
            if *slot == 10 {
                'X'
            } else {
                char::from(b'0' + *slot)
            }
        })
        .collect()
}

fn sign(qualifier: Qualifier) -> &'static str {
    match qualifier.marks() {
        "?~" => "%",
        marks => marks,
    }
}

pub(super) fn date(date: &EdtfDate) -> String {
    let year = match date.year {
        EdtfYear::Four {
            negative,
            digits,
            significant,
        } => {
            let minus = if negative { "-" } else { "" };
            format!("{minus}{}{}", mask(&digits), significant_text(significant))
        }
        EdtfYear::Letter {
            digits,
            exponent,
            significant,
            ..
        } => {
            let power = if exponent > 0 {
                format!("E{exponent}")
            } else {
                String::new()
            };
            format!("Y{digits}{power}{}", significant_text(significant))
        }
    };
    let text = |part: Option<Mask>| part.map(|part| mask(&part));
    let parts: Vec<String> = [Some(year), text(date.month), text(date.day)]
        .into_iter()
        .flatten()
        .collect();
    let all = [
        date.qualifiers.year,
        date.qualifiers.month,
        date.qualifiers.day,
    ];
    let marks = &all[..parts.len()];
    // The longest run of leading parts with one qualifier takes it on the right of its last part.
    let shared = marks.iter().take_while(|mark| **mark == marks[0]).count();
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push('-');
        }
        if index >= shared {
            out.push_str(sign(marks[index]));
        }
        out.push_str(part);
        if index + 1 == shared {
            out.push_str(sign(marks[0]));
        }
    }
    if let Some(time) = &date.time {
        out.push('T');
        out.push_str(time);
    }
    out
}

fn significant_text(significant: Option<u32>) -> String {
    significant.map_or(String::new(), |count| format!("S{count}"))
}

pub(super) fn end(end: &End) -> String {
    match end {
        End::Open => "..".to_owned(),
        End::Unknown => String::new(),
        End::Date(inner) => date(inner),
    }
}

pub(super) fn set(members: &[Member], kind: EdtfKind) -> String {
    let texts: Vec<String> = members
        .iter()
        .map(|member| {
            let from = member.from.as_ref().map_or(String::new(), date);
            if !member.range {
                return from;
            }
            format!("{from}..{}", member.to.as_ref().map_or(String::new(), date))
        })
        .collect();
    let inside = texts.join(",");
    if kind == EdtfKind::AllOf {
        format!("{{{inside}}}")
    } else {
        format!("[{inside}]")
    }
}
