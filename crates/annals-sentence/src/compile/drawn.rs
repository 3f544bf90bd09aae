//! `drawn as {suzerain} above {vassal}`: how pictures show a relation or an event type.

use annals_chronicle::{Drawn, DrawnForm, Role};
use annals_text::{Report, Span};

use super::{Compiler, bad, pieces_of};

impl Compiler<'_> {
    /// Reads what follows `drawn as`; `None` after a report.
    ///
    /// A role in braces, the form's word, and the further parts behind the words that introduce
    /// them. Of a moving, either end may be missing, of a fight the place.
    pub(super) fn drawn(
        &mut self,
        (text, span): (&str, Span),
        roles: &[Role],
        of_event: bool,
    ) -> Option<Drawn> {
        let pieces = pieces_of(text.trim_end_matches('.'), span);
        let form = pieces.iter().find_map(|(word, _)| {
            let of_kind = |f: &DrawnForm| f.is_of_events() == of_event;
            let mut forms = DrawnForm::ALL.into_iter().filter(of_kind);
            forms.find(|form| form.word() == *word)
        });
        let Some(form) = form else {
            self.reports.push(no_form(span, of_event));
            return None;
        };
        let mut drawn = Drawn {
            form,
            roles: [None; 3],
        };
        let mut link = None;
        for (word, place) in pieces {
            if let Some(role) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                let role = self.role_named(role, place, roles)?;
                let part = part_of(form, link);
                match part.filter(|part| drawn.roles[*part].is_none()) {
                    Some(part) => drawn.roles[part] = Some(role),
                    None => {
                        let headline = format!("`{}` has no such part", form.word());
                        self.reports
                            .push(bad(place, headline, "not a part of this form"));
                        return None;
                    }
                }
                link = None;
            } else if word == form.word() {
                link = Some("");
            } else {
                link = Some(word);
            }
        }
        let needed = if of_event { 1 } else { 2 };
        if drawn.roles[..needed].iter().any(Option::is_none) {
            self.reports.push(no_form(span, of_event));
            return None;
        }
        Some(drawn)
    }
}

/// The part that a role behind this word plays: the first before any word.
fn part_of(form: DrawnForm, link: Option<&str>) -> Option<usize> {
    let Some(link) = link else { return Some(0) };
    let at = form.links().iter().position(|l| *l == Some(link))?;
    Some(at + 1)
}

fn no_form(span: Span, of_event: bool) -> Report {
    let forms = DrawnForm::ALL.into_iter();
    let forms: Vec<String> = forms
        .filter(|form| form.is_of_events() == of_event)
        .map(sample)
        .collect();
    let headline = "`drawn as` is followed by a form that pictures know";
    bad(span, headline, "this is no form of a picture")
        .help(format!("the forms are {}", forms.join(", ")))
}

/// The form as it is written: `{a} seated at {b}`.
fn sample(form: DrawnForm) -> String {
    let mut words = format!("`{{a}} {}", form.word());
    for (link, role) in form.links().into_iter().flatten().zip(["b", "c"]) {
        let space = if link.is_empty() { "" } else { " " };
        words.push_str(&format!("{space}{link} {{{role}}}"));
    }
    words + "`"
}
