/** Entry of the process that trains one run: a step blocks its thread, and it can be ended without harm at any moment. */
import { fileURLToPath } from 'node:url';
import { toErrorReport } from '../../../shared/error-texts';
import { decodeBeside } from '../../image/decode/decode-beside';
import { ownStart } from '../../process/own-start';
import { parentChannel } from '../../process/parent-channel';
import { RunFolder } from '../run-folder';
import { asTrainer, type EndState } from '../run-status';
import { chooseTrainer } from '../training-runtimes';
import { type JobNews, type JobOrder, jobOrderSchema } from './job-messages';

const batchWorker = fileURLToPath(new URL('./train-batches.js', import.meta.url));
const stop = new AbortController();
let endAs: EndState = 'paused';

const parent = parentChannel();
const startProcess = ownStart();
decodeBeside(import.meta.url, { start: startProcess });
const startBatches = () => startProcess(batchWorker);
/** Resolves when the message has left the process. */
const tell = (news: JobNews): Promise<void> => parent.send(news);

async function trainRun({ folder, runtime, threads }: Extract<JobOrder, { kind: 'start' }>): Promise<void> {
  const run = new RunFolder(folder);
  const { steps } = await run.config();
  await asTrainer(
    folder,
    async () => {
      const trainer = await chooseTrainer({ runtime, startBatches, ...(threads === undefined ? {} : { threads }) });
      void tell({ kind: 'running', label: trainer.label });
      return trainer.train({
        run,
        signal: stop.signal,
        onRecord: (record, secondsLeft) => void tell({ kind: 'record', record, secondsLeft }),
        onSample: (sample) => void tell({ kind: 'sample', sample }),
        onSkipped: (skipped) => void tell({ kind: 'skipped', ...skipped }),
      });
    },
    (state) => (state.step >= steps ? 'finished' : endAs),
  );
}

parent.onMessage((message) => {
  const order = jobOrderSchema.parse(message);
  if (order.kind === 'end') {
    endAs = order.as;
    stop.abort();
    return;
  }
  trainRun(order)
    .catch((thrown: unknown) => tell({ kind: 'failed', error: toErrorReport(thrown) }))
    .finally(() => process.exit(0));
});
// The parent is gone: the step at hand is finished and kept.
parent.onGone(() => stop.abort());
