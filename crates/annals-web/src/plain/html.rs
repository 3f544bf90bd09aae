//! HTML written by hand: escaping, and the frame of every plain page.

use std::fmt::Write as _;

/// A text as HTML shows it, between tags and between double quotes. Characters that no page may
/// hold, and those that turn the direction of what follows, are shown as what they are.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A table; cells are HTML already.
pub fn table(caption: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = format!(
        "<table>\n<caption>{}</caption>\n<thead><tr>",
        escape(caption)
    );
    for cell in head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(cell));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{cell}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

/// A link; the words are text.
pub fn link(to: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(to), escape(words))
}

/// A whole page; `navigation` and `body` are HTML already.
pub fn page(title: &str, heading: &str, navigation: &str, body: &str) -> String {
    let (title, heading) = (escape(title), escape(heading));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"icon\" href=\"{ICON}\">\n<title>{heading} – {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<p class=\"title\">{title}</p>\n<nav aria-label=\"Views\">{navigation}</nav>\n</header>\n\
         <main>\n<h1>{heading}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// The icon of the page, in the page: a browser would ask for one else.
const ICON: &str = "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20viewBox=%220%200%2032%2032%22%3E%3Crect%20width=%2232%22%20height=%2232%22%20rx=%226%22%20fill=%22%2323201a%22/%3E%3Cpath%20d=%22M6%2010h12M10%2016h16M6%2022h9%22%20stroke=%22%23fffdf8%22%20stroke-width=%224%22%20stroke-linecap=%22round%22/%3E%3Cpath%20d=%22M21%205v22%22%20stroke=%22%23f08c74%22%20stroke-width=%222%22/%3E%3C/svg%3E";

/// The style of all plain pages.
const STYLE: &str = "\
:root{--ink:#22201c;--paper:#fbf9f4;--faint:#6b665c;--line:#d8d2c4;--link:#7a3b12}\
@media (prefers-color-scheme:dark){:root{--ink:#e9e4d8;--paper:#1b1a18;--faint:#a59e90;--line:#3d3a34;--link:#e0a878}}\
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 Charter,'Iowan Old Style','Noto Serif','Noto Serif CJK SC',Georgia,serif;overflow-wrap:anywhere}\
a,td,th,li,h1,.title{unicode-bidi:isolate}\
header,main{max-width:72rem;margin:0 auto;padding:0 1.25rem}\
header{border-bottom:1px solid var(--line);padding-top:.75rem}\
.title{margin:0;font-size:1.25rem;font-weight:600}\
nav{padding:.25rem 0 .75rem}nav a{margin-right:1.1rem}\
a{color:var(--link)}h1{font-size:1.5rem;margin:1.25rem 0 .5rem}h2{font-size:1.15rem;margin:1.75rem 0 .4rem}\
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.95rem}\
caption{text-align:left;font-weight:600;padding:.3rem 0}\
th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line)}\
th{color:var(--faint);font-weight:600}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:.9rem/1.5 ui-monospace,Menlo,Consolas,monospace}\
.scroll{overflow-x:auto}svg.annals{max-width:100%;height:auto}.faint{color:var(--faint)}\
input{font:inherit;padding:.2rem .4rem;max-width:100%}button{font:inherit;padding:.2rem .7rem}label{margin-right:.6rem}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_text_says_becomes_a_tag_or_an_attribute() {
        assert_eq!(
            escape("<script>\"a\"&'b'</script>\u{0}\u{202e}"),
            "&lt;script&gt;&quot;a&quot;&amp;&#39;b&#39;&lt;/script&gt;\u{fffd}\u{fffd}"
        );
        let page = page("</title><script>", "x", "", "");
        assert!(!page.contains("<script"));
    }
}
