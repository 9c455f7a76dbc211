// out/build.json: what was built from what. The same sources give the same file.
import { readFileSync, writeFileSync } from 'node:fs';
import { run } from './command.mjs';
import { inRoot } from './paths.mjs';

const FILE = inRoot('out', 'build.json');

/** The commit and its time; nulls in sources without a history. SOURCE_DATE_EPOCH stands for the time where it is set. */
export async function writeBuildInformation() {
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const [commit, time] = await Promise.all([git('rev-parse', 'HEAD'), git('log', '-1', '--format=%ct')]);
  const changed = commit !== null && (await git('status', '--porcelain', '--untracked-files=no')) !== '';
  const epoch = process.env.SOURCE_DATE_EPOCH ?? time;
  const date = epoch === null ? null : new Date(Number(epoch) * 1000).toISOString();
  writeFileSync(FILE, `${JSON.stringify({ version, commit, changed, date }, null, 2)}\n`);
}

/** What the last build was made from. @returns {{ version: string, commit: string | null, changed: boolean, date: string | null }} */
export const readBuildInformation = () => JSON.parse(readFileSync(FILE, 'utf8'));

/** @param {...string} args @returns {Promise<string | null>} */
async function git(...args) {
  const { ok, output } = await run('git', args);
  return ok ? output : null;
}
