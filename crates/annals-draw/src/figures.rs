//! Strengths and losses as bars, one a figure, each with its source beside it.
//!
//! What comes in: figures as answers show them. What goes out: a picture whose bars share one
//! scale of numbers: solid as far as the least that the words allow, hatched to the most, dashed
//! and open where nothing limits it. Where nobody counted there is no bar, and the words stand
//! alone. The same figures give the same bytes.

use annals_query::{FigureRow, FiguresOf, FiguresShown};

use crate::frame::{Frame, Look, frame};
use crate::svg::Svg;
use crate::text::{draw_title, fit, width};

const ROW: f64 = 24.0;
const BAR: f64 = 12.0;
const MARGIN: f64 = 24.0;
const SIZE: f64 = 12.0;

/// Figures as a picture.
pub fn figures(shown: &FiguresShown, title: &str, look: &Look) -> String {
    let sheet = Sheet::new(shown, look);
    let mut body = Svg::new();
    let count: usize = shown.events.iter().map(|e| e.rows.len()).sum();
    let sub = match count {
        1 => "one figure".to_owned(),
        n => format!("{n} figures: solid to the least the words allow, pale to the most"),
    };
    let mut y = draw_title(
        title,
        &sub,
        MARGIN,
        look.drawn_width() - 2.0 * MARGIN,
        &mut body,
    );
    y = sheet.axis(y + 14.0, &mut body);
    for event in &shown.events {
        y = sheet.event(event, y, &mut body);
    }
    if shown.events.is_empty() {
        body.element("text")
            .class("muted")
            .at(MARGIN, y + 14.0)
            .text("no figures are told");
        y += 24.0;
    }
    frame(
        &Frame {
            picture: "figures",
            look,
            height: y + 16.0,
            title,
            description: &format!("{title}: {sub}."),
            css: CSS,
            attributes: &[],
            definitions: &Svg::new(),
        },
        &body,
    )
}

/// Where everything stands.
struct Sheet {
    /// Left end of the bars.
    left: f64,
    /// Right end of the bars.
    right: f64,
    /// The greatest number of the scale, round.
    most: u64,
    /// Left end of the words that name a figure's source.
    words: f64,
    whole: f64,
}

impl Sheet {
    fn new(shown: &FiguresShown, look: &Look) -> Sheet {
        let whole = look.drawn_width();
        let rows = || shown.events.iter().flat_map(|e| &e.rows);
        let greatest = rows().filter_map(|r| r.high.or(r.low)).max().unwrap_or(1);
        let label = rows().map(|r| width(&label(r), SIZE)).fold(80.0, f64::max);
        let left = MARGIN + 12.0 + label.min(whole * 0.28) + 12.0;
        let right = left + (whole - left - MARGIN) * 0.55;
        Sheet {
            left,
            right,
            most: round_up(greatest),
            words: right + 14.0,
            whole,
        }
    }

    fn x(&self, number: u64) -> f64 {
        let share = number as f64 / self.most.max(1) as f64;
        self.left + (self.right - self.left) * share.min(1.0)
    }

    /// Numbers above the bars.
    fn axis(&self, y: f64, svg: &mut Svg) -> f64 {
        for step in 0..=4u64 {
            let number =
                u64::try_from(u128::from(self.most) * u128::from(step) / 4).unwrap_or(u64::MAX);
            svg.element("text")
                .class("muted small")
                .attr("text-anchor", if step == 0 { "start" } else { "middle" })
                .at(self.x(number), y)
                .text(&grouped(number));
        }
        y + 10.0
    }

