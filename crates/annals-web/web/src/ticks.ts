// Ticks of an axis of days, by the rule at the head of `ticks.rs` in the drawing room: both are
// tested against the cases of one file. Words never overlap; there is no year zero.

import { civil, dayOf, MONTHS, monthLength } from "./days";
import type { Calendar } from "./types";

export const LETTER = 6.6;
export const PAD = 4;
export const GAP = 6;

export interface Tick {
  day: number;
  words: string;
  strong: boolean;
}

export interface Period {
  day: number;
  words: string;
  begins: boolean;
}

export interface Axis {
  ticks: Tick[];
  periods: Period[];
}

type Step = { unit: "day" | "month" | "year"; n: number };

function steps(): Step[] {
  const list: Step[] = [];
  for (const n of [1, 5, 10]) {
    list.push({ unit: "day", n });
  }
  for (const n of [1, 3]) {
    list.push({ unit: "month", n });
  }
  for (let power = 0; power < 8; power += 1) {
    for (const n of [1, 2, 5]) {
      list.push({ unit: "year", n: n * 10 ** power });
    }
  }
  return list;
}

function shortestDays({ unit, n }: Step): number {
  if (unit === "day") {
    return n;
  }
  if (unit === "month") {
    return n === 1 ? 28 : n * 29;
  }
  return (Math.max(n, 2) - 1) * 353;
}

/** A year as axes show it: years below 100 say which side of the era they lie on. */
export function yearLabel(year: number): string {
  if (year <= 0) {
    return `${1 - year} BC`;
  }
  return year < 100 ? `AD ${year}` : `${year}`;
}

interface View {
  calendar: Calendar;
  first: number;
  last: number;
  perDay: number;
}

export function axis(calendar: Calendar, first: number, last: number, width: number): Axis {
  const end = Math.max(first, last);
  const view: View = { calendar, first, last: end, perDay: Math.max(width, 1) / (end - first + 1) };
  for (const each of steps()) {
    if (shortestDays(each) * view.perDay < 2 * LETTER + PAD + GAP) {
      continue;
    }
    const ticks = ticksOf(view, each);
    if (fits(view, ticks)) {
      return { periods: periodsOf(view, each), ticks: trimmed(view, ticks) };
    }
  }
  return { ticks: [], periods: [] };
}

function inside(view: View, day: number): boolean {
  return view.first <= day && day <= view.last;
}

function years(view: View): [number, number] {
  return [civil(view.first, view.calendar).year, civil(view.last, view.calendar).year];
}

function months(view: View): { year: number; month: number; first: number; last: number }[] {
  const from = civil(view.first, view.calendar);
  const list = [];
  let { year, month } = from;
  for (;;) {
    const first = dayOf({ year, month, day: 1 }, view.calendar);
    if (first > view.last) {
      return list;
    }
    list.push({ year, month, first, last: first + monthLength(year, month, view.calendar) - 1 });
    month += 1;
    if (month === 13) {
      year += 1;
      month = 1;
    }
  }
}

function ticksOf(view: View, { unit, n }: Step): Tick[] {
  if (unit === "year") {
    return yearTicks(view, n);
  }
  if (unit === "month") {
    return months(view)
      .filter(({ month, first }) => (month - 1) % n === 0 && inside(view, first))
      .map(({ month, first }) => ({ day: first, words: shortMonth(month), strong: month === 1 }));
  }
  const ticks: Tick[] = [];
  for (const { first, last } of months(view)) {
    for (let jdn = first; jdn <= last; jdn += 1) {
      const day = civil(jdn, view.calendar).day;
      const on = day === 1 || n === 1 || day % n === 0;
      const crowded = n > 1 && day > 1 && jdn + n > last + 1;
      if (on && !crowded && inside(view, jdn)) {
        ticks.push({ day: jdn, words: `${day}`, strong: jdn === first });
      }
    }
  }
  return ticks;
}

