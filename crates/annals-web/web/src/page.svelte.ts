// What the page shows now: one cursor, one selection, one set of switches, shared by all views.
// Views read it and change it; it keeps the address in step and asks the source for what it needs.

import { untrack } from "svelte";

import { dayWords, longWords, step, UNITS, type Unit } from "./days";
import { readPlace, writePlace, type Place, type View } from "./link";
import { Trouble, type Source } from "./source";
import type {
  Answered, Changes, ClaimSeen, EventSeen, Opened, Overview, Reach, Report, Road, StateSeen, Thing,
} from "./types";
import { busyWindow, openingDay } from "./uncertainty";

/** What is selected, found anew in each overview: numbers change when switches are thrown. */
export type Selected =
  | { kind: "event"; event: EventSeen }
  | { kind: "state"; state: StateSeen }
  | { kind: "thing"; thing: Thing }
  | { kind: "road"; road: Road }
  | { kind: "claim"; claim: ClaimSeen };

/** An overview with what finds its parts by number. */
export class Shown {
  readonly things: Map<number, Thing>;
  readonly events: Map<number, EventSeen>;
  readonly states: Map<number, StateSeen>;
  readonly claims: Map<number, ClaimSeen>;
  /** Claims that some contradiction is about. */
  readonly contested: Set<number>;

  constructor(readonly opened: Opened) {
    const { things, events, states, ground, claims, conflicts } = opened.overview;
    this.things = new Map(things.map((t) => [t.id, t]));
    this.events = new Map(events.map((e) => [e.id, e]));
    this.states = new Map([...states, ...ground].map((s) => [s.id, s]));
    this.claims = new Map(claims.map((c) => [c.id, c]));
    this.contested = new Set(conflicts.flatMap((c) => c.claims));
  }

  get overview(): Overview {
    return this.opened.overview;
  }

  /** Whether nothing is told that could be shown. */
  get empty(): boolean {
    return this.overview.events.length + this.overview.states.length === 0;
  }

  get reports(): Report[] {
    return this.opened.reports;
  }

  find(key: string | null): Selected | null {
    const colon = key?.indexOf(":") ?? -1;
    if (key === null || colon < 0) {
      return null;
    }
    const name = key.slice(colon + 1);
    switch (key.slice(0, colon)) {
      case "event": {
        const event = this.overview.events.find((e) => eventName(e, this) === name);
        return event ? { kind: "event", event } : null;
      }
      case "state": {
        const state = [...this.states.values()].find((s) => s.sentence === name);
        return state ? { kind: "state", state } : null;
      }
      case "thing": {
        const thing = this.overview.things.find((t) => t.name === name);
        return thing ? { kind: "thing", thing } : null;
      }
      case "road": {
        const road = this.overview.roads.find((r) => `${r.file}:${r.line}` === name);
        return road ? { kind: "road", road } : null;
      }
      case "claim": {
        const claim = this.overview.claims.find((c) => `${c.file}:${c.line}` === name);
        return claim ? { kind: "claim", claim } : null;
      }
      default:
        return null;
    }
  }
}

function eventName(event: EventSeen, shown: Shown): string {
  if (event.label !== null) {
    return `#${event.label}`;
  }
  const claim = shown.claims.get(event.claims[0] ?? -1);
  return claim ? `${claim.file}:${claim.line}` : `${event.id}`;
}

export function keyOf(selected: Selected, shown: Shown): string {
  switch (selected.kind) {
    case "event":
      return `event:${eventName(selected.event, shown)}`;
    case "state":
      return `state:${selected.state.sentence}`;
    case "thing":
      return `thing:${selected.thing.name}`;
    case "road":
      return `road:${selected.road.file}:${selected.road.line}`;
    case "claim":
      return `claim:${selected.claim.file}:${selected.claim.line}`;
  }
}

const SPEEDS = [1200, 600, 250, 100] as const;

export class Page {
  shown = $state.raw<Shown | null>(null);
  trouble = $state<string | null>(null);
  busy = $state(0);
  view = $state<View>("all");
  at = $state(0);
  window = $state.raw<[number, number]>([0, 1]);
  selectedKey = $state<string | null>(null);
  without = $state.raw<string[]>([]);
  prefer = $state.raw<string[]>([]);
  difference = $state.raw<Answered | null>(null);
  question = $state<string | null>(null);
  answer = $state.raw<Answered | null>(null);
  answerTrouble = $state<string | null>(null);
  file = $state<string | null>(null);
  /** The thing that everything shown has to do with, by name; null shows all. */
  about = $state<string | null>(null);
  /** Whether only claims of what may happen on the day of the cursor are listed. */
  ofDay = $state(false);
  /** How far one comes from a place, on the map. */
  reach = $state.raw<Reach | null>(null);
  unit = $state<Unit>("year");
  playing = $state(false);
  speed = $state(1);
  theme = $state<"light" | "dark">("light");
  /** Words for screen readers: what the last act did. */
  said = $state("");
  /** Words of the day in calendars the page cannot count in itself. */
  private otherWords = $state<{ day: number; text: string } | null>(null);

