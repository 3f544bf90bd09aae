//! The indented clauses of relations, event types and circumstances.

use annals_chronicle::{Constraint, Edge, Effect, EventTypeId, Role};
use annals_text::{Report, Span};

use super::patterns::after;
use super::template::Index;
use super::{Clause, Compiler, Declared, Entry, bad, pieces_of};
use crate::nearest::nearest;
use crate::pattern::{BLANK, Raw, parse};
use crate::token::words;

const RELATION_CLAUSES: [&str; 15] = [
    "one",
    "symmetric",
    "transitive",
    "inverse of",
    "timeless",
    "once",
    "lasts at most",
    "fades after",
    "needs",
    "needs not",
    "also",
    "meaning",
    "drawn as",
    "finds",
    "inverse",
];
const EVENT_CLAUSES: [&str; 13] = [
    "begins",
    "ends",
    "needs",
    "needs not",
    "kind of",
    "lasting",
    "drawn as",
    "finds",
    "leaves",
    "happens",
    "at the pace of",
    "also",
    "meaning",
];

impl Compiler<'_> {
    /// Reads every clause that may speak of other declarations.
    pub(super) fn read_clauses(&mut self, entries: &[Entry]) {
        let relations = Index::new(entries);
        for entry in entries {
            for clause in &entry.clauses {
                if after(clause, "also").is_some() || after(clause, "meaning").is_some() {
                    continue;
                }
                match entry.word {
                    Declared::Relation => self.relation_clause(entry.index, clause, &relations),
                    Declared::Event => self.event_clause(entry.index, clause, &relations),
                    Declared::Kind | Declared::Circumstance => self.reports.push(
                        Report::error(
                            "stray-detail",
                            "A circumstance takes no details but `also` and `meaning`",
                        )
                        .at(clause.span, "this says nothing of a circumstance"),
                    ),
                }
            }
        }
    }

    fn relation_clause(&mut self, index: usize, clause: &Clause, relations: &Index) {
        let roles = self.vocabulary.relations[index].roles.clone();
        let text = clause.text.trim().trim_end_matches('.');
        if let Some(rest) = after(clause, "drawn as") {
            self.vocabulary.relations[index].drawn = self.drawn(rest, &roles, false);
            return;
        }
        if let Some(rest) = after(clause, "finds") {
            let found = self.presence(rest, &roles, Edge::Start, false);
            self.vocabulary.relations[index].presences.extend(found);
            return;
        }
        let constraint = match text {
            "symmetric" if roles.len() == 2 => Some(Constraint::Symmetric),
            "transitive" if roles.len() == 2 => Some(Constraint::Transitive),
            "symmetric" | "transitive" => {
                let headline = format!("`{text}` is said of relations with two slots");
                self.reports
                    .push(bad(clause.span, headline, "this relation has not two"));
                None
            }
            "timeless" => Some(Constraint::Timeless),
            "once" => Some(Constraint::Once),
            _ => self.longer_constraint(clause, &roles, relations),
        };
        if let Some(constraint) = constraint {
            self.vocabulary.relations[index]
                .constraints
                .push(constraint);
        }
    }

    fn longer_constraint(
        &mut self,
        clause: &Clause,
        roles: &[Role],
        relations: &Index,
    ) -> Option<Constraint> {
        if let Some(rest) = after(clause, "one") {
            return self.one_per(rest, roles);
        }
        if let Some(rest) = after(clause, "lasts at most") {
            let (days, written) = self.length(rest)?;
            return Some(Constraint::LastsAtMost { days, written });
        }
        if let Some(rest) = after(clause, "fades after") {
            let (days, written) = self.length(rest)?;
            return Some(Constraint::FadesAfter { days, written });
        }
        if let Some(rest) = after(clause, "needs not") {
            return self
                .template(rest, roles, relations, false)
                .map(Constraint::NeedsNot);
        }
        if let Some(rest) = after(clause, "needs") {
            return self
                .template(rest, roles, relations, false)
                .map(Constraint::Needs);
        }
        if let Some(rest) = after(clause, "inverse of").or_else(|| after(clause, "inverse")) {
            return self.inverse(rest, roles, relations);
        }
        self.unknown_clause(clause, "relation", &RELATION_CLAUSES);
        None
    }

    /// `inverse of is lord of` or `inverse of {b} is lord of {a}`.
    fn inverse(
        &mut self,
        (text, span): (&str, Span),
        roles: &[Role],
        relations: &Index,
    ) -> Option<Constraint> {
        if text.contains('{') {
            let template = self.template((text, span), roles, relations, false)?;
            return Some(Constraint::Inverse(template.relation));
        }
        let key: Vec<String> = words(text).iter().map(crate::token::Token::lower).collect();
        let found = relations.by_words(&key);
        if found.is_none() {
            let headline = format!("No relation has the words `{text}`");
            self.reports.push(bad(
                span,
                headline,
                "expected the fixed words of a relation",
            ));
        }
        found.map(Constraint::Inverse)
    }

    /// `suzerain per vassal`; several roles are joined by `and` or commas.
    fn one_per(&mut self, (text, span): (&str, Span), roles: &[Role]) -> Option<Constraint> {
        let (mut value, mut per) = (vec![], vec![]);
        let mut after_per = false;
        for (word, place) in pieces_of(text, span) {
            let word = word.trim_matches(|c| matches!(c, ',' | '.' | '{' | '}'));
            match word {
                "" | "and" => {}
                "per" => after_per = true,
                _ => {
                    let role = self.role_named(word, place, roles)?;
                    if after_per { &mut per } else { &mut value }.push(role);
                }
            }
        }
        if value.is_empty() || per.is_empty() || value.iter().any(|r| per.contains(r)) {
            let headline = "`one` is followed by a role, `per` and another role";
            self.reports.push(
                bad(span, headline, "expected `one … per …`")
                    .help("write `one suzerain per vassal`"),
            );
            return None;
        }
        Some(Constraint::One { value, per })
    }

    fn length(&mut self, (text, span): (&str, Span)) -> Option<(i32, String)> {
        let days = most_days(text);
        if days.is_none() {
            let headline = format!("`{text}` is no length of time");
            self.reports
                .push(bad(span, headline, "expected a number and a unit").help("write `60 years`"));
        }
        days.map(|days| (days, text.trim_end_matches('.').trim().to_owned()))
    }

    fn event_clause(&mut self, index: usize, clause: &Clause, relations: &Index) {
        let roles = self.vocabulary.event_types[index].roles.clone();
        if clause.text.trim().trim_end_matches('.') == "lasting" {
            self.vocabulary.event_types[index].lasting = true;
            return;
        }
        if let Some(rest) = after(clause, "drawn as") {
            self.vocabulary.event_types[index].drawn = self.drawn(rest, &roles, true);
            return;
        }
        if self.whereabouts(index, clause, &roles) {
            return;
        }
        if let Some(rest) = after(clause, "kind of") {
            if let Some(above) = self.event_meant(rest, relations) {
                self.kind_of(index, above, rest.1);
            }
            return;
        }
        let effect = if let Some(rest) = after(clause, "begins") {
            self.template(rest, &roles, relations, false)
                .map(Effect::Begins)
        } else if let Some(rest) = after(clause, "ends") {
            self.template(rest, &roles, relations, true)
                .map(|template| {
                    let open = template
                        .arguments
                        .contains(&annals_chronicle::Argument::Any);
                    if open {
                        Effect::EndsAny(template)
                    } else {
                        Effect::Ends(template)
                    }
                })
        } else if let Some(rest) = after(clause, "needs not") {
            self.template(rest, &roles, relations, false)
                .map(Effect::NeedsNot)
        } else if let Some(rest) = after(clause, "needs") {
            self.template(rest, &roles, relations, false)
                .map(Effect::Needs)
        } else {
            self.unknown_clause(clause, "event", &EVENT_CLAUSES);
            None
        };
        if let Some(effect) = effect {
            self.vocabulary.event_types[index].effects.push(effect);
        }
    }

    /// A type above itself would make every label of it look related to every other.
    fn kind_of(&mut self, index: usize, above: EventTypeId, span: Span) {
        let id = EventTypeId(index as u32);
        if self.vocabulary.is_kind_of(above, id) {
            let headline = "An event type cannot be a special case of itself";
            self.reports
                .push(bad(span, headline, "leads back to this declaration"));
            return;
        }
        self.vocabulary.event_types[index].kind_of.push(above);
    }

    /// The event type of a name, of its fixed words, or of a pattern with slots of any name.
    fn event_meant(&mut self, (text, span): (&str, Span), index: &Index) -> Option<EventTypeId> {
        let text = text.trim_end_matches('.');
        let named = self
            .vocabulary
            .event_types
            .iter()
            .find(|e| e.name == text)
            .map(|e| e.id);
        if let Some(id) = named.or_else(|| index.event(&shape_of(text, span))) {
            return Some(id);
        }
        let report = bad(
            span,
            format!("No event is called `{text}`"),
            "not a declared event",
        );
        let names = self.vocabulary.event_types.iter().map(|e| e.name.as_str());
        self.reports.push(match nearest(text, names) {
            Some(near) => report.help(format!("did you mean `{near}`?")),
            None => report.help("name an event by its fixed words, as in `kind of captures`"),
        });
        None
    }

    fn unknown_clause(&mut self, clause: &Clause, of: &str, known: &[&str]) {
        let first: String = clause.text.split_whitespace().take(1).collect();
        let text = clause.text.trim();
        let report = Report::error(
            "stray-detail",
            format!("`{text}` is no clause of a declaration"),
        )
        .at(clause.span, format!("not a clause of this {of}"));
        let near = nearest(
            &first,
            known.iter().map(|k| k.split(' ').next().unwrap_or(k)),
        );
        self.reports.push(match near {
            Some(near) => report.help(format!("did you mean `{near}`?")),
            None => report.help(format!(
                "its clauses begin with {}",
                known[..known.len() - 1].join(", ")
            )),
        });
    }
}

