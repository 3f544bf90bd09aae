//! A refutation in numbered steps: what the claims date, what follows, where it breaks.

use annals_chronicle::{Claim, ClaimId, Mode, Origin, Part};
use annals_network::{Alternative, HORIZON};

use super::words::{Narrator, listed};
use crate::encode::Encoded;
use crate::premise::Ground;
use crate::refute::{Clash, Derivation, Gain, Refutation, Step};
use crate::rule::{Rule, Topic};

/// Steps shown of one refutation at most: more fill a screen and persuade nobody.
const STEPS: usize = 14;

impl Narrator<'_> {
    /// The numbered steps of a refutation; empty where it cannot be shown.
    pub fn steps(&self, encoded: &Encoded, refutation: &Refutation) -> Vec<String> {
        let telling = Telling {
            narrator: self,
            encoded,
            rules: &refutation.rules,
        };
        let mut told = Told::default();
        if telling
            .derivation(&refutation.derivation, &mut told)
            .is_none()
            || told.lines.len() > STEPS
        {
            return vec![];
        }
        told.lines
    }
}

struct Telling<'a> {
    narrator: &'a Narrator<'a>,
    encoded: &'a Encoded,
    rules: &'a [Rule],
}

/// Lines told so far, and the line of each step; a step that needs no words has that of what it
/// rests on.
#[derive(Clone, Default)]
struct Told {
    lines: Vec<String>,
    steps: Vec<(Step, Vec<usize>)>,
}

impl Told {
    fn lines_of(&self, steps: &[usize], of: &[Step]) -> Vec<usize> {
        let mut all: Vec<usize> = steps
            .iter()
            .filter_map(|s| of.get(*s))
            .filter_map(|step| self.line_of(step))
            .flatten()
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn line_of(&self, step: &Step) -> Option<&Vec<usize>> {
        let found = self
            .steps
            .iter()
            .find(|(s, _)| s.rule == step.rule && s.gains == step.gains);
        found.map(|(_, lines)| lines)
    }
}

impl Telling<'_> {
    fn derivation(&self, derivation: &Derivation, told: &mut Told) -> Option<()> {
        for step in &derivation.steps {
            // In a case, what was shown before the cases part is not said again.
            if told.line_of(step).is_some() {
                continue;
            }
            let rests_on = told.lines_of(&step.from, &derivation.steps);
            let lines = match self.step(step) {
                Some(words) => {
                    told.lines.push(words);
                    vec![told.lines.len()]
                }
                None => rests_on,
            };
            told.steps.push((step.clone(), lines));
        }
        self.clash(derivation, told)
    }

    /// What a step shows; `None` where it only speaks of helpers.
    fn step(&self, step: &Step) -> Option<String> {
        let rule = &self.rules[step.rule];
        // The days of what holds throughout are in its claim.
        if rule.needs.is_empty() && crate::refute::is_dated(rule) {
            return None;
        }
        let so = self.gains(&step.gains, "was")?;
        Some(match self.dated(rule, &step.gains) {
            Some(words) => words,
            None => format!("{}: so {so}", self.reason(rule)),
        })
    }

    /// `#y was on 640-01-11`, for each moment that has a name.
    fn gains(&self, gains: &[Gain], verb: &str) -> Option<String> {
        let mut all: Vec<String> = Vec::new();
        for gain in gains {
            if let Some(moment) = self.narrator.moment(self.encoded, gain.var) {
                let words = format!("{moment} {verb} {}", self.narrator.when(&gain.days));
                if !all.contains(&words) {
                    all.push(words);
                }
            }
        }
        (!all.is_empty()).then(|| listed(&all, "and"))
    }

    /// A date that gives days by itself: "@b dates #d `646`".
    fn dated(&self, rule: &Rule, gains: &[Gain]) -> Option<String> {
        let (claim, index) = self.condition_of(rule)?;
        if !crate::refute::is_dated(rule) {
            return None;
        }
        let condition = &claim.when.conditions[index as usize];
        let [gain, ..] = gains else { return None };
        let words = self.placed(claim, index);
        let exact = self.narrator.when(&gain.days);
        let bare = exact.trim_start_matches("in ").trim_start_matches("on ");
        let same = bare == condition.written.trim_start_matches("within ");
        let several = gains.iter().any(|g| g.days != gain.days);
        Some(if same || several {
            words
        } else {
            format!("{words}, that is {exact}")
        })
    }