function yearTicks(view: View, n: number): Tick[] {
  const [start, end] = years(view);
  const list: number[] = [];
  for (let bc = Math.max(Math.floor(Math.max(1 - end, 1) / n) * n, n); bc <= 1 - start; bc += n) {
    list.push(1 - bc);
  }
  list.reverse();
  if (n > 1 && start <= 1 && 1 <= end) {
    list.push(1);
  }
  for (let ad = Math.floor((Math.max(start, 1) + n - 1) / n) * n; ad <= end; ad += n) {
    list.push(ad);
  }
  const nextPower = 10 ** (Math.floor(Math.log10(n) + 1e-9) + 1);
  return list
    .map((year) => ({
      day: dayOf({ year, month: 1, day: 1 }, view.calendar),
      words: yearLabel(year),
      strong: (year > 0 ? year : 1 - year) % nextPower === 0 || year === 1,
    }))
    .filter(({ day }) => inside(view, day));
}

function x(view: View, day: number): number {
  return (day - view.first) * view.perDay;
}

function wordsEnd(view: View, tick: Tick): number {
  return x(view, tick.day) + PAD + [...tick.words].length * LETTER;
}

function right(view: View): number {
  return (view.last - view.first + 1) * view.perDay;
}

function fits(view: View, ticks: Tick[]): boolean {
  return ticks.every((tick, at) => {
    const next = ticks[at + 1];
    return next === undefined || wordsEnd(view, tick) + GAP <= x(view, next.day);
  });
}

function trimmed(view: View, ticks: Tick[]): Tick[] {
  const last = ticks.at(-1);
  if (last && wordsEnd(view, last) > right(view)) {
    last.words = "";
  }
  return ticks;
}

function periodsOf(view: View, { unit }: Step): Period[] {
  if (unit === "year") {
    return [];
  }
  const starts: { first: number; words: string[] }[] = [];
  if (unit === "day") {
    for (const { year, month, first } of months(view)) {
      const name = (long: boolean): string => `${long ? MONTHS[month - 1] : shortMonth(month)} ${yearLabel(year)}`;
      starts.push({ first, words: [name(true), name(false)] });
    }
  } else {
    const [start, end] = years(view);
    for (let year = start; year <= end; year += 1) {
      starts.push({ first: dayOf({ year, month: 1, day: 1 }, view.calendar), words: [yearLabel(year)] });
    }
  }
  return starts.map(({ first, words }, at) => {
    const begins = inside(view, first);
    const day = begins ? first : view.first;
    const next = starts[at + 1];
    const until = next && inside(view, next.first) ? x(view, next.first) : right(view);
    const room = until - x(view, day);
    const fit = words.find((w) => PAD + [...w].length * LETTER + GAP <= room);
    return { day, words: fit ?? "", begins };
  });
}

function shortMonth(month: number): string {
  return (MONTHS[month - 1] ?? "").slice(0, 3);
}

/** The axis in one line, for the slider: where a longer period begins its words stand for the
    tick's, so that a `1` says of which month; the period in which the line begins stands first. What
    would run into a period's words is left without its own. */
export function labels(calendar: Calendar, first: number, last: number, width: number): Tick[] {
  const { ticks, periods } = axis(calendar, first, last, width);
  const perDay = Math.max(width, 1) / (Math.max(first, last) - first + 1);
  const x = (day: number): number => (Math.max(day, first) - first) * perDay;
  const end = (one: { day: number; words: string }): number => x(one.day) + PAD + one.words.length * LETTER + GAP;
  const named: Tick[] = [];
  for (const { day, words } of periods.toSorted((a, b) => a.day - b.day)) {
    const before = named.at(-1);
    if (words !== "" && (before === undefined || end(before) <= x(day))) {
      named.push({ day: Math.max(day, first), words, strong: true });
    }
  }
  const free = (tick: Tick): boolean =>
    named.every((name) => end(tick) <= x(name.day) || end(name) <= x(tick.day));
  const rest = ticks
    .filter((tick) => !named.some((name) => name.day === tick.day))
    .map((tick) => (free(tick) ? tick : { ...tick, words: "" }));
  return [...rest, ...named].sort((a, b) => a.day - b.day);
}
