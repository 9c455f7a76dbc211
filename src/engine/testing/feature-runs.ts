import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { vi } from 'vitest';
import { encodeTensors } from '../files/safetensors';
import { createRun } from '../train/new-run';
import type { RunFolder } from '../train/run-folder';
import { madeUpFeatures } from './feature-weights';
import { TestRuns } from './training-runs';

/** Of the losses: those on learnt features, and no critics of pictures. */
export const FEATURE_WEIGHTS = {
  ...{ hole: 0.6, coarse: 1.67, known: 0, perceptual: 2, adversarial: 0, projected: 0.15, penalty: 0 },
};

/** Small runs with losses on made-up features, which lie in the folder of the runs. */
export class FeatureRuns {
  private constructor(private readonly runs: TestRuns) {}

  static async make(): Promise<FeatureRuns> {
    const made = new FeatureRuns(await TestRuns.make());
    await writeFile(made.features, encodeTensors({ tensors: madeUpFeatures(), metadata: {} }));
    return made;
  }

  get folder(): string {
    return this.runs.folder;
  }

  get photos(): string {
    return this.runs.photos;
  }

  /** @param there whether the program finds the features, until the environment is put back */
  create(name: string, changes: Record<string, unknown>, there = true): Promise<RunFolder> {
    vi.stubEnv('INPAINT_STUDIO_FEATURES', there ? this.features : path.join(this.folder, 'nowhere'));
    const { folder, photos } = this;
    const small = { architecture: { width: 2, prior: 'pull-push' }, side: 32, criticSteps: 1, seed: 7 };
    return createRun({
      ...{ folder: path.join(folder, name), name, pictures: photos, preset: null, base: null, modelRoots: [] },
      changes: { ...small, weights: FEATURE_WEIGHTS, ...changes },
    });
  }

  remove(): Promise<void> {
    return this.runs.remove();
  }

  private get features(): string {
    return path.join(this.folder, 'features.safetensors');
  }
}
