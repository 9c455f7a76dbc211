/** Pictures and small runs for tests of training. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sharp } from '../image/sharp';
import { type TrainConfig, trainConfigSchema } from '../train/config';
import { Random } from '../numeric/random';
import { RunFolder } from '../train/run-folder';

/** A temporary folder with four photographs, and runs on them. */
export class TestRuns {
  private constructor(readonly folder: string) {}

  static async make(): Promise<TestRuns> {
    const runs = new TestRuns(await mkdtemp(path.join(tmpdir(), 'train-')));
    const random = new Random(1);
    await mkdir(runs.photos, { recursive: true });
    for (let i = 0; i < 4; i++) {
      const [width, height] = [random.integer(70, 120), random.integer(70, 120)];
      const samples = Buffer.alloc(width * height * 3);
      for (let p = 0; p < samples.length; p++) {
        const x = Math.floor(p / 3) % width;
        samples[p] = 60 + 40 * i + 30 * Math.sin(x / (9 + i)) + random.between(-4, 4);
      }
      await sharp(samples, { raw: { width, height, channels: 3 } })
        .png()
        .toFile(path.join(runs.photos, `${i}.png`));
    }
    return runs;
  }

  get photos(): string {
    return path.join(this.folder, 'photos');
  }

  async start(name: string, changes: Record<string, unknown> = {}): Promise<RunFolder> {
    const run = new RunFolder(path.join(this.folder, name));
    await run.create(smallConfig(changes), this.photos);
    return run;
  }

  configOf(name: string): Promise<TrainConfig> {
    return new RunFolder(path.join(this.folder, name)).config();
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

function smallConfig(changes: Record<string, unknown>): TrainConfig {
  return trainConfigSchema.parse({
    architecture: { width: 2, prior: 'pull-push' },
    side: 32,
    batch: 4,
    steps: 5,
    checkpointEvery: 100,
    criticSteps: 2,
    seed: 7,
    ...changes,
  });
}
