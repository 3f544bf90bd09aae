//! What the value of a detail is, by its key.

use annals_calendar as calendar;
use annals_chronicle::{
    Argument, Circumstance, DetailValue, Effect, Entity, EntityId, Filler, KindId, RoleContent,
    Sentence, Template, Vocabulary,
};
use annals_sentence::{Matcher, SlotContent, SlotFill};
use annals_text::{Report, Span};

use crate::claims::together;
use crate::events::participants;
use crate::figures::read_figures;
use crate::when::{LabelBook, Labelled, Labels, label_name, unknown_label};
use crate::words::{brief, key, quoted, unquote};

/// How the value of a key is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Things named, or words in quotes.
    Names,
    /// Things named if all of it is names, else words.
    NamesOrWords,
    /// Things named, or a figure.
    NamesOrFigures,
    /// Words.
    Words,
    /// The label of an event that this is a part of, or words.
    PartOf,
    /// The label of an event, or words.
    EventOrWords,
    /// A length of time.
    Length,
    /// Figures, with `of`.
    Figures,
    /// The words of a relation.
    Keeps,
}

/// The keys of DESIGN section 1 and how each is read.
pub(crate) const KEYS: [(&str, Form); 24] = [
    ("at", Form::Names),
    ("from", Form::Names),
    ("to", Form::Names),
    ("via", Form::Names),
    ("with", Form::NamesOrFigures),
    ("for", Form::NamesOrWords),
    ("under", Form::Names),
    ("against", Form::Names),
    ("called", Form::Words),
    ("part of", Form::PartOf),
    ("because of", Form::EventOrWords),
    ("news of", Form::EventOrWords),
    ("lasting", Form::Length),
    ("by", Form::NamesOrWords),
    ("force of", Form::Figures),
    ("losses of", Form::Figures),
    ("survivors of", Form::Figures),
    ("side", Form::NamesOrWords),
    ("side of", Form::NamesOrWords),
    ("result", Form::Words),
    ("quote", Form::Words),
    ("note", Form::Words),
    ("travel", Form::Words),
    ("keeps", Form::Keeps),
];

/// The form of a key as compared.
pub(crate) fn form_of(key: &str) -> Option<Form> {
    KEYS.iter()
        .find(|(name, _)| *name == key)
        .map(|(_, form)| *form)
}

/// What values are read against.
pub(crate) struct Shelf<'a> {
    pub matcher: &'a Matcher,
    pub vocabulary: &'a Vocabulary,
    pub entities: &'a [Entity],
    pub labels: &'a LabelBook<'a>,
}

/// A value that cannot be read, or one whose label's own line cannot be.
type Faults = Vec<Report>;

