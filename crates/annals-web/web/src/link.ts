// The state of the page in its address, after the `#`, so that a link shows what was seen, the
// back button works, and a static site opened from a folder can do the same.

import type { PictureKind } from "./source";
import type { Reach } from "./types";

export type View = "all" | PictureKind | "claims" | "conflicts" | "sources" | "drafts" | "text";

export const VIEWS: readonly View[] = [
  "all", "timeline", "map", "graph", "claims", "conflicts", "sources", "drafts", "text",
];

export interface Place {
  view: View;
  at: number | null;
  window: [number, number] | null;
  /** `event:#fall`, `state:Karasahr is subject to Tang`, `thing:Tang`, `claim:FILE:LINE`. */
  selected: string | null;
  without: string[];
  prefer: string[];
  question: string | null;
  /** `FILE:LINE` in the editor. */
  file: string | null;
  /** The thing that everything shown has to do with, by name. */
  about: string | null;
  /** Whether only claims of what may happen on the day are listed. */
  ofDay: boolean;
  /** How far one comes from a place, on the map. */
  reach: Reach | null;
}

export function readPlace(hash: string): Place {
  const values = new URLSearchParams(hash.replace(/^#/u, ""));
  const view = VIEWS.find((v) => v === values.get("view")) ?? "all";
  const window = /^(-?\d+)\.\.(-?\d+)$/u.exec(values.get("window") ?? "");
  return {
    view,
    at: whole(values.get("at")),
    window: window ? [Number(window[1]), Number(window[2])] : null,
    selected: values.get("selected"),
    without: values.getAll("without"),
    prefer: values.getAll("prefer"),
    question: values.get("ask"),
    file: values.get("file"),
    about: values.get("about"),
    ofDay: values.get("of") === "day",
    reach: readReach(values),
  };
}

function readReach(values: URLSearchParams): Reach | null {
  const [from, days] = [values.get("reach"), whole(values.get("days"))];
  return from !== null && days !== null && days > 0 ? { from, days, by: values.get("by") } : null;
}

function whole(text: string | null): number | null {
  return text !== null && /^-?\d+$/u.test(text) ? Number(text) : null;
}

export function writePlace(place: Place): string {
  const values = new URLSearchParams();
  if (place.view !== "all") {
    values.set("view", place.view);
  }
  if (place.at !== null) {
    values.set("at", `${place.at}`);
  }
  if (place.window) {
    values.set("window", `${place.window[0]}..${place.window[1]}`);
  }
  if (place.selected) {
    values.set("selected", place.selected);
  }
  for (const key of place.without) {
    values.append("without", key);
  }
  for (const pair of place.prefer) {
    values.append("prefer", pair);
  }
  if (place.question) {
    values.set("ask", place.question);
  }
  if (place.file) {
    values.set("file", place.file);
  }
  if (place.about) {
    values.set("about", place.about);
  }
  if (place.ofDay) {
    values.set("of", "day");
  }
  if (place.reach) {
    values.set("reach", place.reach.from);
    values.set("days", `${place.reach.days}`);
    if (place.reach.by) {
      values.set("by", place.reach.by);
    }
  }
  const text = values.toString();
  return text ? `#${text}` : "#";
}
