// Tests of the parts that need no server, run in the browser they are made for. Cases that the
// drawing room shares are handed over by the runner.

import { bins, busyWindow } from "../src/uncertainty";
import { civil, dayOf, dayWords, readPlain, runWords, step } from "../src/days";
import { applied, changedLines } from "../src/edits";
import { completions, found } from "../src/found";
import { readPlace, writePlace } from "../src/link";
import { cleaned } from "../src/editor/clean";
import { shortNames } from "../src/names";
import { Notes } from "../src/notes";
import { Marks, readWhen, surely } from "../src/marks";
import { axis, labels } from "../src/ticks";
import type { Calendar, Overview, SourceSeen } from "../src/types";

interface TickCase {
  calendar: Omit<Calendar, "name">;
  first: number;
  last: number;
  width: number;
  /** Day, words, whether it begins a longer period. */
  ticks: [number, string, boolean][];
  /** Day, words, whether it begins in the window. */
  periods: [number, string, boolean][];
}

interface Shared {
  overview: Overview;
  ticks: TickCase[] | null;
}

const julian: Calendar = { name: "julian", gregorian_from: null, western: true };
const switched: Calendar = { name: "historical", gregorian_from: 2299161, western: true };

function same(found: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) {
    throw new Error(`${what}: found ${a ?? "nothing"}, expected ${b ?? "nothing"}`);
  }
}

