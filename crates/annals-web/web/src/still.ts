// The source of a static site: what the program worked out beforehand, in script files that call
// `ANNALS.put`, since pages opened from a folder may load scripts and nothing else.

import { completions, found } from "./found";
import { Trouble, type PictureWish, type Source } from "./source";
import type {
  Answered, Changes, Completion, Draft, DraftListed, FileListed, FileRead, Opened, ReadDate, Result,
} from "./types";

declare global {
  interface Window {
    ANNALS?: { put(name: string, value: unknown): void };
  }
}

interface Edition {
  opened: Opened;
  /** The widths that pictures are drawn at, narrowest first, and the file of each. */
  pictures: { width: number; file: string }[];
  difference?: Answered;
}

interface Main extends Edition {
  /** Sources that the site can leave out: their keys, and the file of each. */
  without: Record<string, string>;
  /** The file that holds the answer for each event. */
  events: Record<string, string>;
  /** For each state, its runs: the first day and the file that holds the answer. */
  states: Record<string, { first: number; last: number | null; chunk: string; name: string }[]>;
}

/** Findings beyond these are named, and their reasons are a click away: each may be a file. */
const MOST_REASONED = 24;

type Chunk = Record<string, Answered>;

class Shelf {
  private readonly waiting = new Map<string, { done: (value: unknown) => void; fail: (error: Error) => void }>();
  private readonly kept = new Map<string, Promise<unknown>>();

  constructor() {
    window.ANNALS = { put: (name, value) => this.waiting.get(name)?.done(value) };
  }

  get<T>(name: string): Promise<T> {
    const kept = this.kept.get(name);
    if (kept) {
      return kept as Promise<T>;
    }
    const asked = new Promise<unknown>((done, fail) => {
      this.waiting.set(name, { done, fail });
      const script = document.createElement("script");
      script.src = `data/${name}.js`;
      script.onerror = () => fail(new Trouble(`The file data/${name}.js is missing from this site.`, 0));
      document.head.append(script);
    });
    this.kept.set(name, asked);
    return asked as Promise<T>;
  }
}

function no(): never {
  throw new Trouble("This site was written once; only the running program can do this.", 0);
}

export class Still implements Source {
  readonly live = false;
  readonly switches = "one";
  private readonly shelf = new Shelf();

  private main(): Promise<Main> {
    return this.shelf.get<Main>("main");
  }

  private async edition(changes: Changes): Promise<Edition> {
    const main = await this.main();
    const key = changes.without.at(-1);
    if (key === undefined) {
      return main;
    }
    const name = main.without[key];
    if (name === undefined) {
      throw new Trouble(`This site does not hold what follows without ${key}.`, 0);
    }
    return this.shelf.get<Edition>(name);
  }

  async open(changes: Changes): Promise<Opened> {
    return (await this.edition(changes)).opened;
  }

  async difference(changes: Changes): Promise<Answered | null> {
    return (await this.edition(changes)).difference ?? null;
  }

  async picture({ kind, width }: PictureWish, changes: Changes): Promise<string> {
    const { pictures } = await this.edition(changes);
    // The widest whose letters are shown at five sixths of their size at least.
    const fits = pictures.findLast((p) => p.width <= width * 1.2) ?? pictures[0];
    const text = fits && (await this.shelf.get<Record<string, string>>(fits.file))[kind];
    if (text === undefined) {
      throw new Trouble(`This site has no ${kind}.`, 0);
    }
    return text;
  }

  async event(id: number, changes: Changes): Promise<Answered> {
    if (changes.without.length > 0) {
      throw new Trouble("Why is worked out only with all sources in this site.", 0);
    }
    const name = (await this.main()).events[`${id}`];
    const found = name === undefined ? undefined : (await this.shelf.get<Chunk>(name))[`${id}`];
    if (!found) {
      throw new Trouble("This site does not hold that answer.", 0);
    }
    return found;
  }

  async state(id: number, day: number, changes: Changes): Promise<Answered> {
    if (changes.without.length > 0) {
      throw new Trouble("Why is worked out only with all sources in this site.", 0);
    }
    const runs = (await this.main()).states[`${id}`] ?? [];
    const run = runs.find((r) => r.first <= day && (r.last === null || day <= r.last));
    const found = run && (await this.shelf.get<Chunk>(run.chunk))[run.name];
    if (!found) {
      throw new Trouble("On this day nothing is recorded of it.", 0);
    }
    return found;
  }

  async ask(question: string, changes: Changes): Promise<Answered> {
    const answered = found(question, (await this.edition(changes)).opened.overview);
    if (!answered) {
      throw new Trouble("Nothing written into this site answers that; the running program may.", 0);
    }
    const { results } = answered.answer;
    const reasoned = await Promise.all(results.map((r, at) => (at < MOST_REASONED ? this.reasoned(r, changes) : r)));
    return { ...answered, answer: { ...answered.answer, results: reasoned } };
  }

  /** A finding with its reasons, as far as the site holds them. */
  private async reasoned(result: Result, changes: Changes): Promise<Result> {
    if (result.kind !== "found" || changes.without.length > 0) {
      return result;
    }
    if (result.of === "event") {
      const told = (await this.event(result.id, changes)).answer.results[0];
      return told?.kind === "event" ? { ...result, told } : result;
    }
    const runs = result.runs.map(async (run) => {
      const held = (await this.state(result.id, run.first, changes)).answer.results[0];
      return held?.kind === "held" ? { ...run, held } : run;
    });
    return { ...result, runs: await Promise.all(runs) };
  }

  reach(): Promise<Answered> {
    return no();
  }

  readDate(): Promise<ReadDate | null> {
    return Promise.resolve(null);
  }

  dayWords(day: number): Promise<string> {
    return Promise.resolve(`day ${day}`);
  }

  async complete(text: string, _at: number, changes: Changes): Promise<Completion[]> {
    return completions(text, (await this.edition(changes)).opened.overview);
  }

  askAddress(): null {
    return null;
  }

  pictureAddress(): null {
    return null;
  }

  claimsAddress(): null {
    return null;
  }

  files(): Promise<FileListed[]> {
    return no();
  }

  file(): Promise<FileRead> {
    return no();
  }

  save(): Promise<{ hash: string }> {
    return no();
  }

  fix(): Promise<{ changed: string[] }> {
    return no();
  }

  drafts(): Promise<DraftListed[]> {
    return no();
  }

  draft(): Promise<Draft> {
    return no();
  }

  review(): Promise<Draft> {
    return no();
  }

  watch(): () => void {
    return () => undefined;
  }
}
