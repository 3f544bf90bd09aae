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

/** The short names of all sources by key, each told from the others: where two would be called the
    same, author and year are added as far as they differ, and the key where they do not. */
export function shortNames(sources: readonly SourceSeen[]): Map<string, string> {
  const field = (source: SourceSeen, ...names: string[]): string =>
    names.map((name) => source.fields.find(([f]) => f === name)?.[1]).find((v) => v !== undefined) ?? "";
  const author = (s: SourceSeen): string => field(s, "author", "editor").split(",")[0]?.trim() ?? "";
  const year = (s: SourceSeen): string => field(s, "year", "date");
  const named = new Map<string, SourceSeen[]>();
  for (const source of sources) {
    const name = shortName(source);
    named.set(name, [...(named.get(name) ?? []), source]);
  }
  const found = new Map<string, string>();
  for (const [name, alike] of named) {
    const ways: ((s: SourceSeen) => string)[] = [
      year, author, (s) => [author(s), year(s)].filter(Boolean).join(" "), (s) => `@${s.key}`,
    ];
    const tells = (way: (s: SourceSeen) => string): boolean =>
      new Set(alike.map(way)).size === alike.length && alike.every((s) => way(s) !== "");
    const way = alike.length > 1 ? ways.find(tells) : undefined;
    for (const source of alike) {
      found.set(source.key, way ? `${name} (${way(source)})` : name);
    }
  }
  return found;
}