const tests: Record<string, (shared: Shared) => void> = {
  "days are those of the calendar"(): void {
    same(dayWords(1956578, julian), "644-10-26", "the fall");
    same(dayOf({ year: 644, month: 10, day: 26 }, julian), 1956578, "back");
    same(dayWords(dayOf({ year: -201, month: 3, day: 1 }, julian), julian), "202-03-01 BC", "before Christ");
    same(dayWords(2299160, switched), "1582-10-04", "the last Julian day");
    same(dayWords(2299161, switched), "1582-10-15", "the first Gregorian day");
    for (let day = -200_000; day < 3_000_000; day += 997) {
      same(dayOf(civil(day, julian), julian), day, "a Julian day there and back");
      same(dayOf(civil(day, switched), switched), day, "a day there and back");
    }
  },
  "steps keep the day of the month where there is one"(): void {
    const leap = dayOf({ year: 644, month: 2, day: 29 }, julian);
    same(dayWords(step(leap, "year", 1, julian), julian), "645-02-28", "a year on");
    same(dayWords(step(leap, "month", -1, julian), julian), "644-01-29", "a month back");
    const one = dayOf({ year: 1, month: 6, day: 1 }, julian);
    same(dayWords(step(one, "year", -1, julian), julian), "1-06-01 BC", "no year zero");
    same(dayWords(step(one, "century", 1, julian), julian), "101-06-01", "a century");
  },
  "plain dates are read"(): void {
    same(readPlain("644-10-26", julian), { first: 1956578, last: 1956578 }, "a day");
    same(runWords(readPlain("644", julian) ?? { first: null, last: null }, julian), "644", "a year");
    same(readPlain("0", julian), null, "year zero");
    same(readPlain("644-13", julian), null, "a thirteenth month");
    same(readPlain("soon", julian), null, "no date");
    const day = (text: string): string => dayWords(readPlain(text, julian)?.first ?? 0, julian);
    same(day("15 March 44 BC"), "44-03-15 BC", "a day in words before Christ");
    same(day("March 44 B.C."), "44-03-01 BC", "a month before Christ");
    same([day("AD 1"), day("1 BC"), day("17 Sept 644")], ["1-01-01", "1-01-01 BC", "644-09-17"], "eras, a short month");
    same([readPlain("0 BC", julian), readPlain("30 February 644", julian), readPlain("c. 630", julian)], [null, null, null], "none");
  },
  "places in the address come back"(): void {
    const text = writePlace({
      view: "graph", at: -5, window: [-10, 20], selected: "state:A & B = C", without: ["@a", "#b"],
      prefer: ["@a over @b"], question: "646: ? is", file: null, about: "焉耆 & Co", ofDay: true, reach: { from: "Kucha", days: 10, by: "on foot" },
    });
    same(writePlace(readPlace(text)), text, "there and back");
    same(readPlace("#view=nonsense&at=x").view, "all", "nonsense");
  },
  "a site answers from what is written"({ overview }): void {
    const text = (question: string): string => found(question, overview)?.text ?? "nothing";
    same(text("644-01-01: ? is ruler of karasahr.").includes("Long Tuqizhi"), true, "a hole, in any case");
    same(text("637: Yanqi is subject to ?").includes("Karasahr is subject to Tang\n  certain   637"), true, "another name");
    same(text("when: Karasahr is subject to Tang").split("\n").length > 1, true, "all its days");
    same(text("#fall").includes("Karasahr"), true, "an event by its label");
    same(text("644: is subject to"), "nothing", "half a sentence is none");
    same(text("soon: ? is ruler of Karasahr"), "nothing", "a date that cannot be read answers nothing");
    same(text(".*"), "nothing", "a sentence is no expression");
    const [first] = completions("640: karasahr subject tang", overview);
    same([first?.insert, first?.from, first?.to], [" Karasahr is subject to Tang", 4, 26], "a completion");
  },
  "sources of one title are told apart"(): void {
    const source = (key: string, fields: [string, string][]): SourceSeen => ({ key, fields, is_file: false, claims: 1 });
    const names = (list: SourceSeen[]): string[] => [...shortNames(list).values()];
    const annals = (key: string, ...more: [string, string][]): SourceSeen => source(key, [["title", "Annals"], ...more]);
    same(names([annals("a", ["year", "945"]), annals("b", ["year", "1060"])]), ["Annals (945)", "Annals (1060)"], "by year");
    same(names([annals("a", ["author", "Liu Xu"]), annals("b", ["author", "Ouyang Xiu"])]), ["Annals (Liu Xu)", "Annals (Ouyang Xiu)"], "by author");
    same(names([annals("a", ["year", "945"]), annals("b")]), ["Annals (@a)", "Annals (@b)"], "by key");
    same(names([annals("a"), source("b", [["title", "Other"]])]), ["Annals", "Other"], "where nothing has to be added");
  },
  "the list of a day holds what is certain, and counts the rest"(): void {
    const note = (when: string, at: number): string => `<g class="mark timed note" data-when="${when}" id="n${at}"/>`;
    const notes = [...Array(14).keys()].map((at) => note(at === 13 ? "c:5-5" : "p:1-9", at)).join("");
    const svg = new DOMParser().parseFromString(
      `<svg xmlns="http://www.w3.org/2000/svg"><g class="notes" data-lines="12" data-column="100" data-row="16">${notes}<text class="more-words"/></g></svg>`,
      "image/svg+xml",
    ).documentElement;
    let asked = 0;
    const list = new Notes(svg, () => (asked += 1));
    const marks = new Marks(svg);
    const remark = svg.querySelector(".more-words");
    const listed = (): string[] => [...svg.querySelectorAll(".note.at-certain:not(.left-out), .note.at-possible:not(.left-out)")].map((n) => n.id);
    const move = (day: number): void => {
      marks.move(day);
      list.place();
    };
    move(5);
    same([listed().length, remark?.textContent, remark?.getAttribute("role")], [12, "and 2 more", "button"], "a full day");
    same(svg.querySelector("#n13")?.getAttribute("transform"), "translate(0 0)", "what is certain stands first");
    same(svg.querySelector("#n0")?.getAttribute("transform"), "translate(100 0)", "then what may be");
    remark?.dispatchEvent(new MouseEvent("click"));
    same(asked, 1, "the rest is asked for");
    move(20);
    same([listed().length, remark?.textContent, remark?.getAttribute("role")], [0, "nothing is dated near this day", null], "an empty day");
    remark?.dispatchEvent(new MouseEvent("click"));
    same(asked, 1, "and nothing is asked for there");
  },
  "edits count bytes"(): void {
    const text = "焉耆: a\nb\n";
    same(applied(text, [{ file: "", start: 6, end: 7, replacement: " =" }]), "焉耆 = a\nb\n", "after Han");
    same(changedLines("a\nb\nc", "a\nB\nc"), [{ line: 2, before: "b", after: "B" }], "a line");
    same(changedLines("a\n", "a\nnew\n"), [{ line: 2, before: "", after: "new" }], "a new line");
  },
  "hover texts hold no HTML but marks of text"(): void {
    const hostile = `<p onclick="x()">a<script>alert(1)</script><img src=x onerror=y()><a href="javascript:z()"><b>b</b></a></p><svg><style>*{}</style></svg>`;
    same(cleaned(hostile), "<p>a<b>b</b></p>", "what is left");
  },
  "marks read their days"(): void {
    const runs = readWhen("p:-5--5 c:10-19 p:20-");
    same([surely(runs, -5), surely(runs, 9), surely(runs, 10), surely(runs, 99)],
      ["at-possible", "at-none", "at-certain", "at-possible"], "four days");
    same(surely(readWhen("c:-7"), -1000), "at-certain", "an open start");
  },
  "moving the cursor equals drawing anew"(): void {
    const svg = marksOf(300);
    const marks = new Marks(svg);
    let seed = 7;
    for (let move = 0; move < 400; move += 1) {
      seed = (seed * 48271) % 2147483647;
      const day = seed % 10_000;
      marks.move(day);
      for (const mark of svg.querySelectorAll(".mark")) {
        const expected = surely(readWhen(mark.getAttribute("data-when") ?? ""), day);
        const found = [...mark.classList].filter((c) => c.startsWith("at-"));
        same(found, [expected], `day ${day}`);
      }
    }
  },
  "the histogram counts every state once a bin"({ overview }): void {
    const [first, last] = [overview.first, overview.last];
    const list = bins(overview, first, last, 200);
    same(list.length, 200, "bins");
    same(list[0]?.first, first, "first");
    same(list.at(-1)?.last, last, "last");
    const whole = bins(overview, first, last, 1)[0];
    const held = overview.states.filter((s) => s.runs.some((r) => r.first <= last && (r.last ?? last) >= first));
    const told = overview.events.filter((e) => e.told);
    same((whole?.certain ?? 0) + (whole?.possible ?? 0), held.length + told.length, "all in one bin");
    const [from, to] = busyWindow(overview);
    same(from >= first && to <= last && from < to, true, "the busy time lies in the whole");
  },
  "the slider says of which month and year its days are"(): void {
    const from = dayOf({ year: 644, month: 9, day: 17 }, julian);
    const list = labels(julian, from, from + 80, 1240);
    const named = list.filter((t) => /644/u.test(t.words)).map((t) => t.words);
    same(named.length >= 3, true, `months by their names: ${named.join(", ")}`);
    for (const [at, tick] of list.entries()) {
      const next = list.slice(at + 1).find((t) => t.words !== "");
      const x = (day: number): number => ((day - from) * 1240) / 81;
      same(tick.words === "" || !next || x(next.day) - x(tick.day) >= tick.words.length * 5, true, `${tick.words} runs into ${next?.words ?? ""}`);
    }
    same(labels(julian, from, from + 365 * 20, 1240).filter((t) => t.words !== "").length > 5, true, "years stay");
  },
  "ticks meet the cases of the drawing room"({ ticks }): void {
    if (ticks === null) {
      throw new Error("the shared cases of ticks are missing");
    }
    let looked = 0;
    for (const one of ticks) {
      if (one.calendar.western) {
        looked += 1;
        const found = axis({ name: "", ...one.calendar }, one.first, one.last, one.width);
        const where = `from ${one.first} to ${one.last} on ${one.width}`;
        same(found.ticks.map((t) => [t.day, t.words, t.strong]), one.ticks, `ticks ${where}`);
        same(found.periods.map((p) => [p.day, p.words, p.begins]), one.periods, `periods ${where}`);
      }
    }
    same(looked > 5, true, "there are cases");
  },
};