impl Shelf<'_> {
    /// Reads the value of a detail of a claim that says `sentence`.
    pub(crate) fn value(
        &self,
        form: Form,
        key: &str,
        (text, span): (&str, Span),
        sentence: &Sentence,
    ) -> Result<DetailValue, Faults> {
        let words = || DetailValue::Text(unquote(text).trim().to_string());
        let one = |report: Report| vec![report];
        match form {
            Form::Words => Ok(words()),
            Form::Names if is_quoted(text) => Ok(self
                .names(key, text, span, sentence)
                .map_or_else(|_| words(), DetailValue::Entities)),
            Form::Names => self
                .names(key, text, span, sentence)
                .map(DetailValue::Entities),
            Form::NamesOrWords => Ok(self
                .names(key, text, span, sentence)
                .map_or_else(|_| words(), DetailValue::Entities)),
            Form::NamesOrFigures => match self.names(key, text, span, sentence) {
                Ok(names) => Ok(DetailValue::Entities(names)),
                Err(found) => match self.figures(text, span) {
                    Ok(figures) => Ok(figures),
                    // A text that begins like a figure was meant as one.
                    Err(bad) if text.starts_with(|c: char| c.is_ascii_digit()) => Err(bad),
                    Err(_) if is_quoted(text) => Ok(words()),
                    Err(_) => Err(found),
                },
            },
            Form::PartOf | Form::EventOrWords if label_name(text) != text.trim() => {
                self.event(text, span).map_err(one)
            }
            Form::PartOf | Form::EventOrWords => Ok(words()),
            Form::Length => length(text, span).map_err(one),
            Form::Figures => self.figures(text, span),
            Form::Keeps => self.keeps(text, span, sentence).map_err(one),
        }
    }

    /// Whose figure or side it is: `force of Karasahr and Western Turks`.
    pub(crate) fn of(
        &self,
        text: &str,
        span: Span,
        sentence: &Sentence,
    ) -> Result<Vec<EntityId>, Faults> {
        match self.names("", text, span, sentence)? {
            Filler::Entities(things) => Ok(things.into_vec()),
            Filler::OneOf(_) => Err(vec![
                Report::error("bad-detail", "it is not said whose this is")
                    .at(span, "one owner, or several jointly, were expected"),
            ]),
            Filler::Unfilled | Filler::Number(_) => Ok(Vec::new()),
        }
    }

    /// Names, a shared one read as the kind that fits best: what the circumstance of the same word
    /// takes, then such as the sentence speaks of or could speak of, then anything.
    fn names(
        &self,
        key: &str,
        text: &str,
        span: Span,
        sentence: &Sentence,
    ) -> Result<Filler, Faults> {
        let spoken_of: Vec<KindId> = participants(sentence, self.entities)
            .iter()
            .map(|e| self.entities[e.index()].kind)
            .collect();
        let hints = [self.kinds_of(key), spoken_of, self.role_kinds(sentence)];
        for kinds in hints.iter().filter(|kinds| !kinds.is_empty()) {
            if let Ok(fill) = self.matcher.read_filler(text, span, kinds) {
                return together(&fill, self.matcher);
            }
        }
        let fill: SlotFill = self
            .matcher
            .read_filler(text, span, &[])
            .map_err(|report| vec![report])?;
        match fill.content {
            SlotContent::Hole => Err(vec![
                Report::error(
                    "hole-in-claim",
                    "a `?` in a name's place asks, it does not tell",
                )
                .at(span, "a name was expected"),
            ]),
            _ => together(&fill, self.matcher),
        }
    }

    /// The kinds a circumstance of this word takes.
    fn kinds_of(&self, word: &str) -> Vec<KindId> {
        let named = |c: &&Circumstance| key(&c.name) == word;
        let circumstance = self.vocabulary.circumstances.iter().find(named);
        match circumstance
            .and_then(|c| c.roles.first())
            .map(|r| &r.content)
        {
            Some(RoleContent::Kinds(kinds)) => kinds.clone(),
            Some(RoleContent::Any | RoleContent::Text | RoleContent::Number) | None => Vec::new(),
        }
    }

    /// The kinds that the roles of a sentence take.
    fn role_kinds(&self, sentence: &Sentence) -> Vec<KindId> {
        let roles = match sentence {
            Sentence::Happens { event_type, .. } => {
                &self.vocabulary.event_types[event_type.index()].roles
            }
            Sentence::Holds { relation, .. } => &self.vocabulary.relations[relation.index()].roles,
            Sentence::Text(_) => return Vec::new(),
        };
        let kinds = roles.iter().filter_map(|role| match &role.content {
            RoleContent::Kinds(kinds) => Some(kinds),
            RoleContent::Any | RoleContent::Text | RoleContent::Number => None,
        });
        kinds.flatten().copied().collect()
    }

    fn figures(&self, text: &str, span: Span) -> Result<DetailValue, Faults> {
        let name = |text: &str, span: Span| self.matcher.read_name(text, span, &[]);
        read_figures(text, span, &name).map(DetailValue::Figures)
    }

    fn event(&self, text: &str, span: Span) -> Result<DetailValue, Report> {
        let label = label_name(text);
        if label.contains(|c: char| c.is_whitespace() || c == ',') {
            return Err(
                Report::error("bad-detail", format!("`{}` is not one label", brief(text)))
                    .at(span, "one label was expected")
                    .help("write one line for each"),
            );
        }
        match self.labels.find(label) {
            Labelled::Event(event) => Ok(DetailValue::Event(event)),
            Labelled::Unreadable | Labelled::Unknown => {
                Err(unknown_label(label, span, self.labels.names()))
            }
        }
    }

    /// `keeps ruler of`: the effect of the event that this claim cancels.
    fn keeps(&self, text: &str, span: Span, sentence: &Sentence) -> Result<DetailValue, Report> {
        let relation = self.matcher.read_relation_words(text, span)?;
        let Sentence::Happens { event_type, .. } = sentence else {
            return Err(
                Report::error("bad-detail", "only an event has effects to cancel")
                    .at(span, "what holds changes nothing"),
            );
        };
        let of = &self.vocabulary.event_types[event_type.index()];
        let templates: Vec<&Template> = of
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Begins(t) | Effect::Ends(t) | Effect::EndsAny(t) => Some(t),
                Effect::Needs(_) | Effect::NeedsNot(_) => None,
            })
            .filter(|t| t.relation == relation)
            .collect();
        match templates.as_slice() {
            [] => Err(Report::error(
                "bad-detail",
                format!("`{}` neither begins nor ends this", of.name),
            )
            .at(span, "there is nothing to cancel")),
            [one] => Ok(DetailValue::Keeps((*one).clone())),
            several => Ok(DetailValue::Keeps(Template {
                relation,
                arguments: vec![Argument::Any; several[0].arguments.len()],
            })),
        }
    }
}

