//! Names that are not declared, or are of a kind their slot does not take.

use annals_chronicle::{EntityId, KindId, RoleContent, Vocabulary};
use annals_text::{Edit, Report, Span};

use super::ambiguity::with_kind;
use super::segment::{Problem, Segment};
use super::{END_OF_FILE, short};
use crate::matcher::{Matcher, quoted_words};
use crate::sentence::Sentence;
use crate::token::TokenKind;
use crate::trie::SlotSpec;

/// Who asks for a filler, for the words of a report.
pub(super) struct Asker<'a> {
    pub(super) spec: &'a SlotSpec,
    /// The pattern's name: `submits to`; `None` outside sentences.
    pub(super) needed_by: Option<&'a str>,
}

/// `a polity`, `an actor`.
pub(super) fn with_article(words: &str) -> String {
    let vowel = words.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    format!("{} {words}", if vowel { "an" } else { "a" })
}

/// What a slot takes, with an article: `a polity or place`, `a declared name`.
pub(super) fn needed(spec: &SlotSpec, vocabulary: &Vocabulary) -> String {
    match &spec.content {
        RoleContent::Any => "a declared name".to_owned(),
        RoleContent::Text => "words in quotation marks".to_owned(),
        RoleContent::Number => "a figure".to_owned(),
        RoleContent::Kinds(kinds) => {
            let names = kinds.iter().filter_map(|k| vocabulary.kinds.get(k.index()));
            one_of(&names.map(|k| k.name.as_str()).collect::<Vec<_>>())
        }
    }
}

/// `a polity, place or people`; the first few of many.
fn one_of(names: &[&str]) -> String {
    const SHOWN_MAX: usize = 6;
    match names.split_last() {
        None => "a declared name".to_owned(),
        Some((only, [])) => with_article(only),
        Some((last, rest)) if names.len() <= SHOWN_MAX => {
            format!("{} or {last}", with_article(&rest.join(", ")))
        }
        Some(_) => format!(
            "{} or the like",
            with_article(&names[..SHOWN_MAX].join(", "))
        ),
    }
}

/// Why a text is not a filler of such a slot.
pub(crate) fn filler_report(matcher: &Matcher, sentence: &Sentence, spec: &SlotSpec) -> Report {
    let whole = (0, sentence.len());
    let asker = Asker {
        spec,
        needed_by: None,
    };
    let problems = Segment::new(sentence, &matcher.names, whole).problems(&matcher.names, spec);
    let first = problems.first().unwrap_or(&Problem::NoList);
    problem_report(matcher, sentence, &asker, whole, first)
}

/// The report of one problem of a filler.
pub(super) fn problem_report(
    matcher: &Matcher,
    sentence: &Sentence,
    asker: &Asker,
    (from, to): (usize, usize),
    problem: &Problem,
) -> Report {
    let place = sentence.place(from, to);
    let words = sentence.slice(from, to);
    let wanted = needed(asker.spec, &matcher.vocabulary);
    let needs = match asker.needed_by {
        Some(name) => format!("`{name}` needs {wanted}"),
        None => format!("{wanted} is needed here"),
    };
    match problem {
        Problem::Unknown { from, to } => undeclared(matcher, sentence, asker, (*from, *to)),
        Problem::WrongKind { from, to, things } => {
            let name = (sentence.slice(*from, *to), sentence.place(*from, *to));
            wrong_kind(matcher, asker, name, things, &needs)
        }
        Problem::NoList => {
            let words = short(words);
            let headline = format!("`{words}` is neither a declared name nor a list of them");
            Report::error("undeclared-name", headline).at(
                place,
                "expected names joined by commas and `and`, or by `or`",
            )
        }
        Problem::TooFew => {
            let headline = match asker.needed_by {
                Some(name) => format!("`{name}` needs at least {} names here", asker.spec.least),
                None => format!("At least {} names are needed here", asker.spec.least),
            };
            Report::error("slot-missing", headline)
                .at(place, "too few names")
                .help("join the names with `and`")
        }
        Problem::Unquoted => {
            let edit = Edit {
                span: place,
                replacement: format!("\"{words}\""),
            };
            Report::error(
                "unknown-sentence",
                format!("`{}` must be in quotation marks here", short(words)),
            )
            .at(place, "words without quotation marks")
            .note("What is no declared name is written in quotation marks and kept as written.")
            .fix(format!("write `\"{}\"`", short(words)), vec![edit], false)
        }
        Problem::NoFigure => {
            let words = short(words);
            Report::error("kind-mismatch", format!("`{words}` is no figure; {needs}"))
                .at(place, "expected a number, as in `3,000` or `about 3000`")
        }
    }
}

/// Kinds directly or indirectly below another that have none below themselves, in the order
/// declared; the kind itself where nothing is below it.
fn leaves(vocabulary: &Vocabulary, kind: KindId) -> Vec<KindId> {
    let all = || (0..vocabulary.kinds.len() as u32).map(KindId);
    let is_leaf = |k: &KindId| {
        !vocabulary
            .kinds
            .iter()
            .any(|other| other.parents.contains(k))
    };
    all()
        .filter(|k| vocabulary.is_a(*k, kind))
        .filter(is_leaf)
        .collect()
}

