// What a reader types to say where the cursor shall stand: a date, or the label of an event.

import { PLAIN_FORMS, readPlain } from "./days";
import type { Source } from "./source";
import type { Days, Overview } from "./types";

/** A day to go to, or why there is none. */
export type Typed = { day: number } | { wrong: string };

/** The first day that a text may mean. `words` says a day as the page does. */
export async function dayTyped(
  text: string,
  overview: Overview,
  source: Source,
  words: (day: number) => string,
): Promise<Typed> {
  const days = labelled(text, overview) ?? (await read(text, overview, source));
  return "wrong" in days ? days : inside(days, text, overview, words);
}

/** The days on which an event may begin, by its label. */
function labelled(text: string, overview: Overview): Days | null {
  const label = text.trim();
  const event = label.startsWith("#") ? overview.events.find((e) => `#${e.label ?? ""}` === label) : undefined;
  const first = event?.start[0];
  return first ? { first: first.first, last: event.start.at(-1)?.last ?? null } : null;
}

async function read(text: string, overview: Overview, source: Source): Promise<Days | { wrong: string }> {
  const label = text.trim().startsWith("#");
  // `c.` says how exact a date is, not where it lies.
  const date = text.trim().replace(/^(?:c\.|ca\.|circa)\s*/iu, "");
  const plain = overview.calendar.western && !source.live ? readPlain(date, overview.calendar) : null;
  if (plain) {
    return plain;
  }
  const found = await source.readDate(date);
  const [from, to] = [found?.ranges[0], found?.ranges.at(-1)];
  if (from && to) {
    return { first: from[0], last: to[1] };
  }
  if (source.live) {
    return { wrong: "No day can be made of this." };
  }
  if (label) {
    return { wrong: `No event of this site bears the label ${text.trim()}.` };
  }
  return {
    wrong: overview.calendar.western
      ? `This site reads dates such as ${PLAIN_FORMS}, and labels such as #fall; others need the running program.`
      : "This site reads labels such as #fall; dates of its calendar need the running program.",
  };
}

/** The first of some days that is shown, or which days are shown. */
function inside(days: Days, text: string, overview: Overview, words: (day: number) => string): Typed {
  const { first, last } = overview;
  const shown = `what is shown goes from ${words(first)} to ${words(last)}`;
  if (days.first === null && days.last === null) {
    return { wrong: `${text.trim()} may lie on any day.` };
  }
  if (days.first !== null && days.first > last) {
    return { wrong: `${text.trim()} lies after it: ${shown}.` };
  }
  if (days.last !== null && days.last < first) {
    return { wrong: `${text.trim()} lies before it: ${shown}.` };
  }
  // Of days without a beginning, the end is what is known.
  return { day: days.first === null ? Math.min(days.last ?? last, last) : Math.max(days.first, first) };
}
