// Questions to begin with, made from the chronicle itself: no sentence of any vocabulary is known
// here.

import type { Shown } from "./page.svelte";
import { civil, yearWords } from "./days";

export function examples(shown: Shown, today: string, live: boolean): string[] {
  const { overview } = shown;
  const found: string[] = [];
  const open = overview.states
    .filter((s) => s.drawn && s.things.length === 2 && s.runs.some((r) => !r.certain))
    .sort((a, b) => b.claims.length - a.claims.length);
  const ruled = open.find((s) => s.drawn?.form === "ruling") ?? open[0];
  if (ruled) {
    const who = shown.things.get(ruled.things[0] ?? -1)?.name;
    const run = ruled.runs.find((r) => !r.certain);
    if (who && run && ruled.sentence.startsWith(who)) {
      const middle = run.last === null ? run.first : Math.floor((run.first + Math.min(run.last, run.first + 1400)) / 2);
      const when = overview.calendar.western ? yearWords(civil(middle, overview.calendar).year) : today;
      found.push(`${when}: ?${ruled.sentence.slice(who.length)}`);
    }
  }
  const placed = overview.states.find((s) => s.drawn?.form === "above" && s.runs.length > 1);
  if (placed) {
    found.push(`${today}: ${placed.sentence}`, `when: ${placed.sentence}`);
  }
  const contested = overview.conflicts[0]?.events[0];
  const label = contested === undefined ? null : shown.events.get(contested)?.label;
  if (label) {
    found.push(`when: #${label}`);
  }
  const long = overview.states.find((s) => s.drawn?.form === "ruling" && s.runs.some((r) => r.certain));
  if (long && live) {
    found.push(`how long: ${long.sentence}`);
  }
  return [...new Set(found)];
}
