// How much is certain and how much only possible along time: the histogram over the time slider.

import type { Days, EventSeen, Overview, Run } from "./types";

export interface Bin {
  first: number;
  last: number;
  /** States and events that certainly hold on some day of the bin and are never uncertain in it. */
  certain: number;
  /** States and events that are uncertain on some day of the bin. */
  possible: number;
}

/** When an event takes place; certain only on days it surely spans. The drawing room's rule. */
export function eventRuns(event: EventSeen): { first: number; last: number; certain: boolean }[] {
  const sure = event.status === "happened";
  const open = (days: Days): { first: number; last: number } => ({
    first: days.first ?? -Infinity,
    last: days.last ?? Infinity,
  });
  if (!event.end) {
    const alone = event.start.length === 1 && event.start[0]?.first === event.start[0]?.last;
    return event.start.map((days) => ({ ...open(days), certain: sure && alone && days.first !== null }));
  }
  const first = event.start[0]?.first ?? -Infinity;
  const last = event.end.at(-1)?.last ?? Infinity;
  const from = event.start.at(-1)?.last ?? null;
  const to = event.end[0]?.first ?? null;
  if (!sure || from === null || to === null || from > to) {
    return [{ first, last, certain: false }];
  }
  const runs = [{ first: from, last: to, certain: true }];
  if (first < from) {
    runs.unshift({ first, last: from - 1, certain: false });
  }
  if (last > to) {
    runs.push({ first: to + 1, last, certain: false });
  }
  return runs;
}

export function bins(overview: Overview, first: number, last: number, count: number): Bin[] {
  const days = last - first + 1;
  const many = Math.max(1, Math.min(count, days));
  const list: Bin[] = [];
  for (let at = 0; at < many; at += 1) {
    list.push({
      first: first + Math.floor((at * days) / many),
      last: first + Math.floor(((at + 1) * days) / many) - 1,
      certain: 0,
      possible: 0,
    });
  }
  const binOf = (day: number): number =>
    Math.max(0, Math.min(many - 1, Math.floor(((day - first + 1) * many - 1) / days)));
  const add = (runs: readonly { first: number; last: number | null; certain: boolean }[]): void => {
    const seen = new Map<number, boolean>();
    for (const run of runs) {
      const until = run.last ?? Infinity;
      if (until < first || run.first > last) {
        continue;
      }
      const to = binOf(Math.min(until, last));
      for (let at = binOf(Math.max(run.first, first)); at <= to; at += 1) {
        seen.set(at, (seen.get(at) ?? true) && run.certain);
      }
    }
    for (const [at, certain] of seen) {
      const bin = list[at];
      if (bin) {
        bin[certain ? "certain" : "possible"] += 1;
      }
    }
  };
  for (const state of overview.states) {
    add(state.runs);
  }
  for (const event of overview.events) {
    if (event.told) {
      add(eventRuns(event));
    }
  }
  return list;
}

export type Verdict = "certain" | "possible" | "none";

export function verdictAt(runs: readonly Run[], day: number): Verdict {
  const run = runs.find((r) => r.first <= day && (r.last === null || day <= r.last));
  return run ? (run.certain ? "certain" : "possible") : "none";
}

/** The days between which most of what is dated lies: where the page opens. */
export function busyWindow(overview: Overview): [number, number] {
  const days: number[] = [];
  for (const event of overview.events) {
    const first = event.start[0]?.first ?? null;
    const last = (event.end ?? event.start).at(-1)?.last ?? null;
    if (event.told && first !== null && last !== null && last - first < 366 * 12) {
      days.push(first, last);
    }
  }
  if (days.length < 4) {
    return [overview.first, overview.last];
  }
  days.sort((a, b) => a - b);
  // The shortest time that holds most of the days: a few far ones would make the rest too narrow.
  const most = Math.ceil(days.length * 0.88);
  let [low, high] = [days[0] ?? 0, days.at(-1) ?? 0];
  for (let at = 0; at + most <= days.length; at += 1) {
    const [from, to] = [days[at] ?? 0, days[at + most - 1] ?? 0];
    if (to - from < high - low) {
      [low, high] = [from, to];
    }
  }
  const pad = Math.max(30, Math.round((high - low) * 0.12));
  return [Math.max(overview.first, low - pad), Math.min(overview.last, high + pad)];
}

/** The day the page opens at: where accounts clash, or else the middle of what is told. */
export function openingDay(overview: Overview): number {
  const fixed = (event: EventSeen | undefined): number | null => event?.start[0]?.first ?? null;
  for (const conflict of overview.conflicts) {
    for (const id of conflict.events) {
      const day = fixed(overview.events.find((e) => e.id === id));
      if (day !== null) {
        return day;
      }
    }
  }
  const days = overview.events
    .filter((e) => e.told)
    .map(fixed)
    .filter((d) => d !== null)
    .sort((a, b) => a - b);
  return days[Math.floor(days.length / 2)] ?? Math.floor((overview.first + overview.last) / 2);
}