    /// "@xts, 2-20a dates #fall `Zhenguan 18.9 xinmao`"
    fn placed(&self, claim: &Claim, index: u32) -> String {
        let condition = &claim.when.conditions[index as usize];
        let event = self.narrator.event(claim.event);
        let reported = match condition.reported && !condition.written.starts_with("reported") {
            true => "reported ",
            false => "",
        };
        let written = format!("`{reported}{}`", condition.written);
        let who = self.narrator.who(&claim.attestations);
        match (condition.origin, who, claim.mode) {
            (Origin::Section(_), _, _) => {
                format!("the section it stands in places {event} {written}")
            }
            (_, Some(who), Mode::Ordered) => {
                format!("{who} says that {event} was ordered {written}")
            }
            (_, None, Mode::Ordered) => format!("{event} was ordered {written}"),
            (_, Some(who), _) => format!("{who} dates {event} {written}"),
            (_, None, _) => format!("{event} is dated {written}"),
        }
    }

    fn condition_of(&self, rule: &Rule) -> Option<(&Claim, u32)> {
        let reasoner = self.narrator.reasoner;
        rule.needs
            .iter()
            .find_map(|p| match reasoner.premises.grounds[p.0 as usize] {
                Ground::Part(Part::Date(claim, index)) if rule.topic == Topic::Said => {
                    Some((&reasoner.chronicle.claims[claim.index()], index))
                }
                _ => None,
            })
    }

    /// Why a rule holds.
    fn reason(&self, rule: &Rule) -> String {
        let say = |fluent| self.narrator.state(fluent);
        match &rule.topic {
            Topic::Said => match self.condition_of(rule) {
                Some((claim, index)) => self.placed(claim, index),
                None => self.length(rule),
            },
            Topic::Lasts => "what lasts ends no earlier than it starts".to_owned(),
            Topic::Unknown => {
                "what is unknown lies within what is known throughout, or outside it".to_owned()
            }
            Topic::DeniedEvent => self.denied(rule),
            Topic::Kept { .. } => self.kept(rule),
            Topic::AtOnce(a, b) if a == b => {
                format!("{} cannot both hold and not hold at one moment", say(a))
            }
            Topic::AtOnce(a, b) => format!("{} and {} exclude each other", say(a), say(b)),
            Topic::OneDay(fluent) => format!(
                "{} begins once and ends once, however often it is told",
                say(fluent)
            ),
            Topic::BeginsOnce(fluent) => match self.order_of(rule) {
                Some(order) => format!("{} begins only once, and {order}", say(fluent)),
                None => format!("{} begins only once", say(fluent)),
            },
            Topic::NeverReturns(fluent) => match self.order_of(rule) {
                Some(order) => format!(
                    "{} never returns once it has ended, and {order}",
                    say(fluent)
                ),
                None => format!("{} begins once and never returns", say(fluent)),
            },
            Topic::AtMost(fluent) => match self.narrator.at_most(fluent) {
                Some(length) => format!("{} lasts at most {length}", say(fluent)),
                None => format!("{} lasts only so long", say(fluent)),
            },
            Topic::Rivals => self.rivals(rule),
            Topic::Travel(way) => self.narrator.way(way),
            Topic::News(told, heard) => format!(
                "{} is news of {} and comes no earlier",
                self.narrator.event(*heard),
                self.narrator.event(*told)
            ),
            Topic::Assumed => "it is assumed".to_owned(),
        }
    }

    /// `#c must come before #d`, for a rule that is nothing but one order.
    fn order_of(&self, rule: &Rule) -> Option<String> {
        let crate::rule::Body::OneOf(ways) = &rule.body else {
            return None;
        };
        let [only] = &ways[..] else { return None };
        let [(first, second)] = only.orders[..] else {
            return None;
        };
        let first = self.narrator.moment(self.encoded, first)?;
        let second = self.narrator.moment(self.encoded, second)?;
        Some(format!("{first} must come before {second}"))
    }

    fn length(&self, rule: &Rule) -> String {
        for premise in &rule.needs {
            if let Ground::Part(Part::Detail(c, d)) =
                self.narrator.reasoner.premises.grounds[premise.0 as usize]
            {
                let claim = self.narrator.claim(c);
                let written = &claim.details[d as usize].written;
                let event = self.narrator.event(claim.event);
                return format!("the length of {event} is given as `{}`", written.trim());
            }
        }
        "the text says so".to_owned()
    }