    fn event(&self, event: &FiguresOf, top: f64, svg: &mut Svg) -> f64 {
        let label = event
            .label
            .as_ref()
            .map(|l| format!(" (#{l})"))
            .unwrap_or_default();
        let heading = format!("{}{label}, {}", event.sentence, event.when);
        let heading = fit(&heading, 13.0, self.whole - 2.0 * MARGIN);
        let mut y = top + 26.0;
        svg.element("text")
            .class("heading")
            .at(MARGIN, y)
            .text_of(&heading.shown, heading.full.as_deref());
        y += 8.0;
        for row in &event.rows {
            self.row(row, y, svg);
            y += ROW;
        }
        for remark in &event.remarks {
            let fitted = fit(remark, 11.0, self.whole - self.left - MARGIN);
            svg.element("text")
                .class("remark small")
                .at(self.left, y + 12.0)
                .text_of(&fitted.shown, fitted.full.as_deref());
            y += 18.0;
        }
        y
    }

    fn row(&self, row: &FigureRow, top: f64, svg: &mut Svg) {
        let base = top + ROW / 2.0 + 4.0;
        let fitted = fit(&label(row), SIZE, self.left - MARGIN - 24.0);
        svg.element("text")
            .at(MARGIN + 12.0, base)
            .text_of(&fitted.shown, fitted.full.as_deref());
        let bar = top + (ROW - BAR) / 2.0;
        let kind = if row.counts == "losses" {
            "losses"
        } else {
            "force"
        };
        let doubt = if row.doubted { " doubted" } else { "" };
        if let Some(low) = row.low {
            let end = self.x(low);
            let whole = (end - self.left).max(1.0);
            let part = |class: &str, x: f64, width: f64, svg: &mut Svg| {
                svg.element("rect")
                    .class(&format!("{class} {kind}{doubt}"))
                    .at(x, bar)
                    .num("width", width)
                    .num("height", BAR)
                    .done();
            };
            part("least", self.left, whole, svg);
            match row.high {
                Some(high) if high > low => part("most", end, self.x(high) - end, svg),
                Some(_) => {}
                None => part("open", end, (self.right - end).min(40.0), svg),
            }
        } else if let Some(high) = row.high {
            svg.element("rect")
                .class(&format!("most {kind}{doubt}"))
                .at(self.left, bar)
                .num("width", (self.x(high) - self.left).max(1.0))
                .num("height", BAR)
                .done();
        }
        let fitted = fit(&said(row), SIZE, self.whole - self.words - MARGIN);
        svg.element("text")
            .at(self.words, base)
            .text_of(&fitted.shown, fitted.full.as_deref());
    }
}

/// Whose it is and what it counts.
fn label(row: &FigureRow) -> String {
    match row.side.is_empty() {
        true => row.counts.clone(),
        false => format!("{}, {}", row.side.join(" and "), row.counts),
    }
}

/// The figure as written, and who says so.
fn said(row: &FigureRow) -> String {
    let doubt = if row.doubted { " ?" } else { "" };
    let sources: Vec<&str> = row.sources.iter().map(|s| s.words.as_str()).collect();
    match sources.is_empty() {
        true => format!("{}{doubt}", row.written),
        false => format!("{}{doubt}  {}", row.written, sources.join("; ")),
    }
}

/// The next round number whose quarters are whole.
fn round_up(number: u64) -> u64 {
    let mut power = 4u64;
    loop {
        for step in [1, 2, 3, 5] {
            let round = power.saturating_mul(step);
            if round >= number || round == u64::MAX {
                return round;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

const CSS: &str = "\
.figures .heading{font-size:13px;font-weight:600}
.figures .least.force{fill:$c0}
.figures .most.force{fill:$c0;fill-opacity:0.35}
.figures .least.losses{fill:$c1}
.figures .most.losses{fill:$c1;fill-opacity:0.35}
.figures .open{fill:none;stroke:$rule;stroke-dasharray:3 3}
.figures .doubted{stroke:$ink;stroke-dasharray:2 2}
.figures .remark{fill:$conflict}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round() {
        assert_eq!(round_up(1), 4);
        assert_eq!(round_up(7_000), 8_000);
        assert_eq!(round_up(100_000), 120_000);
        assert_eq!(round_up(12_000), 12_000);
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
    }
}
