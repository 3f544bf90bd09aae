//! How wide words are, before any font is known.
//!
//! What comes in: text and its size. What goes out: a width that the usual sans-serif fonts do not
//! exceed, text cut to a width, and the language to mark it with. The widths are those of the widest
//! of the fonts named in [`crate::theme`], so a label laid out here may be narrower on a screen and
//! is hardly ever wider.

/// Width of ASCII characters from the space on, in hundredths of the type size.
const ASCII: [u8; 95] = [
    26, 29, 43, 65, 58, 85, 76, 24, 33, 33, 56, 58, 28, 34, 28, 40, // space to /
    58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 28, 28, 58, 58, 58, 46, // 0 to ?
    92, 66, 67, 66, 75, 58, 55, 74, 76, 36, 36, 65, 55, 93, 78, 80, // @ to O
    62, 80, 65, 57, 58, 75, 63, 95, 62, 60, 59, 35, 40, 35, 58, 46, // P to _
    32, 58, 63, 50, 63, 58, 37, 63, 64, 28, 28, 57, 28, 95, 64, 62, // ` to o
    63, 63, 43, 49, 38, 64, 54, 80, 56, 54, 48, 40, 56, 40, 58, // p to ~
];

/// How bold type widens.
const BOLD: f64 = 1.07;

/// The width of a text in pixels at a type size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// The width of a bold text.
pub fn bold_width(text: &str, size: f64) -> f64 {
    width(text, size) * BOLD
}

/// The width of a character in ems.
fn em(c: char) -> f64 {
    let code = u32::from(c);
    if let Some(hundredths) = code.checked_sub(32).and_then(|at| ASCII.get(at as usize)) {
        return f64::from(*hundredths) / 100.0;
    }
    match code {
        0..=0x1f | 0x7f..=0x9f => 0.6,
        _ if is_combining(code) => 0.0,
        _ if is_wide(code) => 1.0,
        0x2013 => 0.5,
        0x2014 | 0x2026 => 1.0,
        0x2018..=0x201f | 0xb7 => 0.45,
        0x0600..=0x08ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => 0.62,
        0x0900..=0x0dff => 0.75,
        // Accented Latin, Greek, Cyrillic: as the wider plain letters.
        _ if c.is_uppercase() => 0.78,
        _ => 0.66,
    }
}

/// Marks that sit on the letter before them, joiners and direction marks.
fn is_combining(code: u32) -> bool {
    matches!(code,
        0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x0610..=0x061a | 0x064b..=0x065f
        | 0x0670 | 0x06d6..=0x06dc | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x200b..=0x200f
        | 0x202a..=0x202e | 0x2060..=0x2069 | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f
        | 0xfeff | 0x1f3fb..=0x1f3ff | 0xe0100..=0xe01ef)
}

/// Han, kana, hangul, full-width forms and pictures, which fill a square.
fn is_wide(code: u32) -> bool {
    matches!(code,
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0x33ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xa000..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60
        | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

/// A text cut to a width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// What is shown.
    pub shown: String,
    /// The full text, where less is shown; it belongs into a title.
    pub full: Option<String>,
}

/// Cuts a text to a width, with an ellipsis; never between a letter and its marks, and preferably
/// after a word. What does not even fit an ellipsis and a letter is shown as the ellipsis.
pub fn fit(text: &str, size: f64, max: f64) -> Fitted {
    if width(text, size) <= max {
        return Fitted {
            shown: text.to_owned(),
            full: None,
        };
    }
    let room = max - width("…", size);
    let (mut used, mut end, mut word) = (0.0, 0, 0);
    for (at, c) in text.char_indices() {
        used += em(c) * size;
        if used > room {
            break;
        }
        end = at + c.len_utf8();
        if c == ' ' {
            word = at;
        }
    }
    // A joiner binds what follows to what stands before it.
    let mut kept = &text[..end];
    while kept.ends_with('\u{200d}') {
        kept = kept.trim_end_matches('\u{200d}');
        kept = &kept[..kept.char_indices().last().map_or(0, |(at, _)| at)];
    }
    if word * 4 >= kept.len() * 3 && word > 0 {
        kept = &kept[..word];
    }
    Fitted {
        shown: format!("{}…", kept.trim_end_matches([' ', ',', ';', '-'])),
        full: Some(text.to_owned()),
    }
}

/// Breaks a text into lines of at most a width, at spaces; a longer word stands alone and is cut.
/// What does not fit `most` lines ends in an ellipsis.
pub fn wrap(text: &str, size: f64, max: f64, most: usize) -> Vec<Fitted> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(word, size) + em(' ') * size <= max => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1);
        lines.push(rest.join(" "));
    }
    let cut = |line: &String| {
        let mut fitted = fit(line, size, max);
        if fitted.full.is_some() {
            fitted.full = Some(text.to_owned());
        }
        fitted
    };
    lines.iter().map(cut).collect()
}