    /// The claims a rule rests on, in the order in which the rule names them.
    fn claims_of(&self, rule: &Rule) -> Vec<&Claim> {
        let mut all: Vec<ClaimId> = Vec::new();
        for premise in &rule.needs {
            let of = self.narrator.reasoner.premises.claim(*premise);
            all.extend(of.filter(|c| !all.contains(c)));
        }
        all.into_iter().map(|c| self.narrator.claim(c)).collect()
    }

    fn denied(&self, rule: &Rule) -> String {
        let [denial, told, ..] = self.claims_of(rule)[..] else {
            return "it is denied".to_owned();
        };
        format!(
            "{}, and {} is such an event",
            self.denial(denial),
            self.narrator.event(told.event)
        )
    }

    /// "@a denies `Tang attacks Karasahr` for `648`"
    fn denial(&self, denial: &Claim) -> String {
        let sentence = self.narrator.quoted(denial.sentence_span);
        let dates: Vec<String> = denial
            .when
            .conditions
            .iter()
            .map(|c| format!("`{}`", c.written))
            .collect();
        let date = match dates.is_empty() {
            true => "for all time".to_owned(),
            false => format!("for all of {}", dates.join(", ")),
        };
        match self.narrator.who(&denial.attestations) {
            Some(who) => format!("{who} denies {sentence} {date}"),
            None => format!(
                "{} denies {sentence} {date}",
                self.narrator.line(denial.span)
            ),
        }
    }

    fn kept(&self, rule: &Rule) -> String {
        let Topic::Kept {
            fluent,
            value,
            shown,
        } = &rule.topic
        else {
            return String::new();
        };
        let claims = self.claims_of(rule);
        let state = self.narrator.state(fluent);
        let Some(keeper) = claims.first() else {
            return format!("{state} holds throughout");
        };
        let keeps = if keeper.mode == Mode::Denied {
            self.denial(keeper)
        } else {
            let conditions = keeper.when.conditions.iter();
            let dates: Vec<String> = conditions.map(|c| c.written.to_string()).collect();
            let who = self.narrator.who(&keeper.attestations);
            let who = who.unwrap_or_else(|| self.narrator.line(keeper.span));
            let not = if *value { "" } else { "not " };
            format!(
                "{who} has it that {not}{state} without a break, `{}`",
                dates.join(", ")
            )
        };
        let Some(teller) = claims.iter().skip(1).next_back() else {
            return keeps;
        };
        let teller = self.narrator.event(teller.event);
        if shown.0 != *fluent {
            return format!("{keeps}; {teller} excludes that");
        }
        match shown.1 {
            true => format!("{keeps}; {teller} needs or begins it"),
            false => format!("{keeps}; {teller} ends or denies it"),
        }
    }

    fn rivals(&self, rule: &Rule) -> String {
        let mut named = Vec::new();
        let mut role_name = None;
        for premise in &rule.needs {
            let Ground::Part(Part::Role(c, r)) =
                self.narrator.reasoner.premises.grounds[premise.0 as usize]
            else {
                continue;
            };
            let claim = self.narrator.claim(c);
            let (name, filler) = self.narrator.role(claim, r);
            let who = self.narrator.who(&claim.attestations);
            let who = who.unwrap_or_else(|| self.narrator.line(claim.span));
            named.push(format!("{who} names {filler}"));
            role_name = role_name.or(Some((name, claim.event)));
        }
        match role_name {
            Some((role, event)) => {
                let event = self.narrator.event(event);
                format!("for the {role} of {event}, {}", listed(&named, "and"))
            }
            None => "the accounts name different things".to_owned(),
        }
    }

    fn clash(&self, derivation: &Derivation, told: &mut Told) -> Option<()> {
        match &derivation.clash {
            Clash::Unshown => None,
            Clash::Circle(rules) => {
                for rule in rules {
                    told.lines.push(self.reason(&self.rules[*rule]));
                }
                told.lines.push(match rules.len() {
                    0..=2 => "these exclude each other".to_owned(),
                    _ => "together they run in a circle, which no order and no days fit".to_owned(),
                });
                Some(())
            }
            Clash::Forbidden { rule, from } => {
                let by = by_lines(&told.lines_of(from, &derivation.steps));
                let rule = &self.rules[*rule];
                let reason = self.reason(rule);
                told.lines.push(match (&rule.topic, by) {
                    (Topic::Rivals, _) => format!("{reason}: one event has one"),
                    (Topic::AtOnce(..), _) => {
                        let claims: Vec<String> = self
                            .claims_of(rule)
                            .iter()
                            .map(|c| self.narrator.event(c.event))
                            .collect();
                        format!("{reason}, but {} would need that", listed(&claims, "and"))
                    }
                    (Topic::Kept { .. }, Some(by)) => format!("{reason}, and by {by} they overlap"),
                    (Topic::Kept { .. }, None) => format!("{reason}, and they overlap"),
                    (_, Some(by)) => format!("{reason}: by {by} no day is left for that"),
                    (_, None) => format!("{reason}: no day is left for that"),
                });
                Some(())
            }
            Clash::NoDay { .. } => self.no_day(derivation, told),
            Clash::Cases { rule, cases, .. } => self.cases(*rule, cases, told),
        }
    }

