/**
 * Who a process is, beyond its id: the system gives the id of a process that has ended to another one, so what a killed process left
 * would otherwise be somebody's for ever, or be taken from somebody who lives.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in the system's own words, this start of the system included; null where the system does not say. */
  readonly started: string | null;
}

/** When a process was started; null when there is none of this id, or the system does not say. */
export async function startOf(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') {
      const [about, boot] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      ]);
      // proc(5): the name may hold anything, so fields are counted from behind it; the start is the 22nd.
      const ticks = about.slice(about.lastIndexOf(')') + 2).split(' ')[19];
      return ticks === undefined ? null : `${boot.trim()} ${ticks}`;
    }
    if (process.platform !== 'darwin') return null;
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

let own: Promise<ProcessIdentity> | null = null;

/** Of this process. */
export function ownIdentity(): Promise<ProcessIdentity> {
  own ??= startOf(process.pid).then((started) => ({ pid: process.pid, started }));
  return own;
}

/**
 * Whether that very process still runs. Of one whose start is not known: whether any of its id does, where the system does not
 * say when processes were started; elsewhere it was written by hand, or by a version that is not there any more.
 */
export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const tells = (await ownIdentity()).started !== null;
  return tells ? started !== null && (await startOf(pid)) === started : true;
}

/** Signal 0 only asks whether the process is there; one of another user is. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const TAG = /^([0-9a-f]{8})-(\d{1,10})-([0-9a-f]{8}|0)$/;
const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** This process as a part of a file's name: a folder may lie on a drive that several computers write to. */
export async function ownTag(): Promise<string> {
  const { pid, started } = await ownIdentity();
  return `${short(hostname())}-${pid}-${started === null ? 0 : short(started)}`;
}

/** Whether a tag is that of a process of this computer which has ended. One of another computer may still run. */
export async function hasEnded(tag: string): Promise<boolean> {
  const [, host, pid, started] = TAG.exec(tag) ?? [];
  if (host === undefined || host !== short(hostname())) return false;
  if (!isAlive(Number(pid))) return true;
  const now = await startOf(Number(pid));
  return now !== null && started !== '0' && short(now) !== started;
}