  readonly selected = $derived(this.shown?.find(this.selectedKey) ?? null);
  readonly changes: Changes = $derived({ without: this.without, prefer: this.prefer });
  readonly calendar = $derived(
    this.shown?.overview.calendar ?? { name: "julian", gregorian_from: null, western: true },
  );

  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private placed = "";
  private wanted: Place | null = null;

  constructor(readonly source: Source) {}

  /** Opens what the address says. */
  async open(): Promise<void> {
    addEventListener("popstate", () => void this.go(readPlace(location.hash)));
    addEventListener("hashchange", () => void this.go(readPlace(location.hash)));
    this.source.watch(() => {
      this.say("The chronicle changed on disk and was read anew.");
      void this.load();
    });
    await this.go(readPlace(location.hash));
  }

  private async go(place: Place): Promise<void> {
    this.placed = writePlace(place);
    const same =
      this.shown !== null &&
      place.without.join("\n") === this.without.join("\n") &&
      place.prefer.join("\n") === this.prefer.join("\n") &&
      place.about === this.about;
    this.about = place.about;
    this.reach = place.reach;
    this.without = place.without;
    this.prefer = place.prefer;
    this.view = place.view;
    this.selectedKey = place.selected;
    this.ofDay = place.ofDay;
    this.file = place.file;
    this.wanted = place;
    if (same) {
      this.settle();
    } else {
      await this.load();
    }
    if (!same || place.question !== this.question) {
      this.question = place.question;
      await this.answerAgain();
    }
  }

  /** Goes to the time that an address asked for, once there is a chronicle. */
  private settle(): void {
    const overview = this.shown?.overview;
    if (overview && this.wanted) {
      this.window = this.wanted.window ?? busyWindow(overview);
      this.moveTo(this.wanted.at ?? openingDay(overview));
      this.wanted = null;
    }
  }

  /** Reads the overview and what changed against the chronicle as it stands. */
  async load(): Promise<void> {
    const turn = (this.asked += 1);
    const changes = { without: this.without, prefer: this.prefer };
    this.busy += 1;
    try {
      const [opened, difference] = await Promise.all([
        this.source.open(changes, this.about),
        this.source.difference(changes),
      ]);
      if (turn === this.asked) {
        this.shown = new Shown(opened);
        this.difference = difference;
        this.trouble = null;
        this.settle();
        document.title = `${opened.overview.title ?? opened.main} · Annals`;
      }
    } catch (error) {
      if (turn === this.asked) {
        this.trouble = wordsOf(error);
      }
    } finally {
      this.busy -= 1;
    }
  }

  /** Keeps the address in step; called from an effect. Small moves do not fill the history. */
  keepAddress(): void {
    if (!this.shown) {
      return;
    }
    const place = this.place();
    const text = writePlace(place);
    if (text === this.placed) {
      return;
    }
    const before = readPlace(this.placed);
    const moved =
      before.view !== place.view ||
      before.selected !== place.selected ||
      before.question !== place.question ||
      before.about !== place.about ||
      before.ofDay !== place.ofDay ||
      JSON.stringify(before.reach) !== JSON.stringify(place.reach) ||
      before.without.join() !== place.without.join() ||
      before.prefer.join() !== place.prefer.join();
    this.placed = text;
    clearTimeout(this.timer);
    if (moved) {
      history.pushState(null, "", text);
    } else {
      // Browsers refuse more than some hundred changes of the address in a short time.
      this.timer = setTimeout(() => history.replaceState(null, "", this.placed), 250);
    }
  }

  private place(): Place {
    return {
      view: this.view,
      at: this.at,
      window: [...this.window],
      selected: this.selectedKey,
      without: this.without,
      prefer: this.prefer,
      question: this.question,
      file: this.view === "text" ? this.file : null,
      about: this.about,
      ofDay: this.ofDay && this.view === "claims",
      reach: this.reach,
    };
  }

  show(view: View): void {
    this.view = view;
  }

  /** Lists the claims of what happens or may happen on the day of the cursor. */
  showDay(): void {
    this.ofDay = true;
    this.view = "claims";
    this.say(`The claims of what may happen on ${this.longWords(this.at)} are listed.`);
  }

  select(selected: Selected | null): void {
    const shown = this.shown;
    this.selectedKey = selected && shown ? keyOf(selected, shown) : null;
  }

  selectEvent(id: number): void {
    const event = this.shown?.events.get(id);
    if (event) {
      this.select({ kind: "event", event });
    }
  }

  selectState(id: number): void {
    const state = this.shown?.states.get(id);
    if (state) {
      this.select({ kind: "state", state });
    }
  }

  selectThing(id: number): void {
    const thing = this.shown?.things.get(id);
    if (thing) {
      this.select({ kind: "thing", thing });
    }
  }

