//! Who is where: `finds {who} at {place}`, `leaves {who} at {place}`, `happens at {place}`, and at
//! whose pace: `at the pace of army`.

use annals_chronicle::{Edge, Presence, Role, Spot};
use annals_text::Span;

use super::patterns::after;
use super::{Clause, Compiler, bad, pieces_of};

impl Compiler<'_> {
    /// Reads a clause of an event type that says who is where; `false` where it is another.
    pub(super) fn whereabouts(&mut self, index: usize, clause: &Clause, roles: &[Role]) -> bool {
        if let Some(rest) = after(clause, "finds") {
            let found = self.presence(rest, roles, Edge::Start, true);
            self.vocabulary.event_types[index].presences.extend(found);
        } else if let Some(rest) = after(clause, "leaves") {
            let found = self.presence(rest, roles, Edge::End, true);
            self.vocabulary.event_types[index].presences.extend(found);
        } else if let Some((text, span)) = after(clause, "happens") {
            self.vocabulary.event_types[index].site = self.site(text, span, roles);
        } else if let Some((text, span)) = after(clause, "at the pace of") {
            self.vocabulary.event_types[index].pace = self.kind(text.trim_end_matches('.'), span);
        } else {
            return false;
        }
        true
    }

    /// `{who} at {place}`, or `{who} here` for the place that a claim's circumstances say.
    pub(super) fn presence(
        &mut self,
        (text, span): (&str, Span),
        roles: &[Role],
        edge: Edge,
        here: bool,
    ) -> Option<Presence> {
        let pieces = pieces_of(text.trim_end_matches('.'), span);
        let in_braces = |word: &str| {
            let inner = word.strip_prefix('{')?.strip_suffix('}')?;
            Some(inner.to_owned())
        };
        match pieces[..] {
            [(who, at), ("at", _), (place, to)] => {
                let who = self.role_named(&in_braces(who)?, at, roles)?;
                let place = self.role_named(&in_braces(place)?, to, roles)?;
                let place = Spot::Role(place);
                Some(Presence { who, place, edge })
            }
            [(who, at), ("here", _)] if here => {
                let who = self.role_named(&in_braces(who)?, at, roles)?;
                let place = Spot::Here;
                Some(Presence { who, place, edge })
            }
            _ => {
                self.reports.push(
                    bad(
                        span,
                        "This does not say who is where",
                        "expected two roles with `at` between them",
                    )
                    .help("write `finds {who} at {place}`"),
                );
                None
            }
        }
    }

    /// `at {place}`
    fn site(&mut self, text: &str, span: Span, roles: &[Role]) -> Option<u32> {
        let pieces = pieces_of(text.trim_end_matches('.'), span);
        if let [("at", _), (place, to)] = pieces[..]
            && let Some(name) = place.strip_prefix('{').and_then(|p| p.strip_suffix('}'))
        {
            return self.role_named(name, to, roles);
        }
        let headline = "This does not say where it takes place";
        self.reports.push(
            bad(span, headline, "expected `at` and a role").help("write `happens at {place}`"),
        );
        None
    }
}
