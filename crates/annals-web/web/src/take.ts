// What readers take along: tables and citations.

import type { Shown } from "./page.svelte";

/** How this view of the chronicle is to be cited. */
export function citation(shown: Shown, day: string): string {
  const title = shown.overview.title ?? shown.opened.main;
  return `“${title}”, a chronicle in Annals, revision ${shown.opened.revision}, as of ${day}. ${location.href}`;
}

/** The claims as a table that spreadsheets read. */
export function claimsCsv(shown: Shown, day: string): string {
  const rows = [["claim", "mode", "sources", "passage", "section", "file", "line", "chronicle"]];
  const cited = citation(shown, day);
  for (const claim of shown.overview.claims) {
    const sources = claim.sources.map((s) => s.words).join("; ");
    rows.push([
      claim.words, claim.mode, sources, claim.passage ?? "", claim.section ?? "", claim.file, `${claim.line}`, cited,
    ]);
  }
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(text: string): string {
  // A spreadsheet would run a cell that begins like a formula.
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function saveAs(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
