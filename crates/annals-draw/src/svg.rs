//! A small writer of SVG.
//!
//! What comes in: names of elements, attributes, numbers and text. What goes out: well-formed
//! XML. Element and attribute names are ours and stand as they are; every value and every text is
//! escaped, so nothing that a chronicle says can become markup. Numbers have at most two decimals,
//! so that a picture is the same on every machine.

use std::fmt::Write as _;

/// SVG as it is written.
#[derive(Clone, Debug, Default)]
pub struct Svg {
    text: String,
}

/// An element whose attributes are being written.
///
/// Finish it with [`Element::done`], [`Element::text`] or [`Element::open`]; dropping it unfinished
/// leaves a broken tag, so the type must be used.
#[must_use = "finish the element with done, text or open"]
pub struct Element<'a> {
    svg: &'a mut Svg,
    name: &'static str,
}

impl Svg {
    /// Nothing written yet.
    pub fn new() -> Svg {
        Svg::default()
    }

    /// Begins an element.
    pub fn element(&mut self, name: &'static str) -> Element<'_> {
        self.text.push('<');
        self.text.push_str(name);
        Element { svg: self, name }
    }

    /// Opens a group with a class.
    pub fn group(&mut self, class: &str) {
        self.element("g").attr("class", class).open();
    }

    /// Closes an element that was left open.
    pub fn close(&mut self, name: &'static str) {
        let _ = writeln!(self.text, "</{name}>");
    }

    /// Puts in what another writer wrote.
    pub fn append(&mut self, other: &Svg) {
        self.text.push_str(&other.text);
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.text
    }
}

impl Element<'_> {
    /// An attribute; its value is escaped.
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = write!(self.svg.text, " {name}=\"");
        push_escaped(&mut self.svg.text, value);
        self.svg.text.push('"');
        self
    }

    /// An attribute that is left out where there is no value.
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// A number with at most two decimals.
    pub fn num(self, name: &str, value: f64) -> Self {
        let _ = write!(self.svg.text, " {name}=\"{}\"", number(value));
        self
    }

    /// A whole number.
    pub fn int(self, name: &str, value: i64) -> Self {
        let _ = write!(self.svg.text, " {name}=\"{value}\"");
        self
    }

    /// A day, or nothing where the time is open on this side.
    pub fn day(self, name: &str, value: Option<i32>) -> Self {
        match value {
            Some(day) => self.int(name, i64::from(day)),
            None => self.attr(name, ""),
        }
    }

    /// The classes.
    pub fn class(self, value: &str) -> Self {
        self.attr("class", value)
    }

    /// The place of a point or a text.
    pub fn at(self, x: f64, y: f64) -> Self {
        self.num("x", x).num("y", y)
    }

    /// Marks the text as being of a language, for fonts and for screen readers.
    pub fn lang(self, tag: Option<&str>) -> Self {
        self.maybe("lang", tag).maybe("xml:lang", tag)
    }

    /// Ends an element without content.
    pub fn done(self) {
        self.svg.text.push_str("/>\n");
    }

    /// Ends an element whose content is text.
    pub fn text(self, words: &str) {
        self.svg.text.push('>');
        push_escaped(&mut self.svg.text, words);
        self.svg.close(self.name);
    }

    /// Ends an element whose content is ours and needs no escaping: a style sheet.
    pub(crate) fn text_raw(self, words: &str) {
        self.svg.text.push('>');
        self.svg.text.push_str(words);
        self.svg.close(self.name);
    }

    /// Ends an element that shows a text cut short; the full text is its title.
    pub fn text_of(self, shown: &str, full: Option<&str>) {
        let Some(full) = full else {
            return self.text(shown);
        };
        self.svg.text.push('>');
        push_escaped(&mut self.svg.text, shown);
        self.svg.text.push_str("<title>");
        push_escaped(&mut self.svg.text, full);
        self.svg.text.push_str("</title>");
        self.svg.close(self.name);
    }

    /// Ends a text with a remark in another style after it.
    pub fn text_and(self, fitted: &crate::text::Fitted, class: &str, remark: &str) {
        self.svg.text.push('>');
        push_escaped(&mut self.svg.text, &fitted.shown);
        if !remark.is_empty() {
            // The blank stands outside: some renderers drop one that begins a piece.
            let _ = write!(self.svg.text, " <tspan class=\"{class}\">");
            push_escaped(&mut self.svg.text, remark);
            self.svg.text.push_str("</tspan>");
        }
        if let Some(full) = &fitted.full {
            self.svg.text.push_str("<title>");
            push_escaped(&mut self.svg.text, full);
            self.svg.text.push_str("</title>");
        }
        self.svg.close(self.name);
    }

    /// Leaves the element open; [`Svg::close`] closes it.
    pub fn open(self) {
        self.svg.text.push_str(">\n");
    }
}

/// A number as it is written: at most two decimals, never `-0`, and 0 for what is no number.
///
/// ```
/// assert_eq!(annals_draw::svg::number(1.0 / 3.0), "0.33");
/// assert_eq!(annals_draw::svg::number(-0.001), "0");
/// assert_eq!(annals_draw::svg::number(12.50), "12.5");
/// ```
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

/// The path of straight lines through points.
pub fn polyline(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{} {}", number(*x), number(*y));
    }
    path
}

/// Text as it may stand in an element or in a quoted attribute.
///
/// Characters that XML cannot hold become `U+FFFD`; line breaks become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_chronicle_says_never_becomes_markup() {
        let mut svg = Svg::new();
        svg.element("text")
            .attr("aria-label", "\"><script>alert('1')</script>")
            .text("</text>&\u{0}\u{b}");
        assert_eq!(
            svg.into_string(),
            "<text aria-label=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\">\
             &lt;/text&gt;&amp;\u{fffd}\u{fffd}</text>\n"
        );
    }

    #[test]
    fn numbers_have_two_decimals_at_most() {
        let cases = [
            (0.0, "0"),
            (-0.004, "0"),
            (10.0, "10"),
            (100.0, "100"),
            (1.005_1, "1.01"),
            (-2.5, "-2.5"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ];
        for (value, words) in cases {
            assert_eq!(number(value), words);
        }
    }

    #[test]
    fn elements_nest() {
        let mut svg = Svg::new();
        svg.group("bars");
        svg.element("rect").at(1.0, 2.5).done();
        svg.element("text")
            .lang(Some("zh-Hant"))
            .text_of("焉…", Some("焉耆"));
        svg.close("g");
        assert_eq!(
            svg.into_string(),
            "<g class=\"bars\">\n<rect x=\"1\" y=\"2.5\"/>\n\
             <text lang=\"zh-Hant\" xml:lang=\"zh-Hant\">焉…<title>焉耆</title></text>\n</g>\n"
        );
    }
}
