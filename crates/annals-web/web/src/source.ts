// Where the page has everything from: a running server, or the files of a static site. Views know
// only this interface.

import type {
  Answered, Changes, Completion, Draft, DraftListed, FileListed, FileRead, Opened, Reach, ReadDate, Reviewed,
} from "./types";

export type PictureKind = "timeline" | "map" | "graph";

export interface PictureWish {
  kind: PictureKind;
  window: readonly [number, number] | null;
  width: number;
  /** The thing that everything shown has to do with, by name. */
  about: string | null;
  /** For a map: how far one comes from a place. */
  reach: Reach | null;
}

/** What could not be done, in words for the reader. */
export class Trouble extends Error {
  constructor(
    message: string,
    /** The status of the server's reply; 0 where there was none. */
    readonly status: number,
  ) {
    super(message);
  }
}

export interface Source {
  /** Whether a server is there, which answers all questions and lets all switches be thrown. */
  readonly live: boolean;
  /** What the page shows; of `about` alone where that is said. */
  open(changes: Changes, about: string | null): Promise<Opened>;
  difference(changes: Changes): Promise<Answered | null>;
  picture(wish: PictureWish, changes: Changes): Promise<string>;
  event(id: number, changes: Changes): Promise<Answered>;
  state(id: number, day: number, changes: Changes): Promise<Answered>;
  ask(question: string, changes: Changes): Promise<Answered>;
  reach(from: string, days: number, changes: Changes): Promise<Answered>;
  readDate(text: string): Promise<ReadDate | null>;
  dayWords(day: number): Promise<string>;
  complete(text: string, at: number, changes: Changes): Promise<Completion[]>;
  /** Where the current answer is to be had as JSON; null where it is not. */
  askAddress(question: string, changes: Changes): string | null;
  pictureAddress(wish: PictureWish, at: number, theme: string, changes: Changes): string | null;
  claimsAddress(changes: Changes, about: string | null): string | null;
  files(): Promise<FileListed[]>;
  file(path: string): Promise<FileRead>;
  save(path: string, text: string, base: string): Promise<{ hash: string }>;
  fix(revision: string | number, report: number, remedy: number): Promise<{ changed: string[] }>;
  drafts(): Promise<DraftListed[]>;
  draft(path: string): Promise<Draft>;
  review(what: Reviewed): Promise<Draft>;
  /** Calls back when files changed on disk; returns how to stop. */
  watch(changed: () => void): () => void;
  /** Which switches can be thrown: all, or only one source at a time. */
  readonly switches: "any" | "one" | "none";
}
