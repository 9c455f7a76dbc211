/** Holds a run before its steps: paused, for a single one, or as slow as it is to be seen. */
export class StepGate {
  private waiting: (() => void)[] = [];
  private allowed: number;
  private speed: number | null;
  private last = -Infinity;
  private timer: NodeJS.Timeout | null = null;

  /** @param speed steps a second at most; null: as fast as it goes */
  constructor({ speed, paused }: { readonly speed: number | null; readonly paused: boolean }) {
    this.speed = speed;
    this.allowed = paused ? 0 : Infinity;
  }

  get paused(): boolean {
    return this.allowed === 0;
  }

  pause(): void {
    this.allowed = 0;
  }

  resume(): void {
    this.allowed = Infinity;
    this.release();
  }

  /** Lets one step through, and no other. */
  step(): void {
    this.allowed = 1;
    this.release();
  }

  limit(speed: number | null): void {
    this.speed = speed;
    this.release();
  }

  /** Holds nothing any more. */
  open(): void {
    this.speed = null;
    this.resume();
  }

  /** Resolves when the next step may be made. */
  async pass(): Promise<void> {
    for (;;) {
      if (this.allowed > 0) {
        const left = this.left();
        if (left <= 0) break;
        this.timer = setTimeout(() => this.release(), left);
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.allowed--;
    this.last = performance.now();
  }

  /** Milliseconds until the next step is due; a single one is at once. */
  private left(): number {
    return this.speed === null || this.allowed === 1 ? 0 : this.last + 1000 / this.speed - performance.now();
  }

  private release(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    for (const go of this.waiting.splice(0)) go();
  }
}
