// A picture in the page: the SVG that the drawing engine made, in a shadow root of its own, so that
// its style sheet reaches nothing else. The page moves the cursor, the selection and the zoom in it
// and draws nothing itself but the ticks and the cursor's line.

import { Marks } from "./marks";
import { Notes } from "./notes";
import { axis } from "./ticks";
import type { Calendar } from "./types";

const SVG = "http://www.w3.org/2000/svg";

/** Rules for what the page adds to a picture. */
const OWN_STYLE = `
:host { display: block; }
svg { display: block; width: 100%; touch-action: pan-y; user-select: none; }
svg.fills { height: 100%; touch-action: none; }
@media (max-width: 56rem) { .graph.fills { height: auto; touch-action: pan-y; } }
@media print { svg.fills { height: auto; max-height: 23cm; } }
.page-cursor { stroke: var(--cursor); stroke-width: 1.5; pointer-events: none; }
.page-cursor-words { font-size: 11px; font-weight: 600; fill: var(--cursor); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; pointer-events: none; }
.annals text.page-cursor-words { fill: var(--cursor); stroke: var(--paper); }
.outside, .elsewhere .open-end, .elsewhere .beyond { display: none; }
.axis { position: sticky; top: 0; height: 0; z-index: 1; visibility: hidden; pointer-events: none; }
.axis.on { visibility: visible; }
.axis svg { background: var(--paper); border-bottom: 1px solid var(--rule); }
.annals.map .more-words.leads { text-decoration: underline; cursor: pointer; }
.timeline .mark.is-selected .target { fill: var(--select); fill-opacity: 0.1; }
.mark:focus-visible { outline: 2px solid var(--select); outline-offset: 2px; }
@media (prefers-reduced-motion: no-preference) {
  .map .mark, .graph .mark { transition: opacity 160ms linear; }
}
`;

export interface Picked {
  kind: string;
  id: number;
}

export interface Handlers {
  pick(picked: Picked): void;
  /** The mark was asked to be zoomed to: its first and last day. */
  zoomTo(first: number, last: number): void;
  /** What has no room in the list below a map is asked for. */
  more(): void;
}

interface Edges {
  element: Element;
  a: number | null;
  b: number | null;
  point: boolean;
  /** Of texts and signs: how far to the right of its day it was drawn, and at which height. */
  dx: number;
  y: string;
}

/** The top of a timeline, with its title, which the page says itself, and the height of its axis. */
interface Head {
  top: number;
  bottom: number;
}

/** Reads a picture and hangs it into a shadow root. */
export class Picture {
  readonly svg: SVGSVGElement;
  readonly marks: Marks;
  /** The plot of a timeline in its own pixels, or null. */
  readonly plot: { left: number; right: number; first: number; last: number } | null;
  private readonly edges: Edges[] = [];
  private readonly cursor: Element | null = null;
  private readonly cursorWords: Element | null = null;
  private readonly axis: HTMLElement | null = null;
  private readonly ends = new AbortController();
  private readonly byKey = new Map<string, Element[]>();
  private readonly order: SVGElement[];
  private readonly notes: Notes;
  /** Where a map drawn for all days says of which day it is. */
  private readonly dated: Element | null;

