import type { ProgressEvent, Terminal } from './cli-context';
import { visible } from '../shared/visible';

/** `--progress`: a bar where someone looks, never a bar, or lines of JSON. */
export const PROGRESS_STYLES = ['auto', 'lines', 'json'] as const;

/** How a command shows how far it is: a bar where someone looks, nothing but the lines elsewhere. */
export interface ProgressDisplay {
  update(done: number, doing: string): void;
  /** A line that stays. */
  line(text: string): void;
  end(): void;
}

/** Between two looks of a bar, and two events: no eye follows more, and no pipe should be filled by them. */
const INTERVAL_MS = 125;
const BAR_WIDTH = 30;
/** Where a terminal does not say how wide it is. */
const USUAL_COLUMNS = 80;

/** @param total what `done` counts up to */
export function showProgress(terminal: Terminal, total: number, unit: string): ProgressDisplay {
  const line = (text: string) => void terminal.write(`${text}\n`);
  const { event } = terminal;
  if (event !== undefined) return eventDisplay(event, total, unit, line);
  return terminal.isTTY ? new BarDisplay(terminal, total, unit) : { update() {}, end() {}, line };
}

/** Standard error as lines of JSON: whatever is said in words becomes an event too. */
export function jsonLines(terminal: Terminal): Terminal {
  const event = (what: ProgressEvent) => void terminal.write(`${JSON.stringify(what)}\n`);
  return {
    isTTY: false,
    columns: () => undefined,
    event,
    clearLine: () => undefined,
    write: (text) => {
      for (const line of text.split('\n').filter((part) => part !== '')) event({ event: 'message', text: line });
    },
  };
}

function eventDisplay(
  event: (event: ProgressEvent) => void,
  total: number,
  unit: string,
  line: ProgressDisplay['line'],
): ProgressDisplay {
  const due = atMostEvery(INTERVAL_MS);
  event({ event: 'start', total, unit });
  return {
    update: (done, doing) => {
      if (due()) event({ event: 'progress', done: Math.min(total, Number(done.toFixed(3))), total, unit, doing });
    },
    line,
    end: () => event({ event: 'end' }),
  };
}

class BarDisplay implements ProgressDisplay {
  private readonly due = atMostEvery(INTERVAL_MS);
  private shown = '';

  constructor(
    private readonly terminal: Terminal,
    private readonly total: number,
    private readonly unit: string,
  ) {
    this.draw(0, '');
  }

  update(done: number, doing: string): void {
    if (this.due()) this.draw(Math.min(this.total, done), visible(doing));
  }

  line(text: string): void {
    this.terminal.clearLine();
    this.terminal.write(`${text}\n`);
    this.show();
  }

  end(): void {
    this.terminal.clearLine();
  }

  private draw(done: number, doing: string): void {
    const share = this.total > 0 ? done / this.total : 1;
    const full = Math.round(share * BAR_WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
    this.shown = `${bar} ${Math.floor(share * 100)} %  ${Math.floor(done)}/${this.total} ${this.unit}  ${doing}`;
    this.terminal.clearLine();
    this.show();
  }

  private show(): void {
    // A line that wraps cannot be cleared.
    this.terminal.write([...this.shown].slice(0, (this.terminal.columns() ?? USUAL_COLUMNS) - 1).join(''));
  }
}

/** Says yes at once, and then not again for so long. */
function atMostEvery(milliseconds: number): () => boolean {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < milliseconds) return false;
    last = now;
    return true;
  };
}
