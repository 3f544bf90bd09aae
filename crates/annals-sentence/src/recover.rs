//! Reports on sentences and names that cannot be read, with the nearest thing that could.
//!
//! Each headline suffices alone, each label covers the words it speaks of, and each report says
//! what would mend it. Nothing is ever read in a mended form: the historian decides.

mod ambiguity;
mod names;
mod search;
mod segment;
mod sentences;

use annals_chronicle::{Pattern, Role};
use annals_text::{Edit, Report, Span};

use self::names::{Asker, needed, problem_report};
use self::search::{Mend, Mending, Part, mendings};
use self::sentences::{date_in_tail, date_like, opening_date, two_sentences};
use crate::matcher::{Matcher, Unclear, unclear};
use crate::parse::Parse;
use crate::phrase::pattern_words;
use crate::reading::{Holes, Target};
use crate::sentence::Sentence;
use crate::token::TokenKind;
use crate::trie::{Owner, SlotSpec};

pub(crate) use ambiguity::{ambiguous_name, hole_in_claim, relation_words, two_readings};
pub(crate) use names::filler_report;

/// The end of a file, wherever that is: a [`Span`] from `u32::MAX`. An edit there inserts a line
/// after the last one; whoever knows the file puts its length in the place of `u32::MAX`.
pub const END_OF_FILE: u32 = u32::MAX;

/// The place of a declaration, for the order of the vocabulary.
pub(crate) fn declared_at(matcher: &Matcher, target: Target) -> Span {
    match target {
        Target::Event(id) => matcher.vocabulary.event_types[id.index()].span,
        Target::Relation(id) => matcher.vocabulary.relations[id.index()].span,
    }
}

/// The name of what a pattern belongs to.
fn owner_name(matcher: &Matcher, owner: Owner) -> &str {
    let vocabulary = &matcher.vocabulary;
    match owner {
        Owner::Sentence(Target::Event(id)) => &vocabulary.event_types[id.index()].name,
        Owner::Sentence(Target::Relation(id)) => &vocabulary.relations[id.index()].name,
        Owner::Circumstance(id) => &vocabulary.circumstances[id.index()].name,
    }
}

/// The roles and patterns of what a pattern belongs to.
fn owner_roles(matcher: &Matcher, owner: Owner) -> (&[Role], &[Pattern]) {
    let vocabulary = &matcher.vocabulary;
    match owner {
        Owner::Sentence(Target::Event(id)) => {
            let event = &vocabulary.event_types[id.index()];
            (&event.roles, &event.patterns)
        }
        Owner::Sentence(Target::Relation(id)) => {
            let relation = &vocabulary.relations[id.index()];
            (&relation.roles, &relation.patterns)
        }
        Owner::Circumstance(id) => {
            let circumstance = &vocabulary.circumstances[id.index()];
            (&circumstance.roles, &circumstance.patterns)
        }
    }
}

/// The pattern of a mended part in words.
fn pattern_of(matcher: &Matcher, part: &Part) -> String {
    let (roles, patterns) = owner_roles(matcher, part.owner);
    let pattern = patterns.get(part.pattern as usize);
    pattern.map_or_else(String::new, |p| {
        pattern_words(p, roles, &matcher.vocabulary)
    })
}

