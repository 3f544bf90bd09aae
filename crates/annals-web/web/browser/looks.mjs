// How the page looks: pictures of every view, no overflow on a phone, nothing axe objects to.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import { until, visit } from "./tools.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const VIEWS = ["all", "timeline", "map", "graph", "claims", "conflicts", "sources", "drafts", "text"];

/** Waits until nothing says that it is busy. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0);
  await page.waitForTimeout(120);
}

export async function objections(page) {
  // Evaluated, not added as a script: the policy of the page lets no inline script run.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((v) => `${v.id} (${v.impact}): ${v.help}; ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}

export async function looksTests(test) {
  for (const theme of ["light", "dark"]) {
    await test(`every view, ${theme}`, { colorScheme: theme, reducedMotion: "reduce" }, async (page) => {
      const all = [];
      for (const view of VIEWS) {
        const place = view === "text" ? "#view=text&file=article.annals:67" : `#view=${view}&selected=event:%23fall`;
        await visit(page, place);
        await settled(page);
        await page.screenshot({ path: `${process.env.SCREENS}/${view}-${theme}.png` });
        for (const objection of await objections(page)) {
          all.push(`${view}: ${objection}`);
        }
      }
      assert.deepEqual(all, []);
    });
  }

  await test("the letters of a map can be read", {}, async (page) => {
    for (const viewport of [{ width: 1280, height: 860 }, { width: 1800, height: 1000 }]) {
      await page.setViewportSize(viewport);
      await visit(page, "#view=map");
      await settled(page);
      const scale = () => page.locator(".panel.map svg").first().evaluate((svg) => svg.getScreenCTM().a);
      await until(async () => (await scale()) >= 0.72, true, `the scale at ${viewport.width}`);
    }
  });

  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  await test("phone width", phone, async (page) => {
    for (const view of VIEWS) {
      await visit(page, `#view=${view}`);
      await settled(page);
      // The window itself grows with what is too wide on a phone; the room for the page does not.
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${view} is ${over} pixels too wide`);
      const [head, foot] = await page.evaluate(() => [
        document.querySelector(".body").getBoundingClientRect().top + window.scrollY,
        window.innerHeight - document.querySelector(".cursor").getBoundingClientRect().top,
      ]);
      assert.ok(head <= 170 && foot <= 125 && foot > 0, `${view}: the head takes ${head} pixels, the foot ${foot}`);
      await page.screenshot({ path: `${process.env.SCREENS}/${view}-phone.png`, fullPage: true });
    }
  });

  await test("on paper", {}, async (page) => {
    await visit(page, "#view=all");
    await settled(page);
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: `${process.env.SCREENS}/print.png`, fullPage: true });
    assert.equal(await page.locator("nav").isVisible(), false);
    // Pictures have the colours of paper, and their legends.
    const map = () => page.locator(".panel.map svg").first().evaluate((svg) => [svg.classList.contains("theme-print"), svg.viewBox.baseVal.y]);
    assert.deepEqual(await map(), [true, 0]);
    await page.emulateMedia({ media: "screen" });
    await settled(page);
    const [paper, top] = await map();
    assert.ok(!paper && top > 0, "the reader's place afterwards");
  });
}