function marksOf(count: number): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  let seed = 42;
  const next = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let at = 0; at < count; at += 1) {
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "g");
    const [a, b, c] = [next(9000), 1 + next(400), 1 + next(400)];
    mark.setAttribute("class", "mark state");
    mark.setAttribute("data-when", `p:${a}-${a + b - 1} c:${a + b}-${at % 5 === 0 ? "" : a + b + c}`);
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("x", `${(at % 50) * 16}`);
    rect.setAttribute("y", `${Math.floor(at / 50) * 16}`);
    rect.setAttribute("width", "14");
    rect.setAttribute("height", "14");
    mark.append(rect);
    svg.append(mark);
  }
  return svg;
}

/** Milliseconds that moves of the cursor take over so many marks, style and layout included. */
function measureMoves(count: number): { median: number; worst: number; touched: number } {
  const svg = marksOf(count);
  const style = document.createElement("style");
  style.textContent = ".at-none{display:none}.at-possible{opacity:.5}";
  document.body.replaceChildren(style, svg);
  const marks = new Marks(svg);
  marks.move(0);
  const times: number[] = [];
  let touched = 0;
  for (let move = 1; move <= 200; move += 1) {
    const start = performance.now();
    marks.move((move * 4999) % 10_000);
    svg.getBoundingClientRect();
    times.push(performance.now() - start);
    touched = Math.max(touched, marks.touched);
  }
  times.sort((a, b) => a - b);
  return { median: times[100] ?? NaN, worst: times.at(-1) ?? NaN, touched };
}

Object.assign(window, {
  runUnits(shared: Shared): string[] {
    const failures: string[] = [];
    for (const [name, test] of Object.entries(tests)) {
      try {
        test(shared);
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return failures;
  },
  unitNames: Object.keys(tests),
  measureMoves,
});
