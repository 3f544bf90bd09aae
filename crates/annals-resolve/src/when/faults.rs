//! Reports on whens.

use annals_calendar::{DateError, ErrorKind};
use annals_sentence::nearest;
use annals_text::{Edit, Report, Span};

use crate::words::brief;

/// What the calendar has to say against a date; `span` is where `text` stands, and `readable`
/// tells whether a part of it counts all the same.
pub(crate) fn date_error(error: &DateError, span: Span, text: &str, readable: bool) -> Report {
    let code = match error.kind {
        ErrorKind::ImpossibleDay => "impossible-day",
        ErrorKind::List => "date-list",
        ErrorKind::Empty
        | ErrorKind::NotADate
        | ErrorKind::Trailing
        | ErrorKind::ImpossibleMonth
        | ErrorKind::ImpossibleYear
        | ErrorKind::YearZero
        | ErrorKind::UnknownEra
        | ErrorKind::AmbiguousNumbers
        | ErrorKind::Reversed
        | ErrorKind::OldEdtf
        | ErrorKind::BadEdtf
        | ErrorKind::Unsupported => "bad-date",
    };
    let start = span.start + error.range.start.min(text.len()) as u32;
    let end = span.start + error.range.end.min(text.len()) as u32;
    let place = if start < end {
        Span::new(span.file, start, end)
    } else {
        span
    };
    let headline = format!("`{}`: {}", brief(text), error.message);
    let mut report = Report::error(code, headline).at(place, "");
    if let Some(suggestion) = &error.suggestion {
        report = report.help(suggestion.clone());
    }
    if code == "impossible-day" && !text.contains('"') {
        let edit = Edit {
            span,
            replacement: format!("sic \"{}\"", text.trim()),
        };
        let words = if readable {
            "keep it as the source has it; what can be read of it still counts"
        } else {
            "keep it as the source has it; it then places nothing"
        };
        report = report.fix(words, vec![edit], false);
    }
    if code == "date-list" {
        report = report.help("write one line for each date if it happened on each");
    }
    report
}

/// A date too far from any other to be counted in days.
pub(crate) fn out_of_reach(span: Span, text: &str) -> Report {
    Report::error(
        "bad-date",
        format!("`{}` lies beyond the days that can be counted", brief(text)),
    )
    .at(span, "more than 2.7 million years away")
}

/// A label nobody defines.
pub(crate) fn unknown_label<'a>(
    label: &str,
    span: Span,
    names: impl IntoIterator<Item = &'a str>,
) -> Report {
    let mut report = Report::error(
        "unknown-label",
        format!("no claim has the label `#{label}`"),
    )
    .at(span, "this places nothing");
    if let Some(near) = nearest(label, names) {
        let edit = Edit {
            span,
            replacement: format!("#{near}"),
        };
        report = report.fix(format!("write `#{near}`"), vec![edit], false);
    }
    report.help(format!(
        "label the claim that is meant: write `#{label}` after its sentence"
    ))
}

/// A label of a line that is reported already: a hint, not one more error.
pub(crate) fn unreadable_label(label: &str, span: Span) -> Report {
    Report::lint(
        "unknown-label",
        format!("`#{label}` places nothing while its own line cannot be read"),
    )
    .at(span, "mend the line with this label first")
}

/// `644, 648`
pub(crate) fn date_list(whole: Span, first: &str, second: &str) -> Report {
    let edit = Edit {
        span: whole,
        replacement: format!("{first} or {second}"),
    };
    Report::error(
        "date-list",
        format!("`{first}, {second}`: no day lies in both"),
    )
    .at(whole, "a comma joins conditions that all hold")
    .fix("write `or` if one of the two is meant", vec![edit], false)
    .help("write one line for each date if it happened on each")
}

/// A bare `A to B` before what happens.
pub(crate) fn bare_range(whole: Span, text: &str) -> Report {
    let insert = Edit {
        span: Span::new(whole.file, whole.start, whole.start),
        replacement: "from ".to_string(),
    };
    let mut report = Report::error(
        "bare-range",
        format!("`{}` does not say how an event lies in it", brief(text)),
    )
    .at(
        whole,
        "it may have lasted so long, or happened on some day within",
    )
    .fix("write `from` if it lasted so long", vec![insert], false);
    report = match between(text) {
        Some(replacement) => {
            let edit = Edit {
                span: whole,
                replacement: replacement.clone(),
            };
            report.fix(
                format!("write `{replacement}` if it happened within"),
                vec![edit],
                false,
            )
        }
        None => report.help("write `between A and B` if it happened within"),
    };
    report
}

/// `between A and B` for `A to B`; nothing where the two ends cannot be told apart.
fn between(text: &str) -> Option<String> {
    for joint in [" to ", " until ", " through ", " till ", "\u{2013}", " - "] {
        if let Some((a, b)) = text.split_once(joint) {
            return Some(format!("between {} and {}", a.trim(), b.trim()));
        }
    }
    None
}

/// `then` where nothing stands before it that it could follow.
pub(crate) fn then_without_event(span: Span, words: &str, why: &str) -> Report {
    Report::error(
        "then-without-event",
        format!("`{}` follows no event", brief(words)),
    )
    .at(span, why.to_string())
    .help("label the event that is meant and write `after #label`")
}
