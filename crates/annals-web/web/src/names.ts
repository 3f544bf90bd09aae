// Short words for things that have long names.

import type { SourceSeen, SourceShown } from "./types";

/** `Zizhi tongjian`, `Wechsler 1979`: what a reader calls a source. */
export function shortName(source: SourceSeen): string {
  const field = (name: string): string | undefined => source.fields.find(([f]) => f === name)?.[1];
  if (source.is_file) {
    return source.key;
  }
  const author = field("author") ?? field("editor");
  const year = field("year") ?? field("date");
  // A work of our own time is known by its author and year, an old one by its title.
  if (author && Number(year) >= 1800 && author.includes(",")) {
    return `${author.split(",")[0]} ${year}`;
  }
  const title = field("title") ?? source.key;
  const plain = title.split(/[:(]/u)[0]?.trim() ?? title;
  return plain.length > 34 ? `${plain.slice(0, 32).trimEnd()}…` : plain;
}

export function sourceWords(sources: readonly SourceShown[]): string {
  return sources.map((s) => s.words).join("; ");
}

export function verdictWord(verdict: string): string {
  return verdict === "none" ? "not recorded" : verdict;
}
