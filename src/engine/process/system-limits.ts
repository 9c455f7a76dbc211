import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Of files that it has open: many times what a decoder needs. */
const MOST_FILES = 256;
/** Of a file that it writes: samples of the largest picture have 2.4 GB. */
const LARGEST_FILE = 4 * 2 ** 30;
/** What limits of memory are rounded up to. */
const STEP = 2 ** 30;
/** One that does not answer holds nothing up. */
const PATIENCE_MS = 5000;

/**
 * Limits of one process that the system itself holds it to, at every allocation: setrlimit(2), by the prlimit of util-linux, which
 * every Linux of weight has. Elsewhere there are none. Memory is what it may write to (RLIMIT_DATA): address space that is only
 * reserved, as JavaScript's engine does by the gigabyte, does not count.
 */
export class SystemLimits {
  private held: number | null = null;
  private missing = process.platform !== 'linux';

  constructor(private readonly pid: () => number | undefined) {}

  /** Lets it have so many bytes of memory, rounded up to whole GiB, from now on. Waits until it holds. */
  async hold(bytes: number): Promise<void> {
    const data = Math.ceil(bytes / STEP) * STEP;
    const pid = this.pid();
    // Never those of this process.
    if (this.missing || this.held === data || pid === undefined || pid === process.pid) return;
    // The hard limit of memory stays: there is more for the next picture.
    const once = ['--core=0:0', `--nofile=${MOST_FILES}:${MOST_FILES}`, `--fsize=${LARGEST_FILE}:${LARGEST_FILE}`];
    try {
      await run('prlimit', ['--pid', String(pid), `--data=${data}:`, ...(this.held === null ? once : [])], {
        timeout: PATIENCE_MS,
      });
      this.held = data;
    } catch {
      // Not there, or the process has ended, which is told elsewhere.
      this.missing = true;
    }
  }

  /** Whether the system says no when there is too much. */
  get holds(): boolean {
    return this.held !== null;
  }
}
