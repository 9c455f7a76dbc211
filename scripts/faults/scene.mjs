// A folder in which the built program works on small pictures, with its home and its temporary files inside, and what can be seen there.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../setup/paths.mjs';

export const CLI = inRoot('out', 'main', 'cli.js');
const INJECT = pathToFileURL(path.join(import.meta.dirname, 'inject.mjs')).href;
/** A program that has not ended by then hangs, on any machine, milliseconds. */
const LONGEST_MS = 300_000;

/** @typedef {Omit<import('./inject.mjs').Fault, 'under' | 'log'>} Injected */

/**
 * @typedef {object} Ended
 * @property {number | null} code null: by a signal
 * @property {string} output
 * @property {string} messages
 * @property {readonly string[]} calls of the file system that were counted
 */

/** Pictures `photos/a.png` ..., masks of their names in `masks`, `home`, `temp` and `out`. */
export class Scene {
  /** @param {string} place */
  constructor(place) {
    this.place = place;
    /** Everything below is seen by the program. */
    this.folder = path.join(place, 'scene');
    this.pristine = path.join(place, 'pristine');
  }

  static async make() {
    const scene = new Scene(await mkdtemp(path.join(tmpdir(), 'inpaint-faults-')));
    for (const name of ['photos', 'masks', 'home', 'temp', 'out']) await mkdir(scene.at(name), { recursive: true });
    return scene;
  }

  /** @param {...string} parts */
  at(...parts) {
    return path.join(this.folder, ...parts);
  }

  /** Everything as it is now is what `reset` comes back to. */
  async keep() {
    await rm(this.pristine, { recursive: true, force: true });
    await cp(this.folder, this.pristine, { recursive: true, preserveTimestamps: true });
  }

  async reset() {
    await rm(this.folder, { recursive: true, force: true });
    await cp(this.pristine, this.folder, { recursive: true, preserveTimestamps: true });
  }

  remove() {
    return rm(this.place, { recursive: true, force: true });
  }

  get environment() {
    const { PATH = '', SystemRoot } = process.env;
    const home = this.at('home');
    const temp = this.at('temp');
    return {
      ...{ PATH, HOME: home, XDG_CONFIG_HOME: home, APPDATA: home, TMPDIR: temp, TEMP: temp, TMP: temp },
      ...(SystemRoot === undefined ? {} : { SystemRoot }),
    };
  }

  /**
   * Starts the built command line.
   * @param {readonly string[]} args @param {Injected | null} [injected] @param {string} [entry]
   * @param {number} [longest] milliseconds, after which it is ended
   */
  start(args, injected = null, entry = CLI, longest = LONGEST_MS) {
    const log = path.join(this.place, `calls-${randomUUID()}`);
    const env = { ...this.environment };
    const before = injected ? ['--import', INJECT] : [];
    if (injected)
      Object.assign(env, { INPAINT_STUDIO_FAULT: JSON.stringify({ ...injected, under: this.folder, log }) });
    const child = spawn(process.execPath, [...before, entry, ...args], {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const text = { output: '', messages: '' };
    child.stdout?.setEncoding('utf8').on('data', (part) => (text.output += part));
    child.stderr?.setEncoding('utf8').on('data', (part) => (text.messages += part));
    const timer = setTimeout(() => child.kill('SIGKILL'), longest);
    /** @type {Promise<Ended>} */
    const ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', async (code) => {
        clearTimeout(timer);
        const calls = existsSync(log) ? (await readFile(log, 'utf8')).trim().split('\n').filter(Boolean) : [];
        await rm(log, { force: true });
        resolve({ code, ...text, calls });
      });
    });
    return { child, text, ended };
  }

  /** @param {readonly string[]} args @param {Injected | null} [injected] */
  run(args, injected = null) {
    return this.start(args, injected).ended;
  }

  /** What lies in the folder: a file's hash by its path. @returns {Promise<Map<string, string>>} */
  async files() {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const entry of entries) {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(this.folder, file);
      if (entry.isFile()) found.set(name, hashOf(await readFile(file)));
      else if (entry.isSymbolicLink()) found.set(name, `-> ${await readlink(file)}`);
    }
    return found;
  }
}

/** @param {Uint8Array} bytes */
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');
