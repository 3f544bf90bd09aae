import { mount } from "svelte";

import App from "./App.svelte";
import { Live } from "./live";
import { Page } from "./page.svelte";
import type { Source } from "./source";
import { Still } from "./still";
import "./page.css";

const source: Source = __SITE__ ? new Still() : new Live();
const page = new Page(source);
const target = document.getElementById("page");
if (target) {
  target.replaceChildren();
  mount(App, { target, props: { page } });
}