/// Why a sentence cannot be read; never empty.
pub(crate) fn reports(matcher: &Matcher, sentence: &Sentence, holes: Holes) -> Vec<Report> {
    if let Some(report) = quoted_tail(matcher, sentence) {
        return vec![report];
    }
    if let Some(report) = two_sentences(matcher, sentence) {
        return vec![report];
    }
    if let Some(report) = opening_date(matcher, sentence) {
        return vec![report];
    }
    let mendings = mendings(matcher.lexicon(), sentence);
    let Some(first) = mendings.first() else {
        return vec![unknown(matcher, sentence)];
    };
    let mut reports = vec![];
    for part in &first.parts {
        for mend in &part.mends {
            reports.extend(mend_reports(matcher, sentence, part, mend, &mendings));
        }
    }
    if let Some(from) = first.leftover {
        reports.push(leftover(matcher, sentence, from));
    }
    let mut seen = std::collections::BTreeSet::new();
    reports.retain(|r| seen.insert((r.code, r.headline.clone())));
    if reports.is_empty() {
        // Only a hole can be mended by nothing: it was read, but stands where none may.
        let hole = sentence
            .tokens
            .iter()
            .position(|t| t.kind == TokenKind::Hole);
        reports.push(match hole {
            Some(at) if holes == Holes::Refused => hole_in_claim(sentence.place(at, at + 1)),
            _ => unknown(matcher, sentence),
        });
    }
    reports
}

/// A quoted sentence whose circumstances do not say one thing.
fn quoted_tail(matcher: &Matcher, sentence: &Sentence) -> Option<Report> {
    if !matches!(sentence.kind(0), Some(TokenKind::Quoted { .. })) {
        return None;
    }
    let parse = Parse::new(matcher.lexicon(), sentence);
    let tail = parse.tails(1).first()?;
    tail.fills().find_map(|fill| match unclear(fill) {
        Unclear::Nothing => None,
        Unclear::Hole => Some(hole_in_claim(sentence.place(fill.start, fill.end))),
        Unclear::Name(item) => Some(ambiguous_name(matcher, sentence, item)),
    })
}

/// A sentence that is like nothing the vocabulary can say.
fn unknown(matcher: &Matcher, sentence: &Sentence) -> Report {
    let text = sentence.source.trim();
    let headline = format!("No pattern of the vocabulary reads `{}`", short(text));
    matcher.readable(sentence);
    let (read, all) = (sentence.furthest(), sentence.len());
    let report = Report::error("unknown-sentence", headline);
    let report = if (1..all).contains(&read) {
        report.at(sentence.place(read, all), "no pattern reads on from here")
    } else {
        report.at(sentence.span, "not understood")
    };
    report
        .help("see the patterns with `annals doc vocabulary`, or declare one with `event …`")
        .help("to keep the sentence as words, put it in quotation marks")
}

/// The beginning of a text that is too long for a headline.
fn short(text: &str) -> String {
    const CHARACTERS_MAX: usize = 70;
    match text.char_indices().nth(CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// What one mending has to say.
fn mend_reports(
    matcher: &Matcher,
    sentence: &Sentence,
    part: &Part,
    mend: &Mend,
    mendings: &[Mending],
) -> Vec<Report> {
    let nearest = || no_pattern(matcher, sentence, mendings);
    match mend {
        Mend::Fill {
            from,
            to,
            slot,
            problems,
        } => {
            let spec = SlotSpec::new(&matcher.vocabulary, role_of(matcher, part, *slot));
            let needed_by = Some(owner_name(matcher, part.owner));
            let asker = Asker {
                spec: &spec,
                needed_by,
            };
            let report = |p| problem_report(matcher, sentence, &asker, (*from, *to), p);
            problems.iter().map(report).collect()
        }
        Mend::Empty { at, slot } => vec![empty_slot(matcher, sentence, part, (*at, *slot))],
        Mend::Replace { at, word, slip } => {
            let fixed = &matcher.alphabet.words[*word as usize];
            let place = sentence.place(*at, *at + 1);
            let words = format!("`{}` is not a word of that pattern", sentence.text(*at));
            let report = nearest().at(place, words);
            if !*slip {
                return vec![report.help("see the patterns with `annals doc vocabulary`")];
            }
            let edit = Edit {
                span: place,
                replacement: fixed.clone(),
            };
            vec![report.fix(format!("write `{fixed}`"), vec![edit], false)]
        }
        Mend::Insert { at, word } => {
            let fixed = &matcher.alphabet.words[*word as usize];
            let (place, replacement) = match at {
                0 => (sentence.place(0, 0), format!("{fixed} ")),
                _ => (sentence.place(at - 1, *at), format!(" {fixed}")),
            };
            let report = nearest().at(place, format!("`{fixed}` is missing here"));
            let span = Span::new(place.file, place.end, place.end);
            let edit = Edit { span, replacement };
            vec![report.fix(format!("add `{fixed}`"), vec![edit], false)]
        }
        Mend::Drop { at } => {
            let word = sentence.slice(*at, *at + 1);
            let place = sentence.place(*at, *at + 1);
            let report = nearest().at(place, format!("`{word}` is one word too many"));
            let help = format!("leave `{word}` out, or say it in a `note` below the line");
            vec![report.help(help)]
        }
        Mend::Leftover { .. } => vec![],
    }
}

/// The role of a slot, by its place among the slots of a mended pattern.
fn role_of<'m>(matcher: &'m Matcher, part: &Part, slot: usize) -> &'m Role {
    &owner_roles(matcher, part.owner).0[part.roles[slot] as usize]
}

