// The processes of a program that a test has started, and its folder after they are gone. The one place that knows how a program ends:
// a child that outlives its parent goes on writing into the folder that the test wants to remove.
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** So often is looked whether the processes are gone, milliseconds. */
const LOOK_MS = 50;
/** A process that has not ended by itself by then is ended. */
const PATIENCE_MS = 20_000;
/** One in the midst of a write to a slow disk dies only after it. */
const DEATH_MS = 10_000;
/** Of each folder that is found full again; the pause grows by as much with each. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };

/**
 * A process with its children, their children and so on. To be asked while it lives: children of a process that is gone are nobody's.
 * @param {number | undefined} root @returns {Promise<number[]>} the root first; it alone where the system has no `ps`
 */
export async function processTree(root) {
  if (root === undefined) return [];
  const tree = [root];
  const all = await running();
  for (const parent of tree) tree.push(...all.filter((one) => one.parent === parent).map(({ pid }) => pid));
  return tree;
}

/** Ends all of these processes at once. @param {readonly number[]} pids */
export function killAll(pids) {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // One that has just ended by itself is no fault.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  }
}

/**
 * Waits until all of these processes are gone, and ends those that stay.
 * @param {readonly number[]} pids @param {number} [patience] milliseconds before they are ended
 * @throws {Error} when one survives even that
 */
export async function ended(pids, patience = PATIENCE_MS) {
  if (await goneWithin(pids, patience)) return;
  killAll(await alive(pids));
  if (await goneWithin(pids, DEATH_MS)) return;
  throw new Error(`Processes that do not end: ${(await alive(pids)).join(', ')}`);
}

/** Removes a folder that programs have written to until a moment ago. @param {string} folder */
export const removeFolder = (folder) => rm(folder, REMOVAL);

/** @param {readonly number[]} pids @param {number} milliseconds */
async function goneWithin(pids, milliseconds) {
  const until = Date.now() + milliseconds;
  while ((await alive(pids)).length > 0) {
    if (Date.now() > until) return false;
    await sleep(LOOK_MS);
  }
  return true;
}

/** @param {readonly number[]} pids */
async function alive(pids) {
  const there = pids.filter(exists);
  if (there.length === 0) return [];
  // One that is dead, but that nobody has asked about, still has its number.
  const dead = new Set((await running()).filter(({ zombie }) => zombie).map(({ pid }) => pid));
  return there.filter((pid) => !dead.has(pid));
}

/** @param {number} pid */
function exists(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** @returns {Promise<{ pid: number, parent: number, zombie: boolean }[]>} */
async function running() {
  if (process.platform === 'win32') return [];
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state]) => ({
      pid: Number(pid),
      parent: Number(parent),
      zombie: state?.startsWith('Z') ?? false,
    }));
}
