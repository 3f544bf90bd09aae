// How the text of a chronicle looks in the editor. Meaning comes from the language server; this
// only tells comments, labels, citations, quotations and the date before the colon apart.

import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

interface Line {
  /** Whether the colon that ends the date has been passed. */
  said: boolean;
}

const language = StreamLanguage.define<Line>({
  name: "annals",
  startState: () => ({ said: false }),
  token(stream, line) {
    if (stream.sol()) {
      line.said = false;
      // An indented line is a detail: its first word is a key.
      if (stream.eatSpace()) {
        line.said = true;
        if (stream.match(/^[a-z][a-z ]*:?/u)) {
          return "propertyName";
        }
      } else if (stream.match(/^[a-z-]+(?= [^:]*$)/u)) {
        // No colon follows on the line: a declaration.
        line.said = true;
        return "keyword";
      }
    }
    if (stream.match(/^\/\/.*/u)) {
      return "comment";
    }
    if (stream.match(/^"[^"]*"?/u)) {
      return "string";
    }
    if (stream.match(/^\[@[^\]]*\]?/u)) {
      return "link";
    }
    if (stream.match(/^#[\p{L}\p{N}-]+/u)) {
      return "labelName";
    }
    if (stream.match(/^:/u)) {
      line.said = true;
      return "punctuation";
    }
    if (stream.match(/^[\p{L}\p{N}.'-]+/u)) {
      return line.said ? null : "number";
    }
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "//" } },
});

export const annalsLanguage = language;

const style = HighlightStyle.define([
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: tags.string, color: "var(--text-quote)" },
  { tag: tags.link, color: "var(--text-cite)" },
  { tag: tags.labelName, color: "var(--text-label)", fontWeight: "600" },
  { tag: tags.keyword, color: "var(--text-key)", fontWeight: "600" },
  { tag: tags.propertyName, color: "var(--text-key)" },
  { tag: tags.number, color: "var(--text-date)" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "14px" },
  "&.cm-focused": { outline: "2px solid var(--select)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--muted)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--select) 7%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--faint)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--select) 25%, transparent)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--rule)", maxWidth: "46rem",
  },
  ".cm-tooltip-hover": { padding: "0.4rem 0.7rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--select)", color: "var(--paper)" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
});

export const annalsLook = [syntaxHighlighting(style), theme];