/// A line that declares a name of the kind most likely meant, and whether no other kind is.
///
/// Who declares places as `place` and nothing finer is shown `place`, else the first of the finest.
fn declaration(matcher: &Matcher, spec: &SlotSpec, name: &str) -> Option<(String, bool)> {
    let vocabulary = &matcher.vocabulary;
    let RoleContent::Kinds(kinds) = &spec.content else {
        return None;
    };
    let first = leaves(vocabulary, *kinds.first()?);
    let only = kinds.len() == 1 && first.len() == 1;
    let used = kinds.iter().find(|kind| matcher.names.has_kind(**kind));
    let kind = used.or(first.first()).unwrap_or(&kinds[0]);
    let kind = vocabulary.kinds.get(kind.index())?;
    // A declaration's line must not be taken for a claim or a further name.
    let needs_quotes = name.contains([':', ',', '[', '{', '"', '?']) || name.contains("//");
    let name = if needs_quotes {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    };
    Some((format!("{} {name}", kind.name), only))
}

/// The kinds a new name could have, in words: `a person, polity or people`.
fn choices(vocabulary: &Vocabulary, spec: &SlotSpec) -> String {
    let RoleContent::Kinds(kinds) = &spec.content else {
        return "of any kind".to_owned();
    };
    let mut names: Vec<&str> = vec![];
    for kind in kinds.iter().flat_map(|k| leaves(vocabulary, *k)) {
        let name = vocabulary.kinds[kind.index()].name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    one_of(&names)
}

fn insertion(span: Span, line: &str) -> Edit {
    Edit {
        span: Span::new(span.file, END_OF_FILE, END_OF_FILE),
        replacement: format!("{line}\n"),
    }
}

/// A name that is not declared: the nearest one of a kind that fits, or its declaration.
fn undeclared(
    matcher: &Matcher,
    sentence: &Sentence,
    asker: &Asker,
    (from, to): (usize, usize),
) -> Report {
    let place = sentence.place(from, to);
    let quoted = to == from + 1 && matches!(sentence.kind(from), Some(TokenKind::Quoted { .. }));
    let name = if quoted {
        quoted_words(sentence, from)
    } else {
        sentence.slice(from, to).to_owned()
    };
    let wanted = needed(asker.spec, &matcher.vocabulary);
    let near = matcher
        .names
        .nearest(&name, |kind| asker.spec.rank(kind).is_some());
    let shown = short(&name);
    let headline = match (near, asker.needed_by) {
        (Some((near, _)), _) => format!("`{shown}` is not declared; did you mean `{near}`?"),
        (None, Some(by)) => format!("`{shown}` is not declared; `{by}` needs {wanted}"),
        (None, None) => format!("`{shown}` is not declared"),
    };
    let mut report =
        Report::error("undeclared-name", headline).at(place, format!("expected {wanted}"));
    match near {
        Some((near, _)) => {
            let edit = Edit {
                span: place,
                replacement: near.to_owned(),
            };
            report = report.fix(format!("write `{near}`"), vec![edit], false);
        }
        None => {
            if let Some((other, thing)) = matcher.names.nearest(&name, |_| true) {
                let kind = with_kind(matcher, thing);
                report = report.note(format!("The nearest name, `{other}`, is {kind}."));
            }
        }
    }
    match declaration(matcher, asker.spec, &name) {
        Some((line, only)) => {
            let edit = insertion(place, &line);
            let report = report.fix(
                format!("declare it: `{}`", short(&line)),
                vec![edit],
                only && near.is_none(),
            );
            if only {
                return report;
            }
            report.note(format!(
                "It may be {}.",
                choices(&matcher.vocabulary, asker.spec)
            ))
        }
        None => report.help(format!("declare it with its kind, as in `person {shown}`")),
    }
}

/// A declared name of things that do not fit.
fn wrong_kind(
    matcher: &Matcher,
    asker: &Asker,
    (name, place): (&str, Span),
    things: &[EntityId],
    needs: &str,
) -> Report {
    let vocabulary = &matcher.vocabulary;
    let kind_of = |t: &EntityId| {
        matcher
            .names
            .kind(*t)
            .and_then(|k| vocabulary.kinds.get(k.index()))
    };
    let mut kinds: Vec<String> = things
        .iter()
        .filter_map(kind_of)
        .map(|k| with_article(&k.name))
        .collect();
    kinds.dedup();
    let is = kinds.join(" and ");
    let report = Report::error("kind-mismatch", format!("`{name}` is {is}; {needs}"))
        .at(place, format!("this is {is}"));
    match declaration(matcher, asker.spec, name) {
        Some((line, _)) => report.fix(
            format!("if it is that too, declare it: `{line}`"),
            vec![insertion(place, &line)],
            false,
        ),
        None => report,
    }
}
