// The list of what happens, below a map. The picture holds a line for every day; which of them are
// listed on a day, and in which order, is the drawing room's rule (docs/pictures.md): what certainly
// happens first, then what may, each in the order of the file, and what has no line is counted.

export class Notes {
  private readonly group: Element | null;
  private readonly remark: Element | null;
  private readonly most: number;
  private readonly column: number;
  private readonly row: number;

  constructor(svg: Element, more: () => void) {
    this.group = svg.querySelector(".notes");
    this.remark = this.group?.querySelector(".more-words") ?? null;
    const number = (name: string): number => Number(this.group?.getAttribute(name) ?? NaN);
    this.most = number("data-lines");
    this.column = number("data-column");
    this.row = number("data-row");
    this.remark?.addEventListener("click", () => this.left > 0 && more());
    this.remark?.addEventListener("keydown", (event) => {
      if (this.left > 0 && event instanceof KeyboardEvent && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        more();
      }
    });
  }

  /** How many have no line on the day shown. */
  private left = 0;

  /** Places what is seen now; to be called once the marks have their day. */
  place(): void {
    if (!this.group) {
      return;
    }
    const of = (name: string): Element[] => [...(this.group?.querySelectorAll(`.note.${name}`) ?? [])];
    const seen = [...of("at-certain"), ...of("at-possible")];
    for (const [at, note] of seen.entries()) {
      note.classList.toggle("left-out", at >= this.most);
      if (at < this.most) {
        note.setAttribute("transform", this.shift(at % 2, Math.floor(at / 2)));
      }
    }
    this.left = Math.max(0, seen.length - this.most);
    this.say(seen.length);
  }

  private say(seen: number): void {
    const { remark, left } = this;
    if (!remark) {
      return;
    }
    remark.textContent = seen === 0 ? "nothing is dated near this day" : left > 0 ? `and ${left} more` : "";
    remark.setAttribute("transform", this.shift(0, Math.ceil(Math.min(seen, this.most) / 2)));
    // Only where there is more to be seen is it something to press.
    const press: [string, string][] = [["role", "button"], ["tabindex", "0"], ["aria-label", `and ${left} more: list their claims`]];
    for (const [name, value] of press) {
      if (left > 0) {
        remark.setAttribute(name, value);
      } else {
        remark.removeAttribute(name);
      }
    }
    remark.classList.toggle("leads", left > 0);
  }

  private shift(column: number, row: number): string {
    return `translate(${column * this.column} ${row * this.row})`;
  }
}
