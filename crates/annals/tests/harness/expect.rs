//! One line of an `expect` fence, read.

use annals::Changes;

/// What a case expects.
#[derive(Debug)]
pub enum Expectation {
    /// `QUESTION => verdict; words of the answer`, or `=> certain A; possible B`.
    Ask {
        /// The question.
        question: String,
        /// What is said after `=>`, cut at `;`.
        parts: Vec<String>,
    },
    /// `when #r => days`
    When {
        /// `#r`, `start of #r`, or a sentence.
        of: String,
        /// The days, or `certain …` and `possible …` for a sentence.
        parts: Vec<String>,
    },
    /// `why QUESTION => #c, line 3, assumption`; `why earliest #x => …`
    Why {
        /// The question, or `earliest #x`, `latest #x`.
        question: String,
        /// The exact support.
        items: Vec<Item>,
    },
    /// `disputed QUESTION => words`
    Disputed {
        /// The question.
        question: String,
        /// Words of the printed answer.
        parts: Vec<String>,
    },
    /// `refused QUESTION => CODE`: the question itself cannot be read.
    Refused {
        /// The question.
        question: String,
        /// The code of a report on it.
        code: String,
    },
    /// `without @a, #b, line 3: EXPECTATION`, `with "CLAIM": …`, `prefer @a over @b: …`: of the
    /// chronicle with these changes; one may follow the other.
    WhatIf {
        /// The changes; lines of the main fence are written `line 3`.
        changes: Changes,
        /// What is expected then.
        then: Box<Expectation>,
    },
    /// `differs => words of the printed difference`, after changes.
    Differs {
        /// Words of the difference; none: no answer changes.
        parts: Vec<String>,
    },
    /// `readings => words`
    Readings {
        /// Words of the printed readings.
        parts: Vec<String>,
    },
    /// `compare @a @b => words`
    Compare {
        /// The two sources.
        sources: [String; 2],
        /// Words of the printed comparison.
        parts: Vec<String>,
    },
    /// `route A | B | by horse | within 9 => words`, `reach A | 9 | by horse => words`,
    /// `figures #a => words`, `reckons #a => words`
    Printed {
        /// The word and what follows it, cut at `|`.
        words: Vec<String>,
        /// Words of what is printed; those that begin with `not ` do not stand in it.
        parts: Vec<String>,
    },
    /// `detail #a force of Tang => 3000 infantry`
    Detail {
        /// The label.
        label: String,
        /// The key, with the owners after `of`.
        key: String,
        /// What it says.
        says: String,
    },
    /// `conflict #a, #b`
    Conflict(Vec<Item>),
    /// `no conflict`
    NoConflict,
    /// `report CODE line N in FILE "words"`
    Report {
        /// The code.
        code: String,
        /// The line, if one is given.
        line: Option<u32>,
        /// The file, where one is given.
        file: Option<String>,
        /// What the headline contains.
        headline: Option<String>,
    },
    /// `no report CODE`
    NoReport(String),
    /// `no reports`: none of a finding's or an error's weight.
    NoReports,
    /// `no errors`
    NoErrors,
    /// `reads line N => submits(vassal: Karasahr [polity], …)`
    Reads {
        /// The line of the main fence.
        line: u32,
        /// One of the claims of that line, as resolve describes it.
        says: String,
    },
}

/// What a support or a conflict names.
#[derive(Debug, PartialEq, Eq)]
pub enum Item {
    /// A claim of a label.
    Label(String),
    /// A claim that begins on a line of the main fence.
    Line(u32),
    /// Any assumption.
    Assumption,
    /// That two names mean one thing.
    Identity,
    /// A `one of`.
    Choice,
}

