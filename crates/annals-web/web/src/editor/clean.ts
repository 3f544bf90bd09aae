// Hover texts of the language server are Markdown, which may hold any HTML, and quote the chronicle.
// Only plain marks of text pass; everything else is reduced to its words.

const KEPT = new Set([
  "P", "B", "STRONG", "I", "EM", "CODE", "PRE", "UL", "OL", "LI", "BR", "HR", "BLOCKQUOTE", "H1", "H2", "H3", "H4",
  "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "SPAN", "DEL",
]);

/** Elements whose words are no text for readers. */
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "SVG", "MATH"]);

export function cleaned(html: string): string {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const element of [...body.querySelectorAll("*")]) {
    const name = element.nodeName.toUpperCase();
    if (DROPPED.has(name)) {
      element.remove();
    } else if (KEPT.has(name)) {
      for (const attribute of [...element.attributes]) {
        // Classes of highlighted code are kept: they are the editor's own.
        if (attribute.name !== "class") {
          element.removeAttribute(attribute.name);
        }
      }
    } else {
      element.replaceWith(...element.childNodes);
    }
  }
  return body.innerHTML;
}
