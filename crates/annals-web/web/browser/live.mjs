// The page over a running server.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { overview, PAGE, setDay, until, verdictOf, visit } from "./tools.mjs";

export async function liveTests(test) {
  await test("opens, and keeps the token out of the address", {}, async (page) => {
    await visit(page);
    assert.match(await page.locator("h1").textContent(), /Karasahr/);
    assert.equal(new URL(page.url()).searchParams.get("token"), null);
    const paint = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    );
    const bytes = await page.evaluate(() =>
      performance.getEntriesByType("resource")
        .filter((r) => r.name.includes("/assets/"))
        .reduce((sum, r) => sum + r.encodedBodySize, 0));
    assert.ok(bytes > 0 && bytes < 150_000, `the page weighs ${bytes} bytes before the editor`);
    return `first paint after ${Math.round(paint)} ms, ${Math.round(bytes / 1000)} kB of page`;
  });

  await test("the cursor changes the suzerain at the right days", {}, async (page) => {
    const { states, first, last } = await overview();
    const subject = states.filter((s) => s.drawn?.form === "above" && /^Karasahr/.test(s.sentence));
    assert.ok(subject.length >= 2, "Karasahr has two suzerains in turn");
    await visit(page);
    const days = new Set(subject.flatMap((s) => s.runs.flatMap((r) => [r.first - 1, r.first, r.last])));
    for (const day of [...days].filter((d) => d !== null && d >= first && d <= last)) {
      await page.goto(`${page.url().split("#")[0]}#at=${day}`);
      for (const state of subject) {
        const run = state.runs.find((r) => r.first <= day && (r.last === null || day <= r.last));
        const expected = run ? (run.certain ? "certain" : "possible") : null;
        await until(() => verdictOf(page, state.sentence), expected, `${state.sentence} on day ${day}`);
        const marks = page.locator(`.panel.graph [data-kind="state"][data-id="${state.id}"]`);
        if ((await marks.count()) > 0) {
          const classes = (await marks.first().getAttribute("class")).split(" ");
          assert.ok(classes.includes(`at-${expected ?? "none"}`), `the graph on day ${day}: ${classes}`);
        }
      }
    }
    await setDay(page, "640-06-01");
    await until(() => verdictOf(page, "Karasahr is subject to Tang"), "certain", "typed date");
    await setDay(page, "nonsense");
    await until(async () => (await page.locator("#date-wrong").textContent()) !== "", true, "what is no date is said");
  });

  await test("the date box takes what a chronicle may write", {}, async (page) => {
    const { events, first, last, calendar } = await overview();
    assert.equal(calendar.western, true);
    await visit(page, "#at=1954000");
    const day = () => page.getByRole("slider").getAttribute("aria-valuenow").then(Number);
    const fall = events.find((e) => e.label === "fall");
    for (const [text, expected] of [
      ["17 September 644", 1956539], ["September 644", 1956523], ["AD 640", 1954818], ["c. 640", 1954818],
      ["Zhenguan 18.8.11", 1956539], ["#fall", Math.max(fall.start[0].first, first)], ["644-09-26", 1956548],
    ]) {
      await setDay(page, text);
      await until(day, expected, text);
      assert.equal(await page.locator("#date-wrong").textContent(), "", text);
    }
    for (const text of ["15 March 44 BC", "March 44 BC", "AD 1", "1900"]) {
      await setDay(page, text);
      await until(async () => /what is shown goes from/.test(await page.locator("#date-wrong").textContent()), true, text);
      assert.equal(await day(), 1956548, "the cursor stays");
    }
    assert.ok(first < last);
  });

  await test("switching a source off changes the answer shown", {}, async (page) => {
    await visit(page, "#ask=when%3A+%23fall");
    const answer = page.locator(".card.answer");
    await answer.getByText("@jts").first().waitFor();
    const before = await answer.textContent();
    const contradictions = Number.parseInt(await page.locator("nav .count").textContent(), 10);
    await page.getByRole("checkbox", { name: /Jiu Tangshu/ }).uncheck();
    await page.locator(".card.changes .summary").waitFor();
    const left = () => page.locator("nav .count").textContent().then((t) => Number.parseInt(t, 10));
    await until(async () => (await left()) < contradictions, true, "fewer contradictions are left");
    await until(async () => (await answer.textContent()) === before, false, "the answer changes");
    assert.match(page.url(), /without=%40jts/);
    await page.goBack();
    await until(() => page.getByRole("checkbox", { name: /Jiu Tangshu/ }).isChecked(), true, "back hears it again");
    await until(() => answer.textContent(), before, "the first answer is back");
    // Who opens a link without a source can hear it again.
    await page.goto("about:blank");
    await visit(page, "#without=%40jts");
    await page.getByRole("checkbox", { name: /Jiu Tangshu/ }).check();
    await until(() => page.url().includes("without"), false, "the source is heard again");
  });

  await test("an order of trust is an answer too", {}, async (page) => {
    await visit(page, "#view=sources");
    await page.locator(".bibliography li", { hasText: "@jts" }).getByRole("button", { name: "Trust first" }).click();
    await page.locator(".bibliography li", { hasText: "@zztj" }).getByRole("button", { name: "Trust next" }).click();
    await until(() => new URL(page.url().replace("#", "?")).searchParams.get("prefer"), "@jts over @zztj", "the address");
    await page.locator(".card.changes .summary").waitFor();
    await page.getByRole("button", { name: "Trust @zztj more" }).click();
    await until(() => new URL(page.url().replace("#", "?")).searchParams.get("prefer"), "@zztj over @jts", "moved up");
  });

  await test("a click reaches the passage", {}, async (page) => {
    await visit(page, "#at=1954000");
    await page.locator(".card.day").getByRole("button", { name: "Karasahr is subject to Tang", exact: true }).click();
    const why = page.locator(".card.detail .evidence .claim").first();
    await why.waitFor();
    const [, file, line] = /^\s*(\S+?):(\d+)/.exec(await why.locator("button.place").textContent());
    await why.locator("button.place").click();
    await page.locator(".cm-activeLine").first().waitFor();
    const text = readFileSync(join(process.env.CHRONICLE, file), "utf8").split("\n")[Number(line) - 1];
    await until(() => page.locator(`.cm-editor:not([hidden]) .cm-activeLine`).first().textContent(), text, "the line is shown");
    // A claim that quotes its source shows the passage.
    const { claims } = await overview();
    const quoted = claims.find((c) => c.passage);
    await page.goto(`${page.url().split("#")[0]}#selected=claim:${quoted.file}:${quoted.line}`);
    await until(() => page.locator(".card.detail blockquote").textContent(), quoted.passage, "the passage");
  });

  await test("a mark in each picture leads to its claims", {}, async (page) => {
    for (const kind of ["timeline", "graph", "map"]) {
      await visit(page, `#view=${kind}`);
      const mark = page.locator(`.panel.${kind} .mark[data-kind]:visible`).first();
      await mark.waitFor();
      await mark.focus();
      await page.keyboard.press("Enter");
      await page.locator("#detail-title").waitFor();
      await page.locator(".panel .mark.is-selected").first().waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Close", exact: true }).click();
    }
  });

  await test("a road is a road, and leads to where it is declared", {}, async (page) => {
    const { roads } = await overview();
    await visit(page, "#view=map");
    const mark = page.locator('.panel.map .mark[data-kind="road"]').first();
    await mark.waitFor({ state: "attached" });
    const id = Number(await mark.getAttribute("data-id"));
    const declared = roads.find((r) => r.id === id);
    await mark.focus();
    await page.keyboard.press("Enter");
    await until(() => page.locator("#detail-title").textContent(), `The road ${declared.words}`, "the road");
    await page.getByText(`declared in ${declared.file}:${declared.line}`).waitFor();
    assert.match(page.url(), /selected=road/);
  });

  await test("doubt is a button of a contradiction", {}, async (page) => {
    await visit(page, "#view=conflicts");
    const button = page.locator("article.report").getByRole("button", { name: /^doubt / }).first();
    await button.click();
    await until(async () => /\?/.test(await page.locator(".preview ins").first().textContent()), true, "a question mark");
    await page.getByRole("button", { name: "Change the text so" }).waitFor();
  });

  await test("on a phone the letters of the graph can be read", { viewport: { width: 390, height: 844 } }, async (page) => {
    await visit(page, "#view=all");
    const svg = page.locator(".panel.graph .picture svg");
    await svg.waitFor();
    const scale = () => svg.evaluate((e) => Math.min(e.getBoundingClientRect().width / e.viewBox.baseVal.width, e.getBoundingClientRect().height / e.viewBox.baseVal.height));
    await until(async () => (await scale()) > 0.9, true, "letters at nine tenths of their size at least");
    await page.locator(".panel.graph").screenshot({ path: `${process.env.SCREENS}/phone-graph.png` });
  });

  await test("conflicts show their edit before it is made, and take it back", {}, async (page) => {
    await visit(page, "#view=conflicts");
    const report = page.locator("article.report").first();
    await report.locator(".remedies > button").first().click();
    await report.locator(".preview ins").first().waitFor();
    const path = (await report.locator(".preview > .place").first().textContent()).trim();
    const before = readFileSync(join(process.env.CHRONICLE, path), "utf8");
    await report.getByRole("button", { name: "Change the text so" }).click();
    await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
    assert.notEqual(readFileSync(join(process.env.CHRONICLE, path), "utf8"), before);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByRole("button", { name: "Undo", exact: true }).waitFor({ state: "detached" });
    assert.equal(readFileSync(join(process.env.CHRONICLE, path), "utf8"), before);
  });

  await test("an edit brings a live conflict and undo removes it", {}, async (page) => {
    await visit(page, "#view=text&file=article.annals:67");
    await page.locator(".link.open").waitFor();
    const headline = page.locator(".problems h3");
    await until(async () => /finding|remark/.test(await headline.textContent()), true, "the text is looked at");
    const clash = page.locator(".problems li", { hasText: "645" });
    assert.equal(await clash.count(), 0);
    await page.locator(".cm-editor:not([hidden]) .cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("\n645: Guo Xiaoke defeats Karasahr. #fall [@editor]\n");
    await clash.first().waitFor();
    await page.locator(".file", { hasText: "●" }).first().waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await until(() => clash.count(), 0, "undo removes it");
  });

  await test("saving writes, and refuses what changed on disk meanwhile", {}, async (page) => {
    const path = join(process.env.CHRONICLE, "main.annals");
    const before = readFileSync(path, "utf8");
    try {
      await visit(page, "#view=text&file=main.annals:1");
      await page.locator(".cm-editor:not([hidden]) .cm-content").click();
      await page.keyboard.press("Control+End");
      await page.keyboard.insertText("// a remark\n");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await until(() => readFileSync(path, "utf8"), `${before}// a remark\n`, "it is written");
      await page.keyboard.insertText("// of mine\n");
      writeFileSync(path, `${before}// of somebody else\n`);
      await page.getByRole("button", { name: "Take what is on disk" }).click();
      await until(() => page.locator(".cm-editor:not([hidden]) .cm-content").textContent().then((t) => t.includes("somebody else")), true, "theirs");
    } finally {
      writeFileSync(path, before);
    }
  });

  await test("the ask box suggests, answers and says what it cannot read", {}, async (page) => {
    await visit(page);
    const field = page.getByRole("combobox", { name: "Ask the chronicle" });
    await field.focus();
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".card.answer .verdict").first().waitFor();
    await page.getByRole("link", { name: "This answer as JSON" }).waitFor();
    await field.fill("646: ? is ruler of Kara");
    await page.getByRole("option").first().waitFor();
    const json = page.waitForResponse((r) => r.url().includes("api/ask") && r.ok());
    await field.fill("646: ? is ruler of Karasahr");
    await field.press("Enter");
    await json;
    await page.locator(".card.answer .filler").first().waitFor();
  });

  await test("a draft is gone through", {}, async (page) => {
    const main = `${process.env.CHRONICLE}/main.annals`;
    const draft = `${process.env.CHRONICLE}/drafts/article.annals`;
    const [before, waiting] = [readFileSync(main, "utf8"), readFileSync(draft, "utf8")];
    try {
      await visit(page, "#view=drafts");
      await page.getByText("Kucha gave in.").waitFor();
      await page.getByRole("button", { name: "Reject claim 2" }).click();
      await page.getByLabel("Why it is rejected").fill("nobody else says so");
      await page.getByRole("button", { name: "Reject", exact: true }).click();
      await page.getByText("It did not last.").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Accept claim 1" }).click();
      await page.getByText("No claim of drafts/article.annals waits.").waitFor();
      assert.match(readFileSync(main, "utf8"), /645: Kucha submits to Tang\./);
      assert.match(readFileSync(draft, "utf8"), /rejected 2: nobody else says so/);
    } finally {
      writeFileSync(main, before);
      writeFileSync(draft, waiting);
    }
  });

  await test("how far one comes is on the map", {}, async (page) => {
    await visit(page, "#view=map&selected=thing%3ASilver+Mountain");
    const drawn = page.waitForResponse((r) => r.url().includes("map.svg") && r.url().includes("reach=Silver"));
    await page.getByLabel("Reach within").fill("9");
    await page.getByRole("button", { name: "Show on the map" }).click();
    assert.ok((await drawn).ok());
    await page.locator(".card.detail select").selectOption("courier");
    await page.locator(".card.detail").getByRole("button", { name: "Kucha", exact: true }).waitFor();
    assert.match(page.url(), /reach=Silver\+Mountain&days=9/);
    await page.getByRole("button", { name: "Take it off" }).click();
    await until(() => page.url().includes("reach="), false, "the address forgets it");
  });

  await test("only what has to do with one thing", {}, async (page) => {
    await visit(page, "#view=timeline&selected=thing%3AGuo+Xiaoke");
    const marks = page.locator(".panel.timeline .mark");
    await marks.first().waitFor({ state: "attached" });
    const before = await marks.count();
    await page.getByRole("button", { name: "Show only what has to do with Guo Xiaoke" }).click();
    await page.getByText("Only what has to do with Guo Xiaoke is shown.").first().waitFor();
    await until(async () => (await marks.count()) < before && (await marks.count()) > 0, true, "fewer marks");
    assert.match(page.url(), /about=Guo\+Xiaoke/);
    await page.getByRole("button", { name: "Show everything" }).click();
    await until(() => marks.count(), before, "all marks again");
  });

  await test("links show what was seen", { permissions: [] }, async (page) => {
    await visit(page, "#view=graph&at=1954000");
    await page.locator(".card.day").getByRole("button", { name: "Karasahr is subject to Tang", exact: true }).click();
    await page.locator("#detail-title").waitFor();
    const link = page.url();
    assert.match(link, /view=graph/);
    assert.match(link, /selected=state/);
    await page.goto("about:blank");
    await page.goto(link);
    await until(() => page.locator("#detail-title").textContent(), "Karasahr is subject to Tang", "the selection");
    await until(() => page.locator(".date input").inputValue(), "637-10-05", "the day");
    await page.goto(PAGE);
  });

  await test("a text that cannot be read is said, and where", {}, async (page) => {
    await page.goto(process.env.UNREAD);
    await page.getByText("1 line of the text cannot be read").waitFor();
    assert.equal(await page.getByRole("slider").count(), 0, "there is no day to go to");
    await page.getByRole("button", { name: "see what is wrong" }).click();
    await page.locator("article.report.error").getByText("flurbs").first().waitFor();
    assert.match(page.url(), /view=conflicts/);
  });

  await test("what has no line on the map leads to the claims of the day", {}, async (page) => {
    const { events } = await overview();
    const fall = events.find((e) => e.label === "fall");
    await visit(page, `#view=map&at=${fall.start[0].first}`);
    const more = page.locator(".panel.map .more-words.leads");
    await more.waitFor({ state: "attached" });
    const listed = await page.locator(".panel.map .note:visible").count();
    assert.equal(listed, 12, "as many as there are lines");
    assert.match(await more.textContent(), /^and \d+ more$/);
    await more.focus();
    await page.keyboard.press("Enter");
    const only = page.getByRole("checkbox", { name: /of what may happen on/ });
    await until(() => only.isChecked(), true, "the claims of that day");
    assert.match(page.url(), /view=claims.*of=day/);
    const rows = page.locator(".claims tbody tr");
    const some = await rows.count();
    await only.uncheck();
    await until(async () => (await rows.count()) > some, true, "all claims again");
  });

  await keyboardTests(test);
}

