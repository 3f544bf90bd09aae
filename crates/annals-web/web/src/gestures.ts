// Wheel, drag and pinch over a picture, told apart from clicks.

export interface Wishes {
  zoom(clientX: number, clientY: number, factor: number): void;
  pan(dx: number, dy: number): void;
  /** A click on no mark. */
  tap(clientX: number): void;
  /** Whether the wheel alone zooms; otherwise only with Ctrl, as a pinch on a touchpad sends it. */
  plainWheel: boolean;
}

/** Fewer pixels than this are a click. */
const SLOP = 5;

export class Gestures {
  private readonly points = new Map<number, { x: number; y: number }>();
  private moved = 0;
  private onMark = false;
  private readonly ends = new AbortController();

  constructor(
    private readonly host: HTMLElement,
    private readonly wishes: Wishes,
  ) {
    const signal = this.ends.signal;
    host.addEventListener("wheel", (e) => this.wheel(e), { passive: false, signal });
    host.addEventListener("pointerdown", (e) => this.down(e), { signal });
    host.addEventListener("pointermove", (e) => this.move(e), { signal });
    host.addEventListener("pointerup", (e) => this.up(e), { signal });
    host.addEventListener("pointercancel", (e) => this.points.delete(e.pointerId), { signal });
    // A drag that ends on a mark selects nothing.
    host.addEventListener("click", (e) => this.moved > SLOP && e.stopPropagation(), { capture: true, signal });
  }

  stop(): void {
    this.ends.abort();
  }

  private wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey || this.wishes.plainWheel) {
      event.preventDefault();
      this.wishes.zoom(event.clientX, event.clientY, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)));
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.wishes.pan(-(event.deltaX || event.deltaY), 0);
    }
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) {
      return;
    }
    if (this.points.size === 0) {
      this.moved = 0;
      this.onMark = event.composedPath().some((t) => t instanceof Element && t.classList.contains("mark"));
    }
    this.points.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  private move(event: PointerEvent): void {
    const before = this.points.get(event.pointerId);
    if (!before) {
      return;
    }
    const [dx, dy] = [event.clientX - before.x, event.clientY - before.y];
    if (this.points.size === 1 && this.moved <= SLOP && Math.abs(dx) + Math.abs(dy) <= SLOP) {
      return;
    }
    this.moved += Math.abs(dx) + Math.abs(dy);
    if (!this.host.hasPointerCapture(event.pointerId)) {
      this.host.setPointerCapture(event.pointerId);
    }
    if (this.points.size === 1) {
      this.wishes.pan(dx, dy);
    } else {
      this.pinch(event);
    }
    this.points.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  private pinch(event: PointerEvent): void {
    const other = [...this.points].find(([id]) => id !== event.pointerId)?.[1];
    const before = this.points.get(event.pointerId);
    if (!other || !before) {
      return;
    }
    const apart = (p: { x: number; y: number }): number => Math.hypot(p.x - other.x, p.y - other.y);
    const was = apart(before);
    if (was > 10) {
      const now = { x: event.clientX, y: event.clientY };
      this.wishes.zoom((now.x + other.x) / 2, (now.y + other.y) / 2, apart(now) / was);
    }
  }

  private up(event: PointerEvent): void {
    if (this.points.delete(event.pointerId) && this.points.size === 0 && this.moved <= SLOP && !this.onMark) {
      this.wishes.tap(event.clientX);
    }
  }
}