  selectRoad(id: number): void {
    const road = this.shown?.overview.roads.find((r) => r.id === id);
    if (road) {
      this.select({ kind: "road", road });
    }
  }

  selectClaim(file: string, line: number): void {
    this.selectedKey = `claim:${file}:${line}`;
  }

  /** Opens a file of the chronicle at a line. */
  openFile(file: string, line: number): void {
    this.file = `${file}:${line}`;
    this.view = "text";
  }

  /** Shows only what has to do with a thing, or everything again. */
  async showOnly(about: string | null): Promise<void> {
    this.about = about;
    await this.load();
    const overview = this.shown?.overview;
    if (overview) {
      this.window = busyWindow(overview);
      this.moveTo(this.at);
    }
    this.say(about === null ? "Everything is shown again." : `Only what has to do with ${about} is shown.`);
  }

  // The cursor.

  moveTo(day: number): void {
    const overview = this.shown?.overview;
    if (!overview) {
      return;
    }
    const kept = Math.max(overview.first, Math.min(overview.last, Math.round(day)));
    this.at = kept;
    const [first, last] = this.window;
    if (kept < first || kept > last) {
      const length = last - first;
      this.setWindow(kept - length * (kept < first ? 0.1 : 0.9), kept + length * (kept < first ? 0.9 : 0.1));
    }
    this.askDay();
  }

  stepBy(count: number): void {
    this.moveTo(step(this.at, this.unit, count, this.calendar));
  }

  setWindow(first: number, last: number): void {
    const overview = this.shown?.overview;
    if (!overview) {
      return;
    }
    const length = Math.max(9, Math.min(last - first, overview.last - overview.first));
    const from = Math.max(overview.first, Math.min(first, overview.last - length));
    this.window = [Math.round(from), Math.round(from + length)];
  }

  /** Zooms about a day that stays where it is. */
  zoomAbout(day: number, factor: number): void {
    const [first, last] = this.window;
    const length = (last - first) * factor;
    const share = (day - first) / Math.max(1, last - first);
    this.setWindow(day - share * length, day + (1 - share) * length);
  }

  play(): void {
    this.playing = !this.playing;
    if (this.playing) {
      this.tick();
    }
  }

  private tick(): void {
    setTimeout(() => {
      if (!this.playing) {
        return;
      }
      const before = this.at;
      this.stepBy(1);
      if (this.at === before) {
        this.playing = false;
        return;
      }
      this.tick();
    }, SPEEDS[this.speed] ?? 600);
  }

  get speeds(): number {
    return SPEEDS.length;
  }

  get units(): readonly Unit[] {
    return UNITS;
  }

  words(day: number): string {
    if (this.calendar.western) {
      return dayWords(day, this.calendar);
    }
    return this.otherWords?.day === day ? this.otherWords.text : `day ${day}`;
  }

  longWords(day: number): string {
    return this.calendar.western ? longWords(day, this.calendar) : this.words(day);
  }

  private askDay(): void {
    const day = this.at;
    if (!this.calendar.western && this.source.live) {
      void this.source.dayWords(day).then((text) => {
        if (day === this.at) {
          this.otherWords = { day, text };
        }
      });
    }
  }

  // Switches.

  async setWithout(keys: string[]): Promise<void> {
    this.without = this.source.switches === "one" ? keys.slice(-1) : keys;
    await this.reload();
  }

  async toggleSource(key: string): Promise<void> {
    const name = `@${key}`;
    const off = this.without.includes(name);
    await this.setWithout(off ? this.without.filter((k) => k !== name) : [...this.without, name]);
    this.say(off ? `${name} counts again.` : `${name} is left out.`);
  }

  async setPrefer(pairs: string[]): Promise<void> {
    this.prefer = pairs;
    await this.reload();
  }

  async reset(): Promise<void> {
    this.without = [];
    this.prefer = [];
    await this.reload();
    this.say("All sources count again, as the chronicle has it.");
  }

  private async reload(): Promise<void> {
    await this.load();
    await this.answerAgain();
  }

  // Questions.

  async ask(question: string): Promise<void> {
    this.question = question.trim() || null;
    await this.answerAgain();
  }

  private async answerAgain(): Promise<void> {
    const question = this.question;
    this.answerTrouble = null;
    if (question === null) {
      this.answer = null;
      return;
    }
    this.busy += 1;
    try {
      const answer = await this.source.ask(question, this.changes);
      if (question === untrack(() => this.question)) {
        this.answer = answer;
      }
    } catch (error) {
      this.answer = null;
      this.answerTrouble = wordsOf(error);
    } finally {
      this.busy -= 1;
    }
  }

  say(words: string): void {
    this.said = words;
  }
}

export function wordsOf(error: unknown): string {
  return error instanceof Trouble || error instanceof Error ? error.message : `${error as string}`;
}
