// What the server and the static site say, as docs/http-api.md, docs/answer-schema.md and
// docs/overview-schema.md describe it. Days are Julian day numbers.

export interface Days {
  first: number | null;
  last: number | null;
}

export interface Calendar {
  name: string;
  gregorian_from: number | null;
  western: boolean;
}

export interface Thing {
  id: number;
  name: string;
  kind: string;
  kinds: string[];
  names: { text: string; language: string | null; doubted: boolean }[];
  point: { latitude_micro: number; longitude_micro: number } | null;
  unnamed: boolean;
  file: string;
  line: number;
}

export interface Role {
  role: string;
  things: number[];
  one_of: boolean;
}

export interface Drawn {
  form: string;
  parts: number[][];
}

export interface EventSeen {
  id: number;
  label: string | null;
  sentence: string;
  type_name: string;
  roles: Role[];
  circumstances: Role[];
  drawn: Drawn | null;
  status: string;
  told: boolean;
  start: Days[];
  end: Days[] | null;
  words: string;
  proven: boolean;
  part_of: number[];
  rivals: { sources: string[]; days: Days[]; words: string }[];
  claims: number[];
}

export interface Run {
  first: number;
  last: number | null;
  certain: boolean;
}

export interface StateSeen {
  id: number;
  sentence: string;
  relation: string;
  things: number[];
  drawn: Drawn | null;
  runs: Run[];
  claims: number[];
}

export interface SourceShown {
  key: string;
  title: string | null;
  locator: string | null;
  via: string | null;
  is_file: boolean;
  words: string;
}

export interface ClaimSeen {
  id: number;
  event: number;
  words: string;
  mode: string;
  doubted: boolean;
  sources: SourceShown[];
  passage: string | null;
  section: string | null;
  file: string;
  line: number;
}

export interface SourceSeen {
  key: string;
  fields: [string, string][];
  is_file: boolean;
  claims: number;
}

/** A way between places. */
export interface Road {
  id: number;
  words: string;
  names: { text: string; language: string | null; doubted: boolean }[];
  from: number;
  to: number;
  via: number[];
  kinds: string[];
  certainty: string | null;
  doubted: boolean;
  /** Its length by each account. */
  distances: { words: string; least_m: number; most_m: number | null; sources: SourceShown[] }[];
  file: string;
  line: number;
}

export interface Conflict {
  claims: number[];
  events: number[];
}

export interface Overview {
  schema: number;
  title: string | null;
  calendar: Calendar;
  first: number;
  last: number;
  covers: [number, number] | null;
  things: Thing[];
  events: EventSeen[];
  states: StateSeen[];
  /** States that the map of one thing is drawn upon, beside those that have to do with it. */
  ground: StateSeen[];
  claims: ClaimSeen[];
  sources: SourceSeen[];
  roads: Road[];
  conflicts: Conflict[];
  left_out: { events: number; states: number };
}

export interface Edit {
  file: string;
  start: number;
  end: number;
  replacement: string;
}

export interface Remedy {
  words: string;
  safe: boolean;
  edits: Edit[];
}

export interface ReportLabel {
  file: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  words: string;
  primary: boolean;
}

export interface Report {
  id: number;
  code: string;
  severity: string;
  headline: string;
  question: string | null;
  /** How many answers hang on it. */
  answers: number | null;
  labels: ReportLabel[];
  notes: string[];
  remedies: Remedy[];
  claims: number[];
}

/** What the page opens with. */
export interface Opened {
  revision: string | number;
  writable: boolean;
  main: string;
  overview: Overview;
  reports: Report[];
  changes: Changes;
}

/** What the reader has switched off and whom they trust more. */
export interface Changes {
  without: string[];
  prefer: string[];
}

export interface Evidence {
  claims: EvidenceClaim[];
  identities: { a: string; b: string; doubted: boolean; place: string; words: string }[];
  choices: { words: string; place: string }[];
  assumptions: string[];
}

export interface EvidenceClaim {
  claim: number;
  label: string | null;
  file: string;
  line: number;
  place: string;
  words: string;
  sentence: string;
  mode: string;
  doubted: boolean;
  uses: string[];
  section: string | null;
  sources: SourceShown[];
  passage: string | null;
}

