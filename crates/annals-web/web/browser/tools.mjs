// What the tests share.

import assert from "node:assert/strict";

export const PAGE = process.env.PAGE;

/** Opens the page at a place and waits until the chronicle is there. */
export async function visit(page, place = "") {
  const address = new URL(PAGE);
  address.hash = place;
  await page.goto(address.href);
  await page.locator("#day-title").waitFor();
}

/** Sets the cursor by typing a date. */
export async function setDay(page, text) {
  const field = page.locator(".date input");
  await field.fill(text);
  await field.press("Enter");
}

/** What the day's card says of a sentence: `certain`, `possible`, or null. */
export async function verdictOf(page, sentence) {
  const row = page.locator(".card.day li", { has: page.getByRole("button", { name: sentence, exact: true }) });
  return (await row.count()) === 0 ? null : row.first().locator(".sign .unseen").textContent();
}

export async function until(probe, expected, what) {
  const end = Date.now() + 20_000;
  let found;
  for (;;) {
    found = await probe();
    try {
      assert.deepEqual(found, expected);
      return;
    } catch (error) {
      if (Date.now() > end) {
        throw new Error(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`, { cause: error });
      }
    }
    await new Promise((done) => setTimeout(done, 60));
  }
}

export async function overview() {
  return (await (await fetch(new URL("api/overview", PAGE))).json()).overview;
}
