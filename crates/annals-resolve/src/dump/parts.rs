//! The parts of a claim as text: conditions, details, attestations.

use annals_chronicle::{
    Anchor, Attestation, Bound, Condition, Detail, DetailValue, Figure, Origin, Point, RoleContent,
};

use annals_sentence::filler_words;

use super::Printer;

impl Printer<'_> {
    pub(super) fn says(&self, attestations: &[Attestation]) -> String {
        let all: Vec<String> = attestations
            .iter()
            .map(|a| {
                let source = |id: annals_chronicle::SourceId| {
                    let source = &self.chronicle.sources[id.index()];
                    let mark = if source.is_file { "" } else { "@" };
                    format!("{mark}{}", source.key)
                };
                let locator = a.locator.as_ref().map(|l| format!(", {l}"));
                let via = a.via.map(|via| format!(" via {}", source(via)));
                let key = source(a.source);
                format!(
                    "{key}{}{}",
                    via.unwrap_or_default(),
                    locator.unwrap_or_default()
                )
            })
            .collect();
        all.join("; ")
    }

    pub(super) fn condition(&self, condition: &Condition) -> String {
        let written = &condition.written;
        let points: Vec<String> = condition
            .alternatives
            .iter()
            .map(|p| self.point(p))
            .collect();
        let mut words = format!("when {written} = {}", points.join(" or "));
        if condition.reported {
            words.push_str(", reported");
        }
        if condition.doubted {
            words.push_str(", doubted");
        }
        if condition.sic.is_some() {
            words.push_str(", kept as written");
        }
        if let Some(soft) = &condition.soft {
            let point = self.point(&soft.point);
            words.push_str(&format!(", assumed {point}: {}", soft.words));
        }
        match condition.origin {
            Origin::Claim => {}
            Origin::Section(_) => words.push_str(", of the section"),
            Origin::Detail(i) => words.push_str(&format!(", of detail {i}")),
        }
        words
    }

    fn anchor(&self, anchor: Anchor) -> String {
        let name = self.event_name(anchor.event);
        match anchor.bound {
            Bound::Start => format!("the start of {name}"),
            Bound::End => format!("the end of {name}"),
            Bound::Whole => name,
        }
    }

    fn point(&self, point: &Point) -> String {
        match point {
            Point::Undated => "any day".to_string(),
            Point::Always => "always".to_string(),
            Point::On(days) => self.days(days),
            Point::Throughout(days) => format!("throughout {}", self.days(days)),
            Point::Span { from, to } => {
                let from = from.as_ref().map(|d| format!("from {}", self.days(d)));
                let to = to.as_ref().map(|d| format!("to {}", self.days(d)));
                let ends: Vec<String> = from.into_iter().chain(to).collect();
                ends.join(" ")
            }
            Point::After(a) => format!("after {}", self.anchor(*a)),
            Point::Before(a) => format!("before {}", self.anchor(*a)),
            Point::During(a) => format!("during {}", self.anchor(*a)),
            Point::At(a) => format!("at {}", self.anchor(*a)),
            Point::Offset {
                anchor,
                least,
                most,
            } => {
                let bound = |b: &Option<i32>| b.map_or("any".to_string(), |d| d.to_string());
                let anchor = self.anchor(*anchor);
                format!("{} to {} days after {anchor}", bound(least), bound(most))
            }
            Point::Cell {
                anchor,
                grid,
                offset,
            } => {
                let unit = &self.chronicle.grids[grid.index()].unit;
                format!("{unit} {offset:+} of {}", self.anchor(*anchor))
            }
        }
    }

    pub(super) fn detail(&self, detail: &Detail) -> String {
        let of = if detail.of.is_empty() {
            String::new()
        } else {
            format!(" {}", self.names(&detail.of))
        };
        let value = match &detail.value {
            DetailValue::Entities(filler) => {
                filler_words(filler, &RoleContent::Any, &|id, _| self.name(id)).unwrap_or_default()
            }
            DetailValue::Event(event) => self.event_name(*event),
            DetailValue::Length { least, most } => format!("{least} to {most} days"),
            DetailValue::Figures(figures) => {
                let all: Vec<String> = figures.iter().map(|f| self.figure(f)).collect();
                all.join("; ")
            }
            DetailValue::Keeps(template) => {
                let relation = &self.chronicle.vocabulary.relations[template.relation.index()];
                relation.name.clone()
            }
            DetailValue::Text(words) => format!("\"{words}\""),
        };
        let doubt = if detail.doubted { " ?" } else { "" };
        let says = self.says(&detail.attestations);
        let says = if says.is_empty() {
            says
        } else {
            format!(" [{says}]")
        };
        format!("detail {}{of}: {value}{doubt}{says}", detail.key)
    }

    fn figure(&self, figure: &Figure) -> String {
        let bound = |b: Option<u64>| b.map_or("?".to_string(), |n| n.to_string());
        let mut words = match (figure.low, figure.high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (low, high) => format!("{} to {}", bound(low), bound(high)),
        };
        if figure.approximate {
            words.insert(0, '~');
        }
        if !figure.unit.is_empty() {
            words.push_str(&format!(" {}", figure.unit));
        }
        if let Some(under) = figure.under {
            words.push_str(&format!(" under {}", self.name(under)));
        }
        words
    }
}
