// The desk with the files that are open in the editor. Each file has its own view, which stays when
// another comes to the front, so that unsaved edits, undo and the language server's view of them
// last as long as the page.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import {
  formatKeymap, hoverTooltips, jumpToDefinitionKeymap, LSPClient, LSPPlugin, serverCompletion, serverDiagnostics,
  signatureHelp, type Transport,
} from "@codemirror/lsp-client";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";

import type { Source } from "../source";
import { cleaned } from "./clean";
import { annalsLanguage, annalsLook } from "./language";
import { connect } from "./socket";

export interface Problem {
  path: string;
  line: number;
  severity: "error" | "warning" | "info";
  message: string;
  range: Range;
}

interface Range {
  start: { line: number; character: number };
  end: { line: number; character: number };
}

export interface DeskState {
  dirty: ReadonlySet<string>;
  stale: ReadonlySet<string>;
  link: "connecting" | "open" | "closed";
}

export interface Listener {
  problems(list: Problem[]): void;
  state(now: DeskState): void;
  show(path: string, line: number): void;
}

interface OpenFile {
  view: EditorView;
  /** The text and the hash of the file as it was last read or written. */
  saved: string;
  base: string;
  stale: { text: string; hash: string } | null;
}

interface Diagnostic {
  range: Range;
  severity?: number;
  message: string;
}

interface TextEdit {
  range: Range;
  newText: string;
}

interface CodeAction {
  title: string;
  edit?: { changes?: Record<string, TextEdit[]> };
}

const SCHEME = "annals:///";

/** How long after Escape a Tab leaves the editor, in milliseconds. */
const LEAVING = 5000;

function letTabLeave(view: EditorView): boolean {
  view.setTabFocusMode(LEAVING);
  return false;
}

function uriOf(path: string): string {
  return SCHEME + path.split("/").map(encodeURIComponent).join("/");
}

function pathOf(uri: string): string {
  return uri.startsWith(SCHEME) ? decodeURIComponent(uri.slice(SCHEME.length)) : uri;
}

let desk: Desk | null = null;

/** The one desk of the page. */
export function theDesk(source: Source, listener: Listener): Desk {
  desk ??= new Desk(source);
  desk.listen(listener);
  return desk;
}

export class Desk {
  private readonly element = document.createElement("div");
  private readonly files = new Map<string, OpenFile>();
  private readonly found = new Map<string, Problem[]>();
  private readonly writing = new Compartment();
  private listener: Listener | null = null;
  private link: DeskState["link"] = "connecting";
  private front: string | null = null;
  private readonly client: LSPClient;

  constructor(private readonly source: Source) {
    this.element.className = "desk";
    this.client = new LSPClient({
      rootUri: SCHEME,
      timeout: 20_000,
      sanitizeHTML: cleaned,
      notificationHandlers: {
        "textDocument/publishDiagnostics": (_, parameters: { uri: string; diagnostics: Diagnostic[] }) => {
          this.published(parameters.uri, parameters.diagnostics);
          return false;
        },
      },
      extensions: [
        serverCompletion(),
        hoverTooltips(),
        signatureHelp(),
        serverDiagnostics(),
        keymap.of([...formatKeymap, ...jumpToDefinitionKeymap]),
      ],
    });
    connect({
      opened: (transport: Transport) => {
        this.link = "open";
        this.client.connect(transport);
        this.tell();
      },
      closed: () => {
        this.link = "closed";
        this.client.disconnect();
        this.tell();
      },
    });
  }

  listen(listener: Listener): void {
    this.listener = listener;
    this.tell();
  }

  attach(host: HTMLElement): void {
    host.append(this.element);
  }

  detach(): void {
    this.element.remove();
    this.listener = null;
  }

  async open(path: string, line: number | null, writable: boolean): Promise<void> {
    this.front = path;
    let file = this.files.get(path);
    if (!file) {
      const read = await this.source.file(path);
      file = this.files.get(path) ?? this.add(path, read.text, read.hash);
    }
    if (this.front !== path) {
      return;
    }
    for (const [other, { view }] of this.files) {
      view.dom.hidden = other !== path;
    }
    const { view } = file;
    view.dispatch({ effects: this.writing.reconfigure(EditorState.readOnly.of(!writable)) });
    if (line !== null) {
      const at = view.state.doc.line(Math.max(1, Math.min(view.state.doc.lines, line)));
      view.dispatch({
        selection: { anchor: at.from, head: at.to },
        effects: EditorView.scrollIntoView(at.from, { y: "center" }),
      });
      view.focus();
    }
    this.report();
  }

  private add(path: string, text: string, hash: string): OpenFile {
    const view = new EditorView({
      parent: this.element,
      state: EditorState.create({ doc: text, extensions: this.extensions(path) }),
    });
    const file = { view, saved: view.state.doc.toString(), base: hash, stale: null };
    this.files.set(path, file);
    return file;
  }

