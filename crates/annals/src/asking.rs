//! Questions to a compiled chronicle.
//!
//! A question is a text of its own: it becomes a file beside those of the chronicle, so that a
//! report on it points into it as one on a chronicle points into a line.

use std::sync::Arc;

use annals_chronicle::{Day, When};
use annals_query::{
    Answer, Asked, Asker, ClaimRecord, OnTheWay, Outcome, Overview, ReadWhen, SCHEMA, Scope,
    comparison, difference,
};
use annals_reason::Reasoner;
use annals_resolve::Resolved;
use annals_text::{Edit, Files, Report, Span};

use crate::{Changes, Compiled};

/// A question that could not be read: reports, and the files their places lie in, the question
/// itself as the last.
#[derive(Debug)]
pub struct Refusal {
    /// The files of the chronicle and the question.
    pub files: Files,
    /// Why it was not answered.
    pub reports: Vec<Report>,
}

/// What is asked of a way beside its ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journey {
    /// Places it leads by, in turn.
    pub via: Vec<String>,
    /// The mover; all where none is named.
    pub by: Option<String>,
    /// The date of departure.
    pub on: Option<String>,
    /// The days there are for it.
    pub within: Option<u64>,
}

/// Reads the dates of questions by the rules of the chronicle's own lines.
struct Dates<'a>(&'a Resolved);

impl ReadWhen for Dates<'_> {
    fn read_when(&self, text: &str, span: Span) -> Result<When, Report> {
        annals_resolve::read_when(text, span, self.0)
    }
}

impl Compiled {
    /// Answers a question in any of its forms: `640-06-01: Karasahr is subject to Tang`,
    /// `646: ? is ruler of Karasahr`, `when: #fall`.
    ///
    /// # Errors
    ///
    /// Reports that point into the question.
    pub fn ask(&self, question: &str) -> Result<Answer, Box<Refusal>> {
        self.answer(&[("question", question)], |asker, asked| {
            asker.ask(asked[0])
        })
    }

    /// When an event happened or a state held: `#fall`, or a sentence.
    ///
    /// # Errors
    ///
    /// Reports that point into the question.
    pub fn when(&self, question: &str) -> Result<Answer, Box<Refusal>> {
        self.answer(&[("question", question)], |asker, asked| {
            asker.when(asked[0])
        })
    }

    /// Everything recorded of a thing, on a day or altogether.
    ///
    /// # Errors
    ///
    /// Reports that point into the name or the date.
    pub fn show(&self, name: &str, at: Option<&str>) -> Result<Answer, Box<Refusal>> {
        let mut texts = vec![("name", name)];
        texts.extend(at.map(|at| ("date", at)));
        self.answer(&texts, |asker, asked| {
            asker.show(asked[0], asked.get(1).copied())
        })
    }

    /// Events and states in the order of time, of one thing or of the whole chronicle.
    ///
    /// # Errors
    ///
    /// Reports that point into the name.
    pub fn timeline(&self, name: Option<&str>) -> Result<Answer, Box<Refusal>> {
        let texts: Vec<_> = name.map(|name| ("name", name)).into_iter().collect();
        self.answer(&texts, |asker, asked| {
            asker.timeline(asked.first().copied())
        })
    }

    /// Why a sentence holds on a day, or does not, claim by claim.
    ///
    /// # Errors
    ///
    /// Reports that point into the sentence or the date.
    pub fn why(&self, sentence: &str, at: &str) -> Result<Answer, Box<Refusal>> {
        let texts = [("question", sentence), ("date", at)];
        self.answer(&texts, |asker, asked| asker.why_at(asked[0], asked[1]))
    }