/// Sets a title and a line below it at the left margin, each in at most two lines; says where the
/// next line may stand.
pub fn draw_title(
    title: &str,
    subtitle: &str,
    left: f64,
    room: f64,
    svg: &mut crate::svg::Svg,
) -> f64 {
    let mut y = 36.0;
    for line in wrap(title, 20.0, room / BOLD, 2) {
        let text = svg.element("text").class("title").at(left, y);
        text.text_of(&line.shown, line.full.as_deref());
        y += 24.0;
    }
    y -= 3.0;
    for line in wrap(subtitle, 13.0, room, 2) {
        let text = svg.element("text").class("subtitle").at(left, y);
        text.text_of(&line.shown, line.full.as_deref());
        y += 17.0;
    }
    y + 6.0
}

/// The language to mark a text with, by what the chronicle says of it or else by its script, so
/// that fonts show the right shapes and screen readers the right sounds. Han without further word
/// is taken for traditional Chinese, the script of most sources.
pub fn language(said: Option<&str>, text: &str) -> Option<String> {
    if let Some(tag) = said.and_then(tag_of) {
        return Some(tag);
    }
    let has = |low: u32, high: u32| text.chars().any(|c| (low..=high).contains(&u32::from(c)));
    let tag = if has(0x3041, 0x30ff) {
        "ja"
    } else if has(0xac00, 0xd7a3) {
        "ko"
    } else if has(0x2e80, 0x9fff) || has(0xf900, 0xfaff) || has(0x20000, 0x3fffd) {
        "zh-Hant"
    } else if has(0x0600, 0x06ff) || has(0xfb50, 0xfdff) {
        "ar"
    } else if has(0x0590, 0x05ff) {
        "he"
    } else if has(0x0370, 0x03ff) || has(0x1f00, 0x1fff) {
        "el"
    } else {
        return None;
    };
    Some(tag.to_owned())
}

/// The language of a label that may mix scripts: only where no Latin letter stands in it, since a
/// sentence does not become Chinese by a name in it.
pub fn label_language(text: &str) -> Option<String> {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    if latin { None } else { language(None, text) }
}

/// A tag such as `zh-Hant`, or the English name of a language.
fn tag_of(said: &str) -> Option<String> {
    const NAMES: &[(&str, &str)] = &[
        ("arabic", "ar"),
        ("chinese", "zh-Hant"),
        ("greek", "el"),
        ("hebrew", "he"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("latin", "la"),
        ("mongolian", "mn"),
        ("persian", "fa"),
        ("russian", "ru"),
        ("sanskrit", "sa"),
        ("tibetan", "bo"),
        ("turkish", "tr"),
        ("uyghur", "ug"),
    ];
    let said = said.trim();
    let lower = said.to_ascii_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let mut parts = said.split('-');
    let first = parts.next().unwrap_or_default();
    let tag = (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    tag.then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_scripts_are_wide_and_marks_have_no_width() {
        assert_eq!(width("焉耆", 10.0), 20.0);
        assert_eq!(width("e\u{301}", 10.0), width("e", 10.0));
        assert!(width("مرحبا", 10.0) > 25.0);
        assert!(width("Wm", 10.0) > width("il", 10.0));
    }

    #[test]
    fn a_text_is_cut_where_it_may_be() {
        let fitted = fit("Guo Xiaoke takes Karasahr", 10.0, 98.0);
        assert_eq!(fitted.shown, "Guo Xiaoke takes…");
        assert_eq!(fitted.full.as_deref(), Some("Guo Xiaoke takes Karasahr"));
        assert!(width(&fitted.shown, 10.0) <= 98.0);
        assert_eq!(fit("ab", 10.0, 100.0).full, None);
        assert_eq!(fit("abc", 10.0, 1.0).shown, "…");
        for max in 0..80 {
            let shown = fit(
                "e\u{301}e\u{301}e\u{301}👩\u{200d}👩x焉耆",
                10.0,
                f64::from(max),
            )
            .shown;
            assert!(
                max < 10 || width(&shown, 10.0) <= f64::from(max),
                "{max} {shown}"
            );
            assert!(!shown.contains("\u{200d}…"));
        }
    }

    #[test]
    fn lines_break_at_spaces_and_say_that_more_follows() {
        let lines = wrap("the seat moves from Gaochang to Kucha", 10.0, 88.0, 2);
        let shown: Vec<_> = lines.iter().map(|l| l.shown.as_str()).collect();
        assert_eq!(shown, ["the seat moves", "from Gaochang…"]);
        assert!(wrap("", 10.0, 80.0, 2).is_empty());
    }

    #[test]
    fn a_language_is_marked_by_word_or_script() {
        let of = |said, text| language(said, text);
        assert_eq!(of(Some("Chinese"), "Yanqi").as_deref(), Some("zh-Hant"));
        assert_eq!(of(Some("zh-Hans"), "焉耆").as_deref(), Some("zh-Hans"));
        assert_eq!(of(None, "焉耆").as_deref(), Some("zh-Hant"));
        assert_eq!(of(None, "قره‌شهر").as_deref(), Some("ar"));
        assert_eq!(of(None, "さくら").as_deref(), Some("ja"));
        assert_eq!(of(Some("\"><b>"), "x"), None);
        assert_eq!(of(None, "Karasahr"), None);
    }
}
