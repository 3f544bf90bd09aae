//! The outside of a picture: root, title, description, style, patterns and citation.
//!
//! What comes in: what was drawn and how large it is. What goes out: a whole SVG file, which stands
//! alone as well as in a page: no script, nothing fetched from elsewhere, text as text.

use crate::svg::{Svg, number};
use crate::theme::{Theme, patterns, style_sheet};

/// How any picture is to look.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The ground it is drawn for.
    pub theme: Theme,
    /// Its width in pixels.
    pub width: f64,
    /// The day it is drawn at, which gives each mark its class for that day.
    pub at: Option<i32>,
    /// A line at the foot that says where the picture is from.
    pub citation: Option<String>,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            theme: Theme::Light,
            width: 1080.0,
            at: None,
            citation: None,
        }
    }
}

impl Look {
    /// The width that is drawn: what was asked for, within what can be read.
    pub fn drawn_width(&self) -> f64 {
        if self.width.is_finite() {
            self.width.clamp(320.0, 20_000.0)
        } else {
            1080.0
        }
    }
}

/// What stands around a drawing.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The picture's word: `timeline`, `map`, `graph`, `compare`.
    pub picture: &'a str,
    /// Its look.
    pub look: &'a Look,
    /// Its height in pixels, without the citation.
    pub height: f64,
    /// What it shows, in a few words.
    pub title: &'a str,
    /// What can be seen in it, in a sentence or two, for who cannot see it.
    pub description: &'a str,
    /// The rules of this picture; `$ink` stands for a colour.
    pub css: &'a str,
    /// Further attributes of the root.
    pub attributes: &'a [(&'a str, String)],
    /// Further definitions: markers, clips. Their ids begin with the picture's word.
    pub definitions: &'a Svg,
}

/// The room a citation takes below the drawing.
const CITATION_HEIGHT: f64 = 26.0;

/// Puts a drawing into its frame.
pub fn frame(frame: &Frame, body: &Svg) -> String {
    let Frame { picture, look, .. } = *frame;
    let width = look.drawn_width();
    let cited = look.citation.as_ref().map_or(0.0, |_| CITATION_HEIGHT);
    let height = (frame.height + cited).ceil();
    let mut svg = Svg::new();
    let mut root = svg
        .element("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .class(&format!("annals {picture} {}", look.theme.class()))
        .num("width", width)
        .num("height", height)
        .attr(
            "viewBox",
            &format!("0 0 {} {}", number(width), number(height)),
        )
        .attr("role", "img")
        .attr(
            "aria-labelledby",
            &format!("{picture}-title {picture}-desc"),
        );
    for (name, value) in frame.attributes {
        root = root.attr(name, value);
    }
    root.open();
    svg.element("title")
        .attr("id", &format!("{picture}-title"))
        .text(frame.title);
    svg.element("desc")
        .attr("id", &format!("{picture}-desc"))
        .text(frame.description);
    // The rules are ours and hold no `<` or `&`, so they need no CDATA; a test holds that.
    svg.element("style")
        .text_raw(&style_sheet(picture, look.theme, frame.css));
    svg.element("defs").open();
    patterns(picture, &mut svg);
    svg.append(frame.definitions);
    svg.close("defs");
    svg.element("rect")
        .class("paper")
        .num("width", width)
        .num("height", height)
        .done();
    svg.append(body);
    if let Some(citation) = &look.citation {
        let fitted = crate::text::fit(citation, 10.5, width - 48.0);
        svg.element("text")
            .class("muted small citation")
            .at(24.0, height - 10.0)
            .text_of(&fitted.shown, fitted.full.as_deref());
    }
    svg.close("svg");
    svg.into_string()
}
