// A picture in the page: the SVG that the drawing engine made, in a shadow root of its own, so that
// its style sheet reaches nothing else. The page moves the cursor, the selection and the zoom in it
// and draws nothing itself but the ticks and the cursor's line.

import { Marks } from "./marks";
import { axis } from "./ticks";
import type { Calendar } from "./types";

const SVG = "http://www.w3.org/2000/svg";

/** Rules for what the page adds to a picture. */
const OWN_STYLE = `
:host { display: block; }
svg { display: block; width: 100%; touch-action: pan-y; user-select: none; }
svg.fills { height: 100%; touch-action: none; }
.page-cursor { stroke: var(--cursor); stroke-width: 1.5; pointer-events: none; }
.outside { display: none; }
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
}

interface Edges {
  element: Element;
  a: number | null;
  b: number | null;
  point: boolean;
}

/** Reads a picture and hangs it into a shadow root. */
export class Picture {
  readonly svg: SVGSVGElement;
  readonly marks: Marks;
  /** The plot of a timeline in its own pixels, or null. */
  readonly plot: { left: number; right: number; first: number; last: number } | null;
  private readonly edges: Edges[] = [];
  private readonly cursor: SVGLineElement | null = null;
  private readonly byKey = new Map<string, Element[]>();
  private readonly order: SVGElement[];

  constructor(
    host: HTMLElement,
    text: string,
    private readonly handlers: Handlers,
  ) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const svg = parsed.documentElement;
    if (svg.nodeName !== "svg") {
      throw new Error("The picture cannot be read.");
    }
    root.adoptedStyleSheets = [...takeStyles(svg), sheet(OWN_STYLE)];
    root.replaceChildren(document.importNode(svg, true));
    this.svg = root.firstElementChild as SVGSVGElement;
    this.svg.removeAttribute("width");
    this.svg.removeAttribute("height");
    // Its marks are buttons, which an image could not have inside.
    this.svg.setAttribute("role", "group");
    this.marks = new Marks(this.svg);
    this.plot = this.readPlot();
    if (this.plot) {
      this.readEdges();
      this.cursor = document.createElementNS(SVG, "line");
      this.cursor.setAttribute("class", "page-cursor");
      this.svg.append(this.cursor);
    }
    this.order = [...this.svg.querySelectorAll<SVGElement>(".mark")];
    this.wire();
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
        this.edges.push({
          element,
          a: day(element.getAttribute("data-a")),
          b: day(element.getAttribute("data-b")),
          point: !element.hasAttribute("data-b"),
        });
      }
    }
  }

  private wire(): void {
    for (const mark of this.order) {
      const key = `${mark.dataset["kind"] ?? ""}:${mark.dataset["id"] ?? ""}`;
      const same = this.byKey.get(key);
      if (same) {
        same.push(mark);
      } else {
        this.byKey.set(key, [mark]);
      }
      mark.setAttribute("tabindex", "-1");
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
    this.svg.classList.remove("theme-light", "theme-dark", "theme-print");
    this.svg.classList.add(`theme-${theme}`);
  }

  /** Marks what is selected and what belongs to it; keys are `event:12`. */
  select(selected: ReadonlySet<string>, related: ReadonlySet<string>): void {
    for (const [key, marks] of this.byKey) {
      for (const mark of marks) {
        mark.classList.toggle("is-selected", selected.has(key));
        mark.classList.toggle("is-related", related.has(key));
        if (mark.getAttribute("aria-pressed") !== `${selected.has(key)}`) {
          mark.setAttribute("aria-pressed", `${selected.has(key)}`);
        }
      }
    }
  }

  moveCursor(day: number, window: readonly [number, number]): void {
    this.marks.move(day);
    if (this.cursor && this.plot) {
      const x = this.x(day + 0.5, window);
      const shown = day >= window[0] && day <= window[1];
      this.cursor.classList.toggle("outside", !shown);
      const box = this.svg.viewBox.baseVal;
      this.cursor.setAttribute("x1", x.toFixed(1));
      this.cursor.setAttribute("x2", x.toFixed(1));
      this.cursor.setAttribute("y1", "34");
      this.cursor.setAttribute("y2", `${box.height}`);
    }
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
    const clamp = (x: number): number => Math.max(plot.left, Math.min(plot.right, x));
    for (const { element, a, b, point } of this.edges) {
      const start = a === null ? plot.left : this.x(a, window);
      if (point) {
        place(element, start, start, start < plot.left - 0.5 || start > plot.right + 0.5);
      } else {
        const end = b === null ? plot.right : this.x(b, window);
        place(element, clamp(start), clamp(end), end <= plot.left || start >= plot.right);
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
    const sample = new TickSample(ticks);
    const { ticks: list, periods } = axis(calendar, window[0], window[1], plot.right - plot.left);
    const made: Element[] = [];
    for (const period of periods) {
      made.push(...sample.period(this.x(period.day, window), period.words, period.begins));
    }
    for (const tick of list) {
      made.push(...sample.tick(this.x(tick.day, window), tick.words, tick.strong));
    }
    ticks.replaceChildren(...made);
  }
}

/** Lines and texts of an axis as the drawing engine made them, to make more like them. */
class TickSample {
  private readonly line: Element | null;
  private readonly strong: Element | null;
  private readonly text: Element | null;
  private readonly periodLine: Element | null;
  private readonly periodText: Element | null;

  constructor(ticks: Element) {
    const kept = samples.get(ticks) ?? {
      line: ticks.querySelector("line.tick:not(.strong), line:not(.strong):not(.period)"),
      strong: ticks.querySelector("line.strong"),
      text: ticks.querySelector("text:not(.period)"),
      periodLine: ticks.querySelector("line.period"),
      periodText: ticks.querySelector("text.period"),
    };
    samples.set(ticks, kept);
    this.line = kept.line ?? kept.strong;
    this.strong = kept.strong ?? kept.line;
    this.text = kept.text;
    this.periodLine = kept.periodLine ?? kept.strong ?? kept.line;
    this.periodText = kept.periodText ?? kept.text;
  }

  tick(x: number, words: string, strong: boolean): Element[] {
    return [...copyLine(strong ? this.strong : this.line, x), ...copyText(this.text, x + 4, words)];
  }

  period(x: number, words: string, begins: boolean): Element[] {
    return [...(begins ? copyLine(this.periodLine, x) : []), ...copyText(this.periodText, x + 4, words)];
  }
}

type Kept = Record<"line" | "strong" | "text" | "periodLine" | "periodText", Element | null>;

const samples = new WeakMap<Element, Kept>();

function copyLine(sample: Element | null, x: number): Element[] {
  if (!sample) {
    return [];
  }
  const line = sample.cloneNode(true) as Element;
  line.setAttribute("x1", x.toFixed(1));
  line.setAttribute("x2", x.toFixed(1));
  return [line];
}

function copyText(sample: Element | null, x: number, words: string): Element[] {
  if (!sample || words === "") {
    return [];
  }
  const text = sample.cloneNode(false) as Element;
  text.setAttribute("x", x.toFixed(1));
  text.textContent = words;
  return [text];
}

function place(element: Element, start: number, end: number, outside: boolean): void {
  element.classList.toggle("outside", outside);
  if (outside) {
    return;
  }
  const set = (name: string, value: number): void => element.setAttribute(name, value.toFixed(1));
  const dx = Number(element.getAttribute("data-dx") ?? 0);
  switch (element.nodeName) {
    case "rect":
      set("x", start);
      set("width", Math.max(end - start, Number(element.getAttribute("data-least") ?? 1)));
      break;
    case "line":
      set("x1", start);
      set("x2", end);
      break;
    case "circle":
      set("cx", start + dx);
      break;
    case "text":
      set("x", start + dx);
      break;
    default:
      element.setAttribute("transform", `translate(${(start + dx).toFixed(1)} ${element.getAttribute("data-y") ?? "0"})`);
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