    /// The shortest way between two places over the roads, and how long it takes.
    ///
    /// # Errors
    ///
    /// Reports that point into what cannot be read: a name of no place or of several, a mover that
    /// nobody declared, a date.
    pub fn route(&self, from: &str, to: &str, how: &Journey) -> Result<Answer, Box<Refusal>> {
        let mut texts = vec![("from", from), ("to", to)];
        texts.extend(how.via.iter().map(|via| ("via", via.as_str())));
        texts.extend(how.by.iter().map(|by| ("by", by.as_str())));
        texts.extend(how.on.iter().map(|on| ("date", on.as_str())));
        self.answer(&texts, |asker, asked| {
            let mut rest = asked[2..].iter().copied();
            let on_the_way = OnTheWay {
                via: rest.by_ref().take(how.via.len()).collect(),
                by: how.by.as_ref().and_then(|_| rest.next()),
                on: how.on.as_ref().and_then(|_| rest.next()),
                within: how.within,
            };
            asker.route(asked[0], asked[1], &on_the_way)
        })
    }

    /// Where one can come from a place in some days, by one mover or by each.
    ///
    /// # Errors
    ///
    /// Reports that point into a name of no place or of several, or of no mover.
    pub fn reach(&self, from: &str, days: u64, by: Option<&str>) -> Result<Answer, Box<Refusal>> {
        let mut texts = vec![("from", from)];
        texts.extend(by.map(|by| ("by", by)));
        self.answer(&texts, |asker, asked| {
            asker.reach(asked[0], days, asked.get(1).copied())
        })
    }

    /// Strengths and losses as each source gives them: of an event and its parts by its label, or
    /// of all events.
    ///
    /// # Errors
    ///
    /// A report that points into a label that no claim has.
    pub fn figures(&self, label: Option<&str>) -> Result<Answer, Box<Refusal>> {
        let texts: Vec<_> = label.map(|label| ("label", label)).into_iter().collect();
        self.answer(&texts, |asker, asked| asker.figures(asked.first().copied()))
    }

    /// Everything pictures and the page show, as far as the scope allows, without supports.
    pub fn overview(&self, scope: &Scope) -> Overview {
        let dates = Dates(&self.resolved);
        self.asker(&dates).overview(scope)
    }

    /// Every claim of the chronicle with the days of what it tells of, in document order; none is
    /// left out.
    pub fn claim_records(&self) -> Vec<ClaimRecord> {
        let dates = Dates(&self.resolved);
        self.asker(&dates).claim_records()
    }

    /// What cannot all be true, and the ways of reading it.
    pub fn readings(&self) -> Answer {
        self.asked(|asker| Outcome::Readings(asker.readings()), "readings")
    }

    /// What changes in the answers with some claims left out, others assumed, trust declared.
    ///
    /// # Errors
    ///
    /// Reports that point into the changes.
    pub fn difference(&self, changes: &Changes) -> Result<Answer, Box<Refusal>> {
        let changed = self.what_if(changes)?;
        Ok(self.difference_to(&changed, &changes.words()))
    }

    /// What changes in the answers between this chronicle and one that [`Compiled::what_if`] made
    /// of it, for whoever keeps both; `words` say what was changed.
    pub fn difference_to(&self, changed: &Compiled, words: &str) -> Answer {
        let dates = [Dates(&self.resolved), Dates(&changed.resolved)];
        let (before, after) = (self.asker(&dates[0]), changed.asker(&dates[1]));
        let found = Outcome::Difference(difference(&before, &after));
        let mut answer = self.asked(|_| found, words);
        answer.notes = changed.advice();
        answer
    }

    /// Why a state of the overview holds on a day or does not, by its number there; `None` where
    /// no state has that number.
    pub fn why_state(&self, number: u32, jdn: i32) -> Option<Answer> {
        let dates = Dates(&self.resolved);
        self.asker(&dates).why_state(number, Day(jdn))
    }

    /// The days of an event of the overview and what forces them, by its number there, whether it
    /// has a label or not; `None` where no event has that number.
    pub fn event_numbered(&self, number: u32) -> Option<Answer> {
        let dates = Dates(&self.resolved);
        self.asker(&dates).event_numbered(number)
    }