/// Reads a line; a reason where it has no known form.
pub fn read(line: &str) -> Result<Expectation, String> {
    let mut changes = Changes::default();
    if let Some(then) = change(line, &mut changes)? {
        let mut rest = then;
        while let Some(then) = change(rest, &mut changes)? {
            rest = then;
        }
        let then = Box::new(read(rest)?);
        return Ok(Expectation::WhatIf { changes, then });
    }
    let (left, right) = match line.split_once("=>") {
        Some((left, right)) => (left.trim(), right.trim()),
        None => (line.trim(), ""),
    };
    let parts: Vec<String> = right
        .split(';')
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    let (word, rest) = left.split_once(' ').unwrap_or((left, ""));
    let rest = rest.trim();
    match word {
        "when" => Ok(Expectation::When {
            of: rest.to_owned(),
            parts,
        }),
        // `why not:` is a question of its own.
        "why" if !rest.starts_with("not:") => Ok(Expectation::Why {
            question: rest.to_owned(),
            items: items(right)?,
        }),
        "disputed" => Ok(Expectation::Disputed {
            question: rest.to_owned(),
            parts,
        }),
        "detail" => {
            let (label, key) = rest
                .split_once(' ')
                .ok_or("`detail` needs a label and a key")?;
            Ok(Expectation::Detail {
                label: label.trim_start_matches('#').to_owned(),
                key: key.trim().to_owned(),
                says: right.to_owned(),
            })
        }
        "differs" => Ok(Expectation::Differs { parts }),
        "readings" => Ok(Expectation::Readings { parts }),
        "route" | "reach" | "figures" | "reckons" => {
            let rest = rest.split('|').map(|w| w.trim().to_owned());
            let words = std::iter::once(word.to_owned()).chain(rest);
            let words = words.filter(|w| !w.is_empty()).collect();
            Ok(Expectation::Printed { words, parts })
        }
        "compare" => {
            let sources: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
            let sources = sources
                .try_into()
                .map_err(|_| "`compare` needs two sources")?;
            Ok(Expectation::Compare { sources, parts })
        }
        "refused" => Ok(Expectation::Refused {
            question: rest.to_owned(),
            code: right.to_owned(),
        }),
        "conflict" => Ok(Expectation::Conflict(items(rest)?)),
        "no" => match rest.split_once(' ') {
            None if rest == "conflict" || rest == "conflicts" => Ok(Expectation::NoConflict),
            None if rest == "reports" => Ok(Expectation::NoReports),
            None if rest == "errors" => Ok(Expectation::NoErrors),
            Some(("report", code)) => Ok(Expectation::NoReport(code.trim().to_owned())),
            _ => Err(format!("`no {rest}` is not known")),
        },
        "report" => report(rest),
        "reads" => {
            let line = rest.strip_prefix("line ").ok_or("`reads` needs `line N`")?;
            let line = line
                .trim()
                .parse()
                .map_err(|_| "`reads line` needs a number")?;
            Ok(Expectation::Reads {
                line,
                says: right.to_owned(),
            })
        }
        _ if right.is_empty() => Err("there is no `=>`".to_owned()),
        _ => Ok(Expectation::Ask {
            question: left.to_owned(),
            parts,
        }),
    }
}

/// A change at the head of a line, and what follows it.
fn change<'l>(line: &'l str, changes: &mut Changes) -> Result<Option<&'l str>, String> {
    if let Some(rest) = line.strip_prefix("without ") {
        let (what, rest) = rest.split_once(": ").ok_or("`without` needs a colon")?;
        let all = what.split(',').map(|w| w.trim().to_owned());
        changes.without.extend(all);
        return Ok(Some(rest));
    }
    if let Some(rest) = line.strip_prefix("with \"") {
        let (claim, rest) = rest.split_once("\": ").ok_or("`with` needs `\": `")?;
        changes.with.push(claim.to_owned());
        return Ok(Some(rest));
    }
    if let Some(rest) = line.strip_prefix("prefer ") {
        let (trust, rest) = rest.split_once(": ").ok_or("`prefer` needs a colon")?;
        changes.prefer.push(trust.to_owned());
        return Ok(Some(rest));
    }
    Ok(None)
}

fn report(rest: &str) -> Result<Expectation, String> {
    let (words, headline) = match rest.split_once('"') {
        Some((words, quoted)) => {
            let quoted = quoted
                .strip_suffix('"')
                .ok_or("the headline's quote is open")?;
            (words.trim(), Some(quoted.to_owned()))
        }
        None => (rest, None),
    };
    let mut words = words.split_whitespace();
    let code = words.next().ok_or("`report` needs a code")?.to_owned();
    let (mut line, mut file) = (None, None);
    while let Some(word) = words.next() {
        match (word, words.next()) {
            ("line", Some(n)) => {
                line = Some(n.parse().map_err(|_| format!("`line {n}` is no line"))?);
            }
            ("in", Some(name)) => file = Some(name.to_owned()),
            _ => return Err(format!("`{word}` is not known after the code")),
        }
    }
    Ok(Expectation::Report {
        code,
        line,
        file,
        headline,
    })
}

fn items(text: &str) -> Result<Vec<Item>, String> {
    let parts = text.split([',', ';']).map(str::trim);
    parts
        .filter(|p| !p.is_empty() && *p != "nothing")
        .map(|part| match part {
            "assumption" => Ok(Item::Assumption),
            "identity" => Ok(Item::Identity),
            "choice" => Ok(Item::Choice),
            _ => match (part.strip_prefix('#'), part.strip_prefix("line ")) {
                (Some(label), _) => Ok(Item::Label(label.to_owned())),
                (_, Some(n)) => {
                    let line = n.trim().parse();
                    line.map(Item::Line)
                        .map_err(|_| format!("`{part}` is no line"))
                }
                _ => Err(format!("`{part}` is no label, line or assumption")),
            },
        })
        .collect()
}
