/**
 * npm run bench: every row against a peer in the same run, as a ratio. Times are medians; machines differ and drift, so
 * only the ratios are worth comparing. `npm run bench -- network` runs the rows of one file.
 */
import { setUp } from '../scripts/setup.mjs';

/** Loaded after the set-up: they need the installed packages. */
const suites = {
  network: async (report) => (await import('./network.mjs')).networkRows(report),
  fill: async (report) => (await import('./fill.mjs')).fillRows(report),
  scaling: async (report) => (await import('./scaling.mjs')).scalingRows(report),
  start: async (report) => (await import('./start.mjs')).startRows(report),
  training: async (report) => (await import('./training.mjs')).trainingRows(report),
  canvas: async (report) => (await import('./canvas.mjs')).canvasRows(report),
  save: async (report) => (await import('./save.mjs')).saveRows(report),
  command: async (report) => (await import('./whole-command.mjs')).wholeCommandRows(report),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}". Choose of: ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}

await setUp({ electron: false });
const figure = (value, digits) => (value === undefined ? '' : value.toFixed(digits));
console.log('| what | seconds | peak MB | peer | seconds | peak MB | ratio |');
console.log('|---|---|---|---|---|---|---|');
const report = (row) => {
  const ratio = row.peerSeconds === undefined ? '' : `${(row.seconds / row.peerSeconds).toFixed(2)}`;
  console.log(
    `| ${row.name} | ${figure(row.seconds, row.digits ?? 2)} | ${figure(row.megabytes, 0)} | ${row.peer} | ${figure(row.peerSeconds, row.digits ?? 2)} | ${figure(row.peerMegabytes, 0)} | ${ratio} |`,
  );
};
for (const [name, suite] of Object.entries(suites)) if (wanted.length === 0 || wanted.includes(name)) await suite(report);
