//! Figures as the language writes them.
//!
//! What comes in: the words of a cell or of a phrase. What goes out: a quantity with what it counts,
//! or nothing where any part of the numbers cannot be read: a piece of a figure is another figure.

/// A quantity as the language writes it, with what it counts; `None` for words that hold none.
///
/// `3,000–5,000 men` gives `3000 to 5000 men`, `4,550+ killed` gives `at least 4550 killed`.
pub fn quantity(text: &str) -> Option<String> {
    let plain = numerals(text.trim().trim_end_matches('.'))?;
    let lower = plain.to_lowercase();
    const UNCOUNTED: [&str; 8] = [
        "unknown", "light", "heavy", "few", "many", "several", "minimal", "none",
    ];
    let first = lower.split([' ', ',', ';']).next().unwrap_or("");
    if UNCOUNTED.contains(&first) {
        let word = if first == "minimal" { "light" } else { first };
        return Some(format!("{word}{}", &lower[first.len()..]));
    }
    let bent: String = BENDS
        .iter()
        .find(|b| lower.starts_with(*b))
        .map_or("", |b| b)
        .to_owned();
    let bent_as = |bent: &str| match bent.trim() {
        "no more than" | "not more than" => "at most".to_owned(),
        "no fewer than" | "no less than" => "at least".to_owned(),
        bent => bent.to_owned(),
    };
    let rest = plain[bent.len()..].trim_start();
    let (number, used) = annals_calendar::read_number(&rest.to_lowercase())?;
    let mut rest = rest.get(used..)?.trim_start();
    let mut bent = bent_as(&bent);
    if let Some(after) = rest.strip_prefix('+') {
        bent = "at least".to_owned();
        rest = after.trim_start();
    }
    let mut words = match bent.as_str() {
        "" => number.to_string(),
        bent => format!("{bent} {number}"),
    };
    for dash in ["–", "—", "-", "to ", "and "] {
        let after = rest.strip_prefix(dash).map(str::trim_start);
        let range = dash != "and " || words.starts_with("between");
        if let Some((last, used)) = after
            .filter(|_| range)
            .and_then(|a| annals_calendar::read_number(&a.to_lowercase()))
        {
            let joint = if dash == "and " { "and" } else { "to" };
            words.push_str(&format!(" {joint} {last}"));
            rest = after.and_then(|a| a.get(used..)).unwrap_or("").trim_start();
            break;
        }
    }
    if goes_on(rest) {
        return None;
    }
    if !rest.is_empty() {
        words.push(' ');
        words.push_str(rest);
    }
    Some(words)
}

/// Whether more of the figure follows what was read of it.
fn goes_on(rest: &str) -> bool {
    // `500 killed, or 700`, `60,000, not 100,000`: a piece of it would be another figure.
    let open = rest
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| matches!(w, "not" | "versus" | "vs"));
    let choice = rest.split_once("or ").is_some_and(|(_, last)| {
        let first = last.trim_start().chars().next();
        first.is_some_and(|c| c.is_ascii_digit())
            || annals_calendar::read_number(&last.to_lowercase()).is_some()
    });
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let broken = digit(first)
        || matches!(first, Some('–' | '—' | '-' | '±' | '×'))
        || matches!(first, Some('.' | ',')) && digit(second)
        || rest.starts_with("x ");
    open || choice || broken
}

const BENDS: [&str; 22] = [
    "no more than ",
    "not more than ",
    "no fewer than ",
    "no less than ",
    "about ",
    "around ",
    "approximately ",
    "approx. ",
    "roughly ",
    "c. ",
    "ca. ",
    "some ",
    "~",
    "at least ",
    "more than ",
    "over ",
    "at most ",
    "up to ",
    "fewer than ",
    "less than ",
    "nearly ",
    "between ",
];

/// A text in which each number is written in figures alone: `10.000` and `1 000` as 10000 and 1000,
/// `3.5 million` as 3500000, `10–12,000` as 10000–12000; `None` where a numeral is none of these.
fn numerals(text: &str) -> Option<String> {
    let text = without_notes(&text.replace(['\u{A0}', '\u{202F}', '\u{2009}'], " "));
    let mut out = String::new();
    let mut rest = text.as_str();
    // Where the first end of a range stands in `out`, its number, and whether it had marks.
    let mut before: Option<(usize, u64, bool)> = None;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (head, tail) = rest.split_at(at);
        let dash = matches!(head.trim(), "–" | "—" | "-" | "to");
        let word = head.ends_with(char::is_alphabetic);
        out.push_str(head);
        let end = tail
            .char_indices()
            .find(|(i, c)| {
                !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ') && figure_at(tail, i + 1))
            })
            .map_or(tail.len(), |(i, _)| i);
        let (own, after) = tail.split_at(end);
        if word || after.starts_with(char::is_alphabetic) {
            // `2nd`, `T34`: no figure.
            out.push_str(own);
            rest = after;
            before = None;
            continue;
        }
        let (number, used) = whole(own, after)?;
        if let Some((place, first, false)) = before.filter(|_| dash)
            && first < 1000
            && number >= 1000
            && (used > 0 || own.contains([',', '.', ' ']))
            && first <= number / unit(number)
        {
            let scaled = first * unit(number);
            out.replace_range(place..place + first.to_string().len(), &scaled.to_string());
        }
        before = Some((out.len(), number, used > 0 || number >= 1000));
        out.push_str(&number.to_string());
        rest = after.get(used..)?;
    }
    out.push_str(rest);
    Some(out)
}

/// What the first end of a range leaves to the second: `10–12,000` are thousands.
fn unit(number: u64) -> u64 {
    if number >= 1_000_000 { 1_000_000 } else { 1000 }
}

fn figure_at(text: &str, at: usize) -> bool {
    text[at..].starts_with(|c: char| c.is_ascii_digit())
}

/// Notes of the page: `40,000[1]`.
fn without_notes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('[') {
        out.push_str(head);
        match tail.split_once(']') {
            Some((note, after)) if note.chars().all(|c| c.is_ascii_digit()) => rest = after,
            _ => {
                out.push('[');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The number of a numeral and the words behind it that multiply it, as bytes.
fn whole(own: &str, after: &str) -> Option<(u64, usize)> {
    let marks: Vec<char> = own.chars().filter(|c| !c.is_ascii_digit()).collect();
    let parts: Vec<&str> = own.split(['.', ',', ' ']).collect();
    let plain = parts.concat().parse::<u64>().ok()?;
    let by = multiplier(after);
    let grouped = parts.len() > 1
        && parts[1..].iter().all(|p| p.len() == 3)
        && (1..=3).contains(&parts[0].len())
        && marks.windows(2).all(|two| two[0] == two[1]);
    match (by, &parts[..]) {
        (Some((by, used)), [_]) => Some((plain.checked_mul(by)?, used)),
        // `3.5 million`
        (Some((by, used)), [_, part]) if marks == ['.'] && part.len() < 3 => {
            let ten = 10u64.checked_pow(part.len() as u32)?;
            Some((plain.checked_mul(by)? / ten, used))
        }
        (None, [_]) => Some((plain, 0)),
        (None, _) if grouped => Some((plain, 0)),
        _ => None,
    }
}

/// `million`, `thousand`
fn multiplier(after: &str) -> Option<(u64, usize)> {
    let words = after.trim_start();
    let space = after.len() - words.len();
    [("million", 1_000_000), ("thousand", 1000)]
        .into_iter()
        .find_map(|(word, by)| {
            let rest = words.strip_prefix(word)?;
            (!rest.starts_with(char::is_alphabetic)).then_some((by, space + word.len()))
        })
}
