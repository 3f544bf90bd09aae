import { readFileSync } from "node:fs";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Stands in the page itself: a browser would ask for one else, which a folder of files has not. */
const ICON = readFileSync(new URL("src/favicon.svg", import.meta.url)).toString("base64");

/** The page of a static site: its script is a classic one, and its data are scripts too. */
const SITE_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Annals</title>
    <link rel="icon" href="data:image/svg+xml;base64,${ICON}" />
    <link rel="stylesheet" href="assets/annals.css" />
    <script src="assets/annals.js" defer></script>
  </head>
  <body>
    <div id="page"></div>
    <noscript><p>This page needs scripts. The same stands in <a href="plain.html">plain pages</a> that need none.</p></noscript>
  </body>
</html>
`;

function sitePage(): Plugin {
  return {
    name: "site-page",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "index.html", source: SITE_PAGE });
    },
  };
}

// Three builds. Two are of the page. The live one is made of modules, so that the editor loads only when
// somebody opens it. The one for static sites (`--mode site`) is a single classic script, because
// browsers load no modules from `file://`; it has no editor. The third (`--mode units`) holds the
// tests of the parts that need no server, to be run in a browser too.
export default defineConfig(({ mode }) => {
  const site = mode === "site";
  const units = mode === "units";
  return {
    base: "./",
    plugins: site ? [svelte(), sitePage()] : [svelte()],
    define: { __SITE__: JSON.stringify(site) },
    build: {
      target: "es2022",
      emptyOutDir: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 600,
      reportCompressedSize: false,
      ...(site
        ? {
            cssCodeSplit: false,
            rolldownOptions: {
              input: "src/main.ts",
              output: {
                format: "iife" as const,
                entryFileNames: "assets/annals.js",
                assetFileNames: (asset: { names: string[] }) =>
                  asset.names.some((n) => n.endsWith(".css")) ? "assets/annals.css" : "[name][extname]",
              },
            },
          }
        : {}),
      ...(units
        ? {
            minify: false,
            rolldownOptions: {
              input: "browser/units.ts",
              output: { format: "iife" as const, entryFileNames: "units.js" },
            },
          }
        : {}),
    },
    server: {
      // For work on the page: `annals serve --port 7777` beside `npm run dev`.
      proxy: {
        "/api": { target: "http://127.0.0.1:7777", changeOrigin: true },
        "/lsp": { target: "ws://127.0.0.1:7777", ws: true, changeOrigin: true },
      },
    },
  };
});
