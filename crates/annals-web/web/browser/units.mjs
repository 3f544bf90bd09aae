// The parts of the page that need no server.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";

export async function unitTests(test) {
  await test("units", {}, async (page) => {
    await page.goto("about:blank");
    await page.addScriptTag({ content: readFileSync(process.env.UNITS, "utf8") });
    const opened = await (await fetch(new URL("api/overview", process.env.PAGE))).json();
    const ticks = existsSync(process.env.TICKS) ? JSON.parse(readFileSync(process.env.TICKS, "utf8")) : null;
    const shared = { overview: opened.overview, ticks: Array.isArray(ticks) ? ticks : (ticks?.cases ?? null) };
    const failures = await page.evaluate((s) => window.runUnits(s), shared);
    assert.deepEqual(failures, []);
  });
  await test("2,000 marks follow the cursor", {}, async (page) => {
    await page.goto("about:blank");
    await page.addScriptTag({ content: readFileSync(process.env.UNITS, "utf8") });
    const { median, worst, touched } = await page.evaluate(() => window.measureMoves(2000));
    // No timing fails a test; the figure is read in the output.
    return `median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms, up to ${touched} marks touched`;
  });
}
