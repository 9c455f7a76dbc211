/**
 * WebGPU on the processor: SwiftShader comes with Electron, and ONNX Runtime finds it where Vulkan's settings name it. It is
 * slow, and right or wrong where a graphics card would be.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtWorker } from '../testing/built-worker';
import { Random } from '../numeric/random';
import { InferenceProcess } from './inference-process';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const SIDE = 64;
/** Of colours in [-1, 1]. The sums of convolutions come in another order. */
const TOLERANCE = 1e-3;

/** The folder of an Electron that has SwiftShader and a Vulkan loader; undefined where there is none. */
function electronWithSwiftShader(): string | undefined {
  const cache = path.join(ROOT, '.cache');
  const pinned = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('electron-')) : [];
  const folders = [
    ...(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ? [process.env['ELECTRON_OVERRIDE_DIST_PATH']] : []),
    path.join(ROOT, 'node_modules', 'electron', 'dist'),
    ...pinned.map((name) => path.join(cache, name)),
  ];
  const needed = ['vk_swiftshader_icd.json', 'libvk_swiftshader.so', 'libvulkan.so.1'];
  return folders.find((folder) => needed.every((file) => existsSync(path.join(folder, file))));
}

const electron = process.platform === 'linux' ? electronWithSwiftShader() : undefined;
if (electron === undefined) console.log('WebGPU is not tested: here is no Electron for Linux with SwiftShader.');

describe.skipIf(electron === undefined)('WebGPU on a software adapter', () => {
  const { entry } = builtWorker('inference-worker');
  const settings = {
    VK_ICD_FILENAMES: path.join(electron ?? '', 'vk_swiftshader_icd.json'),
    VK_DRIVER_FILES: path.join(electron ?? '', 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: electron ?? '',
  };
  const before = Object.fromEntries(Object.keys(settings).map((name) => [name, process.env[name]]));
  Object.assign(process.env, settings);
  const started: InferenceProcess[] = [];
  const inference = (): InferenceProcess => {
    const made = new InferenceProcess(entry);
    started.push(made);
    return made;
  };
  afterAll(() => {
    for (const running of started) running.stop();
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it('gives the CPU’s fill of the default model', { timeout: 300_000 }, async () => {
    const random = new Random(7);
    const image = Float32Array.from({ length: 3 * SIDE * SIDE }, () => random.between(-1, 1));
    const hole = new Float32Array(SIDE * SIDE);
    for (let y = 16; y < 40; y++) hole.fill(1, y * SIDE + 24, y * SIDE + 44);
    const source = hole.map((value) => 1 - value);
    const model = { modelFolder: path.join(ROOT, 'models', 'default'), width: SIDE, height: SIDE, variant: null };
    const fillOn = async (provider: string) => {
      const running = inference();
      const { coarse } = await running.run({ ...model, provider, stage: 'coarse', feeds: { image, hole } });
      const feeds = { image, hole, source, coarse };
      const { refined } = await running.run({ ...model, provider, stage: 'refine', feeds });
      return { coarse, refined };
    };
    const [onCpu, onGpu] = [await fillOn('cpu'), await fillOn('webgpu')];
    for (const stage of ['coarse', 'refined'] as const) {
      const furthest = onCpu[stage].reduce((most, value, i) => Math.max(most, Math.abs(value - onGpu[stage][i])), 0);
      expect(furthest).toBeLessThan(TOLERANCE);
    }
  });
});
