// Questions to a site that was written once: a sentence with holes is looked for among the states
// and events that the program worked out before. Nothing is reasoned here; what is not written is
// not answered.

import { readPlain, runWords } from "./days";
import type { Answered, Calendar, Completion, Days, Found, Overview, Run } from "./types";

interface Asked {
  /** The days asked about; null asks about all. */
  days: Days | null;
  sentence: string;
}

/** What a question asks, or null where its date is none that the page can read. */
function read(question: string, calendar: Calendar): Asked | null {
  const text = question.trim().replace(/^when:\s*/iu, "");
  const colon = text.indexOf(":");
  if (colon < 0) {
    return { days: null, sentence: text };
  }
  const days = calendar.western ? readPlain(text.slice(0, colon), calendar) : null;
  return days && { days, sentence: text.slice(colon + 1).trim() };
}

/** Words alike whatever their case, their accents and the blanks between them. */
function plain(text: string): string {
  const bare = text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  return bare.replace(/[.。]\s*$/u, "").replace(/\s+/gu, " ").trim();
}

/** A sentence with holes as an expression; other names of a thing stand for its first. */
function pattern(sentence: string, overview: Overview): RegExp {
  let text = ` ${plain(sentence)} `;
  // A thing that shares its name is listed with its kind, which sentences leave out.
  const bare = (name: string): string => plain(name.replace(/ \([^()]*\)$/u, ""));
  const others = overview.things.flatMap((t) => t.names.map((n) => [plain(n.text), bare(t.name)] as const));
  others.sort((a, b) => b[0].length - a[0].length);
  for (const [other, first] of others) {
    if (other !== "" && other !== first && !first.includes(other)) {
      text = text.replaceAll(` ${other} `, ` ${first} `);
    }
  }
  const parts = text.trim().split("?").map((part) => part.replace(/[.*+^${}()|[\]\\]/gu, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "u");
}

function within(runs: readonly Run[], days: Days | null): Run[] {
  const [from, to] = [days?.first ?? -Infinity, days?.last ?? Infinity];
  const met = runs.filter((run) => run.first <= to && (run.last ?? Infinity) >= from);
  return met.map((run) => ({
    first: Math.max(run.first, from),
    last: run.last === null && to === Infinity ? null : Math.min(run.last ?? Infinity, to),
    certain: run.certain,
  }));
}

/** The answer, or null where nothing that is written answers. */
export function found(question: string, overview: Overview): Answered | null {
  const { calendar } = overview;
  const asked = read(question, calendar);
  if (!asked || asked.sentence === "") {
    return null;
  }
  const results: Found[] = [];
  const label = asked.sentence.startsWith("#") ? asked.sentence.slice(1) : null;
  const wanted = pattern(asked.sentence, overview);
  for (const state of overview.states) {
    const runs = label === null && wanted.test(plain(state.sentence)) ? within(state.runs, asked.days) : [];
    if (runs.length > 0) {
      const shown = runs.map((r) => ({ words: runWords(r, calendar), first: r.first, certain: r.certain, held: null }));
      results.push({ of: "state", id: state.id, sentence: state.sentence, runs: shown });
    }
  }
  for (const event of overview.events) {
    const [first, last] = [event.start[0]?.first ?? null, (event.end ?? event.start).at(-1)?.last ?? null];
    const met =
      asked.days === null ||
      ((first ?? -Infinity) <= (asked.days.last ?? Infinity) && (last ?? Infinity) >= (asked.days.first ?? -Infinity));
    if (met && (label === null ? wanted.test(plain(event.sentence)) : event.label === label)) {
      const words = `${event.status === "happened" ? "" : `${event.status}, `}${event.words}`;
      results.push({ of: "event", id: event.id, sentence: event.sentence, words, told: null });
    }
  }
  if (results.length === 0) {
    return null;
  }
  const note = "Found in what was worked out when this site was written.";
  const kept = results.map((result) => ({ kind: "found" as const, ...result }));
  return { answer: { schema: 1, question, time: null, results: kept, notes: [note] }, text: results.map(lines).join("\n") };
}

/** A finding in words, for listeners. */
function lines(found: Found): string {
  if (found.of === "event") {
    return `${found.sentence}\n  ${found.words}`;
  }
  const told = found.runs.map((r) => `\n  ${r.certain ? "certain " : "possible"}  ${r.words}`);
  return found.sentence + told.join("");
}

/** Sentences that hold the words written so far, as completions of the whole question. */
export function completions(text: string, overview: Overview): Completion[] {
  const colon = text.indexOf(":");
  const begun = text.slice(colon + 1);
  const words = plain(begun).split(" ").filter((w) => w !== "" && w !== "?");
  if (words.length === 0) {
    return [];
  }
  const from = new TextEncoder().encode(text.slice(0, colon + 1)).length;
  const to = new TextEncoder().encode(text).length;
  const blank = colon < 0 ? "" : " ";
  return overview.states
    .filter((state) => words.every((word) => plain(state.sentence).includes(word)))
    .slice(0, 8)
    .map(({ sentence }) => ({ label: sentence, insert: blank + sentence, from, to, kind: "state", detail: "" }));
}
