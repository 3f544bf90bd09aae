//! Slots: `{vassal: polity}`, `{sides: actor, 2+}`, `{title: text}`, `{person}`.

use annals_chronicle::{Role, RoleContent};
use annals_text::{Report, Span};

use super::{Compiler, bad};

/// A slot's parts before its kinds are looked up.
struct Parts<'t> {
    role: Option<&'t str>,
    kinds: Vec<&'t str>,
    least: Option<u32>,
}

/// Takes `role: kind or kind, 2+` apart.
fn parts(inner: &str) -> Result<Parts<'_>, &'static str> {
    let (role, rest) = match inner.split_once([':', '：']) {
        Some((role, rest)) => (Some(role.trim()), rest),
        None => (None, inner),
    };
    let (kinds, count) = match rest.split_once([',', '，']) {
        Some((kinds, count)) => (kinds, Some(count.trim())),
        None => (rest, None),
    };
    let least = match count {
        None => None,
        Some(count) => match count.strip_suffix('+').map(str::parse::<u32>) {
            Some(Ok(least)) if least > 0 => Some(least),
            _ => return Err("the fewest things that fill a slot are written `2+`"),
        },
    };
    if role.is_some_and(|r| r.is_empty() || r.contains(char::is_whitespace)) {
        return Err("a role is one word");
    }
    let kinds: Vec<&str> = kinds.split(" or ").map(str::trim).collect();
    if kinds
        .iter()
        .any(|k| k.is_empty() || k.contains(char::is_whitespace))
    {
        return Err("kinds are single words joined by `or`");
    }
    Ok(Parts { role, kinds, least })
}

impl Compiler<'_> {
    /// The role a slot of a declaration's first pattern makes.
    pub(super) fn role(&mut self, inner: &str, span: Span) -> Option<Role> {
        let parts = match parts(inner) {
            Ok(parts) => parts,
            Err(words) => {
                let headline = format!("The slot `{{{inner}}}` cannot be read");
                self.reports.push(bad(span, headline, words));
                return None;
            }
        };
        let content = match parts.kinds[..] {
            ["any"] => RoleContent::Any,
            ["text"] => RoleContent::Text,
            ["number"] => RoleContent::Number,
            _ => self.role_kinds(&parts, span),
        };
        Some(Role {
            name: parts.role.unwrap_or(parts.kinds[0]).to_owned(),
            content,
            least: parts.least.unwrap_or(1),
            together: parts.least.is_some(),
        })
    }

    /// Unknown kinds are reported and left out; a slot left with none takes anything, so that
    /// one slip does not make every sentence of the pattern unreadable.
    fn role_kinds(&mut self, parts: &Parts, span: Span) -> RoleContent {
        let mut known = vec![];
        for name in &parts.kinds {
            if parts.role.is_none() && !self.kinds.contains_key(*name) {
                self.reports.push(
                    Report::error("unknown-kind", format!("No kind is called `{name}`"))
                        .at(span, "a slot without a role must be a kind")
                        .help(format!(
                            "write `{{{name}: KIND}}`, or declare `kind {name}`"
                        )),
                );
            } else if let Some(kind) = self.kind(name, span)
                && !known.contains(&kind)
            {
                known.push(kind);
            }
        }
        if known.is_empty() {
            RoleContent::Any
        } else {
            RoleContent::Kinds(known)
        }
    }

    /// The role a slot of a further pattern, or of a template, speaks of.
    pub(super) fn role_named(&mut self, inner: &str, span: Span, roles: &[Role]) -> Option<u32> {
        let name = inner.split([':', '：']).next().unwrap_or("").trim();
        let found = roles.iter().position(|r| r.name == name);
        if found.is_none() {
            let names: Vec<String> = roles.iter().map(|r| format!("`{}`", r.name)).collect();
            let report = bad(
                span,
                format!("The declaration has no role called `{name}`"),
                "not a role of the first pattern",
            );
            self.reports.push(if names.is_empty() {
                report
            } else {
                report.help(format!("its roles are {}", names.join(", ")))
            });
        }
        found.map(|i| i as u32)
    }
}
