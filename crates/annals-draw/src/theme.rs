//! Colours, type and line styles, shared by all pictures.
//!
//! What comes in: a theme and a picture's own rules. What goes out: a style sheet. All colours are
//! custom properties, set by a class of the root (`theme-light`, `theme-dark`, `theme-print`), so a
//! page changes the theme by changing that class. Before each use of a property stands the plain
//! colour of the theme the picture was drawn for, because many programs that show SVG know no
//! custom properties.
//!
//! Colour never carries meaning alone: certain is solid and possible is hatched, doubted is dashed,
//! a contradiction has a sign, and every polity's colour stands beside its name.

use std::fmt::Write as _;

use crate::palette::{COLOURS, NEUTRAL};
use crate::svg::Svg;

/// For which ground a picture is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark ink on warm paper.
    #[default]
    Light,
    /// Light ink on a dark ground.
    Dark,
    /// Black on white, with darker colours.
    Print,
}

impl Theme {
    /// All of them.
    pub const ALL: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Print];

    /// The theme of a word: `light`, `dark`, `print`.
    pub fn parse(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.word() == word)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Print => "print",
        }
    }

    /// The class of the root.
    pub fn class(self) -> &'static str {
        match self {
            Theme::Light => "theme-light",
            Theme::Dark => "theme-dark",
            Theme::Print => "theme-print",
        }
    }

    /// The colour of a property, such as `ink` or `c3`.
    pub fn colour(self, name: &str) -> Option<&'static str> {
        let found = COLOUR_TABLE.iter().find(|(known, ..)| *known == name)?;
        Some(match self {
            Theme::Light => found.1,
            Theme::Dark => found.2,
            Theme::Print => found.3,
        })
    }
}

/// Every property with its colour in light, dark and print. The polities' colours differ in
/// lightness as well as in hue, and stand out from the paper by 3 to 1 at least; text by 4.5 to 1.
const COLOUR_TABLE: &[(&str, &str, &str, &str)] = &[
    // The ground, and a slightly raised ground for boxes and stripes.
    ("paper", "#fffdf8", "#16181d", "#ffffff"),
    ("panel", "#f6f1e7", "#1f2229", "#f4f4f4"),
    // Text, secondary text, lines that divide, lines that only guide the eye.
    ("ink", "#23201a", "#ece7dc", "#000000"),
    ("muted", "#655e52", "#aba496", "#444444"),
    ("rule", "#a79d8c", "#5d626c", "#777777"),
    ("faint", "#e4dccd", "#2d3038", "#dddddd"),
    // What has no polity: certain, possible.
    ("certain", "#5b6470", "#a5b0be", "#4a4a4a"),
    ("possible", "#8a929c", "#7d8794", "#777777"),
    // Contradictions, what is selected, the cursor.
    ("conflict", "#b3261e", "#ff8f85", "#a00000"),
    ("select", "#0b57d0", "#8ab4f8", "#0b57d0"),
    ("cursor", "#b3261e", "#ff8f85", "#a00000"),
    // Land, water and relief of maps.
    ("land", "#f4ecdc", "#23262c", "#f5f5f5"),
    ("water", "#cfe0e8", "#1d2f3b", "#e3e9ec"),
    ("river", "#8fb3c4", "#3c6175", "#9db4bf"),
    // Polities.
    ("c0", "#1c4587", "#6f9bea", "#16396f"),
    ("c1", "#b5401f", "#ef7f5f", "#8f2d12"),
    ("c2", "#2a8068", "#5fc79d", "#1d7059"),
    ("c3", "#a07d10", "#e6c24a", "#94720a"),
    ("c4", "#8b47b0", "#cba6f0", "#78389b"),
    ("c5", "#2a8fb5", "#7fd8ee", "#1a7da3"),
    ("c6", "#8f2b55", "#f0a3c3", "#7b1f46"),
    ("c7", "#66751b", "#a9b84a", "#556212"),
    ("c8", "#7d5a43", "#d3b096", "#6b4a35"),
    ("c9", "#3f7f1f", "#8fd06a", "#356e17"),
    ("c10", "#7a3a12", "#f4a24e", "#682e0b"),
    ("c11", "#4a50c4", "#8f93f5", "#3a40ae"),
    ("cn", "#5b6470", "#a5b0be", "#4a4a4a"),
];