  constructor(
    host: HTMLElement,
    text: string,
    private readonly handlers: Handlers,
  ) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const focused = root.activeElement?.id;
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const svg = parsed.documentElement;
    if (svg.nodeName !== "svg") {
      throw new Error("The picture cannot be read.");
    }
    root.adoptedStyleSheets = [...takeStyles(svg), sheet(OWN_STYLE)];
    this.svg = document.importNode(svg, true) as unknown as SVGSVGElement;
    root.replaceChildren(this.svg);
    this.svg.removeAttribute("width");
    this.svg.removeAttribute("height");
    // Its marks are buttons, which an image could not have inside.
    this.svg.setAttribute("role", "group");
    this.marks = new Marks(this.svg);
    this.dated = this.svg.querySelector(".subtitle.any-day");
    this.notes = new Notes(this.svg, () => handlers.more());
    this.plot = this.readPlot();
    if (this.plot) {
      this.readEdges();
      this.cursor = line("page-cursor", 0, 0, 0);
      this.cursorWords = document.createElementNS(SVG, "text");
      this.cursorWords.setAttribute("class", "page-cursor-words");
      this.axis = this.keepAxis(host, root);
      this.svg.append(this.cursor, this.cursorWords);
    } else {
      this.svg.classList.add("fills");
    }
    this.order = [...this.svg.querySelectorAll<SVGElement>(".mark")];
    this.wire();
    if (focused) {
      // A picture drawn anew keeps the reader's place.
      root.getElementById(focused)?.focus();
    }
  }

  private readPlot(): Picture["plot"] {
    const number = (name: string): number => Number(this.svg.getAttribute(name) ?? NaN);
    const plot = {
      left: number("data-left"),
      right: number("data-right"),
      first: number("data-first"),
      last: number("data-last"),
    };
    return Object.values(plot).every(Number.isFinite) ? plot : null;
  }

  private readEdges(): void {
    const day = (text: string | null): number | null => (text === null || text === "" ? null : Number(text));
    for (const element of this.svg.querySelectorAll("[data-a]")) {
      if (!element.closest(".ticks")) {
        const a = day(element.getAttribute("data-a"));
        const [x, y] = placeOf(element);
        this.edges.push({
          element,
          a,
          b: day(element.getAttribute("data-b")),
          point: !element.hasAttribute("data-b"),
          dx: x - this.drawnX(a),
          y,
        });
      }
    }
  }

  private drawnX(day: number | null): number {
    const { left, right, first, last } = this.plot ?? { left: 0, right: 1, first: 0, last: 0 };
    return day === null ? left : left + ((day - first) * (right - left)) / (last - first + 1);
  }

  /** Cuts the title off, and keeps the axis in sight while the rows scroll under it. */
  private keepAxis(host: HTMLElement, root: ShadowRoot): HTMLElement {
    const head = this.head();
    const box = this.svg.viewBox.baseVal;
    const [width, height] = [box.width, box.height];
    this.svg.setAttribute("viewBox", `0 ${head.top} ${width} ${height - head.top}`);
    const axis = document.createElement("div");
    axis.className = "axis";
    axis.setAttribute("aria-hidden", "true");
    const copy = this.svg.cloneNode(false) as SVGSVGElement;
    copy.setAttribute("viewBox", `0 ${head.top} ${width} ${head.bottom - head.top}`);
    copy.removeAttribute("aria-labelledby");
    axis.append(copy);
    root.prepend(axis);
    host.addEventListener(
      "scroll",
      () => axis.classList.toggle("on", host.scrollTop > 4),
      { passive: true, signal: this.ends.signal },
    );
    axis.classList.toggle("on", host.scrollTop > 4);
    return axis;
  }

  private head(): Head {
    const line = this.svg.querySelector(".ticks .axis-line");
    const bottom = Number(line?.getAttribute("y1") ?? 112);
    return { top: Math.max(0, bottom - 46), bottom };
  }

  /** Ends what listens outside of the picture. */
  stop(): void {
    this.ends.abort();
  }

  private wire(): void {
    for (const mark of this.order) {
      // One line may stand for several states of the same two things.
      for (const id of [mark.dataset["id"] ?? "", ...(mark.dataset["also"]?.split(" ") ?? [])]) {
        const key = `${mark.dataset["kind"] ?? ""}:${id}`;
        this.byKey.set(key, [...(this.byKey.get(key) ?? []), mark]);
      }
      mark.setAttribute("tabindex", "-1");
      nameAsSeen(mark);
    }
    this.order.sort((a, b) => startOf(a) - startOf(b));
    this.order[0]?.setAttribute("tabindex", "0");
    this.svg.addEventListener("click", (event) => this.pick(event.target));
    this.svg.addEventListener("dblclick", (event) => this.zoom(event.target));
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("focusin", (event) => this.focused(event.target));
  }

  private markAt(target: EventTarget | null): SVGElement | null {
    return target instanceof Element ? target.closest<SVGElement>(".mark") : null;
  }

  private pick(target: EventTarget | null): void {
    const mark = this.markAt(target);
    if (mark) {
      this.handlers.pick({ kind: mark.dataset["kind"] ?? "", id: Number(mark.dataset["id"]) });
    }
  }

  private zoom(target: EventTarget | null): void {
    const mark = this.markAt(target);
    if (!mark || !this.plot) {
      return;
    }
    const inside = this.edges.filter(({ element, point }) => mark.contains(element) && !point);
    const firsts = inside.map(({ a }) => a).filter((d) => d !== null);
    const lasts = inside.map(({ b }) => b).filter((d) => d !== null);
    if (firsts.length > 0 && lasts.length > 0) {
      this.handlers.zoomTo(Math.min(...firsts), Math.max(...lasts) - 1);
    }
  }

  /** Arrow keys walk from mark to mark by time, as one stop of the tab key. */
  private key(event: KeyboardEvent): void {
    const mark = this.markAt(event.target);
    if (!mark) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pick(mark);
      return;
    }
    const onward = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const visible = this.order.filter((m) => m === mark || isVisible(m));
    const at = visible.indexOf(mark);
    const next =
      onward !== undefined
        ? visible[at + onward]
        : event.key === "Home"
          ? visible[0]
          : event.key === "End"
            ? visible.at(-1)
            : undefined;
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  private focused(target: EventTarget | null): void {
    const mark = this.markAt(target);
    if (mark) {
      for (const other of this.order) {
        if (other.getAttribute("tabindex") === "0" && other !== mark) {
          other.setAttribute("tabindex", "-1");
        }
      }
      mark.setAttribute("tabindex", "0");
    }
  }

  theme(theme: string): void {
    for (const svg of [this.svg, this.axis?.firstElementChild]) {
      svg?.classList.remove("theme-light", "theme-dark", "theme-print");
      svg?.classList.add(`theme-${theme}`);
    }
  }

  /** Marks what is selected and what belongs to it; keys are `event:12`. */
  select(selected: ReadonlySet<string>, related: ReadonlySet<string>): void {
    const marked = (keys: ReadonlySet<string>): Set<Element> =>
      new Set([...keys].flatMap((key) => this.byKey.get(key) ?? []));
    const [chosen, near] = [marked(selected), marked(related)];
    for (const mark of this.order) {
      mark.classList.toggle("is-selected", chosen.has(mark));
      mark.classList.toggle("is-related", near.has(mark));
      if (mark.getAttribute("aria-pressed") !== `${chosen.has(mark)}`) {
        mark.setAttribute("aria-pressed", `${chosen.has(mark)}`);
      }
    }
    if (this.plot) {
      this.reveal(selected);
    }
  }

  /** Scrolls a timeline to what is selected, unless it can be seen. */
  private reveal(selected: ReadonlySet<string>): void {
    const marks = [...selected].flatMap((key) => this.byKey.get(key) ?? []);
    const view = (this.svg.getRootNode() as ShadowRoot).host.getBoundingClientRect();
    const seen = (mark: Element): boolean => {
      const { top, bottom } = mark.getBoundingClientRect();
      return top >= view.top + 40 && bottom <= view.bottom;
    };
    const host = (this.svg.getRootNode() as ShadowRoot).host;
    const first = marks[0];
    if (first && !marks.some(seen) && host.scrollHeight > host.clientHeight) {
      host.scrollTop += first.getBoundingClientRect().top - view.top - view.height / 2;
    }
  }

  /** Moves all marks to a day; in a timeline, its line and its words too. */
  moveCursor(day: number, words: string, long: string, window: readonly [number, number]): void {
    this.marks.move(day);
    this.notes.place();
    this.dated?.replaceChildren(`${long}, as the day closes`);
    if (!this.cursor || !this.cursorWords || !this.plot) {
      return;
    }
    const x = this.x(day + 0.5, window);
    const shown = day >= window[0] && day <= window[1];
    const { bottom } = this.head();
    const places = { x1: x, x2: x, y1: bottom - 33, y2: this.foot() };
    for (const [name, value] of Object.entries(places)) {
      this.cursor.setAttribute(name, value.toFixed(1));
    }
    const late = x > this.plot.right - 80;
    this.cursorWords.setAttribute("text-anchor", late ? "end" : "start");
    this.cursorWords.setAttribute("x", (x + (late ? -4 : 4)).toFixed(1));
    // Above the names of the periods.
    this.cursorWords.setAttribute("y", `${bottom - 36}`);
    this.cursorWords.textContent = words;
    for (const element of [this.cursor, this.cursorWords]) {
      element.classList.toggle("outside", !shown);
    }
    this.copyAxis();
  }

  /** What stands over the rows while they scroll: the axis and the cursor's words. */
  private copyAxis(): void {
    const parts = [this.svg.querySelector(".ticks"), this.cursor, this.cursorWords];
    this.axis?.firstElementChild?.replaceChildren(...parts.map((p) => p?.cloneNode(true)).filter((p) => p !== undefined));
  }

  private x(day: number, [first, last]: readonly [number, number]): number {
    const { left, right } = this.plot ?? { left: 0, right: 1 };
    return left + ((day - first) * (right - left)) / (last - first + 1);
  }

  /** The day at a place on the screen; null outside the plot. */
  dayAt(clientX: number, window: readonly [number, number]): number | null {
    const box = this.svg.getBoundingClientRect();
    const { left, right } = this.plot ?? { left: 0, right: 0 };
    const x = ((clientX - box.left) / box.width) * this.svg.viewBox.baseVal.width;
    if (!this.plot || x < left || x > right) {
      return null;
    }
    return Math.floor(window[0] + ((x - left) / (right - left)) * (window[1] - window[0] + 1));
  }

  /** Moves everything in a timeline to where another window puts it. */
  rescale(window: readonly [number, number], calendar: Calendar): void {
    const plot = this.plot;
    if (!plot) {
      return;
    }
    this.svg.classList.toggle("elsewhere", window[0] !== plot.first || window[1] !== plot.last);
    const clamp = (x: number): number => Math.max(plot.left, Math.min(plot.right, x));
    for (const { element, a, b, point, dx, y } of this.edges) {
      const start = a === null ? plot.left : this.x(a, window);
      if (point) {
        const x = start + dx;
        place(element, x, x, y, x < plot.left - 60 || x > plot.right + 0.5);
      } else {
        const end = b === null ? plot.right : this.x(b, window);
        const known = a ?? (b === null ? null : b - 1);
        if (element.nodeName === "path" && known !== null && (a === null || b === null)) {
          // A diamond whose days are open on one side stands at the day that is known.
          const x = this.x(known + 0.5, window);
          place(element, x, x, y, x < plot.left || x > plot.right);
          continue;
        }
        place(element, clamp(start), clamp(end), y, end <= plot.left || start >= plot.right);
      }
    }
    if (calendar.western) {
      this.drawTicks(window, calendar);
    }
  }

  private drawTicks(window: readonly [number, number], calendar: Calendar): void {
    const ticks = this.svg.querySelector(".ticks");
    const plot = this.plot;
    if (!ticks || !plot) {
      return;
    }
    const { ticks: list, periods } = axis(calendar, window[0], window[1], plot.right - plot.left);
    const [y, foot] = [this.head().bottom, this.foot()];
    const made: Element[] = [];
    for (const period of periods) {
      const x = this.x(period.day, window);
      if (period.begins) {
        made.push(line("tick", x, y - 34, y));
      }
      made.push(...words("strong-words", x + 4, y - 23, period.words));
    }
    for (const tick of list) {
      const x = this.x(tick.day, window);
      made.push(line(tick.strong ? "grid strong" : "grid", x, y, foot), line("tick", x, y - 14, y));
      made.push(...words(tick.strong ? "strong-words" : "words", x + 4, y - 5, tick.words));
    }
    const base = ticks.querySelector(".axis-line");
    ticks.replaceChildren(...made, ...(base ? [base] : []));
    this.copyAxis();
  }

  /** Where the rows end. */
  private foot(): number {
    const grid = this.svg.querySelector(".ticks .grid");
    this.footAt ??= Number(grid?.getAttribute("y2") ?? this.svg.viewBox.baseVal.height);
    return this.footAt;
  }

  private footAt: number | undefined;
}

