import { command, median } from './measure.mjs';

const REPEATS = 5;

/** Start-up of the built command line: its help, which needs no model and no runtime, against Node that does nothing. */
export async function startRows(report) {
  const times = { cli: [], node: [] };
  let peak = 0;
  for (let i = 0; i < REPEATS; i++) {
    const run = await command(process.execPath, ['out/main/cli.js', '--version']);
    peak = Math.max(peak, run.peakMegabytes);
    times.cli.push(run.seconds);
    times.node.push((await command(process.execPath, ['-e', '0'])).seconds);
  }
  report({ name: 'start of the command line (--version)', seconds: median(times.cli), megabytes: peak, peer: 'node -e 0', peerSeconds: median(times.node) });
}