/// A slot in which nothing stands, before token `at`.
fn empty_slot(
    matcher: &Matcher,
    sentence: &Sentence,
    part: &Part,
    (at, slot): (usize, usize),
) -> Report {
    let name = owner_name(matcher, part.owner);
    let role = role_of(matcher, part, slot);
    let wanted = needed(
        &SlotSpec::new(&matcher.vocabulary, role),
        &matcher.vocabulary,
    );
    let (place, side) = match at {
        0 => (sentence.place(0, 1), "before"),
        _ => (sentence.place(at - 1, at), "after"),
    };
    // `{person}` is a role and a kind in one word, which need not be said twice.
    let headline = match wanted.split_once(' ') {
        Some((_, kind)) if kind == role.name => format!("`{name}` needs {wanted}"),
        _ => format!("`{name}` needs {wanted} as its {}", role.name),
    };
    Report::error("slot-missing", headline)
        .at(place, format!("{wanted} is missing {side} this"))
        .help(format!("the pattern is `{}`", pattern_of(matcher, part)))
}

/// The headline of a sentence that nearly fits some patterns.
fn no_pattern(matcher: &Matcher, sentence: &Sentence, mendings: &[Mending]) -> Report {
    let nearest: Vec<String> = mendings
        .iter()
        .filter_map(|m| m.parts.first())
        .map(|part| pattern_of(matcher, part))
        .collect();
    let text = short(sentence.source.trim());
    let first = nearest.first().map_or("", String::as_str);
    let headline = format!("No pattern reads `{text}`; the nearest is `{first}`");
    let mut report = Report::error("unknown-sentence", headline);
    for other in nearest.iter().skip(1).filter(|n| *n != first) {
        report = report.note(format!("As near is `{other}`."));
    }
    report
}

/// Words after a sentence that are no circumstance.
fn leftover(matcher: &Matcher, sentence: &Sentence, from: usize) -> Report {
    let all = sentence.len();
    if date_like(&sentence.tokens[from..]) {
        return date_in_tail(sentence, (from, all), (0, from));
    }
    let words = sentence.slice(from, all);
    let said = sentence.slice(0, from);
    let headline = format!(
        "`{}` after `{}` is no circumstance",
        short(words),
        short(said)
    );
    let report = Report::error("unknown-sentence", headline).at(
        sentence.place(from, all),
        "nothing in the vocabulary reads this",
    );
    let names: Vec<String> = matcher
        .vocabulary
        .circumstances
        .iter()
        .filter_map(|c| {
            Some(pattern_words(
                c.patterns.first()?,
                &c.roles,
                &matcher.vocabulary,
            ))
        })
        .collect();
    let shown = names
        .iter()
        .take(8)
        .map(|n| format!("`{n}`"))
        .collect::<Vec<_>>()
        .join(", ");
    report
        .help(format!("circumstances are {shown} and so on"))
        .help("say it in a `note` below the line, or in a claim of its own")
}
