// Zoom and pan of maps and graphs by their view box: nothing is drawn anew.

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How much ground is left around the boxes of a graph. */
const MARGIN = 10;

export class ViewBox {
  private readonly whole: Box;
  private box: Box;
  private paper = false;

  constructor(
    private readonly svg: SVGSVGElement,
    before: ViewBox | null,
    /** Whether there is little room: a map or a graph then begins without its title and legend. */
    small: boolean,
  ) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.whole = { x, y, width, height };
    // A picture drawn anew of the same extent keeps the reader's place.
    const kept = before !== null && before.whole.width === width && before.whole.height === height;
    this.box = kept ? before.box : small ? inner(svg, this.whole) : this.whole;
    this.apply();
  }

  /** On paper the whole picture is shown, with its title and legend; afterwards the reader's place. */
  onPaper(paper: boolean): void {
    this.paper = paper;
    this.apply();
  }

  private apply(): void {
    const { x, y, width, height } = this.paper ? this.whole : this.box;
    this.svg.setAttribute("viewBox", [x, y, width, height].map((n) => n.toFixed(2)).join(" "));
  }

  /** Pixels on the screen a unit of the picture takes. */
  private scale(): number {
    const on = this.svg.getBoundingClientRect();
    return Math.min(on.width / this.box.width, on.height / this.box.height) || 1;
  }

  zoomAbout(clientX: number, clientY: number, factor: number): void {
    const on = this.svg.getBoundingClientRect();
    const scale = this.scale();
    const left = on.left + (on.width - this.box.width * scale) / 2;
    const top = on.top + (on.height - this.box.height * scale) / 2;
    const x = this.box.x + (clientX - left) / scale;
    const y = this.box.y + (clientY - top) / scale;
    const width = Math.max(this.whole.width / 40, Math.min(this.whole.width, this.box.width / factor));
    const ratio = width / this.box.width;
    this.box = {
      x: x - (x - this.box.x) * ratio,
      y: y - (y - this.box.y) * ratio,
      width,
      height: this.box.height * ratio,
    };
    this.keepInside();
  }

  zoomMiddle(factor: number): void {
    const on = this.svg.getBoundingClientRect();
    this.zoomAbout(on.left + on.width / 2, on.top + on.height / 2, factor);
  }

  pan(dx: number, dy: number): void {
    const scale = this.scale();
    this.box = { ...this.box, x: this.box.x - dx / scale, y: this.box.y - dy / scale };
    this.keepInside();
  }

  reset(): void {
    this.box = this.whole;
    this.apply();
  }

  private keepInside(): void {
    const { whole, box } = this;
    this.box = {
      ...box,
      x: Math.max(whole.x, Math.min(whole.x + whole.width - box.width, box.x)),
      y: Math.max(whole.y, Math.min(whole.y + whole.height - box.height, box.y)),
    };
    this.apply();
  }
}

/** What lies within the border of a map, or around the boxes of a graph: without title and legend. */
function inner(svg: SVGSVGElement, whole: Box): Box {
  const border = svg.querySelector("rect.border");
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(border?.getAttribute(name) ?? NaN));
  if (x && y && width && height) {
    return { x, y, width, height };
  }
  const boxes = [...svg.querySelectorAll<SVGGraphicsElement>(".node")].map((n) => n.getBBox()).filter((b) => b.width > 0);
  if (boxes.length === 0) {
    return whole;
  }
  const left = Math.min(...boxes.map((b) => b.x)) - MARGIN;
  const top = Math.min(...boxes.map((b) => b.y)) - MARGIN;
  const right = Math.max(...boxes.map((b) => b.x + b.width)) + MARGIN;
  const bottom = Math.max(...boxes.map((b) => b.y + b.height)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