  private extensions(path: string) {
    return [
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      search({ top: true }),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": `Text of ${path}`, tabindex: "0" }),
      // Tab indents; Escape, then Tab, leaves the editor, whatever else Escape does there.
      Prec.highest(keymap.of([{ key: "Escape", run: letTabLeave }])),
      keymap.of([
        ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap,
        ...lintKeymap, indentWithTab,
      ]),
      annalsLanguage,
      annalsLook,
      this.writing.of([]),
      this.client.plugin(uriOf(path), "annals"),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          this.tell();
        }
      }),
    ];
  }

  undo(path: string): void {
    const view = this.files.get(path)?.view;
    if (view) {
      undo(view);
    }
  }

  redo(path: string): void {
    const view = this.files.get(path)?.view;
    if (view) {
      redo(view);
    }
  }

  async save(path: string): Promise<void> {
    const file = this.files.get(path);
    if (!file) {
      return;
    }
    const text = file.view.state.doc.toString();
    const { hash } = await this.source.save(path, text, file.base);
    file.saved = text;
    file.base = hash;
    file.stale = null;
    this.tell();
  }

  /** Compares open files with the disk. */
  async refresh(): Promise<void> {
    if (this.files.size === 0) {
      return;
    }
    const listed = await this.source.files();
    for (const { path, hash } of listed) {
      const file = this.files.get(path);
      if (file && file.base !== hash) {
        const read = await this.source.file(path);
        if (file.base !== read.hash) {
          this.changedOnDisk(file, read.text, read.hash);
        }
      }
    }
    this.tell();
  }

  private changedOnDisk(file: OpenFile, text: string, hash: string): void {
    const now = file.view.state.doc.toString();
    if (now === file.saved || now === text) {
      this.put(file, text, hash);
    } else {
      file.stale = { text, hash };
    }
  }

  private put(file: OpenFile, text: string, hash: string): void {
    const { view } = file;
    if (view.state.doc.toString() !== text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    }
    file.saved = view.state.doc.toString();
    file.base = hash;
    file.stale = null;
  }

  takeTheirs(path: string): void {
    const file = this.files.get(path);
    if (file?.stale) {
      this.put(file, file.stale.text, file.stale.hash);
      this.tell();
    }
  }

  keepMine(path: string): void {
    const file = this.files.get(path);
    if (file?.stale) {
      file.base = file.stale.hash;
      file.saved = file.stale.text;
      file.stale = null;
      this.tell();
    }
  }

  /** What the language server offers against a finding. */
  async remedies(problem: Problem): Promise<{ title: string; apply: () => void }[]> {
    this.client.sync();
    const actions = await this.client.request<unknown, CodeAction[] | null>("textDocument/codeAction", {
      textDocument: { uri: uriOf(problem.path) },
      range: problem.range,
      context: { diagnostics: [] },
    });
    return (actions ?? [])
      .filter((a) => a.edit?.changes !== undefined)
      .map((a) => ({ title: a.title, apply: () => void this.apply(a.edit?.changes ?? {}) }));
  }

  private async apply(changes: Record<string, TextEdit[]>): Promise<void> {
    for (const [uri, edits] of Object.entries(changes)) {
      const path = pathOf(uri);
      if (!this.files.has(path)) {
        const read = await this.source.file(path);
        this.add(path, read.text, read.hash).view.dom.hidden = true;
      }
      const view = this.files.get(path)?.view;
      const plugin = view && LSPPlugin.get(view);
      if (view && plugin) {
        view.dispatch({
          changes: edits.map((e) => ({
            from: plugin.fromPosition(e.range.start),
            to: plugin.fromPosition(e.range.end),
            insert: e.newText,
          })),
        });
      }
      const first = edits[0];
      if (first) {
        this.listener?.show(path, first.range.start.line + 1);
      }
    }
  }

  private published(uri: string, diagnostics: readonly Diagnostic[]): void {
    const severity = (n: number | undefined): Problem["severity"] =>
      n === 1 || n === undefined ? "error" : n === 2 ? "warning" : "info";
    const path = pathOf(uri);
    this.found.set(
      path,
      diagnostics.map((d) => ({
        path,
        line: d.range.start.line + 1,
        severity: severity(d.severity),
        message: d.message,
        range: d.range,
      })),
    );
    this.report();
  }

  private report(): void {
    const rank = { error: 0, warning: 1, info: 2 };
    const list = [...this.found.values()].flat().filter((p) => this.files.has(p.path));
    const own = (p: Problem): number => (p.path === this.front ? 0 : 1);
    list.sort((a, b) => rank[a.severity] - rank[b.severity] || own(a) - own(b) || a.line - b.line);
    this.listener?.problems(list);
  }

  private tell(): void {
    const dirty = new Set<string>();
    const stale = new Set<string>();
    for (const [path, file] of this.files) {
      if (file.view.state.doc.toString() !== file.saved) {
        dirty.add(path);
      }
      if (file.stale) {
        stale.add(path);
      }
    }
    this.listener?.state({ dirty, stale, link: this.link });
  }
}