fn is_quoted(text: &str) -> bool {
    quoted(text).is_some_and(|(_, rest)| rest.trim().is_empty())
}

/// `40 days`, `40 to 50 days`, `at least 2 months`, `about a year`.
fn length(text: &str, span: Span) -> Result<DetailValue, Report> {
    /// Longer than anything the calendar counts, yet far from the ends of an `i32`.
    const LONGEST: i64 = 1_000_000_000;
    let bad = || {
        Report::error(
            "bad-quantity",
            format!("`{}` is not a length of time", brief(text)),
        )
        .at(span, "an amount of time was expected")
        .help("write it like `lasting 40 days` or `lasting at least 2 months`")
    };
    let folded = key(text);
    let (least, most, vague) = match split_limit(&folded) {
        (Some("at least" | "more than" | "over"), rest) => {
            (amount(rest).ok_or_else(bad)?.0, LONGEST, false)
        }
        (Some("at most" | "less than" | "up to"), rest) => {
            (0, amount(rest).ok_or_else(bad)?.1, false)
        }
        (Some(_), rest) => {
            let (few, many, _) = amount(rest).ok_or_else(bad)?;
            (few, many, true)
        }
        (None, rest) => amount(rest).ok_or_else(bad)?,
    };
    // Nobody stated how far `about` reaches, so only what is far out is refused.
    let (least, most) = if vague {
        (least / 2, most.saturating_mul(2))
    } else {
        (least, most)
    };
    let day = |days: i64| i32::try_from(days.min(LONGEST)).map_err(|_| bad());
    Ok(DetailValue::Length {
        least: day(least)?,
        most: day(most)?,
    })
}

fn split_limit(text: &str) -> (Option<&'static str>, &str) {
    const LIMITS: [&str; 11] = [
        "at least",
        "more than",
        "over",
        "at most",
        "less than",
        "up to",
        "about",
        "around",
        "nearly",
        "c.",
        "~",
    ];
    for limit in LIMITS {
        if let Some(rest) = text.strip_prefix(limit) {
            return (Some(limit), rest.trim_start());
        }
    }
    (None, text)
}

/// Fewest and most days of an amount or a range of amounts, and whether it is vague.
fn amount(text: &str) -> Option<(i64, i64, bool)> {
    if let Some((first, rest)) = text.split_once(" to ").or_else(|| text.split_once(" or ")) {
        let (second, used) = calendar::read_amount(rest)?;
        let unit = rest.get(..used)?.split_whitespace().next_back()?;
        let (first, _) = calendar::read_amount(&format!("{first} {unit}"))
            .or_else(|| calendar::read_amount(first))?;
        let whole = rest.get(used..)?.trim().is_empty();
        return whole.then_some((first.days().0, second.days().1, first.soft || second.soft));
    }
    let (amount, used) = calendar::read_amount(text)?;
    let (few, many) = amount.days();
    text.get(used..)?
        .trim()
        .is_empty()
        .then_some((few, many, amount.soft))
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_text::FileId;

    #[test]
    fn lengths_of_time() {
        let days = |text: &str| {
            let span = Span::new(FileId(0), 0, text.len() as u32);
            match length(text, span) {
                Ok(DetailValue::Length { least, most }) => Some((least, most)),
                _ => None,
            }
        };
        assert_eq!(days("40 days"), Some((40, 40)));
        assert_eq!(days("40 to 50 days"), Some((40, 50)));
        assert_eq!(days("two months"), Some((59, 62)));
        assert_eq!(days("at least 3 days"), Some((3, 1_000_000_000)));
        assert_eq!(days("at most 3 days"), Some((0, 3)));
        assert_eq!(days("about 40 days"), Some((20, 80)));
        assert_eq!(days("a siege"), None);
        assert_eq!(days("40"), None);
    }
}