    /// What two sources say, each heard alone: where they agree, differ, are silent.
    ///
    /// # Errors
    ///
    /// A report that points into the name of a source that is not there.
    pub fn compare(&self, first: &str, second: &str) -> Result<Answer, Box<Refusal>> {
        let (one, other) = (self.alone(first)?, self.alone(second)?);
        let dates = [Dates(&one.resolved), Dates(&other.resolved)];
        let askers = (one.asker(&dates[0]), other.asker(&dates[1]));
        let names = [first, second].map(|name| name.trim_start_matches('@'));
        let found = Outcome::Comparison(comparison(&askers.0, &askers.1, names));
        let question = format!("compare @{} @{}", names[0], names[1]);
        Ok(self.asked(|_| found, &question))
    }

    /// An answer with one result to a question that is no text of its own.
    fn asked(&self, ask: impl FnOnce(&Asker<'_>) -> Outcome, question: &str) -> Answer {
        let dates = Dates(&self.resolved);
        Answer {
            schema: SCHEMA,
            question: question.to_owned(),
            time: None,
            results: vec![ask(&self.asker(&dates))],
            notes: vec![],
        }
    }

    fn asker<'a>(&'a self, dates: &'a Dates<'a>) -> Asker<'a> {
        Asker::new(
            &self.resolved.chronicle,
            &self.files,
            &self.resolved.matcher,
            &self.resolved.settings,
            &self.reasoner,
            dates,
        )
    }

    fn answer(
        &self,
        texts: &[(&str, &str)],
        ask: impl FnOnce(&Asker, &[Asked]) -> Result<Answer, Vec<Report>>,
    ) -> Result<Answer, Box<Refusal>> {
        let mut files = self.files.clone();
        let mut asked = Vec::with_capacity(texts.len());
        for (name, text) in texts {
            let file = files.add(*name, *text);
            asked.push(Asked::new(text, Span::new(file, 0, text.len() as u32)));
        }
        let dates = Dates(&self.resolved);
        // Words that no claim has said are still something to ask about.
        let texts: Vec<(&str, Span)> = asked.iter().map(|a| (a.text, a.span)).collect();
        let told = annals_resolve::with_new_words(&self.resolved, &texts);
        let told = told.map(|chronicle| {
            let chronicle = Arc::new(chronicle);
            let reasoner = Reasoner::after(chronicle.clone(), &self.reasoner);
            (reasoner, chronicle)
        });
        let (reasoner, chronicle) = match &told {
            Some((reasoner, chronicle)) => (reasoner, chronicle),
            None => (&self.reasoner, &self.resolved.chronicle),
        };
        let asker = Asker::new(
            chronicle,
            &files,
            &self.resolved.matcher,
            &self.resolved.settings,
            reasoner,
            &dates,
        );
        let answer = ask(&asker, &asked);
        answer.map_err(|reports| {
            let reports = reports
                .into_iter()
                .map(|r| of_question(r, &files))
                .collect();
            Box::new(Refusal { files, reports })
        })
    }
}

/// A report on a question: what is not declared cannot be declared there, and who writes "who"
/// means a hole.
fn of_question(mut report: Report, files: &Files) -> Report {
    const ASKING: [&str; 6] = ["who", "whom", "what", "which", "where", "whose"];
    let declares = |e: &Edit| e.span.start == annals_sentence::END_OF_FILE;
    report
        .remedies
        .retain(|remedy| !remedy.edits.iter().any(declares));
    let place = report.place().filter(|_| report.code == "undeclared-name");
    let word = place.map(|span| files.slice(span).to_lowercase());
    if let (Some(span), Some(word)) = (place, word)
        && ASKING.contains(&word.as_str())
    {
        let edit = Edit {
            span,
            replacement: "?".to_owned(),
        };
        return Report::error(
            "undeclared-name",
            format!("`{word}` is not declared; what is asked is written `?`"),
        )
        .at(span, "a hole was expected")
        .help("a question is `date: sentence` with `?` in a name's place")
        .fix("write `?`", vec![edit], false);
    }
    report
}