async function keyboardTests(test) {
  await test("by keyboard alone", {}, async (page) => {
    await visit(page, "#at=1954000");
    await page.keyboard.press("Tab");
    await until(() => page.evaluate(() => document.activeElement.className), "skip", "the first stop");
    const slider = page.getByRole("slider");
    for (let stop = 0; stop < 80; stop += 1) {
      if (await slider.evaluate((e) => e === document.activeElement)) {
        break;
      }
      await page.keyboard.press("Tab");
    }
    await until(() => slider.evaluate((e) => e === document.activeElement), true, "the slider is reached");
    const now = async () => Number(await slider.getAttribute("aria-valuenow"));
    const start = await now();
    await page.keyboard.press("ArrowRight");
    await until(async () => (await now()) - start, 365, "a year on");
    await page.keyboard.press("PageDown");
    await until(async () => (await now()) - start, -3287, "ten years back");
    await page.keyboard.press("Home");
    await until(now, Number(await slider.getAttribute("aria-valuemin")), "the first day");
    assert.match(await slider.getAttribute("aria-valuetext"), /^\d+ \w+ \d+: \d+ things certain, \d+ only possible$/);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await until(async () => (await now()) > Number(await slider.getAttribute("aria-valuemin")), true, "it plays");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play" }).waitFor();
  });

  await test("marks are walked by arrow keys, the timeline zooms by keys", {}, async (page) => {
    await visit(page, "#view=timeline");
    const first = page.locator('.panel.timeline .mark[tabindex="0"]');
    await first.first().waitFor({ state: "attached" });
    assert.equal(await first.count(), 1, "one stop of the tab key");
    await page.locator(".panel.timeline .mark:visible").first().focus();
    await page.keyboard.press("ArrowDown");
    const focused = () => page.evaluate(() => document.querySelector(".picture").shadowRoot.activeElement?.id ?? null);
    const second = await focused();
    await page.keyboard.press("ArrowDown");
    await until(async () => (await focused()) !== second && (await focused()) !== null, true, "the next mark");
    const span = async () => {
      const slider = page.getByRole("slider");
      return Number(await slider.getAttribute("aria-valuemax")) - Number(await slider.getAttribute("aria-valuemin"));
    };
    const wide = await span();
    await page.keyboard.press("+");
    await until(async () => (await span()) < wide, true, "closer");
  });

  await test("Escape, then Tab, leaves the editor", {}, async (page) => {
    await visit(page, "#view=text&file=main.annals:2");
    const content = page.locator(".cm-editor:not([hidden]) .cm-content");
    await content.waitFor();
    await content.focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await until(() => content.evaluate((e) => e === document.activeElement), false, "the focus is elsewhere");
  });
}
