import { SingleBar } from 'cli-progress';
import type { Terminal } from './cli-context';
import { visible } from './visible';

/** How a command shows how far it is: a bar where someone looks, nothing but the lines elsewhere. */
export interface ProgressDisplay {
  update(done: number, doing: string): void;
  /** A line that stays. */
  line(text: string): void;
  end(): void;
}

/** @param total what `done` counts up to */
export function showProgress(terminal: Terminal, total: number, unit: string): ProgressDisplay {
  return terminal.isTTY ? new BarDisplay(terminal, total, unit) : { update() {}, end() {}, line: writeLine(terminal) };
}

class BarDisplay implements ProgressDisplay {
  private readonly bar: SingleBar;
  private readonly write: (text: string) => void;

  constructor(
    private readonly terminal: Terminal,
    private readonly total: number,
    unit: string,
  ) {
    this.write = writeLine(terminal);
    this.bar = new SingleBar({
      stream: process.stderr,
      format: `{bar} {percentage} %  {shown}/{total} ${unit}  {doing}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      fps: 8,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    });
    this.bar.start(total, 0, { shown: 0, doing: '' });
  }

  update(done: number, doing: string): void {
    this.bar.update(Math.min(this.total, done), { shown: Math.floor(done), doing: visible(doing) });
  }

  line(text: string): void {
    this.terminal.clearLine();
    this.write(text);
  }

  end(): void {
    this.bar.stop();
    this.terminal.clearLine();
  }
}

function writeLine(terminal: Terminal): (text: string) => void {
  return (text) => void terminal.write(`${text}\n`);
}