    fn no_day(&self, derivation: &Derivation, told: &mut Told) -> Option<()> {
        let Clash::NoDay {
            rule,
            var,
            wanted,
            left,
            by,
            from,
        } = &derivation.clash
        else {
            return None;
        };
        let rule = &self.rules[*rule];
        let from = told.lines_of(from, &derivation.steps);
        let used = told.lines_of(by, &derivation.steps);
        let gain = Gain {
            var: *var,
            days: wanted.clone(),
        };
        let moment = self.narrator.moment(self.encoded, *var);
        let Some(moment) = moment else {
            // A helper: what it stands for is in the reason.
            let lines: Vec<usize> = from.into_iter().chain(used).collect();
            let by = by_lines(&lines).unwrap_or_else(|| "the days given".to_owned());
            told.lines
                .push(format!("{}, but {by} are further apart", self.reason(rule)));
            return Some(());
        };
        let first = match self.dated(rule, std::slice::from_ref(&gain)) {
            Some(words) => words,
            None => format!(
                "{}: so {moment} could only be {}",
                self.reason(rule),
                self.narrator.when(wanted)
            ),
        };
        told.lines.push(match by_lines(&from) {
            Some(by) => format!("{first}, but by {by} it was {}", self.narrator.when(left)),
            None => format!("{first}, which leaves no day"),
        });
        Some(())
    }

    fn cases(
        &self,
        rule: usize,
        cases: &[(Alternative, Derivation)],
        told: &mut Told,
    ) -> Option<()> {
        if cases.len() > 4 {
            return None;
        }
        let ways: Vec<String> = cases.iter().map(|(way, _)| self.way(way)).collect();
        told.lines.push(format!(
            "{}: so {}",
            self.reason(&self.rules[rule]),
            listed(&ways, "or")
        ));
        for ((_, derivation), way) in cases.iter().zip(&ways) {
            let before = told.lines.len();
            let mut within = told.clone();
            self.derivation(derivation, &mut within)?;
            let new: Vec<String> = within.lines.split_off(before);
            told.lines.push(format!("if {way}: {}", new.join("; ")));
        }
        Some(())
    }

    /// One way of a rule in words.
    fn way(&self, way: &Alternative) -> String {
        let name = |var| {
            self.narrator
                .moment(self.encoded, var)
                .unwrap_or_else(|| "that time".to_owned())
        };
        let domains = way
            .domains
            .iter()
            .map(|(var, days)| format!("{} was {}", name(*var), self.narrator.when(days)));
        let orders = way
            .orders
            .iter()
            .map(|(a, b)| format!("{} came before {}", name(*a), name(*b)));
        let arcs = way.arcs.iter().map(|arc| match arc.weight {
            0 => format!("{} was no later than {}", name(arc.to), name(arc.from)),
            w if w < 0 => format!(
                "{} was {} or more before {}",
                name(arc.to),
                days(-w),
                name(arc.from)
            ),
            w if w < HORIZON => format!(
                "{} was at most {} after {}",
                name(arc.to),
                days(w),
                name(arc.from)
            ),
            _ => format!("{} was at any time after {}", name(arc.to), name(arc.from)),
        });
        let all: Vec<String> = domains.chain(orders).chain(arcs).collect();
        listed(&all, "and")
    }
}

fn days(n: i64) -> String {
    match n {
        1 => "a day".to_owned(),
        n => format!("{n} days"),
    }
}

/// `steps 1 and 3`
fn by_lines(lines: &[usize]) -> Option<String> {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    lines.dedup();
    let words: Vec<String> = lines.iter().map(usize::to_string).collect();
    match words.len() {
        0 => None,
        1 => Some(format!("step {}", words[0])),
        _ => Some(format!("steps {}", listed(&words, "and"))),
    }
}
