// Edits as the program gives them: places in bytes of UTF-8.

import type { Edit } from "./types";

export interface LineChange {
  line: number;
  before: string;
  after: string;
}

/** The text after some edits of it, which do not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  let out = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    out += decoder.decode(bytes.slice(at, edit.start)) + edit.replacement;
    at = edit.end;
  }
  return out + decoder.decode(bytes.slice(at));
}

/** The lines that differ between two texts, from the first to the last of them. */
export function changedLines(before: string, after: string): LineChange[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end += 1;
  }
  const changes: LineChange[] = [];
  const count = Math.max(a.length, b.length) - end - start;
  for (let at = 0; at < count; at += 1) {
    const was = start + at < a.length - end ? a[start + at] : undefined;
    const is = start + at < b.length - end ? b[start + at] : undefined;
    if (was !== is) {
      changes.push({ line: start + at + 1, before: was ?? "", after: is ?? "" });
    }
  }
  return changes;
}
