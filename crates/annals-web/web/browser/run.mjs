// Runs the tests of the page in a real browser. The Rust test `browser` starts the server on a copy
// of the shipped chronicle, writes the static site, and hands over where they are:
//   PAGE      the address with its token
//   UNREAD    the address of a chronicle of which no line can be read
//   SITE      the folder of the static site, or empty
//   CHRONICLE the folder of the copy
//   CHROMIUM  the browser
//   SCREENS   the folder for pictures of each view
//   UNITS     the script that `vite build --mode units` made
//   TICKS     the cases of ticks that the drawing room is tested with

import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

import { liveTests } from "./live.mjs";
import { looksTests } from "./looks.mjs";
import { siteTests } from "./site.mjs";
import { unitTests } from "./units.mjs";

const only = process.argv[2];
mkdirSync(process.env.SCREENS, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  // Containers give no namespaces to the sandbox and little shared memory.
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--allow-file-access-from-files=false"],
});

let failed = 0;
const started = Date.now();

/** Opens a page that notes every error it meets. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  await context.grantPermissions([]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const errors = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      errors.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => errors.push(`thrown: ${error.message}`));
  return { page, errors, close: () => context.close() };
}

/** Runs a test on a page of its own; `expects` are errors that the browser tells of itself, such as a
 * refused request that the test is about. */
async function test(name, { expects, ...options }, body) {
  if (only && !new RegExp(only).test(name)) {
    return;
  }
  const start = Date.now();
  const opened = await open(options);
  try {
    const note = await body(opened.page);
    const errors = opened.errors.filter((e) => !expects?.test(e));
    if (errors.length > 0) {
      throw new Error(`the console says:\n    ${errors.join("\n    ")}`);
    }
    console.log(`ok    ${name} (${Date.now() - start} ms)${note ? `: ${note}` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name} (${Date.now() - start} ms)\n    ${error.stack ?? error}`);
    await opened.page
      .screenshot({ path: `${process.env.SCREENS}/failed-${name.replaceAll(/\W+/g, "-")}.png` })
      .catch(() => undefined);
  } finally {
    await opened.close();
  }
}

try {
  await unitTests(test);
  await liveTests(test);
  await looksTests(test);
  if (process.env.SITE) {
    await siteTests(test);
  }
} finally {
  await browser.close();
}
console.log(`${failed === 0 ? "all well" : `${failed} failed`} after ${Math.round((Date.now() - started) / 1000)} s`);
process.exitCode = failed === 0 ? 0 : 1;