/// The skeleton of a pattern whose slots may have any names; bare words give their own row.
fn shape_of(text: &str, span: Span) -> Vec<String> {
    let mut key = vec![];
    for piece in parse(text, span).unwrap_or_default() {
        match piece {
            Raw::Word(forms) => {
                let first = forms.first().map(String::as_str).unwrap_or_default();
                key.extend(words(first).iter().map(crate::token::Token::lower));
            }
            Raw::Slot { .. } => key.push(BLANK.to_owned()),
            Raw::Optional(_) => {}
        }
    }
    key
}

/// The greatest number of days an amount may mean: `120 years` is 43830.
///
/// The greatest length of `n` years is taken as `floor(365.25 n) + 1` days, since no calendar
/// of 365.25-day years puts more between two days of one name; `n` months are at most 31 days
/// each and at most `floor(365.25 n / 12) + 3` together. Both err by a day or two at most,
/// always on the side that excludes nothing.
fn most_days(text: &str) -> Option<i32> {
    let tokens = words(text);
    let [number, unit] = &tokens[..] else {
        return None;
    };
    let n: i64 = number
        .text
        .parse()
        .ok()
        .filter(|n| (0..=100_000).contains(n))?;
    let days = match unit.lower().trim_end_matches('s') {
        "day" => n,
        "week" => n * 7,
        "month" => (n * 31).min(n * 36_525 / 1200 + 3),
        "year" => julian_years(n),
        "decade" => julian_years(n * 10),
        "century" | "centurie" => julian_years(n * 100),
        _ => return None,
    };
    i32::try_from(days).ok()
}

/// Most days that so many years have: every fourth is a leap year at most.
fn julian_years(years: i64) -> i64 {
    (years * 36_525 + 99) / 100
}

#[cfg(test)]
mod tests {
    use super::most_days;

    #[test]
    fn amounts_are_rounded_up() {
        assert_eq!(most_days("1 year"), Some(366));
        assert_eq!(most_days("60 years"), Some(21_915));
        assert_eq!(most_days("2 months"), Some(62));
        assert_eq!(most_days("40 days"), Some(40));
        assert_eq!(most_days("2 centuries"), Some(73_050));
        assert_eq!(most_days("some years"), None);
        assert_eq!(most_days("999999999999 years"), None);
    }
}
