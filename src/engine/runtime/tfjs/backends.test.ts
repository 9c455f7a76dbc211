import { expect, it } from 'vitest';
import { StudioError } from '../../../shared/errors';
import { probeTfjs } from './backends';

// This file's process has loaded no backend before.
it('takes the best backend that starts, says why better ones do not, and stays with it', async () => {
  const probe = await probeTfjs();
  expect(probe.label).toMatch(/^TensorFlow\.js \((TensorFlow on the (GPU|CPU)|WebAssembly)\)$/);
  for (const { reason } of probe.refused) expect(reason).toMatch(/\S/);
  expect(probe.refused.map(({ backend }) => backend)).not.toContain(probe.backend);
  expect(await probeTfjs()).toEqual(probe);
  const failure: unknown = await probeTfjs(['cpu']).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StudioError);
  expect(failure).toMatchObject({ code: 'runtime-unavailable' });
});