/// Sans-serif for labels: the fonts named are those most people have, with Han and Arabic ones
/// behind them, since few Latin fonts hold those scripts.
pub const SANS: &str = "'Noto Sans','Segoe UI','Helvetica Neue',Arial,'Noto Sans CJK TC',\
'PingFang TC','Microsoft JhengHei','Noto Naskh Arabic','Geeza Pro',sans-serif";

/// Serif for titles.
pub const SERIF: &str = "'Noto Serif','Iowan Old Style','Palatino Linotype',Georgia,\
'Noto Serif CJK TC','Songti TC','Noto Naskh Arabic',serif";

/// The rules all pictures share. `$ink` stands for a colour.
const BASE: &str = "\
.annals{font-family:@sans;font-size:12px;line-height:1.3}
.annals text{fill:$ink;stroke:none}
.annals .paper{fill:$paper}
.annals .panel{fill:$panel}
.annals .title{font-family:@serif;font-size:20px;font-weight:600}
.annals .subtitle{font-family:@serif;font-size:13px;font-style:italic;fill:$muted}
.annals .muted{fill:$muted}
.annals .small{font-size:10.5px}
.annals .strong{font-weight:600}
.annals .halo{paint-order:stroke;stroke:$paper;stroke-width:3px;stroke-linejoin:round}
.annals .rule{stroke:$rule;fill:none}
.annals .guide{stroke:$faint;fill:none}
.annals .conflict{fill:$conflict}
.annals .conflict-mark{stroke:$paper;stroke-width:1.3;fill:none}
.annals .conflict-line{stroke:$conflict;fill:none}
.annals .cursor{stroke:$cursor;stroke-width:1.5;fill:none}
.annals .dashed{stroke-dasharray:3 2}
.annals .gap{stroke:$rule;stroke-width:1;stroke-dasharray:1 3}
.annals .ghost{fill:none;stroke:$muted;stroke-width:1;stroke-dasharray:2 2}
.annals .status{font-style:italic;fill:$muted}
.annals .mark{cursor:pointer;outline:none}
.annals .mark:focus-visible{outline:2px solid;outline-color:$select;outline-offset:2px}
.annals .is-faded{opacity:.22}
.annals .is-selected text{fill:$select;font-weight:600}
.annals .is-related text{fill:$select}
.annals .is-selected .fill,.annals .is-selected .hatch{stroke:$select;stroke-width:2}
.annals .pale{opacity:.38}
";

/// Shared rules that come after those of the colours.
const AFTER: &str = "\
.annals .diamond.hollow{fill:$paper;stroke-width:1.5}
.annals .diamond.ghost{fill:$paper}
";

/// The style sheet of a picture: colours of all themes, the shared rules, the polities' colours,
/// and the picture's own rules, in which `$ink` stands for a colour.
pub fn style_sheet(picture: &str, theme: Theme, own: &str) -> String {
    let mut css = String::new();
    for theme in Theme::ALL {
        let _ = write!(css, ".annals.{}{{", theme.class());
        push_properties(&mut css, theme);
        css.push_str("}\n");
    }
    css.push_str("@media print{.annals{");
    push_properties(&mut css, Theme::Print);
    css.push_str("}}\n");
    let mut rules = BASE.replace("@sans", SANS).replace("@serif", SERIF);
    for class in classes() {
        let _ = write!(
            rules,
            ".annals .fill.{class}{{fill:${class}}}\n\
             .annals .line.{class}{{stroke:${class};fill:none}}\n\
             .annals .tint.{class}{{fill:${class};fill-opacity:.16}}\n\
             .annals.{picture} .hatch.{class}{{fill:url(#{picture}-hatch-{class});stroke:${class};stroke-width:.8}}\n"
        );
    }
    rules.push_str(AFTER);
    rules.push_str(own);
    css.push_str(&with_colours(&rules, theme));
    css
}

fn push_properties(css: &mut String, theme: Theme) {
    for (name, ..) in COLOUR_TABLE {
        let colour = theme.colour(name).unwrap_or_default();
        let _ = write!(css, "--{name}:{colour};");
    }
}

