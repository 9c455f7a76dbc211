/** What becomes of a decode that hangs, lies, takes too much or is not wanted any more: the process is the test's own. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Ending, StartedProcess, StartProcess } from '../../process/started-process';
import type { DecodeAnswer, DecodeRequest } from './decode-protocol';
import { Decoders, type DecodersOptions } from './decoders';
import { temporaryFolder } from '../../testing/pictures';

const PHOTO = { path: '/photos/photo.jpg', name: 'photo.jpg', bytes: Buffer.from('a photo') };
const HEAD = { ok: true, kind: 'open', width: 4, height: 2, format: 'jpeg' } as const;
const ORIGIN = { format: 'jpeg', grey: false, lossless: false } as const;
const DECODED = {
  ok: true,
  kind: 'decode',
  width: 4,
  height: 2,
  channels: 3,
  depth: 8,
  origin: ORIGIN,
  file: 'whole',
} as const;

type Said = DecodeAnswer | { readonly rubbish: true } | { readonly ending: Ending };
/** What a process says to each request; nothing: it hangs. */
type Script = (request: DecodeRequest) => readonly Said[] | Promise<readonly Said[]>;

const JOINED = { id: 0, ok: true, kind: 'exchange' } as const;

/** Processes that do what the script says. */
function decodersOf(script: Script, given: Partial<DecodersOptions> & { readonly hangsAtStart?: boolean } = {}) {
  const { hangsAtStart = false, ...options } = given;
  const killed: number[] = [];
  const exchanges: string[] = [];
  let count = 0;
  const start = (): StartedProcess => {
    const process = ++count;
    let hear: (message: unknown) => void = () => undefined;
    let end: (ending: Ending) => void = () => undefined;
    const answer = async (request: DecodeRequest): Promise<void> => {
      const joins = request.kind === 'exchange';
      if (joins) exchanges.push(request.path);
      for (const said of joins ? (hangsAtStart ? [] : [JOINED]) : await script(request)) {
        if ('ending' in said) end(said.ending);
        else hear('rubbish' in said ? said : { ...said, id: request.id });
      }
    };
    return {
      pid: globalThis.process.pid,
      send: (message) => void answer(message as DecodeRequest),
      onMessage: (listener) => (hear = listener),
      onEnd: (listener) => (end = listener),
      kill: () => killed.push(process),
    };
  };
  const decoders = new Decoders({ entry: 'decode-worker.js', start, ...options });
  onTestFinished(() => decoders.end());
  return { decoders, killed, exchanges, started: () => count };
}

/** Of limits in which nothing fits that takes any time. */
const STRICT = { limitsFor: () => ({ seconds: 0.02, bytes: 2 ** 50 }) };

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: unknown) => error,
  );
}

