// The source of a page that a running server gives.

import { Trouble, type PictureWish, type Source } from "./source";
import type {
  Answered, Changes, Completion, Draft, DraftListed, FileListed, FileRead, Opened, ReadDate, Reviewed,
} from "./types";

type Values = Record<string, string | number | undefined>;

function address(path: string, values: Values, changes?: Changes): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      query.append(name, `${value}`);
    }
  }
  for (const key of changes?.without ?? []) {
    query.append("without", key);
  }
  for (const pair of changes?.prefer ?? []) {
    query.append("prefer", pair);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function reply(request: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    // What is asked is often half typed: a browser need not log that as an error.
    response = await fetch(request, { ...init, headers: { ...init?.headers, Prefer: "problem=answer" } });
  } catch {
    throw new Trouble("The server does not answer. Is “annals serve” still running?", 0);
  }
  if (!response.ok || response.headers.get("Content-Type") === "application/problem+json") {
    throw await troubleOf(response);
  }
  return response;
}

async function troubleOf(response: Response): Promise<Trouble> {
  try {
    const problem = (await response.json()) as { detail?: string; title?: string; status?: number };
    return new Trouble(problem.detail ?? problem.title ?? response.statusText, problem.status ?? response.status);
  } catch {
    return new Trouble(response.statusText || `The server answered ${response.status}.`, response.status);
  }
}

/** Keeps the last replies by address: moving back and forth asks nothing twice. */
class Kept {
  private readonly replies = new Map<string, Promise<unknown>>();

  get<T>(request: string): Promise<T> {
    const kept = this.replies.get(request);
    if (kept) {
      return kept as Promise<T>;
    }
    const asked = reply(request).then((r) => r.json() as Promise<T>);
    this.replies.set(request, asked);
    asked.catch(() => this.replies.delete(request));
    if (this.replies.size > 200) {
      const oldest = this.replies.keys().next();
      if (!oldest.done) {
        this.replies.delete(oldest.value);
      }
    }
    return asked;
  }

  clear(): void {
    this.replies.clear();
  }
}

const TOKEN = "annals-token";

/** Takes the write token out of the address bar, so that it is not bookmarked or shared. */
function takeToken(): string | null {
  const here = new URL(location.href);
  const given = here.searchParams.get("token");
  if (given !== null) {
    here.searchParams.delete("token");
    history.replaceState(null, "", here);
    sessionStorage.setItem(TOKEN, given);
  }
  return given ?? sessionStorage.getItem(TOKEN);
}

export class Live implements Source {
  readonly live = true;
  readonly switches = "any";
  private readonly kept = new Kept();
  private readonly token = takeToken();

  async open(changes: Changes, about: string | null): Promise<Opened> {
    const opened = await this.kept.get<Opened>(address("api/overview", { about: about ?? undefined }, changes));
    // The server lets in whoever has the token; a page without it can only look.
    return { ...opened, writable: opened.writable && this.token !== null };
  }

  async difference(changes: Changes): Promise<Answered | null> {
    if (changes.without.length + changes.prefer.length === 0) {
      return null;
    }
    return this.kept.get<Answered>(address("api/difference", {}, changes));
  }

  async picture(wish: PictureWish, changes: Changes): Promise<string> {
    const response = await reply(address(`api/picture/${wish.kind}.svg`, this.pictureValues(wish), changes));
    return response.text();
  }

  private pictureValues({ kind, window, width, about, reach }: PictureWish): Values {
    const wanted = kind === "map" ? reach : null;
    return {
      reach: wanted?.from,
      days: wanted?.days,
      by: wanted?.by ?? undefined,
      about: about ?? undefined,
      from: kind === "timeline" ? window?.[0] : undefined,
      to: kind === "timeline" ? window?.[1] : undefined,
      width: Math.round(width),
    };
  }

  pictureAddress(wish: PictureWish, at: number, theme: string, changes: Changes): string {
    const values = { ...this.pictureValues(wish), at, theme, download: 1 };
    return address(`api/picture/${wish.kind}.svg`, values, changes);
  }

  claimsAddress(changes: Changes, about: string | null): string {
    return address("api/claims.csv", { about: about ?? undefined }, changes);
  }

  event(id: number, changes: Changes): Promise<Answered> {
    return this.kept.get<Answered>(address("api/event", { id }, changes));
  }

  state(id: number, day: number, changes: Changes): Promise<Answered> {
    return this.kept.get<Answered>(address("api/why", { state: id, at: day }, changes));
  }

  ask(question: string, changes: Changes): Promise<Answered> {
    return this.kept.get<Answered>(this.askAddress(question, changes));
  }

  askAddress(question: string, changes: Changes): string {
    return address("api/ask", { q: question }, changes);
  }

  reach(from: string, days: number, changes: Changes): Promise<Answered> {
    return this.kept.get<Answered>(address("api/reach", { from, days }, changes));
  }

  readDate(text: string): Promise<ReadDate | null> {
    return this.kept.get<ReadDate>(address("api/read-date", { q: text }));
  }

  async dayWords(day: number): Promise<string> {
    return (await this.kept.get<{ text: string }>(address("api/day", { jdn: day }))).text;
  }

  complete(text: string, at: number, changes: Changes): Promise<Completion[]> {
    const bytes = new TextEncoder().encode(text.slice(0, at)).length;
    return this.kept.get<Completion[]>(address("api/complete", { q: text, at: bytes }, changes));
  }

  async files(): Promise<FileListed[]> {
    return (await reply("api/files")).json() as Promise<FileListed[]>;
  }

  async file(path: string): Promise<FileRead> {
    return (await reply(address("api/file", { path }))).json() as Promise<FileRead>;
  }

  async save(path: string, text: string, base: string): Promise<{ hash: string }> {
    const response = await reply("api/file", this.writing("PUT", { path, text, base }));
    this.kept.clear();
    return response.json() as Promise<{ hash: string }>;
  }

  async fix(revision: string | number, report: number, remedy: number): Promise<{ changed: string[] }> {
    const response = await reply("api/fix", this.writing("POST", { revision, report, remedy }));
    this.kept.clear();
    return response.json() as Promise<{ changed: string[] }>;
  }

  async drafts(): Promise<DraftListed[]> {
    return (await reply("api/drafts")).json() as Promise<DraftListed[]>;
  }

  async draft(path: string): Promise<Draft> {
    return (await reply(address("api/draft", { path }))).json() as Promise<Draft>;
  }

  async review({ path, base, act }: Reviewed): Promise<Draft> {
    const response = await reply("api/review", this.writing("POST", { path, base, ...act }));
    this.kept.clear();
    return response.json() as Promise<Draft>;
  }

  private writing(method: string, body: unknown): RequestInit {
    return {
      method,
      headers: { "Content-Type": "application/json", "X-Annals-Token": this.token ?? "" },
      body: JSON.stringify(body),
    };
  }

  watch(changed: () => void): () => void {
    const stream = new EventSource("api/watch");
    stream.addEventListener("changed", () => {
      this.kept.clear();
      changed();
    });
    return () => stream.close();
  }
}