function line(name: string, x: number, from: number, to: number): Element {
  const made = document.createElementNS(SVG, "line");
  made.setAttribute("class", name);
  for (const [attribute, value] of [["x1", x], ["x2", x], ["y1", from], ["y2", to]] as const) {
    made.setAttribute(attribute, value.toFixed(1));
  }
  return made;
}

function words(name: string, x: number, y: number, text: string): Element[] {
  if (text === "") {
    return [];
  }
  const made = document.createElementNS(SVG, "text");
  made.setAttribute("class", name);
  made.setAttribute("x", x.toFixed(1));
  made.setAttribute("y", y.toFixed(1));
  made.textContent = text;
  return [made];
}

/** Where a text or a sign stands: its x as a number, its y as written. */
function placeOf(element: Element): [number, string] {
  const moved = /^translate\((-?[\d.]+)[ ,](-?[\d.]+)\)/u.exec(element.getAttribute("transform") ?? "");
  if (moved) {
    return [Number(moved[1]), moved[2] ?? "0"];
  }
  const name = element.nodeName === "circle" ? "cx" : "x";
  return [Number(element.getAttribute(name) ?? 0), element.getAttribute("y") ?? "0"];
}

function place(element: Element, start: number, end: number, y: string, outside: boolean): void {
  element.classList.toggle("outside", outside);
  if (outside) {
    return;
  }
  const set = (name: string, value: number): void => element.setAttribute(name, value.toFixed(1));
  switch (element.nodeName) {
    case "rect":
      set("x", start);
      set("width", Math.max(end - start, 1));
      break;
    case "line":
      set("x1", start);
      set("x2", end);
      break;
    case "circle":
      set("cx", (start + end) / 2);
      break;
    case "text":
      set("x", start);
      break;
    default:
      element.setAttribute("transform", `translate(${((start + end) / 2).toFixed(1)} ${y})`);
  }
}

/** A mark's name begins with the words that are seen of it, so that who speaks to the computer can
    say what they read. */
function nameAsSeen(mark: Element): void {
  const seen = [...mark.querySelectorAll("text")].map((t) => t.textContent.trim()).join(" ");
  const name = mark.getAttribute("aria-label") ?? "";
  if (seen !== "" && !name.includes(seen)) {
    mark.setAttribute("aria-label", name === "" ? seen : `${seen}; ${name}`);
  }
}

function startOf(mark: Element): number {
  const found = /[cp]:(-?\d+)?/u.exec(mark.getAttribute("data-when") ?? "");
  return found?.[1] === undefined ? -Infinity : Number(found[1]);
}

function isVisible(mark: Element): boolean {
  return !mark.classList.contains("outside") && getComputedStyle(mark).display !== "none" &&
    getComputedStyle(mark).visibility !== "hidden";
}

function takeStyles(svg: Element): CSSStyleSheet[] {
  return [...svg.querySelectorAll("style")].map((style) => {
    style.remove();
    return sheet(style.textContent);
  });
}

function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
