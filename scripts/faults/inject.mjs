// Loaded before the program (`node --import`): counts its calls of the file system below one folder and makes one of them fail, or
// ends the process there. What to do stands in INPAINT_STUDIO_FAULT, as JSON: `Fault`.
import fs, { appendFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';

/**
 * @typedef {object} Fault
 * @property {string} under only calls about files in this folder count
 * @property {'writing' | 'reading'} calls those that change the disk, or those that do not
 * @property {number} at the call that is hit, from 1 on; 0: none is
 * @property {string} what "kill": the process ends before the call; "half": it ends after half of what the call writes; or the name of
 * a system's error, such as ENOSPC
 * @property {boolean} lasting whether later calls fail, too
 * @property {string} log a file outside of the folder, which gets a line for each call
 */

/** @typedef {(...args: any[]) => any} Call */

const WRITING = ['writeFile', 'appendFile', 'mkdir', 'mkdtemp', 'rename', 'copyFile', 'truncate', 'chmod', 'utimes'];
const REMOVING = ['rm', 'unlink', 'rmdir'];
const READING = ['readFile', 'stat', 'lstat', 'readdir', 'realpath', 'access', 'opendir'];
const OF_HANDLES = {
  writing: ['write', 'writev', 'writeFile', 'appendFile', 'sync', 'datasync', 'truncate'],
  reading: ['read', 'readFile', 'stat'],
};
/** A full disk still renames and removes. */
const NEEDS_NO_ROOM = [...REMOVING, 'rename', 'truncate', 'chmod', 'utimes'];

/** @param {Fault} fault */
function install(fault) {
  let count = 0;
  const root = path.resolve(fault.under) + path.sep;
  /** @param {unknown} file */
  const isMeant = (file) => typeof file === 'string' && path.resolve(file).startsWith(root);
  const raw = /** @type {Record<string, Call>} */ (/** @type {unknown} */ ({ ...fs }));
  const rawPromises = /** @type {Record<string, Call>} */ (/** @type {unknown} */ ({ ...promises }));
  const patched = /** @type {Record<string, Call>} */ (/** @type {unknown} */ (fs));
  const patchedPromises = /** @type {Record<string, Call>} */ (/** @type {unknown} */ (promises));

  /**
   * Counts a call. @param {string} name @param {string} file @param {() => void} half does half of it, at once
   * @returns {Error | null} what it is to fail with
   */
  function hit(name, file, half) {
    count++;
    appendFileSync(fault.log, `${name} ${path.relative(root, path.resolve(file))}\n`);
    if (fault.at === 0 || count < fault.at || (count > fault.at && !fault.lasting)) return null;
    if (fault.what === 'half') half();
    if (fault.what === 'half' || fault.what === 'kill') process.kill(process.pid, 'SIGKILL');
    if (['ENOSPC', 'EDQUOT'].includes(fault.what) && NEEDS_NO_ROOM.includes(name)) return null;
    const code = /** @type {keyof typeof constants.errno} */ (fault.what);
    const about = { code, errno: -constants.errno[code], syscall: name, path: file };
    return Object.assign(new Error(`${code}: injected, ${name} '${file}'`), about);
  }

  const counted = fault.calls === 'writing' ? [...WRITING, ...REMOVING] : READING;
  for (const name of counted) {
    const real = rawPromises[name];
    patchedPromises[name] = async (file, ...others) => {
      const failure = isMeant(file)
        ? hit(name, file, () => name === 'writeFile' && raw['writeFileSync'](file, halfOf(others[0])))
        : null;
      if (failure) throw failure;
      return real(file, ...others);
    };
  }

  patchedPromises['open'] = async (file, flags, mode) => {
    if (isMeant(file) && writes(flags) === (fault.calls === 'writing')) {
      const failure = hit('open', file, () => raw['closeSync'](raw['openSync'](file, flags)));
      if (failure) throw failure;
    }
    const handle = await rawPromises['open'](file, flags, mode);
    if (isMeant(file)) for (const name of OF_HANDLES[fault.calls]) watch(handle, name, file);
    return handle;
  };

  /** @param {Record<string, Call> & { fd: number }} handle @param {string} name @param {string} file */
  function watch(handle, name, file) {
    const real = handle[name];
    const value = async (/** @type {any[]} */ ...args) => {
      const half = () => /^(?:write|append)/.test(name) && raw['writeSync'](handle.fd, halfOf(args[0]));
      const failure = hit(name, file, half);
      if (failure) throw failure;
      return real.apply(handle, args);
    };
    Object.defineProperty(handle, name, { configurable: true, value });
  }

  // Streams of files take the other form of the same functions.
  /** @type {Map<number, string>} */
  const opened = new Map();
  patched['open'] = (file, flags, ...others) => {
    const done = others.pop();
    if (!isMeant(file)) return raw['open'](file, flags, ...others, done);
    const failure = writes(flags) === (fault.calls === 'writing') ? hit('open', file, () => undefined) : null;
    if (failure) return process.nextTick(done, failure);
    return raw['open'](
      file,
      flags,
      ...others,
      (/** @type {Error | null} */ error, /** @type {number} */ descriptor) => {
        if (!error) opened.set(descriptor, file);
        done(error, descriptor);
      },
    );
  };
  for (const name of fault.calls === 'writing' ? ['write', 'writev'] : ['read']) {
    patched[name] = (descriptor, ...others) => {
      const file = opened.get(descriptor);
      const half = () => name === 'write' && raw['writeSync'](descriptor, halfOf(others[0]));
      const failure = file === undefined ? null : hit(name, file, half);
      return failure ? process.nextTick(others.at(-1), failure) : raw[name](descriptor, ...others);
    };
  }
  patched['close'] = (descriptor, ...others) => {
    opened.delete(descriptor);
    return raw['close'](descriptor, ...others);
  };
  syncBuiltinESMExports();
}

/** Whether a file that is opened so is going to be written. @param {unknown} flags */
function writes(flags) {
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0;
  return /[wa+]/.test(String(flags ?? 'r'));
}

/** @param {unknown} data @returns {Uint8Array} */
function halfOf(data) {
  const bytes =
    typeof data === 'string'
      ? Buffer.from(data)
      : ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : new Uint8Array();
  return bytes.subarray(0, bytes.length >> 1);
}

const asked = process.env['INPAINT_STUDIO_FAULT'];
// Neither processes that this one starts nor its threads are meant.
delete process.env['INPAINT_STUDIO_FAULT'];
if (asked !== undefined && isMainThread) install(/** @type {Fault} */ (JSON.parse(asked)));
