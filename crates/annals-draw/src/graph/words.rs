//! A graph in words: lords, and under each his vassals, with how surely it holds.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annals_query::Overview;

use super::boxes;
use super::web::{Form, Line, Tie, Web};
use super::{GraphOptions, subtitle};
use crate::calendar::{day_words, settings_of};
use crate::marks::{At, When};
use crate::words::{bare_name, days_words};

/// The same as the graph shows, as lines of text: each lord, indented below him who stood under
/// him, then allies and enemies. At a day only what holds then, certainly or possibly.
pub fn graph_text(overview: &Overview, options: &GraphOptions) -> String {
    let web = Web::new(overview, options);
    let teller = Teller {
        overview,
        web: &web,
        at: options.look.at,
    };
    let palette = crate::palette::palette(overview);
    let sheet = super::Sheet {
        overview,
        palette: &palette,
        options,
    };
    let mut text = format!("{}\n", subtitle(&sheet, &web));
    let mut told = BTreeSet::new();
    for node in 0..web.nodes.len() {
        let has_lord = teller.shown(Form::Above).any(|tie| tie.from == node);
        let is_lord = teller.shown(Form::Above).any(|tie| tie.to == node);
        if !has_lord && (is_lord || teller.has_lines(node)) {
            teller.tell(node, 0, None, &mut told, &mut text);
        }
    }
    // A ring of lords has no top; it is told from its first member.
    for tie in teller.shown(Form::Above) {
        if !told.contains(&tie.from) {
            teller.tell(tie.from, 0, None, &mut told, &mut text);
        }
    }
    for (form, heading) in [
        (Form::Beside, "friends"),
        (Form::Against, "enemies"),
        (Form::Born, "children and parents"),
        (Form::Kin, "kin"),
        (Form::Same, "perhaps one"),
    ] {
        let mut ties = teller.shown(form).peekable();
        if ties.peek().is_some() {
            let _ = writeln!(text, "{heading}");
        }
        for tie in ties {
            let (a, b) = (teller.name(tie.from), teller.name(tie.to));
            let _ = writeln!(text, "  {a} – {b}{}", teller.about(tie));
        }
    }
    text
}

struct Teller<'a> {
    overview: &'a Overview,
    web: &'a Web<'a>,
    at: Option<i32>,
}

impl Teller<'_> {
    fn holds(&self, when: &When) -> bool {
        self.at.is_none_or(|day| when.at(day) != At::None)
    }

    fn shown(&self, form: Form) -> impl Iterator<Item = &Tie<'_>> {
        let of_form =
            move |tie: &&Tie| tie.form == form && (tie.states.is_empty() || self.holds(&tie.when));
        self.web.ties.iter().filter(of_form)
    }

    fn has_lines(&self, node: usize) -> bool {
        self.web.nodes[node]
            .lines
            .iter()
            .any(|line| self.holds(&line.when))
    }

    fn name(&self, node: usize) -> &str {
        bare_name(&self.web.nodes[node].thing.name)
    }

    /// `: subject to, certain, 632–644`
    fn about(&self, tie: &Tie) -> String {
        if tie.states.is_empty() {
            return String::new();
        }
        format!(": {}, {}", tie.words, self.how(&tie.when))
    }

    fn how(&self, when: &When) -> String {
        how(self.overview, when, self.at)
    }

    fn tell(
        &self,
        node: usize,
        depth: usize,
        tie: Option<&Tie>,
        told: &mut BTreeSet<usize>,
        text: &mut String,
    ) {
        let indent = "  ".repeat(depth);
        let about = tie.map(|tie| self.about(tie)).unwrap_or_default();
        let _ = writeln!(text, "{indent}{}{about}", self.name(node));
        // Who stands under several lords is told in full under the first.
        if !told.insert(node) {
            return;
        }
        for line in self.web.nodes[node]
            .lines
            .iter()
            .filter(|line| self.holds(&line.when))
        {
            let _ = writeln!(text, "{indent}  · {}: {}", line.words, self.how(&line.when));
        }
        for tie in self.shown(Form::Above).filter(|tie| tie.to == node) {
            self.tell(tie.from, depth + 1, Some(tie), told, text);
        }
    }
}

fn how(overview: &Overview, when: &When, at: Option<i32>) -> String {
    if let Some(day) = at {
        return boxes::surely(when.at(day)).to_owned();
    }
    let certain = when.runs().iter().any(|run| run.certain);
    let surely = if certain { "certain" } else { "possible" };
    match days_words(overview, when) {
        days if days.is_empty() => surely.to_owned(),
        days => format!("{surely}, {days}"),
    }
}

/// How surely a line holds, at a day or at all.
pub(crate) fn surely(line: &Line, at: Option<i32>) -> String {
    match at {
        Some(day) => boxes::surely(line.when.at(day)).to_owned(),
        None => line.days.clone(),
    }
}

/// What a screen reader says of a tie.
pub(crate) fn spoken(sheet: &super::Sheet, web: &Web, tie: &Tie) -> String {
    if tie.states.is_empty() {
        let (a, b) = (
            &web.nodes[tie.from].thing.name,
            &web.nodes[tie.to].thing.name,
        );
        return format!("{a} and {b} are perhaps one");
    }
    let sentences: Vec<&str> = tie.states.iter().map(|s| s.sentence.as_str()).collect();
    let settings = settings_of(&sheet.overview.calendar);
    let on = match sheet.options.look.at {
        Some(day) => format!(" on {}", day_words(day, &settings)),
        None => String::new(),
    };
    let how = how(sheet.overview, &tie.when, sheet.options.look.at);
    format!("{}: {how}{on}", sentences.join("; "))
}