export interface Judgement {
  sentence: string;
  verdict: string;
  basis: { kind: string; words: string; claims: EvidenceClaim[] };
  support: Evidence;
  said: EvidenceClaim[];
  disputed: { verdict: string; sources: string[]; words: string }[];
  remarks: string[];
  steps: string[];
  proven: boolean;
}

export interface DayShown {
  jdn: number;
  text: string;
}

export interface DaysShown {
  words: string;
  exact: string;
  ranges: { first: DayShown | null; last: DayShown | null }[];
}

export interface Bounds {
  days: DaysShown;
  earliest_because: Evidence;
  latest_because: Evidence;
  disputed: { days: DaysShown; sources: string[]; words: string }[];
  proven: boolean;
}

export interface EventTold {
  label: string | null;
  sentence: string;
  status: string;
  verdict: string | null;
  start: Bounds;
  end: Bounds | null;
  claims: EvidenceClaim[];
  details: { key: string; of: string[]; words: string; doubted: boolean; sources: SourceShown[] }[];
}

export interface DifferenceTold {
  withdrawn: EvidenceClaim[];
  assumed: EvidenceClaim[];
  events: {
    label: string | null;
    sentence: string;
    place: string;
    before: EventAccount | null;
    after: EventAccount | null;
  }[];
  states: {
    sentence: string;
    runs: { first: DayShown; last: DayShown | null; before: string; after: string }[];
  }[];
  gone: Evidence[];
  came: Evidence[];
  proven: boolean;
}

export interface EventAccount {
  status: string;
  start: DaysShown | null;
  end: DaysShown | null;
}

export type Result =
  | ({ kind: "held" } & Judgement)
  | {
      kind: "fillers";
      sentence: string;
      fillers: { names: string[]; held: Judgement }[];
      none: string | null;
    }
  | ({ kind: "event" } & EventTold)
  | ({ kind: "difference" } & DifferenceTold)
  | ({ kind: "reach" } & ReachTold)
  | ({ kind: "found" } & Found)
  | { kind: "history" | "happened" | "length" | "count" | "order" | "profile" | "timeline" | "readings" | "comparison" };

/** What a site that was written once holds of a question: a state with its runs, or an event. */
export type Found =
  | {
      of: "state";
      id: number;
      sentence: string;
      /** The days asked about on which it holds; `held` says why, where the site knows. */
      runs: { words: string; first: number; certain: boolean; held: Judgement | null }[];
    }
  | { of: "event"; id: number; sentence: string; words: string; told: EventTold | null };

/** Where one comes from a place in some days, by each mover. */
export interface ReachTold {
  from: string;
  within: number;
  movers: {
    name: string;
    pace: string;
    places: { thing: number; name: string; fastest: number; usual_least: number; fit: string }[];
  }[];
}

/** A place, days and a mover: what a map shows the reach of. */
export interface Reach {
  from: string;
  days: number;
  by: string | null;
}

export interface Answer {
  schema: number;
  question: string;
  time: { words: string; read_as: string } | null;
  results: Result[];
  notes: string[];
}

export interface Answered {
  answer: Answer;
  text: string;
}

export interface ReadDate {
  /** The first and the last day of each run; null is open. */
  ranges: [number | null, number | null][];
  words: string;
}

export interface Completion {
  label: string;
  insert: string;
  from: number;
  to: number;
  kind: string;
  detail: string;
}

export interface FileListed {
  path: string;
  size: number;
  hash: string;
}

export interface FileRead {
  path: string;
  text: string;
  hash: string;
}

export interface DraftListed {
  path: string;
  waiting: number;
}

/** The claims of a draft that wait, each with what it was read from. */
export interface Draft {
  path: string;
  hash: string;
  claims: {
    number: number;
    rule: string;
    section: string;
    claim: string;
    details: string[];
    quote: string;
    needs: string[];
  }[];
  moved?: number[];
  kept?: { number: number; why: string }[];
}

/** What is done to a draft. */
export interface Reviewed {
  path: string;
  base: string;
  act: { accept: number[] } | { reject: number[]; reason: string } | { edit: number; claim: string };
}
