// The kinds of faults that `npm run faults` knows.
import { FILE_KINDS, referenceOf, tryFault } from './file-calls.mjs';
import { JOBS } from './jobs.mjs';
import { runEndurance } from './endurance.mjs';
import { runFills } from './fills.mjs';
import { canMount, runPlaces } from './places.mjs';
import { TRIALS } from './processes.mjs';
import { randomFrom } from '../testing/random.mjs';
import { Session } from './sessions.mjs';

/** @typedef {{ readonly cases: number, readonly harm: readonly string[], readonly seen: string }} Outcome */

/** @typedef {{ count: number, seed: number, say: (line: string) => void }} Order */

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {number} usual how many cases where nothing was said
 * @property {boolean} [onlyAsked] takes long, and is done where it is named
 * @property {(order: Order) => Promise<Outcome>} run
 */

/**
 * @param {import('./file-calls.mjs').Kind} kind @param {{ count: number, seed: number, jobs?: readonly import('./jobs.mjs').Job[] }} order
 * @returns {Promise<Outcome>}
 */
export async function runFileKind(kind, { count, seed, jobs = JOBS }) {
  const random = randomFrom(seed);
  const harm = [];
  /** @type {Map<string, number>} */
  const outcomes = new Map();
  let cases = 0;
  const all = jobs.reduce((sum, { weight }) => sum + weight, 0);
  for (const job of jobs) {
    const share = Math.max(1, Math.round((count * job.weight) / all));
    const reference = await referenceOf(job, kind.calls);
    try {
      for (let number = 0; number < share; number++) {
        // Spread over all of its calls, so that few cases meet every stage.
        const at = 1 + Math.floor(((number + random()) / share) * reference.calls);
        const what = kind.what[Math.floor(random() * kind.what.length)];
        const { outcome, harm: found } = await tryFault(job, reference, {
          calls: kind.calls,
          at,
          what,
          lasting: kind.lasting,
        });
        cases++;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        harm.push(...found);
      }
    } finally {
      await reference.scene.remove();
    }
  }
  const seen = [...outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
  return { cases, harm, seen };
}

/** Documents at work in the engine process, killed at random moments. @param {{ count: number, seed: number }} order */
export async function runKills({ count, seed }) {
  const random = randomFrom(seed);
  return inSessions(count, async (session) => {
    const outcome = await session.work({ steps: 1_000_000, killAfter: random() * 1500 });
    return { ...outcome, what: 'killed' };
  });
}

/** The same, with the engine's own calls of the file system. @param {{ count: number, seed: number }} order */
export async function runEngineFiles({ count, seed }) {
  const random = randomFrom(seed);
  const kinds = FILE_KINDS.filter(({ calls }) => calls === 'writing');
  return inSessions(count, async (session) => {
    const kind = kinds[Math.floor(random() * kinds.length)];
    const what = kind.what[Math.floor(random() * kind.what.length)];
    const fault = { calls: kind.calls, at: 1 + Math.floor(random() * 90), what, lasting: kind.lasting };
    const outcome = await session.work({ steps: 8, fault });
    return { ...outcome, what: `${what} at ${fault.at}` };
  });
}

/** A new document every so many faults. */
const FAULTS_A_SESSION = 5;

/**
 * @param {number} count
 * @param {(session: Session) => Promise<Awaited<ReturnType<Session['work']>> & { readonly what: string }>} goWrong
 * @returns {Promise<Outcome>}
 */
async function inSessions(count, goWrong) {
  const harm = [];
  const all = { killed: 0, refused: 0, done: 0 };
  for (let cases = 0; cases < count;) {
    const session = await Session.make();
    try {
      for (let turn = 0; turn < FAULTS_A_SESSION && cases < count; turn++, cases++) {
        const { harm: found, killed, refused, done, what } = await goWrong(session);
        harm.push(...found.map((each) => `case ${cases}, ${what}: ${each}`));
        if (killed) all.killed++;
        all.refused += refused;
        all.done += done;
        const next = await session.work({ steps: 5 });
        harm.push(...next.harm.map((each) => `case ${cases}, after ${what}: ${each}`));
        const left = await session.leftovers();
        if (left.length > 0) harm.push(`case ${cases}, ${what}: ${left.join(', ')} stays`);
      }
    } finally {
      await session.scene.remove();
    }
  }
  return { cases: count, harm, seen: `${all.killed} killed, ${all.done} things done, ${all.refused} refused` };
}

/** @param {{ count: number, seed: number }} order @returns {Promise<Outcome>} */
async function runTrials({ count, seed }) {
  const random = randomFrom(seed);
  const harm = [];
  for (let number = 0; number < count; number++) {
    const trial = TRIALS[number % TRIALS.length];
    harm.push(...(await trial.run(random)).map((each) => `${trial.name}: ${each}`));
  }
  return { cases: count, harm, seen: `${TRIALS.length} kinds in turn` };
}

/** @param {{ say: (line: string) => void }} order @returns {Promise<Outcome>} */
async function runMounted({ say }) {
  if (await canMount()) return runPlaces({ jobs: ['mask', 'export', 'inpaint', 'train'] });
  say('No file system can be mounted here (that takes root): full and read-only disks are left out.');
  return { cases: 0, harm: [], seen: 'nothing' };
}

/** @type {readonly Kind[]} */
export const KINDS = [
  ...FILE_KINDS.map((kind) => ({
    name: kind.name,
    usual: 60,
    run: (/** @type {Order} */ order) => runFileKind(kind, order),
  })),
  { name: 'disks', usual: 24, run: runMounted },
  { name: 'engine-files', usual: 60, run: runEngineFiles },
  { name: 'sessions', usual: 50, run: runKills },
  { name: 'processes', usual: 12, run: runTrials },
  { name: 'endurance', usual: 300, onlyAsked: true, run: runEndurance },
  { name: 'fills', usual: 1000, onlyAsked: true, run: runFills },
];