describe('a decode that hangs', () => {
  it('over the header is ended from outside, with a sentence, and the next picture has another process', async () => {
    let hangs = true;
    const { decoders, killed, started } = decodersOf(() => (hangs ? [] : [{ id: 0, ...HEAD }]), STRICT);
    expect(await codeOf(decoders.open(PHOTO, {}))).toMatchObject({
      code: 'file-unreadable',
      file: '/photos/photo.jpg',
      reason: { id: 'decoding-too-slow', parameters: { name: 'photo.jpg' } },
    });
    expect(killed).toEqual([1]);
    hangs = false;
    expect(await decoders.open(PHOTO, {})).toMatchObject({ width: 4, height: 2, format: 'jpeg' });
    expect([killed, started()]).toEqual([[1], 2]);
  });

  it('over the samples has the time that the claim is worth, and no more', async () => {
    const asked: unknown[] = [];
    const limitsFor = (bytes: number, claims: unknown) => {
      asked.push(claims === null ? bytes : claims);
      return { seconds: claims === null ? 600 : 0.02, bytes: 2 ** 50 };
    };
    const claims = { width: 4, height: 2 };
    const script: Script = ({ kind }) =>
      kind === 'open'
        ? [
            { id: 0, claims },
            { id: 0, ...HEAD },
          ]
        : [];
    const { decoders, killed } = decodersOf(script, { limitsFor });
    const opened = await decoders.open(PHOTO, {});
    expect(await codeOf(opened.decode())).toMatchObject({ reason: { id: 'decoding-too-slow' } });
    expect(killed).toEqual([1]);
    expect(asked).toEqual([0, PHOTO.bytes.length, claims]);
  });

  it('is ended by whoever does not want it any more', async () => {
    const { decoders, killed } = decodersOf(({ kind }) => (kind === 'open' ? [{ id: 0, ...HEAD }] : []));
    const opened = await decoders.open(PHOTO, {});
    const decoding = codeOf(opened.decode());
    opened.close();
    expect(await decoding).toMatchObject({ code: 'cancelled' });
    expect(killed).toEqual([1]);
  });

  it('is ended by its signal, and so is what waits for its turn', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    let hung: () => void = () => undefined;
    const hangs = new Promise<void>((resolve) => (hung = resolve));
    const script: Script = () => {
      hung();
      return [];
    };
    const { decoders, killed, started } = decodersOf(script, { most: 1 });
    const hanging = codeOf(decoders.open(PHOTO, { signal: first.signal }));
    const waiting = codeOf(decoders.open(PHOTO, { signal: second.signal }));
    second.abort();
    expect(await waiting).toMatchObject({ code: 'cancelled' });
    await hangs;
    first.abort();
    expect(await hanging).toMatchObject({ code: 'cancelled' });
    expect(started()).toBe(1);
    expect(killed).toEqual([1]);
  });

  it('already while its process starts is ended by its signal', async () => {
    const { decoders, killed, exchanges } = decodersOf(() => [], { hangsAtStart: true });
    const stop = new AbortController();
    const hanging = codeOf(decoders.open(PHOTO, { signal: stop.signal }));
    await expect.poll(() => exchanges.length).toBe(1);
    stop.abort();
    expect(await hanging).toMatchObject({ code: 'cancelled' });
    expect(killed).toEqual([1]);
    await expect.poll(() => exchanges.filter((path) => existsSync(path))).toEqual([]);
  });

  it('ends with the program, on the command line', async () => {
    const stop = new AbortController();
    const { decoders } = decodersOf(() => [], { most: 1, signal: stop.signal });
    const under = [codeOf(decoders.open(PHOTO, {})), codeOf(decoders.open(PHOTO, {}))];
    stop.abort();
    for (const each of under) expect(await each).toMatchObject({ code: 'cancelled' });
    expect(await codeOf(decoders.open(PHOTO, {}))).toMatchObject({ code: 'cancelled' });
  });
});

describe('a decode that takes too much', () => {
  it('of memory is ended from outside', async () => {
    const { decoders, killed } = decodersOf(() => [], { limitsFor: () => ({ seconds: 600, bytes: 1 }) });
    expect(await codeOf(decoders.open(PHOTO, {}))).toMatchObject({
      code: 'out-of-memory',
      reason: { id: 'decoding-takes-memory' },
    });
    expect(killed).toEqual([1]);
  });

  it('by what it claims is not begun where the machine cannot hold it, or where the asker has no use for it', async () => {
    const claims = { width: 65_535, height: 65_535 };
    const { decoders, killed } = decodersOf(() => [{ id: 0, claims }]);
    expect(await codeOf(decoders.open(PHOTO, { maxMegapixels: 5000, onClaims: refuse }))).toMatchObject({
      message: expect.stringMatching(/unwanted|not enough memory/) as string,
    });
    expect(killed).toEqual([1]);
    function refuse(): void {
      throw new Error('unwanted');
    }
  });
});

describe('a decoder that is not to be trusted', () => {
  it.each<[string, Said]>([
    ['says rubbish', { rubbish: true }],
    ['answers something else', { id: 0, ...DECODED }],
    ['claims sides that no picture has', { id: 0, ...HEAD, width: 100_000 }],
    ['crashes', { ending: { code: 0, signal: 'SIGSEGV', why: null } }],
    ['leaves', { ending: { code: 3, signal: null, why: null } }],
  ])('that %s is let go, and the picture is refused with a sentence', async (_, said) => {
    const { decoders } = decodersOf(() => [said]);
    expect(await codeOf(decoders.open(PHOTO, {}))).toMatchObject({ reason: { id: 'decoder-ended' } });
  });

  it('that the system has killed took too much memory', async () => {
    const { decoders } = decodersOf(() => [{ ending: { code: 0, signal: 'SIGKILL', why: null } }]);
    expect(await codeOf(decoders.open(PHOTO, {}))).toMatchObject({ reason: { id: 'no-memory-to-open' } });
  });

  it('that gives fewer samples than it says is not read beyond them', async () => {
    const script: Script = ({ kind }) => [{ id: 0, ...(kind === 'open' ? HEAD : DECODED) }];
    const { decoders, killed } = decodersOf(script);
    const opened = await decoders.open(PHOTO, {});
    // The exchange holds the seven bytes of the file, and 24 are announced.
    expect(await codeOf(opened.decode())).toMatchObject({ reason: { id: 'decoder-ended' } });
    expect(killed).toEqual([1]);
  });
});

