//! Reads a literate test file: prose, an optional prelude fence, and one case a `## ` heading.

use std::path::Path;

/// One file of cases.
pub struct CaseFile {
    /// Its path, for messages.
    pub path: String,
    /// The fence before the first heading: declarations that every case shares.
    pub prelude: Option<String>,
    /// The cases, in order.
    pub cases: Vec<Case>,
    /// What is wrong with the file itself.
    pub faults: Vec<String>,
}

/// One case: a heading, its files and what is expected of them.
#[derive(Default)]
pub struct Case {
    /// The heading without `## `.
    pub heading: String,
    /// Line of the heading in the Markdown file.
    pub line: usize,
    /// The main chronicle: all `annals` fences without a file name, one below the other.
    pub main: String,
    /// Further files by name.
    pub files: Vec<(String, Vec<u8>)>,
    /// Expectations with their lines in the Markdown file.
    pub expect: Vec<(usize, String)>,
}

/// A fence: its info string, its first line's number, its text.
struct Fence {
    info: String,
    line: usize,
    text: String,
}

/// Reads one file.
pub fn read(path: &Path, shown: &str) -> CaseFile {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{shown}: {e}"));
    let mut file = CaseFile {
        path: shown.to_owned(),
        prelude: None,
        cases: Vec::new(),
        faults: Vec::new(),
    };
    let mut lines = text.lines().enumerate().map(|(i, l)| (i + 1, l));
    while let Some((number, line)) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            file.cases.push(Case {
                heading: heading.trim().to_owned(),
                line: number,
                ..Case::default()
            });
        } else if let Some((fence, info)) = opening(line) {
            let mut text = String::new();
            let mut closed = false;
            for (_, inner) in lines.by_ref() {
                if closes(inner, fence) {
                    closed = true;
                    break;
                }
                text.push_str(inner);
                text.push('\n');
            }
            if !closed {
                file.faults
                    .push(format!("line {number}: a fence is never closed"));
            }
            let info = info.to_owned();
            let line = number + 1;
            take(&mut file, Fence { info, line, text });
        }
    }
    for case in &file.cases {
        if case.expect.is_empty() {
            let fault = format!("line {}: `{}` expects nothing", case.line, case.heading);
            file.faults.push(fault);
        }
    }
    if file.cases.is_empty() {
        file.faults
            .push("no case: there is no `## ` heading".to_owned());
    }
    file
}

fn opening(line: &str) -> Option<(usize, &str)> {
    let ticks = line.len() - line.trim_start_matches('`').len();
    (ticks >= 3).then(|| (ticks, line[ticks..].trim()))
}

fn closes(line: &str, fence: usize) -> bool {
    let line = line.trim();
    line.len() >= fence && line.bytes().all(|b| b == b'`')
}

fn take(file: &mut CaseFile, fence: Fence) {
    let mut words = fence.info.split_whitespace();
    let language = words.next().unwrap_or("").to_owned();
    let name = words
        .find_map(|w| w.strip_prefix("file="))
        .map(str::to_owned);
    let Some(case) = file.cases.last_mut() else {
        match language.as_str() {
            "annals" if file.prelude.is_none() => file.prelude = Some(fence.text),
            "annals" => file
                .faults
                .push(format!("line {}: a second prelude", fence.line)),
            _ => {}
        }
        return;
    };
    match (language.as_str(), name) {
        ("hex", Some(name)) => {
            let digits: Vec<u8> = fence.text.bytes().filter(u8::is_ascii_hexdigit).collect();
            let bytes = digits.chunks(2).map(|pair| {
                u8::from_str_radix(&String::from_utf8_lossy(pair), 16).expect("hexadecimal")
            });
            case.files.push((name, bytes.collect()));
        }
        (_, Some(name)) => case.files.push((name, fence.text.into_bytes())),
        ("annals", None) => case.main.push_str(&fence.text),
        ("expect", None) => {
            let lines = fence.text.lines().enumerate();
            let lines = lines.map(|(i, l)| (fence.line + i, l.trim().to_owned()));
            let lines = lines.filter(|(_, l)| !l.is_empty() && !l.starts_with("//"));
            case.expect.extend(lines);
        }
        // Fences of other languages are part of the prose.
        _ => {}
    }
}
