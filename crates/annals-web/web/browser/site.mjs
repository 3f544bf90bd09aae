// The static site, opened from its folder.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

import { objections, settled } from "./looks.mjs";
import { setDay, until, verdictOf } from "./tools.mjs";

export async function siteTests(test) {
  const home = pathToFileURL(`${process.env.SITE}/index.html`).href;

  await test("the static site works from its folder", {}, async (page) => {
    await page.goto(home);
    await page.locator("#day-title").waitFor();
    await page.locator(".panel.timeline .mark").first().waitFor({ state: "attached" });
    await page.goto(`${home}#at=1954000`);
    await until(() => verdictOf(page, "Karasahr is subject to Tang"), "certain", "the suzerain in 637");
    await page.locator(".card.day").getByRole("button", { name: "Karasahr is subject to Tang", exact: true }).click();
    await page.locator(".card.detail .evidence .claim").first().waitFor();
    const before = Number.parseInt(await page.locator("nav .count").textContent(), 10);
    await page.getByRole("checkbox", { name: /Jiu Tangshu/ }).uncheck();
    await page.locator(".card.changes .summary").waitFor();
    const after = () => page.locator("nav .count").textContent().then((t) => Number.parseInt(t, 10));
    await until(async () => (await after()) < before, true, "fewer contradictions are left");
    assert.match(page.url(), /without=%40jts/);
    await page.goBack();
    await until(after, before, "back");
  });

  await test("the static site answers from what it holds", {}, async (page) => {
    await page.goto(home);
    const field = page.getByRole("combobox", { name: "Ask the chronicle" });
    await field.fill("640: Karasahr is subject to ?");
    await field.press("Enter");
    await until(async () => (await page.locator(".card.answer").textContent()).includes("Karasahr is subject to Tang"), true, "the suzerain");
    // Verdicts and reasons stand there in the parts that the app shows.
    await page.locator(".card.answer .verdict.certain").first().waitFor();
    await page.locator(".card.answer .evidence .claim").first().waitFor({ state: "attached" });
    assert.equal(await page.locator(".card.answer pre").count(), 0, "no plain text");
    await field.fill("when: #fall");
    await field.press("Enter");
    await page.locator(".card.answer").getByText("No earlier, because").waitFor();
    await field.fill("640: ? is made of cheese");
    await field.press("Enter");
    await page.getByText("Nothing written into this site answers that").first().waitFor();
  });

  await test("the date box of the static site reads words and labels, and says what it does not", {}, async (page) => {
    await page.goto(`${home}#at=1954000`);
    await page.locator("#day-title").waitFor();
    const day = () => page.getByRole("slider").getAttribute("aria-valuenow").then(Number);
    const wrong = () => page.locator("#date-wrong").textContent();
    for (const [text, expected] of [["17 September 644", 1956539], ["AD 640", 1954818], ["c. 640", 1954818]]) {
      await setDay(page, text);
      await until(day, expected, text);
    }
    await setDay(page, "#fall");
    await until(async () => (await day()) !== 1954818, true, "a label");
    for (const [text, words] of [["15 March 44 BC", /goes from/], ["Zhenguan 18.8.11", /This site reads dates such as 644/], ["#nothing", /No event of this site/]]) {
      await setDay(page, text);
      await until(async () => words.test(await wrong()), true, text);
    }
  });

  await test("the static site, every view", { reducedMotion: "reduce" }, async (page) => {
    const all = [];
    for (const view of ["all", "timeline", "map", "graph", "claims", "conflicts", "sources"]) {
      await page.goto(`${home}#view=${view}`);
      await page.locator("#day-title").waitFor();
      await settled(page);
      for (const objection of await objections(page)) {
        all.push(`${view}: ${objection}`);
      }
    }
    await page.screenshot({ path: `${process.env.SCREENS}/site.png` });
    assert.deepEqual(all, []);
  });
}