/// The classes of the polities' colours and the neutral one.
pub fn classes() -> impl Iterator<Item = String> {
    let own = (0..COLOURS).map(|at| format!("c{at}"));
    own.chain([NEUTRAL.to_owned()])
}

/// Writes each declaration that names a colour twice: as the plain colour, then as the property.
fn with_colours(rules: &str, theme: Theme) -> String {
    let mut out = String::with_capacity(rules.len() * 2);
    let mut rest = rules;
    while let Some(end) = rest.find(['{', '}', ';']) {
        let (piece, after) = rest.split_at(end + 1);
        let (declaration, stop) = piece.split_at(end);
        match declaration.split_once('$') {
            Some((before, name)) => {
                let colour = theme.colour(name).unwrap_or("currentColor");
                let _ = write!(
                    out,
                    "{before}{colour};{}var(--{name}){stop}",
                    before.trim_start()
                );
            }
            None => out.push_str(piece),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The hatching of what is only possible, one pattern a colour. The patterns carry the picture's
/// name in their ids, since several pictures may stand in one page.
pub fn patterns(picture: &str, svg: &mut Svg) {
    for class in classes() {
        svg.element("pattern")
            .attr("id", &format!("{picture}-hatch-{class}"))
            .attr("patternUnits", "userSpaceOnUse")
            .attr("patternTransform", "rotate(45)")
            .int("width", 5)
            .int("height", 5)
            .open();
        svg.element("rect")
            .class(&format!("tint {class}"))
            .int("width", 5)
            .int("height", 5)
            .done();
        svg.element("rect")
            .class(&format!("fill {class}"))
            .num("width", 1.6)
            .int("height", 5)
            .done();
        svg.close("pattern");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_marks_stand_out_from_the_ground() {
        for theme in Theme::ALL {
            let colour = |name: &str| theme.colour(name).unwrap();
            for ground in ["paper", "panel", "land"] {
                for text in ["ink", "muted", "conflict", "select"] {
                    let found = contrast(colour(text), colour(ground));
                    assert!(found >= 4.5, "{theme:?} {text} on {ground}: {found:.2}");
                }
            }
            for class in classes() {
                let found = contrast(colour(&class), colour("paper"));
                assert!(found >= 3.0, "{theme:?} {class}: {found:.2}");
            }
        }
    }

    /// What a colour looks like without green receptors, or without red ones (Viénot, Brettel and
    /// Mollon 1999), as linear red, green and blue.
    fn seen_without(colour: &str, green: bool) -> [f64; 3] {
        let part = |at: usize| {
            let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            c.powf(2.2)
        };
        let (r, g, b) = (part(1), part(3), part(5));
        if green {
            let y = 0.29275 * r + 0.70725 * g;
            [y, y, -0.02234 * r + 0.02234 * g + b]
        } else {
            let y = 0.11238 * r + 0.88762 * g;
            [y, y, 0.00401 * r - 0.00401 * g + b]
        }
    }

    #[test]
    fn the_first_six_colours_stay_apart_for_the_colour_blind() {
        for theme in Theme::ALL {
            for green in [true, false] {
                for a in 0..6 {
                    for b in a + 1..6 {
                        let of = |at: usize| {
                            let colour = theme.colour(&format!("c{at}")).unwrap();
                            seen_without(colour, green).map(|c| c.max(0.0).powf(1.0 / 2.2))
                        };
                        let (x, y) = (of(a), of(b));
                        let apart: f64 = (0..3).map(|i| (x[i] - y[i]).powi(2)).sum();
                        assert!(
                            apart.sqrt() > 0.05,
                            "{theme:?} c{a} c{b}: {:.3}",
                            apart.sqrt()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn every_colour_is_said_plainly_before_it_is_a_property() {
        let css = style_sheet(
            "map",
            Theme::Dark,
            ".annals.map .x{fill:$water;stroke:$c3}\n",
        );
        assert!(css.contains(
            ".annals.map .x{fill:#1d2f3b;fill:var(--water);stroke:#e6c24a;stroke:var(--c3)}"
        ));
        assert!(!css.contains('$') && !css.contains("currentColor"));
        assert!(css.contains(".annals.theme-print{--paper:#ffffff;"));
    }
}
