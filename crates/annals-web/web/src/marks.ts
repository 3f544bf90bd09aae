// Marks of pictures as the cursor moves over days. Each picture says in `data-when` when its marks
// hold; the days on which any of them changes are sorted once, so that a move touches only the
// marks that change between the old day and the new one.

export type Surely = "at-certain" | "at-possible" | "at-none";

export interface MarkRun {
  first: number;
  last: number;
  certain: boolean;
}

/** `p:1951896-1952260 c:1952261-`; a number left out is open. Numbers may be negative. */
export function readWhen(text: string): MarkRun[] {
  const runs: MarkRun[] = [];
  for (const word of text.split(" ")) {
    const found = /^([cp]):(-?\d+)?-(-?\d+)?$/u.exec(word);
    if (found) {
      runs.push({
        certain: found[1] === "c",
        first: found[2] === undefined ? -Infinity : Number(found[2]),
        last: found[3] === undefined ? Infinity : Number(found[3]),
      });
    }
  }
  return runs;
}

export function surely(runs: readonly MarkRun[], day: number): Surely {
  const run = runs.find(({ first, last }) => first <= day && day <= last);
  if (!run) {
    return "at-none";
  }
  return run.certain ? "at-certain" : "at-possible";
}

interface Change {
  day: number;
  mark: number;
}

/** The marks of one picture. */
export class Marks {
  private readonly elements: Element[] = [];
  private readonly runs: MarkRun[][] = [];
  private readonly shown: (Surely | null)[] = [];
  private readonly changes: Change[] = [];
  private day: number | null = null;
  /** How many marks the last move touched; for measuring. */
  touched = 0;

  constructor(root: ParentNode) {
    for (const element of root.querySelectorAll(".mark[data-when]")) {
      const runs = readWhen(element.getAttribute("data-when") ?? "");
      const mark = this.elements.push(element) - 1;
      this.runs.push(runs);
      this.shown.push(null);
      element.classList.remove("at-certain", "at-possible", "at-none");
      for (const { first, last } of runs) {
        if (first !== -Infinity) {
          this.changes.push({ day: first, mark });
        }
        if (last !== Infinity) {
          this.changes.push({ day: last + 1, mark });
        }
      }
    }
    this.changes.sort((a, b) => a.day - b.day || a.mark - b.mark);
  }

  get size(): number {
    return this.elements.length;
  }

  /** Shows all marks as they are on a day. */
  move(day: number): void {
    const before = this.day;
    this.day = day;
    this.touched = 0;
    if (before === null) {
      for (let mark = 0; mark < this.elements.length; mark += 1) {
        this.show(mark, day);
      }
      return;
    }
    const from = this.after(Math.min(before, day));
    const to = this.after(Math.max(before, day));
    for (let at = from; at < to; at += 1) {
      const change = this.changes[at];
      if (change) {
        this.show(change.mark, day);
      }
    }
  }

  /** The place of the first change after a day. */
  private after(day: number): number {
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.changes[middle]?.day ?? Infinity) <= day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private show(mark: number, day: number): void {
    const now = surely(this.runs[mark] ?? [], day);
    const was = this.shown[mark];
    const list = this.elements[mark]?.classList;
    if (now === was || !list) {
      return;
    }
    if (was) {
      list.remove(was);
    }
    list.add(now);
    this.shown[mark] = now;
    this.touched += 1;
  }
}
