/** Entry of the thread that draws the batches of one run; workerData is the run's folder. */
import { parentPort, workerData } from 'node:worker_threads';
import { toErrorReport } from '../../shared/error-texts';
import { type DrawNews, type DrawOrder, drawOrderSchema } from './batch-messages';
import { openRunData } from './run-data';
import { RunFolder } from './run-folder';

if (parentPort === null) throw new Error('the batch worker runs as a thread of a training process');
const port = parentPort;
const tell = (news: DrawNews, transfer: readonly ArrayBufferLike[] = []): void =>
  port.postMessage(
    news,
    transfer.filter((buffer) => buffer instanceof ArrayBuffer),
  );

const run = new RunFolder(String(workerData));
const opening = run
  .config()
  .then((config) => openRunData(run, config, { onSkipped: (skipped) => tell({ kind: 'skipped', ...skipped }) }));
opening.catch(() => undefined); // told with the first draw

async function draw({ step, substep }: DrawOrder): Promise<void> {
  try {
    const batch = await (await opening).training.draw(step, substep);
    const parts: readonly Float32Array[] = Object.values(batch);
    tell(
      { kind: 'batch', step, substep, batch },
      parts.map(({ buffer }) => buffer),
    );
  } catch (thrown) {
    tell({ kind: 'failed', step, substep, error: toErrorReport(thrown) });
  }
}

let last = Promise.resolve();
port.on('message', (message) => {
  const order = drawOrderSchema.parse(message);
  last = last.then(() => draw(order));
});