describe('decoders', () => {
  it('take turns, and one waits for the next picture', async () => {
    const { decoders, killed, started } = decodersOf(() => [{ id: 0, ...HEAD }], { most: 1 });
    const first = await decoders.open(PHOTO, {});
    const second = decoders.open(PHOTO, {});
    first.close();
    (await second).close();
    (await decoders.open(PHOTO, {})).close();
    expect([started(), killed]).toEqual([1, []]);
    decoders.end();
    expect(killed).toEqual([1]);
  });

  // Windows keeps the name of an open file until it is closed.
  it('keep a place for the picture that somebody waits for, whatever hangs in the background', async () => {
    const script: Script = ({ kind }) => (kind === 'open' ? [{ id: 0, ...HEAD }] : []);
    const { decoders, started } = decodersOf(script, { most: 2 });
    const hanging = await decoders.open(PHOTO, { inBackground: true });
    void codeOf(hanging.thumbnail(9));
    const later = decoders.open(PHOTO, { inBackground: true });
    (await decoders.open(PHOTO, {})).close();
    expect(started()).toBe(2);
    hanging.close();
    (await later).close();
  });

  it('leave nothing behind when they are killed: what they exchange bytes by has no name any more', async () => {
    const { decoders, exchanges } = decodersOf(() => [{ id: 0, ...HEAD }]);
    await decoders.open(PHOTO, {});
    if (process.platform === 'win32') decoders.end();
    expect(exchanges).toHaveLength(1);
    expect(exchanges.filter((path) => existsSync(path))).toEqual([]);
    decoders.end();
  });

  it('that cannot be started say so', async () => {
    const entry = join(await temporaryFolder(), 'decode-worker.js');
    await writeFile(entry, 'process.exit(7);');
    const decoders = new Decoders({ entry });
    expect(await codeOf(decoders.open(PHOTO, {}))).toMatchObject({ reason: { id: 'decoder-not-started' } });
  });
});

describe('the few rights of a decoder', () => {
  /** Of a decoder whose first processes end so before they work: whether each had few rights. */
  async function rightsOf(...endings: readonly Ending[]) {
    const confined: boolean[] = [];
    const start: StartProcess = (_entry, rights) => {
      const ending = endings[confined.length];
      confined.push(rights !== undefined);
      let hear: (message: unknown) => void = () => undefined;
      let end: (ending: Ending) => void = () => undefined;
      return {
        pid: process.pid,
        send: (message) => {
          const { id, kind } = message as DecodeRequest;
          if (ending) end(ending);
          else hear(kind === 'exchange' ? { ...JOINED, id } : { ...HEAD, id });
        },
        onMessage: (listener) => (hear = listener),
        onEnd: (listener) => (end = listener),
        kill: () => undefined,
      };
    };
    const decoders = new Decoders({ entry: join(import.meta.dirname, 'decode-worker.js'), start, takesRights: true });
    onTestFinished(() => decoders.end());
    const said = await codeOf(decoders.open(PHOTO, {}).then((opened) => opened.close()));
    return { confined, said };
  }

  const KILLED: Ending = { signal: 'SIGKILL', code: 0, why: null };
  const REFUSED: Ending = { signal: null, code: 9, why: null };

  it('are tried again when it is killed at its start', async () => {
    expect(await rightsOf(KILLED)).toEqual({ confined: [true, true], said: 'done' });
  });

  it('are never given up because it is killed', async () => {
    const { confined, said } = await rightsOf(KILLED, KILLED);
    expect(confined).toEqual([true, true]);
    expect(said).toMatchObject({ reason: { id: 'decoder-not-started' } });
  });

  it('are given up where the runtime refuses them', async () => {
    expect(await rightsOf(REFUSED)).toEqual({ confined: [true, false], said: 'done' });
  });
});
