/** Entry of the process that draws the batches of one run. */
import { toErrorReport } from '../../shared/error-texts';
import { decodeBeside } from '../image/decode/decode-beside';
import { ownStart } from '../process/own-start';
import { parentChannel } from '../process/parent-channel';
import { batchOrderSchema, type DrawNews, type DrawOrder } from './batch-messages';
import { openRunData, type RunData } from './run-data';
import { RunFolder } from './run-folder';

const parent = parentChannel();
decodeBeside(import.meta.url, { start: ownStart() });
const tell = (news: DrawNews): void => void parent.send(news);

let opening: Promise<RunData> = Promise.reject(new Error('no run to draw for'));
opening.catch(() => undefined);

function open(folder: string): void {
  const run = new RunFolder(folder);
  opening = run
    .config()
    .then((config) => openRunData(run, config, { onSkipped: (skipped) => tell({ kind: 'skipped', ...skipped }) }));
  opening.catch(() => undefined); // told with the first draw
}

async function draw({ step, substep }: DrawOrder): Promise<void> {
  try {
    const batch = await (await opening).training.draw(step, substep);
    tell({ kind: 'batch', step, substep, batch });
  } catch (thrown) {
    tell({ kind: 'failed', step, substep, error: toErrorReport(thrown) });
  }
}

let last = Promise.resolve();
parent.onMessage((message) => {
  const order = batchOrderSchema.parse(message);
  if (order.kind === 'run') open(order.folder);
  else last = last.then(() => draw(order));
});
parent.onGone(() => process.exit(0));
// Ctrl+C in a terminal, or a system that shuts down, reaches every process: the one that trains finishes its step first, and
// needs batches for it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
